"""Whole sessions as agents really run them, written by hand: the degenerate ones are stopped, the clumsy but honest ones are not."""

import pytest

from holdfast.loops.generator import Act, bash, failed
from holdfast.loops.selftest import replay

SILENT = "Your command ran successfully and did not produce any output."
FILE = "[File: /repo/astro/table/column.py (1240 lines total)]\n"


def shell(command, text=""):
    """A tool that returns text whatever came of it, as many agents' shells do."""
    return Act("execute_bash", {"command": command}, text)


def editor(command, path, text, **more):
    return Act("str_replace_editor", {"command": command, "path": path, **more}, text)


def edit(path, old, new, error=None):
    return Act("Edit", {"file_path": path, "old_string": old, "new_string": new}, None if error else {"filePath": path, "oldString": old, "newString": new}, error)


def numbered(start, count, word="value"):
    return "\n".join([f"{n}: {word}_{n * 7919 % 1009} = compute_{word}_{n}(self, index={n % 13})" for n in range(start, start + count)])


def read(path, start=1, count=60, word="value"):
    return Act("Read", {"file_path": path, "offset": start, "limit": count}, {"type": "text", "file": {"filePath": path, "content": numbered(start, count, word)}})


def levels(acts):
    """The level reached at each act, without the hint that nothing is moving."""
    return [max([signal.level for signal in signals if signal.kind != "no progress"], key=("note", "refuse", "stop").index, default="") for signals in replay(acts)]


MISSING = "Traceback (most recent call last):\n  File \"/repo/reproduce.py\", line 4, in <module>\n    t = Table.read(path)\n  File \"/repo/astro/io/registry.py\", line {line}, in read\n    raise IORegistryError(f\"Format could not be identified\")\nastro.io.registry.IORegistryError: Format could not be identified based on the file name or contents"


def _the_same_script_between_edits_that_do_not_help():
    for n in range(12):
        yield editor("str_replace", "/repo/astro/io/registry.py", f"The file /repo/astro/io/registry.py has been edited. Here's the result of running `cat -n`:\n{numbered(n, 4)}", old_str=f"fmt = guess({n})", new_str=f"fmt = guess({n}, deep={n})")
        yield shell("cd /repo && python reproduce.py", MISSING.format(line=180 + n))


def _one_edit_that_is_never_found():
    for _ in range(12):
        yield editor("str_replace", "/repo/a.py", "No replacement was performed, old_str `def total(self):\n  return 1` did not appear verbatim in /repo/a.py.", old_str="def total(self):\n  return 1", new_str="def total(self):\n  return 2")


def _an_edit_that_is_not_found_in_ever_new_words():
    yield read("/repo/a.py")
    for n in range(12):
        yield edit("/repo/a.py", f"def total_{n}(self):", "def total(self, all):", error=f"<tool_use_error>String to replace not found in file.\nString: def total_{n}(self):</tool_use_error>")
        yield read("/repo/a.py")


def _lint_errors_from_every_edit():
    for n in range(14):
        yield Act("edit", {"command": f"edit 40:{44 + n}\n    def run(self{n}):\n        return (self.x{n}\nend_of_edit"}, f"Your proposed edit has introduced new syntax error(s). Please read this error message carefully and then retry editing the file.\n\nERRORS:\n- E999 SyntaxError: '(' was never closed\n\nThis is how your edit would have looked if applied\n-----\n{numbered(40, 4 + n % 3)}")


def _submit_again_and_again():
    yield shell("git diff", "@@ -1 +1 @@\n-a\n+b")
    for _ in range(12):
        yield Act("submit", {}, "Your patch is empty. Please make changes before you submit.")


def _a_shell_that_stays_silent():
    for _ in range(9):
        yield shell("python /repo/run.py", SILENT)


def _wandering_about():
    for _ in range(8):
        yield shell("cd /repo", "")
        yield shell("ls", "README.md\nsetup.py\nsrc\ntests")
        yield shell("pwd", "/repo")
        yield shell("ls -la", "total 12\ndrwxr-xr-x 2 root root 4096 Nov 21 18:49 src")


def _up_and_down_one_file():
    for _ in range(9):
        yield shell("scroll_down", FILE + numbered(100, 100))
        yield shell("scroll_up", FILE + numbered(1, 100))


def _the_same_window_at_slightly_other_lines():
    yield read("/repo/big.py", 1, 250)
    for n in range(40):
        yield shell(f"sed -n '{100 + n},{150 + n}p' /repo/big.py", numbered(100 + n, 50))


def _answers_in_the_wrong_format():
    for _ in range(9):
        yield Act("execute_bash", {"command": ""}, "Your output was not formatted correctly. You must always include one discussion and one command as part of your response.")


def _new_scripts_with_the_same_outcome():
    for n in range(14):
        yield shell(f"cat > /repo/check_{n}.py <<'EOF'\nfrom astro import Table\nprint(Table.read('t{n}.dat'))\nEOF", "")
        yield shell(f"python /repo/check_{n}.py", MISSING.format(line=181).replace("reproduce", f"check_{n}"))


def _a_module_that_cannot_be_had():
    for n in range(8):
        yield failed("python -m pytest tests", "/usr/bin/python: No module named pytest")
        yield failed(f"pip install pytest=={n}", f"ERROR: Could not find a version that satisfies the requirement pytest=={n} (from versions: none)\nERROR: No matching distribution found for pytest=={n}")


def _a_page_that_does_not_react():
    for _ in range(9):
        yield Act("mcp__browser__click", {"ref": "a51"}, "Page: Cart\n[a51] button 'Place order'\n[a52] text 'Please choose a size'")


def _there_and_back_on_a_site():
    for _ in range(8):
        yield Act("mcp__browser__click", {"ref": "a20"}, "Page: Sales report\n[a21] link 'Bestsellers'\n[a22] link 'Dashboard'")
        yield Act("mcp__browser__go_back", {}, "Page: Dashboard\n[a20] link 'Sales report'\n[a11] text 'Welcome'")


def _one_search_in_other_words_with_the_same_hits():
    for n in range(30):
        yield Act("WebSearch", {"query": f"acme sdk retry setting {n}"}, {"results": [{"title": "Acme SDK guide", "url": "https://acme.example/guide"}, {"title": "Acme SDK changelog", "url": "https://acme.example/log"}], "durationSeconds": 0.2 * n})


def _one_permission_error_many_times():
    for n in range(20):
        yield failed(f"npm install -g tool@{n}", f"npm ERR! code EACCES\nnpm ERR! syscall mkdir\nnpm ERR! path /usr/lib/node_modules/tool\nnpm ERR! Error: EACCES: permission denied, mkdir '/usr/lib/node_modules/tool'\nnpm ERR!     /root/.npm/_logs/2026-11-21T18_{n:02}_01_000Z-debug-0.log")


def _eight_steps_round_and_round():
    tour = [read(f"/repo/m{n}.py", word=f"m{n}") for n in range(5)] + [bash("git log --oneline -3", "a1b2c3d one\n"), bash("npx eslint src", "ok, 14 files"), bash("du -sh .", "12M .")]
    for _ in range(5):
        yield from tour


def _one_file_one_way_and_the_other():
    for _ in range(6):
        yield edit("/repo/a.py", "timeout=30", "timeout=60")
        yield failed("pytest tests/test_a.py", "E  assert 60 == 30\n1 failed, 3 passed in 0.21s")
        yield edit("/repo/a.py", "timeout=60", "timeout=30")
        yield failed("pytest tests/test_a.py", "E  Failed: Timeout\n1 failed, 3 passed in 31.2s")


DEGENERATE = {
    "the same script between edits that do not help": (_the_same_script_between_edits_that_do_not_help, 16),
    "one edit that is never found": (_one_edit_that_is_never_found, 6),
    "an edit that is not found, in ever new words": (_an_edit_that_is_not_found_in_ever_new_words, 16),
    "lint errors from every edit": (_lint_errors_from_every_edit, 9),
    "submit again and again": (_submit_again_and_again, 7),
    "a shell that stays silent": (_a_shell_that_stays_silent, 6),
    "wandering about": (_wandering_about, 24),
    "up and down one file": (_up_and_down_one_file, 12),
    "the same window at slightly other lines": (_the_same_window_at_slightly_other_lines, 28),
    "answers in the wrong format": (_answers_in_the_wrong_format, 6),
    "new scripts with the same outcome": (_new_scripts_with_the_same_outcome, 22),
    "a module that cannot be had": (_a_module_that_cannot_be_had, 16),
    "a page that does not react": (_a_page_that_does_not_react, 6),
    "there and back on a site": (_there_and_back_on_a_site, 12),
    "one search in other words with the same hits": (_one_search_in_other_words_with_the_same_hits, 28),
    "one permission error many times": (_one_permission_error_many_times, 4),
    "eight steps round and round": (_eight_steps_round_and_round, 30),
    "one file one way and the other": (_one_file_one_way_and_the_other, 14),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_a_degenerate_session_is_stopped_and_warned_before(name):
    make, latest = DEGENERATE[name]
    found = levels(list(make()))
    assert "stop" in found, found
    assert found.index("stop") < latest, found
    assert {"note", "refuse"} & set(found[:found.index("stop")]), "the model hears of it before it is stopped"


# ---- honest, if clumsy -------------------------------------------------------------------------------------------------------------------


def _a_repair_with_detours():
    yield shell("ls", "README.md\nsetup.py\nsrc\ntests")
    yield shell("find . -name '*.py' | grep registry", "./astro/io/registry.py")
    yield shell("cat > reproduce.py <<'EOF'\nfrom astro import Table\nEOF", SILENT)
    yield shell("python reproduce.py", MISSING.format(line=180))
    for n in range(4):
        yield read("/repo/astro/io/registry.py", 1 + n * 60, 60)
        yield edit("/repo/astro/io/registry.py", f"a{n}", f"b{n}")
        yield shell("python reproduce.py", MISSING.format(line=181 + n))
    yield edit("/repo/astro/io/registry.py", "guess()", "identify()")
    yield shell("python reproduce.py", "Script completed successfully, no errors.")
    for n in range(6):
        yield edit("/repo/astro/io/registry.py", f"c{n}", f"d{n}")
        yield shell("python reproduce.py", "Script completed successfully, no errors.")
    yield shell("pytest astro/io -q", "412 passed in 12.31s")
    yield shell("rm reproduce.py", SILENT)
    yield shell("git diff", "@@ -1 +1 @@\n-a\n+b")
    yield Act("submit", {}, "submitted")


def _scrolling_through_a_long_file():
    yield shell("open src/column.py", FILE + numbered(1, 100))
    for n in range(1, 12):
        yield shell("scroll_down", FILE + numbered(n * 100, 100))
    yield shell("scroll_up", FILE + numbered(1000, 100))
    yield shell("scroll_up", FILE + numbered(900, 100))


def _edits_that_miss_at_first():
    for n in range(8):
        yield read(f"/repo/f{n}.py", word=f"f{n}")
        for k in range(n % 3):
            yield edit(f"/repo/f{n}.py", f"x{k}", "y", error="<tool_use_error>String to replace not found in file.\nString: x</tool_use_error>")
        yield read(f"/repo/f{n}.py", 61, 60, word=f"f{n}")
        yield edit(f"/repo/f{n}.py", f"x{n}", "y")


def _a_background_job_looked_at_with_sleeps():
    yield bash("nohup python train.py > train.out &", "")
    for n in range(14):
        yield bash("sleep 60", "")
        yield bash("ls checkpoints", "" if n < 11 else "step_1000.pt")
    yield bash("tail -n 3 train.out", "epoch 1 done")


def _a_server_that_needs_its_time():
    yield bash("npm run dev &", "", backgroundTaskId="b1")
    for _ in range(9):
        yield failed("curl -sf http://localhost:3000/health", "curl: (7) Failed to connect to localhost port 3000 after 0 ms: Connection refused", 7)
        yield bash("sleep 3", "")
    yield bash("curl -sf http://localhost:3000/health", "{\"ok\":true}")


def _one_failure_looked_at_from_all_sides():
    for flag in ("-x", "-vv", "--tb=long", "-s", "--pdb-trace", "-k total", "-k 'total and not slow'", "--lf"):
        yield failed(f"pytest tests/test_sum.py {flag}", f"{numbered(len(flag) * 50, 12, 'frame' + flag.strip('-'))}\nE   assert 3 == 4\nFAILED tests/test_sum.py::test_total - assert 3 == 4\n1 failed, 7 passed in 0.3s")
    yield read("/repo/sum.py")
    yield edit("/repo/sum.py", "a", "b")
    yield bash("pytest tests/test_sum.py", "8 passed in 0.3s")


def _errors_one_after_the_other_until_it_runs():
    for n, what in enumerate(("NameError: name 'os' is not defined", "AttributeError: 'NoneType' object has no attribute 'rows'", "KeyError: 'total'", "TypeError: can only concatenate str",
                              "ValueError: too many values to unpack", "AssertionError: 3 != 4", "IndexError: list index out of range", "ZeroDivisionError: division by zero")):
        yield failed("python run.py", f"Traceback (most recent call last):\n  File \"run.py\", line {n + 3}, in <module>\n    main()\n{what}")
        yield edit("/repo/run.py", f"a{n}", f"b{n}")
    yield bash("python run.py", "done")


def _files_that_are_not_where_one_thinks():
    for n in range(7):
        yield Act("Read", {"file_path": f"/repo/src/mod{n}.py"}, error="File does not exist. Note: your current working directory is /repo.")
    yield bash("find . -name 'mod*.py'", "\n".join([f"./lib/mod{n}.py" for n in range(7)]))
    for n in range(7):
        yield read(f"/repo/lib/mod{n}.py", word=f"mod{n}")


def _pages_that_do_not_want_robots():
    for n in range(3):
        yield Act("WebFetch", {"url": f"https://blog.example/{n}", "prompt": "x"}, error="Request failed with status code 403: Forbidden")
    yield Act("WebFetch", {"url": "https://docs.example/a", "prompt": "x"}, {"result": "how it works, at length"})


def _silent_commands_in_a_row():
    for n in range(20):
        yield shell(f"mkdir -p /repo/pkg{n} && touch /repo/pkg{n}/__init__.py", SILENT)
    for n in range(12):
        yield shell(f"sed -i 's/old{n}/new{n}/' /repo/pkg{n}/__init__.py", SILENT)
    for n in range(12):
        yield shell(f"git mv a{n}.py b{n}.py", SILENT)


def _the_suite_after_every_change_with_one_old_failure():
    for n in range(12):
        yield read(f"/repo/src/part{n}.py", word=f"part{n}")
        yield edit(f"/repo/src/part{n}.py", "import old", "import new")
        yield failed("npm test", f"  ● legacy › rounds\n\n    Expected: 2\n    Received: 3\n\n      at Object.<anonymous> (legacy.test.ts:{20}:9)\n\nTests:       1 failed, 210 passed, 211 total\nTime:        {n}.2 s")


def _queries_over_a_database():
    for n in range(25):
        yield bash(f"sqlite3 shop.db 'select count(*) from orders where region={n}'", str(n * 37 % 91))


def _a_form_filled_in_field_by_field():
    for n in range(15):
        yield Act("mcp__browser__type", {"ref": f"e{n}", "text": f"word {n}"}, f"Page: Form\n[e{n}] textbox 'Field {n}': word {n}\n[e99] button 'Send'")


def _the_same_change_to_many_records():
    for n in range(25):
        yield bash(f"curl -s -X POST https://api.example/items -d '{{\"id\":{n}}}'", "{\"ok\":true}")


def _everything_read_again_after_a_compaction():
    for _ in range(2):
        for n in range(14):
            yield read(f"/repo/src/unit{n}.py", word=f"unit{n}")
    for n in range(14):
        yield edit(f"/repo/src/unit{n}.py", "a", f"b{n}")


def _a_number_raised_step_by_step():
    page = "\n".join([f"[a{n}] link '{word} and more'" for n, word in enumerate("alder birch cedar elm fir hazel ivy juniper larch maple oak pine".split())])
    for n in range(9):
        yield Act("mcp__browser__click", {"ref": "a60"}, f"Page: Basket\n{page}\n[a61] text 'Quantity: {n + 2}'")


def _tests_run_one_by_one():
    for n in range(30):
        yield bash(f"pytest tests/test_shop.py -k case_{n}", f"1 passed, 29 deselected in 0.{n}s")


HONEST = {
    "everything read again after a compaction": _everything_read_again_after_a_compaction,
    "a number raised step by step": _a_number_raised_step_by_step, "tests run one by one": _tests_run_one_by_one,
    "a repair with detours": _a_repair_with_detours, "scrolling through a long file": _scrolling_through_a_long_file,
    "edits that miss at first": _edits_that_miss_at_first, "a background job looked at with sleeps": _a_background_job_looked_at_with_sleeps,
    "a server that needs its time": _a_server_that_needs_its_time, "one failure looked at from all sides": _one_failure_looked_at_from_all_sides,
    "errors one after the other until it runs": _errors_one_after_the_other_until_it_runs, "files that are not where one thinks": _files_that_are_not_where_one_thinks,
    "pages that do not want robots": _pages_that_do_not_want_robots, "silent commands in a row": _silent_commands_in_a_row,
    "the suite after every change with one old failure": _the_suite_after_every_change_with_one_old_failure, "queries over a database": _queries_over_a_database,
    "a form filled in field by field": _a_form_filled_in_field_by_field, "the same change to many records": _the_same_change_to_many_records,
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_session_is_neither_stopped_nor_refused_a_call(name):
    acts = list(HONEST[name]())
    assert len(acts) > 3
    found = levels(acts)
    assert not {"stop", "refuse"} & set(found), found


def test_honest_sessions_one_after_the_other_are_not_stopped():
    acts = [act for make in HONEST.values() for act in make()]
    assert len(acts) > 200
    assert "stop" not in levels(acts)
