"""The pack as it is handed out: manifests, registrations, scripts, versions and the README say the same."""

import hashlib
import json
import os
import re
import subprocess

import pytest
from support import HOOKS, REPO, event, run_hook

from holdfast import VERSION
from holdfast.cli.rules_view import page
from holdfast.guard.catalogue import all_rules, stated_rules
from holdfast.guard.rule import Pattern


def read(path):
    with open(f"{REPO}/{path}", encoding="utf-8") as file:
        return file.read()


def test_both_manifests_are_the_same_real_file():
    assert read("plugin.json") == read(".claude-plugin/plugin.json")
    assert not os.path.islink(f"{REPO}/.claude-plugin/plugin.json")
    assert json.loads(read("plugin.json"))["version"] == VERSION


def test_the_marketplace_offers_the_plugin_at_the_root():
    market = json.loads(read(".claude-plugin/marketplace.json"))
    plugin, = market["plugins"]
    assert (plugin["name"], plugin["source"]) == (json.loads(read("plugin.json"))["name"], "./")


def test_what_judges_is_registered_to_block_on_failure_and_every_script_exists():
    hooks = json.loads(read("hooks/hooks.json"))["hooks"]
    assert set(hooks) == {"PreToolUse", "PostToolUse", "PostToolUseFailure", "PostToolBatch", "UserPromptSubmit", "PreCompact", "PostCompact", "Stop",
                          "SubagentStop", "ConfigChange", "SessionStart", "SessionEnd"}
    for name, groups in hooks.items():
        (group,), = [groups]
        assert "matcher" not in group and len(group["hooks"]) == (2 if name == "SessionStart" else 1)
        for hook in group["hooks"]:
            script = re.search(r"script=(\w+);", hook["command"])[1]
            assert os.path.exists(f"{HOOKS}/{script}.py")
            assert (hook.get("onFailure") == "block") is (name == "PreToolUse")
            assert hook["timeout"] == 10
            assert hook["command"].endswith("exit 2" if name == "PreToolUse" else "exit 0")


def test_at_most_two_processes_a_tool_call_and_one_a_round():
    """A call is followed by PostToolUse or by PostToolUseFailure, never by both; a refused one by neither. A round may hold many calls."""
    per_call = {"PreToolUse", "PostToolUse", "PostToolUseFailure", "PostToolBatch", "PermissionRequest", "PermissionDenied"}
    assert per_call & set(json.loads(read("hooks/hooks.json"))["hooks"]) == {
        "PreToolUse", "PostToolUse", "PostToolUseFailure", "PostToolBatch"}


def test_the_top_level_holds_only_what_it_may():
    tracked = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True).stdout.splitlines()
    if not tracked:
        pytest.skip("not a git checkout")
    assert {path.partition("/")[0] for path in tracked} <= {
        "plugin.json", "hooks", "skills", "claude_md_templates", "tests", "install.py", "README.md", ".claude-plugin", ".ci", "pyproject.toml",
        "LICENSE", "CHANGELOG.md", "docs", ".gitignore"}


def test_the_readme_lists_every_validator():
    rows = re.findall(r"^\| `([A-Z]{3}\d{3})` \| ([^|]+?) \|", read("README.md"), re.MULTILINE)
    assert rows == [(rule.code, rule.title) for rule in all_rules() if not isinstance(rule, Pattern)]


def test_the_printed_catalogue_is_what_the_rules_say():
    """After a change: python3 hooks/holdfast_cli.py rules --markdown > docs/rules.md"""
    assert page([*all_rules(), *stated_rules()]) == read("docs/rules.md")
    assert "docs/rules.md" in read("README.md")


def test_every_document_that_the_readme_links_to_exists():
    links = re.findall(r"\]\((docs/[\w.]+)\)", read("README.md"))
    assert len(set(links)) >= 4 and all(os.path.exists(f"{REPO}/{path}") for path in links)


def test_the_readmes_commands_exist():
    text = read("README.md")
    for flag in re.findall(r"install\.py (--[a-z-]+)", text):
        assert f'"{flag}"' in read("install.py"), flag
    for path in re.findall(r"`(tests/[\w/]+(?:\.py)?)`", text):
        assert os.path.exists(f"{REPO}/{path}"), path


def test_the_schema_path_in_the_readme_is_where_the_schema_is_installed():
    assert "./holdfast/pack/hooks/holdfast.schema.json" in read("README.md") and os.path.exists(f"{HOOKS}/holdfast.schema.json")


# ---- the start of a session ----------------------------------------------------------------------------------------

def start(home, **env):
    return run_hook("SessionStart", event("SessionStart", source="startup"), home, env)


def test_a_session_that_starts_without_packages_says_so_in_one_line_and_sets_them_up(tmp_path):
    home = tmp_path / ".claude/holdfast"
    home.mkdir(parents=True)
    (home / "bootstrap.log").write_text("")  # as if begun a moment ago, so that nothing is fetched here
    code, out, _ = start(tmp_path)
    said = json.loads(out)
    context = said["hookSpecificOutput"]["additionalContext"]
    assert code == 0 and context.startswith("Holdfast is starting up") and "\n" not in context
    assert run_hook("PreToolUse", event(tool_input={"command": "rm -rf ~"}), tmp_path)[1].find(b'"deny"') > 0


def test_a_session_that_starts_ready_says_nothing(tmp_path):
    (tmp_path / ".claude/holdfast/venv").mkdir(parents=True)
    with open(f"{HOOKS}/requirements.txt", "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    (tmp_path / ".claude/holdfast/venv/ready").write_text(f"{wanted} 3.11.7 /usr/bin/python3.11\n")
    assert start(tmp_path) == (0, b"", "")


def test_a_session_that_starts_with_an_older_versions_packages_renews_them(tmp_path):
    (tmp_path / ".claude/holdfast/venv").mkdir(parents=True)
    (tmp_path / ".claude/holdfast/venv/ready").write_text("0123 3.11.7 /usr/bin/python3.11\n")
    (tmp_path / ".claude/holdfast/bootstrap.log").write_text("")
    assert b"starting up" in start(tmp_path)[1]


def test_a_session_that_starts_with_damaged_settings_says_so_at_once(tmp_path):
    (tmp_path / ".claude/holdfast/venv").mkdir(parents=True)
    (tmp_path / ".claude/holdfast/venv/ready").write_text("left out\n")
    (tmp_path / ".claude/holdfast.json").write_text('{"guard": 1}')
    said = json.loads(start(tmp_path)[1])
    assert "guard should be an object" in said["systemMessage"] and "refused until" in said["hookSpecificOutput"]["additionalContext"]
