"""Which of two records replaces the other: the same subject with another content. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from holdfast.memory.words.areas import area_of
from holdfast.memory.words.canonical import negated_plainly, sequence_of
from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.lexicon import ORDERABLE, PAST

_CHANGE = frozenset("write create delete rename ddl dml".split())
_WORD = pattern(r"[a-zà-ÿ0-9][\w.+#-]*")
_EMPTY = frozenset("""a an the and or of to in on for with is are be it its this that these those i we you they my our your please pls just also so now then as at by from into use using used going with keep stick stay let let's lets
    decided decide decision agreed settled chose chosen pick picked opted must should shall will would can could may have has had do does did don't not no never only always all every each any make sure ensure because since
    instead rather than actually from now one new old still will we'll we're we've it's i'd want like need needs be been being was were after all again longer more but if when until unless before ok okay use version
    there here everywhere anywhere files file code project repo change changed switch switched adopt""".split())
# Things of which a project has one: naming another one replaces it.
_CHOICES = tuple(frozenset(group.split()) for group in (
    "npm yarn pnpm bun", "pip poetry uv pipenv conda pdm", "tabs spaces tab space", "jest vitest mocha ava", "pytest unittest nose", "postgres postgresql mysql mariadb sqlite mongodb oracle mssql dynamodb cockroachdb", "redis memcached valkey",
    "rest graphql grpc soap trpc", "react vue svelte angular solid preact", "docker podman", "webpack vite rollup esbuild parcel", "english german french spanish portuguese italian american british deutsch englisch französisch spanisch anglais français allemand espagnol inglés español alemán francés inglês português alemão francês", "single double", "snake camel kebab pascal snake_case camelcase kebab-case pascalcase",
    "main master develop staging trunk", "typescript javascript", "express fastify koa hono nestjs", "django flask fastapi", "maven gradle", "black ruff yapf autopep8", "eslint biome", "rebase merge squash", "jwt sessions session cookies cookie oauth", "kafka rabbitmq sqs nats pulsar",
    "aws gcp azure", "production prod staging dev sandbox local test", "monolith microservices", "css tailwind sass styled-components", "rest websocket websockets polling sse", "yaml json toml ini xml csv", "axios fetch requests httpx aiohttp", "prisma drizzle typeorm sequelize knex", "mit apache gpl bsd",
    "java kotlin scala", "bash zsh fish", "sync async", "utc local", "prettier biome", "celery rq dramatiq", "nginx caddy apache traefik", "kubernetes nomad ecs swarm", "terraform pulumi cloudformation cdk", "sentry rollbar datadog", "monday tuesday wednesday thursday friday saturday sunday", "hourly daily nightly weekly monthly yearly", "linux windows macos", "uuid ulid serial autoincrement", "redux zustand mobx recoil jotai"))
def same(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the new record says the old one again: the same words but for their form, or the same acts on the same things."""
    if _text(new).strip() and _says_again(_claim(new), _claim(old)):
        return True
    if new.get("kind") == "decision" or old.get("kind") == "decision":
        return False
    targets, forbids = _targets(new), _acts(new)
    if not (targets and forbids):
        return False
    return targets == _targets(old) and _spread(forbids) == _spread(_acts(old)) and bool(new.get("only")) == bool(old.get("only"))


def supersedes(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the new record takes the place of the old one: about the same, and both cannot hold. False when it only says it again."""
    if _text(new).rstrip().endswith("?") or _PERMITS.match(_text(new).lower()) and not _claim(new).bound or same(new, old):
        return False
    if new.get("kind") == old.get("kind") == "naming":
        return bool(_named_things(new) & _named_things(old)) and bool(_aspects(new) & _aspects(old)) or _other_value(_claim(new), _claim(old))
    if "decision" in (new.get("kind"), old.get("kind")):
        return new.get("kind") == old.get("kind") and _other_choice(new, old) or new.get("kind") != old.get("kind") and not _acts(new) and not _acts(old) and _chosen_apart(new, old)
    if _confined(new) and _confined(old) and not (_acts(new) and _acts(old)):
        difference = _one_difference(_claim(new).words, _claim(old).words)
        return bool(difference) and not (difference[1][0] in ORDERABLE and difference[2][0] in ORDERABLE)  # type: ignore[index]
    if new.get("only") and old.get("only") and set(_acts(new)) & set(_acts(old)):
        # "Only edit src/" after "only edit docs/": the permitted place has changed. A narrower or a wider one replaces it too.
        return _targets(new) != _targets(old)
    if new.get("only") and _acts(new) and not old.get("only") and _acts(old) and set(_spread(_acts(new))) & set(_spread(_acts(old))):
        # What was forbidden is the only thing permitted now.
        return bool(_targets(new)) and bool(_targets(old)) and _targets(old) <= _targets(new)
    if old.get("only") and _acts(old) and _acts(new) and not new.get("only") and set(_spread(_acts(new))) & set(_spread(_acts(old))):
        # What alone was permitted is forbidden now.
        return bool(_targets(new)) and _targets(old) <= _targets(new)
    if _targets(new) and _targets(new) == _targets(old) and _kinds(new) == _kinds(old) and _acts(new) and _acts(old):
        # Another extent of the same prohibition ("read-only" after "do not read"): the later words are the rule.
        return set(_spread(_acts(new))) != set(_spread(_acts(old))) and bool({str(new.get("kind")), str(old.get("kind"))} & {"read-only"})
    if _acts(new) and _acts(old) and (_claim(new).denied or _claim(old).denied or _claim(new).left or _claim(old).left):
        return _limits_apart(_claim(new), _claim(old)) or _leaves_behind(_claim(new), _claim(old))
    return _chosen_apart(new, old) or _other_value(_claim(new), _claim(old)) or _leaves_behind(_claim(new), _claim(old)) or _turned(_claim(new), _claim(old))


_PERMITS = pattern(r"\W*(?:ok(?:ay)?,? )?(?:you|we|agents) (?:can|may|could)(?! only| not|not)\b")


def _named_things(record: "dict[str, object]") -> "set[str]":
    return {m[0].rstrip("s").removesuffix("e") for m in _NAMED_THINGS.finditer(_text(record).lower())}


def _aspects(record: "dict[str, object]") -> "set[str]":
    """What of a name is ruled: its case, how it begins, how it ends, its length, its language."""
    text = re.sub(r"\S*[-/<>_](?!case)\S*", " ", _text(record).lower())  # a name given as an example says nothing of how long names are
    found = {aspect for aspect, words in _ASPECTS if words.search(text)}
    return found or {"begin"}


_NAMED_THINGS = pattern(r"\b(?:branch(?:es)?|commits?|files?|tests?|variables?|functions?|class(?:es)?|tables?|columns?|prs?|pull requests?|tags?|migrations?|modules?|packages?|components?|constants?|methods?|routes?|endpoints?|keys?|releases?|env|everything)\b")
_ASPECTS = (("case", pattern(r"case\b|camel|snake|kebab|pascal")), ("end", pattern(r"\b(?:end|ends|suffix\w*)\b")), ("length", pattern(r"\b(?:character|characters|chars|long|longer|short|shorter|words)\b")),
            ("language", pattern(r"\b(?:english|german|french|spanish|portuguese)\b")), ("number", pattern(r"\b(?:plural|singular)\b")))


def _confined(record: "dict[str, object]") -> bool:
    return bool(record.get("only")) or record.get("kind") == "only" or bool(_ONLY.search(_text(record).lower()))


_ONLY = pattern(r"(?<!read[- ])\b(?:only|solely|exclusively|nur|ausschließlich|únicamente|uniquement|seulement|solamente|sólo|apenas|somente)\b")


def _chosen_apart(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the two choose differently where there can be only one: another tool of a kind."""
    ours, theirs = _picked(_text(new)), _picked(_text(old))
    if _claim(new).denied != _claim(old).denied:
        return False
    for group in _CHOICES:
        mine, its = ours & group, theirs & group
        if mine and its and not mine & its and _same_subject(new, old, group):
            return True
    return _limits_apart(_claim(new), _claim(old))


def _same_subject(new: "dict[str, object]", old: "dict[str, object]", group: "frozenset[str]") -> bool:
    """Whether what surrounds the choice does not name different things ("tabs in Go" and "spaces in Python" both hold)."""
    mine, its = _content(new) - group, _content(old) - group
    if re.search(r"\binstead\b", _text(new).lower()):
        return True
    if mine and not its:
        return not any(word not in group for word in re.findall(r"\b(?:in|for|under|inside|within)\s+(?:the |our |all )?([\w./-]+)", _text(new).lower()))
    return mine <= its or its <= mine


def _other_choice(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    new, old = _without_reason(new), _without_reason(old)
    ours, theirs = _claim(new), _claim(old)
    return _chosen_apart(new, old) or _other_value(ours, theirs) or _turned(ours, theirs) or _leaves_behind(ours, theirs)


def _without_reason(record: "dict[str, object]") -> "dict[str, object]":
    return {**record, "text": re.split(r",?\s+\b(?:because|since|as it|as we|as they|due to|given that|so that|weil|denn|parce que|porque)\b", _text(record))[0]}


class _Claim(NamedTuple):
    """What a record says. words: canonical, in order, without what only shapes the sentence.  left: what it says to leave behind.

    denied: it forbids or refuses.  bound: "max" or "min" when it sets a limit.  changes: it says that something changes.  states: "X is Y".  each: what
    stands after "every" or "each".  replaces: it says outright that something else is to go ("instead", "we dropped X").  orders: it begins with a verb.  done: its participles.
    """

    words: "tuple[str, ...]"
    left: "frozenset[str]"
    denied: bool
    bound: str
    changes: bool
    states: bool
    each: "frozenset[str]"
    replaces: bool
    orders: bool
    done: "frozenset[str]"


_EACH = pattern(r"\b(?:(?:after|before|at|on|in|with) )?(?:every|each|all|any)\s+\w+")
_AGAINST = pattern(r"\b(?:decided|opted|chose|voted) (?:against|not to use)\s+(?P<what>[\w.+#/-]+)")
_MARKS = pattern(r"\b(?:from now on|from here on(?: out)?|as of (?:now|today)|starting (?:now|today)|going forward|henceforth|instead|actually|update:|change of plans?\W|correction:|on second thoughts?|new rule:|make (?:that|it)|change (?:that|it) to|ab jetzt|ab sofort|von jetzt an|jetzt|nun|stattdessen"
                    r"|à partir de maintenant|désormais|dorénavant|maintenant|a partir de ahora|de ahora en adelante|desde ahora|ahora|a partir de agora|de agora em diante|agora|now)\b|\b(?:update|change of plans?|correction):")
_INSTEAD = pattern(r"\binstead\b(?! of)|\b(?:change of plans?|correction|scratch that)\b")
_LEFT = pattern(r"(?:,?\s*\b(?:and )?(?:instead of|rather than|in place of|as opposed to|and no longer|statt|anstelle von|anstatt|au lieu d[eu']|plutôt qu[e']|en lugar de|en vez de|em vez de|ao invés de)\b|,\s*(?:and )?(?:not|no longer|nicht mehr|nicht|plus|pas|no|ya no|não))\s+(?P<what>(?:[^,;.!?]|\.(?=\w))+?)(?=[,;!?]|\.(?:\s|\Z)|\Z)")
_DROPPED = pattern(r"\b(?:(?:we|i)(?:'ve| have)? )?(?:dropped|abandoned|ditched|replaced|moved (?:away )?from|switch(?:ed|ing)? from|migrated from|moving from|replace)\s+(?P<what>[\w.+#/-]+(?: [\w.+#/-]+)?)\s+(?P<to>and|with|by|to|for|in favou?r of)\s+")
_GONE = pattern(r";\s*(?:the |that )?(?P<what>[^;]*?)\s+(?:is|are) (?:gone|obsolete|void|history|no longer valid|off)\b.*")
_MOST = pattern(r"\b(?:no more than|not more than|at most|up to|max(?:imum|imal)?\.?(?: of)?|(?:not|never|cannot)(?: be| take| go| use| exceed| last| have| contain| get)* (?:(?:longer|more|larger|bigger|higher|greater|wider|slower|older|above|over|beyond)(?: than)?|exceed)|(?:smaller|shorter|less|fewer|lower|faster|quicker) than|within|under|below"
                   r"|(?:is |are )?limited to|limit(?: is| of| for| on)?|capped at|cap|höchstens|maximal|au plus|au maximum|como máximo|a lo sumo|no máximo)\b|<=?|≤")
_LEAST = pattern(r"\b(?:at least|no (?:less|fewer) than|more than|min(?:imum|imal)?\.?(?: of)?|mindestens|au moins|al menos|pelo menos|no mínimo)\b|>=?|≥")
_DENIES = frozenset("not never no avoid without stop nothing refuse forbid nicht nie niemals kein keine ne pas jamais nunca jamás não nem neither nor against".split())
# What only shapes a sentence.
_SHAPE = frozenset("""a an the we i you they it our my your their his please must should shall will would can could may might have has need ought do does let be is are was were been being also just so then that this these those there
    all always every each any ever ensure sure make going decide agree settle choose pick opt go ok okay pls bitte und and or but which than more most newer longer nothing der die das den dem le la les el los las un une una o os um uma muss doit debe deve""".split())
_PREPOSITIONS = frozenset("in on at to with by as under via through from for per of into inside within when until after before über auf mit unter bei en dans sur avec sous con bajo em com sob".split())
_PLACING = frozenset("store keep put save place host log send push deploy publish upload live".split())
_NAMING = frozenset("name call prefix suffix set title label tag call default".split())
_USING = frozenset("use run adopt target prefer".split())
_ADDING = frozenset("support work test accept handle cover include".split())  # what is done for one thing is done for the next one too
_SOLE = frozenset("default only main primary standard preferred official minimum maximum".split())
_UNITS = tuple(frozenset(group.split()) for group in ("ms millisecond second s sec minute min hour h day week month year", "b kb mb gb tb kib mib gib byte kilobyte megabyte gigabyte", "% percent"))
_UNIT_WORDS = frozenset().union(*_UNITS)
_LANGUAGES = next(group for group in _CHOICES if "german" in group)
_NUMBER = pattern(r"\d[\d.,_]*[a-z%]{0,3}")
_LOOSE = frozenset("limit take last use change make keep stay lie be on now time long size".split()) | _PREPOSITIONS
_CREATING = frozenset("add write make do put include create use keep-up have".split())


def _claim(record: "dict[str, object]") -> _Claim:
    text = f"{record.get('lead') or ''} {_text(record)}".strip(" .!?\"'“”")
    text = re.sub(r"[`*\"“”]", "", negated_plainly(text))
    left: list[str] = []
    replaces = bool(_DROPPED.search(text) or _INSTEAD.search(text))
    for form in (_AGAINST, _GONE, _LEFT, _DROPPED):
        while match := form.search(text):
            left += sequence_of(match["what"])
            text = text[:match.start()] + (" we " if form is _DROPPED else " ") + ("use " if form is _DROPPED and match["to"] != "and" else "") + text[match.end():]
    plain = _MARKS.sub(" ", text)
    limit = _MOST.sub(" ", plain)
    bound = "max" if limit != plain else ""
    low = _LEAST.sub(" ", limit)
    bound = bound or ("min" if low != limit else "")
    words = sequence_of(re.sub(r"\bno longer\b", " not ", low if bound and any(c.isdigit() for c in " ".join(sequence_of(low))) else plain))
    kept = [word for at, word in enumerate(words) if not (word == "to" and (at + 1 == len(words) or words[at + 1] in ORDERABLE or words[at + 1][0].isdigit()))]
    return _Claim(tuple(word for word in kept if word not in _SHAPE and word not in _DENIES), frozenset(left) - _SHAPE - _PREPOSITIONS, bool(_DENIES & set(words)), bound, plain != text or bool(left),
                  bool(re.search(r"\b(?:is|are|be|ist|sind|est|sont|es|son|é|são)\b", text)),
                  frozenset(word for match in _EACH.finditer(text) for word in sequence_of(match[0])) - _SHAPE, replaces,
                  any(word in ORDERABLE and not re.search(rf"\b{re.escape(word)}e?s\b", text) for word in [word for word in kept if word not in _SHAPE and word not in _DENIES][:1]),
                  frozenset(PAST[word] for word in re.findall(r"[a-z]+", text) if word in PAST and PAST[word] != word))


def _says_again(new: _Claim, old: _Claim) -> bool:
    if new.denied != old.denied or new.bound != old.bound or not new.words:
        return False
    if new.words == old.words:
        return new.left <= old.left  # "use npm, not yarn" says more than "use npm"
    # "We use X as the database" and "the database is X": nothing but names, and no order among them.
    plain = _USING | _PREPOSITIONS
    ours, theirs = set(new.words) - plain, set(old.words) - plain
    return (new.states or old.states) and ours == theirs and len(ours) == 2 and not ours & ORDERABLE and not new.left and not old.left


def _one_difference(new: "tuple[str, ...]", old: "tuple[str, ...]") -> "tuple[int, tuple[str, ...], tuple[str, ...]] | None":
    """(where, the new words, the old words) when the two differ in one place alone, else None."""
    blocks = [block for block in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if block[0] != "equal"]
    if len(blocks) != 1 or blocks[0][0] != "replace":
        return None
    _, a, b, c, d = blocks[0]
    return (c, new[c:d], old[a:b]) if max(b - a, d - c) <= 3 and (b - a) < len(old) else None


def _other_value(new: _Claim, old: _Claim) -> bool:
    """Whether the two fill the same slot of the same sentence with different values."""
    if _limits_apart(new, old):
        return True
    if new.denied or old.denied or not (difference := _one_difference(new.words, old.words)):
        return False
    at, mine, its = difference
    if not new.replaces and _ADDING & set(new.words):
        return False
    before, after = new.words[:at], new.words[at + len(mine):]
    if any(set(mine) <= group and set(its) <= group for group in _UNITS):
        return True
    if any(_NUMBER.fullmatch(word) for word in (*mine, *its)) or bool(set(mine) & _LANGUAGES) != bool(set(its) & _LANGUAGES):
        return False  # numbers were compared above; a language and a place are no two values of one thing
    if any(word in _PREPOSITIONS for word in (*mine, *its)):
        return False
    if not before:
        return bool(set(after) & _SOLE) and new.states and old.states
    if new.replaces and before[0] in ORDERABLE:
        return True
    verb = before[0] if new.orders and not (new.states and len(before) > 1) else ""
    if before[-1] in ("for", "per", "when", "of"):
        return False
    if before[-1] in _PREPOSITIONS:
        # "Live in X", "docs must be in X": the place is what is said. "Use tabs in X": it is where something else holds.
        return len(before) > 1 and (not verb or len(before) == 2 or verb in _PLACING)
    if verb in _NAMING:
        return len(before) > 1
    if verb in _USING:
        return len(before) == 1 and bool(after)
    return new.states and old.states and not verb and len(mine) <= 3 and len(its) <= 3 and not {mine[0], its[0]} & (new.done | old.done) and not any(_describes(word) for word in (mine[-1], its[-1]))


def _describes(word: str) -> bool:
    """Whether it is an adjective by its looks: a thing can have many qualities at once."""
    return word.endswith(("able", "ible", "ful", "less", "ous", "ive", "ent", "ant", "ary")) or word in ("fast", "slow", "small", "big", "large", "stable", "new", "old", "simple", "ready", "done", "good", "optional", "required", "important", "safe")


def _limits_apart(new: _Claim, old: _Claim) -> bool:
    """Whether the two give another number for the same."""
    ours, theirs = _numbers(new.words), _numbers(old.words)
    if not ours or not theirs or len(ours) > 2 or len(theirs) > 2 or ours == theirs or {new.bound, old.bound} == {"max", "min"}:
        return False
    mine, its = _measured(new.words), _measured(old.words)
    if any((mine | its) & group for group in _UNITS) and not any(mine & group and its & group or not (mine | its) & group for group in _UNITS):
        return False
    if not new.changes and _ADDING & set(new.words) and not new.bound:
        return False
    mine, its = mine - _UNIT_WORDS, its - _UNIT_WORDS
    return mine == its and (bool(mine) or bool(new.changes)) or new.changes and bool(mine) and mine < its


def _numbers(words: "tuple[str, ...]") -> "list[str]":
    units = [words[at] + (words[at + 1] if at + 1 < len(words) and words[at + 1] in _UNIT_WORDS else "") for at in range(len(words)) if _NUMBER.fullmatch(words[at])]
    return [unit.rstrip(".,") for unit in units]


def _measured(words: "tuple[str, ...]") -> "frozenset[str]":
    """What is measured or numbered, with its unit."""
    return frozenset(word for word in words if not _NUMBER.fullmatch(word) and word not in _LOOSE) | frozenset(match[1] for word in words if (match := re.fullmatch(r"\d[\d.,_]*([a-z%]+)", word)))


def _leaves_behind(new: _Claim, old: _Claim) -> bool:
    """"... instead of X", "no longer X": the thing left behind is what the older one chose."""
    theirs = set(old.words) - _PREPOSITIONS
    if not new.left or old.denied and not old.bound or not new.left - _USING <= theirs or not new.left - _USING:
        return False
    rest = theirs - new.left - _USING - _PLACING
    if not rest or rest & set(new.words):
        return True
    # "Use X for the sessions" is about X: who leaves X without saying where leaves it there too.
    if new.replaces and not _PREPOSITIONS & set(new.words):
        return True
    place = next((at for at, word in enumerate(old.words) if word in _PREPOSITIONS), len(old.words))
    return set(old.words[:place]) - _USING - _PLACING <= new.left and not _PREPOSITIONS & set(new.words)


def _turned(new: _Claim, old: _Claim) -> bool:
    """The same, once asked for and once refused ("always squash" and "never squash")."""
    if new.denied == old.denied or new.bound or old.bound:
        return False
    ours, theirs = set(new.words), set(old.words)
    if ours == theirs:
        return True
    # "Comment every function" after "do not add comments": the act is the same, asked for everywhere.
    acted = ours if new.denied or ours - theirs <= _CREATING else ours - new.each
    return bool(acted & theirs) and acted ^ theirs <= _CREATING


def _content(record: "dict[str, object]") -> "set[str]":
    return {word.rstrip(".").removesuffix("s") for word in _words(record) if word.rstrip(".") not in _EMPTY and len(word) > 1 and not word[0].isdigit()}


def _picked(text: str) -> "set[str]":
    """The words that are chosen, without those that are refused ("use uv, not poetry")."""
    plain = re.sub(r"\b(?:not|instead of|rather than|over|no longer|and not|never|without|in place of)\s+(?:use |using |the |with )*[\w.+#-]+(?:\s+(?:or|and|nor)\s+[\w.+#-]+)?", " ", text.lower().replace("’", "'"))
    return {word.rstrip(".,") for word in _WORD.findall(plain)}


def _words(record: "dict[str, object]") -> "tuple[str, ...]":
    return tuple(_WORD.findall(f"{record.get('lead') or ''} {_text(record)}".lower().replace("’", "'").rstrip(".!")))


def _text(record: "dict[str, object]") -> str:
    return str(record.get("text") or "")


def _acts(record: "dict[str, object]") -> "tuple[str, ...]":
    value = record.get("forbids")
    return tuple(str(act) for act in value) if isinstance(value, (list, tuple)) else ()


def _spread(acts: "tuple[str, ...]") -> "frozenset[str]":
    return frozenset(acts) | (_CHANGE if "write" in acts else frozenset())


def _kinds(record: "dict[str, object]") -> "frozenset[str]":
    """Of what kind the targets are: a table and a folder of one name are two things."""
    value = record.get("targets")
    return frozenset(str(pair[0]) for pair in value if len(pair) == 2) if isinstance(value, (list, tuple)) else frozenset()


def _targets(record: "dict[str, object]") -> "frozenset[str]":
    value = record.get("targets")
    names = [str(pair[1]) for pair in value if len(pair) == 2 and pair[0] != "except"] if isinstance(value, (list, tuple)) else []
    return frozenset(area_of(name) or name.lower().strip("`'\" ").removeprefix("./").removeprefix("the ").rstrip("/").removesuffix(" folder") for name in names)
