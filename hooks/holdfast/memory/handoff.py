"""A handoff: what one session leaves to the next one, written by code, sealed, and taken up by one session only.

`handoffs/handoff_SESSION.json` is the document that people read (its shape: `memory.handoff_schema`); a later one of the same
session replaces it. `memory.handoff_log` knows which were written and who took them up.

Nothing of a handoff is in force before it is started. Starting puts the constraints in force first and notes that it was started
last: a session that is killed in between does it again, and nothing is there twice.
"""

import os

from holdfast.kernel import constraints
from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import MOST, DamagedConstraints, changing, history, in_force, standing, state
from holdfast.kernel.files import Damage, append, make_folder, read, read_head, real_path, records, replace, unseal
from holdfast.kernel.locked import Locked
from holdfast.kernel.redact import redact, shortened
from holdfast.memory.handoff_log import (
    LOCK, LOG, SECOND, BadHandoff, Log, age, content, counted, judged, listed, nanoseconds, on_a_line,
)
from holdfast.memory.handoff_schema import VERSION, checksum, not_acknowledged, parsed, said, token, written
from holdfast.memory.register import LOG as REGISTER
from holdfast.memory.register import note, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.store import Store
    from holdfast.memory.handoff_schema import Handoff

LONGEST = 4_000  # characters of the start instructions; other texts are as long as the register keeps them
OWN = ("objective", "next", "instructions", "summary", "task")  # what a caller may add
KEPT = 7 * 86_400  # seconds for which a handoff is offered, and may be started unless another age is asked for
_NOTE = 1_200  # characters of the note for a fresh session
_HELD = ("do-not-touch", "must-not", "read-only", "only")  # kinds whose targets are not to be touched


class NotAcknowledged(BadHandoff):
    """Constraints have not been acknowledged back. items: all of them.  missing: those."""

    def __init__(self, items: "list[Item]", missing: "list[Item]", faults: "list[str]") -> None:
        super().__init__(faults)
        self.items, self.missing, self.token = items, missing, token(items)


class Started:
    """What starting has done. value: the handoff.  items: in force now, as this session numbers them.  left: [(item, why it is not)]."""

    __slots__ = ("value", "items", "left")

    def __init__(self, value: "Handoff", items: "list[Item]", left: "list[tuple[Item, str]]") -> None:
        self.value, self.items, self.left = value, items, left


# ---- writing ----------------------------------------------------------------------------------------------------------

def write(store: "Store", session: str, agent: str, at: int, extras: "dict[str, Any]", by: str = "command") -> str:
    """Write the handoff of a session from its register and constraints; its path.

    extras: texts "objective", "next", "instructions", "summary", "task", and "to": a file or folder for a copy.
    Raises BadHandoff, DamagedConstraints, OSError, TimeoutError.
    """
    own = {name: shortened(redact(str(extras[name]).strip()), LONGEST) for name in OWN if extras.get(name)}
    value = built(store, session, agent, at, own)
    data = written(value)
    _, faults = parsed(data)
    if faults:
        raise BadHandoff(faults)
    copy = _copy_path(str(extras["to"]), store, session, value) if extras.get("to") else ""
    _keep(store, value, data, at, by, own)
    if copy:
        make_folder(os.path.dirname(copy))
        replace(copy, data, 0o644)
    return store.handoff_of(session, agent)


def _keep(store: "Store", value: "Handoff", data: bytes, at: int, by: str, own: "dict[str, str]") -> None:
    session, agent = value["from_session"], value["from_agent"]
    with Locked(store.handoff(LOCK)):
        append(store.handoff(LOG), {"what": "written", "id": value["handoff_id"], "session": session, "agent": agent, "by": by, "own": own,
                                    "checksum": checksum(value), "known": _known(store, session, agent, value), "at": iso(at)})
        replace(store.handoff_of(session, agent), data)


def built(store: "Store", session: str, agent: str, at: int, own: "dict[str, str]") -> "Handoff":
    """The handoff as it would be written. Raises BadHandoff when nothing says what the work is for, DamagedConstraints, OSError."""
    known = state_of(store, session, agent)
    items = _binding(store, session, agent)
    following = own.get("next") or known["next"]
    # Work that was itself taken up goes on: the first prompt of such a session says "go on" and no more.
    begun = Log(store).begun_by(session)
    task = own.get("task") or (known["task"] if known["task"] != begun.get("objective") else begun.get("task", ""))
    objective = own.get("objective") or begun.get("objective") or known["goal"] or known["task"] or following
    if not objective:
        raise BadHandoff(["objective: nothing on record says what the work is for. Say it with --objective"])
    value: "Handoff" = {
        "v": VERSION, "handoff_id": "", "task_id": task, "from_session": session, "from_agent": agent,
        "project": store.project, "written_at": iso(at), "objective": objective,
        "completed_phases": _entries(known["completed"]), "next_phase": following,
        "hard_constraints": items, "do_not_touch": _held(items),
        "decisions": [{name: str(one.get(name) or "") for name in ("id", "text", "because")} for one in known["decisions"]],
        "facts": list(known["facts"]), "open_questions": list(known["questions"]), "risks": list(known["risks"]),
        "files_written": list(known["files"]), "in_progress": _entries(known["in_progress"]), "blocked": _entries(known["blocked"]),
        "start_instructions": own.get("instructions", ""), "context_summary": "",
    }
    value["context_summary"] = own.get("summary") or known["summary"] or _summary(value)
    value["handoff_id"] = f"H{os.urandom(5).hex()}"
    return value


def _binding(store: "Store", session: str, agent: str) -> "list[Item]":
    """Every constraint that binds an agent, oldest first, under ids that are unique here ("was": its id where it was stated)."""
    layers = [("P", "project", standing(store, session))]
    layers += [("M", "main", in_force(store, session, ""))] if agent else []
    layers += [("", "session", in_force(store, session, agent))]
    taken = {item["id"] for _, scope, items in layers for item in items if scope == "session"}
    found = []
    for prefix, scope, items in layers:
        for item in items:
            name = item["id"]
            while prefix and name in taken:
                name = prefix + (name[1:] if name == item["id"] else name)
            taken.add(name)
            plain = {key: inner for key, inner in item.items() if key != "ended"}
            found.append({**plain, "id": name, "was": item["id"], "scope": scope})
    return found


def _entries(entries: "list[dict[str, str]]") -> "list[dict[str, str]]":
    return [{"text": one["text"], "because": one.get("because") or ""} for one in entries]


def _held(items: "list[Item]") -> "list[str]":
    """The names of what is not to be touched, each once."""
    names = [target[-1] for item in items if item["kind"] in _HELD for target in item["targets"] if target and isinstance(target[-1], str)]
    return list(dict.fromkeys(names))


def _summary(value: "Handoff") -> str:
    """Two or three sentences from the fields alone."""
    done, doing, blocked = value["completed_phases"], value["in_progress"], value["blocked"]
    sentences = [f"The objective is: {on_a_line(value['objective'], 300)}"]
    sentences.append(f"{counted(len(done), 'step')} done" + (f", the last one: {on_a_line(done[-1]['text'], 200)}" if done else "")
                     + (f"; in progress: {on_a_line(doing[-1]['text'], 200)}" if doing else "")
                     + (f"; blocked: {on_a_line(blocked[-1]['text'], 200)}" if blocked else ""))
    if value["next_phase"]:
        sentences.append(f"Next: {on_a_line(value['next_phase'], 300)}")
    return " ".join(one if one.endswith((".", "!", "?")) else one + "." for one in sentences)


def _known(store: "Store", session: str, agent: str, value: "Handoff") -> str:
    """What a handoff was made from, in short: the same again means that nothing has happened since."""
    return f"{(read_head(store.agent(session, agent, REGISTER)) or (0, ''))[0]} {token(value['hard_constraints'])}"


def _copy_path(to: str, store: "Store", session: str, value: "Handoff") -> str:
    """The absolute path of the copy: in the folder `to`, or the file. Raises BadHandoff where no handoff belongs."""
    path = os.path.abspath(os.path.expanduser(to))
    if to.endswith("/") or os.path.isdir(path):
        path = f"{path}/{os.path.basename(store.handoff_of(session, value['from_agent']))}"
    name = os.path.basename(path)
    if not (name.startswith("handoff") and name.endswith(".json")):
        raise BadHandoff([f"--to {to}: a copy goes into a folder (outputs/) or into a file named handoff….json"])
    real = real_path(path)
    for item in value["hard_constraints"]:
        if item["kind"] in _HELD and any(real == one or real.startswith(one + "/") for one in item.get("paths", ())):
            raise BadHandoff([f"--to {to}: is what {item['id']} is about: {said(item)}"])
    if os.path.lexists(path) and (content(path)[0] or {}).get("handoff_id") is None:
        raise BadHandoff([f"--to {to}: is there already and is no handoff; it is left as it is"])
    return path


def check(path: str, store: "Store", at: int) -> "list[str]":
    """Every fault of a file that should be a handoff of this project, each with where; [] when it is good."""
    return judged(path, store, at)[1]


# ---- starting ---------------------------------------------------------------------------------------------------------

def demanded(value: "Handoff", store: "Store") -> "tuple[list[Item], list[tuple[Item, str]]]":
    """(the constraints to acknowledge and keep to, [(one that is not asked for any more, why)]).

    What a person has lifted since the handoff was written is left out; what was stated in that session since is there too.
    """
    session, agent = value["from_session"], value["from_agent"]
    places = {"project": (constraints.EVERY_SESSION, ""), "main": (session, ""), "session": (session, agent)}
    ended: "dict[tuple[str, str, str], str]" = {}
    for scope, (holder, worker) in places.items():
        for item in history(store.agent(holder, worker, constraints.LOG))[0]:
            if item["ended"]:
                ended[scope, item["id"], said(item)] = item["ended"]
    for item in in_force(store, constraints.EVERY_SESSION, ""):
        ended["project", item["id"], said(item)] = "lifted in that session"
    for item in standing(store, session):
        ended.pop(("project", item["id"], said(item)), None)
    wanted, left = [], []
    for item in value["hard_constraints"]:
        why = ended.get((item.get("scope", "session"), item.get("was", item["id"]), said(item)))
        if why:
            left.append((item, why))
        else:
            wanted.append(item)
    known = {(item.get("scope"), item.get("was"), said(item)) for item in value["hard_constraints"]}
    names = {item["id"] for item in value["hard_constraints"]}
    for item in _binding(store, session, agent):
        if (item["scope"], item["was"], said(item)) not in known:
            while item["id"] in names:
                item["id"] = "N" + item["id"]
            names.add(item["id"])
            wanted.append(item)
    return wanted, left


def start(store: "Store", path: str, session: str, agent: str, at: int, ids: "list[str]", texts: "list[str] | None" = None,
          task: str = "", most: int = KEPT, shown: str = "", again: bool = False) -> Started:
    """Take up a handoff in a session: its constraints come into force, the rest goes into the register.

    ids, texts: the constraints that are acknowledged.  task: the id it must have.  most: seconds that it may be old.
    shown: the token that was printed with the constraints.  again: although another session that runs no more has started it.
    Raises NotAcknowledged, BadHandoff, DamagedConstraints, OSError, TimeoutError; nothing is in force then.
    """
    with Locked(store.handoff(LOCK)):
        value, faults = judged(path, store, at)
        if value is None or faults:
            raise BadHandoff(faults)
        _require_open(store, value, session, agent, at, task, most, again)
        wanted, left = demanded(value, store)
        missing, unknown = not_acknowledged(wanted, ids, texts or [])
        if missing or unknown or shown not in ("", token(wanted)):
            faults = [f"{item['id']} is not acknowledged: {said(item)}" for item in missing]
            faults += [f"{one[:80]} is none of its constraints" for one in unknown]
            if shown not in ("", token(wanted)):
                faults.append(f"the token {shown[:20]} does not stand for these constraints; they are not the ones that were shown then")
            raise NotAcknowledged(wanted, missing, faults)
        with changing(store, session, agent):
            items, more = _put_in_force(store, session, agent, value, wanted, at)
        _put_on_record(store, session, agent, value, at)
        if not any(one["id"] == value["handoff_id"] and one["session"] == session for one in Log(store).started):
            append(store.handoff(LOG), {"what": "started", "id": value["handoff_id"], "session": session, "agent": agent, "at": iso(at),
                                        "task": value["task_id"], "objective": value["objective"]})
    return Started(value, items, left + more)


def _require_open(store: "Store", value: "Handoff", session: str, agent: str, at: int, task: str, most: int, again: bool) -> None:
    """Raises BadHandoff unless this session may take up a good handoff."""
    if task and task != value["task_id"]:
        raise BadHandoff([f"task_id: it is of the task {value['task_id'] or '(none)'}, and {task} was asked for"])
    old = at - (nanoseconds(value["written_at"]) or 0)
    if old > most * SECOND:
        raise BadHandoff([f"written_at: it is {age(old)} old, and {age(most * SECOND)} is the most. --max-age takes an older one"])
    last = Log(store).starter(value["handoff_id"])
    if last is None or last["session"] == session:
        return
    by = f"session {last['session']} started it at {last['at']}"
    if _runs(store, last["session"]):
        raise BadHandoff([f"{by} and is still running. Two sessions would do the same work"])
    if not again:
        raise BadHandoff([f"{by}, and may have done the work. If it has not, --again takes it up once more"])


def _runs(store: "Store", session: str) -> bool:
    """Whether the client that was last seen to run a session is alive."""
    try:
        known = unseal(read(store.session(session, "client.json")).rstrip(b"\n"))
        pid = str((known or {}).get("pid", ""))
        if not pid.isdigit() or pid == "0":
            return False
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _put_in_force(store: "Store", session: str, agent: str, value: "Handoff", wanted: "list[Item]",
                  at: int) -> "tuple[list[Item], list[tuple[Item, str]]]":
    """(the constraints as they are in force in this session, [(one that is not put in force here, why)])."""
    every, fault = history(store.agent(session, agent, constraints.LOG))
    if fault:
        raise DamagedConstraints(f"{fault}. The handoff's constraints cannot be added; start it in a new session")
    everywhere = in_force(store, constraints.EVERY_SESSION, "")
    above = [{**one, "everywhere": True} for one in standing(store, session)]
    above += in_force(store, session, "") if agent else []
    number = max([len(every), *(int(one["id"][1:]) for one in every if one["id"][1:].isdigit())])
    new: "list[Item]" = []
    kept: "list[Item]" = []
    left: "list[tuple[Item, str]]" = []
    for item in wanted:
        origin = {"handoff": value["handoff_id"], "session": value["from_session"], "id": item.get("was", item["id"]),
                  "scope": item.get("scope", "session")}
        before = next((one for one in every if one.get("from") == origin), None)
        if before is not None and before["ended"]:
            left.append((item, f"{before['ended']} in this session"))
            continue
        twin = before or next((one for one in [*above, *(one for one in every if not one["ended"])] if _same(one, item)), None)
        if twin is not None:
            kept.append(twin)
            continue
        if any(_same(one, item) for one in everywhere):
            left.append((item, "lifted in this session"))
            continue
        newer = next((one for one in every if not one["ended"] and _contradicts(one, item)), None)
        if newer is not None:
            left.append((item, f"this session's {newer['id']} says otherwise: {said(newer)}"))
            continue
        number += 1
        plain = {name: inner for name, inner in item.items() if name not in ("was", "scope")}
        new.append({**plain, "id": f"{'T' if agent else 'C'}{number}", "turn": 0, "source": "handoff", "supersedes": [], "from": origin})
    for group in _groups(new):
        state(store, session, agent, {"what": "said", "items": group, "lifts": [], "turn": 0, "source": "handoff",
                                      "handoff": value["handoff_id"], "at": iso(at)})
    return [{"everywhere": False, **one} for one in kept + new], left


def _same(one: "Item", other: "Item") -> bool:
    return said(one) == said(other) and one["kind"] == other["kind"]


def _contradicts(newer: "Item", older: "Item") -> bool:
    """Whether a constraint of this session's person takes the place of one that comes with the handoff."""
    from holdfast.memory.words.superseding import supersedes
    return bool(supersedes(newer, older))


def _groups(items: "list[Item]") -> "list[list[Item]]":
    """Items in groups that each fit one record."""
    groups: "list[list[Item]]" = []
    size = 0
    for item in items:
        length = len(str(item))
        if not groups or size + length > MOST:
            groups.append([])
            size = 0
        groups[-1].append(item)
        size += length
    return groups


def _put_on_record(store: "Store", session: str, agent: str, value: "Handoff", at: int) -> None:
    """Take the handoff into the session's register, what is there already from it aside."""
    there = set()
    for record in records(store.agent(session, agent, REGISTER)):
        if not isinstance(record, Damage) and record.get("handoff") == value["handoff_id"]:
            there.add((record["what"], record.get("kind", record.get("state", "")), record["text"]))
    live = {one["text"] for one in state_of(store, session, agent)["decisions"]}
    for fields in _entries_for_register(value):
        if (fields["what"], fields.get("kind", fields.get("state", "")), fields["text"]) in there:
            continue
        if fields["what"] == "decision" and fields["text"] in live:
            continue
        note(store, session, agent, at, {**fields, "turn": 0, "by": "handoff", "handoff": value["handoff_id"]})


def _entries_for_register(value: "Handoff") -> "list[dict[str, Any]]":
    found: "list[dict[str, Any]]" = [{"what": "note", "kind": "task", "text": value["objective"]}]
    found += [{"what": "decision", "text": one["text"], "because": one["because"], "supersedes": []} for one in value["decisions"]]
    for name, place in (("completed_phases", "completed"), ("in_progress", "in_progress"), ("blocked", "blocked")):
        found += [{"what": "progress", "text": one["text"], "state": place, "because": one["because"]} for one in value[name]]
    for name, kind in (("facts", "fact"), ("open_questions", "question"), ("risks", "risk")):
        found += [{"what": "note", "kind": kind, "text": text} for text in value[name]]
    to_start = f" To start: {value['start_instructions']}" if value["start_instructions"] else ""
    found.append({"what": "note", "kind": "summary", "text": value["context_summary"] + to_start})
    if value["next_phase"]:
        found.append({"what": "progress", "text": value["next_phase"], "state": "next", "because": ""})
    return found


# ---- for hooks --------------------------------------------------------------------------------------------------------

def history_note(store: "Store", at: int, session: str = "", command: str = "holdfast") -> "str | None":
    """What a fresh session is told of the newest open handoff, at most 1,200 characters; None when there is none of the last 7 days.

    session: whose own handoff is not meant.  command: how the model reaches the command line.  Raises OSError.
    """
    if not os.path.exists(store.handoff(LOG)):
        return None
    for one in listed(store, at):
        moment = nanoseconds(one["at"])
        if one["state"] == "started" or moment is None or not one["n"] or at - moment > KEPT * SECOND:
            continue
        if session and one["session"] == session:
            continue
        origin = f"A handoff of session {on_a_line(one['session'], 40)} from {age(at - moment)} ago is there"
        if one["state"] == "damaged":
            return on_a_line(f"{origin} and cannot be taken up: {one['faults'][0]}. `{command} handoff check latest` says more.", _NOTE)
        value = one["value"]
        count = len(value["hard_constraints"])
        parts = [f"{origin}, as history: nothing of it is in force here.", f"Objective: {on_a_line(value['objective'], 300)}"]
        if value["next_phase"]:
            parts.append(f"Next phase: {on_a_line(value['next_phase'], 300)}")
        parts.append(f"It holds {counted(count, 'hard constraint')} and {counted(len(value['decisions']), 'decision')}.")
        parts.append(f"`{command} handoff start latest` takes it up, `{command} handoff show latest` shows it.")
        return "\n".join(parts)[:_NOTE]
    return None


def write_at_end(store: "Store", session: str, at: int) -> "str | None":
    """At a session's end: the path of its handoff when it leaves unfinished work behind and has not said so already, else None.

    What the agent itself added to an earlier handoff of the session is kept. Raises BadHandoff, DamagedConstraints, OSError, TimeoutError.
    """
    known = state_of(store, session, "")
    if not (known["in_progress"] or known["next"] or known["blocked"]):
        return None
    mine = [one for one in Log(store).written if one["session"] == session and not one["agent"]]
    own = dict(mine[-1]["own"]) if mine else {}
    if known["next"]:
        own.pop("next", None)  # the register is newer
    value = built(store, session, "", at, own)
    there, faults = content(store.handoff_of(session, ""))
    if mine and there and not faults and there["handoff_id"] == mine[-1]["id"] and mine[-1]["known"] == _known(store, session, "", value):
        return None
    _keep(store, value, written(value), at, "end", own)
    return store.handoff_of(session, "")


def adopt(store: "Store", path: str, at: int) -> str:
    """Make a whole handoff from elsewhere one of this project, because a person vouches for it; its id. Raises BadHandoff, OSError."""
    value, faults = content(path)
    if value is None or faults:
        raise BadHandoff(faults)
    value = {**value, "project": store.project}
    _keep(store, value, written(value), at, "person", {})
    return str(value["handoff_id"])
