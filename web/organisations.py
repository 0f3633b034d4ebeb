"""Organisations: the list, one with its contact history, and the forms to enter and correct it."""

from typing import Any

from aiohttp import web

from history.timeline import timeline_of_organisation
from storage import directory, directory_edits, roster
from storage.correspondents import Organisation, OrganisationDomain
from storage.duplicates import Party
from storage.staff import Staff
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

routes = web.RouteTableDef()
_PLAIN_FIELDS = ("name", "legal_form", "customer_number", "industry", "language", "owner_id", "note")


@routes.get("/organisations")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Organisations by name, searched and in pages."""
    text = text_in(request, "q")
    listed = await directory.organisations(text=text, after=request.query.get("after"))
    return page(request, "organisations/list.html", listed=listed, text=text)


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
    form = await posted_form(request)
    values, domain = await _values(form), form.domain("domain", required=False)
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
        return await _form_page(request, form)
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
    return await _form_page(request, form, organisation)


@routes.post("/organisations/{organisation}/edit")
@allowed(Right.EDIT)
async def correct(request: web.Request) -> web.Response:
    """Correct an organisation."""
    organisation = found(await directory.organisation(id_in(request, "organisation")))
    form = await posted_form(request)
    values = await _values(form)
    if form.ok:
        try:
            await directory_edits.change(Organisation, organisation.id, values, staff_id=request[STAFF].id)
        except directory_edits.Taken as taken:
            _say_taken(form, taken)
    if not form.ok:
        return await _form_page(request, form, organisation)
    raise web.HTTPSeeOther(f"/organisations/{organisation.id}")


async def _values(form: Form) -> dict[str, Any]:
    owner = form.choice("owner_id", [str(staff.id) for staff in await roster.present()])
    return {
        "name": form.text("name", required=True),
        "legal_form": form.text("legal_form", most=50),
        "customer_number": form.text("customer_number", most=100) or None,
        "industry": form.text("industry", most=200),
        "language": form.choice("language", LANGUAGES),
        "owner_id": int(owner) if owner else None,
        "note": form.lines("note"),
    }


def _say_taken(form: Form, taken: directory_edits.Taken) -> None:
    sentences = {
        "domain": N_("This domain is another organisation's already."),
        "customer_number": N_("Another organisation has this customer number."),
    }
    form.wrong(taken.field, sentences[taken.field])


async def _form_page(
    request: web.Request, form: Form, organisation: Organisation | None = None
) -> web.Response:
    staff: list[Staff] = await roster.present()
    return page(
        request,
        "organisations/form.html",
        status=200 if form.ok else 422,
        form=form,
        organisation=organisation,
        owners=[(one.id, one.name) for one in staff],
    )
