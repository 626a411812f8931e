"""`holdfast rules`: the catalogue, as a table, as JSON, or as the page docs/rules.md."""

import click

from holdfast.guard.catalogue import all_rules, stated_rules
from holdfast.guard.rule import Pattern
from holdfast.guard.stated.rules import EXAMPLES
from holdfast.cli.output import print_json, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.rule import Rule

_HEAD = """# Rules

Printed from the rules themselves by `holdfast rules --markdown`; a test keeps this page true. Every example is a test. *Catastrophic* and
*danger* are refused; a *caution* is asked where a person can answer, and refused where nobody can. `holdfast explain CODE` prints one rule,
`holdfast explain 'COMMAND'` what would happen to a command.
"""


@click.command()
@click.option("--category", help="Only this category: one of the validators' (text, bash ...), a pack (git, cloud ...), or constraint.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@click.option("--markdown", "as_page", is_flag=True, help="Print the page of the documentation.")
def rules(category: "str | None", as_json: bool, as_page: bool) -> None:
    """List the rules. `holdfast explain CODE` prints one rule's page."""
    every = [*all_rules(), *stated_rules()]
    found = [rule for rule in every if category in (None, rule.category)]
    if not found:
        known = ", ".join(dict.fromkeys(rule.category for rule in every))
        raise click.ClickException(f"no rule is in the category {category}. There are: {known}")
    if as_json:
        print_json([{"code": r.code, "title": r.title, "category": r.category, "severity": r.severity, "why": r.why, "instead": r.instead,
                     "blocks": list(r.blocks), "allows": list(r.allows)} for r in found])
    elif as_page:
        click.echo(page(found), nl=False)
    else:
        table(["code", "title", "category", "severity", "why"], [[r.code, r.title, r.category, r.severity, r.why] for r in found])


def page(found: "list[Rule]") -> str:
    """Rules -> the documentation page: contents, then each category with its rules and two or three examples of each kind."""
    categories: "dict[str, list[Rule]]" = {}
    for rule in found:
        categories.setdefault(rule.category, []).append(rule)
    patterns = [rule for rule in found if isinstance(rule, Pattern)]
    own = [rule for rule in found if rule.category == "constraint"]
    out = [_HEAD, f"\n{len(found) - len(patterns) - len(own)} validators and {len(patterns)} patterns"
           + (f", and {len(own)} rules that hold where a person has stated something" if own else "") + ".\n"]
    out += [f"- [{name}](#{name}): {len(rules)}" for name, rules in categories.items()]
    for name, rules in categories.items():
        out.append(f"\n## {name}")
        for rule in rules:
            out.append(f"\n### {rule.code} {rule.title}\n\n*{rule.severity}.* {rule.why} {rule.instead}\n")
            if rule.code in EXAMPLES:
                out.append(f"Where a person has said “{EXAMPLES[rule.code]['text']}”:\n")
            out.append("| stopped | passes |\n|---|---|")
            few = 3 if isinstance(rule, Pattern) else 6
            stopped, passing = list(map(_cell, rule.blocks[:few])), list(map(_cell, rule.allows[:few]))
            for i in range(max(len(stopped), len(passing))):
                out.append(f"| {stopped[i] if i < len(stopped) else ''} | {passing[i] if i < len(passing) else ''} |")
    return "\n".join(out) + "\n"


def _cell(example: str) -> str:
    """An example as a table cell: control and invisible characters as escapes, so that the page shows what is in it."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in example)
    shown = shown if len(shown) <= 110 else shown[:107] + "..."
    fence = "``" if "`" in shown else "`"
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown.replace('|', chr(92) + '|')}{pad}{fence}"
