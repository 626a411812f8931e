"""The permission audit: what counts as too wide, what sessions needed, how rules drift from week to week."""

import json
import os
import subprocess
import sys

import pytest
from support import HOOKS

from holdfast.kernel.files import append
from holdfast.kernel.store import Store
from holdfast.permissions.drift import DamagedHistory, changes, note, unused, week_of, week_of_text
from holdfast.permissions.rules import Rule, covers, needed_rule, over_broad, rules_of

WEEK = 7 * 86_400 * 10**9
MONDAY = 1_767_571_200 * 10**9  # 2026-01-05, ISO week 2026-W02


def too_wide(text, kind="allow"):
    return bool(over_broad([Rule(kind, text, "user", "/x")]))


@pytest.mark.parametrize("text", [
    "Bash", "Bash(*)", "Bash(:*)", "Bash( * )", "Bash(git*)", "Bash(npm*)", "Bash(python:*)", "Bash(python3 *)", "Bash(node:*)", "Bash(bash:*)",
    "Bash(bash -c:*)", "Bash(python -c *)", "Bash(/usr/bin/python3:*)", "Bash(sudo:*)", "Bash(env:*)", "Bash(xargs *)", "Bash(find:*)", "Bash(npx:*)",
    "Bash(docker:*)", "Bash(ssh *)", "Bash(curl:*)", "Bash(rm:*)", "Bash(rm -rf *)", "Read(//**)", "Read(~/**)", "Edit", "Write(**)", "Edit(//**)",
    "WebFetch", "WebFetch(*)", "WebFetch(domain:*)", "*", "mcp__*", "PowerShell", "Web*",
])
def test_too_wide(text):
    assert too_wide(text)


@pytest.mark.parametrize("text", [
    "Bash(git:*)", "Bash(git status:*)", "Bash(npm run test:*)", "Bash(ls)", "Bash(ls:*)", "Bash(python scripts/build.py:*)", "Bash(pytest:*)",
    "Bash(python -m pytest:*)", "Bash(docker ps:*)", "Bash(sudo systemctl restart app)", "Bash(find . -name '*.py')", "Bash(curl https://api.example.com/:*)",
    "Read(src/**)", "Read", "Edit(src/**)", "WebFetch(domain:docs.example.com)", "mcp__github__list_issues", "mcp__github__*", "WebSearch", "Agent(Explore)",
])
def test_narrow_enough(text):
    assert not too_wide(text)


def test_other_settings():
    found = rules_of({"permissions": {"defaultMode": "bypassPermissions", "additionalDirectories": ["/", "../lib", "~"], "deny": ["Bash"], "ask": ["Bash"],
                                      "allow": ["Bash(ls)", 7]}, "enableAllProjectMcpServers": True}, "user", "/x")
    assert [(b.rule.kind, b.rule.text) for b in over_broad(found)] == [
        ("mode", "bypassPermissions"), ("folder", "/"), ("folder", "~"), ("servers", "enableAllProjectMcpServers")]
    for odd in (None, [], {"permissions": []}, {"permissions": {"allow": {}}}):
        assert rules_of(odd, "user", "/x") == []


@pytest.mark.parametrize("program, words, rule", [
    ("git", ["-C", "x", "status"], "Bash(git -C x status:*)"), ("git", ["status", "-s"], "Bash(git status:*)"), ("npm", ["run", "build"], "Bash(npm run build:*)"),
    ("python3", ["-m", "pytest", "-q"], "Bash(python3 -m pytest:*)"), ("python3", ["tools/x.py", "a"], "Bash(python3 tools/x.py:*)"),
    ("python3", ["-c", "print(1)"], "Bash(python3 …)"), ("ls", ["-la"], "Bash(ls:*)"),
])
def test_the_narrowest_rule_for_a_command(program, words, rule):
    assert needed_rule(program, words) == rule


@pytest.mark.parametrize("rule, need, enough", [
    ("Bash", "Bash(ls:*)", True), ("Bash(*)", "Bash(ls:*)", True), ("Bash(git:*)", "Bash(git status:*)", True), ("Bash(git *)", "Bash(git status:*)", True),
    ("Bash(git*)", "Bash(github:*)", True), ("Bash(git:*)", "Bash(github:*)", False), ("Bash(git status:*)", "Bash(git push:*)", False),
    ("Bash(git status)", "Bash(git status:*)", True), ("WebFetch", "WebFetch(domain:a.example)", True), ("Edit(src/**)", "Edit(src/**)", True),
    ("Edit(src/**)", "Edit(docs/**)", False), ("Read(//**)", "Bash(ls:*)", False), ("mcp__a__*", "mcp__a__b", True), ("mcp__a__b", "mcp__a__b", True),
])
def test_what_covers_what(rule, need, enough):
    assert covers(rule, need) is enough


def test_weeks():
    assert week_of(MONDAY) == "2026-W02" and week_of(MONDAY - 1) == "2026-W01"
    assert week_of_text("2025-12-29T00:00:00.000Z") == "2026-W01" and week_of_text("?") == ""


def test_drift_is_told_week_by_week(tmp_path):
    path = str(tmp_path / "permissions.json")
    one, two = Rule("allow", "Bash(ls:*)", "user", "/x"), Rule("allow", "Bash(git:*)", "project", "/y")
    note(path, [one], MONDAY)
    note(path, [one, two], MONDAY + WEEK)
    weeks = note(path, [two], MONDAY + 3 * WEEK)
    assert [(w.name, w.added, w.removed) for w in changes(weeks)] == [
        ("2026-W02", ["user allow Bash(ls:*)"], []), ("2026-W03", ["project allow Bash(git:*)"], []), ("2026-W05", [], ["user allow Bash(ls:*)"])]
    assert unused(weeks, {}) == {"project allow Bash(git:*)": 2}
    assert unused(weeks, {"2026-W03": {"Bash(git status:*)"}}) == {"project allow Bash(git:*)": 1}
    assert unused(weeks, {"2026-W05": {"Bash(git status:*)"}}) == {}
    with open(path, "w") as file:
        file.write("{}")
    with pytest.raises(DamagedHistory):
        note(path, [one], MONDAY)


@pytest.fixture
def here(tmp_path):
    home, project = tmp_path / "home", tmp_path / "project"
    (home / ".claude").mkdir(parents=True)
    (project / ".git").mkdir(parents=True)
    (project / ".claude").mkdir()

    def run(*words):
        done = subprocess.run([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", "permissions", *words], capture_output=True, text=True, cwd=project,
                              env={"HOME": str(home), "PATH": os.environ["PATH"], "COLUMNS": "300"})
        return done.returncode, done.stdout + done.stderr
    run.home, run.project, run.store = home, project, Store(f"{home}/.claude/holdfast", str(project))
    return run


def record(here, call, command, verdict="none", outcome="returned", tool="Bash", given=None):
    append(here.store.audit, {"at": "2026-01-06T10:00:00.000Z", "kind": "intent", "call": call, "tool": tool, "cwd": str(here.project),
                              "input": given or {"command": command}, "verdict": verdict})
    if outcome:
        append(here.store.audit, {"at": "2026-01-06T10:00:01.000Z", "kind": "outcome", "call": call, "tool": tool, "outcome": outcome})


def test_without_wide_rules_it_ends_well(here):
    (here.project / ".claude/settings.json").write_text('{"permissions": {"allow": ["Bash(git status:*)"]}}')
    code, said = here()
    assert code == 0 and "1 permission rules in force here, 0 too wide" in said


def test_what_ran_becomes_the_narrowest_list(here):
    (here.home / ".claude/settings.json").write_text('{"permissions": {"allow": ["Bash"], "defaultMode": "bypassPermissions"}}')
    (here.project / ".claude/settings.local.json").write_text('{"permissions": {"allow": ["WebFetch"]}}')
    record(here, "1", "cd src && git status | head -3; FOO=1 npm run build")
    record(here, "2", "rm -rf /opt", verdict="deny", outcome="refused")
    record(here, "3", "curl https://example.invalid/", outcome="permission denied")
    record(here, "4", "", tool="WebFetch", given={"url": "https://docs.example.com:443/a"})
    record(here, "5", "", tool="Edit", given={"file_path": f"{here.project}/src/a/b.py"})
    record(here, "6", "", tool="Read", given={"file_path": f"{here.project}/src/a/b.py"})
    code, said = here("--json")
    told = json.loads(said)
    assert code == 1
    assert told["needed"] == ["Bash(git status:*)", "Bash(head:*)", "Bash(npm run build:*)", "Edit(src/**)", "WebFetch(domain:docs.example.com)"]
    assert {(b["text"], b["layer"]) for b in told["over_broad"]} == {("Bash", "user"), ("bypassPermissions", "user"), ("WebFetch", "local")}
    assert next(b for b in told["over_broad"] if b["text"] == "Bash")["enough"] == told["needed"][:3]
    code, said = here()
    assert code == 1 and "every command runs without a question" in said and "enough for the recorded sessions: Bash(git status:*)" in said


def test_history_shows_this_week(here):
    (here.home / ".claude/settings.json").write_text('{"permissions": {"allow": ["Bash(ls:*)"]}}')
    code, said = here("--history")
    assert code == 0 and "user allow Bash(ls:*)" in said and "unused for 1 recorded week" in said


def test_damaged_settings_are_named(here):
    (here.home / ".claude/settings.json").write_text("{")
    code, said = here()
    assert code == 1 and "settings.json cannot be read" in said
