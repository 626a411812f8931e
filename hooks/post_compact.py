"""After a compaction: it is committed, and its summary is held against what is on record."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.kernel.run import run
from holdfast.memory.compacting import note_compaction

run("PostCompact", observers=(note_compaction,))
