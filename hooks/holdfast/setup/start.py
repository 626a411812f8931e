"""What is seen to when a session starts: the settings are right, and the packages of the command line are there."""

import posix

from holdfast.kernel.files import digest, read
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BadSettings, load_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation

_AGAIN = 3600 * 1_000_000_000  # nanoseconds: a bootstrap that failed is tried again after an hour, not at every start


def check_settings(situation: "Situation") -> "Reply | None":
    """Situation (SessionStart) -> Reply or None. Resolves the settings once, so that the hot path finds them cached."""
    try:
        settings = load_settings(situation.store, situation.env)
    except BadSettings as bad:
        return Reply(context=[f"Holdfast's settings cannot be read, so every tool call will be refused until a person repairs them: {bad}"],
                     message=f"Holdfast refuses every tool call until this is repaired: {bad}. Check with: holdfast settings check")
    if settings["notes"]:
        return Reply(message="Holdfast: " + "; ".join(settings["notes"]))
    return None


def see_to_packages(situation: "Situation") -> "Reply | None":
    """Situation (SessionStart) -> Reply or None. Starts the bootstrap of the packages, detached, when they are not there yet."""
    home, pack = situation.store.home, __file__.rpartition("/hooks/")[0]
    if _ready(home, f"{pack}/hooks/requirements.txt"):
        return None
    if not _lately(f"{home}/bootstrap.log", situation.at):
        _detach([_python(home), "-I", f"{pack}/install.py", "--bootstrap"], f"{home}/bootstrap.log", home)
    return Reply(context=["Holdfast is starting up: the guard judges every call already; the `holdfast` command is being set up."],
                 message="Holdfast is starting up: the guard is on; the `holdfast` command follows. Progress: " + f"{home}/bootstrap.log")


def _ready(home: str, requirements: str) -> bool:
    """True when the packages are those of this version's list, or were left out on purpose (what `setup.packages` notes)."""
    try:
        noted = read(f"{home}/venv/ready").decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return noted.startswith(("left out", digest(read(requirements))))


def _lately(path: str, at: int) -> bool:
    try:
        return at - posix.stat(path).st_mtime_ns < _AGAIN
    except OSError:
        return False


def _python(home: str) -> str:
    with open(f"{home}/interpreter", encoding="utf-8", errors="surrogateescape") as file:
        return file.readline().strip()


def _detach(command: "list[str]", log: str, home: str) -> None:
    """Start a process in a session of its own, so that it survives the end of the client."""
    if posix.fork():
        return
    try:
        posix.setsid()
        nothing = posix.open("/dev/null", posix.O_RDWR)
        output = posix.open(log, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o600)
        for fd, target in ((nothing, 0), (output, 1), (output, 2)):
            posix.dup2(fd, target)
        environment = {**posix.environ, b"HOLDFAST_HOME": home.encode("utf-8", "surrogateescape")}
        posix.execve(command[0], command, environment)
    finally:
        posix._exit(1)
