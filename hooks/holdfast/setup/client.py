"""The Claude Code client on this machine: which version it is, and the two commands that install us as a plugin."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping

from holdfast.setup.registration import PLUGIN
from holdfast.setup.trouble import Trouble

KNOWS_ON_FAILURE = (2, 1, 295)


def find(env: Mapping[str, str]) -> str | None:
    """$HOLDFAST_CLIENT, else `claude` on PATH, else None."""
    return env.get("HOLDFAST_CLIENT") or shutil.which("claude", path=env.get("PATH"))


def version(program: str) -> tuple[int, ...] | None:
    """(2, 1, 329), or None when it does not say."""
    try:
        said = subprocess.run([program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.match(r"(\d+)\.(\d+)\.(\d+)", said.strip())
    return tuple(map(int, number.groups())) if number else None


def shortcoming(known: tuple[int, ...]) -> str:
    """What a client of this version lacks for us, "" when nothing."""
    if known >= KNOWS_ON_FAILURE:
        return ""
    return (f"it is older than {'.'.join(map(str, KNOWS_ON_FAILURE))} and may let a call run when the guard is killed or times out "
            "(it does not know `onFailure`)")


def plugin_commands(source: str, uninstall: bool) -> list[list[str]]:
    """What to tell the client, after `claude`."""
    if uninstall:
        return [["plugin", "uninstall", PLUGIN], ["plugin", "marketplace", "remove", PLUGIN.partition("@")[2]]]
    return [["plugin", "marketplace", "add", source], ["plugin", "install", PLUGIN]]


def run(program: str, words: list[str]) -> str:
    """Run the client; returns what it said. Raises Trouble."""
    try:
        done = subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=300,
                              env={**os.environ, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"})
    except (OSError, subprocess.SubprocessError) as bad:
        raise Trouble(f"{program} {' '.join(words)}: {bad}") from None
    if done.returncode:
        raise Trouble(f"`claude {' '.join(words)}` failed: {(done.stderr + done.stdout).strip()[-500:]}")
    return (done.stdout + done.stderr).strip()
