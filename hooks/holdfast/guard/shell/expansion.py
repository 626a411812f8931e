"""Words -> Args, for words that are more than plain text: parameters, substitutions, arithmetic, arrays, and how the result is split."""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import MAX_PIECES, Input, any_array, is_anything, texts_of
from holdfast.guard.shell.tree import Arith, ExtGlob, Param, Subst, Text
from holdfast.guard.shell.wrappers import is_name, joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from holdfast.guard.shell.state import Pieces, State, Value
    from holdfast.guard.shell.tree import (
        Assign,
        Part,
        Word,
    )
    from holdfast.guard.shell.understand import Walk

# Programs whose output is never empty when they work.
_NEVER_EMPTY = frozenset("mktemp pwd dirname basename realpath readlink greadlink date whoami hostname id uname nproc arch".split())
_NINE = tuple("123456789")
_NUMBERS = frozenset(("?", "$", "!", "#", "RANDOM", "SECONDS", "LINENO", "BASHPID", "PPID", "UID", "EUID"))
_ZSH_SPLITS = frozenset(" \t\n*?[]\\~=<>()|^#")


def split_fields(walk: "Walk", parts: "Sequence[Part]", word: "Word", state: "State") -> "list[Arg]":
    """Expand parts and split them into fields."""
    builder = _Fields(word, walk.source(word))
    assigning = False
    if state.dialect == "zsh" and len(parts) > 1:
        from holdfast.guard.shell.zsh import with_suffixes

        parts = with_suffixes(walk, parts, state)
    for at, part in enumerate(parts):
        if isinstance(part, Text):
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
            if state.args is None and isinstance(part, Param) and part.name in _NINE and at and not part.op and not part.quoted:
                before = parts[at - 1]
                if isinstance(before, Param) and before.name == "IFS":
                    continue  # $IFS$9: an empty parameter that ends the name
            add_expansion(walk, part, state, builder)
    return builder.finish()


def in_place(walk: "Walk", word: "Word", state: "State", assigning: bool) -> "Pieces":
    """A word in a place where it is neither split nor globbed: tuple of pieces."""
    parts: "Sequence[Part]" = word.parts
    walk.spend(1, word)
    builder = _Fields(word, "")
    if state.dialect == "zsh" and len(parts) > 1:
        from holdfast.guard.shell.zsh import with_suffixes

        parts = with_suffixes(walk, parts, state)
    for at, part in enumerate(parts):
        if isinstance(part, Text):
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
        elif isinstance(part, ExtGlob):
            for inner in part.words:
                walk.value(inner, state)
            builder.add(Unknown("special", walk.source(part)))
        else:
            value = expanded(walk, part, state)
            if not isinstance(value, list):
                builder.add_all(value)
            elif len(value) == 1 and not value[0].split:
                builder.add_all(value[0].pieces)
            elif any(arg.split or arg.glob for arg in value) or separators(walk, state) != " \t\n":
                builder.add(Unknown("argument", walk.source(part), getattr(part, "name", "")))
            else:
                builder.add_all(joined(value).pieces if value else ())
    return builder.pieces_now()


def ansi_quoted(walk: "Walk", part: Text) -> Unknown:
    """$'...' under the name of sh: some shells decode it, others take the $ for itself."""
    source = walk.source(part)
    known = not walk.holes or part.text.isascii()
    return Unknown("special", source, options=(part.text, "$" + source[2:-1]) if known else ())


def add_expansion(walk: "Walk", part: "Part", state: "State", builder: "_Fields") -> None:
    """Add what Param, Subst, Arith or ExtGlob gives to the fields."""
    if isinstance(part, Param):
        value = parameter(walk, part, state)
    elif isinstance(part, Subst):
        value = substitution(walk, part, state)
    elif isinstance(part, Arith):
        value = arithmetic(walk, part.parts, state, walk.source(part))
    else:
        for word in part.words if isinstance(part, ExtGlob) else ():
            walk.value(word, state)
        builder.glob = True
        builder.add(Unknown("special", walk.source(part)))
        return
    if isinstance(value, list):
        add_list(walk, value, part, state, builder)
    elif part.quoted:
        builder.add_all(value)
    else:
        split_value(walk, value, state, builder, isinstance(part, Subst))


def add_list(walk: "Walk", value: "list[Arg]", part: "Param | Subst | Arith", state: "State", builder: "_Fields") -> None:
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
            if k + 1 < len(value) and value[k + 1].split and part.end + 1 < builder.word.end:
                # Where the next are none, what follows in the word belongs to this one.
                builder.add(Unknown("argument", walk.source(part), getattr(part, "name", "")))
            builder.glob |= arg.glob
            builder.split |= arg.split
        else:
            split_value(walk, arg.pieces, state, builder)
        if arg.split and arg.unknowns:
            walk.open = True
            builder.split = True


def in_one(walk: "Walk", value: "list[Arg]", part: "Param | Subst | Arith", state: "State") -> "Pieces":
    """ "$*": the arguments in one text."""
    if any(arg.split or arg.glob for arg in value):
        return (Unknown("argument", walk.source(part), getattr(part, "name", "")),)
    ifs = separators(walk, state)
    if ifs is None:
        return (Unknown("argument", walk.source(part), getattr(part, "name", "")),)
    pieces: "list[str | Unknown]" = []
    for k, arg in enumerate(value):
        if k:
            pieces.append(ifs[:1])
        pieces += arg.pieces
    return packed(pieces)


def split_value(walk: "Walk", value: "Iterable[str | Unknown]", state: "State", builder: "_Fields", output: bool = False) -> None:
    """Add an unquoted expansion: known text is split and may hold globs."""
    if state.dialect == "zsh" and not output:
        for piece in value:
            if isinstance(piece, str) and not _ZSH_SPLITS.isdisjoint(piece) and changes_options(walk):
                builder.add(Unknown("variable", piece))
                builder.split = True
            else:
                builder.add(piece)
                if not isinstance(piece, str):
                    builder.split = True
        return
    ifs = separators(walk, state)
    for piece in value:
        if not isinstance(piece, str):
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


def survives(walk: "Walk", text: str, state: "State") -> bool:
    """True when no value that IFS may have splits the text."""
    value = walk.fetch(state, "IFS", "$IFS")
    choices = texts_of(value) if isinstance(value, tuple) else []
    return bool(choices) and all(set(text).isdisjoint(choice) for choice in choices)


def changes_options(walk: "Walk") -> bool:
    if walk.options_change is None:
        text = walk.outermost
        walk.options_change = "opt" in text or "emulate" in text or "set -" in text or "set +" in text
    return walk.options_change


def separators(walk: "Walk", state: "State") -> "str | None":
    if "IFS" not in state.variables and not walk.blind and "IFS" not in walk.volatile:
        return " \t\n"
    value = walk.fetch(state, "IFS", "$IFS")
    if value is None:
        return " \t\n"
    return Arg(value, source="").value if isinstance(value, tuple) else None


def expand_tilde(walk: "Walk", text: str, state: "State", builder: "_Fields", alone: bool) -> str:
    """Expand a leading ~ when it is one; the text that is left."""
    prefix, slash, rest = text.partition("/")
    if not slash and not alone:
        return text
    if prefix == "~":
        pieces = walk.fetch(state, "HOME", "~")
        if pieces is None or isinstance(pieces, list):
            pieces = (Unknown("variable", "~", "HOME"),)
        if pieces and isinstance(pieces[-1], str) and slash and pieces[-1].endswith("/"):
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


def expand_tildes(walk: "Walk", text: str, state: "State", builder: "_Fields", last: bool) -> None:
    """The value of an assignment: ~ counts at its beginning and after each colon."""
    for k, part in enumerate(text.split(":")):
        if k:
            builder.add(":")
        if part[:1] == "~":
            part = expand_tilde(walk, part, state, builder, last or k < text.count(":"))
        builder.add_text(part, walk.holes, True)


def expanded(walk: "Walk", part: "Part", state: "State") -> "Pieces | list[Arg]":
    """The value of one expansion: pieces, or a list of Args where it may be several words."""
    if isinstance(part, Param):
        return parameter(walk, part, state)
    if isinstance(part, Subst):
        return substitution(walk, part, state)
    return arithmetic(walk, part.parts, state, walk.source(part)) if isinstance(part, Arith) else ()


def text_of(walk: "Walk", body: "Word", state: "State") -> "Pieces":
    """The text of a heredoc."""
    parts = body.parts
    if len(parts) == 1 and isinstance(parts[0], Text) and not walk.holes:
        return (parts[0].text,) if parts[0].text else ()
    pieces: "list[str | Unknown]" = []
    for part in parts:
        if isinstance(part, Text):
            pieces += with_unknowns(walk, part.text)
        else:
            value = expanded(walk, part, state)
            pieces += (
                value
                if isinstance(value, tuple)
                else (Unknown("argument", walk.source(part)),)
                if any(a.split or a.glob for a in value)
                else joined(value).pieces
                if value
                else ()
            )
    return packed(pieces)


def with_unknowns(walk: "Walk", text: str) -> "list[str | Unknown]":
    """The opposite of with_holes: list of pieces."""
    return cut(text, walk.holes) if walk.holes and not text.isascii() else [text] if text else []


# ---- parameters, substitutions, arithmetic ------------------------------------------------------------------------------


def parameter(walk: "Walk", part: "Param", state: "State") -> "Pieces | list[Arg]":
    """$name and its kin -> tuple of pieces, or list of Args when it stands for several arguments."""
    walk.spend(3, part)
    name, op, source = part.name, part.op, walk.source(part)
    if state.dialect == "zsh" and not walk.text.isascii() and source[-1] != "}" and walk.text[part.end : part.end + 1].isalnum():
        # zsh takes letters beyond ASCII for part of the name.
        return (Unknown("variable", source, name),)
    if not op and part.index is None and not part.indirect and name[:1] not in "@*#0123456789":
        value = walk.fetch(state, name, source)
        if isinstance(value, tuple):
            return value
        if value is None:
            return ()
        return first_of(walk, value, name, source, state)
    value = bare_param(walk, part, state, source)
    if part.indirect or op == "!":
        return indirect(walk, part, value, state, source)
    if not op:
        return () if value is None else value
    from holdfast.guard.shell.parameters import operate

    return operate(walk, part, value, state, source)


def first_of(walk: "Walk", elements: "list[Arg]", name: str, source: str, state: "State") -> "Pieces | list[Arg]":
    if state.dialect == "zsh":
        return elements if not elements or any(e.split for e in elements) else (Unknown("variable", source, name),)
    if not elements:
        return ()
    if elements[0].split or elements[0].glob:
        return (Unknown("variable", source, name, [c for u in elements[0].unknowns for c in u.commands]),)
    return elements[0].pieces


def bare_param(walk: "Walk", part: "Param", state: "State", source: str) -> "Value":
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
        return first_of(walk, value, name, source, state) if isinstance(value, list) and part.op != "#len" else value
    text = walk.value(index, state)
    if text in (("@",), ("*",)):
        return (
            value if isinstance(value, list) else [] if value is None else any_array(name, source) if is_anything(value) else [Arg(value)]
        )
    number = walk.number(text, state)
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 1 and value[0].split and value[0].unknowns and value[0].unknowns[0].options:
        # A map: one of its values, or nothing.
        return (Unknown("variable", source, name, options=dict.fromkeys([*value[0].unknowns[0].options, ""])),)
    if isinstance(value, tuple):
        return value if number == 0 and state.dialect != "zsh" and name not in walk.odd else (Unknown("variable", source, name),)
    if number is None or state.dialect == "zsh" or any(e.split or e.glob for e in value) or name in walk.odd or number < -len(value):
        return (Unknown("variable", source, name, [c for e in value for u in e.unknowns for c in u.commands]),)
    return value[number].pieces if number < len(value) else None


def positional(walk: "Walk", state: "State", source: str = "$@") -> "list[Arg]":
    if state.args is None:
        return [Arg((Unknown("argument", source, "@"),), split=True)]
    return state.args


def positional_argument(walk: "Walk", number: int, state: "State", source: str) -> "Pieces | None":
    if number == 0:
        return state.zero.pieces if state.zero is not None else (Unknown("variable", source, "0", some=("bash",), fallback="bash"),)
    args = state.args
    if args is None or any(a.split or a.glob for a in args[:number]):
        return (Unknown("argument", source, str(number)),)
    return args[number - 1].pieces if number <= len(args) else None


def indirect(walk: "Walk", part: "Param", value: "Value", state: "State", source: str) -> "Pieces | list[Arg]":
    for word in part.words:
        walk.value(word, state)
    if isinstance(value, tuple) and not part.words:
        name = Arg(value, source="").value
        if name and is_name(name) and name not in walk.odd:
            found = walk.fetch(state, name, source)
            return () if found is None else first_of(walk, found, name, source, state) if isinstance(found, list) else found
        if name and "[" in name:
            from holdfast.guard.shell.sums import reveal

            reveal(walk, name, state, [])
    if part.index is not None or isinstance(value, list):
        return any_array(part.name, source)
    return (Unknown("variable", source, part.name),)


def kind_star(part: "Part") -> bool:
    """True for $* and ${a[*]}."""
    if not isinstance(part, Param):
        return False
    if part.name == "*":
        return True
    index = part.index
    return index is not None and len(index.parts) == 1 and isinstance(index.parts[0], Text) and index.parts[0].text == "*"


def substitution(walk: "Walk", part: Subst, state: "State") -> "Pieces":
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
        made = commands[-1] if commands else None
        if made is not None and made.program == "git" and "--show-toplevel" in made.words and walk.world.project and not made.redirects[1:]:
            return (walk.world.project,)
        filled = made is not None and (made.program in _NEVER_EMPTY or made.program == "git" and "rev-parse" in made.words)
        return (Unknown("output", source, commands=commands, fallback="computed" if filled else ""),)
    if said and isinstance(said[-1], str):
        said = packed((*said[:-1], said[-1].rstrip("\n")))
    elif said and isinstance(last := said[-1], Unknown) and any(text[-1:] == "\n" for text in last.some):
        options, some = [text.rstrip("\n") for text in last.options], [text.rstrip("\n") for text in last.some]
        said = (*said[:-1], Unknown(last.kind, last.source, last.name, last.commands, dict.fromkeys(options), some))
    return said


def arithmetic(walk: "Walk", parts: "list[Part]", state: "State", source: str) -> "Pieces":
    """$(( ... )) -> pieces."""
    pieces: "list[str | Unknown]" = []
    for part in parts:
        if isinstance(part, Text):
            pieces += with_unknowns(walk, part.text)
        elif isinstance(part, Subst):
            pieces += substitution(walk, part, state)
        elif isinstance(part, Arith):
            pieces += arithmetic(walk, part.parts, state, walk.source(part))
        elif isinstance(part, Param):
            value = parameter(walk, part, state)
            pieces += value if isinstance(value, tuple) else (Unknown("argument", walk.source(part)),)
    number = walk.number(packed(pieces), state)
    return (str(number),) if number is not None else (Unknown("arithmetic", source),)


# ---- arrays ------------------------------------------------------------------------------------------------------------


def array_value(walk: "Walk", node: "Assign", state: "State") -> "list[Arg]":
    """The elements of name=( ... )."""
    found, indexed = [], False
    for index, word in node.array or ():
        if index is not None:
            subscript(walk, index, state)
            indexed = True
        found += walk.args(word, state) if index is None else [Arg(walk.value(word, state))]
    if not indexed:
        return found
    texts = [arg.value for arg in found]
    known = [text for text in texts if text is not None]
    options = dict.fromkeys(known) if len(known) == len(texts) < 16 else ()
    return [Arg((Unknown("variable", f"${{{node.name}[@]}}", node.name, options=options),), split=True)]


def with_element(walk: "Walk", old: "Value", index: "int | None", value: "Pieces", name: str, state: "State") -> "list[Arg]":
    """An array after name[index]=value."""
    text = Arg(value, source="").value
    if name in walk.maps and text is not None and (old is None or isinstance(old, list) and len(old) <= 1):
        options = [o for arg in old or () for u in arg.unknowns for o in u.options] if isinstance(old, list) else []
        if options or not old:
            return [Arg((Unknown("variable", f"${{{name}[@]}}", name, options=dict.fromkeys([*options, text][:16])),), split=True)]
    elements = old if isinstance(old, list) else [] if old is None else None
    if elements is None or index is None or state.dialect == "zsh" or any(e.split or e.glob for e in elements):
        return any_array(name)
    if 0 <= index < len(elements):
        return [*elements[:index], Arg(value), *elements[index + 1 :]]
    return [*elements, Arg(value)] if index == len(elements) and index < MAX_PIECES else any_array(name)


def subscript(walk: "Walk", word: "Word", state: "State") -> "int | None":
    """The number in [brackets], or None."""
    return walk.number(walk.value(word, state), state)


# ---- fields ------------------------------------------------------------------------------------------------------------


class _Fields:
    """Puts the fields of one word together, piece by piece."""

    __slots__ = ("word", "source", "done", "pieces", "started", "glob", "split")

    def __init__(self, word: "Word", source: str) -> None:
        self.word, self.source = word, source
        self.done: "list[Arg]" = []
        self.pieces: "list[str | Unknown]" = []
        self.started, self.glob, self.split = False, False, False

    def add(self, piece: "str | Unknown") -> None:
        self.pieces.append(piece)
        self.started = True

    def add_all(self, pieces: "Iterable[str | Unknown]") -> None:
        """A quoted value: even when empty there is a field."""
        self.pieces += pieces
        self.started = True

    def add_text(self, text: str, holes: "dict[str, Unknown]", quoted: bool) -> None:
        if holes and not text.isascii():
            for piece in cut(text, holes):
                self.pieces.append(piece)
                if not isinstance(piece, str) and not quoted:
                    self.split = True
        else:
            self.pieces.append(text)
        if text or quoted:
            self.started = True
        if not quoted and ("*" in text or "?" in text or "[" in text and "]" in text):
            self.glob = True

    def cut(self, text: str, holes: "dict[str, Unknown]") -> "list[str | Unknown]":
        return cut(text, holes) if holes and not text.isascii() else [text] if text else []

    def split_text(self, text: str, ifs: str) -> None:
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
            elif isinstance(token, str):
                self.pieces.append(token)
                self.started = True

    def flush(self) -> None:
        glob, split = self.glob, self.split
        self.done.append(Arg(packed(self.pieces), glob, split, self.word, self.source))
        self.pieces, self.started, self.split = [], False, False

    def finish(self) -> "list[Arg]":
        if self.started:
            self.flush()
        return self.done

    def pieces_now(self) -> "Pieces":
        return packed(self.pieces)


_SOFT, _HARD = object(), object()


def _tokens(text: str, ifs: str) -> "list[object]":
    """Known text -> its fields and what separates them: _SOFT for blanks, _HARD for another character of IFS with blanks around it."""
    blanks = [c for c in ifs if c in " \t\n"]
    out: "list[object]" = []
    i, n = 0, len(text)
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


def cut(text: str, holes: "dict[str, Unknown]") -> "list[str | Unknown]":
    """Text with holes -> list of str and Unknown."""
    out: "list[str | Unknown]" = []
    start = 0
    for i, c in enumerate(text):
        if c in holes:
            if i > start:
                out.append(text[start:i])
            out.append(holes[c])
            start = i + 1
    if start < len(text):
        out.append(text[start:])
    return out
