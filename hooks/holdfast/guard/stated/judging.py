"""Items held against the commands of a Line -> Findings, which carry the person's words. Pure."""

from holdfast.guard.rule import Finding, short
from holdfast.guard.stated.finding import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, World
    from holdfast.guard.rule import Rule
    from holdfast.guard.stated.act import Act
    from holdfast.guard.stated.places import Places
    from holdfast.kernel.constraints import Item

_FILE_ACTS = frozenset("write create delete rename read".split())
STEPS = frozenset("run ddl dml query push commit merge rebase connect install deploy".split())
_OF_FILES = frozenset("path glob area except".split())
_WORDS = 480  # characters of a person's sentence that a refusal repeats
# What an act is called in the message.
_SAID = {
    "write": "would change",
    "change": "would change",
    "make": "would make",
    "delete": "would delete",
    "clean": "would delete",
    "rename": "would move away",
    "read": "would read",
}


def findings_of(line: "Line", items: "tuple[Item, ...]") -> "list[Finding]":
    """One Finding for each Item that a command of the Line goes against, in the Items' order."""
    found: "list[Finding]" = []
    about_files = [item for item in items if not _FILE_ACTS.isdisjoint(item["forbids"]) and _names_files(item)]
    if about_files:
        found += _file_findings(line, about_files)
    if any([not STEPS.isdisjoint(item["forbids"]) or is_about_steps(item) for item in items]):
        from holdfast.guard.stated.stepping import step_findings

        found += step_findings(line, items)
    return found


def is_about_steps(item: "Item") -> bool:
    """Whether an Item names a table or a database, or the history that Git keeps."""
    return any([kind in ("table", "database") or kind == "area" and "history" in text.lower() for kind, text in item["targets"]])


def _names_files(item: "Item") -> bool:
    """Whether an Item is about files: it names some, or nothing at all."""
    return not item["targets"] or any([kind in _OF_FILES for kind, _ in item["targets"]])


def finding(rule: "Rule", item: "Item", command: "Command", line: "Line", what: str) -> Finding:
    """A Finding with the person's own words and who can lift them."""
    made = Finding(
        f"`{_written(command, line)}` {what}. {quoted(item)}",
        instead=f"{rule.instead} Only the person can lift this (`holdfast constraint lift {item['id']}`, or by saying so).",
        start=command.start,
        end=command.end,
    )
    made.rule = rule
    return made


def _written(command: "Command", line: "Line") -> str:
    """A command as it was written, redirections and all, where that is short; else as it runs."""
    text = line.source(command).strip()
    return text.replace("`", "'") if text and len(text) <= 90 and "\n" not in text else short(command, 90)


def quoted(item: "Item") -> str:
    """Who said what: "In turn 3 the person said: “Do not touch config/prod.yaml.”" """
    text = " ".join(item["text"].split())
    if item.get("lead"):
        text = f"{' '.join(item['lead'].split())} … {text}"
    text = text if len(text) <= _WORDS else text[: _WORDS - 1] + "…"
    source = item.get("source", "person")
    if source == "dispatch":
        who = "The task that you were given says"
    elif source == "file":
        who = "The project's instructions say"
    elif source == "command":
        who = "The person has set"
    elif source in ("person", ""):
        who = f"In turn {item['turn']} the person said" if item.get("turn") else "The person said"
    else:
        who = f"{source} says"
    return f"{who}: “{text}”" + ("" if text[-1:] in ".!?…" else ".")


def _file_findings(line: "Line", items: "list[Item]") -> "Iterator[Finding]":
    from holdfast.guard.stated.acts import acts
    from holdfast.guard.stated.places import Places
    from holdfast.guard.stated.rules import FILE
    from holdfast.guard.stated.walking import Walk, link_made, through

    world = line.world
    places = [(item, Places(item, world)) for item in items]
    open_ = [(item, place) for item, place in places if place]
    walk = Walk(world, any(["read" in item["forbids"] for item, _ in open_]))
    for command in line.commands:
        command = walk.placed(command)
        done = walk.acts_of(command)
        for pair in list(open_):
            item, place = pair
            mine = done
            if _is_listed(command):
                from holdfast.guard.stated.listing import filled

                mine = [*done, *[act for one in filled(command, line, place) for act in acts(one, world, walk.reading)]]
            for act in mine:
                act.path = through(act, walk.links)
                struck = strikes(act, item, place, world)
                if struck:
                    open_.remove(pair)
                    yield finding(FILE, item, command, line, f"{_SAID.get(act.how, 'would change')} {_short(struck, world)}")
                    break
        if not open_:
            return
        link = link_made(command, world)
        if link is not None:
            walk.links.append(link)


def _is_listed(command: "Command") -> bool:
    """Whether only the run tells all that a command is given."""
    return command.open_ended or any([not arg.known for arg in command.argv[1:]]) or any([not r.target.known for r in command.redirects])


def _short(path: str, world: "World") -> str:
    """A path for a message: from the project's folder on."""
    project = world.project.rstrip("/") + "/"
    return path[len(project) :] if path.startswith(project) and len(path) > len(project) else path


def strikes(act: "Act", item: "Item", place: "Places", world: "World") -> str:
    """The path at which an act does what an Item forbids, or ""."""
    forbids, how = item["forbids"], act.how
    if how == "read" and act.tree and act.path in (world.project, world.project + "/."):
        return ""  # a search through everything is not for this file
    if how == "read":
        return act.path if "read" in forbids and place.hit(act.path, act.tree) else ""
    if "write" not in forbids:
        wanted = {"delete": "delete", "clean": "delete", "rename": "rename", "make": "create", "write": "create"}.get(how, "")
        if wanted not in forbids and not (how == "run" and not {"delete", "rename", "create"}.isdisjoint(forbids)):
            return ""
        if how == "write" and (world.disk is None or world.disk.kind(act.path)):
            return ""  # there already: nothing is created
    if isinstance(act, Found):
        from holdfast.guard.stated.searching import struck_by_find

        return struck_by_find(act, item, place, world)
    if how == "make" and (act.path in place.exact or world.disk is not None and world.disk.kind(act.path)):
        return ""
    if how in ("tree", "clean", "whole"):
        return _struck_in_tree(act, place, world)
    if act.maybe and (place.only or place.everything):
        return ""
    if place.only:
        own = act.how == "write" and act.tree and any([path.startswith(act.path + "/") for path in place.exact])
        return act.path if place.hit(act.path, act.tree) and not own else ""
    if act.endings is not None and act.tree:
        return _struck_by_formatter(act, place, world)
    if place.hit(act.path, act.tree):
        return next((own for own in place.exact if act.tree and own.startswith(act.path + "/")), act.path)
    return _twin(act, place, world)


def _struck_in_tree(act: "Act", place: "Places", world: "World") -> str:
    """What git changes in its whole working tree: only what it knows of, and only what a person has named."""
    if place.only or place.everything:
        return act.path if place.everything and not place.only else ""
    for own in place.exact:
        if not (own == act.path or own.startswith(act.path.rstrip("/") + "/") or act.path.startswith(own + "/")):
            continue
        if place.excepted is not None and place.excepted.covers(own):
            continue
        kind = world.disk.kind(own) if world.disk is not None else "folder"
        if kind == "folder" or kind and (act.how == "whole" or world.disk is not None and world.disk.tracked(own) != (act.how == "clean")):
            return own
    return ""


def _struck_by_formatter(act: "Act", place: "Places", world: "World") -> str:
    """What a formatter rewrites: the file that it is given, or those in a folder whose ending it knows."""
    if not place.hit(act.path, True):
        return ""
    endings = act.endings or frozenset()
    if not place.exact:
        return act.path
    for own in place.exact:
        if own == act.path or act.path.startswith(own + "/"):
            return act.path
        ending = own.rpartition("/")[2].rpartition(".")
        if own.startswith(act.path.rstrip("/") + "/") and (not ending[1] or ending[2] in endings):
            return own
    return act.path if "*" in act.path else ""


def _twin(act: "Act", place: "Places", world: "World") -> str:
    """A protected file that the path is another name of on the disk."""
    if world.disk is None or act.how in ("delete", "rename", "make"):
        return ""
    mine = world.disk.twin(act.path)
    return next((own for own in place.exact if mine and world.disk.twin(own) == mine), "") if mine else ""
