"""After a round of calls: one record for each with what came of it, joined to its intent by the call's id."""

import posix

from holdfast.audit.intent import who
from holdfast.kernel.clock import iso
from holdfast.kernel.files import append, digest
from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.redact import redact, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation

_LOOK_BACK = 1_048_576  # bytes at the end of the log in which the intent is looked for, so that a long log costs no more
_FIRST_LOOK = 65_536
_KEEP = 300  # characters of the response


def note_outcomes(situation: "Situation") -> None:
    """Situation (PostToolBatch) -> None. Appends an outcome record per call. Raises OSError, TimeoutError."""
    event, path = situation.event, situation.store.audit
    for call in event.tool_calls:
        if not isinstance(call, dict):
            continue
        response = call.get("tool_response")
        text = response if isinstance(response, str) else dump(response)
        intent = _intent(path, call.get("tool_use_id"))
        append(path, {
            "at": iso(situation.at), "kind": "outcome", **who(event), "call": call.get("tool_use_id") or "",
            "tool": call.get("tool_name") or "", "outcome": _outcome(text, intent), "duration_ms": _since(intent, situation.at),
            "size": len(text), "sha256": digest(text.encode("utf-8", "surrogatepass")), "begins": shortened(redact(text[:2000]), _KEEP),
        })


def _outcome(text: str, intent: "JsonObject | None") -> str:
    """What the response says: "refused" (by the guard), "exit N", "permission denied" (by the client), "timed out", "returned"."""
    if intent and intent.get("verdict") in ("deny", "ask", "unjudged") and intent.get("reason", "-")[:40] in text:
        return "refused"
    if text.startswith("Exit code "):
        code = text[10:14].split("\n")[0].strip()
        return f"exit {code}" if code.isdigit() else "failed"
    if text.startswith(("Permission to use ", "Claude requested permissions")):
        return "permission denied"
    if "timed out" in text[:200] or "moved to the background" in text[:300]:
        return "timed out"
    return "returned"


def _since(intent: "JsonObject | None", at: int) -> "int | None":
    """Milliseconds from the intent to now, the tool's own time included; None when the intent was not found."""
    if not intent:
        return None
    clock = intent["at"]  # 2026-03-01T12:00:00.123Z
    day, time = clock[:10], clock[11:23]
    year, month, date = (int(x) for x in day.split("-"))
    hour, minute, second = time.split(":")
    seconds = _days(year, month, date) * 86_400 + int(hour) * 3600 + int(minute) * 60
    return max(0, at // 1_000_000 - seconds * 1000 - round(float(second) * 1000))


def _days(year: int, month: int, date: int) -> int:
    """Days from 1970-01-01 in the proleptic Gregorian calendar: years are counted from March, so leap days end them."""
    year -= month <= 2
    months = (month + 9) % 12
    era_day = year * 365 + year // 4 - year // 100 + year // 400
    return era_day + (153 * months + 2) // 5 + date - 719_469


def _intent(path: str, call: "str | None") -> "JsonObject | None":
    """The intent record of a call, or None when it is not near the end of the log."""
    if not call:
        return None
    mark = b'"call":' + dump(call).encode("ascii")
    try:
        fd = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        size = posix.fstat(fd).st_size
        for length in (_FIRST_LOOK, _LOOK_BACK):
            start = max(0, size - length)
            for line in _lines_with(mark, posix.pread(fd, size - start, start)):
                if b'"kind":"intent"' in line:
                    record: "JsonObject" = load(line.decode("utf-8"))
                    return record
            if not start:
                return None
    finally:
        posix.close(fd)
    return None


def _lines_with(mark: bytes, data: bytes) -> "Iterator[bytes]":
    """The whole lines of `data` that hold `mark`, from the last to the first."""
    found = data.rfind(mark)
    while found >= 0:
        begin, end = data.rfind(b"\n", 0, found) + 1, data.find(b"\n", found)
        if end >= 0 and data.startswith(b"{", begin):
            yield data[begin:end]
        found = data.rfind(mark, 0, begin)
