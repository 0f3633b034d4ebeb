"""Sheets are printed as PDF, and nothing is fetched for them."""

import asyncio
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.letters.codes import codes_on
from mail.reply_card import CardSize, laid_out
from mail.reply_code import SAMPLE, read
from mail.separator import is_separator_text
from outbound.sheets import printed as printing
from outbound.sheets.printed import NotPrinted, printed
from outbound.sheets.reply_card import LANGUAGES, PrintedCard, card_html, sample_card, sample_layout
from outbound.sheets.separator import MOST_COPIES, separator_sheets

KEY = b"k" * 32


def _pixels(octets: bytes, page: int = 0, *, dpi: int = 150) -> Image.Image:
    image = pypdfium2.PdfDocument(octets)[page].render(scale=dpi / 72, grayscale=True).to_pil()
    assert isinstance(image, Image.Image)
    return image


async def test_separator_sheets_are_printed_and_read_back_whichever_way_they_lie() -> None:
    octets = await separator_sheets(3, key=KEY)
    assert len(pypdfium2.PdfDocument(octets)) == 3
    for page, turn in ((0, 0), (1, 180), (2, 90)):
        turned = _pixels(octets, page).rotate(turn, expand=True)
        size = (297, 210) if turn == 90 else (210, 297)
        assert sum(is_separator_text(code.text, key=KEY) for code in codes_on(turned, *size)) == 5
        assert turned.getextrema() == (0, 255)


async def test_a_sheet_says_in_four_languages_what_it_is_for() -> None:
    text = pypdfium2.PdfDocument(await separator_sheets(1, key=KEY))[0].get_textpage().get_text_bounded()
    for title in ("Trennblatt", "Feuille de séparation", "Foglio separatore", "Separator sheet"):
        assert title in text


async def test_a_hundred_sheets_are_hardly_more_than_one() -> None:
    many = await separator_sheets(MOST_COPIES, key=KEY)
    assert len(pypdfium2.PdfDocument(many)) == MOST_COPIES
    assert len(many) < 3 * len(await separator_sheets(1, key=KEY))


@pytest.mark.parametrize("copies", [0, -1, MOST_COPIES + 1])
async def test_no_other_number_of_sheets_is_printed(copies: int) -> None:
    with pytest.raises(ValueError, match="sheets"):
        await separator_sheets(copies, key=KEY)


@pytest.mark.parametrize("size", CardSize)
async def test_a_sample_card_has_its_size_and_code(size: CardSize) -> None:
    language = LANGUAGES[list(CardSize).index(size)]
    octets = await sample_card(size, language, key=KEY)
    document = pypdfium2.PdfDocument(octets)
    assert len(document) == 1
    assert [side / 72 * 25.4 for side in document[0].get_size()] == pytest.approx(size.value, abs=0.1)
    (code,) = codes_on(_pixels(octets), *size.value)
    assert read(code.text, key=KEY) == SAMPLE
    place, printed_at = sample_layout(size, language).code, code.box
    assert (printed_at.left, printed_at.top) == pytest.approx((place.left, place.top), abs=0.3)


async def test_nothing_is_fetched_for_a_sheet(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("THE SECRET")
    octets = await printed(
        f'<p>seen</p><object data="{secret.as_uri()}"></object><img src="http://127.0.0.1:9/x.png">'
    )
    text = pypdfium2.PdfDocument(octets)[0].get_textpage().get_text_bounded()
    assert "seen" in text
    assert "SECRET" not in text


async def test_what_stands_on_a_card_cannot_become_html() -> None:
    html = card_html(PrintedCard("<script>alert(1)</script>", laid_out(CardSize.A6, []), "X", "de"))
    assert "<script>" not in html


async def test_a_printing_that_fails_or_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_PROGRAM", (*printing._PROGRAM[:-1], "no_such_program"))
    with pytest.raises(NotPrinted, match="no_such_program"):
        await printed("<p>x</p>")
    monkeypatch.setattr(printing, "_PROGRAM", (printing._PROGRAM[0], "-c", "import time; time.sleep(30)"))
    monkeypatch.setattr(printing, "_SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(NotPrinted, match="too long"):
        await printed("<p>x</p>")
    assert time.monotonic() - begun < 20


async def test_the_event_loop_goes_on_meanwhile() -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(beat())
    await separator_sheets(1, key=KEY)
    beating.cancel()
    assert beats >= 20
