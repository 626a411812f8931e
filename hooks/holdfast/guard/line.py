"""What a rule sees: a Line of Commands as they will really run, with everything that cannot be known marked as such.

`understand.understand(text, world)` builds a Line; rules only read it. Values and small questions about them, no clock,
no disk, no environment: what the answer depends on outside the text is in World, read once at the edge.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from typing import Protocol

    from holdfast.guard.shell.tree import Word
    from holdfast.kernel.constraints import Item

    class Disk(Protocol):
        """What may be asked about files that are there: `tools.disk.Disk`."""

        def kind(self, path: str) -> str: ...
        def text(self, path: str) -> "str | None": ...
        def below(self, folder: str) -> "list[str]": ...
        def twin(self, path: str) -> "tuple[int, int] | None": ...
        def tracked(self, path: str) -> bool: ...
        def branch(self, folder: str) -> str: ...


class World:
    """What the judgement may know about the machine, passed in by the caller.

    cwd, home, project: absolute paths ("" when not known).  roots: folders inside which ordinary destructive work is
    fine (the project, temporary folders, what the settings add).  shell: "bash" or "zsh", the shell that will run the
    text.  env: the variables whose values may be relied on (HOME, USER, TMPDIR ...), name -> value.
    realpath: function absolute path -> absolute path with symbolic links followed (the only thing that asks the disk).
    protected: folders and files that no tool call may change (the guard itself, its state and its registration).
    hosts: the only hosts that may be reached ("example.com", "*.example.com", with a port if need be); empty: any.
    constraints: the Items that a person has stated and that bind the agent, those that forbid something.
    disk: what may be asked about files where there are such Items, else None.
    """

    __slots__ = ("cwd", "home", "project", "roots", "shell", "env", "realpath", "protected", "hosts", "constraints", "disk")

    def __init__(self, cwd: str, home: str, project: str, roots: "Iterable[str]" = (), shell: str = "bash",
                 env: "dict[str, str] | None" = None, realpath: "Callable[[str], str] | None" = None,
                 protected: "Iterable[str]" = (), hosts: "Iterable[str]" = (), constraints: "Iterable[Item]" = (),
                 disk: "Disk | None" = None) -> None:
        self.cwd, self.home, self.project, self.roots, self.shell = cwd, home, project, tuple(roots), shell
        self.env = env or {}
        self.realpath: "Callable[[str], str]" = realpath or (lambda path: path)
        self.protected = tuple(protected)
        self.hosts = tuple(hosts)
        self.constraints, self.disk = tuple(constraints), disk


class Unknown:
    """A stretch of a word whose text only the run will tell.

    kind: "variable" (not set in this text: name says which), "output" (of a command), "file" (the path of a process
    substitution), "input" (read from outside), "argument" ($1, $@), "special" ($?, $$, $RANDOM), "arithmetic".
    source: as written.  commands: the Commands whose output it is.  options: every value it can have, when that is known
    although which one is not (set differently in two branches).  some: values that it may have among others, such as the
    word of ${x:-word} (options, when there are any).  fallback: what it is when the variable is unset or empty, "" but for
    ${x:-word}; "computed" for what is never empty, such as the output of mktemp.  content: for kind "file", Arg with the text that
    reading it gives, when that is known.
    """

    __slots__ = ("kind", "source", "name", "commands", "options", "some", "fallback", "content")

    def __init__(self, kind: str, source: str, name: str = "", commands: "Iterable[Command]" = (), options: "Iterable[str]" = (),
                 some: "Iterable[str]" = (), fallback: str = "") -> None:
        self.kind, self.source, self.name = kind, source, name
        self.commands, self.options = tuple(commands), tuple(options)
        self.some, self.fallback = tuple(some) or self.options, fallback
        self.content: "Arg | None" = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.source}>"


class Arg:
    """One argument as the program will receive it.

    pieces: str and Unknown, in order; adjacent str are joined, an empty argument has no pieces.
    glob: an unquoted * ? [ is in it, so the program may receive several names in its place.
    split: an unquoted expansion of unknown text is in it, so it may become several arguments or none.
    word: the tree.Word it comes from, or None (made by unwrapping).  source: that word as written.
    """

    __slots__ = ("pieces", "glob", "split", "word", "source")

    def __init__(self, pieces: "Iterable[str | Unknown]", glob: bool = False, split: bool = False, word: "Word | None" = None,
                 source: "str | None" = None) -> None:
        self.pieces, self.glob, self.split, self.word = tuple(pieces), glob, split, word
        self.source = source if source is not None else self.shown

    @property
    def value(self) -> "str | None":
        """The exact text, or None when any of it is unknown."""
        if not self.pieces:
            return ""
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            return piece if piece.__class__ is str else None
        return None

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def unknowns(self) -> "list[Unknown]":
        return [p for p in self.pieces if p.__class__ is Unknown]

    @property
    def when_empty(self) -> str:
        """The text it has if every unset variable is empty: `rm -rf "$X"/*` is then `rm -rf /*`, and `"${X:-/}"` is `/`."""
        return "".join(p if isinstance(p, str) else p.fallback for p in self.pieces)

    @property
    def prefix(self) -> str:
        """The known text before the first unknown."""
        first = self.pieces[0] if self.pieces else ""
        return first if isinstance(first, str) else ""

    @property
    def shown(self) -> str:
        """For messages: known text, and unknowns as written."""
        return "".join(p if isinstance(p, str) else p.source for p in self.pieces)

    def possible(self) -> "list[str]":
        """Every text it can have, if all its unknowns have options; else an empty list. At most 64."""
        texts = [""]
        for piece in self.pieces:
            choices = (piece,) if isinstance(piece, str) else piece.options
            if not choices or len(texts) * len(choices) > 64:
                return []
            texts = [t + c for t in texts for c in choices]
        return texts

    def __repr__(self) -> str:
        return self.shown


class Redirect:
    """fd: int (0 in, 1 out, 2 err; -1 for &> and >& to a file: both 1 and 2; -2 for a {name} descriptor).

    op: as in tree.Redir.  target: Arg, the file (or descriptor for <& >&); for << and <<< the text fed in.
    writes: True when the target file is created, truncated or appended to.  reads: True when it is read.
    """

    __slots__ = ("fd", "op", "target", "writes", "reads")

    def __init__(self, fd: int, op: str, target: Arg) -> None:
        self.fd, self.op, self.target = fd, op, target
        self.writes = op in (">", ">>", ">|", "&>", "&>>", "<>") or (op == ">&" and fd == -1)
        self.reads = op in ("<", "<>")


class Code:
    """Program text that a command runs. language: "sh", "python", "perl", "node", "ruby", "awk", "sed", "php", "sql" ...

    origin: "argument" (bash -c TEXT), "stdin" (a pipe, heredoc or here-string), "file" (bash script.sh).
    "written": what the same text put into the file that is run.
    text: Arg with the program text, or for "file" the path; None when it comes from standard input that is not known.
    makers: the filters and decoders that made a text which is known all the same.
    """

    __slots__ = ("language", "origin", "text", "makers")

    def __init__(self, language: str, origin: str, text: "Arg | None" = None, makers: "tuple[Command, ...]" = ()) -> None:
        self.language, self.origin, self.text, self.makers = language, origin, text, makers


class Command:
    """One program run (or builtin), after expansion and unwrapping.

    argv: tuple of Arg, argv[0] the command word.  program: the file name of argv[0] without folder ("rm" for /bin/rm),
    or "" when it is not known (computed, or a glob).  env: name -> Arg set for this command (prefix assignments, `env A=b`,
    exported before).  redirects: tuple of Redirect.  cwd: absolute path it runs in, or None when not known.
    via: how it is reached, outermost first: "sudo", "xargs", "bash -c", "$(", "<(", "find -exec", "function f",
    "heredoc" ...; empty for a plain command.  root: True when it runs as another user (sudo, su, doas, pkexec).
    feeds: the Commands whose output is its standard input (the stage before it in a pipeline).
    stdin: Arg with the text on standard input when a heredoc, a here-string or a pipe from known text gives it, else None.
    code: tuple of Code.  open_ended: True when more arguments follow that are not known (xargs, "$@").
    start, end: where in the Line's text the outermost written command stands.
    """

    __slots__ = ("argv", "program", "env", "redirects", "cwd", "via", "root", "feeds", "stdin", "code", "open_ended",
                 "start", "end", "_flags")

    def __init__(self, argv: "Iterable[Arg]", env: "dict[str, Arg] | None" = None, redirects: "Iterable[Redirect]" = (),
                 cwd: "str | None" = None, via: "Iterable[str]" = (), root: bool = False, feeds: "Iterable[Command]" = (),
                 stdin: "Arg | None" = None, code: "Iterable[Code]" = (), open_ended: bool = False, start: int = 0,
                 end: int = 0) -> None:
        self.argv, self.env, self.redirects, self.cwd = tuple(argv), env or {}, tuple(redirects), cwd
        self.via, self.root, self.feeds, self.stdin, self.code = tuple(via), root, tuple(feeds), stdin, tuple(code)
        self.open_ended, self.start, self.end = open_ended, start, end
        self._flags: "tuple[set[str], set[str]] | None" = None
        # The last piece is enough when it holds the whole file name: "$VIRTUAL_ENV/bin/python" is python.
        pieces = self.argv[0].pieces if self.argv else ()
        last = pieces[-1] if pieces else None
        whole = isinstance(last, str) and not self.argv[0].glob and (len(pieces) == 1 or "/" in last)
        name = last.rstrip("/").rpartition("/")[2] if isinstance(last, str) and whole else ""
        name = name.partition("@")[0] or name  # npx prisma@latest runs prisma
        # Where file names ignore case (macOS, Windows), RM is rm; R and the web's GET, HEAD and POST are programs of that name.
        self.program = name.lower() if name.isupper() and len(name) > 1 and name not in ("GET", "HEAD", "POST") else name

    @property
    def args(self) -> "tuple[Arg, ...]":
        """The arguments after the command word."""
        return self.argv[1:]

    @property
    def words(self) -> "list[str | None]":
        """The known arguments as text; unknown ones are None."""
        return [a.value for a in self.argv[1:]]

    def operands(self, with_value: str = "") -> "list[Arg]":
        """The Args that are not options. After `--` everything is an operand.

        with_value: the options that take their value as the next argument, blank-separated ("-o --output -C").
        """
        taking = with_value.split()
        found, skip, literal = [], False, False
        for arg in self.argv[1:]:
            text = arg.value if arg.value is not None else arg.prefix
            if skip:
                skip = False
            elif literal or text == "-" or not text.startswith("-"):
                found.append(arg)
            elif text == "--":
                literal = True
            elif text in taking:
                skip = True
        return found

    def has_flag(self, *names: str) -> bool:
        """True if an option is present: "f" matches -f and -rf; "--force" matches --force and --force=x; "-exec" exactly.

        GNU abbreviations of long options count ("--recurs" for "--recursive") when at least three letters are given.
        """
        if self._flags is None:
            self._flags = _read_flags(self.argv[1:])
        short, longs = self._flags
        for name in names:
            if name.startswith("--"):
                for given in longs:
                    if given == name or (len(given) >= 5 and name.startswith(given)):
                        return True
            elif name.startswith("-"):
                if name in longs:
                    return True
            elif name in short:
                return True
        return False

    def flag_value(self, *names: str) -> "Arg | None":
        """The Arg given to an option: -oX, -o X, --out=X, --out X; None when the option is absent or has no value."""
        args = self.argv[1:]
        for i, arg in enumerate(args):
            text = arg.prefix if arg.value is None else arg.value
            if text == "--":
                return None
            for name in names:
                if text == name:
                    return args[i + 1] if i + 1 < len(args) else None
                if name.startswith("--"):
                    if text.startswith(name + "="):
                        return _after(arg, len(name) + 1)
                elif len(name) == 2 and text.startswith(name) and not text.startswith("--") and len(arg.pieces) >= 1:
                    if len(text) > 2 or len(arg.pieces) > 1:
                        return _after(arg, 2)
        return None

    def sub(self, with_value: str = "") -> "Command":
        """The command seen from its subcommand: `git -C d push -f` -> the Command `push -f`, whose program is "push".

        with_value: the options before the subcommand that take their value as the next argument. Without any operand the
        result has no argv and the program "". Call it again for a second level (`gh repo delete`).
        """
        taking, skip = with_value.split(), False
        for at, arg in enumerate(self.argv[1:], 1):
            text = arg.value if arg.value is not None else arg.prefix
            if skip:
                skip = False
            elif text in taking:
                skip = True
            elif not text.startswith("-") or text == "-":
                return self._with(self.argv[at:])
        return self._with(())

    def _with(self, argv: "tuple[Arg, ...]") -> "Command":
        return Command(argv, self.env, self.redirects, self.cwd, self.via, self.root, self.feeds, self.stdin, (), self.open_ended,
                       self.start, self.end)

    def __repr__(self) -> str:
        return " ".join(a.shown or "''" for a in self.argv)


def _after(arg: Arg, length: int) -> Arg:
    """The Arg without its first `length` known characters."""
    first = arg.prefix[length:]
    return Arg(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)


def _read_flags(args: "tuple[Arg, ...]") -> "tuple[set[str], set[str]]":
    short: "set[str]" = set()
    longs: "set[str]" = set()
    for arg in args:
        text = arg.value if arg.value is not None else arg.prefix
        if text == "--":
            break
        if text.startswith("--"):
            longs.add(text.partition("=")[0])
        elif text.startswith("-") and len(text) > 1:
            longs.add(text)
            short.update(text[1:])
    return short, longs


class Assigned:
    """A variable set by the text. value: Arg. scope: "shell" (stays in the shell), "export", or "command" (prefix of one command)."""

    __slots__ = ("name", "value", "scope", "start", "end")

    def __init__(self, name: str, value: Arg, scope: str, start: int, end: int) -> None:
        self.name, self.value, self.scope, self.start, self.end = name, value, scope, start, end


class Line:
    """A whole text understood. text: as given.  commands: every Command, outer before inner, in the order they are reached.

    assigned: every Assigned.  words: every tree.Word in the text (for rules about how something is written).
    world: the World it was understood in.  functions: names defined in the text (functions and aliases).
    """

    __slots__ = ("text", "commands", "assigned", "words", "world", "functions")

    def __init__(self, text: str, commands: "Iterable[Command]", assigned: "Iterable[Assigned]", words: "list[Word]", world: World,
                 functions: "Iterable[str]" = ()) -> None:
        self.text, self.commands, self.assigned, self.words = text, tuple(commands), tuple(assigned), words
        self.world, self.functions = world, frozenset(functions)

    def source(self, command: Command) -> str:
        """The text of a command as written (its outermost form)."""
        return self.text[command.start:command.end]


def normalise(path: str) -> str:
    """Collapse `//`, `/./` and `/../` by text alone."""
    if "//" not in path and "/." not in path:
        return path.rstrip("/") or "/"
    kept: "list[str]" = []
    for part in path.split("/"):
        if part == "..":
            if kept:
                kept.pop()
        elif part and part != ".":
            kept.append(part)
    return "/" + "/".join(kept)
