"""What is known of a shell at one point, and what is left of it where two ways meet. Values only, nothing is carried out here."""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.tree import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from holdfast.guard.line import Command
    from holdfast.guard.shell.tree import (
        Assign,
        Node,
        Word,
    )
    from holdfast.guard.shell.understand import Walk

    Piece = str | Unknown
    Pieces = tuple[Piece, ...]
    Value = Pieces | list[Arg] | None  # of a variable: text, an array, unset
    Place = tuple[int, int]
    Declared = Sequence[tuple[Assign, Value]]

MAX_COMMANDS = 1500
MAX_STEPS = 20_000  # an ordinary script takes less than 500
MAX_WRAPS = 12  # programs and texts inside one another
MAX_TEXT = 65_536  # characters a variable may hold
MAX_PIECES = 400
ABSENT = object()


class Input:
    """Standard input: text (Arg or None), feeds (the Commands that write it), fed (False when nothing was connected),
    label (how a shell that reads it as a program is reached), used (True once something may have read from it)."""

    __slots__ = ("text", "feeds", "fed", "label", "used")

    def __init__(self, text: "Arg | None" = None, feeds: "Iterable[Command]" = (), fed: bool = True, label: str = "pipe") -> None:
        self.text, self.feeds, self.fed, self.label, self.used = text, tuple(feeds), fed, label, False


class State:
    """variables: name -> tuple of pieces, list of Arg (array) or None (unset).  vouched: whether World answers for the others.

    exports: names.  functions: name -> tuple of Body, None among them when it may not be defined.  args: list of Arg ($1 ...)
    or None.  zero: Arg or None.  cwd, before: folder and the one before it, or None.  dirs: what pushd left, or None.
    local: name -> value outside the function.  dead: nothing after this point runs.  doubted: reached only if `cd` failed.
    """

    __slots__ = (
        "variables",
        "vouched",
        "exports",
        "functions",
        "args",
        "zero",
        "cwd",
        "before",
        "dirs",
        "local",
        "input",
        "dialect",
        "readonly",
        "exporting",
        "dead",
        "doubted",
    )

    if TYPE_CHECKING:
        variables: dict[str, Value]
        vouched: bool
        exports: frozenset[str]
        functions: "dict[str, tuple[Body | None, ...]]"
        args: list[Arg] | None
        zero: Arg | None
        cwd: str | None
        before: str | None
        dirs: tuple[str | None, ...] | None
        local: dict[str, Any] | None  # Value, or ABSENT
        input: Input
        dialect: str
        readonly: frozenset[str]
        exporting: bool
        dead: bool
        doubted: bool

    def copy(self) -> "State":
        new = State.__new__(State)
        new.variables, new.vouched, new.exports, new.functions = dict(self.variables), self.vouched, self.exports, self.functions
        new.args, new.zero, new.cwd, new.before, new.dirs = self.args, self.zero, self.cwd, self.before, self.dirs
        new.local, new.input, new.dialect, new.readonly = self.local, self.input, self.dialect, self.readonly
        new.exporting, new.dead, new.doubted = self.exporting, self.dead, self.doubted
        return new

    def become(self, other: "State") -> None:
        for slot in State.__slots__:
            setattr(self, slot, getattr(other, slot))


def new_state(dialect: str, cwd: "str | None") -> State:
    state = State()
    state.variables, state.vouched, state.exports, state.functions = {}, True, frozenset(), {}
    state.args, state.zero, state.cwd, state.before, state.dirs = None, None, cwd or None, None, ()
    state.local, state.input, state.dialect, state.readonly = None, Input(fed=False), dialect, frozenset()
    state.exporting = state.dead = state.doubted = False
    return state


class Body:
    """A function's node, the text it stands in, and where that text stands in the outermost one."""

    __slots__ = ("node", "text", "place")

    def __init__(self, node: "Node", text: str, place: "Place | None") -> None:
        self.node, self.text, self.place = node, text, place


def anything(name: str) -> "Pieces":
    return (Unknown("variable", f"${name}", name),)


def any_array(name: str, source: "str | None" = None, kind: str = "variable", commands: "Iterable[Command]" = ()) -> "list[Arg]":
    return [Arg((Unknown(kind, source or f"${{{name}[@]}}", name, commands),), split=True)]


def is_anything(value: "Value") -> bool:
    return isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], Unknown) and not value[0].options


def texts_of(value: "Value") -> "list[str]":
    """Every text a variable's value can be, or an empty list."""
    if value is None:
        return [""]
    if isinstance(value, list):
        return []
    return Arg(value, source="").possible()


def either(one: "Value", other: "Value", name: str) -> "Value":
    """The value of a variable that is one or the other."""
    if one == other:
        return one
    if isinstance(one, list) or isinstance(other, list):
        return any_array(name)
    if is_anything(one) and is_anything(other) and not _listed(other):
        return one
    texts, more = texts_of(one), texts_of(other)
    if texts and more and len(texts) + len(more) <= 16:
        return (Unknown("variable", f"${name}", name, options=dict.fromkeys(texts + more)),)
    commands = [c for value in (one, other) for piece in value or () if isinstance(piece, Unknown) for c in piece.commands]
    return (Unknown("variable", f"${name}", name, commands, some=dict.fromkeys((texts + more)[:16])),)


def _listed(value: "Value") -> bool:
    """True when some of the texts that a value may be are known."""
    return any(isinstance(piece, Unknown) and bool(piece.some) for piece in value or ())


def plain_word(word: "Word") -> bool:
    return all(isinstance(p, Text) for p in word.parts)


def merge(walk: "Walk", state: "State", other: "State") -> None:
    """state, which can be reached, becomes what is known when it was either of the two."""
    mine, theirs = state.variables, other.variables
    if mine != theirs:
        walk.spend(len(mine) + len(theirs))
        joined_up = {}
        for name in mine.keys() | theirs.keys():
            one = mine[name] if name in mine else walk.initial(state, name)
            two = theirs[name] if name in theirs else walk.initial(other, name)
            joined_up[name] = either(one, two, name)
        state.variables = joined_up
    state.vouched = state.vouched and other.vouched
    state.exports = state.exports & other.exports
    state.readonly = state.readonly | other.readonly
    state.exporting = state.exporting or other.exporting
    if state.cwd != other.cwd:
        if other.doubted and not state.doubted:
            pass
        elif state.doubted and not other.doubted:
            state.cwd = other.cwd
        else:
            state.cwd = None
    state.doubted = state.doubted and other.doubted
    if state.before != other.before:
        state.before = None
    if state.dirs != other.dirs:
        state.dirs = None
    if state.args != other.args:
        state.args = None
    if state.zero is not other.zero:
        state.zero = None
    if state.input is not other.input:
        state.input = Input()
    if state.functions != other.functions:
        bodies = dict(state.functions)
        for name in state.functions.keys() | other.functions.keys():
            bodies[name] = tuple(dict.fromkeys(state.functions.get(name, (None,)) + other.functions.get(name, (None,))))
        state.functions = bodies
    if state.local != other.local:
        both = dict(state.local or {})
        for name, value in (other.local or {}).items():
            both[name] = value if name not in both else either(both[name], value, name)
        state.local = both
