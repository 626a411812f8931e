"""The rules that a person's own words set: records for `explain`, the documentation and the levels. What they find: `judging`."""

from holdfast.guard.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line
    from holdfast.guard.rule import Finding
    from holdfast.kernel.constraints import Item

CATEGORY = "constraint"


def _check(line: "Line") -> "Iterator[Finding]":
    """What the Items of the Line's World forbid; the rule of each Finding is set already."""
    from holdfast.guard.stated import findings

    yield from findings(line)


def _rule(code: str, title: str, why: str, instead: str, blocks: "tuple[str, ...]", allows: "tuple[str, ...]") -> Rule:
    return Rule(
        code=code, title=title, category=CATEGORY, why=why, instead=instead, severity="danger", blocks=blocks, allows=allows, check=_check
    )


FILE = _rule(
    "CON001",
    "A file or folder that a person has put out of bounds",
    "A person has said that it stays as it is.",
    "Leave it as it is, and say in your answer what you would have changed.",
    blocks=("sed -i s/a/b/ config/prod.yaml", "cd config && echo x >> prod.yaml", "git checkout -- config/prod.yaml", "rm -rf config"),
    allows=("cat config/prod.yaml", "sed -i s/a/b/ config/prod.yaml.md", "git add config/prod.yaml", "echo config/prod.yaml > notes.md"),
)
COMMAND = _rule(
    "CON002",
    "A command, or a step in git, that a person has ruled out",
    "A person has said that it is not run.",
    "Go on without it, and say in your answer what you would have run.",
    blocks=("npm publish", "cd pkg && npm publish --tag next", "git push origin main", "bash -c 'git push -u origin main'"),
    allows=("npm publish --help", "npm test", "git push origin feature/x", "git log origin/main"),
)
TABLE = _rule(
    "CON003",
    "A table or database that a person has put out of bounds",
    "A person has said what may not be done to it.",
    "Leave it as it is, and write the statement down for the person instead.",
    blocks=("psql -c 'DROP TABLE users'", "echo 'alter table public.users add x int' | psql"),
    allows=("psql -c 'SELECT * FROM users'", "psql -c 'DROP TABLE users_old'", "echo 'drop table users' > notes.md"),
)
HOST = _rule(
    "CON004",
    "A host that a person has ruled out",
    "A person has said that it is not contacted.",
    "Go on without it, and say in your answer what you would have asked it.",
    blocks=("curl https://api.example.com/v1", "ssh deploy@api.example.com uptime"),
    allows=("curl https://docs.example.com/v1", "grep -r api.example.com src"),
)
INSTALL = _rule(
    "CON005",
    "An installation or a deployment that a person has ruled out",
    "A person has said that it is not done.",
    "Go on without it, and say in your answer what you would have installed or deployed.",
    blocks=("npm install left-pad", "pip install requests", "kubectl apply -f k8s/"),
    allows=("npm ci", "pip install -r requirements.txt", "pip install -e .", "kubectl get pods"),
)
RULES = (FILE, COMMAND, TABLE, HOST, INSTALL)


def _stated(text: str, forbids: "list[str]", *targets: "list[str]") -> "Item":
    return {
        "id": "C1",
        "text": text,
        "lead": "",
        "forbids": forbids,
        "only": False,
        "targets": list(targets),
        "paths": [],
        "globs": [],
        "cwd": "",
        "turn": 1,
        "source": "person",
    }


# What a person has said where the examples are stopped.
EXAMPLES = {
    "CON001": _stated("Do not touch config/prod.yaml.", ["write"], ["path", "config/prod.yaml"]),
    "CON002": _stated("Never run npm publish, and don't push to main.", ["run", "push"], ["command", "npm publish"], ["branch", "main"]),
    "CON003": _stated("Leave the users table alone.", ["ddl", "dml"], ["table", "users"]),
    "CON004": _stated("Do not contact api.example.com.", ["connect"], ["host", "api.example.com"]),
    "CON005": _stated("No new dependencies and no deployments.", ["install", "deploy"]),
}
