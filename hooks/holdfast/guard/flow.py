"""Where the code that an interpreter runs comes from: pipes, substitutions, here-strings, files written before in the same text."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfast.guard.line import Arg, Command

# Languages whose text is a program with the machine at its hands; SQL, jq and the like are judged elsewhere.
PROGRAMS = frozenset(("sh", "python", "perl", "ruby", "node", "php", "lua", "awk", "tcl", "osascript", "powershell", "r", "julia",
                      "groovy", "deno", "bun", "scheme", "make"))


def code_sources(command: "Command") -> "list[Command]":
    """Every Command whose output becomes code that this one runs, from near to far; empty when its code is written out or in a file.

    A decoder or filter on the way is among them even where the text that it makes is known.
    """
    found: "list[Command]" = []
    for code in command.code:
        if code.language not in PROGRAMS:
            continue
        if code.origin == "stdin":
            _add(_feeding(command), found)
        if code.text is not None:
            _add(_making(code.text), found)
        _add(code.makers, found)
    if not command.program and command.argv:
        _add(_making(command.argv[0]), found)
    if command.program in ("xargs", "gxargs", "parallel") and command.argv[-1].value in ("-c", "-e", "-lc"):
        _add(_feeding(command), found)  # xargs sh -c: the text is what xargs reads
    return found


def upstream(command: "Command") -> "list[Command]":
    """The Commands that feed its standard input, through any number of pipes and texts that other commands made."""
    found: "list[Command]" = []
    _add(_feeding(command), found)
    return found


def makers(arg: "Arg") -> "list[Command]":
    """The Commands in whose output an Arg's unknown text originates, with what feeds them."""
    found: "list[Command]" = []
    _add(_making(arg), found)
    return found


def _add(commands: "Iterable[Command]", found: "list[Command]") -> None:
    """Add Commands and all that feeds them; a fifo may make that a circle."""
    seen = {id(command) for command in found}
    todo = list(commands)
    while todo and len(found) < 1000:
        command = todo.pop(0)
        if id(command) not in seen:
            seen.add(id(command))
            found.append(command)
            todo += _feeding(command)


def _feeding(command: "Command") -> "list[Command]":
    """What stands directly behind its standard input."""
    found = list(command.feeds)
    if command.stdin is not None:
        found += _making(command.stdin)
    for redirect in command.redirects:
        if redirect.reads:
            found += _making(redirect.target)
    return found


def _making(arg: "Arg") -> "list[Command]":
    return [command for piece in arg.pieces if not isinstance(piece, str) for command in piece.commands]
