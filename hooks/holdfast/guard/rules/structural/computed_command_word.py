"""When the program's name is only known at run time, nobody can say what will run."""

from holdfast.guard.rule import Finding, Rule, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, Unknown


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        if command.program or not command.argv or command.via[-1:] == ("eval",):
            continue  # what eval is given is judged by where it comes from, as indirect execution
        word = command.argv[0]
        unknowns = word.unknowns
        if not unknowns or (word.possible() and not word.glob):
            continue
        made_of = unknowns[0]
        what = _origin(command, made_of)
        if what:
            yield Finding(f"the program to run in `{short(command)}` is {what}", start=command.start, end=command.end)


def _origin(command: "Command", made_of: "Unknown") -> "str | None":
    """Where an unknown program comes from, in words; None when it is one that whoever set the environment chose."""
    kind, source = made_of.kind, made_of.source
    if kind == "variable":
        if source.startswith("${") and not source[2:-1].strip("!#").partition(":")[0].replace("_", "a").partition("[")[0].isalnum(
            ) and ":" not in source:
            return None  # `${Date.now()}` is no expansion: the shell stops there
        if command.argv[0].pieces[0] is not made_of or len(command.argv[0].pieces) > 1:
            return None  # "${NAME}-build", bin/$TOOL: the rest of the word says what it is
        if made_of.commands:
            return "the output of another command"
        if made_of.name in ("SHELL", "EDITOR", "VISUAL", "PAGER", "BROWSER") or not _grave(command):
            return None
        return f"${made_of.name}, which this text does not set"
    if kind == "output":
        if made_of.commands and all(c.program in _FINDERS or at and c.program == "echo" for at, c in enumerate(made_of.commands)):
            return None
        return "the output of another command"
    if kind == "argument" and "@" in source and command.via[-1:] and command.via[-1] in _STEPPING_DOWN:
        return None
    if kind == "argument":
        return "an argument that is not known here" if _grave(command) or source in ("$1", '"$1"') and not command.via else None
    last = source.strip("\"'").rpartition("/")[2]
    if kind == "input" and "/" in source and last and not any(letter in last for letter in "$`{}()"):
        return None  # for t in tests/*.sh: files of a folder that is named
    if kind == "input":
        return None if source == "{}" and any(step.startswith("find -") for step in command.via) and len(
            command.argv) == 1 else "what will be read from outside"
    return "something only known at run time"


# The last line of an image's entry point: `exec gosu app "$@"`.
_STEPPING_DOWN = frozenset("gosu su-exec setpriv tini dumb-init s6-setuidgid chpst".split())
# They print where a program lies, or what the machine is.
_FINDERS = frozenset("which command type whence brew go npm yarn pyenv rbenv nodenv asdf xcrun realpath readlink dirname basename "
    "find pwd git uname getconf python3-config".split())
# Arguments that do harm whatever the program is.
_GRAVE = ("-rf", "-fr", "/etc/", "/dev/", "~/.ssh", "/.ssh", "| sh", "--no-preserve-root", "-delete", "drop table", "rm ", "mkfs",
          "--purge", "/*")


def _grave(command: "Command") -> bool:
    """Whether the arguments look as if the unknown program could destroy, run or fetch something."""
    if "sudo" in command.via or command.root or any(step in ("xargs", "eval", "here-string") or step.startswith("find -")
                                                    for step in command.via):
        return True
    return any(any(arg.shown == word or len(word) > 3 and word in arg.shown for word in _GRAVE) or arg.shown in ("/", "~", "/*")
               for arg in command.args)


RULE = Rule(
    code="STR002",
    title="computed command word",
    category="structural",
    why="Nobody can judge a program that is only chosen while it runs.",
    instead="Name the program literally, for example `python3 script.py` where a variable stands for python3.",
    severity="danger",
    blocks=("$(cat cmd.txt)", "`cat cmd.txt` --all", "$CMD -rf /etc/x", "\"$TOOL\" -rf build", "true && $(curl -s example.invalid)",
            "echo a | xargs $RUNNER", "find . -name '*.c' -exec $RUNNER {} \\;", "read c; $c", "cat list | xargs -I{} {} --now",
            "sudo $CMD", "sudo -E \"$CMD\"", "${UNSET_TOOL:-$(cat f)} x"),
    allows=("$SETUP_COMMAND\nmake", "${NAME}-build --help", "$(which python3) -m pytest", "\"$GRADLE\" build", "$PYTHON -c 'print(1)'",
            "CMD=ls; $CMD -la", "echo \"$CMD\"", "\"$VIRTUAL_ENV/bin/python\" -m pytest", "for t in lint test; do make $t; done",
            "x=$(cat cmd.txt); echo \"$x\"", "P=python3; \"$P\" --version", "run() { ls; }; run", "grep '$(cat cmd)' README.md",
            "exec gosu app \"$@\"",
            "echo '$CMD --all'", "for t in tests/test_*.sh; do \"$t\" --quick; done", "[ -n \"$CMD\" ] && echo set"),
    check=check,
)
