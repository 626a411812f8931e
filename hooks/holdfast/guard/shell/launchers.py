"""Programs whose command takes a reader of its own: shells, env, su, ssh, containers, find, xargs, git and the like."""

from holdfast.guard.line import Arg, Code, Unknown
from holdfast.guard.shell.options import read_options
from holdfast.guard.shell.prefixes import environment
from holdfast.guard.shell.wrappers import KEEP, Inner, after, joined, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfast.guard.line import Command
    from holdfast.guard.shell.options import Options
    from holdfast.guard.shell.wrappers import Found

_LONG_RUN = (
    "-a -c -e -h -l -m -p -u -v -w --add-host --annotation --attach --blkio-weight --cap-add --cap-drop --cgroup-parent "
    "--cgroupns --cidfile --cpu-period --cpu-quota --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --device-cgroup-rule "
    " --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --gpus --group-add "
    "--health-cmd --health-interval --health-retries --health-timeout --hostname --ip --ip6 --ipc --isolation --label "
    "--label-file --link --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --mount --name "
    "--net --network --network-alias --oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime "
    "--security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit --user --userns --uts "
    "--volume --volume-driver --volumes-from --workdir --arch --os --secret --pod --authfile --creds --service-ports"
)
SHELLS = {
    "bash": "bash",
    "rbash": "bash",
    "sh": "sh",
    "dash": "sh",
    "ash": "sh",
    "ksh": "sh",
    "ksh93": "sh",
    "mksh": "sh",
    "lksh": "sh",
    "oksh": "sh",
    "pdksh": "sh",
    "yash": "sh",
    "posh": "sh",
    "sash": "sh",
    "zsh": "zsh",
    "rzsh": "zsh",
    "fish": "sh",
    "csh": "sh",
    "tcsh": "sh",
    "osh": "bash",
    "nu": "sh",
    "elvish": "sh",
    "xonsh": "sh",
}
_XARGS_VALUES = frozenset(
    (
        "-a -d -E -I -J -L -n -P -R -S -s --arg-file --delimiter --max-args --max-chars --max-lines --max-procs "
        "--replace --process-slot-var"
    ).split()
)


def _env(command: "Command", fed: bool) -> "Found":
    args = command.args
    options = read_options(
        args, frozenset(("-u", "-C", "-S", "-P", "-L", "-U", "--unset", "--chdir", "--split-string", "-f", "--file", "-a", "--argv0"))
    )
    inner = Inner("env")
    at, texts = options.at, []
    for name, value in options.given:
        if name in ("-C", "--chdir"):
            inner.cwd = value
        elif name in ("-S", "--split-string") and value is not None:
            texts.append(value)
        elif name in ("-i", "--ignore-environment"):
            inner.cleared, inner.label = True, "env -i"
        elif name in ("-u", "--unset") and value is not None and value.value:
            inner.env = {**(inner.env or {}), value.value: None}
    if texts:
        at = _behind_split(args)  # whatever follows belongs to the command in the text
    elif at < len(args) and args[at].value == "-":
        inner.cleared, inner.label, at = True, "env -i", at + 1
    env, at = environment(args, at)
    inner.env = {**(inner.env or {}), **env}
    inner.open_ended = options.doubtful
    if texts:
        inner.text, inner.dialect = joined((*texts, *args[at:])), "sh"
    elif at < len(args):
        inner.argv = args[at:]
    else:
        return (), ()
    return (), [inner]


def _behind_split(args: "Sequence[Arg]") -> int:
    """The index behind `-S TEXT` of env."""
    for at, arg in enumerate(args):
        text = arg.prefix
        if text in ("-S", "--split-string") or text[:1] == "-" and text[1:2].isalpha() and text.endswith("S"):
            return at + 2
        if text.startswith("--sp") or text[:1] == "-" and text[1:2] != "-" and "S" in text:
            return at + (1 if "=" in text or text[1:2] != "-" else 2)
    return len(args)


def shell(command: "Command", fed: bool, name: str) -> "Found":
    """A shell: -c TEXT [$0 [args]], -s, a script file, or standard input."""
    args, dialect = command.args, SHELLS[name]
    i, text, given, stdin, doubtful = 0, None, False, False, False
    while i < len(args):
        word = args[i].value
        if word is None:
            if args[i].split and not args[i].prefix and any(a.value and a.value[:1] == "-" and "c" in a.value for a in args[i + 1 :]):
                doubtful, i = True, i + 1
                continue
            break
        if word in ("--", "-"):
            i += 1
            break
        if word[:1] not in "-+" or len(word) < 2:
            break
        if word.startswith("--"):
            i += 2 if word in ("--rcfile", "--init-file", "--emulate", "--command") else 1
            given |= word == "--command" and name == "fish"
            continue
        given |= "c" in word and word[0] == "-"
        stdin |= "s" in word and word[0] == "-"
        takes = word[-1] in "oO" and name not in ("fish", "csh", "tcsh")
        i += 2 if takes else 1
    label = f"{command.program} -c"
    rest = args[i:]
    if given:
        if not rest:
            return (), ()
        text = rest[0]
        zero = rest[1] if len(rest) > 1 else None
        inner = Inner(label, text=text, dialect=dialect, zero=zero, args=_positional(rest[2:], command), open_ended=doubtful)
        return [Code("sh", "argument", text)], [inner]
    if rest and not stdin and rest[0].value not in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        content = _content(rest[0])
        if content is not None:
            inner = Inner(command.program, text=content, dialect=dialect, zero=rest[0], args=_positional(rest[1:], command))
            return [Code("sh", "file", rest[0])], [inner]
        return [Code("sh", "file", rest[0])], ()
    if not fed:
        return (), ()
    return _shell_on_stdin(command, dialect, rest if stdin else rest[1:])


def _shell_on_stdin(
    command: "Command",
    dialect: str = "sh",
    args: "Sequence[Arg]" = (),
    label: str = "stdin",
    root: bool = False,
    cwd: "Arg | str | None" = KEEP,
) -> "Found":
    codes = [Code("sh", "stdin", command.stdin)]
    if command.stdin is None:
        return codes, ()
    return codes, [Inner(label, text=command.stdin, dialect=dialect, args=_positional(args, command), root=root, cwd=cwd)]


def _positional(args: "Sequence[Arg]", command: "Command") -> "tuple[Arg, ...]":
    """$1, $2 ... of a shell text; the last may stand for any number when the command is open-ended."""
    if command.open_ended and not any(arg.split for arg in args):
        return (*args, Arg((Unknown("argument", "$@"),), split=True))
    return tuple(args)


def _content(arg: "Arg") -> "Arg | None":
    """The text that reading a process substitution gives, when it is known."""
    pieces = arg.pieces
    return pieces[0].content if len(pieces) == 1 and isinstance(pieces[0], Unknown) else None


def _su(command: "Command", fed: bool) -> "Found":
    args, values = (
        command.args,
        frozenset("-c --command -s --shell -g -G -u -w --group --supp-group --user --session-command --whitelist-environment".split()),
    )
    given, operands, login, i = [], [], False, 0
    while i < len(args):
        options = read_options(args, values, "", i)
        given += options.given
        i = options.at
        if options.dashed and options.has("-u", "--user"):
            break
        if i < len(args):
            if args[i].value == "-":
                login = True
            elif any(name in ("-u", "--user") for name, _ in given) and command.program == "runuser":
                break
            else:
                operands.append(args[i])
            i += 1
    login |= any(name in ("-l", "--login") for name, _ in given)
    label, cwd = ("su -", None) if login else (command.program, KEEP)
    text = next((value for name, value in given if name in ("-c", "--command", "--session-command") and value is not None), None)
    if text is not None:
        return [Code("sh", "argument", text)], [Inner(label, text=text, root=True, cwd=cwd, args=tuple(operands[1:]))]
    if i < len(args):
        return (), [Inner(label, argv=args[i:], root=True, cwd=cwd)]
    return _shell_on_stdin(command, label=label, root=True, cwd=cwd) if fed else ((), ())


def _ssh(command: "Command", fed: bool) -> "Found":
    args = command.args
    options = read_options(args, frozenset("-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w".split()))
    at = options.at
    if at >= len(args) or options.has("-O", "-Q"):
        return (), ()
    again = read_options(args, frozenset("-p -l -i -o".split()), "", at + 1)
    rest = args[again.at :]
    if rest:
        text = joined(rest)
        return [Code("sh", "argument", text)], [Inner("ssh", text=text, cwd=None, open_ended=options.doubtful or args[at].split)]
    return _shell_on_stdin(command, label="ssh", cwd=None) if fed and not options.has("-N", "-n", "-f") else ((), ())


def _container(command: "Command", fed: bool) -> "Found":
    """docker, podman, kubectl and the like: exec and run."""
    args, tool = command.args, command.program
    options = read_options(
        args,
        frozenset(
            (
                "-H -c -l -n -s --context --config --host --log-level --namespace --cluster --kubeconfig --user --server "
                "--token --as -f --file -p --project-name --profile --env-file --project-directory --connection --url --root "
                "--runroot"
            ).split()
        ),
    )
    at, name = options.at, "kubectl" if tool in ("kubectl", "oc", "k", "microk8s.kubectl", "k3s") else "docker"
    while at < len(args) and args[at].value in ("container", "compose", "kubectl", "buildx"):
        options = read_options(
            args, frozenset("-f --file -p --project-name --profile --env-file --project-directory -n --namespace".split()), "", at + 1
        )
        at = options.at
    action = args[at].value if at < len(args) else None
    if action in ("debug",) and name == "kubectl":
        action = "exec"
    if action not in ("exec", "run", "create") or action == "create" and name == "kubectl":
        return (), ()
    label = f"{name} {'exec' if action == 'exec' else 'run'}"
    if name == "kubectl":
        dashes = next((i for i in range(at, len(args)) if args[i].value == "--"), None)
        if dashes is not None:
            rest = args[dashes + 1 :]
        else:
            more = read_options(args, frozenset("-c -n -f --container --namespace --filename --context --image".split()), "", at + 1)
            rest = args[more.at + 1 :] if action == "exec" else ()
        return (), [Inner(label, argv=rest, cwd=None)] if rest else ()
    more = read_options(
        args,
        frozenset(_LONG_RUN.split())
        if action != "exec"
        else frozenset("-e -u -w --env --user --workdir --env-file --detach-keys --index".split()),
        "",
        at + 1,
    )
    rest = args[more.at + 1 :]
    env = _container_env(more)
    entry = more.value("--entrypoint")
    if entry is not None and entry.pieces:
        rest = (entry, *rest)
    doubtful = more.doubtful or more.at < len(args) and args[more.at].split
    return (), [Inner(label, argv=rest, cwd=None, env=env, open_ended=doubtful)] if rest else ()


def _container_env(options: "Options") -> "dict[str, Arg | None]":
    env: "dict[str, Arg | None]" = {}
    for name, value in options.given:
        if name in ("-e", "--env") and value is not None and "=" in value.prefix:
            key = value.prefix.partition("=")[0]
            env[key] = after(value, len(key) + 1)
    return env


def _find(command: "Command", fed: bool) -> "Found":
    inners, args, i = [], command.args, 0
    while i < len(args):
        action = args[i].value
        i += 1
        if action not in ("-exec", "-execdir", "-ok", "-okdir"):
            continue
        start, many = i, False
        while i < len(args) and args[i].value != ";":
            if args[i].value == "+" and i > start and args[i - 1].value == "{}":
                many = True
                break
            i += 1
        argv = tuple(_replaced(arg, "{}", _found(command, many)) for arg in args[start:i])
        if argv:
            inners.append(Inner(f"find {action}", argv=argv, cwd=None if action.endswith("dir") else KEEP, open_ended=many))
        i += 1
    return (), inners


def _found(command: "Command", many: bool) -> Unknown:
    """What find puts in the place of {}."""
    return Unknown("input", "{}", command.program)


def _replaced(arg: "Arg", mark: str, unknown: "Unknown | str") -> Arg:
    """The Arg with every `mark` in its known text replaced by an Unknown, or by known text."""
    if not any(isinstance(piece, str) and mark in piece for piece in arg.pieces):
        return arg
    pieces: "list[str | Unknown]" = []
    for piece in arg.pieces:
        if not isinstance(piece, str):
            pieces.append(piece)
            continue
        for k, part in enumerate(piece.split(mark)):
            if k:
                pieces.append(unknown)
            pieces.append(part)
    return Arg(packed(pieces), arg.glob, arg.split, arg.word)


def _fd(command: "Command", fed: bool) -> "Found":
    args = command.args
    at = next((i for i, arg in enumerate(args) if arg.value in ("-x", "-X", "--exec", "--exec-batch")), None)
    if at is None:
        return (), ()
    rest = list(args[at + 1 :])
    end = next((i for i, arg in enumerate(rest) if arg.value == ";"), len(rest))
    marks = ("{}", "{/}", "{//}", "{.}", "{/.}")
    plain = not any(m in (piece if isinstance(piece, str) else "") for arg in rest[:end] for piece in arg.pieces for m in marks)
    argv = []
    for arg in rest[:end]:
        for mark in marks:
            arg = _replaced(arg, mark, Unknown("input", mark, command.program))
        argv.append(arg)
    if plain and argv:
        argv.append(Arg((Unknown("input", "{}", command.program),)))
    return (), [Inner("fd -x", argv=tuple(argv), open_ended=args[at].value in ("-X", "--exec-batch"))] if argv else ()


def _xargs(command: "Command", fed: bool) -> "Found":
    args = command.args
    options = read_options(args, _XARGS_VALUES - {"--replace"}, "eil")
    rest = args[options.at :] or (Arg(("echo",)),)
    mark = options.value("-I", "-J", "--replace", "-i")
    if mark is None and options.has("-i", "--replace"):
        mark = Arg(("{}",))
    if mark is not None and not mark.pieces:
        mark = Arg(("{}",))
    known = _known_input(command, options)
    if mark is not None:
        if known is not None and not options.has("-J"):
            return (), [
                Inner("xargs", argv=tuple(_replaced(a, mark.value or "{}", item) for a in rest), stdin=False, open_ended=options.doubtful)
                for item in known
            ]
        unknown = Unknown("input", mark.value or "{}", "xargs", command.feeds)
        return (), [
            Inner("xargs", argv=tuple(_replaced(a, mark.value or "{}", unknown) for a in rest), stdin=False, open_ended=options.doubtful)
        ]
    if known is None:
        return (), [Inner("xargs", argv=rest, open_ended=True, stdin=False)]
    count = options.value("-n", "--max-args")
    digits = (count.value or "") if count is not None else ""
    size = int(digits) if digits.isdigit() and int(digits) else None
    if count is not None and size is None:
        return (), [Inner("xargs", argv=rest, open_ended=True, stdin=False)]
    if not known and options.has("-r", "--no-run-if-empty"):
        return (), ()
    groups = [known[i : i + size] for i in range(0, len(known), size)] if size and known else [known]
    return (), [
        Inner("xargs", argv=(*rest, *(Arg((k,) if k else ()) for k in group)), stdin=False, open_ended=options.doubtful) for group in groups
    ]


def _known_input(command: "Command", options: "Options") -> "list[str] | None":
    """The items xargs reads, when its whole input is known text without quoting; else None. At most 64."""
    text = command.stdin.value if command.stdin is not None else None
    allowed = frozenset("-n -I -0 -r -t -i -P --max-args --null --no-run-if-empty --replace --verbose --max-procs -d --delimiter".split())
    if text is None or any(name not in allowed for name, _ in options.given):
        return None
    delimiter = options.value("-d", "--delimiter")
    if options.has("-0", "--null") or delimiter is not None:
        mark = delimiter.value if delimiter is not None else "\0"
        mark = {"\\n": "\n", "\\t": "\t", "\\0": "\0"}.get(mark or "", mark)
        if mark is None or len(mark) != 1:
            return None
        items = text.split(mark)
        items = items[:-1] if items and items[-1] == "" else items
    elif "'" in text or '"' in text or "\\" in text or "\0" in text:
        return None
    elif options.has("-I", "-i", "--replace"):
        items = [line.lstrip(" \t") for line in text.split("\n") if line.strip(" \t")]
    elif not text.isascii():
        return None
    else:
        items = text.split()
    return items if len(items) <= 64 else None


def _parallel(command: "Command", fed: bool) -> "Found":
    args = command.args
    options = read_options(
        args,
        frozenset(
            (
                "-j -n -N -I -a -d -L -s -S --jobs --max-args --arg-file --colsep -C --delay --timeout --retries --joblog "
                "--results --tmpdir --load --memfree --sshlogin --workdir --wd --env --tagstring --delimiter --arg-sep --halt "
                "--nice"
            ).split()
        ),
    )
    rest = args[options.at :]
    cut = next((i for i, a in enumerate(rest) if a.value in (":::", ":::+", "::::", "::::+")), len(rest))
    template, given = rest[:cut], rest[cut:]
    values = [a for a in given if a.value not in (":::", ":::+")]
    listed = bool(given) and not any(a.value in ("::::", "::::+") for a in given) and all(a.known and not a.glob for a in values)
    if not template:
        texts = values if listed else ()
        if not given and fed and command.stdin is not None:
            texts = [command.stdin]
        return ([Code("sh", "stdin", None)] if not texts else ()), [Inner("parallel", text=text) for text in texts]
    unknown = Unknown("input", "{}", "parallel", command.feeds, [a.value or "" for a in values] if listed and len(values) <= 64 else ())
    text, replaced = joined(template), False
    for mark in ("{}", "{.}", "{/}", "{//}", "{/.}", "{#}", "{%}", "{1}", "{2}", "{3}"):
        changed = _replaced(text, mark, unknown if mark == "{}" else Unknown("input", mark, "parallel", command.feeds))
        replaced |= changed is not text
        text = changed
    if not replaced:
        text = Arg(packed((*text.pieces, " ", unknown)))
    return (), [Inner("parallel", text=text, open_ended=not listed)]


def _flock(command: "Command", fed: bool) -> "Found":
    args, values = command.args, frozenset("-w -E -c --timeout --wait --conflict-exit-code --command".split())
    options = read_options(args, values)
    more = read_options(args, values, "", options.at + 1) if options.at < len(args) else options
    text = more.value("-c", "--command") or options.value("-c", "--command")
    if text is not None:
        return [Code("sh", "argument", text)], [Inner("flock -c", text=text)]
    rest = args[more.at :] if options.at < len(args) else ()
    return (), [Inner("flock", argv=rest, open_ended=options.doubtful)] if rest else ()


def _script(command: "Command", fed: bool) -> "Found":
    args = command.args
    options = read_options(
        args,
        frozenset("-c -m -o -O -I -B -T -E -t --command --log-out --log-in --log-io --logging-format --output-limit --echo -F".split()),
    )
    text = options.value("-c", "--command")
    rest = args[options.at + 1 :]
    if text is None and options.at < len(args):
        text = read_options(args, frozenset(("-c", "--command")), "", options.at + 1).value("-c", "--command")
    if text is not None:
        return [Code("sh", "argument", text)], [Inner("script -c", text=text)]
    return (), [Inner("script", argv=rest)] if rest else ()


def _nix(command: "Command", fed: bool) -> "Found":
    args = command.args
    texts = [args[i + 1] for i in range(len(args) - 1) if args[i].value in ("--run", "--command") and command.program == "nix-shell"]
    if texts:
        return [Code("sh", "argument", t) for t in texts], [Inner("nix-shell", text=t, dialect="bash") for t in texts]
    at = next((i for i, a in enumerate(args) if a.value in ("-c", "--command")), None)
    if command.program == "nix" and at is not None and args[at + 1 :]:
        return (), [Inner("nix", argv=args[at + 1 :])]
    return (), ()


def _applet(command: "Command", fed: bool) -> "Found":
    rest = command.args
    if not rest or (rest[0].value or "").startswith("-"):
        return (), ()
    return (), [Inner(command.program, argv=rest)]


def _loader(command: "Command", fed: bool) -> "Found":
    options = read_options(
        command.args,
        frozenset("--library-path --inhibit-rpath --audit --preload --argv0 --glibc-hwcaps-prepend --glibc-hwcaps-mask".split()),
    )
    rest = command.args[options.at :]
    return (), [Inner("ld.so", argv=rest)] if rest and not options.has("--list", "--verify") else ()


def _at(command: "Command", fed: bool) -> "Found":
    """at and batch run their standard input later."""
    if command.has_flag("l", "d", "r", "--list", "q") or command.program not in ("at", "batch") or command.has_flag("f"):
        return (), ()
    return _shell_on_stdin(command, label="at") if fed else ((), ())


def _git(command: "Command", fed: bool) -> "Found":
    """The subcommands of git that exist to run a command; options that make git run one are a matter for the rules."""
    options = read_options(command.args, frozenset("-C -c --git-dir --work-tree --namespace --exec-path".split()))
    rest = command.args[options.at :]
    sub = rest[0].value if rest else None
    folder = options.value("-C")
    if sub == "bisect" and len(rest) > 2 and rest[1].value == "run":
        return (), [Inner("git bisect run", argv=rest[2:], cwd=folder or KEEP)]
    if sub == "submodule" and len(rest) > 2 and "foreach" in (rest[1].value, rest[2].value):
        at = next(i for i in (1, 2) if rest[i].value == "foreach")
        more = read_options(rest, frozenset(), "", at + 1)
        if rest[more.at :]:
            return (), [Inner("git submodule foreach", text=joined(rest[more.at :]), cwd=None)]
    if sub == "rebase":
        texts = [rest[i + 1] for i in range(len(rest) - 1) if rest[i].value in ("-x", "--exec")]
        texts += [after(a, 7) for a in rest if a.prefix.startswith("--exec=")]
        return (), [Inner("git rebase --exec", text=text, cwd=folder or KEEP) for text in texts]
    return (), ()


def _gcloud(command: "Command", fed: bool) -> "Found":
    if "ssh" not in command.words:
        return (), ()
    text = command.flag_value("--command")
    return (), [Inner("gcloud ssh", text=text, cwd=None)] if text is not None else ()


LAUNCHERS = {
    "env": _env,
    "genv": _env,
    "su": _su,
    "runuser": _su,
    "ssh": _ssh,
    "autossh": _ssh,
    "dbclient": _ssh,
    "slogin": _ssh,
    "docker": _container,
    "podman": _container,
    "nerdctl": _container,
    "docker-compose": _container,
    "podman-compose": _container,
    "kubectl": _container,
    "oc": _container,
    "k3s": _container,
    "find": _find,
    "gfind": _find,
    "bfs": _find,
    "fd": _fd,
    "fdfind": _fd,
    "xargs": _xargs,
    "gxargs": _xargs,
    "parallel": _parallel,
    "flock": _flock,
    "script": _script,
    "nix-shell": _nix,
    "nix": _nix,
    "busybox": _applet,
    "toybox": _applet,
    "ld.so": _loader,
    "at": _at,
    "batch": _at,
    "git": _git,
    "gcloud": _gcloud,
}
