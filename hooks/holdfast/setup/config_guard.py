"""When the client's settings change while a session runs: a change that would end the guard is blocked, and said.

Measured on client 2.1.329: `decision: block` keeps the hooks as they were for the rest of the session, under `-p` too; the file itself
stays as it was written, and neither the model nor the person is told. So it is written down as an alert and in the audit log as well.
"""

import sys

from holdfast.kernel.reply import Reply
from holdfast.kernel.store import config_folder
from holdfast.setup.registration import managed_folder, only_ours, read_settings, registrations, script_of, settings_files
from holdfast.setup.registration import handlers as handlers_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.run import Situation
    from holdfast.setup.registration import Settings

_JUDGE = "pre_tool_use"


def guard_settings(situation: "Situation") -> "Reply | None":
    """Situation (ConfigChange) -> Reply or None. Leaves `change` in the notes: what is wrong with the new settings."""
    env = situation.env
    config = config_folder(env)
    listed = settings_files(config, situation.store.project, managed_folder(sys.platform))
    files = [read_settings(*one) for one in listed]
    wrong = fault(files, config, situation.event.file_path or "")
    if not wrong:
        return None
    situation.notes["change"] = wrong
    return Reply(
        block=f"CONFIG: {wrong}. Holdfast stays on for the rest of this session.",
        message=f"Holdfast blocked a change of the client's settings: {wrong}. If you want it, end the session and run "
                "install.py --uninstall; if not, run: holdfast doctor")


def fault(files: "list[Settings]", config: str, changed: str) -> str:
    """What in these settings would end the guard, "" when nothing does. changed: the file that has just changed, or ""."""
    for one in files:
        if one.value.get("disableAllHooks") is True:
            return f"{one.path} switches every hook off (disableAllHooks)"
        if one.fault and one.path == changed:
            return f"{one.path} is damaged and would be ignored: {one.fault}"
        broken = _malformed(one.value.get("hooks"))
        if broken and one.path == changed:
            return f"{one.path} has a malformed entry under {broken}, for which the client drops the whole file"
        if one.kind == "managed" and one.value.get("allowManagedHooksOnly") is True and not only_ours(one.value.get("hooks")):
            return f"{one.path} permits managed hooks only"
    for place in registrations(config, files):
        judge = [h for h in handlers_of(place.hooks.get("PreToolUse") and {"PreToolUse": place.hooks["PreToolUse"]})
                 if script_of(h["command"]) == _JUDGE]
        groups = place.hooks.get("PreToolUse") or []
        if judge and all(h.get("onFailure") == "block" and "if" not in h and not h.get("async") for h in judge) and any(
                g.get("matcher") in (None, "", "*") for g in groups):
            return ""
    return "Holdfast is no longer registered before every tool call"


def _malformed(hooks: "Any") -> str:
    """The event whose malformed entry makes the client drop the whole file, or ""."""
    if hooks is None:
        return ""
    if not isinstance(hooks, dict):
        return "hooks"
    for event in ("PreToolUse", "PermissionRequest"):
        groups = hooks.get(event, [])
        if not isinstance(groups, list):
            return event
        for group in groups:
            inner = group.get("hooks") if isinstance(group, dict) else None
            if not isinstance(inner, list):
                return event
            for handler in inner:
                needed = {"command": "command", "http": "url", "prompt": "prompt", "agent": "prompt", "mcp_tool": "tool"}.get(
                    handler.get("type", "")) if isinstance(handler, dict) else None
                if needed is None or not isinstance(handler.get(needed), str):
                    return event
                if handler.get("onFailure", "block") not in ("block", "continue"):
                    return event
    return ""
