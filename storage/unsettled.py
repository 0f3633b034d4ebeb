"""Who took part in conversations, and was not known when they did?"""

from collections.abc import Collection

from storage.by_hand import among, listed, place
from storage.connect import rows
from storage.conversations import references_of
from storage.entries import Participant
from storage.reasons import Reason

_OPEN = [reason.value for reason in Reason if reason.is_open]
MOST = 50  # looked at with every batch that names them: a conversation may be anything, also endless


async def in_conversations(references: Collection[str], *, before: int) -> list[Participant]:
    """Return whom a person would have to decide on in conversations where some Message-IDs were seen.

    With their entries, whose numbers are below *before*; the newest, a bounded number.
    """
    if not references:
        return []
    found = await rows(
        "SELECT DISTINCT p.id FROM thread_reference t JOIN entry e ON e.thread_id = t.thread_id"  # noqa: S608 - ours
        " JOIN participant p ON p.entry_id = e.id"
        f" WHERE {among('t.reference')} AND p.person_id IS NULL AND {among('p.reason', number=2)}"
        f" AND p.entry_id < {place(3)} ORDER BY p.id DESC LIMIT {MOST}",
        [listed(references), listed(_OPEN), before],
    )
    if not found:
        return []
    unknown = Participant.filter(id__in=[row["id"] for row in found]).select_related("entry")
    return await unknown.order_by("id")


async def references_by_thread(thread_ids: Collection[int | None]) -> dict[int | None, list[str]]:
    """Return the Message-IDs that were seen in threads."""
    return {thread_id: await references_of(thread_id) for thread_id in thread_ids if thread_id}


async def write(participant: Participant) -> None:
    """Write whom somebody was taken for, in the caller's transaction."""
    await participant.save(
        update_fields=["person_id", "organisation_id", "function", "strength", "reason", "reason_parameters"]
    )
