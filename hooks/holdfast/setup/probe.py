"""A payload through a registered command, exactly as the client would run it, without a trace in the person's state.

State goes to a scratch home that has the real home's interpreter and bytecode, so what is timed is what the client waits for.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any, NamedTuple

from holdfast.setup.pack import remove_tree

SCRATCH = "probe."


class Answer(NamedTuple):
    """What a hook said. verdict: deny, ask, allow, nothing or failed.  reason: in its words."""

    verdict: str
    reason: str
    milliseconds: float


@contextmanager
def scratch_home(home: str) -> Iterator[str]:
    """A home that is thrown away, with the interpreter and the bytecode of `home`, and a folder `project` in it."""
    try:
        folder = tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}.", dir=home)
    except OSError:
        folder = tempfile.mkdtemp(prefix="holdfast-" + SCRATCH)
    try:
        os.mkdir(f"{folder}/project")
        os.symlink(f"{home}/pycache", f"{folder}/pycache")
        if os.path.exists(f"{home}/interpreter"):
            os.symlink(f"{home}/interpreter", f"{folder}/interpreter")
        yield folder
    finally:
        remove_tree(folder)


def clear_remains(home: str) -> None:
    """Remove scratch homes of runs that were killed."""
    for name in os.listdir(home):
        if name.startswith(SCRATCH) and not _runs(name.removeprefix(SCRATCH).partition(".")[0]):
            remove_tree(f"{home}/{name}")


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def environment(env: Mapping[str, str], scratch: str, project: str) -> dict[str, str]:
    """The variables a hook of an unattended client gets, with the scratch home for state."""
    kept = {name: value for name, value in env.items() if not name.startswith(("CLAUDE_CODE_", "CLAUDE_PLUGIN_"))}
    return {**kept, "CLAUDECODE": "1", "CLAUDE_PROJECT_DIR": project, "CLAUDE_CODE_SESSION_ID": "probe",
            "CLAUDE_CODE_ENTRYPOINT": "sdk-cli", "CLAUDE_CODE_SESSION_ATTENDED": "0", "CLAUDE_CODE_CHILD_SESSION": "1",
            "HOLDFAST_HOME": scratch}


def payload(command: str, project: str) -> bytes:
    """PreToolUse for a Bash call, as client 2.1.329 sends it."""
    return json.dumps({
        "session_id": "probe", "transcript_path": f"{project}/transcript.jsonl", "cwd": project, "permission_mode": "default",
        "effort": {"level": "medium"}, "hook_event_name": "PreToolUse", "tool_name": "Bash",
        "tool_input": {"command": command, "description": "a probe"}, "tool_use_id": "toolu_probe"}).encode()


def ask(command: str, data: bytes, env: Mapping[str, str], cwd: str, timeout: float = 15) -> Answer:
    """Run a hook command with /bin/sh, `data` on standard input, and read its answer as the client does."""
    began = perf_counter()
    try:
        done = subprocess.run(["/bin/sh", "-c", command], input=data, capture_output=True, cwd=cwd, env=dict(env), timeout=timeout)
    except subprocess.TimeoutExpired:
        return Answer("failed", f"no answer within {timeout:g} s", timeout * 1000)
    except OSError as bad:
        return Answer("failed", str(bad), 0)
    took = (perf_counter() - began) * 1000
    error = done.stderr.decode(errors="replace").strip()
    if done.returncode == 2:
        return Answer("deny", error, took)
    said = _output(done.stdout)
    if said is None:
        return Answer("failed", f"unreadable answer {done.stdout[:100]!r}", took)
    specific = said.get("hookSpecificOutput") or {}
    if specific.get("permissionDecision"):
        return Answer(specific["permissionDecision"], specific.get("permissionDecisionReason", ""), took)
    if done.returncode:
        return Answer("failed", f"exit status {done.returncode}: {error[-200:]}", took)
    return Answer("nothing", "", took)


def _output(data: bytes) -> dict[str, Any] | None:
    if not data.strip():
        return {}
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
