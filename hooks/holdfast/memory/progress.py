"""What tool calls tell about the work, without the model's help: files written, commits, test runs, tasks. On the hot path."""

from holdfast.memory.register import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.event import Event
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation

_WRITERS = {"Write": "file_path", "Edit": "file_path", "MultiEdit": "file_path", "NotebookEdit": "notebook_path"}
_STATES = {"completed": "completed", "in_progress": "in_progress", "done": "completed", "active": "in_progress"}
# The first words of commands worth remembering, by what they are.
_KINDS = {
    "commit": ("git commit", "git merge", "git rebase", "git tag", "git push", "git revert", "git cherry-pick", "gh pr create"),
    "test": ("pytest", "python -m pytest", "python3 -m pytest", "python -m unittest", "python3 -m unittest", "npm test", "npm run test",
             "yarn test", "pnpm test", "npx jest", "npx vitest", "jest", "vitest", "cargo test", "go test", "make test", "make check",
             "tox", "nox", "mvn test", "mvn verify", "gradle test", "./gradlew test", "ctest", "rspec", "bundle exec rspec", "phpunit",
             "dotnet test", "bazel test", "mix test", "swift test", "uv run pytest", "poetry run pytest"),
    "build": ("make", "npm run build", "yarn build", "pnpm build", "cargo build", "go build", "docker build", "mvn package", "gradle build",
              "./gradlew build", "cmake --build", "dotnet build", "python -m build"),
    "migration": ("alembic upgrade", "alembic downgrade", "rails db:migrate", "npx prisma migrate", "python manage.py migrate",
                  "flyway migrate", "liquibase update", "knex migrate"),
}
_SHOWN = 120  # characters of a command


def note_progress(situation: "Situation") -> None:
    """Situation (PostToolUse, PostToolUseFailure) -> None. Appends what the call did to the register. Raises OSError, TimeoutError."""
    event = situation.event
    for fields in told_by(event, situation.store.project):
        note(situation.store, event.session_id, event.agent, situation.at, {**fields, "by": "hook"})


def told_by(event: "Event", project: str) -> "list[JsonObject]":
    """The register's records that a finished call is worth."""
    name, given = event.tool_name, event.tool_input
    failed = event.hook_event_name == "PostToolUseFailure"
    if name in _WRITERS:
        path = given.get(_WRITERS[name])
        if failed or not isinstance(path, str):
            return []
        return [{"what": "wrote", "path": path[len(project) + 1:] if path.startswith(project + "/") else path}]
    if name == "Bash":
        found = kind_of(given.get("command"))
        return [{"what": "did", "kind": found[0], "text": found[1], "ok": not failed}] if found else []
    if failed:
        return []
    if name == "TaskCreate" and isinstance(given.get("subject"), str):
        return [{"what": "progress", "text": given["subject"], "state": "in_progress"}]
    if name == "TodoWrite" and isinstance(given.get("todos"), list):
        return [record for todo in given["todos"] if (record := _todo(todo))]
    return []


def kind_of(command: "Any") -> "tuple[str, str] | None":
    """(kind, the part of a command worth remembering), or None. Looks at how each part of the text begins, no deeper."""
    if not isinstance(command, str) or len(command) > 20_000:
        return None
    text = command.replace("&&", "\n").replace("||", "\n").replace(";", "\n").replace("|", "\n")
    for part in text.split("\n"):
        words = part.split()
        while words and "=" in words[0] and words[0].partition("=")[0].isidentifier():
            del words[0]
        begin = " ".join(words[:4]) + " "
        for kind, starts in _KINDS.items():
            for start in starts:
                if begin.startswith(start + " "):
                    return kind, " ".join(words)[:_SHOWN]
    return None


def _todo(todo: "Any") -> "JsonObject | None":
    if not isinstance(todo, dict) or not isinstance(todo.get("content"), str) or todo.get("status") not in _STATES:
        return None
    return {"what": "progress", "text": todo["content"], "state": _STATES[todo["status"]]}
