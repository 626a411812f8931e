"""Going through a text command by command: what each does to files, and how links, folders and containers before it lead there. Pure."""

from holdfast.guard.line import Command
from holdfast.guard.paths import resolve
from holdfast.guard.stated.act import names_the_root
from holdfast.guard.stated.acts import acts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import World
    from holdfast.guard.stated.act import Act

# What runs behind these runs elsewhere: on another machine or in a container.
_AWAY = frozenset(
    (
        "ssh",
        "docker exec",
        "docker run",
        "kubectl exec",
        "kubectl run",
        "vagrant ssh",
        "adb shell",
        "lxc exec",
        "machinectl shell",
        "gcloud ssh",
    )
)


class Walk:
    """What the commands so far have changed about where a path leads.

    links: (new name, what it stands for).  moved: folders that a program text has changed to.  rooted: whether the unknown folder of
    the shell is the project's.  mounts: (path in a container, path here).
    """

    __slots__ = ("world", "reading", "links", "moved", "rooted", "mounts", "inside")

    def __init__(self, world: "World", reading: bool) -> None:
        self.world, self.reading = world, reading
        self.links: "list[tuple[str, str]]" = []
        self.moved: "list[str]" = []
        self.mounts: "list[tuple[str, str]]" = []
        self.rooted, self.inside = False, "/"

    def placed(self, command: "Command") -> "Command":
        """The command in the folder that it runs in, as far as a variable's name tells: cd "$REPO_ROOT"."""
        if command.cwd is None and self.rooted and _AWAY.isdisjoint(command.via):
            return _moved(command, self.world.project)
        if command.program in ("cd", "pushd") and len(command.argv) > 1 and command.argv[1].unknowns:
            first = command.argv[1].pieces[0]
            self.rooted = len(command.argv[1].pieces) == 1 and not isinstance(first, str) and names_the_root(first.name)
        elif command.program in ("docker", "podman", "nerdctl"):
            self._mount(command)
        return command

    def acts_of(self, command: "Command") -> "list[Act]":
        """What a command does to the files of this machine."""
        if not _AWAY.isdisjoint(command.via):
            return self._in_container(command) if self.mounts and "docker run" in command.via else []
        done = acts(command, self.world, self.reading)
        if command.via and self.moved:
            done += [act for folder in self.moved for act in acts(_moved(command, folder), self.world, self.reading)]
        self.moved += _changes_folder(command, self.world)
        if command.code and len(command.argv) > 2:
            from holdfast.guard.stated.searching import with_arguments

            done += [act for one in with_arguments(command, self.world) for act in acts(one, self.world, self.reading)]
        return done

    def _mount(self, command: "Command") -> None:
        """Note the folders of this machine that a container is given."""
        self.mounts = []
        for at, arg in enumerate(command.args):
            before = command.args[at - 1].value if at else ""
            text = arg.shown
            if before == "--mount":
                parts = dict([part.partition("=")[::2] for part in text.split(",")])
                host, target = (
                    parts.get("source") or parts.get("src", ""),
                    parts.get("target") or parts.get("dst") or parts.get("destination", ""),
                )
            elif before in ("-v", "--volume") or text.startswith("--volume="):
                host, target = text.removeprefix("--volume=").split(":")[:2] if ":" in text else ("", "")
            else:
                continue
            path = resolve(host, command, self.world) if host[:1] in ("/", ".") else None
            if path is not None and target:
                self.mounts.append((target.rstrip("/"), path))
        where = command.flag_value("-w", "--workdir")
        self.inside = where.value or "/" if where is not None else "/"

    def _in_container(self, command: "Command") -> "list[Act]":
        """What is done there to what is mounted from here."""
        found = []
        for act in acts(_moved(command, command.cwd or self.inside), self.world, self.reading):
            for target, host in self.mounts:
                if act.path == target or act.path.startswith(target + "/"):
                    act.path = host + act.path[len(target) :]
                    found.append(act)
                    break
        return found


def _changes_folder(command: "Command", world: "World") -> "list[str]":
    """The folders that a program text changes to before it goes on: os.chdir("config")."""
    found = []
    for code in command.code:
        if code.language != "sh" and code.origin != "file" and code.text is not None and "chdir" in code.text.shown:
            for part in code.text.shown.split("chdir")[1:]:
                rest = part.lstrip("( ")
                name = rest[1:].partition(rest[:1])[0] if rest[:1] in ("'", '"') else ""
                path = resolve(name, command, world) if name else None
                if path is not None:
                    found.append(path)
    return found


def _moved(command: "Command", folder: str) -> "Command":
    """The same command in another folder."""
    moved = command._with(command.argv)
    moved.cwd = folder
    return moved


def link_made(command: "Command", world: "World") -> "tuple[str, str] | None":
    """(the new name, what it stands for) of a link that a command makes."""
    program = command.program
    if program not in ("ln", "link", "gln") and not (program in ("cp", "gcp") and command.has_flag("l", "s", "--link", "--symbolic-link")):
        return None
    operands = command.operands("-t --target-directory -S --suffix")
    if not operands or not operands[0].known:
        return None
    text = (operands[0].value or "").rstrip("/")
    name = text.rpartition("/")[2]
    if len(operands) == 1:
        made = resolve(name, command, world)
    else:
        made = resolve(operands[-1], command, world)
        if made is not None and world.disk is not None and world.disk.kind(made) == "folder":
            made = f"{made}/{name}"
    if made is None:
        return None
    symbolic = command.has_flag("s", "--symbolic") and program != "link"
    if symbolic and text[:1] != "/" and not command.has_flag("r", "--relative"):
        target = resolve(f"{made.rpartition('/')[0]}/{text}", command, world)
    else:
        target = resolve(text, command, world)
    return (made, target) if target is not None and target != made else None


def through(act: "Act", links: "list[tuple[str, str]]") -> str:
    """Where an act lands when its path leads through a link that the same text has made."""
    path = act.path
    for _ in range(5):
        for made, target in links:
            if path.startswith(made + "/") or path == made and act.how not in ("delete", "rename"):
                path = target + path[len(made) :]
                break
        else:
            break
    return path
