"""How a command gains or hands out rights: setuid bits, world-writable files, accounts, groups, containers, kernel modules, mounts.

`gain(command, line)` answers with what was found in words, or None. One function per program, in a table at the end.
"""

from holdfast.guard.paths import is_temporary, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfast.guard.line import Arg, Command, Line

    Gain = Callable[[Command, Line], "str | None"]

SHELLS = frozenset("sh bash dash zsh ksh ksh93 mksh pdksh ash csh tcsh fish rbash yash posh elvish xonsh nu osh rzsh sash".split())
# Membership in these is as good as root, or leads there.
_GROUPS = frozenset(
    "root sudo wheel admin docker lxd lxc adm disk shadow kmem podman sudoers staff-admin libvirt incus-admin incus administrators".split()
)
_RIGHTS_FILES = (
    "/etc/sudoers",
    "/usr/local/etc/sudoers",
    "/etc/passwd",
    "/etc/shadow",
    "/etc/group",
    "/etc/gshadow",
    "/etc/doas.conf",
    "/usr/local/etc/doas.conf",
    "/etc/polkit-1",
    "/usr/share/polkit-1",
    "/etc/pam.d",
    "/etc/pam.conf",
    "/etc/security/access.conf",
    "/etc/security/opasswd",
    "/etc/sudo.conf",
    "/etc/master.passwd",
    "/etc/spwd.db",
    "/etc/krb5.keytab",
    "/private/etc/sudoers",
    "/private/etc/pam.d",
    "/etc/ld.so.preload",
    "/var/lib/AccountsService",
    "/etc/selinux",
)
_KERNEL_FILES = (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/kernel/hotplug",
    "/proc/sysrq-trigger",
    "/proc/sys/fs/binfmt_misc",
    "/proc/sys/kernel/randomize_va_space",
    "/proc/sys/kernel/yama",
    "/sys/kernel/uevent_helper",
    "/proc/sys/fs/suid_dumpable",
    "/proc/1/root",
    "/proc/1/mem",
    "/proc/sys/vm/mmap_min_addr",
    "/sys/kernel/security",
    "/proc/sys/kernel/unprivileged_bpf_disabled",
    "/proc/sys/kernel/kptr_restrict",
    "/proc/sys/kernel/sysrq",
)
_SCANNERS = frozenset(
    "linpeas linpeas.sh linenum linenum.sh lse.sh pspy pspy32 pspy64 linux-exploit-suggester.sh linux-exploit-suggester "
    "pwnkit dirtycow dirtyc0w dirtypipe cowroot logrotten suid3num dirty_sock sudo_inject "
    "linux-exploit-suggester-2.pl les.sh les2.pl unix-privesc-check winpeas winpeas.exe linuxprivchecker.py traitor "
    "gtfonow gtfonow.py deepce.sh peass suid3num.py sudo_killer.sh beroot beroot.py amicontained bashark.sh".split()
)


def gain(command: "Command", line: "Line") -> "str | None":
    """What rights the command gains or hands out, in words that follow the command; None when it does not."""
    if command.program.lower() in _SCANNERS or any(
        code.origin == "file" and code.text is not None and code.text.shown.rpartition("/")[2].lower() in _SCANNERS for code in command.code
    ):
        return "searches this machine for a way to become root"
    if command.root and command.program in _CONFIGURED and _made_up(command, line):
        return "runs as root by a configuration of anybody's making"
    test = _TESTS.get(command.program)
    return test(command, line) if test is not None and not command.has_flag("--help") else None


# Services and loaders with the option that names their configuration: with one of the caller's making they run or read what it says.
_CONFIGURED = {
    **dict.fromkeys("nginx openvpn mosquitto dnf yum".split(), ("-c", "--config")),
    **dict.fromkeys("apache2 httpd apache2ctl ldconfig logrotate snmpd varnishd rsyslogd sshd named nft cowsay cowthink".split(), ("-f",)),
    **dict.fromkeys("dnsmasq ntpd lighttpd supervisord".split(), ("-C", "-c", "-f")),
    **dict.fromkeys("dhclient dhcpcd".split(), ("-cf", "-sf", "-f")),
    **dict.fromkeys("easy_install byebug runscript bpftrace stap ansible-playbook neofetch minicom puppet".split(), ("", "--config", "-S")),
    "gtester": ("-q",),
    **dict.fromkeys("chef-solo facter composer".split(), ("-c", "--custom-dir", "--working-dir", "-d")),
}


def _made_up(command: "Command", line: "Line") -> bool:
    """Whether the configuration of a tool lies in a temporary folder, or where only the run tells."""
    options = _CONFIGURED[command.program]
    values = [command.flag_value(*options[0 if options[0] else 1 :])]
    for value in [value for value in values if value is not None] + (command.operands() if not options[0] else []):
        path = resolve(value, command, line.world)
        if path is not None and is_temporary(path, line.world) or any(c.program == "mktemp" for u in value.unknowns for c in u.commands):
            return True
    return False


def _ansible_test(command: "Command", line: "Line") -> "str | None":
    return "opens a shell with nothing to run" if command.words[:1] == ["shell"] and len(command.operands()) == 1 else None


def _mosh(command: "Command", line: "Line") -> "str | None":
    server = command.flag_value("--server")
    return "starts a shell" if server is not None and (server.value or "").split(" ")[0].rpartition("/")[2] in SHELLS else None


def _unzip(command: "Command", line: "Line") -> "str | None":
    return "restores programs that run with their owner's rights" if command.has_flag("K") else None


def is_rights_file(path: str) -> bool:
    """True for the files that say who may do what on this machine."""
    return any(path == known or path.startswith((known + "/", known + ".")) or path == known + "-" for known in _RIGHTS_FILES)


def is_kernel_file(path: str) -> bool:
    """True for files by which the kernel is told what to run or allow."""
    return (
        path.startswith((*_KERNEL_FILES, "/lib/modules/", "/usr/lib/modules/"))
        or path.endswith(("/release_agent", "/notify_on_release"))
        or path.startswith("/proc/")
        and path.endswith("/mem")
    )


# ---- modes ---------------------------------------------------------------------------------------------------------


def mode_of(command: "Command") -> "tuple[str, int] | None":
    """The mode operand of chmod and how many operands it takes; "-x" and the like are modes too."""
    for at, arg in enumerate(command.args):
        text = arg.value
        if text is None:
            continue
        if text.startswith("-") and (len(text) == 1 or text[1] not in "rwxXst") or text.startswith("--"):
            continue
        return text, at
    return None


def sets_id(mode: str) -> str:
    """ "user", "group" or "" for a mode that sets the setuid or setgid bit."""
    if mode.isdigit():
        high = int(mode, 8) >> 9 if all(c in "01234567" for c in mode) else 0
        return "user" if high & 4 else "group" if high & 2 else ""
    found = ""
    for clause in mode.split(","):
        for mark in "+=":
            who, equals, what = clause.partition(mark)
            if equals and "s" in what:
                if "g" in who and "u" not in who:
                    found = found or "group"
                else:
                    found = "user"
    return found


def opens_to_all(mode: str) -> bool:
    """True when a mode lets everybody write."""
    mode = mode[1:] if mode[:1] in ("+", "=") and mode[1:].isdigit() else mode
    if mode.isdigit():
        return all(c in "01234567" for c in mode) and bool(int(mode, 8) & 2) and not int(mode, 8) & 0o1000
    for clause in mode.split(","):
        for mark in "+=":
            who, equals, what = clause.partition(mark)
            if equals and "w" in what and "t" not in what and ("o" in who or "a" in who):
                return True
    return False


def _chmod(command: "Command", line: "Line") -> "str | None":
    found = mode_of(command)
    if found is None:
        return None
    mode, at = found
    targets = [a for a in command.args[at + 1 :] if not a.prefix.startswith("--")]
    set_id = sets_id(mode)
    folders = (
        command.has_flag("R", "--recursive")
        or bool(targets)
        and all((a.value or "").endswith("/") for a in targets)
        or any(step.startswith("find") for step in command.via)
        and not command.root
    )
    if set_id == "user" or set_id == "group" and not folders and not (mode.isdigit() and _plain_folders(targets)):
        return "makes a program run with its owner's rights, whoever starts it"
    if opens_to_all(mode):
        paths = [resolve(a, command, line.world) for a in targets]
        if targets and all(
            p is not None
            and (
                is_temporary(p, line.world)
                and not command.has_flag("R", "--recursive")
                or p.startswith(
                    (
                        "/dev/tty",
                        "/dev/kvm",
                        "/dev/snd",
                        "/dev/video",
                        "/dev/dri",
                        "/dev/bus/usb",
                        "/dev/uinput",
                        "/dev/fuse",
                        "/dev/net/tun",
                    )
                )
            )
            for p in paths
        ):
            return None
        return "lets every user and program of this machine write there"
    if any(p is not None and is_rights_file(p) for p in (resolve(a, command, line.world) for a in targets)) and _loosens(mode):
        return "opens a file that says who may do what"
    return None


def _plain_folders(targets: "list[Arg]") -> bool:
    """`chmod 2775 /srv/git`: names that look like folders shared by a group."""
    return all(
        "." not in (a.value or ".").rpartition("/")[2] and (a.value or "").startswith(("/srv/", "/var/", "/home/", "/opt/"))
        for a in targets
    )


def _loosens(mode: str) -> bool:
    if mode.isdigit():
        return all(c in "01234567" for c in mode) and bool(int(mode, 8) & 0o033)
    return any(mark in clause and "w" in clause.partition(mark)[2] for clause in mode.split(",") for mark in "+=")


def _install(command: "Command", line: "Line") -> "str | None":
    mode = command.flag_value("-m", "--mode")
    if mode is not None and mode.value and sets_id(mode.value) == "user":
        return "installs a program that runs with its owner's rights"
    return None


def _chown(command: "Command", line: "Line") -> "str | None":
    operands = command.operands("--from --reference")
    if len(operands) < 2:
        return None
    owner = (operands[0].value or "?").partition(":")[0]
    if owner in ("root", "0", ""):
        return None
    for target in operands[1:]:
        path = resolve(target, command, line.world)
        if path is not None and (is_rights_file(path) or path in ("/var/run/docker.sock", "/run/docker.sock")):
            return f"gives {path} away"
    return None


def _setfacl(command: "Command", line: "Line") -> "str | None":
    for target in command.operands("-m --modify -x --remove -M -X --set --set-file --restore")[0:]:
        path = resolve(target, command, line.world)
        if path is None or not command.has_flag("m", "--modify", "--set"):
            continue
        from holdfast.guard.targets import credential

        if is_rights_file(path) or path.endswith("docker.sock") or credential(path, line.world):
            return f"opens {path}"
    return None


_CAPABILITIES = (
    "cap_setuid",
    "cap_setgid",
    "cap_dac",
    "cap_sys",
    "cap_chown",
    "cap_fowner",
    "cap_fsetid",
    "cap_setfcap",
    "cap_mknod",
    "cap_bpf",
    "cap_kill",
    "cap_setpcap",
    "cap_linux",
    "all=",
    "all+",
    "cap_checkpoint",
    "cap_perfmon",
    "cap_mac",
)


def _setcap(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("r", "v"):
        return None
    text = " ".join(w or "?" for w in command.words).lower()
    if any(name in text for name in _CAPABILITIES) or text.startswith(("=", "all")) or "'=" in text or " =" in text:
        return "gives a program rights of root"
    return None


def _setfattr(command: "Command", line: "Line") -> "str | None":
    return "gives a program rights of root" if "security.capability" in command.words else None


def _setpriv(command: "Command", line: "Line") -> "str | None":
    value = command.flag_value("--reuid", "--regid", "--ambient-caps", "--inh-caps")
    return "takes rights of root" if value is not None and (value.value in ("0", "root") or "+" in (value.value or "")) else None


def _run_parts(command: "Command", line: "Line") -> "str | None":
    folders = [a.value for a in command.operands("--regex --arg -a --umask -u")]
    return "runs programs of the system by a pattern" if any(f in ("/bin", "/usr/bin", "/bin/", "/usr/bin/") for f in folders) else None


def _umask(command: "Command", line: "Line") -> "str | None":
    value = command.operands()[:1]
    return "lets every user write what is made from here on" if value and (value[0].value or "1").strip("0") == "" else None


# ---- accounts and groups --------------------------------------------------------------------------------------------------


def _groups(text: "str | None") -> bool:
    return any(name.strip().lower() in _GROUPS for name in (text or "").split(","))


def _account(command: "Command", line: "Line") -> "str | None":
    """useradd, usermod, adduser, luseradd, pw."""
    words = [w or "" for w in command.words]
    if words[:1] == ["groupmod"] and len(words) > 3 and _groups(words[1]) and ("-m" in words or "-M" in words):
        return f"puts an account into the group {words[1]}"
    for option in ("-G", "--groups", "-aG", "-Ga", "--append-groups", "-g", "--gid", "--ingroup"):
        for i, word in enumerate(words[:-1]):
            if word == option and _groups(words[i + 1]):
                if option in ("-g", "--gid", "--ingroup") and words[i + 1] not in ("root", "sudo", "wheel", "admin"):
                    continue
                return f"puts an account into the group {words[i + 1]}"
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name in ("--groups", "--gid", "--ingroup") and _groups(value):
            return f"puts an account into the group {value}"
        if word.startswith("-") and not word.startswith("--") and len(word) > 2 and word[1:3] in ("aG", "G0") and _groups(word[3:]):
            return f"puts an account into the group {word[3:]}"
    uid = command.flag_value("-u", "--uid")
    if uid is not None and uid.value == "0" or command.has_flag("--non-unique") or _has_letter(words, "o") and uid is not None:
        return "makes another account with root's number"
    gid = command.flag_value("-g", "--gid")
    if gid is not None and gid.value == "0":
        return "puts an account into root's group"
    operands = command.operands(
        "-c -d -e -f -g -G -K -k -p -s -u -l -L -R -P -Z -b --home --shell --uid --gid --comment --gecos --groups "
        "--ingroup --password --conf --firstuid --lastuid --home-dir --key --base-dir --expiredate"
    )
    if command.program in ("adduser", "addgroup", "deluser") and len(operands) == 2 and _groups(operands[1].value):
        return f"puts an account into the group {operands[1].value}"
    if command.program == "usermod" and operands and operands[-1].value == "root" and command.has_flag("p", "s", "--password", "--shell"):
        return "changes root's account"
    if command.program == "useradd":
        shell = command.flag_value("-s", "--shell")
        login = shell is not None and (shell.value or "").rpartition("/")[2] in SHELLS
        if login and _has_letter(words, "r") and _has_letter(words, "M") or command.flag_value("-p", "--password") is not None:
            return "makes an account that somebody can log in with"
    if command.program in ("usermod",) and command.flag_value("-p", "--password") is not None:
        return "sets an account's password"
    return None


def _has_letter(words: "list[str]", letter: str) -> bool:
    return any(w.startswith("-") and not w.startswith("--") and letter in w and len(w) <= 4 for w in words)


def _gpasswd(command: "Command", line: "Line") -> "str | None":
    words = command.words
    if command.has_flag("a", "--add", "A", "M") and any(_groups(w) for w in words if w):
        return "puts an account into a group with root's rights"
    return None


def _chpasswd(command: "Command", line: "Line") -> "str | None":
    return "sets passwords of accounts"


def _passwd(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("--stdin", "--delete") or command.has_flag("d", "u") and not command.has_flag("S", "--status"):
        return "sets or removes an account's password"
    if (command.feeds or command.stdin is not None) and not command.has_flag("S", "--status", "l", "-l"):
        return "sets an account's password"
    return None


def _dscl(command: "Command", line: "Line") -> "str | None":
    words = [(w or "").lower() for w in command.words]
    writes = any(w.lstrip("-") in ("create", "append", "merge", "passwd", "change") for w in words)
    return "changes an account of this machine" if writes else None


def _dseditgroup(command: "Command", line: "Line") -> "str | None":
    return "changes a group of this machine" if "edit" in command.words or "create" in command.words else None


def _sysadminctl(command: "Command", line: "Line") -> "str | None":
    return (
        "changes accounts of this machine"
        if command.has_flag("-addUser", "-resetPasswordFor", "-admin", "-newPassword", "-guestAccount")
        else None
    )


def _net(command: "Command", line: "Line") -> "str | None":
    words = [(w or "").lower() for w in command.words]
    if (
        words[:1]
        and words[0] in ("user", "localgroup", "group", "accounts", "rpc")
        and ("/add" in words or len(words) > 2 and words[0] == "user")
    ):
        return "makes or changes an account"
    return None


def _groupmod(command: "Command", line: "Line") -> "str | None":
    words = command.words
    if (
        "0" in words
        and command.has_flag("g", "--gid")
        or command.program == "groupmems"
        and command.has_flag("a")
        and any(_groups(w) for w in words if w)
    ):
        return "gives a group the rights of root"
    return None


def _bus(command: "Command", line: "Line") -> "str | None":
    text = " ".join(w or "" for w in command.words)
    return (
        "makes or changes an account"
        if "org.freedesktop.Accounts" in text and any(m in text for m in ("CreateUser", "SetPassword", "SetAccountType"))
        else None
    )


def _vipw(command: "Command", line: "Line") -> "str | None":
    return "edits the list of accounts"


def _visudo(command: "Command", line: "Line") -> "str | None":
    return None if command.has_flag("c", "--check", "V", "x") else "edits who may become root"


def _newgrp(command: "Command", line: "Line") -> "str | None":
    operands = command.operands("-c")
    return (
        f"takes the rights of the group {operands[0].value}"
        if operands and operands[0].value in ("root", "disk", "shadow", "sudo", "wheel", "kmem", "adm")
        else None
    )


def _ldap(command: "Command", line: "Line") -> "str | None":
    sources = " ".join(repr(c) for c in command.feeds) + (command.stdin.shown if command.stdin is not None else "")
    text = sources.lower()
    return "changes accounts of the directory" if any(m in text for m in ("objectclass", "member:", "userpassword", "unicodepwd")) else None


# ---- sudo -------------------------------------------------------------------------------------------------------------------


def _sudo(command: "Command", line: "Line") -> "str | None":
    user = command.flag_value("-u", "--user")
    if user is not None and (user.value or "").startswith(("#-", "#4294967295")):
        return "uses a hole in sudo"
    if command.program == "sudoedit" and (
        any((w or "").endswith("\\") for w in command.words)
        or any(" -- " in value.when_empty for name, value in command.env.items() if name in ("EDITOR", "VISUAL", "SUDO_EDITOR"))
    ):
        return "uses a hole in sudo"
    options: "list[str]" = []
    for word in command.words:
        if word is None or not word.startswith("-"):
            break
        options.append(word)
    letters = "".join(o[1:] for o in options if not o.startswith("--"))
    if "R" in letters or any(o.startswith("--chroot") for o in options):
        return "runs sudo in a folder of the caller's making"
    if ("S" in letters or "--stdin" in options) and (
        command.stdin is not None and command.stdin.pieces or any(c.program in ("echo", "printf") for c in command.feeds)
    ):
        return "feeds a password to sudo"
    return None


def _su(command: "Command", line: "Line") -> "str | None":
    operands = [a.value for a in command.operands("-c --command -s --shell -g -G -u -w --group --session-command")]
    names = [o for o in operands if o != "-"]
    if any(source.program in ("echo", "printf") and source.args for source in command.feeds) and not command.root:
        return "feeds a password to su"
    if command.has_flag("c", "--command", "u", "--user", "--session-command", "--help", "--version"):
        return None
    if names and names[0] != "root" or command.feeds or command.stdin is not None:
        return None
    return "becomes root in a shell of its own"


# ---- containers ----------------------------------------------------------------------------------------------------------


_TRUSTED_IMAGES = ("tonistiigi/binfmt", "docker/binfmt", "multiarch/qemu-user-static", "linuxkit/binfmt", "aptman/qus")
_CAPS = frozenset("all sys_admin sys_module sys_rawio dac_read_search dac_override sys_boot bpf mac_admin".split())


def _container(command: "Command", line: "Line") -> "str | None":
    words = [w if w is not None else a.prefix for w, a in zip(command.words, command.args, strict=True)]
    action = next((w for w in words if w in ("run", "create", "exec", "debug", "update")), None)
    if action is None:
        return None
    if any(image in w for w in words for image in _TRUSTED_IMAGES):
        return None
    found: "str | None" = None
    taking = False
    for i, word in enumerate(words):
        if taking:
            taking = False
            continue
        if word == "--privileged" or word == "--privileged=true":
            return "starts a container with all rights on this machine"
        name, equals, value = word.partition("=")
        if not equals:
            if name.startswith("-v") and len(name) > 2 and not name.startswith("--") and name[2] in "/":
                name, value = "-v", name[2:]
            else:
                value = words[i + 1] if i + 1 < len(words) else ""
        if name in (
            "-v",
            "--volume",
            "--mount",
            "--pid",
            "--cap-add",
            "--security-opt",
            "--device",
            "--userns",
            "--cgroupns",
            "--uts",
            "-w",
            "-e",
            "--env",
            "--entrypoint",
            "--name",
            "--network",
        ):
            taking = not equals and name != "-v" or name == "-v" and word == "-v"
        if name == "--pid" and value == "host":
            found = "starts a container that sees every process of this machine"
        elif name == "--cap-add" and value.lower().removeprefix("cap_") in _CAPS:
            return "starts a container that can take over this machine"
        elif name == "--device" and value.startswith(
            ("/dev/sd", "/dev/nvme", "/dev/vd", "/dev/xvd", "/dev/mem", "/dev/kmem", "/dev/dm-", "/dev/mapper", "/dev/disk", "/dev/hd")
        ):
            return "gives a container a disk of this machine"
        elif name in ("-v", "--volume", "--mount"):
            source = value.partition(":")[0] if name != "--mount" else _mount_source(value)
            bad = _bad_share(source)
            if bad:
                return bad
    return found


def _mount_source(value: str) -> str:
    for part in value.split(","):
        key, _, text = part.partition("=")
        if key in ("src", "source"):
            return text
    return ""


def _bad_share(source: str) -> "str | None":
    """A host path that hands a container the machine."""
    path = source.rstrip("/") or ("/" if source.startswith("/") else "")
    if path.endswith(("docker.sock", "containerd.sock", "crio.sock", "podman.sock")) or path in ("/var/run", "/run"):
        return "gives a container the container daemon, which is root here"
    if path in (
        "/",
        "/etc",
        "/root",
        "/proc",
        "/sys",
        "/boot",
        "/dev",
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/var/lib/docker",
        "/var/lib/kubelet",
        "/private/etc",
        "/etc/kubernetes",
        "/hostfs",
    ) or path.startswith(("/etc/shadow", "/etc/sudoers", "/root/.ssh", "/etc/cron")):
        return f"gives a container {path} of this machine"
    return None


def _kubectl(command: "Command", line: "Line") -> "str | None":
    text = " ".join(w or "" for w in command.words).replace(" ", "").replace("'", '"')
    if any(
        mark in text for mark in ('"privileged":true', '"hostPID":true', '"hostpid":true', '"path":"/"', '"hostNetwork":true,"hostPID"')
    ):
        return "starts a pod with all rights on its node"
    if command.stdin is not None and any(
        mark in command.stdin.when_empty
        for mark in ("privileged: true", "hostPID: true", "hostPID:true", "hostIPC: true", "path: /\n", 'path: "/"')
    ):
        return "starts a pod with all rights on its node"
    words = command.words
    if words[:1] == ["debug"] and any((w or "").startswith("node/") for w in words):
        return "opens a root shell on a node"
    if "clusterrolebinding" in words and "create" in words and any("cluster-admin" in (w or "") for w in words):
        return "makes somebody administrator of the cluster"
    return None


def _lxc(command: "Command", line: "Line") -> "str | None":
    text = " ".join(w or "" for w in command.words)
    if "security.privileged=true" in text or "security.privileged true" in text:
        return "starts a container with all rights on this machine"
    if "device add" in text and "source=/" in text and any(w in ("source=/", "source=/etc", "source=/root") for w in command.words):
        return "gives a container the disk of this machine"
    return None


def _nsenter(command: "Command", line: "Line") -> "str | None":
    target = command.flag_value("-t", "--target")
    if target is not None and target.value == "1" or any((w or "").startswith("-") and (w or "").endswith("t1") for w in command.words):
        return "leaves the container for the machine below it"
    if any("/proc/1/ns" in (w or "") for w in command.words):
        return "leaves the container for the machine below it"
    return None


def _chroot(command: "Command", line: "Line") -> "str | None":
    operands = command.operands("--userspec --groups -u -g -G")
    root = operands[0].value if operands else None
    if root in ("/", "/host", "/hostfs", "/host/", "/rootfs", "/proc/1/root", "/host-system", "/hostroot", "/node"):
        return "takes the whole machine as its root"
    if root is not None and (
        any("docker" in step or "kubectl" in step for step in command.via)
        or any(
            c.program == "mount"
            and root.rstrip("/") in [(w or "").rstrip("/") for w in c.words]
            and any((w or "").startswith(("/dev/sd", "/dev/vd", "/dev/nvme", "/dev/xvd")) for w in c.words)
            for c in line.commands
        )
    ):
        return "takes the machine's disk as its root"
    return None


def _mount(command: "Command", line: "Line") -> "str | None":
    operands = [a.value or "" for a in command.operands("-t -o --options --types -L -U")]
    text = " ".join(w or "" for w in command.words)
    if "bind" in text and len(operands) > 1:
        path = resolve(operands[-1], command, line.world) or ""
        if path.startswith(("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/etc/")) or operands[0].rpartition("/")[2] in SHELLS:
            return "puts a file in the place of a system file"
    if any(step.startswith(("docker run", "docker exec", "kubectl")) for step in command.via) and any(
        o.startswith(("/dev/sd", "/dev/vd", "/dev/nvme", "/dev/xvd")) for o in operands
    ):
        return "reaches the machine's disk from a container"
    if "cgroup" in text and ("release_agent" in line.text or any(step.startswith("unshare") for step in command.via)):
        return "prepares to leave the container"
    if "suid" in text.split() or ",suid" in text or "suid," in text and "nosuid" not in text:
        return "lets programs on another disk run as root"
    return None


# ---- kernel -------------------------------------------------------------------------------------------------------------


_ROOTKITS = frozenset("diamorphine reptile adore suterusu knark rootkit rk lkm_rootkit kbeast puszek horse-pill nuk3gh0st".split())


def _insmod(command: "Command", line: "Line") -> "str | None":
    return "loads code into the kernel" if command.operands() else None


def _modprobe(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("r", "n", "c", "D", "--remove", "--dry-run", "--show-depends", "--showconfig", "R", "V"):
        return None
    operands = [a.value or "" for a in command.operands("-C --config -d --dirname -S")]
    if any("/" in o or o.lower() in _ROOTKITS or o.endswith(".ko") for o in operands) or command.has_flag("d", "--dirname", "-d"):
        return "loads code into the kernel"
    return None


def _kexec(command: "Command", line: "Line") -> "str | None":
    return "replaces the running kernel" if command.has_flag("l", "e", "p", "--load", "--exec", "--load-panic", "s") else None


def _sysctl(command: "Command", line: "Line") -> "str | None":
    for word in command.words:
        key, equals, value = (word or "").replace("/", ".").partition("=")
        key, value = key.strip(), value.strip()
        if not equals:
            if ".." in (word or ""):
                return "reads a file as root"
            continue
        if key in ("kernel.core_pattern", "kernel.modprobe", "kernel.hotplug", "kernel.poweroff_cmd"):
            return "tells the kernel which program to run"
        if (
            key
            in (
                "kernel.randomize_va_space",
                "kernel.yama.ptrace_scope",
                "kernel.kptr_restrict",
                "kernel.dmesg_restrict",
                "kernel.unprivileged_bpf_disabled",
                "fs.protected_symlinks",
                "fs.protected_hardlinks",
                "fs.protected_regular",
                "vm.mmap_min_addr",
                "kernel.exec-shield",
                "kernel.modules_disabled",
            )
            and value == "0"
            or (key == "fs.suid_dumpable" and value in ("1", "2"))
        ):
            return "takes down a protection of the kernel"
    return None


# ---- search ------------------------------------------------------------------------------------------------------------


def _find(command: "Command", line: "Line") -> "str | None":
    words = [w or "" for w in command.words]
    if "-writable" in words and words[0] in ("/", "/etc", "/etc/", "/usr", "/bin") and not command.root:
        return "searches this machine for files that let somebody become root"
    for i, word in enumerate(words[:-1]):
        if word == "-perm":
            bits = words[i + 1].lstrip("-/+")
            if words[i + 1][:1] in "-/" and words[0] == "/" and bits.lstrip("0") in ("2", "222", "o+w", "o=w", "777", "o=rwx", "a+w"):
                return "searches this machine for files that let somebody become root"
            if bits.isdigit() and len(bits) >= 4 and all(c in "01234567" for c in bits) and int(bits, 8) >> 9 & 6:
                wide = True
            else:
                wide = any(("s" in clause.partition("=")[2] or "s" in clause.partition("+")[2]) for clause in bits.split(","))
            if wide and not any(w in ("-exec", "-delete") and "chmod" in words for w in words):
                roots = [w for w in words[:i] if not w.startswith("-")]
                if not roots or any(r.startswith("/") for r in roots):
                    return "searches this machine for programs that run as root"
    return None


def _getcap(command: "Command", line: "Line") -> "str | None":
    return (
        "searches this machine for programs with rights of root"
        if command.has_flag("r") and any((w or "").startswith("/") for w in command.words)
        else None
    )


# ---- packages, macOS, Windows --------------------------------------------------------------------------------------------------


def _snap(command: "Command", line: "Line") -> "str | None":
    return (
        "installs a package that nobody has signed" if command.has_flag("--dangerous", "--devmode") and "install" in command.words else None
    )


def _alternatives(command: "Command", line: "Line") -> "str | None":
    words = [w or "" for w in command.words]
    if "--install" in words:
        rest = words[words.index("--install") + 1 :]
        if rest[:1] and (rest[0].startswith("/etc/") or len(rest) > 2 and is_temporary(rest[2], line.world)):
            return "puts a link in the place of a system file"
    return None


_PROGRAM_FOLDERS = ("/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
# Programs that everybody and everything starts: one that was swapped runs with the rights of all.
_CORE = frozenset("""ls cat ps top id su sudo sh bash ssh sshd scp login passwd find grep netstat ss lsof w who whoami last ifconfig ip
cron crond mount
umount kill pkill date cp mv rm chmod chown env ping curl wget apt apt-get dpkg systemctl init pidof df du dir echo tar sed awk less more
vi""".split())


_CORE_LIBRARIES = ("/libpam", "/pam_", "/libc.so", "/libc-", "/libselinux", "/libcrypt.", "/libdl", "/ld-linux", "/libnss",
                   "/libpthread", "/ld.so")


def _copy(command: "Command", line: "Line") -> "str | None":
    """A shell copied to a temporary or hidden place, or put in the place of another program."""
    operands = command.operands("-t --target-directory -S --suffix -m --mode -o -g")
    if len(operands) < 2:
        return None
    source, target = operands[0].value or "", operands[-1].value or ""
    if command.program == "ln" and source.startswith(("/proc/1/", "/proc/self/ns")):
        return "reaches into the first process of this machine"
    folder, _, name = source.rpartition("/")
    aim = target.rstrip("/")
    aim = f"{aim}/{name}" if aim in _PROGRAM_FOLDERS else aim
    place, _, tool = aim.rpartition("/")
    if place in _PROGRAM_FOLDERS[:4] and tool in _CORE and (not source.startswith(("/usr/", "/bin/", "/opt/")) or command.program == "mv"):
        return f"puts a file in the place of {tool}"
    libraries = place.startswith(("/lib", "/usr/lib", "/usr/local/lib")) and not source.startswith(("/lib", "/usr/"))
    if libraries and any(part in f"/{tool}" for part in _CORE_LIBRARIES):
        return f"puts a file in the place of {tool}"
    if command.program == "mv" and folder in _PROGRAM_FOLDERS and name in _CORE:
        return f"moves {name} out of its place"
    if command.program == "ln" and is_temporary(source, line.world) and place in (*_PROGRAM_FOLDERS, "/etc/alternatives"):
        return f"lets {tool} lead to a file that anybody may have put there"
    if name not in SHELLS or folder not in ("/bin", "/usr/bin", "/usr/local/bin"):
        return None
    path = resolve(target, command, line.world)
    last = target.rstrip("/").rpartition("/")[2]
    if path is not None and (is_temporary(path + "/x", line.world) or last.startswith(".") and len(last) > 2):
        return "makes a copy of a shell that can be given root's rights"
    if path is not None and path.startswith(("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/")) and last not in SHELLS:
        return "puts a shell in the place of a program"
    return None


def _security(command: "Command", line: "Line") -> "str | None":
    words = command.words
    if words[:2] == ["authorizationdb", "write"] or words[:1] == ["execute-with-privileges"]:
        return "changes who may become root"
    return None


def _spctl(command: "Command", line: "Line") -> "str | None":
    return "switches off the check of programs" if command.has_flag("--master-disable", "--global-disable", "--add", "-kext") else None


def _csrutil(command: "Command", line: "Line") -> "str | None":
    return "switches off the system's protection" if "disable" in command.words or "clear" in command.words else None


def _xattr(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("d", "c", "cr", "r") and (
        any("com.apple.quarantine" in (w or "") for w in command.words) or command.has_flag("c") and command.has_flag("r")
    ):
        return "takes the mark off a program that came from the network"
    return None


def _osascript(command: "Command", line: "Line") -> "str | None":
    return "runs a command as root" if any("administrator privileges" in (a.shown or "").lower() for a in command.args) else None


def _runas(command: "Command", line: "Line") -> "str | None":
    return "runs a program as another user" if any((w or "").lower().startswith(("/user", "/savecred")) for w in command.words) else None


def _reg(command: "Command", line: "Line") -> "str | None":
    text = " ".join(w or "" for w in command.words).lower()
    if text.startswith("add") and any(
        m in text
        for m in (
            "enablelua",
            "ms-settings",
            "consentpromptbehavior",
            "image file execution",
            "mscfile",
            "disableuac",
            "localaccounttokenfilterpolicy",
        )
    ):
        return "takes down the protection of accounts"
    return None


def _helm(command: "Command", line: "Line") -> "str | None":
    settings = [word or "" for word in command.words if "=" in (word or "")]
    wide = ("privileged=true", "hostPID=true", "hostIPC=true", "allowPrivilegeEscalation=true")
    return "starts a pod with all rights on its node" if any(word.endswith(wide) for word in settings) else None


def _dockerd(command: "Command", line: "Line") -> "str | None":
    hosts = [word or "" for word in command.words if (word or "").partition("=")[2].startswith("tcp://") or (word or "").startswith("tcp://")]
    away = any("127.0.0.1" not in host and "localhost" not in host for host in hosts)
    return "opens the container daemon, which is root here, to the network" if away and not command.has_flag("--tlsverify") else None


def _chsh(command: "Command", line: "Line") -> "str | None":
    shell = command.flag_value("-s", "--shell")
    path = resolve(shell, command, line.world) if shell is not None and shell.value and "/" in shell.value else None
    if path is None or not is_temporary(path, line.world):
        return None
    return "makes a file that anybody may have put there the shell of an account"


def _patchelf(command: "Command", line: "Line") -> "str | None":
    if not command.has_flag("--add-needed", "--set-rpath", "--replace-needed", "--set-interpreter", "--force-rpath"):
        return None
    values = "--add-needed --set-rpath --set-interpreter --set-soname --remove-needed --output"
    targets = [resolve(arg, command, line.world) or "" for arg in command.operands(values)]
    system = ("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/lib/", "/usr/lib/", "/lib64/")
    return "makes a program of the system load another library" if any(path.startswith(system) for path in targets) else None


def _bpftool(command: "Command", line: "Line") -> "str | None":
    return "loads code into the kernel" if "load" in command.words or "loadall" in command.words or "attach" in command.words else None


_LOGINS = ("ssh", "ssh-agent", "gpg-agent", "sudo", "login", "passwd", "gdm", "lightdm", "gnome-keyring", "vsftpd", "sssd", "unix_chkpwd")


def _listens_in(command: "Command", line: "Line") -> "str | None":
    """A debugger or tracer on a program that is told passwords."""
    target = command.flag_value("-p", "--pid", "--attach", "-attach")
    if target is None:
        return None
    names = " ".join(repr(c) for u in target.unknowns for c in u.commands if c.program in ("pgrep", "pidof", "ps", "grep", "cat"))
    return "reads along in a program that is told passwords" if any(name in names for name in _LOGINS) else None


_TESTS: "dict[str, Gain]" = {
    **dict.fromkeys("strace ltrace gdb dtruss frida bpftrace".split(), _listens_in),
    "chmod": _chmod,
    "gchmod": _chmod,
    "install": _install,
    "ginstall": _install,
    "chown": _chown,
    "chgrp": _chown,
    "setfacl": _setfacl,
    "setcap": _setcap,
    "setfattr": _setfattr,
    "setpriv": _setpriv,
    "umask": _umask,
    "run-parts": _run_parts,
    **dict.fromkeys("useradd usermod adduser addgroup luseradd lusermod pw".split(), _account),
    "gpasswd": _gpasswd,
    "groupmod": _groupmod,
    "groupadd": _groupmod,
    "groupmems": _groupmod,
    "dbus-send": _bus,
    "gdbus": _bus,
    "busctl": _bus,
    "chpasswd": _chpasswd,
    "chgpasswd": _chpasswd,
    "newusers": _chpasswd,
    "passwd": _passwd,
    "dscl": _dscl,
    "dseditgroup": _dseditgroup,
    "sysadminctl": _sysadminctl,
    "net": _net,
    "vipw": _vipw,
    "vigr": _vipw,
    "visudo": _visudo,
    "newgrp": _newgrp,
    "sg": _newgrp,
    "ldapadd": _ldap,
    "ldapmodify": _ldap,
    "sudo": _sudo,
    "sudo-rs": _sudo,
    "sudoedit": _sudo,
    "su": _su,
    "runuser": _su,
    **dict.fromkeys("docker podman nerdctl ctr docker-compose podman-compose".split(), _container),
    "bpftool": _bpftool,
    "patchelf": _patchelf,
    "chsh": _chsh,
    "helm": _helm,
    "dockerd": _dockerd,
    "ansible-test": _ansible_test,
    "mosh": _mosh,
    "unzip": _unzip,
    "kubectl": _kubectl,
    "oc": _kubectl,
    "lxc": _lxc,
    "incus": _lxc,
    "nsenter": _nsenter,
    "chroot": _chroot,
    "mount": _mount,
    "insmod": _insmod,
    "modprobe": _modprobe,
    "kexec": _kexec,
    "sysctl": _sysctl,
    "find": _find,
    "gfind": _find,
    "bfs": _find,
    "getcap": _getcap,
    "snap": _snap,
    "update-alternatives": _alternatives,
    "cp": _copy,
    "mv": _copy,
    "ln": _copy,
    "security": _security,
    "spctl": _spctl,
    "csrutil": _csrutil,
    "xattr": _xattr,
    "osascript": _osascript,
    "runas": _runas,
    "reg": _reg,
    "reg.exe": _reg,
}
PROGRAMS = frozenset(_TESTS) | _SCANNERS
