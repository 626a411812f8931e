"""The client's own deny rules: what they say, how they come into the person's settings and out again, whatever happens in between."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import HOOKS

if HOOKS not in sys.path:
    sys.path.insert(0, HOOKS)

from holdfast.fence.changed import changes
from holdfast.fence.deny_list import Unfit, checked, put_in, take_back, without
from holdfast.fence.owner import lives, owner_of, started
from holdfast.fence.raising import LOCAL, remove_all, remove_everywhere, settle, status
from holdfast.fence.refused import explain_refusals
from holdfast.fence.rules import rules
from holdfast.fence.steps import has_twin, is_own_change, lower_fence, mend_fence, note_blocked_change, raise_fence, renew
from holdfast.fence.targets import braces, places, within
from holdfast.kernel.constraints import EVERY_SESSION, state
from holdfast.kernel.event import Event
from holdfast.kernel.reply import render
from holdfast.kernel.run import Situation
from holdfast.kernel.store import Store

AT = 1_790_000_000_000_000_000
P = "/work/app"
ME = owner_of({"CLAUDE_PID": str(os.getpid())})
EDIT = "Edit(//work/app/config/prod.yaml)"
OTHER = "Edit(//work/app/tests/**)"
ODD = [b'{"permissions":{"deny":["Bash(rm:*)"]}}', b"{}", b"{ }\n", b"{\n}\n", b'{"permissions": {}}\n', b'{"permissions": {"deny": []}}', b'{"permissions": {"deny": [ ]},"x":1}',
       b'{\n\t"permissions": {\n\t\t"deny": [\n\t\t\t"Read(./x)"\n\t\t],\n\t\t"allow": ["Bash"]\n\t},\n\t"env": {"A": "\xc3\xbc"}\n}', b'\xef\xbb\xbf{"a": 1}',
       b'{\r\n  "permissions": {\r\n    "deny": []\r\n  }\r\n}\r\n', b'\n\n  {"a":[1,2, 3],\n"permissions":{"allow":[]}}  \n\n', b'{"permissions":{"deny":[]},"permissions":{"deny":["Edit(y)"]}}',
       f'{{"permissions": {{"deny": ["{EDIT}"]}}}}'.encode()]


def item(*targets, forbids=("write",), **more):
    return {"id": "C1", "text": "leave it alone", "lead": "", "kind": "do-not-touch", "forbids": list(forbids), "only": False, "targets": [list(t) for t in targets],
            "paths": [], "globs": [], "cwd": P, "turn": 3, "source": "person", "binds": "", "at": "", "supersedes": []} | more


@pytest.fixture
def store(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    return Store(str(tmp_path / "home"), str(project))


def local(store):
    return f"{store.project}/{LOCAL}"


def person_wrote(store, data):
    os.makedirs(f"{store.project}/.claude", exist_ok=True)
    with open(local(store), "wb") as file:
        file.write(data)


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def denied_now(store):
    return json.loads(bytes_of(local(store)).decode("utf-8-sig"))["permissions"]["deny"] if os.path.exists(local(store)) else []


# ---- what the rules say ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("given_item, wanted", [
    (item(("path", "config/prod.yaml"), paths=[f"{P}/config/prod.yaml"]), [EDIT]),
    (item(("path", "./config/prod.yaml")), [EDIT]),
    (item(("path", "page[id].tsx")), [f"Edit(/{P}/**/page[[]id].tsx)"]),
    (item(("path", "sub/x"), cwd=f"{P}/pkg"), [f"Edit(/{P}/pkg/sub/x)", f"Edit(/{P}/sub/x)"]),
    (item(("path", "prod.yaml")), [f"Edit(/{P}/**/prod.yaml)"]),
    (item(("path", "prod.yaml"), paths=[f"{P}/config/prod.yaml"]), [EDIT]),
    (item(("path", "/etc/hosts")), ["Edit(//etc/hosts)"]),
    (item(("path", "tests/"), paths=[f"{P}/tests"]), [f"Edit(/{P}/tests)"]),
    (item(("glob", "**/*.lock")), [f"Edit(/{P}/**/*.lock)"]),
    (item(("glob", "/data/q?.csv")), ["Edit(//data/q?.csv)"]),
    (item(("glob", "*.lock")), [f"Edit(/{P}/**/*.lock)"]),
    (item(("glob", "src/*.{py,txt}")), [f"Edit(/{P}/src/*.py)", f"Edit(/{P}/src/*.txt)"]),
    (item(("area", "lockfiles"), globs=["**/yarn.lock", "**/go.sum"]), [f"Edit(/{P}/**/yarn.lock)", f"Edit(/{P}/**/go.sum)"]),
    (item(("path", "a/b"), forbids=("read",), paths=[f"{P}/a/b"]), [f"Read(/{P}/a/b)"]),
    (item(("path", "app/[id]/p (1).tsx")), [f"Edit(/{P}/app/\\[id\\]/p (1).tsx)"]),
    (item(("command", "npm publish"), forbids=("run",)), ["Bash(npm publish:*)"]),
    (item(("host", "API.example.com"), forbids=("connect",)), ["WebFetch(domain:api.example.com)"]),
])
def test_a_constraint_becomes_the_rules_that_say_it(given_item, wanted):
    assert rules([given_item], P) == wanted


@pytest.mark.parametrize("given_item", [
    item(("path", "src/x.py"), only=True),
    item(("area", "tests"), ("except", "tests/new.py"), globs=["tests/**"]),
    item(("path", "src"), ("except", "src/ok.py"), paths=[f"{P}/src"]),
    item(("path", "config/prod.yaml"), forbids=("delete",)),
    item(("path", "config/prod.yaml"), forbids=("create",)),
    item(("path", "what?.txt")), item(("path", "a\\b/c")), item(("path", "a/b\n")), item(("path", "../x")), item(("path", "a/\udcff")),
    item(("command", "rm -rf $HOME"), forbids=("run",)), item(("command", "a | b"), forbids=("run",)), item(("command", "ls *"), forbids=("run",)),
    item(("table", "users"), forbids=("ddl",)), item(("host", "*.example.com"), forbids=("connect",)), item(forbids=("write",)),
])
def test_what_no_rule_can_say_exactly_gets_none(given_item):
    assert rules([given_item], P) == []


def test_a_name_with_a_twin_in_other_case_gets_no_rule(tmp_path):
    (tmp_path / "Makefile").write_text("a")
    (tmp_path / "makefile").write_text("b")
    (tmp_path / "alone").write_text("c")
    assert has_twin(f"{tmp_path}/Makefile") and has_twin(f"{tmp_path}/makefile") and not has_twin(f"{tmp_path}/alone")
    where = [item(("path", name), paths=[f"{tmp_path}/{name}"]) for name in ("Makefile", "alone")]
    assert rules(where, str(tmp_path), has_twin) == [f"Edit(/{tmp_path}/alone)"]


def test_places_hold_what_the_words_name_and_no_neighbour():
    where = places(item(("path", "a/x.py"), ("glob", "**/*.lock"), ("glob", "gen/*"), ("except", "gen/keep.py")), P)
    for path in ("a/x.py", "b/c/y.lock", "y.lock", "gen/z.py", "gen/deep/z.py"):
        assert where.holds(f"{P}/{path}"), path
    for path in ("a/x.pyc", "a/x", "b/y.lock.txt", "gen/keep.py", "xgen/z.py", "gen"):
        assert not where.holds(f"{P}/{path}"), path
    assert within("/a/b/c.py", "/a", "**/c.py") and within("/a/c.py", "/a", "**/c.py") and not within("/ab/c.py", "/a", "**/c.py")
    assert braces("a.{b,c{d,e}}") == braces("a.{b,c{d,e}}") and braces("{x}") == ["{x}"]


# ---- the text of the settings ---------------------------------------------------------------------------------------

JSON = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=8)
RULES = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=9), max_size=4, unique=True)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=3), JSON, max_size=3), st.none() | RULES, RULES.filter(bool), st.sampled_from([None, 0, 1, 2, "\t"]), st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")]), st.booleans())
def test_rules_put_into_any_settings_come_out_to_the_last_byte(rest, deny, new, indent, separators, crlf):
    value = rest if deny is None else {**rest, "permissions": {"deny": deny, **rest}}
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)
    text = text.replace("\n", "\r\n") if crlf else text
    try:
        checked(text, "f")
    except Unfit:
        return
    new = [rule for rule in new if rule not in (deny or [])]
    if not new:
        return
    after, piece = put_in(text, new)
    assert json.loads(after)["permissions"]["deny"] == [*(deny or []), *new]
    assert {k: v for k, v in json.loads(after).items() if k != "permissions"} == {k: v for k, v in value.items() if k != "permissions"}
    assert take_back(after, piece) == text
    assert json.loads(without(after, new, ["permissions", "deny"] if deny is None else [])) == json.loads(text)


@pytest.mark.parametrize("before", ODD)
def test_after_the_last_session_the_settings_are_as_the_person_left_them(store, before):
    person_wrote(store, before)
    os.chmod(local(store), 0o640)
    assert settle(store, "s1", ME, [EDIT, OTHER], AT).said == ""
    assert {EDIT, OTHER} <= set(denied_now(store))
    assert denied_now(store).count(EDIT) == 1
    settle(store, "s2", ME, [EDIT], AT)
    settle(store, "s1", ME, [], AT)
    assert EDIT in denied_now(store) and OTHER not in denied_now(store)
    settle(store, "s2", ME, [], AT)
    assert bytes_of(local(store)) == before
    assert os.stat(local(store)).st_mode & 0o777 == 0o640
    assert not os.path.exists(store.fence) and os.listdir(f"{store.project}/.claude") == ["settings.local.json"]


@pytest.mark.parametrize("folder", [True, False])
def test_a_file_and_folder_that_we_made_go_when_they_are_empty_again(store, folder):
    if folder:
        os.makedirs(f"{store.project}/.claude")
    settle(store, "s1", ME, [EDIT], AT)
    assert denied_now(store) == [EDIT]
    settle(store, "s1", ME, [], AT)
    assert os.listdir(store.project) == ([".claude"] if folder else [])
    assert not folder or os.listdir(f"{store.project}/.claude") == []


@pytest.mark.parametrize("damage", [b"", b"{", b"// words\n{}", b'{"permissions": {"deny": ["a",]}}', b"[]", b'{"permissions": []}', b'{"permissions": {"deny": "x"}}',
                                    b'{"permissions": {"deny": [1]}}', b'{"permissions": {"allow": "x"}}', b'{"a": "\xff"}', b'{"env": []}', b'{"model": 5}',
                                    b'{"hooks": {"PreToolUse": [{"hooks": [{"type": "zork"}]}]}}', b'{"permissions": {"defaultMode": "zork"}}', b'{"language": 5}', b'{"enabledPlugins": 5}', b'{"cleanupPeriodDays": "x"}', b'{"a": NaN}', b"null"])
def test_settings_that_the_client_would_drop_are_left_alone_and_named(store, damage):
    person_wrote(store, damage)
    said = settle(store, "s1", ME, [EDIT], AT).said
    assert local(store) in said and "Nothing in it was changed" in said
    assert bytes_of(local(store)) == damage
    assert "not in place" in said
    assert status(store, store.project)["rules"] == [{"rule": EDIT, "sessions": ["s1"], "there": False}]
    person_wrote(store, b"{}")
    settle(store, "s1", ME, [EDIT], AT)
    assert denied_now(store) == [EDIT]
    settle(store, "s1", ME, [], AT)
    assert bytes_of(local(store)) == b"{}"


def test_settings_damaged_while_our_rules_are_in_them_are_left_alone_until_they_are_mended(store):
    person_wrote(store, b'{"a": 1}')
    settle(store, "s1", ME, [EDIT], AT)
    whole = bytes_of(local(store))
    person_wrote(store, whole + b"!")
    assert "for a session that is over" in settle(store, "s1", ME, [], AT).said
    assert bytes_of(local(store)) == whole + b"!"
    person_wrote(store, whole.replace(b"1", b"2"))
    settle(store, "s9", ME, None, AT)
    assert json.loads(bytes_of(local(store))) == {"a": 2}


def test_what_a_person_and_the_client_write_meanwhile_stays(store):
    person_wrote(store, b'{\n  "permissions": {\n    "allow": ["Bash"],\n    "deny": ["Read(./.env)"]\n  }\n}\n')
    settle(store, "s1", ME, [EDIT, OTHER], AT)
    value = json.loads(bytes_of(local(store)))
    value["permissions"]["allow"].append("WebFetch")
    value["permissions"]["deny"].append("Edit(mine)")
    person_wrote(store, json.dumps(value, indent=4).encode())
    settle(store, "s1", ME, [OTHER], AT)
    assert set(denied_now(store)) == {"Read(./.env)", "Edit(mine)", OTHER}
    settle(store, "s1", ME, [], AT)
    assert json.loads(bytes_of(local(store))) == {"permissions": {"allow": ["Bash", "WebFetch"], "deny": ["Read(./.env)", "Edit(mine)"]}}


def test_a_rule_of_the_persons_own_is_never_taken_out(store):
    person_wrote(store, json.dumps({"permissions": {"deny": [EDIT]}}).encode())
    settle(store, "s1", ME, [EDIT], AT)
    assert denied_now(store) == [EDIT]
    value = json.loads(bytes_of(local(store)))
    value["x"] = 1
    person_wrote(store, json.dumps(value).encode())
    settle(store, "s1", ME, [], AT)
    assert denied_now(store) == [EDIT]


def test_an_empty_file_of_the_persons_own_stays_when_others_have_edited_it(store):
    person_wrote(store, b"{}")
    settle(store, "s1", ME, [EDIT], AT)
    person_wrote(store, json.dumps(json.loads(bytes_of(local(store))), indent=8).encode())
    settle(store, "s1", ME, [], AT)
    assert json.loads(bytes_of(local(store))) == {}


def test_rules_that_somebody_removed_are_put_back_for_a_session_that_wants_them(store):
    person_wrote(store, b"{}")
    settle(store, "s1", ME, [EDIT], AT)
    person_wrote(store, b'{"y": 1}')
    settle(store, "s1", ME, [EDIT], AT)
    assert denied_now(store) == [EDIT]
    settle(store, "s1", ME, [], AT)
    assert bytes_of(local(store)) == b'{"y": 1}'


# ---- links, rights, git ---------------------------------------------------------------------------------------------

def test_a_link_out_of_the_project_is_not_followed_and_one_within_is(store, tmp_path):
    outside = tmp_path / "elsewhere.json"
    outside.write_bytes(b"{}")
    os.makedirs(f"{store.project}/.claude")
    os.symlink(outside, local(store))
    assert "outside of the project" in settle(store, "s1", ME, [EDIT], AT).said
    assert outside.read_bytes() == b"{}" and os.path.islink(local(store))
    os.unlink(local(store))
    inside = f"{store.project}/shared.json"
    with open(inside, "wb") as file:
        file.write(b'{"k": 1}')
    os.symlink(inside, local(store))
    settle(store, "s1", ME, [EDIT], AT)
    assert os.path.islink(local(store)) and EDIT in bytes_of(inside).decode()
    settle(store, "s1", ME, [], AT)
    assert bytes_of(inside) == b'{"k": 1}' and os.path.islink(local(store))


def test_a_read_only_file_is_left_alone_and_named(store):
    person_wrote(store, b"{}")
    os.chmod(local(store), 0o444)
    assert "is read-only" in settle(store, "s1", ME, [EDIT], AT).said
    assert bytes_of(local(store)) == b"{}"


def test_a_folder_that_may_not_be_written_is_named():
    with tempfile.TemporaryDirectory() as root:
        store = Store(f"{root}/home", f"{root}/project")
        os.makedirs(store.home)
        person_wrote(store, b"{}")
        os.chmod(root, 0o755)
        os.chmod(store.home, 0o777)
        os.chmod(f"{store.project}/.claude", 0o555)
        reader, writer = os.pipe()
        one = os.fork()
        if one == 0:
            if os.geteuid() == 0:  # root may write anywhere
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.write(writer, settle(store, "s1", ME, [EDIT], AT).said.encode())
            os._exit(0)
        os.close(writer)
        with open(reader) as pipe:
            heard = pipe.read()
        assert os.waitpid(one, 0)[1] == 0
        assert "Permission denied" in heard and "not in place" in heard
        assert bytes_of(local(store)) == b"{}" and os.listdir(f"{store.project}/.claude") == ["settings.local.json"]
        os.chmod(f"{store.project}/.claude", 0o755)


def test_a_file_that_git_tracks_is_named(store):
    git = ["git", "-C", store.project, "-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run([*git, "init", "-q"], check=True)
    person_wrote(store, b"{}")
    assert settle(store, "s1", ME, [EDIT], AT).said == ""
    settle(store, "s1", ME, [], AT)
    subprocess.run([*git, "add", "-f", LOCAL], check=True)
    assert "tracked by git" in settle(store, "s1", ME, [EDIT], AT).said


@pytest.mark.parametrize("exclude", [None, "", "# words\n*.log\n", "*.log", "a\r\nb\r\n"])
@pytest.mark.parametrize("below", ["", "packages/app x"])
def test_a_file_that_we_make_is_hidden_from_git_and_nothing_of_it_stays(tmp_path, exclude, below):
    root = tmp_path / "repository"
    store = Store(str(tmp_path / "home"), str(root / below) if below else str(root))
    os.makedirs(store.project)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "-q", "--template="], check=True)
    listed = root / ".git/info/exclude"
    if exclude is not None:
        listed.parent.mkdir()
        listed.write_bytes(exclude.encode())
    settle(store, "s1", ME, [EDIT], AT)
    settle(store, "s2", ME, [OTHER], AT)
    assert subprocess.run([*git, "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True).stdout == ""
    subprocess.run([*git, "clean", "-fdq"], check=True)
    assert set(denied_now(store)) == {EDIT, OTHER}
    settle(store, "s1", ME, [], AT)
    settle(store, "s2", ME, [], AT)
    assert not os.path.exists(f"{store.project}/.claude")
    assert listed.read_bytes() == exclude.encode() if exclude is not None else not listed.exists()


def test_what_a_person_adds_to_the_excludes_meanwhile_stays(store):
    subprocess.run(["git", "-C", store.project, "init", "-q"], check=True)
    listed = f"{store.project}/.git/info/exclude"
    before = bytes_of(listed)
    settle(store, "s1", ME, [EDIT], AT)
    with open(listed, "ab") as file:
        file.write(b"mine\n")
    settle(store, "s1", ME, [], AT)
    assert bytes_of(listed) == before + b"mine\n"
    with open(listed, "ab") as file:
        file.write(f"/{LOCAL}\n".encode())
    settle(store, "s1", ME, [EDIT], AT)
    settle(store, "s1", ME, [], AT)
    assert bytes_of(listed) == before + b"mine\n" + f"/{LOCAL}\n".encode(), "the person's own line stays"


# ---- sessions and their processes -----------------------------------------------------------------------------------

def test_the_rules_of_a_session_whose_client_died_go_and_those_of_a_living_one_stay(store):
    with subprocess.Popen(["sleep", "60"]) as dead:
        gone = owner_of({"CLAUDE_PID": str(dead.pid)})
        assert lives(gone) and not lives({**gone, "start": "1"})
        settle(store, "dies", gone, [EDIT], AT)
        settle(store, "lives", ME, [OTHER], AT)
        dead.kill()
        os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
        assert not lives(gone)  # a zombie is dead too
    assert not lives(gone)
    settle(store, "third", ME, None, AT)
    assert denied_now(store) == [OTHER] and started(os.getpid())
    assert list(status(store, store.project)["sessions"]) == ["lives"]


def test_a_session_that_is_resumed_keeps_its_rules(store):
    settle(store, "s1", {"pid": 2**22 + 7, "start": "5"}, [EDIT], AT)
    settle(store, "s1", ME, None, AT)
    assert denied_now(store) == [EDIT]
    settle(store, "s2", ME, None, AT)
    assert denied_now(store) == [EDIT]


def test_removing_all_takes_every_sessions_rules(store):
    person_wrote(store, b'{"a": 1}')
    settle(store, "s1", ME, [EDIT], AT)
    settle(store, "s2", ME, [OTHER], AT)
    assert set(remove_all(store, store.project).removed) == {EDIT, OTHER}
    assert bytes_of(local(store)) == b'{"a": 1}' and not os.path.exists(store.fence)
    assert remove_all(store, store.project).removed == []


def test_removing_everywhere_takes_the_rules_of_every_project(store, tmp_path):
    other = Store(store.home, str(tmp_path / "second"))
    os.mkdir(other.project)
    for one in (store, other):
        settle(one, "s1", ME, [EDIT], AT)
    assert {project for project, done in remove_everywhere(store.home) if done.removed == [EDIT]} == {store.project, other.project}
    assert os.listdir(store.project) == os.listdir(other.project) == [] and remove_everywhere(store.home) == []
    assert remove_everywhere(str(tmp_path / "nowhere")) == []


def test_a_damaged_book_is_named_and_no_rule_of_the_persons_goes(store):
    person_wrote(store, json.dumps({"permissions": {"deny": ["Read(x)"]}}).encode())
    settle(store, "s1", ME, [EDIT], AT)
    with open(store.fence, "r+b") as file:
        file.write(b"?")
    done = settle(store, "s1", ME, [], AT)
    assert "is damaged" in done.said and "Read(x)" in denied_now(store)


# ---- the steps ------------------------------------------------------------------------------------------------------

def situation(store, name, attended="0", session="s1", **fields):
    event = Event({"session_id": session, "hook_event_name": name, "cwd": store.project, **fields})
    env = {"HOME": os.path.dirname(store.home), "CLAUDE_CODE_SESSION_ATTENDED": attended, "CLAUDE_PID": str(os.getpid())}
    return Situation(event, env, store, AT)


def said(store, *items, session="s1", agent="", lifts=()):
    state(store, session, agent, {"what": "said", "items": list(items), "lifts": list(lifts), "turn": 1, "source": "person", "at": ""})


def test_the_fence_follows_the_constraints_of_an_unattended_session(store):
    held = f"{store.project}/config/prod.yaml"
    said(store, item(("path", held), cwd=store.project))
    assert "in the client's own permission rules" in raise_fence(situation(store, "UserPromptSubmit", prompt="x")).context[0]
    assert denied_now(store) == [f"Edit(/{held})"]
    assert raise_fence(situation(store, "UserPromptSubmit", prompt="x")) is None
    said(store, lifts=[["C1", "you may now"]])
    raise_fence(situation(store, "UserPromptSubmit", prompt="x"))
    assert os.listdir(store.project) == []


def test_the_fence_is_not_raised_where_a_person_can_answer_unless_the_settings_say_so(store):
    said(store, item(("path", "/x/y")))
    assert raise_fence(situation(store, "UserPromptSubmit", attended="1", prompt="x")) is None
    assert os.listdir(store.project) == [] and not os.path.exists(store.fence)
    os.makedirs(f"{os.path.dirname(store.home)}/.claude")
    with open(f"{os.path.dirname(store.home)}/.claude/holdfast.json", "w") as file:
        file.write('{"memory": {"fence": "on"}}')
    raise_fence(situation(store, "UserPromptSubmit", attended="1", prompt="x"))
    assert denied_now(store) == ["Edit(//x/y)"]
    with open(f"{os.path.dirname(store.home)}/.claude/holdfast.json", "w") as file:
        file.write('{"memory": {"fence": "off"}}')
    raise_fence(situation(store, "UserPromptSubmit", prompt="x"))
    assert os.listdir(store.project) == []


def test_what_is_lifted_by_command_goes_at_once_and_settings_that_are_damaged_count_as_auto(store):
    os.makedirs(f"{os.path.dirname(store.home)}/.claude")
    with open(f"{os.path.dirname(store.home)}/.claude/holdfast.json", "w") as file:
        file.write("{")
    assert renew(store, AT) == []
    said(store, item(("path", "/x/y")), item(("path", "/x/z"), id="C2"))
    said(store, item(("path", "/x/w")), session=EVERY_SESSION)
    raise_fence(situation(store, "UserPromptSubmit", prompt="x"))
    assert denied_now(store) == ["Edit(//x/w)", "Edit(//x/y)", "Edit(//x/z)"]
    said(store, lifts=[["C1", "by command"]])
    assert renew(store, AT) == [] and denied_now(store) == ["Edit(//x/w)", "Edit(//x/z)"]
    said(store, lifts=[["C2", "by command"]])
    said(store, lifts=[["C1", "by command"]], session=EVERY_SESSION)
    assert renew(store, AT) == [] and os.listdir(store.project) == []


def test_what_binds_one_worker_alone_is_no_rule_for_all(store):
    said(store, item(("path", "/x/y")), agent="a1")
    raise_fence(situation(store, "UserPromptSubmit", prompt="x"))
    raise_fence(situation(store, "SessionStart", source="compact", agent_id="a1"))
    assert os.listdir(store.project) == []


def test_the_fence_goes_with_the_session_and_after_a_crash(store):
    said(store, item(("path", "/x/y")))
    raise_fence(situation(store, "SessionStart", source="startup"))
    assert lower_fence(situation(store, "SessionEnd")) is None
    assert os.listdir(store.project) == []
    settle(store, "crashed", {"pid": 2**22 + 7, "start": "5"}, [OTHER], AT)
    assert denied_now(store) == [OTHER]
    mend_fence(situation(store, "SessionStart", session="next", source="startup"))
    assert os.listdir(store.project) == []


def test_a_refusal_by_one_of_our_rules_is_explained_with_the_persons_words_and_others_are_not(store):
    held = f"{store.project}/config/prod.yaml"
    denial = "<tool_use_error>File is in a directory that is denied by your permission settings.</tool_use_error>"
    shell = "Permission to use Bash with command echo x > config/prod.yaml has been denied."

    def batch(*calls):
        return explain_refusals(situation(store, "PostToolBatch", tool_calls=[{"tool_name": tool, "tool_use_id": "t", "tool_input": given, "tool_response": response} for tool, given, response in calls]))

    assert batch(("Write", {"file_path": held}, denial)) is None
    said(store, item(("path", held), cwd=store.project, text="hands off prod.yaml"))
    assert batch(("Write", {"file_path": held}, denial)) is None, "no rule of ours is up"
    raise_fence(situation(store, "UserPromptSubmit", prompt="x"))
    for one in (("Write", {"file_path": held}, denial), ("Bash", {"command": "echo x > config/prod.yaml"}, shell)):
        reply = batch(("Read", {"file_path": held}, "fine"), one)
        assert reply.context and "hands off prod.yaml" in reply.context[0] and one[0] in reply.context[0]
        assert ("cat, sed -n and cp of single files run" in reply.context[0]) == (one[0] == "Bash")
        assert render("PostToolBatch", reply)
    assert batch(("Write", {"file_path": held + "2"}, denial)) is None
    assert batch(("Write", {"file_path": held}, "File created")) is None
    assert [one["what"] for one in changes(store, "s1")] == ["refused", "refused"]


def test_only_what_we_wrote_ourselves_counts_as_our_own_change(store):
    def own(path=None):
        return is_own_change(situation(store, "ConfigChange", file_path=path or local(store)))

    assert not own()
    person_wrote(store, b"{}")
    assert not own()
    settle(store, "s1", ME, [EDIT], AT)
    assert own() and not own(f"{store.project}/.claude/settings.json")
    whole = bytes_of(local(store))
    person_wrote(store, whole[:-1] + b', "disableAllHooks": true}')
    assert not own()
    person_wrote(store, whole)
    assert own()
    note_blocked_change(situation(store, "ConfigChange", file_path=local(store)))
    assert not own(), "after a blocked change the client would load that one too"


def test_the_same_trouble_is_told_once_in_a_session(store):
    person_wrote(store, b"{")
    said(store, item(("path", "/x/y")))
    assert "is not JSON" in raise_fence(situation(store, "UserPromptSubmit", prompt="x")).message
    assert raise_fence(situation(store, "UserPromptSubmit", prompt="x")) is None


# ---- at once, and killed --------------------------------------------------------------------------------------------

def child(code, **where):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env={**os.environ, "PYTHONPATH": HOOKS, **where}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("before", [None, b'{"permissions": {"deny": ["Read(x)"], "allow": []}}\n'])
def test_eight_sessions_at_once_leave_the_settings_as_they_were(store, before):
    if before is not None:
        person_wrote(store, before)
    store.session("s", "x")
    code = f"""
        import json, os, random
        from holdfast.fence.owner import owner_of
        from holdfast.fence.raising import settle
        from holdfast.kernel.store import Store
        store = Store({store.home!r}, {store.project!r})
        me = owner_of({{"CLAUDE_PID": str(os.getpid())}})
        for number in range(20):
            mine = ["Edit(//a)", f"Edit(//{{os.getpid()}})"] if number % 2 else ["Edit(//a)", "Edit(//b)"]
            assert settle(store, str(os.getpid()), me, mine, 1, 60).said == ""
            held = json.load(open({local(store)!r}))["permissions"]["deny"]
            assert set(mine) <= set(held) and len(held) == len(set(held)), (mine, held)
            assert settle(store, str(os.getpid()), me, [], 1, 60).said == ""
    """
    for one in [child(code) for _ in range(8)]:
        out, errors = one.communicate(timeout=120)
        assert one.returncode == 0, errors
    assert os.listdir(store.project) == ([] if before is None else [".claude"])
    assert before is None or bytes_of(local(store)) == before
    assert not os.path.exists(store.fence)


# A process that dies by its own hand just before or after its Nth call that changes something on the disk.
DYING = """
    import os, posix, sys
    from holdfast.kernel import files
    from holdfast.fence import raising
    at, after, count = int(os.environ["DIE_AT"]), os.environ["DIE_AFTER"] == "1", 0
    def stepping(real):
        def stepped(*words, **more):
            global count
            count += 1
            if count == at and not after:
                os.kill(os.getpid(), 9)
            try:
                return real(*words, **more)
            finally:
                if count == at:
                    os.kill(os.getpid(), 9)
        return stepped
    for module, names in ((posix, "mkdir write rename unlink fchmod fsync pwrite ftruncate"), (os, "mkdir rename unlink rmdir chown")):
        for name in names.split():
            setattr(module, name, stepping(getattr(module, name)))
    real_open = posix.open
    opened = stepping(real_open)
    posix.open = lambda path, flags, *rest, **more: (opened if flags & (posix.O_CREAT | posix.O_TRUNC) else real_open)(path, flags, *rest, **more)
    from holdfast.kernel.store import Store
    store = Store(os.environ["STORE"], os.environ["PROJECT"])
    raising.settle(store, "s1", {"pid": 0, "start": ""}, WANTED, 1)
    print(count)
"""


@pytest.mark.parametrize("before", [None, b'{"permissions": {"deny": ["Read(x)"]}}', b'{"permissions": {"deny": [ ] } }'])
@pytest.mark.parametrize("doing", ["raise", "change", "lower"])
def test_killed_at_any_step_the_settings_are_whole_and_the_next_session_mends_them(tmp_path, before, doing):
    number, killed = 0, 0
    while True:
        number += 1
        outcomes = []
        for after in ("0", "1"):
            store = Store(str(tmp_path / f"h{number}{after}"), str(tmp_path / f"p{number}{after}"))
            os.makedirs(f"{store.project}/.git/info")
            with open(f"{store.project}/.git/info/exclude", "w") as file:
                file.write("*.log\n")
            if before is not None:
                person_wrote(store, before)
            if doing != "raise":
                settle(store, "s1", {"pid": 0, "start": ""}, [EDIT], AT)
            wanted = {"raise": [EDIT], "change": [OTHER], "lower": []}[doing]
            one = child(DYING.replace("WANTED", repr(wanted)), DIE_AT=str(number), DIE_AFTER=after, STORE=store.home, PROJECT=store.project)
            out, errors = one.communicate(timeout=60)
            assert one.returncode in (0, -signal.SIGKILL), errors
            outcomes.append(one.returncode)
            if os.path.exists(local(store)):
                deny = json.loads(bytes_of(local(store)))["permissions"]["deny"]
                assert [rule for rule in deny if rule not in (EDIT, OTHER)] == (["Read(x)"] if before and b"Read" in before else [])
            else:
                assert before is None
            settle(store, "s1", ME, [EDIT], AT)
            assert EDIT in denied_now(store) and OTHER not in denied_now(store)
            settle(store, "s1", ME, [], AT)
            left = sorted(os.listdir(f"{store.project}/.claude")) if os.path.exists(f"{store.project}/.claude") else None
            assert left == (None if before is None else ["settings.local.json"]), (number, after)
            assert before is None or bytes_of(local(store)) == before, (number, after)
            assert bytes_of(f"{store.project}/.git/info/exclude") == b"*.log\n", (number, after)
        killed += outcomes.count(-signal.SIGKILL)
        if outcomes == [0, 0]:
            break
    assert killed > 20, killed


def test_a_full_disk_changes_nothing(store, monkeypatch):
    person_wrote(store, b'{"a": 1}')
    real = os.write
    import posix
    for calls in range(12):
        left = [calls]

        def full(fd, data, left=left):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return real(fd, data)

        monkeypatch.setattr(posix, "write", full)
        try:
            settle(store, "s1", ME, [EDIT], AT)
        except OSError:
            pass
        monkeypatch.setattr(posix, "write", real)
        json.loads(bytes_of(local(store)))
        settle(store, "s1", ME, [], AT)
        assert bytes_of(local(store)) == b'{"a": 1}'
        assert os.listdir(f"{store.project}/.claude") == ["settings.local.json"]


def test_any_course_of_sessions_edits_and_deaths_ends_where_the_person_left_it(store):
    seed = random.Random(7)
    person_wrote(store, b'{"permissions": {"deny": ["Read(x)"]}, "n": 0}')
    pool = [f"Edit(//{c})" for c in "abcd"]
    for step in range(150):
        if seed.random() < 0.2:
            value = json.loads(bytes_of(local(store)))
            value["n"] = step
            person_wrote(store, json.dumps(value, indent=seed.choice([None, 2])).encode())
        settle(store, seed.choice(["s1", "s2", "s3"]), seed.choice([ME, {"pid": 2**22 + 7, "start": "5"}]), seed.sample(pool, seed.randrange(4)) if seed.random() < 0.8 else None, AT)
        held = denied_now(store)
        assert held.count("Read(x)") == 1 and len(held) == len(set(held))
        wanted = {rule for one in status(store, store.project)["sessions"].values() for rule in one["rules"]}
        assert wanted == set(held) - {"Read(x)"}
    last = json.loads(bytes_of(local(store)))["n"]
    remove_all(store, store.project)
    assert json.loads(bytes_of(local(store))) == {"permissions": {"deny": ["Read(x)"]}, "n": last}
