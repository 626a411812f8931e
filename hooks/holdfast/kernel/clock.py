"""The time, read in one place so that everything else can be handed it."""

from time import gmtime, strftime, time_ns


def now() -> int:
    """Nanoseconds since 1970, UTC."""
    return time_ns()


def iso(ns: int) -> str:
    """Nanoseconds since 1970 -> "2026-03-01T12:00:00.123Z"."""
    seconds, rest = divmod(ns, 1_000_000_000)
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(seconds)) + f".{rest // 1_000_000:03d}Z"
