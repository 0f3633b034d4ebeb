"""What does a row change, of whom it means?  On cards in memory: nothing is read or written here.

Whom it means, `meant` finds out.  What a row does not say stays.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.correspondents.meant import (
    domain_of,
    mail_domain_of,
    organisation_meant,
    person_meant,
    person_name,
    registered_in,
)
from ingest.correspondents.moves import Moves
from ingest.correspondents.said import Said, SaidRow, WrongReason, WrongRow
from storage.cards import Belonging, Card, blank
from storage.correspondents import Party
from storage.known_cards import Known, Wanted, own_key
from storage.phones import phone_key
from storage.sort_keys import sort_key

_EXACT_BY = {
    "email_address": ("key", "since"),
    "phone_number": ("key", "kind", "since"),
    "postal_address": ("street", "postcode", "place", "country", "since"),
    "organisation_domain": ("domain",),
    "organisation_number": ("value",),
    "former_name": ("name", "until", "is_short"),
    "role": ("function", "since"),
}
_ALIKE_BY = _EXACT_BY | {
    "email_address": ("key",),
    "phone_number": ("key",),
    "postal_address": ("street", "postcode", "place", "country"),
    "former_name": ("name", "is_short"),
    "role": (),
}
_DEFAULTS = {
    "function": "",
    "street": "",
    "postcode": "",
    "place": "",
    "country": "",
    "kind": "office",
    "is_short": False,
}


class Outcome(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Entered:
    """What a row comes to; *left* is the organisation that somebody leaves by it."""

    outcome: Outcome
    left: Card | None = None


def wanted_by(rows: Iterable[SaidRow]) -> Wanted:
    """Return by what rows name correspondents."""
    wanted = Wanted()
    for row in rows:
        if row.organisation:
            _want_organisation(wanted, row.organisation)
        if person := row.person:
            if person.key:
                wanted.person_keys.add(person.key)
            emails = [one["key"] for one in person.of("email_address")]
            wanted.emails.update(emails)
            if not person.key and not emails:
                wanted.person_names.add(person_name(person))
            if row.organisation:
                wanted.domains.update(filter(None, map(domain_of, emails)))
    return wanted


def _want_organisation(wanted: Wanted, said: Said) -> None:
    if said.key:
        wanted.organisation_keys.add(said.key)
    if number := said.values.get("customer_number"):
        wanted.customer_numbers.add(number)
    if name := said.values.get("name"):
        wanted.organisation_names.add(sort_key(name))
    wanted.domains.update(one["domain"] for one in said.of("organisation_domain"))
    wanted.registered_numbers.update(one["value"] for one in said.of("organisation_number"))
    if said.parent:
        _want_organisation(wanted, said.parent)


def enter(row: SaidRow, known: Known, moves: Moves) -> Entered:
    """Let *row* change or make the cards of *known*, and return what it comes to.

    WrongRow before anything is changed: a row is wholly in, or not at all.
    """
    changes = _Changes(known, Moves() if row.exact else moves, exact=row.exact)
    person = person_meant(row, known) if row.person else None
    if row.person and person is None:
        _require_name(row.person.values)
    organisation = (
        organisation_meant(row.organisation, known, mail_domain_of(row)) if row.organisation else None
    )
    if row.organisation:
        _check_organisation(row.organisation, organisation, known, is_employer=row.person is not None)
    if row.person is None:
        assert row.organisation is not None
        changes.organisation(row.organisation, organisation)
    else:
        employer = changes.employer(row, organisation) if row.organisation else None
        changes.person(row.person, person, employer, row.role)
    return Entered(changes.outcome, changes.left)


class _Changes:
    """What one row does to the cards."""

    def __init__(self, known: Known, moves: Moves, *, exact: bool) -> None:
        self._known, self._moves, self._exact = known, moves, exact
        self.outcome = Outcome.SAME
        self.left: Card | None = None

    def organisation(self, said: Said, card: Card | None) -> Card:
        """Enter or correct an organisation."""
        card = self._made(Party.ORGANISATION, said, card)
        if said.parent and (parent := self._parent(said.parent, card)):
            self._set(card, "parent_id", parent.id if parent.id is not None else -1)
            card.parent = parent
        self._known.note(card)
        return card

    def employer(self, row: SaidRow, card: Card | None) -> Card:
        """Enter where a person works; what is known of it already, their row does not correct."""
        said = row.organisation
        assert said is not None
        if card is None:
            card = self.organisation(_with_domain(said, mail_domain_of(row), self._known), None)
        else:
            missing = {name: value for name, value in said.values.items() if not card.values[name]}
            self._values(card, missing)
            if said.key and not card.values["external_key"]:
                self._set_key(card, said.key)
            self._known.note(card)
        return card

    def person(self, said: Said, card: Card | None, employer: Card | None, role: Mapping[str, Any]) -> None:
        """Enter or correct a person, and their role."""
        card = self._made(Party.PERSON, said, card)
        if employer is not None:
            added = self._belonging(card, "role", role, lambda one: one.organisation is employer, employer)
            if added and (ended := self._moves.end_of_before(card, added)):
                self.left = ended.organisation
        self._known.note(card)

    def _made(self, party: Party, said: Said, card: Card | None) -> Card:
        is_new = card is None
        card = card or blank(party)
        if said.key:
            self._set_key(card, said.key)
        self._values(card, said.values)
        for table, values in said.belongings:
            self._belonging(card, table, values, lambda _: True)
        if is_new:
            self._known.add(card)
            self.outcome = Outcome.NEW
        return card

    def _parent(self, said: Said, child: Card) -> Card | None:
        found = organisation_meant(said, self._known, "")
        if found is None:
            found = self._made(Party.ORGANISATION, said, None)
        return found if found is not child else None

    def _set_key(self, card: Card, key: str) -> None:
        is_ours = card.id is not None and key == own_key(self._known.own, card.party, card.id)
        if not is_ours and (card.party, key) not in self._known.merged:
            self._set(card, "external_key", key)

    def _values(self, card: Card, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self._set(card, name, card.values[name] | value if name == "own_fields" else value)

    def _set(self, card: Card, name: str, value: Any) -> None:
        if card.values[name] != value:
            card.values[name] = value
            self._note_change()

    def _note_change(self) -> None:
        if self.outcome is Outcome.SAME:
            self.outcome = Outcome.CHANGED

    def _belonging(
        self,
        card: Card,
        table: str,
        values: Mapping[str, Any],
        fits: Callable[[Belonging], bool],
        organisation: Card | None = None,
    ) -> Belonging | None:
        """Change what belongs to *card* and is meant by *values*, or add it; return what was added."""
        if table == "organisation_domain" and values["domain"] in self._known.by_domain:
            return None  # a domain is one organisation's alone: it stays with whom it is
        told = {name: value for name, value in values.items() if value is not None}
        for one in card.of(table):
            if fits(one) and self._is_meant(one, table, values):
                self._name(one)
                # How it is written stays: the same number may be written in many ways.
                news = {name: value for name, value in told.items() if name not in {"key", "written"}}
                if {**one.values, **news} != one.values:
                    one.values.update(news)
                    self._note_change()
                return None
        extra = dict.fromkeys(_DAYS_OF.get(table, ("since", "until")))
        defaults = {name: _DEFAULTS[name] for name in _NEEDED.get(table, ()) if name not in told}
        added = Belonging(
            table, {**extra, **defaults, **told, **({"organisation_id": None} if organisation else {})},
            organisation=organisation, source=self._moves.source if organisation else "",
        )  # fmt: skip
        card.belongings.append(added)
        self._note_change()
        return added

    def _name(self, one: Belonging) -> None:
        """Note that a row names a role."""
        if one.table == "role":
            if self._moves.is_ended_here(one):
                self._moves.reopen(one)
                self._note_change()
            self._moves.note(one)

    def _is_meant(self, one: Belonging, table: str, values: Mapping[str, Any]) -> bool:
        if table == "role" and not self._exact:
            is_open = one.values["until"] is None or self._moves.is_ended_here(one)
            return is_open or one.values["until"] == values.get("until")
        names = (_EXACT_BY if self._exact else _ALIKE_BY)[table]
        if table == "phone_number" and one.values["key"] == phone_key(values["written"]):
            names = tuple(name for name in names if name != "key")  # kept as dialled at home
        return all(_alike(one.values[name], values.get(name, _DEFAULTS.get(name))) for name in names)


_NEEDED = {
    "role": ("function",),
    "postal_address": ("street", "postcode", "place", "country"),
    "phone_number": ("kind",),
    "former_name": ("is_short",),
}
_DAYS_OF: Mapping[str, tuple[str, ...]] = {
    "organisation_domain": (),
    "organisation_number": (),
    "former_name": ("until",),
}


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)


def _check_organisation(said: Said, card: Card | None, known: Known, *, is_employer: bool) -> None:
    """WrongRow where a row would give away what is another's, or has no name for a new organisation."""
    if card is None and not said.values.get("name"):
        if is_employer and said.key:
            raise WrongRow(WrongReason.UNKNOWN_ORGANISATION, key=said.key)
        raise WrongRow(WrongReason.NOBODY_NAMED)
    number = said.values.get("customer_number")
    if number and not is_employer and known.by_number.get(number, card) is not card:
        raise WrongRow(WrongReason.NUMBER_TAKEN, number=number)
    for number in () if is_employer and card else registered_in(said):
        if known.by_registered.get(number, card) is not card:
            raise WrongRow(WrongReason.REGISTERED_NUMBER_TAKEN, number=number)
    if said.key and card and not is_employer:
        key = card.values["external_key"]
        ours = own_key(known.own, Party.ORGANISATION, card.id) if card.id is not None else ""
        if key and said.key not in {key, ours}:
            raise WrongRow(WrongReason.OTHER_KEY, key=said.key, other=key)


def _require_name(values: Mapping[str, Any]) -> None:
    if not values.get("family_name") and not values.get("given_name"):
        raise WrongRow(WrongReason.NOBODY_NAMED)


def _with_domain(said: Said, domain: str, known: Known) -> Said:
    """Return what is said of an organisation that is made, with the domain of its first person."""
    if not domain or domain in known.by_domain or said.of("organisation_domain"):
        return said
    added = (*said.belongings, ("organisation_domain", {"domain": domain}))
    return Said(said.key, said.values, added, said.parent)
