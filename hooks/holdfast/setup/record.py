"""HOME/installed.json: what was written where, per target, so that an uninstallation can take back exactly that."""

import json
import os
from typing import Any

from holdfast.kernel.files import make_folder, replace
from holdfast.setup.trouble import Trouble


def read(home: str) -> dict[str, Any]:
    """{target folder: entry}; empty when nothing is recorded. Raises Trouble for a damaged record."""
    path = f"{home}/installed.json"
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
        targets = value["targets"]
        if value["v"] != 1 or not isinstance(targets, dict) or not all(isinstance(entry, dict) for entry in targets.values()):
            raise ValueError("it has another form")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as bad:
        raise Trouble(f"{path} cannot be used ({bad}). Remove it and run this again; an uninstallation will then take our entries out of "
                      f"the settings instead of restoring the old file: rm '{path}'") from None
    return targets


def write(home: str, targets: dict[str, Any]) -> None:
    """Replace the record; without targets there is none. Raises OSError."""
    path = f"{home}/installed.json"
    if targets:
        make_folder(home)
        replace(path, json.dumps({"v": 1, "targets": targets}, indent=1).encode() + b"\n")
    elif os.path.exists(path):
        os.unlink(path)
