"""Holds the reader against real shells: whatever stub a shell really ran, the reader must have listed or refused to read.

`run` executes our own texts and seeded random ones under bash and zsh, in a temporary folder, with an environment of three
variables and a PATH that holds nothing but harmless stubs, which only write down that they ran. A text passes when every
stub that ran is a command word in the tree, or the text was refused, or (our own texts only) it is in a named class where
the word comes to be at run time, which is not the reader's to know. Where bashlex can be imported, what it finds is
compared as well. Test material: nothing here is loaded when a command is judged.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from holdfast.guard.shell import tree
from holdfast.guard.shell.reader import read
from holdfast.guard.shell.selftest_cases import DYNAMIC, EVASIONS
from holdfast.guard.shell.tree import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SEED = 20_260
TIME_LIMIT = 5.0      # seconds for one text
WORKERS = 4           # shells at a time
BATCH = 40            # texts for one bashlex process
_STUBS = tuple(f"c{n}" for n in range(40))
_DECOYS = tuple(f"d{n}" for n in range(10))
_OPTIONS = {"bash": ("--norc", "--noprofile"), "zsh": ("-f",)}

# Says that it ran, then copies nothing and fails never. /bin/sh builtins only.
_STUB = """#!/bin/sh
echo "${0##*/}" >> "$STUB_LOG"
"""
_CAT = """#!/bin/sh
while read -r line; do :; done
"""


def run(shells: "Sequence[str]" = ("bash", "zsh"), count: int = 500, seed: int = SEED) -> "list[tuple[str, bool, str]]":
    """[(name, ok, detail)]. count: generated commands for each shell."""
    results = []
    for shell in shells:
        program = shutil.which(shell)
        if program is None:
            results.append((f"{shell}: not installed", True, "nothing compared"))
            continue
        with Lab(shell, program) as lab:
            results.append(_evasions(lab))
            results.append(_generated(lab, count, seed))
    results.append(_bashlex(count, seed))
    return results


def command_words(node: "tree.Node") -> "tuple[set[str], bool]":
    """The literal command words in a tree, and whether any command word is only known at run time."""
    found, dynamic, todo = set(), False, [node]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple)):
            todo.extend(item)
        elif isinstance(item, tree.Node):
            if isinstance(item, tree.Simple) and item.words and isinstance(item.words[0], tree.Word):
                parts = item.words[0].parts
                found.add("".join(part.text for part in parts if isinstance(part, tree.Text)))
                dynamic = dynamic or not all(isinstance(part, tree.Text) for part in parts)
            for name in item.__slots__:
                todo.append(getattr(item, name))
    return found, dynamic


def missed(text: str, ran: "set[str]") -> "set[str]":
    """The stubs that ran although the reader read the text and did not list them."""
    try:
        listed, _ = command_words(read(text))
    except Unreadable:
        return set()
    return ran - listed


class Lab:
    """A temporary folder with stubs, in which one real shell runs texts."""

    def __init__(self, shell: str, program: str) -> None:
        self.shell, self.program = shell, program

    def __enter__(self) -> "Lab":
        self.folder = tempfile.mkdtemp(prefix="holdfast-selftest-")
        self.stubs = os.path.join(self.folder, "stubs")
        os.mkdir(self.stubs)
        for name, text in (("hid", _STUB), ("cat", _CAT), ("tee", _CAT), *((name, _STUB) for name in _STUBS + _DECOYS)):
            path = os.path.join(self.stubs, name)
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            os.chmod(path, 0o755)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def ran_in_each(self, texts: "Sequence[str]") -> "list[set[str]]":
        """For each text, the stubs that ran when the shell was given it."""
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(self.ran, texts))

    def ran(self, text: str) -> "set[str]":
        # A folder and a log of its own: a process that outlives its text must not speak for another.
        place = tempfile.mkdtemp(dir=self.folder)
        work, log = os.path.join(place, "work"), os.path.join(place, "ran")
        os.mkdir(work)
        with open(log, "w", encoding="ascii"):
            pass
        environment = {"PATH": self.stubs, "STUB_LOG": log, "LC_ALL": "C"}
        process = subprocess.Popen([self.program, *_OPTIONS.get(self.shell, ()), "-c", text], env=environment, cwd=work,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            # Ends when the last process that holds the pipe is gone, so commands in the background are waited for.
            process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            pass
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except OSError:
                pass
            process.communicate()
        with open(log, encoding="ascii") as file:
            names = set(file.read().split())
        shutil.rmtree(place, ignore_errors=True)
        return names


def _evasions(lab: "Lab") -> "tuple[str, bool, str]":
    executed, failures = 0, []
    for text, ran in zip(EVASIONS, lab.ran_in_each(EVASIONS), strict=True):
        executed += "hid" in ran
        if missed(text, ran & {"hid"}):
            failures.append(text)
    dynamic = [text for texts in DYNAMIC.values() for text in texts]
    known = sum("hid" in ran for ran in lab.ran_in_each(dynamic))
    detail = (f"{len(EVASIONS)} texts, the hidden command ran in {executed}; "
              f"{known} of {len(dynamic)} dynamic ones ran (other modules judge these)")
    if failures:
        detail = f"{len(failures)} not listed: " + " | ".join(repr(text) for text in failures[:5])
    return f"{lab.shell}: hidden commands", not failures and executed > len(EVASIONS) // 2, detail


def _generated(lab: "Lab", count: int, seed: int) -> "tuple[str, bool, str]":
    executed = commands = refused = 0
    failures = []
    texts = list(generate(seed, count))
    for text, ran in zip(texts, lab.ran_in_each(texts), strict=True):
        executed += bool(ran)
        commands += len(ran)
        try:
            read(text)
        except Unreadable:
            refused += 1
        if missed(text, ran):
            failures.append(text)
    detail = f"{count} texts, {executed} ran {commands} commands, {refused} refused by the reader"
    if failures:
        detail = f"{len(failures)} not listed: " + " | ".join(repr(text) for text in failures[:5])
    return f"{lab.shell}: generated commands", not failures and (count == 0 or executed > count // 2), detail


# ---- random commands ------------------------------------------------------------------------------------------------

def generate(seed: int, count: int) -> "Iterator[str]":
    """Random commands that call only stubs, and write only in the current folder. The same seed gives the same texts."""
    for number in range(count):
        yield Grammar(random.Random(f"{seed}-{number}")).text()


class Grammar:
    """One random text. Branches are mostly taken and loops end, so that what is listed is mostly what runs.

    Words starting with d are decoys: stubs too, but named only where nothing runs them.
    """

    def __init__(self, chance: "random.Random") -> None:
        self.chance = chance
        self.stubs = self.functions = 0
        self.pending: "list[str]" = []  # here-documents that begin at the next newline

    def text(self) -> str:
        text = self.sequence(self.chance.randint(1, 4)) + self.end(self.pick("", "", "\n", " # d0 ' \" ` $("))
        return text + (self.end("\n") if self.pending else "")

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def stub(self) -> str:
        self.stubs += 1
        return _STUBS[self.stubs % len(_STUBS)]

    def end(self, text: str) -> str:
        """Text of the grammar's own, with the waiting here-documents behind its newline."""
        if "\n" in text and self.pending:
            before, _, after = text.partition("\n")
            text = before + "\n" + "".join(self.pending) + after
            self.pending = []
        return text

    def sequence(self, depth: int) -> str:
        text = self.command(depth)
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            text += self.end(self.pick("; ", "\n", " && ", " | ", ";", " ;\n", " || true; ", "&&", " &&\n", " |\n ",
                                       " # ' d1\n", "& ", " |& ", "; : d2; ", "; \\\n" if not self.pending else ";"))
            text += self.command(depth)
        return text

    def inside(self, opening: str, depth: int, closing: str) -> str:
        """A substitution: here-documents that wait outside go on waiting."""
        outer, self.pending = self.pending, []
        text = opening + self.sequence(depth) + self.end("\n") + closing
        self.pending = outer
        return text

    def command(self, depth: int) -> str:
        kind = self.chance.randrange(24) if depth > 0 else 0
        less = depth - 1
        if kind == 11:
            return "{ " + self.sequence(less) + self.end(self.pick("; }", "\n}", " ;}")) + self.redirection(less)
        if kind == 12:
            return self.pick("(", "( ") + self.sequence(less) + self.end(self.pick(")", "\n)", " )")) + self.redirection(less)
        if kind == 13:
            text = "if " + self.sequence(less) + self.end("\nthen ") + self.sequence(less)
            return text + self.end("\nelse ") + self.sequence(less) + self.end("\nfi") + self.redirection(less)
        if kind == 14:
            return f"if false; then :; elif {self.simple(less)}; then " + self.sequence(less) + self.end("\nfi")
        if kind == 15:
            return f"for i in {self.words(less)}; do " + self.sequence(less) + self.end("\nbreak; done")
        if kind == 16:
            return f"while {self.simple(less)}; do " + self.sequence(less) + self.end("\nbreak; done") + self.redirection(less)
        if kind == 17:
            text = f"case {self.word(less)} in" + self.end(self.pick(" ", "\n", " # d3 )\n")) + self.pick("", "(") + "a|'b') "
            return text + self.sequence(less) + self.end("\n;; *) ") + self.sequence(less) + self.end("\nesac")
        if kind == 18:
            self.functions += 1
            name = f"f{self.functions}"
            return f"{name}() " + "{ " + self.sequence(less) + self.end("\n}") + f"; {name}"
        if kind == 19:
            return f"[[ {self.word(less)} {self.pick('== a*', '!= x', '=~ (a|b)', '=~ ^a$', '== @(a|b)')} ]] || {self.simple(less)}"
        if kind == 20:
            return f"(( {self.arithmetic(less)} )) || {self.simple(less)}"
        if kind == 21:
            return f"! {self.simple(less)}"
        if kind == 22:
            return f"a={self.word(less)} {self.simple(less)}"
        if kind == 23 and not self.pending:
            return f"a=({self.words(less)} # d4 )\n)"
        return self.simple(depth)

    def simple(self, depth: int) -> str:
        name = self.stub()
        written = self.pick(name, name, name, f'"{name}"', f"'{name}'", f"\\{name}", f"{name[0]}''{name[1:]}", f"$'{name}'")
        before = self.redirection(depth) if self.chance.random() < 0.1 else ""
        return f"{before} {written} {self.words(depth)}{self.redirection(depth)}".lstrip()

    def words(self, depth: int) -> str:
        return self.pick(" ", " ", "  ", " \\\n").join(self.word(depth) for _ in range(self.chance.choice((0, 1, 1, 2))))

    def word(self, depth: int) -> str:
        return "".join(self.piece(depth) for _ in range(self.chance.choice((1, 1, 1, 2))))

    def piece(self, depth: int) -> str:
        less = depth - 1
        kind = self.chance.randrange(24) if depth > 0 else 0
        if kind == 12:
            return self.inside("$(", less, ")")
        if kind == 13:
            return self.inside('"$(', less, ')"')
        if kind == 14:
            return self.inside("<(", less, ")")
        if kind == 15:
            return f"`{self.stub()} {self.pick('a', chr(39) + 'd5' + chr(39), '')}`"
        if kind == 16:
            return "${x" + self.pick(":-", "-", ":=") + self.pick("a", "'b }'", "\\}", f"$({self.stub()})", f'"$({self.stub()})"',
                                                                       f"`{self.stub()}`") + "}"
        if kind == 17:
            return '"${x:-' + self.pick("a", "a b", f"$({self.stub()})", f"`{self.stub()}`", '"a"') + '}"'
        if kind == 18:
            return f"$(( {self.arithmetic(less)} ))"
        if kind == 19:
            return self.inside("$( (", less, ") )")
        if kind == 20:
            return f"$(case a in a) {self.stub()};; esac)"
        if kind == 21:
            return self.inside('"a $({ ', less, '}) b"')
        if kind == 22:
            return f"`{self.stub()} \\`{self.stub()}\\``"
        return self.pick("a", "-x", "b#c", "'a b'", "'$(d6)'", '"a b"', '"it' + "'" + 's"', "\\;", "\\\\", "\\'", '\\"', '"#"',
                         "$x", '"$x"', "${x}", "''",
                         "{a,b}", "a=b", "$'\\''", "$'a\\tb'", '"\\$(d7)"', '"\\`d8\\`"', "'\n'", "@", "%",
                         "\\ ", '"\\""', "$#", "'`'", '"("', "')'")

    def arithmetic(self, depth: int) -> str:
        return self.pick("1", "(1 + 2) * 3", "1 << 2", "x", f"$({self.stub()}) + 1", "16#ff", f"`{self.stub()}` + 0", "x > 1 ? 2 : 3",
                         f'"$({self.stub()})" + 1')

    def redirection(self, depth: int) -> str:
        kind = self.chance.randrange(20)
        if kind == 1:
            return f" <<< {self.word(depth)}"
        if kind == 2 and depth > 0:
            return self.inside(" > >(", depth - 1, ")")
        if kind in (3, 4):
            return self.document()
        return (" >f", " 2>&1", " >>f 2>/dev/null", " &>f", " >|f", " 2>&-")[kind - 5] if 5 <= kind <= 10 else ""

    def document(self) -> str:
        """A here-document's operator; its body waits for the next newline."""
        quoted, dash = self.pick("E", "E", "'E'", '"E"', "\\E", "E'F'"), self.pick("", "-")
        lines = [self.pick("text", "it's", 'a "b', "\\$(d9)", "# $x", "  E", ")", "}", "esac", "EE", "${x:-a}") for _ in range(2)]
        if quoted == "E":
            lines.append(self.pick(f"$({self.stub()})", f"`{self.stub()}`", f"${{x:-$({self.stub()})}}"))
        else:
            lines.append(self.pick("$(d9)", "`d9`", "${x:-", "'", "`", "$("))
        delimiter = "EF" if quoted == "E'F'" else "E"
        tab = "\t" if dash else ""
        self.pending.append("".join(tab + line + "\n" for line in (*lines, delimiter)))
        return f" <<{dash}{quoted}"


# ---- bashlex ----------------------------------------------------------------------------------------------------------

# Runs in a process of its own, because bashlex never comes back from some texts.
_BASHLEX = """
import json, sys
import bashlex
def words(node, found):
    if node.kind == "command":
        first = next((p for p in node.parts if p.kind == "word"), None)
        if first is not None and not first.parts:
            found.append(first.word)
    for name in ("parts", "list"):
        for part in getattr(node, name, ()) or ():
            words(part, found)
    for name in ("command", "output", "body"):
        part = getattr(node, name, None)
        if part is not None and hasattr(part, "kind"):
            words(part, found)
for line in sys.stdin:
    try:
        found = []
        for node in bashlex.parse(json.loads(line)):
            words(node, found)
    except Exception:
        found = None
    print(json.dumps(found), flush=True)
"""


def bashlex_words(texts: "Iterable[str]", limit: float = 10.0) -> "list[list[str] | None]":
    """The command words bashlex finds in each text; None where it gives up or does not come back."""
    import json
    todo = list(texts)
    answers: "list[list[str] | None]" = []
    while todo:
        batch = todo[:BATCH]
        lines = "".join(json.dumps(text) + "\n" for text in batch)
        try:
            done = subprocess.run([sys.executable, "-c", _BASHLEX], input=lines, capture_output=True, text=True, timeout=limit,
                                  check=False).stdout
        except subprocess.TimeoutExpired as late:
            output = late.stdout or b""
            done = output.decode() if isinstance(output, bytes) else output
        got = [json.loads(line) for line in done.splitlines()]
        if len(got) < len(batch):
            got.append(None)  # the text on which it hung or died
        answers += got
        todo = todo[len(got):]
    return answers


def _bashlex(count: int, seed: int) -> "tuple[str, bool, str]":
    name = "bashlex: a second opinion"
    try:
        import importlib.util
        present = importlib.util.find_spec("bashlex") is not None
    except ValueError:
        present = False
    if not present:
        return name, True, "not installed, nothing compared"
    texts = [text for text in (*EVASIONS, *generate(seed, count)) if "${" not in text or "$'" not in text]
    failures, compared = [], 0
    for text, found in zip(texts, bashlex_words(texts), strict=True):
        if found is None:
            continue
        compared += 1
        # Decoys are left out: bashlex takes $(..) in single quotes for a command when the word goes on behind them.
        if missed(text, set(found)) & {"hid", *_STUBS}:
            failures.append(text)
    detail = f"read {compared} of {len(texts)} texts, and found nothing that the reader does not list"
    if failures:
        detail = f"{len(failures)} texts where it finds more: " + " | ".join(repr(text) for text in failures[:5])
    return name, not failures, detail
