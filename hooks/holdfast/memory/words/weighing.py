"""A second opinion on a sentence: how much it reads like something to keep to. Pure.

The grammar knows why a sentence binds, and what; it misses what nobody thought of. This adds up weights of words and of their
patterns, learned from the labelled sentences in tests/words (`python3 tests/words/learn.py` writes `weights`). What only this
finds is told to the agent and enforces nothing; what only the grammar finds, and this holds for most unlikely, is dropped.
"""

import math
import re

from holdfast.memory.words.lexicon import ING, ORDERABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SURE = 0.95  # from here on a sentence binds although the grammar does not see it
DOUBT = 0.1  # below this the grammar is not believed; both chosen on sentences that were not learned from (tests/words/learn.py --judge)

_TOKEN = re.compile(r"`[^`]*`|\"[^\"]*\"|[\w./*@-]*[/.*_@][\w/*.@-]*\w|\w+(?:['’]\w+)?|[?!:;,()]")
_NAME_LIKE = re.compile(r"[/.*_@]")
_ENDINGS = ("ing", "ed", "ly", "tion", "s", "er", "en", "ar", "ir")
_PRESENT = {name: re.compile(pattern) for name, pattern in (
    ("negated", r"\b(?:not|never|no|none|nothing|without|nicht|kein\w*|nie|pas|jamais|nunca|sin|sem|não)\b|n't"),
    ("only", r"\b(?:only|solely|exclusively|just|nur|seulement|uniquement|solo|sólo|apenas)\b"),
    ("modal", r"\b(?:must|should|shall|has to|have to|may|can|needs? to|ought|muss|müssen|darf|soll|doit|debe|deve)\b"),
    ("past", r"\b(?:was|were|had|did|didn't|\w+ed)\b"),
    ("somebody", r"\b(?:i|we|he|she|they|it|users?|customers?)\b"),
    ("you", r"\b(?:you|your|please|pls)\b"),
    ("question", r"\?\s*$"),
    ("condition", r"\b(?:if|when|once|unless|until)\b"),
    ("quoted", r"[\"“”«»]|'\w[^']*'"),
)}
# What is no order to the agent whatever its words: questions, things imagined, what need not be done, tales, plain tasks.
_NO_ORDER = re.compile(
    r"\?\s*$"
    r"|^\W*(?:imagine|assume|assuming|suppose|supposing|let's say|let us say|say we|picture|pretend|hypothetically|in theory|one could"
    r"|what if|if (?:i|we|you|they|he|she|the|this|that)\b(?!.*\b(?:do not|don't|never)\b)|had (?:i|we|you))\b"
    r"|\b(?:no need|need ?n't|don'?t (?:have|need) to|do not (?:have|need) to|doesn'?t (?:have|need) to"
    r"|not (?:necessary|required|needed|mandatory)|no obligation|free to|feel free|optional)\b"
    r"|\b(?:do not|don'?t|never|no) (?:hesitate|worry|worries|bother|mind|forget|panic|fret|sweat|wait|rush|problem|stress|be shy"
    r"|be afraid|fear|let that|think twice)\b"
    r"|\b(?:nicht nötig|nicht notwendig|brauchst (?:du )?nicht|musst (?:du )?\b.*\bnicht|muss(?:t)? nicht|keine sorge|besser spät"
    r"|pas besoin|pas la peine|pas nécessaire|n'hésite|n'hésitez|t'inquiète|mieux vaut|no hace falta|no es necesario|no te preocupes"
    r"|no dudes|não precisa|nao precisa|não hesite|não se preocupe|não é necessário|más vale)\b"
    r"|^\W*(?:i|we|he|she|they|it|users?|customers?|someone|somebody) (?:\w+ ){0,2}?"
    r"(?:was|were|had|did|didn't|never|could|couldn't|saw|got|tried|forgot|used to|have|has)\b"
    r"|^\W*(?:add|write|create|generate|implement|build|draft|make (?:a|an|the)|design|rename|translate"
    r"|change the (?:text|label|title|wording|message)|fix|print|document|explain|describe|investigate|find out|summari[sz]e|render|show"
    r"|display)\b(?!.*(?:[,;.:] |\band |\bbut |\bwithout ))", re.IGNORECASE)


def weigh(sentence: str) -> float:
    """Sentence -> how surely it binds, from 0 to 1."""
    from holdfast.memory.words.weights import BIAS, KNOWN, WEIGHTS
    return likelihood(BIAS + sum(WEIGHTS.get(mark, 0.0) for mark in marks(sentence, KNOWN)))


def likelihood(total: float) -> float:
    """Sum of weights -> probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def no_order(sentence: str) -> bool:
    """True for what cannot be an order to the agent, so that the weights alone do not make it one."""
    return bool(_NO_ORDER.search(sentence))


def marks(sentence: str, known: "Iterable[str]") -> "list[str]":
    """What the weights are given to: words, and how words of which kind follow each other. Sorted.

    known: the words that are met often enough to be told apart; of others only the kind counts.
    """
    words = tokens(sentence)
    kinds = ["^", *(kind(word, known) for word in words), "$"]
    words = ["^", *words, "$"]
    found = {f"first {kinds[1]}", f"start {' '.join(kinds[1:4])}", f"end {' '.join(kinds[-4:-1])}", f"long {min(8, len(words) // 4)}"}
    for at, word in enumerate(words):
        found.add(f"word {word}")
        found.add(f"pair {' '.join(words[at:at + 2])}")
        found.add(f"two {' '.join(kinds[at:at + 2])}")
        found.add(f"three {' '.join(kinds[at:at + 3])}")
        found.add(f"four {' '.join(kinds[at:at + 4])}")
        found.add(f"around {' '.join(kinds[at:at + 3:2])}")
    low = sentence.lower()
    found.update(f"has {name}" for name, pattern in _PRESENT.items() if pattern.search(low))
    return sorted(found)


def tokens(sentence: str) -> "list[str]":
    """The words of a sentence in small letters; names, numbers and quoted stretches as what they are."""
    found = []
    for match in _TOKEN.finditer(sentence.strip().replace("’", "'")):
        text = match.group()
        if text[0] == '"':
            text = "<quote>"
        elif text[0] == "`" or _NAME_LIKE.search(text) and len(text) > 2:
            text = "<thing>"
        elif text.isdigit():
            text = "<number>"
        elif text[0].isupper() and match.start() > 0 and not text.isupper():
            text = "<name>"
        found.append(text.lower())
    return found


def kind(word: str, known: "Iterable[str]") -> str:
    """A word itself where it is known, else what it looks like."""
    if word[0] == "<" or word in known:
        return word
    if word in ORDERABLE:
        return "<verb>"
    if word in ING:
        return "<doing>"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return f"<-{ending}>"
    return "<word>"
