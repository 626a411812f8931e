"""Brace expansion, {a,b} and {1..9}, as bash's braces.c does it. Loaded when a word has a brace."""

from holdfast.guard.shell.expansion import split_fields
from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import plain_word
from holdfast.guard.shell.tree import Text, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.shell.state import State
    from holdfast.guard.shell.tree import (
        Part,
        Word,
    )
    from holdfast.guard.shell.understand import Walk

    Item = str | Part


def braced(walk: "Walk", word: "Word", state: "State") -> "list[Arg]":
    """A word that may hold a brace expansion."""
    items: "list[Item]" = []
    for part in word.parts:
        if isinstance(part, Text) and not part.quote:
            items += part.text
        else:
            items.append(part)
    if state.dialect == "zsh" and any(isinstance(p, Text) and ".." in p.text for p in word.parts) and not plain_word(word):
        # zsh takes {1..$n} for a sequence.
        walk.value(word, state)
        return [Arg((Unknown("variable", walk.source(word)),), split=True, word=word, source=walk.source(word))]
    alternatives = _Braces(walk, word, state.dialect).expand(items) if len(items) < 20_000 else None
    if alternatives is None:
        raise Unreadable("too much to follow", walk.span(word)[0])
    if len(alternatives) == 1 and alternatives[0] == items:
        return split_fields(walk, word.parts, word, state)
    if state.dialect == "sh":
        # dash takes braces as they are, other shells called sh do not.
        texts = ["".join(x if isinstance(x, str) else walk.source(x) for x in a) for a in alternatives]
        for part in word.parts:
            if not isinstance(part, Text):
                walk.value(word, state)
                break
        source = walk.source(word)
        plain = [part.text for part in word.parts if isinstance(part, Text)]
        options = dict.fromkeys([*texts, "".join(plain)]) if len(plain) == len(word.parts) else ()
        return [Arg((Unknown("special", source, options=options),), split=True, word=word, source=source)]
    found = []
    for alternative in alternatives:
        fields = split_fields(walk, _parts_of(alternative, word), word, state)
        if not fields and state.dialect == "zsh":
            # zsh keeps some of the empty ones.
            fields = [Arg((Unknown("special", walk.source(word), options=("",)),), split=True, word=word, source=walk.source(word))]
        found += fields
    return found


class _Braces:
    """Brace expansion over items: single bare characters, and nodes for all that is quoted or expanded. As bash's braces.c."""

    __slots__ = ("walk", "word", "dialect", "count")

    def __init__(self, walk: "Walk", word: "Word", dialect: str) -> None:
        self.walk, self.word, self.dialect, self.count = walk, word, dialect, 0

    def expand(self, items: "list[Item]") -> "list[list[Item]] | None":
        """List of items -> list of such lists; None when there are too many."""
        opened = self.opening(items)
        if opened is None:
            return [items]
        close = self.find(items, opened + 1, "}")
        assert close is not None  # opening() has seen it
        preamble, inside, rest = items[:opened], items[opened + 1 : close], items[close + 1 :]
        if "," in inside:
            middle = self.alternatives(inside)
        else:
            middle = _sequence(inside, self.dialect)
            if middle is None:
                middle = [items[opened : close + 1]]
            elif not middle:
                return None
        tails = self.expand(rest) if rest else [[]]
        if middle is None or tails is None:
            return None
        self.count += len(middle) * len(tails)
        if self.count > 4000 or len(middle) * len(tails) * (len(items) + 1) > 200_000:
            return None
        self.walk.spend(len(middle) * len(tails))
        return [preamble + m + t for m in middle for t in tails]

    def opening(self, items: "list[Item]") -> "int | None":
        """Index of the first brace that has a partner and something to expand."""
        start = 0
        while True:
            at = self.find(items, start, "{")
            if at is None:
                return None
            if self.find(items, at + 1, "}") is not None:
                return at
            start = at + 1

    def find(self, items: "list[Item]", start: int, wanted: str) -> "int | None":
        """bash's brace_gobbler: the index of the wanted character at this level."""
        level, commas = 0, 0 if wanted == "}" else 1
        n = len(items)
        self.walk.steps += (n - start) >> 3
        self.walk.spend(0)
        i = start
        while i < n:
            c = items[i]
            if c == wanted and not level and commas:
                if c == "{" and i == start == 0 and (n == 1 or items[1] == "}"):
                    i += 1
                    continue
                return i
            if c == "{":
                level += 1
            elif c == "}":
                if level:
                    level -= 1
            elif wanted == "}" and not level:
                if c == "," or c == "." and i + 1 < n and items[i + 1] == "." and (i + 2 >= n or items[i + 2] != wanted):
                    commas += 1
            i += 1
        return None

    def alternatives(self, items: "list[Item]") -> "list[list[Item]] | None":
        found, start = [], 0
        while True:
            at = self.find(items, start, ",")
            more = self.expand(items[start:at] if at is not None else items[start:])
            if more is None:
                return None
            found += more
            if at is None:
                return found
            start = at + 1


def _sequence(items: "list[Item]", dialect: str) -> "list[list[Item]] | None":
    """The items of {1..5} or {a..e..2}; None when it is no sequence, empty when it is too long or shells differ."""
    letters = [item for item in items if isinstance(item, str)]
    if len(letters) < len(items):
        return None
    ends = "".join(letters).split("..")
    if len(ends) not in (2, 3):
        return None
    step = 1
    if len(ends) == 3:
        if not _integer(ends[2]):
            return None
        step = abs(int(ends[2])) or 1
    first, last = ends[0], ends[1]
    if _integer(first) and _integer(last):
        width = max(len(first), len(last)) if any(len(e.lstrip("-+")) > 1 and e.lstrip("-+")[0] == "0" for e in (first, last)) else 0
        numbers = _steps(int(first), int(last), step)
        return [list(("-" if k < 0 else "") + str(abs(k)).zfill(width - (k < 0))) for k in numbers]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and (first + last).isascii():
        if dialect == "zsh" and len(ends) == 3:
            return None
        if first.islower() != last.islower():
            return []
        codes = _steps(ord(first), ord(last), step)
        return [[chr(k)] for k in codes]
    return None


def _integer(text: str) -> bool:
    digits = text[1:] if text[:1] in ("-", "+") else text
    return digits.isdigit() and digits.isascii() and len(digits) < 10


def _steps(first: int, last: int, step: int) -> range:
    """From first to last; empty when there are too many."""
    if abs(last - first) // step > 3000:
        return range(0)
    return range(first, last + 1, step) if first <= last else range(first, last - 1, -step)


def _parts_of(items: "list[Item]", word: "Word") -> "list[Part]":
    """Items -> parts of a word."""
    parts: "list[Part]" = []
    run: "list[str]" = []
    for item in items:
        if isinstance(item, str):
            run.append(item)
            continue
        if run:
            parts.append(Text(word.start, word.end, "".join(run), ""))
            run = []
        parts.append(item)
    if run:
        parts.append(Text(word.start, word.end, "".join(run), ""))
    return parts
