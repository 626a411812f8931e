"""Commands that stop programs or the whole machine, use up its processors, or change its kernel while it runs."""

from holdfast.guard.line import Command
from holdfast.guard.rule import Finding, Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

# What a machine or a session cannot run without, as process names.
_VITAL = frozenset(
    """systemd init launchd sshd ssh dbus dbus-daemon dockerd docker containerd kubelet crond cron rsyslogd syslogd auditd
NetworkManager networkd resolved journald logind udevd polkitd login gdm gdm3 sddm lightdm Xorg X gnome-shell plasmashell kwin WindowServer
loginwindow Finder Dock SystemUIServer cfprefsd securityd mds postgres mysqld mariadbd mongod redis-server etcd kube-apiserver claude
claude-code holdfast tmux screen bash zsh sh dash fish sudo su login getty agetty wpa_supplicant dhclient dhcpcd firewalld fail2ban
falco osqueryd clamd crowdstrike falcon-sensor mdatp filebeat auditbeat splunkd ossec wazuh-agentd explorer csrss lsass winlogon
svchost""".split()
)
_WATCHERS = frozenset("""falcon-sensor auditd falco osqueryd clamd mdatp wazuh-agentd ossec splunkd rsyslogd syslogd systemd-journald
journald fail2ban
filebeat auditbeat crowdstrike cbdaemon cbagentd esensor sentinelone ds_agent aliyun-service""".split())
_ALL = ("", ".", ".*", "*", "..*", "^", ".+", "[a-z]", "[a-z]*", "[0-9]")
_SIGNALS = frozenset("HUP INT QUIT KILL TERM STOP CONT USR1 USR2 ABRT".split())


def _kill(command: Command, line: "Line") -> "str | Finding | None":
    words = [w or "" for w in command.words]
    if words[:1] and words[0] in ("-l", "-L", "--list", "--table", "-0"):
        return None
    targets, signal, skip = [], False, False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word in ("-s", "-n", "--signal", "-q"):
            skip, signal = True, True
        elif word == "--":
            targets += words[at + 1 :]
            break
        elif not signal and not targets and word[:1] == "-" and (word[1:].isdigit() or word[1:].upper().removeprefix("SIG") in _SIGNALS):
            signal = True
        else:
            targets.append(word)
    for arg in command.args:
        for maker in [c for u in arg.unknowns for c in u.commands if c.program in ("pgrep", "pidof")]:
            name = next((w for w in reversed(maker.words) if w and w[:1] != "-"), "") or ""
            if name.strip("^$").rpartition("/")[2] in _WATCHERS:
                return f"`kill` stops {name}, which watches over the machine"
    for target in targets:
        if target == "-1":
            return Finding(f"`{command}` stops every process of the user", "catastrophic")
        if target == "1":
            return Finding(f"`{command}` stops the process that everything else depends on", "catastrophic")
    return None


def _kill_by_name(command: Command, line: "Line") -> "str | None":
    program = command.program
    if command.has_flag("0", "-0", "-l", "--list", "V"):
        return None
    if program == "killall5":
        return f"`{command}` stops every process"
    if (
        command.has_flag("-u", "-U", "--user", "--uid", "--euid", "-t", "--terminal", "--inverse")
        or program == "killall"
        and command.has_flag("v")
    ):
        named = command.operands("-u -U --user --uid --euid -t -s --signal -g -G -P -o -n")
        if not named or command.has_flag("--inverse"):
            return f"`{command}` stops every process of a user or terminal"
    for arg in command.operands("-s --signal -u -U -t -g -G -P --user -o -y -z -F"):
        name = arg.value
        if name is None:
            continue
        bare = name.strip("^$").rpartition("/")[2]
        if bare in _VITAL or name in _ALL or bare.startswith("systemd"):
            return f"`{command}` stops {name or 'everything'}, which the machine or this session depends on"
    return None


def _power(command: Command, line: "Line") -> "str | None":
    program, words = command.program.lower().removesuffix(".exe"), [w or "" for w in command.words]
    if program == "systemctl" or program == "loginctl":
        verb = command.sub("-t --type -p --property -H --host -M --machine -s --signal --kill-whom -o -n").program
        if verb in (
            "poweroff",
            "reboot",
            "halt",
            "kexec",
            "suspend",
            "hibernate",
            "hybrid-sleep",
            "suspend-then-hibernate",
            "rescue",
            "emergency",
            "soft-reboot",
            "exit",
            "terminate-user",
            "kill-user",
            "terminate-session",
            "terminate-seat",
            "isolate",
            "set-default",
            "default",
        ):
            return f"`{command}` takes the machine or its sessions down"
        return None
    if program in ("init", "telinit"):
        level = words[0] if words else ""
        return f"`{command}` changes the run level of the whole machine" if level in tuple("0123456sSabc") and level else None
    if program == "shutdown" and any(w in ("-c", "-a", "/a", "/?", "--help", "-k", "--show") for w in words):
        return None
    if program == "pmset":
        return (
            f"`{command}` puts the machine to sleep"
            if words and words[0] in ("sleepnow", "displaysleepnow", "schedule", "repeat", "-a", "force")
            else None
        )
    if program in ("halt", "reboot", "poweroff") and command.has_flag("w", "--wtmp-only"):
        return None
    return f"`{command}` takes the machine down"


def _burner(command: Command, line: "Line") -> "str | None":
    program, words = command.program, [w or "" for w in command.words]
    if program == "yes":
        into = next((r.target.value for r in command.redirects if r.writes and r.fd in (1, -1)), None)
        return f"`{command} > /dev/null` keeps a processor busy for ever" if into == "/dev/null" else None
    if program in ("dd", "gdd"):
        endless = (
            any(w.startswith("if=/dev/") for w in words) and "of=/dev/null" in words and not any(w.startswith("count=") for w in words)
        )
        return (
            f"`{command}` never ends"
            if endless and not any(w.startswith(("if=/dev/sd", "if=/dev/nvme", "if=/dev/disk")) for w in words)
            else None
        )
    if program in ("sha1sum", "sha256sum", "md5sum", "cksum", "wc", "sha512sum", "gzip", "bzip2", "xz"):
        return f"`{command}` never ends" if any(w in ("/dev/zero", "/dev/urandom", "/dev/random") for w in words) else None
    return f"`{command}` uses up what the machine has" if words and not command.has_flag("h", "n", "--dry-run") else None


_KERNEL = (
    "kernel.core_pattern",
    "kernel.randomize_va_space",
    "kernel.yama.",
    "kernel.modules_disabled",
    "kernel.sysrq",
    "kernel.kptr_restrict",
    "kernel.dmesg_restrict",
    "kernel.unprivileged",
    "kernel.modprobe",
    "kernel.panic",
    "kernel.hostname",
    "kernel.apparmor",
    "kernel.pid_max",
    "kernel.threads-max",
    "fs.suid_dumpable",
    "fs.protected_",
    "fs.binfmt_misc",
    "fs.file-max",
    "vm.mmap_min_addr",
    "vm.panic_on_oom",
    "net.ipv4.ip_forward",
    "net.ipv4.icmp_echo",
    "net.ipv4.conf.",
    "net.ipv6.conf.all.forwarding",
    "net.ipv6.conf.all.accept",
    "net.ipv4.tcp_syncookies",
    "kern.securelevel",
    "security.bsd.",
    "net.inet.ip.forwarding",
    "user.max_user_namespaces",
    "dev.tty.ldisc_autoload",
)


def _kernel(command: Command, line: "Line") -> "str | None":
    words = [w or "" for w in command.words]
    if any(w.endswith((".conf",)) and not w.startswith(("/etc/", "/usr/lib/", "/run/")) for w in words) and command.has_flag("p", "--load"):
        return f"`{command}` loads kernel settings from a file"
    for word in words:
        name = word.partition("=")[0].replace("/", ".")
        if "=" in word and name.startswith(_KERNEL):
            return f"`{command}` changes how the kernel protects the machine"
    return None


def _memory(command: Command, line: "Line") -> "str | None":
    """Copies of another process's memory, with every password in it."""
    if command.program in ("gcore", "procdump", "procdump64", "memdump", "avml", "lime"):
        return f"`{command}` copies the memory of a running program" if command.args else None
    if command.program in ("gdb", "lldb"):
        text = " ".join(w or "" for w in command.words)
        dumps = any(
            w in text for w in ("dump memory", "generate-core-file", "gcore", "call (void)", "call system", "call (int)system", "shell ")
        )
        return (
            f"`{command}` reaches into another program"
            if dumps and (command.has_flag("p", "--pid", "--attach-pid") or "attach" in text)
            else None
        )
    return f"`{command}` listens in on a running program" if command.has_flag("-p", "--attach") and command.root else None


def _sessions(command: Command, line: "Line") -> "str | None":
    """Everything that a multiplexer or a process manager looks after, stopped in one go."""
    program, words = command.program, [w or "" for w in command.words]
    everything = {
        "tmux": "kill-server" in words,
        "screen": "quit" in words and command.has_flag("X") and not command.has_flag("S"),
        "pm2": words[:1] == ["kill"] or words[:1] in (["delete"], ["stop"], ["del"]) and "all" in words,
        "forever": "stopall" in words,
        "supervisorctl": words[:1] == ["shutdown"] or words[:2] == ["stop", "all"],
        "zellij": words[:1] in (["kill-all-sessions"], ["delete-all-sessions"]),
        "s6-svscanctl": command.has_flag("t", "q"),
        "runsvdir": False,
        "monit": words[:2] in (["stop", "all"], ["unmonitor", "all"]),
        "god": words[:1] == ["terminate"],
    }[program]
    return f"`{command}` stops everything that runs under {program}, also the work of others" if everything else None


_SCRIPTS = frozenset(
    """sqlmap.py lazagne.py mimipenguin.py linuxprivchecker.py secretsdump.py psexec.py wmiexec.py smbexec.py
atexec.py dcomexec.py getnpusers.py getuserspns.py getadusers.py ntlmrelayx.py responder.py crackmapexec.py empire.py theharvester.py
xsstrike.py dirsearch.py slowloris.py goldeneye.py hulk.py patator.py wifite.py beroot.py pupy.py sublist3r.py routersploit.py rsf.py
setoolkit.py commix.py nosqlmap.py tplmap.py evilginx.py bloodhound.py mitm6.py printerbug.py petitpotam.py zerologon.py gtfonow.py
suid3num.py unix_privesc_check.py linpeas.sh linenum.sh les.sh lse.sh pspy.sh deepce.sh linux-exploit-suggester.sh
linux-exploit-suggester-2.pl les2.pl nikto.pl enum4linux.pl mimipenguin.sh swap_digger.sh reverse-shell.py revshell.py keylogger.py
ransomware.py""".split()
)


_ENDLESSLY = tuple("while1: whiletrue: while(1) while(true) for(;;) while1; while1} loop{ loopdo iter(int,1)".split())


def _breeds(command: Command, line: "Line") -> "str | Finding | None":
    """Programs in a script language that start themselves again without end."""
    for code in command.code:
        text = code.text.shown.lower() if code.text is not None and code.origin != "file" else ""
        if "fork" not in text:
            continue
        bare = "".join(text.split())
        endless = bare.endswith("while1") or any(loop in bare for loop in _ENDLESSLY)
        endless &= not any(word in bare for word in ("wait", "sleep", "break"))
        if (
            endless
            and any(call in bare for call in ("fork()", ".fork(", "fork;"))
            or "forkwhilefork" in bare
            or "forkuntil" in bare
            or "fork;fork" in bare
            or "loop{fork" in bare
            or "while(1){fork" in bare
            or "whiletrue{fork" in bare
            or any(
                f"{loop}{call}" in bare
                for loop in (
                    "while1:",
                    "whiletrue:",
                    "while(1):",
                    "iter(int,1):",
                    "for(;;){",
                    "while(1)",
                    "while1do",
                    "loopdo",
                    "whiletruedo",
                    "for(;;)",
                )
                for call in ("os.fork", "fork", "process.fork", "pcntl_fork", "posix.fork")
            )
            or "os.fork()for" in bare
            and "iter(int,1)" in bare
        ):
            return Finding(f"`{command.program}` starts itself again and again until the machine stands still", "catastrophic")
    return None


def _attack_script(command: Command, line: "Line") -> "str | None":
    for code in command.code:
        path = code.text.when_empty if code.text is not None and code.origin == "file" else ""
        if path.rpartition("/")[2].lower() in _SCRIPTS:
            return f"`{command}` runs {path.rpartition('/')[2]}, which breaks into machines or accounts"
    return None


PACK = Pack(
    "processes",
    Pattern(
        code="PRC001",
        title="killing every process",
        programs="kill gkill",
        test=_kill,
        why="Everything that runs is stopped in the middle of its work.",
        instead="Name the process, for example `kill 4711`.",
        blocks=("kill -9 -1", "kill -KILL 1", "sudo kill -9 1", "kill -s TERM -- -1", "true; kill -- -1"),
        allows=("kill -9 4711", "kill -1 4711", "kill %1", "kill -0 1", "kill -l", "kill -TERM -4711", "echo 'kill -9 -1'"),
    ),
    Pattern(
        code="PRC002",
        title="killing what everything depends on",
        programs="pkill killall killall5 skill slay",
        test=_kill_by_name,
        why="The machine, its other users or this session lose what they stand on.",
        instead="Stop the one program that this task started, for example `pkill -f 'vite --port 5173'`.",
        blocks=("pkill -9 sshd", "killall -9 systemd", "pkill -9 -f .", "pkill -KILL -u dev", "killall -u root", "sudo killall dockerd"),
        allows=(
            "pkill node",
            "killall node",
            "pkill -f 'vite --port 5173'",
            "pkill -u dev node",
            "pkill -HUP nginx",
            "pgrep sshd",
            "pkill -f sshd_test.py",
        ),
    ),
    Pattern(
        code="PRC003",
        title="shutting the machine down",
        test=_power,
        programs="shutdown reboot halt poweroff init telinit systemctl loginctl pmset shutdown.exe fastboot_reboot",
        why="Everything on the machine stops, also the work of others.",
        instead="Say that a restart is needed and let a person do it.",
        blocks=(
            "shutdown -h now",
            "sudo reboot",
            "systemctl poweroff",
            "init 0",
            "echo bye && poweroff -f",
            "systemctl isolate rescue.target",
        ),
        allows=(
            "shutdown -c",
            "systemctl status nginx",
            "npm init -y",
            "git init",
            "systemctl is-active sshd",
            "systemctl restart app",
            "uptime",
            "loginctl list-sessions",
        ),
    ),
    Pattern(
        code="PRC004",
        title="burning processor time",
        test=_burner,
        severity="danger",
        programs="yes dd gdd stress stress-ng sha1sum sha256sum sha512sum md5sum cksum cpuburn burnP6 sysbench_burn",
        why="A loop without end takes the machine from everybody else.",
        instead="Give it an end, for example `timeout 5 make bench`.",
        blocks=(
            "yes busy > /dev/null",
            "for i in 1 2 3 4; do yes > /dev/null & done",
            "stress-ng --cpu 0",
            "dd if=/dev/zero of=/dev/null",
            "sha256sum /dev/zero &",
        ),
        allows=("yes | head -1 > /dev/null", "dd if=/dev/zero of=/dev/null bs=1M count=100", "stress --help", "sha256sum dist.tar.gz"),
    ),
    Pattern(
        code="PRC005",
        title="loosening the kernel",
        programs="sysctl",
        test=_kernel,
        why="These settings are what stands between a program and the rest of the machine.",
        instead="Read it with `sysctl kernel.randomize_va_space`, and leave changes to a person.",
        blocks=(
            "sysctl -w kernel.randomize_va_space=0",
            "sudo sysctl kernel.yama.ptrace_scope=0",
            "sysctl -w kernel.core_pattern='|/tmp/x'",
            "sysctl -w net.ipv4.ip_forward=1",
            "sysctl -p /tmp/x.conf",
        ),
        allows=(
            "sysctl -a",
            "sysctl kernel.randomize_va_space",
            "sudo sysctl -w vm.max_map_count=262144",
            "sysctl fs.inotify.max_user_watches",
            "sudo sysctl -p",
        ),
    ),
    Pattern(
        code="PRC006",
        title="reading another program's memory",
        programs="gcore procdump procdump64 memdump avml gdb lldb strace ltrace dtruss",
        test=_memory,
        why="The memory of a running program holds its passwords, keys and sessions.",
        instead="Start the program again under the debugger, for example `gdb --args ./app`.",
        blocks=("gcore -o /tmp/x 4711", "gdb -p 4711 --batch -ex 'generate-core-file /tmp/x'", "sudo strace -f -p 812", "procdump -p 4711"),
        allows=("gdb --args ./app", "gdb -batch -ex run ./app core", "strace -f ./app", "strace -p 4711", "gdb -p 4711 -batch -ex bt"),
    ),
    Pattern(
        code="PRC007",
        title="ending every session or managed program",
        programs="tmux screen pm2 forever supervisorctl zellij monit god s6-svscanctl",
        test=_sessions,
        why="Other agents and services run there too.",
        instead="Stop the one that this task started, for example `tmux kill-session -t build`.",
        blocks=("tmux kill-server", "pm2 delete all", "sudo supervisorctl stop all", "true && pm2 kill"),
        allows=("tmux kill-session -t build", "pm2 stop web", "supervisorctl restart web", "pm2 list", "screen -S build -X quit"),
    ),
    Pattern(
        code="PRC008",
        title="a program that breeds",
        programs="perl ruby python python2 python3 php lua node",
        test=_breeds,
        why="Within seconds nothing else on the machine gets a turn.",
        instead="Start a fixed number of workers, for example `xargs -P 4 -n 1 make < targets.txt`.",
        blocks=("perl -e 'fork while fork'", "python3 -c 'import os\nwhile True: os.fork()'", "true && ruby -e 'loop { fork }'"),
        allows=("perl -e 'print fork() ? 1 : 2'", "python3 -c 'import os; os.fork()'", "ruby worker.rb", "echo 'fork while fork'"),
    ),
    Pattern(
        code="PRC009",
        title="attack script",
        programs="python python2 python3 perl ruby bash sh",
        test=_attack_script,
        why="It breaks into accounts or machines, and its use may be a crime.",
        instead="Describe what has to be tested and let a person run it.",
        blocks=("python3 sqlmap.py -u http://example.invalid", "bash linpeas.sh", "cd /tmp && perl linux-exploit-suggester-2.pl"),
        allows=("python3 app.py", "bash scripts/test.sh", "grep sqlmap.py README.md", "pip install sqlmap"),
    ),
)
