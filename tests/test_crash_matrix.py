"""The crash matrix of `holdfast selftest crash`: death and faults at every step leave the old or the new state, and the matrix sees it when they do not.

Run as a sample here (every operation at a few of its calls); HOLDFAST_CRASH_MATRIX=full runs the whole of it.
"""

import os
import subprocess
import sys

import pytest
from support import HOOKS

if HOOKS not in sys.path:
    sys.path.insert(0, HOOKS)

from holdfast.cli.selftest_view import crash_matrix
from holdfast.kernel import files
from holdfast.kernel.trial import Operation, World, content, many_writers, tried

SAMPLE = os.environ.get("HOLDFAST_CRASH_MATRIX") != "full"


def test_death_and_faults_at_every_step_leave_the_old_or_the_new_state():
    outcomes = crash_matrix(quick=SAMPLE)
    assert [text for one in outcomes for text in one.failures] == []
    assert len(outcomes) > 50
    deaths, faults, torn, writers = (sum(getattr(one, name) for one in outcomes) for name in ("deaths", "faults", "torn", "writers"))
    assert deaths > 150 and faults > 400 and torn > 1000 and writers == 64
    assert sum(one.calls for one in outcomes) > 400


def test_a_user_can_run_it_and_reads_what_was_tried(tmp_path):
    command = [sys.executable, f"{HOOKS}/holdfast_cli.py", "selftest", "crash", "--quick", "--only", "register:"]
    done = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "HOLDFAST_HOME": str(tmp_path / "home")})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 invariant failures" in done.stdout and "register: a decision" in done.stdout
    assert os.listdir(tmp_path) in ([], ["home"])  # nothing of it stays


def test_a_name_that_no_trial_has_is_an_error(tmp_path):
    done = subprocess.run([sys.executable, f"{HOOKS}/holdfast_cli.py", "selftest", "crash", "--only", "no such trial"], capture_output=True, text=True,
                          timeout=120, env={**os.environ, "HOLDFAST_HOME": str(tmp_path)})
    assert done.returncode == 2 and "no trial" in done.stderr


# ---- the harness itself: what is broken is seen ---------------------------------------------------------------------------

def replaced(write):
    """An Operation that replaces a document by `write`."""
    def before(world):
        files.replace(f"{world.home}/doc.json", files.sealed({"text": "old" * 30}))

    def look(world):
        with open(f"{world.home}/doc.json", "rb") as file:
            return {"document": (files.unseal(file.read().rstrip(b"\n")) or {}).get("text")}

    return Operation("a document", before, lambda world: write(f"{world.home}/doc.json", files.sealed({"text": "new" * 30})), look)


def appended(write):
    """An Operation that appends to a log by `write`."""
    def before(world):
        files.append(f"{world.home}/log.jsonl", {"text": "first"})

    return Operation("a log", before, lambda world: write(f"{world.home}/log.jsonl"), lambda world: {"log: records": content(f"{world.home}/log.jsonl")})


def in_place(path, data):
    fd = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.write(fd, data)
    os.close(fd)


def without_flush(path, data):
    fd = os.open(path + ".1.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(fd, data)
    os.close(fd)
    os.rename(path + ".1.new", path)


def past_the_wrapped_calls(path, data):
    files.replace(path, data)
    with open(path + ".copy", "wb") as file:
        file.write(data)


def never_swept(path, data):
    spare = f"{path}.{os.getpid()}.tmp"
    fd = os.open(spare, os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)
    os.rename(spare, path)
    files.flush(os.path.dirname(path))


@pytest.mark.parametrize("write, seen", [
    (in_place, "is not whole"), (without_flush, "before its content is flushed"), (without_flush, "is not flushed after the rename"),
    (past_the_wrapped_calls, "a call that is not counted"), (never_swept, "left behind"),
], ids=["written in place", "renamed before the flush", "folder not flushed", "written past the count", "temporary file never swept"])
def test_a_document_that_is_written_wrongly_is_seen(tmp_path, write, seen):
    assert any(seen in text for text in tried(replaced(write), World(str(tmp_path / "w"))).failures)


def test_a_document_that_is_replaced_whole_passes(tmp_path):
    outcome = tried(replaced(files.replace), World(str(tmp_path / "w")))
    assert outcome.failures == [] and outcome.calls == 4 and outcome.deaths == 9 and outcome.faults > 15


def test_an_append_in_two_writes_is_seen_and_in_one_it_passes(tmp_path):
    def in_two(path):
        for part in (b'{"half', b' a record"}\n'):
            fd = os.open(path, os.O_WRONLY | os.O_APPEND)
            os.write(fd, part)
            os.close(fd)

    world = World(str(tmp_path / "w"))
    assert any("torn" in text for text in tried(appended(in_two), world).failures)
    assert tried(appended(lambda path: files.append(path, {"text": "second"})), world).failures == []


def test_an_error_that_names_no_path_is_seen(tmp_path):
    def nameless(path, data):
        try:
            files.replace(path, data)
        except OSError as bad:
            raise OSError(bad.errno, "it failed") from None

    assert any("names no path" in text for text in tried(replaced(nameless), World(str(tmp_path / "w"))).failures)


def test_writers_that_lose_records_are_seen(tmp_path):
    def count(world):
        return len(content(f"{world.home}/log.jsonl"))

    def good(world, writer, number):
        files.append(f"{world.home}/log.jsonl", {"text": f"{writer} {number}"})

    def bad(world, writer, number):
        in_place(f"{world.home}/log.jsonl", b"") if os.path.exists(f"{world.home}/log.jsonl") else None
        good(world, writer, number)

    world = World(str(tmp_path / "w"))
    for one, lost in ((good, False), (bad, True)):
        outcome = many_writers("a log", world, one, lambda world, writers, each: [] if count(world) == writers * each else ["lost"], 4, 20)
        assert bool(outcome.failures) is lost


# ---- what the matrix has found, kept by itself ------------------------------------------------------------------------------

def test_a_record_that_lacks_only_its_newline_counts_and_the_next_goes_on_from_it(tmp_path):
    log = f"{tmp_path}/log.jsonl"
    for number in range(2):
        files.append(log, {"text": str(number)})
    os.truncate(log, os.path.getsize(log) - 1)
    assert files.append(log, {"text": "2"}) == 3
    assert [record["text"] for record in content(log)] == ["0", "1", "2"]


def test_a_log_that_was_cut_keeps_its_gap_when_it_is_appended_to(tmp_path):
    log = f"{tmp_path}/log.jsonl"
    files.append(log, {"text": "0"})
    size = os.path.getsize(log)
    files.append(log, {"text": "1"})
    os.truncate(log, size)
    assert files.append(log, {"text": "2"}) == 3
    assert [record["n"] for record in files.records(log)] == [1, 3]


def test_an_append_whose_head_cannot_be_written_leaves_no_record(tmp_path, monkeypatch):
    log = f"{tmp_path}/log.jsonl"
    files.append(log, {"text": "0"})

    def full(fd, data, at):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.posix, "pwrite", full)
    with pytest.raises(OSError, match="log.jsonl"):
        files.append(log, {"text": "1"})
    monkeypatch.undo()
    assert content(log) == [{"text": "0"}]


def test_what_killed_writers_leave_goes_with_the_next_one_and_nothing_else_does(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    names = [f"doc.json.{gone.pid}.new", f"doc.json.{gone.pid}.whole", f"doc.json.{os.getpid()}.new.txt", f"other.json.{gone.pid}.new", "doc.json.backup.new",
             f"doc.json.{os.getppid()}.new"]
    for name in names:
        (tmp_path / name).write_text("x")
    files.replace(f"{tmp_path}/doc.json", b"{}")
    assert sorted(os.listdir(tmp_path)) == sorted([*names[2:], "doc.json"])


def test_a_log_that_is_appended_to_while_it_is_read_is_not_damaged(tmp_path, monkeypatch):
    from holdfast.kernel import constraints
    log, real = f"{tmp_path}/constraints.jsonl", constraints.records
    files.append(log, {"what": "said", "items": [], "lifts": []})

    def slow(path):
        yield from real(path)
        files.append(log, {"what": "said", "items": [], "lifts": []})

    monkeypatch.setattr(constraints, "records", slow)
    assert constraints.history(log) == ([], "")
