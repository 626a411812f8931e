"""Rights gained or handed out: root shells, setuid bits, world-writable files, accounts, container escapes, tools that start a shell."""

from holdfast.guard.effects import writes
from holdfast.guard.paths import inside, is_temporary, resolve
from holdfast.guard.planted import handed_over, holds_shell
from holdfast.guard.privileges import SHELLS, gain, is_kernel_file, is_rights_file
from holdfast.guard.rule import Finding, Rule, short
from holdfast.guard.shell.arguments import OPTIONS, kind_of, loaded
from holdfast.guard.shell.wrappers import is_shell, roles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line

# Behind these a shell is on another machine, in a container or in a window of its own: nothing here is gained by it.
_OWN_PLACE = frozenset(
    """ssh autossh dbclient slogin docker podman nerdctl docker-compose podman-compose kubectl oc k3s vagrant adb lxc incus wsl
gcloud limactl lima multipass heroku fly flyctl railway mosh crictl runc crun buildah distrobox distrobox-enter toolbox apptainer
singularity srun tmux screen xterm kitty alacritty konsole gnome-terminal x-terminal-emulator arch systemd-nspawn machinectl tmate pdsh
clush pssh winpty distrobox-host-exec flatpak-spawn urxvt rxvt st xfce4-terminal mate-terminal terminator lxterminal foot""".split()
)
_IN_PLACE = frozenset("exec command builtin time gtime - noglob nocorrect coproc".split())
# Starting a shell by its bare name is what these are used for; by its path it is an escape.
_SETTING = frozenset(
    """nix nix-shell guix poetry pipenv pdm uv uvx rye hatch pixi conda mamba micromamba direnv devbox mise asdf rtx bundle npm npx pnpm
yarn bunx doppler op infisical aws-vault chamber teller vault-env dotenv dotenvx ssh-agent xvfb-run dbus-run-session dbus-launch
proxychains proxychains4 torify torsocks tsocks fakeroot opam stack cabal rustup env-cmd envdir rlwrap""".split()
)
_LANGUAGES = frozenset("debugger r erlang tcl lisp scheme prolog haskell clojure sql".split())
_EXCEPTED_STEPS = frozenset(("env -i", "su -"))
# Programs that take a shell's path as a name, a value or text and do not run it.
_NAMING = frozenset(
    """ls stat file test [ [[ echo printf cat head tail less more wc cp mv ln rm ln link readlink realpath basename dirname which type
whereis command hash man whatis apropos info tldr grep egrep fgrep rg ag ack zgrep diff cmp cksum sum md5sum sha1sum sha256sum sha512sum
b2sum shasum ldd nm objdump readelf strings size strip patchelf chmod chown chgrp chattr lsattr getfacl setfacl getcap touch du df tree
useradd usermod adduser luseradd chsh passwd getent id pw dscl sysadminctl export declare typeset local readonly set unset alias
read mapfile let true false : dpkg dpkg-query dpkg-divert dpkg-reconfigure rpm apk brew port pacman apt apt-get apt-cache apt-file yum
dnf zypper emerge snap flatpak nix-store nix-env pkg pkgutil pip pip3 uv update-alternatives alternatives add-shell remove-shell
git gh glab hub tea svn hg jj docker podman nerdctl kubectl oc helm aws gcloud az doctl terraform tofu pulumi packer ansible-vault
curl wget http jq yq sqlite3 code subl open xdg-open make gmake cmake meson ninja bazel configure autoconf tee sponge sort uniq cut tr rev
paste column comm join fold fmt nl tac od xxd hexdump base64 split shuf pgrep pkill ps kill killall lsof fuser pidof top htop
install cpio pax tar zip unzip rsync scp systemctl launchctl crontab at batch logger mail xclip xsel pbcopy wl-copy tput
shellcheck shfmt bats checkbashisms pre-commit bash-language-server eslint pytest tox nox npm yarn pnpm cargo go rustc gcc cc clang ld
chroot unshare jailkit debootstrap mkinitramfs lsinitramfs sed gsed source . eval trap return exit cd pushd popd env printenv
tmux screen zellij defaults plutil osascript kitty alacritty wezterm starship chezmoi stow fakechroot proot apptainer singularity
logname gpasswd login ssh sshd mosh script vagrant multipass limactl heroku fly railway srun sbatch salloc qsub bsub condor_submit
asciinema ttyrec terminalizer notify-send say cowsay figlet banner seq yes date cal nano micro helix""".split()
)
# Of these, an argument that looks like code is not harmless.
_ALSO_RUNNING = frozenset("rpm sqlite3 osascript mail sed gsed less more".split())
# What starts a program in a language of code.
_STARTS = (
    "system",
    "exec",
    "popen",
    "spawn",
    "fork",
    "pty",
    "run(",
    "call(",
    "check_output",
    "shell",
    "open3",
    "Process",
    "callCommand",
    "|&",
    "getline",
    "launch",
    "Runtime",
    "posix",
    "dlopen",
    "`",
    "\\!",
    "%x",
    "write18",
    "SYSTEM",
    "sys.process",
    "perform",
    "unix.",
    "sh(",
    ":!",
    "!/",
    "term ",
)
_REPLS = frozenset(
    "python python2 python3 ipython irb pry node lua luajit ghci jjs jrunscript jshell tclsh wish perl php psysh R julia "
    "scala gdb ftp telnet ed guile clisp sbcl slsh erl iex groovysh cpan bashbug tmux screen byobu zellij mc ranger vifm nnn lf "
    "vi vim nvim nano emacs joe pico micro mcedit lftp tftp sftp msfconsole octave maxima gnuplot ginsh bpython ptpython dtach "
    "tasksh rlwrap bconsole lldb sqlmap debugfs fdisk tshark xterm konsole gnome-terminal dotnet csi racket swipl ocaml ncftp psftp "
    "pwsh powershell".split()
)
# These run what follows a `!` at their prompt; of pagers and editors, an argument that begins with `+!` is such a line.
_PROMPTING = frozenset("ftp tftp sftp psftp lftp ncftp less more man telnet mail mutt psql gdb dc ed ex vi vim ispell pg top".split())
_AT_START = ("+!", "+:!")
_PROMPT = ("!", ":!", "\\!", "~!", ":sh")


_BY_ITSELF = "Use the tool without that, and give the command that is wanted in a call of its own, where it is judged for what it does."
_CONTAINED = "Give the container the project alone, for example `docker run --rm -v \"$PWD\":/work -w /work alpine ls`."
_INSTEAD = {"chmod": "Give no more than is needed, for example `chmod 755 run.sh`.", "docker": _CONTAINED, "podman": _CONTAINED,
            "nerdctl": _CONTAINED}


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        found, instead = gain(command, line), _INSTEAD.get(command.program)
        if not found:
            found, instead = _shell_gain(command, line), _BY_ITSELF
        if not found:
            found, instead = _file_gain(command, line) or _library(command, line) or _named(command), None
        if found:
            yield Finding(f"`{short(command)}` {found}", instead=instead, start=command.start, end=command.end)
    for command, name in handed_over(line):
        yield Finding(f"`{short(command)}` is given {name}, into which the start of a shell was written", start=command.start,
                      end=command.end)


def _shell_gain(command: "Command", line: "Line") -> "str | None":
    """A shell, or another program for code, that a runner or a tool's option starts."""
    program = command.program
    word = command.argv[0].value if command.argv else None
    loose = _loose_file(command, line) if command.root and command.argv else None
    if loose:
        return f"runs {loose} as root, which every program of this machine can replace"
    if word is not None and _is_prompt_line(word):
        return "is a line for the prompt of another program, which starts a shell"
    tool = next((step for step in reversed(command.via) if kind_of(step) == ""), None)
    if program in SHELLS or is_shell(program):
        if tool is not None:
            return f"is a shell that `{tool}` starts"
        if _joins_terminal(command):
            return "joins a shell to another program's terminal"
        if _keeps_rights(command):
            return "is a shell that keeps the rights of its owner"
        later = command.start and "\n" in line.text[: command.start]
        if word is not None and word[:1] == "/" and later and _at_prompt(command, line) and _interactive(command):
            return "is a shell with nothing to run, started from another program"
        if word is not None and word[:2] == "./" and _interactive(command):
            return "is a shell that lies where one was put"
        if _interactive(command):
            step = _runner(command)
            if step == "sudo" and "/" not in (word or "") and any(_as_other(c) for c in line.commands):
                return None
            if step is not None:
                return f"is a shell with nothing to run, started through {step}"
        return None
    if tool is not None and command.via[-1] == tool:
        if any(code.origin == "argument" and code.language not in ("awk", "sed", "sql", "jq", "make") for code in command.code):
            return f"is code that `{tool}` runs"
        if word is None and tool == "git --exec-path":
            return "is a program of unknown content that Git runs as its own"
        if word is not None and "/" in word:
            path = resolve(word, command, line.world)
            if path is None or is_temporary(path, line.world) or not word.startswith("/"):
                return f"is a program of unknown content that `{tool}` runs"
    told = command.args and command.words != ["fsi"] or command.feeds or command.stdin is not None or command.code
    if command.root and program in _REPLS and not told:
        return "opens a prompt with root's rights"
    if command.root:
        if program in ("tmux", "screen") and not command.operands("-S -L -f -s -t -n -c -T -F -x -y -e -h -p")[
            1 if program == "tmux" and (command.sub("-S -L -f").program in ("new", "new-session")) else 0 :
        ] and not command.has_flag("-ls", "-list", "-v", "-V", "-X"):
            return "opens a shell with root's rights"
    if program == "nmap" and "--interactive" in command.words:
        return "opens a prompt that starts shells"
    if program == "exec" and command.args and _joins_terminal(command) and (command.words[0] or "").rpartition("/")[2] in SHELLS:
        return "joins a shell to another program's terminal"
    if program == "script" and (command.root or "/dev/null" in command.words):
        if not command.operands("-c -E -I -O -B -m -o -T --command")[1:] and not command.has_flag("c", "--command"):
            return "opens a shell"
    if any(_is_prompt_line(redirect.target.value or "") for redirect in command.redirects):
        return "is a line for the prompt of another program, which starts a shell"
    if program == "xargs" and "/dev/null" in command.words and any((w or "").rpartition("/")[2] in SHELLS for w in command.words):
        return "starts a shell"
    return None


def _loose_file(command: "Command", line: "Line") -> "str | None":
    """A file in a temporary folder that is run, by its own path or by an interpreter."""
    if any(step.startswith(("docker", "podman", "kubectl", "ssh", "chroot", "vagrant", "lxc")) for step in command.via):
        return None
    files = [code.text for code in command.code if code.origin == "file" and code.text is not None and code.language != "sql"]
    if "/" in (command.argv[0].value or ""):
        files.append(command.argv[0])
    if command.program == "java":
        files += [arg for arg in command.args if arg.prefix.endswith(".jar")]
    for file in files:
        path = resolve(file, command, line.world) if file.known else None
        if path is not None and is_temporary(path, line.world) and not inside(path, line.world.project or "/nowhere"):
            return path
    return None


def _at_prompt(command: "Command", line: "Line") -> bool:
    """Whether a program stands by itself, or behind `exec` in a text that begins with a prompt of another language."""
    return not command.via or command.via == ("exec",) and bool(line.commands) and line.commands[0].program in _REPLS


def _is_prompt_line(word: str) -> bool:
    """`!sh`, `:!/bin/bash`, `v:shell`: what is typed at the prompt of a pager, an editor or another tool to get a shell."""
    if word.startswith(_PROMPT):
        return word not in ("!", ":", "!!") and not word.endswith(":")
    before, mark, name = word.rpartition("!")
    return bool(mark) and len(before) < 4 and name.rpartition("/")[2] in SHELLS or word in ("v:shell", ":shell")


def _keeps_rights(command: "Command") -> bool:
    """`bash -p`, before any operand."""
    for word in command.words:
        if word is None or not word.startswith("-") or word.startswith("--"):
            return False
        if "p" in word:
            return command.program in ("sh", "bash", "dash", "ksh", "ash", "ksh93", "mksh", "posh", "yash")
        if word.endswith(("c", "o")):
            return False
    return False


def _as_other(command: "Command") -> bool:
    """`sudo -iu postgres`: the shell of a user who is named and is not root."""
    user = command.flag_value("-u", "--user", "-iu", "-su") if command.program == "sudo" else None
    return user is not None and user.known and user.value not in ("root", "0", "#0")


def _interactive(command: "Command") -> bool:
    """True for a shell that has no text, script or input to run."""
    if command.code or command.feeds or command.stdin is not None or command.open_ended:
        return False
    return all(w is not None and w.startswith(("-", "+")) and w not in ("--version", "--help") or w in ("/dev/tty",) for w in command.words)


def _joins_terminal(command: "Command") -> bool:
    """`sh 1>&0`, `sh <$(tty)`: what a shell needs that was started from inside another program."""
    for redirect in command.redirects:
        if redirect.op in (">&", "<&") and redirect.fd in (0, 1, 2):
            target = redirect.target.value
            if redirect.op == ">&" and target == "0" or redirect.op == "<&" and redirect.fd == 0 and target in ("1", "2"):
                return True
        if (
            redirect.fd == 0
            and redirect.op == "<"
            and (
                redirect.target.value in ("/dev/tty", "@stdin")
                or any(c.program == "tty" for u in redirect.target.unknowns for c in u.commands)
            )
        ):
            return True
    return False


def _runner(command: "Command") -> "str | None":
    """The step by which a runner on this machine started a shell, or None."""
    found: "str | None" = None
    path = "/" in (command.argv[0].value or "")
    for step in command.via:
        head = step.partition(" ")[0]
        if head in _OWN_PLACE:
            return None
        if head in _IN_PLACE:
            continue
        if step in _EXCEPTED_STEPS or head in _SETTING and not path or head in ("bash", "sh", "zsh", "dash", "ksh"):
            continue
        if head in _LANGUAGES or roles(head) or kind_of(step) is not None:
            found = step
    return found


def _file_gain(command: "Command", line: "Line") -> "str | None":
    """A write to a file that says who may do what."""
    for write in writes(command, line.world) if command.program != "visudo" else ():
        if write.path is None:
            continue
        if is_rights_file(write.path):
            return f"writes {write.path}, which says who may do what on this machine"
        if write.path.startswith("/etc/sysctl") and any(
            key in line.text.replace(" ", "")
            for key in ("core_pattern=|", "kernel.modprobe", "kernel.hotplug", "suid_dumpable", "randomize_va_space")
        ):
            return f"writes {write.path}, by which the kernel is told what to run"
        if is_kernel_file(write.path):
            return f"writes {write.path}, by which the kernel is told what to run"
    return None


def _library(command: "Command", line: "Line") -> "str | None":
    """A library of unknown content that an option loads."""
    if command.program == "openssl" and any(
        (w or "").endswith(".so") and not (w or "").startswith(("/usr/", "/lib")) for w in command.words
    ):
        return "loads a library of unknown content"
    if command.program in ("sqlite3", "openssl"):
        text = next((a.shown for a in command.args if a.shown.startswith((".load ", "SO_PATH:")) or "load_extension(" in a.shown), "")
        if "/" in text or ".so" in text:
            return "loads a library of unknown content"
    builds = command.program.startswith(("gcc", "g++", "clang", "ld.", "x86_64-"))
    if not builds and command.program not in _NAMING and command.program not in SHELLS:
        for arg in command.args:
            text = arg.when_empty.rstrip(";, '\")")
            at = text.find("/tmp/")
            if text.endswith((".so", ".dylib")) and at >= 0 and text[at - 1 : at] in ("", " ", "=", ":", "/", "r", "'", '"'):
                return f"loads {text[at:]}, which anybody may have put there"
    found = _library_in_code(command, line)
    if found:
        return found
    for option, value in loaded(command) if command.program in OPTIONS else ():
        text = value.value or value.prefix
        if option in ("--default-auth", "--plugin-dir") and text.startswith(("../", "./")):
            return f"loads {text} as code of the tool, by {option}"
        if any(c.program == "mktemp" for u in value.unknowns for c in u.commands):
            return f"loads {value.shown} as code of the tool, by {option}"
        if (
            text.endswith((".so", ".dylib", ".dll"))
            and not text.startswith(("/usr/", "/lib", "/opt/"))
            or is_temporary(text.removeprefix("lua_script:"), line.world)
        ):
            return f"loads {text} as code of the tool, by {option}"
    return None


_LOADING = ("LoadLibrary(", "CDLL(", "dlopen(", "ffi.load(", "process.dlopen(", "DynaLoader", "System.load(", "package.loadlib(",
            "load-shared-object")


def _library_in_code(command: "Command", line: "Line") -> "str | None":
    """A library of unknown content that a program text loads."""
    for code in command.code:
        text = code.text.when_empty if code.text is not None and code.origin != "file" and code.language != "sh" else ""
        if ".so" in text or ".dylib" in text:
            for mark in _LOADING:
                for piece in text.split(mark)[1:]:
                    name = piece.lstrip("'\"module,{} ")
                    name = name[: min([at for at in map(name.find, "'\")") if at >= 0] or [len(name)])]
                    if name.endswith((".so", ".dylib")) and (is_temporary(name, line.world) or name.count("/") == name.startswith("./")):
                        return f"loads {name} into itself"
    return None


def _named(command: "Command") -> "str | None":
    """A shell's path in an argument of a program that is not known to take one harmlessly."""
    program = command.program
    if any("--checkpoint-action=" in r.target.when_empty for r in command.redirects if r.writes) or (
        program == "touch" and any("--checkpoint-action=" in arg.when_empty for arg in command.args)
    ):
        return "makes a file whose name tar takes for an order to run something"
    if (
        command.stdin is not None
        and program in _PROMPTING
        and any(
            line.startswith(_PROMPT[:-1]) and line.split()[0].lstrip(":~!\\").rpartition("/")[2] in {*SHELLS, ""}
            for line in command.stdin.when_empty.split("\n")
        )
    ):
        return "is told at its prompt to start a shell"
    if command.stdin is not None and (
        program not in _NAMING and program not in SHELLS and "interpreter" not in roles(program) or program in ("go", "cargo", "rustc")
    ) and "sh" in command.stdin.when_empty:
        text = command.stdin.when_empty
        if holds_shell(text) and any(mark in text for mark in _STARTS):
            return "is told to start a shell"
    if not program or program in _NAMING and program not in _ALSO_RUNNING or program in SHELLS:
        return None
    kinds = roles(program)
    if "interpreter" in kinds:
        return _code_names(command)
    marked = program in _ALSO_RUNNING
    if not marked and ("prefix" in kinds or "launcher" in kinds) or "shell" in kinds:
        return None
    if not kinds and "/" in (command.argv[0].value or "") and program not in OPTIONS:
        return None
    if program in ("pic", "groff", "troff", "nroff", "eqn", "tbl") and command.has_flag("U", "--unsafe"):
        return "runs the commands that a text names"
    before = ""
    for arg in command.args:
        text = arg.when_empty
        if text.startswith(_AT_START) and text.rpartition("/")[2] in SHELLS or "sh" in text and holds_shell(text):
            named = before if text[:1] == "/" else text.partition("=")[0]
            if not (marked and not any(mark in text for mark in _STARTS) or len(text) > 400 or "shell" in named.lower()):
                return "gives the path of a shell to a tool that can start it"
        before = text
    return None


def _code_names(command: "Command") -> "str | None":
    """The same for an interpreter: its code names a shell and starts programs."""
    for code in command.code:
        if code.origin != "file" and code.text is not None and code.language != "sh":
            text = code.text.when_empty
            if text.startswith((":!", "!")) and text.lstrip(":! ").split(" ")[0].rpartition("/")[2] in SHELLS:
                return "runs code that starts a shell"
            if _commands_only(text):
                continue
            if "sh" in text and holds_shell(text) and (code.language in ("powershell", "cmd") or any(mark in text for mark in _STARTS)):
                return "runs code that starts a shell"
    return None


def _commands_only(text: str) -> bool:
    """Whether each shell in a program text is given one command by -c, which is judged by itself."""
    plain = text.replace(" ", "").replace("'", '"')
    shells = sum([plain.count(f"bin/{name}") for name in ("sh", "bash", "zsh", "dash")])
    given = sum([plain.count(f'bin/{name}","{option}",') for name in ("sh", "bash", "zsh", "dash") for option in ("-c", "-lc", "-ec")])
    return 0 < shells == given and "-i" not in plain


RULE = Rule(
    code="ESC001",
    title="privilege escalation",
    category="escalation",
    why="It gains rights that nobody gave this agent, or hands them to every program on the machine.",
    instead="Run the one command that needs more rights by its name, such as `sudo apt-get install jq`, or ask a person to do this.",
    severity="danger",
    blocks=(
        "sudo -i",
        "sudo su",
        "sudo su -",
        "sudo bash",
        "sudo sh -c 'bash -i'",
        "doas sh",
        "pkexec /bin/bash",
        "su -",
        "bash -p",
        "make && sudo nice /bin/sh",
        "find . -exec /bin/sh \\; -quit",
        "tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec=/bin/sh",
        "zip a.zip x -T -TT 'sh #'",
        "git -c core.pager='sh -c id' log",
        "rsync -e 'sh -c id' x host:y",
        "ssh -o ProxyCommand='sh 0<&2 1>&2' x",
        "awk 'BEGIN {system(\"/bin/sh\")}'",
        "sudo -u#-1 id",
        "chmod u+s /tmp/x",
        "chmod 4755 tool",
        "cp /bin/bash /tmp/b; chmod +s /tmp/b",
        "install -m 4755 tool /usr/local/bin",
        "setcap cap_setuid+ep ./tool",
        "chmod 777 deploy.sh",
        "chmod -R a+rwx /var/www",
        "echo 'dev ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/dev",
        "sudo visudo",
        "sudo usermod -aG sudo dev",
        "useradd -o -u 0 toor",
        "echo 'root:x' | chpasswd",
        "docker run --privileged alpine",
        "docker run -v /:/host alpine chroot /host sh",
        "docker run -v /var/run/docker.sock:/var/run/docker.sock alpine",
        "nsenter -t 1 -m sh",
        "insmod ./evil.ko",
        "find / -perm -4000 -type f",
        "getcap -r /",
        "ssh-keygen -D ./lib.so",
        "echo '|/tmp/x' > /proc/sys/kernel/core_pattern",
        "man ls\n!/bin/sh",
        "xattr -d com.apple.quarantine tool",
    ),
    allows=(
        "sudo apt-get install -y jq",
        "sudo systemctl restart nginx",
        "sudo cp tool /usr/local/bin/tool",
        "sudo chown -R $USER build",
        "sudo docker compose up -d",
        "docker run -it ubuntu bash",
        "chmod +x build.sh",
        "chmod 755 bin/tool",
        "sudo -u postgres psql",
        "su - postgres -c 'psql -l'",
        "useradd -m -s /bin/bash app",
        "echo deb | sudo tee /etc/apt/sources.list.d/x.list",
        "which sh",
        "ls -l /bin/sh",
        "chsh -l",
        "sudo bash scripts/setup.sh",
        "sudo sh -c 'apt-get update'",
        "find . -name '*.sh' -exec sh -n {} \\;",
        "tar -I pigz -cf a.tgz src",
        "rsync -e 'ssh -p 22' a host:b",
        "git -c core.pager=cat log",
        "sort --compress-program=gzip x",
        "grep -rn /bin/bash .",
        "sed -i 's|/bin/sh|/bin/bash|' run.sh",
        "visudo -c",
        "sudo -l",
        "chmod 1777 shared",
        "chmod 2775 /srv/git",
        "kubectl exec -it pod -- /bin/sh",
        "ssh host bash",
        "setcap cap_net_bind_service=+ep ./server",
        "exec bash",
        "docker run --privileged --rm tonistiigi/binfmt --install all",
        "find . -perm -u+x -type f",
        "modprobe vcan",
        "sysctl -w vm.max_map_count=262144",
        "git commit -m 'chmod 777 is bad'",
        "chmod u-s tool",
        "nix-shell --run bash",
        "time bash build.sh",
    ),
    check=check,
)
