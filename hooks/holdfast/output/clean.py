"""Text -> the text without control characters and terminal sequences, its lines within limits. Pure; a clean text comes back itself."""

# Everything below blank but tab, newline, form feed (page breaks in sources) and carriage return (looked at apart), and DEL.
_CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 12, 13)) + b"\x7f"
_C1 = [chr(c) for c in range(0x80, 0xA0)]
_STRINGS = "]PX^_"  # after ESC: sequences that end with BEL or ESC \
_TWO = "()*+-./#%"  # after ESC: one more character follows


def clean(text: str, longest: int, most: int) -> "tuple[str, list[str]]":
    """Text, characters of a line, lines (0: no limit) -> (text, what was taken out, in words; [] when nothing was)."""
    notes: "list[str]" = []
    if controlled(text):
        before = len(text)
        text = _overtyped(_returned(_unescaped(text)))
        text = "".join(c for c in text if c >= " " and not "\x7f" <= c <= "\x9f" or c in "\t\n\f\r")
        notes.append(f"{before - len(text)} control characters and terminal sequences were taken out")
    if most and text.count("\n") >= most:
        lines = text.split("\n")
        if len(lines) - (not lines[-1]) > most:
            notes.append(f"{len(lines) - (not lines[-1]) - most} lines after line {most} were cut")
            text = "\n".join(lines[:most]) + "\n"
    if longest and len(text) > longest:
        cut = 0
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if len(line) > longest:
                cut += len(line) - longest
                lines[at] = f"{line[:longest]} [... {len(line) - longest} more characters]"
        if cut:
            notes.append(f"{cut} characters of lines longer than {longest} were cut")
            text = "\n".join(lines)
    return text, notes


def controlled(text: str) -> bool:
    """True when anything would be taken out of a text."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _CONTROLS)) != len(data):
        return True
    if data.count(b"\r") != data.count(b"\r\n"):
        return True
    return not text.isascii() and any(c in text for c in _C1)


def _unescaped(text: str) -> str:
    """Without what begins with ESC (or CSI in one character): colours, cursor movement, titles, links."""
    text = text.replace("\x9b", "\x1b[").replace("\x9d", "\x1b]").replace("\x90", "\x1bP")
    first, *parts = text.split("\x1b")
    kept = [first]
    inside = False  # a string sequence goes on until BEL or ESC \
    for part in parts:
        if inside and part[:1] == "\\":
            inside = False
            kept.append(part[1:])
        elif part[:1] == "[":
            end = 1
            while end < len(part) and " " <= part[end] <= "?":
                end += 1
            inside = False
            kept.append(part[end + 1:] if end < len(part) and "@" <= part[end] <= "~" else part[end:])
        elif part[:1] and part[0] in _STRINGS:
            bell = part.find("\x07")
            inside = bell < 0
            if bell >= 0:
                kept.append(part[bell + 1:])
            elif "\n" in part:  # nothing that is meant for a terminal has lines: keep what follows the first
                inside = False
                kept.append(part[part.index("\n"):])
        elif part[:1] and part[0] in _TWO:
            kept.append(part[2:])
        else:
            kept.append(part[1:] if part[:1] > " " else part)
    return "".join(kept)


def _returned(text: str) -> str:
    """A lone carriage return, with which a line overwrites itself, becomes a line end, so that nothing is hidden."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n\0").replace("\r", "\n").replace("\n\0", "\r\n")


def _overtyped(text: str) -> str:
    """A backspace takes the character before it, as on a terminal (bold and underline in manual pages)."""
    if "\b" not in text:
        return text
    kept: "list[str]" = []
    for part in text.split("\b"):
        if kept and kept[-1] and kept[-1][-1] != "\n":
            kept[-1] = kept[-1][:-1]
        kept.append(part)
    return "".join(kept)
