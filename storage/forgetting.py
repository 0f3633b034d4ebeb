"""How does something go for good?  Messages with their bytes, entries with all that was made of them.

In the caller's transaction.  SQLite overwrites what is deleted (`secure_delete`), and
`storage.sweeping` sees to what is still in its log and in the index of words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.audit import Change
from storage.blobs import BlobPart
from storage.entries import Entry, Participant, StaffPart, Thread, ThreadReference
from storage.entries import EntryStaff as Part
from storage.facts import forget_steps
from storage.messages import Capture, Message
from storage.notices import Notice


@dataclass(frozen=True, slots=True)
class Parts:
    """Which staff wrote an entry, and which captured it."""

    authors: frozenset[int]
    capturers: frozenset[int]


async def parts_of(entry_id: int) -> Parts:
    """Return who of the staff wrote and captured an entry."""
    found = await Part.filter(entry_id=entry_id)
    return Parts(
        frozenset(one.staff_id for one in found if one.part is StaffPart.AUTHOR),
        frozenset(one.staff_id for one in found if one.part is StaffPart.CAPTURED),
    )


async def messages_of(entry_id: int) -> list[Message]:
    """Return the messages of which an entry was made."""
    return await Message.filter(entry_id=entry_id).order_by("id")


async def forget_messages(messages: Sequence[Message]) -> None:
    """Delete messages, how they came, their bytes, and what we wrote in answer to them."""
    ids = [message.id for message in messages]
    own_ids = [message.message_id for message in messages if message.message_id]
    await Notice.filter(in_reply_to__in=own_ids).delete()
    await BlobPart.filter(digest__in=[message.digest for message in messages]).delete()
    await Capture.filter(message_id__in=ids).delete()
    await Message.filter(id__in=ids).delete()


async def forget_entry(entry: Entry) -> None:
    """Delete an entry, who took part, and what was decided about them; its messages go apart."""
    participants = [one.id for one in await Participant.filter(entry_id=entry.id).only("id")]
    await Change.filter(subject="participant", subject_id__in=participants).delete()
    await forget_steps("participant", participants)
    await forget_steps("entry", [entry.id])
    await Entry.filter(id=entry.id).delete()


async def forget_references(thread_id: int, references: Collection[str]) -> None:
    """Forget that Message-IDs were seen in a thread."""
    await ThreadReference.filter(thread_id=thread_id, reference__in=list(references)).delete()


async def oldest_left(thread_id: int) -> Entry | None:
    """Return the entry with which a thread begins; None if nothing is left of it."""
    return await Entry.filter(thread_id=thread_id).order_by("at", "id").first()


async def forget_thread(thread_id: int) -> None:
    """Delete a thread in which nothing is left."""
    await Thread.filter(id=thread_id).delete()


async def call_thread(thread_id: int, subject_key: str) -> None:
    """Give a thread the subject of what is left of it."""
    await Thread.filter(id=thread_id).update(subject_key=subject_key)
