"""On which day was the letter written?  Not when something is due, was ordered, or what the text tells of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.letters.fields.dates import DateSeen, dates_in
from ingest.letters.fields.label_words import Label
from ingest.letters.fields.labels import Labelled
from ingest.letters.fields.layout import Piece
from ingest.letters.fields.spans import found_in, words_between
from ingest.letters.fields.spelling import folded
from mail.letter import Found, Page

_WEEKDAY = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa"
    r"|so)\.?,?\s*"
)
# `Zürich, den `, `Fait à Lyon, le `, `Milano, lì `: what may stand before the date of a letter, and nothing else.
_LEADS = re.compile(
    rf"^(?:(?:fait a\s)?(?:[^\W\d_][\w.'’/() -]{{1,40}}?)\s?[,.;/-]?\s)?(?:d\.\s?|den\s|am\s|le\s|li,?\s|il\s"
    rf"|1i\s|addi\s|on\s|the\s|datum:?\s|date:?\s|data:?\s)?(?:{_WEEKDAY})?\s*$"
)
_TOLD_OF = re.compile(
    r"\b(?:vom|vom:|du|del|dello|dell'|dei|of|dated|from|bis|until|till|by|am|per|au|al|jusqu'au|d'ici|entro"
    r"|zum|ab|dal|des|since|seit|depuis|before|avant|nach|after|apres|dopo|on|den|und|et|e|and"
    r"|geboren|geb\.|nato|nata|ne|nee|born|fallig|due|sur|vor|until:)\W*$"
)
_DOCUMENT = re.compile(
    r"^\W*(?:rechnung|facture|fattura|invoice|nota|note|offerte|angebot|devis|offerta|quotation|gutschrift"
    r"|avoir|mahnung|rappel|sollecito|receipt|quittung|bill)\b"
)
_HEAD = 0.45
_FOOT = 0.88
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Calendar:
    """How dates in figures are to be read: *today*, and whether the month comes first as in America."""

    today: date
    month_first: bool = False

    def value(self, seen: DateSeen) -> date:
        """Return the day meant; what is still to come cannot be the date of a letter."""
        if seen.other is None:
            return seen.value
        first, second = (seen.other, seen.value) if self.month_first else (seen.value, seen.other)
        return second if first > self.today >= second else first


def calendar_of(pages: Sequence[Page], language: str, home: str, today: date) -> Calendar:
    """Return how the dates of a letter are read: its other dates, its country and its paper tell."""
    seen = [seen for page in pages for line in page.lines for seen in dates_in(line.text)]
    if any(one.is_month_first for one in seen):
        return Calendar(today, True)
    american_paper = bool(pages) and 210 < pages[0].width < 222 and 270 < pages[0].height < 288
    return Calendar(today, home == "US" or (language == "en" and not home and american_paper))


def letter_date(
    pieces: Sequence[Piece],
    labelled: Sequence[Labelled],
    page: Page,
    calendar: Calendar,
    *,
    salutation: Piece | None,
    apart: Sequence[Piece],
) -> tuple[date | None, Found | None]:
    """Return the date of a letter and where it stands; *apart* are the lines of its addresses."""
    best: tuple[float, float, date, Found] | None = None
    for piece, seen in _dates(pieces):
        value = calendar.value(seen)
        points = (
            _by_label(piece, seen, labelled)
            + _by_place(piece, page, salutation)
            + _by_line(piece, seen)
            + _by_time(value, calendar.today)
            - 2.0 * any(piece is other for other in apart)
        )
        sure = min(0.99, max(0.1, 0.45 + 0.07 * points))
        found = found_in(piece, seen.start, seen.end, value.isoformat(), sure)
        if points >= _LEAST and (best is None or (points, -piece.box.top) > best[:2]):
            best = (points, -piece.box.top, value, found)
    return (best[2], best[3]) if best else (None, None)


def _dates(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, DateSeen]]:
    for piece in pieces:
        if any(map(str.isdigit, piece.text)):
            yield from ((piece, seen) for seen in dates_in(piece.text))


def _by_label(piece: Piece, seen: DateSeen, labelled: Sequence[Labelled]) -> float:
    """Return what the nearest label says: of two on a line the last one before the date."""
    told = [one for one in labelled if _is_in(piece, seen, one)]
    if not told:
        return 0.0
    nearest = max(
        told, key=lambda one: (one.is_beside, one.place.box.left if one.is_beside else one.place.box.top)
    )
    if nearest.label is Label.DATE:
        return 6.0 if nearest.has_colon or nearest.is_beside or len(nearest.written) > 5 else 5.0
    return {Label.NOT_DATE: -8.0, Label.DOCUMENT: 1.5, Label.CUSTOMER: -1.0}.get(nearest.label, 0.0)


def _is_in(piece: Piece, seen: DateSeen, one: Labelled) -> bool:
    words = words_between(piece, seen.start, seen.end)
    return one.place.page == piece.page and any(word is other for word in words for other in one.value.words)


def _by_place(piece: Piece, page: Page, salutation: Piece | None) -> float:
    height = piece.box.top / page.height if page.height else 0.0
    points = 1.0 if height < _HEAD else -1.5 if height > 0.6 else 0.0
    points -= 2.0 * (height > _FOOT)
    if salutation is not None:
        points += 2.0 if piece.box.top < salutation.box.top - 1 else -3.0
    return points


def _by_line(piece: Piece, seen: DateSeen) -> float:
    """Return what stands beside a date: nothing or a town where it is the letter's, a story where it is not."""
    before, after = folded(piece.text[: seen.start]), folded(piece.text[seen.end :])
    points = 0.3 * seen.has_long_year + 0.3 * seen.is_in_words
    if not after.strip(" .,;|") and (not before.strip() or _LEADS.match(before)):
        return points + (4.0 if before.strip() or seen.is_in_words else 3.0)
    if _DOCUMENT.match(before):
        return points + 1.5
    if _TOLD_OF.search(before):
        return points - 3.0
    return points - (2.0 if len(piece.text) > 60 else 0.0)


def _by_time(value: date, today: date) -> float:
    if value > today + timedelta(days=31):
        return -6.0
    return -2.0 if value > today else 0.0
