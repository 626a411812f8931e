"""Events: every recorded payload is read; whatever is not an event is refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.kernel.event import BadEvent, attended, read_event
from holdfast.kernel.jsontext import dump, load

BASE = {"session_id": "s", "hook_event_name": "PreToolUse", "cwd": "/p", "tool_name": "Bash", "tool_input": {"command": "ls"}}


def data(**changes):
    return json.dumps({k: v for k, v in {**BASE, **changes}.items() if v is not ...}).encode()


def test_known_fields_are_attributes_and_unknown_ones_are_kept():
    event = read_event(data(agent_id="a1", brand_new={"x": 1}), "PreToolUse")
    assert (event.tool_name, event.agent, event.prompt_id) == ("Bash", "a1", None)
    assert event.raw["brand_new"] == {"x": 1}


@pytest.mark.parametrize("payload, reason", [
    (b"", "not a JSON object"),
    (b"{", "not a JSON object"),
    (b'{"a":', "not a JSON object"),
    (b"[]", "not a JSON object"),
    (b"null", "not a JSON object"),
    (b'{"a":NaN}', "not a JSON object"),
    (b"\xff\xfe{}", "not UTF-8 at byte 0"),
    (data() + b"x", "text after the JSON value"),
    (b"[" * 200_000, "nested too deeply"),
    (data(hook_event_name="Stop"), "this is the event Stop, and PreToolUse was expected"),
    (data(tool_name=...), "`tool_name` is missing"),
    (data(tool_input="ls"), "`tool_input` should be an object, and is str"),
    (data(session_id=7), "`session_id` should be a text, and is int"),
    (data(tool_name=None), "`tool_name` is missing"),
], ids=lambda v: v if isinstance(v, str) else "")
def test_bad_input_is_refused_with_its_reason(payload, reason):
    with pytest.raises(BadEvent, match=reason.replace("(", r"\(")):
        read_event(payload, "PreToolUse")


def test_a_session_is_attended_only_when_the_client_says_so():
    assert [attended({"CLAUDE_CODE_SESSION_ATTENDED": v}) for v in ("1", "0", "", "yes")] == [True, False, False, False]
    assert attended({}) is False


values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
                      lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20)


@given(values)
def test_json_is_read_and_written_as_the_standard_library_does(value):
    text = json.dumps(value)
    assert load(text) == json.loads(text)
    assert json.loads(dump(value)) == value
    assert load(f" \n{text}\t") == value


@given(st.text(alphabet='{}[]",:0123456789.eE+-\\ntrufals \u00e9', max_size=30))
def test_what_the_standard_library_refuses_is_refused(text):
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError):
            load(text)
    else:
        if "Infinity" not in json.dumps(expected):
            assert load(text) == expected


def test_a_number_that_could_not_be_written_back_is_refused():
    with pytest.raises(ValueError, match="out of range"):
        load('{"a": 1e999}')
