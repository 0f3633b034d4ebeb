"""Pictures of every kind become grey or coloured pages of the right size, the right way up."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest.letters.kinds import ScanKind
from ingest.letters.limits import SCAN_LIMITS
from ingest.letters.opening import opened
from ingest.letters.paper import dpi_of
from ingest.letters.picture import plain
from ingest.letters.rendering import picture_of


def _half_black(mode: str) -> Image.Image:
    """Return a picture with its left half black."""
    image = Image.new("L", (400, 600), 255)
    image.paste(0, (0, 0, 200, 600))
    if mode == "I;16":
        return Image.fromarray(np.asarray(image).astype(np.uint16) * 120)
    if mode == "RGBA":
        seen = Image.new("RGBA", image.size, (0, 0, 0, 0))
        seen.paste((0, 0, 0, 255), (0, 0, 200, 600))
        return seen
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_a_picture_without_colour_is_grey_or_black_and_white(mode: str) -> None:
    image = plain(_half_black(mode))
    assert image.mode in {"1", "L"}
    grey = image.convert("L")
    assert grey.getpixel((20, 300)) == 0
    assert grey.getpixel((380, 300)) == 255


def test_colour_is_kept() -> None:
    image = Image.new("RGB", (400, 600), "white")
    image.paste("red", (50, 50, 150, 150))
    assert plain(image).mode == "RGB"


@pytest.mark.parametrize(
    ("orientation", "black"), [(1, "left"), (2, "right"), (3, "right"), (6, "top"), (8, "bottom")]
)
def test_a_photograph_stands_as_its_camera_was_held(tmp_path: Path, orientation: int, black: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    _half_black("L").save(tmp_path / "photo.jpg", exif=exif, dpi=(200, 200))
    grey = picture_of(tmp_path / "photo.jpg", ScanKind.JPEG, 0, SCAN_LIMITS).image
    width, height = grey.size
    places = {"left": (9, height // 2), "right": (width - 9, height // 2), "top": (width // 2, 9)}
    place = places.get(black, (width // 2, height - 9))
    assert np.asarray(grey)[place[1], place[0]] < 30
    assert (width > height) is (orientation > 4)


def test_each_page_of_a_tiff_is_its_own(tmp_path: Path) -> None:
    pages = [Image.new("L", (600, 800 + 10 * number), 255) for number in range(4)]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:], dpi=(100, 100))
    scanned = opened(tmp_path / "scan.tif", SCAN_LIMITS)
    heights = [
        picture_of(tmp_path / "scan.tif", scanned.kind, place, SCAN_LIMITS).image.height
        for place in scanned.places
    ]
    assert heights == [800, 810, 820, 830]


def test_a_fax_has_square_pixels_and_the_height_of_its_paper(tmp_path: Path) -> None:
    Image.new("1", (1728, 1145), 1).save(tmp_path / "fax.tif", dpi=(204, 98), compression="group4")
    picture = picture_of(tmp_path / "fax.tif", ScanKind.TIFF, 0, SCAN_LIMITS)
    assert (round(picture.width), round(picture.height)) == (215, 297)


def test_finer_pictures_are_made_smaller_but_not_their_paper(tmp_path: Path) -> None:
    Image.new("L", (4960, 7016), 255).save(tmp_path / "fine.jpg", dpi=(600, 600))
    picture = picture_of(tmp_path / "fine.jpg", ScanKind.JPEG, 0, SCAN_LIMITS)
    assert picture.image.width == pytest.approx(2480, abs=2)
    assert (round(picture.width), round(picture.height)) == (210, 297)


@pytest.mark.parametrize(
    ("size", "told", "dpi"),
    [
        ((1654, 2339), 200, 200),
        ((1654, 2339), 0, 200),
        ((2480, 3508), 72, 300),
        ((3508, 2480), 96, 300),
        ((2550, 3300), 1, 300),
        ((1024, 800), 0, 200),
        ((2480, 3508), 5000, 300),
    ],
)
def test_the_resolution_is_believed_or_guessed(size: tuple[int, int], told: float, dpi: float) -> None:
    assert dpi_of(*size, told) == pytest.approx(dpi, rel=0.01)
