"""Which programs run other programs or code: the names, and the shape of the answer. The tables and readers are loaded when needed.

`look(command, fed)` is the only question: the Codes that a command is given, and the Inners that it runs. Nothing is guessed: an
argument that may turn out to be several (or none) makes what follows open-ended, and a computed program stays a computed program.
"""

from holdfast.guard.line import Arg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from holdfast.guard.line import Code, Command
    from holdfast.guard.shell.state import Piece, Pieces

    Found = tuple[Sequence[Code], Sequence["Inner"]]

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

# The names in the tables, blank-separated: searched as text, so that a plain command loads no table.
_LAUNCHERS = (
    " env genv su runuser ssh autossh dbclient slogin docker podman nerdctl docker-compose podman-compose kubectl oc k3s"
    " find gfind bfs fd fdfind xargs gxargs parallel flock script nix-shell nix busybox toybox ld.so at batch git gcloud"
    " rsync tar sort gtar "
)
_SHELLS = " bash rbash sh dash ash ksh ksh93 mksh lksh oksh pdksh yash posh zsh rzsh fish csh tcsh osh nu elvish xonsh "
_INTERPRETERS = (
    " R Rscript awk bc bpython bq bun clickhouse clickhouse-client clisp clj clojure cmd cockroach coffee cqlsh csi d8 dc"
    " deno duckdb ed elixir emacs emacsclient erl ex expect gawk gdb ghc gmake gnuplot goawk gp groovy gsed guile iex"
    " ipython irb jq jruby jrunscript jshell julia jython kotlin lldb lua luajit m4 make mariadb matlab mawk maxima"
    " micropython mongo mongosh mycli mysql nawk node nodejs nvim ocaml octave osascript perl perl6 pgcli php php-cgi"
    " powershell psql pwsh pypy python qjs racket raku ruby runghc rvim sage sbcl scala sed snowsql sqlcmd sqlite sqlite3"
    " ssed swift swipl tclsh texlua trino ts-node tsx vi view vim wish "
)
_PREFIXES = (
    " - abduco accelerate adb alacritty apptainer arch asdf aws-vault builtin bundle bunx bwrap caffeinate catatonit"
    " catchsegv cgexec chamber chokidar choom chpst chronic chroot chrt command concurrently conda coproc cpulimit cross-env"
    " cross-env-shell daemonize dbus-launch dbus-run-session ddev devbox direnv disown distrobox-enter distrobox-host-exec"
    " doas doppler dotenv dotenvx dtach dtruss dumb-init eatmydata entr env-cmd envdir envuidgid exec expect_unbuffer"
    " fakechroot fakeroot faketime firejail flatpak-spawn gdb gnice gnohup gnome-terminal gosu gstdbuf gtime gtimeout gwatch"
    " hatch heaptrack hyperfine i386 incus infisical ionice kitty konsole lando linux32 linux64 ltrace lxc machinectl mamba"
    " micromamba mise mpiexec mpirun newgrp nice nixGL nocache nocorrect nodemon nodenv noglob nohup npm npx nsenter numactl"
    " op parallel-ssh pdm perf pipenv pixi pkexec pnpm poetry prlimit proot proxychains proxychains4 pv pyenv rbenv retry"
    " rlwrap rr rtx run-parts run0 runas runcon rustup rye s6-setuidgid screen setarch setfacl setlock setpriv setsid"
    " setuidgid sg singularity softlimit srun start-stop-daemon stdbuf strace su-exec sudo sudo-rs systemd-cat"
    " systemd-inhibit systemd-run taskset teller time timelimit timeout tini tmux toolbox torify torsocks trickle truss ts"
    " tsocks unbuffer unshare uv uvx vagrant valgrind vault-env volta watch watchexec winpty wsl x-terminal-emulator x86_64"
    " xterm xvfb-run yarn "
)
_NAMES = (("launcher", _LAUNCHERS), ("shell", _SHELLS), ("interpreter", _INTERPRETERS), ("prefix", _PREFIXES))
_ALL = _LAUNCHERS + _SHELLS + _INTERPRETERS + _PREFIXES
# The subcommands of git that run a command: it is too common to load its reader each time.
_GIT = ("bisect", "submodule", "rebase")


def look(command: "Command", fed: bool) -> "Found":
    """Command -> (list of Code, list of Inner). fed: True when its standard input is a pipe, file, heredoc or here-string."""
    name = command.program
    if name == "git" and not any(arg.value in _GIT for arg in command.argv):
        return (), ()
    kinds = _kinds(name)
    if not kinds:
        if name.isalpha() and name.islower() and name.isascii():
            return (), ()
        family = _family(name)
        if family is None:
            return (), ()
        name, kinds = family, _kinds(family)
    if "launcher" in kinds:
        from holdfast.guard.shell.launchers import LAUNCHERS

        found = LAUNCHERS[name](command, fed)
        if found is not None:
            return found
    if "shell" in kinds:
        from holdfast.guard.shell.launchers import shell

        return shell(command, fed, name)
    codes: "Sequence[Code]" = ()
    inners: "Sequence[Inner]" = ()
    if "interpreter" in kinds:
        from holdfast.guard.shell.interpreters import INTERPRETERS, given_code

        codes = given_code(command, fed, INTERPRETERS[name])
    if "prefix" in kinds:
        from holdfast.guard.shell.prefixes import PREFIXES, prefixed

        inners = prefixed(command, name, PREFIXES[name])
    return codes, inners


def is_shell(program: "Any") -> bool:
    """True for a program that runs shell text."""
    return "shell" in _kinds(program) or "shell" in _kinds(_family(program))


def _kinds(name: "str | None") -> "list[str]":
    """The tables that hold a name: of "launcher", "shell", "interpreter", "prefix"."""
    word = f" {name} "
    if not name or word not in _ALL or " " in name:
        return []
    return [kind for kind, names in _NAMES if word in names]


def _family(name: str) -> "str | None":
    """ "python3.11" -> "python", "BASH.exe" -> "bash", "ld-linux-x86-64.so.2" -> "ld.so"; None when no table knows it."""
    if not name:
        return None
    if name.startswith(("ld-linux", "ld-musl", "ld.so", "ld64.so", "ld-2.")):
        return "ld.so"
    plain = name.lower()
    if plain.endswith(".exe"):
        plain = plain[:-4]
    for form in (plain, plain.rstrip("0123456789.-"), plain.partition("-")[0].rstrip("0123456789.")):
        if form and form != name and _kinds(form):
            return form if plain == form or any(c.isdigit() for c in name) else None
    return None


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
        label: str,
        argv: "tuple[Arg, ...] | None" = None,
        text: "Arg | None" = None,
        env: "dict[str, Arg | None] | None" = None,
        cleared: bool = False,
        cwd: "Arg | str | None" = "",
        root: bool = False,
        open_ended: bool = False,
        how: str = "program",
        dialect: str = "sh",
        zero: "Arg | None" = None,
        args: "Sequence[Arg]" = (),
        stdin: bool = True,
    ) -> None:
        self.label, self.argv, self.text, self.env, self.cleared, self.cwd = label, argv, text, env, cleared, cwd
        self.root, self.open_ended, self.how, self.dialect = root, open_ended, how, dialect
        self.zero, self.args, self.stdin = zero, args, stdin


# ---- Args ----------------------------------------------------------------------------------------------------------


def after(arg: "Arg", length: int) -> Arg:
    """The Arg without its first `length` known characters."""
    first = arg.prefix[length:]
    return Arg(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)


def joined(args: "Sequence[Arg]") -> Arg:
    """Args as one text with blanks between, as eval, ssh and watch make it."""
    if len(args) == 1:
        return args[0]
    pieces: "list[Piece]" = []
    for arg in args:
        if pieces:
            pieces.append(" ")
        pieces += arg.pieces
    return Arg(packed(pieces))


def packed(pieces: "Iterable[Piece]") -> "Pieces":
    """Adjacent texts joined, empty ones left out."""
    out: "list[Piece]" = []
    for piece in pieces:
        if isinstance(piece, str):
            if not piece:
                continue
            last = out[-1] if out else None
            if isinstance(last, str):
                out[-1] = last + piece
                continue
        out.append(piece)
    return tuple(out)


def is_name(text: str) -> bool:
    """True for what can be a variable's name."""
    return text.isidentifier() and text.isascii()
