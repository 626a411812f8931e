"""Where commands and fetches reach out to: cloud metadata, addresses in disguise, the inside network, hosts that are not on the list."""

from holdfast.guard.hosts import host_of, metadata_in, permitted, urls_in
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.hosts import Host
    from holdfast.guard.line import Command, Line

# Programs whose operands are URLs or hosts -> their options that take a value and hold no address we would reach.
_CURL = """-o --output -d --data --data-raw --data-binary --data-ascii --data-urlencode -H --header -u --user -A --user-agent -e --referer
-X --request -F --form -b --cookie -c --cookie-jar -T --upload-file -w --write-out -m --max-time --connect-timeout --retry --retry-delay
-K --config --cacert --cert --key -E -r --range -C --continue-at --json -D --dump-header --limit-rate -Q --quote -z --time-cond
--retry-max-time -U --proxy-user --interface --resolve --connect-to --ciphers --proto --max-redirs --stderr --trace --trace-ascii
-t --unix-socket --output-dir --variable --expand-url -Y -y --form-string --url-query --aws-sigv4 --oauth2-bearer --pinnedpubkey"""
_WGET = """-O --output-document -o --output-file -a --append-output -P --directory-prefix -U --user-agent -t --tries -T --timeout --header
--user --password --post-data --post-file -i --input-file -e --execute -A -R -D -Q -w --wait -l --level -I -X --limit-rate --method
--body-data --body-file --referer --load-cookies --save-cookies --ca-certificate --certificate --private-key"""
_FETCHERS = {
    "curl": _CURL,
    "wget": _WGET,
    "wget2": _WGET,
    "http": "-a --auth -o --output -A --session",
    "https": "-a --auth -o --output -A",
    "xh": "-a --auth -o --output",
    "xhs": "-a -o",
    "aria2c": "-d --dir -o --out -x -s -j -i --header -U",
    "fetch": "-o",
    "axel": "-o -n",
    "lynx": "",
    "links": "",
    "elinks": "",
    "w3m": "-T -I -O -o",
    "lwp-request": "-m -H -t",
    "GET": "-H -t",
    "HEAD": "-H -t",
    "POST": "-H -t -c",
    "curlie": _CURL,
    "httpie": "",
    "ab": "-n -c -t -H -T -p",
    "wrk": "-t -c -d -s -H",
    "hey": "-n -c -z -H -m -d -D",
    "siege": "-c -t -r",
    "yt-dlp": "-o -f -P",
    "youtube-dl": "-o -f",
    "httrack": "-O",
    "WebFetch": "",
    "grpcurl": "-d -H -proto -import-path",
    "websocat": "",
    "Open": "",
    "wscat": "-H",
    "nuclei": "-t",
    "ffuf": "-w -H -d -X -mc",
    "gobuster": "-w -t -o",
    "sqlmap": "--data --cookie",
}
_REMOTE = {
    "ssh": "-i -p -l -o -L -R -D -F -J -b -c -E -e -I -m -O -Q -S -W -w -B",
    "scp": "-i -P -F -o -l -c -J -S",
    "sftp": "-i -P -F -o -b -B -c -l",
    "rsync": "-e --rsh -f --filter --exclude --include --password-file --exclude-from --include-from",
    "mosh": "-p --ssh",
    "nc": "-p -s -w -q -i -X -x -I -O -T -V",
    "ncat": "-p -s -w -e -c -i --proxy",
    "netcat": "-p -s -w -q -e",
    "telnet": "-l -e -n -b",
    "socat": "",
    "ftp": "",
    "lftp": "-e -u -p -c",
    "tftp": "-m -c",
    "autossh": "-M -i -p -l -o -L -R -D -F",
    "ssh-copy-id": "-i -p -o",
    "nmap": "-p -oN -oX -iL -T",
}
# Programs that are told the host by an option.
_BY_OPTION = {
    "openssl": "-connect",
    "psql": "-h --host",
    "redis-cli": "-h",
    "mysql": "-h --host",
    "mariadb": "-h --host",
    "mongosh": "--host",
    "ldapsearch": "-H -h",
    "kcat": "-b",
    "pg_dump": "-h --host",
    "mysqldump": "-h --host",
    "mongodump": "-h --host",
}
# Package managers -> where they fetch from when nothing else is said, and the subcommands that fetch.
_REGISTRIES = {
    "pip": "pypi.org",
    "pip3": "pypi.org",
    "pipx": "pypi.org",
    "uv": "pypi.org",
    "uvx": "pypi.org",
    "poetry": "pypi.org",
    "npm": "registry.npmjs.org",
    "npx": "registry.npmjs.org",
    "pnpm": "registry.npmjs.org",
    "yarn": "registry.yarnpkg.com",
    "bun": "registry.npmjs.org",
    "bunx": "registry.npmjs.org",
    "cargo": "index.crates.io",
    "gem": "rubygems.org",
    "go": "proxy.golang.org",
    "docker": "registry-1.docker.io",
    "podman": "registry-1.docker.io",
    "composer": "repo.packagist.org",
}
_FETCHING = frozenset(
    """install i add ci update upgrade download get publish push pull fetch clone create exec dlx run-script mod sync lock
login search view info""".split()
) - {"run-script"}
_ALWAYS_FETCH = frozenset("npx uvx bunx".split())
_INTERPRETERS = "python python3 python2 pypy ipython node nodejs deno bun perl ruby php lua tclsh groovy Rscript julia elixir"
_URL_PROGRAMS = " ".join((*_FETCHERS, *_REMOTE, *_BY_OPTION, "git", "svn", "hg", *_REGISTRIES))
_EVERY = " ".join(dict.fromkeys(f"{_URL_PROGRAMS} {_INTERPRETERS}".split()))
_WEB = ("http", "https")
_SOCKETS = frozenset("TCP TCP4 TCP6 UDP UDP4 UDP6 OPENSSL SSL SOCKS4 SOCKS4A PROXY".split())  # of socat's addresses, those that reach out


def reached(command: "Command") -> "Iterator[tuple[str, Host | None]]":
    """(as written, Host) of everything a command names to reach; Host is None where only the run will tell."""
    program = command.program
    seen = False
    if program in _FETCHERS or program in _REMOTE:
        operands = command.operands(_FETCHERS.get(program) or _REMOTE.get(program, ""))
        if program in ("http", "https", "xh", "xhs"):  # [METHOD] URL [ITEM ...]
            operands = [a for a in operands if not (a.value or "x").isupper()][:1]
        elif program in ("nc", "ncat", "netcat", "telnet", "ssh", "mosh", "ftp", "autossh") and operands:
            operands = [] if program in ("nc", "ncat", "netcat") and command.has_flag("l", "--listen") else operands[:1]
        proxy = command.flag_value("-x", "--proxy") if program == "curl" else None
        for arg in [*operands, *filter(None, [command.flag_value("--url"), proxy])]:
            text = arg.value if arg.value is not None else arg.prefix
            if program in ("scp", "rsync", "sftp") and "://" not in text and ":" not in text and program != "sftp":
                continue  # a file of this machine
            if program == "socat":
                kind, _, text = text.partition(":")
                if kind.partition("-")[0].upper() not in _SOCKETS:
                    continue
                text = text.partition(",")[0]
            whole = arg.value is not None or _host_is_known(text)
            seen = True
            yield arg.shown, host_of(text) if whole and text else None
        if program == "curl":
            for given in (command.flag_value("--resolve"), command.flag_value("--connect-to")):
                if given is not None and given.value:
                    yield given.shown, host_of(_third(given.value))
    if seen:
        return
    if program in _BY_OPTION:
        named = command.flag_value(*_BY_OPTION[program].split())
        if named is not None and not named.prefix.startswith("/"):
            yield named.shown, host_of(named.value) if named.value else None
    if program in ("docker", "podman") and command.words[:1] in (["pull"], ["push"]):
        for image in command.sub().operands("--platform"):
            registry = (image.value or "").partition("/")[0] if "/" in (image.value or "") else ""
            if "." in registry or ":" in registry or registry == "localhost":
                yield image.shown, host_of(f"https://{registry}/")
    for arg in command.args:
        text = arg.value if arg.value is not None else arg.prefix
        if "://" in text and (arg.value is not None or _host_is_known(text)):
            yield arg.shown, host_of(text[text.index("=") + 1 :] if text.startswith("-") and "=" in text.partition("://")[0] else text)
        elif program == "git" and ":" in text.partition("@")[2] and "/" in text and text[:1] != "-" and " " not in text:
            yield arg.shown, host_of(text)


def _host_is_known(text: str) -> bool:
    rest = text.partition("://")[2] or text
    return any(c in rest for c in "/?#")


def _third(text: str) -> str:
    """The address in HOST:PORT:ADDRESS[:PORT] (curl's --resolve and --connect-to)."""
    rest = text.partition(":")[2].partition(":")[2]
    return rest if rest.startswith("[") else rest.partition(":")[0]


def in_code(command: "Command") -> "Iterator[tuple[str, Host]]":
    """(as written, Host) of the URLs in the program text that a command runs."""
    for code in command.code:
        if code.text is not None and code.origin != "file" and code.language != "sh":
            for url in urls_in(code.text.when_empty):
                host = host_of(url)
                if host:
                    yield url, host


def _metadata(command: "Command", line: "Line") -> "str | None":
    for shown, host in reached(command):
        if host and host.kinds & {"metadata", "link-local"} and (host.address or "." in host.name or ":" in host.name or host.scheme):
            return f"`{command.program} {_short(shown)}` reaches {_place(host)}"
    for _, host in in_code(command):
        if host.kinds & {"metadata", "link-local"}:
            return f"the program given to `{command.program}` reaches {_place(host)}"
    for code in command.code:
        if code.text is not None and code.origin != "file" and code.language in ("python", "node", "ruby", "perl", "php"):
            known = metadata_in(code.text.when_empty)
            if known and any(word in code.text.when_empty for word in ("http", "HTTP", "socket", "connect", "fetch", "request", "net.")):
                return f"the program given to `{command.program}` reaches {known}, the cloud's metadata service"
    return None


def _place(host: "Host") -> str:
    where = host.address or host.name
    return f"{where}, the cloud's metadata service" if "metadata" in host.kinds else f"{where}, an address of this link alone"


def _disguised(command: "Command", line: "Line") -> "str | None":
    for shown, host in [*reached(command), *in_code(command)]:
        if host and "disguised" in host.kinds and host.kinds & {"private", "loopback"} and host.name != "0":
            return f"`{_short(shown)}` is {host.address} in a notation that hides it"
    return None


def _inside(command: "Command", line: "Line") -> "str | None":
    for arg in command.args[:1]:
        text = arg.value or arg.prefix
        scheme = text.partition(":")[0].lower() if ":" in text else ""
        host = host_of(text)
        if scheme and "://" in text and scheme not in _WEB or scheme in ("file", "data", "javascript"):
            return f"`{_short(text)}` is no web address"
        if host and host.kinds & {"private", "loopback"}:
            return f"`{_short(text)}` lies in the inside network ({host.address or host.name})"
    return None


def _unlisted(command: "Command", line: "Line") -> "str | None":
    allowed = line.world.hosts
    if not allowed:
        return None
    named = False
    for shown, host in reached(command):
        named = True
        if host is None and command.program in _FETCHERS:
            return f"only the run will tell which host `{command.program} {_short(shown)}` reaches, and there is a list of permitted ones"
        if host and host.scheme != "file" and "loopback" not in host.kinds and not permitted(host, allowed):
            return f"`{command.program}` reaches {host.name}, which is not on the list of permitted hosts"
    for _, host in in_code(command):
        if host.scheme != "file" and "loopback" not in host.kinds and not permitted(host, allowed):
            return f"the program given to `{command.program}` names {host.name}, which is not on the list of permitted hosts"
    program, words = command.program, command.words
    if program.startswith("python") and words[:2] == ["-m", "pip"]:
        program, words = "pip", words[2:]
    registry = _REGISTRIES.get(program)
    if registry and not named and (program in _ALWAYS_FETCH or any(word in _FETCHING for word in words[:2])):
        host = host_of(f"https://{registry}/")
        if host and not permitted(host, allowed):
            return f"`{command.program}` fetches from {registry}, which is not on the list of permitted hosts"
    return None


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


PACK = Pack(
    "egress",
    Pattern(
        code="EGR001",
        title="cloud metadata service",
        programs=_EVERY,
        severity="danger",
        test=_metadata,
        why="That address hands the machine's cloud credentials to whoever asks.",
        instead="Ask the person for the value you need, or read the region from `printenv AWS_REGION`.",
        blocks=(
            "curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/",
            "wget -qO- http://2852039166/",
            "curl -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/",
            "curl http://0xa9.0xfe.0xa9.0xfe/",
            "curl 'http://[::ffff:a9fe:a9fe]/'",
            "curl http://example.com@169.254.169.254/",
            "curl http://169-254-169-254.nip.io/",
            "WebFetch http://100.100.100.200/latest/meta-data/",
            "python3 -c \"import requests; print(requests.get('http://169.254.169.254/latest/').text)\"",
            "curl --resolve a.example.invalid:80:169.254.169.254 http://a.example.invalid/",
            "nc 169.254.169.254 80",
        ),
        allows=(
            "curl -s https://api.example.com/v1/169.254.169.254",
            "grep -rn 169.254.169.254 docs",
            "echo http://169.254.169.254/",
            "curl -d 'note=169.254.169.254' https://api.example.com/notes",
            "curl http://192.168.1.10/",
            "printenv AWS_REGION",
        ),
    ),
    Pattern(
        code="EGR002",
        title="address in disguise",
        programs=_EVERY,
        severity="danger",
        test=_disguised,
        why="Nobody writes an inside address as one number, in octal or in hexadecimal but to get it past a check.",
        instead="Write the address in the usual form, such as `curl http://192.168.1.10/`.",
        blocks=("curl http://3232235786/", "curl http://0300.0250.1.10/", "wget http://0x7f000001/", "WebFetch http://[::ffff:10.0.0.1]/"),
        allows=(
            "curl http://192.168.1.10/",
            "curl http://127.0.0.1:8080/",
            "curl http://localhost:3000",
            "nc -z localhost 5432",
            "curl http://0:8000/",
        ),
    ),
    Pattern(
        code="EGR003",
        title="fetch from the inside network",
        programs="WebFetch",
        severity="danger",
        test=_inside,
        why="A page that an agent is sent to read can send it on to machines that only this network may reach.",
        instead="Fetch public http and https addresses only; for a server of your own use `curl http://localhost:3000`.",
        blocks=(
            "WebFetch http://192.168.1.1/admin",
            "WebFetch http://localhost:9200/_search",
            "WebFetch file:///etc/passwd",
            "WebFetch gopher://127.0.0.1:6379/_INFO",
        ),
        allows=("WebFetch https://docs.example.com/guide", "WebFetch http://example.com/10.0.0.1", "curl http://localhost:3000"),
    ),
    Pattern(
        code="EGR004",
        title="host that is not permitted",
        programs=_EVERY,
        severity="danger",
        test=_unlisted,
        why="The person has listed the hosts that may be reached, in `egress.allow`.",
        instead="Use a permitted host, or say which one you need and why, and stop.",
        blocks=(),
        allows=("curl https://api.example.com/", "pip install requests"),
    ),
)
