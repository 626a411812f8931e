"""Which of two records replaces the other: the same subject with another content. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re

from holdfast.memory.words.areas import area_of

_CHANGE = frozenset("write create delete rename ddl dml".split())
_WORD = re.compile(r"[a-zà-ÿ0-9][\w.+#-]*")
_EMPTY = frozenset("""a an the and or of to in on for with is are be it its this that these those i we you they my our your please pls just also so now then as at by from into use using used going with keep stick stay let let's lets
    decided decide decision agreed settled chose chosen pick picked opted must should shall will would can could may have has had do does did don't not no never only always all every each any make sure ensure because since
    instead rather than actually from now one new old still will we'll we're we've it's i'd want like need needs be been being was were after all again longer more but if when until unless before ok okay use version
    there here everywhere anywhere files file code project repo change changed switch switched adopt""".split())
# Things of which a project has one: naming another one replaces it.
_CHOICES = tuple(frozenset(group.split()) for group in (
    "npm yarn pnpm bun", "pip poetry uv pipenv conda pdm", "tabs spaces tab space", "jest vitest mocha ava", "pytest unittest nose", "postgres postgresql mysql mariadb sqlite mongodb oracle mssql dynamodb cockroachdb", "redis memcached valkey",
    "rest graphql grpc soap trpc", "react vue svelte angular solid preact", "docker podman", "webpack vite rollup esbuild parcel", "english german french spanish portuguese italian", "single double", "snake camel kebab pascal snake_case camelcase kebab-case pascalcase",
    "main master develop staging trunk", "typescript javascript", "express fastify koa hono nestjs", "django flask fastapi", "maven gradle", "black ruff yapf autopep8", "eslint biome", "rebase merge squash", "jwt sessions session cookies cookie oauth", "kafka rabbitmq sqs nats pulsar",
    "aws gcp azure", "production prod staging dev sandbox local test", "monolith microservices", "css tailwind sass styled-components", "rest websocket websockets polling sse", "yaml json toml ini xml", "axios fetch requests httpx aiohttp", "prisma drizzle typeorm sequelize knex", "mit apache gpl bsd",
    "java kotlin scala", "bash zsh fish", "sync async", "utc local", "prettier biome", "celery rq dramatiq", "nginx caddy apache traefik", "kubernetes nomad ecs swarm", "terraform pulumi cloudformation cdk", "sentry rollbar datadog", "linux windows macos", "uuid ulid serial autoincrement", "redux zustand mobx recoil jotai"))
_NUMBERED = re.compile(r"\b(?P<what>[a-z][a-z+#.]*?(?:\.js)?)\s*(?:version\s*|v|at\s+|>=\s*|=\s*|to\s+|is\s+|stay(?:s)?\s+(?:at\s+)?|:\s*)?(?P<number>\d[\d.]*)")


def same(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the new record says the old one again: the same words, or the same acts on the same things."""
    if _words(new) == _words(old) and _text(new).strip():
        return True
    if new.get("kind") == "decision" or old.get("kind") == "decision":
        return False
    targets, forbids = _targets(new), _acts(new)
    if not (targets and forbids):
        return False
    return targets == _targets(old) and _spread(forbids) == _spread(_acts(old)) and bool(new.get("only")) == bool(old.get("only"))


def supersedes(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the new record takes the place of the old one: about the same, and both cannot hold. False when it only says it again."""
    if same(new, old):
        return False
    if new.get("kind") == old.get("kind") == "naming":
        return bool(_named_things(new) & _named_things(old)) and bool(_aspects(new) & _aspects(old))
    if "decision" in (new.get("kind"), old.get("kind")):
        return new.get("kind") == old.get("kind") and _other_choice(new, old) or new.get("kind") != old.get("kind") and not _acts(new) and not _acts(old) and _chosen_apart(new, old)
    if new.get("only") and old.get("only") and set(_acts(new)) & set(_acts(old)):
        # "Only edit src/" after "only edit docs/": the permitted place has changed. A narrower or a wider one replaces it too.
        return _targets(new) != _targets(old)
    if new.get("only") and _acts(new) and not old.get("only") and _acts(old) and set(_spread(_acts(new))) & set(_spread(_acts(old))):
        # What was forbidden is the only thing permitted now.
        return bool(_targets(new)) and bool(_targets(old)) and _targets(old) <= _targets(new)
    if old.get("only") and _acts(old) and _acts(new) and not new.get("only") and set(_spread(_acts(new))) & set(_spread(_acts(old))):
        # What alone was permitted is forbidden now.
        return bool(_targets(new)) and _targets(old) <= _targets(new)
    if _targets(new) and _targets(new) == _targets(old) and _acts(new) and _acts(old):
        # Another extent of the same prohibition ("read-only" after "do not read"): the later words are the rule.
        return set(_spread(_acts(new))) != set(_spread(_acts(old))) and bool({str(new.get("kind")), str(old.get("kind"))} & {"read-only"})
    if new.get("only") and old.get("only") and _targets(new) != _targets(old) and _targets(new) and _targets(old):
        return _overlap(new, old) >= 0.5
    if _acts(new) and _acts(old):
        return False
    return _chosen_apart(new, old) or not _acts(new) and not _acts(old) and _turned(new, old)


def _named_things(record: "dict[str, object]") -> "set[str]":
    return {m[0].rstrip("s").removesuffix("e") for m in _NAMED_THINGS.finditer(_text(record).lower())}


def _aspects(record: "dict[str, object]") -> "set[str]":
    """What of a name is ruled: its case, how it begins, how it ends, its length, its language."""
    text = _text(record).lower()
    found = {aspect for aspect, words in _ASPECTS if words.search(text)}
    return found or {"begin"}


_NAMED_THINGS = re.compile(r"\b(?:branch(?:es)?|commits?|files?|tests?|variables?|functions?|class(?:es)?|tables?|columns?|prs?|pull requests?|tags?|migrations?|modules?|packages?|components?|constants?|methods?|routes?|endpoints?|keys?|releases?|env|everything)\b")
_ASPECTS = (("case", re.compile(r"case\b|camel|snake|kebab|pascal")), ("end", re.compile(r"\b(?:end|ends|suffix\w*)\b")), ("length", re.compile(r"\b(?:character|characters|chars|long|longer|short|shorter|words)\b")),
            ("language", re.compile(r"\b(?:english|german|french|spanish|portuguese)\b")), ("number", re.compile(r"\b(?:plural|singular)\b")))


def _chosen_apart(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """Whether the two choose differently where there can be only one: another tool of a kind, another number."""
    ours, theirs = _picked(_text(new)), _picked(_text(old))
    for group in _CHOICES:
        mine, its = ours & group, theirs & group
        if mine and its and not mine & its and _same_subject(new, old, group):
            return True
    numbers, before = _numbers(_text(new)), _numbers(_text(old))
    return any(what in before and number != before[what] for what, number in numbers.items()) and _overlap(new, old) >= 0.3


def _same_subject(new: "dict[str, object]", old: "dict[str, object]", group: "frozenset[str]") -> bool:
    """Whether what surrounds the choice does not name different things ("tabs in Go" and "spaces in Python" both hold)."""
    mine, its = _content(new) - group, _content(old) - group
    if re.search(r"\binstead\b", _text(new).lower()):
        return True
    return not mine or not its or bool(mine & its) or len(mine) <= 1 and len(its) <= 1 and not (mine and its)


def _other_choice(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    new, old = _without_reason(new), _without_reason(old)
    return _chosen_apart(new, old) or _turned(new, old) or _overlap(new, old) >= 0.6 and _negated(new) != _negated(old) or _says_instead(new, old)


def _without_reason(record: "dict[str, object]") -> "dict[str, object]":
    return {**record, "text": re.split(r",?\s+\b(?:because|since|as it|as we|as they|due to|given that|so that|weil|denn|parce que|porque)\b", _text(record))[0]}


def _says_instead(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """"... instead of X", "no longer X", "switch from X": the thing left behind is what the older one chose."""
    left = re.search(r"\b(?:instead of|rather than|no longer|not|drop|dropping|abandon|move away from|switch(?:ing|ed)? from|replace|replacing|over|and not|against)\s+(?:use |using |the |with )*(?P<what>[\w.+#-]+)", _text(new).lower())
    return bool(left) and left["what"] not in _EMPTY and left["what"].rstrip(".").removesuffix("s") in _content(old) and not _negated(old)  # type: ignore[index]


def _turned(new: "dict[str, object]", old: "dict[str, object]") -> bool:
    """The same subject, once asked for and once refused ("always squash" and "never squash")."""
    return _negated(new) != _negated(old) and _overlap(new, old) >= 0.6


def _negated(record: "dict[str, object]") -> bool:
    return bool(re.search(r"\b(?:not|never|no|n't|dont|don't|without|avoid|against|stop|nicht|nie|kein\w*|pas|jamais|nunca|não)\b|n['’]t\b", _text(record).lower()))


def _overlap(new: "dict[str, object]", old: "dict[str, object]") -> float:
    mine, its = _content(new), _content(old)
    return len(mine & its) / max(1, min(len(mine), len(its)))


def _content(record: "dict[str, object]") -> "set[str]":
    return {word.rstrip(".").removesuffix("s") for word in _words(record) if word.rstrip(".") not in _EMPTY and len(word) > 1 and not word[0].isdigit()}


def _picked(text: str) -> "set[str]":
    """The words that are chosen, without those that are refused ("use uv, not poetry")."""
    plain = re.sub(r"\b(?:not|instead of|rather than|over|no longer|and not|never|without|in place of)\s+(?:use |using |the |with )*[\w.+#-]+(?:\s+(?:or|and|nor)\s+[\w.+#-]+)?", " ", text.lower().replace("’", "'"))
    return {word.rstrip(".,") for word in _WORD.findall(plain)}


def _numbers(text: str) -> "dict[str, str]":
    found = {}
    for match in _NUMBERED.finditer(text.lower()):
        if match["what"] not in _EMPTY | {"most", "least", "than", "maximum", "max", "minimum"} or match["what"] == "version":
            found[match["what"]] = match["number"].rstrip(".")
    limit = re.search(r"\b(?:at most|no more than|max(?:imum)?(?: of)?|up to|under|within|below|limit(?:ed)? to)\s+(\d+)\s+([a-z]+)", text.lower())
    if limit:
        found["limit of " + limit[2].rstrip("s")] = limit[1]
    return found


def _words(record: "dict[str, object]") -> "tuple[str, ...]":
    return tuple(_WORD.findall(f"{record.get('lead') or ''} {_text(record)}".lower().replace("’", "'").rstrip(".!")))


def _text(record: "dict[str, object]") -> str:
    return str(record.get("text") or "")


def _acts(record: "dict[str, object]") -> "tuple[str, ...]":
    value = record.get("forbids")
    return tuple(str(act) for act in value) if isinstance(value, (list, tuple)) else ()


def _spread(acts: "tuple[str, ...]") -> "frozenset[str]":
    return frozenset(acts) | (_CHANGE if "write" in acts else frozenset())


def _targets(record: "dict[str, object]") -> "frozenset[str]":
    value = record.get("targets")
    names = [str(pair[1]) for pair in value if len(pair) == 2 and pair[0] != "except"] if isinstance(value, (list, tuple)) else []
    return frozenset(area_of(name) or name.lower().strip("`'\" ").removeprefix("./").removeprefix("the ").rstrip("/").removesuffix(" folder") for name in names)
