"""The catalogue the other way round: for every word the modules that it triggers, and how the names of secrets begin.

Worked out once; quick_import keeps the result until the catalogue changes.
"""

from holdfast.guard import catalogue

KEPT = ("holdfast.guard.catalogue",)
NAMES = tuple([name for name, _ in catalogue.MODULES])
INDEX: "dict[str, str]" = {}  # first letter -> a line for each word: itself and the numbers of its modules
SECRETS, TRUSTED = " ".join(catalogue.SECRETS), " ".join(catalogue.TRUSTED)
SECRET_STARTS = frozenset([mark[:3] for mark in catalogue.SECRETS])
TRUSTED_STARTS = frozenset([mark[:3] for mark in catalogue.TRUSTED])


def _fill() -> None:
    numbers: "dict[str, list[str]]" = {}
    for number, (_, words) in enumerate(catalogue.MODULES):
        for word in dict.fromkeys(words.split()):
            numbers.setdefault(word, []).append(str(number))
    for word, found in sorted(numbers.items()):
        INDEX[word[0]] = INDEX.get(word[0], "\n") + f"{word} {' '.join(found)}\n"


_fill()
