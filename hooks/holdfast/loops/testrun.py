"""The output of a test run -> how many passed and failed, and which failure it is. Pure, no imports beyond our own.

Knows the summaries of pytest, unittest, jest, vitest, mocha, go, cargo, JUnit-like tools, TAP, RSpec, PHPUnit, dotnet and ctest.
"""

from holdfast.loops.normal import fold, key_of

_END = 6_000  # characters at the end of an output, where summaries stand
_FAILURES = 40  # lines that tell a failure from another
_MARKS = (
    "FAILED", "FAIL", "ERROR", "Error", "error", "E  ", "●", "✕", "✗", "×", "Expected", "Received", "expected", "panicked", "assert",
    "not ok", "actual", "Failure", "Exception", "got:", "got ", "want")
_COUNTS = {
    "passed": "passed", "passing": "passed", "pas": "passed", "succeeded": "passed", "failed": "failed", "failing": "failed",
    "failure": "failed", "error": "failed", "fail": "failed", "run": "total", "test": "total", "total": "total", "example": "total",
    "completed": "total",
}
_WORDS = ("passed", "failed", "passing", "failing", "ok", "tests", "failures", "examples", "fail", "error")  # one is in every summary


def counts(text: str) -> "tuple[int, int] | None":
    """Output -> (passed, failed), errors counted as failed; None when it holds no summary of tests."""
    end = text[-_END:]
    low = end.lower()
    if not any([word in low for word in _WORDS]):
        return None
    lines = [line for line in low.split("\n") if line.strip()]
    for line in reversed(lines):
        found = _summary(line.strip(" =\r\t"))
        if found is not None:
            return _joined(lines, found)
    passed = sum([line.startswith(("--- pass", "ok  \t", "ok \t")) for line in lines])  # go
    failed = sum([line.startswith(("--- fail", "fail\t")) for line in lines])
    if passed or failed:
        return passed, failed
    passed = sum([line.startswith("ok ") for line in lines])  # TAP
    failed = sum([line.startswith("not ok ") for line in lines])
    return (passed, failed) if passed + failed >= 2 else None


def failure_key(text: str) -> int:
    """Output of a failed run -> key of what failed and how; line numbers, times and ids make no difference. 0: it does not say."""
    kept = []
    for line in [*text[:_END].split("\n"), *text[max(_END, len(text) - _END):].split("\n")]:
        if any([mark in line for mark in _MARKS]) and not line.lstrip(" =").startswith(("warning", "Warning")):
            if line.strip(" =\r").endswith(("s", ")")) and (" in " in line and ("passed" in line or "failed" in line)):
                line = line.rpartition(" in ")[0]
            kept.append(_unnumbered(fold(line)))
            if len(kept) >= _FAILURES:
                break
    return key_of("\n".join(kept)) if kept else 0


def _summary(line: str) -> "tuple[int, int] | None":
    """One line in lower case -> (passed, failed) when it is a summary; -1 for what another line tells."""
    if len(line) > 300:
        return None
    if line == "ok" or line.startswith(("ok (", "failed (")):  # unittest: FAILED (failures=1); PHPUnit: OK (5 tests, 9 assertions)
        found = _numbers(line.partition("(")[2].replace("=", ": ").rstrip(")"))
        return found.get("total", -1), found.get("failed", 0)
    named = line.startswith(("tests run", "tests:", "test result", "tests  ", "passed!", "failed!", "tests:  "))
    if not named and not line[:1].isdigit() and not line.startswith("ran "):
        return None
    found = _numbers(line)
    if line.startswith("ran ") and "total" in found:
        return found["total"], -1
    if "passed" not in found and "failed" not in found:
        return None
    failed = found.get("failed", -1)
    passed = found.get("passed", found["total"] - max(failed, 0) if "total" in found else -1)
    return passed, failed


def _numbers(line: str) -> "dict[str, int]":
    """"2 failed, 3 passed" or "failures: 1, errors: 0" -> {"failed": 2, "passed": 3}; "total" is what ran."""
    found: "dict[str, int]" = {}
    for part in line.replace(";", ",").replace("|", ",").replace(". ", ",").replace("(", ",").split(","):
        name, colon, number = part.rpartition(":")
        words = part.replace(":", " ").split()
        if colon and number.strip(" .").isdigit():
            words, count = name.split()[-1:], int(number.strip(" ."))
        else:
            at = next((at for at, word in enumerate(words) if word.isdigit()), -1)
            if at < 0:
                continue
            count, words = int(words[at]), words[at + 1:at + 3] or words[:at]
            if part.rstrip().rpartition("out of ")[2].isdigit():
                found["total"] = int(part.rstrip().rpartition(" ")[2])
        for word in words[::-1]:
            kind = _COUNTS.get(word.rstrip(".s!"))
            if kind == "failed":
                found["failed"] = found.get("failed", 0) + count
            elif kind:
                found.setdefault(kind, count)
            if kind:
                break
    return found


def _joined(lines: "list[str]", found: "tuple[int, int]") -> "tuple[int, int]":
    """Summaries that tell the two numbers on two lines."""
    passed, failed = found
    if passed < 0 or failed < 0:
        for line in reversed(lines[-15:]):
            other = _summary(line.strip(" =\r\t"))
            if other is not None:
                passed = other[0] if passed < 0 else passed
                failed = other[1] if failed < 0 else failed
        if any([line.startswith("ran ") for line in lines[-15:]]):
            passed -= max(failed, 0)  # unittest counts all that ran
    return max(passed, 0), max(failed, 0)


def _unnumbered(line: str) -> str:
    """A line without the numbers of lines and columns, which every edit above moves."""
    out, before = [], ""
    for word in line.split():
        bare = word.strip(",.:()")
        if before in ("line", "lines", "at", "on") and bare.isdigit():
            word = "#"
        elif ":" in word and "." in word.partition(":")[0]:
            name, _, rest = word.partition(":")
            if rest.replace(":", "").strip(",.)").isdigit() or not rest:
                word = name
            elif rest.partition(":")[0].isdigit():
                word = name + ":" + rest.partition(":")[2]
        before = word.lower()
        out.append(word)
    return " ".join(out)
