"""A call of any tool but Bash -> the Verdicts on what it would run, write, read and fetch, by the rules that judge commands.

A tool's input becomes Commands that rules know: a path `Write PATH` or `Read PATH`, an address `WebFetch URL` or `Open URL`, a command
the shell text it is, SQL what `psql -c` would be given. The command word's `source` is the tool's own name, for the messages.
"""

from holdfast.guard.line import Arg, Command, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.guard.line import World
    from holdfast.guard.rule import Finding
    from holdfast.guard.verdict import Verdict

    Part = tuple[str, str, str]  # (what: Write Read Touch Open WebFetch shell sql rm, text, content)

WRITING = {"Write": "file_path", "Edit": "file_path", "MultiEdit": "file_path", "NotebookEdit": "notebook_path"}
READING = {"Read": "file_path", "NotebookRead": "notebook_path", "Glob": "path", "Grep": "path", "LS": "path"}
# Tools whose texts are for a model or a person; nothing in them is run, written or fetched by the call itself.
SPEAKING = frozenset("""Agent Task Skill TodoWrite TaskCreate TaskUpdate TaskGet TaskList TaskOutput TaskStop ToolSearch WebSearch
ExitPlanMode
EnterPlanMode AskUserQuestion BashOutput KillShell KillBash SendMessage SlashCommand StructuredOutput ListMcpResourcesTool""".split())

_COMMAND = frozenset("command cmd commandline commands shellcommand bashcommand".split())
_CODE = frozenset("script code shell bash source program".split())
_PATH = frozenset("""path paths file files filepath filepaths filename filenames notebookpath directory dir folder root abspath absolutepath
relativepath sourcepath targetpath destinationpath outputpath inputpath savepath workspacefolder oldpath newpath""".split())
_PLACE = frozenset("source src destination dest target from to output input".split())  # a path when it looks like one
_TO = frozenset("destination dest target to output destinationpath targetpath outputpath savepath newpath".split())
_URL = frozenset("url urls uri endpoint href link baseurl address website".split())
_HOST = frozenset("host hostname hosts domain ip ipaddress".split())
_SQL = frozenset("sql statement statements sqlquery".split())
_SQL_TOOLS = ("sql", "postgres", "database", "duckdb", "bigquery", "snowflake", "redshift", "clickhouse", "supabase", "mariadb", "db_",
              "_db")
_SQL_WORDS = frozenset("""select insert update delete drop truncate alter create grant revoke with replace merge copy exec execute call
vacuum pragma attach""".split())
_SHELL_TOOLS = ("shell", "bash", "terminal", "exec", "ssh", "command", "cmd", "console", "process")
_LANGUAGES = {"sh": "", "bash": "", "shell": "", "zsh": "", "python": "python3 -c", "python3": "python3 -c", "py": "python3 -c",
              "javascript": "node -e", "js": "node -e", "node": "node -e", "typescript": "node -e", "ruby": "ruby -e",
              "perl": "perl -e", "php": "php -r"}
_DELETES = frozenset("delete remove rm unlink rmdir trash purge".split())
_WRITES = _DELETES | frozenset("""write edit create move rename append put save update set insert replace mkdir patch touch truncate modify
make export download screenshot pdf chmod link symlink generate format""".split())
_MOVES = frozenset("move rename copy link symlink".split())
_READS = frozenset("""read get list search find stat view show open info tree glob grep head tail cat fetch query describe count exists
watch load parse analyze lint check diff log status upload attach inspect navigate symbols symbol overview""".split())
_DEEPEST = 40
_MOST = 500  # values judged in one call; more is refused


def judge_call(name: str, given: "dict[str, Any]", world: "World", levels: "dict[str, Any]", attended: bool) -> "Verdict | None":
    """Tool name and input -> the strongest Verdict, or None when there is nothing in it to judge."""
    worst: "Verdict | None" = None
    for number, part in enumerate(parts(name, given)):
        if number >= _MOST:
            raise ValueError(f"the call holds more than {_MOST} commands, paths and addresses")
        verdict = _judged(name, part, world, levels, attended)
        if verdict.decision == "deny":
            return verdict
        if verdict.decision:
            worst = worst or verdict
    return worst


def parts(name: str, given: "dict[str, Any]") -> "Iterator[Part]":
    """What a call would run, write, read and fetch, in the order of its input."""
    if name in WRITING:
        path = given.get(WRITING[name])
        content = given.get("content") or given.get("new_string") or given.get("new_source") or ""
        edits = given.get("edits")
        texts = [content, *(edit.get("new_string") for edit in (edits if isinstance(edits, list) else ()) if isinstance(edit, dict))]
        if isinstance(path, str):
            yield name, path, "\n".join(text for text in texts if isinstance(text, str) and text)
    elif name in READING:
        path = given.get(READING[name])
        if isinstance(path, str):
            yield name, path, ""
        glob = given.get("pattern") if name == "Glob" else given.get("glob")
        if isinstance(glob, str) and glob:
            rooted = glob.startswith(("/", "~"))
            yield name, glob if rooted else f"{path}/{glob}" if isinstance(path, str) and path else glob, ""
    elif name == "WebFetch":
        if isinstance(given.get("url"), str):
            yield "WebFetch", given["url"], ""
    elif name not in SPEAKING:
        yield from _Other(name, given).parts()


class _Other:
    """A tool that only its input tells about: an MCP server's, or one that came after this was written."""

    def __init__(self, name: str, given: "dict[str, Any]") -> None:
        self.given = given
        self.low = name.lower()
        words = _words(name.rpartition("__")[2])
        self.deletes, self.moves = bool(words & _DELETES), bool(words & _MOVES)
        self.what = "Write" if words & _WRITES else "Read" if words & _READS else "Touch"

    def parts(self) -> "Iterator[Part]":
        yield from self.within(self.given, 0)

    def within(self, value: "Any", depth: int) -> "Iterator[Part]":
        if depth > _DEEPEST:
            raise ValueError("the call's input is nested too deeply")
        if isinstance(value, list):
            for member in value:
                yield from self.within(member, depth + 1)
        elif isinstance(value, dict):
            for key, member in value.items():
                plain = key.replace("_", "").replace("-", "").lower()
                several = member if isinstance(member, list) else [member]
                texts = [text for text in several if isinstance(text, str)]
                yield from self.member(plain, texts, isinstance(member, list), value)
                if isinstance(member, (dict, list)):
                    yield from self.within(member, depth + 1)

    def member(self, key: str, texts: "list[str]", listed: bool, beside: "dict[str, Any]") -> "Iterator[Part]":
        if key in _COMMAND:
            arguments = beside.get("args") or beside.get("arguments") or ()
            more = [_quoted(a) for a in arguments if isinstance(a, str)] if isinstance(arguments, list) else []
            before = _setting(beside)
            if listed and key != "commands":
                yield "shell", before + " ".join(map(_quoted, texts)), ""
            else:
                for text in texts:
                    yield "shell", before + " ".join([text, *more]), ""
        elif key in _CODE and any(self.code(text, beside) for text in texts):
            for text in texts:
                runner = self.runner(beside)
                yield "shell", _setting(beside) + (f"{runner} {_quoted(text)}" if runner else text), ""
        elif key in _SQL or key in ("query", "queries") and any(self.sql(text) for text in texts):
            for text in texts:
                yield "sql", text, ""
        elif key in _URL or key in _PLACE and any(text.startswith(("http://", "https://")) for text in texts):
            for text in texts:
                if text.lower().startswith("file://"):
                    yield from self.path(key, text[7:])
                elif "://" in text:
                    yield "Open", text, ""
        elif key in _HOST:
            yield from (("Open", text, "") for text in texts if "." in text or ":" in text or text.isdigit())
        elif key in _PATH or key in _PLACE:
            for text in texts:
                if text.lower().startswith("file://"):
                    text = text[7:]
                if key in _PATH or text.startswith(("/", "~/", "./", "../")) or "/" in text and " " not in text or self.moves:
                    yield from self.path(key, text)

    def path(self, key: str, text: str) -> "Iterator[Part]":
        if "\n" in text or "://" in text or not text:
            return
        yield "Write" if key in _TO else self.what, text, ""
        if self.deletes:
            yield "rm", text, ""

    def runner(self, beside: "dict[str, Any]") -> "str | None":
        language = next((str(beside[k]).lower() for k in ("language", "lang", "interpreter", "runtime", "kernel") if beside.get(k)), None)
        return _LANGUAGES.get(language) if language else None

    def code(self, text: str, beside: "dict[str, Any]") -> bool:
        if self.runner(beside) is not None:
            return True
        return "python" not in self.low and any(word in self.low for word in _SHELL_TOOLS) and " " in text

    def sql(self, text: str) -> bool:
        first = text.split(None, 1)[0].lower() if text.strip() else ""
        return first.strip("(;-") in _SQL_WORDS and (any(word in self.low for word in _SQL_TOOLS) or " " in text.strip())


def _judged(name: str, part: "Part", world: "World", levels: "dict[str, Any]", attended: bool) -> "Verdict":
    what, text, content = part
    if what in ("shell", "sql"):
        from holdfast.guard.decide import decide  # paths and addresses do without the reader
        return decide(text if what == "shell" else f"psql -c {_quoted(text)}", world, levels, attended)
    from holdfast.guard.verdict import settle
    word = Arg((what,), source=name)
    argv = [word, Arg(("-rf",)), Arg((text,))] if what == "rm" else [word, Arg((text,))]
    command = Command(argv, cwd=world.cwd or None, stdin=Arg((content,)) if content else None)
    # The text stands for the call in a fingerprint, so the content belongs to it; escaped, because it is not what runs.
    line = Line(f"{name} {text}" + (f"\n{ascii(content)}" if content else ""), (command,), (), [], world)
    found = list(_findings(what, line))
    if world.constraints:
        from holdfast.guard.stated import findings as stated_in  # most sessions have none
        found += stated_in(line)
    return settle(line, found, levels, attended)


def _findings(what: str, line: Line) -> "Iterator[Finding]":
    """What the rules that look at such a command find; the whole catalogue is not loaded for a path or an address."""
    if what == "rm":
        from holdfast.guard.asking import findings
        return findings(line)
    if what in ("WebFetch", "Open"):
        from holdfast.guard.packs.egress import PACK
    else:
        from holdfast.guard.packs.file_tools import PACK
        if _concerns_us(line):
            from holdfast.guard.packs.holdfast_itself import PACK as OURS  # what is catastrophic comes first: no exception covers it
            return iter([*OURS.findings(line), *PACK.findings(line)])
    return PACK.findings(line)


def _concerns_us(line: Line) -> bool:
    """True when the path or the content names the client or Holdfast, so that its own rules are worth loading."""
    path = line.commands[0].args[0].shown
    real = line.world.realpath(path) if path[:1] == "/" else ""
    return any(word in text for text in (line.text, real) for word in ("claude", "holdfast")) or real.startswith(line.world.protected)


def _setting(beside: "dict[str, Any]") -> str:
    """Shell text for the folder and the variables that a command is given beside it."""
    text = ""
    for key, value in beside.items():
        plain = key.replace("_", "").replace("-", "").lower()
        if plain in ("cwd", "workdir", "workingdir", "workingdirectory", "currentdirectory") and isinstance(value, str) and value:
            text = f"cd {_quoted(value)} && {text}"
        elif plain in ("env", "environment", "envvars") and isinstance(value, dict):
            for name, setting in value.items():
                if isinstance(setting, str) and name.isidentifier():
                    text += f"export {name}={_quoted(setting)}; "
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _words(name: str) -> "frozenset[str]":
    """The words of a tool's name: readFile, read_file, read-file."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c if c.isalnum() else " " for c in name)
    return frozenset(spaced.split())
