"""What a person has stated, held against what a command would do: the Items in the World -> Findings. Pure.

Most calls only look. Whether a Line can do anything that any Item forbids is asked here, before the rest is loaded.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfast.guard.line import Command, Line
    from holdfast.guard.rule import Finding
    from holdfast.kernel.constraints import Item

# They only look, compute and print, whatever they are given; what they write, they write through a redirection.
LOOKING = frozenset(
    """ls cat head tail less more grep egrep fgrep zgrep rg ag wc diff cmp comm cut tr echo printf pwd cd pushd popd true
false test [ [[ : sleep date which type file stat du df basename dirname realpath readlink id whoami uname hostname env printenv ps
export declare local set unset read shift return exit seq jq rev nl tac od md5sum sha1sum sha256sum cksum column fold expr let wait
jobs fg bg kill pgrep bat fmt paste join tsort look nproc free uptime cal tput clear ack""".split()
)
_LOOKING_GIT = frozenset(
    """status diff log show blame grep ls-files ls-tree rev-parse describe shortlog cat-file merge-base name-rev
for-each-ref rev-list show-ref var version help whatchanged count-objects diff-tree diff-index diff-files check-ignore reflog add""".split()
)


def findings(line: "Line") -> "list[Finding]":
    """What the World's Items forbid of a Line, each Finding with its rule."""
    items = line.world.constraints
    if not _may_act(line.commands, items):
        return []
    from holdfast.guard.stated.judging import findings_of  # what only looks does without

    return findings_of(line, items)


def _may_act(commands: "Iterable[Command]", items: "Iterable[Item]") -> bool:
    """Whether one of the commands may do more than look, or looking may be what an Item forbids."""
    named, adding = "", False
    for item in items:
        adding = adding or "commit" in item["forbids"] and bool(item["targets"])
        if "read" in item["forbids"]:
            return True
        if "run" in item["forbids"]:
            if not item["targets"]:
                return True
            named = f"{named} {' '.join([target for _, target in item['targets']])} "
    for command in commands:
        program = command.program
        if named and f"{program}" in named:
            return True
        if (
            program not in LOOKING
            and command.argv
            and not (program == "git" and _only_looks(command) and not (adding and "add" in command.words))
        ):
            return True
        for redirect in command.redirects:
            if redirect.writes and redirect.target.value not in ("/dev/null", "/dev/stderr", "/dev/stdout"):
                return True
    return False


def _only_looks(command: "Command") -> bool:
    """Whether git is asked to show something."""
    words = command.words
    return bool(words) and words[0] in _LOOKING_GIT and "--output" not in " ".join([word or "" for word in words])
