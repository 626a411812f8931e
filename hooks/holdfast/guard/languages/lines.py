"""Languages of commands in lines, words or brackets: sed, ed, vi, debuggers, dc, Tcl, Lisps, make, m4, clients of databases.

Each is a function (program text, Unknowns, Command) -> list of Inner.
"""

from holdfast.guard.line import Arg
from holdfast.guard.shell.wrappers import Inner, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from holdfast.guard.line import Command, Unknown

    Lines = Callable[[str, Sequence[Unknown], Command], list[Inner]]

_HOLE = 0xE000
_MOST = 200


class _Found:
    """Collects what a text amounts to."""

    def __init__(self, label: str, holes: "Sequence[Unknown]") -> None:
        self.label, self.holes = label, holes
        self.inners: "list[Inner]" = []

    def arg(self, text: str) -> Arg:
        if not self.holes or text.isascii():
            return Arg((text,) if text else ())
        out: "list[str | Unknown]" = []
        for c in text:
            at = ord(c) - _HOLE
            out.append(self.holes[at] if 0 <= at < len(self.holes) else c)
        return Arg(packed(out))

    def text(self, text: str) -> None:
        """A shell text is run."""
        if text.strip() and len(self.inners) < _MOST:
            self.inners.append(Inner(self.label, text=self.arg(text.strip()), stdin=False))

    def argv(self, *words: str) -> None:
        if words and words[0] and len(self.inners) < _MOST:
            self.inners.append(Inner(self.label, argv=tuple(self.arg(w) for w in words), stdin=False))

    def code(self, language: str, text: str) -> None:
        """Program text of another language is run."""
        from holdfast.guard.languages import amounts_to
        from holdfast.guard.line import Code, Command

        self.inners += amounts_to(Code(language, "argument", self.arg(text)), Command(()))


# ---- sed --------------------------------------------------------------------------------------------------------------------


def _sed(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("sed", holes)
    if command.has_flag("--sandbox") or not ("e" in text or "w" in text or "W" in text or "r" in text or "R" in text):
        return []
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        if c in " \t\n;{}!" or c.isdigit() or c in "$,~+":
            i += 1
        elif c in "/\\":
            mark = text[i + 1 : i + 2] if c == "\\" else "/"
            i = _past(text, i + (2 if c == "\\" else 1), mark)
            while text[i : i + 1] in ("I", "M") and text[i : i + 1]:
                i += 1
        elif c == "#":
            i = _line_end(text, i)
        elif c in "sy":
            mark = text[i + 1 : i + 2]
            middle = _past(text, i + 2, mark)
            end = _past(text, middle, mark)
            replacement, i = text[middle : end - 1], end
            if c == "s":
                flags = i
                while i < n and (text[i].isalnum()) and text[i] != "w":
                    i += 1
                if "e" in text[flags:i]:
                    # What is run is the line that comes out: the replacement, and what was read around it.
                    if replacement.strip("&\\0123456789 "):
                        found.text(replacement.replace("\\" + mark, mark))
                    if command.feeds or command.stdin is not None:
                        found.inners.append(Inner("sed", argv=(found.arg("sh"),)))
                if text[i : i + 1] == "w":
                    end = _line_end(text, i)
                    found.argv("tee", text[i + 1 : end].strip())
                    i = end
        elif c in "aic":
            i = _text_end(text, i)
        elif c in "rRwW":
            end = _line_end(text, i)
            name = text[i + 1 : end].strip()
            if name and not name.startswith("/dev/std"):
                found.argv("cat" if c in "rR" else "tee", name)
            i = end
        elif c == "e":
            end = _line_end(text, i)
            found.text(text[i + 1 : end].rstrip("}") or "sh")
            i = end
        elif c in "bt:T":
            while i < n and text[i] not in "\n;":
                i += 1
        else:
            i += 1
    return found.inners


def _past(text: str, i: int, mark: str) -> int:
    """Behind the next unescaped mark."""
    bracket = False
    while i < len(text):
        if text[i] == "\\":
            i += 1
        elif text[i] == "[" and not bracket and "]" in text[i + 1 :]:
            bracket = True
        elif text[i] == "]":
            bracket = False
        elif text[i] == mark:
            return i + 1
        i += 1
    return len(text)


def _line_end(text: str, i: int) -> int:
    end = text.find("\n", i)
    return len(text) if end < 0 else end


def _text_end(text: str, i: int) -> int:
    """The end of the text of a, i and c: the line's, unless a backslash ends it."""
    while True:
        i = _line_end(text, i)
        if i >= len(text) or text[i - 1] != "\\":
            return i
        i += 1


# ---- editors and debuggers ------------------------------------------------------------------------------------------------


def _ed(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found, typing = _Found("ed", holes), False
    for line in text.splitlines():
        if typing:
            typing = line != "."
            continue
        bare = line.lstrip("0123456789,.$;% ")
        if bare[:1] == "!":
            found.text(bare[1:])
        elif bare[:1] in ("r", "w", "e", "E", "W", "f"):
            rest = bare[1:].lstrip("q").strip()
            if rest[:1] == "!":
                found.text(rest[1:])
            elif rest and bare[:1] in ("w", "W") and bare[1:2] in (" ", "q"):
                found.argv("tee", rest)
        elif bare in ("a", "i", "c"):
            typing = True
    return found.inners


_EMBEDDED = {
    "py": "python",
    "py3": "python",
    "python": "python",
    "python3": "python",
    "pyx": "python",
    "lua": "lua",
    "perl": "perl",
    "ruby": "ruby",
    "rub": "ruby",
    "tcl": "tcl",
    "py3do": "python",
    "pydo": "python",
}


def _vim(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("vim", holes)
    lines = text.splitlines()
    for line in lines[:500]:
        for part in [line] if "!" in line or "(" in line else line.split("|"):
            _ex(part.strip(), found)
    return found.inners


def _ex(line: str, found: _Found) -> None:
    """One ex command."""
    line = line.lstrip(": \t")
    for _ in range(4):
        word, _, rest = line.partition(" ")
        if (
            word.rstrip("!") in ("silent", "sil", "verbose", "noautocmd", "keepalt", "windo", "bufdo", "argdo", "tabdo", "vert", "vertical")
            and rest
        ):
            line = rest.lstrip(": ")
        else:
            break
    bare = line.lstrip("0123456789,.$;%'<> ")
    if bare[:1] == "!":
        found.text(bare[1:])
        return
    word = ""
    while len(word) < len(bare) and bare[len(word)].isalnum():
        word = bare[: len(word) + 1]
    rest = bare[len(word) :].lstrip()
    if word in _EMBEDDED:
        found.code(_EMBEDDED[word], rest.lstrip("=").strip())
    elif word in ("r", "re", "read", "w", "wr", "write", "wq", "x", "sav", "saveas", "up", "update"):
        forced = rest.lstrip("!").lstrip()
        if word[0] in "rw" and rest[:1] == "!" and (word[0] == "r" or bare[len(word) : len(word) + 1] == " "):
            found.text(rest[1:])
        elif forced and not forced.startswith(("+", ">")):
            found.argv("cat" if word[0] == "r" else "tee", forced.lstrip("!").strip())
    elif word in ("sh", "she", "shell", "ter", "term", "terminal"):
        found.text(rest if word[0] == "t" and rest else "sh -i")
    elif word in ("exe", "exec", "execute", "normal", "norm"):
        quoted = rest.strip("'\" ")
        if quoted:
            _ex(quoted, found)
    elif word in ("call", "let", "echo", "ec", "if", "put", "pu", "eval", "return"):
        for name in ("system(", "systemlist(", "job_start(", "jobstart(", "term_start(", "termopen(", "delete(", "writefile(", "readfile("):
            at = rest.find(name)
            if at >= 0:
                inside = _string_in(rest[at + len(name) :])
                if inside is None:
                    continue
                if name in ("delete(", "readfile("):
                    found.argv(*(("rm", "-rf") if name[0] == "d" else ("cat",)), inside)
                elif name == "writefile(":
                    found.argv("tee", _string_in(rest[rest.find(",", at) + 1 :]) or "")
                else:
                    found.text(inside)
    elif word in ("so", "source", "ru", "runtime"):
        found.argv("cat", rest)


def _string_in(text: str) -> "str | None":
    """The first quoted text in a text."""
    for i, c in enumerate(text):
        if c in "'\"":
            end = text.find(c, i + 1)
            while end > 0 and text[end - 1] == "\\" and c == '"':
                end = text.find(c, end + 1)
            return text[i + 1 : end] if end > 0 else text[i + 1 :]
    return None


def _debugger(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    """gdb and lldb"""
    found = _Found(command.program or "gdb", holes)
    lines = text.splitlines()
    for at, line in enumerate(lines):
        line = line.strip()
        word, _, rest = line.partition(" ")
        if line[:1] == "!":
            found.text(line[1:] or "sh -i")
        elif word in ("shell", "she", "sh", "make"):
            found.text(rest if word != "make" else "make " + rest) if rest else found.text("sh -i")
        elif word in ("python", "py", "pi", "script", "python-interactive"):
            found.code("python", rest.lstrip("- ") if rest else "\n".join(lines[at + 1 :]))
        elif word in ("pipe", "|") or word == "platform" and rest.startswith("shell"):
            found.text(rest.partition("|")[2] if word != "platform" else rest[5:].lstrip("h ").removeprefix("--").strip())
        elif word in ("guile", "gu"):
            found.code("scheme", rest)
    return found.inners


def _dc(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("dc", holes)
    for line in text.splitlines():
        at = line.find("!")
        if at >= 0 and line[at + 1 : at + 2] not in ("<", ">", "="):
            found.text(line[at + 1 :].strip("' "))
    return found.inners


# ---- Tcl -----------------------------------------------------------------------------------------------------------------------


def _tcl(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("tcl", holes)
    connected = any(name in text for name in ("socket ", "fconfigure"))
    runs = _tcl_script(text, found, 0)
    if connected and "socket" in text and (runs or "exec $" in text):
        found.argv("nc", "-e", "/bin/sh", "host", "port")
    return found.inners


def _tcl_script(text: str, found: _Found, depth: int) -> bool:
    ran = False
    for words in _tcl_commands(text):
        if not words:
            continue
        head = words[0].lstrip(":")
        if head in ("exec", "spawn"):
            ran = True
            rest = [w for w in words[1:] if w not in ("--", "-ignorestderr", "-keepnewline", "-noecho")]
            if any(w in ("|", "&", ">", "<", ">>", "2>@1", "|&") or w[:1] in "<>|" for w in rest):
                found.text(
                    " ".join(
                        w if w[:1] in "<>|&" or w.replace("-", "").isalnum() else "'" + w.replace("'", "'\\''") + "'"
                        for w in rest
                        if not w.startswith(("<@", ">@", "2>@", "2>&@"))
                    )
                )
            elif rest:
                found.argv(*rest)
        elif head == "open" and len(words) > 1:
            if words[1].lstrip().startswith("|"):
                ran = True
                found.text(words[1].lstrip()[1:])
            elif len(words) > 2 and words[2][:1] in "wa":
                found.argv("tee", words[1])
            elif words[1][:1] != "$":
                found.argv("cat", words[1])
        elif head == "file" and len(words) > 2:
            rest = [w for w in words[2:] if w not in ("-force", "--")]
            program = {"delete": ("rm", "-rf"), "copy": ("cp", "-r"), "rename": ("mv",)}.get(words[1])
            if program and not any(w[:1] == "$" for w in rest):
                found.argv(*program, "--", *rest)
        if depth < 6:
            for word in words[1:] if head not in ("puts", "set", "send_user", "send", "expect", "format", "regexp", "string") else []:
                if " " in word.strip() and head in (
                    "if",
                    "while",
                    "for",
                    "foreach",
                    "proc",
                    "catch",
                    "eval",
                    "after",
                    "else",
                    "try",
                    "uplevel",
                    "time",
                    "fileevent",
                    "apply",
                    "switch",
                    "subst",
                ):
                    ran |= _tcl_script(word, found, depth + 1)
            for word in words[1:]:
                at = word.find("[")
                while 0 <= at < len(word):
                    end = word.find("]", at)
                    ran |= _tcl_script(word[at + 1 : end if end > 0 else len(word)], found, depth + 1)
                    at = word.find("[", at + 1)
    return ran


def _tcl_commands(text: str) -> "Iterator[list[str]]":
    """The words of each command; quotes and braces taken off, what is in them as it stands."""
    words: "list[str]" = []
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        if c in "\n;":
            yield words
            words = []
            i += 1
        elif c in " \t\r":
            i += 1
        elif c == "#" and not words:
            i = _line_end(text, i)
        elif c in '{"':
            j, depth = i + 1, 1
            while j < n:
                if text[j] == "\\":
                    j += 1
                elif c == '"' and text[j] == '"':
                    break
                elif c == "{" and text[j] == "{":
                    depth += 1
                elif c == "{" and text[j] == "}":
                    depth -= 1
                    if not depth:
                        break
                j += 1
            words.append(text[i + 1 : j])
            i = j + 1
        else:
            j, depth = i, 0
            while j < n and (depth or text[j] not in " \t\n;"):
                depth += (text[j] == "[") - (text[j] == "]" and depth > 0)
                j += 1
            words.append(text[i:j])
            i = j
    yield words


# ---- Lisps -----------------------------------------------------------------------------------------------------------------------

_SHELL_FORMS = frozenset(
    "shell-command shell-command-to-string async-shell-command system system* shell uiop:run-program run-program "
    "process "
    "sb-ext:run-program ext:run-shell-command run-shell-command start-process-shell-command "
    "call-process-shell-command "
    "eshell-command compile clojure.java.shell/sh sh shell/sh open-input-pipe open-output-pipe open-pipe "
    "call-with-input-pipe subprocess process/system babashka.process/shell".split()
)
_LIST_FORMS = frozenset(
    "call-process start-process process-file make-process process-lines system* execl execlp execle primitive-fork".split()
)
_FILE_FORMS = {
    "delete-file": ("rm", "-f"),
    "delete-directory": ("rm", "-rf"),
    "rename-file": ("mv",),
    "copy-file": ("cp",),
    "insert-file-contents": ("cat",),
    "find-file": ("cat",),
    "write-region": (),
    "write-file": ("tee",),
    "set-file-modes": (),
    "delete-directory-tree": ("rm", "-rf"),
    "uiop:delete-directory-tree": ("rm", "-rf"),
    "open-output-file": ("tee",),
    "spit": ("tee",),
    "slurp": ("cat",),
    "io/delete-file": ("rm", "-f"),
    "load-file": ("cat",),
    "view-file": ("cat",),
    "find-file-literally": ("cat",),
}


def _lisp(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("lisp", holes)
    stack: "list[list[tuple[str, bool]]]" = [[]]
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        if c in "([":
            stack.append([])
            i += 1
        elif c in ")]":
            form = stack.pop() if len(stack) > 1 else []
            _lisp_form(form, found)
            stack[-1].append(("()", False))
            i += 1
        elif c == '"':
            j, out = i + 1, []
            while j < n and text[j] != '"':
                if text[j] == "\\":
                    j += 1
                out.append(text[j : j + 1])
                j += 1
            stack[-1].append(("".join(out), True))
            i = j + 1
        elif c == ";":
            i = _line_end(text, i)
        elif c.isspace() or c in "'`,":
            i += 1
        else:
            j = i
            while j < n and not text[j].isspace() and text[j] not in '()[]"':
                j += 1
            stack[-1].append((text[i:j], False))
            i = max(j, i + 1)
    return found.inners


def _lisp_form(form: "list[tuple[str, bool]]", found: _Found) -> None:
    if not form or form[0][1]:
        return
    head, texts = form[0][0].lower(), [word for word, quoted in form[1:] if quoted]
    if not texts:
        return
    if head in _LIST_FORMS or head in _SHELL_FORMS and len(texts) > 1 and head not in ("shell-command",):
        words = texts[1:] if head == "start-process" and len(texts) > 1 else texts
        found.argv(*words)
    elif head in _SHELL_FORMS:
        found.text(texts[0])
    elif head in _FILE_FORMS:
        words = list(_FILE_FORMS[head])
        if head == "write-region":
            found.argv("tee", texts[-1])
        elif words:
            found.argv(*words, *(texts if words[0] in ("mv", "cp") else texts[:1]))


# ---- make, m4 ---------------------------------------------------------------------------------------------------------------------


def _make(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("make", holes)
    at = text.find("$(shell ")
    while at >= 0:
        depth, j = 1, at + 8
        while j < len(text) and depth:
            depth += (text[j] == "(") - (text[j] == ")")
            j += 1
        found.text(text[at + 8 : j - 1])
        at = text.find("$(shell ", j)
    for line in text.splitlines():
        recipe = line[1:] if line[:1] == "\t" else line.partition(";")[2] if ":" in line.partition(";")[0] and ";" in line else ""
        recipe = recipe.strip().lstrip("@-+")
        if recipe and "$(" not in recipe and "$@" not in recipe and "$<" not in recipe:
            found.text(recipe.replace("$$", "$"))
    return found.inners


def _m4(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    found = _Found("m4", holes)
    at = text.find("syscmd(")
    while at >= 0:
        end = text.find(")", at)
        found.text(text[at + 7 : end if end > 0 else len(text)].strip("`' "))
        at = text.find("syscmd(", at + 7)
    return found.inners


# ---- clients of databases ------------------------------------------------------------------------------------------------------


def _sql(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    """Commands of the client itself, and the statements that reach the server's shell and files."""
    found = _Found(command.program or "sql", holes)
    for line in text.splitlines():
        line = line.strip()
        word, _, rest = line.partition(" ")
        low = word.lower()
        if line.startswith("\\!"):
            found.text(line[2:] or "sh -i")
        elif low in (".shell", ".system", "system", "pager", "nopager") or low == "\\p" and rest:
            if low != "nopager" and (low[0] == "." or command.program in ("mysql", "mariadb", "mycli", "sqlite3", "sqlite", "")):
                found.text(rest.rstrip(";"))
        elif low in ("\\o", "\\g", "\\gx", "\\w", ".output", ".once", ".read", "\\i", "\\ir", "\\out", "tee", "\\t"):
            _file_or_pipe(rest.strip().strip("'\""), "cat" if low in (".read", "\\i", "\\ir") else "tee", found)
        elif low == ".import" and rest.lstrip("'\"").startswith("|"):
            found.text(rest.strip("'\"").partition("|")[2].rpartition(" ")[0].strip("'\""))
        elif low in (".load", ".backup", ".dump", ".save"):
            pass
        at = line.find("\\!")
        if at > 0:
            found.text(line[at + 2 :])
    low = text.lower()
    for mark, program in (
        ("to program", ""),
        ("from program", ""),
        ("into outfile", "tee"),
        ("into dumpfile", "tee"),
        ("xp_cmdshell", ""),
        ("load_file(", "cat"),
        ("readfile(", "cat"),
        ("writefile(", "tee"),
        ("pg_read_file(", "cat"),
        ("infile", "cat"),
        ("lo_import(", "cat"),
        ("edit(", "edit"),
        ("lo_export(", "tee2"),
    ):
        at = low.find(mark)
        while at >= 0:
            inside = _string_in(text[at + len(mark) : at + len(mark) + 400])
            if program == "edit":
                comma = text.find(",", at)
                inside = _string_in(text[comma:]) if comma > 0 else None
            if inside:
                if program in ("", "edit"):
                    found.text(inside)
                else:
                    found.argv(program.rstrip("2"), inside)
            at = low.find(mark, at + 1)
    return found.inners


def _file_or_pipe(target: str, program: str, found: _Found) -> None:
    if target.startswith("|"):
        found.text(target[1:].rstrip(";"))
    elif target and target not in (":memory:", "stdout", "off", "on"):
        found.argv(program, target.rstrip(";"))


def _nothing(text: str, holes: "Sequence[Unknown]", command: "Command") -> "list[Inner]":
    return []


LANGUAGES: "dict[str, Lines]" = {
    "sed": _sed,
    "ed": _ed,
    "vim": _vim,
    "gdb": _debugger,
    "lldb": _debugger,
    "dc": _dc,
    "tcl": _tcl,
    "lisp": _lisp,
    "scheme": _lisp,
    "clojure": _lisp,
    "make": _make,
    "m4": _m4,
    "sql": _sql,
    "cmd": _nothing,
}
