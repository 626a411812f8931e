"""Program text in other languages -> the shell commands it amounts to, so that every rule judges it without knowing the language.

`amounts_to` is the only question. A text is looked at for tell-tale names first, so that an ordinary script costs next to nothing; the
reader of its language is loaded only when there is one.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfast.guard.line import Arg, Code, Command, Unknown
    from holdfast.guard.shell.wrappers import Inner

MAX_TEXT = 65_536  # a longer program is read up to here
_HOLE = 0xE000  # see reading.read
_FAMILIES = {"deno": "node", "bun": "node", "mongo": "node"}
# Texts of which a program must hold one to be worth reading.
_TELLING = {
    "python": "system popen subprocess spawn exec eval remove unlink rmtree rmdir truncate open( write_ read_ shutil chmod chown "
    "rename symlink urlopen requests. httpx socket pty __import__ import_module getattr fromhex b64decode "
    "os.replace fileinput .to_ savefig np.save numpy.save",
    "node": "child_process exec spawn fs Sync rimraf require import eval Function fetch http net. Bun. Deno. axios atob $` constructor",
    "ruby": "system exec spawn ` %x popen open Open3 File IO Dir rm_ remove Socket TCP eval Net:: URI HTTP unpack decode64 PTY Process",
    "perl": "system exec ` qx open unlink rmtree rmdir remove_tree rename chmod chown symlink socket Socket eval LWP HTTP get pack "
    "decode readpipe move copy run write_file read_file link truncate mkdir require",
    "php": "\".\" '.' exec system passthru popen proc_open ` unlink rmdir rename copy chmod chown link file fopen fsockopen socket "
    "eval assert base64 touch curl show_source mkdir create_function",
    "awk": "system | > inet getline",
    "sql": "\\ . system COPY copy Copy PROGRAM program OUTFILE outfile DUMPFILE dumpfile xp_cmdshell pg_read load_file LOAD load "
    "lo_ readfile( writefile( edit( pager LOCAL",
}
_DATA = frozenset("json txt csv tsv md html xml".split())
_LINES = frozenset("sed ed vim gdb lldb dc tcl lisp scheme clojure make m4 sql cmd".split())
_OTHERS = frozenset(
    "lua r julia groovy java kotlin scala go swift awk osascript elixir erlang haskell ocaml matlab octave prolog "
    "gnuplot maxima gp "
    "bc".split()
)


def amounts_to(code: "Code", command: "Command") -> "list[Inner]":
    """Code, the Command that runs it -> what it runs, reads, writes and fetches, as Inners; nothing for what is not known."""
    if code.text is None or code.origin == "file":
        return []
    language = _FAMILIES.get(code.language, code.language)
    if language in ("sh", "powershell", "jq") or not any(isinstance(p, str) for p in code.text.pieces):
        return []
    text, holes = _text(code.text)
    if command.env and ("env" in text or "ENV" in text or '["' in text or "['" in text):
        text = _with_environment(text, command)
    if language == "python" and "exec " in text:  # the statement of Python 2
        for word in ("urllib", "requests", "base64", "zlib", "__import__", "compile"):
            text = text.replace("exec " + word, "exec(" + word)
    telling = _TELLING.get(language)
    if telling is not None:
        found = [word for word in telling.split() if word in text]
        if not found or found == ["open("] and _keeps_data(text):
            return _escaped(text, code, command)
    if language == "sed" and is_plain_sed(text):
        return []
    if language in _LINES:
        from holdfast.guard.languages.lines import LANGUAGES

        return LANGUAGES[language](text, holes, command)
    from holdfast.guard.languages.reading import read

    if language in _OTHERS:
        from holdfast.guard.languages.others import dialect

        if language == "osascript":
            text = text.replace("do shell script", "doshellscript")
        elif language == "elixir":
            text = text.replace('~c"', '"').replace('~s"', '"')
        given = _given(command) if language == "awk" else None
        return _escaped(text, code, command) + read(text, dialect(language), holes, 0, given)
    if language not in ("python", "node", "ruby", "perl", "php"):
        return []
    module = __import__(f"holdfast.guard.languages.{language}", fromlist=("DIALECT",))
    return _escaped(text, code, command) + read(text, module.DIALECT, holes)


def _keeps_data(text: str) -> bool:
    """Whether all that a text opens are files of data, by their names, below its folder, and it writes no text of its own to them."""
    if "write(" in text or "file=" in text:
        return False
    for rest in text.split("open(")[1:]:
        name, quote, _ = rest[1:].partition(rest[:1])
        if rest[:1] not in ("'", '"') or not quote or name.rpartition(".")[2] not in _DATA:
            return False
        if name[:1] in "/~." or "/." in name or "\\" in name:
            return False
    return True


def _with_environment(text: str, command: "Command") -> str:
    """The text with the values of the variables that it asks for and that the same command line has set."""
    for name, arg in command.env.items():
        value = arg.value
        if name not in text or not value or not value.isprintable() or any(c in "\"'\\`$" for c in value):
            continue
        for form in ("process.env." + name, f"$ENV{{{name}}}", f'$ENV{{"{name}"}}', f"$ENV{{'{name}'}}"):
            text = text.replace(form, f'"{value}"')
        for quote in "\"'":
            quoted = quote + name + quote
            for call in ("os.getenv(", "getenv(", "System.getenv(", "os.environ.get(", "environ.get(", "ENV.fetch(", "Deno.env.get("):
                text = text.replace(f"{call}{quoted})", f'"{value}"')
            at = text.find(f"[{quoted}]")
            while at > 0:
                start = at
                while start and (text[start - 1].isalnum() or text[start - 1] in "_.$"):
                    start -= 1
                text = f'{text[:start]}"{value}"{text[at + len(quoted) + 2:]}'
                at = text.find(f"[{quoted}]")
    return text


def is_plain_sed(script: str) -> bool:
    """Whether a script for sed is one substitution, or prints or drops lines."""
    mark = script[1:2]
    if script[:1] == "s" and script.count(mark) == 3 and mark not in " \n\\" and not mark.isalnum():
        return not script.rpartition(mark)[2].strip("gpiI0123456789")
    if script[:1] == "/" and script.count("/") == 2:
        return script.rpartition("/")[2] in ("p", "d", "q", "!d", "!p", "=")
    return bool(script) and not script.strip("0123456789,$pdq")


def of_module(command: "Command") -> "list[Code]":
    """The code that python -m timeit and python -m pdb are given."""
    from holdfast.guard.line import Code

    module, args, found = command.argv[2].value, command.argv[3:], []
    for i, arg in enumerate(args):
        before = args[i - 1].value if i else ""
        plain = arg.prefix[:1] != "-" and before not in ("-n", "-r", "-u", "--number", "--repeat", "--unit")
        if module == "timeit" and plain or module == "pdb" and before == "-c":
            found.append(Code("python", "argument", arg))
    return found


def _given(command: "Command") -> "dict[str, str]":
    """awk -v name=value"""
    found = {}
    for i, word in enumerate(command.words):
        text = command.words[i + 1] if word == "-v" and i + 1 < len(command.words) else word[2:] if word and word.startswith("-v") else None
        if text and "=" in text:
            name, _, found[name] = text.partition("=")
    return found


def _escaped(text: str, code: "Code", command: "Command") -> "list[Inner]":
    """Lines that begin with `!` are for the shell in some languages and in IPython."""
    if (
        "!" not in text
        or code.language not in ("gnuplot", "matlab", "octave", "maxima", "gp")
        and command.program not in ("ipython", "jupyter", "sage")
    ):
        return []
    from holdfast.guard.line import Arg
    from holdfast.guard.shell.wrappers import Inner

    lines = [line.strip() for line in text.splitlines()]
    return [
        Inner(code.language, text=Arg((line[1:].strip(),)), stdin=False) for line in lines if line.startswith("!") and line[1:].strip("!= ")
    ][:100]


def _text(arg: "Arg") -> "tuple[str, Sequence[Unknown]]":
    """The text, with a private character for each Unknown."""
    if arg.known:
        return (arg.value or "")[:MAX_TEXT], ()
    out: "list[str]" = []
    holes: "list[Unknown]" = []
    for piece in arg.pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif len(holes) < 1000:
            out.append(chr(_HOLE + len(holes)))
            holes.append(piece)
    return "".join(out)[:MAX_TEXT], holes
