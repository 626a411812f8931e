"""Checkpoints besides those of a compaction: before calls that change or fill much, when the context gets full, at the end of a turn."""

import posix

from holdfast.kernel.constraints import LOG as CONSTRAINTS
from holdfast.kernel.constraints import DamagedConstraints
from holdfast.kernel.files import read, replace, sealed, unseal
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BUILT_IN, BadSettings
from holdfast.memory.gate import level, threshold, window_of
from holdfast.memory.register import LOG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation

_LARGE = 262_144  # bytes of a file that Read would bring into the context


def save_before(situation: "Situation") -> None:
    """Situation (PreToolUse) -> None. A checkpoint before a heavy call, when there is something new. Raises OSError, TimeoutError."""
    if _something_new(situation):
        _save(situation, f"before {situation.event.tool_name}")


def save_at_stop(situation: "Situation") -> None:
    """Situation (Stop, SubagentStop) -> None. A checkpoint at a turn's end, when there is something new. Raises OSError, TimeoutError."""
    event = situation.event
    if event.hook_event_name == "SubagentStop" and not event.agent_type:
        return  # the helper that writes a summary
    if _something_new(situation):
        _save(situation, event.hook_event_name)


def warn_of_full_context(situation: "Situation", tokens: int, model: str) -> "Reply | None":
    """Situation (PostToolUse) -> a fact about the context, once for each level and epoch, or None. Raises OSError, TimeoutError.

    tokens, model: as `context_use.used` gives them.
    """
    event, env = situation.event, situation.env
    try:
        setting: int = situation.settings["memory"]["window"]
    except BadSettings:
        setting = BUILT_IN["memory"]["window"]
    window = window_of(model, env, setting)
    now = level(tokens, window, env)
    if not now or any(env.get(name) in ("1", "true") for name in ("DISABLE_COMPACT", "DISABLE_AUTO_COMPACT")) and now < 3:
        return None
    from holdfast.memory.give import command  # only a full context gets this far
    from holdfast.memory.register import state_of
    store = situation.store
    path = store.agent(event.session_id, event.agent, "warned.json")
    epoch = state_of(store, event.session_id, event.agent)["epoch"]
    try:
        told = unseal(read(path).rstrip(b"\n")) or {}
    except (OSError, ValueError):
        told = {}
    if told.get("epoch") == epoch and told.get("level", 0) >= now:
        return None
    replace(path, sealed({"epoch": epoch, "level": now}))
    limit = threshold(window, env)
    fact = f"The context holds {tokens:,} tokens; the conversation is compacted at about {limit:,}."
    if now >= 2 and _something_new(situation):
        _save(situation, "context is full")
    if now == 1:
        fact += (f" What is on record survives that; `{command(store)} note decision|done|next|fact TEXT` adds what only the conversation "
                 "holds.")
    elif now == 2:
        fact += " A checkpoint has been written. What is in neither files nor the record will be a summary's choice."
    else:
        fact += f" `{command(store)} handoff write` puts down what a new session with an empty context needs to go on from here."
    return Reply(context=[fact])


def is_large(path: object) -> bool:
    """True for a file that would fill much of the context when it is read."""
    try:
        return isinstance(path, str) and posix.stat(path).st_size > _LARGE
    except (OSError, ValueError):
        return False


def _something_new(situation: "Situation") -> bool:
    """True when a log of the agent is younger than its newest checkpoint."""
    event, store = situation.event, situation.store
    folder = store.agent(event.session_id, event.agent, "checkpoints")
    try:
        kept = [name for name in posix.listdir(folder) if name.endswith(".json")]
    except OSError:
        kept = []
    newest = max([_changed(f"{folder}/{name}") for name in kept], default=0)
    return any(_changed(store.agent(event.session_id, event.agent, log)) > newest for log in (LOG, CONSTRAINTS))


def _changed(path: str) -> int:
    try:
        return posix.stat(path).st_mtime_ns
    except OSError:
        return 0


def _save(situation: "Situation", why: str) -> None:
    from holdfast.memory.checkpoint import save
    try:
        keep: int = situation.settings["memory"]["checkpoints"]
    except BadSettings:
        keep = BUILT_IN["memory"]["checkpoints"]
    event = situation.event
    try:
        save(situation.store, event.session_id, event.agent, why, situation.at, keep)
    except DamagedConstraints:
        return  # the guard says so at every call, and `holdfast constraint list` what is left
