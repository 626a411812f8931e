"""Prompt -> what a person takes back: "you may now edit X", "forget what I said about X". Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from fnmatch import fnmatch
from typing import NamedTuple

from holdfast.memory.words.areas import globs_of
from holdfast.memory.words.canonical import words_of
from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.lexicon import ACT_ING, ACT_NOUNS, ACT_OF, ACT_PAST, FILLERS, ORDERABLE
from holdfast.memory.words.mentions import Target, targets_in
from holdfast.memory.words.passages import ATOM, Passage, passages, worth_reading


class Lift(NamedTuple):
    """text is prompt[start:end]. acts: what is permitted again, () for all. everything: all rules are taken back.

    words: what it is about, as canonical words.  permits: it permits an act (else it takes back a rule, or ends what caused one).
    extra: the words beside the targets ("the tests of src/a/": tests).  duty: it frees from having to do something.
    """

    text: str
    start: int
    end: int
    acts: "tuple[str, ...]"
    targets: "tuple[Target, ...]"
    everything: bool
    words: "frozenset[str]" = frozenset()
    permits: bool = False
    extra: "frozenset[str]" = frozenset()
    duty: bool = False


def lifts_in(prompt: str) -> "list[Lift]":
    """What a prompt lifts, in order. [] when it lifts nothing."""
    return [lift for p in worth_reading(passages(prompt), _CUE) for lift in _lifts(p)]


def lifted_by(lift: Lift, constraint: "dict[str, object]") -> bool:
    """Whether a lift takes back a constraint (a dict with the keys of Said). In doubt it does not."""
    if lift.everything:
        return True
    targets = _pairs(constraint.get("targets"))
    forbids = tuple(str(act) for act in _list(constraint.get("forbids")))
    kind = str(constraint.get("kind", ""))
    if lift.permits and (constraint.get("only") or kind == "only"):
        # To permit what was permitted already frees nothing else.
        return bool(lift.words & _ANYTHING) and not lift.targets and (not forbids or _covers(lift.acts, forbids))
    if lift.permits and not forbids and kind in ("must", "naming", "environment"):
        return False  # that something may be done is no word on what has to be done
    if lift.duty and kind not in ("must", "keep", "naming", "environment") or _LIMIT.search(lift.text.lower()) and not lift.permits and not (constraint.get("only") or kind == "only" or re.search(r"\d", str(constraint.get("text")))):
        return False
    if lift.acts and not _acts_fit(lift, forbids, kind, str(constraint.get("text", ""))):
        return False
    bound = [(kind, name) for kind, name in targets if kind != "except"]
    wanted = [(kind, name) for kind, name in lift.targets if kind != "except"]
    if any(kind in ("path", "glob") for kind, _ in wanted):
        wanted = [one for one in wanted if one[0] != "area"]  # "the test in tests/test_a.py" is not the tests
    ours, theirs = lift.words - _SOFT, words_of(f"{constraint.get('lead') or ''} {constraint.get('text') or ''}") - _SOFT
    named = ours - _VERBS - _GENERIC
    if lift.extra <= theirs and (lift.acts or not lift.permits) and bound and wanted and (forbids or not lift.permits or kind in ("do-not-touch", "must-not", "read-only")):
        paths = [name for kind, name in bound if kind == "path"]
        if all(any(_frees(one, other) for other in wanted) or one[0] == "area" and any(_shows(one[1], path) for path in paths) for one in bound):
            return True
    if wanted and any(kind in ("path", "glob") for kind, _ in wanted) and not bound:
        return False
    if bound and not wanted and len(named) == 1 and all(kind == "path" and _last(name) in named for kind, name in bound):
        return True
    if lift.permits:
        ours -= _CONTAINERS - theirs
    if not ours or not ours <= theirs or not lift.permits and not lift.extra <= theirs or ours <= _GENERIC and ours != theirs:
        return False
    if lift.permits:
        return theirs - ours <= _GENERIC
    nouns = theirs - _VERBS - _GENERIC
    return nouns - ours <= _GENERIC or not any(kind in _PLACES for kind, _ in bound) and 2 * len(ours & nouns) >= len(nouns)


def _last(path: str) -> str:
    """The last part of a path, as it is called in a sentence: "legacy" of src/legacy/."""
    return path.rstrip("/*").rsplit("/", 1)[-1].split(".")[0].lower()


def _acts_fit(lift: Lift, forbids: "tuple[str, ...]", kind: str, text: str) -> bool:
    """Whether what is permitted is what the constraint forbids, and not a part of it."""
    if lift.acts in (("run",), ("create",)) and "install" in forbids:
        return True
    if forbids:
        return _covers(lift.acts, forbids)
    if "write" in lift.acts or _VERBS & lift.words & words_of(text):
        return True
    return kind not in ("do-not-touch", "read-only") and not set(lift.acts) <= {"read", "run", "query", "connect"}


def _frees(bound: "tuple[str, str]", lifted: "tuple[str, str]") -> bool:
    """Whether lifting one target frees the other."""
    if _within(_plain(bound[1]), _plain(lifted[1])):
        return True
    # "The config" is the one file; "the tests" are too many to mean a single one of them.
    alone = _plain(lifted[1]).split()[-1:]
    return lifted[0] == "area" and bound[0] == "path" and not bound[1].endswith("/") and bool(alone) and not alone[0].endswith("s") and _shows(lifted[1], bound[1])


def _shows(area: str, path: str) -> bool:
    """Whether a path lies in an area."""
    name = path.removeprefix("./")
    return any(fnmatch(name, glob) or fnmatch("x/" + name, glob) for glob in globs_of(_plain(area)))


def is_lift(shadow: str) -> str:
    """"whole" when a passage only lifts, "part" when further clauses follow ("..., but don't touch Y"), else ""."""
    spans = _spans(shadow)
    if not spans:
        return ""
    return "part" if shadow[:spans[0][0]].count(" ") > 3 or max(_stop(shadow, *span) for span in spans) < len(shadow.rstrip(" .!")) else "whole"


def within_lift(shadow: str, at: int) -> bool:
    """Whether this place belongs to the words that lift."""
    return any(start - 2 <= at < _stop(shadow, start, end) for start, end in _spans(shadow))


_FURTHER = pattern(r"[,;.(—–:]\s*(?:but|however|and|just|only|still|please|don't|do not|never|keep|leave|no|make sure|aber|mais|pero|mas|nur|seulement|solo|apenas)\b|\b(?:but|however|only|except|aber|mais|pero|without|never|as long as|provided)\b|\band (?:please|don't|do not|never|keep|leave|make sure)\b")


def _stop(shadow: str, start: int, end: int) -> int:
    """Where the clause that lifts ends, and another one may begin."""
    further = _FURTHER.search(shadow, start + 1)
    return min(further.start(), len(shadow)) if further else len(shadow)


_CUE = pattern(r"\b(?:now|longer|any ?more|lifted|lift|over|forget|ignore|disregard|drop|scrap|cancel|changed my mind|ok|okay|fine|after all|again|free to|may|can|allowed|permitted|permission|unfrozen|unfreeze|thawed|ended|waive|withdraw|revoke|rescind|retract|take back|void|obsolete|applies|apply|ahead|need not|needn't|don't have to|relax|unlocked?|open|jetzt|nun|mehr|wieder|darfst|vergiss|ignoriere|aufgehoben|maintenant|plus|peux|pouvez|oublie|ignore|ya|ahora|puedes|olvida|ignora|agora|pode|esqueça|ignore|mais|approved|cleared|green light|go-ahead|gone|withdrawn|removed|strike|nevermind|never mind|scratch|say so|released|revoking|lifting|withdrawing|dropping|waiving|cancel\w*|consider|history|back|today|stops you|peut|peuvent|off|welcome|allow|authori[sz]e|permit|mind|unfroze|unblock\w*|un-?lock\w*|thaw\w*|need|void|moot|fair|safe|required|requires?|needs?|have to|ist|sind|gilt|darf\w*|kannst|wurde|est|sont|a été|queda|está|están|pueden|puede|foi|podem|é)\b")
_THING = r"[^;.!?]{1,120}?"
_ACT = r"(?:touch|edit|change|modify|update|write(?: to)?|delete|remove|rename|move|push(?: to)?|commit(?: to)?|merge(?: into)?|rebase|run|use|install|deploy(?: to)?|alter|overwrite|refactor|create|add|access|read|query|drop|migrate|publish|release|connect(?: to)?|rewrite|reformat|work on|fix|force[- ]push|upgrade|bump|modernise|regenerate|adjust|open|execute|ship|format|replace)"
_AGAIN_FREE = rf"(?P<what>{_THING})\s+(?:is|are)\s+(?:now|again|back|finally|once more|hereby)\s+(?:\w+ )?(?:ok|okay|fine|open|editable|writable|writeable|allowed|permitted|unlocked|unfrozen|fair game|in scope|up for (?:change|grabs)|free|available|modifiable|changeable|fine to (?:touch|edit|change)|ok to (?:touch|edit|change)|open for (?:changes|edits|business)|yours|on the table|lifted|unblocked)\b"
_FREE_AGAIN = rf"(?P<what>{_THING})\s+(?:is|are)\s+(?:fair game|ok|okay|fine|allowed|permitted|open|unlocked|unfrozen|in scope|on the table|editable)\s+(?:now|again|after all)\b"
_SOURCES = (
    rf"\b(?:you|agents?|workers?|subagents?|everyone|we)(?:'re| are)?\s*(?:may|can|could|are allowed to|are permitted to|are free to|are cleared to|have permission to|free to|allowed to|permitted to|cleared to|are welcome to|have my permission to|have my ok to|have my blessing to|have the green light to|have the go-ahead to)\s+(?:now|again|go ahead and|also|once more|of course|,|freely|finally|henceforth)[\s,]+(?:also |again |freely |go ahead and |and )*(?P<act>{_ACT})\b(?:(?:,? (?:and|or) |, )(?P<act2>{_ACT})\b)?(?P<what>[^;.!?]*)",
    rf"\b(?:now|from now on|as of (?:now|today)|starting (?:now|today)),?\s+(?:you|agents?|workers?)(?:'re| are)?\s*(?:may|can|are allowed to|are free to|allowed to|free to)\s+(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\byou(?:'re| are)?\s+(?:now|again|also|henceforth|hereby)\s+(?:\w+ )?(?:may|can|allowed to|permitted to|free to|cleared to|authori[sz]ed to|welcome to)\s+(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\byou(?:'re| are)?\s*(?:may|can|are allowed to|are free to|are permitted to|have (?:my )?permission to|allowed to|free to)\s+(?:(?:go ahead and|also|freely) )?(?P<act>{_ACT})\b(?P<what>[^;.!?]*?)\b(?:now|again|after all|any ?more|from now on|as of (?:now|today)|freely|if you (?:want|need|like|must)|from here on|going forward|at will|too)\b",
    rf"\bchanged my mind\b[^;.!?]{{0,40}}?[:,;–—-]\s*(?:so |and |please )?(?:you|agents?|workers?|just)? ?(?:may|can|go ahead and|do|now)? ?(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"^\W*(?:ok(?:ay)?,? |alright,? |right,? |so |yes,? |and |actually,? |sure,? )*(?:you|agents?|workers?|subagents?) (?:may|can)(?: also)? (?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\b(?:it(?:'s| is)|its|that's)\s+(?:now |totally |perfectly |fine |also |again |quite )*(?:ok|okay|fine|all right|alright|safe|allowed|permitted|good|acceptable|cool)(?: now| again| with me| by me)?(?: for (?:you|agents|workers))?\s+(?:now |again )?to\s+(?:now |again |also )?(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\b(?:feel free to|go ahead and|you have my (?:ok|okay|permission|approval|blessing) to|permission granted to|i (?:now |hereby )?(?:allow|permit|authori[sz]e) (?:you|it|the agent|workers|agents)(?: now| again)? to|i'm ok with you|i am fine with you|i'm fine with you|i give you permission to|green light to|approved to|cleared to)\s+(?:now |again |also )?(?P<act>{_ACT}|{_ACT[3:-1].split('|')[0]}ing|editing|changing|modifying|updating|deleting)\b(?P<what>[^;.!?]*?)\s*(?P<need>\b(?:now|again|after all|too|any ?more|as well|anyway|if needed|if you (?:need|want|must)|from now on|freely)\b|(?=[.!?;]|\Z))",
    rf"(?P<what>{_THING})\s+(?:is|are|'s)(?:\s+(?:now )?(?:no longer|not)|n't|nt)\s+(?:(?:frozen|locked|off[- ]limits|read[- ]only|out of bounds|protected|forbidden|banned|prohibited|untouchable|out of scope|restricted|sacred|taboo|immutable|required|mandatory|needed|binding|in force|in effect|under (?:a )?freeze|a no-go|hands[- ]off|necessary|a constraint|a rule|relevant)\b(?:\s+any ?(?:more|longer))?)",
    rf"(?P<what>{_THING})\s+(?:can|may|could)\s+(?:now|again|once more|finally)\s+be\s+(?P<act>[a-z]+(?:ed|en|n))\b",
    rf"(?P<what>{_THING})\s+(?:can|may)\s+be\s+(?P<act>[a-z]+(?:ed|en|n))\s+(?:now|again|after all|freely|from now on|as of (?:now|today))\b",
    _AGAIN_FREE,
    _FREE_AGAIN,
    r"\bthe\s+(?:(?P<pre>[\w-]+) )?(?:freeze|ban|lock|embargo|moratorium|restriction|restrictions|block|hold|rule|constraint|prohibition|limit|limitation|requirement|code freeze|protection|no-\w+ rule)\s*(?:on|against|for|about|around|regarding|of|to)?\s*(?P<what>[^;.!?]{0,100}?)\s*(?:is|are|has been|was|has|have been|'s)\s*(?:now |hereby |finally |also )*(?:over|lifted|gone|off|ended|finished|done|void|obsolete|cancel+ed|dropped|removed|revoked|withdrawn|waived|rescinded|no longer (?:in force|in effect|needed|valid|applies|relevant|necessary)|thawed|repealed|been lifted|expired|not needed any ?more|not in force any ?more|relaxed|retracted|scrapped|history)\b",
    r"\b(?:the|my|that|this|your)\s+(?:\w+ ){0,3}?(?:rule|constraint|restriction|instruction|limitation|freeze|ban|requirement|prohibition|limit)s?\s*(?:on|about|against|for|regarding|of|to|not to \w+)?\s*(?P<what>[^;.!?]{0,100}?)\s*(?:no longer applies|no longer apply|no longer holds|no longer hold|doesn't apply any ?more|does not apply any ?more|don't apply any ?more|do not apply any ?more|doesn't hold any ?more|no longer stands|can be (?:dropped|ignored|lifted|forgotten|removed))\b",
    r"\b(?:forget|ignore|disregard|drop|scrap|cancel|revoke|lift|remove|waive|withdraw|rescind|retract|strike|undo|relax|never ?mind|i (?:hereby )?(?:lift|revoke|withdraw|rescind|retract|cancel|drop|waive|take back)|i'm (?:lifting|dropping|withdrawing|revoking|cancelling|canceling|taking back|waiving)|we're (?:lifting|dropping)|let's (?:drop|lift|forget|scrap)|you can (?:forget|ignore|disregard|drop)|please (?:forget|ignore|disregard|drop)|feel free to ignore|take back)\s+(?P<what>(?:about\s+)?(?:what i (?:said|told you|wrote|asked)|everything i (?:said|told you)|anything i said|(?:all |all of |any |every |each )?(?:of )?(?:the |my |that |this |those |these |your |our |previous |earlier |prior |above |old |last |first |other )*(?:\w+ ){0,3}?(?:rules?|constraints?|restrictions?|instructions?|freeze|ban|limitations?|requirements?|prohibitions?|limits?|embargo|lock|guard ?rails|moratorium|block|no-\w+ (?:rule|policy)))\b[^;.!?]*)",
    r"\bi(?:'ve| have)? changed my mind(?: (?:about|on|regarding)\s+(?P<what>[^;.!?]*))?",
    r"\byou\s+(?:don't|do not|no longer|needn't)\s+(?:have to |need to |must )?(?:keep|leave|avoid|stay|worry about|stick|ask|restrict|limit|refrain|follow|respect|preserve|treat|hold)\b(?P<what>[^;.!?]*?)(?:\b(?:any ?more|any longer|now)\b|(?=[.;!]|\Z))",
    r"\bno (?:need|longer any need|more need) to (?:keep|leave|avoid|stay away from|stick to|ask|restrict|limit|preserve|refrain from|treat|hold)\b(?P<what>[^;.!?]*)",
    rf"\b(?P<what>{_THING})\s+(?:doesn't|does not|don't|do not|no longer)\s+(?:have to |need to |needs to |must |has to )(?:stay|remain|be|keep)\s+(?:\w+ )?(?:untouched|unchanged|as (?:it )?is|as they are|frozen|read[- ]only|the same|intact|alone|off[- ]limits)\b",
    r"\b(?:unfreeze|unlock|un-freeze|un-lock|lift the freeze on|open up)\b(?P<what>[^;.!?]*)",
    r"\b(?:i (?:now )?(?:allow|permit|approve|authori[sz]e)|allowed now|permitted now|ok now|now ok|now allowed|approved):?\s+(?P<what>(?:changes|edits|changing|editing|touching|pushing|writes|modifications|deleting|running|commits|pushes)\b[^;.!?]*)",
    r"(?P<what>(?:editing|changing|touching|modifying|pushing|deleting|running|updating|renaming|deploying|merging|committing|installing|using|adding)\b[^;.!?]*?)\s+(?:is|are)\s+(?:now |again |)(?:ok|okay|fine|allowed|permitted|acceptable|possible)\b(?:\s+(?:now|again|after all))?",
    # German, French, Spanish, Portuguese
    r"\b(?:du|sie|man|ihr)\s+(?:darfst|dürfen|kannst|können|dürft|könnt)\s+(?:jetzt|nun|wieder|ab jetzt|doch|nun wieder)\s+(?P<what>[^;.!?]*)",
    r"\b(?:jetzt|nun|ab jetzt|ab sofort)\s+(?:darfst|dürfen|kannst|können)\s+(?:du|sie|man)\s+(?P<what>[^;.!?]*)",
    r"(?P<what>[^;.!?]{1,100}?)\s+(?:darf|dürfen|kann|können)\s+(?:jetzt|nun|wieder|ab jetzt)\s+(?:wieder )?[^;.!?]*?\bwerden\b",
    r"(?P<what>[^;.!?]{1,100}?)\s+(?:ist|sind)\s+(?:nicht mehr|nicht länger)\s+(?:tabu|gesperrt|verboten|eingefroren|schreibgeschützt)",
    r"\b(?:vergiss|ignoriere|ignorier|streiche|vergesst)\b(?P<what>[^;.!?]*?\b(?:regeln?|gesagt|habe|vorgaben?|einschränkung(?:en)?|verbot)\b[^;.!?]*)",
    r"\b(?:tu|vous|on)\s+(?:peux|pouvez|peut)\s+(?:maintenant|désormais|de nouveau|à nouveau)\s+(?P<what>[^;.!?]*)",
    r"\b(?:maintenant|désormais),?\s+(?:tu|vous|on)\s+(?:peux|pouvez|peut)\s+(?P<what>[^;.!?]*)",
    r"(?P<what>[^;.!?]{1,100}?)\s+(?:n'est|ne sont|n'est)\s+plus\s+(?:interdite?s?|gelée?s?|figée?s?|intouchables?|en lecture seule|off limits)",
    r"\b(?:oublie|oubliez|ignore|ignorez)\b(?P<what>[^;.!?]*?\b(?:règles?|ai dit|consignes?|contraintes?|interdiction|restrictions?)\b[^;.!?]*)",
    r"\b(?:ya|ahora(?: ya)?)\s+(?:puedes|puede|pueden|se puede|se pueden)\s+(?P<what>[^;.!?]*)",
    r"\b(?:puedes|puede|pueden)\s+(?:ahora|ya|de nuevo)\s+(?P<what>[^;.!?]*)",
    r"(?P<what>[^;.!?]{1,100}?)\s+(?:ya no)\s+(?:está|están|es|son)\s+(?:congelad|prohibid|bloquead|intocable|de sol|fuera)\w*",
    r"\b(?:olvida|olvide|ignora|ignore)\b(?P<what>[^;.!?]*?\b(?:reglas?|dije|restricci(?:ón|ones)|instrucci(?:ón|ones)|prohibición)\b[^;.!?]*)",
    r"\b(?:agora|já)\s+(?:você\s+)?(?:pode|podem|podes)\s+(?P<what>[^;.!?]*)",
    r"\b(?:você\s+)?pode\s+(?:agora|já|novamente)\s+(?P<what>[^;.!?]*)",
    r"(?P<what>[^;.!?]{1,100}?)\s+não\s+(?:está|estão|é|são)\s+mais\s+(?:congelad|proibid|bloquead|intocá|somente|fora)\w*",
    r"\b(?:esqueça|esqueca|ignore|esquece)\b(?P<what>[^;.!?]*?\b(?:regras?|disse|restriç(?:ão|ões)|instruç(?:ão|ões)|proibição)\b[^;.!?]*)",
)
_FORMS = tuple(pattern(source) for source in _SOURCES)
_STATES = tuple(form for form, source in zip(_FORMS, _SOURCES, strict=True) if source in (_AGAIN_FREE, _FREE_AGAIN))
# What permits without a word of change. It lifts what forbids the same, and it is no sign that the sentence binds nothing.
_BEGIN = r"(?:^[ \t*_>•-]*|[,;:–—]\s*|\b(?:so|and|therefore|thus|hence|ok|okay|yes|then|now|(?:from|as of|starting) (?:today|now|here)(?: on)?)[ ,]+)"
_MAY = r"(?:may|can|are (?:now |again |hereby )?(?:allowed|permitted|free|cleared|welcome|authori[sz]ed|approved)(?: again| now)? to|have (?:now )?(?:my |the )?(?:permission|ok|okay|blessing|approval|green light|go-ahead|clearance) to)"
_WORD = r"[a-z]+(?:-[a-z]+)?"
_FREELY = tuple(pattern(p) for p in (
    rf"{_BEGIN}(?:you|agents|workers|subagents|everyone)(?:'re (?:now |again )?(?:allowed|permitted|free|cleared|welcome) to| {_MAY})\s+(?:(?:now|again|also|both|even|go ahead and|freely|of course|once more|finally|start|just)\s+)*(?P<act>{_WORD})\b(?:,? (?:and|or) (?P<act2>(?!the\b|also\b){_WORD})\b)?(?P<what>[^;.!?]*)",
    rf"\b(?:it(?:'s| is)|its|that's)\s+(?:(?:now|totally|perfectly|also|again|quite|absolutely|once again)\s+)*(?:ok|okay|fine|all right|alright|safe|allowed|permitted|good|acceptable|cool|possible)(?: now| again| with me| by me)*(?: for you)?\s+to\s+(?:(?:now|again|also|start)\s+)*(?P<act>{_WORD})\b(?P<what>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:may|can)\s+(?:(?:now|again|also|safely|once more|finally|freely)\s+)*be\s+(?P<act>{_WORD})\b(?P<tail>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>(?P<act>[a-z-]+ing)\b[^,;:.!?]*?)\s+(?:is|are)\s+(?:(?:now|again|also|once more|hereby)\s+)*(?:ok|okay|fine|allowed|permitted|acceptable|possible|safe|welcome|unblocked|all right|alright)\b(?P<tail>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>(?:(?:the|any|all|more|further|new|direct) )?(?P<act>{'|'.join(sorted(ACT_NOUNS, key=len, reverse=True))}|calls|requests|restarts)\b[^,;:.!?]*?)\s+(?:is|are)\s+(?:(?:now|again|also|once more|hereby)\s+)*(?:ok|okay|fine|allowed|permitted|acceptable|possible|safe|welcome|unblocked|all right|alright)\b(?P<tail>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:is|are)\s+(?:(?:now|again|also|perfectly|totally)\s+)*(?:fine|ok|okay|safe|good|all right|alright)(?: now| again)? to (?P<act>{_WORD})\b(?P<tail>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:can|may)\s+(?:(?:now|again)\s+(?P<act>change|move|evolve)\b|(?P<act2>change|move|evolve)\s+(?:now|again|after all)\b)(?P<tail>[^;.!?]*)",
    r"\b(?:we|i)(?:'ve| have)?(?: now| just| finally| also)? (?:unfroze|unfrozen|unlocked|unblocked|thawed|opened up|lifted the (?:\w+ )?(?:freeze|ban|block|restriction|lock|hold) (?:on|for|from|of))\s+(?P<what>[^;.!?]*)",
    rf"\bi (?:no longer|don't|do not) mind(?: any ?more| any longer| now)?,? (?:if you|when you|you)(?: now| also| again)? (?P<act>{_WORD})\b(?P<what>[^;.!?]*)",
    r"\byou(?:'re| are) (?:no longer|not) (?:limited|restricted|confined|bound|tied) (?:to|by)\s+(?P<what>[^;.!?]*)",
    rf"{_BEGIN}we (?:can|may) (?P<act>{_WORD})\b(?P<what>[^;.!?]*?)\b(?:again|now|after all)\b",
    r"\bconsider (?P<what>(?:the|my|that|this|any|all) [^;.!?]{0,60}?\b(?:rule|constraint|restriction|instruction|ban|requirement|prohibition|limit|freeze|policy)s?\b[^;.!?]*?) (?:as )?(?:void|lifted|gone|dropped|cancel+ed|withdrawn|off|over|obsolete|revoked|waived|history)\b",
    r"\bnothing (?:stops|keeps|prevents) you from (?P<act>[a-z-]+ing)\b(?P<what>[^;.!?]*)",
    r"^[ \t*_>•-]*(?:ok,? |okay,? |yes,? |now,? |please |then )?go ahead with\s+(?P<what>[^;.!?]*)",
    rf"\bit(?:'s| is) no longer (?:forbidden|prohibited|banned|off[- ]limits|disallowed) to (?P<act>{_WORD})\b(?P<what>[^;.!?]*)",
    r"\bi(?:'m| am) (?:now |again )?(?:fine|ok|okay|happy|good|cool) with (?:you |your )?(?:now )?(?P<act>[a-z-]+ing|changes|edits|commits|pushes)\b(?P<what>[^;.!?]*)",
    r"\bthere(?:'s| is| are) (?:no longer (?:a |any )|no )(?:freeze|ban|rule|restrictions?|limits?|block|lock|hold|embargo|constraints?|prohibition|objections?)s? (?:on|against|for|about|to)\s+(?P<what>[^;.!?]*?)(?:\s*(?:any ?more|any longer|now)\b|(?=[.!;]|\Z))",
    r"\bno (?:longer (?:a |any )?|more |further )?need to (?P<what>[^;.!?]*)",
    r"\b(?:feel free to|go ahead and|go ahead,? you (?:can|may)|(?:you have )?my (?:ok|okay|permission|blessing|approval) to|by all means)\s+(?P<act>[a-z]+(?:-[a-z]+)?)\b(?P<what>[^;.!?]*)",
    r"\bi(?: hereby| now)? say so\b\W*(?:(?:go ahead and|go ahead with|you (?:may|can)|now|please)\s+)*(?P<act>[a-z]+)?(?![a-z])(?P<what>[^;.!?]*)",
    r"(?P<what>[^;:.!?]{1,80}):\s*(?:ok,? |okay,? |yes,? )?(?:go ahead|go for it|you (?:have|got) (?:my|the) (?:ok|go|permission|go-ahead)|approved|permission granted|green light)\b",
    r"^\W*(?:ok,? |okay,? |yes,? )?(?:you have (?:my |the )?(?:ok|okay|permission|approval|go-ahead|green light|blessing|clearance)|permission granted|green light|approval granted|i approve|approved) (?:for|on)\s+(?P<what>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:is|are|has been|have been)\s+(?:hereby |now |finally )?(?:unlocked|unfrozen|unblocked|fair game|yours (?:again|now)|editable|writable|writeable|up for (?:grabs|change)|open (?:for|to) (?:edits|changes|editing|modification)|free to (?:edit|change|touch)|released for (?:edits|changes|editing)|thawed)\b(?P<tail>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:is|are)\s+(?:not|n't)\s+(?:frozen|locked|off[- ]limits|read[- ]only|out of bounds|protected|forbidden|banned|prohibited|untouchable|out of scope|restricted|required|mandatory|needed|necessary)(?P<more>[^;.!?]*?)\s+(?:any ?more|any longer|now)\b",
    rf"{_BEGIN}(?P<what>[^,;:.!?]{{1,100}}?)\s+(?:is|are)\s+no longer\s+(?:required|mandatory|needed|necessary|obligatory|compulsory|forbidden|prohibited|banned)\b(?P<more>[^;.!?]*)",
    rf"{_BEGIN}(?P<what>(?!you\b)[^,;:.!?]{{1,80}}?)\s+(?:(?:don't|do not|doesn't|does not|needn't|need not)\s+(?:need|have|require|must)?|no longer (?:need|needs|have|has|require|requires|must))\b(?P<more>[^;.!?]*)",
    r"\byou\s+(?:(?:don't|do not|needn't|need not)(?: have to| need to)?|no longer (?:have to|need to|need))\s+(?P<what>[^;.!?]*?)(?:\b(?:any ?more|any longer|now|again)\b|(?=[.!]|\Z))",
    r"\b(?:scratch|abandon|cross out|strike|never ?mind|forget|ignore|disregard|drop|cancel|i take back|i withdraw|i revoke|skip|retract)\s+(?:about )?(?P<what>(?:what|everything|anything) (?:i|we) (?:said|told you|wrote|asked|demanded|ordered|required)\b[^;.!?:]*|(?:the|my|that|this|our)\s+[^;.!?:]{0,60}?\b(?:rule|constraint|restriction|instruction|ban|requirement|prohibition|limit|policy)\b[^;.!?:]*)",
    r"\b(?P<what>what (?:i|we) (?:said|told you|wrote|asked)[^;.!?]*?)\s+(?:no longer (?:applies|apply|holds|hold|counts|stands)|doesn't (?:apply|hold|count) any ?more|is (?:void|moot|off|history|obsolete|no longer valid))\b",
    r"\b(?:the|my|that|this|our)\s+(?P<what>no-[a-z-]+(?: \w+)? (?:rule|policy|constraint|ban|restriction))\s+(?:is|has been|no longer|doesn't|does not)\s+(?:now )?(?:off|over|gone|lifted|dropped|void|history|cancelled|applies|apply|holds|hold|apply any ?more|hold any ?more|in force no more|withdrawn|suspended|removed|waived|revoked)\b",
    r"\ball (?:of )?(?:the |my |our |your |these |those )?(?:previous |earlier |prior |other |above |old )*(?:rules|constraints|restrictions|instructions|limitations|limits|bans|prohibitions|guard ?rails)(?: (?:from|so far|i gave|you got|until now|above)[^;.!?]{0,40})? (?:are|have been) (?:now |hereby )*(?:off|lifted|gone|void|over|cancel+ed|dropped|removed|revoked|withdrawn|waived|suspended|history|no longer (?:valid|in force|in effect))\b",
    # German, French, Spanish, Portuguese
    r"\b(?:du|sie|ihr)\s+(?:darfst|dürfen|dürft|kannst|könnt|können)\s+(?P<what>[^;.!?]*)", r"\b(?:darfst|kannst|dürft|könnt)\s+(?:du|ihr)\s+(?P<what>[^;.!?]*)",
    r"^(?P<what>[^;,.!?]{1,100}?)\s+(?:darfst|kannst|dürft|könnt)\s+(?:du|ihr)\s+(?P<tail>[^;.!?]*)",
    r"(?P<what>[^;,.!?]{1,100}?)\s+(?:ist|sind)\s+(?:jetzt |nun |wieder |ab sofort |ab jetzt )+(?:freigegeben|frei|offen|erlaubt|entsperrt|änderbar|beschreibbar|in ordnung)\b",
    r"\b(?:die|das|der)\s+(?:sperre|verbot|einschränkung|einfrieren|freeze|regel|vorgabe|bann|beschränkung)\b(?P<what>[^;.!?]*?)\s*(?:,\s*)?(?:ist|wurde|sind|gilt|entfällt)\s*(?:jetzt |nun |hiermit |damit )*(?:aufgehoben|vorbei|weg|hinfällig|beendet|gestrichen|zurückgenommen|nicht mehr)\b",
    r"\b(?:tu|vous)\s+(?:peux|pouvez|as le droit de|avez le droit de)\s+(?P<what>[^;.!?]*)",
    r"(?P<what>[^;,.!?]{1,100}?)\s+(?:peut|peuvent)\s+(?:maintenant|de nouveau|à nouveau|désormais|enfin)\s+être\s+\w+", r"(?P<what>[^;,.!?]{1,100}?)\s+(?:ya (?:puede|pueden) ser|(?:puede|pueden) (?:ahora|ya|de nuevo|volver a) ser|já (?:pode|podem) ser|(?:pode|podem) (?:agora|já|novamente|voltar a) ser)\s+\w+",
    r"\b(?:l'|la |le )(?:interdiction|restriction|règle|gel|consigne|contrainte|blocage|verrou)\b(?P<what>[^;.!?]*?)\s+(?:est|a été|ne s'applique)\s+(?:maintenant |désormais |enfin )?(?:levée?|terminée?|annulée?|supprimée?|finie?|retirée?|plus)\b",
    r"(?P<what>[^;,.!?]{1,100}?)\s+(?:est|sont)\s+(?:à nouveau |de nouveau |maintenant |désormais )(?:autorisée?s?|libres?|ouverte?s?|déverrouillée?s?|modifiables?|permise?s?)\b",
    r"\b(?:puedes|podéis|pueden)\s+(?P<what>[^;.!?]*)",
    r"\b(?:la|el)\s+(?:prohibición|restricción|regla|bloqueo|congelación|congelamiento|limitación)\b(?P<what>[^;.!?]*?)\s+(?:queda|quedó|está|ha sido|fue|ya no)\s+(?:ya )?(?:levantad[oa]|anulad[oa]|eliminad[oa]|terminad[oa]|suspendid[oa]|cancelad[oa]|retirad[oa]|aplica|vale|rige)\b",
    r"\b(?:ya no (?:está|es)|não (?:está|é) mais) (?:prohibid|proibid)\w+ (?P<what>[^;.!?]*)", r"\bil n'est plus (?:interdit|défendu) d[e'] ?(?P<what>[^;.!?]*)", r"\bes ist nicht (?:mehr|länger) (?:verboten|untersagt),? (?P<what>[^;.!?]*)",
    r"(?P<what>[^;,.!?]{1,100}?)\s+(?:está|están|es|son)\s+(?:ya |ahora |de nuevo |otra vez )(?:permitid|libre|abiert|desbloquead|autorizad|editable)\w*",
    r"\b(?:você |vocês )?(?:pode|podes|podem)\s+(?P<what>[^;.!?]*)",
    r"\b(?:a|o)\s+(?:proibição|restrição|regra|bloqueio|congelamento|limitação)\b(?P<what>[^;.!?]*?)\s+(?:foi|está|não vale|não se aplica)\s+(?:já )?(?:suspens[oa]|levantad[oa]|removid[oa]|cancelad[oa]|anulad[oa]|encerrad[oa]|retirad[oa]|revogad[oa]|mais)\b",
    r"(?P<what>[^;,.!?]{1,100}?)\s+(?:está|estão|é|são)\s+(?:agora |já |de novo |novamente )(?:permitid|liberad|livre|abert|desbloquead|autorizad|editáve)\w*",
))
_NOT_A_LIFT = pattern(r"\b(?:says?|said|summary|claims?|claimed|according|told me|reported|states?|stated|if|whether|once|when|unless|until|after (?:i|you|the)|would|could have|was it|should|never|don't|do not|not sure|wonder|who|why|what if|suppose|supposing|assume|assuming|in no case|under no circumstances|in keinem fall|hardly|barely|reads|wish|hope|hopefully|hypothetically|pretend|imagine|wrote|thinks?|mentioned|before|(?:users?|customers?|visitors?|clients?|admins?)(?! (?:tables?|model|module|service|page|endpoints?|api|folder|directory|schema|files?|code|database|collection|data)\b)|maybe|perhaps|possibly|probably|might|soon|tomorrow|later|yesterday|used to|eventually|write|tell|message|mail|email|post|add|still|nobody|no one|no-one|none|neither|nothing|no \w+ (?:agent|worker|subagent)|only|no agent|no worker)\b")
# What makes a permission one for later, for others, or none. "If you need to" is no condition.
_NOT_YET = pattern(r"\b(?:once|unless|until|till|as soon as|provided|as long as|so long as|assuming|only (?:if|when|after)|depending|tomorrow|later|soon|next (?:week|month|sprint|release|time)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|subject to|by (?!you\b|the way\b|now\b|all\b|me\b|yourself\b|accident\b)\w+|wenn|sobald|falls|nachdem|morgen|später|bald|quand|dès que|lorsque|demain|bientôt|si|cuando|mañana|luego|pronto|quando|amanhã|depois|se os|se as|se o|se a)\b|(?<!mind )\b(?:if|when|whenever) (?!(?:you (?:need|want|like|must|have to|wish|feel|prefer|think)|needed|necessary|required|useful|it helps|that helps|you're ready|you are ready)\b)|\bafter (?!(?:all|that|and)\b|\W*\Z)(?=\w+ing\b|the\b|you\b|i\b|we\b|it\b|a\b|an\b|my\b|our\b|review)")
_FOR_OTHERS = pattern(r"\b(?:(?:un-?locked|open|allowed|permitted|ok|okay|fine|editable|writable|unfrozen|unblocked|free|released|cleared|approved|fair game|lifted|gone|over|off|removed|waived|dropped|again|now) for|(?:un-?lock\w*|unfroze|unblocked)\b[^;.!?]* for) (?!you\b|us\b|me\b|edit|chang|writ|modif|work|now\b|good\b|every|all\b|business|this\b|the (?:rest|time|moment|task|session|next|remaining|agents?)\b|today|tonight|agents|workers|any)|\b(?:allowed|permitted|open|possible|available)(?: now| again)? (?:to|for) (?:the |all |our |some |other )*(?:\w+ )?(?:users?|customers?|visitors?|clients?|admins?|teams?|maintainers|owners?|developers?|devs|people|others?)\b")
_DENIED = pattern(r"\b(?:nicht|nie|niemals|kein\w*|nur|erst|pas|jamais|rien|seulement|nunca|jamás|sólo|solo|solamente|não|apenas|somente)\b(?! (?:mehr|länger)\b| (?:\w+ ){0,3}mais\b)")
_REFUSED = pattern(r"\b(?:no|não|nunca|jamás|jamais|nicht|nie|ainda|todavía|aún|noch|toujours)\W+(?:\w+\W+)?\Z")
# "Ya puede editar" is said to a person, "Ana ya puede editar" of another one.
_OTHER_PERSON = pattern(r"^\W*(?:ya |ahora |agora |já )*(?:puede|pueden|pode|podem)\b")
_SUBJECT = pattern(r"\b(?!(?:y|e|usted|ustedes|você|vocês|también|entonces|então|ok|sí|sim|bien|bueno|bom)\b)[^\W\d_]+ \Z")
# "Ben, you may ...": a name is called.
_CALLED = pattern(r"\s*(?P<name>[A-Z][a-zà-ÿ]+), ")
# "The lint rule", "the linter rule": a rule of another kind than those that a person gives.
_RULE = pattern(r"^(?P<which>.*?)\b(?:rule|constraint|restriction|instruction|limitation|ban|requirement|prohibition|policy)s?\b")
_OPENINGS = frozenset("vergiss vergesst ignoriere oublie oubliez olvida olvide esqueça esquece forget ignore disregard alright sorry claude good great right yep yup update correction done however anyway bien bueno vale listo alors donc gut also nun jetzt ya ahora agora désormais maintenant effective".split())
_TOOLING = frozenset("lint format sort indent".split())
_WITHDRAWING = frozenset("""forget ignore disregard drop scrap cancel revoke lift remove waive withdraw rescind retract strike undo relax mind take back hereby scratch abandon cross skip consider let
    earlier previous prior old current existing temporary strict general whole entire code hard above first last other standing project repo session hold nevermind lifting dropping withdrawing revoking cancelling waiving""".split())
_READING = pattern(r"\b(?:lesen|ansehen|anschauen|anzeigen|öffnen|durchlesen|lire|consulter|regarder|ouvrir|leer|ver|consultar|mirar|abrir|ler|olhar)\b")
_EVERYTHING = pattern(r"\b(?:all (?:of )?(?:the |my |your |our |these |those |previous |earlier |prior |other |above )*(?:rules|constraints|restrictions|instructions|limitations|limits|guard ?rails)|everything i (?:said|told you)|any (?:rules|constraints|restrictions|instructions)|every (?:rule|constraint|restriction)|anything goes|alle (?:regeln|vorgaben|einschränkungen)|toutes les (?:règles|consignes|contraintes)|todas las (?:reglas|restricciones|instrucciones)|todas as (?:regras|restrições|instruções)|(?:forget|ignore|disregard|drop|lift) (?:the|my|these|those|previous|earlier|prior) (?:rules|constraints|restrictions))\b(?!\s+(?:about|on|for|of|in|within|regarding|against|concerning|over|sur|über|zu|sobre|para|i gave you (?:about|on|for)))")
_SAID_ABOUT = pattern(r"\b(?:about|on|regarding|concerning|against|for|über|zu|von|sur|à propos|sobre|de|not to|around|to)\s+(?P<what>.*)\Z")


_LIMIT = pattern(r"(?<!off[- ])\blimits?\b(?! to\b)")
# "It is fine" can be said of a thing that works: only of an act it is a permission.
_PRAISE = pattern(r"\b(?:ok|okay|fine|free|available|good|all right|alright)(?: now| again| after all)?\Z")
# Where the object of a permission ends.
_OBJECT_END = pattern(rf"\b(?:without|but|except|so that|because|while|instead of|rather than|apart from|even though)\b|[,—–;]\s*(?!(?:and |or )?(?:(?:the|all|our|my|also|any|both) |{ATOM}))|\band (?!(?:the|all|our|my|also|any|both)\b|{ATOM})|[,—–;]\s*(?:and |but )?(?:the )?{ATOM}+(?: \w+)? (?:stays?|remains?|is|are|must|should|keeps?|needs?|has|was|will|may|can|continues?)\b")


def _spans(shadow: str) -> "list[tuple[int, int]]":
    return sorted(match.span() for match in _matches(shadow, _FORMS))


def _matches(shadow: str, forms: "tuple[re.Pattern[str], ...]") -> "list[re.Match[str]]":
    """Where a passage lifts, by each form."""
    if shadow.rstrip().endswith("?") or not _CUE.search(shadow) or len(shadow) > 300 and len(words := shadow.split()) > 4 * len(set(words)):
        return []
    found = []
    for form in forms:
        match = form.search(shadow)
        if not match:
            continue
        groups = match.groupdict()
        opening = (groups.get("what") or "") if "what" in groups and match.start("what") == match.start() else ""
        if groups.get("act") in _NO_PERMISSION or form in _STATES and _PRAISE.search(match[0]):
            continue
        if not _NOT_A_LIFT.search(shadow[:match.start()] + " " + opening) and not _binds(shadow, match):
            found.append(match)
    return found


def _binds(shadow: str, match: "re.Match[str]") -> bool:
    """"You may edit only X", "you can edit X as long as": a permission that limits."""
    return bool(re.search(r"(?<!read[- ])\b(?:only|nothing but|solely|exclusively)\b", match[0])) or bool(re.match(r"\W*(?:only)\b", shadow[match.end():]))


def _lifts(p: Passage) -> "list[Lift]":
    s = p.shadow
    found: list[Lift] = []
    matches = sorted(_matches(s, _FORMS), key=lambda match: match.start())
    for match in [*matches, *_matches(s, _FREELY)]:
        lift = _lift(p, match)
        if not lift:
            continue
        again = [f for f in found if set(f.targets) == set(lift.targets) and (f.words == lift.words or f.targets)]
        if not again or len(lift.extra) < len(again[0].extra):
            found = [f for f in found if f not in again] + [lift]
    return found


def _lift(p: Passage, match: "re.Match[str]") -> "Lift | None":
    """What one form found lifts; None when it is nothing that can be told."""
    s = p.shadow
    groups = match.groupdict()
    if (called := _CALLED.match(p.text)) and called["name"].lower() not in FILLERS | _OPENINGS:
        return None
    if _OTHER_PERSON.search(match[0]) and _SUBJECT.search(s[:match.start()]) or _REFUSED.search(s[:match.start()]):
        return None
    if _NOT_YET.search(s) or _FOR_OTHERS.search(s, match.start()) or _DENIED.search(match[0]) or match[0].lstrip().startswith(("i changed", "i've changed", "i have changed")) and not groups.get("what"):
        return None
    first, last = match.span("what") if groups.get("what") else (match.end(), match.end())
    cut = re.search(r",?\s+(?:but|however|aber|mais|pero|mas)\b|;\s|,\s+(?:and )?(?:you|we|i|they|it|so|edit|go|have|change|do)\b|,\s*(?:just|only|please|and (?:keep|leave|don't|do not|never))", s[first:last])
    last = first + cut.start() if cut and first > match.start() else last
    if groups.get("act") and first >= match.start("act") and (end := _OBJECT_END.search(s, first, last)):
        last = end.start()
    words = re.findall(r"[a-z]+(?:-[a-z]+)?", " ".join(filter(None, (groups.get("act"), groups.get("act2")))))
    verbs = [verb for word in words if (verb := ACT_PAST.get(word, ACT_ING.get(word, word))) in ACT_OF]
    if words[:1] == ["work"]:
        verbs = ["change"]
    if not verbs and (ing := re.match(r"\s*([a-z]+ing)\b", s[first:last])) and ing[1] in ACT_ING:
        verbs = [ACT_ING[ing[1]]]
    acts = tuple(dict.fromkeys(act for verb in verbs for act in ACT_OF[verb]))
    if not verbs and groups.get("act") in ACT_NOUNS:
        acts = ACT_NOUNS[groups["act"]]
    if not acts and _READING.search(s[first:last]):
        acts = ("read",)
    about = _SAID_ABOUT.search(s[first:last]) if re.search(r"\b(?:said|rules?|told|constraints?|restrictions?|instructions?|gesagt|regeln?|dit|règles?|dije|reglas?|disse|regras?)\b", s[first:last]) else None
    if about:
        first += about.start("what")
    if first == match.start():
        for clause in re.finditer(r"[,:;]\s+(?:so|and|hence|therefore|thus|then|now)\s|\bso\s|:\s", s[first:last]):
            first = match.start() + clause.end()
        # "By the way, src/a.py is ...": what is said of it begins after the comma.
        while (comma := s.find(",", first, last)) > 0 and not re.search(ATOM, s[first:comma]) and re.search(ATOM, s[comma:last]):
            first = comma + 1
    if groups.get("pre") and not (groups.get("what") or "").strip():
        first, last = match.span("pre")
    if first < (match.start("act") if groups.get("act") else match.end()) and re.match(_TASK, s[first:last]):
        return None
    targets = tuple(t for t in targets_in(p.text, s, first, last, verbs[0] if verbs else "", acts))
    if not targets and (meant := _meant(p, first, last, match.start())):
        targets = meant
    if not targets and not verbs and not _EVERYTHING.search(match[0]):
        targets = tuple(("area", p.text[first + m.start(m.lastgroup or 0):first + m.end(m.lastgroup or 0)]) for m in _NAMED.finditer(s[first:last]))[:1]
    if verbs and verbs[0] in ("use", "install", "add", "import") and not targets and groups.get("act") and (name := re.match(r"\s+(?P<name>[a-z][\w@/-]*)(?<!\bnow)(?<!\bagain)(?=\s+(?:now|again|after all|if)\b|\W*\Z)", s[match.end("act"):])):
        targets = (("package", p.text[match.end("act") + name.start("name"):match.end("act") + name.end("name")]),)
    everything = bool(_EVERYTHING.search(match[0] + s[match.end():match.end() + 60])) and not targets and not about
    object_text = p.text[first:last]
    paths = [name for kind, name in targets if kind == "path"]
    areas = [name for kind, name in targets if kind == "area"]
    whole = {part for one in areas for other in areas if re.search(rf"{re.escape(one)}\s+{re.escape(other)}", object_text) for part in (one, other)}  # "the auth tests" is neither
    for kind, named in sorted(targets, key=lambda target: -len(target[1])):
        # In "the tests of src/a/" the area is what is meant, in "the tests and src/a/" and "the config in config/a.ini" it isn't.
        if named not in whole and (kind != "area" or not paths or any(_shows(named, path) for path in paths) or re.search(rf"(?:\b(?:and|or)|,)\s+(?:the |our |all )*{re.escape(named)}|{re.escape(named)}\s*(?:,|and\b|or\b)", object_text)):
            object_text = re.sub(rf"(?<![\w-]){re.escape(named.rstrip('/'))}/?(?![\w-])", " ", object_text)
    extra = words_of(_TIME.sub(" ", object_text)) - _SOFT - _GENERIC - _CHANGES if targets else frozenset()
    if not groups.get("act") and (rule := _RULE.match(match[0])):
        extra |= words_of(re.sub(ATOM, " ", rule["which"])) - _SOFT - _GENERIC - (_CHANGES - _TOOLING) - _WITHDRAWING - words_of(p.text[first:last])
    rest = " ".join(p.text[slice(*match.span(name))] for name in ("more", "tail") if groups.get(name))
    rest = _TIME.sub(" ", rest)
    said = words_of(" ".join([*words, p.text[first:last], rest]))
    if not targets and not acts and not everything and not said - _SOFT:
        return None
    return Lift(p.text, p.start, p.end, acts, targets, everything, said, bool(groups.get("act") or acts), extra, not acts and bool(_DUTY.search(match[0])))


_TIME = pattern(r"\b(?:for|during|from|as of|starting|since|until further notice)\s+(?:the rest of |the |this |next |tonight|today|now|here|tomorrow)[^,;]*?(?:\b(?:window|sprint|week|day|month|on|after|release|session|task)\b|\Z)[^,;]*", re.I)
_DUTY = pattern(r"\b(?:required|mandatory|needed|necessary|obligatory|compulsory)\b|\b(?:needs?|requires?|needn't)\b(?! to (?:stay|remain|be left|be kept|keep|leave|avoid|ask))")
# A clause that begins so asks for work, and what follows is what is to be made.
_TASK = r"\W*(?:please |now |then )*(?:add|write|build|create|make|implement|show|tell|explain|describe|document|fix|check|test|say|send|report|list|print|see|verify|find out|ask|look|put|let|have|get|give)\s+(?:that|whether|if|how|why|the|an?|me|us|my|our|all|each|every|this|it|out|at)\b"
_IT = pattern(r"\s*(?:it|them|that|this|those|these|that (?:file|folder|directory|one|table|branch|module|package)|this (?:file|folder|directory|one|table|branch|module|package)|(?:those|these) (?:files|folders|tables|ones)|the (?:file|folder|directory|table|branch))\b")


def _meant(p: Passage, first: int, last: int, start: int) -> "tuple[Target, ...]":
    """What "it" or "that file" names: what was named just before."""
    if not _IT.match(p.shadow[first:last]):
        return ()
    here = targets_in(p.text, p.shadow, 0, start, "", ())
    text, shadow = p.previous
    return here or (targets_in(text, shadow, 0, len(shadow), "", ()) if shadow else ())


# What is lifted, when it is nothing that code knows: "the port", "the no-dependencies rule".
_NAMED = pattern(r"\bno-(?P<name>[a-z]+)(?=[ -])|\b(?:the|our|my|your|using|use|on|to)\s+(?P<other>(?!rules?\b|constraints?\b|restrictions?\b|instructions?\b)[a-z][\w-]*)")


def _covers(permitted: "tuple[str, ...]", forbidden: "tuple[str, ...]") -> bool:
    """Whether a permission of these acts meets the prohibition: "edit" lifts what forbids "write"."""
    change = {"write", "create", "delete", "rename", "ddl", "dml", "read", "query"}
    left = set(forbidden) - set(permitted) - (change if "write" in permitted else set())
    if "write" not in forbidden and set(permitted) & {"delete", "rename", "create"}:
        left -= {"ddl", "dml"}
    if set(permitted) & {"read", "run", "query", "connect"}:
        left -= {"query", "connect", "run"}
    return not left


# Words that tell nothing about what is lifted.
_SOFT = frozenset("""now again any more longer no not never always ever be do have get need require must should may can will allow permit free fine ok okay all right feel go ahead after from on today please so and or to for of in at the a an is are it they you i we me my your
    our us that this these those them rule constraint restriction instruction limitation ban requirement prohibition limit policy freeze lock say tell about what mandatory necessary obligatory long further also just only as with before every each if there here anything
    one block embargo moratorium hold everything something nothing whatever forbid prohibit off over lift apply stop avoid without keep leave untouched alone until up out by directly yourself
    nicht nie kein auf zu der die das den dem ist sind jetzt nun wieder du darfst bitte keinesfalls fall mehr verbot sperre regel und oder was ich er wir ihr man es mir mich zum zur am im gesagt habe hast gilt wurde wird werden ce que j ai dit règle lo que dije regla o que eu disse regra vale aplica mais se puede pode peut ne pas le la les de à plus maintenant tu peux no el los las ya ahora puedes não o os as agora pode nunca jamais por favor für von über gegen hinsichtlich bezüglich pour sur contre concernant du des d l en dans sobre para contra del al em na da do de il elle""".split())
_NO_PERMISSION = frozenset("not never hardly barely scarcely skip ignore leave only still see imagine wish hope also even always no".split())
# Acts that can be done to whatever was not to be touched, in the languages of the forms.
_CHANGES = frozenset(verb for verb, acts in ACT_OF.items() if acts != ("run",)) - frozenset("copy fork stub mock comment patch dump clone port build release".split()) | frozenset("""work ändern bearbeiten anfassen verändern anpassen schreiben pushen committen löschen modifier changer éditer toucher supprimer écrire
    modificar editar cambiar tocar borrar escribir alterar mudar mexer apagar escrever call access hand against freely well too safely needed session task purpose""".split())
_ANYTHING = frozenset("anything everything all".split())
# What a rule may name besides what is lifted, without being about something else.
_GENERIC = frozenset("new file folder directory code thing change single kind circumstance time whole entire write add make".split())
_CONTAINERS = frozenset("thing file folder directory code stuff".split())
_VERBS = frozenset(ORDERABLE)
_PLACES = frozenset("path glob table branch host database package".split())


def _plain(name: str) -> str:
    plain = " ".join(name.lower().strip("`'\"“”’ .,").removeprefix("./").split())
    for word in ("the ", "our ", "my ", "your ", "all ", "any "):
        plain = plain.removeprefix(word)
    return plain.rstrip("/").removesuffix(" files").removesuffix(" file").removesuffix(" folder").removesuffix(" directory").removesuffix(" table").removesuffix(" branch") or plain


def _within(bound: str, lifted: str) -> bool:
    """Whether lifting one name frees the other: the same, or a folder that holds it."""
    return bound == lifted or bound.startswith(lifted + "/") or bound.endswith("/" + lifted) or bound.rstrip("s") == lifted.rstrip("s") or lifted.endswith("*") and bound.startswith(lifted.rstrip("*"))


def _list(value: object) -> "list[object]":
    return list(value) if isinstance(value, (list, tuple)) else []


def _pairs(value: object) -> "list[tuple[str, str]]":
    return [(str(pair[0]), str(pair[1])) for pair in _list(value) if isinstance(pair, (list, tuple)) and len(pair) == 2]
