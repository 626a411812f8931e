"""When the client's settings change during a session: what would end the guard is blocked, alerted and written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.alerts.note import note_change as alert_change
from holdfast.audit.session import note_change
from holdfast.fence.steps import is_own_change, note_blocked_change
from holdfast.kernel.run import run
from holdfast.setup.config_guard import guard_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.reply import Reply
    from holdfast.kernel.run import Situation


def guard_change(situation: "Situation") -> "Reply | None":
    """Situation (ConfigChange) -> Reply or None. Our own deny rules are let in; what else would end the guard is blocked."""
    if is_own_change(situation):
        return None
    reply = guard_settings(situation)
    if reply is not None:
        note_blocked_change(situation)
    return reply


run("ConfigChange", guards=(guard_change,), observers=(note_change, alert_change))
