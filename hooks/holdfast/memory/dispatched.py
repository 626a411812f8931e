"""A worker is started: what its prompt states becomes its own record, and what binds workers too is written into its prompt."""

from holdfast.kernel import workers
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BUILT_IN, BadSettings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation


def note_dispatch(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> the call with the constraints stamped into the prompt, or None. Raises OSError, TimeoutError."""
    event = situation.event
    prompt, kind = event.tool_input.get("prompt"), event.tool_input.get("subagent_type")
    if not isinstance(prompt, str):
        return None
    from holdfast.memory.capture import taken  # the grammar is loaded for dispatches only
    store, at = situation.store, situation.at
    own = taken(prompt, [], 0, 0, "dispatch", at, event.cwd or store.project, store.project, "T").items
    above = _to_stamp(situation, prompt)  # what is in the prompt already has been read from it
    stamped = [{**item, "id": f"T{len(own) + number}", "from": item["id"]} for number, item in enumerate(above, 1)]
    kind = kind if isinstance(kind, str) else ""
    workers.dispatch(store, event.session_id, event.tool_use_id or "", event.agent, kind, own + stamped, at)
    if not above:
        return None
    lines = ["", "", "The person who started this work has stated, and it binds this task too:", *[f"- {_words(item)}" for item in above]]
    return Reply(updated_input={**event.tool_input, "prompt": prompt + "\n".join(lines)})


def name_the_worker(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> a worker's `holdfast note ...` with its id in it, or None: no variable tells a shell whose it is."""
    event = situation.event
    text = event.tool_input["command"]
    program, _, rest = text.lstrip().partition(" note ")
    if not rest or program not in ("holdfast", f"{situation.store.home}/bin/holdfast") or "--agent" in rest:
        return None
    return Reply(updated_input={**event.tool_input, "command": f"{program} note --agent {event.agent} {rest}"})


def note_launch(situation: "Situation") -> None:
    """Situation (PostToolUse, PostToolUseFailure) -> None. Links a worker to its dispatch. Raises OSError, TimeoutError."""
    event, store = situation.event, situation.store
    if not event.tool_use_id:
        return
    answer: "Any" = event.tool_response
    agent = answer.get("agentId") if isinstance(answer, dict) else None
    record = workers.dispatches(store, event.session_id).get(event.tool_use_id)
    if record is None or record.get("agent"):
        return
    workers.link(store, event.session_id, event.tool_use_id, agent if isinstance(agent, str) and agent else "-", record, situation.at)


def _to_stamp(situation: "Situation", prompt: str) -> "list[Item]":
    """What of the dispatcher's constraints is written into the prompt: what says that it is for workers, or all, as the settings say."""
    try:
        which = situation.settings["memory"]["stamp"]
    except BadSettings:
        which = BUILT_IN["memory"]["stamp"]
    if which == "none":
        return []
    bound = workers.binding(situation.store, situation.event, situation.at)
    wanted = {item["text"]: item for item in bound if (which == "all" or item["binds"] == "all") and item["text"] not in prompt}
    return list(wanted.values())  # a worker's own copy of the person's words is the same words


def _words(item: "Item") -> str:
    return f"{item['lead'].strip()} {item['text']}" if item.get("lead") else str(item["text"])
