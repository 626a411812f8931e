"""Where the code that an interpreter runs comes from: pipes, substitutions, here-strings, files written before in the same text."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Command

# Languages whose text is a program with the machine at its hands; SQL, jq and the like are judged elsewhere.
PROGRAMS = frozenset(("sh", "python", "perl", "ruby", "node", "php", "lua", "awk", "tcl", "osascript", "powershell", "r", "julia",
                      "groovy", "deno", "bun", "scheme", "make"))


def code_sources(command: "Command") -> "list[Command]":
    """Every Command whose output becomes code that this one runs, from near to far; empty when its code is known or in a file."""
    found = []
    for code in command.code:
        if code.language not in PROGRAMS:
            continue
        if code.origin == "stdin" and (code.text is None or not code.text.known):
            found += upstream(command)
        if code.text is not None:
            found += makers(code.text)
    if not command.program and command.argv:
        found += makers(command.argv[0])
    return found


def upstream(command: "Command") -> "list[Command]":
    """The Commands that feed its standard input, through any number of pipes."""
    found: "list[Command]" = []
    todo = list(command.feeds)
    while todo:
        source = todo.pop(0)
        if source not in found:
            found.append(source)
            todo += source.feeds
    if command.stdin is not None:
        found += makers(command.stdin)
    for redirect in command.redirects:
        if redirect.reads:
            found += makers(redirect.target)
    return found


def makers(arg: "Arg") -> "list[Command]":
    """The Commands in whose output an Arg's unknown text originates, with what feeds them."""
    found = []
    for unknown in arg.unknowns:
        for command in unknown.commands:
            found.append(command)
            found += [c for c in upstream(command) if c not in found]
    return found
