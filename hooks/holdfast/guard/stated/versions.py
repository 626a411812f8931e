"""What git does to the files of a project, and which branches and remotes it acts on. Pure."""

from holdfast.guard.line import Arg
from holdfast.guard.packs.git import read
from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, World

    Found = tuple[str, str, bool]


def file_acts(command: "Command", world: "World") -> "Iterator[Found]":
    """(path, how, tree) of what git changes in the working tree, as far as the command tells.

    how: as for an Act; "tree" for what git tracks below a path, "clean" for what it doesn't, "whole" for both.
    """
    git = read(command, _line(command, world))
    name, operands = git.name, git.operands
    here = command
    if git.folder is not None and git.folder.known:
        here = command._with(command.argv)
        here.cwd = resolve(git.folder, command, world)
    top = here.cwd or world.project

    def each(args: "list[Arg]", how: str, tree: bool = True) -> "Iterator[Found]":
        for arg in args:
            text = (arg.value or "").removeprefix(":/")
            if text[:2] in (":!", ":^") or text.startswith(":(exclude)"):
                continue
            path = resolve(Arg((text or ".",), arg.glob), here, world) if arg.known else None
            if path is not None:
                folder = how == "write" and tree and (text in ("", ".") or world.disk is not None and world.disk.kind(path) == "folder")
                yield path, "tree" if folder else how, tree

    if name == "rm":
        if not git.has("cached", "dry-run"):
            yield from each(git.all, "delete")
    elif name == "mv":
        if not git.has("dry-run") and len(git.all) > 1:
            yield from each(git.all[:-1], "rename")
            yield from each(git.all[-1:], "write", False)
            for source in git.all[:-1]:
                text = (source.value or "").rstrip("/").rpartition("/")[2]
                if text and git.all[-1].known:
                    yield from each([Arg((f"{git.all[-1].value}/{text}",))], "write", False)
    elif name == "clone" or name in ("worktree", "submodule") and operands and operands[0].value == "add":
        made = operands[1:2] if name != "submodule" else operands[2:3]
        yield from ((path, "write", False) for path, _, _ in each(made, "make"))
    elif name == "restore":
        if not git.has("staged") or git.has("worktree"):
            yield from each(git.all, "write")
    elif name == "checkout":
        if git.paths:
            yield from each(git.paths, "write")
        elif "--" in command.words:
            dashes = command.words.index("--")
            yield from each(list(command.args[dashes + 1 :]), "write")
        elif operands and not git.has("b", "B", "orphan"):
            first = 0 if len(operands) == 1 else 1
            named = [arg for arg in operands[first:] if _is_file(arg, here, world)]
            yield from each(named, "write")
            if git.has("force"):
                yield top, "tree", True
        elif git.has("force") and not git.has("b", "B"):
            yield top, "tree", True
    elif name == "switch":
        if git.has("force", "discard-changes"):
            yield top, "tree", True
    elif name == "stash":
        what = operands[0].value if operands else "push"
        if what in ("push", "save", "pop", "apply", "branch"):
            named = git.paths or (operands[1:] if what == "push" else [])
            if what == "push" and named:
                yield from each(named, "write")
            elif git.has("include-untracked", "all"):
                yield top, "whole", True
            elif not git.has("staged"):
                yield top, "tree", True
    elif name == "reset":
        if git.has("hard", "merge", "keep"):
            yield top, "tree", True
    elif name == "clean":
        if (git.has("force") or git.configured.get("clean.requireforce") in ("false", "0", "no", "off")) and not git.has("dry-run"):
            for path, _, tree in each(git.all or [Arg((".",))], "delete"):
                yield path, "clean", tree
    elif name in ("apply", "am"):
        if not git.has("check", "stat", "numstat", "summary", "cached"):
            folder = git.value.get("directory")
            for text in _patches(git.all, command, here, world):
                for one in patch_files(text, 1):
                    yield from each([Arg((f"{folder.value}/{one}" if folder is not None and folder.value else one,))], "write", False)
    elif name == "read-tree":
        if git.has("u", "reset"):
            yield top, "tree", True
    elif name == "checkout-index":
        yield from each(git.all, "write")
        if git.has("all", "a"):
            yield top, "tree", True
    elif name == "sparse-checkout" and operands and operands[0].value in ("set", "init", "reapply"):
        yield top, "tree", True


def _line(command: "Command", world: "World") -> "Line":
    from holdfast.guard.line import Line

    return Line("", (command,), (), [], world)


def _is_file(arg: "Arg", command: "Command", world: "World") -> bool:
    """Whether an operand of checkout is a file and no branch."""
    from holdfast.guard.packs.git import _is_path

    if not arg.known:
        return False
    path = resolve(arg, command, world)
    if world.disk is not None and path is not None:
        return bool(world.disk.kind(path)) or _is_path(arg)
    return _is_path(arg)


def _patches(named: "list[Arg]", command: "Command", here: "Command", world: "World") -> "Iterator[str]":
    """The texts of the patches that are applied, as far as they are known."""
    from holdfast.guard.stated.act import fed_files, text_of

    for arg in named:
        text = text_of(arg, here, world)
        if text:
            yield text
    if command.stdin is not None and command.stdin.value:
        yield command.stdin.value
    yield from fed_files(command, world)


def patch_files(text: str, strip: int) -> "list[str]":
    """The files that a patch changes, makes or removes, with so many leading folders off."""
    found: "list[str]" = []
    for line in text.split("\n"):
        name = ""
        if line.startswith(("+++ ", "--- ")):
            name = line[4:].split("\t")[0].strip()
        elif line.startswith(("rename from ", "rename to ", "copy to ")):
            name = "a/" + line.partition(" ")[2].partition(" ")[2]
        elif line.startswith(("Index: ", "*** Update File: ", "*** Delete File: ", "*** Add File: ")):
            name = line.rpartition(": ")[2].strip()
            name = "a/" + name if strip else name
        if not name or name == "/dev/null":
            continue
        parts = name.strip('"').split("/")
        for cut in (strip,) if strip else (0, 1):
            short = "/".join(parts[cut:])
            if short and short not in found:
                found.append(short)
    return found
