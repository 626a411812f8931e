"""Before a compaction: the state is put on disk, and the summariser is told what to keep."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.kernel.run import run
from holdfast.memory.compacting import prepare_compaction
from holdfast.memory.ending import keep_memory

run("PreCompact", observers=(prepare_compaction, keep_memory))
