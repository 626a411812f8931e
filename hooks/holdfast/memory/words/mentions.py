"""Words -> the things they name: paths, globs, tables, databases, branches, hosts, commands, packages, identifiers, areas. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words import areas
from holdfast.memory.words.lexicon import ACT_ING, ACT_NOUNS, ORDERABLE
from holdfast.memory.words.passages import CODE, IDENTIFIER, PATHS, QUOTE, WEB

Target = tuple[str, str]

_EXCEPT = pattern(r"\b(?:except(?:ing)?(?: for)?(?: (?:in|on|the))?|other than|apart from|besides|aside from|excluding|but not|with the exception of|save for|bar|unless it's|unless it is|beyond|outside(?: of)?|but|außer|ausser|sauf|excepto|salvo|exceto|menos)\b(?=\s)")
_ONLY_EXCEPT = pattern(r"\b(?:except(?:ing)?(?: for)?|other than|apart from|besides|aside from|excluding|with the exception of|save for|bar|unless it's|unless it is|außer|ausser|sauf|excepto|salvo|exceto)\b(?=\s)")

_PROGRAMS = frozenset("""git npm npx yarn pnpm bun node python python3 pip pip3 pipx uv poetry cargo rustc go make cmake docker docker-compose podman kubectl helm terraform tofu pulumi ansible aws gcloud az gh glab psql mysql
    sqlite3 mongo mongosh redis-cli curl wget ssh scp rsync rm mv cp sudo apt apt-get brew yum dnf apk systemctl service chmod chown kill pkill killall dd mkfs crontab flyway alembic rails rake bundle gem composer php artisan mvn gradle
    ./gradlew gradlew dotnet swift flutter dart pytest tox jest vitest eslint prettier black ruff mypy sed awk find xargs tee cat bash sh zsh vercel netlify fly heroku firebase wrangler serverless sls cdk sam eksctl nx turbo lerna
    prisma sequelize knex drizzle-kit liquibase manage.py django-admin celery airflow dbt spark-submit hadoop twine npm-check ncu renovate semantic-release hg svn jj lein sbt mix elixir iex rustup nvm pyenv conda mamba truncate shred reboot
    shutdown poweroff iptables ufw mount umount fdisk nginx supervisorctl pm2 forever nohup screen tmux at watch goreleaser fastlane xcodebuild adb emulator deno tsc webpack vite rollup esbuild storybook cypress playwright""".split())
_COMMAND = pattern(r"(?<![\w/.-])(?:git (?:push|commit|merge|rebase|reset|stash|checkout|clean|add|tag|pull|fetch|restore|switch|branch|cherry-pick|revert|filter-branch|gc|reflog|rm|mv|clone|config|apply|am)"
                      r"|npm (?:publish|install|i|ci|update|audit|run|link|uninstall|version|test|start)|pnpm (?:install|add|publish|update|run)|yarn (?:add|install|publish|upgrade|remove|run)|pip3? (?:install|uninstall|download)"
                      r"|poetry (?:add|install|update|lock|publish)|uv (?:add|sync|lock|pip|publish)|cargo (?:publish|update|add|install|clean|fix)|terraform (?:apply|destroy|import|plan|init|state)|tofu (?:apply|destroy)"
                      r"|kubectl (?:apply|delete|exec|scale|drain|patch|edit|rollout|port-forward)|helm (?:install|upgrade|uninstall|delete|rollback)|docker (?:push|rm|rmi|run|build|compose|system prune|exec|login|prune|kill|stop)|docker-compose (?:up|down)"
                      r"|make (?:test|tests|check|lint|build|fmt|format|deploy|release|clean|install|publish|migrate|reset|dist|distclean|prod|all|upload|push|seed|db-reset)|brew (?:install|upgrade)|apt(?:-get)? (?:install|remove|upgrade|purge|update)|rails (?:db:\w+|generate)|rake db:\w+|gh (?:pr|release|repo) \w+"
                      r"|alembic (?:upgrade|downgrade|revision)|flyway (?:migrate|clean)|prisma (?:migrate|db push)|rm -\w+|go (?:get|install|mod tidy)|composer (?:update|install|require)|bundle (?:update|install)|twine upload|gem push|mvn (?:deploy|release)|systemctl (?:restart|stop|start|reload)"
                      r"|aws [a-z]\w+|gcloud [a-z]\w+|sudo|npx \w[\w-]*|chmod -R|crontab -\w)(?:[ ]+(?:--?[\w-]+(?:=\S+)?|/\S*))*(?![\w])")
_BARE_COMMANDS = pattern(r"(?<![\w/.\-])(?:sudo|curl|wget|ssh|scp|rsync|docker|kubectl|terraform|npm|npx|yarn|pnpm|pip|sed|psql|prettier|eslint|black|ruff|rm|pkill|killall|dd|chmod|chown|cron|crontab|ansible|helm|gcloud|aws|cargo|git|make|poetry|brew|apt|apt-get|systemctl|gofmt|isort|autopep8|pytest|tox|jest)(?![\w/.\-])")

_NAME = r"[a-z_][\w$-]*(?:\.[a-z_][\w$]*)?"
_TABLE = pattern(rf"(?:\b(?:tables?|tabellen?|tablas?|tabelas?)\s+(?:named\s+|called\s+)?(?P<after>{_NAME}(?:(?:\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor)\s+){_NAME})*)|(?<![\w$])(?!(?:on|in|to|from|of|the|any|a|an|no|into|against|for|this|that|each|every|all|other|ddl|dml|named|called)\b)(?P<before>{_NAME}(?:(?:\s*,\s*(?:and\s+|or\s+|nor\s+)?(?:the\s+)?|\s+(?:and|or|nor)\s+(?:the\s+)?){_NAME})*)[`\"'´]?\s+(?:db\s+|database\s+|sql\s+)?(?:tables?|relations?|collections?)\b)")
_FROM_TABLE = pattern(r"\b(?:from|into|against)\s+(?:the\s+)?(?P<name>[a-z_][\w$]*)(?=\s*(?:[.,;!)]|\Z|\b(?:or|and|directly|at all|in)\b))")
_DATABASE = pattern(rf"(?:\b(?:databases?|db|schema)\s+(?:named\s+|called\s+)?[`\"'](?P<after>{_NAME})[`\"']|(?P<before>{_NAME})[`\"'´]?\s+(?:databases?|dbs?|cluster|data ?base|db instance|rds)\b)")
_BRANCH = pattern(r"(?:\bbranch(?:es)?\s+(?:named\s+|called\s+)?[`\"']?(?P<after>[\w][\w./*-]*)|(?P<before>[\w][\w./*-]*(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+)[\w][\w./*-]*)*)[`\"'´]?\s+branch(?:es)?\b)")
_INTO = pattern(r"\b(?:to|into|onto|on|against|against|in|from|auf|nach|sur|vers|en|a|na|no|para)\s+(?:the\s+|our\s+|any\s+|origin\s+|origin/|upstream/)?[`\"']?(?P<name>main|master|develop|trunk|release/[\w.*-]+|hotfix/[\w.*-]+|staging|production|prod|gh-pages|stable|next|release)[`\"']?(?![\w/-])"
                   r"(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+)(?:the\s+)?[`\"']?(?P<more>main|master|develop|trunk|release/[\w.*-]+|staging|production|stable|release)\b(?![/-]))?")
_BRANCH_NAMES = frozenset("main master develop trunk gh-pages".split())
_MAIN = pattern(r"(?<![\w/.-])(?:main|master|develop|trunk|gh-pages|release/[\w.*-]+)(?![\w/.-]| (?:page|menu|function|class|module|file|window|thread|loop|nav|goal|point|thing|reason|issue|problem|table|idea|focus|app|entry|screen|method|component|layout|section|view|content|program|package|process))")
_HOST = pattern(r"(?<![\w@/.-])(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|internal|local|lan|corp|example|test|cloud|app|de|fr|es|eu|uk|us|ch|at|co|ai|gov|edu|intern|invalid|localdomain|home|priv|private|info|br|pt)"
                   r"|(?:prod|production|staging|stage|stg|db|web|api|app|db|cache|redis|mysql|postgres|pg|bastion|gateway|jump|build|ci|worker|node|k8s|es|kafka|vpn|mail|backup|primary|replica|srv|server|host)(?:-[a-z0-9]+)*-?\d+|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?![\w/-])", re.I)
_SERVER = pattern(r"(?:\b(?:host|server|machine|box|cluster|vm|node)s?\s+(?:named\s+|called\s+)?[`\"'](?P<after>[\w.-]+)[`\"']|(?P<before>[a-z][\w.-]*)[`\"'´]?\s+(?:hosts?|servers?|machines?|box(?:es)?|cluster|vms?|replica|instances?|environments?|env|endpoint|bucket|account)\b)")
_PLACES = pattern(r"(?<![\w/.-])(?:prod|production|staging|live|the live site|localhost|live system|prod system|production system)(?![\w/.-])(?! (?:config|configs|configuration|code|database|db|branch|build|ready|release|files?|settings|schema|table))")
_PACKAGE_AFTER = pattern(r"\b(?:package|library|dependency|module|crate|gem|framework|lib|dep)s?\s+[`\"']?(?P<name>[a-z@][\w@/.-]*)[`\"']?")
_FOLDER = pattern(r"(?<![\w/.`-])(?P<before>[A-Za-z_.][\w.-]*) (?:folder|director(?:y|ies)|dir|subfolder|subdirectory|subtree|ordner|verzeichnis)\b"
                     r"|\b(?:in|under|inside|outside|within|below|of|touch|edit|to) (?:of )?(?P<inside>src|lib|libs|app|apps|packages|server|client|frontend|backend|docs|scripts|config|public|static|infra|deploy|vendor|internal|cmd|pkg|web|api|core)(?=[\s,;:!)]*(?:\Z|[,;:!)]|\.(?:\s|\Z)| (?:and|or|only|please|unless|until|for)\b))")
_ORDNER = pattern(r"\b(?:ordner|verzeichnis|dossier|répertoire|carpeta|directorio|pasta|diretório)\s+(?P<name>[a-z_.][\w.-]*)(?![\w./-]*/)")
_DETERMINED = pattern(r"\b(?:the|our|my|your|this|that|these|those|any|all|existing|anything in|everything in|le|la|les|l'|der|die|das|den|dem|el|los|las|o|a|os|as)\s+"
                         r"(?P<name>[a-z][\w-]*(?: [a-z][\w-]*){0,2}?)\s+(?P<noun>modules?|packages?|folders?|director(?:y|ies)|components?|services?|layers?|code|files?|parts?|section|subsystem|logic|class(?:es)?|functions?|methods?|flow|implementation|"
                         r"handlers?|endpoints?|controllers?|models?|views?|pages?|screens?|scripts?|plugins?|crates?|stack|pipeline|jobs?|routes?|middleware|client|server|sdk|library|parser|integration|templates?|helpers?|utils|system|feature|app|engine|ui|modul|ordner|dossier|carpeta|módulo|pasta|module)\b")
_STOP = frozenset("""the a an this that these those any all our my your no of in on to for and or nor not only same other another every each single first last new old whole entire existing current given following some lookup temporary temp join hash
    database db production prod staging live test local main sql remote data following which what drop create alter touch change update edit modify delete truncate rename query read write relevant respective more his her their its from with without
    additional extra separate two three four five few several both external internal shared legacy it them is are be use using into at by as if via run add pivot look-up feature topic own default such feature release""".split())


def targets_in(text: str, shadow: str, start: int, end: int, verb: str = "", acts: "tuple[str, ...]" = (), excepting: bool = True) -> "tuple[Target, ...]":
    """What a clause names. text and shadow have the same length; the clause is [start, end). Names after "except ..." come as ("except", name)."""
    part, ghost = text[start:end], shadow[start:end]
    if excepting and (cut := _ONLY_EXCEPT.search(ghost)):
        whole = _named(part[:cut.start()], ghost[:cut.start()], verb, acts)
        but = _named(part[cut.end():], ghost[cut.end():], verb, acts)
        return (*whole, *(("except", name) for _, name in but))
    return _named(part, ghost, verb, acts)


def _named(text: str, ghost: str, verb: str, acts: "tuple[str, ...]") -> "tuple[Target, ...]":
    found: dict[int, Target] = {}
    taken = [False] * len(text)
    low = text.lower() if len(text.lower()) == len(text) else text

    def claim(first: int, last: int, kind: str, name: str) -> None:
        if name and not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            found[first] = (kind, name)

    moving = bool(set(acts) & {"push", "commit", "merge", "rebase"})
    for web in WEB.finditer(text):
        claim(web.start(), web.end(), "host", web[0].split("://", 1)[1].split("/")[0].split("@")[-1].rstrip(".,;:!?"))
    for match in _TABLE.finditer(low):
        for first, last in _listed(low, *(match.span("after") if match["after"] else match.span("before"))):
            if text[first:last].lower() not in _STOP and text[first:last].lower() not in ORDERABLE | ACT_ING.keys():
                claim(first, last, "table", text[first:last])
    for match in _BRANCH.finditer(text):
        for first, last in _listed(low, *(match.span("after") if match["after"] else match.span("before"))):
            name = text[first:last].rstrip(".,;:")
            if name.lower() not in _STOP - {"main", "release", "staging", "production", "prod"} and name.lower() not in ORDERABLE - {"release"} and name.lower() not in ("names", "name", "is", "must", "should", "protection", "prefix", "directly", "per", "called", "and", "unless", "until", "for", "before", "off", "so"):
                claim(first, last, "branch", name)
    for match in (*_DATABASE.finditer(low),):
        first, last = match.span("after") if match["after"] else match.span("before")
        name = text[first:last]
        if name.lower() not in _STOP - {"production", "prod", "staging", "live", "test", "local", "main"} and name.lower() not in ORDERABLE - {"test"}:
            claim(first, last, "database", name)
    if moving:
        for match in _INTO.finditer(low):
            claim(*match.span("name"), "branch", text[slice(*match.span("name"))])
            if match["more"]:
                claim(*match.span("more"), "branch", text[slice(*match.span("more"))])
    if verb in ("select", "query", "insert", "join") and not found:
        for match in _FROM_TABLE.finditer(low):
            if match["name"] not in _STOP:
                claim(*match.span("name"), "table", text[slice(*match.span("name"))])
    for match in _FOLDER.finditer(text):
        name = match["before"] or match["inside"]
        if match["inside"] or name.lower() not in _STOP | ORDERABLE - {"test", "build", "log"} | {"files", "working", "current", "home"}:
            claim(match.start("before" if match["before"] else "inside"), match.end("before" if match["before"] else "inside"), "path", name.strip("/") + "/")
    for match in _ORDNER.finditer(low):
        claim(*match.span("name"), "path", text[slice(*match.span("name"))].strip("/") + "/")
    for match in _MAIN.finditer(low):
        claim(match.start(), match.end(), "branch", match[0])
    for kind, name, first, last in _atoms(text, ghost, verb, acts):
        claim(first, last, kind, name)
    for match in _COMMAND.finditer(text):
        claim(match.start(), match.end(), "command", match[0])
    if set(acts) & {"run", "connect"} or verb in ("use", "run", "using", "running"):
        for match in _BARE_COMMANDS.finditer(text):
            claim(match.start(), match.end(), "command", match[0])
    for match in _HOST.finditer(text):
        claim(match.start(), match.end(), "host", match[0])
    for match in _SERVER.finditer(low):
        first, last = match.span("after") if match["after"] else match.span("before")
        if match["after"] or text[first:last].lower() in ("prod", "production", "staging", "live", "dev", "test") or any(c.isdigit() or c == "-" for c in text[first:last]):
            claim(first, last, "host", text[first:last])
    for first, last in _areas_in(low):
        claim(first, last, "area", text[first:last])
    for match in _PLACES.finditer(low):
        claim(match.start(), match.end(), "host", match[0])
    for match in _PACKAGE_AFTER.finditer(low):
        if match["name"] not in _STOP and not match["name"].endswith(("ly", "soever")) and len(match["name"]) > 2 and match["name"] not in ORDERABLE and not low[match.end():].startswith((" ", ",")) | (match["name"] in ("folder", "directory", "code", "function", "functions", "class", "api", "author", "versions", "version", "manager", "file", "files", "update", "updates")):
            claim(*match.span("name"), "package", text[slice(*match.span("name"))].rstrip(".,"))
    for match in _DETERMINED.finditer(low):
        name = match["name"]
        if name.split()[0] not in _STOP | ORDERABLE - {"test", "search", "log", "export", "import", "report", "email", "billing", "order", "cache", "index", "scan", "release", "deploy", "build"} and not any(w in ("must", "should", "is", "are", "in", "of", "to", "and") for w in name.split()):
            claim(match.start("name"), match.end(), "area", text[match.start("name"):match.end()])
    ordered = [(at, *found[at]) for at in sorted(found)]
    for place in range(len(ordered) - 1, 0, -1):  # "`orders` and `invoices` tables": what the last one is, the ones before it are
        (at, kind, name), (_, next_kind, _) = ordered[place - 1], ordered[place]
        if next_kind in ("table", "branch", "database", "package") and kind in ("identifier", "command") and re.fullmatch(r"[`\"']?\s*(?:,|,?\s*(?:and|or|nor|&))\s*(?:the\s+)?[`\"']?", text[at + len(name) + (text[at:at + 1] in "`\"'") : ordered[place][0]]):
            ordered[place - 1] = (at, next_kind, name)
    kinds = {kind for _, kind, _ in ordered}
    dropped = {("area", word) for kind, words in (("table", ("tables", "table", "collections", "schema")), ("database", ("database", "db", "databases")), ("branch", ("branch", "branches", "main branch"))) if kind in kinds for word in words}
    return tuple(dict.fromkeys((kind, name) for _, kind, name in ordered if (kind, name.lower()) not in dropped))


def _listed(low: str, first: int, last: int) -> "list[tuple[int, int]]":
    """The spans of the names in "a, b and c"; determiners are left out."""
    spans = []
    at = first
    for piece in re.split(r"(\s*,\s*(?:and\s+|or\s+|nor\s+)?(?:the\s+)?|\s+(?:and|or|nor)\s+(?:the\s+)?)", low[first:last]):
        if piece.strip() and not re.fullmatch(r"[\s,]*(?:(?:and|or|nor)\s+)?(?:the\s+)?[\s,]*", piece) and re.fullmatch(r"[\w$./*-]+", piece):
            spans.append((at, at + len(piece)))
        at += len(piece)
    return spans


def _atoms(text: str, ghost: str, verb: str, acts: "tuple[str, ...]") -> "list[tuple[str, str, int, int]]":
    """(kind, name, start, end) of inline code, quoted names, paths and identifiers."""
    atoms: list[tuple[str, str, int, int]] = []
    for match in re.finditer(f"{CODE}+|{QUOTE}+|[\ue002]+", ghost):
        first, last = match.span()
        whole = text[first:last]
        pieces = re.finditer(r"``[^`]+``|`[^`]+`|\"[^\"]+\"|“[^”]+”|'[^']+'|‘[^’]+’|«[^»]+»|„[^“”]+[“”]", whole) if match[0][0] in CODE + QUOTE or whole[:1] in "\"'“‘" else ()
        inside = [(whole[m.start() + 1:m.end() - 1].strip("`"), first + m.start(), first + m.end()) for m in pieces] or [(whole, first, last)]
        for name, a, b in inside:
            name = name.strip()
            if name.startswith("**") and name.endswith("**") and name[2:3] != "/":
                name = name.strip("*")  # bold, not a glob
            after = ghost[b:b + 14].lstrip().lower()
            before = ghost[max(0, a - 14):a].rstrip().lower()
            if kind := _kind_of(name, before, after, verb, acts, match[0][0] == QUOTE):
                atoms.append((kind, name, a, b))
    return atoms


def _kind_of(name: str, before: str, after: str, verb: str, acts: "tuple[str, ...]", quoted: bool) -> str:
    head = name.split()[0] if name.split() else ""
    if not head:
        return ""
    if after.startswith(("table", "collection")) or before.endswith(("table", "tables")):
        return "table"
    if after.startswith("branch") or before.endswith(("branch", "branches")) or (set(acts) & {"push", "merge", "rebase", "commit"} and (head in _BRANCH_NAMES or name.startswith(("release/", "feature/", "hotfix/")))):
        return "branch"
    if after.startswith(("database", "db")) or before.endswith(("database", "db")):
        return "database"
    if after.startswith(("host", "server", "machine", "box")) or before.endswith(("host", "server", "machine")):
        return "host"
    if after.startswith(("package", "library", "dependency", "crate", "gem", "dep ")) or before.endswith(("package", "library", "dependency")) or ("install" in acts and " " not in name and "/" not in name):
        return "package"
    if " " in name:
        return "command" if head.rsplit("/", 1)[-1] in _PROGRAMS or name.startswith("./") or set(acts) & {"run"} and not quoted else ""
    if any(c in name for c in "*?") and not name.startswith("("):
        return "glob"
    if WEB.match(name):
        return "host"
    if name.endswith("()") or name.startswith("@") and "/" not in name:
        return "identifier"
    if name.startswith("--") or re.match(r"(?:drop|alter|truncate|create|insert|update|delete|select)\b", name, re.I) and not re.search(r"[/.]", name) or after.startswith(("flag", "option")):
        return "command"
    if (path := PATHS.match(name)) and path.end() == len(name):
        return "path"
    if after.startswith(("folder", "director", "file", "dir ", "ordner", "dossier", "carpeta")) or before.endswith(("folder", "directory", "file", "files")):
        return "path"
    if _HOST.fullmatch(name):
        return "host"
    if head.rsplit("/", 1)[-1] in _PROGRAMS and (set(acts) & {"run", "connect"} or verb in ("use", "run", "call")):
        return "command"
    if head in _BRANCH_NAMES:
        return "branch"
    if set(acts) & {"ddl", "dml", "query"} or verb in ("truncate", "drop", "alter", "query", "select", "insert") and re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+", name):
        return "table"
    if IDENTIFIER.fullmatch(name):
        return "identifier"
    if areas.area_of(name):
        return "area"
    if "run" in acts and not quoted and re.fullmatch(r"[\w:.-]+", name):
        return "command"
    return "identifier" if not quoted or re.fullmatch(r"[\w.$-]+", name) else ""


_AREA_WORDS = sorted((word for word in areas._BY_WORD), key=len, reverse=True)
_AREA_OTHER = ("main branch", "production data", "user data", "customer data", "prod data", "production data", "error messages", "git history", "history", "commit history", "public interface", "existing code", "working tree", "cron jobs", "feature flags", "feature flag",
               "auth code", "authentication", "auth", "payments", "billing", "login", "backups", "logs", "monitoring", "logging", "locale", "legacy code", "frontend", "front end", "front-end", "backend", "back end", "back-end", "ui", "database", "db", "branch protection", "wire format",
               "file format", "formatting", "whitespace", "indentation", "line endings", "imports", "import order", "comments", "the code", "global state", "environment variables", "env vars", "env variables", "existing behaviour", "existing behavior", "behaviour", "behavior",
               "cli", "cli flags", "command line interface", "output format", "log format", "version number", "version numbers", "versions", "layout", "design", "datenbank", "produktionsdatenbank", "base de production", "base de datos de producción", "banco de produção", "banco de dados de produção", "datenbankschema", "tests", "migrationen", "konfiguration", "abhängigkeiten", "lockdatei", "lockdateien", "öffentliche api", "schnittstelle", "schnittstellen",
               "migrations", "dépendances", "base de données", "schéma", "configuration", "dependencias", "migraciones", "pruebas", "base de datos", "esquema", "configuración", "dependências", "migrações", "testes", "banco de dados", "configuração", "abi", "binaries", "submodules", "submodule", "tags", "stored procedures", "triggers", "views", "indexes", "foreign keys", "column names", "columns", "column")
_AREAS_BY_FIRST: "dict[str, list[str]]" = {}
for _area in sorted({*_AREA_WORDS, *_AREA_OTHER}, key=len, reverse=True):  # the longest first
    _AREAS_BY_FIRST.setdefault(_area.split(" ")[0], []).append(_area)
_AREA_START = pattern(r"(?<![\w./-])\w[\w/'-]*")
_AREA_END = pattern(r"(?![\w/-]|\.\w)")
_NO_AREAS = frozenset("types strings keys build images history design hooks actions interface versions lock tokens exports".split())


def _areas_in(low: str) -> "list[tuple[int, int]]":
    """Spans of well-known areas, with the word before it when that narrows it down ("the payments tests")."""
    spans = []
    last = 0
    for match in _AREA_START.finditer(low):
        first = match.start()
        area = next((one for one in _AREAS_BY_FIRST.get(match[0], ()) if low.startswith(one, first) and _AREA_END.match(low, first + len(one))), "")
        if not area or first < last:
            continue
        if area in ("package", "library", "dependency") and (before := re.search(r"\b(?:the|our|this|that|my)\s+([a-z][\w-]*)\s\Z", low[max(0, first - 30):first])) and before[1] not in _STOP | {"npm", "pip", "third-party", "dev", "runtime"}:
            continue  # "the billing package" is a part of the project
        if area in _NO_AREAS and not re.search(r"\b(?:the|our|any|existing|public|your|my|all|no|new)(?: \w+)?\s\Z", low[max(0, first - 24):first]):
            continue
        last = first + len(area)
        spans.append((first, last))
    return spans


def acts_of_noun(noun: str) -> "tuple[str, ...]":
    """What a noun of action forbids when there is to be none of it ("no pushes")."""
    return ACT_NOUNS.get(noun, ())
