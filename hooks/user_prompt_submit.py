"""A person's prompt: what it asks to keep to is taken in, protected, and what the model is still owed is given."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

from holdfast.fence.steps import raise_fence
from holdfast.fence.watch import watch_files
from holdfast.kernel.run import run
from holdfast.memory.prompted import make_good_at_prompt, take_prompt

run("UserPromptSubmit", observers=(take_prompt, make_good_at_prompt, watch_files, raise_fence))
