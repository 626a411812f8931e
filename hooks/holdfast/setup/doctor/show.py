"""`holdfast doctor` on the command line: a list for people, --json for programs; 0 when nothing failed, 1 when something did."""

import argparse
import json
import os
import textwrap

from holdfast.kernel.store import project_above
from holdfast.setup.doctor.checks import FAIL, OK, WARN, Check, Environment, examine

_SHOWN = {OK: "ok  ", WARN: "WARN", FAIL: "FAIL"}


def main(argv: list[str]) -> int:
    """Words after `holdfast doctor` -> exit code."""
    parser = argparse.ArgumentParser(prog="holdfast doctor", description="Try every part of the installation; each failure names its fix.",
                                     epilog="Ends with 0 when nothing failed (warnings do not count), 1 when something did.")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a list")
    options = parser.parse_args(argv)
    project = os.environ.get("CLAUDE_PROJECT_DIR") or project_above(os.getcwd())
    checks = examine(Environment(dict(os.environ), project))
    failed = [check for check in checks if check.status == FAIL]
    if options.json:
        print(json.dumps({"ok": not failed, "checks": [check._asdict() for check in checks]}, indent=2))
    else:
        print(rendered(checks))
    return 1 if failed else 0


def rendered(checks: list[Check]) -> str:
    """The list, and one line that sums it up."""
    width = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        first, *rest = textwrap.wrap(check.detail, 130 - width, break_long_words=False, break_on_hyphens=False) or [""]
        lines.append(f"{_SHOWN[check.status]}  {check.name:<{width}}  {first}")
        lines += [" " * (width + 8) + line for line in rest]
        if check.fix:
            lines.append(" " * (width + 8) + f"fix: {check.fix}")
    counts = {status: sum(check.status == status for check in checks) for status in (OK, WARN, FAIL)}
    verdict = "The guard does NOT stand as it should" if counts[FAIL] else "The guard stands"
    return "\n".join([*lines, "", f"{verdict}: {counts[OK]} ok, {counts[WARN]} warnings, {counts[FAIL]} failed."])
