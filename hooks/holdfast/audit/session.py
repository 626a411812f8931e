"""A session's start, resume or compaction, in the audit log."""

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
