"""Who is known now that was nobody when their mail came?  Looked through by number, a bounded range at a time."""

from collections.abc import Sequence

from ingest.settling import tell_anew
from mail.address import Address
from storage import unsettled
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.jobs import Claimed, JobQueue, MatchAnew, payload_of

NUMBERS_AT_ONCE = 5_000
_TOLD_AT_ONCE = 200


async def match_anew(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
    """Look at the next range behind the one done, and enqueue what is behind that."""
    for job in jobs:
        after = payload_of(job, MatchAnew).after
        last = after + NUMBERS_AT_ONCE
        numbers = await _worth_a_look(after, last)
        for start in range(0, len(numbers), _TOLD_AT_ONCE):
            async with transaction():
                await one_at_a_time()
                await tell_anew(await unsettled.with_numbers(numbers[start : start + _TOLD_AT_ONCE]))
        newest = await unsettled.newest_number()
        async with transaction():
            await queue.done([job])
            if last < newest:
                await queue.enqueue([MatchAnew(last)], priority=-1)


async def _worth_a_look(after: int, last: int) -> list[int]:
    """Return whose address, or whose organisation's domain, is known by now."""
    unknown = await unsettled.unknown_between(after, last)
    domains = {key: _domain(key) for _, key in unknown}
    keys, owned = await unsettled.known_among(set(domains), {one for one in domains.values() if one})
    return [number for number, key in unknown if key in keys or domains[key] in owned]


def _domain(key: str) -> str | None:
    address = Address.parse(key)
    return address.private_domain if address else None
