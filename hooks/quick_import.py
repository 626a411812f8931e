"""Imports Holdfast's modules in bulk: one read for a module and all that it imports, where the interpreter takes a dozen steps for each.

The first time a module is asked for, it and whatever its import brings in are compiled, run, and written down together, in
the order in which they were completed, in one file below sys.pycache_prefix: a bundle. From then on the bundle is read and
its modules are run in that order, so that every import statement finds its module already there. A bundle counts only while
each member's source has the time and size noted in it; otherwise it is made again. Saves a tool call about 2 of 4 ms
(tests/bench/hot_path.py). Only for processes that live for one event: it switches garbage collection off.
"""

import gc
import sys
from _frozen_importlib import ModuleSpec
from marshal import dumps, loads
from posix import O_CLOEXEC, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, close, getpid, mkdir, open, read, rename, stat, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import IO, Any

    Stamp = tuple[int, int, int]
    Member = tuple[str, str, bool, Stamp | None, CodeType]

PACKAGE = "holdfast"
_LARGEST = 4_194_304
_module = type(sys)


class _Bundles:
    """Finder and loader for one package. done: the members of the bundle in the making, None when none is.

    A member of a bundle can ask for a module that was there already when the bundle was made, and is not now: it is then
    found in a bundle of its own, or gets one.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.done: "list[Member] | None" = None
        self.next: "Member"  # what find_spec found, for exec_module
        self.tag = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"

    def find_spec(self, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """ModuleSpec of one of our modules, else None, for the interpreter to look on."""
        if name != PACKAGE and not name.startswith(PACKAGE + "."):
            return None
        member = (self.from_bundle(name) if self.done is None else None) or self.from_source(name)
        return self.spec(*member) if member else None

    def spec(self, name: str, source: str, is_package: bool, stamp: "Stamp | None", code: "CodeType") -> ModuleSpec:
        spec = ModuleSpec(name, self, origin=source, is_package=is_package)  # type: ignore[arg-type]  # a Loader in all but its base class
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [source.rpartition("/")[0]]
        self.next = name, source, is_package, stamp, code
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: "ModuleType") -> None:
        member = self.next
        if member[3] is None:  # from a bundle
            exec(member[4], module.__dict__)
            return
        outermost = self.done is None
        done = self.done = [] if self.done is None else self.done
        try:
            exec(member[4], module.__dict__)
            done.append(member)
            if outermost:
                self.write(member[0], done)
        finally:
            if outermost:
                self.done = None

    # ---- bundles --------------------------------------------------------------------------------------------------

    def bundle_path(self, name: str) -> str:
        return f"{sys.pycache_prefix}{self.folder}/{name}.{self.tag}.bundle"

    def from_bundle(self, name: str) -> "Member | None":
        """Run all members of the bundle but the last, which is `name` itself; return that. None when the bundle does not count."""
        try:
            fd = open(self.bundle_path(name), O_RDONLY | O_CLOEXEC)
        except OSError:
            return None
        members: "list[Member]" = loads(read(fd, _LARGEST))
        close(fd)
        for _, source, _, stamp, _ in members:
            if _stamp(source) != stamp:
                return None
        last = members.pop()
        modules = sys.modules
        for member, source, is_package, _, code in members:
            if member not in modules:
                module = modules[member] = _module(member)
                module.__file__ = source
                if is_package:
                    module.__path__ = [source.rpartition("/")[0]]
                exec(code, module.__dict__)
                parent, _, child = member.rpartition(".")
                setattr(modules[parent], child, module)
        return last[0], last[1], last[2], None, last[4]

    def from_source(self, name: str) -> "Member | None":
        stem = f"{self.folder}/{name.replace('.', '/')}"
        for source, is_package in ((stem + ".py", False), (stem + "/__init__.py", True)):
            stamp = _stamp(source)
            if stamp:
                with _io_open(source, "rb") as file:
                    return name, source, is_package, stamp, compile(file.read(), source, "exec", dont_inherit=True)
        return None

    def write(self, name: str, members: "list[Member]") -> None:
        """Keep a bundle for the next process. One that cannot be written is made again each time."""
        path = self.bundle_path(name)
        temporary = f"{path}.{getpid()}"
        try:
            _make_folder(path.rpartition("/")[0])
            fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            data = dumps(members)
            whole = write(fd, data) == len(data)
            close(fd)
            if whole:
                rename(temporary, path)
        except OSError:
            pass


def _io_open(path: str, mode: str) -> "IO[Any]":
    from _io import open as io_open
    return io_open(path, mode)


def _stamp(source: str) -> "Stamp | None":
    try:
        found = stat(source)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _make_folder(path: str) -> None:
    try:
        mkdir(path, 0o700)
    except FileExistsError:
        pass
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        _make_folder(path)


def install(folder: str) -> None:
    """Find `holdfast` in `folder` (absolute), in bundles where a place for them was given."""
    gc.disable()  # the process ends before there is garbage worth collecting
    sys.path.reverse()  # C modules lie in the last folder: look there first
    sys.path.insert(0, folder)
    if sys.pycache_prefix and folder.startswith("/"):
        sys.meta_path.insert(0, _Bundles(folder))
