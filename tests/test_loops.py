"""What tells loops from work: normalised output, kinds of calls, classes of failure, counts of tests, signals, budgets."""

import json
import os
import subprocess
import sys
import time
from random import Random

import pytest
from support import HOOKS

from holdfast.loops import budget as budgets
from holdfast.loops.command import call_of
from holdfast.loops.errors import advice, back_off, classify
from holdfast.loops.generator import BENIGN, LOOPS, Act, bash, failed, honest, loop
from holdfast.loops.normal import fold, key_of, keys_of, lines_of
from holdfast.loops.selftest import replay, run, table
from holdfast.loops.signals import LIMITS, look
from holdfast.loops.sketch import BYTES, Sketch
from holdfast.loops.step import Step, call_key, denied_step, mark, step_of, text_of
from holdfast.loops.testrun import counts, failure_key

# ---- normalised output -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one, other", [
    ("12 passed in 0.34s", "12 passed in 11.02s"),
    ("Nov 21 18:49:14 host app[1234]: ready", "Nov 22 03:01:59 host app[99]: ready".replace("[99]", "[9921]")),
    ("2026-11-21T18:49:14.123Z INFO started", "2026-01-02T00:00:00.001Z INFO started"),
    ("[18:49:14] done", "[03:04:05] done"),
    ("listening on 127.0.0.1:49152", "listening on 127.0.0.1:60001"),
    ("pid 4182 ended", "pid 7 ended"),
    ("pid=4182 ended", "pid=77 ended"),
    ("\"durationMs\": 123, ok", "\"durationMs\": 7, ok"),
    ("wrote /tmp/tmpab3x_9k2/out.csv", "wrote /tmp/tmpq_zzl0o1/out.csv"),
    ("wrote /tmp/pytest-of-root/pytest-12/x", "wrote /tmp/pytest-of-root/pytest-130/x"),
    ("commit 9f86d081884c7d659a2feaa0c55ad015", "commit 2c26b46b68ffc68ff99b453c1d304134"),
    ("request 550e8400-e29b-41d4-a716-446655440000 failed", "request 6fa459ea-ee8a-3ca4-894e-db77e160355e failed"),
    ("<app.Thing object at 0x7f3a2b1c4d5e>", "<app.Thing object at 0x7fffff1c4d5e>"),
    ("downloaded 12.3 MB", "downloaded 9.1 MB"),
    ("downloaded 12.3MB at 3MB/s", "downloaded 9.1MB at 1.2MB/s"),
    ("real\t0m3.210s", "real\t1m0.001s"),
    ("took 3.4 seconds", "took 12 seconds"),
    ("at 1763750954 unix", "at 1763751111 unix"),
    ("attempt 3 failed", "attempt 4 failed"), ("attempt #3 of many", "attempt #12 of many"), ("elapsed: 3.25", "elapsed: 11.5"),
    ("see /tmp/tmp.XaKdQzWpRt/log", "see /tmp/tmp.Za9Kd0pQ2z/log"), ("wrote run_20261121_184914.log", "wrote run_20261122_030405.log"),
    ("on 21.11.2026 all", "on 22.11.2026 all"), ("[1732214954.123] ready", "[1732215001.007] ready"), ("at :54321, ready", "at :41234, ready"),
    ("\x1b[32mok\x1b[0m", "ok"),
    ("10%\r50%\r100% built", "100% built"),
])
def test_what_differs_from_run_to_run_is_folded(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("one, other", [
    ("3 failed, 9 passed", "2 failed, 10 passed"),
    ("assert 3 == 4", "assert 3 == 5"),
    ("version 1.2.3", "version 1.2.4"), ("loss 0.3412", "loss 0.2991"), ("issue #12", "issue #13"), ("rate 3.5", "rate 4.5"),
    ("src/a.py:10: error", "src/b.py:10: error"),
    ("page 3 of 9", "page 4 of 9"),
    ("[1/9] compiling", "[2/9] compiling"),
    ("45% done", "50% done"),
    ("listening on 127.0.0.1:5432", "listening on 127.0.0.1:3306"),
    ("test_2024_report ok", "test_2025_report ok"),
    ("user 17 has 3 orders", "user 17 has 4 orders"),
])
def test_what_tells_something_is_kept(one, other):
    assert fold(one) != fold(other)


def test_a_huge_output_is_looked_at_from_both_ends_alone():
    middle = "\n".join([f"line {n} of {n * n}" for n in range(100_000)])
    head, tail = "\n".join([f"first {n}" for n in range(200)]), "\n".join([f"last {n}" for n in range(200)])
    one, other = lines_of(f"{head}\n{middle}\n{tail}"), lines_of(f"{head}\n{middle.upper()}\n{tail}")
    assert one == other and one[0] == "first 0" and one[-1] == "last 199" and len(one) < 400
    began = time.process_time()
    lines_of("word1 " * 200_000)
    assert time.process_time() - began < 0.1


def test_a_volatile_word_near_the_top_does_not_move_the_cut():
    rest = "\n".join([f"{'x' * 50} {n}" for n in range(5000)])
    assert lines_of(f"took 3s\n{rest}") == lines_of(f"took 12345678.9s\n{rest}")


def test_keys_are_the_same_in_every_process():
    code = f"import sys; sys.path.insert(0, {HOOKS!r})\nfrom holdfast.loops.normal import key_of; print(key_of('a call'))"
    found = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONHASHSEED": seed}).stdout for seed in "012"}
    assert found == {f"{key_of('a call')}\n"}
    assert 0 < key_of("a call") < 2 ** 48
    assert keys_of([], 0) == (0, 0)


def test_lone_surrogates_and_odd_input_are_no_error():
    assert key_of("\udc80") != key_of("\udc81")
    step = step_of("Bash", {"command": "echo \udc80 > 'x"}, {"stdout": "\udc80\x00\x1b[", "stderr": None}, before=Sketch())
    json.dumps(step.packed())
    for given in ({}, {"command": 3}, {"command": None}, {"file_path": ["x"]}, {"edits": [1, {"oldText": 3}]}):
        for response in (None, 3, True, [], {}, {"stdout": 1}, [[[[[[[[1]]]]]]]], {"file": 3}, "x"):
            json.dumps(step_of("Edit", given, response, before=Sketch()).packed())
            json.dumps(step_of("mcp__a__b", given, response).packed())
    json.dumps(step_of("", {}, error="").packed())


# ---- lines seen --------------------------------------------------------------------------------------------------------------------------


def test_a_line_is_new_once():
    sketch = Sketch()
    assert sketch.take(["alpha", "beta", "alpha", "x"]) == 2
    assert sketch.take(["alpha", "gamma"]) == 1
    again = Sketch(sketch.packed())
    assert again.take(["alpha", "beta", "gamma", "delta"]) == 1
    assert len(sketch.packed()) == len(again.packed()) == 2 * BYTES + 2


def test_a_long_line_of_json_is_read_to_its_end():
    row = ",".join([f'{{"name":"{word}","state":"open"}}' for word in "alder birch cedar elm fir hazel ivy juniper larch maple".split() * 6])
    one, other = (lines_of(f'{{"took_ms":{n},"at":"2026-11-21T18:49:1{n}Z","rows":[{row}],"next":"{word}"}}') for n, word in ((3, "page two"), (4, "page six")))
    assert len(row) > 1500 and one[0] == other[0] and one[-1] != other[-1] and one[:-1] == other[:-1]


def test_pictures_are_told_apart_and_known_again():
    def shot(letter):
        return step_of("mcp__browser__screenshot", {}, [{"type": "image", "source": {"type": "base64", "data": "iVBORw0KGgo" + letter * 5000 + "a1B2c3" * 900}}]).out
    assert shot("A") == shot("A") != shot("B")


def test_damaged_memory_of_lines_starts_empty():
    assert Sketch(b"torn").take(["alpha"]) == 1


def test_the_sketch_does_not_fill_up():
    sketch, called_new = Sketch(), 0
    for n in range(40_000):
        called_new += sketch.take([f"line number {n} of many"])
    assert called_new > 0.9 * 40_000
    assert sketch.take(["line number 39999 of many"]) == 0


# ---- kinds of calls ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command, kind, program", [
    ("cd /x && pytest tests/test_a.py -x 2>&1 | tail -5", "test", "pytest"),
    ("python3 -m unittest discover", "test", "unittest"),
    ("FOO=1 timeout 30 npm run test -- --watch=false", "test", "npm"),
    ("uv run pytest -q", "test", "pytest"),
    ("./gradlew test --tests X", "test", "gradlew"),
    ("python manage.py test shop", "test", "manage.py"),
    ("python tests/test_sum.py", "test", "python"),
    ("sleep 30 && gh run view 123", "poll", "sleep"),
    ("gh run watch 123", "poll", "gh"),
    ("kubectl get pods -n x", "poll", "kubectl"),
    ("docker compose logs web --tail 5", "poll", "docker"),
    ("curl -s https://api.example/v1/jobs/7/status", "poll", "curl"),
    ("tail -n 20 build.log", "poll", "tail"),
    ("while ! nc -z localhost 5432; do sleep 1; done", "poll", "sleep"),
    ("ps aux | grep node", "poll", "ps"),
    ("curl -X POST http://localhost/a", "other", "curl"),
    ("git status --short", "read", "git"),
    ("git -C sub log --oneline", "read", "git"),
    ("git commit -m 'a; b | c > d'", "other", "git"),
    ("sed -n 1,20p a.py", "read", "sed"),
    ("sed -i s/a/b/ a.py", "edit", "sed"),
    ("cat > f.py <<'EOF'\nls; pwd\nEOF", "edit", "cat"),
    ("cat > f.py <<'EOF'\nx\nEOF\npython f.py", "other", "python"),
    ("echo hi > out.txt", "edit", "echo"),
    ("ls > /dev/null 2>&1", "read", "ls"),
    ("grep -rn 'a && sleep 3' src | head", "search", "grep"),
    ("find . -name x", "search", "find"),
    ("edit 10:20\nls\nsleep 3\nend_of_edit", "edit", "edit"), ("str_replace_editor view /repo/a.py", "read", "str_replace_editor"),
    ("pkill -f app.py; sleep 2 && nohup python3 app.py &", "other", "pkill"), ("sleep 20; python check.py", "poll", "sleep"),
    ("for i in 1 2 3; do curl -s https://x.example/; sleep 5; done", "poll", "sleep"),
    ("npm start & sleep 3; curl -s localhost:3000", "other", "npm"), ("git branch -D old", "other", "git"),
    ("make", "other", "make"),
])
def test_a_command_is_known_by_what_it_does(command, kind, program):
    call = call_of("Bash", {"command": command})
    assert (call.kind, call.program) == (kind, program)


@pytest.mark.parametrize("tool, given, kind", [
    ("Read", {"file_path": "/a"}, "read"), ("Edit", {"file_path": "/a"}, "edit"), ("BashOutput", {"bash_id": "1"}, "poll"),
    ("mcp__browser__browser_wait_for", {"time": 3}, "poll"), ("mcp__ci__getBuildStatus", {}, "poll"), ("mcp__fs__write_file", {"path": "/a", "content": "x"}, "edit"),
    ("str_replace_editor", {"command": "view", "path": "/a"}, "read"), ("str_replace_editor", {"command": "str_replace", "path": "/a", "old_str": "a"}, "edit"),
    ("execute_bash", {"command": "ls"}, "read"), ("mcp__browser__browser_click", {"ref": "e1"}, "other"), ("WebSearch", {"query": "x"}, "search"),
])
def test_a_tool_is_known_by_its_name_and_input(tool, given, kind):
    assert call_of(tool, given).kind == kind


# ---- failures ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text, kind, target", [
    ("Exit code 1\ncp: cannot create regular file '/etc/app/x.conf': Permission denied", "permission", "/etc/app"),
    ("EACCES: permission denied, open '/srv/data/a.txt'", "permission", "/srv/data"),
    ("Exit code 1\nTraceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nPermissionError: [Errno 13] Permission denied: '/srv/data/b.txt'", "permission", "/srv/data"),
    ("Exit code 127\n(eval):1: command not found: terraform", "not-found", "terraform"),
    ("Exit code 127\n/bin/bash: line 1: terraform: command not found", "not-found", "terraform"),
    ("Exit code 1\nls: cannot access '/repo/dist2/x': No such file or directory", "not-found", "/repo/dist2/x"),
    ("Exit code 1\nModuleNotFoundError: No module named 'numpy'", "not-found", "numpy"),
    ("Exit code 1\n/usr/bin/python: No module named pytest", "not-found", "pytest"),
    ("Exit code 7\ncurl: (7) Failed to connect to api.example.org port 443: Connection refused", "connection", "api.example.org"),
    ("Exit code 128\nfatal: unable to access 'https://git.example.org/a.git/': Could not resolve host: git.example.org", "connection", "git.example.org"),
    ("Exit code 22\ncurl: (22) The requested URL returned error: 429 for https://api.example.org/x", "rate limit", "api.example.org"),
    ("Exit code 124\nTerminated: time limit", "timeout", "the call"),
    ("Exit code 1\n  File \"a.py\", line 3\n    def x(\n         ^\nSyntaxError: '(' was never closed", "syntax", "("),
    ("Exit code 1\nThe OPENAI_API_KEY environment variable is not set", "missing key", "OPENAI_API_KEY"),
    ("Exit code 1\nUnable to locate credentials. You can configure them by running \"aws configure\".", "missing key", "aws configure"),
    ("Exit code 1\ndd: error writing '/data/x': No space left on device", "disk", "/data/x"),
    ("Exit code 255\ndeploy@web.example.org: Permission denied (publickey).", "auth", "the call"),
    ("Exit code 1\ngh: Bad credentials (HTTP 401)", "auth", "the call"),
    ("<tool_use_error>String to replace not found in file.\nString: x</tool_use_error>", "tool misuse", "the call"),
    ("Exit code 2\nusage: tool [-h]\ntool: error: unrecognized arguments: --al", "tool misuse", "the call"),
    ("Exit code 3\nsomething else went wrong", "unknown", "the call"),
])
def test_a_failure_has_a_class_and_a_target(text, kind, target):
    found = classify(text, "the call")
    assert (found.kind, found.target) == (kind, target)


def test_permanent_and_transient_classes():
    assert classify("Exit code 1\nPermission denied").permanent and not classify("Exit code 1\nPermission denied").transient
    assert classify("Exit code 1\nConnection refused").transient and not classify("Exit code 1\nConnection refused").permanent
    assert classify("Exit code 1\nError: Cannot find module '/app/dist/main.js'").permanent, "a build makes it, not another try"
    assert not classify("Exit code 1\nError: Cannot find module '/app/src/main.js'").permanent


def test_the_classes_that_signals_and_errors_know_are_the_same():
    from holdfast.loops import errors, signals
    assert set(signals.TRANSIENT) == errors.TRANSIENT and set(signals.PERMANENT) == errors.PERMANENT | {"missing generated file"}


def test_numbers_that_vary_do_not_make_another_target():
    one, other = (classify(f"Exit code 1\nwrite to '/data/part-{n}.csv': No space left on device") for n in (3, 41))
    assert one.target[:11] == other.target[:11] == "/data/part-"


def test_failed_tests_outweigh_any_word_in_their_output():
    assert classify("Exit code 1\nE  ConnectionError: connection refused\n1 failed", "pytest", tests_failed=True).kind == "test failure"


@pytest.mark.parametrize("text, kind", [
    ("The user doesn't want to proceed with this tool use. The tool use was rejected", "refused"),
    ("<tool_use_error>Sibling tool call errored</tool_use_error>", "cancelled"),
    ("PreToolUse:Bash hook error: not this", "denied"),
    ("Exit code 1\nyou have no permission to use this printer", "unknown"),
])
def test_what_is_no_failure_of_the_agent_is_told_apart(text, kind):
    assert classify(text).kind == kind


def test_every_class_has_its_advice_and_waits_grow_with_jitter():
    kinds = ("permission", "not-found", "connection", "rate limit", "timeout", "syntax", "test failure", "missing key", "disk", "auth", "tool misuse", "unknown")
    assert len({advice(kind) for kind in kinds}) == len(kinds)
    assert [back_off(n, 0.999, 5, 300) for n in (1, 2, 3, 10)] == [5, 10, 20, 300]
    assert back_off(3, 0.0) == 10 and back_off(1, 0.0) >= 1


# ---- test runs ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text, found", [
    ("==== 1 failed, 3 passed, 2 errors in 3.1s ====", (3, 3)), ("==== 3 passed, 1 warning in 0.2s ====", (3, 0)),
    ("Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1)", (3, 2)), ("Ran 5 tests in 0.1s\n\nOK", (5, 0)),
    ("Tests:       2 failed, 9 passed, 11 total\nTime: 3 s", (9, 2)), ("Test Files  1 failed | 3 passed (4)\n     Tests  2 failed | 30 passed (32)", (30, 2)),
    ("  9 passing (30ms)\n  1 failing", (9, 1)), ("ok  \tx/y\t0.2s", (1, 0)), ("--- FAIL: TestA (0.0s)\nFAIL\nFAIL\tx/y\t0.2s", (0, 2)),
    ("test result: FAILED. 4 passed; 1 failed; 0 ignored; finished in 3.4s", (4, 1)), ("Tests run: 5, Failures: 1, Errors: 1, Skipped: 0", (3, 2)),
    ("12 examples, 2 failures", (10, 2)), ("1..3\nok 1\nnot ok 2\nok 3", (2, 1)), ("67% tests passed, 4 tests failed out of 12", (8, 4)),
    ("Failed!  - Failed:     1, Passed:     4, Skipped:     0, Total:     5", (4, 1)), ("OK (5 tests, 9 assertions)", (5, 0)),
    ("hello world", None), ("BUILD SUCCESSFUL in 3s", None), ("connection to x port 5 failed: refused", None), ("psql: FATAL: failed", None),
])
def test_summaries_of_test_runs_are_read(text, found):
    assert counts(text) == found


def test_a_failure_is_the_same_when_its_line_has_moved_and_another_when_its_value_has():
    text = "E   AssertionError: assert 3 == 4\n\ntests/test_x.py:{}: AssertionError\nFAILED tests/test_x.py::test_a - assert 3 == 4\n1 failed in {}s"
    assert failure_key(text.format(10, 0.1)) == failure_key(text.format(99, 7.25))
    assert failure_key(text.format(10, 0.1)) != failure_key(text.format(10, 0.1).replace("3 == 4", "5 == 4"))


# ---- steps -------------------------------------------------------------------------------------------------------------------------------


def test_a_step_is_small_and_comes_back_as_it_was():
    sizes = []
    for kind in (*LOOPS, *BENIGN):
        seen = Sketch()
        for number, act in enumerate((loop if kind in LOOPS else honest)(kind, 1).acts):
            step = step_of(act.tool, act.given, act.response, act.error, seen, number=number)
            text = json.dumps(step.packed(), separators=(",", ":"))
            assert Step(json.loads(text)).packed() == step.packed()
            sizes.append(len(text))
    assert len(sizes) > 500 and sorted(sizes)[len(sizes) // 2] < 200 and max(sizes) < 300


def test_a_time_out_is_told_from_a_failure_though_the_client_calls_it_success():
    step = step_of("Bash", {"command": "make slow"}, {"stdout": "", "stderr": "", "interrupted": False, "timedOutAfterMs": 120000})
    assert (step.outcome, step.error) == ("timeout", "timeout")


def test_nothing_found_is_an_answer_and_not_a_failure():
    assert step_of("Bash", {"command": "grep -rn zzz src"}, error="Exit code 1").outcome == "ok"
    assert step_of("Bash", {"command": "python x.py"}, error="Exit code 1").outcome == "error"


def test_a_description_is_no_part_of_a_call_and_blanks_are_not():
    one, other, third = (step_of("Bash", {"command": c, "description": d}, "x") for c, d in (("ls  -la", "a"), ("ls -la", "b"), ("ls -l", "a")))
    assert one.key == other.key != third.key


def test_silence_is_silence_in_whatever_words():
    said = ["", "Your command ran successfully and did not produce any output.", "(no content)", {"stdout": "", "stderr": ""}, {"mode": "content", "numFiles": 0, "filenames": []}]
    assert {step_of("x", {}, text).out for text in said} == {0}


def test_durations_and_whole_files_are_no_part_of_a_response():
    assert text_of({"filenames": ["a"], "durationMs": 3, "originalFile": "x"}) == "a"
    assert text_of([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]) == "a\nb"


# ---- signals -----------------------------------------------------------------------------------------------------------------------------


def steps_of(acts):
    seen = Sketch()
    return [denied_step(a.tool, a.given, list(a.about), number=n, batch=a.batch) if a.about
            else step_of(a.tool, a.given, a.response, a.error, seen, number=n, batch=a.batch, interrupted=a.interrupted) for n, a in enumerate(acts)]


def kinds_of(signals):
    return {(signal.kind, signal.level) for signal in signals}


SAME = bash("node check.js", "the list is empty")


def test_a_signal_has_its_evidence():
    signal = look(steps_of([SAME] * 4))[0]
    assert (signal.kind, signal.level, signal.count, signal.steps) == ("cycle", "refuse", 4, [0, 1, 2, 3])
    assert signal.keys == [call_key("Bash", {"command": "node  check.js", "description": "again"})]
    assert "node check.js" in signal.text() and signal.differs and signal.instead


def test_the_levels_come_one_after_the_other():
    assert [[s.level for s in signals] for signals in replay([SAME] * 6)] == [[], [], ["note"], ["refuse"], ["stop"], ["stop"]]


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_cycle_is_seen_in_its_third_round_and_not_before(length):
    acts = [bash(f"node check_{word}.js", f"the list of {word} is empty") for word in ("red", "blue", "green", "grey")[:length]] * 3
    found = replay(acts)
    assert not any(found[:-1]) and kinds_of(found[-1]) == {("cycle", "note")}


def test_other_output_is_no_cycle():
    assert not any(replay([bash("node next.js", f"the next word is {word}") for word in "alder birch cedar elm fir hazel".split()]))


def test_the_persons_prompt_starts_anew():
    steps = steps_of([SAME] * 6)
    assert look(steps) and not look([*steps, mark("reset", number=7), *steps[:2]])
    assert look([*steps[:3], mark("reset"), *steps[:3]])[0].count == 3


def test_a_signal_is_about_the_newest_step():
    assert not look([*steps_of([SAME] * 6), *steps_of([bash("ls other", "another\nthing\nhere")])])


def test_calls_made_at_once_count_once():
    error = failed("curl https://api.example.org/x", "curl: (6) Could not resolve host: api.example.org", 6)
    assert not any(replay([error._replace(batch="m1", given={"command": f"curl https://api.example.org/{n}"}) for n in range(9)]))
    assert replay([error._replace(batch=f"m{n}") for n in range(5)])[-1]


def test_what_a_person_refused_and_what_was_cancelled_never_counts():
    for text in ("The user doesn't want to proceed with this tool use. The tool use was rejected", "<tool_use_error>Sibling tool call errored</tool_use_error>"):
        assert not any(replay([Act("Bash", {"command": "git push"}, error=text)] * 12))
    assert not any(replay([Act("Bash", {"command": "make"}, error="stopped", interrupted=True)] * 12))


def failures(count, text="fatal: unable to access 'https://git.example.org/': Could not resolve host: git.example.org"):
    return [failed("git fetch origin", text, 128) for _ in range(count)]


def error_levels(acts):
    return [[s.level for s in signals if s.kind == "error"] for signals in replay(acts)]


def test_errors_nudge_at_three_and_stop_at_five():
    assert error_levels(failures(5)) == [[], [], ["note"], ["refuse"], ["stop"]]


def test_permanent_errors_are_told_once_and_stop_at_three():
    acts = [failed(f"cp a{n} /etc/app/a{n}", f"cp: cannot create regular file '/etc/app/a{n}': Permission denied") for n in range(3)]
    assert error_levels(acts) == [[], ["note"], ["stop"]]


def test_errors_are_counted_in_a_row_alone():
    work = bash("ls src", "alpha.py\nbeta.py\ngamma.py\ndelta.py")
    fresh = [bash(f"cat {word}.py", f"def {word}():\n    return {word}_of_all\n    # {word} end") for word in "alder birch cedar elm".split()]
    mixed = [act for pair in zip(failures(4), fresh, strict=True) for act in pair]
    assert not any(error_levels([work, *mixed]))


def test_a_retry_that_succeeds_ends_the_row():
    good = bash("git fetch origin", "")
    assert not any(error_levels([good, *[act for _ in range(4) for act in (*failures(2), good)]]))


def test_a_look_that_tells_nothing_new_does_not_end_a_row_of_errors():
    glance = bash("ls", "alpha.py\nbeta.py")
    acts = [glance, *[act for error in failures(5) for act in (error, glance)]]
    assert ["stop"] in error_levels(acts)


def test_waiting_between_transient_errors_moves_the_stop():
    acts = [act for error in failures(5) for act in (error, bash("sleep 20", ""))]
    assert ["stop"] not in error_levels(acts) and ["note"] in error_levels(acts)


def test_a_file_edited_back_and_forth():
    there, back = ("a = 1", "a = 2"), ("a = 2", "a = 1")
    acts = [Act("Edit", {"file_path": "/p/a.py", "old_string": old, "new_string": new}, {"filePath": "/p/a.py"}) for old, new in (there, back) * 3]
    found = [[s.level for s in signals if s.kind == "revert"] for signals in replay(acts)]
    assert found == [[], [], [], ["note"], ["refuse"], ["stop"]]


def test_a_file_brought_back_between_other_edits_is_no_loop():
    acts = []
    for n, (old, new) in enumerate([("DEBUG = 0", "DEBUG = 1"), ("DEBUG = 1", "DEBUG = 0")] * 4):
        acts.append(Act("Edit", {"file_path": "/p/a.py", "old_string": old, "new_string": new}, {"filePath": "/p/a.py"}))
        acts.append(Act("Edit", {"file_path": f"/p/b{n}.py", "old_string": "x", "new_string": f"y{n}"}, {"filePath": "/p/b.py"}))
    assert not any(signal.kind == "revert" for signals in replay(acts) for signal in signals)


def test_a_denied_thing_in_other_words():
    acts = [Act("Bash", {"command": text}, about=("CRD:config/prod.yaml", f"STR:{text}")) for text in ("rm config/prod.yaml", "unlink config/prod.yaml", "mv config/prod.yaml /tmp", "find config -delete", "truncate -s0 config/prod.yaml")]
    assert [[s.level for s in signals] for signals in replay(acts)] == [[], ["note"], ["refuse"], ["refuse"], ["stop"]]
    assert not any(replay([act._replace(about=(f"CRD:{n}",)) for n, act in enumerate(acts)]))


def test_a_poll_has_a_far_limit_and_a_limit():
    found = replay([bash("gh run view 5", "in progress")] * 60)
    levels = [signals[0].level if signals else "" for signals in found]
    assert levels.index("note") + 1 == LIMITS["poll"][0] and levels.index("stop") + 1 == LIMITS["poll"][2]


def test_a_poll_that_will_never_be_let_in_is_a_permanent_error():
    acts = [failed("curl -sf https://ci.example.org/api/builds/7/status", "curl: (22) The requested URL returned error: 401 Unauthorized", 22)] * 4
    assert ["stop"] in error_levels(acts)


def test_a_look_at_any_steps_gives_an_answer():
    draw = Random(5)
    for _ in range(300):
        steps = []
        for n in range(draw.randint(1, 60)):
            kind = draw.choice(("poll", "read", "edit", "test", "search", "task", "other", "reset", "continue"))
            error = draw.choice(("", "", "~unknown", "auth", "connection", "syntax", "denied", "missing generated file"))
            steps.append(Step([n, draw.choice((0, 1, n)), "Bash", kind, draw.randint(0, 3), draw.randint(0, 2), draw.randint(0, 2), draw.randint(0, 1),
                               draw.choice(("ok", "error", "timeout", "denied", "uncounted", "interrupted")), error, "x", "y",
                               draw.choice(([], [1, 2, 3], [1, 0, 4])), draw.choice(([], [1, 0, 0], [0, 1, 5], [-1, -1, 6])), draw.randint(0, 2), draw.randint(0, 1),
                               [draw.randint(0, 900)] if kind == "continue" or draw.random() < 0.2 else []]))
        for signal in look(steps):
            assert signal.level in ("note", "refuse", "stop") and signal.count > 0 and signal.text()
            assert all(number in range(len(steps)) for number in signal.steps)


def test_no_progress_is_a_hint_and_never_more():
    seen = bash("cat notes.txt", "\n".join([f"{word} is known" for word in "alder birch cedar elm fir hazel".split()]))
    acts = [seen, *[bash(f"grep -c {word} notes{n}.txt", "alder is known") for n, word in enumerate("abcdefghijklmnopqrstuvwxyz")]]
    signals = [s for found in replay(acts) for s in found if s.kind == "no progress"]
    assert signals and {s.level for s in signals} == {"note"}
    found = replay([Act(f"mcp__a__do_{n}", {"x": 1}, error=f"Exit code {n}\nodd {word}") for n, word in enumerate("abcde")])
    assert not any(s.level == "stop" for signals in found for s in signals)


def test_tasks_that_get_done_are_progress():
    acts = [bash("cat notes.txt", "nothing new here")]
    for n in range(30):
        acts.append(Act("TaskUpdate", {"taskId": str(n), "status": "completed"}, {"success": True}) if n % 6 == 5 else bash(f"test -f {n}", "nothing new here"))
    assert not [s for found in replay(acts) for s in found if s.kind == "no progress"]


def test_diminishing_returns_after_three_continuations():
    few = [mark("continue", number=n, tokens=300) for n in range(3)]
    assert kinds_of(look(few)) == {("diminishing", "stop")}
    assert not look(few[:2])
    assert not look([*few[:2], mark("continue", tokens=900)])
    assert not look([few[0], *steps_of([bash("ls", "alpha\nbeta\ngamma")]), *few[1:]])


def test_limits_can_be_set():
    steps = steps_of([SAME] * 3)
    assert not look(steps, {"cycle": (0, 0, 0), "repeat": (0, 0, 0), "nothing new": (0, 0, 0), "numbers": (0, 0, 0)})
    assert look(steps, {"cycle": (2, 2, 3)})[0].level == "stop"


def test_nothing_is_no_signal():
    assert look([]) == [] and look([mark("reset")]) == []


# ---- made-up sessions --------------------------------------------------------------------------------------------------------------------


def test_loops_are_found_and_honest_work_is_left_alone():
    rows = run(seed=70, count=25)
    assert len(rows) == len(LOOPS) + len(BENIGN) >= 25
    assert [row for row in rows if not row.good] == []
    assert all(row.stopped == 0 for row in rows if not row.loop)
    assert "false alarms" in table(rows)


def test_the_self_test_can_fail(monkeypatch):
    from holdfast.loops import selftest
    monkeypatch.setattr(selftest, "look", lambda steps: [])
    assert not any(row.good for row in selftest.run(count=3) if row.loop)
    from holdfast.loops.signals import Signal
    monkeypatch.setattr(selftest, "look", lambda steps: [Signal("cycle", "stop", 9, [], "", "", "")])
    assert not any(row.good for row in selftest.run(count=3) if not row.loop)


def test_the_same_seed_makes_the_same_sessions():
    assert loop("ABC", 4) == loop("ABC", 4) != loop("ABC", 5)


# ---- budgets -----------------------------------------------------------------------------------------------------------------------------


def test_a_budget_warns_then_finishes_then_stops():
    one = budgets.begin(100.0, task="filesystem")
    assert one["limits"] == {"steps": 30}
    words = []
    for _ in range(31):
        one = budgets.spend(one, 101.0, steps=1, tokens=50)
        words.append(budgets.state(one)[0])
    assert [words.index(word) + 1 for word in ("fine", "warn", "finish", "stop")] == [1, 24, 27, 30]
    assert json.loads(json.dumps(one)) == one


def test_a_child_counts_in_itself_and_once_in_its_parent():
    parent, child, grandchild = (budgets.begin(0.0, {"tokens": 1000}, parent=name) for name in ("", "main", "child"))
    grandchild = budgets.spend(grandchild, 5.0, steps=1, tokens=300, usd=0.5)
    child = budgets.with_child(budgets.spend(child, 5.0, steps=2, tokens=100), "g", grandchild)
    for _ in range(3):  # told again and again
        parent = budgets.with_child(budgets.spend(parent, 9.0), "c", child)
    assert budgets.totals(child)["tokens"] == 400 and budgets.totals(parent) == {"steps": 3, "tokens": 400, "usd": 0.5, "wall_s": 9.0}
    assert budgets.with_child(parent, "c", budgets.begin(0.0))["children"]["c"]["tokens"] == 400, "totals only grow"
    assert budgets.left(grandchild, [child, budgets.spend(parent, 9.0, tokens=700)])[0] == "stop"


def test_the_nearest_limit_is_named():
    one = budgets.spend(budgets.begin(0.0, {"steps": 100, "usd": 2.0, "wall_s": 60.0}), 30.0, steps=10, usd=1.9)
    assert budgets.state(one) == ("finish", "usd", 0.95)
    assert budgets.state(budgets.begin(0.0)) == ("fine", "", 0.0)


def test_returns_diminish_after_three_continuations():
    one = budgets.begin(0.0)
    found = []
    for total in (900, 1000, 1100, 1200, 9000, 9100, 9200):
        one, diminishing = budgets.continued(one, total)
        found.append(diminishing)
    assert found == [False, False, False, True, False, False, True]
    assert budgets.continued(budgets.prompted(one), 9201)[1] is False
    assert budgets.continued(one, 9201, new_information=True)[1] is False


@pytest.mark.parametrize("given, reason", [
    ({"goal_met": True, "breaker_open": True}, "goal"), ({"from_outside": True, "breaker_open": True}, "outside"), ({"breaker_open": True}, "breaker"),
    ({"budget_state": "stop"}, "budget"), ({"diminishing": True}, "diminishing"), ({"budget_state": "finish"}, ""), ({}, "")])
def test_five_conditions_end_the_work(given, reason):
    assert budgets.ending(**{"budget_state": "fine", **given}) == reason


@pytest.mark.parametrize("limits", [{"steps": 0}, {"steps": -1}, {"coins": 3}, {"usd": "2"}, {"tokens": True}, {"usd": float("nan")}])
def test_a_limit_that_is_none_is_an_error(limits):
    with pytest.raises(ValueError, match="is not a limit"):
        budgets.begin(0.0, limits)
    with pytest.raises(ValueError, match="kind of task"):
        budgets.begin(0.0, task="cooking")


# ---- what it costs -----------------------------------------------------------------------------------------------------------------------

HOT = ("normal", "sketch", "command", "step", "errors", "testrun", "signals", "budget")


def test_the_hot_modules_import_nothing_but_each_other():
    code = f"import sys; sys.path.insert(0, {HOOKS!r}); before = set(sys.modules)\n" + "".join([f"import holdfast.loops.{name}\n" for name in HOT]) + "print(*sorted(set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True).stdout.split()
    assert set(found) == {"holdfast", "holdfast.loops", *[f"holdfast.loops.{name}" for name in HOT]}
    assert {name[:-3] for name in os.listdir(f"{HOOKS}/holdfast/loops") if name.endswith(".py")} == {*HOT, "__init__", "generator", "selftest"}


def test_a_look_at_two_hundred_steps_takes_well_under_a_millisecond():
    for kind in (*LOOPS, "long research", "edit and test with progress"):
        acts = []
        for seed in range(30):
            acts.extend((loop if kind in LOOPS else honest)(kind, seed).acts)
        steps = steps_of(acts[:200])
        assert len(steps) == 200
        best = 9.0
        for _ in range(10):
            began = time.process_time()
            look(steps)
            best = min(best, time.process_time() - began)
        assert best < 0.001, kind
