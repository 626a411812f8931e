"""How many tokens of the context are in use, from the end of the transcript: a help where it is there, never more.

The transcript's format is the client's own (2.1.329: one row a content block, `message.usage` on each). No event carries
the figure but a resume. Only the file's last bytes are read, so that a tool call can afford it.
"""

import posix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.event import Event

_TAIL = 65_536  # bytes looked at; the row of the last answer is nearly always within them
_PARTS = ('"input_tokens":', '"cache_read_input_tokens":', '"cache_creation_input_tokens":', '"output_tokens":')


def used(event: "Event") -> "tuple[int, str]":
    """(tokens in use at the last answer, the model's name); (0, "") where nothing tells."""
    path = transcript_of(event)
    try:
        fd = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC | posix.O_NONBLOCK)
    except OSError:
        return 0, ""
    try:
        size = posix.fstat(fd).st_size
        tail = posix.pread(fd, _TAIL, max(0, size - _TAIL)).decode("utf-8", "replace")
    except OSError:
        return 0, ""
    finally:
        posix.close(fd)
    return read_use(tail)


def transcript_of(event: "Event") -> str:
    """The transcript of the event's agent."""
    path = event.transcript_path or ""
    if event.agent and path.endswith(".jsonl") and "/" not in event.agent:
        return f"{path[:-6]}/subagents/agent-{event.agent}.jsonl"
    return path


def read_use(tail: str) -> "tuple[int, str]":
    """The same from the end of a transcript. What comes before the last compaction's boundary does not count."""
    at = tail.rfind('"usage":{')
    if at < 0 or tail.rfind('"compact_boundary"') > at:
        return 0, ""
    # A nested object repeats the names (`iterations`, `cache_creation`): the first of each is the message's own.
    text = tail[at:at + 2_000]
    total = sum(_number(text, part) for part in _PARTS)
    start = tail.rfind('"model":"', 0, at)
    return total, tail[start + 9:tail.find('"', start + 9)] if start >= 0 else ""


def _number(text: str, name: str) -> int:
    at = text.find(name)
    digits = ""
    while at >= 0 and (c := text[at + len(name) + len(digits):at + len(name) + len(digits) + 1]).isdigit():
        digits += c
    return int(digits) if digits else 0
