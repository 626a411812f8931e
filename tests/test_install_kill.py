"""An installation, an upgrade and an uninstallation killed (SIGKILL) before one of their steps: nothing torn, a re-run completes.

The steps are what the interpreter's own audit events tell: every file opened for writing, every rename, mkdir, link, removal
and program started. A driver counts them and kills its own process; the product knows nothing of it.
"""

import json
import os
import subprocess

import pytest
from test_install import BY_HAND, PYTHON, copy, person, source  # noqa: F401 (fixtures)

DRIVER = """
import os, runpy, signal, sys
limit, count, install = int(sys.argv[1]), 0, sys.argv[2]
STEPS = {"os.rename", "os.mkdir", "os.symlink", "os.remove", "os.rmdir", "subprocess.Popen"}
def step(event, args):
    global count
    if event in STEPS or event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        if not limit:
            os.write(2, f"step {count} {event} {args[0]}\\n".encode())
sys.addaudithook(step)
sys.argv = sys.argv[2:]
runpy.run_path(install, run_name="__main__")
"""


def drive(person, limit, *words):
    """install.py, killed before step number `limit`; 0 to let it end. Returns its exit code and the names of the steps."""
    done = subprocess.run([PYTHON, "-c", DRIVER, str(limit), str(person.source / "install.py"), *words], env=person.variables, cwd=person.home,
                          capture_output=True, text=True, timeout=120)
    return done.returncode, [line.split(" ", 3)[2:] for line in done.stderr.splitlines() if line.startswith("step ")]


def chosen(steps, stride):
    """Numbers of steps to kill before. Of those that only copy or remove one more file of a pack, the first, one in between and the last."""
    same = [number for number, (event, path) in enumerate(steps, 1)
            if "/pack-" in path and ".new/" in path or event in ("os.remove", "os.rmdir") and not os.path.isabs(path)]
    others = [number for number in range(1, len(steps) + 1) if number not in same]
    assert len(others) > 5 and len(same) > 5, (len(others), len(same))
    # Around the change of the settings every one counts.
    change = next(number for number, (event, path) in enumerate(steps, 1) if event == "os.rename" and "settings.holdfast-new" in path)
    near = [number for number in others if abs(number - change) <= 3]
    return sorted({*others[::stride], *near, others[-1], same[0], same[len(same) // 3], same[-1]})


def only_ours_outside(person, before):
    """What lies outside our folder, but for the settings and their backups, is what it was."""
    now = {name: value for name, value in person.contents().items() if not name.startswith(".claude/holdfast")}
    for name in [name for name in now if "holdfast-backup" in name]:
        assert now.pop(name)[0] == BY_HAND.encode(), f"{name} is torn"
    now.pop(".claude/settings.json")
    assert now == {name: value for name, value in before.items() if name != ".claude/settings.json"}


def keep(person):
    """A function that puts the home back to what it is now."""
    spare = f"{person.home}.spare"
    subprocess.run(["cp", "-a", str(person.home), spare], check=True)

    def again():
        subprocess.run(["rm", "-rf", str(person.home)], check=True)
        subprocess.run(["cp", "-a", spare, str(person.home)], check=True)
    return again


def put_back(person, before):
    """As if nothing had ever happened here."""
    person.run("--uninstall")
    assert person.contents() == before


def test_a_killed_installation_leaves_old_or_new_settings_and_a_second_one_completes_it(person):  # noqa: F811
    person.write(BY_HAND)
    before = person.contents()
    code, steps = drive(person, 0, "--without-packages")
    assert code == 0
    new = person.settings.read_text()
    put_back(person, before)
    seen, fresh, as_before = set(), True, keep(person)
    limits = chosen(steps, 12)
    for limit in limits:
        code, _ = drive(person, limit, "--without-packages")
        # What a killed run left saves the next one steps, so that one may come to its end.
        assert code == -9 or not fresh and code == 0, f"step {limit}: {steps[limit - 1]}"
        text = person.settings.read_text()
        assert text in (BY_HAND, new), f"torn before step {limit}: {steps[limit - 1]}"
        seen.add(text)
        only_ours_outside(person, before)
        if text == new:
            assert person.ask("rm -rf ~/") == "deny", f"registered before it can judge, step {limit}: {steps[limit - 1]}"
        fresh = not fresh or limit + 1 in limits
        if fresh:  # the next one finds nothing, or else what this one left
            person.install()
            assert person.settings.read_text() == new and person.ask("rm -rf ~/") == "deny"
            assert len(list(person.config.glob("*backup*"))) == 1
            put_back(person, before)
            as_before()
    assert seen == {BY_HAND, new}, "the kills were all on one side of the change"
    put_back(person, before)


def test_a_killed_upgrade_never_leaves_a_call_unjudged(person, copy):  # noqa: F811
    person.write(BY_HAND)
    before = person.contents()
    registration = copy / "hooks/hooks.json"
    value = json.loads(registration.read_text())
    value["hooks"]["PreToolUse"][0]["hooks"][0]["timeout"] = 11
    registration.write_text(json.dumps(value))
    person.install()
    old, as_before = person.settings.read_text(), keep(person)
    person.source = copy
    code, steps = drive(person, 0, "--upgrade")
    assert code == 0
    new = person.settings.read_text()
    assert new == old.replace('"timeout": 10', '"timeout": 11', 1)
    for limit in chosen(steps, 12):
        as_before()
        code, _ = drive(person, limit, "--upgrade")
        assert code == -9
        assert person.settings.read_text() in (old, new)
        assert person.ask("rm -rf ~/") == "deny" and person.ask("echo fine") == "nothing", f"step {limit}: {steps[limit - 1]}"
        person.run("--upgrade")
        assert person.settings.read_text() == new
    put_back(person, before)


def test_a_killed_uninstallation_never_leaves_hooks_without_their_files_and_a_second_one_completes_it(person):  # noqa: F811
    person.write(BY_HAND)
    before = person.contents()
    person.install()
    new, as_before = person.settings.read_text(), keep(person)
    code, steps = drive(person, 0, "--uninstall")
    assert code == 0 and person.contents() == before
    for limit in chosen(steps, 3):
        as_before()
        code, _ = drive(person, limit, "--uninstall")
        assert code == -9
        text = person.settings.read_text()
        assert text in (BY_HAND, new)
        if text == new:
            assert person.ask("rm -rf ~/") == "deny", f"step {limit}: {steps[limit - 1]}"
        put_back(person, before)


@pytest.mark.parametrize("limit", [1, 3])
def test_the_driver_kills_where_it_says(person, limit):  # noqa: F811
    code, _ = drive(person, limit, "--without-packages")
    assert code == -9 and not person.settings.exists()
