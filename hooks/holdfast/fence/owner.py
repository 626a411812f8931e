"""Whose rules are whose: the client's process, known by its number and when it started. Not on the hot path."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Owner = dict[str, Any]  # {"pid": 0 when unknown, "start": "" when unknown}


def owner_of(env: "dict[str, str]") -> "Owner":
    """The client that runs the hook. env: dict of environment variables (CLAUDE_PID, client 2.1.329)."""
    pid = env.get("CLAUDE_PID", "")
    if not (pid.isascii() and pid.isdigit()) or int(pid) <= 1:
        return {"pid": 0, "start": ""}
    return {"pid": int(pid), "start": started(int(pid))}


def lives(owner: "Owner") -> bool:
    """Whether this process is still there. One that is not known may be."""
    if not owner["pid"]:
        return True
    try:
        os.kill(owner["pid"], 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's: it is there
    now = started(owner["pid"])
    return now == owner["start"] or not now or not owner["start"]


def started(pid: int) -> str:
    """When a process started, as the system tells it; "ended" for one that nobody has waited for yet, "" when it does not tell."""
    if sys.platform.startswith("linux"):
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            return ""
        return "ended" if fields[0] in (b"Z", b"X") else fields[19].decode("ascii")  # field 22 of proc(5): starttime
    import subprocess
    try:
        return subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, timeout=1).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
