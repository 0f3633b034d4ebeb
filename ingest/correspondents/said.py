"""What does a row of a file say of whom?  Values, before anybody looks whether it is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class WrongReason(StrEnum):
    """Why a row cannot be taken over; pages and commands have the sentences."""

    MIXED_ENCODING = "mixed-encoding"
    TOO_LONG = "too-long"
    BROKEN_QUOTES = "broken-quotes"
    TOO_MANY_CELLS = "too-many-cells"
    BROKEN_CARD = "broken-card"
    NOBODY_NAMED = "nobody-named"
    UNKNOWN_RECORD = "unknown-record"
    NO_EMAIL = "no-email"
    NO_PHONE = "no-phone"
    NO_REGISTERED_NUMBER = "no-registered-number"
    NO_OWN_VALUE = "no-own-value"
    NO_DAY = "no-day"
    NO_COUNTRY = "no-country"
    VALUE_TOO_LONG = "value-too-long"
    NUMBER_TAKEN = "number-taken"
    REGISTERED_NUMBER_TAKEN = "registered-number-taken"
    OTHER_KEY = "other-key"
    KEY_OF_ANOTHER = "key-of-another"
    UNKNOWN_ORGANISATION = "unknown-organisation"
    UNKNOWN_STAFF = "unknown-staff"


class WrongRow(Exception):
    """A row cannot be taken over: *reason* with its parameters."""

    def __init__(self, reason: WrongReason, **parameters: str) -> None:
        super().__init__(reason.value)
        self.reason, self.parameters = reason, parameters


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in a file; *at* counts rows from 1 for going on behind it, *line* is what people see.

    *wrong* tells why its cells cannot be relied on.
    """

    at: int
    line: int
    cells: Sequence[str]
    octets: int
    wrong: WrongRow | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of one correspondent: its own columns, and (table, columns) of what belongs to it.

    Columns of which nothing is said are not there.
    """

    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    belongings: Sequence[tuple[str, Mapping[str, Any]]] = ()
    parent: "Said | None" = None

    def of(self, table: str) -> list[Mapping[str, Any]]:
        """Return what it says of one table."""
        return [values for name, values in self.belongings if name == table]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What a row says: of an organisation, or of a person and of where they work in which role.

    *exact*: it is of a file of ours, where a role or address that differs is another one.
    """

    organisation: Said | None = None
    person: Said | None = None
    role: Mapping[str, Any] = field(default_factory=dict)
    exact: bool = False
