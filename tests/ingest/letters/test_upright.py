"""A page is put upright whichever way it was put in."""

import numpy as np
import pytest
from PIL import Image

from ingest.letters.light import evened, ink_of
from ingest.letters.picture import Picture
from ingest.letters.upright import lie_of
from tests.ingest.letters.printing import GERMAN, printed, scanned


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    return scanned(printed(GERMAN, tmp_path_factory.mktemp("printed") / "letter.pdf"))


@pytest.mark.parametrize("skew", [-5.0, -1.3, 0.0, 0.6, 4.5])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turn_and_skew_are_found_and_undone(letter: Image.Image, turn: int, skew: float) -> None:
    lying = Picture(letter, 200).straightened(-skew).turned((360 - turn) % 360)
    lie = lie_of(ink_of(evened(lying.image)))
    assert lie.turn == turn
    assert abs(lie.skew - skew) <= 0.15
    again = lie_of(ink_of(evened(lying.turned(lie.turn).straightened(lie.skew).image)))
    assert (again.turn, abs(again.skew) <= 0.1) == (0, True)


def test_a_page_without_print_lies_straight() -> None:
    lie = lie_of(np.zeros((800, 600), np.bool_))
    assert (lie.turn, lie.skew) == (0, 0.0)


def test_a_turned_picture_keeps_the_size_of_its_paper() -> None:
    picture = Picture(Image.new("L", (1654, 2339)), 200)
    turned = picture.turned(90)
    assert (turned.width, turned.height) == (picture.height, picture.width)
