"""Sessions of the real client for the tests: where the client comes from, and sandboxes with Holdfast installed in them.

These tests fail when no client can be had, because a proof that silently does not happen is worse than none. Whoever
cannot have one (no network, no npm) says so with HOLDFAST_NO_CLIENT=1, and the run reports them as skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
if str(REPOSITORY / "hooks") not in sys.path:
    sys.path.insert(0, str(REPOSITORY / "hooks"))

from holdfast.canary.client import PLAIN_PATH, NoClient, Run, Sandbox, find, readable_by_others, scratch_folder  # noqa: E402
from holdfast.canary.scenarios import ALLOW_ALL, Bench  # noqa: E402

LEFT_OUT = {".git", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".venv", "venv", ".hypothesis", "node_modules"}


def pytest_collection_modifyitems(items):
    if os.environ.get("HOLDFAST_NO_CLIENT") == "1":
        here = Path(__file__).parent
        for item in items:
            if here in Path(item.path).parents:
                item.add_marker(pytest.mark.skip(reason="HOLDFAST_NO_CLIENT=1: nothing is proven in the real client"))


@pytest.fixture(scope="session")
def client():
    """The pinned client (or $HOLDFAST_CLIENT), fetched once into the cache."""
    try:
        return find()
    except NoClient as missing:
        pytest.fail(f"{missing}\nHOLDFAST_NO_CLIENT=1 turns the tests in the real client off.", pytrace=False)


def interpreter_path():
    """PATH for the sandboxes: the Python that runs the tests first, so that every version tested is the one proven."""
    base = Path(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))
    if os.geteuid() == 0 and not readable_by_others(base):
        return PLAIN_PATH
    return f"{base.parent}:{PLAIN_PATH}"


@pytest.fixture(scope="session")
def source():
    """A copy of the repository's files as a user would have them, readable by everybody."""
    folder = scratch_folder(drop=os.geteuid() == 0) / f"source-{os.getpid()}"
    copy_repository(folder)
    yield folder
    shutil.rmtree(folder)


def copy_repository(folder):
    """What a clone would hold: files git knows or would take, no bytecode, no caches."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(REPOSITORY), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True,
        ).stdout.decode().split("\0")
        names = [name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive, or no git here
        names = [str(path.relative_to(REPOSITORY)) for path in REPOSITORY.rglob("*") if not path.is_dir()]
    copied = 0
    for name in names:
        origin, target = REPOSITORY / name, folder / name
        if LEFT_OUT.intersection(Path(name).parts) or not (origin.is_file() or origin.is_symlink()):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(origin, target, follow_symlinks=False)
        copied += 1
    assert copied > 10, f"only {copied} files found in {REPOSITORY}"
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


class InstalledBench(Bench):
    """Sandboxes into which install.py has put Holdfast for the user, as a person would."""

    def __init__(self, client, source):
        super().__init__(client)
        self.source, self.path = source, interpreter_path()

    def guarded(self, own_pack=False):
        sandbox = self.prepared()
        self.install(sandbox, "--user")
        return sandbox

    def prepared(self, name="guarded"):
        """A sandbox in which every tool may run and Holdfast is not there yet."""
        sandbox = Sandbox(self.client, path=self.path, name=name)
        sandbox.settings(ALLOW_ALL)
        sandbox.no_bootstrap()
        return sandbox

    def install(self, sandbox, *words, source=None, check=True) -> Run:
        """install.py as the user the client runs as. Sets sandbox.pack."""
        python = shutil.which("python3", path=self.path)
        assert python, f"no python3 in {self.path}"
        sandbox.give()
        if "--uninstall" not in words:
            words += ("--without-packages",)  # they would come from the network, and belong to the command line only
        done = sandbox.execute([python, str((source or self.source) / "install.py"), *words], sandbox.environment())
        if check:
            assert done.rc == 0, f"install.py {' '.join(words)} ended with {done.rc}:\n{done.stdout}\n{done.stderr}"
        pack = sandbox.config / "holdfast" / "pack"
        sandbox.pack = Path(os.path.realpath(pack)) if pack.exists() else None
        return done


@pytest.fixture(scope="session")
def bench(client, source):
    return InstalledBench(client, source)
