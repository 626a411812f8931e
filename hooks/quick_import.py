"""A short way to Holdfast's own bytecode: two stats and one read a module, where the interpreter's finders take a dozen steps.

It reads the files that the interpreter itself wrote below sys.pycache_prefix, under the same rule: the source's time and
size must be those in the file's header. Whatever does not fit exactly is left to the ordinary import, which compiles it
and writes it anew. Saves about 60 microseconds a module (tests/bench/hot_path.py).
"""

import gc
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import MAGIC_NUMBER
from marshal import loads
from posix import O_CLOEXEC, O_RDONLY, close, open, read, stat

_LARGEST = 1_048_576


class _Quick:
    """A finder and loader for the modules of one package."""

    def __init__(self, package, folder):
        self.package, self.folder = package, folder
        self.suffix = f".{sys.implementation.cache_tag}{'.opt-' + str(sys.flags.optimize) if sys.flags.optimize else ''}.pyc"
        self.code = {}

    def find_spec(self, name, path=None, target=None):
        """ModuleSpec of a module whose bytecode is current, else None."""
        if name.partition(".")[0] != self.package:
            return None
        stem = f"{self.folder}/{name.replace('.', '/')}"
        for base, is_package in ((stem, False), (f"{stem}/__init__", True)):
            try:
                source = stat(base + ".py")
            except OSError:
                continue
            code = self.bytecode(base, source)
            if code is None:
                return None
            self.code[name] = code
            spec = ModuleSpec(name, self, origin=base + ".py", is_package=is_package)
            spec.has_location = True
            if is_package:
                spec.submodule_search_locations.append(stem)
            return spec
        return None

    def bytecode(self, base, source):
        """The code object for a source file, or None when the bytecode is missing, stale or damaged."""
        try:
            fd = open(f"{sys.pycache_prefix}{base}{self.suffix}", O_RDONLY | O_CLOEXEC)
        except OSError:
            return None
        data = read(fd, _LARGEST)
        close(fd)
        stamp = (int(source.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + (source.st_size & 0xFFFFFFFF).to_bytes(4, "little")
        if data[:16] != MAGIC_NUMBER + b"\0\0\0\0" + stamp:
            return None
        return loads(memoryview(data)[16:])

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.code.pop(module.__name__), module.__dict__)


def install(folder):
    """Find `holdfast` in `folder` (absolute), quickly where possible."""
    gc.disable()  # the process ends before there is garbage worth collecting
    sys.path.reverse()  # C modules lie in the last folder: look there first
    sys.path.insert(0, folder)
    if sys.pycache_prefix and folder.startswith("/"):
        sys.meta_path.insert(0, _Quick("holdfast", folder))
