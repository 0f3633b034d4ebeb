"""How are organisations and persons entered and corrected?  Each change is kept with what was before."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from tortoise.exceptions import IntegrityError
from tortoise.models import Model

from mail.address import Address
from mail.registered_numbers import registered_number
from storage import trail
from storage.audit import record_change
from storage.connect import transaction
from storage.correspondents import (
    KEPT_BY_DATABASE,
    EmailAddress,
    FormerName,
    Organisation,
    OrganisationDomain,
    OrganisationNumber,
    Person,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.phones import phone_key

_Row = TypeVar("_Row", bound=Model)
_UNIQUE: Mapping[type[Model], tuple[str, ...]] = {
    Organisation: ("customer_number", "external_key"),
    Person: ("external_key",),
    OrganisationDomain: ("domain",),
    OrganisationNumber: ("value",),
}
BELONGINGS: Mapping[str, type[Model]] = {
    "roles": Role,
    "emails": EmailAddress,
    "phones": PhoneNumber,
    "postal-addresses": PostalAddress,
    "domains": OrganisationDomain,
    "numbers": OrganisationNumber,
    "former-names": FormerName,
}


Belonging = tuple[type[Model], Mapping[str, Any]]


class Taken(ValueError):
    """Another row has this value already, and only one may; *field* names it."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is taken")
        self.field = field


async def add(
    model: type[_Row],
    values: Mapping[str, Any],
    *,
    staff_id: int | None,
    belongings: Iterable[Belonging] = (),
    country: str = "CH",
) -> _Row:
    """Enter an organisation or person, with what belongs to it; or one belonging of one.

    A telephone number without a country code is one of where they are, or else of *country*.
    Taken if a value must be unique and is not.
    """
    row = model(**{**values, **await _looked_up_by(model, values, country)})
    rows: list[Model] = [row]
    async with _unique_values(rows), transaction():
        await _create(row, staff_id)
        for kind, its_values in belongings:
            owned = {f"{model._meta.db_table}_id": row.pk, **its_values}
            rows.append(kind(**{**owned, **await _looked_up_by(kind, owned, country)}))
            await _create(rows[-1], staff_id)
    return row


async def not_taken(belongings: Iterable[Belonging]) -> list[Belonging]:
    """Return belongings but the registered numbers that another organisation has already."""
    return [
        (model, values)
        for model, values in belongings
        if model is not OrganisationNumber
        or not await OrganisationNumber.exists(kind=values["kind"], value=values["value"])
    ]


async def _create(row: Model, staff_id: int | None) -> None:
    await row.save()
    trail.made(row)
    await record_change(row._meta.db_table, row.pk, staff_id=staff_id, before={}, after=_as_json(_plain(row)))


async def change(
    model: type[_Row], row_id: int, values: Mapping[str, Any], *, staff_id: int | None, country: str = "CH"
) -> _Row | None:
    """Correct a row and return it; None if it is gone, Taken as for `add`."""
    row = await model.get_or_none(pk=row_id)
    if row is None:
        return None
    before = _plain(row)
    owner: dict[str, Any] = {
        name: before[name] for name in ("person_id", "organisation_id") if name in before
    }
    row.update_from_dict({**values, **await _looked_up_by(model, {**owner, **values}, country)})
    after = _plain(row)
    if changed := {name for name in after if after[name] != before[name]}:
        async with _unique_values([row]), transaction():
            await row.save()
            await record_change(
                model._meta.db_table,
                row_id,
                staff_id=staff_id,
                before=_as_json({name: before[name] for name in changed}),
                after=_as_json({name: after[name] for name in changed}),
            )
    return row


async def remove(model: type[Model], row_id: int, *, staff_id: int | None) -> bool:
    """Remove what was entered by mistake; what it was stays in the journal.  False if it is gone."""
    row = await model.get_or_none(pk=row_id)
    if row is None:
        return False
    async with transaction():
        await row.delete()
        await record_change(
            model._meta.db_table, row_id, staff_id=staff_id, before=_as_json(_plain(row)), after={}
        )
    return True


async def is_below(organisation_id: int, above_id: int) -> bool:
    """Tell whether an organisation is another one, or belongs to it through any number of others."""
    seen: set[int] = set()
    number: int | None = organisation_id
    while number is not None and number not in seen:
        if number == above_id:
            return True
        seen.add(number)
        row = await Organisation.get_or_none(id=number).only("id", "parent_id")
        number = row.parent_id if row else None
    return False


async def belonging(model: type[_Row], row_id: int, owner: str, owner_id: int) -> _Row | None:
    """Return a row that belongs to the *owner* ("person" or "organisation") with that id, or None."""
    query = model.filter(**{"pk": row_id, f"{owner}_id": owner_id})
    return await (query.select_related("person", "organisation") if model is Role else query).first()


async def _looked_up_by(model: type[Model], values: Mapping[str, Any], country: str) -> dict[str, str]:
    """Return the look-up form of an address or number that is among *values*; of a registered one its kind."""
    written = values.get("written")
    if model is EmailAddress and written is not None:
        address = Address.parse(written)
        return {"key": address.key if address else written.lower()}
    if model is PhoneNumber and written is not None:
        return {"key": phone_key(written, await _country_of(values) or country)}
    if model is Role:
        return {"source": ""}  # somebody says so, whatever a file said
    if model is OrganisationNumber and (found := registered_number(values.get("value", ""))):
        return {"kind": found[0], "value": found[1]}
    return {}


async def _country_of(values: Mapping[str, Any]) -> str | None:
    """Return the country where whose number it is has an address today, or their employer has."""
    person_id, organisation_id = values.get("person_id"), values.get("organisation_id")
    today = PostalAddress.filter(until__isnull=True).exclude(country="").order_by("id")
    if person_id is not None:
        if own := await today.filter(person_id=person_id).first():
            return own.country
        role = await Role.filter(person_id=person_id, until__isnull=True).order_by("id").first()
        organisation_id = role.organisation_id if role else None
    found = await today.filter(organisation_id=organisation_id).first() if organisation_id else None
    return found.country if found else None


@asynccontextmanager
async def _unique_values(rows: Sequence[Model]) -> AsyncIterator[None]:
    """Say which value was taken, where the database only says that one was."""
    try:
        yield
    except IntegrityError:
        for row in rows:
            if field := await _taken_field(row):
                raise Taken(field) from None
        raise


async def _taken_field(row: Model) -> str | None:
    for field in _UNIQUE.get(type(row), ()):
        value = getattr(row, field)
        if value is None:
            continue
        if await type(row).filter(**{field: value}).exclude(pk=row.pk or 0).exists():
            return field
    return None


def _plain(row: Model) -> dict[str, Any]:
    """Return the row's own values by column, without times that the database sets."""
    columns = row._meta.fields_db_projection
    return {
        name: getattr(row, name)
        for name in columns
        if name
        not in {"id", "created_at", "changed_at", "sort_key", "function_key", "source"} | KEPT_BY_DATABASE
    }


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _json_value(value) for name, value in values.items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
