"""When a session starts, resumes or has been compacted: settings are checked, packages are seen to, the start is written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.audit.session import note_start
from holdfast.kernel.run import run
from holdfast.setup.start import check_settings, see_to_packages

run("SessionStart", observers=(check_settings, see_to_packages, note_start))
