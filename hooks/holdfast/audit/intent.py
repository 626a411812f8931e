"""Before a call runs: one record with what is about to happen and what was decided about it."""

from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, digest
from holdfast.kernel.redact import redact, redacted_value, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.event import Event
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation

# The input that says what a tool does; everything else about the call is kept in short.
_TEXTS = ("command", "file_path", "path", "url", "pattern", "query", "description")
_SHORT = 500  # characters of any other text


def note_intent(situation: "Situation") -> None:
    """Situation (PreToolUse) -> None. Appends an intent record. Raises OSError, TimeoutError, for the caller to report."""
    event = situation.event
    notes = situation.notes
    append(situation.store.audit, {
        "at": iso(situation.at), "kind": "intent", **who(event), "call": event.tool_use_id or "", "tool": event.tool_name,
        "input": _input(event.tool_input, notes.get("keep", 4096)), "cwd": event.cwd or "", "mode": event.permission_mode or "",
        "verdict": notes.get("verdict", "none"), "codes": notes.get("codes", []),
        **({"reason": redact(situation.reply.reason)} if situation.reply.reason else {}),
        **{name: notes[name] for name in ("fingerprint", "excepted", "held_ms", "before") if notes.get(name)},
    })


def who(event: "Event") -> "dict[str, str]":
    """The ids that say whose record it is."""
    return {"session": event.session_id, "agent": event.agent_id or "main", "agent_type": event.agent_type or "",
            "prompt": event.prompt_id or ""}


def _input(tool_input: "JsonObject", keep: int) -> "JsonObject":
    kept: "JsonObject" = {}
    for name, value in tool_input.items():
        if isinstance(value, str) and name in _TEXTS:
            text = redact(value)
            kept[name] = shortened(text, keep)
            if len(text) > keep:
                kept[name + "_sha256"] = digest(value.encode("utf-8", "surrogatepass"))
        else:
            kept[name] = redacted_value(value, _SHORT)
    return kept
