"""What does one mail say of a meeting?  As it is kept, and read again to put the meeting together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to come, by the address in look-up form; *answer* is their PARTSTAT, empty for none."""

    key: str
    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a mail says of a meeting, or of one *occurrence* of a series.

    *by_organiser*: its author leads the meeting.  *answers_for* is whose answer it is.
    """

    method: str
    organiser: str
    organiser_name: str
    by_organiser: bool
    name: str
    answers_for: str
    answer: str
    sequence: int
    stamp: datetime
    at: datetime
    occurrence: datetime | None
    start: datetime | None
    end: datetime | None
    whole_day: bool
    recurs: bool
    status: str
    summary: str
    location: str
    comment: str
    invited: tuple[Invited, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells apart two that say something else at the same moment."""
        return tuple(map(repr, (self.method, self.answers_for, self.occurrence, self.start, self.end, self.summary,
                                self.location, self.answer, self.comment, self.invited)))  # fmt: skip


_TIMES = ("stamp", "at", "occurrence", "start", "end")


def as_kept(note: Note) -> dict[str, Any]:
    """Return a note as a table keeps it."""
    kept: dict[str, Any] = {name: getattr(note, name) for name in Note.__slots__}
    for name in _TIMES:
        kept[name] = kept[name].isoformat() if kept[name] else None
    kept["invited"] = [[one.key, one.name, one.answer] for one in note.invited]
    return kept


def as_said(kept: Mapping[str, Any]) -> Note:
    """Return a note that a table kept."""
    said = dict(kept)
    for name in _TIMES:
        said[name] = datetime.fromisoformat(said[name]) if said[name] else None
    said["invited"] = tuple(Invited(*one) for one in said["invited"])
    return Note(**said)
