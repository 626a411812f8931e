"""Which dispatch a worker came from, and what binds it: its own prompt's constraints, and the person's.

The log `dispatches.jsonl` of a session holds what every call of the Agent tool asked for, and later which agent it became:

    {"what": "dispatched", "call": TOOL_USE_ID, "by": AGENT, "type": AGENT_TYPE, "items": [ITEM, ...], "at": ...}
    {"what": "linked", "call": TOOL_USE_ID, "agent": AGENT_ID}

No event says from which call a worker came (client 2.1.329, measured; workers that start together start in any order). So it
is linked as soon as something tells: the result of a background launch, the note that the client keeps beside the worker's
transcript (there at its first tool call), or that only one dispatch of its type is open. Until then it is bound by what any
open dispatch of its type asks for.
"""

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import in_force, standing, state
from holdfast.kernel.files import Damage, append, read, records, replace, sealed, unseal
from holdfast.kernel.jsontext import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.constraints import Item
    from holdfast.kernel.event import Event
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.store import Store

LOG, DOCUMENT = "dispatches.jsonl", "worker.json"
_NESTED = 20  # workers of workers that are followed


def binding(store: "Store", event: "Event", at: int) -> "list[Item]":
    """Every item that binds the agent of an event: the project's, the main thread's, those of the workers above it, its own.

    at: nanoseconds since 1970, for the link that may be noted.  Raises DamagedConstraints, OSError, TimeoutError.
    """
    items = standing(store, event.session_id) + in_force(store, event.session_id, "")
    agent = event.agent
    if not agent:
        return items
    above: "list[Item]" = []
    for _ in range(_NESTED):
        origin = linked(store, event, agent, at)
        if origin is None:
            return items + _open(store, event) + above
        above = in_force(store, event.session_id, agent) + above
        agent = origin["by"]
        if not agent:
            break
    return items + above


def linked(store: "Store", event: "Event", agent: str, at: int) -> "JsonObject | None":
    """Where a worker of the event's session came from ({"call", "by", "type"}), or None when nothing tells yet.

    When it is found, the dispatch's items become the worker's own constraints. A worker that no call of the Agent tool started
    (a skill that forks, a hook's agent) is the main thread's: {"call": "", "by": "", ...}.
    """
    session = event.session_id
    document = store.agent(session, agent, DOCUMENT)
    try:
        known = unseal(read(document).rstrip(b"\n"))
    except (OSError, ValueError):
        known = None
    if known is not None:
        return known
    dispatched = dispatches(store, session)
    if not dispatched:
        return {"call": "", "by": "", "type": ""}
    free = {call: record for call, record in dispatched.items() if not record.get("agent")}
    mine = [call for call, record in dispatched.items() if record.get("agent") == agent]
    noted = _noted_by_the_client(event, agent)
    if noted in dispatched:
        mine = [noted]
    elif not mine and agent == event.agent_id:
        mine = [call for call, record in free.items() if record["type"] == (event.agent_type or record["type"])]
    if len(mine) != 1:
        return None
    record = dispatched[mine[0]]
    link(store, session, mine[0], agent, record, at)
    return {"call": mine[0], "by": record["by"], "type": record["type"]}


def link(store: "Store", session: str, call: str, agent: str, record: "JsonObject", at: int) -> None:
    """Note that a dispatch became this worker, and make its items the worker's own; "-": it became none. Raises OSError, TimeoutError."""
    if not record.get("agent"):
        append(store.session(session, LOG), {"what": "linked", "call": call, "agent": agent, "at": iso(at)})
    if agent == "-":
        return
    if record["items"] and not in_force(store, session, agent):
        state(store, session, agent, {"what": "said", "items": record["items"], "turn": 0, "source": "dispatch", "at": record["at"]})
    replace(store.agent(session, agent, DOCUMENT), sealed({"call": call, "by": record["by"], "type": record["type"]}))


def dispatch(store: "Store", session: str, call: str, by: str, kind: str, items: "list[Item]", at: int) -> None:
    """Note a call of the Agent tool before it runs. kind: the type of agent asked for.  Raises OSError, TimeoutError."""
    append(store.session(session, LOG),
           {"what": "dispatched", "call": call, "by": by, "type": kind, "items": items, "at": iso(at)})


def dispatches(store: "Store", session: str) -> "dict[str, JsonObject]":
    """Tool call id -> its dispatch, with "agent" once it is linked ("-" when it ended without becoming one)."""
    found: "dict[str, JsonObject]" = {}
    for record in records(store.session(session, LOG)):
        if isinstance(record, Damage):
            continue
        if record["what"] == "dispatched":
            found[record["call"]] = record
        elif record["call"] in found:
            found[record["call"]]["agent"] = record["agent"]
    return found


def _open(store: "Store", event: "Event") -> "list[Item]":
    """What any dispatch asks for that may have become this worker."""
    return [item for record in dispatches(store, event.session_id).values()
            if not record.get("agent") and record["type"] in (event.agent_type, "") for item in record["items"]]


def _noted_by_the_client(event: "Event", agent: str) -> str:
    """The tool call id in the note beside a worker's transcript: an internal file, so only a help where it is there."""
    transcript = event.transcript_path or ""
    if not transcript.endswith(".jsonl") or "/" in agent:
        return ""
    try:
        noted = load(read(f"{transcript[:-6]}/subagents/agent-{agent}.meta.json", 65_536).decode("utf-8"))
        return str(noted.get("toolUseId", ""))
    except (OSError, ValueError, AttributeError):
        return ""

