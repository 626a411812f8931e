"""Which programs an Item is about: by name, as one that does the same work, or as one that runs tests or migrations. Pure."""

from holdfast.guard.rule import only_asks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command

_HARMLESS = ("--help", "--dry-run", "--version", "--check", "--list")
_PYTHONS = ("python", "python3", "py", "pypy", "pypy3")
_RUNNERS = ("run", "run-script", "exec", "dlx", "x")
# Programs that do the same work: where a person names the one to use, the others of its row are ruled out.
_ALIKE = (
    "pytest py.test unittest nosetests nose2 tox nox jest vitest mocha ava karma rspec phpunit ctest",
    "npm yarn pnpm bun",
    "pip uv poetry pdm pipenv conda mamba",
    "docker podman nerdctl",
    "black yapf autopep8",
    "eslint biome oxlint standard",
    "flake8 pylint ruff pyflakes",
    "make just task rake",
    "gradle mvn ant bazel",
    "psql pgcli",
    "mysql mariadb mycli",
    "terraform tofu",
    "vim nano emacs",
    "jest vitest mocha",
)
_TESTS = frozenset("pytest py.test jest vitest mocha ava karma rspec phpunit tox nox ctest nosetests nose2 cypress playwright".split())
_BUILDERS = frozenset("npm yarn pnpm bun go cargo make mvn gradle dotnet mix rake just task swift".split())
_TEST_STEPS = frozenset(("test", "t", "tst", "test:unit", "test:e2e", "check"))
CLIENTS = frozenset(
    """psql mysql mariadb sqlite3 sqlite duckdb clickhouse clickhouse-client sqlcmd cqlsh snowsql snow bq cockroach pgcli mycli
litecli usql isql sqlplus trino presto beeline hive spark-sql vsql ysqlsh mysqlsh mssql-cli turso wrangler heroku gcloud aws supabase pscale
databricks""".split()
)
DOCUMENTS = frozenset("mongosh mongo mongoexport mongoimport mongorestore".split())
# The others of which it is asked what they do to tables.
_TABLES = frozenset("dropdb createdb pg_restore pg_dump mysqldump mysqlimport python python3 node ruby perl php deno bun".split())
# What runs migrations: program -> words one of which is among its operands ("": any use).
_MIGRATING = {
    "alembic": "upgrade downgrade stamp",
    "flyway": "migrate clean repair",
    "liquibase": "update rollback drop-all",
    "prisma": "migrate push",
    "knex": "migrate:latest migrate:up migrate:down migrate:rollback",
    "sequelize": "db:migrate",
    "sequelize-cli": "db:migrate",
    "typeorm": "migration:run migration:revert schema:sync",
    "drizzle-kit": "push migrate",
    "dbmate": "up down migrate",
    "goose": "up down",
    "migrate": "up down",
    "rails": "db:migrate db:rollback db:schema:load db:reset db:setup",
    "rake": "db:migrate db:rollback",
    "artisan": "migrate",
    "diesel": "migration",
    "sqlx": "migrate",
    "atlas": "apply",
    "flask": "upgrade downgrade",
    "mix": "ecto.migrate",
    "manage.py": "migrate",
    "django-admin": "migrate",
    "node-pg-migrate": "up down",
    "umzug": "up",
    "yoyo": "apply",
    "sqitch": "deploy",
    "supabase": "push",
    "dotnet": "update",
}


def talks_to_databases(command: "Command") -> bool:
    """Whether a program may be given statements for a database."""
    return command.program in CLIENTS or command.program in DOCUMENTS or command.program in _TABLES


def harmless(command: "Command") -> bool:
    """Whether a program is only asked what it would do, or for its help."""
    return (
        only_asks(command) or command.has_flag(*_HARMLESS) or command.program in ("make", "gmake") and command.has_flag("n", "--just-print")
    )


def tools(command: "Command") -> "list[Command]":
    """A command and what it stands for: `python -m pytest` is pytest, `yarn run x` also `npm run x`, `bash deploy.sh` deploy.sh."""
    found = [command]
    words = command.words
    if command.program in _PYTHONS and words[:1] == ["-m"] and len(words) > 1:
        found.append(command._with(command.argv[2:]))
    elif (
        command.program in _PYTHONS
        and words
        and (words[0] or "").endswith("manage.py")
        or command.program == "php"
        and words
        and (words[0] or "").endswith("artisan")
    ):
        found.append(command._with(command.argv[1:]))
    elif command.program in ("yarn", "pnpm", "bun", "bundle", "poetry", "pipenv", "pdm", "hatch", "rye", "npm", "mvnw", "uv", "npx"):
        view = command.sub()
        if view.program in _RUNNERS:
            view = view.sub()
        if view.program:
            found.append(view)
    if command.program in ("bash", "sh", "zsh", "dash", "source", "."):
        operands = command.operands("-o -O")
        if operands and not command.has_flag("c"):
            found.append(command._with(command.argv[command.argv.index(operands[0]) :]))
    return found


def runs(command: "Command", wanted: str) -> bool:
    """Whether a command is the one that a person named: "npm publish", "make deploy", "./deploy.sh", "git push --force"."""
    words = wanted.strip("`'\" ").split()
    if not words:
        return False
    if words[0].startswith("--"):
        return command.has_flag(*words)
    return any([_is(one, words) for one in tools(command)])


def _is(command: "Command", words: "list[str]") -> bool:
    program = words[0].rstrip("/").rpartition("/")[2]
    if program in ("docker-compose",) and command.program == "docker" and command.words[:1] == ["compose"]:
        command = command.sub()
    elif command.program == "docker-compose" and words[:2] == ["docker", "compose"]:
        words = words[1:]
    elif not (
        command.program == program or program in _PYTHONS and command.program in _PYTHONS or {program, command.program} == {"pip", "pip3"}
    ):
        return False
    elif "/" in words[0] and command.argv[0].value and "/" in command.argv[0].value:
        given, asked = command.argv[0].value.lstrip("./"), words[0].lstrip("./")
        if not (given == asked or given.endswith("/" + asked) or asked.endswith("/" + given)):
            return False
    options = [word for word in words[1:] if word[:1] == "-"]
    steps = [word for word in words[1:] if word[:1] != "-"]
    for option in options:
        if not _has(command, option):
            return False
    if program in ("make", "gmake", "just", "task", "rake", "mvn", "gradle", "gradlew", "tox", "nox", "invoke"):
        return all([step in [arg.shown for arg in command.args] for step in steps])
    todo, after_option = list(steps), False
    for arg in command.args:
        if not todo:
            break
        if arg.prefix[:1] == "-":
            after_option = "=" not in arg.prefix
        elif _same_step(arg.shown, todo[0], command.program):
            todo.pop(0)
            after_option = False
        elif after_option:
            after_option = False  # the option's value
        else:
            return False
    return not todo


def _same_step(given: str, wanted: str, program: str) -> bool:
    if given == wanted:
        return True
    if program in ("npm", "pnpm", "yarn", "bun"):
        return {given, wanted} <= {"install", "i", "add"} or {given, wanted} <= {"test", "t", "tst"}
    return wanted.rstrip("/").rpartition("/")[2] == given.rpartition("/")[2] and "." in wanted


def _has(command: "Command", option: str) -> bool:
    if option[:2] == "--":
        return command.has_flag(option) or option == "--force" and command.has_flag("f")
    if len(option) == 2:
        return command.has_flag(option[1]) or option == "-f" and command.has_flag("--force")
    return command.has_flag(option) or all([command.has_flag(letter) for letter in option[1:]])


def stands_in(command: "Command", wanted: str, testing: bool = False) -> bool:
    """Whether a command does the work for which a person has named another: pytest where "only `make test`" was said.

    testing: whether the work is to run the tests.
    """
    words = wanted.strip("`'\" ").split()
    if not words or runs(command, wanted):
        return False
    if (testing or any(["test" in word for word in words])) and tests(command):
        return True
    program = words[0].rpartition("/")[2]
    rows = [row.split() for row in _ALIKE if program in row.split()]
    return any([one.program in row and one.program != program for one in tools(command) for row in rows])


def steps_of(command: "Command") -> "list[str]":
    return [arg.shown for arg in command.operands()]


def migrates(command: "Command") -> bool:
    """Whether a command changes a database's schema by its migrations."""
    for one in tools(command):
        wanted = _MIGRATING.get(one.program)
        steps = steps_of(one)
        if (
            wanted is not None
            and not set(wanted.split()).isdisjoint(steps)
            and not ({"status", "history", "new", "create", "generate"} & set(steps))
        ):
            return not (one.program == "prisma" and "push" in steps and "db" not in steps)
        if one.program in ("npm", "yarn", "pnpm", "bun", "make", "just", "task", "composer") and any(
            [step.startswith(("migrate", "db:migrate", "migration:run", "migrations:run")) for step in steps]
        ):
            return True
    return False


def tests(command: "Command") -> bool:
    """Whether a command runs tests."""
    for one in tools(command):
        if one.program in _TESTS or one.program == "unittest":
            return True
        steps = steps_of(one)
        if one.program in _BUILDERS and (
            steps[:1] == ["run"] and steps[1:2] and steps[1] in _TEST_STEPS or steps and steps[0] in _TEST_STEPS - {"check"}
        ):
            return True
    return False
