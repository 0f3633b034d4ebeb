"""Which entries wait for a person, and what was decided?  Each decision stands in the change journal."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from tortoise.query_utils import Prefetch
from tortoise.queryset import QuerySet

from mail.paper_address import ends_of, is_paper, names_person
from storage import audit, quarantine, trail
from storage.by_hand import among, listed, place
from storage.connect import rows
from storage.correspondents import EmailAddress
from storage.entries import Entry, Participant, ParticipantRole, Strength
from storage.facts import Fact, FactKind
from storage.lookups import valid_on
from storage.reasons import Reason
from storage.staff import Staff

_UNKNOWN = [Reason.UNKNOWN_ADDRESS, Reason.MAY_BE]
_OPEN = [reason.value for reason in Reason if reason.is_open]
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


async def open_alike(fact: Fact, *, most: int) -> list[Participant]:
    """Return who else took part with a lasting fact's address, or domain, whom nobody could tell.

    Of an address that several have, nobody: which of them it is, each message must say.
    """
    if fact.kind is FactKind.DOMAIN_IGNORED:
        return await _held_of_domain(fact.about, most)
    alike = of_address(fact.about).filter(person_id=None)
    if fact.kind is FactKind.ADDRESS_IGNORED:
        held = alike.filter(entry__held_reason__isnull=False, reason__in=_OPEN)
        return await held.order_by("id").limit(most)
    addresses = await EmailAddress.filter(key=fact.about)
    if is_paper(fact.about):
        return await alike.filter(reason__in=_UNKNOWN).order_by("id").limit(most)
    if any(_is_of_others(one, fact) for one in addresses):
        return []
    if fact.kind is FactKind.PERSON:
        reasons = [*_UNKNOWN, Reason.ORGANISATION_DOMAIN, Reason.THREAD_OF_ORGANISATION]
    else:
        reasons = _UNKNOWN
    found = alike.filter(reason__in=reasons)
    since = [one.since for one in addresses]
    if None not in since:
        first = min((one for one in since if one), default=fact.since)
        found = found.filter(at__gte=datetime(first.year, first.month, first.day, tzinfo=UTC))
    return await found.order_by("id").limit(most)


def of_address(key: str) -> QuerySet[Participant]:
    """Return who took part with an address; with the letterhead of a firm, whoever there wrote."""
    if not is_paper(key) or names_person(key):
        return Participant.filter(key=key)
    begins, ends = ends_of(key)
    return Participant.filter(key__startswith=begins, key__endswith=ends)


def _is_of_others(address: EmailAddress, fact: Fact) -> bool:
    if fact.person_id:
        return address.person_id != fact.person_id
    return address.person_id is not None or address.organisation_id != fact.organisation_id


async def _held_of_domain(domain: str, most: int) -> list[Participant]:
    """Return whom nobody could tell in held entries, of a domain or one below it."""
    ends = [f"%@{domain}", f"%.{domain}"]
    found = await rows(
        "SELECT p.id FROM entry e JOIN participant p ON p.entry_id = e.id WHERE e.held_reason > ''"  # noqa: S608 - ours
        f" AND p.person_id IS NULL AND {among('p.reason')} AND (p.key LIKE {place(2)} OR p.key LIKE {place(3)})"
        f" ORDER BY p.id LIMIT {int(most)}",
        [listed(_OPEN), *ends],
    )
    return await Participant.filter(id__in=[row["id"] for row in found]).order_by("id")


async def threads_of(entry_ids: Collection[int]) -> list[int]:
    """Return the threads of some entries."""
    found = Entry.filter(id__in=list(entry_ids), thread_id__isnull=False).order_by("thread_id").distinct()
    return [int(str(thread_id)) for thread_id in await found.values_list("thread_id", flat=True)]


async def name_of(staff_id: int | None) -> str:
    """Return a staff member's name; "postbuch" for the command line."""
    staff = await Staff.get_or_none(id=staff_id) if staff_id is not None else None
    return staff.name if staff else "postbuch"


async def write(
    participant: Participant, *, by: int | None, strength: Strength | None = Strength.CERTAIN
) -> None:
    """Write whom a participant was taken for by a person, in the caller's transaction."""
    known = await Participant.get_or_none(id=participant.pk) if participant.pk else None
    participant.strength = strength  # type: ignore[assignment]
    participant.decided_by_id = by
    if known:
        await trail.keep(Participant, [known.id])
    await participant.save()
    if not known:
        trail.made(participant)
    await audit.record_change(
        "participant", participant.id, staff_id=by, before=_values(known), after=_values(participant)
    )


async def note_ignored(entry: Entry, *, by: int | None) -> None:
    """Note in the change journal that an entry is let go without a decision, in the caller's transaction."""
    before = {"held_reason": entry.held_reason, "held_parameters": entry.held_parameters}
    await audit.record_change("entry", entry.id, staff_id=by, before=before, after={"held_reason": None})


async def remember_address(participant: Participant, *, on: date, by: int | None) -> None:
    """Enter a participant's address as one of the person's, or without one of the organisation's.

    Unless it is on that day.  One that was theirs at another time is theirs again from that day on.
    """
    person_id, organisation_id = participant.person_id, participant.organisation_id
    whose: dict[str, Any] = (
        {"person_id": person_id} if person_id else {"person_id": None, "organisation_id": organisation_id}
    )
    known = await EmailAddress.filter(key=participant.key, **whose)
    if any(valid_on(on, one.since, one.until) for one in known):
        return
    address = EmailAddress(key=participant.key, written=participant.written[:320], **whose)
    address.since = on if known else None
    await address.save()
    trail.made(address)
    after = {"key": address.key, "written": address.written, **whose}
    after["since"] = address.since.isoformat() if address.since else None
    await audit.record_change("email_address", address.id, staff_id=by, before={}, after=after)


def _values(participant: Participant | None) -> dict[str, Any]:
    return {name: getattr(participant, name) for name in _DECIDED} if participant else {}
