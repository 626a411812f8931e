"""Bundles of bytecode: the same modules as the ordinary import gives, and never a stale or damaged one."""

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
         "print(len([m for m in sys.modules if m.startswith('holdfast')]), len(catalogue.ENTRIES), getattr(files, 'MARK', ''))")


@pytest.fixture
def place(tmp_path):
    shutil.copytree(HOOKS, tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))

    def run():
        return subprocess.run([sys.executable, "-I", "-S", "-X", f"pycache_prefix={tmp_path}/cache", "-c", CHECK, f"{tmp_path}/hooks"],
                              capture_output=True, text=True)
    run.folder = tmp_path
    return run


def bundles(place):
    return sorted(p for p in (place.folder / "cache").rglob("*.bundle"))


def test_the_second_process_finds_the_same_modules_in_bundles(place):
    first = place()
    made = {p: p.stat().st_mtime_ns for p in bundles(place)}
    second = place()
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert first.stdout == second.stdout and int(first.stdout.split()[0]) > 8
    assert made and {p: p.stat().st_mtime_ns for p in bundles(place)} == made


def test_the_order_in_which_modules_were_first_asked_for_does_not_matter(place):
    """A bundle made where other modules were there already lacks them; a process that needs them makes their own, once."""
    def ask(*modules):
        code = CHECK.partition("\n")[0] + "\nimport importlib\n" + "\n".join(f"importlib.import_module({m!r})" for m in modules)
        done = subprocess.run([sys.executable, "-I", "-S", "-X", f"pycache_prefix={place.folder}/cache", "-c", code, f"{place.folder}/hooks"],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return {p: p.stat().st_mtime_ns for p in bundles(place)}
    ask("holdfast.kernel.reply", "holdfast.kernel.store", "holdfast.kernel.run")
    first = ask("holdfast.kernel.run")
    assert ask("holdfast.kernel.run") == first
    for path in first:
        if path.name.startswith("holdfast.kernel.reply"):
            path.unlink()
    mended = ask("holdfast.kernel.run")
    assert any(path.name.startswith("holdfast.kernel.reply") for path in mended)
    assert ask("holdfast.kernel.run") == mended


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
