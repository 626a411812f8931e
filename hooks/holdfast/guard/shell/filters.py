"""What filters make of known text: decoders, and the small change of sed, tr, cut, head. Loaded when the output of one goes somewhere.

A filter is followed only where its words say exactly what it does; then the text that comes out is known although no reader of the
command can see it, so `walk.decoded` keeps which command it was.
"""

from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.speech import given_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.guard.line import Command
    from holdfast.guard.shell.state import Pieces
    from holdfast.guard.shell.understand import Walk

    Change = Callable[[str], str | None]

MAX_TEXT = 16_384  # characters that a filter is followed over
_CLASSES = {
    "lower": "abcdefghijklmnopqrstuvwxyz",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "digit": "0123456789",
    "space": " \t\n\v\f\r",
    "blank": " \t",
    "alpha": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "alnum": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "-": "-", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "/": "/", "]": "]", "[": "["}


def filtered(walk: "Walk", command: "Command") -> "Pieces | None":
    """What a filter prints, when its words and what it reads tell; else None."""
    words = command.words
    if None in words or any(a.glob or a.split for a in command.args):
        return None
    found = FILTERS[command.program](command, [word or "" for word in words])
    if found is None:
        return None
    change, files = found
    if command.program == "yes":
        return (" ".join([word or "" for word in words] or ["y"]) + "\n", Unknown("output", "yes", commands=(command,)))
    given = given_text(walk, command, files)
    if given is None:
        return None
    if command.program == "head" and len(given) == 2 and isinstance(given[1], Unknown) and given[1].source == "yes":
        given = given[:1]
    text = Arg(given, source="").value
    if change is None:
        return given
    if text is None or len(text) > MAX_TEXT:
        return None
    walk.spend(1 + (len(text) >> 3))
    result = change(text)
    if result is None or len(result) > MAX_TEXT:
        return None
    walk.decoded.append((result, command))
    return (result,) if result else ()


def lines_of(text: str) -> "list[str]":
    """The lines, each with its newline."""
    return text.splitlines(True) if text.isascii() and not any(c in text for c in "\r\v\f\x1c\x1d\x1e") else [
        line + "\n" for line in text.split("\n")[:-1]] + ([text.rpartition("\n")[2]] if text[-1:] not in ("\n", "") else [])


def _decoder(how: str) -> "Change":
    def change(text: str) -> "str | None":
        from holdfast.guard.languages.decoding import decoded

        if how == "hex":
            digits = "".join(text.split())
            text = digits if len(digits) % 2 == 0 else digits[:-1]
        result = decoded(text, how)
        return result if result is None or "\0" not in result else None

    return change


def _coder(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    if not command.has_flag("d", "D", "--decode"):
        return None
    how = "b32" if "32" in command.program or "--base32" in words else "hex" if "16" in command.program or "--base16" in words else "b64"
    if command.program == "basenc" and not any(w.startswith("--base") for w in words):
        return None
    value = "-w --wrap -i --input -b --break" if "-D" in words else "-w --wrap"
    return _decoder(how), command.operands(value)


def _xxd(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    flags = [word for word in words if word[:1] == "-"]
    if not any(word in ("-r", "-revert", "--revert") or "r" in word and set(word) <= set("-rp") for word in flags):
        return None
    if not any("p" in word for word in flags):
        return None
    return _decoder("hex"), command.operands()


def _openssl(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    if "-d" not in words or not words or words[0] not in ("base64", "enc") or words[0] == "enc" and not {"-base64", "-a"} & set(words):
        return None
    if any(word[:1] == "-" and word not in ("-d", "-A", "-a", "-base64", "-in") for word in words):
        return None
    file = command.flag_value("-in")
    return _decoder("b64"), [file] if file is not None else []


def _rev(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    return lambda text: "\n".join([line[::-1] for line in text.split("\n")]), command.operands()


def _tac(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    if any(word[:1] == "-" for word in words):
        return None
    return lambda text: "".join(lines_of(text)[::-1]), command.operands()


def _tr(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    flags = "".join([word[1:] for word in words if word[:1] == "-" and len(word) > 1 and word[1:].isalpha()])
    sets = [word for word in words if not (word[:1] == "-" and len(word) > 1 and word[1:].isalpha())]
    if set(flags) - set("dcCst") or not sets:
        return None
    first = _characters(sets[0])
    second = _characters(sets[1]) if len(sets) > 1 else ""
    if first is None or second is None:
        return None
    if "d" in flags:
        if "s" in flags:
            return None
        keep = "c" in flags.lower()
        return lambda text: "".join([c for c in text if (c in first) == keep]), []
    if set(flags) - {"t"} or not second:
        return None
    table = {c: second[min(i, len(second) - 1)] for i, c in enumerate(first)}
    return lambda text: "".join([table.get(c, c) for c in text]), []


def _characters(spec: str) -> "str | None":
    """The characters of a set of tr, in order; None when it is not a plain one."""
    out: "list[str]" = []
    i = 0
    while i < len(spec):
        if spec[i] == "[" and spec[i + 1 : i + 2] == ":":
            name, found, rest = spec[i + 2 :].partition(":]")
            if not found or name not in _CLASSES:
                return None
            out += _CLASSES[name]
            i = len(spec) - len(rest)
            continue
        if spec[i] == "[" and ("*" in spec[i:] or spec[i + 1 : i + 2] == "="):
            return None
        c, i = _character(spec, i)
        if c is None:
            return None
        if spec[i : i + 1] == "-" and i + 1 < len(spec):
            last, i = _character(spec, i + 1)
            if last is None or not 0 <= ord(last) - ord(c) < 256:
                return None
            out += map(chr, range(ord(c), ord(last) + 1))
        else:
            out.append(c)
    return "".join(out)


def _character(spec: str, i: int) -> "tuple[str | None, int]":
    if spec[i] != "\\" or i + 1 == len(spec):
        return spec[i], i + 1
    j = i + 1
    while j < min(len(spec), i + 4) and spec[j] in "01234567":
        j += 1
    if j > i + 1:
        return chr(int(spec[i + 1 : j], 8)), j
    return _ESCAPES.get(spec[i + 1]), i + 2


def _cut(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    where = command.flag_value("-c", "--characters", "-b", "--bytes")
    by_field = command.flag_value("-f", "--fields")
    delimiter = command.flag_value("-d", "--delimiter")
    spec = where if where is not None else by_field
    if spec is None or spec.value is None or command.has_flag("--complement", "s"):
        return None
    ranges = _ranges(spec.value)
    if ranges is None:
        return None
    mark = "" if where is not None else delimiter.value if delimiter is not None and delimiter.value else "\t"

    def change(text: str) -> str:
        out = []
        for line in text.split("\n"):
            parts = line.split(mark) if mark else list(line)
            if mark and len(parts) == 1:
                out.append(line)
            else:
                out.append(mark.join([part for k, part in enumerate(parts, 1) if any(a <= k <= b for a, b in ranges)]))
        return "\n".join(out)

    return change, command.operands("-c --characters -b --bytes -f --fields -d --delimiter")


def _ranges(spec: str) -> "list[tuple[int, int]] | None":
    found = []
    for part in spec.split(","):
        first, dash, last = part.partition("-")
        if not (first or "1").isdigit() or not (last or "1").isdigit() or not first + last or len(part) > 9:
            return None
        found.append((int(first or 1), int(last) if last else 1 << 30 if dash else int(first)))
    return found


def _head(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    program, unit, number, files, i = command.program, "n", "10", [], 0
    while i < len(words):
        word = words[i]
        if word in ("-n", "-c", "--lines", "--bytes") and i + 1 < len(words):
            unit, number, i = word.lstrip("-")[0].replace("l", "n").replace("b", "c"), words[i + 1], i + 1
        elif word[:2] in ("-n", "-c") and len(word) > 2:
            unit, number = word[1], word[2:]
        elif word[:8] in ("--lines=", "--bytes="):
            unit, number = "n" if word[2] == "l" else "c", word[8:]
        elif word[:1] == "-" and word[1:].isdigit() or program == "tail" and word[:1] == "+" and word[1:].isdigit():
            number = word.lstrip("-")
        elif word in ("-q", "--quiet", "-z"):
            pass
        elif word[:1] == "-" and word != "-":
            return None
        else:
            files.append(command.args[i])
        i += 1
    sign = number[:1] if number[:1] in "+-" else ""
    if not number[len(sign) :].isdigit() or len(number) > 8 or len(files) > 1:
        return None
    count = int(number[len(sign) :])

    def change(text: str) -> str:
        items = lines_of(text) if unit == "n" else list(text)
        if program == "head":
            kept = items[:-count] if sign == "-" and count else items if sign == "-" else items[:count]
        else:
            start = max(count - 1, 0) if sign == "+" else max(len(items) - count, 0)
            kept = items[start:]
        return "".join(kept)

    return change, files


def _sed(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    scripts, rest, i = [], [], 0
    while i < len(words):
        word = words[i]
        if word in ("-e", "--expression") and i + 1 < len(words):
            scripts.append(words[i + 1])
            i += 1
        elif word in ("-E", "-r"):
            if any(c in "".join(words) for c in "+?(){}|"):
                return None
        elif word[:1] == "-" and word != "-":
            return None
        else:
            rest.append(command.args[i])
        i += 1
    if not scripts and rest:
        scripts.append(rest.pop(0).value or "")
    changes = []
    for script in scripts:
        for part in script.split("\n"):
            steps = _substitutions(part.strip())
            if steps is None:
                return None
            changes += steps

    def change(text: str) -> "str | None":
        lines = text.split("\n")
        last = [lines.pop()] if lines and lines[-1] == "" else []
        for step in changes:
            done = [step(line) for line in lines]
            if None in done:
                return None
            lines = [line for line in done if line is not None]
        return "\n".join(lines + last)

    return change, rest


def _substitutions(script: str) -> "list[Change] | None":
    """s/x/y/ and y/x/y/, one or several with ; between, where x holds nothing but text, `.`, and ^ $ at its ends."""
    found: "list[Change]" = []
    while script:
        if script[0] not in "sy" or len(script) < 4:
            return None
        kind, mark, parts, i = script[0], script[1], [""], 2
        while i < len(script) and len(parts) < 3:
            c = script[i]
            if c == "\\" and i + 1 < len(script):
                parts[-1] += script[i + 1] if script[i + 1] == mark else script[i : i + 2]
                i += 1
            elif c == mark:
                parts.append("")
            else:
                parts[-1] += c
            i += 1
        if len(parts) < 3:
            return None
        flags, semicolon, script = script[i:].partition(";")
        script = script.strip()
        made = _replacer(parts[0], parts[1], flags.strip()) if kind == "s" else _translation(parts[0], parts[1], flags)
        if made is None:
            return None
        found.append(made)
    return found


def _replacer(pattern: str, by: str, flags: str) -> "Change | None":
    if flags not in ("", "g") or "&" in by or "\\" in by:
        return None
    start, end = pattern[:1] == "^", pattern[-1:] == "$"
    letters: "list[str | None]" = []  # None stands for any character
    i = int(start)
    body = pattern[: len(pattern) - end]
    while i < len(body):
        c = body[i]
        if c == "\\":
            i += 1
            if body[i : i + 1] not in tuple(".*[]^$/\\ -@#:,"):
                return None
            letters.append(body[i])
        elif c in "*[]^$":
            return None
        else:
            letters.append(None if c == "." else c)
        i += 1
    if not letters:
        return lambda line: by + line if start else line + by
    if None not in letters and not start and not end:
        plain = "".join([c or "" for c in letters])
        return lambda line: line.replace(plain, by, -1 if flags else 1)
    size = len(letters)

    def change(line: str) -> str:
        out, i = [], 0
        while i <= len(line) - size:
            hit = (not start or i == 0) and (not end or i + size == len(line))
            if hit and all(letter is None or letter == line[i + k] for k, letter in enumerate(letters)):
                out.append(by)
                i += size
                if not flags or start:
                    break
            else:
                out.append(line[i])
                i += 1
        return "".join(out) + line[i:]

    return change


def _translation(these: str, those: str, flags: str) -> "Change | None":
    if flags.strip() or len(these) != len(those) or "\\" in these + those:
        return None
    table = dict(zip(these, those, strict=True))
    return lambda line: "".join([table.get(c, c) for c in line])


def _awk(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    """awk '{print $N}'"""
    if not words or words[0][:7] != "{print " and words[0] not in ("{print}", "{ print }", "1"):
        return None
    inner = words[0].strip("{} ").removeprefix("print").strip()
    fields = [field.strip() for field in inner.split(",")] if inner and words[0] != "1" else ["$0"]
    if not all(field[:1] == "$" and field[1:].isdigit() and len(field) < 4 for field in fields):
        return None

    def change(text: str) -> str:
        out = []
        for line in lines_of(text):
            parts = [line.rstrip("\n"), *line.split()]
            out.append(" ".join([parts[int(f[1:])] if int(f[1:]) < len(parts) else "" for f in fields]) + "\n")
        return "".join(out)

    return change, list(command.args[1:])


def _by_lines(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    """sort, uniq, fold, fmt, iconv: a single line comes out as it is, sort and uniq also know several."""
    program = command.program
    taking = "-w -s -f -t -k -S -T -o --from-code --to-code --width"
    if any(word[:1] == "-" and len(word) > 1 and (program == "iconv" or word not in ("-u", "-s", "-b", "-w")) for word in words):
        if program != "iconv" or any("16" in word or "32" in word for word in words):
            return None

    def change(text: str) -> "str | None":
        lines = text.rstrip("\n").split("\n")
        if program == "sort":
            return "\n".join(sorted(set(lines)) if "-u" in words else sorted(lines)) + "\n"
        if program == "uniq":
            return "\n".join([line for k, line in enumerate(lines) if not k or line != lines[k - 1]]) + "\n"
        return text if program == "iconv" and text.isascii() or len(text) < 70 and len(lines) == 1 else None

    return change, command.operands(taking + (" -t" if program == "iconv" else ""))


def _grep(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    flags = "".join([word[1:] for word in words if word[:1] == "-"])
    names = [arg for arg in command.args if arg.prefix[:1] != "-"]
    if set(flags) - set("vFEia") or not names or not (names[0].value or "").replace(" ", "").isalnum():
        return None
    sought, turned = names[0].value or "", "i" in flags

    def change(text: str) -> str:
        return "".join([
            line for line in lines_of(text) if ((sought.lower() in line.lower()) if turned else (sought in line)) != ("v" in flags)
        ])

    return change, names[1:]


def _xargs(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    """xargs by itself and xargs echo put all words on one line."""
    if words not in ([], ["echo"]):
        return None
    return lambda text: None if not set("\\'\"").isdisjoint(text) else " ".join(text.split()) + "\n", []


def _same(command: "Command", words: "list[str]") -> "tuple[Change | None, list[Arg]] | None":
    """What goes in comes out: tee, pv, dd, sponge."""
    if command.program == "dd" and any(word.partition("=")[0] not in ("status", "bs") for word in words):
        return None
    return None, []


FILTERS = {
    "base64": _coder,
    "gbase64": _coder,
    "base32": _coder,
    "base16": _coder,
    "basenc": _coder,
    "xxd": _xxd,
    "openssl": _openssl,
    "rev": _rev,
    "tac": _tac,
    "gtac": _tac,
    "tr": _tr,
    "gtr": _tr,
    "cut": _cut,
    "gcut": _cut,
    "head": _head,
    "tail": _head,
    "sed": _sed,
    "gsed": _sed,
    "awk": _awk,
    "gawk": _awk,
    "mawk": _awk,
    "tee": _same,
    "gtee": _same,
    "pv": _same,
    "sponge": _same,
    "dd": _same,
    "yes": _same,
    "sort": _by_lines,
    "uniq": _by_lines,
    "fold": _by_lines,
    "fmt": _by_lines,
    "iconv": _by_lines,
    "grep": _grep,
    "egrep": _grep,
    "fgrep": _grep,
    "xargs": _xargs,
}
