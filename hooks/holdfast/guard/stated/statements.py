"""SQL and its like given to a client -> which tables are changed or read, and which database is meant. Pure."""

from holdfast.guard.languages.sql import statements
from holdfast.guard.stated.programs import CLIENTS, DOCUMENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, World

_DEFINING = frozenset("CREATE ALTER DROP TRUNCATE RENAME COMMENT REINDEX".split())
_CHANGING = frozenset("INSERT UPDATE DELETE MERGE REPLACE UPSERT TRUNCATE LOAD".split())
_ASKING = frozenset("SELECT TABLE SHOW DESCRIBE DESC VALUES".split())
# What may stand between CREATE, ALTER or DROP and the name.
_FILLERS = frozenset(
    """OR REPLACE TEMP TEMPORARY GLOBAL LOCAL UNLOGGED EXTERNAL TRANSIENT FOREIGN TABLE VIEW MATERIALIZED IF NOT EXISTS ONLY INTO
FROM DATABASE SCHEMA UNIQUE CONCURRENTLY RECURSIVE LOW_PRIORITY DELAYED IGNORE QUICK HIGH_PRIORITY OVERWRITE VIRTUAL""".split()
)
_BESIDE = frozenset("INDEX TRIGGER POLICY RULE STATISTICS".split())  # their table stands behind ON
_METHODS = {
    "drop": "ddl",
    "renameCollection": "ddl",
    "createIndex": "ddl",
    "dropIndex": "ddl",
    "dropIndexes": "ddl",
    "insert": "dml",
    "insertOne": "dml",
    "insertMany": "dml",
    "update": "dml",
    "updateOne": "dml",
    "updateMany": "dml",
    "replaceOne": "dml",
    "remove": "dml",
    "deleteOne": "dml",
    "deleteMany": "dml",
    "bulkWrite": "dml",
    "save": "dml",
    "findOneAndUpdate": "dml",
    "findOneAndDelete": "dml",
    "findAndModify": "dml",
    "find": "query",
    "findOne": "query",
    "aggregate": "query",
    "count": "query",
    "countDocuments": "query",
    "distinct": "query",
}


class Done:
    """act: "ddl", "dml" or "query".  names: the tables, lower case, with their schema where it is told.  verb: the first word."""

    __slots__ = ("act", "names", "verb")

    def __init__(self, act: str, names: "list[str]", verb: str) -> None:
        self.act, self.names, self.verb = act, names, verb


def done_by(command: "Command", world: "World") -> "list[Done]":
    """What a command does to tables, in the order of its statements; empty for one that talks to no database."""
    program = command.program
    found: "list[Done]" = []
    if program in DOCUMENTS:
        for text in _documents(command, world):
            found += _methods(text)
    elif program in CLIENTS:
        for text in _texts(command, world):
            found += done_in(text, program in ("mysql", "mariadb", "mycli"))
    elif program in ("dropdb", "createdb"):
        names = [arg.shown.lower() for arg in command.operands("-h -p -U --host --port --username --maintenance-db")]
        found.append(Done("ddl", names[:1], program))
    elif program in ("pg_restore", "mysqlimport"):
        found.append(Done("dml", [], program))
    elif program in ("pg_dump", "mysqldump", "mongodump"):
        table = command.flag_value("-t", "--table")
        found.append(Done("query", [table.value.lower()] if table is not None and table.value else [], program))
    elif program in ("python", "python3", "node", "ruby", "perl", "php", "deno", "bun"):
        for code in command.code:
            if code.text is not None and code.origin != "file":
                for text in _quoted(code.text.shown):
                    found += done_in(text, False)
    return found


def _texts(command: "Command", world: "World") -> "Iterator[str]":
    """The SQL that a client is given: as text, on standard input, and in files that are there."""
    from holdfast.guard.packs.databases import sql_texts
    from holdfast.guard.stated.act import fed_files, text_of

    for text in sql_texts(command):
        yield text.replace("\\n", "\n") if command.program == "bq" else text
    files: "list[Arg]" = [code.text for code in command.code if code.origin == "file" and code.text is not None and code.language == "sql"]
    named = command.flag_value("-f", "--file")
    if named is not None:
        files.append(named)
    yield from fed_files(command, world)
    for name in files:
        content = text_of(name, command, world)
        if content:
            yield content


def done_in(text: str, backslash: bool = False) -> "list[Done]":
    """What an SQL text does."""
    found: "list[Done]" = []
    for tokens in statements(text, backslash):
        found += _of(_joined(tokens))
    return found


def _joined(tokens: "list[str]") -> "list[str]":
    """The tokens with the parts of a qualified name in one: public . "users" -> PUBLIC.USERS; keywords in quotes are names."""
    out: "list[str]" = []
    for token in tokens:
        plain = "N" + token[1:].upper() if token[:1] == '"' else token
        if out and (out[-1].endswith(".") or plain.startswith(".")) and token[:1] != "'":
            out[-1] += plain[1:] if plain[:1] == "N" and token[:1] == '"' else plain
        else:
            out.append(plain if token[:1] != '"' else "\x01" + token[1:].upper())
    return out


def _of(tokens: "list[str]") -> "list[Done]":
    head = tokens[0]
    if head == "EXPLAIN" and "ANALYZE" not in tokens[:6]:
        return [Done("query", _after(tokens, ("FROM", "JOIN")), "explain")]
    if head in ("DO", "EXECUTE", "EXEC", "PREPARE"):
        return [one for token in tokens if token[:1] == "'" for one in done_in(token[1:])]
    if head in ("BEGIN", "EXPLAIN") and len(tokens) > 1 and tokens[1] not in ("TRANSACTION", "WORK"):
        return _of(tokens[1:])
    found: "list[Done]" = []
    if head in _DEFINING:
        found.append(Done("ddl", _defined(tokens), head.lower()))
        if head == "TRUNCATE":
            found.append(Done("dml", found[-1].names, "truncate"))
        if head == "CREATE":
            found += [Done("query", names, "select") for names in [_after(tokens, ("FROM", "JOIN"))] if names and "SELECT" in tokens]
        return found
    if head == "COPY" or head == "\\COPY":
        name = _name(tokens, 1)
        return [Done("dml" if "FROM" in tokens else "query", [name] if name else _after(tokens, ("FROM", "JOIN")), "copy")]
    for at, token in enumerate(tokens):
        if token in _CHANGING and (
            at == 0 or head == "WITH" and tokens[at - 1] in ("(", ")") or tokens[at - 1] in ("THEN", "BEGIN", "ANALYZE")
        ):
            names = _after(tokens[at:], ("TABLE",))[:1] if token == "LOAD" else [_name(tokens, at + 1)]
            if token == "DELETE" and "FROM" in tokens[at + 1 : at + 4] and tokens[at + 1 : at + 2] != ["FROM"]:
                names = _after(tokens[at:], ("FROM",))[:1]
            found.append(Done("dml", names, token.lower()))
    if head in _ASKING or head == "WITH" or found:
        names = _after(tokens, ("FROM", "JOIN", "USING")) if head not in ("DESCRIBE", "DESC", "TABLE") else [_name(tokens, 1)]
        if names or head in _ASKING:
            found.append(Done("query", names, "select"))
    return found


def _defined(tokens: "list[str]") -> "list[str]":
    """The tables that a statement makes, changes or removes."""
    if tokens[0] in ("CREATE", "DROP", "ALTER", "COMMENT") and not _BESIDE.isdisjoint(tokens[1:6]):
        return _after(tokens, ("ON",))[:1]
    if tokens[0] == "COMMENT":
        return [".".join(name.split(".")[:-1]) if "COLUMN" in tokens[:4] else name for name in _after(tokens, ("TABLE", "COLUMN"))[:1]]
    at = 1
    while at < len(tokens) and tokens[at] in _FILLERS:
        at += 1
    names = []
    while at < len(tokens):
        names.append(_plain(tokens[at]))
        if tokens[0] == "RENAME" and "TO" in tokens[at:]:
            names += [_plain(token) for token in tokens[at + 1 :] if token not in ("TO", ",")]
            break
        if tokens[at + 1 : at + 2] != [","] or tokens[0] not in ("DROP", "TRUNCATE"):
            break
        at += 2
        while at < len(tokens) and tokens[at] == "ONLY":
            at += 1
    return names


def _after(tokens: "list[str]", words: "tuple[str, ...]") -> "list[str]":
    """The names behind each of these words, also after a comma: FROM a, b JOIN c."""
    found = []
    for at, token in enumerate(tokens[:-1]):
        if token in words:
            place = at + 1
            while place < len(tokens):
                if tokens[place] in ("ONLY", "LATERAL", "(", "IF", "EXISTS"):
                    place += 1
                    continue
                if tokens[place][:1] not in ("'", ")") and tokens[place] != "SELECT":
                    found.append(_plain(tokens[place]))
                comma = next((i for i in range(place + 1, min(place + 4, len(tokens))) if tokens[i] == ","), 0) if token == "FROM" else 0
                if not comma:
                    break
                place = comma + 1
    return found


def _name(tokens: "list[str]", at: int) -> str:
    while at < len(tokens) and (tokens[at] in _FILLERS or tokens[at] == "("):
        at += 1
    return _plain(tokens[at]) if at < len(tokens) else ""


def _plain(token: str) -> str:
    return token.lstrip("\x01").lower()


def same_table(name: str, wanted: str) -> bool:
    """Whether two names, perhaps with a schema, may mean the same table."""
    one, other = name.strip("\"'`[]").lower().split("."), wanted.strip("\"'`[]").lower().split(".")
    return one[-1] == other[-1] and (len(one) == 1 or len(other) == 1 or one[-2] == other[-2])


def connection(command: "Command") -> "list[str]":
    """The words that tell which database a command talks to: hosts, database names, addresses, variables that hold them; lower case."""
    found = []
    for name in (
        "-h",
        "--host",
        "-d",
        "--dbname",
        "--database",
        "-D",
        "-S",
        "--server",
        "--service",
        "--env",
        "--environment",
        "-e",
        "--context",
        "--project",
        "--instance",
        "--profile",
        "--login-path",
        "-a",
        "--app",
    ):
        if name in ("-e", "-S", "-D") and command.program in ("mysql", "mariadb") and name == "-e":
            continue
        value = command.flag_value(name)
        if value is not None and " " not in value.shown:
            found.append(value.shown)
    for arg in command.operands(
        "-h -p -U -d -c -e -f -P -u -D -S -o -v --host --port --username --dbname --command --execute --file --user"
    ):
        if " " not in arg.shown.strip() or "://" in arg.shown or "=" in arg.shown and "host" in arg.shown:
            found.append(arg.shown)
    for name, value in command.env.items():
        if name in (
            "PGHOST",
            "PGDATABASE",
            "PGSERVICE",
            "DATABASE_URL",
            "MYSQL_HOST",
            "MYSQL_DATABASE",
            "RAILS_ENV",
            "NODE_ENV",
            "APP_ENV",
            "DJANGO_SETTINGS_MODULE",
            "FLASK_ENV",
            "ENV",
            "ENVIRONMENT",
            "DB_HOST",
            "DB_NAME",
            "DB",
            "STAGE",
            "MIX_ENV",
            "RACK_ENV",
        ):
            found.append(value.shown)
    for text in (command.stdin.shown if command.stdin is not None else "", *[arg.shown for arg in command.args]):
        for mark in ("\\c ", "\\connect ", "use ", "USE "):
            if text.lstrip().startswith(mark) or "\n" + mark in text:
                found.append(text.partition(mark)[2].split(None, 1)[0].strip(';`"'))
    return [text.lower() for text in found]


def _documents(command: "Command", world: "World") -> "Iterator[str]":
    yield from (arg.shown for arg in command.args)
    for code in command.code:
        if code.text is not None and code.origin != "file":
            yield code.text.shown
    if command.stdin is not None:
        yield command.stdin.shown


def _methods(text: str) -> "list[Done]":
    """db.users.deleteMany({...}), db.getCollection("users").drop()"""
    found = []
    for part in text.replace("getCollection('", "").replace('getCollection("', "").replace("['", ".").replace('["', ".").split("db.")[1:]:
        name = ""
        for at, c in enumerate(part):
            if not (c.isalnum() or c in "_-"):
                name = part[:at]
                break
        rest = part[len(name) :].lstrip("\"')]")
        method = rest[1:].partition("(")[0] if rest[:1] == "." else ""
        if method in _METHODS:
            found.append(Done(_METHODS[method], [name.lower()], method))
    return found


def _quoted(text: str) -> "list[str]":
    """The strings of a program that begin like SQL."""
    found = []
    for quote in ('"""', "'''", '"', "'", "`"):
        parts = text.split(quote)
        for part in parts[1::2]:
            words = part.split(None, 2)
            if len(words) > 1 and words[0].upper() in _DEFINING | _CHANGING | _ASKING | {"WITH"} and words[0].isalpha():
                found.append(part)
    return found
