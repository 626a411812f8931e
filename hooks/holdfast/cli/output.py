"""How the command line prints: tables and colours through rich, JSON through orjson. The only importer of both."""

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console(highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    console.print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), markup=False)


def say(text: str) -> None:
    """Print a line with rich markup; put values from outside through `plain` first."""
    console.print(text)


def plain(text: str) -> str:
    """A text from outside, safe to print: control characters shown as escapes, markup left alone."""
    return escape("".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text))


def table(columns: "list[str]", rows: "list[list[str]]") -> None:
    """Print rows (lists of str with markup) under column titles."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*row)
    console.print(made, soft_wrap=False)
