"""Text -> Line: every command as it will really run. Pure and bounded; what cannot be known is an Unknown, and hides no command.

An abstract run of the syntax tree in the order the shell would take. A State says what is known of the shell at a point: variables,
working folder, functions, positional parameters, standard input. Branches copy it and join again; a loop is walked until another
round would change nothing; a subshell works on a copy. Where two ways meet, a value that differs becomes an Unknown that lists both.

Taken for granted, because the alternative is to know nothing: `cd` to a known folder succeeds (except to the right of `||`), a
variable that the text never sets and World does not vouch for is not the name of a builtin, and a sourced file or the output of an
`eval` changes variables, but not what `ls` or `cd` mean.
"""

from holdfast.bash_guard.line import Arg, Assigned, Code, Command, Line, Redirect, Unknown
from holdfast.bash_guard.paths import normalise
from holdfast.bash_guard.reader import read
from holdfast.bash_guard.tree import (
    Arith,
    ArithCommand,
    Assign,
    Case,
    Condition,
    Coproc,
    ExtGlob,
    For,
    Function,
    Group,
    If,
    Param,
    Pipeline,
    Sequence,
    Simple,
    Subst,
    Text,
    Unreadable,
    While,
)
from holdfast.bash_guard.wrappers import ELSEWHERE, is_name, joined, look, packed

MAX_COMMANDS = 2000
MAX_STEPS = 40_000
MAX_WRAPS = 12  # programs and texts inside one another
MAX_CALLS = 12  # function calls inside one another
MAX_UNROLL = 64  # rounds of loops inside one another, taken one by one
MAX_TEXT = 65_536  # characters a variable may hold
MAX_PIECES = 400
_HOLES = 0xF0000  # private characters that stand for Unknowns in a text that is read again

_SPECIAL_NAMES = frozenset(
    "? $ ! - _ RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME PPID UID EUID BASH_COMMAND "
    "FUNCNAME PIPESTATUS BASH_SUBSHELL DIRSTACK BASH_LINENO BASH_SOURCE BASH_ARGV0 HISTCMD".split()
)
_BARE = frozenset("{~*?[=")
# Programs that leave their standard input alone.
_NO_READERS = frozenset(
    "echo printf true false : cd pwd test [ export set unset local declare mkdir rm touch ls exit return date sleep shift "
    "trap umask type hash alias which kill command builtin env sudo nice nohup time timeout exec eval".split()
)


def understand(text, world):
    """Text, World -> Line. Raises Unreadable when the text, or a text that it runs, cannot be read or followed."""
    if not text.isascii() and max(text) >= chr(_HOLES):
        raise Unreadable("private-use character", next(i for i, c in enumerate(text) if c >= chr(_HOLES)))
    walk = _Walk(text, world)
    try:
        walk.everything()
    except RecursionError:
        raise Unreadable("nested too deeply", 0) from None
    return Line(text, [c for c in walk.commands if c is not None], walk.assigned, list(walk.words.values()), world, walk.names)


# ---- what is known of the shell ---------------------------------------------------------------------------------------


class Input:
    """Standard input: text (Arg or None), feeds (the Commands that write it), fed (False when nothing was connected),
    label (how a shell that reads it as a program is reached), used (True once something may have read from it)."""

    __slots__ = ("text", "feeds", "fed", "label", "used")

    def __init__(self, text=None, feeds=(), fed=True, label="pipe"):
        self.text, self.feeds, self.fed, self.label, self.used = text, tuple(feeds), fed, label, False


class State:
    """variables: name -> tuple of pieces, list of Arg (array) or None (unset).  vouched: whether World answers for the others.

    exports: names.  functions: name -> tuple of _Body, None among them when it may not be defined.  args: list of Arg ($1 ...)
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

    def copy(self):
        new = State.__new__(State)
        new.variables, new.vouched, new.exports, new.functions = dict(self.variables), self.vouched, self.exports, self.functions
        new.args, new.zero, new.cwd, new.before, new.dirs = self.args, self.zero, self.cwd, self.before, self.dirs
        new.local, new.input, new.dialect, new.readonly = self.local, self.input, self.dialect, self.readonly
        new.exporting, new.dead, new.doubted = self.exporting, self.dead, self.doubted
        return new

    def become(self, other):
        for slot in State.__slots__:
            setattr(self, slot, getattr(other, slot))


def _new_state(dialect, cwd):
    state = State()
    state.variables, state.vouched, state.exports, state.functions = {}, True, frozenset(), {}
    state.args, state.zero, state.cwd, state.before, state.dirs = None, None, cwd or None, None, ()
    state.local, state.input, state.dialect, state.readonly = None, Input(fed=False), dialect, frozenset()
    state.exporting = state.dead = state.doubted = False
    return state


class _Body:
    """A function's node, the text it stands in, and where that text stands in the outermost one."""

    __slots__ = ("node", "text", "place")

    def __init__(self, node, text, place):
        self.node, self.text, self.place = node, text, place


class _Trap:
    __slots__ = ("arg", "state", "since", "via", "root", "place", "label")

    def __init__(self, arg, state, since, via, root, place, label):
        self.arg, self.state, self.since, self.via, self.root, self.place, self.label = arg, state, since, via, root, place, label


def _anything(name):
    return (Unknown("variable", f"${name}", name),)


def _any_array(name, source=None, kind="variable", commands=()):
    return [Arg((Unknown(kind, source or f"${{{name}[@]}}", name, commands),), split=True)]


def _is_anything(value):
    return value.__class__ is tuple and len(value) == 1 and value[0].__class__ is Unknown and not value[0].options


def _is_top(value):
    """True for a value that covers every other: scalar or array, nothing is claimed of it."""
    if value.__class__ is list:
        return len(value) == 1 and value[0].split and len(value[0].pieces) == 1
    return _is_anything(value) and not value[0].some and not value[0].fallback


def _texts(value):
    """Every text a variable's value can be, or an empty list."""
    if value is None:
        return [""]
    if value.__class__ is list:
        return []
    return Arg(value, source="").possible()


def _either(one, other, name):
    """The value of a variable that is one or the other."""
    if one == other:
        return one
    if one.__class__ is list or other.__class__ is list:
        return _any_array(name)
    if _is_anything(one) and _is_anything(other) and not other[0].some:
        return one
    texts, more = _texts(one), _texts(other)
    if texts and more and len(texts) + len(more) <= 16:
        return (Unknown("variable", f"${name}", name, options=dict.fromkeys(texts + more)),)
    commands = [c for value in (one, other) for piece in value or () if piece.__class__ is Unknown for c in piece.commands]
    return (Unknown("variable", f"${name}", name, commands, some=dict.fromkeys((texts + more)[:16])),)


# ---- the walk -----------------------------------------------------------------------------------------------------------


class _Walk:
    def __init__(self, text, world):
        self.world, self.outermost = world, text
        self.commands, self.assigned, self.words, self.names = [], [], {}, set()
        self.text, self.place = text, None  # the text being walked; (start, end) of what led to it in the outermost one
        self.via, self.root = (), False
        self.wraps, self.steps, self.unrolled = 0, 0, 1
        self.holes = {}
        self.log = []  # (name, value) of everything assigned, (None, None) when anything may have been
        self.moved = 0  # how often the folder changed
        self.odd, self.volatile = set(), set()  # names whose value is never known
        self.blind = False  # nothing can be known any more (namerefs, unknown debug traps)
        self.opaque = False  # a command word or eval that may call any function
        self.tampered = set()  # builtins that were replaced or switched off
        self.called, self.calling, self.general = set(), [], set()
        self.aliases, self.traps = set(), []
        self.returns, self.loops = None, []
        self.deferred, self.made = [], {}
        self.more = self.open = False
        self.prefix = frozenset()  # names set for the command that is being run alone
        self.options_change = self.spliced = None

    def everything(self):
        """Walk the text, then what it only left behind: traps, and functions that were not called."""
        state = _new_state("zsh" if self.world.shell == "zsh" else "bash", self.world.cwd)
        tree = read(self.text)
        self.sequence(tree, state)
        self.finish_deferred(())
        self.run_traps()
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
            for name, body in left:
                self.call_in_general(name, body, state)

    # ---- budget and place ------------------------------------------------------------------------------------------

    def spend(self, steps, node=None):
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise Unreadable("too much to follow", self.place[0] if self.place else node.start if node is not None else 0)

    def span(self, node):
        return self.place or (node.start, node.end)

    def source(self, node):
        return self.text[node.start : node.end]

    # ---- joining -----------------------------------------------------------------------------------------------------

    def join(self, state, other):
        """state becomes what is known when it was either of the two."""
        if other.dead or other is state:
            return
        if state.dead:
            state.become(other)
            return
        mine, theirs = state.variables, other.variables
        if mine != theirs:
            self.spend(len(mine) + len(theirs))
            joined_up = {}
            for name in mine.keys() | theirs.keys():
                one = mine[name] if name in mine else self.initial(state, name)
                two = theirs[name] if name in theirs else self.initial(other, name)
                joined_up[name] = _either(one, two, name)
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
            both = dict(state.functions)
            for name in state.functions.keys() | other.functions.keys():
                one, two = state.functions.get(name, (None,)), other.functions.get(name, (None,))
                both[name] = tuple(dict.fromkeys(one + two))
            state.functions = both
        if state.local != other.local:
            both = dict(state.local or {})
            for name, value in (other.local or {}).items():
                both[name] = value if name not in both else _either(both[name], value, name)
            state.local = both

    def initial(self, state, name):
        """What a variable holds that the text has not set."""
        if name == "PWD":
            return (state.cwd,) if state.cwd else _anything(name)
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
        return _anything(name)

    def forget(self, state, everywhere=False):
        """Any variable may have changed; everywhere: the folder and the environment too."""
        self.log.append((None, None))
        if everywhere:
            state.variables, state.vouched, state.args = {}, False, None
            self.move(state, None)
        else:
            state.variables = {name: _anything(name) for name in state.variables}

    # ---- variables ----------------------------------------------------------------------------------------------------

    def fetch(self, state, name, source):
        """The value of a variable: tuple of pieces, list of Arg or None (unset)."""
        if name in _SPECIAL_NAMES:
            return (Unknown("special", source, name),)
        if self.blind or name in self.volatile:
            return (Unknown("variable", source, name),)
        if name in state.variables:
            return state.variables[name]
        value = self.initial(state, name)
        if _is_anything(value):
            return (Unknown("variable", source, name, some=("bash",) if name in ("SHELL", "BASH") else ()),)
        return value

    def set(self, state, name, value, scope="shell", node=None, place=None):
        """Give a variable a value: tuple of pieces, list of Arg, or None to unset it."""
        if name in self.odd and value is not None:
            value = _anything(name) if value.__class__ is tuple else _any_array(name)
        if value.__class__ is tuple and (len(value) > MAX_PIECES or sum(len(p) for p in value if p.__class__ is str) > MAX_TEXT):
            value = _anything(name)
        if name in state.readonly:
            value = _either(state.variables.get(name, ()), value, name)
        if state.exporting:
            state.exports |= {name}
            scope = "export" if scope == "shell" else scope
        elif scope == "export":
            state.exports |= {name}
        state.variables[name] = value
        self.log.append((name, value))
        if value is not None:
            start, end = place or (self.span(node) if node is not None else self.place or (0, 0))
            arg = Arg(value if value.__class__ is tuple else joined(value).pieces if value else ())
            self.assigned.append(Assigned(name, arg, scope, start, end))
            if name in _RUN_BY_SHELL:
                self.run_by_shell(name, arg, state)

    def run_by_shell(self, name, arg, state):
        """PROMPT_COMMAND is run, and prompts are expanded, by every interactive shell."""
        text = arg.value
        if text is None:
            return
        inner = state.copy()
        if name == "PROMPT_COMMAND":
            self.shell_text(arg, inner, name)
        elif "$(" in text or "`" in text:
            self.expanded_again(text, inner, name)

    def assign(self, node, state, scope, into=None):
        """An Assign node. into: dict for a prefix of one command, which leaves the shell's variables alone."""
        self.spend(1, node)
        name = node.name
        if node.array is not None:
            value = self.array(node, state)
        else:
            value = self.value(node.value, state, True) if node.value is not None else ()
        old = None
        if node.append or node.index is not None:
            old = self.fetch(state, name, f"${name}")
        if node.index is not None:
            index = self.subscript(node.index, state)
            value = self.with_element(old, index, value, name, state) if value.__class__ is tuple and not node.append else _any_array(name)
        elif node.append:
            if value.__class__ is list:
                before = old if old.__class__ is list else [] if old is None else [Arg(old, split=_is_anything(old))]
                value = before + value
                if len(value) > MAX_PIECES:
                    value = _any_array(name)
            elif old.__class__ is list:
                value = _any_array(name)
            else:
                value = packed((old or ()) + value)
        if into is not None:
            arg = Arg(value if value.__class__ is tuple else joined(value).pieces if value else ())
            into[name] = arg
            self.assigned.append(Assigned(name, arg, "command", *self.span(node)))
            return value
        self.set(state, name, value, scope, node)
        return value

    def array(self, node, state):
        """The elements of name=( ... )."""
        found, indexed = [], False
        for index, word in node.array:
            if index is not None:
                self.subscript(index, state)
                indexed = True
            found += self.args(word, state) if index is None else [Arg(self.value(word, state))]
        return _any_array(node.name) if indexed else found

    def with_element(self, old, index, value, name, state):
        """An array after name[index]=value."""
        elements = old if old.__class__ is list else [] if old is None else None
        if elements is None or index is None or state.dialect == "zsh" or any(e.split or e.glob for e in elements):
            return _any_array(name)
        if 0 <= index < len(elements):
            return [*elements[:index], Arg(value), *elements[index + 1 :]]
        return [*elements, Arg(value)] if index == len(elements) and index < MAX_PIECES else _any_array(name)

    def subscript(self, word, state):
        """The number in [brackets], or None."""
        return self.number(self.value(word, state), state)

    # ---- words -> arguments ---------------------------------------------------------------------------------------------

    def args(self, word, state):
        """A word -> the list of Args that it becomes."""
        parts = word.parts
        if self.place is None:
            self.words[id(word)] = word
        if len(parts) == 1:
            part = parts[0]
            if part.__class__ is Text and not self.holes:
                text = part.text
                if _BARE.isdisjoint(text) if not part.quote else part.quote != "$'" or state.dialect != "sh":
                    self.steps += 1
                    return [Arg((text,) if text else (), word=word, source=self.text[word.start : word.end])]
        self.spend(1, word)
        for part in parts:
            if part.__class__ is Text and not part.quote and "{" in part.text:
                return self.braced(word, state)
        return self.fields(parts, word, state)

    def braced(self, word, state):
        """A word that may hold a brace expansion."""
        items = []
        for part in word.parts:
            if part.__class__ is Text and not part.quote:
                items += part.text
            else:
                items.append(part)
        if state.dialect == "zsh" and any(p.__class__ is Text and ".." in p.text for p in word.parts) and not _plain_word(word):
            # zsh takes {1..$n} for a sequence.
            self.value(word, state)
            return [Arg((Unknown("variable", self.source(word)),), split=True, word=word, source=self.source(word))]
        alternatives = _Braces(self, word, state.dialect).expand(items) if len(items) < 20_000 else None
        if alternatives is None:
            raise Unreadable("too much to follow", self.span(word)[0])
        if len(alternatives) == 1 and alternatives[0] == items:
            return self.fields(word.parts, word, state)
        if state.dialect == "sh":
            # dash takes braces as they are, other shells called sh do not.
            texts = ["".join(x if x.__class__ is str else self.source(x) for x in a) for a in alternatives]
            for part in word.parts:
                if part.__class__ is not Text:
                    self.value(word, state)
                    break
            source = self.source(word)
            options = dict.fromkeys([*texts, "".join(p.text for p in word.parts)]) if all(p.__class__ is Text for p in word.parts) else ()
            return [Arg((Unknown("special", source, options=options),), split=True, word=word, source=source)]
        found = []
        for alternative in alternatives:
            fields = self.fields(_parts(alternative, word), word, state)
            if not fields and state.dialect == "zsh":
                # zsh keeps some of the empty ones.
                fields = [Arg((Unknown("special", self.source(word), options=("",)),), split=True, word=word, source=self.source(word))]
            found += fields
        return found

    def fields(self, parts, word, state):
        """Expand parts and split them into fields."""
        builder = _Fields(word, self.source(word))
        assigning = False
        for at, part in enumerate(parts):
            kind = part.__class__
            if kind is Text:
                text = part.text
                if part.quote:
                    if part.quote == "$'" and state.dialect == "sh":
                        builder.add(Unknown("special", self.source(part), options=(text, "$" + self.text[part.start + 2 : part.end - 1])))
                    else:
                        builder.add_text(text, self.holes, True)
                    continue
                if at == 0:
                    if text[:1] == "~":
                        text = self.tilde(text, state, builder, len(parts) == 1)
                    elif text[:1] == "=" and len(text) > 1 and state.dialect == "zsh" and (text[1].isalpha() or text[1] == "_"):
                        builder.add(Unknown("special", "="))
                        text = "/" + text[1:]
                    elif state.dialect == "bash" and "~" in text:
                        name, equals, value = text.partition("=")
                        if equals and is_name(name):
                            builder.add_text(name + "=", self.holes, False)
                            assigning, text = True, value
                if assigning:
                    self.tildes(text, state, builder, at == len(parts) - 1)
                else:
                    builder.add_text(text, self.holes, False)
            else:
                self.expansion(part, state, builder)
        return builder.finish()

    def expansion(self, part, state, builder):
        """Add what Param, Subst, Arith or ExtGlob gives to the fields."""
        kind = part.__class__
        if kind is Param:
            value = self.param(part, state)
        elif kind is Subst:
            value = self.subst(part, state)
        elif kind is Arith:
            value = self.arith(part.parts, state, self.source(part))
        else:
            for word in part.words:
                self.value(word, state)
            builder.glob = True
            builder.add(Unknown("special", self.source(part)))
            return
        if value.__class__ is list:
            self.add_list(value, part, state, builder)
        elif part.quoted:
            builder.add_all(value)
        else:
            self.split_value(value, state, builder, kind is Subst)

    def add_list(self, value, part, state, builder):
        """Several arguments in the place of one: "$@", "${a[@]}", or an unquoted operand that is taken apart already."""
        star = kind_star(part)
        self.spend(len(value))
        if part.quoted and star:
            builder.add_all(self.star(value, part, state))
            return
        for k, arg in enumerate(value):
            if k and builder.started:
                builder.flush()
            if part.quoted or value is self.spliced:
                builder.add_all(arg.pieces)
                builder.glob |= arg.glob
                builder.split |= arg.split
            else:
                self.split_value(arg.pieces, state, builder)
            if arg.split and arg.unknowns:
                self.open = True
                builder.split = True

    def star(self, value, part, state):
        """ "$*": the arguments in one text."""
        if any(arg.split or arg.glob for arg in value):
            return (Unknown("argument", self.source(part), part.name),)
        ifs = self.ifs(state)
        if ifs is None:
            return (Unknown("argument", self.source(part), part.name),)
        pieces = []
        for k, arg in enumerate(value):
            if k:
                pieces.append(ifs[:1])
            pieces += arg.pieces
        return packed(pieces)

    def split_value(self, value, state, builder, output=False):
        """Add an unquoted expansion: known text is split and may hold globs."""
        if state.dialect == "zsh" and not output:
            for piece in value:
                if piece.__class__ is str and not _ZSH_SPLITS.isdisjoint(piece) and self.changes_options():
                    builder.add(Unknown("variable", piece))
                    builder.split = True
                else:
                    builder.add(piece)
                    if piece.__class__ is not str:
                        builder.split = True
            return
        ifs = self.ifs(state)
        for piece in value:
            if piece.__class__ is not str:
                before = builder.split
                builder.add(piece)
                whole = (
                    piece.kind == "file"
                    or ifs == " \t\n"
                    and (
                        piece.kind == "arithmetic"
                        or piece.name in _NUMBERS
                        or piece.options
                        and all(o and _ZSH_SPLITS.isdisjoint(o) for o in piece.options)
                    )
                )
                builder.split = before or not whole
                continue
            if ifs is None and not self.survives(piece, state):
                builder.add(Unknown("variable", piece, some=(piece,), fallback=piece))
                builder.split = True
                continue
            if "*" in piece or "?" in piece or "[" in piece or "\\" in piece:
                builder.glob = True
            builder.split_text(piece, ifs or "")
            self.steps += len(piece) >> 5

    def survives(self, text, state):
        """True when no value that IFS may have splits the text."""
        value = self.fetch(state, "IFS", "$IFS")
        choices = _texts(value) if value.__class__ is tuple else []
        return bool(choices) and all(set(text).isdisjoint(choice) for choice in choices)

    def changes_options(self):
        if self.options_change is None:
            text = self.outermost
            self.options_change = "opt" in text or "emulate" in text or "set -" in text or "set +" in text
        return self.options_change

    def ifs(self, state):
        if "IFS" not in state.variables and not self.blind and "IFS" not in self.volatile:
            return " \t\n"
        value = self.fetch(state, "IFS", "$IFS")
        if value is None:
            return " \t\n"
        return Arg(value, source="").value if value.__class__ is tuple else None

    def tilde(self, text, state, builder, alone):
        """Expand a leading ~ when it is one; the text that is left."""
        prefix, slash, rest = text.partition("/")
        if not slash and not alone:
            return text
        if prefix == "~":
            pieces = self.fetch(state, "HOME", "~")
            if pieces is None or pieces.__class__ is list:
                pieces = (Unknown("variable", "~", "HOME"),)
            if pieces and pieces[-1].__class__ is str and slash and pieces[-1].endswith("/"):
                pieces = packed((*pieces[:-1], pieces[-1].rstrip("/")))
        elif prefix == "~+":
            pieces = (state.cwd,) if state.cwd else (Unknown("variable", "~+", "PWD"),)
        elif prefix == "~-":
            pieces = (state.before,) if state.before else (Unknown("variable", "~-", "OLDPWD"),)
        elif prefix == "~root":
            pieces = (Unknown("variable", prefix, prefix, some=("/root", "/var/root")),)
        else:
            pieces = (Unknown("variable", prefix, prefix),)
        builder.add_all(pieces)
        return slash + rest

    def tildes(self, text, state, builder, last):
        """The value of an assignment: ~ counts at its beginning and after each colon."""
        for k, part in enumerate(text.split(":")):
            if k:
                builder.add(":")
            if part[:1] == "~":
                part = self.tilde(part, state, builder, last or k < text.count(":"))
            builder.add_text(part, self.holes, True)

    def value(self, word, state, assigning=False):
        """A word in a place where it is neither split nor globbed: tuple of pieces."""
        parts = word.parts
        if self.place is None:
            self.words[id(word)] = word
        if len(parts) == 1 and parts[0].__class__ is Text and not self.holes and "~" not in parts[0].text and parts[0].quote != "$'":
            self.steps += 1
            return (parts[0].text,) if parts[0].text else ()
        self.spend(1, word)
        builder = _Fields(word, "")
        for at, part in enumerate(parts):
            if part.__class__ is Text:
                text = part.text
                if part.quote == "$'" and state.dialect == "sh":
                    builder.add(Unknown("special", self.source(part), options=(text, "$" + self.text[part.start + 2 : part.end - 1])))
                elif not part.quote and "~" in text and assigning:
                    self.tildes(text, state, builder, at == len(parts) - 1) if at == 0 or ":" in text else builder.add_text(
                        text, self.holes, True
                    )
                elif not part.quote and at == 0 and text[:1] == "~":
                    builder.add_text(self.tilde(text, state, builder, len(parts) == 1), self.holes, True)
                else:
                    builder.add_text(text, self.holes, True)
            elif part.__class__ is ExtGlob:
                for inner in part.words:
                    self.value(inner, state)
                builder.add(Unknown("special", self.source(part)))
            else:
                value = (
                    self.param(part, state)
                    if part.__class__ is Param
                    else self.subst(part, state)
                    if part.__class__ is Subst
                    else self.arith(part.parts, state, self.source(part))
                )
                if value.__class__ is not list:
                    builder.add_all(value)
                elif len(value) == 1 and not value[0].split:
                    builder.add_all(value[0].pieces)
                elif any(arg.split or arg.glob for arg in value) or self.ifs(state) != " \t\n":
                    builder.add(Unknown("argument", self.source(part), getattr(part, "name", "")))
                else:
                    builder.add_all(joined(value).pieces if value else ())
        return builder.pieces_now()

    # ---- parameters -----------------------------------------------------------------------------------------------------

    def param(self, part, state):
        """$name and its kin -> tuple of pieces, or list of Args when it stands for several arguments."""
        self.steps += 1
        name, op, source = part.name, part.op, self.text[part.start : part.end]
        if state.dialect == "zsh" and not self.text.isascii() and source[-1] != "}" and self.text[part.end : part.end + 1].isalnum():
            # zsh takes letters beyond ASCII for part of the name.
            return (Unknown("variable", source, name),)
        if not op and part.index is None and not part.indirect and name[:1] not in "@*#0123456789":
            value = self.fetch(state, name, source)
            if value.__class__ is tuple:
                return value
            if value is None:
                return ()
            return self.first_of(value, name, source, state)
        value = self.bare_param(part, state, source)
        if part.indirect or op == "!":
            return self.indirect(part, value, state, source)
        if not op:
            return () if value is None else value
        return self.operate(part, value, state, source)

    def first_of(self, elements, name, source, state):
        if state.dialect == "zsh":
            return elements if not elements or any(e.split for e in elements) else (Unknown("variable", source, name),)
        if not elements:
            return ()
        if elements[0].split or elements[0].glob:
            return (Unknown("variable", source, name, [c for u in elements[0].unknowns for c in u.commands]),)
        return elements[0].pieces

    def bare_param(self, part, state, source):
        """The value before any operator. None: unset."""
        name, index = part.name, part.index
        if name in ("@", "*"):
            return self.positional(state, source)
        if name == "#":
            if state.args is None or any(a.split or a.glob for a in state.args):
                return (Unknown("argument", source, "#"),)
            return (str(len(state.args)),)
        if name.isdigit():
            return self.argument(int(name), state, source)
        value = self.fetch(state, name, source)
        if index is None:
            return self.first_of(value, name, source, state) if value.__class__ is list and part.op != "#len" else value
        text = self.value(index, state)
        if text in (("@",), ("*",)):
            return (
                value
                if value.__class__ is list
                else []
                if value is None
                else _any_array(name, source)
                if _is_anything(value)
                else [Arg(value)]
            )
        number = self.number(text, state)
        if value is None:
            return None
        if value.__class__ is tuple:
            return value if number == 0 and state.dialect != "zsh" and name not in self.odd else (Unknown("variable", source, name),)
        if number is None or state.dialect == "zsh" or any(e.split or e.glob for e in value) or name in self.odd or number < -len(value):
            return (Unknown("variable", source, name, [c for e in value for u in e.unknowns for c in u.commands]),)
        return value[number].pieces if number < len(value) else None

    def positional(self, state, source="$@"):
        if state.args is None:
            return [Arg((Unknown("argument", source, "@"),), split=True)]
        return state.args

    def argument(self, number, state, source):
        if number == 0:
            return state.zero.pieces if state.zero is not None else (Unknown("variable", source, "0", some=("bash",)),)
        args = state.args
        if args is None or any(a.split or a.glob for a in args[:number]):
            return (Unknown("argument", source, str(number)),)
        return args[number - 1].pieces if number <= len(args) else None

    def indirect(self, part, value, state, source):
        for word in part.words:
            self.value(word, state)
        if value.__class__ is tuple and not part.words:
            name = Arg(value, source="").value
            if name and is_name(name) and name not in self.odd:
                found = self.fetch(state, name, source)
                return () if found is None else self.first_of(found, name, source, state) if found.__class__ is list else found
        if part.index is not None or value.__class__ is list:
            return _any_array(part.name, source)
        return (Unknown("variable", source, part.name),)

    def operate(self, part, value, state, source):
        """${name OP words}"""
        op = part.op
        if op in _DEFAULTS:
            return self.default(part, value, state, source)
        if value.__class__ is list:
            return self.operate_on_list(part, value, state, source)
        if op == "#len":
            texts = {str(len(t)) for t in _texts(value or ())}
            if len(texts) == 1:
                return tuple(texts)
            return (Unknown("arithmetic", source, part.name),)
        operation = self.operation(part, state)
        if op == "@" and value:
            text = "".join(p for p in value if p.__class__ is str)
            if "$(" in text or "`" in text:
                self.expanded_again(text, state.copy(), "${@P}")
        texts = _texts(value or ())
        if operation is not None and texts and len(texts) <= 16:
            if op[0] in "/#%":
                self.spend(sum(map(len, texts)) >> 2)
            found = [operation(text) for text in texts]
            if None not in found:
                if len(set(found)) == 1:
                    return (found[0],) if found[0] else ()
                return (Unknown("variable", source, part.name, options=dict.fromkeys(found)),)
        unknown = [p for p in value or () if p.__class__ is Unknown]
        commands = [c for u in unknown for c in u.commands]
        kind = unknown[0].kind if unknown else "variable"
        return (Unknown(kind, source, part.name, commands),)

    def operate_on_list(self, part, value, state, source):
        op = part.op
        vague = any(a.split or a.glob for a in value)
        if op == "#len":
            return (Unknown("argument", source, part.name),) if vague else (str(len(value)),)
        if op == ":" and not vague:
            numbers = [self.number(self.value(word, state), state) for word in part.words]
            if None not in numbers and state.dialect != "zsh" and (part.name not in ("@", "*") or numbers[0] != 0):
                start = numbers[0] - (1 if part.name in ("@", "*") and numbers[0] > 0 else 0)
                if start < 0:
                    start += len(value)
                if start < 0:
                    return []
                if len(numbers) == 1:
                    return value[start:]
                if numbers[1] >= 0:
                    return value[start : start + numbers[1]]
        elif op != ":":
            operation = self.operation(part, state)
            if operation is not None and not vague and all(a.known for a in value) and len(value) <= MAX_PIECES:
                found = [operation(a.value) for a in value]
                if None not in found:
                    return [Arg((t,) if t else ()) for t in found]
        else:
            for word in part.words:
                self.value(word, state)
        return [Arg((Unknown("argument", source, part.name, [c for a in value for u in a.unknowns for c in u.commands]),), split=True)]

    def default(self, part, value, state, source):
        """:- - := = :? ? :+ +"""
        op, colon = part.op, part.op[:1] == ":"
        emptiness = _emptiness(value, colon)
        word = part.words[0] if part.words else None
        if op[-1] == "+":
            if emptiness == "empty":
                self.aside(word, state)
                return ()
            given = self.operand(word, part, state, state if emptiness == "full" else state.copy())
            if emptiness == "full":
                return given
            return self.perhaps(given, part, source, ("",))
        if emptiness == "full":
            self.aside(word, state)
            return value
        given = self.operand(word, part, state, state if emptiness == "empty" else state.copy())
        if op[-1] == "?":
            return value if value is not None else ()
        if op[-1] == "=":
            plain = given if given.__class__ is tuple else joined(given).pieces if given else ()
            result = plain if emptiness == "empty" else self.perhaps(plain, part, source, (), value)
            if result.__class__ is tuple:
                self.set(state, part.name, result, node=part)
            return result
        if emptiness == "empty":
            return given
        return self.perhaps(given, part, source, (), value)

    def perhaps(self, given, part, source, others, value=()):
        """What ${x:-word} or ${x:+word} gives when it is not known whether x is empty."""
        if given.__class__ is list:
            several = len(given) != 1 or given[0].split or given[0].glob
            if several and any(a.split and not a.known and p.kind == "argument" for a in given for p in a.unknowns):
                return [
                    Arg((Unknown("argument", source, part.name, [c for a in given for u in a.unknowns for c in u.commands]),), split=True)
                ]
            given = joined(given).pieces if given else ()
        texts = _texts(given)
        unknown = [p for p in (value if value.__class__ is tuple else ()) if p.__class__ is Unknown]
        commands = [c for p in (*unknown, *given) if p.__class__ is Unknown for c in p.commands]
        if others and texts:
            return (Unknown("variable", source, part.name, commands, options=dict.fromkeys([*others, *texts])),)
        known = _texts(value) if unknown else []
        if known and texts:
            return (Unknown("variable", source, part.name, commands, options=dict.fromkeys([*filter(None, known), *texts])),)
        kind = unknown[0].kind if unknown else "variable"
        fallback = texts[0] if len(texts) == 1 and not others else ""
        return (Unknown(kind, source, part.name, commands, some=texts[:16], fallback=fallback),)

    def operand(self, word, part, state, where):
        """The word of ${x:-word}: pieces, or a list when it stands unquoted and may be several."""
        if word is None:
            return ()
        if part.quoted:
            return self.value(word, where)
        builder = _Fields(word, self.source(word))
        for k, inner in enumerate(word.parts):
            if inner.__class__ is Text and not inner.quote:
                text = inner.text
                if k == 0 and text[:1] == "~":
                    text = self.tilde(text, where, builder, len(word.parts) == 1)
                self.split_value(builder.cut(text, self.holes), where, builder)
            elif inner.__class__ is Text:
                builder.add_text(inner.text, self.holes, True)
            else:
                self.expansion(inner, where, builder)
        self.spliced = builder.finish()
        return self.spliced

    def aside(self, word, state):
        """A word that is not expanded this time; its commands are listed all the same."""
        if word is not None and any(p.__class__ is not Text for p in word.parts):
            self.value(word, state.copy())

    def operation(self, part, state):
        """The function text -> text (or None) of a string operator, or None when it is not known."""
        op, words = part.op, part.words
        if op == ":":
            numbers = [self.number(self.value(word, state), state) for word in words]
            if None in numbers or not numbers or len(numbers) > 2:
                return None
            return lambda text: _substring(text, *numbers)
        if op in ("#", "##", "%", "%%"):
            pattern = self.pattern(words[0], state, part.quoted) if words else ()
            return None if pattern is None else lambda text: _trim(op, text, pattern)
        if op in ("/", "//", "/#", "/%"):
            pattern = self.pattern(words[0], state, part.quoted) if words else None
            with_ = Arg(self.value(words[1], state), source="").value if len(words) > 1 else ""
            if (
                pattern is None
                or with_ is None
                or "&" in with_
                or "\\" in with_
                or part.quoted
                and any(p.__class__ is Text and p.quote == "'" for w in words for p in w.parts)
            ):
                return None
            return lambda text: _replace(op, text, pattern, with_)
        for word in words:
            self.value(word, state)
        if op in ("^", "^^", ",", ",,") and not any(w.parts for w in words) and state.dialect == "bash":
            return {
                "^": lambda t: (t[:1].upper() + t[1:]) if t.isascii() else None,
                "^^": lambda t: t.upper() if t.isascii() else None,
                ",": lambda t: (t[:1].lower() + t[1:]) if t.isascii() else None,
                ",,": lambda t: t.lower() if t.isascii() else None,
            }[op]
        return None

    def pattern(self, word, state, quoted):
        """A word as a pattern: tuple of characters and of _STAR, _ANY; None when it is not a simple one.

        quoted: the whole expansion stands in double quotes, which do not count for its pattern.
        """
        found = []
        for part in word.parts:
            if part.__class__ is Text:
                text, active = part.text, not part.quote
                if quoted and part.quote == '"' and not _PATTERN.isdisjoint(text):
                    if self.source(part) != text or self.text[part.start - 1] == '"':
                        return None
                    active = True
            else:
                self.steps += 1
                if part.__class__ is Param:
                    value = self.param(part, state)
                    text = Arg(value, source="").value if value.__class__ is tuple else None
                    active = not part.quoted
                else:
                    self.value(word, state)
                    return None
                if text is None:
                    return None
            for c in text:
                if active and c in "[]()|!\\^#~":
                    return None
                if self.holes and c in self.holes:
                    return None
                found.append(_STAR if active and c == "*" else _ANY if active and c == "?" else c)
        return tuple(found)

    # ---- substitutions ------------------------------------------------------------------------------------------------

    def subst(self, part, state):
        """$(...), `...`, <(...), >(...), =(...) -> tuple of pieces."""
        self.spend(2, part)
        source = self.source(part)
        if part.kind == ">(":
            unknown = Unknown("file", source)
            self.deferred.append((part, unknown, state.copy()))
            return (unknown,)
        first = len(self.commands)
        inner = state.copy()
        if part.kind in ("<(", "=("):
            inner.input = Input()
        self.apart(part.body, inner, part.kind)
        commands = [c for c in self.commands[first:] if c is not None]
        if part.kind in ("<(", "=("):
            said = self.output(part.body, state.dialect)
            unknown = Unknown("file", source, commands=commands)
            unknown.content = Arg(said) if said is not None else None
            return (unknown,)
        said = self.output(part.body, state.dialect)
        if said is None:
            return (Unknown("output", source, commands=commands),)
        if said and said[-1].__class__ is str:
            said = packed((*said[:-1], said[-1].rstrip("\n")))
        return said

    def apart(self, body, state, label, walk=None):
        """Walk a body in a shell of its own: what leaves it (return, break, exit) stays inside."""
        returns, loops, via, deferred = self.returns, self.loops, self.via, self.deferred
        self.returns, self.loops, self.deferred = None if returns is None else [], [], []
        if label:
            self.via = via + (label,)
        (walk or self.sequence)(body, state)
        self.finish_deferred(())
        self.returns, self.loops, self.via, self.deferred = returns, loops, via, deferred

    def finish_deferred(self, feeds):
        """Walk the >( ... ) of a command, now that the command that writes into them is known."""
        while self.deferred:
            part, unknown, state = self.deferred.pop(0)
            first = len(self.commands)
            state.input = Input(feeds=feeds)
            self.apart(part.body, state, ">(")
            unknown.commands = tuple(c for c in self.commands[first:] if c is not None)

    def output(self, node, dialect):
        """What a node that was just walked writes, as pieces; None when that is not known."""
        kind = node.__class__
        if kind is Sequence:
            pieces = []
            if node.background:
                return None
            for op, item in node.items:
                said = self.output(item, dialect) if op in ("", ";", "\n", "newline", "&&") else None
                if said is None:
                    return None
                pieces += said
            return packed(pieces)
        if kind is Pipeline:
            return self.output(node.stages[-1], dialect)
        if kind is Group:
            return None if node.redirs else self.output(node.body, dialect)
        if kind is Simple:
            made = self.made.get(id(node))
            if made is None:
                return () if not node.words and not node.redirs else None
            return self.said(made, dialect)
        return None

    def said(self, command, dialect):
        """What a command prints, when its text says so."""
        name = command.argv[0].value if command.argv else None
        if name not in _SPEAKERS or name in self.tampered or any(r.fd in (1, -1, -2) for r in command.redirects) or command.open_ended:
            return None
        return _SPEAKERS[name](command, dialect)

    def arith(self, parts, state, source):
        """$(( ... )) -> pieces."""
        pieces = []
        for part in parts:
            if part.__class__ is Text:
                pieces += self.with_unknowns(part.text)
            elif part.__class__ is Subst:
                pieces += self.subst(part, state)
            elif part.__class__ is Arith:
                pieces += self.arith(part.parts, state, self.source(part))
            elif part.__class__ is Param:
                value = self.param(part, state)
                pieces += value if value.__class__ is tuple else (Unknown("argument", self.source(part)),)
        number = self.number(packed(pieces), state)
        return (str(number),) if number is not None else (Unknown("arithmetic", source),)

    def number(self, pieces, state):
        """Pieces as an arithmetic expression -> int or None. Carries out what assigns, and lists what is hidden in subscripts."""
        text = "".join(p if p.__class__ is str else "\0" for p in pieces)
        if text.isdigit() and text.isascii() and (text[0] != "0" or text == "0") and len(text) < 19:
            return int(text)
        names = _names_in(text)
        if "[" in text and ("$(" in text or "`" in text):
            self.expanded_again(text, state.copy(), "arithmetic")
        if not text.strip():
            return 0
        assigns = _assigns(text)
        if assigns:
            for name in names:
                if name in state.variables and state.variables[name].__class__ is list:
                    self.set(state, name, _any_array(name))
                else:
                    self.set(state, name, (Unknown("arithmetic", f"${name}", name),))
        values = {}
        for name in names:
            value = self.fetch(state, name, name)
            known = Arg(value, source="").value if value.__class__ is tuple else "" if value is None else None
            if known is not None and "[" in known and ("$(" in known or "`" in known):
                self.expanded_again(known, state.copy(), "arithmetic")
            values[name] = known
        if (
            assigns
            or "\0" in text
            or len(text) > 1000
            or any(not (v == "" or _plain_number(v)) for v in values.values() if v is not None)
            or None in values.values()
        ):
            return None
        try:
            return _Sum(text, values).result()
        except (ValueError, ZeroDivisionError, IndexError):
            return None

    def expanded_again(self, text, state, label):
        """List the commands in a text that the shell expands a second time, like a prompt or an arithmetic subscript."""
        if self.wraps >= MAX_WRAPS or "HOLDFAST_END" in text:
            raise Unreadable("wrapped too deeply", self.place[0] if self.place else 0)
        tree = self.read_inner(f": <<HOLDFAST_END\n{text}\nHOLDFAST_END\n", self.place[0] if self.place else 0)
        saved = self.text, self.place, self.via
        place = self.place or (0, len(self.outermost))
        self.text, self.place, self.via = f": <<HOLDFAST_END\n{text}\nHOLDFAST_END\n", place, self.via + (label,)
        self.wraps += 1
        self.value(tree.items[0][1].redirs[0].body, state)
        self.finish_deferred(())
        self.wraps -= 1
        self.text, self.place, self.via = saved

    # ---- nodes ------------------------------------------------------------------------------------------------------------

    def walk(self, node, state):
        _WALKS[node.__class__](self, node, state)

    def sequence(self, node, state):
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

    def chain(self, items, state):
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

    def outcome(self, node, state):
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

    def verdict(self, node, state):
        """ "true" or "false" when a node can only end so, "cd" for a change of folder, else None."""
        if node.__class__ is not Simple:
            return None
        if node.redirs:
            words = node.words
            return (
                "cd"
                if words
                and words[0].__class__ is not Assign
                and self.source(words[0]) in ("cd", "pushd")
                and self.source(words[0]) not in state.functions
                else None
            )
        if not node.words:
            return (
                "true"
                if all(a.index is None and (a.value is None or _plain_word(a.value)) and (a.array is None) for a in node.assigns)
                and not state.readonly
                else None
            )
        first = node.words[0]
        if first.__class__ is Assign or len(first.parts) != 1 or first.parts[0].__class__ is not Text or node.assigns:
            return None
        name = first.parts[0].text
        if name in state.functions or name in self.tampered or name in self.aliases:
            return None
        return (
            {"true": "true", ":": "true", "false": "false", "cd": "cd", "pushd": "cd"}.get(name)
            if name not in ("true", ":", "false") or all(w.__class__ is not Assign and _plain_word(w) for w in node.words)
            else None
        )

    def pipeline(self, node, state):
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

    def redirected(self, node, state, walk):
        """Walk a compound command under its redirections."""
        if not node.redirs:
            walk(state)
            return
        deferred, self.deferred = self.deferred, []
        slot = len(self.commands)
        redirects, given = self.redirects(node.redirs, state)
        before = state.input
        if given is not None:
            state.input = given
        if any(r.op not in ("<<", "<<-", "<<<") and not (r.op in ("<&", ">&") and not r.writes) for r in redirects):
            start, end = self.place or (node.redirs[0].start, node.redirs[-1].end)
            self.commands.insert(slot, Command((), redirects=redirects, cwd=state.cwd, via=self.via, root=self.root, start=start, end=end))
        first = len(self.commands)
        walk(state)
        state.input = before
        self.finish_deferred([c for c in self.commands[first:] if c is not None])
        self.deferred = deferred

    def group(self, node, state):
        if node.kind == "(":
            self.redirected(node, state, lambda s: self.apart(node.body, s.copy(), None))
        else:
            self.redirected(node, state, lambda s: self.sequence(node.body, s))

    def if_(self, node, state):
        def walk(state):
            ends = []
            for test, body in node.branches:
                self.sequence(test, state)
                branch = state.copy()
                self.sequence(body, branch)
                ends.append(branch)
            if node.otherwise is not None:
                self.sequence(node.otherwise, state)
            for end in ends:
                self.join(state, end)

        self.redirected(node, state, walk)

    def while_(self, node, state):
        def once(state):
            self.sequence(node.test, state)
            done.append(state.copy())
            self.sequence(node.body, state)

        done = []
        self.redirected(node, state, lambda s: self.repeat(s, once, done))

    def for_(self, node, state):
        if node.kind == "((":

            def once(state):
                self.arith(node.parts, state, self.source(node))
                self.sequence(node.body, state)

            self.redirected(node, state, lambda s: self.repeat(s, once))
            return
        values = list(self.positional(state)) if node.words is None else [a for word in node.words for a in self.args(word, state)]
        self.redirected(node, state, lambda s: self.for_each(node, values, s))

    def for_each(self, node, values, state):
        plain = all(a.known and not a.glob for a in values) and node.kind == "for"
        rounds = self.unrolled * len(values)
        if plain and values and rounds <= MAX_UNROLL and len(values) * (node.end - node.start) < 20_000 and node.name not in state.readonly:
            self.unroll(node, values, state, rounds)
            return
        choices = self.choices(node, values)

        def once(state):
            ends = []
            for value in choices:
                branch = state.copy()
                self.set(branch, node.name, value, node=node)
                self.sequence(node.body, branch)
                ends.append(branch)
            state.become(ends[0])
            for end in ends[1:]:
                self.join(state, end)

        self.repeat(state, once)

    def choices(self, node, values):
        """The values a loop variable takes, each standing for any number of rounds."""
        source = f"${node.name}"
        if node.kind == "select":
            return [
                (
                    Unknown(
                        "input",
                        source,
                        node.name,
                        options=[a.value for a in values]
                        if values and len(values) < 16 and all(a.known and not a.glob for a in values)
                        else (),
                    ),
                )
            ]
        if values and all(a.known and not a.glob for a in values):
            if len(values) > 64:
                return [(Unknown("variable", source, node.name, some=[a.value for a in values[:16]]),)]
            return [(Unknown("variable", source, node.name, options=dict.fromkeys(a.value for a in values)),)]
        found = {}
        for arg in values[:9]:
            found[_loop_value(arg, node.name)] = None
        if not values or len(values) > 8 or self.unrolled > MAX_UNROLL:
            return [_anything(node.name)]
        return list(found)

    def unroll(self, node, values, state, rounds):
        before, self.unrolled = self.unrolled, rounds
        breaks = []
        for arg in values:
            self.set(state, node.name, arg.pieces, node=node)
            self.loops.append(([], []))
            self.sequence(node.body, state)
            left, again = self.loops.pop()
            breaks += left
            for other in again:
                self.join(state, other)
            if state.dead:
                break
        for other in breaks:
            self.join(state, other)
        self.unrolled = before

    def repeat(self, state, once, done=None):
        """Walk a body that runs any number of times until another round changes nothing that is known."""
        commands, assigned = len(self.commands), len(self.assigned)
        for attempt in range(5):
            self.spend(2)
            end = state.copy()
            if done is not None:
                done.clear()
            self.loops.append(([], []))
            once(end)
            breaks, again = self.loops.pop()
            for other in again:
                self.join(end, other)
            if attempt == 4 or not self.widen(state, end, attempt):
                break
            if attempt == 3:
                self.forget(state, True)
                state.functions = {
                    n: tuple(dict.fromkeys((*b, *end.functions.get(n, (None,))))) for n, b in {**end.functions, **state.functions}.items()
                }
            del self.commands[commands:], self.assigned[assigned:]
        if done:
            # The test ran once at least, and the loop ends after it.
            state.become(done[-1])
        self.join(state, end)
        for other in breaks:
            self.join(state, other)

    def widen(self, state, end, attempt):
        """Make state cover end as well; True when that changed it."""
        if end.dead:
            return False
        changed = False
        if end.variables != state.variables:
            for name in end.variables.keys() | state.variables.keys():
                one = state.variables[name] if name in state.variables else self.initial(state, name)
                two = end.variables[name] if name in end.variables else self.initial(end, name)
                if one == two or name in state.variables and _is_top(one):
                    continue
                listed = one.__class__ is list or two.__class__ is list
                state.variables[name] = _any_array(name) if listed else _either(one, two, name) if attempt == 0 else _anything(name)
                changed = True
        for slot, lost in (("cwd", None), ("before", None), ("dirs", None), ("args", None)):
            if getattr(state, slot) != getattr(end, slot) and getattr(state, slot) is not lost:
                setattr(state, slot, lost)
                changed = True
        if state.vouched and not end.vouched:
            state.vouched, changed = False, True
        if state.exports != end.exports & state.exports:
            state.exports, changed = end.exports & state.exports, True
        if (
            any(end.functions.get(name) != bodies for name, bodies in state.functions.items())
            or end.functions.keys() - state.functions.keys()
        ):
            merged = {
                n: tuple(dict.fromkeys((*state.functions.get(n, (None,)), *end.functions.get(n, (None,)))))
                for n in state.functions.keys() | end.functions.keys()
            }
            if merged != state.functions:
                state.functions, changed = merged, True
        return changed

    def case(self, node, state):
        def walk(state):
            self.value(node.subject, state)
            ends, fallen = [], None
            for patterns, body, terminator in node.arms:
                for pattern in patterns:
                    self.value(pattern, state)
                branch = state.copy()
                if fallen is not None:
                    self.join(branch, fallen)
                self.sequence(body, branch)
                fallen = branch.copy() if terminator in (";&", ";;&", ";|") else None
                ends.append(branch)
            for end in ends:
                self.join(state, end)

        self.redirected(node, state, walk)

    def condition(self, node, state):
        def walk(state):
            for word in node.words:
                self.spend(1, word)
                pieces = self.value(word, state)
                for piece in pieces:
                    if piece.__class__ is str and "[" in piece and ("$(" in piece or "`" in piece):
                        self.expanded_again(piece, state.copy(), "[[")

        self.redirected(node, state, walk)

    def arith_command(self, node, state):
        self.redirected(node, state, lambda s: self.arith(node.parts, s, self.source(node)))

    def function(self, node, state):
        name = Arg(self.value(node.name, state), source="").value
        body = _Body(node.body, self.text, self.place)
        if name is None:
            self.call_in_general("", body, state)
            return
        self.names.add(name)
        self.tampered.add(name)
        state.functions = {**state.functions, name: (body,)}

    def coproc(self, node, state):
        inner = state.copy()
        inner.input = Input()
        self.apart(node.body, inner, "coproc", self.walk)
        self.set(state, "COPROC", _any_array("COPROC"), node=node)

    # ---- simple commands ---------------------------------------------------------------------------------------------------

    def simple(self, node, state):
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
        argv, declared = [], []
        for word in words:
            if word.__class__ is Assign:
                argv.append(self.declaration(word, state, declared))
            else:
                argv += self.args(word, state)
        redirects, given = self.redirects(node.redirs, state) if node.redirs else ((), None)
        open_ended, self.open = self.open or self.more, opened
        env = {}
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

    def exported(self, state, env):
        if not state.exports:
            return env
        self.spend(len(state.exports))
        found = {}
        for name in state.exports:
            value = state.variables.get(name)
            if value.__class__ is tuple:
                found[name] = Arg(value)
        found.update(env)
        return found

    def declaration(self, node, state, declared):
        """An assignment among the operands of declare, local, export: as an argument, and kept for the builtin."""
        scratch = state.copy()
        env = {}
        kept = len(self.assigned)
        value = self.assign(node, scratch, "shell", env)
        del self.assigned[kept:]
        declared.append((node, value))
        equals = "+=" if node.append else "="
        return Arg(packed((f"{node.name}{equals}", *env[node.name].pieces)), source=self.source(node))

    def redirects(self, nodes, state):
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
                continue
            if op == "<<<":
                targets = [Arg(self.value(node.target, state), word=node.target, source=self.source(node.target))]
            else:
                targets = self.args(node.target, state) or [Arg((), word=node.target, source=self.source(node.target))]
            for target in targets:
                redirect = Redirect(_descriptor(node.fd, op, target), op, target)
                found.append(redirect)
                if redirect.fd != 0:
                    continue
                if op == "<<<":
                    given = Input(Arg(packed((*target.pieces, "\n"))), label="here-string")
                elif op in ("<", "<>"):
                    unknowns = target.unknowns
                    feeds = [c for u in unknowns if u.kind == "file" for c in u.commands]
                    content = unknowns[0].content if len(target.pieces) == 1 and unknowns else None
                    given = Input(content, feeds)
                elif op == "<&" and target.value != "0":
                    given = Input(fed=target.value != "-")
        return found, given

    def text_of(self, body, state):
        """The text of a heredoc."""
        parts = body.parts
        if len(parts) == 1 and parts[0].__class__ is Text and not self.holes:
            return (parts[0].text,) if parts[0].text else ()
        pieces = []
        for part in parts:
            if part.__class__ is Text:
                pieces += self.with_unknowns(part.text)
            else:
                value = (
                    self.param(part, state)
                    if part.__class__ is Param
                    else self.subst(part, state)
                    if part.__class__ is Subst
                    else self.arith(part.parts, state, self.source(part))
                )
                pieces += (
                    value
                    if value.__class__ is tuple
                    else (Unknown("argument", self.source(part)),)
                    if any(a.split or a.glob for a in value)
                    else joined(value).pieces
                    if value
                    else ()
                )
        return packed(pieces)

    # ---- running --------------------------------------------------------------------------------------------------------------

    def run(self, command, state, how, listed=False, declared=()):
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
            self.computed(command, state, how)
            if not command.program:
                return
        bodies = state.functions.get(name) if how == "any" and state.functions else None
        if bodies is not None:
            self.call(command, bodies, state)
            if None not in bodies:
                return
        if name in self.aliases and how == "any":
            self.forget(state, True)
        source = state.input
        fed = bool(command.feeds) or command.stdin is not None or source.fed
        if how != "program" and name in _BUILTINS:
            _BUILTINS[name](self, command, state, declared)
        if how != "program" and name in _SUBSCRIPTED:
            self.hidden_subscripts(command, state)
        codes, inners = look(command, fed)
        if codes:
            command.code = command.code + tuple(codes)
        if inners:
            self.wraps += 1
            if self.wraps > MAX_WRAPS:
                raise Unreadable("wrapped too deeply", command.start)
            for inner in inners:
                self.run_inner(command, inner, state, how)
            self.wraps -= 1
        if name not in _NO_READERS:
            source.used = True

    def run_inner(self, outer, inner, state, how):
        """What a command runs in turn."""
        label = state.input.label if inner.label == "stdin" else inner.label
        via = outer.via + (label,)
        root = outer.root or inner.root
        cwd = outer.cwd
        if inner.cwd is None:
            cwd = None
        elif inner.cwd != "":
            cwd = self.joined_folder(cwd, inner.cwd)
        env = {} if inner.cleared else outer.env
        if inner.env:
            env = {k: v for k, v in {**env, **inner.env}.items() if v is not None}
        open_ended = inner.open_ended or (outer.open_ended and inner.text is None)
        stdin, feeds = (outer.stdin, outer.feeds) if inner.stdin else (None, ())
        if inner.text is not None:
            context = Command((), env, (), cwd, via, root, feeds, stdin, (), open_ended, outer.start, outer.end)
            shell = self.new_shell(context, inner, state)
            more, self.more = self.more, self.more or inner.open_ended
            self.shell_text(inner.text, shell, label, context)
            self.more = more
            return
        argv = inner.argv
        command = Command(argv, env, (), cwd, via, root, feeds, stdin, (), open_ended, outer.start, outer.end)
        nested = (
            inner.how if how == "any" or inner.how == "program" else "builtin" if how == "builtin" and inner.how != "program" else "program"
        )
        if not inner.stdin:
            before, state.input = state.input, Input(fed=False)
            self.run(command, state, nested)
            state.input = before
            return
        self.run(command, state, nested)

    def joined_folder(self, cwd, arg):
        path = arg.value
        if not path or arg.glob:
            return None
        if path[:1] != "/":
            if not cwd:
                return None
            path = f"{cwd}/{path}"
        return normalise(path)

    def new_shell(self, command, inner, state):
        """The State in which a shell started by a command begins."""
        new = _new_state(inner.dialect, command.cwd)
        new.cwd = command.cwd
        away = command.root or inner.cleared or not ELSEWHERE.isdisjoint(command.via)
        new.vouched = state.vouched and not away
        new.variables = {}
        if not away:
            for name, value in state.variables.items():
                if name in self.world.env or name == "HOME" and state.vouched:
                    new.variables[name] = value if value.__class__ is tuple else _anything(name)
                elif name not in state.exports:
                    texts = _texts(value) if value is not None else []
                    if value is None:
                        new.variables[name] = None
                    elif value.__class__ is list:
                        new.variables[name] = _any_array(name)
                    elif 0 < len(texts) < 16:
                        new.variables[name] = (Unknown("variable", f"${name}", name, options=dict.fromkeys([*texts, ""])),)
                    else:
                        new.variables[name] = _anything(name)
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
        return new

    def shell_text(self, arg, state, label, context=None):
        """Read a text and walk it. context: the Command that hands it over; None: in the shell that is running."""
        text = self.with_holes(arg.pieces)
        tree = self.read_inner(text, context.start if context is not None else self.place[0] if self.place else 0)
        saved = self.text, self.place, self.via, self.root, self.returns, self.loops, self.deferred, self.open
        if context is not None:
            place, via, root = (context.start, context.end), context.via, context.root
            self.returns, self.loops = None, []
        else:
            place, via, root = self.place or (0, len(self.outermost)), self.via + (label,), self.root
        self.text, self.place, self.via, self.root, self.deferred = text, place, via, root, []
        self.wraps += 1
        if self.wraps > MAX_WRAPS:
            raise Unreadable("wrapped too deeply", place[0])
        self.sequence(tree, state)
        self.finish_deferred(())
        self.wraps -= 1
        self.text, self.place, self.via, self.root, self.returns, self.loops, self.deferred, self.open = saved

    def read_inner(self, text, position):
        self.spend(2 + (len(text) >> 4))
        try:
            return read(text)
        except Unreadable as unreadable:
            raise Unreadable(unreadable.what, position) from None

    def with_holes(self, pieces):
        """Pieces as one text in which private characters stand for the Unknowns."""
        if len(pieces) == 1 and pieces[0].__class__ is str:
            return pieces[0]
        out = []
        for piece in pieces:
            if piece.__class__ is not str:
                hole = chr(_HOLES + len(self.holes))
                self.holes[hole] = piece
                piece = hole
            out.append(piece)
        if len(self.holes) > 10_000:
            raise Unreadable("too much to follow", self.place[0] if self.place else 0)
        return "".join(out)

    def with_unknowns(self, text):
        """The opposite of with_holes: list of pieces."""
        return _cut(text, self.holes) if self.holes and not text.isascii() else [text] if text else []

    def computed(self, command, state, how):
        """A command word that only the run will tell: follow what it may turn out to be."""
        first, rest = command.argv[0], command.argv[1:]
        if first.glob and first.known:
            self.opaque = True
            return
        slashed = "/" in first.when_empty
        if not slashed and any(u.kind not in ("variable",) or u.options for u in first.unknowns):
            self.opaque = True
        if command.program or self.wraps >= MAX_WRAPS:
            return
        possible = first.possible()
        texts = possible or list(dict.fromkeys([first.when_empty, *(f for u in first.unknowns if len(first.pieces) == 1 for f in u.some)]))
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
            self.wraps += 1
            self.run(
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
            self.wraps -= 1
            if possible:
                ends.append(branch)
        if possible and len(possible) <= 16:
            if ends:
                state.become(ends[0])
                for end in ends[1:]:
                    self.join(state, end)
        elif not slashed and any(u.kind != "variable" or u.options for u in first.unknowns) and how != "program":
            self.forget(state, True)

    # ---- functions ---------------------------------------------------------------------------------------------------------

    def call(self, command, bodies, state):
        """A function of the text is called: walk its body with these arguments."""
        name, prefix = command.argv[0].value, self.prefix
        ends = [state.copy()] if None in bodies else []
        for body in bodies:
            if body is None:
                continue
            branch = state.copy()
            self.call_body(name, body, command, branch, prefix)
            ends.append(branch)
        state.become(ends[0])
        for end in ends[1:]:
            self.join(state, end)

    def call_body(self, name, body, command, state, prefix):
        key = id(body)
        if key in self.general:
            self.forget(state, True)
            return
        self.called.add(key)
        if self.calling.count(key) >= 3 or len(self.calling) >= MAX_CALLS:
            self.call_in_general(name, body, state)
            self.forget(state, True)
            return
        before = {n: state.variables.get(n, _ABSENT) for n in prefix if n in command.env}
        for n in before:
            state.variables[n] = command.env[n].pieces
        outer_args, outer_local, outer_exports = state.args, state.local, state.exports
        state.args, state.local = list(command.args), {}
        if command.open_ended and not any(a.split for a in command.args):
            state.args = [*state.args, Arg((Unknown("argument", "$@", "@"),), split=True)]
        self.calling.append(key)
        self.in_body(body, state, command.via + (f"function {name}",))
        self.calling.pop()
        state.args = outer_args
        state.exports |= outer_exports & (state.local or {}).keys()
        self.leave_locals(state, outer_local)
        for n, value in before.items():
            if value is _ABSENT:
                state.variables.pop(n, None)
            else:
                state.variables[n] = value

    def in_body(self, body, state, via):
        """Walk a function's body; returns meet at its end."""
        saved = self.text, self.place, self.via, self.returns, self.loops, self.deferred, self.open
        self.text, self.place, self.via, self.returns, self.loops, self.deferred = body.text, body.place, via, [], [], []
        self.walk(body.node, state)
        self.finish_deferred(())
        for other in self.returns:
            self.join(state, other)
        self.text, self.place, self.via, self.returns, self.loops, self.deferred, self.open = saved

    def leave_locals(self, state, outer):
        for name, value in (state.local or {}).items():
            if value is _ABSENT:
                state.variables.pop(name, None)
            else:
                state.variables[name] = value
            self.log.append((name, state.variables.get(name, _anything(name))))
        state.local = outer

    def call_in_general(self, name, body, state):
        """Walk a function's body as any call might: nothing is known but what the text says itself."""
        key = id(body)
        if key in self.general:
            return
        self.general.add(key)
        self.called.add(key)
        inner = state.copy()
        inner.dead = False
        inner.variables = self.ever(state, 0)
        inner.args, inner.zero, inner.cwd, inner.local, inner.input = None, None, inner.cwd if not self.moved else None, {}, Input()
        via = self.via + (f"function {name}",)
        self.in_body(body, inner, via)
        for other, bodies in inner.functions.items():
            state.functions = {
                **state.functions,
                other: tuple(dict.fromkeys((*state.functions.get(other, ()), *(b for b in bodies if b is not None)))),
            }

    def ever(self, state, since):
        """name -> value, for whatever was assigned from a point of the log on."""
        found = dict(state.variables)
        for name, value in self.log[since:]:
            if name is None:
                found = {n: _anything(n) for n in {*found, *(n for n, _ in self.log if n)}}
                break
            found[name] = _either(found[name], value, name) if name in found else _either(self.initial(state, name), value, name)
        return found

    # ---- traps --------------------------------------------------------------------------------------------------------------

    def run_traps(self):
        """What was set to run later runs with whatever the variables hold by then."""
        done = 0
        while done < len(self.traps):
            trap = self.traps[done]
            done += 1
            if done > 100:
                raise Unreadable("too much to follow", trap.place[0])
            state = trap.state.copy()
            state.variables = self.ever(trap.state, trap.since[0])
            state.dead = False
            if self.moved != trap.since[1]:
                state.cwd = None
            self.via, self.root, self.place = trap.via, trap.root, trap.place
            self.shell_text(trap.arg, state, trap.label)
            self.via, self.root, self.place = (), False, None

    def hidden_subscripts(self, command, state):
        """test -v 'a[$(cmd)]', printf -v, read, unset and declare expand the subscript of a name they are given."""
        for arg in command.args:
            text = arg.value or ""
            if "[" in text and ("$(" in text or "`" in text):
                self.expanded_again(text, state.copy(), command.program)

    def move(self, state, path):
        """The shell is in another folder from here on."""
        self.moved += 1
        state.before, state.cwd = state.cwd, path
        state.variables.pop("PWD", None)
        state.variables.pop("OLDPWD", None)
        state.doubted = False


_ABSENT = object()
_DEFAULTS = frozenset((":-", "-", ":=", "=", ":?", "?", ":+", "+"))
_SUBSTS = frozenset(("$(", "`", "<(", ">(", "=("))
_NUMBERS = frozenset(("?", "$", "!", "#", "RANDOM", "SECONDS", "LINENO", "BASHPID", "PPID", "UID", "EUID"))
_ZSH_SPLITS = frozenset(" \t\n*?[]\\~=<>()|^#")
_SUBSCRIPTED = frozenset(
    ("test", "[", "printf", "read", "unset", "declare", "typeset", "local", "export", "readonly", "mapfile", "readarray", "wait", "getopts")
)
_RUN_BY_SHELL = frozenset(("PROMPT_COMMAND", "PS0", "PS1", "PS2", "PS4", "PROMPT", "RPROMPT"))
_PATTERN = frozenset("*?[]()|!\\^#~")
_STAR, _ANY = ("*",), ("?",)
_WALKS = {
    Simple: _Walk.simple,
    Pipeline: _Walk.pipeline,
    Sequence: _Walk.sequence,
    Group: _Walk.group,
    If: _Walk.if_,
    While: _Walk.while_,
    For: _Walk.for_,
    Case: _Walk.case,
    Condition: _Walk.condition,
    ArithCommand: _Walk.arith_command,
    Function: _Walk.function,
    Coproc: _Walk.coproc,
}


def kind_star(part):
    """True for $* and ${a[*]}."""
    if part.__class__ is not Param:
        return False
    if part.name == "*":
        return True
    index = part.index
    return index is not None and len(index.parts) == 1 and index.parts[0].__class__ is Text and index.parts[0].text == "*"


def _plain_word(word):
    return all(p.__class__ is Text for p in word.parts)


def _emptiness(value, colon):
    """ "full", "empty" or "unsure": whether ${x:-word} (colon) or ${x-word} takes x."""
    if value is None:
        return "empty"
    if value.__class__ is list:
        if not value:
            return "empty"
        if any(a.split for a in value):
            return "unsure"
        return (
            "full"
            if not colon or len(value) > 1 or any(p.__class__ is str for p in value[0].pieces)
            else "empty"
            if not value[0].pieces
            else "unsure"
        )
    if not value:
        return "empty" if colon else "full"
    if any(p.__class__ is str for p in value):
        return "full"
    if colon:
        if all(p.options for p in value):
            texts = _texts(value)
            if texts and all(texts):
                return "full"
            if texts and not any(texts):
                return "empty"
        return "unsure"
    return "full" if all(p.kind in ("output", "input", "arithmetic", "special", "file") or p.options for p in value) else "unsure"


def _loop_value(arg, name):
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


def _descriptor(fd, op, target):
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


# ---- fields --------------------------------------------------------------------------------------------------------------


class _Fields:
    """Puts the fields of one word together, piece by piece."""

    __slots__ = ("word", "source", "done", "pieces", "started", "glob", "split")

    def __init__(self, word, source):
        self.word, self.source, self.done = word, source, []
        self.pieces, self.started, self.glob, self.split = [], False, False, False

    def add(self, piece):
        self.pieces.append(piece)
        self.started = True

    def add_all(self, pieces):
        """A quoted value: even when empty there is a field."""
        self.pieces += pieces
        self.started = True

    def add_text(self, text, holes, quoted):
        if holes and not text.isascii():
            for piece in _cut(text, holes):
                self.pieces.append(piece)
                if piece.__class__ is not str and not quoted:
                    self.split = True
        else:
            self.pieces.append(text)
        if text or quoted:
            self.started = True
        if not quoted and ("*" in text or "?" in text or "[" in text and "]" in text):
            self.glob = True

    def cut(self, text, holes):
        return _cut(text, holes) if holes and not text.isascii() else [text] if text else []

    def split_text(self, text, ifs):
        """Add known text that the shell splits at the characters of ifs."""
        if not ifs or ifs == " \t\n" and text.isalnum():
            self.pieces.append(text)
            self.started = self.started or bool(text)
            return
        for token in _tokens(text, ifs):
            if token is _SOFT:
                if self.started:
                    self.flush()
            elif token is _HARD:
                self.flush()
            else:
                self.pieces.append(token)
                self.started = True

    def flush(self):
        glob, split = self.glob, self.split
        self.done.append(Arg(packed(self.pieces), glob, split, self.word, self.source))
        self.pieces, self.started, self.split = [], False, False

    def finish(self):
        if self.started:
            self.flush()
        return self.done

    def pieces_now(self):
        return packed(self.pieces)


_SOFT, _HARD = object(), object()


def _tokens(text, ifs):
    """Known text -> its fields and what separates them: _SOFT for blanks, _HARD for another character of IFS with blanks around it."""
    blanks = [c for c in ifs if c in " \t\n"]
    out, i, n = [], 0, len(text)
    while i < n:
        j = i
        while j < n and text[j] not in ifs:
            j += 1
        if j > i:
            out.append(text[i:j])
        if j == n:
            break
        hard = False
        while j < n and text[j] in ifs:
            if text[j] in blanks:
                j += 1
            elif not hard:
                hard = True
                j += 1
            else:
                break
        out.append(_HARD if hard else _SOFT)
        i = j
    return out


def _cut(text, holes):
    """Text with holes -> list of str and Unknown."""
    out, start = [], 0
    for i, c in enumerate(text):
        if c in holes:
            if i > start:
                out.append(text[start:i])
            out.append(holes[c])
            start = i + 1
    if start < len(text):
        out.append(text[start:])
    return out


# ---- braces ----------------------------------------------------------------------------------------------------------------


class _Braces:
    """Brace expansion over items: single bare characters, and nodes for all that is quoted or expanded. As bash's braces.c."""

    __slots__ = ("walk", "word", "dialect", "count")

    def __init__(self, walk, word, dialect):
        self.walk, self.word, self.dialect, self.count = walk, word, dialect, 0

    def expand(self, items):
        """List of items -> list of such lists; None when there are too many."""
        opened = self.opening(items)
        if opened is None:
            return [items]
        close = self.find(items, opened + 1, "}")
        preamble, inside, rest = items[:opened], items[opened + 1 : close], items[close + 1 :]
        if "," in inside:
            middle = self.alternatives(inside)
        else:
            middle = _sequence(inside, self.dialect)
            if middle is None:
                middle = [items[opened : close + 1]]
            elif middle is False:
                return None
        tails = self.expand(rest) if rest else [[]]
        if middle is None or tails is None:
            return None
        self.count += len(middle) * len(tails)
        if self.count > 4000 or len(middle) * len(tails) * (len(items) + 1) > 200_000:
            return None
        self.walk.spend(len(middle) * len(tails))
        return [preamble + m + t for m in middle for t in tails]

    def opening(self, items):
        """Index of the first brace that has a partner and something to expand."""
        start = 0
        while True:
            at = self.find(items, start, "{")
            if at is None:
                return None
            if self.find(items, at + 1, "}") is not None:
                return at
            start = at + 1

    def find(self, items, start, wanted):
        """bash's brace_gobbler: the index of the wanted character at this level."""
        level, commas = 0, 0 if wanted == "}" else 1
        n = len(items)
        self.walk.steps += (n - start) >> 3
        self.walk.spend(0)
        i = start
        while i < n:
            c = items[i]
            if c == wanted and not level and commas:
                if c == "{" and i == start == 0 and (n == 1 or items[1] == "}"):
                    i += 1
                    continue
                return i
            if c == "{":
                level += 1
            elif c == "}":
                if level:
                    level -= 1
            elif wanted == "}" and not level:
                if c == "," or c == "." and i + 1 < n and items[i + 1] == "." and (i + 2 >= n or items[i + 2] != wanted):
                    commas += 1
            i += 1
        return None

    def alternatives(self, items):
        found, start = [], 0
        while True:
            at = self.find(items, start, ",")
            more = self.expand(items[start:at] if at is not None else items[start:])
            if more is None:
                return None
            found += more
            if at is None:
                return found
            start = at + 1


def _sequence(items, dialect):
    """The items of {1..5} or {a..e..2}; None when it is no sequence, False when it is too long."""
    if any(item.__class__ is not str for item in items):
        return None
    ends = "".join(items).split("..")
    if len(ends) not in (2, 3):
        return None
    step = 1
    if len(ends) == 3:
        if not _integer(ends[2]):
            return None
        step = abs(int(ends[2])) or 1
    first, last = ends[0], ends[1]
    if _integer(first) and _integer(last):
        width = max(len(first), len(last)) if any(len(e.lstrip("-+")) > 1 and e.lstrip("-+")[0] == "0" for e in (first, last)) else 0
        numbers = _steps(int(first), int(last), step)
        return numbers and [list(("-" if k < 0 else "") + str(abs(k)).zfill(width - (k < 0))) for k in numbers]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and (first + last).isascii():
        if dialect == "zsh" and len(ends) == 3:
            return None
        if first.islower() != last.islower():
            return False
        letters = _steps(ord(first), ord(last), step)
        return letters and [[chr(k)] for k in letters]
    return None


def _integer(text):
    digits = text[1:] if text[:1] in ("-", "+") else text
    return digits.isdigit() and digits.isascii() and len(digits) < 10


def _steps(first, last, step):
    if abs(last - first) // step > 3000:
        return False
    return range(first, last + 1, step) if first <= last else range(first, last - 1, -step)


def _parts(items, word):
    """Items -> parts of a word."""
    parts, run = [], []
    for item in items:
        if item.__class__ is str:
            run.append(item)
            continue
        if run:
            parts.append(Text(word.start, word.end, "".join(run), ""))
            run = []
        parts.append(item)
    if run:
        parts.append(Text(word.start, word.end, "".join(run), ""))
    return parts


# ---- text operations ---------------------------------------------------------------------------------------------------------


def _substring(text, offset, length=None):
    if offset < 0:
        offset += len(text)
        if offset < 0:
            return ""
    if length is None:
        return text[offset:]
    end = offset + length if length >= 0 else len(text) + length
    return text[offset:end] if end >= offset else None if length < 0 else ""


def _matches(pattern, text):
    """Whether the whole text matches."""
    p = t = 0
    star = mark = -1
    while t < len(text):
        if p < len(pattern) and pattern[p] is _STAR:
            star, mark = p, t
            p += 1
        elif p < len(pattern) and (pattern[p] is _ANY or pattern[p] == text[t]):
            p += 1
            t += 1
        elif star >= 0:
            mark += 1
            p, t = star + 1, mark
        else:
            return False
    while p < len(pattern) and pattern[p] is _STAR:
        p += 1
    return p == len(pattern)


def _literal(pattern):
    return "".join(pattern) if all(c.__class__ is str for c in pattern) else None


def _trim(op, text, pattern):
    plain = _literal(pattern)
    if plain is not None:
        if op[0] == "#":
            return text[len(plain) :] if text.startswith(plain) else text
        return text[: len(text) - len(plain)] if text.endswith(plain) else text
    if len(text) > 200:
        return None
    cuts = range(len(text) + 1)
    if op in ("##", "%"):
        cuts = reversed(cuts)
    for cut in cuts:
        if _matches(pattern, text[:cut] if op[0] == "#" else text[cut:]):
            return text[cut:] if op[0] == "#" else text[:cut]
    return text


def _replace(op, text, pattern, with_):
    if not pattern:
        return with_ + text if op == "/#" else text + with_ if op == "/%" else text
    plain = _literal(pattern)
    if plain is not None:
        if op == "/":
            return text.replace(plain, with_, 1)
        if op == "//":
            return text.replace(plain, with_) if len(text) * (len(with_) + 1) < MAX_TEXT * 4 else None
        if op == "/#":
            return with_ + text[len(plain) :] if text.startswith(plain) else text
        return text[: len(text) - len(plain)] + with_ if text.endswith(plain) else text
    if len(text) > 60:
        return None
    out, i = [], 0
    while i <= len(text):
        ends = [j for j in range(len(text), i, -1) if _matches(pattern, text[i:j]) and (op != "/%" or j == len(text))]
        if ends and (op != "/#" or i == 0):
            out.append(with_)
            i = ends[0]
            if op != "//":
                return "".join(out) + text[i:]
        else:
            out.append(text[i : i + 1])
            i += 1
    return "".join(out)


# ---- arithmetic ------------------------------------------------------------------------------------------------------------


def _names_in(text):
    """The variable names in an arithmetic expression."""
    names, i, n = [], 0, len(text)
    while i < n:
        c = text[i]
        if c.isalpha() or c == "_":
            j = i + 1
            while j < n and (text[j].isalnum() or text[j] == "_"):
                j += 1
            if text[i:j].isascii():
                names.append(text[i:j])
            i = j
        elif c.isdigit():
            while i < n and (text[i].isalnum() or text[i] in "_#"):
                i += 1
        else:
            i += 1
    return names


def _assigns(text):
    """True when an arithmetic expression may assign."""
    if "++" in text or "--" in text:
        return True
    bare = (
        text.replace("==", " ")
        .replace("!=", " ")
        .replace("<=", " " if "<<=" not in text else "=")
        .replace(">=", " " if ">>=" not in text else "=")
    )
    return "=" in bare


def _plain_number(text):
    digits = text.strip().lstrip("-")
    return digits.isdigit() and digits.isascii() and (digits[0] != "0" or digits == "0") and len(digits) < 19


class _Sum:
    """A constant arithmetic expression, by precedence climbing. Raises ValueError for what it does not know."""

    __slots__ = ("tokens", "at", "values", "depth")
    _LEVELS = {
        "||": 1,
        "&&": 2,
        "|": 3,
        "^": 4,
        "&": 5,
        "==": 6,
        "!=": 6,
        "<": 7,
        ">": 7,
        "<=": 7,
        ">=": 7,
        "<<": 8,
        ">>": 8,
        "+": 9,
        "-": 9,
        "*": 10,
        "/": 10,
        "%": 10,
        "**": 12,
    }

    def __init__(self, text, values):
        self.tokens, self.at, self.values, self.depth = self.cut(text), 0, values, 0

    def cut(self, text):
        tokens, i, n = [], 0, len(text)
        while i < n:
            c = text[i]
            if c in " \t\n":
                i += 1
            elif c.isalnum() or c == "_":
                j = i + 1
                while j < n and (text[j].isalnum() or text[j] in "_#@"):
                    j += 1
                tokens.append(text[i:j])
                i = j
            else:
                two = text[i : i + 2]
                tokens.append(two if two in self._LEVELS else c)
                i += len(tokens[-1])
        return tokens

    def result(self):
        value = self.ternary()
        if self.at != len(self.tokens):
            raise ValueError
        return value

    def ternary(self):
        self.depth += 1
        if self.depth > 40:
            raise ValueError
        test = self.binary(1)
        if self.at < len(self.tokens) and self.tokens[self.at] == "?":
            self.at += 1
            one = self.ternary()
            if self.tokens[self.at] != ":":
                raise ValueError
            self.at += 1
            other = self.ternary()
            test = one if test else other
        self.depth -= 1
        return test

    def binary(self, lowest):
        left = self.unary()
        while self.at < len(self.tokens):
            op = self.tokens[self.at]
            level = self._LEVELS.get(op, 0)
            if level < lowest:
                break
            self.at += 1
            right = self.binary(level if op == "**" else level + 1)
            left = _wrapped(_apply(op, left, right))
        return left

    def unary(self):
        self.depth += 1
        if self.depth > 40:
            raise ValueError
        token = self.tokens[self.at]
        self.at += 1
        if token in ("-", "+", "!", "~"):
            value = self.unary()
            value = {"-": -value, "+": value, "!": int(not value), "~": ~value}[token]
        elif token == "(":
            value = self.ternary()
            if self.tokens[self.at] != ")":
                raise ValueError
            self.at += 1
        elif token[0].isdigit():
            if not token.isascii() or "#" in token:
                raise ValueError
            value = int(token, 16) if token[:2] in ("0x", "0X") else int(token, 8) if token[0] == "0" else int(token)
        elif token in self.values:
            text = self.values[token]
            value = int(text) if text else 0
        else:
            raise ValueError
        self.depth -= 1
        return _wrapped(value)


def _wrapped(value):
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value


def _apply(op, a, b):
    if op == "**":
        if b < 0:
            raise ValueError
        return pow(a, b, 1 << 64)
    if op in ("/", "%"):
        quotient = abs(a) // abs(b)
        quotient = -quotient if (a < 0) != (b < 0) else quotient
        return quotient if op == "/" else a - quotient * b
    if op in ("<<", ">>"):
        if not 0 <= b < 64:
            raise ValueError
        return a << b if op == "<<" else a >> b
    return {
        "+": a + b,
        "-": a - b,
        "*": a * b,
        "|": a | b,
        "^": a ^ b,
        "&": a & b,
        "||": int(bool(a or b)),
        "&&": int(bool(a and b)),
        "==": int(a == b),
        "!=": int(a != b),
        "<": int(a < b),
        ">": int(a > b),
        "<=": int(a <= b),
        ">=": int(a >= b),
    }[op]


# ---- what builtins print -------------------------------------------------------------------------------------------------------


def _echo(command, dialect):
    args = command.args
    newline, escapes, at = True, False, 0
    while at < len(args) and (args[at].value or "")[:1] == "-" and len(args[at].value) > 1 and not args[at].value[1:].strip("neE"):
        flags = args[at].value
        newline = newline and "n" not in flags
        escapes = flags.rfind("e") > flags.rfind("E") if "e" in flags or "E" in flags else escapes
        at += 1
    rest = args[at:]
    if any(a.glob or a.split for a in rest) or rest and rest[0].pieces and rest[0].pieces[0].__class__ is not str:
        return None
    text = joined(rest).pieces if rest else ()
    if any("\\" in p for p in text if p.__class__ is str):
        if dialect == "bash" and not escapes:
            return packed((*text, "\n" if newline else ""))
        if len(text) != 1 or dialect == "sh":
            return None
        decoded = _unescaped(text[0], True)
        if decoded is None:
            return None
        text = (decoded,)
    return packed((*text, "\n" if newline else ""))


def _printf(command, dialect):
    args = command.args
    if args and args[0].value == "--":
        args = args[1:]
    if not args or args[0].value is None or args[0].value[:1] == "-" or any(a.glob or a.split for a in args):
        return None
    return formatted(args[0].value, args[1:])


def formatted(form, args):
    """What printf makes of a format and its Args; None when that is not known."""
    out, left, first = [], list(args), True
    while first or left:
        before, first = len(left), False
        i, n = 0, len(form)
        while i < n:
            c = form[i]
            if c == "\\":
                j = _escape_end(form, i)
                text = _unescaped(form[i:j])
                if text is None:
                    return None
                out.append(text)
                i = j
            elif c == "%":
                code = form[i + 1 : i + 2]
                if code == "%":
                    out.append("%")
                elif code == "s":
                    out += left.pop(0).pieces if left else ()
                elif code in ("d", "i"):
                    text = left.pop(0).value if left else "0"
                    if text is None or not _plain_number(text):
                        return None
                    out.append(text)
                elif code == "b":
                    text = left.pop(0).value if left else ""
                    text = _unescaped(text) if text is not None else None
                    if text is None:
                        return None
                    out.append(text)
                elif code == "c":
                    text = left.pop(0).value if left else ""
                    if text is None:
                        return None
                    out.append(text[:1])
                else:
                    return None
                i += 2
            else:
                j = i + 1
                while j < n and form[j] not in "\\%":
                    j += 1
                out.append(form[i:j])
                i = j
        if len(left) == before or len(out) > 2000:
            break
    return None if len(out) > 2000 else packed(out)


def _escape_end(text, i):
    """Where the backslash escape at i ends."""
    c = text[i + 1 : i + 2]
    if c == "x":
        j = i + 2
        while j < min(len(text), i + 4) and text[j] in "0123456789abcdefABCDEF":
            j += 1
        return j
    if c and c in "01234567":
        j = i + 1
        while j < min(len(text), i + 4) and text[j] in "01234567":
            j += 1
        return j
    return i + 2


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "e": "\x1b", '"': '"', "'": "'"}


def _unescaped(text, echo=False):
    """Backslash escapes of printf and echo -e; None for those that shells disagree on."""
    out, i = [], 0
    while i < len(text):
        if text[i] != "\\":
            out.append(text[i])
            i += 1
            continue
        j = _escape_end(text, i)
        body = text[i + 1 : j]
        if body in _ESCAPES and not (echo and body in ("'", '"')):
            out.append(_ESCAPES[body])
        elif echo and body and not body[0].isalnum():
            out.append("\\" + body)
        elif body[:1] == "x" and len(body) > 1 and int(body[1:], 16) < 128:
            out.append(chr(int(body[1:], 16)))
        elif body and body[0] in "01234567" and len(body) == 3 and int(body, 8) < 128:
            out.append(chr(int(body, 8)))
        else:
            return None
        i = j
    return None if "\0" in out else "".join(out)


def _pwd(command, dialect):
    return (command.cwd + "\n",) if command.cwd and len(command.argv) == 1 else None


def _cat(command, dialect):
    if len(command.argv) == 1 or len(command.argv) == 2 and command.argv[1].value == "-":
        return command.stdin.pieces if command.stdin is not None else None
    return None


def _silent(command, dialect):
    return ()


def _dirname(command, dialect):
    return _name_part(command, lambda path: path.rpartition("/")[0].rstrip("/") or ("/" if path[:1] == "/" else "."))


def _basename(command, dialect):
    return _name_part(command, lambda path: path.rpartition("/")[2])


def _name_part(command, take):
    words = command.words
    if len(words) != 1 or not words[0] or words[0][0] == "-" or command.args[0].glob or not words[0].strip("/") or words[0].endswith("/"):
        return None
    return (take(words[0]) + "\n",)


_SPEAKERS = {
    "echo": _echo,
    "printf": _printf,
    "pwd": _pwd,
    "cat": _cat,
    "true": _silent,
    ":": _silent,
    "cd": _silent,
    "export": _silent,
    "dirname": _dirname,
    "basename": _basename,
    "set": _silent,
    "unset": _silent,
}


# ---- what builtins do to the shell ---------------------------------------------------------------------------------------------


def _cd(walk, command, state, declared):
    args = [a for a in command.args if not (a.value or "").startswith("-") or a.value == "-"]
    physical = command.has_flag("P")
    if len(args) > 1 or any(a.split or a.glob for a in command.args):
        walk.move(state, None)
        return
    if not args:
        home = walk.fetch(state, "HOME", "$HOME")
        path = Arg(home, source="").value if home.__class__ is tuple else None
    elif args[0].value == "-":
        path = state.before
    else:
        path = args[0].value
    if path is None or physical and ".." in path:
        walk.move(state, None)
        return
    if path[:1] != "/":
        searched = walk.fetch(state, "CDPATH", "$CDPATH")
        if not state.cwd or not path or not _is_anything(searched) and searched and path.partition("/")[0] not in (".", ".."):
            walk.move(state, state.cwd if not path else None)
            return
        path = f"{state.cwd}/{path}"
    walk.move(state, normalise(path))


def _pushd(walk, command, state, declared):
    args = [a for a in command.args if a.value != "-q"]
    dirs, here = state.dirs, state.cwd
    if len(args) == 1 and args[0].value and args[0].value[0] not in "+-" and not args[0].glob:
        _cd(walk, Command((command.argv[0], args[0])), state, ())
        state.dirs = (here, *dirs) if dirs is not None else None
    elif not args and dirs:
        walk.move(state, dirs[0])
        state.dirs = (here, *dirs[1:])
    else:
        walk.move(state, None)
        state.dirs = None


def _popd(walk, command, state, declared):
    if state.dirs and not [a for a in command.args if a.value != "-q"]:
        dirs = state.dirs
        walk.move(state, dirs[0])
        state.dirs = dirs[1:]
    else:
        walk.move(state, None)
        state.dirs = None


def _declare(walk, command, state, declared):
    """declare, typeset, local, readonly, export, integer, float."""
    name = command.argv[0].value
    flags, at, args = "", 1, command.argv
    while at < len(args) and (args[at].value or "")[:1] in ("-", "+") and len(args[at].value) > 1:
        flags += args[at].value[1:] if args[at].value[0] == "-" else ""
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
            key, value, equals = key.partition("[")[0], _any_array(key.partition("[")[0]), "="
        elif node is None:
            value = packed((arg.pieces[0][len(text.partition("=")[0]) + 1 :], *arg.pieces[1:])) if equals else None
            if plus:
                value = _anything(key)
        if not is_name(key):
            walk.forget(state)
            continue
        if local and state.local is not None and key not in state.local:
            state.local = {**state.local, key: state.variables.get(key, _ABSENT)}
            if state.dialect != "bash":
                state.exports -= {key}
            if not equals and state.dialect == "bash":
                state.variables[key] = None
            elif not equals:
                # zsh makes it empty, dash leaves it as it was.
                state.variables[key] = () if state.dialect == "zsh" else _anything(key)
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
            if "a" not in flags:
                walk.odd.add(key)
        if equals or node is not None:
            walk.set(state, key, value, scope, node, None if node is not None else place)
        elif "A" in flags or "a" in flags:
            walk.set(state, key, [] if "a" in flags else _any_array(key), scope, None, place)
        if exporting:
            state.exports |= {key}
            if not equals and node is None and key in state.variables:
                walk.set(state, key, state.variables[key], "export", None, place)
        if name == "readonly" or "r" in flags:
            state.readonly |= {key}


def _unset(walk, command, state, declared):
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
            walk.set(state, text.partition("[")[0], _any_array(text.partition("[")[0]))
        elif text in state.variables or is_name(text):
            if not command.has_flag("v") and text in state.functions and text not in state.variables:
                state.functions = {n: (*b, None) if n == text else b for n, b in state.functions.items()}
            walk.set(state, text, None)
            state.exports -= {text}


def _read(walk, command, state, declared):
    names = command.operands("-a -d -i -n -N -p -t -u -A -k")
    array = command.flag_value("-a") or command.flag_value("-A")
    place = (command.start, command.end)
    feeds = command.feeds
    if array is not None and array.value and is_name(array.value):
        walk.set(state, array.value, _any_array(array.value, kind="input", commands=feeds), place=place)
    elif not names:
        walk.set(state, "REPLY", (Unknown("input", "$REPLY", "REPLY", feeds),), place=place)
    for arg in names:
        name = arg.value
        if name is not None and "?" in name:
            name = name.partition("?")[0]
        if name is None or arg.split:
            walk.forget(state)
        elif is_name(name):
            walk.set(state, name, (Unknown("input", f"${name}", name, feeds),), place=place)
        else:
            name = name.partition("[")[0]
            walk.set(state, name, _any_array(name), place=place)


def _mapfile(walk, command, state, declared):
    names = command.operands("-d -n -O -s -u -C -c")
    callback = command.flag_value("-C")
    if callback is not None:
        walk.shell_text(callback, state.copy(), "mapfile -C")
    name = names[-1].value if names else "MAPFILE"
    if name is None:
        walk.forget(state)
        return
    walk.set(state, name, _any_array(name, kind="input", commands=command.feeds), place=(command.start, command.end))


def _printf_v(walk, command, state, declared):
    if len(command.argv) > 2 and (command.argv[1].prefix if command.argv[1].value is None else command.argv[1].value).startswith("-v"):
        named = command.argv[2] if command.argv[1].value == "-v" else Arg((command.argv[1].value[2:],)) if command.argv[1].value else None
        rest = command.argv[3:] if command.argv[1].value == "-v" else command.argv[2:]
        name = named.value if named is not None else None
        if name is None:
            walk.forget(state)
        elif not is_name(name):
            name = name.partition("[")[0]
            walk.set(state, name, _any_array(name), place=(command.start, command.end))
        else:
            pieces = (
                formatted(rest[0].value, rest[1:])
                if rest and rest[0].value is not None and not any(a.glob or a.split for a in rest)
                else None
            )
            walk.set(state, name, pieces if pieces is not None else _anything(name), place=(command.start, command.end))


def _getopts(walk, command, state, declared):
    if len(command.argv) > 2 and command.argv[2].value and is_name(command.argv[2].value):
        for name in (command.argv[2].value, "OPTARG", "OPTIND"):
            walk.set(state, name, (Unknown("argument", f"${name}", name),), place=(command.start, command.end))
    else:
        walk.forget(state)


def _let(walk, command, state, declared):
    for arg in command.args:
        walk.number(arg.pieces, state)


def _set(walk, command, state, declared):
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


def _shift(walk, command, state, declared):
    number = 1
    if command.args:
        number = int(command.args[0].value) if (command.args[0].value or "").isdigit() else None
    if state.args is None or number is None or any(a.split or a.glob for a in state.args[:number]):
        state.args = None
    elif number <= len(state.args):
        state.args = state.args[number:]


def _eval(walk, command, state, declared):
    args = command.args[1:] if command.args and command.args[0].value == "--" else command.args
    if not args:
        return
    text = joined(args)
    command.code = (Code("sh", "argument", text),)
    vague = not text.known or any(a.glob or a.split for a in args) or command.open_ended
    before = {n: state.variables.get(n, _ABSENT) for n in walk.prefix if n in command.env}
    for name in before:
        state.variables[name] = command.env[name].pieces
    more, walk.more = walk.more, walk.more or command.open_ended
    if not text.known:
        walk.opaque = True
    _in_this_shell(walk, text, command, state, "eval")
    walk.more = more
    for name, value in before.items():
        if state.dialect != "bash":
            state.variables[name] = _anything(name)
        elif value is _ABSENT:
            state.variables.pop(name, None)
        else:
            state.variables[name] = value
    if vague:
        walk.forget(state, True)


def _in_this_shell(walk, text, command, state, label):
    """Read a text and walk it in the running shell, from where a command stands."""
    place, via = walk.place, walk.via
    walk.place, walk.via = (command.start, command.end), command.via
    walk.shell_text(text, state, label)
    walk.place, walk.via = place, via


def _source(walk, command, state, declared):
    if not command.args:
        return
    path = command.args[0] if command.args[0].value != "--" else command.args[1] if len(command.args) > 1 else command.args[0]
    content = path.pieces[0].content if len(path.pieces) == 1 and path.pieces[0].__class__ is Unknown else None
    if path.value in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        content = command.stdin
        command.code = (Code("sh", "stdin", content),)
    else:
        command.code = (Code("sh", "file", path),)
    if content is None:
        walk.opaque = True
        walk.forget(state)
        return
    returns, walk.returns = walk.returns, []
    outer = state.args
    if len(command.args) > 1:
        state.args = list(command.args[1:])
    _in_this_shell(walk, content, command, state, "source")
    for other in walk.returns:
        walk.join(state, other)
    walk.returns = returns
    if len(command.args) > 1:
        state.args = outer
    if not content.known:
        walk.forget(state, True)


def _trap(walk, command, state, declared):
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
    walk.traps.append(_Trap(args[0], handler, (len(walk.log), walk.moved), command.via, command.root, place, "trap"))
    if all(s in ("EXIT", "0") for s in signals):
        return
    if not args[0].known:
        walk.blind = True
        walk.forget(state, True)
        return
    # It may run at any moment from here on: what it sets is never known again.
    commands, assigned, log, moved = len(walk.commands), len(walk.assigned), len(walk.log), walk.moved
    _in_this_shell(walk, args[0], command, handler.copy(), "trap")
    del walk.commands[commands:], walk.assigned[assigned:]
    walk.volatile.update(name for name, _ in walk.log[log:] if name)
    if walk.moved != moved or any(name is None for name, _ in walk.log[log:]):
        walk.blind = True
        walk.forget(state, True)


def _alias(walk, command, state, declared):
    for arg in command.args:
        text = arg.prefix if arg.value is None else arg.value
        name, equals, _ = text.partition("=")
        if not equals or text[:1] == "-":
            continue
        walk.names.add(name)
        walk.tampered.add(name)
        if state.dialect == "zsh" or "expand_aliases" in walk.outermost:
            walk.aliases.add(name)
        value = Arg(packed((arg.pieces[0][len(name) + 1 :], *arg.pieces[1:])))
        if not value.pieces:
            continue
        more, walk.more = walk.more, True
        later = state.copy()
        later.args = None
        later.variables = {n: _anything(n) for n in later.variables}
        _in_this_shell(walk, value, command, later, f"alias {name}")
        walk.more = more


def _exit(walk, command, state, declared):
    if len(command.args) <= 1 and not command.redirects and (not command.args or (command.args[0].value or "").isdigit()):
        state.dead = True


def _return(walk, command, state, declared):
    if walk.returns is None:
        return
    walk.returns.append(state.copy())
    if not command.redirects and (not command.args or len(command.args) == 1 and (command.args[0].value or "").isdigit()):
        state.dead = True


def _break(walk, command, state, declared):
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


def _exec(walk, command, state, declared):
    if len(command.argv) == 1:
        for redirect in command.redirects:
            if redirect.fd == 0:
                # The shell itself reads on from there.
                given = state.input
                state.input = Input(given.text, given.feeds, given.fed, given.label)


def _switch(walk, command, state, declared):
    """enable and hash change what a name means."""
    walk.tampered.update(a.value for a in command.args if a.value)


_BUILTINS = {
    "cd": _cd,
    "chdir": _cd,
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
    "mapfile": _mapfile,
    "readarray": _mapfile,
    "printf": _printf_v,
    "getopts": _getopts,
    "let": _let,
    "set": _set,
    "shift": _shift,
    "eval": _eval,
    "source": _source,
    ".": _source,
    "trap": _trap,
    "alias": _alias,
    "exit": _exit,
    "return": _return,
    "break": _break,
    "continue": _break,
    "exec": _exec,
    "enable": _switch,
    "hash": _switch,
}
