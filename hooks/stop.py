"""At the end of a turn: what is new goes into a checkpoint."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.fence.check import check_files_at_stop
from holdfast.kernel.run import run
from holdfast.memory.ending import keep_memory
from holdfast.memory.saving import save_at_stop

run("Stop", observers=(save_at_stop, check_files_at_stop, keep_memory))
