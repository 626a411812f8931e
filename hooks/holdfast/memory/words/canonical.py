"""Text -> the words that tell what it is about, in one form each: singular, infinitive, digits, no punctuation. Pure."""

import re

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.lexicon import ING, PAST

_WORD = pattern(r"[^\W_][\w./+#@*-]*|\.?[\w*-][\w./+#@*-]*[\w*/]")
_NUMBERS = {word: str(number) for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split())}
_NUMBERS |= {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100", "once": "1",
             "twice": "2"}
_NEGATION = pattern(r"\bwon't\b|\b(?:can't|cannot)\b|n't\b")


def words_of(text: str) -> "frozenset[str]":
    """The canonical words of a text."""
    return frozenset(sequence_of(text))


def sequence_of(text: str) -> "list[str]":
    """The same, in order."""
    low = negated_plainly(text)
    low = re.sub(r"(?<![\w./-])(?!read-only|off-limits|pre-commit)[a-z]+(?:-[a-z]+)+(?![\w/-]|\.\w)",
                 lambda match: match[0].replace("-", " "), low)
    low = re.sub(r"(?<=\w)'(?:re|s|ll|ve|d|m)\b", "", low)
    return [canonical(match[0]) for match in _WORD.finditer(low)]


def negated_plainly(text: str) -> str:
    """The text in lower case with "not" for every "n't"."""
    low = text.lower().replace("’", "'")
    return _NEGATION.sub(lambda match: "will not" if match[0] == "won't" else " not", low)


def canonical(word: str) -> str:
    """One word in the form it is compared in."""
    word = word.rstrip(".,:;/-+*") or word
    word = word.removeprefix("./")
    if word in _NUMBERS:
        return _NUMBERS[word]
    if "/" in word or "." in word or "_" in word or any(c.isdigit() for c in word):
        return word
    if verb := ING.get(word) or (word != "read" and PAST.get(word)):
        return verb
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "ways")):
        return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
    return word
