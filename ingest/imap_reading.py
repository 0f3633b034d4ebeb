"""How is a mailbox read, once somebody has logged in?

Fresh mail first, in every folder; then a piece of what is older; and when that is done, waiting
until the server tells of something, or it is time to look again.
"""

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

import structlog

from ingest.imap_folders import folders_to_read
from ingest.imap_session import Listed, Opened, Session
from ingest.imap_taking import Taken, Taking
from ingest.imap_trouble import ImapTrouble
from ingest.own_thread import OwnThread
from ingest.source import Accept
from storage import mailbox_progress as progress
from storage.mailbox_progress import Gains, Reading
from storage.mailboxes import After, Mailbox, MailboxFolder, MailboxProblem, MailboxState

_log = structlog.get_logger(__name__)
TOO_LARGE, NOT_GIVEN = "too_large", "not_given"
_OLDER_AT_ONCE = 256
_DATES_FOR_RHYTHM = 500
_NOTE_SECONDS = 1.0
_HELD_UP_SECONDS = 1.0
_CONTACT_SECONDS = 30.0  # often enough for the watch, and no write for each of many mailboxes each second
_LIST_AGAIN_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """How older mails are taken: behind fresh ones, when it is our *turn* and there is *room* for more to file."""

    accept: Accept
    turn: asyncio.Semaphore
    has_room: Callable[[], Awaitable[bool]]

    async def may_go_on(self) -> bool:
        """Tell whether a piece may be taken just now."""
        return not self.turn.locked() and await self.has_room()


@dataclass(slots=True)
class _Place:
    """A folder that is read: how far, which of its older mails wait, and what was not noted yet."""

    row: MailboxFolder
    waiting: "array[int]"
    gains: Gains = field(default_factory=Gains)

    @property
    def name(self) -> str:
        return self.row.name


@dataclass(slots=True, kw_only=True)
class MailboxReading:
    """Reads one mailbox in one session, until that ends."""

    mailbox: Mailbox
    thread: OwnThread
    session: Session
    taking: Taking
    accept: Accept
    older: Older
    poll_seconds: float
    _places: list[_Place] = field(default_factory=list)
    _listed_at: float = 0.0
    _noted_at: float = 0.0
    _contact_at: float = 0.0

    async def read(self) -> None:
        """Read on and on.  ImapTrouble ends it, Superseded, StorageUnavailable."""
        await self._list()
        await progress.note_state(self._reading, MailboxState.RUNNING)
        _log.info("mailbox is read", mailbox=self.mailbox.id)
        while True:
            for place in self._places:
                await self._take_fresh(place)
            seconds = await self._take_older()
            if seconds and monotonic() - self._listed_at > _LIST_AGAIN_SECONDS:
                await self._list()
            if seconds:
                await self._wait(seconds)

    async def _list(self) -> None:
        """Look which folders there are, and begin with those that are new."""
        await self.taking.settled()  # what is under way is noted for folders as they were
        listed = await self.thread.call(self.session.folders)
        names = folders_to_read(listed, self.mailbox.folders)
        self._require_other(names, listed)
        known = await progress.folders_of(self.mailbox.id)
        await self._follow_renamed(names, listed, known)
        await progress.forget_folders(self.mailbox.id, but=names)
        at_hand = {place.name: place for place in self._places}
        self._places = [at_hand.get(name) or await self._begin(name, known.get(name)) for name in names]
        waiting = sum(len(place.waiting) for place in self._places)
        await progress.note_to_fill(self._reading, waiting)
        self._listed_at = monotonic()

    def _require_other(self, names: Sequence[str], listed: Sequence[Listed]) -> None:
        """Where mails are moved to must be there, and must not be read itself."""
        aim = self.mailbox.after_folder
        if self.mailbox.after is not After.MOVE:
            return
        if aim in names or aim not in {one.name for one in listed}:
            raise ImapTrouble(MailboxProblem.FOLDER_MISSING, folder=aim)

    async def _follow_renamed(
        self, names: Sequence[str], listed: Sequence[Listed], known: dict[str, MailboxFolder]
    ) -> None:
        """Recognise a folder that is called otherwise now: a renamed one keeps its UIDVALIDITY."""
        gone = [row for row in known.values() if row.name not in {one.name for one in listed}]
        for name in names if gone else ():
            if name in known:
                continue
            looked = await self.thread.call(self.session.look, name)
            alike = [row for row in gone if row.uid_validity == looked.uid_validity]
            if len(alike) == 1:
                await progress.rename_folder(alike[0], name)
                known[name] = alike[0]

    async def _begin(self, name: str, row: MailboxFolder | None) -> _Place:
        """Open a folder, and look which of its older mails are still to be taken."""
        opened = await self._open(name)
        if row is None or row.uid_validity != opened.uid_validity:
            row = await progress.begin_folder(
                self._reading, name, uid_validity=opened.uid_validity, uid_next=opened.uid_next
            )
        if row.filled:
            return _Place(row, array("Q"))
        await self._learn_rhythm(opened)
        since = self.mailbox.only_from
        older = await self.thread.call(
            self.session.uids_before, row.filled_from_uid, exists=opened.exists, since=since
        )
        return _Place(row, older)

    async def _learn_rhythm(self, opened: Opened) -> None:
        """Look when mail came in the last weeks, so that silence is noticed from the first day on."""
        since = (datetime.now(UTC) - progress.RHYTHM).date()
        uids = await self.thread.call(
            self.session.uids_before, opened.uid_next, exists=opened.exists, since=since
        )
        if uids:
            came = await self.thread.call(self.session.dates, list(uids[-_DATES_FOR_RHYTHM:]))
            await progress.note_rhythm(self._reading, came.values())

    async def _open(self, name: str) -> Opened:
        if self.session.opened != name:  # what is under way may still have to be moved out of the other
            await self.taking.settled()
        read_only = self.mailbox.after is After.LEAVE
        return await self.thread.call(self.session.open, name, read_only=read_only)

    async def _take_fresh(self, place: _Place) -> None:
        """Take what came since we looked last."""
        is_open = self.session.opened == place.name
        opened = await (
            self._open(place.name) if is_open else self.thread.call(self.session.look, place.name)
        )
        if opened.uid_validity != place.row.uid_validity:
            self._listed_at = 0.0
            self._places = [one for one in self._places if one is not place]
            return
        first = place.row.last_uid + 1
        if opened.uid_next <= first:
            return
        if not is_open:
            await self._open(place.name)
        uids = await self.thread.call(self.session.uids_from, first, since=self.mailbox.only_from)

        async def on_taken(taken: Taken) -> None:
            place.row.last_uid = taken.uids[-1]
            place.gains.came_at.add(datetime.now(UTC))
            await self._note(place, taken)

        for start in range(0, len(uids), _OLDER_AT_ONCE):
            await self.taking.take(uids[start : start + _OLDER_AT_ONCE], self.accept, on_taken)
        await self.taking.settled()
        place.row.last_uid = max(place.row.last_uid, opened.uid_next - 1, *uids[-1:])
        await self._write_down(place)

    async def _take_older(self) -> float:
        """Take a piece of the older mails, the newest of them first; return how long to wait before the next one."""
        place = next((one for one in self._places if not one.row.filled), None)
        if place is None:
            return self.poll_seconds
        if place.waiting:
            if not await self.older.may_go_on():
                return _HELD_UP_SECONDS
            async with self.older.turn:
                if self.session.opened != place.name:
                    await self._open(place.name)
                await self._take_piece(place)
        if not place.waiting:
            await self.taking.settled()
            place.row.filled = True
            await self._write_down(place)
        return 0.0

    async def _take_piece(self, place: _Place) -> None:
        piece = list(reversed(place.waiting[-_OLDER_AT_ONCE:]))

        async def on_taken(taken: Taken) -> None:
            place.row.filled_from_uid = taken.uids[0]
            place.gains.filled += taken.mails + taken.too_large + taken.not_given
            await self._note(place, taken)

        await self.taking.take(piece, self.older.accept, on_taken)
        del place.waiting[-len(piece) :]

    async def _note(self, place: _Place, taken: Taken) -> None:
        """Note what was taken, in the table once a second: what a crash forgets is read again, and known then."""
        place.row.fetched += taken.mails
        place.gains.left_out.update({TOO_LARGE: taken.too_large, NOT_GIVEN: taken.not_given})
        if monotonic() - self._noted_at > _NOTE_SECONDS:
            await self._write_down(place)

    async def _write_down(self, place: _Place) -> None:
        gains, place.gains = place.gains, Gains()
        await progress.note_gains(self._reading, place.row, gains)
        self._noted_at = monotonic()

    async def _wait(self, seconds: float) -> None:
        """Wait until there may be something new: the first folder tells, the others are looked at from time to time."""
        await self.taking.settled()
        if not self._places:
            return
        first = self._places[0]
        opened = await self._open(first.name)
        if opened.uid_validity == first.row.uid_validity and opened.uid_next <= first.row.last_uid + 1:
            if await self.thread.call(lambda: self.session.idles):
                await self.thread.call(self.session.wait, seconds)
            else:
                await asyncio.sleep(seconds)
        if monotonic() - self._contact_at > _CONTACT_SECONDS:
            await progress.note_contact(self._reading)
            self._contact_at = monotonic()

    @property
    def _reading(self) -> Reading:
        return Reading(self.mailbox.id, self.mailbox.revision)
