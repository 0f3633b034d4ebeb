"""Which addresses and numbers do the cells of a row hold?  A value that comes again begins the next of its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.correspondents.columns import Column
from ingest.correspondents.said import WrongReason, WrongRow
from ingest.correspondents.values import country_in, day_in, kind_in, number_key
from mail.address import Address
from mail.registered_numbers import registered_number
from storage.correspondents import NumberKind, PhoneKind

Cells = Sequence[tuple[Column, str, str]]
_Belonging = tuple[str, dict[str, Any]]
_EMAIL = {Column.EMAIL: "email", Column.EMAIL_SINCE: "since", Column.EMAIL_UNTIL: "until"}
_PHONE = {
    Column.PHONE_KIND: "kind", Column.PHONE: "number", Column.MOBILE: "number", Column.PRIVATE_PHONE: "number",
    Column.FAX: "number", Column.PHONE_SINCE: "since", Column.PHONE_UNTIL: "until",
}  # fmt: skip
_ADDRESS = {
    Column.STREET: "street", Column.POSTCODE: "postcode", Column.PLACE: "place", Column.COUNTRY: "country",
    Column.ADDRESS_SINCE: "since", Column.ADDRESS_UNTIL: "until",
}  # fmt: skip
_HOME = {
    Column.HOME_STREET: "street", Column.HOME_POSTCODE: "postcode", Column.HOME_PLACE: "place",
    Column.HOME_COUNTRY: "country",
}  # fmt: skip
_FORMER = {Column.FORMER_NAME: "name", Column.FORMER_NAME_UNTIL: "until"}
_SHORT = {Column.SHORT_NAME: "name", Column.SHORT_NAME_UNTIL: "until"}
_KIND_OF = {
    Column.MOBILE: PhoneKind.MOBILE, Column.PRIVATE_PHONE: PhoneKind.PRIVATE, Column.FAX: PhoneKind.FAX,
}  # fmt: skip
_PLACES = {
    column: (group, name)
    for group, names in (
        ("email", _EMAIL), ("phone", _PHONE), ("address", _ADDRESS), ("home", _HOME), ("former", _FORMER),
        ("short", _SHORT),
    )
    for column, name in names.items()
}  # fmt: skip
_LONGEST_DOMAIN = 255
_LONGEST = {"street": 300, "postcode": 20, "place": 200, "number": 60, "email": 320, "name": 300}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What belongs to the correspondent of a row."""

    reach: tuple[_Belonging, ...] = ()
    domains: tuple[_Belonging, ...] = ()
    names: tuple[_Belonging, ...] = ()
    numbers: tuple[_Belonging, ...] = ()

    @property
    def of_person(self) -> tuple[_Belonging, ...]:
        """What a person can have."""
        return self.reach

    @property
    def of_organisation(self) -> tuple[_Belonging, ...]:
        """What an organisation can have."""
        return (*self.reach, *self.domains, *self.numbers, *self.names)

    @property
    def of_employer(self) -> "Gathered":
        """What a person's row tells of where they work: by what it is known."""
        return Gathered(domains=self.domains, numbers=self.numbers)


@dataclass(slots=True)
class _Parts:
    """The parts of addresses or numbers as they come; *kind* is of the column where the number stood."""

    found: list[dict[str, Any]] = field(default_factory=list)

    def take(self, name: str, value: str, kind: PhoneKind | None = None) -> None:
        """Take a part: of the one at hand, or of the next where this has it already."""
        begins_anew = name in {"kind", "number"} and self.found and "number" in self.found[-1]
        if not self.found or name in self.found[-1] or (begins_anew and name == "kind"):
            self.found.append({})
        self.found[-1][name] = value
        if kind:
            self.found[-1].setdefault("kind", kind)


def gathered(cells: Cells, *, country: str, exact: bool) -> Gathered:
    """Return the ways to reach somebody that cells hold.  WrongRow."""
    parts = {name: _Parts() for name in ("email", "phone", "address", "home", "former", "short")}
    for column, _, value in cells:
        if place := _PLACES.get(column):
            parts[place[0]].take(place[1], value, _KIND_OF.get(column))
    addresses = [_address(one, exact) for group in ("address", "home") for one in parts[group].found]
    # Of a file of ours a number is read as it was: without the country of today's address.
    dialled_in = "" if exact else next((one["country"] for _, one in addresses if one["country"]), "")
    emails = [_email(one) for one in parts["email"].found if "email" in one]
    phones = [_phone(one, dialled_in or country) for one in parts["phone"].found if "number" in one]
    return Gathered(
        (*emails, *phones, *(one for one in addresses if _is_any(one))),
        tuple(_domains(cells, exact)),
        (*_names(parts["former"], is_short=False), *_names(parts["short"], is_short=True)),
        tuple(_numbers(cells)),
    )


def _names(parts: _Parts, *, is_short: bool) -> list[_Belonging]:
    named = [one for one in parts.found if "name" in one]
    for one in named:
        _require_length("name", one["name"])
    return [("former_name", _with_days(one, name=one["name"], is_short=is_short)) for one in named]


def _numbers(cells: Cells) -> list[_Belonging]:
    """Return the IBANs, UIDs and VAT numbers, each once.  WrongRow where one fails its check digits."""
    found: dict[str, _Belonging] = {}
    for column, _, value in cells:
        if column is Column.REGISTERED_NUMBER:
            if (number := registered_number(value)) is None:
                raise WrongRow(WrongReason.NO_REGISTERED_NUMBER, value=value[:80])
            found[number[1]] = "organisation_number", {"kind": NumberKind(number[0]), "value": number[1]}
    return list(found.values())


def _email(one: Mapping[str, str]) -> _Belonging:
    address = Address.parse(one["email"])
    if address is None or max(len(address.key), len(one["email"])) > _LONGEST["email"]:
        raise WrongRow(WrongReason.NO_EMAIL, value=one["email"][:80])
    return "email_address", _with_days(one, key=address.key, written=str(address))


def _phone(one: Mapping[str, str], country: str) -> _Belonging:
    written = one["number"]
    _require_length("number", written)
    key = number_key(written, country)
    if not any(c.isdigit() for c in key):
        raise WrongRow(WrongReason.NO_PHONE, value=written[:80])
    kind = {"kind": kind_in(one["kind"])} if "kind" in one else {}
    return "phone_number", _with_days(one, key=key, written=written, **kind)


def _address(one: Mapping[str, str], exact: bool) -> _Belonging:
    country = one.get("country", "")
    if country and not (exact and len(country) == 2):
        country = country_in(country)
    for name in ("street", "postcode", "place"):
        _require_length(name, one.get(name, ""))
    told = {name: one.get(name, "") for name in ("street", "postcode", "place")}
    return "postal_address", _with_days(one, **told, country=country)


def _is_any(address: _Belonging) -> bool:
    """Tell whether an address is one: a country alone is none."""
    return any(address[1][name] for name in ("street", "postcode", "place"))


def _with_days(one: Mapping[str, str], **values: Any) -> dict[str, Any]:
    days = {name: day_in(one[name]) for name in ("since", "until") if one.get(name)}
    return {**values, **days}


def _domains(cells: Cells, exact: bool) -> list[_Belonging]:
    found: list[_Belonging] = []
    for column, _, value in cells:
        if column is Column.DOMAIN and exact:
            found.append(("organisation_domain", {"domain": value}))
        elif column is Column.DOMAIN:
            host = value.strip().lower().partition("://")[2] or value.strip().lower()
            host = host.partition("/")[0].rpartition("@")[2].partition(":")[0].removeprefix("www.")
            address = Address.parse(f"postmaster@{host}") if host else None
            domain = address.private_domain if address else None
            if domain and len(domain) <= _LONGEST_DOMAIN:
                found.append(("organisation_domain", {"domain": domain}))
    return found


def _require_length(name: str, value: str) -> None:
    if len(value) > _LONGEST[name]:
        raise WrongRow(WrongReason.VALUE_TOO_LONG, value=value[:80], most=str(_LONGEST[name]))
