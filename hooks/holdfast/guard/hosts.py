"""Text of a URL or host -> Host: which machine it names, in whatever notation, and what kind of place that is. Pure."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Where clouds answer any local process with credentials: addresses, then names.
_METADATA = frozenset("""169.254.169.254 169.254.170.2 169.254.170.23 169.254.0.23 169.254.42.42 100.100.100.200 168.63.129.16
192.0.0.192""".split())
_METADATA_6 = frozenset((0xFD00_0EC2 << 96 | 0x254, 0xFD00_0EC2 << 96 | 0x23, 0xFD20_00CE << 96 | 0x254))
_METADATA_NAMES = frozenset("""metadata.google.internal metadata.goog metadata metadata.azure.internal instance-data
instance-data.ec2.internal metadata.packet.net metadata.platformequinix.com metadata.tencentyun.com rancher-metadata
metadata.oraclecloud.com metadata.ec2.internal""".split())
# Names that resolve to the address written in them, and names of this machine.
_ECHOES = (".nip.io", ".sslip.io", ".xip.io", ".traefik.me", ".rbndr.us", ".1u.ms", ".ip6.name", ".nip.direct", ".backname.io", ".xip.name")
_LOCAL = frozenset("localhost localhost.localdomain ip6-localhost lvh.me localtest.me vcap.me lacolhost.com yoogle.com".split())
_LOCAL_ENDS = (".localhost", ".lvh.me", ".localtest.me", ".vcap.me", ".lacolhost.com")
_PRIVATE = ((10 << 24, 8), (172 << 24 | 16 << 16, 12), (192 << 24 | 168 << 16, 16), (100 << 24 | 64 << 16, 10))
_BIGGER_THAN_A_PORT = 1 << 24  # a bare number below this is a port or a count, not an address


class Host:
    """name: lower case, without port, user or trailing dot.  port: text or "".  scheme: lower case or "".

    address: dotted IPv4 that the name is, or "" for another name.  kinds: frozenset of "metadata", "link-local", "loopback",
    "private", and "disguised" (an address in a notation that nobody writes by accident: one number, octal, hexadecimal,
    IPv4 inside IPv6).
    """

    __slots__ = ("name", "port", "scheme", "address", "kinds")

    def __init__(self, name: str, port: str, scheme: str, address: str, kinds: "Iterable[str]") -> None:
        self.name, self.port, self.scheme, self.address, self.kinds = name, port, scheme, address, frozenset(kinds)


def host_of(text: str) -> "Host | None":
    """A URL, `user@host:path` or `host[:port]` -> Host, or None when no host is in it."""
    text = _plain(text.strip()).replace("\\", "/")
    scheme, mark, rest = text.partition("://")
    if not mark or not scheme or not all(c.isalnum() or c in "+.-" for c in scheme):
        scheme, rest = "", text.removeprefix("//")
    authority = rest.lstrip("/") if mark and scheme.lower() != "file" else rest
    for end in "/?#":
        authority = authority.partition(end)[0]
    authority = _unescaped(authority.rpartition("@")[2])
    if authority.startswith("["):
        name, _, port = authority[1:].partition("]")
        port = port.lstrip(":")
    elif authority.count(":") > 1:
        name, port = authority, ""
    else:
        name, _, port = authority.partition(":")
    name = name.lower().rstrip(".")
    if not name or any(c in name for c in " \t\n'\"<>|;,$`(){}*"):
        return None
    if not scheme and name.isascii() and name.isdigit() and len(name) < 11 and int(name) < _BIGGER_THAN_A_PORT:
        return None
    address, kinds = _kinds(name)
    return Host(name, port, scheme.lower().rpartition("+")[2], address, kinds)


def permitted(host: Host, allowed: "Iterable[str]") -> bool:
    """True when a host is on an allow-list of "example.com", "*.example.com", "example.com:8443"."""
    for entry in allowed:
        pattern, _, port = entry.lower().rpartition(":") if entry.count(":") == 1 else (entry.lower(), "", "")
        if port and port != (host.port or {"http": "80", "https": "443", "ssh": "22"}.get(host.scheme, "443")):
            continue
        if pattern == "*" or host.name == pattern or pattern.startswith("*.") and host.name.endswith(pattern[1:]):
            return True
    return False


def urls_in(text: str) -> "list[str]":
    """Every stretch of a text that looks like a URL with a host, in order."""
    found, at = [], text.find("://")
    while at >= 0:
        start = at
        while start and (text[start - 1].isalnum() or text[start - 1] in "+.-"):
            start -= 1
        end = at + 3
        while end < len(text) and not text[end].isspace() and text[end] not in "'\"`<>|;,(){}\\":
            end += 1
        if start < at and end > at + 3:
            found.append(text[start:end])
        at = text.find("://", end)
    return found


def metadata_in(text: str) -> str:
    """The metadata address or name that stands by itself in a text (a program's source), "" when there is none."""
    for known in (*_METADATA, "fd00:ec2::254", "metadata.google.internal", "metadata.goog", "2852039166", "0xa9fea9fe"):
        at = text.find(known)
        if at >= 0 and not text[max(0, at - 1):at].isalnum() and not text[at + len(known):at + len(known) + 1].isalnum():
            return known
    return ""


def _kinds(name: str) -> "tuple[str, set[str]]":
    """Host name -> (dotted IPv4 or "", kinds)."""
    if ":" in name:
        return _of_six(name)
    number, odd = _four(name)
    if number is None:
        number = _echoed(name)
    if number is not None:
        address, kinds = _of_four(number)
        return address, kinds | {"disguised"} if odd else kinds
    if name in _METADATA_NAMES:
        return "", {"metadata"}
    if name in _LOCAL or name.endswith(_LOCAL_ENDS):
        return "127.0.0.1", {"loopback"}
    return "", set()


def _of_four(number: int) -> "tuple[str, set[str]]":
    address = ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
    if address in _METADATA:
        return address, {"metadata"}
    if number >> 16 == 169 << 8 | 254:
        return address, {"link-local"}
    if number >> 24 in (0, 127):
        return address, {"loopback"}
    if any(number >> (32 - bits) == base >> (32 - bits) for base, bits in _PRIVATE):
        return address, {"private"}
    return address, set()


def _four(name: str) -> "tuple[int | None, bool]":
    """(32-bit number, odd notation) as inet_aton reads it: one to four parts, decimal, octal or hexadecimal; (None, False) for a name."""
    parts = name.split(".")
    if not 1 <= len(parts) <= 4:
        return None, False
    numbers, odd = [], len(parts) == 1
    for part in parts:
        digits, base = part, 10
        if part.startswith("0x"):
            digits, base, odd = part[2:] or "0", 16, True
        elif len(part) > 1 and part[0] == "0":
            digits, base, odd = part.lstrip("0") or "0", 8, True
        try:
            if not digits.isalnum() or not digits.isascii():
                return None, False
            numbers.append(int(digits, base))
        except ValueError:
            return None, False
    last = numbers.pop()
    if any(n > 255 for n in numbers) or last >= 1 << 8 * (4 - len(numbers)):
        return None, False
    for place, n in enumerate(numbers):
        last |= n << 8 * (3 - place)
    return last, odd


def _echoed(name: str) -> "int | None":
    """The address that a name such as 169-254-169-254.nip.io resolves to."""
    if not name.endswith(_ECHOES):
        return None
    worst = None
    labels = name.replace("-", ".").split(".")
    for at in range(len(labels)):
        four = labels[at:at + 4]
        if len(four) == 4 and all(p.isascii() and p.isdigit() and len(p) < 4 and int(p) < 256 for p in four):
            number = int(four[0]) << 24 | int(four[1]) << 16 | int(four[2]) << 8 | int(four[3])
        elif len(labels[at]) == 8 and not labels[at].strip("0123456789abcdef"):
            number = int(labels[at], 16)
        else:
            continue
        if worst is None or _of_four(number)[1]:
            worst = number
    return worst


def _of_six(name: str) -> "tuple[str, set[str]]":
    number = _six(name.partition("%")[0])
    if number is None:
        return "", set()
    high, low = number >> 32, number & 0xFFFF_FFFF
    if number in _METADATA_6:
        return "", {"metadata"}
    if number in (0, 1):
        return "", {"loopback"}
    # IPv4 inside: mapped, translated, compatible, NAT64, 6to4.
    if high in (0xFFFF, 0xFFFF_0000, 0, 0x64_FF9B << 64):
        address, kinds = _of_four(low)
        return address, kinds | {"disguised"}
    if number >> 112 == 0x2002:
        address, kinds = _of_four(number >> 80 & 0xFFFF_FFFF)
        return address, kinds | {"disguised"}
    if number >> 118 == 0xFE80 >> 6:
        return "", {"link-local"}
    if number >> 121 == 0xFC >> 1:
        return "", {"private"}
    return "", set()


def _six(text: str) -> "int | None":
    """128-bit number of an IPv6 address, or None."""
    head, gap, tail = text.partition("::")
    if "::" in tail:
        return None
    groups: "list[list[int]]" = []
    for side in (head, tail):
        found: "list[int]" = []
        for part in side.split(":") if side else ():
            if "." in part:
                four = _four(part)[0]
                if four is None:
                    return None
                found += [four >> 16, four & 0xFFFF]
            elif not part or len(part) > 4 or part.strip("0123456789abcdef"):
                return None
            else:
                found.append(int(part, 16))
        groups.append(found)
    missing = 8 - len(groups[0]) - len(groups[1])
    if missing < 0 or (missing and not gap):
        return None
    number = 0
    for group in (*groups[0], *([0] * missing), *groups[1]):
        number = number << 16 | group
    return number


def _plain(text: str) -> str:
    """Digits and dots of other scripts that a resolver folds to ASCII, folded."""
    if text.isascii():
        return text
    folded = []
    for c in text:
        code = ord(c)
        if 0xFF01 <= code <= 0xFF5E:
            c = chr(code - 0xFEE0)
        elif 0x2460 <= code <= 0x2468:
            c = chr(code - 0x2460 + 0x31)
        elif code == 0x24EA:
            c = "0"
        elif code in (0x3002, 0xFF61):
            c = "."
        elif code in (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF):
            continue
        folded.append(c)
    return "".join(folded)


def _unescaped(text: str) -> str:
    """A host with %XX read."""
    if "%" not in text:
        return text
    parts = text.split("%")
    read = parts[0]
    for part in parts[1:]:
        code = part[:2]
        read += chr(int(code, 16)) + part[2:] if len(code) == 2 and not code.strip("0123456789abcdefABCDEF") else "%" + part
    return _plain(read)
