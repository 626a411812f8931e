"""`holdfast allow` and `holdfast revoke`: exceptions to the rules, made by a person, for a time."""

import sys

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.guard.catalogue import all_rules
from holdfast.kernel.clock import iso
from holdfast.kernel.exceptions import BadExceptions
from holdfast.kernel.files import Damage, records
from holdfast.trust.grants import DEFAULT, BadGrant, grant, in_force, revoke as end, session_named, store_of_call
from holdfast.trust.person import NotAPerson, require_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@click.command()
@click.argument("what", required=False)
@click.option("--path", "glob", default="", help="Only for commands whose paths all lie here (* within a folder, ** across folders).")
@click.option("--for", "lasting", default=DEFAULT, show_default=True, help="How long: 30m, 2h, 7d; at most 30d.")
@click.option("--why", default="", help="What this is for; kept in the audit log. Needed.")
@click.option("--session", "session", default="", help="Only in the session whose id begins with this; ends with it.")
@click.option("--list", "listing", is_flag=True, help="Show the exceptions in force.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def allow(what: "str | None", glob: str, lasting: str, why: str, session: str, listing: bool, as_json: bool) -> None:
    """Let what a rule refuses run for a while: WHAT is a rule's code (GIT001) or one call's fingerprint (fp-…).

    A fingerprint covers exactly that call: its text, its folder and the content of the scripts it runs. No exception covers
    what is catastrophic. Works in a person's terminal only. Exit code 1 when it is refused.
    """
    case = situation()
    try:
        if listing:
            _list(in_force(case.store, case.at), as_json)
            return
        if not what:
            raise click.UsageError("name a rule's code or a call's fingerprint, or use --list")
        require_person("holdfast allow", case.env)
        if session:
            session = session_named(session, [r.get("session", "") for r in records(case.store.audit) if not isinstance(r, Damage)])
        store = store_of_call(case.store, what) if what.startswith("fp-") else case.store
        made = grant(store, what, glob, lasting, why, session, case.at, [rule.code for rule in all_rules()])
    except (BadGrant, BadExceptions, NotAPerson, OSError) as bad:
        raise click.ClickException(str(bad)) from None
    if as_json:
        print_json(_as_data(made))
        return
    say(f"[green]allowed[/] {plain(made['what'])}{' in ' + plain(made['path']) if made['path'] else ''} until {iso(made['until'])}, "
        f"in {plain(store.project)}" + (f", session {plain(session)}" if session else ""))
    say(f"End it earlier with: holdfast revoke {made['id']}")


@click.command()
@click.argument("number", metavar="ID")
def revoke(number: str) -> None:
    """End an exception now. `holdfast allow --list` shows the ids. Works in a person's terminal only."""
    case = situation()
    try:
        require_person("holdfast revoke", case.env)
        gone = end(case.store, number, case.at)
    except (BadExceptions, NotAPerson, OSError) as bad:
        raise click.ClickException(str(bad)) from None
    if not gone:
        raise click.ClickException(f"no exception {number} is in force here. `holdfast allow --list` shows those that are")
    say(f"revoked {plain(number)}")
    sys.exit(0)


def _list(found: "list[dict[str, Any]]", as_json: bool) -> None:
    if as_json:
        print_json([_as_data(one) for one in found])
    elif not found:
        say("no exception is in force in this project")
    else:
        table(["id", "what", "where", "until", "session", "why"],
              [[one["id"], plain(one["what"]), plain(one["path"] or "anywhere"), iso(one["until"]), plain(one["session"][:8] or "any"),
                plain(one["why"])] for one in found])


def _as_data(one: "dict[str, Any]") -> "dict[str, Any]":
    return {**one, "made": iso(one["made"]), "until": iso(one["until"])}
