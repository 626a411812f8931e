"""Quotes, comments and line ends put so that a reader of lines takes a command for text, or text for a comment."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-:!@%="


def check(line: "Line") -> "Iterator[Finding]":
    text = line.text
    if "#" in text:
        yield from _quote_in_comment(line)
        yield from _continued_comment(line)
        yield from _quote_before_hash(line)
    if "\\'" in text:
        yield from _backslash_quote(line)
    if "\\\n" in text:
        yield from _split_by_line(line)
    if "<<" in text:
        yield from _odd_delimiter(line)


def comments(line: "Line") -> "list[tuple[int, int]]":
    """Where comments stand, as (start, end): a # at the beginning of a word, outside every word, heredoc and command."""
    text, found, at = line.text, [], line.text.find("#")
    bodies = [r.target.word for c in line.commands for r in c.redirects if r.op in ("<<", "<<-") and r.target.word is not None]
    spans = sorted([(w.start, w.end) for w in (*line.words, *bodies)])
    number, reached = 0, 0  # the next span, and how far those before it reach
    while at >= 0:
        while number < len(spans) and spans[number][0] <= at:
            reached = max(reached, spans[number][1])
            number += 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if (at == 0 or text[at - 1] in " \t\n;&|(") and at >= reached:
            found.append((at, end))
            at = text.find("#", end)
        else:
            at = text.find("#", at + 1)
    return found


def _quote_in_comment(line: "Line") -> "Iterator[Finding]":
    """A lone quote in a comment that a later lone quote seems to close, with commands between them."""
    text = line.text
    opened: "dict[str, int]" = {}
    for start, end in comments(line):
        for quote in "'\"":
            lone = _lone(text, start, end, quote)
            if lone is None:
                continue
            if quote in opened:
                inside = next((c for c in line.commands if opened[quote] < c.start < lone and not c.via), None)
                if inside is not None:
                    yield Finding(
                        f"`{_short(text[inside.start : inside.end])}` stands between two quotes in comments, as if it were text",
                        start=inside.start,
                        end=inside.end,
                    )
                    return
            opened[quote] = lone


def _lone(text: str, start: int, end: int, quote: str) -> "int | None":
    """Where a quote is opened and not closed; apostrophes and inches do not count: don't, the users' files, 5" wide."""
    opened = None
    at = text.find(quote, start, end)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if opened is not None and not (before.isalnum() and after.isalnum()):
            opened = None
        elif opened is None and not before.isalnum():
            opened = at
        at = text.find(quote, at + 1, end)
    return opened


def _continued_comment(line: "Line") -> "Iterator[Finding]":
    """A comment that ends in a backslash: bash does not continue it, so what follows runs."""
    text = line.text
    for start, end in comments(line):
        begin = text.rfind("\n", 0, start) + 1
        if text[end - 1 : end] != "\\" or text[begin:start].strip() or text[:begin].rstrip("\n").endswith("\\"):
            continue
        following = text[end + 1 :].partition("\n")[0].strip()
        if following and following[0] not in "#-'\")":
            yield Finding(
                f"`{_short(following)}` looks like part of a comment that ends in a backslash, but runs",
                start=end + 1,
                end=end + 1 + len(following),
            )
            return


def _quote_before_hash(line: "Line") -> "Iterator[Finding]":
    """A # right behind a closing quote: no comment, although it looks like one."""
    text = line.text
    for word in line.words:
        for part, following in zip(word.parts, word.parts[1:], strict=False):
            if (
                getattr(part, "quote", "") in ("'", '"')
                and getattr(following, "quote", None) == ""
                and getattr(following, "text", "")[:1] == "#"
            ):
                rest = text[word.end :].partition("\n")[0]
                runs = next((c for c in line.commands if word.end <= c.start < word.end + len(rest) and not c.via), None)
                if runs is not None and not getattr(part, "text", "").startswith(("http", "git+", "$")):
                    yield Finding(
                        f"`{_short(text[runs.start : runs.end])}` stands behind a # that begins no comment", start=runs.start, end=runs.end
                    )
                    return


def _backslash_quote(line: "Line") -> "Iterator[Finding]":
    """'text\\' ends there for the shell, but a reader who knows escapes takes what follows for quoted text."""
    text = line.text
    for word in line.words:
        for part in word.parts:
            if getattr(part, "quote", "") != "'":
                continue
            written = text[part.start : part.end].rstrip("'")
            if (len(written) - len(written.rstrip("\\"))) % 2 == 0:
                continue
            stop = text.find("'", part.end)
            runs = next((c for c in line.commands if part.end <= c.start < stop and not c.via), None) if stop >= 0 else None
            if runs is not None:
                yield Finding(
                    f"`{_short(text[runs.start : runs.end])}` seems to be quoted, but the backslash before it ends nothing and it runs",
                    start=runs.start,
                    end=runs.end,
                )
                return


def _split_by_line(line: "Line") -> "Iterator[Finding]":
    """A name or path written over two lines."""
    text = line.text
    for word in line.words:
        at = text.find("\\\n", word.start, word.end)
        while at > word.start:
            before, after = text[at - 1], text[at + 2 : at + 3]
            bare = not any(getattr(p, "quote", "") and p.start <= at < p.end for p in word.parts)
            if bare and (before.isalnum() or before == "/") and after.isalnum() and at + 2 < word.end:
                yield Finding(
                    f"`{_short(text[word.start : word.end].replace(chr(92) + chr(10), ''))}` is one word written over two lines",
                    start=word.start,
                    end=word.end,
                )
                return
            at = text.find("\\\n", at + 1, word.end)


def _odd_delimiter(line: "Line") -> "Iterator[Finding]":
    """A heredoc whose end is written in a way that a reader of lines would look for something else."""
    for command in line.commands:
        for redirect in command.redirects:
            if redirect.op not in ("<<", "<<-"):
                continue
            written = redirect.target.source
            name = written[1:] if written[:1] == "\\" else written
            quote = name[:1]
            if quote in ("'", '"') and len(name) > 1 and name[-1] == quote:
                name = name[1:-1]
            strange = any(c not in _PLAIN for c in name) and not name.replace(" ", "").isalnum() or name != name.strip() or not name
            if strange and (
                "'" in name or '"' in name or "\\" in name or name != name.strip() or not name or any(c in name for c in ";&|$`()<>\n")
            ):
                yield Finding(
                    f"the text of `{_short(repr(command))}` ends at {written}, which a reader of lines would not recognise",
                    start=command.start,
                    end=command.end,
                )
                return


def _short(text: str) -> str:
    text = text.strip().partition("\n")[0]
    return text if len(text) <= 50 else text[:47] + "..."


RULE = Rule(
    code="TXT004",
    title="comment and quote desync",
    category="text",
    why="A reader of lines and the shell disagree where text ends and commands begin.",
    instead="Close every quote on its line, keep quotes out of comments, and end each heredoc with a plain word.",
    severity="danger",
    blocks=(
        "ls # '\nrm -r src # '",
        '# "\nrm -r src\n# "',
        "# harmless \\\nrm -r src",
        "echo 'a\\'; rm -r src; echo 'b'",
        "ls && cat ~/.s\\\nsh/config",
        'cat <<E"O"F\nx\nEOF\nls',
        "cat <<' EOF'\nx\n EOF\nrm -r src",
        "true && cat /e\\\ntc/passwd",
        "echo ''#; rm -r src",
    ),
    allows=(
        "# don't do this\nls\n# it isn't needed\npwd",
        "ls # the users' files\npwd # that's all",
        "curl https://example.com/#top && ls",
        "docker run \\\n  --rm \\\n  alpine ls",
        "tr '\\\\' '/' < a.txt",
        "cat <<'EOF'\n# it's text\nEOF\nls",
        "cat <<EOF\nx\nEOF",
        "echo ${x#prefix} # strip",
        "pip install 'a'\n# - one\n# - two",
        "docker run \\\n  # -v x \\\n  alpine",
        "sed 's/a/\\n/' x; echo 'y'",
        "cat <<-\\END\n\tx\n\tEND",
        "make \\\n# -j4 \\\nall",
        "printf '%s\\n' 'a' # \"b\"",
        "# say 'hi' and don't\nls\n# 'so' it's\npwd",
        "cut -d'\\' -f1 x",
    ),
    check=check,
)
