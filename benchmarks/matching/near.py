"""Firms by names that are misspelt: how long does it take, and how many are found of those that brute force finds?"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

from rapidfuzz import fuzz, process

from benchmarks.matching.directory import PERSONS, Firm, make
from benchmarks.matching.names import misspelt
from benchmarks.matching.size import environment
from matcher.alike import MOST, alike
from storage.connect import rows

_BLOCKS: Final = 20
_BRUTE: Final = 60
_CUTOFF: Final = 70  # of 100: what is less alike, nobody would show
_Sample = tuple[Firm, str]


@dataclass(frozen=True, slots=True)
class Near:
    """Milliseconds a look-up, and how many of 100 were among the first that are shown."""

    p99: float
    found: float
    brute_p50: float
    brute_found: float


async def measured(persons: int) -> Near:
    """Return what misspelt names give in a directory of so many persons."""
    chance = random.Random(persons)
    firms = [
        firm for _ in range(_BLOCKS) for firm in make(chance.randrange(persons // PERSONS)).firms.values()
    ]
    chosen = [chance.choice(firms) for _ in range(environment("MATCHING_NAMES", 300))]
    samples = [(firm, _slipped(chance, firm.name)) for firm in chosen]
    times, found = await _ours(samples)
    few = samples[:_BRUTE]
    brute, brute_found = await _by_brute_force(few)
    return Near(
        quantiles(times, n=100)[98], 100 * found / len(samples), median(brute), 100 * brute_found / len(few)
    )


def _slipped(chance: random.Random, name: str) -> str:
    """Return a name with one slip, or two where it is long."""
    words = name.split()
    for _ in range(1 + (len(name) > 15 and chance.random() < 0.5)):
        at = chance.randrange(len(words))
        words[at] = misspelt(chance, words[at])
    return " ".join(words)


async def _ours(samples: Sequence[_Sample]) -> tuple[list[float], int]:
    times, found = [], 0
    await alike(samples[0][1])  # statements are prepared, modules loaded
    for firm, written in samples:
        begun = time.perf_counter()
        those = await alike(written)
        times.append(1000 * (time.perf_counter() - begun))
        found += any(one.organisation.name == firm.name for one in those)
    return times, found


async def _by_brute_force(samples: Sequence[_Sample]) -> tuple[list[float], int]:
    """Return the same of rapidfuzz, that compares each name of the directory as it is written, without case."""
    names = [row["name"] for row in await rows("SELECT name FROM organisation")]
    folded = [name.casefold() for name in names]
    times, found = [], 0
    for firm, written in samples:
        begun = time.perf_counter()
        those = process.extract(
            written.casefold(), folded, scorer=fuzz.ratio, limit=MOST, score_cutoff=_CUTOFF, processor=None
        )
        times.append(1000 * (time.perf_counter() - begun))
        found += any(names[at] == firm.name for _, _, at in those)
    return times, found
