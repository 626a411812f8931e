"""Which programs, steps in git, hosts, installations and deployments an Item is about. Pure."""

from holdfast.guard.rule import only_asks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line

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
_INSTALLS = {
    "npm": "install i add isntall update up upgrade link",
    "pnpm": "add install i update up link",
    "yarn": "add upgrade up",
    "bun": "add install i update",
    "pip": "install",
    "pip3": "install",
    "uv": "add",
    "poetry": "add",
    "pdm": "add",
    "pipenv": "install",
    "conda": "install",
    "mamba": "install",
    "cargo": "add",
    "go": "get",
    "gem": "install",
    "bundle": "add",
    "composer": "require",
    "mix": "",
    "dotnet": "add",
    "brew": "install",
    "apt": "install",
    "apt-get": "install",
    "apk": "add",
    "dnf": "install",
    "yum": "install",
    "pacman": "-S",
    "zypper": "install",
    "snap": "install",
    "pipx": "install",
    "cpanm": "",
    "luarocks": "install",
    "flutter": "add",
    "dart": "add",
    "nuget": "install",
    "pod": "",
    "jspm": "install",
    "deno": "add",
    "npx": "",
}
_SYSTEM = frozenset("brew apt apt-get apk dnf yum pacman zypper snap pipx".split())
_UPGRADING = frozenset("update up upgrade".split())
_VALUED = """--registry --tag -i --index-url --extra-index-url -t --target --prefix -C --dir --cwd -w --workspace --filter --group -G
--python -p --version --source --features -F --branch --rev -f --find-links -c --constraint -r --requirement -e --editable"""
# Deploying programs -> the words that deploy ("": any use but the harmless ones).
_DEPLOYS = {
    "kubectl": "apply create replace rollout scale set patch delete edit run expose autoscale",
    "oc": "apply create rollout",
    "helm": "install upgrade rollback uninstall delete",
    "helmfile": "apply sync",
    "terraform": "apply destroy import",
    "tofu": "apply destroy",
    "terragrunt": "apply destroy run-all",
    "pulumi": "up destroy update",
    "vercel": "deploy promote rollback --prod",
    "netlify": "deploy",
    "fly": "deploy launch",
    "flyctl": "deploy launch",
    "heroku": "container:release releases:rollback pipelines:promote",
    "gcloud": "deploy",
    "aws": "deploy update-service create-deployment update-function-code sync publish update-stack create-stack",
    "az": "deployment up deploy",
    "serverless": "deploy remove",
    "sls": "deploy remove",
    "sam": "deploy",
    "cdk": "deploy destroy",
    "firebase": "deploy",
    "wrangler": "deploy publish",
    "eb": "deploy",
    "railway": "up deploy",
    "render": "deploy",
    "cap": "deploy",
    "ansible-playbook": "",
    "kamal": "deploy setup redeploy",
    "dokku": "",
    "surge": "",
    "now": "",
    "amplify": "publish push",
    "copilot": "deploy",
    "skaffold": "run deploy",
    "argocd": "sync",
    "flux": "reconcile",
    "doctl": "create-deployment",
    "supabase": "deploy push",
    "caprover": "deploy",
    "gh": "workflow:run",
    "waypoint": "up",
    "nomad": "run",
    "docker": "stack:deploy push",
    "eas": "submit update",
    "fastlane": "",
    "goreleaser": "release",
    "twine": "upload",
}
_PLAIN_DEPLOYS = frozenset("vercel now surge".split())  # without a subcommand they deploy
_PRODUCTION = ("prod", "production", "live", "prd")
_OTHERS = (
    "staging",
    "stage",
    "dev",
    "development",
    "test",
    "testing",
    "local",
    "localhost",
    "preview",
    "sandbox",
    "qa",
    "minikube",
    "kind",
)


def talks_to_databases(command: "Command") -> bool:
    """Whether a program may be given statements for a database."""
    return command.program in CLIENTS or command.program in DOCUMENTS or command.program in _TABLES


def harmless(command: "Command") -> bool:
    """Whether a program is only asked what it would do, or for its help."""
    return only_asks(command) or command.has_flag(*_HARMLESS)


def tools(command: "Command") -> "list[Command]":
    """A command and what it stands for: `python -m pytest` is pytest, `yarn run x` also `npm run x`, `bash deploy.sh` deploy.sh."""
    found = [command]
    words = command.words
    if command.program in _PYTHONS and words[:1] == ["-m"] and len(words) > 1:
        found.append(command._with(command.argv[2:]))
    elif command.program in _PYTHONS and words and (words[0] or "").endswith("manage.py") or command.program == "php" and words and (words[0] or "").endswith("artisan"):
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
    given = [arg.shown for arg in command.args if arg.prefix[:1] != "-"]
    if program in ("make", "gmake", "just", "task", "rake", "mvn", "gradle", "gradlew", "tox", "nox", "invoke"):
        return all([step in given for step in steps])
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
    mine = tools(command)
    if testing or any(["test" in word for word in words]):
        return any(
            [
                one.program in _TESTS
                or one.program in ("npm", "yarn", "pnpm", "bun", "go", "cargo", "make", "mvn", "gradle", "dotnet", "mix", "rake")
                and (
                    _steps(one)[:1] == ["run"]
                    and _steps(one)[1:2] != []
                    and _steps(one)[1] in _TEST_STEPS
                    or _steps(one)[:1] != []
                    and _steps(one)[0] in _TEST_STEPS - {"check"}
                )
                or one.program == "unittest"
                for one in mine
            ]
        )
    program = words[0].rpartition("/")[2]
    rows = [row.split() for row in _ALIKE if program in row.split()]
    return any([one.program in row and one.program != program for one in mine for row in rows])


def _steps(command: "Command") -> "list[str]":
    return [arg.shown for arg in command.operands()]


def migrates(command: "Command") -> bool:
    """Whether a command changes a database's schema by its migrations."""
    for one in tools(command):
        wanted = _MIGRATING.get(one.program)
        steps = _steps(one)
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
    return stands_in(command, "test")


def installs(command: "Command") -> "list[str] | None":
    """The packages that a command adds or upgrades, [] for all that there are; None when it installs nothing new."""
    for one in tools(command):
        wanted = _INSTALLS.get(one.program)
        if wanted is None:
            continue
        view = one.sub("--prefix -C --cwd --dir --filter -w --workspace --project --directory")
        step = view.program
        if one.program == "uv" and step == "pip":
            view = view.sub()
            step = view.program if view.program != "install" else "add"
        if one.program == "pacman":
            view, step = one, "-S" if one.has_flag("S") else ""
        elif one.program == "yarn" and step == "global":
            view = view.sub()
            step = view.program
        if step not in wanted.split():
            continue
        if one.has_flag("--dry-run", "--help"):
            return None
        if one.program in ("dotnet", "flutter", "dart") and step == "add" and one.program == "dotnet" and "package" not in view.words:
            continue
        named = [arg.shown for arg in view.operands(_VALUED)]
        if step in _UPGRADING:
            return named
        named = [name for name in named if not name.startswith((".", "/", "file:", "-")) or name.endswith((".whl", ".tgz", ".tar.gz"))]
        if named:
            return named
    return None


def is_system(command: "Command") -> bool:
    """Whether what is installed is the machine's and not the project's."""
    return any([one.program in _SYSTEM for one in tools(command)])


def package_is(given: str, wanted: str) -> bool:
    """Whether a package as it is installed (name@1.2, name==1.2, name[extra]) is the one a person named."""
    plain = given.lower()
    scope = "@" if plain[:1] == "@" else ""
    plain = plain.lstrip("@")
    for mark in ("@", "==", ">=", "<=", "~=", "!=", "[", ">", "<", "=", ";", "^"):
        plain = plain.partition(mark)[0]
    other = wanted.lower().lstrip("@").replace("_", "-").partition("@")[0]
    return (scope + plain).lstrip("@").replace("_", "-") == other


def deploys(command: "Command") -> bool:
    """Whether a command puts something into service."""
    if harmless(command):
        return False
    if any([flag in command.words for flag in ("--dry-run=client", "--dry-run=server", "plan", "diff", "--preview")]):
        return False
    for one in tools(command):
        wanted = _DEPLOYS.get(one.program)
        steps = _steps(one)
        if one.program == "git" and steps[:2] in (["push", "heroku"], ["push", "dokku"], ["push", "production"]):
            return True
        if wanted is None:
            if one.program in (
                "npm",
                "yarn",
                "pnpm",
                "bun",
                "make",
                "just",
                "task",
                "rake",
                "gradle",
                "mvn",
                "composer",
                "invoke",
                "fab",
                "mix",
            ) and any([_deploys_by_name(step) for step in steps[:3]]):
                return True
            if _deploys_by_name(one.program):
                return True
            continue
        if not wanted:
            return True
        if one.program in _PLAIN_DEPLOYS and not steps or one.program == "vercel" and one.has_flag("--prod"):
            return True
        for word in wanted.split():
            if ":" in word and word not in steps and word.split(":") == steps[:2]:
                return True
            if word in steps[:4]:
                return not (one.program == "kubectl" and word == "rollout" and steps[1:2] in (["status"], ["history"]))
    return False


def _deploys_by_name(word: str) -> bool:
    """deploy, deploy:prod, deploy.sh, release-prod"""
    plain = word.rpartition("/")[2].partition(".")[0].lower()
    first = plain.replace(":", "-").replace("_", "-").split("-")
    return first[0] in ("deploy", "deployment") or "deploy" in first


def environments(command: "Command") -> "tuple[bool, bool]":
    """(whether a command names production, whether it names another environment)."""
    words: "set[str]" = set()
    for text in (*[arg.shown for arg in command.argv], *[f"{name}={value.shown}" for name, value in command.env.items()]):
        words.update(split_words(text))
    return not words.isdisjoint(_PRODUCTION), not words.isdisjoint(_OTHERS)


def split_words(text: str) -> "set[str]":
    """The words of a name: prod-db.example.com -> prod, db, example, com."""
    return set("".join([c if c.isalnum() else " " for c in text.lower()]).split())


def is_production(name: str) -> bool:
    """Whether a target is the production environment."""
    return not split_words(name).isdisjoint(_PRODUCTION)


# ---- git -------------------------------------------------------------------------------------------------------------------


# Subcommands of git that record, send and join nothing.
_NO_STEPS = frozenset(
    """status diff log show blame grep ls-files ls-tree rev-parse describe cat-file merge-base rev-list show-ref add stage rm mv
restore checkout switch stash reset clean fetch branch tag remote config init clone notes reflog apply help version""".split()
)


class Step:
    """A step of git. act: "push", "commit", "merge" or "rebase".  branches: those it acts on ("*": all; "?": not told).
    forced: whether a push overwrites.  names: its other operands, such as the remote."""

    __slots__ = ("act", "branches", "forced", "names")

    def __init__(self, act: str, branches: "list[str]", forced: bool, names: "list[str]") -> None:
        self.act, self.branches, self.forced, self.names = act, branches, forced, names


def git_steps(command: "Command", line: "Line") -> "list[Step]":
    """What a command records, sends or joins."""
    program = command.program
    if program in ("gh", "glab", "hub"):
        steps = _steps(command)
        if steps[:2] in (["pr", "merge"], ["mr", "merge"]):
            return [Step("merge", ["?"], False, steps[2:])]
        return []
    if program in ("hg", "svn", "jj"):
        act = {"push": "push", "commit": "commit", "ci": "commit", "merge": "merge", "rebase": "rebase"}.get((_steps(command) or [""])[0])
        return [Step(act, ["?"], command.has_flag("f", "--force"), _steps(command)[1:])] if act else []
    if program != "git" and not program.startswith("git-"):
        return []
    if _steps_of_git(command)[:1] and _steps_of_git(command)[0] in _NO_STEPS:
        return []
    from holdfast.guard.packs.git import read

    git = read(command, line)
    name = git.name
    if git.has("dry-run", "help", "abort", "quit"):
        return []
    here = _current(command, line)
    texts = [arg.shown for arg in git.all]
    if name == "push" or name in ("subtree", "lfs", "svn") and texts[:1] in (["push"], ["dcommit"]):
        if name == "push" and git.has("delete"):
            return [Step("push", texts[1:], True, texts[:1])]
        forced = git.has("force", "force-with-lease", "mirror") or any([text[:1] == "+" for text in texts])
        if git.has("all", "branches", "mirror"):
            return [Step("push", ["*"], forced, texts[:1])]
        specs = texts[1:]
        branches = [
            _branch(spec, here)
            for spec in specs
            if not spec.lstrip("+").partition(":")[2].startswith("refs/tags/") and not spec.startswith(("refs/tags/", "tag "))
        ]
        if not specs and not git.has("tags"):
            branches = [here or "?"]
        return [Step("push", branches, forced, texts[:1])]
    if name in ("commit", "commit-tree"):
        return [Step("commit", [here or "?"], False, texts)]
    if name in ("cherry-pick", "revert", "am"):
        return [] if git.has("no-commit", "n") else [Step("commit", [here or "?"], False, texts)]
    if name == "merge":
        return [Step("merge", [here or "?"], False, texts)]
    if name == "rebase" or name == "pull" and git.has("rebase", "r"):
        return [Step("rebase", [here or "?"], False, texts)]
    return []


def rewrites(command: "Command", line: "Line") -> str:
    """Whether a command changes commits that are there, in words."""
    if command.program in ("git-filter-repo", "bfg"):
        return "would rewrite the history"
    if command.program != "git":
        return ""
    from holdfast.guard.packs.git import read

    git = read(command, line)
    if git.has("dry-run", "abort", "quit", "help"):
        return ""
    forced = git.name == "push" and (git.has("force", "force-with-lease", "mirror") or any([arg.shown[:1] == "+" for arg in git.all]))
    moved = (
        git.name == "reset"
        and not git.paths
        and any([arg.shown not in ("HEAD", "@") and ("~" in arg.shown or "^" in arg.shown) for arg in git.operands])
    )
    if (
        forced
        or moved
        or git.name in ("rebase", "filter-branch", "filter-repo", "replace")
        or git.name == "commit"
        and git.has("amend", "fixup", "squash")
    ):
        return "would rewrite the history"
    return ""


def _branch(spec: str, here: str) -> str:
    """The remote branch that a refspec writes."""
    source, colon, target = spec.lstrip("+").partition(":")
    name = (target if colon else source).removeprefix("refs/heads/")
    if name in ("HEAD", "@"):
        return here or "?"
    return name if "$" not in name else "?"


def _current(command: "Command", line: "Line") -> str:
    """The branch that is checked out when the command runs: by the text before it, else by the repository. "" when not told."""
    found = ""
    for other in line.commands:
        if other is command:
            break
        if other.program == "git":
            steps = _steps_of_git(other)
            if steps[:1] in (["checkout"], ["switch"]) and "--" not in other.words:
                made = (
                    other.flag_value("-b", "-B", "-c", "-C", "--create", "--orphan")
                    if steps[0] == "checkout" or not other.words[0] == "-C"
                    else None
                )
                name = made.shown if made is not None else (steps[1] if len(steps) == 2 else "")
                found = name if name and "." not in name.rpartition("/")[2] else found
    if found:
        return found
    where = command.cwd
    folder = command.flag_value("-C") if command.words[:1] == ["-C"] else None
    if folder is not None and folder.known and where:
        where = folder.value if (folder.value or "")[:1] == "/" else f"{where}/{folder.value}"
    return line.world.disk.branch(where) if line.world.disk is not None and where else ""


def _steps_of_git(command: "Command") -> "list[str]":
    view = command.sub("-C -c --git-dir --work-tree")
    return [view.program, *[arg.shown for arg in view.operands("-b -B -c -C --orphan --conflict")]] if view.program else []


# ---- hosts -----------------------------------------------------------------------------------------------------------------


def hosts_of(command: "Command") -> "Iterator[str]":
    """The hosts that a command reaches, by name, lower case; what only the run will tell as it is written."""
    from holdfast.guard.packs.egress import in_code, reached

    for shown, host in reached(command):
        yield host.name if host is not None else shown.lower()
    for _, host in in_code(command):
        yield host.name
    for name, value in command.env.items():
        if name in ("PGHOST", "MYSQL_HOST", "DATABASE_URL", "REDIS_URL", "MONGO_URL", "DOCKER_HOST"):
            yield value.shown.lower()


def host_is(given: str, wanted: str) -> bool:
    """Whether a host is the one a person named: itself or below it; a bare word ("staging") is one of the parts of its name."""
    plain = wanted.lower().strip("`'\"").partition("://")[2] or wanted.lower().strip("`'\"")
    plain = plain.partition("/")[0].partition(":")[0].rpartition("@")[2].removeprefix("*.")
    if "." in plain:
        return given == plain or given.endswith("." + plain)
    wanted_words = split_words(plain) - {
        "server",
        "servers",
        "host",
        "hosts",
        "machine",
        "environment",
        "env",
        "cluster",
        "db",
        "database",
        "the",
        "box",
    } or split_words(plain)
    mine = split_words(given)
    if not wanted_words.isdisjoint(_PRODUCTION):
        wanted_words = wanted_words - set(_PRODUCTION)
        return not mine.isdisjoint(_PRODUCTION) and wanted_words <= mine
    return bool(wanted_words) and wanted_words <= mine
