"""Words -> Args, for words that are more than plain text: parameters, substitutions, arithmetic, arrays, and how the result is split."""

from holdfast.bash_guard.line import Arg, Unknown
from holdfast.bash_guard.state import MAX_PIECES, Input, any_array, is_anything, texts_of
from holdfast.bash_guard.tree import Arith, ExtGlob, Param, Subst, Text
from holdfast.bash_guard.wrappers import is_name, joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.bash_guard.state import Pieces, State, Value
    from holdfast.bash_guard.tree import Assign, Part, Word
    from holdfast.bash_guard.understand import Walk


_NUMBERS = frozenset(("?", "$", "!", "#", "RANDOM", "SECONDS", "LINENO", "BASHPID", "PPID", "UID", "EUID"))
_ZSH_SPLITS = frozenset(" \t\n*?[]\\~=<>()|^#")


def split_fields(walk, parts, word, state):
    """Expand parts and split them into fields."""
    builder = _Fields(word, walk.source(word))
    assigning = False
    for at, part in enumerate(parts):
        kind = part.__class__
        if kind is Text:
            text = part.text
            if part.quote:
                if part.quote == "$'" and state.dialect == "sh":
                    builder.add(ansi_quoted(walk, part))
                else:
                    builder.add_text(text, walk.holes, True)
                continue
            if at == 0:
                if text[:1] == "~":
                    text = expand_tilde(walk, text, state, builder, len(parts) == 1)
                elif text[:1] == "=" and len(text) > 1 and state.dialect == "zsh" and (text[1].isalpha() or text[1] == "_"):
                    builder.add(Unknown("special", "="))
                    text = "/" + text[1:]
                elif state.dialect == "bash" and "~" in text:
                    name, equals, value = text.partition("=")
                    if equals and is_name(name):
                        builder.add_text(name + "=", walk.holes, False)
                        assigning, text = True, value
            if assigning:
                expand_tildes(walk, text, state, builder, at == len(parts) - 1)
            else:
                builder.add_text(text, walk.holes, False)
        else:
            add_expansion(walk, part, state, builder)
    return builder.finish()


def in_place(walk, word, state, assigning):
    """A word in a place where it is neither split nor globbed: tuple of pieces."""
    parts = word.parts
    walk.spend(1, word)
    builder = _Fields(word, "")
    for at, part in enumerate(parts):
        if part.__class__ is Text:
            text = part.text
            if part.quote == "$'" and state.dialect == "sh":
                builder.add(ansi_quoted(walk, part))
            elif not part.quote and "~" in text and assigning:
                expand_tildes(walk, text, state, builder, at == len(parts) - 1) if at == 0 or ":" in text else builder.add_text(
                    text, walk.holes, True
                )
            elif not part.quote and at == 0 and text[:1] == "~":
                builder.add_text(expand_tilde(walk, text, state, builder, len(parts) == 1), walk.holes, True)
            else:
                builder.add_text(text, walk.holes, True)
        elif part.__class__ is ExtGlob:
            for inner in part.words:
                walk.value(inner, state)
            builder.add(Unknown("special", walk.source(part)))
        else:
            value = (
                parameter(walk, part, state)
                if part.__class__ is Param
                else substitution(walk, part, state)
                if part.__class__ is Subst
                else arithmetic(walk, part.parts, state, walk.source(part))
            )
            if value.__class__ is not list:
                builder.add_all(value)
            elif len(value) == 1 and not value[0].split:
                builder.add_all(value[0].pieces)
            elif any(arg.split or arg.glob for arg in value) or separators(walk, state) != " \t\n":
                builder.add(Unknown("argument", walk.source(part), getattr(part, "name", "")))
            else:
                builder.add_all(joined(value).pieces if value else ())
    return builder.pieces_now()


def ansi_quoted(walk, part):
    """$'...' under the name of sh: some shells decode it, others take the $ for itself."""
    source = walk.source(part)
    known = not walk.holes or part.text.isascii()
    return Unknown("special", source, options=(part.text, "$" + source[2:-1]) if known else ())


def add_expansion(walk, part, state, builder):
    """Add what Param, Subst, Arith or ExtGlob gives to the fields."""
    kind = part.__class__
    if kind is Param:
        value = parameter(walk, part, state)
    elif kind is Subst:
        value = substitution(walk, part, state)
    elif kind is Arith:
        value = arithmetic(walk, part.parts, state, walk.source(part))
    else:
        for word in part.words:
            walk.value(word, state)
        builder.glob = True
        builder.add(Unknown("special", walk.source(part)))
        return
    if value.__class__ is list:
        add_list(walk, value, part, state, builder)
    elif part.quoted:
        builder.add_all(value)
    else:
        split_value(walk, value, state, builder, kind is Subst)


def add_list(walk, value, part, state, builder):
    """Several arguments in the place of one: "$@", "${a[@]}", or an unquoted operand that is taken apart already."""
    star = kind_star(part)
    walk.spend(len(value))
    if part.quoted and star:
        builder.add_all(in_one(walk, value, part, state))
        return
    for k, arg in enumerate(value):
        if k and builder.started:
            builder.flush()
        if part.quoted or value is walk.spliced:
            builder.add_all(arg.pieces)
            builder.glob |= arg.glob
            builder.split |= arg.split
        else:
            split_value(walk, arg.pieces, state, builder)
        if arg.split and arg.unknowns:
            walk.open = True
            builder.split = True


def in_one(walk, value, part, state):
    """ "$*": the arguments in one text."""
    if any(arg.split or arg.glob for arg in value):
        return (Unknown("argument", walk.source(part), part.name),)
    ifs = separators(walk, state)
    if ifs is None:
        return (Unknown("argument", walk.source(part), part.name),)
    pieces = []
    for k, arg in enumerate(value):
        if k:
            pieces.append(ifs[:1])
        pieces += arg.pieces
    return packed(pieces)


def split_value(walk, value, state, builder, output=False):
    """Add an unquoted expansion: known text is split and may hold globs."""
    if state.dialect == "zsh" and not output:
        for piece in value:
            if piece.__class__ is str and not _ZSH_SPLITS.isdisjoint(piece) and changes_options(walk):
                builder.add(Unknown("variable", piece))
                builder.split = True
            else:
                builder.add(piece)
                if piece.__class__ is not str:
                    builder.split = True
        return
    ifs = separators(walk, state)
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
        if ifs is None and not survives(walk, piece, state):
            builder.add(Unknown("variable", piece, some=(piece,), fallback=piece))
            builder.split = True
            continue
        if "*" in piece or "?" in piece or "[" in piece or "\\" in piece:
            builder.glob = True
        builder.split_text(piece, ifs or "")
        walk.steps += len(piece) >> 5


def survives(walk, text, state):
    """True when no value that IFS may have splits the text."""
    value = walk.fetch(state, "IFS", "$IFS")
    choices = texts_of(value) if value.__class__ is tuple else []
    return bool(choices) and all(set(text).isdisjoint(choice) for choice in choices)


def changes_options(walk):
    if walk.options_change is None:
        text = walk.outermost
        walk.options_change = "opt" in text or "emulate" in text or "set -" in text or "set +" in text
    return walk.options_change


def separators(walk, state):
    if "IFS" not in state.variables and not walk.blind and "IFS" not in walk.volatile:
        return " \t\n"
    value = walk.fetch(state, "IFS", "$IFS")
    if value is None:
        return " \t\n"
    return Arg(value, source="").value if value.__class__ is tuple else None


def expand_tilde(walk, text, state, builder, alone):
    """Expand a leading ~ when it is one; the text that is left."""
    prefix, slash, rest = text.partition("/")
    if not slash and not alone:
        return text
    if prefix == "~":
        pieces = walk.fetch(state, "HOME", "~")
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


def expand_tildes(walk, text, state, builder, last):
    """The value of an assignment: ~ counts at its beginning and after each colon."""
    for k, part in enumerate(text.split(":")):
        if k:
            builder.add(":")
        if part[:1] == "~":
            part = expand_tilde(walk, part, state, builder, last or k < text.count(":"))
        builder.add_text(part, walk.holes, True)


def text_of(walk, body, state):
    """The text of a heredoc."""
    parts = body.parts
    if len(parts) == 1 and parts[0].__class__ is Text and not walk.holes:
        return (parts[0].text,) if parts[0].text else ()
    pieces = []
    for part in parts:
        if part.__class__ is Text:
            pieces += with_unknowns(walk, part.text)
        else:
            value = (
                parameter(walk, part, state)
                if part.__class__ is Param
                else substitution(walk, part, state)
                if part.__class__ is Subst
                else arithmetic(walk, part.parts, state, walk.source(part))
            )
            pieces += (
                value
                if value.__class__ is tuple
                else (Unknown("argument", walk.source(part)),)
                if any(a.split or a.glob for a in value)
                else joined(value).pieces
                if value
                else ()
            )
    return packed(pieces)


def with_unknowns(walk, text):
    """The opposite of with_holes: list of pieces."""
    return cut(text, walk.holes) if walk.holes and not text.isascii() else [text] if text else []


# ---- parameters, substitutions, arithmetic ------------------------------------------------------------------------------


def parameter(walk, part, state):
    """$name and its kin -> tuple of pieces, or list of Args when it stands for several arguments."""
    walk.steps += 1
    name, op, source = part.name, part.op, walk.source(part)
    if state.dialect == "zsh" and not walk.text.isascii() and source[-1] != "}" and walk.text[part.end : part.end + 1].isalnum():
        # zsh takes letters beyond ASCII for part of the name.
        return (Unknown("variable", source, name),)
    if not op and part.index is None and not part.indirect and name[:1] not in "@*#0123456789":
        value = walk.fetch(state, name, source)
        if value.__class__ is tuple:
            return value
        if value is None:
            return ()
        return first_of(walk, value, name, source, state)
    value = bare_param(walk, part, state, source)
    if part.indirect or op == "!":
        return indirect(walk, part, value, state, source)
    if not op:
        return () if value is None else value
    from holdfast.bash_guard.parameters import operate

    return operate(walk, part, value, state, source)


def first_of(walk, elements, name, source, state):
    if state.dialect == "zsh":
        return elements if not elements or any(e.split for e in elements) else (Unknown("variable", source, name),)
    if not elements:
        return ()
    if elements[0].split or elements[0].glob:
        return (Unknown("variable", source, name, [c for u in elements[0].unknowns for c in u.commands]),)
    return elements[0].pieces


def bare_param(walk, part, state, source):
    """The value before any operator. None: unset."""
    name, index = part.name, part.index
    if name in ("@", "*"):
        return positional(walk, state, source)
    if name == "#":
        if state.args is None or any(a.split or a.glob for a in state.args):
            return (Unknown("argument", source, "#"),)
        return (str(len(state.args)),)
    if name.isdigit():
        return positional_argument(walk, int(name), state, source)
    value = walk.fetch(state, name, source)
    if index is None:
        return first_of(walk, value, name, source, state) if value.__class__ is list and part.op != "#len" else value
    text = walk.value(index, state)
    if text in (("@",), ("*",)):
        return (
            value
            if value.__class__ is list
            else []
            if value is None
            else any_array(name, source)
            if is_anything(value)
            else [Arg(value)]
        )
    number = walk.number(text, state)
    if value is None:
        return None
    if value.__class__ is tuple:
        return value if number == 0 and state.dialect != "zsh" and name not in walk.odd else (Unknown("variable", source, name),)
    if number is None or state.dialect == "zsh" or any(e.split or e.glob for e in value) or name in walk.odd or number < -len(value):
        return (Unknown("variable", source, name, [c for e in value for u in e.unknowns for c in u.commands]),)
    return value[number].pieces if number < len(value) else None


def positional(walk, state, source="$@"):
    if state.args is None:
        return [Arg((Unknown("argument", source, "@"),), split=True)]
    return state.args


def positional_argument(walk, number, state, source):
    if number == 0:
        return state.zero.pieces if state.zero is not None else (Unknown("variable", source, "0", some=("bash",)),)
    args = state.args
    if args is None or any(a.split or a.glob for a in args[:number]):
        return (Unknown("argument", source, str(number)),)
    return args[number - 1].pieces if number <= len(args) else None


def indirect(walk, part, value, state, source):
    for word in part.words:
        walk.value(word, state)
    if value.__class__ is tuple and not part.words:
        name = Arg(value, source="").value
        if name and is_name(name) and name not in walk.odd:
            found = walk.fetch(state, name, source)
            return () if found is None else first_of(walk, found, name, source, state) if found.__class__ is list else found
    if part.index is not None or value.__class__ is list:
        return any_array(part.name, source)
    return (Unknown("variable", source, part.name),)


def kind_star(part):
    """True for $* and ${a[*]}."""
    if part.__class__ is not Param:
        return False
    if part.name == "*":
        return True
    index = part.index
    return index is not None and len(index.parts) == 1 and index.parts[0].__class__ is Text and index.parts[0].text == "*"


def substitution(walk, part, state):
    """$(...), `...`, <(...), >(...), =(...) -> tuple of pieces."""
    walk.spend(2, part)
    source = walk.source(part)
    if part.kind == ">(":
        unknown = Unknown("file", source)
        walk.deferred.append((part, unknown, state.copy()))
        return (unknown,)
    first = len(walk.commands)
    inner = state.copy()
    if part.kind in ("<(", "=("):
        inner.input = Input()
    walk.apart(part.body, inner, part.kind)
    commands = [c for c in walk.commands[first:] if c is not None]
    if part.kind in ("<(", "=("):
        said = walk.output(part.body, state.dialect)
        unknown = Unknown("file", source, commands=commands)
        unknown.content = Arg(said) if said is not None else None
        return (unknown,)
    said = walk.output(part.body, state.dialect)
    if said is None:
        return (Unknown("output", source, commands=commands),)
    if said and said[-1].__class__ is str:
        said = packed((*said[:-1], said[-1].rstrip("\n")))
    return said


def arithmetic(walk, parts, state, source):
    """$(( ... )) -> pieces."""
    pieces = []
    for part in parts:
        if part.__class__ is Text:
            pieces += with_unknowns(walk, part.text)
        elif part.__class__ is Subst:
            pieces += substitution(walk, part, state)
        elif part.__class__ is Arith:
            pieces += arithmetic(walk, part.parts, state, walk.source(part))
        elif part.__class__ is Param:
            value = parameter(walk, part, state)
            pieces += value if value.__class__ is tuple else (Unknown("argument", walk.source(part)),)
    number = walk.number(packed(pieces), state)
    return (str(number),) if number is not None else (Unknown("arithmetic", source),)


# ---- arrays ------------------------------------------------------------------------------------------------------------


def array_value(walk, node, state):
    """The elements of name=( ... )."""
    found, indexed = [], False
    for index, word in node.array:
        if index is not None:
            subscript(walk, index, state)
            indexed = True
        found += walk.args(word, state) if index is None else [Arg(walk.value(word, state))]
    return any_array(node.name) if indexed else found


def with_element(walk, old, index, value, name, state):
    """An array after name[index]=value."""
    elements = old if old.__class__ is list else [] if old is None else None
    if elements is None or index is None or state.dialect == "zsh" or any(e.split or e.glob for e in elements):
        return any_array(name)
    if 0 <= index < len(elements):
        return [*elements[:index], Arg(value), *elements[index + 1 :]]
    return [*elements, Arg(value)] if index == len(elements) and index < MAX_PIECES else any_array(name)


def subscript(walk, word, state):
    """The number in [brackets], or None."""
    return walk.number(walk.value(word, state), state)


# ---- fields ------------------------------------------------------------------------------------------------------------


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
            for piece in cut(text, holes):
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
        return cut(text, holes) if holes and not text.isascii() else [text] if text else []

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


def cut(text, holes):
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
