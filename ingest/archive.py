"""How does an archive of mail come in: an mbox, a Maildir, a folder of files, a zip of them?

Read once from the front to the end, a group of mails in memory.  What was taken before is
known by its digest, so an import that was interrupted is simply begun again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ingest import folders, zipped
from ingest.found import Found, FoundMail, LeftOut, NoArchive, judged, readable
from ingest.mbox import Dialect, begins_mbox, guessed, mails_of
from ingest.source import Accept, CaptureNote, RawMessage
from storage.blobs import digest_of
from storage.connect import StorageUnavailable
from storage.messages import CaptureSource

MOST_AT_ONCE = 64
MOST_OCTETS_AT_ONCE = 4 * 1024 * 1024
_PAUSES_SECONDS = (0.1, 0.5, 1, 2, 5, 10, 20, 30)  # the database is away: a backup, a full disk
_ZIP = b"PK"
_ACCEPTED_ARE = (
    "an mbox file, a Maildir, a folder of .eml or .mbox files, a zip file of these, or one .eml file"
)


def owned_by(staff_id: int) -> CaptureNote:
    """Return the note of each mail in the archive of a staff member: who brings it is believed whose it is."""
    return CaptureNote(CaptureSource.ARCHIVE, staff_id, None, "", (), "", authenticated=True)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that can be read once: how much there is to read, and what is found."""

    octets: int
    found: Iterator[Found]


def archive_at(path: Path, *, largest: int, dialect: Dialect | None = None) -> Archive:
    """Return the archive at *path*; its mails are read as they are asked for.

    *largest* is the size of a mail above which it is left out; *dialect* that of mbox files,
    guessed from each where it is None.  NoArchive if there is none.
    """
    read_mbox = partial(_mbox, largest=largest, dialect=dialect)
    try:
        if path.is_dir():
            found = folders.mails_in(path, largest=largest, read_mbox=read_mbox)
            return Archive(folders.octets_in(path), found)
        return _in_file(path, largest, read_mbox)
    except OSError as error:
        raise NoArchive(f"{path}: {error.strerror or error}") from None


def _in_file(path: Path, largest: int, read_mbox: folders.ReadMbox) -> Archive:
    if not path.is_file():
        raise NoArchive(f"{path}: {'there is no such file' if not path.exists() else _NOT_ONE}")
    with path.open("rb") as file:
        head = file.read(1024)
    octets = path.stat().st_size
    if head.startswith(_ZIP):
        archive = zipped.Zip(path)
        return Archive(archive.octets, archive.mails(largest=largest, read_mbox=read_mbox))
    if path.suffix.lower() == folders.MAIL_SUFFIX:
        return Archive(octets, folders.one_mail(path, largest=largest))
    if begins_mbox(head):
        return Archive(octets, read_mbox(lambda: path.open("rb"), readable(path.name)))
    raise NoArchive(f"{path}: {_NOT_ONE}")


_NOT_ONE = f"this is no archive of mail that can be read; there can be {_ACCEPTED_ARE}"


def _mbox(
    opened: Callable[[], BinaryIO], name: str, *, largest: int, dialect: Dialect | None
) -> Iterator[Found]:
    """Yield the mails of an mbox file, each called by its number in it."""
    if dialect is None:
        with opened() as file:
            dialect = guessed(file, largest=largest)
    with opened() as file:
        for number, piece in enumerate(mails_of(file, dialect, largest=largest), start=1):
            yield judged(f"{name}, mail {number}", piece.octets, piece.raw)


@dataclass(frozen=True, slots=True)
class Step:
    """A group that was read: mails that are taken or were known, what was left out, and octets of the archive."""

    new: int
    known: int
    left_out: tuple[LeftOut, ...]
    octets: int


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """An archive as a source: gives its mails to `accept` in groups, and ends.

    Each group waits for *room* first, so that no more waits to be filed than is sensible,
    and is told to *on_step* when it is taken.
    """

    archive: Archive
    note: CaptureNote
    on_step: Callable[[Step], None]
    room: Callable[[], Awaitable[None]]

    async def run(self, accept: Accept) -> None:
        """Take all mails; the next group is read while one is taken.  StorageUnavailable if that lasts."""
        reading = self._read_next()
        try:
            while group := await reading:
                reading = self._read_next()
                await self.room()
                self.on_step(await self._take(group, accept))
        finally:
            reading.cancel()

    def _read_next(self) -> asyncio.Future[list[Found]]:
        return asyncio.ensure_future(asyncio.to_thread(next_group, self.archive.found))

    async def _take(self, group: list[Found], accept: Accept) -> Step:
        mails = await asyncio.to_thread(_messages, group, self.note)
        new = 0
        for pause in (*_PAUSES_SECONDS, None):
            answers = await asyncio.gather(*map(accept, mails.values()), return_exceptions=True)
            again = {}
            for message, answer in zip(mails.values(), answers, strict=True):
                if isinstance(answer, StorageUnavailable) and pause is not None:
                    again[message.digest] = message
                elif isinstance(answer, BaseException):
                    raise answer
                else:
                    new += not answer.known
            mails = again
            if not again or pause is None:
                break
            await asyncio.sleep(pause)
        return step_of(group, new)


def step_of(group: list[Found], new: int) -> Step:
    """Return what a group came to, of whose mails so many were *new*."""
    left_out = tuple(one for one in group if isinstance(one, LeftOut))
    known = len(group) - len(left_out) - new
    return Step(new, known, left_out, sum(one.octets for one in group))


def next_group(found: Iterator[Found]) -> list[Found]:
    """Return as many of the next as should be in memory together; none at the end."""
    group: list[Found] = []
    octets = 0
    for one in found:
        group.append(one)
        octets += len(one.raw) if isinstance(one, FoundMail) else 0
        if len(group) >= MOST_AT_ONCE or octets >= MOST_OCTETS_AT_ONCE:
            break
    return group


def _messages(group: list[Found], note: CaptureNote) -> dict[str, RawMessage]:
    """Return the mails of a group by digest: one that is in it twice is taken once."""
    now = datetime.now(UTC)
    messages = {}
    for one in group:
        if isinstance(one, FoundMail):
            digest = digest_of(one.raw)
            messages[digest] = RawMessage(one.raw, digest, len(one.raw), (note,), now)
    return messages
