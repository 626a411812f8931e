"""What a person has told an agent to keep to: a log per agent, and the document folded from it that every tool call reads.

The log `constraints.jsonl` holds one record for each prompt, command or dispatch that stated, lifted or replaced something, so
that a prompt is taken in as a whole or not at all:

    {"what": "said", "items": [ITEM, ...], "lifts": [[ID, WORDS], ...], "turn": 3, "source": "person", "at": "2026-..."}

An ITEM is {"id": "C1", "text", "lead", "kind", "forbids", "only", "targets", "binds", "turn", "source", "at", "cwd", "supersedes"};
`memory.words.constraints.Said` says what the fields mean. "paths" of an item holds the absolute paths that its path targets
had when it was stated. What is lifted or superseded stays in the log and is in force no more.

The document `constraints.json` is what is in force, and the size of the log that it was folded from: after a crash between
the two, the log counts.
"""

import posix

from holdfast.kernel.files import Damage, append, read, read_head, records, replace, sealed, unseal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.store import Store

    Item = dict[str, Any]

LOG, DOCUMENT = "constraints.jsonl", "constraints.json"
EVERY_SESSION = "every-session"  # the name under which the store keeps what holds in all sessions of a project
MOST = 60_000  # characters of items in one record: the log's last record must be found within 1 MiB, six bytes a character at worst


class DamagedConstraints(Exception):
    """The record of the constraints cannot be read; the message says where and what to run."""


def in_force(store: "Store", session: str, agent: str) -> "list[Item]":
    """The items that one agent's own prompts have put in force, oldest first. agent: its id, "" for the main thread.

    Raises DamagedConstraints, OSError.
    """
    log = store.agent(session, agent, LOG)
    try:
        size = posix.stat(log).st_size
    except OSError:
        return []
    try:
        known = unseal(read(store.agent(session, agent, DOCUMENT)).rstrip(b"\n"))
    except (OSError, ValueError):
        known = None
    if known is not None and known.get("size") == size:
        items: "list[Item]" = known["items"]
        return items
    return refold(store, session, agent, known)


def refold(store: "Store", session: str, agent: str, known: "JsonObject | None" = None) -> "list[Item]":
    """The same from the log, and the document written anew; one that cannot be written only costs time.

    known: the document as it was. It stands in for the records that a damaged log has lost; without it, DamagedConstraints.
    """
    log = store.agent(session, agent, LOG)
    size = posix.stat(log).st_size
    items, fault = history(log)
    live = [item for item in items if not item["ended"]]
    if fault:
        if known is None:
            raise DamagedConstraints(f"{fault}. What a person told the agent to keep to cannot be read. `holdfast constraint list` "
                                     "shows what is left; a new session starts without it")
        seen = {item["id"] for item in items}
        return [item for item in known["items"] if item["id"] not in seen] + live
    try:
        replace(store.agent(session, agent, DOCUMENT), sealed({"size": size, "items": live}))
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
    for record in records(log):
        if isinstance(record, Damage):
            continue
        if record["n"] != last + 1:
            fault = fault or f"{log}: the records between {last} and {record['n']} are damaged or gone"
        last = record["n"]
        _take(items, record)
    noted = read_head(log)
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


def state(store: "Store", session: str, agent: str, record: "JsonObject") -> "list[Item]":
    """Append one record and bring the document up to date: what is in force then. Raises OSError, TimeoutError, DamagedConstraints."""
    append(store.agent(session, agent, LOG), record)
    return refold(store, session, agent)
