"""`letters`: how many pages a minute are read, from a scan to letters with their fields and searchable PDFs?

Letters are scanned in batches, so that the reference has work for both of its jobs: ocrmypdf with the same
languages on the same files in the same run.  Both take turns at each batch, so that a busy machine slows
both.  LETTERS_COUNT, LETTERS_SEED and LETTERS_BATCH (pages) say how much while one develops.
"""

import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Self

from benchmarks.letters import reference, size
from benchmarks.letters.batches import Batch, batches
from benchmarks.letters.error_rate import Errors
from benchmarks.letters.known import Known
from benchmarks.letters.ours import Memory, memory_of_workers
from benchmarks.letters.quality import of_pages
from benchmarks.matching.size import print_most
from benchmarks.report import print_figure
from ingest.letters.fields.of_letter import fields_of
from ingest.letters.limits import SCAN_LIMITS
from ingest.letters.reading import ReadPage, ScanReader, joined

GOAL, BATCH_PAGES, COUNT = 2.0, 25, 60
_TODAY: Final = date(2026, 11, 28)


@dataclass(slots=True)
class Measured:
    """What one reader took for all batches: *seconds* by the clock and *work* of the processor, and its errors."""

    seconds: float = 0.0
    work: float = 0.0
    errors: Errors = field(default_factory=lambda: Errors(0, 0))


@dataclass(frozen=True, slots=True)
class Moment:
    """A time by the *clock*, and by the *work* of the processor for this process and those that it had; seconds."""

    clock: float
    work: float

    @classmethod
    def now(cls) -> Self:
        """Return this moment."""
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return cls(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in used))


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    os.environ.setdefault("LETTERS_COUNT", str(COUNT))
    reference.prepare()
    ours, theirs, memory, pages = Measured(), Measured(), Memory({}), 0
    with tempfile.TemporaryDirectory(prefix="postbuch-batches-") as folder:
        size_of_batch = int(os.environ.get("LETTERS_BATCH", BATCH_PAGES))
        for batch in batches(size.letters(), size_of_batch, Path(folder)):
            pages += batch.pages
            asyncio.run(_read(batch, ours, memory, Path(folder)))
            begun = Moment.now()
            _add(theirs, batch, reference.read(batch.scan, Path(folder)), begun)
            print(
                f"letters: {pages} pages, ours {ours.seconds:.0f} s, reference {theirs.seconds:.0f} s",
                flush=True,
            )
    print(
        f"letters: through the reader of the service, from batches of {size_of_batch} pages to fields and PDFs"
    )
    print(f"letters: memory of each process at most: {memory}")
    print(
        f"letters: work of the processor a page: ours {ours.work / pages:.2f} s, "
        f"reference {theirs.work / pages:.2f} s, ratio {theirs.work / ours.work:.2f}"
    )
    held = [
        print_figure("letters", 60 * pages / ours.seconds, 60 * pages / theirs.seconds, "pages/min", GOAL),
        _print_characters(ours.errors, theirs.errors),
        print_most("letters, memory of a worker", memory.of_worker, "MB", SCAN_LIMITS.memory / 1_000_000),
    ]
    return all(held)


async def _read(batch: Batch, measured: Measured, memory: Memory, folder: Path) -> None:
    """Read a batch as the service does, each letter's fields and PDF too, and add what it took."""
    pages_folder = folder / f"{batch.scan.stem}-pages"
    await asyncio.to_thread(pages_folder.mkdir)
    begun = Moment.now()
    async with memory_of_workers(memory), ScanReader() as reader:
        read = [page async for page in reader.read(batch.scan, pages_folder)]
        await asyncio.to_thread(_put_together, batch, read, pages_folder)
    _add(measured, batch, [page.page.text for page in read], begun)


def _put_together(batch: Batch, read: Sequence[ReadPage], folder: Path) -> None:
    """Make letters out of their pages: fields, and a PDF that can be searched."""
    at = 0
    for one in batch.letters:
        own = read[at : at + len(one.truth.pages)]
        at += len(own)
        fields_of([page.page for page in own], today=_TODAY)
        joined([page.searchable for page in own], folder / f"{one.scan.stem}.pdf")


def _add(measured: Measured, batch: Batch, texts: Sequence[str], begun: Moment) -> None:
    now = Moment.now()
    whole = Known(
        batch.scan,
        tuple(page for one in batch.letters for page in one.truth.pages),
        tuple(marks for one in batch.letters for marks in one.truth.marks),
        "batch",
    )
    measured.seconds += now.clock - begun.clock
    measured.work += now.work - begun.work
    measured.errors += of_pages(whole, texts)


def _print_characters(ours: Errors, theirs: Errors) -> bool:
    holds = ours.rate <= theirs.rate
    print(
        f"letters: wrong characters: ours {100 * ours.rate:.2f} %, reference {100 * theirs.rate:.2f} % "
        f"of {ours.printed}, goal not more: {'holds' if holds else 'short'}",
        flush=True,
    )
    return holds
