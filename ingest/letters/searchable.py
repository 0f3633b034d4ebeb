"""A page as a PDF that can be searched: its picture, and its words invisibly on it.

The words are set in a font without glyphs whose codes are UTF-16 and whose widths are all alike; each word is
stretched to its box, so that marking it in a viewer marks what is seen.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)  # fmt: skip

from ingest.letters.picture import Picture
from mail.letter import Line, Word

_POINTS_PER_MM = 72 / 25.4
_JPEG_QUALITY = 75
_GLYPH_WIDTH = 0.5  # of the size of the font
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def jpeg_of(picture: Picture) -> bytes:
    """Return a page's picture as a JPEG file."""
    out = io.BytesIO()
    dpi = round(picture.dpi)
    picture.image.save(out, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return out.getvalue()


def write_searchable(picture: Picture, jpeg: bytes, lines: Iterable[Line], target: Path) -> None:
    """Write the PDF of one page; *jpeg* is its picture as a file already, not needed for one in black and white."""
    writer = PdfWriter()
    width, height = picture.width * _POINTS_PER_MM, picture.height * _POINTS_PER_MM
    page = writer.add_blank_page(width, height)
    image = _fax(picture.image) if picture.is_bilevel else _photo(picture.image, jpeg)
    page[NameObject("/Resources")] = DictionaryObject({
        NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(image)}),  # noqa: SLF001
        NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(_font(writer))}),  # noqa: SLF001
    })  # fmt: skip
    drawn = DecodedStreamObject()
    drawn.set_data("\n".join(_drawing(width, height, lines)).encode())
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())  # noqa: SLF001
    with target.open("wb") as file:
        writer.write(file)


def joined(searchable: Sequence[Path], target: Path) -> None:
    """Write the PDF of one letter out of its pages' PDFs."""
    writer = PdfWriter()
    for page in searchable:
        writer.append(PdfReader(page), import_outline=False)
    writer.compress_identical_objects(
        remove_duplicates=True, remove_unreferenced=True
    )  # one font for all pages
    with target.open("wb") as file:
        writer.write(file)


def _drawing(width: float, height: float, lines: Iterable[Line]) -> Iterator[str]:
    yield f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q"
    yield "BT 3 Tr"
    for line in lines:
        bottom = line.box.bottom
        for number, word in enumerate(line.words, 1):
            yield _set(word, bottom, height, is_last=number == len(line.words))
    yield "ET"


def _set(word: Word, bottom: float, page_height: float, *, is_last: bool) -> str:
    """Return how a word is set: stretched to its box, on the bottom of its line, a space behind it."""
    size = max(1.0, min(word.box.height * _POINTS_PER_MM, 400.0))
    across = max(0.1, word.box.width * _POINTS_PER_MM)
    codes = word.text.encode("utf-16-be", "replace")
    stretch = 100 * across / (len(codes) / 2 * _GLYPH_WIDTH * size)
    left, up = word.box.left * _POINTS_PER_MM, page_height - bottom * _POINTS_PER_MM
    shown = codes + (b"" if is_last else b"\0 ")
    return f"/F {size:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {left:.2f} {up:.2f} Tm <{shown.hex()}> Tj"


def _photo(image: Image.Image, jpeg: bytes) -> StreamObject:
    return _stream(image, jpeg, "/DCTDecode", "/DeviceGray" if image.mode == "L" else "/DeviceRGB", 8)


def _fax(image: Image.Image) -> StreamObject:
    """Return a page in black and white, packed as fax machines do (ITU-T T.6): some 30 KB."""
    packed = io.BytesIO()
    image.save(packed, "TIFF", compression="group4", strip_size=1 << 30)  # in one piece
    with Image.open(packed) as tiff:
        offsets, counts = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
        black_is_one = tiff.tag_v2[262] == 0  # type: ignore[attr-defined]
    assert len(offsets) == 1
    raw = packed.getvalue()[offsets[0] : offsets[0] + counts[0]]
    stream = _stream(image, raw, "/CCITTFaxDecode", "/DeviceGray", 1)
    stream[NameObject("/DecodeParms")] = _named(
        K=NumberObject(-1), Columns=NumberObject(image.width), Rows=NumberObject(image.height)
    )
    if not black_is_one:
        stream[NameObject("/Decode")] = ArrayObject([NumberObject(1), NumberObject(0)])
    return stream


def _stream(image: Image.Image, raw: bytes, packed: str, space: str, bits: int) -> StreamObject:
    stream = StreamObject()
    stream._data = raw  # noqa: SLF001
    stream.update(
        _named(
            Type=NameObject("/XObject"), Subtype=NameObject("/Image"), ColorSpace=NameObject(space),
            Width=NumberObject(image.width), Height=NumberObject(image.height),
            BitsPerComponent=NumberObject(bits), Filter=NameObject(packed),
        )
    )  # fmt: skip
    return stream


def _font(writer: PdfWriter) -> DictionaryObject:
    """Return a composite font of code points (ISO 32000-1, 9.7); no glyph of it is ever drawn."""
    to_unicode = DecodedStreamObject()
    to_unicode.set_data(_TO_UNICODE)
    box = ArrayObject(NumberObject(number) for number in (0, -200, 500, 800))
    descriptor = _named(
        Type=NameObject("/FontDescriptor"), FontName=NameObject("/Unseen"), Flags=NumberObject(5), FontBBox=box,
        ItalicAngle=NumberObject(0), Ascent=NumberObject(800), Descent=NumberObject(-200),
        CapHeight=NumberObject(700), StemV=NumberObject(80),
    )  # fmt: skip
    system = DictionaryObject({
        NameObject("/Registry"): TextStringObject("Adobe"), NameObject("/Ordering"): TextStringObject("Identity"),
        NameObject("/Supplement"): NumberObject(0),
    })  # fmt: skip
    inner = _named(
        Type=NameObject("/Font"), Subtype=NameObject("/CIDFontType2"), BaseFont=NameObject("/Unseen"),
        CIDSystemInfo=system, FontDescriptor=descriptor, DW=NumberObject(round(1000 * _GLYPH_WIDTH)),
        CIDToGIDMap=NameObject("/Identity"),
    )  # fmt: skip
    return _named(
        Type=NameObject("/Font"), Subtype=NameObject("/Type0"), BaseFont=NameObject("/Unseen"),
        Encoding=NameObject("/Identity-H"), DescendantFonts=ArrayObject([writer._add_object(inner)]),  # noqa: SLF001
        ToUnicode=writer._add_object(to_unicode.flate_encode()),  # noqa: SLF001
    )  # fmt: skip


def _named(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject("/" + name): entry for name, entry in entries.items()})
