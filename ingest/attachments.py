"""How do the files that came with a filed message become searchable?

Not while it is filed, but later and apart, so that no file can hold up the mail: each
new file is read once, whichever entries it came with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.files.apart import Reader, Wanted
from ingest.files.told import Told
from storage import attachment_texts, blobs, entering
from storage.attachment_texts import NewText
from storage.connect import transaction
from storage.entries import Attachment
from storage.jobs import Claimed, JobQueue, ReadAttachments, payload_of
from storage.messages import Message


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Does the jobs that read attachments, by *reader*."""

    reader: Reader

    async def __call__(self, jobs: Sequence[Claimed], *, queue: JobQueue) -> None:
        """Read the files of messages and note what they say, a message at a time."""
        for job in jobs:
            wanted = payload_of(job, ReadAttachments)
            found = await attachment_texts.message_with_files(wanted.message_id)
            files = found[1] if found else []
            new = await self._read(found[0], files) if found else []
            async with transaction():
                # What was taken back meanwhile must leave nothing.
                await entering.one_at_a_time()
                there = await attachment_texts.still_there(files)
                await attachment_texts.keep(one for one in new if one.digest in there)
                await attachment_texts.name(file for file in files if file.digest in there)
                await queue.done([job])

    async def _read(self, message: Message, files: Sequence[Attachment]) -> list[NewText]:
        try:
            return await _read_new(message.digest, files, self.reader)
        except blobs.BlobMissing:
            if await attachment_texts.still_there(files):
                raise
            return []  # it was taken back just now


async def _read_new(digest: str, files: Sequence[Attachment], reader: Reader) -> list[NewText]:
    """Return what those files say of which nothing is known yet; *digest* is that of their message."""
    known = await attachment_texts.known({file.digest for file in files})
    new = {file.digest: file for file in reversed(files) if file.digest not in known and _is_read(file)}
    wanted = sorted(new.values(), key=lambda file: file.number)
    if not wanted:
        return []
    told = await reader.read(
        await blobs.read(digest), [Wanted(file.number, file.name, file.type) for file in wanted]
    )
    return [_new_text(file, one) for file, one in zip(wanted, told, strict=True)]


def _is_read(file: Attachment) -> bool:
    return not (file.inline and file.type.startswith("image/"))


def _new_text(file: Attachment, told: Told) -> NewText:
    return NewText(
        digest=file.digest,
        kind=told.kind,
        text=told.text,
        packed=[(one.name, one.size) for one in told.packed],
        marks=sorted(told.marks),
        defects=sorted(told.defects),
    )
