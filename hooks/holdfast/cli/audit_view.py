"""`holdfast audit tail|show|verify`: the audit log of this project."""

import sys

import click

from holdfast.audit.verify import verify
from holdfast.cli.here import situation
from holdfast.cli.output import plain, print_json, say, table
from holdfast.kernel.append_only import NotPossible, is_append_only, mark
from holdfast.kernel.files import Damage, records
from holdfast.trust.person import NotAPerson, require_person

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
        mark = f"  {record['fingerprint']}" if record.get("fingerprint") and decided else ""
        allowed = f"  allowed by exception {', '.join(record['excepted'])}" if record.get("excepted") else ""
        return f"{record.get('tool', '')}: {' '.join(str(text).split())[:100]}{decided}{mark}{allowed}"
    if record.get("kind") == "outcome":
        return f"{record.get('tool', '')}: {record.get('outcome', '')} in {record.get('duration_ms')} ms, {record.get('size')} characters"
    if record.get("kind") == "exception":
        said = f"{record.get('action', '')} {record.get('id', '')}: {record.get('what', '')}"
        return f"{said} until {record.get('until', '')}: {record.get('why', '')}"
    if record.get("kind") == "trust":
        return f"{record.get('action', '')} {record.get('path', '')}"
    if record.get("kind") == "run":
        return f"{' '.join(record.get('command', []))[:100]} with {' '.join(record.get('variables', []))}"
    return str(record.get("source", ""))


@audit.command()
def seal() -> None:
    """Make this project's log append-only, where the platform and your rights allow it. Exit code 1 where they don't."""
    _mark(True)


@audit.command()
def unseal() -> None:
    """Take the append-only mark off again. Works in a person's terminal only."""
    try:
        require_person("holdfast audit unseal", situation().env)
    except NotAPerson as bad:
        raise click.ClickException(str(bad)) from None
    _mark(False)


def _mark(on: bool) -> None:
    path = _log()
    try:
        mark(path, on)
    except FileNotFoundError:
        raise click.ClickException(f"{path} does not exist yet: no call was recorded in this project") from None
    except (NotPossible, OSError) as bad:
        raise click.ClickException(f"not {'sealed' if on else 'unsealed'}: {bad}") from None
    say(f"{plain(path)} is {'append-only now: what is in it can only be added to' if on else 'an ordinary file again'}")


def _sealed(path: str) -> "bool | None":
    try:
        return is_append_only(path)
    except OSError:
        return None


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
                    "open_calls": check.open_calls, "append_only": _sealed(path)})
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
    say({True: "append-only: the system lets nobody change it", False: "an ordinary file; `holdfast audit seal` makes it append-only",
         None: "whether it is append-only cannot be told here"}[_sealed(path)])
    sys.exit(0 if check.whole else 1)
