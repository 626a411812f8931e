"""What several tests need: events as the client sends them, and the registered commands run as the client runs them."""

import json
import os
import subprocess

REPO = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOOKS = f"{REPO}/hooks"


def event(name="PreToolUse", **fields):
    """A payload of the client as bytes. Fields given as ... are left out."""
    base = {"session_id": "5e55-1", "transcript_path": "/nowhere.jsonl", "cwd": "/work/project", "prompt_id": "p-1",
            "permission_mode": "default", "hook_event_name": name}
    if name == "PreToolUse":
        base |= {"tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "toolu_1"}
    if name in ("PostToolUse", "PostToolUseFailure"):
        base |= {"tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "toolu_1", "duration_ms": 12}
        base |= {"tool_response": output("a")} if name == "PostToolUse" else {"error": "Exit code 3\nerr", "is_interrupt": False}
    return json.dumps({k: v for k, v in (base | fields).items() if v is not ...}).encode()


def output(stdout, **fields):
    """What the Bash tool returns."""
    return {"stdout": stdout, "stderr": "", "interrupted": False, "isImage": False, "noOutputExpected": False} | fields


def registered(event_name, pack=REPO, number=0):
    """The command that hooks.json registers for an event, as the client completes it. number: which, where it registers several."""
    with open(f"{pack}/hooks/hooks.json") as file:
        group, = json.load(file)["hooks"][event_name]
    return group["hooks"][number]["command"].replace("${CLAUDE_PLUGIN_ROOT}", str(pack))


def run_hook(event_name, payload, home, env=None, pack=REPO, cwd=None):
    """Run a registered command through /bin/sh with a clean environment: (exit code, stdout as bytes, stderr as text)."""
    full = {"PATH": os.environ["PATH"], "HOME": str(home), "CLAUDE_PROJECT_DIR": "/work/project", "CLAUDE_CODE_SESSION_ATTENDED": "0",
            **(env or {})}
    done = subprocess.run(["/bin/sh", "-c", registered(event_name, pack)], input=payload, capture_output=True, timeout=60, cwd=cwd,
                          env={k: v for k, v in full.items() if v is not None})
    return done.returncode, done.stdout, done.stderr.decode()


def decision(out):
    """(permissionDecision, reason) of a PreToolUse answer; (None, "") for no answer."""
    if not out:
        return None, ""
    specific = json.loads(out).get("hookSpecificOutput", {})
    return specific.get("permissionDecision"), specific.get("permissionDecisionReason", "")
