"""How are scans, letters and their pages answered?"""

from datetime import datetime
from typing import Any

from ingest.letters.refusals import reason_of
from storage.entries import Direction
from storage.scans import Letter, Scan, ScanPage, ScanSource, ScanState
from web.api.fields import Answer, Named, Page


class Problem(Answer):
    """Why something could not be read: its code, and a sentence in English."""

    code: str
    sentence: str


class LetterSummary(Answer):
    """A letter: its pages by their numbers in the scan begin with *first_page*; `held` is why its entry waits."""

    id: int
    scan_id: int
    first_page: int
    entry_id: int | None
    direction: Direction
    held: str | None


class ScanSummary(Answer):
    """A scan; *pages* is how many it has (0 while nobody knows), *done* how many of them are read."""

    id: int
    name: str
    digest: str
    size: int
    source: ScanSource
    is_outgoing: bool
    staff: Named | None
    received_at: datetime
    state: ScanState
    pages: int
    done: int
    problem: Problem | None
    letters: list[LetterSummary]


class PageOfScan(Answer):
    """One side of paper; sizes in millimetres.  A dropped one belongs to no letter."""

    number: int
    letter_id: int | None
    width: float
    height: float
    text_source: str
    is_blank: bool
    is_separator: bool
    dropped: bool
    turned_by_hand: int
    problem: str


class ScanInFull(ScanSummary):
    """A scan with its pages."""

    sides: list[PageOfScan]


class ScanRows(Page):
    """A page of scans, the newest first."""

    rows: list[ScanSummary]


class EvidenceOfLetter(Answer):
    """What spoke for somebody, with its places on the pages (page in the scan, millimetres)."""

    reason: str
    strength: str
    parameters: dict[str, str]
    person_id: int | None
    organisation_id: int | None
    places: list[dict[str, float]]


class LetterInFull(LetterSummary):
    """A letter with its pages, what was read on it (fields as in docs/letter-format.md), and what spoke for whom."""

    sides: list[PageOfScan]
    fields: dict[str, Any]
    evidence: list[EvidenceOfLetter]


class WordOnPage(Answer):
    """A word with its place in millimetres; how sure it is, from 0 to 1."""

    text: str
    left: float
    top: float
    width: float
    height: float
    confidence: float


class WordsOfPage(Answer):
    """The words of a page, line by line."""

    number: int
    width: float
    height: float
    lines: list[list[WordOnPage]]


class TakenScan(Answer):
    """A scan that is kept; *known* if this file had been here before."""

    id: int
    digest: str
    known: bool
    state: ScanState


def scan_summary(scan: Scan) -> ScanSummary:
    """Return a scan as lists show it."""
    return ScanSummary(**_parts(scan))


def scan_in_full(scan: Scan, sides: list[ScanPage]) -> ScanInFull:
    """Return a scan with its pages."""
    return ScanInFull(**_parts(scan), sides=[PageOfScan.model_validate(side) for side in sides])


def letter_summary(letter: Letter) -> LetterSummary:
    """Return a letter as lists show it."""
    return LetterSummary(**_letter(letter))


def letter_in_full(letter: Letter) -> LetterInFull:
    """Return a letter with what was read on it."""
    return LetterInFull(
        **_letter(letter),
        sides=[PageOfScan.model_validate(side) for side in letter.pages],
        fields=letter.found,
        evidence=[EvidenceOfLetter(**one) for one in letter.evidence],
    )


def _parts(scan: Scan) -> dict[str, Any]:
    problem = None
    if scan.problem:
        sentence = reason_of(scan.problem, scan.problem_parameters, "en")
        problem = Problem(code=scan.problem, sentence=sentence)
    plain = ("id", "name", "digest", "size", "source", "is_outgoing", "received_at", "state", "pages", "done")
    return {
        **{name: getattr(scan, name) for name in plain},
        "staff": Named.model_validate(scan.staff) if scan.staff else None,
        "problem": problem,
        "letters": [letter_summary(one) for one in scan.letters],
    }


def _letter(letter: Letter) -> dict[str, Any]:
    plain = ("id", "scan_id", "first_page", "entry_id", "direction")
    told = {name: getattr(letter, name) for name in plain}
    return told | {"held": letter.entry.held_reason if letter.entry else None}
