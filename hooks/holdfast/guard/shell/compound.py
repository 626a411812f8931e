"""Compound commands: groups, branches, loops (walked until another round would change nothing), conditions, definitions."""

from holdfast.guard.line import Arg, Command, Unknown
from holdfast.guard.shell.state import Body, Input, any_array, anything, either, is_anything
from holdfast.guard.shell.tree import (
    ArithCommand,
    Assign,
    Case,
    Condition,
    Coproc,
    For,
    Function,
    Group,
    If,
    Simple,
    Text,
    While,
)
from holdfast.guard.shell.wrappers import packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from holdfast.guard.shell.state import Pieces, State, Value
    from holdfast.guard.shell.tree import Node, Word
    from holdfast.guard.shell.understand import Walk

    Redirected = ArithCommand | Case | Condition | For | Group | If | While

_COMPARING = frozenset((op,) for op in ("-eq", "-ne", "-lt", "-le", "-gt", "-ge"))
_NAMING = frozenset((("-v",), ("-R",)))
MAX_UNROLL = 64  # rounds of loops inside one another, taken one by one


def redirected(walk: "Walk", node: "Redirected", state: "State", body: "Callable[[State], object]") -> None:
    """Walk a compound command under its redirections."""
    if not node.redirs:
        body(state)
        return
    deferred, walk.deferred = walk.deferred, []
    slot = len(walk.commands)
    redirects, given = walk.redirects(node.redirs, state)
    before = state.input
    if given is not None:
        state.input = given
    if any(r.op not in ("<<", "<<-", "<<<") and not (r.op in ("<&", ">&") and not r.writes) for r in redirects):
        start, end = walk.place or (node.redirs[0].start, node.redirs[-1].end)
        walk.commands.insert(slot, Command((), redirects=redirects, cwd=state.cwd, via=walk.via, root=walk.root, start=start, end=end))
    first = len(walk.commands)
    body(state)
    state.input = before
    inside = tuple([c for c in walk.commands[first:] if c is not None])
    walk.finish_deferred(inside)
    walk.deferred = deferred
    for redirect in redirects:
        if redirect.writes and redirect.target.value != "/dev/null":
            said = walk.output(node.body, state.dialect) if isinstance(node, Group) else walk.spoken.get(id(node))
            walk.writers.append((Command((), redirects=redirects, cwd=state.cwd), inside, said, state.dialect))
            break


def group(walk: "Walk", node: Group, state: "State") -> None:
    if node.kind == "(":
        redirected(walk, node, state, lambda s: walk.apart(node.body, s.copy(), None))
    else:
        redirected(walk, node, state, lambda s: walk.sequence(node.body, s))


def if_(walk: "Walk", node: If, state: "State") -> None:
    def inside(state: "State") -> None:
        ends = []
        for test, body in node.branches:
            walk.sequence(test, state)
            branch = state.copy()
            walk.sequence(body, branch)
            ends.append(branch)
        if node.otherwise is not None:
            walk.sequence(node.otherwise, state)
        for end in ends:
            walk.join(state, end)

    redirected(walk, node, state, inside)


def while_(walk: "Walk", node: While, state: "State") -> None:
    def once(state: "State") -> None:
        walk.sequence(node.test, state)
        done.append(state.copy())
        walk.sequence(node.body, state)

    def inside(state: "State") -> None:
        if not (state.input.text is not None and state.input.text.known and line_by_line(walk, node, state)):
            repeat(walk, state, once, done)

    done: "list[State]" = []
    redirected(walk, node, state, inside)


def line_by_line(walk: "Walk", node: While, state: "State") -> bool:
    """`while read x` over known lines: taken one by one. False when it is another loop, or too long; then nothing was done."""
    items = node.test.items
    test = items[0][1] if len(items) == 1 else None
    text = (state.input.text.value or "") if state.input.text is not None else ""
    if node.kind != "while" or not isinstance(test, Simple) or state.input.used or not test.words or isinstance(test.words[0], Assign):
        return False
    lines = text.count("\n")
    source = walk.source(test)
    rounds = walk.unrolled * max(lines, 1)
    if walk.source(test.words[0]) != "read" or test.redirs or "-d" in source or "-u" in source or "\\" in text:
        return False
    if rounds > MAX_UNROLL or lines * (node.end - node.start) > 20_000 or "read" in state.functions:
        return False
    def round_of(state: "State") -> None:
        walk.sequence(node.test, state)
        walk.sequence(node.body, state)

    before, walk.unrolled = walk.unrolled, rounds
    breaks = []
    for _ in range(lines):
        reading = state.input
        walk.sequence(node.test, state)
        walk.loops.append(([], []))
        walk.sequence(node.body, state)
        left, again = walk.loops.pop()
        breaks += left
        for other in again:
            walk.join(state, other)
        if state.dead:
            break
        if state.input is reading or state.input.used or state.input.text is None:
            # The body reads too: from here on nobody knows who gets which line.
            repeat(walk, state, round_of)
            break
    else:
        walk.sequence(node.test, state)
    for other in breaks:
        walk.join(state, other)
    walk.unrolled = before
    return True


def for_(walk: "Walk", node: For, state: "State") -> None:
    from holdfast.guard.shell.expansion import arithmetic, positional

    if node.kind == "((":

        def once(state: "State") -> None:
            arithmetic(walk, node.parts or [], state, walk.source(node))
            walk.sequence(node.body, state)

        redirected(walk, node, state, lambda s: repeat(walk, s, once))
        return
    values = list(positional(walk, state)) if node.words is None else [a for word in node.words for a in walk.args(word, state)]
    redirected(walk, node, state, lambda s: for_each(walk, node, values, s))


def for_each(walk: "Walk", node: For, values: "list[Arg]", state: "State") -> None:
    name = node.name or ""
    plain = all(a.known and not a.glob for a in values) and node.kind == "for"
    rounds = walk.unrolled * len(values)
    if plain and values and rounds <= MAX_UNROLL and len(values) * (node.end - node.start) < 20_000 and name not in state.readonly:
        unroll(walk, node, values, state, rounds)
        return
    choices = loop_values(walk, node, values)

    def once(state: "State") -> None:
        ends = []
        for value in choices:
            branch = state.copy()
            walk.set(branch, name, value, node=node)
            walk.sequence(node.body, branch)
            ends.append(branch)
        state.become(ends[0])
        for end in ends[1:]:
            walk.join(state, end)

    repeat(walk, state, once)


def loop_values(walk: "Walk", node: For, values: "list[Arg]") -> "list[Pieces]":
    """The values a loop variable takes, each standing for any number of rounds."""
    name = node.name or ""
    source = f"${name}"
    if node.kind == "select":
        return [
            (
                Unknown(
                    "input",
                    source,
                    name,
                    options=[a.value or "" for a in values]
                    if values and len(values) < 16 and all(a.known and not a.glob for a in values)
                    else (),
                ),
            )
        ]
    if values and all(a.known and not a.glob for a in values):
        if len(values) > 64:
            return [(Unknown("variable", source, name, some=[a.value or "" for a in values[:16]]),)]
        return [(Unknown("variable", source, name, options=dict.fromkeys(a.value or "" for a in values)),)]
    found: "dict[Pieces, None]" = {}
    for arg in values[:9]:
        found[_loop_value(arg, name)] = None
    if not values or len(values) > 8 or walk.unrolled > MAX_UNROLL:
        return [anything(name)]
    return list(found)


def unroll(walk: "Walk", node: For, values: "list[Arg]", state: "State", rounds: int) -> None:
    name = node.name or ""
    before, walk.unrolled = walk.unrolled, rounds
    breaks = []
    spoken: "Pieces | None" = ()
    for arg in values:
        walk.set(state, name, arg.pieces, node=node)
        walk.loops.append(([], []))
        walk.sequence(node.body, state)
        left, again = walk.loops.pop()
        said = walk.output(node.body, state.dialect) if spoken is not None and not left and not again and not state.dead else None
        spoken = packed((*spoken, *said)) if spoken is not None and said is not None else None
        breaks += left
        for other in again:
            walk.join(state, other)
        if state.dead:
            break
    walk.spoken[id(node)] = spoken
    for other in breaks:
        walk.join(state, other)
    walk.unrolled = before


def repeat(walk: "Walk", state: "State", once: "Callable[[State], object]", done: "list[State] | None" = None) -> None:
    """Walk a body that runs any number of times until another round changes nothing that is known."""
    commands, assigned = len(walk.commands), len(walk.assigned)
    for attempt in range(5):
        walk.spend(2)
        end = state.copy()
        if done is not None:
            done.clear()
        walk.loops.append(([], []))
        once(end)
        breaks, again = walk.loops.pop()
        for other in again:
            walk.join(end, other)
        if attempt == 4 or not widen(walk, state, end, attempt):
            break
        if attempt == 3:
            walk.forget(state, True)
            state.functions = {
                n: tuple(dict.fromkeys((*b, *end.functions.get(n, (None,))))) for n, b in {**end.functions, **state.functions}.items()
            }
        del walk.commands[commands:], walk.assigned[assigned:]
    if done:
        # The test ran once at least, and the loop ends after it.
        state.become(done[-1])
    walk.join(state, end)
    for other in breaks:
        walk.join(state, other)


def widen(walk: "Walk", state: "State", end: "State", attempt: int) -> bool:
    """Make state cover end as well; True when that changed it."""
    if end.dead:
        return False
    changed = False
    if end.variables != state.variables:
        for name in end.variables.keys() | state.variables.keys():
            one = state.variables[name] if name in state.variables else walk.initial(state, name)
            two = end.variables[name] if name in end.variables else walk.initial(end, name)
            if one == two or name in state.variables and _is_top(one):
                continue
            listed = isinstance(one, list) or isinstance(two, list)
            state.variables[name] = any_array(name) if listed else either(one, two, name) if attempt == 0 else anything(name)
            changed = True
    for slot, lost in (("cwd", None), ("before", None), ("dirs", None), ("args", None)):
        if getattr(state, slot) != getattr(end, slot) and getattr(state, slot) is not lost:
            setattr(state, slot, lost)
            changed = True
    if state.vouched and not end.vouched:
        state.vouched, changed = False, True
    if state.exports != end.exports & state.exports:
        state.exports, changed = end.exports & state.exports, True
    if any(end.functions.get(name) != bodies for name, bodies in state.functions.items()) or end.functions.keys() - state.functions.keys():
        merged = {
            n: tuple(dict.fromkeys((*state.functions.get(n, (None,)), *end.functions.get(n, (None,)))))
            for n in state.functions.keys() | end.functions.keys()
        }
        if merged != state.functions:
            state.functions, changed = merged, True
    return changed


def case(walk: "Walk", node: Case, state: "State") -> None:
    def inside(state: "State") -> None:
        walk.value(node.subject, state)
        ends, fallen, dead = [], None, state.dead
        for patterns, body, terminator in node.arms:
            for pattern in patterns:
                walk.value(pattern, state)
            branch = state.copy()
            branch.dead = dead
            if fallen is not None:
                walk.join(branch, fallen)
            walk.sequence(body, branch)
            fallen = branch.copy() if terminator in (";&", ";;&", ";|") else None
            ends.append(branch)
            if any(takes_all(pattern) for pattern in patterns):
                state.dead = True  # one of the arms is taken
        for end in ends:
            walk.join(state, end)

    redirected(walk, node, state, inside)


def takes_all(pattern: "Word") -> bool:
    """The arm *) of a case."""
    part = pattern.parts[0] if len(pattern.parts) == 1 else None
    return isinstance(part, Text) and part.text == "*" and not part.quote


def condition(walk: "Walk", node: Condition, state: "State") -> None:
    def inside(state: "State") -> None:
        values = []
        for word in node.words:
            walk.spend(1, word)
            values.append(walk.value(word, state))
        for at, value in enumerate(values):
            if value in _NAMING and at + 1 < len(values):
                subscript_again(walk, values[at + 1], state)
            elif value in _COMPARING and 0 < at < len(values) - 1:
                for side in (values[at - 1], values[at + 1]):
                    walk.number(side, state)

    redirected(walk, node, state, inside)


def subscript_again(walk: "Walk", value: "Pieces", state: "State") -> None:
    """The name of a variable, whose subscript is expanded once more."""
    for piece in value:
        if isinstance(piece, str) and "[" in piece and ("$(" in piece or "`" in piece):
            walk.expanded_again(piece, state.copy(), "[[")


def arith_command(walk: "Walk", node: ArithCommand, state: "State") -> None:
    from holdfast.guard.shell.expansion import arithmetic

    redirected(walk, node, state, lambda s: arithmetic(walk, node.parts, s, walk.source(node)))


def function(walk: "Walk", node: Function, state: "State") -> None:
    name = Arg(walk.value(node.name, state), source="").value
    body = Body(node.body, walk.text, walk.place)
    if name is None:
        from holdfast.guard.shell.functions import call_in_general

        call_in_general(walk, "", body, state)
        return
    walk.names.add(name)
    walk.tampered.add(name)
    state.functions = {**state.functions, name: (body,)}


def coproc(walk: "Walk", node: Coproc, state: "State") -> None:
    inner = state.copy()
    inner.input = Input()
    walk.apart(node.body, inner, "coproc", walk.walk)
    walk.set(state, "COPROC", any_array("COPROC"), node=node)


def _loop_value(arg: "Arg", name: str) -> "Pieces":
    """What a loop variable holds for one word of the list that is not plain text."""
    if arg.known and not arg.glob:
        return arg.pieces
    if arg.glob and arg.prefix and not arg.split:
        cut = min(at for at in (*(arg.prefix.find(c) for c in "*?["), len(arg.prefix)) if at >= 0)
        folder = arg.prefix[: arg.prefix.rfind("/", 0, cut) + 1] if "/" in arg.prefix[:cut] else ""
        return packed((folder, Unknown("input", arg.source, name)))
    if len(arg.pieces) == 1 and not arg.glob and not arg.split:
        return arg.pieces
    return (Unknown("input", arg.source, name, [c for u in arg.unknowns for c in u.commands]),)


def _is_top(value: "Value") -> bool:
    """True for a value that covers every other: scalar or array, nothing is claimed of it."""
    if isinstance(value, list):
        return len(value) == 1 and value[0].split and len(value[0].pieces) == 1
    return is_anything(value) and not any(isinstance(p, Unknown) and (p.some or p.fallback) for p in value or ())


WALKS: "dict[type[Node], Callable[[Walk, Any, State], None]]" = {
    Group: group,
    If: if_,
    While: while_,
    For: for_,
    Case: case,
    Condition: condition,
    ArithCommand: arith_command,
    Function: function,
    Coproc: coproc,
}
