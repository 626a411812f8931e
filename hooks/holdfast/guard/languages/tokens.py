"""Program text -> tokens: names, punctuation and string literals; comments and regular expressions are left out. One pass, linear."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Token = "str | Literal"

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "\n": ""}
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
END = "\n"  # the token that ends a line
_MARK = "\x01"
_BREAKS = "()[]{},;:=+-*/%<>!?&|^~.\\`#'\""


class Literal:
    """A string literal. parts: str, and for interpolations tuples of one str with the expression.  kind: "" text, "run" (backticks),
    "words" (a list of words), "regex"."""

    __slots__ = ("parts", "kind")

    def __init__(self, parts: "Iterable[str | tuple[str]]", kind: str = "") -> None:
        self.parts, self.kind = tuple(parts), kind


class Spelling:
    """How a language is written. comments: what begins one, up to the end of the line.  quotes: characters that begin a string.

    block: begin and end of a comment of any length.  holes: what begins an interpolation ("{" in Python's f, "${" in a template,
    "#{" in Ruby, "$" in PHP and Perl) in double quotes.  run: what a backtick means: "run", "text" (a template) or "" (nothing).
    sigils: characters that begin a name.  raw: quotes in which a backslash is itself.  perlish: q(), qq(), m//, s///, %w() and the like.
    """

    __slots__ = ("comments", "quotes", "block", "holes", "run", "raw", "perlish", "triple", "regex", "table", "long")

    def __init__(
        self,
        comments: str,
        quotes: str = "'\"",
        block: "tuple[str, str] | None" = None,
        holes: str = "",
        run: str = "",
        sigils: str = "",
        raw: str = "",
        perlish: str = "",
        triple: bool = False,
        regex: bool = False,
        long: bool = False,
    ) -> None:
        self.comments, self.quotes, self.block, self.holes, self.run = comments.split(), quotes, block, holes, run
        self.raw, self.perlish, self.triple, self.regex, self.long = raw, perlish, triple, regex, long
        table = {ord(c): f" {c} " for c in _BREAKS if c not in sigils}
        table.update({ord(c): " " + c for c in sigils})
        table[10] = f" {_MARK} "
        self.table = table


def tokens(text: str, spelling: Spelling) -> "list[str | Literal]":
    """Tokens of a text in the order they stand in; END for each end of a line."""
    found: "list[str | Literal]" = []
    starts = [
        *spelling.comments,
        *spelling.quotes,
        *(("`",) if spelling.run else ()),
        *((spelling.block[0],) if spelling.block else ()),
        *(("/",) if spelling.regex else ()),
        *(("[[", "[=") if spelling.long else ()),
    ]
    where = dict.fromkeys(starts, -1)
    i, n = 0, len(text)
    while i < n:
        at, start = n, ""
        for mark in starts:
            seen = where[mark]
            if 0 <= seen < i or seen == -1:
                seen = where[mark] = text.find(mark, i) if seen != n else n
                if seen < 0:
                    seen = where[mark] = n
            if seen < at or seen == at and len(mark) > len(start) and seen < n:
                at, start = seen, mark
        i = _plain(text, i, at, spelling, found)
        if i != at or at >= n:
            continue
        if spelling.block and start == spelling.block[0]:
            end = text.find(spelling.block[1], i + len(start))
            i = n if end < 0 else end + len(spelling.block[1])
        elif start in spelling.comments:
            if start == "#" and spelling.perlish and i and text[i - 1] in "$@{&":
                found.append("#")
                i += 1
                continue
            end = text.find("\n", i)
            i = n if end < 0 else end
        elif start in ("[[", "[="):
            i = _long(text, i, found)
        elif start == "/":
            i = _regex(text, i, found)
        else:
            i = _string(text, i, start, spelling, found)
    return found


def _plain(text: str, i: int, at: int, spelling: Spelling, found: "list[str | Literal]") -> int:
    """Add the tokens of text[i:at]; where the next part begins, behind `at` when a quoting operator reaches over it."""
    segment = text[i:at]
    if "\\\n" in segment:
        segment = segment.replace("\\\n", " ")
    words = segment.translate(spelling.table).split()
    if spelling.perlish:
        for name in spelling.perlish.split():
            mark = segment.find(name)
            while mark >= 0:
                before, after = segment[mark - 1 : mark], text[i + mark + len(name) : i + mark + len(name) + 1]
                if (
                    not (before.isalnum() or before in ("$", "@", "%", "_", "-", "&", ">") and before)
                    and after
                    and not after.isspace()
                    and not after.isalnum()
                    and after not in ",;=)_>"
                ):
                    head = segment[:mark].translate(spelling.table).split()
                    found += [END if w == _MARK else w for w in head]
                    return _quoted(text, i + mark + len(name), name, spelling, found)
                mark = segment.find(name, mark + 1)
    found += [END if w == _MARK else w for w in words] if _MARK in words else words
    return at


def _quoted(text: str, i: int, name: str, spelling: Spelling, found: "list[str | Literal]") -> int:
    """q(), qq(), qx(), qw(), m//, s///, tr///, %w[], %x() from the opening delimiter on; where it ends."""
    opening = text[i]
    end, body = _delimited(text, i, opening)
    kind = {"qx": "run", "%x": "run", "qw": "words", "%w": "words", "%i": "words"}.get(
        name, "regex" if name in ("m", "s", "y", "tr", "qr", "%r") else ""
    )
    if name in ("s", "y", "tr"):
        if opening in _CLOSING:
            while end < len(text) and text[end].isspace():
                end += 1
            if end < len(text):
                end, replacement = _delimited(text, end, text[end])
            else:
                replacement = ""
        else:
            end, replacement = _delimited(text, end - 1, opening)
        flags = end
        while end < len(text) and text[end].isalpha():
            end += 1
        if name == "s" and "e" in text[flags:end]:
            found += tokens(replacement, spelling)
            return end
        body = replacement
    parts = (body,) if name in ("q", "qw", "%w", "%q") or kind == "regex" else _holes(body, spelling.holes)
    found.append(Literal(parts, kind))
    return end


def _delimited(text: str, i: int, opening: str) -> "tuple[int, str]":
    """(Index behind the closing delimiter, what stands between)."""
    closing, depth, j, n = _CLOSING.get(opening, opening), 1, i + 1, len(text)
    while j < n:
        c = text[j]
        if c == "\\":
            j += 2
            continue
        if c == closing:
            depth -= 1
            if not depth:
                return j + 1, text[i + 1 : j]
        elif c == opening:
            depth += 1
        j += 1
    return n, text[i + 1 :]


def _long(text: str, i: int, found: "list[str | Literal]") -> int:
    """Lua's [[text]] and [==[text]==]; a mere bracket otherwise."""
    j = i + 1
    while text[j : j + 1] == "=":
        j += 1
    if text[j : j + 1] != "[":
        found.append("[")
        return i + 1
    closing = "]" + text[i + 1 : j] + "]"
    end = text.find(closing, j)
    end = len(text) if end < 0 else end
    found.append(Literal((text[j + 1 : end],)))
    return end + len(closing)


def _regex(text: str, i: int, found: "list[str | Literal]") -> int:
    """A slash: the beginning of a regular expression or a division."""
    before = next((t for t in reversed(found[-3:]) if t != END), "(")
    if isinstance(before, Literal) or not (
        before in "(,=:[!&|?{};+-*%<>~^" or before in ("return", "typeof", "if", "and", "or", "not", "in")
    ):
        found.append("/")
        return i + 1
    j, n, bracket = i + 1, len(text), False
    while j < n and text[j] != "\n":
        c = text[j]
        if c == "\\":
            j += 1
        elif c == "[":
            bracket = True
        elif c == "]":
            bracket = False
        elif c == "/" and not bracket:
            found.append(Literal((text[i + 1 : j],), "regex"))
            j += 1
            while j < n and text[j].isalpha():
                j += 1
            return j
        j += 1
    found.append("/")
    return i + 1


def _string(text: str, i: int, quote: str, spelling: Spelling, found: "list[str | Literal]") -> int:
    """A string literal from its quote on; where it ends."""
    n = len(text)
    prefix = ""
    if (
        spelling.triple
        and found
        and isinstance(found[-1], str)
        and text[i - 1 : i].isalpha()
        and found[-1].lower() in ("f", "r", "b", "u", "rb", "br", "fr", "rf", "raw")
    ):
        prefix = found.pop().lower()  # type: ignore[union-attr]
    closing = quote * 3 if spelling.triple and text.startswith(quote * 3, i) else quote
    j = i + len(closing)
    raw = "r" in prefix or quote in spelling.raw
    out: "list[str]" = []
    while j < n:
        end = text.find(closing, j)
        if end < 0:
            end = n
        slash = text.find("\\", j, end)
        if slash < 0:
            out.append(text[j:end])
            j = end + len(closing)
            break
        out.append(text[j:slash])
        escape = text[slash + 1 : slash + 2]
        if raw:
            if spelling.triple or escape in (quote, "\\"):
                out.append("\\" + escape if spelling.triple else escape)
                j = slash + 2
            else:
                out.append("\\")
                j = slash + 1
            continue
        value, j = _unescaped(text, slash)
        # An escaped dollar or brace is no hole.
        out.append(value)
    else:
        j = n
    body = "".join(out)
    if quote == "`":
        kind = "run" if spelling.run == "run" else ""
        found.append(Literal(_holes(body, spelling.holes), kind))
    elif "f" in prefix:
        found.append(Literal(_holes(body, "{")))
    elif quote == '"' and spelling.holes and spelling.holes != "${":
        found.append(Literal(_holes(body, spelling.holes)))
    else:
        found.append(Literal((body,) if body else ()))
    return j


def _unescaped(text: str, i: int) -> "tuple[str, int]":
    """What the backslash at i stands for, and where it ends."""
    c = text[i + 1 : i + 2]
    width = {"x": 2, "u": 4, "U": 8}.get(c, 0)
    if width:
        if text[i + 2 : i + 3] == "{":
            end = text.find("}", i)
            digits, stop = text[i + 3 : end], end + 1
        else:
            digits, stop = text[i + 2 : i + 2 + width], i + 2 + width
        try:
            return chr(int(digits, 16)), max(stop, i + 2)
        except (ValueError, OverflowError):
            return c, i + 2
    if c and c in "01234567":
        j = i + 1
        while j < i + 4 and text[j : j + 1] and text[j] in "01234567":
            j += 1
        return chr(int(text[i + 1 : j], 8)), j
    return _ESCAPES.get(c, c), i + 2


def _holes(body: str, opening: str) -> "list[str | tuple[str]]":
    """Split a text at its interpolations."""
    if not opening or opening[0] not in body:
        return [body] if body else []
    parts: "list[str | tuple[str]]" = []
    i, n = 0, len(body)
    while i < n:
        at = body.find(opening[0] if opening == "$" else opening, i)
        if at < 0:
            break
        if opening == "{" and body[at + 1 : at + 2] == "{":
            parts.append(body[i : at + 1])
            i = at + 2
            continue
        if opening == "$":
            j = at + 1
            if body[j : j + 1] == "{":
                end, inside = _delimited(body, j, "{")
                expression = inside if inside[:1] == "$" else "$" + inside
            else:
                while j < n and (body[j].isalnum() or body[j] == "_"):
                    j += 1
                end, expression = j, body[at:j]
                if j == at + 1:
                    parts.append(body[i:j])
                    i = j
                    continue
        else:
            end, expression = _delimited(body, at + len(opening) - 1, "{")
            if opening == "{":
                cut = min((p for p in (expression.find("!r"), expression.find(":")) if p > 0), default=-1)
                if cut > 0 and "(" not in expression and "[" not in expression:
                    expression = expression[:cut]
        if at > i:
            parts.append(body[i:at])
        parts.append((expression,))
        i = end
    if i < n:
        parts.append(body[i:].replace("}}", "}") if opening == "{" else body[i:])
    return parts
