"""The project and situation the command line is asked about: the current folder stands for the session's."""

import os

from holdfast.kernel.clock import now
from holdfast.kernel.event import Event
from holdfast.kernel.run import Situation, environment
from holdfast.kernel.store import Store, home_folder, project_above


def situation(command: str = "", cwd: "str | None" = None, attended: bool = False) -> Situation:
    """A Situation as a hook would have for a Bash call of `command` in `cwd` (default: the current folder)."""
    folder = os.path.abspath(cwd or os.getcwd())
    env = environment()
    project = env.get("CLAUDE_PROJECT_DIR") or project_above(folder)
    event = Event({"hook_event_name": "PreToolUse", "session_id": "explain", "cwd": folder, "tool_name": "Bash",
                   "tool_input": {"command": command}})
    made = Situation(event, env, Store(home_folder(env), project), now())
    made.attended = attended
    return made
