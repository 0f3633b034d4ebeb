"""What does the reading of a mailbox note about itself?

Each note is for the *revision* that is read: whoever changed the mailbox meanwhile began a new one,
and what the old reading has to say about it does not count any more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tortoise.queryset import QuerySet

from storage.connect import transaction, unavailable_means_later
from storage.mailboxes import Mailbox, MailboxFolder, MailboxState

_SECONDS_OF_HOUR = 3600
RHYTHM = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reading:
    """Which mailbox is read, as of which revision."""

    mailbox_id: int
    revision: int


@dataclass(slots=True)
class Gains:
    """What came since it was noted last: back-filled mails, what was left out by reason, and when fresh ones came."""

    filled: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    came_at: set[datetime] = field(default_factory=set)


class Superseded(Exception):
    """The mailbox was changed or removed: this reading of it is over."""


async def to_read() -> dict[int, int]:
    """Return the revisions of the mailboxes that are to be read."""
    with unavailable_means_later():
        return dict(await Mailbox.filter(paused=False).values_list("id", "revision"))


async def as_of(reading: Reading) -> Mailbox:
    """Return the mailbox that is read.  Superseded."""
    with unavailable_means_later():
        return await _require(reading)


async def note_state(
    reading: Reading, state: MailboxState, problem: str = "", parameters: Mapping[str, str] | None = None
) -> None:
    """Note how it gets on; since when, where it was otherwise before."""
    now = datetime.now(UTC)
    values = {"state": state, "problem": problem, "problem_parameters": dict(parameters or {})}
    async with transaction():
        its = _its(reading)
        if state is MailboxState.RUNNING:
            await its.update(last_contact_at=now)
        same = {"state": state, "problem": problem}
        if not await its.filter(**same).update(**values):
            await its.update(**values, since=now)


async def note_contact(reading: Reading) -> None:
    """Note that the server answers."""
    async with transaction():
        await _its(reading).update(last_contact_at=datetime.now(UTC))


async def note_to_fill(reading: Reading, waiting: int) -> None:
    """Note how many older mails wait to be taken."""
    async with transaction():
        if its := await _its(reading).first():
            await _its(reading).update(to_fill=its.filled + waiting)


async def note_gains(reading: Reading, folder: MailboxFolder, gains: Gains) -> None:
    """Note how far a folder is read, and what came, in one transaction.  Superseded."""
    now = datetime.now(UTC)
    async with transaction():
        its = await _require(reading)
        await MailboxFolder.filter(id=folder.id).update(
            last_uid=folder.last_uid,
            filled_from_uid=folder.filled_from_uid,
            filled=folder.filled,
            fetched=folder.fetched,
        )
        fresh = {"last_mail_at": now} if gains.came_at else {}
        await _its(reading).update(
            last_contact_at=now,
            filled=its.filled + gains.filled,
            left_out=dict(Counter(its.left_out) + gains.left_out),
            hours_with_mail=_hours(its.hours_with_mail, gains.came_at, now),
            **fresh,
        )


async def note_rhythm(reading: Reading, came_at: Iterable[datetime]) -> None:
    """Note when mail came before it was first read."""
    now = datetime.now(UTC)
    known = [at for at in came_at if now - RHYTHM <= at <= now]
    if not known:
        return
    async with transaction():
        if its := await _its(reading).first():
            last = max([*known, *([its.last_mail_at] if its.last_mail_at else [])])
            hours = _hours(its.hours_with_mail, known, now)
            await _its(reading).update(hours_with_mail=hours, last_mail_at=last)


async def folders_of(mailbox_id: int) -> dict[str, MailboxFolder]:
    """Return how far each folder is read, by name."""
    with unavailable_means_later():
        return {one.name: one for one in await MailboxFolder.filter(mailbox_id=mailbox_id)}


async def begin_folder(reading: Reading, name: str, *, uid_validity: int, uid_next: int) -> MailboxFolder:
    """Note that a folder is read from now on, or anew since its UIDs do not count any more.  Superseded."""
    start = {"last_uid": uid_next - 1, "filled_from_uid": uid_next, "filled": False}
    async with transaction():
        await _require(reading)
        folder, _ = await MailboxFolder.update_or_create(
            {"uid_validity": uid_validity, **start}, mailbox_id=reading.mailbox_id, name=name
        )
        return folder


async def rename_folder(folder: MailboxFolder, name: str) -> None:
    """Note that a folder is called otherwise now."""
    folder.name = name
    async with transaction():
        await MailboxFolder.filter(id=folder.id).update(name=name)


async def forget_folders(mailbox_id: int, *, but: Iterable[str]) -> None:
    """Forget how far folders were read that are read no more."""
    async with transaction():
        await MailboxFolder.filter(mailbox_id=mailbox_id).exclude(name__in=list(but)).delete()


async def keep_secret(reading: Reading, sealed: str) -> None:
    """Keep a token that the reading itself has renewed."""
    async with transaction():
        await _its(reading).update(secret=sealed)


def _its(reading: Reading) -> QuerySet[Mailbox]:
    return Mailbox.filter(id=reading.mailbox_id, revision=reading.revision)


async def _require(reading: Reading) -> Mailbox:
    its = await _its(reading).first()
    if its is None:
        raise Superseded(str(reading.mailbox_id))
    return its


def _hours(before: Iterable[int], came_at: Iterable[datetime], now: datetime) -> list[int]:
    """Return the hours in which mail came, of the last month only."""
    first = int((now - RHYTHM).timestamp()) // _SECONDS_OF_HOUR
    new = {int(at.timestamp()) // _SECONDS_OF_HOUR for at in came_at}
    return sorted(hour for hour in {*before, *new} if hour >= first)
