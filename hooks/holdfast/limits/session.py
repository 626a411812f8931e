"""The end of a session: nothing that was given to it alone outlives it. A session that is resumed starts without grants again.

What stays, on purpose: the audit log, the alerts, and the moments of its calls, so that the rate limit cannot be shed by a resume.
"""

from holdfast.kernel.clock import iso
from holdfast.kernel.exceptions import BadExceptions, end_session
from holdfast.kernel.files import replace
from holdfast.kernel.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation


def close_session(situation: "Situation") -> None:
    """Situation (SessionEnd) -> None. Marks the session's folder closed. Raises OSError, TimeoutError."""
    store, session, at = situation.store, situation.event.session_id, situation.at
    replace(store.session(session, "closed"), (dump({"v": 1, "at": iso(at), "reason": situation.event.reason or ""}) + "\n").encode())
    try:
        end_session(store, session, at)
    except BadExceptions:
        return  # none in a damaged document holds, and doctor shows it


def open_session(situation: "Situation") -> None:
    """Situation (SessionStart) -> None. A resumed session is no longer closed."""
    from posix import unlink
    try:
        unlink(situation.store.session(situation.event.session_id, "closed"))
    except FileNotFoundError:
        pass
