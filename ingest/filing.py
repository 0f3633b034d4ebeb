"""How does an accepted message become an entry of the contact history?

Read, matched and entered in groups.  Reading and matching happen outside of the
transaction; what is written, and that the job is done, is one commit.  Filing a message
again changes nothing: a job may be done twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from history.copies import add_captures, add_copies, look_again
from history.entry import Held, NewEntry, enter
from ingest.commands import Came, Order, answer, orders_in
from ingest.originals import unfolded
from ingest.participants import participant_of
from ingest.reading import ReadAll, read_in_thread
from mail.fingerprint import fingerprint, tells_copies
from mail.message import Forwarded, ParsedMessage
from matcher.look_ups import references_of
from matcher.match import Matched, match_all
from storage import blobs, entering, filing
from storage.connect import transaction
from storage.entries import StaffPart
from storage.filing import Filed, InShort
from storage.jobs import Claimed, FileMessage, JobQueue, payload_of
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.storable import storable, storable_id

MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024
_MOST_BOUNCES = 100
_CLOCKS_APART = timedelta(days=1)
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # no mail is older than its standard (RFC 822 is of 1982)

Copy = tuple[str | None, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A message of which there is no entry yet, as it *came* and as what it is entered: the original *inside* it."""

    row: Message
    came: ParsedMessage
    parsed: ParsedMessage
    inside: Forwarded | None
    is_typed: bool
    fingerprint: str

    @property
    def at(self) -> datetime:
        """When it was written; when it came, where it does not say so or cannot be right."""
        came, written = self.row.accepted_at, self.parsed.date
        return written if written and _EARLIEST <= written <= came + _CLOCKS_APART else came

    @property
    def own_id(self) -> str | None:
        """Its Message-ID as tables keep it."""
        return storable_id(self.parsed.message_id) if self.parsed.message_id else None

    @property
    def copy(self) -> Copy:
        """What its copies agree in; where that does not tell copies, what nothing else has."""
        return (self.own_id, self.fingerprint) if tells_copies(self.parsed) else (None, self.row.digest)


async def file_messages(
    jobs: Sequence[Claimed],
    *,
    queue: JobQueue,
    read_all: ReadAll = read_in_thread,
    key: bytes | None = None,
) -> None:
    """Enter messages in the contact history, each once, and be done with their jobs.

    With *key*, the installation's secret, what staff ask for by mail is done (`ingest.commands`).
    """
    by_message: defaultdict[int, list[Claimed]] = defaultdict(list)
    for job in jobs:
        by_message[payload_of(job, FileMessage).message_id].append(job)
    rows = await filing.accepted(by_message)
    gone = by_message.keys() - {row.id for row in rows}
    for group in _groups(rows):
        read = await _read([row for row in group if row.entry_id is None], read_all)
        matched = await match_all([(one.parsed, one.at) for one in read])
        came = [_came(one, its) for one, its in zip(read, matched, strict=True) if one.inside is None]
        orders = await orders_in(came, key=key) if key is not None else {}
        async with transaction():
            await _file(group, read, matched, orders)
            await _answer(came, orders, queue)
            await queue.done([job for row in group for job in by_message[row.id]])
    await queue.done([job for message_id in gone for job in by_message[message_id]])


async def mark_failed(message_id: int) -> None:
    """Note that a message could not be filed, in the caller's transaction."""
    await filing.set_failed(message_id)


def _groups(rows: Iterable[Message]) -> Iterator[list[Message]]:
    """Yield messages in groups whose octets may be in memory together."""
    group: list[Message] = []
    octets = 0
    for row in rows:
        if group and octets + row.size > MOST_OCTETS_AT_ONCE:
            yield group
            group, octets = [], 0
        group.append(row)
        octets += row.size
    if group:
        yield group


async def _read(rows: Sequence[Message], read_all: ReadAll) -> list[_Read]:
    octets = await blobs.read_many(row.digest for row in rows)
    for row in rows:
        if row.digest not in octets:
            raise blobs.BlobMissing(row.digest)
    came = await read_all([octets.pop(row.digest) for row in rows])
    shown = await unfolded([(one, _is_vouched_for(row)) for row, one in zip(rows, came, strict=True)])
    return [
        _Read(row, one, its.message, its.inside, its.is_typed, fingerprint(its.message))
        for row, one, its in zip(rows, came, shown, strict=True)
    ]


def _is_vouched_for(row: Message) -> bool:
    return any(capture.authenticated for capture in row.captures)


async def _file(
    all_rows: Sequence[Message],
    read: Sequence[_Read],
    matched: Sequence[Matched],
    orders: Mapping[int, Order],
) -> None:
    """Write what became of a group of messages."""
    await entering.one_at_a_time()
    apart = {row_id for row_id, order in orders.items() if order.entry is None}
    await filing.note_apart(apart)
    group = [row for row in all_rows if row.id not in apart]
    entry_of = await filing.entries_of([row.id for row in group])
    known = entry_of.keys() | apart
    copies = await _known_copies(read)
    unfiled = [pair for pair in zip(read, matched, strict=True) if pair[0].row.id not in known]
    first = list(_first_copies(unfiled, copies))
    made: dict[int, InShort] = {}
    entries = await enter([_new_entry(one, its, orders.get(one.row.id)) for one, its in first])
    for (one, _), entry in zip(first, entries, strict=True):
        made[one.row.id] = InShort(entry.id, entry.held_reason)
        copies[one.copy] = made[one.row.id]
    became = {one: made.get(one.row.id) or copies[one.copy] for one, _ in unfiled}
    await filing.note(_filed(one, entry) for one, entry in became.items())
    entry_of |= {one.row.id: entry.id for one, entry in became.items()}
    later = [(one, its) for one, its in unfiled if one.row.id not in made and not _is_doubtful(one.row)]
    await add_copies(
        [(entry_of[one.row.id], _new_entry(one, its, orders.get(one.row.id))) for one, its in later]
    )
    await _note_captures([row for row in group if row.id not in made], entry_of)


async def _known_copies(read: Sequence[_Read]) -> dict[Copy, InShort]:
    """Return the entries that copies of these messages have already."""
    known = await filing.known(
        {one.own_id for one in read if one.own_id},
        {one.fingerprint for one in read if one.own_id is None},
    )
    return {(one.message_id, one.fingerprint): one.entry for one in known}


def _first_copies(
    unfiled: Iterable[tuple[_Read, Matched]], known: Iterable[Copy]
) -> Iterator[tuple[_Read, Matched]]:
    """Yield the messages that no copy is known of, nor stands before them."""
    seen = set(known)
    for one, its in unfiled:
        if one.copy not in seen:
            seen.add(one.copy)
            yield one, its


async def _note_captures(rows: Sequence[Message], entry_of: Mapping[int, int]) -> None:
    """Note who captured what has its entry already; a copy from somebody authentic lets a held one go."""
    if not rows:
        return
    captures = [(entry_of[row.id], capture) for row in rows for capture in row.captures]
    await add_captures((entry_id, one.staff_id) for entry_id, one in captures if one.staff_id is not None)
    authentic = {entry_id for entry_id, one in captures if not one.held_because}
    await look_again(authentic, [Reason.NOT_AUTHENTICATED])


def _filed(one: _Read, entry: InShort) -> Filed:
    state = MessageState.HELD if entry.held_reason else MessageState.FILED
    defects = [{"code": defect.code.value, "detail": defect.detail} for defect in one.came.defects]
    return Filed(one.row.id, entry.id, state, one.own_id, one.fingerprint, defects)


def _came(one: _Read, matched: Matched) -> Came:
    return Came(one.row, one.came, matched.parties, one.at, one.own_id)


async def _answer(messages: Iterable[Came], orders: Mapping[int, Order], queue: JobQueue) -> None:
    for came in messages:
        if order := orders.get(came.row.id):
            await answer(order, came, queue=queue)


def _new_entry(one: _Read, matched: Matched, order: Order | None) -> NewEntry:
    parsed, parties = one.parsed, matched.parties
    if order and order.entry:
        return replace(order.entry, staff=_staff(one, matched))
    return NewEntry(
        direction=parties.direction,
        at=one.at,
        subject=parsed.subject,
        text=parsed.text,
        participants=[
            participant_of(each, matched.matches[each.key], is_typed=one.is_typed)
            for each in parties.outsiders
        ],
        staff=_staff(one, matched),
        attachments=one.came.attachments,
        own_id=one.own_id,
        references=references_of(parsed),
        kind_fields=_kind_fields(one, parties.leaked_capture_address),
        held=_held(one, parties.held),
    )


def _staff(one: _Read, matched: Matched) -> dict[tuple[int, StaffPart], None]:
    """Return who of the staff wrote, received and captured it; each part once, in that order."""
    parties = matched.parties
    captured = [capture.staff_id for capture in one.row.captures if capture.staff_id is not None]
    return dict.fromkeys(
        [(staff_id, StaffPart.AUTHOR) for staff_id in sorted(parties.authors)]
        + [(staff_id, StaffPart.RECIPIENT) for staff_id in sorted(parties.recipients)]
        + [(staff_id, StaffPart.CAPTURED) for staff_id in captured]
    )


def _kind_fields(one: _Read, leaked_capture_address: str | None) -> dict[str, Any]:
    """Return what only mail has: of what is there, for pages to tell."""
    parsed, away = one.parsed, one.parsed.out_of_office
    fields = {
        "automatic": parsed.automatic,
        "forwarded": one.inside.kind if one.inside else None,
        "comment": storable(one.inside.comment) if one.inside else None,
        "returns": away.returns.isoformat() if away and away.returns else None,
        "substitute": str(away.substitute) if away and away.substitute else None,
        "failed_addresses": [storable(bounce.address) for bounce in parsed.bounces[:_MOST_BOUNCES]],
        "spam": parsed.spam,
        "leaked_capture_address": leaked_capture_address,
    }
    there = {name: value for name, value in fields.items() if value}
    return {"html_present": one.came.html is not None, **there}


def _held(one: _Read, unclear: Reason | None) -> Held | None:
    """Return what hinders entering it, whoever took part."""
    if _is_doubtful(one.row):
        return Held(next(iter(one.row.captures)).held_because)
    return Held(unclear) if unclear else None


def _is_doubtful(row: Message) -> bool:
    """Tell whether a message came only by ways on which a person must look at it first."""
    captures = list(row.captures)
    return bool(captures) and all(capture.held_because for capture in captures)
