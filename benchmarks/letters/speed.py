"""`letters`: how many pages a minute become filed letters with searchable PDFs, and who waits meanwhile?

Letters are scanned in batches, with separator sheets between, so that the reference has work for both of its
jobs: ocrmypdf with the same languages on the same files in the same run.  Ours is a running service: a batch is
dropped into its folder, and done when all its letters are filed.  Somebody looks at its pages all the while.
Both readers take turns at each batch.  LETTERS_COUNT, LETTERS_SEED and LETTERS_BATCH (pages) say how much
while one develops.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.letters import reference, size
from benchmarks.letters.batches import Batch, batches
from benchmarks.letters.error_rate import Errors
from benchmarks.letters.filed import Office, office
from benchmarks.letters.known import Known
from benchmarks.letters.processes import Memory, memory_of_processes, work_below, work_done
from benchmarks.letters.quality import of_pages
from benchmarks.matching.size import print_most
from benchmarks.report import print_figure
from ingest.letters.limits import SCAN_LIMITS
from mail.separator import separator_text
from storage.secret_key import secret_key

GOAL, SLOWEST_PAGE = 2.0, 100.0
COUNT, BATCH_PAGES = 160, 200  # a batch of about 200 pages, and a small one


@dataclass(slots=True)
class Measured:
    """What a reader took for all batches: *seconds* by the clock, *work* of the processor in seconds, its errors."""

    seconds: float = 0.0
    work: float = 0.0
    errors: Errors = field(default_factory=lambda: Errors(0, 0))

    def add(self, batch: Batch, texts: Sequence[str]) -> None:
        """Add the errors in what was read of a batch's letters."""
        whole = Known(
            batch.scan,
            tuple(page for one in batch.letters for page in one.truth.pages),
            tuple(marks for one in batch.letters for marks in one.truth.marks),
            "batch",
        )
        self.errors += of_pages(whole, texts)


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    reference.prepare()
    os.environ.setdefault("LETTERS_COUNT", str(COUNT))
    made = size.letters()
    pages_of_batch = int(os.environ.get("LETTERS_BATCH", BATCH_PAGES))
    with tempfile.TemporaryDirectory(prefix="postbuch-batches-") as folder:
        kept = Path(folder) / "kept"
        kept.mkdir()
        sheet = separator_text(key=secret_key(kept))
        scans = list(batches(made, pages_of_batch, Path(folder), sheet))
        return asyncio.run(_measure(scans, kept))


async def _measure(scans: Sequence[Batch], kept: Path) -> bool:
    ours, theirs, memory = Measured(), Measured(), Memory({})
    async with office(kept) as at:
        for batch in scans:
            await _read_by_reference(batch, theirs, kept.parent)
            async with memory_of_processes(memory):
                await _read_by_us(batch, ours, at)
            print(
                f"letters: {batch.pages} pages: ours {ours.seconds:.0f} s, reference {theirs.seconds:.0f} s so far"
            )
    return _print(ours, theirs, memory, sum(batch.pages for batch in scans), at)


async def _read_by_us(batch: Batch, measured: Measured, at: Office) -> None:
    begun, before = time.perf_counter(), work_below(at.postbuch.process.pid)
    texts = await at.filed(batch)
    measured.seconds += time.perf_counter() - begun
    measured.work += work_below(at.postbuch.process.pid) - before
    measured.add(batch, texts)


async def _read_by_reference(batch: Batch, measured: Measured, folder: Path) -> None:
    begun, before = time.perf_counter(), work_done()
    texts = await asyncio.to_thread(reference.read, batch.scan, folder)
    measured.seconds += time.perf_counter() - begun
    measured.work += work_done() - before
    measured.add(batch, batch.without_sheets(texts))


def _print(ours: Measured, theirs: Measured, memory: Memory, pages: int, at: Office) -> bool:
    print(f"letters: memory of each process at most: {memory}")
    print(
        f"letters: work of the processor a page: ours {ours.work / pages:.2f} s (pages shown to somebody too), "
        f"reference {theirs.work / pages:.2f} s, ratio {theirs.work / ours.work:.2f}"
    )
    held = [
        print_figure("letters", 60 * pages / ours.seconds, 60 * pages / theirs.seconds, "pages/min", GOAL),
        _print_characters(ours.errors, theirs.errors),
        print_most("letters, memory of a worker", memory.of_worker, "MB", SCAN_LIMITS.memory / 1_000_000),
        print_most(f"letters, 95 of 100 of {len(at.waits)} pages meanwhile", at.slowest, "ms", SLOWEST_PAGE),
    ]
    return all(held)


def _print_characters(ours: Errors, theirs: Errors) -> bool:
    holds = ours.rate <= theirs.rate
    print(
        f"letters: wrong characters: ours {100 * ours.rate:.2f} %, reference {100 * theirs.rate:.2f} % "
        f"of {ours.printed}, goal not more: {'holds' if holds else 'short'}",
        flush=True,
    )
    return holds
