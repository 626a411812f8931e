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
    " find gfind bfs fd fdfind xargs gxargs parallel flock script nix-shell nix busybox toybox ld.so at batch git gcloud "
)
_SHELLS = " bash rbash sh dash ash ksh ksh93 mksh lksh oksh pdksh yash posh zsh rzsh sash fish csh tcsh osh nu elvish xonsh "
_INTERPRETERS = (
    " R Rscript awk bc bpython bq bun clickhouse clickhouse-client clisp clj clojure cmd cockroach coffee cqlsh csi d8 dc"
    " deno duckdb ed elixir emacs emacsclient erl ex expect gawk gdb ghc ghci gmake gnuplot goawk gp groovy gsed guile iex"
    " ipython irb jq jruby jrunscript jshell julia jython kotlin lldb lua luajit m4 make mariadb matlab mawk maxima"
    " micropython mongo mongosh mycli mysql nawk node nodejs nvim ocaml octave osascript perl perl6 pgcli php php-cgi"
    " powershell psql pwsh pypy python qjs racket raku ruby runghc rvim sage sbcl scala sed snowsql sqlcmd sqlite sqlite3"
    " ssed swift swipl tclsh texlua trino ts-node tsx vi view vim wish gview gvim gvimdiff rgview rgvim rview vimdiff evim "
)
_PREFIXES = (
    " - aa-exec abduco accelerate adb alacritty aoss apptainer arch asdf aws-vault buildah builtin bundle bunx bwrap cabal"
    " caffeinate cage catatonit catchsegv ccache cgexec cgrun chamber chokidar choom chpst chronic chroot chrt clush command"
    " concurrently conda coproc cpulimit crictl cross-env cross-env-shell crun csvtool daemonize dbus-launch"
    " dbus-run-session ddev devbox direnv disown distcc distrobox distrobox-enter distrobox-host-exec doas doppler dotenv"
    " dotenvx dsh dtach dtruss dumb-init eatmydata entr env-cmd envdir envuidgid exec expect_unbuffer fakechroot fakeroot"
    " fakeroot-ng fakeroot-sysv faketime firejail flatpak-spawn fly flyctl fnm foot gamemoderun gdb genie gnice gnohup"
    " gnome-terminal gosu grc gstdbuf gtime gtimeout guix gwatch hatch heaptrack heroku hyperfine i386 incus infisical"
    " ionice ip just kitty kmod konsole ksu lando lckdo lerna lima limactl linux32 linux64 logsave ltrace lxc lxterminal"
    " machinectl mamba mangohud mate-terminal micromamba mise mosh mosh-server mpiexec mpirun msgfilter multipass multitime"
    " n newgrp nice nixGL nocache nocorrect nodemon nodenv noglob nohup npm npx nsenter numactl nvm op opam openvt optirun"
    " parallel-ssh pdm pdsh perf pexec pipenv pixi pkexec pkgx pnpm poetry prime-run primusrun prlimit proot proxychains"
    " proxychains-ng proxychains4 pssh pv pw-jack pyenv railway rbenv retry rlwrap rootlesskit rr rtk rtx run-parts run0"
    " runas runc runcon rustup rxvt rye s6-envdir s6-setlock s6-setuidgid s6-softlimit sccache screen sem setarch setfacl"
    " setlock setpriv setsid setuidgid sg singularity socket softlimit srun ssh-agent sshpass st stack start-stop-daemon"
    " stdbuf strace su-exec sudo sudo-rs systemd-cat systemd-inhibit systemd-nspawn systemd-run task taskset teller"
    " terminator time timelimit timeout tini tmate tmux toolbox torify torsocks trickle truss ts tsocks tsp uftrace unbuffer"
    " unshare urxvt uv uvx vagrant valgrind vault-env volta watch watchexec waypipe winpty with-contenv with-lock wsl"
    " x-terminal-emulator x86_64 xdotool xfce4-terminal xterm xvfb-run yarn zrun "
)
_OPTIONED = (
    " a2ps agetty ansible apt apt-cache apt-config apt-get apt-mark aptitude aria2c bat batcat borg bpftrace bsdtar busctl"
    " c++ c89 c99 capsh cc cdist certbot check_ssl_cert chef-apply clang clang++ cpio cpp ctags curl cvs darcs delta"
    " dhclient dhcpcd dmsetup dnsmasq dpkg dump duplicity enscript exiftool fetchmail fzf g++ gcc gdb gem gfortran gimp git"
    " git-send-email gnat go gpg gpg-agent gpg2 gpgsm gsed gsort gsplit gtar heirloom-mailx hg highlight java jj kak knife"
    " latexmk less lftp logrotate mail mailx man mariadb mdadm mercurial mksquashfs more mosh most mpv msfconsole mt mutt mysql nano nc"
    " nc.traditional ncat ncat.openbsd netcat nmap npm octave-cli openssl openvpn pandoc perlbug pico pidstat pip pip3 pppd"
    " puppet rake rclone rdiff-backup restic restore rg ripgrep rlwrap rnano rpm rpmbuild rpmdb rpmkeys rpmquery rpmsign"
    " rpmspec rpmverify rsync rtorrent rustc rustdoc s-nail scp scrot sed sftp sk slogin slsh smbclient socat socat1 socket"
    " sort split sqlmap ssed ssh ssh-add ssh-copy-id ssh-keygen sshfs sshuttle star start-stop-daemon svn sysdig tar tcpdump"
    " tmate tshark unison uwsgi valgrind wget wget2 wireshark x11vnc xpra zip "
)
# The commonest of those that no table names.
_NONE = frozenset("cd ls cat echo printf grep rg head tail wc mkdir rm cp mv touch chmod true false test [ [[ pwd sort cut tr set export "
                  "read sleep date diff tee basename dirname which pytest ruff mypy cargo curl tar kill ps".split())
_NAMES = (("launcher", _LAUNCHERS), ("shell", _SHELLS), ("interpreter", _INTERPRETERS), ("prefix", _PREFIXES))
_ALL = _LAUNCHERS + _SHELLS + _INTERPRETERS + _PREFIXES
# Words that make the operands of an unknown program a command, and programs that only speak of commands.
_HEADS = frozenset("rm git sudo bash sh zsh dd mkfs shred chmod chown kubectl terraform docker".split())
_SPEAKING = frozenset(
    (
        "which whereis whatis apropos info tldr cheat help type hash command man echo printf grep egrep fgrep rg ag ack apt"
        " brew snap choco scoop winget pacman apk yum dnf zypper pkill pgrep killall hg jj svn p4 gsutil mc rclone hdfs s3cmd"
        " test [ [[ cd ls cat cp mv ln rm touch mkdir chmod chown rmdir kill export declare local readonly typeset unset"
        " alias unalias compgen complete bind trap return fg bg jobs read wait let expr nvm helm tap yes seq say cowsay"
        " figlet banner logger notify-send basename dirname realpath readlink file stat ls ll dpkg rpm pip pip3 gem"
        " aws az doctl gh glab hub cargo go rustc port emerge xbps-install nix-env howdoi explain ack-grep pidof ps"
    ).split()
)
# The subcommands of git that run a command: it is too common to load its reader each time.
_GIT = ("bisect", "submodule", "rebase")
# What an argument of git begins with when it names something to run.
_GIT_RUNS = ("-c", "alias.", "-u", "-O", "-x", "ext::", "--upload", "--receive", "--ex", "--open", "--to-", "--cc-", "--smtp", "--sendmail",
             "--tree", "--index-f", "--msg", "--env-f", "--commit-f", "--parent", "--tag-name", "--setup", "--config")
# Of these, what an option begins with that names something to run.
_EVERYDAY = {"less": ("+",), "more": ("+",),
             "npm": ("--e", "--v"), "curl": ("--e",), "sort": ("--c",), "pip": ("--p", "--ed"), "rg": ("--p", "--h"), "wget": ("--u",),
             "go": ("-exec", "--exec", "-tool", "--tool")}
# Of these, the subcommands that run nothing; of find, all without an action.
_HARMLESS = {"docker": " ps images logs build version info inspect stats pull push tag rmi ",
             "kubectl": " get describe logs version top apply config explain scale rollout ",
             "npm": " test t run ci install i start ls list outdated run-script publish pack version audit view "}
# Languages of Code that are read elsewhere, or amount to nothing.
_NO_PROGRAM = ("sh", "powershell", "jq")


def look(command: "Command", fed: bool) -> "Found":
    """Command -> (list of Code, list of Inner). fed: True when its standard input is a pipe, file, heredoc or here-string."""
    name = command.program
    codes, inners = _run(command, name, fed)
    word = command.argv[0].value or ""
    if word[-1:] in ("$", "#", "%") and "@" in word and len(command.argv) > 1:
        inners = [*inners, Inner("prompt", argv=command.argv[1:])]  # copied with its prompt: what is meant is the rest
    if name and f" {name} " in _OPTIONED and _has_options(command, name):
        from holdfast.guard.shell.arguments import given

        more_codes, more_inners = given(command)
        codes, inners = [*codes, *more_codes], [*inners, *more_inners]
    if name[:6] == "python" and len(command.argv) > 3 and command.argv[1].value == "-m":
        from holdfast.guard.languages import of_module

        codes = [*codes, *of_module(command)]
    for code in codes:
        if code.language not in _NO_PROGRAM and code.text is not None and code.origin != "file":
            from holdfast.guard.languages import amounts_to

            inners = [*inners, *amounts_to(code, command)]
    return codes, inners


def _has_options(command: "Command", name: str) -> bool:
    """False for the everyday uses of the commonest programs, which need no reading of options."""
    if name == "git":
        return any((arg.prefix or "").startswith(_GIT_RUNS) for arg in command.args)
    begins = _EVERYDAY.get(name)
    if begins:
        return any([arg.prefix.startswith(begins) for arg in command.args])
    if name == "sed":
        return any((piece == "e" or "e " in piece) for arg in command.args for piece in arg.pieces if isinstance(piece, str))
    return len(command.argv) > 1


def _run(command: "Command", name: str, fed: bool) -> "Found":
    """What the tables of runners, shells and interpreters say."""
    if name == "git" and not any(arg.value in _GIT for arg in command.argv):
        return (), ()
    if name in _HARMLESS and len(command.argv) > 1 and f" {command.argv[1].value} " in _HARMLESS[name] and not any(
            [arg.prefix.startswith(("-c", "--c")) for arg in command.args]):
        return (), ()
    if name == "find" and not any([arg.value is None or arg.value.startswith(("-exec", "-ok")) for arg in command.args]):
        return (), ()
    kinds = _kinds(name)
    if not kinds:
        if len(command.argv) > 2 and name and name not in _SPEAKING and (
            command.argv[1].value in _HEADS or any(arg.value == "--" for arg in command.argv[1:-1])
        ):
            return (), _unheard_of(command)
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


def _unheard_of(command: "Command") -> "list[Inner]":
    """An unknown program whose operands read as a command is taken for a runner of commands."""
    args = command.args
    if args[0].value in _HEADS:
        return [Inner(command.program, argv=args)]
    return behind_dashes(command)


def behind_dashes(command: "Command") -> "list[Inner]":
    """What follows `--`, when it begins like a command: `tool run x -- rm -rf y`."""
    args = command.args
    at = next((i for i, arg in enumerate(args) if arg.value == "--"), len(args)) + 1
    return [Inner(command.program, argv=args[at:])] if at < len(args) and (args[at].value or "").rpartition("/")[2] in _HEADS else []


def is_shell(program: "Any") -> bool:
    """True for a program that runs shell text."""
    return "shell" in _kinds(program) or "shell" in _kinds(_family(program))


def roles(name: str) -> "list[str]":
    """What a program is, under any version of its name: "launcher", "shell", "interpreter", "prefix"."""
    return _kinds(name) or _kinds(_family(name))


def _kinds(name: "str | None") -> "list[str]":
    """The tables that hold a name: of "launcher", "shell", "interpreter", "prefix"."""
    if not name or name in _NONE or " " in name:
        return []
    word = f" {name} "
    if word not in _ALL:
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
