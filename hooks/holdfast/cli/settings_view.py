"""`holdfast settings`: what is in force, whether the files are right, and the schema for editors."""

import sys

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say
from holdfast.kernel.settings import BadSettings, load_settings, sources
from holdfast.trust.project_files import CannotTrust, trusted_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.settings import Problem


@click.group()
def settings() -> None:
    """Show and check Holdfast's settings."""


@settings.command()
def show() -> None:
    """The settings in force here, after all layers, as JSON."""
    case = situation()
    try:
        print_json(load_settings(case.store, case.env))
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None


@settings.command()
def check() -> None:
    """Check every settings file; a problem is shown with file, line and what to do. Exit code 1 when there is one."""
    case = situation()
    problems: "list[Problem]" = []
    try:
        in_force = load_settings(case.store, case.env)
    except BadSettings as bad:
        problems = bad.problems
    import os
    try:
        trusted = [(one.path, one.state) for one in trusted_files(case.store)]
    except CannotTrust as bad:
        trusted = []
        say(f"[red]damaged[/]  {plain(str(bad))}")
    for layer, path in sources(case.env, case.store.project):
        mine = [p for p in problems if p[0] == path]
        state = "[red]damaged[/]" if mine else "[green]right[/]" if os.path.exists(path) else "not there"
        if (path, "trusted") in trusted:
            state += ", trusted as it is now"
        say(f"{layer:8} {plain(path)}: {state}")
        for _, line, _, what in mine:
            say(f"         line {line}: {plain(what)}")
    if not problems:
        for note in in_force["notes"]:
            say(f"[yellow]note[/]     {plain(note)}")
    sys.exit(1 if problems else 0)


@settings.command()
def schema() -> None:
    """The JSON Schema of holdfast.json."""
    from holdfast.configure.model import schema as made
    print_json(made())
