#!/usr/bin/env python3
"""Installs Holdfast for you, for a project or as a plugin; upgrades it, takes it away again, runs its tests.

    python3 install.py                    for you: the hooks go into ~/.claude/settings.json
    python3 install.py --project DIR      for one project: DIR/.claude/settings.json
    python3 install.py --plugin           through the client's plugin system, run from this folder
    python3 install.py test               the whole test suite; further words go to pytest
"""

# ruff: noqa: UP010, UP032
# Python 2.7 and 3.6 must be able to read this file, to say that they are too old. What needs more lies in hooks/holdfast/setup.
from __future__ import print_function

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 10)


def main(words):
    move_to_a_new_enough_python()
    sys.dont_write_bytecode = True  # nothing is left next to the sources
    sys.path.insert(0, os.path.join(HERE, "hooks"))
    from holdfast.setup.trouble import Trouble
    try:
        if words[:1] == ["test"]:
            from holdfast.setup import interpreter, suite
            return suite.run(HERE, words[1:], interpreter.running(), os.environ)
        return carry_out(read_options(words))
    except Trouble as trouble:
        sys.stdout.flush()
        print("install.py: {}".format(trouble), file=sys.stderr)
    except KeyboardInterrupt:
        print("install.py: interrupted. Run it again to complete what was begun.", file=sys.stderr)
    except OSError as bad:
        print("install.py: {}. Mend that and run it again; what was begun is then completed.".format(bad), file=sys.stderr)
    return 1


def read_options(words):
    import argparse
    parser = argparse.ArgumentParser(prog="install.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--user", action="store_true", help="for you, in every project (default)")
    where.add_argument("--project", metavar="DIR", help="for one project")
    where.add_argument("--plugin", action="store_true", help="as a plugin, through the client")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--status", action="store_true", help="what is installed where; changes nothing")
    what.add_argument("--upgrade", action="store_true", help="bring what is installed, everywhere unless told where, to this version")
    what.add_argument("--uninstall", action="store_true", help="take everything away, the audit log and other state included")
    what.add_argument("--bootstrap", action="store_true", help="packages and bytecode only; the plugin runs this by itself")
    parser.add_argument("--dry-run", action="store_true", help="show what would be changed, and change nothing")
    parser.add_argument("--keep-state", action="store_true", help="with --uninstall: leave the audit log and other state")
    parser.add_argument("--without-packages", action="store_true", help="the guard alone, without the `holdfast` command's packages")
    options = parser.parse_args(words)
    if options.keep_state and not options.uninstall:
        parser.error("--keep-state goes with --uninstall")
    return options


def carry_out(options):
    from holdfast.setup import steps
    from holdfast.setup.target import target_of
    if options.bootstrap:
        return steps.bootstrap(HERE, options)
    if options.plugin:
        return steps.plugin(HERE, options)
    if options.upgrade and not (options.user or options.project):
        targets = steps.installed_targets()
    else:
        targets = [target_of(options.project, os.environ)]
    if options.uninstall and not options.dry_run:
        take_down_fences({target.home for target in targets})
    step = steps.status if options.status else steps.uninstall if options.uninstall else steps.install
    return max(step(os.path.realpath(HERE), target, options) for target in targets)


def take_down_fences(homes):
    """The permission rules that sessions have put into projects' local settings go with Holdfast."""
    from holdfast.fence.raising import remove_everywhere
    for home in homes:
        for project, done in remove_everywhere(home):
            if done.said:
                print("install.py: {}: {}".format(project, done.said), file=sys.stderr)


def move_to_a_new_enough_python():
    """Go on in another interpreter when this one is too old; end with a word when there is none."""
    if os.name == "nt":
        sys.exit("install.py: Holdfast runs on macOS and Linux. On Windows, install it inside WSL.")
    if sys.version_info >= OLDEST:
        return
    check = "import sys; sys.exit(sys.version_info < (3, 10))"
    names = ["python3"] + ["python3.{}".format(minor) for minor in range(20, 9, -1)]
    for name in names:
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) + ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"]:
            program = os.path.join(folder, name)
            if os.access(program, os.X_OK):
                with open(os.devnull, "r+") as nothing:
                    suits = subprocess.call([program, "-I", "-c", check], stdin=nothing, stdout=nothing, stderr=nothing) == 0
                if suits:
                    os.execv(program, [program, os.path.join(HERE, "install.py")] + sys.argv[1:])
    sys.exit("install.py: this is Python {}.{}, and Holdfast needs 3.10 or newer. Install one (macOS: brew install python; Debian: "
             "apt install python3), then run it with that: python3.12 install.py".format(*sys.version_info[:2]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
