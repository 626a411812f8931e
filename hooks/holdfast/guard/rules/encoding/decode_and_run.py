"""Encoded text that is decoded straight into an interpreter is a program that nobody has read."""

from holdfast.guard.flow import code_sources, upstream
from holdfast.guard.paths import resolve
from holdfast.guard.rule import Finding, Rule
from holdfast.guard.runs import run_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line, World

_UNPACKERS = frozenset(
    "gunzip zcat gzcat bunzip2 bzcat unxz xzcat lzcat unzstd zstdcat uncompress lz4cat unlzma uudecode rev tr rot13 "
    "caesar ascii85 b64decode ccat "
    "funzip bsdcat".split()
)
_PACKERS = frozenset("gzip bzip2 xz zstd lz4 lzma lzop compress pigz pbzip2 pixz brotli ccrypt qprint".split())
_CODERS = frozenset("base64 gbase64 base32 base16 basenc base58 base45 base62 base91 base85 base122".split())
_ARCHIVERS = frozenset("unzip 7z 7za 7zz bsdtar tar gtar unrar".split())
# Other programs, and the words of which one says that they decode.
_WITH_WORD = {
    "xxd": ("-r", "-revert"),
    "gpg": ("-d", "--decrypt", "--dearmor"),
    "gpg2": ("-d", "--decrypt"),
    "age": ("-d", "--decrypt"),
    "rage": ("-d", "--decrypt"),
    "mimencode": ("-u",),
    "mmencode": ("-u",),
    "zlib-flate": ("-uncompress",),
    "steghide": ("extract",),
    "sops": ("-d", "--decrypt", "decrypt"),
    "ansible-vault": ("view", "decrypt"),
    "recode": (),
    "iconv": ("UTF-7", "utf-7", "utf7", "UTF7"),
}
# What a program of another language calls to decode what it prints.
_CALLS = tuple(
    """b64decode b32decode b85decode a85decode base64_decode decode64 decode_base64 unhexlify fromhex from_hex hex2bin atob(
'base64') "base64") 'hex') "hex") unpack( unpack1( pack( .pack %c chr( fromCharCode @base64d rot13 rot_13 decompress
inflate uudecode [::-1] strrev .reverse""".split()
)
_GENERATORS = frozenset("python python3 python2 perl ruby node nodejs deno bun php lua awk gawk mawk nawk jq tclsh Rscript julia".split())


def check(line: "Line") -> "Iterator[Finding]":
    decoded: "set[str]" = set()
    for command in line.commands:
        sources = code_sources(command)
        if command.program == "eval":
            sources = [*sources, *upstream(command)]
        runner = command.program or "the shell"
        source = next((s for s in sources if decodes(s)), None)
        if source is not None:
            yield Finding(f"`{source.program}` decodes text that `{runner}` then runs", start=command.start, end=command.end)
        elif _spelled(command):
            yield Finding(f"the name of the program is decoded: `{runner}`", start=command.start, end=command.end)
        else:
            path = next((p for p in run_files(command, line.world) if p in decoded), None)
            if path is not None:
                yield Finding(f"`{runner}` runs {path}, which was decoded just before", start=command.start, end=command.end)
        decoded.update(_saved(command, line.world))


def decodes(command: "Command") -> bool:
    """True when what the program prints is another text than a reader of the command can see."""
    program, words = command.program, command.words
    if program in _CODERS:
        return command.has_flag("d", "D", "--decode", "di")
    if program in _UNPACKERS:
        return program != "tr" or not command.has_flag("d", "s", "--delete", "--squeeze-repeats")
    if program in _PACKERS:
        return command.has_flag("d", "--decompress", "--uncompress", "--decrypt")
    if program == "openssl":
        return any(w in ("-d", "-decrypt") for w in words) and words[:1] != ["x509"]
    if program in _ARCHIVERS:
        old = program in ("tar", "gtar") and bool(words) and (words[0] or "-")[0] != "-" and "O" in (words[0] or "")
        return old or command.has_flag("p", "O", "--to-stdout", "-so", "--to-command") or program == "unrar" and "p" in words
    if program in _WITH_WORD:
        wanted = _WITH_WORD[program]
        return not wanted or any(w in wanted for w in words) or any(len(w) == 2 and command.has_flag(w[1:]) for w in wanted)
    if program in ("printf", "echo"):
        return any(_escaped(w or "") for w in words) and (program == "printf" or command.has_flag("e"))
    if program in _GENERATORS:
        if words[:2] == ["-m", "base64"]:
            return "-d" in words
        texts = [code.text.shown for code in command.code if code.text is not None and code.origin != "file"] or (
            [w for w in words if w] if program == "jq" else []
        )
        return any(call in text for text in texts for call in _CALLS)
    return False


def _escaped(text: str) -> bool:
    """True when letters or digits are written as escapes of bytes: \\x6c, \\154."""
    at = text.find("\\")
    while at >= 0:
        kind, digits, base = text[at + 1 : at + 2], text[at + 2 : at + 4], 16
        if kind and kind in "01234567":
            digits, base = text[at + 1 : at + 5].lstrip("0")[:3], 8
        if kind and kind in "01234567xuU":
            digits = digits if kind not in "uU" else text[at + 4 : at + 6]
            digits = "".join(c for c in digits if c in "0123456789abcdefABCDEF"[: 8 if base == 8 else 22])
            if digits and chr(int(digits, base)).isalnum() and int(digits, base) < 128:
                return True
        at = text.find("\\", at + 2)
    return False


def _spelled(command: "Command") -> bool:
    """True when the command word is what printf or echo makes of escapes: $(printf '\\154\\163')."""
    source = command.argv[0].source if command.argv else ""
    return ("$(" in source or "`" in source) and ("printf" in source or "echo" in source) and _escaped(source)


def _saved(command: "Command", world: "World") -> "list[str]":
    """Absolute paths that decoded text is saved to."""
    if not (decodes(command) or command.program in ("tee", "sponge", "cat", "dd") and any(decodes(s) for s in command.feeds)):
        return []
    if command.program in ("gunzip", "tr", "rev") and not any(r.writes for r in command.redirects):
        return []
    args = [r.target for r in command.redirects if r.writes and r.fd in (1, -1)]
    if command.program in ("tee", "sponge"):
        args += command.operands()
    named = command.flag_value("-o", "-out", "--output", "--outfile")
    if named is not None and command.program not in _ARCHIVERS:
        args.append(named)
    if command.program == "xxd" and len(command.operands("-s -l -c -g -o")) > 1:
        args.append(command.operands("-s -l -c -g -o")[1])
    if command.program in ("tr", "zcat", "gzcat", "bzcat", "xzcat", "rev", "printf", "echo"):
        return []  # unpacking a file, or changing its line ends, to run it later is ordinary
    return [path for path in (resolve(arg, command, world) for arg in args) if path and path != "/dev/null"]


RULE = Rule(
    code="ENC001",
    title="decode and run",
    category="encoding",
    why="Decoded text goes straight into an interpreter, so nobody has read what runs.",
    instead="Decode into a file, for example `base64 -d payload.txt > script.sh`, read it, and only then run it.",
    severity="danger",
    blocks=(
        "echo cm0gLXJmIH4= | base64 -d | sh",
        'bash -c "$(base64 -d <<< cm0gLXJmIH4=)"',
        'eval "$(echo 6c73 | xxd -r -p)"',
        "source <(gunzip -c setup.sh.gz)",
        'python3 -c "$(openssl enc -d -aes-256-cbc -in x.enc)"',
        "base64 --decode p.txt | sudo bash",
        "echo 'fr- zne' | tr 'a-z' 'n-za-m' | sh",
        "echo hs.x | rev | xargs -I{} bash -c {}",
        "cat x | base64 -di | tee y | python3 -",
        "$(echo bHM= | base64 -d)",
        'sh <<< "$(base32 -d f)"',
        "zcat a.gz | perl",
        "gzip -dc install.sh.gz | bash -s -- --yes",
        "true; (echo bHM= | base64 --dec) | bash",
        "printf '\\154\\163' | sh",
        "$(printf '\\x6c\\x73')",
        "echo bHM= | base64 -d > y; bash y",
        "python3 -c \"exec(__import__('base64').b64decode('cHJpbnQoMSk='))\"",
        "node -e \"eval(atob('MQ=='))\"",
        "awk 'BEGIN{printf \"%c%c\",108,115}' | sh",
    ),
    allows=(
        "base64 -d secret.b64 > out.bin",
        "echo aGVsbG8= | base64 -d",
        "gunzip -c dump.sql.gz | psql mydb",
        "echo 'base64 -d | sh'",
        "tr -d '\\r' < script.sh > fixed.sh",
        "python3 -c \"import base64; print(base64.b64decode('aGk='))\"",
        "cat a.txt | base64 | sh -c 'cat > b'",
        "base64 -d data.b64 | python3 -m json.tool",
        "zcat log.gz | awk '{print $1}'",
        "echo hello | rev",
        'x=$(base64 -d v.b64); echo "$x"',
        "kubectl get secret s -o jsonpath='{.data.p}' | base64 -d",
        "grep -r 'base64 -d | sh' docs/",
        "printf 'ls\\n' | sh",
        "printf '\\x41\\n'",
        "python3 -c \"import base64; print(base64.b64decode('aGk='))\" | jq .",
    ),
    check=check,
)
