"""The walk along all that is entered: who has changed is compared with those who share a key.

One job is one batch, and enqueues the next; a directory of any size needs the memory of a batch.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from matcher.duplicates import organisations, persons, reading
from matcher.duplicates.blocks import MOST_OF_BLOCK, organisation_blocks, person_blocks
from matcher.duplicates.cards import OrganisationCard, PersonCard
from storage import compared, duplicates
from storage.connect import transaction
from storage.correspondents import Party
from storage.duplicates import FoundPair
from storage.jobs import Claimed, FindDuplicates, JobQueue, payload_of

AT_ONCE = 200
PRIORITY = -5
_LAST = 2**62
_MOST_OTHERS = 2000

Card = PersonCard | OrganisationCard
Cards = Sequence[Card]


async def enqueue_search(queue: JobQueue) -> None:
    """Let all that has changed be looked at, in the caller's transaction."""
    await queue.enqueue([FindDuplicates(party.value) for party in Party], priority=PRIORITY)


async def find_duplicates(jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
    """Look at a batch of each party, and enqueue the next."""
    for job in jobs:
        payload = payload_of(job, FindDuplicates)
        await _batch(job, payload, queue)


async def _batch(job: Claimed, payload: FindDuplicates, queue: JobQueue) -> None:
    party = Party(payload.party)
    ids = await compared.next_ids(party, payload.after, AT_ONCE)
    last = ids[-1] if len(ids) == AT_ONCE else _LAST
    read = await _read(party, ids)
    known = {card.id: reading.digest(card) for card in read}
    before = await duplicates.digests(party, ids)
    changed = [card for card in read if before.get(card.id) != known[card.id]]
    keys = {card.id: _keys(card) for card in changed}
    async with transaction():
        await duplicates.forget_gone(party, payload.after, last, ids)
        await duplicates.note_keys(party, keys)
    others = await _others(party, keys)
    found = await asyncio.to_thread(_compared, changed, others)
    async with transaction():
        await duplicates.keep_pairs(party, list(keys), found)
        await duplicates.note_looked_at(party, {row_id: known[row_id] for row_id in keys})
        if len(ids) == AT_ONCE:
            await queue.enqueue([FindDuplicates(party.value, last)], priority=PRIORITY)
        await queue.done([job])


async def _read(party: Party, ids: Collection[int]) -> Cards:
    return await (reading.persons(ids) if party is Party.PERSON else reading.organisations(ids))


def _keys(card: Card) -> set[str]:
    return person_blocks(card) if isinstance(card, PersonCard) else organisation_blocks(card)


async def _others(party: Party, keys: Mapping[int, set[str]]) -> dict[int, tuple[Card, set[int]]]:
    """Return who shares a key with those that have changed, each with the ids of whom."""
    sharing = await duplicates.sharing(party, set().union(*keys.values()), most=MOST_OF_BLOCK)
    pairs: dict[int, set[int]] = {}
    for row_id, its in keys.items():
        for key in its:
            for other in sharing.get(key, ()):
                if other != row_id:
                    pairs.setdefault(other, set()).add(row_id)
    ids = sorted(pairs)
    found: dict[int, tuple[Card, set[int]]] = {}
    for start in range(0, len(ids), _MOST_OTHERS):
        for card in await _read(party, ids[start : start + _MOST_OTHERS]):
            found[card.id] = (card, pairs[card.id])
    return found


def _compared(changed: Cards, others: Mapping[int, tuple[Card, set[int]]]) -> list[FoundPair]:
    """Return the pairs that are taken for one, each once."""
    by_id = {card.id: card for card in changed}
    found: dict[tuple[int, int], FoundPair] = {}
    for other, partners in others.values():
        for row_id in partners:
            pair = (min(row_id, other.id), max(row_id, other.id))
            if pair not in found and (one := _pair(by_id[row_id], other)):
                found[pair] = one
    return list(found.values())


def _pair(one: Card, other: Card) -> FoundPair | None:
    if isinstance(one, PersonCard) and isinstance(other, PersonCard):
        verdict = persons.judge(one, other)
    elif isinstance(one, OrganisationCard) and isinstance(other, OrganisationCard):
        verdict = organisations.judge(one, other)
    else:
        raise TypeError("a person is no organisation")
    if verdict.strength is None:
        return None
    first, second = sorted((one.id, other.id))
    findings = tuple((finding.likeness.value, finding.points) for finding in verdict.findings)
    return FoundPair(first, second, verdict.strength, findings)
