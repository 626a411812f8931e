"""What a redirection writes over: devices, the system's files, what starts or is obeyed, records of what was done."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, Redirect


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for redirect in command.redirects:
            judged = _judged(redirect, command, line) if redirect.writes else None
            if judged:
                severity, what = judged
                yield Finding(f"`{redirect.op} {redirect.target.shown[:80]}` {what}", severity, start=command.start, end=command.end)


def _judged(redirect: "Redirect", command: "Command", line: "Line") -> "tuple[str, str] | None":
    """(severity, what is written over in words), or None for an ordinary file."""
    from holdfast.guard.effects import place
    from holdfast.guard.targets import kinds
    path = place(redirect.target, command, line.world)
    if path is None:
        return None
    if path.startswith(("/dev/tcp/", "/dev/udp/")):
        return "danger", "opens a network connection"
    replaces = ">>" not in redirect.op
    if replaces and path.endswith((".db", ".sqlite", ".sqlite3")) and not path.startswith("/tmp/") and _is_empty(command):
        return "danger", "empties a database"
    for kind, what in kinds(path, line.world):
        if kind == "device":
            return ("catastrophic", "overwrites a device") if path.startswith(_DISKS) or path.startswith("/dev/mapper/") else ("danger",
                "writes to a device")
        if kind == "protected":
            return "danger", "changes what keeps this session safe"
        if kind == "escalation":
            return "danger", f"changes {what}"
        if kind == "credential" and replaces and ("hist" in path or not redirect.target.known) and command.program in ("", ":", "true",
            "echo", "cat", "printf"):
            return "danger", f"replaces {what}"
        if kind == "repository" and ("/.git/HEAD" in path or "/.git/refs/" in path or "/.git/objects/" in path or path.endswith((
            "/.git/index", "/.git/packed-refs"))):
            return "danger", f"writes into {what}"
        if kind == "system" and _is_vital(path, replaces):
            return "danger", "changes a part of the system"
    return None


def _is_empty(command: "Command") -> bool:
    """Whether a command prints nothing, so that nothing is what a redirection of it leaves."""
    return not command.argv or command.program in (":", "true") or command.program == "cat" and command.words == ["/dev/null"]


_DISKS = ("/dev/sd", "/dev/hd", "/dev/vd", "/dev/xvd", "/dev/nvme", "/dev/mmcblk", "/dev/disk", "/dev/rdisk", "/dev/md", "/dev/dm-",
          "/dev/loop", "/dev/ram", "/dev/mem", "/dev/kmem",
          "/dev/port", "/dev/nbd", "/dev/zd", "/dev/sr")
_VITAL = ("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/lib/", "/lib64/", "/boot/", "/usr/lib/x86_64", "/usr/lib/system", "/System/",
          "/usr/lib64/", "/var/spool/mail/", "/var/mail/", "/sys/firmware/", "/sys/kernel/",
          "/proc/sysrq-trigger", "/proc/sys/kernel/", "/proc/self/", "/proc/1/", "/usr/include/", "/private/etc/")
# Files of /etc that set-up scripts write as a matter of course.
_SET_UP = frozenset("""/etc/hostname /etc/timezone /etc/localtime /etc/resolv.conf /etc/locale.gen /etc/locale.conf /etc/machine-id
/etc/motd /etc/issue /etc/my.cnf /etc/hosts
/etc/vconsole.conf /etc/environment /etc/apt/sources.list /etc/pip.conf /etc/npmrc /etc/odbc.ini /etc/odbcinst.ini /etc/nginx.conf
/etc/redis.conf /etc/yum.conf
/etc/mongod.conf /etc/supervisord.conf /etc/my.conf /etc/asound.conf /etc/sysctl.conf /etc/mtab /etc/default""".split())


def _is_vital(path: str, replaces: bool) -> bool:
    if path == "/usr/sbin/policy-rc.d":
        return False
    if path.startswith(_VITAL):
        return not path.startswith(("/proc/self/fd/", "/proc/self/oom", "/usr/lib/systemd/"))
    return path.startswith("/etc/") and path.count("/") == 2 and (path not in _SET_UP or path == "/etc/hosts" and replaces)


RULE = Rule(
    code="STR004",
    title="output redirection",
    category="structural",
    why="A redirection replaces its target at once, before the command has even run.",
    instead="Write into the project, for example `echo x > build/x.txt`, and say what a person should put where.",
    severity="danger",
    blocks=("cat image.iso > /dev/sda", "echo x > /etc/passwd", "true && echo x >> /etc/sudoers", "echo '' > /etc/hosts",
            "sh -c 'echo x > /usr/bin/ls'", "echo b > /proc/sysrq-trigger",
            ": > ~/.bash_history", "dmesg > /dev/nvme0n1", "cd /etc && echo x > fstab", "echo x > .git/HEAD",
            "exec 3<>/dev/tcp/192.0.2.1/80", "> /boot/vmlinuz", "yes > /dev/mem",
            "for d in sda sdb; do cat x > /dev/$d; done", "> customers.db", "cat /dev/null > data/app.sqlite3"),
    allows=("echo x > out.txt", "make > /dev/null 2>&1", "echo x > /tmp/x", "echo x >> ~/notes.txt", "cmd 2> /dev/stderr",
            "echo 'deb x' > /etc/apt/sources.list.d/x.list",
            "echo x > /dev/tty", "echo '> /dev/sda'", "cat > src/main.py <<'E'\nprint(1)\nE", "echo dev > /etc/hostname",
            "echo x > etc/passwd", "ls > \"$OUT\"",
            "sqlite3 old.db .dump > dump.sql", "decrypt app.enc > app.db", "> results.csv",
            "echo 'KEY=1' > .env", "cat a b > /dev/null", "echo x > /etc/myapp/app.conf"),
    check=check,
)
