"""What a person's words name, forbid, lift, replace and decide: kinds, acts and targets as tables; prompts of any shape."""

import random
import time

import pytest
from test_words_sentences import BINDING, FREE

from holdfast.memory.words import areas
from holdfast.memory.words.constraints import ACTS, constraints_in
from holdfast.memory.words.decisions import decisions_in
from holdfast.memory.words.lifts import lifted_by, lifts_in
from holdfast.memory.words.superseding import same, supersedes

# (sentence, kind, acts, targets); acts and targets are what must be among those found.
MEANING = [
    ("Do not touch config/prod.yaml.", "do-not-touch", "write", "path config/prod.yaml"),
    ("Please don't edit anything in src/legacy/.", "do-not-touch", "write", "path src/legacy/"),
    ("hands off the `billing/` folder", "do-not-touch", "write", "path billing/"),
    ("Confine your edits to the docs folder.", "only", "write", "path docs/"),
    ("Fix the login bug, but leave the migrations alone.", "do-not-touch", "write", "area migrations"),
    ("Don't edit *.sql or **/generated/*.", "do-not-touch", "write", "glob *.sql, glob **/generated/*"),
    ("neither a.py nor b.py may be edited", "do-not-touch", "write", "path a.py, path b.py"),
    ("Do not touch a.py, b.py and lib/c.py.", "do-not-touch", "write", "path a.py, path b.py, path lib/c.py"),
    ("Don't modify \"setup.cfg\".", "do-not-touch", "write", "path setup.cfg"),
    ("Everything in vendor/ is off-limits except vendor/patches.", "do-not-touch", "write", "path vendor/, except vendor/patches"),
    ("Don’t touch “config/prod.yaml”.", "do-not-touch", "write", "path config/prod.yaml"),
    ("dont touch Dockerfile pls", "do-not-touch", "write", "path Dockerfile"),
    ("Treat third_party/ as read-only.", "read-only", "write", "path third_party/"),
    ("`orders` and `invoices` tables are read-only.", "read-only", "ddl dml", "table orders, table invoices"),
    ("You must not modify the users table.", "do-not-touch", "ddl dml", "table users"),
    ("Do not drop, alter or truncate any table.", "must-not", "ddl dml", ""),
    ("No DDL against prod.", "must-not", "ddl", "host prod"),
    ("Don't write to the production database.", "do-not-touch", "dml", "database production"),
    ("Don't query the customers table.", "must-not", "query", "table customers"),
    ("Never delete rows from the audit_log table.", "do-not-touch", "dml", "table audit_log"),
    ("Never push to main.", "must-not", "push", "branch main"),
    ("No force pushes.", "must-not", "push", ""),
    ("Don't merge into release/2.1.", "must-not", "merge", "branch release/2.1"),
    ("Do not commit anything.", "must-not", "commit", ""),
    ("Don't rebase.", "must-not", "rebase", ""),
    ("Under no circumstances should you run terraform apply.", "must-not", "run", "command terraform apply"),
    ("Do not run `npm publish`.", "must-not", "run", "command npm publish"),
    ("Never use `git reset --hard`.", "must-not", "run", "command git reset --hard"),
    ("`DROP TABLE` is forbidden on every database.", "must-not", "ddl", ""),
    ("Use pnpm, not npm.", "must-not", "run", "command npm"),
    ("Do not connect to api.example.com.", "must-not", "connect", "host api.example.com"),
    ("You may not access prod-db-1.", "must-not", "connect", "host prod-db-1"),
    ("No network calls.", "must-not", "connect", ""),
    ("No new dependencies.", "must-not", "install", "area dependencies"),
    ("Don't use lodash.", "must-not", "install", "package lodash"),
    ("Do not install any packages.", "must-not", "install", ""),
    ("Don't deploy until I say so.", "must-not", "deploy", ""),
    ("Do not delete any files.", "must-not", "delete", ""),
    ("Do not rename src/api.py.", "do-not-touch", "rename", "path src/api.py"),
    ("Don't rename `parse_date()`.", "do-not-touch", "rename", "identifier parse_date()"),
    ("Never read .env.", "must-not", "read", "path .env"),
    ("Only edit files under src/.", "only", "write", "path src/"),
    ("Touch nothing but the README.", "only", "write", "area README"),
    ("Nothing outside tests/ may be changed.", "only", "write", "path tests/"),
    ("nothing outside of packages/web may change", "only", "write", "path packages/web"),
    ("Ask me before deleting any file.", "must-not", "delete", ""),
    ("Don't create new files.", "must-not", "create", ""),
    ("No new files.", "must-not", "create", ""),
    ("Never log in to prod-db.example.com.", "must-not", "connect", "host prod-db.example.com"),
    ("Do not ssh into build-7.", "must-not", "connect", "host build-7"),
    ("Don't print the contents of .env.local.", "must-not", "read", "path .env.local"),
    ("No DDL on table invoices.", "must-not", "ddl", "table invoices"),
    ("Do not truncate customer_ledger.", "do-not-touch", "ddl dml", "table customer_ledger"),
    ("Do not select from orders.", "must-not", "query", "table orders"),
    ("You may change everything in app/ except app/Main.kt.", "do-not-touch", "write", "path app/Main.kt"),
    ("Everything may be edited except notes.md.", "do-not-touch", "write", "path notes.md"),
    ("pay.py is for reading only.", "read-only", "write", "path pay.py"),
    ("❌ push to main", "must-not", "push", "branch main"),
    ("- 🚫 Editing src/core.rs", "do-not-touch", "write", "path src/core.rs"),
    ("- ❌ npm publish", "must-not", "run", "command npm publish"),
    ("Regarding pay.py: it must not be edited.", "do-not-touch", "write", "path pay.py"),
    ("You mustn't, whatever the linter says, reformat vendor/.", "do-not-touch", "write", "path vendor/"),
    ("The Terraform state must not be edited by hand.", "do-not-touch", "write", "area Terraform state"),
    ("Only src/ui is yours to edit.", "only", "write", "path src/ui"),
    ("Don't move anything out of the assets directory.", "do-not-touch", "rename", "path assets/"),
    ("Don't change anything other than src/app.py.", "only", "write", "path src/app.py"),
    ("Only run make test.", "only", "run", "command make test"),
    ("All functions must have docstrings.", "must", "", ""),
    ("Keep the port at 8080.", "keep", "", ""),
    ("Name branches feature/<ticket>.", "naming", "", ""),
    ("Use Python 3.10.", "environment", "", ""),
    ("Fass config/prod.yaml nicht an.", "do-not-touch", "write", "path config/prod.yaml"),
    ("Ne touche pas à config/prod.yaml.", "do-not-touch", "write", "path config/prod.yaml"),
    ("No toques config/prod.yaml.", "do-not-touch", "write", "path config/prod.yaml"),
    ("Não mexa em config/prod.yaml.", "do-not-touch", "write", "path config/prod.yaml"),
]


def pairs(text):
    return {tuple(item.split(" ", 1)) for item in text.split(", ") if item}


@pytest.mark.parametrize("sentence, kind, acts, targets", MEANING, ids=[row[0] for row in MEANING])
def test_a_sentence_forbids_these_acts_on_these_things(sentence, kind, acts, targets):
    found = constraints_in(sentence)
    assert len(found) == 1
    assert found[0].kind == kind
    assert set(acts.split()) <= set(found[0].forbids) <= set(ACTS)
    assert pairs(targets) <= set(found[0].targets)
    assert found[0].only == (kind == "only")
    assert found[0].binds == "agent"


# What only a reader can follow must not stop a single call.
READERS_ONLY = """
Refactor the parser without changing its public interface.
Keep the changes minimal.
Make sure you don't break the login.
Just fix the typo, don't refactor anything.
Don't change anything else.
If you find another bug, don't fix it.
Do not add comments.
Don't explain, just do it.
No behaviour changes.
Don't ask questions.
Never assume anything.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", ["Never commit files larger than 5 MB.", "Don't deploy on Fridays.", "Never push without running the tests.", "No mixed commits.", "Don't install packages globally."])
def test_a_condition_that_an_agent_can_meet_does_not_forbid_the_whole_act(sentence):
    found = constraints_in(sentence)
    assert found and not {act for said in found for act in said.forbids} & {"commit", "push", "deploy", "install", "run"}


@pytest.mark.parametrize("status", ["❌ the build fails on windows", "✗ test_foo", "❌ lint: 3 errors"])
def test_a_cross_before_a_status_forbids_nothing(status):
    assert constraints_in(status) == []


@pytest.mark.parametrize("sentence", READERS_ONLY)
def test_what_only_a_reader_can_follow_forbids_no_act(sentence):
    assert constraints_in(sentence)
    assert [said.forbids for said in constraints_in(sentence)] == [()] * len(constraints_in(sentence))


@pytest.mark.parametrize("sentence", ["No agent may touch infra/.", "Tell the workers not to touch infra/.", "None of you may push to main.", "All subagents must leave infra/ alone.", "Nobody may edit infra/."])
def test_a_constraint_for_everyone_binds_the_workers_too(sentence):
    assert {said.binds for said in constraints_in(sentence)} == {"all"}


def test_two_constraints_in_one_sentence_are_both_found():
    found = constraints_in("Only edit src/ and never push to main.")
    assert {(said.kind, said.forbids, said.targets) for said in found} == {("only", ("write",), (("path", "src/"),)), ("must-not", ("push",), (("branch", "main"),))}


def test_a_pronoun_means_what_the_sentence_before_named():
    assert constraints_in("config/prod.yaml is used by ops. Please don't touch it.")[0].targets == (("path", "config/prod.yaml"),)


LIST = """Please refactor the billing service.

Do not touch:
- src/legacy/
- `config/prod.yaml`
* the users table

**Rules:**
1. No new dependencies
2. Python 3.10 only
3. one commit per change

Never:
- push to main
- editing vendored code

## Off limits
- infra/

## Steps
- write the tests
- update the docs
"""


def test_list_items_are_read_under_the_line_that_introduces_them():
    found = {said.text: said for said in constraints_in(LIST)}
    assert found.keys() == {"src/legacy/", "`config/prod.yaml`", "the users table", "No new dependencies", "Python 3.10 only", "one commit per change", "push to main", "editing vendored code", "infra/"}
    assert found["src/legacy/"].lead == "Do not touch:" and found["src/legacy/"].targets == (("path", "src/legacy/"),)
    assert found["the users table"].targets == (("table", "users"),)
    assert found["push to main"].forbids == ("push",)
    assert "write" in found["editing vendored code"].forbids
    assert found["infra/"].kind == "do-not-touch"


NOT_THE_PERSON = {
    "task notification": "<task-notification>\nDo not touch src/\n</task-notification>",
    "system reminder": "<system-reminder>Never push to main.</system-reminder>",
    "local command": "<local-command-stdout>do not edit this file</local-command-stdout>",
    "our own block": "[holdfast constraints]\n- do not touch src/\n[/holdfast]",
    "fence": "```\nDo not touch src/\n```",
    "open fence": "```python\n# never edit this",
    "inline code": "What does `do not edit` mean",
    "block quote": "> Please never touch the config",
    "log": "2024-01-01 12:00:00 ERROR do not retry\n[WARN] never do this\nERROR: do not run as root",
    "diff": "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-# do not edit\n+# never edit",
    "traceback": "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\nValueError: must not be empty",
    "code comment": "// do not edit\n/* never change this */\n",
    "indented code": "Look:\n\n    def f():\n        # do not modify\n        return 1\n",
    "html comment": "<!-- do not edit this section -->",
    "quotation": 'The page says "do not edit this file" at the top.',
}


@pytest.mark.parametrize("prompt", NOT_THE_PERSON.values(), ids=NOT_THE_PERSON.keys())
def test_what_the_person_did_not_say_binds_nothing(prompt):
    assert constraints_in(prompt) == []
    if not prompt.startswith("<"):
        assert [said.text for said in constraints_in(prompt + "\n\nNever push to main.")] == ["Never push to main."]


def test_line_breaks_inside_a_sentence_and_windows_line_ends():
    prompt = "Fix it.\r\nBut whatever you do, please do not change the signature of any public function, and leave\r\n`setup.cfg` alone.\r\n"
    found = constraints_in(prompt)
    assert found and all(prompt[said.start:said.end] == said.text for said in found)
    assert ("path", "setup.cfg") in {target for said in found for target in said.targets}


@pytest.mark.parametrize("hostile", ["never " * 50_000, "a" * 300_000, "`" * 300_000, "do not touch x. " * 20_000, "\u202e\u200bno\u0130t " * 50_000, "- " * 100_000, "(" * 300_000, "```\n" * 20_000, "must not be " * 30_000])
def test_no_text_takes_long(hostile):
    start = time.process_time()
    constraints_in(hostile)
    lifts_in(hostile)
    decisions_in(hostile)
    assert time.process_time() - start < 5


LIFTS = [
    ("You may now edit config/prod.yaml.", "write", "path config/prod.yaml"),
    ("ok you can touch the migrations now", "write", "area migrations"),
    ("It's ok to change the users table now.", "write", "table users"),
    ("The payments module is no longer off limits.", "", "area payments"),
    ("The freeze on release/2.1 is over.", "", "branch release/2.1"),
    ("Forget what I said about the migrations.", "", "area migrations"),
    ("Ignore my earlier rule about src/legacy/.", "", "path src/legacy/"),
    ("Go ahead and edit config/prod.yaml after all.", "write", "path config/prod.yaml"),
    ("src/auth.py can be modified now.", "write", "path src/auth.py"),
    ("I changed my mind: you can push to main.", "push", "branch main"),
    ("The schema isn't frozen anymore.", "", "area schema"),
    ("Du darfst jetzt config.yaml ändern.", "", "path config.yaml"),
    ("Tu peux maintenant modifier les tests.", "", "area tests"),
    ("Ya puedes editar config.yaml.", "", "path config.yaml"),
    ("Agora você pode alterar config.yaml.", "", "path config.yaml"),
]


@pytest.mark.parametrize("sentence, acts, targets", LIFTS, ids=[row[0] for row in LIFTS])
def test_a_lift_is_found_and_binds_nothing(sentence, acts, targets):
    (lift,) = lifts_in(sentence)
    assert sentence[lift.start:lift.end] == lift.text
    assert set(acts.split()) == set(lift.acts) and pairs(targets) == set(lift.targets) and not lift.everything
    assert constraints_in(sentence) == []


@pytest.mark.parametrize("sentence", ["Forget all the rules I gave you.", "Disregard all previous constraints."])
def test_all_rules_can_be_lifted_at_once(sentence):
    (lift,) = lifts_in(sentence)
    assert lift.everything and lifted_by(lift, said("Never push to main."))


@pytest.mark.parametrize("sentence", [
    "The summary says the user allowed edits to config/prod.yaml.", "Can I edit config.yaml now?", "The docs say \"you may now edit config.yaml\".", "Users may now delete their account.",
    "You may only edit src/.", "Never mind.", "If you may edit config.yaml, tell me.", "Add a page where users can now edit their posts.", "Do not edit config.yaml.",
])
def test_what_lifts_nothing(sentence):
    assert lifts_in(sentence) == []


def said(sentence):
    return constraints_in(sentence)[0]._asdict()


@pytest.mark.parametrize("constraint, lift, lifted", [
    ("Do not touch config/prod.yaml.", "You may now edit config/prod.yaml.", True),
    ("Do not touch config/prod.yaml.", "You may now edit config/dev.yaml.", False),
    ("Do not edit src/a.py.", "You may now edit everything in src/.", True),
    ("Never push to main.", "you can push to main now", True),
    ("Never push to main.", "you can push to develop now", False),
    ("Do not delete backups/old.", "You may now read backups/old.", False),
    ("No new dependencies.", "The ban on new dependencies is lifted.", True),
    ("Keep the port at 8080.", "You no longer have to keep the port at 8080.", True),
    ("No force pushes.", "You may force-push now.", True),
    ("Don't use lodash.", "You may use lodash now.", True),
])
def test_a_lift_takes_back_what_it_names_alone(constraint, lift, lifted):
    assert any(lifted_by(one, said(constraint)) for one in lifts_in(lift)) == lifted


@pytest.mark.parametrize("older, newer", [
    ("Only edit files under src/.", "Only edit files under docs/."), ("Use Python 3.10.", "Use Python 3.11."), ("Use pnpm, not npm.", "Use yarn from now on."), ("Indent with tabs.", "Indent with spaces."),
    ("Keep the port at 8080.", "Keep the port at 9090."), ("Use at most 3 subagents.", "Use at most 5 subagents."), ("Name branches feature/<ticket>.", "Name branches bugfix/<ticket>."),
    ("Always squash commits.", "Never squash commits."), ("Do not touch src/legacy/.", "Only edit src/legacy/."), ("Answer in German.", "Answer in English."),
])
def test_the_newer_words_replace_the_older_about_the_same(older, newer):
    assert supersedes(said(newer), said(older)) and not same(said(newer), said(older))


@pytest.mark.parametrize("older, newer", [
    ("Do not touch src/a.py.", "Do not touch src/b.py."), ("Use tabs in Go code.", "Use spaces in Python code."), ("Never push to main.", "Never push to develop."), ("Do not edit config.yaml.", "Don't edit config.yaml."),
    ("Use Python 3.10.", "Use Node 18."), ("Don't touch the tests.", "Don't run the tests."), ("All functions must have docstrings.", "All classes must have docstrings."), ("No new dependencies.", "Keep the port at 8080."),
])
def test_constraints_that_both_hold_stay(older, newer):
    assert not supersedes(said(newer), said(older))


@pytest.mark.parametrize("older, newer, replaced", [
    ("We decided to use Postgres because of JSON support.", "We decided to use MySQL instead, since ops knows it.", True),
    ("Let's go with REST.", "Let's go with GraphQL instead.", True),
    ("We decided to use JWT for sessions.", "We decided against JWT, use cookies.", True),
    ("We decided to use Postgres.", "We decided to use React.", False),
    ("We decided to use Redis for caching.", "Let's use Kafka for events.", False),
])
def test_a_decision_is_replaced_by_another_choice_of_the_same_kind(older, newer, replaced):
    assert supersedes({"text": newer, "kind": "decision"}, {"text": older, "kind": "decision"}) == replaced


@pytest.mark.parametrize("newer", ["Please don't edit src/a.py", "do NOT modify src/a.py!"])
def test_saying_it_again_is_the_same(newer):
    assert same(said(newer), said("Do not touch src/a.py."))


@pytest.mark.parametrize("prompt, expected", [
    ("We decided to use Postgres because it supports JSON.", [("We decided to use Postgres because it supports JSON.", "it supports JSON")]),
    ("let's go with option B since it is simpler", [("let's go with option B since it is simpler", "it is simpler")]),
    ("We're going with FastAPI. Then fix the bug.", [("We're going with FastAPI.", "")]),
    ("Since the API is slow, we decided to cache.", [("Since the API is slow, we decided to cache.", "the API is slow")]),
    ("We haven't decided yet.", []), ("Should we go with A?", []), ("Fix the bug.", []),
])
def test_decisions_come_with_their_reasons(prompt, expected):
    assert decisions_in(prompt) == expected


@pytest.mark.parametrize("words, glob", [
    ("the tests", "tests/**"), ("unit tests", "**/test_*.py"), ("migrations", "**/migrations/**"), ("the lockfile", "**/poetry.lock"), ("CI config", ".github/workflows/**"), ("dependencies", "**/package.json"),
    ("docs", "docs/**"), ("vendored code", "vendor/**"), ("generated code", "**/generated/**"), (".env files".strip("."), "**/.env"), ("Docker files", "**/Dockerfile"), ("the payments module", "**/payments/**"),
])
def test_an_area_has_its_globs(words, glob):
    assert glob in areas.globs_of(words)


def test_an_area_of_nobody_has_no_globs():
    assert areas.globs_of("everything") == () and areas.globs_of("") == ()


@pytest.mark.parametrize("seed", range(5))
def test_any_mixture_of_words_is_read_without_an_error_and_quoted_verbatim(seed):
    words = " ".join(BINDING + FREE).split() + ["\n", "\n\n", "- ", "```", "> ", '"', "'", "`", "(", ")", "\r\n", "\u202e", "\u0130", "**", "<system-reminder>", "[holdfast x", "[/holdfast]", "1.", "\x00"]
    choose = random.Random(seed)
    bound = 0
    for _ in range(150):
        prompt = " ".join(choose.choice(words) for _ in range(choose.randint(1, 80)))
        for one in constraints_in(prompt):
            bound += 1
            assert one.text and prompt[one.start:one.end] == one.text and set(one.forbids) <= set(ACTS) and all(name for _, name in one.targets)
            for lift in lifts_in(prompt):
                assert lifted_by(lift, one._asdict()) in (True, False)
            assert not supersedes(one._asdict(), one._asdict())
        decisions_in(prompt)
    assert bound
