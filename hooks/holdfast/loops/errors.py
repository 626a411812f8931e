"""A failure's text -> its class, what it is about, whether trying again can help, and what to do instead. Pure, no imports.

The classes are permission, not-found, connection, rate limit, timeout, syntax, test failure, missing key, disk, auth, tool misuse and
unknown. Three more are no failures of the agent: "denied" (a rule said no), "refused" (a person did) and "cancelled".
"""

_LOOKED_AT = 6_000  # characters from each end of a text
_BEGINNING = 600  # characters in which the client says that a call was not made
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"), "#")

# Class -> phrases in lower case; the first class with a phrase in the text is the answer, so the telling ones stand first.
_PHRASES: "tuple[tuple[str, tuple[str, ...]], ...]" = (
    ("tool misuse", (
        "<tool_use_error>", "inputvalidationerror", "no replacement was performed", "string to replace not found", "old_string not found",
        "did not appear verbatim", "has not been read yet", "file has been modified since", "found multiple matches",
        "multiple occurrences", "matches of the string to replace", "old_string and new_string are exactly the same", "old_str and new_str",
        "invalid `path` parameter", "invalid `view_range`", "invalid tool parameters", "no such tool", "unknown tool", "tool not found",
        "is not a valid tool", "not formatted correctly", "could not be parsed", "missing required parameter", "required parameter",
        "invalid arguments for tool", "invalid parameter", "no file open", "unrecognized arguments", "unrecognized option",
        "unknown option", "invalid option", "illegal option", "unknown flag", "no such option", "no such command", "is not a git command",
        "unexpected argument", "unknown command", "usage: ")),
    ("rate limit", (
        "429", "rate limit", "rate-limit", "ratelimit", "too many requests", "quota exceeded", "resource_exhausted", "throttl",
        "secondary rate", "overloaded", "slow down")),
    ("missing key", (
        "api key not", "no api key", "missing api key", "api_key must be set", "api key is missing", "api_key client option must be set",
        "environment variable is not set", "environment variable not set", "missing environment variable", "missing required environment",
        "required environment variable", "could not find credentials", "unable to locate credentials", "no credentials",
        "credentials were not found", "default credentials", "missing credentials", "is not set in the environment", "unbound variable",
        "parameter not set", "must be set in", "secret not found", "no value for required variable")),
    ("auth", (
        "401", "unauthorized", "403 forbidden", "error: 403", "http 403", "status 403", "authentication failed", "authentication required",
        "permission denied (publickey", "invalid credentials", "invalid api key", "incorrect api key", "invalid token", "expired token",
        "token has expired", "bad credentials", "could not read username", "could not read password", "password authentication failed",
        "not logged in", "login required", "please log in", "access denied for user", "accessdenied", "access denied", "eneedauth", "e401",
        "e403", "host key verification failed", "not authorized", "unauthenticated", "forbidden")),
    ("disk", (
        "no space left", "enospc", "disk quota", "edquot", "disk full", "read-only file system", "erofs", "out of diskspace")),
    ("permission", (
        "permission denied", "permissionerror", "eacces", "eperm", "operation not permitted", "are you root", "must be root",
        "must be run as root", "requires root", "insufficient permissions", "insufficient privileges", "not in the sudoers",
        "a password is required")),
    ("connection", (
        "connection refused", "econnrefused", "connection reset", "econnreset", "connection timed out", "etimedout", "no route to host",
        "network is unreachable", "could not resolve", "name or service not known", "temporary failure in name resolution", "enotfound",
        "getaddrinfo", "failed to connect", "could not connect", "couldn't connect", "can't connect", "connection error", "connectionerror",
        "connection aborted", "socket hang up", "broken pipe", "network error", "ssl: ", "ssl error", "tls handshake",
        "certificate verify failed", "remote end closed", "502 bad gateway", "503 service", "504 gateway", "max retries exceeded",
        "unexpected eof", "net::err", "econnaborted", "eai_again")),
    ("timeout", (
        "timed out", "timeout", "time limit", "deadline exceeded", "exit code 124")),
    ("syntax", (
        "syntaxerror", "syntax error", "indentationerror", "taberror", "unexpected token", "parse error", "parsing error",
        "unexpected end of", "unterminated", "unmatched", "unexpected indent", "invalid syntax", "jsondecodeerror", "yaml.scanner",
        "error ts", "error[e", "expected ';'", "error: expected", "compilation failed", "failed to compile", "could not compile",
        "undefined: ", "introduced new syntax", "e999", "cannot find symbol", "does not parse")),
    ("not-found", (
        "no such file", "filenotfounderror", "enoent", "command not found", "file does not exist", "does not exist", "modulenotfounderror",
        "no module named", "cannot find module", "module not found", "package not found", "could not find", "cannot find", "not found",
        "no matching distribution", "unable to locate package", "is not recognized", "404", "no such", "eisdir", "is a directory",
        "not a directory", "enotdir", "importerror", "couldn't find", "unknown revision", "did not match any", "cannot open",
        "missing script")),
    ("test failure", (
        "assertionerror", "assertion failed", "test failed", "tests failed", "failures=", "--- fail", " failed, ", "failed in ",
        "test suites:", "failing")),
)
_REFUSED = (
    "the user doesn't want to proceed", "the user doesn't want to take this action", "user rejected", "rejected by the user",
    "request interrupted by user", "user declined", "the tool use was rejected", "user denied", "interrupted by the user")
_CANCELLED = ("sibling tool call errored", "cancelled: parallel tool call", "tool call was cancelled", "cancelled because another")
_DENIED = (
    "hook error", "denied this tool", "has been denied", "permission to use", "requires approval", "haven't granted", "hook blocked",
    "blocked by hook", "denied by your permission settings", "was not run yet", "this command was not run")
# What the first and the last line of an output say when it tells of a failure.
_BEGINS = (
    "error", "<tool_use_error>", "fatal:", "exit code ", "no replacement was performed", "failed ", "invalid ", "traceback")
_FIRST = (
    "syntax error", "error(s)", "failed to ", "could not ", "cannot ", "unable to ", "not formatted correctly")
_LAST = (
    "command not found", "no such file or directory", "permission denied", "no replacement was performed", "npm err!", "syntaxerror",
    "did not appear verbatim", "connection refused", "could not resolve host", "segmentation fault", "core dumped", "exit code 1",
    "exit code: 1", "exit code 2")

PERMANENT = frozenset(("permission", "auth", "missing key"))
TRANSIENT = frozenset(("connection", "rate limit", "timeout"))
UNCOUNTED = frozenset(("refused", "cancelled"))

# Folders that a build fills: a file missing there will not come by asking again.
_GENERATED = ("/dist/", "/build/", "/out/", "/target/", "/node_modules/", "/.next/", "/coverage/", "/generated/", "/gen/", "/__pycache__/",
              "/obj/", "/_build/", "/.cache/")

_ADVICE = {
    "permission":
        "The same account will get the same answer. Work inside the project, choose a path you own, or report which right is "
        "missing.",
    "auth":
        "The credentials at hand are not accepted, and trying again will not change them. Do the part that needs none, or "
        "report what access is missing.",
    "missing key":
        "A variable or key that only a person can give is not set. Do the part that works without it, or report its name.",
    "not-found":
        "List what is there before the next try, or make what is missing: a generated file needs its build first.",
    "connection":
        "Check once that the other side runs and that the address is right; if it is not yours to start, go on with other work.",
    "rate limit":
        "The service counts calls: make fewer and larger ones, and wait before the next.",
    "timeout":
        "Run it in the background, on a smaller part, or with a longer limit, rather than in the same way again.",
    "syntax":
        "Read the lines around the place that is named, as they are now, and write that whole piece anew.",
    "test failure":
        "The last changes did not reach the cause: read the code that the failure names, print the value that is wrong, and "
        "change your explanation first.",
    "disk":
        "Nothing can be written there until there is room: find out what fills it (`df -h`, `du -sh`), or write elsewhere.",
    "tool misuse":
        "Read what the tool asks for, and the file as it is now, before the next call; a smaller, exact piece is found more "
        "surely.",
    "denied":
        "A rule stands against this, in any words. Choose another way to the goal, or stop and report what is needed.",
    "unknown":
        "Read the whole message, find out one thing about its cause, and change the approach before the next try.",
}
_MARKS = str.maketrans(dict.fromkeys("'\"`=$(),", " "))
_QUOTES = {"'": "'", '"': '"', "`": "`", "‘": "’", "“": "”"}
_ENDINGS = ("command not found", "not found", "no such file or directory", "no such file", "does not exist")


class Failure:
    """kind: its class; target: the path, host, command, package or variable it is about, at most 60 characters, counted names folded;
    permanent, transient: whether trying again is known not to help, or may help after a while."""

    __slots__ = ("kind", "target", "permanent", "transient")

    def __init__(self, kind: str, target: str, permanent: bool, transient: bool) -> None:
        self.kind, self.target, self.permanent, self.transient = kind, target, permanent, transient


def classify(text: str, about: str = "", tests_failed: bool = False) -> Failure:
    """text: what the tool said; about: what the call was about, for a text that names nothing; tests_failed: the output counts failed
    tests, which outweighs any word in it. -> Failure."""
    if text[:10] != "Exit code ":  # a command that ran was held back by nobody, whatever it prints
        beginning = text[:_BEGINNING].lower()
        for kind, phrases in (("refused", _REFUSED), ("cancelled", _CANCELLED), ("denied", _DENIED)):
            if any([phrase in beginning for phrase in phrases]):
                return Failure(kind, about[:60], kind == "denied", False)
    text = _telling(text)
    low = text.lower()
    if tests_failed:
        return Failure("test failure", about[:60], False, False)
    for kind, told in _PHRASES:
        for phrase in told:
            at = _find(low, phrase)
            if at >= 0:
                start = low.rfind("\n", 0, at) + 1
                end = low.find("\n", at)
                target = _target(text[start:end if end >= 0 else len(text)], kind, text) or about
                # What a build makes is told by its folder, before the name is cut short.
                permanent = kind in PERMANENT or kind == "not-found" and is_generated(target)
                if kind == "permission" and "/" in target.strip("/"):
                    target = target.rstrip("/").rpartition("/")[0]  # another file of the same folder is the same wall
                if kind != "not-found" or permanent or not _is_path(target):  # each missing file is a thing of its own
                    target = target.translate(_NO_DIGITS)
                return Failure(kind, target[-60:], permanent, kind in TRANSIENT)
    return Failure("unknown", about[:60], False, False)


def soft_failure(text: str) -> bool:
    """True for output that tells of a failure though the call counts as done: `... | tail`, `|| true`, tools that always return."""
    end = text.rstrip()[-_LOOKED_AT:]
    if "Traceback (most recent call last)" in end:
        return end.rpartition("\n")[2][:1].isalpha()  # the exception is the last word, unless something ran on after it
    first = text.lstrip()[:300].partition("\n")[0].lower()
    if first.startswith(_BEGINS) or any([phrase in first for phrase in _FIRST]):
        return True
    last = end[-300:].rpartition("\n")[2].lower()
    return any([phrase in last for phrase in _LAST])


def exit_code(error: str) -> int:
    """"Exit code 3\\n..." -> 3; 0 when the text names none."""
    if error[:10] == "Exit code ":
        code = error[10:14].split("\n")[0].strip()
        if code.isdigit():
            return int(code)
    return 0


def advice(kind: str) -> str:
    """A failure's class -> what to do instead, as a fact or two."""
    return _ADVICE.get(kind, _ADVICE["unknown"])


def back_off(attempt: int, drawn: float, first: float = 5.0, longest: float = 300.0) -> int:
    """attempt: from 1; drawn: a random number in [0, 1) -> seconds to wait. Doubles each time; half of it is jitter, so that agents
    who failed together do not come back together."""
    whole: float = min(longest, first * 2.0 ** min(max(attempt - 1, 0), 10))
    return max(1, round(whole / 2 + whole / 2 * drawn))


def is_generated(path: str) -> bool:
    """True for a path in a folder that a build fills."""
    inside = f"/{path}"
    return any([folder in inside for folder in _GENERATED]) or inside.endswith((".min.js", ".pyc", ".o", ".tsbuildinfo", ".map"))


def _find(low: str, phrase: str) -> int:
    """Where a phrase begins, as a word of its own: ENOTFOUND does not stand in ModuleNotFoundError. -1: nowhere."""
    at = low.find(phrase)
    while at >= 0:
        inside = at > 0 and low[at - 1].isalnum() and phrase[0].isalnum()
        if not inside and (not phrase.isdigit() or _stands_alone(low, at, len(phrase))):
            return at
        at = low.find(phrase, at + 1)
    return -1


def _is_path(target: str) -> bool:
    return "/" in target or target.rpartition(".")[2].isalpha() and "." in target


def _telling(text: str) -> str:
    """The part of a failure's text that says what failed: of a Python traceback the exception, else both ends."""
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    text = text.partition("Note: your current working directory is")[0] or text  # a place that every missing file shares
    start = text.rfind("Traceback (most recent call last)")
    if start >= 0:
        for line in text[start:].split("\n")[1:]:
            if line[:1] not in ("", " ", "\t") and (":" in line or line.isidentifier()):
                return line + "\n" + text[text.find(line, start) + len(line):][:400]
    return text


def _stands_alone(text: str, at: int, size: int) -> bool:
    """True for a status code that is a number by itself, near a word that makes it one."""
    before, after = text[at - 1:at], text[at + size:at + size + 2]
    if before.isalnum() or before in (".", ":", "/", "-") or after[:1].isalnum() or after[:1] == "." and after[1:].isdigit():
        return False
    around = text[max(0, at - 40):at + size + 40]
    return any([word in around for word in ("http", "status", "error", "response", "code", "unauthor", "too many", "not found")])


def _target(line: str, kind: str, whole: str) -> str:
    """What a line of a failure is about: what stands in quotes, a path, a host, or the word before the message. A host may stand in
    another line."""
    line = line.strip()[:400]
    if kind == "missing key":
        for word in line.translate(_MARKS).split():
            if "_" in word and word.upper() == word and len(word) > 3:
                return word.strip(".,;()")
    if kind in ("connection", "rate limit", "timeout", "auth"):
        host = _host(line) or _host(whole)
        if host:
            return host
    inside = _quoted(line)
    if inside:
        return inside
    named = line.lower().find(" named ")
    if kind == "not-found" and named >= 0 and line[named + 7:].split():  # "/usr/bin/python: No module named x"
        return line[named + 7:].split()[0]
    pieces = [piece.strip() for piece in line.split(": ")]
    if kind == "not-found" and len(pieces) > 1 and pieces[-1].lower().rstrip(".") in _ENDINGS:  # "bash: line 1: foo: command not found"
        return pieces[-2].split()[-1][:60] if pieces[-2].split() else ""
    for word in line.replace(",", " ").split():
        word = word.strip("():;[]<>.")
        if "/" in word and not word.startswith("//") and len(word) > 2 and word.count("/") < 30 and not word.startswith("</"):
            return word
    if kind == "not-found" and len(pieces) > 1:  # "command not found: foo"
        return pieces[-1].split()[-1][:60] if pieces[-1].split() else ""
    return ""


def _quoted(line: str) -> str:
    """The first text in quotes; the stroke in "can't" is none."""
    for at, ch in enumerate(line):
        if ch in _QUOTES and (at == 0 or not line[at - 1].isalnum()):
            end = line.find(_QUOTES[ch], at + 1)
            inside = line[at + 1:end].strip() if end > at else ""
            if inside and len(inside) <= 200:
                return inside
    return ""


def _host(line: str) -> str:
    """The host and port that a line names."""
    at = line.find("://")
    if at >= 0:
        rest = line[at + 3:]
        for end, ch in enumerate(rest):
            if ch in "/ '\"`),;?":
                rest = rest[:end]
                break
        return rest.rpartition("@")[2].rstrip(":.")
    words = line.translate(_MARKS).split()
    for at, word in enumerate(words):
        name, _, port = word.strip(":;.").partition(":")
        named = port.isdigit() and ("." in name or name in ("localhost", "::1"))
        if named or name.count(".") == 3 and name.replace(".", "").isdigit():
            return word.strip(":;.")
        if word.lower() in ("host", "to", "host:") and at + 1 < len(words):
            follow = words[at + 1].strip(":;.")
            if "." in follow or follow == "localhost":
                return follow
    return ""
