"""From a prompt, a dispatch or a command to the record of constraints: what is new, what it replaces, what is lifted.

`taken` is pure but for following the paths that a constraint names; `take_in` writes. The grammar is in `memory.words`.
"""

import os

from holdfast.kernel.clock import iso
from holdfast.kernel.constraints import EVERY_SESSION, LOG, MOST, changing, history, in_force, standing, state
from holdfast.kernel.files import real_path
from holdfast.kernel.redact import redact
from holdfast.memory.words.areas import globs_of
from holdfast.memory.words.constraints import constraints_in
from holdfast.memory.words.lifts import lifted_by, lifts_in
from holdfast.memory.words.superseding import same, supersedes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.store import Store

MACHINE = ("<task-notification", "<system-reminder", "<local-command", "<bash-input", "<bash-stdout", "<command-message")
_LONGEST = 2_000  # characters of one constraint; a longer sentence is not one that anybody could keep to


class Taken:
    """What a text changes. items: new ones, ready to be recorded.  lifts: [(id, words)].  rest: the text without the constraints."""

    __slots__ = ("items", "lifts", "rest")

    def __init__(self, items: "list[Item]", lifts: "list[tuple[str, str]]", rest: str) -> None:
        self.items, self.lifts, self.rest = items, lifts, rest


def taken(text: str, live: "list[Item]", number: int, turn: int, source: str, at: int, cwd: str, project: str, letter: str = "C",
          above: "Sequence[Item]" = ()) -> Taken:
    """A person's text -> what it changes of `live`, the items in force.

    number: the last id's.  letter: what ids begin with: C, P for the project's, T for a worker's task.  above: what is in force
    besides, which the text can lift and not restate.  source: "person", "dispatch", "command" or "FILE:LINE".
    cwd, project: absolute folders that relative paths are meant from.
    """
    if text.lstrip().startswith(MACHINE):
        return Taken([], [], "")
    lifts = [(item["id"], redact(lift.text)) for lift in lifts_in(text) for item in [*live, *above] if lifted_by(lift, item)]
    gone = {lifted for lifted, _ in lifts}
    remaining = [item for item in live if item["id"] not in gone]
    items: "list[Item]" = []
    rest, end = [], 0
    for said in constraints_in(text):
        if said.start >= end:
            rest.append(text[end:said.start])
            end = said.end
        new: "Item" = {"text": redact(said.text), "lead": redact(said.lead), "kind": said.kind, "forbids": list(said.forbids),
                       "only": said.only, "targets": [list(target) for target in said.targets], "binds": said.binds}
        if len(new["text"]) > _LONGEST or any(same(new, one) for one in [*remaining, *above] if one["id"] not in gone):
            continue
        number += 1
        replaced = [one["id"] for one in remaining if supersedes(new, one)]
        new |= {"id": f"{letter}{number}", "turn": turn, "source": source, "at": iso(at), "cwd": cwd, "supersedes": replaced,
                "paths": _existing(said.targets, cwd, project),
                "globs": [glob for kind, name in said.targets if kind == "area" for glob in globs_of(name)]}
        items.append(new)
        remaining = [one for one in remaining if one["id"] not in replaced] + [new]
    return Taken(items, lifts, "".join([*rest, text[end:]]))


def take_in(store: "Store", session: str, agent: str, text: str, turn: int, source: str, at: int, cwd: str) -> Taken:
    """The same, recorded for an agent. Raises OSError, TimeoutError, DamagedConstraints."""
    with changing(store, session, agent):
        live = in_force(store, session, agent)
        every = [*history(store.agent(session, agent, LOG))[0], *live]  # a damaged log may have lost what is still in force
        count = max([int(item["id"][1:]) for item in every if item["id"][1:].isdigit()], default=0)
        everywhere = session == EVERY_SESSION
        above = () if everywhere or agent else standing(store, session)
        change = taken(text, live, count, turn, source, at, cwd, store.project, "P" if everywhere else "T" if agent else "C", above)
        if change.items or change.lifts:
            for part, items in enumerate(_pieces(change.items)):
                state(store, session, agent, {"what": "said", "items": items, "turn": turn, "source": source, "at": iso(at),
                                              "lifts": [list(one) for one in change.lifts] if part == 0 else []})
    return change


def _pieces(items: "list[Item]") -> "list[list[Item]]":
    """Items in groups that fit one record: one prompt is one record but for a prompt of hundreds of constraints."""
    pieces: "list[list[Item]]" = [[]]
    size = 0
    for item in items:
        length = len(str(item))
        if size + length > MOST and pieces[-1]:
            pieces.append([])
            size = 0
        pieces[-1].append(item)
        size += length
    return pieces


def _existing(targets: "Any", cwd: str, project: str) -> "list[str]":
    """The real paths that path targets have now, seen from the session's folder, else from the project."""
    found = []
    for kind, name in targets:
        if kind != "path":
            continue
        path = os.path.expanduser(name)
        for base in (cwd, project):
            whole = os.path.join(base, path)
            if os.path.lexists(whole):
                found.append(real_path(whole))
                break
    return found
