"""After a tool call that failed: its outcome is written down, and odd output named."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.audit.outcome import note_outcome
from holdfast.kernel.run import run
from holdfast.output.sanitise import warn

run("PostToolUseFailure", observers=(warn, note_outcome))
