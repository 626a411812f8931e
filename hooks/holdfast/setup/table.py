"""Rows of text in a frame, as wide as the terminal; long cells continue on the next line. ASCII where the output is."""

import shutil
import sys
import textwrap

LONGEST = 34


def table(titles: list[str], rows: list[list[str]], width: int | None = None) -> str:
    """The last column takes the room that the others leave; the one before it at most LONGEST."""
    unicode = (getattr(sys.stdout, "encoding", None) or "ascii").lower().startswith("utf")
    width = min(width or shutil.get_terminal_size((110, 24)).columns, 130)
    shown = [[_safe(cell, unicode) for cell in row] for row in [titles, *rows]]
    widths = [max(len(row[at]) for row in shown) for at in range(len(titles))]
    widths[-2] = min(widths[-2], LONGEST)
    widths[-1] = max(20, min(widths[-1], width - sum(widths[:-1]) - 3 * len(titles) - 1))
    cross, down, across = ("┼", "│", "─") if unicode else ("+", "|", "-")
    lines = []
    for number, row in enumerate(shown):
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        for part in range(max(map(len, cells))):
            texts = [(cell[part] if part < len(cell) else "").ljust(size) for cell, size in zip(cells, widths, strict=True)]
            lines.append(f" {f' {down} '.join(texts)}".rstrip())
        if number == 0:
            lines.append(across + f"{across}{cross}{across}".join(across * size for size in widths) + across)
    return "\n".join(lines)


def _safe(text: str, unicode: bool) -> str:
    text = " ".join("".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text).split())
    return text if unicode else text.encode("ascii", "backslashreplace").decode()
