"""`holdfast alerts [send]`: what was refused in this project, and telling a person of it."""

import sys

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.files import Damage, records
from holdfast.kernel.settings import BadSettings


@click.group(invoke_without_command=True)
@click.option("-n", "count", default=20, show_default=True, type=click.IntRange(1), help="Alerts.")
@click.option("--session", default="", help="Only this session's (the beginning of its id is enough).")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def alerts(context: click.Context, count: int, session: str, as_json: bool) -> None:
    """Every call that was refused or asked about, and every change of settings that was blocked."""
    if context.invoked_subcommand:
        return
    found = [r for r in records(situation().store.alerts) if not isinstance(r, Damage) and r.get("session", "").startswith(session)]
    if as_json:
        print_json(found[-count:])
        return
    if not found:
        say("no alerts in this project")
        return
    table(["n", "at", "session agent", "what", "codes", "about"], [
        [str(r["n"]), plain(r.get("at", "")), plain(f"{r.get('session', '')[:8]} {r.get('agent', '')}"), plain(r.get("what", "")),
         plain(" ".join(r.get("codes", []))), plain(f"{r.get('tool', '')}: {' '.join(str(r.get('about', '')).split())[:100]}")]
        for r in found[-count:]])


@alerts.command()
def send() -> None:
    """Tell the addresses of `alerts.notify` what they have not been told. Exit code 1 when one could not be reached."""
    from holdfast.alerts.tell import message, told, untold
    case = situation()
    try:
        addresses = case.settings["alerts"]["notify"]
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None
    new = untold(case.store)
    if not addresses:
        raise click.ClickException("no addresses: set alerts.notify in ~/.claude/holdfast.json")
    if not new:
        say("nothing new to tell")
        return
    from holdfast.alerts.send import send as deliver
    failed = deliver(addresses, *message(new, case.store.project))
    if failed:
        say(f"[red]not delivered[/] to {plain(', '.join(failed))}; it is tried again at the end of the next session")
        sys.exit(1)
    told(case.store, new[-1]["n"])
    say(f"told {len(addresses)} addresses of {len(new)} alerts")
