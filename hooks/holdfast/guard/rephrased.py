"""Whether a refused call was refused before in other words: same rule, same thing. Loaded only when a call is refused.

A refusal leaves the codes of its findings and what the commands name (paths resolved, hosts, other operands), hashed.
A later one in the same session by the same agent that shares a field (CRD, GIT ...) and a thing with it is the same attempt, whatever
program it uses now. The model is told, and the audit record counts it.
"""

from holdfast.guard.paths import resolve
from holdfast.guard.verdict import REASON
from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, digest, records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.decide import Verdict
    from holdfast.kernel.run import Situation

_THINGS = 60  # names of one call that are kept
_LOOK_BACK = 50  # refusals that a new one is compared with; an agent that rephrases does so at once


def times_refused(situation: "Situation", verdict: "Verdict") -> int:
    """How often this attempt was refused before in this session by this agent. Notes this refusal; 0 when nothing can be noted."""
    try:
        return _noted(situation, verdict)
    except (OSError, TimeoutError):  # a full disk: the refusal itself matters more
        return 0


def how_often(reason: str, before: int) -> str:
    """The reason, with a word on how often the same was refused before; at most REASON characters."""
    if not before:
        return reason
    times = "once" if before == 1 else "twice" if before == 2 else f"{before} times"
    told = f" This was refused {times} before in other words: do not rephrase it, choose another way or stop and report."
    return (reason if len(reason) + len(told) <= REASON else reason[:REASON - len(told) - 2].rstrip() + " …") + told


def _noted(situation: "Situation", verdict: "Verdict") -> int:
    path = situation.store.agent(situation.event.session_id, situation.event.agent, "refused.jsonl")
    codes, named = sorted({f.rule.code for f in verdict.findings}), things(verdict)
    fields, before = {code[:3] for code in codes}, 0
    for record in [r for r in records(path) if isinstance(r, dict)][-_LOOK_BACK:]:
        if fields.intersection([code[:3] for code in record["codes"]]) and not named.isdisjoint(record["things"]):
            before += 1
    append(path, {"at": iso(situation.at), "kind": "refused", "codes": codes, "things": sorted(named)})
    return before


def things(verdict: "Verdict") -> "frozenset[str]":
    """What the commands of a refused text name, hashed: every operand as the path it would be, and as it is."""
    world, found = verdict.line.world, set()
    for command in verdict.line.commands:
        for arg in command.args:
            text = arg.value
            if not text or text[:1] == "-" or len(text) < 2 or len(text) > 400:
                continue
            found.add(digest((resolve(arg, command, world) or text).encode("utf-8", "surrogatepass"))[:12])
            if len(found) >= _THINGS:
                return frozenset(found)
    if not found:
        found.add(digest(verdict.line.text.strip().encode("utf-8", "surrogatepass"))[:12])
    return frozenset(found)
