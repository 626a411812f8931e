"""When a session starts, resumes or has been compacted: settings are checked, packages are seen to, the start is written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.audit.session import note_start
from holdfast.kernel.run import run
from holdfast.limits.session import open_session
from holdfast.setup.start import check_settings, see_to_packages
from holdfast.trust.grants import end_earlier_grants

run("SessionStart", observers=(check_settings, see_to_packages, end_earlier_grants, open_session, note_start))
