"""A tool call -> a verdict on it: the guard's edge, where settings, environment and disk are read once."""

import posix

from holdfast.kernel.files import real_path
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BadSettings
from holdfast.kernel.store import NoHome, config_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from holdfast.guard.decide import Verdict
    from holdfast.guard.line import World
    from holdfast.kernel.constraints import Item
    from holdfast.kernel.run import Situation
    from holdfast.kernel.settings import Settings

# Variables whose values the shell will really have: the client passes its own on to the commands it runs.
_PASSED_ON = ("HOME", "USER", "LOGNAME", "TMPDIR", "CLAUDE_CONFIG_DIR")
_FILE_TOOLS = {"Read": "file_path", "Write": "file_path", "Edit": "file_path", "MultiEdit": "file_path",
               "NotebookEdit": "notebook_path"}
# Endings of files that mean nothing but to people and compilers, unless one of the telling words is in the path.
_SOURCES = frozenset("""py pyi js mjs cjs ts tsx jsx go rs c h cc cpp hpp java kt swift scala rb ex exs hs ml lua css scss html vue
svelte tex rst csv tsv svg proto graphql""".split())
_TEXTS = _SOURCES | {"md", "txt"}
_TELLING = ("secret", "cred", "passw", "token", "key", "history", "customize", "wallet", "account", "config", "shadow", "auth", "profile",
            "cookie", "login", "recovery", "mnemonic", "seed")
_LOOKING = ("Read", "Glob", "Grep", "LS", "NotebookRead")  # these change nothing
# As in kernel.constraints and kernel.workers, which are loaded only where there is something; a test holds them together.
_STATED, _DISPATCHES, _EVERY_SESSION = "constraints.jsonl", "dispatches.jsonl", "every-session"
PACK_FOLDER = real_path(__file__.rsplit("/", 4)[0])  # PACK/hooks/holdfast/guard/judge.py


def judge(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> Reply or None. Leaves `verdict`, `codes` and `keep` in the notes for the audit record."""
    event, notes = situation.event, situation.notes
    if event.tool_name == "PowerShell":
        return _decided(notes, "deny", ["POWERSHELL"], "POWERSHELL: Holdfast cannot read PowerShell, so it does not let it run. "
                        "Use the Bash tool with a POSIX shell command.")
    try:
        settings = situation.settings
    except BadSettings as bad:
        return _decided(notes, "deny", ["SETTINGS"], f"SETTINGS: no call is judged while Holdfast's settings cannot be read: {bad}"[:700]
                        + ". Only a person can repair this file; say so and stop.")
    notes["keep"] = settings["audit"]["keep_characters"]
    stated = stated_for(situation)
    if isinstance(stated, str):
        return _decided(notes, "deny", ["CONSTRAINTS"], stated)
    if event.tool_name == "Bash":
        command = event.tool_input.get("command")
        if not isinstance(command, str):
            return _decided(notes, "deny", ["GUARD"], "GUARD: this Bash call has no command text, so there is nothing to judge or run. "
                            "Give the command as a text.")
        verdict: "Verdict | None" = weigh(situation, settings, command, stated)
    else:
        verdict = weigh_call(situation, settings, stated)
    if verdict is None or verdict.decision is None:
        return None
    from holdfast.guard.excepting import excepted, how_to_allow  # a call that nothing objects to does without
    verdict = excepted(situation, verdict, settings["guard"], answered(situation, settings))
    if verdict.decision is None:
        return None
    from holdfast.guard.rephrased import how_often, times_refused
    notes["before"] = times_refused(situation, verdict)
    reply = _decided(notes, verdict.decision, [f.rule.code for f in verdict.findings], how_often(verdict.reason, notes["before"]))
    reply.message = how_to_allow(verdict, notes["fingerprint"])
    return reply


def stated_for(situation: "Situation") -> "Sequence[Item] | str":
    """The Items that bind the agent of this call and forbid something; a text that says so when their record is damaged.

    A call that only reads is judged without them then. Nothing stated costs two looks at files that are not there.
    Raises OSError, TimeoutError.
    """
    event, store = situation.event, situation.store
    session = event.session_id
    if not (_is_there(store.agent(_EVERY_SESSION, "", _STATED)) or session and _is_there(store.agent(session, "", _STATED))
            or event.agent and _is_there(store.session(session, _DISPATCHES))):
        return ()
    from holdfast.kernel.constraints import DamagedConstraints
    from holdfast.kernel.workers import binding

    try:
        return [item for item in binding(store, event, situation.at) if item["forbids"]]
    except DamagedConstraints as damaged:
        if event.tool_name in _LOOKING:
            return ()
        return (f"CONSTRAINTS: no call that may change something runs while what a person has stated cannot be read: {damaged}"[:700]
                + ". Only a person can repair this; say so and stop.")


def _is_there(path: str) -> bool:
    try:
        posix.stat(path)
    except OSError:
        return False
    return True


def weigh(situation: "Situation", settings: "Settings", command: str, stated: "Sequence[Item]" = ()) -> "Verdict":
    """The Verdict on a shell text in this situation; `holdfast explain` asks here too. stated: Items that bind the agent."""
    from holdfast.guard.decide import decide  # other tools do without the reader and its rules

    return decide(command, world_of(situation, settings, stated), settings["guard"], answered(situation, settings))


def weigh_call(situation: "Situation", settings: "Settings", stated: "Sequence[Item]" = ()) -> "Verdict | None":
    """The Verdict on a call of another tool than Bash, or None when there is nothing in it to judge."""
    name, given = situation.event.tool_name, situation.event.tool_input
    if name in _LOOKING:
        stated = [item for item in stated if "read" in item["forbids"]]
    key = _FILE_TOOLS.get(name, "")
    path = given.get(key)
    if isinstance(path, str) and not stated and _plain(path, real_path(situation.store.project), name != "Read"):
        return None
    from holdfast.guard.tools.calls import SPEAKING, judge_call
    if name in SPEAKING:
        return None
    world, answers = world_of(situation, settings, stated), answered(situation, settings)
    verdict = judge_call(name, given, world, settings["guard"], answers)
    if isinstance(path, str) and (verdict is None or verdict.decision is None):
        from holdfast.guard.tools.disk import twins
        for other in twins(path, world):
            verdict = judge_call(name, {**given, key: other}, world, settings["guard"], answers)
            if verdict is not None and verdict.decision:
                break
    return verdict


def _plain(path: str, project: str, writes: bool) -> bool:
    """True for a source file of the project that neither its name nor its place nor a second name on the disk makes special.

    What most calls are about, answered without loading anything; a test holds it against the rules.
    """
    real = real_path(path) if path.startswith("/") and path.isprintable() else ""
    if not real.startswith(project + "/"):
        return False
    rest = real[len(project):].lower()
    if rest.rpartition(".")[2] not in (_SOURCES if writes else _TEXTS) or "/." in rest or "outputs" in rest:
        return False
    for word in _TELLING:
        if word in rest:
            return False
    try:
        found = posix.stat(real)
    except OSError:
        return True
    return found.st_nlink < 2


def answered(situation: "Situation", settings: "Settings") -> bool:
    """True when a person can answer a question."""
    return situation.attended and bool(settings["guard"]["attended"] != "no")


def world_of(situation: "Situation", settings: "Settings", stated: "Sequence[Item]" = ()) -> "World":
    """The World that a call's command is judged in. situation: Situation.  settings: resolved settings.  stated: Items that bind."""
    from holdfast.guard.line import World

    env, project = situation.env, real_path(situation.store.project)
    known = {name: env[name] for name in _PASSED_ON if name in env}
    temporary = ["/tmp", "/var/tmp", *([env["TMPDIR"]] if env.get("TMPDIR") else [])]
    roots = [*temporary, *settings["guard"]["roots"], *_kept_by_the_client(situation)]
    real: "Callable[[str], str]" = real_path
    if _folds(project):
        from holdfast.guard.tools.disk import true_path
        real = true_path
    else:
        real = _remembered(real_path)
    home = real(env["HOME"]) if env.get("HOME") else ""
    disk = None
    if stated:
        from holdfast.guard.tools.disk import Disk
        disk = Disk()
    return World(situation.event.cwd or project, home, real(project), [real(project), *map(real, roots)], _shell(env), known, real,
                 (situation.store.home, PACK_FOLDER), settings["egress"]["allow"], stated, disk)


def _remembered(real: "Callable[[str], str]") -> "Callable[[str], str]":
    """The same function, which asks the disk once about every folder: one text is judged within milliseconds."""
    known = {"": "/", "/": "/"}

    def follow(path: str) -> str:
        found = known.get(path)
        if found is None:
            folder, _, name = path.rpartition("/")
            if name in ("", ".", "..") or path.count("/") > 50:
                found = real(path)
            else:
                step = f"{follow(folder).rstrip('/')}/{name}"
                try:
                    posix.readlink(step)
                except (OSError, ValueError):
                    found = step  # no link, or not there
                else:
                    found = real(step)
            known[path] = found
        return found
    return follow


def _kept_by_the_client(situation: "Situation") -> "list[str]":
    """The folders in which the client has a session keep its plans and its memory of this project."""
    try:
        config = config_folder(situation.env)
    except NoHome:
        return []
    slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in situation.store.project)
    memory = situation.env.get("CLAUDE_CODE_REMOTE_MEMORY_DIR") or config
    kept = [f"{config}/plans", f"{memory}/projects/{slug}/memory"]
    beside = (situation.event.transcript_path or "").rpartition("/")[0]  # where the project is reached through a link, its slug is another
    return [*kept, f"{beside}/memory"] if beside.startswith(f"{config}/projects/") else kept


def _folds(folder: str) -> bool:
    """True where file names ignore case: the folder's name in the other case is the same folder."""
    other = folder.swapcase()
    try:
        return other != folder and posix.stat(other).st_ino == posix.stat(folder).st_ino
    except OSError:
        return False


def _shell(env: "dict[str, str]") -> str:
    """The shell behind the Bash tool, as the client chooses it: CLAUDE_CODE_SHELL, else SHELL. Where neither is set it may be either: bash
    splits what a variable holds, which can run more, and what means one thing to zsh alone is refused in both (ZSH001, ZSH002)."""
    shell = env.get("CLAUDE_CODE_SHELL") or env.get("SHELL") or "bash"
    return "zsh" if shell.endswith("zsh") else "bash"


def _decided(notes: "dict[str, Any]", decision: str, codes: "list[str]", reason: str) -> Reply:
    notes["verdict"], notes["codes"] = decision, list(dict.fromkeys(codes))
    return Reply(decision=decision, reason=reason)
