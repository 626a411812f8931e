"""`holdfast selftest`: Holdfast's own claims held against the shells of this machine, and against death at every step."""

import json
import os
import shutil
import sys
import tempfile
import time

import click

from holdfast.cli.output import plain, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.kernel.trial import Outcome, Steps

    Trial = tuple[str, Callable[[str], list[Outcome]]]

HOOKS = __file__.rpartition("/holdfast/")[0]
SCRIPTS = ("user_prompt_submit", "session_start", "pre_compact", "post_compact", "pre_tool_use", "post_tool_use", "stop", "session_end")
_COLUMNS = {"calls": 7, "deaths": 8, "faults": 8, "torn": 8, "writers": 9}
OUTSIDE = 60  # kills of registered commands at moments of their own
_SHOWN = 40  # failures that are printed


@click.group()
def selftest() -> None:
    """Hold Holdfast's own claims against this machine."""


@selftest.command()
@click.option("--seed", default=1, show_default=True, help="Which sessions are made up.")
@click.option("--count", default=50, show_default=True, help="Sessions of each kind.")
def loops(seed: int, count: int) -> None:
    """Made-up loops must be noticed, and honest work that looks like them left alone. (Not wired to any hook yet.)"""
    from holdfast.loops.selftest import run, table
    rows = run(seed, count)
    click.echo(table(rows))
    sys.exit(0 if rows and all(row.good for row in rows) else 1)


@selftest.command()
@click.option("--count", default=500, show_default=True, help="Generated commands to compare.")
@click.option("--shell", "shells", multiple=True, default=("bash", "zsh"), show_default=True)
def reader(count: int, shells: "tuple[str, ...]") -> None:
    """Compare what the reader lists with what real shells run, on harmless stub commands."""
    from holdfast.guard.shell.selftest import run
    results = run(shells=tuple(shells), count=count)
    for name, ok, detail in results:
        click.echo(f"{'ok  ' if ok else 'FAIL'}  {name}  {detail}")
    sys.exit(0 if results and all(ok for _, ok, _ in results) else 1)


@selftest.command()
@click.option("--only", default="", help="Only trials whose name holds this text.")
@click.option("--quick", is_flag=True, help="A sample: every operation at a few of its calls, fewer torn tails and kills.")
@click.option("--folder", default="", help="Where to try it (default: the system's folder for temporary files).")
def crash(only: str, quick: bool, folder: str) -> None:
    """Kill, and fail, every step that puts constraints and checkpoints on disk, and look at what is left.

    In a folder of its own; your state is not touched. Each call that changes the disk is found by counting, then the process is
    killed before it, after it and half way through it, and the call fails for want of rights, of room, and on a read-only disk.
    """
    begun = time.monotonic()
    outcomes = crash_matrix(only, quick, folder)
    if not outcomes:
        raise click.UsageError(f"no trial has {only!r} in its name")
    failures = [text for one in outcomes for text in one.failures]
    say(f"[bold]{'trial':<58}{'calls':>7}{'deaths':>8}{'faults':>8}{'torn':>8}{'writers':>9}{'failures':>10}[/]")
    for one in outcomes:
        figures = "".join(f"{getattr(one, name) or '':>{width}}" for name, width in _COLUMNS.items())
        colour = "red" if one.failures else "default"
        say(f"{plain(one.name):<58}{figures}[{colour}]{len(one.failures):>10}[/]")
    sums = [sum(getattr(one, name) for one in outcomes) for name in _COLUMNS]
    for text in failures[:_SHOWN]:
        say(f"[red]FAIL[/] {plain(text)}")
    if len(failures) > _SHOWN:
        say(f"and {len(failures) - _SHOWN} more")
    say(f"{len(outcomes)} trials: {sums[0]} state-changing system calls, {sums[1]} deaths, {sums[2]} faults, {sums[3]} torn tails, "
        f"{sums[4]} writers; {len(failures)} invariant failures. {time.monotonic() - begun:.0f} s")
    sys.exit(1 if failures else 0)


def crash_matrix(only: str = "", quick: bool = False, folder: str = "") -> "list[Outcome]":
    """Run the trials whose name holds a text, on every processor. folder: where, "" for the system's temporary folder."""
    trials = [one for one in _trials(quick) if only.lower() in one[0].lower()]
    root = tempfile.mkdtemp(prefix="holdfast-crash-", dir=folder or None)
    try:
        return _in_parallel(trials, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _trials(quick: bool) -> "list[Trial]":
    """(name, function of a folder that runs it)."""
    from holdfast.fence import trials as fence
    from holdfast.kernel import trial
    from holdfast.kernel.trial import World
    from holdfast.memory import trials as memory
    hooks: "dict[str, Steps]" = {name: trial.steps_of(f"{HOOKS}/{name}.py") for name in SCRIPTS}
    memory.remember_what_texts_say()
    most, step, each = (4, 11, 10) if quick else (0, 1, 100)
    found: "list[Trial]" = []
    for operation in (*memory.operations(hooks), *fence.operations(hooks)):
        found.append((operation.name, lambda root, one=operation: [trial.tried(one, World(root), most)]))  # type: ignore[misc]
    for operation in memory.operations(hooks):
        if operation.name in memory.READ_ONLY:
            found.append((f"{operation.name}, read-only folder",
                          lambda root, one=operation: [trial.read_only(one, World(root))]))  # type: ignore[misc]
    for name, run in memory.torn(hooks).items():
        found.append((name, lambda root, run=run: [run(World(root), step)]))  # type: ignore[misc]
    for name, write in memory.writers().items():
        found.append((f"16 writers: {name}", lambda root, write=write: [write(World(root), 16, each)]))  # type: ignore[misc]
    for name, script, fields in memory.OUTSIDE:
        one = next(operation for operation in memory.operations(hooks) if operation.name == name)
        times = (15 if quick else OUTSIDE) // len(memory.OUTSIDE)
        found.append((f"{name}, the registered command killed", lambda root, one=one, script=script, fields=fields, times=times: [
            trial.killed_from_outside(one, World(root), _registered(script), fields, times)]))  # type: ignore[misc]
    return found


def _registered(script: str) -> "list[str]":
    """The command that is registered for a hook script, as the client runs it."""
    with open(f"{HOOKS}/hooks.json", encoding="utf-8") as file:
        events = json.load(file)["hooks"]
    command, = [hook["command"] for groups in events.values() for group in groups for hook in group["hooks"]
                if f"script={script};" in hook["command"]]
    return ["/bin/sh", "-c", command.replace("${CLAUDE_PLUGIN_ROOT}", HOOKS.rpartition("/")[0])]


def _in_parallel(trials: "list[Trial]", root: str) -> "list[Outcome]":
    """Every trial in a process of its own, as many at a time as there are processors. A trial that fails itself is a failure."""
    import pickle

    from holdfast.kernel.trial import Outcome
    waiting = list(enumerate(trials))
    running: "dict[int, tuple[int, str, str]]" = {}
    found: "dict[int, list[Outcome]]" = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            number, (name, run) = waiting.pop(0)
            path, pid = f"{root}/{number}.outcome", os.fork()
            if pid == 0:
                try:
                    try:
                        outcomes = run(f"{root}/{number}")
                    except BaseException as failure:
                        outcomes = [Outcome(name)]
                        outcomes[0].failures.append(f"{name}: the trial itself failed: {failure!r}")
                    with open(path, "wb") as file:
                        pickle.dump(outcomes, file)
                finally:
                    os._exit(0)
            running[pid] = (number, name, path)
        ended = os.wait()[0]
        if ended not in running:
            continue
        number, name, path = running.pop(ended)
        try:
            with open(path, "rb") as file:
                found[number] = pickle.load(file)
        except (OSError, EOFError):
            found[number] = [Outcome(name)]
            found[number][0].failures.append(f"{name}: its process ended without a word")
        shutil.rmtree(f"{root}/{number}", ignore_errors=True)
    return [one for number in sorted(found) for one in found[number]]
