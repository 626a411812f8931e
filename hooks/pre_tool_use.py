"""Before every tool call: it is judged and paced, and written down with the verdict; before a heavy one the state is saved."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.alerts.note import note_alert
from holdfast.audit.intent import note_intent
from holdfast.guard.judge import judge
from holdfast.kernel.run import run
from holdfast.limits.rate import pace
from holdfast.memory.before import note_call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation


def watch_dispatch(situation: "Situation") -> None:
    """Situation -> None. Only a dispatch is worth loading the fence for."""
    if situation.event.tool_name in ("Agent", "Task"):
        from holdfast.fence.check import watch_dispatch
        watch_dispatch(situation)


run("PreToolUse", guards=(judge, pace), observers=(note_intent, note_alert, note_call, watch_dispatch))
