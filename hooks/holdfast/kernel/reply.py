"""What a hook answers. One table says what each event may carry; an answer that the client would ignore is refused here.

Measured on client 2.1.329: which output fields reach the model or have an effect, for each event.
"""

from holdfast.kernel.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject

CAP = 10_000  # UTF-16 units per value of added context; over it the client shows a 2 KB preview instead

# event -> what a Reply may hold.  plain: standard output as text, not JSON.
CHANNELS = {
    "PreToolUse": {"decision", "updated_input", "context", "message"},
    "PostToolUse": {"context", "updated_output", "block", "stop", "message"},
    "PostToolUseFailure": {"context", "block", "message"},
    "PostToolBatch": {"context", "block", "stop", "message"},
    "UserPromptSubmit": {"context", "block", "stop", "message"},
    "UserPromptExpansion": {"context", "block", "message"},
    "SessionStart": {"context", "message"},
    "SubagentStart": {"context"},
    "Stop": {"context", "block", "stop", "message"},
    "SubagentStop": {"context", "block", "stop", "message"},
    "PreCompact": {"plain", "block"},
    "ConfigChange": {"block", "message"},
    "TaskCreated": {"block"},
    "PostModelSwitch": {"context"},
}

DECISIONS = ("allow", "ask", "deny")  # from weakest to strongest; with several, the strongest holds


class Reply:
    """One answer. All fields optional.

    decision: "allow", "ask" or "deny", with `reason` (read by the model, not capped).  context: list of facts added to the
    model's context.  block: reason text.  stop: reason for the person why the turn ends.  message: shown to the person.
    updated_input, updated_output: replacement objects in the tool's own shape.  plain: text for PreCompact.
    """

    __slots__ = ("decision", "reason", "context", "block", "stop", "message", "updated_input", "updated_output", "plain")

    def __init__(self, *, decision: "str | None" = None, reason: "str | None" = None, context: "Iterable[str]" = (),
                 block: "str | None" = None, stop: "str | None" = None, message: "str | None" = None,
                 updated_input: "JsonObject | None" = None, updated_output: "Any" = None, plain: "str | None" = None) -> None:
        self.decision, self.reason, self.context = decision, reason, list(context)
        self.block, self.stop, self.message = block, stop, message
        self.updated_input, self.updated_output, self.plain = updated_input, updated_output, plain

    def add(self, other: "Reply") -> "Reply":
        """Take in another Reply: the stronger decision holds, texts are joined. Returns self."""
        if other.decision and (not self.decision or DECISIONS.index(other.decision) > DECISIONS.index(self.decision)):
            self.decision, self.reason = other.decision, other.reason
        self.context += other.context
        for name in ("block", "stop", "message", "plain"):
            mine, theirs = getattr(self, name), getattr(other, name)
            setattr(self, name, f"{mine}\n{theirs}" if mine and theirs else mine or theirs)
        self.updated_input = other.updated_input or self.updated_input
        self.updated_output = other.updated_output or self.updated_output
        return self


def render(event: str, reply: Reply) -> bytes:
    """Event name and Reply -> bytes for standard output, b"" when there is nothing to say.

    Raises ValueError when the event would ignore something the reply holds, so that no answer is lost in silence.
    """
    used = {name for name in ("decision", "context", "block", "stop", "message", "updated_input", "updated_output", "plain")
            if getattr(reply, name)}
    if not used:
        return b""
    ignored = used - CHANNELS.get(event, set())
    if ignored:
        raise ValueError(f"{event} would ignore {', '.join(sorted(ignored))}")
    if reply.plain:
        if used != {"plain"}:
            raise ValueError(f"{event} takes either plain text or JSON, not both")
        return reply.plain.encode("utf-8", "replace")
    answer: "JsonObject" = {}
    specific: "JsonObject" = {}
    if reply.decision:
        specific["permissionDecision"] = reply.decision
        specific["permissionDecisionReason"] = reply.reason or ""
    if reply.updated_input:
        specific["updatedInput"] = reply.updated_input
    if reply.updated_output:
        specific["updatedToolOutput"] = reply.updated_output
    if reply.context:
        specific["additionalContext"] = fit(reply.context)
    if reply.block:
        answer["decision"], answer["reason"] = "block", reply.block
    if reply.stop:
        answer["continue"], answer["stopReason"] = False, reply.stop
    if reply.message:
        answer["systemMessage"] = reply.message
    if specific:
        answer["hookSpecificOutput"] = {"hookEventName": event, **specific}
    return dump(answer).encode("ascii")


def units(text: str) -> int:
    """Length of a text as the client counts it: UTF-16 units."""
    return len(text) + sum(c > "\uffff" for c in text)


def fit(items: "list[str]", cap: int = CAP, rest: str = "{} more not shown here") -> str:
    """Join texts by newlines within `cap` UTF-16 units, in order, leaving whole items out at the end and saying how many.

    A single item above the cap is shortened at a line or word boundary, marked with an ellipsis.
    """
    whole = "\n".join(items)
    if units(whole) <= cap:
        return whole
    kept, room = [], cap - units(rest.format(len(items))) - 1
    for item in items:
        size = units(item) + 1
        if size > room:
            break
        kept.append(item)
        room -= size
    if not kept:
        return _shortened(items[0], cap)
    return "\n".join([*kept, rest.format(len(items) - len(kept))])


def shards(items: "Iterable[str]", cap: int = CAP) -> "list[str]":
    """Texts -> as few texts of at most `cap` UTF-16 units as keep every item whole, in order; for several handlers or calls."""
    found: "list[str]" = []
    current: "list[str]" = []
    for item in items:
        if current and units("\n".join([*current, item])) > cap:
            found.append("\n".join(current))
            current = []
        current.append(item if units(item) <= cap else _shortened(item, cap))
    if current:
        found.append("\n".join(current))
    return found


def _shortened(text: str, cap: int) -> str:
    short = text[:cap - 2]
    while units(short) > cap - 2:
        short = short[:-(units(short) - (cap - 2))]
    boundary = max(short.rfind("\n"), short.rfind(" "))
    return short[:boundary if boundary > cap // 2 else len(short)] + " …"
