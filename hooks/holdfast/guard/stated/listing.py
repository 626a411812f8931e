"""Commands whose files only the run will list (find | xargs, $(ls), a loop over a glob): which of an Item's files they may get. Pure."""

from holdfast.guard.line import Arg, Command, Unknown
from holdfast.guard.paths import matches, resolve
from holdfast.guard.stated.act import fed_files, text_of
from holdfast.guard.stated.finding import find_of, like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line
    from holdfast.guard.stated.places import Places

_MOST = 40  # files that are tried for one command
_WILD = "*?["
_HERE = Arg((".",))
_FILTERS = frozenset("sort uniq head tail tac grep egrep sed awk tr cat xargs".split())


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
                texts = [text for feeder in other.feeds for text in listed(feeder, line, place)]
                for text in (*texts, *_in_files(other, line)[:_MOST]):
                    yield command._with((*command.argv, Arg((text,))))


def _in_files(command: "Command", line: "Line") -> "list[str]":
    """The names in the files that xargs reads."""
    named = command.flag_value("-a", "--arg-file")
    given = list(fed_files(command, line.world))
    text = text_of(named, command, line.world) if named is not None else None
    return [word for content in (*given, text or "") for word in content.replace("\0", " ").split()]


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
    program = producer.program
    if line.world.disk is None:
        return []
    if _searches(producer):
        return _by_search(producer, line, place)[:_MOST]
    if program in _FILTERS and producer.feeds:
        found = [text for feeder in producer.feeds for text in listed(feeder, line, place)]
        return _filtered(producer, found) if program in ("grep", "egrep") else found
    if program in ("find", "gfind", "bfs", "fd", "fdfind"):
        return _by_find(producer, line, place)[:_MOST]
    if program == "ls":
        return _by_ls(producer, line, place)[:_MOST]
    if program == "git" and producer.words[:1] == ["ls-files"]:
        return _by_git(producer, line, place)[:_MOST]
    return []


def _by_find(producer: "Command", line: "Line", place: "Places") -> "list[str]":
    from holdfast.guard.stated.searching import candidates

    found = []
    for act, root in find_of(producer, line.world):
        for path in candidates(act, place, line.world):
            if act.fits(path) and _kind(path, line) != "folder":
                found.append(root.rstrip("/") + path[len(act.path.rstrip("/")) :] if root else path)
    return found


def _by_ls(producer: "Command", line: "Line", place: "Places") -> "list[str]":
    found = []
    for arg in _operands(producer) or [_HERE]:
        path = resolve(arg, producer, line.world)
        if path is None:
            continue
        if arg.glob:
            found += [own for own in place.exact if place.meets(own, False) and matches(path, own)]
        elif _kind(path, line) == "folder":
            found += [own.rpartition("/")[2] for own in _inside(path, place, line) if own.rpartition("/")[0] == path]
        elif place.meets(path, False):
            found.append(arg.shown)
    return found


def _by_git(producer: "Command", line: "Line", place: "Places") -> "list[str]":
    disk = line.world.disk
    found = []
    for arg in _operands(producer)[1:] or [_HERE]:
        wild = arg.shown if any([c in arg.shown for c in _WILD]) else ""
        path = resolve(_HERE if wild else arg, producer, line.world)
        for own in _inside(path, place, line) if path else ():
            if disk is not None and disk.tracked(own) and (not wild or like(wild, own[len(path or "") + 1 :])):
                found.append(own)
    return found


def _by_search(producer: "Command", line: "Line", place: "Places") -> "list[str]":
    """What `grep -l` finds: the files in which the longest plain stretch of its pattern stands."""
    disk, roots = line.world.disk, _operands(producer)
    value = producer.flag_value("-e")
    if value is None and roots:
        value, roots = roots[0], roots[1:]
    pattern = value.shown if value is not None else ""
    if not producer.has_flag("F"):
        pattern = "".join([c if c not in "\\[](){}*+?|^$." else "\n" for c in pattern])
    wanted = max(pattern.split("\n"), key=len)
    fold = producer.has_flag("i")
    found = []
    for arg in roots or [_HERE]:
        path = resolve(arg, producer, line.world)
        for own in _inside(path, place, line) if path else ():
            text = disk.text(own) if disk is not None else None
            if wanted and text and (wanted.lower() in text.lower() if fold else wanted in text) and _included(producer, own):
                found.append(own)
    return found


def _operands(producer: "Command") -> "list[Arg]":
    return [arg for arg in producer.operands("-e -m -A -B -C -g -t --include --exclude --exclude-dir --glob --type") if arg.known]


def _kind(path: str, line: "Line") -> str:
    return line.world.disk.kind(path) if line.world.disk is not None else ""


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
