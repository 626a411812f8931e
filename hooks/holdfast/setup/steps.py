"""What install.py does, step by step: install, status, uninstall, plugin, bootstrap. Each returns an exit code."""

import difflib
import os
import shlex
import sys
import time
from argparse import Namespace
from typing import Any

from holdfast import VERSION
from holdfast.kernel.files import make_folder, replace
from holdfast.kernel.store import NoHome, home_folder
from holdfast.setup import client, demo, interpreter, pack, packages, probe, record, registration, settings_file, settings_merge
from holdfast.setup import uninstall as removal
from holdfast.setup.lock import Held
from holdfast.setup.target import Target, make_target_folder, target_of
from holdfast.setup.trouble import Trouble

WAIT = 60.0  # seconds for another installation; making a venv takes a few


def install(source: str, target: Target, options: Namespace) -> int:
    """Install or upgrade in one target, then show that it works."""
    refuse_a_changed_copy(source)
    python = interpreter.running()
    hooks = registration.wanted(source, target.pack_word)
    found, text = _settings(target, hooks)
    _say(f"Holdfast {VERSION} -> {target.folder}")
    if options.dry_run:
        return _dry_run(source, target, found, text, options)
    created = make_target_folder(target)
    with Held(f"{target.own}/install.lock", WAIT), Held(f"{target.home}/home.lock", WAIT):
        settings_file.clear_remains(found)
        probe.clear_remains(target.home)
        if target.scope == "project":
            replace(f"{target.own}/.gitignore", b"*.lock\nprobe.*\n")  # the pack may be committed: whoever clones it is guarded
        name, copied = pack.place(source, target.own)
        pack.switch(target.own, name)
        _step("python", f"{python.path} ({python.version})")
        _step("pack", f"{target.own}/{name}, {'copied' if copied else 'already there'}")
        interpreter.note(target.home, python.path)
        modules = interpreter.compile_pack(python.path, target.home, target.pack, force=copied)
        _step("bytecode", f"{modules} modules")
        again = f"python3 {shlex.quote(source)}/install.py {target.words}"
        _packages(target.home, f"{target.pack}/hooks/requirements.txt", python, again, options)
        command = interpreter.write_command(target.home, target.pack)
        _step("settings", _register(target, hooks, name, created))
        pack.prune(target.own, name)
    _warn_about(target)
    return _show(target, command)


def refuse_a_changed_copy(source: str) -> None:
    """An installed pack can install itself again, but not when somebody changed it."""
    if os.path.basename(source).startswith("pack-") and not pack.is_intact(source):
        raise Trouble(f"{source} is not what was installed: files were changed or lost. Get a fresh copy of Holdfast and run its "
                      "install.py --upgrade.")


def _settings(target: Target, hooks: dict[str, Any]) -> tuple[settings_file.Found, str]:
    found = settings_file.read(target.settings)
    return found, settings_merge.merged(found.text, hooks, found.path)


def _register(target: Target, hooks: dict[str, Any], name: str, created: list[str]) -> str:
    """Write the settings, with a backup and a record of both before; returns what was done, in words."""
    found, text = _settings(target, hooks)
    targets = record.read(target.home)
    old = targets.get(target.folder, {})
    entry = {"version": VERSION, "scope": target.scope, "settings": found.path, "pack": name,
             "created": old.get("created", []) + [folder for folder in created if folder not in old.get("created", [])],
             "before": old.get("before"), "after": [removal.hash_of(text)],
             "backups": [path for path in old.get("backups", []) if os.path.exists(path)]}
    unedited = found.text is not None and removal.hash_of(found.text) in old.get("after", [])
    backup = ""
    if text == found.text:
        if old:  # what was there before us stays on record, whatever the person edited since
            entry["after"] = old["after"]
        else:
            entry["before"] = removal.hash_of(text)
        done = "our hooks are there already"
    elif unedited:  # a run that is killed before it replaces the settings leaves those of now, which are ours all the same
        entry["after"].append(removal.hash_of(found.text or ""))
        done = "our hooks brought up to date"
    else:
        entry["before"] = None if found.text is None else removal.hash_of(found.text)
        backup = _backup(found, entry)
        done = "written" if found.text is None else "our hooks merged in"
    if entry != old:
        record.write(target.home, {**targets, target.folder: entry})
    if backup and not os.path.exists(backup):
        settings_file.back_up(found, target.own, backup)
    if text != found.text:
        settings_file.replace(found, text, target.own)
    return f"{target.settings}: {done}" + (f"; backup {backup}" if backup else "")


def _backup(found: settings_file.Found, entry: dict[str, Any]) -> str:
    """The path of the backup of these settings, which the record names before it is there; "" when there is nothing to back up."""
    if found.text is None:
        return ""
    for path in entry["backups"]:
        if settings_file.read(path).text == found.text:
            return str(path)
    path = settings_file.backup_name(found.path, time.time())
    entry["backups"] = [*entry["backups"], path]
    return path


def _packages(home: str, requirements: str, python: interpreter.Interpreter, again: str, options: Namespace | None) -> bool:
    left_out = packages.state(home) == packages.LEFT_OUT
    if options and (options.without_packages or options.upgrade and left_out):
        outcome = packages.leave_out(home)
    else:
        outcome = packages.install(home, requirements, python, again)
    _step("packages", outcome.what)
    if not outcome.ready:
        _step("", f"to mend it: {outcome.fix}")
    return outcome.ready


def _dry_run(source: str, target: Target, found: settings_file.Found, text: str, options: Namespace) -> int:
    files = pack.files_of(source)
    name = pack.name_of(source, files)
    _diff(found, text)
    if text != found.text and found.text is not None:
        print(f"\nwould back up {found.path} next to it")
    if pack.is_intact(f"{target.own}/{name}"):
        print(f"\n{target.own}/{name} is there already")
    else:
        print(f"\nwould write these {len(files)} files to {target.own}/{name}, and let {target.pack} lead there:")
        print("".join(f"  {path}\n" for path in files), end="")
    made = ["interpreter", "pycache/", "bin/holdfast", "installed.json"] + ([] if options.without_packages else ["venv/"])
    print(f"\nwould write to {target.home}: {', '.join(made)}")
    print("Nothing was changed.")
    return 0


def _diff(found: settings_file.Found, text: str | None) -> None:
    before, after = (found.text or "").splitlines(keepends=True), (text or "").splitlines(keepends=True)
    old, new = ("/dev/null" if one is None else found.path for one in (found.text, text))
    for line in difflib.unified_diff(before, after, old, new):
        print(line, end="" if line.endswith("\n") else "\n\\ No newline at end of file\n")
    if text == found.text:
        print(f"{found.path} stays as it is")


def _warn_about(target: Target) -> None:
    """What of the person's own arrangements keeps the hooks from running, or runs them twice."""
    config = target_of(None, os.environ).folder
    project = os.path.dirname(target.folder) if target.scope == "project" else os.getcwd()
    listed = registration.settings_files(config, project, registration.managed_folder(sys.platform))
    files = [registration.read_settings(*one) for one in listed]
    for settings in files:
        if settings.value.get("disableAllHooks") is True:
            _warn(f"{settings.path} says disableAllHooks: true. NO hook will run, so nothing is guarded. Remove that line.")
        if settings.kind == "managed" and settings.value.get("allowManagedHooksOnly") is True:
            _warn(f"{settings.path} says allowManagedHooksOnly: true. Our hooks will not run; ask your administrator to register them.")
        for fault in settings_merge.faults(settings.value):
            _warn(f"{settings.path}: {fault.what}; the client ignores {'this whole file' if fault.fatal else 'that entry'}. {fault.fix}.")
    found = registration.registrations(config, files)
    if len(found) > 1:
        _warn("every call is judged more than once, because Holdfast is registered in: " + "; ".join(one.where for one in found))
    if os.geteuid() == 0 and os.environ.get("SUDO_USER"):
        _warn("this ran under sudo: what was installed belongs to root. Run install.py as the user who runs the client.")
    program = client.find(os.environ)
    if not program:
        _step("client", "no `claude` on PATH; the hooks take effect as soon as there is one")
        return
    known = client.version(program)
    _step("client", f"{program} {'.'.join(map(str, known)) if known else '(it does not tell its version)'}")
    if known and client.shortcoming(known):
        _warn(f"the client should be updated: {client.shortcoming(known)}. Run: claude update")


def _show(target: Target, command: str) -> int:
    """Put recorded calls through what is registered now."""
    settings = registration.read_settings(target.scope, target.settings)
    config = target_of(None, os.environ).folder
    found = [one for one in registration.registrations(config, [settings]) if one.command("pre_tool_use")]
    if not found:
        raise Trouble(f"the hooks are not in {settings.path}. {settings.fault or 'Another program changed it meanwhile; run this again'}.")
    return _show_registered(found[0], target.home, command, target.words)


def _show_registered(registered: registration.Registered, home: str, command: str, words: str) -> int:
    shown = demo.show(registered, home, os.environ)
    print(f"\nWhat the hook registered in {registered.where} answers:\n\n{demo.rendered(shown)}\n")
    wrong = [one for one in shown if not one.ok]
    if wrong:
        print(f"install.py: {len(wrong)} of {len(shown)} answers are not what they should be, so do not rely on the guard. "
              f"Run: {command} doctor", file=sys.stderr)
        return 1
    again = f"python3 {shlex.quote(registered.pack)}/install.py {words} --uninstall"
    print(f"""What to do next:
  See whether the guard stands, at any time:      {command} doctor
  See why a command is judged as it is:           {command} explain 'rm -rf ~/'
  Work as before; what is run is judged first:    claude -p 'which files are here?'
  Take everything away again:                     {again}""")
    return 0


# ---- the other commands ---------------------------------------------------------------------------------------------------

def installed_targets() -> list[Target]:
    """Every target on record. Raises Trouble when there is none."""
    home = target_of(None, os.environ).home
    targets = [Target(entry["scope"], folder, home) for folder, entry in record.read(home).items() if os.path.isdir(folder)]
    if not targets:
        raise Trouble("nothing is installed yet, so there is nothing to upgrade. Run: python3 install.py")
    return targets


def status(source: str, target: Target, options: Namespace) -> int:
    """What is installed in a target; 0 when it is whole and registered."""
    entry = record.read(target.home).get(target.folder)
    settings = registration.read_settings(target.scope, target.settings)
    events = sorted(registration.only_ours(settings.value.get("hooks")))
    whole = pack.is_intact(target.pack)
    here = pack.name_of(source, pack.files_of(source))
    _say(f"{target.folder}: " + (f"Holdfast {entry['version']}" if entry else "not installed"))
    if entry or events or whole:
        there = os.path.basename(os.path.realpath(target.pack))
        _step("settings", f"{target.settings}: "
              + (f"our hooks on {', '.join(events)}" if events else settings.fault or "no hooks of ours"))
        _step("pack", f"{there}, {'whole' if whole else 'MISSING OR CHANGED'}" + (
            "" if not whole else ", as in this folder" if there == here else f"; this folder holds {here} ({VERSION})"))
        _step("python", interpreter.noted(target.home) or "none noted")
        mark = packages.state(target.home)
        _step("packages", "left out as asked" if mark == packages.LEFT_OUT else "installed" if mark else "none")
        _step("state", target.home)
    return 0 if entry and events and whole else 1


def uninstall(source: str, target: Target, options: Namespace) -> int:
    """Take a target away."""
    planned = removal.plan(target, options.keep_state)
    if options.dry_run:
        _diff(planned.found, planned.text)
        print("".join(f"would remove {path}\n" for path in [*planned.backups, *planned.files]), end="")
        print("Nothing was changed.")
        return 0
    if planned.text == planned.found.text and not planned.files and not os.path.isdir(target.own):
        print(f"Holdfast is not installed in {target.folder}; nothing was changed.")
        return 0
    with Held(f"{target.own}/install.lock", WAIT), Held(f"{target.home}/home.lock", WAIT):
        planned = removal.plan(target, options.keep_state)
        settings_file.clear_remains(planned.found)
        failed = removal.carry_out(target, planned)
    _say(f"Holdfast was taken out of {target.folder}")
    if planned.text != planned.found.text:
        _step("settings", f"{target.settings} " + ("removed, as there was none before" if planned.text is None else
                          "restored byte for byte" if planned.backups else "no longer holds our hooks; the rest is as it was"))
    for path in [*planned.backups, *planned.files]:
        _step("removed", path)
    for path in planned.kept:
        _step("kept", f"{path}: a backup of settings that were edited since. Remove it when you do not need it: rm '{path}'")
    if not planned.last:
        _step("kept", f"{target.home}: another installation uses it")
    elif os.path.isdir(target.home):
        _step("kept", f"{target.home}: {', '.join(sorted(os.listdir(target.home)))}")
    if os.path.exists(f"{target.folder}/holdfast.json"):
        _step("kept", f"{target.folder}/holdfast.json, which is yours")
    for line in failed:
        _warn(f"could not be removed: {line}. Make it removable (sudo chattr -a FILE, or chown), then run this again.")
    return 1 if failed else 0


def plugin(source: str, options: Namespace) -> int:
    """Install or remove through the client."""
    program = client.find(os.environ)
    commands = client.plugin_commands(source, options.uninstall)
    if options.status:
        raise Trouble("ask the client itself: claude plugin list")
    if options.dry_run or not program:
        print("".join(f"{'would run' if options.dry_run else 'run'}: claude {' '.join(words)}\n" for words in commands), end="")
        if options.dry_run:
            return 0
        raise Trouble("there is no `claude` on PATH. Install the client and run this again, or run the commands above yourself.")
    for words in commands:
        _step("client", client.run(program, words).replace("\n", " "))
    if options.uninstall:
        return 0
    _step("note", f"the client runs the plugin from {source}; keep that folder")
    config = target_of(None, os.environ).folder
    user = registration.read_settings("user", f"{config}/settings.json")
    found = [one for one in registration.registrations(config, [user]) if one.kind == "plugin"]
    if not found:
        raise Trouble(f"the client said yes, but {user.path} enables no plugin of ours. Look at: claude plugin list")
    home = found[0].variables["CLAUDE_PLUGIN_DATA"]
    os.environ["HOLDFAST_HOME"] = home
    make_folder(home)
    bootstrap(source, options)
    _warn_about(Target("user", config, home))
    return _show_registered(found[0], home, f"{home}/bin/holdfast", "--plugin")


def bootstrap(source: str, options: Namespace | None = None) -> int:
    """Interpreter, packages, bytecode and the command for a pack that the client put where it is. Once at a time."""
    try:
        home = os.path.abspath(home_folder(dict(os.environ)))
    except NoHome as missing:
        raise Trouble(str(missing)) from None
    with Held(f"{home}/home.lock", WAIT):
        probe.clear_remains(home)
        python = interpreter.running()
        interpreter.note(home, python.path)
        _step("python", f"{python.path} ({python.version})")
        _step("bytecode", f"{interpreter.compile_pack(python.path, home, source, force=False)} modules")
        _step("command", interpreter.write_command(home, source))
        again = f"HOLDFAST_HOME='{home}' python3 {source}/install.py --bootstrap"
        ready = _packages(home, f"{source}/hooks/requirements.txt", python, again, options)
    return 0 if ready else 1


# ---- what is said -----------------------------------------------------------------------------------------------------------

def _say(text: str) -> None:
    print(text, flush=True)


def _step(name: str, text: str) -> None:
    print(f"  {name:<10}{text}", flush=True)


def _warn(text: str) -> None:
    print(f"  WARNING   {text}", flush=True)
