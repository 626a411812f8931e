"""Learns the weights of memory/words/weighing.py from the labelled sentences beside this file.

    python3 tests/words/learn.py            writes hooks/holdfast/memory/words/weights.py
    python3 tests/words/learn.py --judge    five times: learns from four fifths, prints recall and precision on the fifth

*.tsv: one sentence a line, "+", a tab and what binds, or "-", a tab and what does not.
"""

import glob
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "hooks"))

from holdfast.memory.words.weighing import DOUBT, SURE, likelihood, marks, no_order, tokens  # noqa: E402

OFTEN, AGAIN = 5, 3  # sentences a word must be in to be known; sentences a mark must be in to be learned
ROUNDS, STEP = 12, 0.12  # passes over the sentences; how much one of them moves a weight
SMALLEST = 0.25  # weights nearer to nothing are left out: four of five, for half a verdict in a hundred
TARGET = os.path.join(HERE, "..", "..", "hooks", "holdfast", "memory", "words", "weights.py")


def sentences():
    """[(sentence, binds)] in an order that is always the same."""
    found = []
    for path in sorted(glob.glob(f"{HERE}/*.tsv")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                sign, _, text = line.rstrip("\n").partition("\t")
                assert sign in ("+", "-") and text, f"{path}: {line!r}"
                found.append((text, sign == "+"))
    assert len(found) > 1_000
    return found


def learn(labelled):
    """-> (known words, bias, {mark: weight}). Logistic regression, one sentence after the other."""
    counts = {}
    for text, _ in labelled:
        for word in set(tokens(text)):
            counts[word] = counts.get(word, 0) + 1
    known = {word for word, count in counts.items() if count >= OFTEN}
    found = [(marks(text, known), binds) for text, binds in labelled]
    seen = {}
    for each, _ in found:
        for mark in each:
            seen[mark] = seen.get(mark, 0) + 1
    rows = [([mark for mark in each if seen[mark] >= AGAIN], binds) for each, binds in found]
    weights, bias, order = {}, 0.0, random.Random(1)
    for turn in range(ROUNDS):
        order.shuffle(rows)
        step = STEP / (1 + 0.3 * turn)
        for each, binds in rows:
            wrong = likelihood(bias + sum(weights.get(mark, 0.0) for mark in each)) - binds
            bias -= step * wrong * 0.1
            for mark in each:
                weights[mark] = weights.get(mark, 0.0) - step * wrong
    return known, bias, weights


def judge(labelled):
    """Print how the grammar, the weights and both together do on sentences that the weights have not seen."""
    from holdfast.memory.words.constraints import read_in
    rows = list(labelled)
    random.Random(5).shuffle(rows)
    told = []
    for part in range(5):
        known, bias, weights = learn([row for at, row in enumerate(rows) if at % 5 != part])
        for text, binds in rows[part::5]:
            score = likelihood(bias + sum(weights.get(mark, 0.0) for mark in marks(text, known)))
            read = bool(read_in(text))
            told.append((binds, read, score, no_order(text)))
    for name, verdict in (("the grammar alone", lambda read, score, no: read),
                          ("the weights alone", lambda read, score, no: score > 0.5),
                          ("both", lambda read, score, no: read and score >= DOUBT or score > SURE and not no)):
        hits = sum(binds and verdict(*rest) for binds, *rest in told)
        alarms = sum(not binds and verdict(*rest) for binds, *rest in told)
        print(f"{name:20} recall {hits / sum(row[0] for row in told):.3f}  precision {hits / (hits + alarms):.3f}")


def write(known, bias, weights):
    rows = sorted((mark, round(weight, 1)) for mark, weight in weights.items() if abs(weight) >= SMALLEST)
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write('"""What tests/words/learn.py has learned: do not edit, run it again."""\n# ruff: noqa: E501\n\n')
        file.write(f"BIAS = {round(bias, 2)}\n")
        file.write(f'KNOWN = frozenset("""{" ".join(sorted(known))}""".split())\n')
        by_weight = {}
        for mark, weight in rows:
            by_weight.setdefault(weight, []).append(mark)
        file.write("# One line for each weight: the weight, then its marks.\n")
        file.write('WEIGHTS = {mark: float(row.partition("\\t")[0]) for row in r"""')
        file.write("\n".join(f"{weight}\t" + "\t".join(marks_) for weight, marks_ in sorted(by_weight.items())))
        file.write('""".split("\\n") for mark in row.split("\\t")[1:]}\n')
    print(f"{len(rows)} weights, {len(known)} known words, {os.path.getsize(TARGET):,} bytes")


if __name__ == "__main__":
    if sys.argv[1:] == ["--judge"]:
        judge(sentences())
    else:
        write(*learn(sentences()))
