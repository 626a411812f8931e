"""Commands whose files only the run will list (find | xargs, $(ls), a loop over a glob): which of an Item's files can be among them. Pure."""

from holdfast.guard.line import Arg, Command, Unknown
from holdfast.guard.paths import matches, resolve
from holdfast.guard.stated.acts import find_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line
    from holdfast.guard.stated.places import Places

_MOST = 40  # files that are tried for one command
_WILD = "*?["


def filled(command: "Command", line: "Line", place: "Places") -> "Iterator[Command]":
    """The command as it runs for each of the Item's files that it may be given; nothing where all is known or none is listed."""
    for at, arg in enumerate(command.argv):
        unknown = next((piece for piece in arg.pieces if piece.__class__ is Unknown), None)
        if unknown is None or at == 0:
            continue
        for text, glob in _texts(unknown, command, line, place):
            yield _with(command, at, arg, unknown, text, glob)
    for redirect in command.redirects[:6]:
        unknown = next((piece for piece in redirect.target.pieces if piece.__class__ is Unknown), None)
        if redirect.writes and unknown is not None:
            for text, glob in _texts(unknown, command, line, place):
                written = Command((Arg(("tee",)), redirect.target), cwd=command.cwd, start=command.start, end=command.end)
                yield _with(written, 1, redirect.target, unknown, text, glob)
    if command.open_ended and "xargs" in command.via:
        for other in line.commands:
            if other.program in ("xargs", "gxargs") and other.start == command.start:
                for feeder in other.feeds:
                    for text in listed(feeder, line, place):
                        yield command._with((*command.argv, Arg((text,))))


def _texts(unknown: "Unknown", command: "Command", line: "Line", place: "Places") -> "Iterator[tuple[str, bool]]":
    """(text, whether it is a glob) that an unknown stretch may stand for."""
    if unknown.kind == "input" and "$" not in unknown.source and any([c in unknown.source for c in _WILD]):
        yield unknown.source, True
    producers = list(unknown.commands)
    if unknown.source == "{}" and not producers and command.via and command.via[-1].startswith(("fd", "fdfind")):
        producers = [other for other in line.commands if other.program in ("fd", "fdfind") and other.start == command.start]
    for producer in producers:
        for text in listed(producer, line, place):
            yield text, False


def _with(command: "Command", at: int, arg: "Arg", unknown: "Unknown", text: str, glob: bool) -> "Command":
    """The command with one unknown stretch replaced; a glob stands for itself whole, as the text before it is in it already."""
    before = arg.prefix
    if glob and before and text.startswith(before):
        new = Arg((text,), True)
    else:
        new = Arg(
            ("".join([text if piece is unknown else piece if isinstance(piece, str) else piece.fallback for piece in arg.pieces]),), glob
        )
    return command._with((*command.argv[:at], new, *command.argv[at + 1 :]))


def listed(producer: "Command", line: "Line", place: "Places") -> "list[str]":
    """The Item's files that a command prints the names of, as it prints them."""
    world, program = line.world, producer.program
    disk = world.disk
    if disk is None:
        return []
    if (
        program in ("sort", "uniq", "head", "tail", "tac", "grep", "egrep", "sed", "awk", "tr", "cat", "xargs")
        and producer.feeds
        and not _searches(producer)
    ):
        found = [text for feeder in producer.feeds for text in listed(feeder, line, place)]
        return _filtered(producer, found) if program in ("grep", "egrep") else found
    if program in ("find", "gfind", "bfs", "fd", "fdfind"):
        from holdfast.guard.stated.searching import candidates

        found = []
        for act, root in find_of(producer, world):
            for path in candidates(act, place, world):
                if act.fits(path) and disk.kind(path) != "folder":
                    found.append(root.rstrip("/") + path[len(act.path.rstrip("/")) :] if root else path)
        return found[:_MOST]
    roots = [arg for arg in producer.operands("-e -m -A -B -C -g -t --include --exclude --exclude-dir --glob --type") if arg.known]
    if program == "ls":
        found = []
        for arg in roots or [Arg((".",))]:
            path = resolve(arg, producer, world)
            if path is None:
                continue
            if arg.glob:
                found += [own for own in place.exact if place.meets(own, False) and matches(path, own)]
            elif disk.kind(path) == "folder":
                found += [own.rpartition("/")[2] for own in _inside(path, place, line) if own.rpartition("/")[0] == path]
            elif place.meets(path, False):
                found.append(arg.value or "")
        return found[:_MOST]
    if program == "git" and producer.words[:1] == ["ls-files"]:
        roots = roots[1:]
        found = [
            own
            for root in roots or [Arg((".",))]
            for path in [resolve(root, producer, world)]
            if path
            for own in _inside(path, place, line)
            if disk.tracked(own)
        ]
        return found[:_MOST]
    if _searches(producer):
        pattern = roots[0].value if roots and producer.flag_value("-e") is None else None
        value = producer.flag_value("-e")
        pattern = value.value if value is not None else pattern
        if not pattern or any([c in pattern for c in "\\[](){}*+?|^$."]) and not producer.has_flag("F"):
            pattern = "".join([c if c not in "\\[](){}*+?|^$." else "\n" for c in pattern or ""])
        wanted = max((pattern or "").split("\n"), key=len)
        found = []
        for arg in (roots[1:] if value is None else roots) or [Arg((".",))]:
            path = resolve(arg, producer, world)
            for own in _inside(path, place, line) if path else ():
                text = disk.text(own)
                fold = producer.has_flag("i")
                if (
                    wanted
                    and text is not None
                    and (wanted.lower() in text.lower() if fold else wanted in text)
                    and _included(producer, own)
                ):
                    found.append(own)
        return found[:_MOST]
    return []


def _searches(command: "Command") -> bool:
    """Whether a search prints the names of the files."""
    return (
        command.program in ("grep", "egrep", "rg", "ag", "ack", "fgrep")
        and command.has_flag("l", "--files-with-matches", "--files")
        or command.program == "git"
        and command.words[:1] == ["grep"]
        and command.has_flag("l", "--files-with-matches", "--name-only")
    )


def _filtered(command: "Command", texts: "list[str]") -> "list[str]":
    """What grep lets through of names that it is given, when its pattern is plain."""
    operands = command.operands("-e")
    pattern = (operands[0].value if operands else "") or ""
    plain = pattern.replace("\\.", ".").strip("^$")
    if any([c in plain for c in "[]()*+?|\\"]):
        return [] if command.has_flag("v") else texts
    return [text for text in texts if (plain in text) != command.has_flag("v", "--invert-match")]


def _included(command: "Command", path: str) -> bool:
    """Whether --include and --exclude let a search see a file."""
    from holdfast.guard.stated.places import same

    name = path.rpartition("/")[2]
    for arg in command.args:
        option, _, pattern = (arg.value or "").partition("=")
        if (
            option == "--include"
            and not same(pattern, name)
            or option == "--exclude"
            and same(pattern, name)
            or option == "--exclude-dir"
            and pattern in path.split("/")
        ):
            return False
    return True


def _inside(folder: str, place: "Places", line: "Line") -> "list[str]":
    """The Item's files below a folder, or the file itself."""
    disk = line.world.disk
    found = [own for own in place.exact if own == folder or own.startswith(folder.rstrip("/") + "/")]
    files = [own for own in found if disk is not None and disk.kind(own) != "folder"]
    if disk is not None and (place.names or place.globs or place.everything or len(files) < len(found) or not found):
        files += [path for path in [f"{folder.rstrip('/')}/{name}" for name in disk.below(folder)] if place.meets(path, False)]
    return [path for path in files if place.excepted is None or not place.excepted.covers(path)]
