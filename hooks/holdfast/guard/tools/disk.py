"""What only the disk knows about a path: the other names of its file, and how a name is really spelled. At the guard's edge."""

import posix

from holdfast.kernel.files import read, real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import World

# Files and folders whose content must not be reached under another name; of a folder, what lies directly in it.
_AT_HOME = """.bashrc .bash_profile .profile .zshrc .zshenv .zprofile .gitconfig .netrc .npmrc .pypirc .git-credentials .pgpass .claude.json
.bash_history .zsh_history .ssh .aws .gnupg .kube .docker .claude .config/gh .config/gcloud .config/git .local/share/keyrings""".split()
_IN_PROJECT = ".env .envrc .mcp.json CLAUDE.md CLAUDE.local.md AGENTS.md .claude .claude/hooks .git .git/hooks".split()
_OF_THE_SYSTEM = ("/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/crontab", "/etc/hosts", "/etc/profile")


def twins(path: str, world: "World") -> "list[str]":
    """The known delicate files that are the same file as `path` under another name (hard links)."""
    try:
        found = posix.stat(path)
    except (OSError, ValueError):
        return []
    if found.st_nlink < 2 or found.st_mode & 0o170000 != 0o100000:
        return []
    places = [f"{world.home}/{name}" for name in _AT_HOME] if world.home else []
    places += [f"{world.project}/{name}" for name in _IN_PROJECT] + [*_OF_THE_SYSTEM, *world.protected]
    same = []
    for place in places:
        for one in (place, *(f"{place}/{name}" for name in _listed(place))):
            try:
                other = posix.stat(one)
            except OSError:
                continue
            if (other.st_ino, other.st_dev) == (found.st_ino, found.st_dev) and one != path:
                same.append(one)
    return same


def true_path(path: str) -> str:
    """real_path with every part spelled as its folder lists it, for a disk whose names ignore case."""
    done = ""
    for part in real_path(path).split("/")[1:]:
        names = _listed(done or "/")
        if part not in names:
            low = part.lower()
            part = next((name for name in names if name.lower() == low), part)
        done = f"{done}/{part}"
    return done or "/"


def _listed(folder: str) -> "list[str]":
    try:
        return posix.listdir(folder)
    except OSError:
        return []


_LARGEST = 262_144  # bytes of a file whose text is asked for: a patch, a script, a file of SQL
_INDEX = 33_554_432  # bytes of Git's index
_MOST = 2_000  # files that are listed below a folder


class Disk:
    """What is on the disk where a command is judged by what a person has stated; each answer is "", None or empty when there is none.

    One judgement asks about the same folders many times: lists of files and Git's index are read once.
    """

    def __init__(self) -> None:
        self._below: "dict[str, list[str]]" = {}
        self._indexes: "dict[str, bytes]" = {}

    def kind(self, path: str) -> str:
        """"folder", "file" (of any other kind, a dangling link too) or ""."""
        try:
            return "folder" if posix.stat(path).st_mode & 0o170000 == 0o040000 else "file"
        except (OSError, ValueError):
            try:
                posix.lstat(path)
            except (OSError, ValueError):
                return ""
            return "file"

    def text(self, path: str) -> "str | None":
        """The text of a file that is not too large."""
        try:
            if posix.stat(path).st_size > _LARGEST:
                return None
            return read(path, _LARGEST).decode("utf-8", "replace")
        except (OSError, ValueError):
            return None

    def below(self, folder: str) -> "list[str]":
        """The files below a folder, by their paths from there; links are not followed."""
        if folder in self._below:
            return self._below[folder]
        found: "list[str]" = []
        self._below[folder] = found
        todo = [""]
        while todo and len(found) < _MOST:
            at = todo.pop()
            for name in _listed(f"{folder}/{at}"):
                path = f"{at}{name}"
                try:
                    deeper = posix.lstat(f"{folder}/{path}").st_mode & 0o170000 == 0o040000
                except (OSError, ValueError):
                    continue
                if not deeper:
                    found.append(path)
                elif name not in (".git", "node_modules") and path.count("/") < 20:
                    todo.append(path + "/")
        return found

    def twin(self, path: str) -> "tuple[int, int] | None":
        """What a file that has several names is known by."""
        try:
            found = posix.stat(path)
        except (OSError, ValueError):
            return None
        several = found.st_nlink > 1 and found.st_mode & 0o170000 == 0o100000
        return (found.st_dev, found.st_ino) if several else None

    def tracked(self, path: str) -> bool:
        """Whether Git's index names a file; True where there is no index that can be read."""
        top = self._repository(path.rpartition("/")[0])
        if not top:
            return True
        index = self._indexes.get(top)
        if index is None:
            try:
                index = read(f"{top}/.git/index", _INDEX)
            except (OSError, ValueError):
                return True
            self._indexes[top] = index
        return path[len(top) + 1:].encode("utf-8", "surrogateescape") + b"\0" in index

    def branch(self, folder: str) -> str:
        """The branch that is checked out where a folder lies."""
        top = self._repository(folder)
        if not top:
            return ""
        try:
            at = f"{top}/.git"
            if posix.stat(at).st_mode & 0o170000 != 0o040000:  # a worktree: a file that says where
                at = read(at, 4_096).decode("utf-8", "replace").partition("gitdir:")[2].strip()
            head = read(f"{at}/HEAD", 4_096).decode("utf-8", "replace").strip()
        except (OSError, ValueError):
            return ""
        return head.partition("ref: refs/heads/")[2]

    def _repository(self, folder: str) -> str:
        while folder:
            if self.kind(f"{folder}/.git"):
                return folder
            folder = folder.rpartition("/")[0]
        return ""
