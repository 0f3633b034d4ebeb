"""How are letters written down?  In the caller's transaction."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from storage.entries import Direction
from storage.scans import Letter, ScanPage


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be written: the numbers of its pages in the scan, its entry, and what was read on it."""

    scan_id: int
    numbers: Sequence[int]
    entry_id: int | None
    direction: Direction
    found: dict[str, Any]
    evidence: list[dict[str, Any]]
    problem: str = ""


async def write(new: NewLetter) -> Letter:
    """Write a letter and which pages are its."""
    letter = await Letter.create(
        scan_id=new.scan_id,
        first_page=min(new.numbers),
        entry_id=new.entry_id,
        direction=new.direction,
        found=new.found,
        evidence=new.evidence,
        problem=new.problem,
    )
    await ScanPage.filter(scan_id=new.scan_id, number__in=list(new.numbers)).update(letter_id=letter.id)
    return letter


async def put(letter_id: int | None, new: NewLetter) -> int:
    """Write what became of a letter whose pages have changed, or a new one; return its id."""
    if letter_id is None:
        return int((await write(new)).id)
    await ScanPage.filter(letter_id=letter_id).update(letter_id=None)
    await Letter.filter(id=letter_id).update(
        first_page=min(new.numbers),
        entry_id=new.entry_id,
        direction=new.direction,
        found=new.found,
        evidence=new.evidence,
        problem=new.problem,
    )
    await ScanPage.filter(scan_id=new.scan_id, number__in=list(new.numbers)).update(letter_id=letter_id)
    return letter_id


async def set_dropped(scan_id: int, dropped: Collection[int], kept: Collection[int]) -> None:
    """Note which pages belong to no letter any more, and which do."""
    await ScanPage.filter(scan_id=scan_id, number__in=list(dropped)).update(dropped=True)
    await ScanPage.filter(scan_id=scan_id, number__in=list(kept)).update(dropped=False)


async def entries_of(letter_id: int | None) -> list[int]:
    """Return the entry of a letter; nothing where it has none, or is none yet."""
    found = await Letter.get_or_none(id=letter_id).only("id", "entry_id") if letter_id else None
    return [found.entry_id] if found and found.entry_id else []


async def numbers_of(letter_id: int) -> list[int]:
    """Return the numbers of a letter's pages in its scan, in order."""
    pages = await ScanPage.filter(letter_id=letter_id).order_by("number").only("id", "number")
    return [one.number for one in pages]


async def set_apart(scan_id: int, separators: Collection[int]) -> None:
    """Note which pages of a scan are separator sheets."""
    if separators:
        sheets = ScanPage.filter(scan_id=scan_id, number__in=list(separators))
        await sheets.update(is_separator=True, dropped=True)


async def sides_numbered(scan_id: int, numbers: Collection[int]) -> list[ScanPage]:
    """Return some pages of a scan with their words, in order."""
    return await ScanPage.filter(scan_id=scan_id, number__in=list(numbers)).order_by("number")


async def sides_one_by_one(scan_id: int) -> AsyncIterator[ScanPage]:
    """Yield the pages of a scan in order, one in memory at a time."""
    last = 0
    while page := await ScanPage.filter(scan_id=scan_id, number__gt=last).order_by("number").first():
        yield page
        last = page.number
