"""The append-only mark of a file: what is in it can then be neither changed nor removed, only added to. Not on the hot path.

Linux: the `a` attribute of chattr(1), which only root may set and clear. macOS: UF_APPEND, which the owner may set and clear.
"""

import os
import stat
import sys

# <linux/fs.h>: FS_IOC_GETFLAGS, FS_IOC_SETFLAGS for a 64-bit long, FS_APPEND_FL.
_GET, _SET, _APPEND = 0x80086601, 0x40086602, 0x20


class NotPossible(Exception):
    """The mark cannot be set, cleared or read here; the message says why."""


def is_append_only(path: str) -> "bool | None":
    """True, False, or None where that cannot be told. Raises OSError when the file cannot be opened."""
    if sys.platform == "darwin":
        return bool(os.stat(path).st_flags & stat.UF_APPEND)
    if not sys.platform.startswith("linux"):
        return None
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        return bool(_flags(fd) & _APPEND)
    except OSError:
        return None  # a file system without attributes, such as overlay or NFS in places
    finally:
        os.close(fd)


def mark(path: str, on: bool) -> None:
    """Set or clear the mark. Raises NotPossible, and OSError when the file cannot be opened."""
    if sys.platform == "darwin":
        flags = os.stat(path).st_flags
        os.chflags(path, flags | stat.UF_APPEND if on else flags & ~stat.UF_APPEND)
        return
    if not sys.platform.startswith("linux"):
        raise NotPossible("this platform has no append-only files")
    import fcntl
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        flags = _flags(fd)
        fcntl.ioctl(fd, _SET, (flags | _APPEND if on else flags & ~_APPEND).to_bytes(8, sys.byteorder))
    except PermissionError:
        raise NotPossible(f"only root may do this on Linux. Run: sudo chattr {'+' if on else '-'}a '{path}'") from None
    except OSError as bad:
        raise NotPossible(f"the file system of {path} has no append-only files ({bad.strerror})") from None
    finally:
        os.close(fd)
    if is_append_only(path) is not on:
        raise NotPossible(f"the file system of {path} did not take the mark")


def _flags(fd: int) -> int:
    import fcntl
    return int.from_bytes(fcntl.ioctl(fd, _GET, bytes(8)), sys.byteorder) & 0xFFFFFFFF
