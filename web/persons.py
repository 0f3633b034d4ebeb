"""Persons: the list, one with the contact history, and the forms to enter and correct them."""

from typing import Any

from aiohttp import web

from history.timeline import timeline_of_person
from storage import directory, directory_edits
from storage.correspondents import EmailAddress, Person, PhoneNumber, Role
from storage.duplicates import Party
from web.choosing import Choices, chosen_organisation
from web.config import CONFIG
from web.filters import MOST_ENTRIES, filters_in
from web.formats import today
from web.forms import Form, form_of, posted_form, text_in
from web.found import found, id_in
from web.i18n import LANGUAGES, N_
from web.merged import merged_into, survivor_page
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF
from web.signatures import signature_of_person

routes = web.RouteTableDef()
_PLAIN_FIELDS = ("title", "given_name", "family_name", "salutation", "language", "note")


@routes.get("/persons")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Persons by family name, searched and in pages."""
    text = text_in(request, "q")
    listed = await directory.persons(text=text, after=request.query.get("after"))
    return page(request, "persons/list.html", listed=listed, text=text)


@routes.get("/persons/new")
@allowed(Right.EDIT)
async def new(request: web.Request) -> web.Response:
    """The empty form of a person; the address may say where they work."""
    form = form_of({"organisation": text_in(request, "organisation"), "email": text_in(request, "email")})
    return _form_page(request, form)


@routes.post("/persons/new")
@allowed(Right.EDIT)
async def add(request: web.Request) -> web.Response:
    """Enter a person, with a first address, number and role."""
    form, choices = await posted_form(request), Choices()
    values, belongings = _values(form), await _belongings(form, choices)
    if not form.ok:
        return _form_page(request, form, choices=choices)
    person = await directory_edits.add(Person, values, staff_id=request[STAFF].id, belongings=belongings)
    raise web.HTTPSeeOther(f"/persons/{person.id}")


@routes.get("/persons/{person}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One person: roles, addresses, and the timeline."""
    row = await directory.person(id_in(request, "person"))
    if row is None and (moved := await survivor_page(request, Party.PERSON)):
        raise moved
    person = found(row)
    filters = filters_in(request)
    return page(
        request,
        "persons/show.html",
        person=person,
        merges=await merged_into(Party.PERSON, person.id),
        signature=await signature_of_person(request, person.id),
        today=today(request.app[CONFIG].zone),
        filters=filters,
        timeline=await timeline_of_person(
            person.id, filters=filters.chosen, after=filters.after, most=MOST_ENTRIES
        ),
    )


@routes.get("/persons/{person}/edit")
@allowed(Right.EDIT)
async def edit(request: web.Request) -> web.Response:
    """The form of a person with what is known."""
    person = found(await directory.person(id_in(request, "person")))
    return _form_page(request, form_of({name: getattr(person, name) for name in _PLAIN_FIELDS}), person)


@routes.post("/persons/{person}/edit")
@allowed(Right.EDIT)
async def correct(request: web.Request) -> web.Response:
    """Correct a person."""
    person = found(await directory.person(id_in(request, "person")))
    form = await posted_form(request)
    values = _values(form)
    if not form.ok:
        return _form_page(request, form, person)
    await directory_edits.change(Person, person.id, values, staff_id=request[STAFF].id)
    raise web.HTTPSeeOther(f"/persons/{person.id}")


def _values(form: Form) -> dict[str, Any]:
    values = {
        "title": form.text("title", most=100),
        "given_name": form.text("given_name", most=150),
        "family_name": form.text("family_name", most=150),
        "salutation": form.text("salutation", most=100),
        "language": form.choice("language", LANGUAGES),
        "note": form.lines("note"),
    }
    if not values["given_name"] and not values["family_name"]:
        form.wrong("family_name", N_("Enter a given or a family name."))
    return values


async def _belongings(form: Form, choices: Choices) -> list[tuple[type[Any], dict[str, Any]]]:
    belongings: list[tuple[type[Any], dict[str, Any]]] = []
    if organisation := await chosen_organisation(form, choices, required=False):
        role = {"organisation_id": organisation.id, "function": form.text("function", most=200)}
        belongings.append((Role, role))
    if email := form.email("email", required=False):
        belongings.append((EmailAddress, {"written": str(email)}))
    if number := form.text("phone", most=60):
        belongings.append((PhoneNumber, {"written": number}))
    return belongings


def _form_page(
    request: web.Request, form: Form, person: Person | None = None, *, choices: Choices | None = None
) -> web.Response:
    status = 200 if form.ok else 422
    return page(
        request, "persons/form.html", status=status, form=form, person=person, choices=choices or Choices()
    )
