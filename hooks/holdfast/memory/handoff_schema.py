"""The shape of a handoff, its checksum, and how it is written so that people can read it. Pure."""

from holdfast.kernel.files import digest
from holdfast.kernel.jsontext import dump, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.constraints import Item

    Handoff = dict[str, Any]

VERSION = 1
LARGEST = 4_194_304  # bytes; a register's lists at their longest stay below it
_ENTRY = {"text": str, "because": str}
# A type, a list of one shape, or an object. A constraint may carry more than is named here: the guard reads what it knows.
_ITEM = {"id": str, "text": str, "kind": str, "targets": list, "turn": int}
SHAPE: "dict[str, Any]" = {
    "v": int, "handoff_id": str, "task_id": str, "from_session": str, "from_agent": str, "project": str, "written_at": str,
    "objective": str, "completed_phases": [_ENTRY], "next_phase": str, "hard_constraints": [_ITEM], "do_not_touch": [str],
    "decisions": [{"id": str, "text": str, "because": str}], "facts": [str], "open_questions": [str], "risks": [str],
    "files_written": [str], "in_progress": [_ENTRY], "blocked": [_ENTRY], "start_instructions": str, "context_summary": str,
    "checksum": str,
}
_NOT_EMPTY = ("handoff_id", "from_session", "project", "objective", "context_summary")
_WORDS = {str: "a text", int: "a whole number", list: "a list", dict: "an object"}
_FOUND = {str: "a text", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}


def parsed(data: bytes) -> "tuple[Handoff | None, list[str]]":
    """The bytes of a file -> (the handoff, or None when it cannot be taken for one; every fault, each with where)."""
    if not data.strip():
        return None, ["the file is empty"]
    try:
        value = load(data.decode("utf-8"))
    except UnicodeDecodeError as bad:
        return None, [f"byte {bad.start}: not UTF-8 text"]
    except ValueError as bad:
        return None, [f"not whole JSON (torn, or changed by hand): {bad}"]
    if not isinstance(value, dict):
        return None, [f"should be an object, and is {_FOUND[type(value)]}"]
    version = value.get("v")
    if version != VERSION or isinstance(version, bool):
        what = "is missing" if "v" not in value else f"is {dump(version)[:40]}"
        return None, [f"v: {what}; this Holdfast knows version {VERSION} alone"]
    faults = list(_misshapen(value))
    sealed_with = value.get("checksum")
    if isinstance(sealed_with, str) and sealed_with != checksum(value):
        faults.append("checksum: does not fit the content: the file was changed after it was written")
    return value, faults


def _misshapen(value: "Handoff") -> "list[str]":
    faults: "list[str]" = []
    for name, shape in SHAPE.items():
        if name not in value:
            faults.append(f"{name}: is missing")
        else:
            faults += _against(value[name], shape, name)
    faults += [f"{name[:60]}: is not a field of a handoff" for name in value if name not in SHAPE]
    faults += [f"{name}: is empty" for name in _NOT_EMPTY if isinstance(value.get(name), str) and not value[name].strip()]
    items: "Any" = value.get("hard_constraints")
    seen: "set[str]" = set()
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        for name in ("id", "text"):
            if isinstance(item.get(name), str) and not item[name].strip():
                faults.append(f"hard_constraints[{number}].{name}: is empty")
        if isinstance(item.get("id"), str):
            if item["id"] in seen:
                faults.append(f"hard_constraints[{number}].id: {item['id'][:40]} is there twice")
            seen.add(item["id"])
    return faults


def _against(value: "Any", shape: "Any", where: str) -> "list[str]":
    """Every fault of a value, each with the place it is at."""
    kind = shape if isinstance(shape, type) else type(shape)
    if not issubclass(type(value), kind) or type(value) is bool:
        return [f"{where}: should be {_WORDS[kind]}, and is {_FOUND[type(value)]}"]
    faults: "list[str]" = []
    if isinstance(shape, list):
        for number, one in enumerate(value):
            faults += _against(one, shape[0], f"{where}[{number}]")
    elif isinstance(shape, dict):
        for name, inner in shape.items():
            if name not in value:
                faults.append(f"{where}.{name}: is missing")
            else:
                faults += _against(value[name], inner, f"{where}.{name}")
    return faults


def checksum(value: "Handoff") -> str:
    """What a handoff is sealed with: the SHA-256 of everything in it but the checksum, whatever the order and the indents."""
    content = {name: inner for name, inner in value.items() if name != "checksum"}
    return "sha256:" + digest(dump(_ordered(content)).encode("ascii"))


def _ordered(value: "Any") -> "Any":
    """The same value with the members of every object in the order of their names."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def written(value: "Handoff") -> bytes:
    """A handoff with its checksum, as indented JSON that a person can read: nothing in it is invisible."""
    import json
    text = json.dumps({**value, "checksum": checksum(value)}, indent=2, ensure_ascii=False)
    return ("".join(c if c.isprintable() or c in "\n\u00a0\u202f" else _escaped(c) for c in text) + "\n").encode("utf-8")


def _escaped(c: str) -> str:
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def said(item: "Item") -> str:
    """A constraint in the person's own words, with the line that leads into it."""
    lead = str(item.get("lead") or "").strip()
    return f"{lead} {item['text']}" if lead else str(item["text"])


def token(items: "list[Item]") -> str:
    """What stands for exactly these constraints, worked out from their ids and texts."""
    return digest(dump([[item["id"], said(item)] for item in items]).encode("ascii"))[:10]


def not_acknowledged(items: "list[Item]", ids: "list[str]", texts: "list[str]") -> "tuple[list[Item], list[str]]":
    """(the constraints that neither an id nor the repeated text acknowledges, what was acknowledged and is not among them)."""
    given, repeated = {one.casefold() for one in ids}, {_bare(one) for one in texts}
    missing = [item for item in items if item["id"].casefold() not in given and not repeated & {_bare(item["text"]), _bare(said(item))}]
    known_ids = {item["id"].casefold() for item in items}
    known_texts = {_bare(text) for item in items for text in (item["text"], said(item))}
    return missing, [one for one in ids if one.casefold() not in known_ids] + [one for one in texts if _bare(one) not in known_texts]


def _bare(text: str) -> str:
    return " ".join(text.split())
