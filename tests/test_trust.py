"""Trusted project files: exact content, ended by any change; Holdfast's own files, hooks and commands are out of an agent's reach."""

import json
import os
import subprocess
import sys

import pytest
from support import HOOKS, decision, event, run_hook
from terminal import at_terminal

from holdfast.guard.line import World
from holdfast.guard.packs.holdfast_itself import PACK, guarded
from holdfast.guard.shell.understand import understand

LOOSE = '{"guard": {"rules": {"STR005": "off"}}}'
OUTSIDE = "rm -rf /opt/example/cache"


@pytest.fixture
def here(tmp_path):
    class Here:
        home, project = tmp_path / "home", tmp_path / "project"
        settings = tmp_path / "project/.claude/holdfast.json"
        env = {"HOME": str(home), "PATH": os.environ["PATH"], "COLUMNS": "300", "TERM": "dumb"}

        def cli(self, *words):
            done = subprocess.run([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", *words], capture_output=True, text=True, cwd=self.project,
                                  env=self.env, start_new_session=True)
            return done.returncode, done.stdout + done.stderr

        def person(self, *words):
            return at_terminal([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", *words], self.env, self.project, "{word}")

        def hook(self, name, **fields):
            _, out, errors = run_hook(name, event(name, cwd=str(self.project), **fields), self.home, {"CLAUDE_PROJECT_DIR": str(self.project)})
            assert not errors, errors
            return out

        def judged(self, command):
            return decision(self.hook("PreToolUse", tool_input={"command": command}))[0]
    Here.home.mkdir()
    Here.settings.parent.mkdir(parents=True)
    Here.settings.write_text(LOOSE)
    return Here()


def test_trust_holds_for_exactly_one_content_and_its_end_is_said(here):
    assert here.judged(OUTSIDE) == "deny"
    code, said = here.person("trust")
    assert code == 0 and "trusted" in said
    assert here.judged(OUTSIDE) is None
    assert here.judged("rm -rf /") == "deny"
    assert "right, trusted as it is now" in here.cli("settings", "check")[1]
    here.settings.write_text(LOOSE + "\n")
    assert here.judged(OUTSIDE) == "deny"
    assert "changed since you trusted it" in here.hook("SessionStart", source="startup").decode()
    assert "changed since you trusted it" in here.cli("settings", "check")[1]
    assert json.loads(here.cli("trust", "--list", "--json")[1])[0]["state"] == "changed"
    here.settings.write_text(LOOSE)
    assert here.judged(OUTSIDE) is None
    assert here.person("untrust")[0] == 0 and here.judged(OUTSIDE) == "deny"
    assert here.person("untrust")[0] == 1


def test_trust_is_for_one_file(here):
    other = here.project.parent / "other"
    (other / ".claude").mkdir(parents=True)
    (other / ".claude/holdfast.json").write_text(LOOSE)
    assert here.person("trust", str(other))[0] == 0
    assert here.judged(OUTSIDE) == "deny"


@pytest.mark.parametrize("text, said", [("{", "Fix the JSON"), ('{"x": 1}', "x is not a setting")])
def test_damaged_settings_are_not_trusted(here, text, said):
    here.settings.write_text(text)
    code, shown = here.person("trust")
    assert code == 1 and said in " ".join(shown.split())


def test_what_is_no_project_file_is_not_trusted(here):
    assert "cannot be read" in here.person("trust", "/nowhere")[1]
    (here.project / "x.json").write_text("{}")
    assert "not a project's settings" in " ".join(here.person("trust", "x.json")[1].split())


def test_a_damaged_record_trusts_nothing_and_is_named(here):
    assert here.person("trust")[0] == 0
    (here.home / ".claude/holdfast/trusted.json").write_text('{"v":1,"files":[]}')
    assert here.judged(OUTSIDE) == "deny"
    code, said = here.cli("trust", "--list")
    assert code == 1 and "trusted.json is damaged" in " ".join(said.split())


# ---- Holdfast's own files -------------------------------------------------------------------------------------------

def codes(text, **world):
    given = {"cwd": "/work/project", "home": "/home/dev", "project": "/work/project", "roots": ["/work/project", "/tmp"], "shell": "bash",
             "env": {"HOME": "/home/dev"}, "protected": ("/home/dev/.claude/holdfast", "/srv/tools/pack"), **world}
    return {finding.rule.code for finding in PACK.findings(understand(text, World(**given)))}


@pytest.mark.parametrize("text", [
    "rm -rf /srv/tools/pack", "mv /srv/tools /srv/old", "cp x /srv/tools/pack/hooks/launch", "cd /srv/tools && rm -r pack", "truncate -s 0 /srv/tools/pack/hooks/pre_tool_use.py",
    "sed -i '' /srv/tools/pack/hooks/hooks.json", "chmod 000 /srv/tools/pack/hooks/launch", "chmod -x /srv/tools/pack/hooks/launch", "> /srv/tools/pack/hooks/launch",
    "find /srv/tools/pack -name '*.py' -delete", "find ~/.claude -name '*.json' -exec rm {} +", "ln ~/.claude/settings.json copy", "cat x > ~/.claude/settings.json",
    "dd if=/dev/null of=/home/dev/.claude/settings.json", "echo {} | tee -a ~/.claude/settings.local.json", "git checkout HEAD~3 -- .claude/settings.json",
    "git -C /work/project rm .claude/settings.local.json", "rm -rf ~/.claude", "rm -rf .claude", "rm -r ~/.cl*", "mv ~/.claude/plugins/cache/holdfast /tmp",
    "tar -xf x.tar -C ~/.claude/holdfast", "rsync -a --delete empty/ ~/.claude/", "sudo tee /etc/claude-code/managed-settings.json < x",
    "install -m 600 x ~/.claude/holdfast.json", "node -e \"require('fs').writeFileSync(process.env.HOME+'/.claude/settings.json','{}')\"",
    "python3 - <<'E'\nimport pathlib\npathlib.Path.home().joinpath('.claude/settings.json').write_text('{}')\nE", "rm ~/.claude/holdfast/trusted.json",
    "cp x \"$HOME/.claude/settings.json\"", "cp x \"${CLAUDE_CONFIG_DIR}/settings.json\"", "sudo rm /root/.claude/settings.json",
    "perl -pi -e 's/deny/allow/' ~/.claude/settings.json", "chattr +i ~/.claude/holdfast/projects/p/audit.jsonl", "xargs rm <<< ~/.claude/settings.json",
    "exec 3> ~/.claude/settings.json; echo {} >&3", "cd ~/.claude/holdfast/projects/* && rm audit.jsonl", "cd ~/.claude && tar xf /tmp/x.tar",
    "cd ~/.claude && curl -O https://example.invalid/settings.json", "cp -r /tmp/new/. ~/.claude/", "chmod 000 ~/.claude", "mount --bind /tmp/x ~/.claude",
    "mv -t /tmp ~/.claude/settings.json", "rm -rf $HOME/.cla?de", "cd ~/.claude; for f in *.json; do rm \"$f\"; done", "git -C ~/.claude restore settings.json",
    "~/.claude/holdfast/venv/bin/pip uninstall -y click", "perl -e 'unlink glob(\"$ENV{HOME}/.claude/*.json\")'", "ln -sfn /tmp/x ~/.claude",
], ids=lambda text: text[:50])
def test_no_writer_reaches_holdfasts_files(text):
    assert "HLD001" in codes(text)


@pytest.mark.parametrize("text", [
    "cat /srv/tools/pack/hooks/launch", "cp -r /srv/tools/pack /tmp/copy", "rm -rf /tmp/copy", "diff ~/.claude/settings.json x", "ls -la ~/.claude/holdfast",
    "git diff .claude/settings.json", "git checkout main", "git stash", "chmod -R 755 .", "mv build dist", "echo x > ~/.claude/todo.md",
    "mkdir -p .claude/skills/x", "rm .claude/commands/old.md", "sed -i s/a/b/ src/settings.json", "tar -cf x.tar ~/.claude", "find . -name '*.pyc' -delete",
    "python3 -c \"import json; print(json.load(open('/home/dev/.claude/settings.json')))\"", "find ~ -name '*.log'", "rm -rf node_modules/*",
    "touch config/settings.local.json", "rm *", "git commit -m 'Change .claude/settings.json'", "head -5 ~/.claude/holdfast/crashes.jsonl > crashes.txt",
    "mv todo.md ~/.claude/", "cp a.md .claude/", "cp -r ~/.claude /tmp/backup", "chmod 700 ~/.claude", "chmod +x .claude/hooks/x.sh", "rm -rf ~/.claude/projects/old",
    "tar tf ~/.claude/x.tar", "wget https://example.invalid/settings.json", "chmod 600 ~/.claude/.credentials.json", "git -C ~/.claude log",
], ids=lambda text: text[:50])
def test_reading_and_ordinary_work_pass(text):
    assert not codes(text)


@pytest.mark.parametrize("text", [
    "CLAUDE_CODE_SIMPLE=1 ./agent.sh", "env CLAUDE_CODE_SAFE_MODE=1 claude -p x", "timeout 60 claude --bare -p x", "sudo -u other claude -p x",
    "bunx @anthropic-ai/claude-code --safe-mode", "node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js --bare", "claude --settings /tmp/s.json -p x",
    "claude --settings='{\"disableAllHooks\":true}'", "claude -p x --setting-sources=local", "claude plugins uninstall holdfast", "unset HOME; claude -p x",
    "claude plugin marketplace remove holdfast", "claude plugin disable --all", "claude config set -g disableAllHooks true", "HOLDFAST_HOME=/tmp/h claude -p x",
    "kill $(pgrep -f pre_tool_use)", "pgrep -f hooks/launch | xargs kill -9", "killall -9 pre_tool_use.py", "/home/dev/.claude/holdfast/pack/install.py --uninstall",
    "nohup claude --bare -p x &", "bash -c 'claude --bare -p x'", "xargs -I{} claude --bare -p {} < prompts.txt",
    "CLAUDE_CONFIG_DIR=$(mktemp -d) claude -p x", "bwrap --bind / / claude -p x", "node ./node_modules/.bin/claude --bare", "ssh localhost claude --bare -p x",
    "echo '{\"disableAllHooks\": true}' > sub/.claude/settings.json", "printf 'claude --bare -p x' > go.sh", "claude -p x --settings <(echo '{}')",
], ids=lambda text: text[:50])
def test_no_agent_starts_without_hooks(text):
    assert "HLD002" in codes(text)


@pytest.mark.parametrize("text", [
    "holdfast allow STR005 --why x", "/home/dev/.claude/holdfast/bin/holdfast allow STR005 --why x", "python3 -I /srv/tools/pack/hooks/holdfast_cli.py allow X1",
    "python3 -m holdfast.cli.main trust", "alias h=holdfast\nh allow STR005", "H=holdfast; $H allow STR005", "bash -c 'holdfast allow STR005'",
    "echo 'holdfast allow STR005 --why x' | sh", "sh <<E\nholdfast revoke 1\nE", "env HOME=/tmp holdfast allow STR005", "nohup holdfast trust &",
    "script -qc 'holdfast allow STR005 --why x' /dev/null", "xargs holdfast allow < codes.txt", "xargs holdfast < words.txt",
    "cat > go.sh <<E\nholdfast allow STR005 --why x\nE\nsh go.sh", "cp ~/.claude/holdfast/bin/holdfast h && ./h allow STR005",
    "ln -s ~/.claude/holdfast/bin/holdfast /tmp/h", "holdfast run -- sh -c 'rm -rf build'", "holdfast $VERB STR005",
    "python3 -c \"import subprocess; subprocess.run(['holdfast', 'allow', 'STR005'])\"", "node -e \"require('child_process').execSync('holdfast trust')\"",
], ids=lambda text: text[:50])
def test_no_agent_grants_itself_anything(text):
    assert "HLD003" in codes(text)


@pytest.mark.parametrize("tool, given, code", [
    ("Write", {"file_path": "HOME/.claude/settings.json", "content": "{}"}, "HLD001"),
    ("Edit", {"file_path": "PROJECT/.claude/settings.local.json", "old_string": "a", "new_string": "b"}, "HLD001"),
    ("Write", {"file_path": "PROJECT/.claude/holdfast.json", "content": "{}"}, "HLD001"),
    ("Write", {"file_path": "PROJECT/link.json", "content": "{}"}, "HLD001"),
    ("Write", {"file_path": f"{HOOKS}/launch", "content": ""}, "HLD001"),
    ("Write", {"file_path": "PROJECT/go.sh", "content": "set -e\nholdfast allow STR005 --why x\n"}, "HLD003"),
    ("Write", {"file_path": "PROJECT/go.sh", "content": "claude --bare -p x\n"}, "HLD002"),
    ("Write", {"file_path": "PROJECT/README.md", "content": "holdfast allow STR005 --why x\n"}, None),
    ("Write", {"file_path": "PROJECT/src/a.py", "content": "print('holdfast')\n"}, None),
    ("Read", {"file_path": "HOME/.claude/settings.json"}, None),
], ids=lambda value: str(value)[:50])
def test_file_tools_are_held_to_the_same(here, tool, given, code):
    (here.project / "link.json").symlink_to(here.home / ".claude/settings.json")
    given = {key: value.replace("HOME", str(here.home)).replace("PROJECT", str(here.project)) for key, value in given.items()}
    refused, reason = decision(here.hook("PreToolUse", tool_name=tool, tool_input=given))
    assert (refused, reason[:6]) == (("deny", code) if code else (None, ""))


@pytest.mark.parametrize("path, own", [
    ("/home/dev/.claude/settings.json", True), ("/work/project/.claude/settings.local.json", True), ("/srv/tools/pack/hooks/x.py", True),
    ("/home/dev/.claude/holdfast/trusted.json", True), ("/work/project/.claude/../.claude/settings.json", True), ("/etc/claude-code/x.json", True),
    ("/home/dev/.claude/CLAUDE.md", False), ("/work/project/settings.json", False), ("/work/project/.claude/skills/x/SKILL.md", False),
])
def test_guarded_paths_for_tools_that_name_a_file(path, own):
    assert guarded(path, World("/work/project", "/home/dev", "/work/project", protected=("/srv/tools/pack",))) is own


def test_a_link_to_a_guarded_file_is_guarded():
    links = {"/work/project/x.json": "/home/dev/.claude/settings.json"}
    world = World("/work/project", "/home/dev", "/work/project", realpath=lambda path: links.get(path, path))
    assert guarded("/work/project/x.json", world)
    assert "HLD001" in {f.rule.code for f in PACK.findings(understand("echo > x.json", world))}


def test_settings_kept_elsewhere_and_linked_are_guarded_under_both_names():
    links = {"/home/dev/.claude/settings.json": "/home/dev/dotfiles/claude.json"}

    def real(path):
        return links.get(path, path)
    assert "HLD001" in codes("rm ~/.claude/settings.json", realpath=real)
    assert "HLD001" in codes("echo {} > ~/dotfiles/claude.json", realpath=real)
