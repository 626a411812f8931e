"""The pack's files: which belong to it, copied under a name that is their hash, and put in place with one rename."""

import hashlib
import os
import shutil

from holdfast.kernel.files import flush
from holdfast.setup.trouble import Trouble

FILES = ("LICENSE", "README.md", "install.py", "plugin.json")
FOLDERS = (".claude-plugin", "claude_md_templates", "hooks", "skills")
NEEDED = ("hooks/hooks.json", "hooks/launch", "hooks/pre_tool_use.py", "install.py")


def files_of(source: str) -> list[str]:
    """Relative paths of the files that run, sorted. Raises Trouble for an incomplete copy."""
    found = [name for name in FILES if os.path.isfile(f"{source}/{name}")]
    for top in FOLDERS:
        for folder, folders, names in os.walk(f"{source}/{top}"):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            found += [os.path.relpath(f"{folder}/{name}", source) for name in names
                      if not name.endswith((".pyc", "~", ".swp")) and name != ".DS_Store"]
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise Trouble(f"{source} is not a whole copy of Holdfast: {', '.join(missing)} is missing. Get a fresh copy.")
    return sorted(found)


def name_of(source: str, files: list[str]) -> str:
    """pack- and the hash of the paths, contents and x bits."""
    total = hashlib.sha256()
    for path in files:
        with open(f"{source}/{path}", "rb") as file:
            data = file.read()
        total.update(f"{path}\0{os.access(f'{source}/{path}', os.X_OK):d}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return "pack-" + total.hexdigest()[:12]


def is_intact(folder: str) -> bool:
    """True when a folder holds what its own name says."""
    try:
        return name_of(folder, files_of(folder)) == os.path.basename(os.path.realpath(folder))
    except (OSError, Trouble):
        return False


def place(source: str, own: str) -> tuple[str, bool]:
    """Copy the pack into `own` unless it is there whole; returns its folder name and whether it was copied. Raises OSError."""
    files = files_of(source)
    name = name_of(source, files)
    if is_intact(f"{own}/{name}"):
        return name, False
    new = f"{own}/{name}.new"
    remove_tree(new)
    for path in files:
        os.makedirs(os.path.dirname(f"{new}/{path}"), mode=0o755, exist_ok=True)
        _copy(f"{source}/{path}", f"{new}/{path}")
    # An emptied guard after a power cut would refuse every call. All at the end, when one flush writes what the others wait for.
    for path in files:
        flush(f"{new}/{path}")
    if os.path.lexists(f"{own}/{name}"):
        remove_tree(f"{own}/{name}.old")
        os.rename(f"{own}/{name}", f"{own}/{name}.old")
    os.rename(new, f"{own}/{name}")
    return name, True


def switch(own: str, name: str) -> None:
    """Let OWN/pack lead to this pack, from one moment to the next. Raises OSError."""
    link = f"{own}/pack"
    if os.path.islink(link) and os.readlink(link) == name:
        return
    if os.path.isdir(link) and not os.path.islink(link):
        remove_tree(f"{own}/pack.old")
        os.rename(link, f"{own}/pack.old")
    if os.path.lexists(f"{link}.new"):
        os.unlink(f"{link}.new")
    os.symlink(name, f"{link}.new")
    os.rename(f"{link}.new", link)


def prune(own: str, name: str | None) -> list[str]:
    """Remove every pack, link and remnant in `own` but the pack `name`; returns what was removed. Raises OSError."""
    gone = []
    for entry in sorted(os.listdir(own)):
        if entry.startswith("pack") and not (name and entry in ("pack", name)) or entry.endswith((".new", ".holdfast-new")):
            remove_tree(f"{own}/{entry}")
            gone.append(f"{own}/{entry}")
    return gone


def remove_tree(path: str) -> None:
    """Remove a file, a link or a folder with everything in it, folders without rights included; nothing when it is missing."""
    if os.path.islink(path) or not os.path.isdir(path):
        if os.path.lexists(path):
            os.unlink(path)
        return
    for folder, folders, _ in os.walk(path):
        for inner in folders:
            if not os.path.islink(f"{folder}/{inner}"):
                os.chmod(f"{folder}/{inner}", 0o700)
    shutil.rmtree(path)


def _copy(source: str, new: str) -> None:
    with open(source, "rb") as file:
        data = file.read()
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(fd, 0o755 if os.access(source, os.X_OK) else 0o644)
        with open(fd, "wb", closefd=False) as out:
            out.write(data)
    finally:
        os.close(fd)
