"""`install.py test`: the whole suite with pinned tools, in a venv outside the repository. Closes with pytest's own summary."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping

from holdfast.setup.interpreter import Interpreter
from holdfast.setup.lock import Held
from holdfast.setup.packages import CannotInstall, build, mark_of
from holdfast.setup.trouble import Trouble

IMPORTS = ("pytest", "hypothesis", "bashlex", "jsonschema", "mypy", "pydantic", "orjson", "filelock", "click", "rich")


def run(source: str, arguments: list[str], python: Interpreter, env: Mapping[str, str]) -> int:
    """Everything that has to pass, linters first; 0 when it all does. Raises Trouble."""
    if not os.path.isdir(f"{source}/tests"):
        raise Trouble(f"{source} has no tests: they are not installed. Run this in Holdfast's own repository.")
    cache = f"{env.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')}/holdfast"
    venv = _venv(cache, f"{source}/tests/requirements.txt", python)
    _see_to_programs()
    variables = _environment(env, cache)
    failed = []
    for name, words in (("ruff", ["-m", "ruff", "check", "--no-cache", "hooks", "install.py"]),
                        ("mypy", ["-m", "mypy", "--cache-dir", f"{cache}/mypy", "--config-file", "pyproject.toml"])):
        print(f"--- {name}", flush=True)
        if subprocess.run([f"{venv}/bin/python", *words], cwd=source, env=variables).returncode:
            failed.append(name)
    if failed:
        print(f"{' and '.join(failed)} failed, see above; the tests run all the same", flush=True)
    pytest = [f"{venv}/bin/python", "-m", "pytest"]
    if arguments:
        print("--- pytest", flush=True)
        return subprocess.run([*pytest, *arguments], cwd=source, env=variables).returncode or bool(failed)
    return _all_tests(pytest, source, variables) or bool(failed)


def _all_tests(pytest: list[str], source: str, variables: dict[str, str]) -> int:
    """Everything, the tests in the real client beside the others: they mostly wait, and it halves the time."""
    print("--- pytest, and beside it the tests in the real client", flush=True)
    with tempfile.TemporaryFile("w+") as said:
        beside = subprocess.Popen([*pytest, "tests/client"], cwd=source, env=variables, stdout=said, stderr=subprocess.STDOUT, text=True)
        try:
            others = subprocess.run([*pytest, "--ignore", "tests/client"], cwd=source, env=variables).returncode
            in_client = beside.wait()
        finally:
            if beside.poll() is None:
                beside.terminate()
                beside.wait()
        said.seek(0)
        print(f"--- pytest tests/client\n{said.read()}", flush=True)
    return others or in_client


def _venv(cache: str, requirements: str, python: Interpreter) -> str:
    """The path of a venv with the test tools, made when it is not there."""
    mark = mark_of(requirements, python)
    venv = f"{cache}/test-venv-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    with Held(f"{cache}/test-venv.lock", 900):
        if not os.path.exists(f"{venv}/ready"):
            print(f"making {venv} ...", flush=True)
            try:
                build(venv, requirements, python, mark, IMPORTS)
            except CannotInstall as bad:
                fix = "apt-get install -y python3-venv, then run this again" if bad.tool else "run this again where packages can be fetched"
                raise Trouble(f"the tools for the tests could not be installed: {bad}. To mend it: {fix}") from None
    return venv


def _see_to_programs() -> None:
    """Install what the tests compare with or run behind, where that can be done."""
    wanted = {name: package for name, package in (("zsh", "zsh"), ("bwrap", "bubblewrap")) if not shutil.which(name)}
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' and '.join(wanted.values())}, which the tests need ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        for words in (["update"], ["install", "-y", "--no-install-recommends", *wanted.values()]):
            subprocess.run(["apt-get", "-q", *words], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, **quiet)  # type: ignore[call-overload]
    for name, package in wanted.items():
        if not shutil.which(name):
            print(f"{name} is missing, so what needs it cannot be tested. Install it: apt-get install {package}", flush=True)


def _environment(env: Mapping[str, str], cache: str) -> dict[str, str]:
    """The person's variables without those of a session this may run in; nothing is written next to the sources."""
    kept = {name: value for name, value in env.items()
            if not name.startswith(("CLAUDE", "PYTEST_", "PYTHON")) and name != "HOLDFAST_HOME"}
    return {**kept, "PYTHONPYCACHEPREFIX": f"{cache}/pycache"}
