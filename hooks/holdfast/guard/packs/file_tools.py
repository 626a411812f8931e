"""What the file tools may write and read: `Write PATH` and `Read PATH` stand for every tool that does so, under its own name."""

from holdfast.guard.paths import inside, normalise, normalise_real, within_roots
from holdfast.guard.rule import Finding, Pack, Pattern
from holdfast.guard.targets import credential, kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line, World

_WRITERS = "Write Edit MultiEdit NotebookEdit"
_OF_A_PROCESS = frozenset("root cwd fd mem environ exe task map_files".split())
_READERS = "Read NotebookRead Glob Grep LS"
# What a file can be, gravest first.
_GRAVE = ("protected", "escalation", "startup", "trust", "agent", "repository", "device", "credential")


def _path(command: "Command", world: "World") -> "tuple[str, str]":
    """(as given, where it really leads)."""
    given = command.args[0].value if command.args else None
    if not given:
        return "", ""
    text = world.home + given[1:] if given[:2] in ("~", "~/") and world.home else given
    if text[:1] != "/":
        text = f"{command.cwd or world.cwd or world.project}/{text}"
    return given, text


def _real(text: str, world: "World") -> str:
    return normalise_real(text, world)


def _named(command: "Command", given: str, real: str) -> str:
    shown = given if given == real or len(given) > 80 else f"{given}`, which is `{real}"
    return f"`{command.argv[0].source} {shown[:160]}`"


def _grave(command: "Command", line: "Line") -> "str | Finding | None":
    given, text = _path(command, line.world)
    if not given or "\0" in text:
        return None
    real = _real(text, line.world)
    found = dict((kind, what) for kind, what in kinds(real, line.world) if not (kind == "credential" and within_roots(real, line.world)))
    for kind in _GRAVE:
        if kind in found:
            return f"{_named(command, given, real)} changes {_what(kind, found[kind])}"
    if "memory" in found and not _own_memory(real, line.world):
        return Finding(f"{_named(command, given, real)} changes {found['memory']}", severity="caution")
    return None


def _what(kind: str, words: str) -> str:
    if kind == "protected":
        return "what belongs to Holdfast, which no tool call may change"
    return words if not words.startswith(("it ", "every ")) else f"a start-up file: {words}"


def _own_memory(real: str, world: "World") -> bool:
    """True in the folders in which the client has its sessions keep plans and memory (`judge` puts them among the roots)."""
    return within_roots(real, world) and not (world.project and inside(real, world.project))


def _outside(command: "Command", line: "Line") -> "str | None":
    given, text = _path(command, line.world)
    if not given or "\0" in text:
        return None
    real = _real(text, line.world)
    if within_roots(real, line.world):
        return None
    return f"{_named(command, given, real)} lies outside the project ({line.world.project})"


def _secret(command: "Command", line: "Line") -> "str | None":
    given, text = _path(command, line.world)
    if not given or "\0" in text:
        return None
    real = _real(text, line.world)
    what = credential(real, line.world) or credential(normalise(text), line.world)
    return f"{_named(command, given, real)} puts {what} before the model" if what else None


def _crooked(command: "Command", line: "Line") -> "str | None":
    given, text = _path(command, line.world)
    if not given:
        return None
    if not given.isprintable():
        return f"the path given to `{command.argv[0].source}` holds control or invisible characters"
    if text.startswith(("/dev/fd/", "/dev/std")) or text.startswith("/proc/") and not _OF_A_PROCESS.isdisjoint(text.split("/")[3:]):
        return f"`{command.argv[0].source} {given[:100]}` reaches into a process"
    return None


def _unclean(command: "Command", line: "Line") -> "str | None":
    given, text = _path(command, line.world)
    content = command.stdin.when_empty if command.stdin is not None else ""
    if not given or not content or content.isprintable() or "outputs" not in text.split("/")[:-1]:
        return None
    for c in content:
        if (c < " " or "\x7f" <= c <= "\x9f") and c not in "\t\n\r":
            return f"the text for `{given[:100]}` holds the control character {c!r}"
    return None


PACK = Pack(
    "file tools",
    Pattern(
        code="TOL001",
        title="write outside the project",
        programs=_WRITERS,
        test=_outside,
        why="An agent's work lies in the project and in temporary folders; elsewhere nobody expects a change.",
        instead="Write below the project or /tmp; a person can add a folder to `guard.roots` in the settings.",
        blocks=("Write /etc/hosts", "Edit ../other/app.py", "Write ~/notes.txt", "NotebookEdit /srv/data/a.ipynb"),
        allows=(
            "Write src/app.py",
            "Write /tmp/report.md",
            "Edit /work/project/../project/README.md",
            "Read /etc/hosts",
            "echo Write /etc/hosts",
        ),
    ),
    Pattern(
        code="TOL002",
        title="write to what starts, trusts or guards",
        programs=f"{_WRITERS} Touch",
        test=_grave,
        why="Such a file acts later, by itself, with rights that this call would not get.",
        instead="Say what should be changed there and why, so that a person can do it.",
        blocks=("Write ~/.bashrc", "Edit /etc/sudoers", "Write ~/.ssh/authorized_keys", "Write .git/hooks/pre-commit", "Touch ~/.bashrc"),
        allows=(
            "Write src/bashrc.md",
            "Write docs/ssh/authorized_keys.md",
            "Read ~/.bashrc",
            "Write .gitignore",
            "Edit hooks/pre-commit.sh",
        ),
    ),
    Pattern(
        code="TOL003",
        title="read of a secret",
        programs=f"{_READERS} Touch",
        test=_secret,
        why="What the model reads is kept in transcripts and sent over the network.",
        instead="Ask for the name of the variable or setting; see which names there are with `grep -o '^[A-Z_]*=' .env.example`.",
        blocks=("Read ~/.ssh/id_rsa", "Read ~/.aws/credentials", "Grep /home/dev/.ssh/id_ed25519"),
        allows=("Read ~/.ssh/id_rsa.pub", "Read .env.example", "Read /etc/hosts", "Read src/credentials.py"),
    ),
    Pattern(
        code="TOL004",
        title="control characters in an output",
        programs=_WRITERS,
        test=_unclean,
        why="Whoever opens the file sees something else than what is in it.",
        instead="Write plain text, without terminal colours and control characters.",
        blocks=("Write outputs/report.md <<< $'a\\x1b[31mb'", "Edit outputs/a/b.txt <<< $'x\\by'"),
        allows=("Write outputs/report.md <<< 'plain text'", "Write src/colours.py <<< $'a\\x1b[31mb'"),
    ),
    Pattern(
        code="TOL005",
        title="path that leads elsewhere",
        programs=f"{_WRITERS} {_READERS} Touch",
        test=_crooked,
        why="Such a path names another file than it seems to.",
        instead="Give the file's own absolute path.",
        blocks=("Read /proc/self/root/etc/shadow", "Write /proc/self/cwd/a.txt", "Read /proc/1/environ", "Read /dev/fd/3"),
        allows=("Read /proc/cpuinfo", "Read /proc/self/status", "Write src/proc/self/root.md"),
    ),
)
