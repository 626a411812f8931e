"""After a round of tool calls: what the client's own rules stopped before any hook could speak is explained."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

import quick_import

quick_import.install(sys.path.pop(0))

from holdfast.fence.refused import explain_refusals
from holdfast.kernel.run import run

run("PostToolBatch", observers=(explain_refusals,))
