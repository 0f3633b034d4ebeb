"""`matching`: how fast are correspondents found among a million, how many messages are decided, in what memory?

On SQLite and PostgreSQL, in a directory that grows from a hundredth to all of it.  The reference is
raw SQLite with the same indexes that tells the same of an address.  Waiting counts where a
person would wait (percentiles); where many are done in a row, the work of one core does, so that what
else the machine does is not measured.
"""

import asyncio
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.matching import size
from benchmarks.matching.directory import PERSONS, blocks
from benchmarks.matching.filling import fill
from benchmarks.matching.growth import Line, drawn
from benchmarks.matching.measuring import Measured
from benchmarks.matching.office import open_office
from benchmarks.report import print_figure
from storage.connect import connected
from storage.schema import migrate
from tests.servers.postgres import cluster

GOAL, MOST_NAME, LEAST_DECIDED, MOST_MEGABYTES = 0.5, 50, 1000, 400
MOST_EXACT: Final[Mapping[str, float]] = {"SQLite": 1, "PostgreSQL": 5}
_STEPS: Final = (0.01, 0.03, 0.1, 0.3, 1)
_ROOT: Final = Path(__file__).parents[2]
CHART: Final = _ROOT / "build" / "benchmarks" / "matching.svg"


def run() -> bool:
    """Measure, print what came out, draw the growth, and tell whether the goals hold."""
    grown: dict[str, list[Measured]] = {}
    for kind, database in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with database() as url:
            grown[kind] = asyncio.run(growing(kind, url, size.persons()))
    held = [holds for kind, measured in grown.items() for holds in told(kind, measured)]
    CHART.parent.mkdir(parents=True, exist_ok=True)
    CHART.write_text(drawn("Look-ups as the directory grows", lines_of(grown)), encoding="utf-8")
    print(f"matching: the growth is drawn in {CHART.relative_to(_ROOT)}", flush=True)
    return all(held)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="postbuch-matching-") as folder:
        yield f"sqlite:///{Path(folder) / 'postbuch.db'}"


@contextmanager
def _postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


def sizes(persons: int) -> list[int]:
    """Return how large the directory is at each step, in whole blocks."""
    return sorted({max(round(persons * step / PERSONS), 1) * PERSONS for step in _STEPS})


async def growing(kind: str, url: str, persons: int) -> list[Measured]:
    """Return what a new database at *url* gives at each size."""
    await migrate(url)
    async with connected(url):
        await open_office()
    measured: list[Measured] = []
    written = 0
    for step in sizes(persons):
        await fill(url, blocks(step, first=written // PERSONS))
        written = step
        measured.append(await asyncio.to_thread(_measure, url, step, is_last=step == sizes(persons)[-1]))
        one = measured[-1]
        print(
            f"matching: {kind}, {step} persons: one by one {one.one_p50:.2f} ms, p99 {one.one_p99:.2f} ms,"
            f" {one.one_work:.2f} ms of work;"
            f" in batches p99 {one.batch_p99:.3f} ms; by name p99 {one.name_p99:.1f} ms,"
            f" misspelt p99 {one.near_p99:.1f} ms",
            flush=True,
        )
    return measured


def _measure(url: str, persons: int, *, is_last: bool) -> Measured:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.matching.measuring", url, str(persons)]
    said = subprocess.run(
        [*command, *(["all"] if is_last else [])], cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return Measured(**json.loads(said))


def told(kind: str, measured: Sequence[Measured]) -> Iterator[bool]:
    """Print what came out of one database, and yield whether each goal holds."""
    first, last = measured[0], measured[-1]
    name, most = f"matching {kind}", MOST_EXACT[kind]
    yield size.print_most(f"{name}, exact look-up one by one, p99", last.one_p99, "ms", most)
    yield size.print_most(f"{name}, exact look-up in a batch, p99", last.batch_p99, "ms", most)
    yield size.print_most(
        f"{name}, name look-up p99 ({last.names_found:.0f} % found)", last.name_p99, "ms", MOST_NAME
    )
    yield size.print_most(
        f"{name}, misspelt name p99 (brute force takes {last.brute_p50:.0f} ms)",
        last.near_p99,
        "ms",
        MOST_NAME,
    )
    yield size.print_least(
        f"{name}, misspelt names found", last.near_found, "% (as brute force)", last.brute_found
    )
    yield size.print_least(f"{name}, decided on one core", last.decided, "messages/s", LEAST_DECIDED)
    yield size.print_most(f"{name}, resident", last.megabytes, "MB", MOST_MEGABYTES)
    if len(measured) > 1:
        logarithmic = math.log(last.persons) / math.log(first.persons)
        # PostgreSQL's work is done by its server, where only waiting for it tells.
        grown = last.one_work / first.one_work if last.raw_a_second else last.one_p50 / first.one_p50
        unit = f"times for {last.persons / first.persons:.0f} times the persons"
        yield size.print_most(f"{name}, growth of the exact look-up", grown, unit, logarithmic)
    if last.raw_a_second:
        yield print_figure(
            f"{name}, look-ups in batches", last.batched_a_second, last.raw_a_second, "addresses/s", GOAL
        )


def lines_of(grown: Mapping[str, Sequence[Measured]]) -> list[Line]:
    """Return the lines of the chart: of each database one a way to look up."""
    return [
        Line(f"{kind}, {title}", [(one.persons, getattr(one, field)) for one in measured])
        for kind, measured in grown.items()
        for field, title in (
            ("one_p50", "one by one"),
            ("batch_p99", "in batches, p99"),
            ("name_p99", "by name, p99"),
            ("near_p99", "by a misspelt name, p99"),
        )
    ]
