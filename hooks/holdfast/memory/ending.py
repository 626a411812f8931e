"""What a turn and a session leave behind: the task's memory takes over what is new, unfinished work becomes a handoff."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation


def keep_memory(situation: "Situation") -> None:
    """Situation (Stop, PreCompact, SessionEnd) -> None. The open task's memory takes over what is new. Raises OSError, TimeoutError."""
    event = situation.event
    if event.agent:
        return  # a task's memory is the main thread's
    from holdfast.memory.session_memory import append_from_register
    append_from_register(situation.store, event.session_id, situation.at)


def leave_handoff(situation: "Situation") -> None:
    """Situation (SessionEnd) -> None. Writes a handoff where work is unfinished. Raises OSError, TimeoutError, DamagedConstraints."""
    from holdfast.memory.handoff import write_at_end
    write_at_end(situation.store, situation.event.session_id, situation.at)
