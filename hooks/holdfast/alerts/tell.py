"""Alerts that a person has not been told yet -> one message to the addresses of `alerts.notify`, by a process of its own.

How far a person has been told lies beside the log; what could not be sent is tried again at the end of the next session.
"""

import posix

from holdfast.kernel.files import Damage, read, records, replace
from holdfast.kernel.jsontext import dump, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store

SHOWN = 20  # alerts spelled out in one message


def start_telling(situation: "Situation") -> None:
    """Situation (SessionEnd) -> None. Starts `holdfast alerts send` in a session of its own when there is something to tell."""
    if not situation.settings["alerts"]["notify"] or not untold(situation.store):
        return
    home, pack = situation.store.home, __file__.rpartition("/hooks/")[0]
    _detach([f"{home}/venv/bin/python", "-I", f"{pack}/hooks/holdfast_cli.py", "alerts", "send"], situation, f"{home}/alerts.log")


def untold(store: "Store") -> "list[JsonObject]":
    """The alerts after the last one that a person was told."""
    try:
        last = int(load(read(store.told).decode("utf-8"))["n"])
    except (OSError, ValueError, KeyError, TypeError):
        last = 0
    return [r for r in records(store.alerts) if not isinstance(r, Damage) and r["n"] > last]


def told(store: "Store", number: int) -> None:
    """Note that a person was told up to alert `number`. Raises OSError."""
    replace(store.told, (dump({"v": 1, "n": number}) + "\n").encode())


def message(alerts: "list[JsonObject]", project: str) -> "tuple[str, str]":
    """(title, text) of what a person is told."""
    refused = sum(a.get("what") in ("deny", "ask") for a in alerts)
    title = f"Holdfast: {refused} refused, {len(alerts) - refused} other alerts in {project.rpartition('/')[2] or project}"
    lines = [f"{a.get('at', '')} {a.get('what', '')} {' '.join(a.get('codes', []))} {a.get('tool', '')}: "
             + " ".join(str(a.get("about", "")).split())[:120] for a in alerts[-SHOWN:]]
    more = len(alerts) - len(lines)
    return title, "\n".join([*([f"({more} earlier ones: holdfast alerts)"] if more else []), *lines])


def _detach(command: "list[str]", situation: "Situation", log: str) -> None:
    """Start a process that survives the client's end, which leaves its hooks 1.5 s."""
    if posix.fork():
        return
    try:
        posix.setsid()
        nothing = posix.open("/dev/null", posix.O_RDWR)
        output = posix.open(log, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o600)
        for fd, target in ((nothing, 0), (output, 1), (output, 2)):
            posix.dup2(fd, target)
        environment = {**posix.environ, b"HOLDFAST_HOME": situation.store.home.encode("utf-8", "surrogateescape"),
                       b"CLAUDE_PROJECT_DIR": situation.store.project.encode("utf-8", "surrogateescape")}
        posix.execve(command[0], command, environment)
    finally:
        posix._exit(1)
