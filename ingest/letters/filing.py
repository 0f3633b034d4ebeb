"""How do the pages of a scan become letters in the contact history?  All of a scan in one transaction, once."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from history.entry import NewEntry, enter
from ingest.letters.case import ReadLetter, case_of, direction_of
from ingest.letters.fields.of_letter import fields_of
from ingest.letters.letter_entry import Received, entry_of_letter, written_at
from ingest.letters.own import own_letterhead_of
from ingest.letters.places import told_evidence
from ingest.letters.splitting import Separators, is_separator, split
from mail import reply_code
from mail.letter import Line, Page
from mail.reply_code import RecipientKind
from matcher.match import Matched, match_cases
from storage import entering, leaving_out, letter_writing, postal, quarantine, scan_reading
from storage.connect import transaction
from storage.entries import Direction
from storage.jobs import Claimed, JobQueue
from storage.letter_fields import packed_fields
from storage.letter_writing import NewLetter
from storage.letters import page_of
from storage.scans import Scan, ScanState

_ONLY_BLANK = "only-blank"
_MOST_LINES_TO_SPLIT = 60


@dataclass(frozen=True, slots=True)
class FilingMeans:
    """What letters are filed by: the installation's *secret*, how the firm is called, where days begin.

    *code128* and *patch_t* are further separators (see `ingest.letters.splitting`).
    """

    secret: bytes
    names: Sequence[str] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    code128: str = ""
    patch_t: bool = False

    @property
    def separators(self) -> Separators:
        """At what a batch is parted."""
        return Separators(self.secret, self.code128, self.patch_t)


@dataclass(frozen=True, slots=True)
class ToFile:
    """A letter with the numbers of its pages, before it is matched; *direction* where that is known."""

    numbers: tuple[int, ...]
    letter: ReadLetter
    direction: Direction | None = None


async def file_scan(scan: Scan, means: FilingMeans, *, job: Claimed, queue: JobQueue) -> None:
    """File the letters of a scan all of whose pages are read, and be done with its job."""
    groups, separators = await _groups(scan.id, means)
    letters = [await read_letter(scan, numbers, means) for numbers in groups]
    matched = await match_letters(letters, means, scan.received_at)
    async with transaction():
        await entering.one_at_a_time()
        now = await scan_reading.scan(scan.id)
        if now is not None and now.state is ScanState.READING:
            await letter_writing.set_apart(scan.id, separators)
            await _enter(scan, letters, matched, means)
            await scan_reading.set_read(scan.id, now.done, problem="" if letters else _ONLY_BLANK)
        await queue.done([job])


async def read_letter(scan: Scan, numbers: Sequence[int], means: FilingMeans) -> ToFile:
    """Return what stands on some pages of a scan, read as one letter."""
    rows = await letter_writing.sides_numbered(scan.id, numbers)
    pages = [page_of(row) for row in rows]
    day = scan.received_at.astimezone(means.zone).date()
    texts = (code.text for page in pages for code in page.codes if code.symbology == "qr")
    codes = (reply_code.read(text, key=means.secret) for text in texts)
    letter = ReadLetter(
        heights={page.number: page.height for page in pages},
        text="\n\n".join(page.text for page in pages),
        fields=await asyncio.to_thread(fields_of, pages, today=day),
        codes=tuple(dict.fromkeys(one for one in codes if one)),
        is_outgoing=scan.is_outgoing,
        unread=next((row.number for row in rows if row.problem), 0),
    )
    return ToFile(tuple(numbers), letter)


async def match_letters(letters: Sequence[ToFile], means: FilingMeans, at: datetime) -> list[Matched]:
    """Return whom letters that came at a certain time are with, in the same order."""
    own = await own_letterhead_of(means.names, [one.letter.fields for one in letters])
    received = Received(at, means.zone, None, 0)
    times = [written_at(one.letter.fields, received) for one in letters]
    cases = [
        case_of(
            one.letter,
            one.direction or direction_of(one.letter, own),
            own,
            when.astimezone(means.zone).date(),
        )
        for one, when in zip(letters, times, strict=True)
    ]
    return await match_cases(cases, times)


async def _groups(scan_id: int, means: FilingMeans) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the numbers of the pages of each letter, and of the sheets between them."""
    pages = [page async for page in _light_pages(scan_id)]
    groups = [tuple(page.number for page in group) for group in split(pages, by=means.separators)]
    return groups, [page.number for page in pages if is_separator(page, by=means.separators)]


async def _light_pages(scan_id: int) -> AsyncIterator[Page]:
    """Yield pages with no more of their words than tells a sheet from a letter."""
    async for row in letter_writing.sides_one_by_one(scan_id):
        page = page_of(row)
        yield Page(page.number, page.width, page.height, _few(page.lines), page.codes, is_blank=page.is_blank)


def _few(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines[:_MOST_LINES_TO_SPLIT]


async def _enter(
    scan: Scan, letters: Sequence[ToFile], matched: Sequence[Matched], means: FilingMeans
) -> None:
    """Enter letters, in the caller's transaction."""
    new = [new_entry(scan, one, its, means) for one, its in zip(letters, matched, strict=True)]
    entries = await enter(new)
    if scan.staff_id:
        rules = await leaving_out.rules()
        await quarantine.begin([entry.id for entry in entries], rules.quarantine_hours)
    for one, its, entry in zip(letters, matched, entries, strict=True):
        await letter_writing.write(new_letter(scan, one, its, entry.id))
        await note_undeliverable(one.letter, scan, means)


def new_entry(scan: Scan, one: ToFile, matched: Matched, means: FilingMeans) -> NewEntry:
    """Return the entry of a letter of a scan."""
    received = Received(scan.received_at, means.zone, scan.staff_id, len(one.numbers))
    return entry_of_letter(one.letter, matched, received)


def new_letter(scan: Scan, one: ToFile, matched: Matched, entry_id: int) -> NewLetter:
    """Return a letter as it is written down."""
    direction = matched.parties.direction
    evidence = matched.evidence.get(matched.parties.signer, ())
    return NewLetter(
        scan_id=scan.id,
        numbers=one.numbers,
        entry_id=entry_id,
        direction=direction,
        found=packed_fields(one.letter.fields),
        evidence=told_evidence(evidence, one.letter.fields, direction),
        problem="page-not-read" if one.letter.unread else "",
    )


async def note_undeliverable(letter: ReadLetter, scan: Scan, means: FilingMeans) -> None:
    """Mark the postal address to which a letter of ours could not be delivered, in the caller's transaction."""
    if not letter.came_back:
        return
    party, day = letter.fields.addressee, scan.received_at.astimezone(means.zone).date()
    columns: Mapping[RecipientKind, str] = {
        RecipientKind.PERSON: "person_id",
        RecipientKind.ORGANISATION: "organisation_id",
    }
    for code in letter.codes:
        if column := columns.get(code.kind):
            await postal.mark_undeliverable(
                {column: code.recipient},
                street=party.street if party else "",
                postcode=party.postcode if party else "",
                on=day,
                by=scan.staff_id,
            )
