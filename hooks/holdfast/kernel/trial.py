"""Kills and faults at every call that changes the disk, and what an operation leaves behind then. No hook ever loads this.

An Operation is tried in a folder of its own (a World). A first child process counts the calls that change something there.
Then, for each of them, a child dies by its own SIGKILL before it, after it, and half way through what it writes; or the call
fails, once (no rights) or from there on (disk full, read-only). What is on disk then must be the old or the new state, whole,
and the operation done once more must end as it would have ended undisturbed. An fsync is counted and made to fail, but not
waited for: here it is processes that die, not the machine. That data is flushed before it gets its name is read off the calls.
"""

import json
import os
import posix
import shutil
import signal
import stat
import sys
import time
import traceback  # noqa: F401 (the same)
from errno import EACCES, ENOSPC, EROFS
from typing import Any, NamedTuple

from holdfast.kernel import crash  # noqa: F401 (a child that may read nothing needs it loaded)
from holdfast.kernel import run as kernel_run
from holdfast.kernel.files import Damage, append, records, unseal
from holdfast.kernel.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    View = dict[str, Any]
    Tree = dict[str, tuple[str, int, int, bytes]]

BY_FD = ("write", "pwrite", "writev", "pwritev", "ftruncate", "fsync", "fdatasync", "fchmod", "fchown")
BY_PATH = ("open", "truncate", "rename", "replace", "link", "symlink", "unlink", "remove", "mkdir", "rmdir", "chmod", "chown", "lchown",
           "utime", "mkfifo", "mknod")
_NEEDS_ROOM = ("open", "write", "pwrite", "writev", "pwritev", "mkdir", "link", "symlink", "rename", "replace", "fsync", "fdatasync")
_FAULTS = {"no rights": EACCES, "disk full": ENOSPC, "disk full half way": ENOSPC, "read-only": EROFS}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_AUDITED = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod", "os.chown", "os.utime")
_APART = ("checkpoints/", "main/constraints.json", "main/register.json")  # documents that are cut in trials of their own, for they are long
_NOBODY = 65_534  # an ordinary user, for the read-only folder when the trial runs as root
_PATIENCE = 30  # seconds for one child
_SHOWN = 300  # characters of a value in a failure
SESSION = "5e55-trial"
AT = 1_790_000_000_000_000_000  # nanoseconds since 1970: when all of it happens


class World:
    """A folder for trials: the state, a project and a home of its own. root: absolute path of a folder that may be emptied."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.home, self.project = f"{self.root}/state", f"{self.root}/project"
        self.store = Store(self.home, self.project)
        self.env = {"HOME": f"{self.root}/home", "HOLDFAST_HOME": self.home, "CLAUDE_PROJECT_DIR": self.project, "PATH": os.defpath,
                    "CLAUDE_CODE_SESSION_ATTENDED": "0"}
        self.told: "list[str]" = []
        self.tell: "Callable[[str], object]" = self.told.append

    def make(self) -> None:
        """Empty, but for the project's folder and the note that the packages were left out."""
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in (f"{self.root}/home", f"{self.project}/config", f"{self.home}/venv"):
            os.makedirs(folder, 0o700)
        for path, text in ((f"{self.project}/config/prod.yaml", "replicas: 3\n"), (f"{self.home}/venv/ready", "left out\n"),
                           (f"{self.home}/interpreter", sys.executable + "\n")):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

    def event(self, **fields: object) -> bytes:
        """An event as the client sends it."""
        return json.dumps({"session_id": SESSION, "transcript_path": f"{self.root}/none.jsonl", "cwd": self.project, "prompt_id": "p-1",
                           "permission_mode": "default", **fields}).encode()

    def hook(self, steps: "Steps", **fields: object) -> None:
        """One whole run of a hook with its real steps, as the client would have it; what it answers is told."""
        data = self.event(hook_event_name=steps.event, **fields)
        answer, after = kernel_run.respond(steps.event, steps.guards, steps.observers, data, self.env, AT)
        self.tell(answer.decode())
        if after:
            after()


class Steps(NamedTuple):
    """What a hook script runs. event: its name.  guards, observers: its functions."""

    event: str
    guards: "Sequence[Callable[[Any], Any]]"
    observers: "Sequence[Callable[[Any], Any]]"


def steps_of(script: str) -> Steps:
    """The steps of a hook script, by its path: it is run with a stand-in for `kernel.run.run`."""
    import runpy
    import types
    found: "list[Steps]" = []

    def note(expected: str, guards: "Sequence[Any]" = (), observers: "Iterable[Any]" = ()) -> None:
        found.append(Steps(expected, tuple(guards), tuple(observers)))

    quick = types.ModuleType("quick_import")  # the real one is for a process of one event only
    quick.install = lambda folder: None  # type: ignore[attr-defined]
    real, kept, path = kernel_run.run, sys.modules.get("quick_import"), list(sys.path)
    kernel_run.run = note  # type: ignore[assignment]
    sys.modules["quick_import"] = quick
    try:
        runpy.run_path(script)
    finally:
        kernel_run.run = real
        sys.path[:] = path
        del sys.modules["quick_import"]
        if kept is not None:
            sys.modules["quick_import"] = kept
    step, = found
    return step


class Operation(NamedTuple):
    """Something that changes the state.

    before: makes what is there when it begins.  act: does it.  look: World -> View, everything that counts of the state, by
    name: a name that begins with "log:" holds a list that may have got anywhere from old to new, with "then:" one that is only
    compared once the operation was done again, with "free:" one that is for `holds` alone; all others are old or new.
    holds: (View before, View now, what was told) -> what is wrong.  expected: View -> what is wrong with an undisturbed run.
    again: how it is done once more, where that is not `act`.
    """

    name: str
    before: "Callable[[World], object]"
    act: "Callable[[World], object]"
    look: "Callable[[World], View]"
    holds: "Callable[[View, View, list[str]], list[str]]" = lambda before, now, told: []
    expected: "Callable[[View], list[str]]" = lambda view: []
    again: "Callable[[World], object] | None" = None


class Outcome:
    """What came of trials. failures: texts that each say the operation, the call and what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.calls = self.deaths = self.faults = self.torn = self.writers = 0
        self.failures: "list[str]" = []
        self.seconds = 0.0

    def add(self, other: "Outcome") -> None:
        """Take in the figures of another."""
        for figure in ("calls", "deaths", "faults", "torn", "writers", "seconds"):
            setattr(self, figure, getattr(self, figure) + getattr(other, figure))
        self.failures += other.failures


# ---- one operation ------------------------------------------------------------------------------------------------------

def tried(operation: Operation, world: World, most: int = 0) -> Outcome:
    """Every death and every fault of an operation. most: calls to try it at, evenly spread; 0 for all."""
    outcome, begun = Outcome(operation.name), time.monotonic()
    with _unflushed():
        _try_all(operation, world, outcome, most)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _try_all(operation: Operation, world: World, outcome: Outcome, most: int) -> None:
    world.make()
    operation.before(world)
    old_tree, old = snapshot(world.root), operation.look(world)
    old_tree = snapshot(world.root)  # what looking has folded belongs to it
    operation.act(world)  # so that every module is loaded before the first child
    restore(world.root, old_tree)
    count = _child(world, operation.act, None)
    new_tree, new = snapshot(world.root), operation.look(world)
    restore(world.root, new_tree)
    refusal = _again(operation, world)
    twice, files = operation.look(world), {_nameless(name) for name in (*old_tree, *new_tree, *snapshot(world.root))}
    outcome.calls = sum(call.changes for call in count.calls)
    wrong = [f"a call that is not counted: {one}" for one in count.unseen] + count.undone() + operation.expected(new)
    wrong += [f"it failed undisturbed: {count.error}"] if count.error else []
    wrong += [] if count.calls else ["it changes nothing, so nothing was tried"]
    wrong += damage(world.root, False)
    outcome.failures += [f"{operation.name}, undisturbed: {one}" for one in wrong]
    numbers = [number for number, call in enumerate(count.calls, 1) if call.changes or not most]
    for number in numbers[::-(-len(numbers) // most) if most else 1]:
        call = count.calls[number - 1]
        for way in _ways(call):
            restore(world.root, old_tree)
            done = _child(world, operation.act, (number, way))
            where = f"{operation.name}, {way} {call.name} {_short(world, call.path)} (call {number})"
            if way in _FAULTS:
                outcome.faults += 1
                wrong = _fault_faults(world, done)
            else:
                outcome.deaths += 1
                wrong = [] if done.killed else ["the process did not die there"]
            wrong += damage(world.root, way not in _FAULTS)
            after = snapshot(world.root)
            now = operation.look(world)
            wrong += _mixed(old, now, new, way in _FAULTS) + operation.holds(old, now, done.told)
            restore(world.root, after)
            error = _again(operation, world)
            then = operation.look(world)
            wrong += [f"done again, it fails: {error}"] if error not in ("", refusal) else []
            wrong += [f"done again: {one}" for one in damage(world.root, way not in _FAULTS) + _other(then, new, twice)]
            left = sorted(name for name in snapshot(world.root) if _nameless(name) not in files and (
                way not in _FAULTS or name.endswith((".new", ".whole"))))  # after a fault there may be notes of the fault
            wrong += [f"left behind: {', '.join(left)}"] if left else []
            outcome.failures += [f"{where}: {one}" for one in wrong]


def _ways(call: "Call") -> "list[str]":
    halves = call.size > 1
    return [*(["killed before", "killed after"] if call.changes else []), *(["killed half way through"] if halves else []),
            *(way for way in _FAULTS if halves or way != "disk full half way")]


def _again(operation: Operation, world: World) -> str:
    """Do it once more, in this process: its error, or ""."""
    world.told = []
    world.tell = world.told.append
    try:
        (operation.again or operation.act)(world)
    except Exception as failure:
        return f"{type(failure).__name__}: {failure}"
    return ""


def _nameless(name: str) -> str:
    """A file's name without the numbers of processes in it."""
    return "".join("#" if c.isdigit() else c for c in name).replace("##", "#").replace("##", "#").replace("##", "#")


def _mixed(old: "View", now: "View", new: "View", fault: bool = False) -> "list[str]":
    """What is neither old nor new. fault: a record may be missing that could not be written."""
    wrong = []
    for name in {**old, **now, **new}:
        was, value, will = old.get(name), now.get(name), new.get(name)
        if name.startswith(("then:", "free:")) or value in (was, will):
            continue
        if name.startswith("log:"):
            was, value, will = was or [], value or [], will or []
            rest = iter(will[len(was):])
            if value[:len(was)] == was and (will[:len(value)] == value or fault and all(one in rest for one in value[len(was):])):
                continue
        wrong.append(f"{name} is neither old nor new: {_told_short(value)}")
    return wrong


def _other(then: "View", new: "View", twice: "View") -> "list[str]":
    """What differs from a run that was not disturbed, or from two of them."""
    return [f"{name} is {_told_short(then.get(name))}, and undisturbed it is {_told_short(new.get(name))}" for name in {**then, **new}
            if not name.startswith(("log:", "free:")) and then.get(name) not in (new.get(name), twice.get(name))]


def _fault_faults(world: World, done: "_Child") -> "list[str]":
    """What is wrong with how a fault was dealt with."""
    if done.killed:
        return ["the process died of it"]
    if not done.hit:
        return ["the call was not reached"]
    if done.error and world.root not in done.error:
        return [f"the error names no path: {done.error}"]
    for answer in done.told:
        try:
            message = json.loads(answer or "{}").get("systemMessage", "")
        except ValueError:
            continue  # PreCompact answers with text
        if "fault" in message and not ("holdfast doctor" in message and world.root in message):
            return [f"the person is not told what to do: {message}"]
    return []


def _short(world: World, path: str) -> str:
    return path.replace(world.root + "/", "").replace(SESSION, "S")


def _told_short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + " ..."


# ---- a child that dies, or fails, at one call -----------------------------------------------------------------------------

class Call(NamedTuple):
    """One call that may fail. path: of the file.  to: its new name, for a rename.  size: bytes that it writes.

    changes: False for an fsync, and for the opening of a file that is there: after a death it makes no difference.
    """

    name: str
    path: str
    to: str
    size: int
    changes: bool


class _Child:
    """What is known of a process that has ended."""

    def __init__(self) -> None:
        self.calls: "list[Call]" = []
        self.unseen: "list[str]" = []
        self.told: "list[str]" = []
        self.error = ""
        self.killed = self.hit = False

    def undone(self) -> "list[str]":
        """Renames that are not surrounded by the flushes that make them last."""
        wrong: "list[str]" = []
        dirty: "set[str]" = set()
        renamed: "dict[str, str]" = {}
        for call in self.calls:
            if call.name in ("write", "pwrite", "writev", "pwritev", "ftruncate"):
                dirty.add(call.path)
            elif call.name in ("fsync", "fdatasync"):
                dirty.discard(call.path)
                renamed.pop(call.path, None)
            elif call.name in ("rename", "replace"):
                if call.path in dirty:
                    wrong.append(f"{call.to} gets its name before its content is flushed")
                renamed[os.path.dirname(call.to)] = call.to
        return wrong + [f"the folder of {path} is not flushed after the rename" for path in renamed.values()]


def _child(world: World, act: "Callable[[World], object]", plan: "tuple[int, str] | None") -> _Child:
    """Run `act` in a process of its own. plan: (number of the call, what happens there), None to count the calls."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reading)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            _in_child(world, act, plan, writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    data = b""
    while chunk := os.read(reading, 65_536):
        data += chunk
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    done = _Child()
    done.killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    done.error = "" if done.killed or status == 0 else f"the child ended with status {status}"
    for line in data.decode().splitlines():
        part = json.loads(line)
        if "told" in part:
            done.told.append(part["told"])
        else:
            done.calls, done.unseen, done.hit = [Call(*one) for one in part["calls"]], part["unseen"], part["hit"]
            done.error = part["error"]
    return done


def _in_child(world: World, act: "Callable[[World], object]", plan: "tuple[int, str] | None", report: int) -> None:
    write = posix.write
    world.tell = lambda text: write(report, json.dumps({"told": text}).encode() + b"\n")
    signal.alarm(_PATIENCE)
    watch = _Watch(world.root, plan)
    watch.install()
    error = ""
    try:
        act(world)
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
    calls = watch.calls if plan is None else []
    data = json.dumps({"calls": calls, "unseen": watch.unseen, "hit": watch.hit, "error": error}).encode() + b"\n"
    while data:
        data = data[write(report, data):]


class _Watch:
    """Counts the calls that change something below a folder, in this process, and makes one of them the last or a failure."""

    def __init__(self, root: str, plan: "tuple[int, str] | None") -> None:
        self.root, (self.number, self.way) = root, plan or (0, "")
        self.calls: "list[Call]" = []
        self.unseen: "list[str]" = []
        self.paths: "dict[int, str]" = {}
        self.hit = self.inside = False

    def install(self) -> None:
        for name in (*BY_FD, *BY_PATH):
            if hasattr(posix, name):
                wrapped = self._wrapped(name, getattr(posix, name))
                setattr(posix, name, wrapped)
                setattr(os, name, wrapped)
        posix.fsync = os.fsync = self._wrapped("fsync", lambda fd: None)
        if not self.number:
            sys.addaudithook(self._audit)

    def _wrapped(self, name: str, original: "Callable[..., Any]") -> "Callable[..., Any]":
        def call(*args: Any, **kwargs: Any) -> Any:
            path = self.paths.get(args[0], "") if name in BY_FD else self._absolute(args[0])
            if not path.startswith(self.root) or name == "open" and not (args[1] if len(args) > 1 else kwargs["flags"]) & _WRITING:
                return self._opened(name, path, original(*args, **kwargs))
            there = os.path.lexists(path) if name in BY_PATH else True
            makes = name in ("mkdir", "symlink", "mkfifo", "mknod")
            if makes and there or not there and not ((makes or name == "open") and os.path.isdir(os.path.dirname(path))):
                return self._passed(original, *args, **kwargs)  # it fails, as those who call it expect
            flags: int = (args[1] if len(args) > 1 else kwargs["flags"]) if name == "open" else 0
            changes = name not in ("fsync", "fdatasync") and (name != "open" or not there or bool(flags & os.O_TRUNC))
            self.calls.append(Call(name, path, self._absolute(args[1]) if name in ("rename", "replace", "link") else "",
                                   len(args[1]) if name in ("write", "pwrite") else 0, changes))
            size = self.calls[-1].size
            number, way = len(self.calls), self.way
            if number == self.number:
                self.hit = True
                if way == "killed before":
                    _die()
                if way in ("killed half way through", "disk full half way"):
                    count: int = original(args[0], bytes(args[1])[:size // 2], *args[2:])
                    if way == "disk full half way":
                        return count
                    _die()
                if way in _FAULTS:
                    raise self._failure(name, path)
            elif self.hit and (way == "read-only" or way in ("disk full", "disk full half way") and name in _NEEDS_ROOM):
                raise self._failure(name, path)
            done = self._passed(original, *args, **kwargs)
            if number == self.number and way == "killed after":
                _die()
            return self._opened(name, path, done)
        return call

    def _passed(self, original: "Callable[..., Any]", *args: Any, **kwargs: Any) -> Any:
        self.inside = True
        try:
            return original(*args, **kwargs)
        finally:
            self.inside = False

    def _opened(self, name: str, path: str, done: Any) -> Any:
        if name == "open":
            self.paths[done] = path
        return done

    def _absolute(self, given: Any) -> str:
        if isinstance(given, int):
            return self.paths.get(given, "")
        return os.path.abspath(os.fsdecode(given))

    def _failure(self, name: str, path: str) -> OSError:
        """What the system says: a call on a descriptor names no file."""
        number = _FAULTS[self.way]
        return OSError(number, os.strerror(number)) if name in BY_FD else OSError(number, os.strerror(number), path)

    def _audit(self, event: str, args: "tuple[Any, ...]") -> None:
        """Finds what goes past the wrapped functions, such as the built-in open()."""
        if self.inside or not (event == "open" and isinstance(args[2], int) and args[2] & _WRITING or event in _AUDITED):
            return
        path = args[0]
        if isinstance(path, (str, bytes)) and os.path.abspath(os.fsdecode(path)).startswith(self.root):
            self.unseen.append(f"{event} {os.fsdecode(path)}")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _unflushed:
    """`with _unflushed():` an fsync in this process returns at once."""

    def __enter__(self) -> None:
        self.real = posix.fsync
        posix.fsync = os.fsync = lambda fd: None

    def __exit__(self, *_: object) -> None:
        posix.fsync = os.fsync = self.real


# ---- what is on disk ------------------------------------------------------------------------------------------------------

def snapshot(root: str) -> "Tree":
    """Everything below a folder: path from there -> (kind, mode, time of change, content)."""
    found: "Tree" = {}
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in os.scandir(folder):
            given = entry.stat(follow_symlinks=False)
            mode, when = stat.S_IMODE(given.st_mode), given.st_mtime_ns
            name = entry.path[len(root) + 1:]
            if entry.is_symlink():
                found[name] = ("link", mode, when, os.fsencode(os.readlink(entry.path)))
            elif entry.is_dir():
                found[name] = ("folder", mode, when, b"")
                folders.append(entry.path)
            else:
                fd = os.open(entry.path, os.O_RDONLY)
                found[name] = ("file", mode, when, os.read(fd, given.st_size + 1) if given.st_size else b"")
                os.close(fd)
    return found


def restore(root: str, tree: "Tree") -> None:
    """Make a folder what it was, times included: only what differs is touched."""
    now = snapshot(root)
    for name in sorted(now, reverse=True):
        if name not in tree or tree[name][0] != now[name][0] or now[name][0] == "link" and now[name] != tree[name]:
            if now[name][0] == "folder":
                shutil.rmtree(f"{root}/{name}", ignore_errors=True)
            elif os.path.lexists(f"{root}/{name}"):
                os.unlink(f"{root}/{name}")
            del now[name]
    for name in sorted(tree):
        kind, mode, _, data = tree[name]
        path, is_there = f"{root}/{name}", now.get(name)
        if kind == "folder" and is_there is None:
            os.mkdir(path, mode)
        elif kind == "link" and is_there is None:
            os.symlink(os.fsdecode(data), path)
        elif kind == "file" and (is_there is None or is_there[3] != data or is_there[1] != mode):
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            os.write(fd, data)
            os.fchmod(fd, mode)
            os.close(fd)
    for name in sorted(tree, reverse=True):  # a folder's time after those of what is in it
        if tree[name][0] != "link":
            os.utime(f"{root}/{name}", ns=(tree[name][2], tree[name][2]))


def damage(root: str, killed: bool) -> "list[str]":
    """What is not whole below a folder. killed: a process may have died while it appended, so that one torn line is right."""
    wrong = []
    for name, (kind, _, _, data) in snapshot(root).items():
        if kind == "file" and name.endswith(".jsonl"):
            wrong += [f"{name}: {one}" for one in _log_damage(f"{root}/{name}", killed)]
        elif kind == "file" and name.endswith(".json") and not _whole(data):
            wrong.append(f"{name} is not whole: {data[:60]!r}")
    return wrong


def _log_damage(path: str, killed: bool) -> "Iterator[str]":
    last, before, torn = 0, "", 0
    for record in records(path):
        if isinstance(record, Damage):
            torn += 1
            continue
        if record["n"] != last + 1:
            yield f"after record {last} comes {record['n']}"
        if record["prev"] != before:
            yield f"record {record['n']} does not continue the one before"
        last, before = record["n"], record["sum"]
    if torn > killed:
        yield f"{torn} torn lines"


def _whole(data: bytes) -> bool:
    try:
        value = json.loads(data)
    except ValueError:
        return False
    return "sum" not in value or unseal(data.rstrip(b"\n")) is not None


# ---- torn tails -------------------------------------------------------------------------------------------------------------

def torn_logs(operation: Operation, world: World, log: str, next_one: "Callable[[World], str]", step: int = 1) -> Outcome:
    """The log's last record cut at every byte, as a death while it was appended leaves it, and as a cut later on does.

    log: its path below the root.  next_one: appends something more, and returns what is wrong after that, or "".  step: 1 for every byte.
    """
    outcome, begun = Outcome(f"torn tails of {os.path.basename(log)}"), time.monotonic()
    with _unflushed():
        world.make()
        operation.before(world)
        old = operation.look(world)
        old_tree = snapshot(world.root)
        operation.act(world)
        new, new_tree = operation.look(world), snapshot(world.root)
        data = new_tree[log][3]
        start = len(old_tree[log][3]) if log in old_tree else 0
        if not 0 <= start < len(data) - 2:
            outcome.failures.append(f"{outcome.name}: nothing was appended, so nothing was torn")
        documents = {name for name in new_tree if name.endswith(".json") and name.startswith("state/")}
        for cut in range(start, len(data), step):
            for case in ("while it was appended", "later on", "later on, the documents gone"):
                tree = dict(old_tree if case == "while it was appended" else new_tree)
                if case.endswith("gone"):
                    tree = {name: value for name, value in tree.items() if name not in documents}
                tree[log] = ("file", 0o600, new_tree[log][2], data[:cut])
                restore(world.root, tree)
                outcome.torn += 1
                now = operation.look(world)
                if case == "while it was appended":
                    allowed = _mixed(old, now, new)
                else:  # what was there is lost or read from the document; lost without a word it may not be
                    allowed = [one for one in _mixed(old, now, new) if world.root not in one]
                wrong = allowed + ([] if case.endswith("gone") else [next_one(world)])
                wrong += _log_damage(f"{world.root}/{log}", True) if case == "while it was appended" else []
                outcome.failures += [f"{outcome.name}, cut at byte {cut} of {len(data)} {case}: {one}" for one in wrong if one]
    outcome.seconds = time.monotonic() - begun
    return outcome


def torn_documents(build: "Callable[[World], object]", look: "Callable[[World], View]", world: World, names: "Sequence[str]",
                   stand_ins: "dict[str, Callable[[Any], bool]]", step: int = 1) -> Outcome:
    """Every document cut at every byte: what it held is read from its log, or an error names the file.

    names: what one of must be in a document's path; without any, all documents whose path has none of _APART.
    stand_ins: name of a part of the View -> whether a value is right for it although it is not the same.
    """
    outcome, begun = Outcome(f"torn documents: {', '.join(names) or 'the others'}"), time.monotonic()
    with _unflushed():
        world.make()
        build(world)
        right = look(world)
        tree = snapshot(world.root)
        documents = [name for name, value in tree.items() if name.startswith("state/") and name.endswith(".json") and len(value[3]) > 2]
        documents = [name for name in documents if any(one in name for one in names or _APART) is bool(names)]
        if not documents:
            outcome.failures.append(f"{outcome.name}: there were none")
        for document in documents:
            data = tree[document][3]
            for cut in range(0, len(data) - 1, step):
                restore(world.root, {**tree, document: ("file", 0o600, tree[document][2], data[:cut])})
                outcome.torn += 1
                now = look(world)
                for name in right:
                    named = f"{world.root}/{document}" in json.dumps(now.get(name), default=str)
                    if now.get(name) != right[name] and not named and not (name in stand_ins and stand_ins[name](now.get(name))):
                        outcome.failures.append(f"{document} cut at byte {cut} of {len(data)}: {name} is {_told_short(now.get(name))}")
    outcome.seconds = time.monotonic() - begun
    return outcome


# ---- a folder that cannot be written, many writers, kills from outside --------------------------------------------------------

def read_only(operation: Operation, world: World) -> Outcome:
    """An operation in a folder that an ordinary user may only read: nothing changes, and what is said names the path."""
    outcome, begun = Outcome(f"{operation.name}, read-only folder"), time.monotonic()
    world.make()
    operation.before(world)
    operation.look(world)
    before = snapshot(world.root)
    operation.act(world)
    restore(world.root, before)
    for name in ["", *before]:
        path = f"{world.root}/{name}".rstrip("/")
        if os.geteuid() == 0:
            os.lchown(path, _NOBODY, _NOBODY)
        if not os.path.islink(path):
            os.chmod(path, 0o500 if os.path.isdir(path) else 0o400)

    def as_nobody(world: World) -> None:
        if os.geteuid() == 0:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        operation.act(world)

    done = _child(world, as_nobody, None)
    changed = [name for name, value in snapshot(world.root).items() if name not in before or before[name][3] != value[3]]
    wrong = [f"{', '.join(changed)} changed"] if changed else []
    done.hit = True
    wrong += _fault_faults(world, done)
    outcome.faults = 1
    outcome.failures = [f"{outcome.name}: {one}" for one in wrong]
    for name in ["", *before]:
        path = f"{world.root}/{name}".rstrip("/")
        if not os.path.islink(path):
            os.chmod(path, 0o700)
    outcome.seconds = time.monotonic() - begun
    return outcome


def many_writers(name: str, world: World, one: "Callable[[World, int, int], object]", wrong: "Callable[[World, int, int], list[str]]",
                 writers: int = 16, each: int = 100) -> Outcome:
    """Processes that write at the same time. one: (World, writer, number) writes something.  wrong: says what is amiss at the end."""
    outcome, begun = Outcome(f"{writers} writers: {name}"), time.monotonic()
    with _unflushed():
        world.make()
        pids = []
        for writer in range(writers):
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    for number in range(each):
                        one(world, writer, number)
                    status = 0
                except Exception as failure:
                    os.write(2, f"writer {writer}: {failure!r}\n".encode())
                finally:
                    os._exit(status)
            pids.append(pid)
        failed = sum(os.waitpid(pid, 0)[1] != 0 for pid in pids)
        outcome.writers = writers
        found = ([f"{failed} writers failed"] if failed else []) + damage(world.root, False) + wrong(world, writers, each)
        left = [name for name in snapshot(world.root) if name.endswith(".new")]
        found += [f"left behind: {left}"] if left else []
        outcome.failures = [f"{outcome.name}: {text}" for text in found]
    outcome.seconds = time.monotonic() - begun
    return outcome


def killed_from_outside(operation: Operation, world: World, command: "list[str]", fields: "dict[str, object]", times: int) -> Outcome:
    """A registered command killed with everything that it started, `times` times, at moments spread over its run. fields: of its event."""
    import subprocess
    outcome, begun = Outcome(f"{operation.name}, the registered command killed"), time.monotonic()
    world.make()
    operation.before(world)
    old = _timeless(operation.look(world))
    tree = snapshot(world.root)
    payload, longest = world.event(**fields), 0.0
    compiled: "Tree" = {}
    for _ in range(2):  # the first run compiles
        restore(world.root, {**tree, **compiled})
        start = time.monotonic()
        subprocess.run(command, input=payload, env=world.env, cwd=world.project, capture_output=True, timeout=_PATIENCE, check=False)
        longest = time.monotonic() - start
        compiled = {name: value for name, value in snapshot(world.root).items() if name.startswith("state/pycache")}
    new = _timeless(operation.look(world))
    if new == old:
        outcome.failures.append(f"{outcome.name}: it changes nothing")
    for number in range(times):
        restore(world.root, {**tree, **compiled})
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=world.env,
                                   cwd=world.project, start_new_session=True)
        assert running.stdin is not None
        try:
            running.stdin.write(payload)
            running.stdin.close()
        except BrokenPipeError:
            pass
        time.sleep(longest * (number + 0.5) / times)
        try:
            os.killpg(running.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        outcome.deaths += running.wait() == -signal.SIGKILL
        wrong = damage(world.root, True)
        now = _timeless(operation.look(world))
        wrong += _mixed(old, now, new)
        outcome.failures += [f"{outcome.name}, killed after {longest * (number + 0.5) / times * 1000:.0f} ms: {one}" for one in wrong]
    if not outcome.deaths:
        outcome.failures.append(f"{outcome.name}: no process was killed in time")
    outcome.seconds = time.monotonic() - begun
    return outcome


def _timeless(value: Any) -> Any:
    """A View without the times in it: a real run has its own."""
    if isinstance(value, dict):
        return {name: _timeless(inner) for name, inner in value.items() if name != "at"}
    return [_timeless(inner) for inner in value] if isinstance(value, list) else value


def content(path: str) -> "list[Any]":
    """The records of a log without what numbers, seals and dates them; a missing log has none."""
    return [{key: value for key, value in record.items() if key not in ("v", "n", "prev", "sum", "at")} for record in records(path)
            if not isinstance(record, Damage)]


def appended(path: str) -> str:
    """Append one more record to a log: what is wrong with the log then, or ""."""
    before = content(path)
    append(path, {"what": "one more"})
    now = content(path)
    return "" if now == [*before, {"what": "one more"}] else f"{len(now)} records can be read after {len(before)} and one more"
