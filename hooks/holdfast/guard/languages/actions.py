"""What a call of a known function amounts to: ACTION name -> function (Reader, Value called on, arguments, named arguments)."""

from holdfast.guard.languages.reading import Value, formatted, read, unknown
from holdfast.guard.line import Unknown
from holdfast.guard.shell.wrappers import packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.guard.languages.reading import Pieces, Reader

    Fields = dict[str, Value]
    Action = Callable[[Reader, Value, list[Value], Fields], "Value | None"]

_TRUE = ("True", "true", "1", "T", "TRUE", ":true")
_ENVIRONMENT: "Pieces" = ("/proc/self/environ",)


def _is_true(value: "Value | None") -> bool:
    return value is not None and (value.name in _TRUE or value.known in _TRUE)


def _first(args: "list[Value]") -> Value:
    return args[0] if args else Value()


def _target(on: Value, args: "list[Value]") -> Value:
    """The path that a function gets, or that a method is called on."""
    return on if on.name[:1] == "." else _first(args)


def _rest(on: Value, args: "list[Value]") -> "list[Value]":
    return args if on.name[:1] == "." else args[1:]


# ---- running ---------------------------------------------------------------------------------------------------------------


def _sh(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    first = _target(on, args)
    if first.items is not None:
        reader.argv([first])
        return Value(name="output")
    if "received" in first.marks and first.text is None:
        reader.shell = True
    if len(args) > 1 and first is args[0] and args[1].known is not None and reader.dialect.name in ("swift", "clojure", "lisp"):
        reader.argv(args)
        return Value(name="output")
    return reader.text(first)


def _list(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Program and arguments, one by one or as a list."""
    named = fields.get("args") or fields.get("cmd")
    first = args[0] if args else None
    if first is not None and first.fields.get("cmd") is not None:
        first = first.fields["cmd"]
        args = [first, *args[1:]]
    shell = next((v.fields.get("shell") for v in args if v.fields.get("shell") is not None), None) or fields.get("shell")
    given = [v for v in args if not v.fields and v.name != "{}"]
    if named is None:
        named = next((v.fields["args"] for v in args if v.fields.get("args") is not None), None)
    if named is not None:
        given.append(named)
    if on.items is not None and on.name[:1] == ".":
        given = [on]
    flat = [v for value in given for v in (value.items if value.items is not None else [value])]
    if shell is not None and (_is_true(shell) or shell.known) and flat:
        pieces: "list[str | Unknown]" = []
        for value in flat:
            pieces += [" ", *value.pieces()] if pieces else value.pieces()
        return reader.text(Value(packed(pieces)))
    reader.argv(flat)
    return Value(name="output")


def _system(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Ruby's and Perl's system: one text is read by a shell, several are a program and its arguments."""
    given = [v for v in args if not v.fields and v.name != "{}"]
    if len(given) == 1 and given[0].items is None:
        return _sh(reader, Value(), given, fields)
    if not given and not args:
        reader.ran = True
        return Value(name="output")
    reader.argv(given)
    return Value(name="output")


def _popen(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Python's subprocess."""
    first = args[0] if args else fields.get("args") or Value()
    sockets = [fields.get(n) for n in ("stdin", "stdout", "stderr")]
    if any(v is not None and ("socket" in v.marks or "fileno" in v.name) for v in sockets):
        reader.rewired = True
    if first.items is not None:
        if _is_true(fields.get("shell")) and first.items:
            return reader.text(first.items[0])
        reader.argv([first])
    elif first.known is not None and not _is_true(fields.get("shell")) and " " not in first.known:
        reader.argv([first])
    else:
        return reader.text(first)
    return Value(name="output")


def _execl(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """exec and spawn with argv[0] given: (path, argv0, ...) or (path, [argv0, ...]); spawn has a mode first."""
    if on.name.startswith(("os.spawn", "spawn", "os.posix_spawn")) and not on.name.startswith("os.posix"):
        args = args[1:]
    if not args:
        return None
    rest = args[1].items[1:] if len(args) > 1 and args[1].items is not None else args[2:]
    if len(args) > 1 and args[1].items is None and args[1].text is None and args[1].name and len(args) == 2:
        rest = [args[1]]
    reader.argv([args[0], *rest])
    return None


def _split(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """shlex.split("a b"), "a b".split()"""
    text = _target(on, args).known
    separator = args[0].known if on.text is not None and args else None
    if text is None:
        return Value(marks=on.marks)
    return Value(items=[Value((w,) if w else ()) for w in (text.split(separator) if separator else text.split())], marks=on.marks)


# ---- files -----------------------------------------------------------------------------------------------------------------


def _files(*words: str) -> "Action":
    """A program that is given the paths: _files("rm", "-f")."""

    def action(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
        values = (
            [on] if on.text is not None and on.name[:1] == "." else args[:1] if reader.dialect.name in ("python", "node", "r") else args
        )
        if values and (values[0].known or "").startswith("-"):
            values = args[1:]
        flat = [v for value in values for v in (value.items if value.items is not None else [value])]
        recursive = any(_is_true(f) for f in (fields.get("recursive"), *(v.fields.get("recursive") for v in args)))
        paths = [v.text for v in flat if v.text]
        if paths:
            extra = (("-r",),) if recursive and "-r" not in words else ()
            reader.run(*((w,) for w in words), *extra, ("--",), *paths)
        return None

    return action


def _two(*words: str) -> "Action":
    """A program that is given a source and a target."""

    def action(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
        both = [on, *args] if on.text is not None and on.name[:1] == "." else args
        if len(both) > 1 and (both[0].text or both[1].text):
            flat = both[0].items if both[0].items is not None else [both[0]]
            reader.run(*((w,) for w in words), ("--",), *(v.pieces() for v in flat), both[1].pieces())
        return None

    return action


def _chmod(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    both = [on, *args] if on.text is not None and on.name[:1] == "." else list(args)
    if len(both) > 1:
        if both[0].text is None or (both[0].known or "").isdigit() and reader.dialect.name in ("perl", "ruby"):
            both[0], both[1] = both[1], both[0]
        mode = both[1]
        digits = (mode.known or mode.name).lower().lstrip("0o") or "0"
        for path in both[0].items if both[0].items is not None else [both[0]]:
            if path.text:
                reader.run(("chmod",), (digits,) if digits.isdigit() else mode.pieces(), ("--",), path.text)
    return None


def _chown(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    if args and args[0].text:
        owner = ":".join(v.name or v.known or "?" for v in args[1:3])
        reader.run(("chown",), (owner or "?",), ("--",), args[0].text)
    return None


def _open(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """open(path, mode): read or written by its mode."""
    path, rest = _target(on, args), _rest(on, args)
    mode = rest[0].known if rest else None
    flags = rest[0].name if rest and mode is None else ""  # os.open's
    if mode is None:
        given = fields.get("mode")
        mode = given.known if given is not None else "r"
    if path.text and _is_url(path):
        return _get(reader, on, [path, *args[1:]], fields)
    if path.text:
        first = path.text[0]
        if isinstance(first, str) and first.startswith("|") and reader.dialect.name in ("ruby", "tcl", "r"):
            return reader.text(Value((first[1:], *path.text[1:])))
        if any(c in (mode or "r") for c in "wax+>") or any(f in flags for f in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")):
            reader.write(path)
        else:
            reader.run(("cat",), path.text)
            return Value(file=path.text, name="file()")
    return Value(name="file()")


def _openperl(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """open(F, "cmd|"), open(F, "<", path), open(F, ">path")"""
    if len(args) < 2:
        return None
    if args[0].name in ("STDIN", "STDOUT", "STDERR"):
        reader.rewired = True
    mode = args[1].known
    if len(args) > 2 and mode is not None:
        sign = mode.strip().partition(":")[0].strip()
        if sign in ("-|", "|-"):
            return _system(reader, on, args[2:], fields)
        if args[2].text:
            if ">" in sign or sign == "+<":
                reader.write(args[2])
            else:
                reader.run(("cat",), args[2].text)
        return None
    text = args[1].text
    if not text:
        return None
    first, last = text[0], text[-1]
    if isinstance(first, str) and first.lstrip().startswith("|"):
        reader.text(Value((first.lstrip()[1:], *text[1:])))
    elif isinstance(last, str) and last.rstrip().endswith("|"):
        reader.text(Value(packed((*text[:-1], last.rstrip()[:-1].rstrip()))))
    elif isinstance(first, str) and first.lstrip().startswith(">"):
        if "&" in first:
            return None
        reader.write(Value(packed((first.lstrip().lstrip("> "), *text[1:]))))
    elif isinstance(first, str):
        reader.run(("cat",), packed((first.lstrip("< "), *text[1:])))
    return None


def _write(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    reader.write(_target(on, args))
    return None


def _in_place(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """fileinput.input(files, inplace=True)"""
    given = _first(args) if args else fields.get("files") or Value()
    if _is_true(fields.get("inplace")) or len(args) > 1 and _is_true(args[1]):
        for path in given.items if given.items is not None else [given]:
            reader.write(path)
    return None


def _into(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """frame.to_csv(path), numpy.save(path, ...)"""
    reader.write(_first(args))
    return None


def _read(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    path = _target(on, args)
    if path.text and _is_url(path):
        return _get(reader, on, [path, *args[1:]], fields)
    if "socket" in path.marks:
        return Value(marks=frozenset(("received",)))
    if path.text:
        reader.run(("cat",), path.text)
        return Value(file=path.text)
    return Value(marks=path.marks)


def _unlink_r(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """R's unlink(x, recursive = TRUE)"""
    deep = _is_true(fields.get("recursive")) or len(args) > 1 and _is_true(args[1])
    for value in (_first(args).items or [_first(args)])[:20]:
        if value.text:
            reader.run(("rm",), ("-rf",) if deep else ("-f",), ("--",), value.text)
    return None


# ---- texts and paths ---------------------------------------------------------------------------------------------------------


def _same(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return _target(on, args)


def _pathname(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Parts of a path joined."""
    given = [on, *args] if on.text is not None and on.name[:1] == "." else args
    out: "list[str | Unknown]" = []
    for value in given:
        pieces = value.pieces()
        if pieces and isinstance(pieces[0], str) and pieces[0][:1] == "/":
            out = []
        if out and not (isinstance(out[-1], str) and out[-1].endswith("/")):
            out.append("/")
        out += pieces
    return Value(packed(out), marks=frozenset(("path",)))


def _home(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return Value(("~",), marks=frozenset(("path",)))


def _joined(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """ "".join([...]), [...].join("") and join("", ...)"""
    if on.items is not None:
        items, glue = on.items, args[0].known if args else ","
    else:
        glue = on.known if on.text is not None else _first(args).known
        items = (_first(args).items if on.text is not None else [v for a in args[1:] for v in (a.items or [a])]) or []
    marks = frozenset().union(*(v.marks for v in [on, *args, *items]))
    if glue is None or not items:
        return Value(marks=marks)
    out: "list[str | Unknown]" = []
    for i, value in enumerate(items):
        out += ([glue] if i and glue else []) + list(value.pieces())
    return Value(packed(out), marks=marks)


def _replace(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    text = on.known
    if text is None or len(args) < 2 or args[0].known is None or args[1].known is None:
        return Value(marks=on.marks)
    return Value((text.replace(args[0].known, args[1].known),), marks=on.marks)


def _format(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    text = on.known
    if text is None:
        return Value(marks=on.marks)
    out: "list[str | Unknown]" = []
    marks = on.marks
    for i, part in enumerate(text.replace("{{", "\0").replace("}}", "\1").split("{")):
        if i:
            name, _, part = part.partition("}")
            name = name.partition(":")[0].partition("!")[0]
            value = (
                args[int(name)]
                if name.isdigit() and int(name) < len(args)
                else fields.get(name)
                if name
                else args[i - 1]
                if i <= len(args)
                else None
            ) or Value(name=name or "a value")
            out += value.pieces()
            marks |= value.marks
        out.append(part.replace("\0", "{").replace("\1", "}"))
    return Value(packed(out), marks=marks)


def _callback(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """call_user_func("system", x), send(:system, x)"""
    name = _first(args).known
    rest = [v for a in args[1:] for v in (a.items if a.items is not None and len(args) == 2 else [a])]
    return reader.call(Value(name=name), rest, fields) if name and name in reader.dialect.calls else None


def _vector(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return Value(items=args)


def _sprintf(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return formatted(_first(args), Value(items=args[1:]))


def _module(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    name = _first(args).known
    return (
        Value(name=(name[5:] if name.startswith("node:") else name)) if name else Value(name="a module", marks=frozenset(("constructed",)))
    )


def _getattr(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    if len(args) > 1 and args[1].known:
        return reader.attribute(args[0], args[1].known)
    return None


def _env(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    name = _first(args).known
    return Value(("~",)) if name == "HOME" else Value(name=f"$${name or ''}")


# ---- decoding --------------------------------------------------------------------------------------------------------------------


def _decoder(kind: str) -> "Action":
    def action(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
        from holdfast.guard.languages.decoding import decoded

        value = _target(on, args)
        how, text = kind, value.known
        if kind == "buffer":
            how = {"base64": "b64", "hex": "hex", "base64url": "b64"}.get((args[1].known if len(args) > 1 else "") or "", "")
            if not how:
                return Value(value.text, marks=value.marks)
        elif kind == "codec":
            codec = (args[-1].known or "") if args else ""
            how = {"rot13": "rot13", "rot_13": "rot13", "base64": "b64", "hex": "hex", "base64_codec": "b64", "hex_codec": "hex"}.get(
                codec, ""
            )
            if not how:
                return Value(value.text, value.items, "", value.marks, value.file)
        elif kind == "unpack":
            # Ruby: text.unpack("m"), Perl: unpack("u", text), pack("H*", text)
            form, value = (
                (args[0].known, on)
                if on.text is not None and on.name[:1] == "."
                else (_first(args).known, args[1] if len(args) > 1 else Value())
            )
            how = {"m": "b64", "m0": "b64", "H*": "hex", "u": "uu", "A*": ""}.get(form or "", "?")
            text = value.known
            if on.items is not None and form in ("c*", "C*", "U*"):
                return _chars(reader, Value(), [on], fields)
        elif kind == "bytes":
            if value.items is not None:
                return _chars(reader, Value(), [value], fields)
            return Value(value.text, marks=value.marks)
        marks = value.marks | {"decoded"}
        found = decoded(text, how) if text is not None and how else None
        if text is None and "decoded" not in value.marks and value.file is None and value.text is None and not value.name:
            return Value(marks=marks)
        return Value((found,), marks=marks) if found is not None else Value(marks=marks)

    return action


def _chars(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """chr(114), String.fromCharCode(114, 109)"""
    values = [v for a in args for v in (a.items if a.items is not None else [a])]
    out = []
    for value in values:
        digits = value.name or value.known or ""
        try:
            out.append(chr(int(digits, 0) if not digits.isdigit() else int(digits)))
        except (ValueError, OverflowError):
            return Value(marks=frozenset(("decoded",)))
    return Value(("".join(out),) if out else (), marks=frozenset(("decoded",)))


def _eval(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Text of the same language is run."""
    value = _first(args)
    if value.name == "Function" or on.name == "Function" or on.name == "new Function":
        value = args[-1] if args else value
    reader.judged_marks(value.marks)
    reader.evaluated |= value.known is None and value.file is None and value.name != "input()"
    if "input" in value.marks:
        interpreter = {"python": "python3"}.get(reader.dialect.name, reader.dialect.name)
        reader.shell_text(f"{interpreter} -", stdin=True)
    if value.file is not None and value.text is None:
        return None
    text = value.known
    if text and reader.depth < 4:
        if len(text) < 65536:
            nested = read(text, reader.dialect, reader.holes, reader.depth + 1)
            reader.found += nested
    elif value.text is None and value.name == "input()":
        reader.shell_text("sh -", stdin=True)
    return Value(marks=value.marks)


def _compile(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return _first(args)


# ---- network -------------------------------------------------------------------------------------------------------------------


def _is_url(path: Value) -> bool:
    first = path.text[0] if path.text else ""
    return isinstance(first, str) and first.startswith(("http://", "https://", "ftp://"))


def _url(args: "list[Value]", fields: "Fields") -> "Pieces":
    value = _first(args)
    named = fields.get("url") or value.fields.get("url") or value.fields.get("hostname") or value.fields.get("host")
    return (named or value).pieces()


def _get(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    url = _url(args, fields)
    reader.fetched = True
    sent = _sent(args[1:], fields)
    if sent is None and any("environment" in a.marks for a in args):
        sent = ("-d",), ("@/proc/self/environ",)
    if sent is not None:
        reader.run(("curl",), ("-s",), *sent, url)
    elif _first(args).file is not None:
        reader.run(("curl",), ("-s",), ("-d",), ("@", *_first(args).file), url)  # type: ignore[misc]
    elif any(isinstance(p, str) for p in url):
        reader.run(("curl",), ("-s",), url)
    return Value(name="response()", marks=frozenset(("fetched",)))


def _post(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return _get(reader, on, args, fields)


def _sent(args: "list[Value]", fields: "Fields") -> "tuple[Pieces, ...] | None":
    """Options of curl for what a request carries: from a file, else a text."""
    for value in [*fields.values(), *args]:
        for inner in _within(value, 0):
            if inner.file is not None:
                return ("-d",), packed(("@", *inner.file))
            if inner.name.split("()")[0] in (
                "os.environ",
                "process.env",
                "ENV",
                "%ENV",
                "dict(os.environ)",
                "$_ENV",
                "System.getenv",
                "getenv",
            ):
                return ("-d",), packed(("@", *_ENVIRONMENT))
            if "input" in inner.marks:
                return ("-d",), ("@-",)
    for name in ("data", "json", "body", "files"):
        value2 = fields.get(name) or next((v.fields[name] for v in args if name in v.fields), None)
        if value2 is not None:
            return ("-d",), value2.pieces() if value2.text else (unknown("data"),)
    return None


def _within(value: Value, depth: int) -> "list[Value]":
    found = [value]
    if depth < 4:
        for inner in [*(value.items or ()), *value.fields.values()]:
            found += _within(inner, depth + 1)
    return found


def _connect(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    flat = [v for a in args for v in (a.items if a.items is not None else [a])]
    peer = fields.get("PeerAddr") or fields.get("PeerHost") or fields.get("host")
    host = peer.pieces() if peer is not None else next((v.pieces() for v in flat if v.text and not (v.known or "").isdigit()), ("host",))
    port = fields.get("port") or next((v for v in flat if (v.known or "").isdigit()), None)
    number = (port.known or port.name or "port") if port is not None else "port"
    reader.peer = (host, (number,))
    return Value(name="socket()", marks=frozenset(("socket",)))


def _bind(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    reader.peer = (("0.0.0.0",), ("port",))
    reader.served = True
    return Value(name="socket()", marks=frozenset(("socket",)))


def _dup(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    reader.rewired = True
    return None


def _socket(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return Value(name="socket()", marks=frozenset(("socket",)))


def _receive(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Text that comes from a connection, or from wherever else the thing reads."""
    marks = on.marks.union(*(a.marks for a in args))
    if "socket" in marks or reader.peer is not None and on.name.startswith(".recv"):
        return Value(marks=on.marks | {"received"}, file=on.file)
    return Value(marks=on.marks, file=on.file, name="")


def _send(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    """Data written to a connection."""
    if reader.peer is None:
        return None
    for value in args:
        for inner in _within(value, 0):
            if inner.file is not None:
                reader.run(("curl",), ("-T",), inner.file, packed(("ftp://", *reader.peer[0], "/")))
            elif inner.name.split("()")[0] in ("os.environ", "process.env", "ENV"):
                reader.run(("curl",), ("-T",), _ENVIRONMENT, packed(("ftp://", *reader.peer[0], "/")))
    return None


def _stdin(reader: "Reader", on: Value, args: "list[Value]", fields: "Fields") -> "Value | None":
    return Value(marks=frozenset(("input",)))


ACTIONS: "dict[str, Action]" = {
    "sh": _sh,
    "list": _list,
    "system": _system,
    "popen": _popen,
    "execl": _execl,
    "split": _split,
    "rm": _files("rm", "-f"),
    "rmtree": _files("rm", "-r", "-f"),
    "rmdir": _files("rmdir"),
    "touch": _files("touch"),
    "mkdir": _files("mkdir", "-p"),
    "truncate": _files("truncate", "-s", "0"),
    "unlink_r": _unlink_r,
    "cp": _two("cp", "-r"),
    "mv": _two("mv"),
    "ln": _two("ln"),
    "lns": _two("ln", "-s"),
    "chmod": _chmod,
    "chown": _chown,
    "open": _open,
    "openperl": _openperl,
    "write": _write,
    "inplace": _in_place,
    "into": _into,
    "read": _read,
    "same": _same,
    "path": _pathname,
    "home": _home,
    "join": _joined,
    "replace": _replace,
    "format": _format,
    "sprintf": _sprintf,
    "callback": _callback,
    "vector": _vector,
    "module": _module,
    "getattr": _getattr,
    "env": _env,
    "b64": _decoder("b64"),
    "b32": _decoder("b32"),
    "hex": _decoder("hex"),
    "a85": _decoder("a85"),
    "zlib": _decoder("zlib"),
    "rot13": _decoder("rot13"),
    "reverse": _decoder("reverse"),
    "url": _decoder("url"),
    "uu": _decoder("uu"),
    "marshal": _decoder("?"),
    "buffer": _decoder("buffer"),
    "codec": _decoder("codec"),
    "unpack": _decoder("unpack"),
    "bytes": _decoder("bytes"),
    "chars": _chars,
    "eval": _eval,
    "compile": _compile,
    "get": _get,
    "post": _post,
    "connect": _connect,
    "bind": _bind,
    "dup": _dup,
    "socket": _socket,
    "receive": _receive,
    "send": _send,
    "stdin": _stdin,
}
