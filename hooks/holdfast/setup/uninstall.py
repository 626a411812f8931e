"""Taking everything back: first the settings, so that the client never names a hook that is gone, then files, the record last."""

import hashlib
import os
from typing import Any, NamedTuple

from holdfast.setup import interpreter, record, settings_file, settings_merge
from holdfast.kernel.json_edit import value_of
from holdfast.setup.pack import prune, remove_tree
from holdfast.setup.probe import SCRATCH
from holdfast.setup.target import Target
from holdfast.setup.trouble import Trouble

MADE = ("bin/holdfast", "bootstrap.log", "interpreter", "pycache", "venv", "venv.new", "venv.old")
STATE = ("crashes.jsonl", "crashes.jsonl.head", "doctor.json", "launch-failures.jsonl", "projects", "stderr.log")


class Plan(NamedTuple):
    """text: the settings afterwards, None for no file.  backups: those that then say the same.  kept: the others.

    files: what is removed of ours.  last: nobody else uses the state's home.
    """

    found: settings_file.Found
    text: str | None
    backups: list[str]
    kept: list[str]
    files: list[str]
    last: bool


def plan(target: Target, keep_state: bool) -> Plan:
    """What an uninstallation would do. Raises Trouble."""
    targets = record.read(target.home)
    entry = targets.get(target.folder, {})
    found = settings_file.read(target.settings)
    text = _settings_before(found, entry)
    backups: list[str] = []
    kept: list[str] = []
    for path in entry.get("backups", []):
        if os.path.exists(path):
            (backups if _same(path, text) else kept).append(path)
    last = not any(folder != target.folder and os.path.isdir(folder) for folder in targets)
    files = [f"{target.own}/{name}" for name in _names(target.own) if name.startswith("pack")]
    if last:
        files += [path for path in _shared(target.home, keep_state) if os.path.lexists(path)]
    elif os.path.exists(f"{target.home}/pycache{target.pack}"):
        files.append(f"{target.home}/pycache{target.pack}")
    return Plan(found, text, backups, kept, files, last)


def carry_out(target: Target, planned: Plan) -> list[str]:
    """Do it, under the locks; returns what could not be removed, in words. Raises Trouble, OSError."""
    targets = record.read(target.home)
    entry = targets.pop(target.folder, {})
    if planned.text is None:
        if planned.found.text is not None:
            os.unlink(planned.found.real)
    elif planned.text != planned.found.text:
        settings_file.replace(planned.found, planned.text, target.own)
    failed = []
    for path in [*planned.backups, *planned.files]:
        try:
            remove_tree(path)
        except OSError as bad:
            failed.append(f"{bad.filename or path}: {bad.strerror}")
    prune(target.own, None)
    targets = {folder: other for folder, other in targets.items() if os.path.isdir(folder)}
    if targets:
        interpreter.write_command(target.home, next(iter(targets)) + "/holdfast/pack")
    record.write(target.home, targets)
    remove_tree(f"{target.own}/.gitignore")
    _remove_empty(f"{target.home}/bin")
    # Whoever waits for a lock that is removed here notices, and makes it anew.
    remove_tree(f"{target.own}/install.lock")
    _remove_empty(target.own)
    if planned.last:
        remove_tree(f"{target.home}/home.lock")
        _remove_empty(target.home)
    for folder in entry.get("created", [])[::-1]:
        _remove_empty(folder)
    return failed


def _settings_before(found: settings_file.Found, entry: dict[str, Any]) -> str | None:
    """The old file's bytes when nobody edited the new one; else the present text without what is ours."""
    if found.text is None:
        return None
    if hash_of(found.text) in entry.get("after", []):
        if entry.get("before") is None:
            return None
        for path in entry.get("backups", []):
            try:
                old = settings_file.read(path).text
            except Trouble:
                continue
            # A backup made at an upgrade, after an edit, holds our own earlier hooks.
            if old is not None and hash_of(old) == entry["before"] and settings_merge.removed(old, path) == old:
                return old
    text = settings_merge.removed(found.text, found.path)
    made_by_us = "before" in entry and entry["before"] is None
    return None if made_by_us and text != found.text and value_of(text) == {} else text


def hash_of(text: str) -> str:
    """The hash that the record keeps of a settings text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _same(path: str, text: str | None) -> bool:
    try:
        return settings_file.read(path).text == text
    except Trouble:
        return False


def _shared(home: str, keep_state: bool) -> list[str]:
    names = [*MADE, *(() if keep_state else STATE), *(name for name in _names(home) if name.startswith((SCRATCH, "interpreter."))
                                                      or name.endswith(".new"))]
    return [f"{home}/{name}" for name in names]


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _remove_empty(folder: str) -> None:
    try:
        os.rmdir(folder)
    except OSError:
        pass  # there is something else in it, or it is gone already
