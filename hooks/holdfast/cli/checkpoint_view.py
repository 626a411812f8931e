"""`holdfast checkpoint show|list|diff|save|restore` and `holdfast compaction report`: what was kept, and what compactions did to it."""

import difflib

import click

from holdfast.cli.here import NoSession, session_meant, situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import in_force, state
from holdfast.kernel.settings import BadSettings
from holdfast.memory import checkpoint as kept
from holdfast.memory.compacting import lost, report
from holdfast.memory.give import own_items
from holdfast.memory.register import note, state_of
from holdfast.memory.render import CLOSING, block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from holdfast.kernel.store import Store

_SESSION = click.option("--session", default="", help="The session whose id begins with this (default: this shell's, else the latest).")
_AGENT = click.option("--agent", default="", help="A worker's id (default: the main thread).")


def _place(session: str) -> "tuple[Store, str, int]":
    case = situation()
    try:
        return case.store, session_meant(case, session), case.at
    except NoSession as bad:
        raise click.ClickException(str(bad)) from None


@click.group()
def checkpoint() -> None:
    """The state of a session, as it is kept."""


@checkpoint.command()
@click.argument("number", required=False, type=int)
@_SESSION
@_AGENT
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(number: "int | None", session: str, agent: str, as_json: bool) -> None:
    """Show what is on record now, or one checkpoint: everything, not only what fits into the model's context."""
    store, whose, _ = _place(session)
    if number is None:
        made: "dict[str, Any]" = {"session": whose, "agent": agent, "items": own_items(store, whose, agent),
                                  "state": state_of(store, whose, agent)}
    else:
        made = _loaded(store, whose, agent, number)
    if as_json:
        print_json(made)
        return
    for line in _lines(made):
        say(plain(line))


@checkpoint.command("list")
@_SESSION
@_AGENT
def listing(session: str, agent: str) -> None:
    """The checkpoints that are kept, oldest first."""
    store, whose, _ = _place(session)
    rows = []
    for number in kept.numbers(store, whose, agent):
        try:
            one = kept.load(store, whose, agent, number)
        except kept.DamagedCheckpoint as bad:
            rows.append([str(number), "", "", f"[red]{plain(str(bad))}[/]", "", ""])
            continue
        rows.append([str(number), plain(one["at"]), str(one["epoch"]), plain(one["why"]), str(len(one["items"])),
                     str(one["state"]["records"])])
    if not rows:
        say("no checkpoint is kept yet")
        return
    table(["number", "at", "epoch", "why", "constraints", "records"], rows)


@checkpoint.command()
@click.argument("older", type=int)
@click.argument("newer", required=False, type=int)
@_SESSION
@_AGENT
def diff(older: int, newer: "int | None", session: str, agent: str) -> None:
    """What changed from one checkpoint to another, or to now."""
    store, whose, _ = _place(session)
    one = _loaded(store, whose, agent, older)
    other = {"items": in_force(store, whose, agent), "state": state_of(store, whose, agent)} if newer is None else _loaded(
        store, whose, agent, newer)
    changes = [line for line in difflib.unified_diff(_lines(one), _lines(other), f"checkpoint {older}", f"checkpoint {newer or 'now'}", n=0,
                                                     lineterm="") if not line.startswith("@@")]
    for line in changes or ["no difference"]:
        say(plain(line))


@checkpoint.command()
@_SESSION
@_AGENT
@click.option("--why", default="by command", help="What for; shown in the list.")
def save(session: str, agent: str, why: str) -> None:
    """Write a checkpoint now."""
    store, whose, at = _place(session)
    try:
        keep: int = situation().settings["memory"]["checkpoints"]
        made = kept.save(store, whose, agent, why, at, keep)
    except (OSError, TimeoutError, BadSettings) as bad:
        raise click.ClickException(str(bad)) from None
    say(f"checkpoint {made['number']}: {len(made['items'])} constraints, {made['state']['records']} records")


@checkpoint.command()
@click.argument("number", type=int)
@_SESSION
@_AGENT
def restore(number: int, session: str, agent: str) -> None:
    """Put a checkpoint's progress, decisions and notes back on record, and every constraint of it that is in force no more.

    Nothing is taken away: constraints stated since stay in force, and the logs keep everything.
    """
    store, whose, at = _place(session)
    made = _loaded(store, whose, agent, number)
    live = {item["id"] for item in in_force(store, whose, agent)}
    missing = [{**item, "supersedes": []} for item in made["items"] if item["id"] not in live]
    try:
        if missing:
            state(store, whose, agent, {"what": "said", "items": missing, "lifts": [], "turn": 0, "source": f"checkpoint {number}",
                                        "at": iso(at)})
        note(store, whose, agent, at, {"what": "restored", "state": made["state"], "checkpoint": number, "by": "command"})
    except (OSError, TimeoutError) as bad:
        raise click.ClickException(str(bad)) from None
    say(f"checkpoint {number} is on record again: {len(missing)} constraints put back in force, "
        f"{len(made['state']['decisions'])} decisions")


@click.group()
def compaction() -> None:
    """What compactions did."""


@compaction.command("report")
@_SESSION
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def compaction_report(session: str, as_json: bool) -> None:
    """Each compaction of a session: what its summary kept, reworded, dropped or contradicted, and whether all was given back."""
    store, whose, _ = _place(session)
    records = report(store, whose)
    compared = [one for one in records if one["what"] == "compared"]
    if as_json:
        print_json(records)
        return
    if not compared:
        say("no compaction of this session is on record")
        return
    count: "Callable[[dict[str, Any], str], str]" = lambda one, fate: str(sum(each == fate for each in one["fates"].values()))  # noqa: E731
    table(["epoch", "at", "agent", "trigger", "kept", "reworded", "dropped", "contradicted", "forged", "given back"],
          [[str(one["epoch"]), plain(one["at"]), plain(one["agent"][:8] or "main"), plain(one["trigger"]),
            *[count(one, fate) for fate in ("kept", "reworded", "dropped", "contradicted")], "yes" if one["forged"] else "",
            "yes" if one["given"] else "owed"] for one in compared])
    total = sum(len(one["fates"]) for one in compared)
    gone = sum(len(lost(one["fates"])) for one in compared)
    say(f"{len(compared)} compactions; their summaries alone would have lost {gone} of {total} constraints. All are in force.")


def _loaded(store: "Store", session: str, agent: str, number: int) -> "dict[str, Any]":
    try:
        return kept.load(store, session, agent, number)
    except FileNotFoundError:
        numbers = ", ".join(map(str, kept.numbers(store, session, agent))) or "none"
        raise click.ClickException(f"there is no checkpoint {number}. Kept: {numbers}") from None
    except (kept.DamagedCheckpoint, OSError) as bad:
        raise click.ClickException(str(bad)) from None


def _lines(made: "dict[str, Any]") -> "list[str]":
    """A checkpoint as lines of text, nothing left out."""
    shards = block(made["items"], made["state"], "", "state", 10_000_000)
    lines = [line for shard in shards for line in shard.split("\n")[1:] if line != CLOSING]
    return lines[:-1] or ["nothing is on record"]  # the last says how to add to it
