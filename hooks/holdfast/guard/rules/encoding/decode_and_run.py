"""Encoded text that is decoded straight into an interpreter is a program that nobody has read."""

from holdfast.guard.flow import code_sources
from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Command, Line

_UNPACKERS = frozenset(("gunzip", "zcat", "bunzip2", "bzcat", "unxz", "xzcat", "lzcat", "unzstd", "zstdcat", "uncompress", "lz4cat",
                        "uudecode", "rev", "tr", "rot13", "caesar"))
_PACKERS = frozenset(("gzip", "bzip2", "xz", "zstd", "lz4", "lzma", "compress", "pigz"))
_CODERS = frozenset(("base64", "gbase64", "base32", "base16", "basenc", "base58"))


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for source in code_sources(command):
            if decodes(source):
                runner = command.program or "the shell"
                yield Finding(f"`{source.program}` decodes text that `{runner}` then runs", start=command.start, end=command.end)
                break


def decodes(command: "Command") -> bool:
    """True when what the program prints is another text than a reader of the command can see."""
    program = command.program
    if program in _CODERS:
        return command.has_flag("d", "D", "--decode")
    if program in _UNPACKERS:
        return True
    if program in _PACKERS:
        return command.has_flag("d", "--decompress", "--uncompress")
    if program == "xxd":
        return command.has_flag("r", "-revert")
    if program == "openssl":
        return "-d" in command.words and any(w in ("enc", "base64", "zlib") or (w or "").startswith("aes") for w in command.words)
    if program in ("gpg", "gpg2", "age"):
        return command.has_flag("d", "--decrypt")
    if program in ("unzip", "7z", "7za", "bsdtar", "tar"):
        return command.has_flag("p", "O", "--to-stdout", "-so")
    return False


RULE = Rule(
    code="ENC001",
    title="decode and run",
    category="encoding",
    why="Decoded text goes straight into an interpreter, so nobody has read what runs.",
    instead="Decode into a file, for example `base64 -d payload.txt > script.sh`, read it, and only then run it.",
    severity="danger",
    blocks=("echo cm0gLXJmIH4= | base64 -d | sh", "bash -c \"$(base64 -d <<< cm0gLXJmIH4=)\"", "eval \"$(echo 6c73 | xxd -r -p)\"",
            "source <(gunzip -c setup.sh.gz)", "python3 -c \"$(openssl enc -d -aes-256-cbc -in x.enc)\"",
            "base64 --decode p.txt | sudo bash",
            "echo 'fr- zne' | tr 'a-z' 'n-za-m' | sh", "echo hs.x | rev | xargs -I{} bash -c {}", "cat x | base64 -di | tee y | python3 -",
            "$(echo bHM= | base64 -d)", "sh <<< \"$(base32 -d f)\"", "zcat a.gz | perl", "gzip -dc install.sh.gz | bash -s -- --yes",
            "true; (echo bHM= | base64 --dec) | bash"),
    allows=("base64 -d secret.b64 > out.bin", "echo aGVsbG8= | base64 -d", "gunzip -c dump.sql.gz | psql mydb", "echo 'base64 -d | sh'",
            "tr -d '\\r' < script.sh > fixed.sh", "python3 -c \"import base64; print(base64.b64decode('aGk='))\"",
            "cat a.txt | base64 | sh -c 'cat > b'",
            "base64 -d data.b64 | python3 -m json.tool", "zcat log.gz | awk '{print $1}'", "echo hello | rev",
            "x=$(base64 -d v.b64); echo \"$x\"",
            "kubectl get secret s -o jsonpath='{.data.p}' | base64 -d", "grep -r 'base64 -d | sh' docs/"),
    check=check,
)
