"""What stands in data that is encoded by BER or DER (X.690)?  A walk over the octets, nothing decoded.

Lengths may be indefinite and strings in pieces, as in mails that were signed while they
were written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, OCTETS, OCTETS_IN_PIECES, INTEGER, OID = 0x30, 0x31, 0x04, 0x24, 0x02, 0x06
_MOST_PIECES = 100_000
_END, _CONSTRUCTED, _INDEFINITE, _DEEPEST, _LONGEST_OID = b"\x00\x00", 0x20, 0x80, 40, 64


class BrokenAsn1(ValueError):
    """The octets are no such data, or not what was looked for."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value: its tag, and where it and its content lie in the octets."""

    octets: bytes
    tag: int
    start: int
    begin: int
    end: int
    stop: int

    @property
    def content(self) -> bytes:
        """The octets of its content."""
        return self.octets[self.begin : self.end]

    @property
    def whole(self) -> bytes:
        """All its octets, tag and length too."""
        return self.octets[self.start : self.stop]

    @property
    def is_indefinite(self) -> bool:
        """Whether its length is not said but its end marked."""
        return self.stop != self.end

    def children(self) -> Iterator["Node"]:
        """Yield the values inside."""
        position = self.begin
        while position < self.end:
            child = node_at(self.octets, position, self.end)
            yield child
            position = child.stop

    def first(self, tag: int) -> "Node":
        """Return the first value inside that has this tag; BrokenAsn1 if there is none."""
        for child in self.children():
            if child.tag == tag:
                return child
        raise BrokenAsn1(f"no value with tag {tag}")

    def string(self, depth: int = 0) -> bytes:
        """Return the octets of a string, also of one in pieces."""
        if not self.tag & _CONSTRUCTED:
            return self.content
        if depth > _DEEPEST:
            raise BrokenAsn1("nested too deep")
        return b"".join(child.string(depth + 1) for child in self.children())

    def oid(self) -> str:
        """Return an object identifier with points, as it is written."""
        octets = self.content
        if not octets or len(octets) > _LONGEST_OID:
            raise BrokenAsn1("no object identifier")
        arcs, value = [], 0
        for octet in octets:
            value = value << 7 | octet & 0x7F
            if not octet & 0x80:
                arcs.append(value)
                value = 0
        top = min(arcs[0] // 40, 2) if arcs else 0
        return ".".join(map(str, (top, arcs[0] - 40 * top, *arcs[1:]))) if arcs else ""


def node_at(octets: bytes, start: int, limit: int, depth: int = 0) -> Node:
    """Return the value that begins at *start*; BrokenAsn1 if none does that ends before *limit*."""
    if start + 2 > limit or depth > _DEEPEST:
        raise BrokenAsn1("cut off, or nested too deep")
    tag, length, begin = octets[start], octets[start + 1], start + 2
    if tag & 0x1F == 0x1F:
        raise BrokenAsn1("a tag of several octets")
    if length == _INDEFINITE and tag & _CONSTRUCTED:
        end = _end_of(octets, begin, limit, depth)
        return Node(octets, tag, start, begin, end, end + len(_END))
    if length & 0x80:
        size = length & 0x7F
        if not 0 < size <= 8 or begin + size > limit:
            raise BrokenAsn1("a length that is none")
        length, begin = int.from_bytes(octets[begin : begin + size]), begin + size
    if begin + length > limit:
        raise BrokenAsn1("cut off")
    return Node(octets, tag, start, begin, begin + length, begin + length)


def _end_of(octets: bytes, position: int, limit: int, depth: int) -> int:
    """Return where the values inside one of indefinite length end."""
    count = 0
    while not octets.startswith(_END, position):
        position = node_at(octets, position, limit, depth + 1).stop
        count += 1
        if count > _MOST_PIECES:
            raise BrokenAsn1("too many values")
    if position + len(_END) > limit:
        raise BrokenAsn1("cut off")
    return position
