"""Protected files that are no longer as they were: told once, written down, and put back on request. Not on the hot path.

The log `protected.jsonl` of a session holds one record for each change: {"what": "changed", "how": HOW, "path", "ids", "before":
STATE, "now": STATE, "tool", "ran", "call", "agent", "at"}, and one for each file put back: {"what": "restored", "path", "aside", ...}.
HOW is "changed", "removed", "replaced", "created" or "back" (as it was at first; that is noted and not told).
"""

import os
import stat

from holdfast.fence.check import DOCUMENT, mark, watched
from holdfast.fence.remains import clear_remains
from holdfast.fence.watch import COPIES, LOG, copy_of, held, load, save
from holdfast.kernel.clock import iso, now
from holdfast.kernel.constraints import EVERY_SESSION
from holdfast.kernel.files import Damage, append, make_folder, real_path, records, remove, replace
from holdfast.kernel.locked import Locked
from holdfast.kernel.redact import redact, shortened
from holdfast.kernel.reply import CHANNELS, Reply
from holdfast.kernel.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation

_NAMED = 8  # files of one constraint that are named; the log has all
_ACTS = {"changed": {"write"}, "replaced": {"write", "delete", "rename"}, "removed": {"write", "delete", "rename"},
         "created": {"write", "create"}}
_HAS = {"changed": "changed", "replaced": "was replaced by something else", "removed": "was removed", "created": "has come into being"}
_HAVE = {"changed": "changed", "replaced": "were replaced by something else", "removed": "were removed", "created": "have come into being"}


def report(situation: "Situation", moved: "list[str]") -> "Reply | None":
    """Look into files whose MARK differs -> what changed, as facts; None when their content is as it was told last.

    Raises DamagedWatch, OSError, and TimeoutError at the end of a turn. After a call, who finds the lock taken leaves it to the
    others and to the next look, which finds the same difference.
    """
    try:
        with Locked(situation.store.session(situation.event.session_id, DOCUMENT + ".lock"), 1.0):
            return _report(situation, moved)
    except TimeoutError:
        if situation.event.hook_event_name in ("Stop", "SubagentStop"):
            raise
        return None


def _report(situation: "Situation", moved: "list[str]") -> "Reply | None":
    event, store, session = situation.event, situation.store, situation.event.session_id
    told: "list[tuple[str, str, list[str]]]" = []
    known, kept = watched(store, session), load(store, session)
    if known is None:
        return None
    marks = {path: was for path, was in known["files"]}
    moved = [path for path in moved if path in kept["files"] and mark(path) != marks.get(path)]
    if not moved:
        return None  # another hook of this moment has told it
    for path in moved:
        one = kept["files"][path]
        marks[path], state, _ = held(path)
        if state == one["last"]:
            continue
        how = _how(one["last"], state) if state != one["state"] else "back"
        keys = [key for key, acts in one["keys"].items() if how == "back" or _ACTS[how].intersection(acts)]
        if keys:
            append(store.session(session, LOG), {
                "what": "changed", "how": how, "path": path, "ids": [kept["items"][key]["id"] for key in keys], "before": one["last"],
                "now": state, "tool": event.tool_name or "", "ran": _ran(situation), "call": event.tool_use_id or "",
                "agent": event.agent, "at": iso(situation.at)})
            if how != "back":
                told.append((path, how, keys))
        one["last"] = state
    save(store, session, kept, marks)
    return _reply(situation, kept, told) if told else None


def _how(before: str, now: str) -> str:
    if before == "missing":
        return "created"
    if now == "missing":
        return "removed"
    return "changed" if before.split(" ")[0] in ("file", "large") and now.split(" ")[0] in ("file", "large") else "replaced"


# ---- the words --------------------------------------------------------------------------------------------------------

def _reply(situation: "Situation", kept: "dict[str, Any]", told: "list[tuple[str, str, list[str]]]") -> Reply:
    project = situation.store.project
    facts, words = [], []
    groups: "dict[tuple[str, str], list[str]]" = {}
    for path, how, keys in told:
        groups.setdefault((keys[0], how), []).append(path)
    for (key, how), paths in groups.items():
        item = kept["items"][key]
        names = [_short(path, project) for path in paths[:_NAMED]]
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        what = f"{', '.join(names)}{more} {(_HAS if len(paths) == 1 else _HAVE)[how]} {_when(situation)}"
        facts.append(f"{what}. {said(key, item)} ({item['id']}). {_remedy(kept, paths, item)}")
        words.append(f"Holdfast: {what}. {item['id']} protects it: \"{shortened(item['text'], 200)}\". {_remedy(kept, paths, item)}")
    allowed = CHANNELS.get(situation.event.hook_event_name, ())
    return Reply(context=facts if "context" in allowed else (), message="\n".join(words) if "message" in allowed else None)


def _when(situation: "Situation") -> str:
    """When it must have been. Nobody is accused: a program in the background or a person's editor changes files too."""
    name = situation.event.hook_event_name
    if name in ("PostToolUse", "PostToolUseFailure"):
        return f"while {_ran(situation)} ran, or since the call before it; by it, by another program or by a person"
    if name in ("Stop", "SubagentStop"):
        return "since the last call was looked at; by a program that still ran, or by a person"
    return "since the last turn; by a program that still ran, or by a person"


def _ran(situation: "Situation") -> str:
    """The call, short and without secrets."""
    event = situation.event
    if not event.tool_name:
        return ""
    command = (event.tool_input or {}).get("command")
    if isinstance(command, str) and command.strip():
        return f"`{shortened(redact(' '.join(command.split())), 100)}`"
    return event.tool_name


def said(key: str, item: "JsonObject") -> str:
    """A sentence with the person's own words. key: of `fence.watch`."""
    words = f"{item['lead'].strip()} {item['text']}" if item.get("lead") else item["text"]
    agent = key.partition("/")[0]
    if agent == EVERY_SESSION:
        return f"For every session in this project the person said: \"{words}\""
    if agent:
        return f"A worker's task says: \"{words}\""
    if item.get("source") == "person" and item.get("turn"):
        return f"In turn {item['turn']} the person said: \"{words}\""
    return f"The person said: \"{words}\""


def _remedy(kept: "dict[str, Any]", paths: "list[str]", item: "JsonObject") -> str:
    copies = [path for path in paths if kept["files"][path]["copy"] or kept["files"][path]["state"].split(" ")[0] in ("missing", "link")]
    if not copies:
        return "What it held before was not kept: it is too large, or there was too much."
    at = kept["files"][copies[0]]["at"][11:16]
    what = "that it was not there" if kept["files"][copies[0]]["state"] == "missing" else f"what it held at {at} UTC"
    some = "" if len(copies) == len(paths) else f" for {len(copies)} of these {len(paths)}"
    return f"Holdfast kept {what}{some}: `holdfast constraint restore {item['id']}` puts it back and keeps the version of now aside."


def _short(path: str, project: str) -> str:
    return path[len(project) + 1:] if path.startswith(project.rstrip("/") + "/") else path


# ---- putting back -----------------------------------------------------------------------------------------------------

def changes(store: Store, session: str) -> "list[JsonObject]":
    """What happened to the protected files of a session, oldest first: the records of its log."""
    return [one for one in records(store.session(session, LOG)) if not isinstance(one, Damage)]


def restore(store: Store, session: str, item_id: str, wait: float = 5.0) -> "list[JsonObject]":
    """Put the files of a constraint back to what they held when it was stated.

    -> [{"path", "what": "put back" or "removed" or "as it was" or why not, "aside": where the version of now lies, or ""}], [] when
    no file is watched for such a constraint.  item_id: "C3".  Raises DamagedWatch, OSError (nothing half done), TimeoutError.
    """
    done: "list[JsonObject]" = []
    with Locked(store.session(session, DOCUMENT + ".lock"), wait):
        known, kept = watched(store, session), load(store, session)
        marks = {path: was for path, was in known["files"]} if known else {}
        for path, one in kept["files"].items():
            if any(kept["items"][key]["id"] == item_id for key in one["keys"]):
                done.append(_put_back(store, session, path, one))
                if done[-1]["what"] in ("put back", "removed"):
                    append(store.session(session, LOG), {**done[-1], "what": "restored", "ids": [item_id], "at": iso(now())})
                    marks[path], one["last"], _ = held(path)
        if kept["items"]:
            save(store, session, kept, marks)
    return done


def _put_back(store: Store, session: str, path: str, one: "dict[str, Any]") -> "JsonObject":
    _, state, data = held(path)
    kind = one["state"].split(" ")[0]
    if state == one["state"]:
        clear_remains(path)
        return {"path": path, "what": "as it was", "aside": ""}
    before = copy_of(store, session, one)
    if before is None and kind not in ("missing", "link"):
        return {"path": path, "what": "no copy was kept", "aside": ""}
    if state == "folder":
        return {"path": path, "what": "there is a folder now; move it away first", "aside": ""}
    clear_remains(path)
    folder = path.rpartition("/")[0] or "/"
    if real_path(folder) != folder:
        return {"path": path, "what": f"{folder} leads to {real_path(folder)} now", "aside": ""}
    aside = ""
    if state.startswith("link "):
        data = os.fsencode(state[5:])  # where it pointed
    if state not in ("missing", "special"):  # a pipe or device holds nothing
        if data is None or len(data) > COPIES:
            return {"path": path, "what": "the version of now is too large to be kept aside; move it away first", "aside": ""}
        aside = store.session(session, f"aside-{now()}-{os.getpid()}")
        replace(aside, data)
    if kind == "missing":
        remove(path)
        return {"path": path, "what": "removed", "aside": aside}
    if kind == "link":
        if state != "missing":
            remove(path)
        os.symlink(one["state"][5:], path)
        return {"path": path, "what": "put back", "aside": aside}
    assert before is not None
    make_folder(folder)
    mode, given = one["mode"], None
    try:
        given = os.lstat(path)
    except FileNotFoundError:
        pass
    replace(path, before, mode)
    if given is not None and stat.S_ISREG(given.st_mode) and given.st_uid != os.geteuid():
        try:
            os.chown(path, given.st_uid, given.st_gid)
        except OSError:
            pass  # only root can give a file away
    return {"path": path, "what": "put back", "aside": aside}
