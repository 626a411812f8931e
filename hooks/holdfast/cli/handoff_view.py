"""`holdfast handoff write|check|start|list|show|adopt`: what one session leaves to the next."""

import sys

import click

from holdfast.cli.here import NoSession, session_meant, situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.constraints import DamagedConstraints
from holdfast.memory import handoff as handoffs
from holdfast.memory.handoff import NotAcknowledged
from holdfast.memory.handoff_log import BadHandoff, judged, listed, path_of
from holdfast.memory.handoff_schema import said, token
from holdfast.trust.grants import BadGrant, seconds
from holdfast.trust.person import NotAPerson, require_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation

_FAILURES = (BadHandoff, NoSession, DamagedConstraints, OSError, TimeoutError)
_TITLES = {"completed_phases": "Done", "in_progress": "In progress", "blocked": "Blocked", "decisions": "Decided", "facts": "Facts",
           "open_questions": "Open questions", "risks": "Risks", "files_written": "Files written"}


@click.group()
def handoff() -> None:
    """Leave what matters to the next session, and take it up there."""


@handoff.command()
@click.option("--objective", default="", help="What the work is for; the first prompt of the session unless given.")
@click.option("--next", "following", default="", help="The next phase.")
@click.option("--instructions", default="", help="How the next session should start.")
@click.option("--summary", default="", help="Where it stands, in two or three sentences.")
@click.option("--task", default="", help="The task's id.")
@click.option("--to", default="", help="Write a copy to this folder or handoff….json too.")
@click.option("--session", default="", help="The session whose id begins with this; that of this shell, or the latest, unless given.")
@click.option("--agent", default="", hidden=True)
def write(objective: str, following: str, instructions: str, summary: str, task: str, to: str, session: str, agent: str) -> None:
    """Write this session's handoff from what is on record: constraints, decisions, what is done and what is next."""
    case = situation()
    own = {"objective": objective, "next": following, "instructions": instructions, "summary": summary, "task": task, "to": to}
    try:
        path = handoffs.write(case.store, session_meant(case, session), agent, case.at, own)
        value, _ = judged(path, case.store, case.at)
    except _FAILURES as bad:
        _fail("not written", bad)
    if value is None:
        raise click.ClickException(f"{path} cannot be read back")
    say(f"written: {plain(path)}")
    say(f"{plain(value['handoff_id'])}: constraints {len(value['hard_constraints'])}, decisions {len(value['decisions'])}, "
        f"done {len(value['completed_phases'])}, next: {plain(value['next_phase'] or '(not stated)')}")
    say("The next session takes it up with: holdfast handoff start latest")


@handoff.command()
@click.argument("which", default="latest", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(which: str, as_json: bool) -> None:
    """Is a handoff whole, unchanged and of this project? FILE: a path, an id, or latest. Exit code 1 with every fault named."""
    case = situation()
    try:
        path = path_of(which, case.store, case.at)
        faults = handoffs.check(path, case.store, case.at)
    except _FAILURES as bad:
        _fail("not checked", bad)
    if as_json:
        print_json({"path": path, "whole": not faults, "faults": faults})
    elif faults:
        say(f"[red]{plain(path)} is not good[/]:")
        for fault in faults:
            say(f"  {plain(fault)}")
    else:
        say(f"[green]whole[/]: {plain(path)}")
    sys.exit(1 if faults else 0)


@handoff.command()
@click.argument("which", metavar="FILE")
@click.option("--acknowledge", multiple=True, help="The ids of all its constraints: C1,C2,…")
@click.option("--acknowledge-text", "texts", multiple=True, help="A constraint's text, word for word, instead of its id. May be repeated.")
@click.option("--token", "shown", default="", help="The token that was printed with the constraints: they must still be the same.")
@click.option("--task", default="", help="Refuse a handoff of another task.")
@click.option("--max-age", default="7d", show_default=True, help="Refuse an older one: 30m, 2h, 7d.")
@click.option("--again", is_flag=True, help="Take up one that a session which runs no more has started already.")
@click.option("--session", default="", help="The session's id; that of this shell unless given.")
@click.option("--agent", default="", hidden=True)
@click.option("--json", "as_json", is_flag=True, help="Print the handoff as JSON once it is started.")
def start(which: str, acknowledge: "tuple[str, ...]", texts: "tuple[str, ...]", shown: str, task: str, max_age: str, again: bool,
          session: str, agent: str, as_json: bool) -> None:
    """Take up a handoff in this session. FILE: a path, an id, or latest.

    Each of its constraints must be acknowledged; without that they are printed, with the command that does it, and nothing is
    started (exit code 1). Once started they are in force here, and one session alone can start it.
    """
    case = situation()
    ids = ",".join(acknowledge).replace(",", " ").split()
    try:
        path = path_of(which, case.store, case.at)
        started = handoffs.start(case.store, path, _session(case, session), agent, case.at, ids, list(texts), task, seconds(max_age), shown,
                                 again)
    except NotAcknowledged as open_:
        _ask(open_, which, bool(ids or texts or shown))
    except BadGrant as bad:
        raise click.UsageError(f"--max-age: {bad}") from None
    except _FAILURES as bad:
        _fail("not started", bad)
    if as_json:
        print_json({**started.value, "in_force": started.items, "not_in_force": [{**item, "why": why} for item, why in started.left]})
        return
    say(f"[green]started[/] {plain(started.value['handoff_id'])} of session {plain(started.value['from_session'])}")
    say(f"In force in this session now, {len(started.items)}:")
    for item in started.items:
        say(f"  {plain(item['id'])}{' of the project' if item['everywhere'] else ''} ({plain(item['kind'])}): {plain(said(item))}")
    for item, why in started.left:
        say(f"  not in force: {plain(said(item))} ({plain(why)})")
    _contents(started.value)


def _ask(open_: NotAcknowledged, which: str, tried: bool) -> "NoReturn":
    """Print what is to be acknowledged, and end."""
    if tried:
        say("[red]not started[/]:")
        for fault in open_.faults:
            say(f"  {plain(fault)}")
    say(f"This handoff holds {len(open_.items)} constraints. None is in force here until each is acknowledged:")
    for item in open_.items:
        _constraint(item)
    name = which if all(c.isalnum() or c in "/._-" for c in which) else "'" + which.replace("'", "'\\''") + "'"
    say("Start it with:")
    say(f"  holdfast handoff start {plain(name)} --acknowledge {','.join(plain(item['id']) for item in open_.items)} --token {open_.token}")
    sys.exit(1)


def _constraint(item: "Item") -> None:
    say(f"  {plain(item['id'])} ({plain(item['kind'])}): {plain(said(item))}")


@handoff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """The handoffs of this project, newest first."""
    case = situation()
    try:
        found = list(listed(case.store, case.at))
    except _FAILURES as bad:
        _fail("not listed", bad)
    if as_json:
        print_json([{name: one[name] for name in ("id", "session", "at", "state", "started_by", "path", "faults")} for one in found])
    elif not found:
        say(f"no handoff in {plain(case.store.project)}. A session leaves one with: holdfast handoff write")
    else:
        table(["id", "session", "written", "state", "objective"], [_row(one) for one in found])


def _row(one: "dict[str, Any]") -> "list[str]":
    state = {"open": "[green]open[/]", "started": f"started by {plain(one['started_by'][:8])}", "damaged": "[red]damaged[/]"}[one["state"]]
    what = one["faults"][0] if one["faults"] else one["value"]["objective"]
    return [plain(one["id"]), plain(one["session"][:8]), plain(one["at"]), state, plain(" ".join(what.split())[:100])]


@handoff.command()
@click.argument("which", default="latest", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(which: str, as_json: bool) -> None:
    """What a handoff says. FILE: a path, an id, or latest. Nothing comes into force by that."""
    case = situation()
    try:
        path = path_of(which, case.store, case.at)
        value, faults = judged(path, case.store, case.at)
    except _FAILURES as bad:
        _fail("not shown", bad)
    if faults or value is None:
        _fail(f"{path} is not good", BadHandoff(faults))
    if as_json:
        print_json(value)
        return
    say(f"{plain(value['handoff_id'])} of session {plain(value['from_session'])}, {plain(value['written_at'])} "
        "(history: nothing of it is in force by reading it)")
    say(f"Constraints, {len(value['hard_constraints'])}, token {token(value['hard_constraints'])}:")
    for item in value["hard_constraints"]:
        _constraint(item)
    _contents(value)


def _contents(value: "dict[str, Any]") -> None:
    if value["task_id"]:
        say(f"Task: {plain(value['task_id'])}")
    say(f"Objective: {plain(value['objective'])}")
    say(f"Where it stands: {plain(value['context_summary'])}")
    for name, title in _TITLES.items():
        if value[name]:
            say(f"{title}:")
            for one in value[name]:
                say(f"  {plain(one if isinstance(one, str) else _with_reason(one))}")
    if value["next_phase"]:
        say(f"Next phase: {plain(value['next_phase'])}")
    if value["start_instructions"]:
        say(f"To start: {plain(value['start_instructions'])}")


def _with_reason(one: "dict[str, str]") -> str:
    return f"{one['text']} (because {one['because']})" if one["because"] else one["text"]


@handoff.command()
@click.argument("file", metavar="FILE")
def adopt(file: str) -> None:
    """Vouch for a whole handoff from elsewhere, so that sessions of this project may start it. Works in a person's terminal only."""
    case = situation()
    try:
        require_person("holdfast handoff adopt", case.env)
        number = handoffs.adopt(case.store, file, case.at)
    except NotAPerson as bad:
        raise click.ClickException(str(bad)) from None
    except _FAILURES as bad:
        _fail("not adopted", bad)
    say(f"adopted {plain(number)}: holdfast handoff start {plain(number)}")


def _session(case: "Situation", given: str = "") -> str:
    """The session that the command is for."""
    shell = case.env.get("CLAUDE_CODE_SESSION_ID", "")
    if given and shell and given != shell:
        raise click.UsageError(f"this shell belongs to session {shell}; a handoff cannot be started for session {given} from here")
    if not (given or shell):
        raise click.UsageError("which session? CLAUDE_CODE_SESSION_ID is not set here (an agent's shell has it), so name it with --session")
    return shell or given


def _fail(what: str, bad: Exception) -> "NoReturn":
    faults = bad.faults if isinstance(bad, BadHandoff) else [str(bad)]
    raise click.ClickException(f"{what}: {faults[0]}" if len(faults) == 1 else "\n  ".join([f"{what}:", *faults])) from None
