"""The operators that change a known text: ${x#..} ${x%..} ${x/../..} ${x:1:2} ${x^^}. Loaded when a line has one."""

from holdfast.guard.shell.expansion import parameter
from holdfast.guard.line import Arg
from holdfast.guard.shell.state import MAX_TEXT
from holdfast.guard.shell.tree import Param, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.guard.shell.state import State
    from holdfast.guard.shell.tree import (
        Word,
    )
    from holdfast.guard.shell.understand import Walk

    Pattern = tuple[str | tuple[str], ...]

_PATTERN = frozenset("*?[]()|!\\^#~")
_STAR, _ANY = ("*",), ("?",)


def text_operation(walk: "Walk", part: "Param", state: "State") -> "Callable[[str], str | None] | None":
    """The function text -> text (or None) of a string operator, or None when it is not known."""
    op, words = part.op, part.words
    if op == ":":
        numbers = [walk.number(walk.value(word, state), state) for word in words]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or not known or len(known) > 2:
            return None
        return lambda text: _substring(text, *known)
    if op in ("#", "##", "%", "%%"):
        trimmed = as_pattern(walk, words[0], state, part.quoted) if words else ()
        return None if trimmed is None else lambda text: _trim(op, text, trimmed)
    if op in ("/", "//", "/#", "/%"):
        pattern = as_pattern(walk, words[0], state, part.quoted) if words else None
        with_ = Arg(walk.value(words[1], state), source="").value if len(words) > 1 else ""
        if (
            pattern is None
            or with_ is None
            or "&" in with_
            or "\\" in with_
            or part.quoted
            and any(isinstance(p, Text) and p.quote == "'" for w in words for p in w.parts)
        ):
            return None
        return lambda text: _replace(op, text, pattern, with_)
    given = [walk.value(word, state) for word in words]
    if op == "@" and given and given[0] in (("L",), ("U",), ("u",)):
        op = {"L": ",,", "U": "^^", "u": "^"}[str(given[0][0])]
        words = ()
    if op in ("^", "^^", ",", ",,") and not any(w.parts for w in words) and state.dialect == "bash":
        return {
            "^": lambda t: (t[:1].upper() + t[1:]) if t.isascii() else None,
            "^^": lambda t: t.upper() if t.isascii() else None,
            ",": lambda t: (t[:1].lower() + t[1:]) if t.isascii() else None,
            ",,": lambda t: t.lower() if t.isascii() else None,
        }[op]
    return None


def as_pattern(walk: "Walk", word: "Word", state: "State", quoted: bool) -> "Pattern | None":
    """A word as a pattern: tuple of characters and of _STAR, _ANY; None when it is not a simple one.

    quoted: the whole expansion stands in double quotes, which do not count for its pattern.
    """
    found = []
    for part in word.parts:
        if isinstance(part, Text):
            text: "str | None" = part.text
            active = not part.quote
            if quoted and part.quote == '"' and not _PATTERN.isdisjoint(part.text):
                if walk.source(part) != text or walk.text[part.start - 1] == '"':
                    return None
                active = True
        else:
            walk.steps += 1
            if isinstance(part, Param):
                value = parameter(walk, part, state)
                text = Arg(value, source="").value if isinstance(value, tuple) else None
                active = not part.quoted
            else:
                walk.value(word, state)
                return None
            if text is None:
                return None
        for c in text or "":
            if active and c in "[]()|!\\^#~":
                return None
            if walk.holes and c in walk.holes:
                return None
            found.append(_STAR if active and c == "*" else _ANY if active and c == "?" else c)
    return tuple(found)


def _substring(text: str, offset: int, length: "int | None" = None) -> "str | None":
    if offset < 0:
        offset += len(text)
        if offset < 0:
            return ""
    if length is None:
        return text[offset:]
    end = offset + length if length >= 0 else len(text) + length
    return text[offset:end] if end >= offset else None if length < 0 else ""


def _matches(pattern: "Pattern", text: str) -> bool:
    """Whether the whole text matches."""
    p = t = 0
    star = mark = -1
    while t < len(text):
        if p < len(pattern) and pattern[p] is _STAR:
            star, mark = p, t
            p += 1
        elif p < len(pattern) and (pattern[p] is _ANY or pattern[p] == text[t]):
            p += 1
            t += 1
        elif star >= 0:
            mark += 1
            p, t = star + 1, mark
        else:
            return False
    while p < len(pattern) and pattern[p] is _STAR:
        p += 1
    return p == len(pattern)


def glob_matches(pattern: str, text: str) -> bool:
    """Whether a glob with * ? [..] matches a whole text; a set in brackets is taken for any of its characters."""
    items: "list[str | tuple[str]]" = []
    sets: "list[str]" = []
    i = 0
    while i < len(pattern):
        c = pattern[i]
        end = pattern.find("]", i + 2) if c == "[" else -1
        if end > 0:
            inside = pattern[i + 1 : end]
            at = len(items)
            if at < len(text) and all(isinstance(item, str) or item is _ANY for item in items):
                hit = any(inside[k] == text[at] for k in range(len(inside))) or any(
                    inside[k] <= text[at] <= inside[k + 2] for k in range(len(inside) - 2) if inside[k + 1] == "-"
                )
                if hit == (inside[:1] in ("!", "^")):
                    return False
            items.append(_ANY)
            sets.append(inside)
            i = end
        else:
            items.append(_STAR if c == "*" else _ANY if c == "?" else c)
        i += 1
    return _matches(tuple(items), text)


def _literal(pattern: "Pattern") -> "str | None":
    letters = [c for c in pattern if isinstance(c, str)]
    return "".join(letters) if len(letters) == len(pattern) else None


def _trim(op: str, text: str, pattern: "Pattern") -> "str | None":
    plain = _literal(pattern)
    if plain is not None:
        if op[0] == "#":
            return text[len(plain) :] if text.startswith(plain) else text
        return text[: len(text) - len(plain)] if text.endswith(plain) else text
    if len(text) > 200:
        return None
    cuts = range(len(text) + 1)
    if op in ("##", "%"):
        cuts = cuts[::-1]
    for cut in cuts:
        if _matches(pattern, text[:cut] if op[0] == "#" else text[cut:]):
            return text[cut:] if op[0] == "#" else text[:cut]
    return text


def _replace(op: str, text: str, pattern: "Pattern", with_: str) -> "str | None":
    if not pattern:
        return with_ + text if op == "/#" else text + with_ if op == "/%" else text
    plain = _literal(pattern)
    if plain is not None:
        if op == "/":
            return text.replace(plain, with_, 1)
        if op == "//":
            return text.replace(plain, with_) if len(text) * (len(with_) + 1) < MAX_TEXT * 4 else None
        if op == "/#":
            return with_ + text[len(plain) :] if text.startswith(plain) else text
        return text[: len(text) - len(plain)] + with_ if text.endswith(plain) else text
    if len(text) > 60:
        return None
    out, i = [], 0
    while i <= len(text):
        ends = [j for j in range(len(text), i, -1) if _matches(pattern, text[i:j]) and (op != "/%" or j == len(text))]
        if ends and (op != "/#" or i == 0):
            out.append(with_)
            i = ends[0]
            if op != "//":
                return "".join(out) + text[i:]
        else:
            out.append(text[i : i + 1])
            i += 1
    return "".join(out)
