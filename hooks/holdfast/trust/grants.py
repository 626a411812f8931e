"""Exceptions as a person makes them: what may be named, for how long; and that a session's grants end with the session."""

import glob
import os
from typing import Any

from holdfast.kernel.exceptions import BadExceptions, add, drop, end_session, live
from holdfast.kernel.files import Damage, records
from holdfast.kernel.run import Situation
from holdfast.kernel.store import Store

DEFAULT = "2h"
LONGEST = 30 * 86_400  # seconds
_UNITS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SECOND = 1_000_000_000


class BadGrant(Exception):
    """What was asked for cannot be allowed; the message says why."""


def seconds(text: str) -> int:
    """"30m", "2h", "7d", "1w" -> seconds. Raises BadGrant for anything else, and for more than 30 days."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit()) or unit not in _UNITS or int(number) == 0:
        raise BadGrant(f"{text!r} is not a time. Write a whole number with m, h, d or w, such as 30m, 2h or 7d")
    if int(number) * _UNITS[unit] > LONGEST:
        raise BadGrant(f"{text} is longer than 30 days, the most there is. For good, change the rule in your holdfast.json")
    return int(number) * _UNITS[unit]


def grant(store: Store, what: str, path: str, lasting: str, why: str, session: str, at: int, codes: "list[str]") -> "dict[str, Any]":
    """Make an exception: its record. what: a rule's code (one of `codes`) or a fingerprint.  Raises BadGrant, BadExceptions, OSError."""
    if not (what in codes or (what.startswith("fp-") and len(what) == 23 and all(c in "0123456789abcdef" for c in what[3:]))):
        raise BadGrant(f"{what} is neither a rule's code nor a fingerprint. `holdfast rules` lists the codes; "
                       "a refused call's fingerprint (fp-…) is shown by `holdfast audit tail` and `holdfast explain`")
    if what.startswith("HLD"):
        raise BadGrant(f"{what} guards Holdfast itself, and there are no exceptions to that")
    if path and what.startswith("fp-"):
        raise BadGrant("a fingerprint names one call exactly, so --path does not go with it")
    if len(why.strip()) < 3:
        raise BadGrant("--why should say in a few words what this is for; it is kept in the audit log")
    until = at + seconds(lasting) * _SECOND
    return add(store, what, absolute(path), until, why.strip(), session, at)


def store_of_call(store: Store, mark: str) -> Store:
    """The Store of the project in whose audit log a fingerprint stands: this one's when it is there too, or nowhere."""
    found = []
    for log in [store.audit, *sorted(glob.glob(f"{glob.escape(store.home)}/projects/*/audit.jsonl"))]:
        project, here = "", False
        for record in records(log):
            if not isinstance(record, Damage):
                project = record.get("project") or project
                here = here or record.get("fingerprint") == mark
        if here and log == store.audit:
            return store
        if here and project and Store(store.home, project).audit == log:
            found.append(Store(store.home, project))
    return found[0] if len(found) == 1 else store


def absolute(given: str) -> str:
    """A path or glob as it is compared: absolute, `~` and links before the first wildcard followed, no `..`."""
    if not given:
        return ""
    path = os.path.abspath(os.path.expanduser(given))
    first = min((at for at in (path.find("*"), path.find("?")) if at >= 0), default=len(path))
    cut = len(path) if first == len(path) else path.rfind("/", 0, first)
    return (os.path.realpath(path[:cut] or "/") + path[cut:]).replace("//", "/")


def in_force(store: Store, at: int) -> "list[dict[str, Any]]":
    """Every live exception of the project, those of its sessions included."""
    found = live(store, "", at)
    for session in _sessions(store):
        found += [one for one in live(store, session, at) if one["session"]]
    return found


def revoke(store: Store, number: str, at: int) -> bool:
    """End an exception now. False when no live one has this id."""
    one = next((one for one in in_force(store, at) if one["id"] == number), None)
    if one is None:
        return False
    document = store.agent(one["session"], "", "exceptions.json") if one["session"] else store.exceptions
    return bool(drop(store, document, [number], "revoked", at))


def session_named(start: str, known: "list[str]") -> str:
    """The session whose id begins with this text. known: the project's sessions. Raises BadGrant when there is none or more than one."""
    found = sorted({name for name in known if name.startswith(start)})
    if len(found) != 1:
        raise BadGrant(f"{'no session' if not found else 'more than one session'} of this project begins with {start!r}. "
                       "`holdfast audit tail` shows them")
    return found[0]


def _sessions(store: Store) -> "list[str]":
    """Sessions of the project that have exceptions of their own."""
    folder = os.path.dirname(store.exceptions) + "/sessions"
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [name for name in names if os.path.exists(f"{folder}/{name}/main/exceptions.json")]


def end_earlier_grants(situation: Situation) -> None:
    """Situation (SessionStart) -> None. A session that starts again has no grants left from before."""
    if situation.event.source in ("startup", "resume", "clear", "fork"):
        folder = os.path.dirname(situation.store.exceptions) + f"/sessions/{situation.event.session_id}"
        if os.path.isdir(folder):
            try:
                end_session(situation.store, situation.event.session_id, situation.at)
            except BadExceptions:
                pass  # none in it holds; `holdfast allow --list` names the file
