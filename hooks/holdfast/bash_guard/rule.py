"""A Rule and its Finding. One file holds one rule; its examples are its tests, its texts are its documentation."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from holdfast.bash_guard.line import Line

    Check = Callable[[Line], Iterable["str | Finding"]]


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
