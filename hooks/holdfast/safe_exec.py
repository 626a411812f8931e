"""Programs run from your own scripts, without a shell, with every value from outside checked by its declared kind.

    from holdfast.safe_exec import name, path, run, text

    run("git", "checkout", name(branch, slashes=True))
    run("git", "commit", "-m", text(message))
    run("convert", path(upload, root="/srv/uploads"), path("thumb.png", root="/srv/thumbs"))

Words that stand in your source are passed as they are; everything else goes through a kind: name, path, text, number, url,
choice. A value that does not fit raises BadValue, a ValueError with `value` and `reason`. The standard library alone is
needed, and Python 3.10 or newer: `PYTHONPATH="$(holdfast library)"`, or copy this one file into your project.
"""

import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Mapping
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

__all__ = ["BadValue", "Failed", "Result", "TimedOut", "choice", "joined", "name", "number", "path", "run", "text", "url"]

PASSED = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TERM", "SSL_CERT_FILE", "SSL_CERT_DIR")
TIMEOUT = 60.0  # seconds
OUTPUT = 1_048_576  # bytes kept of standard output, and of standard error
_LONGEST = 131_072  # bytes of one argument (MAX_ARG_STRLEN of Linux)
_GRACE = 2.0  # seconds between asking a program to end and ending it
_SHELLS = frozenset("sh bash zsh dash ksh mksh fish csh tcsh ash busybox pwsh powershell cmd cmd.exe".split())
_CODE = {"python": ("-c",), "perl": ("-e", "-E"), "ruby": ("-e",), "node": ("-e", "-p", "--eval", "--print"), "php": ("-r",),
         "lua": ("-e",)}
_NAME = re.compile(r"[A-Za-z0-9_@+][A-Za-z0-9_@+.\-]*\Z")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?\Z")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?\Z")


class BadValue(ValueError):
    """A value does not fit its kind. value: as given.  reason: why it was refused."""

    def __init__(self, value: object, reason: str) -> None:
        shown = repr(value)
        super().__init__(f"{shown if len(shown) <= 120 else shown[:119] + '…'}: {reason}")
        self.value, self.reason = value, reason


class Failed(Exception):
    """The program ended with another status than 0. result: Result."""

    def __init__(self, program: str, result: "Result") -> None:
        last = result.stderr.strip().splitlines()[-1:] or [""]
        super().__init__(f"{program} ended with {result.status}: {last[0][:200]}")
        self.result = result


class TimedOut(TimeoutError):
    """The program did not end in time and was ended, with everything it had started. result: what it had said until then."""

    def __init__(self, program: str, seconds: float, result: "Result") -> None:
        super().__init__(f"{program} was ended after {seconds:g} s")
        self.result = result


class Result(NamedTuple):
    """status: exit status, negative for a signal.  stdout, stderr: text, undecodable bytes escaped.  cut: there was more output."""

    status: int
    stdout: str
    stderr: str
    cut: bool
    seconds: float


class Value:
    """An argument that was checked. kind: how.  Made by the functions below, not by hand."""

    __slots__ = ("kind", "word")

    def __init__(self, kind: str, word: str) -> None:
        self.kind, self.word = kind, word


# ---- kinds --------------------------------------------------------------------------------------------------------------

def name(value: object, *, slashes: bool = False, longest: int = 200) -> Value:
    """An identifier: letters, digits and _ @ + . - of ASCII, not beginning with - or a dot. slashes: a/b is fine too, as in branches."""
    word = _string(value, longest)
    parts = word.split("/") if slashes else [word]
    for part in parts:
        if not part:
            raise BadValue(value, "it is empty" if not word else "it begins or ends with / or holds //")
        if "/" in part:
            raise BadValue(value, "it holds a /; name(value, slashes=True) allows that")
        if part[0] in "-.":
            raise BadValue(value, f"a part of it begins with {part[0]}")
        if not _NAME.match(part):
            raise BadValue(value, "it holds something else than ASCII letters, digits and _ @ + . -")
        if ".." in part:
            raise BadValue(value, "it holds ..")
    return Value("name", word)


def path(value: object, root: "str | os.PathLike[str]", *, must_exist: bool = False) -> Value:
    """A path within `root`, symbolic links followed: it is passed on absolute, so it is never taken for an option."""
    given = os.fspath(value) if isinstance(value, os.PathLike) else value
    word = _string(given, 4096)
    if not word:
        raise BadValue(value, "it is empty")
    _no_controls(word, "")
    base = os.path.realpath(root)
    found = os.path.realpath(os.path.join(base, word))
    if found != base and not found.startswith(base.rstrip("/") + "/"):
        raise BadValue(value, f"it leads out of {base}, to {found}")
    if must_exist and not os.path.exists(found):
        raise BadValue(value, f"there is no {found}")
    return Value("path", found)


def text(value: object, *, longest: int = 65_536, lines: bool = True) -> Value:
    """Free text. Control characters other than tab and (with `lines`) newline are refused, and so is what hides or reorders text."""
    word = _string(value, longest)
    _no_controls(word, "\t\n" if lines else "\t")
    for character in word:
        if unicodedata.category(character) in ("Cf", "Cs", "Co") and character not in "\u00ad\u200c\u200d":
            raise BadValue(value, f"it holds U+{ord(character):04X}, which cannot be seen or changes the order of what can")
    return Value("text", word)


def number(value: object, low: "float | None" = None, high: "float | None" = None) -> Value:
    """A number, or a text that is one in decimal digits, from low to high. Below zero only when `low` says so."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise BadValue(value, "it is no number")
    word = value if isinstance(value, str) else repr(value)
    if not _NUMBER.match(word):
        raise BadValue(value, "it is no number in plain decimal digits")
    if float(word) < (0 if low is None else low) or (high is not None and float(word) > high):
        raise BadValue(value, f"it is not from {0 if low is None else low} to {'any' if high is None else high}")
    return Value("number", word)


def url(value: object, hosts: "Iterable[str]", *, schemes: "Iterable[str]" = ("https",)) -> Value:
    """An address on one of `hosts` ("example.com", "*.example.com", "localhost:8080"), without a user or a password in it."""
    word = _string(value, 8192)
    if not word.isascii() or any(c in word for c in " \\\"'<>`{}|^") or not word.isprintable():
        raise BadValue(value, "it holds characters that an address does not")
    try:
        parts = urlsplit(word)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as bad:
        raise BadValue(value, f"it is no address ({bad})") from None
    if parts.scheme not in tuple(schemes):
        raise BadValue(value, f"its scheme is not one of {', '.join(schemes)}")
    if "@" in parts.netloc:
        raise BadValue(value, "it holds a user or a password")
    if not _HOST.match(host):
        raise BadValue(value, "it names no host")
    full = f"{host}:{port}" if port is not None else host
    for allowed in hosts:
        one = allowed.lower()
        if full == one or (one.startswith("*.") and full.endswith(one[1:])):
            return Value("url", word)
    raise BadValue(value, f"{full} is not an allowed host")


def choice(value: object, among: "Iterable[str]") -> Value:
    """One of the given words."""
    options = list(among)
    if value not in options:
        raise BadValue(value, f"it is not one of {', '.join(options)}")
    return Value("choice", str(value))


def joined(literal: str, value: Value) -> Value:
    """A literal and a value in one argument: joined("--message=", text(message))."""
    if not literal or not isinstance(value, Value):
        raise BadValue(literal, "joined takes a literal that is not empty, and a checked value")
    return Value("joined", _literal(literal) + value.word)


# ---- running ------------------------------------------------------------------------------------------------------------

def run(program: str, *arguments: "str | Value", timeout: float = TIMEOUT, cwd: "str | os.PathLike[str] | None" = None,
        input: "str | bytes | None" = None, keep: "Iterable[str]" = (), env: "Mapping[str, str] | None" = None, output: int = OUTPUT,
        check: bool = True) -> Result:
    """Run a program with these arguments and wait for it; there is no shell.

    arguments: literals, as str, and checked values.  timeout: seconds.  input: for its standard input, which is empty else.
    keep: more names of variables to pass on (PASSED is the list, with LC_*).  env: variables to set.  output: bytes kept of each stream.
    check: whether another status than 0 raises Failed.  Raises BadValue, Failed, TimedOut, and OSError when it cannot be started.
    """
    words = _words(program, arguments)
    environment = {k: v for k, v in os.environ.items() if k in PASSED or k.startswith("LC_") or k in tuple(keep)}
    environment.update(env or {})
    found = shutil.which(words[0], path=environment.get("PATH", os.defpath))
    if found is None:
        raise FileNotFoundError(2, "no such program on PATH", words[0])
    began = time.monotonic()
    with tempfile.TemporaryFile() as stdin:
        if input is not None:
            stdin.write(input.encode() if isinstance(input, str) else input)
            stdin.seek(0)
        process = subprocess.Popen([found, *words[1:]], stdin=stdin if input is not None else subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=cwd, env=environment, close_fds=True, start_new_session=True)
    late = False
    try:
        kept, cut, late = _listen(process, began + timeout, output)
        status = process.wait() if not late else _end(process)
    except BaseException:
        _end(process)
        raise
    finally:
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    said = [part.decode("utf-8", "backslashreplace") for part in kept]
    result = Result(status, said[0], said[1], cut, time.monotonic() - began)
    if late:
        raise TimedOut(words[0], timeout, result)
    if check and status != 0:
        raise Failed(words[0], result)
    return result


def _words(program: str, arguments: "tuple[str | Value, ...]") -> "list[str]":
    if not isinstance(program, str) or not program or program.startswith("-"):
        raise BadValue(program, "the program is a literal: its name or its path")
    words, after_dashes = [_literal(program)], False
    base = os.path.basename(program)
    if base in _SHELLS and any(isinstance(one, str) and one.startswith("-") and "c" in one for one in arguments):
        raise BadValue(program, "there is no shell here: run the program itself, with its arguments")
    switches = next((flags for start, flags in _CODE.items() if base.startswith(start)), ())
    before: "str | Value" = ""
    for argument in arguments:
        if isinstance(argument, Value):
            if isinstance(before, str) and _takes_code(before, switches):
                raise BadValue(argument.word, f"{base} {before} would run it as code")
            if argument.word.startswith("-") and argument.kind not in ("joined", "number", "choice") and not after_dashes:
                raise BadValue(argument.word, 'it begins with - and would be taken for an option. '
                                              'Put "--" before it, or use joined("--option=", …)')
            words.append(argument.word)
        elif isinstance(argument, str):
            after_dashes = after_dashes or argument == "--"
            words.append(_literal(argument))
        else:
            raise BadValue(argument, "an argument is a literal, or a value of a declared kind: name, path, text, number, url, choice")
        before = argument
    return words


def _takes_code(option: str, switches: "tuple[str, ...]") -> bool:
    """Whether what follows an option is code: -c, and -ne where -e is."""
    bundled = option.startswith("-") and not option.startswith("--") and any(len(one) == 2 and option[-1] == one[1] for one in switches)
    return option in switches or bundled


def _literal(word: str) -> str:
    if not isinstance(word, str) or len(word) > _LONGEST or not all(c.isprintable() or c in "\t\n" for c in word):
        raise BadValue(word, "a literal is printable text")
    return word


def _string(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise BadValue(value, f"it should be a text, and is {type(value).__name__}")
    if len(value) > longest or len(value.encode("utf-8", "surrogatepass")) >= _LONGEST:
        raise BadValue(value, f"it is longer than {longest} characters")
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise BadValue(value, "it is not Unicode text")
    return value


def _no_controls(word: str, but: str) -> None:
    for character in word:
        if unicodedata.category(character) == "Cc" and character not in but:
            raise BadValue(word, f"it holds the control character U+{ord(character):04X}")


def _listen(process: "subprocess.Popen[bytes]", deadline: float, limit: int) -> "tuple[list[bytes], bool, bool]":
    """([standard output, standard error], whether one was cut, whether the time ran out)."""
    kept, cut = [bytearray(), bytearray()], False
    streams: "list[IO[bytes] | None]" = [process.stdout, process.stderr]
    with selectors.DefaultSelector() as selector:
        for at, stream in enumerate(streams):
            assert stream is not None
            selector.register(stream, selectors.EVENT_READ, at)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                return [bytes(one) for one in kept], cut, True
            ready = selector.select(min(left, 0.2))
            # Something it started may hold the pipe open after it has ended: that is not waited for.
            if not ready and process.poll() is not None:
                break
            for key, _ in ready:
                data = os.read(key.fd, 65_536)
                if not data:
                    selector.unregister(key.fileobj)
                    continue
                room = limit - len(kept[key.data])
                kept[key.data] += data[:max(0, room)]
                cut = cut or len(data) > room
        while process.poll() is None:
            if time.monotonic() >= deadline:
                return [bytes(one) for one in kept], cut, True
            time.sleep(0.01)
    return [bytes(one) for one in kept], cut, False


def _end(process: "subprocess.Popen[Any]") -> int:
    """End the program and what it started (its session), gently first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except (ProcessLookupError, PermissionError):
            pass
        try:
            return process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            continue
    return process.wait()
