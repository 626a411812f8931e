"""A tool call -> what it is: poll, read, edit, test, search or other, what it is about, whether it may change anything. Pure, no imports.

Looks at how each part of a shell text begins and no deeper: a wrong kind costs a note at the wrong moment, never a wrong refusal.
"""

_LOOKED_AT = 2_000  # characters of a shell text
_TRIVIAL = frozenset(
    "cd export source . set echo printf true false : unset ulimit alias shopt local declare pushd popd umask clear hash break "
    "continue exit return fi done esac } ) wait read trap for case select function".split())
_OPENERS = frozenset("if then else elif while until do for ! { ( time".split())
_WRAPPERS = frozenset("sudo doas env nohup nice ionice stdbuf command exec setsid xvfb-run npx bunx pipx uvx dotenv rtk winpty".split())
_RUNNERS = {("uv", "run"), ("poetry", "run"), ("pipenv", "run"), ("pdm", "run"), ("hatch", "run"), ("rye", "run"), ("bundle", "exec"),
            ("pnpm", "exec"), ("npm", "exec"), ("yarn", "exec"), ("pnpm", "dlx"), ("conda", "run"), ("mamba", "run"), ("rustup", "run")}
_READERS = frozenset(
    "cat head tail less more bat batcat nl ls ll la dir tree stat file wc pwd du df env printenv whoami id uname hostname date which "
    "type whereis readlink realpath basename dirname diff cmp comm md5sum sha1sum sha256sum xxd hexdump od strings jq yq column sort "
    "uniq cut awk gawk sed tac rev test [ [[ man help open goto scroll_down scroll_up view free uptime lscpu lsof history objdump nm "
    "readelf ldd zcat tokei cloc eza exa".split())
_SEARCHERS = frozenset("grep egrep fgrep rg ag ack find fd fdfind locate zgrep search_dir search_file find_file ast-grep sg".split())
_TESTERS = frozenset(
    "pytest py.test tox nox unittest jest vitest mocha ava karma rspec phpunit ctest nosetests trial nose2 behave cypress playwright "
    "runtests runtests.py prove bats pest busted tap jasmine stack-test gotestsum testng minitest".split())
_TEST_WORDS = frozenset("test tests check nextest verify spec test:unit test:e2e test:integration test:ci unit e2e".split())
_TEST_HOSTS = frozenset(
    "npm yarn pnpm bun deno go cargo make gmake just mvn mvnw gradle gradlew dotnet swift mix bazel bazelisk manage.py rake rails zig "
    "dart flutter sbt lein composer task meson ninja hatch stack cabal rebar3".split())
_GIT_READS = frozenset(
    "status diff log show branch blame ls-files ls-tree remote rev-parse describe shortlog reflog cat-file rev-list check-ignore "
    "whatchanged ls-remote name-rev merge-base var help version".split())
_WAITERS = frozenset(
    "sleep watch inotifywait wait-for-it wait-for-it.sh tailf pg_isready squeue qstat nvidia-smi ps pgrep top htop pstree jobs ss "
    "netstat ping nc ncat fuser".split())
# program -> the words after it that ask how something is getting on
_ASKS = {
    "kubectl": frozenset("get describe logs rollout wait top events".split()),
    "oc": frozenset("get describe logs rollout wait".split()),
    "helm": frozenset("status list ls history".split()),
    "docker": frozenset("ps logs inspect stats top wait events".split()),
    "podman": frozenset("ps logs inspect stats top wait".split()),
    "docker-compose": frozenset("ps logs top".split()),
    "gh": frozenset("watch checks view status".split()),
    "glab": frozenset("status view list trace".split()),
    "systemctl": frozenset("status is-active is-failed list-units show".split()),
    "journalctl": frozenset(),
    "supervisorctl": frozenset("status tail".split()),
    "pm2": frozenset("status list ls logs describe show".split()),
    "tmux": frozenset("capture-pane list-sessions ls".split()),
    "screen": frozenset(["-ls"]),
    "aws": frozenset("wait".split()),
    "gcloud": frozenset("describe wait".split()),
    "az": frozenset("show wait".split()),
    "flyctl": frozenset("status logs".split()),
    "fly": frozenset("status logs".split()),
    "heroku": frozenset("ps logs".split()),
    "vercel": frozenset("inspect logs".split()),
    "argo": frozenset("get watch wait logs".split()),
    "argocd": frozenset("get wait".split()),
    "nomad": frozenset("status".split()),
    "consul": frozenset("members".split()),
    "temporal": frozenset("describe".split()),
    "redis-cli": frozenset("ping PING".split()),
    "curl": frozenset(), "wget": frozenset(), "http": frozenset(), "tail": frozenset(), "gh-run": frozenset(),
}
_HEALTH = (
    "health", "status", "ready", "livez", "alive", "ping", "heartbeat", "progress", "/jobs/", "/runs/", "/builds/", "/tasks/",
    "/operations/")
_CHANGERS = frozenset("sed perl patch tee cp mv rm mkdir touch chmod chown ln truncate dd install rsync rename unzip tar ed ex".split())
_EDIT_PROGRAMS = frozenset("patch tee ed ex edit create insert str_replace undo_edit append".split())
_EDITORS = ("edit ", "insert ", "append ", "str_replace_editor ", "apply_patch ")
_NAMES = {
    "Read": "read", "NotebookRead": "read", "LS": "read", "Glob": "search", "Grep": "search", "WebSearch": "search", "WebFetch": "search",
    "ToolSearch": "search", "Edit": "edit", "MultiEdit": "edit", "Write": "edit", "NotebookEdit": "edit", "BashOutput": "poll",
    "TaskOutput": "poll", "AgentOutput": "poll", "AgentOutputTool": "poll", "Monitor": "poll", "TaskGet": "poll", "TaskList": "poll",
    "TodoRead": "read", "ListMcpResourcesTool": "read", "ReadMcpResourceTool": "read", "LSP": "search", "Sleep": "poll", "Wait": "poll",
}
# The words of other tools' names (mcp__server__browser_wait_for) that tell their kind; the first that is found counts.
_VERBS = (
    ("poll", (
        "wait", "poll", "sleep", "status", "health", "noop", "heartbeat")),
    ("edit", (
        "write", "edit", "create", "update", "replace", "insert", "delete", "remove", "append", "patch", "set", "put", "post", "send",
        "move")),
    ("search", (
        "search", "grep", "find", "query", "glob", "fetch")),
    ("test", (
        "test", "tests")),
    ("read", (
        "read", "get", "list", "view", "show", "open", "snapshot", "screenshot", "describe", "scroll")),
)
_TARGETS = (
    "file_path", "path", "notebook_path", "url", "uri", "ref", "element", "selector", "bid", "task_id", "bash_id", "shell_id", "id")
NOTHING_SAID = (
    "grep", "egrep", "fgrep", "rg", "ag", "ack", "diff", "cmp", "test", "[", "[[", "which", "pgrep", "type", "command", "search",
    "git grep")


class Call:
    """kind; program and sub ("git", "status"; a tool's name elsewhere); target: a path, host or place it is about; changes: it may
    change something that a later call would show."""

    __slots__ = ("kind", "program", "sub", "target", "changes")

    def __init__(self, kind: str, program: str, sub: str = "", target: str = "", changes: bool = False) -> None:
        self.kind, self.program, self.sub, self.target, self.changes = kind, program, sub, target, changes


def shell_text(tool: str, given: "dict[str, object]") -> "str | None":
    """The command of a call that goes to a shell, else None."""
    text = given.get("command")
    if not isinstance(text, str):
        text = given.get("cmd")
        if not isinstance(text, str):
            return None
    if tool == "Bash":
        return text
    name = tool.lower()
    return text if "bash" in name or "shell" in name or "terminal" in name or "run" in name or "exec" in name else None


def call_of(tool: str, given: "dict[str, object]") -> Call:
    """A tool's name and input -> Call."""
    text = shell_text(tool, given)
    if text is not None:
        return read_shell(text)
    name = tool.rpartition("__")[2]
    kind = _NAMES.get(tool, "")
    target = _target(given)
    if not kind:
        action = given.get("command")  # an editor that is told by a word what to do
        words = _words(action if isinstance(action, str) and 0 < len(action) < 30 else name)
        if "path" in given and ("old_str" in given or "file_text" in given or "insert_line" in given):
            kind = "edit"
        else:
            kind = next((kind for kind, verbs in _VERBS for verb in verbs if verb in words), "other")
    return Call(kind, name, "", target, kind in ("edit", "other"))


def _words(name: str) -> "list[str]":
    """camelCase, snake_case and kebab-case names in lower-case words."""
    spaced = "".join([" " + ch if ch.isupper() else ch for ch in name])
    return spaced.lower().replace("_", " ").replace("-", " ").split()


def _target(given: "dict[str, object]") -> str:
    """The path, address or element that an input names."""
    for field in _TARGETS:
        value = given.get(field)
        if isinstance(value, (str, int)) and value != "":
            return str(value)[:200]
    return ""


def read_shell(text: str) -> Call:
    """A shell text -> Call, told by its last part that does something; a test among the parts tells more, and a wait most."""
    best, acted, rank, changes = None, None, -1, False
    if text.startswith(_EDITORS):
        text = text.partition("\n")[0]  # what follows is text for the file
    for words, piped, writes in _parts(text):
        call = _part(words)
        if writes:
            changes = True
            if not piped and (call is None or call.kind != "test"):
                call = Call("edit", call.program if call else words[0] if words else ">", "", writes, True)
        if call is None:
            continue
        if piped:
            if call.program in _EDIT_PROGRAMS or call.program in ("xargs", "sh", "bash", "python", "python3"):
                changes = True
            continue  # a filter shows less of what another part does
        changes = changes or call.changes
        if call.changes and rank < 0:
            acted = call  # it acts first, and waits for what comes of that
        now = 4 if call.kind == "poll" and call.program in ("sleep", "watch") else 3 if call.kind == "test" else 1
        if now >= rank:
            best, rank = call, now
    if best is None:
        first = text.split(None, 1)
        return Call("other", first[0][:40] if first else "", "", "", changes)
    if best.kind == "poll" and acted is not None and not text.lstrip().startswith(("for ", "while ", "until ")):
        best = acted
    best.changes = changes
    return best


def _part(words: "list[str]") -> "Call | None":
    """One command of a text -> Call, None for one that does nothing by itself."""
    at = 0
    while at < len(words):
        word = words[at]
        if word in _OPENERS or "=" in word and word.partition("=")[0].replace("_", "").isalnum() and word[0] not in "-/":
            at += 1
        elif word in _WRAPPERS:
            at += 1
            while at < len(words) and (words[at][:1] == "-" or "=" in words[at]):
                at += 1
        elif word == "timeout" or word == "gtimeout":
            at += 1
            while at < len(words) and (words[at][:1] == "-" or words[at][:1].isdigit()):
                at += 1
        elif at + 1 < len(words) and (word, words[at + 1]) in _RUNNERS:
            at += 2
            while at < len(words) and words[at][:1] == "-":
                at += 2 if words[at] in ("-n", "-p", "--with", "--python", "--extra", "--group") else 1
        else:
            break
    if at >= len(words):
        return None
    program = words[at]
    rest = words[at + 1:]
    if program in _TRIVIAL or not program.rstrip("/"):
        return None
    program = program.rstrip("/").rpartition("/")[2]
    if program[:6] == "python" or program in ("py", "node", "ruby", "perl", "php", "bash", "sh", "zsh", "deno", "bun", "ts-node", "tsx"):
        if "-m" in rest[:4] and rest.index("-m") + 1 < len(rest):
            at = rest.index("-m")
            program, rest = rest[at + 1], rest[at + 2:]
        else:
            return _script(program, rest)
    return _program(program, rest)


def _script(program: str, rest: "list[str]") -> Call:
    """An interpreter and what it runs: a file that is named as tests are is a test."""
    script = next((word for word in rest if word[:1] != "-"), "")
    if program in ("perl", "ruby") and any([word[:2] in ("-i", "-p") for word in rest]):
        return Call("edit", program, "", rest[-1], True)
    name = script.rpartition("/")[2]
    if name == "manage.py" or name == "setup.py":
        operands = [word for word in rest if word[:1] != "-"][1:]
        return Call("test" if operands[:1] == ["test"] else "other", name, operands[0] if operands else "", " ".join(operands[1:2]), True)
    if "-c" in rest or "-e" in rest:
        return Call("other", program, "-c", "", True)
    if program in ("bun", "deno") and script in ("test", "run"):
        return _program(program, rest)
    stem = name.rpartition(".")[0] or name
    if stem[:5] == "test_" or stem[-5:] in ("_test", ".test", ".spec") or stem in ("runtests", "test", "tests", "run_tests"):
        return Call("test", program, name, script, False)
    return Call("other", program, name, script, True)


def _program(program: str, rest: "list[str]") -> Call:
    operands = [word for word in rest if word[:1] != "-"]
    sub = operands[0] if operands else ""
    if program == "git":
        at = 0
        while at + 1 < len(rest) and rest[at] in ("-C", "-c"):
            at += 2
        operands = [word for word in rest[at:] if word[:1] != "-"]
        sub = operands[0] if operands else ""
        target = operands[-1] if len(operands) > 1 else ""
        if sub == "grep":
            return Call("search", "git grep", "", target)
        lists = any([word in ("list", "-l", "--get", "--list", "show") for word in rest])
        if sub == "branch" and any([word[:2] in ("-d", "-D", "-m", "-M") for word in rest]):
            return Call("other", "git", sub, target, True)
        reads = sub in _GIT_READS or sub in ("stash", "tag", "config") and lists
        return Call("read", "git", sub, target) if reads else Call("other", "git", sub, target, True)
    if program in _TESTERS and sub != "install":
        return Call("test", program, "", _place(operands))
    if program in _TEST_HOSTS:
        words = operands[1:2] if sub in ("run", "run-script") else operands[:3]
        if any([word in _TEST_WORDS or word.startswith(("test:", "test-", ":test")) for word in words]):
            return Call("test", program, words[0], _place(operands[1:]))
        return Call("other", program, " ".join(operands[:2]) if sub == "run" else sub, "", True)
    if program in _ASKS and _asks(program, operands, rest) or program in _WAITERS:
        asks = program in _ASKS and bool(_ASKS[program])
        return Call("poll", program, sub if asks else "", _place(operands[1:] if asks else operands))
    if program in _READERS:
        if program == "sed" and any([word[:2] == "-i" or word[:10] == "--in-place" for word in rest]):
            return Call("edit", program, "", operands[-1] if operands else "", True)
        return Call("read", program, "", _place(operands))
    if program in _SEARCHERS:
        changes = program == "find" and ("-delete" in rest or "-exec" in rest)
        return Call("search", program, "", _place(operands[1:] if program not in ("find", "fd") else operands), changes)
    if program in _EDIT_PROGRAMS or program in ("str_replace_editor", "apply_patch"):
        return Call("read" if sub == "view" else "edit", program, "", _place(operands), sub != "view")
    if program in _CHANGERS or not sub.replace("-", "").replace(":", "").isalnum():
        return Call("other", program, "", _place(operands), True)
    return Call("other", program, sub[:20], _place(operands[1:]), True)


def _asks(program: str, operands: "list[str]", rest: "list[str]") -> bool:
    """True for a command that asks how something is getting on."""
    if program in ("curl", "wget", "http"):
        if any([w in ("-X", "-d", "--data", "--request", "-F", "-T", "--post-data", "-o", "-O", "--json") for w in rest]):
            return False
        address = next((w for w in operands if "://" in w or w.startswith(("localhost", "127.0.0.1", ":"))), "").lower()
        return any([word in address for word in _HEALTH]) or "localhost" in address or "127.0.0.1" in address
    if program == "tail":
        logs = [word.endswith((".log", ".out", ".err", ".output", ".txt")) or "/log" in word or "nohup" in word for word in operands]
        return any(logs) or "-f" in rest
    if program == "journalctl":
        return True
    words = operands[:3]
    if program == "gh":
        return operands[:1] in (["run"], ["workflow"], ["pr"]) and operands[1:2] in (["watch"], ["view"], ["checks"], ["list"], ["status"])
    if program == "docker" and operands[:1] == ["compose"]:
        words = operands[1:2]
    if program in ("gcloud", "az", "aws", "glab", "argocd"):
        return any([w in _ASKS[program] or w.startswith(("describe-", "get-job", "get-build", "batch-get-builds")) for w in operands])
    return any([w in _ASKS[program] for w in words])


def _place(operands: "list[str]") -> str:
    """The first operand that looks like a path or an address, else the first."""
    for word in operands:
        if "/" in word or "." in word[1:-1]:
            return word[:200]
    return operands[0][:60] if operands else ""


def _parts(text: str) -> "list[tuple[list[str], bool, str]]":
    """A shell text -> [(words, whether it reads another's output, file it writes to or "")]. Quotes are taken off."""
    found: "list[tuple[list[str], bool, str]]" = []
    words: "list[str]" = []
    word, quote, piped, writes, pending, begun = "", "", False, "", False, False
    heredoc = ""
    text = text[:_LOOKED_AT] + "\n\n\n\n"  # so that the next characters can be asked for without care
    at, end = 0, len(text) - 3
    while at < end:
        ch = text[at]
        at += 1
        if quote:
            if ch == quote:
                quote = ""
            elif ch == "\\" and quote == '"' and at < end:
                word += text[at]
                at += 1
            else:
                word += ch
            continue
        if ch in "'\"":
            quote, begun = ch, True
            continue
        if ch == "\\" and at < end:
            if text[at] != "\n":
                word += text[at]
            at += 1
            continue
        if ch not in " \t\n;|&<>":
            word += ch
            continue
        if ch in "<>" and word.isdigit():
            word = ""
        if word or begun:
            if pending:
                if word[:9] != "/dev/null":
                    writes = word
                pending = False
            else:
                words.append(word)
            word, begun = "", False
        if ch in " \t":
            continue
        if ch == ">":
            if text[at] == ">":
                at += 1
            if text[at] == "&":
                at += 1
                while text[at] not in " \t\n;|":
                    at += 1
            else:
                pending = True
            continue
        if ch == "<":
            if text[at:at + 1] == "<" and text[at + 1:at + 2] != "<":
                stop = at + 1
                while stop < end and text[stop] not in "\n;|&> ":
                    stop += 1
                if stop == at + 1:  # a blank before the word
                    stop = text.find("\n", stop)
                heredoc = text[at + 1:stop].strip(" -'\"\\").split(" ")[0]
                at = stop
            else:
                while text[at] in "< ":
                    at += 1
                while text[at] not in " \t\n;|&":
                    at += 1
            continue
        if ch == "&" and text[at] == ">":
            at += 1
            pending = True
            continue
        if words or writes:
            found.append((words, piped, writes))
        words, writes, pending = [], "", False
        piped = ch == "|" and text[at] != "|"
        if ch in "|&" and text[at] in "|&":
            at += 1
        if ch == "\n" and heredoc:
            closing = text.find("\n" + heredoc + "\n", at - 1)
            at = end if closing < 0 else closing + len(heredoc) + 2
            heredoc = ""
    return found
