"""Files that are broken, locked, huge or dangerous are refused with their reason, and the reader goes on."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from ingest.letters.reading import ScanReader
from tests.ingest.letters.printing import GERMAN, printed
from tests.ingest.letters.taken import a_reader, pages_of, refusal_of

reader = pytest.fixture(a_reader)


def _named(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject("/" + name): entry for name, entry in entries.items()})


def _pdf(path: Path, pages: int = 1, change: Callable[[PdfWriter], object] = PdfWriter.get_num_pages) -> Path:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    writer.write(path)
    return path


def _opening_with(**action: object) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = _named(Type=NameObject("/Action"), **action)

    return change


def _with_field_script(writer: PdfWriter) -> None:
    script = _named(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    note = _named(
        Type=NameObject("/Annot"), Subtype=NameObject("/Widget"), AA=_named(K=script),
        Rect=ArrayObject([NumberObject(side) for side in (0, 0, 9, 9)]),
    )  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def _with_external_picture(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.update(
        _named(Type=NameObject("/XObject"), Subtype=NameObject("/Image"), F=TextStringObject("//host/x.png"))
    )
    writer._add_object(stream)


async def test_files_that_are_no_scan_are_refused(reader: ScanReader, tmp_path: Path) -> None:
    contents = {
        "empty.pdf": (b"", "empty"),
        "spaces.pdf": (b" \n" * 500, "empty"),
        "letter.pdf": (b"Sehr geehrte Damen und Herren", "unknown-kind"),
        "page.html": (b"<html>%PDF is not it</html>", "unknown-kind"),
        "nothing.pdf": (b"%PDF-1.7\n%%EOF\n", "damaged"),
        "table.pdf": (b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "damaged"),
        "picture.png": (b"\x89PNG\r\n\x1a\n" + b"IEND" * 9, "damaged"),
        "picture.jpg": (b"\xff\xd8\xff" + b"\xff\xd9" * 9, "damaged"),
        "picture.tif": (b"II*\0\x08\0\0\0\xff\xff", "damaged"),
        "far.tif": (b"II*\0\xff\xff\xff\x7f", "damaged"),
    }
    for name, (content, code) in contents.items():
        (tmp_path / name).write_bytes(content)
        assert (await refusal_of(reader, tmp_path / name)).code == code, name


async def test_a_file_cut_off_is_refused(reader: ScanReader, tmp_path: Path) -> None:
    whole = printed(GERMAN, tmp_path / "letter.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) * 2 // 3])
    image = Image.effect_noise((600, 800), 60)
    for name in ("cut.png", "cut.jpg", "cut.tif"):
        image.save(tmp_path / name)
        raw = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(raw[: len(raw) * 2 // 3])
    for name in ("cut.pdf", "cut.png", "cut.jpg", "cut.tif"):
        assert (await refusal_of(reader, tmp_path / name)).code == "damaged", name


async def test_a_locked_pdf_is_refused_and_one_that_opens_without_a_password_is_read(
    reader: ScanReader, tmp_path: Path
) -> None:
    for user_password in ("secret", ""):
        lock = lambda writer: writer.encrypt(user_password, "owner", algorithm="AES-256")  # noqa: B023, E731
        _pdf(tmp_path / f"locked{user_password}.pdf", change=lock)
    assert (await refusal_of(reader, tmp_path / "lockedsecret.pdf")).code == "encrypted"
    assert len(await pages_of(reader, tmp_path / "locked.pdf")) == 1


async def test_too_many_pages_are_refused_with_their_number(reader: ScanReader, tmp_path: Path) -> None:
    refused = await refusal_of(reader, _pdf(tmp_path / "many.pdf", 10_000))
    assert (refused.code, refused.parameters) == ("too-many-pages", {"pages": "10000", "most": "20"})
    white = Image.new("1", (80, 100), 1)
    white.save(tmp_path / "many.tif", save_all=True, append_images=[white] * 20)
    assert (await refusal_of(reader, tmp_path / "many.tif")).code == "too-many-pages"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_opening_with(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")), "JavaScript"),
        (_opening_with(S=NameObject("/Launch"), F=TextStringObject("calc.exe")), "Launch"),
        (_opening_with(S=NameObject("/URI"), URI=TextStringObject("https://tracker.example/")), "URI"),
        (_opening_with(S=NameObject("/GoToR"), F=TextStringObject("//host/other.pdf")), "GoToR"),
        (
            _opening_with(S=NameObject("/SubmitForm"), F=TextStringObject("https://host.example/")),
            "SubmitForm",
        ),
        (_with_field_script, "JavaScript"),
        (_with_external_picture, "external file"),
    ],
)
async def test_a_pdf_that_would_do_something_is_refused(
    reader: ScanReader, tmp_path: Path, change, what: str
) -> None:
    refused = await refusal_of(reader, _pdf(tmp_path / "active.pdf", change=change))
    assert (refused.code, refused.parameters) == ("active", {"what": what})


async def test_links_and_attached_files_are_no_danger(reader: ScanReader, tmp_path: Path) -> None:
    scan = printed("Rechnung\nhttps://www.example.org/", tmp_path / "linked.pdf")
    writer = PdfWriter(scan)
    writer.add_attachment("factur-x.xml", b"<xml/>")
    writer.add_uri(0, "https://www.example.org/", RectangleObject((50, 700, 200, 720)))
    writer.write(scan)
    (page,) = await pages_of(reader, scan)
    assert "Rechnung" in page.page.text


async def test_bombs_are_refused_before_they_are_decoded(reader: ScanReader, tmp_path: Path) -> None:
    Image.new("1", (30_000, 30_000)).save(tmp_path / "bomb.png")
    Image.new("1", (30_000, 30_000)).save(tmp_path / "bomb.tif", compression="group4")

    def with_picture(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"x")
        stream.update(
            _named(Subtype=NameObject("/Image"), Width=NumberObject(90_000), Height=NumberObject(90_000))
        )
        writer._add_object(stream)

    def with_drawing(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"0 0 m\n" * 20_000_000)
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())

    assert (await refusal_of(reader, tmp_path / "bomb.png")).code == "too-many-pixels"
    assert (await refusal_of(reader, tmp_path / "bomb.tif")).code == "too-many-pixels"
    assert (
        await refusal_of(reader, _pdf(tmp_path / "picture.pdf", change=with_picture))
    ).code == "too-many-pixels"
    assert (await refusal_of(reader, _pdf(tmp_path / "drawing.pdf", change=with_drawing))).code == "bomb"
    big = tmp_path / "big.pdf"
    big.write_bytes(b"%PDF-1.7\n")
    with big.open("ab") as file:
        file.truncate(31_000_000)
    assert (await refusal_of(reader, big)).code == "too-large"


async def test_a_tiff_whose_directories_run_in_a_circle_is_refused(
    reader: ScanReader, tmp_path: Path
) -> None:
    scan = tmp_path / "loop.tif"
    Image.new("L", (800, 1000), 255).save(scan)
    raw = bytearray(scan.read_bytes())
    (directory,) = struct.unpack_from("<I", raw, 4)
    (fields,) = struct.unpack_from("<H", raw, directory)
    struct.pack_into("<I", raw, directory + 2 + 12 * fields, directory)
    scan.write_bytes(raw)
    refused = await refusal_of(reader, scan)
    assert (refused.code, refused.parameters) == ("damaged", {"how": "loop"})


async def test_a_page_whose_picture_is_broken_has_a_problem_and_the_rest_is_read(
    reader: ScanReader, tmp_path: Path
) -> None:
    scan = tmp_path / "broken.tif"
    white = Image.new("L", (800, 1000), 255)
    white.save(scan, save_all=True, append_images=[white, white], compression="tiff_adobe_deflate")
    packed = zlib.compress(b"\xff" * 800)[:2]
    raw = bytearray(scan.read_bytes())
    second = raw.find(packed, raw.find(packed, raw.find(packed) + 2) + 2)
    raw[second : second + 60] = b"\0" * 60
    scan.write_bytes(raw)
    pages = await pages_of(reader, scan)
    assert len(pages) == 3
    assert sorted(page.problem for page in pages) == ["", "", "failed"]
    assert all(page.image.exists() and page.searchable.exists() for page in pages)
