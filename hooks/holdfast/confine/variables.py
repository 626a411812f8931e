"""The environment an agent gets: an allow-list of names, files of variables by scope, and names that are never passed on."""

import os
import stat
from typing import NamedTuple

# What the client and ordinary tools need to work. A name that ends in * stands for all that begin so.
PASSED = """PATH HOME USER LOGNAME SHELL TERM COLORTERM TERM_PROGRAM NO_COLOR FORCE_COLOR COLUMNS LINES LANG LANGUAGE LC_* TZ TMPDIR
XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_RUNTIME_DIR
SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE CURL_CA_BUNDLE
HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy no_proxy all_proxy
ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_BASE_URL ANTHROPIC_MODEL ANTHROPIC_SMALL_FAST_MODEL ANTHROPIC_DEFAULT_*
CLAUDE_CONFIG_DIR CLAUDE_CODE_OAUTH_TOKEN CLAUDE_CODE_MAX_OUTPUT_TOKENS CLAUDE_CODE_MAX_RETRIES CLAUDE_CODE_SHELL
CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC DISABLE_TELEMETRY DISABLE_ERROR_REPORTING DISABLE_AUTOUPDATER HOLDFAST_HOME""".split()

# Never passed on, asked for or not: they switch the hooks off, or run code in whatever the agent starts.
NEVER = """CLAUDE_CODE_SIMPLE CLAUDE_CODE_SAFE_MODE CLAUDE_PLUGIN_ROOT CLAUDE_PLUGIN_DATA CLAUDECODE CLAUDE_CODE_SESSION_ID
CLAUDE_CODE_CHILD_SESSION CLAUDE_CODE_MESSAGING_* CLAUDE_PID AI_AGENT CLAUDE_ENV_FILE LD_* DYLD_* BASH_ENV ENV ZDOTDIR
PROMPT_COMMAND PS4 SHELLOPTS BASHOPTS BASH_FUNC_* PYTHONSTARTUP PYTHONHOME PYTHONINSPECT PERL5OPT PERL5DB RUBYOPT
GIT_SSH_COMMAND GIT_EXTERNAL_DIFF IFS""".split()

_LARGEST = 1_048_576  # bytes of a file of variables
SCOPES = ("user", "project", "task")  # from weakest to strongest


class BadVariables(Exception):
    """A file or a name cannot be used; the message says why and how to mend it."""


class Chosen(NamedTuple):
    """variables: name -> value.  sources: name -> where it comes from.  left_out: names that were there and are not passed on."""

    variables: "dict[str, str]"
    sources: "dict[str, str]"
    left_out: "list[str]"


def choose(env: "dict[str, str]", keep: "list[str]", files: "list[tuple[str, str]]") -> Chosen:
    """The variables an agent gets. keep: more names.  files: [(scope, path)]. Raises BadVariables."""
    for name in keep:
        if not _is_name(name):
            raise BadVariables(f"--keep {name!r}: that is not the name of a variable")
        if matches(name, NEVER):
            raise BadVariables(f"--keep {name}: it switches the guard off or runs code in what the agent starts, so it is never passed on")
    chosen = {name: value for name, value in env.items() if name in keep or (matches(name, PASSED) and not matches(name, NEVER))}
    sources = {name: "kept" if name in keep else "default" for name in chosen}
    for scope, path in sorted(files, key=lambda one: SCOPES.index(one[0])):
        for name, value in read_file(path).items():
            chosen[name], sources[name] = value, f"{scope} {path}"
    return Chosen(chosen, sources, sorted(set(env) - set(chosen)))


def matches(name: str, patterns: "list[str]") -> bool:
    """Whether a variable's name is in a list of names, some of which end in *."""
    return any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in patterns)


def scoped(text: str) -> "tuple[str, str]":
    """"[SCOPE:]FILE" -> (scope, path); without a scope it is the task's."""
    scope, mark, path = text.partition(":")
    return (scope, path) if mark and scope in SCOPES else ("task", text)


def read_file(path: str) -> "dict[str, str]":
    """NAME=value lines of a file that its owner alone can read. Nothing is expanded or run. Raises BadVariables."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as bad:
        raise BadVariables(f"{path}: it cannot be read ({bad.strerror})") from None
    try:
        status = os.fstat(fd)  # of what was opened, so that it cannot be swapped in between
        if not stat.S_ISREG(status.st_mode):
            raise BadVariables(f"{path}: it is not an ordinary file")
        if status.st_uid != os.geteuid():
            raise BadVariables(f"{path}: it belongs to another user. Run: sudo chown {os.geteuid()} '{path}'")
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise BadVariables(f"{path}: others can read or write it ({stat.S_IMODE(status.st_mode):04o}). Run: chmod 600 '{path}'")
        data = os.read(fd, _LARGEST + 1)
    finally:
        os.close(fd)
    if len(data) > _LARGEST:
        raise BadVariables(f"{path}: it is larger than 1 MiB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadVariables(f"{path}: it is not UTF-8") from None
    found: "dict[str, str]" = {}
    for number, row in enumerate(text.split("\n"), 1):
        line = row.strip().removeprefix("export ").lstrip()
        if not line or line.startswith("#"):
            continue
        name, mark, value = line.partition("=")
        if not mark or not _is_name(name):
            raise BadVariables(f"{path}, line {number}: it should read NAME=value")
        if matches(name, NEVER):
            raise BadVariables(f"{path}, line {number}: {name} switches the guard off or runs code in what the agent starts. Remove it")
        if "\0" in value:
            raise BadVariables(f"{path}, line {number}: the value holds a NUL")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        found[name] = value
    return found


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier()
