"""`holdfast canary`: the claims of `scenarios`, proven in the real client against the installation the person really has.

Their registration is used as it is (the hook commands of their settings, or their enabled plugin) with their holdfast.json,
but in a scratch home and project with a scripted model: nothing of theirs is written and no network is used.
"""

import argparse
import json
import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

from holdfast.canary import scenarios
from holdfast.canary.client import NoClient, Sandbox, find, readable_by_others
from holdfast.canary.scenarios import ALLOW_ALL, Bench, Unproven

NAME = "holdfast"
LAUNCHER = "hooks/launch"


class NoInstallation(Exception):
    """Holdfast is not registered where it was looked for; the message says where."""


class Installation(NamedTuple):
    """One registration. where: the settings file or plugin id it was found under."""

    where: str
    pack: Path
    hooks: dict[str, Any]  # event -> groups, as written in the settings; empty for a plugin
    plugin: str = ""  # its id, for a plugin
    registry: dict[str, Any] = {}  # file name below plugins/ -> content
    settings: dict[str, Any] = {}  # the other settings that decide whether it runs
    configuration: bytes | None = None  # holdfast.json


class Finished(NamedTuple):
    name: str
    ok: bool
    evidence: str


# --- finding the installation ----------------------------------------------------------------------------------------------


def find_installations(environment: Any = os.environ, project: Path | None = None) -> list[Installation]:
    """Every registration that would be at work for this person in this project."""
    config = Path(environment.get("CLAUDE_CONFIG_DIR") or Path(environment.get("HOME") or os.path.expanduser("~"), ".claude"))
    files = [config / "settings.json"]
    if project:
        files += [project / ".claude" / "settings.json", project / ".claude" / "settings.local.json"]
    loaded = [(path, _read(path)) for path in files]
    off = any(value.get("disableAllHooks") for _, value in loaded)
    switch = {"disableAllHooks": True} if off else {}
    own = config / "holdfast.json"
    configuration = own.read_bytes() if own.is_file() else None
    found = []
    for path, value in loaded:
        hooks = _own_hooks(value.get("hooks"), project)
        for pack in sorted({pack for pack in map(_pack_of, _commands(hooks)) if pack}):
            mine = {event: [g for g in groups if any(_pack_of(h.get("command", "")) == pack for h in g["hooks"])]
                    for event, groups in hooks.items()}
            found.append(Installation(str(path), Path(pack), mine, settings=switch, configuration=configuration))
        for plugin, on in (value.get("enabledPlugins") or {}).items():
            if on and plugin.partition("@")[0] == NAME:
                found.append(_plugin(config, path, value, plugin, switch, configuration))
    return found


def _plugin(
    config: Path, path: Path, value: dict[str, Any], plugin: str, switch: dict[str, bool], configuration: bytes | None
) -> Installation:
    market = plugin.partition("@")[2]
    places = _read(config / "plugins" / "installed_plugins.json").get("plugins", {}).get(plugin) or []
    known = _read(config / "plugins" / "known_marketplaces.json")
    source = (known.get(market) or {}).get("source") or {}
    # A marketplace that is a local folder runs in place, any other from the copy the client made.
    folder = source.get("path") if source.get("source") == "directory" else None
    pack = Path(folder or (places[0].get("installPath") if places else "") or "/nonexistent")
    settings = {"enabledPlugins": {plugin: True}, **switch}
    markets = value.get("extraKnownMarketplaces") or {}
    if market in markets:
        settings["extraKnownMarketplaces"] = {market: markets[market]}
    registry = {
        "installed_plugins.json": {**_read(config / "plugins" / "installed_plugins.json"), "plugins": {plugin: places}},
        "known_marketplaces.json": {market: known[market]} if market in known else {},
    }
    return Installation(f"{plugin} ({path})", pack, {}, plugin, registry, settings, configuration)


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as bad:
        raise NoInstallation(f"{path} cannot be read: {bad}") from None
    return value if isinstance(value, dict) else {}


def _own_hooks(hooks: Any, project: Path | None) -> dict[str, Any]:
    """The groups that hold a handler of ours, and of those only our handlers; a project's pack named by its path."""
    found: dict[str, list[Any]] = {}
    for event, groups in (hooks or {}).items():
        for group in groups if isinstance(groups, list) else ():
            ours = []
            for handler in group.get("hooks") or ():
                command = str(handler.get("command") or "").replace("${CLAUDE_PROJECT_DIR}", str(project))
                if _pack_of(command):
                    ours.append({**handler, "command": command})
            if ours:
                found.setdefault(event, []).append({**group, "hooks": ours})
    return found


def _commands(hooks: dict[str, Any]) -> list[str]:
    return [handler["command"] for groups in hooks.values() for group in groups for handler in group["hooks"]]


def _pack_of(command: str) -> str:
    """The pack folder that a hook command of ours names, "" for any other command."""
    if LAUNCHER not in command or "script=" not in command:
        return ""
    try:
        first = shlex.split(command.partition(";")[0])[0]
    except (ValueError, IndexError):
        return ""
    return first[5:] if first.startswith("pack=/") else ""


# --- running the scenarios against it ----------------------------------------------------------------------------------------


class UsersBench(Bench):
    """Sandboxes with the person's own registration in them."""

    def __init__(self, client: Path, installation: Installation, path: str):
        super().__init__(client)
        self.installation, self.path = installation, path

    def drop(self) -> bool:
        """Root's files may be closed to everybody else; then the client runs as root, which is what this person does too."""
        return readable_by_others(self.installation.pack / LAUNCHER)

    def guarded(self, own_pack: bool = False) -> Sandbox:
        it = self.installation
        sandbox = Sandbox(self.client, drop=self.drop(), path=self.path, name="canary")
        sandbox.pack = it.pack
        if own_pack:
            sandbox.pack = Path(shutil.copytree(it.pack.resolve(), sandbox.home / "pack", symlinks=False))
        settings = {**ALLOW_ALL, **it.settings}
        if it.hooks:
            hooks = json.dumps(it.hooks)
            if own_pack:
                hooks = hooks.replace(json.dumps(str(it.pack))[1:-1], json.dumps(str(sandbox.pack))[1:-1])
            settings["hooks"] = json.loads(hooks)
        elif own_pack:
            settings.pop("enabledPlugins", None)
            sandbox.arguments = ["--plugin-dir", str(sandbox.pack)]
            sandbox.state = sandbox.config / "plugins" / "data" / f"{NAME}-inline"
        else:
            for name, content in it.registry.items():
                sandbox.write(sandbox.config / "plugins" / name, content)
            sandbox.state = sandbox.config / "plugins" / "data" / it.plugin.replace("@", "-")
        sandbox.settings(settings)
        sandbox.no_bootstrap()
        if it.configuration is not None:
            sandbox.write(sandbox.config / "holdfast.json", it.configuration)
        return sandbox


def run(installation: Installation, names: list[str] | None = None, client: Path | None = None, told: Any = None) -> list[Finished]:
    """Run the scenarios (all, or those named) against one installation. told: called with each Finished as it comes."""
    bench = UsersBench(client or find(on_path=True), installation, os.environ.get("PATH", os.defpath))
    finished = []
    for scenario in scenarios.ALL:
        if names is not None and scenario.name not in names:
            continue
        try:
            one = Finished(scenario.name, True, scenario.check(bench))
        except Unproven as not_so:
            one = Finished(scenario.name, False, str(not_so))
        except Exception as fault:  # the proof itself broke, which proves nothing: a failure, said as what it is
            one = Finished(scenario.name, False, f"could not be carried out: {type(fault).__name__}: {fault}")
        finished.append(one)
        if told:
            told(one)
    return finished


def main(argv: list[str] | None = None) -> int:
    """0: everything holds.  1: something does not.  2: it could not be tried (no client, no installation)."""
    parser = argparse.ArgumentParser(
        prog="holdfast canary", description="Prove, in the real client with a scripted model, that your installation of Holdfast guards."
    )
    parser.add_argument("names", nargs="*", metavar="SCENARIO", help="only these (default: all)")
    parser.add_argument("--list", action="store_true", help="what there is to prove")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--project", type=Path, default=Path.cwd(), help="the project whose settings count too (default: here)")
    options = parser.parse_args(argv)
    known = [scenario.name for scenario in scenarios.ALL]
    wrong = [name for name in options.names if name not in known]
    if wrong:
        parser.error(f"there is no scenario {', '.join(wrong)}. There are: {', '.join(known)}")
    if options.list:
        for scenario in scenarios.ALL:
            print(f"{scenario.name:<26}{scenario.proves}")
        return 0
    try:
        installations = find_installations(os.environ, options.project)
        if not installations:
            raise NoInstallation(
                "Holdfast is not registered in your settings, in this project's, or as an enabled plugin. Run install.py first."
            )
        client = find(on_path=True)
    except (NoInstallation, NoClient) as missing:
        print(json.dumps({"ok": False, "error": str(missing)}) if options.json else f"holdfast canary: {missing}",
              file=sys.stdout if options.json else sys.stderr)
        return 2
    reports: list[tuple[Installation, list[Finished]]] = []
    for installation in installations:
        if not options.json:
            print(f"{installation.where}\n  pack {installation.pack}\n  client {client}")
        reports.append((installation, run(installation, options.names or None, client, None if options.json else _print)))
    everything = [one for _, finished in reports for one in finished]
    bad = sum(not one.ok for one in everything)
    if options.json:
        print(json.dumps({"ok": not bad, "installations": [
            {"where": it.where, "pack": str(it.pack), "client": str(client), "scenarios": [one._asdict() for one in finished]}
            for it, finished in reports
        ]}, indent=2))
    else:
        print(f"{len(everything) - bad} of {len(everything)} hold" + (f"; {bad} do not" if bad else ""))
    return 1 if bad or not everything else 0


def _print(one: Finished) -> None:
    print(f"  {'PASS' if one.ok else 'FAIL'}  {one.name:<26}{' '.join(one.evidence.split())[:200]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
