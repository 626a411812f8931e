"""A file of moments: how often something happened lately, exact for any number of processes at once.

Each moment is 8 bytes, nanoseconds since 1970. The lock is the system's and dies with its process; a torn or foreign file
counts for what can be read of it.
"""

import posix

from holdfast.kernel.locked import acquire

_SIZE = 8
_WAIT = 1.0  # seconds; the file is held for some microseconds


def note(path: str, at: int, limit: int, within: int) -> int:
    """Note the moment `at`, unless `limit` moments lie within the last `within` nanoseconds: then nothing is noted.

    -> 0 when it was noted, else the nanoseconds until there is room. Raises OSError, TimeoutError.
    """
    fd = posix.open(path, posix.O_RDWR | posix.O_CREAT | posix.O_CLOEXEC, 0o600)
    try:
        acquire(fd, _WAIT, path)
        data = posix.pread(fd, min(posix.fstat(fd).st_size, 1_048_576), 0)
        found = [int.from_bytes(data[i:i + _SIZE], "little") for i in range(0, len(data) - _SIZE + 1, _SIZE)]
        # What lies ahead was noted before the clock was set back, and would hold the agent up for as long.
        recent = sorted(moment for moment in found if at - within < moment <= at + within)[-limit:]
        if len(recent) >= limit:
            return max(1, recent[0] + within - at)
        whole = b"".join(moment.to_bytes(_SIZE, "little") for moment in (*recent, at))
        if posix.pwrite(fd, whole, 0) == len(whole) < len(data):
            posix.ftruncate(fd, len(whole))
        return 0
    finally:
        posix.close(fd)
