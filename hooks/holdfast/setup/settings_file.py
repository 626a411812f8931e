"""Reading and replacing the client's settings.json: never torn, with the mode and owner it had, through a link to its target."""

import os
import stat
import time
from typing import NamedTuple

from holdfast.kernel.files import flush
from holdfast.setup.trouble import Trouble

NEW = ".holdfast-new"
BACKUP = ".holdfast-backup-"


class Found(NamedTuple):
    """A settings file. text: None when there is none.  real: where it really lies."""

    path: str
    real: str
    text: str | None


def read(path: str) -> Found:
    """The settings at `path`. Raises Trouble for a file that is no text or cannot be read."""
    real = os.path.realpath(path)
    try:
        if not stat.S_ISREG(os.stat(real).st_mode):
            raise Trouble(f"{path} is not a file. Move it away, then run this again.")
        with open(real, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        if os.path.islink(path) and not os.path.isdir(os.path.dirname(real)):
            raise Trouble(f"{path} is a link to {real}, whose folder does not exist. Repair or remove the link.") from None
        return Found(path, real, None)
    except OSError as bad:
        raise Trouble(f"{path} cannot be read: {bad.strerror}. Make it readable for you, then run this again.") from None
    try:
        return Found(path, real, data.decode("utf-8"))
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise Trouble(f"{path}, line {line}: this is not UTF-8. Save the file as UTF-8, then run this again.") from None


def replace(found: Found, text: str, own: str) -> None:
    """Put `text` in place of the settings; at every moment the old or the new ones are there. Raises OSError.

    own: our folder in the same place, for the temporary file, so that a kill leaves nothing outside of it.
    """
    same_device = os.stat(own).st_dev == os.stat(os.path.dirname(found.real)).st_dev
    temporary = f"{own}/settings{NEW}" if same_device else found.real + NEW
    _write(temporary, text.encode("utf-8"), found.real)
    os.rename(temporary, found.real)
    flush(os.path.dirname(found.real))


def back_up(found: Found, own: str, path: str) -> None:
    """Copy the settings to `path`, next to them. Raises OSError."""
    assert found.text is not None
    temporary = f"{own}/backup{NEW}"
    _write(temporary, found.text.encode("utf-8"), found.real)
    os.rename(temporary, path)
    flush(os.path.dirname(path))


def backup_name(path: str, at: float) -> str:
    """A free name for a backup made now."""
    name = f"{path}{BACKUP}{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(at))}"
    number, free = 1, name
    while os.path.lexists(free):
        number += 1
        free = f"{name}-{number}"
    return free


def clear_remains(found: Found) -> None:
    """Remove what a run that was killed may have left next to settings on another file system."""
    if os.path.exists(found.real + NEW):
        os.unlink(found.real + NEW)


def _write(path: str, data: bytes, like: str) -> None:
    """A new file at `path` with the mode and owner of `like`, on the disk."""
    if os.path.lexists(path):
        os.unlink(path)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        try:
            old = os.stat(like)
        except FileNotFoundError:
            pass  # a new file: the person's umask decides
        else:
            os.fchmod(fd, stat.S_IMODE(old.st_mode))
            if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
                try:
                    os.fchown(fd, old.st_uid, old.st_gid)
                except PermissionError:
                    pass  # only root can give a file away
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view):]
        os.fsync(fd)
    finally:
        os.close(fd)
