"""The only writer of state: logs that are appended with one write and a checksum chain, documents that are replaced whole.

A log is one JSON object per line: {"v":1,"n":17, ... ,"prev":SUM,"sum":SUM}. `n` counts from 1, `sum` is the SHA-256 of
the line up to the comma before "sum", `prev` is the sum of the record before, so a record that was changed, removed or
put in between is found. Beside each log lies LOG.head with the number and sum of the last record: a log cut short at its
end is found too. A record is not fsynced: it survives the death of any process, not that of the machine.

A document is written to a temporary file in its folder, fsynced, renamed into place, and the folder is fsynced.
"""

import posix
import sys

from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.locked import acquire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from hashlib import sha256

    from holdfast.kernel.jsontext import JsonObject
elif sys.version_info >= (3, 12):
    from _sha2 import sha256
else:
    from _sha256 import sha256

LOCK_WAIT = 2.0  # seconds; a writer holds the lock for well under a millisecond
_TAILS = (4096, 65_536, 1_048_576)  # how far back the last record is looked for; records are far smaller than the last
_TAIL = 24  # characters before a place in a log that tell whether it is still the same log: the end of a record's sum
_HEAD = 128  # fixed width of a .head file, so that it is overwritten in one write
_KIND, _ORDINARY = 0o170000, 0o100000  # S_IFMT and S_IFREG of <sys/stat.h>
_NO_SPACE = 28  # ENOSPC, the same number on Linux and macOS
_SUM = ',"sum":"'


def digest(data: bytes) -> str:
    """bytes -> SHA-256, hexadecimal."""
    return sha256(data).hexdigest()


# ---- logs ---------------------------------------------------------------------------------------------------------

def append(path: str, fields: "JsonObject") -> int:
    """Append one record (a dict without v, n, prev, sum) to the log at `path`; returns its number.

    Raises OSError (disk full, no rights), TimeoutError (another process has held the log for 2 s). Nothing is written then.
    """
    fd = open_new(path, posix.O_RDWR | posix.O_APPEND)
    try:
        acquire(fd, LOCK_WAIT, path)
        size = posix.fstat(fd).st_size
        number, last, torn = _last_record(fd, size, path)
        head = read_head(path)
        if head is not None and head[0] > number:  # the log was cut: its gap must stay to be seen
            number, last = head
        line, checksum = _sealed(fields, number + 1, last)
        data = b"\n" + line if torn else line
        try:
            if posix.write(fd, data) != len(data):
                raise OSError(_NO_SPACE, "no space left to append a record", path)
            _note_head(path, number + 1, checksum)
        except OSError as bad:
            _cut(fd, size)  # else the caller would append again what is there, or half of it
            raise _naming(bad, path) from None
        return number + 1
    finally:
        posix.close(fd)


def _sealed(fields: "JsonObject", number: int, last: str) -> "tuple[bytes, str]":
    body = dump({"v": 1, "n": number, **fields, "prev": last})[:-1].encode("ascii")
    checksum = digest(body)
    return body + f'{_SUM}{checksum}"}}\n'.encode("ascii"), checksum


def _last_record(fd: int, size: int, path: str) -> "tuple[int, str, bool]":
    """(number, sum, torn) of the last whole record; torn when the log does not end with a newline."""
    if size == 0:
        return 0, "", False
    torn = False
    for length in _TAILS:
        start = max(0, size - length)
        data = posix.pread(fd, size - start, start)
        torn = not data.endswith(b"\n")
        lines = data.split(b"\n")[0 if start == 0 else 1:]  # the last may be a record that lacks its newline alone
        for line in reversed(lines):
            record = unseal(line)
            if record is not None:
                return record["n"], record["sum"], torn
        if start == 0:
            break
    number, checksum = read_head(path) or (0, "")
    return number, checksum, torn


def _cut(fd: int, size: int) -> None:
    try:
        posix.ftruncate(fd, size)
    except OSError:
        pass  # an append-only file cannot be cut: the torn end stays, and the reader reports it


def _naming(bad: OSError, path: str) -> OSError:
    """The same error with the path, which the system leaves out where it is given a descriptor."""
    return bad if bad.filename else OSError(bad.errno, bad.strerror, path)


def sealed(fields: "JsonObject") -> bytes:
    """A document (dict without v, n, sum) as bytes with its checksum, for `replace`; `unseal` takes it apart."""
    body = dump({"v": 1, "n": 1, **fields})[:-1].encode("ascii")
    return body + f'{_SUM}{digest(body)}"}}\n'.encode("ascii")


def unseal(line: bytes) -> "JsonObject | None":
    """One line (bytes, no newline) -> record dict, or None when it is not a whole, unchanged record."""
    body, mark, rest = line.rpartition(_SUM.encode("ascii"))
    if not mark or rest[64:] != b'"}' or digest(body) != rest[:64].decode("latin-1"):
        return None
    try:
        record = load(line.decode("utf-8"))
    except ValueError:
        return None
    if isinstance(record, dict) and isinstance(record.get("n"), int):
        return record
    return None


def _note_head(path: str, number: int, checksum: str) -> None:
    fd = posix.open(path + ".head", posix.O_WRONLY | posix.O_CREAT | posix.O_CLOEXEC, 0o600)
    try:
        posix.pwrite(fd, f"{number} {checksum}".ljust(_HEAD - 1).encode("ascii") + b"\n", 0)
    finally:
        posix.close(fd)


def read_head(path: str) -> "tuple[int, str] | None":
    """(number, sum) of the last record that was appended to the log at `path`, or None when that is not known."""
    try:
        number, checksum = read(path + ".head").decode("ascii").split()
        return int(number), checksum
    except (OSError, ValueError):
        return None


class Damage:
    """A stretch of a log that is not a record. line: its number from 1.  size: bytes.  torn: it ends the file without a newline."""

    __slots__ = ("line", "size", "torn")

    def __init__(self, line: int, size: int, torn: bool) -> None:
        self.line, self.size, self.torn = line, size, torn


def records(path: str) -> "Iterator[JsonObject | Damage]":
    """Yield every record of a log (dict) and a Damage for everything else, in order. A missing log has none."""
    try:
        log = open(path, "rb")  # noqa: SIM115 (the `with` below closes it; only the opening may find no file)
    except FileNotFoundError:
        return
    with log:
        for number, line in enumerate(log, 1):
            if line != b"\n":
                yield unseal(line.rstrip(b"\n")) or Damage(number, len(line), not line.endswith(b"\n"))


def records_after(path: str, start: int, tail: str) -> "tuple[list[JsonObject | Damage], int, str] | None":
    """(the records from byte `start` on, the byte where the last whole line ends, the text before it), to read a log bit by bit.

    tail: the text before `start`, as it was given then.  None when that is not there: the log has been cut since.
    What stands behind the last whole line is being written, or torn: it is left for the next time. Raises OSError.
    """
    begin = max(0, start - _TAIL)
    with open(path, "rb") as log:
        log.seek(begin)
        data = log.read()
    if data[:start - begin].decode("latin-1") != tail:
        return None
    end = max(start - begin, data.rfind(b"\n") + 1)
    lines = enumerate(data[start - begin:end].split(b"\n"), 1)
    return ([unseal(line) or Damage(number, len(line), False) for number, line in lines if line], begin + end,
            data[max(0, end - _TAIL):end].decode("latin-1"))


# ---- documents ----------------------------------------------------------------------------------------------------

def replace(path: str, data: bytes, mode: int = 0o600) -> None:
    """Put `data` (bytes) at `path`, old or new at every moment. Raises OSError that names a path; the old document is then still there."""
    folder = path.rpartition("/")[0] or "."
    _sweep(folder, path.rpartition("/")[2])
    temporary = f"{path}.{posix.getpid()}.new"
    fd = open_new(temporary, posix.O_WRONLY | posix.O_TRUNC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[posix.write(fd, view):]
        posix.fchmod(fd, mode)
        posix.fsync(fd)
        posix.rename(temporary, path)
    except BaseException as bad:
        try:
            posix.unlink(temporary)
        except OSError:
            pass  # read-only by now: the next writer removes it
        if isinstance(bad, OSError):
            raise _naming(bad, path) from None
        raise
    finally:
        posix.close(fd)
    flush(folder)


def _sweep(folder: str, name: str) -> None:
    """Remove what writers of this document that were killed have left: NAME.PID.new and NAME.PID.whole of processes that are gone."""
    begin = name + "."
    try:
        for entry in posix.listdir(folder):
            if entry.startswith(begin) and entry.endswith((".new", ".whole")):
                pid = entry[len(begin):].partition(".")[0]
                if pid.isdigit() and not _runs(int(pid)):
                    posix.unlink(f"{folder}/{entry}")
    except OSError:
        pass  # it costs room and harms nobody; what stands in the way is said by the writing itself


def _runs(pid: int) -> bool:
    try:
        posix.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass  # somebody else's
    return True


def create(path: str, data: bytes, mode: int = 0o600) -> bool:
    """Put `data` (bytes) at `path` where nothing is yet, whole or not at all; False when something is there. Raises OSError."""
    _sweep(path.rpartition("/")[0] or ".", path.rpartition("/")[2])
    whole = f"{path}.{posix.getpid()}.whole"
    replace(whole, data, mode)
    try:
        posix.link(whole, path)
    except FileExistsError:
        posix.unlink(whole)
        return False
    except OSError:  # a file system without hard links: the place is taken first, and filled in one step
        try:
            posix.close(posix.open(path, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL | posix.O_CLOEXEC, mode))
        except BaseException as bad:
            posix.unlink(whole)
            if isinstance(bad, FileExistsError):
                return False
            raise
        posix.rename(whole, path)
    else:
        posix.unlink(whole)
    flush(path.rpartition("/")[0] or ".")
    return True


def move(path: str, target: str) -> None:
    """Give a document another name in the same folder, in one step. Raises OSError."""
    posix.rename(path, target)
    flush(target.rpartition("/")[0] or ".")


def remove(path: str) -> bool:
    """Remove a document; False when it was not there. Raises OSError."""
    try:
        posix.unlink(path)
    except FileNotFoundError:
        return False
    return True


def flush(path: str) -> None:
    """fsync a file, or a folder so that a rename in it survives the machine."""
    fd = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC)
    try:
        posix.fsync(fd)
    except OSError as bad:
        raise _naming(bad, path) from None
    finally:
        posix.close(fd)


def read(path: str, limit: int = 16_777_216) -> bytes:
    """The bytes of an ordinary file, at most `limit`. Raises OSError, and ValueError for another kind of file or a larger one."""
    fd = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC | posix.O_NONBLOCK)  # opening a FIFO would wait for a writer
    try:
        if posix.fstat(fd).st_mode & _KIND != _ORDINARY:
            raise ValueError(f"{path} is not an ordinary file")
        chunks: "list[bytes]" = []
        total = 0
        while True:
            chunk = posix.read(fd, 65_536)
            if not chunk:
                return b"".join(chunks)
            total += len(chunk)
            if total > limit:
                raise ValueError(f"{path} is larger than {limit} bytes")
            chunks.append(chunk)
    finally:
        posix.close(fd)


def open_new(path: str, flags: int, mode: int = 0o600) -> int:
    """A descriptor of the file at `path`, made where it is missing, its folder too. Raises OSError that says what is wrong there."""
    flags |= posix.O_CREAT | posix.O_CLOEXEC
    try:
        return posix.open(path, flags, mode)
    except FileNotFoundError:
        make_folder(path.rpartition("/")[0])
        return posix.open(path, flags, mode)


def make_folder(path: str) -> None:
    """Create a folder and its parents, each 0700. One that exists is left as it is. Raises OSError."""
    try:
        posix.mkdir(path, 0o700)
    except FileExistsError:
        return
    except FileNotFoundError:
        parent = path.rpartition("/")[0]
        if not parent:
            raise
        make_folder(parent)
        make_folder(path)


_LINKS = 40  # what Linux itself follows (MAXSYMLINKS) before it gives up


def real_path(path: str) -> str:
    """Absolute path -> absolute path with every symbolic link followed and `..` collapsed; missing parts stay as they are."""
    todo, done, links = path.split("/")[::-1], "", 0
    while todo:
        part = todo.pop()
        if part in ("", "."):
            continue
        if part == "..":
            done = done.rpartition("/")[0]
            continue
        step = f"{done}/{part}"
        try:
            target = posix.readlink(step)
        except (OSError, ValueError):
            done = step
            continue
        links += 1
        if links > _LINKS:
            return step
        if target.startswith("/"):
            done = ""
        todo.extend(target.split("/")[::-1])
    return done or "/"
