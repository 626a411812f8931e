"""What find removes or changes by the programs that it runs on each file. Pure."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import World
    from holdfast.guard.stated.acts import Found
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
    from holdfast.guard.stated.judging import _strikes

    text = " ".join(["'" + arg.shown.replace("{}", path).replace("'", "'\\''") + "'" for arg in act.inner])
    for command in understand(text, world).commands:
        for inner in acts(command, world, "read" in item["forbids"]):
            if not hasattr(inner, "words") and _strikes(inner, item, place, world):
                return True
    return False
