"""Package managers: the files of a project in which they note what is installed. Pure."""

from holdfast.guard.line import Arg
from holdfast.guard.stated.act import each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, World
    from holdfast.guard.stated.act import Act

# Package managers -> subcommand -> the project's files that they write.
_NODE, _YARN, _PNPM, _BUN = (
    "package.json package-lock.json",
    "package.json yarn.lock",
    "package.json pnpm-lock.yaml",
    "package.json bun.lock bun.lockb",
)
_POETRY, _UV = "pyproject.toml poetry.lock", "pyproject.toml uv.lock"
MANAGED = {
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


def packages(command: "Command", world: "World") -> "Iterator[Act]":
    """The files in which a package manager notes what is installed."""
    view = command.sub("--prefix -C --cwd --dir --filter -w --workspace --directory --project --manifest-path")
    files = MANAGED[command.program].get(view.program)
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
    for act in each(command, [Arg((folder + name,)) for name in named], world, "write"):
        act.maybe = maybe
        yield act
