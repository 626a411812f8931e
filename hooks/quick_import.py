"""Imports Holdfast's modules from one file of bytecode, where the interpreter takes a dozen steps and three files for each.

The library is a file below sys.pycache_prefix: an index (module -> where its code lies, what it imports, its source's time,
size and inode), then the code of every module that was ever asked for. To import a module is to run what it imports and
then itself, read from there piece by piece; the interpreter's own import machinery is only entered for the first. A module
whose source is newer, or that is not in the library yet, is compiled, and the library is written anew with it. Of a module that
sets KEPT, the names of the modules that its values are worked out from, the values are kept in place of its code. Saves a
tool call about half of what it costs (tests/bench/hot_path.py). Only for processes that live for one event: it switches
garbage collection off.
"""

import builtins
import gc
import sys
from _frozen_importlib import ModuleSpec
from _imp import create_dynamic, exec_dynamic, extension_suffixes
from marshal import dumps, loads
from posix import O_CLOEXEC, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, close, getpid, mkdir, open, pread, rename, stat, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import IO, Any

    Stamp = tuple[int, int, int]
    # offset and length of the code or values; whether it is a package; the source's stamp; the modules of ours that it
    # imports when it starts; sources, with their stamps, from which its values are worked out
    Place = tuple[int, int, bool, Stamp, tuple[str, ...], tuple[tuple[str, Stamp | None], ...]]

PACKAGE = "holdfast"
_FORM = 2  # of the file: it changes with what a place holds
_NATIVE = ("_json", "_sha2", "_sha256")  # C modules that every call needs, and that need not be looked for
_HEAD = 8  # digits that say how long the index is
_module = type(sys)
_import = builtins.__import__


class _Library:
    """Finder and loader for one package. folder: where the package lies."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.path = f"{sys.pycache_prefix}{folder}/{PACKAGE}.{sys.implementation.cache_tag}-{sys.hexversion:x}-{_FORM}.library"
        self.fd = -1
        self.index: "dict[str, Place]" = {}
        self.start = 0  # where the first code lies
        self.new: "dict[str, tuple[bytes, bool, Stamp, tuple[str, ...], tuple[tuple[str, Stamp | None], ...]]]" = {}
        self.running = 0  # how many modules are being run
        self.modules = sys.modules
        self.brought: "dict[str, ModuleType]" = {}  # our modules that are no packages, once they have run
        self.open()

    # ---- the interpreter's side -----------------------------------------------------------------------------------

    def find_spec(self, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """ModuleSpec of one of our modules, which has been run by then; else None, for the interpreter to look on."""
        if name != PACKAGE and not name.startswith(PACKAGE + ".") or not self.run(name):
            return None
        return ModuleSpec(name, self)  # type: ignore[arg-type]  # a Loader in all but its base class

    def create_module(self, spec: ModuleSpec) -> "ModuleType":
        return sys.modules[spec.name]

    def exec_module(self, module: "ModuleType") -> None:
        if not self.running and self.new:
            self.write()

    def bring(self, name: str, globals: "Any" = None, locals: "Any" = None, fromlist: "Any" = (), level: int = 0) -> "Any":
        """`from MODULE import ...` without the interpreter's dozen steps; whatever else is imported goes their way."""
        module = self.brought.get(name)
        if module is not None and fromlist:
            return module
        if name[:9] == "holdfast." and name not in self.modules and self.run(name) and self.new and not self.running:
            self.write()
        elif name in _NATIVE and name not in self.modules:
            _load_native(name)
        return _import(name, globals, locals, fromlist, level)

    # ---- running --------------------------------------------------------------------------------------------------

    def run(self, name: str) -> bool:
        """Make a module and all that it imports, unless they are there. False when there is no such source."""
        modules = sys.modules
        found = self.known(name) or self.compiled(name)
        if found is None:
            return False
        code, source, is_package, imports = found
        for other in imports:
            if other not in modules:
                self.run(other)
        parent, _, child = name.rpartition(".")
        if parent and parent not in modules:
            self.run(parent)
        module = modules[name] = _module(name)
        module.__file__ = source
        if is_package:
            module.__path__ = [source.rpartition("/")[0]]
        self.running += 1
        try:
            if isinstance(code, dict):
                module.__dict__.update(code)
            else:
                exec(code, module.__dict__)
                if name in self.new and "KEPT" in module.__dict__:
                    self.keep(name, module)
        except BaseException:
            del modules[name]
            raise
        finally:
            self.running -= 1
        if parent:
            setattr(modules[parent], child, module)
        if not is_package:
            self.brought[name] = module
        return True

    def keep(self, name: str, module: "ModuleType") -> None:
        """Keep the values of a module that has run, in place of its code."""
        values = {key: value for key, value in module.__dict__.items() if key.isupper()}
        sources = [str(self.modules[other].__file__) for other in module.KEPT]
        _, is_package, stamp, *_ = self.new[name]
        self.new[name] = dumps(values), is_package, stamp, (), tuple([(source, _stamp(source)) for source in sources])

    def known(self, name: str) -> "tuple[CodeType | dict[str, Any], str, bool, tuple[str, ...]] | None":
        """What the library holds of a module, when its source is still the same."""
        place = self.index.get(name)
        if place is None:
            return None
        offset, length, is_package, stamp, imports, sources = place
        source = f"{self.folder}/{name.replace('.', '/')}{'/__init__.py' if is_package else '.py'}"
        if _stamp(source) != stamp or sources and any([_stamp(other) != then for other, then in sources]):
            return None
        return loads(pread(self.fd, length, self.start + offset)), source, is_package, imports

    def compiled(self, name: str) -> "tuple[CodeType | dict[str, Any], str, bool, tuple[str, ...]] | None":
        """The same from the source, noted for the library."""
        stem = f"{self.folder}/{name.replace('.', '/')}"
        for source, is_package in ((stem + ".py", False), (stem + "/__init__.py", True)):
            stamp = _stamp(source)
            if stamp:
                with _io_open(source, "rb") as file:
                    text = file.read()
                code = compile(text, source, "exec", dont_inherit=True, optimize=2)
                imports = tuple(self.imported(text.decode()))
                self.new[name] = dumps(code), is_package, stamp, imports, ()
                return code, source, is_package, imports
        return None

    def imported(self, text: str) -> "list[str]":
        """The modules of ours that a source text imports at its left margin, which is when it starts."""
        found = []
        for line in text.split("\n"):
            words = line.split()
            if line.startswith(("from " + PACKAGE, "import " + PACKAGE)) and _stamp(f"{self.folder}/{words[1].replace('.', '/')}.py"):
                found.append(words[1])
        return found

    # ---- the file -------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Read the index, when there is a library."""
        try:
            self.fd = open(self.path, O_RDONLY | O_CLOEXEC)
        except OSError:
            return
        length = int(pread(self.fd, _HEAD, 0))
        self.start = _HEAD + length
        self.index = loads(pread(self.fd, length, _HEAD))

    def write(self) -> None:
        """Keep what was compiled for the next process. A library that cannot be written is made again each time."""
        codes = {name: (pread(self.fd, place[1], self.start + place[0]), *place[2:]) for name, place in self.index.items()}
        codes.update(self.new)
        index: "dict[str, Place]" = {}
        offset = 0
        for name, (code, is_package, stamp, imports, sources) in codes.items():
            index[name] = offset, len(code), is_package, stamp, imports, sources
            offset += len(code)
        table = dumps(index)
        data = b"%0*d" % (_HEAD, len(table)) + table + b"".join([code for code, *_ in codes.values()])
        temporary = f"{self.path}.{getpid()}"
        try:
            _make_folder(self.path.rpartition("/")[0])
            fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            whole = write(fd, data) == len(data)
            close(fd)
            if not whole:
                return
            rename(temporary, self.path)
        except OSError:
            return
        if self.fd >= 0:
            close(self.fd)
        self.new = {}
        self.open()


def _io_open(path: str, mode: str) -> "IO[Any]":
    from _io import open as io_open
    return io_open(path, mode)


def _load_native(name: str) -> None:
    """Load a C module from where the interpreter keeps them; where it is not there, the interpreter finds it by itself."""
    for folder in sys.path:
        if folder.endswith("lib-dynload"):
            spec = ModuleSpec(name, None, origin=f"{folder}/{name}{extension_suffixes()[0]}")
            try:
                module = create_dynamic(spec)
                exec_dynamic(module)
            except ImportError:
                return
            module.__spec__ = spec
            sys.modules[name] = module


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
    """Find `holdfast` in `folder` (absolute), in the library where a place for one was given."""
    gc.disable()  # the process ends before there is garbage worth collecting
    sys.path.reverse()  # C modules lie in the last folder: look there first
    sys.path.insert(0, folder)
    if sys.pycache_prefix and folder.startswith("/"):
        library = _Library(folder)
        sys.meta_path.insert(0, library)
        builtins.__import__ = library.bring
