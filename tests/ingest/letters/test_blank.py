"""A page on which nothing stands is told from one on which little stands."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ingest.letters.blank import is_blank
from ingest.letters.light import evened
from tests.ingest.letters.printing import GERMAN, printed, scanned

SIZE = (1654, 2339)  # A4 at 200 dpi


def _paper(shade: int = 250) -> Image.Image:
    return Image.new("L", SIZE, shade)


def _grained(seed: int = 1) -> Image.Image:
    grain = np.random.default_rng(seed).normal(235, 6, SIZE[::-1])
    return Image.fromarray(grain.clip(0, 255).astype(np.uint8))


def _specked() -> Image.Image:
    image, random = _grained(), np.random.default_rng(2)
    for left, top in random.integers((0, 0), (1650, 2330), (300, 2)).tolist():
        ImageDraw.Draw(image).ellipse((left, top, left + 3, top + 3), fill=40)
    return image


def _punched() -> Image.Image:
    image = _paper()
    for top in (930, 1560):
        ImageDraw.Draw(image).ellipse((90, top, 138, top + 48), fill=10)
    return image


def _shadowed() -> Image.Image:
    shades = np.full(SIZE[::-1], 245.0)
    shades[:, -40:] = 30  # beyond the paper's edge
    shades[:25] = 60
    shades -= np.linspace(70, 0, SIZE[0])[None, :]  # a book's fold
    return Image.fromarray(shades.clip(0, 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(2))


def _folded() -> Image.Image:
    image = _paper()
    ImageDraw.Draw(image).line((0, 780, 1654, 784), fill=120, width=2)
    return image


@pytest.mark.parametrize("make", [_paper, _grained, _specked, _punched, _shadowed, _folded])
def test_specks_holes_shadows_and_folds_leave_a_page_blank(make) -> None:
    assert is_blank(evened(make()), 200)


def test_one_short_line_is_a_page() -> None:
    image = _specked()
    ImageDraw.Draw(image).text((800, 1200), "siehe Rückseite", fill=30, font_size=36)
    assert not is_blank(evened(image), 200)


def test_a_signature_is_a_page() -> None:
    image = _paper()
    ImageDraw.Draw(image).line(
        [(600, 1500), (640, 1440), (660, 1520), (720, 1460), (800, 1500)], fill=60, width=4
    )
    assert not is_blank(evened(image), 200)


def test_a_letter_is_a_page(tmp_path: Path) -> None:
    assert not is_blank(evened(scanned(printed(GERMAN, tmp_path / "letter.pdf"))), 200)
