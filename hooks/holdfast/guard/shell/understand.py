"""Text -> Line: every command as it will really run. Pure and bounded; what cannot be known is an Unknown, and hides no command.

An abstract run of the syntax tree in the order the shell would take. A State says what is known of the shell at a point: variables,
working folder, functions, positional parameters, standard input. Branches copy it and join again; a loop is walked until another
round would change nothing; a subshell works on a copy. Where two ways meet, a value that differs becomes an Unknown that lists both.

Taken for granted, because the alternative is to know nothing: `cd` to a known folder succeeds (except to the right of `||`), a
variable that the text never sets and World does not vouch for is not the name of a builtin, and a sourced file or the output of an
`eval` changes variables, but not what `ls` or `cd` mean.

Here is what nearly every line needs: sequences, pipelines, simple commands, variables. The rest is loaded when a line has it: words that
are more than text (expansion), what a command runs in turn (nested), compound commands, functions, builtins.
"""

from holdfast.guard.line import Arg, Assigned, Code, Command, Line, Redirect, Unknown, normalise
from holdfast.guard.shell.reader import read
from holdfast.guard.shell.state import (
    MAX_COMMANDS,
    MAX_PIECES,
    MAX_STEPS,
    MAX_TEXT,
    MAX_WRAPS,
    Input,
    any_array,
    anything,
    either,
    is_anything,
    merge,
    new_state,
    plain_word,
    texts_of,
)
from holdfast.guard.shell.tree import Assign, Group, Pipeline, Sequence, Simple, Text, Unreadable
from holdfast.guard.shell.wrappers import joined, look, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from holdfast.guard.shell.functions import Trap
    from holdfast.guard.line import World
    from holdfast.guard.shell.state import Declared, Pieces, Place, State, Value
    from holdfast.guard.shell.tree import (
        Node,
        Redir,
        Subst,
        Word,
    )

_SPECIAL_NAMES = (
    "? $ ! - _ RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME PPID UID EUID BASH_COMMAND "
    "FUNCNAME PIPESTATUS BASH_SUBSHELL DIRSTACK BASH_LINENO BASH_SOURCE BASH_ARGV0 HISTCMD"
).split()
_MAYBE_EMPTY = ("!", "_", "-", "BASH_COMMAND", "FUNCNAME", "BASH_ARGV0")
_COMPARING = ("-eq", "-ne", "-lt", "-le", "-gt", "-ge")
_BARE = frozenset("{~*?[=")
# Programs that leave their standard input alone.
_NO_READERS = (
    "echo printf true false : cd pwd test [ export set unset local declare mkdir rm touch ls exit return date sleep shift "
    "trap umask type hash alias which kill command builtin env sudo nice nohup time timeout exec eval"
).split()
_BUILTINS = (
    "pushd popd declare typeset local readonly export integer float unset read mapfile readarray printf getopts let set shift "
    "exit return break continue exec enable hash"
).split()
_RUNNING_TEXT = ("eval", "source", ".", "trap", "alias")
_SUBSCRIPTED = "test [ printf read unset declare typeset local export readonly mapfile readarray wait getopts".split()
_RUN_BY_SHELL = ("PROMPT_COMMAND", "PS0", "PS1", "PS2", "PS4", "PROMPT", "RPROMPT")
_SPEAKERS = ("echo", "printf", "pwd", "cat", "true", ":", "cd", "export", "dirname", "basename", "set", "unset")
# Programs whose output is known when what they read is.
_FILTERS = frozenset(
    """base64 gbase64 base32 base16 basenc xxd openssl rev tac gtac tr gtr cut gcut head tail sed gsed awk gawk mawk tee gtee pv sponge
dd sort uniq fold fmt iconv grep egrep fgrep xargs yes""".split()
)
# Interpreters whose program may be a single print.
_PRINTERS = frozenset("python python3 perl ruby node php awk gawk mawk".split())
_SUBSTS = frozenset(("$(", "`", "<(", ">(", "=("))
# Programs that leave something in a file, and those that may run what a file holds without being told to by an interpreter's option.
_FILERS = frozenset(
    "cp mv ln install rsync gcp gmv ginstall link scp ditto tee gtee sponge dd mkfifo mknod curl wget aria2c fetch openssl gpg age".split()
)
_RUN_FILES = frozenset("at batch crontab make gmake xargs npm pnpm yarn bun git parallel bash sh dash ksh".split())


def understand(text: str, world: "World") -> Line:
    """Text, World -> Line. Raises Unreadable when the text, or a text that it runs, cannot be read or followed."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Unreadable("half a character", error.start) from None
    walk = Walk(text, world)
    try:
        walk.everything()
    except RecursionError:
        raise Unreadable("nested too deeply", 0) from None
    return Line(text, [c for c in walk.commands if c is not None], walk.assigned, list(walk.words.values()), world, walk.names)


class Walk:
    def __init__(self, text: str, world: "World") -> None:
        self.world, self.outermost = world, text
        self.commands: "list[Command | None]" = []
        self.assigned: "list[Assigned]" = []
        self.words: "dict[int, Word]" = {}
        self.names: "set[str]" = set()
        self.text = text  # the text being walked
        self.place: "Place | None" = None  # where what led to it stands in the outermost one
        self.via: "tuple[str, ...]" = ()
        self.root = False
        self.wraps, self.steps, self.unrolled = 0, 0, 1
        self.holes: "dict[str, Unknown]" = {}  # placeholder -> what it stands for (see nested.with_holes)
        self.hole_of: "dict[int, str]" = {}  # id of an Unknown -> its placeholder
        self.log: "list[tuple[str | None, Any]]" = []  # (name, value) of all that was assigned; (None, None): anything may have been
        self.moved = 0  # how often the folder changed
        self.odd: "set[str]" = set()  # names whose value is never known, such as those declared as integers
        self.maps: "set[str]" = set()  # associative arrays whose values may be known, though not under which key
        self.cased: "set[str]" = set()  # names declared to hold small or capital letters alone
        self.hashed: "dict[str, list[Arg]]" = {}  # what `hash -p` said that names stand for
        self.volatile: "set[str]" = set()  # names that a trap may set at any moment
        self.blind = False  # nothing can be known any more (namerefs, unknown debug traps)
        self.opaque = False  # a command word or eval that may call any function
        self.tampered: "set[str]" = set()  # builtins that were replaced or switched off
        self.called: "set[int]" = set()
        self.calling: "list[int]" = []
        self.general: "set[int]" = set()
        self.aliases: "set[str]" = set()
        self.traps: "list[Trap]" = []
        self.returns: "list[State] | None" = None
        self.loops: "list[tuple[list[State], list[State]]]" = []
        self.deferred: "list[tuple[Subst, Unknown, State]]" = []
        self.made: "dict[int, Command]" = {}
        self.spoken: "dict[int, Pieces | None]" = {}  # what a loop printed in all its rounds
        self.more = self.open = False
        self.prefix: "frozenset[str]" = frozenset()  # names set for the command that is being run alone
        self.options_change: "bool | None" = None
        # What wrote files: the command, all that stood under its redirections (none for cp, tee and the like), what a compound
        # command printed, the shell's dialect.
        self.writers: "list[tuple[Command, tuple[Command, ...], Pieces | None, str]]" = []
        self.settled, self.following = 0, 0  # of the writers, how many `held` has worked out; files being run inside one another
        self.held: "dict[Any, list[Pieces]]" = {}
        self.links: "dict[Any, Any]" = {}  # name -> file, for links to what was not written yet
        self.channels: "dict[Any, Unknown]" = {}  # fifos
        self.waiting: "list[tuple[Unknown, Command, Any, State]]" = []  # shells that read a fifo before anything was written to it
        self.decoded: "list[tuple[str, Command]]" = []  # texts that a filter made of known text, and which
        self.descriptors: "dict[int, Input]" = {}  # from 3 on
        self.spliced: "list[Arg] | None" = None

    def everything(self) -> None:
        """Walk the text, then what it only left behind: traps, and functions that were not called."""
        state = new_state("zsh" if self.world.shell == "zsh" else "bash", self.world.cwd)
        tree = read(self.text)
        self.sequence(tree, state)
        self.finish_deferred(())
        if self.channels:
            from holdfast.guard.shell.held import serve

            serve(self)
        if self.traps:
            from holdfast.guard.shell.functions import run_traps

            run_traps(self)
        defined = state.functions
        for _ in range(4):
            left = [
                (n, b)
                for n, bodies in list(defined.items())
                for b in bodies
                if b is not None and (id(b) not in self.called or self.opaque and id(b) not in self.general)
            ]
            if not left:
                break
            from holdfast.guard.shell.functions import call_in_general

            for name, body in left:
                call_in_general(self, name, body, state)

    # ---- budget and place ------------------------------------------------------------------------------------------

    def spend(self, steps: int, node: "Node | None" = None) -> None:
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise Unreadable("too much to follow", self.place[0] if self.place else node.start if node is not None else 0)

    def span(self, node: "Node") -> "Place":
        return self.place or (node.start, node.end)

    def source(self, node: "Node") -> str:
        """A node as written, with what stands in a hole shown as it was written further out."""
        text = self.text[node.start : node.end]
        if self.holes and not text.isascii():
            text = "".join([self.holes[c].source if c in self.holes else c for c in text])
        return text

    # ---- joining -----------------------------------------------------------------------------------------------------

    def join(self, state: "State", other: "State") -> None:
        """state becomes what is known when it was either of the two."""
        if other.dead or other is state:
            return
        if state.dead:
            state.become(other)
            return
        merge(self, state, other)

    def initial(self, state: "State", name: str) -> "Pieces":
        """What a variable holds that the text has not set."""
        if name == "PWD":
            return (state.cwd,) if state.cwd else (Unknown("variable", "$PWD", name, fallback="computed"),)
        if name == "IFS":
            return (" \t\n",)
        if name == "OLDPWD" and state.before:
            return (state.before,)
        if state.vouched and not self.blind:
            env = self.world.env
            if name in env:
                return (env[name],) if env[name] else ()
            if name == "HOME" and self.world.home:
                return (self.world.home,)
        return anything(name)

    def forget(self, state: "State", everywhere: bool = False) -> None:
        """Any variable may have changed; everywhere: the folder and the environment too."""
        self.log.append((None, None))
        if everywhere:
            state.variables, state.vouched, state.args = {}, False, None
            self.move(state, None)
        else:
            state.variables = {name: anything(name) for name in state.variables}

    # ---- variables ----------------------------------------------------------------------------------------------------

    def fetch(self, state: "State", name: str, source: str) -> "Value":
        """The value of a variable: tuple of pieces, list of Arg or None (unset)."""
        if name in _SPECIAL_NAMES:
            return (Unknown("special", source, name, fallback="" if name in _MAYBE_EMPTY else "computed"),)
        if self.blind or name in self.volatile:
            texts = self.assigned_to(name)
            for other in [text for text in texts if self.blind and text.isidentifier() and text != name][:4]:
                texts = texts + self.assigned_to(other)  # a reference by name
            return (Unknown("variable", source, name, some=texts[:16]),)
        if name in state.variables:
            return state.variables[name]
        value = self.initial(state, name)
        if is_anything(value):
            return (Unknown("variable", source, name, some=("bash",) if name in ("SHELL", "BASH") else ()),)
        return value

    def assigned_to(self, name: str) -> "list[str]":
        """Every text that the variable was given so far."""
        self.spend(1 + (len(self.log) >> 3))
        return list(dict.fromkeys([text for given, value in self.log if given == name and value for text in texts_of(value)]))

    def set(
        self, state: "State", name: str, value: "Value", scope: str = "shell", node: "Node | None" = None, place: "Place | None" = None
    ) -> None:
        """Give a variable a value: tuple of pieces, list of Arg, or None to unset it."""
        if name in self.odd and value is not None:
            for piece in value if isinstance(value, tuple) else ():
                if isinstance(piece, str) and not piece.isalnum():
                    from holdfast.guard.shell.sums import reveal

                    reveal(self, piece, state, [])
            if isinstance(value, tuple):
                value = (Unknown("variable", f"${name}", name, some=texts_of(value)[:16]),)
            elif name not in self.maps:
                value = any_array(name)
        if isinstance(value, tuple) and (len(value) > MAX_PIECES or sum(len(p) for p in value if isinstance(p, str)) > MAX_TEXT):
            value = anything(name)
        if name in self.cased and value is not None:
            value = in_both_cases(name, value)
        if name in state.readonly:
            value = either(state.variables.get(name, ()), value, name)
        if state.exporting:
            state.exports |= {name}
            scope = "export" if scope == "shell" else scope
        elif scope == "export":
            state.exports |= {name}
        state.variables[name] = value
        self.log.append((name, value))
        if value is not None:
            start, end = place or (self.span(node) if node is not None else self.place or (0, 0))
            arg = Arg(value if isinstance(value, tuple) else joined(value).pieces if value else ())
            self.assigned.append(Assigned(name, arg, scope, start, end))
            if name in _RUN_BY_SHELL:
                from holdfast.guard.shell.nested import run_by_shell

                run_by_shell(self, name, arg, state)

    def assign(self, node: Assign, state: "State", scope: str, into: "dict[str, Arg] | None" = None) -> "Value":
        """An Assign node. into: dict for a prefix of one command, which leaves the shell's variables alone."""
        self.spend(1, node)
        name = node.name
        if node.array is not None:
            from holdfast.guard.shell.expansion import array_value

            value: "Pieces | list[Arg]" = array_value(self, node, state)
        else:
            value = self.value(node.value, state, True) if node.value is not None else ()
        old = None
        if node.append or node.index is not None:
            old = self.fetch(state, name, f"${name}")
        if node.index is not None:
            from holdfast.guard.shell.expansion import subscript, with_element

            index = subscript(self, node.index, state)
            value = with_element(self, old, index, value, name, state) if isinstance(value, tuple) and not node.append else any_array(name)
        elif node.append:
            if isinstance(value, list):
                before = old if isinstance(old, list) else [] if old is None else [Arg(old, split=is_anything(old))]
                value = before + value
                if len(value) > MAX_PIECES:
                    value = any_array(name)
            elif isinstance(old, list):
                value = any_array(name)
            else:
                value = packed((old or ()) + value)
        if into is not None:
            arg = Arg(value if isinstance(value, tuple) else joined(value).pieces if value else ())
            into[name] = arg
            self.assigned.append(Assigned(name, arg, "command", *self.span(node)))
            return value
        self.set(state, name, value, scope, node)
        return value

    # ---- words -> arguments ---------------------------------------------------------------------------------------------

    def args(self, word: "Word", state: "State") -> "list[Arg]":
        """A word -> the list of Args that it becomes."""
        parts = word.parts
        if self.place is None:
            self.words[id(word)] = word
        if len(parts) == 1:
            part = parts[0]
            if isinstance(part, Text) and not self.holes:
                text = part.text
                if _BARE.isdisjoint(text) if not part.quote else part.quote != "$'" or state.dialect != "sh":
                    self.steps += 1
                    return [Arg((text,) if text else (), word=word, source=self.text[word.start : word.end])]
        self.spend(1, word)
        for part in parts:
            if isinstance(part, Text) and not part.quote and "{" in part.text:
                from holdfast.guard.shell.braces import braced

                return braced(self, word, state)
        from holdfast.guard.shell.expansion import split_fields

        return split_fields(self, parts, word, state)

    def value(self, word: "Word", state: "State", assigning: bool = False) -> "Pieces":
        """A word in a place where it is neither split nor globbed: tuple of pieces."""
        parts = word.parts
        if self.place is None:
            self.words[id(word)] = word
        if len(parts) == 1 and isinstance(parts[0], Text) and not self.holes and "~" not in parts[0].text and parts[0].quote != "$'":
            self.steps += 1
            return (parts[0].text,) if parts[0].text else ()
        from holdfast.guard.shell.expansion import in_place

        self.spend(1, word)
        return in_place(self, word, state, assigning)

    def text_of(self, body: "Word", state: "State") -> "Pieces":
        """The text of a heredoc."""
        parts = body.parts
        if len(parts) == 1 and isinstance(parts[0], Text) and not self.holes:
            return (parts[0].text,) if parts[0].text else ()
        from holdfast.guard.shell.expansion import text_of

        return text_of(self, body, state)

    def number(self, pieces: "Pieces", state: "State") -> "int | None":
        """Pieces as an arithmetic expression -> int or None. Carries out what assigns, and lists what is hidden in subscripts."""
        if len(pieces) == 1 and isinstance(pieces[0], str):
            text = pieces[0]
            if text.isdigit() and text.isascii() and (text[0] != "0" or text == "0") and len(text) < 19:
                return int(text)
        from holdfast.guard.shell.sums import number_of

        return number_of(self, pieces, state)

    # ---- substitutions ------------------------------------------------------------------------------------------------

    def apart(self, body: "Any", state: "State", label: "str | None", walk: "Callable[[Any, State], None] | None" = None) -> None:
        """Walk a body in a shell of its own: what leaves it (return, break, exit) stays inside."""
        returns, loops, via, deferred = self.returns, self.loops, self.via, self.deferred
        self.returns, self.loops, self.deferred = None if returns is None else [], [], []
        if label:
            self.via = via + (label,)
        (walk or self.sequence)(body, state)
        self.finish_deferred(())
        self.returns, self.loops, self.via, self.deferred = returns, loops, via, deferred

    def finish_deferred(self, feeds: "Iterable[Command]") -> None:
        """Walk the >( ... ) of a command, now that the command that writes into them is known."""
        while self.deferred:
            part, unknown, state = self.deferred.pop(0)
            first = len(self.commands)
            state.input = Input(feeds=feeds)
            self.apart(part.body, state, ">(")
            unknown.commands = tuple(c for c in self.commands[first:] if c is not None)

    def output(self, node: "Node", dialect: str) -> "Pieces | None":
        """What a node that was just walked writes, as pieces; None when that is not known."""
        if isinstance(node, Sequence):
            pieces: "list[str | Unknown]" = []
            if node.background:
                return None
            for op, item in node.items:
                said = self.output(item, dialect) if op in ("", ";", "\n", "newline", "&&") else None
                if said is None:
                    return None
                pieces += said
            return packed(pieces)
        if isinstance(node, Pipeline):
            return self.output(node.stages[-1], dialect) if node.stages else ()
        if isinstance(node, Group):
            return None if node.redirs else self.output(node.body, dialect)
        if isinstance(node, Simple):
            made = self.made.get(id(node))
            if made is None:
                return () if not node.words and not node.redirs else None
            return self.said(made, dialect)
        return None if getattr(node, "redirs", None) else self.spoken.get(id(node))

    def said(self, command: "Command", dialect: str) -> "Pieces | None":
        """What a command prints, when its text says so."""
        if any(r.fd in (1, -1, -2) for r in command.redirects):
            return None
        return self.printed(command, dialect)

    def may_read(self, command: "Command") -> bool:
        """Whether an argument may name a file that the text has written."""
        if self.descriptors:
            return True
        names = set()
        for writer, *_ in self.writers:
            targets = [redirect.target.value for redirect in writer.redirects if redirect.writes]
            if None in targets or writer.program in _FILERS:
                return True
            names.update([target.rpartition("/")[2] for target in targets if target])
        return any([arg.value is None or arg.glob or arg.value.rpartition("/")[2] in names for arg in command.args])

    def printed(self, command: "Command", dialect: str) -> "Pieces | None":
        """The same wherever it is printed to."""
        if not command.argv:
            # $(< file)
            reads = len(command.redirects) == 1 and command.redirects[0].op == "<"
            return command.stdin.pieces if reads and command.stdin is not None else None
        name = command.argv[0].value
        if command.program in _PRINTERS and len(command.code) == 1 and name not in self.tampered and prints(command.code[0]):
            from holdfast.guard.shell.speech import printed_by_code

            said = printed_by_code(command.code[0])
            if said is not None:
                return said
        if command.program in _FILTERS and name not in self.tampered and not command.open_ended:
            # Most of them stand in pipes of which nothing is known; for those nothing is loaded.
            given = command.stdin is not None or command.program == "yes" or (self.writers or self.descriptors) and self.may_read(command)
            if command.program not in _SPEAKERS and (given or any(u.content for arg in command.args for u in arg.unknowns)):
                from holdfast.guard.shell.filters import filtered

                return filtered(self, command)
        if name not in _SPEAKERS or name in self.tampered or command.open_ended:
            return None
        from holdfast.guard.shell.speech import SPEAKERS

        return SPEAKERS[name](self, command, dialect)

    # ---- nodes ------------------------------------------------------------------------------------------------------------

    def walk(self, node: "Node", state: "State") -> None:
        if isinstance(node, Simple):
            self.simple(node, state)
        elif isinstance(node, Pipeline):
            self.pipeline(node, state)
        elif isinstance(node, Sequence):
            self.sequence(node, state)
        else:
            from holdfast.guard.shell.compound import WALKS

            WALKS[node.__class__](self, node, state)

    def sequence(self, node: Sequence, state: "State") -> None:
        items, background = node.items, node.background
        i, n = 0, len(items)
        while i < n:
            j = i + 1
            while j < n and items[j][0] in ("&&", "||"):
                j += 1
            if (j - 1) in background:
                self.apart(items[i:j], state.copy(), None, self.chain)
            elif j == i + 1:
                self.walk(items[i][1], state)
            else:
                self.chain(items[i:j], state)
            i = j

    def chain(self, items: "list[tuple[str, Node]]", state: "State") -> None:
        """a && b || c: what is known if the chain so far succeeded, and if it failed."""
        good, bad = self.outcome(items[0][1], state.copy())
        for op, item in items[1:]:
            if op == "&&":
                good, failed = self.outcome(item, good)
                self.join(bad, failed)
            else:
                bad.doubted = False
                fine, bad = self.outcome(item, bad)
                self.join(good, fine)
        self.join(good, bad)
        state.become(good)

    def outcome(self, node: "Node", state: "State") -> "tuple[State, State]":
        """Walk a node -> (State if it succeeded, State if it failed)."""
        verdict = self.verdict(node, state)
        before = state.copy() if verdict == "cd" else None
        self.walk(node, state)
        if before is not None:
            before.doubted = True
            return state, before
        failed = state.copy()
        if verdict == "true":
            failed.dead = True
        elif verdict == "false":
            state.dead = True
        return state, failed

    def verdict(self, node: "Node", state: "State") -> "str | None":
        """ "true" or "false" when a node can only end so, "cd" for a change of folder, else None."""
        if not isinstance(node, Simple):
            return None
        if node.redirs:
            words = node.words
            return (
                "cd"
                if words
                and not isinstance(words[0], Assign)
                and self.source(words[0]) in ("cd", "pushd")
                and self.source(words[0]) not in state.functions
                else None
            )
        if not node.words:
            return (
                "true"
                if all(a.index is None and (a.value is None or plain_word(a.value)) and (a.array is None) for a in node.assigns)
                and not state.readonly
                else None
            )
        first = node.words[0]
        if isinstance(first, Assign) or len(first.parts) != 1 or not isinstance(first.parts[0], Text) or node.assigns:
            return None
        name = first.parts[0].text
        if name in state.functions or name in self.tampered or name in self.aliases:
            return None
        return (
            {"true": "true", ":": "true", "false": "false", "cd": "cd", "pushd": "cd"}.get(name)
            if name not in ("true", ":", "false") or all(not isinstance(w, Assign) and plain_word(w) for w in node.words)
            else None
        )

    def pipeline(self, node: Pipeline, state: "State") -> None:
        stages = node.stages
        if len(stages) == 1:
            self.walk(stages[0], state)
            return
        came = state.input
        for k, stage in enumerate(stages):
            inner = state.copy()
            inner.input = came
            first = len(self.commands)
            if k + 1 == len(stages) and state.dialect == "zsh":
                self.walk(stage, inner)
            else:
                self.apart(stage, inner, None, self.walk)
            if k + 1 < len(stages):
                depth = len(self.via)
                feeds = [c for c in self.commands[first:] if c is not None and _SUBSTS.isdisjoint(c.via[depth:])]
                said = self.output(stage, state.dialect)
                came = Input(Arg(said) if said is not None else None, feeds)
            elif state.dialect == "zsh":
                inner.input = state.input
                state.become(inner)
            elif "lastpipe" in self.outermost:
                inner.input = state.input
                self.join(state, inner)

    # ---- simple commands ---------------------------------------------------------------------------------------------------

    def simple(self, node: Simple, state: "State") -> None:
        self.spend(4, node)
        words = node.words
        if not words and not node.redirs:
            for each in node.assigns:
                self.assign(each, state, "export" if each.name in state.exports else "shell")
            self.made.pop(id(node), None)
            return
        slot = len(self.commands)
        self.commands.append(None)
        deferred, self.deferred = self.deferred, []
        opened, self.open = self.open, False
        argv: "list[Arg]" = []
        declared: "list[tuple[Assign, Value]]" = []
        for word in words:
            if isinstance(word, Assign):
                from holdfast.guard.shell.builtins import declaration

                argv.append(declaration(self, word, state, declared))
            else:
                argv += self.args(word, state)
        redirects, given = self.redirects(node.redirs, state) if node.redirs else ((), None)
        open_ended, self.open = self.open or self.more, opened
        env: "dict[str, Arg]" = {}
        if node.assigns:
            if argv:
                scratch = state.copy()
                for each in node.assigns:
                    value = self.assign(each, scratch, "command", env)
                    scratch.variables[each.name] = value
            else:
                for each in node.assigns:
                    self.assign(each, state, "shell")
        start, end = self.place or (node.start, node.end)
        if not argv and not redirects:
            del self.commands[slot]
            self.deferred = deferred
            return
        source = given or state.input
        text = None if source.used else source.text
        command = Command(
            argv, self.exported(state, env), redirects, state.cwd, self.via, self.root, source.feeds, text, (), open_ended, start, end
        )
        self.made[id(node)] = command
        self.commands[slot] = command
        before = state.input
        if given is not None:
            state.input = given
        if argv:
            self.prefix = frozenset(env)
            self.run(command, state, "any", True, declared)
        if given is not None and state.input is given:
            state.input = before
        self.finish_deferred((command,))
        self.deferred = deferred
        for redirect in redirects:
            if redirect.fd > 2 and redirect.reads and redirect.fd in self.descriptors:
                self.descriptors[redirect.fd].feeds = (command,)
            if redirect.writes and redirect.target.value != "/dev/null":
                self.writers.append((command, tuple([c for c in self.commands[slot:] if c is not None]), None, state.dialect))
                break

    def exported(self, state: "State", env: "dict[str, Arg]") -> "dict[str, Arg]":
        if not state.exports:
            return env
        self.spend(len(state.exports))
        found = {}
        for name in state.exports:
            value = state.variables.get(name)
            if isinstance(value, tuple):
                found[name] = Arg(value)
        found.update(env)
        return found

    def redirects(self, nodes: "list[Redir]", state: "State") -> "tuple[list[Redirect], Input | None]":
        """Redir nodes -> (list of Redirect, Input when standard input is given by them)."""
        found, given = [], None
        for node in nodes:
            self.spend(1, node)
            op = node.op
            if node.body is not None:
                if self.place is None:
                    self.words[id(node.target)] = node.target
                target = Arg(self.text_of(node.body, state), word=node.body, source=self.source(node.target))
                redirect = Redirect(0 if not node.fd else int(node.fd) if node.fd.isdigit() else -2, op, target)
                found.append(redirect)
                if redirect.fd == 0:
                    given = Input(target, label="heredoc")
                elif redirect.fd > 2:
                    self.descriptors[redirect.fd] = Input(target, label="heredoc")
                continue
            if op == "<<<":
                targets = [Arg(self.value(node.target, state), word=node.target, source=self.source(node.target))]
            else:
                targets = self.args(node.target, state) or [Arg((), word=node.target, source=self.source(node.target))]
            for target in targets:
                redirect = Redirect(_descriptor(node.fd, op, target), op, target)
                found.append(redirect)
                if redirect.fd != 0 and redirect.fd < 3:
                    continue
                opened = None
                if op == "<<<":
                    opened = Input(Arg(packed((*target.pieces, "\n"))), label="here-string")
                elif op in ("<", "<>"):
                    unknowns = target.unknowns
                    feeds = [c for u in unknowns if u.kind == "file" for c in u.commands]
                    content = unknowns[0].content if len(target.pieces) == 1 and unknowns else None
                    if self.writers or self.descriptors:
                        from holdfast.guard.shell.held import content as content_of

                        content = content or content_of(self, target, Command((), cwd=state.cwd))
                    opened = Input(content, feeds)
                elif op == "<&" and target.value != "0":
                    number = target.value or ""
                    opened = self.descriptors.get(int(number)) if number.isdigit() and len(number) < 4 else None
                    opened = opened or Input(fed=number != "-")
                if opened is not None and redirect.fd == 0:
                    given = opened
                elif opened is not None:
                    self.descriptors[redirect.fd] = opened
        return found, given

    # ---- running --------------------------------------------------------------------------------------------------------------

    def run(self, command: "Command", state: "State", how: str, listed: bool = False, declared: "Declared" = ()) -> None:
        """Follow a command: the function it calls, what it does to the shell, what it runs in turn.

        how: "any", "builtin" (no functions) or "program" (from PATH only).
        """
        if not listed:
            self.commands.append(command)
        if len(self.commands) > MAX_COMMANDS:
            raise Unreadable("too much to follow", command.start)
        self.spend(2)
        name = command.argv[0].value
        if name is None or command.argv[0].glob:
            from holdfast.guard.shell.nested import computed

            computed(self, command, state, how)
            if not command.program:
                return
        bodies = state.functions.get(name) if how == "any" and state.functions and name is not None else None
        if bodies is not None:
            from holdfast.guard.shell.functions import call

            call(self, command, bodies, state)
            if None not in bodies:
                return
        if name in self.aliases and how == "any":
            self.forget(state, True)
        source = state.input
        fed = bool(command.feeds) or command.stdin is not None or source.fed
        if how != "program" and name is not None:
            self.builtin(name, command, state, declared)
        if command.program == "exe" and command.argv[0].prefix[:6] == "/proc/":
            # The program that is running: the shell itself.
            self.run(command._with((Arg(("bash",)), *command.args)), state, "program")
        if name in self.hashed and how != "builtin":
            for path in self.hashed[name]:
                self.run(command._with((path, *command.args)), state, "program")
        codes, inners = look(command, fed)
        if codes:
            command.code = command.code + tuple(codes)
        if inners:
            self.wraps += 1
            if self.wraps > MAX_WRAPS:
                raise Unreadable("wrapped too deeply", command.start)
            from holdfast.guard.shell.nested import run_inner

            for inner in inners:
                run_inner(self, command, inner, state, how)
            self.wraps -= 1
        if self.decoded:
            name_their_decoders(self, command)
        if self.writers or self.descriptors:
            program = command.program
            if codes or program in _RUN_FILES or name is None or "/" in name or "PATH" in state.variables or "PATH" in command.env:
                from holdfast.guard.shell.held import follow

                follow(self, command, state, codes, how)
        if command.program in _FILERS:
            self.writers.append((command, (), None, ""))
        if name not in _NO_READERS:
            source.used = True

    def builtin(self, name: str, command: "Command", state: "State", declared: "Declared") -> None:
        """What a command does to the shell when it is a builtin."""
        if name == "cd" or name == "chdir":
            change_folder(self, command, state)
        elif name in _BUILTINS:
            if name != "printf" or len(command.argv) > 2 and command.argv[1].prefix[:2] == "-v":
                from holdfast.guard.shell.builtins import BUILTINS

                BUILTINS[name](self, command, state, declared)
        elif state.dialect == "zsh" and name in ("repeat", "emulate"):
            from holdfast.guard.shell.evaluating import ZSH

            ZSH[name](self, command, state)
        elif name in _RUNNING_TEXT:
            from holdfast.guard.shell.evaluating import BUILTINS as RUNNING

            RUNNING[name](self, command, state, declared)
        if name in _SUBSCRIPTED:
            self.hidden_subscripts(command, state)

    def hidden_subscripts(self, command: "Command", state: "State") -> None:
        """test -v 'a[$(cmd)]', printf -v, read, unset and declare expand the subscript of a name they are given."""
        args = command.args
        if command.program in ("test", "["):
            # Only names are subscripted here; zsh also calculates where numbers are compared.
            words = command.words
            before, after = (("-v", "-R"), ()) if state.dialect != "zsh" else (("-v", "-R", *_COMPARING), _COMPARING)
            around = zip(args, [None, *words], [*words[1:], None], strict=False)
            args = tuple([arg for arg, last, following in around if last in before or following in after])
        elif command.program == "printf":
            args = args[1:2] if args and args[0].value == "-v" else args[:1] if args and args[0].prefix[:2] == "-v" else ()
        for arg in args:
            text = arg.value or ""
            if "[" in text and ("$(" in text or "`" in text):
                self.expanded_again(text, state.copy(), command.program)

    def shell_text(self, arg: "Arg", state: "State", label: str, context: "Command | None" = None) -> None:
        """Read a text and walk it. context: the Command that hands it over; None: in the shell that is running."""
        from holdfast.guard.shell.nested import shell_text

        shell_text(self, arg, state, label, context)

    def expanded_again(self, text: str, state: "State", label: str) -> None:
        """List the commands in a text that the shell expands a second time, like a prompt or an arithmetic subscript."""
        from holdfast.guard.shell.nested import expanded_again

        expanded_again(self, text, state, label)

    def move(self, state: "State", path: "str | None") -> None:
        """The shell is in another folder from here on."""
        self.moved += 1
        state.before, state.cwd = state.cwd, path
        state.variables.pop("PWD", None)
        state.variables.pop("OLDPWD", None)
        state.doubted = False


def change_folder(walk: "Walk", command: "Command", state: "State") -> None:
    """cd"""
    args = [a for a in command.args if not (a.value or "").startswith("-") or a.value == "-"]
    physical = command.has_flag("P")
    if len(args) > 1 or any(a.split or a.glob for a in command.args):
        walk.move(state, None)
        return
    if not args:
        home = walk.fetch(state, "HOME", "$HOME")
        path = Arg(home, source="").value if isinstance(home, tuple) else None
    elif args[0].value == "-":
        path = state.before
    else:
        path = args[0].value
        made = args[0].unknowns
        if path is None and len(args[0].pieces) == 1 and made[0].commands and all(c.program == "mktemp" for c in made[0].commands):
            path = "/tmp/computed"  # wherever mktemp makes it, it is a temporary folder of its own
    if path is None or physical and ".." in path:
        walk.move(state, None)
        return
    if path[:1] != "/":
        searched = walk.fetch(state, "CDPATH", "$CDPATH")
        if not state.cwd or not path or not is_anything(searched) and searched and path.partition("/")[0] not in (".", ".."):
            walk.move(state, state.cwd if not path else None)
            return
        path = f"{state.cwd}/{path}"
    walk.move(state, normalise(path))


def prints(code: "Code") -> bool:
    """True for a program that begins with a print."""
    return code.text is not None and code.text.prefix.lstrip()[:4] in ("prin", "puts", "echo", "cons", "BEGI", "say ", "proc", "sys.")


def name_their_decoders(walk: "Walk", command: "Command") -> None:
    """Code and a command word that came out of a filter say so, although their text is known."""
    word = command.argv[0]
    if word.value and word.source != word.value:
        command.code += tuple([Code("sh", "argument", word, (made,)) for text, made in walk.decoded if word.value in text.split()][:1])
    for code in command.code:
        text = code.text.value if code.text is not None and code.origin != "file" else None
        if text:
            parts = [(decoded.strip(), made) for decoded, made in walk.decoded]
            found = [made for part, made in parts if part == text or len(part) > 3 and part in text]
            code.makers += tuple(found[:9])


def in_both_cases(name: str, value: "Pieces | list[Arg]") -> "Value":
    """A value that may have been turned into small or capital letters."""
    text = Arg(value, source="").value if isinstance(value, tuple) else None
    if text is None or not text.isascii():
        return anything(name) if isinstance(value, tuple) else any_array(name)
    texts = dict.fromkeys((text, text.lower(), text.upper()))
    return ((text,) if text else ()) if len(texts) == 1 else (Unknown("variable", f"${name}", name, options=texts),)


def _descriptor(fd: str, op: str, target: Arg) -> int:
    """The number that Redirect.fd takes."""
    if fd[:1] == "{":
        return -2
    if op in ("&>", "&>>"):
        return -1
    if op == ">&":
        text = target.value
        if text is None or not (text.rstrip("-").isdigit() or text == "-"):
            return -1 if fd in ("", "1") else int(fd) if text is not None else -1
    if fd.isdigit():
        return int(fd)
    return 0 if op[0] == "<" else 1
