"""A session starts, resumes or was compacted: settings and packages are seen to, it is written down, what it knew is given back."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.audit.session import note_start
from holdfast.fence.steps import mend_fence, raise_fence
from holdfast.fence.watch import watch_files
from holdfast.kernel.run import run
from holdfast.limits.session import open_session
from holdfast.memory.started import give_state
from holdfast.setup.start import check_settings, see_to_packages
from holdfast.trust.grants import end_earlier_grants

run("SessionStart", observers=(check_settings, see_to_packages, end_earlier_grants, open_session, note_start, give_state, mend_fence,
                               raise_fence, watch_files))
