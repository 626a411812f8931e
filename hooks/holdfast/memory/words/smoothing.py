"""The shadow of a passage without what interrupts an order ("you mustn't, whatever the linter says, reformat X"). Pure.

Everything here keeps the length of the shadow: what is left out becomes spaces, so places found in it hold in the text too.
"""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re

from holdfast.memory.words.lazily import pattern

_NOT = r"(?:do not|don't|dont|must not|mustn't|must never|may not|may never|shall not|should not|shouldn't|should never|cannot|can't|can not|can never|will not|won't|are not to|aren't to|is not to|isn't to|are never to|is never to|not to|never to|never)"
# "do not, I repeat, do not touch X": the second one says it.
_REPEATED = pattern(rf"\b{_NOT}\b\s*[,;.!…—–-]+\s*(?:[^,;.!?]{{0,30}}[,—–]\s*|and i mean |i repeat:?\s+)?(?=(?:{_NOT})\s)")
_NOT_NOT = pattern(r"\bnot\s*,\s*(?:i repeat|repeat|and i mean)\s*[,:]?\s*not\s*,?(?=\s+(?:to|be|under)\b)")
# "must not, under any circumstances, be edited"; commas, dashes or brackets around it.
_INTERRUPTED = pattern(rf"\b(?P<not>{_NOT})(?P<mid>\s*,\s*[^,;.!?()]{{2,80}},\s+|\s+[—–-]+\s+[^;.!?()—–]{{2,80}}?\s+[—–-]+\s+|\s*—[^;.!?()—]{{2,80}}—\s*|\s*\([^()]{{2,60}}\)\s+)(?=[a-z])")
_MODAL_INTERRUPTED = pattern(r"\b(?:must|should|may|shall|can|will|are to|is to)(?P<first>\s*,\s*)(?:under no (?:circumstances?|conditions?)|in no (?:case|event|way)|at no (?:point|time)|by no means|on no account|never|not)(?P<second>\s*,\s+)(?=[a-z])")
_SUBJECT_INTERRUPTED = pattern(r"(?P<who>(?:^|[;:.]\s+)\W*(?:you|agents?|workers?|subagents?|sub-agents?|we|nobody|no one))(?P<mid>\s*,\s*[^,;.!?()]{2,60},\s+)(?=(?:must|may|should|shall|cannot|can|are|will)\b)")
# "All ids (REQ-001 and so on) must be preserved".
_ASIDE = pattern(r"(?<=[a-z\ue000-\ue002] )\([^()]{2,60}\)(?= (?:must|may|should|shall|is|are|has to|have to|can|cannot|can't|needs?|stays?|remains?|will)\b)")


def smoothed(shadow: str) -> str:
    """The shadow with interruptions of an order blanked."""
    if "," in shadow or "(" in shadow or "—" in shadow or "–" in shadow or " - " in shadow or "!" in shadow:
        shadow = _NOT_NOT.sub(lambda m: "not" + " " * (len(m[0]) - 3), shadow)
        shadow = _REPEATED.sub(lambda m: " " * len(m[0]), shadow)
        shadow = _INTERRUPTED.sub(lambda m: m["not"] + " " * len(m["mid"]), shadow)
        shadow = _MODAL_INTERRUPTED.sub(_without_commas, shadow)
        shadow = _ASIDE.sub(lambda m: " " * len(m[0]), shadow)
        shadow = _SUBJECT_INTERRUPTED.sub(lambda m: m["who"] + " " * len(m["mid"]), shadow)
    return shadow


def _without_commas(match: "re.Match[str]") -> str:
    whole = match[0]
    a, b = match.start("first") - match.start(), match.end("first") - match.start()
    c = match.start("second") - match.start()
    return whole[:a] + " " * (b - a) + whole[b:c] + " " * (len(whole) - c)
