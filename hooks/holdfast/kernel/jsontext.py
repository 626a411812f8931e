"""JSON text <-> values with the interpreter's C scanner and encoder only: importing json would cost every tool call 7 ms."""

from _json import encode_basestring_ascii, make_encoder, make_scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    JsonObject = dict[str, Any]


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0:  # infinite, as 1e999 is: it could be read but not written back
        raise ValueError(f"the number {text[:20]} is out of range")
    return number


class _Plain:
    """What the C scanner asks its caller for: standard JSON, nothing converted."""

    strict = False
    object_hook = None
    object_pairs_hook = None
    parse_float = staticmethod(_finite)
    parse_int = int
    memo: "dict[str, str]" = {}

    @staticmethod
    def parse_constant(name: str) -> "NoReturn":
        raise ValueError(f"{name} is not JSON")


_scan = make_scanner(_Plain)  # type: ignore[arg-type]  # it takes whatever has these attributes; typeshed names only itself
_BLANK = " \t\r\n"


def load(text: str) -> "Any":
    """JSON text (str) -> value. Raises ValueError that says where, also for trailing text and for nesting beyond reason."""
    start = 0
    while start < len(text) and text[start] in _BLANK:
        start += 1
    try:
        value, end = _scan(text, start)
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    except (ValueError, StopIteration, SystemError) as bad:
        raise ValueError(_fault(text) or str(bad)) from None
    rest = text[end:].lstrip(_BLANK)
    if rest:
        raise ValueError(f"text after the JSON value at character {len(text) - len(rest)}")
    return value


def _fault(text: str) -> str:
    """What is wrong with a JSON text, and where. Without the json module loaded the C scanner cannot say (it raises SystemError)."""
    import json
    try:
        json.loads(text)
    except json.JSONDecodeError as bad:
        return f"{bad.msg.removesuffix(' at')} at character {bad.pos}"
    return ""


def _refuse(value: object) -> "NoReturn":
    raise TypeError(f"{type(value).__name__} is not JSON")


_encode = make_encoder(None, _refuse, encode_basestring_ascii, None, ":", ",", False, False, False)


def dump(value: object) -> str:
    """Value of dict, list, str, int, float, bool, None -> compact ASCII JSON text on one line. Raises TypeError, ValueError."""
    return "".join(_encode(value, 0))
