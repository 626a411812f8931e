"""What is known only when it is read once more: what find runs on each file, and programs that take their files as arguments. Pure."""

from holdfast.guard.stated.finding import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, World
    from holdfast.guard.stated.places import Places
    from holdfast.kernel.constraints import Item


def struck_by_find(act: "Found", item: "Item", place: "Places", world: "World") -> str:
    """The file that find comes upon and does to what the Item forbids, or ""."""
    for path in candidates(act, place, world):
        if place.excepted is not None and place.excepted.covers(path) or not act.fits(path):
            continue
        if act.how == "delete" or _changes(act, item, place, path, world):
            return path
    return ""


def candidates(act: "Found", place: "Places", world: "World") -> "list[str]":
    """The files of an Item that lie below the folder searched; of a folder or a glob, one that could."""
    found = []
    for own in place.exact:
        if own == act.path or own.startswith(act.path.rstrip("/") + "/"):
            found.append(own)
            if world.disk is not None and world.disk.kind(own) == "folder":
                found += [f"{own}/{name}" for name in world.disk.below(own)[:200]] or [f"{own}/x"]
        elif act.path.startswith(own + "/"):
            found += [f"{act.path}/{name}" for name in world.disk.below(act.path)[:200]] if world.disk is not None else [f"{act.path}/x"]
    if (place.names or place.globs or place.everything) and world.disk is not None:
        found += [path for path in [f"{act.path}/{name}" for name in world.disk.below(act.path)] if place.meets(path, False)]
    return found


def _changes(act: "Found", item: "Item", place: "Places", path: str, world: "World") -> bool:
    """Whether what find runs on a file does what the Item forbids."""
    from holdfast.guard.shell.understand import understand
    from holdfast.guard.stated.acts import acts
    from holdfast.guard.stated.judging import strikes

    text = " ".join(["'" + arg.shown.replace("{}", path).replace("'", "'\\''") + "'" for arg in act.inner])
    for command in understand(text, world).commands:
        for inner in acts(command, world, "read" in item["forbids"]):
            if not isinstance(inner, Found) and strikes(inner, item, place, world):
                return True
    return False


# Languages -> how a text is given, and how it names its first argument; "%d" counts from there.
_ARGUMENTS = {
    "python": ("python3 -c", "sys.argv[%d]", 1),
    "node": ("node -e", "process.argv[%d]", 1),
    "ruby": ("ruby -e", "ARGV[%d]", 0),
    "perl": ("perl -e", "$ARGV[%d]", 0),
}


def with_arguments(command: "Command", world: "World") -> "list[Command]":
    """What a program text does with the arguments that follow it: python3 -c "open(sys.argv[1], 'w')" FILE."""
    from holdfast.guard.shell.understand import understand

    found: "list[Command]" = []
    for code in command.code:
        text = code.text.value if code.text is not None and code.origin in ("argument", "stdin") else None
        if text is None or code.language not in _ARGUMENTS or "rgv[" not in text.lower():
            continue
        runner, name, first = _ARGUMENTS[code.language]
        if code.origin == "stdin" and code.language == "node":
            first = 2
        given = [arg for arg in command.operands("-c -e -E -I -r -W -X") if arg.shown not in ("-", text)]
        for number, arg in enumerate(given[:9], first):
            text = text.replace(name % number, "'" + arg.shown.replace("'", "") + "'")
        text = text.replace("'", "'\\''")
        here = f"cd '{command.cwd}' && " if command.cwd and command.cwd != world.cwd else ""
        found += understand(f"{here}{runner} '{text}'", world).commands
    return found
