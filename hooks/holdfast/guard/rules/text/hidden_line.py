"""A command that is there, but where nobody looks: behind what passes for a comment, or pushed out of sight by padding."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_WIDE = 100  # blanks in a row that push what follows off a screen
_TALL = 25  # empty lines in a row


def check(line: "Line") -> "Iterator[Finding]":
    text = line.text
    if "#" in text and "\n" in text:
        yield from _behind_comment(line)
    for run, amount in ((" ", _WIDE), ("\t", 25), ("\n", _TALL)):
        if run * amount in text:
            yield from _padded(line, run, amount)
            return


def _behind_comment(line: "Line") -> "Iterator[Finding]":
    """A quoted text whose last line looks like a comment, with more of the command behind the closing quote."""
    text = line.text
    for word in line.words:
        if "\n" not in text[word.start : word.end]:
            continue
        last = text.rfind("\n", word.start, word.end) + 1
        if text[last : word.end].lstrip().startswith("#"):
            rest = text[word.end :].partition("\n")[0].strip()
            if rest and not rest.startswith((")", "#", "}", "]")):
                yield Finding(
                    f"the line `{_short(text[last:].partition(chr(10))[0])}` looks like a comment, but `{_short(rest)}` on it runs",
                    start=word.end,
                    end=word.end + len(rest),
                )
                return


def _padded(line: "Line", run: str, amount: int) -> "Iterator[Finding]":
    """Padding between the parts of a command, or inside an argument with another command behind it."""
    text = line.text
    at = text.find(run * amount)
    while at >= 0:
        end = at
        while end < len(text) and text[end] in " \t\n":
            end += 1
        inside = next((w for w in line.words if w.start <= at < w.end), None)
        heredoc = any(r.op in ("<<", "<<-") and run * amount in r.target.when_empty for c in line.commands for r in c.redirects)
        alone = run != "\n" and (at == 0 or text[at - 1] == "\n")  # indentation
        follows = any(c.start >= (inside.end if inside is not None else end) and not c.via for c in line.commands)
        if not heredoc and not alone and end < len(text) and text[end] != "#" and (inside is None or follows):
            what = "empty lines" if run == "\n" else "blanks"
            yield Finding(f"`{_short(text[end:])}` stands behind {end - at} {what}, where nobody sees it", start=end, end=len(text))
            return
        at = text.find(run * amount, end)


def _short(text: str) -> str:
    text = text.strip().partition("\n")[0]
    return text if len(text) <= 50 else text[:47] + "..."


RULE = Rule(
    code="TXT003",
    title="hidden line",
    category="text",
    why="Whoever reads the command line by line or on one screen does not see what else runs.",
    instead="Write one command to a line, without padding, and keep text that begins with # out of the arguments.",
    severity="danger",
    blocks=(
        "mv ./a 'x\n# ' ~/notes.txt ./b",
        "cat 'a\n#' notes.txt && rm -r src",
        "ls" + " " * 200 + "; rm -r src",
        "ls" + "\n" * 40 + "rm -r src",
        "echo 'done" + " " * 300 + "' && rm -r src",
        'true && cat "x\n  # note" y.txt',
        "ls" + "\t" * 60 + "&& rm -r src",
    ),
    allows=(
        "git commit -m 'title\n\n# heading\ntext' && git push",
        "python3 -c 'import os\n# list it\nprint(os.listdir())'",
        'gh pr create --body "## Summary\n- one\n\n## Test plan\n- two"',
        "echo '# Title\n\ntext' > README.md",
        "cat > a.py <<'E'\n" + " " * 120 + "x = 1\nE\npython3 a.py",
        "awk '{\n  # sum\n  s += $1\n} END { print s }' data.txt",
        "ls\n\n\n# next\npwd",
        "npm install      a     b",
        "echo '# only a heading'",
        "printf '%s\\n' 'a\n# b'",
    ),
    check=check,
)
