"""What the tests of enforcement share: a real project on the disk, what a person has stated about it, and the judgement."""

import os
import subprocess

from holdfast.guard.decide import decide
from holdfast.guard.line import World
from holdfast.guard.tools.calls import judge_call
from holdfast.guard.tools.disk import Disk
from holdfast.kernel.files import real_path
from holdfast.kernel.settings import BUILT_IN

FILES = {
    "config/prod.yaml": "db: x\n", "config/dev.yaml": "db: y\n", "config/prod.json": "{}\n", "other/config/prod.yaml": "db: z\n", "src/secrets.py": "KEY = 1\n",
    "src/app.py": "import secrets\nx = 1\n", "src/build.py": "x = 1\n", "tests/test_app.py": "x = 1\n", "tests/unit/test_b.py": "x = 1\n", "package.json": "{}\n",
    "package-lock.json": "{}\n", "pyproject.toml": "[project]\n", "go.mod": "module x\n", "Cargo.toml": "[package]\n", "notes.md": "x\n", "docs/guide.md": "x\n",
    "Makefile": "test:\n\ttrue\n", "lib/util.py": "x = 1\n", ".env": "A=1\n", "db/schema.sql": "create table users (id int);\n", "data/app.db": "",
    "fix.patch": "--- a/config/prod.yaml\n+++ b/config/prod.yaml\n@@ -1 +1 @@\n-db: x\n+db: q\n",
    "other.patch": "--- a/src/app.py\n+++ b/src/app.py\n@@ -2 +2 @@\n-x = 1\n+x = 2\n",
    "drop.sql": "drop table users;\n", "seed.sql": "insert into logs values (1);\n",
}


def project_at(folder):
    """Lay the project down in a folder, with all but .env committed on the branch feature/x; returns its real path."""
    root = os.path.realpath(folder)
    for name, text in FILES.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    with open(f"{root}/.gitignore", "w") as file:
        file.write(".env\nbuild/\n")
    os.symlink("prod.yaml", f"{root}/config/current.yaml")
    os.symlink("config", f"{root}/conf")
    os.link(f"{root}/config/prod.yaml", f"{root}/hard.yaml")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q", "."], ["add", "-A"], ["commit", "-qm", "first"], ["checkout", "-q", "-b", "feature/x"]):
        subprocess.run([*git, *words], cwd=root, check=True, env={"PATH": os.environ["PATH"], "HOME": root, "GIT_CONFIG_NOSYSTEM": "1"})
    return root


def stated(root, text, forbids, targets, **more):
    """An Item as capture records it. root: the project, whose files path targets may name."""
    paths = []
    for kind, name in targets:
        if kind == "path" and os.path.lexists(os.path.join(root, name)):
            paths.append(os.path.realpath(os.path.join(root, name)))
    return {"id": "C1", "text": text, "lead": "", "kind": "protect", "forbids": list(forbids), "only": False, "targets": [list(one) for one in targets],
            "paths": paths, "cwd": root, "turn": 3, "source": "person", "globs": [], "binds": "all", "at": "", "supersedes": []} | more


def world_of(root, *items, cwd=None):
    return World(cwd or root, "/home/dev", root, [root, "/tmp", "/var/tmp"], "bash", {"HOME": "/home/dev", "USER": "dev"}, real_path, constraints=items,
                 disk=Disk())


def codes(text, root, *items, cwd=None):
    """The codes of the constraint rules that object to a shell text."""
    verdict = decide(text, world_of(root, *items, cwd=cwd), BUILT_IN["guard"], attended=False)
    return sorted({finding.rule.code for finding in verdict.findings if finding.rule.category == "constraint"})


def verdict(text, root, *items, attended=False):
    return decide(text, world_of(root, *items), BUILT_IN["guard"], attended)


def call(name, given, root, *items):
    """The Verdict on another tool's call, or None."""
    return judge_call(name, given, world_of(root, *items), BUILT_IN["guard"], False)
