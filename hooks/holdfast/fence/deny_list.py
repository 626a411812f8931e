"""Our rules in the text of the client's settings: put in as one piece, taken out so that every byte is as before. Pure.

The client drops a whole settings file for one value of the wrong kind, so a text that it would drop is refused here.
"""

import os
from typing import Any, NamedTuple

from holdfast.kernel.json_edit import Damaged, add, drop, line_of, value_of

# What client 2.1.329 was seen to drop the whole file for (measured), beside text that is not JSON.
_MODES = ("default", "acceptEdits", "bypassPermissions", "plan", "dontAsk", "auto", "manual")
_LISTS = ("allow", "deny", "ask", "additionalDirectories")
_KINDS: "dict[str, type]" = {
    "env": dict, "model": str, "sandbox": dict, "includeCoAuthoredBy": bool, "disableAllHooks": bool, "permissions": dict,
    "cleanupPeriodDays": int, "outputStyle": str, "language": str, "statusLine": dict, "enabledPlugins": dict, "apiKeyHelper": str,
    "enableAllProjectMcpServers": bool, "alwaysThinkingEnabled": bool, "spinnerTipsEnabled": bool,
}
_FATAL_EVENTS = ("PreToolUse", "PermissionRequest")
_HANDLERS = {"command": "command", "http": "url", "prompt": "prompt", "agent": "prompt", "mcp_tool": "tool"}


class Unfit(Exception):
    """The settings cannot take our rules; the message says where and what is wrong."""


class Piece(NamedTuple):
    """What was put into a text: at character `at`, `new` in place of `old`."""

    at: int
    old: str
    new: str


def checked(text: str, path: str) -> "dict[str, Any]":
    """The value of a settings text that the client takes whole. path: for the message.  Raises Unfit."""
    try:
        value = value_of(text)
    except Damaged as bad:
        raise Unfit(f"{path} is not JSON: {bad}") from None
    if not isinstance(value, dict):
        raise Unfit(f"{path} should hold a JSON object {{...}}, and holds something else")
    for keys, what in _faults(value):
        raise Unfit(f"{path}, line {line_of(text, keys)}: {what}, so the client ignores the whole file")
    return value


def _faults(value: "dict[str, Any]") -> "list[tuple[tuple[str, ...], str]]":
    found: "list[tuple[tuple[str, ...], str]]" = []
    for key, kind in _KINDS.items():
        if key in value and (not isinstance(value[key], kind) or (kind is int and isinstance(value[key], bool))):
            found.append(((key,), f"`{key}` is of the wrong kind"))
    permissions: Any = value.get("permissions")
    if isinstance(permissions, dict):
        for key in _LISTS:
            given = permissions.get(key, [])
            if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
                found.append((("permissions", key), f"`permissions.{key}` should be a list of texts"))
        if permissions.get("defaultMode", "default") not in _MODES:
            found.append((("permissions", "defaultMode"), "`permissions.defaultMode` is not a mode of the client"))
    hooks: Any = value.get("hooks")
    for event in _FATAL_EVENTS if isinstance(hooks, dict) else ():
        if event in hooks and not _well_formed(hooks[event]):
            found.append((("hooks", event), f"there is a malformed entry under `hooks.{event}`"))
    return found


def _well_formed(groups: Any) -> bool:
    if not isinstance(groups, list):
        return False
    for group in groups:
        inner = group.get("hooks") if isinstance(group, dict) else None
        if not isinstance(inner, list):
            return False
        for handler in inner:
            needed = _HANDLERS.get(handler.get("type", "")) if isinstance(handler, dict) else None
            if needed is None or not isinstance(handler.get(needed), str) or handler.get("onFailure", "block") not in ("block", "continue"):
                return False
    return True


def denied(value: "dict[str, Any]") -> "list[str]":
    """The deny rules in a value that `checked` gave."""
    found: "list[str]" = value.get("permissions", {}).get("deny", [])
    return found


def put_in(text: str, rules: "list[str]") -> "tuple[str, Piece]":
    """A text that `checked` takes -> (the same with these rules at the end of its deny list, what was put in)."""
    value = value_of(text)
    if "permissions" not in value:
        new = add(text, (), "permissions", {"deny": rules})
    elif "deny" not in value["permissions"]:
        new = add(text, ("permissions",), "deny", rules)
    else:
        new = text
        for rule in rules:
            new = add(new, ("permissions", "deny"), None, rule)
    wanted = {**value, "permissions": {**value.get("permissions", {}), "deny": [*denied(value), *rules]}}
    assert value_of(new) == wanted, "the rules did not come out as they were put in"
    return new, _difference(text, new)


def take_back(text: str, piece: Piece) -> str:
    """A text as it was before `put_in` made this of it."""
    assert text.startswith(piece.new, piece.at), "the text is not the one that the piece was put into"
    return text[:piece.at] + piece.old + text[piece.at + len(piece.new):]


def without(text: str, rules: "list[str]", made: "list[str]") -> str:
    """A text that others have edited since, without our rules: of a rule given twice, the last.

    made: what we made to hold them, "deny" and perhaps "permissions"; it goes too when nothing is left in it.
    """
    for rule in rules:
        present = denied(value_of(text))
        if rule in present:
            text = drop(text, ("permissions", "deny", len(present) - 1 - present[::-1].index(rule)))
    permissions = value_of(text).get("permissions", {})
    if "deny" in made and permissions.get("deny") == []:
        text = drop(text, ("permissions", "deny"))
        if "permissions" in made and value_of(text).get("permissions") == {}:
            text = drop(text, ("permissions",))
    return text


def _difference(old: str, new: str) -> Piece:
    start = len(os.path.commonprefix([old, new]))
    end = len(os.path.commonprefix([old[start:][::-1], new[start:][::-1]]))
    return Piece(start, old[start:len(old) - end], new[start:len(new) - end])
