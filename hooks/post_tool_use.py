"""After a tool call: its result is made clean for the model, its outcome is written down, and what the model is owed is given."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.audit.outcome import note_outcome
from holdfast.fence.check import check_files
from holdfast.kernel.run import run
from holdfast.memory.after import note_result
from holdfast.output.sanitise import sanitise

run("PostToolUse", observers=(sanitise, note_outcome, note_result, check_files))
