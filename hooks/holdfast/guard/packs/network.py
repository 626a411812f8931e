"""Commands that change what the machine lets in and out, listen in on others, scan or attack them, or open a way in."""

from holdfast.guard.line import Command
from holdfast.guard.paths import inside, resolve
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Line

_LOCAL = ("localhost", "127.", "::1", "[::1]", "0.0.0.0", "host.docker.internal")


def _words(command: Command) -> "list[str]":
    return [w or "" for w in command.words]


def _firewall(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program in ("iptables", "ip6tables", "ebtables", "arptables", "iptables-legacy", "iptables-nft"):
        bad = command.has_flag(
            "F",
            "X",
            "P",
            "D",
            "A",
            "I",
            "R",
            "Z",
            "N",
            "E",
            "--flush",
            "--delete-chain",
            "--policy",
            "--delete",
            "--append",
            "--insert",
            "--replace",
            "--zero",
        )
        bad = bad and not command.has_flag("-C", "--check")
    elif program in ("iptables-restore", "ip6tables-restore"):
        bad = not command.has_flag("t", "--test")
    elif program == "nft":
        bad = (
            command.has_flag("f", "--file")
            and not command.has_flag("c", "--check")
            or any(w in ("flush", "delete", "add", "insert", "replace", "destroy") for w in " ".join(words).split())
        )
    elif program == "ufw":
        # Opening one port, as a server's setup does, is ordinary.
        wide = "allow" in words and ("default" in words or "any" in words and "port" not in words)
        bad = "--dry-run" not in words and (wide or any(w in ("disable", "reset", "delete", "off") for w in words))
    elif program == "firewall-cmd":
        bad = any(
            w.startswith(
                (
                    "--remove",
                    "--add",
                    "--set-default",
                    "--panic-on",
                    "--direct",
                    "--change",
                    "--set-target",
                    "--load-zone",
                    "--new",
                    "--delete",
                    "--complete-reload",
                )
            )
            for w in words
        )
    elif program == "pfctl":
        bad = command.has_flag("d", "F", "f", "e", "x", "k", "K")
    elif program == "ipset":
        bad = any(w in ("flush", "destroy", "-F", "-X", "del", "add", "-D", "-A", "swap", "restore") for w in words)
    elif program == "conntrack":
        bad = command.has_flag("F", "D")
    elif program == "socketfilterfw":
        bad = any(w in ("off", "--add", "--unblockapp", "--remove", "--setloggingmode") for w in words)
    elif program == "csf":
        bad = command.has_flag("x", "f", "tf")
    else:
        bad = any(w in ("flush", "stop", "save", "clear", "reset") for w in words)
    return f"`{command}` changes what the firewall lets through" if bad else None


def _links(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program == "ip":
        sub = command.sub("-n -netns -f -family -b -batch")
        if sub.program == "netns":
            return None
        verbs = [w for w in (a.shown for a in sub.args[:2])]
        if any(name in words for name in ("dummy0", "veth0", "veth1", "lo")):
            return None
        bad = sub.program[:1] in ("l", "a", "r", "n") and (
            any(v in ("del", "delete", "flush", "replace", "change") for v in verbs[:1])
            or "down" in words
            or sub.program.startswith("ro")
            and verbs[:1] in (["add"], ["append"])
            or "promisc" in words
            and "on" in words
            or sub.program.startswith("li")
            and "address" in words
        )
    elif program == "ifconfig":
        bad = len(words) > 1 and any(
            w in ("down", "promisc", "delete", "-alias", "hw", "ether", "lladdr", "netmask", "destroy", "unplumb") for w in words[1:]
        )
    elif program == "route":
        bad = any(w in ("add", "del", "delete", "flush", "change") for w in words)
    elif program == "nmcli":
        bad = any(w in ("down", "delete", "off", "modify", "mod", "disconnect", "reapply", "del") for w in words)
    elif program in ("ifdown", "wg-quick", "tc", "ethtool", "brctl"):
        bad = (
            program == "ifdown"
            or words[:1] == ["down"]
            or program == "tc"
            and any(w in ("add", "replace", "del", "change") for w in words)
            or program == "ethtool"
            and any(w in ("-s", "-K", "-E", "-f") for w in words)
            or program == "brctl"
            and words[:1] in (["delbr"], ["delif"])
        )
    elif program == "networksetup":
        bad = any(w.startswith(("-set", "-remove", "-create", "-switch", "-add", "-rename")) for w in words)
    elif program == "rfkill":
        bad = words[:1] == ["block"]
    elif program in ("resolvectl", "systemd-resolve"):
        bad = (
            len(words) > 2
            and words[0] in ("dns", "domain", "dnssec", "dnsovertls", "default-route")
            or any(w.startswith("--set-dns") for w in words)
        )
    elif program == "scutil":
        bad = False
    elif program == "arp":
        bad = command.has_flag("s", "d", "-s", "-d", "f")
    else:
        bad = bool(words)
    return f"`{command}` changes how this machine reaches the network" if bad else None


def _capture(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program in ("tcpdump", "tshark", "dumpcap", "snoop", "tcpflow", "ngrep"):
        if command.has_flag("r", "D", "h", "L", "G", "--list-interfaces", "--read-file") or program == "tshark" and not words:
            return None
        kept = command.operands("-i -c -w -s -C -G -W -B -n -f -Y -T -e -F -a -b -z -y -Z -E -M -d")
        return (
            None
            if any(a.value in ("port", "host", "icmp", "lo") or "port " in a.shown or "host " in a.shown for a in kept)
            else f"`{command}` records what others send over the network"
        )
    return f"`{command}` listens in on others"


def _spoof(command: Command, line: "Line") -> "str | None":
    return f"`{command}` pretends to be another machine or reads what is not meant for this one" if command.args or command.root else None


def _flood(command: Command, line: "Line") -> "str | None":
    if command.program in ("ping", "ping6"):
        size = command.flag_value("-i")
        return (
            f"`{command}` floods another machine"
            if command.has_flag("f") and not command.has_flag("F") or size is not None and size.value == "0"
            else None
        )
    if command.program in ("hping3", "hping", "nping"):
        return f"`{command}` sends forged packets"
    return f"`{command}` takes another machine down"


def _scan(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    taking = (
        "-p -oN -oX -oG -oA -iL -e -S -g --script --script-args --top-ports --min-rate --max-rate -T --exclude --rate -i -I -f -c -H -t -w "
        "--host-timeout --max-retries --dns-servers --data-length --ttl --source-port -D"
    )
    targets = [a.shown for a in command.operands(taking)]
    if program == "nmap":
        if targets and all(t.startswith(_LOCAL) for t in targets):
            return None
        wide = any(
            "/" in t or "*" in t or "-" in t and t.replace("-", "").replace(".", "").replace(",", "").isdigit() or "," in t for t in targets
        )
        hard = any(
            w
            in (
                "-A",
                "-O",
                "-sS",
                "-sU",
                "-sA",
                "-sF",
                "-sX",
                "-sN",
                "-sI",
                "-sC",
                "-iL",
                "-iR",
                "-D",
                "-f",
                "-Pn",
                "-p-",
                "-T5",
                "-T4",
                "-sT",
                "--interactive",
                "-PS",
                "-sV",
            )
            or w.startswith(("--script", "-sS", "--source", "--spoof", "--mtu"))
            for w in words
        )
        return (
            f"`{command}` searches other machines for open doors"
            if targets and (wide or hard) or "-iL" in words or "-iR" in words
            else None
        )
    if program in ("fping",):
        return f"`{command}` searches a network for machines" if command.has_flag("g", "--generate") else None
    if program in ("nc", "ncat", "netcat"):
        ports = targets[1:]
        scanning = command.has_flag("z") and any("-" in p for p in ports)
        return f"`{command}` searches another machine for open doors" if scanning and not targets[0].startswith(_LOCAL) else None
    if targets and all(t.startswith(_LOCAL) for t in targets):
        return None
    return f"`{command}` searches other machines for open doors" if words else None


def _attack(command: Command, line: "Line") -> "str | None":
    if command.program in ("john", "hashcat") and command.has_flag("--list", "--show", "--test", "b", "I", "--benchmark"):
        return None
    if (
        command.program == "hydra"
        and command.args
        and (command.args[0].value or "").isalpha()
        or command.program == "medusa"
        and not command.has_flag("M")
    ):
        return None  # programs of the same name: an identity server, a shop
    return f"`{command}` attacks accounts or other machines"


def _tunnel(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program in ("ssh", "autossh", "slogin", "dbclient", "plink"):
        options = _ssh_options(
            [w for w, before in zip(words, ["", *words], strict=False) if w != "-M" and before != "-M"] if program == "autossh" else words
        )
        if any(flag in "RDw" for flag, _ in options):
            return f"`{command}` lets another machine reach through this one, or this one through it"
        if any(flag == "L" and value.startswith(("0.0.0.0:", "*:")) for flag, value in options) or ("g", "") in options:
            return f"`{command}` opens a door on this machine to everybody"
        forwards = any(flag == "o" and value.lower().startswith(("remoteforward", "dynamicforward", "tunnel=")) for flag, value in options)
        return f"`{command}` opens a tunnel" if forwards else None
    if program == "socat":
        listens = any(
            w.upper().startswith(("TCP-LISTEN", "TCP4-LISTEN", "TCP6-LISTEN", "UDP-LISTEN", "OPENSSL-LISTEN", "TCP-L:")) for w in words
        )
        passes = any(
            w.upper().startswith(("TCP:", "TCP4:", "TCP6:", "UDP:", "OPENSSL:", "SOCKS")) and not w.partition(":")[2].startswith(_LOCAL)
            for w in words
        )
        return f"`{command}` passes connections on to another machine" if listens and passes else None
    if program == "cloudflared":
        return (
            f"`{command}` makes this machine reachable from everywhere"
            if words[:1] in (["tunnel"], ["access"]) and "list" not in words
            else None
        )
    if program == "tailscale":
        return (
            f"`{command}` makes this machine reachable from elsewhere"
            if words[:1] in (["funnel"], ["serve"], ["up"], ["set"], ["down"])
            else None
        )
    if program in ("ngrok", "lt", "localtunnel", "zrok", "bore", "pagekite", "loophole"):
        return (
            f"`{command}` makes this machine reachable from everywhere"
            if words and words[0] not in ("version", "help", "config", "-h")
            else None
        )
    if program == "gh":
        return f"`{command}` opens a tunnel" if words[:2] == ["codespace", "ports"] and "forward" in words else None
    return f"`{command}` opens a way into or out of this network" if words or program == "tor" else None


def _ssh_options(words: "list[str]") -> "list[tuple[str, str]]":
    """The options of ssh before and after the host, as (letter, value): what follows is the remote command."""
    found: "list[tuple[str, str]]" = []
    at, hosts = 0, 0
    while at < len(words):
        word = words[at]
        at += 1
        if word[:1] != "-" or len(word) < 2:
            hosts += 1
            if hosts > 1:
                break
            continue
        if word == "--":
            break
        for k, letter in enumerate(word[1:], 2):
            if letter in "BbcDEeFIiJLlmOopPQRSWw":
                value = word[k:] or (words[at] if at < len(words) else "")
                at += not word[k:]
                found.append((letter, value))
                break
            found.append((letter, ""))
    return found


def _host_key(command: Command, line: "Line") -> "str | None":
    options = [w.lower().replace(" ", "=") for w in _words(command)]
    for option in options:
        option = option[2:] if option.startswith("-o") else option
        if option.startswith("stricthostkeychecking=") and option.endswith(("=no", "=off")):
            return f"`{command}` talks to whatever machine answers"
    return None


def _clear_text(command: Command, line: "Line") -> "str | None":
    return f"`{command}` sends passwords and data readable by everybody on the way" if command.operands("-l -p -8 -E") else None


def _remote_desktop(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program == "kickstart":
        bad = any(w in ("-activate", "-configure") for w in words)
    elif program in ("anydesk", "teamviewer", "rustdesk", "chrome-remote-desktop"):
        bad = any(
            w in ("--set-password", "--password", "passwd", "setup", "--silent", "--install", "--start", "--code", "daemon") for w in words
        )
    elif program in ("x11vnc", "vncserver", "x0vncserver", "wayvnc"):
        bad = not any(w in ("-localhost", "-kill", "-list", "--localhost", "127.0.0.1", "localhost") for w in words)
    else:
        bad = bool(words)
    return f"`{command}` lets others use this machine's screen or shell" if bad else None


def _served(command: Command, line: "Line") -> "str | None":
    """A home, the settings of the system or the whole disk as a web site."""
    program, words = command.program, _words(command)
    folder: "Arg | None" = None
    serves = True
    if program.startswith(("python", "pypy")):
        serves = "-m" in words and any(w in ("http.server", "SimpleHTTPServer", "pyftpdlib", "uploadserver", "twisted") for w in words)
        folder = command.flag_value("--directory", "-d", "-w")
    elif program in ("php", "busybox", "httpd", "darkhttpd", "miniserve", "ruby", "caddy"):
        serves = "-S" in words or "httpd" in words or program in ("httpd", "darkhttpd", "miniserve") or "file-server" in words
        named = command.flag_value("-t", "-h", "--root")
        folder = named or next((a for a in command.operands("-p -S -e --listen -b") if "/" in a.prefix), None)
    elif program in ("serve", "http-server"):
        folder = next(iter(command.operands("-p -l -a --listen")), None)
    else:
        serves = False
    if not serves:
        return None
    path = resolve(folder, command, line.world) if folder is not None else command.cwd
    if path is None:
        return None
    home = line.world.home
    if line.world.project and inside(path, line.world.project):
        return None
    bad = path in ("/", "/etc", "/root", "/home", "/Users", "/var", "/proc", home) or path.startswith(("/root/", "/etc/", f"{home}/."))
    return f"`{command}` shows {path} to the network" if bad else None


PACK = Pack(
    "network",
    Pattern(
        code="NET001",
        title="changing the firewall",
        test=_firewall,
        programs="iptables ip6tables ebtables arptables iptables-legacy iptables-nft iptables-restore ip6tables-restore nft ufw "
        "firewall-cmd "
        "pfctl ipset conntrack socketfilterfw csf netfilter-persistent",
        why="It decides who reaches the machine, and whether its person still does.",
        instead="Read the rules with `iptables -L -n`.",
        blocks=(
            "iptables -F",
            "sudo ufw disable",
            "nft flush ruleset",
            "iptables -P INPUT ACCEPT",
            "pfctl -d",
            "firewall-cmd --panic-on",
            "true; iptables -I INPUT -p tcp --dport 4444 -j ACCEPT",
        ),
        allows=(
            "iptables -L -n",
            "ufw status",
            "sudo ufw allow 443/tcp",
            "nft list ruleset",
            "iptables -S",
            "pfctl -s rules",
            "firewall-cmd --list-all",
            "iptables-save",
        ),
    ),
    Pattern(
        code="NET002",
        title="changing interfaces, routes or name servers",
        test=_links,
        programs="ip ifconfig route nmcli ifdown wg-quick tc ethtool brctl networksetup rfkill resolvectl systemd-resolve arp macchanger",
        why="The machine may be cut off, or its traffic go through strangers.",
        instead="Look with `ip addr show`.",
        blocks=(
            "ip link set eth0 down",
            "sudo ip route del default",
            "ifconfig eth0 down",
            "route add default gw 192.0.2.1",
            "networksetup -setdnsservers Wi-Fi 192.0.2.53",
            "nmcli networking off",
            "ip link set eth0 promisc on",
        ),
        allows=(
            "ip addr show",
            "ip route",
            "ifconfig",
            "ifconfig eth0",
            "nmcli device status",
            "route -n",
            "ip link show dev eth0",
            "arp -a",
        ),
    ),
    Pattern(
        code="NET003",
        title="listening in on the network",
        programs="tcpdump tshark dumpcap snoop tcpflow ngrep dsniff urlsnarf driftnet",
        test=_capture,
        why="What others send, with their passwords, ends up in the record.",
        instead="Record only what the task needs, for example `tcpdump -i lo port 8080`.",
        blocks=("tcpdump -i eth0 -w all.pcap", "sudo tshark -i any", "tcpdump -nn -c 500 -i any && true", "dsniff -i eth0"),
        allows=("tcpdump -r capture.pcap", "tcpdump --list-interfaces", "tshark -r net.pcap -Y http", "tcpdump -i lo port 8080"),
    ),
    Pattern(
        code="NET004",
        title="pretending to be another machine",
        test=_spoof,
        programs="arpspoof ettercap bettercap dnsspoof dnschef responder Responder.py macof sslstrip ntlmrelayx.py ntlmrelayx mitm6 "
        "evilginx "
        "evilginx2 yersinia fakeap hostapd-wpe airbase-ng inveigh",
        why="It reads or changes what other people send.",
        instead="Test against a server of your own on localhost.",
        blocks=("arpspoof -i eth0 -t 192.0.2.9 192.0.2.1", "sudo bettercap -iface eth0", "mitm6 -d example.invalid"),
        allows=("arp -a", "mitmproxy --help", "responder --help", "grep ettercap notes.md"),
    ),
    Pattern(
        code="NET005",
        title="flooding another machine",
        programs="ping ping6 hping3 hping nping slowloris slowhttptest t50 goldeneye loic hulk torshammer mdk3 mdk4",
        test=_flood,
        why="Other people's machines stop answering.",
        instead="Send a few packets, for example `ping -c 3 example.com`.",
        blocks=("hping3 -S --flood -p 80 192.0.2.9", "sudo ping -f 192.0.2.9", "slowloris example.invalid &"),
        allows=("ping -c 3 example.com", "ping localhost", "hping3 --help"),
    ),
    Pattern(
        code="NET006",
        title="scanning other machines",
        test=_scan,
        programs="nmap zenmap masscan zmap rustscan naabu unicornscan arp-scan netdiscover fping nbtscan onesixtyone nc ncat netcat",
        why="Searching machines for open doors is what an attack begins with.",
        instead="Look at this machine's own ports with `ss -tln`.",
        blocks=(
            "nmap -sS 192.0.2.0/24",
            "masscan 192.0.2.0/24 -p1-65535 --rate 10000",
            "nmap --script vuln host.example.invalid",
            "nc -zv host.example.invalid 1-1024",
            "sudo arp-scan --localnet",
        ),
        allows=("nmap localhost", "ss -tln", "nc -z localhost 5432", "nc -zv db 5432", "nmap -p 80 127.0.0.1", "nmap --help"),
    ),
    Pattern(
        code="NET007",
        title="attack tool",
        test=_attack,
        programs="hydra medusa ncrack john hashcat aircrack-ng airodump-ng aireplay-ng airmon-ng reaver bully wifite sqlmap nikto wpscan "
        "gobuster dirb dirbuster feroxbuster wfuzz msfconsole msfvenom msfdb crackmapexec cme netexec nxc kerbrute evil-winrm enum4linux "
        "enum4linux-ng smbmap patator crowbar brutespray cewl beef-xss setoolkit sliver sliver-server havoc empire mimikatz mimipenguin "
        "lazagne laZagne laZagne.py linpeas linpeas.sh winpeas LinEnum.sh linenum.sh pspy pspy64 pspy32 les.sh "
        "linux-exploit-suggester.sh lse.sh secretsdump.py psexec.py wmiexec.py smbexec.py GetNPUsers.py GetUserSPNs.py bloodhound-python "
        "rubeus commix xsser dnsenum dnsrecon theHarvester recon-ng hcxdumptool unshadow john-the-ripper pwdump fcrackzip pdfcrack "
        "chntpw veil shellter stratus traitor deepce.sh peirates",
        why="It breaks into accounts or machines, and its use may be a crime.",
        instead="Describe what has to be tested and let a person run it.",
        blocks=(
            "hydra -l root -P words.txt ssh://192.0.2.9",
            "john hashes.txt",
            "cd /tmp && ./linpeas.sh",
            "msfvenom -p linux/x64/shell_reverse_tcp -f elf",
        ),
        allows=(
            "john --list=formats",
            "hydra serve all",
            "grep hydra pyproject.toml",
            "pip install hydra-core",
            "hashcat --help",
            "man john",
        ),
    ),
    Pattern(
        code="NET008",
        title="tunnel",
        test=_tunnel,
        programs="ssh autossh slogin dbclient plink socat tor sshuttle ngrok cloudflared chisel frpc frps bore lt localtunnel zrok "
        "pagekite "
        "loophole "
        "tailscale rathole gost dnscat2 dnscat iodine iodined ptunnel udp2raw gsocket gs-netcat ligolo-ng rpivot revsocks earthworm "
        "tmate upterm sish wstunnel",
        why="It opens a way past the firewall that stays open while nobody watches.",
        instead="Run what is needed on the other machine, for example `ssh host uptime`.",
        blocks=(
            "ssh -R 8080:localhost:80 host.example.invalid",
            "ssh -fND 1080 host.example.invalid",
            "ngrok http 3000",
            "sshuttle -r host 0/0",
            "cloudflared tunnel --url http://localhost:8000 &",
        ),
        allows=(
            "ssh host.example.com uptime",
            "ssh host tar -R x",
            "ssh -L 5432:localhost:5432 db.example.com",
            "ngrok version",
            "cloudflared --version",
            "ssh host ls -R",
        ),
    ),
    Pattern(
        code="NET009",
        title="unchecked host key",
        severity="caution",
        programs="ssh scp sftp rsync autossh sshpass",
        test=_host_key,
        why="Another machine on the way can read and change everything.",
        instead="Accept a new key once with `ssh -o StrictHostKeyChecking=accept-new host true`.",
        blocks=(
            "ssh -o StrictHostKeyChecking=no host uptime",
            "scp -oStrictHostKeyChecking=no a host:",
            "true && sftp -o 'StrictHostKeyChecking no' h",
        ),
        allows=(
            "ssh -o StrictHostKeyChecking=accept-new host true",
            "ssh -o BatchMode=yes host true",
            "scp -o StrictHostKeyChecking=yes a h:",
        ),
    ),
    Pattern(
        code="NET010",
        title="remote shell in clear text",
        programs="rlogin rsh rexec rcp remsh",
        test=_clear_text,
        why="Everybody on the way can read what is sent.",
        instead="Use `ssh host uptime`.",
        blocks=("rsh host.example.invalid id", "rlogin -l dev host.example.invalid", "rcp a.txt host:/tmp && true"),
        allows=("ssh host uptime", "rsh --help", "man rlogin"),
    ),
    Pattern(
        code="NET011",
        title="sharing the screen or a shell",
        test=_remote_desktop,
        programs="kickstart anydesk teamviewer rustdesk chrome-remote-desktop x11vnc vncserver x0vncserver wayvnc ttyd gotty shellinaboxd "
        "wetty sshx "
        "websocketd butterfly.server.py xrdp",
        why="Whoever finds it can type here.",
        instead="Keep it to this machine, for example `x11vnc -localhost -display :1`.",
        blocks=("ttyd bash", "gotty -w bash", "x11vnc -forever -nopw", "echo pw | anydesk --set-password", "vncserver :1 && true"),
        allows=("x11vnc -localhost -display :1", "vncserver -list", "anydesk --get-id", "ttyd --version"),
    ),
    Pattern(
        code="NET012",
        title="home or system served to the network",
        test=_served,
        programs="*",
        why="Whoever reaches this port reads every key and setting in that folder.",
        instead="Serve one folder of the project, to this machine only: `python3 -m http.server --bind 127.0.0.1 --directory dist`.",
        blocks=("python3 -m http.server 80 --directory /", "cd ~ && php -S 0.0.0.0:8080", "busybox httpd -f -p 8080 -h /etc"),
        allows=("python3 -m http.server 8000", "php -S localhost:8000 -t public", "npx serve dist", "busybox httpd -f -h ./www"),
    ),
)
