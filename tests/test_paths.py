"""Paths as rules ask about them: where a target lies, what is lost with it, what starts up from it."""

import pytest

from holdfast.guard.line import Arg, Command, Unknown, World
from holdfast.guard.paths import (
    destroys,
    inside,
    is_device,
    is_everything,
    is_protected,
    is_root_like,
    is_system,
    is_temporary,
    names,
    normalise,
    resolve,
    within_roots,
)

LINKS = {"/work/project/link": "/etc", "/work/project/up": "/work"}


def follow(path: str) -> str:
    """realpath over LINKS: component by component, `..` after a link goes up from where it leads."""
    at = ""
    for part in path.split("/"):
        if part == "..":
            at = at.rpartition("/")[0]
        elif part and part != ".":
            at = LINKS.get(f"{at}/{part}", f"{at}/{part}")
    return at or "/"


WORLD = World(
    cwd="/work/project",
    home="/home/u",
    project="/work/project",
    roots=("/work/project", "/tmp"),
    realpath=follow,
    protected=("/home/u/.holdfast", "/work/project/.claude/settings.json"),
)


def command(cwd: "str | None" = "/work/project/src") -> Command:
    return Command((Arg(("rm",)),), cwd=cwd)


RESOLVED = [
    ("relative", "a/b", "/work/project/src/a/b"),
    ("dot", ".", "/work/project/src"),
    ("dot dot", "..", "/work/project"),
    ("collapsed", "a/../../b//c/./d", "/work/project/b/c/d"),
    ("absolute", "/etc//x/", "/etc/x"),
    ("root", "/", "/"),
    ("above root", "/../../x", "/x"),
    ("two slashes", "//", "/"),
    ("home", "~", "/home/u"),
    ("below home", "~/x", "/home/u/x"),
    ("a name with a tilde", "~x", "/work/project/src/~x"),
    ("a link", "../link/passwd", "/etc/passwd"),
    ("up from a link", "../up/..", "/"),
    ("glob", "*.o", "/work/project/src/*.o"),
    ("glob at the root", "/*", "/*"),
    ("glob after a link", "../link/*", "/etc/*"),
    ("glob in between", "/a/b*/../c", "/a/c"),
    ("hidden", ".*", "/work/project/src/.*"),
    ("empty", "", "/work/project/src"),
]


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in RESOLVED], ids=[r[0] for r in RESOLVED])
def test_a_text_resolves_to_the_path_it_names(text: str, expected: str) -> None:
    assert resolve(text, command(), WORLD) == expected


def test_an_argument_resolves_when_it_is_known() -> None:
    assert resolve(Arg(("a",)), command(), WORLD) == "/work/project/src/a"
    assert resolve(Arg(("~",)), command(), WORLD) == "/work/project/src/~", "the shell has expanded what it expands"
    assert resolve(Arg((Unknown("variable", "$x", "x"), "/a")), command(), WORLD) is None


def test_a_relative_path_in_an_unknown_folder_is_unknown() -> None:
    assert resolve("a", command(None), WORLD) is None
    assert resolve("/a", command(None), WORLD) == "/a"
    assert resolve("~/a", command(None), World("/", "", "/")) is None


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [("/a/b", "/a", True), ("/a", "/a", True), ("/ab", "/a", False), ("/a", "/a/", True), ("/a", "/", True), ("/", "/a", False)],
)
def test_inside(path: str, root: str, expected: bool) -> None:
    assert inside(path, root) is expected


@pytest.mark.parametrize(
    ("path", "expected"), [("/work/project/a", True), ("/tmp/x", True), ("/tmpx", False), ("/work", False), ("/work/project2", False)]
)
def test_within_roots(path: str, expected: bool) -> None:
    assert within_roots(path, WORLD) is expected


ROOTS = [
    "/",
    "//",
    "/*",
    "/.*",
    "/etc",
    "/etc/",
    "/etc/*",
    "/usr",
    "/usr/local",
    "/var",
    "/home",
    "/home/bob",
    "/home/bob/*",
    "/Users/bob/",
    "~",
    "~/",
    "~/*",
    "/dev",
    "/bin/",
    "/mnt/disk",
    "/Volumes/x",
    "/System",
    "C:",
    "C:\\",
    "/proc",
    "/root",
    "/./",
    "/usr/..",
]
NO_ROOTS = [
    "/etc/hosts",
    "/home/bob/x",
    "/tmp",
    "/tmp/*",
    "/work",
    "~/x",
    "a",
    "*",
    ".",
    "/usr/local/share/x",
    "/homes",
    "/var/log/app/x",
    "/mnt/disk/x",
    "",
]


@pytest.mark.parametrize("path", ROOTS)
def test_what_cannot_be_lost_is_root_like(path: str) -> None:
    assert is_root_like(path)


@pytest.mark.parametrize("path", NO_ROOTS)
def test_other_places_are_not_root_like(path: str) -> None:
    assert not is_root_like(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/*", True),
        ("~/.*", True),
        ("*", True),
        ("./*", True),
        (".[!.]*", True),
        ("a*", False),
        ("*.o", False),
        ("/", False),
        ("", False),
        ("/a/*/", True),
    ],
)
def test_a_glob_for_everything(path: str, expected: bool) -> None:
    assert is_everything(path) is expected


DESTROYS = [
    ("/", "root"),
    ("/*", "root"),
    ("/etc", "root"),
    ("/home/u", "root"),
    ("/home/u/*", "root"),
    ("/work", "project"),
    ("/work/project", "project"),
    ("/work/project/*", "project"),
    ("/work/project/src", None),
    ("/tmp/x", None),
    ("/etc/hosts", "system"),
    ("/home/u/docs", "outside"),
    ("/home/u/.holdfast", "protected"),
    ("/work/project/.claude", "protected"),
    ("/opt/x", "system"),
]


@pytest.mark.parametrize(("path", "expected"), DESTROYS)
def test_what_is_lost_with_a_path(path: str, expected: "str | None") -> None:
    assert destroys(path, WORLD) == expected


def test_a_folder_that_holds_something_protected_is_protected() -> None:
    assert is_protected("/home/u", WORLD) and is_protected("/home/u/.holdfast/x", WORLD) and is_protected("/work/project/.claude/*", WORLD)
    assert not is_protected("/home/u/.holdfast2", WORLD) and not is_protected("/work/project/src", WORLD)


def test_small_questions() -> None:
    assert names("/a//b/") == ["a", "b"]
    assert normalise("/a/./b/../c//") == "/a/c" and normalise("/") == "/" and normalise("/a/") == "/a"
    assert is_system("/usr/x", WORLD) and not is_system("/var/tmp/x", WORLD) and not is_system("/work", WORLD)
    assert is_temporary("/var/tmp/x", WORLD) and not is_temporary("/var/x", WORLD)
    assert is_device("/dev/nvme0n1") and not is_device("/dev/null") and not is_device("/dev/pts/1")
