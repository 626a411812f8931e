"""Arguments -> the options that stand before the first operand, each with its value."""

from holdfast.guard.shell.wrappers import after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from holdfast.guard.line import Arg


# Options of one dash that are words, not letters.
_WORDS = frozenset(("-nx", "-nh", "-batch", "-quiet", "-silent", "-nw", "-noprofile", "-norc"))


class Options:
    """What stands before the operands: given, a list of (option, Arg or None); at, the index of the first operand;
    doubtful, True when an argument that may be several or none stands among them."""

    __slots__ = ("given", "at", "doubtful", "dashed")

    def __init__(self) -> None:
        self.given: "list[tuple[str, Arg | None]]" = []
        self.at, self.doubtful, self.dashed = 0, False, False

    def value(self, *names: str) -> "Arg | None":
        for name, arg in self.given:
            if name in names and arg is not None:
                return arg
        return None

    def has(self, *names: str) -> bool:
        return any(name in names for name, _ in self.given)


def read_options(args: "Sequence[Arg]", values: "Collection[str]", attached: str = "", start: int = 0) -> Options:
    """Read options from args[start:] up to the first operand. values: collection of the options that take the next argument."""
    found = Options()
    i, n = start, len(args)
    while i < n:
        arg = args[i]
        text = arg.value
        if text is None:
            text = arg.prefix
            if not text.startswith("-") or text == "-":
                break
        if text == "--":
            i += 1
            found.dashed = True
            break
        if len(text) < 2 or (text[0] != "-" and not (text[0] == "+" and "+" in attached)):
            break
        if text in values:
            found.given.append((text, args[i + 1] if i + 1 < n else None))
            found.doubtful |= i + 1 < n and args[i + 1].split
            i += 2
            continue
        if text in _WORDS:
            found.given.append((text, None))
            i += 1
            continue
        if text.startswith("--"):
            name, equals, _ = text.partition("=")
            if equals:
                found.given.append((name, after(arg, len(name) + 1)))
            else:
                long = next((v for v in values if len(text) > 4 and v.startswith(text) and text != "--login"), None)
                found.given.append((long or text, args[i + 1] if long and i + 1 < n else None))
                i += 1 if long else 0
            i += 1
            continue
        i += _cluster(args, i, text, values, attached, found)
    found.at = min(i, n)
    return found


def _cluster(args: "Sequence[Arg]", i: int, text: str, values: "Collection[str]", attached: str, found: Options) -> int:
    """Read -abcVALUE; how many arguments it took."""
    for j in range(1, len(text)):
        option = "-" + text[j]
        if option in values:
            rest = after(args[i], j + 1)
            if rest.pieces:
                found.given.append((option, rest))
                return 1
            found.given.append((option, args[i + 1] if i + 1 < len(args) else None))
            return 2
        if text[j] in attached:
            found.given.append((option, after(args[i], j + 1)))
            return 1
        found.given.append((option, None))
    return 1
