"""The last word before a refusal: what a person has allowed is taken out of a verdict. At the guard's edge: it reads files.

A fingerprint names one call exactly: its text, its folder, and the content of every script file that it runs. A script that
was changed after a person allowed it is another call.
"""

from holdfast.guard.effects import writes
from holdfast.guard.paths import resolve
from holdfast.guard.verdict import settle
from holdfast.kernel.exceptions import BadExceptions, live
from holdfast.kernel.files import digest, read
from holdfast.kernel.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.decide import Verdict
    from holdfast.guard.line import Command, Line
    from holdfast.guard.rule import Finding
    from holdfast.kernel.run import Situation

_LARGEST = 67_108_864  # bytes of a script or program whose content goes into a fingerprint
# Programs that run what a file in their folder says.
_RUN_FILES = {"make": "GNUmakefile makefile Makefile", "gmake": "GNUmakefile makefile Makefile", "just": "justfile Justfile .justfile",
              "npm": "package.json", "pnpm": "package.json", "yarn": "package.json", "bun": "package.json", "rake": "Rakefile",
              "task": "Taskfile.yml Taskfile.yaml", "tox": "tox.ini", "nox": "noxfile.py", "invoke": "tasks.py",
              "composer": "composer.json"}


def excepted(situation: "Situation", verdict: "Verdict", levels: "dict[str, Any]", answered: bool) -> "Verdict":
    """A verdict that objects -> the Verdict that stays when live exceptions are counted.

    levels: resolved settings' "guard" part.  answered: whether a person can answer.  Leaves `fingerprint` and, when an
    exception was used, `excepted` in the notes for the audit record. What is catastrophic is covered by none.
    """
    event, line = situation.event, verdict.line
    mark = fingerprint(line, event.cwd or "", "" if event.tool_name == "Bash" else dump([event.tool_name, event.tool_input]))
    situation.notes["fingerprint"] = mark
    try:
        made = live(situation.store, event.session_id, situation.at)
    except (BadExceptions, OSError, TimeoutError) as bad:
        situation.reply.message = f"Holdfast: {bad}"
        return verdict
    used: "list[str]" = []
    kept = []
    for finding in verdict.findings:
        one = next((one for one in made if _covers(one, finding, line, mark)), None)
        if one is None:
            kept.append(finding)
        else:
            used.append(f"{one['id']} {finding.rule.code}")
    if not used:
        return verdict
    situation.notes["excepted"] = used
    return settle(line, kept, levels, answered)


def how_to_allow(verdict: "Verdict", mark: str) -> "str | None":
    """What the person is told about a refusal; None when no exception could cover it."""
    if not mark or any(_catastrophic(finding) for finding in verdict.findings):
        return None
    codes = " ".join(dict.fromkeys(f.rule.code for f in verdict.findings))
    return (f"Holdfast refused a call ({codes}). If it should run, a person can allow exactly this one for two hours: "
            f"holdfast allow {mark} --why '…'")


def fingerprint(line: "Line", cwd: str, call: str = "") -> str:
    """The call's fingerprint, "" when a script that it runs is too large, cannot be read, or is known only when it runs.

    call: the whole call of another tool than Bash, of which the line holds a part.
    """
    contents = []
    for path in scripts(line):
        if path is None:
            return ""
        try:
            contents.append([path, digest(read(path, _LARGEST))])
        except (FileNotFoundError, NotADirectoryError):
            contents.append([path, ""])
        except (OSError, ValueError):
            return ""
    return "fp-" + digest(dump([call or line.text.strip(), cwd, contents]).encode())[:20]


def scripts(line: "Line") -> "list[str | None]":
    """The files whose content a line runs: scripts given to interpreters, programs called by path, makefiles and the like.

    None for one that is not known before the run.
    """
    world = line.world
    found: "list[str | None]" = []
    for command in line.commands:
        found += [resolve(code.text, command, world) for code in command.code if code.origin == "file" and code.text is not None]
        if command.argv and "/" in command.argv[0].shown:
            found.append(resolve(command.argv[0], command, world))
        if command.program in _RUN_FILES and command.cwd:
            named = command.flag_value("-f", "--file", "--makefile", "--justfile")
            names = [named.shown] if named is not None else _RUN_FILES[command.program].split()
            found += [resolve(name, command, world) for name in names]
        if command.argv and not command.program and "/" not in command.argv[0].shown:
            found.append(None)
    return list(dict.fromkeys(found))


def _covers(one: "dict[str, Any]", finding: "Finding", line: "Line", mark: str) -> bool:
    if _catastrophic(finding):
        return False
    if one["what"].startswith("fp-"):
        return bool(mark) and one["what"] == mark
    return one["what"] == finding.rule.code and (not one["path"] or _all_within(one["path"], finding, line))


def _catastrophic(finding: "Finding") -> bool:
    return (finding.severity or finding.rule.severity) == "catastrophic"


def _all_within(glob: str, finding: "Finding", line: "Line") -> bool:
    """True when the commands that a finding is about name paths, and every one of them fits the glob."""
    here = [c for c in line.commands if finding.start is None or finding.end is None or (c.start < finding.end and finding.start < c.end)]
    paths = [path for command in here for path in _named(command, line)]
    return bool(paths) and all(path is not None and fits(glob, path) for path in paths)


def _named(command: "Command", line: "Line") -> "list[str | None]":
    found = [resolve(arg, command, line.world) for arg in command.operands()] + [write.path for write in writes(command, line.world)]
    return [path.rstrip("*").rstrip("/") if path and path.endswith("/*") else path for path in found]


def fits(glob: str, path: str) -> bool:
    """Whether an absolute path fits: `*` within a folder, `**` across folders; without either, the path itself and all below it."""
    if "*" not in glob and "?" not in glob:
        return path == glob.rstrip("/") or path.startswith(glob.rstrip("/") + "/")
    return "*" not in path and _fits(glob, path)


def _fits(glob: str, path: str) -> bool:
    if not glob:
        return not path
    if glob.startswith("**"):
        rest = glob[2:].lstrip("*")
        return any(_fits(rest, path[at:]) for at in range(len(path) + 1))
    if glob[0] == "*":
        end = path.find("/")
        return any(_fits(glob[1:], path[at:]) for at in range((end if end >= 0 else len(path)) + 1))
    return bool(path) and (glob[0] == path[0] or (glob[0] == "?" and path[0] != "/")) and _fits(glob[1:], path[1:])
