"""What a command sends out of this machine, and whether secrets are in it: uploads, mails, labels of names to look up. Pure."""

from holdfast.guard.flow import makers, upstream
from holdfast.guard.hosts import host_of
from holdfast.guard.paths import inside, is_system, resolve, within_roots
from holdfast.guard.reverse_shells import NETCATS, SOCKETS, is_away
from holdfast.guard.targets import credential

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfast.guard.line import Arg, Command, World

# Hosts that show whoever asks what others sent to them.
_COLLECTORS = """webhook.site requestbin.com requestbin.net requestcatcher.com pipedream.net hookbin.com beeceptor.com interact.sh
oast.pro oast.live
oast.site oast.online oast.fun oast.me oastify.com burpcollaborator.net dnslog.cn ceye.io canarytokens.com canarytokens.org
requestinspector.com
postb.in ptsv2.com ptsv3.com mockbin.org hookdeck.com typedwebhook.tools webhookinbox.com bin.webhookrelay.com requestrepo.com
dnsbin.zhack.ca
smee.io log4shell.tools interactsh.com xss.ht tunnelto.dev request.bin""".split()
# Hosts where anybody may leave something that anybody may fetch.
_DROPS = """transfer.sh file.io 0x0.st ix.io termbin.com pastebin.com paste.ee hastebin.com paste.rs sprunge.us clbin.com dpaste.com
dpaste.org
bashupload.com oshi.at temp.sh tmpfiles.org gofile.io anonfiles.com catbox.moe litterbox.catbox.moe pixeldrain.com wetransfer.com
controlc.com
rentry.co rentry.org ghostbin.com privatebin.net paste.debian.net bpa.st p.ip.fi keep.sh filebin.net uguu.se x0.at envs.sh ttm.sh pb.ynh.fr
paste.c-net.org mega.nz send.firefox.com filetransfer.io upload.ee dropmefiles.com ufile.io sendspace.com zippyshare.com tempfile.org
paste.sh
glot.io 0bin.net justpaste.it cl1p.net snippet.host pst.moe del.dog nopaste.net codepad.org""".split()
_TUNNELS = tuple(
    """.ngrok.io .ngrok.app .ngrok-free.app .ngrok.dev .serveo.net .loca.lt .localhost.run .lhr.life .trycloudflare.com
.bore.pub .pagekite.me .localtunnel.me .tunnelto.dev .onion .playit.gg""".split()
)
_CHATS = tuple("""discord.com discordapp.com hooks.slack.com api.telegram.org outlook.office.com webhook.office.com slack.com""".split())

_CURL_DATA = tuple(
    """-d --data --data-ascii --data-binary --data-raw --data-urlencode -F --form --form-string --json
--url-query""".split()
)
_CURL_TAKING = """-o --output -H --header -u --user -A --user-agent -e --referer -X --request -b --cookie -c --cookie-jar -w --write-out
-m --max-time
--connect-timeout --retry --retry-delay -K --config --cacert --cert --key -E -r --range -C -D --dump-header --limit-rate -Q -z -x --proxy -U
--interface --resolve --connect-to --ciphers --proto --max-redirs --stderr --trace --trace-ascii --unix-socket --output-dir -T --upload-file
-d --data --data-ascii --data-binary --data-raw --data-urlencode -F --form --form-string --json --url-query --url --oauth2-bearer
--aws-sigv4
--retry-max-time --variable --pinnedpubkey --proxy-user --tls-max"""
_WGET_DATA = ("--post-data", "--post-file", "--body-data", "--body-file")
_WGET_TAKING = """-O -o -a -P -U -t -T --header --user --password -i -e -A -R -D -Q -w -l -I -X --method --limit-rate --referer
--load-cookies
--output-document --output-file --directory-prefix --user-agent --tries --timeout --input-file"""
_COPIERS = {
    "scp": "-i -P -F -o -l -c -J -S",
    "rsync": "-e --rsh -f --filter --exclude --include --password-file --exclude-from --include-from --files-from",
    "rclone": "--config",
    "s3cmd": "-c --config",
    "pastebinit": "-i -a -b",
    "smbclient": "-U -c -W",
    "kubectl": "-n -c",
    "lftp": "-e -u",
    "tftp": "-c",
    "sftp": "-b -i -P -o",
    "gdrive": "-p",
    "ncftpput": "-u -p -P -R",
    "cancel": "-h",
    "whois": "-h -p",
    "rlogin": "-p",
    "logger": "-n -P -t -p",
    "ab": "-n -c -t -H -T",
    "restic": "-r",
    "gist": "-d -f",
    "pscp": "-pw",
    **dict.fromkeys(
        """mc croc magic-wormhole wormhole ffsend onionshare onionshare-cli transfer ftp curlftpfs b2 azcopy
dropbox_uploader.sh wput megaput finger termbin bashupload hub scp.exe rcp""".split(),
        "",
    ),
}
_MAILERS = frozenset("mail mailx mutt sendmail msmtp swaks ssmtp s-nail sendemail neomutt".split())
_CLIPBOARDS = frozenset("pbcopy xclip xsel wl-copy clip.exe clip".split())
_CLOUDS = ("aws", "gsutil", "gcloud", "az", "gh", "glab", "doctl", "ibmcloud", "oci")
_LOOKUPS = frozenset(
    "dig nslookup host drill kdig delv dnslookup resolvectl ping ping6 nping hping3 getent systemd-resolve doggo dog".split()
)
# Programs that print secrets of their own accord: program -> words of which one must be there ("" none needed).
_TELLERS = {
    "security": "find-generic-password find-internet-password dump-keychain export",
    "secret-tool": "lookup search",
    "pass": "show",
    "op": "read item",
    "vault": "kv read",
    "gopass": "show",
    "lpass": "show export",
    "bw": "get list export",
    "gpg": "--export-secret-keys --export-secret-key --export-secret-subkeys",
    "keyctl": "print read pipe",
    "declare": "-p -x",
    "export": "-p",
    "typeset": "-p",
    "heroku": "config",
    "doppler": "secrets",
    "chamber": "export read",
    "reg": "save",
    "pbpaste": "",
    "wl-paste": "",
    "xclip": "-o -out",
    "xsel": "-o -b --output",
    "sops": "-d --decrypt",
    "ansible-vault": "view decrypt",
    **dict.fromkeys(
        """env printenv set history fc compgen mimipenguin pwsafe klist lsass laZagne.py lazagne mimikatz hashdump
dscl""".split(),
        "",
    ),
}
# The same for a subcommand of two words.
_TELLING = frozenset(
    """aws:get-secret-value aws:get-session-token aws:get-login-password aws:assume-role aws:export-credentials
aws:get-parameter gcloud:print-access-token gcloud:print-identity-token gcloud:access gh:token az:get-access-token kubectl:secret
kubectl:secrets git:--list npm:token docker:env terraform:output""".split()
)
_READERS_OF_NAMES = frozenset(
    "ls stat test [ file find rm chmod chown mkdir cd export touch du md5sum sha256sum wc echo printf ssh "
    "ssh-add ssh-keygen git kubectl".split()
)
_SECRET_WORDS = tuple("""SECRET TOKEN PASSWORD PASSWD API_KEY APIKEY ACCESS_KEY PRIVATE_KEY CREDENTIAL _PASS _KEY _PWD""".split())
_HARD_SECRETS = ("AWS_SECRET", "AWS_SESSION", "PRIVATE_KEY", "SSH_KEY", "MASTER_KEY")
_HOSTILE = ("evil", "attacker", "exfil", "malicious", "hacker")  # parts of names that say what a host is for
_WHOLE = ("/etc", "/root", "/home", "/Users", "/")


def leaks(command: "Command", world: "World") -> "str | None":
    """What secret a command sends out, and with what, in words; None when it sends none or nothing."""
    program = command.program
    if program in ("curl", "curlie"):
        return _web(command, world, _CURL_DATA, ("-T", "--upload-file"), _CURL_TAKING)
    if program in ("wget", "wget2"):
        return _web(command, world, _WGET_DATA, ("--post-file", "--body-file"), _WGET_TAKING)
    if program in ("http", "https", "xh", "xhs", "httpie"):
        return _items(command, world)
    if program in NETCATS or program in ("telnet", "socat", "openssl", "ssh", "websocat", "gsocket", "autossh", "dbclient"):
        return _stream(command, world)
    if program in _COPIERS or program in _CLOUDS:
        return _copy(command, world)
    if program in _MAILERS or program in _CLIPBOARDS:
        return _stream(command, world) or _copy(command, world)
    if program in _LOOKUPS:
        return _label(command, world)
    if any(r.writes and r.target.shown.startswith(SOCKETS) for r in command.redirects):
        if speaks_secrets(command, world) or _secret_stream(command, world):
            return f"`{command!r}` writes secrets into a network connection"
        if command.program in ("cat", "tar", "base64", "xxd", "gzip", "zip", "dd") and command.args:
            return f"`{command!r}` writes a file into a network connection"
    return None


# ---- the web -----------------------------------------------------------------------------------------------------------------


def _web(command: "Command", world: "World", data: "Sequence[str]", uploads: "Sequence[str]", taking: str) -> "str | None":
    urls = [a for a in command.operands(taking) if a.shown and "@" not in a.shown[:1]]
    named = command.flag_value("--url")
    if named is not None:
        urls.append(named)
    if urls and all(not is_away(u.shown) for u in urls):
        return None
    values = list(_values(command, data))
    files = list(_values(command, uploads))
    kind = next((k for k in (_kind(u) for u in urls) if k), "")
    for value in files:
        found = _file(value, 0, command, world)
        if found:
            return f"`{command.program}` uploads {found}"
        taken = (_secret_stream(command, world) or _foreign(command, world)) if value.value in ("-", ".") else None
        if taken:
            return f"`{command.program}` uploads what `{taken}` prints"
    for value in values:
        text = value.prefix if value.value is None else value.value
        at = text.find("@")
        name = text[:at] if at >= 0 else ""
        if at == 0 or at > 0 and all(c.isalnum() or c in "_-[]." for c in name.rstrip("=")) or "=<" in text:
            at = at if at >= 0 else text.find("=<") + 1
            if text[at + 1 : at + 2] == "-" or text[at + 1 :] in ("/dev/stdin",):
                source = _secret_stream(command, world) or _foreign(command, world)
                if source:
                    return f"`{command.program}` sends what `{source}` prints"
            else:
                found = _file(value, at + 1, command, world)
                if found:
                    return f"`{command.program}` sends {found}"
                if kind == "chat":
                    return f"`{command.program}` sends a file to a chat"
        source = _told(value, command, world)
        if source:
            return f"`{command.program}` sends {source}"
        variable = _variable(value, urls)
        if variable:
            return f"`{command.program}` sends ${variable}"
    if kind == "collector":
        return f"`{command!r}` talks to a host that shows everybody what it is sent"
    if kind == "drop" and (values or files or command.feeds and command.has_flag("F", "T", "d")):
        return f"`{command!r}` puts data where anybody can fetch it"
    if kind == "tunnel" and (values or files):
        return f"`{command!r}` sends data into a tunnel to an unknown machine"
    for url in urls:
        source = _told(url, command, world)
        if source:
            return f"`{command.program}` carries {source} in a URL"
        variable = _variable(url, urls)
        if variable:
            return f"`{command.program}` carries ${variable} in a URL"
    for header in _values(command, ("-H", "--header", "-A", "--user-agent", "-b", "--cookie", "-e", "--referer", "-u", "--user")):
        if kind in ("collector", "drop", "tunnel") and header.unknowns:
            return f"`{command.program}` sends secrets to a host that anybody can read"
        if any(map(_is_odd, (u.shown for u in urls))) and any(s in u.name.upper() for u in header.unknowns for s in _SECRET_WORDS):
            return f"`{command.program}` sends ${header.unknowns[0].name} to a bare address"
        if any(_is_file_reader(c, world) for c in makers(header)):
            return f"`{command.program}` sends a file of secrets in a header"
    return None


def _values(command: "Command", names: "Sequence[str]") -> "Iterator[Arg]":
    """Every Arg given to one of the options, however it is written."""
    args = command.args
    skip = False
    for i, arg in enumerate(args):
        if skip:
            skip = False
            continue
        text = arg.prefix if arg.value is None else arg.value
        for name in names:
            if text == name:
                if i + 1 < len(args):
                    yield args[i + 1]
                    skip = True
                break
            if name.startswith("--") and text.startswith(name + "="):
                yield _after(arg, len(name) + 1)
                break
            if len(name) == 2 and text.startswith(name) and text[:2] != "--" and (len(text) > 2 or len(arg.pieces) > 1):
                yield _after(arg, 2)
                break
            if (
                len(name) == 2
                and text[:1] == "-"
                and text[1:2].isalpha()
                and len(text) > 2
                and text[-1] == name[1]
                and text[1:].isalpha()
                and text[1] in "sSkLfivgn"
            ):
                if i + 1 < len(args):
                    yield args[i + 1]
                break


def _after(arg: "Arg", length: int) -> "Arg":
    first = arg.prefix[length:]
    return arg.__class__(((first,) if first else ()) + arg.pieces[1:], arg.glob, arg.split, arg.word)


def _kind(url: "Arg") -> str:
    """What sort of place a URL is: "collector", "drop", "tunnel", "chat" or ""."""
    host = host_of(url.shown)
    if host is None:
        return ""
    name = host.name
    for kind, names in (("collector", _COLLECTORS), ("drop", _DROPS)):
        if any(name == each or name.endswith("." + each) for each in names):
            return kind
    if name.endswith(_TUNNELS) or any(word in name for word in _HOSTILE):
        return "tunnel"
    path = url.shown.lower()
    if name.endswith(_CHATS) and ("webhook" in path or "/bot" in path or "/services/" in path or "upload" in path):
        return "chat"
    return ""


def _items(command: "Command", world: "World") -> "str | None":
    """HTTPie: http POST url field@path field=@path < file"""
    operands = command.operands("-a --auth -o --output -A --auth-type --session -p --print")
    kind = next((k for k in (_kind(o) for o in operands) if k), "")
    for arg in operands:
        text = arg.prefix if arg.value is None else arg.value
        at = text.find("@")
        if at > 0 and "://" not in text:
            found = _file(arg, at + 1, command, world)
            if found:
                return f"`{command.program}` sends {found}"
        source = _told(arg, command, world)
        if source:
            return f"`{command.program}` sends {source}"
    source = _secret_stream(command, world)
    if source:
        return f"`{command.program}` sends what `{source}` prints"
    if kind == "collector" or kind in ("drop", "tunnel") and (len(operands) > 1 or command.feeds):
        return f"`{command!r}` sends data to a host that anybody can read"
    return None


def _variable(value: "Arg", urls: "list[Arg]") -> "str | None":
    """The name of a secret variable that goes where it does not belong."""
    plain = [u.shown for u in urls]
    for unknown in value.unknowns:
        name = unknown.name.upper()
        if unknown.kind != "variable" or not name:
            continue
        if any(word in name for word in _SECRET_WORDS) and value in urls and unknown is value.pieces[0]:
            continue  # the URL itself is the secret
        if (
            any(word in name for word in _HARD_SECRETS)
            and "PUBLIC" not in name
            or any(word in name for word in _SECRET_WORDS)
            and any(_is_odd(url) for url in plain)
        ):
            return unknown.name
    return None


def _is_odd(url: str) -> bool:
    """True for a place that nobody's service is reached at: a bare address, a host that everybody reads."""
    host = host_of(url)
    if host is None or "loopback" in host.kinds or "private" in host.kinds:
        return False
    return (
        bool(host.address)
        or any(host.name == e or host.name.endswith("." + e) for e in (*_COLLECTORS, *_DROPS))
        or host.name.endswith((*_TUNNELS, ".invalid", ".xyz", ".top", ".ru", ".cn", ".tk"))
        or any(word in host.name for word in _HOSTILE)
    )


# ---- streams, copies, names --------------------------------------------------------------------------------------------------------


def _stream(command: "Command", world: "World") -> "str | None":
    """Secrets on the standard input of something that sends."""
    program = command.program
    if program in ("socat", "openssl") and not any(
        w and (w.lower().startswith(("tcp", "udp", "openssl", "ssl")) or w == "s_client") for w in command.words
    ):
        return None
    words = command.operands("-p -P -i -o -l -w -s -q -L -R -D -F -J -b -c -W -X -x -T")
    host = words[0].shown if words else ""
    if program not in _MAILERS and program not in _CLIPBOARDS and host and not is_away(host):
        return None
    if any(word in host.lower() for word in _HOSTILE) and (command.feeds or any(r.reads for r in command.redirects)):
        return f"`{command!r}` sends data to a host that calls itself hostile"
    if program in _CLIPBOARDS or program in ("ssh", "autossh", "dbclient"):
        # A password piped to a login is ordinary; a file of secrets is not.
        source = next((repr(each) for each in upstream(command) if _is_file_reader(each, world)), None)
    else:
        source = _secret_stream(command, world)
    if source:
        return (
            f"`{program}` sends what `{source}` reads out"
            if program not in _CLIPBOARDS
            else f"`{program}` copies what `{source}` reads out"
        )
    for redirect in command.redirects:
        if redirect.reads and _secret_path(redirect.target, command, world):
            return f"`{program}` sends {_secret_path(redirect.target, command, world)}"
    if program not in _MAILERS and program not in _CLIPBOARDS and program not in ("ssh", "autossh", "dbclient"):
        taken = _foreign(command, world)
        if taken:
            return f"`{program}` sends {taken}"
    if program in ("socat",):
        for arg in command.args:
            kind, colon, rest = arg.shown.partition(":")
            if kind.lower() in ("file", "open", "gopen") and colon:
                found = _text_path(rest.split(",")[0], command, world) or _outside(rest.split(",")[0], command, world)
                if found:
                    return f"`{program}` sends {found}"
    if program in NETCATS and any(w in ("termbin.com", "ix.io", "transfer.sh") for w in command.words):
        return f"`{command!r}` puts data where anybody can fetch it"
    return None


def _copy(command: "Command", world: "World") -> "str | None":
    program, words = command.program, command.words
    if program in _CLOUDS:
        for redirect in command.redirects:
            if redirect.reads and _secret_path(redirect.target, command, world):
                return f"`{program}` sends {_secret_path(redirect.target, command, world)}"
        if program == "gh" or program == "glab":
            if "gist" not in words and "snippet" not in words or "create" not in words and "edit" not in words:
                return None
        elif (
            not any(w in ("cp", "mv", "sync", "put-object", "upload", "upload-batch", "rsync", "put", "send-command") for w in words)
            or program == "aws"
            and not any((w or "").startswith("s3://") for w in words)
            and "put-object" not in words
        ):
            return None
        operands = list(command.args)
        last = next((a.shown for a in reversed(operands) if not a.shown.startswith("-")), "")
        if program in ("aws", "gsutil") and "put-object" not in words and "://" not in last and program != "gh":
            return None
    elif program == "kubectl":
        if "cp" not in words:
            return None
        operands = command.operands(_COPIERS[program])[1:]
    else:
        operands = command.operands(_COPIERS.get(program, "-s -r -t -c -b -a -A"))
        if program in _MAILERS:
            operands = [*operands, *_values(command, ("-a", "-A", "--attach", "--attachment", "--body", "-o"))]
        if program in ("rsync", "scp", "rcp", "pscp", "rclone") and operands:
            if ":" not in operands[-1].shown:
                return None
            operands = operands[:-1]
    for arg in operands:
        text = arg.prefix if arg.value is None else arg.value
        for shift in (
            0,
            text.find("@") + 1 if program in _MAILERS else 0,
            text.find("=") + 1 if text[:2] == "--" else 0,
            7 if text.startswith("file://") else 0,
            8 if text.startswith("fileb://") else 0,
        ):
            found = _file(arg, shift, command, world)
            if found:
                return f"`{program}` sends {found} away"
        for part in text.split() if program in ("smbclient", "lftp", "ftp", "tftp") else ():
            found = _text_path(part.strip(";'\""), command, world)
            if found:
                return f"`{program}` sends {found} away"
        source = _told(arg, command, world)
        if source and program in ("gh", "mail", "mailx", "cancel", "finger", "whois", "rlogin", "ssh", "logger"):
            return f"`{program}` sends {source}"
    source = _secret_stream(command, world)
    if source and program not in ("kubectl", "rsync", "scp"):
        return f"`{program}` sends what `{source}` prints"
    return None


def _label(command: "Command", world: "World") -> "str | None":
    """Data made part of a name that is looked up, or of a packet."""
    for arg in command.args:
        for i, piece in enumerate(arg.pieces):
            if isinstance(piece, str):
                continue
            following = arg.pieces[i + 1] if i + 1 < len(arg.pieces) else ""
            sources = list(makers(arg.__class__((piece,))))
            if isinstance(following, str) and following[:1] == "." and "." in following[1:]:
                if any(
                    c.program
                    not in (
                        "hostname",
                        "uname",
                        "date",
                        "echo",
                        "printf",
                        "basename",
                        "seq",
                        "terraform",
                        "kubectl",
                        "docker",
                        "jq",
                        "aws",
                        "tr",
                        "cut",
                        "awk",
                        "sed",
                        "head",
                        "grep",
                    )
                    for c in sources
                ) or any(speaks_secrets(c, world) for c in sources):
                    return f"`{command!r}` looks up a name made of data"
                if any(word in piece.name.upper() for word in _SECRET_WORDS):
                    return f"`{command!r}` looks up a name made of ${piece.name}"
            if command.program.startswith(("ping", "hping", "nping")) and any(
                c.program in ("xxd", "od", "base64", "hexdump", "cat") for c in sources
            ):
                return f"`{command!r}` hides data in packets"
    return None


# ---- secrets ---------------------------------------------------------------------------------------------------------------------


def _file(arg: "Arg", shift: int, command: "Command", world: "World") -> "str | None":
    """What secret lies in the file that an Arg names from a character on; None when it is no secret."""
    target = _after(arg, shift)
    for unknown in target.unknowns:
        source = next((c for c in makers(arg.__class__((unknown,))) if speaks_secrets(c, world)), None)
        if unknown.kind == "file" and source is not None:
            return f"what `{source!r}` reads out"
    text = target.value
    if text is None:
        home = target.unknowns[0].name == "HOME" if target.unknowns and target.pieces and target.pieces[0] is target.unknowns[0] else False
        return _text_path("~" + "".join(p for p in target.pieces if isinstance(p, str)), command, world) if home else None
    return _text_path(text.partition(";")[0], command, world)


def _text_path(text: str, command: "Command", world: "World") -> "str | None":
    path = resolve(text, command, world)
    if not text or path is None:
        return None
    if credential(path, world):
        return text
    if path == world.home or path in _WHOLE or world.home and path != "/" and inside(world.home, path) and path != world.project:
        return f"all of {text}"
    if (
        is_system(path, world)
        and not path.startswith(("/usr/", "/opt/", "/srv/", "/var/www/", "/nix/", "/etc/ssl/certs", "/etc/pki"))
        and _sends_web(command)
    ):
        return f"a file of the system, {text}"
    if (
        path.startswith("/etc/")
        and path.rpartition("/")[2] in ("passwd", "group", "hosts", "shadow", "sudoers")
        or path.startswith("/proc/")
    ):
        return text
    return None


def _secret_path(arg: "Arg", command: "Command", world: "World") -> "str | None":
    return _file(arg, 0, command, world)


def _sends_web(command: "Command") -> bool:
    return command.program in ("curl", "wget", "wget2", "http", "ftp", "tftp", "ncftpput", "ab")


def _outside(text: str, command: "Command", world: "World") -> "str | None":
    """The path when it is a file from outside the project."""
    path = resolve(text, command, world)
    if (
        not text
        or path is None
        or path.startswith(("/dev/null", "/dev/std", "/dev/fd", "/dev/zero", "/dev/tty", "/dev/urandom", "/dev/tcp", "/dev/udp"))
    ):
        return None
    return None if within_roots(path, world) else text


_ARCHIVERS = frozenset("cat tar zip 7z dd base64 xxd gzip bzip2 xz bsdtar rar cpio head tail".split())
_DUMPS = frozenset("mysqldump pg_dump pg_dumpall mongodump mariadb-dump slapcat ldapsearch".split())


def _foreign(command: "Command", world: "World") -> "str | None":
    """What from outside the project, or from a database, is on the standard input of something that sends."""
    for redirect in command.redirects:
        if redirect.reads and redirect.target.known and _outside(redirect.target.value or "", command, world):
            return redirect.target.value
    for source in upstream(command):
        if source.program in _DUMPS:
            return repr(source)
        if source.program in _ARCHIVERS:
            for arg in source.args:
                text = (arg.value or "").removeprefix("if=")
                if text[:1] in ("/", "~") and _outside(text, source, world):
                    return text
    return None


def kept(command: "Command", world: "World") -> "list[str]":
    """Absolute paths of files that a command fills with secrets."""
    args = [r.target for r in command.redirects if r.writes and r.fd in (1, -1)]
    if args and speaks_secrets(command, world) or _secret_stream(command, world):
        if command.program == "tee":
            args += command.operands()
        return [path for path in (resolve(arg, command, world) for arg in args) if path]
    return []


def sends_any(command: "Command", files: "set[str]", world: "World") -> "str | None":
    """Which of some files a command sends away."""
    program = command.program
    if not files or not (
        program in ("curl", "wget", "wget2", "http", "openssl", "socat", "telnet")
        or program in NETCATS
        or program in _COPIERS
        or program in _CLOUDS
        or program in _MAILERS
    ):
        return None
    for arg in [*command.args, *(r.target for r in command.redirects if r.reads)]:
        text = arg.value or ""
        for part in (text, text.rpartition("@")[2], text.rpartition("=")[2]):
            path = resolve(part, command, world) if part else None
            if path in files:
                return f"`{program}` sends {part}, which holds secrets"
    return None


def _secret_stream(command: "Command", world: "World") -> "str | None":
    """What feeds a command with secrets, as it is written; None when nothing does."""
    for source in upstream(command):
        if speaks_secrets(source, world):
            return repr(source)
    return None


def _told(arg: "Arg", command: "Command", world: "World") -> "str | None":
    """A command in an Arg whose output is secret."""
    for source in makers(arg):
        if (
            speaks_secrets(source, world)
            or source.program in ("whoami", "id")
            and arg.shown.startswith("http")
            and not arg.shown.startswith("https://api.")
        ):
            return f"what `{source!r}` prints"
    return None


def speaks_secrets(command: "Command", world: "World") -> bool:
    """True when a command prints secrets: the environment, a file of credentials, a key from a store."""
    program, words = command.program, command.words
    if program == "env" or program == "printenv" or program == "set":
        if program == "printenv":
            return not words or any(w and any(s in w.upper() for s in _SECRET_WORDS) for w in words)
        return not words or program == "env" and all(w in ("-0", "--null") for w in words)
    needed = _TELLERS.get(program)
    if needed is not None:
        return any(w in needed.split() for w in words) if needed else not words or program in ("history", "mimikatz", "pbpaste", "wl-paste")
    if any(f"{program}:{word}" in _TELLING for word in words):
        return True
    if program in ("echo", "printf"):
        return any(u.kind == "variable" and any(s in u.name.upper() for s in _SECRET_WORDS) for a in command.args for u in a.unknowns)
    return _is_file_reader(command, world)


def _is_file_reader(command: "Command", world: "World") -> bool:
    if command.program in _READERS_OF_NAMES:
        return False
    for redirect in command.redirects:
        if redirect.reads and redirect.target.known and _text_path(redirect.target.value or "", command, world):
            return True
    for arg in command.args:
        text = arg.value
        if text is None:
            if arg.pieces and not isinstance(arg.pieces[0], str) and arg.pieces[0].name == "HOME":
                text = "~" + "".join(p for p in arg.pieces if isinstance(p, str))
            else:
                continue
        if text[:1] == "-" and "=" not in text or not text:
            continue
        text = text.partition("=")[2] if text[:1] == "-" or text.startswith("if=") else text
        if ("/" in text or "." in text or "~" in text) and _text_path(text, command, world):
            path = resolve(text, command, world)
            if credential(path or "", world) or command.program in (
                "tar",
                "zip",
                "gzip",
                "cat",
                "base64",
                "xxd",
                "7z",
                "bsdtar",
                "rar",
                "dd",
                "head",
                "od",
            ):
                return True
    return False
