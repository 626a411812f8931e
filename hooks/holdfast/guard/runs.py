"""Which files a command runs as code: as an interpreter's argument or input, as a program of its own, or sourced. Pure."""

from holdfast.guard.flow import PROGRAMS
from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Command, World

# Filters through which a file can reach an interpreter.
_PASSING = ("cat", "tac", "head", "tail", "sed", "grep", "tr", "pv", "sort", "nl", "cut", "tee")


def run_files(command: "Command", world: "World") -> "list[str]":
    """Absolute paths of files that the command runs."""
    found: "list[Arg]" = []
    for code in command.code:
        if code.language not in PROGRAMS:
            continue
        if code.origin == "file" and code.text is not None:
            found.append(code.text)
        elif code.origin == "written":
            found += command.operands()[:1]
        elif code.origin == "stdin":
            found += [redirect.target for redirect in command.redirects if redirect.reads]
            for source in command.feeds:
                if source.program in _PASSING:
                    found += source.operands()
                found += [redirect.target for redirect in source.redirects if redirect.reads]
        for unknown in code.text.unknowns if code.text is not None else ():
            for maker in unknown.commands:
                if maker.program in _PASSING or not maker.program:
                    found += [*maker.operands(), *(r.target for r in maker.redirects if r.reads)]
    if command.argv and "/" in (command.argv[0].value or ""):
        found.append(command.argv[0])
    if command.program in ("source", "."):
        found += command.args[:1]
    return [path for path in (resolve(arg, command, world) for arg in found) if path]
