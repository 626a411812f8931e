"""The audit log: intent before, outcome after, redacted, chained, keyed by session and agent; verify finds what was done to it."""

import json
import os

import pytest
from support import event, output, run_hook

from holdfast.audit.verify import verify
from holdfast.kernel.files import records
from holdfast.kernel.store import Store


@pytest.fixture
def log(tmp_path):
    path = Store(f"{tmp_path}/.claude/holdfast", "/work/project").audit
    return lambda: list(records(path))


def test_a_call_has_an_intent_and_an_outcome_with_its_own_duration(tmp_path, log):
    run_hook("PreToolUse", event(), tmp_path)
    run_hook("PostToolUse", event("PostToolUse", tool_response=output("a\nb"), duration_ms=1234), tmp_path)
    intent, outcome = log()
    assert {k: intent[k] for k in ("kind", "session", "agent", "prompt", "call", "tool", "verdict", "cwd", "mode")} == {
        "kind": "intent", "session": "5e55-1", "agent": "main", "prompt": "p-1", "call": "toolu_1", "tool": "Bash", "verdict": "none",
        "cwd": "/work/project", "mode": "default"}
    assert intent["input"] == {"command": "ls"}
    assert (outcome["kind"], outcome["call"], outcome["outcome"], outcome["size"]) == ("outcome", "toolu_1", "returned", 3)
    assert outcome["duration_ms"] == 1234 and outcome["begins"] == "a\nb"


def test_a_denied_call_is_recorded_with_its_codes_and_reason_and_waits_for_no_outcome(tmp_path, log):
    _, out, _ = run_hook("PreToolUse", event(tool_input={"command": "rm -rf ~"}), tmp_path)
    reason = json.loads(out)["hookSpecificOutput"]["permissionDecisionReason"]
    intent, = log()
    assert (intent["verdict"], intent["codes"], intent["reason"]) == ("deny", ["STR005"], reason)
    check = verify(Store(f"{tmp_path}/.claude/holdfast", "/work/project").audit)
    assert check.whole and check.open_calls == []


@pytest.mark.parametrize("name, fields, outcome", [
    ("PostToolUseFailure", {"error": "Exit code 3\nerr"}, "exit 3"),
    ("PostToolUseFailure", {"error": "EACCES: permission denied"}, "failed"),
    ("PostToolUseFailure", {"error": "stopped", "is_interrupt": True}, "interrupted"),
    ("PostToolUse", {"tool_response": output("", timedOutAfterMs=100, backgroundTaskId="b")}, "timed out"),
    ("PostToolUse", {"tool_response": output("", backgroundTaskId="b")}, "in background"),
    ("PostToolUse", {"tool_response": [{"type": "text", "text": "x"}]}, "returned"),
    ("PostToolUse", {"tool_response": ...}, "returned")])
def test_outcomes_are_told_apart(tmp_path, log, name, fields, outcome):
    run_hook(name, event(name, **fields), tmp_path)
    assert log()[0]["outcome"] == outcome


def test_records_are_keyed_by_agent(tmp_path, log):
    run_hook("PreToolUse", event(agent_id="a17", agent_type="general-purpose"), tmp_path)
    assert (log()[0]["agent"], log()[0]["agent_type"]) == ("a17", "general-purpose")


def test_secrets_are_not_written(tmp_path, log):
    secret = "sk-ant-" + "api03-" + "x" * 30
    run_hook("PreToolUse", event(tool_input={"command": f"curl -H 'x-api-key: {secret}' e.com", "description": secret}), tmp_path)
    run_hook("PreToolUse", event(tool_name="Write", tool_input={"file_path": "/p/a", "content": f"KEY={secret}"}), tmp_path)
    run_hook("PostToolUse", event("PostToolUse", tool_response=output(f"token {secret}")), tmp_path)
    home = f"{tmp_path}/.claude/holdfast"
    for folder, _, names in os.walk(home):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                assert secret.encode() not in file.read(), name
    assert len(log()) == 3


def test_a_long_command_is_kept_in_part_with_its_hash(tmp_path, log):
    run_hook("PreToolUse", event(tool_input={"command": "echo " + "x" * 9000}), tmp_path)
    kept = log()[0]["input"]
    assert len(kept["command"]) < 4200 and len(kept["command_sha256"]) == 64


def test_state_is_private(tmp_path):
    run_hook("PreToolUse", event(), tmp_path)
    home = tmp_path / ".claude/holdfast/projects"
    found = [home, *home.rglob("*")]
    assert len(found) >= 4
    for path in found:
        assert path.stat().st_mode & 0o077 == 0, path


# ---- verify --------------------------------------------------------------------------------------------------------

@pytest.fixture
def written(tmp_path):
    from holdfast.kernel.files import append
    path = str(tmp_path / "log")
    for i in range(6):
        append(path, {"kind": "intent", "call": f"c{i}", "i": i})
    return path


def lines(path):
    with open(path, "rb") as file:
        return file.read().splitlines(True)


def rewrite(path, kept):
    with open(path, "wb") as file:
        file.write(b"".join(kept))


def test_an_untouched_log_is_whole(written):
    check = verify(written)
    assert check.whole and check.count == 6 and len(check.open_calls) == 6


def test_a_missing_log_is_whole_unless_something_had_been_written(written, tmp_path):
    assert verify(str(tmp_path / "other")).whole
    os.unlink(written)
    assert verify(written).cut == (0, 6)


def test_the_first_broken_record_is_named(written):
    all_lines = lines(written)
    rewrite(written, [*all_lines[:2], all_lines[2].replace(b'"i":2', b'"i":7'), *all_lines[3:]])
    assert verify(written).broken == (3, "record 3 is missing: after 2 comes 4; line 3 is damaged")
    rewrite(written, [*all_lines[:3], *all_lines[4:]])
    assert verify(written).broken == (4, "record 4 is missing: after 3 comes 5; records were removed or put in")
    rewrite(written, [*all_lines[:3], all_lines[3], all_lines[3], *all_lines[4:]])
    assert verify(written).broken[0] == 5
    rewrite(written, all_lines[1:])
    assert verify(written).broken[0] == 1


def test_a_log_cut_at_its_end_is_noticed(written):
    rewrite(written, lines(written)[:4])
    assert verify(written).cut == (4, 6) and verify(written).broken is None


def test_a_rewritten_tail_with_right_checksums_is_noticed_by_the_head(written, tmp_path):
    from holdfast.kernel.files import append
    other = str(tmp_path / "other")
    for i in range(6):
        append(other, {"kind": "intent", "call": f"c{i}", "i": i if i < 5 else 99})
    rewrite(written, lines(other))
    assert verify(written).broken == (6, "record 6 is not the one that was written last")


def test_a_torn_tail_is_reported_and_is_not_a_break(written):
    from holdfast.kernel.files import append
    with open(written, "ab") as file:
        file.write(b'{"v":1,"n":7,"kin')
    append(written, {"kind": "outcome", "call": "c0"})
    check = verify(written)
    assert check.whole and check.count == 7 and [(d.line, d.size) for d in check.torn] == [(7, 18)]
    assert "c0" not in check.open_calls
