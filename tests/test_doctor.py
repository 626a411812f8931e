"""`holdfast doctor` on real installations, sound and broken in one place each: it names the fault and the fix, and ends with 1."""

import json
import os
import re
import subprocess

import pytest
from test_install import PYTHON, Person, source  # noqa: F401 (a fixture)

CLIENT = "#!/bin/sh\necho '{} (Claude Code)'\n"


@pytest.fixture(scope="module")
def sound(tmp_path_factory, source):  # noqa: F811
    """An installation nothing is wrong with, made once; each test gets a copy, at the same path."""
    folder = tmp_path_factory.mktemp("doctor")
    person = Person(folder / "home", source)
    program = folder / "bin" / "claude"
    program.parent.mkdir()
    write_client(program, "2.1.329")
    person.variables["PATH"] = f"{program.parent}:/usr/bin:/bin"
    person.program, person.spare = program, folder / "spare"
    person.install()
    subprocess.run(["cp", "-a", str(person.home), str(person.spare)], check=True)
    return person


@pytest.fixture
def person(sound):
    subprocess.run(["rm", "-rf", str(sound.home)], check=True)
    subprocess.run(["cp", "-a", str(sound.spare), str(sound.home)], check=True)
    write_client(sound.program, "2.1.329")
    return sound


def write_client(program, version):
    program.write_text(CLIENT.format(version))
    program.chmod(0o755)


def doctor(person, *words):
    """(exit code, output) of the installed command."""
    done = subprocess.run([str(person.state / "bin/holdfast"), "doctor", *words], env=person.variables, cwd=person.home, capture_output=True,
                          text=True, timeout=120)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def checks(person, name):
    """Every check of a name."""
    code, out = doctor(person, "--json")
    told = json.loads(out)
    found = [check for check in told["checks"] if check["name"] == name]
    assert found, f"no check {name}: {out}"
    assert told["ok"] == (code == 0) == all(check["status"] != "fail" for check in told["checks"])
    assert all(check["fix"] for check in told["checks"] if check["status"] == "fail"), "a failure without a fix"
    return found


def test_a_sound_installation_is_shown_as_one(person):
    code, out = doctor(person)
    out = re.sub(r"\d+ ms", "N ms", re.sub(r"[\d.]+ times.*", "N times", re.sub(r"[\d.]+ GiB", "N GiB", out)))
    out = re.sub(r"(bytecode +).*", r"\1BUNDLE", re.sub(r"refused: \w+", "refused: CODE", re.sub(r"pack-\w{12}", "pack-HASH", out)))
    out = out.replace(str(person.program), "CLIENT").replace(str(person.home), "HOME").replace(PYTHON, "PYTHON")
    out = re.sub(r"PYTHON \([\d.]+\)", "PYTHON (VERSION)", out)
    events = ", ".join(sorted(json.loads(person.settings.read_text())["hooks"]))
    out = re.sub(r"\n {15} *(?! |fix:)", " ", out)  # a long detail goes on in the next line
    lines = [re.sub(r"^WARN  time", "ok    time", line) for line in out.splitlines() if "fix: python3" not in line]
    assert code == 0 and lines[:-1] == f"""\
ok    settings       HOME/.claude/settings.json can be read
ok    registration   HOME/.claude/settings.json: {events}
ok    files          HOME/.claude/holdfast/pack-HASH is as it was installed
ok    interpreter    PYTHON (VERSION)
ok    guard          `rm -rf ~/` is refused: CODE
ok    guard          `ls` passes
ok    time           a call takes N ms (median of 5), a bare interpreter N ms: N times
ok    holdfast.json  none; the built-in settings hold
ok    other hooks    none on our events in the settings
ok    client         CLIENT 2.1.329
ok    state          HOME/.claude/holdfast can be written, by you alone
ok    disk           N GiB free
ok    bytecode       BUNDLE
WARN  packages       left out when this was installed: of the `holdfast` command only doctor and canary work; the guard needs none
ok    crashes        no new records of faults in the guard

""".splitlines(), out
    assert lines[-1].startswith("The guard stands: ") and lines[-1].endswith(" 0 failed.")
    assert not list(person.state.glob("projects")) and not list(person.state.glob("probe.*")), "looking must leave nothing"


def settings(change):
    def do(person):
        value = json.loads(person.settings.read_text())
        change(value)
        person.settings.write_text(json.dumps(value, indent=2))
    return do


def into(name, text):
    def do(person):
        path = person.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return do


def guard_is(text):
    return lambda person: (person.state / "pack/hooks/pre_tool_use.py").write_text(text)


def second_registration(person):
    (person.home / "other").mkdir()
    value = json.loads(person.settings.read_text().replace(str(person.state / "pack"), str(person.state / "pack/../pack")))
    into(".claude/settings.local.json", json.dumps({"hooks": value["hooks"]}))(person)


def plugin_too(person):
    settings(lambda value: value.update(enabledPlugins={"holdfast@holdfast": True}))(person)
    into(".claude/plugins/known_marketplaces.json", json.dumps(
        {"holdfast": {"source": {"source": "directory", "path": str(person.source)}}}))(person)


def no_bytecode(person):
    subprocess.run(["rm", "-r", str(person.state / "pycache")], check=True)
    (person.state / "pycache").write_text("")


def constraints_cut(person):
    """A session's log of constraints that has lost its second record."""
    from holdfast.kernel.constraints import LOG, state
    from holdfast.kernel.store import Store
    store = Store(str(person.state), "/work/project")
    for number in ("C1", "C2"):
        state(store, "5e55-1", "", {"what": "said", "items": [{"id": number, "text": number}], "lifts": []})
    log = store.agent("5e55-1", "", LOG)
    with open(log) as file:
        first = file.readline()
    with open(log, "w") as file:
        file.write(first)


FOREIGN = {"hooks": [{"type": "command", "command": "rewrite-everything"}]}
HANDLER = "PreToolUse", 0

BROKEN = {
    "settings damaged": (into(".claude/settings.json", '{\n  "a": 1,\n}'), "settings", "fail", r"line 2, column 9: there is a comma", r"edit .*settings\.json"),
    "settings damaged, no guard": (into(".claude/settings.json", "{"), "registration", "fail", "NOTHING is guarded", "fresh copy"),
    "hooks switched off": (settings(lambda v: v.update(disableAllHooks=True)), "settings", "fail", r"line \d+: disableAllHooks", "remove disableAllHooks"),
    "a malformed entry": (settings(lambda v: v["hooks"]["PreToolUse"].append({"hooks": [{"type": "x"}]})), "settings", "fail",
                          r"line \d+: hooks.PreToolUse\[1\].*ignores this whole file", "Use one of command"),
    "a malformed entry elsewhere": (settings(lambda v: v["hooks"].update(Stop=[{"hooks": [{"type": "x"}]}])), "settings", "warn",
                                    "ignores that entry", "Use one of command"),
    "not registered": (settings(lambda v: v["hooks"].pop("PreToolUse")), "registration", "fail", "NOTHING is guarded", "install.py --user"),
    "only some events": (settings(lambda v: v["hooks"].pop("SessionStart")), "registration", "warn", "SessionStart", "install.py --user"),
    "onFailure lost": (settings(lambda v: v["hooks"]["PreToolUse"][0]["hooks"][0].pop("onFailure")), "registration", "fail",
                       "PreToolUse are not as this version", "install.py --user"),
    "a matcher that narrows": (settings(lambda v: v["hooks"]["PreToolUse"][0].update(matcher="Write")), "registration", "fail",
                               "PreToolUse are not as this version", "install.py --user"),
    "registered twice": (second_registration, "registration", "warn", "judged more than once", "--uninstall"),
    "plugin too": (plugin_too, "registration", "warn", r"more than once.*settings\.json; holdfast@holdfast", "--uninstall"),
    "files changed": (lambda p: (p.state / "pack/LICENSE").write_text("mine"), "files", "fail", "were changed", "fresh copy"),
    "constraints damaged": (constraints_cut, "constraints", "fail", "records after 1 are damaged or gone", "constraint list --session 5e55-1"),
    "interpreter gone": (lambda p: (p.state / "interpreter").write_text("/nonexistent/python3\n"), "interpreter", "fail", "names /nonexistent", "install.py"),
    "interpreter no python": (lambda p: (p.state / "interpreter").write_text("/bin/true\n"), "interpreter", "fail", "names /bin/true", "install.py"),
    "interpreter file gone": (lambda p: (p.state / "interpreter").unlink(), "interpreter", "warn", "is missing", "install.py"),
    "guard lets everything pass": (guard_is("import posix\nposix._exit(10)\n"), "guard", "fail", "`rm -rf ~/` was not refused", "install.py"),
    "guard crashes": (guard_is("1 / 0\n"), "guard", "fail", "every call is refused, because the guard cannot work", "install.py"),
    "holdfast.json damaged": (into(".claude/holdfast.json", '{\n "guard": {,\n}'), "holdfast.json", "fail", "line 2: .*every call is refused", "edit"),
    "holdfast.json unknown": (into(".claude/holdfast.json", '{\n "guards": {}}'), "holdfast.json", "fail", "line 2: guards is not a setting", "edit"),
    "a foreign hook": (settings(lambda v: v["hooks"]["PreToolUse"].append(FOREIGN)), "other hooks", "warn",
                       r"PreToolUse also runs `rewrite-everything`; if it rewrites calls \(updatedInput\)", "remove it"),
    "client too old": (lambda p: write_client(p.program, "2.1.200"), "client", "fail", "older than 2.1.295", "claude update"),
    "client gone": (lambda p: p.program.unlink(), "client", "warn", "no `claude` on PATH", "PATH"),
    "state open to others": (lambda p: os.chmod(p.state, 0o755), "state", "warn", "open to other users", "chmod -R go-rwx"),
    "no bytecode possible": (no_bytecode, "bytecode", "warn", "none is kept", "install.py"),
    "packages damaged": (into(".claude/holdfast/venv/ready", "0123\n"), "packages", "fail", "cannot be used", "rm -r"),
    "packages gone": (lambda p: (p.state / "venv/ready").unlink(), "packages", "warn", "none: ", "install.py"),
}


@pytest.mark.parametrize("break_it, name, status, says, fix", BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_found_and_its_fix_named(person, break_it, name, status, says, fix):
    break_it(person)
    found = checks(person, name)
    assert any(check["status"] == status and re.search(says, check["detail"]) and re.search(fix, check["fix"]) for check in found), found


def test_a_pack_that_is_gone_is_found_from_another_copy(person):
    (person.state / "pack").unlink()
    done = subprocess.run([str(person.state / "bin/holdfast"), "doctor"], env=person.variables, capture_output=True, text=True)
    assert done.returncode == 1 and "is gone or damaged, so the guard refuses every call. Run install.py from a fresh copy" in done.stderr
    done = subprocess.run([PYTHON, "-I", str(person.source / "hooks/holdfast_cli.py"), "doctor", "--json"], env=person.variables, cwd=person.home,
                          capture_output=True, text=True)
    failed = {check["name"]: check for check in json.loads(done.stdout)["checks"] if check["status"] == "fail"}
    assert done.returncode == 1 and "every call is refused" in failed["guard"]["detail"] and "fresh copy" in failed["files"]["fix"]


def test_the_named_fix_mends_what_was_found(person):
    (person.state / "interpreter").write_text("/nonexistent\n")
    settings(lambda value: value["hooks"]["PreToolUse"][0]["hooks"][0].pop("onFailure"))(person)
    fixes = {check["fix"] for name in ("interpreter", "registration") for check in checks(person, name) if check["fix"]}
    assert len(fixes) == 1
    subprocess.run([*fixes.pop().replace("python3", PYTHON, 1).split(), "--without-packages"], env=person.variables, check=True, capture_output=True)
    assert doctor(person)[0] == 0


def test_crash_records_are_shown_once(person):
    (person.state / "stderr.log").touch(0o600)
    event = "not an event"
    subprocess.run(["/bin/sh", "-c", person.command()], input=event, text=True, env=person.variables, capture_output=True)
    assert checks(person, "crashes")[0]["status"] == "warn"
    assert checks(person, "crashes")[0] == {"name": "crashes", "status": "ok", "detail": "no new records of faults in the guard", "fix": ""}
    subprocess.run(["/bin/sh", "-c", person.command()], input=event, text=True, env=person.variables, capture_output=True)
    assert re.match(r"1 new, the last at .* in PreToolUse: BadEvent", checks(person, "crashes")[0]["detail"])


def test_state_that_cannot_be_written_is_a_failure(person):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    os.chmod(person.state, 0o500)
    try:
        assert checks(person, "state")[0]["status"] == "fail"
    finally:
        os.chmod(person.state, 0o700)


def test_without_a_home_it_says_so(person):
    done = subprocess.run([PYTHON, "-I", str(person.state / "pack/hooks/holdfast_cli.py"), "doctor"], env={"PATH": "/usr/bin:/bin"}, cwd="/",
                          capture_output=True, text=True)
    assert done.returncode == 1 and "HOME is not set" in done.stdout and "fix: " in done.stdout
