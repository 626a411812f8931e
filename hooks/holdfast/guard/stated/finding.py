"""What find and fd come upon: the folders that they search, and the tests of the name. Pure."""

from holdfast.guard.line import Arg
from holdfast.guard.paths import resolve
from holdfast.guard.stated.act import Act

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, World

_TESTS_OF_FIND = ("-name", "-iname", "-path", "-ipath", "-wholename")


def find_of(command: "Command", world: "World") -> "Iterator[tuple[Found, str]]":
    """(what a find or fd comes upon, the folder as it prints it) for each folder that it searches."""
    words = [word or "" for word in command.words]
    roots = []
    if command.program in ("fd", "fdfind"):
        end = next((at for at, word in enumerate(words) if word in ("-x", "-X", "--exec", "--exec-batch")), len(words))
        view = command._with(command.argv[: end + 1])
        operands = view.operands("-e --extension -t --type -d --max-depth -E --exclude -S -o --owner")
        ending = view.flag_value("-e", "--extension")
        pattern = operands[0].value if operands else None
        words = ["-name", "*." + (ending.value or "")] if ending is not None else []
        if pattern and pattern not in (".", "") and pattern.replace("_", "a").replace("-", "a").isalnum():
            words += ["-name", f"*{pattern}*"]
        elif pattern and view.has_flag("g", "--glob"):
            words += ["-name", pattern]
        roots = operands[1:]
    else:
        for arg in command.args:
            if arg.prefix[:1] in ("-", "(", "!"):
                break
            roots.append(arg)
    for root in roots or [Arg((".",))]:
        path = resolve(root, command, world)
        if path is not None:
            yield Found(path, "list", words), root.value or ""


def found_by(command: "Command", world: "World") -> "Iterator[Act]":
    """What find removes, or runs a program on: every file below its folders whose name fits."""
    words = [word or "" for word in command.words]
    how = "delete" if "-delete" in words else ""
    inner = None
    for name in ("-exec", "-execdir", "-ok", "-okdir"):
        if name in words:
            at = words.index(name)
            end = next((i for i in range(at, len(words)) if words[i] in (";", "+")), len(words))
            inner = command.args[at + 1 : end]
    if not how and not inner:
        return
    for found, _ in find_of(command, world):
        if how:
            yield Found(found.path, how, words)
        if inner:
            yield Found(found.path, "run", words, inner)


class Found(Act):
    """What find comes upon: an Act on a tree of which only the names that fit count. inner: the words of what it runs on each."""

    __slots__ = ("words", "inner")

    def __init__(self, path: str, how: str, words: "list[str]", inner: "tuple[Arg, ...]" = ()) -> None:
        super().__init__(path, how, True)
        self.words, self.inner = words, inner

    def fits(self, path: str) -> bool:
        """Whether find's tests of the name let a file pass. Tests that are negated, or joined by -o, are taken to let it."""
        words = self.words
        if "-o" in words or "-or" in words:
            return any([self._fits(at, path) for at in range(len(words)) if words[at] in _TESTS_OF_FIND]) or not any(
                [word in _TESTS_OF_FIND for word in words]
            )
        for at, word in enumerate(words[:-1]):
            if word in _TESTS_OF_FIND:
                negated = at > 0 and words[at - 1] in ("!", "-not")
                if self._fits(at, path) == negated:
                    return False
            elif word == "-type" and words[at + 1] == "d" and "." in path.rpartition("/")[2]:
                return False
            elif word == "-maxdepth" and words[at + 1].isdigit():
                if path[len(self.path.rstrip("/")) :].count("/") > int(words[at + 1]):
                    return False
        return True

    def _fits(self, at: int, path: str) -> bool:
        pattern = self.words[at + 1] if at + 1 < len(self.words) else ""
        if "path" in self.words[at] or "wholename" in self.words[at]:
            return like(pattern, path)
        name = path.rpartition("/")[2]
        return like(pattern, name) or self.words[at] == "-iname" and like(pattern.lower(), name.lower())


def like(pattern: str, text: str) -> bool:
    """find's -path: a star is any text, slashes too."""
    parts = pattern.split("*")
    if len(parts) == 1:
        return text == pattern or text.endswith("/" + pattern.lstrip("./")) if "/" in pattern else text == pattern
    at = 0
    for number, part in enumerate(parts):
        if number == 0:
            part = part.removeprefix("./")
            if part and not (text.startswith(part) or "/" in part and part in text):
                return False
            at = text.find(part) + len(part)
        elif number == len(parts) - 1:
            return text.endswith(part) and len(text) - len(part) >= at
        else:
            at = text.find(part, at)
            if at < 0:
                return False
            at += len(part)
    return True
