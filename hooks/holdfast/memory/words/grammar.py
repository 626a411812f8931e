"""One English passage -> what it binds. Each rule knows a form of words, where it may stand in a sentence, and what it forbids. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.lexicon import (
    ACT_ING,
    ACT_NOUNS,
    ACT_OF,
    ACT_PAST,
    CHANGING,
    FILLERS,
    FORMS,
    ING,
    LONGEST_FILLER,
    NO_PROHIBITION,
    NOTHING_FORBIDDEN,
    ORDERABLE,
    PAST,
)
from holdfast.memory.words.mentions import Target, targets_in
from holdfast.memory.words.passages import ATOM, Passage
from holdfast.memory.words.smoothing import smoothed


Rules = tuple[tuple[tuple[str, ...], "Callable[[Passage], Iterator[Found]]"], ...]  # (words of which one has to be there, rule)


class Found(NamedTuple):
    """at: where in the passage the words stand that bind. The rest as in Said."""

    at: int
    kind: str
    forbids: "tuple[str, ...]"
    only: bool
    targets: "tuple[Target, ...]"


# ---- where a clause begins and ends ----

_EDGE = pattern(r"[,;:()\[\]!?.…>|*_~#]|(?<=\s)[-–—/&=](?=\s)|—|->|=>|→|\b(?:but|because|since|so that|although|though|whereas|while|unless|otherwise)\b")
_END = pattern(
    r"[;()!?…]|\.(?=\s|\Z)|\s[-–—]+\s|—|,\s+(?=(?:but|so|because|since|then|which|while|as(?! is)|even|just|it|this|that's|they|we|i|you|please|don't|do not|dont|never|only|always|no|not|keep|leave|make|use|instead|rather|if|when|otherwise|and (?:please|then|also|don't|do not|dont|never|only|always|no|keep|leave|make|use|it|this|they|we|i|you|if|when|do|the))\b)"
    r"|\s(?=(?:because|since|so that|so we|so i|so you|so it|even if|even though|although|though|while|whenever|as it(?! (?:is|was|stands|currently))|as they(?! (?:are|were|stand))|as we|as this|as i\b|otherwise|or else|unless|until|till|if|when|before|after|then|instead|just|and (?:please|then|also|don't|do not|dont|never|only|always|keep|leave|make sure|it|this|they|we|i|you|if|when)|but (?:do|don't|dont|never|keep|leave|you|i|it|please|feel|not in|also|make|use|the|we))\b)")
_AND_VERB = pattern(r",?\s+(?:and|or|nor)\s+(?:to\s+)?([a-z-]+)\s+(?!or\b|and\b|nor\b)")
_REPORTED = pattern(
    r"\b(?:says?|said|saying|stat(?:es|ed|ing)|(?:docs?|documents?|they|rules|guidelines|terms|pages|some|logs) state|state that|claim(?:s|ed|ing)?|reads?(?=\s*[\ue001:]| that)|wrote|complain(?:s|ed)|told|mention(?:s|ed|ing)|suggest(?:s|ed)|report(?:s|ed)|warn(?:s|ed|ing)?|print(?:s|ed)|replied|answered|recommend(?:s|ed)|according to|asked|advis(?:es|ed)"
    r"|explain(?:s|ed|ing)|insist(?:s|ed)|heard|thought|think|believed|noted|argue[sd]?|proposed|announced|implies|documented|describes?|supposedly|apparently|reminded|instructed|shows?|showing|called|titled|labell?ed|named|worded|telling|to the effect|quote|quotes|quoting)\b[^;.!]*\Z")
_I_SAY = pattern(r"\b(?:(?:i|i've|i have|we) (?:already |just )?(?:said|say|told you|mentioned|asked you|tell you|warned you|repeat)|(?:as|like) (?:i|we|mentioned|said|noted|agreed)|(?:i'm|i am|we're|we are) (?:telling|asking) you|i (?:do )?think|as mentioned|as noted|mentioned|be warned|this means|meaning|(?:tell|instruct|remind|ask|inform) (?:the|all|every|each|any|your|them|it|both)|never [a-z]+|not)\b[^;.!]*\Z")
# "Write a section that says users must never ...": the words are to be written, not to be followed.
_WORDING = pattern(
    r"\b(?:(?:(?:write|add|put|insert|include|append|draft|document|mention|note|print|display|show|log|raise|throw|emit|return|create|update|change|reword|rephrase|rename|replace|translate|render|tweet|post|email|send|reply|say|explain|describe|state|clarify|generate|prepare|compose|publish|set|make|implement|fix|remove|delete|correct|check|verify|assert|test|confirm|prove|ensure)(?:s|ing|d|ed)?)\b[^;.!]{0,160}?"
    r"\b(?:saying|that says?|that said|says|stating|that states?|states|explaining|that explains?|explains|telling|that tells?|tells|warning|that warns?|warns|reading|that reads?|reads|to the effect|noting|that notes?|reminding|that reminds?|titled|named|labell?ed|called|describing|describes|that describes?|with the (?:text|words?|message|title|label|wording|heading|content|sentence|line)|mentioning|which says|which tells|which states|which explains|announcing|declaring|indicating|the fact that)"
    r"|(?:(?<!^)(?<!please )(?<!also )\bnote|\b(?:document|mention|explain|describe|state|clarify|write|say|tell (?:the )?(?:users?|people|customers?|readers?|visitors?|clients?|admins?|him|her|them|everyone)|check|verify|assert|test|confirm|prove|show|remind (?:users?|people|customers?|readers?|developers?|contributors?)))\s+(?:in (?:the )?[\w ]{1,20} )?(?:that|how|why|when|whether)"
    r"|\b(?:a|an|the|this|that|some|our|short|new|small|clear|another|one|your|its|any) (?:\w+ )?(?:note|comment|message|warning|section|sentence|line|paragraph|banner|tooltip|label|docstring|text|error|disclaimer|rule|policy|test|tests|assertion|check|hint|entry|notice|faq|chapter|reminder|poem|story|essay|blog post|article|song|joke|prompt|email|tweet|title|headline|slogan|documentation|lint rule|validation|constraint|trigger)\s+(?:that|about|on|explaining|to (?:check|verify|assert|test|ensure|make sure|say|tell|remind|warn|enforce)|for (?:when|why|how|the (?:case|scenario|situation))|which|where|in which|called|titled)"
    r"|^\W*(?:please )?(?:write|draft|add|put|compose|send|create|post|include|insert|generate|prepare|publish|tweet)\b[^;.!:]{0,80}?\b(?:note|comment|message|warning|section|sentence|line|paragraph|banner|tooltip|label|docstring|text|error|disclaimer|rule|policy|hint|entry|notice|faq|chapter|poem|story|essay|post|article|email|tweet|title|headline|slogan|reply|announcement|memo|letter)(?: [a-z]+){0,6}\s*:"
    r"|(?:^|[,;]\s*|\b(?:and|please|then|you|to|should|must) )(?:change|rename|reword|replace|set|update|translate|edit)\b[^;.!]{0,60}\b(?:to|with|from|as|into)\s*:?"
    r"|\b(?:text|title|label|message|comment|heading|caption|placeholder|name|copy|wording|button|string|header|slogan|headline)\b[^;.!,]{0,30}:"
    r")\s*[^;.!]*\Z")
_HYPOTHETICAL = pattern(r"\s*(?:\W*)(?:imagine|suppose|supposing|what if|hypothetically|pretend|in theory|say we|if only|it (?:would|might|could|may) be|it'd be|would it|i wonder|wondering|i was wondering|had we|were we|in an ideal world|as if|one could|perhaps we could have)\b")
_IF = pattern(r"\b(?:if|when|whenever|because|since|although|though|while|as long as|in case|once|where|that|which|who|whose|whether|why|how|unless|after|before|until|so|what|as|even if|than|where)\s+(?:(?:\w+|" + ATOM + r"+)\s+){0,3}\Z")
_DECLARES = pattern(r"(?:\W*)(?:i|we|he|she|it|they|the|a|an|this|that|these|those|there|my|our|their|his|her|some|many|most|users?|people|customers?|it's|i'm|we're|they're|i've|we've|he's|she's|that's|there's|currently|yesterday|last|everything|something|someone|somebody|nothing|tests|"
                       r"after|when|since|because|most|previously|apparently|" + ATOM + r"+)\b(?! (?:are|is) to)")
_SUBJECT_YOU = pattern(r"(?:\b(?:you|u|ya|thou|you guys|agents?|claude|the agents?|the assistant|assistant|(?:the |all |every |each |any |no )?(?:sub-?agents?|workers?|helpers?|teammates?|agents?)|nobody|no one|no-one|anyone|anybody|everyone|everybody|none of (?:you|the \w+)|we|all of you|the bot|neither of you)(?: (?:and|or) (?:your|the|any|all) \w+)?|^\s*)\s*\Z")
_RELATIVE = pattern(r"\b(?:that|which|who)\s*\Z")


def bound_in(passage: Passage, rules: "Rules") -> "list[Found]":
    """Every constraint that the rules find in one passage, in order of appearance; [] when it orders nothing."""
    passage = passage._replace(shadow=smoothed(_without_politeness(passage.shadow)))
    s = passage.shadow
    if len(s) > 300 and len(words := s.split()) > 4 * len(set(words)):
        return []  # the same words again and again: nobody's sentence, and slow to read
    if _HYPOTHETICAL.match(s) or _is_question(s) or _GUESS.search(s):
        return []
    found: list[Found] = []
    for cues, rule in rules:
        if any(cue in s for cue in cues):
            found += rule(passage)
    found.sort(key=lambda f: f.at)
    if built := _BUILDS.match(s):
        found = [f for f in found if f.forbids or f.at < built.end()]
    return [f for f in found if not _told(s, f.at) and not _RELEASED.search(s[:f.at]) and (f.forbids or f.kind == "must-not" and "not be able" not in s or not _TO_BUILD.search(s[f.at:]) or re.match(r"\W*(?:in|for|on|with|whenever|when|if|before|after|every|each|should|once)\b", s))]


# "Build a limiter that allows at most ten requests": what is built is bound, nobody else.
_BUILDS = pattern(r"\W*(?:please |can you |now |then )*(?:build|implement|create|write|add|make|design|develop|draft)\s+(?:me )?(?:an?|another)\b[^,;:.!]{2,60}?\b(?:that|which|where|in which|who|whose)\s")
# "The form must show an error when the postcode is missing; add that.": how the product is to behave, not the agent.
_TO_BUILD = pattern(r"[;:,—–]\s*(?:so |and |please |then |therefore )*(?:add|implement|write|build|create|translate|have the \w+ \w+|code)\s+(?:(?:an?|the|this|that|these|both|it|some)\b[^.;]*|(?:that|this|it|both))\W*\Z")
# "You don't have to keep X", "no need to keep X": what follows is released, not bound.
_RELEASED = pattern(r"\b(?:no need|needn't|need not|not (?:necessary|needed|obliged|required|strictly required|mandatory|important|have)|(?:don't|do not|doesn't|does not|dont|no longer|didn't|never) (?:really |actually |strictly |even )?(?:have|need|feel (?:that )?you must)|(?:isn't|aren't|wasn't) (?:\w+ly )?(?:necessary|required|needed|mandatory|obliged|important)|whether (?:or not )?you|feel free|knock yourself out|had to|if you(?:'d| would| had)? (?:rather|had to)|used to)\b(?![^,;]*\b(?:but|except|as long as|just|only if)\b)[^,;.:!]*\Z")


# A guess, or how a thing works: whatever must or never happens in it is no order.
_GUESS = pattern(r"\b(?:somewhere\W*\Z|apparently|judging by|i (?:guess|suppose|suspect|believe that explains)|(?:which|that|this) explains|that's how|that is how|so you see|in that protocol|in chess|that is the (?:present|current)|goes so far|as far as the (?:current|present)|who knows|so says|must-see|must-have|must be the place|no pun intended|in my life|long time no see|take it or leave it)\b")
_IF_YOU = pattern(r"(?:\W*(?:and|but|also|please|so|ideally)\b)*\W*(?:(?:it|that) (?:would|'d|will) be|it'd be|would be|that'd be|i(?:'d| would| will|'ll) be|(?:i|we)(?:'d| would)?(?: really| very much| much| highly| greatly)*) (?:(?:really|very|so|super|much|most|greatly|best|even)\s)*(?:great|nice|good|helpful|best|awesome|cool|better|ideal|appreciated|lovely|wonderful|perfect|grateful|happy|glad|thankful|appreciate(?: it)?|prefer(?: it)?|love(?: it)?|like(?: it)?|be grateful) if (?:you|we|nobody|everyone|all agents)(?P<no> (?:didn't|did not|don't|do not|wouldn't|would not|could not|couldn't|can not|can't|not|never))?(?: (?:could|would|can|please|just|also|kindly))*(?P<not> not)?\s+")


def _without_politeness(s: str) -> str:
    """"It would be great if you could avoid X" -> "avoid X", with spaces for what is left out; "... if you didn't X" -> "do not X"."""
    match = _IF_YOU.match(s)
    if not match:
        return s
    order = "do not " if match["no"] or match["not"] else ""
    return order.rjust(match.end()) + s[match.end():]


def _told(s: str, at: int) -> bool:
    """Whether the words at this place are a report, or wording for something to be written."""
    before = s[:at]
    stop = max(before.rfind(";"), before.rfind(". "), before.rfind("! "), before.rfind("? "), _last(r",? but ", before), _last(r"\s[-–—]\s", before), _last(r", (?:and|so) (?=please|don't|do not|never|only|keep|leave|make|also|just|then|use)", before),
               before.rfind("(") if ")" not in before[before.rfind("("):] else -1, before.rfind(")"))
    part = before[stop + 1:] if stop >= 0 else before
    if condition := _FRONT_CLAUSE.match(part):
        part = part[condition.end():]
    reported = _REPORTED.search(part)
    if reported and not _I_SAY.search(part) and not (reported.start() == 0 or re.fullmatch(r"\W*(?:please |also |and |then |just )*", part[:reported.start()])):
        return True
    if reported and re.match(r"\W*according to", part):
        return True
    return bool(_WORDING.search(part)) and not re.search(r",\s*(?:but |and |please |also |just |so )*\Z", part)


# "Until counsel has replied, ...": the report is in the condition.
_FRONT_CLAUSE = pattern(r"\W*(?:until|unless|once|even if|even though|although|though|when|while|because|since|as|after|before|for as long as)\b[^,]*,\s")


def _last(pattern: str, text: str) -> int:
    place = -1
    for match in re.finditer(pattern, text):
        place = match.end() - 1
    return place


_POLITE = pattern(r"(?:\W*(?:hey|hi|hello|ok|okay|so|and|also|please|claude)\b)*\W*(?:(?:can|could|would|will) you(?: (?:please|kindly|pls|plz|all|also|just|maybe|perhaps))+|(?:can|could|would|will) you (?=(?!(?:only|ever|never|still|even|actually|really|also|not)\b)[a-z])|would you mind|(?:can|could|would|will) you (?=not |avoid|refrain|leave|keep)|(?:can|could) we (?=not |please not )|do you mind (?:not|never)|can(?:'t)? we (?:please )?(?:agree|say)|may i remind you|is it ok if we say|how about you|why don't we (?:say|agree)|mind (?:sticking|keeping|staying|leaving)|can everything|(?:can|could|may) i ask (?:you|that you)|might i ask (?:you|that you)|how about (?:not )?|may i ask you)")
_ASKS = pattern(r"(?:\W*(?:and|so|but|or|also|hey|hi|hm+|ok|okay|wait|btw|just curious|question|quick question)\b)*\W*(?:should|shall|can|could|would|will|why|how|what|does|do|did|is|are|am|was|were|has|have|had|which|who|where|when|may|might|must|isn't|aren't|doesn't|don't|didn't|won't|wouldn't|shouldn't|can't|couldn't|any chance|whose|whether|is there|are there|if)\b")
_TAG = pattern(r"[,\s]+(?:ok|okay|alright|right|please|pls|understood|got it|clear|deal|yes|yeah|agreed|will you|would you|could you|can you|capisce|roger|k|fine|is that clear|does that make sense|cool|sound good|sounds good|shall we|verstanden|klar|compris|d'accord|vale|entendido|ok\?)\s*\?+\W*\Z")


def _is_question(s: str) -> bool:
    if "?" not in s[-4:]:
        return False
    if _TAG.search(s) and not re.match(r"\W*(?:why|how|what|does|did|is|are|should)\b", s):
        return False
    if _POLITE.match(s):
        return False
    if _ASKS.match(s):
        return not re.match(r"\W*(?:if|don't|do not)\b", s) or bool(re.match(r"\W*don't (?:you|we|they|i|the|these|those) (?!dare)", s))
    # Not in the order of a question: an order with a question behind it, or doubt.
    return not re.match(r"\W*(?:please|do not|never|only|keep|leave|make sure|no |use )", s)


def opens(s: str, at: int, unpunctuated: bool = True) -> bool:
    """Whether an order can begin at this place: at the start of a clause, however polite.

    unpunctuated: also right behind another order ("fix the login bug dont touch the db").
    """
    before = s[:at]
    joined = False
    for _ in range(40):
        before = before.rstrip(" \t\n\r*_\"'ⓘ⚠️❗‼🚨⛔🚫✋👉📌🙏^~")
        if not before:
            return True
        words = before[-60:].split()
        for count in range(min(LONGEST_FILLER, len(words)), 0, -1):
            phrase = " ".join(words[-count:])
            bare = phrase.lstrip("(,;:-–—.!*_>")
            if bare in FILLERS or bare.endswith("'s note") or count == 1 and bare.endswith("ly") and bare not in ("only", "apply", "reply", "supply", "family", "rely", "comply", "fly", "july", "assembly", "multiply", "anomaly"):
                if bare in ("and", "or", "so"):
                    joined = True
                before = before[:len(before) - len(_last_words(before, count))] + phrase[:len(phrase) - len(bare)]
                break
        else:
            break
    before = before.rstrip()
    if not before:
        return True
    if before[-1] in ",;:()[]!?.…>|&=#→\\/" or before[-1] in "-–—" or ord(before[-1]) > 0x2190 and before[-1] not in "\ue000\ue001\ue002":
        return True
    if joined:
        clause = before[max((m.end() for m in _EDGE.finditer(before)), default=0):]
        return not _DECLARES.match(clause.strip())
    return unpunctuated and orders(before) and not re.search(r"\b(?:that|which|who|they|we|i|it|he|she|users?|people|to|and|or|tests|functions|tools|systems|devs|developers|clients|customers|if|when|why|how|what|would|does|did|has|have|had|was|were|is|are|been|be|will|can|could)\Z", before)


def _last_words(text: str, count: int) -> str:
    """The end of a text that holds its last words, with the spaces between them."""
    at = len(text)
    for _ in range(count):
        at = len(text[:at].rstrip())
        at = max(text.rfind(space, 0, at) for space in " \n\t\r") + 1
    return text[at:]


def orders(clause: str) -> bool:
    """Whether a clause is an order or a request: it begins with a verb in its base form."""
    words = re.findall(r"[a-z'-]+|" + ATOM + "+", clause)
    while words and (words[0] in FILLERS or words[0] in ("carefully", "quickly", "quietly", "first", "next", "hi", "to", "i", "want", "need", "you", "can", "could", "would", "will", "like", "my", "your", "task", "is", "goal", "job", "i'd", "we", "have", "should", "must", "help", "me", "us", "don't", "not", "never", "only", "always", "agent", "it", "needs", "be", "started")):
        if words[0] in ("i", "we") and len(words) > 1 and words[1] not in ("want", "need", "would", "should", "must", "have", "like", "can", "could"):
            return False
        if words[0] in ("it", "is") and len(words) > 1 and words[1] not in ("must", "should", "needs", "to", "is"):
            return False
        words = words[1:]
    return bool(words) and words[0] in ORDERABLE and not (len(words) > 1 and words[1] in ("is", "are", "was", "were", "has", "had", "fails", "failed", "never", "does", "don't", "didn't"))


def end_of(s: str, at: int) -> int:
    """Where the clause ends that goes on at this place."""
    stop = _END.search(s, at)
    end = stop.start() if stop else len(s)
    for match in _AND_VERB.finditer(s, at, end):
        if match[1] in ORDERABLE and match[1] not in ("test", "tests", "build", "log", "cache", "index", "report", "search", "order", "release", "schema", "view", "access", "export", "import", "model", "design", "style", "format", "map", "lock", "label", "list", "name", "file", "staging", "backup", "archive", "email", "message", "use"):
            return match.start()
    return end


def start_of(s: str, at: int) -> int:
    """Where the clause begins that has come to this place: the subject of a passive, say."""
    before = s[:at]
    edges = [m.end() for m in re.finditer(r"[;:(!?]|\.\s|\s[-–—]\s|—|,?\s(?:but|because|since|so|although|though|while|that|if|when|then|as)\s|\b(?:that|note|remember|also|please)\s", before)]
    start = edges[-1] if edges else 0
    if orders(before[start:]):
        comma = max(before.rfind(", "), _last(r"\band ", before))
        if comma > start:
            start = comma + 1
    return start


# ---- what is forbidden ----

# Their object decides: only where a file or another thing that code can watch is named do they forbid an act.
_WEAK = frozenset("""break affect damage corrupt disturb interfere skip disable enable mock stub bypass circumvent relax loosen weaken override hack sort configure reconfigure swap toggle inline deprecate fork vendor shadow duplicate
    use send fetch request curl call reach talk show display print load parse leave build produce copy make start stop kill restart trigger launch spawn schedule display cat look see release roll promote stage open browse
    extend expand shrink reduce increase decrease generate comment uncomment invalidate disrupt select add insert introduce append clear empty strip dump download hit ping upload contact stash access discard format lint indent clone init switch
    view inspect improve optimise optimize simplify clean tidy fix correct convert port translate transform polish squash amend move hammer""".split())
_DEPENDENCY = pattern(r"\b(?:dependenc(?:y|ies)|deps?|packages?|librar(?:y|ies)|libs?|modules from|crates?|gems?|frameworks?)\b")
_SCHEMA = pattern(r"\b(?:schema|columns?|index(?:es)?|tables?|ddl|foreign keys?|constraints?|views?|triggers?|stored procedures?)\b")
_ROWS = pattern(r"\b(?:rows?|records?|entries|data)\b")
_NETWORK = pattern(r"\b(?:network|internet|external (?:apis?|services?|endpoints?|hosts?|systems?|urls?)|third[- ]party (?:apis?|services?)|outside world|web\b(?! (?:app|page|ui|server|socket))|http requests?|api calls?|remote (?:hosts?|servers?))")
_PR = pattern(r"\s+(?:up\s+)?(?:a |any |an |the |new |another )*(?:prs?|pull requests?|merge requests?|mrs?|issues?|tickets?)\b")


def acts_of(verb: str, rest: str, targets: "tuple[Target, ...]") -> "tuple[str, ...]":
    """The acts that a verb with this object forbids; () when only a reader can follow it."""
    kinds = {kind for kind, _ in targets if kind != "except"}
    acts: tuple[str, ...] = ACT_OF.get(verb, ())
    if _PR.match(rest) and verb not in ("merge",):
        return ()
    if verb in ("log", "sign") and re.match(r"\s+(?:back )?(?:in(?:to)?|on(?:to)?)\b", rest):
        return ("connect",)
    if verb in ("print", "show", "display", "dump", "output", "echo", "copy") and kinds & {"path", "glob"} and re.match(r"\s+(?:me |out )?(?:the |any )?(?:contents?|values?|secrets?|[\ue000-\ue002])", rest) and verb != "copy":
        return ("read",)
    if verb in ("access", "use", "connect", "hit", "call", "make", "reach", "contact", "touch", "download", "fetch", "go", "talk") and _NETWORK.search(rest[:60]):
        return ("connect",)
    if verb in ("add", "introduce", "install", "bring", "pull", "include", "update", "upgrade", "bump", "downgrade", "use", "download", "require") and (_DEPENDENCY.search(rest[:60]) or "package" in kinds):
        return ("install",)
    if verb in ("make", "do", "perform", "apply", "introduce", "commit", "push") and (noun := re.match(r"\s+(?:any |a |an |some |further |more |new |other |unrelated |additional |your |the |manual |direct |breaking |schema |big |large |cosmetic |drive-by |structural )*(changes?|edits?|modifications?|alterations?|ddl|dml|deployments?|deploys?|releases?|commits?|updates?|writes?|deletions?|renames?|(?:network |http |api |external |outbound )+(?:calls?|requests?|connections?)|migrations?)\b", rest)):
        if "schema" in noun[0]:
            return ("ddl",)
        if any(w in noun[0] for w in ("call", "request", "connection")):
            return ("connect",)
        own = acts if verb in ("commit", "push") else ACT_NOUNS.get(noun[1], ("write",))
        return acts_on(own, kinds, rest) if verb not in ("commit", "push") else own
    if verb == "force-push" or verb == "force" and re.match(r"[\s-]+push", rest):
        return ("push",)
    if verb in ("check", "roll", "cherry") and (phrase := re.match(r"\s+(in|out|pick)\b", rest)):
        return {"in": ("commit",), "pick": ("merge",), "out": ("deploy",) if verb == "roll" else ()}[phrase[1]]
    if verb in ("drop", "alter", "truncate", "create", "rename", "add", "remove", "delete", "migrate", "modify", "change") and not kinds & {"table", "database"} and (table := re.match(r"\s+(?:or \w+ )?(?:any |a |an |the |new |existing |database |db |or |and )*(tables?|columns?|index(?:es)?|foreign keys?|databases?|rows?|records?|views?)\b", rest)):
        return ("dml",) if table[1].startswith(("row", "record")) else ("ddl", "dml") if verb == "truncate" else ("ddl",)
    if not acts:
        return ()
    if verb in _WEAK and not kinds - {"area"}:
        if verb in ("move", "fix", "correct", "improve", "optimise", "optimize", "simplify", "clean", "tidy", "format", "clear", "empty", "convert", "port", "access", "open", "view") and kinds:
            return acts_on(acts, kinds, rest)
        if verb in ("add", "append", "introduce", "generate", "make", "copy") and re.match(r"\s+(?:any |new |more |extra |additional |other |further |source |a )*files?\b", rest):
            return ("create",)
        if verb in ("add", "append", "introduce", "insert") and _SCHEMA.search(rest[:40]) and verb != "introduce":
            return ("ddl",) if not re.search(r"\brows?|records?\b", rest) else ("dml",)
        if verb in ("release", "roll", "promote") and not kinds and re.match(r"\s*(?:out|anything|it|this|to|yet|now|today|\Z|[.!,])", rest):
            return ("deploy",)
        return ()
    if verb in _WEAK and verb in ("break", "affect", "damage", "disturb", "interfere", "disrupt", "leave", "show", "print", "display", "generate", "add", "introduce", "use", "call", "make", "start", "stop") and not kinds & {"command", "table", "database"}:
        if verb in ("use", "call", "start", "stop") and kinds & {"host"}:
            return ("connect",)
        return ("write",) if verb in ("add", "append", "introduce", "insert") and kinds & {"path", "glob"} and re.search(r"\b(?:to|in|into|under|inside)\s", rest) else ()
    if verb == "use":
        return ("run",) if "command" in kinds else ("query",) if kinds & {"table", "database"} else ()
    return acts_on(acts, kinds, rest)


def acts_on(acts: "tuple[str, ...]", kinds: "set[str]", rest: str) -> "tuple[str, ...]":
    """Acts on files become those on tables, branches, hosts when such are named."""
    fitted = list(acts)
    files = kinds & {"path", "glob", "area", "identifier"} or not kinds
    if kinds & {"table", "database"}:
        data = {"write": ("ddl", "dml"), "create": ("ddl",), "rename": ("ddl",), "delete": ("ddl", "dml"), "read": ("query",), "run": ("run",)}
        mapped = [new for act in acts for new in data.get(act, (act,))]
        if "delete" in acts and _ROWS.search(rest):
            mapped = ["dml"]
        if "create" in acts and _ROWS.search(rest):
            mapped = ["dml"]
        fitted = mapped + ([act for act in acts if act not in mapped] if files or "write" in acts else [])
    elif "schema" in rest[:60] and "write" in acts or re.search(r"\bcolumns?\b", rest[:40]) and set(acts) & {"write", "delete", "rename", "create"}:
        fitted += ["ddl"]
    if "branch" in kinds and set(acts) & {"write", "delete", "create", "rename"}:
        fitted = [*fitted, "commit", "push", "merge", "rebase"]
    if "host" in kinds and set(acts) & {"write", "delete", "read"}:
        fitted = [*fitted, "connect"]
    if "command" in kinds and not kinds & {"path", "glob", "area"} and "run" not in fitted and set(acts) & {"write", "read", "connect"}:
        fitted = ["run"]
    return tuple(dict.fromkeys(fitted))


_PRONOUN = pattern(r"\s*(?:(?:in |to |with |from |on |of )?(?:it|them|that|this|those|these|that one|this one|any of (?:it|them|that|those|these)|either(?: of them)?|one|there|here))?(?:\s+(?:at all|ever|again|please|pls|yet|for now|directly|manually|by hand|anymore|either|itself|themselves|in any way|under any circumstances))*\s*[.!,;)]*\s*\Z")
_EVERYTHING = pattern(r"\s*(?:in |to |with |any of |a single |even a single )?(?:(?:any )?(?:new|more|extra|additional|further) (?:source |code )?files?|anything|any(?: of (?:the|my|our))? (?:source |existing |project )?(?:code|files?|thing|source)|any (?:code|files?|changes?|edits?|modifications?)|files|code|the code|source code|(?:a |one )?(?:single )?(?:file|line)(?: of code)?|the (?:repo|repository|code ?base|project|source|working tree))\b"
                         r"(?:\s+(?:at all|yet|please|pls|for now|in (?:the|this) (?:repo|repository|project|code ?base)|on disk|to (?:the )?(?:files?|code|disk|repo)|until|before|without|unless|whatsoever|directly|here|anywhere|during|while|ever|in any way)\b.*)?\s*[.!,;)]*\s*\Z")
# "don't use lodash", "do not import moment or lodash": single words that are no ordinary nouns of the trade.
_NAMES = pattern(r"\s+(?P<names>(?!(?:it|them|that|this|any|the|a|an|your|my|our|more|anything|something|one|all|new|tools?|both)\b)[a-z][\w@/-]*(?:(?:\s*,\s*(?:or |and |nor )?|\s+(?:or|and|nor)\s+)[a-z][\w@/-]*)*)(?:\s+(?:at all|ever|again|please|pls|here|anywhere|for (?:this|that)|in this (?:repo|project)|directly|though|either))*\s*[.!,;)]*\s*\Z")
_THING = pattern(r"\s+(?:(?:to|in|with|from|anything in|anything under|any of|anything about|anything on)\s+)?(?:the|our|my|your|his|her|their|that|this|these|those|existing|public)\s+(?P<name>(?!(?:code|file|files|way|same|rest|repo|repository|project|codebase|line|thing|whole|entire|following|list|below|above|user|question|problem|task|issue|bug)\b)(?:[a-z][\w-]*\s+){0,3}?[a-z][\w-]*)(?:\s+(?:at all|ever|again|please|pls|yet|for now|directly|manually|by hand|though|either|itself|in any way))*\s*[.!,;)]*\s*\Z")
# With these every act is meant when no object is named; the others need one that code can watch.
_WHOLESALE = frozenset("touch change edit modify alter write update create delete remove rename move overwrite".split())


def prohibition(p: Passage, at: int, verb: str, after: int, extra: "tuple[str, ...]" = (), stop: int = -1) -> Found:
    """A forbidden verb whose object follows at `after`. extra: further verbs ("edit or delete")."""
    s = p.shadow
    if verb in ("let", "allow", "permit", "have", "ask", "tell", "get") and (inner := _LETTING.match(s, after)) and inner["verb"] in ORDERABLE:
        verb, after = inner["verb"], inner.end("verb")
    last = stop if stop >= 0 else end_of(s, after)
    rest = s[after:last]
    verbs = (verb, *extra)
    base: tuple[str, ...] = tuple(dict.fromkeys(act for v in verbs for act in ACT_OF.get(v, ())))
    condition = re.search(r"\bwithout\b", rest)  # what comes behind it is no object
    targets = targets_in(p.text, s, after, after + condition.start() if condition else last, verb, base)
    if not targets and _PRONOUN.match(rest):
        named = re.search(r"\b(?:it|them|that|those|these)\b", rest)
        targets = targets_in(p.text, s, 0, at, verb, base) if not orders(s[:at]) or named else ()
        if not targets and named and p.previous[0] and not re.search(r"[a-z]{3,} [a-z]{2,}", s[:at]):
            targets = targets_in(p.previous[0], p.previous[1], 0, len(p.previous[0]), verb, base)
    if not targets and set(verbs) & {"use", "import", "install", "add", "require", "include", "introduce"} and (names := _NAMES.match(rest)):
        found = re.compile(r"[a-z][\w@/-]*").finditer(s, after + names.start("names"), after + names.end("names"))
        targets = tuple(("package", p.text[m.start():m.end()]) for m in found if m[0] not in ("and", "or", "nor") and m[0] not in _NO_HEADS and not m[0].endswith("ing"))
    if not targets and verb in CHANGING and verb not in _WEAK and (thing := _THING.match(rest)):
        targets = (("area", p.text[after + thing.start("name"):after + thing.end("name")]),)
    front = _ONLY_EXCEPT_FRONT.match(s[:at])
    if front and not {k for k, _ in targets} - {"except"}:
        targets = tuple(("except", name) for _, name in targets_in(p.text, s, front.end(), at, verb, base))
    acts = tuple(dict.fromkeys(act for v in verbs for act in acts_of(v, rest, targets)))
    if set(verbs) & {"use", "run", "execute", "issue", "do", "perform"} and (statements := statement_acts(p.text[after:last])):
        acts = statements
    outside = re.search(r"\b(?:outside|beyond|other than|anything but|any file but|except|apart from|besides|excluding)\b", rest) or front
    inside = tuple((_kind_again(name), name) if kind == "except" else (kind, name) for kind, name in targets)
    if outside and targets and (set(acts) or set(base)) and (all(kind == "except" for kind, _ in targets) or re.search(r"\b(?:outside|beyond)\b", rest)) and set(base) & {"write", "create", "delete", "rename", "run", "push", "install", "connect", "read", "query"}:
        return Found(at, "only", acts_of(verb, rest, inside) or acts_on(base, {k for k, _ in inside}, rest), True, inside)
    if not {k for k, _ in targets} - {"except"} and set(acts) & {"write", "create", "delete", "rename"} and not (verb in _WHOLESALE and _EVERYTHING.match(rest)):
        acts = tuple(act for act in acts if act not in ("write", "create", "delete", "rename"))
    if "install" in acts and re.search(r"\b(?:globally|system-?wide|with sudo|as root|outside (?:of )?(?:the |a )?(?:venv|virtualenv|container|environment))\b", rest):
        acts = ()
    if not targets and set(acts) & _WITH_ANY_OBJECT and not _WHATEVER.match(rest):
        acts = tuple(act for act in acts if act not in _WITH_ANY_OBJECT)
    changing = verb in CHANGING or set(acts) & {"write"}
    kind = "do-not-touch" if targets and changing and set(acts) & {"write", "delete", "rename", "ddl", "dml"} else "must-not"
    return Found(at, kind, acts, False, targets)


# "Never commit", "don't deploy anything" forbid the act; "never commit secrets", "don't deploy on Fridays" forbid what no code can tell apart.
_WITH_ANY_OBJECT = frozenset(("commit", "push", "merge", "rebase", "deploy"))
_WHATEVER = pattern(r"(?:\s+(?:(?:or|and|nor) [a-z-]+|in|push(?:es|ing)?|anything|any (?:code|changes?|commits?|branch(?:es)?|of (?:it|this|them|your work))|it|this|that|them|these|those|a commit|your (?:changes|work|code|commits|own commits|branch)|(?:the |my |our |any |a )?(?:changes?|code|work|results?|app|application|site|service|release|releases|package|packages|branch|branches|history|commits?|versions?|version|new version|new versions|new release|builds?)|"
                    r"to (?:the |any )?(?:remotes?|origin|upstream|github|gitlab|production|prod|staging|live|npm|pypi|crates\.io|(?:package )?registry|server|servers|repo|repository|branch|branches|environments?|world|public)|directly|yet|at all|ever|again|yourself|on your own|by yourself|anywhere|out|up|upstream|locally|now|today|tonight|for now|for this|please|pls|plz|on my behalf|autonomously|automatically|under any circumstances|live|here|from here|though|either|no matter what|whatsoever|in any way|during this (?:task|session)|without (?:asking|my|our|explicit|prior|permission|approval|being|consent|a go|checking with|confirm|telling|an? (?:ok|okay|go|explicit)|the ok)[^,;.]*))*[\s.!,;:)*_]*\Z")
# "don't let anyone edit X": the inner verb counts.
_LETTING = pattern(r"\s+(?:anyone|anybody|any \w+|(?:the |your |other |any of the )*(?:sub-?agents?|workers?|agents?|helpers?|others)|them|others|someone|somebody|yourself)(?: else)?\s+(?:to\s+)?(?P<verb>[a-z]+)\b")
_ONLY_EXCEPT_FRONT = pattern(r"\W*(?:except(?: for)?|other than|apart from|besides|aside from|outside(?: of)?|with the exception of)\b")


def _kind_again(name: str) -> str:
    """What an excepted name is, when it stands alone."""
    return "path" if "/" in name or "." in name else "area"


# ---- the rules ----

ADVERBS = (r"(?:(?:ever|even|just|accidentally|directly|manually|also|please|under any circumstances|yet|actually|simply|you dare|dare|go and|go(?= \w+ing)|try to|attempt to|start(?= \w+ing)|begin(?= \w+ing)|under no circumstances|in any way|by any means|knowingly|silently|you dare to|you ever|ever|blindly|randomly|"
            r"automatically|unnecessarily|intentionally|needlessly|again|at any point|at any time|on any account|at all|really|quietly|casually|prematurely|hand-|further|otherwise|ever again|so much as|in any circumstances|unilaterally|"
            r"indiscriminately|carelessly|gratuitously|physically|locally|explicitly|yourself|immediately|permanently|(?:even )?(?:think|dream) (?:about|of)(?= \w+ing)|even consider(?= \w+ing)|even(?= (?:think|dream|consider))|consider(?= \w+ing)|go(?= \w+ing)|you(?= [a-z]+ [\w\ue000-\ue002])|force(?= (?:push|merge|delete))|hard(?= (?:reset|delete|code))|, under any circumstances,|on your own)[\s,]+)*")
OR_VERBS = r"(?P<more>(?:(?:\s*,\s*|\s*/\s*|\s+(?:or|and|nor|and/or)\s+|,\s*(?:or|and|nor)\s+)(?:even |otherwise |in any way |to |re-?|in any other way )*[a-z]+(?:-[a-z]+)?(?=\s|[.,!;]|\Z|/))*)"
_PARTICLE = pattern(r"\s+(?:with|around with|around in|around|at|into|to|from|in|on|up|out|over|off|down|away)\b")
_NEVER = pattern(rf"(?<![\w'])(?:do\s+not|don't|dont|don t|do n't|donot|dnt|don;t|do\s+nt|never ever|never to|never|not ever|do absolutely not|do never|please not|not to|to not|you not(?! to\b)|let's not|lets not|let us not|better not|best not to|rather not|never to|had better not|better don't)(?:\s*,\s*(?:ever|under any circumstances?|whatever happens|i repeat|in any case|please|for any reason|at any point|no matter what|under no circumstances?|and i mean (?:it|never|ever)|i mean)\s*,?)?\s+{ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")


def more_verbs(match: "re.Match[str]") -> "tuple[tuple[str, ...], int]":
    """The verbs after the first one ("edit, move or delete") and where the last of them ends."""
    verbs: list[str] = []
    end = match.end("verb")
    for piece in re.finditer(r"(?:\s*[,/]\s*(?:(?:or|and|nor)\s+)?|\s+(?:or|and|nor|and/or)\s+)(?:even |otherwise |in any way |to |in any other way )*([a-z]+(?:-[a-z]+)?)", match["more"]):
        if piece[1] not in ORDERABLE or (piece[1] in _ALSO_NOUNS and not verbs and match.string[match.end("more"):match.end("more") + 1] not in (" ",)):
            break
        if piece[1] in ("keep", "leave", "make", "use", "do", "ask", "stick", "stay") or "and" in piece[0] and piece[1] not in ACT_OF or re.search(r"\band\b", piece[0]) and not verbs and "," not in match["more"] and piece[1] in ("run", "test", "add"):
            break
        verbs.append(piece[1])
        end = match.start("more") + piece.end()
    return tuple(verbs), end


_ALSO_NOUNS = frozenset("test build log cache index report search order release schema view access export import model design style format map lock label list name file backup archive email message".split())


def _never(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _NEVER.finditer(s):
        verb, at = match["verb"], match.start()
        word = s[at:match.start("verb")]
        if verb in NO_PROHIBITION and not (verb == "be" and not re.match(r"\s+(?:afraid|shy|surprised|alarmed|worried|scared|put off|discouraged|fooled|too hard|sorry|silly|concerned|bothered|intimidated|confused)", s[match.end("verb"):])) and verb not in ("trust", "own"):
            if not (verb in ("let",) or verb == "have" and s[match.end("verb"):].startswith(" any")):
                continue
        rest = s[match.end("verb"):]
        if verb == "be" or verb == "let" and re.match(r"\s+(?:me|that|it|this|the \w+) (?:stop|discourage|fool|scare|confuse|distract|deter|bother|throw)", rest) or verb == "get" and re.match(r"\s+(?:me wrong|discouraged|confused|too|stuck|hung|distracted|carried)", rest):
            continue
        if verb in ("wait", "hold", "ask", "thank", "trouble", "bother") and re.match(r"\s+(?:up\b|for (?:me|my|us|the|him|her|approval)\b|back\b|me (?:why|how)|me\b|yourself|anyone|being|restor|running|look)", rest) or verb == "even" or verb == "let" and re.search(r"\b(?:stop|put|hold|slow|get|fool|scare|discourage|confuse|distract|bother|deter|throw)s? (?:you|it get)\b", rest) or verb == "take" and re.search(r"\btoo (?:literally|seriously)\b", rest):
            continue
        if verb == "stop" and re.match(r"\s+(?:me|believing|dreaming|there|here)", rest) or verb == "take" and re.match(r"\s+(?:(?:it|this|that) (?:personally|wrong|the wrong|too seriously|badly)|offen)", rest):
            continue
        if word.startswith(("never ", "not ever", "do never")) and not word.startswith("never to") or "ever" in word.split()[0:1]:
            past = verb in PAST and verb not in ORDERABLE or verb.endswith("ed") and verb not in ORDERABLE
            third = verb.endswith("s") and verb not in ORDERABLE and not verb.endswith("ss")
            if past or third or verb in ("mind", "before", "again", "the", "a", "an", "been", "had", "was", "were", "is", "are", "has", "could", "would", "did", "does", "will", "say", "more", "in", "on", "too", "seen", "once", "going", "ending", "quite", "fully", "works", "happened", "gets", "got", "got", "knew", "saw", "came", "went"):
                if not (verb == "in" or verb in ING):
                    continue
                if verb in ING:
                    continue
            if re.search(r"\byou\s*\Z", s[:at]) and verb not in ACT_OF:
                continue
            if verb in ("show", "render", "display", "hide") and _WIDGET.search(rest[:60]):
                continue
        elif word.startswith("you not"):
            if re.search(r"\b(?:important|essential|crucial|vital|critical|imperative|necessary|mandatory|ask|request|require[ds]?|insist|demand|prefer(?:red|able)?|suggest|recommend|expected|want|rather|better)(?: that| if)?\s*\Z", s[:at]):
                more, end = more_verbs(match)
                yield prohibition(p, at, verb, end, more)
            continue
        elif word.startswith(("not to", "to not", "never to")) or word.startswith("best not") and not opens(s, at):
            if not _NOT_TO.search(s[:at]):
                continue
            more, end = more_verbs(match)
            yield prohibition(p, at, verb, end, more)
            continue
        elif verb.endswith("ed") and verb not in ORDERABLE or verb in ("the", "a", "an", "in", "on", "is", "are", "it", "this"):
            continue
        if re.search(r"\b(?:should|must|shall|will|would|may|can|could|ought to|to)\s*(?:\w+ly )?\Z", s[:at]) and not re.search(r"\b(?:is|agreed|decided|want you|need you|like you|us|them|workers|agents|subagents|everyone) to\s*\Z", s[:at]):
            continue  # the rules for modal verbs decide
        licensed = opens(s, at) or word.startswith(("better", "rather", "had better")) and bool(re.search(r"(?:\byou(?:'d| had)?|\bwe(?:'d| had)?|\bit's|\bis|\bprobably|\bi'd|\bi would)\s*\Z", s[:at]))
        if not licensed and re.search(r"\b(?:sure|certain|ensure|see to it|guarantee|careful|insist|require|expect|demand|request|ask|want|prefer|rather|tell (?:the |all |every |each |any |your )?\w+|i'd rather)(?: that| to)? (?:you|we|it|they|nobody|agents|workers|subagents|the agents?|the workers?)?\s*\Z", s[:at]):
            licensed = True
        if not licensed and re.search(r"\b(?:we|agents?|workers?|subagents?|sub-agents?|you|developers|people here)(?: (?:generally|usually|here|all|just|simply|also|normally|typically))?\s*\Z", s[:at]) and verb in ORDERABLE:
            before = s[:at].rstrip()
            licensed = (verb in ACT_OF or verb in ("log", "store", "commit", "mix", "hardcode", "expose", "return", "throw", "catch", "swallow", "rely", "depend", "import", "put", "keep", "share", "sign", "squash", "allow", "support", "skip", "ship", "work", "trust")) \
                and not _IF.search(s[:at].rstrip() + " ") and not re.search(r"\b(?:if|when|because|since|that|why|what|how|where|as|so|which|until|unless|but if|who|and then)\s+(?:we|you|agents?|workers?)\b[^,]*\Z", before) and not re.match(r"\s+(?:this|that code|it)\s+(?:often|much|very|anymore|any more)", rest) \
                and not re.search(r"\b(?:often|much|that way|anymore|any longer|enough|yet)\W*\Z", s) and verb not in ("see", "use", "get", "read", "show", "access", "open", "call", "load") or verb == "use" and bool(re.search(r"\b(?:here|in this (?:repo|project|code ?base|team|org)|at this company|any more)\b|\bever\b", s))
        if licensed:
            more, end = more_verbs(match)
            yield prohibition(p, at, verb if verb in ORDERABLE else ING.get(verb, verb), end, more)


# What a product shows: "never show the dialog again" is about the product, not about the agent.
_WIDGET = pattern(r"\b(?:dialogs?|banners?|buttons?|popups?|pop-ups?|modals?|messages?|notifications?|spinners?|menus?|tooltips?|lists?|totals?|pages?|sidebars?|icons?|forms?|headers?|footers?|tabs?|widgets?|cards?|rows?|prices?|ads?|toasts?|badges?)\b")
_NOT_TO = pattern(r"\b(?:careful|sure|certain|remember(?:ing)?|try|care|please|you(?:'re| are| must| should)(?: strictly| absolutely| explicitly)?|i (?:told|asked|ask|want|expect|need|warn(?:ed)?|remind(?:ed)?|beg|urge|would like|'d like)(?: you| everyone)?|i'd like you|i'm asking you|asking you|ask you|be advised|prefer|would prefer|better|"
                     r"(?:tell|instruct|remind|ask|order|warn) (?:the |all |every |each |any |your |both )*(?:of )?(?:the |your )?(?:them|it|\w+s|\w+ agent|\w*agent|worker|helper)|attention|(?:want|need|like|ask|expect|prefer|instruct|told|asked|warn|urge) (?:you|them|it|everyone|all|us)|supposed|advised|best|important|crucial|essential|vital|critical|imperative|mandatory|paramount|necessary|i must ask you|i have to ask you|agents are|workers are|subagents are|is|are|rule is|i decided|we decided|we agreed|we agree)\s*,?\s*\Z")

_MODAL = pattern(rf"\b(?P<modal>shalt|must|should|shall|may|might|ought|can|could|will|would|need|are|is|am|'re|'s|has|have|had|does|do|did|wo|sha)(?:\s*n't|(?<=can)'t|(?<=can)not|\s+not|n?t|\s+never(?: ever)?|\s+under no (?:circumstances?|conditions?)|\s+in no (?:case|way|event)|\s+at no (?:point|time)|\s+on no account|\s+by no means)\b(?P<to>\s+to\b|\s+allowed to\b|\s+permitted to\b|\s+supposed to\b|\s+authori[sz]ed to\b|\s+meant to\b|\s+afford to\b)?\s+{ADVERBS}(?P<be>(?:be|get|being)\s+(?:\w+ly |ever |at all |otherwise |in any way |further )?)?(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")


def _modal(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _MODAL.finditer(s):
        modal, verb, be, at = {"wo": "will", "sha": "shall", "shalt": "shall"}.get(match["modal"], match["modal"]), match["verb"], match["be"], match.start()
        before, rest = s[:at], s[match.end("verb"):]
        you = bool(_SUBJECT_YOU.search(before))
        nobody = bool(re.search(r"\b(?:nobody|no one|no-one|none)\b", before))
        base = PAST.get(verb, verb) if be else verb
        to = bool(match["to"])
        if verb in ("have", "be") and modal not in ("must", "shall") and "never" not in match[0]:
            continue
        if verb == "have" and re.match(r"\s+(?:been|\w+ed|\w+en|done|had|made|run|got)\b", rest) or nobody:
            continue
        if _IF.search(before) and not re.search(r"\b(?:that|so)\s+(?:\w+\s+){0,3}\Z", before):
            if re.search(r"\b(?:if|whether|why|how|what|which|when|where)\s+(?:(?:\w+|" + ATOM + r"+)\s+){0,3}\Z", before) and not re.search(r",\s*(?:which|where)\s*\Z", before):
                continue
        acting = base in ACT_OF or base in ("put", "log", "store", "hardcode", "expose", "leak", "ignore", "assume", "skip", "mix", "rely", "depend", "exceed", "import", "submit")
        strong = modal in ("must", "shall", "mustnt") or "never" in match[0] and modal in ("should", "must", "shall", "ought", "may", "will", "can", "could") and modal not in ("can", "could", "will") or "under no" in match[0] or "in no case" in match[0]
        first_person = bool(re.search(r"\b(?:i|he|she)\s*\Z", before))
        ok = False
        if first_person and modal not in ("must",):
            ok = False
        elif strong and modal in ("must", "should", "shall", "ought", "may"):
            ok = not (first_person or verb in ("forget",))
        elif modal in ("should", "ought"):
            ok = (you or acting or verb in ("contain", "include", "introduce", "depend", "require", "rely", "exceed", "affect", "log", "expose", "leak", "block", "throw", "assume") and bool(WORK.search(before[start_of(s, at):]))) and verb not in ("matter", "take", "happen", "need", "be", "have", "crash", "worry", "fail", "forget") or you and verb not in ("worry", "need", "have", "be", "forget")
            ok = ok and not (re.search(r"\b(?:it|this|that)\s*\Z", before) and not be and base not in CHANGING)
        elif modal == "may":
            ok = you and verb not in ("be", "need", "have", "want", "know", "like") or bool(be) and base in ACT_OF or verb in ("change", "differ", "grow", "exceed", "break") and not you
        elif modal in ("can", "could"):
            ok = modal != "could" and (you and base in ACT_OF and not first_person and base not in ("see", "access", "open", "load", "find", "reach", "connect", "fix", "call", "read", "build", "start", "stop", "print", "reproduce", "show")
                                       or bool(be) and base in CHANGING and base not in ("fix",) and _worth_protecting(p, before))
            ok = ok and not re.search(r"\b(?:because|error|fails?|failed|reason|problem|currently|password|users?|customers?|crash\w*)\b", s)
        elif modal == "will":
            ok = you and not re.search(r"\bwe\s*\Z", before) and verb not in ("be", "need", "have", "find", "see", "believe", "regret", "get", "know", "notice", "like", "want")
        elif modal in ("is", "are", "'re", "am", "'s"):
            ok = to and (you or bool(be) and base in ACT_OF or acting and "allowed" in (match["to"] or "") or "allowed" in (match["to"] or "") or "permitted" in (match["to"] or "")) and "supposed" not in (match["to"] or "") or to and you
            ok = ok and not re.search(r"\b(?:i|we)\b\s*(?:'m|'re|am)?\s*\Z", before)
        elif modal == "need" or modal == "has" or modal == "have" or modal in ("do", "does"):
            ok = False
        if ok and _RELATIVE.search(before) and modal not in ("must", "shall", "may") and "never" not in match[0]:
            ok = base in ACT_OF
        if ok and _RELATIVE.search(before) and len(before.split()) > 1 and not re.search(r",\s*\w+\s*\Z", before) and not orders(before):
            ok = False
        pronoun = re.search(r"\b(?:you|we)(?:'re|'ve)?\s*\Z", before)
        if ok and pronoun and modal not in ("must", "shall") and not re.search(r"\bthe (?:one|only|two|main|single) \w+ you\s*\Z", before) and not opens(s, pronoun.start()) and not re.search(r"\b(?:that|because|since|so|and|but|as|sure|if|means|mean|note|say|said|while|although|though|now)\s*\Z", s[:pronoun.start()]):
            ok = False
        if ok and to and PEOPLE.search(before):
            ok = False
        if ok and (re.search(r"\bso that\b[^,;]*\Z", before) or _RELATIVE.search(before) and len(before.split()) > 1 and re.match(_LOOKS_FOR, s)):
            ok = False
        if not ok:
            continue
        more, end = more_verbs(match)
        if be:
            first = start_of(s, at)
            more = tuple(PAST.get(v, v) for v in more)
            yield passive_prohibition(p, at, base, more, first, match.start(), end)
        else:
            yield prohibition(p, at, base, end, more)


PEOPLE = pattern(r"\b(?:users?|customers?|clients?|visitors?|admins?|guests?|members?|people|students?|employees?|patients?|buyers?|sellers?|players?|subscribers?|accounts?|viewers?|editors?|he|she|they|i|it)\s*\Z")
_LOOKS_FOR = r"\W*(?:please |also |and |can you )*(?:show|list|find|print|tell me|count|search|identify|give me|mark|highlight|look for|check|explain|collect|describe|grep|point out|filter|exclude|skip|ignore|hide|collect|select|detect|remove|flag|report|warn)\b"


def passive_prohibition(p: Passage, at: int, verb: str, more: "tuple[str, ...]", first: int, last: int, after: int) -> Found:
    s = p.shadow
    base = tuple(dict.fromkeys(act for v in (verb, *more) for act in ACT_OF.get(v, ())))
    stop = end_of(s, after)
    targets = targets_in(p.text, s, first, last, verb, base)
    if not targets and re.fullmatch(r"\W*(?:and |but |so |because )?(?:it|they|this|these|those|both|that|that one|neither)\s*", s[first:last]):
        targets = targets_in(p.text, s, 0, first, verb, base) if not orders(s[:first]) else ()
        if not targets and p.previous[0] and not re.search(r"[a-z]{3,} [a-z]{2,}", s[:first]):
            targets = targets_in(p.previous[0], p.previous[1], 0, len(p.previous[0]), verb, base)
    if not targets:
        targets = targets_in(p.text, s, after, stop, verb, base)
    elif any(a in base for a in ("push", "merge", "commit", "rebase", "deploy")):
        targets = tuple(dict.fromkeys((*targets, *targets_in(p.text, s, after, stop, verb, base))))
    if targets and (but := re.compile(r"\s*,?\s*(?:except(?: for)?|apart from|other than|besides|excluding|with the exception of)\b").match(s, after)):
        targets = (*targets, *(("except", name) for _, name in targets_in(p.text, s, but.end(), len(s))))
    acts = tuple(dict.fromkeys(act for v in (verb, *more) for act in acts_of(v, " " + s[first:last], targets)))
    if not targets and set(acts) & {"write", "create", "delete", "rename"} and not (verb in _WHOLESALE and re.search(r"\b(?:nothing|no (?:\w+ )?(?:files?|code))\b", s[first:last])):
        acts = tuple(act for act in acts if act not in ("write", "create", "delete", "rename"))
    outside = re.search(r"\b(?:nothing|no \w+|anything) (?:outside|beyond|other than|except|besides|but)\b", s[first:last])
    if outside and targets:
        return Found(at, "only", acts, True, tuple(t if t[0] != "except" else (_kind_again(t[1]), t[1]) for t in targets))
    return Found(at, "do-not-touch" if targets and set(acts) & {"write", "delete", "rename", "ddl", "dml"} else "must-not", acts, False, targets)


def _worth_protecting(p: Passage, before: str) -> bool:
    """Whether the subject names a part of the project."""
    return bool(targets_in(p.text, p.shadow, start_of(p.shadow, len(before)), len(before)))


_NO_ACTOR = pattern(rf"\b(?P<who>nobody|no one|no-one|none of (?:you|the \w+|your \w+|these|those|them)|not (?:a single|one|any) \w+(?: (?:in|of|under|inside|from) [^,;.]{{1,60}}?)?|no (?:\w+ )?(?:sub-?agents?|workers?|agents?|helpers?|teammates?)|nothing(?: (?:in|under|outside|inside|below|at|from|within|of|else|beyond|other than|except|but)\b[^,;.]{{0,80}}?)?|no (?:\w+ ){{0,3}}\w+(?: (?:in|under|outside|inside|below|from|within|of|other than|except)\b[^,;.]{{0,60}}?)?|neither [^,;.]{{1,80}}? nor [^,;.]{{1,60}}?)\s+"
                       rf"(?:may|must|shall|should|can|will|is to|are to|gets? to|is allowed to|are allowed to|is permitted to|has to|needs to|ought to|is|are|gets?)(?: ever| also)?\s+(?P<be>be\s+|get\s+|being\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")


def _no_actor(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _NO_ACTOR.finditer(s):
        verb, who = match["verb"], match["who"]
        passive = verb in PAST and (bool(match["be"]) or verb not in ORDERABLE) or verb in ACT_PAST and bool(match["be"])
        base = PAST.get(verb, verb) if passive else verb
        modal = s[match.end("who"):match.start("be") if match["be"] else match.start("verb")].strip()
        first_words = who.split()
        if first_words[0] in ("no", "nothing", "neither", "none") and match["be"] and verb not in ING and modal in ("may", "must", "should", "shall") and base not in ORDERABLE and first_words[-1] != "doubt" and opens(s, match.start()):
            yield Found(match.start(), "must", (), False, targets_in(p.text, s, match.start("who"), match.end("who")))
            continue
        if first_words[0] == "no" and (first_words[1] in NOTHING_FORBIDDEN - {"one"}) or base not in ORDERABLE:
            continue
        if modal in ("is", "are") and passive and re.search(r"\b(?:as long as|so long as|provided(?: that)?|sure(?: that)?|ensure(?: that)?|condition(?: that)?|(?:essential|crucial|important|vital|critical|imperative) that)\s*\Z", s[:match.start()]):
            pass
        elif modal in ("is", "are", "can") and not (modal in ("is", "are") and base in ("allowed", "permitted", "allow", "permit")) and not (modal == "can" and match["be"] and base in CHANGING):
            if not (modal.startswith("get") and passive and base in ACT_OF):
                continue
        if match["be"] and verb in ING:
            passive, base = False, ING[verb]
        if modal in ("get", "gets") and not (passive and base in ACT_OF):
            continue
        if modal in ("should", "will") and not (base in ACT_OF or base in ORDERABLE and modal == "should"):
            continue
        if not opens(s, match.start()) and not re.search(r"\b(?:as long as|so long as|provided|that|sure|ensure|want|insist|you|and|or|so|means|workers)\s*\Z", s[:match.start()]):
            continue
        more, end = more_verbs(match)
        if passive or base in ("allow", "permit") or who.startswith("nothing") and base in ("change", "move", "break", "differ", "grow"):
            base = base if base not in ("allow", "permit") else "change"
            yield passive_prohibition(p, match.start(), base, tuple(PAST.get(v, v) for v in more), match.start("who"), match.end("who"), end)
        else:
            yield prohibition(p, match.start(), base, end, more)


_NOBODY_DOES = pattern(r"\b(?:nobody|no one|no-one|none of (?:you|us)|no (?:\w+ )?(?:sub-?agents?|workers?|agents?|files?|code|line|tests?|branch|table|data|commits?|changes?|\w+ in|\w+ under)(?: (?:in|under|inside|of|from) [^,;.]{1,60}?)?)\s+(?:ever |gets? |get )?(?P<verb>[a-z]+)\b")


def _nobody_does(p: Passage) -> "Iterator[Found]":
    """"Until the audit is done, nobody edits the ledger": a norm in the present tense."""
    s = p.shadow
    for match in _NOBODY_DOES.finditer(s):
        verb = _THIRD.get(match["verb"], "")
        if verb in CHANGING | {"push", "merge", "deploy", "commit", "publish", "force-push"} and verb not in ("break", "fix", "make", "build", "leave", "use", "add", "affect", "generate", "produce") \
                and opens(s, match.start()) and not re.search(r"\b(?:anyway|so far|yet|anymore|any more|these days|because|that's why|why)\b", s) and not match[0].startswith("no changes"):
            yield prohibition(p, match.start(), verb, match.end())
    for match in re.finditer(r"\bnothing (?:goes|gets|leaves|ships|lands|enters|must go|may go|is to go)(?: (?:to|into|in|on|out|live|past|merged|deployed|pushed|committed|released|shipped|published))\b", s):
        if opens(s, match.start()) and not re.search(r"\b(?:when|wrong|why|anymore)\b", s):
            verb = next((PAST[w] for w in match[0].split() if w in ACT_PAST), "")
            yield prohibition(p, match.start(), verb or "go", match.end())


_THIRD = {forms[2]: verb for verb, forms in FORMS.items()}
_ALLOWED = pattern(r"\b(?P<verb>[a-z]+ing|(?:force[- ])?push(?:es)?|changes|edits|modifications|access|commits|merges|deployments?|downtime|refactoring|(?:new |external |third[- ]party |additional |extra |runtime |direct |network |outbound |breaking |schema |manual |any |hard-?coded |raw |inline |global )+[a-z]+(?: [a-z]+)?)\b(?P<rest>[^,;.!?]{0,100}?)\s+(?:is|are|'s)\s+(?:(?:strictly|absolutely|completely|expressly|explicitly|totally|also|definitely|simply|currently|still|never|generally) )*"
                      r"(?P<no>forbidden|prohibited|banned|disallowed|no option|not (?:allowed|permitted|ok|okay|acceptable|an option|wanted|desired|welcome|fine|tolerated|on the table|cool|authori[sz]ed|your job|part of|in scope)|n't (?:allowed|permitted|ok|okay|acceptable|an option|wanted|cool|in scope|part of|your job|fine|welcome|tolerated)|out(?=\s*(?:[.;,!]|\Z))|unacceptable|out of the question|a no-go|off the table|off[- ]limits|verboten|a no no|a no-no|out of scope|taboo|allowed(?= only)|never (?:ok|okay|allowed|acceptable|permitted))")
_IT_FORBIDDEN = pattern(rf"\b(?:it(?:'s| is)|is|are) (?:\w+ly )?(?:forbidden|prohibited|not allowed|not permitted|not ok|not okay|never ok|never okay|unacceptable|verboten|against the rules|out of the question)(?: for (?:you|anyone|any \w+|the \w+|agents|workers))? to {ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")


def _forbidden(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _ALLOWED.finditer(s):
        verb = ING.get(match["verb"], "")
        head = match["verb"].split()[-1]
        if match["verb"].endswith("ing") and not verb or not verb and head not in ACT_NOUNS and not re.match(r"(?:new|external|third|additional|extra|runtime|direct|network|outbound|breaking|schema|manual|hard|raw|inline|global) ", match["verb"]):
            continue
        if re.search(r"\b(?:error|request|403|cors|server|says)\b", s[:match.start()]) or not unconditional(s, match.start()):
            continue
        if verb:
            yield prohibition(p, match.start(), verb, match.end("verb"), stop=match.end("rest"))
        else:
            yield none_of(p, match.start(), match["verb"], match.end("rest"))
    for match in _FINE_BUT.finditer(s):
        if match["verb"] in ING and re.search(r"\bis (?:totally |perfectly )?(?:fine|ok|okay|allowed|good|alright|welcome)\b", s[:match.start()]):
            yield prohibition(p, match.start(), ING[match["verb"]], match.end("verb"), stop=match.end("rest"))
    for match in _ATOM_FORBIDDEN.finditer(s):
        if unconditional(s, match.start()) and (opens(s, match.start()) or re.search(r"\b(?:of|using|use|running|and|or|nor|the|so|because)\s*\Z", s[:match.start()])):
            first = start_of(s, match.start("verb"))
            targets = targets_in(p.text, s, first, match.start("verb"), "use", ("run",))
            acts = statement_acts(p.text[first:match.start("verb")]) or (("run",) if {k for k, _ in targets} & {"command"} else acts_on(("write",), {k for k, _ in targets}, "") if {k for k, _ in targets} & {"path", "table", "glob"} else ())
            yield Found(match.start(), "must-not", acts, False, targets)
    for match in _IT_FORBIDDEN.finditer(s):
        if match["verb"] in ORDERABLE and unconditional(s, match.start()) and (match[0].startswith("it") or not PEOPLE.search(s[:match.start()])):
            more, end = more_verbs(match)
            yield prohibition(p, match.start(), match["verb"], end, more)
    for match in _FORBIDDEN_TO.finditer(s):
        if match["verb"] in ORDERABLE | ING.keys() and unconditional(s, match.start()):
            yield prohibition(p, match.start(), ING.get(match["verb"], match["verb"]), match.end("verb"))


_ATOM_FORBIDDEN = pattern(ATOM + r"+(?: (?:command|commands|flag|statements?|function|functions|calls?))?(?P<verb>\s+(?:is|are)\s+(?:strictly |absolutely |also |completely |totally )*(?:forbidden|prohibited|banned|disallowed|not (?:allowed|permitted|ok|okay|an option|acceptable)|verboten|taboo|out of the question|a no-go))\b")
_STATEMENT = pattern(r"\b(?:(?P<ddl>drop|alter|create|truncate|rename|ddl)|(?P<dml>insert|update|delete|merge|dml|truncate)|(?P<query>select|query))\b", re.I)


def statement_acts(text: str) -> "tuple[str, ...]":
    """The acts of SQL statements that are named in capitals or as code ("DROP TABLE", "`DELETE`"); () when none is."""
    acts = []
    for code in re.findall(r"`[^`]+`|\b[A-Z]{3,}\b(?:\s+[A-Z]{3,}\b)*", text):
        for match in _STATEMENT.finditer(code):
            if code.strip("`").isupper() or re.match(r"`?\s*(?:drop|alter|truncate|create|insert|update|delete|select)\s+(?:table|into|from|database|schema|\w+ set|\*|index|column)\b", code, re.I):
                acts.append(match.lastgroup or "")
                if match[0].lower() == "truncate":
                    acts.append("dml")
    return tuple(dict.fromkeys(acts))


_FINE_BUT = pattern(r"\b(?P<verb>[a-z]+ing)\b(?P<rest>[^,;.]{0,60}?)\s+(?:is not|isn't|is definitely not|are not|aren't)(?=\s*(?:[,;.!]|\Z))")
_FORBIDDEN_TO = pattern(rf"\b(?:(?:this|now) is(?:n't| not) the (?:right )?(?:time|place|moment)|it(?:'s| is) not your (?:job|place|task)|i (?:hereby )?(?:forbid|prohibit)|you(?:'re| are)(?: \w+ly)? (?:forbidden|prohibited|banned|barred|not (?:\w+ly )?(?:allowed|permitted|authori[sz]ed|supposed|expected|cleared)|n't (?:\w+ly )?(?:allowed|permitted|authori[sz]ed|supposed)|under orders not)|you (?:have no|have not the|do not have the|don't have the|do not have|don't have) (?:permission|authority|right|business)|you are not entitled|you aren't entitled|you(?: do not|don't) get|you lack (?:the )?(?:permission|authority|right)|you (?:haven't|have not)(?: got)? (?:the )?(?:permission|authority|right)|there(?:'s| is) no (?:permission|reason ever)|you have no (?:reason|need|cause|licen[sc]e|mandate)|(?:agents|workers|subagents|they) are (?:forbidden|prohibited|not (?:allowed|permitted|authori[sz]ed)))"
                           rf"(?: you| anyone| any \w+)?(?: to| from)? {ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?)\b")


def unconditional(s: str, at: int) -> bool:
    """Not inside a condition, a relative clause or a question word's clause."""
    return not re.search(r"\b(?:if|whether|why|how|where|imagine|when)\b[^,;:]*\Z", s[:at]) and not re.search(r"\b(?:was|were)\b[^,;]*\Z", s[:at])


def acts_of_words(words: str, kinds: "set[str]") -> "tuple[str, ...]":
    """What "no <words>" forbids."""
    if re.search(r"\bschema\b|\bddl\b", words) and re.search(r"chang|edit|modif|migrat|ddl|alter|updat", words):
        return ("ddl",)
    if re.search(r"\b(?:network|http|api|outbound|external|internet|remote|third[- ]party)\b.*\b(?:calls?|requests?|access|connections?|traffic|services?|apis?|hosts?)\b|\binternet\b|\bnetwork\b", words):
        return ("connect",)
    if re.search(r"\bforce\b", words):
        return ("push",)
    if _DEPENDENCY.search(re.split(r"\b(?:in|inside|within|from|under)\b", words)[0]):
        return ("install",)
    if re.search(r"\bnew files?\b|\bextra files?\b|\badditional files?\b", words):
        return ("create",)
    if re.search(r"\bnew (?:tables?|columns?|indexes)\b", words):
        return ("ddl",)
    if re.search(r"\b(?:behaviou?r(?:al)?|breaking|functional|api|interface|visible|semantic|unrelated|cosmetic|whitespace|style|stylistic|formatting|drive-by|logic|further|unnecessary|signature|wording|contract|compat\w*)\b", words) and not kinds & {"path", "glob"}:
        return ()
    acts: tuple[str, ...] = ()
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", words):
        if word in ("library", "libraries", "libs", "package", "packages") and re.search(rf"\b(?:in|inside|within|from|under)\b.*\b{word}\b", words):
            continue
        if word in ACT_NOUNS and word not in ("schema", "access", "sql", "release", "network", "http", "internet"):
            acts = (*acts, *acts_on(ACT_NOUNS[word], kinds, words))
        elif word in ACT_ING:
            acts = (*acts, *acts_of(ACT_ING[word], words.partition(word)[2], tuple((k, "") for k in kinds)))
        elif word == "access" and kinds & {"host", "database", "table"}:
            acts = (*acts, "connect", "query")
        elif word == "access" and kinds & {"path"}:
            acts = (*acts, "read", "write")
    return tuple(dict.fromkeys(acts))


_NO = pattern(r"(?<![\w'-])(?:absolutely no|no(?: more)?|zero|without|w/o|with no|with zero|and no|or)\s+(?P<what>(?:(?:single|new|more|further|other|additional|extra|direct|any|external|third[- ]party|breaking|force|schema|api|network|http|behaviou?ral?|functional|unrelated|manual|visible|public|production|prod|database|db|outbound|internet|"
                 r"runtime|global|dev|custom|hard-?coded|inline|raw|unused|dead|commented(?:-out)?|magic|print|debug|default|wildcard|circular|implicit|silent|blocking|synchronous|mutable|nested|cosmetic|whitespace|drive-by|stylistic|style|formatting|large|big|binary|merge|destructive|irreversible|risky|unsafe|untyped|unrelated|emergency|live|real|paid|fancy|clever|relative|absolute|default|star|bare|"
                 r"code|file|data|user|write|read|root|admin|sudo|shell|remote|local|git|npm|config|log|test|unit|type|any|ui|css|js|javascript|typescript|python|java|sql|orm|raw|ad-hoc|ad hoc|quick|temporary|unnecessary|unsolicited|opportunistic|speculative|premature|additional|parallel|background|long-running|interactive|automatic|automated|backwards?[- ]incompatible|incompatible)[\s-]+)*(?P<head>[a-z]+(?:-[a-z]+)*|" + ATOM + "+))")
_NO_HEADS = frozenset("""changes change edits edit modifications modification alterations writes write updates rewrite rewrites refactor refactors refactorings deletions deletes removals renames moves push pushes commit commits merge merges
    rebase rebases deploy deploys deployment deployments release releases install installs installations dependency dependencies deps package packages library libraries libs frameworks framework ddl dml migrations migration queries sql drops inserts
    calls call requests connections connection downloads uploads access internet network traffic mocks mock stubs hacks hack shortcuts workarounds workaround emojis emoji comments todo todos fixmes abbreviations numbers globals global variables state
    statements statement tabs semicolons casts cast refactoring formatting whitespace side-effects effects secrets styles style wildcards wildcard placeholders placeholder imports import files file folders tables columns endpoints routes features feature
    flags code unsafe unwrap unwraps sudo root prod production downtime regressions regression breakage cleverness magic boilerplate jargon slang markdown tables html css javascript js jquery typescript classes class inheritance recursion exceptions
    assertions skips exits threads async reflection macros goto eval exec shell scripts binaries screenshots images fonts ads tracking telemetry analytics cookies logging logs prints print console databases docker containers cloud aws vpn
    plugins extensions tools subagents agents workers parallelism threads polling sleeps sleep retries loops hardcoding hard-coding duplication copy-paste copypaste overengineering over-engineering gold-plating scope creep experiments guessing guesses
    speculation assumptions hallucinations fabrication exclamation swearing profanity chit-chat preamble summary summaries explanations bullet lists questions pull-requests prs pr tickets issues emails email messages notifications alerts
    warnings-disabled credentials passwords tokens pii data api apis schema interface signature signatures behaviour behavior functionality overrides force-push force-pushes amend amends squash squashing reverts revert resets reset
    stash tags branches branch worktrees submodules config configuration bumps upgrades upgrade version versions new exceptions allowed touching any generics enums decorators singletons orm orms lambda lambdas ternaries comprehension
    dead-code cleanups cleanup restructuring reformatting reorganisation reorganization generated autogenerated scaffolding abstraction abstractions wrappers wrapper helpers layers monkeypatching monkey-patching patches patch time-outs timeouts cron
    cronjobs jobs backups truncates truncate rows reads read mutations mutation transactions locks names lines words characters chars semicolon default exports var let const nulls null none typos spaces trailing newline newlines prose fluff filler chatter commentary nonsense surprises apologies essays caveats disclaimers small-talk moralizing fancy bells frills tricks rewrites rewrite yaml xml comments-only""".split())


def _no_more(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _NO.finditer(s):
        head, at, word = match["head"], match.start(), match[0].split()[0]
        if word == "or":
            continue
        what = match["what"]
        verb, verb_end = ING.get(head, "") if re.fullmatch(r"[a-z-]+", head) else "", match.end()
        doing = re.match(r"(?:\w+ly |ever |even |first |also |actually |re-|hand-)*([a-z-]+ing)\b(?!\s+(?:changes?|issues?|bugs?)\b)", s[match.start("what"):])
        if doing and doing[1] in ING:
            verb, head, verb_end = ING[doing[1]], doing[1], match.start("what") + doing.end()
        stop = end_of(s, match.end())
        tail = s[match.end():stop]
        if word in ("without", "w/o", "with"):
            if word in ("without", "w/o") and re.search(r"(?:\b(?:never|not|no|nothing|nobody|dont|cannot)\b|n't\b)[^,;.:]*\Z", s[:at]) and not re.match(r"(?:my|our|asking|explicit|prior|permission|approval)", what):
                continue  # "never push without running the tests": the tests are to be run
            if verb and word != "with":
                if _instructed(s, at):
                    more, end = more_ing(s, verb_end)
                    asking = head == "asking" or head in ("checking", "getting", "having", "confirming", "consulting") and re.search(r"\b(?:me|us|my|our|permission|approval|ok|okay|confirmation)\b", tail)
                    yield Found(at, "must-not", (), False, ()) if asking or head in ("getting", "having", "going", "being") else prohibition(p, at, verb, end, more)
            elif (head in _NO_HEADS or head.rstrip("s") in ACT_NOUNS) and _instructed(s, at):
                yield none_of(p, at, what, stop)
            elif word in ("without", "w/o") and re.match(r"(?:my|our|explicit|prior|written|any|the|first|human|express)\b", what) and re.search(r"^\W*(?:my |our |explicit |prior |written |the |any |first |human |express )*(?:permission|approval|ok|okay|consent|confirmation|sign-?off|go-ahead|review|say-so|asking|checking)\b", s[match.start("what"):]) and _instructed(s, at):
                yield Found(at, "must-not", (), False, ())
            continue
        if head in NOTHING_FORBIDDEN and not (what != head and head in ("comment", "error", "time", "user", "data", "warnings", "record", "issues", "hits")) or what.split()[0] in NOTHING_FORBIDDEN and what.split()[0] not in ("more", "users", "user", "data", "such"):
            continue
        if re.match(r"new (?:messages?|emails?|notifications?|customers?|users?|replies|information|data|versions?|orders|tickets|results?)\b", what) or re.search(r"\bsince (?:this|yesterday|last|the|monday|tuesday|wednesday|thursday|friday|\d)|\b(?:yet|so far)\W*\Z", s) and "please" not in s or re.match(r"\s*(?:in|on) (?:the |my |our )?(?:logs?|diff|output|response|console|status|history|dashboard|inbox|screen)\b", tail):
            continue
        if head.endswith("ed") and head not in _NO_HEADS and verb not in ORDERABLE:
            continue
        if what.startswith("more than") or s[match.end():].startswith(" than"):
            continue
        if not opens(s, at) and not re.search(r"\b(?:there (?:must|should|shall|may|can) be|i want|we want|make|with|there is to be|must have|should have|shall have|may have|need|needs|have|use|add|contain|contains|requires?|allow|and|introduce|create|make sure(?: that)?(?: there(?:'s| is| are))?|ensure(?: that)?(?: there(?:'s| is| are))?|perform|do|expect|tolerate|demand|require|accept|allow|permit|expecting)\s*\Z", s[:at]):
            continue
        if not opens(s, at) and re.search(r"\b(?:i|we|they|it|he|she|users) (?:have|need|contain|see|got|had)\s*\Z", s[:at]) or re.search(r"\b(?:seems?|has|had|shows?|got|gets|found|saw|sees|returns?|returned|there(?:'s| is| are| was| were)|makes|made)\s*\Z", s[:at]) and not re.search(r"(?:sure|ensure)(?: that)? there(?:'s| is| are)\s*\Z", s[:at]):
            continue
        if _TOLD_OF_NOTHING.match(tail) and not re.match(r"\s*(?:is|are) (?:allowed|permitted|to be|ok|okay|acceptable|needed(?! to))", tail):
            continue
        if re.match(r"\W*(?:since|so far|yet|lately|recently|for (?:\d|a |the past|the last|days|weeks|months|now two)|in (?:the (?:last|past)|weeks|months|years|ages)|this (?:morning|week|month)|today so far|from me|from us|on my (?:side|end))\b", s[match.end():]):
            continue
        if re.match(r"\s+(?:may|must|should|shall|can|will)\b", tail):
            continue
        if verb or head in _NO_HEADS or head in ACT_NOUNS or re.match(ATOM, head) and (p.item or len(s) < 60) or what != head and not _STATES.search(tail) or re.match(r"\s*(?:please|pls|at all|whatsoever|allowed|permitted|ever|in (?:this|the) (?:repo|code ?base|project|pr|diff|code))\b", tail) or p.item and not _STATES.search(tail) or is_rules(p.lead_shadow) or len(s[at:].split()) <= 6 and not _STATES.search(s[match.end():]) and opens(s, at) and not s.rstrip().endswith("?") and re.match(r"\s*(?:\Z|[.!,;]|[a-z]+ing\W*\Z|please|to|against|on|in|from|with|outside|during|without|into|via|over|beyond|before|until|at|under)(?!\w)", s[match.end():]):
            if verb and not _STATES.search(tail):
                more, end = more_ing(s, verb_end)
                yield prohibition(p, at, verb, end, more)
            elif not verb:
                yield none_of(p, at, what, stop)


_TOLD_OF_NOTHING = pattern(r"\s*(?:\w+ )?(?:showed|shows|was|were|is|are|has|have|had|found|occurred|happened?s?|exists?|fail(?:s|ed)|passed|ran|made|changed|appears?|appeared|detected|available|needed|required|left(?! (?:in|behind|over))|yet|so far|seen|in sight|came|come|seems?|work(?:s|ed)?|will|would|did|does|showing|shown|necessary|remain(?:s|ing)?|returned|given|provided)\b(?! (?:allowed|permitted))")
_STATES = pattern(r"^\s*(?:\w+ ){0,4}?(?:was|were|is|are|has|have|had|found|occurred|happened?s?|exists?|fails?|failed|passed|ran|changed|appears?|appeared|detected|available|needed|required|left(?! (?:in|behind|over))|yet|so far|works?|worked|seems?|came|comes?|shows?|showed)\b(?! (?:allowed|permitted))")


def more_ing(s: str, at: int) -> "tuple[tuple[str, ...], int]":
    verbs = []
    while more := re.compile(r"(?:\s*[,/]\s*(?:(?:or|and|nor)\s+)?|\s+(?:or|and|nor)\s+)([a-z]+ing)\b").match(s, at):
        if more[1] not in ING:
            break
        verbs.append(ING[more[1]])
        at = more.end()
    return tuple(verbs), at


# "No code changes": all of them. "No big changes", "no changes in style" leave room, so no single act can be stopped.
_NO_CHANGES = pattern(r"(?:absolutely )?no (?:new|extra|additional|more|further) (?:source |code )?files?(?: please| pls| at all)?[\s.!]*|(?:absolutely no|no|zero|without|without any|with no|w/o|no more|any|make no)\s+(?:(?:code|file|source|any|further|more|actual|source code|manual|writes?|edits?|and|or)[\s,/]+)*(?:changes|edits|modifications|writes|changes or edits|deletions|deletes|removals|renames)(?:\s+(?:please|pls|at all|yet|whatsoever|for now|allowed|to (?:any |the )?(?:files?|code|repo|repository|working tree)|in (?:this|the) (?:repo|repository|project|code ?base)|are allowed|this time))*[\s.!]*")


_ANY_KIND = frozenset("a any more further new other additional extra direct force git remote local production prod manual automatic automated code unattended".split())


def none_of(p: Passage, at: int, what: str, stop: int) -> Found:
    s = p.shadow
    targets = targets_in(p.text, s, at, stop, "", acts_of_words(what, set()))
    acts = acts_of_words(s[at:stop], {kind for kind, _ in targets})
    if not {k for k, _ in targets} - {"except"} and set(acts) & {"write", "create", "delete", "rename"} and not _NO_CHANGES.fullmatch(s[at:stop].strip()):
        acts = tuple(act for act in acts if act not in ("write", "create", "delete", "rename"))
    if not targets and set(acts) & _WITH_ANY_OBJECT and (kinds := what.split()[:-1]) and not set(kinds) <= _ANY_KIND:
        acts = tuple(act for act in acts if act not in _WITH_ANY_OBJECT)  # "no mixed commits"
    if re.search(r"\b(?:outside|beyond|other than|except)\b", s[at:stop]) and targets and "write" in acts:
        return Found(at, "only", acts, True, tuple(t if t[0] != "except" else (_kind_again(t[1]), t[1]) for t in targets))
    return Found(at, "do-not-touch" if targets and "write" in acts and {k for k, _ in targets} & {"path", "glob", "area", "table", "database"} else "must-not", acts, False, targets)


_PAST_STORY = pattern(r"\W*(?:i|we|he|she|it|they|the [\w ]+?|this|that|someone|somebody|\w+)\s+(?:(?:just|already|also|then|finally|somehow|actually|quickly|probably|once)\s+)?(?:was|were|did|got|had|made|went|managed|deployed|fixed|changed|works?|worked|crash(?:es|ed)|fails?|failed|pass(?:es|ed)?|runs?|ran|exits?|exited|returns?|returned|stopped|broke|happens?|happened|compiles?|starts?|started|finished|"
                         r"\w+ed|built|wrote|sent|hangs?|hung|shipped|is|are|has|have|can|could|would)\b")


def _instructed(s: str, at: int) -> bool:
    """Whether the clause that "without ..." hangs on is an order: an imperative, a request, or what must be."""
    before = s[:at]
    edge = max((m.end() for m in re.finditer(r"[;:(]|\.\s|!\s|\s[-–—]\s|\bbut\s", before)), default=0)
    clause = before[edge:]
    if not clause.strip(" ,*_-") or opens(s, at) and not re.search(r"\w", re.sub(r"\b(?:" + "please|and|but|also|just|all|again|ok|so" + r")\b", "", clause)):
        after = s[at:]
        comma = after.find(",")
        return comma < 0 or not re.match(r"\s*(?:it|the|this|that|there|i|he|she|they|we|users?|a)\b(?! must| should| have to| need| has to| may)", after[comma + 1:]) and True
    if re.search(r"\b(?:must|should|shall|need(?:s)? to|i need|we need|have to|has to|want|would like|'d like|please|let's|lets|make sure|ensure|goal|task|need you|try to|may|your job|can you|could you|would you|will you|never|don't|do not|always|nothing|nobody|no one|you can|you may|work(?:s)? has|mission|job is|aim is|supposed to|going to have you|cannot|can't)\b", clause) and not re.search(r"\b(?:if|whether|why|how)\b", clause):
        return not re.match(r"\W*(?:i|he|she|they|it)\s+(?:should have|must have|could|wanted|tried|had)", clause)
    parts = re.split(r",\s*", clause)
    return any(orders(part) for part in parts if part.strip()) and not (_PAST_STORY.match(clause) and not orders(parts[-1] if parts[-1].strip() else parts[0]))


_KEEP_IDIOM = pattern(r"\s+(?:in mind|me |us |going|up\b|an eye|eyes|track|calm|at it|trying|it up|getting|seeing|hitting|thinking|wondering|asking|pushing|reading|looking|coming|talking|fighting|running into|digging|on (?:going|trying|working|truck)|your (?:fingers|hopes|chin|head|spirits)|busy|quiet about|failing|crashing|having|your eyes|doing|waiting|pace|at bay|iterating|exploring|polling|in touch|moving|informed|posted|improving|rolling|trucking|faith|score|cool|hearing|forgetting)")
_KEEP = pattern(r"(?<![\w'-])(?P<verb>keep|leave|retain|preserve|maintain|respect)\b(?!-)")
_KEPT = r"(?:as (?:is|it is|they are|it stands|it was|they were|they stand|before|it currently is)|as-is|asis|alone|untouched|unchanged|unmodified|intact|in peace|in place|be\b|unaltered|unedited|(?:the way|how|like) (?:it|they) (?:is|are|was|were)|where (?:it|they) (?:is|are)|out of (?:this|it|scope|the)|for me\b|for now\b|to me\b|stable|frozen|the same|exactly|pristine|unaffected|compatible|backwards?[- ]compatible|read[- ]only|alive|green|passing|identical|clean|safe|private|secret|local|offline|small|short|simple|minimal|focused|to (?:a|the) minimum|separate|consistent|working|together|sync(?:hronous)?|pinned|locked|put\b|off\b|empty|out\b|well alone|low|readable|pure|valid|sorted|lowercase|generic|optional|required|public|internal|static|deterministic|in sync|up to date|self-contained|verbatim|disabled|enabled|off-limits|off limits)"
_KEPT_AS = pattern(r"\b(?:as (?:is|it is|they are|it stands|it was|they were|they stand|it currently is)|as-is|alone|untouched|unchanged|unmodified|intact|in peace|unaltered|unedited|(?:the way|how|like) (?:it|they) (?:is|are|was|were)|(?:exactly )?where (?:it|they) (?:is|are)|(?:the way|how|as|like|exactly as|where) (?:you|i|we) (?:found|left|got|have|had) (?:it|them)|pristine|frozen|be\b|out of (?:this|it|the)|well alone|exactly as|in place|the same|identical|verbatim|unaffected)")


def _keep(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _KEEP.finditer(s):
        at, verb = match.start(), match["verb"]
        after = s[match.end():]
        if verb == "keep" and _KEEP_IDIOM.match(after) and not re.match(r"\s+(?:your (?:hands|changes|edits|commits|diff|answers)|your \w+ (?:off|out of|away)|asking me)", after):
            continue
        if not opens(s, at) and not re.search(r"\b(?:to|must|should|shall|sure you|sure to|that you|you|we|please|have to|need to|needs to|has to|let's|agents|workers|subagents|so)\s*\Z", s[:at]):
            continue
        if re.search(r"\b(?:how|where|why|whether|want(?:s|ed)? (?:him|her|them)|used|tried|able|trying|wants|tries|tend|tends|continues?|able|if you|if we|when you|when we|i|they|it|users?|tests) (?:to )?\s*\Z", s[:at]) and not re.search(r"\b(?:i want|we want|would like|'d like) to\s*\Z", s[:at]):
            continue
        if re.search(r"\b(?:don't|do not|not|never|no longer|doesn't|didn't|needn't)(?: \w+)? (?:to )?(?:have to |need to )?\s*\Z", s[:at]):
            continue
        stop = end_of(s, match.end())
        body = s[match.end():stop]
        if verb == "leave":
            kept = re.search(r"\b" + r"(?:as (?:is|it is|they are|it stands|it was|they were|they stand|it currently is)|as-is|asis|alone|untouched|unchanged|unmodified|intact|in peace|(?:exactly )?in place|unaltered|unedited|(?:the way|how|like) (?:it|they) (?:is|are|was|were)|(?:exactly )?where (?:it|they) (?:is|are)|(?:the way|how|as|like|exactly as|where) (?:you|i|we) (?:found|left|got|have|had) (?:it|them)|out of (?:this|it|the|your)|for me\b|pristine|well alone|unaffected|to me\b|to us\b|to the [\w ]*team|be\s*\Z|be for|exactly as|disabled|enabled|off\s*\Z|as they|alone\b|frozen|commented out|at\b.*\d|on\b.*\d|set to|in\b|to the (?:humans?|people|owners?|dba))", body) if body.strip() else None
            if re.match(r"\s+(?:the rest|the others?|everything else|all else|all (?:the )?others?)\W*\Z", body):
                yield Found(at, "keep", (), False, ())
                continue
            if not kept or re.match(r"\s+(?:a |an |some |me |your |feedback|comments?|notes?|room|space|out\b|it at that|behind)", body) and not re.search(r"\b(?:alone|untouched|unchanged|as is|as-is|intact)\b", body) or kept[0].strip() in ("in", "to me") and not re.search(r"\bin (?:place|peace)\b", body):
                continue
            yield kept_as_is(p, at, match.end(), stop, True)
            continue
        if verb in ("retain", "preserve", "maintain", "respect"):
            if not body.strip():
                continue
            yield Found(at, "keep", (), False, targets_in(p.text, s, match.end(), stop))
            continue
        if not body.strip() or re.match(r"\s+(?:on\s+\w+ing|working on|trying|at\s+it|the (?:good|great)|fixing|debugging|searching|investigating|doing|writing|building|testing|retrying|adding|going)\b", body):
            continue
        if away := re.match(r"\s+(?:(?:(?:your|ur|those|all) (?:dirty |grubby |little )?(?:hands|fingers|paws|mitts) )?(?:off|out of|away from|clear of)|out of|away from|off)\b", body):
            yield kept_as_is(p, at, match.end() + away.end(), stop, True)
            continue
        if re.match(r"\s+(?:(?:all |any |your |the |my )*(?:changes|edits|modifications|work|commits|writes|diffs?|everything|new code|new files|code changes|refactoring|yourself)\s+)(?:strictly |only )?(?:inside|within|confined|limited|restricted|in|to|under)\b", body) and (where := targets_in(p.text, s, match.end(), stop)):
            yield Found(at, "only", ("write",), True, where)
            continue
        yield kept_as_is(p, at, match.end(), stop, bool(_KEPT_AS.search(body)) and not re.search(r"\b(?:api|behaviou?r|output|interface|compatib|semantics|signature)", body))


def kept_as_is(p: Passage, at: int, first: int, stop: int, still: bool) -> Found:
    """A thing that stays as it is (still) or keeps a quality."""
    targets = targets_in(p.text, p.shadow, first, stop, "touch" if still else "", ("write",) if still else ())
    acts = acts_on(("write",), {k for k, _ in targets if k != "except"}, p.shadow[first:stop]) if still and targets else ()
    return Found(at, "do-not-touch" if still and targets else "keep", acts, False, targets)


_STATE = pattern(r"(?<![\w])(?P<be>is|are|'s|'re|be|stays?|staying|remains?|remain|considered|deemed|declared|was declared)\s+(?:(?:strictly|completely|totally|absolutely|entirely|currently|also|all|both|still|officially|hereby|now|explicitly|exactly|just|considered|deemed|declared|definitely|fully|very much|a|an|the|to be|off|right|as of \w+|effectively|basically|pinned|locked|tabu|supposed to be|meant to be)\s+)*"
                    r"(?P<state>off[- ]limits|limits|out[- ]of[- ]bounds|no[- ]go(?: area| zone)?|untouchable|hands[- ]off|not to be (?:\w+ly )?[a-z]+(?:ed|en|ged|n|t)|do[- ]not[- ]touch|don't touch|sacrosanct|sacred|frozen|read[- ]?only|immutable|out[- ]of[- ]scope|not (?:yours|ours|mine) to (?:touch|change|edit|fix|modify)|untouched|unchanged|as (?:it is|is|they are|it was|they were)|as-is|unmodified|intact|(?:the way|where) (?:it|they) (?:is|are)|put(?=\W*\Z|\s*[,.;])|in place(?=\W*\Z|\s*[,.;])|taboo|forbidden(?: territory| ground)?|verboten|protected(?: and)?|not up for (?:change|discussion|debate)|not negotiable|non-negotiable|a black box|under (?:a )?(?:code )?freeze|in (?:code )?freeze|not in scope|not part of this|someone else's|owned by (?:another|a different|the \w+) team|generated(?=[^.;]*\b(?:do not|don't|dont|never|hands off)\b)|at (?:version )?v?\d[\w.]*|on (?:version )?v?\d[\w.]*|(?:on|at) [a-z]+ v?\d[\w.]*|alone|mandatory|obligatory|compulsory|required (?:for (?:all|every|each|any)|before|on (?:all|every)|in (?:all|every))|required(?=\W*\Z)|append[- ]only|write[- ]protected|insert[- ]only|locked(?! (?:by|out|up|to|at|in)\b)|(?:the way|how|as|like|exactly as|where) (?:you|i|we) (?:found|left|got|have|had) (?:it|them)|not optional|the same(?= *[.!,;)]*\Z)|compatible|stable|backwards?[- ]compatible|none of your business|load-bearing|a hard requirement|a must|legally binding)\b")


def _state(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _STATE.finditer(s):
        at, state, be = match.start(), match["state"], match["be"]
        before = s[:at]
        if re.search(r"\b(?:no longer|not|isn't|aren't|never|if|whether|why|when|was|were|until|nothing|nothing in (?:there|here|it|this \w+))\s*\Z", before) or not unconditional(s, at) or state == "limits" and "off" not in match[0] or state in ("a black box",):
            continue
        first = start_of(s, at)
        subject = targets_in(p.text, s, first, at)
        ghost = s[first:at].strip(" ,*_-")
        if be in ("be",) and not re.search(r"\b(?:must|should|shall|to|has to|have to|needs to|need to|will|let|treated? as|consider\w*)\s*(?:always |also |still )*\Z", before):
            continue
        fixed = state.split()[0] in ("mandatory", "obligatory", "compulsory", "required", "a", "legally") or state.startswith(("not optional", "at ", "on ", "not negotiable", "non-negotiable"))
        if state.startswith(("at ", "on ")):
            if be not in ("stay", "stays", "remain", "remains") and not re.search(r"\b(?:pinned|locked)\b", match[0]):
                continue
            yield Found(at, "keep", (), False, targets_in(p.text, s, first, match.end()))
            continue
        if fixed and state == "required" and be != "are":
            continue
        if fixed:
            yield Found(at, "must", (), False, subject)
            continue
        if state in ("read-only", "read only", "readonly", "frozen", "immutable", "protected", "protected and", "untouched", "unchanged", "intact", "unmodified", "forbidden", "put", "in place", "alone", "put", "out of scope", "out-of-scope", "load-bearing", "as is", "as it is", "as they are") and not subject and not re.match(r"\s+(?:for|to) (?:you|now|agents|workers|all)\b", s[match.end():]) and not (state in ("out of scope", "out-of-scope") or be in ("must",) or re.search(r"\b(?:must|should|shall|has to|have to|needs? to|everything else|anything else|all else|rest|following|these|those|all|every|other)\b", before)):
            # "The disk is read-only" tells what is the case; "the docs stay as they are" tells what must be.
            if not (be in ("stay", "stays", "remain", "remains") and state.startswith(("as ", "un", "put", "in", "the way", "where", "intact", "frozen"))):
                continue
        if be in ("is", "are", "'s", "'re") and state in ("unchanged", "untouched", "intact", "unmodified", "in place", "alone"):
            continue
        if be in ("stay", "stays", "remain", "remains") and (re.match(r"\s+(?:after|when|even (?:if|though|after)|until (?:i|the)|despite|on reload)\b", s[match.end():]) or re.search(r"\b(?:but|bug|why|problem)\b", before) and re.search(r"\b(?:value|button|page|counter|spinner|cursor)\b", ghost)):
            continue
        if state == "frozen" and re.search(r"\b(?:ui|app|page|screen|browser|window|terminal|process|computer|laptop|system|server|cursor)\s*\Z", before):
            continue
        if state == "locked" and not ({k for k, _ in subject} & {"branch", "path", "glob"} and re.search(r"\b(?:until|till|for|during|this|today)\b", s[match.end():]) or be == "stays"):
            continue
        if state in ("forbidden",) and re.search(r"\b(?:error|request|response|access|403)\b", s):
            continue
        if state in ("the same", "compatible", "stable") or state.startswith("backward"):
            if re.search(r"\b(?:provided|as long as|so long as|condition)\b", before) and be.startswith(("stay", "remain", "is", "are")):
                yield Found(at, "keep", (), False, subject)
            continue
        if state == "generated" or state.startswith("owned by") or state == "someone else's":
            continue
        if state in ("read-only", "read only", "readonly") and re.search(r"\b(?:disk|file ?system|filesystem|mount|volume|drive|flag|attribute|mode|property|field|input)\s*\Z", before) and be in ("is", "are"):
            continue
        if state in ("protected", "protected and") and be in ("is", "are"):
            continue
        targets = subject or targets_in(p.text, s, match.end(), end_of(s, match.end()))
        read_only = state.startswith("read")
        if subject and (but := re.compile(r"\s*,?\s*(?:except(?: for)?|apart from|other than|besides|excluding|with the exception of)\b").match(s, match.end())):
            targets = (*targets, *(("except", name) for _, name in targets_in(p.text, s, but.end(), len(s))))
        acts = acts_on(("write",), {k for k, _ in targets if k != "except"}, ghost)
        yield Found(at, "read-only" if read_only else "do-not-touch", acts, False, targets)


_LABEL = pattern(r"(?<![\w'-])(?P<label>off[- ]limits|hands[- ]off|hands off|paws off|fingers off|read[- ]only|out[- ]of[- ]bounds|out[- ]of[- ]scope|no[- ]go(?: areas?| zones?)?|frozen|protected|forbidden|do[- ]not[- ]touch|don't touch|untouchable|not in scope|not your concern|don'ts|no touching|immutable|verboten|no touch|no-touch|stay away|not to be touched|keep out|keep off)\b(?P<mark>\s*(?:\([^)]*\)\s*)?[:=]|\s+(?:files?|paths?|folders?|areas?|tables?|branches|dirs|directories|zones?)\s*(?:\([^)]*\)\s*)?[:=]|\s*[-–—]\s|)")


def _changes(names: "tuple[Target, ...]", where: str) -> "tuple[str, ...]":
    """Every way of changing these things."""
    return acts_on(("write",), {kind for kind, _ in names if kind != "except"}, where)


def _label(p: Passage) -> "Iterator[Found]":
    """"Off limits: X", "X (read-only)", "X: hands off", "hands off X"."""
    s = p.shadow
    for match in _LABEL.finditer(s):
        at, label, mark = match.start(), match["label"], match["mark"]
        head = label.split()[0].split("-")[0]
        before, after = s[:at].rstrip(" *_"), s[match.end():]
        stop = end_of(s, match.end())
        ahead = targets_in(p.text, s, match.end(), stop)
        starts = opens(s, at, unpunctuated=False)
        behind = before.endswith((":", "(", "-", "–", "—", "=", "->", "→", "=>", "|", "[", ",")) or bool(re.search(ATOM + r"\Z", before))
        read_only = label.startswith("read")
        kind = "read-only" if read_only else "do-not-touch"
        if head in ("do", "do-not-touch", "don't") and label != "don'ts" and re.match(r"\s*[a-z\ue000-\ue002]", after) and not mark.strip():
            continue
        if starts and mark.strip().endswith((":", "=")) or starts and mark.strip() in ("-", "–", "—") and ahead:
            rest_stop = len(s)
            ahead = targets_in(p.text, s, match.end(), rest_stop)
            if label != "don'ts":
                yield Found(at, kind, _changes(ahead, s[match.end():]) if ahead else (), False, ahead)
        elif starts and head in ("hands", "paws", "fingers") and (ahead or not behind) or starts and head in ("stay", "keep", "no") and label not in ("no go", "no-go") and label in ("stay away", "keep out", "keep off", "no touching", "no touch", "no-touch"):
            yield Found(at, kind, _changes(ahead, s[match.end():stop]) if ahead else (), False, ahead)
        elif behind and not re.match(r"\s*(?:mode|flag|option|attribute|view|field|property|user|role|replica|connection|file ?system|support|state|toggle|input|page|version|ui|badge|column|variable|endpoint|permission|account|api|token|access to (?:the )?(?:new|feature))\b", after):
            first = start_of(s, at) if not before.endswith(("(", ":")) else start_of(s, len(before) - 1)
            named = targets_in(p.text, s, first, at)
            if (named or before.endswith((":", "-", "–", "—", "->", "=>", "→")) and starts and not orders(s[first:at]) and head != "frozen") and not (orders(s[:at]) and not before.endswith(("(", "-", "–", "—", ":", ","))):
                if before.endswith(",") and orders(s[:at]):
                    continue
                if re.match(r"\W*(?:add|implement|support|create|build|make|introduce|write|fix|remove)\b", s) and not before.endswith("("):
                    continue
                yield Found(at, kind, _changes(named, s[first:at]), False, named)
        elif read_only and re.match(r"\s+(?:access|permissions?|rights|queries|commands|operations|tools|task|review|investigation|analysis|session|exploration|audit|mode)\b", after) and (starts or re.search(r"\b(?:you (?:have|get|only have)|work in|stay in|operate in|remain in|with|only|use|this is (?:a )?(?:strictly )?|it's a|it is a|strictly|treat this as (?:a )?|stay|in)\s*(?:strictly )?\Z", before)) \
                and not re.match(r"\W*(?:add|implement|support|create|build|make|introduce|write|fix|remove|give|grant|enable|toggle|there|users?)\b", s):
            where = targets_in(p.text, s, match.end(), stop)
            yield Found(at, "read-only", _changes(where, ""), False, where)
        elif read_only and (re.search(r"\b(?:this (?:task|session|run|job|one|review|investigation)? ?is|strictly|(?:work|operate|stay|remain|run|be)|it's|everything (?:is|else is)|all)\s*\Z", before) or starts) and re.match(r"\s*(?:[.!,;]|\Z|please|for (?:now|this|the)|only\b|here\b|access)", after) and not re.match(r"\W*(?:why|is)\b", s):
            yield Found(at, "read-only", ("write",), False, targets_in(p.text, s, 0, at))


_FREEZE = pattern(r"\b(?:there(?:'s| is| will be)|we(?:'re| are)(?: currently| still)? (?:in|under)|we(?: currently| still)? have|under|during|respect|mind|because of|due to|observe)\s+(?:a |an |the |our )?(?:(?:hard|full|strict|general|current|ongoing) )?(?:(?:code|feature|deploy|deployment|release|merge|schema|change|content|api|data|production|prod|database|db) )?freeze\b|^\W*(?:code|feature|deploy|deployment|release|merge|schema|change) freeze\b")


def _freeze(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _FREEZE.finditer(s):
        if re.search(r"\b(?:was|over|lifted|ended|no longer|why|if|when|ui|screen|freezes)\b", s) or not unconditional(s, match.start()):
            continue
        targets = targets_in(p.text, s, match.end(), end_of(s, match.end()))
        yield Found(match.start(), "do-not-touch" if targets else "must-not", acts_on(("write",), {k for k, _ in targets}, "") if {k for k, _ in targets} & {"path", "glob", "branch", "table"} else (), False, targets)


_TREAT = pattern(r"(?<![\w'])(?:treat|consider|regard|view|see|assume|handle|think of)\s+(?P<what>[^;.!]{1,120}?)\s+(?:as\s+|to be\s+|is\s+|are\s+)?(?:strictly |completely |being |a |an |to be |as |if (?:it|they) (?:were|was) |absolutely |fully )*(?P<state>read[- ]?only|immutable|frozen|untouchable|off[- ]limits|out of bounds|out of scope|sacred|sacrosanct|black box|hands[- ]off|constant|locked|fixed|given|no-go|forbidden|do-not-touch|protected|final)\b")


def _treat(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _TREAT.finditer(s):
        if opens(s, match.start()) or re.search(r"\b(?:must|should|shall|to|you)\s*\Z", s[:match.start()]) and not re.search(r"\b(?:want|how|seems) to\s*\Z", s[:match.start()]):
            targets = targets_in(p.text, s, *match.span("what"))
            yield Found(match.start(), "read-only" if match["state"].startswith("read") else "do-not-touch", acts_on(("write",), {k for k, _ in targets if k != "except"}, match["what"]) , False, targets)


_ONLY_VERB = pattern(rf"(?<![\w'-])(?P<neg>not\s+|isn't\s+)?(?P<only>only|solely|exclusively|just|merely)(?P<ever>\s+ever)?\s+(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}(?![\w'])")
_ONLY_ALLOWED = pattern(rf"\b(?:you|agents?|workers?|subagents?|we)(?:'re| are)?\s+(?:only|solely|exclusively)\s+(?:allowed|permitted|supposed|authori[sz]ed|cleared)\s+to\s+(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}|\b(?:you|agents?|workers?|subagents?)(?:'re| are)?\s+(?:allowed|permitted|authori[sz]ed|cleared)\s+to\s+only\s+(?P<verb2>[a-z]+)")
_THE_ONLY = pattern(r"\b(?:the|your) only (?P<noun>[a-z ]{2,40}?)\s+(?:that |which |where )?(?:you|agents?|workers?|we|it|anyone)?(?:'re| are| is)?\s*(?:may|can|should|must|are allowed to|is allowed to|allowed to|ought to|are to|shall|get to|need to|have to|to)\s+(?:be )?(?P<verb>[a-z]+)(?: (?:in|to|on|against|with|from|into))?\b(?P<rest>\s+(?:is|are)\s+[^;.!]{2,100})?")
_ALL_GO = pattern(r"\b(?:all|any|every|your|each) (?:of )?(?:the |your |new |code )*(?:changes?|work|edits?|commits?|modifications?|code|files?|development|fix(?:es)?|output|artifacts?|results?|tests?|scripts?|writes?)\s+(?:must |should |has to |have to |are to |is to |shall )?(?:only )?(?:go|goes|happens?|belongs?|stays?|stay|live|lives|be made|be done|are made|is done|land|lands|occur|take place|takes place|gets? done)\s+(?:only |exclusively |strictly |solely )?(?:in|into|on|onto|under|to|inside|within)\b")
_ONLY_BE = pattern(r"\b(?P<modal>may|must|should|shall|can|is to|are to|is allowed to|are allowed to)\s+(?:only|solely|exclusively)\s+(?:ever\s+)?be\s+(?P<verb>[a-z]+)\b")
_VERB_ONLY = pattern(r"(?<![\w'])(?P<verb>[a-z]+)\s+(?:\w+ly\s+)?(?P<only>only|solely|exclusively|nothing but|nothing except|nothing other than|nothing outside(?: of)?|nothing beyond|nothing besides|no (?:other )?files? (?:but|except|outside(?: of)?|other than)|no code outside(?: of)?|no other \w+ (?:than|but)|none but|nowhere (?:but|except|outside))\b")
_CONFINE = pattern(r"(?<![\w'])(?P<verb>limit|restrict|confine|constrain|scope|contain|isolate|localise|localize|limited|restricted|confined|scoped|constrained)\s+(?P<what>(?:(?:yourself|your|the|all|any|this|every|each|it|changes?|edits?|modifications?|work|diffs?|writes?|scope|commits?|refactor(?:ing)?|updates?|fix|fixes|search|patch|everything|code|yourselves|file|activity|actions?|agents?|workers?|subagents?|itself|themselves|operations|pr|access)\s+)*)(?:strictly |only )?(?:to|within|inside|in)\b")
_WITHIN = pattern(r"(?<![\w'])(?:stay|stays|staying|remain|work|operate|keep|live|move)\s+(?:strictly |only |always |entirely |exclusively |solely |well )*(?P<where>within|inside(?: of)?|in|on|under|at|below|out of|away from|off|clear of|clear from|outside(?: of)?|out|clear|compatible with|with|true to|consistent with|backwards?[- ]compatible)\b(?! (?:touch|tuned|mind|sync(?:ed)? with me|it|this (?:until|till)|the bug))")
_SUBJECT_ONLY = pattern(r"(?<![\w'])only\s+(?P<what>[^,;.!?]{1,120}?)\s+(?:may|must|should|can|is to|are to|shall|is allowed to|are allowed to|will|is|are)\s+(?:be\s+)?(?P<verb>[a-z]+)")
_TRAILING_ONLY = pattern(r"(?P<what>[^;.!?():]{1,100}?)\s+only\b(?=\s*(?:[.,;!)]|\Z|(?:in|for|under|inside) (?:the |all |any )?[a-z]+(?: [a-z]+)?\W*\Z|please|pls|for (?:now|this)|-|–|—|and nothing|, nothing|no |, no))")
NOTHING_ELSE = pattern(r"\b(?:and|but|,)?\s*(?:nothing (?:else|more|other)|touch nothing else|no other files?|not anything else|nowhere else|that's all you may (?:touch|change)|no others?|leave (?:everything|the rest|all) (?:else )?(?:alone|as is|untouched|unchanged|intact))\b")
_ONLY_PREPOSITION = pattern(r"\bonly\s+(?:ever\s+)?(?P<where>in|on|under|inside|within|against|from|via|through|using|with|to|for|at|by|after|once|if|when|over|between|during|as|into|files|the files|code in|code under|those|these|tests|what's|what is|one|a single|things|stuff|minor|small|read|existing|standard|built-in|stdlib|python|typescript)\b")
_NO_ONLY = pattern(r"\s+(?:then|have|had|has|happens?|need|needs|thing|way|one|see|saw|fails?|works?|if only|option|problem|issue|difference|reason|mentions?|affects?|a few|know|want|wanted|got|get|takes?|noticed?|minutes|was|were|is|are|exists?|time|sees|part|applies|remains?|hope)\b")


def _only(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _ONLY_VERB.finditer(s):
        verb, at, word = match["verb"], match.start(), match["only"]
        if match["neg"] or verb not in ORDERABLE or verb in ("see", "know", "think", "want", "need", "take", "test") and word == "just" or _NO_ONLY.match(s[match.end("only"):]) and verb not in ORDERABLE:
            continue
        if word in ("just", "merely"):  # a restriction only with the rest excluded
            if not (NOTHING_ELSE.search(s, at) and opens(s, at) and verb in ACT_OF):
                continue
        licensed = opens(s, at)
        if not licensed and re.search(r"\b(?:may|must|should|shall|to|you|can|agents|workers|subagents|sure you|please|agent|worker|we|everyone|will)\s*\Z", s[:at]):
            you = re.search(r"(?:\byou|\bagents?|\bworkers?|\bsub-?agents?|\bwe)(?: (?:may|must|should|shall|can|are (?:allowed |permitted |supposed )?to|have to|need to|will))?\s*\Z", s[:at])
            modal = re.search(r"\b(?:must|shall|should|may)\s*\Z", s[:at])
            want = re.search(r"\b(?:want you|need you|like you|sure|allowed|permitted|supposed|are|is|ask you|tell (?:the |all |every |each )?\w+) to\s*\Z", s[:at])
            if re.search(r"\bwe\s*\Z", s[:at]):
                licensed = verb in ("support", "accept", "allow", "deploy", "merge", "ship", "target", "push", "permit", "release", "commit") or verb == "use" and bool(re.search(r"\b(?:here|in this (?:repo|project|code ?base))\W*\Z", s)) or bool(re.search(r"\b(?:must|should|can|may)\b", s[:at][-16:]))
            elif re.search(r"\bcan\s*\Z", s[:at]) and not re.search(r"\b(?:you|agents?|workers?|subagents?) can\s*\Z", s[:at]):
                licensed = False
            else:
                licensed = bool(you or modal or want)
            if _IF.search(s[:at]) and not re.search(r"\b(?:sure|certain)\b", s[:at]) and not want and not re.search(r"\b(?:that|which) (?:must|should|may|shall)\s*\Z", s[:at]):
                licensed = False
        if not licensed:
            continue
        if verb in ("show", "render", "display", "hide", "load", "fetch", "allow", "let", "enable", "accept", "return", "trigger", "send") and not re.search(r"\b(?:you|agents?|workers?)\b[^,;]*\Z", s[:at]) and not targets_in(p.text, s, match.end(), end_of(s, match.end())):
            continue
        if word == "only" and re.match(r"\s+(?:use|read|access|log|call)\b", s[match.end("only"):]) and re.search(r"\busers? can\s*\Z", s[:at]):
            continue
        more, end = more_verbs(match)
        stop = end_of(s, end)
        base = tuple(dict.fromkeys(act for v in (verb, *more) for act in ACT_OF.get(v, ())))
        targets = targets_in(p.text, s, end, stop, verb, base)
        yield Found(at, "only", acts_allowed(verb, more, s[end:stop], targets), True, targets)
    for match in _THE_ONLY.finditer(s):
        verb = PAST.get(match["verb"], match["verb"])
        if verb not in ORDERABLE or not unconditional(s, match.start()) or re.search(r"\b(?:way|reason|problem|thing (?:left|missing)|option|solution)\b", match["noun"]) and not match["rest"] or re.search(r"\bi\s*\Z", s[:match.end("noun")]):
            continue
        span = match.span("rest") if match["rest"] else (0, match.start())
        targets = targets_in(p.text, s, *span, verb, ACT_OF.get(verb, ()))
        if targets or match["rest"]:
            yield Found(match.start(), "only", acts_allowed(verb, (), s[slice(*span)], targets), True, targets)
    for match in _ALL_GO.finditer(s):
        if unconditional(s, match.start()):
            targets = targets_in(p.text, s, match.end(), end_of(s, match.end()))
            if targets or re.search(r"\bonly|exclusively|must|should|branch\b", s):
                yield Found(match.start(), "only", ("write",) if {k for k, _ in targets} & {"path", "glob"} else (), True, targets)
    for match in _ONLY_ALLOWED.finditer(s):
        verb = match["verb"] or match["verb2"]
        if unconditional(s, match.start()):
            more, end = more_verbs(match) if match["verb"] else ((), match.end())
            targets = targets_in(p.text, s, end, end_of(s, end), verb, ACT_OF.get(verb, ()))
            yield Found(match.start(), "only", acts_allowed(verb, more, s[end:end_of(s, end)], targets), True, targets)
    for match in _ONLY_BE.finditer(s):
        first = start_of(s, match.start())
        subject = s[first:match.start()]
        verb = PAST.get(match["verb"], "")
        if not verb or match["modal"] == "can" and verb not in CHANGING | {"push", "run", "deploy", "merge"} or re.search(r"\b(?:users?|customers?|it|that|which|if)\b", subject) or not unconditional(s, match.start()):
            continue
        stop = end_of(s, match.end())
        targets = targets_in(p.text, s, match.end(), stop, verb, ACT_OF.get(verb, ())) or targets_in(p.text, s, first, match.start(), verb, ACT_OF.get(verb, ()))
        yield Found(match.start(), "only", (), True, targets)
    for match in _VERB_ONLY.finditer(s):
        verb, at = match["verb"], match.start()
        if verb not in ORDERABLE or not (opens(s, at) or re.search(r"\b(?:to|must|should|may|you|please|shall|can)\s*\Z", s[:at]) and not re.search(r"\b(?:users?|i|he|she|they|it|seems|tends|want|clients?|customers?|people|tests) (?:to|can|should|may)?\s*\Z", s[:at])):
            continue
        if verb in ("allow", "permit", "let", "enable", "give", "grant", "accept", "show", "display", "render", "return", "list"):
            continue
        if match["only"] == "only" and _NO_ONLY.match(s[match.end():]) or s[match.end():].startswith((" to be", " to find", " to see", " to fail")):
            continue
        stop = end_of(s, match.end())
        targets = targets_in(p.text, s, match.end(), stop, verb, ACT_OF.get(verb, ()), excepting=False)
        yield Found(at, "only", acts_allowed(verb, (), s[match.end():stop], targets), True, targets)
    for match in _CONFINE.finditer(s):
        at, verb = match.start(), match["verb"]
        participle = verb.endswith("ed")
        if participle:
            before = s[:at]
            if not re.search(r"\b(?:are|is|be|must be|should be|strictly|stay|stays|remain|you're|scope|changes|edits)\s*(?:\w+ly )?\Z", before) or not re.search(r"\b(?:changes?|edits?|you|scope|work|task|modifications?|agents?|workers?|must|should|writes?|commits?|access|refactor\w*)\b", before) or not unconditional(s, at):
                continue
        elif re.search(r"\baccess\b", match["what"]) and not re.search(r"\byour(?:self)?\b", match["what"]) or not opens(s, at) and not re.search(r"\b(?:to|must|should|please|you|shall)\s*\Z", s[:at]) or not match["what"].strip() and not s[match.end():].strip():
            continue
        stop = end_of(s, match.end())
        targets = targets_in(p.text, s, match.end(), stop)
        acts: tuple[str, ...] = ("write",) if targets and re.search(r"\b(?:yourself|changes?|edits?|modif\w+|work|diffs?|writes?|scope|you|fix|fixes|patch|refactor\w*|updates?|commits?|everything|task)\b", s[:match.end()]) and not re.search(r"\bsearch|access\b", match["what"]) else ()
        if not targets and not (participle and "access" in s[:at] and re.search(r"\bread", s[match.end():stop])) and not re.search(r"\d|\bline|\bone\b|\bminimum|\bwhat", s[match.end():stop]) and not re.search(r"\b(?:yourself|changes?|edits?|scope|your|work|fix|it|refactor\w*|experiments|output|efforts)\b", match["what"]) and verb != "scope":
            continue
        yield Found(at, "only", acts, True, targets)
    for match in _WITHIN.finditer(s):
        at, where = match.start(), match["where"]
        word = s[at:match.start("where")].split()[0]
        if not (opens(s, at) or re.search(r"\b(?:to|must|should|please|you|shall|must always|has to|have to)\s*\Z", s[:at]) and not re.search(r"\b(?:seems|tends|used|want|how) to\s*\Z", s[:at])):
            continue
        stop = end_of(s, match.end())
        body = s[match.end():stop]
        strict = re.search(r"\b(?:strictly|only|exclusively|solely|entirely)\b", s[at:match.start("where")])
        if not body.strip() and where not in ("out", "clear", "backward compatible", "backwards compatible"):
            continue
        if where in ("out of", "away from", "off", "clear of", "clear from", "outside", "outside of", "out", "clear"):
            if word in ("work", "operate", "live", "move", "keep") and where.startswith("out") or word == "keep":
                continue
            yield kept_as_is(p, at, match.end(), stop, True)
        elif word in ("stay", "stays", "staying", "remain") and where in ("on", "at", "in", "with", "under") and not targets_in(p.text, s, match.end(), stop) and not re.search(r"\d|\b(?:branch|version|topic|task|scope|track|plan|budget|limits?|boundaries|sandbox|worktree|folder|directory|lane|spec|sync|read|style|current|existing)\b", body) or word in ("work", "operate", "live", "move") and not strict and where not in ("within", "inside", "inside of") or word == "keep":
            continue
        else:
            targets = targets_in(p.text, s, match.end(), stop)
            files = {k for k, _ in targets} & {"path", "glob", "area", "identifier"}
            if where in ("in", "on", "under", "within", "inside", "inside of", "at", "below"):
                yield Found(at, "only" if files or not re.search(r"\d", body) else "keep", ("write",) if files and where not in ("at", "on", "below") else (), True, targets)
            else:
                yield Found(at, "keep", (), False, targets)
    for match in _SUBJECT_ONLY.finditer(s):
        verb = PAST.get(match["verb"], match["verb"])
        if verb in ("allowed", "permitted", "acceptable", "ok", "okay", "allow", "permit", "accept"):
            if opens(s, match.start()) and not PEOPLE.search(match["what"]):
                targets = targets_in(p.text, s, *match.span("what"))
                acts = ("connect",) if re.search(r"\bconnections?|network|hosts?\b", match["what"]) and {k for k, _ in targets} & {"host"} else ()
                yield Found(match.start(), "only", acts, True, targets)
            continue
        if not opens(s, match.start()) or verb not in ORDERABLE or PEOPLE.search(match["what"]):
            continue
        targets = targets_in(p.text, s, *match.span("what"), verb, ACT_OF.get(verb, ()))
        if targets or verb in ACT_OF:
            yield Found(match.start(), "only", acts_allowed(verb, (), " " + match["what"], targets), True, targets)
    for match in _TRAILING_ONLY.finditer(s):
        what = match["what"]
        at = match.end() - 4
        clause = s[start_of(s, at):at]
        ordered = orders(clause) or orders(what) or re.match(r"\W*(?:every|each|all|the|no) (?:sub-?)?(?:agents?|workers?|helpers?)\b", clause) or re.search(r"\b(?:must|should|shall|may|allowed|permitted|use|to be)\b", clause)
        short = len(clause.split()) <= 5 and not re.search(r"\b(?:is|are|was|were|the|happens?|it|this|read|fails?|works?|i|we|if|not)\b", clause)
        comma = what.rpartition(",")[2]
        tail = len(comma.split()) <= 5 and "," in what and not re.search(r"\b(?:is|are|was|were|happens?|it|fails?|works?|i|we|not)\b", comma)
        if (ordered or short or tail) and not re.search(r"\b(?:read|for display|view|not|optional|internal use)\s*\Z", s[:at].rstrip()[-14:]) and re.search(r"[a-z\ue000-\ue002]", clause) and not re.search(r"\bread\s*\Z", clause) and unconditional(s, at):
            if _PAST_STORY.match(clause) and not ordered and len(clause.split()) > 3:
                continue
            first_word = next((w for w in re.findall(r"[a-z]+", clause) if w not in FILLERS), "")
            targets = targets_in(p.text, s, start_of(s, at), at, first_word, ACT_OF.get(first_word, ()))
            yield Found(at, "only", acts_allowed(first_word, (), clause, targets) if first_word in ORDERABLE else (), True, targets)
    for match in _ONLY_PREPOSITION.finditer(s):
        at = match.start()
        clause = s[start_of(s, at):at]
        if re.search(r"\bnot\s*\Z", s[:at]) or not unconditional(s, at) or match["where"] in ("read",):
            continue
        if orders(clause) or re.search(r"\b(?:must|shall|may|allowed|permitted|should|changes|edits|modifications)(?: \w+){0,4}\s*\Z", clause) and not re.search(r"\b(?:users?|i|he|she|they|it) (?:may|should)\b", clause) or opens(s, at) and (orders(s[:at]) or not re.search(r"[a-z]{2,} [a-z]{2,}", s[:at])) and not re.search(r"\b(?:fail|happen|work|occur|break|crash|appear|run|affect|is|are|was|get)s?\b", s[match.end():]):
            first_word = next((w for w in re.findall(r"[a-z]+", clause) if w not in FILLERS), "")
            stop = end_of(s, match.end())
            if s[match.end():stop].strip() or match["where"] in ("read-only",):
                verb = first_word if first_word in ORDERABLE else ""
                targets = targets_in(p.text, s, match.start("where"), stop, verb, ACT_OF.get(verb, ()))
                if match["where"] in ("after", "once", "if", "when", "by", "at", "over", "during", "as"):  # a time or a condition, not a place
                    yield Found(at, "must", (), False, ())
                    continue
                yield Found(at, "only", acts_allowed(verb, (), s[match.end():stop], targets) if verb else (("write",) if targets and re.search(r"\b(?:changes|edits|modifications|files)\b", s) else ()), True, targets)
    for match in NOTHING_ELSE.finditer(s):
        before = s[:match.start()]
        clause = before[start_of(s, match.start()):] or before
        if orders(clause) or orders(before):
            words = [w for w in re.findall(r"[a-z]+", clause if orders(clause) else before) if w not in FILLERS and w not in ("only", "just")]
            verb = next((w for w in words if w in ORDERABLE), "")
            targets = targets_in(p.text, s, 0, match.start(), verb, ACT_OF.get(verb, ()))
            yield Found(match.start(), "only", acts_allowed(verb, (), " " + clause, targets), True, targets)


def acts_allowed(verb: str, more: "tuple[str, ...]", rest: str, targets: "tuple[Target, ...]") -> "tuple[str, ...]":
    """What is permitted on the targets alone; () without a target that code can watch."""
    if not {k for k, _ in targets} - {"except"}:
        return ()
    if verb in ("work", "operate", "focus"):
        return ("write",) if {k for k, _ in targets} & {"path", "glob"} else ()
    if verb in ("fix", "add", "refactor", "improve", "clean", "format", "touch", "edit", "change", "modify", "update", "write"):
        return acts_on(("write",), {k for k, _ in targets if k != "except"}, rest)
    return tuple(dict.fromkeys(act for v in (verb, *more) for act in acts_of(v, rest, targets)))


_ASK = pattern(r"(?<![\w'])(?:ask|check with|confirm with|consult|check in with|clear it with|talk to|tell|inform|notify|warn|ping|get (?:my|our|an?|explicit|written|prior|the)?|wait for (?:my|our|an?|explicit|the)?|run (?:it|this|that|them|any\w*|changes|\w+) (?:by|past) |let|obtain|seek|request|need|needs|requires?|require|show|double-check|confirm|always ask)\b[^;.!]{0,80}?\b(?:me|us|permission|approval|ok|okay|confirmation|sign-?off|go-ahead|consent|review|first|green light|human|team|lead|owner|thumbs[- ]up|my go|dba|maintainers?)\b[^;.!]{0,60}?")
_BEFORE = pattern(r"\b(?:before|prior to|until|first\b|unless|ahead of|whenever|if you (?:want|need|have|are|think|feel))")


_IN_DOUBT = pattern(r"\b(?:unclear|unsure|in doubt|not sure|ambiguous|questions?|stuck|uncertain|blocked|not certain|any doubt|don't know|anything else|instead of|rather than)\b")


def _ask(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in re.finditer(r"(?<![\w'])(?:ask|stop and ask|check with|come back to|report back|raise it|flag it|escalate|let me know|tell me)\b", s):
        if opens(s, match.start()) and (re.search(r"\b(?:if|when(?:ever)?|in case|should)\b[^.;]*", s[:match.start()]) or re.search(r"\b(?:if|when(?:ever)?)\b", s[match.end():])) and _IN_DOUBT.search(s) and match[0] in ("ask", "stop and ask", "check with", "escalate") \
                or opens(s, match.start()) and re.search(r"\b(?:instead of|rather than|don't|do not|never)\s+(?:guess|assum|decid|mak)\w*", s):
            yield Found(match.start(), "must", (), False, ())
    for match in _ASK.finditer(s):
        at = match.start()
        word = match[0].split()[0]
        if word in ("need", "needs", "require", "requires"):
            if re.search(r"\b(?:permission|approval|ok|okay|confirmation|sign-?off|go-ahead|consent|review)\b", match[0]) and not re.match(r"\W*i need\b", s[max(0, at - 2):]) and re.search(r"\b(?:ing|change|changes|any|every|all|you|deploy\w*|push\w*|merg\w*|delet\w*|migrations?|schema)\b|ing\b", s[:at] + s[match.end():]):
                yield Found(at, "must", (), False, ())
            continue
        if _BEFORE.search(s) and (opens(s, at) or re.search(r"\b(?:always|must|should|please|to|you|shall|and)\s*\Z", s[:at]) and not re.search(r"\b(?:forgot|want|wanted|like|i|did|have) (?:to)?\s*\Z", s[:at])):
            if word in ("let", "tell", "show", "inform", "notify", "ping", "request", "confirm", "get", "talk", "warn", "double-check") and not re.search(r"\b(?:me|us|my|our|permission|approval|human|sign-?off|owner|dba|maintainers?|lead)\b", match[0]):
                continue
            if word in ("tell", "let", "show") and re.search(r"\b(?:know|when)\b", s[at:]) and not re.search(r"\bbefore\b", s[at:]):
                continue
            if word == "get" and not re.search(r"\b(?:permission|approval|ok|okay|confirmation|sign-?off|go-ahead|consent|review|green light|thumbs)", match[0]):
                continue
            yield Found(at, "must", (), False, ())


_AVOID = pattern(r"(?<![\w'])(?P<word>avoid|refrain from|abstain from|desist from|hold off(?: on)?|stop|quit|cease|resist (?:the )?(?:urge|temptation) to|steer clear of|stay clear of|shy away from|eschew|stay away from|beware of|skip|minimi[sz]e|lay off|keep from)\s+(?:any (?:and all )?|all |the |doing |further |unnecessarily |directly |ever |making |from |even |accidentally )*?(?P<what>[a-z]+(?:-[a-z]+)*|" + ATOM + "+)")


def _avoid(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in re.finditer(r"(?<![\w'])(?:(?:steer|stay|keep) (?:well |far |very )?(?:clear|away|off|out)(?: of (?:it|them|that|there))?|not to be (?P<verb>[a-z]+))(?=\W*\Z|\s+(?:please|by|until|for now))", s):
        if opens(s, match.start()) and (not match["verb"] or match["verb"] in PAST):
            verb = PAST.get(match["verb"] or "", "touch")
            targets = targets_in(p.text, s, 0, match.start(), verb, ACT_OF.get(verb, ("write",))) or (targets_in(p.previous[0], p.previous[1], 0, len(p.previous[0]), verb, ("write",)) if p.previous[0] else ())
            acts = acts_of(verb, " " + s[:match.start()], targets) if targets else ()
            yield Found(match.start(), "do-not-touch" if targets else "must-not", acts, False, targets)
    for match in _AVOID.finditer(s):
        word, what, at = match["word"].split()[0], match["what"], match.start()
        if not (opens(s, at) or re.search(r"\b(?:to|must|should|please|you|shall|sure you|and|strictly|let's)\s*\Z", s[:at]) and not re.search(r"\b(?:helps?|used|tries|trying|order|designed|meant|how|way|able|seems?|so as|want(?:s|ed)|function|code|hack|managed|we had) to\s*\Z", s[:at]) and not orders(s[:at].removesuffix("to ").rstrip()) | bool(re.search(r"\bin order to\s*\Z|\b\w+ \w+ to\s*\Z", s[:at]) and not re.search(r"\b(?:you|want|like|need|is|are|supposed|us|workers?|agents?|subagents?|them|sure|remember|try|have|important|best|ought|has|needs) to\s*\Z", s[:at]))):
            continue
        if re.fullmatch(r"\W*(?:in order |so as )?to\s*", s[:at]):
            continue
        if what in ("is", "was", "are", "has", "it", "will", "can"):
            if what != "it":
                continue
        verb = ING.get(what, what if word == "resist" and what in ORDERABLE else "")
        if word in ("skip", "minimize", "minimise", "beware") or word in ("stop", "quit", "cease", "lay") and not verb or word in ("stop", "quit", "cease") and what in ("running", "working", "doing", "failing", "crashing", "being", "processing", "playing", "streaming", "sending", "polling"):
            if not (word in ("minimize", "minimise") and what in ("changes", "diffs", "dependencies")):
                continue
        if word == "hold" and not verb:
            continue
        if word == "steer" and match["word"].startswith("stay"):
            continue
        if verb:
            more, end = more_ing(s, match.end())
            yield prohibition(p, at, verb, end, more)
        else:
            stop = end_of(s, match.start("what"))
            if match["word"].startswith(("stay", "steer", "keep", "shy")):
                yield kept_as_is(p, at, match.start("what"), stop, True)
            else:
                targets = targets_in(p.text, s, match.start("what"), stop)
                yield Found(at, "must-not", acts_of_words(s[match.start("what"):stop], {k for k, _ in targets}), False, targets)


_ANY = r"(?:all|every|each|any|no|both|everything|everyone|whatever)"
_MUST = pattern(r"(?<![\w'-])(?P<modal>must|has to|have to|needs to|need to|should|shall|ought to|is to|are to|is required to|are required to|has got to|gotta|need|needs|better|are expected to|is expected to|is supposed to|are supposed to|will)\s+(?P<adverb>(?:always|still|also|only|first|at all times|continue to|all|each|strictly|never|explicitly|absolutely|definitely|ideally)\s+)*(?P<verb>[a-z]+(?:-[a-z]+)?)")
_EPISTEMIC = pattern(r"(?:have (?:been|\w+ed|\w+en|\w+wn|an? (?:bug|typo|error|mistake|leak|problem)|gone|got|done|had|made|left|lost|run|put|come)|(?:read|say|begin with|start with|be) [\ue000\ue001]|be (?:a bug|missing|broken|somewhere|out\b|green now|half|the old|\w+ in there|something|some|wrong|because|that|due|caused|why|the (?:reason|cause|case|problem|culprit)|related|nice|fun|great|tired|hard|crazy|kidding|joking|possible|able to see|a (?:race|typo|mistake|problem|misunderstanding|config)|close|near|over|out of|coming|happening|from|an? (?:issue|error|bug|old)|\w+ing\b)|seem|say|admit|confess|mean|think|know|agree|wonder|ask myself|go\b|leave\b|run\b|head|get going|sleep|stress that|look into|figure|understand why|find out|do with|deal with)\b")
_STANDING = pattern(rf"\b(?:{_ANY}|always|never|at all times|from now on|going forward|before|after|when(?:ever)?|except|without|until|at least|at most|no more than|within|under|only|first|compatible|stay|stays|remain|remains|unchanged|keep|kept|still|continue|conform|comply|adhere|follow|match|respect|not exceed|pass|per|idempotent|deterministic|backwards?|utf-8|green|valid|identical|exactly|preserved|retained|maintained|honou?red|avoided|respected|observed|left|in english|lower ?case|upper ?case|camelcase|snake case|kebab-case|pascalcase|named|prefixed|start with|end with|begin with|written in|typed|tested|documented|covered|signed|formatted)\b")
WORK = pattern(r"\b(?:the |your |our |this |any |new |all )*(?:code|solution|fix|implementation|output|results|outputs|responses|reports|solutions|patches|diffs|pr|prs|pull requests?|commits?|commit messages?|branch(?:es)?|branch names?|file ?names?|files?|functions?|methods?|classes|names?|variables?|tests?|changes?|patch|diff|migration|migrations|api|cli|build|script|scripts|endpoints?|result|response|report|answers?|module|modules|comments?|docs|documentation|docstrings?|schema|interface|behaviou?r|port|app|application|service|library|version|format|messages?|strings?|dates?|timestamps?|queries|imports?|constants?|types?|signatures?|logs?|job|task|work|page|pages|text|site|program|tool|everything|it|this|they|these|coverage|agents?|workers?|subagents?|you|password|passwords|secrets|amounts|prices|errors?|exceptions?|dependencies|config|configuration|server|database|summary|line length|lines|bundle|bundle size|size|readme|changelog|component|components|css|styles|handler|handlers|feature|features|flag|parser|command|commands|system|design|algorithm|ui|layout|backend|frontend|client|refactor|refactoring|rewrite|package|image|container|process|run|session|rollout|release|releases|deployment|deployments|data|tables?|columns?|rows?|keys?|ids?|urls?|paths?|links?|headers?|fields?|values?|numbers?|events?|requests?|payloads?|model|models|events|metrics|state)\b")


def _must(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _MUST.finditer(s):
        modal, verb, at = match["modal"], match["verb"], match.start()
        before, rest = s[:at], s[match.start("verb"):]
        adverb = (match["adverb"] or "").strip()
        if "never" in (adverb, *s[at:match.start("verb")].split()) or verb in ("not", "never", "n't", "i", "we", "you", "the", "a", "in", "of", "help", "more"):
            continue
        if modal in ("need", "needs", "better"):
            continue
        if modal == "will" and not (adverb in ("always", "only", "still") and re.search(r"\byou\s*\Z", before)):
            continue
        if _EPISTEMIC.match(rest) and not re.match(r"run\b(?= (?:on|in|under|with|offline|before|after|without|the tests|all|every))", rest) and not re.match(r"leave\b|go\b(?= through)", rest):
            continue
        subject = before[start_of(s, at):].strip(" ,*_\n")
        lone = re.search(r"(?:^|[\s,])(i|he|she|someone|i'll|somebody)\s*(?:really |just |also |probably |still |may |might |will |do |'ll )*\Z", before)
        if lone or re.search(r"\b(?:if|whether|why|what|how|when|where|which|that|who|because|so)\s+(?:\S+\s+){0,3}\Z", before) and not re.search(r"\b(?:sure|ensure|certain|note|remember|means|rule is|mind|requirement is|important|aware|constraint is|is)(?: also)? that\s+(?:\S+\s+){0,4}\Z|\bwhen \w+ing\b[^,]*, \w+ \Z", before + " "):
            if not (re.search(r"(?:^|[,;:.]\s*)(?:because|when|if|so|where)\b[^,]*,\s*[^,]*\Z", before) or re.search(r"(?:^|[\s(])(?:so|and so)\s+(?:the|it|you|all|every|they|any|everything|your|this|we)\b[^,;]*\Z", before) and not lone):
                continue
        if modal in ("has to", "have to") and PEOPLE.search(before) and not standing_words(rest):
            continue
        if re.search(r"\b(?:don't|do not|doesn't|didn't|not|won't|wouldn't|no longer|no|never|used|had|would|might|may|could|did|does)\s*\Z", before) or re.search(r"\b(?:there|it) (?:must|has to|have to)\Z", s[:match.end("modal")]) and re.match(r"be\b(?! (?:at least|at most|no |exactly|a test|tests|one|possible|compatible|idempotent|valid|written|kept|done|deterministic|reversible|backwards?|able|fast|under|below|clear|safe|tested|readable|self|stateless|usable|in |on |utf|green|documented|consistent|accessible|responsive|easy))", rest):
            continue
        if re.search(r"\b(?:you|we)\s*\Z", before) and verb in ("fix", "finish", "implement", "find", "investigate", "ship", "update", "upgrade", "release", "add", "build", "create", "solve", "debug", "repair") and not standing_words(rest):
            continue
        standing = bool(_STANDING.search(rest)) or bool(re.search(rf"\b{_ANY}\b", subject)) or adverb in ("always", "only", "still", "at all times", "first", "continue to", "strictly")
        work = bool(WORK.search(subject)) or bool(targets_in(p.text, s, start_of(s, at), at))
        if modal in ("must", "has to", "shall", "is required to", "are required to", "have to", "has got to", "is to", "are to", "gotta"):
            if modal in ("have to", "gotta", "is to", "are to") and not standing and not (modal == "have to" and work and not re.search(r"\b(?:you|we|they|users?)\s*\Z", before)):
                continue
            if re.search(r"\b(?:goal|plan|idea|task|job|aim|purpose|intent|point|trick|way|next step|first step|challenge|problem)\b.*\Z", subject) and modal in ("is to", "are to"):
                continue
            if re.search(r"\b(?:we|they|users?|people|customers?)\s*\Z", before) and not standing and modal == "have to":
                continue
            if re.search(r"\bwe\s*\Z", before) and not standing and verb in ("ship", "fix", "finish", "release", "get", "talk", "meet", "hurry", "find"):
                continue
        elif modal in ("should", "ought to", "are expected to", "is expected to", "is supposed to", "are supposed to"):
            if not (re.search(rf"\b{_ANY}\b", subject) or adverb in ("always", "still", "only") or standing and (work or re.search(r"\byou\s*\Z", before)) and not re.match(r"be (?:fixed|done|easy|fine|ok|okay|good|enough|able|a )", rest) and not re.search(r"\b(?:it|this|that|which)\s*\Z", before)):
                continue
            if re.search(r"\bbut\b", s[match.end():]) and re.search(r"\b(?:returns?|gets?|got|instead|currently|is|it|doesn't|does)\b", s[match.end():].partition("but")[2]) and not re.search(rf"\b{_ANY}\b", subject):
                continue
        elif modal in ("needs to", "need to"):
            if not (standing and (work or re.search(rf"\b{_ANY}\b", subject)) or adverb in ("always", "still", "only")) or re.search(r"\b(?:i|we)\s*\Z", before) and adverb not in ("always", "still", "only"):
                continue
        kind = "naming" if _NAMING_RESULT.match(rest) else "keep" if verb in ("stay", "remain", "keep", "continue") or adverb in ("still", "continue to") else "must"
        targets = targets_in(p.text, s, start_of(s, at), at)
        if verb == "only" or adverb == "only":
            continue
        if _STATE.match(s, match.start("verb")) or re.match(r"(?:be|stay|remain|be kept|be left)\s+(?:\w+ )?(?:untouched|unchanged|unmodified|intact|as is|as it is|as they are|alone|frozen|read[- ]only|off[- ]limits|as-is|the way it is)", rest):
            still = bool(re.match(r"(?:be|stay|remain|be kept|be left)\s+(?:\w+ )?(?:untouched|unchanged|unmodified|intact|as is|as it is|as they are|alone|frozen|read[- ]only|off[- ]limits|as-is|the way it is)", rest))
            if still and targets:
                behaviour = re.search(r"\b(?:behaviou?r|output|api|interface|signatures?|semantics|format)\b", subject)
                yield Found(at, "read-only" if "read" in rest[:22] else "do-not-touch" if not behaviour else "keep", () if behaviour else acts_on(("write",), {k for k, _ in targets if k != "except"}, subject), False, targets)
                continue
        yield Found(at, kind, (), False, targets)


_EACH_NEEDS = pattern(r"\b(?:every|each|any|all)\s+(?:(?:new|public|exported|single|changed|added|python|api|of the|other)\s+)*[a-z-]+(?:\s+[a-z-]+)?\s+(?:needs?|requires?|gets?|deserves?|comes? with|carr(?:y|ies)|ships? with|has|have|receives?)\s+(?:to have\s+)?(?:a|an|its own|their own|at least|one|two|tests?|docstrings?|type (?:hints|annotations)|unit tests|documentation|docs)\b")


def _each_needs(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _EACH_NEEDS.finditer(s):
        weak = re.search(r"\b(?:has|have|gets?|receives?)\s", match[0])
        if opens(s, match.start()) and (not weak or re.search(r"\b(?:new|test|docstring|type|doc)", match[0])) and not re.search(r"\b(?:second|minute|hour|ms|error|bug|problem|issue|failure|warning)s?\b", s[match.end() - 2:]):
            yield Found(match.start(), "must", (), False, ())


_CRUCIAL = pattern(r"\b(?:it(?:'s| is)|is|what matters is|most important(?:ly)?:?) (?:\w+ly |very |super |really |also )*(?:crucial|essential|important|vital|critical|imperative|mandatory|paramount|a must|a requirement|required|necessary|non-negotiable|key|obligatory|compulsory)(?: for (?:us|me|the \w+))?,? (?P<how>that|to (?:keep|preserve|maintain|leave|stay|follow|use|avoid|always|never|retain|respect|stick|only|not))\b")


_RULE_IS = pattern(r"\b(?:the|our|my|one|house|hard|first|only|general|basic|team|main|golden) (?:\w+ )?(?:rule|policy|convention|requirement|constraint|condition|agreement|principle|guideline|practice|standard)s?(?: here| in this \w+)? (?:is|are)(?: that|\s*:)\s+\w")


def _crucial(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _RULE_IS.finditer(s):
        if unconditional(s, match.start()):
            yield Found(match.start(), "must", (), False, ())
    for match in _CRUCIAL.finditer(s):
        if unconditional(s, match.start()) and not re.match(r"\s+(?:you|we|i) (?:know|understand|see|get)\b", s[match.end():]):
            yield Found(match.start(), "must", (), False, ())


def standing_words(rest: str) -> bool:
    return bool(_STANDING.search(rest))


_NAMING_RESULT = pattern(r"(?:be (?:named|called|prefixed|suffixed)|start with|begin with|end (?:with|in)|use (?:kebab|snake|camel|pascal|screaming)|follow (?:the )?(?:naming|conventional|pattern|convention|format|schema|scheme)|be in (?:kebab|snake|camel|pascal|lower|upper)|be (?:lower|upper|snake|camel|kebab|pascal)[- ]?case|carry the prefix|have (?:the|a) (?:prefix|suffix)|match (?:the )?(?:pattern|regex))")
_ALWAYS = pattern(r"(?<![\w'-])(?:always|at all times,?|in all cases,?|every time[^,]{0,60},|each time[^,]{0,60},|whenever[^,]{1,80},|from now on,?|going forward,?|henceforth,?|for (?:all|every|each|any)\b[^,]{1,60},|after (?:each|every)\b[^,]{1,60},?|before (?:each|every|any|you|committing|pushing|merging|finishing|making|deploying|deleting|changing|editing|touching|starting|opening|submitting|running any)\b[^,]{1,60},|(?:with|on|at the (?:start|beginning|end) of) (?:each|every)\b[^,]{1,60},|in (?:all|every)\b[^,]{1,60},|when(?:ever)? (?:you |\w+ing )[^,]{1,80},)\s+(?:please |also |just |be sure to |make sure to |you |you must |you should )*(?P<verb>[a-z]+(?:-[a-z]+)?)")
_STANDING_TAIL = pattern(r"\b(?:(?:after|before|for|in|on|with|at|to) (?:each|every|all)\b|each time|every time|at all times|whenever you|from now on|going forward|before (?:you )?(?:commit\w*|push\w*|merg\w*|deploy\w*|every|each|any|finish\w*|delet\w*|claim\w*|say\w*|open\w*)|every \w+ (?:minutes|steps|commits|hours)|throughout|everywhere|in all (?:new )?\w+)\b")


def _always(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _ALWAYS.finditer(s):
        verb, at = match["verb"], match.start()
        if verb not in ORDERABLE and verb != "be" or verb.endswith("s") and verb not in ORDERABLE:
            continue
        always = s[at:].startswith("always")
        if not opens(s, at) and not (always and re.search(r"\b(?:you|agents|workers|subagents|we|should|must|please|to|sure)\s*\Z", s[:at]) and not re.search(r"\b(?:if|when|why|that|because|seems|tends|used to|how|do) (?:you|we|to)\s*\Z", s[:at])):
            continue
        if re.search(r"\bwe\s*\Z", s[:at]) and verb not in ("use", "run", "squash", "rebase", "commit", "write", "test", "deploy", "prefix", "sign", "review", "tag", "log", "keep"):
            continue
        if re.match(r"\s+(?:been|had)", s[match.end():]):
            continue
        if not always and (verb in ("tell", "show", "let", "give", "explain", "look") and not re.search(r"\b(?:each|every|any|all|whenever)\b", s[at:match.start("verb")]) or re.match(r"when i\b|when the\b|whenever (?:i|the|it)\b", s[at:])):
            continue
        if always and verb in ("show", "render", "display", "hide") and _WIDGET.search(s[match.end():match.end() + 60]):
            continue
        if re.match(r"(?:when|whenever|before)\b", s[at:]) and re.match(r"(?:when(?:ever)?|before) (?:i|the|it|he|they|running (?:it|this)|opening the|clicking|loading)\b", s[at:]):
            continue
        yield Found(at, "must", (), False, ())
    if (tail := _STANDING_TAIL.search(s)) and orders(s) and not re.match(r"\W*(?:\w+\W+){0,3}?(?:find|list|count|search|show|print|check what|look|rename|replace|remove|delete|summari[sz]e|iterate|loop|go through|what|fix|read|explain|describe|analy[sz]e|migrate|convert|update|change|refactor|review|grep|investigate|figure|add (?:a|an)\b|create (?:a|an)\b|implement|make (?:a|the|it)\b|document|build|move|extract|translate|send|set)\b", s):
        if re.search(r"everywhere|throughout", tail[0]) and not re.match(r"\W*(?:please |also |and )*(?:use|write|follow|prefer|apply|keep|stick)\b", s):
            return
        if not re.search(r"\bfor (?:all|every|each)\b|\bin (?:all|every|each)\b|\bto (?:all|every|each)\b|\bon (?:all|every|each)\b|\bwith (?:all|each|every)\b|\bat (?:all|each)\b", tail[0]) or re.match(r"\W*(?:please |also |and )*(?:use|write|run|follow|include|prefer|apply the|stick|put|log)\b", s):
            yield Found(tail.start(), "must", (), False, ())


_SURE = pattern(r"(?<![\w'])(?:make (?:absolutely |very |really |double |damn )?(?:sure|certain)|ensure|be (?:sure|certain)|see to it|take care|guarantee|verify|be (?:very |extremely |really )?careful|mind|remember|check|insist)\b(?: that| to)?\s+(?P<rest>[^;]{3,200})")
_SURE_STANDING = pattern(r"\b(?:not|n't|dont|never|no\b|nothing|nobody|none|without|stays?|remains?|keep|kept|still|always|only|all|every|each|any|pass|passes|passing|green|compatible|unchanged|untouched|intact|is idempotent|valid|works? (?:on|with|in|offline|without)|at least|at most|before|after|exactly|the same|consistent|preserved|conform|complies|comply|both|as is|doesn't|isn't|aren't)\b")


def _sure(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _SURE.finditer(s):
        at, rest = match.start(), match["rest"]
        word = match[0].split()[0]
        if not opens(s, at) and not re.search(r"\b(?:to|must|should|please|you|shall|and|always)\s*\Z", s[:at]) or re.search(r"\b(?:wants?|wanted|tests?|code|check|function|in order|used|tried) to\s*\Z", s[:at]):
            continue
        if word in ("verify", "check", "mind", "remember", "insist", "guarantee") or match[0].startswith("be careful") or "careful" in match[0][:24]:
            negative = re.search(r"^(?:not to\b|you (?:don't|do not|never|must not|only)|nothing\b|no\b)", rest) or word == "guarantee" and _SURE_STANDING.search(rest)
            if not negative or rest.startswith("not to") or word in ("verify", "check") and not rest.startswith("you"):
                continue
        if rest.startswith(("not to ", "to ")) and rest.startswith("not to"):
            continue  # the rule for "not to" has it, with its object
        passive = re.search(r"(?P<what>.{1,80}?)\s+(?:is|are|gets?|be)\s*(?:not|n't|nt|never)\s+(?:\w+ly )?(?P<verb>[a-z]+)", rest) or re.search(r"(?P<what>.{1,80}?)\s+(?:doesn't|does not|don't|do not|never)\s+(?:ever )?(?:gets?|be)\s+(?P<verb>[a-z]+)", rest)
        if passive and passive["verb"] in PAST:
            verb = PAST[passive["verb"]]
            first = match.start("rest") + passive.start("what")
            yield passive_prohibition(p, at, verb, (), first, first + len(passive["what"]), match.start("rest") + passive.end())
            continue
        if re.match(r"(?:nothing|no \w+)\b", rest) or re.search(r"\byou\s+(?:don't|do not|dont|never)\b", rest[:30]):
            outside = re.match(r"(?:nothing|no \w+) (?:outside|other than|except|beyond|but)\b(?P<where>[^,;.]{1,80}?)\s+(?:is|are|gets?)\s+(?P<verb>[a-z]+)", rest)
            if outside and outside["verb"] in ACT_PAST:
                targets = targets_in(p.text, s, match.start("rest") + outside.start("where"), match.start("rest") + outside.end("where"))
                yield Found(at, "only", ("write",), True, targets)
                continue
            if re.match(r"nothing\b", rest):
                changed = re.match(r"nothing (?P<what>(?:in|under|inside|below|from)\b[^,;.]{1,80}?)\s+(?:is|are|gets?|changes?)\b\s*(?P<verb>[a-z]*)", rest)
                targets = targets_in(p.text, s, match.start("rest") + changed.start("what"), match.start("rest") + changed.end("what")) if changed else ()
                yield Found(at, "do-not-touch" if targets else "must", ("write",) if targets else (), False, targets)
                continue
            if re.search(r"\byou\s+(?:don't|do not|dont|never)\b", rest[:30]):
                continue  # the rule for "don't" has it
        if word in ("ensure", "make", "be", "see", "take", "guarantee") and _SURE_STANDING.search(rest) and not re.match(r"to (?:include|add|update|fix|check|remove|mention|commit|push|save|read|write|create|call|test|handle|look|bring|have|get|document|restart|close|send|also|note|rename|run (?:it|this)\b)", s[match.end() - len(rest) - 3:match.end()]):
            to = re.search(r"\bto\s+\Z", s[:match.start("rest")])
            if to and not re.match(r"(?:always|only|keep|never|use|run|stay|leave|follow|preserve|maintain|respect|stick|ask|first)\b", rest) and not re.search(r"\b(?:each|every|always|any time|before (?:you|each|every|commit|push|any|merg))\b", rest):
                continue
            targets = targets_in(p.text, s, match.start("rest"), end_of(s, match.start("rest")))
            still = re.search(r"\b(?:stays?|remains?|is kept|are kept|is left|are left)\s+(?:\w+ )?(?:untouched|unchanged|unmodified|intact|as (?:it )?is|as they are|alone|frozen|read[- ]only|as-is)\b", rest)
            yield Found(at, "do-not-touch" if still and targets else "keep" if re.search(r"\b(?:stays?|remains?|keep|kept|still|unchanged)\b", rest) else "must", acts_on(("write",), {k for k, _ in targets if k != "except"}, rest) if still and targets else (), False, targets)


_STOP_AFTER = pattern(r"(?<![\w'])(?:stop|give up|abort|quit|bail(?: out)?|halt|pause|time out|wrap up|finish)\s+(?:(?:working|trying|and \w+(?: \w+)?|immediately|right away|everything|the run|retrying)\s+)*(?:after|if|when|once|as soon as|at|before)\b")


def _stop_after(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _STOP_AFTER.finditer(s):
        if opens(s, match.start()):
            yield Found(match.start(), "must", (), False, ())


_AT_MOST = pattern(r"(?<![\w'-])(?:at (?:the )?most|no more than|not more than|a max(?:imum)? of|max(?:imum)?\.?(?:\s+(?!of\b)[a-z]+){1,3}\s*(?:is|of|:|=|are)\s*|max(?:imum)?\.?(?:\s+of)?\s*:?|less than|fewer than|no (?:longer|larger|bigger|later|less|fewer|greater|higher|older|newer|earlier|deeper) than|not (?:exceed|longer than)|up to|at least|within|under|below|min(?:imum)?(?:\s+of)?\s*:?|a limit of|limit(?:ed)? to|capped at|≤|<=?|limit:|cap:|budget:)\s*(?:a |an |about |roughly |the )?(?:\$|€|£)?(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|twenty|thirty|fifty|a hundred|a single)")


_TOPS = pattern(r"\b(?:\d[\d.,]*|one|two|three|four|five|six|ten|a single) [a-z]+(?: [a-z]+)? (?:at most|at the most|max|maximum|tops)\b")
_ANSWER = pattern(r"(?<![\w'])(?:answer|reply|respond|be (?:brief|concise|terse)|keep (?:your )?(?:answers|replies|responses))\b\s*(?:in|with|briefly|concisely|only|using|as|shortly|short|brief|\W*\Z)")


def _at_most(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in (*_TOPS.finditer(s), *_ANSWER.finditer(s)):
        if opens(s, match.start()) and not re.match(r"\W*(?:i|we|there|it)\b", s):
            yield Found(match.start(), "must", (), False, ())
    for match in _AT_MOST.finditer(s):
        at = match.start()
        word = match[0].split()[0]
        clause = s[start_of(s, at):at]
        strong = match[0].startswith(("at most", "at the most", "no ", "not ", "max", "a max", "a limit", "limit", "cap", "budget"))
        if re.search(r"\b(?:took|takes|there (?:are|is|were)|returned|returns|found|saw|fails?|failed|it's|we have|i have|has|had|was|were|drops?|dropped|shows?)\b[^,;]*\Z", clause) and not re.search(r"\b(?:must|should|shall)\b", clause):
            continue
        if re.match(r"\W*(?:please |also |and |can you )*(?:add|implement|create|return|show|display|support|allow|make (?:the|it|a)|build|render|fetch|list|give|write (?:a|the)|generate|find|paginate|introduce|set|update|change the|fix|print|load|select|store|configure|limit the)\b", clause):
            continue
        if word in ("less", "fewer") and opens(s, at) and len(s.split()) <= 9 and not re.search(r"\b(?:is|are|was|were|left|remain)\b", s):
            yield Found(at, "must", (), False, ())
            continue
        if strong and (orders(clause) or opens(s, at) or re.search(r"\b(?:must|should|shall|may|to|can|only|you)\b", clause)) or word in ("within", "under", "below", "less", "fewer", "up") and (orders(clause) and re.search(r"\b(?:keep|stay|spend|use|finish|take|complete|limit|answer|reply|respond|change|touch|make|open|add|do it|write)\b", clause) and word != "up" or re.search(r"\b(?:must|should|shall|has to|needs to)\b[^,;]*\Z", clause)) or word in ("<", "<=", "≤") and (p.item or opens(s, at)):
            if word in ("within", "under", "below") and opens(s, at) and not orders(clause):
                continue
            if re.search(r"\b(?:i|we|users?)\b[^,;]*\Z", clause) and not re.search(r"\b(?:you|must|should|shall|please)\b", clause):
                continue
            yield Found(at, "must", (), False, ())


TOOLS = (r"(?:python ?\d[\d.]*|python|node(?:\.?js)? ?(?:v?\d[\d.]*)?|npm|pnpm|yarn|bun|pip|poetry|uv|pipenv|docker(?: compose)?|podman|postgres(?:ql)? ?\d*[\d.]*|mysql ?\d*|mariadb|sqlite|redis|tabs?|spaces|\d[- ]spaces?|two[- ]spaces?|four[- ]spaces?|(?:single|double) quotes|snake[- _]case|camel ?case|kebab[- ]case|pascal ?case|british (?:english|spelling)|american (?:english|spelling)|us english|uk english|english|german|french|spanish|typescript|javascript|"
          r"es ?modules|commonjs|esm|utc|iso[- ]?8601|conventional commits|(?:the )?staging(?: \w+)?|(?:the )?(?:dev|test|sandbox|local)(?: (?:database|db|environment|env|server|account|cluster|instance))|pytest|jest|vitest|unittest|mocha|black|ruff|eslint|prettier|flake8|mypy|make|tailwind(?: css)?|bootstrap|(?:the )?(?:python )?(?:standard library|stdlib)|semantic versioning|semver|type hints|async/await|feature branches|(?:relative|absolute) imports|(?:the )?existing \w+(?: \w+)?|"
          r"java ?\d+|go ?\d[\d.]*|rust ?\d*[\d.]*|ruby ?\d[\d.]*|php ?\d[\d.]*|\.net ?\d*|c\+\+ ?\d+|react ?\d*|vue ?\d*|angular ?\d*|django ?\d*[\d.]*|rails ?\d*[\d.]*|flask|fastapi|spring(?: boot)? ?\d*|gradle|maven|cmake|ninja|cargo|asyncio|pathlib|httpx|requests|axios|fetch|lf line endings|unix line endings|utf-8|ascii|es ?\d{1,4}|ie ?\d+|c\+\+ ?\d+|markdown|yaml|json|toml|functional components|hooks|composition|dependency injection|our (?:own )?\w+(?: \w+)?|parameteri[sz]ed queries|prepared statements|decimal|integers?|dataclasses|f-strings|logging|the logger|structured logging|feature flags|kotlin|swift|scala|elixir|terraform|helm|kubernetes|bash|zsh|posix sh|sh|wsl|linux|debian|ubuntu|alpine|gpt-?\w*|claude \w+|haiku|sonnet|opus)")
_USE = pattern(r"(?<![\w'])(?P<verb>use|target|write (?:it |everything |all \w+ |the \w+ )?in|run (?:it |everything |this )?(?:on|under|with)|work with|build with|indent with|format with|code in|develop against|test against|go with|stay with|continue (?:to use|using|with)|keep (?:using|to)|stick (?:to|with)|prefer|favou?r|rely on|adhere to|conform to|comply with|follow|obey|honou?r|respect|abide by|remain on|stay on|connect to|commit to|push to|deploy to|work on|branch (?:off|from)|base \w+ on|answer in|reply in|respond in|speak|communicate in|think in)\s+(?P<what>[^;.!]{1,140})")


def _use(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _USE.finditer(s):
        at, verb, what = match.start(), match["verb"].split()[0], match["what"]
        if not opens(s, at) and not re.search(r"\b(?:must|should|shall|please|you|to|sure you|have to|need to|let's|agents|workers|and|so|we)\s*\Z", s[:at]) or re.search(r"\b(?:decided|chose|agreed|planned|managed|refused|meant|wanted|not|hoping|planning|how|want|tries|tried|try|fails?|used|going|wants|able|like|prefer|if|when|they|users|where|than|what|did|do|i) (?:we |you |to |i )*\Z", s[:at]) and not re.search(r"\bwant (?:you|us) to\s*\Z", s[:at]):
            continue
        if re.search(r"\bwe\s*\Z", s[:at]) and not re.search(r"\b(?:here|in this (?:repo|project|code ?base)|not|instead of|everywhere|exclusively|throughout|for (?:all|every))\b", what):
            continue
        stick = verb in ("stick", "stay", "keep", "continue", "prefer", "favor", "favour", "adhere", "conform", "comply", "follow", "obey", "honor", "honour", "abide", "respect", "remain")
        instead = re.search(r"\b(?:instead of|rather than|over\b|and not\b|in place of|not\s)|,\s*not\b|\(not\b", what + " ")
        standing = re.search(r"\b(?:for (?:all|every|each|any|everything|anything|new|the whole|indentation|formatting|\w+ names|dates|timestamps|money|tests|logging|commits?|this (?:project|repo|task|session|work)|\w+ing\b|strings|comments|variables|identifiers|constants|functions|classes|ids|files|everything)|everywhere|throughout|only|exclusively|at all times|in (?:all|every)|across|whenever|from now on|consistently|as the \w+ (?:manager|runner|language|formatter)|or (?:newer|later|older|higher|above|lower)|at all|always|wherever|where possible|if possible|and nothing else|per\b)\b", what)
        tool = re.match(TOOLS + r"(?![\w-])", what)
        if verb == "follow" and re.match(r"(?:up|this (?:link|url)|these steps|along|the (?:link|steps|stack|trail|instructions (?:in|at|below))|me|on)\b", what) or verb == "go" and not (standing or instead):
            continue
        if verb == "follow" and not re.search(r"\b(?:style|guide|guidelines?|conventions?|rules?|standards?|patterns?|format|pep|policy|policies|principles?|existing|approach|practices?|architecture|structure|schema|spec|template|naming|contributing|conventional|instructions|scheme|layout|protocol|workflow|process|tdd)\b|" + ATOM, what):
            continue
        if verb in ("prefer", "favor", "favour") and re.match(r"(?:to know|if)\b", what):
            continue
        if verb in ("connect", "commit", "push", "deploy", "work", "branch", "base") and not (instead or re.search(r"\bonly\b|\bnever\b", what)):
            continue
        if verb in ("write", "run", "target", "build", "code", "develop", "test", "indent", "format", "rely", "answer", "reply", "respond", "communicate", "think", "speak") and not (tool or instead):
            continue
        if verb == "stay" and not (tool or re.search(r"\d|\bbranch\b|\bversion\b", what)) or verb == "keep" and match["verb"] == "keep to" and re.match(r"(?:yourself|it)\b", what):
            continue
        if not (stick or instead or standing or tool):
            continue
        if tool and not (stick or instead or standing) and re.match(r"\s+(?:to (?!\Z)\w+|tool|api\b|docs|and (?:find|show|tell|check))", what[tool.end():]) and verb == "use" and not re.search(r"\d", tool[0]):
            if not re.match(r"\s+to (?:install|manage|run|build|test|format|lint|package|indent|style|write)\b", what[tool.end():]):
                continue
        naming = bool(re.search(r"\b(?:snake|camel|kebab|pascal|screaming)[- _]?(?:snake[- _])?case\b", what))
        env = bool(tool and re.search(r"\d|staging|sandbox|dev\b|local\b|python|node|postgres|docker|pnpm|yarn|npm|poetry|uv|bun", tool[0]))
        stop = end_of(s, match.start("what"))
        cut = stop if not instead else min(stop, match.start("what") + instead.start())
        targets = targets_in(p.text, s, match.start("what"), cut, "use", ())
        acts: tuple[str, ...] = ()
        if instead and re.search(r"\bnot|instead|rather", instead[0]):
            shunned = targets_in(p.text, s, match.start("what") + instead.end(), min(len(s), match.end("what")), "use", ("run",))
            if commands := tuple(t for t in shunned if t[0] == "command"):
                targets, acts = commands, ("run",)
        yield Found(at, "must-not" if acts else "naming" if naming else "keep" if match["verb"].startswith(("keep", "continue", "stay", "remain")) else "environment" if env else "must", acts, False, targets)


_NAMING = pattern(r"(?<![\w'])(?:(?P<verb>name|write|format|phrase|call|prefix|suffix|title|start|begin|end|tag|label|capitali[sz]e|lowercase|sign)\s+(?P<what>(?:all |every |each |any |new |the |your |our )*(?:branch(?:es)?|commit messages?|commits?|files?|test files?|tests?|variables?|functions?|classes|migrations?|tables?|columns?|constants?|modules?|packages?|components?|endpoints?|routes?|prs?|pr titles?|pull requests?|issues?|env vars?|environment variables?|keys?|tags?|fixtures?|interfaces?|types?|enums?|hooks?|methods?|ids?|identifiers|messages?|commits?|releases?|versions?|it|them|everything|things|scripts?|folders?|directories|events?|metrics?|services?|resources?|buckets?|images?|docs?|exports?|\w+ (?:branch(?:es)?|files?|names?|functions?|tests|classes|commits?)))\b"
                     r"|(?P<case>(?:screaming[- _])?(?:snake|camel|kebab|pascal|upper|lower|title|sentence)[- _]?(?:snake[- _])?case)\b|\bnaming(?: convention| scheme| rule)?s?\s*[:=]|\b(?:new |all )?(?:branch(?:es)?|commits?|commit messages?|file ?names?|prs?|tags?|releases?|versions?|tests?)(?: name| message| title)?(?: format| pattern| style| convention| scheme| template| prefix)?s?\s*:\s*(?=\S*[<({/_\ue000-\ue002]|\w+\()|\bcommit (?:message )?(?:format|style|convention|template)\s*:|\b(?:branch|file|commit|test|variable|function|class|table|pr|tag|migration|column|module|package|component|env var|environment variable|constant|route|endpoint|key|id|interface|type|service|folder|event|metric|bucket|queue|topic|test file|hook|fixture|release|identifier)(?: message| title| name)?(?:s|es| names| naming| messages| titles| prefix)\s*(?::|=|->|→|(?:must |should |are |always |all )?(?:follow|start|begin|end|look like|are named|are prefixed|go like|get the prefix|get a prefix|use the (?:form|format|pattern|prefix)|have the form|take the form|carry|(?:are|is) always))\s*)")


def _naming(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _NAMING.finditer(s):
        at = match.start()
        if match["verb"]:
            what = match["what"]
            tail = s[match.end():]
            plural = bool(re.search(r"(?:all|every|each|any|new|branches|messages|files|tests|variables|functions|classes|migrations|tables|columns|constants|components|commits|prs|titles|modules|packages|it|them|everything|things|keys|ids|tags|hooks|methods|endpoints|routes|types|enums|interfaces|scripts|folders|events|metrics|services|fixtures|releases|names|branch|commit|pr)\b", what))
            if not opens(s, at) or not plural or what in ("it", "them") and match["verb"] in ("start", "begin", "end", "name", "call", "write", "tag", "label", "sign", "title", "format") or match["verb"] in ("start", "begin", "end") and not re.match(r"\s+(?:\w+ ){0,2}?(?:with|in)\b", tail) or match["verb"] in ("tag", "label", "sign", "title") and not re.match(r"\s+(?:with|as|like|off|after)\b", tail) or match["verb"] in ("write", "format", "phrase") and not (re.match(r"\s+(?:in|with|using|as|like|following)\b", tail) and re.search(r"\b(?:commits?|messages?|titles|prs?|issues?|docs|ids?)\b", what)) or match["verb"] in ("call",) and not re.search(ATOM, tail) or not tail.strip(" .!"):
                continue
            if match["verb"] == "call" and re.search(r"\bfunctions?|methods?|endpoints?|hooks?\b", what):
                continue
            yield Found(at, "naming", (), False, ())
        elif match["case"]:
            clause = s[start_of(s, at):at]
            if re.match(r"\s+(?:for|in|everywhere|throughout|please|only|names?|file ?names?|keys|variables|functions|identifiers|is (?:mandatory|required|the)|(?:\w+ )?files|columns)\b", s[match.end():]) and opens(s, at) or re.search(r"\b(?:use|in|be|with|must|should|prefer|stick to|to)\s*\Z", clause) and (orders(clause) or re.search(r"\b(?:must|should|shall|all|every|names)\b", clause)) and not re.match(r"\W*(?:\w+ )?(?:convert|rename|change|transform|translate|migrate|switch)\b", s) or re.search(r"\b(?:naming|style|conventions?)\b", s[:at]) and not orders(s) or re.search(r":\s*\Z", clause) or p.item and len(s) < 60 and not orders(s):
                yield Found(at, "naming", (), False, ())
        elif opens(s, at) or re.search(r"\b(?:all|every|each|new|the|our|your)\s*\Z", s[:at]):
            if s[match.end():].strip(" .") and not re.search(r"\b(?:why|if|when)\b", s[:at]):
                yield Found(at, "naming", (), False, ())


_ENVIRONMENT = pattern(r"(?<![\w'])(?:(?:we|you)(?:'re| are)\s+(?:still |currently |stuck |running |limited |pinned |locked )*(?:on|to|at|using|with|in)|(?:this|the|our) (?:project|repo|codebase|code base|app|service|server|stack|package|library|team|company|build|ci|prod|production|site)\s+(?:only |still |currently |must )*(?:is on|is pinned to|targets|runs on|supports only|requires|is stuck on|is locked to|is limited to|only supports|only runs on)|production (?:is|runs)(?: on)?|prod (?:is|runs)(?: on)?|the (?:minimum|oldest|lowest|target) (?:supported )?(?:\w+ )?version is|minimum (?:supported )?(?:\w+ )?version:?|target(?: version| platform| runtime)?:|runtime:|language:|environment:|python version:|node version:|os:|database:|shell:|package manager:|stack:|test runner:|framework:|we only (?:have|support|target)|there(?:'s| is) no (?:internet|network|docker|gpu|root|sudo|access|outbound))(?![\w])\s*(?P<what>[^;.!,]{0,80})")


def _environment(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _ENVIRONMENT.finditer(s):
        what = match["what"].strip()
        if not unconditional(s, match.start()) or not (opens(s, match.start()) or match.start() == 0 or re.search(r"\b(?:that|as|since|because|note|and)\s*\Z", s[:match.start()])):
            continue
        if match[0].startswith(("there", "there's")) and not re.match(r"there(?:'s| is) no (?:internet|network|docker|gpu|root|sudo|outbound)", match[0]) or match[0].startswith(("there", "there's")) and re.search(r"\b(?:error|bug|that's why|which is why|fails?|failed|because|currently|broken|seems?)\b", s):
            continue
        if match[0].startswith(("there", "there's")) or re.search(TOOLS, what) and (re.search(r"\d", what) or ":" in match[0] or "only" in match[0] or "pinned" in match[0] or "stuck" in match[0]) or re.search(r"\bversion (?:is|:)", match[0]) and re.search(r"\d", what) or re.match(r"(?:language|environment|os|shell|package manager|test runner|stack|framework|runtime|python version|node version):", match[0]) and what and (p.item or len(s) < 70):
            yield Found(match.start(), "environment", (), False, ())


_WANT = pattern(r"(?<![\w'])(?P<who>i|we|the client|the team|my boss|legal)\s*(?:'d|'m|would|really|absolutely|do|also|definitely|explicitly|strictly|still)*\s*(?P<neg>don't want|do not want|dont want|would not like|wouldn't want|don't like|do not wish|am not ok with|'m not ok with|don't need|won't accept|will not accept|won't tolerate|can't have|cannot have|can't accept|don't allow|do not allow|don't accept|do not accept|will not tolerate|don't wish|refuse|won't have|hate|don't need)\s+(?P<rest>[^;.!]{2,160})")
_WANTED = pattern(r"(?<![\w'])(?:i|we)(?:'d| would)?\s*(?:really |just |also |still |much |absolutely )*(?P<verb>want|need|like|prefer|rather|require|expect|insist(?: that| on)?|love)\s+(?P<rest>[^;.!]{3,160})")


def _want(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _WANT.finditer(s):
        at, rest = match.start(), match["rest"]
        if not unconditional(s, at) or "need" in match["neg"] or re.match(r"(?:this|that|it) (?:feature|one)?\s*(?:anymore|any more|any longer|now|yet)\b", rest):
            continue
        first = match.start("rest")
        stop = end_of(s, first)
        if verb := re.match(r"(?:you |us |anyone |anybody |people |the \w+ |workers |agents |any \w+ )?(?:to\s+)?(?P<verb>[a-z]+)", rest):
            word = verb["verb"]
            base = word if word in ORDERABLE and re.match(r"(?:you |us |anyone |anybody |people |the \w+ |workers |agents |any \w+ )?to\s", rest) else ING.get(word, "")
            if base:
                yield prohibition(p, at, base, first + verb.end("verb"), stop=stop)
                continue
        passive = re.search(r"\b(?P<verb>[a-z]+)\b(?=\W*\Z|\s+(?:in|by|at|yet|now|for|until|unless|directly|without|here|anywhere|on|to|into|with)\b)", s[first:stop])
        past = next((PAST[w] for w in re.findall(r"[a-z]+", s[first:stop]) if w in ACT_PAST and w not in ("run", "set", "put", "read")), "")
        if past and passive:
            yield passive_prohibition(p, at, past, (), first, stop, stop)
        elif re.match(r"(?:any|a single|to see|new|more|extra|you to|changes|unnecessary|anything|surprises|a new|hacks|mocks|your|comments|another)\b", rest) or word_is_noun(rest):
            targets = targets_in(p.text, s, first, stop)
            yield Found(at, "must-not", acts_of_words(s[first:stop], {k for k, _ in targets}), False, targets)
    for match in _WANTED.finditer(s):
        at, rest = match.start(), match["rest"]
        first, stop = match.start("rest"), end_of(s, match.start("rest"))
        if not unconditional(s, at):
            continue
        if still := re.match(r"(?P<what>.{1,100}?)\s+(?:to (?:stay|remain|be kept|be left|be|keep)\s+)?(?:\w+ly )?(?:untouched|unchanged|unmodified|intact|as (?:it )?is|as they are|alone|frozen|read[- ]only|as-is|left alone|kept as is|left as is|off[- ]limits|(?:the way|how|like|as|where) (?:it|they) (?:is|are)|exactly as)\b", rest):
            targets = targets_in(p.text, s, first, first + still.end("what"))
            yield Found(at, "do-not-touch" if targets else "keep", acts_on(("write",), {k for k, _ in targets if k != "except"}, rest) if targets else (), False, targets)
        elif did := re.match(rf"(?:that |if |it if )?you (?:didn't|did not|don't|do not|not|never|would not|wouldn't|won't)\s+(?:to )?{ADVERBS}(?P<verb>[a-z]+)", rest):
            if did["verb"] in ORDERABLE:
                yield prohibition(p, at, did["verb"], first + did.end("verb"), stop=max(stop, first + did.end("verb")))
        elif re.match(r"(?:\w+ ){1,5}?to (?:stay|remain|keep)\b", rest) or re.match(r"(?:all|every|each)\b.*\b(?:to|in|with)\b", rest) and match["verb"] != "need":
            yield Found(at, "keep", (), False, targets_in(p.text, s, first, stop))


def word_is_noun(rest: str) -> bool:
    """Whether "I don't want ..." goes on with a thing an agent might make."""
    head = re.match(r"(?:the |any |a |an |your )*([a-z-]+)", rest)
    return bool(head) and head[1] in _NO_HEADS  # type: ignore[index]


_NOT_FRAGMENT = pattern(r"(?:(?<=,)|(?<=^)|(?<=[:;(\-–—])|(?<= but)|(?<= and))\s*(?:and |but |just |please )?(?:not|nicht|never)\s+(?P<what>in|on|under|outside|inside|the|to|touching|even|any|before|after|until|without|against|main|master|prod|production|directly|changing|editing|modifying|deleting|renaming|by|via|using|with|" + ATOM + r")(?![\w'])(?P<rest>[^,;.!]{0,100})")


def _not_fragment(p: Passage) -> "Iterator[Found]":
    """"Deploy to staging, not to prod": the second half of an order."""
    s = p.shadow
    for match in _NOT_FRAGMENT.finditer(s):
        before = s[:match.start()].rstrip(" ,:;(-–—")
        what = match["what"]
        alone = not re.search(r"[a-z]", before) and what in ("in", "on", "to", "against", "under", "into", "inside", "outside")
        ordered = any(orders(part) for part in re.split(r",\s*", before)) or bool(re.search(r"\b(?:must|should|may|can|you|only|goes|belongs?)\b", before)) or p.item
        if not (ordered or alone) or what in ("even", "any") or re.search(r"\b(?:whether|why|explain|check)\b", before[:40]) and what not in ("touching", "changing", "editing", "modifying", "deleting", "renaming"):
            continue
        if what in ING:
            yield prohibition(p, match.start("what"), ING[what], match.end("what"))
            continue
        words = [w for w in re.findall(r"[a-z]+(?:-[a-z]+)?", before) if w not in FILLERS]
        verb = next((w for w in words if w in ORDERABLE), "")
        stop = end_of(s, match.start("what"))
        targets = targets_in(p.text, s, match.start("what"), stop, verb, ACT_OF.get(verb, ()))
        if not targets and what not in ("before", "until", "after", "without", "directly") and "never" not in match[0]:
            continue
        acts = acts_of(verb, s[match.start("what"):stop], targets)
        yield Found(match.start("what"), "do-not-touch" if "write" in acts and targets else "must-not", acts, False, targets)


_ALL_BUT = pattern(r"\b(?:everything|anything|all (?:the )?(?:files|code|modules|tests|tables|branches|\w+)|any (?:file|module|code|table|branch|\w+)|whatever you (?:want|like|need|wish|find|see|think)|the whole [\w ]{2,20}|wherever you (?:want|like)|everywhere|anywhere|every \w+)(?: [\w\ue000-\ue002]+){0,4}?,?\s+(?:except(?: for| in)?|but(?! (?:do|don't|please|keep|make|it|the \w+ (?:is|are|must)))|apart from|other than|besides|aside from|excluding|with the exception of|save for|bar)\s+(?P<what>[^;.!]{2,100})")
_OWNS = pattern(r"\b(?:you(?: only| exclusively| alone)? own|your (?:only |sole )?(?:files?|scope|area|territory|responsibility|lane|slice|part) (?:is|are)(?: only| limited to)?|you(?:'re| are)(?: only| solely)? (?:responsible for|in charge of|the owner of|assigned(?: to)?)|allowed (?:files?|paths?|folders?|dirs?|directories|scope|targets?|areas?)\s*[:=]|(?:editable|writable|writeable|permitted|in[- ]scope) (?:files?|paths?|folders?|areas?)\s*[:=]|in scope:|scope:|files (?:you (?:may|can|are allowed to)|to) (?:edit|change|touch|modify|write)\s*:)\s*(?P<what>[^;!]{2,160})")


def all_but(p: Passage) -> "Iterator[Found]":
    """"Refactor everything except X": a permission that names what is not in it."""
    s = p.shadow
    for match in _ALL_BUT.finditer(s):
        clause = s[:match.start()]
        granted = re.search(r"\b(?:you|u|agents?|workers?) (?:can|may|are (?:free|allowed|welcome) to|could)\b", clause) or re.match(r"\W*(?:feel free to)\b", clause)
        be = re.search(r"\s+(?:may|can|must|should)\s+(?:all )?be\s+(?P<verb>[a-z]+)", match["what"])
        if be and not re.search(r"[a-z]", clause) and be["verb"] in ACT_PAST:
            verb = ACT_PAST[be["verb"]]
            targets = targets_in(p.text, s, match.start("what"), match.start("what") + be.start(), verb, ACT_OF.get(verb, ()))
            acts = acts_of(verb, " " + match["what"], targets) if targets else ()
            yield Found(match.start(), "do-not-touch" if targets and acts else "must-not", acts, False, targets)
            continue
        if not (granted or orders(clause)) or re.search(r"\b(?:not|n't|never|dont|no)\b|n't", clause) or not unconditional(s, match.start()):
            continue
        words = [w for w in re.findall(r"[a-z]+(?:-[a-z]+)?", clause) if w not in FILLERS and w in ORDERABLE]
        verb = words[-1] if words else "touch"
        targets = targets_in(p.text, s, match.start("what"), end_of(s, match.start("what")), verb, ACT_OF.get(verb, ()))
        acts = acts_of(verb, " " + match["what"], targets) or (acts_on(("write",), {k for k, _ in targets}, match["what"]) if verb in ("do", "go", "refactor") else ())
        if targets or verb == "use":
            yield Found(match.start(), "do-not-touch" if {"write", "delete", "rename"} & set(acts) else "must-not", acts, False, targets)


def _owns(p: Passage) -> "Iterator[Found]":
    """"You own src/a.py and nothing else", "Allowed paths: src/"."""
    s = p.shadow
    for match in _OWNS.finditer(s):
        if not opens(s, match.start()):
            continue
        label = match[0].rstrip().endswith((":", "=")) or ":" in s[match.start():match.start("what")]
        targets = targets_in(p.text, s, match.start("what"), match.end("what"))
        named = {k for k, _ in targets} & {"path", "glob"}
        strict = NOTHING_ELSE.search(s, match.start()) or re.search(r"\b(?:only|exclusively|solely|alone|limited)\b", match[0])
        if label and (named or strict) or not label and strict and targets:
            yield Found(match.start(), "only", ("write",) if named else (), True, targets)


_BUT_NOT = pattern(r"\b(?:but|and|though),?\s+(?:not|never|don't|do not|without ever)\s+(?P<verb>[a-z]+)\b")


def _but_not(p: Passage) -> "Iterator[Found]":
    """"You may read but not write the table"."""
    s = p.shadow
    for match in _BUT_NOT.finditer(s):
        before = s[:match.start()]
        if match["verb"] in ACT_PAST and re.search(r"\b(?:may|can|should|must) be [a-z]+\s*\Z", before) and not re.search(r"\b(?:don't|do not)\b", match[0]):
            first = start_of(s, match.start())
            yield passive_prohibition(p, match.start("verb"), PAST[match["verb"]], (), first, re.compile(r"\b(?:may|can|should|must) be\b").search(s, first).start(), match.end())  # type: ignore[union-attr]
            continue
        if match["verb"] in ORDERABLE and re.search(r"\b(?:you|agents?|workers?) (?:may|can|are allowed to|are free to)\b[^,;.]{0,60}\Z", before) and not re.search(r"\b(?:don't|do not)\b", match[0]):
            yield prohibition(p, match.start("verb"), match["verb"], match.end())


_V_NOTHING = pattern(r"(?<![\w'])(?P<verb>change|touch|edit|modify|delete|write|commit|push|install|add|remove|create|do|alter|rename|run|update|deploy|break|assume|invent|skip|leave out|omit)\s+(?:absolutely )?nothing\b(?!\s+(?:but|except|outside|beyond|besides|other than))")
_NOTHING_BEYOND = pattern(r"(?<![\w'])nothing (?:beyond|outside(?: of)?|but|except|other than|more than|besides)\s+(?P<what>[^,;.!?]{2,80})")
_JUST_THIS = pattern(r"(?<![\w'-])(?P<only>just|only|solely|exclusively)\s+(?P<what>(?:the|this|that|these|those|one|two|three|a single|a|an|my|our|your|[a-z]+s? (?:on|in|from|for|to|against|under|inside|within)|" + ATOM + r")[^,;.!?]{0,80})(?P<tail>(?:[,;.-]|\s-|\sand|\s–|\s—)?\s*(?:please|pls|ok|and)?[,\s]*(?:nothing (?:else|more)|leave (?:the rest|everything else|the others)|not the rest|no other \w+|don't touch the rest|don't|do not|not (?:the|any)\b))?")


_ANYTHING_BUT = pattern(r"^\W*(?:please,? )?(?:anything but|not|everything but)\s+(?!(?:sure|bad|yet|really|now|today|that|only|at all|so|too|very|again|working|much|to|in|on|even|me|you|this time)\b)[^,;.!?]{2,40}?,?\s+(?:please|pls|plz)\W*\Z")
_SO_DONT = pattern(r"\b(?:so|just|please|but)\s+(?:please\s+)?(?:don't|do not|dont)\W*\Z")


def _nothing(p: Passage) -> "Iterator[Found]":
    """"Change nothing else", "nothing beyond the ticket", "just the typo, nothing else"."""
    s = p.shadow
    if _ANYTHING_BUT.match(s) or _SO_DONT.search(s):
        yield Found(0, "must-not", (), False, ())
    for match in _V_NOTHING.finditer(s):
        if opens(s, match.start()) or re.search(r"\b(?:must|should|to|you|shall|may|please)\s*\Z", s[:match.start()]):
            yield Found(match.start(), "must-not", (), False, ())
    for match in _NOTHING_BEYOND.finditer(s):
        if opens(s, match.start()) and not re.search(r"\b(?:may|must|should|is|are|was|were|works?|happens?|can|changes?|changed|gets?)\b", s[match.start():]):
            yield Found(match.start(), "only", (), True, targets_in(p.text, s, *match.span("what")))
    for match in _JUST_THIS.finditer(s):
        if re.match(r"(?:admins?|users?|members?|editors?|owners?|customers?)\b", match["what"]) or re.search(r"\b(?:allow|let|permit|enable|show|restrict)\s*\Z", s[:match.start()]):
            continue
        verbless = not re.search(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|fails?|works?|happens?|left|failed|get|gets|do|does|did|know|question|thing|way|problem|idea|thought|heads|note|minute|second|moment|bit|little|few|usual|reminder|update|fyi|test)\b|'s\b|[a-z]{3,}ed\b", match["what"])
        if match["only"] in ("just", "only") and (match["tail"] or match["only"] == "only" and verbless and s[match.end():].strip(" .!") == "") and (verbless or match["tail"]) and opens(s, match.start()) and (not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]", s[:match.start()]) or orders(s[:match.start()])) and unconditional(s, match.start()):
            yield Found(match.start(), "only", (), True, targets_in(p.text, s, *match.span("what")))


NO_WAY = r"(?:under no (?:circumstances?|conditions?|account|pretext|event)|in no (?:case|event|way|circumstances?)|(?:on|for) no (?:account|reason|pretext)|at no (?:point|time|stage|moment)|by no means|not under any circumstances?|not on any account|never under any circumstances?|nowhere)"
_UNDER_NO = pattern(rf"\b(?:{NO_WAY}|no way|not once)\b,?\s+(?:(?:should|must|may|shall|can|will|are|do|is|does|would)\s+)?(?P<who>(?:you|we|anyone|anybody|agents?|workers?|the [\w ]{{1,30}}?|any \w+|" + ATOM + rf"+|subagents?)\s+)?(?:(?:allowed |permitted |supposed |is |are )?to\s+|may\s+|must\s+|should\s+)?(?P<be>be\s+)?{ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")
_RULES_TITLE = pattern(r"\b(?:constraints?|rules?|restrictions?|boundaries|boundary|guard ?rails?|limits|limitations|do'?s and don'?ts|don'?ts|non-negotiables?|must(?:s|-haves?)?|ground rules|house rules|hard rules|conventions?|guidelines|prohibitions?|prohibited|forbidden|off[- ]limits|never|not allowed|hard requirements|important notes|regeln|einschränkungen|vorgaben|bedingungen|règles|contraintes|consignes|reglas|restricciones|normas|regras|restrições|safety)\b")


_UNDER_NO_BE = pattern(rf"\b{NO_WAY}\b,?\s+(?:should|must|may|shall|can|will|is|are)\s+(?P<who>[^,;.!?]{{1,80}}?)\s+(?:to )?be\s+(?P<verb>[a-z]+)\b")


def _under_no(p: Passage) -> "Iterator[Found]":
    s = p.shadow
    for match in _UNDER_NO_BE.finditer(s):
        if match["verb"] in PAST:
            yield passive_prohibition(p, match.start(), PAST[match["verb"]], (), match.start("who"), match.end("who"), match.end())
            return
    for match in _UNDER_NO.finditer(s):
        verb = match["verb"]
        if re.search(r"\b(?:was|were|did|had)\b", s[match.start():match.start("verb")]):
            continue
        base = PAST.get(verb, verb) if match["be"] else verb
        if base not in ORDERABLE:
            continue
        more, end = more_verbs(match)
        if match["be"] and match["who"]:
            yield passive_prohibition(p, match.start(), base, tuple(PAST.get(v, v) for v in more), match.start("who"), match.end("who"), end)
        else:
            yield prohibition(p, match.start(), base, end, more)


def is_rules(lead_shadow: str) -> bool:
    """Whether what introduces a list says that its items are rules."""
    return bool(lead_shadow) and len(lead_shadow) < 160 and bool(_RULES_TITLE.search(lead_shadow)) and not re.search(r"\?|\b(?:add|write|implement|create|describe|document|explain|validate|check|foreign key|database|rule engine)\b", lead_shadow)


RULES: Rules = (
    (("do not", "don't", "dont", "don t", "do n't", "donot", "dnt", "never", "not ", "don;t", "do  not", "do\nnot"), _never),
    (("not", "n't", "nt ", "never", "under no", "in no", "at no"), _modal),
    (("nobody", "no one", "no-one", "none", "no ", "nothing", "neither", "not a single", "not one", "not any"), _no_actor),
    (("nobody", "no one", "no-one", "none of", "no ", "nothing"), _nobody_does),
    (("is not", "isn't", "forbid", "prohibit", "banned", "allowed", "permitted", "acceptable", "ok", "out of", "no-go", "off", "verboten", "authori", "option", "wanted", "taboo", "permission", "business", "right", "entitled", "the time", "the place", "the moment", "not your", "supposed", "scope", "tolerated", "barred", " out", "get to", "lack", "no option", "part of", "n't ", "no reason", "no need"), _forbidden),
    (("no ", "zero ", "without", "w/o", "with no"), _no_more),
    (("keep", "leave", "retain", "preserve", "maintain", "respect"), _keep),
    (("is", "are", "'s", "'re", "be", "stay", "remain", "considered", "deemed", "declared"), _state),
    (("off", "limits", "hands", "read", "out of", "out-of", "no-go", "no go", "frozen", "protected", "forbidden", "touch", "scope", "don'ts", "concern", "immutable", "verboten", "stay away", "keep out"), _label),
    (("freeze",), _freeze),
    (("treat", "consider", "regard", "view", "see", "assume", "handle", "think of"), _treat),
    (("only", "all ", "any ", "every ", "solely", "exclusively", "nothing", "just", "merely", "limit", "restrict", "confine", "constrain", "scope", "contain", "isolat", "locali", "stay", "remain", "work", "operate", "none but", "no other", "no file", "no code", "nowhere", "else"), _only),
    (("ask", "check", "confirm", "consult", "clear", "approval", "permission", "run ", "let", "obtain", "seek", "request", "need", "require", "tell", "inform", "notify", "wait", "get", "show", "talk", "warn", "ping"), _ask),
    (("avoid", "refrain", "abstain", "keep ", "not to be", "desist", "hold off", "stop", "quit", "cease", "resist", "steer", "stay", "shy away", "eschew", "minimi", "lay off", "keep from"), _avoid),
    (("must", "has to", "have to", "need", "should", "shall", "ought", "to ", "gotta", "expected", "supposed", "will"), _must),
    (("every", "each", "any", "all "), _each_needs),
    (("crucial", "essential", "important", "vital", "critical", "imperative", "mandatory", "paramount", "a must", "require", "necessary", "negotiable", "key", "obligatory", "compulsory", "rule", "policy", "convention", "condition", "agreement", "principle", "guideline", "practice", "standard"), _crucial),
    (("always", "at all times", "in all cases", "every", "each", "whenever", "from now on", "going forward", "henceforth", "for all", "for any", "after", "before", "when", "throughout", "in all"), _always),
    (("sure", "certain", "ensure", "see to it", "care", "guarantee", "verify", "mind", "remember", "check", "insist"), _sure),
    (("stop", "give up", "abort", "quit", "bail", "halt", "pause", "time out", "wrap up", "finish"), _stop_after),
    (("answer", "reply", "respond", "brief", "concise", "terse", "tops", "most", "than", "max", "within", "under", "below", "exceed", "up to", "least", "min", "limit", "capped", "<", "≤", "cap:", "budget"), _at_most),
    (("use", "target", "write", "run", "work with", "build with", "indent", "format with", "code in", "develop", "test against", "go with", "stay", "continue", "keep", "stick", "prefer", "favo", "rely", "adhere", "conform", "comply", "follow", "obey", "hono", "respect", "abide", "remain", "connect", "commit", "push", "deploy", "branch", "base", "answer", "reply", "respond", "speak", "communicate", "think"), _use),
    (("name", "call", "prefix", "suffix", "title", "start", "begin", "end", "tag", "label", "case", "write", "format", "phrase", "naming", "capitali", "lowercase", "sign", "follow", "always", ":"), _naming),
    (("'re on", "are on", "we're", "we are", "you're", "you are", "project", "repo", "codebase", "code base", "app", "service", "stack", "package", "production", "prod", "version", "target", "runtime", "language", "environment", "os:", "database:", "shell:", "runner:", "framework:", "we only", "there", "library", "the ci", "server", "site"), _environment),
    (("want", "like", "prefer", "rather", "accept", "toler", "allow", "wish", "refuse", "need", "require", "expect", "insist", "have", "love", "ok with", "hate"), _want),
    (("not ", "never "), _not_fragment),
    (("nothing", "just", "only", "solely", "exclusively", "please", "pls", "plz", "so don", "so do"), _nothing),
    (("but not", "but never", "and not", "and never", "though"), _but_not),
    (("every", "anything", "all ", "any", "whatever", "the whole", "wherever"), all_but),
    (("own", "your ", "you're", "you are", "allowed", "editable", "writ", "permitted", "scope", "files "), _owns),
    (("under no", "in no ", "on no ", "for no ", "at no ", "by no", "no way", "under any", "on any", "nowhere", "not once"), _under_no),
)
