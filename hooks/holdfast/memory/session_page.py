"""A task's Memory as the page that people read, session_memory.md; and whether a page is still as it was printed. Pure.

The sections stand in a fixed order, each within a limit, and the whole within another: what is finished longest is counted
instead of shown. A decision is always shown.
"""

from holdfast.kernel.files import digest
from holdfast.memory.session_schema import KINDS, VERSION, live

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.memory.session_schema import Entry, Memory

SECTION, WHOLE = 2_000, 12_000  # tokens, as the client's own session memory has them (client 2.1.88)
TITLES = {"decision": "Decisions Made", "progress": "Progress Markers", "discovery": "Key Discoveries", "next": "Next Session Start"}
_ORDER = ("IN_PROGRESS", "BLOCKED", "PENDING", "COMPLETED")
_LAST = "<!-- holdfast "
_LAST_WORDS = "entries are added with `holdfast memory add`; what is written here by hand is kept aside -->"


def page(memory: "Memory") -> str:
    """The whole text, ending in the line that tells whether it was changed since."""
    text = [*_front(memory), "", f"# Session memory: {_line(memory['title'] or memory['task'])}", ""]
    sections = {kind: _lines(memory, kind) for kind in KINDS}
    shown = {kind: _within(lines, SECTION, kind) for kind, lines in sections.items()}
    others = sum(_tokens(lines) for kind, lines in shown.items() if kind != "progress") + _tokens([(line, "") for line in text])
    shown["progress"] = _within(shown["progress"], WHOLE - others, "progress")
    for kind, lines in shown.items():
        text += [f"## {TITLES[kind]}", ""]
        counted = len(sections[kind]) - len(lines)
        if counted:
            text += [f"- {counted} earlier {'completed items' if kind == 'progress' else 'entries'}: "
                     f"`holdfast memory show --task {_quoted(memory['task'])} --all`"]
        text += [line for line, _ in lines] if lines or counted else ["(nothing yet)"]
        text += [""]
    body = "\n".join(text)
    return f"{body}\n{_LAST}{_sum(body)} {_LAST_WORDS}\n"


def too_long(memory: "Memory") -> "list[str]":
    """What cannot be folded and goes beyond the limits, in words."""
    size = _tokens(_lines(memory, "decision"))
    return [f"Decisions Made: about {size} tokens, and {SECTION} is the limit; decisions are never left out"] if size > SECTION else []


def as_printed(text: str) -> bool:
    """Whether a page is as it was printed, whatever the line ends."""
    body, mark, last = text.replace("\r\n", "\n").rpartition("\n" + _LAST)
    return bool(mark) and last.strip() == f"{_sum(body)} {_LAST_WORDS}"


def _front(memory: "Memory") -> "list[str]":
    task, title = ('"' + _line(memory[name]).replace("\\", "\\\\").replace('"', '\\"') + '"' for name in ("task", "title"))
    return ["---", f"schema: {VERSION}", f"task: {task}", f"title: {title}", f"state: {memory['state']}", f"created: {memory['created']}",
            f"updated: {memory['updated']}", "---"]


def _lines(memory: "Memory", kind: str) -> "list[tuple[str, str]]":
    """(a line, what may be said of it: "fold" when it may be counted instead) for each entry of a section."""
    if kind == "decision":
        return [(_decision(one), "") for one in memory["entries"] if one["kind"] == kind]
    if kind == "progress":
        items = sorted(live(memory, kind), key=lambda one: _ORDER.index(one["state"]))
        return [(f"- {one['state']} **{one['id']}** {_line(one['text'])}{_reason(one)}", "fold" if one["state"] == "COMPLETED" else "")
                for one in items]
    entries = live(memory, kind)
    if kind == "next":  # the latest counts: it stands first, and the others are what was to come before
        return [(f"- **{one['id']}** {'' if one is entries[-1] else '(earlier) '}{_line(one['text'])}{_reason(one)}",
                 "" if one is entries[-1] else "fold") for one in reversed(entries)]
    return [(f"- **{one['id']}** {_line(one['text'])}{_reason(one)}", "fold" if one is not entries[-1] else "") for one in entries]


def _decision(one: "Entry") -> str:
    replaces = f" SUPERSEDES {', '.join(one['supersedes'])}:" if one["supersedes"] else ""
    ended = f" (superseded by {one['ended']})" if one["ended"] else ""
    return f"- **{one['id']}**{replaces} {_line(one['text'])}{_reason(one)}{ended}"


def _reason(one: "Entry") -> str:
    return f" (because {_line(one['because'])})" if one["because"] else ""


def _within(lines: "list[tuple[str, str]]", limit: int, kind: str) -> "list[tuple[str, str]]":
    """The lines of a section without the oldest of those that may be counted instead, as far as the limit asks for it."""
    size, gone = sum(_bytes(line) for line, _ in lines), set()
    numbers = range(len(lines) - 1, -1, -1) if kind == "next" else range(len(lines))
    for number in numbers:
        line, how = lines[number]
        if size > limit * 4 and how == "fold":
            gone.add(number)
            size -= _bytes(line)
    return [one for number, one in enumerate(lines) if number not in gone]


def _tokens(lines: "list[tuple[str, str]]") -> int:
    """About how many tokens: four bytes each."""
    return sum(_bytes(line) for line, _ in lines) // 4


def _bytes(line: str) -> int:
    return len(line.encode("utf-8", "replace")) + 1


def _line(text: str) -> str:
    """A text on one line of Markdown that it can neither end nor hide."""
    line = "".join(c if c.isprintable() or c in "\u00a0\u202f" else " " for c in text)
    return " ".join(line.split()).replace("<!--", "&lt;!--")


def _quoted(task: str) -> str:
    return task if task.isascii() and all(c.isalnum() or c in "._-" for c in task) else "'" + task.replace("'", "'\\''") + "'"


def _sum(body: str) -> str:
    return "sha256:" + digest(body.encode("utf-8", "replace"))[:16]
