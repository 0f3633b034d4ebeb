"""Which entries wait for a person, and what was decided?  Each decision stands in the change journal."""

from collections.abc import Collection
from datetime import date
from typing import Any

from tortoise.query_utils import Prefetch

from storage import audit, quarantine
from storage.by_hand import place
from storage.connect import rows
from storage.correspondents import EmailAddress
from storage.entries import Entry, Participant, ParticipantRole, Strength
from storage.lookups import valid_on
from storage.reasons import Reason
from storage.staff import Staff

UNKNOWN = (Reason.UNKNOWN_ADDRESS, Reason.MAY_BE)
_DECIDED = ("person_id", "organisation_id", "function", "strength", "reason", "reason_parameters")


async def count_held() -> int:
    """Return how many entries wait; those in quarantine do not yet."""
    hidden = quarantine.HIDDEN.format(place(1))
    # A range, so that the index on the reason is used.
    held = f"SELECT count(*) AS number FROM entry WHERE held_reason > '' AND id NOT IN ({hidden})"  # noqa: S608 - ours
    found = await rows(held, [quarantine.now()])
    return int(found[0]["number"])


async def held_entry(entry_id: int) -> Entry | None:
    """Return a held entry with its participants; None if there is none, or it is held no more."""
    participants = Prefetch("participants", Participant.all().order_by("id"))
    held = Entry.filter(id=entry_id, held_reason__isnull=False)
    return await held.first().prefetch_related(participants)


def unnamed_author(entry: Entry) -> Participant:
    """Return a participant, not written yet, of a message that names nobody."""
    return Participant(entry_id=entry.id, at=entry.at, role=ParticipantRole.FROM, reason="")


async def unknown_with_address_of(participant: Participant) -> list[Participant]:
    """Return who else took part with an address that was nobody's, if it is one person's alone now."""
    if await EmailAddress.filter(key=participant.key).exclude(person_id=participant.person_id).exists():
        return []
    unknown = Participant.filter(key=participant.key, person_id=None, reason__in=UNKNOWN)
    return await unknown.order_by("id")


async def threads_of(entry_ids: Collection[int]) -> list[int]:
    """Return the threads of some entries."""
    found = Entry.filter(id__in=list(entry_ids), thread_id__isnull=False).order_by("thread_id").distinct()
    return [int(str(thread_id)) for thread_id in await found.values_list("thread_id", flat=True)]


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


async def note_ignored(entry: Entry, *, by: int | None) -> None:
    """Note in the change journal that an entry is let go without a decision, in the caller's transaction."""
    before = {"held_reason": entry.held_reason, "held_parameters": entry.held_parameters}
    await audit.record_change("entry", entry.id, staff_id=by, before=before, after={"held_reason": None})


async def remember_address(participant: Participant, *, on: date, by: int | None) -> None:
    """Enter a participant's address as one of the person's, unless it is on that day.

    One that was theirs at another time is theirs again from that day on.
    """
    known = await EmailAddress.filter(key=participant.key, person_id=participant.person_id)
    if any(valid_on(on, one.since, one.until) for one in known):
        return
    address = await EmailAddress.create(
        key=participant.key,
        written=participant.written[:320],
        person_id=participant.person_id,
        since=on if known else None,
    )
    after = {"key": address.key, "written": address.written, "person_id": address.person_id}
    after["since"] = address.since.isoformat() if address.since else None
    await audit.record_change("email_address", address.id, staff_id=by, before={}, after=after)


def _values(participant: Participant | None) -> dict[str, Any]:
    return {name: getattr(participant, name) for name in _DECIDED} if participant else {}
