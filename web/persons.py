"""Persons: the list, one with the contact history, and the forms to enter and correct them."""

from typing import Any

from aiohttp import web

from history.timeline import timeline_of_person
from storage import directory, directory_edits, marks, own_fields
from storage.correspondents import EmailAddress, Party, Person, PhoneNumber, Role
from storage.salutations import greeting
from web.choosing import Choices, chosen_organisation
from web.config import CONFIG
from web.filters import MOST_ENTRIES, filters_in
from web.formats import today
from web.forms import Form, form_of, posted_form, text_in
from web.found import found, id_in
from web.i18n import LANGUAGES, N_
from web.list_filters import list_filters
from web.merged import merged_into, survivor_page
from web.own_values import interests_in, own_values_in, shown_values
from web.own_values import told as own_told
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF
from web.signatures import signature_of_person

routes = web.RouteTableDef()
_PLAIN_FIELDS = ("title", "given_name", "family_name", "salutation", "language", "note")


@routes.get("/persons")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Persons, filtered, in order and in pages."""
    filters = await list_filters(request, Party.PERSON)
    listed = await directory.persons(wanted=filters.wanted, order=filters.order, after=filters.after)
    return page(request, "persons/list.html", listed=listed, filters=filters, text=filters.wanted.text)


@routes.get("/persons/new")
@allowed(Right.EDIT)
async def new(request: web.Request) -> web.Response:
    """The empty form of a person; the address may say where they work."""
    form = form_of({"organisation": text_in(request, "organisation"), "email": text_in(request, "email")})
    return await _form_page(request, form)


@routes.post("/persons/new")
@allowed(Right.EDIT)
async def add(request: web.Request) -> web.Response:
    """Enter a person, with a first address, number and role."""
    form, choices = await posted_form(request), Choices()
    values, belongings = await _values(form), await _belongings(form, choices)
    if not form.ok:
        return await _form_page(request, form, choices=choices)
    person = await directory_edits.add(
        Person,
        values,
        staff_id=request[STAFF].id,
        belongings=belongings,
        country=request.app[CONFIG].country,
    )
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
        greeting=greeting(person, language_of(request)),
        own=own_told(await own_fields.fields_of(Party.PERSON, archived=True), person.own_fields),
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
    form = form_of({name: getattr(person, name) for name in _PLAIN_FIELDS})
    form.values |= shown_values(person.own_fields) | {"interests": ", ".join(person.interests)}
    return await _form_page(request, form, person)


@routes.post("/persons/{person}/edit")
@allowed(Right.EDIT)
async def correct(request: web.Request) -> web.Response:
    """Correct a person."""
    person = found(await directory.person(id_in(request, "person")))
    form = await posted_form(request)
    values = await _values(form, person)
    if not form.ok:
        return await _form_page(request, form, person)
    await directory_edits.change(Person, person.id, values, staff_id=request[STAFF].id)
    raise web.HTTPSeeOther(f"/persons/{person.id}")


async def _values(form: Form, known: Person | None = None) -> dict[str, Any]:
    fields = await own_fields.fields_of(Party.PERSON)
    values = {
        "title": form.text("title", most=100),
        "given_name": form.text("given_name", most=150),
        "family_name": form.text("family_name", most=150),
        "salutation": form.text("salutation", most=100),
        "language": form.choice("language", LANGUAGES),
        "interests": interests_in(form),
        "own_fields": own_values_in(form, fields, known.own_fields if known else {}),
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


async def _form_page(
    request: web.Request, form: Form, person: Person | None = None, *, choices: Choices | None = None
) -> web.Response:
    return page(
        request,
        "persons/form.html",
        status=200 if form.ok else 422,
        form=form,
        person=person,
        choices=choices or Choices(),
        own_fields=await own_fields.fields_of(Party.PERSON),
        interests=await marks.known_interests(Party.PERSON.value),
    )
