"""`matching-quality`: of 20,000 messages among a million persons, how many find the right one by themselves?

The truth is what a careful person of the office would decide.  A wrong link is the worst: it
shows somebody's mail to others.  What is held must show the right answer at a glance.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.matching import size
from benchmarks.matching.cases import samples
from benchmarks.matching.directory import FIRMS, PERSONS, blocks
from benchmarks.matching.filling import fill
from benchmarks.matching.office import batches, decide, open_office
from benchmarks.matching.scoring import Tally, table
from storage.connect import connected
from storage.schema import migrate

MOST_WRONG, LEAST_RIGHT, LEAST_FOUND = 1, 97, 95
_SHOWN: Final = 10


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    persons, messages = size.persons(), size.messages()
    print(
        f"matching-quality: {messages} messages, {persons} persons, {persons // PERSONS * FIRMS} organisations",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="postbuch-quality-") as folder:
        tally = asyncio.run(measured(f"sqlite:///{Path(folder) / 'postbuch.db'}", persons, messages))
    return told(tally)


async def measured(url: str, persons: int, messages: int) -> Tally:
    """Return how the product decides about messages, with a directory of so many persons at a new *url*."""
    begun = time.perf_counter()
    await migrate(url)
    await fill(url, blocks(persons))
    print(f"matching-quality: directory written in {time.perf_counter() - begun:.0f} s", flush=True)
    tally = Tally()
    async with connected(url):
        await open_office()
        for batch in batches(samples(messages, persons)):
            for sample, decision in zip(batch, await decide(batch), strict=True):
                tally.add(sample.truth, decision)
    return tally


def told(tally: Tally) -> bool:
    """Print what came out, and tell whether the goals hold."""
    for line in (*table("reason", tally.by_reason), *table("case", tally.by_case)):
        print(line)
    for truth, decision in tally.wrong[:_SHOWN]:
        print(f"  wrong: {truth.case}, {truth.address}: {decision.reason}, {decision.answer}")
    name = "matching-quality"
    return all(
        [
            size.print_most(f"{name}, wrong links", tally.wrong_of_thousand, "of 1,000", MOST_WRONG),
            size.print_least(
                f"{name}, right without a person",
                tally.right_of_hundred,
                f"% of {tally.decidable}",
                LEAST_RIGHT,
            ),
            size.print_least(
                f"{name}, held with the right answer among the first three",
                tally.found_of_hundred,
                f"% of {tally.held}",
                LEAST_FOUND,
            ),
        ]
    )
