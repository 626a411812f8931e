"""A file that the text itself fills with the start of a shell, and then hands to a tool that will read it as its own. Pure."""

from holdfast.guard.paths import inside, is_temporary, resolve
from holdfast.guard.shell.wrappers import roles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Command, Line

    # What stands for a file: its absolute path, or the one piece of its name that is not known.
    Place = str | int

SHELL_NAMES = frozenset("sh bash dash zsh ksh ksh93 mksh pdksh ash csh tcsh fish rbash yash posh elvish xonsh nu osh rzsh sash".split())
# What starts a shell in the languages of tools that have one of their own.
_STARTS = ("exec sh", "exec bash", "exec /bin", "exec \"/bin", "exec '/bin", "system(\"sh", "system('sh", "execute(\"sh", "/dev/tcp/",
           "os.system(", "os.exec", "pty.spawn", "execvp(", "execl(", "execv(", "setuid(0")
# These look at a file, or move it, or are judged by what they do with one elsewhere.
_PASSIVE = frozenset("""echo printf cat tee cp mv rm ls chmod chown touch mkdir stat test [ [[ cd pushd popd mktemp true : export trap
head tail less more grep diff wc md5sum sha256sum file tar zip gzip ln install scp rsync git docker podman kubectl helm sed awk source .
docker-compose nerdctl shellcheck shfmt bats gcc cc clang make cmake gh curl wget pytest exec command timeout time env sponge
test-kitchen hadolint code vi vim nano sudo strace ltrace realpath readlink dirname basename""".split())


def handed_over(line: "Line") -> "list[tuple[Command, str]]":
    """(Command, name of the file) for each command that is given a file, or works in a folder, that holds the start of a shell."""
    planted: "list[Place]" = []
    found: "list[tuple[Command, str]]" = []
    for command in line.commands:
        program = command.program
        own = bool(command.argv) and (command.argv[0].value or "")[:2] == "./" and not command.root  # a program of the project
        if planted and program and program not in _PASSIVE and not own and not {"shell", "interpreter"} & set(roles(program)):
            for arg in (*command.args, *command.env.values()):
                if any(_is_of(place, arg, command, line) for place in planted):
                    found.append((command, arg.shown))
                    break
            else:
                here = any(isinstance(place, str) and command.cwd and inside(place, command.cwd)
                           and is_temporary(command.cwd + "/x", line.world) for place in planted)
                if here or command.cwd is None and ("?" in planted or _entered(line, planted)):
                    found.append((command, "this folder"))
        text = _said(command)
        if text and starts_shell(text):
            targets = [r.target for r in command.redirects if r.writes] + (command.operands() if program == "tee" else [])
            planted += [place for place in (_place(target, command, line) for target in targets) if place is not None]
        elif program == "ln" and len(command.operands()) == 2 and (command.operands()[0].value or "").rpartition("/")[2] in SHELL_NAMES:
            place = _place(command.operands()[1], command, line)
            planted += [place] if place is not None else []
    return found


_ASKED = ("$_GET", "$_POST", "$_REQUEST", "$_COOKIE", "$_SERVER", "php://input", "getParameter(", "Request.", "request.")
_OBEYING = ("system(", "exec(", "eval(", "passthru(", "popen(", "assert(", "proc_open(", "Runtime", "ProcessBuilder", "create_function(",
            "execute(")
_PAGES = (".php", ".phtml", ".php5", ".phar", ".inc", ".jsp", ".jspx", ".asp", ".aspx", ".cfm")
_WEB = ("/var/www/", "/srv/www/", "/usr/share/nginx/", "/var/lib/tomcat", "/opt/tomcat/", "/usr/local/www/", "/Library/WebServer/")


def web_shell(command: "Command", line: "Line") -> "str | None":
    """A page that runs what its visitors send, or one of unknown content put where visitors find it; in words."""
    text = _said(command)
    targets = [r.target for r in command.redirects if r.writes] + (command.operands() if command.program == "tee" else [])
    if targets and ("<?" in text or "<%" in text) and any(mark in text for mark in _ASKED) and any(mark in text for mark in _OBEYING):
        return "writes a page that runs what its visitors send"
    if command.program in ("curl", "wget"):
        saved = command.flag_value("-o", "--output") if command.program == "curl" else command.flag_value("-O", "--output-document")
        path = resolve(saved, command, line.world) if saved is not None else None
        if path is not None and path.startswith(_WEB) and path.endswith(_PAGES):
            return "fetches a page of unknown content to where visitors run it"
    return None


def starts_shell(text: str) -> bool:
    """Whether a text, in whatever language, names a shell by its path or starts one."""
    return holds_shell(text) or any(mark in text for mark in _STARTS)


def holds_shell(text: str) -> bool:
    """True when the text names a shell by its path: /bin/sh, /usr/bin/bash -i; the first line of a script does not count."""
    at = text.find("bin/")
    while at >= 0:
        end = at + 4
        while end < len(text) and text[end].isalnum():
            end += 1
        if text[at + 4 : end] in SHELL_NAMES and text[end : end + 1] not in ("-", "_", "/", ".") and text[at - 1 : at] == "/":
            start = text.rfind("#!", 0, at)
            if start < 0 or text[start + 2 : at].strip() not in ("/", "/usr/", "/usr/local/"):
                return True
        at = text.find("bin/", end)
    return False


def _said(command: "Command") -> str:
    """The text that it writes, as far as it is known."""
    if command.program in ("echo", "printf", "print"):
        return " ".join(arg.when_empty for arg in command.args)
    return command.stdin.when_empty if command.program in ("cat", "tee", "sponge") and command.stdin is not None else ""


def _place(target: "Arg", command: "Command", line: "Line") -> "Place | None":
    """Where a file lies, when that is no part of the project: in a temporary folder, a hidden one, or a place that only the run tells."""
    if not target.known:
        return id(target.unknowns[0]) if len(target.unknowns) == 1 else None
    path = resolve(target, command, line.world)
    if path is None and command.cwd is None and target.prefix[:1] not in "/~":
        return "?"
    if path is None or line.world.project and inside(path, line.world.project) and not is_temporary(path, line.world):
        return None
    return path


def _is_of(place: "Place", arg: "Arg", command: "Command", line: "Line") -> bool:
    """Whether an argument names that file, or a folder that it lies in below a temporary one."""
    if not isinstance(place, str):
        return any(id(unknown) == place for unknown in arg.unknowns)
    text = arg.value
    if not text:
        return False
    for part in (text, text.partition("=")[2], text[2:] if text[:1] == "-" else "", text.lstrip("@")):
        if part[:1] in ("/", "~", ".") or part and part == text:
            path = resolve(part, command, line.world)
            if path is not None and (path == place or len(path) > 5 and inside(place, path) and is_temporary(path + "/x", line.world)):
                return True
    return False


def _entered(line: "Line", planted: "list[Place]") -> bool:
    """Whether the text changes into the folder of such a file, of which only the run tells the name."""
    return any(id(unknown) in planted for c in line.commands if c.program in ("cd", "pushd") for a in c.args for unknown in a.unknowns)
