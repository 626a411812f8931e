"""`holdfast memory start|add|show|list|check|pause|resume|complete|archive`: what is remembered of a task."""

import os
import sys

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.constraints import DamagedConstraints
from holdfast.memory import session_memory
from holdfast.memory.session_memory import BadMemory, NotPrinted
from holdfast.memory.session_schema import MARKERS, OPEN, live

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from holdfast.kernel.run import Situation

_FAILURES = (BadMemory, NotPrinted, DamagedConstraints, OSError, TimeoutError)
_TASK = click.option("--task", default="", help="The task; the one this session works on, or the only open one, unless given.")


@click.group()
def memory() -> None:
    """Keep the decisions, the progress and the discoveries of a task, across sessions, in a page that people can read."""


@memory.command()
@click.argument("task")
@click.option("--title", default="", help="What the task is about.")
@click.option("--in", "folder", default="", help="Keep session_memory.md in this folder instead of the state folder.")
def start(task: str, title: str, folder: str) -> None:
    """Begin the memory of TASK."""
    case = situation()
    try:
        made = session_memory.start(case.store, task, title, case.at, _session(case), folder, _by(case))
    except _FAILURES as bad:
        _fail("not started", bad)
    say(f"started {plain(made['task'])}: {plain(session_memory.page_of(case.store, made))}")


@memory.command()
@click.argument("section", type=click.Choice(["decision", "progress", "discovery", "next"]))
@click.argument("text")
@click.option("--because", default="", help="The reason; a decision needs one.")
@click.option("--state", default="", help="Of a progress marker: completed, in_progress, pending or blocked.")
@click.option("--supersedes", multiple=True, metavar="ID", help="The decision that this one takes the place of: D2.")
@_TASK
def add(section: str, text: str, because: str, state: str, supersedes: "tuple[str, ...]", task: str) -> None:
    """Add an entry. Nothing in the memory is ever changed: a new decision supersedes an old one, a new marker of the same item counts.

    The TEXT of a progress marker may be the id of an item that is there (P3).
    """
    case = situation()
    marker = state.strip().upper().replace("-", "_").replace(" ", "_")
    if section == "progress" and marker not in MARKERS:
        raise click.UsageError("a progress marker needs --state completed, in_progress, pending or blocked")
    named = ",".join(supersedes).replace(",", " ").upper().split()
    try:
        name = session_memory.current(case.store, _session(case), task)
        entry, aside = session_memory.add(case.store, name, section, text, case.at, because, marker, named, _session(case), _by(case))
    except _FAILURES as bad:
        _fail("not added", bad)
    _tell_aside(aside)
    say(f"{plain(entry['id'])} added to {plain(name)}" + (f", superseding {plain(', '.join(named))}" if named else ""))


@memory.command()
@_TASK
@click.option("--all", "everything", is_flag=True, help="Every entry, with who added it and when, also what the page only counts.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(task: str, everything: bool, as_json: bool) -> None:
    """The page of a task, as it is now."""
    case = situation()
    try:
        name = _any(case, task)
        text, aside = session_memory.printed(case.store, name, case.at)
        made = session_memory.memory_of(case.store, name)
    except _FAILURES as bad:
        _fail("not shown", bad)
    if as_json:
        print_json({name: made[name] for name in ("task", "title", "state", "created", "updated", "final", "edited", "entries")})
        return
    _tell_aside(aside)
    if everything:
        table(["id", "at", "by", "text"],
              [[plain(one["id"]), plain(one["at"]), plain(one["by"]), plain(_told(one))] for one in made["entries"]])
    else:
        say(plain(text.rpartition("\n<!--")[0]))


def _told(one: "dict[str, str]") -> str:
    reason = f" (because {one['because']})" if one["because"] else ""
    return f"{one['state']} {one['text']}{reason}".strip() + (f" (superseded by {one['ended']})" if one["ended"] else "")


@memory.command("list")
@click.option("--archived", is_flag=True, help="Those that were put away.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(archived: bool, as_json: bool) -> None:
    """The tasks of this project."""
    case = situation()
    try:
        found = session_memory.memories(case.store, archived)
    except _FAILURES as bad:
        _fail("not listed", bad)
    if as_json:
        print_json([session_memory.summary(one) for one in found])
    elif not found:
        say(f"no task is {'put away' if archived else 'remembered'} in {plain(case.store.project)}"
            + ("" if archived else ". Begin with: holdfast memory start TASK"))
    else:
        rows = [session_memory.summary(one) for one in found]
        table(["task", "state", "decisions", "done", "open", "updated", "title"],
              [[plain(row["task"]), plain(row["state"]), str(row["decisions"]), str(row["done"]), str(row["open"]), plain(row["updated"]),
                plain(row["title"])] for row in rows])


@memory.command()
@_TASK
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(task: str, as_json: bool) -> None:
    """Is the memory whole, within its limits, without contradictions, and its page as printed? Exit code 1 with every fault named."""
    case = situation()
    try:
        name = _any(case, task)
        faults = session_memory.check(case.store, name)
    except _FAILURES as bad:
        _fail("not checked", bad)
    if as_json:
        print_json({"task": name, "whole": not faults, "faults": faults})
    elif faults:
        say(f"[red]{plain(name)}[/]:")
        for fault in faults:
            say(f"  {plain(fault)}")
    else:
        say(f"[green]whole[/]: {plain(name)}")
    sys.exit(1 if faults else 0)


@memory.command()
@_TASK
def pause(task: str) -> None:
    """Stop work on a task for now; nothing is added to it until it is resumed."""
    _change("pause", task, OPEN)


@memory.command()
@_TASK
def resume(task: str) -> None:
    """Go on with a task, in this session."""
    _change("resume", task, ("paused",))


def _change(verb: str, task: str, states: "tuple[str, ...]") -> None:
    case = situation()
    try:
        name = session_memory.current(case.store, _session(case), task, states)
        if verb == "pause" and _session(case):
            session_memory.append_from_register(case.store, _session(case), case.at)
        made = session_memory.change(case.store, name, verb, case.at, _session(case), _by(case))
    except _FAILURES as bad:
        _fail(f"not {verb}d", bad)
    say(f"{plain(made['task'])} is {plain(made['state'])}")
    last = live(made, "next")[-1:]
    if verb == "resume" and last:
        say(f"next: {plain(last[0]['text'])}")


@memory.command()
@_TASK
def complete(task: str) -> None:
    """End a task: its page goes into outputs/ under a name of its own and is never written again."""
    case = situation()
    try:
        name = session_memory.current(case.store, _session(case), task, (*OPEN, "complete"))
        if _session(case):
            session_memory.append_from_register(case.store, _session(case), case.at)
        final, made = session_memory.complete(case.store, name, case.at, _session(case), _by(case))
    except _FAILURES as bad:
        _fail("not completed", bad)
    say(f"{plain(name)} is complete: {plain(final)}")
    for one in live(made, "progress"):
        if one["state"] != "COMPLETED":
            say(f"  still {plain(one['state'])}: {plain(one['id'])} {plain(one['text'])}")


@memory.command()
@_TASK
def archive(task: str) -> None:
    """Put a completed task away; its name is free again."""
    case = situation()
    try:
        name = session_memory.current(case.store, _session(case), task, ("complete", "archived"))
        folder = session_memory.archive(case.store, name, case.at, _session(case), _by(case))
    except _FAILURES as bad:
        _fail("not archived", bad)
    say(f"{plain(name)} is put away in {plain(folder)}")


def _any(case: "Situation", task: str) -> str:
    """The task that is meant, an open one before one that is complete."""
    try:
        return session_memory.current(case.store, _session(case), task)
    except BadMemory:
        if task or len([one for one in session_memory.memories(case.store) if one["state"] in OPEN]) > 1:
            raise
        return session_memory.current(case.store, _session(case), task, ("complete", "archived"))


def _session(case: "Situation") -> str:
    return case.env.get("CLAUDE_CODE_SESSION_ID", "")


def _by(case: "Situation") -> str:
    return "agent" if case.env.get("CLAUDECODE") or _session(case) else "person"


def _tell_aside(aside: str) -> None:
    if aside:
        say(f"[yellow]{plain(os.path.basename(session_memory.PAGE))} had been changed by hand[/]; what it said is kept in {plain(aside)}")


def _fail(what: str, bad: Exception) -> "NoReturn":
    if isinstance(bad, NotPrinted):
        raise click.ClickException(str(bad)) from None
    faults = bad.faults if isinstance(bad, BadMemory) else [str(bad)]
    raise click.ClickException(f"{what}: {faults[0]}" if len(faults) == 1 else "\n  ".join([f"{what}:", *faults])) from None
