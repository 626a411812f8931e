"""${name OP words}: what defaults, lengths, slices and the text operators give. Loaded when a line has one."""

from holdfast.guard.shell.expansion import _Fields, add_expansion, expand_tilde, split_value
from holdfast.guard.line import Arg, Unknown
from holdfast.guard.shell.state import MAX_PIECES, texts_of
from holdfast.guard.shell.tree import Text
from holdfast.guard.shell.wrappers import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.shell.state import Pieces, State, Value
    from holdfast.guard.shell.tree import (
        Param,
        Word,
    )
    from holdfast.guard.shell.understand import Walk

_DEFAULTS = frozenset((":-", "-", ":=", "=", ":?", "?", ":+", "+"))


def operate(walk: "Walk", part: "Param", value: "Value", state: "State", source: str) -> "Pieces | list[Arg]":
    """${name OP words}"""
    op = part.op
    if op in _DEFAULTS:
        return defaulted(walk, part, value, state, source)
    if isinstance(value, list):
        return operate_on_list(walk, part, value, state, source)
    if op == "#len":
        lengths = {str(len(t)) for t in texts_of(value or ())}
        if len(lengths) == 1:
            return tuple(lengths)
        return (Unknown("arithmetic", source, part.name),)
    from holdfast.guard.shell.patterns import text_operation

    operation = text_operation(walk, part, state)
    if op == "@" and value:
        text = "".join(p for p in value if isinstance(p, str))
        if "$(" in text or "`" in text:
            walk.expanded_again(text, state.copy(), "${@P}")
    texts = texts_of(value or ())
    if operation is not None and texts and len(texts) <= 16:
        if op[0] in "/#%":
            walk.spend(sum(map(len, texts)) >> 2)
        results = [operation(text) for text in texts]
        found = [text for text in results if text is not None]
        if len(found) == len(results):
            if len(set(found)) == 1:
                return (found[0],) if found[0] else ()
            return (Unknown("variable", source, part.name, options=dict.fromkeys(found)),)
    unknown = [p for p in value or () if isinstance(p, Unknown)]
    commands = [c for u in unknown for c in u.commands]
    kind = unknown[0].kind if unknown else "variable"
    # ${BASH_SOURCE%/*} is a folder where that is a path.
    kept = op[:1] in "%/^,@" and any(u.fallback == "computed" for u in unknown)
    return (Unknown(kind, source, part.name, commands, fallback="computed" if kept else ""),)


def operate_on_list(walk: "Walk", part: "Param", value: "list[Arg]", state: "State", source: str) -> "Pieces | list[Arg]":
    op = part.op
    vague = any(a.split or a.glob for a in value)
    if op == "#len":
        return (Unknown("argument", source, part.name),) if vague else (str(len(value)),)
    if op == ":" and not vague:
        given = [walk.number(walk.value(word, state), state) for word in part.words]
        numbers = [number for number in given if number is not None]
        if len(numbers) == len(given) and state.dialect != "zsh" and (part.name not in ("@", "*") or numbers[0] != 0):
            start = numbers[0] - (1 if part.name in ("@", "*") and numbers[0] > 0 else 0)
            if start < 0:
                start += len(value)
            if start < 0:
                return []
            if len(numbers) == 1:
                return value[start:]
            if numbers[1] >= 0:
                return value[start : start + numbers[1]]
    elif op != ":":
        from holdfast.guard.shell.patterns import text_operation

        operation = text_operation(walk, part, state)
        if operation is not None and not vague and all(a.known for a in value) and len(value) <= MAX_PIECES:
            found = [operation(a.value or "") for a in value]
            if None not in found:
                return [Arg((t,) if t else ()) for t in found]
    else:
        for word in part.words:
            walk.value(word, state)
    return [Arg((Unknown("argument", source, part.name, [c for a in value for u in a.unknowns for c in u.commands]),), split=True)]


def defaulted(walk: "Walk", part: "Param", value: "Value", state: "State", source: str) -> "Pieces | list[Arg]":
    """:- - := = :? ? :+ +"""
    op, colon = part.op, part.op[:1] == ":"
    emptiness = _emptiness(value, colon)
    word = part.words[0] if part.words else None
    if op[-1] == "+":
        if emptiness == "empty":
            aside(walk, word, state)
            return ()
        given = operand_value(walk, word, part, state, state if emptiness == "full" else state.copy())
        if emptiness == "full":
            return given
        return perhaps(walk, given, part, source, ("",))
    if emptiness == "full":
        aside(walk, word, state)
        return value if value is not None else ()
    given = operand_value(walk, word, part, state, state if emptiness == "empty" else state.copy())
    if op[-1] == "?":
        return value if value is not None else ()
    if op[-1] == "=":
        plain = given if isinstance(given, tuple) else joined(given).pieces if given else ()
        result = plain if emptiness == "empty" else perhaps(walk, plain, part, source, (), value)
        if isinstance(result, tuple):
            walk.set(state, part.name, result, node=part)
        return result
    if emptiness == "empty":
        return given
    return perhaps(walk, given, part, source, (), value)


def perhaps(
    walk: "Walk", given: "Pieces | list[Arg]", part: "Param", source: str, others: "tuple[str, ...]", value: "Value" = ()
) -> "Pieces | list[Arg]":
    """What ${x:-word} or ${x:+word} gives when it is not known whether x is empty."""
    if isinstance(given, list):
        several = len(given) != 1 or given[0].split or given[0].glob
        if several and any(a.split and not a.known and p.kind == "argument" for a in given for p in a.unknowns):
            return [Arg((Unknown("argument", source, part.name, [c for a in given for u in a.unknowns for c in u.commands]),), split=True)]
        given = joined(given).pieces if given else ()
    texts = texts_of(given)
    unknown = [p for p in (value if isinstance(value, tuple) else ()) if isinstance(p, Unknown)]
    commands = [c for p in (*unknown, *given) if isinstance(p, Unknown) for c in p.commands]
    if others and texts:
        return (Unknown("variable", source, part.name, commands, options=dict.fromkeys([*others, *texts])),)
    known = texts_of(value) if unknown else []
    if known and texts:
        return (Unknown("variable", source, part.name, commands, options=dict.fromkeys([*filter(None, known), *texts])),)
    kind = unknown[0].kind if unknown else "variable"
    fallback = texts[0] if len(texts) == 1 and not others else ""
    return (Unknown(kind, source, part.name, commands, some=texts[:16], fallback=fallback),)


def operand_value(walk: "Walk", word: "Word | None", part: "Param", state: "State", where: "State") -> "Pieces | list[Arg]":
    """The word of ${x:-word}: pieces, or a list when it stands unquoted and may be several."""
    if word is None:
        return ()
    if part.quoted:
        return walk.value(word, where)
    builder = _Fields(word, walk.source(word))
    for k, inner in enumerate(word.parts):
        if isinstance(inner, Text) and not inner.quote:
            text = inner.text
            if k == 0 and text[:1] == "~":
                text = expand_tilde(walk, text, where, builder, len(word.parts) == 1)
            split_value(walk, builder.cut(text, walk.holes), where, builder)
        elif isinstance(inner, Text):
            builder.add_text(inner.text, walk.holes, True)
        else:
            add_expansion(walk, inner, where, builder)
    walk.spliced = builder.finish()
    return walk.spliced


def aside(walk: "Walk", word: "Word | None", state: "State") -> None:
    """A word that is not expanded this time; its commands are listed all the same."""
    if word is not None and any(not isinstance(p, Text) for p in word.parts):
        walk.value(word, state.copy())


def _emptiness(value: "Value", colon: bool) -> str:
    """ "full", "empty" or "unsure": whether ${x:-word} (colon) or ${x-word} takes x."""
    if value is None:
        return "empty"
    if isinstance(value, list):
        if not value:
            return "empty"
        if any(a.split for a in value):
            return "unsure"
        return (
            "full"
            if not colon or len(value) > 1 or any(isinstance(p, str) for p in value[0].pieces)
            else "empty"
            if not value[0].pieces
            else "unsure"
        )
    if not value:
        return "empty" if colon else "full"
    unknown = [p for p in value if isinstance(p, Unknown)]
    if len(unknown) < len(value):
        return "full"
    if colon:
        if all(p.options for p in unknown):
            texts = texts_of(value)
            if texts and all(texts):
                return "full"
            if texts and not any(texts):
                return "empty"
        return "unsure"
    filled = [p.kind in ("output", "input", "arithmetic", "special", "file") or p.options and "" not in p.options for p in unknown]
    return "full" if all(filled) else "unsure"
