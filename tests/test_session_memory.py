"""The memory of a task: only added to, checked, readable, whole after every crash; what a person writes into its page is not lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import HOOKS
from test_handoff import AT, DAY, MINUTE, calls, drive, item

from holdfast.cli.memory_view import memory
from holdfast.kernel import constraints
from holdfast.kernel.clock import iso
from holdfast.kernel.files import Damage, append, records
from holdfast.kernel.store import Store
from holdfast.memory import session_memory as memories
from holdfast.memory.register import LOG as REGISTER
from holdfast.memory.register import note, state_of
from holdfast.memory.session_memory import BadMemory, NotPrinted
from holdfast.memory.session_page import SECTION, WHOLE, as_printed, page
from holdfast.memory.session_schema import LONGEST, MOVES, empty, faults_of, fold, live


@pytest.fixture
def here(tmp_path, monkeypatch):
    class Here:
        project = tmp_path / "project"
        store = Store(f"{tmp_path}/home", str(project))
        opening = f"from holdfast.kernel.store import Store; from holdfast.memory import session_memory as m; s = Store({f'{tmp_path}/home'!r}, {str(project)!r})\n"

        def start(self, task="shop", **more):
            memories.start(self.store, task, more.pop("title", "The shop"), AT, **more)
            return self

        def add(self, kind, text, task="shop", at=AT, **more):
            return memories.add(self.store, task, kind, text, at, **more)[0]["id"]

        def decide(self, text, because="it was measured", **more):
            return self.add("decision", text, because=because, **more)

        def now(self, task="shop"):
            return memories.memory_of(self.store, task)

        def page(self, task="shop"):
            return memories.page_of(self.store, self.now(task))

        def text(self, task="shop"):
            with open(self.page(task), encoding="utf-8") as file:
                return file.read()

        def section(self, title, task="shop"):
            """The lines of one section of the page."""
            return [line for line in self.text(task).partition(f"## {title}\n")[2].partition("\n## ")[0].partition("\n<!--")[0].splitlines() if line]

        def note(self, session="s1", **fields):
            return note(self.store, session, "", AT, fields)

        def take(self, session="s1"):
            return memories.append_from_register(self.store, session, AT)

        def cli(self, *words, session="s1"):
            env = {"CLAUDE_CODE_SESSION_ID": session, "HOLDFAST_HOME": self.store.home, "CLAUDE_PROJECT_DIR": str(self.project), "COLUMNS": "300"}
            with monkeypatch.context() as patch:
                for name, value in env.items():
                    patch.setenv(name, value) if value else patch.delenv(name, raising=False)
                patch.setattr("holdfast.cli.here.now", lambda: AT + MINUTE)
                done = CliRunner().invoke(memory, list(words))
            assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
            return done.exit_code, done.output

        def contradicting(self, *pairs):
            """Decisions that contradict each other, said here so that the grammar has tests of its own."""
            monkeypatch.setattr(memories, "_contradicts", lambda new, old: (new["text"], old["text"]) in pairs)
    (Here.project / ".git").mkdir(parents=True)
    monkeypatch.chdir(Here.project)
    return Here()


# ---- the page ---------------------------------------------------------------------------------------------------------

def test_the_page_has_its_front_matter_and_its_four_sections_in_order(here):
    here.start(title="The shop: version 2")
    here.decide("PostgreSQL holds the baskets", because="rows are locked")
    here.add("next", "run make test")
    here.add("progress", "port the cart", state="IN_PROGRESS")
    here.add("discovery", "the test database listens on 5433")
    body = here.text().rpartition("<!--")[0]
    assert body == f"""---
schema: 1
task: "shop"
title: "The shop: version 2"
state: active
created: {iso(AT)}
updated: {iso(AT)}
---

# Session memory: The shop: version 2

## Decisions Made

- **D1** PostgreSQL holds the baskets (because rows are locked)

## Progress Markers

- IN_PROGRESS **P1** port the cart

## Key Discoveries

- **K1** the test database listens on 5433

## Next Session Start

- **N1** run make test

"""
    assert as_printed(here.text()) and memories.check(here.store, "shop") == []


def test_a_change_is_a_new_entry_and_the_old_one_stays(here):
    here.start()
    here.decide("Use SQLite")
    here.decide("Use PostgreSQL", because="two writers", supersedes=["D1"])
    assert here.section("Decisions Made") == ["- **D1** Use SQLite (because it was measured) (superseded by D2)",
                                              "- **D2** SUPERSEDES D1: Use PostgreSQL (because two writers)"]
    assert [one["id"] for one in live(here.now(), "decision")] == ["D2"]


def test_the_latest_marker_of_an_item_counts(here):
    here.start()
    for text, state in (("port the cart", "PENDING"), ("mails", "PENDING"), ("P1", "IN_PROGRESS"), ("Port  the CART", "COMPLETED"), ("mails", "BLOCKED")):
        here.add("progress", text, state=state)
    assert here.section("Progress Markers") == ["- BLOCKED **P5** mails", "- COMPLETED **P4** Port  the CART".replace("  ", " ")]


def test_no_text_can_break_the_page_or_hide_in_it(here):
    here.start(title="a\n## Decisions Made\n---")
    here.add("discovery", "one\n## Progress Markers\n- COMPLETED **P9** forged\n<!-- holdfast sha256:0 -->\x1b[31m\u202e\ud800")
    assert [line for line in here.text().splitlines() if line.startswith("## ")] == [
        "## Decisions Made", "## Progress Markers", "## Key Discoveries", "## Next Session Start"]
    assert here.text().count("<!--") == 1 and all(c.isprintable() or c == "\n" for c in here.text())
    assert as_printed(here.text()) and here.section("Progress Markers") == ["(nothing yet)"]


def test_secrets_are_not_written(here):
    here.start()
    here.decide("Use token=ghp_abcdefghijklmnopqrstuvwxyz0123456789", because="password=hunter2hunter2")
    for folder, _, names in os.walk(here.store.home):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                assert not re.search(rb"ghp_|hunter2", file.read()), name


def test_over_its_limits_the_oldest_finished_progress_is_counted_and_never_a_decision(here):
    here.start()
    long = "word " * 60  # 300 characters, about 75 tokens
    for n in range(1, 61):
        here.add("progress", f"finished {n}: {long}", state="COMPLETED")
    here.add("progress", "still open", state="PENDING")
    for n in range(1, 41):
        here.decide(f"Keep {' '.join(f'part{n}x{at}' for at in range(30))}")  # nothing in common, so none contradicts another
    progress, decisions = here.section("Progress Markers"), here.section("Decisions Made")
    left_out = int(re.match(r"- (\d+) earlier completed items: `holdfast memory show --task shop --all`", progress[0])[1])
    assert len("\n".join(progress)) < (SECTION + 200) * 4 and left_out + len(progress) - 2 == 60 and left_out > 30
    assert "still open" in progress[1] and "finished 60:" in progress[-1] and f"finished {left_out + 1}:" in progress[2]
    assert len(decisions) == 40
    assert any("Decisions Made: about" in one for one in memories.check(here.store, "shop"))
    code, said = here.cli("show", "--all")
    assert code == 0 and "finished 1:" in said


def test_the_whole_page_has_a_limit_too():
    made = empty("shop")
    fold(made, {"n": 1, "what": "started", "task": "shop", "title": "", "where": "", "at": iso(AT)})
    for n in range(1, 121):
        fold(made, {"n": n, "what": "added", "kind": "decision", "id": f"D{n}", "text": f"{n} " + "x" * 350, "because": "b", "state": "", "supersedes": [], "at": iso(AT)})
    for n in range(1, 11):
        fold(made, {"n": n, "what": "added", "kind": "progress", "id": f"P{n}", "text": f"{n} " + "y" * 350, "because": "", "state": "COMPLETED", "supersedes": [],
                    "at": iso(AT)})
    text = page(made)
    assert made["faults"] == [] and len(text) < WHOLE * 4 + 1_000
    assert all(f"**D{n}**" in text for n in range(1, 121)) and "**P1**" not in text


def test_kept_elsewhere_it_takes_nobodys_place(here):
    (here.project / "notes").mkdir()
    (here.project / "notes/session_memory.md").write_text("mine")
    with pytest.raises(BadMemory, match="is there already and stays as it is"):
        here.start(where="notes")
    here.start(where="docs/memory")
    here.decide("x")
    assert (here.project / "docs/memory/session_memory.md").read_text() == here.text()
    assert (here.project / "notes/session_memory.md").read_text() == "mine"


def test_it_is_not_put_where_a_person_forbids_it(here):
    forbidden = {**item(1, "Leave docs/ alone"), "paths": [str(here.project / "docs")]}
    constraints.state(here.store, "s1", "", {"what": "said", "items": [forbidden], "lifts": [], "turn": 1, "source": "person", "at": iso(AT)})
    with pytest.raises(BadMemory, match="lies where C1 forbids it: Leave docs/ alone"):
        here.start(session="s1", where="docs")
    assert not os.path.exists("docs")


# ---- a person's hand --------------------------------------------------------------------------------------------------

def test_what_a_person_writes_into_the_page_is_kept_aside_and_told(here):
    here.start()
    here.decide("Use SQLite")
    with open(here.page(), "a") as file:
        file.write("- I would rather have PostgreSQL\n")
    assert any("was changed by hand" in one for one in memories.check(here.store, "shop"))
    code, said = here.cli("add", "discovery", "it is small")
    assert code == 0 and "had been changed by hand" in said
    aside, = here.now()["edited"]
    with open(aside) as file:
        assert file.read().endswith("- I would rather have PostgreSQL\n")
    assert as_printed(here.text()) and "rather" not in here.text() and aside in said
    assert memories.check(here.store, "shop") == []


def test_two_hand_edits_are_both_kept(here):
    here.start()
    for text in ("first\n", "second\n"):
        with open(here.page(), "w") as file:
            file.write(text)
        here.add("discovery", f"after {text}")
    assert [Path(one).read_text() for one in here.now()["edited"]] == ["first\n", "second\n"]


def test_a_page_that_is_gone_or_has_other_line_ends_is_printed_again_and_nothing_is_kept(here):
    here.start()
    here.decide("Use SQLite")
    text = here.text()
    os.remove(here.page())
    assert any("is not there" in one for one in memories.check(here.store, "shop"))
    assert memories.printed(here.store, "shop", AT) == (text, "")
    with open(here.page(), "w", newline="\r\n") as file:
        file.write(text)
    assert memories.check(here.store, "shop") == [] and memories.printed(here.store, "shop", AT) == (text, "")
    assert here.now()["edited"] == []


# ---- the schema -------------------------------------------------------------------------------------------------------

def entry(**fields):
    return {"kind": "decision", "id": "D9", "text": "t", "because": "b", "state": "", "supersedes": [], **fields}


REFUSED = [
    ("an unknown section", entry(kind="todo"), "'todo' is no section"), ("no section", {"text": "x"}, "None is no section"),
    ("no text", entry(text=" \n"), "the text is empty"), ("a number for a text", entry(text=3), "text is not a text"),
    ("a decision without a reason", entry(because=" "), "a decision needs its reason"),
    ("an id that is used", entry(id="D1"), "the id D1 is used already"), ("an id of another section", entry(id="P9"), "'P9' is not an id of a decision"),
    ("an id that is no id", entry(id="D0x"), "'D0x' is not an id"), ("no id", entry(id=None), "None is not an id"),
    ("superseding what is not there", entry(supersedes=["D7"]), "there is no decision D7 to supersede; there are D1, D2"),
    ("superseding what is superseded", entry(supersedes=["D1"]), "D1 is superseded already, by D2"),
    ("superseding a discovery", entry(supersedes=["K1"]), "there is no decision K1"),
    ("a discovery that supersedes", entry(kind="discovery", id="K9", because="", supersedes=["D2"]), "only a decision supersedes"),
    ("superseding that is no list", entry(supersedes="D2"), "is not a list"),
    ("too long", entry(text="x" * (LONGEST + 1)), f"the text has {LONGEST + 1} characters, and {LONGEST} is the most"),
    ("a reason too long", entry(because="x" * (LONGEST + 1)), f"the reason has {LONGEST + 1} characters"),
    ("progress without a state", entry(kind="progress", id="P9", because=""), "a progress marker needs a state"),
    ("progress in no state", entry(kind="progress", id="P9", because="", state="DONE"), "not 'DONE'"),
    ("a decision with a state", entry(state="PENDING"), "only a progress marker has a state"),
    ("the same again", entry(text="Use  postgresql"), "D2 says this already"),
    ("the same marker again", entry(kind="progress", id="P9", because="", text="cart", state="PENDING"), "P1 says this already"),
]


@pytest.mark.parametrize("new, why", [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_the_schema_refuses(here, new, why):
    here.start()
    here.decide("Use SQLite")
    here.decide("Use PostgreSQL", supersedes=["D1"])
    here.add("discovery", "a")
    here.add("progress", "cart", state="PENDING")
    assert any(why in one for one in faults_of(here.now(), new)), faults_of(here.now(), new)


def test_what_the_schema_takes(here):
    here.start()
    here.decide("Use SQLite")
    here.add("progress", "cart", state="PENDING")
    for new in (entry(), entry(supersedes=["D1"]), entry(text="Use SQLite", supersedes=["D1"]), entry(text="x" * LONGEST),
                entry(kind="progress", id="P2", because="", text="cart", state="BLOCKED"), entry(kind="next", id="N1", because="")):
        assert faults_of(here.now(), new) == []


def test_a_refused_entry_leaves_no_trace(here):
    here.start()
    here.decide("Use SQLite")
    before, count = here.text(), len(list(records(here.store.task("shop", memories.LOG))))
    for words in (("decision", "x"), ("discovery", " "), ("decision", "x", "--because", "b", "--supersedes", "D7"), ("discovery", "x" * 3000)):
        code, said = here.cli("add", *words)
        assert code == 1 and said.startswith("Error: not added: "), said
    assert here.text() == before and len(list(records(here.store.task("shop", memories.LOG)))) == count


def test_a_decision_that_contradicts_a_live_one_must_say_so(here):
    here.contradicting(("Use PostgreSQL", "Use SQLite"))
    here.start()
    here.decide("Use SQLite")
    with pytest.raises(BadMemory, match="it contradicts D1: Use SQLite. If that holds no more, say so with --supersedes D1"):
        here.decide("Use PostgreSQL")
    here.decide("Use PostgreSQL", supersedes=["D1"])
    here.decide("Use SQLite", supersedes=["D2"])
    assert memories.check(here.store, "shop") == []


def test_contradictions_that_came_in_are_found_by_the_check(here):
    here.contradicting()
    here.start()
    here.decide("Use SQLite")
    here.decide("Use PostgreSQL")
    here.contradicting(("Use PostgreSQL", "Use SQLite"))
    assert ["D2 contradicts D1, and both are live" in one for one in memories.check(here.store, "shop")] == [True]


# ---- the states -------------------------------------------------------------------------------------------------------

def do(here, verb):
    """One command, whatever it does to the state."""
    if verb == "start":
        memories.start(here.store, "shop", "", AT)
    elif verb == "add":
        memories.add(here.store, "shop", "discovery", f"found {os.urandom(4).hex()}", AT)
    elif verb in ("pause", "resume"):
        memories.change(here.store, "shop", verb, AT)
    elif verb == "complete":
        memories.complete(here.store, "shop", AT)
    else:
        memories.archive(here.store, "shop", AT)


WAYS = {"started": ["start"], "active": ["start", "add"], "paused": ["start", "pause"], "resumed": ["start", "pause", "resume"],
        "complete": ["start", "add", "complete"]}


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("verb", MOVES)
def test_each_state_takes_its_commands_and_refuses_the_others_saying_what_is_possible(here, state, verb):
    for step in WAYS[state]:
        do(here, step)
    assert here.now()["state"] == state
    if state in MOVES[verb]:
        do(here, verb)
        if verb != "archive":
            assert here.now()["state"] == MOVES[verb][state]
        return
    before = here.text()
    with pytest.raises(BadMemory) as refused:
        do(here, verb)
    possible = [other for other in MOVES if state in MOVES[other]]
    assert f"possible now: {', '.join(possible)}" in str(refused.value) and here.text() == before


def test_completed_its_page_is_in_outputs_for_good(here):
    here.start()
    here.decide("Use SQLite")
    here.add("progress", "mails", state="BLOCKED")
    outputs = here.project / "outputs"
    outputs.mkdir()
    taken = outputs / f"session_memory_shop_{iso(AT)[:10]}.md"
    taken.write_text("of another day")
    final, _ = memories.complete(here.store, "shop", AT)
    assert final == str(outputs / f"session_memory_shop_{iso(AT)[:10]}-2.md") and taken.read_text() == "of another day"
    with open(final) as file:
        text = file.read()
    assert "state: complete" in text and text == here.text() and as_printed(text)


def test_on_a_disk_without_hard_links_a_final_page_is_not_written_over_either(here, monkeypatch):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")
    monkeypatch.setattr("posix.link", no_links)
    here.start()
    here.decide("Use SQLite")
    taken = here.project / f"outputs/session_memory_shop_{iso(AT)[:10]}.md"
    taken.parent.mkdir()
    taken.write_text("of another day")
    final, _ = memories.complete(here.store, "shop", AT)
    assert taken.read_text() == "of another day" and Path(final).read_text() == here.text()
    assert set(os.listdir("outputs")) == {taken.name, os.path.basename(final)}


def test_archived_its_name_and_its_place_are_free_and_everything_is_kept(here):
    here.start(where="docs")
    here.decide("Use SQLite")
    memories.complete(here.store, "shop", AT)
    folder = memories.archive(here.store, "shop", AT)
    assert "Use SQLite" in Path(f"{folder}/session_memory.md").read_text() and not os.path.exists("docs/session_memory.md")
    here.start(where="docs")
    assert here.now()["entries"] == []
    here.decide("Use PostgreSQL")
    memories.complete(here.store, "shop", AT)
    other = memories.archive(here.store, "shop", AT)
    assert other != folder and [one["entries"][0]["text"] for one in memories.memories(here.store, archived=True)] != []
    assert {one["entries"][0]["text"] for one in memories.memories(here.store, archived=True)} == {"Use SQLite", "Use PostgreSQL"}


# ---- which task -------------------------------------------------------------------------------------------------------

def test_a_session_works_on_what_it_began_or_resumed_last(here):
    with pytest.raises(BadMemory, match="no task is open .* `holdfast memory start TASK` starts one"):
        memories.current(here.store, "s1")
    here.start("shop", session="s1")
    assert memories.current(here.store, "s9") == "shop"  # the only one
    memories.start(here.store, "mails", "", AT + MINUTE, session="s2")
    assert (memories.current(here.store, "s1"), memories.current(here.store, "s2")) == ("shop", "mails")
    with pytest.raises(BadMemory, match=r"which task\? There are mails, shop"):
        memories.current(here.store, "s9")
    memories.change(here.store, "mails", "pause", AT + MINUTE)
    memories.change(here.store, "mails", "resume", AT + 2 * MINUTE, session="s1")
    assert memories.current(here.store, "s1") == "mails"
    memories.change(here.store, "mails", "pause", AT + MINUTE)
    assert memories.current(here.store, "s1") == "shop"  # begun before mails, and not paused
    with pytest.raises(BadMemory, match="there is no task none in .* There are"):
        memories.current(here.store, "s1", "none")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 121, "a\x1b[31m"])
def test_a_task_needs_a_name_of_one_line(here, name):
    with pytest.raises(BadMemory, match="a task's name is one line"):
        here.start(name)


@pytest.mark.parametrize("name", ["../../etc", ".archive", "main", "a b/c", "caf\u00e9", "x" * 120, ".lock", "-rf"])
def test_any_name_stays_in_its_folder(here, name):
    here.start(name)
    here.add("discovery", "x", task=name)
    assert here.page(name).startswith(here.store.memory("")) and here.now(name)["entries"] and here.now(name)["task"] == name
    final, _ = memories.complete(here.store, name, AT)
    assert os.path.dirname(final) == str(here.project / "outputs")
    assert memories.archive(here.store, name, AT).startswith(here.store.memory(".archive/"))


# ---- from the register ------------------------------------------------------------------------------------------------

def test_the_register_is_taken_over_once(here):
    here.note(what="prompt", turn=1, text="go")
    here.start(session="s1")
    here.note(what="decision", text="Use SQLite", because="small", supersedes=[], by="agent")
    here.note(what="progress", state="in_progress", text="port the cart")
    here.note(what="progress", state="next", text="mails")
    here.note(what="note", kind="fact", text="port 5433")
    here.note(what="wrote", path="a.py")
    assert (here.take(), here.take()) == (4, 0)
    here.note(what="progress", state="completed", text="port the cart")
    assert (here.take(), here.take()) == (1, 0)
    assert here.section("Decisions Made") == ["- **D1** Use SQLite (because small)"]
    assert here.section("Progress Markers") == ["- PENDING **P2** mails", "- COMPLETED **P3** port the cart"]
    assert here.section("Key Discoveries") == ["- **K1** port 5433"]


def test_a_decision_of_the_register_takes_the_place_of_what_it_supersedes_or_contradicts(here):
    here.contradicting(("Use MariaDB", "Use PostgreSQL"))
    here.start(session="s1")
    first = here.note(what="decision", text="Use SQLite", because="", supersedes=[])
    here.note(what="decision", text="Use PostgreSQL", because="", supersedes=[f"D{first}"])
    here.take()
    here.note(what="decision", text="Use MariaDB", because="", supersedes=[])
    here.take()
    assert [(one["id"], one["supersedes"], one["ended"], one["because"]) for one in here.now()["entries"]] == [
        ("D1", [], "D2", "not stated"), ("D2", ["D1"], "D3", "not stated"), ("D3", ["D2"], "", "not stated")]


def test_what_the_memory_is_told_is_on_record_in_the_session_too_and_comes_back_no_second_time(here):
    here.start(session="s1")
    for words in (("decision", "Use SQLite", "--because", "small"), ("decision", "Use PostgreSQL", "--because", "two writers", "--supersedes", "D1"),
                  ("discovery", "port 5433"), ("progress", "cart", "--state", "completed"), ("next", "mails"), ("progress", "later", "--state", "pending")):
        assert here.cli("add", *words)[0] == 0
    state = state_of(here.store, "s1", "")
    assert [one["text"] for one in state["decisions"]] == ["Use PostgreSQL"] and state["facts"] == ["port 5433"]
    assert [one["text"] for one in state["completed"]] == ["cart"] and state["next"] == "mails"
    count = len(here.now()["entries"])
    assert here.take() == 0 and len(here.now()["entries"]) == count


def test_what_belongs_to_another_task_or_session_is_not_taken(here):
    here.start("shop", session="s1")
    here.note(what="progress", state="completed", text="of the shop")
    here.note("s2", what="progress", state="completed", text="of another session")
    assert here.cli("pause")[0] == 0
    here.start("mails", session="s1")
    here.note(what="progress", state="completed", text="of the mails")
    assert here.cli("pause")[0] == 0
    memories.change(here.store, "shop", "resume", AT + DAY, session="s1")
    here.note(what="progress", state="completed", text="of the shop again")
    here.take()
    assert [one["text"] for one in here.now("shop")["entries"]] == ["of the shop", "of the shop again"]
    assert [one["text"] for one in here.now("mails")["entries"]] == ["of the mails"]


@pytest.mark.parametrize("state", ["none", "paused", "complete"])
def test_without_an_open_task_nothing_is_taken(here, state):
    here.note(what="progress", state="completed", text="x")
    if state != "none":
        here.start(session="s1")
        here.add("discovery", "a")
        here.cli("complete") if state == "complete" else memories.change(here.store, "shop", "pause", AT)
        count = len(here.now()["entries"])
        here.note(what="progress", state="completed", text="y")
    assert here.take() == 0
    assert state == "none" or len(here.now()["entries"]) == count


# ---- crashes and crowds -----------------------------------------------------------------------------------------------

CROWD = """
import sys
sys.path.insert(0, {hooks!r})
from holdfast.kernel.store import Store
from holdfast.memory import session_memory as m
s = Store({home!r}, {project!r})
for i in range({each}):
    m.add(s, "shop", "discovery", f"writer {{sys.argv[1]}} found {{i}}", {at})
"""


def test_sixteen_writers_at_once_lose_nothing(here):
    here.start()
    each = 12
    job = CROWD.format(hooks=HOOKS, home=here.store.home, project=here.store.project, each=each, at=AT)
    writers = [subprocess.Popen([sys.executable, "-c", job, str(n)], stderr=subprocess.PIPE, text=True) for n in range(16)]
    assert [one.wait(120) for one in writers] == [0] * 16, [one.communicate()[1] for one in writers]
    made = here.now()
    assert {one["text"] for one in made["entries"]} == {f"writer {n} found {i}" for n in range(16) for i in range(each)}
    assert [one["id"] for one in made["entries"]] == [f"K{n}" for n in range(1, 16 * each + 1)]
    assert made["faults"] == [] and as_printed(here.text()) and "writer" in here.text()


def struck(here, job, limit, mode):
    """Run a job struck at one of its calls; whether it came so far."""
    code, said = drive(here.opening + job, limit, mode)
    assert code in (0, 3 if mode.isdigit() else -9), said
    assert code != 3 or re.search("[Nn]o space left|Read-only file system", said), said
    return code != 0


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28", "30"])
def test_an_entry_struck_at_any_call_is_there_or_not_and_the_next_one_goes_on(here, mode):
    here.start()
    here.decide("Use SQLite")
    count = calls(here.opening + f"m.add(s, 'shop', 'discovery', 'none', {AT}, session='s1')")
    assert count > 10
    found, strikes = set(), 0
    for limit in range(1, count + 1):
        strikes += struck(here, f"m.add(s, 'shop', 'discovery', 'struck {limit}', {AT}, session='s1')", limit, mode)
        made = here.now()
        assert made["faults"] == [] and made["entries"][0]["text"] == "Use SQLite"
        texts = [one["text"] for one in made["entries"]]
        found.add(f"struck {limit}" in texts)
        assert not os.path.exists(here.page()) or as_printed(here.text()), "a torn page"
        try:
            here.add("discovery", f"struck {limit}", session="s1")
        except BadMemory as bad:
            assert "says this already" in str(bad)
        memories.append_from_register(here.store, "s1", AT)
        memories.printed(here.store, "shop", AT)
        texts = [one["text"] for one in here.now()["entries"]]
        assert texts.count(f"struck {limit}") == 1 and len(texts) == len(set(texts)) and memories.check(here.store, "shop") == []
    assert found == {True, False} and strikes > 15, "the strikes were all on one side"


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28"])
def test_starting_struck_at_any_call_can_be_done_again(here, mode):
    count = calls(here.opening + f"m.start(s, 'none', 't', {AT}, 's1', 'docs-none')")
    strikes = 0
    for limit in range(1, count + 1):
        task = f"task{limit}"
        strikes += struck(here, f"m.start(s, {task!r}, 't', {AT}, 's1', 'docs{limit}')", limit, mode)
        try:
            memories.start(here.store, task, "t", AT, "s1", f"docs{limit}")
        except BadMemory as bad:
            assert "is there already, started" in str(bad)
        memories.printed(here.store, task, AT)
        assert memories.check(here.store, task) == [] and here.now(task)["state"] == "started"
    assert strikes > 15


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28"])
def test_completing_and_archiving_struck_at_any_call_come_to_their_end(here, mode):
    here.start("none")
    here.decide("Use SQLite", task="none")
    jobs = (f"m.complete(s, TASK, {AT})", f"m.archive(s, TASK, {AT})")
    counts = [calls(here.opening + job.replace("TASK", "'none'")) for job in jobs]
    strikes = 0
    for job, count in zip(jobs, counts, strict=True):
        for limit in range(1, count + 1):
            task = f"{'a' if 'archive' in job else 'c'}{limit}"
            here.start(task)
            here.decide("Use SQLite", task=task)
            if "archive" in job:
                memories.complete(here.store, task, AT)
            strikes += struck(here, job.replace("TASK", repr(task)), limit, mode)
            names = [one["task"] for one in memories.memories(here.store)]
            if task in names:
                assert here.now(task)["faults"] == [] and len(here.now(task)["entries"]) == 1
                if "complete" in job:
                    try:
                        memories.complete(here.store, task, AT)
                    except BadMemory as bad:
                        assert "while" in str(bad) and here.now(task)["final"]
                memories.archive(here.store, task, AT)
            found = [one for one in memories.memories(here.store, archived=True) if one["task"] == task]
            assert len(found) == 1 and found[0]["state"] == "archived" and found[0]["faults"] == []
            finals = [name for name in os.listdir("outputs") if name.startswith(f"session_memory_{task}_") and name.endswith(".md")]
            assert len(finals) == 1 and as_printed(Path(f"outputs/{finals[0]}").read_text()), finals
    assert strikes > 30


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28"])
def test_taking_over_struck_at_any_call_takes_each_record_once(here, mode):
    here.start(session="s1")
    job = f"m.append_from_register(s, 's1', {AT})"
    limit = 0
    while True:
        limit += 1
        for n in range(3):
            here.note(what="note", kind="fact", text=f"{limit} {n}")
        came = struck(here, job, limit, mode)
        here.take()
        texts = [one["text"] for one in here.now()["entries"]]
        assert texts == [f"{i} {n}" for i in range(1, limit + 1) for n in range(3)]
        assert as_printed(here.text())
        if not came:
            break
    assert limit >= 15


def test_a_page_that_cannot_be_written_does_not_undo_the_entry(here):
    here.start(where="docs")
    os.remove("docs/session_memory.md")
    os.rmdir("docs")
    (here.project / "docs").write_text("a file is in the way")
    with pytest.raises(NotPrinted, match="D1 is recorded, and .*docs/session_memory.md could not be written: Not a directory"):
        here.decide("Use SQLite")
    code, said = here.cli("show")
    assert code == 0 and "Use SQLite" in said
    code, said = here.cli("check")
    assert code == 1 and "docs/session_memory.md: cannot be read: Not a directory" in said


def damaged(here, change):
    log = here.store.task("shop", memories.LOG)
    with open(log, "rb") as file:
        lines = file.readlines()
    with open(log, "wb") as file:
        file.writelines(change(lines))


@pytest.mark.parametrize("change, lost", [
    (lambda lines: [*lines, b'{"v":1,"n":9,"what":"add'], 0), (lambda lines: [lines[0], lines[1].replace(b"SQLite", b"Oracle"), *lines[2:]], 1),
    (lambda lines: [lines[0], *lines[2:]], 1), (lambda lines: lines[:-1], 1), (lambda lines: [lines[0], b"\xff\xfe\n", *lines[2:]], 1),
], ids=["torn", "changed", "taken out", "cut short", "binary"])
def test_a_damaged_log_is_told_of_and_what_is_left_goes_on_with_new_ids(here, change, lost):
    here.start()
    here.decide("Use SQLite")
    here.decide("Cache nothing")
    here.decide("One queue")
    damaged(here, change)
    faults = memories.check(here.store, "shop")
    assert any("are damaged or gone" in one for one in faults) == bool(lost)
    assert len(here.now()["entries"]) == 3 - lost
    name = here.decide("Retry uploads")
    assert name not in ("D1", "D2", "D3") and here.now()["entries"][-1]["id"] == name


def test_records_that_no_command_makes_are_named(here):
    here.start()
    here.decide("Use SQLite")
    log = here.store.task("shop", memories.LOG)
    for record in ({"what": "added", **entry(id="D1")}, {"what": "moved", "to": "archived"}, {"what": "erased"}, {"what": "started", "task": "shop"}):
        append(log, {**record, "at": iso(AT)})
    said = "; ".join(memories.check(here.store, "shop"))
    assert "record 3: the id D1 is used already" in said and "record 4: active cannot become archived" in said
    assert "record 5: 'erased' is no kind of record" in said and "record 6: the task is started a second time" in said
    assert [one["text"] for one in here.now()["entries"]] == ["Use SQLite"]


def test_the_register_that_is_taken_over_is_only_read(here):
    here.start(session="s1")
    here.note(what="note", kind="fact", text="x")
    before = [one for one in records(here.store.agent("s1", "", REGISTER)) if not isinstance(one, Damage)]
    here.take()
    assert list(records(here.store.agent("s1", "", REGISTER))) == before


# ---- the command line -------------------------------------------------------------------------------------------------

def test_a_task_from_its_start_to_its_archive_by_command(here):
    for words, code, said in (
            (("list",), 0, "no task is remembered"), (("show",), 1, "no task is"), (("start", "shop", "--title", "The shop"), 0, "started shop: "),
            (("add", "decision", "Use SQLite", "--because", "small"), 0, "D1 added to shop"), (("add", "progress", "cart", "--state", "in-progress"), 0, "P1 added"),
            (("add", "progress", "cart"), 2, "a progress marker needs --state"), (("add", "todo", "x"), 2, "'todo' is not one of"),
            (("show",), 0, "- **D1** Use SQLite (because small)"), (("check",), 0, "whole: shop"), (("pause",), 0, "shop is paused"),
            (("add", "next", "x"), 1, "add is not possible while shop is paused; possible now: resume"), (("resume",), 0, "shop is resumed"),
            (("list",), 0, "resumed"), (("archive",), 1, "no task is complete or archived"), (("complete",), 0, "still IN_PROGRESS: P1 cart"),
            (("complete",), 1, "complete is not possible while shop is complete; possible now: archive"), (("show", "--json"), 0, '"state": "complete"'),
            (("archive",), 0, "shop is put away in"), (("list", "--archived"), 0, "archived")):
        got, text = here.cli(*words)
        assert (got, said in text) == (code, True), (words, text)


def test_without_a_session_a_person_can_use_it(here):
    assert here.cli("start", "shop", session="")[0] == 0
    assert here.cli("add", "discovery", "x", session="")[0] == 0
    assert here.now()["entries"][0]["by"] in ("person", "agent") and state_of(here.store, "", "")["records"] == 0
