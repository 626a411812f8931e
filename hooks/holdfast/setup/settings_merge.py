"""Settings text + our hooks -> settings text, and back. Pure: everything that is not ours keeps every byte.

The client drops a whole settings file (its permissions too) for one malformed entry under PreToolUse or PermissionRequest,
so a text that already holds one is refused here with the place and the fix: our hooks would be written and never run.
"""

from typing import Any, NamedTuple

from holdfast.kernel.json_edit import Damaged, add, drop, line_of, put, value_of
from holdfast.setup.registration import is_ours
from holdfast.setup.trouble import Trouble

TYPES = ("command", "http", "mcp_tool", "prompt", "agent")
FATAL_EVENTS = ("PreToolUse", "PermissionRequest")

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A malformed entry. fatal: the client ignores the whole file for it."""

    path: Path
    what: str
    fix: str
    fatal: bool


def merged(text: str | None, hooks: dict[str, Any], path: str) -> str:
    """The settings text with exactly these hooks of ours in it; the same text when they are there already.

    text: None when there is no file.  path: for messages.  Raises Trouble.
    """
    if text is None:
        text = "{}\n"
    if not text.strip():
        text += "{}\n"
    value = _checked(text, path)
    for fault in faults(value):
        if fault.fatal:
            raise Trouble(f"{path}, line {line_of(text, fault.path)}: {fault.what}, so the client ignores this whole file and no "
                          f"hook in it runs. {fault.fix}. Nothing was changed.")
    if "hooks" not in value:
        text = add(text, (), "hooks", {})
    for event, groups in hooks.items():
        text = _with_event(text, event, groups)
    # What an earlier version registered and this one does not.
    text = _without_ours(text, [event for event in value_of(text)["hooks"] if event not in hooks])
    result = value_of(text)
    assert all(result.get(key) == kept for key, kept in value.items() if key != "hooks") and not [f for f in faults(result) if f.fatal]
    return text


def removed(text: str, path: str) -> str:
    """The settings text without anything of ours. Raises Trouble."""
    value = _checked(text, path) if text.strip() else {}
    hooks = value.get("hooks")
    if not isinstance(hooks, dict):
        return text
    before = len(hooks)
    text = _without_ours(text, list(hooks))
    after = value_of(text)["hooks"]
    return drop(text, ("hooks",)) if before and not after else text


def faults(value: dict[str, Any]) -> list[Fault]:
    """What in the hooks of some settings the client will not take."""
    hooks = value.get("hooks", {})
    if not isinstance(hooks, dict):
        return [Fault(("hooks",), "`hooks` should be an object", 'Make it {"EVENT": [...]}', True)]
    found = []
    for event, groups in hooks.items():
        fatal = event in FATAL_EVENTS
        if not isinstance(groups, list):
            found.append(Fault(("hooks", event), f"hooks.{event} should be a list", f'Make it [...], as in "{event}": []', True))
            continue
        for number, group in enumerate(groups):
            at: Path = ("hooks", event, number)
            inner = group.get("hooks") if isinstance(group, dict) else None
            if not isinstance(inner, list):
                found.append(Fault(at, f"hooks.{event}[{number}] has no list `hooks`", 'Give it "hooks": [...] or remove it', fatal))
                continue
            found += [Fault((*at, "hooks", place), f"hooks.{event}[{number}].hooks[{place}] {what}", fix, fatal)
                      for place, handler in enumerate(inner) for what, fix in _handler_faults(handler)]
    return found


def _handler_faults(handler: Any) -> list[tuple[str, str]]:
    if not isinstance(handler, dict):
        return [("should be an object", "Write it as {...} or remove it")]
    kind = handler.get("type")
    if kind not in TYPES:
        return [(f"has the type {kind!r}, which the client does not know", f"Use one of {', '.join(TYPES)}, or remove it")]
    if kind == "command" and not isinstance(handler.get("command"), str):
        return [("has no `command`", "Give it one or remove it")]
    if "onFailure" in handler and handler["onFailure"] not in ("continue", "block"):
        return [(f"has onFailure {handler['onFailure']!r}", "Use continue or block")]
    return []


def _checked(text: str, path: str) -> dict[str, Any]:
    try:
        value = value_of(text)
    except Damaged as bad:
        raise Trouble(f"{path} is not JSON: {bad}. Nothing was changed.") from None
    if not isinstance(value, dict):
        raise Trouble(f"{path} should hold a JSON object {{...}}, and holds something else. Nothing was changed.")
    return value


def _with_event(text: str, event: str, groups: list[Any]) -> str:
    """The text with these groups as the only ones of ours under an event."""
    present = value_of(text)["hooks"].get(event)
    if present is None:
        return add(text, ("hooks",), event, groups)
    whole = [number for number, group in enumerate(present) if _kind(group) == "ours"]
    mixed = any(_kind(group) == "mixed" for group in present)
    if [present[number] for number in whole] == groups and not mixed:
        return text
    if not mixed and len(whole) == len(groups):
        for number, group in zip(whole, groups, strict=True):
            text = put(text, ("hooks", event, number), group)
        return text
    text = _without_ours(text, [event], keep_empty=True)
    if event not in value_of(text)["hooks"]:
        return add(text, ("hooks",), event, groups)
    for group in groups:
        text = add(text, ("hooks", event), None, group)
    return text


def _kind(group: Any) -> str:
    inner = group.get("hooks") if isinstance(group, dict) else None
    ours = [is_ours(handler) for handler in inner] if isinstance(inner, list) else []
    return "ours" if ours and all(ours) else "mixed" if any(ours) else "foreign"


def _without_ours(text: str, events: list[str], keep_empty: bool = False) -> str:
    for event in events:
        groups = value_of(text)["hooks"][event]
        found = False
        for number in reversed(range(len(groups))) if isinstance(groups, list) else ():
            kind = _kind(groups[number])
            found = found or kind != "foreign"
            if kind == "ours":
                text = drop(text, ("hooks", event, number))
            elif kind == "mixed":
                for place in reversed(range(len(groups[number]["hooks"]))):
                    if is_ours(groups[number]["hooks"][place]):
                        text = drop(text, ("hooks", event, number, "hooks", place))
        if found and not keep_empty and not value_of(text)["hooks"][event]:
            text = drop(text, ("hooks", event))
    return text
