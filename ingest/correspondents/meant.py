"""Whom does a row mean, of those who are entered?

A correspondent is found by its external key, else a person by the e-mail address and an organisation
by customer number, by IBAN, UID or VAT number, or by name and domain.

Nobody is taken for somebody who only shares a name, and where several fit, for none of them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ingest.correspondents.said import Said, SaidRow, WrongReason, WrongRow
from mail.address import Address
from storage.cards import Card
from storage.correspondents import Party
from storage.known_cards import Known
from storage.sort_keys import person_sort_key, sort_key


def person_meant(row: SaidRow, known: Known) -> Card | None:
    """Return the person whom a row means; None if they are new.  WrongRow where its key is somebody else's."""
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
    named = known.by_name.get((Party.PERSON, person_name(said)), [])
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
    same = [card for card in alike if person_name(said) == _name_of(card)]
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
    meant = organisation_meant(row.organisation, known, "")
    return meant is not None and meant in employers


def organisation_meant(said: Said, known: Known, mail_domain: str) -> Card | None:
    """Return the organisation that is meant; *mail_domain* is that of its person. None if it is new."""
    if said.key and (card := known.by_key.get((Party.ORGANISATION, said.key))):
        return card
    number = said.values.get("customer_number")
    if number and (card := known.by_number.get(number)):
        return card
    registered = {id(card): card for card in map(known.by_registered.get, registered_in(said)) if card}
    if card := _alone(list(registered.values())):
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


def registered_in(said: Said) -> list[str]:
    """Return the IBANs, UIDs and VAT numbers that are said of an organisation."""
    return [one["value"] for one in said.of("organisation_number")]


def _domains(card: Card) -> set[str]:
    return {one.values["domain"] for one in card.of("organisation_domain")}


def _alone(cards: list[Card]) -> Card | None:
    return cards[0] if len(cards) == 1 else None


def mail_domain_of(row: SaidRow) -> str:
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


def person_name(said: Said) -> str:
    """Return by what somebody of this name is looked up."""
    return person_sort_key(said.values.get("family_name", ""), said.values.get("given_name", ""))


def _name_of(card: Card) -> str:
    return person_sort_key(card.values["family_name"], card.values["given_name"])
