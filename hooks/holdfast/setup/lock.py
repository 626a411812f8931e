"""One installation at a time: a lock on a permanent file, which also holds when an uninstallation has removed that file meanwhile."""

import os

from holdfast.kernel.files import make_folder
from holdfast.kernel.locked import acquire
from holdfast.setup.trouble import Trouble


class Held:
    """`with Held(path, wait)`: nobody else is inside. The system ends the lock with the process, however it ends. Raises Trouble."""

    def __init__(self, path: str, wait: float):
        self.path, self.wait, self.fd = path, wait, -1

    def __enter__(self) -> "Held":
        while True:
            fd = self._open()
            try:
                acquire(fd, self.wait, self.path)
                there = os.stat(self.path)
            except FileNotFoundError:
                os.close(fd)
                continue
            except TimeoutError:
                os.close(fd)
                raise Trouble(f"another installation is at work ({self.path} has been locked for {self.wait:g} s). "
                              "Wait for it, then run this again.") from None
            if os.path.samestat(there, os.fstat(fd)):
                self.fd = fd
                return self
            os.close(fd)

    def _open(self) -> int:
        while True:
            folder = os.path.dirname(self.path)
            try:
                make_folder(folder)
                return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except FileNotFoundError:
                continue  # removed between the two
            except OSError as bad:
                raise Trouble(f"{folder} cannot be written: {bad.strerror}. Make it yours, or set HOLDFAST_HOME or "
                              "CLAUDE_CONFIG_DIR to another folder.") from None

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)
