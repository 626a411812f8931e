"""Which handoffs a project has: what was written, by which session, who took it up, and whether a file is one of them.

The log `handoffs/handoffs.jsonl` holds it:

    {"what": "written", "id", "session", "agent", "checksum", "by", "own": {what the caller added}, "known": WHAT IT WAS MADE FROM}
    {"what": "started", "id", "session", "agent", "task", "objective"}

A file that this log does not know, or knows with another checksum, is not taken up: a file that comes with a repository, or was
changed and sealed again, binds nobody.
"""

import os

from holdfast.kernel.clock import iso
from holdfast.kernel.files import Damage, read, read_head, real_path, records
from holdfast.memory.handoff_schema import LARGEST, checksum, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.kernel.store import Store
    from holdfast.memory.handoff_schema import Handoff

    Known = dict[str, Any]

LOG, LOCK = "handoffs.jsonl", "lock"
SECOND = 1_000_000_000
_SKEW = 300  # seconds by which clocks may differ


class BadHandoff(Exception):
    """It is not written or not started; `faults` says why, each with where."""

    def __init__(self, faults: "list[str]") -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


# ---- one file ---------------------------------------------------------------------------------------------------------

def judged(path: str, store: "Store", at: int, log: "Log | None" = None) -> "tuple[Handoff | None, list[str]]":
    """(the handoff, or None when the file cannot be taken for one; every fault, each with where).  log: when it was read already."""
    value, faults = content(path)
    if value is None or any(": is missing" in one or ": should be " in one for one in faults):
        return value, faults
    moment = nanoseconds(value["written_at"])
    if moment is None:
        faults.append(f"written_at: {value['written_at'][:40]!r} is not a time such as {iso(at)}")
    elif moment > at + _SKEW * SECOND:
        faults.append(f"written_at: {value['written_at']} is in the future (it is {iso(at)} here)")
    if real_path(value["project"]) != real_path(store.project):
        return value, [*faults, f"project: it is of {value['project']}, and this is {store.project}"]
    return value, faults + _unrecorded(value, store, log or Log(store))


def content(path: str) -> "tuple[Handoff | None, list[str]]":
    """The same from the file alone."""
    try:
        return parsed(read(path, LARGEST))
    except FileNotFoundError:
        return None, ["no such file. `holdfast handoff list` shows those that are there"]
    except (OSError, ValueError) as bad:
        return None, [f"cannot be read: {getattr(bad, 'strerror', None) or bad}"]


def _unrecorded(value: "Handoff", store: "Store", log: "Log") -> "list[str]":
    """Whether this project's own record knows the handoff, and with this content."""
    number = value["handoff_id"]
    if log.fault:
        return [log.fault]
    mine = next((one for one in reversed(log.written) if one["id"] == number), None)
    if mine is None:
        return [f"handoff_id: {number[:40]} was not written in this project on this machine. A person can vouch for the file: "
                "`holdfast handoff adopt FILE`"]
    if mine["checksum"] != value["checksum"] and value["checksum"] == checksum(value):
        return ["checksum: is not the one it was written with: the file was changed and sealed again"]
    there, _ = content(store.handoff_of(mine["session"], mine["agent"]))
    newer = there["handoff_id"] if there and "handoff_id" in there else ""
    if any(one["id"] == newer and one["n"] > mine["n"] for one in log.written):
        return [f"handoff_id: {newer} of the same session is newer; start that"]
    return []


# ---- all of them ------------------------------------------------------------------------------------------------------

class Log:
    """The log, read once. written, started: its records, oldest first.  fault: what is wrong with it, or ""."""

    __slots__ = ("written", "started", "fault")

    def __init__(self, store: "Store") -> None:
        path, last, self.fault = store.handoff(LOG), 0, ""
        self.written: "list[Known]" = []
        self.started: "list[Known]" = []
        head = read_head(path)  # before the log: somebody may append to it meanwhile
        for record in records(path):
            if isinstance(record, Damage):
                continue
            if record["n"] != last + 1:
                self.fault = self.fault or f"{path}: the records between {last} and {record['n']} are damaged or gone"
            last = record["n"]
            (self.started if record["what"] == "started" else self.written).append(record)
        if head is not None and head[0] > last:
            self.fault = self.fault or f"{path}: the records after {last} are damaged or gone"
        if self.fault:
            self.fault += (", so it is not known what was started already. Move the file aside, and its .head; "
                           "a person can then adopt the handoff")

    def starter(self, number: str) -> "Known | None":
        """Which session was the last to start a handoff: its record."""
        return next((one for one in reversed(self.started) if one["id"] == number), None)

    def begun_by(self, session: str) -> "Known":
        """The record of what a session was the last to start, {} when it has started nothing."""
        return next((one for one in reversed(self.started) if one["session"] == session), {})


def listed(store: "Store", at: int) -> "Iterator[Known]":
    """Every handoff in the project's folder, newest first: {"path", "id", "session", "at", "n", "state", "started_by", "faults", "value"}.

    state: open, started, or damaged. Of a file whose content cannot be used, there is what the log knows ("n" is 0 where it knows
    nothing). Each file is read when it is asked for.
    """
    log = Log(store)
    last = {(one["session"], one["agent"]): one for one in log.written}
    paths = {store.handoff_of(*key): one for key, one in sorted(last.items(), key=lambda pair: -pair[1]["n"])}
    folder = os.path.dirname(store.handoff(LOG))
    for name in sorted(os.listdir(folder)):
        if name.startswith("handoff_") and name.endswith(".json"):
            paths.setdefault(f"{folder}/{name}", {})
    for path, record in paths.items():
        if not os.path.lexists(path):
            continue  # a person has removed it
        value, faults = judged(path, store, at, log)
        number = (value or {}).get("handoff_id") or record.get("id", "")
        starter = log.starter(number)
        yield {"path": path, "id": number, "faults": faults, "value": value, "n": record.get("n", 0),
               "session": (value or {}).get("from_session") or record.get("session", ""),
               "at": (value or {}).get("written_at") or record.get("at", ""), "started_by": starter["session"] if starter else "",
               "state": "damaged" if faults else "started" if starter else "open"}


def path_of(which: str, store: "Store", at: int) -> str:
    """The file that is meant: a path, a handoff's id, the beginning of a session's id, or "latest" (the newest that is not started).

    Raises BadHandoff when nothing or more than one is meant.
    """
    if "/" in which or os.path.lexists(which):
        return os.path.abspath(os.path.expanduser(which))
    if which == "latest":
        last = None
        for one in listed(store, at):
            if one["state"] != "started" and one["n"]:
                return str(one["path"])
            last = last or (one if one["n"] else None)
        started = f"; the newest, {last['id']}, was started by session {last['started_by']}" if last else ""
        raise BadHandoff([f"no handoff is open in {store.project}{started}"])
    meant = [one for one in listed(store, at) if one["id"] == which or which and one["session"].startswith(which)]
    if len(meant) != 1:
        several = f"{which} may be {' or '.join(one['id'] for one in meant)}" if meant else f"there is no file and no handoff {which} here"
        raise BadHandoff([f"{several}. `holdfast handoff list` shows those that are there"])
    return str(meant[0]["path"])


# ---- words ------------------------------------------------------------------------------------------------------------

def nanoseconds(text: str) -> "int | None":
    """ "2026-03-01T12:00:00.123Z" -> nanoseconds since 1970, None for anything else."""
    parts = [text[0:4], text[5:7], text[8:10], text[11:13], text[14:16], text[17:19], text[20:23]]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day, hour, minute, second, thousandth = map(int, parts)
    if not (1970 <= year and 1 <= month <= 12):
        return None
    # Days since 1970 with the year beginning in March, so that the leap day comes last. (time.strptime would import datetime.)
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    days = year * 365 + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 719_469
    ns = ((days * 24 + hour) * 60 + minute) * 60 * SECOND + second * SECOND + thousandth * 1_000_000
    return ns if iso(ns) == text else None


def on_a_line(text: str, most: int) -> str:
    """A text on one line, with nothing invisible in it, cut at `most` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[:most - 2] + " …"


def counted(number: int, what: str) -> str:
    """ 3, "step" -> "3 steps"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def age(ns: int) -> str:
    """Nanoseconds -> "20 minutes"."""
    minutes = max(0, ns) // (60 * SECOND)
    for size, unit in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size:
            return counted(minutes // size, unit)
    return counted(minutes, "minute") if minutes else "less than a minute"
