"""Patterns about one field each, as data and small questions about one parsed command. Here is how a pattern asks for a subcommand."""

from holdfast.guard.rule import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from holdfast.guard.line import Command, Line

    Ask = Callable[[Command, Line], "str | None"]

LONGEST = 90  # characters of a command that a finding repeats


def when(paths: str, says: str, with_value: str = "", needs: str = "", unless: str = "") -> "Ask":
    """A Pattern's test: does the command follow one of the paths of words, as in "repo delete|release delete,edit"?

    Between "|" stand paths, between "," the words that may stand in one place; "*" is any word.  with_value: as for
    Command.operands.  needs: options of which one has to be there.  unless: options that make it harmless, besides --help
    and --dry-run.  says: what follows the command's text in the finding.
    """
    routes = [[step.split(",") for step in path.split()] for path in paths.split("|")]
    needed, harmless = needs.split(), ("--help", "--dry-run", *unless.split())

    def test(command: "Command", line: "Line") -> "str | None":
        given = words(command, with_value)
        if not any(leads(route, given) for route in routes) or command.has_flag(*harmless):
            return None
        return f"`{shown(command)}` {says}" if not needed or command.has_flag(*needed) else None

    return test


def any_of(*asks: "Ask") -> "Ask":
    """The first finding of several tests."""

    def test(command: "Command", line: "Line") -> "str | None":
        return next((found for ask in asks if (found := ask(command, line))), None)

    return test


def words(command: "Command", with_value: str = "") -> "list[str]":
    """The texts of the operands; an unknown one as it is written, which no word of a path equals."""
    return [arg.shown for arg in command.operands(with_value)]


def leads(route: "Sequence[Sequence[str]]", given: "Sequence[str]") -> bool:
    """True when the given words begin as the route says."""
    return len(given) >= len(route) and all("*" in step or word in step for step, word in zip(route, given, strict=False))


def shown(command: "Command") -> str:
    """A command in a finding: one line, not too long."""
    return short(command, LONGEST)
