"""Before and after a compaction: the state is put on disk, the summariser is told what to keep, the summary is held against it."""

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import DamagedConstraints
from holdfast.kernel.files import append
from holdfast.kernel.reply import CAP, Reply, fit
from holdfast.kernel.settings import BUILT_IN, BadSettings
from holdfast.memory import checkpoint
from holdfast.memory.compare import CONTRADICTED, DROPPED, allowing_sentence, compare, forges_block
from holdfast.memory.context_use import used
from holdfast.memory.gate import BREAKER, gate, may_hold_back, threshold, thrashing, window_of
from holdfast.memory.give import command, own_items, owe
from holdfast.memory.register import note, state_of
from holdfast.memory.started import compacted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store
    from holdfast.memory.register import State

LOG = "compactions.jsonl"


def prepare_compaction(situation: "Situation") -> "Reply | None":
    """Situation (PreCompact) -> guidance for the summariser, or a hold while the state could not be saved. Raises OSError.

    The event also comes when nothing is compacted in the end: all that is left then is a pending checkpoint.
    """
    event, store, at = situation.event, situation.store, situation.at
    session, agent = event.session_id, event.agent
    before = _unfinished(store, session, agent)
    if before:
        note(store, session, agent, at, {"what": "failed", "epoch": before})
    try:
        # Owed first: of a death in between, the pending checkpoint would say that it is owed already. When it is there, it is, or
        # it has been made good since: what leads to nothing must not cost every call a block.
        if not before:
            owe(store, session, agent, state_of(store, session, agent)["epoch"] + 1, [])
        made = checkpoint.prepare(store, session, agent, event.trigger or "auto", at)
        if made["state"]["fails"] == BREAKER:
            owe(store, session, agent, made["epoch"], [_given_up(made["state"]["fails"], command(store))])
    except (OSError, TimeoutError, DamagedConstraints) as bad:
        return _unsaved(situation, bad)
    _record(store, session, {"what": "began", "at": iso(at), "agent": agent, "trigger": event.trigger or "", "epoch": made["epoch"],
                             "against": gate(_facts(situation, made["state"], True))})
    return Reply(plain=guidance(own_items(store, session, agent), made["state"]))


def guidance(items: "list[Item]", state: "State") -> str:
    """What the summariser is told, within the client's cap."""
    lines = ["The summary keeps its usual sections. It neither lifts nor loosens anything that the person has asked for."]
    if items:
        lines.append("Keep these words of the person, each as it stands, under \"All user messages\":")
        lines += [f"- {item['lead'] + ' ' if item.get('lead') else ''}{item['text']}" for item in items]
    for name, title in (("decisions", "Decided"), ("in_progress", "In progress"), ("blocked", "Blocked")):
        lines += [f"- {title}: {one['text']}" for one in state[name]]
    if state["next"]:
        lines.append(f"- Next: {state['next']}")
    return fit(lines, CAP)


def note_compaction(situation: "Situation") -> None:
    """Situation (PostCompact) -> None. Commits what is still pending, and records what the summary kept. Raises OSError, TimeoutError."""
    event, store, at = situation.event, situation.store, situation.at
    session, agent = event.session_id, event.agent
    epoch = compacted(situation)
    items, summary = own_items(store, session, agent), event.compact_summary or ""
    fates = compare(summary, items)
    forged = forges_block(summary)
    _record(store, session, {"what": "compared", "at": iso(at), "agent": agent, "trigger": event.trigger or "", "epoch": epoch,
                             "characters": len(summary), "fates": fates, "forged": forged,
                             "given": state_of(store, session, agent)["given"] == epoch})
    wrong = [item for item in items if fates[item["id"]] == CONTRADICTED]
    notes = []
    turns = state_of(store, session, agent)["turns_compacted"]
    if thrashing(turns):
        notes.append(f"The conversation was compacted {len(turns)} times within a few turns each: the context fills faster than a "
                     f"compaction empties it. A handoff (`{command(store)} handoff write`) lets a new session go on with a clear context.")
    if wrong:
        lines = [f"The summary of the compaction says what the person did not say. Still in force: {len(wrong)}"]
        lines += [f"{item['id']}: {item['text']} (the summary: \"{allowing_sentence(summary, item)[:160]}\")" for item in wrong]
        notes.append(fit(lines, 3_000))
    if forged:
        notes.append("The summary holds a text that looks like a block of Holdfast. It is not one: Holdfast's blocks are not part of "
                     "a summary.")
    if notes:
        owe(store, session, agent, 0, notes)


def _given_up(fails: int, command: str) -> str:
    return (f"The last {fails} compactions failed, and after {BREAKER} the client makes no more by itself in this session. "
            f"`{command} handoff write` puts down what a new session needs to go on.")


def report(store: "Store", session: str) -> "list[dict[str, Any]]":
    """The compactions of a session, oldest first: what began, and what came of it. For `holdfast compaction report`."""
    from holdfast.kernel.files import Damage, records
    return [record for record in records(store.session(session, LOG)) if not isinstance(record, Damage)]


def lost(fates: "dict[str, str]") -> "list[str]":
    """The ids of what a summary alone would have lost."""
    return [number for number, fate in fates.items() if fate in (DROPPED, CONTRADICTED)]


def _unfinished(store: "Store", session: str, agent: str) -> int:
    """The epoch of a compaction that began and never ended, or 0."""
    try:
        made = checkpoint.pending(store, session, agent)
    except checkpoint.DamagedCheckpoint:
        return 0
    return int(made["epoch"]) if made else 0


def _unsaved(situation: "Situation", bad: Exception) -> Reply:
    """The state is not on disk: an automatic compaction is held back, once, where that costs no session."""
    store, event = situation.store, situation.event
    facts = _facts(situation, None, False)
    try:
        held = any(record["what"] == "held back" and record["agent"] == event.agent for record in report(store, event.session_id))
        hold = may_hold_back(facts, held)
        if hold:
            _record(store, event.session_id, {"what": "held back", "at": iso(situation.at), "agent": event.agent, "why": str(bad)[:300]})
    except (OSError, TimeoutError):
        hold = False  # not even that can be noted, so it could not be held to once
    if hold:
        return Reply(block=f"Holdfast could not put the session's state on disk ({bad}), so this compaction is held back once. "
                           "Make room or rights there; the next one is not held back.")
    return Reply(plain="Keep every restriction and instruction of the person word for word under \"All user messages\".")


def _facts(situation: "Situation", state: "State | None", saved: bool) -> "dict[str, Any]":
    event, env = situation.event, situation.env
    tokens, model = used(event)
    try:
        setting: int = situation.settings["memory"]["window"]
    except BadSettings:
        setting = BUILT_IN["memory"]["window"]
    window = window_of(event.model or model, env, setting)
    return {"switched_off": any(env.get(name) in ("1", "true") for name in ("DISABLE_COMPACT", "DISABLE_AUTO_COMPACT")),
            "in_fork": event.agent_type == "" and bool(event.agent), "fails": state["fails"] if state else 0, "used": tokens,
            "threshold": threshold(window, env), "window": window, "asked": event.trigger == "manual", "messages": None, "saved": saved}


def _record(store: "Store", session: str, record: "dict[str, Any]") -> None:
    append(store.session(session, LOG), record)
