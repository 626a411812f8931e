"""An append-only audit log: sealed where the system allows it, still written to, and said where not."""

import json
import os
import subprocess
import sys
import tempfile

import pytest
from support import HOOKS, event, run_hook
from terminal import at_terminal

from holdfast.kernel.append_only import NotPossible, is_append_only, mark
from holdfast.kernel.files import append


def sealable(folder):
    path = f"{folder}/probe"
    with open(path, "w"):
        pass
    try:
        mark(path, True)
    except (NotPossible, OSError):
        return False
    mark(path, False)
    return True


@pytest.fixture
def log(tmp_path):
    if not sealable(tmp_path):
        pytest.skip("append-only files cannot be made here: not root, or a file system without them")
    path = str(tmp_path / "audit.jsonl")
    append(path, {"a": 1})
    yield path
    mark(path, False)


def test_a_sealed_log_takes_records_and_no_changes(log):
    mark(log, True)
    assert is_append_only(log)
    append(log, {"a": 2})
    for attempt in (lambda: os.truncate(log, 0), lambda: open(log, "r+").close(), lambda: os.unlink(log), lambda: os.rename(log, log + ".old")):
        with pytest.raises(PermissionError):
            attempt()
    with open(log) as file:
        assert [json.loads(line)["a"] for line in file] == [1, 2]


def test_the_commands_seal_report_and_unseal(tmp_path):
    if not sealable(tmp_path):
        pytest.skip("append-only files cannot be made here")
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLUMNS": "300", "TERM": "dumb"}

    def cli(*words):
        done = subprocess.run([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", *words], capture_output=True, text=True, cwd=project, env=env,
                              start_new_session=True)
        return done.returncode, done.stdout + done.stderr

    def call():
        run_hook("PreToolUse", event(cwd=str(project)), tmp_path, {"CLAUDE_PROJECT_DIR": str(project)})
    assert "does not exist yet" in cli("audit", "seal")[1]
    call()
    assert "an ordinary file" in cli("audit", "verify")[1]
    assert cli("audit", "seal")[0] == 0
    path, = tmp_path.glob(".claude/holdfast/projects/*/audit.jsonl")
    try:
        call()
        code, said = cli("audit", "verify")
        assert code == 0 and "2 records" in said and "append-only: the system lets nobody change it" in said
        assert json.loads(cli("audit", "verify", "--json")[1])["append_only"] is True
        assert "1 of 1 append-only" in cli("doctor")[1]
        assert cli("audit", "unseal")[0] == 1 and is_append_only(str(path))
        code, said = at_terminal([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", "audit", "unseal"], env, project, "{word}")
        assert code == 0 and "ordinary file again" in said and not is_append_only(str(path))
    finally:
        mark(str(path), False)


@pytest.mark.skipif(os.geteuid() != 0, reason="another user is needed, and only root can become one")
def test_without_the_right_it_says_so():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        path = f"{folder}/log"
        with open(path, "w") as file:
            os.chown(file.fileno(), 65534, 65534)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            try:
                mark(path, True)
            except NotPossible as bad:
                os.write(writing, str(bad).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        with open(reading) as pipe:
            said = pipe.read()
        assert f"sudo chattr +a '{path}'" in said or "has no append-only files" in said
