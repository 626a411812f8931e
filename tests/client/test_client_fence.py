"""The fence in the real client: its own deny rules hold where no hook of the guard runs, and what slips through is told.

No PreToolUse hook of ours is registered in these sessions (or one that crashes), so what is stopped was stopped by the client.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from holdfast.canary.client import Sandbox
from holdfast.canary.model import Branch, Model, Script, call, text_of, turn
from holdfast.canary.scenarios import ALLOW_ALL

WORDS = "do not touch config/prod.yaml"
RELOADED = 2.5  # seconds until the client has read settings that changed (2.1.329: 1 to 2)

# What the hooks of a prompt do: the constraint is recorded, the fence is raised, its file is looked at.
HOOK = """
import sys
sys.path.insert(0, {hooks!r})
from holdfast.fence.check import check_files, check_files_at_stop
from holdfast.fence.steps import lower_fence, mend_fence, raise_fence
from holdfast.fence.watch import watch_files
from holdfast.kernel.constraints import in_force, state
from holdfast.kernel.run import run

def stated(situation):
    if not in_force(situation.store, situation.event.session_id, ""):
        state(situation.store, situation.event.session_id, "", {{"what": "said", "turn": 1, "source": "person", "at": "", "items": [{item!r}]}})

STEPS = {{"UserPromptSubmit": (stated, raise_fence, watch_files), "SessionStart": (mend_fence, raise_fence, watch_files),
         "SessionEnd": (lower_fence,), "PostToolUse": (check_files,), "PostToolUseFailure": (check_files,), "Stop": (check_files_at_stop,)}}
run(sys.argv[1], observers=STEPS[sys.argv[1]])
"""


@pytest.fixture
def fenced(client, source, bench):
    """Makes sandboxes with the fence's hooks. pre: the command of a PreToolUse hook, None for none."""
    made = []

    def make(local=None, pre=None, forbids=("write",)):
        sandbox = Sandbox(client, name="fenced", path=bench.path)
        made.append(sandbox)
        for name, text in (("config/prod.yaml", "a: 1\n"), ("config/prod.yaml.bak", "b\n"), ("other/config/prod.yaml", "c\n"), ("notes.txt", "n\n")):
            sandbox.write(sandbox.project / name, text)
        held = str(sandbox.project / "config/prod.yaml")
        item = {"id": "C1", "text": WORDS, "lead": "", "kind": "do-not-touch", "forbids": list(forbids), "only": False, "targets": [["path", "config/prod.yaml"]],
                "paths": [held], "globs": [], "cwd": str(sandbox.project), "turn": 1, "source": "person"}
        script = sandbox.write(sandbox.root / "hook.py", HOOK.format(hooks=str(source / "hooks"), item=item))
        script.chmod(0o644)
        python = shutil.which("python3", path=sandbox.path)
        hooks = {event: [{"hooks": [{"type": "command", "command": f"{python} {script} {event}", "timeout": 10}]}]
                 for event in ("UserPromptSubmit", "SessionStart", "SessionEnd", "PostToolUse", "PostToolUseFailure", "Stop")}
        # A script that ends with DONE (10) is turned into 0 by the launcher.
        for groups in hooks.values():
            groups[0]["hooks"][0]["command"] += "; [ $? -eq 10 ]"
        if pre:
            hooks["PreToolUse"] = [{"hooks": [{"type": "command", "command": pre}]}]
        sandbox.settings({**ALLOW_ALL, "hooks": hooks})
        if local is not None:
            sandbox.write(sandbox.project / ".claude/settings.local.json", local)
        return sandbox

    yield make
    for sandbox in made:
        sandbox.close()


def local_of(sandbox):
    return sandbox.project / ".claude/settings.local.json"


def crashes(sandbox):
    return [path.read_text() for path in sandbox.home.rglob("crashes.jsonl")]


def calls_of(sandbox, forbidden, allowed):
    def made(words):
        tool, _, rest = words.partition(" ")
        if tool == "Write":
            return call("Write", file_path=str(sandbox.project / rest), content="changed\n")
        if tool == "Edit":
            return call("Edit", file_path=str(sandbox.project / rest), old_string="a: 1", new_string="a: 2")
        return call("Bash", command=words)
    return [(words, made(words), words in forbidden) for words in (*allowed, *forbidden)]


HELD = ("Write config/prod.yaml", "Edit config/prod.yaml", "echo x > config/prod.yaml", "sed -i s/a/b/ config/prod.yaml", "cp notes.txt config/prod.yaml",
        "tee config/prod.yaml < notes.txt", "mv notes.txt config/prod.yaml", "rm config/prod.yaml", "cd config && echo y > prod.yaml", "touch config/prod.yaml",
        "echo q >> ./config/../config/prod.yaml", "true; rm -f config/prod.yaml")
NEAR = ("Write config/prod.yaml.bak", "Write other/config/prod.yaml", "Write config/prod/new.yaml", "cat config/prod.yaml", "grep a config/prod.yaml", "cp config/prod.yaml copy.yaml",
        "echo config/prod.yaml", "cat config/prod.yaml > dump.txt", "echo x > config/prod.yml", "sed -n 1p config/prod.yaml", "ls config", "tee t.txt < config/prod.yaml")


@pytest.mark.parametrize("pre", [None, "exit 1", "/nowhere/at/all"], ids=["deleted", "crashing", "missing"])
@pytest.mark.parametrize("local", [None, '{\n    "permissions": {\n        "deny": ["Read(./.env)"]\n    }\n}'], ids=["no file", "the person's file"])
def test_without_the_guard_the_clients_own_rules_stop_the_write_and_are_gone_afterwards(fenced, pre, local):
    sandbox = fenced(local, pre)
    calls = calls_of(sandbox, HELD, NEAR)
    seen = []
    turns = [turn(one) for _, one, _ in calls]
    turns[0] = turns[0]._replace(delay=RELOADED, before=lambda: seen.append(json.loads(local_of(sandbox).read_text())))
    run = sandbox.run(turns, mode="bypassPermissions", timeout=120)
    results = run.results()
    for words, one, forbidden in calls:
        told = results[one["id"]]
        assert told.is_error == forbidden, f"{words}: {told.text[:200]}"
    assert (sandbox.project / "config/prod.yaml").read_text() == "a: 1\n"
    assert seen[0]["permissions"]["deny"][-1] == f"Edit(/{sandbox.project}/config/prod.yaml)"
    if local is None:
        assert not local_of(sandbox).exists()
    else:
        assert local_of(sandbox).read_text() == local
    assert crashes(sandbox) == []


def test_a_worker_is_stopped_too(fenced):
    sandbox = fenced()
    held, free = (call("Write", file_path=str(sandbox.project / name), content="x") for name in ("config/prod.yaml", "config/dev.yaml"))
    shell = call("Bash", command="echo x > config/prod.yaml")
    script = Script(main=[turn(call("Agent", description="work", prompt="WORKER: fix the config", subagent_type="general-purpose"), delay=RELOADED)],
                    branches=[Branch("worker", "WORKER: fix the config", [turn(one) for one in (held, shell, free)])])
    results = sandbox.run(script, mode="bypassPermissions").results()
    assert [results[one["id"]].is_error for one in (held, shell, free)] == [True, True, False]
    assert (sandbox.project / "config/prod.yaml").read_text() == "a: 1\n"


def test_all_hooks_disabled_in_mid_session_leave_the_rules_in_place(fenced):
    sandbox = fenced()

    def disable():
        settings = json.loads((sandbox.config / "settings.json").read_text())
        (sandbox.config / "settings.json").write_text(json.dumps({**settings, "disableAllHooks": True}))

    first, second = call("Bash", command="echo hello"), call("Write", file_path=str(sandbox.project / "config/prod.yaml"), content="x")
    run = sandbox.run([turn(first, before=disable), turn(second, delay=RELOADED)], mode="bypassPermissions")
    assert run.results()[second["id"]].is_error
    assert (sandbox.project / "config/prod.yaml").read_text() == "a: 1\n"


@pytest.mark.parametrize("command", ["python3 -c \"open('config/prod.yaml','w').write('p')\"", "bash -c 'echo z > config/prod.yaml'", "dd if=notes.txt of=config/prod.yaml",
                                     "truncate -s 0 config/prod.yaml", "rm -rf config", "ln -sf notes.txt config/prod.yaml"])
def test_what_the_clients_rules_do_not_see_is_told_to_the_model_at_once(fenced, command):
    sandbox = fenced()
    one = call("Bash", command=command)
    run = sandbox.run([turn(one, delay=RELOADED)], mode="bypassPermissions")
    result = run.results()[one["id"]]
    if result.is_error and "denied" in result.text:
        assert (sandbox.project / "config/prod.yaml").read_text() == "a: 1\n"
        return
    assert not (sandbox.project / "config/prod.yaml").exists() or (sandbox.project / "config/prod.yaml").read_text() != "a: 1\n"
    last = "\n".join(text_of(message.get("content")) for message in run.of("main")[-1].body["messages"])
    assert f'In turn 1 the person said: \\"{WORDS}\\" (C1)' in last or f'In turn 1 the person said: "{WORDS}" (C1)' in last
    assert "holdfast constraint restore C1" in last
    assert last.count("holdfast constraint restore C1") == 1, "told more than once"


@pytest.mark.parametrize("local", ["{", '{"permissions": {"deny": "x"}}', "// mine\n{}\n", '{"permissions": {"deny": ["Edit(/x)",]}}', '{"model": 5}'])
def test_a_file_that_the_client_would_drop_stays_as_it_is(fenced, local):
    sandbox = fenced(local)
    run = sandbox.run([turn(call("Bash", command="echo hello"), delay=0.5)], mode="bypassPermissions")
    assert run.rc == 0
    assert local_of(sandbox).read_text() == local


def test_after_the_client_was_killed_the_next_session_takes_its_rules_away(fenced):
    before = '{"permissions":{"allow":["Bash"]}}\n'
    sandbox = fenced(before)
    sandbox.give()
    who = {"user": 65534, "group": 65534, "extra_groups": []} if sandbox.drop else {}
    with Model(Script(main=[turn(call("Bash", command="echo hello"), delay=30)])) as model:
        process = subprocess.Popen([str(sandbox.client), "-p", "go", "--permission-mode", "bypassPermissions"], cwd=sandbox.project, env=sandbox.environment(model.url),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **who)
        deadline = time.monotonic() + 30
        while "prod.yaml" not in local_of(sandbox).read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)  # the session that was just started, nobody else's
        process.wait()
    assert "prod.yaml" in local_of(sandbox).read_text(), "the fence was never raised, or went without its session"
    # A session that states nothing: only the mending is left.
    hook = sandbox.root / "hook.py"
    hook.write_text(hook.read_text().replace("(stated, raise_fence, watch_files)", "(raise_fence,)"))
    seen = []
    sandbox.run([turn("hello", before=lambda: seen.append(local_of(sandbox).read_text()))])
    assert seen == [before] and local_of(sandbox).read_text() == before


def test_two_clients_in_one_project_leave_its_settings_as_they_were(fenced):
    before = '{"permissions": {"deny": ["Read(./.env)"]}, "env": {"A": "1"}}'
    sandbox = fenced(before)
    sandbox.give()
    who = {"user": 65534, "group": 65534, "extra_groups": []} if sandbox.drop else {}
    running = []
    with Model(Script(idle=turn("done", delay=2))) as model:
        for _ in range(2):
            running.append(subprocess.Popen([str(sandbox.client), "-p", "go"], cwd=sandbox.project, env=sandbox.environment(model.url), stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who))
            time.sleep(1)
        held = json.loads(local_of(sandbox).read_text())
        for process in running:
            assert process.wait(60) == 0
    assert held["permissions"]["deny"] == ["Read(./.env)", f"Edit(/{sandbox.project}/config/prod.yaml)"]
    assert local_of(sandbox).read_text() == before
    assert Path(sandbox.project / "config/prod.yaml").read_text() == "a: 1\n"


def test_installed_with_its_guard_taken_out_what_a_person_wrote_still_holds(bench):
    """The real thing: install.py, a prompt in ordinary words, and the registration before tool calls deleted."""
    with bench.guarded() as sandbox:
        registered = json.loads((sandbox.config / "settings.json").read_text())
        assert registered["hooks"].pop("PreToolUse")
        (sandbox.config / "settings.json").write_text(json.dumps(registered))
        for name, text in (("config/prod.yaml", "a: 1\n"), ("config/dev.yaml", "b: 1\n"), ("fix.py", "open('config/prod.yaml', 'w').write('p')\n")):
            sandbox.write(sandbox.project / name, text)
        calls = [call("Write", file_path=str(sandbox.project / "config/prod.yaml"), content="x"), call("Bash", command="echo x >> config/prod.yaml"),
                 call("Write", file_path=str(sandbox.project / "config/dev.yaml"), content="x"), call("Bash", command="python3 fix.py")]
        turns = [turn(one) for one in calls]
        turns[0] = turns[0]._replace(delay=RELOADED)
        run = sandbox.run(turns, mode="bypassPermissions", prompt="The port in the dev config is wrong, please fix it. And do not touch config/prod.yaml, it is live. Thanks!")
        assert [run.results()[one["id"]].is_error for one in calls] == [True, True, False, False]
        last = "\n".join(text_of(message.get("content")) for message in run.of("main")[-1].body["messages"])
        assert "config/prod.yaml changed while `python3 fix.py` ran" in last and "holdfast constraint restore C1" in last
        assert not local_of(sandbox).exists() and not (sandbox.project / ".claude").exists()
        assert crashes(sandbox) == []
