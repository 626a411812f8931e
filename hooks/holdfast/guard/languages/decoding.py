"""Encoded text -> what it decodes to, by name of the encoding; None when that is no text. Pure: what is compressed stays unknown."""

LIMIT = 65536
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_UU = "".join(map(chr, range(32, 96)))


def decoded(text: str, how: str) -> "str | None":
    """The text that `how` ("b64", "b32", "hex", "a85", "uu", "rot13", "reverse", "url") makes of another; cut at LIMIT."""
    if len(text) > LIMIT:
        return None
    if how == "rot13":
        return "".join([_rotated(c) for c in text])
    if how == "reverse":
        return text[::-1]
    try:
        data = _bytes(text, how)
    except (ValueError, IndexError, OverflowError):
        return None
    if not data:
        return None
    # Every other byte a NUL is how PowerShell and Windows write text.
    if len(data) > 3 and data[1::2].count(0) * 2 > len(data[1::2]):
        return data.decode("utf-16-le", "replace")[:LIMIT]
    try:
        return data.decode()[:LIMIT]
    except UnicodeDecodeError:
        return data.decode("latin-1")[:LIMIT]


def _bytes(text: str, how: str) -> "bytes | None":
    if how == "hex":
        return bytes.fromhex("".join(text.split()).replace("\\x", "").removeprefix("0x"))
    if how == "b64":
        plain = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
        return _digits(plain, _BASE64, 6)
    if how == "b32":
        return _digits("".join(text.split()).upper().rstrip("="), _BASE32, 5)
    if how == "url":
        out, i, raw = bytearray(), 0, text.encode()
        while i < len(raw):
            if raw[i] == 37:
                out.append(int(raw[i + 1 : i + 3], 16))
                i += 3
            else:
                out.append(raw[i])
                i += 1
        return bytes(out)
    if how == "uu":
        lines = [line for line in text.splitlines() if line and not line.startswith(("begin ", "end"))]
        return b"".join(_digits(line[1:].replace("`", " "), _UU, 6)[: ord(line[0]) - 32 & 63] for line in lines)
    return None


def _digits(text: str, digits: str, width: int) -> bytes:
    """Bytes from digits of so many bits each."""
    bits, count, out = 0, 0, bytearray()
    for c in text:
        bits, count = bits << width | digits.index(c), count + width
        if count >= 8:
            count -= 8
            out.append(bits >> count)
            bits &= (1 << count) - 1
    return bytes(out)


def _rotated(c: str) -> str:
    if "a" <= c <= "z":
        return chr((ord(c) - 84) % 26 + 97)
    if "A" <= c <= "Z":
        return chr((ord(c) - 52) % 26 + 65)
    return c
