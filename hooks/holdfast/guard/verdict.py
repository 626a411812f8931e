"""Findings -> Verdict: what is refused or asked, and the reason that the model reads. Pure."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import Line
    from holdfast.guard.rule import Finding

REASON = 400  # characters the model gets at the most
STATED = 900  # the same where a person's own words are among them
_RANK = {"off": 0, "ask": 1, "deny": 2}
_LEVEL = {"caution": "ask", "danger": "deny", "catastrophic": "deny"}
_GRAVITY = {"caution": 0, "danger": 1, "catastrophic": 2}
# Of two findings that weigh the same, what a command does is told before how it is written.
# What a person has said comes first.
_MANNER = {"constraint": -1, "structural": 1, "text": 2, "encoding": 2, "bash": 2, "zsh": 2}


class Verdict:
    """decision: "deny", "ask" or None.  findings: list of Finding, each with its rule, the gravest first.

    reason: what the model reads, "" when there is no decision.  line: the Line, without commands when the text is unreadable.
    """

    __slots__ = ("decision", "findings", "reason", "line")

    def __init__(self, decision: "str | None", findings: "list[Finding]", reason: str, line: "Line") -> None:
        self.decision, self.findings, self.reason, self.line = decision, findings, reason, line


def settle(line: "Line", found: "list[Finding]", levels: "dict[str, Any]", attended: bool) -> Verdict:
    """The Verdict that these findings in a Line add up to. levels, attended: as for `decide`."""
    judged = [(level, finding) for finding in found if (level := level_of(finding, levels)) != "off"]
    if not judged:
        return Verdict(None, [], "", line)
    judged.sort(key=lambda pair: (-_RANK[pair[0]], -_GRAVITY[pair[1].severity or pair[1].rule.severity],
                                _MANNER.get(pair[1].rule.category, 0)))
    decision = judged[0][0] if attended else "deny"
    findings = [finding for _, finding in judged]
    return Verdict(decision, findings, reason_for(findings), line)


def level_of(finding: "Finding", levels: "dict[str, Any]") -> str:
    """"deny", "ask" or "off" for one finding under the settings, which name a rule by its code, or a whole category, such as a pack."""
    severity, code, category = finding.severity or finding.rule.severity, finding.rule.code, finding.rule.category
    level = _LEVEL[severity]
    if severity != "catastrophic":
        level = levels["rules"].get(code) or levels["rules"].get(category) or level
    for tightened in (levels["tighten"].get(code, "off"), levels["tighten"].get(category, "off")):
        level = level if _RANK[level] >= _RANK[tightened] else tightened
    return level


def reason_for(findings: "list[Finding]") -> str:
    """What the model reads: the gravest finding with why and what to do instead, the codes of the others; at most REASON characters."""
    first = findings[0]
    most = STATED if first.rule.category == "constraint" else REASON
    instead = first.instead or first.rule.instead
    others = sorted({f.rule.code for f in findings} - {first.rule.code})
    also = f" (also: {', '.join(others)})" if others else ""
    head = f"{first.rule.code}: {first.what}{'' if first.what.endswith(('”', '”.')) else '.'} "
    tail = f"{first.rule.why} {instead}{also}"
    if len(head) + len(tail) > most or most == STATED:
        tail = f"{instead}{also}"
    if len(head) + len(tail) > most:
        head = head[:max(60, most - len(tail) - 4)].rstrip() + " … "
    return (head + tail)[:most]
