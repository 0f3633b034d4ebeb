"""What speaks for an address being somebody, and how strongly?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mail.message import ParsedMessage
from mail.reply_code import ReplyCode
from matcher.parties import Parties
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson
from storage.reasons import Reason


@dataclass(frozen=True, slots=True)
class Case:
    """A message to be matched, who took part in it, and the day for which roles and addresses count.

    *codes* are those of ours that stand on a letter: whom it was sent to, and came back from.
    """

    message: ParsedMessage
    parties: Parties
    day: date
    codes: tuple[ReplyCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """That the address *about* is a person or an organisation, with the reason and the names in it.

    Evidence of nobody explains why there is none: the address was somebody's at another time.
    """

    about: str
    strength: Strength
    reason: Reason
    parameters: Mapping[str, str] = field(default_factory=dict)
    person: KnownPerson | None = None
    organisation: KnownOrganisation | None = None
