"""Where state lives. Features ask this for paths; nothing else builds one.

HOME/                               HOLDFAST_HOME, else CLAUDE_PLUGIN_DATA, else CONFIG/holdfast
  interpreter  pycache/  venv/      what the launcher and the command line run on
  crashes.jsonl  stderr.log         what went wrong in Holdfast itself
  trusted.json  user.env            project files a person trusts; variables for every `holdfast run`
  projects/NAME-HASH/               one folder per project directory
    audit.jsonl  settings.json      the audit log; the resolved settings
    alerts.jsonl  alerts-told.json  what was refused; how far a person has been told
    exceptions.json  project.env    what a person has allowed; variables for `holdfast run` in this project
    permissions.json                the client's permission rules, week by week
    fence.json                      the deny rules we have put into the client's local settings
    sessions/SESSION/AGENT/         state of one agent in one session ("main" for the main thread)
    handoffs/                       what sessions leave to the next ones
    memory/TASK/                    what is remembered of one task; memory/.archive/ holds those put away
CONFIG is CLAUDE_CONFIG_DIR, else ~/.claude. Folders are 0700, files 0600.
"""

from holdfast.kernel.files import digest, make_folder

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_NAME = 40  # characters of a readable folder name


class NoHome(Exception):
    """There is no place for state: HOME is not set."""


def config_folder(env: "dict[str, str]") -> str:
    """The client's configuration folder. env: dict of environment variables. Raises NoHome."""
    given = env.get("CLAUDE_CONFIG_DIR")
    if given:
        return given.rstrip("/")
    home = env.get("HOME")
    if not home:
        raise NoHome("HOME is not set, so there is no place for Holdfast's state. Set HOME or HOLDFAST_HOME.")
    return home.rstrip("/") + "/.claude"


def home_folder(env: "dict[str, str]") -> str:
    """The folder that holds all state. env: dict of environment variables. Raises NoHome."""
    given = env.get("HOLDFAST_HOME") or env.get("CLAUDE_PLUGIN_DATA")
    return given.rstrip("/") if given else config_folder(env) + "/holdfast"


def project_above(folder: str) -> str:
    """The nearest folder, from `folder` up to the root, that holds .git or .claude, the home folder aside; else `folder` itself."""
    import os
    at, home = folder, os.path.expanduser("~")
    while at != "/":
        if at != home and (os.path.exists(f"{at}/.git") or os.path.isdir(f"{at}/.claude")):
            return at
        at = os.path.dirname(at)
    return folder


class Store:
    """Paths of one project's state. home: from home_folder.  project: absolute path of the project directory."""

    __slots__ = ("home", "project", "_folder")

    def __init__(self, home: str, project: str) -> None:
        self.home, self.project = home, project
        self._folder = f"{home}/projects/{_readable(project.rpartition('/')[2])}-{digest(project.encode('utf-8', 'surrogateescape'))[:12]}"

    @property
    def crashes(self) -> str:
        """The log of Holdfast's own failures."""
        return self._in(self.home, "crashes.jsonl")

    @property
    def audit(self) -> str:
        """The project's audit log."""
        return self._in(self._folder, "audit.jsonl")

    @property
    def alerts(self) -> str:
        """The log of what was refused in the project."""
        return self._in(self._folder, "alerts.jsonl")

    @property
    def told(self) -> str:
        """How far the alerts have been sent to the person."""
        return f"{self._folder}/alerts-told.json"

    @property
    def settings(self) -> str:
        """The project's resolved settings."""
        return self._in(self._folder, "settings.json")

    @property
    def exceptions(self) -> str:
        """What a person has allowed in this project."""
        return self._in(self._folder, "exceptions.json")

    @property
    def permissions(self) -> str:
        """The client's permission rules, week by week."""
        return self._in(self._folder, "permissions.json")

    @property
    def fence(self) -> str:
        """Which deny rules we have put into the client's local settings, and for which sessions."""
        return self._in(self._folder, "fence.json")

    @property
    def trusted(self) -> str:
        """The project files whose exact content a person trusts."""
        return f"{self.home}/trusted.json"

    @property
    def variables(self) -> "list[str]":
        """The files of variables that `holdfast run` reads: the person's, then the project's."""
        return [f"{self.home}/user.env", f"{self._folder}/project.env"]

    def session(self, session: str, name: str) -> str:
        """A file of a session as a whole."""
        return self._in(f"{self._folder}/sessions/{_key(session)}", name)

    def agent(self, session: str, agent: str, name: str) -> str:
        """A file of one agent in one session. agent: its id, or "" for the main thread."""
        return self._in(f"{self._folder}/sessions/{_key(session)}/{_key(agent) if agent else 'main'}", name)

    def handoff(self, name: str) -> str:
        """A file in the folder of handoffs."""
        return self._in(f"{self._folder}/handoffs", name)

    def handoff_of(self, session: str, agent: str) -> str:
        """The handoff that an agent of a session leaves. agent: its id, or "" for the main thread."""
        return self.handoff(f"handoff_{_key(session)}{f'_{_key(agent)}' if agent else ''}.json")

    def memory(self, name: str) -> str:
        """A file in the folder that holds the memories of tasks."""
        return self._in(f"{self._folder}/memory", name)

    def task(self, task: str, name: str) -> str:
        """A file of the memory of one task. Its folder is there once the task has been started."""
        return f"{self._folder}/memory/{_key(task)}/{name}"

    def archived_task(self, name: str) -> str:
        """The folder of a task that was put away."""
        return self._in(f"{self._folder}/memory/.archive", name)

    @staticmethod
    def _in(folder: str, name: str) -> str:
        try:
            make_folder(folder)
        except OSError:
            pass  # reading finds nothing there; whoever writes there is told what is wrong
        return f"{folder}/{name}"


def _readable(text: str) -> str:
    return "".join(c if c in _SAFE else "-" for c in text[:_NAME]) or "root"


def _key(text: str) -> str:
    """A folder name for an id from outside: itself when it is harmless, else a readable part and a hash."""
    if text and len(text) <= 80 and text[0] != "." and text != "main" and _SAFE.issuperset(text):
        return text
    return f"{_readable(text)}-{digest(text.encode('utf-8', 'surrogatepass'))[:12]}"
