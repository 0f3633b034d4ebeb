"""How does the product take the mail of the made-up office?  As filing does: in batches, earlier mail entered first."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from benchmarks.matching.scene import OUR_DOMAIN, OURS
from benchmarks.matching.scoring import FIRST, Answer, Decision
from benchmarks.matching.truth import Earlier, Sample
from history.candidates import candidates
from history.entry import NewEntry, NewParticipant, enter
from ingest.participants import participant_of
from mail.address import Address
from mail.parse import parse
from matcher.decide import Match
from matcher.match import Matched, match_all
from storage import roster
from storage.connect import transaction
from storage.entries import Direction, Entry, Participant, ParticipantRole, Strength
from storage.reasons import Reason

AT_ONCE = 100


async def open_office() -> None:
    """Enter who works here."""
    for name, local in OURS:
        await roster.add(roster.NewStaff(name, Address(local, OUR_DOMAIN)), by=None)


def batches(samples: Iterable[Sample]) -> Iterator[list[Sample]]:
    """Yield messages in batches as a worker claims them."""
    stream = iter(samples)
    while some := list(islice(stream, AT_ONCE)):
        yield some


async def decide(samples: Sequence[Sample]) -> list[Decision]:
    """Return what the product decides about a batch of messages."""
    await enter_earlier([one.earlier for one in samples if one.earlier])
    parsed = await asyncio.to_thread(lambda: [parse(one.raw) for one in samples])
    matched = await match_all(list(zip(parsed, (one.at for one in samples), strict=True)))
    return [await _decision(one, its) for one, its in zip(samples, matched, strict=True)]


async def enter_earlier(earlier: Sequence[Earlier]) -> None:
    """Enter what we wrote before."""
    if earlier:
        async with transaction():
            await enter([_entry(one) for one in earlier])


def _entry(earlier: Earlier) -> NewEntry:
    address = Address.parse(earlier.address)
    assert address is not None
    to = NewParticipant(
        ParticipantRole.TO,
        address.key,
        earlier.address,
        earlier.name,
        Reason.EXACT_ADDRESS,
        {"address": earlier.address, "person": earlier.name},
        earlier.person,
        earlier.firm,
        strength=Strength.CERTAIN,
    )
    return NewEntry(Direction.OUTGOING, earlier.at, earlier.subject, "", [to], [], own_id=earlier.message_id)


async def _decision(sample: Sample, matched: Matched) -> Decision:
    address = Address.parse(sample.truth.address)
    assert address is not None
    outsider = next((one for one in matched.parties.outsiders if one.key == address.key), None)
    if outsider is None:
        return Decision(str(matched.parties.held or "nobody outside"), None)
    match = matched.matches[outsider.key]
    if match.is_decided:
        return Decision(match.reason, _answer(match))
    kept = participant_of(outsider, match, is_typed=False)
    waiting = Participant(
        key=outsider.key, written=kept.written, name=outsider.name, reason_parameters=dict(kept.parameters)
    )
    return Decision(match.reason, None, await _candidates(waiting))


def _answer(match: Match) -> Answer:
    return Answer(
        match.person.id if match.person else None, match.organisation.id if match.organisation else None
    )


async def _candidates(waiting: Participant) -> list[Answer]:
    """Return whom the product proposes to whoever looks at the message."""
    found = await candidates(Entry(thread_id=None), waiting)
    return [
        Answer(
            one.person.person.id if one.person else None, one.organisation.id if one.organisation else None
        )
        for one in found[:FIRST]
    ]
