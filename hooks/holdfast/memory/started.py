"""A session starts, is resumed, cleared, forked, or goes on after a compaction: what it knew is given back."""

import os
import posix

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import in_force, state
from holdfast.kernel.files import read, replace, sealed, unseal
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BUILT_IN, BadSettings
from holdfast.kernel.workers import linked
from holdfast.memory.checkpoint import commit, newest
from holdfast.memory.give import command, given_back
from holdfast.memory.register import LOG, note, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store


def give_state(situation: "Situation") -> "Reply | None":
    """Situation (SessionStart) -> the state of this session, or the note that an earlier one left. Raises OSError, TimeoutError."""
    event = situation.event
    if event.agent:
        linked(situation.store, event, event.agent, situation.at)
    if event.source == "compact":
        epoch = compacted(situation)
        return given_back(situation, f"what is on record, given again after compaction {epoch}")
    _know(situation)
    if event.source == "fork":
        origin = _origin(situation)
        if origin:
            _inherit(situation, origin)
    if event.source in ("resume", "fork"):
        return given_back(situation, "what is on record of this session")
    reply = given_back(situation, "what holds in every session of this project") or Reply()
    from holdfast.memory.handoff import history_note
    left = history_note(situation.store, situation.at, event.session_id, command(situation.store))
    if left:
        reply.context.append(left)
    return reply


def give_more(situation: "Situation") -> "Reply | None":
    """Situation (SessionStart, second handler) -> the second part of the same block, when it needs one. Writes nothing."""
    event = situation.event
    if event.source not in ("compact", "resume", "fork"):
        return None
    reply = given_back(situation, "the rest of what is on record", 1)
    situation.after.clear()
    return reply


def compacted(situation: "Situation") -> int:
    """Commit the pending checkpoint, once, whichever hook comes first; the epoch that has begun. Raises OSError, TimeoutError."""
    event, store = situation.event, situation.store
    # A hook that died between the two has committed it and not noted it: the newest checkpoint's epoch is then ahead.
    made = commit(store, event.session_id, event.agent, keep(situation)) or newest(store, event.session_id, event.agent)
    epoch = int(state_of(store, event.session_id, event.agent)["epoch"])
    if made is None or made["epoch"] <= epoch:
        return epoch
    note(store, event.session_id, event.agent, situation.at,
         {"what": "compacted", "epoch": made["epoch"], "trigger": event.trigger or made["why"]})
    return int(made["epoch"])


def keep(situation: "Situation") -> int:
    """How many checkpoints are kept."""
    try:
        count: int = situation.settings["memory"]["checkpoints"]
    except BadSettings:
        count = BUILT_IN["memory"]["checkpoints"]
    return count


# ---- forks ------------------------------------------------------------------------------------------------------------

def _know(situation: "Situation") -> None:
    """Note which client process runs the session, so that a fork of it in the same process is known for one."""
    pid = situation.env.get("CLAUDE_PID", "")
    replace(situation.store.session(situation.event.session_id, "client.json"), sealed({"pid": pid, "at": iso(situation.at)}))


def _origin(situation: "Situation") -> str:
    """The session that this one is a fork of, or "". No event says so (client 2.1.329, measured): the client's process does.

    It is the session that the same process ran before, the one that its command line names, or, for --continue, the one that
    was last at work in this project.
    """
    store, event = situation.store, situation.event
    folder = os.path.dirname(os.path.dirname(store.session(event.session_id, "client.json")))
    others = [name for name in os.listdir(folder) if name != event.session_id and os.path.exists(f"{folder}/{name}/main/{LOG}")]
    pid = situation.env.get("CLAUDE_PID", "")
    words = _words_of(pid)
    for name in others:
        if name in words:
            return name
    others.sort(key=lambda name: posix.stat(f"{folder}/{name}/main/{LOG}").st_mtime_ns, reverse=True)
    for name in others:
        try:
            known = unseal(read(f"{folder}/{name}/client.json").rstrip(b"\n"))
        except (OSError, ValueError):
            continue
        if pid and known is not None and known["pid"] == pid:
            return name
    return others[0] if others and {"-c", "--continue"} & set(words) else ""


def _words_of(pid: str) -> "list[str]":
    if not pid.isdigit():
        return []
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return [word.decode("utf-8", "replace").rpartition("=")[2] for word in file.read().split(b"\0") if word]
    except OSError:
        pass
    import subprocess
    done = subprocess.run(["/bin/ps", "-o", "command=", "-p", pid], capture_output=True, text=True, check=False)
    return done.stdout.replace("=", " ").split()


def _inherit(situation: "Situation", origin: str) -> None:
    """Give the fork what its origin had in force, once."""
    store, event = situation.store, situation.event
    if in_force(store, event.session_id, "") or state_of(store, event.session_id, "")["records"]:
        return
    items = in_force(store, origin, "")
    if items:
        state(store, event.session_id, "", {"what": "said", "items": items, "lifts": [], "turn": 0, "source": f"fork of {origin}",
                                            "at": iso(situation.at)})
    _copy_register(store, origin, event.session_id, situation.at)


def _copy_register(store: "Store", origin: str, session: str, at: int) -> None:
    from holdfast.kernel.files import Damage, records
    for record in records(store.agent(origin, "", LOG)):
        if not isinstance(record, Damage) and record["what"] in ("prompt", "progress", "decision", "note", "wrote", "did"):
            note(store, session, "", at, {key: value for key, value in record.items() if key not in ("v", "n", "prev", "sum", "at")})
