"""Which files an Item is about: its targets -> a question about paths. Pure."""

from holdfast.guard.paths import inside, is_temporary, matches, normalise_real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import World
    from holdfast.kernel.constraints import Item

_FILES = ("path", "glob", "area", "except")


class Places:
    """The files of one Item. exact: absolute paths, which stand for all below them too.  names: file names that count
    anywhere in the project.  globs: (folder, pattern).  everything: the Item is about every file of the project.
    """

    __slots__ = ("exact", "names", "globs", "everything", "project", "excepted", "only", "loose", "world")

    def __init__(self, item: "Item", world: "World") -> None:
        self.exact: "list[str]" = []
        self.names: "list[str]" = []
        self.globs: "list[tuple[str, str]]" = []
        self.project, self.world = world.project, world
        self.only = bool(item.get("only"))
        self.loose = False
        self.excepted: "Places | None" = None
        targets = item["targets"]
        paths = [path for path in item.get("paths") or () if path[:1] == "/"]
        base = item.get("cwd") or world.project
        for kind, text in targets:
            if kind == "path":
                self._path(text, paths, base)
            elif kind == "glob":
                self._glob(text, base)
        if any([kind == "area" for kind, _ in targets]):
            for text in item.get("globs") or ():
                self._glob(text, base)
                self.loose = True
        low = f" {item.get('text', '').lower()} "
        self.everything = (
            not targets
            and any([mark in low for mark in _SAYS_ALL])
            or any([kind == "area" and _core(text) in _EVERYTHING for kind, text in targets])
        )
        left_out = [target for target in targets if target[0] == "except"]
        if left_out and any([kind not in _FILES for kind, _ in targets]) and not (self.exact or self.names or self.globs):
            left_out = []
        if left_out:
            free = {"targets": [["glob" if _wild(text) else "path", text] for _, text in left_out], "cwd": base, "paths": item.get("paths")}
            self.excepted = Places(free, world)
            if all([kind == "except" for kind, _ in targets]):
                self.everything = True

    def __bool__(self) -> bool:
        return bool(self.exact or self.names or self.globs or self.everything)

    def _path(self, text: str, paths: "list[str]", base: str) -> None:
        plain = text.rstrip("/") or "/"
        if plain[:2] in ("~", "~/") and self.world.home:
            plain = self.world.home + plain[1:]
        while plain[:2] == "./":
            plain = plain[2:]
        tail = plain if plain[:1] == "/" else "/" + plain
        known = [path for path in paths if path.rstrip("/") == plain or path.rstrip("/").endswith(tail)]
        if known:
            self.exact += [path.rstrip("/") for path in known]
            return
        if plain[:1] == "/":
            self._add(plain)
        elif "/" not in plain and plain not in (".", ".."):
            self.names.append(plain)
        else:
            for folder in dict.fromkeys((base, self.project)):
                self._add(f"{folder}/{plain}")

    def _add(self, path: str) -> None:
        real = normalise_real(path, self.world)
        folder, _, name = path.rpartition("/")
        beside = f"{normalise_real(folder or '/', self.world).rstrip('/')}/{name}"  # a link has a place of its own
        for one in (real, beside):
            if one not in self.exact and name not in ("", ".", ".."):
                self.exact.append(one)
        if real not in self.exact:
            self.exact.append(real)

    def _glob(self, text: str, base: str) -> None:
        plain = text[2:] if text[:2] == "./" else text
        if plain in ("**", "**/*", "*"):
            self.globs.append((self.project, "**"))
        elif plain[:1] == "/":
            self.globs.append(("", plain[1:]))
        elif "/" not in plain.rstrip("/"):
            self.globs.append((self.project, "**/" + plain.rstrip("/")))
        else:
            for folder in dict.fromkeys((base, self.project)):
                self.globs.append((folder.rstrip("/"), plain.rstrip("/")))

    def hit(self, path: str, tree: bool) -> bool:
        """Whether the Item is about what is done to a path. path: absolute, perhaps with glob characters.  tree: to all below it too."""
        if self.only:
            return self._outside(path, tree)
        if self.excepted is not None and self.excepted.covers(path):
            return False
        return self.meets(path, tree)

    def _outside(self, path: str, tree: bool) -> bool:
        if not inside(path, self.project) or is_temporary(path, self.world) or self._is_made(path):
            return False
        if self.excepted is not None and self.excepted.covers(path):
            return False
        return not self.covers(path)

    def covers(self, path: str) -> bool:
        """Whether all that a path names is within."""
        parts = path.split("/")
        for own in self.exact:
            mine = own.split("/")
            if parts[: len(mine)] == mine:
                return True
        if self.names and inside(path, self.project) and not set(self.names).isdisjoint(parts):
            return True
        return any([self._matches(path, folder, pattern) for folder, pattern in self.globs])

    def _is_made(self, path: str) -> bool:
        """Whether a path is Git's own, or lies where tools put what they make and fetch: nobody means that by "any file"."""
        return not _MADE.isdisjoint(path[len(self.project) :].split("/"))

    def _matches(self, path: str, folder: str, pattern: str) -> bool:
        """Whether a path is within a glob. What tools make is not, unless the glob names it."""
        if not _within(path, folder, pattern):
            return False
        made = _MADE.intersection(path[len(self.project) :].split("/")) if self.loose else ()
        return not made or any([part in pattern for part in made])

    def meets(self, path: str, tree: bool) -> bool:
        """Whether anything that a path names, or with `tree` has below it, is within."""
        if self.everything and inside(path, self.project) and not self._is_made(path):
            return True
        parts = path.split("/")
        for own in self.exact:
            mine = own.split("/")
            if (len(parts) >= len(mine) or tree) and all([same(part, other) for part, other in zip(parts, mine, strict=False)]):
                return True
        if self.names and inside(path, self.project):
            if not set(self.names).isdisjoint(parts[len(self.project.split("/")) :]):
                return True
        for folder, pattern in self.globs:
            if self._matches(path, folder, pattern) or tree and pattern.endswith("/**") and self._matches(path, folder, pattern[:-3]):
                return True
            fixed = _fixed(folder, pattern).split("/")
            if (
                tree
                and len(folder.split("/")) < len(fixed)
                and len(parts) <= len(fixed)
                and all([same(part, other) for part, other in zip(parts, fixed, strict=False)])
            ):
                return True
        return tree and bool(self.globs or self.names) and self._is_below(path)

    def _is_below(self, path: str) -> bool:
        """Whether a file below a folder, one that Git tracks where there is Git, matches one of the globs."""
        disk = self.world.disk
        if disk is None or not _MADE.isdisjoint(path[len(self.project) :].split("/")) or _wild(path) or not inside(path, self.project):
            return False
        for name in disk.below(path):
            whole = f"{path.rstrip('/')}/{name}"
            if self.meets(whole, False) and (self.excepted is None or not self.excepted.covers(whole)) and disk.tracked(whole):
                return True
        return False


_EVERYTHING = ("everything", "all", "project", "repository", "repo", "codebase", "files", "code", "*", "anything", "source code")
# What a person has to say for a sentence that names no file to be about every file.
_SAYS_ALL = (
    " any file",
    " no file",
    " files",
    "read-only",
    "read only",
    " no changes",
    " any changes",
    " no edits",
    " any edits",
    "anything",
    "nothing",
    " any code",
    " no code",
    " the code ",
    " the code.",
    " code.",
    "everything",
    "keine datei",
    "nichts",
    " aucun fichier",
    " rien",
    "ningún archivo",
    " nada",
    "nenhum arquivo",
)
# Folders of what tools make and fetch, which an area ("the tests", "the docs") does not mean.
_MADE = frozenset(
    """node_modules .venv venv dist build target out __pycache__ .tox .nox .mypy_cache .pytest_cache .ruff_cache site-packages
.next .nuxt .cache coverage htmlcov .eggs .gradle .terraform vendor .git""".split()
)


def _core(area: str) -> str:
    """An area's words without the ones that say nothing: "any of the files" -> "files"."""
    return (
        " ".join(
            [
                word
                for word in area.lower().split()
                if word not in ("the", "any", "all", "of", "our", "my", "your", "existing", "whole", "entire", "other")
            ]
        )
        or area
    )


def same(part: str, name: str) -> bool:
    """Whether one entry of a path, perhaps a glob, is or may be this name."""
    if part == name:
        return True
    return _wild(part) and matches(part, name)


def _wild(text: str) -> bool:
    return "*" in text or "?" in text or "[" in text


def _fixed(folder: str, pattern: str) -> str:
    """The folder that everything a glob names lies in."""
    kept = []
    for part in pattern.split("/"):
        if _wild(part):
            break
        kept.append(part)
    return "/".join([folder, *kept])


def _within(path: str, folder: str, pattern: str) -> bool:
    """Whether a path, or a folder above it, matches a glob that counts from a folder. In the path's own globs a star stands for "x"."""
    if folder and not inside(path, folder):
        return False
    parts = [part.replace("*", "x").replace("?", "x") for part in path[len(folder) :].split("/") if part]
    return _leads(pattern.split("/"), parts)


def _leads(pattern: "list[str]", parts: "list[str]") -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        if len(pattern) == 1:
            return bool(parts)
        return any([_leads(pattern[1:], parts[at:]) for at in range(len(parts))])
    return bool(parts) and same(pattern[0], parts[0]) and _leads(pattern[1:], parts[1:])
