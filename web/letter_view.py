"""A letter as it is shown: the pictures of its pages with what is marked on them, and what was read."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from history.candidates import Candidate
from mail.letter import Box, LetterFields
from storage import letters
from storage.entries import Entry
from storage.letter_fields import unpacked_fields
from storage.page_words import unpacked_lines
from storage.scans import Letter, ScanPage
from web.letter_marks import (
    Mark,
    evidence_of,
    field_marks,
    hits_on,
    kept_apart,
    turned_box,
    turned_mark,
    with_evidence,
)

LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of a letter; sizes and boxes in millimetres of the picture as it is turned now."""

    number: int
    width: float
    height: float
    marks: Sequence[Mark]
    hits: Sequence[Box]
    problem: str


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter, its pages, and all that was read on it; *sought* are the words that are marked."""

    letter: Letter
    fields: LetterFields
    pages: Sequence[ShownPage]
    marks: Sequence[Mark]
    sought: str = ""

    @property
    def hits(self) -> int:
        """How many words are marked."""
        return sum(len(page.hits) for page in self.pages)

    @property
    def first_hit(self) -> int:
        """The number of the first page with one of them; 0 without any."""
        return next((page.number for page in self.pages if page.hits), 0)


async def shown_letter(
    entry: Entry, viewer: int, *, sought: str = "", candidates: Sequence[Candidate] = ()
) -> ShownLetter | None:
    """Return the letter of an entry; None if it is none."""
    letter = await letters.letter_of_entry(entry.id, viewer) if entry.kind == LETTER else None
    if letter is None:
        return None
    read = unpacked_fields(letter.found)
    marks = with_evidence(field_marks(read), evidence_of(letter.evidence), [_whom(one) for one in candidates])
    pages = [await _shown(page, marks, sought) for page in letter.pages]
    return ShownLetter(letter, read, pages, marks, sought)


def _whom(candidate: Candidate) -> tuple[str, int]:
    """Return a candidate as evidence names them: kind and id."""
    if candidate.person:
        return "person", candidate.person.person.id
    return "organisation", candidate.organisation.id if candidate.organisation else 0


async def _shown(page: ScanPage, marks: Sequence[Mark], sought: str) -> ShownPage:
    turned, width, height = page.turned_by_hand, page.width, page.height
    here = [turned_mark(mark, width, height, turned) for mark in marks if mark.page == page.number]
    hits = await _hits(page, sought) if sought else []
    if turned in {90, 270}:
        shown_width, shown_height = height, width
    else:
        shown_width, shown_height = width, height
    boxes = [turned_box(box, width, height, turned) for box in hits]
    return ShownPage(page.number, shown_width, shown_height, kept_apart(here), boxes, page.problem)


async def _hits(page: ScanPage, sought: str) -> list[Box]:
    """Return the places of words on a page; its words are in memory only meanwhile."""
    whole = await letters.side(page.scan_id, page.number)
    return await asyncio.to_thread(lambda: hits_on(unpacked_lines(whole.words), sought)) if whole else []
