"""Which rules are worth asking about a Line, and what they find. A rule is loaded only when a trait of the Line triggers it.

The traits are listed in catalogue.
"""

from holdfast.guard.ordinary import is_ordinary, is_plain_target
from holdfast.guard.triggers import INDEX, NAMES, SECRET_STARTS, SECRETS, TRUSTED, TRUSTED_STARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.guard.line import Arg, Command, Line, World
    from holdfast.guard.rule import Finding

_SETTABLE = frozenset("git npm pnpm yarn pip pip3 code cursor".split())
_SETTINGS = ("config", " -c", "\n-c", "--template", "\npkg", "set-script", "\nset\n", "--add-mcp")
_LONG_NAMES = ("login data", "web data", "begin rsa", "begin openssh", "application support")
# Of what these open, it is asked where a link leads.
OPENERS = frozenset("cat head tail less more cp mv tee sed base64 xxd strings grep nl tac scp rsync tar zip vim vi nano ln install".split())
# A text without any of these names neither Holdfast nor the client that it watches over, nor their settings.
_OURS = ("claude", "holdfast", "disableallhooks", "--uninstall", "pre_tool_use", "post_tool_use", "config_change.py", "session_start.py",
         "session_end.py", "hooks/launch", "settings.", "--bare", "--safe-mode", "exceptions.json", "trusted.json", "audit.jsonl")
# A text without any of these, and without a number for a host, holds no address that `hosts` knows as the cloud's, the link's or disguised.
_ADDRESSES = ("169.254", "metadata", "instance-data", "100.100.100.200", "168.63.", "192.0.0.192", "2852039166", "fd00:", "fd20:", "fe80",
              "0x", "::", "ffff:", "a9fe", ".nip.", "sslip", "xip.", "traefik.me", "rbndr", "1u.ms", "ip6.name", "backname", "lvh.me",
              "localtest.me", "vcap.me", "lacolhost", "yoogle", ".localhost")
_SHORT = 5_000
_PRINTERS = frozenset("echo printf print cat logger wall figlet cowsay say printenv tee base64 xxd".split())
_LISTERS = frozenset("env printenv set export declare history".split())
_SEARCHERS = frozenset("grep egrep rg ag fgrep awk sed".split())
_SECRET_NAMES = ("SECRET", "TOKEN", "PASS", "KEY", "CRED", "PWD", "PAT", "DSN", "BEARER", "_URL", "CONNECTION")

# The programs that `effects` knows to write files; a test holds the two together.
WRITERS = frozenset("""cp mv ln install rsync scp link ditto gcp gmv ginstall tee touch truncate sponge mkfifo gtee vim vi nano ed ex emacs
pico curl wget sort gcc cc clang go openssl gpg ssh-keygen find patch age tcpdump strace pandoc tar sed gsed perl ruby yq awk dd""".split())


def findings(line: "Line") -> "Iterator[Finding]":
    """What every rule worth asking finds in a Line, in catalogue order, each Finding with its rule."""
    for name in worth_asking(line):
        module = _load(name)
        if hasattr(module, "PACK"):
            yield from module.PACK.findings(line)
            continue
        rule = module.RULE
        for found in rule.check(line):
            finding = _finding(found) if isinstance(found, str) else found
            finding.rule = rule
            yield finding


def worth_asking(line: "Line") -> "list[str]":
    """The names of the modules that one of a Line's traits triggers, in catalogue order."""
    return [NAMES[number] for number in sorted(_triggered(traits(line)))]


def _triggered(present: "set[str]") -> "set[int]":
    found: "set[int]" = set()
    for trait in present:
        words = INDEX.get(trait[:1], "")
        at = words.find(f"\n{trait} ")
        if at >= 0:
            found.update(map(int, words[at + len(trait) + 2:words.index("\n", at + 1)].split()))
    return found


def _load(name: str) -> "Any":
    return __import__(f"holdfast.guard.{name}", fromlist=("RULE",))


def _finding(what: str) -> "Finding":
    from holdfast.guard.rule import Finding
    return Finding(what)


# What an encoded text, or the program that decodes one, has in it.
_ENCODED = ("b64", "ase64", "ecode", "pack(", "pack ", "pack1(", "hexlify", "romhex", "hex2bin", "'hex'", '"hex"', "%c", "chr(", "CharCode",
            "atob(", "rot13", "[::-1]", "everse")


def traits(line: "Line") -> "set[str]":
    """Line -> set of the program names and traits that occur in it."""
    present = {":always"}
    if not line.text.isprintable() and not line.text.replace("\n", "").replace("\t", "").isprintable():
        present.add(":text")
    if "bin" in line.text and "sh" in line.text:
        present.add(":shell")
    if any([mark in line.text for mark in ("/dev/tcp/", "/dev/udp/", "ocket", "child_process", "mkfifo", "gen_tcp", "<?php", "<%")]):
        present.add(":socket")
    if any([mark in line.text for mark in _ENCODED]) or "\\" in line.text and ("printf" in line.text or "echo" in line.text):
        present.add(":encoded")
    if any([mark in line.text for mark in (".so", ".dylib", ".dll", ".lua", ".nse")]):
        present.add(":library")
    if "--checkpoint-action" in line.text or "release_agent" in line.text:
        present.add(":option")
    if any([mark in line.text for mark in ("http.server", "httpd", "SimpleHTTP", "php -S", "http-server", "serve ")]):
        present.add(":serves")
    present.update(_spelling(line))
    for assigned in line.assigned:
        present.add(assigned.name + "=")
    said, world = [""], line.world
    written: "list[tuple[Arg, Command]]" = []
    for command in line.commands:
        if not command.program and command.argv:
            present.add(":unknown")
        for code in command.code:
            if code.origin == "file" and code.text is not None:
                present.add(code.text.shown.rpartition("/")[2].lower())
        for name in command.env:
            present.add(name + "=")
        if command.via and any([
                (" -" in step or "::" in step) and not step.endswith(" -c") and step[:5] != "find " for step in command.via]):
            present.add(":option")
        for arg in command.argv:
            for piece in arg.pieces:
                if piece.__class__ is str:
                    said.append(piece)
                elif not isinstance(piece, str) and command.program in _PRINTERS and _is_telling(piece.name):
                    present.add(":reveals")
            if arg.glob and _may_hide(arg.when_empty):
                present.update((":secret", ":trusted"))
        if command.program in OPENERS:
            said += [_led_to(arg, command, world) for arg in command.argv[1:9]]
        for redirect in command.redirects:
            said.append(redirect.target.when_empty)
            if redirect.op[:1] in "<>&" and redirect.op[:2] != "<<":
                said.append(_led_to(redirect.target, command, world))
            if redirect.writes:
                written.append((redirect.target, command))
            elif command.code and redirect.op in ("<", "<<<"):
                present.add(":fed")
            elif redirect.reads and ":taken" not in present and (_is_taken(redirect.target) or said[-1] and _is_marked(said[-1])):
                present.add(":taken")
            if redirect.op == "<<<" and any(_is_telling(unknown.name) for unknown in redirect.target.unknowns):
                present.add(":reveals")
            if redirect.target.prefix.startswith(("/dev/tcp/", "/dev/udp/")):
                present.add(":socket")
        if command.stdin is not None:
            said.append(command.stdin.when_empty)
        if command.cwd and command.cwd != world.cwd:
            said.append(command.cwd + "/")
    words = set(line.text.split())
    short = len(line.text) < _SHORT  # for each word of a long text, searching it would take too long
    text = "\n".join([line.text, *[one for one in dict.fromkeys(said) if one not in words and not (short and one in line.text)]]).lower()
    threes = {word[at:at + 3] for word in set(text.split()) for at in range(len(word) - 2)}
    hit = threes & SECRET_STARTS
    if hit and any([mark in text for mark in SECRETS.split() if mark[:3] in hit]) or any([name in text for name in _LONG_NAMES]):
        present.add(":secret")
    hit = threes & TRUSTED_STARTS
    if hit and any([mark in text for mark in TRUSTED.split() if mark[:3] in hit]):
        present.add(":trusted")
    if any([mark in text for mark in _OURS]) or any([own.lower() in text or own == world.cwd or world.cwd.startswith(own + "/") or (
            bool(world.project) and own.startswith(world.project + "/")) for own in world.protected]) or "/.claude" in world.cwd:
        present.add(":itself")
    if world.hosts:
        present.add(":hosts")
    if any([mark in text for mark in _ADDRESSES]) or not text.isascii() or "//" in text and _odd_url(text):
        present.add(":address")
    plain = ":secret" not in present and ":trusted" not in present
    for target, command in written:
        if not plain or not is_plain_target(target, command.cwd, world):
            present.add(":write")
            if ":away" not in present and _leads_away(target, command, world):
                present.add(":away")
    for command in line.commands:
        program = command.program
        if not program or plain and is_ordinary(command, line):
            continue
        present.add(program)
        if program in WRITERS:
            present.add(":write")
        if program in ("curl", "wget", "wget2") and any([_odd_host(arg.prefix) for arg in command.args]):
            present.add(":address")
    if not _SETTABLE.isdisjoint(present) and any([mark in word for word in ["\n".join(["", *said]).lower()] for mark in _SETTINGS]):
        present.add(":setting")
    if not _SEARCHERS.isdisjoint([command.program for command in line.commands]) and any([_lists(command) for command in line.commands]):
        present.add(":reveals")
    return present


def _lists(command: "Command") -> bool:
    """Whether it may print all variables."""
    program = command.program
    if program == "env":
        return all([arg.prefix[:1] == "-" or "=" in arg.prefix for arg in command.args])
    return program in _LISTERS and (len(command.argv) == 1 or program in ("printenv", "history") or command.has_flag("p"))


def _odd_url(text: str) -> bool:
    """Whether the host of a URL begins like a number, or is escaped."""
    for part in text.split("//")[1:]:
        for end in "/?# \n\"'":
            part = part.partition(end)[0]
        if "%" in part or _odd_host(part.rpartition("@")[2]):
            return True
    return False


def _odd_host(text: str) -> bool:
    """Whether a host without scheme begins like a number, and is not this machine's usual address."""
    return text[:1].isdigit() and not text.startswith(("127.0.0.1", "0.0.0.0"))


def _may_hide(pattern: str) -> bool:
    """Whether a glob could stand for a hidden file or one in /etc."""
    return pattern[:1] == "." or "/." in pattern or pattern.startswith(("/etc/", "/root/", "/proc/", "/*", "/?", "/home/", "/[", "~"))


def _is_taken(target: "Arg") -> bool:
    """Whether a file that is read through a redirection may be a secret or a device."""
    text = target.when_empty.lower()
    return text.startswith("/dev/") or _is_marked(text) or target.glob


def _is_telling(name: str) -> bool:
    """Whether a variable's name may be that of a secret."""
    upper = name.upper()
    return any(word in upper for word in _SECRET_NAMES)


def _is_marked(path: str) -> bool:
    """Whether a path may be a secret."""
    low = path.lower()
    hit = {low[at:at + 3] for at in range(len(low) - 2)} & SECRET_STARTS
    return bool(hit) and any([mark in low for mark in SECRETS.split() if mark[:3] in hit])


def _led_to(arg: "Arg", command: "Command", world: "World") -> str:
    """Where a symbolic link leads that an argument names; "" when it names none."""
    text = arg.value
    if not text or text[:1] == "-" or arg.glob or len(text) > 300 or "\n" in text:
        return ""
    path = text if text[:1] == "/" else f"{command.cwd}/{text}" if command.cwd else ""
    real = world.realpath(path) if path else ""
    return "" if real == path else real


def _leads_away(target: "Arg", command: "Command", world: "World") -> bool:
    """Whether a redirection may write elsewhere than into the project, a temporary folder or nowhere."""
    text = target.value
    if text is None:
        return target.prefix[:1] in ("/", "~") and not target.prefix.startswith(("/tmp/", "/dev/shm/"))
    if text in ("/dev/null", "/dev/stderr", "/dev/stdout"):
        return False
    if text.endswith((".db", ".sqlite", ".sqlite3")):
        return True  # the one file of the project that nothing brings back
    if text[:1] != "/":
        if not command.cwd:
            return ".." in text
        text = f"{command.cwd}/{text}"
    real = world.realpath(text)
    if world.home and real.startswith(world.home + "/") and not real.startswith(world.project + "/"):
        return True  # also where a home lies in a temporary folder
    return "/.git/" in real or "/../" in real or not any(real.startswith(root.rstrip("/") + "/") for root in world.roots)


_ZSH = ("zsh", "${(", "(+", "always {", "emulate", "functions[", "aliases[", "commands[", "precmd", "preexec", "chpwd",
        "command_not_found_handler")


def _spelling(line: "Line") -> "Iterator[str]":
    """Traits of how the text is written: each says that one of the rules about obfuscation may find something."""
    text = line.text
    if not text.isascii():
        yield ":nonascii"
    if "#" in text and "\n" in text and _ends_like_comment(text) or "    " * 25 in text or "\n" * 25 in text or "\t" * 25 in text:
        yield ":padded"
    if "#" in text and _speaks_in_comment(text) or "<<" in text and _odd_end(line) or "\\'" in text or "\\\n" in text:
        yield ":desync"
    if "\\" in text and ("$'" in text or "print" in text or "echo" in text) or '$"' in text:
        yield ":escaped"
    if "IFS" in text:
        yield ":ifs"
    if "{" in text and any(["," in part or ".." in part for part in text.split("{")[1:] for part in [part.partition("}")[0]]]):
        yield ":braces"
    if line.functions or "coproc" in text:
        yield ":functions"
    shown = text.replace("/dev/null", "")
    special = any([mark in shown for mark in ("/dev/", "/proc", "/sys/", "/var/")]) or "mv " in text and "/dev/null" in text
    if special or any(["fd/" in c.argv[0].when_empty for c in line.commands if c.argv and (not c.program or c.program.isdigit())]):
        yield ":special"
    if text[:1] == "=" or any([mark in text for mark in _ZSH]) or "(e" in text and _qualified(text) or " =" in text and any([
            part[:1].isalnum() or part[:1] in tuple("(/\"'$_") for part in text.split(" =")[1:]]):
        yield ":zsh"
    if any([_is_made_up(arg, arg is command.argv[0]) for command in line.commands for arg in command.argv
            if arg.word is not None and (len(arg.word.parts) > 1 or arg.glob or "${" in arg.source)]):
        yield ":quoting"


def _inner_quote(text: str) -> bool:
    """Whether a quote stands between letters."""
    for quote in "'\"":
        at = text.find(quote, 1)
        while at > 0:
            if text[at - 1].isalnum() and text[at + 1:at + 2].isalnum() or text[at - 1] in "-/" and text[at + 1:at + 2].isalnum():
                return True
            at = text.find(quote, at + 1)
    return False


def _qualified(text: str) -> bool:
    """Whether `(e` stands behind what may be a pattern."""
    return any([part[-1:] not in ("", " ", "$", "\n", "\t", ";", "&", "|", "(", "<", ">", "`", "=") for part in text.split("(e")[:-1]])


def _is_made_up(arg: "Arg", first: bool) -> bool:
    """Whether quotes, backslashes, expansions or a pattern may hide what a word says."""
    source = arg.source
    if arg.glob and arg.when_empty[:1] == "/":
        return True
    if "${" in source and not all([part.partition("}")[0].replace("_", "a").isalnum() for part in source.split("${")[1:]]):
        return True
    if arg.word is not None and len(arg.word.parts) < 2:
        return False
    return "\\" in source or "''" in source or '""' in source or _inner_quote(source) or ("$" in source or "`" in source) and (
        first or _expands_inside(source))


def _expands_inside(source: str) -> bool:
    """Whether an expansion stands behind a letter."""
    for mark in "$`":
        at = source.find(mark)
        while at >= 0:
            before = at - 1
            while before > 0 and source[before] in "\"'":
                before -= 1
            if before >= 0 and (source[before].isalnum() or source[before] == "_"):
                return True
            at = source.find(mark, at + 1)
    return False


def _speaks_in_comment(text: str) -> bool:
    """Whether a # stands behind a quote, or a quote or a continuation behind a #."""
    for line in text.split("\n"):
        at = line.find("#")
        if at >= 0 and ("'" in line[at:] or '"' in line[at:] or line[-1] == "\\" or at and line[at - 1] in "\"'"):
            return True
    return False


def _ends_like_comment(text: str) -> bool:
    """Whether a line that begins with a # has a quote in it."""
    return any([line.lstrip()[:1] == "#" and ("'" in line or '"' in line) for line in text.split("\n")])


def _odd_end(line: "Line") -> bool:
    """Whether the end of a heredoc is more than a name."""
    return any([redirect.op in ("<<", "<<-") and not redirect.target.source.strip("'\"").replace("_", "a").isalnum()
                for command in line.commands for redirect in command.redirects])
