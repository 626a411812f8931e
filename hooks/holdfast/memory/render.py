"""State and constraints -> the block of text that the model gets back. Pure.

Constraints stand first, in the person's own words; the rest follows by how much it costs to lose it. Whole items only: what
does not fit is counted and named with the command that shows it. The block's first and last line are its mark; a text that
only looks like it is never read as one, because nothing is ever taken in from the model's side.
"""

from holdfast.kernel.reply import CAP, units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.constraints import Item
    from holdfast.memory.register import State

OPENING, CLOSING = "[holdfast ", "[/holdfast]"
SHARD = CAP - 400  # leaves room for what other steps of the same event say
_FRAME = 400  # of it for the first and last line, and the lines that say what is missing
_RANK = {"do-not-touch": 0, "must-not": 0, "read-only": 0, "only": 0, "must": 1, "keep": 1, "naming": 2, "environment": 2}
_FILES, _DONE = 30, 15  # how many of the newest are named


def block(items: "list[Item]", state: "State", mark: str, head: str, most: int, command: str = "holdfast",
          worker: bool = False) -> "list[str]":
    """-> texts of at most SHARD characters each and `most` in all, one for each handler of the event; [] when there is nothing.

    items: in force, oldest first.  mark: what tells this block from an imitation.  head: why it is given ("after compaction 3").
    command: how the model reaches the command line.  worker: the items come from the prompt of a worker's task.
    """
    constraints = [_constraint(item) for item in sorted(items, key=lambda item: _RANK.get(item["kind"], 1))]
    others = _others(state)
    if not constraints and not others:
        return []
    title = f"{OPENING}{head} {mark}]"
    said = ("From the prompt of this task, word for word, all in force (a summary changes nothing)" if worker else
            "The person's own words, each in force until the person lifts it (a summary cannot)") + f": {len(items)}"
    shards, left = _packed([said, *constraints] if constraints else [], others, most)
    if left[0]:
        shards[-1].append(f"{left[0]} more constraints, enforced all the same: `{command} constraint list`")
    if left[1]:
        shards[-1].append(f"{left[1]} more entries: `{command} checkpoint show`")
    shards[-1].append(f"Added to with `{command} note decision|done|doing|blocked|next|fact|question TEXT`")
    return ["\n".join([title, *lines, CLOSING]) for lines in shards]


def _packed(constraints: "list[str]", others: "list[str]", most: int) -> "tuple[list[list[str]], tuple[int, int]]":
    """(lines of each shard, how many of each kind were left out). The same whatever the title: two handlers share one packing."""
    room = [SHARD - _FRAME] * max(1, -(-most // SHARD))
    room[-1] = max(0, min(room[-1], most - SHARD * (len(room) - 1) - _FRAME))
    shards: "list[list[str]]" = [[] for _ in room]
    left, at = [0, 0], 0
    for kind, lines in enumerate((constraints, others)):
        for line in lines:
            size = units(line) + 1
            while at < len(room) and size > room[at] and shards[at]:
                if at + 1 == len(room):
                    break
                at += 1
            if size > room[at]:
                left[kind] += 1
            else:
                shards[at].append(line)
                room[at] -= size
    return [lines for lines in shards if lines] or [[]], (left[0], left[1])


def _constraint(item: "Item") -> str:
    lead = f"{item['lead'].strip()} " if item.get("lead") else ""
    return f"{item['id']}: {lead}{item['text']}"


def _others(state: "State") -> "list[str]":
    """Everything but the constraints, one line an entry, what is dearest first."""
    lines = []
    for name, title in (("task", "Task"), ("goal", "First asked for"), ("summary", "Where it stands")):
        if state[name]:
            lines.append(f"{title}: {state[name]}")
    lines += [f"Decided {one['id']}: {_with_reason(one)}" for one in state["decisions"]]
    lines += [f"In progress: {_with_reason(one)}" for one in state["in_progress"]]
    lines += [f"Blocked: {_with_reason(one)}" for one in state["blocked"]]
    if state["next"]:
        lines.append(f"Next: {state['next']}")
    lines += [f"Open question: {one}" for one in state["questions"]]
    lines += [f"Risk: {one}" for one in state["risks"]]
    lines += [f"Fact: {one}" for one in state["facts"]]
    done = state["completed"][-_DONE:]
    lines += [f"Done already: {_with_reason(one)}" for one in done]
    lines += [f"{'Succeeded' if one['ok'] else 'Failed'}: {one['text']}" for one in state["did"][-_DONE:]]
    if state["files"]:
        lines.append(f"Files written ({len(state['files'])}): " + ", ".join(state["files"][-_FILES:]))
    return lines


def _with_reason(one: "dict[str, str]") -> str:
    return f"{one['text']} (because {one['because']})" if one.get("because") else one["text"]
