"""A person changes employer: one form."""

from datetime import date

from aiohttp import web

from storage import directory, moving
from storage.correspondents import Person
from storage.moving import EndsBeforeItBegan, Move
from web.choosing import Choices, chosen_organisation
from web.config import CONFIG
from web.formats import today
from web.forms import Form, form_of, posted_form
from web.found import found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/persons/{person}/move")
@allowed(Right.EDIT)
async def ask(request: web.Request) -> web.Response:
    """Where they work now, since when, and what ends with it."""
    person = found(await directory.person(id_in(request, "person")))
    roles = [role for role in person.roles if role.until is None]
    form = form_of({"since": today(request.app[CONFIG].zone)})
    form.values |= {f"role-{role.id}": "yes" for role in roles}
    lost = await moving.addresses_of_employers(person, [role.organisation_id for role in roles])
    form.values |= {f"email-{email_id}": "yes" for email_id in lost}
    return _form_page(request, person, form, Choices())


@routes.post("/persons/{person}/move")
@allowed(Right.EDIT)
async def move(request: web.Request) -> web.Response:
    """End the old role and begin the new one."""
    person = found(await directory.person(id_in(request, "person")))
    form, choices = await posted_form(request), Choices()
    organisation = await chosen_organisation(form, choices)
    first_day = form.day("since")
    if first_day is None or first_day == date.min:
        form.wrong("since", N_("This is needed."))
    if form.ok and organisation and first_day:
        its = Move(
            organisation.id,
            form.text("function", most=200),
            first_day,
            frozenset(role.id for role in person.roles if form.checked(f"role-{role.id}")),
            frozenset(email.id for email in person.emails if form.checked(f"email-{email.id}")),
        )
        try:
            await moving.move(person.id, its, staff_id=request[STAFF].id)
        except EndsBeforeItBegan:
            form.wrong("since", N_("Something that is to end began later than this day."))
    if not form.ok or organisation is None:
        return _form_page(request, person, form, choices)
    raise web.HTTPSeeOther(f"/persons/{person.id}")


def _form_page(request: web.Request, person: Person, form: Form, choices: Choices) -> web.Response:
    status = 200 if form.ok else 422
    return page(request, "persons/move.html", status=status, person=person, form=form, choices=choices)
