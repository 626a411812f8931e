"""The Python that judges: a real binary of version 3.10 or newer, written down for the launcher, and bytecode made with it."""

import os
import subprocess
import sys
from typing import NamedTuple

from holdfast.kernel.files import make_folder, replace
from holdfast.setup.trouble import Trouble

OLDEST = (3, 10)


class Interpreter(NamedTuple):
    path: str
    version: str  # "3.11.7"


def running() -> Interpreter:
    """The interpreter under this process: not a venv's link, not a version manager's shim. Raises Trouble."""
    base = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
    found = examine(base)
    if found is None:
        raise Trouble(f"{base} does not run. Run install.py with another Python from 3.10 on.")
    return found


def examine(path: str) -> Interpreter | None:
    """An interpreter by its path; None when it does not run or is too old."""
    try:
        said = subprocess.run([path, "-I", "-S", "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
        version = said.stdout.strip()
        return Interpreter(path, version) if tuple(map(int, version.split(".")[:2])) >= OLDEST else None
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def note(home: str, path: str) -> None:
    """Write HOME/interpreter. Raises OSError."""
    _put(f"{home}/interpreter", f"{path}\n", 0o600)


def noted(home: str) -> str:
    """What HOME/interpreter says, "" when it is missing."""
    try:
        with open(f"{home}/interpreter", encoding="utf-8", errors="surrogateescape") as file:
            return file.readline().rstrip("\n")
    except OSError:
        return ""


def compile_pack(python: str, home: str, pack: str, force: bool) -> int:
    """Make the bytecode the launcher will look for, with its own flags; returns the number of modules. Raises Trouble.

    force: also where bytecode of the same time and size is there, which may be that of another version.
    """
    program = f"import compileall, sys; sys.exit(not compileall.compile_dir(sys.argv[1], quiet=1, force={force}))"
    done = subprocess.run([python, "-I", "-S", "-X", f"pycache_prefix={home}/pycache", "-c", program, f"{pack}/hooks"],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise Trouble(f"{pack} could not be compiled: {(done.stdout + done.stderr).strip()[-400:]}")
    return sum(name.endswith(".pyc") for _, _, names in os.walk(f"{home}/pycache{pack}/hooks") for name in names)


def write_command(home: str, pack: str) -> str:
    """Write HOME/bin/holdfast, the command line; returns its path. Raises OSError."""
    from shlex import quote
    path = f"{home}/bin/holdfast"
    _put(path, f"""#!/bin/sh
# The `holdfast` command; written by install.py. It runs doctor even where packages or the noted interpreter are gone.
home={quote(home)}
pack={quote(pack)}
: "${{HOLDFAST_HOME:=$home}}"
export HOLDFAST_HOME
if ! [ -r "$pack/hooks/holdfast_cli.py" ]; then
    echo "holdfast: $pack is gone or damaged, so the guard refuses every call. Run install.py from a fresh copy of Holdfast." >&2
    exit 1
fi
noted=
[ -r "$home/interpreter" ] && IFS= read -r noted <"$home/interpreter"
for python in "$home/venv/bin/python" "$noted" python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    if [ "$("$python" -I -S -c 'import sys; print(sys.version_info >= (3, 10))' 2>/dev/null)" = True ]; then
        exec "$python" -I -X pycache_prefix="$home/pycache" "$pack/hooks/holdfast_cli.py" "$@"
    fi
done
echo "holdfast: no Python from 3.10 on was found. Install one, then run: python3 $pack/install.py" >&2
exit 1
""", 0o755)
    return path


def _put(path: str, text: str, mode: int) -> None:
    """Write a file of ours, unless it says that already."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        with open(path, "rb") as file:
            if file.read() == data and os.fstat(file.fileno()).st_mode & 0o777 == mode:
                return
    except FileNotFoundError:
        make_folder(os.path.dirname(path))
    replace(path, data, mode)
