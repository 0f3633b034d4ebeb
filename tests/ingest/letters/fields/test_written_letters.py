"""Letters of many layouts, written by hand, are read as they were meant.

Each is a page of HTML with what it says beside it as JSON; it is printed, and its text layer read.
"""

import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import weasyprint

from ingest.letters.fields.as_json import as_json
from ingest.letters.fields.of_letter import fields_of
from ingest.letters.layer import layer_of
from mail.letter import Box, Line, Page, TextSource, Word

LETTERS = Path(__file__).parent / "letters"
TODAY = date(2026, 11, 28)
_MM_PER_POINT = 25.4 / 72


@cache
def _page(name: str) -> Page:
    printed = weasyprint.HTML(string=(LETTERS / f"{name}.html").read_text()).write_pdf()
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as document:
        width, height = (points * _MM_PER_POINT for points in document[0].get_size())
        return Page(1, width, height, layer_of(document[0]).lines, source=TextSource.LAYER)


def _read(page: Page) -> dict[str, Any]:
    return as_json([page], fields_of([page], today=TODAY))


@pytest.mark.parametrize("name", sorted(path.stem for path in LETTERS.glob("*.html")))
def test_a_letter_says_what_it_says(name: str) -> None:
    meant, read = json.loads((LETTERS / f"{name}.json").read_text()), _read(_page(name))
    for party in ("sender", "addressee"):
        wanted = meant.pop(party)
        assert {field: read[party][field] for field in wanted} == wanted
    assert {field: read[field] for field in meant} == meant


@pytest.mark.parametrize(("right", "down", "scale"), [(6, 5, 1.0), (-5, -7, 1.0), (0, 0, 0.96), (2, 3, 1.04)])
@pytest.mark.parametrize("name", ["din-form-b-row-of-references", "swiss-right-window", "french-right"])
def test_an_addressee_is_found_where_the_paper_lay_askew_in_the_scanner(
    name: str, right: float, down: float, scale: float
) -> None:
    page = _page(name)
    moved = Page(1, page.width, page.height, tuple(_moved(line, right, down, scale) for line in page.lines))
    assert {**_read(moved)["addressee"], "box": None} == {**_read(page)["addressee"], "box": None}


def _moved(line: Line, right: float, down: float, scale: float) -> Line:
    return Line(
        tuple(
            Word(
                word.text,
                Box(
                    word.box.left * scale + right,
                    word.box.top * scale + down,
                    word.box.width * scale,
                    word.box.height * scale,
                ),
                word.confidence,
            )
            for word in line.words
        )
    )


def test_every_field_has_its_place_on_the_page() -> None:
    page = _page("din-form-a")
    fields = fields_of([page], today=TODAY)
    assert fields.addressee is not None
    assert fields.addressee.box is not None
    assert 24 < fields.addressee.box.left < 27
    assert 44 < fields.addressee.box.top < 48
    assert fields.our_reference is not None
    assert fields.our_reference.box.left > 140  # the value, not its label
    assert {found.value for found in fields.ibans} == {"DE89370400440532013000"}
    assert {found.value for found in fields.tax_numbers} == {"DE136695976"}
    assert {found.value for found in fields.phones} == {"+49403692110"}
    assert {found.value for found in fields.emails} == {"info@nordhafen-spedition.de"}
    assert fields.salutation is not None
    assert fields.salutation.value == "Sehr geehrter Herr Petersen"


def test_nothing_on_a_page_is_no_letter_and_no_error() -> None:
    read = _read(Page(1, 210, 297))
    assert read["sender"]["organisation"] == read["subject"] == ""
    assert read["date"] is read["language"] is read["addressee"]["box"] is None
    assert [defect["code"] for defect in read["defects"]] == ["no-text"]
