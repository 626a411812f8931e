"""Braces that write a command: {rm,-rf,src} runs rm, and no blank shows where its arguments begin."""

from holdfast.guard.rule import Finding, Rule
from holdfast.guard.shell.tree import Text
from holdfast.guard.spelling import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Line


def check(line: "Line") -> "Iterator[Finding]":
    seen: "set[int]" = set()
    for command in line.commands:
        argv = command.argv
        for at, arg in enumerate(argv):
            if arg.word is None or id(arg.word) in seen:
                continue
            seen.add(id(arg.word))
            if not _braces(arg):
                continue
            made = [a for a in argv if a.word is arg.word]
            if at == 0 and (len(made) > 1 or arg.value is not None and arg.value != arg.source):
                yield Finding(
                    f"`{short(arg.source)}` writes the command `{short(' '.join(a.shown for a in made))}` with braces",
                    start=command.start,
                    end=command.end,
                )
                return
            flags = [a for a in made if a.when_empty[:1] == "-"]
            if flags and len(made) > len(flags) or _one_letter(arg.source):
                yield Finding(
                    f"`{short(arg.source)}` writes arguments of `{command.program}` with braces", start=command.start, end=command.end
                )
                return


def _braces(arg: "Arg") -> bool:
    parts = arg.word.parts if arg.word is not None else ()
    bare = "".join(p.text for p in parts if isinstance(p, Text) and not p.quote)
    return "{" in bare and "}" in bare and ("," in bare or ".." in bare)


def _one_letter(source: str) -> bool:
    """{c..c} and {a,a}: a letter, written in a way that has no other use."""
    at = source.find("{")
    while at >= 0:
        inner = source[at + 1 : source.find("}", at)] if "}" in source[at:] else ""
        first, dots, last = inner.partition("..")
        if dots and first == last and first.isalpha():
            return True
        at = source.find("{", at + 1)
    return False


RULE = Rule(
    code="BSH003",
    title="brace obfuscation",
    category="bash",
    why="The command and its arguments stand in one word, so a filter or a reader does not see them.",
    instead="Write the command with blanks, for example `rm -r build`.",
    severity="danger",
    blocks=(
        "{rm,-rf,src}",
        "{cat,notes.txt}",
        "true && {echo,hi}",
        "l{s,}",
        "bash -c '{ls,-la}'",
        "rm {-rf,src}",
        "c{a..a}t notes",
        "cat /et{c..c}/passwd",
        "sudo {rm,-r,build}",
    ),
    allows=(
        "mkdir -p src/{a,b}",
        "cp file{,.bak}",
        "echo {1..5}",
        "for i in {1..3}; do echo $i; done",
        "{ ls; pwd; }",
        "echo '{rm,-rf}'",
        "mv a.{txt,md}",
        "touch {a,b}.txt",
        "awk '{print $1,$2}' x",
        "jq '{a,b}' x.json",
        "rm -rf build/{x,y}",
        'curl -d \'{"a":1,"b":2}\' localhost',
        "git diff {HEAD~1,HEAD}",
        "node -e 'const {a,b} = x'",
        "ls -l{,h}",
    ),
    check=check,
)
