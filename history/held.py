"""What waits for a person, and what do they decide?  Whom an address was, by hand."""

from datetime import date

from history.entry import why_held
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
    own from now on.  NotHeld.
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
        held = why_held([participant])
        await filing.set_held(entry_id, held.reason if held else None, held.parameters if held else {})
        if remember and participant.key:
            await decisions.remember_address(participant, by=by)
        if entry.thread_id is not None:
            await join_related(entry.thread_id, by=by)


def _chosen(participants: list[Participant], participant_id: int | None) -> Participant | None:
    if participant_id is None and not participants:
        return None
    for one in participants:
        if one.id == participant_id:
            return one
    raise NotHeld(str(participant_id))


def _decide(participant: Participant, person: KnownPerson, *, by: str, on: date) -> None:
    role = _role(person, participant, on)
    participant.person_id = person.id
    if role:
        participant.organisation_id = role.organisation.id
    participant.function = role.function if role else ""
    participant.reason, participant.reason_parameters = Reason.DECIDED_BY_HAND, {"staff": by}


def _role(person: KnownPerson, participant: Participant, on: date) -> RoleHeld | None:
    """Return the role in which a person took part: at the organisation known already, or their only one."""
    roles = person.roles_on(on)
    there = [role for role in roles if role.organisation.id == participant.organisation_id]
    if len({role.organisation.id for role in there or roles}) == 1:
        return (there or roles)[-1]
    return None
