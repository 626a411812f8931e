"""Recursive deletion and its kin do no harm in a build folder and end everything at a root."""

from holdfast.guard.paths import inside, is_root_like, is_system, is_temporary, resolve, within_roots
from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line, World

_DELETERS = {"rm": "", "rmdir": "", "unlink": "", "shred": "-n --iterations -s --size", "srm": "", "trash": "", "trash-put": "",
             "zf_rm": "", "wipe": "", "grm": "", "rimraf": "", "del-cli": "", "truncate": "-s --size -r --reference"}
_CHANGERS = frozenset("chmod chown chgrp setfacl chattr chflags".split())
# Contents that programs make again by themselves when they are gone, and packages that come back with their installer.
_DISPOSABLE = tuple("""/var/lib/apt/lists /var/cache /var/tmp /dev/shm /usr/share/doc /usr/share/man /usr/share/info /usr/share/locale
/usr/share/lintian
/usr/share/dotnet /usr/local/lib/android /opt/ghc /opt/hostedtoolcache /usr/local/share/boost /usr/local/share/powershell
/usr/local/.ghcup /usr/share/swift
/usr/local/share/chromium /usr/local/graalvm /usr/lib/jvm /usr/share/miniconda /usr/local/julia /usr/local/go /opt/az /opt/google
/opt/microsoft /usr/local/aws-cli
/usr/local/aws-sam-cli /imagegeneration /usr/share/gradle /usr/share/rust /usr/local/lib/heroku /usr/local/lib/node_modules
/usr/lib/node_modules /usr/src
/usr/local/src /usr/lib/google-cloud-sdk /usr/local/share/vcpkg /opt/pipx /usr/local/n /var/lib/yum /var/lib/dnf /etc/apt/sources.list.d
/etc/nginx/sites-enabled
/usr/local/share/man /usr/local/share/doc /etc/nginx/conf.d /usr/local/lib/python /usr/lib/python /usr/local/lib/ruby /usr/local/bundle
/var/lib/gems
/usr/share/php /opt/conda/pkgs /root/.cache /usr/share/nginx/html /var/www/html /usr/share/icons /usr/share/fonts
/usr/share/zoneinfo""".split())
_DISPOSABLE_AT_HOME = tuple(""".cache .npm .gradle .cargo/registry .cargo/git Library/Caches .local/share/Trash Library/Developer/Xcode
.bundle/cache .m2/repository .ivy2 .sbt
.pub-cache .yarn .pnpm-store .local/share/pnpm .bun .deno .composer/cache .nuget/packages go/pkg .conda/pkgs .ccache .expo .kube/cache
.thumbnails .nvm .rustup .pyenv
.rbenv .virtualenvs .node-gyp .electron .cocoapods .vscode-server .yarn-cache .pip .hex .mix .stack .cabal/packages
.terraform.d/plugin-cache .vagrant.d/tmp
.local/share/virtualenvs .asdf/installs .android/cache .gem .cpan .cpanm .julia/compiled .sdkman/archives .sdkman/tmp
.ollama/models .minikube/cache""".split())
# Where containers and runners keep the sources they work on: what lies below is somebody's project.
_WORKPLACES = ("/app/", "/workspace/", "/workspaces/", "/testbed/", "/repo/", "/code/", "/github/workspace/", "/home/runner/work/",
               "/builds/", "/build/",
               "/go/src/", "/__w/", "/src/", "/project/", "/deps/", "/dist/", "/install/", "/io/", "/out/", "/output/", "/opt/venv/",
               "/tmp_build/")
_TEMPORARY_NAMES = ("tmp", "temp", "build", "dist", "out", "cache", "work", "stag", "target", "test", "venv", "scratch", "artifact",
                    "bundle", "extract", "clone",
                    "download", "coverage", "report", "sandbox", "mnt", "mount", "gnupghome", "pkg", "workspace", "sandbox", "chroot",
                    "gen")
_RANK = {"caution": 0, "danger": 1, "catastrophic": 2}


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for arg, deep in _targets(command):
            judged = judge_rights(arg, command, line.world) if command.program in _CHANGERS else judge_target(arg, deep, command,
                line.world)
            if judged:
                severity, what = judged
                yield Finding(f"`{_short(command)}` {_verb(command)} {what}", severity, start=command.start, end=command.end)
                break
        if command.program == "find":
            found = _narrowed_find(command, line.world)
            if found:
                yield Finding(f"`{_short(command)}` deletes {found}", "danger", start=command.start, end=command.end)


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
        spare = all(any(word in unknown.name.lower() for word in _TEMPORARY_NAMES) for unknown in arg.unknowns)
        if empty and not (spare and empty == "/"):
            return "catastrophic", f"{arg.shown}, which is {empty} when {arg.unknowns[0].source} is empty"
        return None if spare else ("caution", f"{arg.shown}, a place only known at run time")
    known_start = arg.prefix
    if known_start.startswith(("/", "~")):
        return _judge_path(known_start.rpartition("/")[0] + "/x" if known_start.rpartition("/")[0] else "/x", deep, command, world)
    return None


def _judge_path(text: str, deep: bool, command: "Command", world: "World") -> "tuple[str, str] | None":
    if text == "":
        return None
    path = resolve(text, command, world)
    if path is None:  # relative to a folder that is not known
        if deep and text.rstrip("/") in ("*", ".", "..", "./*", "../*", ".*") or text.startswith("../.."):
            return "danger", f"{text} in a folder only known at run time"
        return None
    bare = path.rstrip("/*") or "/"
    everything = deep or path.endswith("/*") or path == "/"
    if everything and (bare == world.home or (is_root_like(path) or is_root_like(bare)) and not is_disposable(path, world)):
        return "catastrophic", f"{bare if path == bare else path}, which takes the system or a whole home with it"
    project = world.project
    if project and everything and inside(project, bare):
        return "catastrophic", f"{path}, which is the project itself" if bare == project else f"{path}, which the project lies in"
    if project and inside(path, project):
        history = f"{project}/.git"
        if bare == history or path.startswith(tuple(f"{history}/{part}" for part in ("objects", "refs", "HEAD", "packed-refs", "logs",
                                                                                     "config"))):
            return "danger", f"{path}, the repository's history"
        if path.startswith(f"{project}/.") and path[len(project) + 2:].strip("?[]!.*^") == "" and "*" in path:
            return "danger", f"{path}, every hidden file with .git among them"
    if everything and any(path == root.rstrip("/") for root in world.roots):
        return "danger", f"{path}, which other programs use too"
    if is_disposable(path, world) or within_roots(path, world):
        return None
    return _judge_outside(path, everything, world)


def _judge_outside(path: str, everything: bool, world: "World") -> "tuple[str, str] | None":
    """A target outside the project: a tree is lost with all that is in it, a single file when it means something."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name[1:] else ""
    a_file = ending.isalnum() and not ending.isdigit() and len(ending) <= 5 and ending not in ("d", "git", "app", "bak")
    if everything and not (a_file and not path.endswith("/*")):
        if path.startswith(_WORKPLACES):
            return None
        return "danger", f"{path}, outside the project"
    from holdfast.guard.targets import kinds
    for kind, what in kinds(path, world):
        if kind in ("protected", "credential", "escalation", "startup", "trust", "agent", "device") and not path.startswith(_REPLACED):
            return "danger", f"{path}: {what}"
    if is_system(path) and (path.startswith(_IRREPLACEABLE) or path.startswith("/etc/") and path.count("/") == 2 and path not in _RESET):
        return "danger", f"{path}, a part of the system"
    return None


_IRREPLACEABLE = ("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/lib/", "/lib64/", "/boot/", "/proc/", "/sys/", "/dev/",
                  "/usr/lib/x86_64", "/System/", "/var/lib/mysql/",
                  "/var/lib/postgresql/")
_RESET = frozenset("/etc/localtime /etc/machine-id /etc/timezone /etc/resolv.conf /etc/mtab /etc/motd".split())
# Files that set-up scripts take away and write anew all the time.
_REPLACED = ("/etc/systemd/system/", "/etc/apt/", "/etc/ssl/certs/", "/etc/nginx/", "/etc/apache2/", "/usr/local/share/ca-certificates/",
             "/etc/motd", "/etc/update-motd.d/",
             "/etc/init.d/", "/etc/logrotate.d/")


def is_disposable(path: str, world: "World") -> bool:
    """True for what lies in a cache or comes back with its installer."""
    at_home = tuple(f"{home}/{name}" for home in (world.home, "/root") if home for name in _DISPOSABLE_AT_HOME)
    for folder in _DISPOSABLE:
        if path.startswith(folder) and (path.rstrip("/") != folder or folder.count("/") > 2 or folder.startswith("/opt/")):
            rest = path[len(folder):len(folder) + 1]
            if rest in ("", "/") or rest.isdigit() or rest in "-*2":
                return True
    return any(inside(path, f) for f in at_home) or is_temporary(path)


def _made_here(arg: "Arg") -> bool:
    """A temporary place that the same text made with mktemp, or a name that a loop over found files gives."""
    return bool(arg.unknowns) and all(any(c.program == "mktemp" for c in unknown.commands) for unknown in arg.unknowns)


# ---- rights ----------------------------------------------------------------------------------------------------------------

# Folders that a set-up hands over to a person or a service in whole.
_HANDED_OVER = frozenset("/opt /srv /data /var/www /usr/local /usr/local/bin /usr/local/lib /opt/homebrew /usr/src /usr/local/share "
    "/usr/local/sbin /var/log /var/cache".split())


def judge_rights(arg: "Arg", command: "Command", world: "World") -> "tuple[str, str] | None":
    """(severity, what is hit) for a target of chmod -R and its kin, or None when handing it over is ordinary."""
    text = arg.value if arg.known else arg.when_empty
    if not text or not arg.known and not (is_root_like(text) or text in ("/", "/*")):
        return None
    if not arg.known and (_made_here(arg) or any(":?" in unknown.source for unknown in arg.unknowns)):
        return None
    path = resolve(text, command, world)
    if path is None:
        return None
    bare = path.rstrip("/*") or "/"
    mode = (command.args[0].value or "") if command.args else ""
    locked = command.program == "chmod" and any(word in ("000", "0000", "a-rwx", "ugo-rwx", "-rwx", "a=", "0", "00", "u-rwx") for word in (
        a.value for a in command.args))
    if locked and (not within_roots(path, world) or world.project and inside(world.project, bare)):
        return "catastrophic" if is_root_like(bare) or world.project and inside(world.project,
                                                                                bare) else "danger", f"{path}, which nobody can use then"
    if bare in _HANDED_OVER or bare.startswith(("/mnt/", "/media/", "/Volumes/")):
        return None
    if is_root_like(bare) or bare == world.home:
        owner = " ".join(a.shown for a in command.args[:3])
        name = bare.rpartition("/")[2]
        if command.program in ("chown", "chgrp") and (bare.startswith(("/home/", "/Users/")) or bare == world.home) and (
                name in owner.replace(":", " ").replace(".", " ").split() or any(w in owner for w in ("$USER", "whoami", "id -u", "$UID",
                    "$(id", "USERNAME", "LOGNAME"))):
            return None
        return "catastrophic", f"{path}, which the system or a whole home depends on"
    if bare.startswith(("/home/", "/Users/")) and "/.ssh" in bare:
        return None
    return ("danger", f"{path}, which the system depends on") if path.startswith(("/etc/sudoers", "/etc/pam", "/etc/ssh", "/usr/lib/x86",
                                                                                  "/boot/")) and mode != "" else None


# ---- find ------------------------------------------------------------------------------------------------------------------

# Words of find that leave everything below the starting point selected.
_FIND_TAKES_ALL = frozenset(("-type", "-depth", "-d", "-xdev", "-mount", "-print", "-print0", "-delete", "-exec", "-execdir", "-ok",
                             "-okdir", "-maxdepth", "-mindepth", "-follow", "-L", "-H", "-P", "-ls", "-noleaf", "-a", "-and", "-o", "-or",
                             "-quit", "-printf"))
_JUNK = ("*.pyc", "*.pyo", "__pycache__", "*.a", "*.la", "*.tmp", "*~", "*.swp", "*.bak", "*.orig", ".ds_store", "test", "tests", "*.map",
         "*.md", "*.log", "*.gz", "idle_test",
         "*.o", "*.cache", "thumbs.db", "._*", "*.core", "core", ".pytest_cache", "node_modules", "*.rpmnew", "*.dpkg-dist", "*.dpkg-old",
         "*.pyd", "*.js.map", "*.html",
         "*.txt.gz", "*.dist-info", "*.egg-info", "*.rst", "man", "doc", "docs", "locale")
_FIND_WHOLE = frozenset("/ /etc /home /root /usr /bin /sbin /boot /lib /lib64 /var /opt /srv /Users /Library /System /Applications".split())


def _find_starts(command: "Command") -> "list[Arg]":
    starts = []
    for arg in command.args:
        text = arg.value if arg.value is not None else arg.prefix
        if text.startswith(("-", "(", "!")) and text not in ("-L", "-H", "-P"):
            break
        if not text.startswith("-"):
            starts.append(arg)
    return starts


def _find_narrows(command: "Command") -> "list[str]":
    """The tests of a find that leave something out, and the names they ask for."""
    found, words = [], command.words
    for at, word in enumerate(words):
        if word in ("-exec", "-execdir", "-ok", "-okdir"):
            break
        if word == "-type" and at + 1 < len(words) and words[at + 1] not in ("f", "d"):
            found.append(word)
        if word and word[:1] == "-" and word not in _FIND_TAKES_ALL:
            value = words[at + 1] if at + 1 < len(words) else None
            if not (word in ("-name", "-iname") and value in ("*", ".*", "*.*")):
                found.append(word)
                if word in ("-name", "-iname") and value:
                    found.append(value)
    return found


def _narrowed_find(command: "Command", world: "World") -> "str | None":
    """What a find that does not take everything deletes all the same at a place that nobody can lose."""
    if not ("-delete" in command.words or _finds_to_delete(command)):
        return None
    narrows = _find_narrows(command)
    if not narrows or command.has_flag("-ok", "-okdir") or _asks_first(command):
        return None
    names = [word for word in narrows if word[:1] != "-"]
    if any(name == ".git" for name in names):
        return "repositories' history"
    if names and all(name.lower() in _JUNK for name in names):
        return None
    aged = any(word in ("-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-older", "-empty", "-size", "-used")
               for word in narrows)
    for arg in _find_starts(command):
        path = resolve(arg, command, world) if arg.known else None
        if path is None:
            continue
        bare = path.rstrip("/*") or "/"
        if bare == "/" or (bare in _FIND_WHOLE or bare == world.home) and not aged:
            return f"files all over {bare}"
    return None


def _asks_first(command: "Command") -> bool:
    words = command.words
    return any(word == "rm" and any((after or "") == "--interactive" or (after or "")[:1] == "-" and (after or "")[1:2] != "-" and "i" in (
        after or "")
                                    for after in words[at + 1:at + 3]) for at, word in enumerate(words))


def _targets(command: "Command") -> "Iterator[tuple[Arg, bool]]":
    """Yield (Arg, whether everything below it is hit) for each target of a destructive command."""
    program = command.program
    if program in _DELETERS:
        if command.has_flag("--help", "--version"):
            return
        if command.via and command.via[-1].startswith("find -"):
            return  # what find selects is judged by where find starts
        deep = command.has_flag("r", "R", "--recursive") or program in ("rimraf", "trash", "trash-put", "wipe")
        for arg in command.operands(_DELETERS[program]):
            yield arg, deep
    elif program in _CHANGERS and command.has_flag("R", "--recursive"):
        operands = command.operands("--reference -m -M -x -X")
        skip = 0 if command.has_flag("--reference") or program in ("setfacl", "chattr", "chflags") or not _mode_first(command) else 1
        for arg in operands[skip:]:
            yield arg, True
    elif program == "find" and ("-delete" in command.words or _finds_to_delete(command)):
        if not _find_narrows(command) and not _asks_first(command):
            for arg in _find_starts(command):
                yield arg, not is_temporary((arg.value or "") + "/")
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


def _mode_first(command: "Command") -> bool:
    """Whether the first operand is a mode or an owner: not in `chmod -w x`, whose mode looks like an option."""
    if command.program != "chmod":
        return True
    return not any((a.value or "")[:1] == "-" and (a.value or "-")[1:].strip("rwxXst,+-=ugoa") == "" and len(a.value or "") > 1
                   and a.value not in ("-R",) for a in command.args)


def _names_a_whole(arg: "Arg") -> bool:
    """A source of mv that names a home or root in whole: mv ~ x, mv /* x."""
    text = arg.value if arg.known else arg.when_empty
    return text is not None and (is_root_like(text) or text.rstrip("/*") == "")


def _finds_to_delete(command: "Command") -> bool:
    words = command.words
    return any(words[i] in ("-exec", "-execdir", "-ok", "-okdir") and i + 1 < len(words)
               and (words[i + 1] or "").rpartition("/")[2] in ("rm", "unlink", "shred", "rmdir") and not any(
                   (word or "").strip("{}") and "{}" in (word or "") for word in words[i + 2:i + 5]) for i in range(len(words)))


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
            "rm -rf \"$DIR\"", "find . -exec rm --recursive -f {} \\;", "rm .git/*", "chmod -R 000 .", "find / -name x -delete",
            "rm /etc/hosts", "rm ~/.bashrc",
            "find . -name .git -exec rm -rf {} +", "chown -R dev /usr", "env A=1 nice rm -rf ~/*", "rsync -a --delete empty/ ~/",
            "truncate -s 0 /etc/passwd", "rm -rf /tmp",
            "rm ~/*",
            "/bin/rm -rf /", "\\rm -rf ~", "rm --recursive --force /home", "rm -rf {/etc,/usr}", "timeout 5 rm -rf /var"),
    allows=("rm -rf /tmp/*", "rm ~/notes.txt", "rm -f .git/index.lock", "chown -R dev:dev /home/dev", "chmod -R u+w .",
            "sudo chown -R www-data /var/www",
            "find /usr/local -name '*.pyc' -delete", "find /var/log -mtime +30 -delete", "sudo rm -rf /usr/share/dotnet /opt/ghc",
            "rm -rf ~/.npm/_logs",
            "rm -rf /usr/local/go", "find . -name '*.tmp' -exec rm -r {} +", "rm -rf \"$BUILD_DIR\"", "find / -name '*.bak' -ok rm {} \\;",
            "rm -rf node_modules dist", "rm -rf ./build/*", "rm -rf /tmp/build-cache", "rm file.txt", "d=$(mktemp -d); rm -rf \"$d\"",
            "rm -f *.o",
            "find . -name '*.pyc' -delete", "echo 'rm -rf /'", "git commit -m 'rm -rf /'", "grep -r 'rm -rf ~' docs", "chmod -R u+w build",
            "rm -rf /work/project/target", "cd build && rm -rf *.tmp", "rm -rf ~/.cache/pip", "rm --help", "rm -rf \"${OUT:?}/build\"",
            "for d in build dist; do rm -rf $d; done", "find build -type f -mtime +7 -delete", "rm -rf \"$PWD/build\"",
            "mv src/old.py src/new.py",
            "rm -rf /var/lib/apt/lists/*", "rsync -a --delete src/ backup/", "cd sub && rm -rf ../build", "man rm",
            "cat <<'E' > notes\nrm -rf /\nE"),
    check=check,
)
