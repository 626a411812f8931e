"""A handoff: built by code, sealed, refused when damaged or foreign, taken up once, and only by who acknowledges its constraints."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support import HOOKS, decision, event, run_hook

from holdfast.cli.handoff_view import handoff
from holdfast.kernel import constraints
from holdfast.kernel.clock import iso
from holdfast.kernel.files import Damage, records, replace, sealed
from holdfast.kernel.store import Store
from holdfast.memory import handoff as handoffs
from holdfast.memory import handoff_log as known
from holdfast.memory.capture import take_in
from holdfast.memory.handoff import NotAcknowledged
from holdfast.memory.handoff_log import BadHandoff
from holdfast.memory.handoff_schema import SHAPE, checksum, parsed, token, written
from holdfast.memory.register import LOG as REGISTER
from holdfast.memory.register import note, state_of

AT = 1_790_000_000_000_000_000
MINUTE = 60_000_000_000
DAY = 1440 * MINUTE

# Runs a job in a process that dies, or is refused by the system, at one of its state-changing calls.
DRIVER = f"""
import os, posix, signal, sys
sys.path.insert(0, {HOOKS!r})
limit, mode, job = int(sys.argv[1]), sys.argv[2], sys.argv[3]
count = 0
def wrapped(name, real):
    def call(*given, **named):
        global count
        if name == "open" and not (len(given) > 1 and given[1] & (os.O_CREAT | os.O_TRUNC)):
            return real(*given, **named)
        count += 1
        if count == limit and mode == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if count == limit and mode == "torn":
            if name in ("write", "pwrite"):
                real(given[0], bytes(given[1])[:len(given[1]) // 2], *given[2:])
            os.kill(os.getpid(), signal.SIGKILL)
        if count >= limit and mode in ("28", "30"):
            raise OSError(int(mode), os.strerror(int(mode)), given[0] if isinstance(given[0], str) else None)
        mine = count
        try:
            return real(*given, **named)
        finally:
            if mine == limit and mode == "after":
                os.kill(os.getpid(), signal.SIGKILL)
    return call
for name in ("open", "write", "pwrite", "rename", "link", "unlink", "mkdir", "ftruncate", "fsync", "fchmod"):
    setattr(posix, name, wrapped(name, getattr(posix, name)))
try:
    exec(job)
except Exception as bad:
    print(f"{{type(bad).__name__}}: {{bad}}", flush=True)
    os._exit(3)
print(f"calls {{count}}")
"""


def drive(job, limit=0, mode="none"):
    """(exit code, what it printed) of a job that is struck at its state-changing call number `limit`."""
    done = subprocess.run([sys.executable, "-c", DRIVER, str(limit), mode, job], capture_output=True, text=True, timeout=60)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def calls(job):
    """How many state-changing calls a job makes."""
    code, said = drive(job)
    assert code == 0, said
    return int(said.rpartition("calls ")[2])


def item(number, text, kind="do-not-touch", targets=()):
    return {"id": f"C{number}", "text": text, "lead": "", "kind": kind, "forbids": ["write"], "only": False, "targets": [list(t) for t in targets],
            "binds": "all", "turn": 1, "source": "person", "at": iso(AT), "cwd": "/", "supersedes": [], "paths": [], "globs": []}


@pytest.fixture
def here(tmp_path, monkeypatch):
    class Here:
        folder, project = tmp_path, tmp_path / "project"
        store = Store(f"{tmp_path}/home", str(project))
        opening = f"from holdfast.kernel.store import Store; from holdfast.memory import handoff as h; s = Store({f'{tmp_path}/home'!r}, {str(project)!r})\n"

        def say(self, session, *items, agent=""):
            constraints.state(self.store, session, agent, {"what": "said", "items": list(items), "lifts": [], "turn": 1, "source": "person", "at": iso(AT)})

        def lift(self, session, *ids):
            constraints.state(self.store, session, "", {"what": "said", "items": [], "lifts": [[one, "you may now"] for one in ids], "turn": 2, "source": "person",
                                                        "at": iso(AT)})

        def work(self, session="old"):
            """A session with three constraints, and something of everything in its register."""
            self.say(session, item(1, "Do not touch config/prod.yaml", targets=[("path", "config/prod.yaml")]),
                     item(2, "Never drop the table users", "must-not", [("table", "users")]), item(3, "Test names are sentences", "naming"))
            for fields in ({"what": "prompt", "turn": 1, "text": "Move the shop to version 2"},
                           {"what": "progress", "state": "completed", "text": "schema written"},
                           {"what": "progress", "state": "in_progress", "text": "port the cart"},
                           {"what": "progress", "state": "blocked", "text": "port the mails", "because": "no account yet"},
                           {"what": "progress", "state": "next", "text": "port the checkout"},
                           {"what": "decision", "text": "PostgreSQL holds the baskets", "because": "rows are locked", "supersedes": []},
                           {"what": "note", "kind": "fact", "text": "the test database listens on 5433"},
                           {"what": "note", "kind": "question", "text": "who owns the mails?"},
                           {"what": "note", "kind": "risk", "text": "the old cart is still live"},
                           {"what": "wrote", "path": "src/cart.py"}):
                note(self.store, session, "", AT, fields)
            return self

        def write(self, session="old", at=AT, **extras):
            return handoffs.write(self.store, session, "", at, extras)

        def start(self, path, session="new", ids=("C1", "C2", "C3"), at=AT + MINUTE, **more):
            return handoffs.start(self.store, path, session, "", at, list(ids), **more)

        def in_force(self, session="new"):
            return [one["text"] for one in constraints.in_force(self.store, session, "")]

        def cli(self, *words, session="new"):
            env = {"CLAUDE_CODE_SESSION_ID": session, "HOLDFAST_HOME": self.store.home, "CLAUDE_PROJECT_DIR": str(self.project), "COLUMNS": "300"}
            with monkeypatch.context() as patch:
                for name, value in env.items():
                    patch.setenv(name, value) if value else patch.delenv(name, raising=False)
                patch.setattr("holdfast.cli.here.now", lambda: AT + MINUTE)
                done = CliRunner().invoke(handoff, list(words))
            assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
            return done.exit_code, done.output
    Here.project.mkdir()
    (Here.project / ".git").mkdir()
    monkeypatch.chdir(Here.project)
    return Here()


def document(path):
    with open(path) as file:
        return json.load(file)


def reseal(path, **changed):
    """Change fields of a handoff and seal it again, as who knows the format can."""
    value = {**document(path), **changed}
    replace(path, written(value))
    return value


# ---- writing ----------------------------------------------------------------------------------------------------------

def test_it_holds_the_session_by_code(here):
    path = here.work().write(instructions="run make test first", task="shop-2")
    value = document(path)
    assert os.path.basename(path) == "handoff_old.json" and os.stat(path).st_mode & 0o777 == 0o600
    assert set(value) == set(SHAPE) and value["checksum"] == checksum(value)
    assert [(one["id"], one["text"], one["kind"], one["turn"]) for one in value["hard_constraints"]] == [
        ("C1", "Do not touch config/prod.yaml", "do-not-touch", 1), ("C2", "Never drop the table users", "must-not", 1),
        ("C3", "Test names are sentences", "naming", 1)]
    assert value["do_not_touch"] == ["config/prod.yaml", "users"]
    assert {name: value[name] for name in ("v", "task_id", "from_session", "project", "objective", "next_phase", "start_instructions")} == {
        "v": 1, "task_id": "shop-2", "from_session": "old", "project": str(here.project), "objective": "Move the shop to version 2",
        "next_phase": "port the checkout", "start_instructions": "run make test first"}
    assert value["decisions"] == [{"id": "D6", "text": "PostgreSQL holds the baskets", "because": "rows are locked"}]
    assert value["completed_phases"] == [{"text": "schema written", "because": ""}]
    assert value["blocked"] == [{"text": "port the mails", "because": "no account yet"}]
    assert (value["facts"], value["open_questions"], value["risks"], value["files_written"]) == (
        ["the test database listens on 5433"], ["who owns the mails?"], ["the old cart is still live"], ["src/cart.py"])
    assert 1 < value["context_summary"].count(". ") + 1 <= 3
    assert handoffs.check(path, here.store, AT) == []


def test_constraints_of_the_project_and_of_the_main_thread_are_in_a_workers_handoff_under_ids_of_their_own(here):
    here.say(constraints.EVERY_SESSION, item(1, "Tabs, everywhere", "naming"))
    here.say("old", item(1, "Do not touch a.py"))
    here.say("old", item(1, "Do not touch b.py"), agent="w1")
    value = document(handoffs.write(here.store, "old", "w1", AT, {"objective": "x"}))
    assert [(one["id"], one["text"]) for one in value["hard_constraints"]] == [
        ("P1", "Tabs, everywhere"), ("M1", "Do not touch a.py"), ("C1", "Do not touch b.py")]
    assert value["from_agent"] == "w1"


def test_without_an_objective_nothing_is_written(here):
    with pytest.raises(BadHandoff, match="objective: nothing on record .* --objective"):
        here.write()
    assert not os.path.exists(here.store.handoff_of("old", ""))
    assert document(here.write(objective="from scratch"))["hard_constraints"] == []


def test_a_constraint_record_that_cannot_be_read_is_not_left_out_in_silence(here):
    here.work()
    for name in (constraints.LOG, constraints.DOCUMENT):
        with open(here.store.agent("old", "", name), "wb") as file:
            file.write(b"{}\n")
    with pytest.raises(constraints.DamagedConstraints):
        here.write()
    code, said = here.cli("write", session="old")
    assert code == 1 and "not written" in said and "constraints.jsonl" in said


def test_secrets_do_not_get_in_and_nothing_in_the_file_is_invisible(here):
    path = here.work().write(instructions="use token=ghp_abcdefghijklmnopqrstuvwxyz0123456789", summary="a\u202eb\x1b[31m\ud800 \u00e9", objective="caf\u00e9")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert "ghp_" not in text and "[redacted" in text
    assert all(c.isprintable() or c == "\n" for c in text) and "caf\u00e9" in text
    assert handoffs.check(path, here.store, AT) == [] and document(path)["context_summary"].startswith("a\u202eb\x1b[31m\ud800")


@pytest.mark.parametrize("to, there", [("outputs/", "outputs/handoff_old.json"), ("outputs/handoff-shop.json", "outputs/handoff-shop.json"),
                                       (".", "handoff_old.json")])
def test_a_copy_goes_where_it_is_asked_for_and_can_be_started_from_there(here, to, there):
    here.work().write(to=to)
    assert document(there) == document(here.store.handoff_of("old", ""))
    here.start(str(here.project / there))
    assert len(here.in_force()) == 3


@pytest.mark.parametrize("to, why", [("notes.json", "named handoff"), ("handoff.txt", "named handoff"), ("handoff-mine.json", "is no handoff; it is left"),
                                     ("kept/handoff.json", "is what C1 is about")], ids=["another name", "no json", "a person's file", "protected folder"])
def test_a_copy_does_not_go_where_no_handoff_belongs(here, to, why):
    (here.project / "handoff-mine.json").write_text('{"mine": 1}')
    (here.project / "kept").mkdir()
    here.say("old", {**item(1, "Leave kept/ alone"), "paths": [str(here.project / "kept")]})
    with pytest.raises(BadHandoff, match=why):
        here.write(objective="x", to=to)
    assert (here.project / "handoff-mine.json").read_text() == '{"mine": 1}' and not os.listdir(here.project / "kept")


# ---- checking ---------------------------------------------------------------------------------------------------------

def without(name):
    return lambda value: {key: inner for key, inner in value.items() if key != name}


def changed(**fields):
    return lambda value: {**value, **fields}


def first_item(**fields):
    return lambda value: {**value, "hard_constraints": [{**value["hard_constraints"][0], **fields}, *value["hard_constraints"][1:]]}


BROKEN = [
    ("no version", without("v"), "v: is missing; this Holdfast knows version 1"), ("a later version", changed(v=2), "v: is 2; this Holdfast knows"),
    ("a version that is true", changed(v=True), "v: is true"), ("no objective", without("objective"), "objective: is missing"),
    ("an empty objective", changed(objective=" "), "objective: is empty"), ("no checksum", without("checksum"), "checksum: is missing"),
    ("a number for a text", changed(next_phase=3), "next_phase: should be a text, and is a number"),
    ("null for a list", changed(facts=None), "facts: should be a list, and is null"),
    ("a fact that is no text", changed(facts=["a", {}]), "facts[1]: should be a text, and is an object"),
    ("a decision without its reason", changed(decisions=[{"id": "D1", "text": "x"}]), "decisions[0].because: is missing"),
    ("no constraints", without("hard_constraints"), "hard_constraints: is missing"),
    ("a constraint without text", first_item(text=""), "hard_constraints[0].text: is empty"),
    ("a constraint whose turn is a text", first_item(turn="1"), "hard_constraints[0].turn: should be a whole number, and is a text"),
    ("an id twice", first_item(id="C2"), "hard_constraints[1].id: C2 is there twice"),
    ("an unknown field", changed(lifted=["C1"]), "lifted: is not a field of a handoff"),
    ("no time", changed(written_at="yesterday"), "written_at: 'yesterday' is not a time"),
    ("the future", changed(written_at=iso(AT + DAY)), "is in the future"),
    ("another project", changed(project="/srv/other"), "project: it is of /srv/other, and this is"),
    ("an unknown id", changed(handoff_id="H0000000000"), "H0000000000 was not written in this project on this machine"),
    ("changed and sealed again", changed(objective="delete everything"), "checksum: is not the one it was written with"),
    ("a constraint taken out and sealed again", lambda value: {**value, "hard_constraints": value["hard_constraints"][1:]}, "is not the one it was written with"),
]


@pytest.mark.parametrize("change, fault", [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_every_fault_is_named_with_its_place_and_nothing_is_started(here, change, fault):
    path = here.work().write()
    value = change(document(path))
    with open(path, "wb") as file:  # sealed again unless the seal is the fault
        file.write(json.dumps(value).encode() if "checksum" not in value else written(value))
    faults = handoffs.check(path, here.store, AT + MINUTE)
    assert any(fault in one for one in faults), faults
    with pytest.raises(BadHandoff):
        here.start(path)
    assert here.in_force() == [] and state_of(here.store, "new", "")["records"] == 0
    code, said = here.cli("check", path)
    assert code == 1 and "is not good" in said and "Traceback" not in said


@pytest.mark.parametrize("data, fault", [
    (b"", "the file is empty"), (b"  \n", "the file is empty"), (b"\xff\xfe{}", "byte 0: not UTF-8"), (b"[]", "should be an object, and is a list"),
    (b"null", "should be an object, and is null"), (b'{"v":1', "not whole JSON"), (b'{"v":NaN}', "not whole JSON"), (b"[" * 100_000, "not whole JSON"),
    (b'{"v":1}', "handoff_id: is missing"), (b" " * 5_000_000, "larger than"),
], ids=["empty", "blank", "binary", "a list", "null", "torn", "no number", "too deep", "nothing in it", "too large"])
def test_what_is_no_handoff_at_all_gets_a_plain_answer(here, data, fault):
    path = here.project / "handoff.json"
    path.write_bytes(data)
    assert any(fault in one for one in handoffs.check(str(path), here.store, AT))
    with pytest.raises(BadHandoff):
        here.start(str(path))


def test_missing_folders_and_pipes_are_named_too(here):
    os.mkfifo(here.project / "handoff-pipe.json")
    for name, why in (("nowhere.json", "there is no file"), ("./nowhere.json", "no such file"), (str(here.project), "not an ordinary file"),
                      ("./handoff-pipe.json", "not an ordinary file")):
        code, said = here.cli("check", name)
        assert code == 1 and why in said, said


def test_torn_at_every_byte_it_is_refused(here):
    path = here.work().write()
    with open(path, "rb") as file:
        data = file.read()
    for size in range(0, len(data) - 1, 7):  # the last byte is the newline behind it
        with open(path, "wb") as file:
            file.write(data[:size])
        assert handoffs.check(path, here.store, AT), f"{size} of {len(data)} bytes were taken for whole"


def test_one_changed_character_anywhere_is_found(here):
    path = here.work().write()
    with open(path, "rb") as file:
        data = file.read()
    for place in range(0, len(data) - 1, 11):
        other = b"X" if data[place:place + 1] != b"X" else b"Y"
        if data[place:place + 1].isspace():
            continue  # how it is indented is no part of it
        value, faults = parsed(data[:place] + other + data[place + 1:])
        assert faults, f"byte {place}"


def test_the_order_and_the_indents_do_not_matter(here):
    path = here.work().write()
    value = document(path)
    with open(path, "w") as file:
        json.dump(dict(reversed(value.items())), file)
    assert handoffs.check(path, here.store, AT) == []


def test_an_older_handoff_of_a_session_is_refused_once_there_is_a_newer(here):
    here.work().write(to="outputs/")
    old = str(here.project / "outputs/handoff_old.json")
    new = document(here.write(at=AT + MINUTE))["handoff_id"]
    assert handoffs.check(old, here.store, AT + MINUTE) == [f"handoff_id: {new} of the same session is newer; start that"]


def test_a_log_that_lost_a_record_stops_every_start(here):
    path = here.work().write()
    here.start(path)
    log = here.store.handoff(known.LOG)
    with open(log, "rb") as file:
        lines = file.readlines()
    with open(log, "wb") as file:
        file.writelines(lines[:-1])  # who started it is gone
    with pytest.raises(BadHandoff, match="the records after 1 are damaged or gone, so it is not known what was started"):
        here.start(path, "third")


# ---- starting ---------------------------------------------------------------------------------------------------------

def test_without_acknowledgement_it_prints_the_constraints_and_starts_nothing(here):
    here.work().write()
    code, said = here.cli("start", "latest")
    assert code == 1 and here.in_force() == []
    number = token(document(here.store.handoff_of("old", ""))["hard_constraints"])
    assert "C1 (do-not-touch): Do not touch config/prod.yaml" in said and f"--acknowledge C1,C2,C3 --token {number}" in said
    code, said = here.cli(*next(line for line in said.splitlines() if "holdfast handoff start" in line).split()[2:])
    assert code == 0 and "In force in this session now, 3" in said and len(here.in_force()) == 3


@pytest.mark.parametrize("words, named", [
    (["--acknowledge", "C1,C3"], ["C2 is not acknowledged: Never drop the table users"]),
    (["--acknowledge", "C1"], ["C2 is not acknowledged", "C3 is not acknowledged"]),
    (["--acknowledge", "all"], ["C1 is not acknowledged", "all is none of its constraints"]),
    (["--acknowledge", "C1,C2,C3,C4"], ["C4 is none of its constraints"]),
    (["--acknowledge", "C1,C2,C3", "--token", "0000000000"], ["the token 0000000000 does not stand for these"]),
    (["--acknowledge", "C1,C2", "--acknowledge-text", "Test names are short"], ["C3 is not acknowledged", "Test names are short is none of"]),
])
def test_what_is_not_acknowledged_is_named_and_nothing_is_started(here, words, named):
    here.work().write()
    code, said = here.cli("start", "latest", *words)
    assert code == 1 and all(one in said for one in named), said
    assert here.in_force() == [] and next(known.listed(here.store, AT))["state"] == "open"


@pytest.mark.parametrize("words", [
    ["--acknowledge", "C1,C2,C3"], ["--acknowledge", " c1 C2, c3"], ["--acknowledge", "C1", "--acknowledge", "C2,C3"],
    ["--acknowledge", "C1,C2", "--acknowledge-text", "Test names  are sentences"],
])
def test_acknowledged_one_by_one_or_word_for_word_it_starts(here, words):
    here.work().write()
    code, said = here.cli("start", "latest", *words)
    assert code == 0, said
    assert here.in_force() == ["Do not touch config/prod.yaml", "Never drop the table users", "Test names are sentences"]


def test_started_its_constraints_are_in_force_and_the_rest_is_on_record(here):
    here.say("new", item(1, "Never push"), item(2, "Do not touch z.py"))
    value = document(here.work().write(instructions="run make test first"))
    here.start(here.store.handoff_of("old", ""))
    found = constraints.in_force(here.store, "new", "")
    assert [(one["id"], one["text"]) for one in found] == [
        ("C1", "Never push"), ("C2", "Do not touch z.py"), ("C3", "Do not touch config/prod.yaml"), ("C4", "Never drop the table users"),
        ("C5", "Test names are sentences")]
    assert found[2]["from"] == {"handoff": value["handoff_id"], "session": "old", "id": "C1", "scope": "session"}
    assert found[2]["source"] == "handoff" and found[2]["targets"] == [["path", "config/prod.yaml"]]
    state = state_of(here.store, "new", "")
    assert [one["text"] for one in state["decisions"]] == ["PostgreSQL holds the baskets"] and state["next"] == "port the checkout"
    assert state["facts"] == ["the test database listens on 5433"] and state["in_progress"] == [{"text": "port the cart", "because": ""}]
    assert "run make test first" in state["summary"] and state["task"] == "Move the shop to version 2"
    assert {one["by"] for one in records(here.store.agent("new", "", REGISTER))} == {"handoff"}


def test_ids_of_the_old_session_end_nothing_in_the_new_one_and_no_id_is_used_twice(here):
    here.say("old", item(1, "Do not touch a.py"), {**item(2, "Do not touch a.py or b.py"), "supersedes": ["C1"]})
    here.say("new", item(1, "Never push"), item(4, "Never tag"))
    handoffs.start(here.store, here.write(objective="x"), "new", "", AT, ["C2"])
    assert [(one["id"], one["text"]) for one in constraints.in_force(here.store, "new", "")] == [
        ("C1", "Never push"), ("C4", "Never tag"), ("C5", "Do not touch a.py or b.py")]


def test_the_guard_holds_them_in_the_new_session_from_that_moment(here):
    (here.project / "config").mkdir()
    (here.project / "config/prod.yaml").write_text("a: 1")
    take_in(here.store, "old", "", "Move the shop. Do not touch config/prod.yaml under any circumstances.", 1, "person", AT, str(here.project))
    path = here.write(objective="Move the shop")

    def judged(name):
        payload = event(session_id="new", cwd=str(here.project), tool_name="Write", tool_input={"file_path": str(here.project / name), "content": "x"})
        env = {"CLAUDE_PROJECT_DIR": str(here.project), "HOLDFAST_HOME": here.store.home}
        return decision(run_hook("PreToolUse", payload, here.folder, env)[1])

    assert judged("config/prod.yaml")[0] != "deny"
    here.start(path, ids=("C1",))
    verdict, reason = judged("config/prod.yaml")
    assert verdict == "deny" and "Do not touch config/prod.yaml under any circumstances" in reason
    assert judged("config/test.yaml")[0] != "deny"


def test_what_a_person_lifted_since_does_not_come_back_and_what_was_stated_since_is_asked_for(here):
    path = here.work().write()
    here.lift("old", "C1")
    here.say("old", item(4, "Do not touch late.py"))
    with pytest.raises(NotAcknowledged) as refused:
        here.start(path)
    assert [one["id"] for one in refused.value.missing] == ["C4"]
    started = here.start(path, ids=("C2", "C3", "C4"))
    assert here.in_force() == ["Never drop the table users", "Test names are sentences", "Do not touch late.py"]
    assert [(one["id"], why) for one, why in started.left] == [("C1", "lifted: you may now")]


def test_what_holds_in_the_whole_project_is_acknowledged_and_not_stated_twice(here):
    here.say(constraints.EVERY_SESSION, item(1, "Tabs, everywhere", "naming"), item(2, "Never touch .env"))
    path = here.work().write()
    here.lift(constraints.EVERY_SESSION, "C2")
    started = here.start(path, ids=("P1", "C1", "C2", "C3"))
    assert "Tabs, everywhere" not in here.in_force() and "Never touch .env" not in here.in_force() and len(here.in_force()) == 3
    assert [one["text"] for one in started.items if one["everywhere"]] == ["Tabs, everywhere"]


def test_a_constraint_of_the_project_that_is_lifted_for_one_session_is_not_stated_again_there(here):
    here.say(constraints.EVERY_SESSION, {**item(1, "Tabs, everywhere", "naming"), "id": "P1"}, {**item(2, "Never touch .env"), "id": "P2"})
    path = here.work().write()
    here.lift("new", "P1")
    here.lift("old", "P2")  # for the old session alone: here it holds all the same
    started = here.start(path, ids=("P1", "C1", "C2", "C3"))
    assert here.in_force() == ["Do not touch config/prod.yaml", "Never drop the table users", "Test names are sentences"]
    assert [(one["id"], why) for one, why in started.left] == [("P2", "lifted in that session"), ("P1", "lifted in this session")]
    assert [one["id"] for one in constraints.standing(here.store, "new")] == ["P2"]


def test_it_is_started_once_and_again_only_when_nobody_works_on_it(here):
    path = here.work().write()
    here.start(path)
    here.start(path)  # the same session may: nothing is there twice
    assert len(here.in_force()) == 3 and len(state_of(here.store, "new", "")["decisions"]) == 1
    with pytest.raises(BadHandoff, match="session new started it at .* --again takes it up once more"):
        here.start(path, "third")
    replace(here.store.session("new", "client.json"), sealed({"pid": str(os.getpid())}))
    with pytest.raises(BadHandoff, match="is still running. Two sessions would do the same work"):
        here.start(path, "third", again=True)
    ended = subprocess.Popen(["true"])
    ended.wait()
    replace(here.store.session("new", "client.json"), sealed({"pid": str(ended.pid)}))
    here.start(path, "third", again=True)
    assert len(here.in_force("third")) == 3


def test_what_is_lifted_in_the_session_that_started_it_does_not_come_back(here):
    path = here.work().write()
    here.start(path)
    here.lift("new", "C1")
    started = here.start(path)
    assert here.in_force() == ["Never drop the table users", "Test names are sentences"]
    assert [why for _, why in started.left] == ["lifted: you may now in this session"]


def test_of_eight_that_start_at_once_one_wins(here):
    path = here.work().write()
    # Each takes its time between looking whether it was started and noting that it is.
    slow = "import time; put = h._put_on_record; h._put_on_record = lambda *given: (time.sleep(0.7), put(*given))\n"
    job = here.opening + slow + f"h.start(s, {path!r}, 'new-%d', '', {AT}, ['C1', 'C2', 'C3'])"
    starts = [subprocess.Popen([sys.executable, "-c", DRIVER, "0", "none", job % n], stdout=subprocess.PIPE, text=True) for n in range(8)]
    codes = [one.wait(60) for one in starts]
    said = [one.communicate()[0] for one in starts]
    assert sorted(codes) == [0, *[3] * 7], said
    assert [bool(here.in_force(f"new-{n}")) for n in range(8)] == [code == 0 for code in codes]
    assert all("started it at" in text for code, text in zip(codes, said, strict=True) if code)


@pytest.mark.parametrize("more, why", [
    ({"task": "other"}, "it is of the task shop-2, and other was asked for"), ({"at": AT + 8 * DAY}, "it is 8 days old, and 7 days is the most"),
    ({"at": AT + 2 * DAY, "most": 86_400}, "it is 2 days old, and 24 hours is the most"), ({"at": AT - DAY}, "in the future"),
])
def test_a_handoff_of_another_task_or_time_is_refused(here, more, why):
    path = here.work().write(task="shop-2")
    with pytest.raises(BadHandoff, match=why):
        here.start(path, **more)
    assert here.in_force() == []
    here.start(path, task="shop-2", at=AT + 6 * DAY)


def test_the_newer_word_of_this_sessions_person_wins(here, monkeypatch):
    monkeypatch.setattr(handoffs, "_contradicts", lambda newer, older: newer["text"] == "Touch config/prod.yaml only" and "prod.yaml" in older["text"])
    path = here.work().write()
    here.say("new", item(1, "Touch config/prod.yaml only", "only"))
    started = here.start(path)
    assert "Do not touch config/prod.yaml" not in here.in_force() and started.left[0][1].startswith("this session's C1 says otherwise")


def test_the_objective_and_the_task_go_on_through_sessions(here):
    here.work().write(task="shop-2")
    here.start(here.store.handoff_of("old", ""))
    note(here.store, "new", "", AT, {"what": "prompt", "turn": 1, "text": "go on"})
    value = document(here.write("new", AT + 2 * MINUTE))
    assert (value["objective"], value["task_id"]) == ("Move the shop to version 2", "shop-2")
    assert len(value["hard_constraints"]) == 3


def test_only_a_person_takes_in_a_handoff_from_elsewhere(here, tmp_path):
    elsewhere = Store(f"{tmp_path}/other-home", "/srv/shop")
    path = handoffs.write(elsewhere, "far", "", AT, {"objective": "x"})
    code, said = here.cli("adopt", path)
    assert code == 1 and "is for a person" in said
    number = handoffs.adopt(here.store, path, AT)
    here.start(known.path_of(number, here.store, AT), ids=())
    assert document(known.path_of(number, here.store, AT))["project"] == str(here.project)


def test_many_constraints_fit(here):
    many = [item(n, f"Do not touch dir/file{n}.py " + "because of reasons " * 20) for n in range(1, 201)]
    for start in range(0, 200, 50):
        here.say("old", *many[start:start + 50])
    path = here.write(objective="x")
    here.start(path, ids=[one["id"] for one in many])
    assert here.in_force() == [one["text"] for one in many]


# ---- for hooks --------------------------------------------------------------------------------------------------------

def test_a_fresh_session_is_told_of_the_newest_open_one_in_few_characters(here):
    assert handoffs.history_note(here.store, AT) is None
    here.work().write(objective="word " * 700, next="phase " * 100)
    said = handoffs.history_note(here.store, AT + 20 * MINUTE)
    assert len(said) <= 1_200 and said.startswith("A handoff of session old from 20 minutes ago is there, as history: nothing of it is in force here.")
    assert "3 hard constraints and 1 decision" in said and "`holdfast handoff start latest` takes it up" in said
    assert "config/prod.yaml" not in said
    assert handoffs.history_note(here.store, AT + 8 * DAY) is None and handoffs.history_note(here.store, AT, "old") is None
    here.start(here.store.handoff_of("old", ""))
    assert handoffs.history_note(here.store, AT + 20 * MINUTE) is None


def test_a_damaged_one_is_told_of_as_damaged(here):
    path = here.work().write()
    with open(path, "r+b") as file:
        file.truncate(300)
    said = handoffs.history_note(here.store, AT + MINUTE)
    assert "cannot be taken up" in said and "holdfast handoff check" in said
    code, said = here.cli("start", "latest", "--acknowledge", "C1,C2,C3")
    assert code == 1 and "not whole JSON" in said


def test_a_file_that_nobody_here_wrote_is_not_told_of_and_is_never_the_latest(here, tmp_path):
    here.start(here.work().write())
    elsewhere = Store(f"{tmp_path}/other-home", str(here.project))
    os.rename(handoffs.write(elsewhere, "far", "", AT, {"objective": "delete everything"}), here.store.handoff("handoff_far.json"))
    assert handoffs.history_note(here.store, AT) is None
    assert [one["state"] for one in known.listed(here.store, AT)] == ["started", "damaged"]
    code, said = here.cli("start", "latest")
    assert code == 1 and "no handoff is open" in said and "was started by session new" in said


def test_one_that_a_person_has_removed_is_gone(here):
    here.work().write()
    path = here.work("other").write("other", AT + MINUTE)
    os.remove(path)
    assert [one["session"] for one in known.listed(here.store, AT)] == ["old"]
    assert known.path_of("latest", here.store, AT) == here.store.handoff_of("old", "")
    assert "session old" in handoffs.history_note(here.store, AT)


def test_a_session_that_ends_with_work_left_leaves_a_handoff_once(here):
    assert handoffs.write_at_end(here.store, "old", AT) is None
    note(here.store, "old", "", AT, {"what": "prompt", "turn": 1, "text": "go"})
    note(here.store, "old", "", AT, {"what": "progress", "state": "completed", "text": "all of it"})
    assert handoffs.write_at_end(here.store, "old", AT) is None
    here.work()
    path = handoffs.write_at_end(here.store, "old", AT)
    assert path and handoffs.write_at_end(here.store, "old", AT + MINUTE) is None
    note(here.store, "old", "", AT, {"what": "note", "kind": "fact", "text": "new"})
    assert handoffs.write_at_end(here.store, "old", AT + MINUTE) and document(path)["facts"][-1] == "new"


def test_the_end_keeps_what_the_agent_put_into_its_own(here):
    path = here.work().write(objective="The shop, whole", instructions="run make test first", summary="Half done.", next="a phase in between")
    mine = document(path)["handoff_id"]
    assert handoffs.write_at_end(here.store, "old", AT + MINUTE) is None and document(path)["handoff_id"] == mine
    note(here.store, "old", "", AT, {"what": "progress", "state": "completed", "text": "port the cart"})
    note(here.store, "old", "", AT, {"what": "progress", "state": "next", "text": "the last phase"})
    handoffs.write_at_end(here.store, "old", AT + MINUTE)
    value = document(path)
    assert value["next_phase"] == "the last phase"
    assert value["handoff_id"] != mine and value["in_progress"] == []
    assert (value["objective"], value["start_instructions"], value["context_summary"]) == ("The shop, whole", "run make test first", "Half done.")


def test_ending_takes_a_small_part_of_what_all_ends_together_may(here):
    import time
    here.work()
    for n in range(200):
        note(here.store, "old", "", AT, {"what": "note", "kind": "fact", "text": f"fact {n} " + "x" * 400})
    before = time.perf_counter()
    assert handoffs.write_at_end(here.store, "old", AT)
    assert time.perf_counter() - before < 0.5  # of 1.5 s


# ---- crashes ----------------------------------------------------------------------------------------------------------

def whole(here, path):
    """The handoff at a place is one that was written, unchanged."""
    value, faults = known.judged(path, here.store, AT + MINUTE)
    assert not faults, faults
    return value


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28", "30"])
def test_a_writer_struck_at_any_call_leaves_the_old_or_the_new_one(here, mode):
    path = here.work().write(objective="old one")
    job = here.opening + f"h.write(s, 'old', '', {AT}, {{'objective': 'new one', 'to': {str(here.project / 'outputs') + '/'!r}}})"
    count = calls(job)
    assert count > 8
    here.write(objective="old one")
    seen = set()
    for limit in range(1, count + 1):
        code, said = drive(job, limit, mode)
        assert code == (3 if mode.isdigit() else -9) or mode.isdigit() and code == 0, said
        seen.add(whole(here, path)["objective"])
        assert [one["state"] for one in known.listed(here.store, AT)] == ["open"]
        assert not mode.isdigit() or code == 0 or "No space left" in said or "Read-only file system" in said or "no space left" in said, said
        here.write(objective="old one")
    assert seen == {"old one", "new one"}, "the strikes were all on one side"


@pytest.mark.parametrize("mode", ["before", "after", "torn", "28"])
def test_a_start_struck_at_any_call_is_completed_by_the_next_and_nothing_is_there_twice(here, mode):
    path = here.work().write()
    job = here.opening + f"h.start(s, {path!r}, 'SESSION', '', {AT}, ['C1', 'C2', 'C3'])"
    limit, seen = 0, set()
    while True:
        limit += 1
        session = f"n{limit}"
        code, said = drive(job.replace("SESSION", session), limit, mode)
        log = [one for one in records(here.store.handoff(known.LOG)) if not isinstance(one, Damage)]
        started = any(one["what"] == "started" and one["session"] == session for one in log)
        count = len(here.in_force(session))
        assert count in (0, 3), "part of the constraints"
        assert not started or count == 3, "started, and its constraints are not in force"
        seen.add((count, started))
        handoffs.start(here.store, path, session, "", AT + MINUTE, ["C1", "C2", "C3"])
        assert len(here.in_force(session)) == 3
        texts = [one.get("text") for one in records(here.store.agent(session, "", REGISTER)) if not isinstance(one, Damage)]
        assert len(texts) == len(set(texts)) == 10, texts
        if code == 0:
            break
        assert code == (3 if mode.isdigit() else -9), said
        here.write(at=AT)  # the next one to start
        assert limit < 200
    assert limit > 20 and {(0, False), (3, False)} <= seen
