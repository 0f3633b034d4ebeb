"""Whom does a row mean, and what does it change?  On cards in memory: nothing is read or written here.

A correspondent is found by its external key, else a person by the e-mail address and an
organisation by customer number, or by name and domain.  What a row does not say stays.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ingest.correspondents.said import Said, SaidRow, WrongReason, WrongRow
from mail.address import Address
from storage.cards import Belonging, Card, blank
from storage.correspondents import Party
from storage.known_cards import Known, Wanted, own_key
from storage.phones import phone_key
from storage.sort_keys import person_sort_key, sort_key

_EXACT_BY = {
    "email_address": ("key", "since"),
    "phone_number": ("key", "kind", "since"),
    "postal_address": ("street", "postcode", "place", "country", "since"),
    "organisation_domain": ("domain",),
    "former_name": ("name", "until"),
    "role": ("function", "since"),
}
_ALIKE_BY = _EXACT_BY | {
    "email_address": ("key",),
    "phone_number": ("key",),
    "postal_address": ("street", "postcode", "place", "country"),
    "former_name": ("name",),
    "role": (),
}
_DEFAULTS = {"function": "", "street": "", "postcode": "", "place": "", "country": "", "kind": "office"}


class Outcome(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


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
                wanted.person_names.add(_person_name(person))
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
    if said.parent:
        _want_organisation(wanted, said.parent)


def enter(row: SaidRow, known: Known) -> Outcome:
    """Let *row* change or make the cards of *known*, and return what it comes to.

    WrongRow before anything is changed: a row is wholly in, or not at all.
    """
    changes = _Changes(known, exact=row.exact)
    person = _person_meant(row, known) if row.person else None
    if row.person and person is None:
        _require_name(row.person.values)
    organisation = (
        _organisation_meant(row.organisation, known, _mail_domain(row)) if row.organisation else None
    )
    if row.organisation:
        _check_organisation(row.organisation, organisation, known, is_employer=row.person is not None)
    if row.person is None:
        assert row.organisation is not None
        changes.organisation(row.organisation, organisation)
    else:
        employer = changes.employer(row, organisation) if row.organisation else None
        changes.person(row.person, person, employer, row.role)
    return changes.outcome


class _Changes:
    """What one row does to the cards."""

    def __init__(self, known: Known, *, exact: bool) -> None:
        self._known, self._exact = known, exact
        self.outcome = Outcome.SAME

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
            card = self.organisation(_with_domain(said, _mail_domain(row), self._known), None)
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
            self._belonging(card, "role", role, lambda one: one.organisation is employer, employer)
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
        found = _organisation_meant(said, self._known, "")
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
    ) -> None:
        """Change what belongs to *card* and is meant by *values*, or add it."""
        if table == "organisation_domain" and values["domain"] in self._known.by_domain:
            return  # a domain is one organisation's alone: it stays with whom it is
        told = {name: value for name, value in values.items() if value is not None}
        for one in card.of(table):
            if fits(one) and self._is_meant(one, table, values):
                # How it is written stays: the same number may be written in many ways.
                news = {name: value for name, value in told.items() if name not in {"key", "written"}}
                if {**one.values, **news} != one.values:
                    one.values.update(news)
                    self._note_change()
                return
        columns = (
            {"since": None, "until": None} if table not in {"organisation_domain", "former_name"} else {}
        )
        extra = {"until": None} if table == "former_name" else columns
        defaults = {name: _DEFAULTS[name] for name in _NEEDED.get(table, ()) if name not in told}
        card.belongings.append(
            Belonging(table, {**extra, **defaults, **told, **({"organisation_id": None} if organisation else {})},
                      organisation=organisation)
        )  # fmt: skip
        self._note_change()

    def _is_meant(self, one: Belonging, table: str, values: Mapping[str, Any]) -> bool:
        if table == "role" and not self._exact:
            return one.values["until"] is None or one.values["until"] == values.get("until")
        names = (_EXACT_BY if self._exact else _ALIKE_BY)[table]
        if table == "phone_number" and one.values["key"] == phone_key(values["written"]):
            names = tuple(name for name in names if name != "key")  # kept as dialled at home
        return all(_alike(one.values[name], values.get(name, _DEFAULTS.get(name))) for name in names)


_NEEDED = {
    "role": ("function",),
    "postal_address": ("street", "postcode", "place", "country"),
    "phone_number": ("kind",),
}


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)


def _person_meant(row: SaidRow, known: Known) -> Card | None:
    said = row.person
    assert said is not None
    if said.key:
        if card := known.by_key.get((Party.PERSON, said.key)):
            _require_somebody_alike(said, card)
            return card
        keyless = [card for card in _holders(said, known) if not card.values["external_key"]]
        return _of_this_name(said, keyless)
    if said.of("email_address"):
        return _of_this_name(said, _holders(said, known))
    named = known.by_name.get((Party.PERSON, _person_name(said)), [])
    return _alone([card for card in named if _works_there(card, row, known)])


def _require_somebody_alike(said: Said, card: Card) -> None:
    """WrongRow where a key names somebody with whom a row has nothing else in common: two programs count from 1."""
    emails = {one["key"] for one in said.of("email_address")}
    if _shares_name(said.values, card) or emails & {one.values["key"] for one in card.of("email_address")}:
        return
    name = " ".join(filter(None, (card.values["given_name"], card.values["family_name"])))
    raise WrongRow(WrongReason.KEY_OF_ANOTHER, key=said.key, name=name)


def _holders(said: Said, known: Known) -> list[Card]:
    """Return who has the first of the addresses that anybody has."""
    for one in said.of("email_address"):
        if holders := known.by_email.get(one["key"]):
            return holders
    return []


def _of_this_name(said: Said, holders: list[Card]) -> Card | None:
    """Return who of the holders of an address is meant: one that has no name in common is somebody else."""
    alike = [card for card in holders if _shares_name(said.values, card)]
    same = [card for card in alike if _person_name(said) == _name_of(card)]
    return _alone(same) or _alone(alike)


def _shares_name(said: Mapping[str, Any], card: Card) -> bool:
    for name in ("family_name", "given_name"):
        if not said.get(name) or not card.values[name]:
            return True
        if sort_key(said[name]) == sort_key(card.values[name]):
            return True
    return False


def _works_there(card: Card, row: SaidRow, known: Known) -> bool:
    """Tell whether a namesake works where the row says; one without any role, if it names no organisation."""
    employers = [role.organisation for role in card.of("role")]
    if row.organisation is None:
        return not employers and not card.of("email_address")
    meant = _organisation_meant(row.organisation, known, "")
    return meant is not None and meant in employers


def _organisation_meant(said: Said, known: Known, mail_domain: str) -> Card | None:
    if said.key and (card := known.by_key.get((Party.ORGANISATION, said.key))):
        return card
    number = said.values.get("customer_number")
    if number and (card := known.by_number.get(number)):
        return card
    name = sort_key(said.values.get("name", ""))
    if not name:
        return None
    alike = known.by_name.get((Party.ORGANISATION, name), [])
    if said.key:
        alike = [card for card in alike if not card.values["external_key"]]
    domains = {one["domain"] for one in said.of("organisation_domain")} | ({mail_domain} - {""})
    same = [card for card in alike if domains & _domains(card)]
    open_ones = [card for card in alike if not domains or not _domains(card)]
    return _alone(same) or _alone(open_ones)


def _domains(card: Card) -> set[str]:
    return {one.values["domain"] for one in card.of("organisation_domain")}


def _alone(cards: list[Card]) -> Card | None:
    return cards[0] if len(cards) == 1 else None


def _check_organisation(said: Said, card: Card | None, known: Known, *, is_employer: bool) -> None:
    """WrongRow where a row would give away what is another's, or has no name for a new organisation."""
    if card is None and not said.values.get("name"):
        if is_employer and said.key:
            raise WrongRow(WrongReason.UNKNOWN_ORGANISATION, key=said.key)
        raise WrongRow(WrongReason.NOBODY_NAMED)
    number = said.values.get("customer_number")
    if number and not is_employer and known.by_number.get(number, card) is not card:
        raise WrongRow(WrongReason.NUMBER_TAKEN, number=number)
    if said.key and card and not is_employer:
        key = card.values["external_key"]
        ours = own_key(known.own, Party.ORGANISATION, card.id) if card.id is not None else ""
        if key and said.key not in {key, ours}:
            raise WrongRow(WrongReason.OTHER_KEY, key=said.key, other=key)


def _require_name(values: Mapping[str, Any]) -> None:
    if not values.get("family_name") and not values.get("given_name"):
        raise WrongRow(WrongReason.NOBODY_NAMED)


def _mail_domain(row: SaidRow) -> str:
    """Return the domain of the person's address if it is the organisation's: its name is in it."""
    if row.person is None or row.organisation is None:
        return ""
    for one in row.person.of("email_address"):
        domain = domain_of(one["key"])
        if domain and _fits(row.organisation.values.get("name", ""), domain):
            return domain
    return ""


@lru_cache(maxsize=4096)
def domain_of(key: str) -> str | None:
    """Return the domain of an address in look-up form, if an organisation can have it alone."""
    address = Address.parse(key)
    return address.private_domain if address else None


@lru_cache(maxsize=4096)
def _fits(name: str, domain: str) -> bool:
    """Tell whether a domain is of an organisation's name: its first long word, or the letters of its words.

    >>> _fits("Muster & Söhne AG", "muster-soehne.ch"), _fits("Muster AG", "meier.name")
    (True, False)
    """
    label = "".join(c for c in domain.partition(".")[0] if c.isalnum())
    words = sort_key(name).split()
    if not words:
        return False
    spelt = sort_key(name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")).split()
    firsts = {word for word in (words[0], spelt[0]) if len(word) >= 4}
    return label in {"".join(words[:count]) for count in range(1, 4)} or any(word in label for word in firsts)


def _with_domain(said: Said, domain: str, known: Known) -> Said:
    """Return what is said of an organisation that is made, with the domain of its first person."""
    if not domain or domain in known.by_domain or said.of("organisation_domain"):
        return said
    added = (*said.belongings, ("organisation_domain", {"domain": domain}))
    return Said(said.key, said.values, added, said.parent)


def _person_name(said: Said) -> str:
    return person_sort_key(said.values.get("family_name", ""), said.values.get("given_name", ""))


def _name_of(card: Card) -> str:
    return person_sort_key(card.values["family_name"], card.values["given_name"])
