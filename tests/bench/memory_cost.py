"""What keeping a person's constraints costs: bytes in the model's context, and time per hook event. By hand.

    python3 tests/bench/memory_cost.py [--runs 40] [--no-client]

Bytes: the same scripted session of the real client with and without Holdfast; what each step adds to the conversation with it,
less what the step adds without it. Twenty constraints are stated, of about 950 bytes in all. Time: the registered commands as
whole processes, interleaved with the bare interpreter in one run, as hot_path.py does.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "hooks"), str(TESTS), str(TESTS / "client"), str(TESTS / "bench")]

import conftest as lab  # noqa: E402
from hot_path import timed  # noqa: E402
from interactive import Stream, everything  # noqa: E402
from stated import prompts, sentences  # noqa: E402
from support import REPO, event  # noqa: E402

from holdfast.canary.client import NoClient, find, scratch_folder  # noqa: E402
from holdfast.canary.model import call, turn  # noqa: E402

SUMMARY = "<summary>The user asked for some work.</summary>"
STATED = "\n\n".join(prompts("shop"))


# --- bytes -----------------------------------------------------------------------------------------------------------------


def sizes(sandbox, stating):
    """{step: bytes of the conversation after it}, and {step: the step it is compared with}."""
    taken = []

    def note(step, session, start=""):
        text = everything(session.requests[-1])
        text = text.replace(session._events.name, "EVENTS").replace(str(sandbox.root), "ROOT").replace(sandbox.root.name, "ROOT")
        taken.append((step, start, len(text.encode())))

    with Stream(sandbox) as session:
        session.say(STATED if stating else "Good morning.")
        note("start and first prompt", session)
        session.say("How are things?")
        note("a prompt", session, "start and first prompt")
        session.say("Look.", turn(call("Bash", command="echo one")))
        note("a prompt and a tool call", session, "a prompt")
        session.say("Look.", turn(call("Bash", command="echo one")), turn(call("Bash", command="echo two")))
        note("the same with two calls", session, "a prompt and a tool call")
        for number in (1, 2):
            session.overflow(SUMMARY)
            note(f"automatic compaction {number}", session)
        session.compact(SUMMARY)
        session.say("Go on.")
        note("compaction by hand", session)
        session.say("And on.")
        note("a prompt after it", session, "compaction by hand")
        known = session.id
        session.end()
    with Stream(sandbox, resume=known) as session:
        session.say("Good morning again.")
        note("resumed", session, "a prompt after it")
    with Stream(sandbox) as session:
        session.say("Good morning.")
        note("a fresh session in the project", session)
    return taken


def show_bytes(client):
    with tempfile.TemporaryDirectory(prefix="source-", dir=scratch_folder(drop=os.geteuid() == 0)) as folder:
        os.chmod(folder, 0o755)
        lab.copy_repository(Path(folder))
        bench = lab.InstalledBench(client, Path(folder))
        for stating in (False, True):
            with bench.bare() as bare, bench.guarded() as guarded:
                without, with_it = sizes(bare, stating), sizes(guarded, stating)
            added = {step: size - other for (step, _, size), (_, _, other) in zip(with_it, without, strict=True)}
            words = sum(len(one.encode()) for one in sentences("shop"))
            print(f"\nBytes added to the model's context, {f'20 constraints of {words} bytes stated' if stating else 'nothing stated'}")
            for step, start, _ in without:
                print(f"  {step:34}{added[step] - added.get(start, 0):+8}")


# --- time ------------------------------------------------------------------------------------------------------------------


def show_time(runs):
    rows = [
        ("a prompt that states nothing", "UserPromptSubmit", {"prompt": "Please have a look at the tests and tell me what fails."}),
        ("a prompt with 20 constraints", "UserPromptSubmit", {"prompt": STATED}),
        ("start", "SessionStart", {"source": "startup"}),
        ("after a compaction", "SessionStart", {"source": "compact"}),
        ("before a compaction", "PreCompact", {"trigger": "auto", "custom_instructions": None}),
        ("a summary", "PostCompact", {"trigger": "auto", "compact_summary": SUMMARY}),
        ("a tool call judged", "PreToolUse", {}),
        ("a tool call recorded", "PostToolUse", {}),
        ("the end of a turn", "Stop", {"stop_hook_active": False, "last_assistant_message": "done", "background_tasks": [], "session_crons": []}),
        ("a worker's start", "SubagentStart", {"agent_id": "a1", "agent_type": "general-purpose"}),
    ]
    known = json.loads((TESTS.parent / "hooks" / "hooks.json").read_text())["hooks"]
    with tempfile.TemporaryDirectory() as home:
        variables = {"PATH": os.environ["PATH"], "HOME": home, "CLAUDE_PROJECT_DIR": "/work/project", "CLAUDE_CODE_SESSION_ATTENDED": "0"}

        ready = Path(home, ".claude", "holdfast", "venv", "ready")  # or the first start fetches the command line's packages
        ready.parent.mkdir(parents=True)
        ready.write_text("left out\n")

        def run(name, session, **fields):
            """Milliseconds of the slowest command: the client starts all of an event's commands at once."""
            payload = event(name, session_id=session, **fields)
            return max(timed(["/bin/sh", "-c", hook["command"].replace("${CLAUDE_PLUGIN_ROOT}", REPO)], payload, variables)[0]
                       for group in known[name] for hook in group["hooks"])

        for name, session in (("UserPromptSubmit", "none"), ("UserPromptSubmit", "twenty")):
            run(name, session, prompt=STATED if session == "twenty" else "Hello.")
        with open(f"{home}/.claude/holdfast/interpreter") as file:
            python = file.readline().strip()
        cases = [(what, name, session, fields) for what, name, fields in rows if name in known for session in ("none", "twenty")]
        walls, bare = {(what, session): [] for what, _, session, _ in cases}, []
        for _, name, session, fields in cases:
            run(name, session, **fields)
        for number in range(runs):
            for counted in Path(home).glob(".claude/holdfast/projects/*/sessions/*/main/calls"):
                counted.unlink()  # no agent makes as many calls in a minute
            bare.append(timed([python, "-I", "-S", "-c", "pass"], b"", variables)[0])
            for what, name, session, fields in cases if number % 2 else cases[::-1]:
                walls[what, session].append(run(name, session, **fields))
    print(f"\nMilliseconds per hook event, medians of {runs}; the bare interpreter takes {statistics.median(bare):.1f}\n"
          f"  {'event':34}{'nothing stated':>16}{'20 in force':>16}{'difference':>12}")
    for what in dict.fromkeys(what for what, _, _, _ in cases):
        none, twenty = walls[what, "none"], walls[what, "twenty"]
        added = statistics.median(b - a for a, b in zip(none, twenty, strict=True))
        print(f"  {what:34}{statistics.median(none):16.1f}{statistics.median(twenty):16.1f}{added:+12.1f}")
    left_out = {name for _, name, _ in rows} - set(known)
    if left_out:
        print(f"  not registered: {', '.join(sorted(left_out))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=40, help="of each hook event (default: 40)")
    parser.add_argument("--no-client", action="store_true", help="time only, which needs no client")
    options = parser.parse_args()
    if not options.no_client:
        try:
            show_bytes(find())
        except NoClient as missing:
            sys.exit(str(missing))
    show_time(options.runs)
    system = subprocess.run(["uname", "-sr"], capture_output=True, text=True).stdout.strip()
    print(f"\n{sys.platform}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {system}")


if __name__ == "__main__":
    main()
