"""Logs and documents: what was written is found whole, and what was damaged is found to be damaged."""

import os
import signal
import subprocess
import sys
import time

import pytest

from holdfast.kernel import files
from holdfast.kernel.files import Damage

HOOKS = os.path.join(os.path.dirname(__file__), "..", "hooks")
WRITER = f"""
import sys; sys.path.insert(0, {HOOKS!r})
from holdfast.kernel.files import append
for i in range(int(sys.argv[2])):
    append(sys.argv[1], {{"who": sys.argv[3], "i": i, "text": "x" * 200}})
"""


def written(path):
    return list(files.records(str(path)))


def test_records_are_numbered_and_chained(tmp_path):
    log = str(tmp_path / "log")
    assert [files.append(log, {"a": i}) for i in range(3)] == [1, 2, 3]
    first, second, third = written(log)
    assert (first["prev"], second["prev"], third["prev"]) == ("", first["sum"], second["sum"])
    assert [r["a"] for r in (first, second, third)] == [0, 1, 2]
    assert files.read_head(log) == (3, third["sum"])
    assert os.stat(log).st_mode & 0o777 == 0o600


def test_eight_processes_append_without_losing_or_mixing_records(tmp_path):
    log = str(tmp_path / "log")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, log, "100", str(n)]) for n in range(8)]
    assert [w.wait(60) for w in writers] == [0] * 8
    found = written(log)
    assert [r["n"] for r in found] == list(range(1, 801))
    assert all(b["prev"] == a["sum"] for a, b in zip(found, found[1:], strict=False))
    assert {(r["who"], r["i"]) for r in found} == {(str(n), i) for n in range(8) for i in range(100)}


def test_writers_killed_at_any_moment_leave_a_log_that_goes_on(tmp_path):
    log = str(tmp_path / "log")
    for round_ in range(12):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, log, "100000", "w"])
        deadline = time.monotonic() + 20
        before = os.path.getsize(log) if os.path.exists(log) else 0
        while time.monotonic() < deadline and (not os.path.exists(log) or os.path.getsize(log) <= before):
            time.sleep(0.002)
        time.sleep(0.003 * round_)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    files.append(log, {"who": "last"})
    found = [r for r in written(log) if not isinstance(r, Damage)]
    assert found[-1]["who"] == "last" and len(found) > 12
    assert [r["n"] for r in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("tail", [b'{"v":1,"n":3,"a', b"\xff\xfe", b'{"v":1,"n":9,"sum":"0"}',
                                  b'{"v":1,"n":9,"prev":"","sum":"' + b"0" * 64 + b'"}\n'],
                         ids=["torn", "binary", "without newline", "false checksum"])
def test_a_damaged_end_is_reported_and_the_chain_goes_on_after_it(tmp_path, tail):
    log = str(tmp_path / "log")
    files.append(log, {"a": 1})
    files.append(log, {"a": 2})
    with open(log, "ab") as file:
        file.write(tail)
    assert files.append(log, {"a": 3}) == 3
    one, two, damage, three = written(log)
    assert isinstance(damage, Damage) and damage.line == 3
    assert three["prev"] == two["sum"]


def test_a_changed_record_is_not_a_record(tmp_path):
    log = tmp_path / "log"
    for word in ("one", "two", "six"):
        files.append(str(log), {"word": word})
    log.write_bytes(log.read_bytes().replace(b"two", b"ten"))
    assert [isinstance(r, Damage) for r in written(log)] == [False, True, False]


def test_a_full_disk_leaves_no_half_record(tmp_path):
    log = str(tmp_path / "log")
    files.append(log, {"a": "x" * 100})
    size = os.path.getsize(log)
    code = (f"import sys, resource, signal; sys.path.insert(0, {HOOKS!r})\n"
            "from holdfast.kernel.files import append\n"
            f"signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 50}, {size + 50}))\n"
            f"try: append({log!r}, {{'a': 'y' * 500}})\nexcept OSError as e: print(e.strerror)")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert out.stdout.strip() == "no space left to append a record", out.stderr
    assert os.path.getsize(log) == size
    assert files.append(log, {"a": "z"}) == 2


def test_a_log_held_by_a_stopped_process_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    log = str(tmp_path / "log")
    files.append(log, {"a": 1})
    monkeypatch.setattr(files, "LOCK_WAIT", 0.1)
    holder = subprocess.Popen([sys.executable, "-c", f"import os; os.lockf(os.open({log!r}, os.O_RDWR), os.F_LOCK, 0); "
                               "print('held', flush=True); input()"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(TimeoutError, match="locked by another process"):
        files.append(log, {"a": 2})
    holder.kill()
    holder.wait()
    assert files.append(log, {"a": 2}) == 2


def test_appending_to_a_large_log_reads_only_its_end(tmp_path):
    log = tmp_path / "log"
    files.append(str(log), {"a": 1})
    line = log.read_bytes()
    with open(log, "ab") as file:
        file.write(b"\n" * 50_000_000)
        file.write(line)
    start = time.process_time()
    files.append(str(log), {"a": 2})
    assert time.process_time() - start < 0.05


def test_a_document_is_old_or_new_at_every_moment(tmp_path):
    path = str(tmp_path / "doc")
    files.replace(path, b"0" * 10_000)
    writer = subprocess.Popen([sys.executable, "-c", f"import sys; sys.path.insert(0, {HOOKS!r})\n"
                               "from holdfast.kernel.files import replace\n"
                               f"n = 0\nwhile True:\n    n += 1\n    replace({path!r}, str(n % 10).encode() * 10_000)"])
    seen = set()
    try:
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            with open(path, "rb") as file:
                data = file.read()
            assert len(data) == 10_000 and len(set(data)) == 1
            seen.add(data[0])
    finally:
        writer.kill()
        writer.wait()
    assert len(seen) > 2


def test_a_failed_replacement_leaves_the_old_document_and_no_rest(tmp_path):
    path = tmp_path / "folder" / "doc"
    path.parent.mkdir()
    files.replace(str(path), b"old")
    with pytest.raises(TypeError):
        files.replace(str(path), "not bytes")
    assert path.read_bytes() == b"old" and os.listdir(path.parent) == ["doc"]


def test_real_path_agrees_with_the_standard_library(tmp_path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/link").symlink_to("b")
    (tmp_path / "absolute").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "up").symlink_to("a/b/..")
    for rest in ("a/b", "a/link/x", "absolute/link/../y", "missing/../a/b", "up/link", "a//b/./.", "../" + tmp_path.name, ""):
        path = f"{tmp_path}/{rest}"
        assert files.real_path(path) == os.path.realpath(path), rest
    assert files.real_path(f"{tmp_path}/loop/x").startswith(str(tmp_path))
    assert files.real_path("/") == "/" and files.real_path("/../..") == "/"
