"""How is an entry emptied, to be filled anew or to go?  In the caller's transaction."""

from collections.abc import Collection, Sequence

from tortoise.query_utils import Prefetch

from storage import audit
from storage.entries import Attachment, Entry, EntryStaff, Participant, Thread
from storage.meetings import Scheduling
from storage.messages import Capture, Message, MessageState

_DECIDED = (
    "person_id",
    "organisation_id",
    "function",
    "strength",
    "reason",
    "reason_parameters",
    "decided_by_id",
)


async def messages_of(entry_id: int) -> list[Message]:
    """Return the messages of an entry with their captures, in the order in which they came."""
    captures = Prefetch("captures", Capture.all().order_by("id"))
    return await Message.filter(entry_id=entry_id).order_by("id").prefetch_related(captures)


async def decided_of(entry_id: int) -> list[Participant]:
    """Return those participants of an entry of whom people have decided who they are."""
    return await Participant.filter(entry_id=entry_id, decided_by_id__isnull=False).exclude(key="")


async def keep_decisions(decided: Sequence[Participant], entry_ids: Collection[int]) -> None:
    """Let what people have decided of addresses hold in entries that were filled anew."""
    for one in decided:
        same = Participant.filter(entry_id__in=list(entry_ids), key=one.key)
        await same.update(**{name: getattr(one, name) for name in _DECIDED})


async def empty(entry_id: int) -> None:
    """Take everything from an entry but its number; its thread goes if nothing else stands in it."""
    entry = await Entry.get(id=entry_id).only("id", "thread_id")
    await Participant.filter(entry_id=entry_id).delete()
    await EntryStaff.filter(entry_id=entry_id).delete()
    await Attachment.filter(entry_id=entry_id).delete()
    messages = Message.filter(entry_id=entry_id)
    await Scheduling.filter(message_id__in=await messages.values_list("id", flat=True)).delete()
    await messages.update(entry_id=None, state=MessageState.ACCEPTED)
    await Entry.filter(id=entry_id).update(thread_id=None)
    if entry.thread_id is not None and not await Entry.exists(thread_id=entry.thread_id):
        await Thread.filter(id=entry.thread_id).delete()


async def remove(entry_id: int) -> None:
    """Remove an entry that was emptied and not filled."""
    await Entry.filter(id=entry_id).delete()


async def set_own_mail(message_ids: Sequence[int], *, own_mail: bool, entry_id: int, by: int | None) -> None:
    """Note that forwards are entered as the forwarder's own mail, or (False) as what is inside them."""
    await Message.filter(id__in=list(message_ids)).update(own_mail=own_mail)
    facts = {"messages": list(message_ids)}
    before, after = facts | {"own_mail": not own_mail}, facts | {"own_mail": own_mail}
    await audit.record_change("entry", entry_id, staff_id=by, before=before, after=after)
