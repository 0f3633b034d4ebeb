"""Who could not be told before a message came that tells it?  A new address that answers what was not here yet.

Rules look at a message when it comes; what it answers may come later, from an archive or by
a slower way.  Then those who were not known in that conversation are looked at again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from history.copies import LACKS_SOMEBODY, look_again
from history.threads import join_related
from ingest.participants import strength_of
from mail.address import Address
from mail.message import ForwardKind, ParsedMessage
from matcher.decide import Match
from matcher.evidence import Case
from matcher.match import match_cases
from matcher.parties import Outsider, Parties
from storage import unsettled
from storage.entries import Participant


async def settle(message_ids: Collection[str], *, before: int) -> None:
    """Tell who is who in the conversations of messages that have just come, in entries with numbers below *before*.

    The messages are with somebody who is known: of others nothing can be told.  In the
    caller's transaction.
    """
    await tell_anew(await unsettled.in_conversations(message_ids, before=before))


async def tell_anew(unknown: Sequence[Participant]) -> None:
    """Tell who those are that nobody knew, with what is known now; in the caller's transaction."""
    by_entry: dict[int, list[Participant]] = defaultdict(list)
    for one in unknown:
        by_entry[one.entry_id].append(one)
    if not by_entry:
        return
    waiting = list(by_entry.values())
    threads = {those[0].entry.thread_id for those in waiting}
    references = await unsettled.references_by_thread(threads)
    cases = [_case(those, references.get(those[0].entry.thread_id, ())) for those in waiting]
    found = await match_cases(cases, [those[0].at for those in waiting])
    changed = [one for those, its in zip(waiting, found, strict=True) for one in _told(those, its.matches)]
    for one in changed:
        await unsettled.write(one)
    await look_again({one.entry_id for one in changed}, LACKS_SOMEBODY)
    for thread_id in sorted({one.entry.thread_id for one in changed if one.entry.thread_id}):
        await join_related(thread_id)


def _case(unknown: Sequence[Participant], references: Sequence[str]) -> Case:
    """Return an entry as far as rules ask for it."""
    addresses = [(one, Address.parse(one.written)) for one in unknown]
    outsiders = tuple(Outsider(one.role, address, one.name) for one, address in addresses if address)
    parties = Parties(unknown[0].entry.direction, outsiders)
    return Case(ParsedMessage(references=tuple(references)), parties, unknown[0].at.date())


def _told(unknown: Sequence[Participant], matches: Mapping[str, Match]) -> Iterator[Participant]:
    """Yield those who are told now, as they are to be written."""
    for one in unknown:
        match = matches.get(one.key)
        if match is None or not match.is_decided:
            continue
        typed = one.entry.kind_fields.get("forwarded") == ForwardKind.INLINE
        one.person_id = match.person.id if match.person else None
        one.organisation_id = match.organisation.id if match.organisation else None
        one.function, one.reason, one.reason_parameters = match.function, match.reason, dict(match.parameters)
        if strength := strength_of(match, is_typed=typed):
            one.strength = strength
        yield one
