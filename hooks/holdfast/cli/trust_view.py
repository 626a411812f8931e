"""`holdfast trust` and `holdfast untrust`: project settings that may loosen what the user's forbid."""

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.trust.person import NotAPerson, require_person
from holdfast.trust.project_files import CannotTrust, settings_file, trust as begin, trusted_files, untrust as end


@click.command()
@click.argument("path", required=False)
@click.option("--list", "listing", is_flag=True, help="Show the trusted files, and whether they are still as they were.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def trust(path: "str | None", listing: bool, as_json: bool) -> None:
    """Trust a project's .claude/holdfast.json with exactly the content it has now.

    Its settings then count like your own; untrusted, a project can only tighten. Any change of the file ends the trust. PATH
    is the project or the file (default: this project). Works in a person's terminal only.
    """
    case = situation()
    try:
        if listing:
            found = trusted_files(case.store)
            if as_json:
                print_json([one._asdict() for one in found])
            elif not found:
                say("no project file is trusted")
            else:
                table(["file", "trusted", "now"], [[plain(one.path), one.at, one.state] for one in found])
            return
        require_person("holdfast trust", case.env)
        noted = begin(case.store, settings_file(path, case.store.project), case.at)
    except (CannotTrust, NotAPerson, OSError) as bad:
        raise click.ClickException(str(bad)) from None
    if as_json:
        print_json(noted._asdict())
        return
    say(f"[green]trusted[/] {plain(noted.path)} as it is now (sha256 {noted.sha256[:16]}…); any change ends it")


@click.command()
@click.argument("path", required=False)
def untrust(path: "str | None") -> None:
    """End the trust in a project's settings. Works in a person's terminal only."""
    case = situation()
    file = settings_file(path, case.store.project)
    try:
        require_person("holdfast untrust", case.env)
        gone = end(case.store, file, case.at)
    except (CannotTrust, NotAPerson, OSError) as bad:
        raise click.ClickException(str(bad)) from None
    if not gone:
        raise click.ClickException(f"{file} was not trusted. `holdfast trust --list` shows what is")
    say(f"{plain(file)} is not trusted any more: it can only tighten")
