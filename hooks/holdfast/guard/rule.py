"""A Rule, a Pattern, a Pack and their Findings. The examples are the tests, the texts are the documentation.

A validator is a Rule in a file of its own and looks at the whole Line. A Pattern looks at one Command of certain programs;
a Pack is a file of Patterns about one field, such as git.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from holdfast.guard.line import Command, Line

    Check = Callable[[Line], Iterable["str | Finding"]]
    Test = Callable[[Command, Line], "str | Finding | None"]


class Rule:
    """code: stable and never reused ("STR005").  title: names the danger.  category: the folder it lives in.

    why, instead: one sentence each, read by the model.  severity: "catastrophic" (always refused), "danger" (refused),
    "caution" (a person is asked; refused when nobody can answer).
    blocks, allows: example texts; allows come close on purpose.  Each is judged in a project at /work/project.
    check: function Line -> iterable of str or Finding; a str says what was found, in words that follow "CODE: ".
    """

    __slots__ = ("code", "title", "category", "why", "instead", "severity", "blocks", "allows", "check")

    def __init__(self, *, code: str, title: str, category: str, why: str, instead: str, severity: str, blocks: "tuple[str, ...]",
                 allows: "tuple[str, ...]", check: "Check") -> None:
        self.code, self.title, self.category, self.why, self.instead = code, title, category, why, instead
        self.severity, self.blocks, self.allows, self.check = severity, blocks, allows, check


class Finding:
    """what: what was found.  severity and instead override the rule's when given.  start, end: where in the text (or None)."""

    __slots__ = ("what", "severity", "instead", "start", "end", "rule")

    def __init__(self, what: str, severity: "str | None" = None, instead: "str | None" = None, start: "int | None" = None,
                 end: "int | None" = None) -> None:
        self.what, self.severity, self.instead, self.start, self.end = what, severity, instead, start, end
        self.rule: "Rule"  # set by `decide`, which knows whose finding it is


class Pattern(Rule):
    """A Rule about one command. programs: names, blank-separated, as Command.program gives them (lower case where that matters); "*": any.

    test: function (Command, Line) -> what was found, as a str or Finding, else None. It is asked once for every Command of
    these programs, however it is reached.  The category is the Pack's name.
    """

    __slots__ = ("programs", "test")

    def __init__(self, *, code: str, title: str, programs: str, why: str, instead: str, test: "Test", blocks: "tuple[str, ...]",
                 allows: "tuple[str, ...]", severity: str = "danger") -> None:
        super().__init__(code=code, title=title, category="", why=why, instead=instead, severity=severity, blocks=blocks, allows=allows,
                         check=self.over)
        self.programs, self.test = programs.split(), test

    def over(self, line: "Line") -> "Iterator[str | Finding]":
        """What the test finds in any command of the Line."""
        for command in line.commands:
            if command.program in self.programs or "*" in self.programs:
                found = None if only_asks(command) else self.test(command, line)
                if found:
                    yield found


def short(command: "Command", most: int = 60) -> str:
    """A command for a message, on one line: arguments with blanks in quotes, at most so many characters."""
    text = " ".join([written(arg.shown) for arg in command.argv]).replace("`", "'")
    return text if len(text) <= most else text[:most - 3] + "..."


def written(text: str) -> str:
    """An argument as a person would write it: in quotes when it is empty or holds a blank, line ends as blanks."""
    if text and not any([c in text for c in " \t\n"]):
        return text
    return " ".join(text.split()) if "'" in text else f"'{' '.join(text.split())}'"


class Pack:
    """name: the category of its patterns.  patterns: tuple of Pattern, in the order of their codes."""

    __slots__ = ("name", "patterns", "_by_program")

    def __init__(self, name: str, *patterns: Pattern) -> None:
        self.name, self.patterns = name, patterns
        self._by_program: "dict[str, list[Pattern]]" = {}
        for pattern in patterns:
            pattern.category = name
            for program in pattern.programs:
                self._by_program.setdefault(program, []).append(pattern)

    @property
    def programs(self) -> "frozenset[str]":
        """Every program that one of the patterns asks about: the pack's triggers."""
        return frozenset(self._by_program) - {"*"}

    def findings(self, line: "Line") -> "Iterator[Finding]":
        """What the patterns find in a Line, each Finding with its rule and its place."""
        every = self._by_program.get("*", [])
        for command in line.commands:
            for pattern in () if only_asks(command) else self._by_program.get(command.program, []) + every:
                found = pattern.test(command, line)
                if found:
                    finding = Finding(found) if isinstance(found, str) else found
                    finding.rule = pattern
                    if finding.start is None:
                        finding.start, finding.end = command.start, command.end
                    yield finding


def only_asks(command: "Command") -> bool:
    """True when the program prints its help or its version, whatever else it is given: `--help` last, `--version` alone."""
    args = command.argv[1:]
    return bool(args) and (args[-1].value == "--help" or len(args) == 1 and args[0].value in ("--version", "-V", "-version"))
