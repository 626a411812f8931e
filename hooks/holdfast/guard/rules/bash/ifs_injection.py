"""IFS says where words end; with a value of one's own, or as a blank in disguise, it makes commands that nobody reads as such."""

from holdfast.guard.rule import Finding, Rule
from holdfast.guard.shell.tree import Param
from holdfast.guard.spelling import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line


def check(line: "Line") -> "Iterator[Finding]":
    seen: "set[int]" = set()
    for command in line.commands:
        for arg in command.argv:
            word = arg.word
            if word is None or id(word) in seen:
                continue
            seen.add(id(word))
            if any(isinstance(p, Param) and p.name == "IFS" and not p.quoted for p in word.parts) and (
                len(word.parts) > 1 or arg is command.argv[0]
            ):
                yield Finding(f"`{short(arg.source)}` uses $IFS as a blank in disguise", start=command.start, end=command.end)
                return
    own = next(
        (
            a
            for a in line.assigned
            if a.name == "IFS" and a.scope != "command" and a.value.value is not None and a.value.value.strip(" \t\n\0")
        ),
        None,
    )
    if own is None:
        return
    value = own.value.value or ""
    split = next((c for c in line.commands if c.start > own.start and _is_split(c)), None)
    if split is not None:
        yield Finding(f"IFS={short(value)} makes `{short(repr(split))}` out of one text", start=own.start, end=split.end)
    elif any(c.isalnum() for c in value):
        yield Finding(f"IFS={short(value)} makes every such letter a blank", start=own.start, end=own.end)


def _is_split(command: "Command") -> bool:
    """True when the program and its arguments come out of one unquoted expansion."""
    argv = command.argv
    if not argv or argv[0].word is None or not any(not getattr(p, "quoted", True) for p in argv[0].word.parts):
        return False
    return len(argv) > 1 and argv[1].word is argv[0].word or bool(argv[0].unknowns) and argv[0].split


RULE = Rule(
    code="BSH001",
    title="IFS injection",
    category="bash",
    why="The shell sees blanks where a reader or a filter sees one word.",
    instead="Write the blanks, and set IFS for one read only: `IFS=, read -r a b`.",
    severity="danger",
    blocks=(
        "cat${IFS}/etc/passwd",
        "cat$IFS$9notes.txt",
        "IFS=_; x=rm_-rf_src; $x",
        "IFS=,;$(echo cat,notes)",
        "true && ls${IFS}-la",
        "bash -c 'id;ls$IFS-la'",
        "IFS=x; ls",
        "ls${IFS%??}-la",
    ),
    allows=(
        'while IFS= read -r line; do echo "$line"; done < x',
        "IFS=, read -r a b <<< 'x,y'",
        "IFS=$'\\n'; for f in $(ls); do echo \"$f\"; done",
        "OLD=$IFS; IFS=,; for x in $LIST; do echo $x; done; IFS=$OLD",
        'echo "$IFS" | od -c',
        "IFS=':' read -ra parts <<< \"$PATH\"",
        "grep 'IFS' x.sh",
        "local_ifs='a'; echo $local_ifs",
        "unset IFS",
        "CMD='ls -la'; $CMD",
    ),
    check=check,
)
