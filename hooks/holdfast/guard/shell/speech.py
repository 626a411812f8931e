"""What echo, printf, pwd and the like print, when their arguments tell. Loaded when the output of one goes somewhere."""

from holdfast.guard.shell.wrappers import joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from holdfast.guard.line import Arg, Command, Unknown
    from holdfast.guard.shell.state import Pieces

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "e": "\x1b", '"': '"', "'": "'"}


def _echo(command: "Command", dialect: str) -> "Pieces | None":
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


def _printf(command: "Command", dialect: str) -> "Pieces | None":
    args = command.args
    if args and args[0].value == "--":
        args = args[1:]
    if not args or args[0].value is None or args[0].value[:1] == "-" or any(a.glob or a.split for a in args):
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


def _pwd(command: "Command", dialect: str) -> "Pieces | None":
    return (command.cwd + "\n",) if command.cwd and len(command.argv) == 1 else None


def _cat(command: "Command", dialect: str) -> "Pieces | None":
    if len(command.argv) == 1 or len(command.argv) == 2 and command.argv[1].value == "-":
        return command.stdin.pieces if command.stdin is not None else None
    return None


def _silent(command: "Command", dialect: str) -> "Pieces | None":
    return ()


def _dirname(command: "Command", dialect: str) -> "Pieces | None":
    return _name_part(command, lambda path: path.rpartition("/")[0].rstrip("/") or ("/" if path[:1] == "/" else "."))


def _basename(command: "Command", dialect: str) -> "Pieces | None":
    return _name_part(command, lambda path: path.rpartition("/")[2])


def _name_part(command: "Command", take: "Callable[[str], str]") -> "Pieces | None":
    words = command.words
    if len(words) != 1 or not words[0] or words[0][0] == "-" or command.args[0].glob or not words[0].strip("/") or words[0].endswith("/"):
        return None
    return (take(words[0]) + "\n",)


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
