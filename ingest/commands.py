"""What do staff ask of Postbuch by a mail to it alone?  An entry, or decisions on what a digest lists.

Only where a server of ours, or SPF or DKIM, shows that they wrote it.  What is not
understood is kept as a held entry, and answered to whom wrote it: to nobody else, never to
a machine, and not without end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from history.digest import CODE as DIGEST
from history.digest import Decided, decide, may_decide, places_of
from history.entry import NewEntry
from history.own_mail import notice_among, notice_of
from ingest.command_entry import Commanded, entry_of
from ingest.command_text import read_command
from ingest.digest_reply import read_reply
from mail.compose import in_one_line
from mail.message import ParsedMessage
from matcher.look_ups import references_of
from matcher.parties import Parties
from storage import capturing, notices
from storage.jobs import JobQueue
from storage.messages import Capture, CaptureSource, Message
from storage.notices import Notice, give_notice

MOST_ANSWERS_AN_HOUR = 20
_OLDEST = timedelta(days=7)
_BY_SMTP = (CaptureSource.SMTP, CaptureSource.LMTP)
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Came:
    """A message that is not filed yet: its row, what it says, who took part, and when it was written."""

    row: Message
    parsed: ParsedMessage
    parties: Parties
    at: datetime
    own_id: str | None

    @property
    def author(self) -> int | None:
        """The colleague who wrote it, to colleagues and capture addresses only."""
        alone = not self.parties.outsiders and not self.parties.recipients
        return next(iter(self.parties.authors)) if alone and len(self.parties.authors) == 1 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the author is told."""

    staff_id: int
    code: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What becomes of a mail to us alone: what is entered of it (None: nothing), and what is answered."""

    entry: NewEntry | None
    answer: Answer | None = None


async def orders_in(messages: Sequence[Came], *, key: bytes) -> dict[int, Order]:
    """Return what becomes of those messages that are no contact but for us, by message.

    What they decide is decided when this returns; doing it again changes nothing.
    """
    orders: dict[int, Order] = {}
    for came in messages:
        if came.own_id and notice_of(came.own_id, key=key) is not None:
            orders[came.row.id] = Order(None)  # a notice of ours that came back by a mailbox
        elif came.author is not None and (order := await _order(came, came.author, key)):
            orders[came.row.id] = order
    return orders


async def _order(came: Came, author: int, key: bytes) -> Order | None:
    answered = notice_among([*references_of(came.parsed)], key=key)
    if came.parsed.automatic is not None:
        return Order(None) if answered is not None else None
    command = read_command(came.parsed.subject, _text(came.parsed), today=came.at.date())
    if (command is None and answered is None) or not await _is_shown_to_be(came, author):
        return None
    if command is not None:
        return _commanded(await entry_of(command, came.parsed, came.at, _text(came.parsed)), came, author)
    notice = await notices.notice(answered) if answered is not None else None
    if notice is None or notice.staff_id != author or notice.code != DIGEST or not may_decide(notice.staff):
        return None
    return await _decided(came, notice)


async def _is_shown_to_be(came: Came, author: int) -> bool:
    """Tell whether a mail is to capture addresses alone, fresh, and shown to be from its author."""
    mailboxes = (*came.parsed.to, *came.parsed.cc, *came.parsed.bcc)
    keys = {one.address.key for one in mailboxes if one.address}
    if keys - (await capturing.capture_addresses_by_key(keys)).keys():
        return False
    fresh = came.row.accepted_at - came.at < _OLDEST
    return fresh and any(_shows(capture, author) for capture in came.row.captures)


def _shows(capture: Capture, author: int) -> bool:
    """Tell whether a capture shows that a colleague wrote this mail, and not long ago."""
    if capture.source is CaptureSource.ARCHIVE or capture.held_because or capture.staff_id != author:
        return False
    answers_nobody = capture.source in _BY_SMTP and not capture.envelope_sender
    return capture.authenticated and not answers_nobody


def _text(parsed: ParsedMessage) -> str:
    return parsed.text if parsed.new_text is None else parsed.new_text


def _commanded(commanded: Commanded, came: Came, author: int) -> Order:
    entry = replace(commanded.entry, attachments=came.parsed.attachments, own_id=came.own_id)
    if not commanded.problem:
        return Order(entry)
    parameters = {
        "problem": commanded.problem,
        "subject": in_one_line(came.parsed.subject)[:_LONGEST_WORDS],
        "word": in_one_line(commanded.word)[:_LONGEST_WORDS],
        "persons": [in_one_line(name) for name in commanded.persons],
        "lines": [],
    }
    return Order(entry, Answer(author, "not_understood", parameters))


async def _decided(came: Came, notice: Notice) -> Order:
    """Do what an answer to a digest decides, and return what is told of it."""
    reply, places = read_reply(_text(came.parsed)), places_of(notice.parameters)
    done: list[int] = []
    before: list[int] = []
    unclear = list(reply.unclear)
    for one in reply.decisions:
        fate = Decided.UNKNOWN
        if 0 < one.number <= len(places):
            fate = await decide(places[one.number - 1], one.letter, by=notice.staff_id)
        if fate is Decided.UNKNOWN:
            unclear.append(f"{one.number} {one.letter or ''}".strip())
        else:
            (done if fate is Decided.DONE else before).append(one.number)
    parameters: dict[str, Any] = {"lines": [in_one_line(line) for line in unclear]}
    if done or before:
        return Order(
            None, Answer(notice.staff_id, "command_done", {"done": done, "before": before, **parameters})
        )
    parameters |= {"problem": "lines", "subject": in_one_line(came.parsed.subject)[:_LONGEST_WORDS]}
    return Order(None, Answer(notice.staff_id, "not_understood", parameters))


async def answer(order: Order, came: Came, *, queue: JobQueue) -> None:
    """Tell the author what became of their mail, once for all its copies; in the caller's transaction."""
    if order.answer is None:
        return
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    if await notices.given_since(order.answer.staff_id, hour_ago) >= MOST_ANSWERS_AN_HOUR:
        return
    await give_notice(
        queue,
        order.answer.staff_id,
        order.answer.code,
        order.answer.parameters,
        in_reply_to=came.own_id or f"{came.row.digest}@unknown.invalid",
        once=f"answer:{came.row.digest if came.own_id is None else came.own_id}"[:200],
    )
