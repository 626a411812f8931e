"""The grammar on labelled sentences: what binds is found verbatim, what only sounds like it is left alone; and both readers together."""

import os
import sys

import pytest
from support import REPO

from holdfast.memory.words.constraints import constraints_in, read_in

sys.path.insert(0, f"{REPO}/tests/words")


def labelled(name):
    with open(f"{REPO}/tests/words/{name}", encoding="utf-8") as file:
        rows = [line.rstrip("\n").partition("\t") for line in file]
    return [text for sign, _, text in rows if sign == "+"], [text for sign, _, text in rows if sign == "-"]


BINDING, FREE = labelled("base.tsv")


@pytest.mark.parametrize("sentence", BINDING)
def test_a_standing_constraint_is_found_verbatim(sentence):
    found = read_in(sentence)
    assert found
    for said in found:
        assert said.text and sentence[said.start:said.end] == said.text


@pytest.mark.parametrize("sentence", FREE)
def test_what_binds_nobody_is_left_alone(sentence):
    assert read_in(sentence) == []


@pytest.mark.parametrize("sentence", BINDING[::7])
def test_a_constraint_is_found_beside_other_text(sentence):
    prompt = f"The importer crashed twice yesterday.\n\n{sentence}\n\nPlease have a look at the log and fix it."
    found = read_in(prompt)
    assert [prompt[said.start:said.end] for said in found] == [said.text for said in found]
    assert {said.text for said in found} == {said.text for said in read_in(sentence)}


@pytest.mark.parametrize("name", sorted(name for name in os.listdir(f"{REPO}/tests/words") if name.endswith(".tsv")))
def test_both_readers_together_are_right_on_what_was_learned_from(name):
    """No measure of unseen sentences; what falls here has been broken."""
    binding, free = labelled(name)
    found = sum(bool(constraints_in(sentence)) for sentence in binding)
    alarms = sum(bool(constraints_in(sentence)) for sentence in free)
    assert len(binding) > 250 and len(free) > 250
    assert found / len(binding) >= 0.84 and alarms / len(free) <= 0.06, (found / len(binding), alarms / len(free))


def test_acts_are_hardly_ever_forbidden_by_mistake():
    """What is enforced by mistake stops work: at most a half per cent of what does not bind, learned from or not."""
    import learn
    free = [text for text, binds in learn.sentences() if not binds]
    wrong = [text for text in free if any(said.forbids for said in constraints_in(text))]
    assert len(wrong) <= 0.005 * len(free), wrong
