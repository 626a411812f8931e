"""A hook event as the client sends it. Known fields are checked, unknown ones kept: a newer client must not break a guard."""

from holdfast.kernel.jsontext import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject

MAX_BYTES = 67_108_864  # 64 MiB: far above any event seen (2 MB passes whole), far below what would exhaust memory

# Every field that client 2.1.329 was seen to send or declares, with its type.
FIELDS: "dict[str, type | tuple[type, ...]]" = {
    "session_id": str, "transcript_path": str, "cwd": str, "prompt_id": str, "permission_mode": str, "effort": dict,
    "agent_id": str, "agent_type": str, "hook_event_name": str, "mcp_server": dict,
    "tool_name": str, "tool_input": dict, "tool_use_id": str, "tool_response": object, "duration_ms": (int, float),
    "error": str, "error_details": object, "is_interrupt": bool, "tool_calls": list, "permission_suggestions": list,
    "prompt": str, "source": str, "session_title": str, "expansion_type": str, "command_name": str, "command_args": str,
    "command_source": str, "model": str, "context_tokens": (int, float), "seconds_since_last_response": (int, float),
    "prompt_cache_likely_expired": bool, "estimated_cache_write_usd": (int, float), "trigger": str, "reason": str,
    "custom_instructions": str, "compact_summary": str, "stop_hook_active": bool, "last_assistant_message": str,
    "background_tasks": list, "session_crons": list, "agent_transcript_path": str,
    "from_model": str, "to_model": str, "requested_model": str, "prompt_cache_warm": bool, "cache_ttl": str, "pricing": object,
    "message": str, "title": str, "notification_type": str, "task_id": str, "task_subject": str, "task_description": str,
    "teammate_name": str, "file_path": str, "memory_type": str, "load_reason": str, "globs": list,
    "trigger_file_path": str, "parent_file_path": str, "old_cwd": str, "new_cwd": str, "event": str,
    "turn_id": str, "message_id": str, "index": int, "final": bool, "delta": str,
}

# Fields without which an event cannot be dealt with.
REQUIRED: "dict[str, tuple[str, ...]]" = {
    "PreToolUse": ("session_id", "tool_name", "tool_input"),
    "PostToolUse": ("session_id", "tool_name", "tool_input"),
    "PostToolUseFailure": ("session_id", "tool_name", "tool_input"),
    "PostToolBatch": ("session_id", "tool_calls"),
    "UserPromptSubmit": ("session_id", "prompt"),
    "SessionStart": ("session_id", "source"),
    "SessionEnd": ("session_id",),
    "ConfigChange": ("session_id",),
    "PreCompact": ("session_id",),
    "PostCompact": ("session_id",),
    "Stop": ("session_id",),
    "SubagentStop": ("session_id",),
}

_WORDS: "dict[type | tuple[type, ...], str]" = {
    str: "a text", dict: "an object", list: "a list", bool: "true or false", int: "a number", (int, float): "a number"}


class BadEvent(Exception):
    """The input is not an event that can be dealt with; the message says why."""


class Event:
    """One event. Each field of FIELDS is an attribute, None when it was not sent; `raw` holds everything as sent."""

    if TYPE_CHECKING:  # the fields that steps read; one that REQUIRED names is taken for granted by the steps of those events
        session_id: str
        hook_event_name: str
        tool_name: str
        tool_input: JsonObject
        tool_calls: list[Any]
        tool_response: Any
        error: str | None
        is_interrupt: bool | None
        duration_ms: float | None
        source: str
        reason: str | None
        file_path: str | None
        cwd: str | None
        transcript_path: str | None
        prompt_id: str | None
        permission_mode: str | None
        agent_id: str | None
        agent_type: str | None
        tool_use_id: str | None
        prompt: str
        trigger: str | None
        custom_instructions: str | None
        compact_summary: str | None
        stop_hook_active: bool | None
        last_assistant_message: str | None
        model: str | None

    def __init__(self, raw: "JsonObject") -> None:
        self.raw = raw
        for name, value in raw.items():
            kind = FIELDS.get(name)
            if kind is not None and value is not None:
                if kind is not object and not isinstance(value, kind):
                    raise BadEvent(f"`{name}` should be {_WORDS[kind]}, and is {type(value).__name__}")
                setattr(self, name, value)

    def __getattr__(self, name: str) -> None:
        """A field that was not sent."""
        if name not in FIELDS:
            raise AttributeError(name)

    @property
    def agent(self) -> str:
        """The subagent's id, "" for the main thread."""
        return self.agent_id or ""


def read_event(data: bytes, expected: str) -> Event:
    """bytes from standard input -> Event named `expected`. Raises BadEvent."""
    if len(data) > MAX_BYTES:
        raise BadEvent(f"the input is larger than {MAX_BYTES // 1_048_576} MiB")
    try:
        raw = load(data.decode("utf-8"))
    except UnicodeDecodeError as bad:
        raise BadEvent(f"the input is not UTF-8 at byte {bad.start}") from None
    except ValueError as bad:
        raise BadEvent(f"the input is not a JSON object: {bad}") from None
    if not isinstance(raw, dict):
        raise BadEvent("the input is not a JSON object")
    event = Event(raw)
    if event.hook_event_name != expected:
        raise BadEvent(f"this is the event {event.hook_event_name}, and {expected} was expected")
    for name in REQUIRED.get(expected, ()):
        if raw.get(name) is None:
            raise BadEvent(f"`{name}` is missing")
    return event


def attended(env: "dict[str, str]") -> bool:
    """True when a person can answer a question. env: dict of environment variables.

    CLAUDE_CODE_SESSION_ATTENDED is 0 under `claude -p` (client 2.1.329, measured); a client that does not say counts as
    unattended, because a question that nobody can answer must not become a yes.
    """
    return env.get("CLAUDE_CODE_SESSION_ATTENDED") == "1"
