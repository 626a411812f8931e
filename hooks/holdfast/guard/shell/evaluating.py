"""Builtins that run a text in the shell that is running: eval, source, trap, alias."""

from holdfast.guard.line import Arg, Code, Unknown
from holdfast.guard.shell.state import ABSENT, anything
from holdfast.guard.shell.wrappers import joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import Command
    from holdfast.guard.shell.state import Declared, State
    from holdfast.guard.shell.understand import Walk


def _eval(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    args = command.args[1:] if command.args and command.args[0].value == "--" else command.args
    if not args:
        return
    text = joined(args)
    command.code = (Code("sh", "argument", text),)
    vague = not text.known or any(a.glob or a.split for a in args) or command.open_ended
    before: "dict[str, Any]" = {n: state.variables.get(n, ABSENT) for n in walk.prefix if n in command.env}
    for name in before:
        state.variables[name] = command.env[name].pieces
    more, walk.more = walk.more, walk.more or command.open_ended
    if not text.known:
        walk.opaque = True
    in_this_shell(walk, text, command, state, "eval")
    walk.more = more
    for name, value in before.items():
        if state.dialect != "bash":
            state.variables[name] = anything(name)
        elif value is ABSENT:
            state.variables.pop(name, None)
        else:
            state.variables[name] = value
    if vague:
        walk.forget(state, True)


def in_this_shell(walk: "Walk", text: Arg, command: "Command", state: "State", label: str) -> None:
    """Read a text and walk it in the running shell, from where a command stands."""
    place, via = walk.place, walk.via
    walk.place, walk.via = (command.start, command.end), command.via
    walk.shell_text(text, state, label)
    walk.place, walk.via = place, via


def _source(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if not command.args:
        return
    path = command.args[0] if command.args[0].value != "--" else command.args[1] if len(command.args) > 1 else command.args[0]
    content = path.pieces[0].content if len(path.pieces) == 1 and isinstance(path.pieces[0], Unknown) else None
    if path.value in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        content = command.stdin
        command.code = (Code("sh", "stdin", content),)
    else:
        command.code = (Code("sh", "file", path),)
        if content is None and (walk.writers or walk.descriptors):
            from holdfast.guard.shell.held import contents_of

            found = contents_of(walk, path, command)
            command.code += tuple([Code("sh", "written", Arg(text)) for text in found])
            for text in found[:-1]:
                in_this_shell(walk, Arg(text), command, state.copy(), "source")
            content = Arg(found[-1]) if found and any(isinstance(p, str) for p in found[-1]) else None
    if content is None:
        walk.opaque = True
        walk.forget(state)
        return
    returns, walk.returns = walk.returns, []
    outer = state.args
    if len(command.args) > 1:
        state.args = list(command.args[1:])
    in_this_shell(walk, content, command, state, "source")
    for other in walk.returns:
        walk.join(state, other)
    walk.returns = returns
    if len(command.args) > 1:
        state.args = outer
    if not content.known:
        walk.forget(state, True)


def _trap(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    args = command.args
    if args and args[0].value == "--":
        args = args[1:]
    if len(args) < 2 or args[0].value in ("-", "", "-p", "-l") or (args[0].value or "").isdigit():
        return
    command.code = (Code("sh", "argument", args[0]),)
    place = (command.start, command.end)
    handler = state.copy()
    handler.args = handler.args if walk.returns is None else None
    signals = [(a.value or "").upper() for a in args[1:]]
    from holdfast.guard.shell.functions import Trap

    walk.traps.append(Trap(args[0], handler, (len(walk.log), walk.moved), command.via, command.root, place, "trap"))
    if all(s in ("EXIT", "0") for s in signals):
        return
    if not args[0].known:
        walk.blind = True
        walk.forget(state, True)
        return
    # It may run at any moment from here on: what it sets is never known again.
    commands, assigned, log, moved = len(walk.commands), len(walk.assigned), len(walk.log), walk.moved
    in_this_shell(walk, args[0], command, handler.copy(), "trap")
    del walk.commands[commands:], walk.assigned[assigned:]
    walk.volatile.update(name for name, _ in walk.log[log:] if name)
    if walk.moved != moved or any(name is None for name, _ in walk.log[log:]):
        walk.blind = True
        walk.forget(state, True)


def _alias(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    for arg in command.args:
        text = arg.prefix if arg.value is None else arg.value
        name, equals, _ = text.partition("=")
        if not equals or text[:1] == "-":
            continue
        walk.names.add(name)
        walk.tampered.add(name)
        if state.dialect == "zsh" or "expand_aliases" in walk.outermost:
            walk.aliases.add(name)
        value = Arg(packed((arg.prefix[len(name) + 1 :], *arg.pieces[1:])))
        if not value.pieces:
            continue
        more, walk.more = walk.more, True
        later = state.copy()
        later.args = None
        later.variables = {n: anything(n) for n in later.variables}
        in_this_shell(walk, value, command, later, f"alias {name}")
        walk.more = more


def _repeat(walk: "Walk", command: "Command", state: "State") -> None:
    """repeat N command"""
    argv = command.argv[3 if len(command.argv) > 3 and command.argv[2].value == "{" else 2 :]
    if argv:
        inner = command._with(argv)
        inner.via += ("repeat",)
        walk.run(inner, state, "any")


def _emulate(walk: "Walk", command: "Command", state: "State") -> None:
    """emulate SHELL -c TEXT"""
    text = command.flag_value("-c")
    if text is not None:
        command.code = (Code("sh", "argument", text),)
        in_this_shell(walk, text, command, state, "emulate")
        walk.forget(state, True)


ZSH = {"repeat": _repeat, "emulate": _emulate}
BUILTINS = {"eval": _eval, "source": _source, ".": _source, "trap": _trap, "alias": _alias}
