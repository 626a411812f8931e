"""The second opinion on sentences: learned from what is beside it, sure of plain cases, and never the only one that enforces."""

import random
import sys

import pytest
from support import REPO

from holdfast.memory.words.constraints import constraints_in
from holdfast.memory.words.weighing import DOUBT, SURE, likelihood, marks, no_order, weigh
from holdfast.memory.words.weights import BIAS, KNOWN, WEIGHTS

sys.path.insert(0, f"{REPO}/tests/words")


@pytest.mark.parametrize("sentence", [
    "Do not touch config/prod.yaml.", "The billing module is off limits.", "Only edit files under src/.", "Never push to main.",
    "Everything in vendor/ stays as it is.", "No new dependencies, please.", "All public functions must have docstrings."])
def test_plain_constraints_weigh_much(sentence):
    assert weigh(sentence) > 0.5


@pytest.mark.parametrize("sentence", [
    "Fix the login bug.", "I fixed the failing test yesterday.", "Thanks, that looks good.", "Why does the build fail on Windows?",
    "Add a page that lists all users.", "The deploy took an hour yesterday."])
def test_plain_talk_weighs_little(sentence):
    assert weigh(sentence) < 0.5


@pytest.mark.parametrize("sentence", ["Should I never touch the config?", "Imagine nobody may edit src/.", "You don't have to keep the API stable.",
                                      "No need to leave the tests alone.", "I never touched the file.", "Feel free to change only the docs."])
def test_what_is_no_order_is_known_for_none(sentence):
    assert no_order(sentence)


def test_what_only_the_weights_find_is_told_and_enforces_nothing():
    """Over every sentence that was learned from: a finding that the grammar does not share has no acts."""
    import learn

    from holdfast.memory.words.constraints import read_in
    looked = 0
    for text, _ in learn.sentences()[::7]:
        if not read_in(text):
            for said in constraints_in(text):
                looked += 1
                assert said.forbids == () and weigh(said.text) > SURE
    assert looked > 20


def test_the_weights_are_what_the_sentences_give():
    """Learned again, the verdicts are the same but for the rounding of weights."""
    import learn
    rows = learn.sentences()
    known, bias, weights = learn.learn(rows)
    assert known == KNOWN
    sample = random.Random(2).sample(rows, 400)
    again = [likelihood(bias + sum(weights.get(mark, 0.0) for mark in marks(text, known))) for text, _ in sample]
    same = sum((one > 0.5) == (weigh(text) > 0.5) for one, (text, _) in zip(again, sample, strict=True))
    assert same >= 0.95 * len(sample)
    assert 2_000 < len(WEIGHTS) < 10_000 and -5 < BIAS < 5 and 0 < DOUBT < SURE < 1
