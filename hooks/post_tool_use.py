"""After a tool call: what it returned is made clean for the model, and its outcome is written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.audit.outcome import note_outcome
from holdfast.kernel.run import run
from holdfast.output.sanitise import sanitise

run("PostToolUse", observers=(sanitise, note_outcome))
