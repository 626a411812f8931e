"""The registered commands, as the client runs them: JSON in, JSON out, and a refusal whenever the guard cannot do its work."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from support import REPO, decision, event, registered, run_hook

from holdfast.kernel.files import records

DANGER = event(tool_input={"command": "rm -rf ~"})
HARMLESS = event(tool_input={"command": "ls -la"})


def crashes(home):
    return [r for r in records(f"{home}/.claude/holdfast/crashes.jsonl")]


def test_a_dangerous_command_is_denied_with_a_reason_that_teaches(tmp_path):
    code, out, err = run_hook("PreToolUse", DANGER, tmp_path)
    verdict, reason = decision(out)
    assert (code, verdict, err) == (0, "deny", "")
    assert reason.startswith("STR005: ") and "instead" not in reason and "rm -rf build" in reason


@pytest.mark.parametrize("command", ["ls -la", "git commit -m 'rm -rf ~'", "rm -rf build", "echo 'curl x | sh'"])
def test_ordinary_work_passes_without_a_word(tmp_path, command):
    assert run_hook("PreToolUse", event(tool_input={"command": command}), tmp_path) == (0, b"", "")


def test_ask_becomes_deny_only_when_nobody_can_answer(tmp_path):
    caution = event(tool_name="Edit", tool_input={"file_path": "/work/project/CLAUDE.md", "old_string": "a", "new_string": "b"})
    assert decision(run_hook("PreToolUse", caution, tmp_path)[1])[0] == "deny"
    assert decision(run_hook("PreToolUse", caution, tmp_path, {"CLAUDE_CODE_SESSION_ATTENDED": "1"})[1])[0] == "ask"
    assert decision(run_hook("PreToolUse", caution, tmp_path, {"CLAUDE_CODE_SESSION_ATTENDED": None})[1])[0] == "deny"


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"\xff", b'{"hook_event_name":"PreToolUse"}', b"[" * 100_000,
                                     event(tool_input={"command": 7}), event(tool_input={}), event("Stop")],
                         ids=["empty", "torn", "list", "bytes", "no tool", "deep", "number", "no command", "other event"])
def test_bad_input_is_refused_and_recorded(tmp_path, payload):
    code, out, _ = run_hook("PreToolUse", payload, tmp_path)
    verdict, reason = decision(out)
    assert (code, verdict) == (0, "deny") and reason.startswith("GUARD: ")
    if b'"tool_input"' not in payload or b'"Stop"' in payload:
        assert len(crashes(tmp_path)) == 1


def test_powershell_is_refused_with_a_clear_word(tmp_path):
    verdict, reason = decision(run_hook("PreToolUse", event(tool_name="PowerShell", tool_input={"command": "ls"}), tmp_path)[1])
    assert verdict == "deny" and "Bash tool" in reason


def test_damaged_settings_refuse_and_say_where(tmp_path):
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude/holdfast.json").write_text('{\n "guard": {\n  "fial": "open"\n }\n}')
    verdict, reason = decision(run_hook("PreToolUse", HARMLESS, tmp_path)[1])
    assert verdict == "deny" and "holdfast.json:3: guard.fial is not a setting" in reason


def test_a_full_or_unwritable_state_folder_does_not_change_the_verdict(tmp_path):
    if os.geteuid() == 0:
        blocker = tmp_path / "file"  # root ignores modes; a file in the way stops root too
        blocker.write_text("")
        env = {"HOLDFAST_HOME": str(blocker / "home")}
    else:
        (tmp_path / "home").mkdir(mode=0o500)
        env = {"HOLDFAST_HOME": str(tmp_path / "home")}
    code, out, _ = run_hook("PreToolUse", DANGER, tmp_path, env)
    assert code == 0 and decision(out)[0] == "deny"
    code, out, _ = run_hook("PreToolUse", HARMLESS, tmp_path, env)
    assert code == 0 and decision(out)[0] is None
    assert "holdfast doctor" in json.loads(out)["systemMessage"]


# ---- what is broken ------------------------------------------------------------------------------------------------

@pytest.fixture
def pack(tmp_path):
    shutil.copytree(f"{REPO}/hooks", tmp_path / "pack/hooks", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "pack"


def emptied(path):
    path.write_text("")


def garbled(path):
    path.write_bytes(b"\x7fELF\x00)(*&^%$#\x00\xff" * 20)


def cut(path):
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])


def gone(path):
    path.unlink()


ON_THE_PATH = ["hooks/launch", "hooks/pre_tool_use.py", "hooks/holdfast/__init__.py", "hooks/holdfast/kernel/run.py",
               "hooks/holdfast/kernel/event.py",
               "hooks/holdfast/kernel/reply.py", "hooks/holdfast/kernel/files.py", "hooks/holdfast/kernel/settings.py",
               "hooks/holdfast/guard/judge.py", "hooks/holdfast/guard/decide.py", "hooks/holdfast/guard/catalogue.py",
               "hooks/holdfast/guard/shell/reader.py", "hooks/holdfast/guard/shell/understand.py", "hooks/holdfast/guard/shell/wrappers.py",
               "hooks/holdfast/guard/rules/structural/destructive_target.py", "hooks/holdfast/audit/intent.py"]
MAY_BE_EMPTY = {"hooks/holdfast/__init__.py"}  # nothing on the path reads it


@pytest.mark.parametrize("path", ON_THE_PATH)
@pytest.mark.parametrize("damage", [gone, emptied, garbled, cut], ids=lambda f: f.__name__)
def test_a_damaged_file_never_lets_a_dangerous_command_run_and_repair_mends_it(tmp_path, pack, path, damage):
    home = tmp_path / "home"
    before = (pack / path).read_bytes()
    assert decision(run_hook("PreToolUse", DANGER, home, pack=pack)[1])[0] == "deny"
    damage(pack / path)
    code, out, err = run_hook("PreToolUse", DANGER, home, pack=pack)
    refused = code == 2 and "GUARD: this call was not run" in err or code == 2 and "launch" in err
    assert refused or decision(out)[0] == "deny", (code, out, err)
    (pack / path).write_bytes(before)
    run_hook("PreToolUse", HARMLESS, home, pack=pack)  # stale bytecode, if any, is dropped by the failure or this call
    assert run_hook("PreToolUse", HARMLESS, home, pack=pack) == (0, b"", "")
    assert decision(run_hook("PreToolUse", DANGER, home, pack=pack)[1])[0] == "deny"


def test_damaged_bytecode_refuses_once_and_heals(tmp_path, pack):
    home = tmp_path / "home"
    run_hook("PreToolUse", HARMLESS, home, pack=pack)
    compiled = [path for path in (home / ".claude/holdfast/pycache").rglob("*") if path.is_file()]
    assert any(path.name.endswith(".library") for path in compiled)
    for path in compiled:
        path.write_bytes(path.read_bytes()[:16] + b"\xff" * 50)
    code, out, err = run_hook("PreToolUse", DANGER, home, pack=pack)
    assert code == 2 and "GUARD" in err
    assert run_hook("PreToolUse", HARMLESS, home, pack=pack) == (0, b"", "")


@pytest.mark.parametrize("content", ["", "/no/such/python\n", "/bin/ls\n", "relative\n", "/\n"],
                         ids=["empty", "missing", "ls", "relative", "folder"])
def test_a_wrong_interpreter_file_is_mended_or_refuses(tmp_path, content):
    home = tmp_path / ".claude/holdfast"
    home.mkdir(parents=True)
    (home / "interpreter").write_text(content)
    code, out, err = run_hook("PreToolUse", DANGER, tmp_path)
    assert code == 2 and "GUARD" in err or decision(out)[0] == "deny"


def test_without_any_python_the_call_is_refused_with_a_clear_word(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("mkdir", "mv", "date", "rm"):
        (tools / tool).symlink_to(shutil.which(tool))
    command = registered("PreToolUse").replace("/usr/bin/python3", "/none")
    with open(f"{REPO}/hooks/launch") as file:
        launch = file.read().replace("/usr/bin/python3", "/none1").replace("/usr/local/bin/python3", "/none2")
    launch = launch.replace("/opt/homebrew/bin/python3", "/none3")
    (tmp_path / "pack/hooks").mkdir(parents=True)
    (tmp_path / "pack/hooks/launch").write_text(launch)
    done = subprocess.run(["/bin/sh", "-c", command.replace(REPO, str(tmp_path / "pack"))], input=DANGER, capture_output=True,
                          env={"PATH": str(tools), "HOME": str(tmp_path)})
    assert done.returncode == 2 and b"no Python 3.10 or newer was found" in done.stderr
    assert b"no Python" in (tmp_path / ".claude/holdfast/launch-failures.jsonl").read_bytes()


def test_a_killed_guard_refuses(tmp_path, pack):
    (pack / "hooks/pre_tool_use.py").write_text("import posix\nposix.kill(posix.getpid(), 9)\n")
    code, _, err = run_hook("PreToolUse", DANGER, tmp_path / "home", pack=pack)
    assert code == 2 and "status 137" in err


def test_an_endless_guard_is_stopped_and_refuses(tmp_path, pack):
    decide = pack / "hooks/holdfast/guard/decide.py"
    place = "    try:\n        line = understand"
    decide.write_text(decide.read_text().replace(place, "    while True:\n        pass\n" + place))
    code, out, _ = run_hook("PreToolUse", DANGER, tmp_path / "home", pack=pack)
    verdict, reason = decision(out)
    assert (code, verdict) == (0, "deny") and "more than 3 s of processor time" in reason
    assert [r["what"][:7] for r in crashes(tmp_path / "home")] == ["TooSlow"]


def test_a_settings_file_that_never_ends_is_refused_in_time(tmp_path):
    (tmp_path / ".claude").mkdir()
    os.mkfifo(tmp_path / ".claude/holdfast.json")
    code, out, _ = run_hook("PreToolUse", HARMLESS, tmp_path)
    verdict, reason = decision(out)
    assert code == 0 and verdict == "deny" and "is not an ordinary file" in reason


@pytest.mark.parametrize("damage", [gone, emptied, garbled, cut], ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", ["PostToolUse", "PostToolUseFailure"])
def test_a_damaged_launcher_says_nothing_after_the_call(tmp_path, pack, damage, name):
    damage(pack / "hooks/launch")
    assert run_hook(name, event(name), tmp_path / "home", pack=pack)[:2] == (0, b"")
    (pack / "hooks/launch").write_text("if then fi (((\n")
    assert run_hook(name, event(name), tmp_path / "home", pack=pack)[:2] == (0, b"")


def test_a_full_disk_does_not_stop_harmless_work(tmp_path):
    code = ("import resource, signal, os; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
            f"os.execv('/bin/sh', ['/bin/sh', '-c', {registered('PreToolUse')!r}])")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CLAUDE_PROJECT_DIR": "/work/project"}
    run_hook("PreToolUse", HARMLESS, tmp_path)
    for payload, verdict in ((HARMLESS, None), (DANGER, "deny")):
        done = subprocess.run([sys.executable, "-c", code], input=payload, capture_output=True, env=env)
        assert done.returncode == 0 and decision(done.stdout)[0] == verdict, done


def test_observers_never_disturb(tmp_path, pack):
    (pack / "hooks/holdfast/audit/outcome.py").write_text("raise RuntimeError('broken')")
    code, out, _ = run_hook("PostToolUse", event("PostToolUse"), tmp_path / "home", pack=pack)
    assert (code, out) == (0, b"")
    code, out, _ = run_hook("PostToolUse", b"garbage", tmp_path / "home2")
    assert code == 0 and "hookSpecificOutput" not in json.loads(out)


def test_the_guard_can_be_told_to_fail_open_by_a_person(tmp_path, pack):
    (tmp_path / "home/.claude").mkdir(parents=True)
    (tmp_path / "home/.claude/holdfast.json").write_text('{"guard": {"fail": "open"}}')
    rule = pack / "hooks/holdfast/guard/rules/structural/destructive_target.py"
    rule.write_text("raise RuntimeError('broken')")
    code, out, _ = run_hook("PreToolUse", DANGER, tmp_path / "home", pack=pack)
    assert code == 0 and decision(out)[0] is None and "broken" in json.loads(out)["systemMessage"]


def test_the_pack_needs_nothing_written_into_it(tmp_path, pack):
    before = sorted(str(p) for p in pack.rglob("*"))
    run_hook("PreToolUse", HARMLESS, tmp_path / "home", {"PYTHONDONTWRITEBYTECODE": "1"}, pack=pack)
    assert sorted(str(p) for p in pack.rglob("*")) == before
    assert list((tmp_path / "home/.claude/holdfast/pycache").rglob("*.library"))


def test_a_pack_path_with_blanks_and_quotes_works(tmp_path):
    odd = tmp_path / "my 'odd' pack"
    shutil.copytree(f"{REPO}/hooks", odd / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    assert decision(run_hook("PreToolUse", DANGER, tmp_path / "a home", pack=odd)[1])[0] == "deny"


def test_the_launcher_also_runs_by_hand(tmp_path):
    done = subprocess.run([f"{REPO}/hooks/launch", "pre_tool_use"], input=DANGER, capture_output=True,
                          env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
    assert done.returncode == 0 and decision(done.stdout)[0] == "deny"
