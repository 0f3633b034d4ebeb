"""How many pages does a TIFF have, and does the file hold them?  Its directories, without decoding a picture."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.letters.refusal import Refusal, ScanRefused

_WIDTH, _HEIGHT, _SUBFILE = 256, 257, 254
_OFFSETS, _COUNTS = (273, 324), (279, 325)  # of strips, of tiles
_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MOST_FIELDS, _MOST_VALUES = 4096, 200_000
_THUMBNAIL = 1  # "a reduced-resolution version of another image": TIFF 6.0, NewSubfileType


@dataclass(frozen=True, slots=True)
class _Layout:
    """How numbers stand in a file: classic TIFF, or BigTIFF."""

    order: str
    is_big: bool

    def number(self, file: BinaryIO, letter: str) -> int:
        """Return the next number."""
        raw = file.read(struct.calcsize("<" + letter))
        return int(struct.unpack(self.order + letter, raw)[0])

    @property
    def offset(self) -> str:
        """Return the letter of a place in the file."""
        return "Q" if self.is_big else "I"


@dataclass(frozen=True, slots=True)
class Directory:
    """One picture of a TIFF: its place among all directories, and its size in pixels."""

    index: int
    width: int
    height: int


def tiff_pages(file: BinaryIO, octets: int, most: int) -> list[Directory]:
    """Return the pages of a TIFF, previews left out.

    ScanRefused where its directories run in a circle, point outside of the file, or are more than *most*.
    """
    try:
        return [page for page in _directories(file, octets, most) if page is not None]
    except (struct.error, KeyError, OverflowError) as error:
        raise ScanRefused(Refusal.DAMAGED, {"how": "directory"}) from error


def _directories(file: BinaryIO, octets: int, most: int) -> Iterator[Directory | None]:
    layout = _layout(file)
    place, seen = layout.number(file, layout.offset), set[int]()
    while place:
        if place in seen:
            raise ScanRefused(Refusal.DAMAGED, {"how": "loop"})
        if place >= octets:
            raise ScanRefused(Refusal.DAMAGED, {"how": "truncated"})
        seen.add(place)
        if len(seen) > most:
            raise ScanRefused(Refusal.TOO_MANY_PAGES, {"pages": f"{len(seen)}", "most": f"{most}"})
        fields = _fields(file, place, layout)
        _hold(fields, octets)
        yield _directory(fields, len(seen) - 1)
        place = fields[0][0]


def _layout(file: BinaryIO) -> _Layout:
    file.seek(0)
    layout = _Layout("<" if file.read(2) == b"II" else ">", is_big=False)
    if layout.number(file, "H") == 42:
        return layout
    file.read(4)  # BigTIFF: the size of places, and nothing
    return _Layout(layout.order, is_big=True)


def _fields(file: BinaryIO, place: int, layout: _Layout) -> dict[int, tuple[int, ...]]:
    """Return the fields that say where a picture is and how large; at 0 the place of the next directory."""
    file.seek(place)
    count = layout.number(file, "Q" if layout.is_big else "H")
    if count > _MOST_FIELDS:
        raise ScanRefused(Refusal.DAMAGED, {"how": "directory"})
    fields, wanted = {}, {_WIDTH, _HEIGHT, _SUBFILE, *_OFFSETS, *_COUNTS}
    width = 20 if layout.is_big else 12
    start = file.tell()
    for number in range(count):
        file.seek(start + number * width)
        tag, kind = layout.number(file, "H"), layout.number(file, "H")
        if tag in wanted and kind in _LETTERS:
            fields[tag] = _values(file, kind, layout)
    file.seek(start + count * width)
    fields[0] = (layout.number(file, layout.offset),)
    return fields


def _values(file: BinaryIO, kind: int, layout: _Layout) -> tuple[int, ...]:
    count = layout.number(file, layout.offset)
    if count > _MOST_VALUES:
        raise ScanRefused(Refusal.DAMAGED, {"how": "directory"})
    if count * _SIZES[kind] > struct.calcsize("<" + layout.offset):
        file.seek(layout.number(file, layout.offset))
    form = f"{layout.order}{count}{_LETTERS[kind]}"
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _hold(fields: dict[int, tuple[int, ...]], octets: int) -> None:
    """Refuse a picture whose strips or tiles end outside of the file: it was cut off."""
    for offsets, counts in zip(_OFFSETS, _COUNTS, strict=True):
        for place, count in zip(fields.get(offsets, ()), fields.get(counts, ()), strict=False):
            if place + count > octets:
                raise ScanRefused(Refusal.DAMAGED, {"how": "truncated"})


def _directory(fields: dict[int, tuple[int, ...]], index: int) -> Directory | None:
    if fields.get(_SUBFILE, (0,))[0] & _THUMBNAIL:
        return None
    return Directory(index, fields[_WIDTH][0], fields[_HEIGHT][0])
