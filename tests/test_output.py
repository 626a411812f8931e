"""Cleaning of outputs: what is taken out, what is cut, and that a clean text is never changed by a byte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import event, output, run_hook

from holdfast.output.clean import clean, controlled

REMOVED = [
    ("a\x00b", "ab"), ("\x1b[31mred\x1b[0m", "red"), ("\x1b[1;38;5;200mx\x1b[m", "x"), ("\x1b]0;title\x07text", "text"),
    ("\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\", "link"), ("\x1bP1$r0m\x1b\\kept", "kept"), ("\x1b(Bplain", "plain"), ("\x1bcreset", "reset"),
    ("\x9b31mred", "red"), ("bell\x07", "bell"), ("N\x08NA\x08AME", "NAME"), ("_\x08u", "u"), ("10 %\r20 %\rdone\n", "10 %\n20 %\ndone\n"),
    ("safe\rhidden", "safe\nhidden"), ("\x7fdel", "del"), ("x\x1b", "x"), ("x\x1b[", "x"), ("x\x1b[31", "x"), ("\x1b]0;never ended\nnext line", "\nnext line"),
    ("\x85next", "next"), ("crlf\r\n\x00", "crlf\r\n"),
]
KEPT = ["", "plain\n", "tab\there", "crlf\r\nlines\r\n", "page\x0cbreak", "ünïcode → 漢字 🎉\n", "[31mnot an escape", "\\x1b[31m spelled out", "a" * 9_999]


@pytest.mark.parametrize("text, expected", REMOVED, ids=lambda t: ascii(t)[:40])
def test_what_a_terminal_would_obey_is_taken_out(text, expected):
    cleaned, notes = clean(text, 10_000, 50_000)
    assert cleaned == expected and len(notes) == 1 and "control characters" in notes[0]


@pytest.mark.parametrize("text", KEPT, ids=lambda t: ascii(t)[:40])
def test_a_clean_text_comes_back_itself(text):
    cleaned, notes = clean(text, 10_000, 50_000)
    assert cleaned is text and notes == []


@given(st.text(alphabet=st.sampled_from("ab \n\r\t\x00\x07\x08\x1b[]()0;mP\\\x9b\x7f\x85é漢")))
def test_nothing_odd_is_left_and_cleaning_again_changes_nothing(text):
    cleaned, notes = clean(text, 10_000, 50_000)
    assert not controlled(cleaned)
    assert clean(cleaned, 10_000, 50_000) == (cleaned, [])
    assert bool(notes) == controlled(text)


def test_long_lines_are_cut_and_counted():
    cleaned, notes = clean("short\n" + "x" * 10_007 + "\nend", 10_000, 50_000)
    assert cleaned == "short\n" + "x" * 10_000 + " [... 7 more characters]\nend" and notes == ["7 characters of lines longer than 10000 were cut"]
    assert clean("x" * 20_000, 0, 0) == ("x" * 20_000, [])


def test_too_many_lines_are_cut_and_counted():
    text = "l\n" * 50_000
    assert clean(text, 10_000, 50_000) == (text, [])
    assert clean(text + "one more\n", 10_000, 50_000) == (text, ["1 lines after line 50000 were cut"])


def after(tmp_path, **fields):
    code, out, _ = run_hook("PostToolUse", event("PostToolUse", **fields), tmp_path)
    assert code == 0
    return json.loads(out)["hookSpecificOutput"] if out else None


def test_a_clean_output_gets_no_answer_at_all(tmp_path):
    assert after(tmp_path, tool_response=output("plain\ttext\r\n", stderr="ünïcode")) is None


def test_the_tools_own_shape_is_kept(tmp_path):
    answer = after(tmp_path, tool_response=output("\x1b[31mred", stderr="e\x00", backgroundTaskId="b\x00"))
    assert answer["updatedToolOutput"] == output("red", stderr="e", backgroundTaskId="b\x00")
    assert "Holdfast cleaned the output of this Bash call" in answer["additionalContext"]
    read = {"type": "text", "file": {"filePath": "/a\x1b", "content": "a\x00b", "numLines": 1, "startLine": 1, "totalLines": 1}}
    expected = {"type": "text", "file": {**read["file"], "content": "ab"}}
    assert after(tmp_path, tool_name="Read", tool_response=read)["updatedToolOutput"] == expected
    blocks = [{"type": "text", "text": "\x1b[1mb"}, {"type": "image", "source": {"type": "base64", "data": "x" * 20_000}}]
    assert after(tmp_path, tool_name="mcp__a__b", tool_response=blocks)["updatedToolOutput"] == [{"type": "text", "text": "b"}, blocks[1]]


@pytest.mark.parametrize("fields", [
    {"tool_response": output("x" * 20_000, isImage=True)}, {"tool_name": "Write", "tool_response": {"content": "\x1b"}},
    {"tool_response": ...}, {"tool_response": 7}, {"tool_name": "Read", "tool_response": {"type": "image", "file": {"content": "\x00"}}}])
def test_what_is_no_text_for_the_model_is_left_alone(tmp_path, fields):
    assert after(tmp_path, **fields) is None


def test_the_limits_are_a_persons_to_set(tmp_path):
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude/holdfast.json").write_text('{"output": {"line_characters": 5, "lines": 2}}')
    answer = after(tmp_path, tool_response=output("1234567\n2\n3\n"))
    assert answer["updatedToolOutput"]["stdout"] == "12345 [... 2 more characters]\n2\n"


def test_odd_output_of_a_failed_call_is_named(tmp_path):
    code, out, _ = run_hook("PostToolUseFailure", event("PostToolUseFailure", error="Exit code 1\n\x1b[31mred"), tmp_path)
    assert code == 0 and "control characters" in json.loads(out)["hookSpecificOutput"]["additionalContext"]
    assert run_hook("PostToolUseFailure", event("PostToolUseFailure"), tmp_path)[1] == b""
