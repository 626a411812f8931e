"""The memory of a task: decisions, progress, discoveries and how to go on, kept for people and for the next session.

The truth is the log `session_memory.jsonl`, one record for each entry (`memory.session_schema`). `session_memory.md` is printed
from it as a whole after each entry. A Markdown file that is itself only appended to could not have its sections in a fixed
order, and a writer that dies in the middle of an entry would leave a torn page; so the log is what is append-only, and the
page is old or new at every moment. What a person writes into the page by hand is kept aside before it is printed again.
"""

import os
import posix

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import EVERY_SESSION, in_force
from holdfast.kernel.files import Damage, append, create, digest, make_folder, move, read, read_head, real_path, records, remove, replace
from holdfast.kernel.locked import Locked
from holdfast.kernel.redact import redact
from holdfast.memory.register import LOG as REGISTER
from holdfast.memory.register import note
from holdfast.memory.session_page import as_printed, page, too_long
from holdfast.memory.session_schema import MOVES, OPEN, contradicted, faults_of, fold, folded, live, next_id, refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.store import Store
    from holdfast.memory.session_schema import Entry, Memory

LOG, PAGE, LOCK = "session_memory.jsonl", "session_memory.md", ".lock"
_WAIT = 120.0  # seconds for the lock: an entry takes milliseconds, but many workers may have many to add
_NAME = 120  # characters of a task's name
_HELD = ("do-not-touch", "must-not", "read-only", "only")
# The states of the register's progress, as markers.
_MARKERS = {"completed": "COMPLETED", "in_progress": "IN_PROGRESS", "blocked": "BLOCKED", "next": "PENDING"}


class BadMemory(Exception):
    """Nothing was recorded; `faults` says why."""

    def __init__(self, faults: "list[str]") -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class NotPrinted(Exception):
    """It is recorded, and the page could not be printed; the message says why."""


# ---- reading ----------------------------------------------------------------------------------------------------------

def memory_of(store: "Store", task: str) -> "Memory":
    """The Memory of a task. Raises BadMemory when there is none, OSError."""
    memory = _read(store.task(task, LOG), task)
    if not memory["state"]:
        names = ", ".join(one["task"] for one in memories(store))
        there = f"There are {names}" if names else "None has been started"
        raise BadMemory([f"there is no task {task} in {store.project}. {there}; `holdfast memory start TASK` starts one"])
    return memory


def _read(log: str, task: str = "") -> "Memory":
    """The Memory of a log, with "lost": how many of its records could not be read."""
    good: "list[JsonObject]" = []
    gaps, last = [], 0
    head = read_head(log)  # before the log: somebody may append to it meanwhile
    for record in records(log):
        if isinstance(record, Damage):
            continue
        if record["n"] != last + 1:
            gaps.append(f"{log}: the records between {last} and {record['n']} are damaged or gone")
        last = record["n"]
        good.append(record)
    if head is not None and head[0] > last:
        gaps.append(f"{log}: the records after {last} are damaged or gone")
        last = head[0]
    memory = folded(task, good)
    memory["faults"] = gaps + memory["faults"]
    memory["lost"] = last - len(good)
    if task and memory["task"] != task:
        memory["faults"].append(f"{log}: is of the task {memory['task']}, which this file system takes for {task}")
    return memory


def memories(store: "Store", archived: bool = False) -> "list[Memory]":
    """The Memory of every task of the project, the one changed last first. archived: those put away instead. Raises OSError."""
    folder = store.archived_task("") if archived else store.memory("")
    found = []
    for name in os.listdir(folder):
        log = os.path.join(folder, name, LOG)
        if os.path.exists(log) and (archived or not name.startswith(".")):
            memory = _read(log)
            memory["folder"] = os.path.join(folder, name)
            if memory["state"]:
                found.append(memory)
    return sorted(found, key=lambda one: str(one["updated"]), reverse=True)


def current(store: "Store", session: str, given: str = "", states: "tuple[str, ...]" = OPEN) -> str:
    """The task that is meant: the one given, the one this session began or resumed last, or the only one there is. Raises BadMemory."""
    if given:
        return str(memory_of(store, given)["task"])
    there = [one for one in memories(store) if one["state"] in states]
    mine = _of_session(there, session)
    if mine:
        return mine
    if len(there) == 1:
        return str(there[0]["task"])
    if there:
        raise BadMemory([f"which task? There are {', '.join(one['task'] for one in there)}. Name it with --task, "
                         "or resume it in this session"])
    others = [f"{one['task']} ({one['state']})" for one in memories(store)]
    raise BadMemory([f"no task is {' or '.join(states) if states != OPEN else 'open'} in {store.project}"
                     + (f"; there are {', '.join(others)}" if others else "") + ". `holdfast memory start TASK` starts one"])


def _of_session(found: "list[Memory]", session: str) -> str:
    """The task that a session began or resumed last, one that is not paused before one that is; "" when it has none."""
    mine = [one for one in found if session and session in one["begun"]]
    mine.sort(key=lambda one: (one["state"] != "paused", str(one["begun"][session])))
    return str(mine[-1]["task"]) if mine else ""


def page_of(store: "Store", memory: "Memory") -> str:
    """Where the page of a task lies."""
    return f"{memory['where']}/{PAGE}" if memory["where"] else store.task(memory["task"], PAGE)


# ---- writing ----------------------------------------------------------------------------------------------------------

def start(store: "Store", task: str, title: str, at: int, session: str = "", where: str = "", by: str = "agent") -> "Memory":
    """Begin the memory of a task. where: a folder for the page, "" for the state folder.  Raises BadMemory, NotPrinted, OSError."""
    task, title = redact(task.strip()), redact(" ".join(title.split()))
    if not task or len(task) > _NAME or not task.isprintable():
        raise BadMemory([f"a task's name is one line of at most {_NAME} characters"])
    folder = os.path.abspath(os.path.expanduser(where)) if where else ""
    with Locked(store.memory(LOCK), _WAIT):
        log = store.task(task, LOG)
        before = _read(log, "")
        if before["state"] and before["task"] != task:
            raise BadMemory([f"{task} and the task {before['task']}, which is there, would share a folder; take another name"])
        if refused(before | {"task": task}, "start"):
            raise BadMemory([refused(before, "start")])
        if folder:
            _require_free(store, session, f"{folder}/{PAGE}")
            make_folder(folder)
        make_folder(os.path.dirname(log))
        append(log, {"what": "started", "task": task, "title": title[:400], "where": folder, "session": session, "by": by,
                     "from": _seen_elsewhere(store, session), "at": iso(at)})
        memory = memory_of(store, task)
        _print(store, memory, at)
    return memory


def _require_free(store: "Store", session: str, path: str) -> None:
    if os.path.lexists(path):
        raise BadMemory([f"{path} is there already and stays as it is; take another folder"])
    _require_allowed(store, session, path)


def _require_allowed(store: "Store", session: str, path: str) -> None:
    """Raises BadMemory where a person has forbidden to write."""
    real = real_path(path)
    for item in in_force(store, EVERY_SESSION, "") + (in_force(store, session, "") if session else []):
        if item["kind"] in _HELD and any(real == one or real.startswith(one + "/") for one in item.get("paths", ())):
            raise BadMemory([f"{path} lies where {item['id']} forbids it: {item['text']}"])


def _seen_elsewhere(store: "Store", session: str) -> int:
    """The record of a session's register up to which another task has been its task: what came before is not this task's."""
    if not session:
        return 0
    others = any(session in one["begun"] for one in memories(store) + memories(store, archived=True))
    return _register_end(store, session) if others else 0


def _register_end(store: "Store", session: str) -> int:
    return (read_head(store.agent(session, "", REGISTER)) or (0, ""))[0] if session else 0


def add(store: "Store", task: str, kind: str, text: str, at: int, because: str = "", state: str = "", supersedes: "list[str] | None" = None,
        session: str = "", by: str = "agent") -> "tuple[Entry, str]":
    """Add an entry: (it, as recorded; where a page changed by hand was put aside, or "").

    kind: decision, progress, discovery, next.  state: of a progress marker.  text: of a progress marker also an item's id.
    Raises BadMemory, NotPrinted, OSError, TimeoutError.
    """
    with Locked(store.memory(LOCK), _WAIT):
        memory = memory_of(store, task)
        if kind == "progress":
            text = next((one["text"] for one in live(memory, "progress") if one["id"] == text.strip()), text)
        entry = _entry(memory, kind, text, because, state, supersedes or [], session, by)
        faults = [refused(memory, "add")] if refused(memory, "add") else faults_of(memory, entry, _contradicts)
        if faults:
            raise BadMemory(faults)
        _append(store, memory, {**entry, **_on_record(store, memory, entry, at), "at": iso(at)})
        return entry, _print(store, memory, at, entry["id"])


def _on_record(store: "Store", memory: "Memory", entry: "Entry", at: int) -> "JsonObject":
    """Put an entry into the register of its session too, so that a compaction does not lose it: the "source" that the entry gets."""
    session, kind = entry["session"], entry["kind"]
    if not session or entry["state"] == "PENDING":
        return {}
    fields: "JsonObject" = {"text": entry["text"], "because": entry["because"], "by": entry["by"]}
    if kind == "decision":
        there = {mine: theirs for theirs, mine in _ids_by_source(memory, session).items()}
        fields |= {"what": "decision", "supersedes": [there[one] for one in entry["supersedes"] if one in there], "turn": 0}
    elif kind == "discovery":
        fields |= {"what": "note", "kind": "fact"}
    else:
        fields |= {"what": "progress", "state": entry["state"].lower() or "next"}
    return {"source": [session, note(store, session, "", at, fields)]}


def _entry(memory: "Memory", kind: str, text: str, because: str, state: str, supersedes: "list[str]", session: str, by: str) -> "Entry":
    name = next_id(memory, kind, memory["lost"]) if kind in ("decision", "progress", "discovery", "next") else ""
    return {"what": "added", "kind": kind, "id": name, "text": redact(text.strip()), "because": redact(because.strip()), "state": state,
            "supersedes": list(supersedes), "session": session, "by": by}


def _append(store: "Store", memory: "Memory", record: "JsonObject") -> None:
    """Append a record and take it into the Memory."""
    number = append(store.task(memory["task"], LOG), record)
    fold(memory, {**record, "n": number})


def _contradicts(new: "Entry", old: "Entry") -> bool:
    """Whether two decisions cannot both hold. Few calls add a decision: the grammar is loaded for those alone."""
    from holdfast.memory.words.superseding import supersedes
    return bool(supersedes({"text": new["text"], "kind": "decision"}, {"text": old["text"], "kind": "decision"}))


def change(store: "Store", task: str, verb: str, at: int, session: str = "", by: str = "agent") -> "Memory":
    """Pause or resume a task. verb: "pause" or "resume".  Raises BadMemory, NotPrinted, OSError, TimeoutError."""
    with Locked(store.memory(LOCK), _WAIT):
        memory = memory_of(store, task)
        if refused(memory, verb):
            raise BadMemory([refused(memory, verb)])
        _append(store, memory, {"what": "moved", "to": MOVES[verb][memory["state"]], "session": session, "by": by, "at": iso(at),
                                **({"from": _register_end(store, session)} if verb == "resume" and session else {})})
        _print(store, memory, at)
    return memory


def complete(store: "Store", task: str, at: int, session: str = "", by: str = "agent") -> "tuple[str, Memory]":
    """Complete a task: (its page in outputs, which is never written again; the Memory). Raises as `change` does.

    A run that was killed is brought to its end by the next one: a task that is complete and has no final page gets it.
    """
    with Locked(store.memory(LOCK), _WAIT):
        memory = memory_of(store, task)
        folder = memory["where"] or f"{store.project}/outputs"
        _require_allowed(store, session, folder)
        unfinished = memory["state"] == "complete" and not (memory["final"] and os.path.exists(memory["final"]))
        if not unfinished:
            if refused(memory, "complete"):
                raise BadMemory([refused(memory, "complete")])
            _append(store, memory, {"what": "moved", "to": "complete", "session": session, "by": by, "at": iso(at)})
        text = page(memory)
        final = _finalised(folder, memory, text.encode("utf-8", "replace"))
        _append(store, memory, {"what": "finalised", "path": final, "at": memory["updated"]})
        _print(store, memory, at)
    return final, memory


def _finalised(folder: str, memory: "Memory", data: bytes) -> str:
    """Write the final page under a name that nothing has, unless it is there already; its path."""
    make_folder(folder)
    name = "".join(c if c.isalnum() or c in "._-" else "-" for c in memory["task"])[:60]
    stem = f"{folder}/session_memory_{name}_{memory['updated'][:10]}"
    number = 1
    while True:
        path = f"{stem}{'' if number == 1 else f'-{number}'}.md"
        if create(path, data, 0o644) or _content(path) == data:
            return path
        number += 1


def archive(store: "Store", task: str, at: int, session: str = "", by: str = "agent") -> str:
    """Put a completed task away, so that its name is free: the folder. Raises as `change` does."""
    with Locked(store.memory(LOCK), _WAIT):
        memory = memory_of(store, task)
        if memory["state"] != "archived":  # one that is was killed before it was moved
            if refused(memory, "archive"):
                raise BadMemory([refused(memory, "archive")])
            _append(store, memory, {"what": "moved", "to": "archived", "session": session, "by": by, "at": iso(at)})
        _print(store, memory, at)
        folder = os.path.dirname(store.task(task, LOG))
        if memory["where"]:  # the place of the page is free for another task
            create(store.task(task, PAGE), _content(page_of(store, memory)) or b"", 0o644)
            remove(page_of(store, memory))
        stem, number = f"{os.path.basename(folder)}-{memory['updated'][:10]}", 1
        while os.path.lexists(store.archived_task(stem if number == 1 else f"{stem}-{number}")):
            number += 1
        target = store.archived_task(stem if number == 1 else f"{stem}-{number}")
        move(folder, target)
    return target


# ---- the page ---------------------------------------------------------------------------------------------------------

def _print(store: "Store", memory: "Memory", at: int, number: str = "") -> str:
    """Print the page, what a person changed in it kept aside first: where, or "". Raises NotPrinted: what was recorded stays."""
    path = page_of(store, memory)
    try:
        aside = _kept_aside(store, memory, path, at)
        data = page(memory).encode("utf-8", "replace")
        if _content(path) != data:
            make_folder(os.path.dirname(path))
            replace(path, data, 0o644)
        return aside
    except (OSError, ValueError) as bad:
        what = f"{number} is recorded" if number else "it is recorded"
        raise NotPrinted(f"{what}, and {path} could not be written: {getattr(bad, 'strerror', None) or bad}. "
                         "`holdfast memory show` prints it, and the next entry writes the page again") from None


def _kept_aside(store: "Store", memory: "Memory", path: str, at: int) -> str:
    data = _content(path)
    if data is None or as_printed(data.decode("utf-8", "replace")):
        return ""
    aside = f"{path.removesuffix('.md')}.by-hand-{digest(data)[:8]}.md"
    create(aside, data, 0o644)
    if aside not in memory["edited"]:
        _append(store, memory, {"what": "edited", "kept": aside, "at": iso(at)})
    return aside


def _content(path: str) -> "bytes | None":
    """The bytes of a file, None when there is none. Raises OSError, ValueError."""
    try:
        return read(path)
    except FileNotFoundError:
        return None


def printed(store: "Store", task: str, at: int) -> "tuple[str, str]":
    """(a task's page as it is now, where a page changed by hand was put aside or ""), the file brought up to date where it can be."""
    with Locked(store.memory(LOCK), _WAIT):
        memory = memory_of(store, task)
        try:
            aside = _print(store, memory, at)
        except NotPrinted:
            aside = ""
    return page(memory), aside


def check(store: "Store", task: str) -> "list[str]":
    """Every fault of a task's memory: of its records, its page, its limits, and decisions that contradict each other. Raises as above."""
    memory = memory_of(store, task)
    faults = list(memory["faults"])
    decisions = live(memory, "decision")
    for number, one in enumerate(decisions):
        for other in decisions[number + 1:]:
            if _contradicts(other, one):
                faults.append(f"{other['id']} contradicts {one['id']}, and both are live: {other['text'][:100]} / {one['text'][:100]}")
    faults += too_long(memory) + _page_faults(page_of(store, memory), memory)
    if memory["state"] == "complete" and not (memory["final"] and os.path.exists(memory["final"])):
        faults.append("the final page is missing; `holdfast memory complete` writes it")
    return faults


def _page_faults(path: str, memory: "Memory") -> "list[str]":
    try:
        data = _content(path)
    except (OSError, ValueError) as bad:
        return [f"{path}: cannot be read: {getattr(bad, 'strerror', None) or bad}"]
    text = (data or b"").decode("utf-8", "replace")
    if data is None:
        return [f"{path}: is not there; `holdfast memory show` prints it again"]
    if not as_printed(text):
        return [f"{path}: was changed by hand; the next entry keeps that aside, and prints the page again"]
    if text.replace("\r\n", "\n") != page(memory):
        return [f"{path}: is older than what is recorded (a writer was killed); `holdfast memory show` prints it again"]
    return []


# ---- from the register ------------------------------------------------------------------------------------------------

def append_from_register(store: "Store", session: str, at: int) -> int:
    """Take over what a session's register says anew of decisions, progress and facts, each record once: how many entries were made.

    Nothing happens in a session that has no open task. Raises OSError, TimeoutError, NotPrinted.
    """
    try:
        posix.stat(store.agent(session, "", REGISTER))
    except FileNotFoundError:
        return 0
    task = _of_session([one for one in memories(store) if one["state"] in OPEN], session)
    if not task:
        return 0
    with Locked(store.memory(LOCK), _WAIT):
        try:
            memory = memory_of(store, task)
        except BadMemory:
            return 0  # it was put away a moment ago
        if refused(memory, "add"):
            return 0
        made, start_at = 0, memory["from"].get(session, 0)
        for record in records(store.agent(session, "", REGISTER)):
            if isinstance(record, Damage) or record["n"] <= start_at or (session, record["n"]) in memory["taken"]:
                continue
            entry = _from_register(memory, record, session)
            if entry is None:
                continue
            source = {"source": [session, record["n"]], "at": iso(at)}
            if faults_of(memory, entry):
                _append(store, memory, {"what": "passed", "session": session, **source})
                continue
            _append(store, memory, {**entry, **source})
            made += 1
        _print(store, memory, at)
    return made


def _ids_by_source(memory: "Memory", session: str) -> "dict[str, str]":
    """A decision's id in the session's register -> its id here."""
    return {f"D{one['source'][1]}": one["id"] for one in memory["entries"]
            if one["kind"] == "decision" and one.get("source", [""])[0] == session}


def _from_register(memory: "Memory", record: "JsonObject", session: str) -> "Entry | None":
    """The entry that a record of the register makes, None when it is of another kind."""
    what, by = record["what"], str(record.get("by", "hook"))
    text, because = str(record.get("text", "")), str(record.get("because") or "")
    if what == "progress":
        return _entry(memory, "progress", text, because, _MARKERS.get(record["state"], ""), [], session, by)
    if what == "note" and record["kind"] == "fact":
        return _entry(memory, "discovery", text, because, "", [], session, by)
    if what != "decision":
        return None
    there, ids = {one["id"] for one in live(memory, "decision")}, _ids_by_source(memory, session)
    named = [ids[one] for one in record.get("supersedes", ()) if ids.get(one) in there]
    entry = _entry(memory, "decision", text, because or "not stated", "", named, session, by)
    # The register does not refuse: there the newer decision has taken the place of the one that it contradicts.
    entry["supersedes"] += [one["id"] for one in contradicted(memory, entry, _contradicts)]
    return entry


def summary(memory: "Memory") -> "dict[str, Any]":
    """What a list of tasks shows of one."""
    markers = live(memory, "progress")
    return {"task": memory["task"], "title": memory["title"], "state": memory["state"], "updated": memory["updated"],
            "decisions": len(live(memory, "decision")), "open": sum(one["state"] != "COMPLETED" for one in markers),
            "done": sum(one["state"] == "COMPLETED" for one in markers), "final": memory["final"]}
