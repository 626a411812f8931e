"""Text -> what of it stays the same when a call is made twice: times, ids, sizes and temporary names are folded. Pure, no imports."""

# Keys only tell the calls of one session apart, so 48 bits are enough; a prime far from a power of two mixes every byte into all of them.
_PRIME = 198_969_624_202_541
_CHARACTERS = 12_000  # looked at from each end of a long text
_LINES = 150  # looked at from each end of a long text
_WIDTH = 400  # characters of a line that is taken whole
_LONG = 6_000  # characters of a longer one
_WORDS = 12  # of a piece of a longer one
EMPTY = 0  # the key of an output without a word

_DIGITS = "0123456789"
_NUMBERS = frozenset(_DIGITS)
_NO_DIGITS = dict.fromkeys(map(ord, _DIGITS + "#.,"))
_PUNCTUATION = "()[]{}<>,;'\"`|*!?#"
_CALENDAR = frozenset(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun AM PM UTC GMT CET CEST EST EDT PST PDT".split())
_DURATIONS = frozenset(
    "ns us µs μs ms msec msecs s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days ago".split())
_SIZES = frozenset("b kb mb gb tb kib mib gib tib k/s kb/s mb/s gb/s kib/s mib/s gib/s b/s it/s byte bytes bit/s kbit/s mbit/s".split())
# A number after one of these counts or names something that is another each time.
_COUNTED = frozenset(
    "pid ppid tid gid process proc port attempt attempts retry retrying try request req requestid request_id job jobid id thread "
    "elapsed took duration duration_ms durationms time real user sys session seq sequence conn connection timestamp ts uptime age "
    "latency rss mem memory etag nonce trace traceid trace_id span seed ephemeral".split())
_WHOLE = str.maketrans(dict.fromkeys("/\\_.:=@+,()[]{}<>'\"`|&?%~!;*#", " "))  # leaves a UUID in one piece
_PARTS = str.maketrans(dict.fromkeys("/\\-_.:=@+,()[]{}<>'\"`|&?%~!;*#", " "))


def key_of(text: str) -> int:
    """Text -> 48-bit key; equal for equal texts, in every process."""
    return int.from_bytes(text.encode("utf-8", "surrogatepass"), "little") % _PRIME


def lines_of(text: str) -> "list[str]":
    """Text of any length -> its lines that say something, normalised; of a long text those near its two ends."""
    if len(text) <= 2 * _CHARACTERS:
        lines = text.split("\n")
        if len(lines) > 2 * _LINES:
            lines = [*lines[:_LINES], *lines[-_LINES:]]
    else:
        # Whole lines, and as many each time, so that a volatile word near the top does not move where the cut falls.
        lines = [*text[:_CHARACTERS].split("\n")[:-1][:_LINES], *text[-_CHARACTERS:].split("\n")[1:][-_LINES:]]
        if not lines:
            lines = [text[:_CHARACTERS], text[-_CHARACTERS:]]
    found = []
    for line in lines:
        if len(line) > _WIDTH:
            found.extend(_pieces(line))
        elif line := fold(line):
            found.append(line)
    return found


def _pieces(line: str) -> "list[str]":
    """A long line, as JSON is often sent, in pieces of so many words: a word that grew does not move the next piece."""
    words = fold(line[:_LONG].replace(",", ", ").replace("{", "{ ")).split()
    return [" ".join(words[at:at + _WORDS]) for at in range(0, len(words), _WORDS)]


def fold(line: str) -> str:
    """One line -> the same without what is volatile, blanks made one."""
    if "\r" in line:
        line = line.rstrip("\r").rpartition("\r")[2]  # what a progress bar shows in the end
    if "\x1b" in line:
        line = _plain(line)
    if _NUMBERS.isdisjoint(line) and "tmp" not in line:
        return " ".join(line.split())
    out: "list[str]" = []
    before = ""
    for word in line.split():
        if word in _CALENDAR:
            if out and out[-1].isdigit() and len(out[-1]) <= 2:
                out[-1] = "#"
            word = "#"
        elif not _NUMBERS.isdisjoint(word):
            word = _folded(word, before)
        elif "tmp" in word:
            word = _path(word)
        else:
            unit = word.strip(_PUNCTUATION + ".:").lower()
            if (unit in _DURATIONS or unit in _SIZES) and out and not _NUMBERS.isdisjoint(before):
                out[-1] = "#"
        before = word
        out.append(word)
    return " ".join(out)


def _folded(word: str, before: str) -> str:
    """One word that holds a digit."""
    core = word.strip(_PUNCTUATION).rstrip(".:")
    if core.isdigit():
        in_brackets = len(core) >= 3 and word[0] == "[" and word[-1] in "]:"  # a process, as logs name it
        if len(core) >= 9 or before == "#" or in_brackets or before.strip(_PUNCTUATION + ":=#").lower() in _COUNTED:
            return "#"
        return core
    rest = core.strip(_DIGITS + ":-/.+,TZ")
    if not rest:
        whole, dot, _ = core.partition(".")
        if dot and (len(whole) >= 9 or before.strip(_PUNCTUATION + ":=").lower() in _COUNTED or _is_day(core)):
            return "#"
        if ":" in core and core.count(".") < 2 or core.count("-") == 2 or core.count("/") == 2 or "T" in core:
            return "#"  # a time or a date
        if ":" not in core:
            return "#" if before == "#" and core[0] in _NUMBERS and "." not in core else core
    if core[0] in _NUMBERS:
        unit = core.lstrip(_DIGITS + ".,").lower()
        if unit in _DURATIONS or unit in _SIZES or unit in ("k", "g", "t") or _is_duration(core):
            return "#"
    if '":' in core:  # a member of a JSON object
        name, _, value = core.partition('":')
        value = value.strip(_PUNCTUATION)
        if value[:1] in _NUMBERS:
            told = name.strip(_PUNCTUATION)
            return f'{name}":' + ("#" if told.endswith(("_ms", "Ms", "_at")) or told.lower() in _COUNTED else _folded(value, ""))
        return f'{name}":{_path(value)}'
    for mark in "=:":
        if mark in core:
            name, _, value = core.rpartition(mark)
            if value[:1] in _NUMBERS:
                if name.strip(_PUNCTUATION).lower() in _COUNTED:
                    return name + "#"
                if mark == ":" and value.isdigit() and int(value) >= 30_000:  # the ports that a system hands out by itself
                    return _path(name) + ":#"
                if mark == "=" or name[-1:] not in _NUMBERS:
                    value = value.strip(_PUNCTUATION)
                    return f"{_path(name)}{mark}{value if value.isdigit() and len(value) < 9 else _folded(value, '')}" if value else core
    if "[" in core and core[-1] in "]:" or core[-1] in _NUMBERS and "[" in core:
        name, _, inside = core.partition("[")
        if name and len(inside.rstrip("]:")) >= 3 and inside.rstrip("]:").isdigit():
            return name + "[#]"
    return _path(core)


def _is_day(core: str) -> bool:
    """True for 21.11.2026."""
    parts = core.split(".")
    return len(parts) == 3 and len(parts[2]) == 4 and parts[2][:2] in ("19", "20") and parts[0].isdigit() and int(parts[0]) <= 31


def _is_duration(core: str) -> bool:
    """True for 1m32s, 0m3.21s, 2h05m."""
    letters = core.translate(_NO_DIGITS)
    return 0 < len(letters) <= 3 and not letters.strip("hmsd") and core[-1] in "hmsd"


def _path(word: str) -> str:
    """A word with the pieces that are ids folded, and the random names below a folder for temporary files."""
    temporary = word.find("tmp")
    if temporary >= 0:
        for piece in word[temporary:].split("/"):
            piece = piece.partition(".")[0]
            if piece[:3] == "tmp" and len(piece) >= 9:
                word = word.replace(piece, "#")
        if word[temporary:].find("tmp.") >= 0:  # as mktemp names them
            word = word[:word.find("tmp.") + 4] + "#" + "/".join(["", *word[word.find("tmp."):].split("/")[1:]])
    if word.count("-") >= 4:
        for piece in word.translate(_WHOLE).split():
            if len(piece) == 36 and piece.count("-") == 4 and not piece.lower().strip(_DIGITS + "abcdef-"):
                word = word.replace(piece, "#")
    dated = False
    for piece in word.translate(_PARTS).split():
        size = len(piece)
        if piece.isdigit() and (size == 8 and piece[:2] == "20" or dated and size == 6):  # 20261121_184914
            dated = True
            word = word.replace(piece, "#")
            continue
        if size < 6:
            if temporary >= 0 and piece.isdigit() and word.find(piece, temporary) > 0:
                word = word[:temporary] + word[temporary:].replace(piece, "#")
            continue
        address = piece[:2] in ("0x", "0X")
        if address or size >= 7 and is_id(piece) or temporary >= 0 and (piece[:3] == "tmp" or _is_mixed(piece, 2)):
            word = word.replace(piece, "#")
    return word


def is_id(piece: str) -> bool:
    """True for a word that looks drawn or counted: a long number, a hash, part of a UUID, a token."""
    if piece.isdigit():
        return len(piece) >= 9
    if _NUMBERS.isdisjoint(piece):
        return False
    if not piece.strip(_DIGITS + "abcdef") or not piece.strip(_DIGITS + "ABCDEF"):
        return True
    return len(piece) >= 16 and _is_mixed(piece, 3)


def _is_mixed(piece: str, times: int) -> bool:
    """True when letters and digits take turns at least so often."""
    turns, last = 0, piece[0] in _NUMBERS
    for ch in piece:
        now = ch in _NUMBERS
        if now != last:
            turns += 1
            last = now
    return turns >= times


def _plain(line: str) -> str:
    """A line without its terminal colours."""
    first, *rest = line.split("\x1b")
    kept = [first]
    for part in rest:
        if part[:1] == "[":
            end = 1
            while end < len(part) and not part[end].isalpha():
                end += 1
            part = part[end + 1:]
        kept.append(part)
    return "".join(kept)


def keys_of(lines: "list[str]", breaks: int) -> "tuple[int, int]":
    """Normalised lines and how many lines there were in all -> (key of the output, key that no number changes); EMPTY for no line."""
    if not lines:
        return EMPTY, EMPTY
    text = "\n".join(lines)
    more = f"\n{breaks}" if breaks > 2 * _LINES else ""
    return key_of(text + more), key_of(text.translate(_NO_DIGITS))
