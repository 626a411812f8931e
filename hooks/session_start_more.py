"""The second part of what a session is given back, when one value of the client's is too small for it."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.kernel.run import run
from holdfast.memory.started import give_more

run("SessionStart", observers=(give_more,))
