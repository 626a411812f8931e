"""What the pack takes for granted about the client, seen again with hooks of a few words: when one fails, look here first."""

import json
import shlex

import pytest

from holdfast.canary.client import STREAM
from holdfast.canary.model import call, turn


def answer(decision, reason):
    specific = {"hookEventName": "PreToolUse", "permissionDecision": decision, "permissionDecisionReason": reason}
    return {"hookSpecificOutput": specific}


ANSWER_DENY, ANSWER_ASK = answer("deny", "NO-REASON é"), answer("ask", "WHO-KNOWS")


def hook(command, **fields):
    return {"hooks": [{"type": "command", "command": command, **fields}]}


def says(output):
    return "printf %s " + shlex.quote(json.dumps(output))


@pytest.fixture
def sandbox(bench):
    with bench.bare() as made:
        yield made


def session(sandbox, hooks, mode=None, calls=None):
    """One session with these hooks in the project's settings and two Bash calls; (run, their results)."""
    sandbox.settings({"hooks": hooks}, where="project")
    calls = calls or [call("Bash", command="touch first"), call("Bash", command="touch second")]
    run = sandbox.run([turn(one) for one in calls], mode=mode, arguments=STREAM)
    return run, [run.results().get(one["id"]) for one in calls]


def made(sandbox):
    return sorted(path.name for path in sandbox.project.iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("mode", ["default", "bypassPermissions"])
def test_a_hooks_deny_holds_even_where_permissions_are_bypassed(sandbox, mode):
    _, results = session(sandbox, {"PreToolUse": [hook(says(ANSWER_DENY))]}, mode=mode)
    assert made(sandbox) == []
    assert [result.text for result in results] == ["PreToolUse:Bash hook error: NO-REASON é"] * 2


def test_a_hooks_ask_is_a_denial_without_a_person(sandbox):
    _, results = session(sandbox, {"PreToolUse": [hook(says(ANSWER_ASK))]}, mode="bypassPermissions")
    assert made(sandbox) == []
    assert all(result.is_error and "WHO-KNOWS" in result.text for result in results)


def test_a_crashing_hook_lets_the_call_run_unless_it_is_registered_to_block(sandbox):
    _, results = session(sandbox, {"PreToolUse": [hook("exit 1")]})
    assert made(sandbox) == ["first", "second"]
    (sandbox.project / "first").unlink()
    (sandbox.project / "second").unlink()
    _, results = session(sandbox, {"PreToolUse": [hook("exit 1", onFailure="block")]})
    assert made(sandbox) == []
    assert all(result.is_error for result in results)


def test_a_killed_and_a_slow_hook_let_the_call_run_unless_they_are_registered_to_block(sandbox):
    for fault in ("kill -9 $$", "sleep 3"):
        session(sandbox, {"PreToolUse": [hook(fault, timeout=0.3)]}, calls=[call("Bash", command="touch ran")])
        assert made(sandbox) == ["ran"], fault
        (sandbox.project / "ran").unlink()
        session(sandbox, {"PreToolUse": [hook(fault, timeout=0.3, onFailure="block")]}, calls=[call("Bash", command="touch ran")])
        assert made(sandbox) == [], fault


def test_garbage_on_exit_zero_counts_as_no_objection_even_when_registered_to_block(sandbox):
    """Why an exit code of our own proves that the script ended: the client would take silence for consent."""
    session(sandbox, {"PreToolUse": [hook("echo '{\"hookSpecific'", onFailure="block")]})
    assert made(sandbox) == ["first", "second"]


def test_one_malformed_entry_before_tools_drops_the_whole_settings_file(sandbox):
    good = hook("touch hook-ran; exit 2")
    run, results = session(sandbox, {"PreToolUse": [good, {"hooks": [{"type": "command"}]}]})
    assert made(sandbox) == ["first", "second"], "the sound entry beside it is gone too"
    assert not run.hooks("PreToolUse")
    run, results = session(sandbox, {"PreToolUse": [good], "NoSuchEvent": [{"hooks": []}]})
    assert "hook-ran" in made(sandbox) and all(result.is_error for result in results), "another event's fault costs only itself"


def test_a_hook_is_told_that_nobody_attends_a_session_without_a_terminal(sandbox):
    session(sandbox, {"PreToolUse": [hook('echo "$CLAUDE_CODE_SESSION_ATTENDED" >attended.txt')]})
    assert (sandbox.project / "attended.txt").read_text().strip() == "0"


def test_an_exit_of_two_after_a_round_of_tools_ends_the_turn(sandbox):
    """Why a broken observer must never leave that exit code behind, not even by a syntax error of the shell."""
    run, results = session(sandbox, {"PostToolBatch": [hook("exit 2")]})
    assert made(sandbox) == ["first"] and len(run.of("main")) == 1


def test_a_blocked_change_of_settings_keeps_the_hooks_as_they_were(sandbox):
    """The file stays as it was written; only what the session goes by does not follow it."""
    def changed(answer):
        note = hook("echo ran >>pre.txt")
        sandbox.settings({"hooks": {"PreToolUse": [note], "ConfigChange": [hook(says(answer))]}}, where="project")
        path = sandbox.project / ".claude" / "settings.json"
        (sandbox.project / "pre.txt").unlink(missing_ok=True)
        wait, after = call("Bash", command="sleep 6"), call("Bash", command="true")
        lesser = json.dumps({"hooks": {"ConfigChange": [hook(says(answer))]}})
        sandbox.run([turn(wait, before=lambda: path.write_text(lesser)), turn(after)], mode="bypassPermissions")
        told = sandbox.project / "pre.txt"
        return told.read_text().count("ran") if told.exists() else 0
    assert changed({"decision": "block", "reason": "no"}) == 2
    assert changed({}) < 2


def test_the_output_of_a_failed_call_cannot_be_replaced(sandbox):
    """Why odd output of a failed call is only named."""
    answer = {"hookSpecificOutput": {"hookEventName": "PostToolUseFailure", "updatedToolOutput": "REPLACED"}}
    _, (result, _) = session(sandbox, {"PostToolUseFailure": [hook(says(answer))]},
                             calls=[call("Bash", command="echo said; exit 3"), call("Bash", command="true")])
    assert "said" in result.text and "REPLACED" not in result.text


def test_an_output_is_replaced_in_the_tools_own_shape_only(sandbox):
    def heard(output):
        answer = {"hookSpecificOutput": {"hookEventName": "PostToolUse", "updatedToolOutput": output}}
        return session(sandbox, {"PostToolUse": [hook(says(answer))]}, calls=[call("Bash", command="echo said")])[1][0].text
    assert heard({"stdout": "REPLACED", "stderr": "", "interrupted": False, "isImage": False}) == "REPLACED"
    assert heard("REPLACED") == "said"
