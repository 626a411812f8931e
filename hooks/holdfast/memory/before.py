"""Before a tool call, on the hot path: which calls the memory has something to do for. What it does is loaded for those alone."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.reply import Reply
    from holdfast.kernel.run import Situation

_HEAVY_WORDS = ("test", "migrat", "deploy", "reset", "checkout", "merge", "rebase", "stash", "terraform", "kubectl", "docker", "install",
                "upgrade", "build")


def note_call(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> a changed call, or None: a dispatch is noted, a worker's note is given its id, a heavy call waits
    for a checkpoint. Raises OSError, TimeoutError."""
    event = situation.event
    name = event.tool_name
    if situation.reply.decision == "deny":
        return None
    if name == "Bash":
        text = event.tool_input.get("command")
        if not isinstance(text, str):
            return None
        if event.agent_id and "holdfast note " in text:
            from holdfast.memory.dispatched import name_the_worker
            return name_the_worker(situation)
        for word in _HEAVY_WORDS:
            if word in text:
                break
        else:
            return None
    elif name in ("Agent", "Task"):
        from holdfast.memory.dispatched import note_dispatch
        reply = note_dispatch(situation)
        _save(situation)
        return reply
    elif name == "Read":
        from holdfast.memory.saving import is_large
        if not is_large(event.tool_input.get("file_path")):
            return None
    elif name != "Skill":
        return None
    _save(situation)
    return None


def _save(situation: "Situation") -> None:
    from holdfast.memory.saving import save_before
    save_before(situation)
