"""A tool's response -> the same in its own shape with clean texts, or no answer at all when it was clean."""

from holdfast.kernel.reply import Reply
from holdfast.output.clean import clean, controlled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.run import Situation

# Responses that hold files and inputs, of which the model is only told that it was done.
_SILENT = frozenset("""Write Edit MultiEdit NotebookEdit Agent Task Skill TodoWrite TaskCreate TaskUpdate TaskList TaskGet ToolSearch
ExitPlanMode EnterPlanMode AskUserQuestion""".split())
# Members whose text the model gets.
_TEXTS = frozenset("stdout stderr content text result output body markdown".split())
_DEEPEST = 12


def sanitise(situation: "Situation") -> "Reply | None":
    """Situation (PostToolUse) -> Reply or None. Leaves `output` in the notes for the outcome record."""
    event = situation.event
    response = event.tool_response
    if event.tool_name in _SILENT or not isinstance(response, (dict, list, str)) or isinstance(response, dict) and response.get("isImage"):
        return None
    limits = situation.settings["output"]
    said: "list[str]" = []
    cleaned = _cleaned(response, limits["line_characters"], limits["lines"], said, 0, isinstance(response, str))
    if not said:
        return None
    notes = list(dict.fromkeys(said))
    situation.notes["output"] = {"cleaned": notes}
    return Reply(updated_output=cleaned, context=[f"Holdfast cleaned the output of this {event.tool_name} call: {'; '.join(notes)}."])


def warn(situation: "Situation") -> "Reply | None":
    """Situation (PostToolUseFailure) -> Reply or None. What a failed call said cannot be replaced (client 2.1.329), so it is named."""
    if not controlled(situation.event.error or ""):
        return None
    return Reply(context=[f"The output of this failed {situation.event.tool_name} call holds control characters or terminal sequences; "
                          "what a terminal would show differs from it."])


def _cleaned(value: "Any", longest: int, most: int, said: "list[str]", depth: int, text: bool) -> "Any":
    """A value with its texts cleaned, itself when there was nothing to do. text: a str here is for the model."""
    if isinstance(value, str):
        if not text:
            return value
        new, notes = clean(value, longest, most)
        said.extend(notes)
        return new
    if depth > _DEEPEST:
        return value
    if isinstance(value, dict):
        if value.get("type") in ("image", "pdf", "document", "base64", "audio", "resource_link"):
            return value
        return {key: _cleaned(member, longest, most, said, depth + 1, key in _TEXTS) for key, member in value.items()}
    if isinstance(value, list):
        return [_cleaned(member, longest, most, said, depth + 1, text) for member in value]
    return value
