"""Which letters are there, with their pages?  Asked by pages and API; what is shown to whom is asked here too.

A letter's evidence is a list of `{"rule", "strength", "reason", "parameters", "person_id",
"organisation_id", "places"}`, each place `{"page", "left", "top", "width", "height"}` with
the page's number in its scan.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from tortoise.query_utils import Prefetch
from tortoise.queryset import QuerySet

from mail.letter import Box, Code, Page, TextSource
from storage import quarantine
from storage.page_words import unpacked_lines
from storage.scans import Letter, Scan, ScanPage, ScanState

# All but words and text, which are large.
_PLAIN = (
    "id", "scan_id", "number", "letter_id", "width", "height", "codes", "text_source", "turned", "skew", "is_blank",
    "is_separator", "dropped", "turned_by_hand", "problem", "image", "image_type", "image_size", "searchable",
)  # fmt: skip


async def scans(
    *, state: ScanState | None = None, before: int | None = None, most: int, viewer: int | None
) -> list[Scan]:
    """Return scans with their letters and the entries of these, the newest first, from below id *before* on.

    But those of which *viewer* may not see every letter yet.
    """
    found = Scan.all() if state is None else Scan.filter(state=state)
    if before is not None:
        found = found.filter(id__lt=before)
    found = found.exclude(id__in=await _hidden_scans(viewer))
    letters = Prefetch("letters", Letter.all().select_related("entry").order_by("first_page"))
    return await found.select_related("staff").prefetch_related(letters).order_by("-id").limit(most)


async def scan(scan_id: int, viewer: int | None) -> Scan | None:
    """Return a scan with its staff, letters and their entries; None if *viewer* may not see it all."""
    if scan_id in await _hidden_scans(viewer, scan_id=scan_id):
        return None
    letters = Prefetch("letters", Letter.all().select_related("entry").order_by("first_page"))
    return await Scan.get_or_none(id=scan_id).select_related("staff").prefetch_related(letters)


async def sides(scan_id: int) -> list[ScanPage]:
    """Return the pages of a scan in order, dropped ones among them, without their words and texts."""
    return await ScanPage.filter(scan_id=scan_id).order_by("number").only(*_PLAIN)


async def side(scan_id: int, number: int) -> ScanPage | None:
    """Return a page of a scan with its words."""
    return await ScanPage.get_or_none(scan_id=scan_id, number=number)


async def letter(letter_id: int, viewer: int | None) -> Letter | None:
    """Return a letter with its scan, pages (without words) and entry; None if *viewer* may not see it."""
    return await _one(Letter.filter(id=letter_id), viewer)


async def letter_of_entry(entry_id: int, viewer: int | None) -> Letter | None:
    """Return the letter of which an entry was made, as `letter` does."""
    return await _one(Letter.filter(entry_id=entry_id), viewer)


async def pages_of(letter_id: int) -> list[Page]:
    """Return the pages of a letter as they were read, in order."""
    found = await ScanPage.filter(letter_id=letter_id).order_by("number")
    return [page_of(one) for one in found]


async def side_of_letter(letter_id: int, number: int) -> ScanPage | None:
    """Return the page of a letter that has this number in its scan, with its words."""
    return await ScanPage.get_or_none(letter_id=letter_id, number=number)


async def searchable_of(letter_id: int) -> list[str]:
    """Return the digests of the searchable PDFs of a letter's pages, in order."""
    pages = await ScanPage.filter(letter_id=letter_id).order_by("number").only("id", "searchable")
    return [one.searchable for one in pages]


async def evidence_of(entry_id: int) -> list[dict[str, Any]]:
    """Return what spoke for whom on the letter of an entry; nothing if it is no letter."""
    found = await Letter.filter(entry_id=entry_id).first().only("id", "evidence")
    return list(found.evidence) if found else []


async def counts() -> dict[ScanState, int]:
    """Return how many scans there are in each state."""
    return {state: await Scan.filter(state=state).count() for state in ScanState}


def page_of(row: ScanPage) -> Page:
    """Return a page as it was read."""
    return Page(
        number=row.number,
        width=row.width,
        height=row.height,
        lines=unpacked_lines(row.words),
        codes=tuple(_code(one) for one in row.codes),
        source=TextSource(row.text_source),
        turned=row.turned,
        skew=row.skew,
        is_blank=row.is_blank,
    )


def _code(kept: dict[str, str | float]) -> Code:
    box = Box(*(float(kept[side]) for side in ("left", "top", "width", "height")))
    return Code(str(kept["symbology"]), str(kept["text"]), box)


async def _one(found: QuerySet[Letter], viewer: int | None) -> Letter | None:
    pages = Prefetch("pages", ScanPage.all().order_by("number").only(*_PLAIN))
    row = await found.order_by("id").first().select_related("scan", "entry").prefetch_related(pages)
    if row is None or (row.entry_id and not await quarantine.is_visible(row.entry_id, viewer)):
        return None
    return row


async def _hidden_scans(viewer: int | None, *, scan_id: int | None = None) -> Collection[int]:
    """Return the scans of which a letter is shown to nobody yet but those who captured it."""
    hidden = Letter.filter(entry__visible_from__gt=datetime.now(UTC))
    if scan_id is not None:
        hidden = hidden.filter(scan_id=scan_id)
    rows: Sequence[Letter] = await hidden.only("id", "scan_id", "entry_id")
    return {
        one.scan_id
        for one in rows
        if one.entry_id and not await quarantine.is_captured_by(one.entry_id, viewer)
    }
