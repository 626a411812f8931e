"""Protected files are looked at after every call: a change is told once, written down, and can be put back."""

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from support import HOOKS, event, run_hook

if HOOKS not in sys.path:
    sys.path.insert(0, HOOKS)

from holdfast.fence import watch as watching
from holdfast.fence.changed import changes, restore
from holdfast.fence.check import DOCUMENT, DamagedWatch, check_files, check_files_at_stop, watch_dispatch, watched
from holdfast.fence.targets import places, within
from holdfast.fence.watch import watch_files
from holdfast.kernel.constraints import EVERY_SESSION, state
from holdfast.kernel.event import Event
from holdfast.kernel.reply import render
from holdfast.kernel.run import Situation
from holdfast.kernel.store import Store
from holdfast.kernel.workers import dispatch

AT = 1_790_000_000_000_000_000


@pytest.fixture
def store(tmp_path):
    project = tmp_path / "project"
    (project / "config").mkdir(parents=True)
    (project / "config" / "prod.yaml").write_text("a: 1\n")
    return Store(str(tmp_path / "home"), str(project))


def item(store, *targets, forbids=("write",), number=1, **more):
    paths = [f"{store.project}/{text}" for kind, text in targets if kind == "path" and os.path.lexists(f"{store.project}/{text}")]
    return {"id": f"C{number}", "text": "do not touch it", "lead": "", "kind": "do-not-touch", "forbids": list(forbids), "only": False,
            "targets": [list(t) for t in targets], "paths": paths, "globs": [], "cwd": store.project, "turn": 3, "source": "person"} | more


def said(store, *items, lifts=(), session="s1"):
    state(store, session, "", {"what": "said", "items": list(items), "lifts": [list(one) for one in lifts], "turn": 3, "source": "person", "at": ""})


MOMENT = itertools.count(AT)


def situation(store, name, **fields):
    given = Event({"session_id": "s1", "hook_event_name": name, "cwd": store.project, **fields})
    return Situation(given, {"HOME": store.home, "CLAUDE_CODE_SESSION_ATTENDED": "0"}, store, next(MOMENT))


def prompt(store):
    return watch_files(situation(store, "UserPromptSubmit", prompt="x"))


def after(store, command="python fix.py", name="PostToolUse", **fields):
    reply = check_files(situation(store, name, tool_name="Bash", tool_input={"command": command}, tool_use_id="t1", **fields))
    if reply is not None:
        assert render(name, reply)
    return reply


def at_stop(store, name="Stop", **fields):
    reply = check_files_at_stop(situation(store, name, **fields))
    if reply is not None:
        assert render(name, reply)
    return reply


def write(store, name, text):
    path = f"{store.project}/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    return path


def text(path):
    with open(path) as file:
        return file.read()


def test_a_change_is_told_once_to_the_model_and_the_person_with_the_persons_words(store):
    said(store, item(store, ("path", "config/prod.yaml"), text="do not touch config/prod.yaml"))
    assert prompt(store) is None and after(store) is None
    write(store, "config/prod.yaml", "a: 2\n")
    reply = after(store)
    fact, = reply.context
    assert fact.startswith("config/prod.yaml changed while `python fix.py` ran") and "or by a person" in fact
    assert 'In turn 3 the person said: "do not touch config/prod.yaml" (C1)' in fact and "`holdfast constraint restore C1`" in fact
    assert "config/prod.yaml changed" in reply.message and "restore C1" in reply.message
    assert after(store) is None and at_stop(store) is None and prompt(store) is None
    record, = changes(store, "s1")
    assert (record["how"], record["path"], record["ran"], record["ids"]) == ("changed", f"{store.project}/config/prod.yaml", "`python fix.py`", ["C1"])


@pytest.mark.parametrize("act, how", [
    (lambda path: os.unlink(path), "removed"),
    (lambda path: os.rename(path, path + ".old"), "removed"),
    (lambda path: (os.unlink(path), os.symlink("/dev/null", path)), "replaced"),
    (lambda path: (os.unlink(path), os.mkdir(path)), "replaced"),
    (lambda path: os.truncate(path, 0), "changed"),
    (lambda path: (os.mkfifo(path + ".n"), os.rename(path + ".n", path)), "replaced"),
    (lambda path: os.rename(shutil.copy("/etc/hostname", path + ".n"), path), "changed"),
], ids=["unlink", "rename", "link", "folder", "truncate", "fifo", "renamed over"])
def test_every_way_a_file_can_change_is_told_and_put_back(store, act, how):
    path = f"{store.project}/config/prod.yaml"
    os.chmod(path, 0o640)
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    act(path)
    assert after(store) is not None
    assert changes(store, "s1")[0]["how"] == how
    if os.path.isdir(path) and not os.path.islink(path):
        assert "folder" in restore(store, "s1", "C1")[0]["what"]
        os.rmdir(path)
    done, = restore(store, "s1", "C1")
    assert done["what"] == "put back" and not os.path.islink(path) and text(path) == "a: 1\n" and os.stat(path).st_mode & 0o777 == 0o640
    assert after(store) is None
    assert restore(store, "s1", "C1")[0]["what"] == "as it was"


def test_a_change_that_fakes_size_and_time_is_told(store):
    path = f"{store.project}/config/prod.yaml"
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    before = os.stat(path)
    with open(path, "r+") as file:
        file.write("b")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.stat(path).st_size == before.st_size and os.stat(path).st_mtime_ns == before.st_mtime_ns
    assert after(store) is not None


def test_touching_reading_copying_or_giving_rights_is_no_change(store):
    path = f"{store.project}/config/prod.yaml"
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    os.utime(path, (1, 1))
    assert after(store) is None
    os.chmod(path, 0o600)
    os.link(path, path + ".hard")
    assert after(store) is None
    write(store, "config/prod.yaml", "a: 1\n")
    write(store, "config/prod.yaml2", "new")
    assert after(store) is None and changes(store, "s1") == []


def test_a_change_undone_is_noted_and_a_second_change_is_told_again(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    for content, told in (("a: 2\n", True), ("a: 1\n", False), ("a: 3\n", True), ("a: 4\n", True)):
        write(store, "config/prod.yaml", content)
        assert (after(store) is not None) is told, content
    assert [one["how"] for one in changes(store, "s1")] == ["changed", "back", "changed", "changed"]


@pytest.mark.parametrize("forbids, make, told", [
    (("delete",), lambda s: write(s, "config/prod.yaml", "x"), False),
    (("delete",), lambda s: os.unlink(f"{s.project}/config/prod.yaml"), True),
    (("create",), lambda s: write(s, "config/prod.yaml", "x"), False),
    (("read",), lambda s: write(s, "config/prod.yaml", "x"), False),
    (("rename",), lambda s: os.rename(f"{s.project}/config/prod.yaml", f"{s.project}/x"), True),
], ids=["write not delete", "delete", "write not create", "write not read", "rename"])
def test_only_what_was_forbidden_is_told(store, forbids, make, told):
    said(store, item(store, ("path", "config/prod.yaml"), forbids=forbids))
    prompt(store)
    make(store)
    assert (after(store) is not None) is told


def test_a_file_that_was_not_to_be_made_is_told_when_it_is_and_restoring_keeps_it_aside(store):
    said(store, item(store, ("path", "config/new.yaml"), forbids=("create",)))
    prompt(store)
    write(store, "config/new.yaml", "made\n")
    assert "has come into being" in after(store).context[0]
    done, = restore(store, "s1", "C1")
    assert done["what"] == "removed" and not os.path.exists(f"{store.project}/config/new.yaml") and text(done["aside"]) == "made\n"


def test_the_version_of_now_is_kept_aside_when_the_old_one_is_put_back(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    write(store, "config/prod.yaml", "a: 2\n")
    after(store)
    done, = restore(store, "s1", "C1")
    assert text(done["aside"]) == "a: 2\n" and os.stat(done["aside"]).st_mode & 0o777 == 0o600
    assert changes(store, "s1")[-1]["what"] == "restored" and after(store) is None
    assert restore(store, "s1", "C9") == []


def test_putting_back_does_not_follow_a_folder_that_leads_elsewhere_now(store, tmp_path):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "prod.yaml").write_text("theirs")
    os.rename(f"{store.project}/config", f"{store.project}/old")
    os.symlink(elsewhere, f"{store.project}/config")
    assert after(store) is not None
    assert "leads to" in restore(store, "s1", "C1")[0]["what"] and (elsewhere / "prod.yaml").read_text() == "theirs"


def test_folders_globs_and_areas_are_watched_and_new_files_in_them_are_told_at_the_end(store):
    for name in ("tests/a.py", "tests/deep/b.py", "x/yarn.lock", "src/c.py", "gen/keep.py", "gen/d.py"):
        write(store, name, name)
    said(store, item(store, ("path", "tests"), number=1), item(store, ("area", "lockfiles"), globs=["**/yarn.lock", "**/go.sum"], number=2),
         item(store, ("glob", "gen/*"), ("except", "gen/keep.py"), number=3))
    prompt(store)
    for name in ("tests/deep/b.py", "x/yarn.lock", "src/c.py", "gen/keep.py", "gen/d.py"):
        write(store, name, "other")
    told = "\n".join(after(store).context)
    assert "tests/deep/b.py changed" in told and "x/yarn.lock changed" in told and "gen/d.py changed" in told
    assert "src/c.py" not in told and "keep.py" not in told
    for name in ("tests/new.py", "y/go.sum", "src/new.py"):
        write(store, name, "new")
    assert after(store) is None
    told = "\n".join(at_stop(store).context)
    assert "tests/new.py has come into being" in told and "y/go.sum" in told and "src/new.py" not in told
    assert at_stop(store) is None and at_stop(store, "SubagentStop", agent_type="general-purpose") is None


def test_the_helper_that_writes_a_summary_is_told_nothing_and_the_agent_all_of_it(store):
    said(store, item(store, ("path", "config")))
    prompt(store)
    write(store, "config/prod.yaml", "a: 2\n")
    write(store, "config/new.yaml", "new")
    assert at_stop(store, "SubagentStop", agent_id="a9", agent_type="") is None
    told = "\n".join(at_stop(store, "SubagentStop", agent_id="a1", agent_type="general-purpose").context)
    assert "config/prod.yaml changed" in told and "config/new.yaml has come into being" in told


def test_a_lifted_constraint_is_watched_no_more_and_a_new_one_starts_from_what_is_there_then(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    said(store, lifts=[["C1", "you may"]])
    assert prompt(store) is None and watched(store, "s1") is None
    write(store, "config/prod.yaml", "a: 2\n")
    assert after(store) is None
    said(store, item(store, ("path", "config/prod.yaml"), number=2))
    prompt(store)
    assert after(store) is None
    write(store, "config/prod.yaml", "a: 3\n")
    after(store)
    restore(store, "s1", "C2")
    assert text(f"{store.project}/config/prod.yaml") == "a: 2\n"
    assert len([name for name in os.listdir(os.path.dirname(store.session("s1", "x"))) if name.startswith("kept-")]) == 1


def test_a_further_constraint_does_not_hide_a_change_that_nobody_looked_at_yet(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    write(store, "config/prod.yaml", "a: 2\n")
    write(store, "b", "b")
    said(store, item(store, ("path", "b"), number=2))
    assert "since the last turn" in prompt(store).context[0]
    write(store, "b", "c")
    assert "b changed" in after(store).context[0]


def test_a_workers_own_constraints_are_watched_and_stay_when_the_person_goes_on(store):
    write(store, "b", "b")
    dispatch(store, "s1", "call-1", "", "general-purpose", [item(store, ("path", "b"), text="leave b alone")], AT)
    watch_dispatch(situation(store, "PreToolUse", tool_name="Agent", tool_input={"prompt": "x"}, tool_use_id="call-1"))
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    write(store, "b", "c")
    write(store, "config/prod.yaml", "x")
    told = "\n".join(after(store, agent_id="a1", agent_type="general-purpose").context)
    assert 'A worker\'s task says: "leave b alone"' in told and "config/prod.yaml changed" in told


def test_a_dispatch_does_not_hide_a_change_that_nobody_looked_at_yet(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    write(store, "config/prod.yaml", "x")
    write(store, "b", "b")
    dispatch(store, "s1", "call-1", "", "general-purpose", [item(store, ("path", "b"))], AT)
    watch_dispatch(situation(store, "PreToolUse", tool_name="Agent", tool_input={"prompt": "x"}, tool_use_id="call-1"))
    assert "config/prod.yaml changed" in after(store).context[0]


def test_what_holds_in_every_session_of_the_project_is_watched_too(store):
    said(store, item(store, ("path", "config/prod.yaml"), source="command"), session=EVERY_SESSION)
    prompt(store)
    write(store, "config/prod.yaml", "x")
    assert "For every session in this project the person said" in after(store).context[0]


@pytest.mark.parametrize("name", ["PostToolUse", "PostToolUseFailure", "Stop", "SubagentStop"])
def test_the_registered_hook_tells_it(store, name):
    said(store, item(store, ("path", "config/prod.yaml")), session="5e55-1")
    watch_files(situation(store, "UserPromptSubmit", prompt="x", session_id="5e55-1"))
    write(store, "config/prod.yaml", "a: 2\n")
    code, out, errors = run_hook(name, event(name, cwd=store.project, agent_type="general-purpose"), os.path.dirname(store.home), {"CLAUDE_PROJECT_DIR": store.project, "HOLDFAST_HOME": store.home})
    assert code == 0 and errors == ""
    assert "config/prod.yaml changed" in json.loads(out)["hookSpecificOutput"]["additionalContext"]
    assert not os.path.exists(f"{store.home}/crashes.jsonl")


def test_a_secret_in_the_command_is_not_repeated(store):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    write(store, "config/prod.yaml", "x")
    secret = "ghp_" + "a1B2" * 9
    reply = after(store, command=f"GITHUB_TOKEN={secret} python fix.py")
    assert secret not in reply.context[0] + reply.message + str(changes(store, "s1"))


# ---- bounds -----------------------------------------------------------------------------------------------------------

def test_more_files_than_the_bound_are_named_as_not_watched(store, monkeypatch):
    monkeypatch.setattr(watching, "MOST_FILES", 10)
    for number in range(30):
        write(store, f"tests/{number}.py", "x")
    said(store, item(store, ("path", "tests")))
    assert "all but 10 files" in prompt(store).message
    assert len(watched(store, "s1")["files"]) == 10 and prompt(store) is None


def test_a_large_file_is_watched_and_said_to_have_no_copy(store, monkeypatch):
    monkeypatch.setattr(watching, "COPY", 100)
    write(store, "big", "x" * 200)
    write(store, "small", "y")
    said(store, item(store, ("path", "big"), ("path", "small")))
    prompt(store)
    write(store, "big", "z" * 200)
    assert "was not kept" in after(store).context[0]
    assert {one["what"] for one in restore(store, "s1", "C1")} == {"no copy was kept", "as it was"}
    monkeypatch.setattr(watching, "MOST_HASHED", 100)
    said(store, item(store, ("path", "big"), number=2))
    prompt(store)
    write(store, "big", "u" * 300)
    assert after(store) is not None


def test_two_thousand_files_cost_a_call_less_than_a_tenth_of_a_second(store):
    for number in range(2000):
        write(store, f"tests/{number % 20}/{number}.py", "x" * 100)
    said(store, item(store, ("path", "tests")))
    began = time.monotonic()
    assert prompt(store) is None
    assert time.monotonic() - began < 2.0
    assert len(watched(store, "s1")["files"]) == 2000
    spent = []
    for _ in range(5):
        began = time.monotonic()
        assert after(store) is None
        spent.append(time.monotonic() - began)
    assert min(spent) < 0.1


def test_files_that_are_as_they_were_are_not_read(store, monkeypatch):
    for number in range(5):
        write(store, f"tests/{number}.py", "x")
    said(store, item(store, ("path", "tests")))
    prompt(store)
    opened = []
    import posix
    real = posix.open
    monkeypatch.setattr(posix, "open", lambda path, *words, **more: opened.append(path) or real(path, *words, **more))
    assert after(store) is None
    assert opened == [store.session("s1", DOCUMENT)]


def test_without_protected_files_a_call_opens_one_file_at_most(store, monkeypatch):
    calls = []
    import posix
    for name in ("open", "stat", "lstat"):
        real = getattr(posix, name)
        monkeypatch.setattr(posix, name, lambda *words, real=real, **more: calls.append(words) or real(*words, **more))
    assert after(store) is None
    assert len(calls) == 1


# ---- damage, at once, killed --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", [DOCUMENT, watching.DETAILS])
def test_a_damaged_document_is_named_and_the_next_prompt_starts_anew(store, name):
    said(store, item(store, ("path", "config/prod.yaml")))
    prompt(store)
    with open(store.session("s1", name), "r+b") as file:
        file.write(b"?")
    write(store, "config/prod.yaml", "a: 2\n")
    with pytest.raises(DamagedWatch, match="moved aside"):
        after(store)
    assert after(store) is None
    prompt(store)
    write(store, "config/prod.yaml", "a: 3\n")
    assert after(store) is not None


def child(code):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env={**os.environ, "PYTHONPATH": f"{HOOKS}:{os.path.dirname(__file__)}"},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_of_eight_hooks_at_once_one_tells_each_change(store):
    for number in range(60):
        write(store, f"tests/{number}", "x")
    said(store, item(store, ("path", "tests")))
    prompt(store)
    code = f"""
        from test_fence_watch import after, os, Store
        store = Store({store.home!r}, {store.project!r})
        while not os.path.exists({store.project!r} + "/over"):
            reply = after(store)
            for fact in reply.context if reply else ():
                print(fact)
    """
    some = [child(code) for _ in range(8)]
    time.sleep(0.5)
    for number in range(60):
        write(store, f"tests/{number}.new", "y")
        os.rename(f"{store.project}/tests/{number}.new", f"{store.project}/tests/{number}")
        time.sleep(0.02)
    write(store, "over", "")
    out = ""
    for one in some:
        heard, errors = one.communicate(timeout=120)
        assert one.returncode == 0, errors
        out += heard
    rest = after(store)
    facts = [*out.splitlines(), *(rest.context if rest else ())]
    told = [one["path"] for one in changes(store, "s1") if one["how"] == "changed"]
    assert sorted(told) == sorted(f"{store.project}/tests/{number}" for number in range(60))
    named = [line.split(" changed")[0].partition(" and ") for line in facts]
    assert sum(len(names.split(", ")) + int(more.split(" ")[0] or 0) for names, _, more in named) == 60, facts


DYING = """
    import os, posix
    count, at, late = 0, {at}, {late}
    def stepping(real):
        def stepped(*words, **more):
            global count
            count += 1
            if count == at and not late:
                os.kill(os.getpid(), 9)
            try:
                return real(*words, **more)
            finally:
                if count == at:
                    os.kill(os.getpid(), 9)
        return stepped
    for module, names in ((posix, "mkdir write rename unlink fchmod fsync pwrite ftruncate"), (os, "mkdir rename unlink symlink chown")):
        for name in names.split():
            setattr(module, name, stepping(getattr(module, name)))
    from test_fence_watch import *
    store = Store({home!r}, {project!r})
    count = 0
    {doing}
"""


@pytest.mark.parametrize("doing", ["prompt(store)", "after(store)", "restore(store, 's1', 'C1')"])
def test_killed_at_any_step_nothing_is_lost_and_the_change_is_told(tmp_path, doing):
    number, killed = 0, 0
    while True:
        number += 1
        outcomes = []
        for late in (False, True):
            store = Store(str(tmp_path / f"h{number}{late}"), str(tmp_path / f"p{number}{late}"))
            path = write(store, "config/prod.yaml", "a: 1\n")
            said(store, item(store, ("path", "config/prod.yaml")))
            if doing != "prompt(store)":
                prompt(store)
                write(store, "config/prod.yaml", "a: 2\n")
            if doing.startswith("restore"):
                assert after(store) is not None
            one = child(DYING.format(at=number, late=late, home=store.home, project=store.project, doing=doing))
            _, errors = one.communicate(timeout=60)
            assert one.returncode in (0, -signal.SIGKILL), errors
            outcomes.append(one.returncode)
            assert text(path) in ("a: 1\n", "a: 2\n")
            if doing == "prompt(store)":
                assert text(path) == "a: 1\n"
                prompt(store)
                write(store, "config/prod.yaml", "a: 2\n")
                assert after(store) is not None
            else:
                after(store)
                assert any(record.get("how") == "changed" for record in changes(store, "s1"))
            restore(store, "s1", "C1")
            assert text(path) == "a: 1\n"
            assert after(store) is None
            versions = [text(f"{folder}/{name}") for folder, _, names in os.walk(store.home) for name in names if name.startswith("aside-") and not name.endswith(".new")]
            assert "a: 2\n" in versions and os.listdir(f"{store.project}/config") == ["prod.yaml"]
        killed += outcomes.count(-signal.SIGKILL)
        if outcomes == [0, 0]:
            break
    assert killed > 8, killed


def test_the_globs_agree_with_a_plain_reading_of_them():
    def leads(glob, parts):
        from fnmatch import fnmatchcase
        if not glob:
            return True
        if glob[0] == "**":
            return bool(parts) if len(glob) == 1 else any(leads(glob[1:], parts[at:]) for at in range(len(parts)))
        return bool(parts) and fnmatchcase(parts[0], glob[0]) and leads(glob[1:], parts[1:])

    seed = random.Random(3)
    pieces, names = ["**", "*", "a", "a*", "*.py", "?", "[ab]", "[!a]", "b.py", "[a-c].py"], ["a", "b", "ab", "a.py", "b.py", "c.py", "d"]
    hits = 0
    for _ in range(4000):
        glob = "/".join(seed.choice(pieces) for _ in range(seed.randrange(1, 4)))
        path = "/".join(seed.choice(names) for _ in range(seed.randrange(1, 5)))
        hits += within(f"/p/{path}", "/p", glob)
        assert within(f"/p/{path}", "/p", glob) == leads(glob.split("/"), path.split("/")), (glob, path)
    assert 500 < hits < 3500
    assert places({"targets": [["path", "~/x"]], "only": False}, "/p").exact == []
