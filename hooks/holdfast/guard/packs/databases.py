"""What databases lose for good: statements given to a client, administration commands, and the tools that wipe a schema."""

from holdfast.guard.languages.sql import losses
from holdfast.guard.packs import any_of, leads, shown, when, words
from holdfast.guard.paths import is_temporary, resolve
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line
    from holdfast.guard.packs import Ask

_CLIENTS = (
    "psql mysql mariadb sqlite3 sqlite duckdb clickhouse clickhouse-client sqlcmd cqlsh snowsql snow bq cockroach pgcli mycli litecli "
    "usql isql tsql sqlplus sqlplus64 db2 trino presto beeline hive impala-shell spark-sql influx vsql ysqlsh ycqlsh mysqlsh mssql-cli "
    "turso wrangler heroku gcloud aws supabase pscale osql rqlite databricks"
)
# Programs that do much else, and the subcommands with which they take SQL.
_GENERAL = ("heroku", "gcloud", "aws", "supabase", "wrangler", "turso", "databricks", "bq", "snow")
_SQL_WORDS = frozenset(
    "execute-sql execute-statement batch-execute-statement start-query-execution pg:psql execute shell sql query psql".split()
)
_FILES = ("sqlite3", "sqlite", "duckdb", "litecli")
_VALUES = (
    "-h -p -U -d -v -o -F -R -P -T -L -u -D -S -e -c -H -i --host --port --username --dbname --user --database --socket --command "
    "--execute --query -q -Q -f --file --set --output --password --separator -cmd -init"
)
_STARTS = (
    "DROP",
    "TRUNCATE",
    "DELETE",
    "UPDATE",
    "ALTER",
    "WITH",
    "GRANT",
    "CREATE",
    "BEGIN",
    "START",
    "DO",
    "EXEC",
    "EXECUTE",
    "COPY",
    "\\COPY",
    "PURGE",
    "RESET",
    "SELECT",
    "USE",
    "SET",
    "EXPLAIN",
    "SHUTDOWN",
    "CALL",
    "DECLARE",
)

_last: "list[tuple[Command, list[tuple[str, str]]]]" = []  # every pattern asks about the same command in turn


def _lost(command: "Command", line: "Line") -> "list[tuple[str, str]]":
    """What the SQL given to a client loses; nothing in a database that is there to be thrown away."""
    if _last and _last[0][0] is command:
        return _last[0][1]
    found: "list[tuple[str, str]]" = []
    if not command.has_flag("--help", "--dry-run", "--dry_run"):
        mysql = command.program in ("mysql", "mariadb", "mycli")
        for text in sql_texts(command):
            # A text of the shell keeps the backslash of a newline that a double-quoted string could not hold.
            found += losses(text.replace("\\n", "\n") if command.program == "bq" else text, mysql)
        if found and _throwaway(command, line):
            found = []
        found = [loss for loss in found if not (loss[0] == "database" and _is_test(loss[1]))]
    _last[:] = [(command, found)]
    return found


def sql_texts(command: "Command") -> "Iterator[str]":
    """The SQL texts: what is given as code, on standard input, or as an argument of several words that begins like a statement."""
    if command.program in _GENERAL and not any(word in _SQL_WORDS for word in words(command)):
        return
    seen: "set[str]" = set()
    for arg in command.args:
        text = arg.shown
        if text.startswith("--") and "=" in text:
            text = text.partition("=")[2]
        elif text[:1] == "-" and len(text) > 2 and text[1] != "-":
            text = text[2:]
        parts = text.lstrip(" \n\t(;").split(None, 1)
        starts = parts and (parts[0].upper().rstrip(";") in _STARTS or parts[0][:2] in ("--", "/*") or "/*" in parts[0] or ";" in text)
        if starts and (len(parts) > 1 or "/*" in text) and text not in seen:
            seen.add(text)
            yield text
    for code in command.code:
        if code.language == "sql" and code.origin != "file" and code.text is not None and code.text.shown not in seen:
            seen.add(code.text.shown)
            yield code.text.shown
    if command.stdin is not None and command.stdin.shown not in seen:
        yield command.stdin.shown


def _throwaway(command: "Command", line: "Line") -> bool:
    """True for an in-memory or temporary SQLite file, and for a database whose name says test."""
    if command.program in _FILES:
        given = [arg for arg in command.operands(_VALUES) if " " not in arg.shown]
        if not given:
            return True
        path = resolve(given[0], command, line.world)
        return given[0].shown in (":memory:", "") or bool(path and is_temporary(path, line.world)) or _is_test(given[0].shown)
    named = command.flag_value("-d", "--dbname", "--database") if command.program != "mysql" else command.flag_value("-D", "--database")
    names = [named] if named is not None else [a for a in command.operands(_VALUES) if " " not in a.shown][:1]
    text = " ".join(arg.shown for arg in command.args)
    return bool(names) and _is_test(names[0].shown) and "prod" not in text.lower() and "\\c " not in text


def _is_test(name: str) -> bool:
    """True for a database name that says test: app_test, test.db, postgres://localhost/shop_test?x."""
    last = name.partition("?")[0].rstrip("/").rpartition("/")[2].lower()
    stem = last.rpartition(".")[0] if last.endswith((".db", ".sqlite", ".sqlite3", ".duckdb")) else last
    return (
        stem in ("test", "tests", "testing", "scratch", "tmp", "temp")
        or stem.startswith(("test_", "test-", "tmp_", "temp_"))
        or stem.endswith(("_test", "-test", "_tests", "_testing", "_tmp"))
    )


def _sql(kind: str, says: str) -> "Ask":
    """A test for one kind of loss."""

    def test(command: "Command", line: "Line") -> "str | None":
        found = next((name for lost, name in _lost(command, line) if lost == kind), None)
        return None if found is None else f"`{shown(command)}` {says}{' ' + found if found else ''}"

    return test


# ---- key-value and document stores ---------------------------------------------------------------------------------

_REDIS = "-h -p -a -n -u -i -r -s --user --pass --cert --key --cacert"


def _redis(*commands: str) -> "Ask":
    """A test for a Redis command, given as arguments or on standard input."""
    routes = [[[word] for word in told.split()] for told in commands]

    def test(command: "Command", line: "Line") -> "str | None":
        told = [words(command, _REDIS)]
        if command.stdin is not None:
            told += [row.split() for row in command.stdin.shown.splitlines()]
        asked = [[word.upper() for word in given] for given in told]
        script = next((given[1] for given in asked if given[:1] == ["EVAL"] and len(given) > 1), "")
        inside = any(path.split()[0] in script for path in commands if "FLUSH" in path)
        found = (inside or any(leads(route, given) for route in routes for given in asked)) and not command.has_flag("--help")
        return f"`{shown(command)}` empties, stops or takes over the server" if found else None

    return test


def _redis_many(command: "Command", line: "Line") -> "str | None":
    given = [word.upper() for word in words(command, _REDIS)]
    many = command.open_ended or any(arg.split for arg in command.args)
    return f"`{shown(command)}` deletes every key that a pattern finds" if given[:1] in (["DEL"], ["UNLINK"]) and many else None


def _eval(command: "Command") -> str:
    """The script given to a Mongo shell, without what stands between quotes and blanks."""
    texts = [code.text.shown for code in command.code if code.origin != "file" and code.text is not None]
    if command.stdin is not None:
        texts.append(command.stdin.shown)
    named = command.flag_value("--eval")
    if named is not None:
        texts.append(named.shown)
    return "".join("\n".join(texts).split())


def _mongo_drop(command: "Command", line: "Line") -> "str | None":
    text = _eval(command)
    gone = (
        ".dropDatabase(" in text
        or ".drop(" in text
        or ".dropUser(" in text
        or ".dropAllUsers" in text
        or "dropDatabase:1" in text
        or ".dropCollection(" in text
        or "shutdownServer(" in text
        or "{shutdown:" in text
        or "adminCommand('shutdown" in text
        or "{drop:" in text
    )
    return f"`{shown(command)}` drops a database or collection" if gone and not _test_mongo(command) else None


def _mongo_delete(command: "Command", line: "Line") -> "str | None":
    text = _eval(command)
    gone = any(
        call in text
        for call in (
            ".deleteMany({})",
            ".deleteMany()",
            ".remove({})",
            ".remove()",
            ".deleteMany({},",
            ".remove({},",
            ".updateMany({},",
            ".update({},",
            ".bulkWrite([{deleteMany:{filter:{}",
        )
    )
    return f"`{shown(command)}` deletes or changes every document" if gone and not _test_mongo(command) else None


def _test_mongo(command: "Command") -> bool:
    return any(_is_test(arg.shown) for arg in command.operands("--eval --host --port -u -p --username --password")[:1])


def _memcached(command: "Command", line: "Line") -> "str | None":
    told = command.stdin.shown.lower() if command.stdin is not None else ""
    return f"`{shown(command)}` empties the cache server" if told.lstrip().startswith(("flush_all", "flushall", "flushdb")) else None


_WIPING = (
    ".drop_all(",
    ".flushall(",
    ".flushdb(",
    ".flushAll(",
    ".drop_database(",
    ".dropDatabase(",
    ".delete_many({})",
    ".deleteMany({})",
    ".objects.all().delete()",
    ".dropSchema(",
    ".drop_collection(",
    ".sync({force:true})",
    ".dropAllTables(",
    ".truncateAll(",
)
_RUNNING = (
    "execute(",
    "executescript(",
    "executemany(",
    "query(",
    "exec(",
    "text(",
    "raw(",
    "executeUpdate(",
    "exec_query(",
    "do(",
    "unsafe(",
)


def _programmed(command: "Command", line: "Line") -> "str | None":
    for code in command.code:
        text = code.text.shown if code.text is not None and code.origin != "file" else ""
        if not text or ":memory:" in text or "/tmp/" in text or "test.db" in text:
            continue
        plain = text.replace(" ", "")
        if any(call in plain for call in _WIPING) or any(losses(told) for told in _executed(text)):
            return f"`{shown(command)}` wipes data"
    return None


def _executed(text: str) -> "Iterator[str]":
    """The literal texts that a program hands to execute, query, exec or the like."""
    for call in _RUNNING:
        at = text.find(call)
        while at >= 0:
            rest = text[at + len(call) :].lstrip(" \n\tfrbFRB")
            quote = rest[:3] if rest[:3] in ('"""', "'''") else rest[:1]
            if quote[:1] in ("'", '"', "`"):
                end = rest.find(quote, len(quote))
                yield rest[len(quote) : end if end >= 0 else len(rest)]
            at = text.find(call, at + 1)


def _cypher(command: "Command", line: "Line") -> "str | None":
    texts = [arg.shown for arg in command.args] + ([command.stdin.shown] if command.stdin is not None else [])
    for text in texts:
        plain = " ".join(text.upper().split())
        if "DETACH DELETE" in plain and " WHERE " not in plain and "{" not in plain and ":" not in plain or "DROP DATABASE" in plain:
            return f"`{shown(command)}` deletes the whole graph"
    return None


# ---- tools that wipe a schema --------------------------------------------------------------------------------------


def _in_test(command: "Command") -> bool:
    """True when the command's environment says that the test database is meant."""
    for name in ("RAILS_ENV", "RACK_ENV", "MIX_ENV", "APP_ENV", "NODE_ENV", "DJANGO_ENV", "ENV"):
        value = command.env.get(name)
        if value is not None and value.shown in ("test", "testing"):
            return True
    named = command.flag_value("--env", "-e")
    return (
        named is not None
        and named.shown in ("test", "testing")
        or any(arg.shown in ("RAILS_ENV=test", "RACK_ENV=test") for arg in command.args)
    )


def _wipes(paths: str, with_value: str = "", needs: str = "", unless: str = "") -> "Ask":
    ask = when(paths, "wipes the database", with_value, needs, unless)

    def test(command: "Command", line: "Line") -> "str | None":
        found = ask(command, line)
        return None if found is None or _in_test(command) else f"{found}"

    return test


def _django(command: "Command", line: "Line") -> "str | None":
    given = words(command, "-W -X --settings --database")
    if command.program.startswith("python"):
        given = given[1:] if given and given[0].rpartition("/")[2] == "manage.py" else given if given and "django" in given else []
    if not given or command.has_flag("--help") or _in_test(command):
        return None
    gone = (
        given[0] in ("flush", "reset_db", "sqlflush_all", "drop_test_database_all", "delete_all", "clear_database")
        or given[0] == "migrate"
        and "zero" in given
    )
    if given[0] in ("shell", "shell_plus"):
        code = "".join(arg.shown for arg in command.args) + (command.stdin.shown if command.stdin is not None else "")
        gone = ".objects.all().delete()" in code.replace(" ", "")
    if given[0] == "dbshell":
        gone = any(losses(text) for text in sql_texts(command))
    return f"`{shown(command)}` deletes the rows of every table" if gone else None


_RAILS = (
    "db:drop",
    "db:drop:all",
    "db:reset",
    "db:reset:all",
    "db:migrate:reset",
    "db:purge",
    "db:purge:all",
    "db:truncate_all",
    "db:seed:replant",
    "db:schema:load",
    "db:structure:load",
    "db:rebuild",
    "db:wipe",
    "db:nuke",
    "db:clean",
    "db:setup:all",
)


def _rails(command: "Command", line: "Line") -> "str | None":
    given = words(command, "-f -C -I -r -e --environment")
    gone = next((word for word in given if word.partition("[")[0] in _RAILS), None)
    if given[:1] in (["runner"], ["r"]):
        code = "".join(arg.shown for arg in command.args)
        gone = next(
            (call for call in (".delete_all", ".destroy_all", "drop_table", ".truncate") if call in code and ".where" not in code), None
        )
    if not gone or _in_test(command) or command.has_flag("-T", "--tasks", "--dry-run", "--help", "--describe", "-P", "--prereqs"):
        return None
    return f"`{shown(command)}` wipes the database"


def _artisan(command: "Command", line: "Line") -> "str | None":
    given = words(command, "--env --database")
    if command.program == "php":
        given = given[1:] if given and given[0].rpartition("/")[2] in ("artisan", "console", "think", "spark", "please") else []
    elif command.program == "sail":
        given = given[1:] if given[:1] in (["artisan"], ["art"]) else []
    gone = given[:1] and given[0] in (
        "migrate:fresh",
        "migrate:reset",
        "migrate:refresh",
        "db:wipe",
        "doctrine:database:drop",
        "d:d:d",
        "doctrine:schema:drop",
        "d:s:d",
        "doctrine:fixtures:load",
        "d:f:l",
        "queue:flush",
        "migrate:rollback-all",
        "doctrine:mongodb:schema:drop",
        "orm:schema-tool:drop",
    )
    if given[:1] == ["tinker"]:
        code = "".join(arg.shown for arg in command.args).replace(" ", "").lower()
        gone = any(call in code for call in ("truncate(", "delete(", "dropifexists(", "schema::drop")) and "where(" not in code
    harmless = command.has_flag("--pretend", "--dump-sql", "--help", "--append") or _in_test(command)
    return f"`{shown(command)}` wipes the database" if gone and not harmless else None


def _liquibase(command: "Command", line: "Line") -> "str | None":
    given = [word.lower() for word in words(command)]
    gone = next(
        (
            word
            for word in given
            if word in ("clean", "flyway:clean", "flywayclean", "dropall", "drop-all", "liquibase:dropall", "drop-all-foreign-keys")
        ),
        None,
    )
    if command.program in ("mvn", "mvnw", "gradle", "gradlew") and gone in ("clean", "dropall", "drop-all"):
        gone = None
    return f"`{shown(command)}` drops everything in the schema" if gone and not command.has_flag("--help") else None


def _alembic(command: "Command", line: "Line") -> "str | None":
    given = words(command, "-c --config -n --name -x -A --app -d --directory")
    gone = (
        given[:2] == ["downgrade", "base"]
        or given[:3] == ["db", "downgrade", "base"]
        or given[:1] in (["drop-db"], ["drop_db"], ["reset-db"])
    )
    gone |= given[:2] == ["db", "drop"]
    return f"`{shown(command)}` drops every table" if gone and not command.has_flag("--sql", "--help") else None


def _dropdb(command: "Command") -> "str | None":
    given = words(
        command, "-h -U -u -P -S --host --port --username --user --maintenance-db --socket" + (" -p" if command.program == "dropdb" else "")
    )
    if command.has_flag("--help", "-V", "--version") or not given:
        return None
    if command.program in ("mysqladmin", "mariadb-admin"):
        gone = "shutdown" in given or "drop" in given[:-1] and not _is_test(given[-1])
        return f"`{shown(command)}` drops the database or stops the server" if gone else None
    return None if _is_test(given[0]) else f"`{shown(command)}` drops the database"


def _plain_use(command: "Command", says: str, *harmless: str) -> "str | None":
    """The program's ordinary use is the danger."""
    asked = command.has_flag("--help", "--version", "-V", *harmless) or not command.args and not command.open_ended
    return None if asked else f"`{shown(command)}` {says}"


def _restore(command: "Command") -> "str | None":
    database = command.flag_value("-d", "--dbname", "--nsInclude", "--db")
    over = command.has_flag("--drop") if command.program == "mongorestore" else command.has_flag("c", "--clean") and database is not None
    tested = database is not None and _is_test(database.shown)
    return (
        f"`{shown(command)}` drops what is there before it restores" if over and not tested and not command.has_flag("--dryRun") else None
    )


def _queue(command: "Command") -> "str | None":
    given = words(command, "-n -p -A --app -b --broker --node --bootstrap-server --topic --group -s --server -X --brokers")
    name = command.program.removesuffix(".sh")
    if name.startswith("kafka"):
        gone = (
            name == "kafka-delete-records"
            or command.has_flag("--delete", "--reset-offsets", "--delete-offsets")
            and (not command.has_flag("--reset-offsets") or command.has_flag("--execute"))
        )
    elif name == "rabbitmqctl":
        gone = bool(given) and given[0] in (
            "reset",
            "force_reset",
            "delete_queue",
            "purge_queue",
            "delete_vhost",
            "delete_user",
            "forget_cluster_node",
            "stop_app",
            "stop",
            "shutdown",
        )
    elif name == "rabbitmqadmin":
        gone = given[:1] in (["delete"], ["purge"])
    elif name == "celery":
        gone = "purge" in given[:2]
    else:
        gone = any(word in ("delete", "purge", "rm", "rmm", "trim-prefix", "truncate") for word in given[1:3])
    return f"`{shown(command)}` deletes messages or topics" if gone and not command.has_flag("--help") else None


_NODE_TOOLS = (
    "prisma sequelize sequelize-cli typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm knex mikro-orm drizzle-kit meteor medusa strapi"
)
_NODE = _wipes(
    "migrate reset|db:drop|db:migrate:undo:all|schema:drop|schema:fresh|database:drop|drop|reset|migrate:reset|migrate:down --all",
    "--schema --config -d --dataSource --knexfile",
)
_NODE_PUSH = _wipes("db push|push|schema:sync", "--schema --config -d", "--force-reset --accept-data-loss --force")
_NODE_BACK = _wipes("migrate:rollback", "--knexfile --env", "--all")


def _node(command: "Command", line: "Line") -> "str | None":
    if words(command)[:2] == ["db", "execute"] and command.stdin is not None and losses(command.stdin.shown):
        return f"`{shown(command)}` loses data"
    if command.program in ("pnpm", "yarn", "bun"):  # pnpm prisma ..., yarn sequelize ...
        command = command.sub()
        if command.program not in _NODE_TOOLS.split():
            return None
    return _NODE(command, line) or _NODE_PUSH(command, line) or _NODE_BACK(command, line)


_WORDPRESS = _wipes(
    "db reset,drop,clean|site empty,delete|sql:drop,sql-drop,site:install,site-install|sql:cli drop", "--path --url --uri -l -r"
)


def _wordpress(command: "Command", line: "Line") -> "str | None":
    return _WORDPRESS(command, line) if command.program in ("wp", "drush") else None


_MIGRATION = _wipes(
    "ecto.drop|ecto.reset|drop|drop-all|database drop,reset|migrate fresh,reset,refresh|ef database drop|schema clean|db drop,reset|"
    "revert|drop-site|reinstall|rel.drop|table drop|reset",
    "-u --url -d --migrations-dir -path -database --dsn --env -f -e --site",
)


def _migration(command: "Command", line: "Line") -> "str | None":
    name, given = command.program, words(command, "-dir -path -database -source --dir -u --url")
    if name == "goose":
        gone = given[-1:] == ["reset"] or given[-2:] == ["down-to", "0"]
    elif name == "migrate":
        gone = "drop" in given or "down" in given and command.has_flag("--all", "-all")
    elif name in ("dotnet", "dotnet-ef"):
        rest = given[1:] if name == "dotnet" and given[:1] == ["ef"] else given if name == "dotnet-ef" else []
        gone = rest[:2] == ["database", "drop"]
    elif name == "hasura":
        gone = given[:2] == ["migrate", "apply"] and command.has_flag("--down")
    elif name == "atlas":
        gone = given[:2] == ["schema", "clean"] or given[:2] == ["schema", "apply"] and command.has_flag("--auto-approve")
    else:
        return _MIGRATION(command, line)
    return (
        f"`{shown(command)}` wipes the database" if gone and not _in_test(command) and not command.has_flag("--help", "--dry-run") else None
    )


_ETCD = "--endpoints --cacert --cert --key --user --data-dir"
_BACKUP = "Take a backup first with `pg_dump -Fc shop -f shop.dump`, and leave the loss itself to a person."
_PERSON = "Leave this step to a person, and say in your report what should go and why."
_SEE = "See first which rows it would be with `psql -c 'select count(*) from orders where id = 1'`, and name them in WHERE."
_GONE = "The data is gone at once, and only a backup brings it back."
_DEV = "Name a throwaway database whose name ends in `_test`, or leave this to a person."

def _registry(command: "Command", line: "Line") -> "str | None":
    """What Kubernetes keeps in etcd: the secrets of every namespace, or everything."""
    words = [word or "" for word in command.words]
    whole = "--prefix" in words and "--keys-only" not in words and ("/" in words or "/registry" in words)
    wanted = whole or any(word.startswith("/registry/secrets") for word in words)
    return f"`{shown(command)}` reads the secrets of a cluster" if "get" in words and wanted else None


PACK = Pack(
    "databases",
    Pattern(
        code="DBS001",
        title="database dropped",
        programs=_CLIENTS,
        test=_sql("database", "drops the database or schema"),
        why=_GONE,
        instead=_BACKUP,
        blocks=(
            "psql -c 'DROP DATABASE shop'",
            "mysql -e 'drop schema shop'",
            "echo 'DROP DATABASE shop;' | mysql -uroot -psecret",
            "psql shop <<< 'drop schema public cascade; create schema public'",
            "mysql -uroot -p -e'DROP DATABASE shop'",
            "cqlsh -e 'DROP KEYSPACE shop'",
            "docker exec db psql -U app -c 'DROP DATABASE shop'",
        ),
        allows=(
            "psql -c 'CREATE DATABASE shop'",
            "psql -c \"select 'DROP DATABASE shop'\"",
            "psql -c 'DROP DATABASE IF EXISTS shop_test'",
            "grep 'DROP DATABASE' db.sql",
            "psql -l",
            "psql -f schema.sql",
        ),
    ),
    Pattern(
        code="DBS002",
        title="table dropped",
        programs=_CLIENTS,
        test=_sql("table", "drops the table"),
        why=_GONE,
        instead=_BACKUP,
        blocks=(
            "psql shop -c 'DROP TABLE IF EXISTS users CASCADE'",
            "sqlite3 app.db 'drop table users;'",
            "duckdb shop.duckdb -c 'DROP TABLE t'",
            "mysql shop <<EOF\nselect 1;\nDROP TABLE users;\nEOF",
            "sqlcmd -Q 'DROP TABLE dbo.users'",
            "bq query 'DROP TABLE shop.users'",
        ),
        allows=(
            "sqlite3 app.db '.tables'",
            "sqlite3 :memory: 'drop table x'",
            "psql -c '-- DROP TABLE users'",
            "psql app_test -c 'DROP TABLE x'",
            "psql -c 'DROP INDEX users_idx'",
            "sqlite3 /tmp/x.db 'drop table x'",
        ),
    ),
    Pattern(
        code="DBS003",
        title="table emptied by TRUNCATE",
        programs=_CLIENTS,
        test=_sql("truncate", "empties the table"),
        why=_GONE,
        instead=_BACKUP,
        blocks=(
            "psql -c 'TRUNCATE users, orders CASCADE'",
            "mysql shop -e 'truncate table users'",
            "clickhouse-client -q 'TRUNCATE TABLE t'",
        ),
        allows=(
            "psql -c \"select date_trunc('day', now())\"",
            "mysql -e 'select truncate(1.234, 1)'",
            "psql -c 'select 1' # TRUNCATE users",
        ),
    ),
    Pattern(
        code="DBS004",
        title="DELETE of every row",
        programs=_CLIENTS,
        test=_sql("delete", "deletes every row of"),
        why=_GONE,
        instead=_SEE,
        blocks=(
            "psql -c 'DELETE FROM users'",
            "sqlite3 app.db 'delete from users where 1=1'",
            "mysql -e 'DELETE FROM users; -- where id=1' shop",
            "psql -c 'WITH x AS (SELECT id FROM b WHERE y) DELETE FROM users'",
        ),
        allows=(
            "psql -c 'DELETE FROM users WHERE id = 4'",
            "psql -c 'BEGIN; DELETE FROM users; ROLLBACK'",
            "psql -c 'EXPLAIN DELETE FROM users'",
            "mysql -e \"select 'delete from users'\"",
            "psql -c 'WITH x AS (SELECT 1 id) DELETE FROM users WHERE id IN (SELECT id FROM x)'",
        ),
    ),
    Pattern(
        code="DBS005",
        title="UPDATE of every row",
        programs=_CLIENTS,
        test=_sql("update", "changes every row of"),
        why="The values that were there are gone, and only a backup brings them back.",
        instead=_SEE,
        blocks=(
            "psql -c 'UPDATE users SET admin = true'",
            "mysql shop -e \"update users set note = 'where'\"",
            "sqlite3 app.db 'UPDATE users SET x = (SELECT 1 FROM t WHERE y)'",
        ),
        allows=(
            "psql -c 'UPDATE users SET admin = true WHERE id = 4'",
            "psql -c 'SELECT * FROM users FOR UPDATE'",
            "psql -c 'INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET x = 2'",
        ),
    ),
    Pattern(
        code="DBS006",
        title="column dropped",
        programs=_CLIENTS,
        test=_sql("column", "drops a column of"),
        why=_GONE,
        instead=_BACKUP,
        blocks=("psql -c 'ALTER TABLE users DROP COLUMN email'", "mysql shop -e 'alter table users drop email'"),
        allows=(
            "psql -c 'ALTER TABLE users DROP CONSTRAINT users_fk'",
            "psql -c 'ALTER TABLE users ALTER COLUMN a DROP NOT NULL'",
            "psql -c 'ALTER TABLE users ADD COLUMN dropped int'",
        ),
    ),
    Pattern(
        code="DBS007",
        title="database user dropped",
        programs=_CLIENTS,
        test=_sql("role", "drops the user"),
        why="Applications that log in with it stop working.",
        instead=_PERSON,
        blocks=("psql -c 'DROP ROLE app'", "mysql -e \"DROP USER 'app'@'%'\""),
        allows=("psql -c '\\du'", "psql -c 'CREATE ROLE app LOGIN'"),
    ),
    Pattern(
        code="DBS008",
        title="database rights given away",
        programs=_CLIENTS,
        test=_sql("rights", "gives far-reaching rights to"),
        why="Whoever has that login then owns every database of the server, and often its files.",
        instead="Grant what is needed on one schema: `psql -c 'GRANT SELECT ON orders TO app'`.",
        blocks=(
            "psql -c 'ALTER ROLE app SUPERUSER'",
            "mysql -e \"GRANT ALL PRIVILEGES ON *.* TO 'app'@'%'\"",
            "psql -c 'CREATE USER x SUPERUSER'",
        ),
        allows=(
            "psql -c 'GRANT SELECT ON users TO app'",
            "mysql -e \"GRANT ALL ON shop.* TO 'app'@'localhost'\"",
            "psql -c 'ALTER ROLE app LOGIN'",
        ),
    ),
    Pattern(
        code="DBS009",
        title="SQL that runs programs or reaches files",
        programs=_CLIENTS,
        test=_sql("program", "makes the server run or reach"),
        why="The database server then runs programs or reads and writes files with its own rights.",
        instead="Read or write the file from here, as in `psql -c '\\copy orders to orders.csv csv'`.",
        blocks=(
            "psql -c \"COPY t FROM PROGRAM 'id'\"",
            "sqlcmd -Q \"EXEC xp_cmdshell 'whoami'\"",
            "mysql -e \"select load_file('/etc/passwd')\"",
            "mysql -e \"select 'x' into outfile '/var/www/x.php'\"",
        ),
        allows=('psql -c "COPY t FROM STDIN"', "psql -c '\\copy t to out.csv csv'", "mysql -e \"select 'xp_cmdshell'\""),
    ),
    Pattern(
        code="DBS010",
        title="database log purged or server stopped",
        programs=_CLIENTS,
        test=_sql("log", "takes away the way back:"),
        why="The logs are what replicas and recovery to a point in time live on.",
        instead="Look first with `mysql -e 'SHOW BINARY LOGS'`.",
        blocks=("mysql -e 'PURGE BINARY LOGS BEFORE NOW()'", "mysql -e 'RESET MASTER'", "mysql -e 'SHUTDOWN'"),
        allows=("mysql -e 'SHOW BINARY LOGS'", "mysql -e 'FLUSH PRIVILEGES'", "mysql -e 'RESET QUERY CACHE'"),
    ),
    Pattern(
        code="DBS011",
        title="database dropped by a command",
        programs="dropdb mysqladmin mariadb-admin pg_dropcluster",
        test=lambda command, line: _dropdb(command),
        why=_GONE,
        instead=_BACKUP,
        blocks=(
            "dropdb shop",
            "sudo -u postgres dropdb --if-exists shop",
            "mysqladmin -u root -p drop shop",
            "mysqladmin -f drop shop",
            "pg_dropcluster --stop 15 main",
            "mysqladmin shutdown",
        ),
        allows=(
            "createdb shop",
            "dropdb --help",
            "dropdb shop_test",
            "mysqladmin status",
            "mysqladmin create shop",
            "dropdb --if-exists test",
        ),
    ),
    Pattern(
        code="DBS012",
        title="database user dropped by a command",
        programs="dropuser",
        test=lambda command, line: _plain_use(command, "drops a login"),
        why="Applications that log in with it stop working.",
        instead=_PERSON,
        blocks=("dropuser app", "sudo -u postgres dropuser --if-exists app"),
        allows=("createuser app", "dropuser --help"),
    ),
    Pattern(
        code="DBS013",
        title="restore over a database",
        programs="pg_restore mongorestore",
        test=lambda command, line: _restore(command),
        why="What is there now is dropped before the dump is read.",
        instead="Restore into a new one: `pg_restore -d shop_restored shop.dump`.",
        blocks=("pg_restore --clean -d shop shop.dump", "pg_restore -c -d shop shop.dump", "mongorestore --drop dump"),
        allows=(
            "pg_restore -d shop_new shop.dump",
            "pg_restore -l shop.dump",
            "mongorestore dump",
            "pg_restore -c -d shop_test shop.dump",
            "pg_restore --clean -f out.sql shop.dump",
        ),
    ),
    Pattern(
        code="DBS014",
        title="Redis emptied",
        programs="redis-cli valkey-cli keydb-cli redli",
        test=_redis("FLUSHALL", "FLUSHDB", "SHUTDOWN", "SCRIPT FLUSH", "DEBUG"),
        why=_GONE,
        instead="Delete the keys you mean by name: `redis-cli del session:1`.",
        blocks=(
            "redis-cli FLUSHALL",
            "redis-cli -h cache -n 3 flushdb async",
            "echo FLUSHALL | redis-cli",
            "docker exec r redis-cli flushall",
            "redis-cli shutdown nosave",
        ),
        allows=(
            "redis-cli get FLUSHALL",
            "redis-cli ping",
            "redis-cli set a flushall",
            "redis-cli --scan --pattern 'x*'",
            "redis-cli del a",
        ),
    ),
    Pattern(
        code="DBS015",
        title="Redis taken over",
        programs="redis-cli valkey-cli keydb-cli",
        test=_redis(
            "CONFIG SET",
            "REPLICAOF",
            "SLAVEOF",
            "MODULE LOAD",
            "MODULE LOADEX",
            "ACL SETUSER",
            "ACL DELUSER",
            "CLUSTER RESET",
            "CONFIG REWRITE",
        ),
        why="Writing the dump where a key or script belongs, or following another server, hands the machine over.",
        instead="Read the setting with `redis-cli config get maxmemory`, and have a person change it.",
        blocks=("redis-cli config set dir /root/.ssh", "redis-cli -h r slaveof 192.0.2.1 6379", "redis-cli MODULE LOAD /tmp/x.so"),
        allows=("redis-cli config get dir", "redis-cli info replication", "redis-cli hset config set 1"),
    ),
    Pattern(
        code="DBS016",
        title="Redis keys deleted by pattern",
        programs="redis-cli valkey-cli keydb-cli",
        test=_redis_many,
        why=_GONE,
        instead="List them first with `redis-cli --scan --pattern 'session:*'`.",
        blocks=("redis-cli --scan --pattern 'a*' | xargs redis-cli del", "redis-cli del $(redis-cli keys '*')"),
        allows=("redis-cli del session:1", "redis-cli --scan --pattern 'a*'", "redis-cli keys '*'"),
    ),
    Pattern(
        code="DBS017",
        title="Mongo database or collection dropped",
        programs="mongosh mongo",
        test=_mongo_drop,
        why=_GONE,
        instead="Take a backup first with `mongodump --db shop`, and leave the loss itself to a person.",
        blocks=(
            "mongosh shop --eval 'db.dropDatabase()'",
            "mongo --eval 'db.users.drop()' shop",
            "mongosh shop <<< 'db.users.drop()'",
            "echo 'db.dropDatabase()' | mongosh shop",
        ),
        allows=(
            "mongosh shop --eval 'db.users.find()'",
            "mongosh shop_test --eval 'db.dropDatabase()'",
            "mongosh --eval 'db.users.dropIndex(1)' shop",
        ),
    ),
    Pattern(
        code="DBS018",
        title="Mongo documents deleted or changed in bulk",
        programs="mongosh mongo",
        test=_mongo_delete,
        why=_GONE,
        instead="Name them in the filter, and see how many with `mongosh shop --eval 'db.users.countDocuments({old: true})'`.",
        blocks=(
            "mongosh shop --eval 'db.users.deleteMany({})'",
            "mongosh shop --eval 'db.users.updateMany( {}, {$set: {a: 1}})'",
            "mongo shop --eval 'db.users.remove({ })'",
        ),
        allows=("mongosh shop --eval 'db.users.deleteMany({old: true})'", "mongosh shop --eval 'db.users.find({})'"),
    ),
    Pattern(
        code="DBS019",
        title="etcd keys deleted",
        programs="etcdctl etcdutl",
        test=any_of(
            when("del,rm", "deletes the state that a cluster lives on", _ETCD, "--prefix --from-key r --recursive"),
            when(
                "del * *|snapshot restore|member remove|auth disable|user,role delete|rmdir",
                "deletes the state that a cluster lives on",
                _ETCD,
            ),
            _registry,
        ),
        why="A cluster keeps all it knows there.",
        instead="Save it first with `etcdctl snapshot save etcd.db`.",
        blocks=("etcdctl del '' --prefix", "ETCDCTL_API=3 etcdctl --endpoints=x del /registry --prefix", "etcdctl member remove 1"),
        allows=(
            "etcdctl get /a --prefix",
            "etcdctl del /shop/lock",
            "etcdctl snapshot save e.db",
            "etcdctl member list",
            "etcdctl put del 1",
        ),
    ),
    Pattern(
        code="DBS020",
        title="time series deleted",
        programs="influx influxd promtool",
        test=when(
            "delete|bucket,org,user,auth,task,dashboards,backup delete|restore",
            "deletes measurements",
            "-o --org -t --token --host -b --bucket",
        ),
        why=_GONE,
        instead="See what is there with `influx bucket list`.",
        blocks=("influx delete --bucket b --start 1970-01-01T00:00:00Z --stop 2030-01-01T00:00:00Z", "influx bucket delete -n b"),
        allows=("influx bucket list", "influx query 'from(bucket:\"b\")'", "influx write -b delete 'a b=1'"),
    ),
    Pattern(
        code="DBS021",
        title="data lost by a program given on the command line",
        programs="python python3 node ruby perl php bun deno ts-node tsx",
        test=_programmed,
        why=_GONE,
        instead=_BACKUP,
        blocks=(
            "python -c \"import db; db.cursor().execute('DROP TABLE users')\"",
            "python3 -c 'from app import db; db.drop_all()'",
            "node -e \"db.query('DELETE FROM users')\"",
            'python3 - <<\'EOF\'\nconn.execute("""TRUNCATE users""")\nEOF',
            'python -c "import redis; redis.Redis().flushall()"',
        ),
        allows=(
            "python -c \"c.execute('SELECT 1')\"",
            "python -c \"print('DROP TABLE users')\"",
            "python -c \"import sqlite3; c = sqlite3.connect(':memory:'); c.execute('DROP TABLE x')\"",
            "node -e \"db.query('DELETE FROM users WHERE id = 1')\"",
        ),
    ),
    Pattern(
        code="DBS022",
        title="queue or topic deleted",
        programs="rabbitmqctl rabbitmqadmin kafka-topics kafka-topics.sh kafka-delete-records "
        "kafka-delete-records.sh kafka-consumer-groups kafka-consumer-groups.sh nats rpk pulsar-admin celery kcat",
        test=lambda command, line: _queue(command),
        why="Messages that nobody has handled yet are gone.",
        instead="Look first with `rabbitmqctl list_queues`.",
        blocks=(
            "rabbitmqctl force_reset",
            "rabbitmqctl delete_queue jobs",
            "kafka-topics --bootstrap-server k:9092 --delete --topic orders",
            "rpk topic delete orders",
            "nats stream purge ORDERS -f",
            "celery -A app purge -f",
        ),
        allows=("rabbitmqctl list_queues", "kafka-topics --list --bootstrap-server k:9092", "rpk topic list", "celery -A app worker"),
    ),
    Pattern(
        code="DBS023",
        title="Django database emptied",
        programs="python python3 django-admin manage.py django",
        test=_django,
        why=_GONE,
        instead=_DEV,
        blocks=(
            "python manage.py flush --no-input",
            "django-admin flush",
            "./manage.py reset_db",
            "python3 manage.py migrate shop zero",
            "docker compose exec web python manage.py flush --noinput",
            "python manage.py shell -c 'User.objects.all().delete()'",
        ),
        allows=(
            "python manage.py migrate",
            "python manage.py test",
            "python manage.py sqlflush",
            "python flush.py",
            "python manage.py shell -c 'print(1)'",
            "python manage.py flush --help",
        ),
    ),
    Pattern(
        code="DBS024",
        title="Rails database wiped",
        programs="rails rake",
        test=_rails,
        why=_GONE,
        instead=_DEV,
        blocks=(
            "rails db:drop",
            "bundle exec rake db:drop db:create",
            "bin/rails db:reset",
            "rails runner 'User.delete_all'",
            "RAILS_ENV=production rails db:schema:load",
        ),
        allows=(
            "rails db:migrate",
            "RAILS_ENV=test rails db:drop",
            "rake -T db:drop",
            "rails db:create",
            "rails db:test:prepare",
            "rails g x",
        ),
    ),
    Pattern(
        code="DBS025",
        title="database wiped by a Node tool",
        programs=f"{_NODE_TOOLS} pnpm yarn bun",
        test=lambda command, line: _node(command, line),
        why=_GONE,
        instead=_DEV,
        blocks=(
            "npx prisma migrate reset --force",
            "prisma db push --force-reset",
            "npx sequelize-cli db:drop",
            "npx typeorm schema:drop -d src/x.ts",
            "knex migrate:rollback --all",
            "npx mikro-orm schema:fresh",
            "prisma db push --accept-data-loss",
            "meteor reset",
        ),
        allows=(
            "npx prisma migrate dev",
            "npx prisma generate",
            "prisma db push",
            "knex migrate:rollback",
            "npx typeorm migration:run -d x",
            "sequelize db:migrate",
        ),
    ),
    Pattern(
        code="DBS026",
        title="database wiped by a PHP tool",
        programs="php artisan sail console drush wp",
        test=lambda command, line: _artisan(command, line) or _wordpress(command, line),
        why=_GONE,
        instead=_DEV,
        blocks=(
            "php artisan migrate:fresh --seed",
            "php artisan db:wipe --force",
            "./vendor/bin/sail artisan migrate:reset",
            "php bin/console doctrine:schema:drop --force",
            "bin/console doctrine:database:drop --force",
            "wp db reset --yes",
            "drush sql:drop -y",
        ),
        allows=(
            "php artisan migrate",
            "php artisan migrate:fresh --env=testing",
            "php artisan migrate:fresh --pretend",
            "wp db export",
            "php bin/console doctrine:schema:drop --dump-sql",
            "php artisan serve",
        ),
    ),
    Pattern(
        code="DBS027",
        title="schema dropped by a Java tool",
        programs="flyway liquibase mvn mvnw gradle gradlew",
        test=_liquibase,
        why=_GONE,
        instead=_DEV,
        blocks=("flyway clean", "flyway -url=jdbc:x clean migrate", "liquibase drop-all", "./mvnw flyway:clean", "gradle flywayClean"),
        allows=("flyway migrate", "mvn clean install", "./gradlew clean build", "flyway info", "liquibase update"),
    ),
    Pattern(
        code="DBS028",
        title="database wiped by a migration tool",
        programs="mix dbmate goose atlas sqlx diesel sea-orm-cli hasura migrate sqitch phinx "
        "dotnet dotnet-ef rel bench aerich tern soda buffalo yoyo piccolo masonite refinery",
        test=lambda command, line: _migration(command, line),
        why=_GONE,
        instead=_DEV,
        blocks=(
            "mix ecto.drop",
            "mix ecto.reset",
            "dbmate drop",
            "goose -dir db postgres $URL reset",
            "sqlx database drop -y",
            "diesel database reset",
            "migrate -path db -database $URL drop -f",
            "dotnet ef database drop --force",
            "atlas schema clean -u $URL --auto-approve",
        ),
        allows=(
            "mix ecto.migrate",
            "MIX_ENV=test mix ecto.reset",
            "dbmate up",
            "goose up",
            "sqlx migrate run",
            "dotnet ef database update",
            "migrate -path db -database $URL up",
            "dotnet build",
        ),
    ),
    Pattern(
        code="DBS029",
        title="every migration undone",
        programs="alembic flask",
        test=_alembic,
        why=_GONE,
        instead="Undo one step where you can go back: `alembic downgrade -1`.",
        blocks=("alembic downgrade base", "alembic -c a.ini downgrade base", "flask db downgrade base"),
        allows=("alembic upgrade head", "alembic downgrade -1", "alembic downgrade base --sql", "flask run", "flask db upgrade"),
    ),
    Pattern(
        code="DBS030",
        title="database files rewritten",
        programs="pg_resetwal pg_resetxlog myisamchk innochecksum mysql_install_db pg_createcluster",
        test=lambda command, line: _plain_use(command, "rewrites the server's own files", "-n"),
        why="Transactions are lost and the data may be inconsistent from then on.",
        instead="Copy the data folder first, and leave this to a person.",
        blocks=("pg_resetwal -f /var/lib/postgresql/15/main", "sudo pg_resetxlog -f data"),
        allows=("pg_resetwal -n data", "pg_resetwal --help"),
    ),
    Pattern(
        code="DBS031",
        title="cache server emptied",
        programs="nc ncat netcat telnet memcflush memflush",
        test=lambda command, line: (
            _memcached(command, line)
            or (_plain_use(command, "empties the cache server") if command.program in ("memcflush", "memflush") else None)
        ),
        why="Every client then asks the database at once, and sessions are lost.",
        instead="Delete the key you mean by name.",
        blocks=("echo flush_all | nc localhost 11211", "memcflush --servers=cache1"),
        allows=("echo stats | nc localhost 11211", "memcflush --help"),
    ),
    Pattern(
        code="DBS032",
        title="graph deleted",
        programs="cypher-shell neo4j-admin",
        test=lambda command, line: _cypher(command, line) or when("database delete,load", "replaces a database")(command, line),
        why=_GONE,
        instead="Count first with `cypher-shell 'MATCH (n) RETURN count(n)'`.",
        blocks=("cypher-shell 'MATCH (n) DETACH DELETE n'", "echo 'MATCH (n) DETACH DELETE n;' | cypher-shell -u neo4j"),
        allows=("cypher-shell 'MATCH (n) RETURN n'", "cypher-shell 'MATCH (n:Old {id: 1}) DETACH DELETE n'"),
    ),
)
