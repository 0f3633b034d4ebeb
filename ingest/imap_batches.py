"""Which mails are fetched together?  As many as may be in memory; a large one alone, into a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.body import IN_MEMORY

MOST_AT_ONCE = 64
MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails to fetch together, in order.  *too_large* are those among them that are not taken at all."""

    uids: tuple[int, ...]
    octets: int
    too_large: tuple[int, ...] = ()

    @property
    def in_file(self) -> bool:
        """Whether it is one mail that is too large for memory."""
        return len(self.uids) == 1 and self.octets > IN_MEMORY


def batches(uids: Sequence[int], sizes: Mapping[int, int], *, largest: int) -> Iterator[Batch]:
    """Yield all of *uids* that have a size (the others have gone), in order.

    >>> list(batches([1, 2, 3], {1: 10, 3: 99}, largest=50))
    [Batch(uids=(1,), octets=10, too_large=(3,))]
    """
    here: list[int] = []
    too_large: list[int] = []
    octets = 0
    for uid in uids:
        size = sizes.get(uid)
        if size is None:
            continue
        if size > largest:
            too_large.append(uid)
            continue
        is_full = len(here) >= MOST_AT_ONCE or octets + size > MOST_OCTETS_AT_ONCE
        if here and (is_full or size > IN_MEMORY):
            yield Batch(tuple(here), octets, tuple(too_large))
            here, too_large, octets = [], [], 0
        here.append(uid)
        octets += size
        if size > IN_MEMORY:
            yield Batch((uid,), size, tuple(too_large))
            here, too_large, octets = [], [], 0
    if here or too_large:
        yield Batch(tuple(here), octets, tuple(too_large))
