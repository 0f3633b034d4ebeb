"""The text layer of a PDF is used where it says what is seen, and only there."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from ingest.letters.layer import Layer, layer_of
from ingest.letters.light import evened
from ingest.letters.limits import SCAN_LIMITS
from ingest.letters.lines import in_lines
from ingest.letters.pdf import open_pdf
from ingest.letters.reading import ScanReader
from ingest.letters.rendering import pdf_picture
from ingest.letters.trust import is_good, is_language
from mail.letter import Box, TextSource, Word
from tests.ingest.letters.printing import GERMAN, printed
from tests.ingest.letters.taken import a_reader, pages_of

reader = pytest.fixture(a_reader)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
async def test_words_stand_where_they_are_seen_however_the_page_is_turned(
    reader: ScanReader, tmp_path: Path, turn: int
) -> None:
    scan = printed(GERMAN, tmp_path / "letter.pdf")
    writer = PdfWriter(scan)
    writer.pages[0].rotate(turn)
    writer.write(scan)
    (read,) = await pages_of(reader, scan)
    assert read.page.source is TextSource.LAYER
    assert (round(read.page.width), round(read.page.height)) == (210, 297)
    assert read.page.turned == (360 - turn) % 360
    line = next(line for line in read.page.lines if line.text == "Sehr geehrte Frau Grossmüller,")
    assert line.box.left == pytest.approx(22, abs=1)
    assert line.box.top == pytest.approx(92, abs=12)
    assert "8001 Zürich" in PdfReader(read.searchable).pages[0].extract_text()


def _seen(scan: Path) -> tuple[Layer, bool]:
    with open_pdf(scan) as document:
        picture, layer = pdf_picture(document[0], SCAN_LIMITS), layer_of(document[0])
    return layer, is_good(layer, evened(picture.grey().image), picture.dpi)


def test_a_letter_s_own_text_is_good(tmp_path: Path) -> None:
    layer, good = _seen(printed(GERMAN, tmp_path / "letter.pdf"))
    assert good
    assert [line.text for line in layer.lines][:2] == [
        "Muster & Söhne AG · Bahnhofstrasse 12 · 8001 Zürich", "Frau",
    ]  # fmt: skip


def test_a_stamp_s_text_on_a_scanned_letter_is_not_good(tmp_path: Path) -> None:
    scan = printed(GERMAN, tmp_path / "letter.pdf")
    layer, _ = _seen(scan)
    stamp = tuple(word for word in layer.words if word.box.top < 40)
    with open_pdf(scan) as document:
        picture = pdf_picture(document[0], SCAN_LIMITS)
    assert not is_good(Layer(stamp * 3, 0), evened(picture.grey().image), picture.dpi)


@pytest.mark.parametrize(
    "soup",
    [
        "\ue001\ue002\ue003 \ue004\ue005\ue006 \ue007\ue008\ue009 \ue00a\ue00b\ue00c",
        "!\"#$%& '()*+, -./012 !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "wjfmfo ebol gýs jis tdisfjcfo xjs cftuåujhfo hfsof ebtt jisf cftufmmvoh",
        "\ufffd\ufffd\ufffd \ufffd\ufffd \ufffd\ufffd\ufffd\ufffd abc",
        "",
    ],
)
def test_a_soup_of_glyphs_is_no_language(soup: str) -> None:
    assert not is_language(soup.split())


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        "Nous avons bien reçu votre courrier du 3 février et vous en remercions.",
        "La ringraziamo per la Sua lettera del 3 febbraio.",
        "Invoice 4711 Total CHF 1'234.50 VAT 8.1 % IBAN CH93 0076 2011 6238 5295 7",
    ],
)
def test_letters_and_invoices_are_language(text: str) -> None:
    assert is_language(text.split())


def test_words_become_lines_whichever_order_they_come_in() -> None:
    words = [
        Word("rechts", Box(120, 10.2, 15, 3)), Word("zweite", Box(20, 16, 15, 3)), Word("Zeile", Box(32, 10, 12, 3)),
        Word("erste", Box(20, 10.4, 10, 2.6)), Word("-", Box(46, 11.5, 1.5, 0.4)), Word("Ende", Box(50, 10, 10, 3)),
    ]  # fmt: skip
    assert [line.text for line in in_lines(words)] == ["erste Zeile - Ende", "rechts", "zweite"]
