"""Locks of the operating system: they die with their process, so a crash or kill -9 never leaves one behind.

They are POSIX record locks: they keep processes apart, not the threads of one process. (flock would need the fcntl module,
which costs every tool call 0.15 ms more.)
"""

import posix
from time import monotonic, sleep

_FIRST_PAUSE = 0.0005  # seconds, doubled at each try
_LONGEST_PAUSE = 0.05


def acquire(fd: int, wait: float, name: str) -> None:
    """Lock an open file for this process alone, waiting at most `wait` seconds. Raises TimeoutError that names `name`.

    The lock ends when the descriptor is closed or the process ends, however it ends.
    """
    pause, deadline = _FIRST_PAUSE, None
    while True:
        try:
            posix.lockf(fd, posix.F_TLOCK, 0)
            return
        except (BlockingIOError, PermissionError):  # EAGAIN on Linux, EACCES elsewhere
            now = monotonic()
            if deadline is None:
                deadline = now + wait
            elif now >= deadline:
                raise TimeoutError(f"{name} has been locked by another process for {wait:g} s") from None
            sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


class Locked:
    """`with Locked(path, wait)`: hold the permanent lock file at `path`. The file stays; only the lock on it comes and goes."""

    def __init__(self, path: str, wait: float = 30.0) -> None:
        self.path, self.wait, self.fd = path, wait, -1

    def __enter__(self) -> "Locked":
        self.fd = posix.open(self.path, posix.O_RDWR | posix.O_CREAT | posix.O_CLOEXEC, 0o600)
        try:
            acquire(self.fd, self.wait, self.path)
        except BaseException:
            posix.close(self.fd)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        posix.close(self.fd)
