"""Text -> syntax tree, or Unreadable. One pass, no imports beyond the tree; lists every command the shell would run, or says that it can't.

The grammar is that of bash 5 run non-interactively, as far as zsh reads the same text the same way:

    sequence   and_or (";" | "&" | newline) ...            and_or     pipeline ("&&" | "||") ...
    pipeline   ["!"] ["time" ["-p"]] command ("|" | "|&") ...
    command    simple | "{" sequence "}" | "(" sequence ")" | "((" arithmetic "))" | "[[" words "]]" | if | while | until
               | for | select | case | function | coproc, each but the first and the last two with redirections after it
    simple     (assignment | redirection | word) ...
    word       bare, '..', "..", $'..', $"..", $name, ${..}, $(..), `..`, $((..)), $[..], <(..), >(..), run together

Here-documents are read where their line ends. Reserved words count only where a command may begin.

Refused on purpose (Unreadable), because shells disagree on where it ends or what it runs:
- quotes inside "${x:-'}'}", bare { and =(..) inside ${x:-..}, <(..) inside "${x:-..}", a } or a separator inside a subscript;
- extended globs outside [[ and case, which are off in bash by default and where zsh puts glob qualifiers that can run code;
- a line continuation inside an operator, a reserved word, a name, the first word, or behind $ (bash joins them, zsh not always);
- a here-document whose delimiter holds an expansion, is made by a line continuation, or is missing at the end of a substitution;
- $(( and (( where counting parentheses and reading commands come to different ends; in arithmetic and subscripts, quotes
  around what could be expanded, which are not kept: $(('$(command)')) runs the command;
- quotes around what could be expanded behind >&, which bash expands a second time: >&'$(command)' runs the command;
- a backslash at the end of the last word, text right behind an array or >&-, a subscript in {name[..]}>, escapes in $'..'
  that bash and zsh decode differently;
- zsh's own forms: ${(flags)x}, ${$(..)}, $=x, =(..), >! file, short loops and functions, } without a semicolon, `always`;
- ${ command; }; NUL characters; more than MAX_DEPTH levels, MAX_TEXT characters, MAX_WORK words and commands.
"""

from holdfast.guard.shell.tree import (
    Arith,
    ArithCommand,
    Assign,
    Case,
    Condition,
    Coproc,
    ExtGlob,
    For,
    Function,
    Group,
    If,
    Node,
    Param,
    Pipeline,
    Redir,
    Sequence,
    Simple,
    Subst,
    Text,
    Unreadable,
    While,
    Word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from holdfast.guard.shell.tree import Part

MAX_DEPTH = 60  # a level costs at most 12 Python frames, so the default limit of 1,000 is never met
MAX_TEXT = 262_144
MAX_WORK = 15_000  # words, commands and substitutions; more would take longer than 100 ms
MAX_RETRIES = 8    # (( that turn out to be two subshells; each costs a second reading

_META = frozenset(" \t\n;&|<>()")
_BARE_END = _META | frozenset("\\'\"$`")
_PATTERN_END = _BARE_END | frozenset("?*+@!")
_COMPOUND = frozenset("if for while until case select { ( [[ (( function coproc".split())
_CLOSING = frozenset("then else elif fi do done esac }".split())
_RESERVED = _COMPOUND | _CLOSING | frozenset(("!", "time", "in"))
# First letter -> the second letters that a reserved word may have behind it, or a backslash; "" for one that stands alone.
_BEGINNINGS = {"\\": ""}
for _word in _RESERVED:
    _BEGINNINGS[_word[0]] = _BEGINNINGS.get(_word[0], "\\") + _word[1] if len(_word) > 1 and _BEGINNINGS.get(_word[0]) != "" else ""
_DECLARING = frozenset("declare typeset local export readonly".split())
_NAME_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_NAME = _NAME_START | frozenset("0123456789")
_DIGITS = frozenset("0123456789")
_PLAIN = _NAME | frozenset(" ,.:-/@%+_")
_SPECIAL = frozenset("@*#?-$!")
_OPERATORS = (":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", "-", "=", "?", "+", "#", "%", "/", "^", ",", "@", ":")
_REDIRECTIONS = ("<<<", "<<-", "&>>", "<<", ">>", "<&", ">&", "&>", "<>", ">|", "<", ">")
_UNQUOTABLE = "$`()'\"\\"  # arithmetic and subscripts do not keep these quoted
_META_IN_SUBSCRIPT = ";&|<>\n#"
_DISPUTED = frozenset("}{\"$`\n")  # between single quotes inside "${..}": shells disagree on what these then mean
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v", "\\": "\\",
            "'": "'", '"': '"', "?": "?"}
_HEX = frozenset("0123456789abcdefABCDEF")
_OCTAL = frozenset("01234567")
_REDIRECTING = frozenset("<>")


def read(text: str) -> Sequence:
    """Shell text (str) -> tree.Sequence. Raises tree.Unreadable(what, position)."""
    if len(text) > MAX_TEXT:
        raise Unreadable(f"longer than {MAX_TEXT} characters", MAX_TEXT)
    nul = text.find("\0")
    if nul >= 0:
        raise Unreadable("NUL character", nul)
    reader = _Reader(text, 0, len(text))
    return reader.sequence("")


class _Reader:
    """A cursor over text[at:end]. Every method that reads something leaves the cursor just behind it."""

    __slots__ = ("text", "at", "end", "depth", "inside", "pending", "braces", "budget")

    def __init__(self, text: str, at: int, end: int, depth: int = 0, inside: str = "", budget: "list[int] | None" = None) -> None:
        self.text, self.at, self.end, self.depth = text, at, end, depth
        self.inside = inside  # the substitution being read: "", "$(", "`", "<(", ">("
        self.pending: "list[Redir]" = []  # here-documents whose bodies begin at the next newline
        self.braces = 0       # brace groups that are open
        self.budget = [MAX_WORK, MAX_RETRIES] if budget is None else budget  # shared by the readers of one text

    def fail(self, what: str, position: "int | None" = None) -> "NoReturn":
        raise Unreadable(what, self.at if position is None else position)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail("nested too deeply")

    def work(self, amount: int) -> None:
        """Count what costs time."""
        self.budget[0] -= amount
        if self.budget[0] < 0:
            self.fail("too many words and commands")

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.text[place] if place < self.end else ""

    def starts(self, what: str, place: "int | None" = None) -> bool:
        return self.text.startswith(what, self.at if place is None else place, self.end)

    def continued(self, place: "int | None" = None) -> str:
        """What follows the line continuations at the cursor; "" when there are none."""
        place = first = self.at if place is None else place
        while self.text.startswith("\\\n", place, self.end):
            place += 2
        return self.text[place:place + 1] if first < place < self.end else ""

    def at_word_end(self) -> bool:
        """True where nothing is left that could belong to a word."""
        c = self.peek()
        return not c or (c in _META and not (c in "<>" and self.peek(1) == "("))

    # ---- blanks and newlines --------------------------------------------------------------------------------------

    def blanks(self) -> None:
        """Step over blanks, line continuations and a comment."""
        text, end = self.text, self.end
        while self.at < end:
            c = text[self.at]
            if c == " " or c == "\t":
                self.at += 1
            elif c == "\\" and text.startswith("\n", self.at + 1, end):
                self.at += 2
            elif c == "#":
                newline = text.find("\n", self.at, end)
                self.at = end if newline < 0 else newline
            else:
                return

    def blanks_only(self) -> None:
        """Step over blanks and line continuations, where # does not begin a comment."""
        while self.at < self.end and (self.text[self.at] in " \t" or self.starts("\\\n")):
            self.at += 1 if self.text[self.at] != "\\" else 2

    def newlines(self) -> None:
        while True:
            self.blanks()
            if self.peek() != "\n":
                return
            self.newline()

    def newline(self) -> None:
        """Step over a newline and the bodies of the here-documents that wait for it."""
        self.at += 1
        if self.pending:
            waiting, self.pending = self.pending, []
            for redirection in waiting:
                self.here_document(redirection)

    def here_document(self, redirection: Redir) -> None:
        """Read the body that begins here into redirection.body."""
        text, end, strip = self.text, self.end, redirection.op == "<<-"
        delimiter = _literal(redirection.target)
        quoted = any(isinstance(part, Text) and part.quote for part in redirection.target.parts)
        start, joined = self.at, None  # joined: what the lines before contribute to this one by line continuation
        while True:
            if self.at >= end:
                if self.inside:
                    self.fail("here-document not closed", start)
                stop = end
                break
            newline = text.find("\n", self.at, end)
            line_end = end if newline < 0 else newline
            line = text[self.at:line_end]
            if joined is None and (line.lstrip("\t") if strip else line) == delimiter:
                stop = self.at
                self.at = min(end, line_end + 1)
                break
            whole = line if joined is None else joined + line
            if joined is not None and (whole.lstrip("\t") if strip else whole) == delimiter:
                self.fail("here-document delimiter made by a line continuation")
            joined = None
            if not quoted and (len(line) - len(line.rstrip("\\"))) % 2:
                joined = whole[:-1] if len(whole.lstrip("\t")) <= len(delimiter) + 1 else "\n"
            self.at = min(end, line_end + 1)
        body = text[start:stop]
        stripped = "\n".join(line.lstrip("\t") for line in body.split("\n")) if strip and "\t" in body else None
        parts: "list[Part]"
        if quoted:
            parts = [Text(start, stop, body if stripped is None else stripped, "'")]
        elif stripped is None:
            parts = _Reader(text, start, stop, self.depth, "<<", self.budget).expanded_text()
        else:
            try:
                parts = _Reader(stripped, 0, len(stripped), self.depth, "<<", self.budget).expanded_text()
            except Unreadable as unreadable:
                raise Unreadable(unreadable.what, start) from None
            for part in parts:
                _place(part, start, stop)
        redirection.body = Word(start, stop, parts)

    def expanded_text(self) -> "list[Part]":
        """The parts of a here-document body: text in which only $, ` and backslash are special."""
        self.deeper()
        parts: "list[Part]" = []
        self.double_quoted(parts, '"', closing="")
        return parts

    # ---- words ----------------------------------------------------------------------------------------------------

    def word(self, pattern: bool = False, regex: bool = False) -> Word:
        """Read one word. pattern: ?(..) may occur (after == in [[, in case).  regex: the right side of =~."""
        self.work(1)
        text, end, start = self.text, self.end, self.at
        stops = _PATTERN_END if pattern or regex else _BARE_END
        parts: "list[Part]" = []
        open_parentheses = 0
        while self.at < end:
            c = text[self.at]
            if c not in stops:
                place = self.at + 1
                while place < end and text[place] not in stops:
                    place += 1
                _add_text(parts, self.at, place, text[self.at:place], "")
                self.at = place
            elif c == "\\":
                if self.at + 1 >= end:
                    if parts:
                        self.fail("backslash at the end, which bash keeps and zsh drops")
                    _add_text(parts, self.at, end, "\\", "")
                    self.at = end
                elif text[self.at + 1] == "\n":
                    if self.continued() in _REDIRECTING and (_DIGITS.issuperset(text[start:self.at]) or text[self.at - 1] == "}"):
                        self.fail("redirection broken by a line continuation")
                    self.at += 2
                else:
                    parts.append(Text(self.at, self.at + 2, text[self.at + 1], "\\"))
                    self.at += 2
            elif c == "'":
                parts.append(self.single_quoted())
            elif c == '"':
                self.quoted(parts, '"')
            elif c == "$":
                if text.startswith("'", self.at + 1, end):
                    parts.append(self.ansi_quoted())
                elif text.startswith('"', self.at + 1, end):
                    self.at += 1
                    self.quoted(parts, '$"')
                else:
                    self.dollar(parts, False)
            elif c == "`":
                parts.append(self.backtick(False))
            elif c in "<>" and text.startswith("(", self.at + 1, end):
                parts.append(self.substitution(c + "(", False))
            elif (pattern or regex) and c in "?*+@!":
                if text.startswith("(", self.at + 1, end):
                    parts.append(self.extended_glob(c))
                else:
                    _add_text(parts, self.at, self.at + 1, c, "")
                    self.at += 1
            elif regex and (c in "(|" or open_parentheses):
                if c == "\n" or (c == "|" and text.startswith("||", self.at, end) and not open_parentheses):
                    break
                self.work(1)
                open_parentheses += (c == "(") - (c == ")")
                _add_text(parts, self.at, self.at + 1, c, "")
                self.at += 1
            else:
                break
        if self.at == start:
            self.fail("word expected")
        if self.braces and self.at == start + 1 and text[start] == "}":
            self.fail("} that zsh takes for the end of the group", start)
        return Word(start, self.at, parts)

    def single_quoted(self) -> Text:
        start = self.at
        close = self.text.find("'", start + 1, self.end)
        if close < 0:
            self.fail("single quote not closed", start)
        self.at = close + 1
        return Text(start, self.at, self.text[start + 1:close], "'")

    def quoted(self, parts: "list[Part]", quote: str) -> None:
        """At an opening double quote: add the parts up to the closing one."""
        start, before = self.at, len(parts)
        self.at += 1
        self.double_quoted(parts, quote, '"', start)
        if len(parts) == before:
            parts.append(Text(start, self.at, "", quote))

    def double_quoted(self, parts: "list[Part]", quote: str, closing: str, opened: int = 0) -> None:
        """Text in which $, ` and some backslashes are special, up to `closing` (or to the end of the text when that is "")."""
        text, end = self.text, self.end
        run: "list[str]" = []
        run_start = self.at

        def finish() -> None:
            if run:
                parts.append(Text(run_start, self.at, "".join(run), quote))
                run.clear()

        while self.at < end:
            c = text[self.at]
            if c == closing:
                finish()
                self.at += 1
                return
            if c == "\\":
                after = text[self.at + 1:self.at + 2] if self.at + 1 < end else ""
                if after in ("\\", "$", "`") and after or after == '"' and closing:
                    run.append(after)
                elif after != "\n":
                    run.append("\\" + after)
                self.at = min(end, self.at + 2)
            elif c == "$":
                finish()
                self.dollar(parts, True, quote)
                run_start = self.at
            elif c == "`":
                finish()
                backtick = self.backtick(bool(closing))
                backtick.quoted = True
                parts.append(backtick)
                run_start = self.at
            else:
                place = self.at + 1
                while place < end and text[place] not in '"\\$`':
                    place += 1
                run.append(text[self.at:place])
                self.at = place
        finish()
        if closing:
            self.fail("double quote not closed", opened)

    def ansi_quoted(self) -> Text:
        """$'..', decoded."""
        text, start = self.text, self.at
        out: "list[str]" = []
        self.at += 2
        while self.at < self.end:
            c = text[self.at]
            if c == "'":
                self.at += 1
                # Bash ends the string at a NUL that an escape makes.
                return Text(start, self.at, "".join(out).partition("\0")[0], "$'")
            if c != "\\":
                out.append(c)
                self.at += 1
                continue
            kind = self.peek(1)
            self.at += 2
            if kind in _ESCAPES:
                out.append(_ESCAPES[kind])
            elif kind and kind in _OCTAL:
                out.append(chr(int(self.number(_OCTAL, 3, self.at - 1), 8) & 255))
            elif kind and kind in "xuU":
                digits = self.number(_HEX, {"x": 2, "u": 4, "U": 8}[kind], self.at)
                if not digits or int(digits, 16) > 0x10FFFF or 0xD800 <= int(digits, 16) <= 0xDFFF:
                    self.fail("escape that shells read differently")
                out.append(chr(int(digits, 16)))
            else:  # bash keeps the backslash, zsh drops it; \c, \C and \M
                self.fail("escape that shells read differently" if kind else "$' not closed", self.at - 2)
        return self.fail("$' not closed", start)

    def number(self, digits: "frozenset[str]", most: int, start: int) -> str:
        """Up to `most` digits from `start`; the cursor goes behind them."""
        place = start
        while place < self.end and place - start < most and self.text[place] in digits:
            place += 1
        self.at = place
        return self.text[start:place]

    def extended_glob(self, kind: str) -> ExtGlob:
        """?(a|b) and its kin, in a pattern."""
        start = self.at
        self.deeper()
        self.at += 2
        if self.peek() == "#":
            self.fail("zsh glob qualifier", start)
        words = []
        while True:
            if self.peek() in ("|", ")") and self.peek():
                words.append(Word(self.at, self.at, []))
            else:
                words.append(self.pattern_alternative())
            if self.peek() == ")":
                self.at += 1
                self.depth -= 1
                return ExtGlob(start, self.at, kind, words)
            if self.peek() != "|":
                self.fail("extended glob not closed", start)
            self.at += 1

    def pattern_alternative(self) -> Word:
        """One alternative of an extended glob: blanks are literal here."""
        start = self.at
        parts: "list[Part]" = []
        while self.at < self.end and self.text[self.at] not in "|)":
            c = self.text[self.at]
            if c in " \t\n(;&<>":
                _add_text(parts, self.at, self.at + 1, c, "")
                self.at += 1
            else:
                parts += self.word(pattern=True).parts
        return Word(start, self.at, parts)

    # ---- expansions -----------------------------------------------------------------------------------------------

    def dollar(self, parts: "list[Part]", quoted: bool, quote: str = "") -> None:
        """At a $: add the expansion, or the character itself when it begins none."""
        self.work(1)
        text, start = self.text, self.at
        c = self.peek(1)
        if c == "(":
            inner = self.arithmetic(start + 3) if self.peek(2) == "(" else None
            if inner is not None:
                parts.append(Arith(start, self.at, inner, quoted))
            else:
                parts.append(self.substitution("$(", quoted))
        elif c == "{":
            parts.append(self.parameter(quoted))
        elif c == "[":
            self.deeper()
            self.at += 2
            inner = self.evaluated(self.bracketed("[", "]", start), start)
            self.depth -= 1
            parts.append(Arith(start, self.at, inner, quoted))
        elif c in _NAME_START and c:
            place = start + 2
            while place < self.end and text[place] in _NAME:
                place += 1
            self.at = place
            if self.continued() in _NAME and self.continued():
                self.fail("name broken by a line continuation")
            parts.append(Param(start, place, text[start + 1:place], quoted=quoted))
        elif c and (c in _SPECIAL or c in _DIGITS):
            self.at += 2
            parts.append(Param(start, self.at, c, quoted=quoted))
        else:
            if c == "\\" and self.continued(start + 1):
                self.fail("$ broken by a line continuation")
            if c and c in "=~^" or c == "+" and self.peek(2) and (self.peek(2) in _NAME or self.peek(2) in "{=~^+@*#?$!-"):
                self.fail(f"${c} that zsh expands")
            self.at += 1
            _add_text(parts, start, self.at, "$", quote if quoted else "")

    def substitution(self, kind: str, quoted: bool) -> Subst:
        """At $( or <( or >(: the commands up to the closing parenthesis."""
        self.work(1)
        start = self.at
        self.deeper()
        self.at += 2
        if self.continued() == "(":
            self.fail("(( broken by a line continuation")
        close = self.pairing_extent(self.at) if self.peek() == "(" else -1
        outer = self.inside, self.pending
        self.inside, self.pending = kind, []
        body = self.sequence(")")
        if self.pending:
            self.fail("here-document not closed before )")
        self.inside, self.pending = outer
        self.at += 1
        if close >= 0 and self.at != close:
            self.fail("(( that shells read differently", start)
        self.depth -= 1
        return Subst(start, self.at, kind, body, quoted)

    def backtick(self, in_double_quotes: bool) -> Subst:
        """`..`: its text is unescaped once, then read."""
        self.work(3)
        text, end, start = self.text, self.end, self.at
        place, out, changed = start + 1, [], False
        while place < end and text[place] != "`":
            if text[place] == "\\" and place + 1 < end:
                after = text[place + 1]
                if after in "`\\$" or (in_double_quotes and after == '"'):
                    out.append(after)
                    changed = True
                else:
                    out.append("\\" + after)
                place += 2
            else:
                out.append(text[place])
                place += 1
        if place >= end:
            self.fail("` not closed", start)
        self.at = place + 1
        self.deeper()
        if changed:
            inner = "".join(out)
            body = self.inner(inner, 0, len(inner), start)
            _place(body, start, self.at)
        else:
            body = self.inner(text, start + 1, place, start)
        self.depth -= 1
        return Subst(start, self.at, "`", body, in_double_quotes)

    def inner(self, text: str, at: int, end: int, start: int) -> Sequence:
        """The commands of a text of its own."""
        try:
            return _Reader(text, at, end, self.depth, "`", self.budget).sequence("")
        except Unreadable as unreadable:
            raise Unreadable(unreadable.what, unreadable.position if text is self.text else start) from None

    def parameter(self, quoted: bool) -> Param:
        """${..}"""
        start = self.at
        self.deeper()
        self.at += 2
        if self.peek() in (" ", "\t", "\n", "|"):
            self.fail("${ command; }", start)
        if self.peek() == "(":
            self.fail("zsh expansion flags", start)
        if self.peek() == "\\":
            self.fail("bad substitution", start)
        indirect = length = False
        if self.peek() == "!" and self.peek(1) not in ("}", ""):
            indirect = self.peek(1) in _NAME or self.peek(1) in "@*#?-$!"
            self.at += indirect
        elif self.peek() == "#" and self.peek(1) != "}":
            length = self.peek(1) in _NAME or (self.peek(1) in _SPECIAL and self.peek(2) == "}")
            self.at += length
        name = self.parameter_name(start)
        if name == "$" and self.peek() not in ("}", ":", "-", "+", "=", "?"):
            self.fail("bad substitution", start)
        index = self.subscript("}") if self.peek() == "[" else None
        operator = "#len" if length else ""
        words: "tuple[Word, ...]" = ()
        if self.peek() == "}":
            pass
        elif length:
            self.fail("bad substitution", start)
        elif indirect and self.peek() in "*@" and self.peek(1) == "}":
            operator = self.peek()
            self.at += 1
        else:
            operator = next((o for o in _OPERATORS if self.starts(o)), "")
            self.at += len(operator)
            if not operator:  # a bad substitution, which bash finds out when it runs; what is in it is read all the same
                operator = "bad"
            if self.starts("\\\n"):
                self.fail("${ broken by a line continuation", start)
            words = self.operands(operator, quoted, start)
            if operator == ":":
                for word in words:
                    self.evaluated(word.parts, start)
        if self.peek() != "}":
            self.fail("${ not closed", start)
        self.at += 1
        self.depth -= 1
        if indirect and not operator:
            operator = "!"
        return Param(start, self.at, name, operator, words, index, indirect and operator != "!", quoted)

    def parameter_name(self, start: int) -> str:
        c = self.peek()
        place = self.at
        if c in _NAME_START and c:
            while place < self.end and self.text[place] in _NAME:
                place += 1
        elif c in _DIGITS and c:
            while place < self.end and self.text[place] in _DIGITS:
                place += 1
        elif c in _SPECIAL and c:
            place += 1
        else:
            self.fail("bad substitution" if c else "${ not closed", start)
        name = self.text[self.at:place]
        self.at = place
        return name

    def subscript(self, refused: str) -> Word:
        """[..] behind a name, as a Word. refused: bare characters that shells do not agree belong to it."""
        start = self.at
        self.at += 1
        parts = self.evaluated(self.bracketed("[", "]", start, refused), start)
        return Word(start + 1, self.at - 1, parts)

    def operands(self, operator: str, quoted: bool, start: int) -> "tuple[Word, ...]":
        """The words behind an operator inside ${..}, up to the closing brace."""
        separator = {"/": "/", "//": "/", "/#": "/", "/%": "/", ":": ":"}.get(operator, "")
        literal_quotes = quoted and operator in (":-", "-", ":=", "=", ":?", "?", ":+", "+")
        words = [self.operand(quoted, separator, literal_quotes, start)]
        if separator and self.peek() == separator:
            self.at += 1
            words.append(self.operand(quoted, "", literal_quotes, start))
        return tuple(words)

    def operand(self, quoted: bool, separator: str, literal_quotes: bool, opened: int) -> Word:
        text, end, start = self.text, self.end, self.at
        parts: "list[Part]" = []
        quote = '"' if quoted else ""
        while self.at < end:
            c = text[self.at]
            if c == "}" or (c == separator and self.at > start):
                break
            if c == separator and separator == ":":
                break
            if c == "\\":
                after = text[self.at + 1:self.at + 2] if self.at + 1 < end else ""
                if after != "\n":
                    if quoted and after not in ("$", "`", '"', "\\", "}"):
                        _add_text(parts, self.at, self.at + 2, "\\" + after, '"')
                    else:
                        parts.append(Text(self.at, self.at + 2, after, "\\"))
                self.at = min(end, self.at + 2)
            elif c == "'":
                close = text.find("'", self.at + 1, end)
                if close < 0:
                    self.fail("quote not closed", self.at)
                if quoted and (text[close - 1] == "\\" or not _DISPUTED.isdisjoint(text[self.at + 1:close])):
                    self.fail("quote inside \"${..}\" that shells read differently")
                if literal_quotes:
                    _add_text(parts, self.at, close + 1, text[self.at:close + 1], '"')
                    self.at = close + 1
                else:
                    parts.append(self.single_quoted())
            elif c == '"':
                self.quoted(parts, '"')
            elif c == "$":
                if self.peek(1) == "'" and not quoted:
                    parts.append(self.ansi_quoted())
                elif self.peek(1) == '"' and not quoted:
                    self.at += 1
                    self.quoted(parts, '$"')
                else:
                    self.dollar(parts, quoted, quote)
            elif c == "`":
                parts.append(self.backtick(quoted))
            elif c in "<>=" and self.peek(1) == "(" and (quoted or c == "="):
                self.fail(f"{c}( inside ${{..}} that shells read differently")
            elif c in "<>" and self.peek(1) == "(":
                parts.append(self.substitution(c + "(", False))
            else:
                if c == "{" and not quoted:
                    # Zsh pairs braces here and bash does not: they agree on ${x:-{a}} alone.
                    close = text.find("}", self.at, end)
                    if not text.startswith("}", close + 1, end) or not _PLAIN.issuperset(text[self.at + 1:close]):
                        self.fail("{ inside ${..} that shells read differently")
                place = self.at + 1
                while place < end and text[place] not in "{}\\'\"$`<>=" and text[place] != separator:
                    place += 1
                _add_text(parts, self.at, place, text[self.at:place], quote)
                self.at = place
        if self.at >= end:
            self.fail("${ not closed", opened)
        return Word(start, self.at, parts)

    def bracketed(self, opener: str, closer: str, opened: int, refused: str = "") -> "list[Part]":
        """After an opening bracket: the parts up to its partner, which is stepped over."""
        text, end, depth = self.text, self.end, 1
        parts: "list[Part]" = []
        if text.find(closer, self.at, end) < 0:
            self.fail(f"{opener} not closed", opened)
        while self.at < end:
            c = text[self.at]
            if c == closer:
                depth -= 1
                if not depth:
                    self.at += 1
                    return parts
                _add_text(parts, self.at, self.at + 1, c, "")
                self.at += 1
            elif c == opener:
                depth += 1
                _add_text(parts, self.at, self.at + 1, c, "")
                self.at += 1
            elif c == "\\":
                parts.append(Text(self.at, min(end, self.at + 2), text[self.at + 1:self.at + 2], "\\"))
                self.at = min(end, self.at + 2)
            elif c == '"':
                self.quoted(parts, '"')
            elif c == "'" or (c == "$" and self.peek(1) == "'"):
                parts.append(self.single_quoted() if c == "'" else self.ansi_quoted())
            elif c == "$":
                self.dollar(parts, False)
            elif c == "`":
                parts.append(self.backtick(False))
            else:
                place = self.at + 1
                while place < end and text[place] not in "\\'\"$`" and text[place] != opener and text[place] != closer:
                    place += 1
                if refused and not _disjoint(text[self.at:place], refused):
                    self.fail("subscript that shells read differently", opened)
                _add_text(parts, self.at, place, text[self.at:place], "")
                self.at = place
        return self.fail(f"{opener} not closed", opened)

    def evaluated(self, parts: "list[Part]", opened: int) -> "list[Part]":
        """The parts of arithmetic, which expands once more what quotes protected: $(('$(command)')) runs the command."""
        if any(isinstance(part, Text) and part.quote and not _disjoint(part.text, _UNQUOTABLE) for part in parts):
            self.fail("quoting in arithmetic that shells read differently", opened)
        return parts

    def arithmetic(self, inside: int) -> "list[Part] | None":
        """At ((, `inside` being behind it: the parts up to )), stepped over; None (the cursor stays) when these are two subshells."""
        before, pending = self.at, self.pending
        self.deeper()
        self.at, self.pending = inside, []
        parts = self.bracketed("(", ")", inside - 2)
        self.depth -= 1
        self.pending = pending
        if self.starts("\\\n"):
            self.fail(")) broken by a line continuation")
        if self.peek() == ")":
            # Where quotes or substitutions hide parentheses, bash may take this for commands after all; zsh also pairs brackets.
            if not _balanced(self.text, inside, self.at - 1):
                self.fail("(( that shells read differently", before)
            self.at += 1
            return self.evaluated(parts, before)
        self.work((self.at - before) // 16)
        self.at = before
        self.retry()
        return None

    def retry(self) -> None:
        """Before reading a stretch of text once more: an attacker must not make that happen at every level."""
        self.budget[1] -= 1
        if self.budget[1] < 0:
            self.fail("too many (( that are not arithmetic")

    def pairing_extent(self, inside: int) -> int:
        """Where bash ends a $(( or <(( that holds commands: at the parenthesis that pairs, whatever comments and patterns hold."""
        self.retry()
        before, pending = self.at, self.pending
        self.at, self.pending = inside, []
        parts = self.bracketed("(", ")", before)
        close, self.at, self.pending = self.at, before, pending
        if any(isinstance(part, Text) and part.quote and not _disjoint(part.text, "()'\"") for part in parts):
            self.fail("quoted parenthesis behind ((")
        return close

    # ---- lists of commands ----------------------------------------------------------------------------------------

    def sequence(self, closer: str) -> Sequence:
        """Commands up to `closer` (one character, not stepped over) or the end of the text."""
        start, operator = self.at, ""
        items: "list[tuple[str, Node]]" = []
        background: "set[int]" = set()
        while True:
            self.newlines()
            c = self.peek()
            if c == closer:
                break
            if not c:
                self.fail(f"{closer} expected")
            self.and_or(items, operator)
            operator = self.separator(items, background, closer)
        return Sequence(start, self.at, items, frozenset(background))

    def block(self, *closers: str) -> "tuple[Sequence, str]":
        """Commands up to one of the closing words (stepped over) or ;; (not stepped over): (Sequence, the closer met)."""
        start, operator = self.at, ""
        items: "list[tuple[str, Node]]" = []
        background: "set[int]" = set()
        while True:
            self.newlines()
            if ";;" in closers and self.peek() == ";" and self.peek(1) in (";", "&"):
                return Sequence(start, self.at, items, frozenset(background)), ";;"
            word = self.reserved_word()
            if word in closers:
                if not items and ";;" not in closers:
                    self.fail("empty block")
                made = Sequence(start, self.at, items, frozenset(background))
                self.at += len(word)
                return made, word
            if not self.peek():
                self.fail(f"{' or '.join(closers)} expected")
            if self.peek() == ")" or word in _CLOSING:
                self.fail(f"unexpected {word or ')'}")
            self.and_or(items, operator)
            operator = self.separator(items, background, closers)

    def separator(self, items: "list[tuple[str, Node]]", background: "set[int]", closer: "str | tuple[str, ...]") -> str:
        """What stands between two commands: its text, stepped over."""
        self.blanks()
        c = self.peek()
        if c == ";":
            if self.peek(1) in (";", "&"):
                if closer.__class__ is tuple and ";;" in closer:
                    return ";"
                self.fail("unexpected ;;")
            self.at += 1
            return ";"
        if c == "&":
            self.at += 1
            if self.continued() in _REDIRECTING and self.continued():
                self.fail("redirection broken by a line continuation")
            background.add(len(items) - 1)
            return "&"
        if c == "\n":
            self.newline()
            return "\n"
        if c and c != closer:
            if closer.__class__ is tuple and c != ")" and self.reserved_word() in closer:
                return ""
            self.fail(f"unexpected {c}")
        return ""

    def and_or(self, items: "list[tuple[str, Node]]", operator: str) -> None:
        """Pipelines joined by && and ||, added to items."""
        while True:
            items.append((operator, self.pipeline()))
            self.blanks()
            if not self.starts("&&") and not self.starts("||"):
                return
            operator = self.text[self.at:self.at + 2]
            self.at += 2
            self.newlines()

    def pipeline(self) -> Node:
        self.blanks()
        start, negated = self.at, False
        while True:
            word = self.reserved_word()
            if word == "!":
                self.at += 1
                negated = not negated
            elif word == "time":
                self.at += 4
                self.time_options()
            else:
                break
            self.blanks()
            if not self.peek() or self.peek() in "\n;&|)":
                return Pipeline(start, self.at, [], (), negated)
        stages, joins = [self.command()], []
        while True:
            self.blanks()
            if self.peek() != "|" or self.peek(1) == "|":
                break
            joins.append("|&" if self.peek(1) == "&" else "|")
            self.at += len(joins[-1])
            self.newlines()
            stages.append(self.command())
        if len(stages) == 1 and not negated:
            return stages[0]
        return Pipeline(start, stages[-1].end, stages, tuple(joins), negated)

    def time_options(self) -> None:
        self.blanks()
        for option in ("-p", "--"):
            if self.starts(option) and (self.peek(2) in _META or not self.peek(2)):
                self.at += 2
                self.blanks()

    def reserved_word(self) -> str:
        """The reserved word at the cursor, or "" (the cursor stays)."""
        text, place, end = self.text, self.at, self.end
        seconds = _BEGINNINGS.get(text[place:place + 1])
        if seconds is None or seconds and text[place + 1:place + 2] not in seconds:
            return ""
        while place < end and place - self.at < 9 and (text[place].isalpha() or text[place] in "{}![]"):
            place += 1
        word = text[self.at:place]
        if place < end and text[place] not in _META:
            if not text.startswith("\\\n", place, end):
                return ""
            after = self.continued(place)
            if not after or after in _META:
                return word if word in _RESERVED else ""
            if any(w.startswith(word) for w in _RESERVED):
                self.fail("reserved word broken by a line continuation")
            return ""
        return word if word in _RESERVED else ""

    # ---- commands -------------------------------------------------------------------------------------------------

    def command(self) -> Node:
        """One command of any kind."""
        self.work(1)
        self.deeper()
        start, c = self.at, self.peek()
        if c == "(":
            node = self.parenthesis(start)
        else:
            word = self.reserved_word()
            if word in _CLOSING:
                self.fail(f"unexpected {word}")
            method = _COMMANDS.get(word)
            node = method(self, start, word) if method else self.simple()
        self.depth -= 1
        return node

    def parenthesis(self, start: int) -> Node:
        parts = self.arithmetic(start + 2) if self.peek(1) == "(" else None
        if parts is not None:
            redirections = self.redirections()
            return ArithCommand(start, self.at, parts, redirections)
        self.at += 1
        if self.continued() == "(":
            self.fail("(( broken by a line continuation")
        body = self.sequence(")")
        if not body.items:
            self.fail("empty subshell")
        self.at += 1
        redirections = self.redirections()
        return Group(start, self.at, "(", body, redirections)

    def brace_group(self, start: int, word: str) -> Group:
        self.at += 1
        self.braces += 1
        body, _ = self.block("}")
        self.braces -= 1
        redirections = self.redirections()
        return Group(start, self.at, "{", body, redirections)

    def if_command(self, start: int, word: str) -> If:
        self.at += 2
        branches, otherwise, closer = [], None, "elif"
        while closer == "elif":
            test, _ = self.block("then")
            body, closer = self.block("elif", "else", "fi")
            branches.append((test, body))
        if closer == "else":
            otherwise, _ = self.block("fi")
        redirections = self.redirections()
        return If(start, self.at, branches, otherwise, redirections)

    def while_command(self, start: int, word: str) -> While:
        self.at += 5
        test, _ = self.block("do")
        body, _ = self.block("done")
        redirections = self.redirections()
        return While(start, self.at, word, test, body, redirections)

    def for_command(self, start: int, word: str) -> For:
        self.at += len(word)
        self.blanks()
        kind, name = word, None
        words: "list[Word] | None" = None
        parts: "list[Part] | None" = None
        if self.starts("((") and word == "for":
            kind, parts = "((", self.arithmetic(self.at + 2)
            if parts is None:
                self.fail("(( not closed", start)
        else:
            name = self.word()
            self.newlines()
            if self.reserved_word() == "in":
                self.at += 2
                words = self.loop_words()
        self.blanks()
        if self.peek() == ";" and self.peek(1) != ";":
            self.at += 1
        self.newlines()
        opener = self.reserved_word()
        if opener not in ("do", "{"):
            self.fail("do expected")
        self.at += len(opener)
        self.braces += opener == "{"
        body, _ = self.block("done" if opener == "do" else "}")
        self.braces -= opener == "{"
        redirections = self.redirections()
        return For(start, self.at, kind, None if name is None else _literal(name), words, parts, body, redirections)

    def loop_words(self) -> "list[Word]":
        words: "list[Word]" = []
        while True:
            self.blanks()
            c = self.peek()
            if not c or c in ";\n":
                return words
            if c in "&|)(" or (c in "<>" and self.peek(1) != "("):
                self.fail(f"unexpected {c}")
            words.append(self.word())

    def case_command(self, start: int, word: str) -> Case:
        self.at += 4
        self.blanks()
        subject = self.word()
        self.newlines()
        if self.reserved_word() != "in":
            self.fail("in expected")
        self.at += 2
        arms = []
        while True:
            self.newlines()
            if self.reserved_word() == "esac":
                self.at += 4
                break
            if not self.peek():
                self.fail("esac expected", start)
            patterns = self.case_patterns()
            body, closer = self.block(";;", "esac")
            if closer == "esac":
                arms.append((patterns, body, ""))
                break
            terminator = next(t for t in (";;&", ";;", ";&") if self.starts(t))
            self.at += len(terminator)
            arms.append((patterns, body, terminator))
        redirections = self.redirections()
        return Case(start, self.at, subject, arms, redirections)

    def case_patterns(self) -> "list[Word]":
        if self.peek() == "(":
            self.at += 1
            self.blanks()
        patterns = []
        while True:
            patterns.append(self.word(pattern=True))
            self.blanks()
            if self.peek() == ")":
                self.at += 1
                return patterns
            if self.peek() != "|":
                self.fail(") expected")
            self.at += 1
            self.blanks()

    def condition(self, start: int, word: str) -> Condition:
        """[[ .. ]]"""
        self.at += 2
        words, kind = [], ""
        while True:
            self.newlines()
            c = self.peek()
            if not c:
                self.fail("]] expected", start)
            if self.starts("]]") and (self.at + 2 >= self.end or self.text[self.at + 2] in _META or self.starts("\\\n", self.at + 2)):
                self.at += 2
                break
            place = self.at
            if (c in "()" and not kind) or (c in "<>" and self.peek(1) != "("):
                self.at += 1
            elif self.starts("&&") or self.starts("||"):
                self.at += 2
            elif c in ";&|":
                self.fail(f"unexpected {c} in [[")
            else:
                read_word = self.word(pattern=kind == "pattern", regex=kind == "regex") if kind else self.word(pattern=True)
                if any(isinstance(part, Text) and part.quote and "[" in part.text and not _disjoint(part.text, "$`")
                       for part in read_word.parts):
                    self.fail("quoted expansion that -eq or -v would run", read_word.start)
                words.append(read_word)
                raw = self.text[read_word.start:read_word.end]
                if "\\\n" in raw and _literal(read_word) in ("]]", "=~", "==", "=", "!="):
                    self.fail("operator broken by a line continuation", read_word.start)
                kind = "regex" if raw == "=~" else "pattern" if raw in ("==", "=", "!=") and not kind else ""
                continue
            kind = ""
            words.append(Word(place, self.at, [Text(place, self.at, self.text[place:self.at], "")]))
        redirections = self.redirections()
        return Condition(start, self.at, words, redirections)

    def function_command(self, start: int, word: str) -> Function:
        """function name [()] body"""
        self.at += 8
        self.blanks()
        name = self.word()
        self.blanks()
        place = self.at
        if self.peek() == "(":
            self.at += 1
            self.blanks()
            self.at = self.at + 1 if self.peek() == ")" else place
        return self.function_body(start, name)

    def function_body(self, start: int, name: Word) -> Function:
        self.newlines()
        if self.peek() != "(" and self.reserved_word() not in _COMPOUND:
            self.fail("function body expected")
        body = self.command()
        return Function(start, self.at, name, body)

    def coproc(self, start: int, word: str) -> Coproc:
        self.at += 6
        self.blanks()
        place, name = self.at, None
        if self.reserved_word() not in _COMPOUND and self.peek() != "(":
            name = self.word()
            self.blanks()
            if self.reserved_word() not in _COMPOUND and self.peek() != "(":
                self.at, name = place, None
        body = self.command()
        return Coproc(start, self.at, name, body)

    def simple(self) -> Node:
        """Assignments, redirections and words; or a function definition name()."""
        start = self.at
        assigns: "list[Assign]" = []
        words: "list[Word | Assign]" = []
        redirections: "list[Redir]" = []
        end = self.at
        declaring = False
        while True:
            self.blanks()
            c = self.peek()
            if not c or c in "\n;|":
                break
            if c in "<>&{0123456789" and self.redirection_ahead():
                redirections.append(self.redirection())
            elif c == "&" or c == ")":
                break
            elif c == "(":
                if len(words) == 1 and isinstance(words[0], Word) and not assigns and not redirections:
                    self.at += 1
                    self.blanks()
                    if self.peek() == ")":
                        self.at += 1
                        return self.function_body(start, words[0])
                self.fail("unexpected (")
            else:
                assignment = self.assignment() if not words or declaring else None
                if assignment is None:
                    if not words and (redirections or assigns) and self.reserved_word():
                        self.fail("reserved word that zsh reads here")
                    word = self.word()
                    words.append(word)
                    if len(words) == 1:
                        declaring = _literal(word) in _DECLARING
                elif words:
                    words.append(assignment)
                else:
                    assigns.append(assignment)
            end = self.at
        if not (assigns or words or redirections):
            self.fail("command expected")
        return Simple(start, end, assigns, words, redirections)

    def assignment(self) -> "Assign | None":
        """name=value, name+=value, name[..]=value or name=(..) at the cursor, or None (the cursor stays)."""
        text, start, place = self.text, self.at, self.at
        if text[place] not in _NAME_START:
            return None
        while place < self.end and text[place] in _NAME:
            place += 1
        name, index = text[start:place], None
        after = self.continued(place)
        if after and (after in _NAME or after in "=[+"):
            self.fail("first word broken by a line continuation", place)
        if text.startswith("[", place, self.end):
            self.at = place
            index = self.subscript(_META_IN_SUBSCRIPT)
            place = self.at
        if self.continued(place + text.startswith("+", place, self.end)) in ("=", "+"):
            self.fail("first word broken by a line continuation", place)
        append = text.startswith("+=", place, self.end)
        if not append and not text.startswith("=", place, self.end):
            if index is not None and not _META.isdisjoint(text[start:place]):
                self.fail("subscript that shells read differently")
            self.at = start
            return None
        self.at = place + 1 + append
        if self.peek() == "(":
            items = self.array(start)
            return Assign(start, self.at, name, None, append, index, items)
        value = None if self.at_word_end() else self.word()
        return Assign(start, self.at, name, value, append, index)

    def array(self, start: int) -> "list[tuple[Word | None, Word]]":
        """(..) of an array assignment: list of (index Word or None, value Word)."""
        self.at += 1
        items: "list[tuple[Word | None, Word]]" = []
        while True:
            self.newlines()
            c = self.peek()
            if c == ")":
                self.at += 1
                if not self.at_word_end():
                    self.fail("text behind an array")
                return items
            if not c:
                self.fail("array not closed", start)
            if c in _META and not (c in "<>" and self.peek(1) == "("):
                self.fail(f"unexpected {c} in an array")
            index, place = None, self.at
            if c == "[":
                index = self.subscript(_META_IN_SUBSCRIPT)
                if self.starts("=") or self.starts("+="):
                    self.at += 1 + self.starts("+=")
                elif _META.isdisjoint(self.text[place:self.at]):
                    self.at, index = place, None  # a glob
                else:
                    self.fail("subscript that shells read differently", place)
            items.append((index, Word(self.at, self.at, []) if index and self.at_word_end() else self.word()))

    # ---- redirections ---------------------------------------------------------------------------------------------

    def redirections(self) -> "list[Redir]":
        """Redirections after a compound command; then its end must come."""
        found = []
        while True:
            self.blanks_and_comment_ahead()
            if not self.redirection_ahead():
                break
            found.append(self.redirection())
        return found

    def blanks_and_comment_ahead(self) -> None:
        """Step over blanks before a redirection; what else follows a compound command must end it."""
        place = self.at
        self.blanks()
        c = self.peek()
        if c and c not in "\n;&|)<>" and not self.redirection_ahead() and self.reserved_word() not in _CLOSING:
            self.fail(f"unexpected {c}")
        if not self.redirection_ahead():
            self.at = place

    def redirection_ahead(self) -> bool:
        text, place, c = self.text, self.at, self.peek()
        if c == "<" or c == ">":
            return not text.startswith("(", place + 1, self.end)
        if c == "&":
            return text.startswith(">", place + 1, self.end)
        if c in _DIGITS and c:
            while place < self.end and text[place] in _DIGITS:
                place += 1
            return place < self.end and text[place] in "<>" and not text.startswith("(", place + 1, self.end)
        if c == "{":
            close = text.find("}", place, min(self.end, place + 64))
            name = text[place + 1:close].partition("[")[0]
            if "[" in text[place:close] and name[:1] in _NAME_START and close + 1 < self.end and text[close + 1] in "<>":
                self.fail("redirection with a subscript")
            return (close > place + 1 and name[:1] in _NAME_START and _NAME.issuperset(name) and close + 1 < self.end
                    and text[close + 1] in "<>" and not text.startswith("(", close + 2, self.end))
        return False

    def redirection(self) -> Redir:
        self.work(1)
        text, start = self.text, self.at
        while text[self.at] not in "<>&":
            self.at += 1
        fd = text[start:self.at]
        operator = next(o for o in _REDIRECTIONS if self.starts(o))
        self.at += len(operator)
        if operator == "<<" and self.continued() == "-":
            self.fail("redirection broken by a line continuation")
        adjacent = self.at
        self.blanks_only()
        if self.peek() == "#":
            self.fail("word expected")
        if operator in (">&", "<&") and self.peek() == "-":
            self.at += 1
            if not self.at_word_end():
                self.fail("text behind &- that shells read differently")
            target = Word(self.at - 1, self.at, [Text(self.at - 1, self.at, "-", "")])
        else:
            target = self.word()
            if operator[-1] in ">|&" and text[target.start] == "!" and (target.start == adjacent or target.end == target.start + 1):
                self.fail(">! that bash and zsh read differently", start)
            if operator == ">&" and any(isinstance(part, Text) and part.quote and not _disjoint(part.text, "$`") for part in target.parts):
                self.fail("quoted expansion behind >& that bash expands again", start)
        made = Redir(start, self.at, fd, operator, target)
        if operator in ("<<", "<<-"):
            if any(not isinstance(part, Text) or part.quote == '$"' for part in target.parts):
                self.fail("here-document delimiter that shells read differently", start)
            self.pending.append(made)
        return made


_COMMANDS: "dict[str, Callable[[_Reader, int, str], Node]]" = {
    "{": _Reader.brace_group, "if": _Reader.if_command, "while": _Reader.while_command, "until": _Reader.while_command,
    "for": _Reader.for_command, "select": _Reader.for_command, "case": _Reader.case_command, "[[": _Reader.condition,
    "function": _Reader.function_command, "coproc": _Reader.coproc,
}


def _add_text(parts: "list[Part]", start: int, end: int, text: str, quote: str) -> None:
    """Add literal text, joined to the part before it when that was written the same way."""
    last = parts[-1] if parts else None
    if isinstance(last, Text) and last.quote == quote and last.end == start:
        last.text += text
        last.end = end
    else:
        parts.append(Text(start, end, text, quote))


def _disjoint(text: str, characters: str) -> bool:
    return not any(c in text for c in characters)


def _balanced(text: str, place: int, end: int) -> bool:
    """True when the parentheses and the brackets in text[place:end] pair up for one who knows quotes and nothing else."""
    depth = brackets = 0
    while place < end:
        c = text[place]
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
            if depth < 0:
                return False
        elif c == "[":
            brackets += 1
        elif c == "]":
            brackets -= 1
            if brackets < 0:
                return False
        elif c == "\\":
            place += 1
        elif c == "'":
            place = text.find("'", place + 1, end)
            if place < 0:
                return False
        elif c == '"':
            place += 1
            while place < end and text[place] != '"':
                place += 2 if text[place] == "\\" else 1
        place += 1
    return depth == 0 and brackets == 0


def _literal(word: Word) -> str:
    """The text of a word after quote removal, expansions left out."""
    return "".join(part.text for part in word.parts if isinstance(part, Text))


def _place(node: Node, start: int, end: int) -> None:
    """Put a tree that was read from unescaped text where that text stands."""
    todo: "list[object]" = [node]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple)):
            todo.extend(item)
        elif isinstance(item, Node):
            item.start, item.end = start, end
            todo.extend(getattr(item, name) for name in item.__slots__)
