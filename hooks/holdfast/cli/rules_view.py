"""`holdfast rules`: the catalogue."""

import click

from holdfast.guard.catalogue import all_rules
from holdfast.cli.output import print_json, table


@click.command()
@click.option("--category", help="Only this category: one of the seven of the validators (text, bash ...), or a pack (git, cloud ...).")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
def rules(category: "str | None", as_json: bool) -> None:
    """List the rules. `holdfast explain CODE` prints one rule's page."""
    found = [rule for rule in all_rules() if category in (None, rule.category)]
    if not found:
        raise click.ClickException(f"no rule is in the category {category}")
    if as_json:
        print_json([{"code": r.code, "title": r.title, "category": r.category, "severity": r.severity, "why": r.why, "instead": r.instead}
                    for r in found])
    else:
        table(["code", "title", "category", "severity", "why"], [[r.code, r.title, r.category, r.severity, r.why] for r in found])
