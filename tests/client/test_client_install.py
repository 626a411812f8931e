"""Every way in and out, proven in the real client: by install.py for the user and a project, as a plugin, upgrade, uninstall."""

import io
import json
import os
import re
import shutil
import subprocess
import tarfile

import pytest
from conftest import REPOSITORY, copy_repository

from holdfast.canary import scenarios
from holdfast.canary.client import scratch_folder
from holdfast.canary.model import call, turn
from holdfast.canary.scenarios import ALLOW_ALL, Victim, audit_records, ran, refusal

# Written by a person: odd spacing, a character outside ASCII, no newline at the end.
BY_HAND = '{"permissions":{"allow" : ["Bash",\t"Agent"]},\n\n     "env":{"NOTE":"été"},"hooks":{"Notification":[]}  }'


def guarded_session(sandbox, count=1):
    """A dangerous call is refused by a rule, and a harmless one runs; the run."""
    victim = Victim(sandbox)
    bad, good = call("Bash", command=victim.calls[0]), call("Bash", command="echo fine")
    run = sandbox.run([turn(bad), turn(good)])
    refusal(run, bad)
    assert ran(run, good).strip() == "fine"
    assert victim.intact()
    recorded = [record["call"] for record in audit_records(sandbox, "intent")]
    assert [recorded.count(one["id"]) for one in (bad, good)] == [count, count], "each call is judged by one guard, once"
    return run


def unguarded_session(sandbox):
    victim = Victim(sandbox)
    bad = call("Bash", command=victim.calls[0])
    run = sandbox.run([turn(bad)])
    ran(run, bad)
    assert not victim.intact()


def test_installed_for_the_user_it_guards_every_project(bench):
    with bench.prepared() as sandbox:
        bench.install(sandbox, "--user")
        guarded_session(sandbox)
        other = sandbox.home / "elsewhere"
        other.mkdir()
        victim = Victim(sandbox)
        bad = call("Bash", command=victim.calls[0])
        refusal(sandbox.run([turn(bad)], cwd=other), bad)
        assert victim.intact()


def test_installed_for_a_project_it_guards_that_project_alone(bench):
    with bench.prepared() as sandbox:
        bench.install(sandbox, "--project", str(sandbox.project))
        assert "hooks" not in json.loads((sandbox.config / "settings.json").read_text())
        guarded_session(sandbox)
        other = sandbox.home / "elsewhere"
        other.mkdir()
        victim = Victim(sandbox)
        bad = call("Bash", command=victim.calls[0])
        ran(sandbox.run([turn(bad)], cwd=other), bad)
        assert not victim.intact()


def test_installed_twice_it_still_judges_each_call_once(bench):
    with bench.prepared() as sandbox:
        bench.install(sandbox, "--user")
        bench.install(sandbox, "--user")
        guarded_session(sandbox)


def test_installed_as_a_plugin_from_the_marketplace_it_guards(bench):
    with bench.prepared() as sandbox:
        market = json.loads((bench.source / ".claude-plugin" / "marketplace.json").read_text())["name"]
        plugin = json.loads((bench.source / ".claude-plugin" / "plugin.json").read_text())["name"]
        for words in (["marketplace", "add", str(bench.source)], ["install", f"{plugin}@{market}"]):
            done = sandbox.program(["plugin", *words])
            assert done.rc == 0, done.stdout + done.stderr
        sandbox.state = sandbox.config / "plugins" / "data" / f"{plugin}-{market}"
        sandbox.no_bootstrap()
        settings = json.loads((sandbox.config / "settings.json").read_text())
        assert settings["permissions"] == ALLOW_ALL["permissions"] and "hooks" not in settings
        guarded_session(sandbox)
        done = sandbox.program(["plugin", "uninstall", f"{plugin}@{market}"])
        assert done.rc == 0, done.stdout + done.stderr
        unguarded_session(sandbox)


@pytest.mark.parametrize("target", ["--user", "--project"])
@pytest.mark.parametrize("before", [None, BY_HAND], ids=["no settings", "settings by hand"])
def test_uninstalled_the_settings_are_what_they_were_byte_for_byte(bench, target, before):
    with bench.prepared() as sandbox:
        words = [target] if target == "--user" else [target, str(sandbox.project)]
        folder = sandbox.config if target == "--user" else sandbox.project / ".claude"
        path = folder / "settings.json"
        path.unlink(missing_ok=True)
        if before is not None:
            sandbox.write(path, before)
        bench.install(sandbox, *words)
        victim = Victim(sandbox)
        bad = call("Bash", command=victim.calls[0])
        refusal(sandbox.run([turn(bad)], mode="bypassPermissions"), bad)
        assert victim.intact()
        bench.install(sandbox, *words, "--uninstall")
        assert (path.read_text() if path.exists() else None) == before
        run = sandbox.run([turn(call("Bash", command=victim.calls[0]))], mode="bypassPermissions")
        assert not victim.intact(), f"something still guards: {run.results()}"


def earlier(folder, new):
    """The commit before this one when it can be installed, else these files with another version; its version."""
    archive = subprocess.run(["git", "-C", str(REPOSITORY), "archive", "HEAD~1"], capture_output=True)
    if archive.returncode == 0:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
            tar.extractall(folder)  # our own commit
    if not (folder / "install.py").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(new, folder)
    # The same version in both commits would not tell which of them runs.
    about = folder / "hooks" / "holdfast" / "__init__.py"
    about.chmod(0o644)
    about.write_text(re.sub(r'VERSION = ".*?"', 'VERSION = "0.0.9"', about.read_text()))
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


def test_upgraded_from_the_commit_before_it_guards_with_the_new_version_and_keeps_its_log(bench):
    old = scratch_folder(drop=os.geteuid() == 0) / f"earlier-{os.getpid()}"
    try:
        earlier(old, bench.source)
        with bench.prepared() as sandbox:
            bench.install(sandbox, "--user", source=old)
            guarded_session(sandbox)
            pack = sandbox.pack
            log = b"".join(path.read_bytes() for path in sandbox.state.glob("projects/*/audit.jsonl"))
            assert b'"version":"0.0.9"' in log
            bench.install(sandbox, "--upgrade")
            assert sandbox.pack != pack, "the registration still leads to the old pack"
            guarded_session(sandbox)
            after = b"".join(path.read_bytes() for path in sandbox.state.glob("projects/*/audit.jsonl"))
            assert after.startswith(log) and b'"version":"0.0.9"' not in after[len(log):]
            assert [record["n"] for record in audit_records(sandbox)] == list(range(1, len(audit_records(sandbox)) + 1))
    finally:
        shutil.rmtree(old, ignore_errors=True)


def test_a_running_session_survives_an_upgrade(bench):
    """The pack changes between two calls of one session: each is judged, by whichever is there."""
    old = scratch_folder(drop=os.geteuid() == 0) / f"running-{os.getpid()}"
    try:
        earlier(old, bench.source)
        with bench.prepared() as sandbox:
            bench.install(sandbox, "--user", source=old)
            victim = Victim(sandbox)
            calls = [call("Bash", command=text) for text in (victim.calls[0], "echo one", victim.calls[1], "echo two")]

            def upgrade():
                bench.install(sandbox, "--upgrade")

            run = sandbox.run([turn(calls[0]), turn(calls[1]), turn(calls[2], before=upgrade), turn(calls[3])])
            refusal(run, calls[0])
            refusal(run, calls[2])
            assert (ran(run, calls[1]).strip(), ran(run, calls[3]).strip()) == ("one", "two")
            assert victim.intact()
    finally:
        shutil.rmtree(old, ignore_errors=True)


def test_the_client_accepts_a_clean_copy_of_the_repository_under_its_strict_rules(bench, tmp_path):
    with bench.bare() as sandbox:
        clean = sandbox.home / "clean"
        copy_repository(clean)
        done = sandbox.program(["plugin", "validate", str(clean), "--strict"])
        print(done.stdout)
        assert done.rc == 0, done.stdout + done.stderr
        manifest = clean / ".claude-plugin" / "plugin.json"
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "no-such-field": 1}))
        assert sandbox.program(["plugin", "validate", str(clean), "--strict"]).rc != 0, "it accepts anything"


def test_the_canary_finds_and_proves_a_plugin_too(bench):
    from test_canary import canary_in
    with bench.prepared() as sandbox:
        market = json.loads((bench.source / ".claude-plugin" / "marketplace.json").read_text())["name"]
        for words in (["marketplace", "add", str(bench.source)], ["install", f"holdfast@{market}"]):
            assert sandbox.program(["plugin", *words]).rc == 0
        sandbox.give()
        done = canary_in(bench, sandbox)
        print(done.stdout)
        assert done.rc == 0 and done.stdout.count("PASS") == len(scenarios.ALL), done.stdout + done.stderr
        done = sandbox.program(["plugin", "disable", f"holdfast@{market}"])
        assert done.rc == 0, done.stdout + done.stderr
        assert canary_in(bench, sandbox).rc == 2, "a plugin that is switched off guards nothing"
