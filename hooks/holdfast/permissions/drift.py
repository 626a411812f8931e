"""The permission rules week by week: a snapshot for each ISO week in which somebody looked, and what changed in between."""

import datetime
from typing import Any, NamedTuple

from holdfast.kernel.files import read, replace
from holdfast.kernel.jsontext import dump, load
from holdfast.kernel.locked import Locked
from holdfast.permissions.rules import Rule, covers

KEPT = 106  # weeks: two years


class DamagedHistory(Exception):
    """The snapshots cannot be read; the message says why and what to do."""


class Week(NamedTuple):
    """name: "2026-W47".  added, removed: rules against the snapshot before (everything, in the first).  total: rules in all."""

    name: str
    added: "list[str]"
    removed: "list[str]"
    total: int


def week_of(at: int) -> str:
    """Nanoseconds since 1970 -> ISO week."""
    year, week, _ = datetime.datetime.fromtimestamp(at // 10**9, datetime.timezone.utc).isocalendar()
    return f"{year}-W{week:02d}"


def week_of_text(iso: str) -> str:
    """"2026-11-21T..." -> ISO week, "" when it is no date."""
    try:
        year, week, _ = datetime.date.fromisoformat(iso[:10]).isocalendar()
    except ValueError:
        return ""
    return f"{year}-W{week:02d}"


def note(path: str, rules: "list[Rule]", at: int) -> "dict[str, list[str]]":
    """Put this week's rules into the snapshots at `path`: all weeks, oldest first. Raises DamagedHistory, OSError, TimeoutError."""
    with Locked(path + ".lock", 5.0):
        weeks = snapshots(path)
        now = sorted({as_text(rule) for rule in rules})
        if weeks.get(week_of(at)) != now:
            weeks[week_of(at)] = now
            kept = dict(sorted(weeks.items())[-KEPT:])
            replace(path, dump({"v": 1, "weeks": kept}).encode("ascii") + b"\n")
            return kept
    return dict(sorted(weeks.items()))


def snapshots(path: str) -> "dict[str, list[str]]":
    """{week: rules}. Raises DamagedHistory."""
    try:
        value: Any = load(read(path).decode("utf-8"))
        weeks: "dict[str, list[str]]" = value["weeks"]
        if value["v"] != 1 or not all(isinstance(rules, list) for rules in weeks.values()):
            raise ValueError("it holds no weeks")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as bad:
        raise DamagedHistory(f"{path} is damaged ({bad}). Remove it to start over: rm '{path}'") from None
    return weeks


def as_text(rule: Rule) -> str:
    """A rule as a snapshot holds it."""
    return f"{rule.layer} {rule.kind} {rule.text}"


def changes(weeks: "dict[str, list[str]]") -> "list[Week]":
    """What was added and removed from week to week, oldest first."""
    found, before = [], set[str]()
    for name, rules in sorted(weeks.items()):
        now = set(rules)
        found.append(Week(name, sorted(now - before), sorted(before - now), len(now)))
        before = now
    return found


def unused(weeks: "dict[str, list[str]]", used: "dict[str, set[str]]") -> "dict[str, int]":
    """{allow rule of the last snapshot: weeks in a row, up to now, in which it was there and nothing needed it}; those above 0.

    used: {week: narrow rules that were needed in it}.
    """
    names = sorted(weeks)
    found: "dict[str, int]" = {}
    for rule in weeks[names[-1]] if names else []:
        _, kind, text = rule.split(" ", 2)
        if kind != "allow":
            continue
        count = 0
        for name in reversed(names):
            if rule not in weeks[name] or any(covers(text, need) for need in used.get(name, ())):
                break
            count += 1
        if count:
            found[rule] = count
    return found
