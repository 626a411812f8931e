"""What only zsh expands: =ls, globs and parameters that run code, tables that give a name another meaning, hooks that run unasked."""

from holdfast.guard.rule import Finding, Rule
from holdfast.guard.shell.tree import Subst
from holdfast.guard.spelling import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_TABLES = frozenset(
    "functions aliases galiases saliases commands dis_functions dis_aliases "
    "precmd_functions preexec_functions chpwd_functions zshexit_functions periodic_functions zshaddhistory_functions".split()
)
_HOOKS = frozenset(
    "precmd preexec chpwd periodic zshexit zshaddhistory command_not_found_handler TRAPEXIT TRAPDEBUG TRAPZERR TRAPINT".split()
)
_SPEAKERS = frozenset("echo printf grep egrep fgrep rg git sed awk perl python python3 man".split())


def check(line: "Line") -> "Iterator[Finding]":
    for what, start, end in _found(line):
        yield Finding(what, start=start, end=end)
        return


def _found(line: "Line") -> "Iterator[tuple[str, int, int]]":
    for command in line.commands:
        first = command.argv[0].prefix if command.argv else ""
        if first[:1] == "=" and first[1:2].isalpha():
            yield f"`{first}` is zsh's way to name a program past aliases and filters", command.start, command.end
        for arg in command.argv:
            if arg.word is not None and any(isinstance(p, Subst) and p.kind == "=(" for p in arg.word.parts):
                yield f"`{short(arg.source)}` runs a command and hands its output over as a file", command.start, command.end
        if command.program == "emulate" and (command.has_flag("c") or line.world.shell == "zsh" and command.operands("-c")):
            if command.has_flag("c"):
                yield f"`{short(repr(command))}` runs a text in another shell's manner", command.start, command.end
        elif command.program in ("add-zsh-hook", "add-zle-hook-widget"):
            yield f"`{short(repr(command))}` has a function run unasked", command.start, command.end
        elif command.program in ("zle", "vared", "bindkey", "zstyle") and command.has_flag("N", "s", "e") and command.program in ("zle",):
            yield f"`{short(repr(command))}` ties code to keys", command.start, command.end
    for assigned in line.assigned:
        subscript = "[" in line.text[assigned.start : assigned.end].partition("=")[0]
        if assigned.name in _TABLES and (subscript or assigned.name.endswith("_functions") and line.world.shell == "zsh"):
            yield f"`{short(line.text[assigned.start : assigned.end])}` gives a name another meaning", assigned.start, assigned.end
    if line.world.shell == "zsh" or not line.functions.isdisjoint(("command_not_found_handler",)):
        hook = next(iter(line.functions & _HOOKS), None)
        if hook is not None:
            yield f"`{hook}` is run by zsh unasked", 0, len(line.text)
    for text in _zsh_texts(line):
        at = _runs_code(text)
        if at:
            yield f"`{short(at)}` makes zsh run code while it expands a word", 0, len(line.text)


def _zsh_texts(line: "Line") -> "Iterator[str]":
    """The texts that zsh will read: the line itself when zsh runs it or when bash could not read it, and what zsh -c is given."""
    if line.world.shell == "zsh" or not line.commands:
        yield line.text
    for command in line.commands:
        if command.program in ("zsh", "rzsh"):
            for code in command.code:
                if code.text is not None and code.origin != "file":
                    yield code.text.shown


def _runs_code(text: str) -> "str | None":
    """The first thing in a zsh text that runs code by expansion: ${(e)x}, *(e:'cmd':), *(+f), =(cmd), { } always { }."""
    marks = ("${(", "(e", "(+", "=(", "always")
    if "'" in text and text.lstrip()[:1] != "=" and not any(mark in text for mark in marks):
        return None
    if text.lstrip()[:1] == "=" and text.lstrip()[1:2].isalpha():
        return text.lstrip().split()[0]
    at = text.find("${(")
    while at >= 0:
        flags = text[at + 3 : at + 40].partition(")")[0]
        if "e" in flags and flags.replace(":", "").isalpha() or "P" in flags and flags.isalpha():
            return text[at : at + 40].partition("}")[0] + "}"
        at = text.find("${(", at + 1)
    for mark in ("(e", "(+", "(oe", "(.e", "(/e", "(Ne", "(De", "(^e", "(@e", "(*e", "(N+", "(.+"):
        at = text.find(mark)
        while at > 0:
            delimiter = text[at + len(mark) : at + len(mark) + 1]
            before = text[at - 1]
            glob = before in "*?]/" or before.isalnum() and mark != "(e" and line_start(text, at)
            if glob and (
                mark.endswith("e")
                and delimiter in ":'\"{[(|,^/+~"
                and delimiter
                or mark.endswith("+")
                and (delimiter.isalpha() or delimiter == "_")
            ):
                return text[text.rfind(" ", 0, at) + 1 : at + 30].partition(" ")[0]
            at = text.find(mark, at + 1)
    at = text.find(" =(")
    if at >= 0 and text[at + 3 : at + 4] not in (")", ""):
        return text[at + 1 : at + 40].partition(")")[0] + ")"
    at = text.find("} always {")
    return text[max(0, text.rfind("{", 0, at)) : at + 12] if at >= 0 else None


def line_start(text: str, at: int) -> bool:
    """False in `name(+...`, which may be a call in another language inside quotes."""
    return " " in text[:at] and "(" not in text[text.rfind(" ", 0, at) : at]


RULE = Rule(
    code="ZSH002",
    title="zsh expansion",
    category="zsh",
    why="zsh runs code there although no command stands in the text.",
    instead="Write the command itself on a line of its own, for bash, for example `ls -la`.",
    severity="danger",
    blocks=(
        "=rm -rf src",
        "zsh -c 'ls *(e:id:)'",
        "zsh -c 'print ${(e)x}'",
        "true && =curl example.invalid",
        "zsh -c 'cat =(id)'",
        "emulate zsh -c 'id'",
        "functions[ls]='rm -rf src'",
        "zsh -c 'ls *(+cmd)'",
        "add-zsh-hook precmd f",
        "commands[ls]=/tmp/x; ls",
        "zsh -c '{ ls } always { rm x }'",
    ),
    allows=(
        "zsh -c 'ls *.txt'",
        '[ "$a" = b ]',
        "x=1; echo $x",
        "zsh -n script.zsh",
        "echo '=rm'",
        "declare -A functions_of; functions_of[a]=1",
        "make CFLAGS==x",
        "zsh -c 'echo ${x}'",
        "grep '*(e:' x",
        "emulate --help",
        "git log --grep='=ls'",
        "python3 -c 'x =(1,2)'",
        "awk '{print (e)}' x",
    ),
    check=check,
)
