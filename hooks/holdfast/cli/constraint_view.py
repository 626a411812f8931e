"""`holdfast constraint add|list|lift|restore`: what the person has asked the agents of this project to keep to."""

import click

from holdfast.cli.here import NoSession, agents_of, session_meant, sessions_of, situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.fence.changed import restore
from holdfast.fence.check import DamagedWatch
from holdfast.fence.steps import renew
from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import EVERY_SESSION, LOG, DamagedConstraints, history, in_force, state
from holdfast.trust.person import NotAPerson, client_above, require_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation

_SESSION = click.option("--session", "session", default="", help="The session whose id begins with this (default: this shell's, else "
                        "the latest of the project).")


@click.group()
def constraint() -> None:
    """What you have asked the agents to keep to: stated in a prompt, or here."""


@constraint.command("add")
@click.argument("words", required=False, default="")
@click.option("--from", "file", type=click.Path(exists=True, dir_okay=False),
              help="Take every constraint that this file states (CLAUDE.md).")
@click.option("--session", "session", default="", help="Only for the session whose id begins with this; else for every session here.")
def add(words: str, file: "str | None", session: str) -> None:
    """State a constraint, in the words you would use in a prompt: holdfast constraint add "Do not touch config/prod.yaml".

    It holds for every session of this project, also those that start later. Not for agents.
    """
    from holdfast.memory.capture import take_in  # the grammar costs other commands a tenth of a second
    case = situation()
    agent = client_above()
    if agent:
        raise click.ClickException(f"`holdfast constraint add` is for a person, and this shell was started by {agent}.")
    if bool(words) == bool(file):
        raise click.UsageError("give the constraint in words, or a file with --from")
    whose = _meant(case, session) if session else EVERY_SESSION
    found: "list[Item]" = []
    try:
        if file:
            with open(file, encoding="utf-8", errors="replace") as text:
                found = _from_file(case, whose, text.read(), click.format_filename(file, shorten=True))
        else:
            found = take_in(case.store, whose, "", words, 0, "command", case.at, case.event.cwd or "").items
    except (OSError, TimeoutError, DamagedConstraints) as bad:
        raise click.ClickException(str(bad)) from None
    if not found:
        raise click.ClickException("nothing new was found in that to keep to: it is in force already, or it does not read as a constraint. "
                                   "Say what must not happen, or what must stay, such as: Do not change anything under infra/")
    _show(found)
    _renew(case)


@constraint.command("list")
@_SESSION
@click.option("--all", "everything", is_flag=True, help="Also what was lifted or superseded.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def listing(session: str, everything: bool, as_json: bool) -> None:
    """Show what is in force: for every session, for this one, and for its workers."""
    case = situation()
    rows, faults = [], []
    places = [(EVERY_SESSION, "")]
    if session or sessions_of(case.store) or case.env.get("CLAUDE_CODE_SESSION_ID"):
        meant = _meant(case, session)
        if meant != EVERY_SESSION:
            places += [(meant, agent) for agent in agents_of(case.store, meant)]
    for whose, agent in places:
        items, fault = history(case.store.agent(whose, agent, LOG))
        if fault:
            faults.append(fault)
        rows += [(whose, agent, item) for item in items if everything or not item["ended"]]
    if as_json:
        print_json([{**item, "session": whose, "agent": agent} for whose, agent, item in rows])
    elif not rows:
        say("no constraint is in force here")
    else:
        table(["id", "for", "turn", "kind", "enforced on", "words"],
              [[item["id"], "every session" if whose == EVERY_SESSION else plain(f"worker {agent[:8]}" if agent else "this session"),
                str(item["turn"] or ""), plain(item["kind"]), plain(_enforced(item)),
                plain(_words(item)) + (f" [dim]({plain(item['ended'])})[/]" if item["ended"] else "")] for whose, agent, item in rows])
    for fault in faults:
        say(f"[red]damaged[/] {plain(fault)}")


@constraint.command("lift")
@click.argument("numbers", nargs=-1, required=True, metavar="ID...")
@_SESSION
@click.option("--agent", default="", help="The worker whose constraint it is (the start of its id), where several have one of this id.")
@click.option("--why", default="", help="What for; kept in the record.")
def lift(numbers: "tuple[str, ...]", session: str, agent: str, why: str) -> None:
    """End constraints: holdfast constraint lift C3. Works in a person's terminal only. You can also say it in a prompt."""
    case = situation()
    try:
        require_person("holdfast constraint lift", case.env)
        left = set(numbers)
        places = [(EVERY_SESSION, "")]
        if session or sessions_of(case.store):
            meant = _meant(case, session)
            places += [(meant, one) for one in agents_of(case.store, meant)]
        found = [(whose, one, item["id"]) for whose, one in places for item in in_force(case.store, whose, one)
                 if item["id"] in left and one.startswith(agent)]
        doubled = sorted({number for _, _, number in found if sum(number == other for _, _, other in found) > 1})
        if doubled:
            workers = ", ".join(sorted({one for _, one, number in found if number in doubled}))
            raise click.ClickException(f"several workers have a {', '.join(doubled)}: {workers}. Say which with --agent")
        for whose, one in places:
            mine = [number for place, owner, number in found if (place, owner) == (whose, one)]
            if mine:
                state(case.store, whose, one, {"what": "said", "items": [], "lifts": [[number, why or "by command"] for number in mine],
                                                 "turn": 0, "source": "command", "at": iso(case.at)})
                say(f"lifted {', '.join(mine)} for {'every session' if whose == EVERY_SESSION else plain(one or 'session ' + whose[:8])}")
                left -= set(mine)
    except (NotAPerson, OSError, TimeoutError, DamagedConstraints) as bad:
        raise click.ClickException(str(bad)) from None
    _renew(case)
    if left:
        raise click.ClickException(f"not in force here: {', '.join(sorted(left))}. `holdfast constraint list` shows what is")


@constraint.command("restore")
@click.argument("number", metavar="ID")
@_SESSION
def put_back(number: str, session: str) -> None:
    """Put the files of a constraint back to what they held when it was stated; the versions of now are kept aside."""
    case = situation()
    try:
        done = restore(case.store, _meant(case, session), number)
    except (DamagedWatch, OSError, TimeoutError) as bad:
        raise click.ClickException(str(bad)) from None
    if not done:
        raise click.ClickException(f"no file is watched for {number} in that session. `holdfast constraint list` shows the constraints")
    for one in done:
        say(f"{plain(one['what'])}: {plain(one['path'])}" + (f" (what it held now lies in {plain(one['aside'])})" if one["aside"] else ""))


def _meant(case: "Situation", session: str) -> str:
    try:
        return session_meant(case, session)
    except NoSession as bad:
        raise click.ClickException(str(bad)) from None


def _renew(case: "Situation") -> None:
    """Running sessions' permission rules follow."""
    try:
        for line in renew(case.store, case.at):
            say(plain(line))
    except (OSError, TimeoutError, DamagedConstraints) as bad:
        say(f"[yellow]the permission rules could not be brought up to date[/]: {plain(str(bad))}")


def _from_file(case: "Situation", whose: str, text: str, name: str) -> "list[Item]":
    """Every constraint of a file, each with the line it stands on as its source."""
    from holdfast.memory.capture import take_in
    from holdfast.memory.words.constraints import constraints_in
    found: "list[Item]" = []
    for said in constraints_in(text):
        line = text.count("\n", 0, said.start) + 1
        words = f"{said.lead} {said.text}" if said.lead else said.text
        found += take_in(case.store, whose, "", words, 0, f"{name}:{line}", case.at, case.event.cwd or "").items
    return found


def _show(items: "list[Item]") -> None:
    for item in items:
        say(f"[green]{item['id']}[/] {plain(_words(item))}")
        say(f"   [dim]{plain(item['kind'])}; {plain(_enforced(item))}[/]")


def _words(item: "Item") -> str:
    return f"{item['lead'].strip()} {item['text']}" if item.get("lead") else str(item["text"])


def _enforced(item: "Item") -> str:
    """What code stops, in words."""
    if not item["forbids"]:
        return "told to the agent"
    names = ", ".join(name for kind, name in item["targets"] if kind != "except")
    allowed = "only " if item["only"] else ""
    return f"{'/'.join(item['forbids'])}: {allowed}{names or 'anything'}"
