"""A tool call -> a verdict on it: the guard's edge, where settings, environment and disk are read once."""

from holdfast.kernel.files import real_path
from holdfast.kernel.reply import Reply
from holdfast.kernel.settings import BadSettings, load_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.decide import Verdict
    from holdfast.guard.line import World
    from holdfast.kernel.run import Situation
    from holdfast.kernel.settings import Settings

# Variables whose values the shell will really have: the client passes its own on to the commands it runs.
_PASSED_ON = ("HOME", "USER", "LOGNAME", "TMPDIR", "CLAUDE_CONFIG_DIR")


def judge(situation: "Situation") -> "Reply | None":
    """Situation (PreToolUse) -> Reply or None. Leaves `verdict`, `codes` and `keep` in the notes for the audit record."""
    event, notes = situation.event, situation.notes
    if event.tool_name == "PowerShell":
        return _decided(notes, "deny", ["POWERSHELL"], "POWERSHELL: Holdfast cannot read PowerShell, so it does not let it run. "
                        "Use the Bash tool with a POSIX shell command.")
    try:
        settings = load_settings(situation.store, situation.env)
    except BadSettings as bad:
        return _decided(notes, "deny", ["SETTINGS"], f"SETTINGS: no call is judged while Holdfast's settings cannot be read: {bad}"[:700]
                        + ". Only a person can repair this file; say so and stop.")
    notes["keep"] = settings["audit"]["keep_characters"]
    if event.tool_name != "Bash":
        return None
    command = event.tool_input.get("command")
    if not isinstance(command, str):
        return _decided(notes, "deny", ["GUARD"], "GUARD: this Bash call has no command text, so there is nothing to judge or run. "
                        "Give the command as a text.")
    verdict = weigh(situation, settings, command)
    if verdict.decision is None:
        return None
    return _decided(notes, verdict.decision, [f.rule.code for f in verdict.findings], verdict.reason)


def weigh(situation: "Situation", settings: "Settings", command: str) -> "Verdict":
    """The Verdict on a shell text in this situation; `holdfast explain` asks here too."""
    from holdfast.guard.decide import decide  # other tools do without the reader and its rules

    answered = situation.attended and settings["guard"]["attended"] != "no"
    return decide(command, world_of(situation, settings), settings["guard"], answered)


def world_of(situation: "Situation", settings: "Settings") -> "World":
    """The World that a call's command is judged in. situation: Situation.  settings: resolved settings."""
    from holdfast.guard.line import World

    env, project = situation.env, real_path(situation.store.project)
    known = {name: env[name] for name in _PASSED_ON if name in env}
    roots = ["/tmp", "/var/tmp", *settings["guard"]["roots"], *([env["TMPDIR"]] if env.get("TMPDIR") else [])]
    return World(situation.event.cwd or project, real_path(env.get("HOME", "")) if env.get("HOME") else "", project,
                 [project, *map(real_path, roots)], _shell(env), known, real_path, (situation.store.home,))


def _shell(env: "dict[str, str]") -> str:
    """The shell behind the Bash tool, as the client chooses it: CLAUDE_CODE_SHELL, else SHELL; zsh is preferred when neither is set."""
    shell = env.get("CLAUDE_CODE_SHELL") or env.get("SHELL") or "zsh"
    return "zsh" if shell.endswith("zsh") else "bash"


def _decided(notes: "dict[str, Any]", decision: str, codes: "list[str]", reason: str) -> Reply:
    notes["verdict"], notes["codes"] = decision, list(dict.fromkeys(codes))
    return Reply(decision=decision, reason=reason)
