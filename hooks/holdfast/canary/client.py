"""Finding or fetching the Claude Code client, and running it where it can harm nothing: scratch home, loopback model.

A Sandbox is a throw-away home and project. The client gets a clean environment, a made-up key and the scripted model as
its only server, so a run needs no account and no network, and touches no file of the person who started it.
"""

import fcntl
import json
import os
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from holdfast.canary.model import Model, Request, Result, Script, results

PINNED = "2.1.329"
PACKAGE = "@anthropic-ai/claude-code"
NOBODY = 65534
PLAIN_PATH = "/usr/local/bin:/usr/bin:/bin"

# The output form that tells what every hook answered.
STREAM = ("--output-format", "stream-json", "--verbose", "--include-hook-events")


def _trust() -> dict[str, str]:
    """Node trusts a list of its own; behind a company's proxy the certificate that counts is in the system's."""
    bundles = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
    return next(({"NODE_EXTRA_CA_CERTS": path} for path in bundles if os.path.exists(path)), {})


class NoClient(Exception):
    """No client can be had; the message says why and what to do."""


class Run(NamedTuple):
    rc: int
    stdout: str
    stderr: str
    requests: list[Request]
    seconds: float
    timed_out: bool = False

    def results(self) -> dict[str, Result]:
        return results(self.requests)

    def of(self, conversation: str) -> list[Request]:
        return [request for request in self.requests if request.conversation == conversation]

    def hooks(self, event: str) -> list[dict[str, Any]]:
        """What each hook of an event answered, in order: stdout, stderr, exit_code, outcome (needs STREAM)."""
        lines = [json.loads(line) for line in self.stdout.splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("subtype") == "hook_response" and line.get("hook_event") == event]


# --- finding the client ------------------------------------------------------------------------------------------------


def find(on_path: bool = False, environment: Any = os.environ) -> Path:
    """$HOLDFAST_CLIENT, else (when asked) `claude` on PATH, else the pinned client from the cache, fetched when missing."""
    named = environment.get("HOLDFAST_CLIENT")
    if named:
        if not os.access(named, os.X_OK):
            raise NoClient(f"HOLDFAST_CLIENT names {named}, which is not a program this user can run")
        return Path(named)
    if on_path:
        here = shutil.which("claude", path=environment.get("PATH"))
        if here:
            return Path(here)
    return pinned(cache_folder(environment), environment)


def cache_folder(environment: Any = os.environ) -> Path:
    """$HOLDFAST_CACHE, else the holdfast folder of the person's cache."""
    if environment.get("HOLDFAST_CACHE"):
        return Path(environment["HOLDFAST_CACHE"])
    home = environment.get("HOME") or os.path.expanduser("~")
    return Path(environment.get("XDG_CACHE_HOME") or Path(home, ".cache")) / "holdfast"


def pinned(cache: Path, environment: Any = os.environ) -> Path:
    """The pinned client inside `cache`. A second process that comes while the first one fetches it waits for the first."""
    folder = cache / f"client-{PINNED}"
    program = folder / "node_modules" / ".bin" / "claude"
    if program.exists():
        return program
    npm = shutil.which("npm", path=environment.get("PATH"))
    if not npm:
        raise NoClient(
            f"Claude Code {PINNED} is not in {cache} and npm is not on PATH. Install Node.js with npm, "
            "or set HOLDFAST_CLIENT to a client you already have."
        )
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / f"client-{PINNED}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released by the kernel when this process ends, however it ends
        if program.exists():
            return program
        # Fetched next to its place and renamed, so that a half-made client is never found under the final name.
        fetched = Path(tempfile.mkdtemp(prefix=f"client-{PINNED}.", dir=cache))
        try:
            made = subprocess.run(
                [npm, "install", "--prefix", str(fetched), "--no-audit", "--no-fund", f"{PACKAGE}@{PINNED}"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=600,
                env={**_trust(), **os.environ},
            )
            if made.returncode or not (fetched / "node_modules" / ".bin" / "claude").exists():
                said = (made.stderr or made.stdout).strip()[-600:]
                raise NoClient(
                    f"npm could not fetch {PACKAGE}@{PINNED} into {cache} (exit {made.returncode}):\n{said}\n"
                    "Set HOLDFAST_CLIENT to a client you already have, or HOLDFAST_CACHE to a folder that holds it."
                )
            fetched.chmod(0o755)
            if folder.exists():  # left by a fetch that was interrupted before the lock existed, or by hand
                shutil.rmtree(folder)
            fetched.rename(folder)
        except subprocess.TimeoutExpired:
            raise NoClient(f"npm did not fetch {PACKAGE}@{PINNED} within ten minutes") from None
        finally:
            shutil.rmtree(fetched, ignore_errors=True)
    return program


# --- running it ----------------------------------------------------------------------------------------------------------


class Sandbox:
    """A scratch home and project for one or more runs; `with Sandbox(client) as sandbox: sandbox.run(...)`.

    drop: when started by root, run the client as an unprivileged user. The client refuses bypassPermissions to root, and
    root would not notice files that cannot be read.
    """

    def __init__(self, client: Path, drop: bool = True, path: str = PLAIN_PATH, name: str = "sandbox"):
        self.drop = drop and os.geteuid() == 0
        self.root = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=scratch_folder(self.drop)))
        self.root.chmod(0o755)  # the dropped user has to walk through it
        self.path = path
        self.home = self.root / "home"
        self.project = self.root / "project"
        self.config = self.home / ".claude"
        self.variables: dict[str, str] = {}
        self.arguments: list[str] = []  # for every run, such as --plugin-dir
        self.pack: Path | None = None  # the Holdfast that is registered here, if any
        self.state = self.config / "holdfast"
        for folder in (self.home, self.config, self.project):
            folder.mkdir()
        # What accepting the trust dialog writes.
        self.write(self.home / ".claude.json", {
            "hasCompletedOnboarding": True,
            "projects": {str(self.project): {"hasTrustDialogAccepted": True, "allowedTools": []}},
        })
        self.client = self._reachable(client)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove everything, folders without rights included."""
        for folder, _, _ in os.walk(self.root):
            try:
                os.chmod(folder, 0o700)
            except OSError:
                pass
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, path: Path, content: Any, mode: int | None = None) -> Path:
        """Text or bytes as they are, anything else as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(content, (str, bytes)):
            content = json.dumps(content, indent=2)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if mode is not None:
            path.chmod(mode)
        return path

    def settings(self, value: Any, where: str = "user") -> Path:
        folder = self.config if where == "user" else self.project / ".claude"
        return self.write(folder / "settings.json", value)

    def give(self, *paths: Path) -> None:
        """Hand what was written to the user the client runs as."""
        if not self.drop:
            return
        for path in paths or (self.home, self.project):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            for folder, folders, files in os.walk(path):
                for name in folders + files:
                    os.chown(os.path.join(folder, name), NOBODY, NOBODY, follow_symlinks=False)

    def environment(self, url: str = "") -> dict[str, str]:
        clean = {
            "HOME": str(self.home), "PATH": self.path, "TERM": "dumb", "LANG": "C.UTF-8", "SHELL": "/bin/bash",
            "TMPDIR": str(self._temporary()),
            "ANTHROPIC_BASE_URL": url or "http://127.0.0.1:9", "ANTHROPIC_API_KEY": "sk-ant-scripted",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1", "DISABLE_TELEMETRY": "1",
            "DISABLE_ERROR_REPORTING": "1", "CLAUDE_CODE_MAX_RETRIES": "1",
        }
        if os.geteuid() == 0 and not self.drop:
            clean["IS_SANDBOX"] = "1"  # the client's own word for "root may use bypassPermissions here"
        return {**clean, **self.variables}

    def run(
        self, script: Script | list[Any], *, mode: str | None = None, prompt: str = "go", arguments: Any = (),
        variables: dict[str, str] | None = None, timeout: float = 90, cwd: Path | None = None,
    ) -> Run:
        """`claude -p` through the script."""
        script = script if isinstance(script, Script) else Script(main=script)
        command = ["-p", prompt, *self.arguments, *arguments]
        if mode:
            command += ["--permission-mode", mode]
        with Model(script) as model:
            done = self.program(command, model.url, variables, timeout, cwd)
            if model.faults:
                raise model.faults[0]
            return done._replace(requests=list(model.requests))

    def program(
        self, command: list[str], url: str = "", variables: dict[str, str] | None = None, timeout: float = 90,
        cwd: Path | None = None,
    ) -> Run:
        """Any invocation of the client, such as `plugin install`."""
        self.give()
        return self.execute([str(self.client), *command], {**self.environment(url), **(variables or {})}, timeout, cwd)

    def execute(self, command: list[str], variables: dict[str, str], timeout: float = 90, cwd: Path | None = None) -> Run:
        """A program as the user the client runs as."""
        who: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.drop else {}
        began = monotonic()
        # Output goes to files: a background child that keeps a pipe open must not keep us waiting.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                command, cwd=cwd or self.project, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                start_new_session=True, **who,
            )
            timed_out = False
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                timed_out = True
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)  # the session we just made, nobody else's
                    process.wait()
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode(errors="replace"))
        return Run(process.returncode, texts[0], texts[1], [], monotonic() - began, timed_out)

    def no_bootstrap(self) -> None:
        """Say that the command line's packages are there, so that no session starts to fetch them from the network."""
        self.write(self.state / "venv" / "ready", "left out\n")

    def _temporary(self) -> Path:
        folder = self.root / "tmp"
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o1777)
        return folder

    def _reachable(self, client: Path) -> Path:
        """The client itself, or a link or copy of it where the dropped user can get at it."""
        client = Path(os.path.realpath(client))
        if not self.drop or readable_by_others(client):
            return client
        here = self.root / "client"
        try:
            if stat.S_IMODE(client.stat().st_mode) & 0o005 != 0o005:
                raise OSError
            os.link(client, here)  # not inside home or project: ownership there changes, and a link shares its owner
        except OSError:
            shutil.copyfile(client, here)
            here.chmod(0o755)
        return here


def scratch_folder(drop: bool, environment: Any = os.environ) -> Path:
    """Where sandboxes lie: a folder for data. In one for temporary files or caches, the guard rightly lets an agent tidy up."""
    home = Path(environment.get("HOME") or os.path.expanduser("~"))
    throwaway = ["/tmp", "/var/tmp", "/var/cache", "/dev/shm", str(home / ".cache"), tempfile.gettempdir()]
    throwaway = [os.path.realpath(folder) for folder in throwaway]
    for folder in (Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share"), Path("/var/lib"), Path("/opt"), home):
        folder = Path(os.path.realpath(folder))
        if any(os.path.commonpath([folder, place]) == place for place in throwaway):
            continue
        made = folder / "holdfast" / "sandboxes"
        try:
            if drop and not readable_by_others(folder):
                continue
            made.mkdir(parents=True, exist_ok=True)
            if drop:
                for each in (made, made.parent):
                    each.chmod(each.stat().st_mode | 0o055)
            return made
        except OSError:
            continue
    raise NoClient("no folder for scratch projects can be made in your data folder or in /var/lib; set XDG_DATA_HOME")


def readable_by_others(path: Path) -> bool:
    """Whether a user without any rights of their own can read (and enter, or run) this."""
    path = Path(os.path.realpath(path))
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o005 == 0o005 and all(
            stat.S_IMODE(folder.stat().st_mode) & 0o001 for folder in path.parents
        )
    except OSError:
        return False
