"""What a command runs in turn: commands and texts handed to another shell or read again by this one, and computed command words."""

from holdfast.guard.line import Arg, Command, Unknown, normalise
from holdfast.guard.shell.reader import read
from holdfast.guard.shell.state import MAX_WRAPS, Input, any_array, anything, new_state, texts_of
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.wrappers import ELSEWHERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.shell.state import Pieces, State
    from holdfast.guard.shell.tree import (
        Sequence,
    )
    from holdfast.guard.shell.understand import Walk
    from holdfast.guard.shell.wrappers import Inner

_BINS = ("/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin")
_MINDED = """rm dd sh bash zsh dash python3 python perl ruby node php nc ncat curl wget cat chmod chown mv cp tee ln find mkfs.ext4 mkfs
shred truncate base64 sudo su socat awk sed xargs env crontab at reboot shutdown halt poweroff kill pkill killall passwd""".split()
_FIRST_HOLE, _HOLES = 0xD800, 2048  # lone surrogates, which no valid text holds, stand for Unknowns in a text that is read again


def run_by_shell(walk: "Walk", name: str, arg: "Arg", state: "State") -> None:
    """PROMPT_COMMAND is run, and prompts are expanded, by every interactive shell."""
    text = arg.value
    if text is None:
        return
    inner = state.copy()
    if name == "PROMPT_COMMAND":
        shell_text(walk, arg, inner, name)
    elif "$(" in text or "`" in text:
        expanded_again(walk, text, inner, name)


def expanded_again(walk: "Walk", text: str, state: "State", label: str) -> None:
    """List the commands in a text that the shell expands a second time, like a prompt or an arithmetic subscript."""
    if walk.wraps >= MAX_WRAPS or "HOLDFAST_END" in text:
        raise Unreadable("wrapped too deeply", walk.place[0] if walk.place else 0)
    tree = read_inner(walk, f": <<HOLDFAST_END\n{text}\nHOLDFAST_END\n", walk.place[0] if walk.place else 0)
    saved = walk.text, walk.place, walk.via
    place = walk.place or (0, len(walk.outermost))
    walk.text, walk.place, walk.via = f": <<HOLDFAST_END\n{text}\nHOLDFAST_END\n", place, walk.via + (label,)
    walk.wraps += 1
    heredoc: "Any" = tree.items[0][1]
    walk.value(heredoc.redirs[0].body, state)
    walk.finish_deferred(())
    walk.wraps -= 1
    walk.text, walk.place, walk.via = saved


def run_inner(walk: "Walk", outer: Command, inner: "Inner", state: "State", how: str) -> None:
    """What a command runs in turn."""
    if inner.label == "stdin" and inner.text is not None and [p.kind for p in inner.text.unknowns] == ["file"] and not inner.text.known:
        if len(inner.text.pieces) == 1 and not inner.text.unknowns[0].options:
            # A file of which nothing is known: its Code tells who wrote it. A fifo may be written later.
            if inner.text.unknowns[0] in walk.channels.values():
                walk.waiting.append((inner.text.unknowns[0], outer, inner, state.copy()))
            return
    label = state.input.label if inner.label == "stdin" else inner.label
    via = outer.via + (label,)
    root = outer.root or inner.root
    cwd = outer.cwd
    if inner.cwd is None:
        cwd = None
    elif inner.cwd != "":
        cwd = joined_folder(walk, cwd, inner.cwd)
    env = {} if inner.cleared else outer.env
    if inner.env:
        env = {k: v for k, v in {**env, **inner.env}.items() if v is not None}
    open_ended = inner.open_ended or (outer.open_ended and inner.text is None)
    stdin, feeds = (outer.stdin, outer.feeds) if inner.stdin else (None, ())
    if inner.text is not None:
        context = Command((), env, (), cwd, via, root, feeds, stdin, (), open_ended, outer.start, outer.end)
        shell = new_shell(walk, context, inner, state)
        more, walk.more = walk.more, walk.more or inner.open_ended
        shell_text(walk, inner.text, shell, label, context)
        walk.more = more
        return
    argv = inner.argv or ()
    command = Command(argv, env, (), cwd, via, root, feeds, stdin, (), open_ended, outer.start, outer.end)
    nested = (
        inner.how if how == "any" or inner.how == "program" else "builtin" if how == "builtin" and inner.how != "program" else "program"
    )
    if not inner.stdin:
        before, state.input = state.input, Input(fed=False)
        walk.run(command, state, nested)
        state.input = before
        return
    walk.run(command, state, nested)


def joined_folder(walk: "Walk", cwd: "str | None", arg: "Arg | str") -> "str | None":
    path = arg.value if not isinstance(arg, str) else arg
    if not path or isinstance(arg, Arg) and arg.glob:
        return None
    if path[:1] != "/":
        if not cwd:
            return None
        path = f"{cwd}/{path}"
    return normalise(path)


def new_shell(walk: "Walk", command: "Command", inner: "Inner", state: "State") -> "State":
    """The State in which a shell started by a command begins."""
    new = new_state(inner.dialect, command.cwd)
    new.cwd = command.cwd
    away = command.root or inner.cleared or not ELSEWHERE.isdisjoint(command.via)
    new.vouched = state.vouched and not away
    new.variables = {}
    if not away:
        for name, value in state.variables.items():
            if name in walk.world.env or name == "HOME" and state.vouched:
                new.variables[name] = value if isinstance(value, tuple) else anything(name)
            elif name not in state.exports:
                texts = texts_of(value) if value is not None else []
                if value is None:
                    new.variables[name] = None
                elif isinstance(value, list):
                    new.variables[name] = any_array(name)
                elif 0 < len(texts) < 16:
                    new.variables[name] = (Unknown("variable", f"${name}", name, options=dict.fromkeys([*texts, ""])),)
                else:
                    new.variables[name] = anything(name)
    for name, arg in command.env.items():
        new.variables[name] = arg.pieces
    new.variables.pop("IFS", None)
    new.exports = frozenset(command.env)
    new.zero = inner.zero
    new.args = list(inner.args)
    if inner.label == "stdin":
        new.input = Input()
    elif inner.stdin:
        new.input = state.input
    else:
        new.input = Input(fed=False)
    new.functions = {n: b for n, b in state.functions.items() if f"{n}()" in state.exports}
    for name, arg in command.env.items():
        if arg.prefix[:4] == "() {" and name[:1] != "_":
            # bash takes such a variable for a function, and old ones run what follows it.
            called = name[10:-2] if name[:10] == "BASH_FUNC_" and name[-2:] in ("%%", "()") else name
            if called.isidentifier():
                shell_text(walk, Arg((f"{called} ", *arg.pieces)), new, "function", command)
    return new


def shell_text(walk: "Walk", arg: "Arg", state: "State", label: str, context: "Command | None" = None) -> None:
    """Read a text and walk it. context: the Command that hands it over; None: in the shell that is running."""
    text = with_holes(walk, arg.pieces)
    tree = read_inner(walk, text, context.start if context is not None else walk.place[0] if walk.place else 0)
    saved = walk.text, walk.place, walk.via, walk.root, walk.returns, walk.loops, walk.deferred, walk.open
    if context is not None:
        place, via, root = (context.start, context.end), context.via, context.root
        walk.returns, walk.loops = None, []
    else:
        place, via, root = walk.place or (0, len(walk.outermost)), walk.via + (label,), walk.root
    walk.text, walk.place, walk.via, walk.root, walk.deferred = text, place, via, root, []
    walk.wraps += 1
    if walk.wraps > MAX_WRAPS:
        raise Unreadable("wrapped too deeply", place[0])
    walk.sequence(tree, state)
    walk.finish_deferred(())
    walk.wraps -= 1
    walk.text, walk.place, walk.via, walk.root, walk.returns, walk.loops, walk.deferred, walk.open = saved


def read_inner(walk: "Walk", text: str, position: int) -> "Sequence":
    walk.spend(2 + (len(text) >> 4))
    try:
        return read(text)
    except Unreadable as unreadable:
        raise Unreadable(unreadable.what, position) from None


def with_holes(walk: "Walk", pieces: "Pieces") -> str:
    """Pieces as one text in which lone surrogates stand for the Unknowns."""
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        else:
            hole = walk.hole_of.get(id(piece))
            if hole is None:
                if len(walk.holes) == _HOLES:
                    raise Unreadable("too much to follow", walk.place[0] if walk.place else 0)
                hole = walk.hole_of[id(piece)] = chr(_FIRST_HOLE + len(walk.holes))
                walk.holes[hole] = piece
            out.append(hole)
    return "".join(out)


def by_glob(pattern: str) -> "list[str]":
    """The programs in the usual folders that a glob may name, of those that a guard minds."""
    folder, _, name = pattern.rpartition("/")
    if not folder.startswith("/") or not name.strip("*"):
        return []
    from holdfast.guard.shell.patterns import glob_matches

    found = [place for place in _BINS if len(place.split("/")) == len(folder.split("/")) and glob_matches(folder, place)]
    return [f"{found[0]}/{program}" for program in _MINDED if glob_matches(name, program)][:12] if found else []


def _located(word: "Arg") -> "list[str]":
    """The program that `$(which git)` or `$(command -v git)` finds."""
    made = word.unknowns[0].commands if len(word.pieces) == 1 else ()
    if not made or any(command.program not in ("which", "command", "type", "whence", "echo") for command in made):
        return []
    names = [[arg.value for arg in command.operands() if arg.value] for command in made]
    return [name for found in names for name in found] if all(len(found) == 1 for found in names) else []


def computed(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    """A command word that only the run will tell: follow what it may turn out to be."""
    first, rest = command.argv[0], command.argv[1:]
    if first.glob and first.known:
        walk.opaque = True
        for path in by_glob(first.value or ""):
            possible_one = command._with((Arg((path,)), *rest))
            possible_one.via += (f"{first.shown}?",)
            walk.run(possible_one, state.copy(), "program")
        return
    slashed = "/" in first.when_empty
    if not slashed and any(u.kind not in ("variable",) or u.options for u in first.unknowns):
        walk.opaque = True
    if command.program or walk.wraps >= MAX_WRAPS:
        return
    possible = first.possible()
    texts = possible or list(dict.fromkeys([first.when_empty, *(f for u in first.unknowns if len(first.pieces) == 1 for f in u.some)]))
    if not possible:
        texts += _located(first)
    if first.split and not possible and "IFS" in state.variables:
        for ifs in walk.assigned_to("IFS"):
            texts += ["".join([" " if c in ifs else c for c in text]) for text in texts if any(c in ifs for c in text)]
    ends = []
    for text in texts[:16]:
        words = text.split() if first.split else [text] if text else []
        follows = 0
        while not words and follows < len(rest) and rest[follows].split and rest[follows].when_empty == "":
            follows += 1
        argv = (*(Arg((word,)) for word in words), *rest[follows:])
        if not argv or (argv[0].value or "-")[:1] == "-" and not possible:
            continue
        branch = state.copy()
        via = command.via if possible else command.via + (f"{first.shown}?",)
        walk.wraps += 1
        walk.run(
            Command(
                argv,
                command.env,
                command.redirects,
                command.cwd,
                via,
                command.root,
                command.feeds,
                command.stdin,
                (),
                command.open_ended,
                command.start,
                command.end,
            ),
            branch,
            how,
        )
        walk.wraps -= 1
        if possible:
            ends.append(branch)
    if possible and len(possible) <= 16:
        if ends:
            state.become(ends[0])
            for end in ends[1:]:
                walk.join(state, end)
    elif not slashed and any(u.kind != "variable" or u.options for u in first.unknowns) and how != "program":
        walk.forget(state, True)
