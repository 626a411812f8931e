"""When a session ends: what was permitted for it alone ends too, the end is written down, and a person is told of refusals."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.alerts.tell import start_telling
from holdfast.audit.session import note_end
from holdfast.fence.steps import lower_fence
from holdfast.kernel.run import run
from holdfast.limits.session import close_session
from holdfast.memory.ending import keep_memory, leave_handoff

run("SessionEnd", observers=(lower_fence, close_session, note_end, start_telling, keep_memory, leave_handoff))
