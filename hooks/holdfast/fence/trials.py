"""What the fence does to the disk, as operations for `kernel.trial`: above all, the person's own settings come back to the last byte."""

import os

from holdfast.fence.raising import LOCAL, remove_all, settle, status
from holdfast.kernel.trial import AT, SESSION, Operation, World, restore, snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.kernel.trial import Steps, View

BY_HAND = b'{\n\t"permissions": {"allow": ["Bash(ls:*)"], "deny": ["Read(./.env)"]},\n\t"env": {"A": "1"}\n}'
EXCLUDE = b"# mine\n*.swp\n"
RULES = ["Edit(//project/config/prod.yaml)", "Edit(//project/db/schema.sql)"]
OTHER = "5e55-other"
_OURS = {"pid": os.getpid(), "start": ""}  # a client that lives
_GONE = {"pid": 2 ** 22 + 1, "start": ""}  # more than any Linux or macOS gives out


def operations(hooks: "dict[str, Steps]") -> "list[Operation]":
    """Every operation. hooks: the steps of each hook script, by its name."""
    def settled(session: str, rules: "list[str] | None", owner: "dict[str, object]" = _OURS) -> "Callable[[World], None]":
        return lambda world: _settle(world, session, owner, rules)

    def raised(world: World) -> None:
        _settings(world)
        _settle(world, SESSION, _OURS, RULES)

    def raised_in_git(world: World) -> None:
        _git(world)
        _settle(world, SESSION, _OURS, RULES)

    def both(world: World) -> None:
        raised(world)
        _settle(world, OTHER, _GONE, [RULES[0], "Edit(//project/Makefile)"])

    end = hooks["session_end"]
    return [
        Operation("fence: raised in the person's settings", _settings, settled(SESSION, RULES), look, holds),
        Operation("fence: raised where there was no file, in git", _git, settled(SESSION, RULES), look, holds),
        Operation("fence: other rules", raised, settled(SESSION, [RULES[1], "Edit(//project/Makefile)"]), look, holds),
        Operation("fence: lowered at the session's end", raised, lambda world: world.hook(end, reason="other"), look, holds, _as_before),
        Operation("fence: lowered, file and folder were ours", raised_in_git, settled(SESSION, []), look, holds),
        Operation("fence: rules of a client that died", both, settled(SESSION, None), look, holds),
    ]


def _settings(world: World) -> None:
    os.makedirs(f"{world.project}/.claude", 0o700)
    with open(f"{world.project}/{LOCAL}", "wb") as file:
        file.write(BY_HAND)


def _git(world: World) -> None:
    os.makedirs(f"{world.project}/.git/info")
    with open(f"{world.project}/.git/HEAD", "wb") as file:
        file.write(b"ref: refs/heads/main\n")
    with open(f"{world.project}/.git/info/exclude", "wb") as file:
        file.write(EXCLUDE)


def _settle(world: World, session: str, owner: "dict[str, object]", rules: "list[str] | None") -> None:
    done = settle(world.store, session, owner, rules, AT)
    if done.said:
        raise OSError(done.said)


def look(world: World) -> "View":
    """The settings, the excludes, what the book says, and what the person's own would be once all of ours is taken out."""
    view: "View" = {"settings": _bytes(f"{world.project}/{LOCAL}"), "git's excludes": _bytes(f"{world.project}/.git/info/exclude")}
    known = status(world.store, world.project)
    view["then: rules"] = sorted((one["rule"], one["there"]) for one in known["rules"])
    view["fault"] = known["fault"]
    kept = snapshot(world.root)
    said = remove_all(world.store, world.project).said
    view["the person's own"] = [said, _bytes(f"{world.project}/{LOCAL}"), _bytes(f"{world.project}/.git/info/exclude"),
                                os.path.isdir(f"{world.project}/.claude") and bool(os.listdir(f"{world.project}/.claude"))]
    restore(world.root, kept)
    return view


def holds(old: "View", now: "View", told: "list[str]") -> "list[str]":
    """Whatever died, all of ours can be taken out, and the person's own is what it was."""
    _, settings, excludes, folder = now["the person's own"]
    wanted = (None, EXCLUDE.decode(), False) if old["git's excludes"] is not None else (BY_HAND.decode(), None, True)
    found = (settings, excludes, folder)
    return [] if found == wanted else [f"the person's own comes out as {found}"]


def _as_before(view: "View") -> "list[str]":
    return [] if view["settings"] == BY_HAND.decode() else [f"the settings are {view['settings']}"]


def _bytes(path: str) -> "str | None":
    try:
        with open(path, "rb") as file:
            return file.read().decode()
    except FileNotFoundError:
        return None
