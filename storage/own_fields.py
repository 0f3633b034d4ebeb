"""Which fields has the firm given its organisations and persons, beside those that all have?

A row's values stand in its `own_fields` under the id of the field, so that a field may be called
otherwise later.  An archived field is not filled in any more; what was, stays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage import audit
from storage.by_hand import place
from storage.connect import dialect, rows, transaction
from storage.correspondents import Party

LONGEST_TEXT = 300
MOST_CHOICES, LONGEST_CHOICE = 200, 100
MOST_DIGITS = 15  # what a float of JSON keeps


class OwnFieldKind(StrEnum):
    """What an own field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class OwnField(Model):
    """A field that the firm defined: *place* is where it stands among the others."""

    id = fields.BigIntField(primary_key=True)
    party = fields.CharEnumField(Party, max_length=12)
    name = fields.CharField(max_length=100)
    kind = fields.CharEnumField(OwnFieldKind, max_length=10)
    choices: Any = fields.JSONField(default=list)
    place = fields.IntField(default=0)
    archived = fields.BooleanField(default=False)

    class Meta:
        table = "own_field"
        unique_together = (("party", "name"),)
        indexes = (Index(fields=("party", "place", "id")),)


class WrongValue(ValueError):
    """A value is none of its field's kind."""


class NameTaken(ValueError):
    """Another own field of organisations, or of persons, is called so."""


class FilledIn(ValueError):
    """Somebody has a value in the field: it can be archived, not taken away."""


async def fields_of(party: Party, *, archived: bool = False) -> Sequence[OwnField]:
    """Return the own fields of organisations or persons in their order; with *archived* all of them."""
    found = OwnField.filter(party=party)
    return await (found if archived else found.filter(archived=False)).order_by("place", "id")


async def all_fields() -> Sequence[OwnField]:
    """Return every own field, those of organisations first."""
    return await OwnField.all().order_by("party", "archived", "place", "id")


async def by_name() -> dict[tuple[Party, str], OwnField]:
    """Return every own field by whose it is and its name in small letters."""
    return {(one.party, one.name.casefold()): one for one in await all_fields()}


async def names() -> dict[str, str]:
    """Return what own fields are called, by the key under which rows have their values."""
    return {str(one.id): one.name for one in await all_fields()}


async def field(field_id: int) -> OwnField | None:
    """Return an own field, or None."""
    return await OwnField.get_or_none(id=field_id)


async def define(values: Mapping[str, Any], *, staff_id: int) -> OwnField:
    """Define an own field.  NameTaken if there is one of this name."""
    async with transaction():
        await _require_free(values["party"], values["name"], but=0)
        row = await OwnField.create(**values)
        await audit.record("own-field-defined", staff_id=staff_id, subject="own_field", subject_id=row.id)
    return row


async def redefine(row: OwnField, values: Mapping[str, Any], *, staff_id: int) -> None:
    """Name, order or archive a field otherwise, or give it other choices; its kind and party stay."""
    before = {name: getattr(row, name) for name in values}
    async with transaction():
        await _require_free(row.party, values["name"], but=row.id)
        row.update_from_dict(dict(values))
        await row.save()
        await audit.record_change("own_field", row.id, staff_id=staff_id, before=before, after=dict(values))


async def remove(row: OwnField, *, staff_id: int) -> None:
    """Take away a field that was defined by mistake.  FilledIn if anybody has a value in it."""
    async with transaction():
        if await _is_filled_in(row):
            raise FilledIn(row.name)
        await row.delete()
        was = {name: getattr(row, name) for name in ("party", "name", "kind", "choices", "place", "archived")}
        await audit.record_change("own_field", row.id, staff_id=staff_id, before=was, after={})


async def _is_filled_in(row: OwnField) -> bool:
    has = (
        f"json_type(own_fields, {place(1)}) IS NOT NULL"
        if dialect() == "sqlite"
        else f"jsonb_exists(own_fields, {place(1)})"
    )
    key = f'$."{row.id}"' if dialect() == "sqlite" else str(row.id)
    return bool(await rows(f"SELECT 1 FROM {row.party.value} WHERE {has} LIMIT 1", [key]))  # noqa: S608 - ours


async def _require_free(party: Party, name: str, *, but: int) -> None:
    if await OwnField.filter(party=party, name=name).exclude(id=but).exists():
        raise NameTaken(name)


def value_of(one: OwnField, text: str) -> str | int | float | None:
    """Return what *text* says for a field, as rows keep it; None where it is empty.

    A number is a JSON number, a date its ISO 8601 form.  WrongValue if it is none.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if one.kind is OwnFieldKind.NUMBER:
        return _number(text)
    if one.kind is OwnFieldKind.DATE:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise WrongValue(text) from error
    if len(text) > LONGEST_TEXT or (one.kind is OwnFieldKind.CHOICE and text not in one.choices):
        raise WrongValue(text)
    return text


def _number(text: str) -> int | float:
    try:
        number = Decimal(
            text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace(",", ".")
        )
    except InvalidOperation as error:
        raise WrongValue(text) from error
    if (
        not number.is_finite()
        or abs(number) >= 10**MOST_DIGITS
        or len(number.as_tuple().digits) > MOST_DIGITS
    ):
        raise WrongValue(text)
    return int(number) if number == number.to_integral_value() else float(number)


def changed(known: Mapping[str, Any], values: Mapping[int, Any]) -> dict[str, Any]:
    """Return a row's values with others put in their place; None takes one away."""
    merged = {**known, **{str(field_id): value for field_id, value in values.items()}}
    return {field_id: value for field_id, value in merged.items() if value is not None}
