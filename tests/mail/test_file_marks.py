"""What is dangerous about a file is told by its name, its type and its first octets."""

import pytest

from mail.file_kinds import FileKind, kind_of
from mail.file_marks import FileMark, ending, is_program, marks_of

PE = b"MZ\x90\x00\x03" + b"\x00" * 55 + (64).to_bytes(4, "little") + b"PE\x00\x00"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileKind.EMPTY),
        (PE, FileKind.PROGRAM),
        (b"MZ ist der Name eines Kunden, und was er schreibt.", FileKind.TEXT),
        (b"\x7fELF\x02\x01", FileKind.PROGRAM),
        (b"\xcf\xfa\xed\xfe\x07", FileKind.PROGRAM),
        (b"#!/bin/sh\nrm", FileKind.SCRIPT),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00", FileKind.SHORTCUT),
        (b"\x00" * 0x8001 + b"CD001", FileKind.DISC_IMAGE),
        (b"\xef\xbb\xbf\n%PDF-1.4", FileKind.PDF),
        (b"%PDF-1.7", FileKind.PDF),
        (b"PK\x03\x04", FileKind.ZIP),
        (b"\x00" * 257 + b"ustar", FileKind.TAR),
        (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
        (b"Rar!\x1a\x07\x01\x00", FileKind.RAR),
        (b"\xff\xd8\xff\xe0", FileKind.PICTURE),
        (b"RIFF....WEBP", FileKind.PICTURE),
        (b"  <!DOCTYPE HTML><p>", FileKind.HTML),
        (b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", FileKind.HTML),
        (b"Gr\xfcezi", FileKind.TEXT),
        (b"\x00\x01\x02\x03", FileKind.OTHER),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


PROGRAM, MACROS, DOUBLE, TURNED, DISGUISED, INSIDE, ENCRYPTED = FileMark


@pytest.mark.parametrize(
    ("name", "type_", "content", "marks"),
    [
        ("Rechnung.pdf", "application/pdf", b"%PDF-1.4", ()),
        ("Rechnung.pdf.exe", "application/octet-stream", PE, (PROGRAM, DOUBLE)),
        ("Rechnung.pdf          .exe", "application/pdf", PE, (PROGRAM, DOUBLE)),
        ("Rechnung.pdf.exe. ", "application/octet-stream", None, (PROGRAM, DOUBLE)),
        ("Rechnung\u202efdp.exe", "application/pdf", PE, (PROGRAM, TURNED)),
        ("setup.exe", "application/x-msdownload", PE, (PROGRAM,)),
        ("Offerte.js", "text/plain", b"var x", (PROGRAM,)),
        ("Rechnung.pdf", "application/pdf", PE, (PROGRAM, DISGUISED)),
        ("Rechnung.pdf", "application/pdf", b"PK\x03\x04", (DISGUISED,)),
        ("Rechnung.pdf", "application/pdf", b"<html>", (DISGUISED,)),
        ("Bild.jpg", "image/jpeg", b"#!/bin/sh", (PROGRAM, DISGUISED)),
        ("Liste.xls", "application/vnd.ms-excel", b"<html><table>", ()),
        ("Brief.doc", "application/msword", b"{\\rtf1", ()),
        ("Vorlage.docm", "application/octet-stream", b"PK\x03\x04", (MACROS,)),
        ("Vorlage.pdf.docm", "application/octet-stream", b"PK\x03\x04", (MACROS, DOUBLE)),
        ("Offerte 1.2.2026.pdf", "application/pdf", b"%PDF", ()),
        ("muster.tar.gz", "application/gzip", b"\x1f\x8b", ()),
        ("", "application/pdf", PE, (PROGRAM, DISGUISED)),
        ("Notiz.txt", "text/plain", b"", ()),
        ("Daten.dat", "application/octet-stream", b"\x00\x01", ()),
        ("Abbild.iso", "application/octet-stream", None, (PROGRAM,)),
    ],
)
def test_each_file_has_its_marks(
    name: str, type_: str, content: bytes | None, marks: tuple[FileMark, ...]
) -> None:
    assert marks_of(name, type_, None if content is None else kind_of(content)) == marks


def test_what_was_found_inside_is_a_mark_too() -> None:
    assert marks_of("a.zip", "", FileKind.ZIP, ["encrypted", "program-inside"]) == (INSIDE, ENCRYPTED)


def test_only_what_can_run_or_lies_is_dangerous() -> None:
    assert {mark for mark in FileMark if not mark.is_dangerous} == {ENCRYPTED}


@pytest.mark.parametrize(
    ("name", "last"),
    [("a.PDF", "pdf"), ("x/y.b", "b"), ("c:\\d.exe", "exe"), (".profile", ""), ("..", ""), ("a", "")],
)
def test_what_systems_go_by_stands_behind_the_last_point(name: str, last: str) -> None:
    assert ending(name) == last


def test_a_declared_type_of_programs_is_enough() -> None:
    assert is_program("Lies mich", "application/x-msdownload")
