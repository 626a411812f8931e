"""Control characters make a person see another command than the one that runs."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_NAMES = {"\r": "carriage return", "\x1b": "escape", "\x08": "backspace", "\x7f": "delete", "\x00": "NUL", "\x07": "bell",
          "\x0b": "vertical tab", "\x0c": "form feed"}


def check(line: "Line") -> "Iterator[Finding]":
    for position, c in enumerate(line.text):
        if c < " " and c not in "\n\t" or "\x7f" <= c <= "\x9f":
            name = _NAMES.get(c, "control character")
            yield Finding(f"the command holds a {name} (U+{ord(c):04X}) at character {position}", start=position, end=position + 1)
            return


RULE = Rule(
    code="TXT001",
    title="control characters",
    category="text",
    why="A terminal or log then shows another command than the one that runs.",
    instead="Write the command in printable characters; inside a string use an escape such as $'\\r' or printf '\\033'.",
    severity="danger",
    blocks=("echo safe\rrm -rf ~", "ls \x1b[2K\x1b[1Gpwd", "cat notes\x08\x08\x08\x08\x08/etc/shadow", "echo a\x00b",
            "echo $(printf x\x1b[8m)", "git status\r\ngit push", "ls\x9b2J", "true && ls\x7f"),
    allows=("printf '\\033[31mred\\033[0m\\n'", "echo $'tab\\there'", "awk -F'\t' '{print $1}' data.tsv", "cat <<'E'\n\tindented\nE",
            "tr -d '\\r' < in.txt > out.txt", "echo 'größer als ein Zoll ≥ 1″'", "grep -n $'\\x1b' log.txt"),
    check=check,
)
