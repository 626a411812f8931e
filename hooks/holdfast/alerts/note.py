"""Before a call runs: a refusal or question is appended to the alerts as well, redacted. A call that passes costs nothing here."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation

_KEEP = 300  # characters of what the call was about


def note_alert(situation: "Situation") -> None:
    """Situation (PreToolUse) -> None. Raises OSError, TimeoutError, for the caller to report."""
    verdict = situation.notes.get("verdict")
    if not verdict and not situation.reply.decision:
        return
    from holdfast.kernel.redact import redact, shortened
    event = situation.event
    texts = (event.tool_input.get(name) for name in ("command", "file_path", "notebook_path", "path", "url"))
    about = next((text for text in texts if isinstance(text, str)), "")
    raise_alert(situation, verdict or situation.reply.decision or "", situation.notes.get("codes", []),
                {"call": event.tool_use_id or "", "tool": event.tool_name, "about": shortened(redact(about), _KEEP),
                 "reason": redact(situation.reply.reason or "")})


def note_change(situation: "Situation") -> None:
    """Situation (ConfigChange) -> None. An alert for a change of settings that would have ended the guard."""
    what = situation.notes.get("change")
    if what:
        raise_alert(situation, "configuration", ["CONFIG"], {"tool": "", "about": situation.event.file_path or "", "reason": what})


def raise_alert(situation: "Situation", what: str, codes: "list[str]", more: "dict[str, str]") -> None:
    """Append one alert. what: deny, ask, unjudged, or what else happened.  more: further members, redacted already."""
    from holdfast.kernel.clock import iso
    from holdfast.kernel.files import append
    event = situation.event
    append(situation.store.alerts, {"at": iso(situation.at), "kind": "alert", "what": what, "codes": codes,
                                    "session": event.session_id or "", "agent": event.agent_id or "main", **more})
