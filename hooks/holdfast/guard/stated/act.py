"""An Act: what a command does to one path, or to all below it; and what the makers of Acts share. Pure."""

from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfast.guard.line import Arg, Command, World


class Act:
    """path: absolute, perhaps with glob characters.  how: "write", "change" (what is there already), "make" (a folder), "delete",
    "rename" (away) or "read".  tree: to all below it too.  endings: those of the files that it can be in the tree, or None for any.
    maybe: it is done only if there is something to bring up to date, as by `npm install`."""

    __slots__ = ("path", "how", "tree", "endings", "maybe")

    def __init__(self, path: str, how: str, tree: bool = False, endings: "frozenset[str] | None" = None, maybe: bool = False) -> None:
        self.path, self.how, self.tree, self.endings, self.maybe = path, how, tree, endings, maybe


def each(
    command: "Command", args: "Iterable[Arg]", world: "World", how: str, tree: bool = False, endings: "frozenset[str] | None" = None
) -> "Iterator[Act]":
    for arg in args:
        path = resolve(arg, command, world)
        if path is not None:
            yield Act(path, how, tree, endings)


def fed_files(command: "Command", world: "World") -> "Iterator[str]":
    """The contents of the files that are fed to a command: < FILE, cat FILE | command."""
    named = [redirect.target for redirect in command.redirects if redirect.op == "<"]
    for feeder in command.feeds:
        if feeder.program == "cat":
            named += feeder.operands()
    for arg in named:
        text = text_of(arg, command, world)
        if text:
            yield text


def text_of(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """The content of a file that is there, None when it is not known."""
    path = resolve(arg, command, world)
    return world.disk.text(path) if path is not None and world.disk is not None else None


def names_the_root(variable: str) -> bool:
    """Whether a variable's name says that it holds the project's folder."""
    upper = variable.upper()
    return any([word in upper for word in ("ROOT", "PROJECT", "REPO", "WORKSPACE")])
