"""Prompt -> Passages: the sentences and list items a person wrote, without code, logs, quotations and machine-made text.

Every passage comes with a shadow: the same length as its text, lower case, in which whatever is not the person's own wording
(inline code, quotations, paths, identifiers) is replaced by one mark per character. Grammar reads the shadow; names are read
from the text at the same offsets.
"""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from holdfast.memory.words.lazily import pattern

CODE, QUOTE, PATH = "\ue000", "\ue001", "\ue002"
ATOM = "[\ue000-\ue002]"

# How a sentence may grow before it is cut at a space: nobody writes longer ones, and every rule stays linear in the prompt.
_LONGEST = 700
# A prompt with more passages than this is pasted text: the person's own words stand at its beginning or its end.
_MOST = 600
# And of a paste as long as a book only the beginning and the end are looked through at all.
_MOST_SCANNED = 10_000

# What the client and other machines put into a prompt. The first kind makes the whole prompt theirs.
_MACHINE_MADE = pattern(
    r"\s*(?:<(?:task-notification|local-command-\w+|bash-(?:stdout|stderr|input)|command-(?:name|message)|teammate-message|agent-message"
    r"|system-reminder|tool_result|function_results|background-task\w*|user-prompt-submit-hook|session-start-hook)\b"
    r"|\[request interrupted|this session is being continued from a previous conversation|caveat: the messages below were generated)", re.I)
_REMINDER = pattern(r"<(system-reminder|task-notification|local-command-\w+|bash-\w+|tool_result|teammate-message|pre|code|quote|blockquote)\b[^>\n]{0,200}>", re.I)
_OURS = pattern(r"^[ \t>]*\[holdfast\b", re.I | re.M)
_OURS_END = pattern(r"^[ \t>]*\[/holdfast\b[^\n]*", re.I | re.M)
_FENCE = pattern(r"^[ \t]*(?:[-*+>][ \t]+)?(`{3,}|~{3,})[^\n]*$", re.M)
_BLANK = pattern(r"\n[ \t]*\n")
_COMMENTED = pattern(r"<!--.*?(?:-->|\Z)", re.S)

# What people put before things not to be done.
NO_MARKS = "✗✘✖❌⛔🚫"
_BULLET = pattern(r"([ \t]*)(?:[-*•‣◦▪●–—+→✗❌⛔🚫]|\(?\d{1,3}[.)\]]|\(?[a-z][.)]|\[[ xX]?\]|[☐☑✓✔])(?:[ \t]+\[[ xX]\])?[ \t]+(?=\S)")
_HEADING = pattern(r"[ \t]{0,3}#{1,6}[ \t]+(?=\S)")
_LOG = pattern(
    r"[ \t]*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\[?\d\d/\w{3}/\d{4}|(?:\w{3} +)?\w{3} +\d{1,2} \d\d:\d\d:\d\d"
    r"|\[(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|NOTICE|PANIC)\b|(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL|SEVERE|PANIC)\b[:| ]|\[(?:trace|debug|info|warn|warning|error|fatal)\]"
    r"|(?:trace|debug|info|warn|error|fatal|remote|npm err!|npm warn|e|fail|hint|stderr|stdout|panicked)\s?:[ \t]|level=\w+"
    r"|Traceback \(|File \"[^\"\n]+\", line \d|\s+at [\w$.<>]+[ (]|Caused by:|Exception in thread|\w+(?:\.\w+)*(?:Error|Exception)\b:?"
    r"|\$ \S|% \w|>>> |\.\.\. |PS [A-Z]:|#\s?\$ |npm ERR!|make(?:\[\d+\])?: |\w+@[\w-]+[:~ ].*[$#] )")
# A log's, between other lines of a log; a person's, alone.
_PERHAPS_LOG = pattern(r"[ \t]*(?:warning|notice|critical|attention)\s?:", re.I)
_DIFF_START = pattern(r"(?:diff --git |index [0-9a-f]{6,}\.\.|--- (?:a/|/dev/null|\S+\.\w+)|\+\+\+ (?:b/|/dev/null|\S+\.\w+)|@@ -\d)")
_CODE_LINE = pattern(
    r"[ \t]*(?://|/\*|\*/|\*[ \t].*\*/|--[ \t]|\"\"\"|'''|#!|#\s?(?:noqa|type:|pragma|include|define|ifdef|ifndef|endif)"
    r"|(?:async )?def \w+\(|class \w+[(:]|import [\w.{*]+(?: from|$|;)|from [\w.]+ import |(?:export |public |private |protected |static )+\w"
    r"|(?:const|let|var) \w+ ?[=:;]|function ?\w*\(|func \w+\(|fn \w+|return\b.*;|@\w+\(|\w[\w.\[\]\"']* ?[:+-]?= ?\S|[\w.]+\([^)]*\);?$|</?[a-z][\w-]*[ />]"
    r"|SELECT .* FROM |INSERT INTO \w|[\"'][\w-]+[\"']:|[\w.-]+: *(?:true|false|null|yes|no|\d+|[\[{\"'].*)$|else\b.*[:{]$|if ?\(.*|for ?\(.*|while ?\(.*)")
_CODE_END = pattern(r"[;{}]\s*$|\)\s*\{|=>\s*$|\):\s*$")

_INLINE_CODE = pattern(r"(`{1,2})(?!`)([^`\n]{1,300})\1(?!`)")
_QUOTED = pattern("\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]|‹[^›\n]{1,400}›"
                     r"|(?<![\w'’])'[^\s'][^'\n]{0,300}?(?<!\s)'(?!\w)|(?<!\w)‘[^’\n]{1,300}’(?!\w)")
_FILE_ENDS = ("py|pyi|pyx|js|jsx|ts|tsx|mjs|cjs|vue|svelte|astro|json|json5|jsonc|yaml|yml|toml|ini|cfg|conf|config|md|mdx|rst|txt|adoc|sql|sqlite|sqlite3|db|csv|tsv|parquet"
              "|xml|xsd|html|htm|css|scss|sass|less|go|mod|sum|rs|java|kt|kts|gradle|scala|rb|erb|rake|gemspec|php|c|h|cc|cpp|hpp|cxx|cs|csproj|sln|fs|swift|m|mm|lua|pl|pm"
              "|r|ipynb|jl|ex|exs|erl|hs|clj|dart|sh|bash|zsh|fish|ps1|bat|cmd|lock|env|pem|key|crt|cer|p12|pfx|tf|tfvars|tfstate|hcl|proto|graphql|gql|avsc|wsdl|prisma|log"
              "|png|jpe?g|gif|svg|ico|webp|pdf|docx?|xlsx?|pptx?|zip|tar|gz|tgz|jar|war|whl|so|dll|exe|bin|dat|pkl|pt|onnx|po|pot|properties|plist|service|mk|cmake|make|dockerfile"
              "|tpl|tmpl|j2|snap|map|patch|diff|bak|orig|example|sample|template|local|wasm|sol|zig|nix|bzl|bazel|pub|kdbx|asc|gpg|j2")
_BARE_NAMES = ("Makefile|Dockerfile|Jenkinsfile|Procfile|Gemfile|Rakefile|Vagrantfile|Brewfile|Pipfile|Justfile|Caddyfile|CODEOWNERS|LICENSE|LICENCE|NOTICE"
               "|CHANGELOG|CONTRIBUTING|README|AUTHORS|go\\.mod|go\\.sum")
_BODY = r"[\w.@+~%$*?{}\[\]=-]"
WEB = pattern(r"\b(?:https?|wss?|ssh|ftp|git|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp)://[^\s\"'`<>)\ue000]+", re.I)
PATHS = pattern(
    rf"(?<![\w@/\\.*~-])(?:(?:~|\.\.?|[A-Za-z]:)?[/\\]{_BODY}[\w.@+~%$*?{{}}\[\]=/\\,-]*"   # from a root
    rf"|{_BODY}+(?:/{_BODY}*)+"                                                            # with a slash
    rf"|\.[A-Za-z][\w-]*(?:\.[\w-]+)*"                                                     # .env, .gitignore
    rf"|[\w*?-][\w.*?@+-]*\.(?:{_FILE_ENDS})(?![\w-]|\.\w)"                                     # a known ending
    rf"|\*+\.\w+\*?"                                                                      # *.sql
    rf"|(?:{_BARE_NAMES})(?![\w-]))")
# Two words with a slash between them that are no path.
_PAIRS = pattern(
    r"(?:and/or|either/or|he/she|she/he|his/her|him/her|s/he|yes/no|true/false|on/off|read/write|write/read|input/output|i/o|ci/cd|w/o|w/|n/a|tcp/ip|a/b|client/server"
    r"|get/post|request/response|up/down|start/stop|before/after|and/oder|oder/und|et/ou|y/o|e/ou|und/oder|24/7|\d+/\d+(?:/\d+)?|c/c\+\+|open/close|"
    r"js/ts|ts/js|us/eu|pre/post|am/pm|km/h|req/s|mb/s|ok/not|pass/fail|name/version|key/value|user/pass|username/password|agents?/\w*agents?|\w*agents?/workers?|workers?/\w*agents?)\Z", re.I)
_VERB_PAIR = pattern(
    r"(?:(?:re|un|over)?(?:add|remove|delete|edit|change|modify|touch|create|update|rename|move|alter|write|read|run|push|commit|merge|rebase|deploy|install|drop|truncate"
    r"|insert|copy|format|refactor|break|open|close|use|call|fix|revert|adjust|tweak)(?:ing|ting|s|ed|d)?|mov(?:ing|ed)|delet(?:ing|ed)|renam(?:ing|ed)|chang(?:ing|ed)|writ(?:ing|ten)|merg(?:ing|ed)"
    r"|changes|edits|additions?|deletions?|removals?|renames)(?:/(?:add|remove|delete|edit|change|modify|touch|create|update|rename|move|alter|write|read|run|push|commit|merge|rebase|deploy"
    r"|install|drop|truncate|insert|copy|format|refactor|break|use|call|fix|revert|adjust|tweak|(?:add|remov|delet|edit|chang|modify|touch|creat|updat|renam|mov|alter|writ|push|committ|merg|deploy)(?:ing|ed)"
    r"|deletions?|removals?|renames|changes|edits))+\Z", re.I)
IDENTIFIER = pattern(r"(?<![\w.-])(?:(?:print|println|eprintln|dbg|panic|vec|todo|unwrap|assert|assert_eq|format|write|writeln|matches|unreachable|unimplemented|include_str)!(?=\s|[.,;:)(]|\Z)|[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)*\(\)|[A-Za-z]\w*_\w+|_\w+|[A-Za-z]\w*(?:(?:\.|::)[A-Za-z_]\w*)+"
                        r"|[a-z][a-z0-9]*[A-Z]\w*|[A-Z][a-z0-9]+[A-Z]\w*)(?!\w|-\w[\w-]*\.\w)")
_CONVENTIONS = pattern(r"(?:(?:lower_|upper_|screaming_)?snake_case|camelCase|PascalCase|UPPER_CASE|lower_case|UPPER_SNAKE_CASE|e\.g|i\.e|[Tt]ypeScript|[Jj]avaScript|[Gg]it[Hh]ub|[Gg]it[Ll]ab|[Pp]ostgreSQL"
                          r"|[Mm]ySQL|[Nn]oSQL|GraphQL|OpenAPI|[Mm]acOS|iOS|README|DONT|DoNot|MariaDB|SQLite|PyPI|DevOps|JetBrains|VSCode|LaTeX|YouTube|McDonald|OAuth|WebSocket|McGregor|DynamoDB|MongoDB|do_not_touch"
                          r"|[A-Za-z]+\.(?:Please|Do|Don|Never|Only|Keep|Leave|No|Also|And|But|The|Then|Make|Use|Just|You|We|I|It|All|please|do|dont|never|only|keep|leave|also|then|make|just|you|we|it|all))\Z")

_ENDS = pattern("[.!?…。！？]+[\"'”’»)\\]\ue000-\ue001]*(?=\\s|\\Z)|[.!?](?=[A-Z][a-z]+ )|\\s[—–]\\s(?=(?:please |do not |don't |never ))|\\s(?=\\(?\\d\\)\\s)")
_ABBREVIATION = pattern(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|cf|mr|mrs|ms|dr|st|no|nr|fig|eq|incl|resp|ca|bzw|z\.b|d\.h|u\.a|usw|p\.ex|ex|pl|sec|min|max|dept|est)|\b[a-z])\.\Z", re.I)
_STARTERS = pattern(
    r"(?:please|pls|plz|do not|don[’']?t|never|no |only|keep|leave|avoid|without|also|and |but |use |stick|stay|make sure|ensure|always|must|all |every |note|hands off|ask |under no"
    r"|whatever|ne |n'|n’|nicht|niemals|auf keinen|nur |fass|lass|jamais|laisse|sans |seulement|no toques|nunca|solo |sólo|deja|sin |não|nao|apenas|deixe|sem |thanks|thx|thank you|cheers)", re.I)


class Passage(NamedTuple):
    """start, end: where in the prompt.  text, shadow: of the same length.  lead: the line that introduces the list it is an item of."""

    start: int
    end: int
    text: str
    shadow: str
    lead: str
    lead_shadow: str
    item: bool
    previous: "tuple[str, str]" = ("", "")  # text and shadow of the passage before it in the same paragraph: what "it" can mean


@lru_cache(maxsize=2)  # constraints, lifts and decisions are all read from one prompt
def passages(prompt: str) -> "tuple[Passage, ...]":
    """All sentences and list items of a prompt that a person can have meant, in order. () for what a machine wrote."""
    if _MACHINE_MADE.match(prompt):
        return ()
    blanked = _without_blocks(prompt)
    shadow = shadow_of(prompt, blanked)
    found: list[Passage] = []
    for start, end, lead, item in _pieces(prompt, shadow):
        lead_text, lead_shadow = (prompt[lead[0]:lead[1]], shadow[lead[0]:lead[1]]) if lead else ("", "")
        previous = ("", "")
        for first, last in _sentences(shadow, start, end):
            text, ghost = prompt[first:last], shadow[first:last]
            found.append(Passage(first, last, text, ghost, lead_text, lead_shadow, item, previous))
            previous = (text, ghost)
    return tuple(found)


def worth_reading(found: "tuple[Passage, ...]", cue: "re.Pattern[str]") -> "Sequence[Passage]":
    """All passages; of very many, those that hold a cue (in the shadow or their lead), the first and the last of them."""
    if len(found) <= _MOST:
        return found
    if len(found) > _MOST_SCANNED:
        found = found[:_MOST_SCANNED // 2] + found[-_MOST_SCANNED // 2:]
    kept = [p for p in found if cue.search(p.shadow) or (p.lead and cue.search(p.lead_shadow))]
    return kept if len(kept) <= _MOST else kept[:_MOST // 2] + kept[-_MOST // 2:]


def shadow_of(text: str, blanked: str = "") -> str:
    """The shadow of a text: as long as it, lower case, plain apostrophes, marks instead of code, quotations, paths, identifiers."""
    shadow = _ENDLESS.sub(lambda m: " " * len(m[0]), blanked or text).translate(_PLAIN)
    shadow = _STRESSED.sub(lambda m: m[1] + " " * (len(m[0]) - len(m[1])) if m[1] else " " * len(m[0]), _BACKTICK.sub("'", shadow))
    shadow = _INLINE_CODE.sub(lambda m: CODE * len(m[0]), shadow)
    shadow = _QUOTED.sub(_quotation, shadow)
    shadow = WEB.sub(lambda m: PATH * len(m[0].rstrip(".,;:!?")) + m[0][len(m[0].rstrip(".,;:!?")):], shadow)
    shadow = PATHS.sub(_path, shadow)
    shadow = _FLAG.sub(lambda m: PATH * len(m[0]), shadow)
    shadow = IDENTIFIER.sub(lambda m: m[0].replace("_", " ") if _CONVENTIONS.match(m[0]) else PATH * len(m[0]), shadow)
    shadow = _EMPHASIS.sub(lambda m: " " * len(m[0]), shadow)
    low = shadow.lower()
    return low if len(low) == len(shadow) else "".join(c.lower() if len(c.lower()) == 1 else c for c in shadow)


_PLAIN = {ord(a): b for a, b in zip("’‘ʼ`´＇\u00a0\u202f\u2007\ue000\ue001\ue002\u2011\u2010", "''''''" + "   " + "   " + "--", strict=True) if a != "`"}
_PLAIN.pop(ord("‘"))
_PLAIN |= {c: " " for c in (0x200B, 0x200C, 0x200D, 0xFEFF, 0x2060, 0xAD, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)}


_ENDLESS = pattern(r"\S{300,}")  # no name is that long; it keeps every pattern below linear
_FLAG = pattern(r"(?<![\w-])--[A-Za-z][\w-]*")
_BACKTICK = pattern(r"(?<=[a-z]n)`(?=t\b)")
_STRESSED = pattern(r"__?(not|never|only|please|must|don't|do not|no|always|all|any)__?(?!\w)|\(!+\)", re.I)
_EMPHASIS = pattern(r"\*{1,3}|(?<![\w])_{1,2}(?=\w)|(?<=\w)_{1,2}(?![\w])|~~")


def _quotation(match: "re.Match[str]") -> str:
    """A quotation is marked; one that holds a path or an identifier alone is a name."""
    inner = match[0][1:-1]
    return (PATH if " " not in inner and "/" in inner else QUOTE) * len(match[0])


def _path(match: "re.Match[str]") -> str:
    whole = match[0]
    name = whole.rstrip(".,;:!?-")
    rest = whole[len(name):]
    if not name or set(name) <= set("*=-~.?[]{}$%+") or _CONVENTIONS.match(name):
        return " " * len(name) + rest if name and set(name) <= {"*"} else whole
    if _VERB_PAIR.match(name):
        return name.replace("/", " ") + rest
    if _PAIRS.match(name) or ("/" not in name and "." not in name and "*" not in name and name not in _BARE_NAMES.split("|")):
        return whole
    return PATH * len(name) + rest


def _without_blocks(prompt: str) -> str:
    """The prompt with machine-made blocks, fenced code and comments blanked; line breaks stay."""
    text = prompt.replace("\r", " ")
    parts, at = [], 0
    for start, end in sorted(_blocks(text)):
        if end > at:
            parts += [text[at:max(at, start)], _blank(text[max(at, start):end])]
            at = end
    return "".join(parts) + text[at:]


def _blocks(text: str) -> "list[tuple[int, int]]":
    spans: list[tuple[int, int]] = []
    at = 0
    while len(spans) < 200 and (opening := _REMINDER.search(text, at)):
        closing = text.find(f"</{opening[1]}", opening.end())
        end = closing if closing >= 0 else (len(text) if opening[1].lower() not in ("pre", "code", "quote", "blockquote") else opening.end())
        spans.append((opening.start(), end))
        at = max(end, opening.end())
    at = 0
    while len(spans) < 400 and (start := _OURS.search(text, at)):
        ending = _OURS_END.search(text, start.end())
        spans.append((start.start(), ending.end() if ending else len(text)))
        at = spans[-1][1]
    spans += [m.span() for m in _COMMENTED.finditer(text)]
    at = 0
    while len(spans) < 2000 and (fence := _FENCE.search(text, at)):
        closing_fence = re.compile(rf"^[ \t]*{re.escape(fence[1])}[`~]*[ \t]*\r?$", re.M).search(text, fence.end())
        if closing_fence:
            at = closing_fence.end()
        else:  # never closed: what follows the next empty line is prose again
            gap = _BLANK.search(text, fence.end())
            at = gap.start() if gap else len(text)
        spans.append((fence.start(), at))
    return spans


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    begin: int  # where its content begins, after the bullet
    sort: str   # "text" | "bullet" | "heading" | "blank" | "skip"


def _lines(prompt: str, shadow: str) -> "list[_Line]":
    found: list[_Line] = []
    at, in_diff, in_code = 0, False, False
    for raw in prompt.split("\n"):
        start, end = at, at + len(raw.rstrip())
        at += len(raw) + 1
        ghost = shadow[start:end]
        if not raw:
            if not (found and found[-1].sort == "blank"):
                found.append(_Line(start, end, 0, end, "blank"))
            in_diff = False
            continue
        bare = raw.strip()
        body = prompt[start:end].expandtabs(4)
        indent = len(body) - len(body.lstrip())
        if not ghost.strip():
            found.append(_Line(start, end, 0, end, "skip" if bare else "blank"))
            in_diff = in_diff and bool(bare)
            continue
        if _DIFF_START.match(bare):
            in_diff = True
        bullet = _BULLET.match(raw)
        sort, begin = "text", start + len(raw) - len(raw.lstrip())
        if bare.startswith((">", "|")) or (in_diff and (raw[:1] in "+- @\\" or _DIFF_START.match(bare) or bare.startswith(("index ", "new file", "deleted file")))) or _LOG.match(raw) or (not bullet and (_CODE_LINE.match(raw) or _CODE_END.search(raw) and not re.search(r"\w{2,} \w+ \w+ \w+", raw))) or _PERHAPS_LOG.match(raw) and (in_code or re.match(r"[ \t]*warning: unused|[ \t]*warning: (?:this|the) \w+ (?:is|was)", raw)) or indent >= 4 and in_code and not bullet:
            sort = "skip"
        elif heading := _HEADING.match(raw):
            sort, begin = "heading", start + heading.end()
        elif bullet:
            sort, begin = "bullet", start + bullet.end()
        elif indent >= 4 and bare.startswith("#"):
            sort = "skip"
        in_code = sort == "skip" and not bare.startswith(">")
        found.append(_Line(start, end, indent, begin, sort))
    return found


def _pieces(prompt: str, shadow: str) -> "list[tuple[int, int, tuple[int, int] | None, bool]]":
    """(start, end, span of the lead or None, whether a list item) of every paragraph and list item."""
    pieces: list[tuple[int, int, tuple[int, int] | None, bool]] = []
    lines = _lines(prompt, shadow)
    leads: list[tuple[int, tuple[int, int]]] = []  # (indent, span) of what introduces the lists that are open
    heading: tuple[int, int] | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.sort in ("blank", "skip"):
            continue
        if line.sort == "heading":
            heading, leads = (line.begin, line.end), []
            continue
        last = line
        while at < len(lines) and lines[at].sort == "text" and _continues(prompt, lines, line, last, lines[at]):
            last = lines[at]
            at += 1
        if line.sort == "bullet":
            while leads and leads[-1][0] >= line.indent and prompt[leads[-1][1][0] - 1:leads[-1][1][0]] != "\0" and leads[-1][0] > -1:
                leads.pop()
            lead = leads[-1][1] if leads else heading
            mark = line.begin - len(prompt[line.start:line.begin].lstrip())
            if prompt[mark] in NO_MARKS:
                lead = (mark, mark + 1)
            pieces.append((line.begin, last.end, lead, True))
        else:
            after = next((n for n in lines[at:at + 3] if n.sort != "blank"), None)
            lead = leads[-1][1] if leads and line.indent > 0 and leads[-1][0] < line.indent else heading
            pieces.append((line.begin, last.end, lead, False))
            leads = []
            if after and after.sort in ("bullet", "text") and prompt[line.begin:last.end].rstrip().endswith((":", ":*", ":**", ": ")) or after and after.sort == "bullet":
                leads = [(-1, _last_sentence(shadow, line.begin, last.end))]
            continue
        if prompt[line.begin:last.end].rstrip(" *_").endswith(":"):
            leads.append((line.indent, (line.begin, last.end)))
    return pieces


def _last_sentence(shadow: str, start: int, end: int) -> "tuple[int, int]":
    return _sentences(shadow, start, end)[-1] if shadow[start:end].strip() else (start, end)


def _continues(prompt: str, lines: "list[_Line]", first: _Line, last: _Line, line: _Line) -> bool:
    """Whether a line goes on with the sentence above: it was wrapped for width, or nothing says that a new one begins."""
    above = prompt[last.begin:last.end].rstrip()
    here = prompt[line.begin:line.end]
    if above.endswith((":", ".", "!", "?", ":*", ":**")):
        return above[-1] in ".!?" and last.end - last.start > 50 and first.sort != "bullet"
    if first.sort == "bullet" and line.indent <= first.indent and (here[:1].isupper() or _STARTERS.match(here)):
        return False
    word = here.split(None, 1)[0] if here.split() else ""
    width = max(last.end - last.start, line.end - line.start)
    wrapped = width >= 50 and last.end - last.start + 1 + len(word) >= width
    if _STARTERS.match(here) or here[:1].isupper():
        return wrapped and above.endswith((",", "-", "and", "or", "the", "to", "not", "of", "in", "a", "any")) or (wrapped and width > 65 and not _STARTERS.match(here))
    return wrapped or last.end - last.start >= 40 or above.endswith((",", " and", " or", " the", " to", " not"))


def _sentences(shadow: str, start: int, end: int) -> "list[tuple[int, int]]":
    spans: list[tuple[int, int]] = []
    at = start
    for stop in _ENDS.finditer(shadow, start, end):
        if stop.start() < at or _ABBREVIATION.search(shadow[max(at, stop.start() - 8):stop.start() + 1]) and stop[0] == ".":
            continue
        spans += _trimmed(shadow, at, stop.end())
        at = stop.end()
    spans += _trimmed(shadow, at, end)
    return spans


def _trimmed(shadow: str, start: int, end: int) -> "list[tuple[int, int]]":
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    spans = []
    while end - start > _LONGEST:
        cut = shadow.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        spans.append((start, cut))
        start = cut + 1 if cut < end and shadow[cut] == " " else cut
    return spans + ([(start, end)] if start < end else [])
