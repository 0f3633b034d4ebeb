"""What waits for a person, and what do they decide?  Whom an address was, by hand."""

from datetime import date

from history.copies import look_again
from history.threads import join_related
from storage import decisions, filing
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.entries import Participant
from storage.lookups import KnownPerson, RoleHeld, persons
from storage.reasons import Reason


class NotHeld(LookupError):
    """The entry is gone or decided already, or this participant or person is not there."""


async def count() -> int:
    """Return how many entries wait."""
    return await decisions.count_held()


async def assign(
    entry_id: int, participant_id: int | None, person_id: int, *, by: int | None, remember: bool
) -> None:
    """Decide who a participant of a held entry was; without one, with whom the entry is.

    The entry is held no longer.  With *remember* the address is entered as the person's
    own, and what else waits for it is theirs too.  NotHeld.
    """
    async with transaction():
        await one_at_a_time()
        entry = await decisions.held_entry(entry_id)
        person = (await persons([person_id])).get(person_id)
        if entry is None or person is None:
            raise NotHeld(str(entry_id))
        participant = _chosen(list(entry.participants), participant_id) or decisions.unnamed_author(entry)
        _decide(participant, person, by=await decisions.name_of(by), on=entry.at.date())
        await decisions.write(participant, by=by)
        await filing.set_held(entry_id, None, {})
        decided = [entry_id]
        if remember and participant.key:
            await decisions.remember_address(participant, on=entry.at.date(), by=by)
            decided += await _decide_alike(participant, person, by=by)
        for thread_id in await decisions.threads_of(decided):
            await join_related(thread_id)


async def ignore(entry_id: int, *, by: int | None) -> None:
    """Let a held entry go without saying whom it was with: it stays, and waits no more.  NotHeld."""
    async with transaction():
        await one_at_a_time()
        entry = await decisions.held_entry(entry_id)
        if entry is None:
            raise NotHeld(str(entry_id))
        await decisions.note_ignored(entry, by=by)
        await filing.set_held(entry_id, None, {})


async def _decide_alike(participant: Participant, person: KnownPerson, *, by: int | None) -> list[int]:
    """Decide for all others of an address that nobody had, and return their entries."""
    alike = await decisions.unknown_with_address_of(participant)
    for one in alike:
        _link(one, person, on=one.at.date())
        one.reason = Reason.EXACT_ADDRESS
        one.reason_parameters = {"address": one.written, "person": person.name}
        await decisions.write(one, by=by)
    entry_ids = [one.entry_id for one in alike]
    await look_again(entry_ids, decisions.UNKNOWN)
    return entry_ids


def _chosen(participants: list[Participant], participant_id: int | None) -> Participant | None:
    if participant_id is None and not participants:
        return None
    for one in participants:
        if one.id == participant_id:
            return one
    raise NotHeld(str(participant_id))


def _decide(participant: Participant, person: KnownPerson, *, by: str, on: date) -> None:
    _link(participant, person, on=on)
    participant.reason, participant.reason_parameters = Reason.DECIDED_BY_HAND, {"staff": by}


def _link(participant: Participant, person: KnownPerson, *, on: date) -> None:
    role = _role(person, participant, on)
    participant.person_id = person.id
    if role:
        participant.organisation_id = role.organisation.id
    participant.function = role.function if role else ""


def _role(person: KnownPerson, participant: Participant, on: date) -> RoleHeld | None:
    """Return the role in which a person took part: at the organisation known already, or their only one."""
    roles = person.roles_on(on)
    there = [role for role in roles if role.organisation.id == participant.organisation_id]
    if len({role.organisation.id for role in there or roles}) == 1:
        return (there or roles)[-1]
    return None
