"""Recursive deletion and its kin do no harm in a build folder and end everything at a root."""

from holdfast.guard.paths import inside, is_root_like, resolve, within_roots
from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line, World

_DELETERS = {"rm": "", "rmdir": "", "unlink": "", "shred": "-n --iterations -s --size", "srm": "", "trash": "", "trash-put": "",
             "zf_rm": "", "wipe": "", "grm": "", "rimraf": "", "del-cli": "", "truncate": "-s --size -r --reference"}
_CHANGERS = frozenset("chmod chown chgrp setfacl chattr chflags".split())
# Contents that programs make again by themselves when they are gone.
_DISPOSABLE = ("/var/lib/apt/lists", "/var/cache", "/var/tmp", "/dev/shm", "/usr/share/doc", "/usr/share/man", "/usr/share/locale")
_DISPOSABLE_AT_HOME = (".cache", ".npm/_cacache", ".npm/_npx", ".gradle/caches", ".cargo/registry/cache", "Library/Caches",
                       ".local/share/Trash", "Library/Developer/Xcode/DerivedData", ".bundle/cache")


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for arg, deep in _targets(command):
            judged = judge_target(arg, deep, command, line.world)
            if judged:
                severity, what = judged
                yield Finding(f"`{_short(command)}` {_verb(command)} {what}", severity, start=command.start, end=command.end)
                break


def judge_target(arg: "Arg", deep: bool, command: "Command", world: "World") -> "tuple[str, str] | None":
    """(severity, what is hit in words) for one target of a destructive command, or None when it is ordinary.

    deep: True when everything below the target goes with it.
    """
    if arg.known or arg.possible():
        found = [_judge_path(text, deep, command, world) for text in (arg.possible() if arg.value is None else [arg.value])]
        return max(filter(None, found), key=lambda pair: _RANK[pair[0]], default=None)
    if _made_here(arg) or any(":?" in unknown.source for unknown in arg.unknowns):
        return None
    empty = arg.when_empty
    if deep and arg.unknowns and (empty == "" or is_root_like(empty) or empty in ("/", "/*", "/.", "/..")):
        if empty:
            return "catastrophic", f"{arg.shown}, which is {empty} when {arg.unknowns[0].source} is empty"
        return "caution", f"{arg.shown}, a place only known at run time"
    known_start = arg.prefix
    if known_start.startswith(("/", "~")):
        return _judge_path(known_start.rpartition("/")[0] + "/x" if known_start.rpartition("/")[0] else "/x", deep, command, world)
    return None


_RANK = {"caution": 0, "danger": 1, "catastrophic": 2}


def _judge_path(text: str, deep: bool, command: "Command", world: "World") -> "tuple[str, str] | None":
    if text == "":
        return None
    path = resolve(text, command, world)
    if path is None:  # relative to a folder that is not known
        if deep and text.rstrip("/") in ("*", ".", "..", "./*", "../*", ".*") or text.startswith("../.."):
            return "danger", f"{text} in a folder only known at run time"
        return None
    bare = path.rstrip("/*") or "/"
    everything = deep or path.endswith("/*")
    if everything and (is_root_like(path) or is_root_like(bare) or bare == world.home):
        return "catastrophic", f"{bare if path == bare else path}, which takes the system or a whole home with it"
    project = world.project
    if project and everything and inside(project, bare):
        return "catastrophic", f"{path}, which is the project itself" if bare == project else f"{path}, which the project lies in"
    if project and everything and inside(path, project + "/.git"):
        return "danger", f"{path}, the repository's history"
    if is_disposable(path, world):
        return None
    if not within_roots(path, world):
        return ("danger" if everything else "caution"), f"{path}, outside the project"
    if any(bare == root.rstrip("/") for root in world.roots) and everything:
        return "danger", f"{path}, which other programs use too"
    return None


def is_disposable(path: str, world: "World") -> bool:
    """True for what lies in a cache: programs make it again."""
    at_home = tuple(f"{home}/{name}" for home in (world.home, "/root") if home for name in _DISPOSABLE_AT_HOME)
    return any(inside(path, folder) and path.rstrip("/") != folder for folder in _DISPOSABLE) or any(inside(path, f) for f in at_home)


def _made_here(arg: "Arg") -> bool:
    """A temporary place that the same text made with mktemp, or a name that a loop over found files gives."""
    return bool(arg.unknowns) and all(any(c.program == "mktemp" for c in unknown.commands) for unknown in arg.unknowns)


# Words of find that leave everything below the starting point selected.
_FIND_TAKES_ALL = frozenset(("-type", "-depth", "-d", "-xdev", "-mount", "-print", "-print0", "-delete", "-exec", "-execdir", "-ok",
                             "-okdir", "-maxdepth", "-mindepth", "-follow", "-L", "-H", "-P", "-rf", "-r", "-f", "-R", "-v", "-fr", "-u"))


def _targets(command: "Command") -> "Iterator[tuple[Arg, bool]]":
    """Yield (Arg, whether everything below it is hit) for each target of a destructive command."""
    program = command.program
    if program in _DELETERS:
        if command.has_flag("--help", "--version"):
            return
        if any(step.startswith("find -") for step in command.via):
            return  # what find selects is judged by where find starts
        deep = command.has_flag("r", "R", "--recursive") or program in ("rimraf", "trash", "trash-put", "wipe")
        for arg in command.operands(_DELETERS[program]):
            yield arg, deep
    elif program in _CHANGERS and command.has_flag("R", "--recursive"):
        operands = command.operands("--reference -m -M -x -X")
        skip = 0 if command.has_flag("--reference") or program in ("setfacl",) else 1
        for arg in operands[skip:]:
            yield arg, True
    elif program == "find" and ("-delete" in command.words or _finds_to_delete(command)):
        starts = []
        for arg in command.args:
            if (arg.value or arg.prefix).startswith(("-", "(", "!")) and (arg.value or "") not in ("-L", "-H", "-P"):
                break
            if not (arg.value or "").startswith("-"):
                starts.append(arg)
        narrowed = any((w or "").startswith("-") and w not in _FIND_TAKES_ALL for w in command.words)
        for arg in starts:
            if not narrowed or (arg.value or "").rstrip("/") in ("", "~") or not arg.known:
                yield arg, True
            else:
                yield arg, False
    elif program == "mv":
        operands = command.operands("-t --target-directory -S --suffix")
        if len(operands) > 1:
            gone = operands[-1].value == "/dev/null"
            for arg in operands[:-1]:
                if gone or _names_a_whole(arg):
                    yield arg, True
    elif program == "rsync" and command.has_flag("--delete", "--del", "--delete-after", "--delete-before", "--delete-excluded",
                                                 "--delete-during"):
        operands = command.operands("-e --rsh -f --filter --exclude --include --exclude-from")
        if len(operands) > 1 and ":" not in (operands[-1].value or ""):
            yield operands[-1], True


def _names_a_whole(arg: "Arg") -> bool:
    """A source of mv that names a home or root in whole: mv ~ x, mv /* x."""
    text = arg.value if arg.known else arg.when_empty
    return text is not None and (is_root_like(text) or text.rstrip("/*") in ("", "."))


def _finds_to_delete(command: "Command") -> bool:
    words = command.words
    return any(words[i] in ("-exec", "-execdir", "-ok", "-okdir") and i + 1 < len(words)
               and (words[i + 1] or "").rpartition("/")[2] in ("rm", "unlink", "shred", "rmdir") for i in range(len(words)))


def _verb(command: "Command") -> str:
    if command.program in _CHANGERS:
        return "changes rights on"
    return "moves away" if command.program == "mv" else "deletes"


def _short(command: "Command") -> str:
    text = repr(command)
    return text if len(text) <= 60 else text[:57] + "..."


RULE = Rule(
    code="STR005",
    title="destructive target",
    category="structural",
    why="What lies there cannot be brought back.",
    instead="Name one folder inside the project, for example `rm -rf build`, or ask a person to do this.",
    severity="danger",
    blocks=("rm -rf /", "rm -rf /*", "rm -rf ~", "rm -rf $HOME/", "rm -r -f .", "rm -rf ..", "rm -rf *", "rm -rf \"$UNSET\"/*",
            "sudo rm -rf /usr",
            "cd / && rm -rf *", "find / -delete", "find ~ -type f -exec rm {} \\;", "chmod -R 777 /", "chown -R nobody ~",
            "rm -rf ~/projects",
            "bash -c 'rm -rf ~'", "mv ~ /dev/null", "X=/; rm -rf $X", "rm -rf -- /etc", "rm -rf /work/project", "rm -rf .git",
            "shred -u ~/.ssh/id_rsa",
            "rm -rf build ../..", "for d in / /usr; do rm -rf $d; done", "echo $(rm -rf ~)", "rm -rf /tmp/../etc", "xargs rm -rf / < x",
            "rm -rf \"$DIR\"", "env A=1 nice rm -rf ~/*", "rsync -a --delete empty/ ~/", "truncate -s 0 /etc/passwd", "rm -rf /tmp/*",
            "rm ~/notes.txt",
            "/bin/rm -rf /", "\\rm -rf ~", "rm --recursive --force /home", "rm -rf {/etc,/usr}", "timeout 5 rm -rf /var"),
    allows=("rm -rf node_modules dist", "rm -rf ./build/*", "rm -rf /tmp/build-cache", "rm file.txt", "d=$(mktemp -d); rm -rf \"$d\"",
            "rm -f *.o",
            "find . -name '*.pyc' -delete", "echo 'rm -rf /'", "git commit -m 'rm -rf /'", "grep -r 'rm -rf ~' docs", "chmod -R u+w build",
            "rm -rf /work/project/target", "cd build && rm -rf *.tmp", "rm -rf ~/.cache/pip", "rm --help", "rm -rf \"${OUT:?}/build\"",
            "for d in build dist; do rm -rf $d; done", "find build -type f -mtime +7 -delete", "rm -rf \"$PWD/build\"",
            "mv src/old.py src/new.py",
            "rm -rf /var/lib/apt/lists/*", "rsync -a --delete src/ backup/", "cd sub && rm -rf ../build", "man rm",
            "cat <<'E' > notes\nrm -rf /\nE"),
    check=check,
)
