"""Where in a JSON text a key stands, for error messages. Loaded only when there is an error."""

from _json import scanstring


def line_of(source: str, keys: "tuple[str, ...]", error: "ValueError | None" = None) -> int:
    """Line number, from 1, of the value at a key path (tuple of str), or of the character that a ValueError names."""
    if error is not None:
        digits = "".join(c if c.isdigit() else " " for c in str(error).partition("at character")[2]).split()
        return source.count("\n", 0, int(digits[0])) + 1 if digits else 1
    position = _find(source, 0, list(keys))
    return source.count("\n", 0, position) + 1


def _find(source: str, at: int, keys: "list[str]") -> int:
    """Character offset of the value at `keys` below the value that begins at or after `at`."""
    at = _blank(source, at)
    if not keys:
        return at
    opener, number, end = source[at], 0, at + 1
    while True:
        at = _blank(source, end)
        start = at
        if opener == "{":
            name, at = scanstring(source, at + 1, False)
            at = _blank(source, _blank(source, at) + 1)
        else:
            name = str(number)
        if name == keys[0] and not _repeated(source, _skip(source, at), name, opener):
            return start if len(keys) == 1 else _find(source, at, keys[1:])
        number += 1
        end = _blank(source, _skip(source, at)) + 1


def _repeated(source: str, at: int, name: str, opener: str) -> bool:
    """A key given twice: the last one counts."""
    at = _blank(source, at)
    while opener == "{" and source[at] == ",":
        other, at = scanstring(source, _blank(source, at + 1) + 1, False)
        if other == name:
            return True
        at = _blank(source, _skip(source, _blank(source, _blank(source, at) + 1)))
    return False


def _skip(source: str, at: int) -> int:
    """Offset just after the value that begins at `at`."""
    depth = 0
    while True:
        c = source[at]
        if c == '"':
            at = scanstring(source, at + 1, False)[1]
        elif c in "{[":
            depth += 1
            at += 1
        elif c in "}]":
            depth -= 1
            at += 1
        elif depth and (c in ",:" or c.isspace()):
            at += 1
            continue
        else:
            while at < len(source) and source[at] not in ",]}" and not source[at].isspace():
                at += 1
        if depth == 0:
            return at


def _blank(source: str, at: int) -> int:
    while at < len(source) and source[at] in " \t\r\n":
        at += 1
    return at
