"""Project settings that a person trusts: one document in Holdfast's home, path -> hash of the exact content."""

import os
from typing import Any, NamedTuple

from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, digest, make_folder, read, replace
from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.locked import Locked
from holdfast.kernel.store import Store

MAX_FILE = 1_048_576


class CannotTrust(Exception):
    """The file cannot be trusted, or the record cannot be read; the message says why and what to do."""


class Trusted(NamedTuple):
    """path: of the settings file.  sha256, at: what was trusted, and when.  state: "trusted", "changed" or "gone"."""

    path: str
    sha256: str
    at: str
    state: str


def settings_file(given: "str | None", project: str) -> str:
    """The settings file that PATH means: itself, or the one of the project folder it names; without PATH, this project's."""
    path = os.path.abspath(given) if given else project
    return f"{path}/.claude/holdfast.json" if os.path.isdir(path) else path


def trust(store: Store, path: str, at: int) -> Trusted:
    """Trust the content that the file has now. Raises CannotTrust when it is no readable settings file."""
    from holdfast.kernel.settings import BadSettings, resolve
    try:
        text = read(path, MAX_FILE)
    except (OSError, ValueError) as bad:
        raise CannotTrust(f"{path} cannot be read ({bad}). Name a project folder or its .claude/holdfast.json.") from None
    if not path.endswith("/.claude/holdfast.json"):
        raise CannotTrust(f"{path} is not a project's settings. They lie in PROJECT/.claude/holdfast.json.")
    try:
        resolve([("project", path, text)])
    except BadSettings as bad:
        raise CannotTrust(f"{bad}. Repair it first.") from None
    noted = Trusted(path, digest(text), iso(at), "trusted")
    with _locked(store):
        files = _read(store)
        files[path] = {"sha256": noted.sha256, "at": noted.at}
        append(store.audit, {"at": iso(at), "kind": "trust", "action": "trusted", "path": path, "sha256": noted.sha256})
        _write(store, files)
    return noted


def untrust(store: Store, path: str, at: int) -> bool:
    """End the trust in a file. False when there was none."""
    with _locked(store):
        files = _read(store)
        if path not in files:
            return False
        del files[path]
        _write(store, files)
        append(store.audit, {"at": iso(at), "kind": "trust", "action": "untrusted", "path": path})
    return True


def trusted_files(store: Store) -> "list[Trusted]":
    """Every trusted file, and whether its content is still the one that was trusted. Raises CannotTrust when the record is damaged."""
    return [Trusted(path, one["sha256"], one["at"], _state(path, one["sha256"])) for path, one in sorted(_read(store).items())]


def _state(path: str, sha256: str) -> str:
    try:
        return "trusted" if digest(read(path, MAX_FILE)) == sha256 else "changed"
    except (OSError, ValueError):
        return "gone"


def _locked(store: Store) -> Locked:
    make_folder(store.home)
    return Locked(store.trusted + ".lock", 5.0)


def _read(store: Store) -> "dict[str, Any]":
    try:
        value = load(read(store.trusted, MAX_FILE).decode("utf-8"))
        files: "dict[str, Any]" = value["files"]
        if value["v"] != 1 or not all(isinstance(one["sha256"], str) and isinstance(one["at"], str) for one in files.values()):
            raise ValueError("it is no list of files")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as bad:
        raise CannotTrust(f"{store.trusted} is damaged ({bad}), so no project file is trusted. Remove it: rm '{store.trusted}'") from None
    return files


def _write(store: Store, files: "dict[str, Any]") -> None:
    replace(store.trusted, dump({"v": 1, "files": files}).encode("ascii") + b"\n")
