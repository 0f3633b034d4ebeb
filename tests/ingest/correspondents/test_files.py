"""Files as others write them: separators, encodings, broken lines, workbooks, vCards, and the shapes of programs."""

import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.correspondents.columns import Column
from ingest.correspondents.csv_rows import CsvFile
from ingest.correspondents.opening import FileKind, UnreadableFile, open_file
from ingest.correspondents.said import WrongReason
from ingest.correspondents.values import (
    defused,
    fused,
    joined,
    number_key,
    own_as_cell,
    own_in,
    parted,
    thorough_key,
)
from ingest.correspondents.vcards import CardFile
from ingest.correspondents.workbook_rows import UnreadableWorkbook, WorkbookFile

HEADER = "Vorname;Nachname;E-Mail"


def _file(folder: Path, content: bytes | str, name: str = "contacts.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _meanings(folder: Path, header: str, row: str = "") -> dict[str, str]:
    heading = open_file(_file(folder, f"{header}\n{row}\n")).heading
    return {t: m.value for t, m in zip(heading.titles, heading.meanings, strict=True) if m}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_separator_and_encoding_is_found(tmp_path: Path, separator: str, encoding: str):
    lines = [HEADER, *[f"Zoë{n};Müller–Frei;zoe{n}@firm.example" for n in range(20)]]
    text = "\r\n".join(lines).replace(";", separator)
    rows = list(open_file(_file(tmp_path, text.encode(encoding))).rows())
    assert [row.cells for row in rows][:1] == [["Zoë0", "Müller–Frei", "zoe0@firm.example"]]
    assert len(rows) == 20


def test_lines_in_another_encoding_are_wrong_and_no_others(tmp_path: Path):
    for most, other in (("utf-8", "cp1252"), ("cp1252", "utf-8")):
        lines = [f"Zoë{n};Müller;zoe{n}@firm.example".encode(most) for n in range(10)]
        lines[4] = "Zoë;Falsch;zoe@firm.example".encode(other)
        rows = list(open_file(_file(tmp_path, b"\n".join([HEADER.encode(), *lines]))).rows())
        wrong = [(row.line, row.wrong.reason) for row in rows if row.wrong]
        assert wrong == [(6, WrongReason.MIXED_ENCODING)]
        assert len(rows) == 10


def test_an_open_quotation_mark_costs_one_line(tmp_path: Path):
    text = f'{HEADER}\n"Anna;Muster;a@x.example\nUrs;Meier;u@x.example\n"Eva";"Graf\nFrei";e@x.example\n'
    rows = list(open_file(_file(tmp_path, text)).rows())
    assert [(row.line, row.wrong.reason if row.wrong else list(row.cells)) for row in rows] == [
        (2, WrongReason.BROKEN_QUOTES),
        (3, ["Urs", "Meier", "u@x.example"]),
        (4, ["Eva", "Graf\nFrei", "e@x.example"]),
    ]


def test_a_line_without_end_is_passed_over(tmp_path: Path):
    text = f"{HEADER}\nAnna;{'x' * 3_000_000};a@x.example\nUrs;Meier;u@x.example\n"
    rows = list(open_file(_file(tmp_path, text)).rows())
    assert [row.wrong.reason if row.wrong else row.cells[0] for row in rows] == [WrongReason.TOO_LONG, "Urs"]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_octets_make_reading_fail(tmp_path_factory: pytest.TempPathFactory, octets: bytes):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(octets)
    rows = list(CsvFile.at(path).rows())
    assert [row.at for row in rows] == list(range(1, len(rows) + 1))
    list(CardFile(path).rows())


def test_reading_goes_on_behind_any_row(tmp_path: Path):
    lines = [f'"A{n}";"B\n{n}";c{n}@x.example' if n % 3 else f'"A{n};B;c' for n in range(60)]
    file = open_file(_file(tmp_path, "\n".join([HEADER, *lines])))
    rows = list(file.rows())
    for after in (5, 17, 40):
        assert next(iter(file.rows(after))).at == after + 1
        assert [(row.at, row.cells) for row in file.rows(after)] == [
            (row.at, row.cells) for row in rows if row.at > after
        ]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Create Date,Associated Company,Job Title,City",
            "1,Anna,Muster,a@x.ch,044 123 45 67,2026-01-01,Muster AG,CEO,Bern",
            {"Record ID": "external_key", "Associated Company": "organisation", "Job Title": "function",
             "Phone Number": "phone", "City": "place"},
        ),
        (
            "Id,AccountId,LastName,FirstName,Salutation,MailingStreet,MailingCity,MailingPostalCode,Title,MobilePhone",
            "003,001,Muster,Anna,Ms.,Weg 1,Bern,3000,CEO,079",
            {"Id": "external_key", "AccountId": "organisation_key", "Title": "function", "MobilePhone": "mobile",
             "MailingPostalCode": "postcode"},
        ),
        (
            ("Title,First Name,Last Name,Company,Job Title,Business Street,Business City,Home Street,"
            "E-mail Address,E-mail 2 Address,Business Phone,Home Phone,Mobile Phone,Business Fax"),
            "Dr.,Anna,Muster,Muster AG,CEO,Weg 1,Bern,Gasse 2,a@x.ch,b@x.ch,1,2,3,4",
            {"Title": "title", "Job Title": "function", "Business Street": "street", "Home Street": "home_street",
             "E-mail 2 Address": "email", "Home Phone": "private_phone", "Business Fax": "fax"},
        ),
        (
            ("Anrede;Vorname;Nachname;Firma;Position;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;"
            "Telefon geschäftlich;Telefon privat;Mobiltelefon;E-Mail-Adresse"),
            "Dr.;Anna;Muster;Muster AG;CEO;Weg 1;Bern;3000;1;2;3;a@x.ch",
            {"Anrede": "title", "Straße geschäftlich": "street", "Telefon geschäftlich": "phone",
             "Telefon privat": "private_phone", "Postleitzahl geschäftlich": "postcode"},
        ),
        (
            ("First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
            "Organization Name,Organization Title,Labels"),
            "Anna,Muster,Work,a@x.ch,Mobile,079,Muster AG,CEO,* myContacts",
            {"E-mail 1 - Value": "email", "Phone 1 - Label": "phone_kind", "Organization Title": "function"},
        ),
        (
            "Nom,Prénom,Société,Fonction,Courriel,Téléphone,NPA,Localité,Pays",
            "Muster,Anna,Muster SA,CEO,a@x.ch,022,1200,Genève,Suisse",
            {"Nom": "family_name", "Société": "organisation", "Courriel": "email", "Localité": "place"},
        ),
        (
            "Cognome;Nome;Azienda;Funzione;Posta elettronica;Cellulare;CAP;Luogo",
            "Muster;Anna;Muster SA;CEO;a@x.ch;079;6900;Lugano",
            {"Cognome": "family_name", "Nome": "given_name", "CAP": "postcode", "Cellulare": "mobile"},
        ),
        ("Wer;Was;Wo", "Anna;a@x.example;+41 44 123 45 67", {"Was": "email", "Wo": "phone"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings_and_by_what_is_in_them(
    tmp_path: Path, header: str, row: str, expected: dict[str, str]
):
    assert _meanings(tmp_path, header, row).items() >= expected.items()


def test_a_table_without_headings_is_read_by_its_content(tmp_path: Path):
    opened = open_file(_file(tmp_path, "Anna,anna@x.example\nUrs,urs@x.example\n"))
    assert opened.heading.meanings[1] is Column.EMAIL
    assert len(list(opened.rows())) == 2


def _workbook(folder: Path, rows: list[list[object]]) -> Path:
    path = folder / "contacts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_workbook_is_a_table_too(tmp_path: Path):
    path = _workbook(
        tmp_path, [["Vorname", "Nachname", "PLZ"], ["Zoë", "Müller", 8001], ["Urs", "Meier", ""]]
    )
    opened = open_file(path)
    assert opened.kind is FileKind.XLSX
    assert [list(row.cells) for row in opened.rows()] == [["Zoë", "Müller", "8001"], ["Urs", "Meier", ""]]


def _altered(path: Path, member: str, content: bytes) -> Path:
    altered = path.with_name("altered.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(altered, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return altered


@pytest.mark.parametrize("memory", [256 * 1024 * 1024])
def test_workbooks_made_to_fill_memory_are_refused(tmp_path: Path, memory: int):
    path = _workbook(tmp_path, [["Vorname", "Nachname"], ["Zoë", "Müller"]])
    sheet = "xl/worksheets/sheet1.xml"
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    wide = _altered(path, sheet, head + corner + b"</sheetData></worksheet>")
    with pytest.raises(UnreadableWorkbook):
        list(WorkbookFile(wide, memory).rows())
    zeros = _altered(path, sheet, head + b" " * 450_000_000)
    assert zeros.stat().st_size < 1_000_000
    with pytest.raises(UnreadableWorkbook, match="unpacked it is too large"):
        list(WorkbookFile(zeros).rows())


def test_a_damaged_or_encrypted_workbook_says_so(tmp_path: Path):
    path = _workbook(tmp_path, [["Vorname"], ["Zoë"]])
    octets = bytearray(path.read_bytes())
    random.Random(1).shuffle(view := bytearray(octets[200:2000]))
    octets[200:2000] = view
    with pytest.raises(UnreadableWorkbook):
        open_file(_file(tmp_path, bytes(octets), "damaged.xlsx"))
    with pytest.raises(UnreadableFile, match="password"):
        open_file(_file(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "old.xls"))


CARDS = """\
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;Dr.
ORG:Muster AG;Einkauf
TEL;CELL:079 123 45 67
ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Bahnhofstr. 1=0A=
Postfach;Z=FCrich;;8001;CH
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQN

EMAIL;INTERNET:zoe@muster.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Meier;Urs;;;
FN:Urs Meier
NOTE:Eins\\, zwei\\nund ein langer Text der u
 mgebrochen ist
item1.EMAIL;type=INTERNET:urs@muster.example
END:VCARD
begin:vcard
VERSION:4.0
KIND:org
FN:Muster SA
TEL;VALUE=uri;TYPE="voice,work":tel:+41-22-123-45-67
EMAIL:info@muster-sa.example
END:VCARD
"""


def test_vcards_of_every_version_are_read(tmp_path: Path):
    opened = open_file(_file(tmp_path, CARDS.replace("\n", "\r\n"), "contacts.vcf"))
    assert opened.kind is FileKind.VCARD
    titles = opened.heading.titles
    cards = [{t: c for t, c in zip(titles, row.cells, strict=True) if c} for row in opened.rows()]
    assert cards[0] == {
        "family_name": "Müller", "given_name": "Zoë", "title": "Dr.", "organisation": "Muster AG",
        "email": "zoe@muster.example", "phone_kind": ";mobile", "phone": "079 123 45 67",
        "street": "Bahnhofstr. 1, Postfach", "place": "Zürich", "postcode": "8001", "country": "CH",
    }  # fmt: skip
    assert cards[1]["note"] == "Eins, zwei\nund ein langer Text der umgebrochen ist"
    assert cards[1]["email"] == "urs@muster.example"
    assert cards[2]["organisation"] == "Muster SA"
    assert cards[2]["phone"] == "+41-22-123-45-67"


def test_cards_made_to_fill_memory_are_wrong_and_the_next_is_read(tmp_path: Path):
    long = "BEGIN:VCARD\nVERSION:3.0\nN:Bombe;Anna\nNOTE:" + "x" * 5_000_000 + "\nEND:VCARD\n"
    nested = "BEGIN:VCARD\nN:Aussen;Anna\n" + "BEGIN:VCARD\n" * 5000 + "END:VCARD\n" * 5000 + "END:VCARD\n"
    picture = "BEGIN:VCARD\nN:Bild;Anna\nPHOTO;ENCODING=b:" + "A" * 5_000_000 + "\nEND:VCARD\n"
    many = "BEGIN:VCARD\nN:Viele;Anna\n" + "EMAIL:a@x.example\n" * 5000 + "END:VCARD\n"
    rows = list(CardFile(_file(tmp_path, long + nested + picture + many + "BEGIN:VCARD\nN:Offen")).rows())
    assert [row.wrong.reason if row.wrong else row.cells[6] for row in rows] == [
        WrongReason.TOO_LONG, "Aussen", "Bild", "Viele", WrongReason.BROKEN_CARD,
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=30))
def test_what_is_defused_is_no_formula_and_can_be_undone(text: str):
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert fused(defused(text)) == text


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=10), st.lists, max_leaves=5))
def test_an_own_field_is_read_as_it_was_written(value: object):
    assert own_in(own_as_cell(value)) == value


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs", "Cc", "Z"]), min_size=1)
    )
)
def test_several_values_in_a_cell_are_parted_as_they_were(parts: list[str]):
    assert parted(joined(parts)) == parts


@settings(deadline=None)
@given(
    st.sampled_from(["CH", "DE", "AT", "FR", "IT", "GB", "US"]),
    st.text("0123456789 ./-", min_size=5, max_size=16),
)
def test_the_quick_way_to_read_a_number_agrees_with_the_thorough_one(country: str, written: str):
    assert number_key(written, country) == thorough_key(written, country)
