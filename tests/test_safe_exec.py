"""safe_exec: real programs, hostile values. What does not fit its kind never reaches a program."""

import os
import subprocess
import sys
import time

import pytest
from support import HOOKS

from holdfast.safe_exec import BadValue, Failed, TimedOut, choice, joined, name, number, path, run, text, url

HOSTILE = ["-rf", "--upload-pack=x", "..", "../x", "a/../../b", "a\0b", "a\nb", "$(touch /tmp/x)", "`id`", "a;b", "a b", "a|b", "", "a'b",
           "\u202egnp", "а", "a\u200bb", "\x1b[2J", "~", "*", "a" * 500, "\ud800", ".hidden", "a..b", "-"]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_hostile_name_is_refused_with_value_and_reason(value):
    with pytest.raises(ValueError) as caught:
        name(value)
    assert isinstance(caught.value, BadValue) and caught.value.value == value and caught.value.reason


@pytest.mark.parametrize("value", ["main", "v1.2.3", "feature_x", "a+b", "user@host", "A-1"])
def test_ordinary_names_pass(value):
    assert name(value).word == value


def test_slashes_are_asked_for():
    assert name("feature/x", slashes=True).word == "feature/x"
    for bad in ("feature/x", ):
        with pytest.raises(BadValue, match="slashes=True"):
            name(bad)
    for bad in ("/etc/passwd", "a//b", "a/", "a/../b", "a/-b", "a/.git"):
        with pytest.raises(BadValue):
            name(bad, slashes=True)


def test_a_path_stays_within_its_root(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to("/etc")
    root = tmp_path / "in"
    assert path("a/b", root).word == f"{root}/a/b"
    assert path("-rf", root).word == f"{root}/-rf"
    assert path(f"{root}/x", root).word == f"{root}/x" and path(".", root).word == str(root)
    for bad in ("../in2", "..", "/etc/passwd", "link/passwd", "a\0b", "", "a\nb", f"{root}2/x"):
        with pytest.raises(BadValue):
            path(bad, root)
    with pytest.raises(BadValue, match="there is no"):
        path("missing", root, must_exist=True)


def test_text_is_passed_as_it_is_and_hides_nothing():
    for good in ("$(touch x) `id` ; | & 'q' \"d\"", "ünï 漢字 🙂", "two\nlines\tand a tab", ""):
        assert run("printf", "%s", text(good)).stdout == good
    for bad in ("a\0b", "\x1b[31m", "a\rb", "\u202e", "\u2066x", "\ufeff", "\ue000", "\ud800"):
        with pytest.raises(BadValue):
            text(bad)
    with pytest.raises(BadValue):
        text("a\nb", lines=False)


def test_a_text_cannot_become_an_option():
    with pytest.raises(BadValue, match="taken for an option"):
        run("printf", text("-v"))
    assert run("printf", "--", text("-v")).stdout == "-v"
    assert run("printf", "%s", joined("--message=", text("-x"))).stdout == "--message=-x"


@pytest.mark.parametrize("value", ["1e999", "inf", "nan", True, "0x10", "1;2", "-1", None, "１", "1\n", "", "--1"], ids=ascii)
def test_no_number(value):
    with pytest.raises(BadValue):
        number(value)


def test_numbers_and_their_bounds():
    assert number("42").word == "42" and number(2.5).word == "2.5" and number(-3, low=-5).word == "-3"
    for value, bounds in ((11, (0, 10)), (-6, (-5, 0))):
        with pytest.raises(BadValue, match="not from"):
            number(value, *bounds)


@pytest.mark.parametrize("value", [
    "http://example.com/", "https://evil.example/", "https://example.com@evil.example/", "https://user:pw@example.com/", "file:///etc/passwd",
    "https://example.com.evil.example/", "https://ехample.com/", "https://example.com\\@evil.example/", "https://example.com:8443/", "https://",
    "-https://example.com", "https://example.com/a b", "https://example.com/\n", "javascript:alert(1)", "https://[::1]/", "https://a.example.com.",
], ids=ascii)
def test_an_address_elsewhere_is_refused(value):
    with pytest.raises(BadValue):
        url(value, ["example.com", "*.api.example.com"])


def test_addresses_on_allowed_hosts():
    assert url("https://example.com/a?b=1#c", ["example.com"]).word == "https://example.com/a?b=1#c"
    assert url("https://x.api.example.com/", ["*.api.example.com"]).word
    assert url("http://localhost:8080/", ["localhost:8080"], schemes=("http",)).word
    with pytest.raises(BadValue):
        url("https://api.example.com/", ["*.api.example.com"])


def test_choices():
    assert choice("a", ["a", "b"]).word == "a"
    with pytest.raises(BadValue, match="not one of a, b"):
        choice("c", ["a", "b"])


def test_there_is_no_shell_and_no_code_from_values():
    for shell in ("sh", "/bin/bash", "zsh"):
        with pytest.raises(BadValue, match="no shell"):
            run(shell, "-c", "true")
    with pytest.raises(BadValue, match="as code"):
        run("python3", "-c", text("print(1)"))
    with pytest.raises(BadValue, match="as code"):
        run("perl", "-ne", text("print"))
    for program in ("-x", "", None):
        with pytest.raises(BadValue):
            run(program)
    with pytest.raises(BadValue, match="declared kind"):
        run("printf", 5)
    with pytest.raises(BadValue, match="printable"):
        run("printf", "a\0b")


def test_the_environment_is_scrubbed(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "s3")
    monkeypatch.setenv("LD_PRELOAD", "")
    assert "SECRET_TOKEN" not in run("env").stdout and "LD_PRELOAD" not in run("env").stdout
    assert "SECRET_TOKEN=s3" in run("env", keep=["SECRET_TOKEN"]).stdout
    assert "A=1\n" in run("env", env={"A": "1"}).stdout


def test_a_failure_says_how_it_ended():
    with pytest.raises(Failed, match="ended with 3"):
        run(sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)")
    assert run(sys.executable, "-c", "raise SystemExit(3)", check=False).status == 3
    with pytest.raises(FileNotFoundError):
        run("no-such-program-here")


def test_input_reaches_the_program_and_is_empty_otherwise():
    assert run("cat", input="a\nb").stdout == "a\nb" and run("cat").stdout == ""


def test_output_is_capped_and_says_so():
    done = run(sys.executable, "-c", "print('x' * 5_000_000)", output=1000)
    assert len(done.stdout) == 1000 and done.cut
    assert not run("printf", "x").cut


def test_what_takes_too_long_is_ended_with_everything_it_started(tmp_path):
    mark = tmp_path / "still"
    code = f"import subprocess, time; subprocess.Popen(['sh', '-c', 'sleep 3; touch {mark}']); print('on', flush=True); time.sleep(60)"
    began = time.monotonic()
    with pytest.raises(TimedOut, match="after 1 s") as caught:
        run(sys.executable, "-c", code, timeout=1)
    assert time.monotonic() - began < 10 and caught.value.result.stdout == "on\n"
    time.sleep(3)
    assert not mark.exists()


def test_a_child_that_keeps_the_pipe_open_is_not_waited_for():
    began = time.monotonic()
    done = run(sys.executable, "-c", "import subprocess; subprocess.Popen(['sleep', '20']); print('done')", timeout=15)
    assert done.stdout == "done\n" and time.monotonic() - began < 5


def test_scripts_find_it_where_the_command_says(tmp_path):
    folder = subprocess.run([sys.executable, "-I", f"{HOOKS}/holdfast_cli.py", "library"], capture_output=True, text=True,
                            env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]}).stdout.strip()
    done = subprocess.run([sys.executable, "-c", "from holdfast.safe_exec import name, run; print(run('printf', name('x')).stdout)"],
                          capture_output=True, text=True, env={"PYTHONPATH": folder, "PATH": os.environ["PATH"]})
    assert done.stdout == "x\n", done.stderr
