"""What one finished tool call leaves behind: a Step of some two hundred bytes, from which loops are told later. Pure.

A Step holds keys (48-bit numbers that are equal for equal things) in place of texts, and two short texts for people to read.
"""

from holdfast.loops.command import NOTHING_SAID, call_of, shell_text
from holdfast.loops.normal import EMPTY, fold, key_of, keys_of, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.loops.command import Call
    from holdfast.loops.sketch import Sketch

_LABEL = 40  # characters of the two texts
_LONGEST = 200_000  # characters of one input that a key is worked out from
_DATA = 1_000  # characters without a blank, from which on a text is taken for data
_LETTERS = str.maketrans("0123456789", "abcdefghij")  # no number, which would be folded
_LEAVES = 300  # texts of one response that are looked at
_CLOCKS = ("durationms", "duration_ms", "totaldurationms", "durationseconds", "timestamp", "originalfile", "structuredpatch", "usage")
# What an input says that is no part of what the call does.
_UNTOLD = (
    "description", "timeout", "run_in_background", "dangerouslyDisableSandbox", "security_risk", "thought")
_SILENT = (
    "your command ran successfully and did not produce any output", "(no content)", "tool ran without output or errors", "<no output>",
    "(no output)", "no matches found", "no files found", "no results found", "[no output]")
_BAD = (
    "error", "fail", "fatal", "not found", "no such", "denied", "traceback", "refused", "could not", "invalid", "exit code",
    "no replacement", "did not appear", "segmentation", "core dumped", "cannot", "unable", "not formatted")
FIELDS = (
    "number", "batch", "tool", "kind", "key", "shape", "out", "loose", "outcome", "error", "target", "label", "writes", "tests", "fresh",
    "changes", "marks")


class Step:
    """One finished call, or a mark between calls.

    number: counts up by one.  batch: the model message it belongs to; 0 when that is not known.  tool: its name.
    kind: "poll", "read", "edit", "test", "search", "task" or "other"; for marks "reset" or "continue".
    key: of the exact call.  shape: of program, subcommand and target.  out: of the normalised output.  loose: the same without any number.
    outcome: "ok", "error", "timeout", "denied" (by a rule), "interrupted", or "uncounted" (refused by a person, cancelled with others).
    error: the class of failure, "" for none; "~" before it when the call itself counts as done.  target: what the failure is about.
    label: the call in a few words.  writes: [path, old, new] keys of an edit, old 0 for a whole file; [] for none.
    tests: [passed, failed, key of the failure], -1 for what the output does not tell; [] for no run.
    fresh: output lines never seen before, 0 when they are too few to tell anything; for a task list the tasks that are done.
    changes: 1 when it may have changed something a later call would show.
    marks: keys of what a denied call is about; tokens for a "continue".
    """

    __slots__ = FIELDS

    if TYPE_CHECKING:
        number: int
        batch: int
        tool: str
        kind: str
        key: int
        shape: int
        out: int
        loose: int
        outcome: str
        error: str
        target: str
        label: str
        writes: list[int]
        tests: list[int]
        fresh: int
        changes: int
        marks: list[int]

    def __init__(self, values: "list[Any]") -> None:
        """values: as `packed` gave them. Raises ValueError, TypeError for anything else."""
        (self.number, self.batch, self.tool, self.kind, self.key, self.shape, self.out, self.loose, self.outcome, self.error, self.target,
         self.label, self.writes, self.tests, self.fresh, self.changes, self.marks) = values

    def packed(self) -> "list[Any]":
        """The step as a list that JSON can hold."""
        return [getattr(self, name) for name in FIELDS]


def step_of(tool: str, given: "dict[str, Any]", response: "Any" = None, error: "str | None" = None, before: "Sketch | None" = None, *,
            number: int = 0, batch: str = "", interrupted: bool = False) -> Step:
    """A finished call -> Step. response: what the tool returned; error: the text of its failure, None when it did not fail;
    before: the lines seen so far, to which this output's are added; batch: the id of the model message."""
    call = call_of(tool, given)
    failed = error is not None
    text = error if error is not None else text_of(response)
    if failed:
        from holdfast.loops.errors import exit_code
        if exit_code(text) == 1 and call.program in NOTHING_SAID and len(text.strip()) <= len("Exit code 1") + 1:
            failed, text = False, ""  # nothing found, nothing differs: an answer, not a failure
    if not text.strip() or text.strip().lower().rstrip(".") in _SILENT or len(text) < 120 and text.lower().startswith(_SILENT):
        lines: "list[str]" = []
    else:
        lines = lines_of(text)
    out, loose = keys_of(lines, text.count("\n"))
    fresh = before.take(lines) if before is not None else 0
    if not (fresh >= 3 and fresh * 20 >= len(lines) or fresh * 2 >= len(lines)):
        fresh = 0
    outcome, kind_of_error, target = _outcome(response, failed, interrupted), "", ""
    tests: "list[int]" = []
    label = _label(call)
    if call.kind == "test" or call.kind == "other":
        tests = _tests(text, failed, call.kind == "test")
    if failed or outcome == "timeout" or outcome == "ok" and lines and (len(lines) <= 2 or call.kind in ("test", "other", "edit")) \
            and (tests or _looks_bad(text)):
        outcome, kind_of_error, target = _failure(text, outcome, label, failed, tests, lines)
    if kind_of_error and not tests and call.kind != "edit" and lines:
        tests = _failure_state(text, out)
    writes = _writes(tool, given, call.target) if outcome == "ok" and not kind_of_error else []
    if call.kind == "edit" and isinstance(response, dict) and "filePath" in response:
        out, loose, fresh = EMPTY, EMPTY, 0  # the client's own word that it was done: what was written is in the input
    kind, done = call.kind, _tasks_done(tool, given)
    if done >= 0:
        kind, fresh = "task", done
    shape = key_of(f"{tool}\n{call.program}\n{call.sub}\n{fold(call.target)}")
    changes = int(call.changes and outcome in ("ok", "timeout") and kind != "task")
    return Step([number, key_of(batch) if batch else 0, tool[-_LABEL:], kind, call_key(tool, given), shape, out, loose, outcome,
                 kind_of_error, target[:_LABEL], label, writes, tests, min(fresh, 999), changes, []])


def denied_step(tool: str, given: "dict[str, Any]", about: "list[str]", *, number: int = 0, batch: str = "") -> Step:
    """A call that a rule refused before it ran. about: what names the attempt in any words, such as the codes of the findings joined to
    the paths and hosts they name; two denied steps that share one are the same attempt."""
    call = call_of(tool, given)
    label = _label(call)
    marks = sorted({key_of(thing) % 1_000_003 for thing in about})[:12]
    shape = key_of(f"{tool}\n{call.program}")
    return Step([number, key_of(batch) if batch else 0, tool[-_LABEL:], call.kind, call_key(tool, given), shape, EMPTY, EMPTY, "denied",
                 "denied", "", label, [], [], 0, 0, marks])


def _label(call: "Call") -> str:
    """A call in a few words."""
    target = fold(call.target)
    return " ".join([word for word in (call.program, call.sub, target if target != call.sub else "") if word])[:_LABEL]


def mark(kind: str, *, number: int = 0, tokens: int = 0) -> Step:
    """A mark between calls: "reset" (a person's prompt, a new phase), or "continue" (the turn was continued after it had ended; tokens:
    what that added)."""
    return Step([number, 0, "", kind, 0, 0, 0, 0, "ok", "", "", "", [], [], 0, 0, [tokens] if kind == "continue" else []])


def text_of(response: "Any") -> str:
    """What of a response is text, whatever its shape; durations and whole files that the client adds are left out."""
    if isinstance(response, str):
        return _spelled(response)
    if isinstance(response, dict):
        said, errors = response.get("stdout"), response.get("stderr")
        if isinstance(said, str):
            said = _spelled(said)
            return f"{said}\n{errors}" if isinstance(errors, str) and errors else said
        if response.get("numFiles") == 0 and not response.get("content"):
            return ""  # a search without a hit
        file = response.get("file")
        if isinstance(file, dict) and isinstance(file.get("content"), str):
            content: str = file["content"]
            return content
    found: "list[str]" = []
    _collect(response, found, 0)
    return "\n".join(found)


def _spelled(text: str) -> str:
    """Text as it is; of a picture or other data in one long word, a word that tells it from others."""
    if len(text) < _DATA or text[0] in "{[<" or " " in text[:_DATA] or "\n" in text[:_DATA]:
        return text
    return "data " + str(key_of(_short(text))).translate(_LETTERS)


def _collect(value: "Any", found: "list[str]", depth: int) -> None:
    if len(found) >= _LEAVES or depth > 6:
        return
    if isinstance(value, str):
        found.append(_spelled(value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name.lower() in _CLOCKS or name == "type":
                continue
            if isinstance(inner, (int, float)):
                found.append(f"{name} {inner}")
            else:
                _collect(inner, found, depth + 1)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _collect(inner, found, depth + 1)
    elif value is not None:
        found.append(str(value))


def call_key(tool: str, given: "dict[str, Any]") -> int:
    """Key of the exact call, the same that its Step will have; descriptions and time-outs are no part of it."""
    shell = shell_text(tool, given)
    if shell is not None:
        return key_of(f"{tool}\n{' '.join(_short(shell).split())}")
    told = [(name, value if isinstance(value, str) else repr(value)) for name, value in sorted(given.items()) if name not in _UNTOLD]
    return key_of("\n".join([tool, *[f"{name}={_short(value)}" for name, value in told]]))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST // 2]}{len(text)}{text[-_LONGEST // 2:]}"


def _outcome(response: "Any", failed: bool, interrupted: bool) -> str:
    if interrupted:
        return "interrupted"
    if failed:
        return "error"
    if isinstance(response, dict):
        if response.get("timedOutAfterMs"):
            return "timeout"
        if response.get("interrupted") is True:
            return "interrupted"
    return "ok"


def _looks_bad(text: str) -> bool:
    """False for output that surely tells of no failure: most calls need not load what reads failures."""
    low = f"{text[:300]}\n{text[-6000:] if 'Traceback' in text else text[-300:]}".lower()
    return any([word in low for word in _BAD])


def _failure(text: str, outcome: str, label: str, failed: bool, tests: "list[int]", lines: "list[str]") -> "tuple[str, str, str]":
    """(outcome, class, target); a class with "~" when the client calls it done and the output tells otherwise."""
    if outcome == "interrupted":
        return outcome, "", ""
    if outcome == "timeout":
        return outcome, "timeout", label
    failing = len(tests) == 3 and tests[1] > 0
    from holdfast.loops.errors import UNCOUNTED, classify, soft_failure
    if not failed and not failing and not soft_failure(text):
        return outcome, "", ""
    found = classify(text, label, failing)
    if not failed:
        if found.kind in UNCOUNTED or found.kind == "denied":
            return "ok", "", ""
        return "ok", "~" + found.kind, _about(found.target, found.kind, label, lines)
    if found.kind in UNCOUNTED:
        return "uncounted", "", ""
    if found.kind == "denied":
        return "denied", "denied", found.target
    if found.permanent and found.kind == "not-found":
        return "error", "missing generated file", found.target
    return "error", found.kind, _about(found.target, found.kind, label, lines)


def _about(target: str, kind: str, label: str, lines: "list[str]") -> str:
    """An unknown failure is told from another by its words."""
    if kind != "unknown" or not lines:
        return target or label
    telling = lines[-1]
    if "Traceback (most recent call last):" not in lines:
        telling = next((line for line in lines if "rror" in line or "ERR" in line or "atal" in line or "ailed" in line), telling)
    return label if telling.startswith("Exit code") else telling[:_LABEL]


def _tests(text: str, failed: bool, sure: bool) -> "list[int]":
    """sure: the command is known to run tests; any other has to count what passed as well."""
    if len(text) < 10:
        return []
    from holdfast.loops.testrun import counts, failure_key
    found = counts(text)
    if found is None or not sure and found[0] <= 0:
        return []
    return [found[0], found[1], failure_key(text) if found[1] or failed else 0]


def _failure_state(text: str, out: int) -> "list[int]":
    from holdfast.loops.testrun import failure_key
    return [-1, -1, failure_key(text) or out]


def _writes(tool: str, given: "dict[str, Any]", target: str) -> "list[int]":
    """[path, old, new] keys of what an editing tool's input says was written."""
    path = given.get("file_path") or given.get("path") or given.get("notebook_path") or target
    if not isinstance(path, str):
        return []
    new = _first(given, ("new_string", "new_str", "new_source", "content", "file_text", "contents"))
    edits = given.get("edits")
    if new is None and isinstance(edits, list) and edits:
        pairs = [edit for edit in edits if isinstance(edit, dict)]
        old_texts = [_first(edit, ("old_string", "oldText", "old_str")) or "" for edit in pairs]
        new_texts = [_first(edit, ("new_string", "newText", "new_str")) or "" for edit in pairs]
        return [key_of(path), key_of("\n".join(sorted(old_texts))), key_of("\n".join(sorted(new_texts)))]
    if new is None or not any([name in given for name in ("file_path", "path", "notebook_path")]):
        return []
    old = _first(given, ("old_string", "old_str"))
    return [key_of(path), key_of(_short(old)) if old is not None else 0, key_of(_short(new))]


def _first(given: "dict[str, Any]", names: "tuple[str, ...]") -> "str | None":
    for name in names:
        value = given.get(name)
        if isinstance(value, str):
            return value
    return None


def _tasks_done(tool: str, given: "dict[str, Any]") -> int:
    """How many tasks a task tool's input calls done; -1 for any other tool."""
    if tool == "TodoWrite":
        todos = given.get("todos")
        return sum([isinstance(todo, dict) and todo.get("status") == "completed" for todo in todos]) if isinstance(todos, list) else 0
    if tool in ("TaskUpdate", "TaskCreate"):
        return int(given.get("status") == "completed")
    return -1
