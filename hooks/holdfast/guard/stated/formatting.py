"""Formatters, linters that mend and other tools that change files in place: which they change. Pure."""

from holdfast.guard.line import Arg, Command
from holdfast.guard.stated.act import Act, each
from holdfast.guard.stated.packaging import MANAGED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import World

# Options after which a program only says what it would do.
HARMLESS = ("--dry-run", "--check", "--diff", "--help", "--list-different", "--check-only", "--no-act", "--verify-no-changes", "--noop")
_CODE = frozenset("py pyi js jsx mjs cjs ts tsx go rs rb php java kt c h cc cpp hpp cs swift scala lua sh ex exs dart".split())
_WEB = frozenset("js jsx mjs cjs ts tsx json json5 css scss less html vue svelte md mdx yaml yml graphql".split())
_SCRIPT = frozenset("js jsx mjs cjs ts tsx vue svelte json".split())
_PYTHON = frozenset(("py", "pyi", "ipynb"))


class Formatter:
    """needs: options one of which makes it write ("" for none).  first: the subcommand that writes.  valued: options with a value.
    endings: those of the files it changes in a folder; None: any.  here: without an operand, the folder it runs in is meant."""

    __slots__ = ("needs", "first", "valued", "endings", "here")

    def __init__(self, endings: "frozenset[str] | None", needs: str = "", first: str = "", valued: str = "", here: bool = False) -> None:
        self.needs, self.first, self.valued, self.endings, self.here = needs.split(), first.split(), valued, endings, here


FORMATTERS = {
    "prettier": Formatter(_WEB, "--write -w", valued="--config --ignore-path --parser --plugin --log-level"),
    "eslint": Formatter(_SCRIPT, "--fix", valued="-c --config --ext --rule --format -f --ignore-pattern --max-warnings -o --output-file"),
    "stylelint": Formatter(frozenset("css scss less vue html".split()), "--fix", valued="--config"),
    "standard": Formatter(_SCRIPT, "--fix", here=True),
    "xo": Formatter(_SCRIPT, "--fix", here=True),
    "biome": Formatter(_WEB, "--write --fix --apply --apply-unsafe", "check format lint", here=True),
    "black": Formatter(_PYTHON, valued="-l --line-length -t --target-version --config --exclude --extend-exclude --include -j --workers"),
    "isort": Formatter(_PYTHON, valued="-l --line-length --profile --settings-path --sp -s --skip --src -p -m"),
    "ruff": Formatter(_PYTHON, "", "format check", "--config --select --ignore --extend-select --exclude --line-length", here=True),
    "autopep8": Formatter(_PYTHON, "-i --in-place", valued="--max-line-length --ignore --select --exclude"),
    "yapf": Formatter(_PYTHON, "-i --in-place", valued="--style -e --exclude"),
    "autoflake": Formatter(_PYTHON, "-i --in-place", valued="--imports --exclude"),
    "docformatter": Formatter(_PYTHON, "-i --in-place"),
    "pyupgrade": Formatter(_PYTHON),
    "add-trailing-comma": Formatter(_PYTHON),
    "nbstripout": Formatter(frozenset(("ipynb",))),
    "djlint": Formatter(frozenset(("html",)), "--reformat"),
    "gofmt": Formatter(frozenset(("go",)), "-w"),
    "goimports": Formatter(frozenset(("go",)), "-w", valued="-local"),
    "gofumpt": Formatter(frozenset(("go",)), "-w"),
    "rustfmt": Formatter(frozenset(("rs",)), valued="--edition --config --config-path"),
    "clang-format": Formatter(_CODE, "-i", valued="--style -style"),
    "astyle": Formatter(_CODE),
    "uncrustify": Formatter(_CODE, "--replace --no-backup"),
    "shfmt": Formatter(frozenset(("sh", "bash")), "-w --write", valued="-i -ln"),
    "stylua": Formatter(frozenset(("lua",))),
    "taplo": Formatter(frozenset(("toml",)), "", "fmt format"),
    "terraform": Formatter(frozenset("tf tfvars".split()), "", "fmt", here=True),
    "tofu": Formatter(frozenset("tf tfvars".split()), "", "fmt", here=True),
    "rubocop": Formatter(frozenset(("rb",)), "-a -A --autocorrect --autocorrect-all --auto-correct", here=True),
    "php-cs-fixer": Formatter(frozenset(("php",)), "", "fix"),
    "phpcbf": Formatter(frozenset(("php",))),
    "sqlfluff": Formatter(frozenset(("sql",)), "", "fix format", "--dialect"),
    "markdownlint": Formatter(frozenset(("md",)), "--fix -f"),
    "markdownlint-cli2": Formatter(frozenset(("md",)), "--fix"),
    "mdformat": Formatter(frozenset(("md",))),
    "nixfmt": Formatter(frozenset(("nix",))),
    "alejandra": Formatter(frozenset(("nix",))),
    "ktlint": Formatter(frozenset(("kt", "kts")), "-F --format", here=True),
    "swiftformat": Formatter(frozenset(("swift",))),
    "google-java-format": Formatter(frozenset(("java",)), "-i --replace"),
    "buf": Formatter(frozenset(("proto",)), "-w --write", "format"),
    "dprint": Formatter(_WEB, "", "fmt", here=True),
    "oxlint": Formatter(_SCRIPT, "--fix", here=True),
    "dart": Formatter(frozenset(("dart",)), "", "format"),
    "mix": Formatter(frozenset(("ex", "exs")), "", "format", here=True),
    "zig": Formatter(frozenset(("zig",)), "", "fmt"),
    "deno": Formatter(_WEB, "", "fmt", here=True),
    "codespell": Formatter(None, "-w --write-changes"),
    "typos": Formatter(None, "-w --write-changes", here=True),
    "dos2unix": Formatter(None),
    "unix2dos": Formatter(None),
    "mac2unix": Formatter(None),
    "fromdos": Formatter(None),
    "todos": Formatter(None),
    "sd": Formatter(None),
    "crudini": Formatter(None, "--set --del --merge"),
    "xmlstarlet": Formatter(None, "-L --inplace", "ed"),
    "xmllint": Formatter(None),
    "tidy": Formatter(None, "-m -modify"),
    "sponge": Formatter(None),
    "rename": Formatter(None),
    "prename": Formatter(None),
    "perl-rename": Formatter(None),
    "mmv": Formatter(None),
    "chattr": Formatter(None),
    "setfattr": Formatter(None),
    "cargo": Formatter(frozenset(("rs",)), "", "fmt fix", here=True),
    "go": Formatter(frozenset(("go",)), "", "fmt fix", here=True),
    "dotnet": Formatter(frozenset(("cs",)), "", "format", here=True),
    "exiftool": Formatter(None, "-overwrite_original"),
    "strip": Formatter(None),
    "bump2version": Formatter(None),
    "ansible-vault": Formatter(None, "", "encrypt decrypt rekey edit create"),
    "sops": Formatter(None, "-i --in-place", ""),
    "augtool": Formatter(None),
    "msgmerge": Formatter(None, "-U --update"),
}


def run_by(command: "Command") -> "Command | None":
    """The tool that a package manager is told to run by name: `yarn prettier --write a.js`, `poetry run black a.py`."""
    view = command.sub()
    if view.program in ("run", "exec", "dlx", "x"):
        view = view.sub()
    if view.program in FORMATTERS and view.program not in MANAGED:
        argv = [arg for arg in view.argv if arg.value != "--"]
        return Command(argv, view.env, (), view.cwd, view.via, view.root)
    return None


def module(command: "Command", world: "World") -> "Iterator[Act]":
    """python -m NAME: the tool of that name, and what two of Python's own modules write."""
    operands = command.operands("--indent")
    if command.program == "json.tool":
        yield from each(command, operands[1:2], world, "write")
    elif command.program in ("zipfile", "tarfile"):
        if command.has_flag("-c", "--create"):
            yield from each(command, operands[:1], world, "write")
    elif command.program in FORMATTERS:
        yield from formatted(command, world, FORMATTERS[command.program])


def formatted(command: "Command", world: "World", formatter: Formatter) -> "Iterator[Act]":
    view = command
    if formatter.first:
        view = command.sub()
        if view.program not in formatter.first:
            return
    if command.has_flag(*HARMLESS) or command.program in ("black", "isort") and command.has_flag("-c"):
        return
    if formatter.needs and not command.has_flag(*formatter.needs):
        return
    if command.program == "ruff" and view.program == "check" and not command.has_flag("--fix", "--fix-only", "--unsafe-fixes"):
        return
    if command.program in ("terraform", "tofu") and command.has_flag("-check") or command.program == "black" and command.has_flag("-v"):
        return
    operands = view.operands(formatter.valued)
    if command.program in ("sd", "crudini", "rename", "prename", "perl-rename", "chattr", "augtool"):
        operands = operands[{"sd": 2, "rename": 1, "prename": 1, "perl-rename": 1, "chattr": 1}.get(command.program, 0) :]
    if not operands and formatter.here:
        operands = [Arg((".",))]
    if command.program in ("cargo", "go", "mix", "dotnet"):
        operands = [Arg((".",))] if not operands or operands[0].value in ("./...", "...") else operands
    how = "rename" if command.program in ("rename", "prename", "perl-rename", "mmv") else "change"
    for arg in operands:
        text = (arg.value or "").removesuffix("/...")
        yield from each(command, [Arg((text,), arg.glob) if arg.known else arg], world, how, True, formatter.endings)
