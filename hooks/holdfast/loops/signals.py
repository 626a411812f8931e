"""The last steps of one session and agent -> what repeats in them: Signals, each with its evidence. Pure, no imports.

A signal is about the newest step: it stands at the end of a loop, not in the middle of history. Levels go "note" (the model is told),
"refuse" (the next such call is not run), "stop" (the turn is ended cleanly). What brings something new is never a loop: output lines not
seen before, a file with new content, a test that fails in another way, a task that is done.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfast.loops.step import Step

    Limits = dict[str, tuple[int, int, int]]

WINDOW = 200  # steps looked at
# Signal -> how many times for a note, a refusal, a stop; 0: never. `holdfast selftest loops` shows what these find and leave alone.
LIMITS: "Limits" = {
    "cycle": (3, 4, 5),  # rounds of the same calls with the same output
    "repeat": (3, 5, 7),  # the same call with the same output where nothing changed and nothing new was learned in between
    "repeat between": (6, 12, 20),  # the same, with new things learned in between
    "nothing new": (4, 6, 8),  # rounds of the same calls whose output differs and says nothing new
    "numbers": (5, 10, 15),  # rounds of the same calls whose output differs in numbers alone
    "stale": (6, 9, 12),  # steps in a row that were all made before, with the same output
    "mostly stale": (10, 14, 18),  # the same, when of five steps one may be new
    "error": (3, 4, 5),  # failures in a row of one class about one thing
    "error varied": (3, 5, 7),  # the same, when each try was another call and said something else
    "error waited": (3, 6, 9),  # the same, of a class that may pass, with waiting in between
    "error permanent": (2, 3, 3),  # the same, of a class that trying again cannot change
    "error edited": (5, 7, 10),  # the same with the same words, though something was edited in between
    "failing": (6, 10, 14),  # failures in a row of any kind
    "same failure": (3, 5, 8),  # runs that fail in the same way, each after an edit
    "same failure between": (5, 9, 14),  # the same, with new things learned between the runs
    "revert": (4, 5, 6),  # edits that take one file back and forth between the same two states
    "denied": (2, 3, 5),  # attempts at the same denied thing
    "barren": (6, 14, 20),  # searches in a row that find nothing
    "same ground": (10, 16, 24),  # looks of one shape in a row, of which none brought anything new
    "poll": (20, 40, 60),  # looks at something that does not change
    "no progress": (10, 0, 0),  # steps in a row that brought nothing new and changed nothing; never a stop by itself
    "diminishing": (0, 0, 3),  # continuations of the turn, the last two of which each added less than LITTLE
}
LITTLE = 500  # tokens that a continuation adds (constants.md 3.4: diminishing returns)
LONGEST_CYCLE = 4
SHOWN = 12  # steps that a signal names
DENIED_WITHIN = 60  # steps in which attempts at one denied thing belong together
_FEW = 5  # lines in which an unknown counter may stand; a page of numbers holds more
# As in errors.py, which is loaded for failures alone.
TRANSIENT = ("connection", "rate limit", "timeout")
PERMANENT = ("permission", "auth", "missing key", "missing generated file")
_RANK = {"note": 0, "refuse": 1, "stop": 2}


class Signal:
    """kind: as in LIMITS, without the word after a blank that says which limit held.  level: "note", "refuse" or "stop".
    count: how often.  steps: numbers of the newest steps that show it.  keys: of their calls, which are what a refusal is about: another
    call, though it may run into the same wall, is a try of its own.
    what, differs, instead: what repeats, what is not the same, what to try.
    """

    __slots__ = ("kind", "level", "count", "steps", "keys", "what", "differs", "instead")

    def __init__(self, kind: str, level: str, count: int, shown: "Sequence[Step]", what: str, differs: str, instead: str) -> None:
        self.kind, self.level, self.count, self.what, self.differs, self.instead = kind, level, count, what, differs, instead
        self.steps = [step.number for step in shown[-SHOWN:]]
        self.keys = sorted({step.key for step in shown[-SHOWN:]})

    def text(self) -> str:
        """One line for the model: facts first, then what to try."""
        return f"{self.what} ({self.differs}). {self.instead}"


def look(steps: "Sequence[Step]", limits: "Limits | None" = None) -> "list[Signal]":
    """Steps, oldest first -> the signals that the newest is the end of, the gravest first; [] when all is well.
    limits: what to put in place of LIMITS, by name."""
    allowed = LIMITS if limits is None else {**LIMITS, **limits}
    recent = _since_reset(steps)
    if not recent or recent[-1].outcome in _UNCOUNTED:
        return []
    last = recent[-1]
    if last.kind == "continue":
        return _diminishing(recent, allowed)
    counted = [step for step in recent if step.kind != "continue" and step.outcome not in _UNCOUNTED]
    found: "list[Signal]" = []
    if last.outcome == "denied":
        return _denied(counted, allowed)
    if last.kind == "poll" and last.error.lstrip("~") not in PERMANENT:
        return _polling(counted, allowed)
    work = [step for step in counted if step.kind != "poll" or step is last]
    history = _History(work)
    found += _cycles(counted, work, history, allowed)
    if last.error:
        found += _errors(counted, history, allowed)
        found += _failing(work, history, allowed)
    if len(last.tests) == 3 and last.tests[2]:
        found += _same_failure(work, history, allowed)
    if last.writes:
        found += _reverts(work, history, allowed)
    if last.kind == "search":
        found += _barren(work, allowed)
    if not found:
        found += _no_progress(work, history, allowed)
    found.sort(key=lambda signal: -_RANK[signal.level])
    return found


_UNCOUNTED = ("uncounted", "interrupted")


def _since_reset(steps: "Sequence[Step]") -> "list[Step]":
    recent = list(steps[-WINDOW:])
    for at in range(len(recent) - 1, -1, -1):
        if recent[at].kind == "reset":
            return recent[at + 1:]
    return recent


class _History:
    """What each step was to the steps before it.

    stale[i]: the same call gave the same output before, and nothing has changed since.  changed[i]: it changed something, in a way not
    seen before.  news[i]: it brought something new.  since: (call and output) -> how often since the last change.
    """

    __slots__ = ("stale", "changed", "news", "since", "start")

    def __init__(self, work: "list[Step]") -> None:
        self.stale: "list[bool]" = []
        self.changed: "list[bool]" = []
        self.news: "list[bool]" = []
        self.since: "dict[int, int]" = {}
        self.start = 0  # the step after the last change
        known: "set[int]" = set()
        states: "set[tuple[int, int, int]]" = set()
        for at, step in enumerate(work):
            token = step.key ^ step.out
            good = not step.error
            changed = step.changes == 1 and good and (step.key not in known or step.fresh > 0 and token not in known)
            if changed:
                self.since = {}
                self.start = at + 1
            before = self.since.get(token, 0)
            self.since[token] = before + 1
            news = changed or good and step.fresh > 0 and not before
            if len(step.tests) == 3:
                state = (step.shape, step.tests[1], step.tests[2])
                if state not in states:
                    states.add(state)
                    news = True
            known.add(token)
            known.add(step.key)
            self.stale.append(before > 0)
            self.changed.append(changed)
            self.news.append(news)


def _level(count: int, thresholds: "tuple[int, int, int]") -> str:
    note, refuse, stop = thresholds
    if stop and count >= stop:
        return "stop"
    if refuse and count >= refuse:
        return "refuse"
    return "note" if note and count >= note else ""


def _name(step: "Step") -> str:
    return f"`{step.label}`" if step.label else step.tool


# ---- the same calls again ------------------------------------------------------------------------------------------------------------


def _cycles(counted: "list[Step]", work: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Calls that go round: with the same output, with output that says nothing new, with output that differs in numbers alone; else the
    same call again and again with others in between."""
    last = work[-1]
    tail = _one_of_each_batch(work)
    for kind, differs in (("cycle", "the output is the same each time"), ("nothing new", "the output differs and holds no new line"),
                          ("numbers", "the output differs in numbers alone")):
        for length in range(1, LONGEST_CYCLE + 1):
            rounds = _rounds(tail, length, kind)
            shown = tail[-length * rounds:] if rounds else []
            # Output that never comes back may be a state that moves on, such as a page on which one number grows.
            moving = kind == "nothing new" and len({step.out for step in shown}) == len(shown)
            level = _level(rounds, allowed["numbers" if moving else kind])
            if level:
                names = " -> ".join([_name(step) for step in tail[-length:]])
                what = f"{names} was run {rounds} times in a row"
                if length > 1:
                    what = f"The {length} calls {names} went round {rounds} times"
                return _unless_waiting(Signal(kind, level, rounds, shown, what, differs, _instead(last)), shown[0], counted, allowed)
    token = last.key ^ last.out
    count = history.since[token]
    shown = [step for step in work[history.start:] if step.key ^ step.out == token] or [last]
    first = next((at for at in range(history.start, len(work)) if work[at] is shown[0]), 0)
    learned = sum(history.news[first + 1:])
    level = _level(count, allowed["repeat between" if learned > (count - 1) // 3 else "repeat"])
    found: "list[Signal]" = []
    if level:
        found = _unless_waiting(
            Signal("repeat", level, count, shown, f"{_name(last)} was run {count} times with the same output and nothing was changed "
                   "in between", "other calls came between", _instead(last)), shown[0], counted, allowed)
    for name, strays in (("stale", 0), ("mostly stale", 5)):
        run, first = _stale(history, strays)
        level = _level(run, allowed[name])
        if level and max(history.since.values()) < 3:
            level = "note" if level != "note" else ""  # a second look, as after a compaction: not a loop yet
        if level and (not found or _RANK[level] > _RANK[found[0].level]):
            found = _unless_waiting(
                Signal("stale", level, run, work[first:], f"{run} of the last {len(work) - first} calls were made before, with the same "
                       "output", "nothing was changed in between", _instead(last)), work[first], counted, allowed)
    if found:
        return found
    run = 0
    for at in range(len(work) - 1 if last.kind in ("read", "search") else -1, -1, -1):
        if work[at].shape != last.shape or history.news[at] or work[at].error and work[at].outcome != "ok":
            break
        run += 1
    level = _level(run, allowed["same ground"])
    if level:
        return [Signal("same ground", level, run, work[-run:], f"{_name(last)} was run {run} times in a row, and each output holds only "
                       "what was seen before", "how it is called", _instead(last))]
    return []


def _stale(history: _History, strays: int) -> "tuple[int, int]":
    """(how many of the newest steps were made before, where they begin). strays: of so many steps one may be another; 0: none."""
    run = others = 0
    first = len(history.stale)
    for at in range(len(history.stale) - 1, -1, -1):
        if history.stale[at]:
            run += 1
            first = at
        else:
            others += 1
            if not strays or others * strays > run + others + strays - 1:
                break
    return run, first


def _unless_waiting(signal: Signal, first: "Step", counted: "list[Step]", allowed: "Limits") -> "list[Signal]":
    """The signal; with the far limit of polling when there was a wait before each round, for then it is a poll in two steps."""
    waits = 0
    for step in reversed(counted):
        if step is first:
            break
        waits += step.kind == "poll"
    if waits < signal.count - 1:
        return [signal]
    level = _level(signal.count, allowed["poll"])
    if not level:
        return []
    signal.kind, signal.level = "poll", level
    return [signal]


def _one_of_each_batch(work: "list[Step]") -> "list[Step]":
    """The newest steps, without the second of two equal calls that were made at once."""
    kept: "list[Step]" = []
    for step in work[-80:]:
        if kept and step.batch and kept[-1].batch == step.batch and kept[-1].key == step.key:
            continue
        kept.append(step)
    return kept


def _rounds(tail: "list[Step]", length: int, kind: str) -> int:
    """How many times the last `length` calls went round at the end."""
    same = 0
    for at in range(len(tail) - 1, length - 1, -1):
        step, before = tail[at], tail[at - length]
        if step.key != before.key:
            break
        if kind == "cycle":
            if step.out != before.out:
                break
        elif kind == "nothing new":
            if step.fresh and step.kind != "task":
                break
        elif step.loose != before.loose or step.fresh > _FEW:
            break
        same += 1
    return 1 + same // length if same else 0


def _instead(step: "Step") -> str:
    if step.error:
        return "The same call will fail in the same way: change one thing about it that the message names, or go another way."
    if step.kind in ("read", "search"):
        return "What it shows is known by now: use it for the next step, or look somewhere that was not looked at yet."
    if step.kind == "test":
        return "Without an edit the outcome stays the same: change the code, or say what it means."
    if step.kind == "edit":
        return "The file holds this already: go on to the next step."
    return "Doing it again changes nothing: say what it was meant to bring about, and check that in another way."


# ---- failures ------------------------------------------------------------------------------------------------------------------------


def _errors(counted: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Failures in a row of one class about one thing. Failures that came at once count once; steps that brought nothing neither count nor
    end the row; what brought something new, or changed something, ends it."""
    last = counted[-1]
    kind = last.error.lstrip("~")
    if kind in ("test failure", "denied"):
        return []
    told = _told(counted, history)
    row, waited = _row(counted, told, edits_end_it=True)
    count = len(row)
    name = "error"
    if kind in PERMANENT and last.outcome != "ok" and last.kind != "search":
        name = "error permanent"
    elif kind in TRANSIENT and waited:
        name = "error waited"
    elif len({step.key for step in row}) == count and len({step.loose for step in row}) == count:
        name = "error varied"
    level = _level(count, allowed[name])
    if not level:
        row = [step for step in _row(counted, told, edits_end_it=False)[0] if step.tests == last.tests]
        count = len(row)
        level = _level(count, allowed["error edited"])
        if not level:
            return []
    calls = len({step.key for step in row})
    differs = "the call was the same each time" if calls == 1 else f"{calls} different calls, the same obstacle"
    about = f" about {last.target}" if last.target else ""
    from holdfast.loops.errors import advice
    return [Signal("error", level, count, row, f"{count} failures in a row of the kind \"{kind}\"{about}", differs,
                   advice("not-found" if kind == "missing generated file" else kind))]


def _row(counted: "list[Step]", told: "list[bool]", edits_end_it: bool) -> "tuple[list[Step], bool]":
    """(the failures in a row of which the newest step is the last, whether there was a wait between them)."""
    last = counted[-1]
    kind = last.error.lstrip("~")
    row: "list[Step]" = []
    batches: "set[int]" = set()
    waited = False
    for at in range(len(counted) - 1, -1, -1):
        step = counted[at]
        if step.error.lstrip("~") == kind and step.target == last.target:
            if not step.batch or step.batch not in batches:
                row.append(step)
                batches.add(step.batch)
        elif step.kind == "poll":
            waited = True
        elif step.error:
            if not step.batch or step.batch not in batches:
                break
        elif step.shape == last.shape or told[at] and (edits_end_it or step.kind != "edit"):
            break  # the same kind of call went well, or something else moved on
    return row[::-1], waited


def _told(counted: "list[Step]", history: _History) -> "list[bool]":
    """For each counted step, polls among them, whether it brought something new or changed something."""
    told, at = [], 0
    for step in counted:
        if step.kind == "poll":
            told.append(False)
        else:
            told.append(history.news[at])
            at += 1
    return told


def _failing(work: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Failures in a row of whatever kind."""
    row: "list[Step]" = []
    for at in range(len(work) - 1, -1, -1):
        step = work[at]
        if step.error and step.outcome != "ok":
            if not (row and step.batch and row[-1].batch == step.batch):
                row.append(step)
        elif history.news[at]:
            break
    level = _level(len(row), allowed["failing"])
    if not level:
        return []
    kinds = sorted({step.error for step in row})
    return [Signal("failing", level, len(row), row[::-1], f"{len(row)} calls in a row failed", f"kinds: {', '.join(kinds)}",
                   "Step back: find out one thing that does work here, and build the next call on that.")]


def _same_failure(work: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Runs that fail in the same way though something was edited before each."""
    last = work[-1]
    runs, learned, news = [last], 0, 0
    files: "set[int]" = set()
    edited: "set[int]" = set()  # since the run that was looked at before
    for at in range(len(work) - 2, -1, -1):
        step = work[at]
        alike = step.shape == last.shape or step.kind == last.kind == "test"
        if alike and step.tests == last.tests:
            if edited:
                runs.append(step)
                files |= edited
                learned += news
            edited, news = set(), 0
        elif step.shape == last.shape:
            break  # the same run had another outcome
        elif history.changed[at] and step.kind in ("edit", "other") or step.kind == "edit" and not step.error:
            edited.add(step.writes[0] if step.writes else step.shape)
        elif step.fresh and not step.error and history.news[at] and step.kind in ("read", "search"):
            news += 1
    count = len(runs)
    level = _level(count, allowed["same failure between" if learned >= count - 1 else "same failure"])
    if not level or len(files) > max(1, (count - 1) * 2 // 3):
        return []  # many files: work goes on elsewhere, past a failure that was there before
    runs.reverse()
    return [Signal("same failure", level, count, runs, f"{_name(last)} failed {count} times in the same way, after an edit each time",
                   f"{len(files)} file{'s' if len(files) != 1 else ''} edited in between, the failure did not move",
                   "The edits do not touch its cause: read what the failure names, check one assumption in a small experiment, then edit.")]


def _reverts(work: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Edits that take one file back and forth between the same two states."""
    last = work[-1]
    path, old, new = last.writes
    row = [last]
    for at in range(len(work) - 2, -1, -1):
        step, newest = work[at], row[-1].writes
        there = step.writes[:1] == [path]
        if there and (old or step.writes[1]) and step.writes[1:] == newest[:0:-1] \
                or there and not old and step.writes[2] != newest[2] and (len(row) < 2 or step.writes[2] == row[-2].writes[2]):
            row.append(step)
        elif history.changed[at] and step.kind == "edit":
            break  # something else was edited as well: what comes back comes back to another place
    count = len(row)
    if old == 0 and count == 2:
        count = 1  # two whole texts one after the other: nothing has come back yet
    level = _level(count, allowed["revert"])
    if not level:
        return []
    row.reverse()
    return [Signal("revert", level, count, row, f"{_name(last)}: {count} edits took this file back and forth between the same two states",
                   "each edit undoes the one before", "Neither state is right: write down what each one breaks, and look for a third.")]


# ---- the rest ------------------------------------------------------------------------------------------------------------------------


def _denied(counted: "list[Step]", allowed: "Limits") -> "list[Signal]":
    """A denied thing tried again, in whatever words."""
    last = counted[-1]
    marks = set(last.marks)
    row = [step for step in counted[-DENIED_WITHIN:] if step.outcome == "denied"
           and (step.key == last.key or not marks.isdisjoint(step.marks) or not marks and step.shape == last.shape)]
    level = _level(len(row), allowed["denied"])
    if not level:
        return []
    calls = len({step.key for step in row})
    return [Signal("denied", level, len(row), row, f"{len(row)} attempts at the same thing were denied",
                   "in the same words" if calls == 1 else f"in {calls} different wordings",
                   "The rule stands against the act, not against the words. Choose another way to the goal, or stop and report what is "
                   "needed.")]


def _barren(work: "list[Step]", allowed: "Limits") -> "list[Signal]":
    """Searches in a row that find nothing."""
    row: "list[Step]" = []
    for step in reversed(work):
        if step.kind == "search" and not step.fresh and (step.out == 0 or step.error):
            row.append(step)
        elif step.kind not in ("read", "search") or step.fresh:
            break
    level = _level(len(row), allowed["barren"])
    if not level:
        return []
    return [Signal("barren", level, len(row), row[::-1], f"{len(row)} searches in a row found nothing", "the words looked for",
                   "Perhaps it is not there: list what is, or ask whether the name is right.")]


def _polling(counted: "list[Step]", allowed: "Limits") -> "list[Signal]":
    """Looks at something that does not change. Waiting is work, so the limit is far."""
    last = counted[-1]
    row: "list[Step]" = []
    for step in reversed(counted):
        if step.kind != "poll":
            if step.fresh or step.changes:
                break
        elif step.shape == last.shape:
            if step.out != last.out:
                break
            row.append(step)
    level = _level(len(row), allowed["poll"])
    if not level:
        return []
    return [Signal("poll", level, len(row), row[::-1], f"{_name(last)} has shown the same {len(row)} times", "nothing",
                   "Check that what is waited for still runs, wait longer between looks, or report that it does not come.")]


def _no_progress(work: "list[Step]", history: _History, allowed: "Limits") -> "list[Signal]":
    """Steps in a row that brought nothing new and changed nothing."""
    done = 0  # tasks that were done when they were last told
    progress = -1
    for at, step in enumerate(work):
        if step.kind == "task":
            if step.fresh > done or step.fresh and step.tool == "TaskUpdate" and not history.stale[at]:
                progress = at
            done = step.fresh
        elif history.news[at]:
            progress = at
    count = len(work) - 1 - progress
    level = _level(count, allowed["no progress"])
    if not level:
        return []
    return [Signal("no progress", level, count, work[-count:], f"The last {count} calls brought no new output, no new content and no new "
                   "test result", "only the calls", "Say what is known and what is missing, and choose the step that would tell most.")]


def _diminishing(recent: "list[Step]", allowed: "Limits") -> "list[Signal]":
    """Continuations of the turn that add little: at least three, the last two each below LITTLE tokens."""
    marks = [step for step in recent if step.kind == "continue"]
    level = _level(len(marks), allowed["diminishing"])
    if not level or any([step.marks[0] >= LITTLE for step in marks[-2:]]):
        return []
    before = [at for at, step in enumerate(recent) if step.kind == "continue"][-3]
    if any([step.fresh or step.writes for step in recent[before:] if step.kind not in ("continue", "task") and not step.error]):
        return []  # few words, and yet something came of them
    return [Signal("diminishing", level, len(marks), marks, f"The turn was continued {len(marks)} times",
                   f"the last two added less than {LITTLE} tokens each",
                   "What is left does not come by going on: finish with what there is, and name what is open.")]
