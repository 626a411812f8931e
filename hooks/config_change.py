"""When the client's settings change during a session: what would end the guard is blocked, alerted and written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.alerts.note import note_change as alert_change
from holdfast.audit.session import note_change
from holdfast.kernel.run import run
from holdfast.setup.config_guard import guard_settings

run("ConfigChange", guards=(guard_settings,), observers=(note_change, alert_change))
