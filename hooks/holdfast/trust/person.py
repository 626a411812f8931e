"""Is it a person who runs this command? Signs that it is an agent, and a question that is asked on a real terminal.

The guard refuses these commands from an agent's shell before they run (HLD003). This is the second line: it asks the
operating system instead of the command's text.
"""

import os
import secrets
import subprocess
from collections.abc import Iterator

# Set by the client in every shell that it starts (2.1.329, measured).
MARKS = ("CLAUDECODE", "CLAUDE_CODE_SESSION_ID", "CLAUDE_CODE_CHILD_SESSION", "CLAUDE_PID", "CLAUDE_CODE_MESSAGING_SOCKET",
         "CLAUDE_CODE_MESSAGING_TOKEN", "AI_AGENT")
_CLIENTS = ("claude", "claude-code")
_DEPTH = 64  # ancestors looked at


class NotAPerson(Exception):
    """The command is not run; the message says why and what a person can do."""


def require_person(what: str, env: "dict[str, str]") -> None:
    """Return when a person is at the keyboard, else raise NotAPerson. what: the command, for messages ("holdfast allow")."""
    agent = client_above()
    if agent:
        raise NotAPerson(f"`{what}` is for a person, and this shell was started by {agent}. Run it in a terminal of your own.")
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        raise NotAPerson(f"`{what}` is for a person, and there is no terminal here to ask one. Run it in a terminal of your own.") from None
    try:
        marks = [name for name in MARKS if env.get(name)]
        why = f"this shell carries {', '.join(marks)}, as an agent's does" if marks else running_client()
        if why and not _confirmed(terminal, what, why):
            raise NotAPerson(f"`{what}` was not confirmed. Nothing was changed.")
    finally:
        os.close(terminal)


def client_above(pid: "int | None" = None) -> str:
    """The client among this process's ancestors ("claude, process 4711"), "" when there is none.

    It is known by its name, and under any name by its process id, which it gives every shell it starts: an agent can clear
    its own environment, but not the one that the shell above it was started with.
    """
    above = list(ancestors(os.getppid() if pid is None else pid))
    named = {os.environ.get("CLAUDE_PID", "")} | {_started_with(number, "CLAUDE_PID") for number, _ in above}
    for number, words in above:
        if is_client(words) or str(number) in named:
            return f"{words[0].rpartition('/')[2] if words else 'the client'}, process {number}"
    return ""


def _started_with(pid: int, name: str) -> str:
    """The value of a variable in the environment a process was started with, "" where that cannot be read."""
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            entries = file.read().split(b"\0")
    except OSError:
        return ""
    return next((entry.partition(b"=")[2].decode("utf-8", "replace") for entry in entries if entry.startswith(name.encode() + b"=")), "")


def is_client(words: "list[str]") -> bool:
    """Whether a process with this command line is the client: its program, or node with the client's script."""
    names = [word.rpartition("/")[2] for word in words[:1]]
    return any(name in _CLIENTS for name in names) or any("claude-code/" in word or word.endswith("/bin/claude") for word in words[:3])


def ancestors(pid: int) -> "Iterator[tuple[int, list[str]]]":
    """Yield (process id, its command line as words) for a process and everything above it."""
    for _ in range(_DEPTH):
        if pid <= 1:
            return
        above, words = _process(pid)
        yield pid, words
        pid = above


def _process(pid: int) -> "tuple[int, list[str]]":
    """(parent's id, command line) of a process; (0, []) when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            parent = int(file.read().rpartition(b")")[2].split()[1])
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = [word.decode("utf-8", "replace") for word in file.read().split(b"\0") if word]
        # A process can write over its own command line, but not over the name of the program it runs.
        with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as text:
            name = text.read().strip()
        return parent, [name, *words] if name in _CLIENTS else words or [name]
    except FileNotFoundError:
        if os.path.isdir("/proc/self"):
            return 0, []
    except (OSError, ValueError, IndexError):
        return 0, []
    done = subprocess.run(["/bin/ps", "-o", "ppid=,command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    parent_, _, command = done.stdout.strip().partition(" ")
    return (int(parent_), command.split()) if parent_.isdigit() else (0, [])


def running_client() -> str:
    """Why to ask although nothing above is a client: one of this user's runs, and a process can leave its family behind. "" if none."""
    try:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        done = subprocess.run(["/bin/ps", "-x", "-o", "command="], capture_output=True, text=True, check=False)
        found = any(is_client(line.split()) for line in done.stdout.splitlines())
    else:
        found = any(_owner(number) == os.geteuid() and (is_client(_process(number)[1]) or _alive(_started_with(number, "CLAUDE_PID")))
                    for number in numbers)
    return "a client of yours is running" if found else ""


def _owner(pid: int) -> int:
    try:
        return os.stat(f"/proc/{pid}").st_uid
    except OSError:
        return -1


def _alive(pid: str) -> bool:
    return pid.isdigit() and os.path.exists(f"/proc/{pid}")


def _confirmed(terminal: int, what: str, why: str) -> bool:
    """Ask on the terminal for a word that only who reads it there can type."""
    word = f"{secrets.randbelow(900_000) + 100_000}"
    os.write(terminal, f"{what}: {why}. To go on, type {word}: ".encode())
    try:
        return os.read(terminal, 100).decode("utf-8", "replace").strip() == word
    except OSError:
        return False
