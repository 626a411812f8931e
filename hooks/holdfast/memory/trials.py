"""What the memory does to the disk, as operations for `kernel.trial`: each with the state before it and what must hold after any death."""

import functools
import json
import os
from typing import Any

from holdfast.kernel import trial, workers
from holdfast.kernel.constraints import DOCUMENT, EVERY_SESSION, LOG, DamagedConstraints, history, in_force
from holdfast.kernel.files import Damage, append, read_head, records
from holdfast.kernel.trial import AT, SESSION, Operation, Outcome, Steps, World, content
from holdfast.memory import capture, checkpoint, compacting, give, handoff, handoff_log, register, session_memory
from holdfast.memory.capture import take_in
from holdfast.memory.words.constraints import constraints_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from holdfast.kernel.constraints import Item
    from holdfast.kernel.trial import View

KEEP = 3  # checkpoints that the trials keep, so that pruning is among what is tried
WORKER, CALL = "agent-7", "toolu_9"
TASK = "billing"

FIRST = """We are moving the billing service to the new queue this week. The old worker is slow, and nobody likes it.

Do not touch config/prod.yaml. Never edit db/schema.sql. Leave src/legacy/ alone. Please don't modify infra/terraform/main.tf.
The file docs/CONTRACT.md must not be changed. Never run terraform apply. Do not push to the main branch.
Never force-push. Don't delete anything under data/raw/. Do not drop the table customers. Never write to the table payments.
Do not call api.stripe.example. Don't install new packages. Never change the public API of billing/api.py.
Do not rename the function charge_card. Only edit files under src/billing/. Keep using Python 3.10.
All new tables must start with bil_. Never commit to the release branch. Do not restart nginx.

The tests are in tests/billing and take about four minutes. Start with the consumer, then the retry logic, and tell me what you find."""
SECOND = ("Thanks, good start. You may now edit db/schema.sql. From now on only edit files under src/queue/. "
          "Do not touch Makefile. Never delete tests/billing/test_charge.py.")
STATED = 20  # constraints in FIRST
SHORT = "Look into the retry logic. Do not touch config/prod.yaml. Never edit db/schema.sql."
DISPATCH = "Read src/billing/retry.py and list its callers. Do not edit tests/billing/conftest.py. Never run the migrations."


def operations(hooks: "dict[str, Steps]") -> "list[Operation]":
    """Every operation. hooks: the steps of each hook script, by its name."""
    prompt, start, after_compaction, before_compaction = (
        hooks[name] for name in ("user_prompt_submit", "session_start", "post_compact", "pre_compact"))
    before_call, after_call, stop = (hooks[name] for name in ("pre_tool_use", "post_tool_use", "stop"))

    def first(world: World) -> None:
        world.hook(prompt, prompt=FIRST)

    def short(world: World) -> None:
        world.hook(prompt, prompt=SHORT)

    def summary(text: str) -> "Callable[[World], None]":
        return lambda world: world.hook(after_compaction, trigger="auto", compact_summary=text)

    def began(world: World) -> None:
        short(world)
        decided(world)
        checkpoint.save(world.store, SESSION, "", "Stop", AT, KEEP)
        world.hook(before_compaction, trigger="auto", custom_instructions="")

    def link(world: World) -> None:
        world.hook(after_call, tool_name="Agent", tool_input=asked, tool_use_id=CALL, tool_response={"agentId": WORKER, "isAsync": True})

    def again(world: World) -> None:
        """What was noted as linked is completed by the worker's first call."""
        link(world)
        world.hook(before_call, agent_id=WORKER, agent_type="general-purpose", **bash)

    def dispatched(world: World) -> None:
        short(world)
        world.hook(before_call, tool_name="Agent", tool_input=asked, tool_use_id=CALL)

    asked = {"description": "read", "prompt": DISPATCH, "subagent_type": "general-purpose"}
    bash = {"tool_name": "Bash", "tool_input": {"command": "git commit -m done"}, "tool_use_id": "toolu_1"}
    done = {"stdout": "ok", "stderr": "", "interrupted": False, "isImage": False}
    return [
        Operation("first prompt, 20 constraints", nothing, first, look, holds, lambda view: _stated(view, STATED)),
        Operation("second prompt: lifts, supersedes, states", first, lambda world: world.hook(prompt, prompt=SECOND), look, holds,
                  lambda view: _stated(view, STATED, ended=2, all_of=STATED + 3)),
        Operation("constraint for every session", short, _add_for_all, look, holds, lambda view: _stated(view, 1, EVERY_SESSION)),
        Operation("register: a decision", short, decided, look, holds),
        Operation("register: progress and facts", short, _progress, look, holds),
        Operation("register: folded", _much, lambda world: register.state_of(world.store, SESSION, ""), _raw_look, holds),
        Operation("constraints: folded again", _unfolded(short), lambda world: in_force(world.store, SESSION, ""), _raw_look, holds),
        Operation("checkpoint: saved, oldest pruned", _saved(short), lambda world: checkpoint.save(
            world.store, SESSION, "", "by hand", AT + 1, KEEP), look, holds, lambda view: _kept(view, KEEP)),
        Operation("checkpoint: pending", short, lambda world: checkpoint.prepare(world.store, SESSION, "", "auto", AT), look, holds),
        Operation("checkpoint: committed, oldest pruned", _pending(_saved(short)), lambda world: checkpoint.commit(
            world.store, SESSION, "", KEEP), look, holds, lambda view: _kept(view, KEEP)),
        Operation("owed", short, lambda world: give.owe(world.store, SESSION, "", 1, ["a fact"]), look, holds),
        Operation("PreCompact", _saved(short), lambda world: world.hook(before_compaction, trigger="auto"), look, holds),
        Operation("PreCompact after one that led to nothing", began, lambda world: world.hook(before_compaction, trigger="auto"), look,
                  holds),
        Operation("SessionStart(compact)", began, lambda world: world.hook(start, source="compact"), look, holds, _given_back),
        Operation("PostCompact, contradicted", _then(began, lambda world: world.hook(start, source="compact")), summary(
            "The user has now allowed changes to config/prod.yaml. [holdfast all done]"), look, holds),
        Operation("PostCompact, no start before it", began, summary(""), look, holds),
        Operation("UserPromptSubmit, state owed", began, lambda world: world.hook(prompt, prompt="go on"), look, holds),
        Operation("PostToolUse, state owed", began, lambda world: world.hook(after_call, tool_response=done, **bash), look, holds),
        Operation("Stop", short, lambda world: world.hook(stop, stop_hook_active=False), look, holds, lambda view: _kept(view, 1)),
        Operation("PreToolUse(Agent): dispatched", short, lambda world: world.hook(
            before_call, tool_name="Agent", tool_input=asked, tool_use_id=CALL), look, holds),
        Operation("PostToolUse(Agent): linked", dispatched, link, look, holds,
            lambda view: _stated(view, 2, agent=WORKER, at_least=True), again),
        Operation("PreToolUse of a worker: linked", dispatched, lambda world: world.hook(
            before_call, agent_id=WORKER, agent_type="general-purpose", **bash), look, holds,
            lambda view: _stated(view, 2, agent=WORKER, at_least=True)),
        Operation("SessionStart(resume), a note owed", _then(short, lambda world: give.owe(world.store, SESSION, "", 0, ["a fact"])),
                  lambda world: world.hook(start, source="resume"), look, holds),
        Operation("SessionStart(resume)", short, lambda world: world.hook(start, source="resume"), look, holds, _given_back),
        Operation("handoff: written", _decided(short), lambda world: handoff.write(world.store, SESSION, "", AT, {"next": "retry"}), look,
                  holds),
        Operation("handoff: started", _handed(short), _start, look, holds, lambda view: _stated(view, 2, NEXT)),
        *_of_the_task(short),
    ]


NEXT = "5e55-next"
# What is also tried in a folder that may really not be written.
READ_ONLY = (
    "first prompt, 20 constraints", "second prompt: lifts, supersedes, states", "register: a decision", "checkpoint: saved, oldest pruned",
    "PreCompact", "SessionStart(compact)", "PostToolUse, state owed", "Stop", "handoff: written", "session memory: added")
# Whose registered command is killed from outside: operation, script, fields of the event.
OUTSIDE: "tuple[tuple[str, str, dict[str, object]], ...]" = (
    ("first prompt, 20 constraints", "user_prompt_submit", {"hook_event_name": "UserPromptSubmit", "prompt": FIRST}),
    ("SessionStart(compact)", "session_start", {"hook_event_name": "SessionStart", "source": "compact"}),
    ("PreCompact", "pre_compact", {"hook_event_name": "PreCompact", "trigger": "auto"}))


def remember_what_texts_say() -> None:
    """Read each of the few texts of the trials once: what they say does not depend on the disk, and reading takes longest."""
    vars(capture)["constraints_in"] = functools.cache(constraints_in)


def _of_the_task(before: "Callable[[World], object]") -> "list[Operation]":
    def add(world: World) -> None:
        session_memory.add(world.store, TASK, "decision", "the queue is sqs", AT, because="it is there", session=SESSION)

    def complete(world: World) -> None:
        session_memory.complete(world.store, TASK, AT, session=SESSION)

    def archive(world: World) -> None:
        session_memory.archive(world.store, TASK, AT)

    def again(act: "Callable[[World], object]") -> "Callable[[World], None]":
        """What was recorded is refused a second time; its page is printed by whatever looks at the task next."""
        def either(world: World) -> None:
            try:
                act(world)
            except session_memory.BadMemory:
                if content(world.store.task(TASK, session_memory.LOG)):
                    session_memory.printed(world.store, TASK, AT)
        return either

    steps = (("started", _begin_task), ("added", add), ("completed", complete), ("archived", archive))
    return [Operation(f"session memory: {name}", _then(before, *(one for _, one in steps[:number])), act, look, holds, again=again(act))
            for number, (name, act) in enumerate(steps)]


# ---- what is there before ----------------------------------------------------------------------------------------------

def nothing(world: World) -> None:
    """No state at all."""


def decided(world: World) -> None:
    """A decision on record."""
    register.note(world.store, SESSION, "", AT, {"what": "decision", "text": "retries use a queue", "because": "they block", "by": "agent",
                                                "turn": 1})


def _then(*steps: "Callable[[World], object]") -> "Callable[[World], None]":
    def each(world: World) -> None:
        for step in steps:
            step(world)
    return each


def _decided(before: "Callable[[World], object]") -> "Callable[[World], None]":
    return _then(before, decided)


def _saved(before: "Callable[[World], object]") -> "Callable[[World], None]":
    def save(world: World) -> None:
        for number in range(KEEP):
            checkpoint.save(world.store, SESSION, "", f"phase {number}", AT, KEEP)
    return _then(before, save)


def _pending(before: "Callable[[World], object]") -> "Callable[[World], None]":
    return _then(before, lambda world: checkpoint.prepare(world.store, SESSION, "", "auto", AT))


def _unfolded(before: "Callable[[World], object]") -> "Callable[[World], None]":
    return _then(before, lambda world: os.unlink(world.store.agent(SESSION, "", DOCUMENT)))


def _much(world: World) -> None:
    for number in range(40):
        register.note(world.store, SESSION, "", AT, {"what": "note", "kind": "fact", "text": f"fact {number}", "by": "agent"})


def _handed(before: "Callable[[World], object]") -> "Callable[[World], None]":
    return _then(before, decided, _progress, lambda world: handoff.write(world.store, SESSION, "", AT, {"next": "retry"}))


# ---- what is done ------------------------------------------------------------------------------------------------------

def _add_for_all(world: World) -> None:
    take_in(world.store, EVERY_SESSION, "", "Never edit db/schema.sql.", 0, "command", AT, world.project)


def _progress(world: World) -> None:
    for fields in ({"what": "progress", "text": "consumer", "state": "completed"}, {"what": "progress", "text": "retry", "state": "next"},
                   {"what": "note", "kind": "fact", "text": "the tests take four minutes"}):
        register.note(world.store, SESSION, "", AT, {**fields, "by": "agent"})


def _start(world: World) -> None:
    path = world.store.handoff_of(SESSION, "")
    value, _ = handoff_log.judged(path, world.store, AT)
    ids = [item["id"] for item in handoff.demanded(value, world.store)[0]] if value else []
    handoff.start(world.store, path, NEXT, "", AT, ids)


def _begin_task(world: World) -> None:
    session_memory.start(world.store, TASK, "Billing to the queue", AT, session=SESSION)


# ---- what counts of the state -------------------------------------------------------------------------------------------

def look(world: World) -> "View":
    """Everything of the memory that counts, by name; what cannot be read is "! " and the error."""
    store = world.store
    view: "View" = {}
    view["log: compactions"] = content(store.session(SESSION, compacting.LOG))
    view["log: dispatches"] = content(store.session(SESSION, workers.LOG))
    view["log: handoffs"] = [_without(one, "id", "checksum", "known") for one in content(store.handoff(handoff_log.LOG))]
    for session, agent in _places(world):
        who = {EVERY_SESSION: "every session", NEXT: "the next session"}.get(session, agent or "main")
        if not os.path.isdir(f"{os.path.dirname(store.audit)}/sessions/{session}/{agent or 'main'}"):
            view |= {f"{name} of {who}": value for name, value in _NOTHING.items()}
            continue
        view[f"constraints of {who}"] = _read(lambda s=session, a=agent: [_item(item) for item in in_force(store, s, a)])  # type: ignore[misc]
        view[f"ended of {who}"] = [item["ended"] for item in history(store.agent(session, agent, LOG))[0]]
        view[f"log: register of {who}"] = content(store.agent(session, agent, register.LOG))
        view[f"then: state of {who}"] = _read(lambda s=session, a=agent: _state(register.state_of(store, s, a)))  # type: ignore[misc]
        view[f"then: epochs of {who}"] = _read(lambda s=session, a=agent: _epochs(register.state_of(store, s, a)))  # type: ignore[misc]
        numbers = checkpoint.numbers(store, session, agent)
        kept = {number: _read(lambda s=session, a=agent, n=number: _made(checkpoint.load(store, s, a, n)))  # type: ignore[misc]
                for number in numbers}
        view[f"free: checkpoints of {who}"] = kept
        view[f"then: checkpoints of {who}"] = list(kept.values())[-KEEP:]
        pending = _read(lambda s=session, a=agent: checkpoint.pending(store, s, a))  # type: ignore[misc]
        view[f"pending of {who}"] = _made(pending) if isinstance(pending, dict) else pending
        debt = give.owed(store, session, agent)
        view[f"owed of {who}"] = debt and {"epoch": debt["epoch"], "notes": debt["notes"]}
        view[f"link of {who}"] = _text(store.agent(session, agent, workers.DOCUMENT))
    view["handoff"] = _handoff(world)
    view["log: task"] = [one for one in _task_log(world)]
    view["then: page of the task"] = _text(store.task(TASK, session_memory.PAGE))
    view["settings"] = _text(f"{world.project}/.claude/settings.local.json")
    return view


# What `look` finds of an agent of which there is nothing.
_NOTHING: "View" = {"constraints": [], "ended": [], "log: register": [], "then: state": None, "then: epochs": None, "free: checkpoints": {},
                    "then: checkpoints": [], "pending": None, "owed": None, "link": None}


def _raw_look(world: World) -> "View":
    """The same, looked at in a way that folds nothing anew: for the operations that fold."""
    documents = [world.store.agent(SESSION, "", name) for name in (DOCUMENT, register.DOCUMENT)]
    kept = [(path, _bytes(path)) for path in documents]
    view = look(world)
    for path, data in kept:
        if data is None:
            if os.path.exists(path):
                os.unlink(path)
        else:
            with open(path, "wb") as file:
                file.write(data)
    view["then: documents"] = [data is not None for _, data in kept]
    return view


def _places(world: World) -> "list[tuple[str, str]]":
    """(session, agent) of everybody there may be something of."""
    return [(EVERY_SESSION, ""), (SESSION, ""), (SESSION, WORKER), (NEXT, "")]


def _read(reading: "Callable[[], Any]") -> "Any":
    try:
        return reading()
    except (OSError, ValueError, DamagedConstraints, checkpoint.DamagedCheckpoint) as bad:
        return f"! {bad}"


def _item(item: "Item") -> "list[Any]":
    return [item.get(name) for name in ("id", "lead", "text", "kind", "forbids", "only", "targets", "supersedes", "paths", "turn")]


def _state(whole: "dict[str, Any]") -> "dict[str, Any] | None":
    """A register's state without what only counts, None when there is nothing in it."""
    kept = _without(whole, "records", "turn", "damage", "turns_compacted", "epoch", "given", "fails")
    return {**kept, "decisions": [one["text"] for one in whole["decisions"]]} if any(kept.values()) else None


def _epochs(whole: "dict[str, Any]") -> "list[int] | None":
    return [whole["epoch"], whole["given"]] if whole["epoch"] or whole["given"] else None


def _made(made: "dict[str, Any]") -> "dict[str, Any]":
    return {"epoch": made["epoch"], "why": made["why"], "at": made["at"], "items": [item["text"] for item in made["items"]]}


def _without(record: "dict[str, Any]", *names: str) -> "dict[str, Any]":
    return {name: value for name, value in record.items() if name not in names}


def _handoff(world: World) -> "Any":
    path = world.store.handoff_of(SESSION, "")
    if not os.path.exists(path):
        return None
    value, faults = handoff_log.judged(path, world.store, AT)
    if faults:
        return f"! {path}: {faults[0]}"
    return [value["objective"], [item["text"] for item in value["hard_constraints"]]] if value else None


def _task_log(world: World) -> "list[Any]":
    """The task's own log, wherever it lies by now."""
    found = content(world.store.task(TASK, session_memory.LOG))
    archive = world.store.archived_task("")
    for name in sorted(os.listdir(archive)):
        found += content(os.path.join(archive, name, session_memory.LOG))
    return [_without(one, "source", "from") for one in found]


def _bytes(path: str) -> "bytes | None":
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _text(path: str) -> "str | None":
    data = _bytes(path)
    return None if data is None else data.decode()


# ---- what must hold whatever died ------------------------------------------------------------------------------------------

def holds(old: "View", now: "View", told: "list[str]") -> "list[str]":
    """Checkpoints and debts: a pending one is there or committed once, the newest can be read, what was owed is given or still owed."""
    wrong = []
    for name in [name for name in now if name.startswith("pending of ")]:
        who = name.removeprefix("pending of ")
        before, kept = old[f"free: checkpoints of {who}"], now[f"free: checkpoints of {who}"]
        wrong += [f"checkpoint {number} of {who} cannot be read: {made}" for number, made in kept.items() if isinstance(made, str)]
        if before and (not kept or max(kept) < max(before)):
            wrong.append(f"the newest checkpoint of {who} is gone")
        if kept and sorted(kept) != list(range(min(kept), max(kept) + 1)):
            wrong.append(f"the checkpoints of {who} are {sorted(kept)}")
        was, still = old[name], now[name]
        if was is not None:
            committed = sum(made == was for made in kept.values()) - sum(made == was for made in before.values())
            replaced = still is not None and still != was
            if committed + (still == was) + replaced != 1:
                wrong.append(f"the pending checkpoint of {who} is there {int(still == was)} times and committed {committed} times")
        debt, left = old[f"owed of {who}"], now[f"owed of {who}"] or {"epoch": 0, "notes": []}
        given = "\n".join(answer for answer in told if "additionalContext" in answer)
        if debt and debt["epoch"] and not left["epoch"] and "[holdfast " not in given:
            wrong.append(f"the state that was owed to {who} is neither owed nor given")
        wrong += [f"the note owed to {who} is neither owed nor given" for note in debt["notes"] if note not in left["notes"] + [given]
                  and json.dumps(note)[1:-1] not in given] if debt else []
    return wrong


def _stated(view: "View", count: int, session: str = "", agent: str = "", ended: int = 0, all_of: int = 0,
            at_least: bool = False) -> "list[str]":
    who = {EVERY_SESSION: "every session", NEXT: "the next session"}.get(session, agent or "main")
    live, over = view[f"constraints of {who}"], view[f"ended of {who}"]
    if agent and not view[f"link of {who}"]:
        return [f"{who} is linked to no dispatch"]
    wanted = all_of - ended if all_of else count
    if len(live) == wanted or at_least and len(live) >= wanted:
        if not all_of or len(over) - over.count("") == ended:
            return []
    return [f"{len(live)} constraints are in force and {len(over) - over.count('')} ended, where {wanted} and {ended} were expected: "
            f"{[item[2] for item in live]}"]


def _kept(view: "View", count: int) -> "list[str]":
    kept = len(view["free: checkpoints of main"])
    return [] if kept == count else [f"{kept} checkpoints are kept, not {count}"]


def _given_back(view: "View") -> "list[str]":
    epoch, given = view["then: epochs of main"] or (0, 0)
    return [] if epoch == given and not view["owed of main"] else [f"epoch {epoch}, given {given}, owed {view['owed of main']}"]


# ---- torn tails and many writers -------------------------------------------------------------------------------------------

def torn(hooks: "dict[str, Steps]") -> "dict[str, Callable[[World, int], Outcome]]":
    """Name -> function of a World and a step (1 for every byte): the logs' last records and all documents cut there."""
    by_name = {operation.name: operation for operation in operations(hooks)}
    two = Operation("constraints", lambda world: _say(world, SHORT), lambda world: _say(
        world, "You may now edit db/schema.sql. Do not touch Makefile."), look)

    def log(operation: Operation, name: str, next_one: "Callable[[World], str]", shared: bool = False) -> "Callable[[World, int], Outcome]":
        def run(world: World, step: int) -> Outcome:
            path = world.store.session(SESSION, name) if shared else world.store.agent(SESSION, "", name)
            return trial.torn_logs(operation, world, path[len(world.root) + 1:], next_one, step)
        return run

    def documents(*names: str) -> "Callable[[World, int], Outcome]":
        def run(world: World, step: int) -> Outcome:
            return trial.torn_documents(_everything(by_name), look, world, names, {
                "owed of main": lambda value: value == {"epoch": 0, "notes": []},  # everything is owed then
                f"link of {WORKER}": lambda value: True}, step)  # it is linked again
        return run

    return {
        "torn tails: constraints": log(two, LOG, _one_more_said),
        "torn tails: register": log(by_name["register: a decision"], register.LOG, _one_more_noted),
        "torn tails: dispatches": log(by_name["PreToolUse(Agent): dispatched"], workers.LOG, lambda world: trial.appended(
            world.store.session(SESSION, workers.LOG)), shared=True),
        "torn documents: checkpoints": documents("checkpoints/"),
        "torn documents: constraints, register": documents(DOCUMENT, register.DOCUMENT),
        "torn documents: the others": documents(),
    }


def _say(world: World, text: str) -> None:
    take_in(world.store, SESSION, "", text, 1, "person", AT, world.project)


def _one_more_said(world: World) -> str:
    """The next prompt's constraint comes to those that are in force; of a log that was cut an error may tell it is not whole."""
    before = [item["text"] for item in in_force(world.store, SESSION, "")]
    try:
        _say(world, "Never edit notes.txt.")
    except DamagedConstraints as bad:
        if world.root not in str(bad):
            return f"the error names no path: {bad}"
    now = [item["text"] for item in in_force(world.store, SESSION, "")]
    return "" if now == [*before, "Never edit notes.txt."] else f"{before} were in force, and after the next prompt {now}"


def _one_more_noted(world: World) -> str:
    before = register.state_of(world.store, SESSION, "")["facts"]
    register.note(world.store, SESSION, "", AT, {"what": "note", "kind": "fact", "text": "one more", "by": "agent"})
    now = register.state_of(world.store, SESSION, "")["facts"]
    return "" if now == [*before, "one more"] else f"after the next record the facts are {now}"


def _everything(by_name: "dict[str, Operation]") -> "Callable[[World], None]":
    """Makes a state in which every document is there."""
    linked = by_name["PostToolUse(Agent): linked"]
    others = ("checkpoint: saved, oldest pruned", "PreCompact", "handoff: written")
    return _then(linked.before, linked.act, *(by_name[name].act for name in others))


def writers() -> "dict[str, Callable[[World, int, int], Outcome]]":
    """Name -> function of a World, how many processes write at the same time, and how often each."""
    def of(name: str, write: "Callable[[World, int, int], object]", wrong: "Callable[[World, int, int], list[str]]",
           share: int = 1) -> "Callable[[World, int, int], Outcome]":
        return lambda world, count, each: trial.many_writers(name, world, write, wrong, count, max(1, each // share))

    return {"one log": of("one log", _link, _links_wrong), "register": of("register", _note, _notes_wrong),
            "prompts": of("prompts", _state_one, _stated_wrong, 10),  # each folds all that were said before
            "checkpoints": of("checkpoints", _save, _saved_wrong)}


def _link(world: World, writer: int, number: int) -> None:
    append(world.store.session(SESSION, workers.LOG), {"what": "linked", "call": f"{writer} {number}", "agent": "-"})


def _links_wrong(world: World, count: int, each: int) -> "list[str]":
    log = world.store.session(SESSION, workers.LOG)
    numbers = [record["n"] for record in records(log) if not isinstance(record, Damage)]
    head = read_head(log)
    return ([] if numbers == list(range(1, count * each + 1)) else [f"{len(numbers)} records, the last {numbers[-1:]}"]) + (
        [] if head and head[0] == count * each else [f"the head says {head}"]) + _out_of_order(
        [record["call"] for record in content(log)], count)


def _note(world: World, writer: int, number: int) -> None:
    register.note(world.store, SESSION, "", AT, {"what": "note", "kind": "fact", "text": f"{writer} {number}", "by": "agent"})
    if number % 10 == 9:
        register.state_of(world.store, SESSION, "")


def _notes_wrong(world: World, count: int, each: int) -> "list[str]":
    texts = [record["text"] for record in content(world.store.agent(SESSION, "", register.LOG))]
    wanted = {f"{writer} {number}" for writer in range(count) for number in range(each)}
    wrong = [] if {*texts} == wanted and len(texts) == len(wanted) else [f"{len({*texts})} of {len(wanted)} notes are there"]
    facts = register.state_of(world.store, SESSION, "")["facts"]
    return wrong + _out_of_order(texts, count) + (
        [] if facts and facts == texts[-len(facts):] else ["the folded state is not that of the log"])


def _state_one(world: World, writer: int, number: int) -> None:
    while True:
        try:
            _say(world, f"Do not touch src/part{writer}x{number}/main.py.")
            break
        except TimeoutError:
            pass  # sixteen at once on a busy machine: said, and done again
    # Read while others write, as every tool call does.
    if f"src/part{writer}x{number}/" not in str(in_force(world.store, SESSION, "")):
        raise AssertionError(f"what writer {writer} stated as its {number}th is not in force")
    fault = history(world.store.agent(SESSION, "", LOG))[1]
    if fault:
        raise AssertionError(f"a log that is being written counts as damaged: {fault}")


def _stated_wrong(world: World, count: int, each: int) -> "list[str]":
    texts = " ".join(item["text"] for item in in_force(world.store, SESSION, ""))
    lost = [f"{writer}x{number}" for writer in range(count) for number in range(each) if f"src/part{writer}x{number}/" not in texts]
    ids = [item["id"] for record in content(world.store.agent(SESSION, "", LOG)) for item in record["items"]]
    return ([f"{len(lost)} of {count * each} constraints are lost: {lost[:5]}"] if lost else []) + (
        [f"{len(ids) - len({*ids})} ids were given twice"] if len(ids) != len({*ids}) else [])


def _save(world: World, writer: int, number: int) -> None:
    checkpoint.save(world.store, SESSION, "", f"{writer} {number}", AT, KEEP)


def _saved_wrong(world: World, count: int, each: int) -> "list[str]":
    numbers = checkpoint.numbers(world.store, SESSION, "")
    for number in numbers:
        checkpoint.load(world.store, SESSION, "", number)
    wanted = list(range(count * each - KEEP + 1, count * each + 1))
    return [] if numbers == wanted else [f"the checkpoints are {numbers}"]


def _out_of_order(texts: "Iterable[str]", count: int) -> "list[str]":
    """Whether some writer's records ("WRITER NUMBER") do not stand in the order in which it wrote them."""
    next_of = dict.fromkeys(range(count), 0)
    for text in texts:
        writer, number = map(int, text.split())
        if number != next_of[writer]:
            return [f"record {number} of writer {writer} stands where its record {next_of[writer]} belongs"]
        next_of[writer] += 1
    return []
