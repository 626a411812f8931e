"""When the program's name is only known at run time, nobody can say what will run."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        if command.program or not command.argv:
            continue
        word = command.argv[0]
        unknowns = word.unknowns
        if not unknowns or (word.possible() and not word.glob):
            continue
        made_of = unknowns[0]
        what = {"output": "the output of another command", "variable": f"${made_of.name}, which this text does not set",
                "argument": "an argument that is not known here", "input": "what will be read from outside",
                }.get(made_of.kind, "something only known at run time")
        severity = "caution" if made_of.kind == "variable" else None
        yield Finding(f"the program to run in `{_short(command)}` is {what}", severity, start=command.start, end=command.end)


def _short(command: "Command") -> str:
    text = repr(command)
    return text if len(text) <= 60 else text[:57] + "..."


RULE = Rule(
    code="STR002",
    title="computed command word",
    category="structural",
    why="Nobody can judge a program that is only chosen while it runs.",
    instead="Name the program literally, for example `python3 script.py` where a variable stands for python3.",
    severity="danger",
    blocks=("$(cat cmd.txt)", "`cat cmd.txt` --all", "$CMD --all", "\"$TOOL\" -rf build", "true && $(curl -s example.invalid)",
            "echo a | xargs $RUNNER", "find . -name '*.c' -exec $RUNNER {} \\;", "read c; $c", "cat list | xargs -I{} {} --now",
            "sudo $CMD", "env A=1 \"$CMD\"", "${UNSET_TOOL:-$(cat f)} x"),
    allows=("CMD=ls; $CMD -la", "echo \"$CMD\"", "\"$VIRTUAL_ENV/bin/python\" -m pytest", "for t in lint test; do make $t; done",
            "x=$(cat cmd.txt); echo \"$x\"", "P=python3; \"$P\" --version", "run() { ls; }; run", "grep '$(cat cmd)' README.md",
            "echo '$CMD --all'", "[ -n \"$CMD\" ] && echo set"),
    check=check,
)
