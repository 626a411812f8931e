"""The rate limit: exact for calls at once, by session and agent, never the end; and what ends with a session."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import HOOKS, decision, event, run_hook

from holdfast.kernel.files import records
from holdfast.kernel.moments import note
from holdfast.kernel.store import Store

SECOND = 1_000_000_000
START = 1_800_000_000 * SECOND


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "calls")


def test_as_many_as_the_limit_says_and_then_the_time_to_wait(path):
    assert [note(path, START + n * SECOND, 3, 60 * SECOND) for n in range(3)] == [0, 0, 0]
    assert note(path, START + 10 * SECOND, 3, 60 * SECOND) == 50 * SECOND
    assert note(path, START + 60 * SECOND, 3, 60 * SECOND) == 0
    assert note(path, START + 60 * SECOND, 3, 60 * SECOND) == 1 * SECOND


def test_a_refused_call_is_not_counted(path):
    for _ in range(3):
        note(path, START, 3, 60 * SECOND)
    for _ in range(100):
        note(path, START + SECOND, 3, 60 * SECOND)
    assert os.path.getsize(path) == 24 and note(path, START + 60 * SECOND, 3, 60 * SECOND) == 0


def test_the_file_stays_small_and_a_damaged_one_is_no_fault(path):
    for n in range(500):
        note(path, START + n * SECOND, 30, 60 * SECOND)
    assert os.path.getsize(path) <= 31 * 8
    note(path, START + 10_000 * SECOND, 30, 60 * SECOND)
    assert os.path.getsize(path) == 8
    for garbage in (b"", b"xyz", b"\xff" * 100, os.urandom(1000)):
        with open(path, "wb") as file:
            file.write(garbage)
        assert note(path, START, 1, 60 * SECOND) == 0 and note(path, START, 1, 60 * SECOND) > 0


def test_a_clock_that_was_set_back_holds_nobody_up_for_long(path):
    note(path, START + 3600 * SECOND, 1, 60 * SECOND)
    assert note(path, START, 1, 60 * SECOND) == 0


def test_processes_at_once_are_counted_once_each(path):
    code = f"import sys; sys.path.insert(0, {HOOKS!r}); from holdfast.kernel.moments import note; print(note({path!r}, {START}, 30, 10**12))"
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True).stdout, range(48)))
    assert sum(answer == "0\n" for answer in answers) == 30


def settings(home, **parts):
    (home / ".claude").mkdir(exist_ok=True)
    (home / ".claude/holdfast.json").write_text(json.dumps(parts))


def call(home, command="ls", **fields):
    return decision(run_hook("PreToolUse", event(tool_input={"command": command}, **fields), home)[1])


def test_one_call_too_many_is_refused_with_a_wait_that_itself_passes(tmp_path):
    settings(tmp_path, rate={"calls": 2, "seconds": 60})
    assert [call(tmp_path)[0] for _ in range(2)] == [None, None]
    verdict, reason = call(tmp_path)
    assert verdict == "deny" and reason.startswith("RATE: this command was not run yet: 2 commands in 60 s")
    advised = reason.split("`")[1]
    assert advised.startswith("sleep ") and 50 <= int(advised[6:]) <= 60
    assert call(tmp_path, advised)[0] is None and call(tmp_path, "sleep 1; ls")[0] == "deny"
    log = list(records(Store(f"{tmp_path}/.claude/holdfast", "/work/project").audit))
    assert [r["verdict"] for r in log] == ["none", "none", "deny", "none", "deny"] and log[2]["codes"] == ["RATE"]


def test_a_short_wait_is_waited_for(tmp_path):
    settings(tmp_path, rate={"calls": 1, "seconds": 1})
    assert call(tmp_path)[0] is None
    assert call(tmp_path)[0] is None
    log = list(records(Store(f"{tmp_path}/.claude/holdfast", "/work/project").audit))
    assert log[1]["held_ms"] > 0 and "held_ms" not in log[0]


def test_agents_and_sessions_are_counted_apart_and_other_tools_not_at_all(tmp_path):
    settings(tmp_path, rate={"calls": 1, "seconds": 600})
    assert call(tmp_path)[0] is None and call(tmp_path)[0] == "deny"
    assert call(tmp_path, agent_id="a1")[0] is None and call(tmp_path, agent_id="a1")[0] == "deny"
    assert call(tmp_path, session_id="other")[0] is None
    assert decision(run_hook("PreToolUse", event(tool_name="Read", tool_input={"file_path": "/work/project/a.py"}), tmp_path)[1])[0] is None


def test_a_refused_command_keeps_its_own_reason_and_costs_no_room(tmp_path):
    settings(tmp_path, rate={"calls": 1, "seconds": 600})
    assert call(tmp_path, "rm -rf ~")[1].startswith("STR005")
    assert call(tmp_path)[0] is None
    assert call(tmp_path, "rm -rf ~")[1].startswith("STR005")


def test_zero_means_no_limit_and_a_project_may_only_lower_it(tmp_path):
    settings(tmp_path, rate={"calls": 0})
    assert {call(tmp_path)[0] for _ in range(3)} == {None}
    project = tmp_path / "project"
    (project / ".claude").mkdir(parents=True)
    (project / ".claude/holdfast.json").write_text('{"rate": {"calls": 1, "seconds": 900}}')
    env = {"CLAUDE_PROJECT_DIR": str(project)}
    answers = [decision(run_hook("PreToolUse", event(cwd=str(project)), tmp_path, env)[1])[0] for _ in range(2)]
    assert answers == [None, "deny"]


def test_the_count_survives_the_end_of_a_session_and_its_grants_do_not(tmp_path):
    from holdfast.kernel.exceptions import add, live
    store = Store(f"{tmp_path}/.claude/holdfast", "/work/project")
    settings(tmp_path, rate={"calls": 1, "seconds": 600})
    assert call(tmp_path)[0] is None
    add(store, "GIT001", "", START * 2, "for this once", "5e55-1", START)
    assert len(live(store, "5e55-1", START)) == 1
    assert run_hook("SessionEnd", event("SessionEnd", reason="other"), tmp_path)[:2] == (0, b"")
    assert live(store, "5e55-1", START) == [] and os.path.exists(store.session("5e55-1", "closed"))
    (tmp_path / ".claude/holdfast/venv").mkdir()
    (tmp_path / ".claude/holdfast/venv/ready").write_text("left out")  # nothing is fetched
    run_hook("SessionStart", event("SessionStart", source="resume"), tmp_path)
    assert not os.path.exists(store.session("5e55-1", "closed"))
    assert live(store, "5e55-1", START) == [] and call(tmp_path)[0] == "deny"
    kinds = [(r["kind"], r.get("source")) for r in records(store.audit) if r["kind"] == "session"]
    assert kinds == [("session", "end"), ("session", "resume")]
