"""Checkpoints of one agent: the whole of its state in one document, pending until a compaction has really happened.

    checkpoints/pending.json        what a compaction that has begun will leave behind
    checkpoints/000012.json         committed, the newest has the highest number; the last N are kept

A checkpoint is written whole beside its place and renamed, and committed by renaming: whenever the process dies, there is
the old one or the new one. Its epoch says how many compactions the conversation had been through.
"""

import posix

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import in_force
from holdfast.kernel.files import make_folder, move, read, remove, replace, sealed, unseal
from holdfast.kernel.locked import Locked
from holdfast.memory.register import state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.store import Store

    Checkpoint = dict[str, Any]  # {"number", "epoch", "why", "at", "session", "agent", "items", "state"}

_WAIT = 2.0  # seconds for the lock on an agent's checkpoints


class DamagedCheckpoint(Exception):
    """A checkpoint cannot be read; the message says which, and what to do."""


def save(store: "Store", session: str, agent: str, why: str, at: int, keep: int) -> "Checkpoint":
    """Write a committed checkpoint of what is on record now. keep: how many are kept.  Raises OSError, TimeoutError."""
    with Locked(_place(store, session, agent, "lock"), _WAIT):
        made = _made(store, session, agent, why, at, 0)
        made["number"] = _newest(store, session, agent) + 1
        replace(_place(store, session, agent, _name(made["number"])), sealed(made))
        _prune(store, session, agent, keep)
    return made


def prepare(store: "Store", session: str, agent: str, why: str, at: int) -> "Checkpoint":
    """Write the pending checkpoint of a compaction that is about to begin, of the next epoch. Raises OSError, TimeoutError."""
    with Locked(_place(store, session, agent, "lock"), _WAIT):
        made = _made(store, session, agent, why, at, 1)
        replace(_place(store, session, agent, "pending.json"), sealed(made))
    return made


def commit(store: "Store", session: str, agent: str, keep: int) -> "Checkpoint | None":
    """Make the pending checkpoint the newest; None when there is none, because another hook has done it. Raises OSError, TimeoutError."""
    with Locked(_place(store, session, agent, "lock"), _WAIT):
        pending = _place(store, session, agent, "pending.json")
        try:
            made = _read(pending)
        except FileNotFoundError:
            return None
        except DamagedCheckpoint:
            remove(pending)  # its writer wrote it whole or not at all: somebody else's doing, and what it held is in the logs
            return None
        move(pending, _place(store, session, agent, _name(_newest(store, session, agent) + 1)))
        _prune(store, session, agent, keep)
    return made


def pending(store: "Store", session: str, agent: str) -> "Checkpoint | None":
    """The checkpoint of a compaction that began and has not been seen to end. Raises DamagedCheckpoint."""
    try:
        return _read(_place(store, session, agent, "pending.json"))
    except FileNotFoundError:
        return None


def numbers(store: "Store", session: str, agent: str) -> "list[int]":
    """The numbers of the committed checkpoints, oldest first."""
    names = posix.listdir(_place(store, session, agent, ""))
    return sorted(int(name[:-5]) for name in names if name.endswith(".json") and name[:-5].isdigit())


def newest(store: "Store", session: str, agent: str) -> "Checkpoint | None":
    """The committed checkpoint with the highest number that is whole, or None."""
    for number in reversed(numbers(store, session, agent)):
        try:
            return load(store, session, agent, number)
        except (DamagedCheckpoint, FileNotFoundError):
            continue
    return None


def load(store: "Store", session: str, agent: str, number: int) -> "Checkpoint":
    """One committed checkpoint. Raises DamagedCheckpoint, FileNotFoundError."""
    return {**_read(_place(store, session, agent, _name(number))), "number": number}


def _made(store: "Store", session: str, agent: str, why: str, at: int, ahead: int) -> "Checkpoint":
    state = state_of(store, session, agent)
    return {"number": 0, "epoch": state["epoch"] + ahead, "why": why, "at": iso(at), "session": session, "agent": agent,
            "items": in_force(store, session, agent), "state": state}


def _read(path: str) -> "Checkpoint":
    try:
        made = unseal(read(path).rstrip(b"\n"))
    except ValueError:
        made = None
    if made is None:
        raise DamagedCheckpoint(f"{path} is damaged (its checksum does not fit). The logs beside it hold the same; take an older "
                                "checkpoint (`holdfast checkpoint list`), or remove this file")
    return made


def _newest(store: "Store", session: str, agent: str) -> int:
    return max(numbers(store, session, agent), default=0)


def _prune(store: "Store", session: str, agent: str, keep: int) -> None:
    for number in numbers(store, session, agent)[:-keep]:
        remove(_place(store, session, agent, _name(number)))


def _name(number: int) -> str:
    return f"{number:06d}.json"


def _place(store: "Store", session: str, agent: str, name: str) -> str:
    path = store.agent(session, agent, f"checkpoints/{name}")
    make_folder(path.rpartition("/")[0])
    return path
