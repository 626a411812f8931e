"""After every round of tool calls: their outcomes are written down."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.audit.outcome import note_outcomes
from holdfast.kernel.run import run

run("PostToolBatch", observers=(note_outcomes,))
