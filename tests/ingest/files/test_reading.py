"""What files say, what is packed in them and what is dangerous about them."""

import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage

import pytest

from ingest.files.limits import FILE_LIMITS, FileLimits
from ingest.files.reading import File, read_file
from ingest.files.told import FileDefect, Packed, Told
from mail.file_kinds import FileKind
from mail.file_marks import FileMark
from tests.ingest.files.office_files import docx, encrypted_pdf, opendocument, pdf, pptx, xlsx, zipped
from tests.mail.outlook_files import Properties, compound, msg

RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\*\generator Word;}{\info{\author Geheim}}"
    rb"\pard Gr\'fc\'dfe aus Z\u252?rich\par{\b Fett} \{x\}\~5 \u8364?\tab Ende{\pict 0102}\par}"
)


def told(name: str, content: bytes, type_: str = "application/octet-stream", **limits: int) -> Told:
    """Return what a file says."""
    return read_file(File(name, type_, content), FileLimits(**limits))


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.pdf", pdf("Erste Seite", "Zweite"), "Erste Seite\nZweite"),
        ("a.docx", docx("Grüezi & Adieu", "Zweiter Absatz"), "Grüezi & Adieu\nZweiter Absatz"),
        ("a.xlsx", xlsx([["Menge", "Preis"], ["Rohre", 12.5]]), "Menge\nPreis\nRohre\n12.5"),
        ("a.pptx", pptx("Titel", "Ausblick"), "Titel\nAusblick"),
        ("a.odt", opendocument("Erster", "Zweiter"), "Erster ·\nZweiter ·"),
        ("a.ods", opendocument("Zelle", kind="spreadsheet"), "Zelle ·"),
        ("a.rtf", RTF, "Grüße aus Zürich\nFett {x} 5 € Ende"),
        ("a.txt", "Grüezi".encode("cp1252"), "Grüezi"),
        ("a.csv", "Ort;Zürich".encode("utf-16"), "Ort;Zürich"),
        ("a.html", b"<html><p>Guten <b>Tag</b></p><script>x</script>", "Guten Tag"),
        ("a.md", b"# Titel", "# Titel"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nSUMMARY:Sitzung", "BEGIN:VCALENDAR\r\nSUMMARY:Sitzung"),
        ("a.xml", b"<?xml version='1.0'?><a>Rechnung</a>", "<?xml version='1.0'?><a>Rechnung</a>"),
    ],
)
def test_each_format_is_read(name: str, content: bytes, text: str) -> None:
    found = told(name, content)
    assert found.text == text
    assert (found.defects, found.marks) == (set(), set())


def test_slides_come_in_their_order() -> None:
    assert told("a.pptx", pptx(*map(str, range(1, 13)))).text.split() == [str(n) for n in range(1, 13)]


def test_what_was_deleted_in_a_document_and_its_footnotes_are_found_too() -> None:
    notes = '<w:footnotes xmlns:w="w"><w:p><w:t>Fussnote</w:t></w:p></w:footnotes>'
    assert told("a.docx", docx("Text", more={"word/footnotes.xml": notes})).text == "Text\nFussnote"


def test_an_attached_mail_is_read_with_its_files() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Anna Muster <anna@muster.example>", "Innere Mail"
    mail.set_content("Innerer Text")
    mail.add_attachment(pdf("Tief innen"), maintype="application", subtype="pdf", filename="innen.pdf")
    found = told("a.eml", mail.as_bytes(), "message/rfc822")
    for text in ("Anna Muster", "Innere Mail", "Innerer Text", "Tief innen"):
        assert text in found.text
    assert [one.name for one in found.packed] == ["innen.pdf"]


def test_mails_within_mails_have_an_end() -> None:
    raw = b"Subject: ganz innen\r\n\r\nText\r\n"
    for number in range(6):
        outer = EmailMessage()
        outer["Subject"] = f"Hülle {number}"
        outer.set_content("Text")
        outer.add_attachment(raw, maintype="application", subtype="octet-stream", filename="x.eml")
        raw = outer.as_bytes()
    found = told("a.eml", raw, "message/rfc822")
    assert found.defects == {FileDefect.TOO_DEEP}
    assert "Hülle 5" in found.text
    assert "ganz innen" not in found.text


def tar(names: dict[str, int]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, size in names.items():
            member = tarfile.TarInfo(name)
            member.size = size
            archive.addfile(member, io.BytesIO(bytes(size)))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "packed"),
    [
        ("a.zip", zipped({"x/a.txt": "abc", "b.pdf": "x"}), [("x/a.txt", 3), ("b.pdf", 1)]),
        ("a.tar", tar({"a.txt": 700, "b": 0}), [("a.txt", 700), ("b", 0)]),
        ("a.tar.gz", gzip.compress(tar({"a.txt": 700}), mtime=0), [("a.txt", 700)]),
        ("Liste.csv.gz", gzip.compress(b"a;b", mtime=0), [("Liste.csv", 3)]),
        ("Liste.csv.bz2", b"BZh91AY", [("Liste.csv", None)]),
    ],
    ids=["zip", "tar", "tar.gz", "csv.gz", "csv.bz2"],
)
def test_archives_are_listed(name: str, content: bytes, packed: list[tuple[str, int | None]]) -> None:
    found = told(name, content)
    assert found.packed == [Packed(*one) for one in packed]
    assert found.text == ""


@pytest.mark.parametrize("content", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00"])
def test_archives_that_are_not_listed_say_so(content: bytes) -> None:
    assert told("a", content).defects == {FileDefect.NOT_LISTED}


def test_a_long_list_is_cut_and_a_program_at_its_end_is_told() -> None:
    found = told("a.zip", zipped({**{f"{n}.txt": "" for n in range(20)}, "z/setup.exe": "x"}), names=5)
    assert len(found.packed) == 5
    assert found.defects == {FileDefect.NAMES_TRUNCATED}
    assert found.marks == {FileMark.PROGRAM_INSIDE}


def encrypted_zip() -> bytes:
    """Return a zip archive whose flags say that it is encrypted."""
    content = bytearray(zipped({"a.txt": "x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", encrypted_zip()),
        ("a.pdf", encrypted_pdf("Geheim", password="x")),
        ("a.odt", opendocument("x", manifest="<encryption-data/>")),
    ],
)
def test_what_is_encrypted_is_told(name: str, content: bytes) -> None:
    found = told(name, content)
    assert FileMark.ENCRYPTED in found.marks
    assert found.text == ""


@pytest.mark.parametrize(
    ("name", "streams", "marks"),
    [
        ("a.docx", {"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, {FileMark.ENCRYPTED}),
        ("a.doc", {"WordDocument": bytes(10) + b"\x00\x01" + bytes(20)}, {FileMark.ENCRYPTED}),
        ("a.xls", {"Workbook": b"\x09\x08\x02\x00\x00\x06\x2f\x00\x02\x00\x01\x00"}, {FileMark.ENCRYPTED}),
        ("a.doc", {"WordDocument": bytes(32), "Macros/VBA/dir": b"x"}, {FileMark.MACROS}),
        ("a.doc", {"WordDocument": bytes(32)}, set()),
        ("a.msi", {"Property": b"x"}, {FileMark.PROGRAM}),
    ],
)
def test_old_office_files_tell_of_macros_and_encryption(
    name: str, streams: dict[str, bytes], marks: set[FileMark]
) -> None:
    assert told(name, compound(streams)).marks == marks


def test_a_mail_that_outlook_saved_is_read_with_its_files() -> None:
    attached: Properties = {0x3707: "innen.txt", 0x3701: b"Tief innen"}
    found = told("a.msg", msg({0x0037: "Betreff", 0x1000: "Guten Tag"}, [], [attached]))
    for text in ("Betreff", "Guten Tag", "innen.txt", "Tief innen"):
        assert text in found.text


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    found = told("a.pdf", encrypted_pdf("Offen", password=""))
    assert (found.text, found.marks) == ("Offen", set())


def test_macros_are_told_whatever_the_name() -> None:
    found = told("harmlos.docx", docx("Text", more={"word/vbaProject.bin": b"x"}))
    assert (found.marks, found.text) == ({FileMark.MACROS}, "Text")


def test_a_long_text_is_cut() -> None:
    found = told("a.txt", b"Wort " * 1000, characters=100)
    assert len(found.text) == 100
    assert found.defects == {FileDefect.TRUNCATED}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4 and nothing else"),
        ("a.docx", docx("Text")[:200]),
        ("a.docx", docx("x", more={"word/document.xml": "<a><b></a>"})),
        ("a.zip", b"PK\x03\x04 broken"),
        ("a.tar", b"\x00" * 257 + b"ustar" + b"\xff" * 300),
        ("a.gz", b"\x1f\x8b broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"),
    ],
)
def test_a_broken_file_is_a_defect_and_no_error(name: str, content: bytes) -> None:
    assert told(name, content).defects == {FileDefect.BROKEN}


def test_a_picture_and_what_nobody_knows_are_not_read() -> None:
    assert told("a.png", b"\x89PNG\r\n\x1a\n").defects == {FileDefect.NOT_READ}
    assert told("a.dat", b"\x00\x01").kind is FileKind.OTHER


def test_an_office_file_that_declares_entities_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x><t>&b;</t></x>'
    found = told("a.docx", docx("x", more={"word/document.xml": entities}))
    assert (found.text, found.defects) == ("", {FileDefect.BROKEN})


def test_what_unpacks_without_end_is_left() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b"<a>" + b" " * (FILE_LIMITS.unpacked_octets // 8))
    found = told("a.docx", file.getvalue(), unpacked_octets=1_000_000)
    assert found.defects == {FileDefect.TOO_LARGE}
    bomb = gzip.compress(tar({"a": 4_000_000}))
    assert told("a.tgz", bomb, unpacked_octets=1_000_000).defects == {FileDefect.TOO_LARGE}
