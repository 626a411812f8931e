"""A session's start, resume, compaction and end, and changes of the client's settings, in the audit log."""

from holdfast import VERSION
from holdfast.audit.intent import who
from holdfast.kernel.clock import iso
from holdfast.kernel.files import append

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation


def note_start(situation: "Situation") -> None:
    """Situation (SessionStart) -> None. Appends a session record. Raises OSError, TimeoutError."""
    event = situation.event
    append(situation.store.audit, {"at": iso(situation.at), "kind": "session", **who(event), "source": event.source,
                                   "project": situation.store.project, "version": VERSION})


def note_end(situation: "Situation") -> None:
    """Situation (SessionEnd) -> None. Appends a record of the end. Raises OSError, TimeoutError."""
    event = situation.event
    append(situation.store.audit, {"at": iso(situation.at), "kind": "session", **who(event), "source": "end", "reason": event.reason or ""})


def note_change(situation: "Situation") -> None:
    """Situation (ConfigChange) -> None. Appends a record of the change, and of what was wrong with it. Raises OSError, TimeoutError."""
    event = situation.event
    append(situation.store.audit, {"at": iso(situation.at), "kind": "configuration", **who(event), "source": event.source or "",
                                   "file": event.file_path or "", "blocked": situation.notes.get("change", "")})
