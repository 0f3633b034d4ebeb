"""What programs ask of the lists of organisations and persons: filters and order."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from storage import own_fields
from storage.correspondents import Party
from storage.listing import Order
from storage.looking_for import Wanted
from web.api.fields import Id, Line, Moment, Search
from web.api.problem import wrong_parameter


class PersonOrder(StrEnum):
    """By what a list of persons is ordered."""

    NAME = "name"
    LAST_CONTACT = "last_contact"
    PLACE = "place"


class _Filters(Search):
    language: str = Field("", max_length=8, description="the language they read")
    industry: Line = Field(
        "", max_length=200, description="of the organisation; of a person, where they work today"
    )
    owner_id: Id | None = Field(None, description="who of the staff looks after the organisation")
    interest: Line = Field("", max_length=100, description="one of their interests")
    own_field: Line = Field("", max_length=100, description="the name of an own field; give own_value too")
    own_value: Line = Field("", max_length=300, description="what the own field holds")
    has_role: bool | None = Field(
        None, strict=False, description="whether a person works somewhere today, or somebody works there"
    )
    has_left: bool = Field(
        False,
        strict=False,
        description="a person has worked somewhere, or somebody there, who does not any more",
    )
    contact_since: Moment | None = Field(None, description="in contact then or later")
    contact_before: Moment | None = Field(None, description="not in contact since then, or never")


class OrganisationSearch(_Filters):
    """Which organisations, in which order."""

    sort: Order = Field(Order.NAME, description="those without what they are ordered by come last")


class PersonSearch(_Filters):
    """Which persons, in which order; with has_role or has_left it is one role that is all of what is asked of it."""

    function: Line = Field("", max_length=200, description="how their function begins")
    organisation: Line = Field("", max_length=200, description="how the name of where they work begins")
    organisation_id: Id | None = Field(None, description="where they work")

    sort: PersonOrder = Field(
        PersonOrder.NAME, description="those without what they are ordered by come last"
    )


async def wanted_in(query: _Filters, party: Party) -> Wanted:
    """Return what a program wants; a Problem if there is no such own field."""
    own: tuple[tuple[int, str], ...] = ()
    if query.own_field:
        fields = {one.name: one.id for one in await own_fields.fields_of(party, archived=True)}
        if query.own_field not in fields:
            raise wrong_parameter("own_field", "There is no own field of this name.")
        own = ((fields[query.own_field], query.own_value),)
    roles: dict[str, Any] = {}
    if isinstance(query, PersonSearch):
        roles = query.model_dump(include={"function", "organisation", "organisation_id"})
    return Wanted(
        **roles,
        text=query.q,
        language=query.language,
        industry=query.industry,
        owner_id=query.owner_id,
        interest=query.interest,
        own=own,
        has_role=query.has_role,
        has_left=query.has_left,
        contact_since=query.contact_since,
        contact_before=query.contact_before,
    )
