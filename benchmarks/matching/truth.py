"""Who wrote it really, and could anybody tell?  A message with its truth."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """What a careful person in the office can tell from the message and the directory."""

    PERSON = "person"
    ORGANISATION = "organisation"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is at *address*: the person's number, and the firms in whose history the message may stand.

    None and no firm is somebody who is not in the directory.  Where nobody can tell, the
    person is still who it was: whoever says another is wrong.
    """

    case: str
    address: str
    level: Level
    person: int | None = None
    firms: frozenset[int] = frozenset()

    @property
    def is_decidable(self) -> bool:
        """Whether it can be told without asking."""
        return self.level is not Level.NOTHING

    @property
    def is_known(self) -> bool:
        """Whether there is somebody in the directory to be found at all."""
        return self.person is not None or bool(self.firms)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What we wrote to somebody of the directory before, and the message answers."""

    message_id: str
    subject: str
    at: datetime
    name: str
    address: str
    person: int
    firm: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as it comes in, when it was written, the truth, and what must be known before."""

    raw: bytes
    at: datetime
    truth: Truth
    earlier: Earlier | None = None
