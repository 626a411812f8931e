"""Runs one hook: the event comes in, the guard judges it, observers take note, one answer goes out. Never silent, never half done.

A guard that cannot do its work refuses: bad input, an exception, more than CPU_SECONDS or WALL_SECONDS. An observer that
fails changes no answer. Both leave a crash record and a word for the person. The exit code DONE is the proof, for the
launcher, that the script ran to its end; anything else (an emptied script exits 0) counts as a failure there.
"""

import posix

from holdfast.kernel.clock import iso, now
from holdfast.kernel.event import BadEvent, Event, attended, read_event
from holdfast.kernel.reply import CHANNELS, Reply, render
from holdfast.kernel.store import NoHome, Store, home_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from signal import ITIMER_PROF, ITIMER_REAL, SIGALRM, SIGPROF, setitimer, signal
    from typing import Any, NoReturn

    from holdfast.kernel.settings import Settings

    Step = Callable[["Situation"], Reply | None]
else:
    from _signal import ITIMER_PROF, ITIMER_REAL, SIGALRM, SIGPROF, setitimer, signal

DONE = 10
CPU_SECONDS = 3.0  # 100 KB texts stay under 0.3 s, and the first call of all compiles the guard, 0.4 s here (docs/measurements.md)
NOTE_SECONDS = 2.0  # for an observer, or the way out of a failure: together with WALL_SECONDS still within the time-out
WALL_SECONDS = 5.0  # half of the time-out in the registration, so that we answer before the client gives up


class Situation:
    """What a step gets. event: Event.  env: dict of environment variables.  store: Store.  at: nanoseconds since 1970.

    attended: True when a person can answer.  reply: the Reply so far.  notes: dict that steps leave for the audit record.
    after: what a step leaves to be done once the answer is out (functions without arguments), such as noting that it was given.
    """

    __slots__ = ("event", "env", "store", "at", "attended", "reply", "notes", "after", "_settings")

    def __init__(self, event: Event, env: "dict[str, str]", store: Store, at: int) -> None:
        self.event, self.env, self.store, self.at = event, env, store, at
        self.attended, self.reply = attended(env), Reply()
        self.notes: "dict[str, Any]" = {}
        self.after: "list[Callable[[], object]]" = []
        self._settings: "Settings | None" = None

    @property
    def settings(self) -> "Settings":
        """The settings in force, read once. Raises BadSettings."""
        if self._settings is None:
            from holdfast.kernel.settings import load_settings
            self._settings = load_settings(self.store, self.env)
        return self._settings


class TooSlow(Exception):
    """The guard has used up its time."""


def run(expected: str, guards: "Sequence[Step]" = (), observers: "Iterable[Step]" = ()) -> "NoReturn":
    """Deal with one event named `expected` and end the process.

    guards: functions Situation -> Reply or None, which fail closed.  observers: the same, but they never decide.
    """
    answer, after = respond(expected, guards, observers, _read_all(0), environment(), now())
    # An exception up to here means that not even a refusal could be made: no DONE, and the launcher refuses.
    _write_all(1, answer)
    if after:
        after()
    posix._exit(DONE)


def respond(expected: str, guards: "Sequence[Step]", observers: "Iterable[Step]", data: bytes, env: "dict[str, str]",
            at: int) -> "tuple[bytes, Callable[[], None] | None]":
    """The same without the process: bytes in; bytes out, and what is to be done once they are written."""
    try:
        event = read_event(data, expected)
        store = Store(home_folder(env), project_of(event, env))
    except (BadEvent, NoHome) as bad:
        return _refusal(expected, bool(guards), env, at, bad), None
    situation = Situation(event, env, store, at)
    if guards:
        try:
            _limit(CPU_SECONDS, WALL_SECONDS)
            for guard in guards:
                _take(situation, guard)
        except Exception as failure:  # whatever it is, the call was not judged
            _limit(CPU_SECONDS, NOTE_SECONDS)
            situation.reply = Reply() if _fails_open(situation) else _failure_reply(expected, env, failure)
            situation.notes["verdict"] = "unjudged"
            record_crash(situation.store.home, expected, at, failure, situation.reply)
        finally:
            _limit(0, 0)
    for observer in observers:
        try:
            _limit(CPU_SECONDS, NOTE_SECONDS)
            _take(situation, observer)
        except Exception as failure:  # observing must not disturb the agent, and must not fail unseen
            _limit(0, 0)
            record_crash(situation.store.home, expected, at, failure, situation.reply)
        finally:
            _limit(0, 0)
    return render(expected, situation.reply), (lambda: _afterwards(situation, expected)) if situation.after else None


def _afterwards(situation: Situation, expected: str) -> None:
    for step in situation.after:
        try:
            step()
        except Exception as failure:  # the answer is out; what could not be noted is done again the next time
            record_crash(situation.store.home, expected, situation.at, failure, Reply())


def _fails_open(situation: Situation) -> bool:
    """True when a person has set `guard.fail` to `open`; settings that cannot be read count as closed."""
    from holdfast.kernel.settings import BadSettings, load_settings
    try:
        fail: str = load_settings(situation.store, situation.env)["guard"]["fail"]
    except (BadSettings, OSError, TooSlow):
        return False
    return fail == "open"


def project_of(event: Event, env: "dict[str, str]") -> str:
    """The project directory: CLAUDE_PROJECT_DIR, which stays when the session's shell moves, else the event's cwd."""
    return (env.get("CLAUDE_PROJECT_DIR") or event.cwd or "/").rstrip("/") or "/"


def environment() -> "dict[str, str]":
    """The process's environment as a dict of str."""
    return {k.decode("utf-8", "surrogateescape"): v.decode("utf-8", "surrogateescape") for k, v in posix.environ.items()}


def _take(situation: Situation, step: "Step") -> None:
    reply = step(situation)
    if reply is not None:
        situation.reply.add(reply)


def _refusal(expected: str, guarded: bool, env: "dict[str, str]", at: int, bad: Exception) -> bytes:
    """The answer to input that cannot be dealt with."""
    reply = _failure_reply(expected, env, bad) if guarded else Reply()
    try:
        home = home_folder(env)
    except NoHome:
        home = None
    if home:
        record_crash(home, expected, at, bad, reply)
    return render(expected, reply)


def _failure_reply(expected: str, env: "dict[str, str]", failure: Exception) -> Reply:
    what = str(failure) or type(failure).__name__
    if "decision" not in CHANNELS.get(expected, ()):
        return Reply(block=f"GUARD: Holdfast could not judge this ({what[:200]}), so it does not let it happen. Run: holdfast doctor")
    reason = (f"GUARD: this call was not run, because Holdfast could not judge it ({what[:200]}). "
              "This is a fault of the guard or its input, not of your command. Try it once more or in a simpler form; "
              "if it stays, report it: a person can run `holdfast doctor`.")
    return Reply(decision="ask" if attended(env) else "deny", reason=reason)


def record_crash(home: str, script: str, at: int, failure: Exception, reply: Reply) -> None:
    """Append a crash record to HOME/crashes.jsonl; when that fails too, say it on standard error and to the person."""
    from holdfast.kernel import crash
    try:
        crash.record(home, script, iso(at), failure)
    except Exception as second:  # the disk is full or the folder is gone: there is no better place left than these two
        try:
            posix.write(2, f"Holdfast: {script}: {failure!r}; the crash record could not be written: {second!r}\n".encode())
        except OSError:
            pass  # standard error is a file on the same full disk
        if "message" in CHANNELS.get(script, ()):
            reply.message = f"Holdfast has a fault and cannot record it ({second}). Run: holdfast doctor"
        return
    if "message" in CHANNELS.get(script, ()):
        reply.message = f"Holdfast met a fault in {script}: {failure}. Run: holdfast doctor"


def _limit(cpu: float, wall: float) -> None:
    signal(SIGPROF, _too_slow)
    signal(SIGALRM, _too_slow)
    setitimer(ITIMER_PROF, cpu)
    setitimer(ITIMER_REAL, wall)


def _too_slow(number: int, frame: object) -> None:
    if number == SIGPROF:
        raise TooSlow(f"it took more than {CPU_SECONDS:g} s of processor time")
    raise TooSlow(f"it took more than {WALL_SECONDS:g} s")


def _read_all(fd: int) -> bytes:
    chunks: "list[bytes]" = []
    while True:
        chunk = posix.read(fd, 65_536)  # a larger buffer would be mapped, which costs more than reading it
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[posix.write(fd, view):]
