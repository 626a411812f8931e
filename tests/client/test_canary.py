"""`holdfast canary`: it proves a sound installation, finds an unsound one, and touches neither."""

import hashlib
import json
import sys
import threading
from pathlib import Path

import pytest

from holdfast.canary import run as canary
from holdfast.canary import scenarios
from holdfast.canary.client import NoClient, cache_folder, find, pinned


@pytest.fixture(scope="module")
def home(bench):
    """A person's home with Holdfast installed for the user."""
    with bench.guarded() as sandbox:
        yield sandbox


def canary_in(bench, sandbox, *words, **variables):
    """`holdfast canary` as a process of that person."""
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from holdfast.canary import main; sys.exit(main(sys.argv[1:]))"
    python = next(Path(folder, "python3") for folder in bench.path.split(":") if Path(folder, "python3").exists())
    # The person's cache is where its sandboxes go; the test's home lies in a place that fits.
    environment = {**sandbox.environment(), "HOLDFAST_CLIENT": str(sandbox.client), **variables}
    return sandbox.execute([str(python), "-B", "-c", program, str(bench.source / "hooks"), *words], environment, timeout=180)


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts}


def test_it_proves_a_sound_installation_and_touches_nothing_of_it(bench, home):
    home.give()
    before = digests(home.home)
    done = canary_in(bench, home)
    print(done.stdout)
    assert done.rc == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS") == len(scenarios.ALL) and "FAIL" not in done.stdout
    assert str(home.config / "settings.json") in done.stdout
    assert digests(home.home) == before


def test_json_tells_the_same_to_a_program(bench, home):
    done = canary_in(bench, home, "--json", "reason", "parallel")
    told = json.loads(done.stdout)
    assert done.rc == 0 and told["ok"] is True
    assert [one["name"] for one in told["installations"][0]["scenarios"]] == ["reason", "parallel"]
    assert all(one["evidence"] for one in told["installations"][0]["scenarios"])


def test_list_says_what_there_is_to_prove(bench, home):
    done = canary_in(bench, home, "--list")
    assert done.rc == 0 and len(done.stdout.splitlines()) == len(scenarios.ALL)


def test_an_unknown_name_is_wrong_usage(bench, home):
    done = canary_in(bench, home, "no-such-thing")
    assert done.rc == 2 and "no-such-thing" in done.stderr and "near-misses" in done.stderr


def test_a_person_without_holdfast_is_told_so(bench):
    with bench.prepared() as sandbox:
        sandbox.give()
        done = canary_in(bench, sandbox)
        assert done.rc == 2 and "not registered" in done.stderr


def test_hooks_that_are_switched_off_are_found(bench):
    with bench.guarded() as sandbox:
        path = sandbox.config / "settings.json"
        sandbox.settings({**json.loads(path.read_text()), "disableAllHooks": True})
        sandbox.give()
        done = canary_in(bench, sandbox, "denied-default")
        assert done.rc == 1 and "FAIL" in done.stdout and "was not refused" in done.stdout, done.stdout


def test_a_guard_that_lets_everything_through_is_found(bench):
    with bench.guarded() as sandbox:
        script = sandbox.pack / "hooks" / "pre_tool_use.py"
        script.chmod(0o600)
        script.write_text("import os\nos._exit(10)\n")
        sandbox.give()
        done = canary_in(bench, sandbox, "denied-bypassPermissions", "broken-guard", "--json")
        told = json.loads(done.stdout)["installations"][0]["scenarios"]
        assert done.rc == 1 and not any(one["ok"] for one in told), told


def test_other_peoples_hooks_are_left_alone():
    command = """pack='/p q/pack' script=pre_tool_use; [ -r "$pack/hooks/launch" ] && . "$pack/hooks/launch"; exit 2"""
    ours = {"type": "command", "command": command}
    theirs = {"type": "command", "command": "notify pack=/x hooks/launch"}
    found = canary._own_hooks({"PreToolUse": [{"matcher": "*", "hooks": [theirs, ours]}], "Stop": [{"hooks": [theirs]}]}, None)
    assert found == {"PreToolUse": [{"matcher": "*", "hooks": [ours]}]}
    assert canary._pack_of(ours["command"]) == "/p q/pack"


def test_a_named_client_that_is_not_there_is_an_error_not_a_search(tmp_path):
    with pytest.raises(NoClient, match="HOLDFAST_CLIENT"):
        find(environment={"HOLDFAST_CLIENT": str(tmp_path / "claude"), "PATH": "/usr/bin"})


def test_without_npm_and_cache_the_message_says_what_to_do(tmp_path):
    with pytest.raises(NoClient, match="npm.*HOLDFAST_CLIENT"):
        pinned(cache_folder({"HOLDFAST_CACHE": str(tmp_path)}), {"PATH": str(tmp_path)})


def test_two_fetches_at_once_fetch_once_and_a_failed_one_leaves_nothing(tmp_path):
    log, npm = tmp_path / "fetched.txt", tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"""#!{sys.executable}
import os, sys, time
prefix = sys.argv[sys.argv.index("--prefix") + 1]
open({str(log)!r}, "a").write("once\\n")
time.sleep(0.5)
os.makedirs(prefix + "/node_modules/.bin")
open(prefix + "/node_modules/.bin/claude", "w").write("program")
""")
    npm.chmod(0o755)
    environment, found = {"PATH": str(npm.parent)}, []
    fetches = [threading.Thread(target=lambda: found.append(pinned(tmp_path / "cache", environment))) for _ in range(3)]
    for fetch in fetches:
        fetch.start()
    for fetch in fetches:
        fetch.join()
    assert len(set(found)) == 1 and len(found) == 3 and found[0].read_text() == "program"
    assert log.read_text() == "once\n"
    npm.write_text("#!/bin/sh\necho no route to registry >&2; exit 7\n")
    with pytest.raises(NoClient, match="no route to registry"):
        pinned(tmp_path / "other", environment)
    assert [path.suffix for path in (tmp_path / "other").iterdir()] == [".lock"]
