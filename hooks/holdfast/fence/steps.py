"""When the client's own deny rules are raised, mended and taken down: with the constraints, the session and its client process."""

import os

from holdfast.kernel.constraints import EVERY_SESSION, DamagedConstraints, in_force
from holdfast.kernel.files import digest, read, replace
from holdfast.kernel.reply import CHANNELS, Reply
from holdfast.kernel.settings import BadSettings
from holdfast.kernel.workers import binding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store

_BLOCKED = "change-blocked"

# The client's own refusal says no more than "denied by your permission settings", and for file tools no hook is asked before it.
_FACT = ("What the person put out of bounds here stands in the client's own permission rules too, for this session: "
         "\"denied by your permission settings\" means the person's words.")


def raise_fence(situation: "Situation") -> "Reply | None":
    """Situation (UserPromptSubmit, SessionStart) -> a fact for the model when rules are new, a word for the person, or None.

    Makes the session's rules those of its constraints. Only the main thread's constraints count, because the client's settings
    bind every agent of every session in the project.
    """
    event, store = situation.event, situation.store
    if event.agent:
        return None
    wanted: "list[str]" = []
    if _is_on(situation):
        try:
            items = binding(store, event, situation.at)
        except DamagedConstraints:
            return None  # what can no longer be read is left in force; the guard says so
        if items:
            from holdfast.fence.rules import rules
            wanted = rules(items, store.project, has_twin)
    if not wanted and not os.path.exists(store.fence):
        return None
    return _settled(situation, wanted)


def mend_fence(situation: "Situation") -> "Reply | None":
    """Situation (SessionStart) -> None, or a word for the person. The rules of sessions whose client has died go; its own stay."""
    if situation.event.agent or not os.path.exists(situation.store.fence):
        return None
    return _settled(situation, None)


def lower_fence(situation: "Situation") -> None:
    """Situation (SessionEnd) -> None. The session's rules go, unless another session wants them too."""
    if os.path.exists(situation.store.fence):
        _settled(situation, [])


def renew(store: "Store", at: int) -> "list[str]":
    """After a constraint was stated or lifted by command: the rules of every session that has some, made those of its constraints.

    -> what a person should know. Raises OSError, TimeoutError, DamagedConstraints.
    """
    if not os.path.exists(store.fence):
        return []
    from holdfast.fence.raising import settle, status
    from holdfast.fence.rules import rules
    told = []
    for session, one in status(store, store.project)["sessions"].items():
        items = in_force(store, EVERY_SESSION, "") + in_force(store, session, "")
        owner = {"pid": one["pid"], "start": one["start"]}
        told.append(settle(store, session, owner, rules(items, store.project, has_twin), at, 5.0).said)
    return [said for said in dict.fromkeys(told) if said]


def is_own_change(situation: "Situation") -> bool:
    """Whether a ConfigChange is what we have just written to the local settings, so that it need not be judged.

    A client that started without the guard would otherwise never load the rules that stand in for it: every change is blocked
    there. In a session where a change has been blocked this is never so, because the client loads all of its settings at once.
    """
    event, store = situation.event, situation.store
    if event.file_path is None or os.path.exists(store.session(event.session_id, _BLOCKED)):
        return False
    from holdfast.fence.raising import LOCAL, is_as_written
    if os.path.realpath(event.file_path) != os.path.realpath(f"{store.project}/{LOCAL}"):
        return False
    return is_as_written(store)


def note_blocked_change(situation: "Situation") -> None:
    """Remember that a change of the settings has been blocked in this session. Raises OSError."""
    replace(situation.store.session(situation.event.session_id, _BLOCKED), b"")


def has_twin(path: str) -> bool:
    """Whether another entry beside a path, or beside a folder above it, differs from it in upper and lower case alone.

    The client takes no notice of case (2.1.329), so a rule for one of them would stop the other as well.
    """
    while path.count("/") > 1:
        folder, _, name = path.rpartition("/")
        try:
            if sum(1 for entry in os.listdir(folder) if entry.lower() == name.lower() and entry != name):
                return True
        except OSError:
            pass  # a folder that is not there yet, or may not be listed
        path = folder
    return False


def _is_on(situation: "Situation") -> bool:
    try:
        setting = situation.settings.get("memory", {}).get("fence", "auto")
    except BadSettings:
        setting = "auto"  # the guard says what is wrong with them
    return setting == "on" or (setting == "auto" and not situation.attended)


def _settled(situation: "Situation", wanted: "list[str] | None") -> "Reply | None":
    from holdfast.fence.owner import owner_of
    from holdfast.fence.raising import settle
    session = situation.event.session_id
    done = settle(situation.store, session, owner_of(situation.env), wanted, situation.at)
    allowed = CHANNELS.get(situation.event.hook_event_name, ())
    fact = _FACT if done.added and wanted and "context" in allowed else None
    message = f"Holdfast: {done.said}." if done.said and "message" in allowed and _is_new(situation, done.said) else None
    return Reply(context=[fact] if fact else (), message=message) if fact or message else None


def _is_new(situation: "Situation", said: str) -> bool:
    """Whether this has not been said in the session before."""
    path, mark = situation.store.session(situation.event.session_id, "fence-told"), digest(said.encode("utf-8", "replace")).encode("ascii")
    try:
        if read(path) == mark:
            return False
    except (OSError, ValueError):
        pass  # nothing has been said yet
    try:
        replace(path, mark)
    except OSError:
        pass  # then it is said twice
    return True
