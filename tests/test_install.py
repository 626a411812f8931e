"""install.py as a person runs it: real processes in throw-away homes; and the merging of settings, as tables of texts."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast import VERSION
from holdfast.kernel.json_edit import Damaged, value_of
from holdfast.setup import registration
from holdfast.setup.settings_merge import merged, removed
from holdfast.setup.trouble import Trouble

REPOSITORY = Path(__file__).resolve().parent.parent
PYTHON = os.path.realpath(sys._base_executable)
EVENTS = json.loads((REPOSITORY / "hooks/hooks.json").read_text())["hooks"]


class Person:
    """Somebody with a home of their own and nothing else in the environment."""

    def __init__(self, folder, source):
        self.home, self.source = folder, source
        self.config = folder / ".claude"
        self.settings = self.config / "settings.json"
        self.state = self.config / "holdfast"
        self.variables = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COLUMNS": "120"}
        folder.mkdir(exist_ok=True)

    def start(self, *words):
        return subprocess.Popen([PYTHON, str(self.source / "install.py"), *words], env=self.variables, cwd=self.home,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, expect=0):
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        assert process.returncode == expect, f"exit {process.returncode}\n{out}\n{err}"
        return out + err

    def install(self, *words, expect=0):
        return self.run(*words, "--without-packages", expect=expect)

    def write(self, text):
        self.config.mkdir(exist_ok=True)
        self.settings.write_bytes(text.encode())
        return text

    def files(self):
        """Everything there is, with content, mode and time of change."""
        return {str(path.relative_to(self.home)): (os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None,
                                                   path.lstat().st_mode, path.lstat().st_mtime_ns if path.is_file() else 0)
                for path in self.home.rglob("*")}

    def contents(self):
        return {name: (content, mode) for name, (content, mode, _) in self.files().items()}

    def command(self, settings=None):
        hooks = value_of((settings or self.settings).read_text())["hooks"]
        found = [h["command"] for group in hooks["PreToolUse"] for h in group["hooks"] if registration.is_ours(h)]
        assert len(found) == 1, found
        return found[0]

    def ask(self, bash, settings=None):
        event = {"session_id": "s", "cwd": str(self.home), "hook_event_name": "PreToolUse", "tool_name": "Bash",
                 "tool_input": {"command": bash}, "tool_use_id": "t"}
        done = subprocess.run(["/bin/sh", "-c", self.command(settings)], input=json.dumps(event), text=True, capture_output=True,
                              env={**self.variables, "CLAUDE_CODE_SESSION_ATTENDED": "0",
                                   "CLAUDE_PROJECT_DIR": str(settings.parent.parent if settings else self.home)}, cwd=self.home)
        if done.returncode == 2:
            return "refused unjudged: " + done.stderr
        return json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] if done.stdout.strip() else "nothing"


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    """What a person has fetched: a copy, so that nobody's edits disturb the tests."""
    folder = tmp_path_factory.mktemp("source")
    for name in ("hooks", ".claude-plugin"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("install.py", "plugin.json", "LICENSE"):
        shutil.copy(REPOSITORY / name, folder)
    return folder


@pytest.fixture
def copy(source, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(source, tmp_path / "copy")


@pytest.fixture
def person(tmp_path, source):
    return Person(tmp_path / "home", source)


# ---- merging, as texts --------------------------------------------------------------------------------------------------

HOOKS = registration.wanted(str(REPOSITORY), "/some/where/pack")
FOREIGN = {"type": "command", "command": "notify-send done"}
TEXTS = {
    "two spaces": '{\n  "model": "opus",\n  "env": {"A": "1"}\n}\n',
    "four spaces": '{\n    "model": "opus"\n}\n',
    "tabs, no newline at the end": '{\n\t"model": "opus",\n\t"n": [1,2 ,3]\n}',
    "windows newlines": '{\r\n  "model": "opus"\r\n}\r\n',
    "byte order mark": '\ufeff{\n  "model": "opus"\n}\n',
    "one line": '{"model":"opus","env":{"A":"1"}}',
    "one line with spaces": '{"model": "opus", "n": [1, 2]}\n',
    "characters outside ASCII": '{\n  "note": "été → 日本 😀",\n  "escaped": "\\u00e9\\ud83d\\ude00"\n}\n',
    "numbers as written": '{\n  "a": 1.0,\n  "b": 1e5,\n  "c": 12345678901234567890\n}\n',
    "hooks, none on our events": '{\n  "hooks": {\n    "Notification": [{"hooks": [{"type": "command", "command": "true"}]}]\n  },\n  "z": 1\n}\n',
    "hooks on our event": '{\n  "hooks": {\n    "PreToolUse": [\n      {"matcher": "Bash", "hooks": [{"type": "command", "command": "true"}]}\n'
                          '    ]\n  }\n}\n',
    "hooks on one line": '{"permissions":{"allow" : ["Bash",\t"Agent"]},\n\n     "env":{"NOTE":"été"},"hooks":{"Notification":[]}  }',
    "odd blanks": ' \n{ "model" :"opus" ,\n"x":[ ] , "y" : { } }\n\n',
    "a key given twice": '{\n  "model": "a",\n  "hooks": {"Notification": []},\n  "model": "b"\n}\n',
    "a text that looks like structure": '{\n  "a": "}],{\\"hooks\\": [",\n  "b\\n": "\\\\"\n}\n',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_merging_adds_our_hooks_and_changes_no_other_byte(text):
    new = merged(text, HOOKS, "settings.json")
    before, after = value_of(text), value_of(new)
    for event, groups in HOOKS.items():
        assert after["hooks"][event] == before.get("hooks", {}).get(event, []) + groups
    assert {key: value for key, value in after.items() if key != "hooks"} == {k: v for k, v in before.items() if k != "hooks"}
    assert merged(new, HOOKS, "settings.json") == new, "a second merge changes something"
    assert removed(new, "settings.json") == text, "taking our hooks out does not give the text back"


def test_merging_follows_the_style_of_the_file():
    hooks = {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}
    assert merged('{\n\t"a": 1\n}', hooks, "s") == (
        '{\n\t"a": 1,\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{\n\t\t\t\t"hooks": [\n\t\t\t\t\t{\n\t\t\t\t\t\t"type": "command",\n'
        '\t\t\t\t\t\t"command": "x"\n\t\t\t\t\t}\n\t\t\t\t]\n\t\t\t}\n\t\t]\n\t}\n}')
    assert merged('{"a":1}', hooks, "s") == '{"a":1,"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x"}]}]}}'
    assert merged('{"a": 1, "b": 2}', hooks, "s") == (
        '{"a": 1, "b": 2, "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}}')
    assert merged(None, hooks, "s") == json.dumps({"hooks": hooks}, indent=2) + "\n"


@given(value=st.dictionaries(st.text(max_size=6).filter(lambda key: key != "hooks"), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.text(max_size=4), inner, max_size=3), max_leaves=8), min_size=1, max_size=5),
    indent=st.sampled_from([None, 0, 1, 2, 4, "\t"]), ascii_only=st.booleans())
def test_whatever_the_settings_merging_can_be_taken_back(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    new = merged(text, HOOKS, "s")
    assert value_of(new) == {**value, "hooks": HOOKS} and removed(new, "s") == text


@pytest.mark.parametrize("text", ["{}", "{}\n", "{ }", "{\n}\n", "", " \n"])
def test_empty_settings_get_our_hooks_and_are_empty_again_without_them(text):
    new = merged(text, HOOKS, "s")
    assert value_of(new) == {"hooks": HOOKS}
    assert value_of(removed(new, "s")) == {}


EARLIER = {"type": "command", "command": 'pack=/old/place script=pre_tool_use; . "$pack/hooks/launch"; exit 2', "timeout": 3}


@pytest.mark.parametrize("groups, kept", [
    ([{"hooks": [EARLIER]}], []),
    ([{"matcher": "Bash", "hooks": [EARLIER]}, {"hooks": [FOREIGN]}], [{"hooks": [FOREIGN]}]),
    ([{"hooks": [FOREIGN, EARLIER]}], [{"hooks": [FOREIGN]}]),
    ([{"hooks": [EARLIER]}, {"hooks": [EARLIER, FOREIGN]}, {"hooks": [EARLIER]}], [{"hooks": [FOREIGN]}]),
], ids=["alone", "beside another", "in one group with another", "several times"])
def test_an_earlier_form_of_ours_is_replaced_and_others_stay(groups, kept):
    text = json.dumps({"hooks": {"PreToolUse": groups, "Notification": [{"hooks": [EARLIER]}]}}, indent=2)
    new = value_of(merged(text, HOOKS, "s"))["hooks"]
    assert [group for group in new["PreToolUse"] if group not in HOOKS["PreToolUse"]] == kept
    assert [group for group in new["PreToolUse"] if group in HOOKS["PreToolUse"]] == HOOKS["PreToolUse"]
    assert "Notification" not in new, "what we no longer register is taken out"


@pytest.mark.parametrize("handler, ours", [
    (HOOKS["PreToolUse"][0]["hooks"][0], True), (EARLIER, True), (FOREIGN, False),
    ({"type": "command", "command": "cat /x/hooks/launch script=1"}, False), ({"type": "http", "url": "http://x"}, False), ("text", False),
])
def test_our_own_entries_are_recognised(handler, ours):
    assert registration.is_ours(handler) is ours


@pytest.mark.parametrize("text, says", [
    ('{\n  "a": 1,\n}\n', "line 2, column 9: there is a comma before the closing `}`. Remove the comma"),
    ('{\n  "a": [1, 2,],\n  "b": 1\n}', "line 2, column 13: there is a comma before the closing `]`. Remove the comma"),
    ('{\n  // note\n  "a": 1\n}', "line 2, column 3: there is a comment, and JSON has none. Remove it"),
    ("{\n  'a': 1\n}", "line 2, column 3: a text begins with a single quote. JSON wants double quotes"),
    ('{\n  "a": 1\n  "b": 2\n}', "line 3, column 3: a comma is missing before '\"b\": 2\\n}'. Put it there"),
    ('{\n  "a": {"b": 1', "line 2, column 15: the file ends before it is complete. Close what is open, or restore the file from a backup"),
    ('{"a": 1} extra', "line 1, column 10: after the end of the settings there is more: 'extra'. Remove it"),
    ('{"a": NaN}', "line 1, column 7: naN is not JSON at 'NaN}'. Fix the JSON there"),
], ids=["comma at the end", "comma in a list", "comment", "single quotes", "comma missing", "cut off", "text after", "not a number"])
def test_damaged_json_is_refused_with_the_place_and_the_fix(text, says):
    with pytest.raises(Damaged) as bad:
        value_of(text)
    assert str(bad.value) == says


@pytest.mark.parametrize("hooks, says", [
    ([], "line 2: `hooks` should be an object, so the client ignores this whole file and no hook in it runs. Make it {\"EVENT\": [...]}"),
    ({"PreToolUse": {}}, "line 3: hooks.PreToolUse should be a list"),
    ({"PreToolUse": [{"type": "command", "command": "x"}]}, "hooks.PreToolUse[0] has no list `hooks`"),
    ({"PreToolUse": [{"hooks": [{"type": "shell", "command": "x"}]}]}, "hooks.PreToolUse[0].hooks[0] has the type 'shell'"),
    ({"PermissionRequest": [{"hooks": [{"type": "command"}]}]}, "hooks.PermissionRequest[0].hooks[0] has no `command`"),
    ({"PreToolUse": [{"hooks": [{**FOREIGN, "onFailure": "deny"}]}]}, "has onFailure 'deny'"),
], ids=["hooks a list", "event an object", "no inner list", "unknown type", "no command", "bad onFailure"])
def test_settings_that_the_client_would_drop_are_refused(hooks, says):
    with pytest.raises(Trouble) as bad:
        merged(json.dumps({"hooks": hooks}, indent=1), HOOKS, "s")
    assert says in str(bad.value) and "Nothing was changed." in str(bad.value)


# ---- installing, as a process ---------------------------------------------------------------------------------------------

BY_HAND = '{\n\t"model": "opus",\n\t"permissions": {"allow": ["Bash(ls *)"]},\n\t"note": "été"\n}'


def test_installed_the_guard_judges_and_the_demonstration_shows_it(person):
    person.write(BY_HAND)
    said = person.install()
    for word in ("DENIED", "passed", "What to do next", "settings.json.holdfast-backup-", PYTHON):
        assert word in said
    assert not list(person.state.glob("projects")), "the demonstration leaves nothing in the audit log"
    assert not list(person.state.glob("crashes*")) and not list(person.state.glob("probe.*"))
    assert person.ask("rm -rf ~/") == "deny"
    assert person.ask("echo fine") == "nothing"


def test_a_second_installation_changes_nothing(person):
    person.write(BY_HAND)
    person.install()
    before = person.files()
    said = person.install()
    assert person.files() == before
    assert "our hooks are there already" in said


@pytest.mark.parametrize("before", [None, BY_HAND, "{}", *list(TEXTS.values())[3:5]],
                         ids=["no file", "by hand", "empty object", "windows newlines", "byte order mark"])
def test_uninstalled_there_is_no_trace(person, before):
    if before is not None:
        person.write(before)
        os.chmod(person.settings, 0o640)
    start = person.contents()
    person.install()
    person.ask("rm -rf ~/")  # leaves a record
    assert (person.state / "projects").is_dir()
    person.run("--uninstall")
    assert person.contents() == start


def test_uninstalled_with_edits_since_the_edits_stay(person):
    person.write(BY_HAND)
    person.install()
    text = person.settings.read_text().replace('"opus"', '"haiku"')
    person.settings.write_text(text)
    said = person.run("--uninstall")
    assert person.settings.read_text() == BY_HAND.replace('"opus"', '"haiku"')
    assert "kept" in said and "holdfast-backup" in said and not person.state.exists()


def test_uninstalled_after_an_edit_and_an_upgrade_no_earlier_hook_of_ours_comes_back(person, copy):
    person.write(BY_HAND)
    person.install()
    person.settings.write_text(person.settings.read_text().replace('"opus"', '"haiku"'))
    hooks = json.loads((copy / "hooks/hooks.json").read_text())
    hooks["hooks"]["PreToolUse"][0]["hooks"][0]["timeout"] = 11
    (copy / "hooks/hooks.json").write_text(json.dumps(hooks))
    person.source = copy
    assert "our hooks merged in; backup" in person.run("--upgrade")
    assert '"timeout": 11' in person.settings.read_text()
    person.run("--uninstall")
    assert person.settings.read_text() == BY_HAND.replace('"opus"', '"haiku"')


def test_the_state_can_be_kept(person):
    person.install()
    person.ask("echo kept")
    person.run("--uninstall", "--keep-state")
    assert [path.name for path in sorted(person.state.iterdir())] == ["projects", "stderr.log"]
    assert list(person.state.glob("projects/*/audit.jsonl"))


def test_settings_that_are_a_link_keep_being_one_and_keep_their_mode(person):
    elsewhere = person.home / "dotfiles" / "settings.json"
    elsewhere.parent.mkdir()
    elsewhere.write_text(BY_HAND)
    os.chmod(elsewhere, 0o640)
    person.config.mkdir()
    person.settings.symlink_to("../dotfiles/settings.json")
    start = person.contents()
    person.install()
    assert person.settings.is_symlink() and os.stat(elsewhere).st_mode & 0o777 == 0o640
    assert person.ask("rm -rf ~/") == "deny"
    person.run("--uninstall")
    assert person.contents() == start


@pytest.mark.parametrize("text, says", [
    ('{\n  "a": 1,\n}\n', "settings.json is not JSON: line 2, column 9: there is a comma before the closing `}`. Remove the comma."),
    ('{"hooks": {"PreToolUse": [{"hooks": [{"type": "shell"}]}]}}', "hooks.PreToolUse[0].hooks[0] has the type 'shell'"),
    ("[]", "should hold a JSON object"),
], ids=["damaged", "dropped by the client", "a list"])
def test_settings_that_cannot_be_used_are_refused_and_nothing_is_written(person, text, says):
    person.write(text)
    before = person.files()
    for words in ([], ["--dry-run"]):
        said = person.install(*words, expect=1)
        assert says in said and "Nothing was changed." in said
    assert person.files() == before


def test_settings_that_are_not_utf8_are_refused(person):
    person.config.mkdir()
    person.settings.write_bytes(b'{\n "a": "\xff"\n}')
    assert "line 2: this is not UTF-8" in person.install(expect=1)
    assert [path.name for path in person.config.iterdir()] == ["settings.json"]


def test_a_dry_run_shows_the_difference_and_writes_nothing(person):
    person.write('{\n  "model": "opus"\n}\n')
    before = person.files()
    said = person.install("--dry-run")
    assert person.files() == before
    diff = said[said.index("---"):said.index("\nwould back up")].splitlines(keepends=True)
    assert [line for line in diff if not line.startswith("+")] == [
        f"--- {person.settings}\n", diff[2], " {\n", '-  "model": "opus"\n', " }\n"]
    person.install()
    added = "".join(line[1:] for line in diff[3:] if not line.startswith("-"))
    assert added == person.settings.read_text(), "the difference shown is not the difference made"
    listed = said[said.index("lead there:"):said.index("\nwould write to")].split()[2:]
    pack = Path(os.path.realpath(person.state / "pack"))
    assert sorted(str(path.relative_to(pack)) for path in pack.rglob("*") if path.is_file()) == listed


def test_a_dry_run_of_the_uninstallation_writes_nothing(person):
    person.install()
    before = person.files()
    said = person.run("--uninstall", "--dry-run")
    assert person.files() == before and "Nothing was changed." in said
    would = [line.split()[-1] for line in said.splitlines() if line.startswith("would remove")]
    person.run("--uninstall")
    assert would and not any(os.path.lexists(path) for path in would)


def test_four_installations_at_once_give_one(person):
    person.write(BY_HAND)
    running = [person.start("--without-packages") for _ in range(4)]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    assert person.settings.read_text() == merged(BY_HAND, registration.wanted(str(person.source), str(person.state / "pack")), "s")
    assert len(list(person.config.glob("*backup*"))) == 1 and len(list(person.state.glob("pack-*"))) == 1
    assert person.ask("rm -rf ~/") == "deny"
    person.run("--uninstall")
    assert sorted(path.name for path in person.config.iterdir()) == ["settings.json"]


def test_installing_and_uninstalling_at_once_ends_in_one_of_both(person):
    person.write(BY_HAND)
    running = [person.start(*words) for words in [["--without-packages"], ["--uninstall"]] * 3]
    for process in running:
        process.communicate(timeout=120)
    if person.state.exists():
        assert person.install() and person.ask("rm -rf ~/") == "deny"
        person.run("--uninstall")
    assert person.settings.read_text() == BY_HAND
    assert sorted(path.name for path in person.config.iterdir()) == ["settings.json"]


def test_installed_for_a_project_it_is_registered_there_alone(person):
    project = person.home / "a project's folder"
    project.mkdir()
    person.write(BY_HAND)
    start = person.contents()
    person.install("--project", str(project))
    there = project / ".claude/settings.json"
    assert person.settings.read_text() == BY_HAND and person.ask("rm -rf ~/", there) == "deny"
    assert (project / ".claude/holdfast/.gitignore").read_text() == "*.lock\nprobe.*\n"
    assert str(project) not in there.read_text(), "the registration holds in every clone"
    said = person.install("--user")
    assert "judged more than once" not in said, "the project is not the folder this runs in"
    person.run("--uninstall", "--user")
    assert person.ask("rm -rf ~/", there) == "deny", "the other installation must go on working"
    done = subprocess.run([person.state / "bin/holdfast", "doctor", "--json"], cwd=project, env=person.variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    person.run("--uninstall", "--project", str(project))
    shutil.rmtree(project)
    del_project = {name: value for name, value in start.items() if not name.startswith(project.name)}
    assert person.contents() == del_project


def test_registered_for_the_user_and_the_project_is_said(person):
    person.install("--user")
    person.home.joinpath("p").mkdir()
    said = person.install("--project", str(person.home / "p"))
    assert "WARNING   every call is judged more than once" in said


def test_a_home_with_blanks_and_quotes_in_its_path_works(tmp_path, source):
    person = Person(tmp_path / "Ann's \"home\" $HOME; `x`", source)
    start = person.contents()
    person.install()
    assert person.ask("rm -rf ~/") == "deny" and person.ask("echo fine") == "nothing"
    person.run("--uninstall")
    assert person.contents() == start


def test_state_can_lie_elsewhere(person, tmp_path):
    person.variables["HOLDFAST_HOME"] = str(tmp_path / "state")
    person.install()
    assert (tmp_path / "state/interpreter").read_text() == PYTHON + "\n" and not (person.state / "interpreter").exists()
    assert person.ask("rm -rf ~/") == "deny" and list((tmp_path / "state").glob("projects/*/audit.jsonl"))
    person.run("--uninstall")
    assert not (tmp_path / "state").exists() and not person.config.exists()


def test_only_our_own_files_are_removed_from_the_state_folder(person):
    person.install()
    (person.state / "mine.txt").write_text("not ours")
    said = person.run("--uninstall")
    assert [path.name for path in person.state.iterdir()] == ["mine.txt"] and "mine.txt" in said


def test_hooks_that_are_switched_off_are_warned_about_loudly(person):
    person.write('{"disableAllHooks": true}')
    assert "WARNING" in person.install() and "NO hook will run" in person.install()


def test_an_older_client_is_warned_about(person, tmp_path):
    program = tmp_path / "claude"
    program.write_text("#!/bin/sh\necho '2.1.200 (Claude Code)'\n")
    program.chmod(0o755)
    person.variables["HOLDFAST_CLIENT"] = str(program)
    said = person.install()
    assert "2.1.200" in said and "older than 2.1.295" in said and "claude update" in said


@pytest.mark.parametrize("script, shown", [
    ("import posix\nposix._exit(10)\n", "EXPECTED DENIED"),
    ("raise SystemExit(1)\n", "EXPECTED passed"),
], ids=["lets everything pass", "refuses everything"])
def test_a_guard_that_does_not_work_fails_the_installation(person, copy, script, shown):
    (copy / "hooks/pre_tool_use.py").write_text(script)
    person.source = copy
    said = person.install(expect=1)
    assert shown in said and "do not rely on the guard" in said


def test_an_upgrade_replaces_the_pack_and_repairs_a_damaged_one(person, copy):
    person.write(BY_HAND)
    person.install()
    first = os.readlink(person.state / "pack")
    about = copy / "hooks/holdfast/__init__.py"
    about.write_text(about.read_text().replace("VERSION = ", "VERSION = '9.9.9' or "))
    person.source = copy
    person.run("--upgrade")
    second = os.readlink(person.state / "pack")
    assert first != second and sorted(path.name for path in person.state.glob("pack*")) == ["pack", second]
    assert person.ask("rm -rf ~/") == "deny"
    (person.state / "pack/hooks/pre_tool_use.py").write_text("")
    assert person.ask("echo fine").startswith("refused unjudged")
    assert "MISSING OR CHANGED" in person.run("--status", expect=1)
    person.source = person.state / "pack"
    assert "is not what was installed" in person.run("--upgrade", expect=1)
    person.source = copy
    person.run("--upgrade")
    assert person.ask("echo fine") == "nothing"
    person.run("--uninstall")
    assert person.contents().keys() == {".claude", ".claude/settings.json"} and person.settings.read_text() == BY_HAND


def test_an_installed_pack_can_install_itself_again(person):
    person.install()
    (person.state / "interpreter").write_text("/nonexistent\n")
    person.write("{}")
    person.source = person.state / "pack"
    person.install()
    assert person.ask("rm -rf ~/") == "deny" and (person.state / "interpreter").read_text() == PYTHON + "\n"
    person.run("--uninstall")
    assert person.settings.read_text() == "{}"


def test_the_status_tells_what_is_there(person):
    assert person.run("--status", expect=1) == f"{person.config}: not installed\n"
    person.install()
    there = os.readlink(person.state / "pack")
    assert person.run("--status") == (
        f"{person.config}: Holdfast {VERSION}\n  settings  {person.settings}: our hooks on {', '.join(sorted(EVENTS))}\n"
        f"  pack      {there}, whole, as in this folder\n  python    {PYTHON}\n  packages  left out as asked\n  state     {person.state}\n")
    person.run("--uninstall")
    assert person.run("--uninstall") == f"Holdfast is not installed in {person.config}; nothing was changed.\n"


@pytest.mark.parametrize("words, says", [
    (["--upgrade"], "nothing is installed yet"),
    (["--project", "/nonexistent"], "is not a folder"),
    (["--plugin"], "there is no `claude` on PATH"),
])
def test_what_cannot_be_done_is_said_and_nothing_is_written(person, words, says):
    assert says in person.run(*words, expect=1)
    assert person.contents() == {}


def test_a_damaged_record_is_not_taken_for_none(person):
    person.install()
    (person.state / "installed.json").write_text("{")
    before = person.settings.read_bytes()
    assert "installed.json cannot be used" in person.run("--uninstall", expect=1)
    assert person.settings.read_bytes() == before
    (person.state / "installed.json").unlink()
    person.run("--uninstall")
    assert json.loads(person.settings.read_text()) == {} and not person.state.exists()


def test_a_plugin_is_bootstrapped_into_its_own_folder(person, copy, tmp_path):
    person.source = copy
    person.variables["HOLDFAST_HOME"] = str(tmp_path / "data")
    before = {path for path in copy.rglob("*")}
    person.install("--bootstrap")
    assert (tmp_path / "data/interpreter").read_text() == PYTHON + "\n" and (tmp_path / "data/venv/ready").exists()
    assert list((tmp_path / f"data/pycache{copy}/hooks/holdfast").rglob("*.pyc"))
    assert {path for path in copy.rglob("*")} == before and person.contents() == {}


def test_without_a_registry_the_guard_is_installed_and_the_way_out_is_named(person):
    person.variables.update(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_CONFIG_FILE="/dev/null", UV_OFFLINE="1")
    said = person.run()
    assert "packages  could not be installed" in said and f"to mend it: python3 {person.source}/install.py --user" in said
    assert person.ask("rm -rf ~/") == "deny" and not (person.state / "venv").exists() and not (person.state / "venv.new").exists()


def test_what_another_system_needs_is_not_missed_here(tmp_path):
    from holdfast.setup.packages import pinned
    (tmp_path / "list.txt").write_text("click==8.1 \\\n    --hash=sha256:aa\ntzdata==2026.6 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
                                       "markdown==3.10 ; python_full_version < '3.11' \\\nmarkdown==3.11 ; python_full_version >= '3.11' \\\n")
    assert pinned(str(tmp_path / "list.txt")) == {"click": {"8.1"}, "markdown": {"3.10", "3.11"}}


def test_the_lists_of_packages_are_pinned_by_hash_and_name_no_registry():
    for path in (REPOSITORY / "hooks/requirements.txt", REPOSITORY / "tests/requirements.txt"):
        text = path.read_text()
        blocks = text.split("\n")
        pins = [number for number, line in enumerate(blocks) if "==" in line and not line.startswith(" ")]
        assert len(pins) > 8 and all("--hash=sha256:" in blocks[number + 1] for number in pins), path
        assert "://" not in text and "--index" not in text and "--find" not in text


def test_install_py_can_be_read_by_an_interpreter_that_is_too_old():
    tree = ast.parse((REPOSITORY / "install.py").read_text(), feature_version=(3, 5))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)], "an f-string is a SyntaxError before 3.6"
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and (node.returns or node.args.kwonlyargs)]
