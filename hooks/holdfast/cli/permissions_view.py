"""`holdfast permissions`: the client's permission rules, what is too wide about them, what sessions needed, how they drift."""

import sys

import click

from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.guard.judge import world_of
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.understand import understand
from holdfast.kernel.files import Damage, records
from holdfast.kernel.settings import BUILT_IN
from holdfast.kernel.store import config_folder
from holdfast.permissions.drift import DamagedHistory, changes, note, unused
from holdfast.permissions.needs import needs
from holdfast.permissions.rules import Damaged, covers, needed_rule, over_broad, read_layers
from holdfast.setup.registration import managed_folder, settings_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation
    from holdfast.permissions.drift import Week
    from holdfast.permissions.rules import Broad, Rule

# Builtins and the like, for which the client asks nothing.
_NO_RULE = frozenset("""cd pwd echo printf true false test [ [[ : export unset set local read return exit shift wait type
command builtin""".split())


@click.command()
@click.option("--history", is_flag=True, help="What was added and removed, week by week, and what nothing has needed.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def permissions(history: bool, as_json: bool) -> None:
    """Check the client's permission rules from all settings: what is too wide, why, and what would do.

    The narrowest list is made from the calls in this project's audit log that ran. Each look notes this week's rules, for
    --history. Exit code 1 when a rule is too wide.
    """
    case = situation()
    try:
        rules = read_layers(settings_files(config_folder(case.env), case.store.project, managed_folder(sys.platform)))
        weeks = note(case.store.permissions, rules, case.at)
    except (Damaged, DamagedHistory, OSError, TimeoutError) as bad:
        raise click.ClickException(str(bad)) from None
    broad = over_broad(rules)
    log = (record for record in records(case.store.audit) if not isinstance(record, Damage))
    used = needs(log, case.store.project, lambda text, cwd: _commands(case, text, cwd))
    narrow = sorted(set().union(*used.values()))
    idle = unused(weeks, used)
    if as_json:
        print_json({
            "rules": [rule._asdict() for rule in rules],
            "over_broad": [{**one.rule._asdict(), "why": one.why, "narrower": one.narrower, "enough": _enough(one, narrow)}
                           for one in broad],
            "needed": narrow, "history": [week._asdict() for week in changes(weeks)], "unused_weeks": idle,
        })
    elif history:
        _show_history(changes(weeks), idle)
    else:
        _show(rules, broad, narrow)
    sys.exit(1 if broad else 0)


def _commands(case: "Situation", text: str, cwd: str) -> "list[str]":
    """The narrow rules for what a shell text runs."""
    world = world_of(case, BUILT_IN)
    world.cwd = cwd
    try:
        line = understand(text, world)
    except Unreadable:
        return []
    return [needed_rule(c.program, [a.shown for a in c.args]) for c in line.commands if c.program and c.program not in _NO_RULE]


def _enough(one: "Broad", narrow: "list[str]") -> "list[str]":
    """The narrow rules that would do in this rule's place."""
    return [need for need in narrow if one.rule.kind == "allow" and covers(one.rule.text, need)]


def _show(rules: "list[Rule]", broad: "list[Broad]", narrow: "list[str]") -> None:
    say(f"{len(rules)} permission rules in force here, {len(broad)} too wide")
    for one in broad:
        say(f"\n[bold]{plain(one.rule.text)}[/]   {one.rule.kind}, {one.rule.layer}: {plain(one.rule.path)}")
        say(f"  why       {plain(one.why)}\n  narrower  {plain(one.narrower)}")
        enough = _enough(one, narrow)
        if enough:
            say(f"  enough for the recorded sessions: {plain(', '.join(enough[:12]))}{' …' if len(enough) > 12 else ''}")
    if narrow:
        say("\n[bold]The narrowest list that the recorded sessions needed[/]")
        for need in narrow:
            say("  " + plain(need))
    else:
        say("\nno session is recorded in this project yet, so there is no list of what is needed")


def _show_history(weeks: "list[Week]", idle: "dict[str, int]") -> None:
    rows = []
    for week in weeks:
        changed = [f"[green]+[/] {plain(text)}" for text in week.added] + [f"[red]-[/] {plain(text)}" for text in week.removed]
        rows.append([week.name, str(week.total), "\n".join(changed) or "no change"])
    table(["week", "rules", "changes"], rows)
    for rule, count in sorted(idle.items(), key=lambda pair: -pair[1]):
        say(f"unused for {count} recorded week{'s' if count > 1 else ''}: {plain(rule)}")
