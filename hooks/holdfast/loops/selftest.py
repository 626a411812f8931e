"""How often loops are found and honest work is left alone, on made-up sessions: the figures behind `holdfast selftest loops`."""


from typing import NamedTuple

from holdfast.loops.generator import BENIGN, LOOPS, THRESHOLDS, Act, Case, honest, loop
from holdfast.loops.signals import Signal, look
from holdfast.loops.sketch import Sketch
from holdfast.loops.step import Step, denied_step, step_of

LATE = 2  # rounds after the threshold by which a loop must be found
FOUND, ALARMS = 0.95, 0.0  # what is asked for: at least so many loops found, at most so many false alarms


class Row(NamedTuple):
    """name: the kind.  loop: whether it is one.  sessions.  right: loops found in time, or honest sessions without an alarm.
    stopped: loops that came to a stop, or honest sessions that were stopped.  rounds: the middle of the rounds before the first signal."""

    name: str
    loop: bool
    sessions: int
    right: int
    stopped: int
    rounds: float
    missed: tuple[int, ...]  # seeds to look at

    @property
    def good(self) -> bool:
        """Whether this kind is as good as asked for."""
        share = self.right / self.sessions
        return share >= FOUND if self.loop else 1 - share <= ALARMS


def run(seed: int = 1, count: int = 50) -> list[Row]:
    """-> one row per kind of loop and of honest work, `count` sessions each."""
    return [*[_found(kind, seed, count) for kind in LOOPS], *[_left_alone(kind, seed, count) for kind in BENIGN]]


def table(rows: list[Row]) -> str:
    """Rows -> the table that is shown."""
    lines = [f"{'loops':<32}{'found in time':>15}{'stopped':>12}{'first signal':>16}"]
    for row in rows:
        if row.loop:
            found, stopped = 100 * row.right / row.sessions, 100 * row.stopped / row.sessions
            lines.append(f"{row.name:<32}{found:>13.1f} %{stopped:>10.1f} %{row.rounds:>9.1f} rounds")
    lines.append(f"\n{'honest work':<32}{'false alarms':>15}{'stopped':>12}")
    for row in rows:
        if not row.loop:
            alarms, stopped = 100 * (row.sessions - row.right) / row.sessions, 100 * row.stopped / row.sessions
            lines.append(f"{row.name:<32}{alarms:>13.1f} %{stopped:>10.1f} %")
    return "\n".join(lines)


def replay(acts: list[Act]) -> list[list[Signal]]:
    """A session -> for each act the signals that it ends. What the hooks do, without a disk."""
    steps: list[Step] = []
    seen, found = Sketch(), []
    for number, act in enumerate(acts):
        if act.about:
            step = denied_step(act.tool, act.given, list(act.about), number=number, batch=act.batch)
        else:
            step = step_of(act.tool, act.given, act.response, act.error, seen, number=number, batch=act.batch, interrupted=act.interrupted)
        steps.append(step)
        found.append(look(steps))
    return found


def _alarms(case: Case) -> list[tuple[int, Signal]]:
    """(where, signal) for every signal but the hint that nothing is moving, which stops nothing."""
    return [(at, signal) for at, signals in enumerate(replay(case.acts)) for signal in signals if signal.kind != "no progress"]


def _found(kind: str, seed: int, count: int) -> Row:
    right = stopped = 0
    rounds, missed = [], []
    latest = THRESHOLDS.get(kind, 3) + LATE
    for at in range(seed, seed + count):
        case = loop(kind, at)
        alarms = [(where, signal) for where, signal in _alarms(case) if where >= case.start]
        first = next((1 + (where - case.start) // case.cycle for where, _ in alarms), 0)
        if 0 < first <= latest:
            right += 1
        else:
            missed.append(at)
        if first:
            rounds.append(first)
        stopped += any([signal.level == "stop" for _, signal in alarms])
    rounds.sort()
    return Row(kind, True, count, right, stopped, rounds[len(rounds) // 2] if rounds else 0.0, tuple(missed[:10]))


def _left_alone(kind: str, seed: int, count: int) -> Row:
    right = stopped = 0
    missed = []
    for at in range(seed, seed + count):
        alarms = _alarms(honest(kind, at))
        if alarms:
            missed.append(at)
        else:
            right += 1
        stopped += any([signal.level == "stop" for _, signal in alarms])
    return Row(kind, False, count, right, stopped, 0.0, tuple(missed[:10]))
