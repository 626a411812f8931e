"""The guard in the real client: what it stops, what it lets run, what the model is told, what is written down."""

import pytest

from holdfast.canary import scenarios


def test_without_holdfast_the_same_calls_do_harm(bench):
    print(scenarios.control(bench))


@pytest.mark.parametrize("mode", scenarios.MODES)
def test_dangerous_commands_are_refused_in_every_permission_mode(bench, mode):
    print(scenarios.denied(bench, mode))


def test_the_reason_reaches_the_model_word_for_word(bench):
    print(scenarios.reason_verbatim(bench))


def test_commands_that_only_look_dangerous_run(bench):
    print(scenarios.near_misses(bench))


def test_ask_is_a_refusal_with_a_reason_when_nobody_can_answer(bench):
    print(scenarios.ask_becomes_denial(bench))


def test_a_subagents_calls_are_judged_and_recorded_under_its_id(bench):
    print(scenarios.inside_a_subagent(bench))


def test_file_tools_are_held_to_the_project_and_kept_from_secrets(bench):
    print(scenarios.other_tools(bench))


def test_three_calls_at_once_are_each_judged_and_recorded_once(bench):
    print(scenarios.in_parallel(bench))
