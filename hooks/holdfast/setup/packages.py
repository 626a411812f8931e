"""The packages of the `holdfast` command, in a venv of the pack's own, from a list with hashes. The guard needs none of them.

HOME/venv/ready says what the venv holds: the hash of the list and the interpreter, or LEFT_OUT. It is written last, so a
venv without it is not used and is made anew.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import NamedTuple

from holdfast.setup.interpreter import Interpreter
from holdfast.setup.pack import remove_tree

LEFT_OUT = "left out"
IMPORTS = ("pydantic", "orjson", "filelock", "click", "rich")
MISSING_PARTS = "of the `holdfast` command only doctor and canary work; the guard needs none"

# Binary packages only: nothing is compiled here, and no package's build script runs.
_PIP = ("-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "15", "install", "--quiet",
        "--require-hashes", "--only-binary=:all:", "--no-warn-script-location", "-r")

# How pip and uv say that they could not reach a registry.
_UNREACHABLE = ("NewConnectionError", "ConnectTimeoutError", "ProxyError", "Failed to establish", "error sending request", "dns error")

# uv brings certificates of its own; where a company inspects traffic only the machine's are right. Older uv knows the first name.
_MACHINE_CERTIFICATES = {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}


class Outcome(NamedTuple):
    """ready: the packages can be used.  what: in words.  fix: one command, "" when there is nothing to mend."""

    ready: bool
    what: str
    fix: str = ""


class CannotInstall(Exception):
    """One way did not work. tool: True when a tool is missing, False when the packages could not be had."""

    def __init__(self, what: str, tool: bool):
        super().__init__(what)
        self.tool = tool


def mark_of(requirements: str, python: Interpreter) -> str:
    """What `ready` says for this list and this interpreter."""
    with open(requirements, "rb") as file:
        return f"{hashlib.sha256(file.read()).hexdigest()} {python.version} {python.path}"


def state(home: str) -> str:
    """What HOME/venv/ready says, "" when there is no venv."""
    try:
        with open(f"{home}/venv/ready", encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def leave_out(home: str) -> Outcome:
    """No packages, because the person asked for none; a session's start then does not try to fetch them."""
    if state(home) != LEFT_OUT:
        remove_tree(f"{home}/venv")
        os.makedirs(f"{home}/venv", mode=0o700)
        _mark(f"{home}/venv", LEFT_OUT)
    return Outcome(True, f"left out as asked: {MISSING_PARTS}")


def install(home: str, requirements: str, python: Interpreter, again: str) -> Outcome:
    """Bring HOME/venv to what the list says. again: the command that repeats this, for messages. Raises OSError."""
    mark = mark_of(requirements, python)
    if state(home) == mark and os.access(f"{home}/venv/bin/python", os.X_OK):
        return Outcome(True, "already there")
    try:
        made_by = build(f"{home}/venv", requirements, python, mark, IMPORTS)
    except CannotInstall as bad:
        remove_tree(f"{home}/venv.new")
        if bad.tool:
            tool = "apt-get install -y python3-venv" if os.path.exists("/etc/debian_version") else f"{python.path} -m ensurepip"
            return Outcome(False, f"{bad}: {MISSING_PARTS}", f"{tool} && {again}")
        return Outcome(False, f"could not be installed ({bad}): {MISSING_PARTS}", again)
    return Outcome(True, f"installed with {made_by}")


def build(venv: str, requirements: str, python: Interpreter, mark: str, imports: tuple[str, ...]) -> str:
    """Make a venv with these packages at the path `venv`, whole or not at all; returns how. Raises CannotInstall, OSError."""
    new, old = venv + ".new", venv + ".old"
    missing = []
    for way, make in WAYS.items():
        remove_tree(new)
        try:
            make(new, requirements, python)
        except CannotInstall as bad:
            if not bad.tool:
                raise
            missing.append(str(bad))
            continue
        _run([f"{new}/bin/python", "-I", "-c", f"import {', '.join(imports)}"])
        _mark(new, mark)
        remove_tree(old)
        if os.path.lexists(venv):
            os.rename(venv, old)
        os.rename(new, venv)
        remove_tree(old)
        return way
    raise CannotInstall(f"no tool to install packages with was found ({'; '.join(missing)})", tool=True)


def _with_venv(new: str, requirements: str, python: Interpreter) -> None:
    if not _has(python, "ensurepip.__main__", "venv"):
        raise CannotInstall("this Python has no ensurepip", tool=True)
    _make([python.path, "-I", "-m", "venv", new])
    _run([f"{new}/bin/python", *_PIP, requirements])


def _with_uv(new: str, requirements: str, python: Interpreter) -> None:
    uv = _program("uv")
    _make([uv, "venv", "--quiet", "--no-project", "--python", python.path, new])
    _run([uv, "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--python", f"{new}/bin/python",
          "-r", requirements])


def _with_virtualenv(new: str, requirements: str, python: Interpreter) -> None:
    _make([_program("virtualenv"), "--quiet", "--python", python.path, new])
    _run([f"{new}/bin/python", *_PIP, requirements])


def _with_target(new: str, requirements: str, python: Interpreter) -> None:
    """Where pip is there and ensurepip is not, as on Debian with python3-pip alone."""
    if not _has(python, "pip.__main__", "venv"):
        raise CannotInstall("it has no pip", tool=True)
    _make([python.path, "-I", "-m", "venv", "--without-pip", new])
    _run([python.path, *_PIP, requirements, "--target", f"{new}/lib/python{python.version.rpartition('.')[0]}/site-packages"])


WAYS: dict[str, Callable[[str, str, Interpreter], None]] = {
    "venv": _with_venv, "uv": _with_uv, "virtualenv": _with_virtualenv, "pip --target": _with_target,
}


def _has(python: Interpreter, *modules: str) -> bool:
    program = f"import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, {modules!r})))"
    return subprocess.run([python.path, "-I", "-c", program], stdin=subprocess.DEVNULL, capture_output=True, timeout=60).returncode == 0


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise CannotInstall(f"{name} is not there", tool=True)
    return found


def _make(command: list[str]) -> None:
    try:
        _run(command)
    except CannotInstall as bad:
        raise CannotInstall(str(bad), tool=True) from None


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=900,
                              env={**os.environ, **_MACHINE_CERTIFICATES})
    except OSError as bad:
        raise CannotInstall(f"{command[0]}: {bad.strerror}", tool=True) from None
    except subprocess.TimeoutExpired:
        raise CannotInstall("it took more than 15 minutes", tool=False) from None
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and "notice" not in line]
        if any(sign in line for line in lines for sign in _UNREACHABLE):
            raise CannotInstall("the package registry cannot be reached", tool=False)
        errors = [line for line in lines if line.lstrip().lower().startswith("error")]
        raise CannotInstall((errors or lines or [f"{command[0]} ended with {done.returncode}"])[-1].strip()[:300], tool=False)


def _mark(venv: str, text: str) -> None:
    with open(f"{venv}/ready", "w", encoding="utf-8") as file:
        file.write(text + "\n")


def pinned(requirements: str) -> dict[str, set[str]]:
    """{package: versions} of a list with hashes; several where it depends on the interpreter. Not what Windows alone needs."""
    found: dict[str, set[str]] = {}
    with open(requirements, encoding="utf-8") as file:
        for line in file:
            name, equals, rest = line.partition("==")
            if equals and not line.startswith((" ", "#")) and "sys_platform == 'win32'" not in rest:
                found.setdefault(plain_name(name.strip()), set()).add(rest.split()[0])
    return found


def plain_name(name: str) -> str:
    """A package's name as it is compared: typing_extensions and Typing-Extensions are one."""
    return name.lower().replace("_", "-").replace(".", "-")
