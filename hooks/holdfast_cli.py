"""The `holdfast` command."""

import sys

sys.path.insert(0, __file__.rpartition("/")[0] or ".")

try:
    from holdfast.cli.main import main
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("holdfast"):
        raise
    # Without packages the two commands that find and mend faults still work.
    from holdfast.cli.bare import main_without_packages

    sys.exit(main_without_packages(sys.argv[1:], missing.name))

main(prog_name="holdfast")
