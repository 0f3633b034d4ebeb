"""Persons: list, enter, show, correct."""

from datetime import date, datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field, field_validator
from pydantic_core.core_schema import ValidationInfo

from storage import directory, directory_edits, moving
from storage.correspondents import Party, Person
from storage.directory import PersonLine
from storage.listing import Order
from storage.moving import EndsBeforeItBegan, Move
from storage.salutations import greeting
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
    Id,
    Interests,
    Language,
    Line,
    Lines,
    OwnValues,
    Page,
    Rows,
    changes_of,
    wrong,
)
from web.api.list_queries import PersonSearch, wanted_in
from web.api.operation import Area, checked
from web.api.own_values import by_name, put_ids
from web.api.problem import wrong_field
from web.api.references import must_exist
from web.config import CONFIG
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
    interests: Interests = Field([])
    own_fields: OwnValues = Field({}, description="what the firm defined itself, by the name of the field")
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


class NewEmployer(Given):
    """Where somebody works from a day on; what they did until then ends the day before."""

    organisation_id: Id
    function: Line = Field("", max_length=200)
    since: Annotated[date, Field(ge=date(1800, 1, 1))]


PersonChanges = changes_of(PersonFields)


class PersonSummary(Answer):
    """A person as lists show them, with the roles of today."""

    id: int
    name: str
    given_name: str
    family_name: str
    external_key: str | None
    language: str
    interests: list[str]
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
    greeting: str
    language: str
    external_key: str | None
    interests: list[str]
    own_fields: dict[str, str | int | float]
    note: str
    emails: Rows[Email]
    phones: Rows[Phone]
    postal_addresses: Rows[PostalAddress]
    roles: Rows[RoleOfPerson]
    created_at: datetime
    changed_at: datetime


@area.operation("GET", "/persons", Right.READ)
async def list_persons(request: web.Request, query: PersonSearch) -> PersonPage:
    """List persons; q: words of names, addresses and organisations"""
    wanted = await wanted_in(query, Party.PERSON)
    listed = await directory.persons(
        wanted=wanted, order=Order(query.sort.value), after=query.after, most=query.limit
    )
    return PersonPage(rows=[summary(line) for line in listed.lines], after=listed.after)


@area.operation("POST", "/persons", Right.EDIT, status=201, problems=[409])
async def add_person(request: web.Request, body: NewPerson) -> PersonInFull:
    """Enter a person, with what belongs to them"""
    values, belongings = given_rows(body)
    await put_ids(Party.PERSON, values, {})
    for number, role in enumerate(body.roles):
        await must_exist(role.model_dump(), below=f"/roles/{number}")
    made = await directory_edits.add(
        Person, values, staff_id=request[STAFF].id, belongings=belongings, country=request.app[CONFIG].country
    )
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
    await put_ids(Party.PERSON, changes, person.own_fields)
    await directory_edits.change(Person, person.id, changes, staff_id=request[STAFF].id)
    return await _in_full(person.id)


@area.operation("POST", "/persons/{person}/move", Right.EDIT, problems=[409])
async def move_person(request: web.Request, body: NewEmployer) -> PersonInFull:
    """Let a person change employer: the roles of today end with their addresses there, the new one begins"""
    person = found(await directory.person(id_in(request, "person")))
    await must_exist(body.model_dump())
    ending = [role for role in person.roles if role.until is None]
    lost = await moving.addresses_of_employers(person, [role.organisation_id for role in ending])
    its = Move(
        body.organisation_id,
        body.function,
        body.since,
        frozenset(role.id for role in ending),
        frozenset(lost),
    )
    try:
        await moving.move(person.id, its, staff_id=request[STAFF].id)
    except EndsBeforeItBegan as error:
        raise wrong_field("/since", f"Something that would end began on {error.since}.", status=409) from None
    return await _in_full(person.id)


async def _in_full(person_id: int) -> PersonInFull:
    row = found(await directory.person(person_id))
    row.own_fields = await by_name(Party.PERSON, row.own_fields)  # of this answer only
    row.greeting = greeting(row)
    return PersonInFull.model_validate(row)


def summary(line: PersonLine) -> PersonSummary:
    """Return a person as lists show them."""
    row = line.person
    return PersonSummary(
        id=row.id,
        name=row.name,
        given_name=row.given_name,
        family_name=row.family_name,
        external_key=row.external_key,
        language=row.language,
        interests=row.interests,
        email=line.email,
        roles=[RoleOfPerson.model_validate(role) for role in line.roles],
        last_contact=line.last_contact,
    )
