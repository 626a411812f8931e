"""The client's permission rules from all settings layers, and what is too wide about them. Pure but for `read_layers`."""

import json
from typing import Any, NamedTuple

INTERPRETERS = frozenset("""python python3 python2 pypy pypy3 node nodejs deno bun ruby perl php lua tclsh osascript Rscript julia bash
sh zsh dash fish ksh pwsh powershell awk gawk sqlite3 psql mysql""".split())
WRAPPERS = frozenset("""sudo doas su env xargs find parallel nohup setsid watch time timeout nice ssh npx uvx pipx bunx exec eval command
script flock strace chroot unshare docker podman kubectl tmux screen at crontab make""".split())
REACHING = {"curl": "any address", "wget": "any address", "nc": "any address", "scp": "any host", "rsync": "any host",
            "rm": "any file", "chmod": "any file", "chown": "any file", "dd": "any file", "mv": "any file", "tee": "any file",
            "kill": "any process", "pkill": "any process"}
# Programs whose first word says what they do: a rule for one names it.
SUBCOMMANDS = frozenset("""git npm pnpm yarn cargo go pip pip3 uv poetry gh glab docker podman kubectl helm terraform tofu aws gcloud az
make just apt apt-get brew systemctl rustup dotnet mvn gradle bundle composer nox tox pre-commit conda""".split())
# Options before the subcommand that take their value as the next word.
_VALUED = {"git": ("-C", "-c", "--git-dir", "--work-tree"), "kubectl": ("-n", "--namespace", "--context", "--kubeconfig"),
           "docker": ("-H", "--host", "--context"), "npm": ("--prefix",), "make": ("-C", "-f", "-j"), "cargo": ("--manifest-path",),
           "helm": ("-n", "--namespace"), "aws": ("--profile", "--region"), "gcloud": ("--project",)}
_WIDE_FOLDERS = ("/", "~", "~/", "/home", "/Users", "/etc", "/usr", "/var", "/opt", "/root", "//")


class Rule(NamedTuple):
    """kind: "allow", "deny", "ask", "mode", "folder" or "servers".  text: as written.  layer: user, project, local or managed.

    path: of the settings file.
    """

    kind: str
    text: str
    layer: str
    path: str


class Broad(NamedTuple):
    """A rule that allows more than it should. why, narrower: for the person."""

    rule: Rule
    why: str
    narrower: str


class Damaged(Exception):
    """A settings file cannot be read; the message says which and why."""


def read_layers(files: "list[tuple[str, str]]") -> "list[Rule]":
    """[(layer, path)] -> every permission rule in them. Missing files are skipped. Raises Damaged."""
    found: "list[Rule]" = []
    for layer, path in files:
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            value = json.loads(text) if text.strip() else {}
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as bad:
            raise Damaged(f"{path} cannot be read ({bad})") from None
        found += rules_of(value, layer, path)
    return found


def rules_of(value: Any, layer: str, path: str) -> "list[Rule]":
    """The permission rules of one settings file's value."""
    found: "list[Rule]" = []
    if not isinstance(value, dict):
        return found
    permissions = value.get("permissions")
    permissions = permissions if isinstance(permissions, dict) else {}
    for kind in ("allow", "deny", "ask"):
        listed = permissions.get(kind)
        found += [Rule(kind, text, layer, path) for text in listed if isinstance(text, str)] if isinstance(listed, list) else []
    if isinstance(permissions.get("defaultMode"), str):
        found.append(Rule("mode", permissions["defaultMode"], layer, path))
    folders = permissions.get("additionalDirectories")
    found += [Rule("folder", text, layer, path) for text in folders if isinstance(text, str)] if isinstance(folders, list) else []
    if value.get("enableAllProjectMcpServers") is True:
        found.append(Rule("servers", "enableAllProjectMcpServers", layer, path))
    return found


def over_broad(rules: "list[Rule]") -> "list[Broad]":
    """What of these rules is too wide."""
    return [Broad(rule, *said) for rule in rules if (said := _too_wide(rule))]


def _too_wide(rule: Rule) -> "tuple[str, str] | None":
    if rule.kind == "mode":
        # dontAsk refuses what no rule allows (client 2.1.329), so it is as narrow as the rules are.
        if rule.text == "bypassPermissions":
            return "no call is ever asked about: what no deny rule or hook stops runs", 'defaultMode "acceptEdits" or "default"'
        return None
    if rule.kind == "folder":
        if rule.text.rstrip("/") in {one.rstrip("/") for one in _WIDE_FOLDERS}:
            return "file tools may work in all of it, other projects and credentials included", "the one folder that is needed"
        return None
    if rule.kind == "servers":
        return "every MCP server that a project's .mcp.json names is started unasked", "enabledMcpjsonServers with the names you know"
    return _allows_too_much(rule.text.strip()) if rule.kind == "allow" else None


def parsed(text: str) -> "tuple[str, str | None]":
    """"Bash(git status:*)" -> ("Bash", "git status:*"); "Bash" -> ("Bash", None)."""
    tool, mark, spec = text.partition("(")
    return tool.strip(), spec.strip()[:-1].strip() if mark and spec.rstrip().endswith(")") else None


def _allows_too_much(text: str) -> "tuple[str, str] | None":
    tool, spec = parsed(text)
    if tool in ("*", "mcp__*") or (tool.endswith("*") and not tool.startswith("mcp__")):
        return f"{tool} stands for tools that nobody has looked at", "each tool by its name"
    if tool in ("Bash", "PowerShell", "Monitor"):
        return _command_too_wide(tool, spec)
    if tool == "WebFetch" and (spec is None or spec in ("*", "domain:*", "domain:**")):
        return "the agent may fetch, and send data to, any host", "WebFetch(domain:docs.example.com) for each host"
    if tool in ("Read", "Edit", "Write", "MultiEdit", "NotebookEdit"):
        return _path_too_wide(tool, spec)
    return None


def _command_too_wide(tool: str, spec: "str | None") -> "tuple[str, str] | None":
    if spec is None or not spec.strip("*: "):
        return "every command runs without a question", f"{tool}(PROGRAM SUBCOMMAND:*) for what is needed, as listed below"
    words = spec.removesuffix(":*").split()
    first = words[0].rstrip("*")
    name = first.rpartition("/")[2]
    ends_open = spec.endswith("*")
    if len(words) == 1 and words[0].endswith("*") and not spec.endswith(":*"):
        why = f"it also allows every other program whose name begins with {first}"
        return why, f"{tool}({first}:*), or better {tool}({first} SUBCOMMAND:*)"
    bare = ends_open and (len(words) == 1 or words[1:] == ["*"] or all(word.startswith("-") or word == "*" for word in words[1:]))
    if name in INTERPRETERS and bare:
        return f"{name} runs any code it is given", f"{tool}({first} path/to/script:*) for the scripts that are needed"
    if name in WRAPPERS and bare:
        return f"{name} starts any other program", f"{tool}(THE PROGRAM:*) itself, without {name}"
    if name in REACHING and bare:
        return f"it reaches {REACHING[name]}", f"{tool}({name} WITH ITS OPTIONS AND TARGET), exactly as needed"
    return None


def _path_too_wide(tool: str, spec: "str | None") -> "tuple[str, str] | None":
    if spec is None:
        return (None if tool == "Read" else ("every file may be written", f"{tool}(src/**) or the folders that are needed"))
    if spec in ("*", "**", "//**", "//*", "//", "~/**", "~/*", "~", "//home/**", "//Users/**", "//etc/**", "//root/**"):
        what = "read, keys and credentials included" if tool == "Read" else "written"
        return (f"every file there may be {what}", f"{tool}(src/**) or the folders that are needed")
    return None


def covers(rule_text: str, need: str) -> bool:
    """Whether an allow rule allows what a narrow rule (one that `narrowest` makes) allows."""
    tool, spec = parsed(rule_text)
    needed, exactly = parsed(need)
    if tool != needed and not (tool.endswith("*") and needed.startswith(tool[:-1])):
        return False
    if spec is None or spec in ("*", ":*") or exactly is None:
        return spec is None or spec in ("*", ":*", exactly)
    mine, theirs = spec.removesuffix(":*").removesuffix("*").rstrip(), exactly.removesuffix(":*").removesuffix("**")
    return theirs == mine or theirs.startswith(mine if spec.endswith("*") and not spec.endswith((":*", " *")) else mine + " ") or \
        (tool in ("Read", "Edit", "Write") and spec.endswith("**") and theirs.startswith(spec[:-2]))


def needed_rule(program: str, words: "list[str]") -> str:
    """The narrowest rule for one command that ran. words: its known arguments."""
    if program in SUBCOMMANDS:
        at = 0
        while at < len(words) and words[at].startswith("-"):
            at += 2 if words[at] in _VALUED.get(program, ()) else 1
        end = at + 2 if words[at:at + 1] == ["run"] and len(words) > at + 1 and not words[at + 1].startswith("-") else at + 1
        return f"Bash({' '.join([program, *words[:end]])}:*)"
    if program in INTERPRETERS:
        for at, word in enumerate(words):
            if word in ("-c", "-e", "-"):
                break
            if word == "-m" and at + 1 < len(words):
                return f"Bash({program} -m {words[at + 1]}:*)"
            if not word.startswith("-"):
                return f"Bash({program} {word}:*)"
        return f"Bash({program} …)"
    return f"Bash({program}:*)"
