"""What git can lose: commits on the remote, commits nobody points at any more, work that was never committed."""

from holdfast.guard.line import Arg
from holdfast.guard.packs import shown, when
from holdfast.guard.paths import inside, resolve, within_roots
from holdfast.guard.rule import Finding, Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfast.guard.line import Command, Line
    from holdfast.guard.rule import Test

# git itself, what stands in for it, and its subcommands called by their own names.
_GIT = "git git.exe hub yadm git-push git-reset git-clean git-checkout git-restore git-switch git-branch git-stash git-commit git-rm"
_GLOBAL = "-C -c --git-dir --work-tree --namespace --super-prefix --config-env --attr-source"
# The options of each subcommand: long name, "/" its letters, ":" when it takes a value. Git completes what is abbreviated.
_OPTIONS = {
    "push": "force/f delete/d dry-run/n mirror prune tags all branches follow-tags force-with-lease force-if-includes set-upstream/u "
    "push-option/o: repo: receive-pack: exec: verify quiet/q verbose/v signed atomic porcelain progress thin recurse-submodules",
    "reset": "hard merge keep soft mixed quiet/q patch/p intent-to-add/N pathspec-from-file: pathspec-file-nul recurse-submodules refresh",
    "clean": "force/f dry-run/n interactive/i quiet/q exclude/e: /d /x /X",
    "checkout": "force/f patch/p b: B: orphan: ours/2 theirs/3 merge/m conflict: detach/d track/t quiet/q progress l guess/? "
    "overwrite-ignore recurse-submodules pathspec-from-file: pathspec-file-nul overlay ignore-skip-worktree-bits "
    "ignore-other-worktrees unified/U: inter-hunk-context:",
    "switch": "force/f discard-changes create/c: force-create/C: orphan: detach/d merge/m conflict: track/t guess quiet/q progress "
    "recurse-submodules ignore-other-worktrees overwrite-ignore",
    "restore": "staged/S worktree/W source/s: patch/p ours/2 theirs/3 merge/m conflict: quiet/q progress overlay ignore-unmerged "
    "recurse-submodules pathspec-from-file: pathspec-file-nul unified/U: inter-hunk-context: ignore-skip-worktree-bits",
    "branch": "delete/d force/f move/m copy/c remotes/r all/a list/l track/t set-upstream-to/u: unset-upstream contains: no-contains: "
    "merged no-merged sort: points-at: format: color column verbose/v quiet/q show-current edit-description create-reflog "
    "ignore-case/i abbrev: /D /M /C",
    "rm": "force/f cached dry-run/n quiet/q ignore-unmatch sparse pathspec-from-file: pathspec-file-nul /r",
    "stash": "quiet/q include-untracked/u all/a keep-index/k patch/p staged/S message/m: index",
    "reflog": "expire: expire-unreachable: all single-worktree dry-run/n rewrite updateref stale-fix verbose verbose quiet/q",
    "gc": "aggressive auto prune: quiet/q force keep-largest-pack cruft detach",
    "prune": "dry-run/n verbose/v progress expire: exclude-promisor-objects",
    "update-ref": "stdin deref create-reflog /d /m: /z",
    "symbolic-ref": "delete/d short quiet/q recurse /m:",
    "worktree": "force/f detach/d checkout lock quiet/q reason: dry-run/n expire: /b: /B:",
    "submodule": "force/f all init remote recursive quiet/q",
    "read-tree": "reset prefix: index-output: dry-run/n verbose/v trivial aggressive /m /u /i",
    "checkout-index": "force/f all/a prefix: stage: temp index/u quiet/q stdin no-create/n",
    "commit": "verify/N no-verify/n message/m: file/F: amend author: date: all/a reuse-message/C: reedit-message/c: fixup: squash: "
    "template/t: edit/e signoff/s quiet/q verbose/v patch/p include/i only/o allow-empty allow-empty-message cleanup: "
    "gpg-sign no-gpg-sign dry-run short branch porcelain status trailer:",
    "merge": "verify message/m: file/F: strategy/s: strategy-option/X: abort continue quit ff ff-only squash commit edit/e stat/n "
    "signoff quiet/q verbose/v log into-name: allow-unrelated-histories autostash rerere-autoupdate gpg-sign/S",
    "fetch": "force/f prune/p prune-tags/P tags/t all append/a depth: deepen: shallow-since: shallow-exclude: unshallow update-shallow "
    "dry-run/n update-head-ok/u upload-pack: jobs/j: refmap: recurse-submodules server-option/o: negotiation-tip: filter: "
    "quiet/q verbose/v progress ipv4/4 ipv6/6 multiple keep/k atomic write-fetch-head set-upstream auto-maintenance auto-gc",
    "tag": "delete/d force/f annotate/a sign/s list/l message/m: file/F: local-user/u: verify/v contains: no-contains: merged: "
    "no-merged: points-at: sort: format: column color cleanup: create-reflog edit/e trailer: ignore-case/i /n",
    "remote": "verbose/v add push delete track/t: master/m: fetch/f tags mirror",
    "notes": "force/f message/m: file/F: ref: dry-run/n verbose/v stdin ignore-missing",
    "fast-import": "force quiet stats date-format: import-marks: export-marks:",
    "am": "verify abort skip quit continue",
}
_MAIN = ("main", "master", "trunk", "develop", "production", "prod", "release", "staging")
# A single operand of checkout with one of these endings is a file and no branch.
_ENDINGS = (
    ".py .js .jsx .ts .tsx .mjs .cjs .go .rs .rb .java .kt .c .h .cc .cpp .hpp .cs .php .swift .scala .sh .bash .md .rst .txt "
    ".json .yaml .yml .toml .ini .cfg .html .css .scss .vue .svelte .sql .proto .tf .xml .csv .ipynb .lua .pl .ex .exs"
).split()
_MADE = ("package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Cargo.lock", "poetry.lock", "uv.lock", "Gemfile.lock", "go.sum")


class _Said:
    """A git command read: name of the subcommand, `on` long options (name -> True or False, the last word wins), their values,
    operands before and after `--`, folder: the Arg of -C, configured: name -> value of -c."""

    __slots__ = ("name", "on", "value", "operands", "paths", "folder", "configured")

    def __init__(self) -> None:
        self.name = ""
        self.folder: "Arg | None" = None
        self.on: "dict[str, bool]" = {}
        self.value: "dict[str, Arg]" = {}
        self.operands: "list[Arg]" = []
        self.paths: "list[Arg]" = []
        self.configured: "dict[str, str]" = {}

    def has(self, *names: str) -> bool:
        return any(self.on.get(name) for name in names)

    @property
    def all(self) -> "list[Arg]":
        return self.operands + self.paths


_last: "list[tuple[Command, Line, _Said]]" = []  # every pattern asks about the same command in turn


def read(command: "Command", line: "Line") -> _Said:
    """A git Command, read as git reads it."""
    if _last and _last[0][0] is command and _last[0][1] is line:
        return _last[0][2]
    said = _Said()
    args = command.args
    at = 0
    if command.program.startswith("git-"):
        args = (Arg((command.program[4:],)), *args)
    while at < len(args):
        text = _text(args[at])
        if not text.startswith("-") or text == "-":
            break
        if text == "-c" and at + 1 < len(args):
            name, _, value = _text(args[at + 1]).partition("=")
            said.configured[name.lower()] = value
        elif text == "-C" and at + 1 < len(args):
            said.folder = args[at + 1]
        at += 2 if text in _GLOBAL.split() else 1
    if at < len(args):
        said.name, rest = _text(args[at]), args[at + 1 :]
        alias = None if said.name in _OPTIONS else _alias(said.name, said, line)
        if alias:
            said.name, rest = alias[0], (*[Arg((word,)) for word in alias[1:]], *rest)
        _options(said, rest)
    _last[:] = [(command, line, said)]
    return said


def _alias(name: str, said: _Said, line: "Line") -> "list[str] | None":
    """The words that an alias of this very text stands for."""
    value = said.configured.get(f"alias.{name.lower()}")
    if value is None:
        for other in line.commands:
            words = [w for w in other.words if w is not None] if other.program == "git" else []
            if "config" in words and f"alias.{name}" in words[:-1]:
                value = words[words.index(f"alias.{name}") + 1]
    return value.replace("'", "").replace('"', "").split() or None if value and not value.startswith("!") else None


def _options(said: _Said, args: "tuple[Arg, ...]") -> None:
    letters: "dict[str, str]" = {}
    longs: "list[str]" = []
    valued: "set[str]" = set()
    for entry in _OPTIONS.get(said.name, "force/f dry-run/n").split():
        name, _, short = entry.rstrip(":").partition("/")
        for letter in short:
            letters[letter] = name or letter
        if len(name) == 1:
            letters[name] = name
        elif name:
            longs.append(name)
        if entry.endswith(":"):
            valued.add(name or short)
    at = 0
    while at < len(args):
        arg = args[at]
        text = _text(arg)
        at += 1
        if text == "--":
            said.paths += args[at:]
            return
        if not text.startswith("-") or text == "-":
            said.operands.append(arg)
        elif text.startswith("--"):
            given, equals, value = text[2:].partition("=")
            name, on = _completed(given, longs)
            said.on[name] = on
            if equals:
                said.value[name] = Arg((value,))
            elif on and name in valued and at < len(args) and name != "prune":
                said.value[name] = args[at]
                at += 1
        else:
            for place, letter in enumerate(text[1:], 2):
                name = letters.get(letter, letter)
                said.on[name] = True
                if name in valued:
                    if place < len(text):
                        said.value[name] = Arg((text[place:],))
                    elif len(arg.pieces) < 2 and at < len(args):
                        said.value[name] = args[at]
                        at += 1
                    break


def _completed(given: str, longs: "list[str]") -> "tuple[str, bool]":
    """A long option as given -> its full name, and whether it switches on: "forc" -> ("force", True), "no-force" -> ("force", False)."""
    if given in longs:
        return given, True
    if given.startswith("no-") and given[3:] in longs:
        return given[3:], False
    if given:
        for name in longs:
            if name.startswith(given):
                return name, True
        for name in longs:
            if f"no-{name}".startswith(given) and len(given) > 3:
                return name, False
    return given, True


def _text(arg: Arg) -> str:
    return arg.value if arg.value is not None else arg.prefix


def _on(names: str, ask: "Callable[[_Said, Command, Line], str | None]", fresh: bool = False) -> "Test":
    """A Pattern's test for some subcommands. fresh: the loss is nothing in a clone or repository that the same text has just made."""
    wanted = names.split()

    def test(command: "Command", line: "Line") -> "str | None":
        said = read(command, line)
        if said.name not in wanted or said.has("help") or said.on.get("h") and len(command.args) == 2:
            return None
        what = ask(said, command, line)
        return f"`{shown(command)}` {what}" if what and not (fresh and _just_made(said, command, line)) else None

    return test


def _just_made(said: _Said, command: "Command", line: "Line") -> bool:
    """True in a folder that an earlier command of the same text cloned or initialised."""
    here = resolve(said.folder if said.folder is not None else ".", command, line.world)
    if here is None:
        return False
    for earlier in line.commands:
        if earlier is command:
            return False
        if any(inside(here, made) and made != "/" for made in _made(earlier, line)):
            return True
    return False


def _made(command: "Command", line: "Line") -> "Iterator[str]":
    """The absolute path of the folder that a `git clone` makes."""
    view = command.sub(_GLOBAL) if command.program in ("git", "gh") else None
    if view is not None and view.program == "repo":
        view = view.sub()
    if view is None or view.program != "clone":
        return
    operands = view.operands(
        "-b --branch --depth -o --origin --reference -c --config -j --jobs --filter -u --upload-pack --template "
        "--separate-git-dir --shallow-since --server-option"
    )
    if not operands:
        return
    name = operands[1] if len(operands) > 1 else _text(operands[0]).rstrip("/").rpartition("/")[2].removesuffix(".git")
    path = resolve(name, command, line.world) if name else None
    if path and path != command.cwd:
        yield path


# ---- the remote ----------------------------------------------------------------------------------------------------


def _refspecs(said: _Said) -> "list[str]":
    return [_text(a) for a in (said.all if said.has("repo") else said.all[1:])]


def _force_push(said: _Said, command: "Command", line: "Line") -> "str | None":
    if said.has("dry-run"):
        return None
    forced = said.has("force") or any(spec.startswith("+") for spec in map(_text, said.all))
    return "overwrites what is on the remote" if forced and not said.has("delete") else None


def _remote_deletion(said: _Said, command: "Command", line: "Line") -> "str | None":
    deleted = said.has("delete") or any(
        spec.lstrip("+").startswith(":") and len(spec.lstrip("+")) > 1 or spec == ":" and "$" in a.shown
        for spec, a in zip(map(_text, said.all), said.all, strict=True)
    )
    return "deletes from the remote" if deleted and not said.has("dry-run") else None


def _mirror(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "deletes every remote branch that is not here" if said.has("mirror", "prune") and not said.has("dry-run") else None


def _fetch_over(said: _Said, command: "Command", line: "Line") -> "str | None":
    for spec in map(_text, said.all[1:]):
        target = spec.partition(":")[2]
        if target and (said.has("force") or spec.startswith("+")) and (not target.startswith("refs/") or target.startswith("refs/heads/")):
            return "replaces a local branch and drops its own commits"
    return None


def _remote_url(said: _Said, command: "Command", line: "Line") -> "str | None":
    given = [a.shown for a in said.all]
    if given[:1] == ["set-url"] and not said.has("delete") and len(given) > 2:
        address = given[2].partition("://")[2] or given[2]
        host = address.rpartition("@")[2].partition("/")[0].partition(":")[0]
        bare = host.replace(".", "").isdigit() and not host.startswith(("10.", "127.", "192.168.", "172."))
        plain = given[2].startswith(("http://", "git://", "ext::", "fd::")) and not host.startswith(
            ("localhost", "127.", "10.", "192.168.")
        )
        if bare or plain:
            return "sends later pushes to an address that nobody vouches for"
    if given[:2] in (["remove", "origin"], ["rm", "origin"]) and not _just_made(said, command, line):
        again = any(o.program == "git" and o.words[:1] == ["remote"] and "add" in o.words for o in line.commands)
        return None if again else "cuts the project off its remote and drops its remote-tracking branches"
    return None


# ---- work that was never committed ---------------------------------------------------------------------------------


def _reset(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "throws away uncommitted work" if said.has("hard", "merge") else None


def _clean(said: _Said, command: "Command", line: "Line") -> "str | None":
    forced = said.has("force") or said.configured.get("clean.requireforce") in ("false", "0", "no", "off")
    return "deletes files that git does not track and cannot bring back" if forced and not said.has("dry-run", "interactive") else None


def _checkout_paths(said: _Said, command: "Command", line: "Line") -> "str | None":
    if said.has("patch", "ours", "theirs", "b", "B", "orphan"):
        return None
    if said.paths and all(_text(a).rpartition("/")[2] in _MADE for a in said.paths):
        return None
    paths = (
        bool(said.paths)
        or len(said.operands) > 1
        or said.has("pathspec-from-file")
        or len(said.operands) == 1
        and _is_path(said.operands[0])
        or command.open_ended
        and _ends_in_dashes(command)
    )
    return "throws away uncommitted changes in those files" if paths else None


def _is_path(arg: Arg) -> bool:
    text = _text(arg)
    last = text.rpartition("/")[2]
    return (
        text in (".", "..")
        or text.startswith(("./", "../", ":/", ":(", ":!"))
        or text.endswith("/")
        and arg.known
        or arg.glob
        or "*" in text
        or text.endswith(tuple(_ENDINGS))
        and last not in _MADE
        and arg.known
    )


def _ends_in_dashes(command: "Command") -> bool:
    return bool(command.argv) and command.argv[-1].value == "--"


def _checkout_force(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "throws away uncommitted changes" if said.has("force", "discard-changes") and not said.has("patch") else None


def _branch_reset(said: _Said, command: "Command", line: "Line") -> "str | None":
    if said.name == "branch":
        moved = said.has("force") and not said.has("delete", "D", "move", "M", "copy", "C", "list") and said.all
        return "moves the branch away from commits that only it may hold" if moved else None
    return "moves an existing branch away from its commits" if said.has("B", "force-create") else None


def _restore(said: _Said, command: "Command", line: "Line") -> "str | None":
    worktree = said.on.get("worktree", not said.has("staged"))
    what = bool(said.all) or said.has("pathspec-from-file") or command.open_ended
    return "throws away uncommitted changes in those files" if worktree and what and not said.has("patch", "ours", "theirs") else None


def _rm(said: _Said, command: "Command", line: "Line") -> "str | None":
    if not said.has("force") or said.has("cached", "dry-run"):
        return None
    everything = any(_text(a) in (".", "./", "*", ":/") or a.value == "/" for a in said.all)
    recorded = any(o.program == "git" and o.sub(_GLOBAL).program == "commit" for o in line.commands)
    return "deletes files together with changes that were never committed" if everything or not recorded else None


def _worktree(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "deletes a working tree with all that is uncommitted in it" if _words(said)[:1] == ["remove"] and said.has("force") else None


def _submodule(said: _Said, command: "Command", line: "Line") -> "str | None":
    removed = _words(said)[:1] == ["deinit"] and said.has("force")
    return "deletes submodule folders with the changes in them" if removed else None


def _read_tree(said: _Said, command: "Command", line: "Line") -> "str | None":
    if said.name == "read-tree":
        return "overwrites the working tree" if said.has("reset") and said.has("u") and not said.has("dry-run") else None
    away = "prefix" in said.value and said.value["prefix"].shown not in ("", "./")
    return "overwrites the working tree with what is staged" if said.has("force") and not away and not said.has("temp") else None


def _elsewhere(command: "Command", line: "Line") -> "str | None":
    said = read(command, line)
    tree = command.env.get("GIT_WORK_TREE") or command.flag_value("--work-tree")
    if tree is None or said.name not in ("checkout", "reset", "restore", "switch", "pull", "merge", "stash", "clean", "rm"):
        return None
    path = resolve(tree, command, line.world)
    if path is None or within_roots(path, line.world):
        return None
    return f"`{shown(command)}` changes files in {path}, outside the project"


# ---- commits and what points at them -------------------------------------------------------------------------------


def _branch_deletion(said: _Said, command: "Command", line: "Line") -> "str | None":
    forced = said.has("D") or said.has("delete") and said.has("force")
    return "deletes a branch whose commits may be nowhere else" if forced and not said.has("remotes") else None


def _main_deletion(said: _Said, command: "Command", line: "Line") -> "str | None":
    named = any(_text(a) in _MAIN for a in said.all)
    return "deletes a main branch" if named and said.has("delete", "D") and not said.has("remotes", "force") else None


def _branch_over(said: _Said, command: "Command", line: "Line") -> "str | None":
    over = said.has("M", "C") or said.has("move", "copy") and said.has("force")
    return "replaces the other branch and drops its commits" if over and len(said.all) > 1 else None


def _words(said: _Said) -> "list[str]":
    return [a.shown for a in said.all]


def _stash_drop(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "deletes work that was set aside" if _words(said)[:1] == ["drop"] else None


def _stash_clear(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "deletes all work that was ever set aside" if _words(said)[:1] == ["clear"] else None


def _rewrite(said: _Said, command: "Command", line: "Line") -> "str | None":
    return None if said.has("dry-run", "analyze") else "rewrites every commit"


def _lfs(said: _Said, command: "Command", line: "Line") -> "str | None":
    given = _words(said)
    if given[:2] in (["migrate", "import"], ["migrate", "export"]):
        return "rewrites every commit that holds such files"
    if given[:1] == ["prune"] and (command.has_flag("f", "--force") or "--no-verify-remote" in command.words) and not said.has("dry-run"):
        return "deletes large files that may not be on the server"
    return None


def _reflog(said: _Said, command: "Command", line: "Line") -> "str | None":
    gone = _words(said)[:1] in (["expire"], ["delete"]) and not said.has("dry-run")
    return "forgets where branches were, the last way back to lost commits" if gone else None


def _prune(said: _Said, command: "Command", line: "Line") -> "str | None":
    if said.has("dry-run"):
        return None
    if said.name == "gc":
        limit = said.value["prune"].shown if "prune" in said.value else said.configured.get("gc.pruneexpire", "")
        limit = limit or said.configured.get("gc.reflogexpire", "")
        if not limit or any(word in limit for word in ("week", "month", "year", "never")):
            return None
    return "deletes for good every commit that no branch points at"


def _ref_deletion(said: _Said, command: "Command", line: "Line") -> "str | None":
    told = said.has("stdin") and (
        "delete " in (command.stdin.shown if command.stdin else "")
        or any("delete" in a.shown for source in command.feeds for a in source.args)
    )
    return "deletes a reference behind git's back" if said.has("d", "delete") or told else None


def _tags(said: _Said, command: "Command", line: "Line") -> "str | None":
    many = command.open_ended or len(said.all) > 2 or any(u.kind == "output" for a in said.all for u in a.unknowns)
    return "deletes many tags at once" if said.has("delete") and many else None


def _notes(said: _Said, command: "Command", line: "Line") -> "str | None":
    given = _words(said)
    if said.name == "notes":
        return "deletes notes on commits" if given[:1] in (["prune"], ["remove"]) and not said.has("dry-run") else None
    return "puts one object in the place of another" if (len(given) > 1 or said.has("force")) and not said.has("d", "delete", "l") else None


def _fast_import(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "overwrites branches even where commits are lost" if said.has("force") else None


def _svn(said: _Said, command: "Command", line: "Line") -> "str | None":
    return "drops revisions and what was built on them" if _words(said)[:1] == ["reset"] else None


# ---- checks --------------------------------------------------------------------------------------------------------


def _unchecked(said: _Said, command: "Command", line: "Line") -> "str | None":
    skipped = said.on.get("verify") is False or said.name == "commit" and said.has("no-verify")
    skipped |= said.configured.get("core.hookspath") in ("", "/dev/null") or any(
        name in command.env and command.env[name].shown == off
        for name, off in (("HUSKY", "0"), ("HUSKY_SKIP_HOOKS", "1"), ("LEFTHOOK", "0"), ("OVERCOMMIT_DISABLE", "1"))
    )
    if said.name == "config":
        given = " ".join(_words(said)).lower()
        skipped = "core.hookspath" in given and given.rpartition(" ")[2] == "/dev/null"
    return "skips the project's hooks" if skipped and not said.has("dry-run") else None


def _bfg(command: "Command", line: "Line") -> "str | None":
    return None if command.has_flag("-h", "--help", "--version") or not command.args else f"`{shown(command)}` rewrites every commit"


def _mercurial(command: "Command", line: "Line") -> "Finding | str | None":
    view = command.sub("-R --repository --cwd --config")
    clean = view.program in ("update", "up", "checkout", "co") and view.has_flag("C", "--clean")
    lost = (
        view.program in ("strip", "purge", "clean")
        or view.program == "revert"
        and view.has_flag("a", "--all")
        or view.program == "push"
        and view.has_flag("f", "--force")
    )
    return (
        f"`{shown(command)}` loses changes or commits"
        if (clean or lost) and not view.has_flag("-n", "-p", "--dry-run", "--print")
        else None
    )


def _subversion(command: "Command", line: "Line") -> "str | None":
    view = command.sub("--username --password --config-dir --config-option")
    if view.program == "revert" and view.has_flag("R", "--recursive", "--depth"):
        return f"`{shown(command)}` throws away all local changes"
    if view.program in ("delete", "del", "remove", "rm") and any("://" in a.shown for a in view.operands("-m --message")):
        return f"`{shown(command)}` deletes in the repository at once"
    if view.program == "cleanup" and view.has_flag("--remove-unversioned", "--remove-ignored"):
        return f"`{shown(command)}` deletes files that nothing tracks"
    return None


def _other_versions(command: "Command", line: "Line") -> "str | None":
    given = [arg.shown for arg in command.operands("-c -p -u -P")]
    verb = given[:1]
    gone = {
        "dvc": verb in (["destroy"], ["gc"]),
        "dolt": verb == ["reset"]
        and command.has_flag("--hard")
        or verb == ["push"]
        and command.has_flag("f", "--force")
        or verb == ["branch"]
        and command.has_flag("D")
        or verb == ["gc"],
        "lakectl": given[1:2] in (["delete"], ["reset"], ["revert"]) or verb == ["fs"] and "rm" in given,
        "p4": verb in (["obliterate"], ["revert"], ["unload"])
        and not command.has_flag("-n")
        and (verb != ["revert"] or "//..." in given or "..." in given),
        "repo": verb in (["forall"], ["prune"], ["abandon"]) and verb != ["forall"],
        "fossil": verb in (["revert"], ["clean"], ["scrub"], ["purge"]),
    }.get(command.program, verb in (["revert"], ["uncommit"], ["clean-tree"]))
    return f"`{shown(command)}` loses changes or versions" if gone and not command.has_flag("--help", "--dry", "--dry-run") else None


_COMMIT_FIRST = "Commit or `git stash push` first, then nothing can be lost."
_LOOK = "Look with `git diff` first and keep the work with `git stash push`."

PACK = Pack(
    "git",
    Pattern(
        code="GIT001",
        title="force push",
        programs=_GIT,
        test=_on("push send-pack http-push", _force_push),
        why="Commits that exist only on the remote are lost, and everyone who pulled them has to repair their clone.",
        instead="Use `git push --force-with-lease`, which refuses when the remote has moved.",
        blocks=(
            "git push --force",
            "git push -f origin main",
            "git -C app push origin +main",
            "git push -uf origin x",
            "git push --forc",
            "git-push -f",
            "/usr/lib/git-core/git-push --force origin x",
            "git send-pack --force x main",
            "cd app && git --no-pager push --tags -f",
            "git push --force-with-lease --force origin x",
        ),
        allows=(
            "git push",
            "git push -u origin feature",
            "git push --force-with-lease --force-if-includes origin x",
            "git push -fn",
            "git commit -m 'git push --force'",
            "git push --force --no-force origin x",
            "git push --follow-tags",
        ),
    ),
    Pattern(
        code="GIT002",
        title="remote branch deletion",
        programs=_GIT,
        test=_on("push", _remote_deletion),
        why="Commits of that branch or tag may exist nowhere else, and others may be working on it.",
        instead="Leave the deletion to a person, and list what is there with `git ls-remote --heads origin`.",
        blocks=(
            "git push origin --delete feature",
            "git push -d origin v1",
            "git push origin :feature",
            "git push origin --del x",
            "git push origin ':refs/heads/x'",
            "git branch -r | xargs -n1 git push origin --delete",
        ),
        allows=(
            "git push origin feature:feature",
            "git push origin HEAD:refs/heads/x",
            "git push --delete --dry-run origin x",
            "git push origin :",
        ),
    ),
    Pattern(
        code="GIT003",
        title="mirror push",
        programs=_GIT,
        test=_on("push", _mirror),
        why="Everything on the remote that is not in this clone is deleted in one go.",
        instead="Push the branches you mean by name: `git push origin feature`.",
        blocks=("git push --mirror backup", "git push origin --prune 'refs/heads/*'"),
        allows=("git clone --mirror https://github.com/a/b", "git fetch --prune", "git push --mirror --dry-run origin", "git push --all"),
    ),
    Pattern(
        code="GIT004",
        title="hard reset",
        programs=_GIT,
        test=_on("reset", _reset, fresh=True),
        why="Changes that were never committed are gone, and git keeps no copy of them.",
        instead=_COMMIT_FIRST,
        blocks=(
            "git reset --hard",
            "git -C app reset --hard HEAD~1",
            "git reset --har origin/main",
            "sudo git reset --merge",
            "git fetch && git reset --hard origin/main",
            "git -c alias.back='reset --hard' back",
        ),
        allows=(
            "git reset",
            "git reset HEAD~1",
            "git reset --soft HEAD~1",
            "git reset --keep HEAD~1",
            "git reset -- --hard",
            "git clone https://github.com/a/b && cd b && git reset --hard v1",
            "git commit -m 'reset --hard'",
        ),
    ),
    Pattern(
        code="GIT005",
        title="git clean",
        programs=_GIT,
        test=_on("clean", _clean, fresh=True),
        why="Untracked files, among them settings and new work, are deleted without a copy.",
        instead="See what would go with `git clean -nd`, then remove those files by name.",
        blocks=(
            "git clean -f",
            "git clean -fdx",
            "git clean -xdff build",
            "git clean --forc -d",
            "git -c clean.requireForce=false clean -d",
        ),
        allows=("git clean -n", "git clean -fdn", "git clean --dry-run -f", "git clean -i", "echo git clean -f"),
    ),
    Pattern(
        code="GIT006",
        title="checkout over changed files",
        programs=_GIT,
        test=_on("checkout", _checkout_paths, fresh=True),
        why="The files' uncommitted changes are replaced, and git keeps no copy of them.",
        instead=_LOOK,
        blocks=(
            "git checkout -- src",
            "git checkout .",
            "git checkout HEAD~1 app.py",
            "git checkout main -- .",
            "git checkout src/app.py",
            "git checkout --pathspec-from-file=list",
            "git ls-files -m | xargs git checkout --",
        ),
        allows=(
            "git checkout main",
            "git checkout -b fix origin/main",
            "git checkout v1.2.3",
            "git checkout --ours -- app.py",
            "git checkout feature/login.v2",
            "git checkout -p -- app.py",
            "git checkout -",
            "git checkout package-lock.json",
        ),
    ),
    Pattern(
        code="GIT007",
        title="forced checkout",
        programs=_GIT,
        test=_on("checkout switch", _checkout_force, fresh=True),
        why="Changes that were never committed are gone, and git keeps no copy of them.",
        instead=_COMMIT_FIRST,
        blocks=(
            "git checkout -f main",
            "git checkout --forc",
            "git switch -f main",
            "git switch --discard-changes main",
            "git switch --discard main",
        ),
        allows=("git checkout main", "git switch main", "git switch -c f", "git checkout -b force", "git switch --merge main"),
    ),
    Pattern(
        code="GIT008",
        title="branch reset",
        programs=_GIT,
        test=_on("checkout switch branch", _branch_reset, fresh=True),
        why="Commits that only this branch holds are left without a name and are deleted in time.",
        instead="Take a new name with `git switch -c fix`, or keep the old place with `git branch before-fix`.",
        blocks=(
            "git checkout -B main origin/main",
            "git switch -C main HEAD~3",
            "git branch -f main HEAD~2",
            "git branch --force x origin/x",
            "git switch --force-create=x",
        ),
        allows=("git checkout -b main", "git switch -c main", "git branch main", "git branch --list -f", "git switch -c B"),
    ),
    Pattern(
        code="GIT009",
        title="restore over changed files",
        programs=_GIT,
        test=_on("restore", _restore, fresh=True),
        why="The files' uncommitted changes are replaced, and git keeps no copy of them.",
        instead=_LOOK,
        blocks=(
            "git restore app.py",
            "git restore .",
            "git restore -SW app.py",
            "git restore --source=HEAD~1 app.py",
            "git restore --staged --worktree .",
            "git diff --name-only | xargs git restore",
        ),
        allows=(
            "git restore --staged app.py",
            "git restore -S .",
            "git restore -p app.py",
            "git restore --help",
            "git restore --stag app.py",
            "git restore",
        ),
    ),
    Pattern(
        code="GIT010",
        title="forced branch deletion",
        programs=_GIT,
        test=_on("branch", _branch_deletion),
        why="Commits that were never merged or pushed lose their only name.",
        instead="Use `git branch -d fix`, which refuses when commits would be lost.",
        blocks=(
            "git branch -D fix",
            "git branch -d -f fix",
            "git branch --delete --force fix",
            "git branch --dele --for fix",
            "git branch -df fix",
            "git branch --merged | xargs git branch -D",
        ),
        allows=("git branch -d fix", "git branch --delete fix", "git branch -Dr origin/fix", "git branch D", "git branch"),
    ),
    Pattern(
        code="GIT011",
        title="main branch deletion",
        programs=_GIT,
        test=_on("branch", _main_deletion),
        why="Everyone's work starts from that branch.",
        instead="Leave it, and delete only branches that are merged: `git branch --merged`.",
        blocks=("git branch -d main", "git branch --delete master", "cd app && git branch -d develop"),
        allows=("git branch -d feature/main", "git branch main", "git branch -dr origin/main"),
    ),
    Pattern(
        code="GIT012",
        title="branch renamed over another",
        programs=_GIT,
        test=_on("branch", _branch_over),
        why="Commits that only the replaced branch holds lose their name.",
        instead="Use `git branch -m old new`, which refuses when the new name is taken.",
        blocks=("git branch -M fix main", "git branch -C fix main", "git branch --move --force fix main", "git branch -f -m fix main"),
        allows=("git branch -M main", "git branch -m fix fix2", "git branch -c a b"),
    ),
    Pattern(
        code="GIT013",
        title="stash dropped",
        programs=_GIT,
        test=_on("stash", _stash_drop),
        why="The changes in it exist nowhere else.",
        instead="See it with `git stash show -p`, and leave it where it is.",
        blocks=("git stash drop", "git stash drop stash@{2}", "git stash pop || git stash drop", "git -C app stash drop -q"),
        allows=("git stash", "git stash pop", "git stash list", "git stash push -m drop", "git stash show -p"),
    ),
    Pattern(
        code="GIT014",
        title="stash cleared",
        programs=_GIT,
        test=_on("stash", _stash_clear),
        why="All changes that were ever set aside are lost.",
        instead="See them with `git stash list`, and leave them where they are.",
        blocks=("git stash clear", "cd app; git stash clear"),
        allows=("git stash list", "git stash push -m 'clear'", "git stash apply"),
    ),
    Pattern(
        code="GIT015",
        title="history rewritten",
        programs=_GIT,
        test=_on("filter-branch filter-repo", _rewrite),
        why="Every commit gets a new name: clones, reviews and links break, and what is filtered out is lost.",
        instead="Do it in a fresh `git clone --no-local . ../rewritten` that a person checks before it is pushed.",
        blocks=("git filter-branch --tree-filter 'rm -f x' HEAD", "git filter-repo --path secrets --invert-paths --force"),
        allows=("git filter-repo --analyze", "git log --filter-branch", "git filter-repo --help", "git filter-repo --dry-run --path a"),
    ),
    Pattern(
        code="GIT016",
        title="reflog expired",
        programs=_GIT,
        test=_on("reflog", _reflog),
        why="The reflog is the last way back to commits that a reset or rebase left behind.",
        instead="Leave it to git, and look at it with `git reflog show --all`.",
        blocks=("git reflog expire --expire=now --all", "git reflog delete HEAD@{1}"),
        allows=("git reflog", "git reflog show main", "git reflog expire --dry-run --all", "git reflog exists HEAD"),
    ),
    Pattern(
        code="GIT017",
        title="unreachable commits pruned",
        programs=_GIT,
        test=_on("gc prune", _prune),
        why="Commits that a reset, rebase or deleted branch left behind can't be found again.",
        instead="Use `git gc`, which keeps what is younger than two weeks.",
        blocks=(
            "git gc --prune=now",
            "git gc --aggressive --prune=all",
            "git prune",
            "git prune --expire=now",
            "git -c gc.pruneExpire=now gc",
        ),
        allows=("git gc", "git gc --auto", "git prune -n", "git remote prune origin", "git gc --prune=2.weeks.ago", "git fetch --prune"),
    ),
    Pattern(
        code="GIT018",
        title="reference deleted",
        programs=_GIT,
        test=_on("update-ref symbolic-ref", _ref_deletion),
        why="It deletes a branch or tag without any of git's own checks.",
        instead="Use `git branch -d fix`, which refuses a loss.",
        blocks=(
            "git update-ref -d refs/heads/main",
            "git symbolic-ref -d HEAD",
            "git symbolic-ref --delete HEAD",
            "echo 'delete refs/heads/x' | git update-ref --stdin",
        ),
        allows=("git update-ref refs/heads/x HEAD", "git symbolic-ref HEAD", "git symbolic-ref --short HEAD"),
    ),
    Pattern(
        code="GIT019",
        title="working tree removed by force",
        programs=_GIT,
        test=_on("worktree", _worktree),
        why="Another agent's or person's uncommitted work may be in it.",
        instead="Use `git worktree remove ../fix`, which refuses when work would be lost.",
        blocks=("git worktree remove --force ../fix", "git worktree remove -f ../fix", "git worktree remove ../fix --forc"),
        allows=("git worktree remove ../fix", "git worktree add -f ../fix main", "git worktree prune", "git worktree remove -- --force"),
    ),
    Pattern(
        code="GIT020",
        title="submodule removed by force",
        programs=_GIT,
        test=_on("submodule", _submodule),
        why="Uncommitted changes in the submodule are lost.",
        instead="Use `git submodule deinit lib`, which refuses when work would be lost.",
        blocks=("git submodule deinit -f lib", "git submodule deinit --all --force"),
        allows=("git submodule deinit lib", "git submodule update --init --recursive", "git submodule status"),
    ),
    Pattern(
        code="GIT021",
        title="tracked files deleted by force",
        programs=_GIT,
        test=_on("rm", _rm, fresh=True),
        why="Changes in those files that were never committed are lost.",
        instead="Use `git rm old.py`, which refuses when changes would be lost, or `git rm --cached old.py`.",
        blocks=("git rm -rf .", "git rm -f app.py", "git rm --forc -r src", "git rm -rf . && git commit -m empty"),
        allows=(
            "git rm app.py",
            "git rm -r --cached .",
            "git rm -rf --cached src",
            "git rm -rfn .",
            "git rm -rf old && git commit -m 'drop'",
        ),
    ),
    Pattern(
        code="GIT022",
        title="remote replaced",
        programs=_GIT,
        test=_on("remote", _remote_url),
        why="Later fetches and pushes go nowhere, or to somebody else.",
        instead="Look with `git remote -v` and add another one beside it.",
        blocks=(
            "git remote remove origin",
            "git remote rm origin",
            "git remote set-url origin http://192.0.2.1/x.git",
            "git remote set-url --push origin git://example.invalid/x",
        ),
        allows=(
            "git remote -v",
            "git remote set-url origin git@github.com:a/b.git",
            "git remote remove fork",
            "git remote add origin URL",
            "git remote rm origin && git remote add origin https://github.com/a/b",
        ),
    ),
    Pattern(
        code="GIT023",
        title="working tree elsewhere",
        programs=_GIT,
        test=_elsewhere,
        why="Git writes and deletes files in a folder that is not this project's.",
        instead="Run it in that folder's own repository, where `git status` shows what would change.",
        blocks=(
            "git --work-tree=/etc checkout main",
            "GIT_WORK_TREE=/srv/www git merge main",
            "git --git-dir=/srv/x.git --work-tree /srv/www pull",
        ),
        allows=("git --work-tree=/etc status", "git --work-tree=. merge main", "GIT_WORK_TREE=/tmp/x git checkout main"),
    ),
    Pattern(
        code="GIT024",
        title="working tree overwritten",
        programs=_GIT,
        test=_on("read-tree checkout-index", _read_tree, fresh=True),
        why="The files' uncommitted changes are replaced, and git keeps no copy of them.",
        instead=_LOOK,
        blocks=("git read-tree --reset -u HEAD", "git read-tree -u --reset main", "git checkout-index -f -a", "git checkout-index -af"),
        allows=("git read-tree HEAD", "git read-tree -m main", "git checkout-index -a", "git checkout-index -a -f --prefix=/tmp/export/"),
    ),
    Pattern(
        code="GIT025",
        title="tags deleted in bulk",
        programs=_GIT,
        test=_on("tag", _tags),
        why="Releases lose their names, and those that were never pushed can't be found again.",
        instead="List them with `git tag -l`, and delete by name those you made.",
        blocks=("git tag -l | xargs git tag -d", "git tag -d $(git tag)", "git tag --delete v1 v2 v3"),
        allows=("git tag -d v1", "git tag -l", "git tag -f v1", "git tag -a v1 -m 'delete'"),
    ),
    Pattern(
        code="GIT026",
        title="notes or objects replaced",
        programs=_GIT,
        test=_on("notes replace", _notes),
        why="It changes what commits seem to say, and takes away what others wrote.",
        instead="Look with `git notes list` or `git replace -l`.",
        blocks=("git notes prune", "git notes remove HEAD", "git replace HEAD~1 HEAD~2"),
        allows=("git notes list", "git notes add -m x", "git notes prune -n", "git replace -l", "git replace -d abc"),
    ),
    Pattern(
        code="GIT027",
        title="large files rewritten or pruned",
        programs=_GIT,
        test=_on("lfs", _lfs),
        why="Every commit gets a new name, or the only copy of a large file is deleted.",
        instead="See what would change with `git lfs migrate info`.",
        blocks=("git lfs migrate import --everything --include='*.bin'", "git lfs prune --force"),
        allows=("git lfs migrate info", "git lfs prune --dry-run", "git lfs pull", "git lfs prune", "git lfs track '*.bin'"),
    ),
    Pattern(
        code="GIT028",
        title="hooks skipped",
        programs=_GIT,
        test=_on("commit push merge am rebase config", _unchecked),
        severity="caution",
        why="The project's own checks exist to stop what they find.",
        instead="Fix what the hook reports, then `git commit` again.",
        blocks=(
            "git commit --no-verify -m x",
            "git commit -nm x",
            "git push --no-verify",
            "git commit -anm x",
            "git commit --no-verif",
            "git -c core.hooksPath=/dev/null commit -m x",
            "HUSKY=0 git commit -m x",
            "git config core.hooksPath /dev/null",
        ),
        allows=("git commit -m '--no-verify'", "git push -n", "git commit --verify -m x", "git merge -n main", "git commit -m n"),
    ),
    Pattern(
        code="GIT029",
        title="local branch overwritten by fetch",
        programs=_GIT,
        test=_on("fetch pull", _fetch_over, fresh=True),
        why="Commits that only the local branch holds lose their name.",
        instead="Fetch with `git fetch origin` and compare with `git log main..origin/main`.",
        blocks=("git fetch origin +main:main", "git fetch -f origin main:main", "git fetch origin '+refs/heads/*:refs/heads/*'"),
        allows=(
            "git fetch origin main:main",
            "git fetch --force",
            "git fetch origin +refs/heads/*:refs/remotes/origin/*",
            "git fetch origin main",
            "git fetch origin +main",
        ),
    ),
    Pattern(
        code="GIT030",
        title="fast import by force",
        programs=_GIT,
        test=_on("fast-import", _fast_import),
        why="Branches are replaced even where that loses commits.",
        instead="Run `git fast-import` without --force, which refuses a loss.",
        blocks=("git fast-import --force < dump", "git fast-export --all | sed s/a/b/ | git fast-import --force"),
        allows=("git fast-import < dump", "git fast-export --all"),
    ),
    Pattern(
        code="GIT031",
        title="svn revisions dropped",
        programs=_GIT,
        test=_on("svn", _svn),
        why="Commits built on those revisions lose their ground.",
        instead="Fetch anew in another clone, and look with `git svn info`.",
        blocks=("git svn reset -r 100", "cd app && git svn reset --revision 3"),
        allows=("git svn info", "git svn rebase", "git svn fetch"),
    ),
    Pattern(
        code="GIT032",
        title="history rewritten by another tool",
        programs="bfg git-filter-repo git-filter-branch",
        test=_bfg,
        why="Every commit gets a new name, and what is filtered out is lost.",
        instead="Do it in a fresh `git clone --no-local . ../rewritten` that a person checks.",
        blocks=("bfg --delete-files id_rsa", "git-filter-repo --invert-paths --path x", "bfg --strip-blobs-bigger-than 10M repo.git"),
        allows=("bfg --help", "grep bfg README.md"),
    ),
    Pattern(
        code="GIT033",
        title="Mercurial work lost",
        programs="hg chg",
        test=_mercurial,
        why="Uncommitted changes or whole commits are gone.",
        instead="Look with `hg status` and keep the work with `hg shelve`.",
        blocks=("hg update --clean", "hg strip tip", "hg purge --all", "hg push --force", "hg revert --all", "hg up -C default"),
        allows=("hg update", "hg status", "hg purge --print", "hg commit -m strip", "hg push", "hg pull -u"),
    ),
    Pattern(
        code="GIT034",
        title="Subversion work lost",
        programs="svn",
        test=_subversion,
        why="Local changes are gone, or something disappears from the repository for everyone.",
        instead="Look with `svn status` and keep the work with `svn diff`.",
        blocks=("svn revert -R .", "svn rm https://example.invalid/svn/trunk -m x", "svn cleanup --remove-unversioned"),
        allows=("svn revert a.c", "svn status", "svn rm a.c", "svn cleanup", "svn commit -m 'revert -R'"),
    ),
    Pattern(
        code="GIT035",
        title="Jujutsu commits dropped",
        programs="jj",
        test=when("abandon|op abandon|util gc|git push", "drops commits", needs="--deleted --all r --revisions --expire"),
        why="Commits lose their name or get a new one, for everyone.",
        instead="Look with `jj log` or `git log --oneline` first.",
        blocks=("jj abandon -r 'all()'", "jj git push --deleted"),
        allows=("jj log", "jj git push", "jj new", "jj abandon --help"),
    ),
    Pattern(
        code="GIT036",
        title="versions lost by another tool",
        programs="dvc dolt lakectl p4 bzr brz fossil repo",
        test=_other_versions,
        why="Changes or whole versions are gone for good.",
        instead="Look first, for example with `dvc status`.",
        blocks=(
            "dvc destroy -f",
            "dvc gc -w -f",
            "dolt reset --hard",
            "p4 obliterate -y //depot/a/...",
            "lakectl repo delete lakefs://a -y",
        ),
        allows=("dvc pull", "dvc gc --dry -w", "dolt reset", "p4 sync", "lakectl repo list", "repo sync"),
    ),
)
