"""Letters written as numbers in a command, flag or path: no person reads \\x72\\x6d as rm."""

from holdfast.guard.flow import upstream
from holdfast.guard.rule import Finding, Rule
from holdfast.guard.shell.tree import Simple, Subst, Text
from holdfast.guard.spelling import short, telling, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line
    from holdfast.guard.shell.tree import Word

_SPEAKERS = ("printf", "echo", "print")


def check(line: "Line") -> "Iterator[Finding]":
    reported: "set[int]" = set()
    for command, arg, role in telling(line):
        if arg.word is None or "\\" not in arg.source and '$"' not in arg.source:
            continue
        what = _escaped(arg, role)
        if what and id(command) not in reported:
            reported.add(id(command))
            yield Finding(f"`{short(arg.source)}` {what}", start=command.start, end=command.end)
    given = {id(arg.word) for command in line.commands for arg in command.argv}
    for word in line.words:
        if (
            id(word) not in given
            and sum(_letters(line.text[p.start : p.end]) for p in word.parts if isinstance(p, Text) and p.quote == "$'") > 1
        ):
            yield Finding(f"`{short(line.text[word.start : word.end])}` writes letters as numbers", start=word.start, end=word.end)
            return
    for command in line.commands:
        if command.program in _SPEAKERS and id(command) not in reported and _becomes_code(command, line):
            reported.add(id(command))
            yield Finding(f"`{short(repr(command))}` spells out in numbers what then runs", start=command.start, end=command.end)
        for code in command.code:
            arg_of_code = code.text
            if (
                arg_of_code is not None
                and arg_of_code.word is not None
                and code.language == "sh"
                and id(command) not in reported
                and any(getattr(p, "quote", "") == "$'" and _letters(written(arg_of_code, p)) > 1 for p in arg_of_code.word.parts)
            ):
                reported.add(id(command))
                yield Finding(
                    f"`{short(repr(command))}` runs a text whose letters are written as numbers", start=command.start, end=command.end
                )


def _escaped(arg: "Arg", role: str) -> "str | None":
    """What is wrong with how a word is written, or None."""
    word = arg.word
    needed = {"program": 1, "flag": 1, "path": 1}.get(role, 0)
    if word is None or not needed:
        return None
    for part in word.parts:
        if isinstance(part, Text):
            if part.quote == "$'" and _letters(written(arg, part)) >= needed:
                return f"writes the letters of a {role} as numbers"
            if part.quote == '$"' and role == "program":
                return "is a program name that the language settings can change"
        elif isinstance(part, Subst) and _says_numbers(part):
            return f"spells out a {role} in numbers"
    return None


def _says_numbers(part: Subst) -> bool:
    """True for $(printf '\\162') and its like."""
    for _, node in part.body.items:
        if isinstance(node, Simple) and len(node.words) > 1:
            texts = [_text(word) for word in node.words]  # type: ignore[arg-type]
            if texts[0] in _SPEAKERS and sum(_letters(text) for text in texts[1:]) > 0:
                return True
    return False


def _text(word: "Word") -> str:
    return "".join(p.text for p in getattr(word, "parts", ()) if isinstance(p, Text))


def _becomes_code(speaker: "Command", line: "Line") -> bool:
    """True when what is printed in numbers reaches an interpreter, or makes up a word."""
    spelled = sum(_letters(arg.when_empty) for arg in speaker.args)
    if not spelled:
        return False
    if speaker.via and speaker.via[-1] in ("$(", "`", "<("):
        return spelled > 1
    for command in line.commands:
        if any(code.origin == "stdin" for code in command.code) and speaker in upstream(command):
            return True
        if command.program == "xargs" and speaker in upstream(command):
            return True
    return False


def _letters(text: str) -> int:
    """How many escapes in a text stand for a printable ASCII character that needs none."""
    count, at = 0, text.find("\\")
    while 0 <= at < len(text) - 1:
        kind, digits = text[at + 1], ""
        if kind in "xuU":
            most = {"x": 2, "u": 4, "U": 8}[kind]
            digits = _digits(text, at + 2, most, "0123456789abcdefABCDEF")
            value = int(digits, 16) if digits else 0
            step = 2 + len(digits)
        elif kind in "01234567":
            digits = _digits(text, at + 1, 4 if kind == "0" else 3, "01234567")
            value = int(digits, 8) if digits else 0
            step = 1 + len(digits)
        else:
            value, step = 0, 2
        count += 0x20 <= value < 0x7F and chr(value) not in "'\"\\`$"
        at = text.find("\\", at + step)
    return count


def _digits(text: str, at: int, most: int, allowed: str) -> str:
    end = at
    while end < len(text) and end - at < most and text[end] in allowed:
        end += 1
    return text[at:end]


RULE = Rule(
    code="ENC002",
    title="escaped words",
    category="encoding",
    why="Nobody can read letters that are written as numbers, so nobody has judged what runs.",
    instead="Write the letters themselves, for example `rm -r build`.",
    severity="danger",
    blocks=(
        "$'\\x72\\x6d' -rf src",
        "$(printf '\\162\\155') -rf src",
        "cat $'/etc/\\x70asswd'",
        "rm $'-\\x72f' src",
        "printf '\\x6c\\x73' | sh",
        "bash -c $'\\x6c\\x73 -la'",
        "eval \"$(printf '\\x6c\\x73')\"",
        "true && $'\\u0072m' x",
        "echo -e '\\x72\\x6d x' | bash",
        '$"rm" x',
        "X=$(printf '\\143\\141\\164'); $X notes",
        "cat $(printf '\\057')etc/passwd",
        "X=$'\\x2f\\x65tc/passwd'; cat $X",
    ),
    allows=(
        "printf '\\033[31mred\\033[0m\\n'",
        "echo $'a\\tb'",
        "IFS=$'\\n'",
        "grep $'\\x41' data.bin",
        "printf '\\x41\\x42' > magic.bin",
        "echo $'it\\'s'",
        "printf '\\xe2\\x9c\\x93 done\\n'",
        "sed 's/\\x27/\"/g' x",
        "awk '{print \"\\x27\" $1}' x",
        "cut -d $'\\t' -f1 x",
        "tr '\\000' '\\n' < /proc/self/cmdline",
        "grep -P '\\x{1F600}' x",
        "RED=$'\\x1b[31m'; echo $RED",
        "RED=$(printf '\\033[31m'); echo \"$RED\"",
    ),
    check=check,
)
