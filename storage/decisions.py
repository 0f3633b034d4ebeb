"""Which entries wait for a person, and what was decided?  Each decision stands in the change journal."""

from typing import Any

from tortoise.query_utils import Prefetch

from storage import audit
from storage.connect import rows
from storage.correspondents import EmailAddress
from storage.entries import Entry, Participant, ParticipantRole, Strength
from storage.staff import Staff

_DECIDED = ("person_id", "organisation_id", "function", "strength", "reason", "reason_parameters")


async def count_held() -> int:
    """Return how many entries wait."""
    # A range, so that the index on the reason is used.
    found = await rows("SELECT count(*) AS number FROM entry WHERE held_reason > ''")
    return int(found[0]["number"])


async def held_entry(entry_id: int) -> Entry | None:
    """Return a held entry with its participants; None if there is none, or it is held no more."""
    participants = Prefetch("participants", Participant.all().order_by("id"))
    held = Entry.filter(id=entry_id, held_reason__isnull=False)
    return await held.first().prefetch_related(participants)


def unnamed_author(entry: Entry) -> Participant:
    """Return a participant, not written yet, of a message that names nobody."""
    return Participant(entry_id=entry.id, at=entry.at, role=ParticipantRole.FROM, reason="")


async def name_of(staff_id: int | None) -> str:
    """Return a staff member's name; "postbuch" for the command line."""
    staff = await Staff.get_or_none(id=staff_id) if staff_id is not None else None
    return staff.name if staff else "postbuch"


async def write(participant: Participant, *, by: int | None) -> None:
    """Write whom a participant was taken for by a person, in the caller's transaction."""
    known = await Participant.get_or_none(id=participant.pk) if participant.pk else None
    participant.strength, participant.decided_by_id = Strength.CERTAIN, by
    await participant.save()
    await audit.record_change(
        "participant", participant.id, staff_id=by, before=_values(known), after=_values(participant)
    )


async def remember_address(participant: Participant, *, by: int | None) -> None:
    """Enter a participant's address as one of the person's, unless it is."""
    if await EmailAddress.exists(key=participant.key, person_id=participant.person_id):
        return
    address = await EmailAddress.create(
        key=participant.key, written=participant.written[:320], person_id=participant.person_id
    )
    after = {"key": address.key, "written": address.written, "person_id": address.person_id}
    await audit.record_change("email_address", address.id, staff_id=by, before={}, after=after)


def _values(participant: Participant | None) -> dict[str, Any]:
    return {name: getattr(participant, name) for name in _DECIDED} if participant else {}
