"""Giving the state back to the model, and knowing whether it was given.

`owed.json` beside the register says what the model has not been given: {"epoch": E, "notes": [...]}. A compaction that begins
writes it; it goes when an answer with the block is out. So a start hook that crashed, or was never run, is made good by the next
prompt, or by the first tool call's result.
"""

import posix

from holdfast.kernel.constraints import in_force, standing
from holdfast.kernel.files import digest, read, remove, replace, sealed, unseal
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BUILT_IN, BadSettings
from holdfast.memory.register import note, state_of
from holdfast.memory.render import block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store


def given_back(situation: "Situation", head: str, part: int = 0, notes: "Sequence[str]" = ()) -> "Reply | None":
    """The Reply with one part of the block, or None when there is no such part.

    head: why it is given.  part: 0 for the first handler of the event, 1 for the second.  notes: what the caller gives besides.
    Once the answer of the first is out, the state of this epoch and those notes count as given.
    """
    event, store = situation.event, situation.store
    state = state_of(store, event.session_id, event.agent)
    items = own_items(store, event.session_id, event.agent)
    shards = block(items, state, mark(event.session_id, event.agent, state["epoch"]), head, _most(situation),
                   command(store), bool(event.agent))
    if part == 0:
        epoch = state["epoch"]
        situation.after.append(lambda: _noted(situation, epoch, notes))
    return Reply(context=[shards[part]]) if part < len(shards) else None


def owed(store: "Store", session: str, agent: str) -> "dict[str, Any] | None":
    """What the model has not been given: {"epoch", "notes"}, or None. A document that is damaged counts as everything owed."""
    path = store.agent(session, agent, "owed.json")
    try:
        posix.stat(path)
    except OSError:
        return None
    try:
        return unseal(read(path).rstrip(b"\n")) or {"epoch": 0, "notes": []}
    except (OSError, ValueError):
        return {"epoch": 0, "notes": []}


def owe(store: "Store", session: str, agent: str, epoch: int, notes: "list[str]") -> None:
    """Note what the model is to be given at the next chance, beside what it is owed already. epoch: 0 for the notes alone.

    Raises OSError.
    """
    debt = owed(store, session, agent)
    if debt is not None:
        epoch, notes = max(epoch, debt["epoch"]), [*(one for one in debt["notes"] if one not in notes), *notes]
    replace(store.agent(session, agent, "owed.json"), sealed({"epoch": epoch, "notes": notes}))


def make_good(situation: "Situation") -> "Reply | None":
    """Situation (UserPromptSubmit, PostToolUse, PostToolUseFailure) -> what is owed, or None. Costs one stat when nothing is."""
    event, store = situation.event, situation.store
    debt = owed(store, event.session_id, event.agent)
    if debt is None:
        return None
    notes = debt["notes"]
    reply = None
    if debt["epoch"] or not notes:
        reply = given_back(situation, "what is on record; the conversation was compacted", notes=notes)
    else:
        situation.after.append(lambda: remove(store.agent(event.session_id, event.agent, "owed.json")))
    if notes:
        reply = reply or Reply()
        reply.context += notes
    return reply


def own_items(store: "Store", session: str, agent: str) -> "list[Item]":
    """What an agent is told again: the main thread the project's and its own, a worker its own alone."""
    return (standing(store, session) if not agent else []) + in_force(store, session, agent)


def mark(session: str, agent: str, epoch: int) -> str:
    """What a block of this agent and epoch is known by. An imitation that the agent's own text brings along has another."""
    return f"{epoch}-{digest(f'{session}/{agent}/{epoch}'.encode())[:8]}"


def command(store: "Store") -> str:
    """How the agent reaches the command line: by its full path where it was installed."""
    path = f"{store.home}/bin/holdfast"
    try:
        posix.stat(path)
    except OSError:
        return "holdfast"
    return path


def _noted(situation: "Situation", epoch: int, notes: "Sequence[str]") -> None:
    event, store = situation.event, situation.store
    note(store, event.session_id, event.agent, situation.at, {"what": "given", "epoch": epoch, "where": event.hook_event_name})
    debt = owed(store, event.session_id, event.agent) or {"notes": []}
    left = [one for one in debt["notes"] if one not in notes]
    if left:
        replace(store.agent(event.session_id, event.agent, "owed.json"), sealed({"epoch": 0, "notes": left}))
    else:
        remove(store.agent(event.session_id, event.agent, "owed.json"))


def _most(situation: "Situation") -> int:
    try:
        most: int = situation.settings["memory"]["inject_characters"]
    except BadSettings:
        most = BUILT_IN["memory"]["inject_characters"]
    return most
