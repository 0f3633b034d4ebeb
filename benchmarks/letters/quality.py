"""`letters-quality`: how many letters are read rightly, and how many characters wrongly?

On the letters that are printed for it and on the scans of the corpus; the reference for characters is
ocrmypdf on the same pages in the same run.  LETTERS_COUNT and LETTERS_SEED say which letters while one
develops; LETTERS_WITHOUT_REFERENCE=1 leaves the reference out, and then the goal for characters is not met.
"""

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.letters import reference, size
from benchmarks.letters.error_rate import Errors, errors
from benchmarks.letters.known import Known, invoices, known_scans, print_invoices
from benchmarks.letters.make import Made
from benchmarks.letters.ours import Reading, readings
from benchmarks.letters.scoring import GOALS, Tally, score
from ingest.letters.fields.of_letter import fields_of

_TODAY: Final = date(2026, 11, 28)


def run() -> bool:
    """Measure, print what came out and what is wrong, and tell whether the goals hold."""
    made, known, bills = size.letters(), known_scans(), invoices()
    scans = [*(one.scan for one in made), *(one.scan for one in known), *(one.scan for one in bills)]
    read = asyncio.run(_read(scans))
    tally = Tally()
    for one in made:
        fields = fields_of(read[one.scan].pages, today=_TODAY)
        score(
            tally,
            f"{one.scan.stem} ({one.truth.scan}, {one.truth.layout}, {one.truth.head})",
            one.truth,
            fields,
        )
    print_invoices(bills, {one.scan: fields_of(read[one.scan].pages, today=_TODAY) for one in bills})
    held = [*_print_fields(tally, made), _print_characters(made, known, read)]
    return all(held)


async def _read(scans: Sequence[Path]) -> dict[Path, Reading]:
    return {reading.scan: reading async for reading in readings(scans)}


def _print_fields(tally: Tally, made: Sequence[Made]) -> list[bool]:
    for line in sorted(tally.wrong):
        print(f"letters-quality: wrong: {line}")
    held = []
    for name, asked in tally.asked.items():
        share, goal = tally.share(name), GOALS.get(name)
        told = f", goal {100 * goal:.0f} %: {'holds' if share >= goal else 'short'}" if goal else ""
        print(f"letters-quality: {name} {100 * share:.1f} % of {asked}{told}", flush=True)
        held += [share >= goal] if goal else []
    scans = ", ".join(
        f"{kind} {number}" for kind, number in Counter(one.truth.scan for one in made).most_common()
    )
    print(f"letters-quality: {len(made)} letters: {scans}")
    return held


def _print_characters(made: Sequence[Made], known: Sequence[Known], read: Mapping[Path, Reading]) -> bool:
    """Print which part of the characters is wrong, ours beside the reference's, and tell whether ours is not more."""
    asked = [
        *(Known(one.scan, one.truth.pages, one.truth.marks, one.truth.scan) for one in made),
        *known,
    ]
    ours = {one.kind: Errors(0, 0) for one in asked}
    theirs = dict(ours)
    texts = _reference_texts(asked)
    for one in asked:
        ours[one.kind] += of_pages(one, [page.text for page in read[one.scan].pages])
        theirs[one.kind] += of_pages(one, texts.get(one.scan, []))
    for kind, mine in ours.items():
        beside = f"reference {100 * theirs[kind].rate:.2f} %" if texts else "reference not asked"
        print(f"letters-quality: wrong characters, {kind}: ours {100 * mine.rate:.2f} %, {beside}")
    whole, its_whole = sum(ours.values(), Errors(0, 0)), sum(theirs.values(), Errors(0, 0))
    holds = bool(texts) and whole.rate <= its_whole.rate
    print(
        f"letters-quality: wrong characters: ours {100 * whole.rate:.2f} %, "
        f"reference {f'{100 * its_whole.rate:.2f} %' if texts else 'not asked'} "
        f"of {whole.printed}, goal not more: {'holds' if holds else 'short'}",
        flush=True,
    )
    return holds


def of_pages(one: Known, said: Sequence[str]) -> Errors:
    """Return the errors on all pages of a scan; a page that was dropped was read as nothing."""
    padded = [*said, *[""] * (len(one.pages) - len(said))]
    marks = [*one.marks, *[()] * (len(one.pages) - len(one.marks))]
    return sum(
        (errors(page, text, mark) for page, text, mark in zip(one.pages, padded, marks, strict=False)),
        Errors(0, 0),
    )


def _reference_texts(asked: Sequence[Known]) -> dict[Path, list[str]]:
    if os.environ.get("LETTERS_WITHOUT_REFERENCE"):
        return {}
    reference.prepare()
    with (
        tempfile.TemporaryDirectory(prefix="postbuch-reference-") as folder,
        ThreadPoolExecutor(reference.JOBS) as pool,
    ):
        texts = pool.map(lambda one: reference.read(one.scan, Path(folder), jobs=1), asked)
        return {one.scan: text for one, text in zip(asked, texts, strict=True)}
