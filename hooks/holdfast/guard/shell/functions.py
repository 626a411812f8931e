"""Bodies that run later than they are written: functions of the text, and traps."""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import ABSENT, Input, anything, either
from holdfast.guard.shell.tree import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import Command
    from holdfast.guard.shell.state import Body, Place, State, Value
    from holdfast.guard.shell.understand import Walk

MAX_CALLS = 12  # function calls inside one another


class Trap:
    __slots__ = ("arg", "state", "since", "via", "root", "place", "label")

    def __init__(
        self, arg: Arg, state: "State", since: "tuple[int, int]", via: "tuple[str, ...]", root: bool, place: "Place", label: str
    ) -> None:
        self.arg, self.state, self.since, self.via, self.root, self.place, self.label = arg, state, since, via, root, place, label


def call(walk: "Walk", command: "Command", bodies: "tuple[Body | None, ...]", state: "State") -> None:
    """A function of the text is called: walk its body with these arguments."""
    name, prefix = command.argv[0].value or "", walk.prefix
    ends = [state.copy()] if None in bodies else []
    for body in bodies:
        if body is None:
            continue
        branch = state.copy()
        call_body(walk, name, body, command, branch, prefix)
        ends.append(branch)
    state.become(ends[0])
    for end in ends[1:]:
        walk.join(state, end)


def call_body(walk: "Walk", name: str, body: "Body", command: "Command", state: "State", prefix: "frozenset[str]") -> None:
    key = id(body)
    if key in walk.general:
        walk.forget(state, True)
        return
    walk.called.add(key)
    if walk.calling.count(key) >= 3 or len(walk.calling) >= MAX_CALLS:
        call_in_general(walk, name, body, state)
        walk.forget(state, True)
        return
    before: "dict[str, Any]" = {n: state.variables.get(n, ABSENT) for n in prefix if n in command.env}
    for n in before:
        state.variables[n] = command.env[n].pieces
    outer_args, outer_local, outer_exports = state.args, state.local, state.exports
    state.args, state.local = list(command.args), {}
    if command.open_ended and not any(a.split for a in command.args):
        state.args = [*state.args, Arg((Unknown("argument", "$@", "@"),), split=True)]
    walk.calling.append(key)
    in_body(walk, body, state, command.via + (f"function {name}",))
    walk.calling.pop()
    state.args = outer_args
    state.exports |= outer_exports & (state.local or {}).keys()
    leave_locals(walk, state, outer_local)
    for n, value in before.items():
        if value is ABSENT:
            state.variables.pop(n, None)
        else:
            state.variables[n] = value


def in_body(walk: "Walk", body: "Body", state: "State", via: "tuple[str, ...]") -> None:
    """Walk a function's body; returns meet at its end."""
    saved = walk.text, walk.place, walk.via, walk.returns, walk.loops, walk.deferred, walk.open
    walk.text, walk.place, walk.via, walk.returns, walk.loops, walk.deferred = body.text, body.place, via, [], [], []
    walk.walk(body.node, state)
    walk.finish_deferred(())
    for other in walk.returns:
        walk.join(state, other)
    walk.text, walk.place, walk.via, walk.returns, walk.loops, walk.deferred, walk.open = saved


def leave_locals(walk: "Walk", state: "State", outer: "dict[str, Any] | None") -> None:
    for name, value in (state.local or {}).items():
        if value is ABSENT:
            state.variables.pop(name, None)
        else:
            state.variables[name] = value
        walk.log.append((name, state.variables.get(name, anything(name))))
    state.local = outer


def call_in_general(walk: "Walk", name: str, body: "Body", state: "State") -> None:
    """Walk a function's body as any call might: nothing is known but what the text says itself."""
    key = id(body)
    if key in walk.general:
        return
    walk.general.add(key)
    walk.called.add(key)
    inner = state.copy()
    inner.dead = False
    inner.variables = ever(walk, state, 0)
    inner.args, inner.zero, inner.cwd, inner.local, inner.input = None, None, inner.cwd if not walk.moved else None, {}, Input()
    via = walk.via + (f"function {name}",)
    in_body(walk, body, inner, via)
    for other, bodies in inner.functions.items():
        state.functions = {
            **state.functions,
            other: tuple(dict.fromkeys((*state.functions.get(other, ()), *(b for b in bodies if b is not None)))),
        }


def ever(walk: "Walk", state: "State", since: int) -> "dict[str, Value]":
    """name -> value, for whatever was assigned from a point of the log on."""
    found = dict(state.variables)
    for name, value in walk.log[since:]:
        if name is None:
            found = {n: anything(n) for n in {*found, *(n for n, _ in walk.log if n)}}
            break
        found[name] = either(found[name], value, name) if name in found else either(walk.initial(state, name), value, name)
    return found


def run_traps(walk: "Walk") -> None:
    """What was set to run later runs with whatever the variables hold by then."""
    done = 0
    while done < len(walk.traps):
        trap = walk.traps[done]
        done += 1
        if done > 100:
            raise Unreadable("too much to follow", trap.place[0])
        state = trap.state.copy()
        state.variables = ever(walk, trap.state, trap.since[0])
        state.dead = False
        if walk.moved != trap.since[1]:
            state.cwd = None
        walk.via, walk.root, walk.place = trap.via, trap.root, trap.place
        walk.shell_text(trap.arg, state, trap.label)
        walk.via, walk.root, walk.place = (), False, None
