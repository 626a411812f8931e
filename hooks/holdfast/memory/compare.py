"""A compaction's summary against what is in force: what of it survived in the summary's words, and what the summary denies. Pure.

The answer changes nothing of what is in force; it is for the log, the report, and a note to the model where a summary says
that the person has allowed what the person has not.
"""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.constraints import Item

KEPT, REWORDED, DROPPED, CONTRADICTED = "kept", "reworded", "dropped", "contradicted"

_WORD = re.compile(r"[\w./*@-]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_COMMON = frozenset("""a an and any are as at be been but by can do does for from had has have if in into is it its may must never no not of
on only or please should so such that the their them then there these this those to was were will with without you your any all our we i me
my don't cannot also just keep make sure""".split())
# What a sentence says that takes a constraint away.
_ALLOWS = re.compile(
    r"\b(?:may now|can now|now (?:be )?(?:allowed|permitted|free|ok|okay|fine|safe|possible)|free to|go ahead|feel free|no longer"
    r"|(?:is|are|was|were|has been|have been) (?:now )?"
    r"(?:allowed|permitted|lifted|removed|dropped|waived|revoked|relaxed|cleared|withdrawn|cancell?ed|approved)"
    r"|(?:user|person|owner|customer|human) (?:has |have |had )?(?:now )?(?:since )?(?:allowed|permitted|approved|agreed|lifted|cleared"
    r"|authori[sz]ed|said (?:it|that|we)|gave|given|granted|confirmed|waived|ok(?:ay)?ed)"
    r"|permission (?:was|is|has been) (?:given|granted)"
    r"|(?:restriction|constraint|rule|limit|ban|freeze)s? (?:on |about |for |against )?.{0,40}"
    r"(?:lifted|gone|over|removed|obsolete|void|does not apply|no longer))\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|no|don't|must ?n['’]?t|cannot|can't|without|forbidden|prohibited|off[- ]limits|only|untouched|leave"
                     r"|avoid|read-only|must|keep|refrain|nicht|keine?|niemals|nur|ne|pas|jamais|sans|nunca|sin|não|sem|solo|apenas)\b",
                     re.IGNORECASE)
_EVERYTHING = re.compile(r"\b(?:all|any|every|the|no)\b.{0,30}\b(?:constraint|restriction|rule|limit|prohibition)s?\b", re.IGNORECASE)
_BLOCK = re.compile(r"\[/?holdfast", re.IGNORECASE)


def compare(summary: str, items: "list[Item]") -> "dict[str, str]":
    """Summary text and the items in force -> {item's id: kept, reworded, dropped or contradicted}."""
    plain = _plain(summary)
    sentences = [one for one in _SENTENCE.split(summary) if one.strip()]
    allowing = [one for one in sentences if _ALLOWS.search(one)]
    return {item["id"]: _fate(item, plain, sentences, allowing) for item in items}


def forges_block(summary: str) -> bool:
    """True when a summary holds what looks like Holdfast's own block."""
    return bool(_BLOCK.search(summary))


def allowing_sentence(summary: str, item: "Item") -> str:
    """The sentence of a summary that says an item no longer holds, or ""."""
    return next((one.strip() for one in _SENTENCE.split(summary) if _ALLOWS.search(one) and _about(one, item)), "")


def _fate(item: "Item", plain: str, sentences: "list[str]", allowing: "list[str]") -> str:
    if any(_about(one, item) for one in allowing):
        return CONTRADICTED
    if _plain(item["text"]) in plain:
        return KEPT
    words = _words(item["text"])
    for sentence in sentences:
        if len(words & _words(sentence)) * 2 >= len(words) and (_DENIES.search(sentence) or not _DENIES.search(item["text"])):
            return REWORDED
    return DROPPED


def _about(sentence: str, item: "Item") -> bool:
    """Whether a sentence speaks of an item: of one of its targets, of most of its words, or of all constraints at once."""
    low = sentence.lower()
    names = [name.lower().strip("/") for kind, name in item["targets"] if kind != "except"]
    if any(name and name in low for name in names):
        return True
    words = _words(item["text"])
    return bool(words) and len(words & _words(sentence)) * 2 >= len(words) or bool(_EVERYTHING.search(sentence))


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("`", "").split()).lower()


def _words(text: str) -> "set[str]":
    return {word.strip(".").lower() for word in _WORD.findall(text)} - _COMMON - {""}
