"""Which files a command creates, changes or replaces: one model for every writer, asked by every rule about targets."""

from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, World

# Programs whose last operand (or -t DIR) is written: every source lands there.
_COPIERS = {"cp": "-t --target-directory -S --suffix", "mv": "-t --target-directory -S --suffix", "ln": "-t --target-directory -S --suffix",
            "install": "-m --mode -o --owner -g --group -t --target-directory -S --suffix",
            "rsync": "-e --rsh -f --filter --exclude --include", "scp": "-i -P -F -o -l -c -J -S",
            "link": "", "ditto": "", "gcp": "", "gmv": "", "ginstall": ""}
# Programs whose operands are all written.
_WRITE_ALL = {"tee": "", "touch": "-d --date -r --reference -t", "truncate": "-s --size -r --reference", "sponge": "",
              "mkfifo": "-m --mode", "gtee": "", "vim": "-c --cmd -S -u", "vi": "-c", "nano": "", "ed": "-p",
              "ex": "-c", "emacs": "", "pico": ""}
# Options that name an output file.
_OUTPUT = {"curl": ("-o", "--output"), "wget": ("-O", "--output-document"), "sort": ("-o", "--output"), "gcc": ("-o",), "cc": ("-o",),
           "clang": ("-o",), "go": ("-o",), "openssl": ("-out",), "gpg": ("-o", "--output"), "ssh-keygen": ("-f",),
           "find": ("-fprint", "-fprintf", "-fprint0", "-fls"), "patch": ("-o", "--output"), "age": ("-o", "--output"),
           "tcpdump": ("-w",), "strace": ("-o",), "pandoc": ("-o", "--output"), "tar": ("-f", "--file")}
_EDITORS = {"sed": ("i", "--in-place"), "gsed": ("i", "--in-place"), "perl": ("i",), "ruby": ("i",), "yq": ("i", "--inplace"),
            "awk": ("i",)}


class Write:
    """path: absolute path or None when not known.  arg: the Arg that names it.  how: the operator or program that writes."""

    __slots__ = ("path", "arg", "how")

    def __init__(self, path: "str | None", arg: "Arg", how: str) -> None:
        self.path, self.arg, self.how = path, arg, how


def writes(command: "Command", world: "World") -> "list[Write]":
    """Command, World -> list of Write: what it creates, changes, replaces or moves something onto."""
    found = [Write(resolve(r.target, command, world), r.target, r.op) for r in command.redirects if r.writes]
    for arg, inside_of in _targets(command):
        path = resolve(arg, command, world)
        if inside_of is not None and path is not None:
            name = inside_of.when_empty.rstrip("/").rpartition("/")[2]
            found.append(Write(f"{path}/{name}" if name else path, arg, command.program))
        found.append(Write(path, arg, command.program))
    return found


def _targets(command: "Command") -> "Iterator[tuple[Arg, Arg | None]]":
    """Yield (Arg of the target, None) and, where a source lands in a target folder under its own name, (folder, source)."""
    program = command.program
    if program in _COPIERS:
        operands = command.operands(_COPIERS[program])
        folder = command.flag_value("-t", "--target-directory")
        if folder is not None:
            for source in operands:
                yield folder, source
        elif len(operands) > 1:
            yield operands[-1], None
            for source in operands[:-1]:
                yield operands[-1], source
    elif program in _WRITE_ALL:
        for operand in command.operands(_WRITE_ALL[program]):
            yield operand, None
    elif program == "dd":
        for arg in command.args:
            if arg.prefix.startswith("of="):
                yield _without(arg, 3), None
    if program in _EDITORS and command.has_flag(*_EDITORS[program]):
        for operand in command.operands("-e --expression -f --file -n -E")[0 if command.has_flag("e", "--expression") else 1:]:
            yield operand, None
    if program in _OUTPUT:
        named = command.flag_value(*_OUTPUT[program])
        if named is not None and (program != "tar" or command.has_flag("c", "r", "u", "--create", "--append")):
            yield named, None


def _without(arg: "Arg", length: int) -> "Arg":
    """The Arg less its first `length` known characters."""
    first = arg.prefix[length:]
    return arg.__class__(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)
