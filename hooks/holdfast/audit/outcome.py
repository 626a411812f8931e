"""After a call: one record of what came of it, joined to its intent by the call's id. A refused call has none: its intent says so."""

from holdfast.audit.intent import who
from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, digest
from holdfast.kernel.jsontext import dump
from holdfast.kernel.redact import redact, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.run import Situation

_KEEP = 300  # characters of the response


def note_outcome(situation: "Situation") -> None:
    """Situation (PostToolUse, PostToolUseFailure) -> None. Appends an outcome record. Raises OSError, TimeoutError."""
    event = situation.event
    failed = event.hook_event_name == "PostToolUseFailure"
    text = event.error or "" if failed else _text(event.tool_response)
    append(situation.store.audit, {
        "at": iso(situation.at), "kind": "outcome", **who(event), "call": event.tool_use_id or "", "tool": event.tool_name,
        "outcome": _failure(text, bool(event.is_interrupt)) if failed else _success(event.tool_response), "duration_ms": event.duration_ms,
        "size": len(text), "sha256": digest(text.encode("utf-8", "surrogatepass")), "begins": shortened(redact(text[:2000]), _KEEP),
        **situation.notes.get("output", {}),
    })


def _text(response: "Any") -> str:
    """What of a response is text: a command's output, else the whole as JSON."""
    if isinstance(response, str):
        return response
    if isinstance(response, dict) and isinstance(response.get("stdout"), str):
        said: str = response["stdout"]
        errors = response.get("stderr")
        return f"{said}\n{errors}" if isinstance(errors, str) and errors else said
    return dump(response)


def _success(response: "Any") -> str:
    """"returned", or what else a response says: "timed out" (the command runs on), "in background", "interrupted"."""
    if isinstance(response, dict):
        if response.get("timedOutAfterMs"):
            return "timed out"
        if response.get("interrupted") is True:
            return "interrupted"
        if response.get("backgroundTaskId") or response.get("isAsync"):
            return "in background"
    return "returned"


def _failure(error: str, interrupted: bool) -> str:
    """"exit N", "interrupted" or "failed"."""
    if error.startswith("Exit code "):
        code = error[10:14].split("\n")[0].strip()
        return f"exit {code}" if code.isdigit() else "failed"
    return "interrupted" if interrupted else "failed"
