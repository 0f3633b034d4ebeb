"""Persons: list, enter, show, correct."""

from datetime import datetime

from aiohttp import web
from pydantic import Field, field_validator
from pydantic_core.core_schema import ValidationInfo

from storage import directory, directory_edits
from storage.correspondents import Person
from storage.directory import PersonLine
from storage.duplicates import Party
from web.api.belongings import (
    Email,
    NewEmail,
    NewPhone,
    NewPostalAddress,
    NewRole,
    Phone,
    PostalAddress,
    RoleOfPerson,
    given_rows,
)
from web.api.fields import (
    Answer,
    ExternalKey,
    Given,
    Language,
    Line,
    Lines,
    Page,
    Rows,
    Search,
    changes_of,
    wrong,
)
from web.api.operation import Area, checked
from web.api.references import must_exist
from web.found import found, id_in
from web.merged import standing_for
from web.rights import Right
from web.session import STAFF

area = Area("persons", "Human beings the firm is in contact with.")


class PersonFields(Given):
    """What is known of a person; a given or a family name is needed."""

    title: Line = Field("", max_length=100)
    given_name: Line = Field("", max_length=150)
    family_name: Line = Field("", max_length=150, validate_default=True)
    salutation: Line = Field("", max_length=100)
    language: Language = ""
    external_key: ExternalKey | None = Field(None, description="what another program calls them")
    note: Lines = ""

    @field_validator("family_name")
    @classmethod
    def _named(cls, family_name: str, fields: ValidationInfo) -> str:
        if not family_name and not fields.data.get("given_name"):
            raise wrong("Give a given or a family name.")
        return family_name


class NewPerson(PersonFields):
    """A person, and what belongs to them from the start."""

    emails: list[NewEmail] = Field([], max_length=50)
    phones: list[NewPhone] = Field([], max_length=50)
    postal_addresses: list[NewPostalAddress] = Field([], max_length=50)
    roles: list[NewRole] = Field([], max_length=50)


PersonChanges = changes_of(PersonFields)


class PersonSummary(Answer):
    """A person as lists show them, with the roles of today."""

    id: int
    name: str
    given_name: str
    family_name: str
    external_key: str | None
    email: str
    roles: list[RoleOfPerson]
    last_contact: datetime | None


class PersonPage(Page):
    """A page of persons."""

    rows: list[PersonSummary]


class PersonInFull(Answer):
    """A person with all that belongs to them."""

    id: int
    name: str
    title: str
    given_name: str
    family_name: str
    salutation: str
    language: str
    external_key: str | None
    note: str
    emails: Rows[Email]
    phones: Rows[Phone]
    postal_addresses: Rows[PostalAddress]
    roles: Rows[RoleOfPerson]
    created_at: datetime
    changed_at: datetime


@area.operation("GET", "/persons", Right.READ)
async def list_persons(request: web.Request, query: Search) -> PersonPage:
    """List persons by family name; q: words of names, addresses and organisations"""
    listed = await directory.persons(text=query.q, after=query.after, most=query.limit)
    return PersonPage(rows=[summary(line) for line in listed.lines], after=listed.after)


@area.operation("POST", "/persons", Right.EDIT, status=201, problems=[409])
async def add_person(request: web.Request, body: NewPerson) -> PersonInFull:
    """Enter a person, with what belongs to them"""
    values, belongings = given_rows(body)
    for number, role in enumerate(body.roles):
        await must_exist(role.model_dump(), below=f"/roles/{number}")
    made = await directory_edits.add(Person, values, staff_id=request[STAFF].id, belongings=belongings)
    return await _in_full(made.id)


@area.operation("GET", "/persons/{person}", Right.READ)
async def show_person(request: web.Request) -> PersonInFull:
    """Show a person with all that belongs to them; of one that was merged, the one that stayed"""
    return await _in_full(await standing_for(Party.PERSON, id_in(request, "person")))


@area.operation("PATCH", "/persons/{person}", Right.EDIT, body=PersonChanges, problems=[409])
async def correct_person(request: web.Request, body: Given) -> PersonInFull:
    """Correct a person: the fields that are given, all others stay"""
    person = found(await directory.person(id_in(request, "person")))
    changes = body.model_dump(exclude_unset=True)
    names = {name: getattr(person, name) for name in ("given_name", "family_name")}
    checked(PersonFields, {name: changes.get(name, known) for name, known in names.items()})
    await directory_edits.change(Person, person.id, changes, staff_id=request[STAFF].id)
    return await _in_full(person.id)


async def _in_full(person_id: int) -> PersonInFull:
    return PersonInFull.model_validate(found(await directory.person(person_id)))


def summary(line: PersonLine) -> PersonSummary:
    """Return a person as lists show them."""
    row = line.person
    return PersonSummary(
        id=row.id,
        name=row.name,
        given_name=row.given_name,
        family_name=row.family_name,
        external_key=row.external_key,
        email=line.email,
        roles=[RoleOfPerson.model_validate(role) for role in line.roles],
        last_contact=line.last_contact,
    )
