"""When a compaction is worth having: the six-condition gate, the breaker, the thrash guard. Pure.

The client decides; Holdfast advises, records, and may hold back one automatic compaction while the state is not on disk.
Figures of client 2.1.329, measured: see `window_of` and `threshold`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RESERVE = 20_000  # tokens that the client keeps for the summary
MARGIN = 13_000  # below the effective window: where it compacts by itself
WARNING = 20_000  # below that: where it warns
BLOCKING = 0.97  # share of the window above which holding a compaction back ends the session
BREAKER = 3  # failures in a row after which the client gives up for the session
THRASH_TURNS, THRASH_TIMES = 3, 3  # a compaction within so many turns of the one before, so many times in a row
KEPT_MESSAGES = 5  # the recent messages that a compaction keeps: with no more than these there is nothing to drop

# Windows by what the model's name begins with (client 2.1.329, measured); anything else counts as the older models' 200,000.
_WINDOWS = (("claude-opus-5", 1_000_000),)


def window_of(model: str, env: "dict[str, str]", setting: int) -> int:
    """Tokens of the context window in force: the person's setting, the client's variable, else by the model's name."""
    given = env.get("CLAUDE_CODE_AUTO_COMPACT_WINDOW", "")
    if setting:
        return setting
    if given.isdigit() and int(given):
        return int(given)
    return next((size for start, size in _WINDOWS if model.startswith(start)), 200_000)


def threshold(window: int, env: "dict[str, str]") -> int:
    """Tokens in use at which the client compacts by itself."""
    output = env.get("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "")
    effective = window - min(int(output) if output.isdigit() else RESERVE, RESERVE)
    percent = env.get("CLAUDE_AUTOCOMPACT_PCT_OVERRIDE", "")
    if percent.isdigit() and 0 < int(percent) < 100:
        return min(effective * int(percent) // 100, effective - MARGIN)
    return effective - MARGIN


def level(used: int, window: int, env: "dict[str, str]") -> int:
    """How full the context is: 0 fine, 1 warn, 2 a checkpoint is due, 3 a session boundary with a handoff is advised.

    From where the client warns; half way from there to where it compacts; from there on.
    """
    limit = threshold(window, env)
    if used >= limit:
        return 3
    if used >= limit - WARNING // 2:
        return 2
    return 1 if used >= limit - WARNING else 0


def gate(facts: "dict[str, Any]") -> "list[str]":
    """The conditions that do not hold, in words; [] when a compaction is right now.

    facts: {"switched_off": bool, "in_fork": bool, "fails": int, "used": int, "threshold": int, "asked": bool, "messages": int or
    None, "saved": bool}.
    """
    missing = []
    if facts["switched_off"] and not facts["asked"]:
        missing.append("automatic compaction is switched off")
    if facts["in_fork"]:
        missing.append("this is itself a summary or memory fork")
    if facts["fails"] >= BREAKER:
        missing.append(f"the last {facts['fails']} compactions failed")
    if not facts["asked"] and facts["used"] and facts["used"] < facts["threshold"]:
        missing.append(f"{facts['used']} tokens are in use, below the {facts['threshold']} at which it is due")
    if facts["messages"] is not None and facts["messages"] <= KEPT_MESSAGES:
        missing.append("there is nothing to drop but the recent messages")
    if not facts["saved"]:
        missing.append("the state could not be put on disk")
    return missing


def may_hold_back(facts: "dict[str, Any]", held_before: bool) -> bool:
    """True when an automatic compaction may be held back: only because the state is not on disk, once, and far from the limit."""
    near = facts["used"] >= BLOCKING * facts["window"]
    return not facts["saved"] and not facts["asked"] and not held_before and bool(facts["used"]) and not near


def thrashing(turns: "list[int]") -> bool:
    """True when the compactions at these turns (oldest first) follow each other too closely to be of use."""
    last = turns[-THRASH_TIMES - 1:]
    return len(last) > THRASH_TIMES and all(later - earlier <= THRASH_TURNS for earlier, later in zip(last, last[1:], strict=False))
