"""What a person has told an agent to keep to: a log per agent, and the document folded from it that every tool call reads.

The log `constraints.jsonl` holds one record for each prompt, command or dispatch that stated, lifted or replaced something, so
that a prompt is taken in as a whole or not at all:

    {"what": "said", "items": [ITEM, ...], "lifts": [[ID, WORDS], ...], "turn": 3, "source": "person", "at": "2026-..."}

An ITEM is {"id": "C1", "text", "lead", "kind", "forbids", "only", "targets", "binds", "turn", "source", "at", "cwd", "supersedes"};
`memory.words.constraints.Said` says what the fields mean. "paths" of an item holds the absolute paths that its path targets
had when it was stated. What is lifted or superseded stays in the log and is in force no more.

The document `constraints.json` is what is in force, and the size and time of the log that it was folded from: after a crash
between the two, the log counts. (The size alone may come to be the same again when a log is cut and appended to.)
"""

import posix

from holdfast.kernel.files import Damage, append, flush, read, read_head, records, replace, sealed, unseal
from holdfast.kernel.locked import Locked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.store import Store

    Item = dict[str, Any]

LOG, DOCUMENT = "constraints.jsonl", "constraints.json"
EVERY_SESSION = "every-session"  # the name under which the store keeps what holds in all sessions of a project
MOST = 60_000  # characters of items in one record: the log's last record must be found within 1 MiB, six bytes a character at worst
_WAIT = 2.0  # seconds for the lock on an agent's constraints


class DamagedConstraints(Exception):
    """The record of the constraints cannot be read; the message says where and what to run."""


def in_force(store: "Store", session: str, agent: str) -> "list[Item]":
    """The items that one agent's own prompts have put in force, oldest first. agent: its id, "" for the main thread.

    Raises DamagedConstraints, OSError.
    """
    log = store.agent(session, agent, LOG)
    try:
        given = posix.stat(log)
        size, time = given.st_size, given.st_mtime_ns
    except FileNotFoundError:
        if read_head(log) is None:
            return []
        size = time = -1  # it was there: what it held is in the document, or lost
    try:
        known = unseal(read(store.agent(session, agent, DOCUMENT)).rstrip(b"\n"))
    except (OSError, ValueError):
        known = None
    if known is not None and known.get("size") == size and known.get("time") == time:
        items: "list[Item]" = known["items"]
        return items
    return refold(store, session, agent, known)


def standing(store: "Store", session: str) -> "list[Item]":
    """What holds in every session of the project, less what a person has lifted for this one. Raises DamagedConstraints, OSError."""
    items = in_force(store, EVERY_SESSION, "")
    if not items:
        return items
    lifted = {number for record in records(store.agent(session, "", LOG)) if not isinstance(record, Damage)
              for number, _ in record.get("lifts", ())}
    return [item for item in items if item["id"] not in lifted]


def refold(store: "Store", session: str, agent: str, known: "JsonObject | None" = None) -> "list[Item]":
    """The same from the log, and the document written anew; one that cannot be written only costs time.

    known: the document as it was. It stands in for the records that a damaged log has lost; without it, DamagedConstraints.
    """
    log = store.agent(session, agent, LOG)
    try:
        given = posix.stat(log)
        size, time = given.st_size, given.st_mtime_ns
    except FileNotFoundError:
        size = time = 0
    items, fault = history(log)
    live = [item for item in items if not item["ended"]]
    if fault:
        if known is None:
            raise DamagedConstraints(f"{fault}. What a person told the agent to keep to cannot be read. `holdfast constraint list` "
                                     "shows what is left; a new session starts without it")
        seen = {item["id"] for item in items}
        return [item for item in known["items"] if item["id"] not in seen] + live
    try:
        replace(store.agent(session, agent, DOCUMENT), sealed({"size": size, "time": time, "items": live}))
    except OSError:
        pass
    return live


def history(log: str) -> "tuple[list[Item], str]":
    """(every item that a log ever held, oldest first, with "ended": "" while in force or how it ended; what is wrong with the log, or "").

    A torn end is an append that never happened, and the next one begins on a line of its own: only where the numbers of the
    records leave a gap, or end before the last one that was noted, has something been lost.
    """
    items: "dict[str, Item]" = {}
    last, fault = 0, ""
    noted = read_head(log)  # before the log: somebody may append to it meanwhile
    for record in records(log):
        if isinstance(record, Damage):
            continue
        if record["n"] != last + 1:
            fault = fault or f"{log}: the records between {last} and {record['n']} are damaged or gone"
        last = record["n"]
        _take(items, record)
    if noted is not None and noted[0] > last:
        fault = fault or f"{log}: the records after {last} are damaged or gone"
    return list(items.values()), fault


def _take(items: "dict[str, Item]", record: "JsonObject") -> None:
    for number, words in record.get("lifts", ()):
        if number in items and not items[number]["ended"]:
            items[number]["ended"] = f"lifted: {words}"
    for item in record.get("items", ()):
        for number in item.get("supersedes", ()):
            if number in items and not items[number]["ended"]:
                items[number]["ended"] = f"superseded by {item['id']}"
        items[item["id"]] = {**item, "ended": ""}


def changing(store: "Store", session: str, agent: str) -> Locked:
    """`with changing(...)`: nobody else numbers constraints of this agent from what is there now. Raises TimeoutError, OSError."""
    return Locked(store.agent(session, agent, f"{LOG}.lock"), _WAIT)


def state(store: "Store", session: str, agent: str, record: "JsonObject") -> "list[Item]":
    """Append one record and bring the document up to date: what is in force then. Raises OSError, TimeoutError, DamagedConstraints."""
    log = store.agent(session, agent, LOG)
    append(log, record)
    flush(log)  # what a person has stated survives the machine too
    return in_force(store, session, agent)
