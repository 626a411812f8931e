"""Exceptions that a person has made: what may run although a rule objects, until when. Read on the way to a refusal only.

One document for a project, and one in a session's folder for what ends with that session:
{"v":1,"next":3,"exceptions":[{"id":"2","what":"STR005","path":"","made":NS,"until":NS,"why":"...","session":""}]}
`what` is a rule's code or the fingerprint of one call. Every change is in the audit log too.
"""

from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, read, replace
from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.locked import Locked
from holdfast.kernel.redact import redact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.store import Store

    Exception_ = dict[str, Any]

_WAIT = 2.0  # seconds for the lock on a document


class BadExceptions(Exception):
    """A document of exceptions is damaged: none in it holds."""


def live(store: "Store", session: str, at: int) -> "list[Exception_]":
    """The exceptions in force at `at` (nanoseconds) for a session of this project; "" for no session. Raises BadExceptions.

    What has expired is taken out, and that is written down.
    """
    found = []
    for path in _documents(store, session):
        made = _read(path)["exceptions"]
        if any(one["until"] <= at for one in made):
            drop(store, path, [one["id"] for one in made if one["until"] <= at], "expired", at)
        found += [one for one in made if one["until"] > at]
    return found


def add(store: "Store", what: str, path: str, until: int, why: str, session: str, at: int) -> "Exception_":
    """Make an exception and write it down. session: "" for the project. Raises BadExceptions, OSError, TimeoutError."""
    document = _documents(store, session)[-1]
    with Locked(document + ".lock", _WAIT):
        value = _read(document)
        one = {"id": f"s{value['next']}" if session else str(value["next"]), "what": what, "path": path, "made": at, "until": until,
               "why": redact(why), "session": session}
        _note(store, "made", one, at)
        value["exceptions"].append(one)
        value["next"] += 1
        _write(document, value)
    return one


def drop(store: "Store", document: str, ids: "list[str]", action: str, at: int) -> "list[Exception_]":
    """Take exceptions out of a document: those that were in it. action: "expired", "revoked" or "ended", for the audit log."""
    with Locked(document + ".lock", _WAIT):
        value = _read(document)
        gone = [one for one in value["exceptions"] if one["id"] in ids]
        if gone:
            value["exceptions"] = [one for one in value["exceptions"] if one["id"] not in ids]
            _write(document, value)
            for one in gone:
                _note(store, action, one, at)
    return gone


def end_session(store: "Store", session: str, at: int) -> "list[Exception_]":
    """Take out what was made for a session alone."""
    document = _documents(store, session)[-1]
    ids = [one["id"] for one in _read(document)["exceptions"]]
    return drop(store, document, ids, "ended", at) if ids else []


def _documents(store: "Store", session: str) -> "list[str]":
    return [store.exceptions, store.agent(session, "", "exceptions.json")] if session else [store.exceptions]


def _read(path: str) -> "dict[str, Any]":
    try:
        value: "dict[str, Any]" = load(read(path, 1_048_576).decode("utf-8"))
        if value["v"] != 1 or not all(isinstance(one["until"], int) and isinstance(one["what"], str) and isinstance(one["path"], str)
                                      for one in value["exceptions"]):
            raise ValueError("it is no list of exceptions")
    except FileNotFoundError:
        return {"v": 1, "next": 1, "exceptions": []}
    except (OSError, ValueError, KeyError, TypeError) as bad:
        raise BadExceptions(f"{path} is damaged ({bad}), so no exception in it holds. Remove it: rm '{path}'") from None
    return value


def _write(path: str, value: "dict[str, Any]") -> None:
    replace(path, dump(value).encode("ascii") + b"\n")


def _note(store: "Store", action: str, one: "Exception_", at: int) -> None:
    append(store.audit, {"at": iso(at), "kind": "exception", "action": action, "id": one["id"], "what": one["what"], "path": one["path"],
                         "until": iso(one["until"]), "why": one["why"], "session": one["session"]})
