"""Which organisations or persons does a list show?  Filters and order as the address of the page holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from storage import marks, own_fields, roster
from storage.correspondents import Party
from storage.listing import ORDERS, Order
from storage.looking_for import Wanted
from storage.own_fields import OwnField, OwnFieldKind
from web.config import CONFIG
from web.formats import start_of
from web.forms import Form, cleaned, text_in
from web.i18n import LANGUAGES
from web.own_values import input_name, value_in

_FIELDS = ("q", "language", "industry", "owner", "interest", "role", "since", "before", "sort")
_OF_PERSONS = ("function", "organisation")
_ROLES = {"open": True, "none": False}


@dataclass(frozen=True, slots=True)
class ListFilters:
    """The filters of a list: *form* shows them, *wanted* and *order* are what storage is asked for."""

    party: Party
    form: Form
    wanted: Wanted
    order: Order
    after: str | None
    own: Sequence[OwnField]
    owners: Sequence[tuple[int, str]]
    interests: Sequence[str]
    industries: Sequence[str]

    @property
    def any(self) -> bool:
        """Whether something is left out, by more than words."""
        return not replace(self.wanted, text="").is_everything

    @property
    def orders(self) -> Sequence[str]:
        """By what this list can be ordered."""
        return [order.value for order in ORDERS[self.party]]

    @property
    def kept(self) -> dict[str, str]:
        """The filters that are set, by the names of the address."""
        return {name: value for name, value in self.form.values.items() if value}


async def list_filters(request: web.Request, party: Party, values: Any = None) -> ListFilters:
    """Return the filters in the address, or among *values*; what is none is left out."""
    own = await own_fields.fields_of(party)
    names = [*_FIELDS, *_OF_PERSONS, *(input_name(one.id) for one in own)]
    form = Form({name: _text(request, name, values) for name in names})
    owners = [(staff.id, staff.name) for staff in await roster.present()]
    order = Order(form.choice("sort", [one.value for one in ORDERS[party]], otherwise=Order.NAME))
    return ListFilters(
        party=party,
        form=form,
        wanted=_wanted(request, form, own, [str(owner) for owner, _ in owners]),
        order=order,
        after=request.query.get("after") or None,
        own=own,
        owners=owners,
        interests=await marks.known_interests(party.value),
        industries=await marks.known_industries(),
    )


def _text(request: web.Request, name: str, values: Any) -> str:
    return text_in(request, name) if values is None else cleaned(values.get(name, ""))[:200].strip()


def _wanted(request: web.Request, form: Form, own: Sequence[OwnField], owners: Sequence[str]) -> Wanted:
    zone = request.app[CONFIG].zone
    since, before = form.day("since"), form.day("before")
    owner = form.choice("owner", owners)
    return Wanted(
        text=form.text("q"),
        language=form.choice("language", LANGUAGES),
        industry=form.text("industry", most=200),
        owner_id=int(owner) if owner else None,
        interest=form.text("interest", most=200),
        own=tuple((one.id, value) for one in own if (value := _own_value(form, one))),
        has_role=_ROLES.get(form.values["role"]),
        has_left=form.values["role"] == "ended",
        function=form.text("function", most=200),
        organisation=form.text("organisation", most=200),
        contact_since=start_of(since, zone) if since else None,
        contact_before=start_of(before, zone) if before else None,
    )


def _own_value(form: Form, one: OwnField) -> str:
    """Return what an own field is to hold, as text; a choice that is archived may be looked for still."""
    if one.kind is OwnFieldKind.CHOICE:
        return form.text(input_name(one.id))
    value = value_in(form, one)
    return "" if value is None else str(value)
