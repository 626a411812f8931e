"""Characters outside ASCII that nobody sees, that turn the text around, or that pass for other letters."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u180e\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u061c"
)
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u0085"
# Letters of other scripts that look like one of ours, each followed by ours.
_PAIRS = (
    "аaеeоoрpсcхxуyіiјjѕsһhԁdԛqԝwаaкkмmтtнhвbгrАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSαaοoνvρpκkτtυuιiγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
    "ɑaɡgıiоoոnսuցgһhօoѵvⅼlⅰiⅴvⅹxⅽcⅾdⅿmꓲIꓰEꓴU"
)
_LIKE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_SLASHES = "\u2044\u2215\u29f8\uff0f"
# Programs whose arguments are prose, patterns or text to be stored.
_PROSE = frozenset(
    "echo printf git gh glab grep egrep fgrep rg ag sed awk gawk perl python python3 node ruby php jq psql mysql sqlite3 say "
    "notify-send osascript".split()
)


def check(line: "Line") -> "Iterator[Finding]":
    yield from _unseen(line.text)
    yield from _blanks(line)
    seen: "set[str]" = set()
    for command in line.commands:
        name = command.argv[0].when_empty if command.argv else ""
        if not name.isascii() and name not in seen:
            seen.add(name)
            folded = reads_as(name)
            if folded is not None:
                yield Finding(f"`{name}` is not `{folded}`, but looks like it", start=command.start, end=command.end)
        for arg in command.args:
            text = arg.when_empty
            if text.isascii() or text in seen or " " in text or "\n" in text:
                continue
            seen.add(text)
            yield from _argument(text, command.program, command.start, command.end)


def _unseen(text: str) -> "Iterator[Finding]":
    """Invisible and turning characters, wherever they stand."""
    for at, c in enumerate(text):
        if c < "\u00ad":
            continue
        if c in _TURNING or "\U000e0000" <= c <= "\U000e007f" and not _in_flag(text, at):
            name = "a character that turns the text around" if c in _TURNING else "an invisible tag character"
            yield Finding(f"the command holds {name} (U+{ord(c):04X}) at character {at}", start=at, end=at + 1)
            return
        if c in _INVISIBLE or "\U000e0100" <= c <= "\U000e01ef":
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            joins = before.isascii() and before.isalnum() or after.isascii() and after.isalnum()
            # A byte order mark at the beginning of a line of a file, and joiners inside emoji or other scripts, are ordinary.
            if (
                joins
                and (before or after).isascii()
                and not (c == "\ufeff" and before == "\n")
                and not (before and not before.isascii())
                and not (after and not after.isascii())
            ):
                yield Finding(f"the command holds an invisible character (U+{ord(c):04X}) at character {at}", start=at, end=at + 1)
                return


def _in_flag(text: str, at: int) -> bool:
    """True for the tag characters in the flags of England, Scotland and Wales."""
    start = at
    while start > 0 and "\U000e0000" <= text[start - 1] <= "\U000e007f":
        start -= 1
    return text[start - 1 : start] == "\U0001f3f4"


def _blanks(line: "Line") -> "Iterator[Finding]":
    """White space that the shell takes for a letter, outside quotes."""
    for word in line.words:
        for part in word.parts:
            text = getattr(part, "text", "")
            if getattr(part, "quote", None) == "" and text and not text.isascii():
                c = next((c for c in text if c in _BLANKS), None)
                if c is not None:
                    yield Finding(
                        f"`{text}` holds a blank (U+{ord(c):04X}) that the shell does not take for one", start=word.start, end=word.end
                    )
                    return


def _argument(text: str, program: str, start: int, end: int) -> "Iterator[Finding]":
    """Hosts and paths with letters that pass for others, and flags in full-width letters."""
    host = text.partition("://")[2].partition("/")[0] if "://" in text else text.partition("@")[2].partition(":")[0] if "@" in text else ""
    if host and not host.isascii():
        label = next((label for label in host.rpartition("@")[2].split(".") if _mixed(label) or any(c in _SLASHES for c in label)), None)
        folded = reads_as(label) if label else None
        if label:
            yield Finding(
                f"the host `{host}` holds letters that pass for others" + (f": `{label}` is not `{folded}`" if folded else ""),
                start=start,
                end=end,
            )
            return
    if program in _PROSE:
        return
    if "/" in text or text[:1] in "~.":
        part = next((part for part in text.split("/") if _mixed(part) and reads_as(part) is not None), None)
        if part is not None or any(c in _SLASHES for c in text) and text[:1] in "/~.":
            yield Finding(f"the path `{text}` holds letters that pass for others", start=start, end=end)
    elif text[:1] in "-\uff0d" and "\uff01" <= text[1:2] <= "\uff5e":
        yield Finding(f"`{text}` is no flag, but looks like one", start=start, end=end)


def _mixed(text: str) -> bool:
    """True when letters that pass for ours stand beside ours, or when a whole name is made of them."""
    strange = [c for c in text if not c.isascii() and (c in _LIKE or "\uff01" <= c <= "\uff5e" or _styled(c))]
    return (
        bool(strange)
        and all(c.isascii() or c in strange for c in text)
        and (len(strange) > 2 or any(c.isascii() and c.isalpha() for c in text))
    )


def _styled(c: str) -> bool:
    return "\U0001d400" <= c <= "\U0001d7ff" or "\u2460" <= c <= "\u24ff"


def reads_as(text: str) -> "str | None":
    """The ASCII name a text looks like, or None when it looks like none."""
    name = text.rpartition("/")[2]
    folded = []
    for c in name:
        if c.isascii():
            folded.append(c)
        elif c in _LIKE:
            folded.append(_LIKE[c])
        elif "\uff01" <= c <= "\uff5e":
            folded.append(chr(ord(c) - 0xFEE0))
        elif "\U0001d400" <= c <= "\U0001d6a3":
            folded.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(ord(c) - 0x1D400) % 52])
        elif c in _INVISIBLE:
            continue
        else:
            return None
    return "".join(folded) if folded else None


RULE = Rule(
    code="TXT002",
    title="deceptive Unicode",
    category="text",
    why="A person reads another command, host or path than the one that is used.",
    instead="Write the command in plain ASCII letters and blanks; inside a string use an escape such as $'\\u200b'.",
    severity="danger",
    blocks=(
        "r\u200bm -rf src",
        "echo ok \u202e; txt.tsil mr",
        "ｒｍ -rf src",
        "cat\u00a0notes.txt",
        "curl https://gіthub.com/x",
        "ls && сat notes",
        "echo hi\U000e0041\U000e0042",
        "bash -c 'ｃａｔ x'",
        "cat /еtc/passwd",
        "ssh root@exаmple.com",
        "\ufeffls -la",
        "cat\u3000notes.txt",
        "rm -ｒｆ src",
        "𝐫𝐦 -rf src",
    ),
    allows=(
        "git commit -m 'Größe prüfen — fertig'",
        "echo '你好，世界'",
        "cat Übersicht.md",
        "echo '👩\u200d💻 done ✅'",
        "grep -r 'naïve' docs/",
        "python3 -c \"print('Привет')\"",
        "touch 'résumé.txt'",
        "cat > a.txt <<'E'\n\ufeffname;wert\nE",
        "curl https://münchen.example/",
        "mkdir -p данные/новые",
        'echo "Prix\u00a0: 3\u00a0€"',
        "git commit -m “quoted”",
        "grep -n $'\\u200b' README.md",
        "echo '🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f'",
        "sed 's/…/.../' notes.txt",
    ),
    check=check,
)
