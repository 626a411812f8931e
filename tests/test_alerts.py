"""Alerts: every refusal is kept, redacted, and told once; changes of settings that would end the guard are blocked."""

import json
import os
import sys
import types

import pytest
from support import REPO, event, run_hook

from holdfast.alerts.tell import message, told, untold
from holdfast.kernel.files import records
from holdfast.kernel.store import Store
from holdfast.setup.config_guard import fault
from holdfast.setup.registration import Settings, read_settings, wanted


@pytest.fixture
def store(tmp_path):
    return Store(f"{tmp_path}/.claude/holdfast", "/work/project")


def test_every_refusal_is_kept_and_what_passes_is_not(tmp_path, store):
    run_hook("PreToolUse", event(), tmp_path)
    run_hook("PreToolUse", event(tool_input={"command": "rm -rf ~"}), tmp_path)
    run_hook("PreToolUse", event(tool_name="Edit", tool_input={"file_path": "/work/project/CLAUDE.md"}), tmp_path,
             {"CLAUDE_CODE_SESSION_ATTENDED": "1"})
    run_hook("PreToolUse", event(tool_name="Write", tool_input={"file_path": "/etc/hosts", "content": "x"}), tmp_path)
    found = list(records(store.alerts))
    assert [(a["n"], a["what"], a["tool"], a["codes"][0]) for a in found] == [
        (1, "deny", "Bash", "STR005"), (2, "ask", "Edit", "TOL002"), (3, "deny", "Write", "TOL001")]
    assert found[0]["about"] == "rm -rf ~" and found[2]["about"] == "/etc/hosts" and found[0]["reason"].startswith("STR005")


def test_a_call_that_could_not_be_judged_is_an_alert_too(tmp_path, store):
    run_hook("PreToolUse", event(tool_name="mcp__a__b", tool_input={"command": [["x"] * 2] * 2, "paths": ["/work/project/a"] * 1000}), tmp_path)
    assert [a["what"] for a in records(store.alerts)] == ["unjudged"]


def test_secrets_are_not_in_it(tmp_path, store):
    secret = "sk-ant-" + "api03-" + "x" * 30
    run_hook("PreToolUse", event(tool_input={"command": f"rm -rf ~ # token={secret}"}), tmp_path)
    with open(store.alerts) as file:
        assert secret not in file.read()


def test_a_person_is_told_once_and_told_how_many(store):
    from holdfast.kernel.files import append
    for n in range(30):
        append(store.alerts, {"at": "t", "kind": "alert", "what": "deny", "codes": ["GIT001"], "session": "s", "agent": "main", "tool": "Bash",
                              "about": f"push {n}\nx"})
    new = untold(store)
    title, text = message(new, "/work/project")
    assert title == "Holdfast: 30 refused, 0 other alerts in project"
    assert text.splitlines()[0] == "(10 earlier ones: holdfast alerts)" and text.splitlines()[-1] == "t deny GIT001 Bash: push 29 x"
    told(store, 30)
    assert untold(store) == []
    append(store.alerts, {"what": "deny"})
    assert len(untold(store)) == 1


def test_a_message_really_arrives():
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from holdfast.alerts.send import send
    got = []

    class Box(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass
    server = HTTPServer(("127.0.0.1", 0), Box)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"json://127.0.0.1:{server.server_port}/"
    assert send([address], "Holdfast: 1 refused", "deny STR005 Bash: rm") == []
    server.shutdown()
    server.server_close()
    assert [(message["title"], message["message"]) for message in got] == [("Holdfast: 1 refused", "deny STR005 Bash: rm")]
    assert send([address], "t", "b") == ["json://..."], "nobody there any more"


def test_what_is_not_delivered_is_named_without_its_secret(monkeypatch):
    class Box:
        def add(self, address):
            self.address = address
            return not address.startswith("wrong")

        def notify(self, title, body):
            return not self.address.startswith("down")
    monkeypatch.setitem(sys.modules, "apprise", types.SimpleNamespace(Apprise=Box))
    from holdfast.alerts.send import send
    assert send(["json://fine", "down://user:secret@host", "wrong://x"], "t", "b") == ["down://...", "wrong://..."]


def test_telling_is_a_process_of_its_own_and_only_where_someone_wants_it(tmp_path, store):
    run_hook("PreToolUse", event(tool_input={"command": "rm -rf ~"}), tmp_path)
    told_by = tmp_path / ".claude/holdfast/venv/bin/python"
    told_by.parent.mkdir(parents=True)
    told_by.write_text(f"#!/bin/sh\necho \"$@\" >{tmp_path}/sent.new; mv {tmp_path}/sent.new {tmp_path}/sent\n")
    told_by.chmod(0o755)
    run_hook("SessionEnd", event("SessionEnd"), tmp_path)
    (tmp_path / ".claude/holdfast.json").write_text('{"alerts": {"notify": ["json://127.0.0.1:9"]}}')
    assert not (tmp_path / "sent").exists()
    run_hook("SessionEnd", event("SessionEnd"), tmp_path)
    import time
    until = time.monotonic() + 20
    while not (tmp_path / "sent").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (tmp_path / "sent").read_text().strip().endswith("holdfast_cli.py alerts send")


# ---- the client's settings -----------------------------------------------------------------------------------------

def ours(**more):
    return {"hooks": wanted(REPO, "'/opt/pack'"), **more}


def files(tmp_path, **values):
    found = []
    for kind, value in values.items():
        path = tmp_path / f"{kind}.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        found.append(read_settings(kind, str(path)))
    return found


def changed_hooks(change):
    value = ours()
    change(value["hooks"]["PreToolUse"][0])
    return value


@pytest.mark.parametrize("value, what", [
    ({}, "no longer registered"), (ours(disableAllHooks=True), "disableAllHooks"), ('{"hooks": ', "is damaged"),
    ({"hooks": {k: v for k, v in ours()["hooks"].items() if k != "PreToolUse"}}, "no longer registered"),
    (changed_hooks(lambda group: group.update(matcher="Read")), "no longer registered"),
    (changed_hooks(lambda group: group["hooks"][0].pop("onFailure")), "no longer registered"),
    (changed_hooks(lambda group: group["hooks"][0].update({"if": "Bash(ls)"})), "no longer registered"),
    (changed_hooks(lambda group: group["hooks"][0].update({"async": True})), "no longer registered"),
    (changed_hooks(lambda group: group["hooks"].append({"type": "command"})), "malformed entry"),
    (changed_hooks(lambda group: group["hooks"].append({"type": "no such"})), "malformed entry"),
    (changed_hooks(lambda group: group["hooks"][0].update(onFailure="deny")), "malformed entry"),
], ids=["gone", "switched off", "cut", "unregistered", "matcher", "no onFailure", "if", "async", "no command", "type", "enum"])
def test_what_would_end_the_guard_is_found(tmp_path, value, what):
    found = files(tmp_path, user=value)
    assert what in fault(found, str(tmp_path), found[0].path)


def test_other_changes_are_nobodys_business(tmp_path):
    assert fault(files(tmp_path, user=ours(model="x", permissions={"allow": ["Bash"]})), str(tmp_path), f"{tmp_path}/user.json") == ""
    assert fault(files(tmp_path, user=ours(), project={"hooks": {}}), str(tmp_path), f"{tmp_path}/project.json") == ""
    other = [Settings("project", f"{tmp_path}/other.json", {}, "it is damaged", "{")]
    assert fault(files(tmp_path, user=ours()) + other, str(tmp_path), f"{tmp_path}/user.json") == "", "damaged before, and not by this change"


def test_the_change_is_blocked_alerted_and_written_down(tmp_path, store):
    (tmp_path / ".claude").mkdir()
    path = tmp_path / ".claude/settings.json"
    path.write_text(json.dumps(ours(disableAllHooks=True)))
    payload = event("ConfigChange", source="user_settings", file_path=str(path))
    code, out, _ = run_hook("ConfigChange", payload, tmp_path)
    answer = json.loads(out)
    assert code == 0 and answer["decision"] == "block" and "disableAllHooks" in answer["reason"] and "install.py --uninstall" in answer["systemMessage"]
    assert [(a["what"], a["about"]) for a in records(store.alerts)] == [("configuration", str(path))]
    assert [r["kind"] for r in records(store.audit)] == ["configuration"]
    path.write_text(json.dumps(ours()))
    assert run_hook("ConfigChange", payload, tmp_path)[:2] == (0, b"")


def test_a_change_that_cannot_be_judged_is_blocked(tmp_path):
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude/settings.json").mkdir()
    _, out, _ = run_hook("ConfigChange", event("ConfigChange"), tmp_path)
    assert json.loads(out)["decision"] == "block"
    assert json.loads(run_hook("ConfigChange", b"{", tmp_path)[1])["decision"] == "block"
    assert os.path.exists(tmp_path / ".claude/holdfast/crashes.jsonl")


# ---- the command line ----------------------------------------------------------------------------------------------

def test_alerts_are_listed_and_sent_from_the_command_line(tmp_path):
    import subprocess
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)

    def holdfast(*words):
        done = subprocess.run([sys.executable, "-I", f"{REPO}/hooks/holdfast_cli.py", "alerts", *words], capture_output=True, text=True, cwd=project,
                              env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLUMNS": "150"})
        return done.returncode, done.stdout + done.stderr
    assert holdfast() == (0, "no alerts in this project\n")
    run_hook("PreToolUse", event(cwd=str(project), tool_input={"command": "rm -rf ~"}), tmp_path, {"CLAUDE_PROJECT_DIR": str(project)})
    code, out = holdfast()
    assert code == 0 and "STR005" in out and "Bash: rm -rf ~" in out
    assert json.loads(holdfast("--json", "--session", "5e55")[1])[0]["what"] == "deny" and "no alerts" in holdfast("--session", "other")[1]
    code, out = holdfast("send")
    assert code == 1 and "alerts.notify" in out
    (tmp_path / ".claude/holdfast.json").write_text('{"alerts": {"notify": ["json://127.0.0.1:9/"]}}')
    code, out = holdfast("send")
    assert code == 1 and "not delivered to json://..." in out
    store = Store(f"{tmp_path}/.claude/holdfast", str(project))
    assert len(untold(store)) == 1
    told(store, 1)
    assert holdfast("send") == (0, "nothing new to tell\n")
