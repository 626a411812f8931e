"""What zsh takes for a part of an expansion although bash does not: $x[1] and the modifiers of $x:h. Loaded for zsh alone."""

from holdfast.guard.line import Arg
from holdfast.guard.shell.expansion import changes_options
from holdfast.guard.shell.tree import Param, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfast.guard.shell.state import State
    from holdfast.guard.shell.tree import Part
    from holdfast.guard.shell.understand import Walk

_MODIFIERS = "htreluaAcPpqQxXsfFwW&gS"


def with_suffixes(walk: "Walk", parts: "Sequence[Part]", state: "State") -> "Sequence[Part]":
    """The parts, each $name and the [subscript] or :modifiers behind it put together as one."""
    if not any(
        isinstance(one, Param) and isinstance(two, Text) and two.text[:1] in ("[", ":") for one, two in zip(parts, parts[1:], strict=False)
    ):
        return parts
    out: "list[Part]" = []
    for part in parts:
        before = out[-1] if out else None
        if isinstance(part, Text) and isinstance(before, Param) and part.quote == ('"' if before.quoted else "") and is_bare(walk, before):
            taken = suffix(walk, before, part, state)
            if taken is not None:
                out[-1:] = taken
                continue
        out.append(part)
    return out


def is_bare(walk: "Walk", part: "Param") -> bool:
    """True for $name without braces."""
    return not part.op and part.index is None and not part.indirect and walk.text[part.start + 1 : part.start + 2] != "{"


def suffix(walk: "Walk", param: "Param", part: "Text", state: "State") -> "list[Part] | None":
    """[the parts that an expansion and the text behind it make], or None when the text stands for itself."""
    text = part.text
    if text[:1] == "[":
        end = text.find("]")
        if end < 0:
            return None
        value = element(walk, param, text[1:end], state)
        return joined(param, part, value, text[end + 1 :])
    at, value = 0, _text(walk, param, state)
    while text[at : at + 1] == ":" and text[at + 1 : at + 2] and text[at + 1] in _MODIFIERS:
        value = modified(value, text[at + 1]) if value is not None else None
        at += 2
        if text[at : at + 1].isdigit() or text[at - 1] in "s&gFwWfS":
            return joined(param, part, None, "")
    return joined(param, part, value, text[at:]) if at else None


def joined(param: "Param", part: "Text", value: "str | None", rest: str) -> "list[Part]":
    # An operator that no table knows leaves the value unknown.
    if value is None:
        first: "Part" = Param(param.start, part.end, param.name, "(flags)", quoted=param.quoted)
    else:
        first = Text(param.start, part.end, value, '"' if value or param.quoted else "")
    return [first, Text(part.start, part.end, rest, part.quote)] if rest else [first]


def _text(walk: "Walk", param: "Param", state: "State") -> "str | None":
    value = walk.fetch(state, param.name, param.name) if param.name.isidentifier() else None
    return Arg(value, source="").value if isinstance(value, tuple) else None


def element(walk: "Walk", param: "Param", index: str, state: "State") -> "str | None":
    """The element of an array, or the character of a text, counted from 1."""
    digits = index.removeprefix("-")
    if not digits.isdigit() or len(digits) > 6 or not int(digits) or changes_options(walk) or not param.name.isidentifier():
        return None
    value = walk.fetch(state, param.name, param.name)
    at = int(index) - 1 if index[0] != "-" else int(index)
    if isinstance(value, list):
        if any(arg.split or arg.glob for arg in value) or param.name in walk.odd:
            return None
        return (value[at].value if value[at].pieces else "") if -len(value) <= at < len(value) else ""
    text = Arg(value, source="").value if value is not None else ""
    return None if text is None else text[at] if -len(text) <= at < len(text) else ""


def modified(path: str, letter: str) -> "str | None":
    if letter == "l":
        return path.lower()
    if letter == "u":
        return path.upper()
    if path[-1:] == "/" or not path or "//" in path:
        return None
    folder, slash, name = path.rpartition("/")
    if letter == "h":
        return folder or ("/" if slash else ".")
    if letter == "t":
        return name
    stem, dot, ending = name.rpartition(".")
    if letter == "r":
        return f"{folder}{slash}{stem}" if dot and stem else path if not dot else None
    if letter == "e":
        return ending if dot and stem else "" if not dot else None
    return None
