"""Which files a command reads, writes or removes: one model for every program, asked by every rule about targets.

Programs that are known say so themselves, by option and position. A program that nobody knows is taken at its word: what an
argument of it names, it reads or writes, unless it is one that only looks at names. Pure.
"""

from holdfast.guard.asking import OPENERS
from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfast.guard.line import Arg, Command, World

# Programs whose last operand (or -t DIR) is written: every source lands there. The text lists options that take a value.
_COPIERS = {"cp": "-t --target-directory -S --suffix", "mv": "-t --target-directory -S --suffix", "ln": "-t --target-directory -S --suffix",
            "install": "-m --mode -o --owner -g --group -t --target-directory -S --suffix",
            "rsync": "-e --rsh -f --filter --exclude --include --exclude-from --files-from --rsync-path", "scp": "-i -P -F -o -l -c -J -S",
            "link": "", "ditto": "", "gcp": "-t", "gmv": "-t", "gln": "-t", "ginstall": "-m -o -g -t", "rclone": "", "symlink": "",
            "xcopy": "",
            "mcopy": "", "sshpass": "", "cpanm": "", "copy": "", "move": ""}
# Programs whose operands are all written.
_WRITE_ALL = {"tee": "", "touch": "-d --date -r --reference -t", "truncate": "-s --size -r --reference", "sponge": "", "gtee": "",
              "mkfifo": "-m --mode",
              "vim": "-c --cmd -S -u", "vi": "-c", "nvim": "-c --cmd -S -u", "nano": "", "ed": "-p", "ex": "-c", "emacs": "--eval -l",
              "pico": "", "micro": "",
              "joe": "", "mcedit": "", "fallocate": "-l -o", "gedit": "", "kate": "", "emacsclient": "", "ptee": "", "logsave": "",
              "script": "-c --command", "mkstemp": "", "helix": "", "hx": "", "kak": "", "ne": "", "jed": "", "red": "", "rnano": "",
              "rvim": "-c", "vimdiff": ""}
# Options that name an output file; a "/" behind one: the folder that files go into.
_OUTPUT = {"curl": "-o --output -D --dump-header -c --cookie-jar --output-dir/ --trace --trace-ascii --stderr --etag-save --hsts "
           "--alt-svc --libcurl",
           "wget": "-O --output-document -o --output-file -a --append-output -P/ --directory-prefix/ --save-cookies --warc-file",
           "sort": "-o --output",
           "aria2c": "-o --out -d/ --dir/ -l --log", "gcc": "-o", "cc": "-o", "clang": "-o", "g++": "-o", "c++": "-o", "clang++": "-o",
           "ld": "-o", "as": "-o",
           "tcc": "-o", "go": "-o", "rustc": "-o", "openssl": "-out -keyout -writerand", "gpg": "-o --output", "gpg2": "-o --output",
           "ssh-keygen": "-f",
           "find": "-fprint -fprintf -fprint0 -fls", "patch": "-o --output -d/ --directory/ -r", "age": "-o --output", "tcpdump": "-w",
           "strace": "-o",
           "ltrace": "-o", "pandoc": "-o --output", "tar": "-f --file -C/ --directory/", "bsdtar": "-f -C/", "gtar": "-f -C/",
           "unzip": "-d/", "7z": "-o/",
           "7za": "-o/", "unrar": "", "cpio": "-D/ --directory/ -O -F", "split": "", "csplit": "-f --prefix", "screen": "-Logfile",
           "hashcat": "-o --outfile",
           "base64": "-o --output", "uudecode": "-o", "jq": "", "dmesg": "", "git": "--output", "sqlite3": "",
           "nmap": "-oN -oX -oG -oA -oS", "perf": "-o", "time": "-o --output",
           "ffmpeg": "", "objcopy": "", "dot": "-o", "m4": "", "bison": "-o --output", "flex": "-o", "ctags": "-f -o", "xxd": "",
           "docker": "-o --output",
           "kubectl": "--kubeconfig", "http": "-o --output", "xh": "-o --output", "lwp-download": "", "wkhtmltopdf": "", "a2ps": "-o",
           "enscript": "-o -p",
           "groff": "", "xsltproc": "-o --output", "xmllint": "-o --output", "iconv": "-o --output",
           "mysqldump": "-r --result-file -T/ --tab/", "pg_dump": "-f --file",
           "mktemp": "-p/ --tmpdir/", "logrotate": "-s -l", "tshark": "-w", "dumpcap": "-w", "restic": "--target/", "zip": "-O", "yes": ""}
_EDITORS = {"sed": ("i", "--in-place"), "gsed": ("i", "--in-place"), "perl": ("i",), "ruby": ("i",), "yq": ("i", "--inplace"),
            "awk": ("i",), "gawk": ("i",)}

# They look at names and attributes, or make or remove entries: what is in a file they neither read nor write.
_NAMES_ONLY = frozenset("""ls ll la dir vdir stat test [ [[ file chmod chown chgrp chattr lsattr setfacl getfacl mkdir rmdir rm unlink
shred srm trash readlink realpath
basename dirname cd pushd popd which whereis type command info tree du df find fd fdfind locate echo printf export declare local
readonly typeset unset
set read alias true false : exit return wait sleep mount umount ssh-add ssh-keygen ssh-copy-id ssh-agent exa eza lsd umask xattr mdfind
kill pkill pgrep
sudo doas env nice ionice nohup timeout time command builtin exec xargs stdbuf setsid watch chronic unbuffer
setopt shopt trap touch lsof fuser namei mkfifo getopts hash eval cal date say notify-send figlet cowsay apropos tldr
whatis""".split())
# They read what they are given and print or run it; nothing of what they name is written.
_READERS = frozenset("""cat less more most head tail grep egrep fgrep zgrep rg ag ack diff sdiff colordiff cmp comm wc cut file md5sum
sha1sum sha256sum sha512sum shasum
cksum b2sum sum xxd od hexdump hd strings bat batcat nl tac rev jq source . bash sh zsh dash ksh fish readlink shellcheck awk gawk mawk
nawk sed gsed paste
join column fold fmt expand unexpand uniq sort tr look zcat bzcat xzcat view getent id groups visudo sshd ssh sftp python python3
perl ruby node
nginx systemd-analyze git gh hub glab make npm yarn pnpm npx docker podman kubectl helm zip tar 7z gzip du md5 sha256 base64 base32
pbcopy xclip delta difft
tig yamllint eslint prettier black ruff hadolint ansible-lint actionlint envsubst dotenv direnv bunx bun deno go cargo pip
pip3 uv poetry
markdownlint vale codespell open xdg-open code wl-copy glow mdcat checkbashisms bashate systemctl journalctl update-ca-certificates
update-ca-trust crontab
certbot chezmoi logrotate
nslookup dig host true pytest tox nox terraform ansible ansible-playbook vagrant jsonlint ajv prettier taplo apt apt-get dpkg dnf
yum apk brew""".split())


class Effect:
    """path: absolute path or None when not known.  arg: the Arg that names it.  how: the operator or program that does it."""

    __slots__ = ("path", "arg", "how")

    def __init__(self, path: "str | None", arg: "Arg", how: str) -> None:
        self.path, self.arg, self.how = path, arg, how


def writes(command: "Command", world: "World") -> "list[Effect]":
    """What it creates, changes, replaces or moves something onto, as far as program and redirections are known."""
    found = [Effect(place(r.target, command, world), r.target, r.op) for r in command.redirects if r.writes]
    for arg, source in _targets(command):
        path = place(arg, command, world)
        if source is not None and path is not None:
            name = source.when_empty.rstrip("/").rpartition("/")[2]
            found.append(Effect(f"{path}/{name}" if name else path, arg, command.program))
        found.append(Effect(path, arg, command.program))
    return found


def suspected(command: "Command", world: "World", marks: "Iterable[str]") -> "list[Effect]":
    """What it would write if every argument of an unknown program were an output; only texts that hold one of the marks.

    Of program texts it is the paths that they name, when they write anything.
    """
    program = command.program
    if program in _NAMES_ONLY and not command.has_flag("--restore") or program in _COPIERS:
        return []
    found = []
    if program not in _READERS and not (program in _EDITORS and command.has_flag("n")):
        found = [Effect(resolve(text, command, world), arg, program) for arg, text in named(command, marks)]
        reading = {id(arg) for flag in _INPUTS for arg in (command.flag_value(flag),) if arg is not None}
        found = [effect for effect in found if id(effect.arg) not in reading]
    for arg, text, before in told(command, marks):
        low = (arg.shown if arg.known else arg.when_empty).lower()
        fetched = program in ("sftp", "psftp", "ftp", "lftp", "tftp", "smbclient") and "get " in low
        if fetched or any(word in low for word in _WRITING) or before.endswith(("w", ">", "W")):
            found.append(Effect(resolve(text, command, world), arg, program))
    return found


_INPUTS = ("--kubeconfig", "--env-file", "--rcfile", "--init-file", "-F", "--config-file", "--input", "--in")
_WRITING = ("write", "'w", '"w', "'a'", '"a"', "'a+", '"a+', "append", "puts", "copy", "rename", "symlink", "> ", ">>", "save",
            "out-file", "set-content", "add-content",
            ".link", "dump", "spew", "put_contents", "print >", "print>", "install", "createwrite", "ofstream", "store", ">\"", ">'",
            "move", "to_file", "export", "retrieve", "download", "set print", "set output")


def reads(command: "Command", world: "World", marks: "Iterable[str]") -> "list[Effect]":
    """What it reads of the files whose names hold one of the marks: operands, option values, @file, redirections, program text."""
    found = [Effect(place(r.target, command, world), r.target, r.op) for r in command.redirects if r.reads]
    program = command.program
    if program in _NAMES_ONLY and not (program in ("date", "file") and command.has_flag("f", "--file", "--files-from", "m", "--magic-file")
                                     or program == "xargs" and command.flag_value("-a", "--arg-file") is not None
                                     or program == "setfacl" and command.has_flag("--restore") or program == "ssh-keygen"
                                     and command.has_flag("D")):
        return found
    written = {id(effect.arg) for effect in writes(command, world)} if program not in ("rsync", "ssh-keygen", "tar", "gtar",
                                                                                       "bsdtar") else set()
    if program in _WRITE_ALL and program not in _EDITS_BY_HAND:
        return found
    if program in _COPIERS:
        operands = command.operands(_COPIERS[program])
        if operands:
            written.add(id(operands[-1]))
    for arg, text in named(command, marks):
        if id(arg) not in written or program in _EDITS_BY_HAND:
            found.append(Effect(resolve(text, command, world), arg, program))
    if program in OPENERS:
        for arg in command.operands():
            name = arg.value  # a plain name that a link or the folder gives its meaning
            path = resolve(arg, command, world) if name and id(arg) not in written and not marked(name, marks) else None
            if path and marked(path, marks):
                found.append(Effect(path, arg, program))
    for arg, text, before in told(command, marks):
        if text[:1] in "/~" or before.lower().endswith(_OPENING):
            found.append(Effect(resolve(text, command, world), arg, program))
    return found


_EDITS_BY_HAND = frozenset("vim vi nvim nano ed ex emacs pico micro joe mcedit gedit kate rvim view red rnano helix hx kak ne jed "
                           "vimdiff".split())
_OPENING = ("open(", "cat(", "load_str(", ".so", ".mso", ".psbb",
            "readfilesync(", "readfile(", "file_get_contents(", ".read(", "slurp(", "path(", "readlines(", "file(", "fopen(",
            "<", "getline<", "getline <",
            "read_file(", "readtextfile(", "readtextfilesync(", "readlines ", "file.open(", "open ", "r", "r ", "cat ", "readfile ",
            "filereader(", "load(", "foreach(",
            "file(new ", "loadfile(", "dofile(", "lines(", "with_open_file(", "r\"", "\"r", "<,", "'<',")


def removes(command: "Command", world: "World") -> "list[Effect]":
    """What it deletes or moves away, by name."""
    program, found = command.program, []
    if program in ("rm", "rmdir", "unlink", "shred", "srm", "trash", "trash-put", "zf_rm", "wipe", "grm", "rimraf", "del-cli", "gio"):
        found = command.operands("-n --iterations -s --size")
    elif program in ("mv", "gmv"):
        found = command.operands(_COPIERS["mv"])
        found = found if command.flag_value("-t", "--target-directory") is not None else found[:-1]
    return [Effect(place(arg, command, world), arg, program) for arg in found]


def place(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """The path an Arg names; an unknown part of it stands as "_", so that "$D/.bashrc" keeps its last name. None when all is unknown."""
    if arg.known:
        return resolve(arg, command, world)
    text = filled(arg)
    return resolve(text, command, world) if text.strip("_/") else None


def filled(arg: "Arg") -> str:
    """Its text with "_" for what is not known, and with the home for `~name`."""
    pieces = arg.pieces
    text = "".join(p if isinstance(p, str) else (p.fallback or "_") for p in pieces)
    first = pieces[0] if pieces else ""
    if not isinstance(first, str):
        if first.source[:1] == "~":
            return ("/root" if first.source == "~root" else "/home/" + first.source[1:]) + text[1:]
        if first.name in _HOMES or first.name.endswith("HOME") and text[1:2] == "/":
            return "~" + text[1:]
        if text[:2] == "_/":
            return "/" + text  # somewhere: what it is called still tells
    return text


_HOMES = frozenset("HOME USERPROFILE XDG_HOME REAL_HOME USER_HOME home".split())


def named(command: "Command", marks: "Iterable[str]") -> "Iterator[tuple[Arg, str]]":
    """Yield (Arg, path text) for every stretch of an argument that could name a file and holds a mark, or a glob that may hide one."""
    away = command.program in ("scp", "rsync", "sftp")
    texts = {id(code.text) for code in command.code if code.text is not None and code.origin == "argument"}
    known = {code.text.value for code in command.code if code.text is not None and code.origin == "argument"}
    for at, arg in enumerate(command.argv):
        text = arg.value if arg.value is not None else filled(arg)
        if not text or id(arg) in texts or text in known:
            continue
        if not arg.glob and not marked(text, marks):
            continue
        if at == 0:
            if text[:1] not in "/.~" and "/." in text:  # `s~/.bashrc` and the like: words of another program's own language
                cut = text.find("~/") if "~/" in text else text.find("/")
                yield arg, text[cut:]
            continue
        if any(c in text for c in " \t\n\"'()"):
            if "/" in text and text[:1] in "/~." and "\n" not in text and '"' not in text:
                yield arg, text  # a file name with blanks
            for token, _ in _tokens(text):
                token = token[token.index(":/") + 1:] if ":/" in token and "://" not in token else token
                if (token[:2] == "~/" or token[:1] == "/") and marked(token, marks) and token != text:
                    yield arg, token
            continue
        for part in _parts(text, away):
            if arg.glob or marked(part, marks):
                yield arg, part


def _parts(text: str, away: bool) -> "Iterator[str]":
    """The stretches of one word that may name a file: itself, after an option letter, after = @ : and file://."""
    if "://" in text and "file://" not in text:
        return
    if "file://" in text:
        yield text.partition("file://")[2]
        return
    if text[:1] != "-" and text[:1] != "@":
        if ":" not in text or not away:
            yield text
        if away:
            return
    elif text[:1] == "-" and text[1:2] != "-" and len(text) > 2 and "=" not in text:
        yield text[2:].lstrip("@")
        return
    for mark in "=@:,<{":
        rest = text
        while mark in rest:
            before, _, rest = rest.partition(mark)
            if rest and not (mark == "@" and before[-1:].isalnum() and ":" in rest):
                for cut in ":,@;}":
                    if cut in rest:
                        yield rest.partition(cut)[0]
                yield rest.lstrip("@<").rstrip("}")
    if ":" in text:
        yield text.partition(":")[0]


def told(command: "Command", marks: "Iterable[str]") -> "Iterator[tuple[Arg, str, str]]":
    """Yield (Arg, path text, what stands before it) for the paths that its program text names."""
    texts = [code.text for code in command.code if code.text is not None and code.origin != "file" and code.language != "sh"]
    if command.stdin is not None and command.program in _TALKERS and not command.code:
        texts.append(command.stdin)
    for arg in texts:
        text = arg.value if arg.value is not None else filled(arg)
        if marked(text, marks):
            for token, before in _tokens(text):
                if marked(token, marks) and ("/" in token or token[:1] == "."):
                    yield arg, token, before


_TALKERS = frozenset("""groff troff nroff terraform consul nft ip guile csi clisp sbcl gdb jdb socat telnet pwsh nix R ghci xargs cpio ed ex
vi vim nvim sqlite3 psql mysql ftp sftp less more red lldb irb octave gnuplot expect bc dc m4 jjs jshell""".split())


def _tokens(text: str) -> "Iterator[tuple[str, str]]":
    """Yield (token, the text before it) of a program text: what stands in quotes whole, else what blanks and brackets part."""
    at, start, quote = 0, -1, ""
    for at, c in enumerate(text):
        if quote:
            if c == quote:
                if at > start:
                    yield text[start:at], text[max(0, start - 31):start - 1].rstrip()
                quote, start = "", -1
        elif c in "\"'`":
            if start >= 0 and at > start:
                yield text[start:at], text[max(0, start - 30):start].rstrip()
            quote, start = c, at + 1
        elif c in " \t\n()[]{};,<>|&=":
            if start >= 0 and at > start:
                yield text[start:at], text[max(0, start - 30):start].rstrip()
            start = at + 1
        elif start < 0:
            start = at
    if 0 <= start < len(text):
        yield text[start:], text[max(0, start - 30):start].rstrip()


def marked(text: str, marks: "Iterable[str]") -> bool:
    """Whether one of the marks (in small letters) is in a text."""
    low = text.lower()
    return any(mark in low for mark in marks)


def _targets(command: "Command") -> "Iterator[tuple[Arg, Arg | None]]":
    """Yield (Arg of the target, None) and, where a source lands in a target folder under its own name, (folder, source)."""
    program = command.program
    if program in ("vim", "vi", "nvim") and "-R" in command.words and not command.has_flag("c", "S", "--cmd"):
        return  # only looked at
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
    elif program in ("dd", "gdd", "dcfldd", "dc3dd"):
        for arg in command.args:
            if arg.prefix.startswith("of="):
                yield _without(arg, 3), None
    if program in _EDITORS and command.has_flag(*_EDITORS[program]):
        for operand in command.operands("-e --expression -f --file -E" + ("" if program in ("perl", "ruby") else " -n"))[
                0 if command.has_flag("e", "--expression") else 1:]:
            yield operand, None
    if program in _OUTPUT:
        for name in _OUTPUT[program].split():
            folder_of = name.endswith("/")
            value = _value(command, name.rstrip("/"))
            if value is None and program in ("tar", "gtar", "bsdtar") and name == "-f":
                value = _old_style(command)
            if value is None or name == "-f" and program.endswith("tar") and not _packs(command):
                continue
            yield value, None
            if folder_of:
                for source in command.operands(_OUTPUT[program].replace("/", "")):
                    yield value, source
    if program in ("xxd", "uniq", "iconv", "groff", "msgfmt", "hexedit"):
        operands = command.operands("-c -g -l -s -o -n -f -w -t")
        if len(operands) > 1:
            yield operands[-1], None
    elif program in ("docker", "podman", "nerdctl", "kubectl", "oc") and any(word == "cp" for word in command.words[:4]):
        operands = command.operands("-c --container -n --namespace --context --retries")
        if operands and ":" not in operands[-1].prefix:
            yield operands[-1], None
    elif program in ("zip", "7z", "7za", "rar") and "-an" not in command.words:
        operands = command.operands("-x -i -b -t -P -p -o")
        yield from ((operand, None) for operand in operands[0 if program == "zip" else 1:][:1])
    elif program in ("split", "csplit"):
        operands = command.operands("-b -C -l -n -a -d -x --bytes --lines --number --suffix-length --filter -t")
        if len(operands) > 1:
            yield operands[-1], None
    elif program in ("tar", "gtar", "bsdtar"):
        renamed = command.flag_value("--xform", "--transform")
        if renamed is not None and renamed.value and len(renamed.value) > 3:
            parts = renamed.value.split(renamed.value[1])
            if len(parts) > 2 and parts[2][:1] in ("/", "~"):
                yield renamed.__class__((parts[2],)), None
    elif program == "git":
        view = command.sub("-C -c --git-dir --work-tree --namespace --exec-path")
        named = None
        if view.program in ("archive", "bundle", "format-patch"):
            named = view.flag_value("-o", "--output")
        elif view.program == "config" and not view.has_flag("--get", "--list", "l", "--get-all"):
            named = view.flag_value("-f", "--file")
        if named is not None:
            yield named, None
    elif program == "patch":
        for operand in command.operands("-p -i --input -o -r -d -D -B -F -g --strip --directory --output")[:1]:
            yield operand, None


def _packs(command: "Command") -> bool:
    """Whether a tar makes an archive rather than reads one."""
    first = command.args[0].value or ""
    return command.has_flag("c", "r", "u", "--create", "--append", "--update") or first.isalpha() and not set("cru").isdisjoint(first)


def _value(command: "Command", name: str) -> "Arg | None":
    """The value of an option, also of one at the end of a cluster: `-so FILE`."""
    found = command.flag_value(name)
    if found is not None or len(name) != 2:
        return found
    for at, arg in enumerate(command.args[:-1]):
        text = arg.value
        if text == "--":
            return None
        if text and text[:1] == "-" and text[1:2] != "-" and len(text) < 7 and text[-1] == name[1] and text[1:].isalpha(
            ) and command.program in _CLUSTERS:
            return command.args[at + 1]
    return None


_CLUSTERS = frozenset("curl wget tar gtar bsdtar sort gpg gpg2 unzip cpio".split())


def _old_style(command: "Command") -> "Arg | None":
    """The archive of `tar cf x.tar files`."""
    words = command.args
    first = words[0].value if words else None
    return words[1] if first and len(words) > 1 and first[:1] != "-" and "f" in first and first.isalpha() else None


def _without(arg: "Arg", length: int) -> "Arg":
    """The Arg less its first `length` known characters."""
    first = arg.prefix[length:]
    return arg.__class__(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)
