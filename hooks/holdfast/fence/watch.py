"""What protected files held when a person's words put them out of bounds. Not on the hot path.

The document `protected-kept.json` of a session says, beside `protected.json` (see `fence.check`), what is known of each file:

    {"items": {KEY: {"id", "text", "lead", "turn", "source"}}, "files": {PATH: FILE}, "patterns": [[KEY, ITEM], ...],
     "packs": {NAME: BYTES}, "left": [what is not looked at, in words]}
    FILE: {"keys": {KEY: [ACT, ...]}, "state": STATE, "last": STATE, "at", "mode", "copy": [PACK, start, size] or null}

A KEY is "AGENT/ID": ids count from 1 for each agent. A STATE says what a path holds: "missing", "folder", "link TARGET",
"file SHA-256", "special" (a pipe, a device), or "large SIZE TIME" for a file that cannot be read whole. "state" is what it
held at first, "last" what was told last.
Copies of a moment lie one after the other in one file, a pack, because one file is on the disk sooner than a thousand.
"""

import os
import stat
from time import monotonic

from holdfast.fence.check import DOCUMENT, DamagedWatch, mark, watched
from holdfast.fence.targets import CHANGING, Places, matcher, places
from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import EVERY_SESSION, DamagedConstraints, in_force, standing
from holdfast.kernel.files import Damage, digest, read, records, remove, replace, sealed, unseal
from holdfast.kernel.locked import Locked
from holdfast.kernel.reply import Reply
from holdfast.kernel.store import Store
from holdfast.kernel.workers import LOG as DISPATCHES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.fence.check import Mark
    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation

    Kept = dict[str, Any]

DETAILS = "protected-kept.json"
LOG = "protected.jsonl"
MOST_FILES = 2_000  # looked at after every call: one lstat each, some 2 ms in all
MOST_ENTRIES = 20_000  # of folders that are searched for them
MOST_SECONDS = 0.9  # for one snapshot; a step has two (kernel.run.NOTE_SECONDS)
MOST_HASHED = 33_554_432  # bytes of one file; of a larger one, size and time are compared
COPY, COPIES = 1_048_576, 20_971_520  # bytes of one copy, and of all of a session
_ASIDE = ("/.git/", "/node_modules/", "/__pycache__/", "/.venv/", "/venv/", "/.mypy_cache/", "/.pytest_cache/")
PERSON = ""  # the agent of what a person said; a dispatch is known by its call


def watch_files(situation: "Situation") -> "Reply | None":
    """Situation (UserPromptSubmit, SessionStart) -> what changed since the last turn, or what cannot be watched, or None.

    Takes in what the files of new constraints hold now, and lets go of those of constraints that have ended.
    """
    event, store, session = situation.event, situation.store, situation.event.session_id
    if event.agent:
        return None
    try:
        known = watched(store, session)
    except DamagedWatch:
        known = None
    try:
        items = [(f"{EVERY_SESSION}/{one['id']}", one) for one in standing(store, session)]
        items += [(f"{PERSON}/{one['id']}", one) for one in in_force(store, session, "")]
    except DamagedConstraints:
        return None  # what was protected stays so; the guard says that the record is damaged
    items = [(key, one) for key, one in items if protects(one)]
    reply = None
    if known is not None:
        moved = [path for path, was in known["files"] if mark(path) != was]
        if moved:
            from holdfast.fence.changed import report
            reply = report(situation, moved)
    mine = [key for key in known["keys"] if key.partition("/")[0] in (PERSON, EVERY_SESSION)] if known else []
    if [key for key, _ in items] != mine:
        left = watch(store, session, items, (PERSON, EVERY_SESSION), situation.at)
        if left:
            reply = (reply or Reply()).add(Reply(message=f"Holdfast: not watched for changes: {'; '.join(left)}."))
    return reply


def take_dispatch(situation: "Situation") -> None:
    """Situation (PreToolUse of the Agent tool, once the dispatch is noted) -> None. Takes in what a worker's own constraints protect."""
    session, store, call = situation.event.session_id, situation.store, situation.event.tool_use_id or ""
    for record in records(store.session(session, DISPATCHES)):
        if not isinstance(record, Damage) and record["what"] == "dispatched" and record["call"] == call:
            items = [(f"{call}/{one['id']}", one) for one in record["items"] if protects(one)]
            if items:
                watch(store, session, items, (call,), situation.at)


def protects(item: "Item") -> bool:
    """Whether an Item forbids to change files that it names."""
    return not item.get("only") and not {*CHANGING}.isdisjoint(item["forbids"]) and any(
        kind in ("path", "glob", "area") for kind, _ in item["targets"])


def watch(store: Store, session: str, items: "list[tuple[str, Item]]", agents: "tuple[str, ...]", at: int,
          wait: float = 1.0) -> "list[str]":
    """Make these the constraints of these agents that files are watched for: what is not looked at, in words.

    items: [(key, Item)].  What a file held when it was first taken in stays. Raises OSError, TimeoutError, DamagedWatch.
    """
    with Locked(store.session(session, DOCUMENT + ".lock"), wait):
        kept = load(store, session)
        known = watched(store, session)
        stay = {key: one for key, one in kept["items"].items() if key.partition("/")[0] not in agents}
        patterns = [[key, one] for key, one in kept["patterns"] if key in stay]
        wanted: "dict[str, dict[str, list[str]]]" = {
            path: {key: acts for key, acts in one["keys"].items() if key in stay} for path, one in kept["files"].items()}
        search = Search()
        for key, item in items:
            where, acts = places(item, store.project), _acts(item)
            if where is None or not acts:
                continue
            for path in search.files(where):
                wanted.setdefault(path, {})[key] = acts
            if where.patterns or search.folders:
                patterns.append([key, {name: item.get(name) for name in ("targets", "paths", "globs", "cwd", "forbids")}])
            search.folders = False
        named = {key: {name: item.get(name) for name in ("id", "text", "lead", "turn", "source")} for key, item in items}
        marks = {path: was for path, was in known["files"]} if known else {}
        kept |= {"items": {**stay, **named}, "patterns": patterns}
        _snapshot(store, session, kept, {path: keys for path, keys in wanted.items() if keys}, marks, at, search)
        kept["left"] = search.left
        used = {one["copy"][0] for one in kept["files"].values() if one["copy"]}
        kept["packs"] = {name: size for name, size in kept["packs"].items() if name in used}
        save(store, session, kept, marks)
        _drop_packs(store, session, used)
        return search.left


def _acts(item: "Item") -> "list[str]":
    return [act for act in CHANGING if act in item["forbids"]]


def notice_new(situation: "Situation") -> None:
    """Take in files that are new in protected folders, as missing until now, so that the next look tells of them."""
    store, session = situation.store, situation.event.session_id
    if not load(store, session)["patterns"]:
        return
    with Locked(store.session(session, DOCUMENT + ".lock"), 1.0):
        kept, known = load(store, session), watched(store, session)
        marks = {path: was for path, was in known["files"]} if known else {}
        search, before = Search(), len(kept["files"])
        for key, item in kept["patterns"]:
            where = places(item, store.project)
            if where is None or not {"write", "create"} & set(item["forbids"]):
                continue
            for path in search.files(where):
                if path not in kept["files"] and len(kept["files"]) < MOST_FILES and mark(path) is not None:
                    kept["files"][path] = {"keys": {key: _acts(item)}, "state": "missing", "last": "missing", "at": iso(situation.at),
                                           "mode": 0, "copy": None}
                    marks[path] = None
        if len(kept["files"]) > before:
            save(store, session, kept, marks)


# ---- finding files --------------------------------------------------------------------------------------------------

class Search:
    """Looks for the files of Places, within bounds. left: what is not looked at, in words.  folders: whether a folder was named."""

    def __init__(self) -> None:
        self.left: "list[str]" = []
        self.folders = False
        self.entries, self.found, self.until = 0, 0, monotonic() + MOST_SECONDS

    def files(self, where: Places) -> "list[str]":
        """Absolute paths, those that are named and not there included."""
        paths = dict.fromkeys(path for path in self._all(where) if where.excepted is None or not where.excepted.holds(path))
        room = MOST_FILES - self.found
        if len(paths) > room:
            self.leave(f"all but {MOST_FILES} files")
        self.found += min(room, len(paths))
        return list(paths)[:room]

    def _all(self, where: Places) -> "Iterator[str]":
        for path in where.exact:
            known = mark(path)
            if known is not None and stat.S_ISDIR(known[0]):
                self.folders = True
                yield from self._below(path, [(path, "**")])
            else:
                yield path
        for base in sorted({_fixed(folder, glob) for folder, glob in where.patterns}):
            yield from self._below(base, [(folder, glob) for folder, glob in where.patterns if _fixed(folder, glob) == base])

    def _below(self, base: str, patterns: "list[tuple[str, str]]") -> "Iterator[str]":
        named = "/".join(["", base, *(glob for _, glob in patterns), ""])
        aside, matches = [one for one in _ASIDE if one not in named], matcher(patterns)
        for folder, folders, names in os.walk(base):
            if self.entries > MOST_ENTRIES or monotonic() > self.until:
                self.leave(f"what lies deep below {base} (more than {MOST_ENTRIES} entries, or {MOST_SECONDS} s)")
                return
            self.entries += len(folders) + len(names)
            folders[:] = sorted(name for name in folders if f"/{name}/" not in aside)
            for name in sorted([*names, *(name for name in folders if os.path.islink(f"{folder}/{name}"))]):
                path = f"{folder.rstrip('/')}/{name}"
                if matches(path):
                    yield path

    def leave(self, what: str) -> None:
        if what not in self.left:
            self.left.append(what)


def _fixed(folder: str, glob: str) -> str:
    """The folder that everything a pattern names lies in."""
    kept = []
    for part in glob.split("/")[:-1]:
        if any(c in part for c in "*?["):
            break
        kept.append(part)
    return "/".join([folder.rstrip("/"), *kept]) or "/"


# ---- what a file holds ------------------------------------------------------------------------------------------------

def held(path: str) -> "tuple[Mark | None, str, bytes | None]":
    """(MARK of a path, its STATE, its bytes when it is an ordinary file that could be read).

    The mark is taken first: what changes the file while it is read is seen at the next look.
    """
    before = mark(path)
    if before is None:
        return None, "missing", None
    try:
        if stat.S_ISLNK(before[0]):
            return before, f"link {os.readlink(path)}", None
        if stat.S_ISREG(before[0]) and before[1] <= MOST_HASHED:
            data = read(path, MOST_HASHED)
            return before, f"file {digest(data)}", data
    except (OSError, ValueError):
        pass  # gone, or not to be read: its size and time say what can be said
    if stat.S_ISREG(before[0]):
        return before, f"large {before[1]} {before[2]}", None
    return before, "folder" if stat.S_ISDIR(before[0]) else "special", None


def _snapshot(store: Store, session: str, kept: "Kept", wanted: "dict[str, dict[str, list[str]]]", marks: "dict[str, Any]", at: int,
              search: Search) -> None:
    """Put every wanted file into `kept`, its look into `marks`, and copies of new ones into a pack."""
    pack, name = bytearray(), f"kept-{at}-{os.getpid()}"
    room = COPIES - sum(kept["packs"].values())
    files = {}
    for path, keys in wanted.items():
        one = kept["files"].get(path)
        if one is None:
            if monotonic() > search.until:
                search.leave(f"{path} and others (more than {MOST_SECONDS} s)")
                break
            marks[path], state, data = held(path)
            one = {"state": state, "last": state, "at": iso(at), "mode": 0, "copy": None}
            if data is not None:
                try:
                    one["mode"] = stat.S_IMODE(os.lstat(path).st_mode)
                except OSError:
                    one["mode"] = 0o600
                if len(data) <= COPY and len(pack) + len(data) <= room:
                    one["copy"] = [name, len(pack), len(data)]
                    pack += data
        files[path] = {**one, "keys": keys}
    if any(one["copy"] and one["copy"][0] == name for one in files.values()):
        replace(store.session(session, name), bytes(pack))
        kept["packs"][name] = len(pack)
    kept["files"] = files


def copy_of(store: Store, session: str, one: "dict[str, Any]") -> "bytes | None":
    """What a FILE held at first; None when no copy was kept or it is damaged."""
    if one["copy"] is None:
        return None
    name, start, size = one["copy"]
    try:
        data = read(store.session(session, name), 2 * COPIES)[start:start + size]
    except (OSError, ValueError):
        return None
    return data if f"file {digest(data)}" == one["state"] else None


# ---- the documents ----------------------------------------------------------------------------------------------------

def load(store: Store, session: str) -> "Kept":
    """The document of what is kept; an empty one when there is none. Raises DamagedWatch, OSError."""
    path = store.session(session, DETAILS)
    try:
        kept = unseal(read(path, 67_108_864).rstrip(b"\n"))
    except FileNotFoundError:
        return {"items": {}, "files": {}, "patterns": [], "packs": {}, "left": []}
    except ValueError:
        kept = None
    if kept is None:
        os.rename(path, path + ".damaged")
        remove(store.session(session, DOCUMENT))
        raise DamagedWatch(f"{path} is damaged and has been moved aside. Changes of protected files up to now cannot be told; "
                           "the next prompt looks at them anew")
    return {name: kept[name] for name in ("items", "files", "patterns", "packs", "left")}


def save(store: Store, session: str, kept: "Kept", marks: "dict[str, Any]") -> None:
    """Write both documents, the one that every call reads last. marks: path -> MARK; without one, the next look reads the file.

    Raises OSError.
    """
    if not kept["items"]:
        remove(store.session(session, DOCUMENT))
        remove(store.session(session, DETAILS))
        return
    replace(store.session(session, DETAILS), sealed(kept))
    files = [[path, marks.get(path, [])] for path in kept["files"]]
    replace(store.session(session, DOCUMENT), sealed({"keys": list(kept["items"]), "files": files}))


def _drop_packs(store: Store, session: str, used: "set[str]") -> None:
    """Remove packs that nothing refers to any more."""
    folder = os.path.dirname(store.session(session, DETAILS))
    for name in os.listdir(folder):
        if name.startswith("kept-") and name not in used:
            remove(f"{folder}/{name}")
