"""One English passage -> what it binds, for wordings beside the plain orders: norms told as facts, labels, exceptions, conditions. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from collections.abc import Iterator

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.grammar import (
    ADVERBS,
    OR_VERBS,
    PEOPLE,
    Found,
    Rules,
    acts_of,
    acts_on,
    all_but,
    end_of,
    more_ing,
    more_verbs,
    none_of,
    opens,
    orders,
    passive_prohibition,
    prohibition,
    start_of,
    unconditional,
)
from holdfast.memory.words.lexicon import ACT_NOUNS, ACT_OF, ACT_PAST, CHANGING, FORMS, ING, ORDERABLE, PAST
from holdfast.memory.words.mentions import targets_in
from holdfast.memory.words.passages import ATOM, Passage

# ---- who forbids what ----

_FORBIDS = pattern(
    r"\b(?P<who>i|we|policy|(?:company|house|our|the|my|their|team|security|legal|client|audit|compliance|project|corporate|data|licen[sc]e|contract|customer)(?: [a-z-]+){0,3}?|legal|compliance|audit|security|management)\s+(?:hereby |strictly |also |really |explicitly |absolutely |expressly |just |simply |generally )*"
    r"(?P<no>forbids?|prohibits?|bans?|disallows?|rules? out|outlaws?|vetoe?s?|objects? to|(?:do not|don't|does not|doesn't|will not|won't|cannot|can't|must not) (?:allow|permit|tolerate|accept|support|want|condone|have|let|like|approve(?: of)?)|never (?:allows?|permits?|tolerates?|accepts?))\s+"
    rf"(?:(?:any|anyone|anybody|you|us|all|the|agents?|workers?|people|anyone else|direct|further|ever|(?:the |your )?(?:sub-?)?agents|from|to|of)\s+)*{ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?)\b")


def _forbids(p: Passage) -> "Iterator[Found]":
    """"Company policy prohibits editing X", "I can't allow you to edit X"."""
    s = p.shadow
    for match in _FORBIDS.finditer(s):
        verb = ING.get(match["verb"], "")
        to = re.search(r"\b(?:to|let (?:you|any\w*|agents?|workers?)|have (?:you|any\w*))\s+\Z", s[:match.start("verb")])
        if not verb and to and match["verb"] in ORDERABLE:
            verb = match["verb"]
        if match["no"].endswith("have") and re.match(r"\s+to\b", s[match.end("no"):]):
            continue  # "doesn't have to": nothing is forbidden
        if not verb or not unconditional(s, match.start()) or match["who"] in ("i", "we") and not opens(s, match.start()) and re.search(r"\b(?:if|when|because|that|which|what|why)\s*\Z", s[:match.start()]):
            continue
        if re.search(r"\b(?:currently|because|error|bug|browser|api|server|database|compiler|linter|framework|library|regex|parser|validator|function|code|form|page|app|ui)\b", match["who"]):
            continue
        more, end = more_ing(s, match.end()) if match["verb"] in ING else ((), match.end())
        yield prohibition(p, match.start(), verb, end, more)


_DENIED = pattern(r"(?:^|[(;.,]\s*)\W*(?:(?:strictly|absolutely|explicitly|also|and|please|still|hard|clearly) )*(?P<label>not allowed|not permitted|not ok|not okay|forbidden|prohibited|banned|disallowed|verboten|no-?gos?|no-go's|don'?t'?s?|do not'?s?|not wanted|unwanted|never|out of the question|what you (?:must|should|may) (?:not|never)(?: ever)? do|what you (?:mustn't|shouldn't|can't|cannot) do|what (?:i|we) (?:don't|do not|never) want(?: to see)?|things? (?:i|we) (?:don't|do not) want(?: to see)?|no-nos?|big no-no|taboo|off the table|off-limits|off limits)(?: (?:here|actions?|things|in this repo|for you|for agents|at all|under any circumstances))?\s*(?:[:=]|\s[–—-]+\s|->|→)\s*(?:any |to |all |the )*(?P<what>[a-z]+(?:-[a-z]+)?)\b")
_ASKED_NO = pattern(r"(?:^|[;.]\s*)\W*(?:any |all )?(?P<what>[a-z]+ing)\b(?P<rest>[^;.!?]{0,100})(?:\?\s*|:\s*|\s[–—-]+\s|,\s*|=\s*)(?:no|nope|never|not ok|not okay|forbidden|not allowed|no way|absolutely not|hell no|no go|no-go|don't|not happening|nah|nein|out|off the table|not for you|not now|not yet|prohibited)\b[\s.!]*\Z")
_WORST = pattern(r"\b(?:(?:the|one|only|single) (?:one |only |single |last |first )?(?:and only )?things? (?:that )?(?:you (?:must|should|may|are) (?:not|never)(?: to| allowed to)? do|you (?:mustn't|shouldn't|can't|cannot) do|i (?:do not|don't) want(?: to see)?(?: happen(?:ing)?)?|i (?:want|need)(?=[^,;.]{0,40}\bis)|you are not (?:allowed|permitted) to do)(?:,? though| here)?)\s*(?:is|:|–|—|-|are)\s+(?:to |you |for you to |anyone |any |an? |agents? )*(?P<verb>[a-z]+(?:-[a-z]+)?)\b")
_SO_DO_NOT = pattern(r"\bto\s+(?P<verb>[a-z]+)\b[^,;.!?]{1,100}[,;.–—-]+\s*(?:so|and so|therefore|hence)\s+(?:please\s+|just\s+|simply\s+)*(?:don't|do not|dont)\W*\Z")


def _denied(p: Passage) -> "Iterator[Found]":
    """"Not allowed: editing X", "Editing X? No.", "The one thing you must not do is edit X"."""
    s = p.shadow
    for match in _DENIED.finditer(s) if any(mark in s for mark in (":", "=", " - ", "–", "—", "->", "→")) else ():
        word = match["what"]
        verb = ING.get(word, word if word in ORDERABLE else "")
        if verb and not (word in ACT_NOUNS and re.match(r"\s+(?:to|on|in|of)\b", s[match.end():]) and word not in ("edit", "change", "push", "commit", "merge", "rebase", "release", "write")):
            more, end = more_ing(s, match.end()) if word in ING else ((), match.end())
            yield prohibition(p, match.start("label"), verb, end, more)
        elif word in ACT_NOUNS or p.item or "want" in match["label"]:
            yield none_of(p, match.start("what"), s[match.start("what"):match.end("what")], end_of(s, match.end()))
    if (asked := _ASKED_NO.match(s)) and asked["what"] in ING:
        yield prohibition(p, asked.start(), ING[asked["what"]], asked.end("what"), stop=asked.end("rest"))
    for match in _WORST.finditer(s):
        verb = ING.get(match["verb"], match["verb"] if match["verb"] in ORDERABLE else "")
        positive = re.search(r"\bi (?:want|need)\b", match[0])
        if verb and (not positive or "last" in match[0]) and verb not in ("be", "have"):
            yield prohibition(p, match.start(), verb, match.end("verb"))
    if (so := _SO_DO_NOT.search(s)) and so["verb"] in ORDERABLE:
        yield prohibition(p, so.start(), so["verb"], so.end("verb"))


_MIND_NOT = pattern(r"\b(?:(?:would|do|should) you mind (?:not|never)|(?:can|could|would|will) (?:you|we) (?:please |kindly |just )?(?:not|avoid|refrain from|stop)|how about (?:not|you don't|you do not|we don't)|mind not|can we (?:please )?not|why don't (?:you|we) not)\s+(?P<verb>[a-z]+)\b")
_NO_BUSINESS = pattern(r"\byou(?:'ve| have| got)? (?:got )?no (?:business|right|reason to be|place) (?:in|with|on|near|inside|at)\b(?P<what>[^,;.!?]{2,80})|\b(?:is|are) no (?:business|concern) of yours\b")


def _courteous(p: Passage) -> "Iterator[Found]":
    """"Would you mind not touching X?", "you have no business in the auth package"."""
    s = p.shadow
    for match in _MIND_NOT.finditer(s):
        verb = ING.get(match["verb"], match["verb"] if match["verb"] in ORDERABLE else "")
        if verb and opens(s, match.start()):
            yield prohibition(p, match.start(), verb, match.end("verb"))
    for match in _NO_BUSINESS.finditer(s):
        named = targets_in(p.text, s, *(match.span("what") if match["what"] else (0, match.start())))
        yield Found(match.start(), "do-not-touch" if named else "must-not", acts_on(("write",), {k for k, _ in named}, s) if named else (), False, named)


_SECOND = pattern(r"\b(?:do not|don't|dont|never|must not|mustn't|may not|cannot|can't|should not|shouldn't|shall not|not to|not allowed to|not permitted to|without|avoid|refrain from|forbidden to|neither)\b(?P<first>[^.;!?]{3,120}?),?\s(?:or|nor)\s+(?:to\s+|ever\s+|even\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?)\s+(?=the\b|any\b|a\b|an\b|our\b|my\b|your\b|to\b|in\b|on\b|into\b|with\b|from\b|anything\b|files?\b|[\ue000-\ue002]|[a-z]+\b)")
_BOTH = frozenset("test tests build log cache index report search order release schema view access export import model design style format map lock label list name file staging backup archive email message change edit write commit push merge".split())


def _second(p: Passage) -> "Iterator[Found]":
    """"Never run npm publish or touch the migrations": the second verb with its own object."""
    s = p.shadow
    for match in _SECOND.finditer(s):
        word = match["verb"]
        verb = ING.get(word, word if word in ORDERABLE else "")
        first = match["first"].split()
        if not verb or verb not in ACT_OF or len(first) < 2 or word in _BOTH and not re.match(r"(?:the|any|a|an|our|my|your|to|anything|in|on)\b|" + ATOM, s[match.end():]) or not unconditional(s, match.start()) or not (opens(s, match.start()) or re.match(r"(?:must|may|can|should|shall|not )", match[0]) or orders(s[:match.start()])):
            continue
        if not any(w in ORDERABLE or w in ING for w in re.findall(r"[a-z-]+", match["first"])) or re.search(r"\b(?:because|since|whether|if)\b", match["first"]):
            continue
        yield prohibition(p, match.start("verb"), verb, match.end("verb"))


# ---- what does not happen ----

_NOT_TO_BE = pattern(rf"(?P<what>(?:the |our |your |any |all )?[^,;:.!?()]{{1,80}}?)\s+(?:not|never)(?: ever)? to be {ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")
_WILL_NOT_BE = pattern(rf"\b(?:will not|won't|does not|doesn't|do not|don't|never|will never|is never|are never|will under no circumstances)(?: ever)?\s+(?P<be>be|gets?|get)?\s*{ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}")
_STORY = pattern(r"\b(?:why|bug|because|currently|when|after|before|if|whenever|anymore|any more|correctly|properly|problem|sometimes|always|issue|even though|seems?|but (?:the|it|they|we|i)|on my|since|was|were|so far|yet)\b")


def _not_done(p: Passage) -> "Iterator[Found]":
    """"X not to be edited", "X will not be edited", "X doesn't get edited"."""
    s = p.shadow
    for match in _NOT_TO_BE.finditer(s):
        if match["verb"] in ACT_PAST and not re.search(r"\b(?:is|are|was|were|ought|seems?|has|have|appears?|chose|decided|want(?:s|ed)?|prefer\w*)\s*\Z", match["what"]) and not orders(match["what"]) | bool(re.search(r"\b(?:is|are|was|were)\b", match["what"])):
            named = targets_in(p.text, s, *match.span("what"))
            if named or re.match(r"\W*(?:to be left|the|all|any)\b", match["what"]):
                more, end = more_verbs(match)
                yield passive_prohibition(p, match.start("verb"), PAST[match["verb"]], tuple(PAST.get(v, v) for v in more), *match.span("what"), end)
    for match in _WILL_NOT_BE.finditer(s):
        word = match[0].split()[0]
        if match["verb"] not in ACT_PAST or not match["be"] and word not in ("is", "are") or _STORY.search(s) or PEOPLE.search(s[:match.start()].rstrip()[-12:]):
            continue
        first = start_of(s, match.start())
        kinds = {kind for kind, _ in targets_in(p.text, s, first, match.start())}
        if PAST[match["verb"]] in CHANGING and kinds & {"path", "glob", "table", "branch"} or PAST[match["verb"]] in ("commit", "push", "merge", "deploy", "publish", "check", "install") and s[first:match.start()].strip():
            more, end = more_verbs(match)
            yield passive_prohibition(p, match.start(), PAST[match["verb"]], tuple(PAST.get(v, v) for v in more), first, match.start(), end)


_FOR_READING = pattern(r"\b(?:is|are|'s|'re)\s+(?:there |here |strictly |just |meant |purely )*(?:(?:for|as) (?:reading|reference|looking|viewing|inspection|information|context|lookup) only|only (?:for|as|there for|here for) (?:reading|reference|looking at|viewing|inspection|your information|information|context)|(?:look|view)[- ]only|reference only|reference material only|inspiration only)\b|(?P<bare>(?:^|[(,:–—-]\s*)(?:for (?:reading|reference|viewing) only|reference only|look[- ]only|look but don't touch))\b|\b(?:may|can|must|should) (?:only|solely|exclusively) be (?:read|viewed|looked at|inspected|queried|consulted)\b(?!\s+(?:by|with|via|after|when|once))")


def _for_reading(p: Passage) -> "Iterator[Found]":
    """"X is for reading only", "X may only be read"."""
    s = p.shadow
    for match in _FOR_READING.finditer(s):
        if not unconditional(s, match.start()):
            continue
        first = start_of(s, match.start())
        named = targets_in(p.text, s, first, match.start()) or (targets_in(p.text, s, match.end(), len(s)) if match["bare"] else ())
        if named or not match["bare"]:
            yield Found(match.start(), "read-only", acts_on(("write",), {k for k, _ in named}, s[first:match.start()]) if named else (), False, named)


# ---- everything but ----

_MAY_BUT = pattern(r"\b(?:everything|anything|all(?: the)?(?: other)? (?:\w+ )?(?:files|code|modules|tests|tables|branches|folders|packages)|any (?:file|module|table|branch|folder)|every (?:file|module|table|folder)|everywhere|anywhere|the rest)\s+"
                      r"(?:(?:may|can|could|might)\s+be\s+(?P<verb>[a-z]+)(?: freely| at will)?|(?:is|are)\s+(?:fair game|allowed|ok|okay|fine|permitted|open|up for grabs|free to (?:be )?(?:changed?|edited?)|yours(?: to (?:change|edit|touch))?|in scope|editable)|goes)\s*,?\s+(?:except(?:ing)?(?: for| in)?|but(?: not)?|apart from|other than|besides|aside from|excluding|with the exception of|save for|bar|not)\s+(?P<what>[^;.!]{2,120})")
_FRONT_EXCEPT = pattern(r"^\W*(?:with the exception of|except(?: for)?|apart from|aside from|other than|besides|excluding|save for|bar)\s+(?P<what>[^,;.!?]{2,80}),\s+(?:(?:you|agents?|workers?) (?:can|may|are (?:free|allowed|welcome) to)(?: freely)? (?P<verb>[a-z]+)\b[^;.!?]*\b(?:everything|anything|any\w*|all|whatever|wherever)\b|(?:everything|anything|all\b[^;.!?,]{0,30})\s+(?:may|can) be (?P<past>[a-z]+)|(?:everything|anything|all\b[^;.!?,]{0,30})\s+(?:is|are|goes)\b)")


def _may_but(p: Passage) -> "Iterator[Found]":
    """"Everything may be edited except X", "anything goes, except editing X", "with the exception of X, you can edit everything"."""
    s = p.shadow
    for match in (*_MAY_BUT.finditer(s), *_FRONT_EXCEPT.finditer(s)):
        groups = match.groupdict()
        verb = PAST.get(groups.get("past") or groups.get("verb") or "", groups.get("verb") or "change")
        first, last = match.span("what")
        last = min(last, end_of(s, first))
        doing = re.match(r"(?:the )?([a-z]+ing)\b", s[first:last])
        if doing and doing[1] in ING:
            yield prohibition(p, match.start(), ING[doing[1]], first + doing.end(), stop=last)
            continue
        verb = verb if verb in ACT_OF else "change"
        targets = targets_in(p.text, s, first, last, verb, ACT_OF[verb])
        acts = acts_of(verb, " " + s[first:last], targets) if targets else ()
        yield Found(match.start(), "do-not-touch" if acts else "must-not", acts, False, targets)


# ---- what counts so much that ... ----

_MATTERS = pattern(r"\b(?:crucial|essential|important|vital|critical|imperative|mandatory|paramount|necessary|key|insist|appreciate(?: it)?(?: if)?|expect|require|demand|trust|mind you|vital is|goes without saying|understood|agreed|given|clear|stress|emphasi[sz]e|repeat|reiterate|note|aware|remember|remind you|in mind|rule is|condition(?: is)?|provided|provision|understanding|rely on it|careful)(?: to \w+)?(?: for \w+)?,?\s*(?:that\s+|:\s*|if\s+)?(?:also |still )?"
                      rf"(?:(?P<you>you|we|agents?|workers?|the agents?|your (?:sub-?agents|workers))\s+(?:do not|don't|not|never|didn't|won't|will not)\s+{ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)?){OR_VERBS}|(?P<nobody>nobody|no one|no-one|none of you|no (?:sub-?)?(?:agent|worker))\s+(?:ever |else )?(?P<third>[a-z]+)\b|(?P<what>[^,;:.!?]{{1,80}}?)\s+(?:is|are|be|gets?|get)?\s*(?:not|never|isn't|aren't)\s+(?:be |get |being )?{ADVERBS}(?P<past>[a-z]+)\b)")
_THIRD = {forms[2]: verb for verb, forms in FORMS.items()}


def _matters(p: Passage) -> "Iterator[Found]":
    """"It is essential that X is not edited", "important: nobody edits X"."""
    s = p.shadow
    for match in _MATTERS.finditer(s):
        if not unconditional(s, match.start()) and "if" not in match[0]:
            continue
        if match["verb"] and match["verb"] in ORDERABLE:
            yield prohibition(p, match.start(), match["verb"], match.end("verb"))
        elif match["nobody"] and _THIRD.get(match["third"] or "", "") in ACT_OF:
            yield prohibition(p, match.start(), _THIRD[match["third"]], match.end("third"))
        elif match["past"] and match["past"] in ACT_PAST and match[0].split()[0] in ("crucial", "essential", "important", "vital", "critical", "imperative", "mandatory", "paramount", "necessary", "key", "insist", "expect", "require", "demand", "provided", "appreciate"):
            yield passive_prohibition(p, match.start(), PAST[match["past"]], (), *match.span("what"), match.end())


RULES: Rules = (
    (("forbid", "prohibit", "ban", "allow", "permit", "tolerat", "accept", "support", "want", "condone", "have", "let", "rule", "outlaw", "object", "veto", "like", "approve"), _forbids),
    (("not ", "forbid", "prohibit", "banned", "verboten", "no-go", "no go", "don't", "do not", "dont", "want", "never", "question", "no-no", "taboo", "off", "ing", "so "), _denied),
    ((" or ", " nor "), _second),
    (("mind not", "mind never", "you not", "we not", "avoid", "refrain", "stop", "how about", "business", "no right", "no place", "concern"), _courteous),
    (("not to be", "never to be", "will not", "won't", "n't get", "not get", "never"), _not_done),
    (("only",), _for_reading),
    (("except", "but", "apart", "other than", "besides", "aside", "excluding", "save for", "bar"), _may_but),
    (("crucial", "essential", "important", "vital", "critical", "imperative", "mandatory", "paramount", "necessary", "key", "insist", "appreciate", "expect", "require", "demand", "provided", "clear", "stress", "emphasi", "note", "aware", "remember", "remind", "in mind", "rule is", "condition", "given", "agreed", "understood", "careful", "trust", "repeat"), _matters),
)
# What a permission that names an exception forbids: read even where nothing else but a permission is said.
EXCEPTIONS: Rules = (
    (("every", "anything", "all ", "any", "whatever", "the whole", "wherever"), all_but),
    (("except", "but", "apart", "other than", "besides", "aside", "excluding", "save for", "bar"), _may_but),
)
