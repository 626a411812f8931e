"""What a process that was killed while it wrote has left beside a person's file."""

import os

from holdfast.kernel.files import remove


def clear_remains(path: str) -> None:
    """Remove the temporary files of kernel.files.replace beside a path. Only under the lock of those who write there. Raises OSError."""
    folder, _, name = path.rpartition("/")
    for entry in os.listdir(folder) if os.path.isdir(folder) else ():
        number = entry.removeprefix(f"{name}.").removesuffix(".new")
        if entry == f"{name}.{number}.new" and number.isdigit():
            remove(f"{folder}/{entry}")
