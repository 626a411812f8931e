"""Uses of common programs about which no rule has anything to say, so that an ordinary command loads none of them.

`is_ordinary` says yes only to what is listed here, wholly known, and near: within the project or a temporary folder, and
not hidden. A text that may name a secret or something that is trusted is never asked about. A test judges every example
of every rule with and without it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Command, Line, World

# Program -> its ordinary forms, a line each: the subcommand ("." for a program without), then what may follow it.
#   word  this word   -x --x  this option   -x? --x?  with any known text as its value, in the next argument or behind "="
#   -9    a number as an option   9  a number   *  plain words   /  plain paths that are near   --*  plain words behind --
_GIT = """
status -s -b -sb -v --short --branch --porcelain -uno -uall --ignored / .
log -9 -n? -p --oneline --graph --all --decorate --stat --pretty? --format? --since? --until? --author? --grep? --follow --name-only
 --name-status --no-merges --merges --first-parent --reverse --max-count? --no-color --abbrev-commit --date? *
diff --stat --cached --staged --name-only --name-status --shortstat --numstat --check --no-color --word-diff --no-index -w -M *
show --stat --name-only --name-status --oneline --no-patch -s --format? --pretty? --no-color *
add -A -u -v --all -N / .
commit -m? -am? -a --message? -q --quiet -v
push -u --set-upstream --tags -q --quiet -v origin upstream HEAD main master develop dev
pull --rebase --ff-only --no-rebase -q --quiet --prune --tags origin upstream main master develop
fetch --all --prune --tags -p -q --quiet --depth? --unshallow origin upstream main master develop
branch -a -v -vv -r -avv --all --list --show-current --contains --merged --no-merged --remotes
checkout -b? -q main master develop
switch -c? -q main master develop
stash list show
rev-parse --abbrev-ref --show-toplevel --short --verify --git-dir --is-inside-work-tree -q HEAD *
ls-files -m -o -s --others --exclude-standard --modified --cached *
remote -v show get-url origin upstream
tag -l --list
blame -L? -w *
describe --tags --always --dirty --abbrev?
rebase --continue --abort
merge-base * --is-ancestor
grep -n -i -l -r -w -E -F *
shortlog -s -n -sn -e
reflog -9
config --list -l --get? user.name user.email
"""
_NODE = """
test -- --silent -s --watch=false --coverage --watchAll=false --run --*
t --
ci --no-audit --no-fund --ignore-scripts --prefer-offline --silent
install --no-audit --no-fund --ignore-scripts --prefer-offline --silent --frozen-lockfile --immutable
i --no-audit --no-fund --frozen-lockfile
run build test lint dev start format typecheck type-check check coverage compile watch e2e unit fmt tsc --silent -s --*
start --*
build --
lint -- --fix --*
dev --
ls -a -g --depth? --all --json
list --depth? --all --json
outdated --json
why *
pack --dry-run
"""
_PIP = """
install -r -e -q --quiet -U --upgrade --no-cache-dir --disable-pip-version-check requirements.txt requirements-dev.txt . pip
list --outdated --format? -v
freeze
show *
check
"""
_FORMS = {
    "git": _GIT,
    "npm": _NODE, "pnpm": _NODE, "yarn": _NODE,
    "npx": """
tsc --noEmit -p? --watch --version -b
eslint --fix --ext? --max-warnings? / .
prettier --check --write / .
jest --coverage --watchAll=false --ci -t? /
vitest run --run --coverage /
playwright test --headed --project? /
""",
    "pip": _PIP, "pip3": _PIP,
    "cargo": """
build --release --all --workspace --all-features --all-targets --locked -p? -q -v --bin? --features?
check --all --workspace --all-features --all-targets --locked -p? -q
test --release --all --workspace --all-features --locked -p? -q --lib --doc --no-run --test? -- --nocapture *
clippy --all-targets --all-features --workspace -- -D? -W? --fix
fmt --all --check --
doc --no-deps --open
bench -p?
tree -p? -i? -d
""",
    "go": """
build -v -race ./... . -tags? /
test -v -race -cover -short -count=1 -run? -timeout? -bench? ./... . /
vet ./... .
fmt ./... .
mod tidy download verify
version
list ./... -m all
""",
    "docker": """
ps -a -q --all --format? --filter? -f? --no-trunc
images -a -q --format?
build -t? -f? --no-cache --pull -q --target? --progress? . / --tag? --file?
logs -f --tail? -n? --since? --follow -t *
compose up down build logs ps config pull start stop restart -d -f --build --no-cache --detach --tail? --wait --remove-orphans --quiet
inspect -f? --format? *
version
info
stats --no-stream
""",
    "kubectl": """
get pods pod po deployments deployment deploy services service svc nodes node namespaces namespace ns ingress events jobs job cronjobs pvc
 pv configmaps all -n? --namespace? -o? --output? -A --all-namespaces -w --watch -l? --selector? --show-labels --sort-by? -owide
describe pod pods deployment deploy service svc node ingress job -n? --namespace? *
logs -f --tail? -n? --namespace? -c? --since? --follow -p --previous -l? *
top pods pod nodes node -n? -A
version --client --short
cluster-info
""",
    "gh": """
pr view list status checks diff 9 --web --json? --limit? --state? -L? --comments
issue view list status 9 --web --json? --limit? --state? --label? -L? --comments
run list view watch --limit? --log --log-failed -L? --json? 9
repo view --web
""",
    "terraform": """
plan -no-color -input=false
init -input=false -no-color
fmt -check -recursive -diff
validate -no-color
version
""",
    "curl": "\n. -s -S -f -L -sS -sL -fsS -fsSL -sSf -sf -I -i -v -sI -k --silent --show-error --fail --location --head --max-time? -m? "
            "--compressed *\n",
    "rm": "\n. / -f -r -rf -fr -v -R -rfv\n",
    "cp": "\n. / -r -R -a -p -v -f -n -u -rp -rf -av\n",
    "mv": "\n. / -f -n -v\n",
    "touch": "\n. / -c -a -m\n",
    "tee": "\n. / -a\n",
    "rmdir": "\n. / -p\n",
    "chmod": "\n. / +x u+x a+x -v\n",
    "kill": "\n. -9 -15 -TERM -HUP -INT -KILL -0 -s? *\n",
    "tar": "\n. / . -xzf -xf -xvf -xzvf -czf -czvf -tf -tzf -tvf -cf -xjf -xJf -cvf xzf czf tf xf -C\n",
    "find": "\n. / . -name? -iname? -type? -path? -ipath? -not ! -o -a -maxdepth? -mindepth? -size? -mtime? -mmin? -newer? -print -print0 "
            "-prune -empty -regex? -and -or ( )\n",
    "sort": "\n. -n -r -u -rn -nr -h -hr -rh -f -b -V -k? -t? -k1 -k2 -k2n -k1n -k1,1 -k2,2 *\n",
    "date": "\n. -u -I -Is -Iseconds -d? --date? --iso-8601 --utc -R *\n",
    "set": "\n. -e -u -x -eu -ex -eux -euo -euxo -o pipefail errexit nounset xtrace +e +x +u --\n",
    "xargs": "\n. -0 -r -n? -n1 -P? -P4 -I? -I{} -L? -L1 -t -d? --no-run-if-empty --null {} *\n",
    "source": "\n. venv/bin/activate .venv/bin/activate env/bin/activate ./venv/bin/activate ./.venv/bin/activate\n",
    "gzip": "\n. / -k -9 -f -v\n",
}
_FORMS["."] = _FORMS["source"]
_KINDS = ("/", "*", "9", "-9", "--*")
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-@=,~^"
_LOOSE = frozenset("date curl xargs find".split())  # here these are plain too:
_MARKS = "+%:{}()!"
# Variables that change nothing about what a program does.
_NEUTRAL = frozenset("CI NODE_ENV DEBUG FORCE_COLOR NO_COLOR TZ LANG LC_ALL TERM COLUMNS RUST_BACKTRACE RUST_LOG".split())
_FILTERS = frozenset("sort xargs sed gsed awk gawk mawk tee".split())  # what these are fed is data
# These run nothing of what they are fed.
_READ_ON = frozenset("grep egrep rg head tail wc jq sort uniq cut cat less tr column awk sed".split())
# A program text with one of these does more than compute and print.
_DOING = """exec eval system popen spawn fork thread process socket http url request unlink remove rmtree shutil rename delete drop
trunc flush insert update db. sql ctypes import_module __import__ getattr pip os. sys.modules pty chmod chown kill signal mail ftp ssh
while paramiko boto pickle marshal base64 codecs webbrowser input( builtins globals compile purge destroy wipe reset""".split()
_MODULES = frozenset("pytest mypy ruff black isort flake8 pylint unittest json.tool compileall doctest coverage build pyflakes tox".split())
# How a command may be reached and still be ordinary.
_STEPS = frozenset(("$(", "`", "sudo", "env", "nice", "timeout", "nohup", "time", "stdbuf", "command", "eval", "xargs", "heredoc",
                    "bash -c", "sh -c", "find -exec", "docker exec"))
# What these run is judged by itself, as the user it runs as.
_FOR_ANYBODY = frozenset("bash sh eval docker xargs find sudo command".split())
_BEHIND_SUDO = frozenset("""apt-get apt dnf yum apk brew systemctl service journalctl mkdir ls cat cp mv rm chown env nice timeout docker
git npm make tail head grep find kill""".split())
_MANY = 50  # commands; beyond, following each one's output costs more than the rules
_RUNNING = frozenset("python python3 bash sh command".split())
_FETCHERS = frozenset("curl gh kubectl tar".split())
_SETS_UP = frozenset("manage.py setup.py install.py".split())


def is_ordinary(command: "Command", line: "Line") -> bool:
    """True when no rule that asks about its program has anything to say about this command."""
    program, world = command.program, line.world
    if program not in _FORMS and program not in _ASKED or command.argv[0].value != program:
        return False
    if command.root and program not in _FOR_ANYBODY or command.open_ended and program != "xargs":
        return False
    if (command.feeds or command.stdin is not None) and program not in _FILTERS and program not in _RUNNING:
        return False
    if command.via and not _STEPS.issuperset(command.via):
        return False
    if command.env and program not in _FOR_ANYBODY and not _NEUTRAL.issuperset(command.env):
        return False
    asked = _ASKED.get(program)
    if asked is not None and not asked(command, world):
        return False
    if program in _FETCHERS and not _is_seen(command, line):
        return False
    return program not in _FORMS or program in ("docker", "find") or _fits(command, world, _FORMS[program])


def _fits(command: "Command", world: "World", forms: str) -> bool:
    """Whether its arguments are those of one of the forms."""
    args, program = command.argv[1:], command.program
    at = 0
    if forms[1] == ".":
        start = 0
    else:
        first = args[0].value if args else None
        start = forms.find(f"\n{first} ") if first else -1
        at = 1
    if start < 0:
        return not at or bool(first) and len(args) == 1 and f"\n{first}\n" in forms
    end = forms.find("\n", start + 1)
    while forms[end + 1:end + 2] == " ":
        end = forms.find("\n", end + 1)
    row = forms[start + 2 if forms[1] == "." else start:end].replace("\n", " ") + " "
    plain = _PLAIN + _MARKS if program in _LOOSE else _PLAIN
    while at < len(args):
        arg = args[at]
        text = arg.value
        at += 1
        if text is None or arg.glob:
            return False
        if text == "--" and " --* " in row:
            return all([a.value is not None and not a.glob and not a.value.strip(plain) for a in args[at:]])
        if " " not in text and f" {text} " in row and text not in _KINDS:
            continue
        if text[:1] == "-":
            name, equals, _ = text.partition("=")
            if f" {name}? " in row and " " not in name:
                if not equals:
                    if at == len(args) or args[at].value is None:
                        return False
                    at += 1
            elif not (text[1:].isdigit() and " -9 " in row):
                return False
        elif not text or text.strip(plain):
            return False
        elif " / " in row:
            if not is_near(text, command.cwd, world):
                return False
        elif (" * " not in row or text.endswith("sh")) and not (text.isdigit() and " 9 " in row):
            return False
    return True


def is_near(text: str, cwd: "str | None", world: "World") -> bool:
    """Whether a path, as written, lies within the project or a temporary folder, is not hidden, and has nothing of importance below it."""
    if text[:1] == "~" or ".." in text or "//" in text:
        return False
    if text[:2] == "./":
        text = text[2:]
    if text[:1] == "/":
        path = text
    elif text and cwd:
        path = f"{cwd}/{text}"
    else:
        return False
    real = world.realpath(path.rstrip("/"))
    found = False
    for root in world.roots:
        root = root.rstrip("/") + "/"
        if root.startswith(real + "/"):
            return False
        if root == "/" or f"{world.home}/".startswith(root):
            continue  # all of a home is nobody's workshop
        if real.startswith(root) and "/." not in real[len(root) - 1:]:
            found = True
    if not found:
        return False
    config = world.env.get("CLAUDE_CONFIG_DIR")
    for own in (*world.protected, config) if config else world.protected:
        for spelled in (own, world.realpath(own)):
            if f"{spelled}/".startswith(real + "/") or real.startswith(spelled + "/"):
                return False
    return True


def _is_script(text: str, end: str, command: "Command", world: "World") -> bool:
    """Whether a file of the project that is run, by its name from a folder of the project; what lies in a temporary folder is anybody's."""
    return (text.endswith(end) and text[:1] != "/" and not text.strip(_PLAIN) and not command.feeds and command.stdin is None
            and f"{command.cwd}/".startswith(world.project + "/") and is_near(text, command.cwd, world))


def _sed(command: "Command", world: "World") -> bool:
    """One substitution, or lines printed or dropped; in place only what is near."""
    texts = [arg.value or "" for arg in command.argv[1:]]
    options = [text for text in texts if text[:1] == "-"]
    operands = [text for text in texts if text[:1] != "-"]
    if any(arg.value is None or arg.glob for arg in command.argv) or not {"-n", "-i", "-E", "-r", "-u", "-s"}.issuperset(options):
        return False
    from holdfast.guard.languages import is_plain_sed

    in_place = "-i" in options
    return bool(operands) and is_plain_sed(operands[0]) and not (
        in_place and not all([is_near(text, command.cwd, world) for text in operands[1:]]))


def _awk(command: "Command", world: "World") -> bool:
    """A text that only computes and prints."""
    for arg in command.argv[1:]:
        text = arg.value
        if text is None or arg.glob or text[:1] == "-" and text[:2] not in ("-F", "-v"):
            return False
        if any([mark in text for mark in ("system", "getline", "|", ">", "/inet", "@load", "@include", "ARGV", "ENVIRON")]):
            return False
    return len(command.argv) > 1


def _python(command: "Command", world: "World") -> bool:
    """A file of the project, one of the usual modules, or a text that only computes and prints."""
    args = command.argv[1:]
    if not args or any([arg.value is None for arg in args]):
        return False
    first = args[0].value or ""
    if first == "-m":
        return len(args) > 1 and args[1].value in _MODULES and not command.feeds
    if first in ("-", "-c"):
        texts = [code.text for code in command.code if code.language == "python"]
        return bool(texts) and not any([text is None or text.value is None or _does_more(text.value) for text in texts])
    name = first.rpartition("/")[2]
    return name not in _SETS_UP and _is_script(first, ".py", command, world)


def _does_more(text: str) -> bool:
    """Whether a program text may do more than compute, print, and read and write files."""
    low = text.lower()
    return any([mark in low for mark in _DOING])


def _shell(command: "Command", world: "World") -> bool:
    """A text that is known, whose commands are judged one by one, or a script of the project."""
    args = command.argv[1:]
    if not args:
        return command.stdin is not None and command.stdin.known and bool(command.code) and not command.feeds
    first = args[0].value or ""
    if first in ("-c", "-lc", "-ec", "-euc", "-xc"):
        return len(args) == 2 and args[1].known and bool(command.code) and not command.feeds and command.stdin is None
    return _is_script(first, ".sh", command, world) and all([arg.known and not (arg.value or "").strip(_PLAIN) for arg in args])


def _eval(command: "Command", world: "World") -> bool:
    return all([arg.known for arg in command.argv])


def _sudo(command: "Command", world: "World") -> bool:
    """One of the usual commands by its name, as root or as a user who is named."""
    words, at = command.words, 0
    while at < len(words) and words[at] in ("-u", "-E", "-H", "-n"):
        if words[at] == "-u":
            at += 1
            if at == len(words) or not (words[at] or "").isalpha():
                return False
        at += 1
    return at + 1 < len(words) and words[at] in _BEHIND_SUDO


def _command(command: "Command", world: "World") -> bool:
    return "command" not in command.via and len(command.argv) > 1 and command.argv[1].known


def _docker(command: "Command", world: "World") -> bool:
    """What it runs in a container is judged by itself."""
    words = command.words
    if words[:1] != ["exec"]:
        return _fits(command, world, _FORMS["docker"])
    at = 1
    while at < len(words) and words[at] in ("-i", "-t", "-it", "-T", "-d"):
        at += 1
    return at + 1 < len(words) and None not in words and not (words[at] or "").strip(_PLAIN) and (words[at] or "")[:1] != "-"


def _find(command: "Command", world: "World") -> bool:
    """Files searched for, and shown to what only reads."""
    words = command.words
    if "-exec" not in words:
        return _fits(command, world, _FORMS["find"])
    at = words.index("-exec")
    return (len(words) > at + 2 and words[at + 1] in _READ_ON and words[at + 1] not in ("awk", "sed", "less") and words[-1] in ("+", ";")
            and words.count("-exec") == 1 and None not in words
            and _fits(command._with(command.argv[:at + 1]), world, _FORMS["find"]))


def _kill(command: "Command", world: "World") -> bool:
    return all([(text := arg.value) is not None and (text[:1] == "-" or text.isdigit() and len(text) > 2) for arg in command.argv[1:]]) \
        and "-1" not in command.words


def _date(command: "Command", world: "World") -> bool:
    return all([text is not None and (text[:1] in "+-" or before in ("-d", "--date"))
                for before, text in zip(["", *command.words], command.words, strict=False)])


def _chmod(command: "Command", world: "World") -> bool:
    return (command.argv[1].value if len(command.argv) > 1 else "") in ("+x", "u+x", "a+x", "755", "644", "600", "700")


_ASKED = {"sed": _sed, "gsed": _sed, "awk": _awk, "gawk": _awk, "mawk": _awk, "python": _python, "python3": _python,
          "chmod": _chmod, "kill": _kill, "date": _date, "bash": _shell, "sh": _shell, "eval": _eval, "sudo": _sudo, "command": _command,
          "docker": _docker, "find": _find}


def _is_seen(command: "Command", line: "Line") -> bool:
    """Whether what it fetches is only looked at."""
    if command.via or len(line.commands) > _MANY:
        return False
    carrying = [command]
    for other in line.commands:
        if other is command or not set(carrying).isdisjoint(other.feeds):
            if other is not command and other.program not in _READ_ON:
                return False
            if any([redirect.writes and redirect.target.value != "/dev/null" for redirect in other.redirects]):
                return False
            carrying.append(other)
    return True


def is_plain_target(target: "Arg", cwd: "str | None", world: "World") -> bool:
    """Whether a redirection writes to nothing but what is near."""
    if target.value is not None:
        if target.value.endswith((".db", ".sqlite", ".sqlite3")):
            return False
        return target.value in ("/dev/null", "/dev/stderr", "/dev/stdout") or is_near(target.value, cwd, world)
    possible = target.possible()
    return bool(possible) and all([is_near(text, cwd, world) for text in possible])
