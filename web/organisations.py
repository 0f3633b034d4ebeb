"""Organisations: the list, one with its contact history, and the forms to enter and correct it."""

from typing import Any

from aiohttp import web

from history.timeline import timeline_of_organisation
from storage import directory, directory_edits, marks, own_fields, roster
from storage.correspondents import Organisation, OrganisationDomain, Party
from storage.staff import Staff
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
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_PLAIN_FIELDS = (
    "name",
    "legal_form",
    "customer_number",
    "industry",
    "language",
    "owner_id",
    "deputy_id",
    "note",
)


@routes.get("/organisations")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Organisations, filtered, in order and in pages."""
    filters = await list_filters(request, Party.ORGANISATION)
    listed = await directory.organisations(wanted=filters.wanted, order=filters.order, after=filters.after)
    return page(request, "organisations/list.html", listed=listed, filters=filters, text=filters.wanted.text)


@routes.get("/organisations/new")
@allowed(Right.EDIT)
async def new(request: web.Request) -> web.Response:
    """The empty form of an organisation."""
    form = form_of({"name": text_in(request, "name"), "domain": text_in(request, "domain")})
    return await _form_page(request, form)


@routes.post("/organisations/new")
@allowed(Right.EDIT)
async def add(request: web.Request) -> web.Response:
    """Enter an organisation, with its mail domain."""
    form, choices = await posted_form(request), Choices()
    values, domain = await _values(form, choices), form.domain("domain", required=False)
    organisation = None
    if form.ok:
        try:
            organisation = await directory_edits.add(
                Organisation,
                values,
                staff_id=request[STAFF].id,
                belongings=[(OrganisationDomain, {"domain": domain})] if domain else [],
            )
        except directory_edits.Taken as taken:
            _say_taken(form, taken)
    if organisation is None:
        return await _form_page(request, form, choices=choices)
    raise web.HTTPSeeOther(f"/organisations/{organisation.id}")


@routes.get("/organisations/{organisation}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One organisation: master record, persons, and its timeline."""
    row = await directory.organisation(id_in(request, "organisation"))
    if row is None and (moved := await survivor_page(request, Party.ORGANISATION)):
        raise moved
    organisation = found(row)
    filters = filters_in(request)
    return page(
        request,
        "organisations/show.html",
        organisation=organisation,
        own=own_told(await own_fields.fields_of(Party.ORGANISATION, archived=True), organisation.own_fields),
        merges=await merged_into(Party.ORGANISATION, organisation.id),
        today=today(request.app[CONFIG].zone),
        filters=filters,
        timeline=await timeline_of_organisation(
            organisation.id, filters=filters.chosen, after=filters.after, most=MOST_ENTRIES
        ),
    )


@routes.get("/organisations/{organisation}/edit")
@allowed(Right.EDIT)
async def edit(request: web.Request) -> web.Response:
    """The form of an organisation with what is known."""
    organisation = found(await directory.organisation(id_in(request, "organisation")))
    form = form_of({name: getattr(organisation, name) for name in _PLAIN_FIELDS})
    form.values |= shown_values(organisation.own_fields)
    form.values |= {"interests": ", ".join(organisation.interests)}
    form.values |= {"organisation": organisation.parent.name if organisation.parent else ""}
    return await _form_page(request, form, organisation)


@routes.post("/organisations/{organisation}/edit")
@allowed(Right.EDIT)
async def correct(request: web.Request) -> web.Response:
    """Correct an organisation."""
    organisation = found(await directory.organisation(id_in(request, "organisation")))
    form, choices = await posted_form(request), Choices()
    values = await _values(form, choices, organisation)
    if form.ok:
        try:
            await directory_edits.change(Organisation, organisation.id, values, staff_id=request[STAFF].id)
        except directory_edits.Taken as taken:
            _say_taken(form, taken)
    if not form.ok:
        return await _form_page(request, form, organisation, choices=choices)
    raise web.HTTPSeeOther(f"/organisations/{organisation.id}")


async def _values(form: Form, choices: Choices, known: Organisation | None = None) -> dict[str, Any]:
    staff = [str(one.id) for one in await roster.present()]
    owner, deputy = form.choice("owner_id", staff), form.choice("deputy_id", staff)
    fields = await own_fields.fields_of(Party.ORGANISATION)
    return {
        "name": form.text("name", required=True),
        "legal_form": form.text("legal_form", most=50),
        "customer_number": form.text("customer_number", most=100) or None,
        "industry": form.text("industry", most=200),
        "language": form.choice("language", LANGUAGES),
        "owner_id": int(owner) if owner else None,
        "deputy_id": int(deputy) if deputy else None,
        "parent_id": await _parent(form, choices, known),
        "interests": interests_in(form),
        "own_fields": own_values_in(form, fields, known.own_fields if known else {}),
        "note": form.lines("note"),
    }


async def _parent(form: Form, choices: Choices, known: Organisation | None) -> int | None:
    parent = await chosen_organisation(form, choices, required=False, known=known.parent if known else None)
    if parent and known and await directory_edits.is_below(parent.id, known.id):
        form.wrong("organisation", N_("It belongs to this one itself."))
    return parent.id if parent else None


def _say_taken(form: Form, taken: directory_edits.Taken) -> None:
    sentences = {
        "domain": N_("This domain is another organisation's already."),
        "customer_number": N_("Another organisation has this customer number."),
    }
    form.wrong(taken.field, sentences[taken.field])


async def _form_page(
    request: web.Request,
    form: Form,
    organisation: Organisation | None = None,
    *,
    choices: Choices | None = None,
) -> web.Response:
    staff: list[Staff] = await roster.present()
    return page(
        request,
        "organisations/form.html",
        status=200 if form.ok else 422,
        form=form,
        organisation=organisation,
        owners=[(one.id, one.name) for one in staff],
        own_fields=await own_fields.fields_of(Party.ORGANISATION),
        interests=await marks.known_interests(Party.ORGANISATION.value),
        industries=await marks.known_industries(),
        choices=choices or Choices(),
    )
