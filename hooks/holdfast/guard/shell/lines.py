"""read and mapfile where what they read is known, and loops over such lines. Loaded when a line has one."""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import MAX_PIECES, Input, any_array, texts_of
from holdfast.guard.shell.wrappers import is_name, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command
    from holdfast.guard.shell.state import Declared, Pieces, State
    from holdfast.guard.shell.understand import Walk



def read(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    options, operands = _options(command, state.dialect)
    array = options.get("a") if state.dialect != "zsh" else options.get("A")
    place = (command.start, command.end)
    source = _source(walk, command, options.get("u"))
    line = _line(walk, command, state, source, options)
    commands = (*command.feeds, *(c for u in (source.unknowns if source is not None else ()) for c in u.commands))
    ifs = _separators(walk, command, state)
    if array is not None and array.value and is_name(array.value):
        fields = fields_of(line, ifs) if line is not None and ifs is not None else None
        value = [Arg((f,) if f else ()) for f in fields] if fields is not None and len(fields) <= MAX_PIECES else None
        walk.set(state, array.value, value if value is not None else any_array(array.value, kind="input", commands=commands), place=place)
        return
    names = [arg.value.partition("?")[0] if arg.value is not None and not arg.split else None for arg in operands]
    if not names:
        text: "Pieces" = (line,) if line else ()
        walk.set(state, "REPLY", text if line is not None else (Unknown("input", "$REPLY", "REPLY", commands),), place=place)
        return
    values = split_line(line, ifs, len(names)) if line is not None and ifs is not None else None
    for k, name in enumerate(names):
        if name is None:
            walk.forget(state)
        elif is_name(name):
            found: "Pieces" = (Unknown("input", f"${name}", name, commands),)
            if values is not None:
                found = (values[k],) if values[k] else ()
            walk.set(state, name, found, place=place)
        else:
            name = name.partition("[")[0]
            walk.set(state, name, any_array(name), place=place)


def _options(command: "Command", dialect: str) -> "tuple[dict[str, Arg], tuple[Arg, ...]]":
    """Letter -> value (or an empty Arg), and the names; a letter that changes what is read stands under "?"."""
    found: "dict[str, Arg]" = {}
    taking = "adinNptu" if dialect != "zsh" else "dkpAut"
    args, at = command.args, 0
    while at < len(args):
        text = args[at].value
        if text is None or text[:1] != "-" or len(text) < 2:
            break
        at += 1
        if text == "--":
            break
        for k, letter in enumerate(text[1:], 1):
            if letter in ("i", "n", "N", "k", "q", "E", "z", "e") or dialect == "zsh" and letter in "pcl":
                found["?"] = Arg(())
            if letter in taking:
                if k + 1 < len(text):
                    found[letter] = Arg((text[k + 1 :],))
                else:
                    found[letter] = args[at] if at < len(args) else Arg(())
                    at += 1
                break
            found[letter] = Arg(())
    return found, args[at:]


def mapfile(walk: "Walk", command: "Command", state: "State", declared: "Declared") -> None:
    names = command.operands("-d -n -O -s -u -C -c")
    callback = command.flag_value("-C")
    if callback is not None:
        walk.shell_text(callback, state.copy(), "mapfile -C")
    name = names[-1].value if names else "MAPFILE"
    if name is None:
        walk.forget(state)
        return
    text = _source(walk, command, command.flag_value("-u"))
    known = text.value if text is not None else None
    plain = known is not None and not command.has_flag("d", "n", "O", "s", "u", "C") and state.dialect == "bash"
    lines = known.split("\n") if known is not None and plain else []
    if plain and len(lines) <= MAX_PIECES and is_name(name):
        end = "" if command.has_flag("t") else "\n"
        last = [lines.pop()] if lines else []
        value = [Arg(packed((line, end))) for line in lines] + [Arg((line,)) for line in last if line]
    else:
        commands = (*command.feeds, *(c for u in (text.unknowns if text is not None else ()) for c in u.commands))
        value = any_array(name.partition("[")[0], kind="input", commands=commands)
    walk.set(state, name.partition("[")[0], value, place=(command.start, command.end))


def _source(walk: "Walk", command: "Command", number: "Arg | None") -> "Arg | None":
    """The text it reads from: standard input or the descriptor of -u."""
    if number is None:
        return command.stdin
    given = walk.descriptors.get(int(number.value)) if number.value and number.value.isdigit() and len(number.value) < 4 else None
    return given.text if given is not None and not given.used else None


def _line(walk: "Walk", command: "Command", state: "State", source: "Arg | None", options: "dict[str, Arg]") -> "str | None":
    """The text of one read; what is left is put back for the next."""
    text = source.value if source is not None else None
    end = options["d"].value if "d" in options else "\n"
    known = text is not None and end is not None and len(end) < 2 and "?" not in options and ("\\" not in text or "r" in options)
    if source is not None and state.input.text is source and not any(r.fd == 0 for r in command.redirects):
        before = state.input
        rest = (text or "").partition(end or "\0")[2]
        state.input = Input(Arg((rest,) if rest else ()) if known else None, before.feeds, before.fed, before.label)
    if "u" in options and source is not None:
        for given in walk.descriptors.values():
            given.used = given.used or given.text is source
    return (text or "").partition(end or "\0")[0] if known else None


def _separators(walk: "Walk", command: "Command", state: "State") -> "str | None":
    given = command.env.get("IFS") if "IFS" in walk.prefix else None
    value = given.pieces if given is not None else walk.fetch(state, "IFS", "$IFS")
    if value is None:
        return " \t\n"
    texts = texts_of(value)
    return texts[0] if len(texts) == 1 else None


def fields_of(line: str, ifs: str) -> "list[str] | None":
    """Every field of a line, as read -a takes them."""
    if all(c in " \t\n" for c in ifs):
        out, run = [], ""
        for c in line:
            if c in ifs:
                if run:
                    out.append(run)
                run = ""
            else:
                run += c
        return [*out, run] if run else out
    if any(c in " \t\n" for c in ifs):
        return None
    out, run = [], ""
    for c in line:
        if c in ifs:
            out.append(run)
            run = ""
        else:
            run += c
    return [*out, run] if run else out


def split_line(line: str, ifs: str, names: int) -> "list[str] | None":
    """The values of so many names: the last takes what is left."""
    if not ifs:
        return [line] + [""] * (names - 1)
    blanks = "".join(c for c in ifs if c in " \t\n")
    hard = "".join(c for c in ifs if c not in " \t\n")
    rest, out = line.lstrip(blanks) if blanks else line, []
    for _ in range(names - 1):
        at = next((i for i, c in enumerate(rest) if c in ifs), len(rest))
        out.append(rest[:at])
        rest = rest[at:]
        stripped = rest.lstrip(blanks) if blanks else rest
        if stripped[:1] and stripped[0] in hard:
            stripped = stripped[1:].lstrip(blanks) if blanks else stripped[1:]
        rest = stripped
    rest = rest.rstrip(blanks) if blanks else rest
    if hard and rest[-1:] and rest[-1] in hard:
        return None
    return [*out, rest]
