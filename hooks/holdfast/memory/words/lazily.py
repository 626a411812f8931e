"""Patterns that are compiled when they are first used: a prompt needs few of them, and compiling all takes a fifth of a second. Pure."""

import re
from typing import cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub")


class _Waiting:
    """Stands for a pattern until it is used; then it holds the methods of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> "re.Pattern[str]":
    """What re.compile gives for this source, compiled at its first use. A mistake in the source shows only then."""
    return cast("re.Pattern[str]", _Waiting(source, flags))
