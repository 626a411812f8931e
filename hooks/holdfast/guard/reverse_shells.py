"""Commands that hand a shell of this machine to another one: reverse and bind shells in every tool. Pure."""

from holdfast.guard.flow import upstream
from holdfast.guard.hosts import host_of
from holdfast.guard.shell.wrappers import is_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

NETCATS = frozenset(
    "nc ncat netcat nc.traditional nc.openbsd nc.exe ncat.exe nc64.exe cryptcat sbd dbd rcat gs-netcat pwncat pwncat-cs "
    "hcat nc6 rustcat "
    "powercat revshell".split()
)
SOCKETS = ("/dev/tcp/", "/dev/udp/")
# What a connection that is piped into or out of a shell is made with.
_CARRIERS = NETCATS | {"telnet", "socat", "openssl", "websocat", "wscat", "busybox", "stunnel", "gnutls-cli"}
_EXECUTING = ("-e", "--exec", "--sh-exec", "--lua-exec", "-c", "--exec-cmd", "-x")
# What opens a connection in a program text of some language, and what starts or feeds a shell there.
_CONNECTING = ("ocket", "gen_tcp", "fsockopen", "net.Dial", "TCPClient", "tcp.connect", "net.connect", '"net").', "'net').",
               "net.createConnection", "/inet/tcp", "/dev/tcp/", "/dev/udp/")
_STARTING = ("/bin/sh", "/bin/bash", '"sh"', "'sh'", '"bash"', "'bash'", "popen", "sh -i", "bash -i", "cmd.exe", "Process.new",
             "IO.popen", "exec.Command", "child_process")
# These show, store or search a text and run none; what a shell is given is read as commands.
_SPEAKING = frozenset("""echo printf grep egrep fgrep rg ag ack git gh glab hub cat tee sed awk gawk jq yq less more man curl wget code
print sponge cut head
tail wc diff logger notify-send find ls test [ [[ : true read export declare local alias docker podman kubectl say figlet cowsay""".split())
_SERVERS = tuple("""telnetd in.telnetd utelnetd rshd in.rshd rlogind in.rlogind ttyd gotty shellinaboxd wetty dropbear""".split())


def gives_shell(command: "Command", line: "Line") -> "str | None":
    """What is wrong with a command that gives another machine a shell here, in words; None when it does not."""
    program = command.program
    shown = f"`{command!r}`"
    if program in NETCATS:
        return _netcat(command, shown)
    if program == "socat":
        return _socat(command, shown)
    if program in ("telnet", "openssl", "websocat", "gnutls-cli") and _carries_shell(command):
        return f"{shown} carries a shell to another machine"
    if program == "openssl" and command.words[:1] == ["s_server"] and command.has_flag("-quiet"):
        return f"{shown} waits for a shell from another machine"
    if program in ("xterm", "Xnest", "xterm.exe", "aterm", "rxvt", "urxvt", "uxterm", "lxterminal"):
        display = command.flag_value("-display", "-d", "--display")
        text = display.shown if display is not None else ""
        if text and not text.startswith((":", "localhost:", "unix", "127.")):
            return f"{shown} opens a terminal of this machine on another one's screen"
    if program in _SERVERS and program != "dropbear" and not command.has_flag("--help", "--version", "h", "v") and command.args:
        return f"{shown} gives a shell to whoever connects"
    if program == "busybox" and command.words[:1] and command.words[0] in ("nc", "telnetd"):
        return None  # the applet is a Command of its own
    if _writes_one(command):
        return f"{shown[:60]} ...` writes the start of a reverse shell into a file"
    if _told(command):
        return f"{shown[:60]} ...` runs a text that connects a shell to the network"
    if _is_wired(command, line):
        return f"{shown} ties a shell to a network connection"
    return None


def _writes_one(command: "Command") -> bool:
    """True for a text with a reverse shell in it that goes into a file, notes excepted."""
    if command.program not in ("echo", "printf", "cat", "tee", "print"):
        return False
    targets = [r.target for r in command.redirects if r.writes] + (command.operands() if command.program == "tee" else [])
    if not targets or any(target.when_empty.endswith((".md", ".rst", ".txt", "/null")) for target in targets):
        return False
    text = " ".join(arg.when_empty for arg in command.args) if command.program in ("echo", "printf", "print") else (
        command.stdin.when_empty if command.stdin is not None else "")
    return any(mark in text for mark in SOCKETS) and ("sh -i" in text or "0>&1" in text or "exec " in text) or (
        "nc " in text or "ncat " in text) and ("-e /bin/" in text or "-e sh" in text or "-e bash" in text)


def _told(command: "Command") -> bool:
    """True for a program that is given a text in which a connection and a shell come together."""
    if not command.program or command.program in _SPEAKING or is_shell(command.program):
        return False
    texts = [arg.when_empty for arg in command.args]
    if command.stdin is not None:
        texts.append(command.stdin.when_empty)
    for text in texts:
        if len(text) > 24 and any(mark in text for mark in _CONNECTING) and any(mark in text for mark in _STARTING):
            return True
        if "mkfifo" in text and "sh" in text and any(mark in text for mark in ("nc ", "ncat ", "telnet ", "s_client")):
            return True
    return False


def _netcat(command: "Command", shown: str) -> "str | None":
    words = command.words
    for i, word in enumerate(words):
        if word is None or word[:1] != "-":
            continue
        name = word.partition("=")[0]
        attached = word[:2] in ("-e",) and len(word) > 2 and word[2] == "/"
        cluster = word[1:2] != "-" and word[-1] in "ec" and word[1:].isalpha()
        if attached or name in ("--exec", "--sh-exec", "--lua-exec"):
            return f"{shown} gives a program of this machine to the other end"
        if name in _EXECUTING or cluster:
            following = words[i + 1] if i + 1 < len(words) else ""
            if word[-1] == "e" or following is None or _is_program(following):
                return f"{shown} gives a program of this machine to the other end"
    if _carries_shell(command):
        return f"{shown} carries a shell to another machine"
    if command.program in ("pwncat", "pwncat-cs", "rustcat", "hcat", "revshell", "powercat", "gs-netcat", "rcat") and command.args:
        return f"{shown} opens a remote shell"
    flags = "".join(w[1:] for w in words if w and w[:1] == "-" and w[1:2] != "-")
    listens = "l" in flags or command.has_flag("--listen")
    if (
        listens
        and "v" in flags
        and "k" not in flags
        and "z" not in flags
        and not any(s.program in ("cat", "tar", "gzip", "dd", "echo", "printf") and s.args for s in command.feeds)
        and not any(r.fd in (0, 1) for r in command.redirects)
    ):
        return f"{shown} waits for a shell from another machine"
    return None


def _is_program(text: str) -> bool:
    first = text.split()[0] if text.split() else ""
    return first[:1] == "/" or is_shell(first) or first.rpartition("\\")[2].lower() in ("cmd", "cmd.exe", "powershell", "powershell.exe")


def _socat(command: "Command", shown: str) -> "str | None":
    away = local = terminal = False
    for arg in command.args:
        text = arg.shown.lower()
        kind = text.partition(":")[0]
        if kind in ("exec", "system", "shell"):
            what = text.partition(":")[2].strip("'\"").split(",")[0].split()
            local = (
                local
                or bool(what)
                and (is_shell(what[0].rpartition("/")[2]) or "login" in what[0] or what[0] == "su")
                or "pty" in text
                or kind == "shell"
            )
        away = away or kind.startswith(("tcp", "udp", "openssl", "sctp", "ssl", "socks", "proxy", "tun", "vsock"))
        terminal = terminal or kind == "file" and "tty" in text or "tty" in text and "raw" in text
    if away and local:
        return f"{shown} gives a shell to the other end of a connection"
    if away and terminal and any("-l" in a.shown.lower() for a in command.args):
        return f"{shown} waits for a shell from another machine"
    if away and _carries_shell(command):
        return f"{shown} carries a shell to another machine"
    return None


def _carries_shell(command: "Command") -> bool:
    """True when a shell that takes its orders from somewhere else feeds it."""
    if command.program == "openssl" and command.words[:1] != ["s_client"]:
        return False
    return any(takes_orders(source) for source in upstream(command))


def takes_orders(command: "Command") -> bool:
    """True for a shell that reads commands from its standard input or from a terminal."""
    if not is_shell(command.program):
        return False
    if any(
        code.origin in ("argument", "file", "written") or code.origin == "stdin" and code.text is not None and code.text.known
        for code in command.code
    ):
        return False
    return not command.operands("-o -O --rcfile --init-file") or command.has_flag("i")


def _is_wired(command: "Command", line: "Line") -> bool:
    """True for a shell whose input or output is a network connection, or for an unknown command that comes out of one."""
    wraps = command.program and not is_shell(command.program) and any(r.target.shown.startswith(SOCKETS) for r in command.redirects)
    if wraps and any(is_shell((arg.value or "").rpartition("/")[2]) for arg in command.args):
        return True
    if command.program == "exec" and len(command.argv) == 1:
        return (
            any(r.fd == 0 and r.op == "<&" and r.target.shown.isdigit() and int(r.target.shown) > 2 for r in command.redirects)
            and opens_socket(line)
            and any(takes_orders(c) for c in line.commands)
        )
    joined = False
    for redirect in command.redirects:
        target = redirect.target.shown
        joined |= (
            target.startswith(SOCKETS) or redirect.op in ("<&", ">&", "<>") and target.strip("-").isdigit() and int(target.strip("-")) > 2
        )
    if not (joined or any(source.program == "cat" and _from_socket(source) for source in command.feeds)):
        return False
    if is_shell(command.program):
        if any(r.target.shown.startswith(SOCKETS) for r in command.redirects):
            return takes_orders(command) or any(r.fd == 0 and r.target.shown.startswith(SOCKETS) for r in command.redirects)
        return takes_orders(command) and opens_socket(line)
    if command.program == "" and command.argv or command.program in ("eval",) and command.args and not command.args[0].known:
        return opens_socket(line)
    return False


def _from_socket(command: "Command") -> bool:
    return any(r.target.shown.startswith(SOCKETS) or r.op == "<&" for r in command.redirects if r.fd == 0)


def opens_socket(line: "Line") -> bool:
    """True when a descriptor of the shell is a connection: exec 5<>/dev/tcp/..."""
    return any(r.target.shown.startswith(SOCKETS) for c in line.commands for r in c.redirects) or any(
        c.program == "ztcp" for c in line.commands
    )


def is_away(text: str) -> bool:
    """True when an address is not this machine."""
    host = host_of(text)
    return host is None or "loopback" not in host.kinds
