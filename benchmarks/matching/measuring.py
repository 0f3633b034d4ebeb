"""`python -m benchmarks.matching.measuring URL PERSONS [all]`: measure one database in a process of its own.

Prints the figures as JSON.  Of its own, so that what it has in memory is what matching needs.
"""

import asyncio
import json
import random
import re
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.matching import near
from benchmarks.matching.cases import samples
from benchmarks.matching.directory import PERSONS, TODAY, make
from benchmarks.matching.office import AT_ONCE, batches, enter_earlier
from benchmarks.matching.scene import header_address
from benchmarks.matching.size import environment
from mail.address import Address
from mail.parse import parse
from matcher.called import called
from matcher.match import match_all
from storage.connect import connected, is_sqlite, sqlite_path
from storage.lookups import holders

_KNOWN_OF_TEN: Final = 8
_BLOCKS: Final = 20
# The reference: whose an address is, and where they work, by one statement over the same indexes.
_RAW: Final = """
    SELECT a.key, a.since, a.until, a.person_id, a.organisation_id, p.title, p.given_name, p.family_name,
           r.organisation_id, o.name, r.function, r.since, r.until
      FROM email_address a
      LEFT JOIN person p ON p.id = a.person_id
      LEFT JOIN role r ON r.person_id = p.id
      LEFT JOIN organisation o ON o.id = coalesce(r.organisation_id, a.organisation_id)
     WHERE a.key = ?"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one database of some size gave: milliseconds, a second's look-ups, megabytes.

    *batch_p99* is of one look-up in a batch, *one_work* what one by one costs this process of a core
    (median): it tells a slow look-up from a machine that does something else.  What is done *a second*,
    and how many messages are *decided*, is of a second of one core's work.
    """

    persons: int
    one_p50: float
    one_p99: float
    one_work: float
    batch_p99: float
    batched_a_second: float
    raw_a_second: float
    name_p99: float
    names_found: float
    near_p99: float
    near_found: float
    brute_p50: float
    brute_found: float
    decided: float
    megabytes: float


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    url, persons = arguments[0], int(arguments[1])
    print(json.dumps(asdict(asyncio.run(measure(url, persons, decides="all" in arguments)))))


async def measure(url: str, persons: int, *, decides: bool) -> Measured:
    """Return what the database at *url* gives that holds so many persons."""
    chance = random.Random(persons)
    keys = _keys(chance, persons)
    raw = _raw(url, keys) if is_sqlite(url) else 0.0
    async with connected(url):
        await holders(keys[:AT_ONCE])  # the connection is open, statements are prepared
        singly = [await _milliseconds(holders([key])) for key in keys]
        works = [await _milliseconds(holders([key]), time.process_time) for key in keys[: len(keys) // 4]]
        together = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
        begun = time.process_time()
        batched = [await _milliseconds(holders(some)) / len(some) for some in together for _ in range(5)]
        spent = time.process_time() - begun
        names, found = await _names(chance, persons)
        decided = await _decided(persons) if decides else 0.0
        megabytes = _most_resident()
        alike = await near.measured(persons)  # brute force has all names in memory: that is not ours
    cuts = quantiles(singly, n=100)
    return Measured(
        persons,
        cuts[49],
        cuts[98],
        median(works),
        quantiles(batched, n=100)[98],
        5 * len(keys) / spent,
        raw,
        quantiles(names, n=100)[98],
        found,
        alike.p99,
        alike.found,
        alike.brute_p50,
        alike.brute_found,
        decided,
        megabytes,
    )


async def _milliseconds(looking: Awaitable[Any], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    await looking
    return 1000 * (clock() - begun)


def _keys(chance: random.Random, persons: int) -> list[str]:
    """Return keys to look up, of all corners of the directory; some are nobody's."""
    known = list(_entered(chance, persons))
    many = environment("MATCHING_LOOKUPS", 2000)
    return [
        chance.choice(known) if chance.randrange(10) < _KNOWN_OF_TEN else f"{chance.getrandbits(40):x}@gmx.ch"
        for _ in range(many)
    ]


def _entered(chance: random.Random, persons: int) -> Iterator[str]:
    for _ in range(_BLOCKS):
        for human in make(chance.randrange(persons // PERSONS)).humans.values():
            for mailed in human.mailed:
                address = Address.parse(header_address(mailed.address))
                assert address is not None
                yield address.key


def _raw(url: str, keys: Sequence[str]) -> float:
    """Return how many look-ups a second of work raw SQLite does, one by one."""
    with closing(sqlite3.connect(sqlite_path(url))) as connection:
        connection.execute(_RAW, keys[:1]).fetchall()
        begun = time.process_time()
        for key in keys:
            connection.execute(_RAW, [key]).fetchall()
        return len(keys) / (time.process_time() - begun)


async def _names(chance: random.Random, persons: int) -> tuple[list[float], float]:
    """Return how long it takes to find firms by what letterheads call them, and how many of 100 are found."""
    chosen = [make(chance.randrange(persons // PERSONS)) for _ in range(_BLOCKS)]
    firms = [firm for block in chosen for firm in block.firms.values()]
    names = [chance.choice(firms).name for _ in range(environment("MATCHING_NAMES", 300))]
    times: list[float] = []
    found = 0
    for name in names:
        begun = time.perf_counter()
        whom = await called(name, on=TODAY)
        times.append(1000 * (time.perf_counter() - begun))
        found += whom.somebody
    return times, 100 * found / len(names)


async def _decided(persons: int) -> float:
    """Return how many messages, read already, are decided in a second of one core's work."""
    spent, number = 0.0, environment("MATCHING_DECIDED", 2000)
    for batch in batches(samples(number, persons, seed=1)):
        await enter_earlier([one.earlier for one in batch if one.earlier])
        parsed = [(parse(one.raw), one.at) for one in batch]
        begun = time.process_time()
        await match_all(parsed)
        spent += time.process_time() - begun
    return number / spent


def _most_resident() -> float:
    """Return how many megabytes this process had in memory at most."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) * 1024 / 1_000_000


if __name__ == "__main__":
    main(sys.argv[1:])
