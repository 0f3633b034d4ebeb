"""The forms of what belongs to an organisation or person: roles, addresses, numbers, domains, names."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from storage import directory, directory_edits
from storage.correspondents import Organisation, Person, PhoneKind
from storage.directory_edits import BELONGINGS, Taken
from storage.phones import is_country, phone_key
from web.choosing import Choices, chosen_organisation, chosen_person
from web.config import CONFIG
from web.forms import Form, form_of, posted_form
from web.found import NotFound, found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_PATH = "/{owners:organisations|persons}/{owner}/{belonging}"
_OF_ORGANISATIONS_ONLY = frozenset({"domains", "former-names"})
Read = Callable[[Form, "Place", Choices], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose belonging it is: the organisation or person, and which belonging."""

    owner: Organisation | Person
    kind: str
    belonging: str

    @property
    def path(self) -> str:
        """The page of the owner."""
        return f"/{self.kind}s/{self.owner.id}"

    @property
    def key(self) -> dict[str, int]:
        """The column that ties a row to its owner."""
        return {f"{self.kind}_id": self.owner.id}


@routes.get(_PATH + "/new")
@allowed(Right.EDIT)
async def new(request: web.Request) -> web.Response:
    """The empty form."""
    return _form_page(request, await _place(request), Form())


@routes.post(_PATH + "/new")
@allowed(Right.EDIT)
async def add(request: web.Request) -> web.Response:
    """Enter it."""
    place, form, choices = await _place(request), await posted_form(request), Choices()
    values = await _READERS[place.belonging](form, place, choices)
    if form.ok:
        try:
            model = BELONGINGS[place.belonging]
            await directory_edits.add(
                model,
                {**place.key, **values},
                staff_id=request[STAFF].id,
                country=request.app[CONFIG].country,
            )
        except Taken as taken:
            form.wrong(taken.field, N_("This domain is another organisation's already."))
    if not form.ok:
        return _form_page(request, place, form, choices=choices)
    raise web.HTTPSeeOther(place.path)


@routes.get(_PATH + "/{row}")
@allowed(Right.EDIT)
async def edit(request: web.Request) -> web.Response:
    """The form with what is known."""
    place = await _place(request)
    row = await _row(request, place)
    form = form_of(_shown_values(row))
    form.values = {name: value for name, value in form.values.items() if value != "False"}
    return _form_page(request, place, form, row)


@routes.post(_PATH + "/{row}")
@allowed(Right.EDIT)
async def correct(request: web.Request) -> web.Response:
    """Correct it."""
    place, form, choices = await _place(request), await posted_form(request), Choices()
    row = await _row(request, place)
    values = await _READERS[place.belonging](form, place, choices)
    if form.ok:
        try:
            await directory_edits.change(
                type(row), row.id, values, staff_id=request[STAFF].id, country=request.app[CONFIG].country
            )
        except Taken as taken:
            form.wrong(taken.field, N_("This domain is another organisation's already."))
    if not form.ok:
        return _form_page(request, place, form, row, choices=choices)
    raise web.HTTPSeeOther(place.path)


@routes.post(_PATH + "/{row}/remove")
@allowed(Right.EDIT)
async def remove(request: web.Request) -> web.Response:
    """Remove what was entered by mistake."""
    place = await _place(request)
    row = await _row(request, place)
    await directory_edits.remove(type(row), row.id, staff_id=request[STAFF].id)
    raise web.HTTPSeeOther(place.path)


async def _place(request: web.Request) -> Place:
    belonging, kind = request.match_info["belonging"], request.match_info["owners"].removesuffix("s")
    if belonging not in _READERS or (kind == "person" and belonging in _OF_ORGANISATIONS_ONLY):
        raise NotFound
    owner_id = id_in(request, "owner")
    owner: Organisation | Person
    if kind == "person":
        owner = found(await directory.person(owner_id))
    else:
        owner = found(await directory.organisation(owner_id))
    return Place(owner, kind, belonging)


async def _row(request: web.Request, place: Place) -> Any:
    model, row_id = BELONGINGS[place.belonging], id_in(request, "row")
    return found(await directory_edits.belonging(model, row_id, place.kind, place.owner.id))


def _shown_values(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in row._meta.fields_db_projection}
    for party in ("organisation", "person"):
        if isinstance(partner := getattr(row, party, None), Organisation | Person):
            values[party] = partner.name
    return values


def _form_page(
    request: web.Request, place: Place, form: Form, row: Any = None, *, choices: Choices | None = None
) -> web.Response:
    return page(
        request,
        f"belongings/{place.belonging}.html",
        status=200 if form.ok else 422,
        place=place,
        form=form,
        row=row,
        choices=choices or Choices(),
        phone_kinds=list(PhoneKind),
    )


async def _role(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    partner: Organisation | Person | None
    if place.kind == "person":
        partner, column = await chosen_organisation(form, choices), "organisation_id"
    else:
        partner, column = await chosen_person(form, choices), "person_id"
    values = {column: partner.id} if partner else {}
    return {**values, "function": form.text("function", most=200), **_days(form)}


async def _email(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    address = form.email("written")
    return {"written": str(address or ""), **_days(form)}


async def _phone(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    number = form.text("written", required=True, most=60)
    if number and not phone_key(number):
        form.wrong("written", N_("This is no telephone number."))
    kind = PhoneKind(form.choice("kind", list(PhoneKind), otherwise=PhoneKind.OFFICE))
    return {"written": number, "kind": kind, **_days(form)}


async def _postal_address(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    country = form.text("country", most=2).upper()
    if country and not is_country(country):
        form.wrong("country", N_("A country has two letters: CH, DE, AT, FR, IT …"))
    return {
        "street": form.text("street"),
        "postcode": form.text("postcode", most=20),
        "place": form.text("place", required=True, most=200),
        "country": country,
        "undeliverable_on": None,  # who corrects it has seen that a letter came back
        **_days(form),
    }


async def _domain(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    return {"domain": form.domain("domain")}


async def _former_name(form: Form, place: Place, choices: Choices) -> dict[str, Any]:
    return {
        "name": form.text("name", required=True),
        "until": form.day("until"),
        "is_short": form.checked("is_short"),
    }


def _days(form: Form) -> dict[str, Any]:
    since, until = form.days("since", "until")
    return {"since": since, "until": until}


_READERS: dict[str, Read] = {
    "roles": _role,
    "emails": _email,
    "phones": _phone,
    "postal-addresses": _postal_address,
    "domains": _domain,
    "former-names": _former_name,
}
