"""Prompt -> what a person takes back: "you may now edit X", "forget what I said about X". Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from typing import NamedTuple

from holdfast.memory.words.lexicon import ACT_ING, ACT_OF, ACT_PAST
from holdfast.memory.words.mentions import Target, targets_in
from holdfast.memory.words.passages import Passage, passages, worth_reading


class Lift(NamedTuple):
    """text is prompt[start:end]. acts: what is permitted again, () for all. everything: all rules are taken back."""

    text: str
    start: int
    end: int
    acts: "tuple[str, ...]"
    targets: "tuple[Target, ...]"
    everything: bool


def lifts_in(prompt: str) -> "list[Lift]":
    """What a prompt lifts, in order. [] when it lifts nothing."""
    return [lift for p in worth_reading(passages(prompt), _CUE) for lift in _lifts(p)]


def lifted_by(lift: Lift, constraint: "dict[str, object]") -> bool:
    """Whether a lift takes back a constraint (a dict with the keys of Said)."""
    if lift.everything:
        return True
    targets = _pairs(constraint.get("targets"))
    forbids = tuple(str(act) for act in _list(constraint.get("forbids")))
    if lift.acts and forbids and not (lift.acts == ("run",) and {"install"} & set(forbids)) and not _covers(lift.acts, forbids):
        return False
    wanted = {_plain(name) for kind, name in lift.targets if kind != "except"}
    if not wanted:
        if not lift.acts:
            return False
        # An act without a thing ("you may push now") lifts what forbids that act everywhere.
        return bool(set(lift.acts) & set(forbids)) and not targets
    bound = {_plain(name) for kind, name in targets if kind != "except"}
    if bound:
        return any(_within(name, other) for name in bound for other in wanted)
    text = _plain(str(constraint.get("text", "")))
    return any(re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w/-])", text) for name in wanted)


def is_lift(shadow: str) -> str:
    """"whole" when a passage only lifts, "part" when further clauses follow ("..., but don't touch Y"), else ""."""
    spans = _spans(shadow)
    if not spans:
        return ""
    return "part" if shadow[:spans[0][0]].count(" ") > 3 or max(_stop(shadow, *span) for span in spans) < len(shadow.rstrip(" .!")) else "whole"


def within_lift(shadow: str, at: int) -> bool:
    """Whether this place belongs to the words that lift."""
    return any(start - 2 <= at < _stop(shadow, start, end) for start, end in _spans(shadow))


_FURTHER = re.compile(r"[,;.(—–:]\s*(?:but|however|and|just|only|still|please|don't|do not|never|keep|leave|no|make sure|aber|mais|pero|mas|nur|seulement|solo|apenas)\b|\b(?:but|however|only|except|aber|mais|pero|without|never|as long as|provided)\b|\band (?:please|don't|do not|never|keep|leave|make sure)\b")


def _stop(shadow: str, start: int, end: int) -> int:
    """Where the clause that lifts ends, and another one may begin."""
    further = _FURTHER.search(shadow, start + 1)
    return min(further.start(), len(shadow)) if further else len(shadow)


_CUE = re.compile(r"\b(?:now|longer|any ?more|lifted|lift|over|forget|ignore|disregard|drop|scrap|cancel|changed my mind|ok|okay|fine|after all|again|free to|may|can|allowed|permitted|permission|unfrozen|unfreeze|thawed|ended|waive|withdraw|revoke|rescind|retract|take back|void|obsolete|applies|apply|ahead|need not|needn't|don't have to|relax|unlocked?|open|jetzt|nun|mehr|wieder|darfst|vergiss|ignoriere|aufgehoben|maintenant|plus|peux|pouvez|oublie|ignore|ya|ahora|puedes|olvida|ignora|agora|pode|esqueça|ignore|mais|approved|cleared|green light|go-ahead|gone|withdrawn|removed|strike|nevermind|never mind)\b")
_THING = r"[^;.!?]{1,120}?"
_ACT = r"(?:touch|edit|change|modify|update|write(?: to)?|delete|remove|rename|move|push(?: to)?|commit(?: to)?|merge(?: into)?|rebase|run|use|install|deploy(?: to)?|alter|overwrite|refactor|create|add|access|read|query|drop|migrate|publish|release|connect(?: to)?|rewrite|reformat|work on|fix|force[- ]push|upgrade|bump|modernise|regenerate|adjust|open|execute|ship|format|replace)"
_FORMS = tuple(re.compile(p) for p in (
    rf"\b(?:you|agents?|workers?|subagents?|everyone|we)(?:'re| are)?\s*(?:may|can|could|are allowed to|are permitted to|are free to|are cleared to|have permission to|free to|allowed to|permitted to|cleared to|are welcome to|have my permission to|have my ok to|have my blessing to|have the green light to|have the go-ahead to)\s+(?:now|again|go ahead and|also|once more|of course|,|freely|finally|henceforth)[\s,]+(?:also |again |freely |go ahead and |and )*(?P<act>{_ACT})\b(?:(?:,? (?:and|or) |, )(?P<act2>{_ACT})\b)?(?P<what>[^;.!?]*)",
    rf"\b(?:now|from now on|as of (?:now|today)|starting (?:now|today)),?\s+(?:you|agents?|workers?)(?:'re| are)?\s*(?:may|can|are allowed to|are free to|allowed to|free to)\s+(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\byou(?:'re| are)?\s+(?:now|again|also|henceforth|hereby)\s+(?:\w+ )?(?:may|can|allowed to|permitted to|free to|cleared to|authori[sz]ed to|welcome to)\s+(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\byou(?:'re| are)?\s*(?:may|can|are allowed to|are free to|are permitted to|have (?:my )?permission to|allowed to|free to)\s+(?:(?:go ahead and|also|freely) )?(?P<act>{_ACT})\b(?P<what>[^;.!?]*?)\b(?:now|again|after all|any ?more|from now on|as of (?:now|today)|freely|if you (?:want|need|like|must)|from here on|going forward|at will|too)\b",
    rf"\bchanged my mind\b[^;.!?]{{0,40}}?[:,;–—-]\s*(?:so |and |please )?(?:you|agents?|workers?|just)? ?(?:may|can|go ahead and|do|now)? ?(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"^\W*(?:ok(?:ay)?,? |alright,? |right,? |so |yes,? |and |actually,? |sure,? )*(?:you|agents?|workers?|subagents?) (?:may|can)(?: also)? (?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\b(?:it(?:'s| is)|its|that's|is)\s+(?:now |totally |perfectly |fine |also |again |quite )*(?:ok|okay|fine|all right|alright|safe|allowed|permitted|good|acceptable|cool)(?: now| again| with me| by me)?(?: for (?:you|agents|workers))?\s+(?:now |again )?to\s+(?:now |again |also )?(?P<act>{_ACT})\b(?P<what>[^;.!?]*)",
    rf"\b(?:feel free to|go ahead and|you have my (?:ok|okay|permission|approval|blessing) to|permission granted to|i (?:now |hereby )?(?:allow|permit|authori[sz]e) (?:you|it|the agent|workers|agents)(?: now| again)? to|i'm ok with you|i am fine with you|i'm fine with you|i give you permission to|green light to|approved to|cleared to)\s+(?:now |again |also )?(?P<act>{_ACT}|{_ACT[3:-1].split('|')[0]}ing|editing|changing|modifying|updating|deleting)\b(?P<what>[^;.!?]*?)\s*(?P<need>\b(?:now|again|after all|too|any ?more|as well|anyway|if needed|if you (?:need|want|must)|from now on|freely)\b|(?=[.!?;]|\Z))",
    rf"(?P<what>{_THING})\s+(?:is|are|'s)(?:\s+(?:now )?(?:no longer|not)|n't|nt)\s+(?:(?:frozen|locked|off[- ]limits|read[- ]only|out of bounds|protected|forbidden|banned|prohibited|untouchable|out of scope|restricted|sacred|taboo|immutable|required|mandatory|needed|binding|in force|in effect|under (?:a )?freeze|a no-go|hands[- ]off|necessary|a constraint|a rule|relevant)\b(?:\s+any ?(?:more|longer))?)",
    rf"(?P<what>{_THING})\s+(?:can|may|could)\s+(?:now|again|once more|finally)\s+be\s+(?P<act>[a-z]+(?:ed|en|n))\b",
    rf"(?P<what>{_THING})\s+(?:can|may)\s+be\s+(?P<act>[a-z]+(?:ed|en|n))\s+(?:now|again|after all|freely|from now on|as of (?:now|today))\b",
    rf"(?P<what>{_THING})\s+(?:is|are)\s+(?:now|again|back|finally|once more|hereby)\s+(?:\w+ )?(?:ok|okay|fine|open|editable|writable|writeable|allowed|permitted|unlocked|unfrozen|fair game|in scope|up for (?:change|grabs)|free|available|modifiable|changeable|fine to (?:touch|edit|change)|ok to (?:touch|edit|change)|open for (?:changes|edits|business)|yours|on the table|lifted|unblocked)\b",
    rf"(?P<what>{_THING})\s+(?:is|are)\s+(?:fair game|ok|okay|fine|allowed|permitted|open|unlocked|unfrozen|in scope|on the table|editable)\s+(?:now|again|after all)\b",
    r"\bthe\s+(?:\w+ )?(?:freeze|ban|lock|embargo|moratorium|restriction|restrictions|block|hold|rule|constraint|prohibition|limit|limitation|requirement|code freeze|protection|no-\w+ rule)\s*(?:on|against|for|about|around|regarding|of|to)?\s*(?P<what>[^;.!?]{0,100}?)\s*(?:is|are|has been|was|has|have been|'s)\s*(?:now |hereby |finally |also )*(?:over|lifted|gone|off|ended|finished|done|void|obsolete|cancel+ed|dropped|removed|revoked|withdrawn|waived|rescinded|no longer (?:in force|in effect|needed|valid|applies|relevant|necessary)|thawed|repealed|been lifted|expired|not needed any ?more|not in force any ?more|relaxed|retracted|scrapped|history)\b",
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
))
_NOT_A_LIFT = re.compile(r"\b(?:says?|said|summary|claims?|claimed|according|told me|reported|states?|stated|if|whether|once|when|unless|until|after (?:i|you|the)|would|could have|was it|should|never|don't|do not|not sure|wonder|who|why|what if|pretend|imagine|wrote|thinks?|mentioned|before|users?|customers?|visitors?|clients?|admins?|nobody|no one|no-one|none|neither|nothing|no \w+ (?:agent|worker|subagent)|only|no agent|no worker)\b")
_EVERYTHING = re.compile(r"\b(?:all (?:of )?(?:the |my |your |these |those |previous |earlier |prior )*(?:rules|constraints|restrictions|instructions|limitations|limits|guard ?rails)|everything i (?:said|told you)|any (?:rules|constraints|restrictions|instructions)|every (?:rule|constraint|restriction)|anything goes|alle (?:regeln|vorgaben|einschränkungen)|toutes les (?:règles|consignes|contraintes)|todas las (?:reglas|restricciones|instrucciones)|todas as (?:regras|restrições|instruções)|(?:forget|ignore|disregard|drop|lift) (?:the|my|these|those|previous|earlier|prior) (?:rules|constraints|restrictions))\b(?!\s+(?:about|on|for|regarding|against|concerning|over|sur|über|zu|sobre|para|i gave you (?:about|on|for)))")
_SAID_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|against|for|über|zu|von|sur|à propos|sobre|de|not to|around|to)\s+(?P<what>.*)\Z")


def _spans(shadow: str) -> "list[tuple[int, int]]":
    if shadow.rstrip().endswith("?") or not _CUE.search(shadow) or len(shadow) > 300 and len(words := shadow.split()) > 4 * len(set(words)):
        return []
    spans = []
    for form in _FORMS:
        match = form.search(shadow)
        if match and not _NOT_A_LIFT.search(shadow[:match.start()] + " " + (match.groupdict().get("what") or "" if not match.groupdict().get("act") and match.start("what") == match.start() else "")) and not _binds(shadow, match):
            spans.append(match.span())
    return sorted(spans)


def _binds(shadow: str, match: "re.Match[str]") -> bool:
    """"You may edit only X", "you can edit X as long as": a permission that limits."""
    return bool(re.search(r"\b(?:only|nothing but|solely|exclusively)\b", match[0])) or bool(re.match(r"\W*(?:only)\b", shadow[match.end():]))


def _lifts(p: Passage) -> "list[Lift]":
    s = p.shadow
    if s.rstrip().endswith("?"):
        return []
    spans = _spans(s)
    if not spans:
        return []
    found: list[Lift] = []
    for form in _FORMS:
        match = form.search(s)
        if not match or match.span() not in spans:
            continue
        groups = match.groupdict()
        first, last = match.span("what") if groups.get("what") else (match.end(), match.end())
        cut = re.search(r",?\s+(?:but|however|aber|mais|pero|mas)\b|;\s|,\s*(?:just|only|please|and (?:keep|leave|don't|do not|never))", s[first:last])
        last = first + cut.start() if cut else last
        words = re.findall(r"[a-z]+(?:-[a-z]+)?", " ".join(filter(None, (groups.get("act"), groups.get("act2")))))
        verbs = [ACT_PAST.get(w, ACT_ING.get(w, w)) for w in words if ACT_PAST.get(w, ACT_ING.get(w, w)) in ACT_OF]
        if not verbs and (ing := re.match(r"\s*([a-z]+ing)\b", s[first:last])) and ing[1] in ACT_ING:
            verbs = [ACT_ING[ing[1]]]
        acts = tuple(dict.fromkeys(act for verb in verbs for act in ACT_OF[verb]))
        about = _SAID_ABOUT.search(s[first:last]) if re.search(r"\b(?:said|rules?|told|constraints?|restrictions?|instructions?|gesagt|regeln?|dit|règles?|dije|reglas?|disse|regras?)\b", s[first:last]) else None
        if about:
            first += about.start("what")
        targets = tuple(t for t in targets_in(p.text, s, first, last, verbs[0] if verbs else "", acts))
        if "push" in acts and re.search(r"\bforce\b", match[0]) and not targets:
            targets = ()
        if not targets and not verbs and not _EVERYTHING.search(match[0]):
            targets = tuple(("area", p.text[first + m.start(m.lastgroup or 0):first + m.end(m.lastgroup or 0)]) for m in _NAMED.finditer(s[first:last]))[:1]
        if verbs and verbs[0] in ("use", "install", "add", "import") and not targets and (name := re.match(r"\s+(?P<name>[a-z][\w@/-]*)(?=\s+(?:now|again|after all|if)\b|\W*\Z)", s[match.end("act"):])):
            targets = (("package", p.text[match.end("act") + name.start("name"):match.end("act") + name.end("name")]),)
        everything = bool(_EVERYTHING.search(match[0] + s[match.end():match.end() + 60])) and not targets and not about
        if match[0].lstrip().startswith(("i changed", "i've changed", "i have changed")) and not groups.get("what"):
            continue
        if not targets and not acts and not everything:
            continue
        candidate = Lift(p.text, p.start, p.end, acts, targets, everything)
        if not any(set(f.targets) == set(candidate.targets) for f in found):
            found.append(candidate)
    return found


# What is lifted, when it is nothing that code knows: "the port", "the no-dependencies rule".
_NAMED = re.compile(r"\bno-(?P<name>[a-z]+)(?=[ -])|\b(?:the|our|my|your|using|use|on|to)\s+(?P<other>(?!rules?\b|constraints?\b|restrictions?\b|instructions?\b)[a-z][\w-]*)")


def _covers(permitted: "tuple[str, ...]", forbidden: "tuple[str, ...]") -> bool:
    """Whether a permission of these acts meets the prohibition: "edit" lifts what forbids "write"."""
    change = {"write", "create", "delete", "rename", "ddl", "dml"}
    return bool(set(permitted) & set(forbidden)) or "write" in permitted and bool(change & set(forbidden)) or bool(set(permitted) & {"read", "run", "query", "connect"}) and bool(set(forbidden) & {"query", "connect"})


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
