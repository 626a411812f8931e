"""Line -> Verdict. Pure: no clock, no disk, no environment beyond what World was given."""

from holdfast.guard.catalogue import findings as findings_in
from holdfast.guard.line import Line
from holdfast.guard.rule import Finding
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.understand import understand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import World

REASON = 400  # characters the model gets at the most
_RANK = {"off": 0, "ask": 1, "deny": 2}
_LEVEL = {"caution": "ask", "danger": "deny", "catastrophic": "deny"}
UNREADABLE = "STR001"


class Verdict:
    """decision: "deny", "ask" or None.  findings: list of Finding, each with its rule, the gravest first.

    reason: what the model reads, "" when there is no decision.  line: the Line, without commands when the text is unreadable.
    """

    __slots__ = ("decision", "findings", "reason", "line")

    def __init__(self, decision: "str | None", findings: "list[Finding]", reason: str, line: Line) -> None:
        self.decision, self.findings, self.reason, self.line = decision, findings, reason, line


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
    found += findings_in(line)
    judged = [(level, finding) for finding in found if (level := level_of(finding, levels)) != "off"]
    if not judged:
        return Verdict(None, [], "", line)
    judged.sort(key=lambda pair: -_RANK[pair[0]])
    decision = judged[0][0] if attended else "deny"
    findings = [finding for _, finding in judged]
    return Verdict(decision, findings, reason_for(findings), line)


def level_of(finding: Finding, levels: "dict[str, Any]") -> str:
    """"deny", "ask" or "off" for one finding under the settings."""
    severity = finding.severity or finding.rule.severity
    level = _LEVEL[severity]
    if severity != "catastrophic":
        level = levels["rules"].get(finding.rule.code, level)
    tightened = levels["tighten"].get(finding.rule.code, "off")
    return level if _RANK[level] >= _RANK[tightened] else tightened


def reason_for(findings: "list[Finding]") -> str:
    """What the model reads: the gravest finding with why and what to do instead, the codes of the others; at most REASON characters."""
    first = findings[0]
    instead = first.instead or first.rule.instead
    others = sorted({f.rule.code for f in findings} - {first.rule.code})
    also = f" (also: {', '.join(others)})" if others else ""
    head = f"{first.rule.code}: {first.what}. "
    tail = f"{first.rule.why} {instead}{also}"
    if len(head) + len(tail) > REASON:
        tail = f"{instead}{also}"
    if len(head) + len(tail) > REASON:
        head = head[:max(60, REASON - len(tail) - 4)].rstrip() + " … "
    return (head + tail)[:REASON]


def _not_understood(unreadable: Unreadable, text: str) -> Finding:
    from holdfast.guard.rules.structural.unparseable import RULE
    finding = Finding(f"the command could not be read: {unreadable}", start=unreadable.position, end=unreadable.position + 1)
    finding.rule = RULE
    return finding
