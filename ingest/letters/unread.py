"""A page that could not be read: white paper in its place, so that the scan keeps its count of pages."""

from pathlib import Path

from PIL import Image

from ingest.letters.picture import Picture
from ingest.letters.searchable import jpeg_of, write_searchable
from mail.letter import Page

_A4_AT_50_DPI = (413, 585)


def leave_white(number: int, image: Path, searchable: Path) -> Page:
    """Write a white picture and PDF, and return a page without words; what was written already stays."""
    white = Picture(Image.new("L", _A4_AT_50_DPI, 255), 50.0)
    jpeg = jpeg_of(white)
    image.write_bytes(jpeg)
    write_searchable(white, jpeg, (), searchable)
    return Page(number, white.width, white.height)
