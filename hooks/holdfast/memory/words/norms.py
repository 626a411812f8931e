"""One English passage -> the norms it tells as facts: "strict mode stays on", "MD5 is banned", "every PR references a ticket". Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from collections.abc import Iterator

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.grammar import PEOPLE, Found, Rules, acts_of, acts_on, end_of, none_of, opens, orders, prohibition, start_of, unconditional
from holdfast.memory.words.lexicon import ACT_OF, ACT_PAST, CHANGING, ING, NOTHING_FORBIDDEN, ORDERABLE, PAST
from holdfast.memory.words.mentions import targets_in
from holdfast.memory.words.passages import ATOM, Passage

# What marks a report, a complaint or a guess: such a sentence tells how things are, not how they are to be.
_REPORT = pattern(
    r"\b(?:was|were|wasn't|weren't|had|got|did|didn't|has been|have been|hasn't|haven't|yesterday|last (?:week|month|year|night|time|quarter|summer|sprint|release)|currently|already|again|why|(?:the|a|this|that|another|some) bugs?|broken?|breaks|fail(?:s|ed|ing)?|crash\w*|(?:an?|the|this|that|with|some|many|of) errors?(?! codes?| messages?)|errors? (?:in|when|while|on|at|from|after)|exception:|seems?|seemed|looks? like|apparently|according to|"
    r"noticed|i (?:see|saw|think|guess|suppose|wonder|believe|heard|tried|know|found)|somehow|sometimes|occasionally|(?<!as )often|usually|mostly|on my (?:machine|laptop|side|phone)|so far|as far as|says?|said|told|missing|slow|late|wrong|weird|strange|odd|stopped|started|happens?|happened|showed|shows up|in the current|went|came|broke|took|(?<!are )(?<!is )(?<!be )made|wrote|ran|"
    r"forgot|thanks? to|good job|nice|great|interesting|funny|love|hate|looks|appears|probably|perhaps|maybe|might|anymore|any more|no longer|these days|good news|bad news|all day|all night|all week|every (?:few|other) (?:seconds|minutes|days)|every (?:time|morning|monday|friday) (?:i|we|the|it)|for hours|for days|in the (?:last|past)|since (?:monday|tuesday|wednesday|thursday|friday|yesterday|the|i|we|last|\d)|due to a|caused by|rejected|good job|guarantees|in the simulation|so says|please repair|repair it|instead of the|please fix|fix (?:it|that|this)|arréglalo)\b"
    r"|\b(?:in|for|on|to) the (?:screenshot|log|logs|stack trace|slide|survey|article|video|talk|book)\b")
_TALK = pattern(r"\b(?:i|i'm|he|she|they|he's|she's|my (?:boss|colleague|wife|husband|dog|laptop|flight|train))\b")


_PROVISO = pattern(r"\b(?:until|till|unless|once|no matter|whatever|even (?:if|though)|although|thanks? (?:a lot|for)|cheers)\b[^,;.]*|\bas (?:the|my|our|per|agreed)\b[^,;.]*")
# What stands before it is the reason; what follows it is the norm.
_THEREFORE = pattern(r"(?:[,;–—]|\s-)\s*(?:and |but )?(?:so|hence|therefore|thus|consequently|which means|which is why|that means|that's why|for that reason|because of that|from (?:now|today|here) on)\b|\A\W*(?:because|since|as|although|though|given that|while)\b[^,;.]*,")


def _told_as_news(s: str) -> bool:
    reason = _THEREFORE.search(s)
    return bool(_REPORT.search(_PROVISO.sub(" ", s[reason.end():] if reason else s)))


_WITH_OBJECT = pattern(r"\W*(?:please )?[a-z-]+ (?:the|an?|all|any|every|each|it|this|that|these|those|them|to|in|on|with|your|our|my|me|only|no|nothing|one|at|for|from|up|out|as|by|sure|[\ue000-\ue002])")


def _orders_something(clause: str) -> bool:
    """Whether a clause is an order, and not a subject that begins like one ("vendor mode", "log lines")."""
    return orders(clause) and bool(_WITH_OBJECT.match(clause.lstrip(" ,*_-")))


_A_TASK = pattern(r"\W*(?:(?:please|can you|could you|also|and|then|now|next|ok|so) )*(?:add|write|build|create|implement|make|design|draft|generate|render|show|display|explain|describe|list|find|count|tell|compare|summari[sz]e|investigate|check|look|see|set up|fix|translate|compute|plot|print|extract|parse|log|open|test|review|read|send|draw|move|copy|put|change|replace|update|convert|rename)\b")


def _norm_at(s: str, at: int, first: int) -> bool:
    """Whether a clause of a norm can stand here: its subject begins at first, its verb at `at`."""
    before = s[:first]
    return unconditional(s, at) and not _told_as_news(s) and not (_A_TASK.match(before) and not re.search(r"[.;!]\s*\Z|\b(?:but|and|,|caveat that|mind that|note that|as long as|so long as|provided(?: that)?)\s*\Z|[,:(–—-]\s*\Z", before))


_NOUNS = r"(?P<what>[^,;:.!?()]{2,90}?)"
_UI = pattern(r"\b(?:spinner|button|cursor|page|screen|window|dialog|modal|popup|menu|tooltip|browser|tab|terminal|ui|app|battery|laptop|player|enem(?:y|ies)|process|server|container|job|build|test|request|queue|memory|cpu|session|value|counter|progress|icon|image|light|led)s?\s*\Z")
_STAYS = pattern(rf"{_NOUNS}\s+(?:(?:always|also|all|both|still|therefore|hence|thus|please|simply|just|must|should|shall|will|has to|have to|is to|are to|needs? to) )*(?P<verb>stays?|remains?|keeps? (?:its|their|the)|are kept|is kept|are left|is left|survives?|must survive)\b(?P<how>[^,;.!?]{{0,80}})")
_BAD_STATE = pattern(r"\s*(?:open(?! source)|blank|empty(?! by)|stuck|gr[ae]y|visible|hidden|loading|white|black|high|unclear|pending|idle|the same after|on the (?:page|screen)|forever|running|in memory|connected|logged|unanswered|unknown|undefined|null|active|focus\w*|clicked|up\b|put until|for a)\b")


def _stays(p: Passage) -> "Iterator[Found]":
    """"Strict mode stays on", "PII stays out of the logs", "routes keep their names"."""
    s = p.shadow
    for match in _STAYS.finditer(s):
        first = start_of(s, match.start("verb"))
        subject = s[first:match.start("verb")].strip(" ,*_-")
        if not _norm_at(s, match.start("verb"), first) or _BAD_STATE.match(match["how"]) or _UI.search(re.sub(r"\s+(?:must|should|shall|will|has to|have to|is to|are to|needs? to)\Z", "", subject)) and not match["how"].strip().startswith(("under", "below", "within", "as ")) or re.search(r"\b(?:i|he|she|they|who|that|which|if|while|how|what|where)\b", subject) or not subject:
            continue
        if match["verb"].startswith("survive") and "must" not in match[0]:
            continue
        if _orders_something(subject) and not re.search(r"\b(?:must|should|has to|have to)\b", match[0]):
            continue
        yield Found(match.start("verb"), "keep", (), False, targets_in(p.text, s, first, match.start("verb")))


_SET = pattern(
    r"\s(?:(?P<be>is|are|'s|'re|as)|(?P<not>isn't|aren't|ain't|is not|are not|is never|are never))\s+(?:(?:therefore|thus|hence|consequently|now|also|all|both|strictly|absolutely|completely|generally|simply|currently|hereby|still|considered|to be considered|a bit|very|quite|contractually|legally|of course|officially|from now on|here|ever) )*"
    r"(?P<state>frozen|fixed|final|a given|locked|immutable|untouchable|unchangeable|set in stone|carved in stone|cast in stone|written in stone|a contract|part of the contract|non-negotiable|negotiable|up for (?:discussion|debate|grabs|negotiation|change)|unacceptable|acceptable|accepted|tolerated|wanted|unwelcome|welcome|banned|disallowed|prohibited|forbidden|allowed|permitted|"
    r"out of the question|ruled out|off the table|sealed|reserved for|out(?=\W*\Z|[,;])|law|sacrosanct|sacred|holy|authoritative|binding|mandatory|compulsory|obligatory|confidential|closed(?= (?:to|for)\b|\W*\Z|[,;])|none of your business|any of your business|your business|ours(?: to \w+)?|yours(?: to \w+)?|mine to \w+|for you(?: to \w+)?|someone else's|somebody else's|a reason for rejection|cheating|none of your concern|open to (?:debate|discussion)|used (?:here|in this \w+|in our \w+)|a no(?=\W*\Z|[,;])|a firing offen[cs]e|a crime|a sin|taboo|a deal ?breaker|a blocker|blockers|"
    r"the (?:ceiling|limit|maximum|minimum|floor|cap|upper limit|lower limit|hard limit|law|rule|standard here)|read[- ]only|capped at|limited to|restricted to|confined to|pinned(?= (?:to|at))|legal-approved|off the menu|look-don't-touch|fair game|an option|the place for|moving(?=\W*\Z|[,;])|to come back|going anywhere|translated|kidding|subject to|required(?= (?:for|on|in|at|by|before)\b)|our responsibility|your responsibility|your job|my job)(?![\w-])")
_ALWAYS_BINDS = frozenset(("set in stone", "carved in stone", "cast in stone", "written in stone", "non-negotiable", "unacceptable", "unwelcome", "banned", "disallowed", "prohibited", "out of the question", "law", "sacrosanct", "sacred", "holy", "authoritative", "mandatory", "compulsory", "obligatory", "none of your business", "a firing offense", "a firing offence", "a reason for rejection", "cheating", "none of your concern", "taboo", "unchangeable", "ruled out", "off the table", "sealed", "reserved for", "look-don't-touch", "legal-approved"))
_NEGATED = pattern(r"(?:open to|used|negotiable|up for|acceptable|accepted|tolerated|wanted|welcome|allowed|permitted|any of your|your business|ours|yours|mine|for you|an option|the place|moving|to come back|going anywhere|translated|fair game|your job|your responsibility)")
_AFFIRMED = pattern(r"(?:frozen|fixed|final|a given|locked|immutable|untouchable|a contract|part of the contract|forbidden|out|binding|confidential|closed|none of|someone else|somebody else|a no|a crime|a sin|a deal|a blocker|blockers|the |capped|limited|restricted|confined|pinned|off the menu|subject to|required|my job|mine to|unwelcome|read[- ]only)")


def _set(p: Passage) -> "Iterator[Found]":
    """"MD5 is banned", "hyperparameters are frozen", "the order isn't up for discussion"."""
    s = p.shadow
    for match in _SET.finditer(s):
        state, at = match["state"], match.start()
        first = start_of(s, at)
        subject = s[first:at].strip(" ,*_-")
        if not subject or not unconditional(s, at) or re.search(r"\b(?:if|until|when|that|which|who|what|why|user|users|account|ip|client's ip|request|my (?:account|phone|laptop)|player|enem(?:y|ies)|i|he|she|they)\s*\Z", subject) or _told_as_news(s) and state not in ("set in stone", "none of your business"):
            continue
        if re.search(r"\bnot\s*\Z|\bno longer\s*\Z|\bnothing\b|\bno (?!-)", subject) and match["be"]:
            continue
        fits = _NEGATED.match(state) if match["not"] else state in _ALWAYS_BINDS or _AFFIRMED.match(state)
        if not fits or state == "frozen" and _UI.search(subject) or state == "locked" and not re.search(ATOM + r"|branch|files?|lock|version", subject) or state in ("fixed", "final", "closed", "out", "limited to", "required", "the rule", "restricted to") and _loose(subject, state, s, match.end()):
            continue
        if state.startswith("read") and re.search(r"\b(?:disk|file ?system|mount|volume|drive|flag|attribute|mode|property|field|input|user|role|replica|connection|account|token)\s*\Z", subject):
            continue
        if state.startswith("for you") and not re.search(r"\bto\b", state) and not re.match(r"\W*\Z", s[match.end():]):
            continue
        named = targets_in(p.text, s, first, at)
        still = re.match(r"(?:frozen|fixed|locked|immutable|untouch|unchange|set in|carved|cast|written|closed|sac|holy|none of|ours|yours|mine|someone|somebody|look-don't|legal-app)", state)
        strong = bool(still and {k for k, _ in named} & {"path", "glob", "table", "area"})
        yield Found(at, "do-not-touch" if strong else "must-not" if match["not"] or still or state in ("banned", "disallowed", "prohibited", "forbidden", "unacceptable", "unwelcome", "out", "taboo") else "must", acts_on(("write",), {k for k, _ in named}, subject) if strong else (), False, named)


def _loose(subject: str, state: str, s: str, after: int) -> bool:
    """Whether "X is fixed", "X is out" tells news rather than a norm."""
    if state == "fixed":
        return bool(re.search(r"\b(?:bug|issue|problem|it|that|this|error|test|crash|leak|ticket)\b", subject)) or bool(re.match(r"\s+(?:now|in|by)\b", s[after:]))
    if state in ("final", "out"):
        return bool(re.search(r"\b(?:version|release|it|he|she|update|power|light|this|result|score|battery)\b", subject))
    if state == "closed":
        return bool(re.search(r"\b(?:issue|ticket|pr|shop|office|store|window|connection|socket|file|it|door|pull request)\b", subject))
    return False


_GOES = pattern(rf"{_NOUNS}\s+(?:(?:always|all|both|only|also|must|should|shall|have to|has to|therefore|thus) )*(?P<verb>go|goes|come|comes|live|lives|belong|belongs|happen|happens|(?:is|are) (?:always |all |only |both |never )?(?:stored|kept|written|named|called|prefixed|logged|pinned|rounded|read|computed|formatted|generated|served|rendered|measured|released|merged|sent|saved)|branch|branches|start|starts|end|ends|follow|follows|use|uses|fit|fits)"
                   r"\s+(?P<where>through|via|in|into|to|from|on|onto|under|at|with|after|before|inside|within|only|by|as)\b(?P<rest>[^.;!?]{1,120})")
_FIRM = pattern(r"\b(?:always|only|never|not|nowhere|nothing|exclusively|without exception|no exceptions?|everywhere|throughout|please|ever|period|full stop|by default|at all times|and that's|solely|strictly|consistently|in (?:every|all|each) \w+|for (?:every|all|each) \w+|in (?:british|american|english|german|french|utc|si units|camelcase|pascalcase|lower ?case|upper ?case|the present tense|past tense)|alone)\b")
_KIND_OF = pattern(r"\W*(?:(?:so|and|but|also|note that|remember that|fyi|btw) )*(?:all|every|each|any|everything|anything|whatever|both|no)\b")


def _goes(p: Passage) -> "Iterator[Found]":
    """"Strings go through loc(), without exception", "all secrets come from vault", "modules come from our registry, not from github"."""
    s = p.shadow
    for match in _GOES.finditer(s):
        at = match.start("verb")
        first = start_of(s, at)
        subject = s[first:at].strip(" ,*_-")
        if not subject or not _norm_at(s, at, first) or re.search(r"\b(?:i|he|she|it|they|this|that|which|who|if|users?|customers?|you|we|how|what|where|to)\s*(?:always|all|only)?\Z", subject) or orders(subject):
            continue
        whole = _KIND_OF.match(subject) or re.search(r"\b(?:all|every|each|any)\s+(?:\w+\s+){0,3}\w+\Z", subject)
        firm = _FIRM.search(s[at:]) or match["verb"] in ("go", "goes", "belong", "belongs", "live") and re.match(r"\s+(?:the )?" + ATOM, match["rest"]) or re.search(r"\b(?:always|only|must|should|shall|have to|has to)\b", match[0])
        if not (whole or firm):
            continue
        if whole and not firm and match["verb"] in ("happen", "happens", "start", "starts", "end", "ends", "use", "uses", "fit", "fits"):
            continue
        yield Found(at, "naming" if match["verb"].split()[-1] in ("named", "called", "prefixed") else "must", (), False, targets_in(p.text, s, match.start("where"), len(s)))


_SETS = pattern(rf"{_NOUNS}\s+(?:(?:must|should|shall|ever|please) )*(?P<no>don't|doesn't|do not|does not|never|may not|mustn't|must not|shouldn't|should not|can't|cannot|shall not|may never|won't|will not|are not|is not|aren't|isn't)\s+(?:ever |also |be |get |gets )*(?P<verb>leave|leaves|go|goes|belong|belongs|end up|ends up|appear|appears|show up|enter|enters|land|lands|contain|contains|include|includes|exceed|exceeds|depend|depends|import|imports|fetch|store|stored|take|last|grow|increase|rely|carry|hold|run|use|uses|drop|slow|block|cross|escape|reach|touch|touches|call|have|has|translated|imported|exported|dropped|logged|shared|copied|raised|silenced|moved|attempted|reworded|amended|lost|deviate|worse|get worse|become|leak|leaks|transmit|get|come back|mention|refer|assume|change(?=\W*\Z|[,;]| (?:since|because|as|even|until|before|without|shape|once|when|by|in|at))|be stuck|sneak in|differ|move|shrink|break|renamed|bypass|duplicate|allocate|contact|silence|skip|hit|(?<=may not )(?!be\b|work|pass|need|know|exist|matter|help|always|suffice|apply|render|load|match|see|like|want|compile|finish|understand|recogni|fit|happen|support|notice|have been)[a-z]+|(?<=may not be )(?!able|possible|enough|the|a|so|as|obvious|clear|needed|necessary|what|used to|available|there|visible|ready|easy|set|defined|called)[a-z]+|(?<=must not )[a-z]+|(?<=mustn't )[a-z]+|(?<=shall not )[a-z]+|brought|transmitted|raised|installed)\b(?P<rest>[^.;!?]{{0,120}})")


def _does_not(p: Passage) -> "Iterator[Found]":
    """"Customer data doesn't leave this machine", "components may not fetch data themselves"."""
    s = p.shadow
    for match in _SETS.finditer(s):
        at = match.start("no")
        first = start_of(s, at)
        subject = s[first:at].strip(" ,*_-")
        modal = re.match(r"may|must|should|shall|can", match["no"])
        if not subject or not _norm_at(s, at, first) or re.search(r"\b(?:i|he|she|it|they|this|that|which|who|you|we|how|what|where|to|if|please|just|also|and|so|but|or)\Z", subject) or PEOPLE.search(subject) or not modal and _orders_something(subject) or re.search(r"\b(?:if|whether|when)\b", s[:first]):
            continue
        verb = match["verb"].split()[0]
        if match["no"] == "never" and (re.search(r"\b(?:would|should|could|will)\s*\Z", subject) or verb in ("have", "has", "get", "take")) or not modal and verb in ("touch", "touches"):
            continue
        if not modal and not re.search(r"\b(?:ever(?=\W*\Z)|here|in this|at all|period|full stop|no exceptions?)\b", s[at:]) and (verb not in ("leave", "leaves", "go", "goes", "belong", "belongs", "end", "ends", "land", "lands", "enter", "enters", "translated", "imported", "exported", "dropped", "logged", "shared", "copied", "renamed", "moved", "get", "gets") or verb.startswith(("leave", "go", "end", "land", "enter", "get")) and not re.match(r"\s*(?:in(?:to|side)?|on|to|this|our|edited|changed|touched|merged|any|no|the (?:building|machine|repo\w*|device|house|company|cluster|network|vpn|eu|team|premises|git|logs?|browser|lab|hsm)|git)\b", match["rest"])):
            continue
        if match["no"] in ("won't", "will not") and verb not in ("leave", "exceed", "contain", "leak", "go") or match["no"] in ("are not", "is not", "aren't", "isn't") and verb not in ("translated", "imported", "exported", "dropped", "logged", "shared", "copied", "renamed", "stored", "moved"):
            continue
        if not modal and verb in ("use", "uses", "take", "have", "has", "get", "run", "call", "contain", "contains", "include", "includes", "appear", "appears", "show", "fetch", "hold", "carry", "reach", "drop", "block", "come", "import", "imports", "depend", "depends", "differ", "move", "change", "break", "last", "become") and not re.search(r"\b(?:ever|here|in this|at all|never|period)\b", s[at:]):
            continue
        if match["no"] in ("can't", "cannot") and verb in ("run", "use", "reach", "fetch", "call", "get", "have", "take", "hold", "store", "import", "stored", "carry", "show", "be", "include"):
            continue
        yield Found(at, "must-not", (), False, targets_in(p.text, s, first, at))


# ---- a thing of a kind ----

_EACH = pattern(r"(?:\A|[,;:.(–—]\s*|\s-\s|\b(?:that|and|but|so|because|since|as|please|note|remember|sure|also|mind|now on|repo|project|codebase|code base|team|here),?\s+)\W*(?P<whole>every(?:thing)?|each|any(?:thing)?|all(?: (?:of )?the| our| new| your| my)?|whatever)\s+(?P<what>(?:[\w\ue000-\ue002'/-]+\s+){0,7}?)(?P<verb>need|needs|require|requires|get|gets|must|should|has|have|is|are|carry|carries|reference|references|validate|validates|come|comes|goes|go|wait|waits|call|calls|start|starts|end|ends|ship|ships|include|includes|contain|contains|follow|follows|use|uses|live|lives|belong|belongs|return|returns|take|takes|keep|keeps|work|works|stay|stays|pass|passes|count|counts|describe|describes|handle|handles|own|owns|run|runs|log|logs|write|writes|support|supports|accept|accepts|deserve|deserves|land|lands)\b(?P<rest>[^.;!?]{2,140})")
_NEWS = pattern(r"\s*(?:on the|in the (?:list|table|folder|repo|log|attached|same)|\w+ing\b|green(?! at)|there\b|here\b|done|fine|ok\b|okay|good|set\b|ready|correct|the same\b|affected|in [\ue000-\ue002]|in src|already|now\b|just|only (?:a|one|two)|about|around|roughly|very|too|so \w+|much|more|quite|available|empty|null|red\b|down|up\b|gone|missing|out of date|old|new\b|generated|different|identical|called|listed|attached|visible|from (?:the|our|last|20)|the (?:default|result|case)|to blame|yours\b|welcome|possible|\d+ (?:ms|s|sec|seconds|minutes)\b)")


def _each(p: Passage) -> "Iterator[Found]":
    """"Every container gets a memory limit", "all quantities are in SI units"."""
    s = p.shadow
    for match in _EACH.finditer(s):
        verb, at = match["verb"], match.start("whole")
        what, rest = match["what"].strip(), match["rest"]
        if not unconditional(s, at) or _told_as_news(s) or _A_TASK.match(s[:at]) or re.search(r"\b(?:of|in|for|with|to|over|on|at|from)\s*\Z", s[:at]):
            continue
        if match["whole"] in ("all", "any", "every", "each") and not what or re.search(r"\b(?:i|we|they|he|she|it)\b", what) and not re.search(r"\b(?:we|you)\b", what) or re.search(r"\b(?:users?|customers?|people|players?|colleagues?|devs?|developers?|kids|families|minutes?|seconds?|days?|weeks?|mornings?|times?|hours?|months?)\b", what):
            continue
        if verb in ("is", "are") and (_NEWS.match(rest) or not re.match(r"\s*(?:in|written|named|stored|private|public|pinned|typed|tested|relative|absolute|signed|encrypted|authenticated|validated|kept|done|made|frozen|optional|nullable|lower|upper|camel|snake|at most|at least|under|below|limited|capped|subject|to be|prefixed|suffixed|passed|logged|formatted|documented|covered|reviewed|approved|merged|squashed|built|created|named|off[- ]limits|closed|read|ours|theirs|made|handled|managed|required|relative|self-hosted|idempotent|deterministic|reversible|synthetic|translated|quoted|escaped|cached|versioned|tagged|internal|English|english|utc|signed|positive|immutable|final|sealed|static|strict|mandatory|measured|rendered|generated by|dealt)\b", rest)):
            continue
        if verb in ("has", "have", "returns", "return", "takes", "take", "runs", "run", "works", "work", "uses", "use", "contains", "contain", "starts", "start", "ends", "end", "calls", "call", "log", "logs", "write", "writes", "passes", "pass", "come", "comes", "count", "counts", "accept", "accepts", "handle", "handles", "support", "supports", "own", "owns", "include", "includes", "describe", "describes", "get", "gets") and match["whole"].startswith(("any", "all")) and not _FIRM.search(s[at:]) and not re.search(r"\b(?:you|new|your)\b", what):
            continue
        if verb in ("work", "works", "pass", "passes", "return", "returns", "take", "takes", "run", "runs") and not _FIRM.search(s[at:]) and not re.search(r"\b(?:you|new)\b", what):
            continue
        if verb in ("has", "have") and not _FIRM.search(s[at:]) and not re.search(r"\b(?:you|new)\b", what):
            continue
        if verb in ("must", "should"):
            continue  # the rules for modal verbs decide
        yield Found(at, "naming" if re.match(r"\s*(?:named|prefixed|suffixed|in (?:camel|snake|kebab|pascal|lower|upper))", rest) else "must", (), False, ())


_NAMES_ARE = pattern(r"(?:\A\W*|[,;]\s*|\b(?:and|all|our|the|that)\s+)(?P<what>(?:[a-z]+ ){0,2}(?:names?|keys|ids|titles|types|classes|constants|variables|functions|headers|files|tables|columns|routes|branches|tags|props|messages|comments|values|models|indexes|lines|migrations|modules|packages|tests|endpoints|amounts|dates|times|timestamps))\s+(?:are|is|have|go|follow|get|use|start|end|live|begin|read)\s+(?:always |all |written |only |wrapped |created |versioned |named )*(?P<how>in |with |at |as |the |a |like |next to |under |below |plural|singular|past tense|present tense|lower|upper|camel|snake|kebab|pascal|screaming|english|american|british|numeric|wrapped|nouns|verbs|one |two )(?P<rest>[^.;!?]{0,80})")


def _names_are(p: Passage) -> "Iterator[Found]":
    """"File names are kebab-case", "event names are past tense, always", "lines are wrapped at 100 characters"."""
    s = p.shadow
    for match in _NAMES_ARE.finditer(s):
        if _told_as_news(s) or not unconditional(s, match.start("what")) or s.rstrip().endswith("?") or len(s) > 120 or re.search(r"\b(?:i|it|they|users?|this|these|those|that)\b", s[:match.end("what")]) or re.match(r"(?:the list|the log|the same|the wrong|the folder|the table|the database|the report|the way|the first|a mess|a bit|one of|a lot|the problem|in the|in [\ue000-\ue002])", match["how"] + match["rest"]):
            continue
        if match["how"] in ("the ", "a ", "with ", "at ", "as ", "one ", "two ", "under ", "in ", "like ", "next to ", "below ") and not (_FIRM.search(s) or re.search(r"case\b|\bcharacters\b|\bscheme\b|\bpattern\b|\bformat\b|\bconvention\b|\butc\b|\bspec\b|\bprefix\b|\bsuffix\b|\bnext to\b|\biso\b|\bcents\b|\bunits\b|\bschema\b|named", s)):
            continue
        if match["how"] in ("lower", "upper", "plural", "singular", "english", "nouns", "verbs") and not _FIRM.search(s) and not re.match(r"[- ](?:snake|kebab|camel)", match["rest"]):
            continue
        yield Found(match.start("what"), "naming" if re.search(r"names?\b|case\b|prefix|suffix|scheme|pattern", match[0]) else "must", (), False, ())


# ---- whose it is, and what may be beside what may not ----

_OTHERS = pattern(r"\s(?:(?:belongs?|is reserved|are reserved) (?:to|for) (?!this|the (?:same|first|other)|a\b)|(?:is|are|stays?|remains?) (?:now )?(?:owned|managed|handled|maintained|made|created|set|decided|run|done|merged|applied|released|approved|tagged|reviewed|edited|written) (?:exclusively |only |solely )?by (?!the (?:code|function|script|parser|compiler|server|api|build|generator|loop|migration|user|system|framework|importer|trigger|job|cron)|a \w+ (?:script|job)|default|hand|reflection|half)|(?:is|are) (?:\w+'s|the (?:\w+ )?team's|marketing's|the \w+'s) (?:job|business|territory|turf|area|call|domain|responsibility|decision|department|lane|module|code|baby|to (?:change|edit|decide|touch|make))|(?:is|are) (?:ours|yours|mine|theirs)\b|is my (?:job|call|business|decision|task)|owns? everything|is something (?:i|we) do (?:myself|ourselves)|(?:is|are) for (?:maintainers|admins|the \w+ team|humans|ops|qa)\b(?: only)?)")
_OTHER_OWNER = pattern(r"\b(?:so|therefore|hence|thus|not|don't|do not|never|leave|only|propose|ask|raise|isn't|aren't|nothing|hands)\b")


def _others(p: Passage) -> "Iterator[Found]":
    """"The mailing templates belong to marketing and are not ours to edit", "final tags are made by Olga"."""
    s = p.shadow
    for match in _OTHERS.finditer(s):
        first = start_of(s, match.start())
        if not unconditional(s, match.start()) or _told_as_news(s) or _A_TASK.match(s) or orders(s[first:match.start()]) or not s[first:match.start()].strip():
            continue
        if re.search(r"\b(?:ours|yours|mine|theirs)\b", match[0]) and not re.search(r"\b(?:rest|others?|aren't|isn't|not|nothing)\b", s):
            continue
        if re.search(r"\bby\b|\bbelongs?\b|\bfor\b", match[0]) and not (_OTHER_OWNER.search(s[match.end():]) or re.search(r",[^,]*\Z|\bonly\b", s[:match.start()]) or re.search(r"\bby (?:me|us|[a-z]+)\W*\Z", s) and p.text[match.end():match.end() + 1].isupper() or re.search(r"\bto (?:marketing|legal|finance|ops|design|qa|platform|security|the \w+ team|another|other)\b", s[match.start():match.end() + 30])):
            continue
        named = targets_in(p.text, s, first, match.start())
        strong = {k for k, _ in named} & {"path", "glob", "table"}
        yield Found(match.start(), "do-not-touch" if strong else "must-not", acts_on(("write",), {k for k, _ in named}, s) if strong and re.search(r"belongs?|owned|managed|maintained|\bnot (?:ours|yours)", s) else (), False, named)


_YES = r"(?:is|are|'s)?\s*(?:fine|ok|okay|allowed|permitted|good|welcome|yes|cool|alright|yours|possible|free)"
_CONTRAST = pattern(rf"(?P<yes>[^,;.!?]{{2,80}}?(?:\b{_YES}\b|\b(?:may|can|could)\b)[^,;.!?]{{0,60}})(?:,\s*(?:but |and |while |whereas )?|;\s*(?:but )?|\s+(?:but|while|whereas)\s+|:\s*)(?P<what>[^,;.!?]{{2,60}}?)\s*(?:is|are)?\s*(?:not|isn't|aren't|may not|can't|cannot|must not|never|no|is out|are out|not so much|forbidden|off limits|is mine|are mine|never leave[^.]*|don't)\W*\Z")


def _contrast(p: Passage) -> "Iterator[Found]":
    """"Plan is fine, apply is not", "the logo may move, the navigation may not", "additions ok, removals not"."""
    s = p.shadow
    match = _CONTRAST.match(s)
    if not match or s.rstrip().endswith("?") or _told_as_news(s) or _TALK.search(match["yes"]) or re.search(r"\b(?:it|which|users?|customers?)\b", match["what"]) or not re.search(r"[a-z\ue000-\ue002]{2,}", match["what"]):
        return
    word = re.search(r"[a-z]+", match["what"])
    passive = re.search(r"\bbe (?P<verb>[a-z]+)\b", match["yes"])
    verb = ING.get(word[0], "") if word else ""
    if verb:
        yield prohibition(p, match.start("what"), verb, match.start("what") + (word.end() if word else 0), stop=match.end("what"))
        return
    named = targets_in(p.text, s, *match.span("what"))
    act = PAST.get(passive["verb"], "") if passive else ""
    acts = acts_on(ACT_OF.get(act, ()), {k for k, _ in named}, s) if named and act in CHANGING else ()
    yield Found(match.start("what"), "do-not-touch" if acts else "must-not", acts, False, named)


# ---- what is to be done when ----

_STOPPING = r"(?:stop|ask|abort|halt|pause|wait|quit|consult|escalate|tell me|let me know|report|notify|alert|flag|raise|propose|come (?:back )?to me|check with|check in|talk to|speak to|submit|request|leave|do nothing|skip|ping|continue without|come back|bail|send|route|mention|say so|do without|don't guess|inform|get (?:my|our|an?|the) (?:ok|approval|sign-?off|permission))"
_IN_CASE = pattern(rf"(?:\A|[,;.:]\s*|\b(?:and|but|also|please|so)\s+)\W*(?P<if>if|should|when(?:ever)?|in case|as soon as|once|before|for|unless|until|at the first sign of|where|prior to)\b(?P<case>[^.;!?]{{3,140}}?),\s*(?:then |please |just |always |simply |do |you |you must |you should |i want you to |first |immediately |at once )*(?P<do>{_STOPPING})\b(?P<rest>[^.;!?]{{0,120}})")
_SAFE = pattern(r"\b(?:first|rather than|instead|before|don't|do not|never|not|wait|permission|approval|yes|ok|me|us|stop|abort|halt|unmerged|as is|alone|nothing|consult|ask|unsplit|run)\b")


def _in_case(p: Passage) -> "Iterator[Found]":
    """"If a step needs credentials, stop and tell me rather than looking for them"."""
    s = p.shadow
    for match in _IN_CASE.finditer(s):
        case, word = match["case"], match["if"]
        if _told_as_news(match["rest"]) or re.match(r"\s+(?:you(?:'re| are) (?:done|finished|ready|back|there)|it(?:'s| is) (?:done|ready)|(?:that|this|it) (?:works|passes|is)|done|finished|ready|possible|so|not\b|you have time|you get a chance|they pass|everything (?:works|passes|is)|all (?:is|tests|green))", case):
            continue
        if word in ("when", "whenever", "once", "as soon as") and not re.match(r"(?:stop|ask|abort|halt|wait|do nothing)", match["do"]) or word in ("for", "before", "until", "where") and not re.match(r"(?:ask|come|consult|check|talk|get|stop|wait|leave|request|submit|speak)", match["do"]):
            continue
        if re.match(r"(?:leave|send|say|mention|raise|report|tell|let me|skip|ping)", match["do"]) and not _SAFE.search(match["do"] + match["rest"]) or re.search(r"\b(?:return|throw|render|display|print|exit with|default to|fall back)\b", match["rest"]) or re.search(r"\b(?:the user|users|the button|the request|the form|the input|the field|validation|the client)\b", case):
            continue
        if re.match(r"(?:tell|let me|report|notify|alert|inform|mention|flag|ping|send|say)\b", match["do"]) and not re.search(r"\b(?:rather than|instead|before|first|don't|do not|never|not|wait|nothing|stop)\b", match["do"] + match["rest"]):
            continue
        if re.match(r"(?:tell me|let me know|report|send|say)\b(?: (?:what|how|why|which|where|who|whether|if|the (?:result|number|name)))", match["do"] + match["rest"]):
            continue
        yield Found(match.start("do"), "must", (), False, ())


_ASK_BEFORE = pattern(r"(?<![\w'])(?:ask|confirm|check|double-check|stop|propose|check in|consult me|get approval|get a yes|seek approval|come to me)(?: me| us| with me| with us| with \w+| for (?:permission|approval|my ok|confirmation))?(?: first)?,?\s+(?:before|prior to|first, before)\s+(?:you |any |anyone |ever |the |each )*(?P<verb>[a-z]+)\b")


def _ask_before(p: Passage) -> "Iterator[Found]":
    """"Ask me before deleting any file": nobody answers an agent that runs alone, so it is not to be done."""
    s = p.shadow
    for match in _ASK_BEFORE.finditer(s):
        verb = ING.get(match["verb"], match["verb"] if match["verb"] in ORDERABLE else "")
        if not verb or not (opens(s, match.start()) or re.search(r"\b(?:always|must|should|please|to|you|shall|and|then)\s*\Z", s[:match.start()])) or re.search(r"\b(?:i|he|she|they|forgot|want|wanted|like|did|have) (?:to |should |must )?\Z", s[:match.start()]):
            continue
        found = prohibition(p, match.start(), verb, match.end())
        acts = found.forbids or (tuple(a for a in ACT_OF.get(verb, ()) if a in ("delete", "rename", "push", "commit", "merge", "rebase", "install", "deploy", "create")))
        yield found._replace(kind="must-not" if acts else "must", forbids=acts)


# ---- what must hold all along ----

_WHILE = pattern(r"(?:(?<=\s)|(?<=,))(?P<how>while (?:still )?(?:keeping|leaving|preserving|maintaining|retaining|respecting|staying|making sure|ensuring|avoiding|not \w+ing)|keeping(?= (?!in mind|track|an eye|up\b|going|getting|on\b))|leaving(?= [^,;.]*\b(?:alone|untouched|unchanged|as is|as-is|intact|as they are|as it is|in place)\b)|preserving|retaining|maintaining(?= (?:compat|backward|the |all |every))|staying (?:within|under|below|inside|on|in)|with the (?:caveat|proviso|condition|constraint|restriction|requirement|understanding) that|on (?:the )?condition that|(?:as|so) long as|provided(?: that)?|providing(?: that)?|such that no|keeping in mind that|bearing in mind that|with the exception of|under the constraint that|subject to the constraint that)\b(?P<rest>[^.;!?]{3,160})")
_LASTING = pattern(r"\b(?:stays?|remains?|doesn't|does not|don't|do not|keeps?|is not|isn't|are not|aren't|never|no|not|nothing|without|unchanged|intact|identical|same|still|always|only|compatible|all|every|each|any|exactly|above|below|under|within|at least|at most|must|may|can't|cannot|has to|have to|working|passing|green|valid)\b")


def _while(p: Passage) -> "Iterator[Found]":
    """"Clean up the module while keeping all existing exports", "..., as long as the score stays above 90"."""
    s = p.shadow
    for match in _WHILE.finditer(s):
        before = s[:match.start()]
        how = match["how"]
        if how.startswith("with the exception"):
            continue
        granted = re.search(r"\b(?:may|can|fine|ok|okay|allowed|free|feel|blessing|whatever|however|welcome|go wild|anything)\b", before)
        ordered = any(orders(part) for part in re.split(r"[,;:]\s*", before) if part.strip()) or not before.strip() or re.search(r"\b(?:must|should|need you|want you|like you|please|task|goal|job)\b", before)
        if not (ordered or granted) or _told_as_news(before) or re.search(r"\b(?:i|he|she|they|it|users?|customers?)\s+(?:\w+ )?\Z|\bit (?:can|may) (?:be|work)", before) and not ordered or re.search(r"\b(?:if|whether|why|how|what)\b[^,]*\Z", before):
            continue
        if re.match(r"(?:as|so) long as|provid|such", how) and not _LASTING.search(match["rest"]) or re.match(r"\s+(?:possible|you (?:like|want|need)|it takes|necessary|needed)\b", match["rest"]) and "as long" in how:
            continue
        named = targets_in(p.text, s, match.start("rest"), match.end("rest"))
        still = re.search(r"\b(?:untouched|unchanged|as is|as-is|intact|alone|as they are|as it is)\b", match["rest"])
        yield Found(match.start("how"), "do-not-touch" if still and named else "keep", acts_on(("write",), {k for k, _ in named}, match["rest"]) if still and {k for k, _ in named} & {"path", "glob", "area", "table"} else (), False, named)


# ---- a line of its own ----

_FINITE = pattern(r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|should|shall|needs?|goes|go|works?|fails?|seems?|looks?|got|gets?|says?|makes?|i|i'm|we|he|she|they|it|it's|there|what|why|how|which|who|that's|let|'ll|'ve|'re|pass|passes|shows?|accepts?|returns?|answers?|takes?|fails?|throws?|gives?|loads?|sends?|keeps?|raises?|prints|uses|contains|requires|checks|agree|built|closed|added|done|found|fixed|removed|attached|named|begins?|depends?|affects?|means?|comes?|runs well)\b|n't\b")
_LIMIT = pattern(r"\b(?:max(?:imum)?|at most|no more than|min(?:imum)?|at least|up to|not (?:more|longer|larger|bigger|older|newer) than|tops|or less|or fewer|limit|cap|ceiling|budget)\b")
_STYLE = pattern(r"\b(?:everywhere|throughout|always|at all times|without exception|no exceptions?|from now on|exclusively|non-negotiable|consistently|guaranteed|period|full stop|in all \w+|for all \w+|in every \w+|for every \w+|for everything\b|for (?:class|file|branch|variable|function) names|in (?:sentence|title|upper|lower|camel|snake|kebab|pascal)[- ]?case|in [a-z]+, [a-z]+ [a-z]+ in [a-z]+|in this (?:repo|project|codebase|code base)|by default)\b")
_FRAGMENT_HEADS = pattern(r"\b(?:tabs?|spaces?|indent\w*|commits?|branch(?:es)?|tests?|names?|naming|line|lines|columns?|characters|chars|english|german|french|spanish|british|american|utc|iso|utf-8|ascii|snake_case|camelcase|type hints?|types?|docs?|docstrings?|comments?|precision|units?|dates?|times?|timestamps?|keys?|ids?|images?|fonts?|paths?|imports?|logging|errors?|queries|sql|api|endpoints?|functions?|files?|classes|modules?|packages?|components?|migrations?|prs?|pull requests?|diffs?|tickets?|notebooks?|process|container|buckets?|tables?|strings?|amounts?|currency|"
                             r"money|numbers?|versions?|sdk|tls|deps|dependencies|css|html|json|yaml|bem|linux|windows|python|java|node|go|rust|c\+\+\d*|c\d+|es\d+|php|ruby|react|rate|size|memory|cores?|requests?|retries|attempts|runs?|steps?|answers?|replies|words|sentences?|headers?|changes|one|two|braces|quotes|semicolons|emoji|mocks?|headings?|commas|bem|decimals?|constants?|variables?|index(?:es)?|colou?rs?|events?|routes?|values?|secrets?|props|arguments?|args|lambdas?|labels?|offline|staging|sandbox|emulator|environment|features)\b")


_REASON = pattern(r",\s*(?:as|because|since|for|so|which|when|who|the|we|it|they|there)\b|;|\s[–—-]\s")
_KEPT_STATE = pattern(r"\b(?:unchanged|untouched|intact|as is|as-is|private|pinned|identical|frozen|read[- ]only)\W*\Z")


def _fragment(p: Passage) -> "Iterator[Found]":
    """"Double precision everywhere", "Line length 100.", "logging via structlog, not print": no verb, and yet a rule."""
    s = p.shadow.strip()
    if len(s) > 110 or s.endswith("?") or _told_as_news(s) or _FINITE.search(_REASON.split(s)[0]) or orders(s) and not re.match(r"\W*[a-z]+ [a-z]+[^,;.:]{0,20}:", s) or re.search(r"\b(?:always|only|never)\s+(?:a\b|[a-z]+s\b(?! (?:only|always)))|\bfell\b|\bchokes\b|\ball in all\b|\bboth\b|\bjob\b", s) or len(s.split()) < 2 or not re.search(r"[a-z]{2}", s) or re.match(r"\W*(?:thanks?|thx|cheers|hi|hello|hey|ok|okay|sure|yes|no worries|not sure|sorry|see you|good|perfect|just|only (?:then|a|one|two|three|\d)|the only|some|a|an|my|his|her|as always|same)\b", s):
        return
    style, limit = _STYLE.search(s), _LIMIT.search(s)
    head = _FRAGMENT_HEADS.search(s)
    number = re.search(r"\d", s)
    per = re.search(r"\b(?:one|two|three|a single|1|2|3)\s+[a-z-]+(?: [a-z-]+)?\s+(?:per|for each|for every)\s+[a-z]+", s)
    choice = re.search(r"(?:,\s*|\s)(?:not|never|no)\s+[a-z\ue000-\ue002]+\W*\Z", s) and head
    polite = re.search(r",?\s+(?:please|pls|plz)\W*\Z", s) and head
    only = re.search(r"\bonly\b", s) and head and not re.search(r"\bonly (?:in|on) (?:production|prod|safari|chrome|firefox|ios|windows|mobile|my|the first)\b", s)
    whole = re.match(r"\W*(?:all|every|each)\s(?!night|day|morning|evening|week|hour|time|month)", s) and (head or style)
    measure = re.match(r"\W*(?:line length|max\w* (?:line )?length|tick rate|frame rate|timeout|time limit|memory limit|page size|coverage|indent\w*|(?:two|three|four|eight)[- ]space|tab width|minimum \w+(?: \w+)?|maximum \w+(?: \w+)?|language level|python|node|java|go|msrv|minsdk|target)\b[^,;]{0,20}\d", s)
    if _KEPT_STATE.search(s) and (p.item or len(s.split()) <= 6) or style and (head or number or p.item) or limit and number or per or choice or polite or only or whole or measure:
        yield Found(0, "must", (), False, targets_in(p.text, p.shadow, 0, len(p.shadow)))


_TITLED = pattern(r"\A\W*(?P<title>(?:(?:hard|absolute|only|general|key|my|our|one|the|two|important|strict|golden|house|main|big|single|simple|last|first|final|team|other) )*(?:constraints?|rules?(?: \d+)?|restrictions?|requirements?|acceptance criteri(?:on|a)|ac ?\d+|limits?|budget|policy|conditions?|non-negotiables?|guard ?rails?|conventions?|guidelines?|scope|out of scope|permissions?|style|formatting|naming|line length|retention|language level|language|platform|invariants?|contract|principles?|definition of done|done when|deal|ground rules?|must|musts|never|always|deliverable|output|tone|encoding|line endings|indentation|compatib\w+|dependenc(?:y|ies)|deps|help text|test data|logging|dates?|error handling|commits?|commit style|branching|security|privacy|environment))\s*(?:here |for (?:this|you|all)[\w ]{0,20})?(?::|=|\s[–—-]\s)\s*(?P<rest>\S.*)\Z", re.S)


def _titled(p: Passage) -> "Iterator[Found]":
    """"Acceptance criterion: the row count is identical before and after", "Scope: apps/storefront only"."""
    s = p.shadow
    match = _TITLED.match(s)
    if not match or s.rstrip().endswith("?") or _told_as_news(s) or len(match["rest"].split()) < 2 and not re.search(ATOM, match["rest"]) or re.match(r"(?:see|todo|tbd|none|n/a|as (?:in|before)|optional)\b", match["rest"]):
        return
    strong = re.search(r"constraint|rule|restriction|requirement|acceptance|ac ?\d|limit|budget|policy|condition|negotiable|guard|convention|invariant|contract|principle|definition of done|ground|must|scope|never|always|deal|retention|language level", match["title"])
    firm = _FIRM.search(match["rest"]) or _LIMIT.search(match["rest"]) or _STYLE.search(match["rest"]) or re.search(r"\b(?:no|all|every|each|one|pinned)\b", match["rest"])
    if (strong or firm) and not orders(match["rest"]) or strong and not re.search(r"scope|contract|policy|limit|always", match["title"]):
        named = targets_in(p.text, s, match.start("rest"), len(s))
        scope = match["title"].endswith("scope") and not match["title"].startswith("out") and {k for k, _ in named} & {"path", "glob"}
        yield Found(0, "only" if scope else "must", ("write",) if scope else (), bool(scope), named)


# ---- none of it ----

_NO_NOUN = pattern(r"(?P<before>\A\W*|[,;:(–—-]\s*|\b(?:so|and|but|please|pls|thus|hence|therefore|also|just|i want|we want|i need|i'd like|i would like|with|there (?:will|shall|must|should|is to|can|may) be|let there be|i expect|expect|is one|then|absolutely|strictly|definitely|there are to be)\s+)(?:absolutely |strictly |really |please )*(?P<no>no|zero|not a single|not one)\s+(?P<what>(?:[a-z\ue000-\ue002][\w\ue000-\ue002'./+-]*\s*){1,4}?)(?=\s*(?:\Z|[.!,;:)]|\b(?:in|on|outside|after|before|above|below|beyond|for|from|to|per|when|where|unless|over|about|like|more|that|longer|larger|bigger|older|newer|higher|of|at|with|without|during|under|inside|via|by|as|here|anywhere|please|pls|whatsoever|at all|ever|until|except|because|since|and|or|either|against|into|between|this|today|on)\b))(?P<tail>[^.;!?]*)")
_NO_THING_MEANT = frozenset("""need worries worry problem problems idea luck rush hurry doubt clue way wonder matter one body longer thanks thank such error errors warning warnings output response result results reason sign trace difference success progress match matches biggie
    pressure news joy dice point sweat stress sense chance harm kidding offense offence question questions issue surprise regrets guarantee fun time clear obvious evidence yes but i it that this they we he she you there sorry don't not never is are was were if as because answer hint hits entry record records users deal shame excuse effect avail objections objection preference opinion
    specific real good big bad other more less less. further matter. differences impact hard feelings thank response. mention history internet connection network access luck: data body. wifi coffee lunch meeting meetings""".split())


def _no_noun(p: Passage) -> "Iterator[Found]":
    """"No MPI calls outside comm.f90", "so no matrix builds", "I want no nullable columns"."""
    s = p.shadow
    for match in _NO_NOUN.finditer(s):
        words = match["what"].split()
        told = match["before"].split()
        if not words or words[0].strip(".,") in _NO_THING_MEANT or words[-1].strip(".,") in _NO_THING_MEANT or words[0] in ("the", "a", "an", "please", "in", "of", "to") or match["no"] == "zero" and words[0] in ("or", "is", "to"):
            continue
        if words[0] == "new" and re.search(r"\b(?:messages?|emails?|notifications?|customers?|users?|replies|information|versions?|orders|results?)\b", match["what"]) or words[0] in ("update", "updates", "module", "sé", "hay", "me", "se", "lo", "te", "es", "está", "olvides") or re.search(r"\b(?:named|por|del|qué|ningún|los|las|para)\b", s):
            continue
        if words[-1].strip(".,") in NOTHING_FORBIDDEN or words[0] in NOTHING_FORBIDDEN - {"more", "user", "data", "error", "time", "record", "comment", "docs"}:
            continue
        if _told_as_news(s) or not unconditional(s, match.start("no")) or s.rstrip().endswith("?") or re.match(r"\s*(?:in|on|from) (?:the |my |our )?(?:logs?|diff|output|response|console|status|history|dashboard|inbox|screen|list|report|sight|office|room)\b|\s*(?:yet|so far|since|left|found|needed|today)\b", match["tail"]):
            continue
        if "want" in told or "need" in told or "like" in told or "be" in told or "expect" in told or "is" in told or not _FINITE.search(re.sub(r"\b(?:when|where|unless|that|because|since|as|until|except|if|which)\b.*", "", match["tail"]).split(",")[0]):
            at = match.start("no")
            before = s[:at]
            if match["before"].strip() in ("with", "and", "but", "-", "–", "—", ",") and not (orders(before) or opens(s, at) or any(orders(part) for part in re.split(r"[,;:]\s*", before)) or _FIRM.search(s) or p.item) or re.match(r"\W*(?:i|we|they|he|she|it|there)\s+(?:have|has|see|get|got|found|had|is|are)\b", before):
                continue
            yield none_of(p, at, match["what"], min(match.end("tail"), end_of(s, match.end("what"))))


_NONE_MAY = pattern(r"\b(?P<who>no|nothing|nobody|no one|neither|none|not a|not one|not a single)\b(?P<what>[^,;.!?]{0,80}?)\s+(?P<modal>may|must|shall|should|is to|are to|ought to|(?<=s )can(?= go\b))\s+(?:ever |also )?(?P<be>be )?(?P<verb>[a-z-]+)\b(?P<rest>[^.;!?]{0,100})")
_NONE_DOES = pattern(r"(?:\A|\A\W*(?:without|until|while|before|unless|as long as|after)\b[^;.!?]{2,80}?\s|[,;:—–-]\s+|\b(?:so|and|but|that)\s+)\W*(?P<who>nothing|nobody|no one)\b(?P<what>(?: (?:in|under|inside|outside|from|but|except|other than|else|beyond|below|younger|older|bigger|above|that)\b[^,;.!?]{0,60}?)?)\s+(?:ever )?(?P<verb>gets? [a-z]+|goes|touch(?:es)?|moves?|changes?|lands?|leaves?|enters?|edits|writes|ships|merges|is (?:to be )?(?:merged|deployed|pushed|edited|changed|touched|deleted|released|committed|installed)|runs|breaks)\b(?P<rest>[^.;!?]{0,100})")


def _none_may(p: Passage) -> "Iterator[Found]":
    """"No log line may contain an e-mail address", "while the freeze is on, nothing touches the checkout"."""
    s = p.shadow
    for match in _NONE_MAY.finditer(s):
        if _told_as_news(s) or not unconditional(s, match.start()) or match["what"].strip() in ("doubt", "matter what you", "wonder") or s.rstrip().endswith("?") or re.match(r"\s*(?:doubt|way|need)\b", match["what"]) or match["modal"] == "should" and re.search(r"\b(?:happen|matter|surprise)\b", match["verb"]):
            continue
        if match["be"] and match["verb"] in ACT_PAST or match["verb"] in ACT_OF:
            continue  # the rule for "nothing may be edited" has it, with what is forbidden
        yield Found(match.start(), "must-not", (), False, targets_in(p.text, s, *match.span("what")))
    for match in _NONE_DOES.finditer(s):
        if _told_as_news(s) or not unconditional(s, match.start("who")) or re.search(r"\b(?:when|if|because|unless you)\b", s[match.start("verb"):]) and not re.search(r"\buntil\b", s) or re.match(r"\s+(?:wrong|when|if|on the page|here)\b", match["rest"]) or re.search(r"\band (?:nothing|nobody)\b", match[0]):
            continue
        if match["verb"].startswith("get") and not match["what"] and not match["rest"].strip() and re.match(r"\W*\Z", s[:match.start("who")]):
            continue
        words = match["verb"].split()
        verb = ACT_PAST.get(words[-1], "") or {"touches": "touch", "touch": "touch", "moves": "move", "changes": "change", "edits": "edit", "writes": "write", "ships": "deploy", "merges": "merge", "lands": "merge"}.get(words[0], "")
        named = targets_in(p.text, s, *match.span("what")) or targets_in(p.text, s, match.start("rest"), end_of(s, match.start("rest")))
        acts = acts_of(verb, " " + match["what"] + match["rest"], named) if verb and named else tuple(a for a in ACT_OF.get(verb, ()) if a in ("deploy", "merge", "push", "commit", "install"))
        yield Found(match.start("who"), "do-not-touch" if named and "write" in acts else "must-not", acts, False, named)


_V_NONE = pattern(r"(?:\A\W*|[,;:]\s*|\b(?:and|but|please|then)\s+)(?P<verb>[a-z]+)(?: out| up| in)?\s+(?P<none>nothing|none(?: of (?:it|them|these|those))?|no (?!more\b|longer\b|doubt\b|need\b|way\b|one\b|matter\b|problem|idea|effect|less\b|later\b)[a-z]+)\b(?P<rest>[^,;.!?]{0,60})")


def _v_none(p: Passage) -> "Iterator[Found]":
    """"Go through the open PRs, close none", "stash nothing", "close no issue by yourself"."""
    s = p.shadow
    for match in _V_NONE.finditer(s):
        verb = match["verb"]
        if verb not in ORDERABLE or re.match(r"\s+(?:but|except|outside|other than|besides|beyond|else)\b", match["rest"]) or verb in ("see", "find", "have", "get", "know", "hear", "do", "show", "return", "say", "expect", "mean", "take", "make", "print", "give", "output", "display", "read", "guess", "prove", "miss", "cost", "bring", "log", "render", "produce") or _told_as_news(s) or not unconditional(s, match.start("verb")) or s.rstrip().endswith("?"):
            continue
        acts = tuple(a for a in ACT_OF.get(verb, ()) if a in ("delete", "push", "commit", "merge", "rebase", "install", "deploy", "create", "rename", "write"))
        named = targets_in(p.text, s, match.start("rest"), match.end("rest"), verb, acts)
        yield Found(match.start("verb"), "must-not", acts if named or "no " in match["none"] or set(acts) & {"push", "commit", "merge", "rebase", "install", "deploy"} else (), False, named)


_NO_LONGER = pattern(r"\b(?:may|must|is to|are to|should|shall|can)\s+no longer\s+(?:be )?(?P<verb>[a-z]+)\b|\b(?:is|are) no longer to be (?P<past>[a-z]+)\b")
_BUT_NEVER = pattern(r"\b(?:may|can|could|should|must)\s+be\s+(?P<yes>[a-z]+)(?P<mid>[^,;.]{0,60}?),?\s+(?:but|and|though|yet)\s+(?:not|never|on no account|under no circumstances|by no means|must not be|may not be)\s+(?:be )?(?P<verb>[a-z]+)\b|\b(?:may|can)\s+(?P<yes2>[a-z]+)(?P<mid2>[^,;.]{0,60}?),?\s+but\s+(?:it |you |they )?(?:not|never|may not|must not|don't|doesn't|does not|do not|cannot|can't|cant)\s+(?:get |be )?(?P<verb2>[a-z]+)\b")
_NOT_YOU = pattern(r"[,;]\s*(?:and |but )?(?:not (?:you|by you|yours|agents)|you (?:do not|don't|dont|may not|are not|aren't|cannot|can't|must not|shouldn't|mustn't)|that does(?:n't| not) mean you (?:may|can|should|must))\W*\Z|\band that includes you\b|\b(?:you|agents|workers) included\W*\Z|\bno exceptions? for you\b")
_IS_NEVER = pattern(r"\b(?:is|are)\s+never(?: ever)?\s+(?:to be |an? |the )?(?P<verb>[a-z]+)\b")


def _no_longer(p: Passage) -> "Iterator[Found]":
    """"The mapping may no longer change", "may be quoted but not reworded", "prettier decides, you don't", "money is never a float"."""
    s = p.shadow
    for match in _NO_LONGER.finditer(s):
        if unconditional(s, match.start()) and not re.search(r"\b(?:users?|customers?|i)\s*\Z", s[:match.start()]) and not (match["verb"] or "").startswith("need"):
            first = start_of(s, match.start())
            verb = PAST.get(match["past"] or "", match["verb"] or "change")
            named = targets_in(p.text, s, first, match.start())
            yield Found(match.start(), "do-not-touch" if named and verb in CHANGING else "must-not", acts_of(verb, " " + s[first:match.start()], named) if named and verb in ACT_OF else (), False, named)
    for match in _BUT_NEVER.finditer(s):
        verb = PAST.get(match["verb"] or "", match["verb2"] or "")
        if not _told_as_news(s) and unconditional(s, match.start()) and (verb in ORDERABLE or match["verb"]) and not re.search(r"\b(?:i|users?|customers?|he|she|they|it)\s*\Z", s[:match.start()]):
            first = start_of(s, match.start())
            named = targets_in(p.text, s, first, match.start()) or targets_in(p.text, s, match.start(), match.end())
            yield Found(match.start(), "do-not-touch" if named and verb in CHANGING else "must-not", acts_of(verb, " ", named) if named and verb in ACT_OF else (), False, named)
    if (you := _NOT_YOU.search(s)) and not _told_as_news(s):
        yield Found(you.start(), "must-not", (), False, ())
    for match in _IS_NEVER.finditer(s):
        first = start_of(s, match.start())
        subject = s[first:match.start()]
        if not _told_as_news(s) and unconditional(s, match.start()) and (match[0].split()[2] in ("a", "an") or match["verb"] in ACT_PAST) and not re.search(r"\b(?:i|he|she|there|coffee|weather|life|it|this|that|user|cache|value|branch|callback|function|handler|variable|event|code)\s*\Z", subject) and match["verb"] not in ("easy", "enough", "fun", "good", "called", "reached", "used", "true", "executed", "null", "run", "triggered", "empty", "set", "closed", "released", "invoked", "hit", "fired", "updated", "the", "quite", "ready"):
            yield Found(match.start(), "must-not", (), False, targets_in(p.text, s, first, match.start()))


# ---- what a thing needs, and where it has to work ----

_NEEDS = pattern(r"(?:\A\W*|[,;:.]\s*|\b(?:and|but|so|that|also|because)\s+)(?:the |our |all |any |new |your |my |these )*(?P<what>(?:[\w\ue000-\ue002'/-]+\s+){1,6}?)(?P<verb>needs to|need to|have to|has to|need|needs|require|requires|call for|calls for|hav to|got to)\s+(?:also |still |always )*(?P<rest>[^.;!?]{3,140})")
_NEEDS_WORK = pattern(r"(?:fix\w*|updat\w*|review\w*|attention|work\b|love|help|another|refactor\w*|some|more|a (?:new|second|closer|bit|fix|rewrite|refresh|bump|restart|look|lot|few|while|moment)|be (?:fix|updat|rewrit|chang|add|remov|done|debug|improv|migrat|clean|mov|split|merg|renam|refactor|replac|restart|rebuil|rerun|delet|adjust|reworked)\w*|restart|to\b|go\b|fixing|testing|cleaning|rework|an update|an upgrade|updates|changes|improvement|wait|know|see|talk|find|get|\d+ (?:ms|seconds|minutes|hours|mb|gb)|think|leave|rewrit)\b")


def _needs(p: Passage) -> "Iterator[Found]":
    """"New tables need a rollback script each", "shaders have to compile on OpenGL ES 2", "tests have to pass on windows too"."""
    s = p.shadow
    for match in _NEEDS.finditer(s):
        what, rest = match["what"].strip(), match["rest"]
        words = what.split()
        if _told_as_news(s) or not unconditional(s, match.start("verb")) or _NEEDS_WORK.match(rest) and not (match["verb"].endswith(" to") and re.match(r"work\b|go\b|wait\b", rest)) or s.rstrip().endswith("?") or orders(what) or _A_TASK.match(s[:match.start("what")]) or re.search(r"\b(?:i|we|you|he|she|they|this|that|which|who|it's|there|users?|customers?|people|colleagues?|don't|doesn't|not|no|will|would|may|might|client|clients|team|boss|to)\b", what):
            continue
        verb = match["verb"]
        if verb in ("need", "needs", "require", "requires", "call for", "calls for") and words[-1:] and not words[-1].endswith("s") and not re.search(r"\b(?:any|every|each|all|anything|everything)\b", match[0]) and not re.search(r"\b(?:approval|permission|consent|sign-?off|review|ok|okay|ticket|migration|test)\b", rest):
            continue
        if words[-1:] == ["it"] and not re.match(r"(?:work|run|compile|build)\b", rest):
            continue
        lasting = re.search(r"\b(?:each|every|all|any|always|at most|at least|without|on|with|under|in|before|be|remain|stay|keep|too|exactly|approval|consent|permission|review|from|through|via|as)\b", rest) or verb in ("need", "needs", "require", "requires", "call for", "calls for")
        if lasting:
            yield Found(match.start("verb"), "environment" if re.match(r"(?:work|run|compile|build|load|start)\b", rest) and re.search(r"\d|windows|linux|mac|offline|laptop|android|ios|browser", rest) else "must", (), False, ())


_PRODUCT = r"[a-z][\w.+#-]*(?: [a-z][\w+#-]*)? ?v?\d[\w.]*"
_PLATFORM = pattern(rf"\b(?:we(?:'re| are)? (?:still |currently |only |here |stuck |also |all |work |here )*(?:supports?|targets?|runs?|uses?|with|on|have|at|pinned to)|{_PRODUCT} (?:is|are) (?:what|the|our|as modern)|(?:is|remains|stays) (?:our|the) (?:target|platform|version|ceiling|minimum|runtime)|{_PRODUCT} (?:on|for|in) (?:the|our|all) \w+|{_PRODUCT} it is|(?:minimum|lowest|oldest) (?:supported )?(?:[a-z]+ ){0,3}(?:is|sdk|version|tls)(?: version)?|build target|(?:the |our )?\w+ (?:is|are) (?:no_std|offline|air-?gapped))\b(?P<rest>[^.!?]*)")
_SO = pattern(r"\b(?:so|hence|therefore|thus|nothing|newer|later|no|without|forget|out|can't|cannot|avoid|only|won't|not|which rules out|as modern|please|nor|older)\b")
_USE_VERSION = pattern(rf"\A\W*(?:please )?(?:use|target|stick to|stay on|stay with|write|build with|compile with)\s+(?P<tool>{_PRODUCT})(?: features| syntax| idioms)?(?: only| at most)?\W*\Z")


def _platform(p: Passage) -> "Iterator[Found]":
    """"We support Safari 14, so anything newer is out", "Use MJML 4.", "Oracle 12 remains our target"."""
    s = p.shadow
    for match in _PLATFORM.finditer(s):
        if _told_as_news(s) or not unconditional(s, match.start()) or s.rstrip().endswith("?") or not re.search(r"\d|no_std|offline|gapped", match[0]):
            continue
        if _SO.search(match["rest"]) or re.search(r"ceiling|target|minimum|it is|remains", match[0]):
            yield Found(match.start(), "environment", (), False, ())
    if _USE_VERSION.match(s):
        yield Found(0, "environment", (), False, ())


# ---- how each step is done ----

_EACH_STEP = pattern(r"\A\W*(?:(?:please|kindly|do|also|and|always|do please) )*(?P<verb>[a-z-]+)\b[^.;!?]{0,80}?\b(?:(?:every|each|any(?:thing)?|all)\b[^.;!?]{0,60}\b(?:you (?:fix|add|write|create|touch|change|make|run|build|open|find|introduce|edit|merge|need)|before (?:running|you|doing|deleting|each|merging)|non-trivial|decision|assumption|assigned)|one [a-z]+(?: [a-z]+)? (?:per|at a time|for each)|your commits|(?:through|throughout) the (?:code ?base|project|repo)|for every|per (?:pull request|pr|commit|ticket|page|step|file|run))")
_EVERY_TIME = pattern(r"\A\W*(?:(?:in|on|at|for|with|after|before|during|by) (?:each|every)\b[^,:;.!?]{2,50}(?:[,:]|(?=\s(?:you|never|only|handle|keep|use|run|check|at most|no more)\b))|at all times,?|from (?:now|here|this point|today) on(?:wards?)?,?|going forward,?|henceforth,?|throughout (?:the|this|our) \w+,?|for the rest of (?:this|the) \w+,?|every (?:hour|day|morning|night|week|run|time you)\b[^,:;.!?]{0,40}[:,]|each (?:hour|day|morning|night|week|run|time you)\b[^,:;.!?]{0,40}[:,]|for the (?:second|third|last|hundredth) time:)\s+(?P<rest>[^?]{3,200})\Z")


def _each_step(p: Passage) -> "Iterator[Found]":
    """"Add a test for every bug you fix", "in each run handle no more than five tickets"."""
    s = p.shadow
    if _told_as_news(s) or s.rstrip().endswith("?"):
        return
    if (match := _EACH_STEP.match(s)) and match["verb"] in ORDERABLE and match["verb"] not in ("tell", "show", "list", "find", "count", "look", "see", "read", "summarise", "summarize", "rename", "remove", "delete", "replace", "print", "search", "iterate", "loop", "move", "give", "send", "convert", "migrate", "translate", "update", "fix"):
        yield Found(match.start("verb"), "must", (), False, ())
    if (every := _EVERY_TIME.match(s)) and not _A_TASK.match(every["rest"]) and not re.match(r"(?:the (?:page|app|user|test|request|server|build)|i|he|she|it|they|users?|there (?:is|are))\b", every["rest"]):
        yield Found(0, "must", (), False, ())


# ---- courtesy ----

_WISH = pattern(r"\b(?:(?:i|we|it|that)(?:'d| would| should| will|'ll| shall)? (?:be |have been )?(?:very |much |greatly |highly |really |so |most )*(?:appreciate(?:d)?(?: it)?|obliged|grateful|glad|happy|happier|unhappy|thankful|pleased|prefer(?:red)?(?: it)?|like|love|welcome|displeased|upset|sad|cross|ask|suggest|trust|insist|nice|good|great)|might i (?:suggest|ask)|may i (?:suggest|ask)|please could|could (?:all|every|the)|i do not want|i don't want|it is not (?:wished|wanted|desired))\b,?(?:[^,;.!?]{0,20},)?\s*(?:if|that|to see any of|for|every|all|you will|the|it if)?\s+(?P<rest>[^.;!?]{5,160})")
_WISHED = pattern(r"\b(?:were|be|was|not|no|nothing|nobody|never|only|every|all|each|any|hold off|kept?|left|stays?|remains?|within|accompanied|come with|didn't|did not|altered|changed|without|install)\b")


def _wish(p: Passage) -> "Iterator[Found]":
    """"I would be obliged if the changelog were updated with every change", "I'd ask that you hold off on the frontend"."""
    s = p.shadow
    for match in _WISH.finditer(s):
        rest = match["rest"]
        if not _WISHED.search(rest) or not opens(s, match.start()) and not re.search(r"[,.;]\s*(?:and )?\Z", s[:match.start()]) or re.search(r"\b(?:if you could (?:fix|add|look|check|tell|explain|show|help|review|write|send|create|implement|make)|to (?:know|see|hear|be|thank|have (?:a|the))|was|had|yesterday|feature|an? (?:button|page|field|option)|someday)\b", match[0]) and not re.search(r"\bnot\b|\bno\b|any of", rest):
            continue
        if re.match(r"(?:could|please could)", match[0]) and not re.search(r"\bbe (?:accompanied|kept|left|covered|documented|tested|written|named)\b", rest):
            continue
        named = targets_in(p.text, s, match.start("rest"), match.end("rest"))
        still = named and re.search(r"\b(?:left as|left alone|untouched|unchanged|not (?:be )?(?:changed|edited|touched|altered)|any of them (?:altered|changed))\b", rest)
        yield Found(match.start(), "do-not-touch" if still else "must", acts_on(("write",), {k for k, _ in named}, rest) if still else (), False, named if still else ())


_AS_READ = pattern(r"\b(?:goes without saying(?:, but[^:]{0,40})?|take it as read|taken as read|bear in mind|keep in mind|remember|be aware|please note|we have the rule|is (?:one|a) rule|(?:one|a|the|my|our) (?:rule|policy|convention|agreement|condition)[^,;:.!?]{0,40}?(?: is)?|(?:has|have) asked|insists?|demands?|requires?|wants|agreed with \w+|one thing i'm (?:\w+ )about|our convention is|namely)(?: that|:)?\s+(?P<rest>[^.;!?]{5,160})")


def _as_read(p: Passage) -> "Iterator[Found]":
    """"It goes without saying that customer emails don't end up in fixtures", "we have the rule that nobody force pushes"."""
    s = p.shadow
    for match in _AS_READ.finditer(s):
        if _A_TASK.match(s) or re.search(r"\b(?:was|were|had|if|when|yesterday|why)\b", s[:match.start()]) or not _LASTING.search(match["rest"]) or not re.match(r"(?:the|a|an|no|nobody|nothing|all|every|each|any|we|code|you|it|one|this|only|new|old|customer|[a-z]+s|that|there|[a-z]+ [a-z]+s)\b|" + ATOM, match["rest"]) or re.search(r"\b(?:was|were|had|did|last|yesterday|failed|already)\b", match["rest"]) or re.search(r"\b(?:i|users?|he|she|they|it|function|method|server|api|endpoint|form|page)\s*\Z", s[:match.start()]):
            continue
        if re.match(r"remember|be aware|please note|requires?|wants|insists?|demands?", match[0]) and not re.search(r"\b(?:can't|cannot|never|no|not|nothing|nobody|only|must|may)\b|n't\b", match["rest"]):
            continue
        yield Found(match.start(), "must", (), False, ())


_LEAVE = pattern(r"(?<![\w'])leave\s+(?P<what>(?:the|these|those|our|existing|all|my|any|every|'em|them|it|(?=[\ue000-\ue002])|(?=\w+ (?:to|enforcing|enabled|disabled|on|off|unsplit|unmerged|untouched|alone|as)\b))[^,;.!?]{0,90})")


def _leave(p: Passage) -> "Iterator[Found]":
    """"Leave route53 to the network folks", "leave the TODOs", "let the stored procedures be"."""
    s = p.shadow
    for match in _LEAVE.finditer(s):
        what = match["what"]
        if not opens(s, match.start()) or _told_as_news(s) or re.search(r"\b(?:out|behind|for (?:me to|later|last|tomorrow)|a comment|a note|open|running|in the comments|me a|until the end|office|house|room|building|page|meeting|at that|it to)\b", what) or re.match(r"it\b", what) and not re.search(r"\b(?:alone|as|untouched|unchanged)\b", what) or what.strip() in ("it", "them", "the", "all", "any") and not re.search(r"\b(?:so|please|but)\s+\Z", s[:match.start()]):
            continue
        named = targets_in(p.text, s, *match.span("what"))
        yield Found(match.start(), "do-not-touch" if named else "keep", acts_on(("write",), {k for k, _ in named}, what) if {k for k, _ in named} & {"path", "glob", "table", "area"} and not re.search(r"\b(?:on|off|enabled|disabled|enforcing)\b", what) else (), False, named)
    for match in re.finditer(r"(?<![\w'])let (?P<what>(?:the|these|those|our|that|my)\s[^,;.!?]{2,60}?) be(?=\W*(?:\Z|[;,.]))", s):
        if opens(s, match.start()):
            named = targets_in(p.text, s, *match.span("what"))
            yield Found(match.start(), "do-not-touch", acts_on(("write",), {k for k, _ in named}, match["what"]) if named else (), False, named)


_YOUR_LANE = pattern(r"\b(?:this (?:task |session )?is (?:only )?about|your (?:brief|mandate) (?:is|covers))\s+(?P<about>[^;.!?]{2,120})|\byour (?:remit|lane|turf|scope|job|task|area|territory|assignment|patch|corner|module|package|side|share|playground|sandbox) (?:is|are|ends|covers|extends)\s+(?P<what>[^;.!?]{2,120})|\byours (?:is|are)\s+(?P<yours>[^;.!?]{2,80})|\bonly\s+(?P<only>[^,;.!?]{2,80}?)\s+(?:is|are)\s+(?:yours|in play|open to you|in scope|up for (?:change|grabs)|acceptable|fair game|editable|writable|to be (?:edited|changed|touched|used))\b|\bthe (?:only|one|single) (?P<noun>[a-z]+(?: [a-z]+)?) (?:that )?you (?:may|can|should|must|are allowed to|work|write|edit|touch|push|deploy|use|run|'re allowed to)\b(?P<act>[^;.!?]{0,60}?)(?: is| are)\s+(?P<one>[^;.!?]{2,80})|\b(?P<subject>[^,;.!?]{2,60}?) is the only (?:one|[a-z]+)(?: that)? you(?:'re| are)?(?: may| can| should| allowed to| to)? (?P<verb>[a-z]+)\b")


def _your_lane(p: Passage) -> "Iterator[Found]":
    """"Your remit is the checkout flow and nothing else", "only src/ is yours to edit", "the one file you may write to is out.csv"."""
    s = p.shadow
    for match in _YOUR_LANE.finditer(s):
        group = next(g for g in ("what", "yours", "only", "one", "subject", "about") if match[g])
        named = targets_in(p.text, s, *match.span(group))
        strict = group in ("only", "one", "subject") or re.search(r"\b(?:nothing (?:else|more)|only|full stop|period|exclusively|solely|the rest|the others?|end of story|and that's it)\b", s[match.start():]) or re.match(r"your (?:remit|lane|turf|territory|patch|corner)\b", match[0])
        if not strict or _told_as_news(s) or not unconditional(s, match.start()) or s.rstrip().endswith("?"):
            continue
        writes = {k for k, _ in named} & {"path", "glob"}
        yield Found(match.start(), "only", ("write",) if writes and not re.search(r"\b(?:read|push|deploy|run|use)\b", match[0]) else (), True, tuple(t for t in named if t[0] != "except"))


_WE_DO_NOT = pattern(r"(?:\A\W*|[,;:]\s*|\b(?:and|but|so|here|team|project|repo)\s*,?\s+)we (?:don't|do not|never|dont)\s+(?P<verb>[a-z]+)\b(?P<rest>[^,;.!?]{0,100})")


def _we_do_not(p: Passage) -> "Iterator[Found]":
    """"We don't do barrel files here", "we never impute outcomes in this group"."""
    s = p.shadow
    for match in _WE_DO_NOT.finditer(s):
        if match["verb"] in ORDERABLE and re.search(r"\b(?:here|in this \w+|at this \w+|on this \w+|on principle|ever|in our \w+|around here|in production|by policy|on (?:fridays?|weekends?))\b", match["rest"]) and not _told_as_news(s) and unconditional(s, match.start()) and not re.search(r"\b(?:know|understand|see|much|many|often|yet|why)\b", match[0]):
            yield prohibition(p, match.start(), match["verb"], match.end("verb"))


_FIRM_TAIL = pattern(r",\s*(?:always|every time|full stop|period|without exception|no exceptions?|no excuses|that's (?:our|the) (?:convention|rule|policy|deal)|non-negotiable|and that's final|end of story|come what may|no matter what)\W*\Z")
_BAN = pattern(r"\b(?:zero tolerance for|no tolerance for|(?:strict|total|complete|absolute|full) ban on|the ban on|a (?:freeze|ban|moratorium) on [^.;!?]{2,60}\b(?:applies|holds|stands|is in (?:force|effect|place))|four-eyes principle|(?:still )?in force\b|there(?:'s| is) a (?:hard |strict )?(?:limit|cap|ban|budget) (?:of|on)|you have a budget of)\b")
_MAY_ONLY = pattern(r"\b(?:may|must|should)\s+only\s+(?:ever )?(?P<verb>[a-z]+)\b|\bonly (?:get|gets|are|is) (?P<past>[a-z]+) (?:after|once|when|by|via|through|with)\b")
_DONE_SO = pattern(r"\b(?:get|gets|are|is)\s+(?P<verb>[a-z]+)(?: (?:with|as|in|by|to|at|from)\b[^,;.]{1,30})?,?\s+(?:not|never|rather than|instead of)\s+[a-z]+(?:ed|en|wn|ut)\b")
_WE_NEVER_USE = pattern(r"\A\W*we (?:don't|do not|never)\s+(?P<verb>use|do|commit|ship|deploy|merge|write|mock|allow|support|accept|add|vendor|squash|rebase|swallow|hardcode|share|store)\b[^.;!?]{2,60}\W*\Z")


def _firm(p: Passage) -> "Iterator[Found]":
    """"Indexes are created concurrently, always", "zero tolerance for flaky tests", "dead code gets deleted, not commented out"."""
    s = p.shadow
    if s.rstrip().endswith("?") or _told_as_news(s):
        return
    for form in (_FIRM_TAIL, _BAN):
        if (match := form.search(s)) and unconditional(s, match.start()) and not re.search(r"\b(?:i|he|she|they)\b", s[:match.start()]):
            yield Found(match.start(), "must" if form is _FIRM_TAIL else "must-not", (), False, ())
    for match in _MAY_ONLY.finditer(s):
        first = start_of(s, match.start())
        subject = s[first:match.start()].strip()
        if subject and not orders(subject) and unconditional(s, match.start()) and not re.search(r"\b(?:you|agents?|workers?|we|i|it|users?|customers?|admins?|owners?|owner|members?|guests?|voters?|players?)\s*\Z", subject) and match["verb"] != "be":
            yield Found(match.start(), "only", (), True, ())
    for match in _DONE_SO.finditer(s):
        if match["verb"] in PAST and unconditional(s, match.start()) and not re.search(r"\b(?:it|this|that|i|he|she|they|which)\s*\Z", s[:match.start()]):
            yield Found(match.start(), "must", (), False, ())
    if match := _WE_NEVER_USE.match(s):
        yield Found(0, "must-not", (), False, ())


RULES: Rules = (
    (("always", "every time", "full stop", "period", "exception", "that's", "negotiable", "final", "story", "tolerance", "ban on", "freeze on", "principle", "in force", "there", "budget", "only", "not ", "never ", "rather than", "instead", "we "), _firm),
    (("no ", "zero ", "not a single", "not one"), _no_noun),
    (("no ", "nothing", "nobody", "neither", "none", "not a ", "not one"), _none_may),
    (("nothing", "none", " no ", "no "), _v_none),
    (("no longer", "but not", "but never", "but ", "and not", "you", "never"), _no_longer),
    (("need", "require", "have to", "has to", "call for", "calls for", "hav to", "got to"), _needs),
    (("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "no_std", "offline", "gapped"), _platform),
    (("every", "each", "any", "all ", "one ", "your commits", "throughout", "per ", "from ", "going forward", "henceforth", "rest of", "for the "), _each_step),
    (("appreciate", "oblige", "grateful", "glad", "happ", "thankful", "pleased", "prefer", "like", "love", "welcome", "ask", "suggest", "trust", "insist", "please could", "could ", "want", "wished", "nice", "good", "great", "upset", "cross"), _wish),
    (("without saying", "as read", "in mind", "remember", "aware", "note", "rule", "policy", "convention", "agreement", "condition", "asked", "insist", "demand", "require", "wants", "agreed", "one thing", "namely"), _as_read),
    (("leave", "let "), _leave),
    (("your ", "yours", "only", "the one ", "the single ", "is about"), _your_lane),
    (("we ",), _we_do_not),
    (("stay", "remain", "keep", "kept", "left", "surviv"), _stays),
    ((" is ", " are ", "'s ", "'re ", "isn't", "aren't", "ain't", " as "), _set),
    ((" go", " come", " live", " belong", " happen", " are ", " is ", " branch", " start", " end", " follow", " use", " fit"), _goes),
    (("n't ", " not ", "never ", "cannot"), _does_not),
    (("every", "each", "any", "all", "whatever"), _each),
    ((" are ", " is ", " have ", " go ", " follow", " get ", " use ", " start ", " end ", " live ", " begin ", " read "), _names_are),
    (("belong", "owned", "managed", "handled", "maintained", "made by", "created by", "set by", "decided by", " by ", "ours", "yours", "mine", "'s ", " my ", "reserved", "theirs", " for "), _others),
    ((" ok", "fine", "may ", "can ", "allowed", "permitted", "yes", "good", "welcome", "yours", "free"), _contrast),
    (("if ", "should ", "when", "in case", "as soon as", "once ", "before ", "for ", "unless", "until", "at the first", "prior"), _in_case),
    (("before", "prior to"), _ask_before),
    (("keeping", "leaving", "preserving", "retaining", "maintaining", "while ", "staying", "caveat", "proviso", "condition", "long as", "provid", "such that", "in mind", "constraint"), _while),
    (("",), _fragment),
    ((":", "=", " - ", "–", "—"), _titled),
)
