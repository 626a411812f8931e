"""Settings: holdfast.json from up to three places, checked, layered and cached, without any package.

Layers: built-in < managed < user < project. A project's file comes with the code it lies in, so it may only tighten: its
rule levels can raise a verdict, never lower one, and what else it says that would loosen is left out and noted. Once a person
trusts the file's exact content (`holdfast trust`), it counts like the user's; any change of the file ends that.

    managed   /etc/claude-code/holdfast.json, on macOS /Library/Application Support/ClaudeCode/holdfast.json
    user      CONFIG/holdfast.json          (CONFIG: CLAUDE_CONFIG_DIR, else ~/.claude)
    project   PROJECT/.claude/holdfast.json

The resolved settings lie in the project's state folder under the hash of all three texts, sealed with a checksum: a cache
that is stale, missing or damaged is never used, but built again from the files. SHAPE says what a file may hold; the
published JSON Schema and the pydantic model in `configure` say the same, and a property test holds the three together.
"""

import sys

from holdfast.kernel.files import digest, read, replace, sealed, unseal
from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.store import Store, config_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject

    Settings = dict[str, Any]  # resolved: shaped like BUILT_IN
    Problem = tuple[str, int, str, str]  # path of the file, line from 1, key, what is wrong and how to fix it

LEVELS = ("off", "ask", "deny")  # from weakest to strongest
MAX_FILE = 1_048_576  # bytes of one settings file
MAX_KEPT = 65_536  # characters of one command that an audit record can be told to keep

# A tuple lists the allowed values, a type is checked, a one-item list is a list of that, "*" any other key.
SHAPE: "dict[str, Any]" = {
    "$schema": str,
    "guard": {
        "fail": ("closed", "open"),
        "attended": ("auto", "no"),
        "rules": {"*": LEVELS},
        "roots": [str],
    },
    "audit": {
        "keep_characters": (int, 0, MAX_KEPT),
    },
    "egress": {
        "allow": [str],
    },
    "rate": {
        "calls": (int, 0, 100_000),
        "seconds": (int, 1, 86_400),
    },
    "output": {
        "line_characters": (int, 0, 10_000_000),
        "lines": (int, 0, 10_000_000),
    },
    "alerts": {
        "notify": [str],
    },
    "memory": {
        "inject_characters": (int, 1_000, 18_000),
        "checkpoints": (int, 1, 1_000),
        "stamp": ("named", "all", "none"),
        "fence": ("auto", "on", "off"),
        "window": (int, 0, 10_000_000),
    },
}

BUILT_IN: "Settings" = {
    "guard": {"fail": "closed", "attended": "auto", "rules": {}, "tighten": {}, "roots": []},
    "audit": {"keep_characters": 4096},
    "egress": {"allow": []},
    "rate": {"calls": 30, "seconds": 60},
    "output": {"line_characters": 10_000, "lines": 50_000},
    "alerts": {"notify": []},
    "memory": {"inject_characters": 18_000, "checkpoints": 20, "stamp": "named", "fence": "auto", "window": 0},
    "notes": [],
}


class BadSettings(Exception):
    """A settings file cannot be used. problems: list of (path of the file, line from 1, key, what is wrong and how to fix it)."""

    def __init__(self, problems: "list[Problem]") -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(f"{path}:{line}: {what}" for path, line, key, what in self.problems)


def sources(env: "dict[str, str]", project: str) -> "list[tuple[str, str]]":
    """[(layer, path)] of the files that are looked at, weakest first. env: dict of environment variables."""
    managed = "/Library/Application Support/ClaudeCode" if sys.platform == "darwin" else "/etc/claude-code"
    return [("managed", managed + "/holdfast.json"), ("user", config_folder(env) + "/holdfast.json"),
            ("project", project + "/.claude/holdfast.json")]


def load_settings(store: Store, env: "dict[str, str]") -> "Settings":
    """Resolved settings: a dict shaped like BUILT_IN. Raises BadSettings when a file is damaged or says what it may not.

    store: Store, for the cache.  env: dict of environment variables.
    """
    texts = [(layer, path, _text(path)) for layer, path in sources(env, store.project)]
    if not any(text is not None for _, _, text in texts):
        return BUILT_IN
    trust = _trust(store, texts[-1][1], texts[-1][2])
    key = digest(b"\0".join(text if text is not None else b"-" for _, _, text in texts) + digest(dump(BUILT_IN).encode()).encode()
                 + dump(trust).encode())
    cached = _cached(store, key)
    if cached is not None:
        return cached
    settings = resolve(texts, trust)
    _remember(store, key, settings)
    return settings


def resolve(texts: "list[tuple[str, str, bytes | None]]", trust: str = "") -> "Settings":
    """[(layer, path, bytes or None)] -> resolved settings. Raises BadSettings with every problem found.

    trust: of the project's file: "trusted", "changed" since a person trusted it, or "".
    """
    settings: "Settings" = load(dump(BUILT_IN))
    problems: "list[Problem]" = []
    for layer, path, text in texts:
        if text is not None:
            value = _checked(path, text, problems)
            if value is not None:
                _lay(settings, "trusted" if layer == "project" and trust == "trusted" else layer, path, value)
        if layer == "project" and trust == "changed":
            settings["notes"].append(f"{path}: changed since you trusted it, so the trust has ended and the file may only tighten. "
                                     "Read it, then run `holdfast trust` again, or `holdfast untrust`")
    if problems:
        raise BadSettings(problems)
    return settings


def _trust(store: Store, path: str, text: "bytes | None") -> str:
    """"trusted" when a person trusts exactly this content of the project's file, "changed" when they trusted another, else ""."""
    if text is None:
        return ""
    try:
        noted = load(read(store.trusted, MAX_FILE).decode("utf-8"))["files"][path]["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # not trusted, or the record is damaged: `holdfast trust --list` says which
    return "trusted" if noted == digest(text) else "changed"


def _text(path: str) -> "bytes | None":
    try:
        return read(path, MAX_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as bad:
        raise BadSettings([(path, 1, "", f"cannot be read ({bad}). Make it readable or remove it")]) from None


def _cached(store: Store, key: str) -> "Settings | None":
    try:
        record = unseal(read(store.settings).rstrip(b"\n"))
    except (OSError, ValueError):
        return None
    return record["settings"] if record and record.get("key") == key else None


def _remember(store: Store, key: str, settings: "Settings") -> None:
    try:
        replace(store.settings, sealed({"key": key, "settings": settings}))
    except OSError:
        pass  # only a cache: the files are read and checked again at the next call


# ---- checking -----------------------------------------------------------------------------------------------------

def _checked(path: str, text: bytes, problems: "list[Problem]") -> "JsonObject | None":
    from holdfast.kernel.places import line_of
    try:
        source = text.decode("utf-8")
        value = load(source.lstrip("\ufeff"))
    except UnicodeDecodeError as bad:
        problems.append((path, text.count(b"\n", 0, bad.start) + 1, "", "is not UTF-8. Save it as UTF-8"))
        return None
    except ValueError as bad:
        problems.append((path, line_of(source, (), bad), "", f"{bad}. Fix the JSON there (no comments, no trailing commas)"))
        return None
    found = list(faults(value, SHAPE))
    problems.extend((path, line_of(source, keys), ".".join(keys), what) for keys, what in found)
    return None if found else value


def faults(value: "Any", shape: "Any", keys: "tuple[str, ...]" = ()) -> "Iterator[tuple[tuple[str, ...], str]]":
    """Yield (key path, what is wrong) wherever `value` does not fit `shape`."""
    name = ".".join(keys) or "the file"
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield keys, f"{name} should be an object, and is {_kind(value)}"
            return
        for key, member in value.items():
            if key in shape:
                yield from faults(member, shape[key], (*keys, key))
            elif "*" in shape:
                yield from faults(member, shape["*"], (*keys, key))
            else:
                known = ", ".join(k for k in shape if k != "$schema")
                yield (*keys, key), f"{'.'.join((*keys, key))} is not a setting. Known here: {known}"
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield keys, f"{name} should be a list, and is {_kind(value)}"
            return
        for number, member in enumerate(value):
            yield from faults(member, shape[0], (*keys, str(number)))
    elif isinstance(shape, tuple) and shape[0] is int:
        if not isinstance(value, int) or isinstance(value, bool) or not shape[1] <= value <= shape[2]:
            yield keys, f"{name} should be a whole number from {shape[1]} to {shape[2]}, and is {dump(value)[:60]}"
    elif isinstance(shape, tuple):
        if not isinstance(value, str) or value not in shape:
            yield keys, f"{name} should be one of {', '.join(shape)}, and is {dump(value)[:60]}"
    elif not isinstance(value, shape):
        yield keys, f"{name} should be a text, and is {_kind(value)}"


def _kind(value: object) -> str:
    return {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}.get(
        type(value), "null")


# ---- layering -----------------------------------------------------------------------------------------------------

def _lay(settings: "Settings", layer: str, path: str, value: "JsonObject") -> None:
    guard, audit = value.get("guard", {}), value.get("audit", {})
    if layer != "project":
        for name in ("fail", "attended"):
            if name in guard:
                settings["guard"][name] = guard[name]
        settings["guard"]["rules"].update(guard.get("rules", {}))
        settings["guard"]["roots"] += guard.get("roots", [])
        for part in ("audit", "egress", "rate", "output", "alerts", "memory"):
            settings[part].update(value.get(part, {}))
        return
    for code, level in guard.get("rules", {}).items():
        if level == "off":
            settings["notes"].append(f"{path}: guard.rules.{code}: a project may only tighten; `off` is left out")
        else:
            settings["guard"]["tighten"][code] = level
    if guard.get("fail") == "open":
        settings["notes"].append(f"{path}: guard.fail: a project may only tighten; `open` is left out")
    elif "fail" in guard:
        settings["guard"]["fail"] = guard["fail"]
    if guard.get("attended") == "no":
        settings["guard"]["attended"] = "no"
    if guard.get("roots"):
        settings["notes"].append(f"{path}: guard.roots: a project may only tighten; its roots are left out")
    settings["audit"]["keep_characters"] = max(settings["audit"]["keep_characters"], audit.get("keep_characters", 0))
    _tighten(settings, path, value)


def _tighten(settings: "Settings", path: str, value: "JsonObject") -> None:
    """The limits and lists of a project's file, where they are narrower than what is in force."""
    mine = settings["egress"]["allow"]
    theirs = value.get("egress", {}).get("allow", [])
    kept = [entry for entry in theirs if not mine or any(entry == one or one[:2] == "*." and entry.endswith(one[1:]) for one in mine)]
    if kept:
        settings["egress"]["allow"] = kept
    if len(kept) < len(theirs):
        settings["notes"].append(f"{path}: egress.allow: a project may only tighten; hosts that you have not permitted are left out")
    rate, own = value.get("rate", {}), settings["rate"]
    calls = rate.get("calls", own["calls"])
    if calls and (calls <= own["calls"] or not own["calls"]):
        own["calls"] = calls
    elif calls != own["calls"]:
        settings["notes"].append(f"{path}: rate.calls: a project may only tighten; the larger number is left out")
    own["seconds"] = max(own["seconds"], rate.get("seconds", 0))
    for name, limit in value.get("output", {}).items():
        settings["output"][name] = min(limit or settings["output"][name], settings["output"][name] or limit)
    memory, ours = value.get("memory", {}), settings["memory"]
    ours["checkpoints"] = max(ours["checkpoints"], memory.get("checkpoints", 0))
    if memory.get("stamp") == "all":
        ours["stamp"] = "all"
    if memory.get("fence") == "on":
        ours["fence"] = "on"
    if set(memory) - {"checkpoints"} and any(ours[name] != given for name, given in memory.items() if name != "checkpoints"):
        settings["notes"].append(f"{path}: memory: a project may only keep more checkpoints, stamp all workers and raise the fence")
    if value.get("alerts", {}).get("notify"):
        settings["notes"].append(f"{path}: alerts.notify: only a person says who is told; the project's are left out")
