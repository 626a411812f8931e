"""Recursive deletion and its kin do no harm in a build folder and end everything at a root."""

from holdfast.guard.line import Arg
from holdfast.guard.paths import inside, is_root_like, is_system, is_temporary, resolve, within_roots
from holdfast.guard.rule import Finding, Rule, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, World

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
# Parts of .git that nothing brings back.
_HISTORY = ("objects", "refs", "HEAD", "packed-refs", "logs", "config", "index", "hooks", "worktrees", "info")
_TEMPORARY_NAMES = ("tmp", "temp", "build", "dist", "out", "cache", "work", "stag", "target", "test", "venv", "scratch", "artifact",
                    "bundle", "extract", "clone",
                    "download", "coverage", "report", "sandbox", "mnt", "mount", "gnupghome", "pkg", "workspace", "sandbox", "chroot",
                    "gen")
_RANK = {"caution": 0, "danger": 1, "catastrophic": 2}


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for arg, deep in _targets(command, line.world):
            judged = judge_rights(arg, command, line.world) if command.program in _CHANGERS else judge_target(arg, deep, command,
                line.world)
            if judged:
                severity, what = judged
                yield Finding(f"`{short(command)}` {_verb(command)} {what}", severity, start=command.start, end=command.end)
                break
        if command.program == "find" and ("-delete" in command.words or _finds_to_delete(command)):
            found = None if command.has_flag("-ok", "-okdir") or _asks_first(command) else _narrowed_find(command, line.world)
            if found:
                yield Finding(f"`{short(command)}` deletes {found}", "danger", start=command.start, end=command.end)
        elif command.program == "truncate" and _empties_source(command):
            yield Finding(f"`{short(command)}` empties {command.operands('-s --size')[-1].shown}", start=command.start, end=command.end)
        elif _is_fed(command):
            severity, what = _judge_fed(command, line) or ("", "")
            if severity:
                yield Finding(f"`{short(command)}` deletes {what}", severity, start=command.start, end=command.end)


def judge_target(arg: "Arg", deep: bool, command: "Command", world: "World") -> "tuple[str, str] | None":
    """(severity, what is hit in words) for one target of a destructive command, or None when it is ordinary.

    deep: True when everything below the target goes with it.
    """
    if arg.known or arg.possible():
        found = [_judge_path(text, deep, command, world) for text in (arg.possible() if arg.value is None else [arg.value])]
        return max(filter(None, found), key=lambda pair: _RANK[pair[0]], default=None)
    if _made_here(arg) or any(":?" in unknown.source for unknown in arg.unknowns) or _is_fed(command) and _is_handed(arg):
        return None
    looped = next((unknown.source for unknown in arg.unknowns if unknown.kind == "input" and "*" in unknown.source), "")
    if looped and not set("$`\"'{").intersection(looped) and arg.pieces[-1].__class__ is not str:
        return _judge_path(looped, deep, command, world)  # for f in ./*: each of them in its turn
    listing = arg.unknowns[0].commands if arg.unknowns and len(arg.pieces) == 1 and arg.unknowns[0].kind == "output" else ()
    if listing and listing[-1].program in ("realpath", "readlink", "greadlink") and listing[-1].operands():
        return judge_target(listing[-1].operands()[0], deep, listing[-1], world)
    if listing and (listing[-1].program in _PICKERS or listing[-1].program in ("find", "ls", "git")):
        return _judge_listed(listing[-1], deep, command, world)
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
        if bare == history or path.startswith(tuple([f"{history}/{part}" for part in _HISTORY])) and not path.endswith(".lock"):
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
    if is_system(path, world) and (path.startswith(_IRREPLACEABLE)
                                   or path.startswith("/etc/") and path.count("/") == 2 and path not in _RESET):
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
    for folder in _DISPOSABLE if path.startswith(tuple(_DISPOSABLE)) else ():
        if path.startswith(folder) and (path.rstrip("/") != folder or folder.count("/") > 2 or folder.startswith("/opt/")):
            rest = path[len(folder):len(folder) + 1]
            if rest in ("", "/") or rest.isdigit() or rest in "-*2":
                return True
    for home in (world.home, "/root"):
        if home and path.startswith(home + "/") and any([inside(path, f"{home}/{name}") for name in _DISPOSABLE_AT_HOME]):
            return True
    return is_temporary(path, world)


def _made_here(arg: "Arg") -> bool:
    """A temporary place that the same text made with mktemp, or a name that a loop over found files gives."""
    return bool(arg.unknowns) and all(any(c.program == "mktemp" for c in unknown.commands) for unknown in arg.unknowns)


_SOURCES = tuple(""".py .js .ts .tsx .jsx .go .rs .c .h .cc .cpp .java .kt .rb .php .cs .swift .sql .html .css .md .db .sqlite .sqlite3
.toml .yaml .yml""".split())


def _empties_source(command: "Command") -> bool:
    """Whether truncate leaves nothing of what somebody wrote."""
    size = command.flag_value("-s", "--size")
    return size is not None and size.value == "0" and any(
        arg.shown.endswith(_SOURCES) and not arg.shown.startswith("/tmp/") for arg in command.operands("-s --size"))


# ---- what a list hands over ------------------------------------------------------------------------------------------------

# They pass on all that they read.
_PASSING = ("tr", "sort", "uniq", "shuf", "tac", "cut")
# They pass on a part of what they read, so that somebody has chosen.
_PICKERS = frozenset("grep egrep fgrep rg head tail awk gawk sed sort uniq comm fzf jq tr fd fdfind dirname basename".split())


def _is_fed(command: "Command") -> bool:
    """Whether xargs, parallel or fd gives a command that deletes what it is to delete."""
    return command.program in _DELETERS and command.via[-1:] in (("xargs",), ("parallel",), ("fd -x",)) and (
        command.open_ended or any(_is_handed(arg) for arg in command.args))


def _is_handed(arg: "Arg") -> bool:
    return len(arg.pieces) == 1 and any(unknown.kind == "input" for unknown in arg.unknowns)


def _judge_fed(command: "Command", line: "Line") -> "tuple[str, str] | None":
    """(severity, what is hit) by a command that xargs, parallel or fd runs on what it reads or finds."""
    deep = command.has_flag("r", "R", "--recursive")
    if command.via[-1] == "fd -x":
        fd = next((c for c in line.commands if c.program in ("fd", "fdfind") and c.start == command.start), None)
        return _judge_fd(fd, line.world) if fd is not None else None
    outer = next((c for c in line.commands if c.program in ("xargs", "parallel") and c.start == command.start), None)
    if outer is None or outer.feeds:
        return _judge_listed(outer.feeds[-1], deep, command, line.world) if outer is not None else None
    told = any(c.program == command.program and c.start == command.start and c.operands() for c in line.commands)
    return ("caution", "whatever it is handed") if deep and not told else None  # what is known of a list is judged by itself


def _judge_fd(fd: "Command", world: "World") -> "tuple[str, str] | None":
    """(severity, what is hit) when everything is deleted that fd finds."""
    words = fd.words
    end = next((at for at, word in enumerate(words) if word in ("-x", "-X", "--exec", "--exec-batch")), len(words))
    own = fd._with(fd.argv[:end + 1])
    operands = own.operands("-t --type -d --max-depth -E --exclude -e --extension -S --size -j --threads -c --color -o --owner "
                            "--changed-within --changed-before")
    narrow = own.has_flag("e", "S", "--extension", "--size", "--changed-within", "--changed-before")
    narrow |= bool(operands) and operands[0].value not in (".", "", "*", ".*", "/", "~")
    starts = operands[1:] or [Arg((".",))]
    if narrow:
        return ("danger", "files all over the machine") if any(arg.value == "/" for arg in starts) else None
    found = [judge_target(arg, True, own, world) for arg in starts]
    return max(filter(None, found), key=lambda pair: _RANK[pair[0]], default=None)


def _judge_listed(lister: "Command", deep: bool, command: "Command", world: "World") -> "tuple[str, str] | None":
    """(severity, what is hit) when everything is deleted that another command prints."""
    while lister.program in _PASSING and lister.feeds:
        lister = lister.feeds[-1]
    program, starts = lister.program, [Arg((".",))]
    if program in _PICKERS and not (program == "rg" and lister.has_flag("--files")):
        return None
    if program in ("du", "tree", "rg"):
        starts = lister.operands("-d --max-depth -t --threshold -L -g --glob") or starts
    elif program == "find":
        if _find_narrows(lister):
            names = [word for word in _find_narrows(lister) if word[:1] != "-"]
            chosen = names and not deep and not any("*" in name or name == ".git" for name in names)
            found = None if chosen else _narrowed_find(lister, world)
            return ("danger", found) if found else None
        starts = _find_starts(lister)
    elif program == "ls":
        starts = lister.operands() or starts
        if lister.has_flag("d") and not any(arg.glob for arg in starts):
            return None
    elif program == "git":
        if lister.words[:1] != ["ls-files"] or any(word is None or word not in ("-z", "-c", "--cached", "--") for word in lister.words[1:]):
            return None
    else:
        return ("caution", "whatever it is handed") if deep else None
    found_all = [judge_target(arg, True, lister, world) for arg in starts]
    return max(filter(None, found_all), key=lambda pair: _RANK[pair[0]], default=None)


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
    locked = command.program == "chmod" and _locks(command)
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
# Junk in a folder, and no longer when it is looked for on the whole machine.
_JUNK_NEARBY = frozenset("*.log *.gz *.bak *.md *.html *.rst *.txt.gz".split())
_FIND_WHOLE = frozenset("/ /etc /home /root /usr /bin /sbin /boot /lib /lib64 /var /opt /srv /Users /Library /System /Applications".split())


def _find_starts(command: "Command") -> "list[Arg]":
    """Where a find begins: the folder it stands in when it names none."""
    starts: "list[Arg]" = []
    for arg in command.args:
        text = arg.value if arg.value is not None else arg.prefix
        if text.startswith(("-", "(", "!")) and text not in ("-L", "-H", "-P"):
            break
        if not text.startswith("-"):
            starts.append(arg)
    return starts or [Arg((".",))]


def _find_narrows(command: "Command") -> "list[str]":
    """The tests of a find that leave something out, and the names they ask for."""
    found, words = [], command.words
    for at, word in enumerate(words):
        if word in ("-exec", "-execdir", "-ok", "-okdir"):
            break
        if word == "-type" and at + 1 < len(words) and words[at + 1] not in ("f", "d"):
            found.append(word)
        if word and word[:1] == "-" and word not in _FIND_TAKES_ALL and word != "-not":
            value = words[at + 1] if at + 1 < len(words) else None
            if at and words[at - 1] in ("!", "-not") and word in ("-name", "-iname", "-path", "-wholename"):
                continue  # everything but one thing
            if not (word in ("-name", "-iname") and value in ("*", ".*", "*.*")):
                found.append(word)
                if word in ("-name", "-iname") and value:
                    found.append(value)
    return found


def _narrowed_find(command: "Command", world: "World") -> "str | None":
    """What a find that does not take everything hits all the same at a place that nobody can lose."""
    narrows = _find_narrows(command)
    if not narrows:
        return None
    names = [word for word in narrows if word[:1] != "-"]
    if any(name == ".git" for name in names):
        return "repositories' history"
    aged = any(word in ("-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-older", "-empty", "-size", "-used")
               for word in narrows)
    everywhere = any(arg.value == "/" for arg in _find_starts(command))
    if not aged and "*.log" in names and any((arg.value or "").rstrip("/") == "/var/log" for arg in _find_starts(command)):
        return "the records of this machine"
    if names and all(name.lower() in _JUNK and not (everywhere and name.lower() in _JUNK_NEARBY) for name in names):
        return None
    for arg in _find_starts(command):
        path = resolve(arg, command, world) if arg.known else None
        if path is None:
            continue
        bare = path.rstrip("/*") or "/"
        if bare == "/" or (bare in _FIND_WHOLE or bare == world.home) and not aged:
            return f"files all over {bare}"
        around = world.project and inside(world.project, bare) and bare != world.project
        if not aged and (around or inside(bare, world.home) and not within_roots(bare, world) and not is_disposable(bare, world)):
            return f"files in {bare}, outside the project"
    return None


def _asks_first(command: "Command") -> bool:
    words = command.words
    return any(word == "rm" and any((after or "") == "--interactive" or (after or "")[:1] == "-" and (after or "")[1:2] != "-" and "i" in (
        after or "")
                                    for after in words[at + 1:at + 3]) for at, word in enumerate(words))


def _targets(command: "Command", world: "World") -> "Iterator[tuple[Arg, bool]]":
    """Yield (Arg, whether everything below it is hit) for each target of a destructive command."""
    program = command.program
    if program in _DELETERS:
        if command.has_flag("--help", "--version"):
            return
        deep = command.has_flag("r", "R", "--recursive") or program in ("rimraf", "trash", "trash-put", "wipe")
        found = command.via[-1:] and command.via[-1].startswith("find -")
        for arg in command.operands(_DELETERS[program]):
            if arg.known and "{}" not in (arg.value or "") or not found:  # what find selects is judged by where find starts
                yield arg, deep
    elif program in _CHANGERS and command.has_flag("R", "--recursive"):
        operands = command.operands("--reference -m -M -x -X" if program == "setfacl" else "--reference")
        skip = 0 if command.has_flag("--reference") or program in ("setfacl", "chattr", "chflags") or not _mode_first(command) else 1
        for arg in operands[skip:]:
            yield arg, True
    elif program == "chmod" and _locks(command):
        for arg in command.operands():
            if (arg.value or "").startswith(_LOCKABLE) or is_root_like(arg.value or "x"):
                yield arg, True
    elif program == "find" and ("-delete" in command.words or _finds_to_delete(command)):
        if not _find_narrows(command) and not _asks_first(command):
            for arg in _find_starts(command):
                yield arg, not is_temporary((arg.value or "") + "/", world)
    elif program == "mv":
        operands = command.operands("-t --target-directory -S --suffix")
        if len(operands) > 1:
            gone, at_root = operands[-1].value == "/dev/null", is_root_like(command.cwd or "x")
            for arg in operands[:-1]:
                if gone or _names_a_whole(arg) or at_root and arg.value in ("*", "./*") or "/.git/" in f"/{arg.value}/":
                    yield arg, True
                elif (arg.value or "").startswith(("/etc/", "/boot/", "/lib")) or "/.ssh" in (arg.value or ""):
                    yield arg, False
    elif program == "rsync" and command.has_flag("--remove-source-files"):
        for arg in command.operands("-e --rsh -f --filter --exclude --include --exclude-from")[:-1]:
            if _names_a_whole(arg):
                yield arg, True
    elif program == "rsync" and command.has_flag("--delete", "--del", "--delete-after", "--delete-before", "--delete-excluded",
                                                 "--delete-during"):
        operands = command.operands("-e --rsh -f --filter --exclude --include --exclude-from")
        if len(operands) > 1 and ":" not in (operands[-1].value or ""):
            yield operands[-1], True


_LOCKED = frozenset("000 0000 a-rwx ugo-rwx -rwx a= 0 00 u-rwx -x a-x ugo-x +t-x".split())


_LOCKABLE = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/lib", "/etc/", "/home", "/root", "/var/lib/")


def _locks(command: "Command") -> bool:
    """Whether chmod takes a right from everybody."""
    return any(word in _LOCKED for word in command.words[:2])


def _mode_first(command: "Command") -> bool:
    """Whether the first operand is a mode or an owner: not in `chmod -w x`, whose mode looks like an option."""
    if command.program != "chmod":
        return True
    return not any((a.value or "")[:1] == "-" and (a.value or "-")[1:].strip("rwxXst,+-=ugoa") == "" and len(a.value or "") > 1
                   and a.value not in ("-R",) for a in command.args)


def _names_a_whole(arg: "Arg") -> bool:
    """A source of mv that names a home or root in whole: mv ~ x, mv /* x."""
    text = arg.value if arg.known else arg.when_empty
    if not text:
        return False
    return is_root_like(text) or text == "/*" or text.rstrip("/") in ("", ".", "..")


def _finds_to_delete(command: "Command") -> bool:
    words = command.words
    return any(words[i] in ("-exec", "-execdir", "-ok", "-okdir") and i + 1 < len(words)
               and (words[i + 1] or "").rpartition("/")[2] in ("rm", "unlink", "shred", "rmdir", "truncate") and not any(
                   (word or "").strip("{}") and "{}" in (word or "") for word in words[i + 2:i + 5]) for i in range(len(words)))


def _verb(command: "Command") -> str:
    if command.program in _CHANGERS:
        return "changes rights on"
    return "moves away" if command.program == "mv" else "deletes"


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
            "rm ~/*", "find . | xargs rm -rf", "ls | xargs rm -rf", "xargs rm -rf < list", "rm -rf $(cat list)", "mv .git .git.bak",
            "find -delete", "chmod 000 ~",
            "find . ! -name x -delete", "find /var/log -name '*.log' -exec truncate -s 0 {} \\;",
            "git ls-files | xargs rm", "du -a ~ | cut -f2 | xargs rm -rf", "rg --files / | xargs rm",
            "fd . ~ -x rm", "ls -d ~/* | xargs rm -r",
            "truncate -s 0 src/main.py", "for f in ./*; do rm -rf -- \"$f\"; done", "rm -rf \"$(realpath ..)\"", "find . | sort | xargs rm",
            "cd / && mv * /tmp", "mv /etc/passwd /tmp/", "find .. -name '*.py' -delete", "find / -name '*.log' -exec rm {} \\;",
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
            "mv src/old.py src/new.py", "for f in *.txt; do mv \"$f\" \"${f%.txt}.md\"; done", "rm -rf $(find . -name __pycache__)",
            "find . -name '*.jpg' -exec mv {} . \\;", "find . -name node_modules -prune | xargs rm -rf",
            "ls -t | tail -n +6 | xargs rm -rf", "ls -l *.tmp | cut -d' ' -f9 | xargs rm",
            "ls *.bak | xargs rm", "for d in packages/*; do rm -rf \"$d/dist\"; done", "find . -name '*.bak' | sort | xargs rm",
            "fd -e pyc -x rm", "fd -H -t d node_modules -X rm -rf", "mv * backup/", "truncate -s 0 logs/app.log",
            "truncate -s 1G disk.img",
            "rm -rf /var/lib/apt/lists/*", "rsync -a --delete src/ backup/", "cd sub && rm -rf ../build", "man rm",
            "cat <<'E' > notes\nrm -rf /\nE"),
    check=check,
)
