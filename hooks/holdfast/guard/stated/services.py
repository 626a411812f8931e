"""What is installed, what is put into service, and which hosts are reached. Pure."""

from holdfast.guard.stated.programs import harmless, steps_of, tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command

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
        steps = steps_of(one)
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
