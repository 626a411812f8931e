"""Quotes, backslashes, empty expansions and globs inside a name: the shell drops them, a reader does not see the name."""

from holdfast.guard.rule import Finding, Rule
from holdfast.guard.shell.tree import Param, Subst, Text
from holdfast.guard.spelling import is_meant, short, telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line
    from holdfast.guard.shell.tree import Part

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-:=+,@")
_ENVIRONMENT = frozenset(
    "PATH HOME PWD OLDPWD SHELL BASH IFS USER LOGNAME TERM LANG LS_COLORS HOSTNAME HOSTTYPE OSTYPE MACHTYPE BASH_VERSION "
    "SHELLOPTS BASHOPTS PS1 PS2 PS4 0 EDITOR PAGER MAIL TMPDIR DISPLAY XDG_SESSION_TYPE".split()
)
_FOLDERS = ("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/etc/")
_NAMED = frozenset(
    "cat rm ls sh bash zsh id whoami who curl wget nc ncat python python3 perl ruby node mv cp dd chmod chown sudo su kill eval uname env "
    "find "
    "grep head tail tac less more base64 xxd ping ssh scp".split()
)

_VERSIONED = frozenset("python python3 perl ruby node bash zsh".split())  # often followed by a variable with the version
_SECRET_FILES = frozenset("/etc/passwd /etc/shadow /etc/sudoers /etc/gshadow /etc/hosts /etc/group /root/.ssh/id_rsa".split())


def check(line: "Line") -> "Iterator[Finding]":
    reported: "set[int]" = set()
    for command, arg, role in telling(line):
        if id(command) in reported:
            continue
        what = _assembled(arg, role) or _padded(arg, role) or _by_pattern(arg, role)
        if what is None and role != "operand":
            what = _split(arg, role, command)
        if what:
            reported.add(id(command))
            yield Finding(f"`{short(arg.source)}` {what}", start=command.start, end=command.end)


def _split(arg: "Arg", role: str, command: "Command") -> "str | None":
    """Quotes or backslashes between the letters of a name that needs none."""
    parts = arg.word.parts if arg.word is not None else []
    if len(parts) < 2 or any(isinstance(p, Text) and p.quote == "$'" for p in parts):
        return None
    at = 0  # how much of the text stands before the part
    whole = arg.when_empty
    for number, part in enumerate(parts):
        if not isinstance(part, Text):
            at += len(_known(part))
            continue
        if part.quote and (part.text == "" or _SAFE.issuperset(part.text)):
            before = parts[number - 1] if number else None
            after = parts[number + 1] if number + 1 < len(parts) else None
            first, last = _edge(before, -1), _edge(after, 0)
            inner = part.text
            if inner == "":
                joined = _is_letter(first) and _is_letter(last) or role == "program" and (_is_letter(first) or _is_letter(last))
            else:
                joined = (
                    (_is_letter(first) or role == "flag" and whole[:at] in ("-", "--"))
                    and _is_letter(inner[0])
                    or _is_letter(inner[-1])
                    and _is_letter(last)
                )
            if part.quote == "\\" and number == 0 and role == "program" and all(isinstance(p, Text) and not p.quote for p in parts[1:]):
                joined = False  # \rm goes past an alias
            if joined and role == "flag" and whole[:1] == "-":
                joined = _in_flag_name(whole, at, len(inner), after is None, command)
            if joined:
                return f"hides a {role}, `{short(whole)}`, between quotes or backslashes that it does not need"
        at += len(part.text)
    return None


def _in_flag_name(whole: str, at: int, length: int, is_last: bool, command: "Command") -> bool:
    """False for a quoted value behind a flag: -I"include", --name=x"y"."""
    if "=" in whole[:at]:
        return False
    if whole[:2] != "--" and at >= 2 and is_last:
        return length <= 2 and command.program in ("rm", "cp", "mv", "chmod", "chown", "git", "ls", "kill") and whole[1:].isalpha()
    return True


def _known(part: "Part") -> str:
    return part.text if isinstance(part, Text) else ""


def _edge(part: "Part | None", index: int) -> str:
    text = _known(part) if part is not None else ""
    return text[index] if text else ""


def _is_letter(c: str) -> bool:
    return c.isascii() and c.isalnum() or c == "_"


def _assembled(arg: "Arg", role: str) -> "str | None":
    """Letters cut out of variables that everybody has: ${PATH:0:1} is a slash."""
    parts = arg.word.parts if arg.word is not None else []
    if not any(isinstance(p, (Param, Subst)) for p in parts):
        return None
    for part in parts:
        if isinstance(part, Param) and part.op in ("/", "//") and arg.value in _SECRET_FILES:
            return f"writes {arg.value} so that nobody sees it"
        if not isinstance(part, Param) or part.name not in _ENVIRONMENT:
            continue
        if part.op == ":" and (len(part.words) > 1 or role == "program") and (role == "program" or len(parts) > 1):
            return f"cuts letters out of ${part.name} to write a {role}"
        if (
            part.op in ("%%", "##", "%", "#", "/", "//")
            and role == "program"
            and len(parts) > 1
            and part.name in ("PATH", "LS_COLORS", "SHELLOPTS")
        ):
            return f"cuts letters out of ${part.name} to write a program"
    if (
        role == "program"
        and len(parts) > 1
        and arg.value is not None
        and "/" not in arg.value
        and (all(isinstance(p, Param) for p in parts) or any(isinstance(p, Subst) for p in parts))
    ):
        return f"puts a program's name, `{short(arg.value)}`, together from pieces"
    return None


def _padded(arg: "Arg", role: str) -> "str | None":
    """Expansions to nothing between the letters: who$@ami, c$()at, /etc/pas${x}swd."""
    parts = arg.word.parts if arg.word is not None else []
    whole = arg.when_empty
    for number, part in enumerate(parts):
        if isinstance(part, Text):
            continue
        between = _is_letter(_edge(parts[number - 1], -1)) if number else False
        onward = _is_letter(_edge(parts[number + 1], 0)) if number + 1 < len(parts) else False
        if isinstance(part, Subst) and part.kind in ("$(", "`") and not part.body.items and (between or onward):
            return f"hides `{short(whole)}` behind a command that prints nothing"
        if (
            isinstance(part, Param)
            and not part.op
            and between
            and number
            and _is_unset(part.name, arg)
            and (role == "program" and whole.rpartition("/")[2] in _NAMED - _VERSIONED or role == "path" and whole in _SECRET_FILES)
        ):
            return f"hides `{short(whole)}` behind ${part.name}, which is not set here"
        if (
            not isinstance(part, Param)
            or part.op
            or not (between and onward or role == "program" and (between or onward) and part.name in ("@", "*"))
        ):
            continue
        if part.name in ("@", "*", "!", "-") or part.name.isdigit():
            if role in ("program", "flag") or role == "path" and is_meant(whole):
                return f"hides `{short(whole)}` behind ${part.name}, which is empty here"
        elif _is_unset(part.name, arg) and (role == "program" and whole in _NAMED or role == "path" and whole in _SECRET_FILES):
            return f"hides `{short(whole)}` behind ${part.name}, which is not set here"
    return None


def _is_unset(name: str, arg: "Arg") -> bool:
    return any(unknown.name == name and unknown.kind == "variable" for unknown in arg.unknowns)


def _by_pattern(arg: "Arg", role: str) -> "str | None":
    """A program or a file of the system named by a pattern: /b?n/ca?, /???/p?sswd."""
    if not arg.glob:
        return None
    text = arg.when_empty
    if text[:1] != "/":
        return None
    first = text[1:].partition("/")[0]
    folder = any(c in first for c in "?[") and "/" in text[1:] or "*" in first and first != "*" and len(first) < 6 and "/" in text[1:]
    if role == "program":
        if folder or text.startswith(_FOLDERS) and any(c in text for c in "?[*"):
            return "names the program by a pattern"
    elif (
        any(c in first for c in "?[")
        and "/" in text[1:]
        or text.startswith("/etc/")
        and any(c in text for c in "?[")
        and text[5:6] in "ps?["
    ):
        return "names a file of the system by a pattern" if not text.startswith(("/etc/profile", "/etc/ssl")) else None
    return None


RULE = Rule(
    code="ENC003",
    title="split words",
    category="encoding",
    why="The shell drops what stands between the letters, but a reader or a filter does not see the name.",
    instead="Write the name without quotes or expansions inside, for example `rm -r build`.",
    severity="danger",
    blocks=(
        "r''m -rf src",
        '"r"m -rf src',
        "\\r\\m -rf src",
        'rm -"r"f src',
        "w'h'o'am'i",
        "c\\at /etc/pa''sswd",
        "/b?n/ca? notes",
        "who$@ami",
        "c$()at notes",
        "cat ${HOME:0:1}etc${HOME:0:1}passwd",
        "${SHELL:0:1}x",
        "true && g''it push",
        "git p'us'h",
        "cat /e't'c/passwd",
        "rm --rec'urs'ive src",
        "ls $(w'h'oami)",
        "a=who; b=ami; $a$b",
        "cat /???/passwd",
        "cat /etc/pas${x}swd",
        "bash -c \"c''at notes\"",
        "who`echo am`i",
        "cat$u /etc$u/passwd$u",
        "cat /e?c/p?sswd",
        "rm -'rf' src",
        'eval "r""m -r src"',
    ),
    allows=(
        '"$HOME/bin"/tool run',
        "cat 'my file'.txt",
        "\\rm -r build",
        'git commit -m "it\'s"',
        "git log --format='%h %s'",
        "find . -name '*.py'",
        'make --opt="value"',
        "gcc -I\"include\" -o'out' x.c",
        "cut -d',' -f1 x",
        "awk -F':' '{print $1}' x",
        "find . \\( -name a -o -name b \\)",
        "find . -exec ls {} \\;",
        'grep "a\\|b" x',
        "./'my dir'/run.sh",
        "'rm' -r build",
        "ls /etc/*.conf",
        "ls /dev/tty?",
        "echo foo'bar'baz",
        "sed 's/a/'\"$B\"'/' x",
        "ls /usr/lib/python3.?",
        "echo ${HOME:0:5}",
        '"${DIR}"/run.sh',
        'mkdir -p "$X"/a',
        "grep -e'foo' x",
        'docker run -v "$PWD":/app alpine',
        "CMD=ls; $CMD -la",
        './configure --prefix="/usr"/local',
        "cat /opt/app-*/log",
        "python$VERSION -m venv .venv",
        '"$ROOT/etc/passwd"',
        "cat $PREFIX/etc/hosts",
        "gcc-$(cat version) x.c",
    ),
    check=check,
)
