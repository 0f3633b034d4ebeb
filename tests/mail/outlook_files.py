"""Files as Outlook writes them, made for the tests: .msg (a compound file) and winmail.dat (TNEF)."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT, _TIME, _NUMBER, _OCTETS = 0x1F, 0x40, 0x03, 0x102
_MAPI_ATTACHED, _MAPI_MESSAGE = 0x9005, 0x9003

Properties = dict[int, str | int | bytes | datetime]


@dataclass
class _Entry:
    """A stream, or a storage that holds others, in a compound file."""

    name: str
    content: bytes | None = None
    inside: list["_Entry"] = field(default_factory=list)
    child: int = _FREE
    right: int = _FREE
    start: int = _END


def msg(properties: Properties, recipients: list[Properties], attachments: list[Properties]) -> bytes:
    """Return a .msg file with these MAPI properties; those of text are Unicode."""
    header = struct.pack("<8xIIII8x", len(recipients), len(attachments), len(recipients), len(attachments))
    root = _Entry("Root Entry", inside=_streams(properties, header))
    for kind, group in (("recip", recipients), ("attach", attachments)):
        for number, each in enumerate(group):
            root.inside.append(_Entry(f"__{kind}_version1.0_#{number:08X}", inside=_streams(each, bytes(8))))
    return _compound(root)


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with these streams, `Storage/Stream` in storages."""
    root = _Entry("Root Entry")
    for path, content in streams.items():
        place = root
        *storages, name = path.split("/")
        for storage in storages:
            found = next((one for one in place.inside if one.name == storage), None)
            if found is None:
                found = _Entry(storage)
                place.inside.append(found)
            place = found
        place.inside.append(_Entry(name, content))
    return _compound(root)


def winmail(properties: Properties, attachments: list[Properties], *, body: str = "") -> bytes:
    """Return a winmail.dat with these MAPI properties of the message, and of each attachment."""
    octets = struct.pack("<IH", 0x223E9F78, 1)
    octets += _attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0)) + _attribute(1, 0x8008, 7, b"IPM.Note\0")
    if body:
        properties = {**properties, 0x1000: body}
    octets += _attribute(1, _MAPI_MESSAGE, 6, _mapi(properties))
    for each in attachments:
        octets += _attribute(2, 0x9002, 6, bytes(14)) + _attribute(2, _MAPI_ATTACHED, 6, _mapi(each))
    return octets


def embedded(content: bytes) -> bytes:
    """Return the value that makes a winmail.dat an attached mail of another."""
    return b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46" + content


def _attribute(level: int, name: int, kind: int, value: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    )


def _mapi(properties: Properties) -> bytes:
    octets = struct.pack("<I", len(properties))
    for name, value in properties.items():
        kind, content = _typed(value)
        octets += struct.pack("<HH", kind if name != 0x3701 else 0x0D, name)
        if kind in (_TEXT, _OCTETS):
            content += b"\0\0" if kind == _TEXT else b""
            octets += struct.pack("<II", 1, len(content)) + content + bytes(-len(content) % 4)
        else:
            octets += content
    return octets


def _typed(value: str | int | bytes | datetime) -> tuple[int, bytes]:
    if isinstance(value, str):
        return _TEXT, value.encode("utf-16-le")
    if isinstance(value, datetime):
        return _TIME, struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10_000_000)
    return (_NUMBER, struct.pack("<I", value)) if isinstance(value, int) else (_OCTETS, value)


def _streams(properties: Properties, header: bytes) -> list[_Entry]:
    """Return the streams of a storage of a .msg file: the list of properties, and those that stand outside of it."""
    streams, listed = [], header
    for name, value in properties.items():
        kind, content = _typed(value)
        listed += struct.pack("<HHI", kind, name, 6)
        if kind in (_TEXT, _OCTETS):
            streams.append(_Entry(f"__substg1.0_{name:04X}{kind:04X}", content))
            listed += struct.pack("<II", len(content) + (2 if kind == _TEXT else 0), 0)
        else:
            listed += content.ljust(8, b"\0")
    return [_Entry("__properties_version1.0", listed), *streams]


def _compound(root: _Entry) -> bytes:
    """Return a compound file (MS-CFB, version 3): small streams in the mini stream, siblings as a chain."""
    entries = _listed(root)
    mini, mini_table = bytearray(), list[int]()
    for entry in entries[1:]:
        if entry.content and len(entry.content) < 4096:
            entry.start = len(mini) // 64
            mini += entry.content + bytes(-len(entry.content) % 64)
            last = len(mini) // 64
            mini_table += [*range(entry.start + 1, last), _END]
    table, sectors = list[int](), bytearray()

    def stored(content: bytes) -> int:
        start = len(sectors) // 512
        sectors.extend(content + bytes(-len(content) % 512))
        table.extend([*range(start + 1, len(sectors) // 512), _END] if content else [])
        return start if content else _END

    for entry in entries[1:]:
        if entry.content and len(entry.content) >= 4096:
            entry.start = stored(entry.content)
    root.start, root.content = stored(bytes(mini)), bytes(mini)
    mini_table_octets = struct.pack(f"<{len(mini_table)}I", *mini_table)
    mini_table_octets += b"\xff" * (-len(mini_table_octets) % 512)
    mini_start = stored(mini_table_octets)
    directory = b"".join(_directory_entry(entry, is_root=entry is root) for entry in entries)
    directory_start = stored(directory + bytes(-len(directory) % 512))
    fat_start, fat_count = len(table), 1
    while (len(table) + fat_count) * 4 > fat_count * 512:
        fat_count += 1
    table += [_FAT] * fat_count
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fat_count * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory_start, 0, 4096,
                          mini_start, len(mini_table_octets) // 512, _END, 0, fat_start)[:52]  # fmt: skip
    difat = [fat_start + number for number in range(fat_count)]
    header += struct.pack("<109I", *difat, *[_FREE] * (109 - fat_count))
    return header + bytes(sectors) + fat


def _listed(root: _Entry) -> list[_Entry]:
    """Return all entries, each with the numbers of its first child and of its right sibling."""
    entries = [root]
    for entry in entries:
        numbers = range(len(entries), len(entries) + len(entry.inside))
        entries += entry.inside
        entry.child = numbers[0] if numbers else _FREE
        for each, number in zip(entry.inside, [*numbers[1:], _FREE], strict=False):
            each.right = number
    return entries


def _directory_entry(entry: _Entry, *, is_root: bool) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if is_root else 1 if entry.content is None else 2
    start = entry.start if kind != 1 else 0
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(name), kind, 1, _FREE, entry.right, entry.child)
        + bytes(36)
        + struct.pack("<IQ", start, len(entry.content or b""))
    )
