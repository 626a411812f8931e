"""`holdfast explain`: what was understood of a command, which rules fired and why; or one rule's page."""

import sys

import click

from holdfast.guard.catalogue import rule_of
from holdfast.guard.rule import written
from holdfast.guard.excepting import excepted, how_to_allow
from holdfast.guard.judge import answered, stated_for, weigh
from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.settings import BadSettings, load_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.decide import Verdict
    from holdfast.guard.rule import Rule

_EXIT = {None: 0, "ask": 3, "deny": 4}


@click.command()
@click.argument("command")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--cwd", help="The folder the command would run in (default: this one).")
@click.option("--attended", is_flag=True, help="Judge as in a session where a person can answer.")
def explain(command: str, as_json: bool, cwd: "str | None", attended: bool) -> None:
    """Say what would happen to COMMAND, or print the page of a rule such as STR005.

    Exit code 0: it would run; 3: a person would be asked; 4: it would be refused; 1: the settings are damaged.
    """
    rule = rule_of(command) if command.isalnum() and command.isupper() else None
    if rule is not None:
        rule_page(rule, as_json)
        return
    case = situation(command, cwd, attended)
    case.event.session_id = ""  # no session: what a person allowed in the whole project counts
    try:
        settings = load_settings(case.store, case.env)
        stated = stated_for(case)  # for the whole project
        verdict = weigh(case, settings, command, () if isinstance(stated, str) else stated)
        if verdict.decision is not None:
            verdict = excepted(case, verdict, settings["guard"], answered(case, settings))
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None
    mark, used = case.notes.get("fingerprint", ""), case.notes.get("excepted", [])
    if as_json:
        print_json({**as_data(command, verdict), "fingerprint": mark, "excepted": used})
    else:
        show(verdict)
        if used:
            say(f"\n[bold]Allowed by a person[/]\n  exception {plain(', '.join(used))}; see `holdfast allow --list`")
        if how_to_allow(verdict, mark) and verdict.decision:
            say(f"\n[bold]A person can allow exactly this[/]\n  holdfast allow {mark} --why '…'")
    sys.exit(_EXIT[verdict.decision])


def as_data(command: str, verdict: "Verdict") -> "dict[str, Any]":
    """A verdict as plain data, for --json."""
    return {
        "command": command,
        "decision": verdict.decision or "none",
        "reason": verdict.reason,
        "understood": [{
            "program": c.program or None, "argv": [a.value if a.known else {"unknown": a.shown} for a in c.argv], "cwd": c.cwd,
            "via": list(c.via), "as_root": c.root, "more_arguments": c.open_ended, "written": verdict.line.source(c),
            "redirects": [{"fd": r.fd, "op": r.op, "target": r.target.shown} for r in c.redirects],
        } for c in verdict.line.commands],
        "assigned": [{"name": a.name, "value": a.value.shown, "scope": a.scope} for a in verdict.line.assigned],
        "findings": [{
            "code": f.rule.code, "title": f.rule.title, "severity": f.severity or f.rule.severity, "what": f.what, "why": f.rule.why,
            "instead": f.instead or f.rule.instead, "start": f.start, "end": f.end,
        } for f in verdict.findings],
    }


def show(verdict: "Verdict") -> None:
    """Print a verdict for a person."""
    words = {None: "[green]runs[/]: no rule objects", "ask": "[yellow]ask[/]: a person decides", "deny": "[red]deny[/]: it does not run"}
    say(words[verdict.decision])
    line = verdict.line
    if line.commands:
        say("\n[bold]What runs[/]")
        rows = []
        for c in line.commands:
            how = [f"via {' > '.join(c.via)}"] if c.via else []
            how += ["as another user"] if c.root else []
            how += ["with more arguments"] if c.open_ended else []
            how += [f"{r.op} {r.target.shown}" for r in c.redirects]
            shown = plain(" ".join(written(a.shown) for a in c.argv)) or "(no command)"
            rows.append([shown, plain(c.cwd or "unknown folder"), plain(", ".join(how))])
        table(["command", "in", "how"], rows)
    for a in line.assigned:
        say(f"  {plain(a.name)} = {plain(a.value.shown)} ({a.scope})")
    for f in verdict.findings:
        say(f"\n[bold]{f.rule.code}[/] {f.rule.title} ({f.severity or f.rule.severity})")
        say(f"  {plain(f.what)}")
        if f.start is not None and f.end is not None and f.end > f.start:
            say(f"  at characters {f.start}-{f.end}: {plain(line.text[f.start:f.end])}")
        say(f"  why      {plain(f.rule.why)}")
        say(f"  instead  {plain(f.instead or f.rule.instead)}")
    if verdict.reason:
        say(f"\n[bold]The model is told[/]\n  {plain(verdict.reason)}")


def rule_page(rule: "Rule", as_json: bool) -> None:
    """Print one rule's record."""
    if as_json:
        print_json({"code": rule.code, "title": rule.title, "category": rule.category, "severity": rule.severity, "why": rule.why,
                    "instead": rule.instead, "blocks": list(rule.blocks), "allows": list(rule.allows)})
        return
    say(f"[bold]{rule.code}[/] {rule.title}   {rule.category}, {rule.severity}\n")
    say(f"why      {plain(rule.why)}\ninstead  {plain(rule.instead)}\n")
    for title, colour, examples in (("stopped", "red", rule.blocks), ("passes", "green", rule.allows)):
        say(f"[{colour}]{title}[/]")
        for example in examples:
            say("  " + plain(example).replace("\n", "\n  "))
