"""Environment -> list of Check. Looks and tries; writes nothing but which crash records it has shown (HOME/doctor.json)."""

import glob
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from holdfast.kernel.append_only import is_append_only
from holdfast.kernel.constraints import LOG as CONSTRAINTS
from holdfast.kernel.constraints import history
from holdfast.kernel.files import replace
from holdfast.kernel.settings import BadSettings, resolve, sources
from holdfast.kernel.store import NoHome, config_folder, home_folder
from holdfast.setup import client, interpreter, pack, packages, probe, registration, settings_merge
from holdfast.kernel.json_edit import line_of
from holdfast.setup.registration import Registered, Settings
from holdfast.setup.trouble import Trouble

OK, WARN, FAIL = "ok", "warn", "fail"

DANGEROUS = "rm -rf ~/"
HARMLESS = "ls"
CALLS = 5
SLOW = 3.0  # times a bare interpreter: the guard itself needs about 1.3 times, the shell and a busy machine add to it
LITTLE_SPACE = 100 * 1_048_576
NO_SPACE = 1_048_576


class Environment(NamedTuple):
    """variables: environment variables.  project: the project whose settings count too.  platform: as sys.platform."""

    variables: dict[str, str]
    project: str
    platform: str = sys.platform


class Check(NamedTuple):
    """status: ok, warn or fail.  fix: what to run or change, "" when there is nothing to mend."""

    name: str
    status: str
    detail: str
    fix: str = ""


class Setting(NamedTuple):
    """What every check looks at."""

    home: str
    config: str
    project: str
    variables: dict[str, str]
    files: list[Settings]
    registered: list[Registered]
    python: interpreter.Interpreter | None

    @property
    def mend(self) -> str:
        """The command that installs again what is there."""
        words = {"plugin": "--plugin", "project": f"--project {self.project}"}
        for one in self.registered:
            if os.path.exists(f"{one.pack}/install.py"):
                return f"python3 {one.pack}/install.py {words.get(one.kind, '--user')}"
        return "python3 install.py, in a fresh copy of Holdfast"


def examine(environment: Environment) -> list[Check]:
    """Every check, in the order in which to mend what failed."""
    variables = environment.variables
    try:
        config = config_folder(variables)
        home = home_folder(variables)
    except NoHome as missing:
        return [Check("home", FAIL, str(missing), "export HOME=/your/home")]
    listed = registration.settings_files(config, environment.project, registration.managed_folder(environment.platform))
    files = [registration.read_settings(*one) for one in listed]
    registered = registration.registrations(config, files)
    if "HOLDFAST_HOME" not in variables and registered and all(one.kind == "plugin" for one in registered):
        home = registered[0].variables["CLAUDE_PLUGIN_DATA"]
    python = interpreter.examine(interpreter.noted(home)) if interpreter.noted(home) else None
    setting = Setting(home, config, environment.project, variables, files, registered, python)
    looks = (_settings, _registered, _packs, _interpreter, _live, _own_settings, _foreign, _client, _state, _sealed, _constraints, _space,
             _bytecode, _packages, _crashes)
    return [check for look in looks for check in look(setting)]


# ---- settings and registration ----------------------------------------------------------------------------------------------

def _settings(it: Setting) -> Iterator[Check]:
    """Everything that makes the client ignore a file or every hook."""
    found = []
    for settings in it.files:
        if settings.fault:
            found.append(Check("settings", FAIL, f"{settings.path}: {settings.fault}. The client ignores this file",
                               f"edit {settings.path}"))
        if settings.value.get("disableAllHooks") is True:
            line = line_of(settings.text, ("disableAllHooks",))
            found.append(Check("settings", FAIL, f"{settings.path}, line {line}: disableAllHooks is true, so no hook runs at all",
                               f"remove disableAllHooks from {settings.path}"))
        if settings.kind == "managed" and settings.value.get("allowManagedHooksOnly") is True:
            found.append(Check("settings", FAIL, f"{settings.path} allows managed hooks only, so ours do not run",
                               "ask your administrator to register Holdfast there"))
        for fault in settings_merge.faults(settings.value):
            found.append(Check("settings", FAIL if fault.fatal else WARN,
                               f"{settings.path}, line {line_of(settings.text, fault.path)}: {fault.what}; the client ignores "
                               + ("this whole file" if fault.fatal else "that entry"), fault.fix))
    there = [settings.path for settings in it.files if settings.text]
    yield from found or [Check("settings", OK, f"{', '.join(there)} can be read" if there else "there are no settings files")]


def _registered(it: Setting) -> Iterator[Check]:
    guards = [one for one in it.registered if one.command("pre_tool_use")]
    if not guards:
        where = ", ".join(settings.path for settings in it.files)
        yield Check("registration", FAIL, f"no PreToolUse hook of ours is in {where}, and no plugin of ours is enabled: NOTHING is guarded",
                    it.mend)
        return
    if len(guards) > 1:
        yield Check("registration", WARN, "every call is judged more than once; registered in: " + "; ".join(one.where for one in guards),
                    "keep one: install.py --uninstall (with --user, --project DIR or --plugin) takes the other away")
    for one in it.registered:
        if one.kind == "plugin":
            yield Check("registration", OK, f"{one.where}, run from {one.pack}")
            continue
        try:
            current = registration.wanted(one.pack, registration.pack_word(one.pack, one.kind))
        except Trouble as bad:
            yield Check("registration", FAIL, f"{one.where}: {bad}", it.mend)
            continue
        if one.hooks == current:
            yield Check("registration", OK, f"{one.where}: {', '.join(sorted(one.hooks))}")
        else:
            differing = sorted(event for event in {*current, *one.hooks} if current.get(event) != one.hooks.get(event))
            yield Check("registration", FAIL if "PreToolUse" in differing else WARN,
                        f"{one.where}: our hooks on {', '.join(differing)} are not as this version registers them", it.mend)


def _packs(it: Setting) -> Iterator[Check]:
    for one in it.registered:
        if one.kind == "plugin":
            whole = os.path.exists(f"{one.pack}/hooks/launch")
            yield Check("files", OK, f"{one.pack} is there") if whole else Check("files", FAIL, f"{one.pack} holds no Holdfast", it.mend)
        elif pack.is_intact(one.pack):
            yield Check("files", OK, f"{os.path.realpath(one.pack)} is as it was installed")
        else:
            yield Check("files", FAIL, f"{one.pack}: files are missing or were changed since the installation",
                        "run install.py --upgrade from a fresh copy of Holdfast")


def _interpreter(it: Setting) -> Iterator[Check]:
    noted = interpreter.noted(it.home)
    if it.python:
        yield Check("interpreter", OK, f"{it.python.path} ({it.python.version})")
    elif noted:
        yield Check("interpreter", FAIL, f"{it.home}/interpreter names {noted}, which is not a Python from 3.10 on that runs", it.mend)
    else:
        yield Check("interpreter", WARN, f"{it.home}/interpreter is missing; the first call looks for one", it.mend)


def _live(it: Setting) -> Iterator[Check]:
    """Through the registered command, as the client would run it."""
    for one in it.registered:
        command = one.command("pre_tool_use")
        if not command:
            continue
        with probe.scratch_home(it.home) as scratch:
            project = f"{scratch}/project"
            variables = {**probe.environment(it.variables, scratch, project), **one.variables, "HOLDFAST_HOME": scratch}
            refused = probe.ask(command, probe.payload(DANGEROUS, project), variables, project)
            if refused.verdict == "deny" and not _judged(refused):
                yield Check("guard", FAIL, f"{one.where}: every call is refused, because the guard cannot work{_said(refused)}", it.mend)
                continue
            if refused.verdict != "deny":
                yield Check("guard", FAIL, f"{one.where}: `{DANGEROUS}` was not refused ({refused.verdict}{_said(refused)})", it.mend)
            else:
                yield Check("guard", OK, f"`{DANGEROUS}` is refused: {refused.reason.partition(': ')[0]}")
            passed = probe.ask(command, probe.payload(HARMLESS, project), variables, project)
            yield (Check("guard", OK, f"`{HARMLESS}` passes") if passed.verdict == "nothing" else
                   Check("guard", FAIL, f"{one.where}: `{HARMLESS}` did not pass ({passed.verdict}{_said(passed)})", it.mend))
            times = [probe.ask(command, probe.payload(HARMLESS, project), variables, project).milliseconds for _ in range(CALLS)]
        if it.python and passed.verdict == "nothing":
            yield _time(it.python, median(times), it.mend)


def _judged(answer: probe.Answer) -> bool:
    return not answer.reason.startswith("GUARD: ")


def _said(answer: probe.Answer) -> str:
    return f": {answer.reason}" if answer.reason else ""


def _time(python: interpreter.Interpreter, took: float, mend: str) -> Check:
    bare = median(_bare(python.path) for _ in range(CALLS))
    detail = f"a call takes {took:.0f} ms (median of {CALLS}), a bare interpreter {bare:.0f} ms: {took / bare:.1f} times"
    return Check("time", OK, detail) if took <= SLOW * bare else Check("time", WARN, detail + "; more than it should be", mend)


def _bare(python: str) -> float:
    began = perf_counter()
    subprocess.run([python, "-I", "-S", "-c", "pass"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
    return (perf_counter() - began) * 1000


def _own_settings(it: Setting) -> Iterator[Check]:
    """holdfast.json, as the guard reads it."""
    texts: list[tuple[str, str, bytes | None]] = []
    there = []
    for layer, path in sources(it.variables, it.project):
        try:
            with open(path, "rb") as file:
                texts.append((layer, path, file.read()))
            there.append(path)
        except (FileNotFoundError, NotADirectoryError):
            texts.append((layer, path, None))
        except OSError as bad:
            yield Check("holdfast.json", FAIL, f"{path} cannot be read ({bad.strerror}), so every call is refused", f"make {path} readable")
            return
    try:
        notes = resolve(texts)["notes"]
    except BadSettings as bad:
        for path, line, _, what in bad.problems:
            yield Check("holdfast.json", FAIL, f"{path}, line {line}: {what}; every call is refused until then", f"edit {path}")
        return
    for note in notes:
        yield Check("holdfast.json", WARN, note, "remove it there, or set it in your own holdfast.json")
    if not notes:
        yield Check("holdfast.json", OK, ", ".join(there) or "none; the built-in settings hold")


def _foreign(it: Setting) -> Iterator[Check]:
    """Other hooks on our events: they run at the same time as ours, and one that rewrites a call does so unseen."""
    ours = {event for one in it.registered for event in one.hooks}
    found = []
    for settings in it.files:
        hooks = settings.value.get("hooks")
        for event, groups in hooks.items() if isinstance(hooks, dict) else ():
            for handler in registration.handlers({event: groups}):
                if event in ours and not registration.is_ours(handler):
                    name = str(handler.get("command") or handler.get("url") or handler.get("type"))[:80]
                    found.append(Check("other hooks", WARN, f"{settings.path}: {event} also runs `{name}`" + (
                        "; if it rewrites calls (updatedInput), what runs is not what was judged" if event == "PreToolUse" else ""),
                        "remove it if you do not know it" if event == "PreToolUse" else ""))
    yield from found or [Check("other hooks", OK, "none on our events in the settings")]


def _client(it: Setting) -> Iterator[Check]:
    program = client.find(it.variables)
    if not program:
        yield Check("client", WARN, "there is no `claude` on PATH", "put it on PATH, or set HOLDFAST_CLIENT")
        return
    known = client.version(program)
    if not known:
        yield Check("client", FAIL, f"{program} does not tell its version", f"{program} --version")
    elif client.shortcoming(known):
        yield Check("client", FAIL, f"{program} {'.'.join(map(str, known))}: {client.shortcoming(known)}", "claude update")
    else:
        yield Check("client", OK, f"{program} {'.'.join(map(str, known))}")


# ---- state ------------------------------------------------------------------------------------------------------------------

def _state(it: Setting) -> Iterator[Check]:
    """Whether records can be written, and nobody else can read them."""
    if not os.path.isdir(it.home):
        yield Check("state", WARN, f"{it.home} is not there yet; the first call makes it")
        return
    closed, open_to_others = [], []
    for folder, folders, names in os.walk(it.home):
        if folder == it.home:
            # Code and bytecode hold nothing of the person's.
            folders[:] = [name for name in folders if not name.startswith(("pack", "venv", "pycache", "bin", probe.SCRATCH))]
            names = [name for name in names if name != ".gitignore"]
        for path in [folder, *(f"{folder}/{name}" for name in names)]:
            try:
                status = os.lstat(path)
            except FileNotFoundError:
                continue
            if not os.access(path, os.W_OK | (os.X_OK if path == folder else 0)):
                closed.append(path)
            if stat.S_IMODE(status.st_mode) & 0o077 and not stat.S_ISLNK(status.st_mode):
                open_to_others.append(path)
    try:
        fd, name = tempfile.mkstemp(prefix=probe.SCRATCH, dir=it.home)
        os.close(fd)
        os.unlink(name)
    except OSError as bad:
        closed = closed or [f"{it.home} ({bad.strerror})"]
    if closed:
        yield Check("state", FAIL, f"{closed[0]} cannot be written, so records are lost" + _more(closed),
                    f"chown -R \"$(id -un)\" '{it.home}' && chmod -R u+rwX '{it.home}'")
    if open_to_others:
        yield Check("state", WARN, f"{open_to_others[0]} is open to other users" + _more(open_to_others), f"chmod -R go-rwx '{it.home}'")
    if not closed and not open_to_others:
        yield Check("state", OK, f"{it.home} can be written, by you alone")


def _sealed(it: Setting) -> Iterator[Check]:
    """Which audit logs the system itself keeps from being changed."""
    sealed = []
    logs = glob.glob(f"{glob.escape(it.home)}/projects/*/audit.jsonl")
    for path in logs:
        try:
            sealed.append(is_append_only(path))
        except OSError:
            sealed.append(None)
    if logs:
        detail = f"{sum(map(bool, sealed))} of {len(logs)} append-only"
        if not all(sealed):
            detail += "; `holdfast audit seal` makes a project's log so, where the system allows it"
        yield Check("logs", OK, detail)


def _constraints(it: Setting) -> Iterator[Check]:
    """Whether what people have stated in their sessions can be read."""
    logs = glob.glob(f"{glob.escape(it.home)}/projects/*/sessions/*/*/{CONSTRAINTS}")
    live, faults = 0, []
    for path in sorted(logs):
        items, fault = history(path)
        live += sum(not item["ended"] for item in items)
        if fault:
            faults.append(fault)
    if faults:
        yield Check("constraints", FAIL, faults[0] + _more(faults),
                    f"holdfast constraint list --session {faults[0].partition('/sessions/')[2].partition('/')[0]}; "
                    "state in a prompt what is missing")
    elif logs:
        yield Check("constraints", OK, f"{live} in force in {len(logs)} logs, all whole")


def _more(paths: list[str]) -> str:
    return f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""


def _space(it: Setting) -> Iterator[Check]:
    at = it.home
    while not os.path.isdir(at):
        at = os.path.dirname(at)
    status = os.statvfs(at)
    free = status.f_bavail * status.f_frsize
    if free < NO_SPACE or status.f_files and not status.f_favail:
        yield Check("disk", FAIL, f"the disk of {at} is full: records cannot be written", f"make room: du -xsh {at}/projects/*")
    elif free < LITTLE_SPACE:
        yield Check("disk", WARN, f"only {free // 1_048_576} MiB are free for {at}", f"make room: du -xsh {at}/projects/*")
    else:
        yield Check("disk", OK, f"{free / 1_073_741_824:.1f} GiB free")


def _bytecode(it: Setting) -> Iterator[Check]:
    """A call that finds no library makes one. One that is missing after the calls above cannot be written, or is removed each time."""
    if not it.python:
        return
    tag = "cpython-" + "".join(it.python.version.split(".")[:2])
    for one in it.registered:
        libraries = glob.glob(f"{glob.escape(f'{it.home}/pycache{one.pack}/hooks')}/holdfast.{tag}-*.library")
        if libraries:
            yield Check("bytecode", OK, f"kept, {os.path.getsize(libraries[0]) // 1024} KiB")
        else:
            yield Check("bytecode", WARN, f"none is kept in {it.home}/pycache, which makes calls slow", it.mend)


def _packages(it: Setting) -> Iterator[Check]:
    """The packages of the command line, at the versions of the list. The guard needs none."""
    mark = packages.state(it.home)
    if mark == packages.LEFT_OUT:
        yield Check("packages", WARN, f"left out when this was installed: {packages.MISSING_PARTS}", it.mend)
        return
    requirements = next((path for path in (f"{one.pack}/hooks/requirements.txt" for one in it.registered) if os.path.exists(path)), None)
    if not mark or not requirements:
        yield Check("packages", WARN, f"none: {packages.MISSING_PARTS}", it.mend)
        return
    renew = f"rm -r '{it.home}/venv' && {it.mend}"
    wanted = packages.pinned(requirements)
    program = (f"import json, {', '.join(packages.IMPORTS)}; from importlib.metadata import distributions; "
               "print(json.dumps({d.metadata['Name']: d.version for d in distributions()}))")
    try:
        done = subprocess.run([f"{it.home}/venv/bin/python", "-I", "-c", program], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=60)
        found: dict[str, str] = json.loads(done.stdout) if done.returncode == 0 else {}
        there = {packages.plain_name(name): version for name, version in found.items()}
        wrong = done.stderr.strip().splitlines()[-1:]
    except (OSError, ValueError, subprocess.SubprocessError) as bad:
        there, wrong = {}, [str(bad)]
    if not there:
        yield Check("packages", FAIL, f"{it.home}/venv cannot be used ({''.join(wrong)}): {packages.MISSING_PARTS}", renew)
        return
    other = [f"{name} {there.get(name, 'missing')}" for name in sorted(wanted) if there.get(name) not in wanted[name]]
    if other:
        yield Check("packages", FAIL, f"not as in the list: {', '.join(other)}", renew)
    else:
        yield Check("packages", OK, f"{len(wanted)} packages at the versions of the list")


def _crashes(it: Setting) -> Iterator[Check]:
    """Faults of the guard since the last time this was looked at."""
    logs = [f"{it.home}/crashes.jsonl", f"{it.home}/launch-failures.jsonl"]
    seen = _read_seen(it.home)
    lines = {path: _lines(path) for path in logs}
    new = [line for path in logs for line in lines[path][seen.get(os.path.basename(path), 0):]]
    if not new:
        yield Check("crashes", OK, "no new records of faults in the guard")
        return
    last = max(new, key=lambda record: str(record.get("at")))
    yield Check("crashes", WARN, f"{len(new)} new, the last at {last.get('at')} in {last.get('script')}: {last.get('what')}",
                f"look at them: tail {' '.join(path for path in logs if lines[path])}")
    try:
        counts = {os.path.basename(path): len(lines[path]) for path in logs}
        replace(f"{it.home}/doctor.json", json.dumps({"v": 1, "seen": counts}).encode())
    except OSError:
        pass  # a folder that cannot be written is reported by the check of the state


def _read_seen(home: str) -> dict[str, int]:
    try:
        with open(f"{home}/doctor.json", encoding="utf-8") as file:
            seen: dict[str, int] = json.load(file)["seen"]
            return seen
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _lines(path: str) -> list[dict[str, Any]]:
    """The records of a log; a line that is none counts, with what it says."""
    found: list[dict[str, Any]] = []
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    record = json.loads(line)
                except ValueError:
                    record = None
                found.append(record if isinstance(record, dict) else {"at": "?", "script": "?", "what": f"damaged record {line[:60]!r}"})
    except OSError:
        return []
    return found
