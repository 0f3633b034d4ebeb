"""Who took part in conversations, and was not known when they did?"""

from collections.abc import Collection

from storage.by_hand import among, listed, place, rows_among
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


async def newest_number() -> int:
    """Return the number of the newest participant."""
    newest = await Participant.all().order_by("-id").first().only("id")
    return newest.id if newest else 0


async def unknown_between(after: int, last: int) -> list[tuple[int, str]]:
    """Return numbers and addresses (as keys) of those whom nobody knew, of a range of numbers."""
    found = await rows(
        "SELECT p.id, p.key FROM participant p WHERE p.id > "  # noqa: S608 - ours
        f"{place(1)} AND p.id <= {place(2)} AND p.person_id IS NULL AND {among('p.reason', number=3)} ORDER BY p.id",
        [after, last, listed(_OPEN)],
    )
    return [(row["id"], row["key"]) for row in found]


async def with_numbers(numbers: Collection[int]) -> list[Participant]:
    """Return participants with their entries."""
    return await Participant.filter(id__in=list(numbers)).select_related("entry").order_by("id")


async def known_among(keys: Collection[str], domains: Collection[str]) -> tuple[set[str], set[str]]:
    """Return which addresses are somebody's now, and which domains an organisation's."""
    emails = await rows_among("SELECT DISTINCT key FROM email_address WHERE {among}", "key", keys)
    owned = await rows_among("SELECT domain FROM organisation_domain WHERE {among}", "domain", domains)
    return {row["key"] for row in emails}, {row["domain"] for row in owned}


async def references_by_thread(thread_ids: Collection[int | None]) -> dict[int | None, list[str]]:
    """Return the Message-IDs that were seen in threads."""
    return {thread_id: await references_of(thread_id) for thread_id in thread_ids if thread_id}


async def write(participant: Participant) -> None:
    """Write whom somebody was taken for, in the caller's transaction."""
    await participant.save(
        update_fields=["person_id", "organisation_id", "function", "strength", "reason", "reason_parameters"]
    )
