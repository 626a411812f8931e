"""Steps in git: what is pushed, committed, merged or rebased, and on which branches. Pure."""

from holdfast.guard.stated.programs import steps_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

# Subcommands of git that record, send and join nothing.
_NO_STEPS = frozenset(
    """status diff log show blame grep ls-files ls-tree rev-parse describe cat-file merge-base rev-list show-ref add stage rm mv
restore checkout switch stash reset clean fetch branch tag remote config init clone notes reflog apply help version""".split()
)


class Step:
    """A step of git. act: "push", "commit", "merge" or "rebase".  branches: those it acts on ("*": all; "?": not told).
    forced: whether a push overwrites.  names: its other operands, such as the remote."""

    __slots__ = ("act", "branches", "forced", "names")

    def __init__(self, act: str, branches: "list[str]", forced: bool, names: "list[str]") -> None:
        self.act, self.branches, self.forced, self.names = act, branches, forced, names


def git_steps(command: "Command", line: "Line") -> "list[Step]":
    """What a command records, sends or joins.

    The branch of a push without a refspec is the one that is checked out, by the text before it or by the repository. Where neither
    tells, it may be any ("?"), and counts as the one that a person has named: the refusal says to name the branch.
    """
    program = command.program
    if program in ("gh", "glab", "hub"):
        steps = steps_of(command)
        if steps[:2] in (["pr", "merge"], ["mr", "merge"]):
            return [Step("merge", ["?"], False, steps[2:])]
        return []
    if program in ("hg", "svn", "jj"):
        act = {"push": "push", "commit": "commit", "ci": "commit", "merge": "merge", "rebase": "rebase"}.get((steps_of(command) or [""])[0])
        return [Step(act, ["?"], command.has_flag("f", "--force"), steps_of(command)[1:])] if act else []
    if program != "git" and not program.startswith("git-"):
        return []
    if _steps_of_git(command)[:1] and _steps_of_git(command)[0] in _NO_STEPS:
        return []
    from holdfast.guard.packs.git import read

    git = read(command, line)
    name = git.name
    if git.has("dry-run", "help", "abort", "quit"):
        return []
    here = _current(command, line)
    texts = [arg.shown for arg in git.all]
    if name == "push" or name in ("subtree", "lfs", "svn") and texts[:1] in (["push"], ["dcommit"]):
        if name == "push" and git.has("delete"):
            return [Step("push", texts[1:], True, texts[:1])]
        forced = git.has("force", "force-with-lease", "mirror") or any([text[:1] == "+" for text in texts])
        if git.has("all", "branches", "mirror"):
            return [Step("push", ["*"], forced, texts[:1])]
        specs = texts[1:]
        branches = [
            _branch(spec, here)
            for spec in specs
            if not spec.lstrip("+").partition(":")[2].startswith("refs/tags/") and not spec.startswith(("refs/tags/", "tag "))
        ]
        if not specs and not git.has("tags"):
            branches = [here or "?"]
        return [Step("push", branches, forced, texts[:1])]
    if name in ("commit", "commit-tree"):
        return [Step("commit", [here or "?"], False, texts)]
    if name in ("cherry-pick", "revert", "am"):
        return [] if git.has("no-commit", "n") else [Step("commit", [here or "?"], False, texts)]
    if name == "merge":
        return [Step("merge", [here or "?"], False, texts)]
    if name == "rebase" or name == "pull" and git.has("rebase", "r"):
        return [Step("rebase", [here or "?"], False, texts)]
    return []


def rewrites(command: "Command", line: "Line") -> str:
    """Whether a command changes commits that are there, in words."""
    if command.program in ("git-filter-repo", "bfg"):
        return "would rewrite the history"
    if command.program != "git":
        return ""
    from holdfast.guard.packs.git import read

    git = read(command, line)
    if git.has("dry-run", "abort", "quit", "help"):
        return ""
    forced = git.name == "push" and (git.has("force", "force-with-lease", "mirror") or any([arg.shown[:1] == "+" for arg in git.all]))
    moved = (
        git.name == "reset"
        and not git.paths
        and any([arg.shown not in ("HEAD", "@") and ("~" in arg.shown or "^" in arg.shown) for arg in git.operands])
    )
    if (
        forced
        or moved
        or git.name in ("rebase", "filter-branch", "filter-repo", "replace")
        or git.name == "commit"
        and git.has("amend", "fixup", "squash")
    ):
        return "would rewrite the history"
    return ""


def _branch(spec: str, here: str) -> str:
    """The remote branch that a refspec writes."""
    source, colon, target = spec.lstrip("+").partition(":")
    name = (target if colon else source).removeprefix("refs/heads/")
    if name in ("HEAD", "@"):
        return here or "?"
    return name if "$" not in name else "?"


def _current(command: "Command", line: "Line") -> str:
    """The branch that is checked out when the command runs: by the text before it, else by the repository. "" when not told."""
    found = ""
    for other in line.commands:
        if other is command:
            break
        if other.program == "git":
            steps = _steps_of_git(other)
            if steps[:1] in (["checkout"], ["switch"]) and "--" not in other.words:
                made = (
                    other.flag_value("-b", "-B", "-c", "-C", "--create", "--orphan")
                    if steps[0] == "checkout" or other.words[0] != "-C"
                    else None
                )
                name = made.shown if made is not None else (steps[1] if len(steps) == 2 else "")
                found = name if name and "." not in name.rpartition("/")[2] else found
    if found:
        return found
    where = command.cwd
    folder = command.flag_value("-C") if command.words[:1] == ["-C"] else None
    if folder is not None and folder.known and where:
        where = folder.value if (folder.value or "")[:1] == "/" else f"{where}/{folder.value}"
    return line.world.disk.branch(where) if line.world.disk is not None and where else ""


def _steps_of_git(command: "Command") -> "list[str]":
    view = command.sub("-C -c --git-dir --work-tree")
    return [view.program, *[arg.shown for arg in view.operands("-b -B -c -C --orphan --conflict")]] if view.program else []
