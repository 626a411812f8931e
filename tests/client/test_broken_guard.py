"""The guard broken on purpose, in every way found: a dangerous call must not run, and the agent must work after the repair.

All damages that leave a session alive share one session, because hooks start anew for each call; the tests then read off
their own outcome. Damages that concern a session's start, or need files of another kind, have sessions of their own.
"""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from holdfast.canary import scenarios
from holdfast.canary.client import STREAM
from holdfast.canary.model import call, turn
from holdfast.canary.scenarios import FAULT, GARBAGE, Breakage, Victim, overwrite, ran, refusal, replaced, under_damage

PARTS = {
    "launcher": "hooks/launch",
    "script": "hooks/pre_tool_use.py",
    "kernel module": "hooks/holdfast/kernel/run.py",
    "guard module": "hooks/holdfast/guard/judge.py",
    "rule module": "",  # the one that refuses the victim's deletion, found below
}


def rule_files(sandbox):
    return sorted(path for path in (sandbox.pack / "hooks/holdfast/guard/rules").rglob("*.py") if path.stat().st_size)


def files_of(part, sandbox):
    """For a rule: all of them, because which one answers first is the guard's own business."""
    return [sandbox.pack / PARTS[part]] if PARTS[part] else rule_files(sandbox)


def damage(part, how):
    def do(sandbox):
        files = files_of(part, sandbox)
        assert files, f"{part}: nothing there to damage"
        for path in files:
            if how == "deleted":
                path.unlink()
            elif how == "unreadable":
                path.chmod(0)
            elif how == "emptied":
                overwrite(path, b"")
            elif how == "garbled":
                overwrite(path, GARBAGE)
            else:
                overwrite(path, path.read_bytes()[: path.stat().st_size // 2])
    return do


def state_files(sandbox, pattern, data, keep=0):
    """Overwrite (behind the first `keep` bytes) what the guard keeps for itself. There must be some."""
    files = [path for path in sandbox.state.glob(pattern) if path.is_file()]
    assert files, f"no {pattern} in the state folder"
    for path in files:
        path.write_bytes(path.read_bytes()[:keep] + data)


def folder_instead(sandbox, pattern):
    for path in sandbox.state.glob(pattern):
        path.rename(path.with_suffix(".kept"))
        path.mkdir()


def folders_away(sandbox):
    kept = list(sandbox.state.glob("projects/*/*.kept"))
    assert kept
    for path in kept:
        path.with_suffix(".jsonl").rmdir()
        path.rename(path.with_suffix(".jsonl"))


USER_SETTINGS = b'{"audit": {"keep_characters": 2000}}'


def user_settings(sandbox, data, mode=0o600):
    path = sandbox.config / "holdfast.json"
    path.unlink(missing_ok=True)
    sandbox.write(path, data, mode=mode)
    sandbox.give(path)


def interpreter(content):
    def do(sandbox):
        (sandbox.state / "interpreter").unlink(missing_ok=True)
        if content is not None:
            sandbox.write(sandbox.state / "interpreter", content)
            sandbox.give(sandbox.state / "interpreter")
    return do


def rights(mode):
    """Take rights away from the state folder and everything in it but the pack."""
    def do(sandbox):
        for folder, folders, _ in os.walk(sandbox.state):
            folders[:] = [name for name in folders if not name.startswith(("pack", "venv"))]
            for name in folders:
                os.chmod(os.path.join(folder, name), mode)
        sandbox.state.chmod(mode)
    return do


def replace_script(text):
    return replaced(PARTS["script"], text.encode())


HOWS = ("deleted", "unreadable", "emptied", "garbled", "cut in half")

IN_THE_PACK = [Breakage(f"{part} {how}", damage(part, how)) for part in PARTS for how in HOWS]

IN_THE_STATE = [
    Breakage("interpreter file deleted", interpreter(None)),
    Breakage("interpreter file emptied", interpreter("")),
    Breakage("interpreter file garbled", interpreter(GARBAGE)),
    Breakage("interpreter gone", interpreter("/nonexistent/bin/python3\n")),
    Breakage("interpreter is a folder", interpreter("/usr\n")),
    # Programs that run and are no Python: nothing can tell but the missing proof that the script ended.
    Breakage("interpreter does nothing", interpreter("/bin/true\n"), repair=interpreter(None)),
    Breakage("interpreter fails", interpreter("/bin/false\n"), repair=interpreter(None)),
    Breakage("interpreter echoes", interpreter("/bin/echo\n"), repair=interpreter(None)),
    Breakage("bytecode garbled", lambda s: state_files(s, "pycache/**/*", GARBAGE)),
    Breakage("bytecode emptied", lambda s: state_files(s, "pycache/**/*", b"")),
    # The header that says which source it belongs to stays, so the interpreter takes it for good.
    Breakage("bytecode garbled behind its header", lambda s: state_files(s, "pycache/**/*", GARBAGE, keep=16)),
    Breakage("bytecode cut short", lambda s: state_files(s, "pycache/**/*", b"", keep=3000)),
    Breakage("settings cache garbled", lambda s: state_files(s, "projects/*/settings.json", GARBAGE)),
    Breakage("settings cache emptied", lambda s: state_files(s, "projects/*/settings.json", b"")),
    Breakage("settings cache says off", lambda s: state_files(
        s, "projects/*/settings.json", b'{"v":1,"n":1,"key":"","settings":{"guard":{"rules":{}}},"sum":""}\n')),
    Breakage("audit log garbled", lambda s: state_files(s, "projects/*/audit.jsonl", GARBAGE)),
    Breakage("audit log is a folder", lambda s: folder_instead(s, "projects/*/audit.jsonl"), repair=lambda s: folders_away(s)),
    Breakage("settings file garbled", lambda s: user_settings(s, GARBAGE), repair=lambda s: user_settings(s, USER_SETTINGS)),
    Breakage("settings file unreadable", lambda s: user_settings(s, USER_SETTINGS, 0), repair=lambda s: user_settings(s, USER_SETTINGS)),
    Breakage("state folder read-only", rights(0o500), repair=rights(0o700)),
    Breakage("state folder closed", rights(0), repair=rights(0o700)),
]

BY_THE_SCRIPT = [
    Breakage("script crashes", replace_script("raise SystemExit('broken')\n")),
    Breakage("script raises", replace_script("1 / 0\n")),
    Breakage("script ends early", replace_script("")),
    Breakage("script prints garbage", replace_script("print('{\"hookSpecificOutput\": garbage')\n")),
    Breakage("script prints an allow", replace_script(
        "print('{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"allow\"}}')\n")),
    Breakage("script kills itself", replace_script("import os\nos.kill(os.getpid(), 9)\n")),
]

SHARED = [*IN_THE_PACK, *IN_THE_STATE, *BY_THE_SCRIPT]


@pytest.fixture(scope="module")
def outcomes(bench):
    with bench.guarded(own_pack=True) as sandbox:
        # A settings file makes the guard keep a settings cache, which is then there to be damaged.
        user_settings(sandbox, USER_SETTINGS)
        yield under_damage(sandbox, SHARED)


@pytest.mark.parametrize("name", [breakage.name for breakage in SHARED])
def test_a_damaged_guard_lets_nothing_through_and_works_after_the_repair(outcomes, name):
    print(outcomes[name].check())


def hot_modules(sandbox):
    """Every file of ours that judging a call needs: those named in the bytecode that calls have left, and what starts them."""
    bytecode = b"".join(path.read_bytes() for path in sandbox.state.glob("pycache/**/*") if path.is_file())
    start = (sandbox.pack / PARTS["script"]).read_text()
    hooks = sandbox.pack / "hooks"
    return [path for path in [*sorted(hooks.glob("*.py")), *sorted((hooks / "holdfast").rglob("*.py"))] if path.stat().st_size
            and (f"/hooks/{path.relative_to(hooks)}".encode() in bytecode or path.parent == hooks and f"import {path.stem}" in start)]


def test_no_module_on_the_guards_way_can_lose_its_second_half_unnoticed(bench):
    with bench.guarded(own_pack=True) as sandbox:
        victim = Victim(sandbox)
        one = call("Bash", command=victim.calls[0])
        shutil.rmtree(sandbox.state / "pycache", ignore_errors=True)  # installing has filled it with everything there is
        refusal(sandbox.run([turn(one)]), one)
        modules = hot_modules(sandbox)
        print(len(modules), "modules:", *(path.relative_to(sandbox.pack / "hooks") for path in modules))
        assert len(modules) > 8, f"only {modules} were loaded"
        halves = []
        for path in modules:
            inside, whole = str(path.relative_to(sandbox.pack)), path.read_bytes()
            halves.append(Breakage(f"{inside} cut", replaced(inside, whole[: len(whole) // 2])))
            halves.append(Breakage(f"{inside} empty", replaced(inside, b"")))
        found = under_damage(sandbox, halves)
        wrong = {name: (outcome.told[:200], outcome.back[:200]) for name, outcome in found.items()
                 if not (outcome.refused and outcome.intact and outcome.works)}
        assert not wrong, wrong


@pytest.mark.parametrize("part", ["launcher", "script", "kernel module"])
def test_a_session_that_starts_with_a_broken_guard_runs_nothing_dangerous(bench, part):
    with bench.guarded(own_pack=True) as sandbox:
        victim = Victim(sandbox)
        damage(part, "deleted")(sandbox)
        one = call("Bash", command=victim.calls[0])
        run = sandbox.run([turn(one)], mode="bypassPermissions")
        refusal(run, one, judged=False)
        assert victim.intact()
        assert run.rc == 0 and run.stdout.strip() == "done", "the session itself must go on"


# --- a hook that hangs -------------------------------------------------------------------------------------------------------


def hang(sandbox):
    """A judge that stands still, for longer than the client waits."""
    path = sandbox.pack / "hooks" / "holdfast" / "guard" / "judge.py"
    text = path.read_text()
    begin = "    event, notes = situation.event, situation.notes\n"
    assert begin in text
    path.with_suffix(".kept").write_text(text)
    path.write_text(text.replace(begin, "    import time\n    time.sleep(12)\n" + begin))


def unhang(sandbox):
    path = sandbox.pack / "hooks" / "holdfast" / "guard" / "judge.py"
    if path.with_suffix(".kept").exists():
        path.with_suffix(".kept").replace(path)


def slow_interpreter(sandbox):
    program = sandbox.write(sandbox.home / "slow-python", "#!/bin/sh\nexec sleep 12\n", mode=0o755)
    interpreter(f"{program}\n")(sandbox)
    sandbox.give(program)


def processes_of(packs):
    """{pid: command line} of everything that runs with one of these packs, which are scratch copies of ours."""
    if Path("/proc/self/cmdline").exists():  # small containers have no ps
        running = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    running[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
    else:
        listed = subprocess.run(["ps", "-axww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
        running = {int(line.split()[0]): line.strip().partition(" ")[2] for line in listed.splitlines()}
    return {pid: words for pid, words in running.items() if any(f"{pack}/hooks" in words or f"pack={pack}" in words
            or f"pack='{pack}'" in words for pack in packs)}


def kill_when_it_runs(sandbox, chosen, killed):
    """In the background: wait for the hook's process, then SIGKILL."""
    packs = {str(sandbox.pack), str(sandbox.config / "holdfast" / "pack")}

    def watch():
        deadline = time.monotonic() + 30  # the client takes its time on a busy machine
        while time.monotonic() < deadline and not killed:
            for pid, words in processes_of(packs).items():
                if "pre_tool_use" in words and chosen(words):
                    time.sleep(0.2)  # until it hangs
                    os.kill(pid, signal.SIGKILL)
                    killed.append(words)
                    return
            time.sleep(0.05)

    threading.Thread(target=watch, daemon=True).start()


def left_behind(sandbox):
    """Processes of the sandbox's hooks that are still there when all of them should have given up; they are killed."""
    packs = [str(sandbox.pack), str(sandbox.config / "holdfast" / "pack")]
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline and processes_of(packs):
        time.sleep(0.1)
    left = processes_of(packs)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return left


def is_python(words):
    return "script=pre_tool_use" not in words  # which is in the shell's own command line


def test_a_hook_that_hangs_or_is_killed_lets_nothing_through(bench):
    killed_python, killed_shell = [], []

    def hang_and(kill, killed):
        def do(sandbox):
            hang(sandbox)
            kill_when_it_runs(sandbox, kill, killed)
        return do

    with bench.guarded(own_pack=True) as sandbox:
        try:
            found = under_damage(sandbox, [
                Breakage("python killed", hang_and(is_python, killed_python), repair=unhang),
                Breakage("shell killed", hang_and(lambda words: not is_python(words), killed_shell), repair=unhang),
                Breakage("python hangs", hang, repair=unhang),
                Breakage("launcher hangs", slow_interpreter, repair=interpreter(None)),
            ])
        finally:
            left = left_behind(sandbox)
        for name, outcome in found.items():
            print(f"{name}: {outcome.check()} ({outcome.seconds:.1f} s)\n    {outcome.told[:150]}")
        assert killed_python and killed_shell, "nothing was killed"
        assert found["python killed"].seconds < 4 and found["shell killed"].seconds < 4, "the kill came after the time-out"
        # The word alone is not enough: the client quotes the registered command, which holds it too.
        assert found["python hangs"].told.startswith(f"PreToolUse:Bash hook error: {FAULT}"), "the guard itself must answer a hang"
        assert found["python hangs"].seconds < 8, "and before the client gives up on it"
        # The registered ten seconds before the call; after a refused one no hook runs.
        assert 9 < found["launcher hangs"].seconds < 25, "the client gives up after the registered times: of the call's hook, and of the round's"
        assert not left, "a hook must end by itself when its launcher or the client is gone"


# --- a full disk -----------------------------------------------------------------------------------------------------------


def mounted_full(folder):
    """A file system without a free byte, or None where this user may not mount one."""
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=0777", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    with open(folder / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            return folder


def without_room(settings):
    """The registration with a file size limit of nothing before each hook: every write to a file fails, as on a full disk."""
    for groups in settings["hooks"].values():
        for group in groups:
            for handler in group["hooks"]:
                handler["command"] = "trap '' XFSZ; ulimit -f 0; " + handler["command"]
    return settings


@pytest.mark.parametrize("how", ["a full file system", "no file may grow"])
def test_a_full_disk_lets_nothing_through(bench, how):
    with bench.guarded() as sandbox:
        victim = Victim(sandbox)
        bad, good = call("Bash", command=victim.calls[0]), call("Bash", command="echo room")
        full = None
        try:
            if how == "a full file system":
                full = mounted_full(sandbox.root / "full")
                if full is None:
                    pytest.skip("this user may not mount a file system; `no file may grow` proves the same by a limit")
                sandbox.variables["HOLDFAST_HOME"] = str(full)
            else:
                path = sandbox.config / "settings.json"
                sandbox.settings(without_room(json.loads(path.read_text())))
            run = sandbox.run([turn(bad), turn(good)], arguments=STREAM)
            refusal(run, bad, judged=False)
            assert victim.intact()
            told = run.results()[good["id"]]
            print(f"a harmless call on a full disk: {told.text[:160]}")
        finally:
            if full is not None:
                subprocess.run(["umount", str(full)], check=True)
        sandbox.variables.pop("HOLDFAST_HOME", None)
        if how != "a full file system":
            text = path.read_text().replace("trap '' XFSZ; ulimit -f 0; ", "")
            path.write_text(text)
        after = call("Bash", command="echo room")
        assert ran(sandbox.run([turn(after)]), after).strip() == "room"


def test_the_canary_scenario_for_users_sees_the_same(bench):
    print(scenarios.broken_guard(bench))
