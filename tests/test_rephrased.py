"""A refused attempt that comes back in other words is known again, counted, and said so to the model."""

import json

import pytest
from support import decision, event, run_hook

from holdfast.guard.rephrased import how_often
from holdfast.guard.verdict import REASON


def ask(home, command, **fields):
    code, out, errors = run_hook("PreToolUse", event(tool_input={"command": command}, **fields), home)
    assert code == 0, errors
    return decision(out)


AGAIN = "before in other words"


@pytest.mark.parametrize("first, second", [
    ("rm -rf /srv/data", "sudo rm -r --force /srv/data"),
    ("rm -rf /srv/data", "find /srv/data -delete"),
    ("rm -rf /srv/data", "D=/srv; cd $D && rm -rf data"),
    ("rm -rf /srv/data", "python3 -c \"import shutil; shutil.rmtree('/srv/data')\""),
    ("cat ~/.ssh/id_ed25519", "base64 \"$HOME/.ssh/id_ed25519\""),
    ("git push --force origin main", "git -C . push -f origin main"),
], ids=["flags", "find", "variable and cd", "python", "another reader", "global option"])
def test_the_same_attempt_in_other_words_is_counted(tmp_path, first, second):
    verdict, reason = ask(tmp_path, first)
    assert verdict == "deny" and AGAIN not in reason
    verdict, reason = ask(tmp_path, second)
    assert verdict == "deny" and "refused once " + AGAIN in reason and len(reason) <= REASON
    assert "refused twice " + AGAIN in ask(tmp_path, first)[1]
    log, = (tmp_path / ".claude/holdfast/projects").glob("*/audit.jsonl")
    assert [json.loads(line).get("before", 0) for line in log.read_text().splitlines()] == [0, 1, 2]


@pytest.mark.parametrize("second", ["rm -rf /srv/other", "cat ~/.ssh/id_ed25519", "git push --force origin main"])
def test_another_refusal_is_not_the_same_attempt(tmp_path, second):
    ask(tmp_path, "rm -rf /srv/data")
    assert AGAIN not in ask(tmp_path, second)[1]


def test_another_agent_or_session_begins_anew(tmp_path):
    ask(tmp_path, "rm -rf /srv/data")
    assert AGAIN not in ask(tmp_path, "rm -rf /srv/data", agent_id="a1")[1]
    assert AGAIN not in ask(tmp_path, "rm -rf /srv/data", session_id="another")[1]
    assert AGAIN in ask(tmp_path, "rm -rf /srv/data")[1]


def test_no_operand_is_written_down(tmp_path):
    ask(tmp_path, "rm -rf /srv/very-secret-name")
    log, = (tmp_path / ".claude/holdfast/projects").glob("*/sessions/*/*/refused.jsonl")
    assert "very-secret-name" not in log.read_text()


def test_a_long_reason_keeps_room_for_the_count():
    assert len(how_often("x" * REASON, 3)) <= REASON and "3 times" in how_often("x" * REASON, 3)
