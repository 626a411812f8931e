"""Edits to a JSON text that leave every other byte as it was: indentation, spacing, order and newlines are the file's own.

A path is a tuple of keys (str) and positions (int) from the root. Each function takes the whole text and returns it anew.
"""

import json
import re
from _json import scanstring
from typing import Any, NamedTuple

_BLANK = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"[^\s,\]}]+")
MARK = "\ufeff"  # a byte order mark, which some editors put in front


class Damaged(ValueError):
    """The text is not JSON. line, column: from 1.  fix: what to do about it."""

    def __init__(self, line: int, column: int, what: str, fix: str):
        super().__init__(f"line {line}, column {column}: {what}. {fix}")
        self.line, self.column, self.what, self.fix = line, column, what, fix


class Node(NamedTuple):
    """A value in the text. parts: the members of an object or the items of an array."""

    start: int
    end: int
    opener: str  # "{", "[" or "" for everything that holds nothing
    parts: "tuple[Part, ...]"


class Part(NamedTuple):
    key: str | int
    start: int  # of the key, for a member of an object
    node: Node


def value_of(text: str) -> Any:
    """The value of a JSON text. Raises Damaged."""
    body, shift = (text[1:], 1) if text.startswith(MARK) else (text, 0)
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except json.JSONDecodeError as bad:
        raise _explained(body, bad) from None
    except RecursionError:
        raise Damaged(1, 1 + shift, "it is nested too deeply to be settings", "Restore it from a backup") from None


def _refuse_constant(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


def _explained(text: str, bad: json.JSONDecodeError) -> Damaged:
    at = min(bad.pos, len(text)) if bad.doc == text else max(text.find(bad.doc), 0)
    rest, before = text[at:], text[:at].rstrip(" \t\r\n")
    if before.endswith(",") and rest[:1] in ("}", "]") or rest[:1] == "," and rest[1:].lstrip()[:1] in ("}", "]"):
        at = at if rest[:1] == "," else len(before) - 1
        what, fix = f"there is a comma before the closing `{text[at + 1:].lstrip()[:1]}`", "Remove the comma"
    elif rest.startswith(("//", "/*", "#")):
        what, fix = "there is a comment, and JSON has none", "Remove it"
    elif rest[:1] == "'":
        what, fix = "a text begins with a single quote", "JSON wants double quotes"
    elif not rest.strip():
        what, fix = "the file ends before it is complete", "Close what is open, or restore the file from a backup"
    elif bad.msg.startswith("Extra data"):
        what, fix = f"after the end of the settings there is more: {rest[:20]!r}", "Remove it"
    elif bad.msg.startswith("Expecting ','"):
        what, fix = f"a comma is missing before {rest[:20]!r}", "Put it there"
    else:
        what, fix = f"{bad.msg[:1].lower()}{bad.msg[1:]} at {rest[:20]!r}", "Fix the JSON there"
    return Damaged(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), what, fix)


# ---- where things are ---------------------------------------------------------------------------------------------------

def tree(text: str) -> Node:
    """Where everything stands in a JSON text that value_of accepts."""
    return _node(text, _blank(text, len(MARK) if text.startswith(MARK) else 0))


def find(text: str, path: tuple[str | int, ...]) -> Node:
    """The node at a path. Raises KeyError. Of a key given twice, the last one counts, as it does for the client."""
    at = tree(text)
    for key in path:
        found = [part.node for part in at.parts if part.key == key]
        if not found:
            raise KeyError(path)
        at = found[-1]
    return at


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Line, from 1, of the value at a path."""
    return text.count("\n", 0, find(text, path).start) + 1


def _node(text: str, at: int) -> Node:
    opener = text[at]
    if opener == '"':
        return Node(at, scanstring(text, at + 1, False)[1], "", ())
    if opener not in "{[":
        plain = _PLAIN.match(text, at)
        assert plain, f"no value at {at}"
        return Node(at, plain.end(), "", ())
    parts: list[Part] = []
    end = _blank(text, at + 1)
    while text[end] not in "}]":
        start, key = end, len(parts)  # type: int, str | int
        if opener == "{":
            key, end = scanstring(text, start + 1, False)
            end = _blank(text, _blank(text, end) + 1)
        node = _node(text, end)
        parts.append(Part(key, start, node))
        end = _blank(text, node.end)
        if text[end] == ",":
            end = _blank(text, end + 1)
    return Node(at, end + 1, opener, tuple(parts))


def _blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    assert blank
    return blank.end()


# ---- edits --------------------------------------------------------------------------------------------------------------

def add(text: str, path: tuple[str | int, ...], key: str | None, value: Any) -> str:
    """Put a member (key) or an item (key None) at the end of the object or array at `path`."""
    holder = find(text, path)
    name = "" if key is None else json.dumps(key, ensure_ascii=False) + ": "
    unit = _unit(text)
    inside = text[holder.start + 1:holder.parts[0].start] if holder.parts else ""
    if holder.parts and ("\n" not in inside or unit is None) or unit is None:
        end = holder.parts[-1].node.end if holder.parts else holder.start + 1
        comma = "" if not holder.parts else ", " if ", " in text else ","
        tight = comma == "," or (not holder.parts and ", " not in text)
        name = name.replace(": ", ":") if tight else name
        return text[:end] + comma + name + json.dumps(value, ensure_ascii=False, separators=(",", ":") if tight else None) + text[end:]
    margin = inside.rpartition("\n")[2] if holder.parts else _margin(text, holder.start) + unit
    new = name + _shown(text, value, unit, margin)
    line = _newline(text) + margin
    if holder.parts:
        end = holder.parts[-1].node.end
        return text[:end] + "," + line + new + text[end:]
    return text[:holder.start + 1] + line + new + _newline(text) + _margin(text, holder.start) + text[holder.end - 1:]


def put(text: str, path: tuple[str | int, ...], value: Any) -> str:
    """Replace the value at `path`."""
    node, unit = find(text, path), _unit(text)
    shown = json.dumps(value, ensure_ascii=False) if unit is None or "\n" not in text[node.start:node.end] else _shown(
        text, value, unit, _margin(text, node.start))
    return text[:node.start] + shown + text[node.end:]


def drop(text: str, path: tuple[str | int, ...]) -> str:
    """Remove the member or item at `path`, with the comma and the space that came with it."""
    holder, node = find(text, path[:-1]), find(text, path)
    number = [part.node for part in holder.parts].index(node)
    part = holder.parts[number]
    if number:
        return text[:holder.parts[number - 1].node.end] + text[part.node.end:]
    if len(holder.parts) > 1:
        return text[:part.start] + text[holder.parts[1].start:]
    return text[:holder.start + 1] + text[holder.end - 1:]


def _unit(text: str) -> str | None:
    """One step of the file's indentation; None for a file written on one line."""
    root = tree(text)
    if not root.parts:
        return "  "
    before = text[root.start + 1:root.parts[0].start]
    return before.rpartition("\n")[2] if "\n" in before else None


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _margin(text: str, at: int) -> str:
    """The blanks in front of the line that holds `at`."""
    line = text.rfind("\n", 0, at) + 1
    return text[line:at][:len(text[line:at]) - len(text[line:at].lstrip(" \t"))].lstrip(MARK)


def _shown(text: str, value: Any, unit: str, margin: str) -> str:
    return json.dumps(value, ensure_ascii=False, indent=unit).replace("\n", _newline(text) + margin)
