"""What only the disk knows about a path: the other names of its file, and how a name is really spelled. At the guard's edge."""

import posix

from holdfast.kernel.files import real_path

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
