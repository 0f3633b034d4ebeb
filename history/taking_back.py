"""How does an entry go that somebody does not want to be kept?  With its messages and all that was made of them.

What stays: a count, a line in the audit log that names only the entry's number, and
seals by which the same message is known when it comes again (see `storage.leaving_out`).
"""

from collections.abc import Collection, Sequence

from history.subjects import subject_key
from storage import audit, forgetting, leaving_out
from storage.connect import transaction
from storage.entering import one_at_a_time
from storage.entries import Entry
from storage.forgetting import Parts
from storage.forgetting_letters import forget_letters, letters_of
from storage.jobs import JobQueue, SweepUp
from storage.leaving_out import LeftOutReason, Sealing
from storage.messages import Message
from storage.staff import Staff
from storage.storable import storable

_WITHOUT_DATE = {"date-missing", "date-unreadable"}


def may_take_back(staff_id: int, parts: Parts) -> bool:
    """Tell whether a colleague may take an entry back: who wrote it, or alone captured it."""
    return staff_id in parts.authors or parts.capturers == {staff_id}


class NotThere(LookupError):
    """The entry is gone, or was made of no mail and no letter."""


class NotYours(Exception):
    """Others captured the entry too: only who wrote it or an administrator may take it back."""


async def take_back_by_hand(
    entry_id: int, staff: Staff, *, is_administrator: bool, secret: bytes, queue: JobQueue
) -> None:
    """Forget the mail or letter of an entry because somebody does not want it kept.

    NotThere if it is gone or neither, NotYours.  What a colleague captures of it later for
    themselves is entered, unless its author or an administrator did this.
    """
    async with transaction():
        await one_at_a_time()
        parts = await forgetting.parts_of(entry_id)
        if not (await forgetting.messages_of(entry_id) or await letters_of(entry_id)):
            raise NotThere(str(entry_id))
        if not is_administrator and not may_take_back(staff.id, parts):
            raise NotYours(NotYours.__doc__)
        for_all = is_administrator or staff.id in parts.authors
        await take_back(
            entry_id,
            LeftOutReason.TAKEN_BACK,
            by=staff.id,
            only_for=None if for_all else [staff.id],
            secret=secret,
            queue=queue,
        )


async def take_back(
    entry_id: int,
    why: LeftOutReason,
    *,
    by: int | None,
    only_for: Collection[int] | None = None,
    secret: bytes,
    queue: JobQueue,
) -> bool:
    """Forget an entry, in the caller's transaction; False if there is none.

    The same message is not entered again, whoever captures it; with *only_for*, of these staff.
    """
    entry = await Entry.get_or_none(id=entry_id)
    if entry is None:
        return False
    messages = await forgetting.messages_of(entry_id)
    await leaving_out.seal(dict.fromkeys(_seals(messages, only_for, secret), why))
    await forgetting.forget_messages(messages)
    await forget_letters(entry_id)
    await forgetting.forget_entry(entry)
    if entry.thread_id is not None:
        await _tidy(entry.thread_id, [one.message_id for one in messages if one.message_id])
    await leaving_out.count(why, by)
    await audit.record("entry-taken-back", staff_id=by, subject="entry", subject_id=entry_id, rule=why)
    await queue.enqueue([SweepUp(words=True)])
    return True


def _seals(messages: Sequence[Message], only_for: Collection[int] | None, secret: bytes) -> list[str]:
    whose: Sequence[int | None] = [None] if only_for is None else sorted(only_for)
    return [
        seal for one in messages for staff_id in whose for seal in sealing_of(one).seals(secret, staff_id)
    ]


def sealing_of(message: Message) -> Sealing:
    """Return by what a filed message is known again; without id and date only by its bytes (`mail.fingerprint`)."""
    undated = _WITHOUT_DATE & {defect["code"] for defect in message.defects}
    told = None if message.message_id is None and undated else message.fingerprint
    return Sealing(message.digest, message.message_id, told)


async def _tidy(thread_id: int, own_ids: Collection[str]) -> None:
    """Leave nothing in a thread of an entry that is gone: neither its ids nor its subject."""
    oldest = await forgetting.oldest_left(thread_id)
    if oldest is None:
        await forgetting.forget_thread(thread_id)
        return
    await forgetting.forget_references(thread_id, own_ids)
    await forgetting.call_thread(thread_id, storable(subject_key(oldest.subject)))
