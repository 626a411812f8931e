"""Items of kernel.constraints -> rules for the client's `permissions.deny`. Pure. Not on the hot path.

Measured on client 2.1.329, rules in `.claude/settings.local.json`:
- `Edit(//abs/path)` stops Write, Edit and NotebookEdit on the file and on all below a folder, through links too, and in Bash
  redirections, tee, cp, mv, rm, touch, sed -i; not what the client does not look into: python3 -c, bash -c, perl -pi, dd,
  truncate, ln, install, a here-document, a path with a variable, a command with a comment at its end, rm -r or mv of a
  folder above. A rule for Write or NotebookEdit is ignored, with a word for the person.
- It also stops `sed s/a/b/ FILE`, `cp -r` and `cp -a` from it and `mkdir -p` of a folder that is there, which change nothing, and
  it takes no notice of upper and lower case.
- File tools are refused before any hook is asked, with "File is in a directory that is denied by your permission settings".
- A rule written while a session runs holds about 1 s later.
- *, ?, ** and [ab] are wildcards, {a,b} is none. A backslash before *, [ and ] makes them ordinary; no spelling was found for
  a ? or \\ that is part of a name.
- `Read(//abs/path)` stops Read, cat, grep, head, sed, cp from it, and writing to it.
- `Bash(npm publish:*)` stops it with any arguments, after && and ;, in $(...), behind env, timeout and sudo, by its full
  path; not in bash -c. A * inside is a wildcard, whatever stands before it.
- `WebFetch(domain:example.com)` is that host alone.
"""

from holdfast.fence.targets import WILD, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfast.fence.targets import Places
    from holdfast.kernel.constraints import Item

MOST = 300  # rules for one session; an area has up to twenty globs
_RUNNING = {"run", "deploy", "install", "push", "commit", "merge", "rebase", "connect"}  # acts for which a command target is named
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@:=+,%")  # of a command that means one thing only


def rules(items: "list[Item]", project: str, has_twin: "Callable[[str], bool]" = lambda path: False) -> "list[str]":
    """The rules that stop what these Items forbid, and nothing else, in the order of the Items.

    project: absolute folder.  has_twin: whether a path is one of two that differ in upper and lower case alone.

    What no rule can say exactly gets none: "only touch src/", globs with exceptions, creating or deleting but not writing.
    """
    found = dict.fromkeys(rule for item in items if not item.get("only") for rule in _rules_of(item, project, has_twin))
    return list(found)[:MOST]


def _rules_of(item: "Item", project: str, has_twin: "Callable[[str], bool]") -> "Iterator[str]":
    forbids = set(item["forbids"])
    tools = [tool for act, tool in (("write", "Edit"), ("read", "Read")) if act in forbids]
    if tools:
        where = places(item, project)
        if where is not None:
            for spec in _specs(where, has_twin):
                yield from (f"{tool}({spec})" for tool in tools)
    for kind, text in item["targets"]:
        if kind == "command" and (forbids & _RUNNING or not forbids):
            words = text.split()
            if words and all(_WORD.issuperset(word) for word in words) and not text.endswith(":"):
                yield f"Bash({' '.join(words)}:*)"
        elif kind == "host" and ("connect" in forbids or not forbids):
            if text and all(c.isascii() and (c.isalnum() or c in ".-") for c in text) and "." in text:
                yield f"WebFetch(domain:{text.lower()})"


def _specs(where: "Places", has_twin: "Callable[[str], bool]") -> "Iterator[str]":
    for path in where.exact:
        if (where.excepted is None or not _meets(path, where.excepted)) and not has_twin(path):
            spec = _spelled(path, literal=True)
            if spec:
                yield spec
    for folder, glob in where.patterns if where.excepted is None else ():
        above, below = _spelled(folder, literal=True), _spelled(glob, literal=False)
        if above and below:
            yield f"{above.rstrip('/')}/{below}"


def _meets(path: str, other: "Places") -> bool:
    """Whether something below a path may be excepted."""
    return other.holds(path) or bool(other.patterns) or any(own.startswith(path + "/") for own in other.exact)


def _spelled(text: str, literal: bool) -> str:
    """A path or glob as the client reads it, "" when it cannot be said."""
    if any(c == "\\" or (literal and c == "?") or c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text) or text.endswith(" "):
        return ""
    if not literal:
        return "" if any(part in text for part in ("{", "!", "[?]", "[*]")) else text  # these stop nothing, or the wrong thing
    return "/" + "".join("\\" + c if c in WILD + "]" else c for c in text)
