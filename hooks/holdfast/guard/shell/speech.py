"""What echo, printf, pwd and the like print, when their arguments tell. Loaded when the output of one goes somewhere."""

from holdfast.guard.shell.wrappers import joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from holdfast.guard.line import Arg, Code, Command, Unknown
    from holdfast.guard.shell.state import Pieces
    from holdfast.guard.shell.understand import Walk

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "e": "\x1b", '"': '"', "'": "'"}


def _echo(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    args = command.args
    newline, escapes, at = True, False, 0
    while at < len(args) and (flags := args[at].value or "")[:1] == "-" and len(flags) > 1 and not flags[1:].strip("neE"):
        newline = newline and "n" not in flags
        escapes = flags.rfind("e") > flags.rfind("E") if "e" in flags or "E" in flags else escapes
        at += 1
    rest = args[at:]
    if any(a.glob or a.split for a in rest) or rest and rest[0].pieces and not isinstance(rest[0].pieces[0], str):
        return None
    text = joined(rest).pieces if rest else ()
    if any("\\" in p for p in text if isinstance(p, str)):
        if dialect == "bash" and not escapes:
            return packed((*text, "\n" if newline else ""))
        if len(text) != 1 or dialect == "sh":
            return None
        decoded = _unescaped(joined(rest).prefix, True)
        if decoded is None:
            return None
        text = (decoded,)
    return packed((*text, "\n" if newline else ""))


def _printf(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    args = command.args
    if args and args[0].value == "--":
        args = args[1:]
    if not args or args[0].value is None or any(a.glob or a.split for a in args):
        return None
    if args[0].value[:1] == "-" and command.args[0] is args[0]:
        return None
    return formatted(args[0].value, args[1:])


def formatted(form: str, args: "Iterable[Arg]") -> "Pieces | None":
    """What printf makes of a format and its Args; None when that is not known."""
    out: "list[str | Unknown]" = []
    left, first = list(args), True
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
                    from holdfast.guard.shell.sums import plain_number

                    if text is None or not plain_number(text):
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


def _escape_end(text: str, i: int) -> int:
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


def _unescaped(text: str, echo: bool = False) -> "str | None":
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


def _pwd(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    return (command.cwd + "\n",) if command.cwd and len(command.argv) == 1 else None


def _cat(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    return given_text(walk, command, [a for a in command.args if a.value not in ("-u", "--")])


def given_text(walk: "Walk", command: "Command", files: "Sequence[Arg]") -> "Pieces | None":
    """What a filter reads: standard input, or the files it is given, when the text says what is in them."""
    if not files:
        return command.stdin.pieces if command.stdin is not None else None
    pieces: "list[str | Unknown]" = []
    for arg in files:
        if arg.value == "-":
            text = command.stdin
        elif arg.glob or arg.split or arg.prefix[:1] == "-":
            return None
        elif len(arg.pieces) == 1 and not isinstance(arg.pieces[0], str):
            text = arg.pieces[0].content
        elif walk.writers or walk.descriptors:
            from holdfast.guard.shell.held import content

            text = content(walk, arg, command)
        else:
            return None
        if text is None:
            return None
        pieces += text.pieces
    return packed(pieces)


def _silent(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    return ()


def _dirname(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    return _name_part(command, lambda path: path.rpartition("/")[0].rstrip("/") or ("/" if path[:1] == "/" else "."))


def _basename(walk: "Walk", command: "Command", dialect: str) -> "Pieces | None":
    return _name_part(command, lambda path: path.rpartition("/")[2])


def _name_part(command: "Command", take: "Callable[[str], str]") -> "Pieces | None":
    words = command.words
    if len(words) != 1 or not words[0] or words[0][0] == "-" or command.args[0].glob or not words[0].strip("/") or words[0].endswith("/"):
        return None
    return (take(words[0]) + "\n",)


def printed_by_code(code: "Code") -> "Pieces | None":
    """What a program prints that is a single print of a plain text: print("..."), puts '...', BEGIN { print "..." }."""
    text = code.text.value if code.text is not None and code.origin == "argument" else None
    if text is None or len(text) > 10_000:
        return None
    text = text.strip().rstrip(";").strip()
    if code.language == "awk" and text[:5] == "BEGIN":
        text = text[5:].strip().removeprefix("{").removesuffix("}").strip().rstrip(";").strip()
    word = next((word for word in _PRINTS if text.startswith(word)), None)
    if word is None or code.language == "awk" and word != "print":
        return None
    text = text[len(word) :].strip()
    if text[:1] == "(" and text[-1:] == ")":
        text = text[1:-1].strip()
    mark, inner = text[:1], text[1:-1]
    if mark not in ("'", '"') or text[-1:] != mark or len(text) < 2 or mark in inner or not set("\\$@#`\n").isdisjoint(inner):
        return None
    ends = "" if code.language in ("perl", "php") and word != "say" or word == "printf" or word.endswith("write") else "\n"
    return packed((inner, ends)) if "%" not in inner or word != "printf" else None


_PRINTS = ("process.stdout.write", "console.log", "printf", "print", "puts", "echo", "say", "sys.stdout.write")
SPEAKERS = {
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
