"""What builtins do to the shell: variables, arguments, options, leaving loops and functions. `cd` stands in understand.py."""

from holdfast.guard.line import Arg, Command, Unknown
from holdfast.guard.shell.state import ABSENT, Input, any_array, anything
from holdfast.guard.shell.understand import change_folder
from holdfast.guard.shell.wrappers import is_name, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.shell.state import Declared, State, Value
    from holdfast.guard.shell.tree import (
        Assign,
    )
    from holdfast.guard.shell.understand import Walk


def declaration(walk: "Walk", node: "Assign", state: "State", declared: "list[tuple[Assign, Value]]") -> Arg:
    """An assignment among the operands of declare, local, export: as an argument, and kept for the builtin."""
    scratch = state.copy()
    env: "dict[str, Arg]" = {}
    kept = len(walk.assigned)
    value = walk.assign(node, scratch, "shell", env)
    del walk.assigned[kept:]
    declared.append((node, value))
    equals = "+=" if node.append else "="
    return Arg(packed((f"{node.name}{equals}", *env[node.name].pieces)), source=walk.source(node))


def _pushd(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    args = [a for a in command.args if a.value != "-q"]
    dirs, here = state.dirs, state.cwd
    if len(args) == 1 and args[0].value and args[0].value[0] not in "+-" and not args[0].glob:
        change_folder(walk, Command((command.argv[0], args[0])), state)
        state.dirs = (here, *dirs) if dirs is not None else None
    elif not args and dirs:
        walk.move(state, dirs[0])
        state.dirs = (here, *dirs[1:])
    else:
        walk.move(state, None)
        state.dirs = None


def _popd(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if state.dirs and not [a for a in command.args if a.value != "-q"]:
        dirs = state.dirs
        walk.move(state, dirs[0])
        state.dirs = dirs[1:]
    else:
        walk.move(state, None)
        state.dirs = None


def _declare(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    """declare, typeset, local, readonly, export, integer, float."""
    name = command.argv[0].value
    flags, at, args = "", 1, command.argv
    while at < len(args) and (given := args[at].value or "")[:1] in ("-", "+") and len(given) > 1:
        flags += given[1:] if given[0] == "-" else ""
        at += 1
    exporting = name == "export" or "x" in flags
    if "f" in flags or "F" in flags:
        if exporting:
            state.exports |= {f"{a.value}()" for a in args[at:] if a.value}
        return
    if "p" in flags and not declared:
        return
    if "n" in flags and name != "export":
        walk.blind = True
        walk.forget(state)
    local = name == "local" or name in ("declare", "typeset", "integer", "float") and "g" not in flags
    scope = "export" if exporting else "shell"
    place = (command.start, command.end)
    ready = {id(node): (node, value) for node, value in declared}
    waiting = list(ready.values())
    for arg in args[at:]:
        text = arg.prefix if arg.value is None else arg.value
        key, equals, _ = text.partition("=")
        plus = key.endswith("+")
        key = key.rstrip("+")
        node = None
        if waiting and arg.word is None and waiting[0][0].name == key:
            node, value = waiting.pop(0)
        elif arg.value is None and not equals or arg.split and not equals:
            walk.forget(state)
            continue
        if "[" in key and node is None:
            key, value, equals = key.partition("[")[0], any_array(key.partition("[")[0]), "="
        elif node is None:
            value = packed((arg.prefix[len(text.partition("=")[0]) + 1 :], *arg.pieces[1:])) if equals else None
            if plus:
                value = anything(key)
        if not is_name(key):
            walk.forget(state)
            continue
        if local and state.local is not None and key not in state.local:
            state.local = {**state.local, key: state.variables.get(key, ABSENT)}
            if state.dialect != "bash":
                state.exports -= {key}
            if not equals and state.dialect == "bash":
                state.variables[key] = None
            elif not equals:
                # zsh makes it empty, dash leaves it as it was.
                state.variables[key] = () if state.dialect == "zsh" else anything(key)
        if (
            "A" in flags
            or "i" in flags
            or "u" in flags
            or "l" in flags
            or "c" in flags
            or name in ("integer", "float")
            or "a" in flags
            and not equals
            and node is None
        ):
            letters_only = name in ("declare", "typeset", "export", "readonly") and set(flags) <= {"l", "u", "g", "x"}
            if letters_only and state.local is None and state.dialect == "bash":
                walk.cased.add(key)
            elif "a" not in flags:
                walk.odd.add(key)
                if set(flags) <= {"A", "g", "r"}:
                    walk.maps.add(key)
                else:
                    walk.maps.discard(key)
        if equals or node is not None:
            walk.set(state, key, value, scope, node, None if node is not None else place)
        elif "A" in flags or "a" in flags:
            empty = "a" in flags or key in walk.maps and key not in state.variables and state.vouched
            walk.set(state, key, [] if empty else any_array(key), scope, None, place)
        if exporting:
            state.exports |= {key}
            if not equals and node is None and key in state.variables:
                walk.set(state, key, state.variables[key], "export", None, place)
        if name == "readonly" or "r" in flags:
            state.readonly |= {key}


def _unset(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    functions = command.has_flag("f")
    for arg in command.args:
        text = arg.value
        if text is None:
            walk.forget(state)
            state.functions = {n: (*b, None) if None not in b else b for n, b in state.functions.items()}
        elif text[:1] == "-":
            continue
        elif functions:
            state.functions = {n: b for n, b in state.functions.items() if n != text}
        elif "[" in text:
            walk.set(state, text.partition("[")[0], any_array(text.partition("[")[0]))
        elif text in state.variables or is_name(text):
            if not command.has_flag("v") and text in state.functions and text not in state.variables:
                state.functions = {n: (*b, None) if n == text else b for n, b in state.functions.items()}
            walk.set(state, text, None)
            state.exports -= {text}


def _read(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    from holdfast.guard.shell.lines import mapfile, read

    (mapfile if command.argv[0].value != "read" else read)(walk, command, state, declared)


def _printf_v(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if len(command.argv) > 2 and (command.argv[1].prefix if command.argv[1].value is None else command.argv[1].value).startswith("-v"):
        named = command.argv[2] if command.argv[1].value == "-v" else Arg((command.argv[1].value[2:],)) if command.argv[1].value else None
        rest = command.argv[3:] if command.argv[1].value == "-v" else command.argv[2:]
        name = named.value if named is not None else None
        if name is None:
            walk.forget(state)
        elif not is_name(name):
            name = name.partition("[")[0]
            walk.set(state, name, any_array(name), place=(command.start, command.end))
        else:
            from holdfast.guard.shell.speech import formatted

            pieces = (
                formatted(rest[0].value, rest[1:])
                if rest and rest[0].value is not None and not any(a.glob or a.split for a in rest)
                else None
            )
            walk.set(state, name, pieces if pieces is not None else anything(name), place=(command.start, command.end))


def _getopts(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if len(command.argv) > 2 and command.argv[2].value and is_name(command.argv[2].value):
        for name in (command.argv[2].value, "OPTARG", "OPTIND"):
            walk.set(state, name, (Unknown("argument", f"${name}", name),), place=(command.start, command.end))
    else:
        walk.forget(state)


def _let(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    for arg in command.args:
        walk.number(arg.pieces, state)


def _set(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    args, at = command.args, 0
    while at < len(args):
        text = args[at].value
        if text is None or args[at].split:
            state.args = None
            return
        if text == "--":
            state.args = list(args[at + 1 :])
            return
        if text == "-" or text[:1] not in ("-", "+") or len(text) < 2:
            break
        if "a" in text and text[1:2] != "o":
            state.exporting = text[0] == "-"
        if "o" in text[1:]:
            at += 1
            if at < len(args) and args[at].value == "allexport":
                state.exporting = text[0] == "-"
        if text[1:2] == "A":
            walk.forget(state)
        at += 1
    if at < len(args):
        state.args = list(args[at + (args[at].value == "-") :])


def _shift(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    digits = (command.args[0].value or "") if command.args else "1"
    number = int(digits) if digits.isdigit() else None
    if state.args is None or number is None or any(a.split or a.glob for a in state.args[:number]):
        state.args = None
    elif number <= len(state.args):
        state.args = state.args[number:]


def _exit(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if len(command.args) <= 1 and not command.redirects and (not command.args or (command.args[0].value or "").isdigit()):
        state.dead = True


def _return(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if walk.returns is None:
        return
    walk.returns.append(state.copy())
    if not command.redirects and (not command.args or len(command.args) == 1 and (command.args[0].value or "").isdigit()):
        state.dead = True


def _break(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if not walk.loops:
        return
    level = command.args[0].value if command.args else "1"
    kind = 0 if command.argv[0].value == "break" else 1
    if level is None or not level.isdigit() or not int(level) or command.redirects:
        for loop in walk.loops:
            loop[0].append(state.copy())
            loop[1].append(state.copy())
        return
    walk.loops[-min(int(level), len(walk.loops))][kind].append(state.copy())
    state.dead = True


def _exec(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    if len(command.argv) == 1:
        for redirect in command.redirects:
            if redirect.fd == 0:
                # The shell itself reads on from there.
                given = state.input
                state.input = Input(given.text, given.feeds, given.fed, given.label)


def _switch(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    """enable and hash change what a name means."""
    walk.tampered.update(a.value for a in command.args if a.value)
    path = command.flag_value("-p") if command.argv[0].value == "hash" else None
    for name in command.operands("-p") if path is not None else ():
        if name.value and path is not None:
            walk.hashed.setdefault(name.value, []).append(path)


BUILTINS = {
    "pushd": _pushd,
    "popd": _popd,
    "declare": _declare,
    "typeset": _declare,
    "local": _declare,
    "readonly": _declare,
    "export": _declare,
    "integer": _declare,
    "float": _declare,
    "unset": _unset,
    "read": _read,
    "mapfile": _read,
    "readarray": _read,
    "printf": _printf_v,
    "getopts": _getopts,
    "let": _let,
    "set": _set,
    "shift": _shift,
    "exit": _exit,
    "return": _return,
    "break": _break,
    "continue": _break,
    "exec": _exec,
    "enable": _switch,
    "hash": _switch,
}
