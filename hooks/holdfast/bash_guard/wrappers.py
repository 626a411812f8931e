"""Which programs run other programs or code, and how to find it in their arguments. Tables, and one small reader for each odd one.

`look(command, fed)` is the only question: the Codes that a command is given, and the Inners that it runs. Nothing is guessed: an
argument that may turn out to be several (or none) makes what follows open-ended, and a computed program stays a computed program.
"""

from holdfast.bash_guard.line import Arg, Code, Unknown


class Inner:
    """What a command runs in turn: `argv` (tuple of Arg), or `text` (Arg with shell text, joined from its arguments).

    label: what goes into `via`; "stdin" when the text comes from standard input.  env: name -> Arg added.  cleared: the
    environment is emptied first.  cwd: KEEP, None (not known) or an Arg.  root: runs as another user.  open_ended: more
    arguments follow.  how: "program" (from PATH), "builtin" (a builtin or a program) or "any" (functions too).
    dialect: of a shell text: "bash", "zsh" or "sh".  zero, args: $0 and the positional parameters of a shell text, None when
    not known.  stdin: False when standard input is not handed on.
    """

    __slots__ = ("argv", "text", "label", "env", "cleared", "cwd", "root", "open_ended", "how", "dialect", "zero", "args", "stdin")

    def __init__(
        self,
        label,
        argv=None,
        text=None,
        env=None,
        cleared=False,
        cwd="",
        root=False,
        open_ended=False,
        how="program",
        dialect="sh",
        zero=None,
        args=(),
        stdin=True,
    ):
        self.label, self.argv, self.text, self.env, self.cleared, self.cwd = label, argv, text, env, cleared, cwd
        self.root, self.open_ended, self.how, self.dialect = root, open_ended, how, dialect
        self.zero, self.args, self.stdin = zero, args, stdin


KEEP = ""
# Labels in `via` behind which another machine, another file system or an emptied environment begins.
ELSEWHERE = frozenset(
    (
        "ssh",
        "docker exec",
        "docker run",
        "kubectl exec",
        "kubectl run",
        "chroot",
        "env -i",
        "nsenter",
        "vagrant ssh",
        "adb shell",
        "lxc exec",
        "machinectl shell",
        "wsl",
        "systemd-run",
        "su -",
        "gcloud ssh",
        "crontab",
        "at",
    )
)

# Programs followed by their options and then by the command they run. "values | operands | marks":
#   values    options whose value is the next argument (or attached)
#   operands  how many arguments stand between the options and the command
#   marks     root: as another user.  env: NAME=value before the command.  shell: the rest is joined and given to a shell.
#             away: in a folder that is not known.  cwd=-X: option that names the folder.  any, builtin: see Inner.how.
#             join=-X,--y: these options carry a shell text.  dd: only what follows `--` is a command.
_PREFIX = {
    "-": "|0|any",
    "abduco": "-e|1|",
    "accelerate": "|none|",
    "adb": "-s -t -H -P|0|sub=shell shell away",
    "alacritty": "|none|after=-e",
    "apptainer": "-B --bind --pwd|1|sub=exec away",
    "arch": "-arch|0|",
    "asdf": "|0|sub=exec",
    "aws-vault": "|0|dd",
    "builtin": "|0|builtin",
    "bundle": "|0|sub=exec",
    "bunx": "|0|",
    "bwrap": "|bwrap|",
    "caffeinate": "-t -w|0|",
    "catatonit": "|0|",
    "catchsegv": "|0|",
    "cgexec": "-g|0|",
    "chamber": "|0|dd",
    "chokidar": "-d -i|none|join=-c,--command",
    "choom": "-n -p --adjust --pid|0|",
    "chpst": "-u -U -b -/ -n -l -L -v -m -d -o -p -f -c -t|0|",
    "chronic": "|0|",
    "chroot": "--userspec --groups -u -g -G|1|root away",
    "chrt": "-T -P -D --sched-runtime --sched-period --sched-deadline|1|",
    "command": "|0|builtin",
    "concurrently": "-n -c -p -m -k --names --prefix-colors --prefix --max-processes|0|each",
    "conda": "-n -p --name --prefix --cwd|0|sub=run",
    "coproc": "|0|any",
    "cpulimit": "-l -p -e --limit --pid|0|dd",
    "cross-env": "|0|env",
    "cross-env-shell": "|0|env shell",
    "daemonize": "-p -u -o -e -l -c -E|0|",
    "dbus-launch": "|0|",
    "dbus-run-session": "--config-file --dbus-daemon|0|",
    "ddev": "|0|sub=exec shell",
    "devbox": "|0|sub=run",
    "direnv": "|1|sub=exec",
    "disown": "|0|",
    "distrobox-enter": "-n --name|0|dd",
    "distrobox-host-exec": "|0|",
    "doas": "-u -C -a|0|root env",
    "doppler": "|0|dd",
    "dotenv": "-f -e -c|0|",
    "dotenvx": "-f|0|sub=run",
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
    "faketime": "|1|",
    "firejail": "|0|",
    "flatpak-spawn": "|0|",
    "gdb": "|0|dd=--args",
    "gnice": "-n --adjustment|0|",
    "gnohup": "|0|",
    "gnome-terminal": "|0|dd",
    "gosu": "|1|root",
    "gstdbuf": "-i -o -e --input --output --error|0|",
    "gtime": "-f -o --format --output|0|",
    "gtimeout": "-s -k --signal --kill-after|1|",
    "gwatch": "-n --interval|0|shell",
    "hatch": "|0|sub=run",
    "heaptrack": "|0|",
    "hyperfine": (
        "-w -m -M -r -s -p -c -i -L -P -D -S -n --warmup --min-runs --max-runs --runs --style --shell --export-csv "
        "--export-json --export-markdown --command-name --output --input|0|each "
        "join=-p,--prepare,-c,--cleanup,-s,--setup"
    ),
    "i386": "|0|",
    "incus": "|1|sub=exec dd away",
    "infisical": "|0|dd",
    "ionice": "-c -n -p -P -u --class --classdata|0|",
    "kitty": "|0|",
    "konsole": "|none|after=-e",
    "lando": "|0|sub=ssh join=-c,--command",
    "linux32": "|0|",
    "linux64": "|0|",
    "ltrace": "-a -A -b -e -F -l -L -n -o -p -s -u -w -x --library --output|0|",
    "lxc": "|1|sub=exec dd away",
    "machinectl": "|1|sub=shell away",
    "mamba": "-n -p --name --prefix|0|sub=run",
    "micromamba": "-n -p|0|sub=run",
    "mise": "|0|dd",
    "mpiexec": "-n -np|0|",
    "mpirun": "-n -np -H --hostfile|0|",
    "newgrp": "|none|join=-c",
    "nice": "-n --adjustment|0|",
    "nixGL": "|0|",
    "nocache": "|0|",
    "nocorrect": "|0|any",
    "nodemon": "-w -e -i -d --watch --ext --ignore --delay|none|join=-x,--exec",
    "nodenv": "|0|sub=exec",
    "noglob": "|0|any",
    "nohup": "|0|",
    "npm": "--prefix -w --workspace -p --package|0|sub=exec,x join=-c,--call",
    "npx": "-p --package -w --workspace|0|join=-c,--call",
    "nsenter": "-t -S -G -W --target --setuid --setgid|0|root away",
    "numactl": "-i -N -m -C -p -l --interleave --cpunodebind --membind --physcpubind --preferred|0|",
    "op": "|0|dd",
    "parallel-ssh": "|none|",
    "pdm": "|0|sub=run",
    "perf": "|0|sub=stat,record,trace,bench",
    "pipenv": "|0|sub=run",
    "pixi": "|0|sub=run",
    "pkexec": "--user -u|0|root",
    "pnpm": "-C --dir --filter|0|sub=exec,dlx",
    "poetry": "|0|sub=run",
    "prlimit": "-p -o --pid --output|0|",
    "proot": "-r -b -q -w -k -i -R -S --rootfs --bind --cwd|0|",
    "proxychains": "-f|0|",
    "proxychains4": "-f|0|",
    "pv": "|none|",
    "pyenv": "|0|sub=exec",
    "rbenv": "|0|sub=exec",
    "retry": "-t -d -m|0|",
    "rlwrap": "-f -H -s -l -P -C|0|",
    "rr": "|0|sub=record",
    "rtx": "|0|dd",
    "run-parts": "|none|",
    "run0": "-u -g -D --user --group --nice --chdir --setenv --slice --unit --property|0|root cwd=-D,--chdir",
    "runas": "|none|",
    "runcon": "-c -t -u -r -l --type --user --role --range|0|",
    "rustup": "|1|sub=run",
    "rye": "|0|sub=run",
    "s6-setuidgid": "|1|root",
    "screen": "-S -c -e -h -p -s -t -T|0|",
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
    "softlimit": "-d -m -c -f -s -t|0|",
    "srun": "-n -N -c -p -t -J -w --ntasks --nodes --partition --time|0|",
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
    "systemd-run": (
        "-u -p -t -E -d -H -M --unit --property --description --slice --uid --gid --nice --working-directory "
        "--setenv --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar "
        "--timer-property --path-property --socket-property --machine --host --service-type --background|0|away"
    ),
    "taskset": "-p --pid|1|",
    "teller": "|0|dd",
    "time": "-f -o --format --output|0|any",
    "timelimit": "-t -T -s -S|0|",
    "timeout": "-s -k --signal --kill-after|1|",
    "tini": "-p -e|0|",
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
    "unbuffer": "|0|",
    "unshare": "-S -G -R -w --setuid --setgid --root --wd --map-user --map-group --propagation --setgroups --boottime --monotonic|0|",
    "uv": (
        "--with --with-requirements --with-editable --python -p --project --directory --package --extra --group "
        "--env-file --index|0|sub=run"
    ),
    "uvx": "--from --with --python -p --index|0|",
    "vagrant": "|none|join=-c,--command",
    "valgrind": "|0|",
    "vault-env": "|0|",
    "volta": "--node --npm|0|sub=run",
    "watch": "-n -q -d --interval --equexit|0|shell",
    "watchexec": "-w -e -f -i -d -s -o --watch --exts --filter --ignore --debounce|0|shell",
    "winpty": "|0|",
    "wsl": "-d -u --distribution --user --cd -e|0|away",
    "x-terminal-emulator": "|none|after=-e",
    "x86_64": "|0|",
    "xterm": "|none|after=-e",
    "xvfb-run": "-e -f -n -p -s -w --error-file --auth-file --server-num --server-args --wait|0|",
    "yarn": "--cwd|0|sub=exec,dlx",
}

# Programs given code: "language | code options | options with another value | letters whose value is attached | marks".
#   marks: first: without a code option the first operand is the code.  nofile: operands are never code.  file=-f: options naming a
#   file of code.  sub: only after this subcommand.
_CODE = {
    "R": "r|-e|||nofile file=-f",
    "Rscript": "r|-e|||",
    "awk": "awk|--source -e|-F -v --assign --field-separator -i --include -l||first file=-f,--file",
    "bc": "bc||||",
    "bpython": "python|-c|||",
    "bq": "sql||||nofile",
    "bun": "bun|-e -p --eval --print|-r --preload --cwd -c|| run",
    "clickhouse": "sql|-q --query|||nofile",
    "clickhouse-client": "sql|-q --query|-h -u -d --host --user --port --database||nofile",
    "clisp": "lisp|-x|-K -M||",
    "clj": "clojure|-e --eval|-i||",
    "clojure": "clojure|-e --eval|-i -M -A||",
    "cmd": "cmd|/c /C /k /K|||rest nofile",
    "cockroach": "sql|-e --execute|||nofile",
    "coffee": "node|-e --eval|-r||",
    "cqlsh": "sql|-e --execute|-u -p -k||nofile",
    "csi": "scheme|-e -eval|||",
    "d8": "node|-e|||",
    "dc": "dc|-e --expression|||file=-f,--file",
    "deno": "deno||--config -c --import-map|| run sub=eval",
    "duckdb": "sql|-c -s -cmd|-init||sqlite",
    "ed": "ed||-p||nofile",
    "elixir": "elixir|-e --eval|-r -pr --require||",
    "emacs": "lisp|--eval -eval --execute|-l --load -f --funcall -d||nofile file=-l,--load,--script",
    "emacsclient": "lisp|-e --eval|-s -f -a||nofile",
    "erl": "erlang|-eval|-name -sname -setcookie -pa||nofile",
    "ex": "vim|-c --cmd|||nofile plus",
    "expect": "tcl|-c|||file=-f",
    "gawk": "awk|--source -e|-F -v -i -l --assign --field-separator --include||first file=-f,--file",
    "gdb": "gdb|-ex -eval-command -iex --eval-command|-p -c -d -b||nofile file=-x,--command",
    "ghc": "haskell|-e|||nofile",
    "gmake": "make|--eval|-C -I -j -l||nofile file=-f,--file",
    "gnuplot": "gnuplot|-e|-d||",
    "goawk": "awk||-F -v -i -o||first file=-f",
    "gp": "gp||||",
    "groovy": "groovy|-e|-cp -classpath -D||",
    "gsed": "sed|-e --expression|-l --line-length|i|first file=-f,--file",
    "guile": "scheme|-c|-L -l -e||",
    "iex": "elixir|-e --eval|-r||",
    "ipython": "python|-c|-W --profile||stop=-m",
    "irb": "ruby||-r -I||nofile",
    "jq": "jq||||nofile",
    "jruby": "ruby|-e|-I|r|",
    "jrunscript": "node|-e|-l -cp||file=-f",
    "jshell": "java||||",
    "julia": "julia|-e -E --eval --print|-L -J -t -p --load --project||",
    "jython": "python|-c|||stop=-m",
    "kotlin": "kotlin|-e|-cp||",
    "lldb": "lldb|-o -O --one-line|-p -n -c -k||nofile file=-s,--source",
    "lua": "lua|-e|-l||",
    "luajit": "lua|-e|-l -b -j||",
    "m4": "m4||-D -U -I||",
    "make": "make|--eval|-C -I -j -l -o -W -O --directory --include-dir||nofile file=-f,--file,--makefile",
    "mariadb": "sql|-e --execute|-h -P -u -D -S --host --port --user --database||nofile",
    "matlab": "matlab|-r -batch|||nofile",
    "mawk": "awk||-F -v -W||first file=-f",
    "maxima": "maxima|--batch-string|-b||nofile",
    "micropython": "python|-c|-X||stop=-m",
    "mongo": "mongo|--eval|--host --port -u -p||",
    "mongosh": "mongo|--eval|--host --port -u -p --username --password||",
    "mycli": "sql|-e|||nofile",
    "mysql": "sql|-e --execute|-h -P -u -D -S --host --port --user --database --socket||nofile",
    "nawk": "awk||-F -v||first file=-f",
    "node": "node|-e -p -pe --eval --print|-r --require --import --loader --experimental-loader --env-file -C --conditions --input-type||",
    "nodejs": "node|-e -p -pe --eval --print|-r --require||",
    "nvim": "vim|-c --cmd -S|-u -i -s -w -W -r -t -q||nofile plus",
    "ocaml": "ocaml|-e|-I||",
    "octave": "octave|--eval|-p||",
    "osascript": "osascript|-e|-l -s||",
    "perl": "perl|-e -E|-I|iMmIlF0CDxVdt|",
    "perl6": "perl|-e|-I -M||",
    "pgcli": "sql||||nofile",
    "php": "php|-r -R -B -E|-d -c -z -t -S||file=-f",
    "php-cgi": "php||-d -c||",
    "powershell": (
        "powershell|-c -Command -command -C -EncodedCommand -e -ec -enc -encodedcommand|-ExecutionPolicy -ep -ex "
        "-WindowStyle -w -OutputFormat -InputFormat -Version||rest file=-File,-f,-file"
    ),
    "psql": "sql|-c --command|-h -p -U -d -v -o -F -R -P -T -L --host --port --username --dbname --set --output||nofile file=-f,--file",
    "pwsh": (
        "powershell|-c -Command -command -C -EncodedCommand -e -ec -enc -encodedcommand|-ExecutionPolicy -ep -ex "
        "-WindowStyle -w -OutputFormat -InputFormat -Version -ConfigurationName -WorkingDirectory||rest "
        "file=-File,-f,-file"
    ),
    "pypy": "python|-c|-W -X||stop=-m",
    "python": "python|-c|-W -X --check-hash-based-pycs|Q|stop=-m",
    "qjs": "node|-e --eval|||",
    "racket": "scheme|-e --eval|-l -t -r -u||",
    "raku": "perl|-e|-I -M||",
    "ruby": "ruby|-e|-I -C -E|iKrFTWx0|",
    "runghc": "haskell||||",
    "rvim": "vim|-c --cmd|||nofile plus",
    "sage": "python|-c|||",
    "sbcl": "lisp|--eval|--core --dynamic-space-size||nofile file=--load,--script",
    "scala": "scala|-e|-cp -classpath||",
    "sed": "sed|-e --expression|-l --line-length|i|first file=-f,--file",
    "snowsql": "sql|-q --query|-a -u -d -s||nofile",
    "sqlcmd": "sql|-Q -q|-S -U -P -d -i -o||nofile",
    "sqlite": "sql|-cmd|-separator -init||sqlite",
    "sqlite3": "sql|-cmd|-separator -init -newline -nullvalue||sqlite",
    "ssed": "sed|-e|-l|i|first file=-f",
    "swift": "swift|-e|||",
    "swipl": "prolog|-g|-s -f -l -t||",
    "tclsh": "tcl|||| ",
    "texlua": "lua|-e|-l||",
    "trino": "sql|--execute|||nofile",
    "ts-node": "node|-e -p -pe --eval --print|-r -P -O --require --project||",
    "tsx": "node|-e -p --eval --print|-r --tsconfig||",
    "vi": "vim|-c --cmd|-u -t -r||nofile plus",
    "view": "vim|-c --cmd|-u||nofile plus",
    "vim": "vim|-c --cmd -S|-u -i -T -s -w -W -r -t -q||nofile plus",
    "wish": "tcl||||",
}
_LONG_RUN = (
    "-a -c -e -h -l -m -p -u -v -w --add-host --annotation --attach --blkio-weight --cap-add --cap-drop --cgroup-parent "
    "--cgroupns --cidfile --cpu-period --cpu-quota --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --device- "
    "cgroup-rule --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --gpus --group-add "
    "--health-cmd --health-interval --health-retries --health-timeout --hostname --ip --ip6 --ipc --isolation --label "
    "--label-file --link --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --mount --name "
    "--net --network --network-alias --oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime "
    "--security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit --user --userns --uts "
    "--volume --volume-driver --volumes-from --workdir --arch --os --secret --pod --authfile --creds --service-ports"
)
_SHELLS = {
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
_APPLETS = frozenset(("busybox", "toybox"))


def look(command, fed):
    """Command -> (list of Code, list of Inner). fed: True when its standard input is a pipe, file, heredoc or here-string."""
    name = command.program
    known = name if name in _PREFIX or name in _CODE or name in _SHELLS or name in _SPECIAL else _family(name)
    if known is None:
        return (), ()
    if known in _SPECIAL:
        found = _SPECIAL[known](command, fed)
        if found is not None:
            return found
    if known in _SHELLS:
        return _shell(command, fed, known)
    codes, inners = (), ()
    if known in _CODE:
        codes = _given_code(command, fed, _CODE[known])
    if known in _PREFIX:
        inners = _prefixed(command, known, _PREFIX[known])
    return codes, inners


def is_shell(program):
    """True for a program that runs shell text."""
    return program in _SHELLS or _family(program) in _SHELLS


def _family(name):
    """ "python3.11" -> "python", "BASH.exe" -> "bash", "ld-linux-x86-64.so.2" -> "ld.so"; None when no table knows it."""
    if not name:
        return None
    if name.startswith(("ld-linux", "ld-musl", "ld.so", "ld64.so", "ld-2.")):
        return "ld.so"
    plain = name.lower()
    if plain.endswith(".exe"):
        plain = plain[:-4]
    for form in (plain, plain.rstrip("0123456789.-"), plain.partition("-")[0].rstrip("0123456789.")):
        if form and form != name and (form in _PREFIX or form in _CODE or form in _SHELLS or form in _SPECIAL):
            return form if plain == form or any(c.isdigit() for c in name) else None
    return None


# ---- options ------------------------------------------------------------------------------------------------------


class _Options:
    """What stands before the operands: given, a list of (option, Arg or None); at, the index of the first operand;
    doubtful, True when an argument that may be several or none stands among them."""

    __slots__ = ("given", "at", "doubtful", "dashed")

    def __init__(self):
        self.given, self.at, self.doubtful, self.dashed = [], 0, False, False

    def value(self, *names):
        for name, arg in self.given:
            if name in names and arg is not None:
                return arg
        return None

    def has(self, *names):
        return any(name in names for name, _ in self.given)


def _options(args, values, attached="", start=0):
    """Read options from args[start:] up to the first operand. values: collection of the options that take the next argument."""
    found = _Options()
    i, n = start, len(args)
    while i < n:
        arg = args[i]
        text = arg.value
        if text is None:
            text = arg.prefix
            if not text.startswith("-") or text == "-":
                break
        if text == "--":
            i += 1
            found.dashed = True
            break
        if len(text) < 2 or (text[0] != "-" and not (text[0] == "+" and "+" in attached)):
            break
        if text in values:
            found.given.append((text, args[i + 1] if i + 1 < n else None))
            found.doubtful |= i + 1 < n and args[i + 1].split
            i += 2
            continue
        if text.startswith("--"):
            name, equals, _ = text.partition("=")
            if equals:
                found.given.append((name, after(arg, len(name) + 1)))
            else:
                long = next((v for v in values if len(text) > 4 and v.startswith(text)), None)
                found.given.append((long or text, args[i + 1] if long and i + 1 < n else None))
                i += 1 if long else 0
            i += 1
            continue
        i += _cluster(args, i, text, values, attached, found)
    found.at = min(i, n)
    return found


def _cluster(args, i, text, values, attached, found):
    """Read -abcVALUE; how many arguments it took."""
    for j in range(1, len(text)):
        option = "-" + text[j]
        if option in values:
            rest = after(args[i], j + 1)
            if rest.pieces:
                found.given.append((option, rest))
                return 1
            found.given.append((option, args[i + 1] if i + 1 < len(args) else None))
            return 2
        if text[j] in attached:
            found.given.append((option, after(args[i], j + 1)))
            return 1
        found.given.append((option, None))
    return 1


def after(arg, length):
    """The Arg without its first `length` known characters."""
    first = arg.pieces[0][length:]
    return Arg(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)


def joined(args):
    """Args as one text with blanks between, as eval, ssh and watch make it."""
    if len(args) == 1:
        return args[0]
    pieces = []
    for arg in args:
        if pieces:
            pieces.append(" ")
        pieces += arg.pieces
    return Arg(packed(pieces))


def packed(pieces):
    """Adjacent texts joined, empty ones left out."""
    out = []
    for piece in pieces:
        if piece.__class__ is str:
            if not piece:
                continue
            if out and out[-1].__class__ is str:
                out[-1] += piece
                continue
        out.append(piece)
    return tuple(out)


def is_name(text):
    """True for what can be a variable's name."""
    return text.isidentifier() and text.isascii()


# ---- programs that put something before a command ------------------------------------------------------------------


def _prefixed(command, name, spec):
    values, skip, marks = (part.strip() for part in spec.split("|"))
    values, marks, args = frozenset(values.split()), marks.split(), command.args
    flag, sub, joins, behind = set(), None, (), None
    inner = Inner(name)
    cwd_options = ()
    for mark in marks:
        key, equals, value = mark.partition("=")
        if not equals:
            flag.add(key)
        elif key == "sub":
            sub, _, more = value.partition("(")
            sub = frozenset(sub.split(","))
            values |= frozenset(more[:-1].split(",")) if more else frozenset()
        elif key == "join":
            joins = tuple(value.split(","))
            values |= frozenset(joins)
        elif key == "cwd":
            cwd_options = tuple(value.split(","))
        elif key == "after" or key == "dd":
            behind = value
    if skip == "bwrap":
        return _bubblewrap(args)
    options = _options(args, values, "" if name not in ("nice", "timeout") else "+")
    at, open_ended = options.at, options.doubtful
    found = [Inner(name, text=value) for option, value in options.given if option in joins and value is not None]
    if sub is not None:
        if at >= len(args) or args[at].value not in sub:
            return found
        inner.label = f"{name} {args[at].value}"
        more = _options(args, values, "", at + 1)
        found += [Inner(inner.label, text=value) for option, value in more.given if option in joins and value is not None]
        at, open_ended = more.at, open_ended or more.doubtful
    if name == "command" and options.has("-v", "-V") or name == "sudo" and options.has("-l", "-v", "-e", "--list", "--edit", "-V", "-K"):
        return found
    if name in ("chrt", "taskset", "ionice", "prlimit", "choom") and options.has("-p", "--pid"):
        return found
    if behind is not None or "dd" in flag:
        at = next((i for i, arg in enumerate(args) if arg.value == (behind or "--")), None)
        if at is None:
            return found
        at += 1
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
        inner.env, at = _environment(args, at)
    rest = args[at:]
    inner.how = "any" if "any" in flag else "builtin" if "builtin" in flag else "program"
    inner.open_ended = open_ended
    if name == "sudo" and options.has("-s", "-i", "--shell", "--login") and not rest:
        return found + [Inner("sudo", argv=(Arg(("sh",)),), root=True, cwd=None if options.has("-i", "--login") else KEEP)]
    if name in ("nsenter", "unshare", "chroot", "pkexec") and not rest:
        return found + [Inner(name, argv=(Arg(("sh",)),), root=inner.root, cwd=None)]
    if not rest:
        return found
    if "each" in flag:
        return found + [Inner(name, text=arg, open_ended=open_ended) for arg in rest if not (arg.value or "").startswith("-")]
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


_KEYS = frozenset("Enter KPEnter Space Tab Escape BSpace Up Down Left Right Home End PageUp PageDown".split())


def _environment(args, at):
    """Read NAME=value arguments: (name -> Arg, index after them)."""
    env = {}
    while at < len(args):
        name, equals, _ = args[at].prefix.partition("=")
        if not equals or not name:
            break
        env[name] = after(args[at], len(name) + 1)
        at += 1
    return env, at


def _bubblewrap(args):
    """bwrap takes options with 0, 1 or 2 values and then a command."""
    two = frozenset(
        (
            "--bind --ro-bind --dev-bind --bind-try --ro-bind-try --dev-bind-try --symlink --setenv --chmod --file --bind- "
            "data --ro-bind-data --perms-bind"
        ).split()
    )
    none = frozenset(
        (
            "--unshare-all --unshare-user --unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup --share- "
            "net --die-with-parent --new-session --clearenv --as-pid-1 --unshare-user-try --unshare-cgroup-try --disable- "
            "userns --level-prefix"
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


# ---- the odd ones --------------------------------------------------------------------------------------------------


def _env(command, fed):
    args = command.args
    options = _options(
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
    if at < len(args) and args[at].value == "-":
        inner.cleared, inner.label, at = True, "env -i", at + 1
    env, at = _environment(args, at)
    inner.env = {**(inner.env or {}), **env}
    inner.open_ended = options.doubtful
    if texts:
        inner.text, inner.dialect = joined((*texts, *args[at:])), "sh"
    elif at < len(args):
        inner.argv = args[at:]
    else:
        return (), ()
    return (), [inner]


def _shell(command, fed, name):
    """A shell: -c TEXT [$0 [args]], -s, a script file, or standard input."""
    args, dialect = command.args, _SHELLS[name]
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


def _shell_on_stdin(command, dialect="sh", args=(), label="stdin", root=False, cwd=KEEP):
    codes = [Code("sh", "stdin", command.stdin)]
    if command.stdin is None:
        return codes, ()
    return codes, [Inner(label, text=command.stdin, dialect=dialect, args=_positional(args, command), root=root, cwd=cwd)]


def _positional(args, command):
    """$1, $2 ... of a shell text; the last may stand for any number when the command is open-ended."""
    if command.open_ended and not any(arg.split for arg in args):
        return (*args, Arg((Unknown("argument", "$@"),), split=True))
    return tuple(args)


def _content(arg):
    """The text that reading a process substitution gives, when it is known."""
    pieces = arg.pieces
    return pieces[0].content if len(pieces) == 1 and pieces[0].__class__ is Unknown else None


def _su(command, fed):
    args, values = (
        command.args,
        frozenset("-c --command -s --shell -g -G -u -w --group --supp-group --user --session-command --whitelist-environment".split()),
    )
    given, operands, login, i = [], [], False, 0
    while i < len(args):
        options = _options(args, values, "", i)
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


def _ssh(command, fed):
    args = command.args
    options = _options(args, frozenset("-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w".split()))
    inners = []
    for name, value in options.given:
        if name == "-o" and value is not None:
            key, equals, _ = value.prefix.partition("=")
            if not equals:
                key, equals, _ = value.prefix.partition(" ")
            if equals and key.strip().lower() in ("proxycommand", "localcommand", "knownhostscommand"):
                inners.append(Inner(f"ssh -o {key.strip()}", text=after(value, len(key) + 1)))
    at = options.at
    if at >= len(args) or options.has("-O", "-Q"):
        return (), inners
    again = _options(args, frozenset("-p -l -i -o".split()), "", at + 1)
    rest = args[again.at :]
    if rest:
        text = joined(rest)
        return [Code("sh", "argument", text)], [*inners, Inner("ssh", text=text, cwd=None, open_ended=options.doubtful or args[at].split)]
    if fed and not options.has("-N", "-n", "-f"):
        codes, more = _shell_on_stdin(command, label="ssh", cwd=None)
        return codes, [*inners, *more]
    return (), inners


def _container(command, fed):
    """docker, podman, kubectl and the like: exec and run."""
    args, tool = command.args, command.program
    options = _options(
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
        options = _options(
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
            more = _options(args, frozenset("-c -n -f --container --namespace --filename --context --image".split()), "", at + 1)
            rest = args[more.at + 1 :] if action == "exec" else ()
        return (), [Inner(label, argv=rest, cwd=None)] if rest else ()
    more = _options(
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


def _container_env(options):
    env = {}
    for name, value in options.given:
        if name in ("-e", "--env") and value is not None and "=" in value.prefix:
            key = value.prefix.partition("=")[0]
            env[key] = after(value, len(key) + 1)
    return env


def _find(command, fed):
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


def _found(command, many):
    """What find puts in the place of {}."""
    return Unknown("input", "{}", command.program)


def _replaced(arg, mark, unknown):
    """The Arg with every `mark` in its known text replaced by an Unknown, or by known text."""
    if not any(piece.__class__ is str and mark in piece for piece in arg.pieces):
        return arg
    pieces = []
    for piece in arg.pieces:
        if piece.__class__ is not str:
            pieces.append(piece)
            continue
        for k, part in enumerate(piece.split(mark)):
            if k:
                pieces.append(unknown)
            pieces.append(part)
    return Arg(packed(pieces), arg.glob, arg.split, arg.word)


def _fd(command, fed):
    args = command.args
    at = next((i for i, arg in enumerate(args) if arg.value in ("-x", "-X", "--exec", "--exec-batch")), None)
    if at is None:
        return (), ()
    rest = list(args[at + 1 :])
    end = next((i for i, arg in enumerate(rest) if arg.value == ";"), len(rest))
    marks = ("{}", "{/}", "{//}", "{.}", "{/.}")
    plain = not any(m in (piece if piece.__class__ is str else "") for arg in rest[:end] for piece in arg.pieces for m in marks)
    argv = []
    for arg in rest[:end]:
        for mark in marks:
            arg = _replaced(arg, mark, Unknown("input", mark, command.program))
        argv.append(arg)
    if plain and argv:
        argv.append(Arg((Unknown("input", "{}", command.program),)))
    return (), [Inner("fd -x", argv=tuple(argv), open_ended=args[at].value in ("-X", "--exec-batch"))] if argv else ()


_XARGS_VALUES = frozenset(
    (
        "-a -d -E -I -J -L -n -P -R -S -s --arg-file --delimiter --max-args --max-chars --max-lines --max-procs "
        "--replace --process-slot-var"
    ).split()
)


def _xargs(command, fed):
    args = command.args
    options = _options(args, _XARGS_VALUES - {"--replace"}, "eil")
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
    size = int(count.value) if count is not None and (count.value or "").isdigit() and int(count.value) else None
    if count is not None and size is None:
        return (), [Inner("xargs", argv=rest, open_ended=True, stdin=False)]
    if not known and options.has("-r", "--no-run-if-empty"):
        return (), ()
    groups = [known[i : i + size] for i in range(0, len(known), size)] if size and known else [known]
    return (), [
        Inner("xargs", argv=(*rest, *(Arg((k,) if k else ()) for k in group)), stdin=False, open_ended=options.doubtful) for group in groups
    ]


def _known_input(command, options):
    """The items xargs reads, when its whole input is known text without quoting; else None. At most 64."""
    text = command.stdin.value if command.stdin is not None else None
    allowed = frozenset("-n -I -0 -r -t -i -P --max-args --null --no-run-if-empty --replace --verbose --max-procs -d --delimiter".split())
    if text is None or any(name not in allowed for name, _ in options.given):
        return None
    delimiter = options.value("-d", "--delimiter")
    if options.has("-0", "--null") or delimiter is not None:
        mark = {"\\n": "\n", "\\t": "\t", "\\0": "\0"}.get(delimiter.value, delimiter.value) if delimiter is not None else "\0"
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


def _parallel(command, fed):
    args = command.args
    options = _options(
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
    unknown = Unknown("input", "{}", "parallel", command.feeds, [a.value for a in values] if listed and len(values) <= 64 else ())
    text, replaced = joined(template), False
    for mark in ("{}", "{.}", "{/}", "{//}", "{/.}", "{#}", "{%}", "{1}", "{2}", "{3}"):
        changed = _replaced(text, mark, unknown if mark == "{}" else Unknown("input", mark, "parallel", command.feeds))
        replaced |= changed is not text
        text = changed
    if not replaced:
        text = Arg(packed((*text.pieces, " ", unknown)))
    return (), [Inner("parallel", text=text, open_ended=not listed)]


def _flock(command, fed):
    args, values = command.args, frozenset("-w -E -c --timeout --wait --conflict-exit-code --command".split())
    options = _options(args, values)
    more = _options(args, values, "", options.at + 1) if options.at < len(args) else options
    text = more.value("-c", "--command") or options.value("-c", "--command")
    if text is not None:
        return [Code("sh", "argument", text)], [Inner("flock -c", text=text)]
    rest = args[more.at :] if options.at < len(args) else ()
    return (), [Inner("flock", argv=rest, open_ended=options.doubtful)] if rest else ()


def _script(command, fed):
    args = command.args
    options = _options(
        args,
        frozenset("-c -m -o -O -I -B -T -E -t --command --log-out --log-in --log-io --logging-format --output-limit --echo -F".split()),
    )
    text = options.value("-c", "--command")
    rest = args[options.at + 1 :]
    if text is None and options.at < len(args):
        text = _options(args, frozenset(("-c", "--command")), "", options.at + 1).value("-c", "--command")
    if text is not None:
        return [Code("sh", "argument", text)], [Inner("script -c", text=text)]
    return (), [Inner("script", argv=rest)] if rest else ()


def _nix(command, fed):
    args = command.args
    texts = [args[i + 1] for i in range(len(args) - 1) if args[i].value in ("--run", "--command") and command.program == "nix-shell"]
    if texts:
        return [Code("sh", "argument", t) for t in texts], [Inner("nix-shell", text=t, dialect="bash") for t in texts]
    at = next((i for i, a in enumerate(args) if a.value in ("-c", "--command")), None)
    if command.program == "nix" and at is not None and args[at + 1 :]:
        return (), [Inner("nix", argv=args[at + 1 :])]
    return (), ()


def _applet(command, fed):
    rest = command.args
    if not rest or (rest[0].value or "").startswith("-"):
        return (), ()
    return (), [Inner(command.program, argv=rest)]


def _loader(command, fed):
    options = _options(
        command.args,
        frozenset("--library-path --inhibit-rpath --audit --preload --argv0 --glibc-hwcaps-prepend --glibc-hwcaps-mask".split()),
    )
    rest = command.args[options.at :]
    return (), [Inner("ld.so", argv=rest)] if rest and not options.has("--list", "--verify") else ()


def _at(command, fed):
    """at and batch run their standard input later."""
    if command.has_flag("l", "d", "r", "--list", "q") or command.program not in ("at", "batch") or command.has_flag("f"):
        return (), ()
    return _shell_on_stdin(command, label="at") if fed else ((), ())


def _git(command, fed):
    """The subcommands of git that exist to run a command; options that make git run one are a matter for the rules."""
    options = _options(command.args, frozenset("-C -c --git-dir --work-tree --namespace --exec-path".split()))
    rest = command.args[options.at :]
    sub = rest[0].value if rest else None
    folder = options.value("-C")
    if sub == "bisect" and len(rest) > 2 and rest[1].value == "run":
        return (), [Inner("git bisect run", argv=rest[2:], cwd=folder or KEEP)]
    if sub == "submodule" and len(rest) > 2 and "foreach" in (rest[1].value, rest[2].value):
        at = next(i for i in (1, 2) if rest[i].value == "foreach")
        more = _options(rest, frozenset(), "", at + 1)
        if rest[more.at :]:
            return (), [Inner("git submodule foreach", text=joined(rest[more.at :]), cwd=None)]
    if sub == "rebase":
        more = [rest[i + 1] for i in range(len(rest) - 1) if rest[i].value in ("-x", "--exec")]
        more += [after(a, 7) for a in rest if a.prefix.startswith("--exec=")]
        return (), [Inner("git rebase --exec", text=text, cwd=folder or KEEP) for text in more]
    return (), ()


def _gcloud(command, fed):
    if "ssh" not in command.words:
        return (), ()
    text = command.flag_value("--command")
    return (), [Inner("gcloud ssh", text=text, cwd=None)] if text is not None else ()


def _exec_text(command, fed):
    """su-like terminals: `rsync -e`, `tar --to-command` and the like give one option a shell text."""
    found = []
    for name in _TEXT_OPTIONS[command.program]:
        value = command.flag_value(name)
        if value is not None and value.pieces:
            found.append(Inner(f"{command.program} {name}", text=value))
    return (), found


_TEXT_OPTIONS = {
    "rsync": ("-e", "--rsh"),
    "tar": ("--to-command", "-I", "--use-compress-program", "--new-volume-script", "--info-script"),
    "sort": ("--compress-program",),
    "gtar": ("--to-command", "-I", "--use-compress-program"),
}

_SPECIAL = {
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
    **dict.fromkeys(_TEXT_OPTIONS, _exec_text),
}


# ---- programs given code --------------------------------------------------------------------------------------------


def _given_code(command, fed, spec):
    language, code, values, attached, marks = spec.split("|")
    code, values, args = frozenset(code.split()), frozenset(values.split()), command.args
    marks = marks.split()
    files = frozenset(option for mark in marks if mark.startswith("file=") for option in mark[5:].split(","))
    stop = frozenset(option for mark in marks if mark.startswith("stop=") for option in mark[5:].split(","))
    start = 0
    if "run" in marks and args:
        sub = args[0].value
        if any(mark == f"sub={sub}" for mark in marks):
            options = _options(args, values, "", 1)
            return [Code(language, "argument", args[options.at])] if options.at < len(args) else []
        if sub == "run":
            start = 1
        elif sub is not None and sub.isalpha() and language in ("deno", "bun"):
            return []
    found = []
    options = _options(args, code | values | files | stop, attached, start)
    for name, value in options.given:
        if name in stop:
            return found
        if value is None:
            continue
        if name in code:
            found.append(Code(language, "argument", value))
            if "rest" in marks:
                at = next((i for i, arg in enumerate(args) if arg is value), None)
                return [Code(language, "argument", joined(args[at:]) if at is not None else value)]
        elif name in files:
            found.append(
                Code(language, "file", value) if value.value not in ("-", "/dev/stdin") else Code(language, "stdin", command.stdin)
            )
    operands = args[options.at :]
    if "plus" in marks:
        found += [Code(language, "argument", after(arg, 1)) for arg in args if arg.prefix.startswith("+")]
        found += [Code(language, "argument", args[i + 1]) for i in range(options.at, len(args) - 1) if args[i].value in code]
    if found and "plus" not in marks:
        return found
    if "first" in marks:
        return [Code(language, "argument", operands[0])] if operands else []
    if "sqlite" in marks:
        return found + [Code(language, "argument", arg) for arg in operands[1:]] or (
            [Code(language, "stdin", command.stdin)] if fed else []
        )
    if "nofile" not in marks and operands and operands[0].value not in ("-", "/dev/stdin"):
        return [Code(language, "file", operands[0])]
    if "nofile" in marks and any(arg.value in code for arg in operands):
        # Options after operands: psql mydb -c TEXT.
        later = _options_anywhere(operands, code)
        if later:
            return found + [Code(language, "argument", value) for value in later]
    if language in ("make", "jq"):
        return found
    return found + [Code(language, "stdin", command.stdin)] if fed else found


def _options_anywhere(args, code):
    return [args[i + 1] for i in range(len(args) - 1) if args[i].value in code]
