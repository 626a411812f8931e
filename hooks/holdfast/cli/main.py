"""`holdfast`: explain, rules, audit, settings, constraint, note, checkpoint, compaction, handoff, memory, doctor, canary, selftest.

Exit codes: 0 nothing to object or done; 1 a check failed; 2 wrong usage; 3 `explain`: a person would be asked;
4 `explain`: the command would be refused.
"""

import sys

import click

from holdfast import VERSION
from holdfast.cli import (
    alerts_view, allow_view, audit_view, checkpoint_view, constraint_view, explain_view, handoff_view, memory_view, note_view,
    permissions_view, rules_view, run_view, selftest_view, settings_view, trust_view,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="holdfast")
def main() -> None:
    """Holdfast keeps unattended agents safe, bounded, coherent and accountable."""


_PASS_ON = {"ignore_unknown_options": True, "help_option_names": [], "allow_interspersed_args": False}


@main.command(context_settings=_PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def doctor(arguments: "tuple[str, ...]") -> None:
    """Check that the guard really stands: registration, interpreter, state, speed. Each failure names its fix."""
    from holdfast.setup.doctor import main as run
    sys.exit(run(list(arguments)))


@main.command(context_settings=_PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def canary(arguments: "tuple[str, ...]") -> None:
    """Run scripted scenarios through the real client against your installation."""
    from holdfast.canary import main as run
    sys.exit(run(list(arguments)))


main.add_command(explain_view.explain)
main.add_command(rules_view.rules)
main.add_command(audit_view.audit)
main.add_command(settings_view.settings)
main.add_command(trust_view.trust)
main.add_command(trust_view.untrust)
main.add_command(allow_view.allow)
main.add_command(allow_view.revoke)
main.add_command(run_view.run)
main.add_command(run_view.library)
main.add_command(alerts_view.alerts)
main.add_command(permissions_view.permissions)
main.add_command(constraint_view.constraint)
main.add_command(note_view.note)
main.add_command(checkpoint_view.checkpoint)
main.add_command(checkpoint_view.compaction)
main.add_command(handoff_view.handoff)
main.add_command(memory_view.memory)
main.add_command(selftest_view.selftest)
