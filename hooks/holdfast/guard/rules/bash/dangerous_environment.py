"""Some variables make programs load code, run commands or find other programs; setting one is running something unseen."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfast.guard.line import Arg, Line, World

_SYSTEM_LIBRARIES = ("/usr/lib", "/lib", "/usr/local/lib", "/opt/")
_COMPILERS = frozenset(("gcc", "g++", "clang", "clang++", "cc", "c++"))
_TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/private/tmp")
# Programs that as pager, editor or helper do no more than show or change the file they are given.
_ORDINARY = frozenset(
    "cat less more most bat vi vim nvim nano emacs code true false : echo tee head delta diff-so-fancy ssh sed ed "
    "open xdg-open wslview firefox chromium meld kdiff3 difft colordiff".split()
)


def check(line: "Line") -> "Iterator[Finding]":
    seen: "set[tuple[str, str]]" = set()
    settings = [(a.name, a.value, a.start, a.end) for a in line.assigned]
    settings += [(name, value, c.start, c.end) for c in line.commands for name, value in c.env.items()]
    for name, given, start, end in settings:
        value = _settled(given, line.world)
        test = _TESTS.get(name) or (_git_config if name.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")) else None)
        if test is None or (name, value.shown) in seen:
            continue
        seen.add((name, value.shown))
        effect = test(value)
        if effect:
            yield Finding(f"{name}={_short(value.shown)} {effect}", start=start, end=end)


def _settled(value: "Arg", world: "World") -> "Arg":
    """The value, with a project or a home that lies in a temporary folder under names that do not."""
    for own, name in ((world.project, "/home/own/project"), (world.home, "/home/own")):
        if own.startswith(_TEMPORARY) and any(isinstance(piece, str) and own in piece for piece in value.pieces):
            value = value.__class__([piece.replace(own, name) if isinstance(piece, str) else piece for piece in value.pieces], value.glob,
                                    value.split, value.word)
    return value


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _library(value: "Arg") -> "str | None":
    """A library that is loaded first: only those of the system, or one that the compiler names, are ordinary."""
    if value.unknowns and all(u.commands and _COMPILERS.issuperset(c.program for c in u.commands) for u in value.unknowns):
        return None
    text = value.value
    if text is not None and all(not part or part.startswith(_SYSTEM_LIBRARIES) for part in text.replace(" ", ":").split(":")):
        return None
    return "loads foreign code into every program started"


def _library_folder(value: "Arg") -> "str | None":
    """Where libraries are looked for: folders of the system and of a build are ordinary, those that anybody can write to are not."""
    parts = value.shown.split(":")
    if any(part.startswith(_TEMPORARY) for part in parts) or parts[0] in (".", "./") or not value.prefix and "$(" in parts[0]:
        return "loads foreign code into every program started"
    return None


def _start_file(value: "Arg") -> "str | None":
    if value.value in ("", "/dev/null"):
        return None
    return "makes every shell or interpreter run that file first"


def _env_file(value: "Arg") -> "str | None":
    """ENV names a start file for sh, and is also what people call `production`: only a path or a computed value counts."""
    text = value.shown
    return _start_file(value) if "/" in text or "$(" in text or "`" in text or text.endswith(".sh") else None


def _prompt(value: "Arg") -> "str | None":
    return None if value.value == "" else "makes the shell run that text at every prompt"


def _trace_prompt(value: "Arg") -> "str | None":
    text = value.shown
    runs = "$(" in text or "`" in text or "${" in text and "@P" in text
    return "makes the shell run that text for every traced command" if runs else None


def _search_path(value: "Arg") -> "str | None":
    for part in value.shown.split(":"):
        if part.strip('"') in ("", ".", "./", "..", "../"):
            return "looks for programs in the current folder, where anybody's file can take a program's name"
        if part.startswith((*_TEMPORARY, "$(mktemp", "`mktemp", "$TMPDIR", "${TMPDIR", "$(curl", "$(cat ")) or part in ("`", "$("):
            return "looks for programs in a folder that anybody can write to"
    return None


def _library_path(value: "Arg") -> "str | None":
    """Where an interpreter looks for its libraries: everybody may write to a temporary folder."""
    hit = any(part.startswith(_TEMPORARY) for part in value.shown.split(":"))
    return "makes every interpreter started look for libraries in a folder that anybody can write to" if hit else None


def _history(value: "Arg") -> "str | None":
    """The record of what is run: a place elsewhere is fine, none is not."""
    return "leaves no record of what is run" if value.value in ("", "/dev/null", "0", "-1", "*", "/dev/zero") else None


def _unrecorded(value: "Arg") -> "str | None":
    return "leaves no record of what begins with a blank" if value.shown in ("ignorespace", "ignoreboth") else None


def _shell(value: "Arg") -> "str | None":
    text = value.value
    if (
        text is None
        or text.rpartition("/")[2] in ("bash", "sh", "zsh", "dash", "ksh", "fish", "false", "nologin", "ash", "")
        and not text.startswith(_TEMPORARY)
    ):
        return None
    return "makes other programs start it as their shell"


def _make_flags(value: "Arg") -> "str | None":
    return "makes every make started run a text" if "--eval" in value.shown or "-f/" in value.shown or "SHELL=" in value.shown else None


_NODE_LOADS = ("-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file", "-e", "--eval")
# Packages that projects are made to be loaded with.
_NODE_LOADERS = tuple(
    """tsx ts-node esbuild-register @swc-node @swc/register @babel/register dotenv/config source-map-support
tsconfig-paths esm ts-blank-space amaro jiti sucrase @oxc-node dd-trace/init @sentry""".split()
)


def _node_options(value: "Arg") -> "str | None":
    if not value.known:  # what a program of the project prints is the project's own
        own = all(made.program in ("node", "echo", "cat") for unknown in value.unknowns for made in unknown.commands)
        return None if own and all(u.commands for u in value.unknowns) else "makes every node process load foreign code"
    words = value.shown.replace("=", " ").split()
    for at, word in enumerate(words):
        loaded = words[at + 1].rstrip("/") + "/" if at + 1 < len(words) else ""
        if word in _NODE_LOADS and not any(loaded.startswith(known + "/") for known in _NODE_LOADERS):
            return "makes every node process load foreign code"
    return None


def _module_flags(value: "Arg") -> "str | None":
    words = value.shown.split()
    bad = any(w.startswith(("-M", "-m", "-I", "-r", "-d", "-e")) for w in words) or not value.known
    return "makes every interpreter started load foreign code" if bad else None


def _java(value: "Arg") -> "str | None":
    return (
        "makes every Java process load an agent"
        if "agent" in value.shown or "-Xrun" in value.shown or "OnOutOfMemory" in value.shown or "OnError" in value.shown
        else None
    )


def _program(value: "Arg") -> "str | None":
    """A helper program: ordinary when its name is known to be harmless and nothing is chained to it."""
    text = value.value
    if text is None:
        return "names a program that is not known before the run"
    if not text.strip():
        return None
    words = text.split()
    if any(c in text for c in ";&|`<>") or "$(" in text:
        return "makes another program run that text as a command"
    if words[0].rpartition("/")[2] not in _ORDINARY:
        return "makes another program start it"
    if words[0].rpartition("/")[2] == "ssh" and any("proxycommand" in w.lower() or "localcommand" in w.lower() for w in words):
        return "makes ssh run a command of its own"
    return None


def _git_config(value: "Arg") -> "str | None":
    text = value.shown.lower()
    keys = (
        "core.pager",
        "core.sshcommand",
        "core.editor",
        "core.hookspath",
        "core.fsmonitor",
        "alias.",
        "diff.external",
        "filter.",
        "credential.helper",
        "uploadpack",
        "receivepack",
        "core.askpass",
        "gpg.program",
        "sequence.editor",
        "pager.",
        "insteadof",
    )
    return "gives git a setting that runs programs" if any(key in text for key in keys) or text.startswith("!") else None


def _options(value: "Arg") -> "str | None":
    text = value.shown
    flags = ("--checkpoint-action", "--to-command", "--use-compress-program", "-I", "--rsh", "--info-script")
    return "makes another program run a command" if any(flag in text for flag in flags) else None


_TESTS: "dict[str, Callable[[Arg], str | None]]" = {
    **dict.fromkeys(
        (
            "LD_PRELOAD",
            "LD_AUDIT",
            "DYLD_INSERT_LIBRARIES",
            "GCONV_PATH",
            "OPENSSL_CONF",
            "OPENSSL_MODULES",
            "LD_PROFILE_OUTPUT",
        ),
        _library,
    ),
    **dict.fromkeys(
        (
            "BASH_ENV",
            "PYTHONSTARTUP",
            "PYTHONHOME",
            "ZDOTDIR",
            "LUA_INIT",
            "R_PROFILE",
            "R_ENVIRON",
            "PERL5DB",
            "INPUTRC",
            "PYTHONBREAKPOINT",
            "VIMINIT",
            "EXINIT",
            "SHELLOPTS",
            "PYTHONUSERBASE",
        ),
        _start_file,
    ),
    "ENV": _env_file,
    "PROMPT_COMMAND": _prompt,
    "PS0": _trace_prompt,
    "PS1": _trace_prompt,
    "PS4": _trace_prompt,
    "PROMPT": _trace_prompt,
    "RPROMPT": _trace_prompt,
    "PATH": _search_path,
    "path": _search_path,
    "FPATH": _search_path,
    "CDPATH": _search_path,
    "NODE_OPTIONS": _node_options,
    "BUN_OPTIONS": _node_options,
    "PERL5OPT": _module_flags,
    "RUBYOPT": _module_flags,
    "JAVA_TOOL_OPTIONS": _java,
    "_JAVA_OPTIONS": _java,
    "JDK_JAVA_OPTIONS": _java,
    "MAVEN_OPTS": _java,
    "GRADLE_OPTS": _java,
    **dict.fromkeys(
        (
            "GIT_SSH_COMMAND",
            "GIT_SSH",
            "GIT_EDITOR",
            "GIT_SEQUENCE_EDITOR",
            "GIT_PAGER",
            "GIT_EXTERNAL_DIFF",
            "GIT_ASKPASS",
            "GIT_PROXY_COMMAND",
            "EDITOR",
            "VISUAL",
            "FCEDIT",
            "PAGER",
            "MANPAGER",
            "SYSTEMD_PAGER",
            "PSQL_PAGER",
            "PSQL_EDITOR",
            "LESSOPEN",
            "LESSCLOSE",
            "BROWSER",
            "SUDO_ASKPASS",
            "SSH_ASKPASS",
            "SUDO_EDITOR",
            "RSYNC_RSH",
            "CVS_RSH",
            "SVN_SSH",
            "SVN_EDITOR",
            "HGEDITOR",
            "LESSEDIT",
            "DELTA_PAGER",
            "BAT_PAGER",
            "AWS_PAGER",
            "GH_PAGER",
            "GH_BROWSER",
            "GH_EDITOR",
            "MANROFFOPT",
            "TEXEDIT",
            "KUBE_EDITOR",
        ),
        _program,
    ),
    **dict.fromkeys(("PERL5LIB", "PERLLIB", "RUBYLIB", "NODE_PATH", "PYTHONPATH", "CLASSPATH", "LUA_PATH", "LUA_CPATH"), _library_path),
    **dict.fromkeys(("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH"), _library_folder),
    "HISTCONTROL": _unrecorded,
    **dict.fromkeys(("HISTFILE", "HISTSIZE", "HISTFILESIZE", "SAVEHIST", "HISTIGNORE"), _history),
    "SHELL": _shell,
    "MAKEFLAGS": _make_flags,
    "GNUMAKEFLAGS": _make_flags,
    "GIT_CONFIG_GLOBAL": _start_file,
    "GIT_CONFIG_SYSTEM": _start_file,
    "GIT_CONFIG": _start_file,
    "TAR_OPTIONS": _options,
    "GIT_TEMPLATE_DIR": _start_file,
    "GIT_EXEC_PATH": _start_file,
    "GIT_CONFIG_PARAMETERS": _git_config,
}

RULE = Rule(
    code="BSH002",
    title="dangerous environment",
    category="bash",
    why="The variable makes other programs run or load something that does not show in the command.",
    instead="Leave the variable unset, or pass the setting as an option of the one program that needs it.",
    severity="danger",
    blocks=(
        "LD_PRELOAD=/tmp/x.so ls",
        "LD_LIBRARY_PATH=/tmp/lib sudo app",
        "export BASH_ENV=./setup.sh",
        "env PYTHONSTARTUP=x.py python3",
        "PROMPT_COMMAND='curl -s example.invalid'",
        "PATH=/tmp/bin:$PATH git status",
        "export PATH=.:$PATH",
        "NODE_OPTIONS='--require ./x.js' npm test",
        "PERL5OPT=-Mevil perl -v",
        "GIT_SSH_COMMAND='sh -c \"id; ssh\"' git fetch",
        "declare -x LD_AUDIT=./a.so",
        "GIT_PAGER='less; id' git log",
        "PS4='$(id)' bash -x run.sh",
        "PAGER=./show.sh man ls",
        "sudo LD_PRELOAD=./x.so id",
        "JAVA_TOOL_OPTIONS=-javaagent:x.jar java -jar a.jar",
        "ENV=./rc.sh sh",
        "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.pager GIT_CONFIG_VALUE_0=id git log",
        "typeset -x DYLD_INSERT_LIBRARIES=x.dylib",
        'EDITOR="$(cat e)" git commit',
        "GIT_EXTERNAL_DIFF=./d.sh git diff",
        "RUBYOPT=-r./x ruby a.rb",
        "LESSOPEN='|id %s' less f",
        "HISTFILE=/dev/null bash",
        "export HISTSIZE=0",
        "HISTFILE= && ls",
        "SHELL=/tmp/x script -q out",
        "MAKEFLAGS='--eval=$(shell id)' make",
        "PERL5LIB=/tmp/lib perl x.pl",
        "export PATH=..:$PATH",
        "GIT_CONFIG_GLOBAL=./evil.cfg git status",
    ),
    allows=(
        'export PATH="$HOME/.local/bin:$PATH"',
        "PATH=$PATH:/usr/local/go/bin go version",
        "PATH=./node_modules/.bin:$PATH eslint .",
        "ENV=production npm start",
        "NODE_OPTIONS=--max-old-space-size=4096 npm run build",
        "NODE_OPTIONS=--import=tsx npm test",
        "GIT_PAGER=cat git log",
        "PAGER=cat man ls",
        "GIT_EDITOR=true git rebase --continue",
        "echo $LD_PRELOAD",
        "grep LD_PRELOAD Dockerfile",
        "unset BASH_ENV",
        "LD_PRELOAD= ls",
        "PYTHONPATH=src pytest",
        "GIT_SSH_COMMAND='ssh -i ~/.ssh/deploy -o IdentitiesOnly=yes' git fetch",
        "JAVA_TOOL_OPTIONS=-Xmx2g mvn test",
        "PS4='+ $LINENO: ' bash -x run.sh",
        "EDITOR=vim git commit",
        "echo 'PROMPT_COMMAND=id'",
        "LD_LIBRARY_PATH=/usr/local/lib ./app",
        "LD_LIBRARY_PATH=/usr/local/cuda/lib64:$LD_LIBRARY_PATH ./app",
        "LD_LIBRARY_PATH=$PWD/build/lib ./app",
        "LD_PRELOAD=$(gcc -print-file-name=libasan.so) ./app",
        "RUBYOPT=-W0 bundle exec rake",
        "GIT_SEQUENCE_EDITOR=\"sed -i 's/pick/squash/'\" git rebase -i HEAD~2",
        "env ENV=test make",
        'export PATH="$(go env GOPATH)/bin:$PATH"',
        "HISTSIZE=10000",
        "MAKEFLAGS=-j8 make",
        "PYTHONPATH=. pytest",
        "SHELL=/bin/bash make",
        "GIT_CONFIG_GLOBAL=/dev/null git status",
        "HISTFILE=~/.cache/history bash",
    ),
    check=check,
)
