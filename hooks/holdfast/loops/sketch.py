"""Which output lines an agent has seen: a small sketch that forgets the oldest, passed in and handed back. Pure, no imports.

A line it holds is never called new; one line in ten at worst is called old though it is new. Two filters take turns: when one
is full the older is dropped, so that the sketch stays at 8 KiB however long a session runs.
"""

from holdfast.loops.normal import key_of

BYTES = 4_096  # of one filter
_BITS = BYTES * 8
_FULL = 4_000  # lines in one filter: with two bits a line, a fifth of it is set
_SHORTEST = 3  # characters below which a line tells nothing


class Sketch:
    """The lines seen so far. `packed()` is what to keep on disk, `Sketch(data)` reads it; damaged data is an empty sketch."""

    __slots__ = ("now", "older", "count")

    def __init__(self, data: bytes = b"") -> None:
        if len(data) == 2 * BYTES + 2:
            self.count = int.from_bytes(data[:2], "little")
            self.now, self.older = bytearray(data[2:BYTES + 2]), bytearray(data[BYTES + 2:])
        else:
            self.count, self.now, self.older = 0, bytearray(BYTES), bytearray(BYTES)

    def packed(self) -> bytes:
        """Bytes, always of one length."""
        return self.count.to_bytes(2, "little") + bytes(self.now) + bytes(self.older)

    def take(self, lines: "list[str]") -> int:
        """Normalised lines -> how many of them are new. They are seen from now on."""
        new = 0
        now, older = self.now, self.older
        for line in set(lines):
            if len(line) < _SHORTEST:
                continue
            key = key_of(line)
            first, second = key % _BITS, (key >> 24) % _BITS
            a, mask = first >> 3, 1 << (first & 7)
            b, other = second >> 3, 1 << (second & 7)
            if now[a] & mask and now[b] & other:
                continue
            if not (older[a] & mask and older[b] & other):
                new += 1
            now[a] |= mask
            now[b] |= other
            self.count += 1
        if self.count >= _FULL:
            self.now, self.older, self.count = bytearray(BYTES), now, 0
        return new
