"""What a command does to files: a list of Acts, wider than `effects`: also rights, formatters, package files, archives, git. Pure.

`effects` answers for what is dangerous, where a file that is only changed in place matters little; here any change matters.
"""

from holdfast.guard.effects import removes, writes
from holdfast.guard.line import Arg, Command
from holdfast.guard.paths import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfast.guard.line import World

_SED = "-e --expression -f --file -l --line-length"
# Options after which a program only says what it would do.
_HARMLESS = ("--dry-run", "--check", "--diff", "--help", "--list-different", "--check-only", "--no-act", "--verify-no-changes", "--noop")
_CODE = frozenset("py pyi js jsx mjs cjs ts tsx go rs rb php java kt c h cc cpp hpp cs swift scala lua sh ex exs dart".split())
_WEB = frozenset("js jsx mjs cjs ts tsx json json5 css scss less html vue svelte md mdx yaml yml graphql".split())
_SCRIPT = frozenset("js jsx mjs cjs ts tsx vue svelte json".split())
_PYTHON = frozenset(("py", "pyi", "ipynb"))


# Subcommands of git that change nothing in the working tree, or only what a merge would.
_GIT_ELSEWHERE = frozenset(
    """status diff log show blame grep ls-files ls-tree rev-parse describe shortlog cat-file merge-base rev-list show-ref
for-each-ref add stage commit push fetch pull merge rebase branch tag remote config init clone bisect notes reflog gc prune cherry-pick revert
worktree submodule help version var name-rev whatchanged check-ignore diff-tree maintenance bundle archive""".split()
)


class _Formatter:
    """needs: options one of which makes it write ("" for none).  first: the subcommand that writes.  valued: options with a value.
    endings: those of the files it changes in a folder; None: any.  here: without an operand, the folder it runs in is meant."""

    __slots__ = ("needs", "first", "valued", "endings", "here")

    def __init__(self, endings: "frozenset[str] | None", needs: str = "", first: str = "", valued: str = "", here: bool = False) -> None:
        self.needs, self.first, self.valued, self.endings, self.here = needs.split(), first.split(), valued, endings, here


_FORMATTERS = {
    "prettier": _Formatter(_WEB, "--write -w", valued="--config --ignore-path --parser --plugin --log-level"),
    "eslint": _Formatter(_SCRIPT, "--fix", valued="-c --config --ext --rule --format -f --ignore-pattern --max-warnings -o --output-file"),
    "stylelint": _Formatter(frozenset("css scss less vue html".split()), "--fix", valued="--config"),
    "standard": _Formatter(_SCRIPT, "--fix", here=True),
    "xo": _Formatter(_SCRIPT, "--fix", here=True),
    "biome": _Formatter(_WEB, "--write --fix --apply --apply-unsafe", "check format lint", here=True),
    "black": _Formatter(_PYTHON, valued="-l --line-length -t --target-version --config --exclude --extend-exclude --include -j --workers"),
    "isort": _Formatter(_PYTHON, valued="-l --line-length --profile --settings-path --sp -s --skip --src -p -m"),
    "ruff": _Formatter(_PYTHON, "", "format check", "--config --select --ignore --extend-select --exclude --line-length", here=True),
    "autopep8": _Formatter(_PYTHON, "-i --in-place", valued="--max-line-length --ignore --select --exclude"),
    "yapf": _Formatter(_PYTHON, "-i --in-place", valued="--style -e --exclude"),
    "autoflake": _Formatter(_PYTHON, "-i --in-place", valued="--imports --exclude"),
    "docformatter": _Formatter(_PYTHON, "-i --in-place"),
    "pyupgrade": _Formatter(_PYTHON),
    "add-trailing-comma": _Formatter(_PYTHON),
    "nbstripout": _Formatter(frozenset(("ipynb",))),
    "djlint": _Formatter(frozenset(("html",)), "--reformat"),
    "gofmt": _Formatter(frozenset(("go",)), "-w"),
    "goimports": _Formatter(frozenset(("go",)), "-w", valued="-local"),
    "gofumpt": _Formatter(frozenset(("go",)), "-w"),
    "rustfmt": _Formatter(frozenset(("rs",)), valued="--edition --config --config-path"),
    "clang-format": _Formatter(_CODE, "-i", valued="--style -style"),
    "astyle": _Formatter(_CODE),
    "uncrustify": _Formatter(_CODE, "--replace --no-backup"),
    "shfmt": _Formatter(frozenset(("sh", "bash")), "-w --write", valued="-i -ln"),
    "stylua": _Formatter(frozenset(("lua",))),
    "taplo": _Formatter(frozenset(("toml",)), "", "fmt format"),
    "terraform": _Formatter(frozenset("tf tfvars".split()), "", "fmt", here=True),
    "tofu": _Formatter(frozenset("tf tfvars".split()), "", "fmt", here=True),
    "rubocop": _Formatter(frozenset(("rb",)), "-a -A --autocorrect --autocorrect-all --auto-correct", here=True),
    "php-cs-fixer": _Formatter(frozenset(("php",)), "", "fix"),
    "phpcbf": _Formatter(frozenset(("php",))),
    "sqlfluff": _Formatter(frozenset(("sql",)), "", "fix format", "--dialect"),
    "markdownlint": _Formatter(frozenset(("md",)), "--fix -f"),
    "markdownlint-cli2": _Formatter(frozenset(("md",)), "--fix"),
    "mdformat": _Formatter(frozenset(("md",))),
    "nixfmt": _Formatter(frozenset(("nix",))),
    "alejandra": _Formatter(frozenset(("nix",))),
    "ktlint": _Formatter(frozenset(("kt", "kts")), "-F --format", here=True),
    "swiftformat": _Formatter(frozenset(("swift",))),
    "google-java-format": _Formatter(frozenset(("java",)), "-i --replace"),
    "buf": _Formatter(frozenset(("proto",)), "-w --write", "format"),
    "dprint": _Formatter(_WEB, "", "fmt", here=True),
    "oxlint": _Formatter(_SCRIPT, "--fix", here=True),
    "dart": _Formatter(frozenset(("dart",)), "", "format"),
    "mix": _Formatter(frozenset(("ex", "exs")), "", "format", here=True),
    "zig": _Formatter(frozenset(("zig",)), "", "fmt"),
    "deno": _Formatter(_WEB, "", "fmt", here=True),
    "codespell": _Formatter(None, "-w --write-changes"),
    "typos": _Formatter(None, "-w --write-changes", here=True),
    "dos2unix": _Formatter(None),
    "unix2dos": _Formatter(None),
    "mac2unix": _Formatter(None),
    "fromdos": _Formatter(None),
    "todos": _Formatter(None),
    "sd": _Formatter(None),
    "crudini": _Formatter(None, "--set --del --merge"),
    "xmlstarlet": _Formatter(None, "-L --inplace", "ed"),
    "xmllint": _Formatter(None),
    "tidy": _Formatter(None, "-m -modify"),
    "sponge": _Formatter(None),
    "rename": _Formatter(None),
    "chattr": _Formatter(None),
    "setfattr": _Formatter(None),
    "cargo": _Formatter(frozenset(("rs",)), "", "fmt fix", here=True),
    "go": _Formatter(frozenset(("go",)), "", "fmt fix", here=True),
    "dotnet": _Formatter(frozenset(("cs",)), "", "format", here=True),
    "exiftool": _Formatter(None, "-overwrite_original"),
    "strip": _Formatter(None),
    "bump2version": _Formatter(None),
    "ansible-vault": _Formatter(None, "", "encrypt decrypt rekey edit create"),
    "sops": _Formatter(None, "-i --in-place", ""),
    "augtool": _Formatter(None),
    "msgmerge": _Formatter(None, "-U --update"),
}
# Programs that change the rights of what they are given; the first operand says how.
_RIGHTS = {"chmod": 1, "chown": 1, "chgrp": 1, "setfacl": 0, "chcon": 1, "chflags": 1, "xattr": 0}
# Package managers -> subcommand -> the project's files that they write.
_NODE, _YARN, _PNPM, _BUN = (
    "package.json package-lock.json",
    "package.json yarn.lock",
    "package.json pnpm-lock.yaml",
    "package.json bun.lock bun.lockb",
)
_POETRY, _UV = "pyproject.toml poetry.lock", "pyproject.toml uv.lock"
_MANAGED = {
    "npm": {
        "install": _NODE,
        "i": _NODE,
        "add": _NODE,
        "uninstall": _NODE,
        "remove": _NODE,
        "rm": _NODE,
        "un": _NODE,
        "update": _NODE,
        "up": _NODE,
        "upgrade": _NODE,
        "pkg": "package.json",
        "version": _NODE,
        "init": "package.json",
        "dedupe": "package-lock.json",
        "shrinkwrap": "npm-shrinkwrap.json package-lock.json",
        "audit": _NODE,
    },
    "yarn": {
        "add": _YARN,
        "remove": _YARN,
        "upgrade": _YARN,
        "up": _YARN,
        "install": "yarn.lock",
        "version": "package.json",
        "init": "package.json",
    },
    "pnpm": {"add": _PNPM, "install": _PNPM, "i": _PNPM, "remove": _PNPM, "rm": _PNPM, "update": _PNPM, "up": _PNPM},
    "bun": {"add": _BUN, "install": _BUN, "i": _BUN, "remove": _BUN, "update": _BUN},
    "poetry": {
        "add": _POETRY,
        "remove": _POETRY,
        "lock": "poetry.lock",
        "update": "poetry.lock",
        "version": "pyproject.toml",
        "init": "pyproject.toml",
    },
    "uv": {"add": _UV, "remove": _UV, "lock": "uv.lock", "sync": "uv.lock", "version": "pyproject.toml"},
    "pdm": {"add": "pyproject.toml pdm.lock", "remove": "pyproject.toml pdm.lock", "lock": "pdm.lock", "update": "pdm.lock"},
    "pipenv": {"install": "Pipfile Pipfile.lock", "uninstall": "Pipfile Pipfile.lock", "lock": "Pipfile.lock", "update": "Pipfile.lock"},
    "cargo": {"add": "Cargo.toml Cargo.lock", "rm": "Cargo.toml Cargo.lock", "remove": "Cargo.toml Cargo.lock", "update": "Cargo.lock"},
    "go": {"get": "go.mod go.sum", "mod": "go.mod go.sum"},
    "bundle": {"add": "Gemfile Gemfile.lock", "update": "Gemfile.lock", "install": "Gemfile.lock", "lock": "Gemfile.lock"},
    "composer": {"require": "composer.json composer.lock", "remove": "composer.json composer.lock", "update": "composer.lock"},
    "mix": {"deps.get": "mix.lock", "deps.update": "mix.lock"},
}
_TESTS_NOTHING = ("--package-lock-only",)
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


class Act:
    """path: absolute, perhaps with glob characters.  how: "write", "change" (what is there already), "make" (a folder), "delete",
    "rename" (away) or "read".  tree: to all below it too.  endings: those of the files that it can be in the tree, or None for any.
    maybe: it is done only if there is something to bring up to date, as by `npm install`."""

    __slots__ = ("path", "how", "tree", "endings", "maybe")

    def __init__(self, path: str, how: str, tree: bool = False, endings: "frozenset[str] | None" = None, maybe: bool = False) -> None:
        self.path, self.how, self.tree, self.endings, self.maybe = path, how, tree, endings, maybe


def acts(command: "Command", world: "World", reading: bool) -> "list[Act]":
    """What a command does to files. reading: whether what it reads counts as well."""
    found: "list[Act]" = []
    for one in variants(command):
        found += _acts(one, world)
        if reading:
            found += _reads(one, world)
    return found


def variants(command: "Command") -> "list[Command]":
    """The command with every text that an argument, or the target of a redirection, can have; itself when all is known."""
    found = [command]
    for at, arg in enumerate(command.argv):
        if at and not arg.known:
            texts = arg.possible()
            if texts and len(texts) * len(found) <= 64:
                found = [_replaced(one, at, text) for one in found for text in texts]
    return found


def _replaced(command: "Command", at: int, text: str) -> "Command":
    return command._with((*command.argv[:at], Arg((text,), command.argv[at].glob), *command.argv[at + 1 :]))


_WRITING_TOOLS = frozenset("Write Edit MultiEdit NotebookEdit".split())


def _acts(command: "Command", world: "World") -> "Iterator[Act]":
    program = command.program
    if program in _WRITING_TOOLS:
        yield from _each(command, command.args[:1], world, "write")
        return
    for redirect in command.redirects:
        if redirect.writes and not redirect.target.known:
            for text in redirect.target.possible():
                path = resolve(text, command, world)
                if path:
                    yield Act(path, "write")
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
    return command.program in ("sed", "gsed", "perl", "ruby")


def _unfollowed(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """The path of what is removed or renamed: of a link, the link's own."""
    text = arg.value
    if not text or text[-1] == "/" or text.rpartition("/")[2] in (".", ".."):
        return None
    folder, slash, name = text.rpartition("/")
    above = resolve(folder or ("/" if slash else "."), command, world)
    return None if above is None else f"{above.rstrip('/')}/{name}"


def _each(
    command: "Command", args: "Iterable[Arg]", world: "World", how: str, tree: bool = False, endings: "frozenset[str] | None" = None
) -> "Iterator[Act]":
    for arg in args:
        path = resolve(arg, command, world)
        if path is not None:
            yield Act(path, how, tree, endings)


def _changed(command: "Command", world: "World") -> "Iterator[Act]":
    program = command.program
    if program in ("python", "python3") and command.words[:1] == ["-m"] and len(command.argv) > 2:
        yield from _module(command._with(command.argv[2:]), world)
        return
    if program in ("yarn", "pnpm", "bun", "npx", "poetry", "pipenv", "pdm", "hatch", "rye", "bundle"):
        inner = _runs(command)
        if inner is not None:
            yield from _acts(inner, world)
            return
    if program in ("sed", "gsed"):
        if command.has_flag("i", "--in-place"):
            operands = command.operands(_SED)
            scripted = command.has_flag("e", "f", "--expression", "--file") or any(
                [a.prefix.startswith(("--expression=", "--file=")) for a in command.args]
            )
            yield from _each(command, operands if scripted else operands[1:], world, "change")
    elif program in ("perl", "ruby"):
        if in_place(command):
            yield from _each(command, command.operands("-e -E -I -M -r -F"), world, "change")
    elif program in ("python", "python3"):
        yield from _opened(command, world)
    elif program in ("awk", "gawk", "mawk"):
        if "inplace" in " ".join([word or "" for word in command.words[:4]]):
            yield from _each(command, command.operands("-i -v -F -f --include")[0 if command.has_flag("-f") else 1 :], world, "change")
    elif program in _RIGHTS:
        yield from _each(
            command, command.operands("-m -M -x --modify -w")[_RIGHTS[program] :], world, "change", command.has_flag("R", "--recursive")
        )
    elif program == "mkdir":
        yield from _each(command, command.operands("-m --mode"), world, "make")
    elif program in _PACKERS:
        if not command.has_flag("k", "c", "l", "t", "--keep", "--stdout", "--to-stdout", "--test", "--list"):
            for arg in command.operands("-S --suffix -T"):
                text = arg.value or ""
                opened = command.has_flag("d", "--decompress", "--uncompress") and text.endswith(_PACKERS[program])
                yield from _each(
                    command, [Arg((text[: -len(_PACKERS[program])],)) if opened else arg], world, "write" if opened else "delete"
                )
    elif program in _UNPACKERS:
        if not command.has_flag("c", "l", "t", "--stdout", "--list", "--test"):
            for arg in command.operands():
                yield from _each(command, [Arg(((arg.value or "").removesuffix(_UNPACKERS[program]),))], world, "write")
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
                yield from _each(command, operands[-1:], world, "delete", True)
            if command.has_flag("--remove-source-files"):
                yield from _each(command, operands[:-1], world, "delete", True)
            yield from _copied(command, operands, world)
    elif program in ("cp", "gcp", "scp"):
        yield from _copied(command, command.operands("-t --target-directory -S --suffix -P -i -F -o"), world)
    elif program == "find":
        yield from _found(command, world)
    elif program == "patch":
        yield from _patched(command, world)
    elif (program == "git" or program.startswith("git-")) and git_word(command) not in _GIT_ELSEWHERE:
        from holdfast.guard.stated.versions import file_acts

        yield from (Act(*one) for one in file_acts(command, world))
    elif program == "ln" and len(command.operands("-t --target-directory -S --suffix")) == 1:
        name = (command.operands("-S --suffix")[0].value or "").rstrip("/").rpartition("/")[2]
        yield from _each(command, [Arg((name,))] if name else [], world, "write")
    elif program in ("jq", "yq", "dasel", "toml"):
        if program == "dasel" and "put" in command.words:
            value = command.flag_value("-f", "--file")
            yield from _each(command, [value] if value is not None else [], world, "change")
    if program in _MANAGED:
        yield from _packages(command, world)
    formatter = _FORMATTERS.get(program)
    if formatter is not None:
        yield from _formatted(command, world, formatter)
    elif program and program not in _NO_OUTPUT:
        for name in _OUTPUTS:
            value = command.flag_value(name)
            if value is not None:
                yield from _each(command, [value], world, "write")
        if command.has_flag(*_IN_PLACE) and not command.has_flag(*_HARMLESS):
            yield from _each(command, command.operands(), world, "change")


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
                    yield from _each(command, [Arg((name,))], world, "write")


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


def _runs(command: "Command") -> "Command | None":
    """The tool that a package manager is told to run by name: `yarn prettier --write a.js`, `poetry run black a.py`."""
    view = command.sub()
    if view.program in ("run", "exec", "dlx", "x"):
        view = view.sub()
    if view.program in _FORMATTERS and view.program not in _MANAGED:
        return Command(view.argv, view.env, (), view.cwd, view.via, view.root)
    return None


def _module(command: "Command", world: "World") -> "Iterator[Act]":
    """python -m NAME: the tool of that name, and what two of Python's own modules write."""
    operands = command.operands("--indent")
    if command.program == "json.tool":
        yield from _each(command, operands[1:2], world, "write")
    elif command.program in ("zipfile", "tarfile"):
        if command.has_flag("-c", "--create"):
            yield from _each(command, operands[:1], world, "write")
    elif command.program in _FORMATTERS:
        yield from _formatted(command, world, _FORMATTERS[command.program])


def _formatted(command: "Command", world: "World", formatter: _Formatter) -> "Iterator[Act]":
    view = command
    if formatter.first:
        view = command.sub()
        if view.program not in formatter.first:
            return
    if command.has_flag(*_HARMLESS) or command.program in ("black", "isort") and command.has_flag("-c"):
        return
    if formatter.needs and not command.has_flag(*formatter.needs):
        return
    if command.program == "ruff" and view.program == "check" and not command.has_flag("--fix", "--fix-only", "--unsafe-fixes"):
        return
    if command.program in ("terraform", "tofu") and command.has_flag("-check") or command.program == "black" and command.has_flag("-v"):
        return
    operands = view.operands(formatter.valued)
    if command.program in ("sd", "crudini", "rename", "chattr", "augtool"):
        operands = operands[{"sd": 2, "rename": 1, "chattr": 1}.get(command.program, 0) :]
    if not operands and formatter.here:
        operands = [Arg((".",))]
    if command.program in ("cargo", "go", "mix", "dotnet"):
        operands = [Arg((".",))] if not operands or operands[0].value in ("./...", "...") else operands
    how = "rename" if command.program == "rename" else "change"
    for arg in operands:
        text = (arg.value or "").removesuffix("/...")
        yield from _each(command, [Arg((text,), arg.glob) if arg.known else arg], world, how, True, formatter.endings)


def _packages(command: "Command", world: "World") -> "Iterator[Act]":
    """The files in which a package manager notes what is installed."""
    view = command.sub("--prefix -C --cwd --dir --filter -w --workspace --directory --project --manifest-path")
    files = _MANAGED[command.program].get(view.program)
    if files is None or command.has_flag(
        "--dry-run", "-g", "--global", "--help", "--no-save", "--frozen-lockfile", "--frozen", "--locked", "--immutable", "--check"
    ):
        return
    operands = view.operands("--save-prefix --registry --tag --group -G --extra -E --optional --python")
    if command.program == "npm" and view.program == "pkg" and (operands[:1] and operands[0].value == "get"):
        return
    if command.program == "npm" and view.program == "audit" and not (operands and operands[0].value == "fix"):
        return
    if command.program == "npm" and view.program == "version" and not operands:
        return
    if (
        command.program == "go"
        and view.program == "mod"
        and (operands[0].value if operands else "") not in ("tidy", "edit", "init", "vendor")
    ):
        return
    named = files.split()
    maybe = not operands and view.program in ("install", "i", "sync", "lock", "mod")
    if view.program in ("install", "i") and not operands and command.program in ("npm", "pnpm", "bun", "pipenv"):
        named = named[1:]
    where = command.flag_value("--prefix", "-C", "--cwd", "--dir", "--directory")
    folder = f"{where.value}/" if where is not None and where.value else ""
    for act in _each(command, [Arg((folder + name,)) for name in named], world, "write"):
        act.maybe = maybe
        yield act


def _untar(command: "Command", world: "World") -> "Iterator[Act]":
    """The members that are taken out by name."""
    words = command.words
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
    where = command.flag_value("-C", "--directory")
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
            yield from _each(command, [Arg((folder + (arg.value or ""),), arg.glob)], world, "write", True)


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
            yield from _each(command, [Arg((folder + text.rpartition("/")[2],))], world, "write")


def _copied(command: "Command", operands: "list[Arg]", world: "World") -> "Iterator[Act]":
    """What the content of a copied folder lands on: `cp -r new/. config`, `rsync new/ config/`, where the disk tells what is in it."""
    if len(operands) < 2 or world.disk is None:
        return
    target = resolve(operands[-1], command, world)
    if target is None:
        return
    for arg in operands[:-1]:
        text = arg.value
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


_TESTS_OF_FIND = ("-name", "-iname", "-path", "-ipath", "-wholename")


def find_of(command: "Command", world: "World") -> "Iterator[tuple[Found, str]]":
    """(what a find or fd comes upon, the folder as it prints it) for each folder that it searches."""
    words = [word or "" for word in command.words]
    roots = []
    if command.program in ("fd", "fdfind"):
        end = next((at for at, word in enumerate(words) if word in ("-x", "-X", "--exec", "--exec-batch")), len(words))
        view = command._with(command.argv[: end + 1])
        operands = view.operands("-e --extension -t --type -d --max-depth -E --exclude -S -o --owner")
        ending = view.flag_value("-e", "--extension")
        pattern = operands[0].value if operands else None
        words = ["-name", "*." + (ending.value or "")] if ending is not None else []
        if pattern and pattern not in (".", "") and pattern.replace("_", "a").replace("-", "a").isalnum():
            words += ["-name", f"*{pattern}*"]
        elif pattern and view.has_flag("g", "--glob"):
            words += ["-name", pattern]
        roots = operands[1:]
    else:
        for arg in command.args:
            if arg.prefix[:1] in ("-", "(", "!"):
                break
            roots.append(arg)
    for root in roots or [Arg((".",))]:
        path = resolve(root, command, world)
        if path is not None:
            yield Found(path, "list", words), root.value or ""


def _found(command: "Command", world: "World") -> "Iterator[Act]":
    """What find removes, or runs a program on: every file below its folders whose name fits."""
    words = [word or "" for word in command.words]
    how = "delete" if "-delete" in words else ""
    inner = None
    for name in ("-exec", "-execdir", "-ok", "-okdir"):
        if name in words:
            at = words.index(name)
            end = next((i for i in range(at, len(words)) if words[i] in (";", "+")), len(words))
            inner = command.args[at + 1 : end]
    if not how and not inner:
        return
    for found, _ in find_of(command, world):
        if how:
            yield Found(found.path, how, words)
        if inner:
            yield Found(found.path, "run", words, inner)


class Found(Act):
    """What find comes upon: an Act on a tree of which only the names that fit count. inner: the words of what it runs on each."""

    __slots__ = ("words", "inner")

    def __init__(self, path: str, how: str, words: "list[str]", inner: "tuple[Arg, ...]" = ()) -> None:
        super().__init__(path, how, True)
        self.words, self.inner = words, inner

    def fits(self, path: str) -> bool:
        """Whether find's tests of the name let a file pass. Tests that are negated, or joined by -o, are taken to let it."""
        from holdfast.guard.stated.places import same

        words = self.words
        if "-o" in words or "-or" in words:
            return any([self._fits(at, path, same) for at in range(len(words)) if words[at] in _TESTS_OF_FIND]) or not any(
                [word in _TESTS_OF_FIND for word in words]
            )
        for at, word in enumerate(words[:-1]):
            if word in _TESTS_OF_FIND:
                negated = at > 0 and words[at - 1] in ("!", "-not")
                if self._fits(at, path, same) == negated:
                    return False
            elif word == "-type" and words[at + 1] == "d" and "." in path.rpartition("/")[2]:
                return False
            elif word == "-maxdepth" and words[at + 1].isdigit():
                if path[len(self.path.rstrip("/")) :].count("/") > int(words[at + 1]):
                    return False
        return True

    def _fits(self, at: int, path: str, same: "object") -> bool:
        pattern = self.words[at + 1] if at + 1 < len(self.words) else ""
        if "path" in self.words[at] or "wholename" in self.words[at]:
            return _like(pattern, path)
        name = path.rpartition("/")[2]
        return _like(pattern, name) or self.words[at] == "-iname" and _like(pattern.lower(), name.lower())


def _like(pattern: str, text: str) -> bool:
    """find's -path: a star is any text, slashes too."""
    parts = pattern.split("*")
    if len(parts) == 1:
        return text == pattern or text.endswith("/" + pattern.lstrip("./")) if "/" in pattern else text == pattern
    at = 0
    for number, part in enumerate(parts):
        if number == 0:
            part = part.removeprefix("./")
            if part and not (text.startswith(part) or "/" in part and part in text):
                return False
            at = text.find(part) + len(part)
        elif number == len(parts) - 1:
            return text.endswith(part) and len(text) - len(part) >= at
        else:
            at = text.find(part, at)
            if at < 0:
                return False
            at += len(part)
    return True


def _patched(command: "Command", world: "World") -> "Iterator[Act]":
    """The files that a patch names, when its text is known."""
    if command.has_flag(*_HARMLESS):
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
        yield from _each(command, [Arg((folder + name,))], world, "write")


def fed_files(command: "Command", world: "World") -> "Iterator[str]":
    """The contents of the files that are fed to a command: < FILE, cat FILE | command."""
    named = [redirect.target for redirect in command.redirects if redirect.op == "<"]
    for feeder in command.feeds:
        if feeder.program == "cat":
            named += feeder.operands()
    for arg in named:
        text = text_of(arg, command, world)
        if text:
            yield text


def text_of(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """The content of a file that is there, None when it is not known."""
    path = resolve(arg, command, world)
    return world.disk.text(path) if path is not None and world.disk is not None else None


def _reads(command: "Command", world: "World") -> "Iterator[Act]":
    """What it opens to read: redirections, and every operand of a program that reads what it is given."""
    program = command.program
    for redirect in command.redirects:
        if redirect.reads:
            yield from _each(command, [redirect.target], world, "read")
    if program in ("Read", "NotebookRead", "Grep", "Glob"):
        yield from _each(command, command.args[:1], world, "read", program == "Grep")
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
                yield from _each(command, [Arg((word,), arg.glob)], world, "read", tree)
    for arg in command.args:
        before, at, name = arg.prefix.partition("@")
        if at and name and program == "curl":
            yield from _each(command, [Arg((name,))], world, "read")
