"""Our deny rules in the project's `.claude/settings.local.json`: which sessions want which, and the file brought in line with it.

The document `fence.json` of the project is the book of it, written before the settings are:

    {"project": PATH, "sessions": {ID: {"pid", "start", "rules", "at"}}, "ours": [RULE, ...],
     "made": ["permissions", "deny"], "file_made": bool, "folder_made": bool, "hidden": how it is hidden from git or null,
     "now": SNAP, "was": SNAP or null}

A SNAP says how one exact content of the file (its "sum", "" for no file) becomes the person's own again: {"sum", "piece": [at,
old, new] or null, "missing": bool}. "now" is what is being written, "was" what it replaces, so after a death between the two
writes one of them fits, and the person's bytes come back exactly. When neither fits, others have edited the file: then the
rules in "ours" are taken out one by one, and nothing else is touched. A rule that stood there before is the person's: it is
never put in a second time, and never taken out.
"""

import os
from typing import Any, NamedTuple

from holdfast.fence import git_view
from holdfast.fence.deny_list import Piece, Unfit, checked, denied, put_in, take_back, without
from holdfast.fence.owner import lives
from holdfast.fence.remains import clear_remains
from holdfast.kernel.clock import iso
from holdfast.kernel.files import digest, make_folder, read, real_path, remove, replace, sealed, unseal
from holdfast.kernel.locked import Locked
from holdfast.kernel.store import Store

LOCAL = ".claude/settings.local.json"
_LARGEST = 1_048_576  # bytes of a settings file
_TRIES = 5  # how often the file is read anew when somebody else writes it at the same moment
_WRITABLE = 0o222

Book = dict[str, Any]


class Settled(NamedTuple):
    """What has come of it. added: rules in place that the session did not have.  removed: from the file.  said: to a person, or ""."""

    added: "list[str]"
    removed: "list[str]"
    said: str
    in_place: bool = True  # whether the file holds what it should


class _File(NamedTuple):
    """A settings file as it is. path: where it really lies.  data: None when there is none."""

    path: str
    data: "bytes | None"
    mode: int
    owner: "tuple[int, int] | None"

    @property
    def text(self) -> "str | None":
        return None if self.data is None else self.data.decode("utf-8")

    @property
    def sum(self) -> str:
        return "" if self.data is None else digest(self.data)


def settle(store: Store, session: str, owner: "dict[str, Any]", wanted: "list[str] | None", at: int, wait: float = 1.0) -> Settled:
    """Make these the rules of a session, let go of sessions whose client is gone, and bring the settings in line.

    wanted: rules, [] for none, None for those it has already.  owner: from owner.owner_of.  wait: seconds for the lock.
    Raises OSError (the state folder cannot be written), TimeoutError. What is wrong with the settings is said instead.
    """
    with Locked(f"{store.fence}.lock", wait):
        book, said = _read_book(store)
        sessions = {name: one for name, one in book["sessions"].items() if name == session or lives(one)}
        before = sessions.pop(session, None)
        rules = (before["rules"] if before else []) if wanted is None else wanted
        if rules:
            same = before is not None and before["rules"] == rules and before["pid"] == owner["pid"] and before["start"] == owner["start"]
            sessions[session] = before if same else {**owner, "rules": rules, "at": iso(at)}
        done = _in_line(store, book, sessions, said)
        return done._replace(added=[rule for rule in rules if before is None or rule not in before["rules"]] if done.in_place else [])


def remove_all(store: Store, project: str, wait: float = 10.0) -> Settled:
    """Take all our rules out of a project's settings, whoever wants them. Raises OSError, TimeoutError."""
    store = store if store.project == project else Store(store.home, project)
    if not os.path.exists(store.fence):
        return Settled([], [], "")
    with Locked(f"{store.fence}.lock", wait):
        book, said = _read_book(store)
        return _in_line(store, book, {}, said)


def remove_everywhere(home: str, wait: float = 10.0) -> "list[tuple[str, Settled]]":
    """Take all our rules out of the settings of every project: [(project, what came of it)]. home: from kernel.store.home_folder.

    Raises OSError, TimeoutError.
    """
    done = []
    folder = f"{home}/projects"
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        try:
            book = unseal(read(f"{folder}/{name}/fence.json").rstrip(b"\n"))
        except (OSError, ValueError):
            continue  # most projects have none
        if book is not None and isinstance(book.get("project"), str):
            done.append((book["project"], remove_all(Store(home, book["project"]), book["project"], wait)))
        else:
            done.append(("", Settled([], [], f"{folder}/{name}/fence.json is damaged", False)))
    return done


def status(store: Store, project: str) -> "dict[str, Any]":
    """{"path", "rules": [{"rule", "sessions", "there"}], "sessions": {ID: {..., "lives"}}, "fault": "" or what is wrong}."""
    store = store if store.project == project else Store(store.home, project)
    book, fault = _read_book(store)
    present: "list[str]" = []
    try:
        found = _look(project)
        present = denied(checked(found.text or "{}", found.path))
    except (Unfit, OSError) as bad:
        fault = fault or str(bad)
    wanted = _union(book["sessions"])
    return {"path": f"{project}/{LOCAL}", "fault": fault,
            "sessions": {name: {**one, "lives": lives(one)} for name, one in book["sessions"].items()},
            "rules": [{"rule": rule, "sessions": [name for name, one in book["sessions"].items() if rule in one["rules"]],
                       "there": rule in present} for rule in dict.fromkeys([*wanted, *book["ours"]])]}


def kept_for(store: Store, session: str) -> "list[str]":
    """The rules that a session has, as the book says."""
    found: "list[str]" = _read_book(store)[0]["sessions"].get(session, {}).get("rules", [])
    return found


def is_as_written(store: Store) -> bool:
    """Whether the local settings are, byte for byte, what we wrote last."""
    book, _ = _read_book(store)
    try:
        return book["now"] is not None and bool(book["now"]["sum"]) and _look(store.project).sum == book["now"]["sum"]
    except (Unfit, OSError):
        return False


# ---- the book -------------------------------------------------------------------------------------------------------

def _read_book(store: Store) -> "tuple[Book, str]":
    """(the book, what is wrong with it)."""
    empty: Book = {"project": store.project, "sessions": {}, "ours": [], "made": [], "file_made": False, "folder_made": False,
                   "hidden": None, "now": None, "was": None}
    try:
        data = read(store.fence)
    except FileNotFoundError:
        return empty, ""
    except ValueError as bad:
        return empty, str(bad)
    book = unseal(data.rstrip(b"\n"))
    if book is None:
        return empty, (f"{store.fence} is damaged, so Holdfast no longer knows which deny rules in {store.project}/{LOCAL} are its own. "
                       "Look at `permissions.deny` there and remove the ones you did not write")
    return {key: book.get(key, usual) for key, usual in empty.items()}, ""


def _write_book(store: Store, book: Book) -> None:
    if not book["sessions"] and not book["ours"]:
        remove(store.fence)
    else:
        replace(store.fence, sealed(book))


def _union(sessions: "dict[str, Any]") -> "list[str]":
    return list(dict.fromkeys(rule for one in sessions.values() for rule in one["rules"]))


# ---- the settings ---------------------------------------------------------------------------------------------------

def _in_line(store: Store, book: Book, sessions: "dict[str, Any]", said: str) -> Settled:
    wanted = _union(sessions)
    if not wanted and not book["ours"]:
        if book["sessions"]:
            _write_book(store, {**book, "sessions": {}})
        return Settled([], [], said)
    try:
        for _ in range(_TRIES):
            done = _once(store, book, sessions, wanted)
            if done is not None:
                return done._replace(said=said or done.said)
        raise Unfit(f"{store.project}/{LOCAL} is being written by something else all the time")
    except (Unfit, OSError) as bad:
        written, _ = _read_book(store)  # it may say by now what has come into the file; what it knew before would make that the person's
        if sessions != written["sessions"]:
            _write_book(store, {**written, "sessions": sessions})
        why = f"{bad.filename or store.project + '/' + LOCAL}: {bad.strerror}" if isinstance(bad, OSError) else str(bad)
        effect = ("the client's own deny rules for what you stated are not in place; Holdfast's hooks hold it" if wanted
                  else "rules that Holdfast put there for a session that is over are still in it")
        return Settled([], [], said or f"{why}. Nothing in it was changed: {effect}", False)


def _once(store: Store, book: Book, sessions: "dict[str, Any]", wanted: "list[str]") -> "Settled | None":
    """One try; None when the file has changed under our hands. Raises Unfit, OSError."""
    found = _look(store.project)
    if found.text is not None:
        checked(found.text, found.path)
    bare, exactly = _own_again(found, book)
    rules = [rule for rule in wanted if rule not in denied(checked(bare if bare is not None else "{}", found.path))]
    if rules:
        text, piece = put_in(bare if bare is not None else "{}\n", rules)
    else:
        text, piece = bare, None  # type: ignore[assignment]
    data = None if text is None else text.encode("utf-8")
    now = {"sum": "" if data is None else digest(data), "piece": list(piece) if piece else None, "missing": bare is None}
    put, gone = [one for one in rules if one not in book["ours"]], [one for one in book["ours"] if one not in rules]
    new: Book = {**book, "sessions": sessions, "ours": rules, "now": now, "was": None}
    if bare is not None:
        new["made"] = _made(bare)
    elif rules:
        new["made"], new["file_made"] = ["permissions", "deny"], True
        new["folder_made"] = book["folder_made"] or not os.path.isdir(f"{store.project}/.claude")
        new["hidden"] = book["hidden"] or git_view.hidden(store.project, LOCAL)
    clear_remains(found.path)
    if data == found.data:
        if data is None:
            _drop_traces(store.project, book)
        if new != book:
            _write_book(store, new)
        return Settled(put, gone, "")
    # The book comes first: whatever is in the file then, it is known whose it is.
    _write_book(store, {**new, "ours": list(dict.fromkeys([*book["ours"], *rules])), "was": exactly})
    if _look(store.project) != found:
        return None
    if data is None:
        remove(found.path)
        _drop_traces(store.project, book)
    else:
        if new["hidden"]:
            git_view.hide(new["hidden"])
        make_folder(found.path.rpartition("/")[0])
        _write(found, data)
    _write_book(store, new)
    return Settled(put, gone, _tracked(store.project) if put and not book["ours"] else "")


def _own_again(found: _File, book: Book) -> "tuple[str | None, dict[str, Any] | None]":
    """(the text without our rules, None for no file; the SNAP that says so exactly, None when others have edited it since)."""
    for snap in (book["now"], book["was"]):
        if snap is not None and snap["sum"] == found.sum:
            if snap["missing"] or found.text is None:
                return None, snap
            return (take_back(found.text, Piece(*snap["piece"])) if snap["piece"] else found.text), snap
    if not book["ours"] or found.text is None:
        return found.text, {"sum": found.sum, "piece": None, "missing": found.data is None}
    bare = without(found.text, book["ours"], book["made"])
    return (None if book["file_made"] and not checked(bare, found.path) else bare), None


def _made(text: str) -> "list[str]":
    """What `put_in` has to make in a text."""
    value = checked(text, LOCAL)
    return ["permissions", "deny"] if "permissions" not in value else ["deny"] if "deny" not in value["permissions"] else []


def _look(project: str) -> _File:
    """The local settings of a project. Raises Unfit, OSError.

    A link is followed within the project, where the settings are still the project's; one that leads out of it is not,
    because what lies there may serve other projects too.
    """
    path = f"{project.rstrip('/')}/{LOCAL}"
    real, root = real_path(path), real_path(project).rstrip("/") + "/"
    if not real.startswith(root):
        raise Unfit(f"{path} is a link to {real}, outside of the project")
    try:
        given = os.stat(real)
        data = read(real, _LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return _File(real, None, 0o600, None)
    except ValueError as bad:
        raise Unfit(str(bad)) from None
    if not given.st_mode & _WRITABLE:
        raise Unfit(f"{path} is read-only")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as bad:
        raise Unfit(f"{path}, line {data.count(10, 0, bad.start) + 1}: this is not UTF-8") from None
    return _File(real, data, given.st_mode & 0o7777, (given.st_uid, given.st_gid))


def _write(found: _File, data: bytes) -> None:
    """Put the settings in place and look at them once more. Raises Unfit, OSError."""
    replace(found.path, data, found.mode)
    if found.owner is not None and found.owner[0] != os.geteuid():
        try:
            os.chown(found.path, *found.owner)
        except OSError:
            pass  # only root can give a file away
    there = read(found.path, 2 * _LARGEST)
    if there == data:
        return
    try:
        checked(there.decode("utf-8"), found.path)  # somebody has written after us, and what they wrote is theirs
    except (Unfit, UnicodeDecodeError):
        if found.data is not None:
            replace(found.path, found.data, found.mode)
        raise Unfit(f"{found.path} did not come out as it was written; what it held before is back") from None


def _drop_traces(project: str, book: Book) -> None:
    """What else was made for a file of ours goes with it."""
    if book["hidden"]:
        git_view.show(book["hidden"])
    if book["folder_made"]:
        try:
            os.rmdir(f"{project}/.claude")
        except OSError:
            pass  # there is something else in it by now


def _tracked(project: str) -> str:
    """What to say when git tracks the file, "" when it does not."""
    if git_view.tracked(project, LOCAL):
        return (f"{project}/{LOCAL} is tracked by git: the deny rules that Holdfast has put there show as a change until the session "
                "ends. Do not commit them")
    return ""
