"""Codes on page images are read with their places, at any resolution that scanners use."""

import numpy as np
import pytest
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from zxingcpp import BarcodeFormat, create_barcode

from ingest.letters.codes import codes_on
from mail.letter import Box

A4 = (210.0, 297.0)


def _page(dpi: int) -> Image.Image:
    return Image.new("L", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), 255)


def _with_qr(page: Image.Image, text: str, box: Box, dpi: int) -> None:
    modules = np.array([list(row) for row in segno.make_qr(text, error="q").matrix_iter(border=0)])
    side = round(box.width / 25.4 * dpi)
    drawn = Image.fromarray(np.where(modules, 0, 255).astype(np.uint8)).resize(
        (side, side), Image.Resampling.BOX
    )
    page.paste(drawn, (round(box.left / 25.4 * dpi), round(box.top / 25.4 * dpi)))


def _with_patch_t(page: Image.Image, dpi: int, *, at: tuple[float, float] = (60.0, 30.0)) -> None:
    draw, millimetre, top = ImageDraw.Draw(page), dpi / 25.4, at[1]
    for height in (2.03, 5.08, 2.03, 5.08):
        corners = (at[0], top, at[0] + 63.5, top + height)
        draw.rectangle([round(one * millimetre) for one in corners], fill=0)
        top += height + 2.03


def _noisy(page: Image.Image, seed: int, *, grain: float = 25.0, specks: float = 0.004) -> NDArray[np.uint8]:
    chance = np.random.default_rng(seed)
    grey = np.asarray(page).astype(np.float64) + chance.normal(0, grain, (page.height, page.width))
    dust = chance.random(grey.shape)
    grey[dust < specks / 2], grey[dust > 1 - specks / 2] = 0, 255
    return np.clip(grey, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_qr_code_is_read_with_its_place(dpi: int) -> None:
    page = _page(dpi)
    _with_qr(page, "HELLO 42", Box(150, 20, 30, 30), dpi)
    (code,) = codes_on(page, *A4)
    assert (code.symbology, code.text) == ("qr", "HELLO 42")
    found = (code.box.left, code.box.top, code.box.width, code.box.height)
    assert found == pytest.approx((150, 20, 30, 30), abs=1.0)


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        (BarcodeFormat.Code128, "code128", "SPLIT-HERE"),
        (BarcodeFormat.Code39, "code39", "ABC123"),
        (BarcodeFormat.ITF, "itf", "1234567890"),
        (BarcodeFormat.DataMatrix, "datamatrix", "98.01.123456"),
    ],
)
def test_the_usual_codes_are_read(kind: BarcodeFormat, name: str, text: str) -> None:
    page = _page(200)
    drawn = create_barcode(text, kind).to_image(scale=4, add_quiet_zones=False)
    page.paste(Image.fromarray(np.asarray(drawn)), (300, 500))
    assert [(code.symbology, code.text) for code in codes_on(page, *A4)] == [(name, text)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_any_way_gives_the_same_codes(turn: int) -> None:
    page = _page(150)
    _with_qr(page, "Postbuch", Box(20, 200, 25, 25), 150)
    _with_patch_t(page, 150)
    turned = page.rotate(turn, expand=True)
    size = A4 if turn % 180 == 0 else A4[::-1]
    assert {(c.symbology, c.text) for c in codes_on(turned, *size)} == {("qr", "Postbuch"), ("patch-t", "T")}


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
@pytest.mark.parametrize("skew", [-5, -2, 0, 3])
def test_a_patch_t_is_read_on_a_crooked_and_noisy_page(dpi: int, skew: float) -> None:
    page = _page(dpi)
    _with_patch_t(page, dpi)
    noisy = _noisy(page.rotate(skew, Image.Resampling.BILINEAR, fillcolor=255), seed=dpi)
    (code,) = codes_on(noisy, *A4)
    assert (code.symbology, code.text) == ("patch-t", "T")
    if skew == 0:
        place = (code.box.left, code.box.top, code.box.width, code.box.height)
        assert place == pytest.approx((60, 30, 63.5, 20.3), abs=1.5)


def test_a_pale_patch_t_is_read() -> None:
    page = _page(200)
    _with_patch_t(page, 200)
    pale = (np.asarray(page).astype(np.float64) * 0.35 + 120).astype(np.uint8)
    assert [code.symbology for code in codes_on(pale, *A4)] == ["patch-t"]


@pytest.mark.parametrize(
    "heights", [(5.08, 5.08, 2.03, 2.03), (2.03, 5.08, 5.08, 2.03), (2.03, 2.03, 2.03, 2.03), (4, 10, 4, 10)]
)
def test_other_bars_are_no_patch_t(heights: tuple[float, ...]) -> None:
    page = _page(150)
    draw, top = ImageDraw.Draw(page), 200.0
    for height in heights:
        draw.rectangle([100, round(top), 600, round(top + height / 25.4 * 150)], fill=0)
        top += (height + 2.03) / 25.4 * 150
    assert codes_on(page, *A4) == ()


def test_lines_of_print_and_empty_images_have_no_codes() -> None:
    page = _page(150)
    draw = ImageDraw.Draw(page)
    for line in range(60):
        draw.text(
            (100, 100 + line * 25), "Sehr geehrte Damen und Herren |||| || ||| IIII 1234567" * 2, fill=0
        )
    assert codes_on(page, *A4) == ()
    assert codes_on(np.zeros((1, 1), dtype=np.uint8), *A4) == ()
    assert codes_on(np.zeros((500, 400), dtype=np.uint8), *A4) == ()
    assert codes_on(_noisy(_page(100), 7, grain=90.0, specks=0.3), *A4) == ()
