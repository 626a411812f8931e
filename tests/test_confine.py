"""`holdfast run`: what a started program really gets, as real processes: variables, exit code, signals, walls."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support import HOOKS

from holdfast.confine.variables import NEVER, BadVariables, choose, read_file, scoped

CLI = [sys.executable, "-I", f"{HOOKS}/holdfast_cli.py"]
ENV = [sys.executable, "-I", "-c", "import json, os; print(json.dumps(dict(os.environ)))"]


@pytest.fixture
def here(tmp_path):
    class Here:
        home, project = tmp_path / "home", tmp_path / "project"
        state = tmp_path / "home/.claude/holdfast"
        path = os.environ["PATH"]

        def run(self, *words, env=None, **options):
            return subprocess.run([*CLI, "run", *map(str, words)], capture_output=True, text=True, cwd=self.project, timeout=60,
                                  env={"HOME": str(self.home), "PATH": self.path, "COLUMNS": "300", **(env or {})}, **options)

        def got(self, *words, env=None):
            done = self.run(*words, "--", *ENV, env=env)
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)

        def file(self, name, text, mode=0o600):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(mode)
            return path

        def log(self):
            path, = self.state.glob("projects/*/audit.jsonl")
            return [json.loads(line) for line in path.read_text().splitlines()]
    Here.home.mkdir()
    (Here.project / ".git").mkdir(parents=True)
    return Here()


def test_only_the_allow_list_is_passed_on(here):
    got = here.got(env={"AWS_SECRET_ACCESS_KEY": "s3cret", "GITHUB_TOKEN": "t0ken", "LANG": "C.UTF-8", "ANTHROPIC_API_KEY": "k", "LC_ALL": "C",
                        "CLAUDE_CODE_SIMPLE": "1", "LD_LIBRARY_PATH": "/x", "CLAUDECODE": "1"})
    assert set(got) - {"LC_CTYPE"} == {"HOME", "PATH", "COLUMNS", "LANG", "ANTHROPIC_API_KEY", "LC_ALL"}


def test_what_is_named_is_kept_and_what_switches_the_guard_off_never(here):
    assert here.got("--keep", "GITHUB_TOKEN", env={"GITHUB_TOKEN": "t"})["GITHUB_TOKEN"] == "t"
    for name in ("CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE", "LD_PRELOAD", "BASH_ENV"):
        done = here.run("--keep", name, "--", *ENV, env={name: "1"})
        assert done.returncode == 1 and "never passed on" in done.stderr and not done.stdout
    assert here.run("--keep", "A=B", "--", *ENV).returncode == 1


def test_files_of_variables_by_scope_the_later_wins(here):
    user = here.file("u.env", "# mine\nA=user\nB=user\nexport C='two words'\n")
    task = here.file("t.env", "A=task\n")
    got = here.got("--env-file", task, "--env-file", f"user:{user}", "--env-file", f"project:{here.file('p.env', 'B=project')}")
    assert (got["A"], got["B"], got["C"]) == ("task", "project", "two words")


def test_the_standing_files_in_holdfasts_home_are_read(here):
    here.run("--", "true")
    folder, = here.state.glob("projects/*")
    for path, text in ((here.state / "user.env", "A=user\nB=user"), (folder / "project.env", "B=project")):
        path.write_text(text)
        path.chmod(0o600)
    got = here.got()
    assert (got["A"], got["B"]) == ("user", "project")
    (here.state / "user.env").chmod(0o644)
    done = here.run("--", *ENV)
    assert done.returncode == 1 and "chmod 600" in done.stderr


@pytest.mark.parametrize("text, mode, said", [
    ("A=1", 0o640, "chmod 600"), ("A=1", 0o602, "chmod 600"), ("no sign", 0o600, "line 1: it should read NAME=value"),
    ("A=1\n1B=2", 0o600, "line 2"), ("A=1\nLD_PRELOAD=/x", 0o600, "line 2: LD_PRELOAD"), ("CLAUDE_CODE_SIMPLE=1", 0o600, "switches the guard off"),
    ("A=\0", 0o600, "NUL"),
])
def test_a_file_that_cannot_be_used_is_named_with_its_line_and_nothing_starts(here, text, mode, said):
    done = here.run("--env-file", here.file("x.env", text, mode), "--", *ENV)
    assert done.returncode == 1 and said in done.stderr and "x.env" in done.stderr and not done.stdout


def test_missing_folders_links_and_other_owners(here, tmp_path):
    for path in ("/nowhere.env", tmp_path):
        with pytest.raises(BadVariables):
            read_file(str(path))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadVariables, match="ordinary"):
        read_file(str(tmp_path / "pipe"))
    if os.geteuid() == 0:
        other = here.file("o.env", "A=1")
        os.chown(other, 65534, 65534)
        with pytest.raises(BadVariables, match="another user"):
            read_file(str(other))


def test_nothing_in_a_file_is_expanded(here):
    got = here.got("--env-file", here.file("x.env", "A=$(touch pwned) $HOME `id`\n"))
    assert got["A"] == "$(touch pwned) $HOME `id`" and not (here.project / "pwned").exists()


def test_exit_code_input_and_arguments_are_the_commands_own(here):
    done = here.run("--", sys.executable, "-c", "import sys; print(sys.argv[1:], sys.stdin.read()); sys.exit(42)", "a b", "--keep", "-x", input="in")
    assert done.returncode == 42 and done.stdout == "['a b', '--keep', '-x'] in\n"
    assert here.run("--", "no-such-program").returncode == 127
    assert here.run().returncode == 2


def test_signals_reach_the_command_itself(here):
    code = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *a: sys.exit(9)); print('on', flush=True); time.sleep(30)"
    process = subprocess.Popen([*CLI, "run", "--", sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=here.project,
                               env={"HOME": str(here.home), "PATH": here.path})
    assert process.stdout.readline() == "on\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 9
    process.stdout.close()


def test_names_are_recorded_and_values_never(here):
    here.got("--keep", "GITHUB_TOKEN", env={"GITHUB_TOKEN": "tt-very-secret", "OTHER": "oo-very-secret"})
    record = here.log()[-1]
    assert record["kind"] == "run" and "GITHUB_TOKEN" in record["variables"] and record["left_out"] == ["OTHER"]
    assert "very-secret" not in json.dumps(here.log())


def test_without_a_record_nothing_starts(here):
    if os.geteuid() == 0:
        here.run("--", "true")
        log, = here.state.glob("projects/*/audit.jsonl")
        log.unlink()
        log.mkdir()
    else:
        here.state.mkdir(parents=True)
        here.state.chmod(0o500)
    done = here.run("--", *ENV)
    assert done.returncode != 0 and not done.stdout


def test_show_starts_nothing(here):
    done = here.run("--show", "--json", "--", "touch", "started", env={"X_TOKEN": "1"})
    assert json.loads(done.stdout) == {"passed": {"COLUMNS": "default", "HOME": "default", "PATH": "default"}, "left_out": ["X_TOKEN"]} or \
        "LC_CTYPE" in done.stdout
    assert not (here.project / "started").exists()


# ---- walls ----------------------------------------------------------------------------------------------------------

def works(tool):
    return shutil.which(tool) and subprocess.run([tool, "--dev-bind", "/", "/", "--unshare-net", "true"], capture_output=True).returncode == 0


needs_bwrap = pytest.mark.skipif(not works("bwrap"), reason="bubblewrap is not installed here, or may not make namespaces")


@needs_bwrap
def test_without_network_not_even_loopback_answers(here):
    code = "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); print('own'); sys.exit(0)"
    outside = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 3); print('reached')"
    import socket
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert here.run("--", sys.executable, "-c", outside, port).stdout == "reached\n"
        done = here.run("--no-network", "--", sys.executable, "-c", outside, port)
        assert done.returncode != 0 and "reached" not in done.stdout
    assert here.run("--no-network", "--", sys.executable, "-c", code).returncode == 0


@needs_bwrap
def test_a_read_only_path_cannot_be_written_and_the_rest_can(here):
    (here.project / "kept").mkdir()
    done = here.run("--read-only", "kept", "--", "sh", "-c", "touch kept/x; touch free; exit 5")
    assert done.returncode == 5 and not (here.project / "kept/x").exists() and (here.project / "free").exists()
    assert here.run("--read-only", "missing", "--", "true").returncode == 1


@needs_bwrap
def test_behind_a_wall_nothing_outlives_a_kill(here):
    process = subprocess.Popen([*CLI, "run", "--no-network", "--", "sh", "-c", "echo on; sleep 3; touch late"], stdout=subprocess.PIPE, text=True,
                               cwd=here.project, env={"HOME": str(here.home), "PATH": here.path})
    assert process.stdout.readline() == "on\n"
    process.terminate()
    assert process.wait(10) in (-15, 143)
    process.stdout.close()
    time.sleep(3.5)
    assert not (here.project / "late").exists()


def tools_only(tmp_path, *names):
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def test_where_no_tool_is_there_it_is_refused_and_says_so(here, tmp_path):
    here.path = str(tools_only(tmp_path, "true", "touch"))
    for words in (("--no-network",), ("--read-only", here.project)):
        done = here.run(*words, "--", "touch", "started")
        assert done.returncode == 1 and "neither bubblewrap nor firejail is installed" in done.stderr and "Nothing was started" in done.stderr
    assert not (here.project / "started").exists()


def test_a_tool_that_does_not_work_here_is_refused_too_and_firejail_is_tried(here, tmp_path):
    folder = tools_only(tmp_path, "true", "touch", "sh")
    (folder / "bwrap").write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    (folder / "bwrap").chmod(0o755)
    here.path = str(folder)
    done = here.run("--no-network", "--", "touch", "started")
    assert done.returncode == 1 and "bwrap does not work here (No permissions" in done.stderr and not (here.project / "started").exists()
    (folder / "firejail").write_text(f"#!/bin/sh\necho \"$@\" >>{tmp_path}/asked\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n")
    (folder / "firejail").chmod(0o755)
    assert here.run("--no-network", "--read-only", here.project, "--", "touch", "started").returncode == 0
    assert f"--net=none --read-only={os.path.realpath(here.project)}" in (tmp_path / "asked").read_text()


# ---- the choice -----------------------------------------------------------------------------------------------------

def test_scopes():
    assert scoped("user:/a") == ("user", "/a") and scoped("/a:b") == ("task", "/a:b") and scoped("x.env") == ("task", "x.env")


def test_nothing_that_is_never_passed_on_is_in_the_default_list():
    env = {name.replace("*", "X"): "1" for name in NEVER}
    assert choose(env, [], []).variables == {}
