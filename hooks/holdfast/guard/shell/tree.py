"""The syntax tree of a shell text: what `reader.read` returns and `understand` walks. Values only, no behaviour.

Every node knows its place in the text it was read from: `start` and `end` are character offsets (end exclusive).
`__slots__` classes instead of NamedTuple or dataclass: importing either of those costs more than reading a command.
"""

TYPE_CHECKING = False


class Node:
    """Base of all nodes: start and end offsets."""

    __slots__ = ("start", "end")

    if TYPE_CHECKING:
        start: int
        end: int


# ---- parts of a word ----------------------------------------------------------------------------------------------

class Text(Node):
    """Literal characters after quote removal.

    quote says how they were written: "" bare, "\\" one backslash-escaped character, "'" single quotes,
    '"' double quotes, "$'" ANSI-C quoting (already decoded), '$"' locale quoting.
    Only bare text is subject to brace, tilde and glob expansion.
    """

    __slots__ = ("text", "quote")

    def __init__(self, start: int, end: int, text: str, quote: str) -> None:
        self.start, self.end, self.text, self.quote = start, end, text, quote


class Param(Node):
    """$name, ${name}, ${name OP word}, ${!name}, ${#name}, $1, $@, $? ...

    name: parameter name without subscript ("x", "1", "@", "?", ...).  index: Word of a [subscript], or None.
    op: "" for a plain expansion, "#len" for ${#x}, "!" for ${!x}, otherwise the operator as written:
    ":-" "-" ":=" "=" ":?" "?" ":+" "+" "#" "##" "%" "%%" "/" "//" "/#" "/%" ":" "^" "^^" "," ",," "@" and, zsh
    only, "(flags)"; "bad" for a bad substitution, which fails when it is run (words hold what is in it).
    words: the operands of the operator as Words (for "/": pattern, replacement; for ":": offset, length).
    indirect: True for ${!x OP word}.  quoted: inside double quotes, so neither split nor globbed.
    """

    __slots__ = ("name", "index", "op", "words", "indirect", "quoted")

    def __init__(self, start: int, end: int, name: str, op: str = "", words: "list[Word] | tuple[Word, ...]" = (),
                 index: "Word | None" = None, indirect: bool = False, quoted: bool = False) -> None:
        self.start, self.end, self.name, self.op, self.words = start, end, name, op, words
        self.index, self.indirect, self.quoted = index, indirect, quoted


class Subst(Node):
    """A command run for its output or as a file. kind: "$(", "`", "<(", ">(", "=(" (zsh). body: Sequence."""

    __slots__ = ("kind", "body", "quoted")

    def __init__(self, start: int, end: int, kind: str, body: "Sequence", quoted: bool = False) -> None:
        self.start, self.end, self.kind, self.body, self.quoted = start, end, kind, body, quoted


class Arith(Node):
    """$(( text )) or $[ text ]. parts: the Text, Param and Subst parts inside, in order."""

    __slots__ = ("parts", "quoted")

    def __init__(self, start: int, end: int, parts: "list[Part]", quoted: bool = False) -> None:
        self.start, self.end, self.parts, self.quoted = start, end, parts, quoted


class ExtGlob(Node):
    """?(a|b) *(..) +(..) @(..) !(..), where bash accepts it. words: one Word per alternative."""

    __slots__ = ("kind", "words")

    def __init__(self, start: int, end: int, kind: str, words: "list[Word]") -> None:
        self.start, self.end, self.kind, self.words = start, end, kind, words


if TYPE_CHECKING:
    Part = Text | Param | Subst | Arith | ExtGlob


class Word(Node):
    """One shell word: parts are Text, Param, Subst, Arith or ExtGlob, in order. An empty '' is a Text with text ""."""

    __slots__ = ("parts",)

    def __init__(self, start: int, end: int, parts: "list[Part]") -> None:
        self.start, self.end, self.parts = start, end, parts


# ---- commands -----------------------------------------------------------------------------------------------------

class Assign(Node):
    """name=value, name+=value, name[index]=value, name=(...). value: Word or None (empty).

    array: None, or a list of (index Word or None, value Word) for name=( ... ).
    """

    __slots__ = ("name", "index", "append", "value", "array")

    def __init__(self, start: int, end: int, name: str, value: "Word | None", append: bool = False, index: "Word | None" = None,
                 array: "list[tuple[Word | None, Word]] | None" = None) -> None:
        self.start, self.end, self.name, self.value = start, end, name, value
        self.append, self.index, self.array = append, index, array


class Redir(Node):
    """One redirection. fd: "" (the operator's default), digits, or "{name}". op: < > >> >| <> <& >& &> &>> << <<- <<<.

    target: Word. For << and <<- it is the delimiter and body is a Word with the document: one Text of quote "'" when
    the delimiter was quoted, otherwise Text of quote '"' and expansions, all quoted. Tabs of <<- already removed.
    """

    __slots__ = ("fd", "op", "target", "body")

    def __init__(self, start: int, end: int, fd: str, op: str, target: Word, body: "Word | None" = None) -> None:
        self.start, self.end, self.fd, self.op, self.target, self.body = start, end, fd, op, target, body


class Simple(Node):
    """assigns, then words, with redirs anywhere between. words[0] is the command word when there are words.

    For declare, typeset, local, export and readonly the operands that are assignments are Assign nodes in words.
    """

    __slots__ = ("assigns", "words", "redirs")

    def __init__(self, start: int, end: int, assigns: "list[Assign]",
                 words: "list[Word | Assign]", redirs: "list[Redir]") -> None:
        self.start, self.end, self.assigns, self.words, self.redirs = start, end, assigns, words, redirs


class Pipeline(Node):
    """a | b | c. stages: nodes. joins: the operator before each stage but the first: "|" or "|&"."""

    __slots__ = ("stages", "joins", "negated")

    def __init__(self, start: int, end: int, stages: "list[Node]", joins: "tuple[str, ...]" = (), negated: bool = False) -> None:
        self.start, self.end, self.stages, self.joins, self.negated = start, end, stages, joins, negated


class Sequence(Node):
    """Commands in order. items: list of (operator before it, node); the operator is "" for the first, else ; & && || or newline.

    background: set of item indices followed by &.
    """

    __slots__ = ("items", "background")

    def __init__(self, start: int, end: int, items: "list[tuple[str, Node]]", background: "frozenset[int]" = frozenset()) -> None:
        self.start, self.end, self.items, self.background = start, end, items, background


class Group(Node):
    """{ ...; } (kind "{") or ( ... ) (kind "("). body: Sequence."""

    __slots__ = ("kind", "body", "redirs")

    def __init__(self, start: int, end: int, kind: str, body: Sequence, redirs: "list[Redir]") -> None:
        self.start, self.end, self.kind, self.body, self.redirs = start, end, kind, body, redirs


class If(Node):
    """branches: list of (test Sequence, body Sequence); otherwise: Sequence or None."""

    __slots__ = ("branches", "otherwise", "redirs")

    def __init__(self, start: int, end: int, branches: "list[tuple[Sequence, Sequence]]", otherwise: "Sequence | None",
                 redirs: "list[Redir]") -> None:
        self.start, self.end, self.branches, self.otherwise, self.redirs = start, end, branches, otherwise, redirs


class While(Node):
    """while or until (kind). test and body: Sequence."""

    __slots__ = ("kind", "test", "body", "redirs")

    def __init__(self, start: int, end: int, kind: str, test: Sequence, body: Sequence, redirs: "list[Redir]") -> None:
        self.start, self.end, self.kind, self.test, self.body, self.redirs = start, end, kind, test, body, redirs


class For(Node):
    """for/select NAME in WORDS (kind "for" or "select"; words None means "$@"), or for ((...)) (kind "((", arith parts)."""

    __slots__ = ("kind", "name", "words", "parts", "body", "redirs")

    def __init__(self, start: int, end: int, kind: str, name: "str | None", words: "list[Word] | None", parts: "list[Part] | None",
                 body: Sequence, redirs: "list[Redir]") -> None:
        self.start, self.end, self.kind, self.name, self.words = start, end, kind, name, words
        self.parts, self.body, self.redirs = parts, body, redirs


class Case(Node):
    """arms: list of (patterns: list of Word, body: Sequence, terminator: ";;" ";&" ";;&" or "")."""

    __slots__ = ("subject", "arms", "redirs")

    def __init__(self, start: int, end: int, subject: Word, arms: "list[tuple[list[Word], Sequence, str]]", redirs: "list[Redir]") -> None:
        self.start, self.end, self.subject, self.arms, self.redirs = start, end, subject, arms, redirs


class Condition(Node):
    """[[ ... ]]: words: all operands and operators as Words, in order."""

    __slots__ = ("words", "redirs")

    def __init__(self, start: int, end: int, words: "list[Word]", redirs: "list[Redir]") -> None:
        self.start, self.end, self.words, self.redirs = start, end, words, redirs


class ArithCommand(Node):
    """(( ... )). parts as in Arith."""

    __slots__ = ("parts", "redirs")

    def __init__(self, start: int, end: int, parts: "list[Part]", redirs: "list[Redir]") -> None:
        self.start, self.end, self.parts, self.redirs = start, end, parts, redirs


class Function(Node):
    """name() body, function name body. name: Word. body: a compound node."""

    __slots__ = ("name", "body")

    def __init__(self, start: int, end: int, name: Word, body: Node) -> None:
        self.start, self.end, self.name, self.body = start, end, name, body


class Coproc(Node):
    """coproc [NAME] command. body: node."""

    __slots__ = ("name", "body")

    def __init__(self, start: int, end: int, name: "Word | None", body: Node) -> None:
        self.start, self.end, self.name, self.body = start, end, name, body


class Unreadable(Exception):
    """The text is not shell, or is shell that the reader does not know. The guard must not guess.

    args: (what, position): a short lower-case phrase such as "single quote not closed", and a character offset.
    """

    def __init__(self, what: str, position: int = 0) -> None:
        super().__init__(what, position)
        self.what, self.position = what, position

    def __str__(self) -> str:
        return f"{self.what} at character {self.position}"
