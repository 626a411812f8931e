"""What a person has stated is enforced on every tool call: the hook as the client runs it, main thread and workers, and the record behind it."""

import json
import os
import subprocess
import sys

import pytest
from enforced import codes, project_at, stated
from support import HOOKS, decision, event, run_hook

from holdfast.guard import judge
from holdfast.guard.catalogue import all_rules, rule_of, stated_rules
from holdfast.guard.stated import _may_act
from holdfast.guard.stated.rules import EXAMPLES
from holdfast.kernel.constraints import EVERY_SESSION, LOG, DamagedConstraints, in_force, state
from holdfast.kernel.store import Store
from holdfast.kernel.workers import LOG as DISPATCHES
from holdfast.kernel.workers import dispatch

SESSION = "5e55-1"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return project_at(tmp_path_factory.mktemp("project"))


@pytest.fixture
def store(root, tmp_path):
    return Store(f"{tmp_path}/.claude/holdfast", root)


def say(store, *items, agent="", lifts=()):
    numbered = [item | {"id": f"C{number}"} for number, item in enumerate(items, 1)]
    state(store, SESSION, agent, {"what": "said", "items": numbered, "lifts": [list(one) for one in lifts], "turn": 3, "source": "person", "at": "2026-01-01T00:00:00Z"})


def asked(root, home, tool="Bash", agent=None, kind=None, session=SESSION, cwd=None, **given):
    """(decision, reason) of the registered hook for a tool call in the project."""
    fields = {"agent_id": agent, "agent_type": kind} if agent else {}
    payload = event(tool_name=tool, tool_input=given, cwd=cwd or root, session_id=session, **fields)
    code, out, errors = run_hook("PreToolUse", payload, home, {"CLAUDE_PROJECT_DIR": root})
    assert code == 0, errors
    return decision(out)


ROUTES = ["echo x > config/prod.yaml", "echo x | tee config/prod.yaml", "sed -i s/a/b/ config/prod.yaml", "cp notes.md config/prod.yaml", "mv config/prod.yaml x", "rm -f config/prod.yaml", "rm -rf config",
          "git checkout -- config/prod.yaml", "git stash", "git apply fix.patch", "patch -p1 < fix.patch", "rsync notes.md config/prod.yaml", "ln -s prod.yaml config/z && echo x > config/z", "cd config && echo x > prod.yaml",
          "python3 -c \"open('config/prod.yaml','w').write('x')\"", "perl -i -pe s/a/b/ config/prod.yaml", "node -e \"require('fs').writeFileSync('config/prod.yaml','x')\"", "vim -es -c wq config/prod.yaml",
          "find . -name prod.yaml -delete", "truncate -s0 config/prod.yaml", "dd if=notes.md of=config/prod.yaml", "bash -c 'echo x > config/prod.yaml'", "echo x > hard.yaml"]
FINE = ["cat config/prod.yaml", "git status", "git diff config/prod.yaml", "git add config/prod.yaml", "echo x > config/prod.yaml.bak", "sed -i s/a/b/ config/dev.yaml", "echo 'rm config/prod.yaml'", "rm -rf build", "ls config", "pytest -q"]


def protected(root):
    return stated(root, "Do not touch config/prod.yaml.", ["write"], [("path", "config/prod.yaml")])


@pytest.mark.parametrize("agent", [None, "a1"], ids=["main", "worker"])
def test_the_registered_hook_stops_every_route_and_lets_the_rest_run(root, store, tmp_path, agent):
    say(store, protected(root))
    for text in ROUTES:
        verdict, reason = asked(root, tmp_path, agent=agent, kind="Explore" if agent else None, command=text)
        assert verdict == "deny" and reason.startswith("CON001: ") and "“Do not touch config/prod.yaml.”" in reason, text
    for text in FINE:
        assert asked(root, tmp_path, agent=agent, kind="Explore" if agent else None, command=text) == (None, ""), text


def test_file_tools_are_held_to_it_although_the_file_is_a_plain_source(root, store, tmp_path):
    say(store, stated(root, "Leave src/app.py as it is.", ["write"], [("path", "src/app.py")]))
    for tool in ("Write", "Edit"):
        verdict, reason = asked(root, tmp_path, tool, file_path=f"{root}/src/app.py", content="x", old_string="a", new_string="b")
        assert verdict == "deny" and "Leave src/app.py as it is." in reason
        assert asked(root, tmp_path, tool, file_path=f"{root}/src/build.py", content="x", old_string="a", new_string="b") == (None, "")
    assert asked(root, tmp_path, "Read", file_path=f"{root}/src/app.py") == (None, "")


def test_it_stays_stopped_when_a_person_can_answer(root, store, tmp_path):
    say(store, protected(root))
    payload = event(tool_input={"command": "rm config/prod.yaml"}, cwd=root)
    out = run_hook("PreToolUse", payload, tmp_path, {"CLAUDE_PROJECT_DIR": root, "CLAUDE_CODE_SESSION_ATTENDED": "1"})[1]
    assert decision(out)[0] == "deny"


def test_lifted_superseded_and_foreign_items_stop_nothing(root, store, tmp_path):
    say(store, protected(root))
    assert asked(root, tmp_path, command="rm config/prod.yaml")[0] == "deny"
    assert asked(root, tmp_path, command="rm config/prod.yaml", session="other") == (None, "")
    state(store, SESSION, "", {"what": "said", "items": [], "lifts": [["C1", "You may change it now."]], "turn": 4, "source": "person", "at": ""})
    assert asked(root, tmp_path, command="rm config/prod.yaml") == (None, "")


def test_a_worker_is_bound_by_its_own_task_and_no_sibling_is(root, store, tmp_path):
    item = stated(root, "Do not change lib/util.py.", ["write"], [("path", "lib/util.py")], source="dispatch")
    dispatch(store, SESSION, "toolu_a", "", "Explore", [item], 1)
    dispatch(store, SESSION, "toolu_b", "", "Plan", [], 1)
    verdict, reason = asked(root, tmp_path, agent="w1", kind="Explore", command="rm lib/util.py")
    assert verdict == "deny" and "The task that you were given says: “Do not change lib/util.py.”" in reason
    assert asked(root, tmp_path, agent="w2", kind="Plan", command="rm lib/util.py") == (None, "")
    assert asked(root, tmp_path, command="rm lib/util.py") == (None, "")


def test_a_worker_is_bound_before_anything_tells_which_task_is_its(root, store, tmp_path):
    item = stated(root, "Do not change lib/util.py.", ["write"], [("path", "lib/util.py")], source="dispatch")
    dispatch(store, SESSION, "toolu_a", "", "Explore", [item], 1)
    dispatch(store, SESSION, "toolu_b", "", "Explore", [], 1)
    assert asked(root, tmp_path, agent="w1", kind="Explore", command="rm lib/util.py")[0] == "deny"


def damage(store):
    """Lose a record from the middle of the log, and the document with it."""
    for number in range(3):
        state(store, SESSION, "", {"what": "said", "items": [protected(store.project) | {"id": f"C{number}"}], "lifts": [], "turn": number, "source": "person", "at": ""})
    log = store.agent(SESSION, "", LOG)
    with open(log, "rb") as file:
        lines = file.read().splitlines(keepends=True)
    with open(log, "wb") as file:
        file.write(lines[0] + lines[2])
    os.unlink(store.agent(SESSION, "", "constraints.json"))


def test_a_damaged_record_refuses_what_may_change_something_and_says_so(root, store, tmp_path):
    damage(store)
    with pytest.raises(DamagedConstraints):
        in_force(store, SESSION, "")
    verdict, reason = asked(root, tmp_path, command="ls")
    assert verdict == "deny" and reason.startswith("CONSTRAINTS: ") and "holdfast constraint list" in reason
    assert asked(root, tmp_path, "Write", file_path=f"{root}/src/app.py", content="x")[0] == "deny"
    assert asked(root, tmp_path, "Read", file_path=f"{root}/src/app.py") == (None, "")
    assert asked(root, tmp_path, command="ls", session="other") == (None, "")


def test_what_forbids_nothing_is_told_to_the_model_alone(root, store, tmp_path):
    say(store, stated(root, "Use tabs in config/prod.yaml.", [], [("path", "config/prod.yaml")]))
    assert asked(root, tmp_path, command="rm config/prod.yaml") == (None, "")


def test_twenty_things_stated_are_all_enforced(root, store, tmp_path):
    items = [stated(root, f"Do not touch area{n}/file{n}.txt", ["write"], [("path", f"area{n}/file{n}.txt")]) for n in range(20)]
    say(store, *items)
    for number in (0, 9, 19):
        assert f"file{number}.txt" in asked(root, tmp_path, command=f"echo x > area{number}/file{number}.txt")[1]
    assert asked(root, tmp_path, command="ls -la && git status --short") == (None, "")


def test_what_was_stated_for_the_project_binds_every_session(root, store, tmp_path):
    state(store, EVERY_SESSION, "", {"what": "said", "items": [protected(root)], "lifts": [], "turn": 0, "source": "command", "at": ""})
    for session in (SESSION, "another"):
        assert asked(root, tmp_path, command="rm config/prod.yaml", session=session)[0] == "deny"
    assert (judge._STATED, judge._DISPATCHES, judge._EVERY_SESSION) == (LOG, DISPATCHES, EVERY_SESSION)


def test_the_record_of_a_refusal_names_the_rule(root, store, tmp_path):
    say(store, protected(root))
    asked(root, tmp_path, command="rm config/prod.yaml")
    with open(store.audit) as file:
        assert '"CON001"' in file.read()


@pytest.mark.parametrize("rule", stated_rules(), ids=lambda rule: rule.code)
def test_the_examples_of_the_documentation_hold(root, rule):
    for text in rule.blocks:
        assert rule.code in codes(text, root, EXAMPLES[rule.code] | {"cwd": root}), text
    for text in rule.allows:
        assert codes(text, root, EXAMPLES[rule.code] | {"cwd": root}) == [], text


def test_the_rules_are_known_and_not_among_those_that_hold_for_everybody():
    assert [rule.code for rule in stated_rules()] == ["CON001", "CON002", "CON003", "CON004", "CON005"]
    assert rule_of("CON003").category == "constraint" and not [rule for rule in all_rules() if rule.category == "constraint"]
    for rule in stated_rules():
        assert rule.severity == "danger" and rule.why.endswith(".") and rule.instead.endswith(".")


# ---- what it costs ---------------------------------------------------------------------------------------------------------


def loaded(root, home, **given):
    """The modules of the pack that a tool call loads."""
    payload = event(cwd=root, **given)
    traced = subprocess.run([sys.executable, "-I", "-S", "-X", "importtime", f"{HOOKS}/pre_tool_use.py"], input=payload, capture_output=True,
                            env={"HOME": str(home), "CLAUDE_PROJECT_DIR": root})
    return {line.rpartition("|")[2].strip() for line in traced.stderr.decode().splitlines()}


def test_without_anything_stated_nothing_of_it_is_loaded(root, tmp_path):
    names = loaded(root, tmp_path, tool_input={"command": "chmod 644 notes.md"})
    assert "holdfast.guard.judge" in names
    assert not [name for name in names if "stated" in name or name in ("holdfast.kernel.constraints", "holdfast.kernel.workers", "holdfast.guard.tools.disk")]


@pytest.mark.parametrize("text", ["ls", "git status", "cat notes.md | head -3", "grep -rn x src 2>/dev/null", "cd src && ls -la && git diff"])
def test_what_only_looks_loads_no_more_than_the_question_whether_it_does(root, store, tmp_path, text):
    say(store, protected(root), stated(root, "Do not push to main.", ["push"], [("branch", "main")]), stated(root, "Never run npm publish", ["run"], [("command", "npm publish")]))
    names = {name for name in loaded(root, tmp_path, tool_input={"command": text}) if ".stated" in name}
    assert names == {"holdfast.guard.stated"}


def test_reading_a_source_file_loads_nothing_of_it_unless_reading_is_forbidden(root, store, tmp_path):
    say(store, protected(root))
    given = {"tool_name": "Read", "tool_input": {"file_path": f"{root}/src/app.py"}}
    assert not [name for name in loaded(root, tmp_path, **given) if ".stated" in name or ".packs" in name]
    say(store, stated(root, "Don't read src/app.py", ["read"], [("path", "src/app.py")]))
    assert asked(root, tmp_path, "Read", file_path=f"{root}/src/app.py")[0] == "deny"


HOT = {"_json", "posix", "time", "_signal", "_sha2", "_sha256", "gc", "quick_import"}


@pytest.mark.parametrize("given", [{"tool_input": {"command": "psql -c 'drop table users' && git push origin main && sed -i s/a/b/ config/prod.yaml && npm install x && curl https://example.com"}},
                                   {"tool_name": "Write", "tool_input": {"file_path": "config/prod.yaml", "content": "x"}}], ids=["shell", "file"])
def test_the_hot_path_loads_only_c_modules_and_our_own(root, store, tmp_path, given):
    say(store, protected(root), stated(root, "No DDL", ["ddl"], []), stated(root, "No push", ["push"], [("branch", "main")]), stated(root, "No deps", ["install"], []),
        stated(root, "Not this host", ["connect"], [("host", "x.example.com")]))
    bare = subprocess.run([sys.executable, "-I", "-S", "-X", "importtime", "-c", "pass"], capture_output=True)
    before = {line.rpartition("|")[2].strip() for line in bare.stderr.decode().splitlines()}
    outside = {name for name in loaded(root, tmp_path, **given) - before if not name.startswith("holdfast")}
    assert outside <= HOT | {"imported package"}, outside


@pytest.mark.parametrize("text, acts", [("ls -la", False), ("git status", False), ("git log | head", False), ("ls > out.txt", True), ("git checkout x", True), ("python3 a.py", True), ("git diff --output=x", True), ("ls 2>/dev/null", False)])
def test_what_only_looks_is_told_from_what_may_act(root, text, acts):
    from enforced import world_of

    from holdfast.guard.shell.understand import understand
    item = protected(root)
    assert _may_act(understand(text, world_of(root, item)).commands, (item,)) is acts


def test_a_refusal_is_no_longer_than_the_client_shows(root, store, tmp_path):
    say(store, stated(root, "Do not touch config/prod.yaml, " + "for a long reason " * 60, ["write"], [("path", "config/prod.yaml")]))
    _, reason = asked(root, tmp_path, command="rm config/prod.yaml")
    assert len(reason) <= 1_100 and "holdfast constraint lift C1" in reason and json.dumps(reason)
