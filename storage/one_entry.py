"""What belongs to one entry: who took part and why they were taken for that, files, originals, neighbours?"""

from dataclasses import dataclass

from tortoise.expressions import Q
from tortoise.query_utils import Prefetch

from storage import quarantine
from storage.entries import Attachment, Entry, EntryStaff, Participant, ParticipantRole
from storage.messages import Message


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries before and after one in its thread, and how many the thread has."""

    earlier: Entry | None
    later: Entry | None
    count: int


async def entry(entry_id: int, viewer: int | None) -> Entry | None:
    """Return an entry with its participants, staff, attachments and messages; None if *viewer* may not see it."""
    if not await quarantine.is_visible(entry_id, viewer):
        return None
    return await Entry.get_or_none(id=entry_id).prefetch_related(
        Prefetch(
            "participants",
            Participant.all().select_related("person", "organisation", "decided_by").order_by("id"),
        ),
        Prefetch("staff_parts", EntryStaff.all().select_related("staff").order_by("id")),
        Prefetch("attachments", Attachment.all().order_by("number")),
        Prefetch("messages", Message.all().order_by("id")),
    )


async def neighbours(of: Entry) -> Neighbours:
    """Return what stands around an entry in its thread."""
    if of.thread_id is None:
        return Neighbours(None, None, 1)
    thread = Entry.filter(quarantine.shown() | Q(id=of.id), thread_id=of.thread_id)
    order = [(row.at, row.id) for row in await thread.order_by("at", "id").only("id", "at")]
    place = order.index((of.at, of.id))
    beside = {
        row.id: row
        for row in await Entry.filter(id__in=[row_id for _, row_id in order[max(place - 1, 0) : place + 2]])
    }
    earlier = beside[order[place - 1][1]] if place > 0 else None
    later = beside[order[place + 1][1]] if place + 1 < len(order) else None
    return Neighbours(earlier, later, len(order))


async def original(entry_id: int, viewer: int | None) -> Message | None:
    """Return the message that an entry shows; None if *viewer* may not see it."""
    return await made_of(entry_id) if await quarantine.is_visible(entry_id, viewer) else None


async def made_of(entry_id: int) -> Message | None:
    """Return the message that an entry shows: the first, where there are copies.

    A meeting shows what its organiser said last, copies that were added to the one to which
    least was.
    """
    entry = await Entry.get_or_none(id=entry_id).only("id", "kind_fields")
    if entry and (chosen := entry.kind_fields.get("of_message")):
        return await Message.get_or_none(id=chosen, entry_id=entry_id)
    return await Message.filter(entry_id=entry_id).order_by("id").first()


async def attachment(entry_id: int, number: int, viewer: int | None) -> Attachment | None:
    """Return an entry's attachment by its number."""
    if not await quarantine.is_visible(entry_id, viewer):
        return None
    return await Attachment.get_or_none(entry_id=entry_id, number=number)


async def last_written_by(person_id: int, viewer: int | None) -> Entry | None:
    """Return the newest mail that a person wrote, as `entry` does; None if *viewer* may not see it."""
    written = Participant.filter(person_id=person_id, role=ParticipantRole.FROM, entry__kind="email")
    newest = await written.order_by("-at", "-entry_id").first()
    return await entry(newest.entry_id, viewer) if newest else None
