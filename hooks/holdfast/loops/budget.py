"""What a session or agent may spend and has spent, as plain values: add a step, take in a child, ask how far it is. Pure, no imports.

A budget is a dict that JSON can hold. An agent has its own and counts in its parent's: a child hands its whole totals to the parent,
which keeps them by the child's name, so that telling them twice changes nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Budget = dict[str, Any]

TASK_STEPS = {"filesystem": 30, "code": 75, "research": 150}  # spec, section 2
WARN, FINISH, STOP = 0.8, 0.9, 1.0  # of a limit; below FINISH a turn may go on (constants.md 3.4: 0.9)
LITTLE = 500  # tokens; two continuations in a row below it are diminishing returns (constants.md 3.4)
CONTINUATIONS = 3  # before returns can be called diminishing (constants.md 3.4)
SPENT = ("steps", "tokens", "usd", "wall_s")
_ADDED_UP = ("steps", "tokens", "usd")  # time is not added up: agents run side by side


def begin(at: float, limits: "dict[str, float] | None" = None, parent: str = "", task: str = "") -> "Budget":
    """at: seconds; limits: of SPENT, what is left out is unlimited; parent: the agent it counts for; task: one of TASK_STEPS, which
    gives a limit of steps where limits names none. -> Budget. Raises ValueError for an unknown limit or task."""
    held = dict(limits or {})
    for name, value in held.items():
        if name not in SPENT or isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise ValueError(f"`{name}: {value}` is not a limit: {', '.join(SPENT)}, each above 0")
    if task:
        if task not in TASK_STEPS:
            raise ValueError(f"`{task}` is not a kind of task: {', '.join(TASK_STEPS)}")
        held.setdefault("steps", TASK_STEPS[task])
    return {"continuation_count": 0, "last_delta_tokens": 0, "last_total_tokens": 0, "started_at": at, "steps": 0, "tokens": 0, "usd": 0.0,
            "wall_s": 0.0, "limits": held, "parent": parent, "children": {}}


def spend(budget: "Budget", at: float, steps: int = 0, tokens: int = 0, usd: float = 0.0) -> "Budget":
    """-> Budget with this added, as of the time `at`. A clock that went back takes nothing away."""
    return {**budget, "steps": budget["steps"] + steps, "tokens": budget["tokens"] + tokens, "usd": budget["usd"] + usd,
            "wall_s": max(budget["wall_s"], at - budget["started_at"])}


def with_child(budget: "Budget", name: str, child: "Budget") -> "Budget":
    """-> Budget with a child's totals as they are now in place of what it said before. Totals only grow."""
    new, before = totals(child), budget["children"].get(name, {})
    kept = {what: max(new[what], before.get(what, 0)) for what in _ADDED_UP}
    return {**budget, "children": {**budget["children"], name: kept}}


def totals(budget: "Budget") -> "dict[str, float]":
    """What was spent, children included: {steps, tokens, usd, wall_s}."""
    children = budget["children"].values()
    found = {what: budget[what] + sum([child[what] for child in children]) for what in _ADDED_UP}
    found["wall_s"] = budget["wall_s"]
    return found


def state(budget: "Budget") -> "tuple[str, str, float]":
    """("fine", "warn", "finish" or "stop"; which limit is nearest; what part of it is spent). Without limits: ("fine", "", 0.0)."""
    nearest, share = "", 0.0
    spent = totals(budget)
    for what, limit in budget["limits"].items():
        part = spent[what] / limit
        if not nearest or part > share:
            nearest, share = what, part
    word = "stop" if share >= STOP else "finish" if share >= FINISH else "warn" if share >= WARN else "fine"
    return word, nearest, share


def left(budget: "Budget", ancestors: "list[Budget]") -> "tuple[str, str, float]":
    """The gravest `state` of an agent's own budget and those it counts for."""
    return max([state(one) for one in (budget, *ancestors)], key=lambda found: found[2])


def continued(budget: "Budget", total_tokens: int, new_information: bool = False) -> "tuple[Budget, bool]":
    """A turn is to be continued after it had ended. total_tokens: spent by now -> (Budget, whether returns diminish: at least three
    continuations, and this one and the one before each added less than LITTLE with nothing new)."""
    delta = max(0, total_tokens - budget["last_total_tokens"])
    if new_information:
        delta = max(delta, LITTLE)  # few words, and yet something came of them
    diminishing = budget["continuation_count"] >= CONTINUATIONS and delta < LITTLE and budget["last_delta_tokens"] < LITTLE
    after = {**budget, "continuation_count": budget["continuation_count"] + 1, "last_delta_tokens": delta,
             "last_total_tokens": max(total_tokens, budget["last_total_tokens"])}
    return after, diminishing


def prompted(budget: "Budget") -> "Budget":
    """A person spoke: continuations are counted anew, what was spent stays."""
    return {**budget, "continuation_count": 0, "last_delta_tokens": 0}


def ending(budget_state: str, goal_met: bool = False, diminishing: bool = False, breaker_open: bool = False,
           from_outside: bool = False) -> str:
    """Why the work ends now: "goal", "outside", "breaker", "budget" or "diminishing"; "" while it goes on (constants.md, five-condition
    termination). "finish", at 90 %, does not end it: it allows the last continuation."""
    if goal_met:
        return "goal"
    if from_outside:
        return "outside"
    if breaker_open:
        return "breaker"
    if budget_state == "stop":
        return "budget"
    return "diminishing" if diminishing else ""
