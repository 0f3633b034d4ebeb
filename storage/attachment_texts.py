"""What do attached files say, and what is to be known of them?  By digest: equal files are read once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tortoise import fields
from tortoise.models import Model

from storage import one_entry
from storage.by_hand import rows_among
from storage.connect import rows
from storage.entries import Attachment
from storage.jobs import MOST_ROWS_AT_ONCE, ReadAttachments
from storage.messages import Message
from storage.storable import storable

_LONGEST_NAMES = 4_000
_APART = str.maketrans(dict.fromkeys("._-/()[]@#,;:+", " "))


class AttachmentText(Model):
    """What a file says.  `text` and `names` are searched; `kind`, `marks` and `defects` are codes.

    `packed` lists what an archive holds, as pairs of name and size.  The database removes a
    row with the last attachment of its digest.
    """

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    kind = fields.CharField(max_length=20)
    text = fields.TextField(default="")
    names = fields.TextField(default="")
    packed: Any = fields.JSONField(default=list)
    marks: Any = fields.JSONField(default=list)
    defects: Any = fields.JSONField(default=list)
    read_at = fields.DatetimeField()

    class Meta:
        table = "attachment_text"


@dataclass(frozen=True, slots=True)
class NewText:
    """What was found in a file, to be kept."""

    digest: str
    kind: str
    text: str
    packed: Sequence[tuple[str, int | None]]
    marks: Sequence[str]
    defects: Sequence[str]


async def keep(found: Iterable[NewText]) -> None:
    """Write what was found in files, in the caller's transaction; what is known of a file already stays."""
    now = datetime.now(UTC)
    await AttachmentText.bulk_create(
        [
            AttachmentText(
                digest=one.digest,
                kind=one.kind,
                text=storable(one.text),
                packed=[[storable(name), size] for name, size in one.packed],
                marks=list(one.marks),
                defects=list(one.defects),
                read_at=now,
            )
            for one in found
        ],
        ignore_conflicts=True,
    )


async def name(files: Iterable[Attachment]) -> None:
    """Add names by which files came to what is searched, in the caller's transaction."""
    by_digest: dict[str, list[str]] = {}
    for file in files:
        by_digest.setdefault(file.digest, []).append(file.name)
    for row in await AttachmentText.filter(digest__in=list(by_digest)).only("id", "digest", "names"):
        known = row.names.split("\n")
        new = [given for given in by_digest[row.digest] if given and given not in known]
        names = "\n".join(filter(None, [*known, *_searchable(dict.fromkeys(new))]))
        if new and len(names) <= _LONGEST_NAMES:
            await AttachmentText.filter(id=row.id).update(names=names)


def _searchable(names: Iterable[str]) -> Iterable[str]:
    """Yield each name as it is, and in words: to PostgreSQL `Offerte-2026.pdf` is one word."""
    for given in names:
        yield given
        if (apart := " ".join(given.translate(_APART).split())) != given:
            yield apart


async def of_files(digests: Collection[str]) -> dict[str, AttachmentText]:
    """Return what is known of files, by digest, without their texts."""
    found = AttachmentText.filter(digest__in=list(digests))
    columns = ("id", "digest", "kind", "packed", "marks", "defects", "read_at")
    return {row.digest: row for row in await found.only(*columns)}


async def known(digests: Collection[str]) -> set[str]:
    """Return those of *digests* of which something is known."""
    found = await rows_among("SELECT t.digest FROM attachment_text t WHERE {among}", "t.digest", digests)
    return {row["digest"] for row in found}


async def still_there(files: Iterable[Attachment]) -> set[str]:
    """Return the digests of those files that an entry still has."""
    found = Attachment.filter(digest__in=list({file.digest for file in files}))
    return {row.digest for row in await found.only("id", "digest")}


async def message_with_files(message_id: int) -> tuple[Message, list[Attachment]] | None:
    """Return the message that its entry's files are in, and these; None if it is none of an entry."""
    message = await Message.get_or_none(id=message_id)
    if message is None or message.entry_id is None:
        return None
    shown = await one_entry.made_of(message.entry_id)
    files = await Attachment.filter(entry_id=message.entry_id).order_by("number")
    return (shown or message), files


async def unread_messages(*, after: int) -> list[ReadAttachments]:
    """Return the jobs for the next messages after id *after* with files of which nothing is known."""
    found = await rows(
        "SELECT m.id FROM message m WHERE m.id > "  # noqa: S608 - numbers of ours
        f"{int(after)} AND EXISTS (SELECT 1 FROM attachment a LEFT JOIN attachment_text t ON t.digest = a.digest"
        " WHERE a.entry_id = m.entry_id AND t.id IS NULL AND NOT (a.inline AND a.type LIKE 'image/%'))"
        f" ORDER BY m.id LIMIT {MOST_ROWS_AT_ONCE}"
    )
    return [ReadAttachments(row["id"]) for row in found]


async def forget_all(*, most: int) -> int:
    """Forget what is known of up to *most* files, in the caller's transaction, and return of how many."""
    ids = [row.id for row in await AttachmentText.all().order_by("id").limit(most).only("id")]
    return await AttachmentText.filter(id__in=ids).delete()
