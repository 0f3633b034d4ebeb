"""Would a PDF do something, or swell when it is opened?  What no scanner writes is refused.

Reading renders pages and nothing else, so that no action is ever taken; but the original is kept
and will be opened by people.  Links to web pages and attached files are no danger by themselves:
invoices have both.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from ingest.letters.limits import ScanLimits
from ingest.letters.refusal import Refusal, ScanRefused

# ISO 32000-2, 12.6.4: actions that run programs or scripts, or fetch other files.
_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/ImportData": "ImportData",
    "/SubmitForm": "SubmitForm",
    "/GoToR": "GoToR",
    "/Rendition": "Rendition",
    "/Movie": "Movie",
    "/Sound": "Sound",
}
_ANNOTATIONS = {"/RichMedia": "RichMedia", "/Movie": "Movie", "/Screen": "Screen", "/3D": "3D"}
_SWELLING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_DEFLATE_AT_MOST = 1032  # times as long as it was: what deflate can reach
_UNPACKED = 64 * 1024 * 1024  # of what is no picture: the drawing of a page, a font
_MOST_OBJECTS, _DEEPEST = 500_000, 20
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError)


def refuse_dangers(scan: Path, limits: ScanLimits) -> None:
    """Look at each object of a PDF; ScanRefused at the first that is active or swells beyond *limits*.

    What cannot be understood is passed over: it is not understood by a viewer either, or harmless.
    """
    try:
        reader = PdfReader(scan, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return
        numbers = _numbers(reader)
        _opening(reader)
    except (*_BROKEN, NotImplementedError):
        return
    for generation, number in numbers:
        try:
            _look_at(IndirectObject(number, generation, reader).get_object(), limits, 0)
        except _BROKEN:
            continue
        finally:
            reader.resolved_objects.clear()  # pictures of all pages would fill the memory


def _numbers(reader: PdfReader) -> list[tuple[int, int]]:
    plain = [(generation, number) for generation, places in reader.xref.items() for number in places]
    packed = [(0, number) for number in reader.xref_objStm]
    if len(plain) + len(packed) > _MOST_OBJECTS:
        raise ScanRefused(Refusal.BOMB)
    return plain + packed


def _opening(reader: PdfReader) -> None:
    """Refuse a page of the web that is to be opened with the document."""
    action = reader.root_object.get("/OpenAction")
    action = action.get_object() if action is not None else None
    if isinstance(action, DictionaryObject) and action.get("/S") == "/URI":
        raise ScanRefused(Refusal.ACTIVE, {"what": "URI"})


def _look_at(thing: object, limits: ScanLimits, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(thing, DictionaryObject):
        for what in _does(thing):
            raise ScanRefused(Refusal.ACTIVE, {"what": what})
        if isinstance(thing, StreamObject):
            _swells(thing, limits)
        for inner in thing.values():
            _look_at(inner, limits, depth + 1)
    elif isinstance(thing, ArrayObject):
        for inner in thing:
            _look_at(inner, limits, depth + 1)


def _does(thing: DictionaryObject) -> Iterator[str]:
    """Yield what a dictionary would do, in the words of the standard."""
    action, subtype = thing.get("/S"), thing.get("/Subtype")
    if isinstance(action, str) and action in _ACTIONS:
        yield _ACTIONS[action]
    elif "/JS" in thing:
        yield "JavaScript"
    if isinstance(subtype, str) and subtype in _ANNOTATIONS and "/Rect" in thing:
        yield _ANNOTATIONS[subtype]
    if isinstance(thing, StreamObject) and "/F" in thing:
        yield "external file"


def _swells(stream: StreamObject, limits: ScanLimits) -> None:
    """Refuse a stream that is a bomb: a picture with too many pixels, or what unpacks to more than any page needs."""
    filters = _filters(stream)
    if sum(name in _SWELLING for name in filters) > 1:
        raise ScanRefused(Refusal.BOMB)
    if stream.get("/Subtype") == "/Image":
        pixels = _whole(stream, "/Width") * _whole(stream, "/Height")
        if pixels > limits.pixels:
            told = {"pixels": f"{pixels}", "most": f"{limits.pixels}", "page": ""}
            raise ScanRefused(Refusal.TOO_MANY_PIXELS, told)
    elif filters[:1] in (["/FlateDecode"], ["/Fl"]) and _unpacks_to_more(stream._data):  # noqa: SLF001
        raise ScanRefused(Refusal.BOMB)


def _filters(stream: StreamObject) -> list[str]:
    named = stream.get("/Filter")
    named = named.get_object() if named is not None else None
    return [str(name) for name in named] if isinstance(named, ArrayObject) else [str(named)]


def _whole(stream: StreamObject, key: str) -> int:
    number = stream.get(key, 0)
    return int(number) if isinstance(number, int | float) else 0


def _unpacks_to_more(packed: bytes) -> bool:
    if len(packed) * _DEFLATE_AT_MOST < _UNPACKED:
        return False
    inflating, unpacked, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and unpacked <= _UNPACKED:
            unpacked += len(inflating.decompress(rest, 1024 * 1024))
            rest = inflating.unconsumed_tail
    except zlib.error:
        return False
    return unpacked > _UNPACKED
