"""What does a message say that is to be filed?  Itself, or the original inside a colleague's forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.originals import unfolded
from ingest.reading import ReadAll, read_in_thread
from mail.fingerprint import Fingerprints, fingerprints, tells_copies
from mail.message import Forwarded, ParsedMessage
from matcher.look_ups import references_of
from storage import blobs
from storage.messages import Message
from storage.storable import storable_id

Copy = tuple[str | None, str]
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
    own_id: str | None  # its Message-ID as tables keep it
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
        captures = list(self.row.captures)
        return bool(captures) and all(capture.held_because for capture in captures)

    @property
    def captured_by(self) -> list[int]:
        """The staff who captured it."""
        return [capture.staff_id for capture in self.row.captures if capture.staff_id is not None]

    @property
    def copy(self) -> Copy:
        """What its copies agree in; where that does not tell copies, what nothing else has."""
        return (self.own_id, self.fingerprint) if tells_copies(self.parsed) else (None, self.row.digest)


async def read_messages(rows: Sequence[Message], read_all: ReadAll = read_in_thread) -> list[Read]:
    """Return messages as they are to be entered."""
    octets = await blobs.read_many(row.digest for row in rows)
    for row in rows:
        if row.digest not in octets:
            raise blobs.BlobMissing(row.digest)
    came = await read_all([octets.pop(row.digest) for row in rows])
    offered = [(one, _is_vouched_for(row), row.own_mail) for row, one in zip(rows, came, strict=True)]
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
        for row, one, its in zip(rows, came, await unfolded(offered), strict=True)
    ]


def _is_vouched_for(row: Message) -> bool:
    return any(capture.authenticated for capture in row.captures)
