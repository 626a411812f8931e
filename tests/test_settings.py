"""Settings: three sources, one answer; damage is named with file and line; a project cannot loosen anything."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from holdfast.kernel import settings as module
from holdfast.kernel.settings import BUILT_IN, SHAPE, BadSettings, faults, load_settings, resolve
from holdfast.kernel.store import Store


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "sources", lambda env, project: [
        ("managed", f"{tmp_path}/managed.json"), ("user", f"{tmp_path}/user.json"), ("project", f"{tmp_path}/project.json")])
    store = Store(f"{tmp_path}/home", f"{tmp_path}/p")

    def load(**layers):
        for layer, value in layers.items():
            (tmp_path / f"{layer}.json").write_text(value if isinstance(value, str) else json.dumps(value, indent=2))
        return load_settings(store, {})
    load.store, load.folder = store, tmp_path
    return load


def test_without_files_the_built_in_settings_hold_and_nothing_is_written(place):
    assert place() == BUILT_IN
    assert not (place.folder / "home").exists()


def test_the_user_overrides_the_managed_file(place):
    found = place(managed={"guard": {"fail": "open", "rules": {"A": "off"}}}, user={"guard": {"fail": "closed", "rules": {"B": "ask"}}})
    assert found["guard"]["fail"] == "closed" and found["guard"]["rules"] == {"A": "off", "B": "ask"}


def test_a_project_can_only_tighten(place):
    found = place(user={"audit": {"keep_characters": 10}}, project={
        "guard": {"fail": "open", "rules": {"A": "off", "B": "deny"}, "roots": ["/"], "attended": "no"}, "audit": {"keep_characters": 5}})
    assert found["guard"] == {"fail": "closed", "attended": "no", "rules": {}, "tighten": {"B": "deny"}, "roots": []}
    assert found["audit"]["keep_characters"] == 10
    assert [n.split(": ")[1] for n in found["notes"]] == ["guard.rules.A", "guard.fail", "guard.roots"]


def test_a_project_can_only_narrow_limits_and_lists(place):
    found = place(user={"egress": {"allow": ["*.example.com", "pypi.org"]}, "rate": {"calls": 10}, "alerts": {"notify": ["json://mine"]}}, project={
        "egress": {"allow": ["api.example.com", "evil.test"]}, "rate": {"calls": 50, "seconds": 120}, "output": {"lines": 100, "line_characters": 0},
        "alerts": {"notify": ["json://theirs"]}})
    assert found["egress"]["allow"] == ["api.example.com"] and found["rate"] == {"calls": 10, "seconds": 120}
    assert found["output"] == {"line_characters": 10_000, "lines": 100} and found["alerts"]["notify"] == ["json://mine"]
    assert [n.split(": ")[1] for n in found["notes"]] == ["egress.allow", "rate.calls", "alerts.notify"]
    found = place(user={"rate": {"calls": 0}}, project={"egress": {"allow": ["only.test"]}, "rate": {"calls": 5}})
    assert found["egress"]["allow"] == ["only.test"] and found["rate"]["calls"] == 5
    assert place(user={"rate": {"calls": 5}}, project={"rate": {"calls": 0}})["rate"]["calls"] == 5


@pytest.mark.parametrize("text, line, what", [
    ('{\n "guard": {\n  "rules": {\n   "STR005": "maybe"\n  }\n }\n}', 4, "should be one of off, ask, deny"),
    ('{\n "guard": {},\n "gaurd": {}\n}', 3, "gaurd is not a setting. Known here: guard, audit"),
    ('{\n "guard": [\n ]\n}', 2, "guard should be an object"),
    ('{\n "guard": {"roots": ["/a",\n  7]}\n}', 3, "guard.roots.1 should be a text"),
    ('{\n "audit": {"keep_characters":\n 70000}\n}', 2, "should be a whole number from 0 to 65536"),
    ('{\n "audit": {"keep_characters": true}\n}', 2, "whole number"),
    ('{\n "guard": {}\n}\nx', 4, "Fix the JSON there"),
    ("[]", 1, "should be an object"),
    ("", 1, "Expecting value"),
], ids=lambda v: v[:20] if isinstance(v, str) else "")
def test_a_problem_is_named_with_file_line_and_fix(place, text, line, what):
    with pytest.raises(BadSettings) as caught:
        place(user=text)
    (path, found, _, message), = caught.value.problems
    assert path.endswith("user.json") and found == line and what in message


def test_every_problem_of_every_file_is_reported(place):
    with pytest.raises(BadSettings) as caught:
        place(managed={"x": 1}, user={"guard": {"fail": "never", "attended": 1}}, project="{")
    assert [p[2] for p in caught.value.problems] == ["x", "guard.fail", "guard.attended", ""]


def test_the_cache_is_used_when_current_and_built_again_when_not(place, monkeypatch):
    place(user={"guard": {"rules": {"A": "ask"}}})
    calls = []
    monkeypatch.setattr(module, "resolve", lambda *given: calls.append(1) or resolve(*given))
    assert place()["guard"]["rules"] == {"A": "ask"} and not calls
    assert place(user={"guard": {"rules": {"A": "off"}}})["guard"]["rules"] == {"A": "off"} and len(calls) == 1
    cache = place.store.settings
    with open(cache, "rb") as file:
        changed = file.read().replace(b'"off"', b'"ask"')
    for damage in (b"", b"{}", b"garbage", changed):
        with open(cache, "wb") as file:
            file.write(damage)
        assert place()["guard"]["rules"] == {"A": "off"}
    assert len(calls) == 5


def test_an_unwritable_cache_does_not_matter(place, monkeypatch):
    monkeypatch.setattr(module, "replace", lambda *a: (_ for _ in ()).throw(OSError("disk full")))
    assert place(user={"guard": {"fail": "open"}})["guard"]["fail"] == "open"


# ---- the plain check, the pydantic model and the published schema say the same --------------------------------------

words = st.sampled_from(["closed", "open", "auto", "no", "off", "ask", "deny", "STR005", "", "/x"])
# A whole float such as 1.0 counts as an integer for JSON Schema and not for us: left out.
fractions = st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not x.is_integer())
leaves = words | st.integers(-1, 70_000) | st.booleans() | st.none() | fractions
keys = st.sampled_from(["guard", "audit", "egress", "rate", "output", "alerts", "allow", "calls", "seconds", "lines", "notify", "fail", "attended", "rules", "roots", "keep_characters", "$schema", "STR005", "other"])
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=12)
likely = st.fixed_dictionaries({}, optional={
    "rate": st.fixed_dictionaries({}, optional={"calls": leaves, "seconds": leaves}) | trees,
    "egress": st.fixed_dictionaries({}, optional={"allow": st.lists(leaves, max_size=2)}), "alerts": trees,
    "output": st.fixed_dictionaries({}, optional={"lines": leaves, "line_characters": leaves}),
    "$schema": words | leaves, "audit": st.fixed_dictionaries({}, optional={"keep_characters": leaves, "other": leaves}),
    "guard": st.fixed_dictionaries({}, optional={"fail": words, "attended": words, "rules": st.dictionaries(words, words, max_size=3),
                                                 "roots": st.lists(words, max_size=2) | trees}) | trees})


@hypothesis_settings(max_examples=400, deadline=None)
@given(likely | trees)
def test_check_model_and_schema_agree(value):
    from jsonschema import Draft202012Validator
    from pydantic import ValidationError

    from holdfast.configure.model import Settings, schema
    mine = not list(faults(value, SHAPE))
    try:
        Settings.model_validate(value)
        theirs = True
    except ValidationError:
        theirs = False
    if isinstance(value, dict) and value.get("$schema", "") is None:
        return  # a JSON null there: the model's field is optional, the file's is not; harmless either way
    assert mine == theirs, value
    assert mine == Draft202012Validator(schema()).is_valid(value), value


def test_the_published_schema_is_the_models():
    import os

    from holdfast.configure.model import schema
    path = os.path.join(os.path.dirname(__file__), "..", "hooks", "holdfast.schema.json")
    with open(path) as file:
        assert json.load(file) == schema()
