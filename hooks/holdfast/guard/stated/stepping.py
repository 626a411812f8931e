"""Items about programs, git, tables, hosts, installations and deployments, held against the commands of a Line. Pure."""

from holdfast.guard.rule import only_asks
from holdfast.guard.stated import LOOKING
from holdfast.guard.stated.judging import STEPS, finding, is_about_steps
from holdfast.guard.stated.programs import harmless, migrates, runs, stands_in, talks_to_databases, tests
from holdfast.guard.stated.repository import git_steps, rewrites
from holdfast.guard.stated.rules import COMMAND, HOST, INSTALL, TABLE
from holdfast.guard.stated.services import (
    deploys,
    environments,
    host_is,
    hosts_of,
    installs,
    is_production,
    is_system,
    package_is,
    split_words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line
    from holdfast.guard.rule import Finding
    from holdfast.guard.stated.statements import Done
    from holdfast.kernel.constraints import Item

_GIT = ("push", "commit", "merge", "rebase")
_SQL = frozenset(("ddl", "dml", "query", "write", "delete", "create", "rename", "read"))
_ALL_TABLES = frozenset(("schema", "schemas", "database", "databases", "db", "tables", "table", "migrations", "migration", "data"))
_NETWORK = frozenset(("network", "internet", "web", "online", "external", "outside", "http", "https", "hosts", "services"))
_DEPENDENCIES = ("dependenc", "package", "librar", "module", "requirement", "deps")
_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def step_findings(line: "Line", items: "tuple[Item, ...]") -> "Iterator[Finding]":
    """One Finding for each Item that a command goes against."""
    open_ = [item for item in items if not STEPS.isdisjoint(item["forbids"]) or is_about_steps(item)]
    named = " ".join([text for item in open_ for text in targets(item, "command", "path")])
    for command in line.commands:
        program = command.program
        if not program or program in LOOKING and program not in named or only_asks(command):
            continue
        for item in list(open_):
            found = _against(command, line, item)
            if found is not None:
                open_.remove(item)
                yield found


def targets(item: "Item", *kinds: str) -> "list[str]":
    """The texts of an Item's targets of these kinds."""
    return [text for kind, text in item["targets"] if kind in kinds]


def _against(command: "Command", line: "Line", item: "Item") -> "Finding | None":
    forbids = item["forbids"]
    if _runs_what_is_ruled_out(command, item):
        return finding(COMMAND, item, command, line, "is what is not to be run")
    if "write" in forbids and any(["history" in one.lower().split() for one in targets(item, "area")]):
        what = rewrites(command, line)
        if what:
            return finding(COMMAND, item, command, line, what)
    if any([act in forbids for act in _GIT]):
        what = _git(command, line, item)
        if what:
            return finding(COMMAND, item, command, line, what)
    if not _SQL.isdisjoint(forbids):
        what = _tables(command, line, item)
        if what:
            return finding(TABLE, item, command, line, what)
    if "connect" in forbids or targets(item, "host") and not {"run", "query", "ddl", "dml"}.isdisjoint(forbids):
        what = _connects(command, item)
        if what:
            return finding(HOST, item, command, line, what)
    if "install" in forbids:
        what = _installs(command, item)
        if what:
            return finding(INSTALL, item, command, line, what)
    if "deploy" in forbids and _deploys(command, item):
        return finding(INSTALL, item, command, line, "would deploy")
    return None


# ---- programs --------------------------------------------------------------------------------------------------------------


def _runs_what_is_ruled_out(command: "Command", item: "Item") -> bool:
    forbids = item["forbids"]
    named = targets(item, "command")
    if named and not {"run", "install", "deploy", "connect", *_GIT}.isdisjoint(forbids):
        if item.get("only"):
            testing = "test" in item["text"].lower()
            return not any([runs(command, one) for one in named]) and any([stands_in(command, one, testing) for one in named])
        for one in named:
            if runs(command, one) and (
                not harmless(command) or "--" in one and command.has_flag(*[w for w in one.split() if w[:2] == "--"])
            ):
                return not _left_out(command, item)
    if "run" in forbids and not item.get("only"):
        areas = " ".join(targets(item, "area")).lower().split()
        if any([word.startswith("migration") for word in areas]) and migrates(command):
            return True
        if any([word in ("tests", "test", "testsuite") for word in areas]) and tests(command):
            return True
        for script in targets(item, "path"):
            if (script.endswith(".sh") or "/" in script or "." in script) and _is_script(command, script):
                return True
    return False


def _is_script(command: "Command", script: str) -> bool:
    """Whether a command runs a file that a person named."""
    if runs(command, script):
        return True
    name = script.rstrip("/").rpartition("/")[2]
    return any(
        [
            code.origin == "file"
            and code.text is not None
            and code.text.shown.rpartition("/")[2] == name
            and (code.text.shown.endswith(script.lstrip("./")) or script.endswith(code.text.shown.lstrip("./")))
            for code in command.code
        ]
    )


def _left_out(command: "Command", item: "Item") -> bool:
    """Whether the Item excepts this use: "no git push except to feature/x"."""
    return any(
        [
            all([word in command.words for word in one.split()[1:]]) and runs(command, one) or one in command.words
            for one in targets(item, "except")
        ]
    )


# ---- git -------------------------------------------------------------------------------------------------------------------


def _git(command: "Command", line: "Line", item: "Item") -> str:
    """What a step of git does that the Item forbids, in words; "" for nothing."""
    named_commands = targets(item, "command")
    steps = git_steps(command, line)
    if not steps:
        return _adds(command, line, item)
    low = item["text"].lower()
    for step in steps:
        if step.act not in item["forbids"]:
            continue
        if named_commands and any(["git" in one.split() for one in named_commands]):
            continue  # the command that is named has been asked for
        forced_only = (
            "force" in low and step.act == "push" and not any([word in low for word in (" or push", "push or", "not push", "no push")])
        )
        if forced_only and not step.forced:
            continue
        branches = [_plain_branch(one) for one in targets(item, "branch")]
        branches += [_plain_branch(one) for one in targets(item, "area") if one.lower().endswith((" branch", " branches"))]
        others = targets(item, "identifier", "host", "package")
        left = targets(item, "except")
        if item.get("only"):
            if branches and any([branch not in branches and branch != "?" for branch in step.branches]):
                return f"would {step.act} elsewhere"
            continue
        if branches:
            struck = _branch_struck(step.act, step.branches, step.names, branches, low)
            if struck:
                return struck
            continue
        if left and all([branch in [_plain_branch(one) for one in left] for branch in step.branches]):
            continue
        if others:
            if not any([name in others or name.partition(":")[0] in others for name in step.names]):
                continue
        elif targets(item, "path", "glob", "table", "database") or _other_area(item):
            continue
        return f"would {step.act}"
    return _adds(command, line, item)


def _other_area(item: "Item") -> bool:
    return any(
        [
            not {"remote", "upstream", "origin", "repository", "repo", "github", "gitlab", "everything", "changes", "history", "code"}
            & set(area.lower().split())
            for area in targets(item, "area")
        ]
    )


def _plain_branch(name: str) -> str:
    words = name.strip("`'\"").split()
    name = next((word for word in words if word.lower() not in ("the", "branch", "branches", "our", "any", "directly")), "")
    return name.removeprefix("origin/").removeprefix("refs/heads/")


def _branch_struck(act: str, mine: "list[str]", names: "list[str]", wanted: "list[str]", words: str) -> str:
    """Whether a step acts on one of the branches: what it would do, in words."""
    from holdfast.guard.stated.places import same

    for branch in wanted:
        for one in mine:
            if (
                one == "*"
                or one == "?"
                and act in ("push", "merge")
                or same(branch, one)
                or {one, branch} == {"main", "master"}
                and "main branch" in words
            ):
                told = "" if one == branch else ", as far as the command tells" if one == "?" else ""
                if one == "?" and act == "push":
                    told = ", because it does not say which branch it is for"
                return f"would {act} {'to' if act == 'push' else 'on'} {branch}{told}"
        into = any(
            [f"{word} {mark}{branch.lower()}" in words for word in ("into", "to", "onto", "in", "on") for mark in ("", "the ", "`", '"')]
        )
        if act in ("merge", "rebase") and not into and any([name.removeprefix("origin/") == branch for name in names]):
            return f"would {act} {branch}"
    return ""


def _adds(command: "Command", line: "Line", item: "Item") -> str:
    """git add or git commit of a file that is not to be committed."""
    if "commit" not in item["forbids"] or command.program != "git" or not targets(item, "path", "glob", "area"):
        return ""
    from holdfast.guard.packs.git import read
    from holdfast.guard.paths import resolve
    from holdfast.guard.stated.places import Places

    git = read(command, line)
    if git.name not in ("add", "commit", "stage") or git.has("dry-run"):
        return ""
    place = Places(item, line.world)
    for arg in git.all:
        path = resolve(arg, command, line.world)
        if path is not None and path != line.world.project and arg.value not in (".", "*") and place.meets(path, True):
            return f"would commit {arg.shown}"
    return ""


# ---- tables ----------------------------------------------------------------------------------------------------------------


def _tables(command: "Command", line: "Line", item: "Item") -> str:
    """What a statement does to a table or database that the Item is about, in words; "" for nothing."""
    forbids = item["forbids"]
    tables, databases = targets(item, "table"), targets(item, "database", "host")
    areas = [one.lower() for one in targets(item, "area")]
    if not tables and not databases and _SQL.isdisjoint(set(forbids) - {"write", "delete", "create", "rename", "read"}):
        return ""
    verbs = _verbs(item["text"].lower())
    if migrates(command) and not verbs and ("ddl" in forbids or "write" in forbids and databases) and not tables:
        if databases:
            production, other = environments(command)
            return (
                "would change the schema"
                if any([_names(one, command) for one in databases]) or production and any([is_production(one) for one in databases])
                else ""
            )
        return "would change the schema"
    if not talks_to_databases(command):
        return ""
    from holdfast.guard.stated.statements import connection, done_by, same_table

    talks: "bool | None" = None
    for done in done_by(command, line.world):
        if not _forbidden(done, forbids) or verbs and done.verb not in verbs:
            continue
        if tables:
            struck = [name for name in done.names for one in tables if same_table(name, one) or "*" in one and _like(name, one)]
            if item.get("only"):
                struck = [name for name in done.names if name and not any([same_table(name, one) for one in tables])]
            if struck and (
                not databases
                or any([_talks_to(one, command, done) for one in databases])
                or not any([is_production(one) for one in databases])
            ):
                return f"would {_verb(done)} {struck[0]}"
            continue
        if databases:
            if talks is None:
                talks = any([_talks_to(one, command, done) for one in databases])
            if talks != bool(item.get("only")) or any([name == one.lower() for name in done.names for one in databases]):
                if not item.get("only"):
                    return f"would {_verb(done)} {done.names[0] if done.names and done.names[0] else 'it'}"
            continue
        production_area = [one for one in areas if is_production(one)]
        if production_area:
            if environments(command)[0] or any([is_production(one) for one in connection(command)]):
                return f"would {_verb(done)} {done.names[0] if done.names else 'it'}"
            continue
        if (
            not item["targets"]
            or any([not _ALL_TABLES.isdisjoint(one.split()) for one in areas])
            or ("query" not in forbids and not targets(item, "path", "glob", "command", "branch", "package", "identifier", "except"))
        ):
            return f"would {_verb(done)} {done.names[0] if done.names and done.names[0] else 'something in the database'}"
    return ""


def _forbidden(done: "Done", forbids: "list[str]") -> bool:
    if done.act in forbids:
        return True
    if done.act == "query":
        return "read" in forbids
    if "write" in forbids:
        return True
    return (
        "delete" in forbids
        and done.verb in ("delete", "drop", "truncate", "dropdb", "deleteMany", "deleteOne", "remove")
        or "create" in forbids
        and done.verb in ("create", "createdb")
        or "rename" in forbids
        and done.verb == "rename"
    )


def _verbs(words: str) -> "set[str]":
    """The statements that a person named, where nothing else was meant: "do not drop any tables" leaves ALTER alone."""
    if any(
        [
            word in words
            for word in (
                "ddl",
                "schema",
                "touch",
                "change",
                "chang",
                "modif",
                "alone",
                "write",
                "migrat",
                "edit",
                "structure",
                "read-only",
                "read only",
            )
        ]
    ):
        return set()
    found: "set[str]" = set()
    for word, verbs in (
        ("drop", "drop dropdb truncate"),
        ("truncat", "truncate"),
        ("delet", "delete deleteMany deleteOne remove truncate drop"),
        ("remov", "delete drop truncate remove"),
        ("alter", "alter rename"),
        ("creat", "create createdb"),
        ("insert", "insert copy load insertOne insertMany upsert merge replace"),
        ("updat", "update merge updateOne updateMany"),
        ("renam", "rename alter"),
    ):
        if word in words:
            found.update(verbs.split())
    return found


def _like(name: str, pattern: str) -> bool:
    from holdfast.guard.stated.places import same

    return same(pattern.lower(), name.rpartition(".")[2])


def _verb(done: "Done") -> str:
    return {
        "createdb": "create",
        "dropdb": "drop",
        "select": "read",
        "explain": "read",
        "insert": "insert into",
        "delete": "delete from",
    }.get(done.verb, done.verb)


def _names(database: str, command: "Command") -> bool:
    """Whether a command names a database, host or environment anywhere."""
    words = split_words(database) - {"database", "db", "the", "server"} or split_words(database)
    for text in (*[arg.shown for arg in command.args], *[f"{value.shown}" for value in command.env.values()]):
        if words <= split_words(text):
            return True
    return False


def _talks_to(database: str, command: "Command", done: "Done") -> bool:
    """Whether a client is connected to a database, as far as its arguments tell."""
    production = is_production(database)
    from holdfast.guard.stated.statements import connection

    words = split_words(database) - {"database", "db", "the", "server", "cluster"} or split_words(database)
    for text in connection(command):
        mine = split_words(text)
        if (
            words <= mine
            or production
            and not mine.isdisjoint(("prod", "production", "live", "prd"))
            and words - {"prod", "production", "live"} <= mine
        ):
            return True
        if text.rpartition("/")[2].partition("?")[0] == database.lower():
            return True
    return any([name.split(".")[0] == database.lower() and "." in name for name in done.names])


# ---- hosts, installations, deployments ------------------------------------------------------------------------------------


def _connects(command: "Command", item: "Item") -> str:
    named = targets(item, "host", "database")
    areas = [word for one in targets(item, "area") for word in one.lower().split()]
    low = item["text"].lower()
    every = not named and (not _NETWORK.isdisjoint(areas) or not item["targets"] and any([word in low for word in _NETWORK]))
    if not named and not every:
        return ""
    if not every and not item.get("only") and not _may_name(command, named):
        return ""
    for host in hosts_of(command):
        if host in _LOCAL or not host:
            continue
        if every:
            return f"would reach {host}"
        struck = any([host_is(host, one) for one in named])
        if struck != bool(item.get("only")):
            return f"would reach {host}"
    return ""


def _may_name(command: "Command", hosts: "list[str]") -> bool:
    """Whether one of the hosts may be in what a command is given; a word such as "production" may be a part of any name."""
    given = " ".join(
        [
            *[arg.shown for arg in command.argv],
            *[value.shown for value in command.env.values()],
            *[code.text.shown for code in command.code if code.text is not None],
        ]
    ).lower()
    for host in hosts:
        words = split_words(host)
        if not words.isdisjoint(("prod", "production", "live")) or any([word in given for word in words if len(word) > 2]):
            return True
    return False


def _installs(command: "Command", item: "Item") -> str:
    packages = targets(item, "package")
    given = installs(command)
    if given is None:
        return ""
    left = targets(item, "except")
    if packages or targets(item, "identifier"):
        wanted = packages or targets(item, "identifier")
        struck = [name for name in given if any([package_is(name, one) for one in wanted])]
        if item.get("only"):
            struck = [name for name in given if not any([package_is(name, one) for one in wanted])]
        return f"would install {struck[0]}" if struck else ""
    if targets(item, "command", "branch", "table", "database"):
        return ""
    low = " ".join([item["text"], *targets(item, "area")]).lower()
    if "global" in low or "system-wide" in low or "systemwide" in low:
        wide = is_system(command) or command.root or "sudo" in command.via or command.has_flag("g", "--global", "--user", "--system")
        return f"would install {given[0]} for the whole machine" if wide and given else ""
    if is_system(command) and any([word in low for word in _DEPENDENCIES]) and "system" not in low:
        return ""
    if left and given and all([any([package_is(name, one) for one in left]) for name in given]):
        return ""
    if not given and "upgrade" not in low and "update" not in low and "version" not in low and "bump" not in low:
        return ""
    return f"would install {given[0]}" if given else "would upgrade packages"


def _deploys(command: "Command", item: "Item") -> bool:
    if not deploys(command):
        return False
    named = targets(item, "host", "area", "database", "identifier")
    if any([is_production(one) for one in named]) or "prod" in item["text"].lower():
        production, other = environments(command)
        if command.program in ("vercel", "netlify", "now") and not command.has_flag("--prod", "p", "--production"):
            return False
        return production or not other
    places = [one for one in named if not split_words(one).isdisjoint(("staging", "stage", "dev", "test", "qa", "preview"))]
    if places:
        return any([_names(one, command) for one in places])
    return not targets(item, "command", "branch")
