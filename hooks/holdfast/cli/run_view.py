"""`holdfast run`: an agent started with a scrubbed environment; and where scripts find `holdfast.safe_exec`."""

import os
import shutil

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.confine.variables import BadVariables, choose, scoped
from holdfast.confine.walls import NoWall, walled
from holdfast.kernel.clock import iso
from holdfast.kernel.files import append
from holdfast.kernel.redact import redact, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

_NOT_FOUND, _NOT_RUN = 127, 126  # as shells say it


@click.command(context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False})
@click.option("--keep", multiple=True, metavar="NAME", help="Pass on this variable too. Can be given more than once.")
@click.option("--env-file", "env_files", multiple=True, metavar="[SCOPE:]FILE",
              help="NAME=value lines, in a file of your own with mode 0600. SCOPE: user, project or task (default); the later wins.")
@click.option("--no-network", is_flag=True,
              help="Without network, loopback included (bubblewrap or firejail). The model can't be reached either.")
@click.option("--read-only", multiple=True, metavar="PATH", help="PATH can't be written (bubblewrap or firejail).")
@click.option("--show", is_flag=True, help="Start nothing; show which variables would be passed on and where they come from.")
@click.option("--json", "as_json", is_flag=True, help="With --show: print as JSON.")
@click.argument("command", nargs=-1, required=False, type=click.UNPROCESSED)
def run(keep: "tuple[str, ...]", env_files: "tuple[str, ...]", no_network: bool, read_only: "tuple[str, ...]", show: bool, as_json: bool,
        command: "tuple[str, ...]") -> None:
    """Start COMMAND with a scrubbed environment: holdfast run -- claude -p 'summarise the log'

    Only an allow-list of variables is passed on (--show prints it), plus what --keep names and what the files of variables
    set: HOME/user.env and the project's project.env in Holdfast's home where they exist, then --env-file. The exit code and
    signals are the command's own. Names of the variables are written to the audit log, values never.
    Exit code 1: it was not started; 126, 127: it could not be.
    """
    case = situation()
    standing = [(scope, path) for scope, path in zip(("user", "project"), case.store.variables, strict=True) if os.path.exists(path)]
    try:
        chosen = choose(case.env, list(keep), standing + [scoped(one) for one in env_files])
        if show:
            _show(chosen.sources, chosen.left_out, as_json)
            return
        if not command:
            raise click.UsageError("name a command to start, as in: holdfast run -- claude -p 'summarise the log'")
        path = chosen.variables.get("PATH", os.defpath)
        program = shutil.which(command[0], path=path)
        if program is None:
            raise NotStarted(f"{command[0]} was not found on PATH, or cannot be run", _NOT_FOUND)
        started = walled([program, *command[1:]], no_network, list(read_only), path)
    except (BadVariables, NoWall) as bad:
        raise click.ClickException(str(bad)) from None
    try:
        append(case.store.audit, {
            "at": iso(case.at), "kind": "run", "command": [shortened(redact(word), 200) for word in command], "cwd": os.getcwd(),
            "variables": sorted(chosen.variables), "left_out": chosen.left_out, "no_network": no_network,
            "read_only": [os.path.realpath(one) for one in read_only],
        })
    except (OSError, TimeoutError) as bad:
        raise click.ClickException(f"the audit log could not be written ({bad}), so nothing was started") from None
    try:
        os.execve(started[0], started, chosen.variables)  # this process becomes the command: its exit code and its signals are its own
    except OSError as bad:
        raise NotStarted(f"{started[0]} could not be started ({bad.strerror})", _NOT_RUN) from None


class NotStarted(click.ClickException):
    """The command could not be started; the exit code is the one that shells give."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: "IO[Any] | None" = None) -> None:
        super().show(file)
        raise SystemExit(self.code)


def _show(sources: "dict[str, str]", left_out: "list[str]", as_json: bool) -> None:
    if as_json:
        print_json({"passed": sources, "left_out": left_out})
        return
    table(["variable", "from"], [[plain(name), plain(source)] for name, source in sorted(sources.items())])
    say(f"\nleft out: {plain(', '.join(left_out)) or 'none'}")


@click.command()
def library() -> None:
    """Print the folder that holds `holdfast.safe_exec`, for PYTHONPATH: PYTHONPATH="$(holdfast library)" python3 script.py"""
    click.echo(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
