"""English words as the grammar needs them: verbs with their forms and the acts they name, what can be asked of an agent, what is no order."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

ACTS = ("write", "create", "delete", "rename", "read", "run", "ddl", "dml", "query", "push", "commit", "merge", "rebase", "connect", "install", "deploy")

# Verb -> the acts it names. "write" is any change.
_VERBS = {
    ("write",): """touch change edit modify alter update write overwrite patch refactor reformat rewrite adjust tweak mutate amend affect break clobber replace regenerate
        bump upgrade downgrade revert reset restructure reorganise reorganize reorder fix correct improve optimise optimize simplify clean tidy polish convert port
        translate transform extend expand shrink reduce increase decrease comment uncomment mangle corrupt damage disturb manipulate modernise modernize migrate hack
        meddle mess tamper fiddle interfere monkey tinker toy muck screw disable enable weaken relax loosen bypass circumvent mock stub skip inline deprecate redesign rework
        customise customize override shadow fork vendor lint indent sort format reindent autoformat normalise normalize redefine reimplement restyle duplicate configure reconfigure
        disrupt invalidate alter edit switch swap toggle""",
    ("create",): "create add introduce generate make scaffold initialise initialize init insert append copy clone produce build leave",
    ("delete",): "delete remove erase wipe purge prune unlink rm destroy drop truncate discard trash nuke eliminate strip clear dump shred empty",
    ("rename",): "rename move relocate mv renumber",
    ("read",): "read open view cat print inspect look see peek browse display show access parse load",
    ("run",): "run execute invoke launch start call trigger restart kill stop spawn schedule use",
    ("query",): "query select",
    ("push",): "push force-push",
    ("commit",): "commit stage amend stash",
    ("merge",): "merge squash cherry-pick",
    ("rebase",): "rebase",
    ("connect",): "connect ssh contact ping hit fetch request curl call reach talk download upload send",
    ("install",): "install download add-dependency",
    ("deploy",): "deploy release publish ship roll promote",
}
ACT_OF = {verb: acts for acts, verbs in _VERBS.items() for verb in verbs.split()}
ACT_OF["call"] = ("run",)
ACT_OF["download"] = ("connect",)
# Further verbs an agent can be told to do or not to do; no act that code can stop.
_OTHERS = """do go say tell ask give take put set get find keep leave let try work think assume guess invent explain describe document mention write note log store save cache
    return raise throw catch handle ignore suppress swallow check verify validate confirm test retest review report summarise summarize list name label tag prefix suffix
    follow stick stay avoid prefer ensure respect preserve maintain retain support depend rely import require export include exclude mix combine split separate
    hardcode hard-code expose leak reveal disclose share reuse repeat copy-paste over-engineer overengineer bother bundle batch parallelise parallelize block wait finish
    begin continue proceed resume pause exceed spend limit restrict confine cap hold respond answer reply output emit capitalise capitalize abbreviate truncate wrap nest
    declare define assign return cast extract abstract couple sign approve close reopen assign email post tweet notify alert message bill charge pay order buy sell
    treat consider pretend claim lie fake fabricate hallucinate speculate rush panic mark sync persist serialise serialize encode decode encrypt decrypt mount unmount chmod
    chown sudo grant revoke enable spin scale provision tear bring turn switch submit file raise land delegate spawn escalate attempt perform apply implement investigate
    debug trace profile benchmark measure compare analyse analyze search grep look scan crawl scrape index archive back backup restore snapshot tag branch checkout check-out
    pull fetch fork clone compile lint typecheck type-check minify obfuscate compress expand flatten guess decide choose pick select plan design draft propose suggest
    recommend use adopt apply create start end stop quit exit shut abort cancel undo redo drop pass fail accept reject deny allow permit forbid block trust believe
    believe render paint draw animate style align center hide cover monitor watch track count sum compute calculate round sort group filter join map bind attach detach
    link unlink connect embed store hand throttle wire bring cut paste speak mind edit wake pin unpin lock unlock freeze target obey adhere conform comply honor honour
    log enforce use prevent protect mirror modularise gitignore shell hand-edit work commit address quote cite reference answer focus speed make prepare double-check test
    solve spare redo rerun rebuild sketch prototype learn examine study consolidate unify streamline harden silence rephrase reword impute dedupe deduplicate confine drive phone validate flush bend
    sanitise sanitize escape parse localise localize internationalise rotate seed populate backfill reindex vacuum dockerize containerize cherry pick bisect blame squash diff
    """
ORDERABLE = frozenset(_OTHERS.split()) | frozenset(ACT_OF)

_IRREGULAR = {
    "write": ("writing", "written", "wrote"), "overwrite": ("overwriting", "overwritten"), "rewrite": ("rewriting", "rewritten"), "break": ("breaking", "broken"), "run": ("running", "run"),
    "get": ("getting", "gotten"), "put": ("putting", "put"), "set": ("setting", "set"), "reset": ("resetting", "reset"), "read": ("reading", "read"), "see": ("seeing", "seen"),
    "send": ("sending", "sent"), "hit": ("hitting", "hit"), "make": ("making", "made"), "leave": ("leaving", "left"), "build": ("building", "built"), "commit": ("committing", "committed"),
    "stop": ("stopping", "stopped"), "drop": ("dropping", "dropped"), "strip": ("stripping", "stripped"), "ship": ("shipping", "shipped"), "swap": ("swapping", "swapped"), "skip": ("skipping", "skipped"),
    "stub": ("stubbing", "stubbed"), "ping": ("pinging", "pinged"), "rm": ("rm'ing", "rm'ed"), "mv": ("mv'ing", "mv'ed"), "shred": ("shredding", "shredded"), "override": ("overriding", "overridden"),
    "tag": ("tagging", "tagged"), "debug": ("debugging", "debugged"), "log": ("logging", "logged"), "let": ("letting", "let"), "hold": ("holding", "held"), "keep": ("keeping", "kept"), "spend": ("spending", "spent"),
    "begin": ("beginning", "begun"), "cut": ("cutting", "cut"), "split": ("splitting", "split"), "wrap": ("wrapping", "wrapped"), "grep": ("grepping", "grepped"), "scan": ("scanning", "scanned"),
    "modify": ("modifying", "modified"), "copy": ("copying", "copied"), "tidy": ("tidying", "tidied"), "empty": ("emptying", "emptied"), "deploy": ("deploying", "deployed"), "destroy": ("destroying", "destroyed"),
    "toy": ("toying", "toyed"), "query": ("querying", "queried"), "simplify": ("simplifying", "simplified"), "cherry-pick": ("cherry-picking", "cherry-picked"), "ssh": ("sshing", "sshed"), "init": ("initing", "inited"),
    "spin": ("spinning", "spun"), "hide": ("hiding", "hidden"), "take": ("taking", "taken"), "give": ("giving", "given"), "do": ("doing", "done"), "go": ("going", "gone"), "lie": ("lying", "lied"), "pin": ("pinning", "pinned"),
    "throw": ("throwing", "thrown"), "tell": ("telling", "told"), "find": ("finding", "found"), "think": ("thinking", "thought"), "freeze": ("freezing", "frozen"), "shut": ("shutting", "shut"), "fiddle": ("fiddling", "fiddled"),
    "map": ("mapping", "mapped"), "submit": ("submitting", "submitted"), "bump": ("bumping", "bumped"), "nuke": ("nuking", "nuked"), "mess": ("messing", "messed"), "cap": ("capping", "capped"), "edit": ("editing", "edited"),
}


def _forms(verb: str) -> "tuple[str, str, str]":
    """(-ing form, past participle, third person)."""
    third = verb + "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeou" else verb + "s"
    if verb in _IRREGULAR:
        ing, past = _IRREGULAR[verb][:2]
    elif verb.endswith("e") and not verb.endswith("ee"):
        ing, past = verb[:-1] + "ing", verb + "d"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        ing, past = verb + "ing", verb[:-1] + "ied"
    else:
        ing, past = verb + "ing", verb + "ed"
    return ing, past, third


FORMS = {verb: _forms(verb) for verb in sorted(ORDERABLE)}
ING = {forms[0]: verb for verb, forms in FORMS.items()}
PAST = {forms[1]: verb for verb, forms in FORMS.items()}
for _verb in sorted(ORDERABLE):  # "reformatting" beside "reformating": which verbs double their last letter is not worth a list
    if len(_verb) > 2 and _verb[-1] in "tpbgmnlrd" and _verb[-2] in "aeiou" and _verb[-3] not in "aeiou":
        ING.setdefault(_verb + _verb[-1] + "ing", _verb)
        PAST.setdefault(_verb + _verb[-1] + "ed", _verb)
ACT_ING = {ing: verb for ing, verb in ING.items() if verb in ACT_OF}
ACT_PAST = {past: verb for past, verb in PAST.items() if verb in ACT_OF} | {"broken": "break", "altered": "alter"}
# Verbs whose object must not change when they are forbidden, and nouns for it.
CHANGING = frozenset(verb for acts in (("write",), ("create",), ("delete",), ("rename",)) for verb in _VERBS[acts].split())
ACT_NOUNS = {
    "change": ("write",), "changes": ("write",), "edit": ("write",), "edits": ("write",), "modification": ("write",), "modifications": ("write",), "alteration": ("write",), "alterations": ("write",),
    "write": ("write",), "writes": ("write",), "update": ("write",), "updates": ("write",), "rewrite": ("write",), "rewrites": ("write",), "refactor": ("write",), "refactors": ("write",), "refactoring": ("write",),
    "refactorings": ("write",), "reformatting": ("write",), "formatting": ("write",), "adjustments": ("write",), "tweaks": ("write",), "upgrades": ("install",), "upgrade": ("install",), "bumps": ("install",),
    "deletion": ("delete",), "deletions": ("delete",), "deletes": ("delete",), "removal": ("delete",), "removals": ("delete",), "rename": ("rename",), "renames": ("rename",), "renaming": ("rename",), "moves": ("rename",),
    "push": ("push",), "pushes": ("push",), "force-push": ("push",), "force-pushes": ("push",), "force-pushing": ("push",), "commit": ("commit",), "commits": ("commit",), "merge": ("merge",), "merges": ("merge",), "rebase": ("rebase",),
    "rebases": ("rebase",), "deploy": ("deploy",), "deploys": ("deploy",), "deployment": ("deploy",), "deployments": ("deploy",), "release": ("deploy",), "releases": ("deploy",), "publishing": ("deploy",),
    "install": ("install",), "installs": ("install",), "installation": ("install",), "installations": ("install",), "dependency": ("install",), "dependencies": ("install",), "deps": ("install",), "package": ("install",),
    "packages": ("install",), "library": ("install",), "libraries": ("install",), "libs": ("install",), "ddl": ("ddl",), "dml": ("dml",), "schema": ("ddl",), "migrations": ("ddl",), "migration": ("ddl",),
    "queries": ("query",), "query": ("query",), "sql": ("query",), "drops": ("ddl",), "inserts": ("dml",), "network": ("connect",), "internet": ("connect",), "http": ("connect",), "connections": ("connect",),
    "downloads": ("connect",), "uploads": ("connect",), "outbound": ("connect",), "truncates": ("dml",), "reads": ("read",), "cleanup": ("write",), "cleanups": ("write",), "access": ("read", "connect"),
}
# What may stand between the place where a sentence can begin and its verb.
FILLERS = frozenset("""please|pls|plz|plse|yo|nah|nope|lol|haha|heads up|heads-up|quick one|dude|man|mate|bro|hmm|ah|uh|um|erm|ugh|cool|great|nice|perfect|good|fine|awesome|thank you|one thing though|though|oh and|u|ya|sup|thx|ty|cheers mate|quick note|side note|pro tip|tip|fair warning|friendly reminder|gentle reminder|my only ask|only ask|one ask|one request|kindly|just|also|but|and|or|so|then|however|though|still|again|really|absolutely|definitely|simply|generally|
ideally|now|ok|okay|btw|fyi|remember|importantly|important|crucially|strictly|obviously|actually|basically|note|nb|n.b|reminder|
ps|p.s|oh|hey|hi|hello|thanks|thx|well|yeah|yes|sure|right|alright|listen|look|guys|folks|everyone|all|team|y'all|critical|
warning|caution|attention|rule|constraint|restriction|requirement|one more thing|one thing|last thing|another thing|by the way|
for now|of course|as always|as usual|as before|once more|once again|at least|in addition|additionally|furthermore|moreover|
finally|lastly|first|second|third|firstly|secondly|thirdly|whatever you do|whatever happens|no matter what|under no circumstances|
in any case|above all|most importantly|more importantly|like i said|as i said|as mentioned|as discussed|as agreed|as stated|
to be clear|to be safe|to be sure|meanwhile|in the meantime|until then|while you're at it|while you are at it|and yet|plus|
instead|otherwise|therefore|hence|because of that|for the record|for god's sake|for the love of god|i repeat|seriously|honestly|
especially|in particular|at the same time|that said|from now on|going forward|henceforth|in future|in the future|for this task|
for this one|in this repo|in this session|here|tbh|imo|imho|and again|until further notice|as a rule|in general|
except where noted|one caveat|caveat|careful|beware|hard rule|hard requirement|must|very important|too|either|yet|ever|even|you|
agent|agents|claude|assistant|bot|subagents|workers|worker|nicely|tia|cheers|asap|urgent|fwiw|iirc|meaning|i.e|ie|namely|
which means|that means|meaning that|thing is|always|today|tonight|tomorrow|this week|right now|at all times|at any time|
at this point|for the time being|for the moment|in short|remember to|also please|i want you to|i need you to|i'd like you to|
i would like you to|i ask you to|i'm asking you to|we need you to|you should|you must|you need to|you have to|you are to|
we want you to|i expect you to|your job is to|your task is to|the task is to|the goal is to|the aim is to|let's|lets|try to|
be sure to|make sure to|can you|could you|would you|will you|can we|could we|feel free to|go ahead and|go and|i want to|
we want to|we need to|we should|we must|we have to|you can|you may|you'll|you will|you do|it's important to|it is important to|
it's ok to|take care to|let me be clear|let us|i'd say|i'd rather|we'd rather|i would rather|we would rather|we'd like to|i'd like to|we would like to|i would like to|i'd prefer to|we'd prefer to|i would prefer to|i prefer to|our policy is to|the policy is to|the rule is to|our rule is to|our convention is to|the convention is to|the plan is to|i need us to|we agreed to|i'd ask you to|i would ask you to|you're to|i mean|as long as you|as long as|so long as you|so long as|provided you|provided that you|provided|provided that|on condition that|on the condition that|on condition that you|under the condition that|with the caveat that|with the condition that|the only condition is that|only if you|the rule is|my rule is|my only condition is|one condition|my only condition|condition|the rule here is|house rule|the deal is|the catch is|the one rule is""".replace("\n", "").split("|"))
LONGEST_FILLER = max(len(phrase.split()) for phrase in FILLERS)
# Words after "don't" that make it a task, a comfort or a statement.
NO_PROHIBITION = frozenset("""forget worry hesitate mind bother panic sweat stress fret fear be feel know want need have see care understand think get believe remember recall seem exist matter appear belong
    have say mean wish expect hope agree disagree happen cry blame laugh judge hurry sue""".split())
# "No X" that is no prohibition.
NOTHING_FORBIDDEN = frozenset("""need worries worry problem problems idea luck rush hurry doubt clue way wonder matter one body longer thanks thank such error errors warning warnings output response result results
    reason sign trace difference success progress match matches data biggie prob probs pressure news joy dice point sweat stress sense chance harm kidding offense offence question questions issue issues
    surprise regrets guarantee guarantees fun time clear obvious apparent idea evidence comment yes but i it that this they we he she you there sorry please do don't dont go not never is are was were if as because and or
    docs documentation explanation description result-set worse better good answer particular hint hits entry entries record records user users customers body need deal shame excuse excuses biggy effect avail objections objection preference opinion strong real specific""".split())
