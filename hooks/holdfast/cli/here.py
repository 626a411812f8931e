"""The project and situation the command line is asked about: the current folder stands for the session's."""

import os

import click

from holdfast.kernel.clock import now
from holdfast.kernel.constraints import EVERY_SESSION
from holdfast.kernel.event import Event
from holdfast.kernel.run import Situation, environment
from holdfast.kernel.store import Store, home_folder, project_above


def situation(command: str = "", cwd: "str | None" = None, attended: bool = False) -> Situation:
    """A Situation as a hook would have for a Bash call of `command` in `cwd` (default: the current folder)."""
    try:
        folder = os.path.abspath(cwd or os.getcwd())
    except FileNotFoundError:
        raise click.ClickException("the folder that you are in is gone. Go to the project and run this again") from None
    env = environment()
    project = env.get("CLAUDE_PROJECT_DIR") or project_above(folder)
    event = Event({"hook_event_name": "PreToolUse", "session_id": "explain", "cwd": folder, "tool_name": "Bash",
                   "tool_input": {"command": command}})
    made = Situation(event, env, Store(home_folder(env), project), now())
    made.attended = attended
    return made


class NoSession(Exception):
    """No session is meant, or more than one could be; the message says what to give."""


def session_meant(case: Situation, given: str) -> str:
    """The session that a command is about: the one named by the start of its id, else the shell's own, else the project's latest."""
    sessions = sessions_of(case.store)
    if given:
        found = [name for name in sessions if name.startswith(given)]
        if len(found) != 1:
            raise NoSession(f"{'no session' if not found else 'more than one session'} of this project begins with {given!r}. "
                            f"Known here: {', '.join(name[:8] for name in sessions[:10]) or 'none'}")
        return found[0]
    own = case.env.get("CLAUDE_CODE_SESSION_ID", "")
    if own:
        return own
    if not sessions:
        raise NoSession("no session of this project is on record yet. Start one, or name it with --session")
    return sessions[0]


def sessions_of(store: Store) -> "list[str]":
    """The project's sessions that have a register or constraints, the latest first."""
    folder = os.path.dirname(store.exceptions) + "/sessions"
    found: "list[tuple[int, str]]" = []
    if not os.path.isdir(folder):
        return []
    for name in os.listdir(folder):
        if name == EVERY_SESSION:
            continue
        times = [os.stat(f"{folder}/{name}/main/{log}").st_mtime_ns for log in ("register.jsonl", "constraints.jsonl")
                 if os.path.exists(f"{folder}/{name}/main/{log}")]
        if times:
            found.append((max(times), name))
    return [name for _, name in sorted(found, reverse=True)]


def agents_of(store: Store, session: str) -> "list[str]":
    """The agents of a session that have a register or constraints: "" for the main thread, then the workers' ids."""
    folder = os.path.dirname(os.path.dirname(store.agent(session, "", "")))
    names = [name for name in os.listdir(folder) if any(
        os.path.exists(f"{folder}/{name}/{log}") for log in ("register.jsonl", "constraints.jsonl"))]
    return sorted("" if name == "main" else name for name in names)
