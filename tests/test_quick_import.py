"""The library of bytecode: the same modules as the ordinary import gives, and never a stale or damaged one."""

import os
import shutil
import subprocess
import sys

import pytest
from support import HOOKS

CHECK = ("import sys; sys.path.insert(0, sys.argv[1]); import quick_import; quick_import.install(sys.path.pop(0))\n"
         "from holdfast.guard.decide import decide\nfrom holdfast.guard import catalogue\n"
         "import holdfast.kernel.files as files\n"
         "assert sys.modules['holdfast.kernel.files'] is files and files.__file__.endswith('kernel/files.py')\n"
         "assert sys.modules['holdfast.kernel'].files is files\n"
         "print(len([m for m in sys.modules if m.startswith('holdfast')]), len(catalogue.MODULES), getattr(files, 'MARK', ''))")


@pytest.fixture
def place(tmp_path):
    shutil.copytree(HOOKS, tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))

    def run():
        return subprocess.run([sys.executable, "-I", "-S", "-X", f"pycache_prefix={tmp_path}/cache", "-c", CHECK, f"{tmp_path}/hooks"],
                              capture_output=True, text=True)
    run.folder = tmp_path
    return run


def library(place):
    path, = (place.folder / "cache").rglob("*.library")
    return path


def ask(place, *modules):
    """A process that imports these modules; its output: the names of the modules of ours that it then has."""
    code = CHECK.partition("\n")[0] + "\nimport importlib\n" + "\n".join(f"importlib.import_module({m!r})" for m in modules)
    code += "\nprint(*sorted(m for m in sys.modules if m.startswith('holdfast')))"
    done = subprocess.run([sys.executable, "-I", "-S", "-X", f"pycache_prefix={place.folder}/cache", "-c", code, f"{place.folder}/hooks"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_second_process_finds_the_same_modules_in_the_library(place):
    first = place()
    made = library(place).stat().st_mtime_ns
    second = place()
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert first.stdout == second.stdout and int(first.stdout.split()[0]) > 8
    assert library(place).stat().st_mtime_ns == made


def test_the_order_in_which_modules_were_first_asked_for_does_not_matter(place):
    ask(place, "holdfast.kernel.reply", "holdfast.kernel.store", "holdfast.kernel.run")
    made = library(place).stat().st_mtime_ns
    assert ask(place, "holdfast.kernel.run") == ask(place, "holdfast.kernel.store", "holdfast.kernel.run")
    assert library(place).stat().st_mtime_ns == made
    assert "holdfast.guard.decide" in ask(place, "holdfast.guard.decide")
    assert library(place).stat().st_mtime_ns != made


def test_it_has_what_the_ordinary_import_has(place):
    """Every module that runs on the hot path imports alone, in the order that its own text gives."""
    plain = subprocess.run([sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, sys.argv[1])\nimport holdfast.guard.decide, holdfast.kernel.run\n"
                            "print(*sorted(m for m in sys.modules if m.startswith('holdfast')))", f"{place.folder}/hooks"], capture_output=True, text=True)
    assert ask(place, "holdfast.guard.decide", "holdfast.kernel.run") == plain.stdout


@pytest.mark.parametrize("damage", [lambda data: data[:100], lambda data: data[:-100], lambda data: b"x" * len(data), lambda data: b""],
                         ids=["head only", "cut", "garbled", "empty"])
def test_a_damaged_library_is_a_failure_and_not_a_guess(place, damage):
    """The launcher then refuses the call and removes the library (tests/test_hooks.py)."""
    place()
    library(place).write_bytes(damage(library(place).read_bytes()))
    assert place().returncode == 1


def test_a_changed_source_is_compiled_again(place):
    place()
    with open(place.folder / "hooks/holdfast/kernel/files.py", "a") as file:
        file.write("\nMARK = 'changed'\n")
    assert place().stdout.split()[-1:] == ["changed"]
    assert place().stdout.split()[-1:] == ["changed"]


def test_a_change_that_keeps_time_and_size_is_noticed_when_the_file_is_another(place):
    path = place.folder / "hooks/holdfast/kernel/files.py"
    path.write_text(path.read_text() + "\nMARK = 'one'\n")
    before = path.stat()
    assert place().stdout.split()[-1:] == ["one"]
    other = path.with_suffix(".new")
    other.write_text(path.read_text().replace("'one'", "'two'"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(path)
    assert place().stdout.split()[-1:] == ["two"]


def test_a_missing_module_is_an_import_error(place):
    place()
    os.unlink(place.folder / "hooks/holdfast/kernel/files.py")
    done = place()
    assert done.returncode == 1 and "No module named 'holdfast.kernel.files'" in done.stderr


def test_an_unwritable_cache_only_costs_time(place):
    (place.folder / "cache").write_text("a file in the way")
    assert place().returncode == 0 and place().returncode == 0


TRIGGERS = ("import sys; sys.path.insert(0, sys.argv[1]); import quick_import; quick_import.install(sys.path.pop(0))\n"
            "from holdfast.guard import triggers\n"
            "print(*sorted(m for m in sys.modules if m.startswith('holdfast')))\nprint('\\nspellbound ' in triggers.INDEX['s'], len(triggers.NAMES))")


def triggers(place):
    done = subprocess.run([sys.executable, "-I", "-S", "-X", f"pycache_prefix={place.folder}/cache", "-c", TRIGGERS, f"{place.folder}/hooks"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    modules, found = done.stdout.splitlines()
    return modules.split(), found.split()


def test_values_that_were_worked_out_are_kept_without_what_they_came_from(place):
    first, found = triggers(place)
    assert "holdfast.guard.catalogue" in first and found[0] == "False" and int(found[1]) > 40
    assert triggers(place) == ([name for name in first if name != "holdfast.guard.catalogue"], found)


def test_values_that_are_kept_follow_a_change_of_what_they_came_from(place):
    _, (_, before) = triggers(place)
    path = place.folder / "hooks/holdfast/guard/catalogue.py"
    path.write_text(path.read_text().replace('("rules.zsh.zsh_modules", "', '("rules.zsh.zsh_modules", "spellbound '))
    assert triggers(place)[1] == ["True", before]
    assert triggers(place)[1] == ["True", before]
