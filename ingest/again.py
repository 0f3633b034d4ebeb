"""How is a forward entered anew, when somebody sees that it was read wrongly?  As its sender's own mail, and back.

The choice stands with the message, and holds however often it is read again.
"""

from history.copies import LACKS_SOMEBODY, look_again
from ingest.copies import Copies
from ingest.filing import file_read
from ingest.read import Read, read_messages
from mail.message import ForwardKind
from matcher.match import match_all
from storage import emptying, entering, filing
from storage.connect import transaction
from storage.jobs import JobQueue, ReadAttachments
from storage.messages import Message


class NoForward(LookupError):
    """The entry is gone, has changed meanwhile, or is of no forward that could be read otherwise."""


async def take_as_own_mail(
    entry_id: int, *, own_mail: bool, by: int | None, queue: JobQueue, country: str = "CH"
) -> int:
    """Enter what an entry was made of anew, its forwards as their senders' own mail or as the original inside.

    Return the entry of that forward: the same one, unless the original is known by other
    ways too and has its entry.  NoForward.
    """
    rows = await emptying.messages_of(entry_id)
    chosen = [one.row for one in await _read_in_turn(rows) if _can_become(one, own_mail=own_mail)]
    if not chosen:
        raise NoForward(str(entry_id))
    for row in chosen:
        row.own_mail = own_mail
    read = await _read_in_turn(rows)
    matched = await match_all([(one.parsed, one.at) for one in read], country=country)
    async with transaction():
        await entering.one_at_a_time()
        if _ids(await emptying.messages_of(entry_id)) != _ids(rows):
            raise NoForward(str(entry_id))
        await emptying.set_own_mail(_ids(chosen), own_mail=own_mail, entry_id=entry_id, by=by)
        decided = await emptying.decided_of(entry_id)
        await emptying.empty(entry_id)
        pairs, copies = list(zip(read, matched, strict=True)), Copies()
        await copies.find(read)
        await file_read(rows, pairs, {}, copies, again=[entry_id])
        entry_of = await filing.entries_of(_ids(rows))
        if entry_id not in entry_of.values():
            await emptying.remove(entry_id)
        await emptying.keep_decisions(decided, entry_of.values())
        await look_again(set(entry_of.values()), LACKS_SOMEBODY)
        # What was read of the files went with the rows that named them.
        files = [ReadAttachments(row.id) for row in rows]
        await queue.enqueue(files, priority=ReadAttachments.priority)
    return entry_of[chosen[0].id]


async def _read_in_turn(rows: list[Message]) -> list[Read]:
    """Return messages as they are to be entered; only the octets of one are in memory."""
    return [one for row in rows for one in await read_messages([row])]


def _can_become(one: Read, *, own_mail: bool) -> bool:
    """Tell whether a message is entered the other way; a journal's report is nobody's own mail."""
    if not own_mail:
        return one.row.own_mail
    return one.inside is not None and one.inside.kind is not ForwardKind.JOURNAL


def _ids(rows: list[Message]) -> list[int]:
    return [row.id for row in rows]
