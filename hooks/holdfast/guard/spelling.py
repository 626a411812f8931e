"""How the words of a command are written, for rules about obfuscation: which word it is, and whether its quotes have a reason."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line
    from holdfast.guard.shell.tree import Part

_WITH_VERB = frozenset(
    "git docker podman kubectl npm pip pip3 systemctl apt apt-get yum dnf brew gh aws gcloud az terraform helm cargo go "
    "openssl ip zpool zfs vagrant psql redis-cli chmod kill".split()
)
_MEANT = (
    "/etc",
    "/bin",
    "/usr",
    "/root",
    "/home/",
    "/proc",
    "/dev",
    "/sys",
    "/var",
    "/boot",
    "/lib",
    "/opt",
    "/sbin",
    "/Users/",
    "/private",
)
_TELLING = (
    ".ssh",
    "passwd",
    "shadow",
    "sudoers",
    ".aws",
    "id_rsa",
    "id_ed25519",
    ".gnupg",
    ".netrc",
    ".bash",
    ".zsh",
    ".kube",
    ".docker",
    "/dev/tcp",
    "authorized_keys",
    "environ",
)


def telling(line: "Line") -> "Iterator[tuple[Command, Arg, str]]":
    """Yield (Command, Arg, role) for every written word on which it depends what is done, each once.

    role: "program", "flag" (also a first operand that names what to do), "path" (of the system or of a secret) or "operand".
    """
    seen: "set[int]" = set()
    for command in line.commands:
        verb = command.program in _WITH_VERB
        for at, arg in enumerate(command.argv):
            word = arg.word
            if word is None:
                continue
            text = arg.when_empty
            if at == 0 or command.program == "eval":
                role = "program"
            elif text[:1] == "-" and len(text) > 1:
                role = "flag"
            elif is_meant(text):
                role = "path"
            elif verb and text.isalnum():
                role = "flag"
            else:
                role = "operand"
            if at and text[:1] != "-":
                verb = False
            if id(word) not in seen:
                seen.add(id(word))
                yield command, arg, role


def is_meant(text: str) -> bool:
    """True for a path of the system, of a home or of a secret."""
    return (text.startswith(_MEANT) or text[:2] == "~/" or any(mark in text for mark in _TELLING)) and " " not in text and "\n" not in text


def written(arg: "Arg", part: "Part") -> str:
    """A part of an Arg's word as it was written."""
    start = arg.word.start if arg.word is not None else 0
    return arg.source[part.start - start : part.end - start]


def short(text: str) -> str:
    """For messages: the first line, at most 50 characters."""
    text = text.strip().partition("\n")[0]
    return text if len(text) <= 50 else text[:47] + "..."
