"""What recorded sessions needed: calls from the audit log that ran, as the narrowest rules that would have allowed them."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from holdfast.permissions.drift import week_of_text

Commands = Callable[[str, str], "list[str]"]


def needs(log: "Iterable[dict[str, Any]]", project: str, commands: Commands) -> "dict[str, set[str]]":
    """{ISO week: narrow rules}. log: the audit log's records.  commands: (shell text, folder) -> narrow rules of what runs in it."""
    intents: "dict[str, dict[str, Any]]" = {}
    found: "dict[str, set[str]]" = {}
    for record in log:
        if record.get("kind") == "intent" and record.get("verdict") in ("none", "allow", None):
            intents[record.get("call", "")] = record
        elif record.get("kind") == "outcome" and record.get("outcome") in ("refused", "permission denied"):
            intents.pop(record.get("call", ""), None)
    for record in intents.values():
        found.setdefault(week_of_text(record.get("at", "")), set()).update(_rules(record, project, commands))
    return found


def _rules(record: "dict[str, Any]", project: str, commands: Commands) -> "list[str]":
    tool, given = record.get("tool", ""), record.get("input", {})
    if tool == "Bash":
        return commands(str(given.get("command", "")), record.get("cwd") or project)
    if tool == "WebFetch":
        host = str(given.get("url", "")).partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
        return [f"WebFetch(domain:{host})"] if host else []
    if tool in ("Edit", "Write", "MultiEdit", "NotebookEdit", "Read"):
        path = str(given.get("file_path") or given.get("notebook_path") or "")
        inside = os.path.relpath(path, project) if path.startswith("/") else path
        if tool == "Read" and not inside.startswith(".."):
            return []  # reading in the project needs no rule
        kind = "Read" if tool == "Read" else "Edit"
        if inside.startswith(".."):
            return [f"{kind}(/{os.path.dirname(path)}/**)"]
        top = inside.partition("/")[0] if "/" in inside else ""
        return [f"{kind}({top + '/' if top else ''}**)"]
    return [tool] if tool.startswith("mcp__") else []
