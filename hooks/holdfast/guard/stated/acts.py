"""What a command does to files: a list of Acts, wider than `effects`: also rights, formatters, package files, archives, git. Pure.

`effects` answers for what is dangerous, where a file that is only changed in place matters little; here any change matters.
"""

from holdfast.guard.effects import removes, writes
from holdfast.guard.line import Arg, Command
from holdfast.guard.paths import resolve
from holdfast.guard.stated.act import Act, each, fed_files, names_the_root, text_of
from holdfast.guard.stated.finding import found_by
from holdfast.guard.stated.formatting import FORMATTERS, HARMLESS, formatted, module, run_by
from holdfast.guard.stated.packaging import MANAGED, packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import World

_SED = "-e --expression -f --file -l --line-length"


# Subcommands of git that change nothing in the working tree, or only what a merge would.
_GIT_ELSEWHERE = frozenset(
    """status diff log show blame grep ls-files ls-tree rev-parse describe shortlog cat-file merge-base rev-list show-ref for-each-ref
add stage commit push fetch pull merge rebase branch tag remote config init bisect notes reflog gc prune cherry-pick revert
help version var name-rev whatchanged check-ignore diff-tree maintenance bundle archive""".split()
)


# Programs that change the rights of what they are given; the first operand says how.
_RIGHTS = {"chmod": 1, "chown": 1, "chgrp": 1, "setfacl": 0, "chcon": 1, "chflags": 1, "xattr": 0}
_PACKERS = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "lzma": ".lzma", "compress": ".Z", "pigz": ".gz", "zstd": ".zst"}
_UNPACKERS = {"gunzip": ".gz", "bunzip2": ".bz2", "unxz": ".xz", "unzstd": ".zst", "uncompress": ".Z"}
# What an option of a program that nobody knows would write, and the options that make it write what it is given.
_OUTPUTS = (
    "--output",
    "--out",
    "--outfile",
    "--out-file",
    "--output-file",
    "--outFile",
    "-o",
    "--save-to",
    "--write-to",
    "--dest",
    "--destination",
)
_IN_PLACE = ("--in-place", "--inplace", "--write", "--fix", "--overwrite", "--modify")
_NO_OUTPUT = frozenset(
    """ls ps grep egrep fgrep zgrep rg ag ssh find set mount tree jq sqlite3 psql mysql sudo curl wget docker kubectl chown
chmod rm cp mv ln test [ getopt lsof stat""".split()
)
_READING = frozenset(
    """cat head tail less more most grep egrep fgrep zgrep rg ag ack diff sdiff cmp comm wc cut md5sum sha1sum sha256sum
sha512sum cksum xxd od hexdump strings bat batcat nl tac rev jq yq sed gsed awk gawk mawk paste join column fold fmt uniq sort tr look zcat
base64 base32 cp scp rsync source . bash sh zsh dd tee vim vi nano emacs view code open xdg-open tar zip gzip install ln python python3 node
ruby perl envsubst curl glow mdcat pbcopy xclip file shuf split csplit expand iconv openssl gpg age less view dotenv php cpio mv
""".split()
)


def acts(command: "Command", world: "World", reading: bool) -> "list[Act]":
    """What a command does to files. reading: whether what it reads counts as well."""
    found: "list[Act]" = []
    for one in variants(command, world.project):
        found += _acts(one, world)
        if reading:
            found += _reads(one, world)
    return found


def variants(command: "Command", project: str) -> "list[Command]":
    """The command with every text that its arguments can have; itself when all is known. project: what $PROJECT_ROOT stands for."""
    found = [command]
    for at, arg in enumerate(command.argv):
        if at and not arg.known:
            texts = arg.possible() or _rooted(arg, project)
            if texts and len(texts) * len(found) <= 64:
                found = [_replaced(one, at, text) for one in found for text in texts]
    return found


def _rooted(arg: "Arg", project: str) -> "list[str]":
    """The text of "$PROJECT_ROOT/a", where nothing but a variable of such a name is unknown."""
    first, rest = arg.pieces[0], arg.pieces[1:]
    if isinstance(first, str) or not names_the_root(first.name) or len(rest) != 1 or not isinstance(rest[0], str):
        return []
    return [project + rest[0]] if rest[0][:1] == "/" else []


def _replaced(command: "Command", at: int, text: str) -> "Command":
    return command._with((*command.argv[:at], Arg((text,), command.argv[at].glob), *command.argv[at + 1 :]))


_KNOWN_HERE = frozenset("sed gsed perl ruby tar gtar bsdtar kubectl oc ssh-keygen".split())
_VIS = ("vim", "vi", "nvim", "view")
_WRITING_TOOLS = frozenset("Write Edit MultiEdit NotebookEdit".split())


def _acts(command: "Command", world: "World") -> "Iterator[Act]":
    program = command.program
    if program in _WRITING_TOOLS:
        yield from each(command, command.args[:1], world, "write")
        return
    for redirect in command.redirects:
        if redirect.writes and not redirect.target.known:
            for text in redirect.target.possible() or _rooted(redirect.target, world.project):
                path = resolve(text, command, world)
                if path:
                    yield Act(path, "write")
    if _only_tries(command):
        return
    for effect in writes(command, world):
        if effect.path is not None and not (effect.how == program and _is_own(command)):
            yield Act(effect.path, "write")
    recursive = command.has_flag("r", "R", "--recursive")
    for effect in removes(command, world):
        if effect.path is not None:
            away = program in ("mv", "gmv")
            path = _unfollowed(effect.arg, command, world) or effect.path
            yield Act(
                path, "rename" if away else "delete", away or recursive or program in ("rimraf", "trash", "trash-put", "gio", "del-cli")
            )
    yield from _changed(command, world)


def _is_own(command: "Command") -> bool:
    """Whether `_changed` knows the program better than `effects` does."""
    return command.program in _KNOWN_HERE or command.program in _VIS and "-R" in command.words


def _only_tries(command: "Command") -> bool:
    """Whether a program is told to show what it would do, or what is in an archive."""
    if command.program == "unzip":
        return command.has_flag("l", "t", "v", "p", "Z")
    if command.program in ("rsync", "rename", "prename", "perl-rename", "mmv", "file-rename"):
        return command.has_flag("n", "--dry-run", "--no-act", "--nono")
    return command.program in ("patch", "gpatch", "rclone", "sponge", "aws", "gsutil", "autopep8", "gcloud") and command.has_flag(
        "--dry-run", "--dryrun"
    )


def _unfollowed(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """The path of what is removed or renamed: of a link, the link's own."""
    text = arg.value
    if not text or text[-1] == "/" or text.rpartition("/")[2] in (".", ".."):
        return None
    folder, slash, name = text.rpartition("/")
    above = resolve(folder or ("/" if slash else "."), command, world)
    return None if above is None else f"{above.rstrip('/')}/{name}"


def _changed(command: "Command", world: "World") -> "Iterator[Act]":
    program = command.program
    if program in ("python", "python3") and command.words[:1] == ["-m"] and len(command.argv) > 2:
        yield from module(command._with(command.argv[2:]), world)
        return
    if program in ("yarn", "pnpm", "bun", "npx", "poetry", "pipenv", "pdm", "hatch", "rye", "bundle"):
        inner = run_by(command)
        if inner is not None:
            yield from _acts(inner, world)
            return
    if program in ("sed", "gsed"):
        if command.has_flag("i", "--in-place"):
            operands = command.operands(_SED)
            scripted = command.has_flag("e", "f", "--expression", "--file") or any(
                [a.prefix.startswith(("--expression=", "--file=")) for a in command.args]
            )
            yield from each(command, operands if scripted else operands[1:], world, "change")
    elif program in ("perl", "ruby"):
        if in_place(command):
            yield from each(command, command.operands("-e -E -I -M -r -F"), world, "change")
    elif program in ("python", "python3"):
        yield from _opened(command, world)
    elif program in ("awk", "gawk", "mawk"):
        if "inplace" in " ".join([word or "" for word in command.words[:4]]):
            yield from each(command, command.operands("-i -v -F -f --include")[0 if command.has_flag("-f") else 1 :], world, "change")
    elif program in _RIGHTS:
        yield from each(
            command, command.operands("-m -M -x --modify -w")[_RIGHTS[program] :], world, "change", command.has_flag("R", "--recursive")
        )
    elif program in _VIS and "-R" in command.words:
        texts = [code.text.shown.strip().lstrip(":") for code in command.code if code.text is not None]
        if any([text[:1] in ("w", "x") or text.startswith(("up", "sav", "%s")) and "w" in text for text in texts]):
            yield from each(command, command.operands("-c --cmd -S -u"), world, "write")
    elif program == "mkdir":
        yield from each(command, command.operands("-m --mode"), world, "make")
    elif program in _PACKERS:
        if not command.has_flag("k", "c", "l", "t", "--keep", "--stdout", "--to-stdout", "--test", "--list"):
            for arg in command.operands("-S --suffix -T"):
                text = arg.value or ""
                opened = command.has_flag("d", "--decompress", "--uncompress") and text.endswith(_PACKERS[program])
                yield from each(
                    command, [Arg((text[: -len(_PACKERS[program])],)) if opened else arg], world, "write" if opened else "delete"
                )
    elif program in _UNPACKERS:
        if not command.has_flag("c", "l", "t", "--stdout", "--list", "--test"):
            for arg in command.operands():
                yield from each(command, [Arg(((arg.value or "").removesuffix(_UNPACKERS[program]),))], world, "write")
    elif program in ("tar", "gtar", "bsdtar"):
        yield from _untar(command, world)
    elif program in ("unzip", "7z", "7za"):
        yield from _unzip(command, world)
    elif program in ("curl", "wget"):
        yield from _fetched(command, world)
    elif program == "rsync":
        operands = command.operands("-e --rsh -f --filter --exclude --include --exclude-from --files-from --rsync-path")
        if len(operands) > 1:
            if any([arg.prefix.startswith("--del") for arg in command.args]):
                yield from each(command, operands[-1:], world, "delete", True)
            if command.has_flag("--remove-source-files"):
                yield from each(command, operands[:-1], world, "delete", True)
            yield from _copied(command, operands, world)
    elif program in ("install", "ginstall") and command.has_flag("d", "--directory"):
        yield from each(command, command.operands("-m --mode -o --owner -g --group"), world, "make")
    elif program == "mount":
        yield from each(command, command.operands("-t -o -O --types --options --source --target")[-1:], world, "change", True)
    elif program == "zip":
        if command.has_flag("m", "--move"):
            yield from each(command, command.operands("-x -i -b -t -P -p")[1:], world, "delete", True)
    elif program == "cpio":
        if command.has_flag("i", "--extract") and not command.has_flag("t", "--list"):
            yield from each(command, command.operands("-D --directory -F -I -E -H -R"), world, "write", True)
    elif program in ("sftp", "lftp", "ftp"):
        for line in (command.stdin.shown if command.stdin is not None else "").split("\n"):
            words = line.split()
            if len(words) > 1 and words[0] in ("get", "reget", "mget", "pget", "mirror"):
                name = words[-1] if len(words) > 2 else words[-1].rpartition("/")[2]
                yield from each(command, [Arg((name,))], world, "write")
    elif program in ("docker", "podman", "nerdctl", "kubectl", "oc", "aws", "gsutil", "gcloud", "s3cmd", "rclone", "mc"):
        yield from _brought(command, world)
    elif program in ("cp", "gcp", "scp"):
        yield from _copied(command, command.operands("-t --target-directory -S --suffix -P -i -F -o"), world)
    elif program == "find":
        yield from found_by(command, world)
    elif program == "patch":
        yield from _patched(command, world)
    elif (program == "git" or program.startswith("git-")) and git_word(command) not in _GIT_ELSEWHERE:
        from holdfast.guard.stated.versions import file_acts

        yield from (Act(*one) for one in file_acts(command, world))
    elif program == "ln" and len(command.operands("-t --target-directory -S --suffix")) == 1:
        name = (command.operands("-S --suffix")[0].value or "").rstrip("/").rpartition("/")[2]
        yield from each(command, [Arg((name,))] if name else [], world, "write")
    elif program in ("jq", "yq", "dasel", "toml"):
        if program == "dasel" and "put" in command.words:
            value = command.flag_value("-f", "--file")
            yield from each(command, [value] if value is not None else [], world, "change")
    if program in MANAGED:
        yield from packages(command, world)
    formatter = FORMATTERS.get(program)
    if formatter is not None:
        yield from formatted(command, world, formatter)
    elif program and program not in _NO_OUTPUT:
        for name in _OUTPUTS:
            value = command.flag_value(name)
            if value is not None:
                yield from each(command, [value], world, "write")
        if command.has_flag(*_IN_PLACE) and not command.has_flag(*HARMLESS):
            yield from each(command, command.operands(), world, "change")


def _opened(command: "Command", world: "World") -> "Iterator[Act]":
    """The files of data that a Python text opens for writing; the reader of the language passes over a text that does no more."""
    for code in command.code:
        if code.language == "python" and code.origin != "file" and code.text is not None:
            for rest in code.text.shown.split("open(")[1:]:
                name, quote, more = rest[1:].partition(rest[:1])
                mode = more.partition(")")[0]
                if (
                    rest[:1] in ("'", '"')
                    and quote
                    and any([f"{mark}{letter}" in mode for mark in "'\"" for letter in "wax"])
                    or "r+" in mode
                ):
                    yield from each(command, [Arg((name,))], world, "write")


def git_word(command: "Command") -> str:
    """The subcommand of a git command, as it is written."""
    return (
        command.program[4:]
        if command.program.startswith("git-")
        else command.sub("-C -c --git-dir --work-tree --namespace --exec-path").program
    )


def in_place(command: "Command") -> bool:
    """Whether perl or ruby is told to edit its operands: an `i` among its letters, not in the value of another (-Mstrict)."""
    for arg in command.args:
        text = arg.prefix
        if text == "--" or text[:1] != "-":
            if text == "--":
                return False
            continue
        for letter in text[1:]:
            if letter == "i":
                return True
            if letter in "eEMmIxFCDrKT-":
                break
    return False


def _brought(command: "Command", world: "World") -> "Iterator[Act]":
    """What a copy from a container or a bucket lands on: `docker cp app:/etc/a.yaml config/`."""
    words = command.words
    at = next((at for at, word in enumerate(words[:4]) if word in ("cp", "copy", "copyto", "mv", "sync", "rsync", "get")), None)
    if at is None:
        return
    operands = command._with(command.argv[at + 1 :]).operands(
        "-c --container -n --namespace --context --retries --profile --region --exclude"
    )
    if len(operands) < 2 or ":" in operands[-1].prefix and "/" in operands[-1].prefix.partition(":")[2]:
        return
    yield from each(command, operands[-1:], world, "write")
    folder = resolve(operands[-1], command, world)
    for source in operands[:-1]:
        name = source.when_empty.rstrip("/").rpartition("/")[2].rpartition(":")[2]
        if folder is not None and name:
            yield Act(f"{folder}/{name}", "write")


def _untar(command: "Command", world: "World") -> "Iterator[Act]":
    """The archive that is made, what is removed once it is packed; the members that are taken out by name, and the folder for all."""
    words = command.words
    where = command.flag_value("-C", "--directory")
    for effect in writes(command, world):
        if effect.path is not None and effect.how == command.program and effect.arg is not where:
            yield Act(effect.path, "write")
    if command.has_flag("--remove-files"):
        yield from each(command, command.operands("-f --file -C --directory -T -X --exclude"), world, "delete", True)
    first = words[0] or "" if words else ""
    takes_out = command.has_flag("x", "--extract", "--get") or first[:1] != "-" and "x" in first and first.isalpha()
    if not takes_out or command.has_flag("O", "--to-stdout"):
        return
    operands = command.operands("-f --file -C --directory -T -X --exclude --transform --strip-components")
    if first[:1] != "-":
        operands = operands[2 if "f" in first else 1 :]
    elif (
        "f" in first[1:]
        and first[1] != "-"
        and first != "-f"
        and operands
        and (command.argv[2].value if len(command.argv) > 2 else "") == operands[0].value
    ):
        operands = operands[1:]
    if where is not None:
        yield from each(command, [where], world, "write")
    yield from _members(command, operands, where, world)


def _unzip(command: "Command", world: "World") -> "Iterator[Act]":
    if command.has_flag("l", "t", "v", "p", "Z", "c"):
        return
    operands = command.operands("-x -d")
    if command.program != "unzip":
        if not operands or operands[0].value not in ("x", "e"):
            return
        operands = operands[1:]
    yield from _members(
        command, operands[1:], command.flag_value("-d", "-o") if command.program != "unzip" else command.flag_value("-d"), world
    )


def _members(command: "Command", members: "list[Arg]", where: "Arg | None", world: "World") -> "Iterator[Act]":
    folder = f"{where.value}/" if where is not None and where.value else ""
    for arg in members:
        if arg.known:
            yield from each(command, [Arg((folder + (arg.value or ""),), arg.glob)], world, "write", True)


def _fetched(command: "Command", world: "World") -> "Iterator[Act]":
    """A file that gets the name of its address."""
    named = (
        command.program == "wget"
        and command.flag_value("-O", "--output-document") is None
        or command.program == "curl"
        and command.has_flag("O", "--remote-name", "--remote-name-all")
    )
    if not named or command.has_flag("--spider"):
        return
    where = command.flag_value("-P", "--directory-prefix", "--output-dir")
    folder = f"{where.value}/" if where is not None and where.value else ""
    for arg in command.args:
        text = (arg.value or "").partition("?")[0].partition("#")[0]
        if "://" in text and not text.endswith("/"):
            yield from each(command, [Arg((folder + text.rpartition("/")[2],))], world, "write")


def _copied(command: "Command", operands: "list[Arg]", world: "World") -> "Iterator[Act]":
    """What the content of a copied folder lands on: `cp -r new/. config`, `rsync new/ config/`, where the disk tells what is in it.

    A file of another machine lands in a folder under its own name.
    """
    target = resolve(operands[-1], command, world) if len(operands) > 1 else None
    if target is None or world.disk is None:
        return
    for arg in operands[:-1]:
        text = arg.value
        if text and command.program != "cp" and ":" in text.partition("/")[0]:
            yield Act(f"{target}/{text.rpartition(':')[2].rpartition('/')[2]}", "write")
        source = resolve(arg, command, world) if text else None
        if source is None or text is None or world.disk.kind(source) != "folder":
            continue
        inner = (
            text.endswith(("/.", "/"))
            and (command.program == "rsync" or text.endswith("/."))
            or text == "."
            or world.disk.kind(target) != "folder"
        )
        below = target if inner else f"{target}/{source.rpartition('/')[2]}"
        for name in world.disk.below(source):
            yield Act(f"{below}/{name}", "write")


def _patched(command: "Command", world: "World") -> "Iterator[Act]":
    """The files that a patch names, when its text is known."""
    if command.has_flag(*HARMLESS):
        return
    from holdfast.guard.stated.versions import patch_files

    where = command.flag_value("-d", "--directory")
    folder = f"{where.value}/" if where is not None and where.value else ""
    strip = command.flag_value("-p", "--strip")
    given = command.flag_value("-i", "--input")
    text = text_of(given, command, world) if given is not None else None
    if text is None and command.stdin is not None:
        text = command.stdin.value
    if text is None:
        text = next(fed_files(command, world), None)
    digits = (strip.value or "") if strip is not None else ""
    for name in patch_files(text or "", int(digits) if digits.isdigit() else 0):
        yield from each(command, [Arg((folder + name,))], world, "write")


def _reads(command: "Command", world: "World") -> "Iterator[Act]":
    """What it opens to read: redirections, and every operand of a program that reads what it is given."""
    program = command.program
    for redirect in command.redirects:
        if redirect.reads:
            yield from each(command, [redirect.target], world, "read")
    if program in ("Read", "NotebookRead", "Grep", "Glob"):
        yield from each(command, command.args[:1], world, "read", program == "Grep")
        return
    if program not in _READING and not (program == "git" and command.words[:1] in (["diff"], ["show"], ["blame"], ["grep"], ["log"])):
        return
    written = {id(effect.arg) for effect in writes(command, world)} if program not in ("vim", "vi", "nano", "emacs", "view") else set()
    operands = [arg for arg in command.operands() if id(arg) not in written]
    if program in (
        "grep",
        "egrep",
        "fgrep",
        "rg",
        "ag",
        "ack",
        "zgrep",
        "sed",
        "gsed",
        "awk",
        "gawk",
        "mawk",
        "jq",
        "yq",
    ) and not command.has_flag("e", "f", "--regexp", "--file"):
        operands = operands[1:]
    if program in ("echo", "printf", "mv", "ln"):
        return
    tree = program in ("rg", "ag", "ack", "tar", "zip", "rsync", "scp") or command.has_flag("r", "R", "a", "--recursive", "--archive")
    for arg in operands:
        text = arg.value or ""
        for word in (text, text.partition("=")[2], text.partition("@")[2], text.partition(":")[2] if program == "git" else ""):
            if word:
                yield from each(command, [Arg((word,), arg.glob)], world, "read", tree)
    for arg in command.args:
        before, at, name = arg.prefix.partition("@")
        if at and name and program == "curl":
            yield from each(command, [Arg((name,))], world, "read")
