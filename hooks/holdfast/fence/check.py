"""Whether protected files are as they were: one look at each after a tool call, its content only when something differs.

The document `protected.json` of a session holds what a tool call needs: {"keys": [...], "files": [[PATH, MARK], ...]}, a MARK as
`mark` gives it. What the files held, whose words protect them and what became of them is in `fence.watch` and `fence.changed`.
"""

import posix

from holdfast.kernel.files import read, unseal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.reply import Reply
    from holdfast.kernel.run import Situation
    from holdfast.kernel.store import Store

    Mark = list[int]

DOCUMENT = "protected.json"
_ONLY_LOOK = ("Read", "Glob", "Grep", "LS", "WebSearch", "TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet", "ToolSearch",
              "AskUserQuestion", "ExitPlanMode")
_KIND = 0o170000  # S_IFMT of <sys/stat.h>


class DamagedWatch(Exception):
    """The document of the protected files cannot be read; the message says what follows from it."""


def check_files(situation: "Situation") -> "Reply | None":
    """Situation (PostToolUse, PostToolUseFailure) -> what changed in protected files, as facts, or None.

    Raises DamagedWatch, OSError, TimeoutError.
    """
    if situation.event.tool_name in _ONLY_LOOK:
        return None
    return _looked_at(situation)


def check_files_at_stop(situation: "Situation") -> "Reply | None":
    """Situation (Stop, SubagentStop) -> the same, new files in protected folders included."""
    event = situation.event
    if event.hook_event_name == "SubagentStop" and not event.agent_type:
        return None  # the helper that writes a summary: what it was told, nobody would know
    known = watched(situation.store, situation.event.session_id)
    if known is None:
        return None
    from holdfast.fence.watch import notice_new
    notice_new(situation)
    return _looked_at(situation)


def watch_dispatch(situation: "Situation") -> None:
    """Situation (PreToolUse, once a dispatch is noted) -> None. Takes in what a worker's own constraints protect.

    Raises DamagedWatch, OSError, TimeoutError.
    """
    if situation.event.tool_name in ("Agent", "Task") and situation.reply.decision != "deny":
        from holdfast.fence.watch import take_dispatch
        take_dispatch(situation)


def _looked_at(situation: "Situation") -> "Reply | None":
    known = watched(situation.store, situation.event.session_id)
    if known is None:
        return None
    moved = [path for path, was in known["files"] if mark(path) != was]
    if not moved:
        return None
    from holdfast.fence.changed import report
    return report(situation, moved)


def watched(store: "Store", session: str) -> "JsonObject | None":
    """The document of a session's protected files, None when there are none. Raises DamagedWatch, OSError."""
    path = store.session(session, DOCUMENT)
    try:
        data = read(path)
    except FileNotFoundError:
        return None
    except ValueError:
        data = b""
    known = unseal(data.rstrip(b"\n"))
    if known is None:
        posix.rename(path, path + ".damaged")
        raise DamagedWatch(f"{path} is damaged and has been moved aside. Changes of protected files up to now cannot be told; "
                           "the next prompt looks at them anew")
    return known


def mark(path: str) -> "Mark | None":
    """What a look at a path tells without reading it, links not followed: [kind, size, modified, changed, inode]. None for nothing there.

    The time of the last change of the inode is in it, because a program can set the time of modification as it likes.
    """
    try:
        found = posix.lstat(path)
    except (OSError, ValueError):
        return None
    return [found.st_mode & _KIND, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
