"""`holdfast audit tail|show|verify`: the audit log of this project."""

import sys

import click

from holdfast.audit.verify import verify
from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.files import Damage, records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.jsontext import JsonObject


@click.group()
def audit() -> None:
    """Read this project's audit log and prove that nothing was removed from it."""


def _log() -> str:
    return situation().store.audit


@audit.command()
@click.option("-n", "count", default=20, show_default=True, type=click.IntRange(1), help="Records.")
def tail(count: int) -> None:
    """The last records, one a line."""
    kept: "list[JsonObject | Damage]" = []
    for record in records(_log()):
        kept = [*kept[-(count - 1):], record] if count > 1 else [record]
    rows = []
    for r in kept:
        if isinstance(r, Damage):
            rows.append(["", "", "", "", f"[red]line {r.line}: {r.size} bytes that are no record[/]"])
            continue
        who = plain(f"{r.get('session', '')[:8]} {r.get('agent', '')}")
        rows.append([str(r["n"]), plain(r.get("at", "")), who, plain(r.get("kind", "")), plain(_what(r))])
    table(["n", "at", "session agent", "kind", "what"], rows)


def _what(record: "JsonObject") -> str:
    if record.get("kind") == "intent":
        inputs = record.get("input", {})
        text = next((inputs[k] for k in ("command", "file_path", "path", "url", "pattern") if k in inputs), "")
        verdict = record.get("verdict", "none")
        decided = "" if verdict == "none" else f"  -> {verdict} {' '.join(record.get('codes', []))}"
        return f"{record.get('tool', '')}: {' '.join(str(text).split())[:100]}{decided}"
    if record.get("kind") == "outcome":
        return f"{record.get('tool', '')}: {record.get('outcome', '')} in {record.get('duration_ms')} ms, {record.get('size')} characters"
    return str(record.get("source", ""))


@audit.command()
@click.argument("which")
def show(which: str) -> None:
    """Everything about one record (its number) or one call (its tool_use_id), as JSON."""
    found = [r for r in records(_log()) if not isinstance(r, Damage) and (str(r["n"]) == which or r.get("call") == which)]
    if not found:
        raise click.ClickException(f"no record or call {which} in {_log()}")
    print_json(found)


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True)
def verify_(as_json: bool) -> None:
    """Check the checksum chain. Exit code 1 when a record was changed, removed or put in."""
    path = _log()
    check = verify(path)
    if as_json:
        print_json({"log": path, "whole": check.whole, "records": check.count, "broken": list(check.broken) if check.broken else None,
                    "cut": list(check.cut) if check.cut else None, "torn": [{"line": d.line, "bytes": d.size} for d in check.torn],
                    "open_calls": check.open_calls})
        sys.exit(0 if check.whole else 1)
    say(f"{plain(path)}: {check.count} records")
    if check.broken:
        say(f"[red]broken at record {check.broken[0]}[/]: {plain(check.broken[1])}")
    if check.cut:
        say(f"[red]cut short[/]: the log ends at record {check.cut[0]}, and record {check.cut[1]} had been written")
    for d in check.torn:
        say(f"[yellow]line {d.line}[/]: {d.size} bytes of a record that was never completed (a killed writer or a full disk); not counted")
    if check.open_calls:
        say(f"{len(check.open_calls)} calls have no outcome (interrupted, refused by the client, or still running)")
    if check.whole:
        say("[green]whole[/]: every record continues the one before it")
    sys.exit(0 if check.whole else 1)
