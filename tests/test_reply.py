"""Replies: only what the event can carry is rendered, and nothing ends as the client's preview."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.kernel.reply import CAP, CHANNELS, Reply, fit, render, shards, units

VALUES = {"decision": "deny", "context": ["c"], "block": "b", "stop": "s", "message": "m", "updated_input": {"a": 1},
          "updated_output": {"b": 2}, "plain": "p"}


def test_a_denial_has_the_clients_shape():
    rendered = json.loads(render("PreToolUse", Reply(decision="deny", reason="R", context=["one", "two"], message="M")))
    assert rendered == {"systemMessage": "M", "hookSpecificOutput": {
        "hookEventName": "PreToolUse", "permissionDecision": "deny", "permissionDecisionReason": "R", "additionalContext": "one\ntwo"}}


def test_nothing_to_say_is_no_output():
    assert render("PreToolUse", Reply()) == render("PostCompact", Reply()) == b""


@pytest.mark.parametrize("event", [*sorted(CHANNELS), "PostCompact", "SessionEnd", "Notification", "NoSuchEvent"])
def test_an_answer_that_the_event_would_ignore_is_not_rendered(event):
    for name, value in VALUES.items():
        reply = Reply(**{name: value})
        if name in CHANNELS.get(event, ()):
            assert render(event, reply)
        else:
            with pytest.raises(ValueError, match=f"{event} would ignore {name}"):
                render(event, reply)


def test_the_stronger_decision_holds_and_texts_are_joined():
    reply = Reply(decision="ask", reason="A", message="x").add(Reply(decision="deny", reason="D")).add(Reply(decision="ask", message="y"))
    assert (reply.decision, reply.reason, reply.message) == ("deny", "D", "x\ny")


@given(st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=60), st.integers(120, 3000))
def test_context_is_fitted_at_item_boundaries(items, cap):
    fitted = fit(items, cap)
    assert units(fitted) <= cap
    if units("\n".join(items)) <= cap:
        assert fitted == "\n".join(items)
    elif units(items[0]) + 40 < cap:
        assert fitted.startswith(items[0]) and fitted.endswith("not shown here")


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=60))
def test_shards_keep_every_item_whole_and_in_order(items):
    found = shards(items, 400)
    assert all(units(shard) <= 400 for shard in found)
    assert "\n".join(found) == "\n".join(items)


def test_emoji_count_double_as_in_the_client():
    assert units("😀" * 5000) == CAP and units("é" * 5000) == 5000
    assert units(fit(["😀" * 6000])) <= CAP
