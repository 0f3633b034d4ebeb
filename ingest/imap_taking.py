"""How do mails get from a mailbox into the books?

The next batch is fetched while one is being accepted.  What is noted and done in the mailbox
follows the order of the batches, and each only once it is durable.
"""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from ingest.budget import Budget, Share
from ingest.header import header_of
from ingest.imap_batches import Batch, batches
from ingest.imap_session import PART_OCTETS, Session
from ingest.own_thread import OwnThread
from ingest.source import Accept, CaptureNote, RawMessage
from storage.blobs import digest_of
from storage.connect import StorageUnavailable
from storage.mailboxes import After

_PAUSES_SECONDS = (0.1, 0.5, 1, 2, 5, 10, 20, 30)  # the database is away; the last one again and again
_ENDING_SECONDS = 5.0
_DATE = re.compile(rb"^date:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch that is durable: up to which UIDs, how many mails, and how many were left out and why."""

    uids: tuple[int, ...]
    mails: int
    too_large: int
    not_given: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds memory: the *budget* of the process, and mails above *largest*, which are not taken."""

    budget: Budget
    largest: int
    spool_folder: Path | None = None


@dataclass(slots=True)
class Taking:
    """Takes mails out of the open folder of a session."""

    thread: OwnThread
    session: Session
    note: CaptureNote
    limits: Limits
    after: After = After.LEAVE
    after_folder: str = ""
    _settling: asyncio.Task[None] | None = field(default=None)

    async def take(
        self, uids: Sequence[int], accept: Accept, on_taken: Callable[[Taken], Awaitable[None]]
    ) -> None:
        """Take mails in this order; the last batch is under way when this returns: see `settled`.  ImapTrouble."""
        looks = await self.thread.call(self.session.looks, uids)
        sizes = {uid: look.octets for uid, look in looks.items()}
        for batch in batches(uids, sizes, largest=self.limits.largest):
            octets = 2 * PART_OCTETS if batch.in_file else batch.octets
            held = await self.limits.budget.held(octets)
            mails: dict[int, RawMessage] = {}
            try:
                mails = {
                    uid: _labelled(one, looks[uid].labels)
                    for uid, one in (await self._fetched(batch)).items()
                }
                await self.settled()
            except BaseException:
                _close(mails)
                held.give_back()
                raise
            self._settling = asyncio.create_task(self._settle(batch, mails, accept, on_taken, held))

    async def settled(self) -> None:
        """Wait until all that was fetched is durable, and noted."""
        if self._settling:
            await asyncio.shield(self._settling)
            self._settling = None

    async def end(self) -> None:
        """Let what was fetched become durable, if that is soon."""
        if self._settling:
            await asyncio.wait({self._settling}, timeout=_ENDING_SECONDS)
            self._settling.cancel()
            await asyncio.wait({self._settling})
            if not self._settling.cancelled():
                self._settling.exception()  # why this ends is known already

    async def _fetched(self, batch: Batch) -> dict[int, RawMessage]:
        if not batch.uids:
            return {}
        fetch = _large if batch.in_file else _small
        return await self.thread.call(fetch, self.session, batch, self.note, self.limits.spool_folder)

    async def _settle(
        self,
        batch: Batch,
        mails: dict[int, RawMessage],
        accept: Accept,
        on_taken: Callable[[Taken], Awaitable[None]],
        share: Share,
    ) -> None:
        try:
            await _accepted(list(mails.values()), accept)
            if mails:
                await self._leave(list(mails))
            uids = tuple(sorted((*batch.uids, *batch.too_large)))
            await on_taken(Taken(uids, len(mails), len(batch.too_large), len(batch.uids) - len(mails)))
        finally:
            _close(mails)
            share.give_back()

    async def _leave(self, uids: Sequence[int]) -> None:
        """Do in the mailbox what was set for mails that are captured."""
        if self.after is After.MOVE:
            await self.thread.call(self.session.move, uids, self.after_folder)
        elif self.after is After.FLAG:
            await self.thread.call(self.session.flag, uids)


async def _accepted(mails: Sequence[RawMessage], accept: Accept) -> None:
    """Return once all are durable; while the database is away, they are offered again and again."""
    tries = 0
    while mails:
        answers = await asyncio.gather(*map(accept, mails), return_exceptions=True)
        again = []
        for mail, answer in zip(mails, answers, strict=True):
            if isinstance(answer, StorageUnavailable):
                again.append(mail)
            elif isinstance(answer, BaseException):
                raise answer
        mails = again
        if mails:
            await asyncio.sleep(_PAUSES_SECONDS[min(tries, len(_PAUSES_SECONDS) - 1)])
            tries += 1


def _labelled(mail: RawMessage, labels: tuple[str, ...]) -> RawMessage:
    """Return a mail whose way says how it was labelled in the mailbox."""
    return replace(mail, notes=tuple(replace(note, marks=labels) for note in mail.notes)) if labels else mail


def _close(mails: dict[int, RawMessage]) -> None:
    for mail in mails.values():
        if not isinstance(mail.raw, bytes):
            mail.raw.close()


def _small(
    session: Session, batch: Batch, note: CaptureNote, _spool_folder: Path | None
) -> dict[int, RawMessage]:
    """Return the mails of a batch, in memory, the oldest first."""
    found = session.mails(batch.uids)
    now = datetime.now(UTC)
    undated = [uid for uid, raw in found.items() if not _DATE.search(header_of(raw))]
    came = session.dates(undated) if undated else {}
    return {
        uid: RawMessage(raw, digest_of(raw), len(raw), (note,), came.get(uid, now))
        for uid, raw in sorted(found.items())
    }


def _large(
    session: Session, batch: Batch, note: CaptureNote, spool_folder: Path | None
) -> dict[int, RawMessage]:
    """Return the one mail of a batch, in a file without a name.  StorageUnavailable if there is no room for it."""
    (uid,) = batch.uids
    file = cast("BinaryIO", tempfile.TemporaryFile(dir=spool_folder))  # noqa: SIM115 - closed once accepted
    try:
        size, digest = 0, hashlib.sha256()
        for part in session.parts(uid):
            _write(file, part)
            digest.update(part)
            size += len(part)
    except BaseException:
        file.close()
        raise
    if not size:
        file.close()
        return {}
    return {uid: RawMessage(file, digest.hexdigest(), size, (note,), datetime.now(UTC))}


def _write(file: BinaryIO, part: bytes) -> None:
    try:
        file.write(part)
    except OSError as error:  # the disk is full, say
        raise StorageUnavailable(type(error).__name__) from error
