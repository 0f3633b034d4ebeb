"""How does an accepted message become an entry of the contact history?

Read, matched and entered in groups.  Reading and matching happen outside of the
transaction; what is written, and that the job is done, is one commit.  Filing a message
again changes nothing: a job may be done twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from history.copies import add_captures, add_copies, look_again, show_barer
from history.entry import Held, NewEntry, NewParticipant, enter
from ingest.copies import Copies, Copy
from ingest.meetings import enter_meetings
from ingest.originals import unfolded
from ingest.reading import ReadAll, read_in_thread
from ingest.settling import settle
from mail.fingerprint import Fingerprints, fingerprints, tells_copies
from mail.message import Forwarded, ParsedMessage
from matcher.decide import Match
from matcher.look_ups import references_of
from matcher.match import Matched, match_all
from matcher.parties import Outsider
from storage import blobs, entering, filing
from storage.connect import transaction
from storage.entries import StaffPart, Strength
from storage.filing import Filed, InShort
from storage.jobs import Claimed, JobQueue
from storage.messages import Message, MessageState
from storage.reasons import Reason
from storage.storable import storable, storable_id

MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024
_MOST_BOUNCES = 100
_LONGEST_NAME = 200
_CLOCKS_APART = timedelta(days=1)
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # no mail is older than its standard (RFC 822 is of 1982)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A message of which there is no entry yet, as it *came* and as what it is entered: the original *inside* it."""

    row: Message
    came: ParsedMessage
    parsed: ParsedMessage
    inside: Forwarded | None
    is_typed: bool
    own_id: str | None
    fingerprints: Fingerprints

    @property
    def at(self) -> datetime:
        """When it was written; when it came, where it does not say so or cannot be right."""
        came, written = self.row.accepted_at, self.parsed.date
        return written if written and _EARLIEST <= written <= came + _CLOCKS_APART else came

    @property
    def names(self) -> list[str]:
        """Every Message-ID that it names, its own among them."""
        return [*([self.own_id] if self.own_id else []), *references_of(self.parsed)]

    @property
    def fingerprint(self) -> str:
        """What it agrees in with copies that have its Message-ID, or have none either."""
        return self.fingerprints.named if self.own_id else self.fingerprints.nameless

    @property
    def nameless(self) -> str:
        """What it agrees in with a copy that lost its Message-ID; without a date that tells nothing."""
        return self.fingerprints.nameless if self.parsed.date else self.row.digest

    @property
    def is_doubtful(self) -> bool:
        """Whether it came only by ways on which a person must look at it first."""
        return _is_doubtful(self.row)

    @property
    def copy(self) -> Copy:
        """What its copies agree in; where that does not tell copies, what nothing else has."""
        return (self.own_id, self.fingerprint) if tells_copies(self.parsed) else (None, self.row.digest)


async def file_messages(
    jobs: Sequence[Claimed], *, queue: JobQueue, read_all: ReadAll = read_in_thread
) -> None:
    """Enter messages in the contact history, each once, and be done with their jobs."""
    by_message: defaultdict[int, list[Claimed]] = defaultdict(list)
    for job in jobs:
        by_message[job.payload.message_id].append(job)
    rows = await filing.accepted(by_message)
    gone = by_message.keys() - {row.id for row in rows}
    for group in _groups(rows):
        read = await read_messages([row for row in group if row.entry_id is None], read_all)
        matched = await match_all([(one.parsed, one.at) for one in read])
        copies = Copies()
        await copies.find(read, read_messages)
        async with transaction():
            await file_read(group, read, matched, copies)
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


async def read_messages(rows: Sequence[Message], read_all: ReadAll = read_in_thread) -> list[Read]:
    """Return messages as they are to be entered."""
    octets = await blobs.read_many(row.digest for row in rows)
    for row in rows:
        if row.digest not in octets:
            raise blobs.BlobMissing(row.digest)
    came = await read_all([octets.pop(row.digest) for row in rows])
    offered = [(one, _is_vouched_for(row), row.own_mail) for row, one in zip(rows, came, strict=True)]
    shown = await unfolded(offered)
    return [
        Read(
            row,
            one,
            its.message,
            its.inside,
            its.is_typed,
            storable_id(its.message.message_id) if its.message.message_id else None,
            fingerprints(its.message),
        )
        for row, one, its in zip(rows, came, shown, strict=True)
    ]


def _is_vouched_for(row: Message) -> bool:
    return any(capture.authenticated for capture in row.captures)


async def file_read(
    group: Sequence[Message],
    read: Sequence[Read],
    matched: Sequence[Matched],
    copies: Copies,
    *,
    again: Sequence[int] = (),
) -> None:
    """Write what became of a group of messages; *again* are entries that were emptied to be filled first."""
    await entering.one_at_a_time()
    entry_of = await filing.entries_of([row.id for row in group])
    await copies.find(read, read_messages)
    unfiled = [pair for pair in zip(read, matched, strict=True) if pair[0].row.id not in entry_of]
    first = list(_first_copies(unfiled, copies))
    made: dict[int, InShort] = {}
    entries = await enter([_new_entry(one, its) for one, its in first], again=again)
    for (one, _), entry in zip(first, entries, strict=True):
        made[one.row.id] = InShort(entry.id, entry.held_reason)
        copies.note(one, made[one.row.id])
    became = {one: its for one, _ in unfiled if (its := copies.entry(one))}
    await filing.note(_filed(one, entry) for one, entry in became.items())
    entry_of |= {one.row.id: entry.id for one, entry in became.items()}
    later = [(one, its) for one, its in unfiled if one.row.id not in made and not _is_doubtful(one.row)]
    await add_copies([(entry_of[one.row.id], _new_entry(one, its)) for one, its in later])
    for one, matches in later:
        if copies.was_changed(one):
            await show_barer(entry_of[one.row.id], _new_entry(one, matches), one.row.id)
    await _note_captures([row for row in group if row.id not in made], entry_of)
    await enter_meetings([one for one, _ in unfiled])
    known = [one for one, its in first if any(each.is_decided for each in its.matches.values())]
    await settle(
        {name for one in known for name in one.names}, before=min((e.id for e in entries), default=0)
    )


def _first_copies(unfiled: Iterable[tuple[Read, Matched]], copies: Copies) -> Iterator[tuple[Read, Matched]]:
    """Yield the messages that no copy is known of, nor stands before them."""
    seen: set[Copy] = set()
    for one, its in unfiled:
        if copies.entry(one) is None and copies.key(one) not in seen:
            seen.add(copies.key(one))
            yield one, its


async def _note_captures(rows: Sequence[Message], entry_of: Mapping[int, int]) -> None:
    """Note who captured what has its entry already; a copy from somebody authentic lets a held one go."""
    if not rows:
        return
    captures = [(entry_of[row.id], capture) for row in rows for capture in row.captures]
    await add_captures((entry_id, one.staff_id) for entry_id, one in captures if one.staff_id is not None)
    authentic = {entry_id for entry_id, one in captures if not one.held_because}
    await look_again(authentic, [Reason.NOT_AUTHENTICATED])


def _filed(one: Read, entry: InShort) -> Filed:
    state = MessageState.HELD if entry.held_reason else MessageState.FILED
    defects = [{"code": defect.code.value, "detail": defect.detail} for defect in one.came.defects]
    return Filed(one.row.id, entry.id, state, one.own_id, one.fingerprint, defects)


def _new_entry(one: Read, matched: Matched) -> NewEntry:
    parsed, parties = one.parsed, matched.parties
    return NewEntry(
        direction=parties.direction,
        at=one.at,
        subject=parsed.subject,
        text=parsed.text,
        participants=[
            _participant(each, matched.matches[each.key], is_typed=one.is_typed) for each in parties.outsiders
        ],
        staff=_staff(one, matched),
        attachments=one.came.attachments,
        own_id=one.own_id,
        references=references_of(parsed),
        kind_fields=_kind_fields(one, parties.leaked_capture_address),
        held=_held(one, parties.held),
    )


def _participant(outsider: Outsider, match: Match, *, is_typed: bool) -> NewParticipant:
    certain = match.strength is Strength.CERTAIN
    return NewParticipant(
        role=outsider.role,
        key=outsider.key,
        written=str(outsider.address),
        name=outsider.name,
        reason=match.reason,
        parameters=match.parameters,
        person_id=match.person.id if match.person else None,
        organisation_id=match.organisation.id if match.organisation else None,
        function=match.function,
        strength=Strength.STRONG if certain and is_typed else match.strength,
    )


def _staff(one: Read, matched: Matched) -> dict[tuple[int, StaffPart], None]:
    """Return who of the staff wrote, received and captured it; each part once, in that order."""
    parties = matched.parties
    captured = [capture.staff_id for capture in one.row.captures if capture.staff_id is not None]
    return dict.fromkeys(
        [(staff_id, StaffPart.AUTHOR) for staff_id in sorted(parties.authors)]
        + [(staff_id, StaffPart.RECIPIENT) for staff_id in sorted(parties.recipients)]
        + [(staff_id, StaffPart.CAPTURED) for staff_id in captured]
    )


def _kind_fields(one: Read, leaked_capture_address: str | None) -> dict[str, Any]:
    """Return what only mail has: of what is there, for pages to tell."""
    parsed, away = one.parsed, one.parsed.out_of_office
    fields = {
        "automatic": parsed.automatic,
        "forwarded": one.inside.kind if one.inside else None,
        "forwarder": _forwarder(one) if one.inside or one.row.own_mail else None,
        "own_mail": one.row.own_mail,
        "comment": storable(one.inside.comment) if one.inside else None,
        "returns": away.returns.isoformat() if away and away.returns else None,
        "substitute": str(away.substitute) if away and away.substitute else None,
        "failed_addresses": [storable(bounce.address) for bounce in parsed.bounces[:_MOST_BOUNCES]],
        "spam": parsed.spam,
        "leaked_capture_address": leaked_capture_address,
    }
    there = {name: value for name, value in fields.items() if value}
    return {"html_present": one.came.html is not None, **there}


def _forwarder(one: Read) -> str:
    """Return who sent the forward, as it names them."""
    author = next(iter(one.came.from_), None)
    return (
        storable(author.name or str(author.address or author.written), most=_LONGEST_NAME) if author else ""
    )


def _held(one: Read, unclear: Reason | None) -> Held | None:
    """Return what hinders entering it, whoever took part."""
    if _is_doubtful(one.row):
        return Held(next(iter(one.row.captures)).held_because)
    return Held(unclear) if unclear else None


def _is_doubtful(row: Message) -> bool:
    """Tell whether a message came only by ways on which a person must look at it first."""
    captures = list(row.captures)
    return bool(captures) and all(capture.held_because for capture in captures)
