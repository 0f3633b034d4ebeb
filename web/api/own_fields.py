"""Own fields: which there are, and defining, changing and taking them away."""

from typing import Annotated

from aiohttp import web
from pydantic import Field, ValidationInfo, field_validator

from storage import own_fields
from storage.correspondents import Party
from storage.own_fields import LONGEST_CHOICE, MOST_CHOICES, OwnField, OwnFieldKind
from web.api.fields import Answer, Given, Needed, changes_of, wrong
from web.api.operation import Area, checked
from web.api.problem import Problem, wrong_field
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("own-fields", "Fields that the firm defined for its organisations and persons.")
_CALLED_SO = "Another field is called so."


class OwnFieldAnswer(Answer):
    """A field that the firm defined; *choices* where its kind is a choice."""

    id: int
    party: Party
    name: str
    kind: OwnFieldKind
    choices: list[str]
    place: int
    archived: bool


class OwnFieldList(Answer):
    """All own fields."""

    rows: list[OwnFieldAnswer]


Choices = Annotated[list[Annotated[Needed, Field(max_length=LONGEST_CHOICE)]], Field(max_length=MOST_CHOICES)]


class _Fields(Given):
    name: Needed = Field(max_length=100)
    place: int = Field(0, ge=0, le=999_999, description="fields with a smaller number stand first")


class NewOwnField(_Fields):
    """A field of organisations or of persons; a choice has *choices*, no other kind has any."""

    party: Party = Field(strict=False)
    kind: OwnFieldKind = Field(strict=False)
    choices: Choices = Field([], validate_default=True)

    @field_validator("choices")
    @classmethod
    def _of_kind(cls, choices: list[str], fields: ValidationInfo) -> list[str]:
        if (kind := fields.data.get("kind")) and bool(choices) is not (kind is OwnFieldKind.CHOICE):
            raise wrong("A choice has at least one of them, no other kind has any.")
        return list(dict.fromkeys(choices))


class OwnFieldFields(_Fields):
    """What of a field may be changed: a choice that is taken out stays where it was chosen."""

    choices: Choices = Field([])
    archived: bool = Field(False, description="not filled in any more; what was filled in stays")


OwnFieldChanges = changes_of(OwnFieldFields)


@area.operation("GET", "/own-fields", Right.READ)
async def list_own_fields(request: web.Request) -> OwnFieldList:
    """List the fields that the firm defined, archived ones too"""
    return OwnFieldList(rows=[OwnFieldAnswer.model_validate(one) for one in await own_fields.all_fields()])


@area.operation("GET", "/own-fields/{field}", Right.READ)
async def show_own_field(request: web.Request) -> OwnFieldAnswer:
    """Show a field that the firm defined"""
    return OwnFieldAnswer.model_validate(await _field(request))


@area.operation("POST", "/own-fields", Right.ADMINISTER, status=201, problems=[409])
async def define_own_field(request: web.Request, body: NewOwnField) -> OwnFieldAnswer:
    """Define a field; its party and kind cannot be changed later"""
    try:
        made = await own_fields.define(body.model_dump(), staff_id=request[STAFF].id)
    except own_fields.NameTaken:
        raise wrong_field("/name", _CALLED_SO, status=409) from None
    return OwnFieldAnswer.model_validate(made)


@area.operation("PATCH", "/own-fields/{field}", Right.ADMINISTER, body=OwnFieldChanges, problems=[409])
async def change_own_field(request: web.Request, body: Given) -> OwnFieldAnswer:
    """Name, order or archive a field otherwise, or give it other choices"""
    row = await _field(request)
    known = {name: getattr(row, name) for name in ("name", "place", "choices", "archived")}
    values = known | body.model_dump(exclude_unset=True)
    checked(NewOwnField, {**{name: values[name] for name in known if name != "archived"},
                          "party": row.party, "kind": row.kind})  # fmt: skip
    values["choices"] = list(dict.fromkeys(values["choices"]))
    try:
        await own_fields.redefine(row, values, staff_id=request[STAFF].id)
    except own_fields.NameTaken:
        raise wrong_field("/name", _CALLED_SO, status=409) from None
    return OwnFieldAnswer.model_validate(row)


@area.operation("DELETE", "/own-fields/{field}", Right.ADMINISTER, status=204, problems=[409])
async def remove_own_field(request: web.Request) -> None:
    """Take away a field that nobody has filled in; any other one can be archived"""
    try:
        await own_fields.remove(await _field(request), staff_id=request[STAFF].id)
    except own_fields.FilledIn:
        raise Problem(409, "It is filled in somewhere: archive it instead.") from None


async def _field(request: web.Request) -> OwnField:
    return found(await own_fields.field(id_in(request, "field")))
