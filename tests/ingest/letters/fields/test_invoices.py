"""Invoices of many countries: who issued them, and when, is read from their text layers."""

import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from rapidfuzz import fuzz

from ingest.letters.fields.of_letter import fields_of
from ingest.letters.layer import layer_of
from mail.letter import LetterFields, Page, TextSource

_MM_PER_POINT = 25.4 / 72
# Who issued that of Saeco stands in a picture only.
_NAMES = (
    "AmazonWebServices AzureInterior FlipkartInvoice NetpresseInvoice QualityHosting SammyMaystoneLinesTest coolblue1 "
    "coolblue2 free_fiber oyo saeco"
).split()


def _fields(pdf: Path) -> LetterFields:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for number, page in enumerate(document, 1):
            width, height = (points * _MM_PER_POINT for points in page.get_size())
            pages.append(Page(number, width, height, layer_of(page).lines, source=TextSource.LAYER))
    return fields_of(pages, today=date(2026, 11, 28))


@pytest.mark.parametrize("name", _NAMES)
def test_an_invoice_is_from_who_issued_it_and_of_its_date(name: str, corpus_dir: Path) -> None:
    folder = corpus_dir / "scans" / "invoices"
    (meant,) = json.loads((folder / f"{name}.json").read_text())
    fields = _fields(folder / f"{name}.pdf")
    assert str(fields.date) == meant["date"]
    if name == "saeco":
        return
    assert fields.sender is not None
    read = fields.sender.organisation or fields.sender.person
    assert fuzz.partial_ratio(meant["issuer"].lower(), read.lower()) > 95
