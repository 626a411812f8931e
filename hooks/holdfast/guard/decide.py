"""Text -> Verdict. Pure: no clock, no disk, no environment beyond what World was given."""

from holdfast.guard.asking import findings as findings_in
from holdfast.guard.line import Line
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.understand import understand
from holdfast.guard.verdict import REASON, Verdict, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import World
    from holdfast.guard.rule import Finding

__all__ = ("REASON", "UNREADABLE", "Verdict", "decide", "settle")
UNREADABLE = "STR001"


def decide(text: str, world: "World", levels: "dict[str, Any]", attended: bool) -> Verdict:
    """Judge a shell text.

    levels: resolved settings' "guard" part (rules: code -> level set by managed or user file, which may loosen a rule that
    is not catastrophic; tighten: code -> level from the project, which only raises).  attended: whether a person can answer;
    without one, ask becomes deny.  Raises nothing of its own; a damaged rule raises ImportError or AttributeError.
    """
    try:
        line = understand(text, world)
    except Unreadable as unreadable:
        line, found = Line(text, (), (), [], world), [_not_understood(unreadable, text)]
    else:
        found = []
    if world.constraints and line.commands:
        from holdfast.guard.stated import findings as stated_in  # most sessions have none
        found = [*found, *stated_in(line)]
    return settle(line, [*found, *findings_in(line)], levels, attended)


def _not_understood(unreadable: Unreadable, text: str) -> "Finding":
    from holdfast.guard.rule import Finding
    from holdfast.guard.rules.structural.unparseable import RULE
    finding = Finding(f"the command could not be read: {unreadable}", start=unreadable.position, end=unreadable.position + 1)
    finding.rule = RULE
    return finding
