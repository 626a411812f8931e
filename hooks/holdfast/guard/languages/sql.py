"""SQL text -> what it would lose: tables dropped, rows deleted or changed without a condition, rights given away. Pure, no imports.

Quoted text, comments and names are told apart from keywords, so 'DROP TABLE' in a string or a comment is nothing. Text that
only the run will tell stands in it as it was written (`DROP TABLE $T`).
"""

# What DROP takes away that can't be made again from the program's own text, unlike a view or an index.
_DROPPED = {
    "DATABASE": "database",
    "SCHEMA": "database",
    "KEYSPACE": "database",
    "TABLESPACE": "database",
    "CATALOG": "database",
    "WAREHOUSE": "database",
    "OWNED": "database",
    "TABLE": "table",
    "TABLES": "table",
    "COLLECTION": "table",
    "MEASUREMENT": "table",
    "SERIES": "table",
    "SHARD": "table",
    "STREAM": "table",
    "STAGE": "table",
    "BUCKET": "table",
    "RETENTION": "table",
    "SEQUENCE": "table",
    "TYPE": "table",
    "USER": "role",
    "ROLE": "role",
    "LOGIN": "role",
    "GROUP": "role",
}
_FILLERS = ("IF", "EXISTS", "ONLY", "NOT", "FOREIGN", "EXTERNAL", "TRANSIENT", "PLUGGABLE")
_PROGRAMS = (
    "XP_CMDSHELL",
    "SYS_EXEC",
    "SYS_EVAL",
    "SP_OACREATE",
    "LO_EXPORT",
    "LO_IMPORT",
    "PG_READ_FILE",
    "PG_LS_DIR",
    "PG_READ_BINARY_FILE",
    "LOAD_FILE",
    "DBMS_SCHEDULER",
    "LOAD_EXTENSION",
    "SP_CONFIGURE",
    "PG_WRITE_FILE",
    "DBMS_JAVA",
    "PG_FILE_WRITE",
    "WRITEFILE",
    "READFILE",
)
_END = ("ORDER", "LIMIT", "RETURNING", "GROUP", "HAVING", "UNION")


def losses(text: str, backslash: bool = False) -> "list[tuple[str, str]]":
    """SQL text -> list of (kind, what), in order.

    kind: "database", "table", "column", "role", "truncate", "delete", "update", "rights", "program" or "log".  what: the name
    it concerns, as written, or "".  backslash: a backslash escapes in strings, as in MySQL.
    """
    found: "list[tuple[str, str]]" = []
    told = statements(text, backslash)
    heads = [statement[0] for statement in told if statement]
    if "ROLLBACK" in heads and "COMMIT" not in heads and heads[0] in ("BEGIN", "START"):
        return found
    for statement in told:
        found += _of(statement, backslash)
    return found


def statements(text: str, backslash: bool = False) -> "list[list[str]]":
    """SQL text -> its statements, each a list of tokens: words in capitals, 'text and "name with the quote before them, signs."""
    out: "list[list[str]]" = [[]]
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        if c.isspace():
            i += 1
        elif text.startswith("--", i) or c == "#" and (not out[-1] or text[i - 1 : i].isspace()):
            i = _line_end(text, i)
        elif text.startswith("/*!", i):  # MySQL and MariaDB run what is in it
            i += 3
            while i < n and text[i].isdigit():
                i += 1
        elif text.startswith("/*", i):
            i = _comment_end(text, i)
        elif text.startswith("*/", i):
            i += 2
        elif c in "'\"`":
            end, value = _quoted(text, i, backslash and c != "`")
            # MySQL's `name` and SQL's "name" are names; what a string holds is never a keyword.
            out[-1].append(("'" if c == "'" else '"') + value)
            i = end
        elif c == "$" and (end := _dollar_end(text, i)):
            tag = text[i : text.index("$", i + 1) + 1]
            out[-1].append("'" + text[i + len(tag) : end - len(tag)])
            i = end
        elif c == ";" or c == "\\" and text[i + 1 : i + 2] in ("G", "g"):
            out.append([])
            i += 1 if c == ";" else 2
        elif c == "\\" and not out[-1] or c == "." and not out[-1] and text[i + 1 : i + 2].isalpha():
            i = _line_end(text, i)
        elif c == "$" or c == "_" or c.isalnum():
            end = i + 1
            while end < n and (
                text[end].isalnum()
                or text[end] in "_${}.-"
                and (text[end] != "-" or text[end - 1 : end + 1] != "--")
                and not (text[end] == "-" and text[i] != "$" and not text[i].isalpha())
            ):
                end += 1
            word = text[i:end].rstrip("-")
            if word.upper() == "GO" and not text[end : _line_end(text, end)].strip() and not text[_line_start(text, i) : i].strip():
                out.append([])
            else:
                out[-1].append(word.upper())
            i = max(end, i + 1)
        else:
            out[-1].append(c)
            i += 1
    return [statement for statement in out if statement]


def _of(tokens: "list[str]", backslash: bool) -> "list[tuple[str, str]]":
    head = tokens[0]
    if head == "EXPLAIN" and "ANALYZE" not in tokens[:6] and "ANALYSE" not in tokens[:6]:
        return []
    if head in ("DO", "EXECUTE", "EXEC", "PREPARE", "CALL"):
        inside = [loss for token in tokens if token[0] == "'" for loss in losses(token[1:], backslash)]
        return inside + _program(tokens)
    if head == "CREATE":
        return _created(tokens)
    if head in ("BEGIN", "ATOMIC", "DECLARE") and len(tokens) > 1:
        return _of(tokens[1:], backslash) if head != "DECLARE" and tokens[1] not in ("TRANSACTION", "WORK", "TRAN", "ISOLATION") else []
    if head == "DROP":
        return _dropped(tokens)
    if head == "TRUNCATE":
        return [("truncate", _name(tokens, 2 if tokens[1:2] == ["TABLE"] else 1))]
    if head == "ALTER":
        return _altered(tokens)
    if head == "GRANT":
        return _granted(tokens)
    if head in ("PURGE", "RESET", "SHUTDOWN"):
        log = tokens[1:2] in (["BINARY"], ["MASTER"], ["SLAVE"], ["REPLICA"]) or head == "SHUTDOWN"
        return [("log", " ".join(tokens[:3]))] if log else []
    found = _program(tokens)
    for at, token in enumerate(tokens):
        first = at == 0 or tokens[at - 1] in ("(", ")", "THEN", "BEGIN", "ELSE", "ANALYZE", "LOOP")
        if token == "DELETE" and tokens[at - 1 : at] != ["GRANT"]:
            named = 2 if tokens[at + 1 : at + 2] == ["FROM"] else 1
            # Some databases take `DELETE users`, and `DELETE a, b FROM ...`.
            told = named == 2 or at == 0 and ("FROM" in tokens or len(tokens) == 2)
            if told and not _bounded(tokens[at:]):
                found.append(("delete", _name(tokens, at + named)))
        elif token == "UPDATE" and first and "SET" in tokens[at:] and tokens[at + 1 : at + 2] != ["SET"] and not _bounded(tokens[at:]):
            found.append(("update", _name(tokens, at + 1)))
    return found


def _dropped(tokens: "list[str]") -> "list[tuple[str, str]]":
    at = 1
    while at < len(tokens) and tokens[at] in _FILLERS:
        at += 1
    kind = _DROPPED.get(tokens[at]) if at < len(tokens) else None
    if kind is None:
        return []
    at += 1
    names = []
    for token in tokens[at:]:
        if token in ("CASCADE", "RESTRICT", "PURGE", "SYNC", "ON", "BY", "WITH", "FROM", "NO"):
            if token != "BY":
                break
        elif token != "," and token not in _FILLERS:
            names.append(_plain(token))
    return [(kind, name) for name in names] or [(kind, "")]


def _altered(tokens: "list[str]") -> "list[tuple[str, str]]":
    what = tokens[1:2]
    if what == ["TABLE"]:
        for at in range(2, len(tokens) - 1):
            if tokens[at] == "DROP" and tokens[at + 1] not in (
                "CONSTRAINT",
                "INDEX",
                "PRIMARY",
                "FOREIGN",
                "KEY",
                "CHECK",
                "NOT",
                "DEFAULT",
                "IDENTITY",
                "EXPRESSION",
                "POLICY",
            ):
                kind = "table" if tokens[at + 1] == "PARTITION" else "column"
                if tokens[at - 2 : at - 1] != ["COLUMN"] and tokens[at - 2 : at - 1] != ["ALTER"]:
                    return [(kind, _name(tokens, 2))]
            if tokens[at] == "DELETE" and not _bounded(tokens[at:]):
                return [("delete", _name(tokens, 2))]
    if what in (["USER"], ["ROLE"], ["LOGIN"]) and any(t in tokens for t in ("SUPERUSER", "CREATEROLE", "BYPASSRLS", "SYSADMIN")):
        return [("rights", _name(tokens, 2))]
    if what == ["SYSTEM"]:
        return (
            [("rights", " ".join(tokens[:4]))] if any(w in tokens for w in ("ARCHIVE_COMMAND", "SHARED_PRELOAD_LIBRARIES", "FSYNC")) else []
        )
    return []


def _created(tokens: "list[str]") -> "list[tuple[str, str]]":
    if tokens[1:3] == ["OR", "REPLACE"] and tokens[3:4] and tokens[3] in ("DATABASE", "SCHEMA"):
        return [("database", _name(tokens, 4))]
    if tokens[1:2] and tokens[1] in ("USER", "ROLE", "LOGIN") and ("SUPERUSER" in tokens or "SYSADMIN" in tokens):
        return [("rights", _name(tokens, 2))]
    language = tokens[tokens.index("LANGUAGE") + 1 :][:1] if "LANGUAGE" in tokens else []
    native = language and language[0].strip("'\"").upper() in ("C", "PLPYTHONU", "PLPYTHON3U", "PLPERLU", "PLSH", "PLTCLU")
    return [("program", " ".join(tokens[:3]))] if native or "SONAME" in tokens else []


def _granted(tokens: "list[str]") -> "list[tuple[str, str]]":
    everything = "".join(tokens[tokens.index("ON") + 1 :][:3]) == "*.*" if "ON" in tokens else False
    strong = (
        tokens[1] in ("ALL", "SUPER", "FILE", "RDS_SUPERUSER", "SYSADMIN", "DBA", "PG_EXECUTE_SERVER_PROGRAM", "CLOUDSQLSUPERUSER")
        if len(tokens) > 1
        else False
    )
    return [("rights", tokens[-1].strip("'\""))] if strong and (everything or tokens[1] not in ("ALL",)) else []


def _program(tokens: "list[str]") -> "list[tuple[str, str]]":
    for at, token in enumerate(tokens):
        if token == "PROGRAM" and tokens[at - 1] in ("TO", "FROM") and tokens[0] in ("COPY", "\\COPY"):
            return [("program", "COPY … PROGRAM")]
        bare = token.rpartition(".")[2]
        if bare in _PROGRAMS and (tokens[at + 1 : at + 2] == ["("] or tokens[0] in ("EXEC", "EXECUTE", "CALL") or bare == "XP_CMDSHELL"):
            return [("program", bare.lower())]
        if token == "INTO" and tokens[at + 1 : at + 2] in (["OUTFILE"], ["DUMPFILE"]):
            path = tokens[at + 2][1:] if len(tokens) > at + 2 else ""
            if not path.startswith(("/tmp/", "/var/lib/mysql-files/")):
                return [("program", f"INTO {tokens[at + 1]}")]
    return []


def _bounded(tokens: "list[str]") -> bool:
    """True when the statement that begins here has a condition of its own that is not always true."""
    depth, start = 0, None
    for at, token in enumerate(tokens):
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
            if depth < 0:
                tokens = tokens[:at]
                break
        elif depth == 0 and token == "WHERE" and start is None:
            start = at + 1
    if start is None:
        return False
    condition = tokens[start:]
    depth = 0
    for at, token in enumerate(condition):
        depth += (token == "(") - (token == ")")
        if depth == 0 and token in _END:
            condition = condition[:at]
            break
    return not _always(condition)


def _always(condition: "list[str]") -> bool:
    """True for a condition that every row meets: 1=1, TRUE, x = x, ... OR 1=1."""
    while condition[:1] == ["("] and condition[-1:] == [")"] and _one_group(condition):
        condition = condition[1:-1]
    parts, depth = [[]], 0  # type: list[list[str]], int
    for token in condition:
        depth += (token == "(") - (token == ")")
        if token == "OR" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) > 1:
        return any(_always(part) for part in parts)
    if "AND" in condition and condition[:1] != ["("]:
        return all(_always(part) for part in _split(condition, "AND"))
    if len(condition) == 1:
        return condition[0] == "TRUE" or condition[0].isdigit() and condition[0] != "0" or condition[0] in ("'t", "'true", "'1")
    if len(condition) == 3 and condition[1] == "=":
        return condition[0] == condition[2]
    if len(condition) == 4 and condition[1] in ("<", ">", "!") and condition[2] in (">", "="):
        return condition[0][0].isdigit() and condition[3][0].isdigit() and condition[0] != condition[3] and condition[1] != ">"
    return not condition


def _split(tokens: "list[str]", word: str) -> "list[list[str]]":
    parts: "list[list[str]]" = [[]]
    for token in tokens:
        if token == word:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _one_group(tokens: "list[str]") -> bool:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if depth == 0:
            return at == len(tokens) - 1
    return False


def _name(tokens: "list[str]", at: int) -> str:
    while at < len(tokens) and tokens[at] in _FILLERS:
        at += 1
    return _plain(tokens[at]) if at < len(tokens) else ""


def _plain(token: str) -> str:
    return token[1:] if token[0] in "'\"" else token.lower()


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _comment_end(text: str, at: int) -> int:
    depth, i = 1, at + 2
    while i < len(text) and depth:
        if text.startswith("*/", i):
            depth, i = depth - 1, i + 2
        elif text.startswith("/*", i) and "*/" in text[text.find("*/", i) + 2 :]:  # PostgreSQL nests them, others do not
            depth, i = depth + 1, i + 2
        else:
            i += 1
    return i


def _quoted(text: str, at: int, backslash: bool) -> "tuple[int, str]":
    """Where the quoted text ends, and what is in it."""
    quote, i, value = text[at], at + 1, [""]
    while i < len(text):
        if text[i] == quote:
            if text[i + 1 : i + 2] != quote:
                return i + 1, "".join(value)
            i += 1
        elif backslash and text[i] == "\\":
            i += 1
        value.append(text[i : i + 1])
        i += 1
    return i, "".join(value)


def _dollar_end(text: str, at: int) -> int:
    """Where PostgreSQL's $tag$ … $tag$ ends, or 0 when none begins here."""
    i = at + 1
    while i < len(text) and (text[i].isalnum() or text[i] == "_"):
        i += 1
    if text[i : i + 1] != "$":
        return 0
    end = text.find(text[at : i + 1], i + 1)
    return end + i + 1 - at if end >= 0 else 0
