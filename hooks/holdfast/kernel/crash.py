"""Crash records: what went wrong in Holdfast itself, where `holdfast doctor` finds it. Loaded only when something did."""

from holdfast.kernel.files import append, make_folder
from holdfast.kernel.redact import redact


def record(home: str, script: str, when: str, failure: Exception) -> None:
    """Append one record to HOME/crashes.jsonl. failure: an exception. Raises OSError, TimeoutError."""
    from traceback import format_exception
    trace = "".join(format_exception(type(failure), failure, failure.__traceback__))
    make_folder(home)
    append(f"{home}/crashes.jsonl", {"at": when, "script": script, "what": redact(f"{type(failure).__name__}: {failure}")[:500],
                                     "trace": redact(trace)[-4000:]})
