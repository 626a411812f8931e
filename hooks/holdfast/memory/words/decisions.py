"""Prompt -> decisions in the person's words, with their reasons: "we decided to use X because Y". Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.passages import passages, worth_reading

_CUE = pattern(r"\b(?:decid\w*|decision|agreed|settled|chose|chosen|choose|picked|pick|go|going|went|opt\w*|let's|lets|use|switch\w*|final|concluded|committed|entschieden|beschlossen|décidé|decidido|decidimos|conclusion|conclude|verdict|call)\b")
_MADE = pattern(
    r"\b(?:(?:we|i|the team)(?:'ve| have)?(?: all| both| finally| just| already| also| now)* (?:decided|agreed|settled|chose|chosen|picked|opted|concluded|resolved|determined|committed)\b(?! (?:whether|how|yet|if))"
    r"|(?:it(?:'s| is| was| has been)|it's been) (?:decided|agreed|settled)\b|decision(?: made)?\s*[:=-]|(?:the|our|my|final) (?:final )?(?:decision|verdict|choice|call) (?:is|was)\b|decided(?: on| to| against|:)"
    r"|let's (?:go with|use|stick with|switch to|stay with|pick|choose|do it with|drop|adopt|keep|opt for|settle on|move to|build on)\b|lets (?:go with|use|stick with|switch to|stay with|pick|choose|adopt|keep)\b"
    r"|(?:we(?:'re| are)|i(?:'m| am)) going (?:with|to use|to go with|for)\b|we(?:'ll| will) (?:go with|use|stick with|stay with|adopt|switch to|keep|settle on)\b|(?:i|we) (?:went|go) with\b|go with\b|"
    r"wir haben (?:uns )?(?:entschieden|beschlossen)|wir nehmen|on a décidé|nous avons décidé|hemos decidido|decidimos|vamos (?:a usar|usar|com|con)\b)")
_NOT_MADE = pattern(r"\b(?:not (?:yet )?decided|haven't decided|have not decided|undecided|if we decided|once we(?:'ve| have)? decided|when we(?:'ve| have)? decided|until we(?:'ve| have)? decided|should we|whether|didn't decide|did not decide|never decided|who decided|nobody decided|if we (?:go|use|chose)|says?|said)\b")
_REASON = pattern(r"(?:,|;|\s[-–—:]|\.)?\s*\b(?:because(?: of)?|since|as (?=(?:it|we|they|the|this|that|our|i|its|there)\b)|due to|given (?:that)?|so that|so (?=(?:we|it|that|i|they)\b)|for the sake of|in order to|reason(?:ing)?\s*:|the reason (?:is|being)(?: that)?|on account of|owing to|thanks to|weil|da (?=(?:es|wir|sie|das|der|die)\b)|denn|parce que|car|puisque|porque|ya que|pois|já que)\s*")


def decisions_in(prompt: str) -> "list[tuple[str, str]]":
    """(the decision verbatim, the reason verbatim or "") for every decision that is stated, in order."""
    found = []
    pieces = worth_reading(passages(prompt), _CUE)
    for p in pieces:
        s = p.shadow
        made = _MADE.search(s)
        if not made or s.rstrip().endswith("?") or _NOT_MADE.search(s[:made.end() + 4]):
            continue
        if made[0] == "go with" and s[:made.start()].strip(" ,*_-:") not in ("", "please", "ok", "okay", "so", "then", "just", "so please", "ok so"):
            continue
        reason = _REASON.search(s, made.end())
        before = _REASON.match(s)
        why = ""
        if reason and s[reason.end():].strip(" .!"):
            why = p.text[reason.end():].strip().rstrip(".!")
        elif before and (comma := s.rfind(",", 0, made.start())) > 0:
            why = p.text[before.end():comma].strip()
        found.append((p.text, why))
    return found
