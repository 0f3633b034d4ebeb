"""What does a row say, given what its columns hold?  Cells to values; nothing is looked up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.correspondents.columns import SEVERAL_IN_ONE, Column
from ingest.correspondents.fields_of import Cells, Gathered, gathered
from ingest.correspondents.guessing import Heading
from ingest.correspondents.names import names_in
from ingest.correspondents.own_values import OwnFields, own_values
from ingest.correspondents.said import RawRow, Said, SaidRow, WrongReason, WrongRow
from ingest.correspondents.values import day_in, fused, language_in, parted
from storage.correspondents import Party

_SAYS_NOTHING = frozenset({"", "-", "--", "n/a", "null", "none", "?", "keine", "k.a."})
_LONGEST = {
    "name": 300, "legal_form": 50, "customer_number": 100, "external_key": 200, "industry": 200,
    "given_name": 150, "family_name": 150, "title": 100, "salutation": 100, "function": 200,
}  # fmt: skip
_ORGANISATION = {
    Column.ORGANISATION: "name", Column.LEGAL_FORM: "legal_form", Column.CUSTOMER_NUMBER: "customer_number",
    Column.INDUSTRY: "industry",
}  # fmt: skip
_PERSON = {
    Column.GIVEN_NAME: "given_name", Column.FAMILY_NAME: "family_name", Column.TITLE: "title",
    Column.SALUTATION: "salutation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are read: the columns, the country of numbers and places, staff ids by login.

    *own_fields* are those that the firm has defined, by party and name in small letters.
    """

    heading: Heading
    country: str = ""
    staff: Mapping[str, int] = field(default_factory=dict)
    own_fields: OwnFields = field(default_factory=dict)

    def said_by(self, row: RawRow) -> SaidRow | None:
        """Return what a row says; None where it is empty.  WrongRow."""
        if row.wrong:
            raise row.wrong
        return said_in(self._cells(row), self)

    def _cells(self, row: RawRow) -> Cells:
        if extra := [cell for cell in row.cells[len(self.heading.titles) :] if cell.strip()]:
            number = len(self.heading.titles) + len(extra)
            width = str(len(self.heading.titles))
            raise WrongRow(WrongReason.TOO_MANY_CELLS, cells=str(number), columns=width)
        exact = self.heading.is_ours
        columns = zip(self.heading.meanings, self.heading.titles, row.cells, strict=False)
        return [
            (column, title, value)
            for column, title, cell in columns
            if column is not Column.NONE
            for value in (_exact(cell) if exact else _values_in(cell))
        ]


def _exact(cell: str) -> list[str]:
    return [fused(cell)] if cell else []


def _values_in(cell: str) -> list[str]:
    if not cell:
        return []
    parts = cell.split(SEVERAL_IN_ONE) if SEVERAL_IN_ONE in cell else [cell]
    plain = (fused(part.strip()) for part in parts)
    return [part for part in plain if part.casefold() not in _SAYS_NOTHING]


def said_in(cells: Cells, how: Reading) -> SaidRow | None:
    """Return what cells say."""
    if not cells:
        return None
    first = {column: value for column, _, value in reversed(cells)}
    exact = how.heading.is_ours
    person = {} if exact else names_in(first)
    person |= {
        name: first[column] for column, name in _PERSON.items() if column in first and name not in person
    }
    party = _party(first, person)
    shared = dict(_shared(cells, first))
    if own_fields := own_values(cells, party, how.own_fields):
        shared["own_fields"] = own_fields
    own = gathered(cells, country=how.country, exact=exact)
    organisation = {name: first[column] for column, name in _ORGANISATION.items() if column in first}
    _require_lengths({**person, **organisation})
    for column in (Column.KEY, Column.ORGANISATION_KEY, Column.PARENT_KEY, Column.PARENT):
        _require_lengths({"external_key": first.get(column, "")})
    if party is Party.ORGANISATION:
        staff = dict(_staff(first, how.staff))
        values = {**organisation, **shared, **staff}
        key = first.get(Column.KEY) or ("" if exact else first.get(Column.ORGANISATION_KEY, ""))
        return SaidRow(_organisation(key, values, own, first), exact=exact)
    key = first.get(Column.ORGANISATION_KEY, "")
    employer = None
    if key or organisation.get("name") or organisation.get("customer_number"):
        employer = _organisation(key, organisation, own.of_employer, first)
    said = Said(first.get(Column.KEY, ""), {**person, **shared}, own.of_person)
    return SaidRow(employer, said, _role(first), exact)


def _party(first: Mapping[Column, str], person: Mapping[str, str]) -> Party:
    if (record := first.get(Column.RECORD)) is not None:
        try:
            return Party(record.strip().lower())
        except ValueError:
            raise WrongRow(WrongReason.UNKNOWN_RECORD, value=record[:80]) from None
    if person.get("family_name") or person.get("given_name"):
        return Party.PERSON
    named = {Column.ORGANISATION, Column.ORGANISATION_KEY, Column.CUSTOMER_NUMBER}
    if not named & first.keys():
        raise WrongRow(WrongReason.NOBODY_NAMED)
    return Party.ORGANISATION


def _organisation(key: str, values: Mapping[str, Any], own: Gathered, first: Mapping[Column, str]) -> Said:
    parent = None
    if Column.PARENT_KEY in first or Column.PARENT in first:
        name = {"name": first[Column.PARENT]} if Column.PARENT in first else {}
        parent_key = first.get(Column.PARENT_KEY, "")
        parent = Said(parent_key, name or {"name": parent_key})
    return Said(key, values, own.of_organisation, parent)


def _shared(cells: Cells, first: Mapping[Column, str]) -> Iterator[tuple[str, Any]]:
    """Yield what organisations and persons have alike."""
    if Column.LANGUAGE in first:
        yield "language", language_in(first[Column.LANGUAGE])
    if notes := [value for column, _, value in cells if column is Column.NOTE]:
        yield "note", "\n".join(notes)
    if interests := [
        one for column, _, value in cells if column is Column.INTERESTS for one in parted(value)
    ]:
        yield "interests", interests


def _role(first: Mapping[Column, str]) -> dict[str, Any]:
    role: dict[str, Any] = {}
    if Column.FUNCTION in first:
        role["function"] = first[Column.FUNCTION]
        _require_lengths(role)
    for column, name in ((Column.ROLE_SINCE, "since"), (Column.ROLE_UNTIL, "until")):
        if column in first:
            role[name] = day_in(first[column])
    return role


def _staff(first: Mapping[Column, str], known: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    for column, name in ((Column.OWNER, "owner_id"), (Column.DEPUTY, "deputy_id")):
        if login := first.get(column):
            if login not in known:
                raise WrongRow(WrongReason.UNKNOWN_STAFF, login=login[:80])
            yield name, known[login]


def _require_lengths(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in _LONGEST and len(value) > _LONGEST[name]:
            raise WrongRow(WrongReason.VALUE_TOO_LONG, value=str(value)[:80], most=str(_LONGEST[name]))


def sample_of(rows: Sequence[RawRow], how: Reading) -> list[tuple[RawRow, SaidRow | None, WrongRow | None]]:
    """Return what the first rows of a file say, for a person to look at."""
    shown: list[tuple[RawRow, SaidRow | None, WrongRow | None]] = []
    for row in rows:
        try:
            shown.append((row, how.said_by(row), None))
        except WrongRow as wrong:
            shown.append((row, None, wrong))
    return shown
