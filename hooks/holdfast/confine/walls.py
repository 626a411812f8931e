"""No network and read-only paths, through bubblewrap or firejail. Where neither works there is no half measure: it is refused."""

import os
import shutil
import subprocess

_TRY = 10  # seconds


class NoWall(Exception):
    """What was asked for cannot be had here; the message says why and what to install."""


def walled(command: "list[str]", no_network: bool, read_only: "list[str]", path: str) -> "list[str]":
    """The command that starts `command` behind what was asked for. path: the PATH to look for the tools in. Raises NoWall."""
    if not no_network and not read_only:
        return command
    missing = [one for one in read_only if not os.path.exists(one)]
    if missing:
        raise NoWall(f"--read-only {missing[0]}: there is no such path")
    paths = [os.path.realpath(one) for one in read_only]
    asked = " and ".join((["--no-network"] if no_network else []) + (["--read-only"] if paths else []))
    failed = []
    for tool, make in (("bwrap", _bubblewrap), ("firejail", _firejail)):
        program = shutil.which(tool, path=path)
        if not program:
            continue
        front = make(program, no_network, paths)
        why = _fault([*front, "true"])
        if not why:
            return [*front, *command]
        failed.append(f"{program} does not work here ({why})")
    said = "; ".join(failed) or "neither bubblewrap nor firejail is installed"
    raise NoWall(f"{asked} cannot be had: {said}. Nothing was started. Install bubblewrap (apt or dnf install bubblewrap), "
                 "or start it without the option")


def _bubblewrap(program: str, no_network: bool, paths: "list[str]") -> "list[str]":
    front = [program, "--die-with-parent", "--dev-bind", "/", "/"]
    for one in paths:
        front += ["--ro-bind", one, one]
    return [*front, *(["--unshare-net"] if no_network else []), "--"]


def _firejail(program: str, no_network: bool, paths: "list[str]") -> "list[str]":
    return [program, "--quiet", "--noprofile", *(["--net=none"] if no_network else []), *(f"--read-only={one}" for one in paths), "--"]


def _fault(command: "list[str]") -> str:
    """Why a trial run failed, "" when it did not."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=_TRY,
                              check=False)
    except (OSError, subprocess.TimeoutExpired) as bad:
        return str(bad)[:200]
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1][:200]
