"""Arithmetic: the number an expression gives, or None, and the variables it may set. Loaded when a line has more than a literal number."""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import any_array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.shell.state import Pieces, State
    from holdfast.guard.shell.understand import Walk


def number_of(walk: "Walk", pieces: "Pieces", state: "State") -> "int | None":
    """Pieces as an arithmetic expression -> int or None. Carries out what assigns, and lists what is hidden in subscripts."""
    text = "".join(p if isinstance(p, str) else "\0" for p in pieces)
    if text.isdigit() and text.isascii() and (text[0] != "0" or text == "0") and len(text) < 19:
        return int(text)
    walk.spend(12 + (len(text) >> 5))
    names = _names_in(text)
    reveal(walk, text, state, [])
    if not text.strip():
        return 0
    assigns = _assigns(text)
    if assigns:
        for name in names:
            if name in state.variables and isinstance(state.variables[name], list):
                walk.set(state, name, any_array(name))
            else:
                walk.set(state, name, (Unknown("arithmetic", f"${name}", name),))
    values: "dict[str, str | None]" = {}
    for name in names:
        value = walk.fetch(state, name, name)
        values[name] = Arg(value, source="").value if isinstance(value, tuple) else "" if value is None else None
    if (
        assigns
        or "\0" in text
        or len(text) > 1000
        or any(not (v == "" or plain_number(v)) for v in values.values() if v is not None)
        or None in values.values()
    ):
        return None
    try:
        return _Sum(text, {name: value or "" for name, value in values.items()}).result()
    except (ValueError, ZeroDivisionError, IndexError):
        return None


def reveal(walk: "Walk", text: str, state: "State", seen: "list[str]") -> None:
    """List the commands in the subscripts of an expression, and of the expressions that its variables hold."""
    if "[" in text and ("$(" in text or "`" in text):
        walk.expanded_again(text, state.copy(), "arithmetic")
    for name in _names_in(text):
        if name in state.variables and name not in seen and len(seen) < 50:
            seen.append(name)
            value = state.variables[name]
            for piece in value if isinstance(value, tuple) else [p for arg in value or () for p in arg.pieces]:
                for inner in (piece,) if isinstance(piece, str) else piece.some:
                    if not plain_number(inner):
                        reveal(walk, inner, state, seen)


def _names_in(text: str) -> "list[str]":
    """The variable names in an arithmetic expression."""
    names, i, n = [], 0, len(text)
    while i < n:
        c = text[i]
        if c.isalpha() or c == "_":
            j = i + 1
            while j < n and (text[j].isalnum() or text[j] == "_"):
                j += 1
            if text[i:j].isascii():
                names.append(text[i:j])
            i = j
        elif c.isdigit():
            while i < n and (text[i].isalnum() or text[i] in "_#"):
                i += 1
        else:
            i += 1
    return names


def _assigns(text: str) -> bool:
    """True when an arithmetic expression may assign."""
    if "++" in text or "--" in text:
        return True
    bare = (
        text.replace("==", " ")
        .replace("!=", " ")
        .replace("<=", " " if "<<=" not in text else "=")
        .replace(">=", " " if ">>=" not in text else "=")
    )
    return "=" in bare


def plain_number(text: str) -> bool:
    digits = text.strip().lstrip("-")
    return digits.isdigit() and digits.isascii() and (digits[0] != "0" or digits == "0") and len(digits) < 19


class _Sum:
    """A constant arithmetic expression, by precedence climbing. Raises ValueError for what it does not know."""

    __slots__ = ("tokens", "at", "values", "depth")
    _LEVELS = {
        "||": 1,
        "&&": 2,
        "|": 3,
        "^": 4,
        "&": 5,
        "==": 6,
        "!=": 6,
        "<": 7,
        ">": 7,
        "<=": 7,
        ">=": 7,
        "<<": 8,
        ">>": 8,
        "+": 9,
        "-": 9,
        "*": 10,
        "/": 10,
        "%": 10,
        "**": 12,
    }

    def __init__(self, text: str, values: "dict[str, str]") -> None:
        self.tokens, self.at, self.values, self.depth = self.cut(text), 0, values, 0

    def cut(self, text: str) -> "list[str]":
        tokens, i, n = [], 0, len(text)
        while i < n:
            c = text[i]
            if c in " \t\n":
                i += 1
            elif c.isalnum() or c == "_":
                j = i + 1
                while j < n and (text[j].isalnum() or text[j] in "_#@"):
                    j += 1
                tokens.append(text[i:j])
                i = j
            else:
                two = text[i : i + 2]
                tokens.append(two if two in self._LEVELS else c)
                i += len(tokens[-1])
        return tokens

    def result(self) -> int:
        value = self.ternary()
        if self.at != len(self.tokens):
            raise ValueError
        return value

    def ternary(self) -> int:
        self.depth += 1
        if self.depth > 40:
            raise ValueError
        test = self.binary(1)
        if self.at < len(self.tokens) and self.tokens[self.at] == "?":
            self.at += 1
            one = self.ternary()
            if self.tokens[self.at] != ":":
                raise ValueError
            self.at += 1
            other = self.ternary()
            test = one if test else other
        self.depth -= 1
        return test

    def binary(self, lowest: int) -> int:
        left = self.unary()
        while self.at < len(self.tokens):
            op = self.tokens[self.at]
            level = self._LEVELS.get(op, 0)
            if level < lowest:
                break
            self.at += 1
            right = self.binary(level if op == "**" else level + 1)
            left = _wrapped(_apply(op, left, right))
        return left

    def unary(self) -> int:
        self.depth += 1
        if self.depth > 40:
            raise ValueError
        token = self.tokens[self.at]
        self.at += 1
        if token in ("-", "+", "!", "~"):
            value = self.unary()
            value = {"-": -value, "+": value, "!": int(not value), "~": ~value}[token]
        elif token == "(":
            value = self.ternary()
            if self.tokens[self.at] != ")":
                raise ValueError
            self.at += 1
        elif token[0].isdigit():
            if not token.isascii() or "#" in token:
                raise ValueError
            value = int(token, 16) if token[:2] in ("0x", "0X") else int(token, 8) if token[0] == "0" else int(token)
        elif token in self.values:
            text = self.values[token]
            value = int(text) if text else 0
        else:
            raise ValueError
        self.depth -= 1
        return _wrapped(value)


def _wrapped(value: int) -> int:
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value


def _apply(op: str, a: int, b: int) -> int:
    if op == "**":
        if b < 0:
            raise ValueError
        return pow(a, b, 1 << 64)
    if op in ("/", "%"):
        quotient = abs(a) // abs(b)
        quotient = -quotient if (a < 0) != (b < 0) else quotient
        return quotient if op == "/" else a - quotient * b
    if op in ("<<", ">>"):
        if not 0 <= b < 64:
            raise ValueError
        return a << b if op == "<<" else a >> b
    return {
        "+": a + b,
        "-": a - b,
        "*": a * b,
        "|": a | b,
        "^": a ^ b,
        "&": a & b,
        "||": int(bool(a or b)),
        "&&": int(bool(a and b)),
        "==": int(a == b),
        "!=": int(a != b),
        "<": int(a < b),
        ">": int(a > b),
        "<=": int(a <= b),
        ">=": int(a >= b),
    }[op]
