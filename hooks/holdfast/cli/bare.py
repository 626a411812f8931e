"""The `holdfast` command where its packages are missing: doctor and canary, which need none."""

import sys


def main_without_packages(arguments: "list[str]", missing: "str | None") -> int:
    """Command-line arguments, name of the package that is missing -> exit code."""
    if arguments[:1] == ["doctor"]:
        from holdfast.setup.doctor import main
        return main(arguments[1:])
    if arguments[:1] == ["canary"]:
        from holdfast.canary import main
        return main(arguments[1:])
    print(f"holdfast: the package {missing} is missing, so only `holdfast doctor` and `holdfast canary` work; the guard is not affected.\n"
          "Run install.py again where the package registry can be reached.", file=sys.stderr)
    return 1
