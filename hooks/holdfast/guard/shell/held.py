"""What files hold that the text itself writes, and what happens when such a file is read or run. Loaded when one may be.

A file has one or several contents: where writes stand in branches or follow each other, each of them may be what is run.
"""

from holdfast.guard.line import Arg, Code, Command, Unknown, normalise
from holdfast.guard.shell.state import MAX_TEXT
from holdfast.guard.shell.wrappers import Inner, after, is_shell, look, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from holdfast.guard.shell.state import Pieces, State
    from holdfast.guard.shell.understand import Walk

    Key = str | tuple[object, ...]

MAX_CONTENTS = 6  # that one file may have
_COPIERS = frozenset("cp mv ln install rsync gcp gmv ginstall link scp ditto".split())
_COPIER_VALUES = "-t --target-directory -S --suffix -m --mode -o --owner -g --group -e --rsh -f --filter --exclude --include"
_TEES = frozenset("tee gtee sponge".split())
_FETCHERS = {
    "curl": ("-o", "--output"),
    "wget": ("-O", "--output-document"),
    "aria2c": ("-o", "--out"),
    "fetch": ("-o",),
    "openssl": ("-out",),
    "gpg": ("-o", "--output"),
    "age": ("-o", "--output"),
}
_FETCHER_VALUES = "-H --header -d --data -u --user -e -A --user-agent -P -b -c -o --output -T --connect-timeout --retry"


def key_of(walk: "Walk", arg: "Arg", command: "Command") -> "Key | None":
    """What stands for the file that an Arg names: its absolute path, or its pieces when some are not known."""
    if arg.glob or arg.split:
        return None
    text = arg.value
    if text is None:
        return tuple([p if isinstance(p, str) else (p.kind, p.name) if p.kind == "variable" and p.name else id(p) for p in arg.pieces])
    return path_of(text, command)


def path_of(text: str, command: "Command") -> "Key | None":
    """The same for a known text; a path below an unknown folder is told from an absolute one by its first part."""
    if not text:
        return None
    return normalise(text if text[0] == "/" else f"{command.cwd or '/?'}/{text}")


# ---- writing -------------------------------------------------------------------------------------------------------


def settle(walk: "Walk") -> "dict[Key, list[Pieces]]":
    """The contents of every file written so far."""
    while walk.settled < len(walk.writers):
        command, made, said, dialect = walk.writers[walk.settled]
        walk.settled += 1
        if command.redirects and made:
            for redirect in command.redirects:
                if redirect.writes:
                    key = key_of(walk, redirect.target, command)
                    text = said if said is not None else walk.printed(command, dialect) if redirect.fd != 2 and command.argv else None
                    write(walk, key, text if text is not None else written_by(walk, redirect.target, made), redirect.op[-2:] == ">>")
        else:
            carry_out(walk, command)
    return walk.held


def serve(walk: "Walk") -> None:
    """Shells that read a fifo get what was written to it later."""
    from holdfast.guard.shell.nested import run_inner

    held = settle(walk)
    for channel, outer, inner, state in walk.waiting[:20]:
        for key, other in list(walk.channels.items()):
            for text in list(held.get(key, ())) if other is channel else ():
                if _readable(Arg(text)):
                    inner.text, state.input.label = Arg(text), "pipe"
                    run_inner(walk, outer, inner, state.copy(), "any")


def write(walk: "Walk", key: "Key | None", text: "Pieces", append: bool = False) -> None:
    """A text goes into a file."""
    if key is None:
        return
    walk.spend(1)
    channel = walk.channels.get(key)
    if channel is not None:
        channel.commands += tuple(c for p in text if isinstance(p, Unknown) for c in p.commands)
    contents = walk.held.setdefault(key, [])
    if sum(len(p) for p in text if isinstance(p, str)) > MAX_TEXT:
        text = (Unknown("file", str(key)),)
    if append and contents:
        text = packed((*contents[-1], *text))
        contents[-1] = text if sum(len(p) for p in text if isinstance(p, str)) <= MAX_TEXT else (Unknown("file", str(key)),)
    elif channel is not None and contents == [(channel,)]:
        contents[:] = [text]
    elif text not in contents:
        contents.append(text)
        del contents[:-MAX_CONTENTS]


def written_by(walk: "Walk", target: "Arg", made: "Iterable[Command]") -> "Pieces":
    """A content that only the commands that wrote it could tell."""
    commands = list(made)
    for command in made:
        commands += [c for c in command.feeds if c not in commands]
    return (Unknown("file", target.shown, commands=commands),)


def carry_out(walk: "Walk", command: "Command") -> None:
    """cp, mv, ln, tee, dd, mkfifo and programs that save what they fetch."""
    program = command.program
    if program in _COPIERS:
        copy(walk, command)
    elif program in _TEES or program == "dd":
        text = command.stdin.pieces if command.stdin is not None else None
        outputs = [after(arg, 3) for arg in command.args if arg.prefix[:3] == "of="]
        targets = command.operands() if program in _TEES else outputs
        for target in targets:
            content = text if text is not None else written_by(walk, target, (command,))
            write(walk, key_of(walk, target, command), content, program in _TEES and command.has_flag("a", "--append"))
    elif program == "mkfifo" or program == "mknod":
        for target in command.operands("-m --mode"):
            key = key_of(walk, target, command)
            if key is not None:
                walk.channels[key] = Unknown("file", target.shown)
                walk.held[key] = [(walk.channels[key],)]
    elif program in _FETCHERS:
        named = command.flag_value(*_FETCHERS[program]) or _clustered(command, _FETCHERS[program][0][-1])
        targets = [named] if named is not None else []
        if named is None and (program in ("wget", "aria2c", "fetch") or program == "curl" and command.has_flag("O", "--remote-name")):
            for operand in command.operands(_FETCHER_VALUES):
                last = operand.pieces[-1] if operand.pieces else ""
                if isinstance(last, str) and "/" in last:
                    targets.append(Arg((last.partition("?")[0].rpartition("/")[2],)))
        for target in targets:
            write(walk, key_of(walk, target, command), written_by(walk, target, (command,)))


def _clustered(command: "Command", letter: str) -> "Arg | None":
    """The value of a short option that ends a group of them, such as -sSLo FILE."""
    for option, value in zip(command.args, command.args[1:], strict=False):
        text = option.value or ""
        if text[:1] == "-" and text[1:2] != "-" and text[-1] == letter and len(text) > 2 and text[1:].isalpha():
            return value
    return None


def copy(walk: "Walk", command: "Command") -> None:
    operands = command.operands(_COPIER_VALUES)
    folder = command.flag_value("-t", "--target-directory")
    if folder is None:
        if len(operands) < 2:
            return
        *operands, folder = operands
    for source in operands:
        key = key_of(walk, source, command)
        contents = walk.held.get(key) if key is not None else None
        if source.value in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "-") and command.stdin is not None:
            contents = [command.stdin.pieces]
        elif len(source.pieces) == 1 and isinstance(source.pieces[0], Unknown) and source.pieces[0].content is not None:
            contents = [source.pieces[0].content.pieces]
        if not contents and command.program == "ln" and isinstance(source.value, str) and "/" not in source.value:
            # A relative link is read from where it lies.
            place = key_of(walk, folder, command)
            contents = walk.held.get(f"{place.rpartition('/')[0]}/{source.value}") if isinstance(place, str) else None
        if not contents and command.program == "ln" and key is not None:
            walk.links[key_of(walk, folder, command)] = key
        if not contents:
            continue
        name = source.shown.rstrip("/").rpartition("/")[2]
        for target in (folder, Arg(packed((*folder.pieces, "/", name)))):
            place = key_of(walk, target, command)
            for text in list(contents):
                write(walk, place, text)


# ---- reading -------------------------------------------------------------------------------------------------------


def contents_of(walk: "Walk", arg: "Arg", command: "Command") -> "Sequence[Pieces]":
    """Every content that the file an Arg names may have; empty when the text did not write it."""
    number = descriptor(arg.value)
    if number is not None:
        given = walk.descriptors.get(number)
        return [given.text.pieces] if given is not None and given.text is not None else ()
    key = key_of(walk, arg, command)
    if key is None:
        return ()
    held = settle(walk)
    found = held.get(key) or held.get(walk.links.get(key, key))
    return found or ()


def descriptor(text: "str | None") -> "int | None":
    """The number in /dev/fd/3 and its kin."""
    for folder in ("/dev/fd/", "/proc/self/fd/"):
        if text is not None and text.startswith(folder) and text[len(folder) :].isdigit() and len(text) < len(folder) + 4:
            return int(text[len(folder) :])
    return None


def content(walk: "Walk", arg: "Arg", command: "Command") -> "Arg | None":
    """What reading the file gives: its text, an Unknown with what it may be, or None when the text did not write it."""
    found = contents_of(walk, arg, command)
    if not found:
        return None
    if len(found) == 1:
        return Arg(found[0])
    texts = [Arg(text).value for text in found]
    known = [text for text in texts if text is not None]
    # Each once: files that are made of each other double with every step.
    commands = list(dict.fromkeys([c for text in found for p in dict.fromkeys(text) if isinstance(p, Unknown) for c in p.commands]))
    return Arg((Unknown("file", arg.shown, commands=commands, options=known if len(known) == len(texts) else (), some=known),))


def follow(walk: "Walk", command: "Command", state: "State", codes: "Sequence[Code]", how: str) -> None:
    """A command may run a file that the text wrote: judge what it holds as the code it is."""
    if walk.following > 3:
        return
    walk.following += 1
    for code in codes:
        if code.origin == "file" and code.text is not None:
            run_contents(walk, command, state, code.language, code.text, how)
        elif code.origin == "stdin" and code.text is not None and not code.text.known:
            for redirect in command.redirects:
                if redirect.op == "<" and len(contents_of(walk, redirect.target, command)) > 1:
                    run_contents(walk, command, state, code.language, redirect.target, how)
    word = command.argv[0]
    text = word.value if word.value is not None else word.prefix or "/"
    if "/" in text:
        execute(walk, command, state, how, contents_of(walk, word, command))
    elif "PATH" in state.variables or "PATH" in command.env:
        for key in list(settle(walk)):
            if isinstance(key, str) and key.rpartition("/")[2] == text:
                execute(walk, command, state, how, walk.held[key])
    _READERS.get(command.program, _no_reader)(walk, command, state, how)
    walk.following -= 1


def run_contents(walk: "Walk", command: "Command", state: "State", language: str, path: "Arg", how: str) -> None:
    texts = list(contents_of(walk, path, command))
    if not texts and any(unknown.kind == "input" for unknown in path.unknowns):
        # What find, xargs or a loop over a glob comes to may be any of the files.
        texts = [text for contents in settle(walk).values() for text in contents][:MAX_CONTENTS]
    for text in texts:
        run_text(walk, command, state, language, Arg(text), path, how)


def run_text(
    walk: "Walk", command: "Command", state: "State", language: str, text: "Arg", path: "Arg", how: str, dialect: str = ""
) -> None:
    """A program runs a text that the file at a path holds."""
    command.code += (Code(language, "written", text),)
    if not _readable(text):
        return
    if language != "sh":
        from holdfast.guard.languages import amounts_to
        from holdfast.guard.shell.nested import run_inner

        for inner in amounts_to(command.code[-1], command):
            run_inner(walk, command, inner, state, how)
        return
    at = next((i for i, arg in enumerate(command.argv) if arg is path), len(command.argv))
    from holdfast.guard.shell.launchers import SHELLS
    from holdfast.guard.shell.nested import run_inner

    dialect = dialect or SHELLS.get(command.program, "sh")
    inner = Inner(command.program, text=text, dialect=dialect, zero=path, args=command.argv[at + 1 :])
    walk.wraps += 1
    run_inner(walk, command, inner, state, how)
    walk.wraps -= 1


def _readable(text: "Arg") -> bool:
    """False for a text of which nothing is known."""
    return any(isinstance(piece, str) and piece.strip() for piece in text.pieces)


def execute(walk: "Walk", command: "Command", state: "State", how: str, contents: "Sequence[Pieces]") -> None:
    """A file is run by its path: its first line says by which program."""
    from holdfast.guard.shell.launchers import SHELLS

    for pieces in list(contents):
        text = Arg(pieces)
        words = shebang(text.prefix)
        program = Command([Arg((word,)) for word in words] or [Arg(("bash",))])
        if is_shell(program.program):
            dialect = SHELLS.get(program.program, "sh") if words or state.dialect == "bash" else "sh"
            run_text(walk, command, state, "sh", text, command.argv[0], how, dialect)
            continue
        argv = (*program.argv, *command.argv)
        codes, _ = look(Command(argv), False)
        for code in codes:
            if code.origin == "file":
                run_text(walk, command, state, code.language, text, command.argv[0], how)


def shebang(text: str) -> "list[str]":
    """The program and its options in the first line of a script."""
    if text[:2] != "#!":
        return []
    words = text[2:].partition("\n")[0].split()
    if words and words[0].rpartition("/")[2] == "env":
        words = [word for word in words[1:] if word[:1] != "-" and "=" not in word]
    return words


def _at(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    path = command.flag_value("-f")
    if path is not None:
        run_contents(walk, command, state, "sh", path, how)


def _crontab(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    for path in command.operands("-u"):
        for pieces in list(contents_of(walk, path, command)):
            for line in Arg(pieces).when_empty.split("\n"):
                fields = line.split(None, 1 if line.lstrip()[:1] == "@" else 5)
                if len(fields) in (2, 6) and line.lstrip()[:1] != "#" and "=" not in fields[0]:
                    run_text(walk, command, state, "sh", Arg((fields[-1],)), path, how)


def _make(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    """The recipes of a makefile that the text wrote; what make itself fills in is not known."""
    named = command.flag_value("-f", "--file", "--makefile")
    folder = command.flag_value("-C", "--directory")
    names = [named] if named is not None else [Arg((name,)) for name in ("GNUmakefile", "makefile", "Makefile")]
    for name in names:
        path = Arg(packed((*folder.pieces, "/", *name.pieces))) if folder is not None else name
        for pieces in list(contents_of(walk, path, command)):
            text = recipes(Arg(pieces).when_empty)
            if text:
                run_text(walk, command, state, "sh", Arg((text,)), path, how)


def recipes(text: str) -> str:
    """The lines of a makefile that a shell runs; a line that make fills in is left out."""
    lines, going_on = [], False
    for line in text.split("\n"):
        if line[:1] == "\t" or going_on:
            body = line.strip().lstrip("@-+")
            if "$" not in body.replace("$$", ""):
                lines.append(body.replace("$$", "$"))
        elif ";" in line and ":" in line.partition(";")[0]:
            lines.append(line.partition(";")[2])
        going_on = line[:1] == "\t" and line.endswith("\\")
    return "\n".join(lines)


def _git(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    """Any work with a repository may call the hooks in it."""
    for key in list(settle(walk)):
        folder = key.rpartition("/")[0] if isinstance(key, str) else ""
        if isinstance(key, str) and (folder.endswith("/hooks") or "/.husky" in folder):
            for pieces in list(walk.held[key]):
                run_text(walk, command, state, "sh", Arg(pieces), Arg((key,)), how)


def _xargs(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    path = command.flag_value("-a", "--arg-file")
    text = content(walk, path, command) if path is not None else None
    if text is None or path is None:
        return
    argv = [a for a in command.argv if a.value not in ("-a", "--arg-file") and a is not path and a.prefix[:11] != "--arg-file="]
    fed = Command(
        argv, command.env, (), command.cwd, command.via, command.root, (), text, (), command.open_ended, command.start, command.end
    )
    from holdfast.guard.shell.nested import run_inner

    for inner in look(fed, True)[1]:
        run_inner(walk, fed, inner, state, how)


def _package_script(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    """npm run NAME: the scripts of a package.json that the text wrote."""
    for pieces in list(contents_of(walk, Arg(("package.json",)), command)):
        text = Arg(pieces).when_empty
        _, found, body = text.partition('"scripts"')
        if not found:
            continue
        for script in _json_strings(body.partition("{")[2].partition("}")[0])[1::2]:
            run_text(walk, command, state, "sh", Arg((script,)), Arg(("package.json",)), how)


def _json_strings(text: str) -> "list[str]":
    """The strings in a JSON text, in order, with the simple escapes undone."""
    found, i = [], text.find('"')
    while i >= 0:
        out, i = [], i + 1
        while i < len(text) and text[i] != '"':
            if text[i] == "\\":
                i += 1
                out.append({"n": "\n", "t": "\t"}.get(text[i : i + 1], text[i : i + 1]))
            else:
                out.append(text[i])
            i += 1
        found.append("".join(out))
        i = text.find('"', i + 1)
    return found


def _startup(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    """The files that a shell reads before anything else."""
    named = [command.flag_value("--rcfile", "--init-file"), command.env.get("ENV"), command.env.get("BASH_ENV")]
    for path in named:
        if path is not None:
            run_contents(walk, command, state, "sh", path, how)


def _no_reader(walk: "Walk", command: "Command", state: "State", how: str) -> None:
    pass


_READERS = {
    "at": _at,
    "batch": _at,
    "crontab": _crontab,
    "git": _git,
    "make": _make,
    "gmake": _make,
    "xargs": _xargs,
    "npm": _package_script,
    "pnpm": _package_script,
    "yarn": _package_script,
    "bun": _package_script,
    "parallel": _xargs,
    "bash": _startup,
    "sh": _startup,
    "dash": _startup,
    "ksh": _startup,
}
