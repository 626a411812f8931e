"""The memory of one task: what a record may be, which states it may go through, and the Memory folded from its records. Pure.

A record is one of

    started    task, title, where (a folder for the page, or ""), session, from (record of the session's register to read from)
    added      kind (decision, progress, discovery, next), id, text, because, state, supersedes [ID, ...], session, source
    moved      to (paused, resumed, complete, archived), session, from
    passed     source: a record of a register that says nothing new
    finalised  path
    edited     kept: where a page that was changed by hand lies

"source" is [session, number]: the record of a session's register that an entry was taken from, so that each is taken once.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject

    Entry = dict[str, Any]
    Memory = dict[str, Any]

VERSION = 1
KINDS = {"decision": "D", "progress": "P", "discovery": "K", "next": "N"}  # with the letter that their ids begin with
MARKERS = ("COMPLETED", "IN_PROGRESS", "PENDING", "BLOCKED")
LONGEST = 2_000  # characters of one text: about 500 tokens, a quarter of what a section may hold
# What each command makes of each state; from any other state it is refused.
MOVES = {
    "start": {"": "started"},
    "add": {"started": "active", "active": "active", "resumed": "active"},
    "pause": {"started": "paused", "active": "paused", "resumed": "paused"},
    "resume": {"paused": "resumed"},
    "complete": {"active": "complete", "resumed": "complete"},
    "archive": {"complete": "archived"},
}
OPEN = ("started", "active", "paused", "resumed")


def empty(task: str) -> "Memory":
    """The Memory of a task of which nothing is known."""
    return {"task": task, "title": "", "state": "", "created": "", "updated": "", "where": "", "final": "", "entries": [], "by_id": {},
            "latest": {}, "from": {}, "taken": set(), "begun": {}, "edited": [], "faults": []}


def fold(memory: "Memory", record: "JsonObject") -> None:
    """Take one record into the Memory. One that should not be there is named in its "faults", and left out where it has no place."""
    what, number = record.get("what"), record.get("n")
    session = record.get("session", "")
    if what == "started":
        if memory["state"]:
            memory["faults"].append(f"record {number}: the task is started a second time")
            return
        memory |= {"task": record["task"], "title": record["title"], "where": record["where"], "created": record["at"], "state": "started"}
    elif what == "added":
        shape = _shape_faults(memory, record)
        memory["faults"] += [f"record {number}: {one}" for one in shape or _content_faults(memory, record, None)]
        if shape:
            return
        for name in record["supersedes"]:
            if name in memory["by_id"]:
                memory["by_id"][name]["ended"] = record["id"]
        entry = {**record, "ended": ""}
        memory["entries"].append(entry)
        memory["by_id"][entry["id"]] = memory["latest"][entry["kind"], bare(entry["text"])] = entry
        memory["state"] = MOVES["add"].get(memory["state"], memory["state"])
    elif what == "moved":
        if not any(record["to"] == made.get(memory["state"]) for made in MOVES.values()):
            memory["faults"].append(f"record {number}: {memory['state']} cannot become {record['to']}")
            return
        memory["state"] = record["to"]
    elif what == "finalised":
        memory["final"] = record["path"]
    elif what == "edited":
        memory["edited"].append(record["kept"])
    elif what != "passed":
        memory["faults"].append(f"record {number}: {what!r} is no kind of record")
        return
    if session and (what == "started" or record.get("to") == "resumed"):
        memory["begun"][session] = record["at"]
        if "from" in record:
            memory["from"][session] = record["from"]
    if record.get("source"):
        memory["taken"].add(tuple(record["source"]))
    memory["updated"] = record["at"]


def live(memory: "Memory", kind: str) -> "list[Entry]":
    """The entries of one kind that no other has superseded, oldest first; of progress, the latest marker of each item."""
    if kind == "progress":
        return sorted((one for (kind_, _), one in memory["latest"].items() if kind_ == kind), key=lambda one: int(one["id"][1:]))
    return [one for one in memory["entries"] if one["kind"] == kind and not one["ended"]]


def faults_of(memory: "Memory", entry: "Entry", contradicts: "Callable[[Entry, Entry], bool] | None" = None) -> "list[str]":
    """Why an entry cannot be added, [] when it can.  contradicts: (new decision, older one) -> bool; None: not looked at."""
    return _shape_faults(memory, entry) or _content_faults(memory, entry, contradicts)


def _content_faults(memory: "Memory", entry: "Entry", contradicts: "Callable[[Entry, Entry], bool] | None") -> "list[str]":
    """What is wrong with an entry that could be shown."""
    faults = []
    for name, value in (("text", entry["text"]), ("reason", entry["because"])):
        if len(value) > LONGEST:
            faults.append(f"the {name} has {len(value)} characters, and {LONGEST} is the most: make several entries of it, or name a file")
    if not entry["text"].strip():
        faults.append("the text is empty")
    if entry["kind"] == "decision" and not entry["because"].strip():
        faults.append("a decision needs its reason")
    faults += _superseding_faults(memory, entry)
    return faults or _repeated(memory, entry) or _contradicting(memory, entry, contradicts)


def _shape_faults(memory: "Memory", entry: "Entry") -> "list[str]":
    """Why an entry cannot even be shown."""
    kind, state = entry.get("kind"), entry.get("state")
    if kind not in KINDS:
        return [f"{kind!r} is no section; there are decision, progress, discovery and next"]
    faults = [f"{name} is not a text" for name in ("text", "because", "state") if not isinstance(entry.get(name), str)]
    if not isinstance(entry.get("supersedes"), list):
        faults.append("what is superseded is not a list of ids")
    if kind == "progress" and state not in MARKERS:
        faults.append(f"a progress marker needs a state: {', '.join(MARKERS)}" + (f", not {state!r}" if state else ""))
    elif kind != "progress" and state:
        faults.append("only a progress marker has a state")
    return faults + _id_faults(memory, entry)


def _id_faults(memory: "Memory", entry: "Entry") -> "list[str]":
    name, letter = entry.get("id"), KINDS[entry["kind"]]
    if not isinstance(name, str) or name[:1] != letter or not (name[1:].isascii() and name[1:].isdigit()) or name[1:].startswith("0"):
        return [f"{name!r} is not an id of a {entry['kind']}, such as {letter}1"]
    if name in memory["by_id"]:
        return [f"the id {name} is used already; entries are never changed"]
    return []


def _superseding_faults(memory: "Memory", entry: "Entry") -> "list[str]":
    named, faults = entry["supersedes"], []
    if named and entry["kind"] != "decision":
        return ["only a decision supersedes another"]
    for name in named:
        one = memory["by_id"].get(name)
        if one is None or one["kind"] != "decision":
            there = ", ".join(one["id"] for one in memory["entries"] if one["kind"] == "decision")
            faults.append(f"there is no decision {name} to supersede" + (f"; there are {there}" if there else ""))
        elif one["ended"]:
            faults.append(f"{name} is superseded already, by {one['ended']}")
    return faults


def _repeated(memory: "Memory", entry: "Entry") -> "list[str]":
    one = memory["latest"].get((entry["kind"], bare(entry["text"])))
    if one is None or one["ended"] or one["id"] in entry["supersedes"] or one["state"] != entry["state"]:
        return []
    return [f"{one['id']} says this already"]


def contradicted(memory: "Memory", entry: "Entry", contradicts: "Callable[[Entry, Entry], bool]") -> "list[Entry]":
    """The live decisions that a new one contradicts and does not supersede."""
    return [one for one in live(memory, "decision") if one["id"] not in entry["supersedes"] and contradicts(entry, one)]


def _contradicting(memory: "Memory", entry: "Entry", contradicts: "Callable[[Entry, Entry], bool] | None") -> "list[str]":
    if contradicts is None or entry["kind"] != "decision":
        return []
    return [f"it contradicts {one['id']}: {one['text'][:200]}. If that holds no more, say so with --supersedes {one['id']}"
            for one in contradicted(memory, entry, contradicts)]


def next_id(memory: "Memory", kind: str, damaged: int) -> str:
    """The id for a new entry. damaged: records that could not be read; each may have held one."""
    numbers = [int(one["id"][1:]) for one in memory["entries"] if one["kind"] == kind]
    return f"{KINDS[kind]}{max(numbers, default=0) + 1 + damaged}"


def refused(memory: "Memory", verb: str) -> str:
    """Why a command cannot be given in the state that a task is in, "" when it can."""
    state = memory["state"]
    if state in MOVES[verb]:
        return ""
    possible = [other for other, made in MOVES.items() if state in made and other != "start"]
    can = f"possible now: {', '.join(possible)}" if possible else "it has come to its end; start another task"
    if verb == "start":
        return f"the task {memory['task']} is there already, {state}; {can}"
    if verb == "complete" and state == "started":
        return f"nothing has been added to {memory['task']} yet, so there is nothing to complete; {can}"
    return f"{verb} is not possible while {memory['task']} is {state}; {can}"


def folded(task: str, records: "Iterable[JsonObject]") -> "Memory":
    """The Memory of a task from its records."""
    memory = empty(task)
    for record in records:
        fold(memory, record)
    return memory


def bare(text: str) -> str:
    """A text as it is compared: an item is the same whatever the spaces and the case."""
    return " ".join(text.split()).casefold()
