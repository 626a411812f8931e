"""Tokens -> what the calls in a program amount to. A light reading in one pass: constants are followed, the rest is unknown.

Every call of a known function is seen wherever it stands, in functions that nobody calls too; texts that are only data are not.
"""

from holdfast.guard.languages.tokens import END, Literal, Spelling, tokens
from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.wrappers import Inner, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Pieces = tuple[str | Unknown, ...]

MAX_TOKENS, MAX_DEPTH, MAX_INNERS = 30_000, 40, 200
_HOLE = 0xE000  # private characters stand for the Unknowns in a program text that is known in part
_CLOSERS = frozenset(")]}")
# Words before a value that change nothing about it.
_TRANSPARENT = frozenset("return await new my our local const let raise throw do then else begin try try! try?".split())
# These do so only where no call or attribute follows.
_TYPES = ("global", "static", "auto", "String", "def", "var", "val", "final", "yield")
_BEGINNING = ("local", "return", "const", "let", "var", "my")  # of a statement
_WORDS = frozenset(
    "and or not if elif unless while until in is lambda for foreach end fi from import as class function sub fn func "
    "fun else: except finally catch with del assert pass use package when case default void int char public".split()
)
_ENVIRONMENTS = frozenset(("os.environ", "process.env", "ENV", "%ENV", "$_ENV", "$_SERVER", "Deno.env.toObject()"))
_VARIABLES = ("os.environ.", "process.env.", "ENV[", "$ENV{", "$ENV[", "$_ENV.", "$$")
_SHELLS = frozenset("sh bash zsh dash ash ksh csh tcsh fish rbash busybox cmd cmd.exe powershell powershell.exe pwsh".split())


_WHOLE = frozenset(("environment",))


class Dialect:
    """A language: its Spelling, its functions and how it joins texts.

    calls: "ACTION name name ...", a line each (a line that begins with a blank goes on with the last one): what a function of that name
    amounts to.  A name with a dot in front is a method of whatever it is called on.  joins: the operator between texts, " " when they
    stand side by side.  bare: calls need no brackets.
    """

    __slots__ = ("name", "spelling", "calls", "joins", "bare", "prefixes", "slashes")

    def __init__(
        self, name: str, spelling: Spelling, calls: str, joins: str = "+", bare: bool = False, prefixes: str = "", slashes: str = "."
    ) -> None:
        self.name, self.spelling, self.joins, self.bare, self.slashes = name, spelling, joins, bare, slashes
        self.prefixes = tuple(prefixes.split())
        self.calls: "dict[str, str]" = {}
        action = ""
        for row in calls.splitlines():
            action, _, names = row.partition(" ") if row[:1] != " " else (action, "", row)
            for each in names.split():
                self.calls[each] = action


class Value:
    """What an expression gives. text: pieces, or None when it is no text that is known in part.  items: a list's Values.
    fields: a table's.  name: what it is called, when it is a thing of the language.  marks: where it comes from: "fetched", "decoded",
    "received", "input".  file: pieces of the path of the file that it was read from."""

    __slots__ = ("text", "items", "fields", "name", "marks", "file")

    def __init__(
        self,
        text: "Pieces | None" = None,
        items: "list[Value] | None" = None,
        name: str = "",
        marks: "frozenset[str]" = frozenset(),
        file: "Pieces | None" = None,
    ) -> None:
        self.text, self.items, self.name, self.marks, self.file = text, items, name, marks, file
        self.fields: "dict[str, Value]" = {}

    @property
    def known(self) -> "str | None":
        """The exact text, or None."""
        if self.text is None:
            return None
        if not self.text:
            return ""
        return self.text[0] if len(self.text) == 1 and isinstance(self.text[0], str) else None

    def pieces(self) -> "Pieces":
        """As part of an argument: its text, else one Unknown."""
        if self.text is not None:
            return self.text
        return (unknown(self.name or "a value"),)


def unknown(source: str, options: "Sequence[str]" = ()) -> Unknown:
    """A value of a program that only its run will tell; unlike a shell's unset variable it is not empty."""
    for start in _VARIABLES:
        if source.startswith(start) and len(source) > len(start):
            return Unknown("variable", source, source[len(start) :].rstrip("]}"), fallback="computed")
    return Unknown("argument", source, options=options, fallback="computed")


def read(
    text: str, dialect: Dialect, holes: "Sequence[Unknown]" = (), depth: int = 0, given: "dict[str, str] | None" = None
) -> "list[Inner]":
    """What a program text amounts to. holes: the Unknowns that private characters in it stand for.  given: variables set from outside."""
    reader = Reader(tokens(text, dialect.spelling), dialect, holes, depth)
    for name, value in (given or {}).items():
        reader.names[name] = Value((value,))
    reader.program = text
    reader.everything()
    return reader.found


class Reader:
    def __init__(self, found: "list[str | Literal]", dialect: Dialect, holes: "Sequence[Unknown]", depth: int) -> None:
        self.tokens, self.dialect, self.holes, self.depth = found[:MAX_TOKENS], dialect, holes, depth
        self.at, self.level, self.program = 0, 0, ""
        self.names: "dict[str, Value]" = {"$_": Value(name="$_", marks=frozenset(("topic",)))}
        self.found: "list[Inner]" = []
        self.peer: "tuple[Pieces, Pieces] | None" = None  # host and port of a connection
        self.shell = self.rewired = self.ran = self.served = self.fetched = self.evaluated = False

    def everything(self) -> None:
        """All statements; then what they amount to together."""
        while self.at < len(self.tokens):
            before = self.at
            self.statement()
            if self.at == before:
                self.at += 1
        if self.fetched and self.evaluated:
            self.judged_marks(frozenset(("fetched",)))
        if self.peer is not None and (self.shell or self.rewired and self.ran):
            self.run(("nc",), *((("-l",),) if self.served else ()), ("-e",), ("/bin/sh",), *self.peer)

    # ---- tokens --------------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> "str | Literal":
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else END

    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def accept(self, *wanted: str) -> bool:
        if not self.done() and self.peek() in wanted:
            self.at += 1
            return True
        return False

    def blank(self) -> None:
        while not self.done() and self.tokens[self.at] == END:
            self.at += 1

    def is_name(self, token: "str | Literal") -> bool:
        return isinstance(token, str) and (token[:1].isalpha() or token[:1] in "_$@" and token != "" or token[:1] > "\x7f") and token != END

    # ---- statements ----------------------------------------------------------------------------------------------------

    def statement(self) -> None:
        token = self.peek()
        if token == END or token == ";" or token in _CLOSERS:
            self.at += 1
            return
        if token == "import" or token == "from":
            self.imports()
            return
        if token in ("const", "let", "var") and self.peek(1) == "{":
            self.destructured()
            return
        if token in ("for", "foreach"):
            self.loop()
            return
        if token in ("def", "function", "sub", "fn", "func", "fun") and self.is_name(self.peek(1)):
            self.at += 2
            return
        value = self.expression(";,")
        if self.accept("as") and self.is_name(self.peek()):
            self.names[str(self.peek())] = value
            self.at += 1

    def imports(self) -> None:
        """import a.b as c, d; from a import b as c; import x, {a as b} from "m"."""
        line: "list[str | Literal]" = []
        depth = 0
        while not self.done() and (depth or self.peek() not in (END, ";")) and len(line) < 200:
            token = self.peek()
            depth += token in ("(", "{") if isinstance(token, str) else 0
            depth -= token in (")", "}") if isinstance(token, str) else 0
            if token != END:
                line.append(token)
            self.at += 1
        literals = [t for t in line if isinstance(t, Literal)]
        if literals:
            module = _module(Value(tuple(p for p in literals[-1].parts if isinstance(p, str))).known or "")
            words = [t for t in line if isinstance(t, str)]
        elif line and line[0] == "from" and "import" in line:
            cut = line.index("import")
            module = "".join(t for t in line[1:cut] if isinstance(t, str))
            words = ["{", *(t for t in line[cut:] if isinstance(t, str))]
        else:
            self.plain_imports([t for t in line[1:] if isinstance(t, str)])
            return
        inside = False
        i = 0
        while i < len(words):
            word = words[i]
            if word == "{":
                inside = True
            elif word == "*" and literals and words[i + 1 : i + 2] == ["as"]:
                self.names[words[i + 2] if i + 2 < len(words) else "*"] = Value(name=module)
                i += 2
            elif word == "*":
                for known in self.dialect.calls:
                    if known.startswith(module + ".") and known.count(".") == module.count(".") + 1:
                        self.names[known.rpartition(".")[2]] = Value(name=known)
            elif word[:1].isalpha() or word[:1] == "_":
                if word not in ("import", "from", "as", "type"):
                    alias = words[i + 2] if words[i + 1 : i + 2] == ["as"] and i + 2 < len(words) else word
                    self.names[alias] = Value(name=f"{module}.{word}" if inside else module)
                    if alias != word:
                        i += 2
            i += 1

    def plain_imports(self, words: "list[str]") -> None:
        for part in " ".join(words).split(","):
            name, _, alias = part.partition(" as ")
            if alias:
                self.names[alias.strip()] = Value(name=name.replace(" ", ""))

    def destructured(self) -> None:
        """const {a, b: c} = require("m")"""
        self.at += 2
        names: "list[tuple[str, str]]" = []
        while not self.done() and self.peek() != "}":
            name = self.peek()
            if self.is_name(name):
                alias = name
                if self.peek(1) == ":" and self.is_name(self.peek(2)):
                    alias = self.peek(2)
                    self.at += 2
                names.append((str(name), str(alias)))
            self.at += 1
        self.at += 1
        if self.accept("="):
            value = self.expression(";")
            for name, alias in names:
                self.names[alias] = value.fields.get(name) or (
                    Value(name=f"{value.name}.{name}") if value.name else Value(marks=value.marks)
                )

    def loop(self) -> None:
        """for x in [..]: the name may be any of them."""
        self.at += 1
        bracketed = self.accept("(")
        while self.peek() in ("const", "let", "var", "my", "auto"):
            self.at += 1
        if self.is_name(self.peek()) and self.peek(1) in ("in", "of"):
            name = str(self.peek())
            self.at += 2
            value = self.expression(":;)" if bracketed else ":;")
            texts = [v.known for v in value.items or ()]
            options = [t for t in texts if t is not None]
            if options and len(options) == len(texts):
                self.names[name] = Value((unknown(name, options),) if len(options) > 1 else (options[0],))
            else:
                self.names[name] = Value(marks=value.marks)

    # ---- expressions ----------------------------------------------------------------------------------------------------

    def expression(self, stops: str) -> Value:
        """Read up to a stop, an unmatched closing bracket or the end of the line; its value when it is texts joined, else unknown."""
        self.level += 1
        if self.level + self.depth > MAX_DEPTH:
            self.skip()
            self.level -= 1
            return Value()
        joins = self.dialect.joins
        value: "Value | None" = None
        pure, joined, start, printing = True, True, self.at, self.peek() in ("print", "printf")
        marks: "frozenset[str]" = frozenset()
        while not self.done():
            token = self.peek()
            if isinstance(token, str):
                if token == END:
                    after = self.after_blank()
                    if (
                        "\n" in stops
                        or isinstance(after, str)
                        and (after == "." and self.level > 1 or after in ("||", "?", "."))
                        and value is not None
                    ):
                        self.blank()
                        continue
                    break
                if token in stops or token in _CLOSERS or token == ";":
                    break
                if token == "as" and self.level == 1:
                    break
                if value is not None and (
                    token in _BEGINNING
                    or self.dialect.name == "lua"
                    and not joined
                    and self.is_name(token)
                    and token not in ("and", "or", "not")
                ):
                    break
                if token in _TRANSPARENT or token in _TYPES and self.peek(1) not in ("(", ".", "["):
                    self.at += 1
                    continue
                if token in ("if", "unless") and value is not None and self.dialect.bare:
                    break
                if token in _WORDS or not (self.is_name(token) or token in "([{" or token[0].isdigit()):
                    if joins == "." and token == "." and self.peek(1) == "=" or joins == "+" and token == "+" and self.peek(1) == "=":
                        break
                    if token == joins or joins == ".." and token == "." or token == "&" and joins == "&":
                        joined = True
                    elif token == "%" and value is not None and self.dialect.name in ("python", "ruby") and value.text is not None:
                        self.at += 1
                        value = formatted(value, self.operand())
                        continue
                    elif token == "|" and self.dialect.name == "awk":
                        self.at += 1
                        value = self.awk_pipe(value)
                        continue
                    elif token == ">" and printing and self.dialect.name == "awk" and self.peek(1) != "=":
                        self.at += 1
                        self.accept(">")
                        target = self.expression(";")
                        self.write(target)
                        continue
                    elif token == ":" and value is None and self.dialect.name == "ruby" and self.is_name(self.peek(1)):
                        value = self.operand()
                        continue
                    elif token == "/" and value is not None and "path" in value.marks and joins == "+":
                        self.at += 1
                        value = _below(value, self.operand())
                        continue
                    elif token == "\\" or token == "&" and self.dialect.name == "perl":
                        pass
                    else:
                        pure = pure and value is None and token in "-!*&"
                        joined = True
                    self.at += 1
                    continue
            if self.is_name(token) and self.assigns():
                assigned = self.assignment(stops)
                marks |= assigned.marks
                value = assigned if value is None else value
                continue
            before = self.at
            operand = self.operand()
            if self.at == before:
                self.at += 1
                continue
            marks |= operand.marks
            if value is None:
                value = operand
            elif joined or joins == " " or isinstance(token, Literal):
                file = value.file or operand.file
                items = value.items + operand.items if value.items is not None and operand.items is not None else None
                value = Value(packed((*value.pieces(), *operand.pieces())) if items is None else None, items, marks=marks, file=file)
            else:
                pure = False
            joined = False
        self.level -= 1
        if value is None:
            return Value(marks=marks)
        if not pure:
            return Value(None, marks=marks | value.marks, file=value.file)
        if marks - value.marks:
            value = _marked(value, marks)
        return value if self.at > start else Value()

    def after_blank(self) -> "str | Literal":
        at = self.at
        while at < len(self.tokens) and self.tokens[at] == END:
            at += 1
        return self.tokens[at] if at < len(self.tokens) else END

    def skip(self) -> None:
        depth = 0
        while not self.done():
            token = self.peek()
            if isinstance(token, str):
                if token in "([{" and token != END:
                    depth += 1
                elif token in _CLOSERS:
                    if not depth:
                        return
                    depth -= 1
                elif not depth and token in (END, ";"):
                    return
            self.at += 1

    def assigns(self) -> bool:
        """True when an assignment to the name at this place follows."""
        after = self.peek(1)
        if after == "=":
            return self.peek(2) not in ("=", "~", ">")
        if after == "<" and self.peek(2) == "-":
            return self.dialect.name == "r"
        if after == ":" and self.peek(2) == "=":
            return True
        if after == "+" and self.peek(2) == "=" or after == "." and self.peek(2) == "=":
            return True
        return after == ":" and self.is_name(self.peek(2)) and self.peek(3) == "=" and self.level == 1

    def assignment(self, stops: str) -> Value:
        start, name = self.at, str(self.peek())
        grows = self.peek(1) in ("+", ".")
        self.at += {"=": 2, "<": 3, ":": 3 if self.peek(2) == "=" else 4}.get(str(self.peek(1)), 3)
        if stops.count(",") == 0:
            stops += ","
        value = self.expression(stops)
        if grows:
            old = self.names.get(name) or Value(name=name)
            value = Value(packed((*old.pieces(), *value.pieces())), marks=old.marks | value.marks)
        self.names[name] = value
        # a, b = f(): each of them comes from there.
        while start > 1 and self.tokens[start - 1] == "," and self.is_name(self.tokens[start - 2]):
            start -= 2
            self.names[str(self.tokens[start])] = Value(marks=value.marks)
        return value

    def awk_pipe(self, left: "Value | None") -> "Value | None":
        """`"cmd" | getline` and `print | "cmd"`."""
        both = self.accept("&")
        self.accept("|")
        if self.accept("getline"):
            text = left.known if left is not None else None
            if both and text is not None and text.startswith("/inet"):
                self.connect(text)
            elif left is not None:
                self.text(left)
            if self.is_name(self.peek()):
                self.names[str(self.peek())] = Value(marks=frozenset(("received",)) if both else frozenset())
                self.at += 1
            return None
        target = self.expression(";")
        text = target.known
        if (
            both
            and text is not None
            and text.startswith("/inet")
            or both
            and target.text
            and isinstance(target.text[0], str)
            and target.text[0].startswith("/inet")
        ):
            self.connect(str(target.text[0]) if target.text else "")
        else:
            self.text(target)
        return None

    def connect(self, special: str) -> None:
        parts = special.split("/")
        self.peer = ((parts[4] if len(parts) > 4 and parts[4] else "host",), (parts[5] if len(parts) > 5 and parts[5] else "port",))

    def operand(self) -> Value:
        """A value with all that follows it: .name, (arguments), [index]."""
        token = self.peek()
        self.at += 1
        if isinstance(token, Literal):
            value = self.literal(token)
        elif token == "(":
            value = self.group()
        elif token == "[":
            items, _ = self.arguments("]")
            value = Value(items=items)
        elif token == "{":
            value = self.braces()
        elif token[0].isdigit():
            value = Value((token,))
        elif token == ":" and self.is_name(self.peek()):
            value = Value((str(self.peek()),))
            self.at += 1
        else:
            name = token
            while self.dialect.slashes == "::" and self.peek() == ":" and self.peek(1) == ":" and self.is_name(self.peek(2)):
                name += "::" + str(self.peek(2))
                self.at += 3
            value = self.names.get(name) or Value(name=name)
            if name in _ENVIRONMENTS:
                value = Value(name=name, marks=frozenset(("environment",)))
            if not value.name and value.text is None and value.items is None:
                value = Value(name=name, marks=value.marks, file=value.file)
        while not self.done():
            token = self.peek()
            if isinstance(token, Literal):
                if self.dialect.name == "node" and value.name in ("$", "Bun.$", "execa.command", "sh", "$.sync"):
                    self.at += 1
                    self.text(self.literal(token))
                    continue
                if self.dialect.name == "lua" and value.name and value.text is None:
                    self.at += 1
                    value = self.call(value, [self.literal(token)], {})
                    continue
                break_at = self.bare_call(value)
                if break_at is None:
                    return value
                value = break_at
                continue
            if token == "." and self.dialect.joins != "." and self.is_name(self.peek(1)):
                value = self.attribute(value, str(self.peek(1)))
                self.at += 2
            elif token == "." and self.dialect.joins == ".." and self.peek(1) == ".":
                return value
            elif token == ":" and self.dialect.name == "lua" and self.is_name(self.peek(1)):
                value = self.attribute(value, str(self.peek(1)))
                self.at += 2
            elif (
                token == ":"
                and self.peek(1) == ":"
                and self.is_name(self.peek(2))
                or token == "-"
                and self.peek(1) == ">"
                and self.is_name(self.peek(2))
            ):
                value = self.attribute(value, str(self.peek(2)))
                self.at += 3
            elif (
                token == "&"
                and self.peek(1) == "."
                or token == "?"
                and self.peek(1) == "."
                or token == "!"
                and self.dialect.name in ("ruby", "elixir")
                and self.peek(1) in ("(", END)
                or token == "?"
                and self.peek(1) == "("
            ):
                self.at += 1
            elif token == "(":
                self.at += 1
                args, fields = self.arguments(")")
                value = self.call(value, args, fields)
            elif token == "[" and (value.name or value.items is not None or value.text is not None):
                self.at += 1
                value = self.index(value)
            elif token == "{" and self.dialect.name == "perl" and value.name[:1] == "$":
                self.at += 1
                value = self.index(value, "}")
            else:
                called = self.bare_call(value)
                if called is None:
                    return value
                value = called
        called = self.bare_call(value)
        return called if called is not None else value

    def bare_call(self, value: Value) -> "Value | None":
        """`system "text", x` in languages whose calls need no brackets: what it gives, or None when it is no call."""
        if not self.dialect.bare or not value.name or (value.text is not None or value.items is not None) and value.name[0] != ".":
            return None
        action = self.dialect.calls.get(value.name) or self.dialect.calls.get("." + value.name.rpartition(".")[2])
        if action is None:
            return None
        token = self.peek()
        if (
            self.done()
            or not (
                isinstance(token, Literal)
                or self.is_name(token) and token not in _WORDS
                or token in ("[", "\\")
                or action in ("chmod", "chown") and str(token)[:1].isdigit()
            )
            or token == END
        ):
            if "." in value.name and action in ("receive", "same", "reverse", "rmtree", "rm", "rmdir", "stdin", "b64", "home"):
                called = self.call(value, [], {})
                return called if called.name != value.name else None
            return None
        args, fields = self.arguments("")
        return self.call(value, args, fields)

    def literal(self, token: Literal) -> Value:
        if token.kind == "words":
            return Value(items=[Value((w,)) for part in token.parts for w in (part if isinstance(part, str) else "").split()])
        if token.kind == "regex":
            return Value(name="a pattern")
        out: "list[str | Unknown]" = []
        marks: "frozenset[str]" = frozenset()
        file = None
        for part in token.parts:
            if isinstance(part, str):
                out += self.filled(part)
            else:
                inside = self.inside(part[0])
                marks |= inside.marks
                file = file or inside.file
                out += inside.pieces() if inside.items is None else [unknown(part[0])]
        value = Value(packed(out), marks=marks, file=file)
        if token.kind == "run":
            return self.text(value)
        nexts = self.peek()
        if isinstance(nexts, Literal) and self.dialect.name == "python" and not nexts.kind:
            self.at += 1
            more = self.literal(nexts)
            return Value(packed((*value.pieces(), *more.pieces())), marks=marks | more.marks)
        return value

    def filled(self, text: str) -> "list[str | Unknown]":
        """A text in which private characters stand for Unknowns."""
        if not self.holes or text.isascii():
            return [text]
        out: "list[str | Unknown]" = []
        plain = 0
        for i, c in enumerate(text):
            if 0 <= ord(c) - _HOLE < len(self.holes):
                out += [text[plain:i], self.holes[ord(c) - _HOLE]]
                plain = i + 1
        return [*out, text[plain:]]

    def inside(self, source: str) -> Value:
        """The value of an interpolated expression."""
        if len(source) > 2000 or self.depth > 6:
            return Value(name=source[:20])
        nested = Reader(tokens(source, self.dialect.spelling), self.dialect, self.holes, self.depth + 1)
        nested.names, nested.found, nested.program = self.names, self.found, ""
        value = nested.expression("")
        self.peer = self.peer or nested.peer
        self.shell |= nested.shell
        self.ran |= nested.ran
        if value.text is None and not value.name:
            value.name = source[:40]
        return value

    def group(self) -> Value:
        items, _ = self.arguments(")")
        return items[0] if len(items) == 1 else Value(items=items)

    def arguments(self, closing: str) -> "tuple[list[Value], dict[str, Value]]":
        """Values up to a closing bracket ("" for the end of a statement), and those given by name."""
        items: "list[Value]" = []
        fields: "dict[str, Value]" = {}
        stops = ",\n" if closing else ","
        while not self.done():
            if closing:
                self.blank()
            token = self.peek()
            if isinstance(token, str):
                if token == closing:
                    self.at += 1
                    break
                if token in _CLOSERS:
                    if closing:
                        self.at += 1
                    break
                if token == ",":
                    self.at += 1
                    if not closing:
                        self.blank()
                    continue
                if token == ";":
                    if not closing:
                        break
                    self.at += 1
                    continue
                if not closing and (
                    token == END or token in ("if", "unless", "and", "or", "while", "for", "foreach", "do", "|", "&", "?", ">", "<")
                ):
                    break
            if self.is_name(token) or isinstance(token, Literal):
                key = str(token) if isinstance(token, str) else "".join(p for p in token.parts if isinstance(p, str))
                if self.peek(1) == "=" and self.peek(2) == ">" or self.peek(1) == "=" and self.peek(2) != "=" and isinstance(token, str):
                    self.at += 3 if self.peek(2) == ">" else 2
                    value = self.expression(stops)
                    fields[key] = value
                    if isinstance(token, str) and self.dialect.name != "python":
                        self.names.setdefault(key, value)
                    continue
                if self.peek(1) == ":" and self.peek(2) != ":" and self.dialect.name in ("node", "ruby", "swift", "elixir", "groovy"):
                    self.at += 2
                    fields[key] = self.expression(stops)
                    continue
                if self.peek(1) == "=" and self.peek(2) != "=":
                    self.at += 1
            before = self.at
            items.append(self.expression(stops))
            if self.at == before:
                self.at += 1
        return items, fields

    def braces(self) -> Value:
        """A table, or a block of statements: both are read the same way."""
        value = Value(name="{}")
        while not self.done() and self.peek() != "}":
            token = self.peek()
            if (self.is_name(token) or isinstance(token, Literal)) and (
                self.peek(1) == ":" and self.peek(2) != ":" or self.peek(1) == "=" and self.peek(2) == ">"
            ):
                key = str(token) if isinstance(token, str) else "".join(p for p in token.parts if isinstance(p, str))
                self.at += 2 if self.peek(1) == ":" else 3
                value.fields[key] = self.expression(",\n")
                continue
            before = self.at
            self.statement()
            if self.at == before:
                self.at += 1
        self.at += 1
        return value

    def attribute(self, value: Value, name: str) -> Value:
        if value.fields.get(name) is not None:
            return value.fields[name]
        if value.name and value.text is None and value.items is None:
            full = f"{value.name}.{name}"
            if name == "HOME" and value.name in _ENVIRONMENTS:
                return Value(("~",), marks=frozenset(("path",)))
            known = self.names.get(full)
            if known is not None:
                return known
            return Value(name=full, marks=value.marks - _WHOLE | (_WHOLE if full in _ENVIRONMENTS else frozenset()), file=value.file)
        if name in ("text", "body", "content", "stdout", "data"):
            return (
                Value(value.text, name="", marks=value.marks, file=value.file)
                if value.text is not None
                else Value(marks=value.marks, file=value.file)
            )
        return Value(value.text, value.items, f".{name}", value.marks, value.file)

    def index(self, value: Value, closing: str = "]") -> Value:
        items, _ = self.arguments_of_index(closing)
        text = value.known
        if items == "reversed":
            if text is not None:
                return Value((text[::-1],) if text else (), marks=value.marks | {"decoded"})
            return Value(marks=value.marks | {"decoded"})
        key = items if isinstance(items, str) else None
        if key is None:
            return Value(name=value.name and f"{value.name}[]", marks=value.marks, file=value.file)
        if value.items is not None and key.isdigit():
            return value.items[int(key)] if int(key) < len(value.items) else Value()
        if value.fields.get(key) is not None:
            return value.fields[key]
        if value.name and value.text is None and not key.isdigit():
            return (
                self.attribute(value, key)
                if self.dialect.name in ("node", "python", "php")
                else Value(name=f"{value.name}[{key}]", marks=value.marks)
            )
        if key == "HOME" and value.name.lstrip("$%") == "ENV":
            return Value(("~",), marks=frozenset(("path",)))
        return Value(name=value.name and f"{value.name}[{key}]", marks=value.marks, file=value.file)

    def arguments_of_index(self, closing: str) -> "tuple[str | None, None]":
        if self.peek() == ":" and self.peek(1) == ":" and self.peek(2) == "-" and self.peek(3) == "1":
            self.at += 4
            self.accept(closing)
            return "reversed", None
        token = self.peek()
        if isinstance(token, str) and token.isdigit() and self.peek(1) == closing:
            self.at += 2
            return token, None
        items, _ = self.arguments(closing)
        return (items[0].known if len(items) == 1 else None), None

    # ---- what calls amount to ------------------------------------------------------------------------------------------

    def call(self, function: Value, args: "list[Value]", fields: "dict[str, Value]") -> Value:
        name = function.name
        if not name and self.dialect.name == "php":
            name = function.known or ""
        for prefix in self.dialect.prefixes:
            if name.startswith(prefix):
                name = name[len(prefix) :]
        if name.startswith("node:"):
            name = name[5:]
        bound = name[:1] == "."
        action = self.dialect.calls.get(name)
        if action is None and "." in name:
            base, _, last = name.rpartition(".")
            action = self.dialect.calls.get("." + last)
            if action is not None and base and (action == "same" or action == "codec" and not args):
                return Value(function.text, function.items, base, function.marks, function.file)
            if action is not None:
                bound, name = True, "." + last
        if action is None and "(" not in name and self.dialect.name == "node" and "." not in name and "child_process" in self.program:
            action = self.dialect.calls.get("child_process." + name)
        marks = function.marks
        for arg in args:
            marks |= arg.marks
        if "fetched" in marks and any(self.dialect.calls.get(a.name) in ("eval", "sh") for a in args):
            self.judged_marks(marks)
        if action is None:
            file = function.file or next((a.file for a in args if a.file is not None), None)
            if (
                bound
                and function.text is not None
                and name
                in (
                    ".encode",
                    ".decode",
                    ".strip",
                    ".toString",
                    ".trim",
                    ".to_s",
                    ".expanduser",
                    ".resolve",
                    ".absolute",
                    ".as_posix",
                    ".chomp",
                    ".to_str",
                    ".toLowerCase",
                )
            ):
                return Value(function.text, None, "", marks, file)
            return Value(name=f"{name}()" if name and not bound else "", marks=marks, file=file)
        from holdfast.guard.languages.actions import ACTIONS

        found = ACTIONS[action](self, Value(function.text, function.items, name, function.marks, function.file), args, fields)
        if found is None:
            return Value(marks=marks)
        return found

    def run(self, *argv: "Pieces", stdin: bool = False) -> None:
        """The program amounts to running these arguments; a path from the home on is left to the shell."""
        if len(self.found) >= MAX_INNERS:
            return
        if any(
            pieces and isinstance(pieces[0], str) and pieces[0].startswith(("~/", "@~/", "$HOME/")) or pieces == ("~",) for pieces in argv
        ):
            self.found.append(
                Inner(self.dialect.name, text=Arg(packed(p for pieces in argv for p in (*_quoted(pieces), " "))), stdin=stdin)
            )
        else:
            self.found.append(Inner(self.dialect.name, argv=tuple(Arg(packed(p)) for p in argv), stdin=stdin))

    def argv(self, values: "list[Value]") -> None:
        """The program runs a list of arguments."""
        flat = [v for value in values for v in (value.items if value.items is not None else [value])]
        if not flat:
            return
        self.ran = True
        first = flat[0]
        marks = frozenset().union(*(v.marks for v in flat))
        if first.text is None and first.name.endswith("executable"):
            first = Value(("python3",))
        word = first.known
        if word is None:
            self.judged_marks(marks)
            return
        program = word.rpartition("/")[2].lower()
        if program in _SHELLS and not any(v.known in ("-c", "/c", "-Command", "-lc", "-ic", "/C", "-ec") for v in flat[1:]):
            if not any((v.known or "")[:1] not in ("-", "+") for v in flat[1:]):
                self.shell = True
        if program in _SHELLS and ("received" in marks or "socket" in marks):
            self.shell = True
        self.run(*(v.pieces() if v.items is None else (unknown("a list"),) for v in flat))

    def text(self, value: Value) -> Value:
        """The program runs a shell text; what it prints."""
        self.ran = True
        self.judged_marks(value.marks, value.text is None)
        text = value.text
        if text and isinstance(text[0], str) and text[0].strip():
            words = text[0].split()
            if (
                words[0].rpartition("/")[2].lower() in _SHELLS
                and "-c" not in words
                and (
                    len(words) == 1 and len(text) == 1 or words[1:2] and words[1][:1] in "-<>&0123456789" and "/" not in " ".join(words[1:])
                )
            ):
                self.shell = True
            if len(self.found) < MAX_INNERS:
                self.found.append(Inner(self.dialect.name, text=Arg(text), stdin=False))
        first = text[0] if text and isinstance(text[0], str) else ""
        return Value(
            name="output", marks=value.marks & {"fetched"} | ({"fetched"} if first.lstrip().startswith(("curl ", "wget ")) else set())
        )

    def judged_marks(self, marks: "frozenset[str]", unknown_text: bool = False) -> None:
        """Code or commands of doubtful origin are run."""
        if (
            "received" in marks
            or self.peer is not None
            and ("topic" in marks or unknown_text and ('"data"' in self.program or "'data'" in self.program))
        ):
            self.shell = True
        if "fetched" in marks:
            self.shell_text("curl -fsSL https://fetched.invalid | sh")
        elif "decoded" in marks:
            self.shell_text("base64 -d | sh")

    def shell_text(self, text: str, stdin: bool = False) -> None:
        if len(self.found) < MAX_INNERS:
            self.found.append(Inner(self.dialect.name, text=Arg((text,)), stdin=stdin))

    def write(self, target: Value) -> None:
        """A file is written."""
        if target.text is not None and target.text:
            self.run(("tee",), target.text)


def _quoted(pieces: "Pieces") -> "Sequence[str | Unknown]":
    """Pieces as one word of a shell text, in which the home is still expanded."""
    out: "list[str | Unknown]" = []
    for i, piece in enumerate(pieces):
        if not isinstance(piece, str):
            out += ['"', piece, '"']
            continue
        if not i and piece.startswith(("~", "@~", "$HOME/")):
            head, slash, piece = piece.partition("/")
            out.append(head.replace("@~", "@$HOME") + slash)
        if piece:
            out.append("'" + piece.replace("'", "'\\''") + "'")
    return out


def _below(folder: Value, name: Value) -> Value:
    """Path("a") / "b" """
    return Value(packed((*folder.pieces(), "/", *name.pieces())), marks=folder.marks | name.marks)


def _module(name: str) -> str:
    return name[5:] if name.startswith("node:") else name


def _marked(value: Value, marks: "frozenset[str]") -> Value:
    new = Value(value.text, value.items, value.name, value.marks | marks, value.file)
    new.fields = value.fields
    return new


def formatted(form: Value, given: Value) -> Value:
    """ "%s/x" % value"""
    text = form.known
    values = given.items if given.items is not None else [given]
    if text is None:
        return Value(marks=form.marks | given.marks)
    out: "list[str | Unknown]" = []
    parts = text.replace("%%", "\0").split("%")
    out.append(parts[0].replace("\0", "%"))
    marks = form.marks
    for i, part in enumerate(parts[1:]):
        each = values[i] if i < len(values) else Value(name="%")
        marks |= each.marks
        out += each.pieces()
        out.append(part.lstrip("0123456789.-+")[1:].replace("\0", "%"))
    return Value(packed(out), marks=marks)
