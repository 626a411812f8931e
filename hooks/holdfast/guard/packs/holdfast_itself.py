"""Holdfast itself: its files and its registration, what switches its hooks off, and the commands that are for people alone.

Reading any of it is fine. `guarded` answers for the tools that name a file; the patterns answer for commands.
"""

from holdfast.guard.effects import writes
from holdfast.guard.flow import PROGRAMS
from holdfast.guard.line import Arg
from holdfast.guard.paths import inside, is_root_like, normalise, normalise_real, resolve
from holdfast.guard.rule import Finding, Pack, Pattern, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, World

# ---- which files ----------------------------------------------------------------------------------------------------

# In the client's configuration folder, in a project's .claude folder, and an administrator's.
_CONFIG = """settings.json settings.local.json holdfast.json holdfast plugins/installed_plugins.json plugins/known_marketplaces.json
plugins/cache/holdfast plugins/marketplaces/holdfast plugins/data/holdfast-holdfast""".split()
_PROJECT = "settings.json settings.local.json holdfast.json holdfast".split()
_NAMES = frozenset("""settings.json settings.local.json holdfast.json audit.jsonl audit.jsonl.head exceptions.json trusted.json
interpreter""".split())
_MANAGED = ("/etc/claude-code", "/Library/Application Support/ClaudeCode")
_SETTINGS = ("/.claude/settings.json", "/.claude/settings.local.json", "/.claude/holdfast.json")
_FOLDER_NAMES = ("HOME", "USERPROFILE", "CLAUDE_CONFIG_DIR", "CLAUDE_PROJECT_DIR", "PWD", "OLDPWD", "HOLDFAST_HOME", "CLAUDE_PLUGIN_ROOT")

_REMOVERS = frozenset("rm grm rmdir unlink shred srm trash trash-put wipe rimraf del-cli zf_rm".split())
_MOVERS = frozenset("mv gmv zf_mv rename".split())
_CHANGERS = frozenset(
    """chmod chown chgrp chattr chflags setfacl xattr setfattr mount umount ln link zf_ln zf_chmod zf_chown
truncate""".split()
)
_COPIERS = frozenset("cp install rsync ginstall gcp ditto".split())
_UNPACKERS = {
    "tar": ("-C", "--directory"),
    "bsdtar": ("-C",),
    "unzip": ("-d",),
    "7z": ("-o",),
    "cpio": ("-D",),
    "wget": ("-P",),
    "curl": ("--output-dir",),
    "patch": ("-d", "--directory"),
}
_TOOLS = frozenset("Write Edit MultiEdit NotebookEdit Touch".split())  # the client's and MCP servers' own, as `tools.calls` names them
_FIND_RUNS = _REMOVERS | _MOVERS | frozenset("chmod chown chattr truncate sed perl tee dd cp ln".split())
_GIT = frozenset("checkout restore rm mv clean reset stash".split())
_DOCUMENTS = (".md", ".mdx", ".txt", ".rst", ".html", ".adoc", ".log", ".json", ".po", ".csv", ".tex")
# What program text says when it changes a file.
_CHANGING = (
    "write",
    "'w",
    '"w',
    "'a'",
    '"a"',
    "'r+",
    '"r+',
    "'x'",
    '"x"',
    "unlink",
    "remove",
    "rename",
    "replace(",
    "rmtree",
    "rmSync",
    "rm(",
    "chmod",
    "truncate",
    "delete",
    "move",
    "copy",
    "symlink",
    "dump",
    "FileUtils",
    "appendFile",
    "put_contents",
    "open(my",
    ">",
)

_TAKING = ("unlink", "rmtree", "rmSync", "rmdir", "remove", "rename", "shutil.move", "FileUtils.rm", "delete(")


def guarded(path: str, world: "World") -> bool:
    """True for an absolute path that is, or lies below, something of Holdfast's own or its registration; links are followed."""
    plain, real = normalise(path), normalise_real(path, world)
    return any(inside(spelled, own) for own in _own(world) for spelled in (plain, real)) or _other_home(plain)


_kept: "tuple[World | None, list[str]]" = (None, [])  # of the last World asked about: a call is judged in one


def _own(world: "World") -> "list[str]":
    """Every guarded path, as spelled and with links followed."""
    global _kept
    if _kept[0] is not world:
        _kept = world, list(dict.fromkeys(_listed(world)))
    return _kept[1]


def _listed(world: "World") -> "Iterator[str]":
    for path in (*_MANAGED, *world.protected):
        yield path
        yield normalise_real(path, world)
    configs = (world.home and f"{world.home}/.claude", world.env.get("CLAUDE_CONFIG_DIR", "").rstrip("/"))
    folders = {config: _CONFIG for config in configs if config}
    if world.project and world.project != world.home:
        folders[f"{world.project}/.claude"] = _PROJECT
    for folder, names in folders.items():
        real = normalise_real(folder, world)
        for name in names:
            yield f"{folder}/{name}"
            yield f"{real}/{name}"
            if name.endswith(".json"):  # people keep these elsewhere and link them
                yield normalise_real(f"{folder}/{name}", world)


def _other_home(path: str) -> bool:
    """The client's settings of another user."""
    for end in _SETTINGS:
        if path.endswith(end):
            home = path[: -len(end)]
            return home == "/root" or (home.startswith(("/home/", "/Users/")) and home.count("/") == 2)
    return False


def _changed(command: "Command", line: "Line") -> "Finding | None":
    """HLD001: the command writes, replaces, moves, removes or locks something guarded."""
    world, listed = line.world, ""
    own: "tuple[str, ...]" = ()
    for arg, path, takes_all in _touched(command, line):
        # In the client's folder itself every name that is not known may be the one.
        hit = arg.value is None and (_named(arg) or command.cwd is not None and command.cwd.endswith("/.claude"))
        hit = hit or path is None and command.cwd is None and ".claude" in line.text and arg.shown.rpartition("/")[2] in _NAMES
        if not hit and path is not None:
            if not own:
                own = tuple(_own(world))
                listed = "\n" + "\n".join(own)
            for spelled in {path, _as_written(arg, command) or path}:
                # Most paths are far from all of them, which is quickly seen.
                near = spelled.startswith(own) or takes_all and "\n" + spelled in listed or not {"*", "?", "["}.isdisjoint(spelled)
                hit = hit or near and any(_reaches(spelled, one, takes_all, world) for one in own)
            hit = hit or _other_home(path)
        if hit:
            return Finding(f"`{short(command)}` changes {arg.shown}, which belongs to Holdfast or registers it")
    if command.program in ("pip", "pip3") and "/holdfast/venv/" in command.argv[0].shown and command.sub().program.endswith("install"):
        return Finding(f"`{short(command)}` changes the packages that Holdfast's command runs on")
    for code in command.code:
        text = code.text.value if code.text is not None and code.origin != "file" else None
        if text and code.language in PROGRAMS and code.language != "sh" and _code_changes(text):
            return Finding(f"the {code.language} text that `{command.program}` runs changes Holdfast's own files or its registration")
    return None


def _as_written(arg: "Arg", command: "Command") -> str:
    """The absolute path before links are followed, "" when it is not known."""
    text = arg.value or ""
    if text[:1] == "/":
        return normalise(text)
    return normalise(f"{command.cwd}/{text}") if text and command.cwd else ""


def _touched(command: "Command", line: "Line") -> "Iterator[tuple[Arg, str | None, bool]]":
    """Yield (Arg, resolved path or None, whether all below that path is meant) for everything the command would change."""
    world, program = line.world, command.program
    for write in writes(command, world):
        yield write.arg, write.path, False
    if program in _TOOLS:
        for arg in command.args:
            yield arg, resolve(arg, command, world), False
    elif program in _REMOVERS or program in _MOVERS:
        operands = command.operands("-t --target-directory -S --suffix -n -s")
        if program in _MOVERS and len(operands) > 1 and command.flag_value("-t", "--target-directory") is None:
            operands.pop()  # where it goes is written, not taken away
        for arg in operands:
            yield arg, resolve(arg, command, world), True
    elif program in _COPIERS:
        operands = command.operands(
            "-t --target-directory -S --suffix -m --mode -o --owner -g --group -s --size -e --rsh -f --filter --exclude"
        )
        poured = any(arg.shown.endswith(("/.", "/*")) or (program == "rsync" and arg.shown.endswith("/")) for arg in operands[:-1])
        if operands and (poured or command.has_flag("--delete")):
            # A whole folder poured over the client's configuration takes the place of what lies there.
            path = resolve(operands[-1], command, world)
            yield operands[-1], path, path == f"{world.home}/.claude" or command.has_flag("--delete")
    elif program in _CHANGERS:
        for arg in command.operands("-s --size -n -v -o -t"):
            path = resolve(arg, command, world)
            deep = command.has_flag("R", "--recursive") or program in ("mount", "umount", "ln", "link") or _closes(command)
            yield arg, path, deep
    elif program in _UNPACKERS:
        folder = command.flag_value(*_UNPACKERS[program])
        unnamed = program != "curl" or command.has_flag("O", "--remote-name", "--remote-name-all")
        if folder is None and unnamed and command.cwd and command.cwd.endswith("/.claude"):
            folder = Arg((command.cwd,))
        if folder is not None and not (program in ("tar", "bsdtar") and command.has_flag("c", "t", "--create", "--list")):
            path = resolve(folder, command, world)
            yield folder, path, bool(path and path.endswith("/.claude"))
    elif program == "find" and (command.has_flag("-delete") or not _FIND_RUNS.isdisjoint(a.shown.rpartition("/")[2] for a in command.args)):
        for arg in command.args:
            if arg.prefix[:1] in ("-", "(", "!"):
                break
            yield arg, resolve(arg, command, world), True
    elif program == "git":
        git, base = command.sub("-C -c --git-dir --work-tree --namespace"), command.flag_value("-C")
        below = resolve(base, command, world) if base is not None else command.cwd
        if git.program in _GIT and not (git.program in ("reset", "stash", "clean") and len(git.argv) < 3):
            for arg in git.operands("-b -B -m -s --source"):
                takes_all = git.program in ("rm", "mv", "checkout", "restore") and (arg.value or "").endswith(".claude")
                inner = f"{below}/{arg.value}" if below and arg.value and arg.value[0] != "/" else arg
                yield arg, resolve(inner, command, world), takes_all


def _closes(command: "Command") -> bool:
    """True for a chmod that takes the owner's right to read or enter."""
    mode = next((a.shown for a in command.args if a.shown.lstrip("-")[:1].isdigit() or "-" in a.shown), "")
    if command.program != "chmod" or not mode:
        return False
    if mode.isdigit():
        return int(mode[-3:].rjust(3, "0")[0]) & 5 != 5
    who, minus, what = mode.partition("-")
    return bool(minus) and (not who or "u" in who or "a" in who) and ("r" in what or "x" in what)


def _reaches(path: str, own: str, takes_all: bool, world: "World") -> bool:
    """True when a path, which may hold globs, is a guarded one or lies below it, or is a folder above it whose whole content is meant."""
    if not any(mark in path for mark in "*?["):
        if inside(path, own):
            return True
        # Homes, the project itself and what lies above them are for the rules about destructive targets.
        if not takes_all or not inside(own, path) or is_root_like(path) or (world.home and inside(world.home, path)):
            return False
        return "/.claude" in path or not (world.project and inside(world.project, path) and inside(own, world.project))
    parts, own_parts = path.strip("/").split("/"), own.strip("/").split("/")
    if len(parts) < len(own_parts) and not (takes_all and ".claude" in own_parts[:len(parts)]):
        return False
    # A star does not take a name that begins with a dot.
    return all(_fits(pattern, name) and not (name[:1] == "." and pattern[:1] in "*?[")
               for pattern, name in zip(parts, own_parts, strict=False))


def _fits(pattern: str, name: str) -> bool:
    """Shell wildcards; a bracket stands for any one character."""
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(_fits(pattern[1:], name[at:]) for at in range(len(name) + 1))
    if pattern[0] == "[" and "]" in pattern:
        return bool(name) and _fits(pattern[pattern.index("]") + 1 :], name[1:])
    return bool(name) and pattern[0] in (name[0], "?") and _fits(pattern[1:], name[1:])


def _named(arg: "Arg") -> bool:
    """A path that is not wholly known, and still names the client's settings or our folder by its end."""
    last = arg.pieces[-1] if arg.pieces else ""
    if not isinstance(last, str) or not any(u.name in _FOLDER_NAMES or u.kind == "output" for u in arg.unknowns):
        return False
    shown = arg.shown
    return (
        shown.endswith((*_SETTINGS, "CLAUDE_CONFIG_DIR/settings.json", "CLAUDE_CONFIG_DIR}/settings.json"))
        or "/.claude/holdfast/" in shown
        or "HOLDFAST_HOME" in shown
    )


def _code_changes(text: str) -> bool:
    if "claude" not in text and "holdfast" not in text:
        return False
    if any(name in text for name in (".claude'", '.claude"', ".claude/*", ".claude/plugins")) and any(mark in text for mark in _TAKING):
        return True
    named = any(
        name in text
        for name in (
            "settings.json",
            "settings.local.json",
            "holdfast.json",
            ".claude/holdfast",
            "claude-code/managed",
            "installed_plugins.json",
            "known_marketplaces.json",
        )
    )
    return named and any(mark in text for mark in _CHANGING)


# ---- switching the hooks off ------------------------------------------------------------------------------------------

_OFF = ("CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE")
_MOVED = (
    "CLAUDE_CONFIG_DIR",
    "HOLDFAST_HOME",
    "CLAUDE_PLUGIN_DATA",
    "CLAUDE_PLUGIN_ROOT",
    "CLAUDE_CODE_PLUGIN_CACHE_DIR",
    "CLAUDE_CODE_MANAGED_SETTINGS_PATH",
)
_HOOK_NAMES = ("pre_tool_use", "post_tool_use", "config_change.py", "session_start.py", "session_end.py", "holdfast", "hooks/launch")
_KILLERS = frozenset("pkill killall kill skill".split())
_VALUES = """--settings --setting-sources --model --append-system-prompt --system-prompt --permission-mode --add-dir --allowedTools
--allowed-tools --disallowedTools --disallowed-tools --mcp-config --output-format --input-format --session-id -r --resume --agents
--plugin-dir --max-turns --max-budget-usd --fallback-model --effort -n --name -d --debug-file --betas --json-schema"""
# Subcommands and options with which no agent starts.
_QUIET = frozenset("mcp plugin plugins config doctor update upgrade install auth login logout setup-token agents help".split())


def _switched_off(command: "Command", line: "Line") -> "Finding | None":
    """HLD002: the hooks are switched off, killed or unregistered, or an agent is started without them."""
    if "disableAllHooks" in line.text and _writes_settings(command, line):
        return Finding("settings that switch all hooks off are written")
    for row in _rows(command, line, "claude"):
        words = [word.rpartition("/")[2] for word in row.split()]
        if "claude" in words[:6] and not {"--bare", "--safe-mode"}.isdisjoint(words[words.index("claude") :]):
            return Finding("a script that starts an agent without hooks is written")
    for name in _OFF:
        value = command.env.get(name)
        if value is not None and value.value not in ("", "0", "false"):
            return Finding(f"`{name}` switches all hooks off")
    if command.program in ("export", "declare", "typeset", "setenv", "env"):
        for arg in command.args:
            if arg.prefix.startswith(tuple(name + "=" for name in _OFF)) and arg.prefix.partition("=")[2] not in ("", "0", "false"):
                return Finding(f"`{arg.prefix.partition('=')[0]}` switches all hooks off")
    if command.program in _KILLERS:
        finders = ("pgrep", "pidof", "grep", "rg", "awk", *_KILLERS)
        mentions = " ".join(a.shown for c in line.commands if c.program in finders for a in c.args)
        if any(name in mentions for name in _HOOK_NAMES):
            return Finding(f"`{short(command)}` kills Holdfast's hooks")
        return None
    if any(a.prefix == "--uninstall" for a in command.args) and _is_installer(command, line.world):
        return Finding("install.py --uninstall removes Holdfast")
    if command.program == "holdfast" or _script(command).endswith("holdfast_cli.py"):
        run = _behind_run(command)
        return _agent_fault(run, line) if run is not None and _is_client(run) else None
    return _agent_fault(command, line) if _is_client(command) else None


def _writes_settings(command: "Command", line: "Line") -> bool:
    """Whether this writes a text that says disableAllHooks to a file of client settings, wherever it lies."""
    targets = [command.args[0].shown] if command.program in _TOOLS and command.args else [w.arg.shown for w in writes(command, line.world)]
    texts = [a.shown for a in command.args] + ([command.stdin.shown] if command.stdin is not None else [])
    return any(target.rpartition("/")[2] in ("settings.json", "settings.local.json", "managed-settings.json") for target in targets) and \
        any("disableAllHooks" in text for text in texts)


def _is_client(command: "Command") -> bool:
    if command.program in ("claude", "claude-code"):
        return True
    first = command.argv[0].shown if command.argv else ""
    return (
        "@anthropic-ai/claude-code" in first
        or command.program.startswith("claude-code@")
        or "claude-code/cli" in _script(command)
        or _script(command).endswith("/claude")
    )


def _script(command: "Command") -> str:
    """The file that an interpreter runs, or the module after -m; "" for anything else."""
    if command.program.startswith(("python", "node", "bun", "deno", "pypy", "uv")):
        module = command.flag_value("-m")
        if module is not None and module.value:
            return module.value
        found = [a for a in command.operands("-X -W --require -r --import") if a.shown != "run"]
        return found[0].shown if found else ""
    return command.argv[0].shown if command.argv else ""


def _is_installer(command: "Command", world: "World") -> bool:
    for arg in command.argv[:3]:
        if arg.shown.endswith("install.py"):
            path = resolve(arg, command, world) or arg.shown
            return "holdfast" in path or any(inside(path, own) for own in world.protected)
    return False


def _agent_fault(command: "Command", line: "Line") -> "Finding | None":
    world = line.world
    if command.has_flag("--bare", "--safe-mode"):
        return Finding(f"`{short(command)}` starts an agent without hooks")
    given = command.flag_value("--settings")
    if given is not None and (
        given.value is None
        or not given.value.lstrip().startswith("{")
        or any(word in given.value for word in ("Hooks", "olugins", "nabledPlugins", "CLAUDE_CODE_", "strictPlugin"))
    ):
        return Finding("`claude --settings` can switch the hooks off, and these settings were not read")
    given = command.flag_value("--setting-sources")
    if given is not None and "user" not in (given.value or "").split(","):
        return Finding("`--setting-sources` leaves the user's settings out, where the hooks are registered")
    sub = command.sub(_VALUES)
    if sub.program in ("plugin", "plugins"):
        verb = sub.sub()
        if verb.program == "marketplace":
            verb = verb.sub()
        words = " ".join(a.shown for a in verb.args)
        whole = "holdfast" in words or verb.has_flag("a", "--all") or "$" in words
        if whole and verb.program in ("disable", "uninstall", "remove", "rm"):
            return Finding(f"`{short(command)}` unregisters Holdfast")
        return None
    if (
        sub.program == "config"
        and any(word in a.shown for a in sub.args for word in ("Hooks", "hooks", "nabledPlugins"))
        and sub.sub().program in ("set", "add", "remove", "rm")
    ):
        return Finding(f"`{short(command)}` changes how hooks are registered")
    if sub.program in _QUIET or command.has_flag("--version", "-v", "--help", "-h"):
        return None
    for name in _MOVED:
        if name in command.env and (command.env[name].value is None or command.env[name].value != world.env.get(name)):
            return Finding(f"`{name}` sends this agent to another configuration, without the hooks")
    home = command.env.get("HOME")
    if (home is not None and home.value != world.home) or "env -i" in command.via:
        return Finding("this agent would not find the settings that register the hooks")
    if not {"bwrap", "chroot", "unshare", "proot", "firejail", "nsenter"}.isdisjoint(command.via):
        return Finding("where this agent runs, the settings that register the hooks need not be what they are here")
    if command.root and world.home != "/root":
        return Finding("an agent of another user runs without this user's hooks")
    if any(c.program == "unset" and "HOME" in c.words for c in line.commands):
        return Finding("this agent would not find the settings that register the hooks")
    return None


# ---- what only a person may do ----------------------------------------------------------------------------------------

_FOR_PEOPLE = {"allow": "exceptions", "revoke": "exceptions", "trust": "trust", "untrust": "trust"}
_CHANGES = {"settings": ("set", "unset", "reset", "edit", "add", "remove"), "audit": ("unseal",), "constraint": ("add", "lift"),
            "handoff": ("adopt",)}


def _for_people(command: "Command", line: "Line") -> "Finding | None":
    """HLD003: the command grants, trusts or changes settings, in whatever form."""
    for code in command.code:
        text = code.text.value if code.text is not None and code.origin != "file" else None
        if text and code.language in PROGRAMS and code.language != "sh" and "holdfast" in text and _speaks_of_grants(text):
            return Finding(f"the {code.language} text that `{command.program}` runs grants something in a person's name")
    own = _own_command(command)
    if own is None:
        return _copied(command, line) or _written(command, line)
    sub = own.sub()
    if not sub.argv:
        return Finding(f"what `{short(command)}` would do is known only when it runs") if own.open_ended else None
    if sub.has_flag("-h", "--help", "--list"):
        return None
    if not sub.program:
        return Finding(f"what `{short(command)}` would do is known only when it runs")
    if sub.program in _FOR_PEOPLE:
        return Finding(f"`holdfast {sub.program}` changes {_FOR_PEOPLE[sub.program]}, and that is for a person to do")
    if sub.program in _CHANGES:
        verb = sub.sub()
        if verb.program in _CHANGES[sub.program] or (not verb.program and (verb.argv or sub.open_ended)):
            return Finding(f"`holdfast {sub.program} {verb.program or '…'}` is for a person to do")
    if sub.program == "run":
        run = _behind_run(own)
        if run is None or not _is_client(run):
            return Finding("`holdfast run` by an agent starts agents alone; anything else runs as it is, where it can be judged")
    return None


def _own_command(command: "Command") -> "Command | None":
    """The Command as one of `holdfast`: argv[0] is the command line itself. None when it is another program."""
    if command.program == "holdfast":
        return command
    name = _script(command)
    if command.program.startswith(("python", "pypy", "uv")) and (
        name.endswith("holdfast_cli.py") or name == "holdfast" or name.startswith("holdfast.")
    ):
        shown = [a.shown for a in command.argv]
        return command._with(command.argv[shown.index(name) :])
    return command if command.program == "holdfast_cli.py" else None


def _behind_run(command: "Command") -> "Command | None":
    """The Command that `holdfast run` would start."""
    own = _own_command(command)
    sub = own.sub() if own is not None else None
    if sub is None or sub.program != "run":
        return None
    words = [a.shown for a in sub.argv]
    return sub._with(sub.argv[words.index("--") + 1 :]) if "--" in words else sub.sub("--keep --env-file --read-only")


def _speaks_of_grants(text: str) -> bool:
    words = "".join(c if c.isalnum() or c == "_" else " " for c in text).split()
    return not {"allow", "revoke", "trust", "untrust", "unseal", "lift", "adopt"}.isdisjoint(words) or {"settings", "set"} <= set(words)


def _copied(command: "Command", line: "Line") -> "Finding | None":
    """The command line under another name."""
    if command.program in ("cp", "mv", "ln", "install", "link"):
        for arg in command.operands("-t --target-directory -m --mode -o --owner -g --group")[:-1]:
            if arg.shown.endswith(("/bin/holdfast", "/holdfast_cli.py")):
                return Finding(f"`{short(command)}` gives Holdfast's command another name")
    return None


def _written(command: "Command", line: "Line") -> "Finding | None":
    """A script that holds such a command is written."""
    if any(_begins_with_grant(row) for row in _rows(command, line, "holdfast")):
        return Finding("a script with a command in it that only a person may run is written")
    return None


def _rows(command: "Command", line: "Line", word: str) -> "list[str]":
    """The commands, as far as a glance tells, of a text with this word in it that is written to a file that may be run."""
    if command.program in _TOOLS:
        targets = [command.args[0].shown] if command.args else []
    elif any(r.writes for r in command.redirects) or command.program in ("tee", "sponge", "dd"):
        targets = [w.arg.shown for w in writes(command, line.world)]
    else:
        return []
    texts = [command.stdin.shown] if command.stdin is not None else []
    texts += [a.shown for a in command.args] if command.program in ("echo", "printf", "print") else []
    if all(target.endswith(_DOCUMENTS) or target.startswith("/dev/") for target in targets):
        return []
    return [row for text in texts if word in text for row in text.replace(";", "\n").replace("&&", "\n").replace("|", "\n").split("\n")]


def _begins_with_grant(row: str) -> bool:
    words = row.split()[:4]
    return any(word.rpartition("/")[2] in ("holdfast", "holdfast_cli.py") and follower in _FOR_PEOPLE
               for word, follower in zip(words, words[1:], strict=False))


# ---- the pack ---------------------------------------------------------------------------------------------------------

_INTERPRETERS = "python python3 python2 pypy3 node bun deno perl ruby php lua uv tclsh osascript"


class _Itself(Pack):
    """Asks about every command: any of them can redirect into our files."""

    __slots__ = ()

    def findings(self, line: "Line") -> "Iterator[Finding]":
        for command in line.commands:
            for pattern in self.patterns:
                found = pattern.test(command, line)
                if isinstance(found, Finding):
                    found.rule = pattern
                    if found.start is None:
                        found.start, found.end = command.start, command.end
                    yield found


PACK = _Itself(
    "holdfast",
    Pattern(
        code="HLD001",
        title="change of the guard itself",
        severity="catastrophic",
        programs=" ".join(sorted(_REMOVERS | _MOVERS | _CHANGERS | _COPIERS | _TOOLS | set(_UNPACKERS)))
        + " find git pip pip3 "
        + _INTERPRETERS,
        why="Holdfast's files, its settings and the client's settings decide what every agent may do, so no tool call may change them.",
        instead="Say what you want changed and let a person do it; reading these files is fine, as with `cat ~/.claude/settings.json`.",
        blocks=(
            "rm -rf ~/.claude/holdfast",
            "cd ~/.claude && sed -i s/PreToolUse/Off/ settings.json",
            "echo '{}' > .claude/settings.local.json",
            "mv ~/.claude ~/.claude.old",
            "chmod -R -x ~/.claude/holdfast/pack/hooks",
            "ln -sf /dev/null ~/.claude/holdfast.json",
            "python3 -c \"open('/home/dev/.claude/settings.json','w').write('{}')\"",
            "rm ~/.claude/settings*",
            "tee \"$CLAUDE_PROJECT_DIR/.claude/settings.json\" <<< '{}'",
            "sudo chattr -a ~/.claude/holdfast/projects/x/audit.jsonl",
        ),
        allows=(
            "cat ~/.claude/settings.json",
            "jq .hooks .claude/settings.json > /tmp/hooks.json",
            "cp ~/.claude/settings.json /tmp/copy.json",
            "echo x > .claude/commands/review.md",
            "git add .claude/settings.json",
            "chmod -R u+w .",
            "grep -rn hooks ~/.claude",
            "rm -rf build *.json",
            "vim config/settings.json",
            "tail -n 3 ~/.claude/holdfast/stderr.log 2>/dev/null",
        ),
        test=_changed,
    ),
    Pattern(
        code="HLD002",
        title="agent without the guard",
        severity="catastrophic",
        programs="claude claude-code npx bunx pnpm yarn npm export declare typeset setenv env install.py holdfast "
        + " ".join(sorted(_KILLERS))
        + " "
        + _INTERPRETERS,
        why="With the hooks switched off, killed or left out, nothing judges or records what an agent does.",
        instead="Start the agent with the person's own settings, as in `claude -p 'summarise the log'`.",
        blocks=(
            "claude --bare -p 'do it'",
            "CLAUDE_CODE_SIMPLE=1 claude -p x",
            "claude --settings '{\"disableAllHooks\": true}' -p x",
            "env -i claude -p x",
            "cd /tmp && HOME=/tmp claude -p x",
            "npx -y @anthropic-ai/claude-code@latest --bare -p x",
            "CLAUDE_CONFIG_DIR=/tmp/c claude -p x",
            "claude --setting-sources project -p x",
            "claude plugin disable holdfast@holdfast",
            "pkill -f pre_tool_use",
            "python3 ~/src/holdfast/install.py --uninstall",
            "export CLAUDE_CODE_SAFE_MODE=1",
            "holdfast run -- claude --bare -p x",
        ),
        allows=(
            "claude -p 'fix the tests'",
            "claude --version",
            "claude mcp list",
            "claude -p 'explain what --bare does'",
            "claude --dangerously-skip-permissions -p 'run the migration'",
            "CLAUDE_CODE_SIMPLE= claude -p x",
            'claude --settings \'{"model": "sonnet"}\' -p x',
            "claude plugin list",
            "pkill -f 'node server.js'",
            "holdfast run -- claude -p x",
            "python3 install.py --uninstall",
            "npm install -g @anthropic-ai/claude-code",
        ),
        test=_switched_off,
    ),
    Pattern(
        code="HLD003",
        title="a grant made by the agent",
        severity="catastrophic",
        programs="holdfast holdfast_cli.py cp mv ln install link tee sponge dd " + _INTERPRETERS,
        why="Exceptions, trust and settings are a person's decisions; an agent that makes them for itself has no guard.",
        instead="Say which command was refused and that a person can allow it; do not look for another way.",
        blocks=(
            "holdfast allow STR005 --why 'needed for the build'",
            "~/.claude/holdfast/bin/holdfast trust",
            "python3 ~/.claude/holdfast/pack/hooks/holdfast_cli.py allow STR005 --why x",
            "cd /tmp && python3 -m holdfast.cli.main revoke 3",
            "echo STR005 | xargs holdfast allow --why x",
            "python3 -c \"import os; os.system('holdfast allow STR005 --why x')\"",
            "printf 'holdfast allow STR005 --why x\\n' > go.sh",
            "holdfast settings set guard.fail open",
            "holdfast audit unseal",
            "holdfast constraint lift C1",
            "holdfast handoff adopt other.json",
            "holdfast run -- rm -rf build",
            'holdfast "$1"',
        ),
        allows=(
            "holdfast explain 'rm -rf build'",
            "holdfast allow --list",
            "holdfast constraint list",
            "holdfast note decision 'use sqlite' --because 'no server'",
            "holdfast trust --list",
            "holdfast audit verify",
            "holdfast settings check",
            "echo 'a person can run: holdfast allow STR005'",
            "git commit -m 'Document holdfast allow'",
            "grep -rn 'holdfast allow' docs",
            "holdfast allow --help",
            "holdfast doctor",
            "npm run allow",
            "python3 -c 'print(1)'",
        ),
        test=_for_people,
    ),
)
