"""Which letters are in a scan?  Pages of a batch, parted at separator sheets; blank pages left out.

A letter begins behind a sheet of ours, known by the signed code on it, and, where the settings
say so, at a bar code of other makers.  All other codes split nothing.  A page that says
something is never dropped: a missed sheet makes one letter of two, and loses nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ingest.letters.patch_codes import PATCH_T
from mail.letter import Code, Page
from mail.separator import is_separator_text

# A sheet with a plain bar code says a line or two; more is a letter with a label stuck on it.
_MOST_WORDS_OF_A_SHEET = 40


@dataclass(frozen=True, slots=True)
class Separators:
    """At what letters are parted: sheets signed with *key*; besides, by setting, a Code 128 of one text, a Patch T."""

    key: bytes
    code128: str = ""
    patch_t: bool = False


class _Part(Enum):
    SHEET = auto()  # parts, and is dropped
    BEGINNING = auto()  # the first page of a letter
    BLANK = auto()
    PAGE = auto()


def split(pages: Sequence[Page], *, by: Separators) -> list[tuple[Page, ...]]:
    """Return the letters of a scan, each with its pages in order; none is empty."""
    letters: list[list[Page]] = [[]]
    for page in pages:
        part = _part(page, by)
        if part in {_Part.SHEET, _Part.BEGINNING}:
            letters.append([])
        if part in {_Part.BEGINNING, _Part.PAGE}:
            letters[-1].append(page)
    return [tuple(letter) for letter in letters if letter]


def is_separator(page: Page, *, by: Separators) -> bool:
    """Tell whether a page is a separator sheet, and no part of any letter."""
    return _part(page, by) is _Part.SHEET


def _part(page: Page, by: Separators) -> _Part:
    if any(is_separator_text(code.text, key=by.key) for code in page.codes if code.symbology == "qr"):
        return _Part.SHEET
    if _has_plain_separator(page.codes, by):
        return _Part.SHEET if _count_words(page) <= _MOST_WORDS_OF_A_SHEET else _Part.BEGINNING
    return _Part.BLANK if page.is_blank else _Part.PAGE


def _has_plain_separator(codes: Iterable[Code], by: Separators) -> bool:
    return any(
        (code.symbology == "code128" and bool(by.code128) and code.text.strip() == by.code128.strip())
        or (code.symbology == PATCH_T and by.patch_t)
        for code in codes
    )


def _count_words(page: Page) -> int:
    return sum(len(line.words) for line in page.lines)
