"""Organisations: list, enter, show, correct."""

from datetime import datetime
from typing import Any

from aiohttp import web
from pydantic import Field

from storage import directory, directory_edits
from storage.correspondents import Organisation, Party
from storage.directory import OrganisationLine
from web.api.belongings import (
    Domain,
    Email,
    FormerName,
    NewDomain,
    NewEmail,
    NewFormerName,
    NewNumber,
    NewPhone,
    NewPostalAddress,
    Number,
    Phone,
    PostalAddress,
    RoleAtOrganisation,
    given_rows,
)
from web.api.fields import (
    Answer,
    ExternalKey,
    Given,
    Id,
    Interests,
    Key,
    Language,
    Line,
    Lines,
    Named,
    Needed,
    OwnValues,
    Page,
    Rows,
    changes_of,
)
from web.api.list_queries import OrganisationSearch, wanted_in
from web.api.operation import Area
from web.api.own_values import by_name, put_ids
from web.api.problem import wrong_field
from web.api.references import must_exist
from web.config import CONFIG
from web.found import found, id_in
from web.merged import standing_for
from web.rights import Right
from web.session import STAFF

area = Area("organisations", "Firms, authorities, associations.")


class OrganisationFields(Given):
    """What is known of an organisation itself."""

    name: Needed = Field(max_length=300)
    legal_form: Line = Field("", max_length=50)
    customer_number: Key | None = None
    external_key: ExternalKey | None = Field(None, description="what another program calls it")
    industry: Line = Field("", max_length=200)
    interests: Interests = Field([])
    language: Language = ""
    owner_id: Id | None = Field(None, description="the staff member who looks after it")
    deputy_id: Id | None = Field(None, description="who stands in for the owner")
    parent_id: Id | None = Field(None, description="the organisation that it belongs to")
    own_fields: OwnValues = Field({}, description="what the firm defined itself, by the name of the field")
    note: Lines = ""


class NewOrganisation(OrganisationFields):
    """An organisation, and what belongs to it from the start."""

    domains: list[NewDomain] = Field([], max_length=50)
    numbers: list[NewNumber] = Field([], max_length=50)
    emails: list[NewEmail] = Field([], max_length=50)
    phones: list[NewPhone] = Field([], max_length=50)
    postal_addresses: list[NewPostalAddress] = Field([], max_length=50)
    former_names: list[NewFormerName] = Field([], max_length=50)


OrganisationChanges = changes_of(OrganisationFields)


class OrganisationSummary(Answer):
    """An organisation as lists show it."""

    id: int
    name: str
    legal_form: str
    customer_number: str | None
    external_key: str | None
    industry: str
    language: str
    interests: list[str]
    persons: int
    last_contact: datetime | None


class OrganisationPage(Page):
    """A page of organisations."""

    rows: list[OrganisationSummary]


class OrganisationInFull(Answer):
    """An organisation with all that belongs to it."""

    id: int
    name: str
    legal_form: str
    customer_number: str | None
    external_key: str | None
    industry: str
    language: str
    owner: Named | None
    deputy: Named | None
    parent: Named | None
    subsidiaries: Rows[Named]
    interests: list[str]
    own_fields: dict[str, str | int | float]
    note: str
    domains: Rows[Domain]
    numbers: Rows[Number]
    emails: Rows[Email]
    phones: Rows[Phone]
    postal_addresses: Rows[PostalAddress]
    former_names: Rows[FormerName]
    roles: Rows[RoleAtOrganisation]
    created_at: datetime
    changed_at: datetime


@area.operation("GET", "/organisations", Right.READ)
async def list_organisations(request: web.Request, query: OrganisationSearch) -> OrganisationPage:
    """List organisations; q: words of names, domains, addresses, or a customer number"""
    listed = await directory.organisations(
        wanted=await wanted_in(query, Party.ORGANISATION),
        order=query.sort,
        after=query.after,
        most=query.limit,
    )
    return OrganisationPage(rows=[_summary(line) for line in listed.lines], after=listed.after)


@area.operation("POST", "/organisations", Right.EDIT, status=201, problems=[409])
async def add_organisation(request: web.Request, body: NewOrganisation) -> OrganisationInFull:
    """Enter an organisation, with what belongs to it"""
    values, belongings = given_rows(body)
    await must_exist(values)
    await put_ids(Party.ORGANISATION, values, {})
    made = await directory_edits.add(
        Organisation,
        values,
        staff_id=request[STAFF].id,
        belongings=belongings,
        country=request.app[CONFIG].country,
    )
    return await _in_full(made.id)


@area.operation("GET", "/organisations/{organisation}", Right.READ)
async def show_organisation(request: web.Request) -> OrganisationInFull:
    """Show an organisation with all that belongs to it; of one that was merged, the one that stayed"""
    return await _in_full(await standing_for(Party.ORGANISATION, id_in(request, "organisation")))


@area.operation(
    "PATCH", "/organisations/{organisation}", Right.EDIT, body=OrganisationChanges, problems=[409]
)
async def correct_organisation(request: web.Request, body: Given) -> OrganisationInFull:
    """Correct an organisation: the fields that are given, all others stay"""
    organisation_id = id_in(request, "organisation")
    known = found(await directory.organisation(organisation_id))
    changes: dict[str, Any] = body.model_dump(exclude_unset=True)
    await must_exist(changes)
    if (parent_id := changes.get("parent_id")) and await directory_edits.is_below(parent_id, known.id):
        raise wrong_field("/parent_id", "That one belongs to this one.")
    await put_ids(Party.ORGANISATION, changes, known.own_fields)
    found(await directory_edits.change(Organisation, organisation_id, changes, staff_id=request[STAFF].id))
    return await _in_full(organisation_id)


async def _in_full(organisation_id: int) -> OrganisationInFull:
    row = found(await directory.organisation(organisation_id))
    row.own_fields = await by_name(Party.ORGANISATION, row.own_fields)  # of this answer only
    return OrganisationInFull.model_validate(row)


def _summary(line: OrganisationLine) -> OrganisationSummary:
    row = line.organisation
    return OrganisationSummary(
        id=row.id,
        name=row.name,
        legal_form=row.legal_form,
        customer_number=row.customer_number,
        external_key=row.external_key,
        industry=row.industry,
        language=row.language,
        interests=row.interests,
        persons=line.persons,
        last_contact=line.last_contact,
    )
