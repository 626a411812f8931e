"""The `holdfast` command, as a person runs it: what it prints and how it ends."""

import json
import os
import subprocess
import sys

import pytest
from support import HOOKS, event, run_hook


@pytest.fixture
def holdfast(tmp_path):
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)

    def run(*words, cwd=project, **env):
        done = subprocess.run([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", *words], capture_output=True, text=True, cwd=cwd,
                              env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLUMNS": "120", **env})
        return done.returncode, done.stdout, done.stderr
    run.project, run.home = project, tmp_path
    return run


@pytest.mark.parametrize("command, code, words", [
    ("ls -la", 0, ["runs", "ls -la"]),
    ("sudo rm -rf /", 4, ["deny", "STR005", "catastrophic", "via sudo", "as another user", "The model is told"]),
    ("echo 'open", 4, ["STR001", "single quote not closed", "character 5"]),
    ("terraform apply -auto-approve", 4, ["INF", "caution"]),
])
def test_explain_says_what_was_understood_and_ends_with_the_verdict(holdfast, command, code, words):
    returned, out, _ = holdfast("explain", command)
    assert returned == code
    assert all(word in out for word in words), out


def test_explain_asks_where_a_person_can_answer(holdfast):
    assert holdfast("explain", "--attended", "terraform apply -auto-approve")[0] == 3


def test_explain_json_is_the_hooks_verdict(holdfast):
    command = "cd /tmp && X=~ && rm -rf $X | tee log"
    _, out, _ = holdfast("explain", "--json", command)
    said = json.loads(out)
    _, hook, _ = run_hook("PreToolUse", event(cwd=str(holdfast.project), tool_input={"command": command}), holdfast.home,
                          {"CLAUDE_PROJECT_DIR": str(holdfast.project)})
    assert said["reason"] == json.loads(hook)["hookSpecificOutput"]["permissionDecisionReason"]
    assert [c["argv"] for c in said["understood"]] == [["cd", "/tmp"], ["rm", "-rf", str(holdfast.home)], ["tee", "log"]]
    assert said["findings"][0]["code"] == "STR005" and said["assigned"] == [{"name": "X", "value": str(holdfast.home), "scope": "shell"}]


def test_explain_shows_control_characters_instead_of_printing_them(holdfast):
    _, out, _ = holdfast("explain", "ls \x1b[2J\x07")
    assert "\x1b" not in out and "\\x1b" in out


def test_a_rules_page_shows_its_examples(holdfast):
    code, out, _ = holdfast("explain", "ESC002")
    assert code == 0 and "remote code" in out and "bash <(curl" in out


def test_rules_can_be_listed_and_filtered(holdfast):
    rows = json.loads(holdfast("rules", "--json")[1])
    assert {r["category"] for r in rows} > {"text", "structural", "encoding", "bash", "zsh", "persistence", "escalation", "git"}
    assert len(rows) > 23 + 200
    assert [r["code"] for r in json.loads(holdfast("rules", "--category", "zsh", "--json")[1])] == ["ZSH001", "ZSH002"]
    assert holdfast("rules", "--category", "none")[0] == 1


def test_the_audit_log_is_shown_and_verified(holdfast):
    project = {"CLAUDE_PROJECT_DIR": str(holdfast.project)}
    run_hook("PreToolUse", event(cwd=str(holdfast.project), tool_input={"command": "rm -rf ~"}), holdfast.home, project)
    run_hook("PostToolUse", event("PostToolUse", cwd=str(holdfast.project)), holdfast.home, project)
    _, out, _ = holdfast("audit", "tail")
    assert "Bash: rm -rf ~  -> deny STR005" in out and "returned in" in out
    assert [r["kind"] for r in json.loads(holdfast("audit", "show", "toolu_1")[1])] == ["intent", "outcome"]
    code, out, _ = holdfast("audit", "verify")
    assert code == 0 and "2 records" in out and "whole" in out
    log, = holdfast.home.glob(".claude/holdfast/projects/*/audit.jsonl")
    log.write_bytes(log.read_bytes().replace(b"rm -rf", b"ls -la"))
    code, out, _ = holdfast("audit", "verify")
    assert code == 1 and "record 1 is missing" in out and "line 1 is damaged" in out
    assert json.loads(holdfast("audit", "verify", "--json")[1])["whole"] is False


def test_damaged_settings_are_named_with_their_line(holdfast):
    (holdfast.project / ".claude").mkdir()
    (holdfast.project / ".claude/holdfast.json").write_text('{\n "guard": {"rules": {"STR005": "of"}}\n}')
    code, out, _ = holdfast("settings", "check")
    assert code == 1 and "line 2: guard.rules.STR005 should be one of off, ask, deny" in out
    assert holdfast("settings", "show")[0] == 1
    assert holdfast("explain", "ls")[0] == 1


def test_what_a_project_may_not_loosen_is_noted(holdfast):
    (holdfast.project / ".claude").mkdir()
    (holdfast.project / ".claude/holdfast.json").write_text('{"guard": {"rules": {"STR005": "off"}}}')
    code, out, _ = holdfast("settings", "check")
    assert code == 0 and "may only tighten" in out
    assert holdfast("explain", "rm -rf /opt/other")[0] == 4


def test_a_users_settings_can_loosen_what_is_not_catastrophic(holdfast):
    (holdfast.home / ".claude").mkdir()
    (holdfast.home / ".claude/holdfast.json").write_text('{"guard": {"rules": {"STR005": "off"}}}')
    assert holdfast("explain", "rm -rf /opt/other")[0] == 0
    assert holdfast("explain", "rm -rf ~")[0] == 4


def test_without_packages_the_command_says_what_is_missing(tmp_path):
    done = subprocess.run([sys.executable, "-I", "-S", f"{HOOKS}/holdfast_cli.py", "rules"], capture_output=True, text=True,
                          env={"HOME": str(tmp_path)})
    assert done.returncode == 1 and "the package click is missing" in done.stderr
