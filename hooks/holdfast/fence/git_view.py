"""What git sees of the client's local settings while our rules are in them.

Git itself is never asked, because that may run programs that a repository names.
"""

import os

from holdfast.kernel.files import read, real_path, remove, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Hidden = dict[str, Any]  # {"path": of the exclude file, "line", "made": whether we made the file, "added": what we put at its end}

_INDEX = 67_108_864  # bytes of an index that is read
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/ +,@=~")  # of a path that is its own pattern


def tracked(project: str, name: str) -> bool:
    """Whether git tracks a file of a project. name: its path from there."""
    root = _root(project)
    if root is None:
        return False
    try:
        index = read(f"{root}/.git/index", _INDEX)
    except (OSError, ValueError):
        return False
    entry = _from(root, project, name).encode("utf-8", "surrogateescape")
    # An entry of versions 2 and 3 has the length of its name in twelve bits, the name, and a zero (gitformat-index).
    return min(len(entry), 0xFFF).to_bytes(2, "big") + entry + b"\0" in index


def hidden(project: str, name: str) -> "Hidden | None":
    """How to hide a file of a project that is about to be made, so that `git add -A` does not commit it; None when there is no need.

    It goes into .git/info/exclude, which is this clone's alone and never committed.
    """
    root = _root(project)
    if root is None or tracked(project, name):
        return None
    path, entry = f"{root}/.git/info/exclude", _from(root, project, name)
    if real_path(path) != path or not _PLAIN.issuperset(entry) or entry != entry.strip():
        return None
    text = _text(path)
    line = f"/{entry}"
    if text is not None and line in text.splitlines():
        return None
    return {"path": path, "line": line, "made": text is None, "added": ("" if not text or text.endswith("\n") else "\n") + line + "\n"}


def hide(one: "Hidden") -> None:
    """Put the line in. Raises OSError."""
    text = _text(one["path"]) or ""
    if one["line"] not in text.splitlines() and os.path.isdir(os.path.dirname(os.path.dirname(one["path"]))):
        os.makedirs(os.path.dirname(one["path"]), exist_ok=True)
        _write(one["path"], text + one["added"])


def show(one: "Hidden") -> None:
    """Take the line out again. Raises OSError."""
    text = _text(one["path"])
    if text is None or one["line"] not in text.splitlines():
        return
    if text.endswith(one["added"]):
        text = text[:-len(one["added"])]
    else:
        lines = text.splitlines(keepends=True)
        del lines[[line.rstrip("\r\n") for line in lines].index(one["line"])]
        text = "".join(lines)
    if not text and one["made"]:
        remove(one["path"])
    else:
        _write(one["path"], text)


def _root(project: str) -> "str | None":
    """The folder whose .git is a repository, from a project upwards."""
    at = real_path(project)
    while at != "/":
        if os.path.isdir(f"{at}/.git"):
            return at
        if os.path.lexists(f"{at}/.git"):
            return None  # a worktree or a submodule, whose repository lies elsewhere
        at = os.path.dirname(at)
    return None


def _from(root: str, project: str, name: str) -> str:
    return f"{real_path(project)}/{name}"[len(root) + 1:]


def _text(path: str) -> "str | None":
    try:
        return read(path, 1_048_576).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    except ValueError as bad:
        raise OSError(str(bad)) from None


def _write(path: str, text: str) -> None:
    try:
        mode = os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mode = 0o644
    replace(path, text.encode("utf-8", "surrogateescape"), mode)
