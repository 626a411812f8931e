"""Programs that put something before a command, such as sudo, nice and timeout: a table, and how to find the command."""

from holdfast.guard.line import Arg
from holdfast.guard.shell.options import read_options
from holdfast.guard.shell.wrappers import KEEP, Inner, after, behind_dashes, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command

# Programs followed by their options and then by the command they run. "values | operands | marks":
#   values    options whose value is the next argument (or attached)
#   operands  how many arguments stand between the options and the command
#   marks     root: as another user.  env: NAME=value before the command.  shell: the rest is joined and given to a shell.
#             away: in a folder that is not known.  cwd=-X: option that names the folder.  any, builtin: see Inner.how.
#             join=-X,--y: these options carry a shell text.  dd: only what follows `--` is a command.
PREFIXES = {
    "-": "|0|any",
    "aa-exec": "-p --profile -n --namespace|0|",
    "abduco": "-e|1|",
    "accelerate": "|none|",
    "adb": "-s -t -H -P|0|sub=shell shell away",
    "alacritty": "|none|after=-e",
    "aoss": "|0|",
    "apptainer": "-B --bind --pwd|1|sub=exec away",
    "arch": "-arch|0|",
    "asdf": "|0|sub=exec",
    "aws-vault": "|0|dd",
    "buildah": "|1|sub=run away",
    "builtin": "|0|builtin",
    "bundle": "|0|sub=exec",
    "bunx": "|0|",
    "bwrap": "|bwrap|",
    "cabal": "|0|sub=exec",
    "caffeinate": "-t -w|0|",
    "cage": "|0|",
    "catatonit": "|0|",
    "catchsegv": "|0|",
    "ccache": "|0|",
    "cgexec": "-g|0|",
    "cgrun": "|0|",
    "chamber": "|0|dd",
    "chokidar": "-d -i|none|join=-c,--command",
    "choom": "-n -p --adjust --pid|0|",
    "chpst": "-u -U -b -/ -n -l -L -v -m -d -o -p -f -c -t|0|",
    "chronic": "|0|",
    "chroot": "--userspec --groups -u -g -G|1|root away",
    "chrt": "-T -P -D --sched-runtime --sched-period --sched-deadline|1|",
    "clush": "-w -x -g -l|0|away",
    "command": "|0|builtin",
    "concurrently": "-n -c -p -m -k --names --prefix-colors --prefix --max-processes|0|each",
    "conda": "-n -p --name --prefix --cwd|0|sub=run",
    "coproc": "|0|any",
    "cpulimit": "-l -p -e --limit --pid --exe|0|",
    "crictl": "-r -i|1|sub=exec away",
    "cross-env": "|0|env",
    "cross-env-shell": "|0|env shell",
    "crun": "|1|sub=exec away",
    "csvtool": "|0|sub=call shell",
    "daemonize": "-p -u -o -e -l -c -E|0|",
    "dbus-launch": "|0|",
    "dbus-run-session": "--config-file --dbus-daemon|0|",
    "ddev": "|0|sub=exec shell",
    "devbox": "|0|sub=run",
    "direnv": "|1|sub=exec",
    "disown": "|0|",
    "distcc": "|0|",
    "distrobox": "-n --name|1|sub=enter dd",
    "distrobox-enter": "-n --name|0|dd",
    "distrobox-host-exec": "|0|",
    "doas": "-u -C -a|0|root env",
    "doppler": "|0|dd",
    "dotenv": "-f -e -c|0|",
    "dotenvx": "-f|0|sub=run",
    "dsh": "-m -g|none|",
    "dtach": "-e -r|1|",
    "dtruss": "-p -n -b|0|",
    "dumb-init": "|0|",
    "eatmydata": "|0|",
    "entr": "|0|",
    "env-cmd": "-f -e|0|",
    "envdir": "|1|",
    "envuidgid": "|1|",
    "exec": "-a|0|",
    "expect_unbuffer": "|0|",
    "fakechroot": "|0|",
    "fakeroot": "-l -s -i -b --lib --faked|0|root",
    "fakeroot-ng": "|0|root",
    "fakeroot-sysv": "|0|root",
    "faketime": "|1|",
    "firejail": "|0|",
    "flatpak-spawn": "|0|",
    "fly": "|none|join=-C,--command",
    "flyctl": "|none|join=-C,--command",
    "fnm": "|0|sub=exec",
    "gamemoderun": "|0|",
    "gdb": "|0|dd=--args",
    "genie": "|0|after=-c",
    "gnice": "-n --adjustment|0|",
    "gnohup": "|0|",
    "gnome-terminal": "|0|dd",
    "gosu": "|1|root",
    "grc": "-c --config|0|",
    "gstdbuf": "-i -o -e --input --output --error|0|",
    "gtime": "-f -o --format --output|0|",
    "gtimeout": "-s -k --signal --kill-after|1|",
    "guix": "|0|sub=shell,environment,time-machine dd",
    "gwatch": "-n --interval|0|shell",
    "hatch": "|0|sub=run",
    "heaptrack": "|0|",
    "heroku": "-a --app|0|sub=run away",
    "hyperfine": (
        "-w -m -M -r -s -p -c -i -L -P -D -S -n --warmup --min-runs --max-runs --runs --style --shell --export-csv "
        "--export-json --export-markdown --command-name --output --input|0|each "
        "join=-p,--prepare,-c,--cleanup,-s,--setup"
    ),
    "i386": "|0|",
    "incus": "|1|sub=exec dd away",
    "infisical": "|0|dd",
    "ionice": "-c -n -p -P -u --class --classdata|0|",
    "ip": "|ip|",
    "kitty": "|0|",
    "kmod": "|0|",
    "konsole": "|none|after=-e",
    "ksu": "|ksu|root",
    "lando": "|0|sub=ssh join=-c,--command",
    "lckdo": "-w -W|1|",
    "lerna": "|0|sub=exec dd",
    "lima": "|0|away",
    "limactl": "|1|sub=shell away",
    "linux32": "|0|",
    "linux64": "|0|",
    "logsave": "-a -s -v|1|",
    "ltrace": "-a -A -b -e -F -l -L -n -o -p -s -u -w -x --library --output|0|",
    "lxc": "|1|sub=exec dd away",
    "machinectl": "|1|sub=shell away",
    "mamba": "-n -p --name --prefix|0|sub=run",
    "mangohud": "|0|",
    "micromamba": "-n -p|0|sub=run",
    "mise": "|0|dd",
    "mosh": "--ssh --server --client --predict -p --port --bind-server|1|away",
    "mosh-server": "|0|sub=new dd",
    "mpiexec": "-n -np|0|",
    "mpirun": "-n -np -H --hostfile|0|",
    "msgfilter": "-i -o -D -w --input --output-file --directory|0|",
    "multipass": "|1|sub=exec away",
    "multitime": "-n -c -i -o -s -I -r -f|0|",
    "n": "|1|sub=exec,run,as",
    "newgrp": "|none|join=-c",
    "nice": "-n --adjustment|0|",
    "nixGL": "|0|",
    "nocache": "|0|",
    "nocorrect": "|0|any",
    "nodemon": "-w -e -i -d --watch --ext --ignore --delay|none|join=-x,--exec",
    "nodenv": "|0|sub=exec",
    "noglob": "|0|any",
    "nohup": "|0|",
    "just": "|none|after=--command",
    "npm": "--prefix -w --workspace -p --package|0|sub=exec,x join=-c,--call",
    "npx": "-p --package -w --workspace|0|join=-c,--call",
    "nsenter": "-t -S -G -W --target --setuid --setgid|0|root away",
    "numactl": "-i -N -m -C -p -l --interleave --cpunodebind --membind --physcpubind --preferred|0|",
    "nvm": "|1|sub=exec",
    "op": "|0|dd",
    "opam": "|0|sub=exec dd",
    "openvt": "-c|0|",
    "optirun": "|0|",
    "parallel-ssh": "|none|",
    "pdm": "|0|sub=run",
    "pdsh": "-w -x -l -u -f|0|away",
    "perf": "|0|sub=stat,record,trace,bench",
    "pexec": "-n -p -e -i -o -u|0|",
    "pipenv": "|0|sub=run",
    "pixi": "|0|sub=run",
    "pkexec": "--user -u|0|root",
    "pkgx": "|0|",
    "pnpm": "-C --dir --filter|0|sub=exec,dlx",
    "poetry": "|0|sub=run",
    "prime-run": "|0|",
    "primusrun": "|0|",
    "prlimit": "-p -o --pid --output|0|",
    "proot": "-r -b -q -w -k -i -R -S --rootfs --bind --cwd|0|",
    "proxychains": "-f|0|",
    "proxychains-ng": "-f|0|",
    "proxychains4": "-f|0|",
    "pssh": "-h -H -l -p -t|0|away",
    "pv": "|none|",
    "pw-jack": "|0|",
    "pyenv": "|0|sub=exec",
    "railway": "|0|sub=run",
    "rbenv": "|0|sub=exec",
    "retry": "-t -d -m|0|",
    "rlwrap": "-f -H -s -l -P -C|0|",
    "rootlesskit": "|0|",
    "rr": "|0|sub=record",
    "rtk": "|0|",
    "rtx": "|0|dd",
    "run-parts": "|none|",
    "run0": "-u -g -D --user --group --nice --chdir --setenv --slice --unit --property|0|root cwd=-D,--chdir",
    "runas": "|none|",
    "runc": "|1|sub=exec away",
    "runcon": "-c -t -u -r -l --type --user --role --range|0|",
    "rustup": "|1|sub=run",
    "rye": "|0|sub=run",
    "s6-envdir": "|1|",
    "s6-setlock": "|1|",
    "s6-setuidgid": "|1|root",
    "s6-softlimit": "|0|",
    "sccache": "|0|",
    "screen": "-S -c -e -h -p -s -t -T|0|",
    "sem": "-j --id --jobs|0|shell",
    "setarch": "-p|0|",
    "setfacl": "|none|",
    "setlock": "|1|",
    "setpriv": (
        "--reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label --apparmor-profile|0|"
    ),
    "setsid": "|0|",
    "setuidgid": "|1|root",
    "sg": "|1|join=-c",
    "singularity": "-B --bind --pwd|1|sub=exec away",
    "socket": "|none|join=-p",
    "softlimit": "-d -m -c -f -s -t|0|",
    "srun": "-n -N -c -p -t -J -w --ntasks --nodes --partition --time|0|",
    "ssh-agent": "-a -t -E -P -O|0|",
    "sshpass": "-p -f -d -P|0|",
    "stack": "|0|sub=exec dd",
    "start-stop-daemon": "-p -u -x -a -n -s -R -c -g -d -r -N -I -k -P -m --pidfile --user --exec --startas --name|0|dd",
    "stdbuf": "-i -o -e --input --output --error|0|",
    "strace": "-a -b -e -I -o -O -p -P -s -S -u -E -X --trace --output --attach --user --env|0|",
    "su-exec": "|1|root",
    "sudo": (
        "-u -g -h -p -C -T -R -D -r -t -U -a -c --user --group --host --prompt --close-from --command-timeout "
        "--chroot --chdir --role --type --other-user --auth-type --login-class|0|root env cwd=-D,--chdir"
    ),
    "sudo-rs": "-u -g -D -R --user --group --chdir --chroot|0|root env",
    "systemd-cat": "-t -p --identifier --priority|0|",
    "systemd-inhibit": "--what --who --why --mode|0|",
    "systemd-nspawn": "-D -i -M -b -u --directory --image --machine --bind --bind-ro --user|0|away",
    "systemd-run": (
        "-u -p -E -H -M --unit --property --description --slice --uid --gid --nice --working-directory "
        "--setenv --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar "
        "--timer-property --path-property --socket-property --machine --host --service-type --background|0|away"
    ),
    "task": "|0|sub=execute,exec",
    "taskset": "-p --pid|1|",
    "teller": "|0|dd",
    "time": "-f -o --format --output|0|any",
    "timelimit": "-t -T -s -S|0|",
    "timeout": "-s -k --signal --kill-after|1|",
    "tini": "-p -e|0|",
    "tmate": "-S -f -L|0|sub=new-session,new",
    "tmux": (
        "-L -S "
        "-f|0|sub=new-session,new,new-window,neww,split-window,splitw,respawn-pane,run-shell,run,"
        "display-popup,popup,if-shell,send-keys,send(-s,-n,-t,-c,-F,-e,-x,-y,-l,-p) "
        "shell"
    ),
    "toolbox": "-c --container|0|sub=run",
    "torify": "|0|",
    "torsocks": "|0|",
    "trickle": "-u -d -s|0|",
    "truss": "-o -p|0|",
    "ts": "|none|",
    "tsocks": "|0|",
    "tsp": "|0|",
    "uftrace": "|0|sub=record,live",
    "unbuffer": "|0|",
    "unshare": "-S -G -R -w --setuid --setgid --root --wd --map-user --map-group --propagation --setgroups --boottime --monotonic|0|",
    "uv": (
        "--with --with-requirements --with-editable --python -p --project --directory --package --extra --group "
        "--env-file --index|0|sub=run"
    ),
    "uvx": "--from --with --python -p --index|0|",
    "vagrant": "|none|sub=ssh join=-c,--command",
    "valgrind": "|0|",
    "vault-env": "|0|",
    "volta": "--node --npm|0|sub=run",
    "watch": "-n -q -d --interval --equexit|0|shell",
    "watchexec": "-w -e -f -i -d -s -o --watch --exts --filter --ignore --debounce|0|shell",
    "waypipe": "-c|0|",
    "winpty": "|0|",
    "with-contenv": "|0|",
    "with-lock": "|0|",
    "wsl": "-d -u --distribution --user --cd -e|0|away",
    "x-terminal-emulator": "|none|after=-e",
    "x86_64": "|0|",
    "xdotool": "|0|sub=exec",
    "xterm": "|none|after=-e",
    "xvfb-run": "-e -f -n -p -s -w --error-file --auth-file --server-num --server-args --wait|0|",
    "yarn": "--cwd|0|sub=exec,dlx",
    "zrun": "|0|",
    "urxvt": "|none|after=-e",
    "rxvt": "|none|after=-e",
    "st": "|none|after=-e",
    "xfce4-terminal": "|none|after=-e",
    "mate-terminal": "|none|after=-e",
    "terminator": "|none|after=-e",
    "lxterminal": "|none|after=-e",
    "foot": "|none|after=-e",
}
# What `concurrently` does not give to a shell: its options, and names of package scripts ("npm:lint:*").
_NO_TEXT = ("-", "npm:", "pnpm:", "yarn:", "bun:", "node:", "deno:")
_KEYS = frozenset("Enter KPEnter Space Tab Escape BSpace Up Down Left Right Home End PageUp PageDown".split())


def prefixed(command: "Command", name: str, spec: str) -> "list[Inner]":
    taking, skip, marks = (part.strip() for part in spec.split("|"))
    values, args = frozenset(taking.split()), command.args
    flag: "set[str]" = set()
    sub: "frozenset[str] | None" = None
    joins: "tuple[str, ...]" = ()
    behind: "str | None" = None
    inner = Inner(name)
    cwd_options: "tuple[str, ...]" = ()
    for mark in marks.split():
        key, equals, value = mark.partition("=")
        if not equals:
            flag.add(key)
        elif key == "sub":
            names, _, extra = value.partition("(")
            sub = frozenset(names.split(","))
            values |= frozenset(extra[:-1].split(",") if extra else ())
        elif key == "join":
            joins = tuple(value.split(","))
            values |= frozenset(joins)
        elif key == "cwd":
            cwd_options = tuple(value.split(","))
        elif key == "after" or key == "dd":
            behind = value
    if skip == "bwrap":
        return _bubblewrap(args)
    if name == "ip":
        return _ip(args)
    if name == "screen" and any(arg.value == "-X" for arg in args):
        return _typed(args)
    if name == "ksu":
        at = next((i for i, arg in enumerate(args) if arg.value == "-e"), len(args))
        return [Inner("ksu", argv=args[at + 1 :], root=True)] if args[at + 1 :] else []
    options = read_options(args, values, "" if name not in ("nice", "timeout") else "+")
    at, open_ended = options.at, options.doubtful
    found = [Inner(name, text=value) for option, value in options.given if option in joins and value is not None]
    if sub is not None:
        if at >= len(args) or args[at].value not in sub:
            return found + behind_dashes(command)
        inner.label = f"{name} {args[at].value}"
        more = read_options(args, values, "", at + 1)
        found += [Inner(inner.label, text=value) for option, value in more.given if option in joins and value is not None]
        at, open_ended = more.at, open_ended or more.doubtful
    if name == "command" and options.has("-v", "-V") or name == "sudo" and options.has("-l", "-v", "-e", "--list", "--edit", "-V", "-K"):
        return found
    if name in ("chrt", "taskset", "ionice", "prlimit", "choom") and options.has("-p", "--pid"):
        return found
    if behind is not None or "dd" in flag:
        at = next((i for i, arg in enumerate(args) if arg.value == (behind or "--")), len(args)) + 1
        if at > len(args):
            return found
        if at < len(args) and args[at].value == "--":
            at += 1
        skip = "0"
    if skip == "none":
        return found
    if "root" in flag:
        inner.root = True
    if "away" in flag:
        inner.cwd = None
    folder = options.value(*cwd_options) if cwd_options else None
    if folder is not None:
        inner.cwd = folder
    if name == "nsenter" and options.has("-a", "-m", "--all", "--mount") is False:
        inner.cwd = KEEP
    if name in ("unshare", "sudo") and options.has("-R", "--root", "--chroot"):
        inner.cwd = None
    for _ in range(int(skip)):
        if at < len(args):
            open_ended |= args[at].split
            at += 1
    if at < len(args) and args[at].value == "--" and skip != "0":
        at += 1
    if "env" in flag:
        inner.env, at = environment(args, at)
    rest = args[at:]
    inner.how = "any" if "any" in flag else "builtin" if "builtin" in flag else "program"
    inner.open_ended = open_ended
    if name in ("sudo", "doas", "sudo-rs") and options.has("-s", "-i", "--shell", "--login") and not rest:
        return found + [Inner(name, argv=(Arg(("sh",)),), root=True, cwd=None if options.has("-i", "--login") else KEEP)]
    if (
        name == "systemd-run"
        and options.has("-S", "--shell")
        or name in ("nsenter", "unshare", "chroot", "pkexec")
        and not rest
        and not options.has("--help", "--version", "-h", "-V")
    ):
        return found + [Inner(name, argv=(Arg(("sh",)),), root=inner.root, cwd=None)]
    if not rest:
        return found
    if "each" in flag:
        return found + [Inner(name, text=arg, open_ended=open_ended) for arg in rest if not (arg.value or "").startswith(_NO_TEXT)]
    if "shell" in flag:
        if args[options.at].value in ("send-keys", "send"):
            rest = tuple(a for a in rest if a.value not in _KEYS and (a.value or "")[:2] not in ("C-", "M-"))
            if not rest:
                return found
        inner.text = joined(rest)
        direct = {"watch": options.has("-x", "--exec"), "watchexec": options.has("-n") or len(rest) > 1, "tmux": len(rest) > 1}
        if direct.get(name):
            inner.text, inner.argv = None, rest
    else:
        inner.argv = rest
    return found + [inner]


def environment(args: "tuple[Arg, ...]", at: int) -> "tuple[dict[str, Arg | None], int]":
    """Read NAME=value arguments: (name -> Arg, index after them)."""
    env: "dict[str, Arg | None]" = {}
    while at < len(args):
        name, equals, _ = args[at].prefix.partition("=")
        if not equals or not name:
            break
        env[name] = after(args[at], len(name) + 1)
        at += 1
    return env, at


def _typed(args: "tuple[Arg, ...]") -> "list[Inner]":
    """screen -X stuff TEXT types into another window; screen -X exec COMMAND."""
    for i, arg in enumerate(args[:-1]):
        if arg.value == "stuff":
            text = args[i + 1]
            for mark in ("^M", "\\n", "\\r", "\n", "\r"):
                if text.value is not None and text.value.endswith(mark):
                    text = Arg((text.value[: -len(mark)],))
            return [Inner("screen -X", text=text)] if text.pieces else []
        if arg.value == "exec":
            return [Inner("screen exec", argv=args[i + 1 :])]
    return []


def _ip(args: "tuple[Arg, ...]") -> "list[Inner]":
    """ip netns exec NAME command, ip vrf exec NAME command."""
    for i in range(len(args) - 3):
        if args[i].value in ("netns", "net", "vrf") and args[i + 1].value in ("exec", "e"):
            return [Inner(f"ip {args[i].value}", argv=args[i + 3 :])]
    return []


def _bubblewrap(args: "tuple[Arg, ...]") -> "list[Inner]":
    """bwrap takes options with 0, 1 or 2 values and then a command."""
    two = frozenset(
        (
            "--bind --ro-bind --dev-bind --bind-try --ro-bind-try --dev-bind-try --symlink --setenv --chmod --file --bind-data "
            " --ro-bind-data --perms-bind"
        ).split()
    )
    none = frozenset(
        (
            "--unshare-all --unshare-user --unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup --share-net "
            "--die-with-parent --new-session --clearenv --as-pid-1 --unshare-user-try --unshare-cgroup-try --disable-userns "
            "--level-prefix"
        ).split()
    )
    i = 0
    while i < len(args):
        text = args[i].value
        if text == "--":
            i += 1
            break
        if text is None or not text.startswith("--"):
            break
        i += 3 if text in two else 1 if text in none else 2
    return [Inner("bwrap", argv=args[i:], cwd=None)] if i < len(args) else []
