"""The rate limit on shell commands: one call too many waits a moment, or is refused with the time to wait. It never ends a session."""

from holdfast.kernel.reply import Reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation

CODE = "RATE"
LONGEST = 2.0  # seconds a call is held back; for more it is refused, so that the client does not wait on a hook
_SECOND = 1_000_000_000


def pace(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> Reply or None. Counts by session and agent, on disk, so that compaction and resume change nothing."""
    event = situation.event
    if event.tool_name != "Bash" or situation.reply.decision == "deny":
        return None
    rate = situation.settings["rate"]
    if not rate["calls"] or _waits(event.tool_input.get("command")):
        return None
    from time import sleep

    from holdfast.kernel.moments import note  # every other tool does without
    try:
        path = situation.store.agent(event.session_id, event.agent, "calls")
        left = note(path, situation.at, rate["calls"], rate["seconds"] * _SECOND)
        if 0 < left <= LONGEST * _SECOND:
            situation.notes["held_ms"] = left // 1_000_000
            sleep(left / _SECOND)
            left = note(path, situation.at + left, rate["calls"], rate["seconds"] * _SECOND)
    except (OSError, TimeoutError) as bad:  # a full disk must not stop harmless work; the judgement stands without the count
        return Reply(message=f"Holdfast cannot count this session's commands ({bad}): its rate limit is not at work. Run: holdfast doctor")
    if not left:
        return None
    wait = -(-left // _SECOND)
    situation.notes["verdict"] = "deny"
    situation.notes["codes"] = [*situation.notes.get("codes", []), CODE]
    return Reply(decision="deny", reason=(
        f"{CODE}: this command was not run yet: {rate['calls']} commands in {rate['seconds']} s are the limit of this session, and there "
        f"is room again in {wait} s. Run `sleep {wait}`, which is not counted, then this command again; put steps that belong together "
        "into one command."))


def _waits(command: object) -> bool:
    """True for a command that only waits."""
    words = command.split() if isinstance(command, str) and len(command) < 100 else []
    return len(words) == 2 and words[0] == "sleep" and words[1].replace(".", "", 1).rstrip("sm").isdigit()
