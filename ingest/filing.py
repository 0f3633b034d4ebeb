"""How does an accepted message become an entry of the contact history?

Read, matched and entered in groups.  Reading and matching happen outside of the
transaction; what is written, and that the job is done, is one commit.  Filing a message
again changes nothing: a job may be done twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from history.copies import add_captures, add_copies, look_again, show_barer
from history.entry import NewEntry, enter
from ingest.commands import Came, Order, answer, orders_in
from ingest.copies import Copies
from ingest.leaving import Judged, Leaving, ways_of
from ingest.left_out import why_left_out, without_blocked
from ingest.letters.from_mail import Scanners, scans_of, take
from ingest.mail_entry import entry_of_mail, staff_of
from ingest.meetings import enter_meetings
from ingest.read import Copy, Read, read_messages
from ingest.reading import ReadAll, read_in_thread
from ingest.settling import settle
from matcher.match import Matched, match_all
from storage import entering, filing, leaving_out, quarantine
from storage.connect import transaction
from storage.filing import Filed, InShort
from storage.jobs import Claimed, FileMessage, JobQueue, ReadAttachments, payload_of
from storage.leaving_out import LeavingOut
from storage.messages import Message, MessageState
from storage.reasons import Reason

MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024
Pair = tuple[Read, Matched]
_NO_ORDERS: Mapping[int, Order] = {}
_NO_SCANNERS = Scanners()


async def file_messages(
    jobs: Sequence[Claimed],
    *,
    queue: JobQueue,
    secret: bytes,
    read_all: ReadAll = read_in_thread,
    scanners: Scanners = _NO_SCANNERS,
) -> None:
    """Enter messages in the contact history, each once, and be done with their jobs.

    Those that a rule leaves out are forgotten; what staff ask for by mail is done.  *secret* is
    the installation's: by it mail of our own is known, and what is left out sealed.
    """
    by_message: defaultdict[int, list[Claimed]] = defaultdict(list)
    for job in jobs:
        by_message[payload_of(job, FileMessage).message_id].append(job)
    rows = await filing.accepted(by_message)
    gone = by_message.keys() - {row.id for row in rows}
    rules = await leaving_out.rules()
    for group in _groups(rows):
        came = await read_messages([row for row in group if row.entry_id is None], read_all)
        scans = await scans_of(came, scanners)
        read = [one for one in came if one.row.id not in scans]
        pairs = list(zip(read, await match_all([(one.parsed, one.at) for one in read]), strict=True))
        asking = [_came(one, its) for one, its in pairs if one.inside is None]
        orders = await orders_in(asking, key=secret)
        copies = Copies()
        await copies.find(read)
        async with transaction():
            await entering.one_at_a_time()
            await copies.find(read)
            leaving = Leaving(rules, secret, queue, copies.entries)
            await take(scans, group, queue)
            await _file([row for row in group if row.id not in scans], pairs, copies, leaving, orders)
            for one in asking:
                if order := orders.get(one.row.id):
                    await answer(order, one, queue=queue)
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


async def _file(
    group: Sequence[Message],
    pairs: Sequence[Pair],
    copies: Copies,
    leaving: Leaving,
    orders: Mapping[int, Order],
) -> None:
    """Write what became of a group of messages: left out, done as *orders* say, or entered."""
    apart = {row_id for row_id, order in orders.items() if order.entry is None}
    await filing.note_apart(apart)
    entry_of = await filing.entries_of([row.id for row in group])
    known = entry_of.keys() | apart
    unfiled = [pair for pair in pairs if pair[0].row.id not in known]
    gone, kept = await _left_out(
        group, [pair for pair in unfiled if pair[0].row.id not in orders], copies, leaving
    )
    kept += [pair for pair in unfiled if pair[0].row.id in orders]
    rows = [row for row in group if row.id not in gone | apart]
    hours = leaving.rules.quarantine_hours
    await file_read(rows, kept, entry_of, copies, orders=orders, quarantine_hours=hours)
    await leaving.queue.enqueue(_with_files(one for one, _ in kept), priority=ReadAttachments.priority)


async def _left_out(
    group: Sequence[Message], unfiled: Sequence[Pair], copies: Copies, leaving: Leaving
) -> tuple[set[int], list[Pair]]:
    """Forget the messages that a rule leaves out; return which, and what is to be entered."""
    await leaving.take_back_marked(group)
    gone = await leaving.leave_out(
        [_judged(one, its, copies.key(one), leaving.rules) for one, its in unfiled]
    )
    return gone, [
        (one, _without_blocked(its, leaving.rules)) for one, its in unfiled if one.row.id not in gone
    ]


def _judged(one: Read, matched: Matched, copy: Copy, rules: LeavingOut) -> Judged:
    said = (one.came,) if one.inside is None else (one.came, one.parsed)
    return Judged(one.row, copy, why_left_out(said, matched.parties, ways_of(one.row), rules))


def _without_blocked(matched: Matched, rules: LeavingOut) -> Matched:
    return replace(matched, parties=without_blocked(matched.parties, rules))


def _with_files(read: Iterable[Read]) -> list[ReadAttachments]:
    """Return who reads the files of messages, but pictures within the text."""
    return [
        ReadAttachments(one.row.id)
        for one in read
        if any(not (file.inline and file.type.startswith("image/")) for file in one.came.attachments)
    ]


async def file_read(
    group: Sequence[Message],
    unfiled: Sequence[Pair],
    entry_of: Mapping[int, int],
    copies: Copies,
    *,
    again: Sequence[int] = (),
    orders: Mapping[int, Order] = _NO_ORDERS,
    quarantine_hours: int = 0,
) -> None:
    """Write what became of a group of messages, *unfiled* ones among them.

    *entry_of* names the entries that there are, *copies* tells those of copies; *again* are
    entries that were emptied, to be filled first.
    """
    first = list(_first_copies(unfiled, copies))
    made: dict[int, InShort] = {}
    entries = await enter([_new_entry(one, its, orders) for one, its in first], again=again)
    captured = [entry.id for (one, _), entry in zip(first, entries, strict=True) if one.captured_by]
    await quarantine.begin(captured, quarantine_hours)
    for (one, _), entry in zip(first, entries, strict=True):
        made[one.row.id] = InShort(entry.id, entry.held_reason)
        copies.note(one, made[one.row.id])
    became = {one: its for one, _ in unfiled if (its := copies.entry(one))}
    await filing.note(_filed(one, entry) for one, entry in became.items())
    entry_of = {**entry_of, **{one.row.id: entry.id for one, entry in became.items()}}
    later = [
        (one, entry_of[one.row.id], _new_entry(one, its, orders))
        for one, its in unfiled
        if one.row.id not in made and not one.is_doubtful
    ]
    await add_copies([(entry_id, copy) for _, entry_id, copy in later])
    for one, entry_id, copy in later:
        if copies.was_changed(one):
            await show_barer(entry_id, copy, one.row.id)
    await _note_captures([row for row in group if row.id not in made], entry_of)
    await enter_meetings([one for one, _ in unfiled])
    known = [one for one, its in first if any(each.is_decided for each in its.matches.values())]
    await settle(
        {name for one in known for name in one.names}, before=min((e.id for e in entries), default=0)
    )


def _new_entry(one: Read, matched: Matched, orders: Mapping[int, Order]) -> NewEntry:
    order = orders.get(one.row.id)
    if order and order.entry:
        return replace(order.entry, staff=staff_of(one, matched))
    return entry_of_mail(one, matched)


def _came(one: Read, matched: Matched) -> Came:
    return Came(one.row, one.came, matched.parties, one.at, one.own_id)


def _first_copies(unfiled: Iterable[Pair], copies: Copies) -> Iterator[Pair]:
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
