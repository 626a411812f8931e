"""Trust in the real client: an agent grants itself nothing, a person's exception holds for exactly one call, the guard's files stay."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from terminal import at_terminal  # noqa: E402

from holdfast.canary.model import call, turn  # noqa: E402
from holdfast.canary.scenarios import audit_records, expect, ran, refusal  # noqa: E402


def records_of_grants(sandbox):
    return [record for record in audit_records(sandbox) if record["kind"] in ("exception", "trust")]


def packages():
    """The folder with the command line's packages: the guard runs without them, `holdfast allow` does not."""
    import click
    return os.path.dirname(os.path.dirname(click.__file__))


@pytest.fixture
def sandbox(bench):
    """A guarded sandbox whose `holdfast` command works: it finds the tests' own packages."""
    with bench.guarded() as made:
        if made.drop and not os.access(packages(), os.R_OK):
            pytest.fail("the packages of the tests cannot be read by others")
        target = made.home / "packages"
        for name in ("click", "rich", "orjson", "pygments", "markdown_it", "mdurl"):
            shutil.copytree(f"{packages()}/{name}", target / name, ignore=shutil.ignore_patterns("__pycache__"))
        (made.home / "cli.py").write_text(
            f"import sys\nsys.path[:0] = [{str(target)!r}, {str(made.pack / 'hooks')!r}]\n"
            "from holdfast.cli.main import main\nmain(prog_name='holdfast')\n")
        (made.home / "show_cli").write_text(f"#!/bin/sh\nexec {shutil.which('python3', path=made.path)} -I {made.home}/cli.py \"$@\"\n")
        (made.home / "show_cli").chmod(0o755)
        made.write(made.project / ".git" / "HEAD", "ref: refs/heads/main\n")
        made.give()
        yield made


def person(sandbox, *words):
    """The command as the person who owns the sandbox runs it, in a terminal."""
    env = {key: value for key, value in sandbox.environment().items() if key in ("HOME", "PATH", "TERM", "LANG", "SHELL", "TMPDIR")}
    code, said = at_terminal([shutil.which("python3", path=sandbox.path), "-I", str(sandbox.home / "cli.py"), *words], env, sandbox.project, "{word}")
    sandbox.give()  # the tests' user may be root
    return code, said


def test_an_agent_cannot_allow_itself_anything_in_any_spelling(sandbox):
    command = sandbox.config / "holdfast" / "bin" / "holdfast"
    assert command.exists()
    spellings = [
        f"{command} allow STR005 --why x",
        f"python3 {sandbox.pack}/hooks/holdfast_cli.py allow STR005 --why x",
        "cd / && alias h=holdfast; h allow STR005 --why x",
        f"H={command}; $H allow STR005 --why x",
        f"sh <<'E'\n{command} allow STR005 --why x\nE",
        f"python3 -c \"import os; os.system('{command} allow STR005 --why x')\"",
        f"echo STR005 | xargs {command} allow --why x",
    ]
    calls = [call("Bash", command=text) for text in spellings]
    run = sandbox.run([turn(one) for one in calls])
    for one in calls:
        assert "HLD003" in refusal(run, one), one["input"]
    assert not records_of_grants(sandbox) and not list(sandbox.state.glob("projects/*/exceptions.json"))


def test_the_command_itself_refuses_inside_a_session_where_the_text_gives_nothing_away(sandbox):
    """The second line: the guard does not know this script, and the command asks the system who is above it."""
    plain = call("Bash", command=f"{sandbox.home}/show_cli allow STR005 --why x")
    cleaned = call("Bash", command=f"env -i PATH=/usr/bin:/bin HOME={sandbox.home} {sandbox.home}/show_cli allow STR005 --why x")
    terminal = call("Bash", command=f"script -qec '{sandbox.home}/show_cli allow STR005 --why x' /dev/null")
    reading = call("Bash", command=f"{sandbox.home}/show_cli allow --list")
    run = sandbox.run([turn(one) for one in (plain, cleaned, terminal, reading)])
    for one in (plain, cleaned, terminal):
        said = run.results()[one["id"]]
        expect(said.is_error and "is for a person, and this shell was started by" in said.text, f"{one['input']}: {said.text}")
    assert "no exception is in force" in ran(run, reading)
    assert not records_of_grants(sandbox)


def test_a_persons_exception_lets_exactly_one_call_run(sandbox):
    victim = sandbox.write(sandbox.home / "stock" / "old" / "file", "x").parent
    script = sandbox.write(sandbox.project / "tidy.sh", "echo tidied\n")
    sandbox.give()
    text = f"bash tidy.sh && rm -rf {victim}"
    first = call("Bash", command=text)
    refusal(sandbox.run([turn(first)]), first)
    mark = audit_records(sandbox, "intent")[-1]["fingerprint"]
    code, said = person(sandbox, "allow", mark, "--why", "the old stock")
    assert code == 0, said
    elsewhere = call("Bash", command=f"cd {sandbox.home} && {text}")
    changed = call("Bash", command=text)
    script.write_text("echo changed\n")
    run = sandbox.run([turn(elsewhere), turn(changed)])
    for one in (elsewhere, changed):
        refusal(run, one)
    assert victim.exists()
    script.write_text("echo tidied\n")
    again = call("Bash", command=text)
    assert "tidied" in ran(sandbox.run([turn(again)]), again) and not victim.exists()
    assert [record["action"] for record in records_of_grants(sandbox)] == ["made"]
    assert audit_records(sandbox, "intent")[-1]["excepted"]


def test_no_tool_changes_the_registration_or_the_guard(sandbox):
    settings = sandbox.config / "settings.json"
    before = settings.read_bytes()
    launch = (sandbox.pack / "hooks" / "launch").read_bytes()
    calls = [
        call("Bash", command="echo '{}' > ~/.claude/settings.json"),
        call("Bash", command="sed -i s/PreToolUse/Off/ ~/.claude/settings.json"),
        call("Bash", command="python3 -c \"import pathlib; (pathlib.Path.home() / '.claude/settings.json').write_text('{}')\""),
        call("Write", file_path=str(settings), content='{"disableAllHooks": true}'),
        call("Edit", file_path=str(settings), old_string='"Read"', new_string='"Glob"'),
        call("Write", file_path=str(sandbox.project / ".claude" / "settings.local.json"), content='{"disableAllHooks": true}'),
        call("Bash", command=f": > {sandbox.pack}/hooks/launch"),
        call("Bash", command="rm -rf ~/.claude/holdfast"),
    ]
    run = sandbox.run([turn(one) for one in calls], mode="bypassPermissions")
    for one in calls:
        told = run.results()[one["id"]]
        expect(told.is_error and "HLD001" in told.text, f"{one['input']}: {told.text[:300]}")
    assert settings.read_bytes() == before and (sandbox.pack / "hooks" / "launch").read_bytes() == launch
    assert not (sandbox.project / ".claude" / "settings.local.json").exists()
    reading = call("Read", file_path=str(settings))
    assert "PreToolUse" in ran(sandbox.run([turn(reading)]), reading)


def test_no_agent_without_hooks_is_started_from_inside(sandbox):
    client = sandbox.client
    calls = [call("Bash", command=text) for text in (
        f"{client.parent}/claude --bare -p hi", "claude --bare -p hi", "CLAUDE_CODE_SIMPLE=1 claude -p hi", "HOME=/tmp claude -p hi",
        "claude --settings '{\"disableAllHooks\":true}' -p hi")]
    run = sandbox.run([turn(one) for one in calls])
    for one in calls:
        assert refusal(run, one).startswith("HLD002"), one["input"]


def test_a_session_behind_holdfast_run_is_scrubbed_and_still_guarded(sandbox):
    """The real client, started by `holdfast run`: the secret does not reach its shell, and the guard judges it."""
    from holdfast.canary.client import Run
    from holdfast.canary.model import Model, Script
    look = call("Bash", command="env | sort")
    bad = call("Bash", command="rm -rf ~/.claude/holdfast")
    with Model(Script(main=[turn(look), turn(bad)])) as model:
        env = {**sandbox.environment(model.url), "DEPLOY_TOKEN": "very-secret", "CLAUDE_CODE_SIMPLE": "1"}
        sandbox.give()
        done = sandbox.execute([shutil.which("python3", path=sandbox.path), "-I", str(sandbox.home / "cli.py"), "run", "--",
                                str(sandbox.client), "-p", "go"], env)
        run: Run = done._replace(requests=list(model.requests))
    assert done.rc == 0, done.stderr
    told = ran(run, look)
    assert "DEPLOY_TOKEN" not in told and "CLAUDE_CODE_SIMPLE" not in told
    refusal(run, bad)
    record, = audit_records(sandbox, "run")
    assert record["left_out"] == sorted(set(env) - set(record["variables"])) and "very-secret" not in json.dumps(audit_records(sandbox))
