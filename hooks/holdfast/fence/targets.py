"""Which files an Item of kernel.constraints is about: exact paths, and patterns that count from a folder. Pure. Not on the hot path."""

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfast.kernel.constraints import Item

    Pattern = tuple[str, str]  # (absolute folder, glob below it): "**" stands for any number of folders, a match for all below it

WILD = "*?["
CHANGING = ("write", "create", "delete", "rename")  # the acts on a file that leave it other than it was


class Places:
    """exact: absolute paths, which stand for all below them too.  patterns: see Pattern.  excepted: the same, left out of both."""

    __slots__ = ("exact", "patterns", "excepted")

    def __init__(self) -> None:
        self.exact: "list[str]" = []
        self.patterns: "list[Pattern]" = []
        self.excepted: "Places | None" = None

    def holds(self, path: str) -> bool:
        """Whether an absolute path is one of these files."""
        if self.excepted is not None and self.excepted.holds(path):
            return False
        return any(path == own or path.startswith(own + "/") for own in self.exact) or any(
            within(path, folder, glob) for folder, glob in self.patterns)


def places(item: "Item", project: str) -> "Places | None":
    """The files that an Item forbids to touch, or None for one that permits only some ("only touch src/"). project: absolute folder."""
    if item.get("only"):
        return None
    found, left = Places(), Places()
    base = item.get("cwd") or project
    known = [path.rstrip("/") for path in item.get("paths") or () if path[:1] == "/" and path != "/"]
    for kind, text in item["targets"]:
        if kind == "path":
            _put_path(found, text, known, base, project)
        elif kind == "glob":
            _put_glob(found, text, base, project)
        elif kind == "except":
            (_put_glob if any(c in text for c in WILD) else _put_name)(left, text, base, project)
    if any(kind == "area" for kind, _ in item["targets"]):
        for glob in item.get("globs") or ():
            _put_glob(found, glob, base, project)
    if left.exact or left.patterns:
        found.excepted = left
    return found


def _put_path(found: Places, text: str, known: "list[str]", base: str, project: str) -> None:
    """A path target: where it lay when it was stated, else where it would lie."""
    plain = _plain(text)
    tail = plain if plain[:1] == "/" else plain[1:] if plain[:2] == "~/" else "/" + plain
    there = [path for path in known if path == plain or path.endswith(tail)]
    if there:
        found.exact += [path for path in there if path not in found.exact]
    elif plain and plain[:1] != "~":
        _put_name(found, plain, base, project)


def _put_name(found: Places, text: str, base: str, project: str) -> None:
    plain = _plain(text)
    if not plain or ".." in plain.split("/"):
        return
    if plain[:1] == "/":
        found.exact.append(plain)
    elif "/" not in plain:
        found.patterns.append((project, "**/" + "".join(f"[{c}]" if c in WILD else c for c in plain)))
    else:
        found.exact += [f"{folder.rstrip('/')}/{plain}" for folder in dict.fromkeys((base, project))]


def _put_glob(found: Places, text: str, base: str, project: str) -> None:
    for glob in braces(_plain(text)):
        if not glob or ".." in glob.split("/"):
            continue
        if glob[:1] == "/":
            parts = glob.split("/")
            fixed = next((at for at, part in enumerate(parts) if any(c in part for c in WILD)), len(parts) - 1)
            found.patterns.append(("/".join(parts[:fixed]) or "/", "/".join(parts[fixed:])))
        elif "/" not in glob:
            found.patterns.append((project, f"**/{glob}"))
        else:
            found.patterns += [(folder, glob) for folder in dict.fromkeys((base, project))]


def _plain(text: str) -> str:
    while text[:2] == "./":
        text = text[2:]
    return text.rstrip("/")


def braces(glob: str) -> "list[str]":
    """"*.{py,txt}" -> ["*.py", "*.txt"], as a shell expands it; at most 64."""
    start = glob.find("{")
    end = glob.find("}", start)
    if start < 0 or end < 0 or "," not in glob[start:end]:
        return [glob]
    found = [one for part in glob[start + 1:end].split(",") for one in braces(glob[:start] + part + glob[end + 1:])]
    return found[:64]


def within(path: str, folder: str, glob: str) -> bool:
    """Whether an absolute path, or a folder above it, matches a glob that counts from a folder."""
    return matcher([(folder, glob)])(path)


def matcher(patterns: "list[Pattern]") -> "Callable[[str], bool]":
    """The same question for several patterns at once."""
    joined = re.compile("|".join(_expression(folder, glob) for folder, glob in patterns) or "(?!)", re.DOTALL)
    return lambda path: joined.fullmatch(path) is not None


@lru_cache(maxsize=512)
def _expression(folder: str, glob: str) -> str:
    parts, found = glob.split("/"), re.escape(folder.rstrip("/"))
    for at, part in enumerate(parts):
        if part != "**":
            found += "/" + "".join(_of_part(part))
        elif at == len(parts) - 1:
            found += "/[^/]+"
        else:
            found += "(?:/[^/]+)*"
    return found + "(?:/.*)?"


def _of_part(part: str) -> "Iterator[str]":
    """One part of a glob as a regular expression; * and ? stop at a slash."""
    at = 0
    while at < len(part):
        end = part.find("]", at + 2 if part[at + 1:at + 2] in ("!", "^") else at + 1) if part[at] == "[" else -1
        if part[at] == "*":
            yield "[^/]*"
        elif part[at] == "?":
            yield "[^/]"
        elif end > at + 1:
            inside = part[at + 1:end].replace("\\", "\\\\").replace("[", "\\[")
            yield f"(?!/)[^{inside[1:]}]" if inside[0] in "!^" else f"[{inside}]"
            at = end
        else:
            yield re.escape(part[at])
        at += 1
