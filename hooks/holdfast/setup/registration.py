"""What of the client's settings is ours: how our hooks are registered, and how a registration is recognised, wherever it stands."""

import json
import os
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from holdfast.setup.trouble import Trouble

PLUGIN_ROOT = '"${CLAUDE_PLUGIN_ROOT}"'
# In a project the pack lies beside the settings and may be committed with them, so that it is found in every clone.
IN_PROJECT = "${CLAUDE_PROJECT_DIR}"
PLUGIN = "holdfast@holdfast"


def pack_word(pack: str, scope: str) -> str:
    """How the pack at this absolute path is named in a shell command. scope: user, project, local or managed."""
    return f'"{IN_PROJECT}/.claude/holdfast/pack"' if scope == "project" else shlex.quote(pack)


def wanted(source: str, word: str) -> dict[str, Any]:
    """The hooks of SOURCE/hooks/hooks.json in the form for settings, for the pack that this shell word (of pack_word) names."""
    path = f"{source}/hooks/hooks.json"
    try:
        with open(path, encoding="utf-8") as file:
            hooks: dict[str, Any] = json.load(file)["hooks"]
    except (OSError, ValueError, KeyError, TypeError) as bad:
        raise Trouble(f"{path} cannot be used ({bad!r}). This copy of Holdfast is damaged; get a fresh one.") from None
    for handler in handlers(hooks):
        handler["command"] = handler["command"].replace(PLUGIN_ROOT, word)
    return hooks


def handlers(hooks: Any) -> Iterator[dict[str, Any]]:
    """Every handler in a value of the form {event: [{"hooks": [handler]}]}; what has another form is passed over."""
    for groups in hooks.values() if isinstance(hooks, dict) else ():
        for group in groups if isinstance(groups, list) else ():
            inner = group.get("hooks") if isinstance(group, dict) else None
            yield from (handler for handler in inner or () if isinstance(handler, dict))


def is_ours(handler: Any) -> bool:
    """True for a hook handler that starts a script of ours, from this or an earlier version."""
    command = handler.get("command") if isinstance(handler, dict) else None
    return isinstance(command, str) and '/hooks/launch"' in command and "script=" in command


def script_of(command: str) -> str:
    """The script that a command of ours starts."""
    return command.partition("script=")[2].partition(";")[0].strip()


def pack_of(command: str, project: str = "") -> str:
    """The pack folder in a command of ours, "" where it is a variable that says nothing here. project: of a project's settings."""
    try:
        first = shlex.split(command.partition(";")[0])[0]
    except (ValueError, IndexError):
        return ""
    named = first.removeprefix("pack=")
    if project and named.startswith(IN_PROJECT + "/"):
        named = project + named[len(IN_PROJECT):]
    return named if named.startswith("/") else ""


class Registered(NamedTuple):
    """One place where we are registered. variables: what the client adds to the environment there."""

    where: str  # the settings file, or the plugin's name and the settings file that enables it
    kind: str  # user, project, local, managed or plugin
    hooks: dict[str, Any]  # event -> groups; only ours
    pack: str
    variables: dict[str, str]

    def command(self, script: str) -> str:
        """The command for a script, "" when it is not registered here."""
        found = [handler["command"] for handler in handlers(self.hooks) if script_of(handler["command"]) == script]
        return found[0] if found else ""


class Settings(NamedTuple):
    """One settings file of the client. value: {} when it is missing or damaged.  fault: why it cannot be used, else ""."""

    kind: str
    path: str
    value: dict[str, Any]
    fault: str
    text: str


def settings_files(config: str, project: str, managed: str) -> list[tuple[str, str]]:
    """[(kind, path)] of the settings that count in a project, strongest last."""
    found = [("user", f"{config}/settings.json"), ("project", f"{project}/.claude/settings.json"),
             ("local", f"{project}/.claude/settings.local.json"), ("managed", f"{managed}/managed-settings.json")]
    # In the home folder itself the project's file is the person's own.
    return [one for one in found if one[0] != "project" or os.path.realpath(one[1]) != os.path.realpath(found[0][1])]


def registrations(config: str, found: list[Settings]) -> list[Registered]:
    """Every place in these settings where we are registered."""
    result = []
    for settings in found:
        ours = only_ours(settings.value.get("hooks"))
        if ours:
            project = os.path.dirname(os.path.dirname(settings.path)) if settings.kind in ("project", "local") else ""
            packs = [pack_of(handler["command"], project) for handler in handlers(ours)]
            variables = {"CLAUDE_PROJECT_DIR": project} if project else {}
            result.append(Registered(settings.path, settings.kind, ours, packs[0], variables))
    for plugin, path in sorted(enabled_plugins(found).items()):
        result.append(_plugin(config, plugin, path))
    return result


def enabled_plugins(found: list[Settings]) -> dict[str, str]:
    """{plugin id: settings file} of enabled plugins of ours; a stronger file can switch one off again."""
    enabled: dict[str, str] = {}
    for settings in found:
        plugins = settings.value.get("enabledPlugins")
        for plugin, on in plugins.items() if isinstance(plugins, dict) else ():
            if plugin.partition("@")[0] == PLUGIN.partition("@")[0]:
                enabled.pop(plugin, None)
                if on:
                    enabled[plugin] = settings.path
    return enabled


def _plugin(config: str, plugin: str, path: str) -> Registered:
    market = plugin.partition("@")[2]
    source = (_read(f"{config}/plugins/known_marketplaces.json").get(market) or {}).get("source") or {}
    places = (_read(f"{config}/plugins/installed_plugins.json").get("plugins") or {}).get(plugin) or [{}]
    # A marketplace that is a local folder runs in place, any other from the copy that the client made.
    pack = source.get("path") if source.get("source") == "directory" else places[0].get("installPath")
    pack = pack or f"{config}/plugins/cache/{market}"
    data = f"{config}/plugins/data/{plugin.replace('@', '-')}"
    return Registered(f"{plugin} ({path})", "plugin", only_ours(_read(f"{pack}/hooks/hooks.json").get("hooks")), pack,
                      {"CLAUDE_PLUGIN_ROOT": pack, "CLAUDE_PLUGIN_DATA": data})


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def only_ours(hooks: Any) -> dict[str, Any]:
    """{event: groups} with our handlers alone."""
    found: dict[str, Any] = {}
    for event, groups in hooks.items() if isinstance(hooks, dict) else ():
        for group in groups if isinstance(groups, list) else ():
            inner = group.get("hooks") if isinstance(group, dict) else None
            ours = [handler for handler in inner if is_ours(handler)] if isinstance(inner, list) else []
            if ours:
                found.setdefault(event, []).append({**group, "hooks": ours})
    return found


def managed_folder(platform: str) -> str:
    """Where an administrator's settings lie."""
    return "/Library/Application Support/ClaudeCode" if platform == "darwin" else "/etc/claude-code"


def read_settings(kind: str, path: str) -> Settings:
    """A settings file as it is, damage named."""
    from holdfast.kernel.json_edit import Damaged, value_of
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
        value = value_of(text) if text.strip() else {}
    except FileNotFoundError:
        return Settings(kind, path, {}, "", "")
    except NotADirectoryError:
        return Settings(kind, path, {}, "", "")
    except (OSError, UnicodeDecodeError) as bad:
        return Settings(kind, path, {}, f"it cannot be read ({bad})", "")
    except Damaged as bad:
        return Settings(kind, path, {}, str(bad), text)
    if not isinstance(value, dict):
        return Settings(kind, path, {}, "it holds no JSON object. Put { } around its settings", text)
    return Settings(kind, path, value, "", text)


