"""After a tool call, on the hot path: what it told is noted, and what the model is owed is given. Loads what there is to do alone."""

import posix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.reply import Reply
    from holdfast.kernel.run import Situation

# One of these is in every command that `progress` would remember.
_TELLING = ("git ", "gh ", "test", "make", "build", "tox", "nox", "mvn", "rspec", "phpunit", "jest", "package", "migrat", "alembic",
            "liquibase", "flyway")
_WRITERS = ("Write", "Edit", "MultiEdit", "NotebookEdit", "TaskCreate", "TodoWrite")
_EMPTY = 40_000  # tokens in use below which no window is near its end: the smallest that can be set is 100,000, and it warns at 47,000


def note_result(situation: "Situation") -> "Reply | None":
    """Situation (PostToolUse, PostToolUseFailure) -> what the model is owed, a fact about a full context, or None.

    Raises OSError, TimeoutError.
    """
    event, store = situation.event, situation.store
    name = event.tool_name
    if name == "Bash":
        text = event.tool_input.get("command")
        if isinstance(text, str):
            for word in _TELLING:
                if word in text:
                    _progress(situation)
                    break
    elif name in _WRITERS:
        _progress(situation)
    elif name in ("Agent", "Task"):
        from holdfast.memory.dispatched import note_launch
        note_launch(situation)
    try:
        posix.stat(store.agent(event.session_id, event.agent, "owed.json"))
    except OSError:
        pass
    else:
        from holdfast.memory.give import make_good
        return make_good(situation)
    return _full(situation) if event.hook_event_name == "PostToolUse" else None


def _progress(situation: "Situation") -> None:
    from holdfast.memory.progress import note_progress
    note_progress(situation)


def _full(situation: "Situation") -> "Reply | None":
    from holdfast.memory.context_use import used
    tokens, model = used(situation.event)
    if tokens < _EMPTY and "CLAUDE_AUTOCOMPACT_PCT_OVERRIDE" not in situation.env:
        return None
    from holdfast.memory.saving import warn_of_full_context
    return warn_of_full_context(situation, tokens, model)
