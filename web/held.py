"""What could not be entered without asking: the list, and deciding one."""

from aiohttp import web

from history import held
from history.candidates import candidates, guess, open_participant
from history.timeline import held_entries
from mail.address import Address
from storage import directory, directory_edits, one_entry
from storage.correspondents import Organisation, OrganisationDomain, Person, Role
from storage.entries import Entry, Participant
from web.choosing import Choices, chosen_organisation
from web.files import files_of
from web.forms import Form, cleaned, form_of, posted_form, text_in
from web.found import NotFound, found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50


@routes.get("/held")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Everything that waits for a decision, each with the reason."""
    after = cleaned(request.query.get("after", "")) or None
    return page(request, "held/list.html", listed=await held_entries(after=after, most=_MOST))


@routes.get("/held/{entry}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One held entry with those whom it may be with."""
    entry = await _held_entry(request)
    participant = open_participant(entry, text_in(request, "participant"))
    return await _decision_page(request, entry, participant, _suggested(participant))


@routes.post("/held/{entry}/assign")
@allowed(Right.DECIDE)
async def assign(request: web.Request) -> web.Response:
    """Decide whom an address is: a person who is entered, or a new one."""
    entry, form, choices = await _held_entry(request), await posted_form(request), Choices()
    participant = _named_participant(form, entry)
    person_id = await _person_in(form, participant, choices, by=request[STAFF].id)
    if person_id is None:
        return await _decision_page(request, entry, participant, form, choices)
    participant_id, remember = participant.id if participant else None, form.checked("remember")
    try:
        await held.assign(entry.id, participant_id, person_id, by=request[STAFF].id, remember=remember)
    except held.NotHeld as error:  # somebody else was quicker
        raise NotFound from error
    raise web.HTTPSeeOther(f"/entries/{entry.id}")


@routes.post("/held/{entry}/ignore")
@allowed(Right.DECIDE)
async def ignore(request: web.Request) -> web.Response:
    """Let an entry go without saying whom it was with."""
    entry = await _held_entry(request)
    try:
        await held.ignore(entry.id, by=request[STAFF].id)
    except held.NotHeld as error:
        raise NotFound from error
    raise web.HTTPSeeOther("/held")


async def _held_entry(request: web.Request) -> Entry:
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    if entry.held_reason is None:
        raise web.HTTPSeeOther(f"/entries/{entry.id}")
    return entry


def _suggested(participant: Participant | None) -> Form:
    """Return the form with what the mail itself says of the participant."""
    words = participant.name.replace(",", " ").split() if participant else []
    employer = participant.organisation.name if participant and participant.organisation else ""
    return form_of(
        {
            "given_name": " ".join(words[:-1]),
            "family_name": words[-1] if words else "",
            "organisation": employer,
            "remember": "yes",
        }
    )


def _named_participant(form: Form, entry: Entry) -> Participant | None:
    """Return the participant that a form is about; None for a message that names nobody."""
    if not list(entry.participants):
        return None
    for participant in entry.participants:
        if str(participant.id) == form.values.get("participant"):
            return participant
    raise NotFound


async def _person_in(form: Form, participant: Participant | None, choices: Choices, *, by: int) -> int | None:
    """Return the id of the person that a form chooses or enters; None if something is wrong with it."""
    if form.values.get("choice") != "new":
        number = form.values.get("person_id", "")
        if not (number.isascii() and number.isdigit()) or len(number) > 18:
            form.wrong("person_id", N_("Choose somebody, or enter somebody new below."))
            return None
        return int(found(await directory.person(int(number))).id)
    names = {name: form.text(name, most=150) for name in ("given_name", "family_name")}
    if not any(names.values()):
        form.wrong("family_name", N_("Enter a given or a family name."))
    organisation = await _organisation_in(form, participant, choices, by=by)
    if not form.ok:
        return None
    belongings = [(Role, {"organisation_id": organisation.id})] if organisation else []
    person = await directory_edits.add(Person, names, staff_id=by, belongings=belongings)
    return int(person.id)


async def _organisation_in(
    form: Form, participant: Participant | None, choices: Choices, *, by: int
) -> Organisation | None:
    """Return the organisation of the new person; one of a new name is entered with the address's domain."""
    if not form.checked("new_organisation"):
        return await chosen_organisation(form, choices, required=False)
    name = form.text("organisation", required=True)
    if not form.ok:
        return None
    address = Address.parse(participant.written) if participant else None
    domain = address.private_domain if address else None
    belongings = [(OrganisationDomain, {"domain": domain})] if domain else []
    try:
        return await directory_edits.add(Organisation, {"name": name}, staff_id=by, belongings=belongings)
    except directory_edits.Taken:
        form.wrong("organisation", N_("The domain of this address is another organisation's already."))
        return None


async def _decision_page(
    request: web.Request,
    entry: Entry,
    participant: Participant | None,
    form: Form,
    choices: Choices | None = None,
) -> web.Response:
    text = text_in(request, "q") or guess(participant)
    return page(
        request,
        "held/show.html",
        status=200 if form.ok else 422,
        entry=entry,
        files=await files_of(entry),
        participant=participant,
        form=form,
        choices=choices or Choices(),
        text=text,
        candidates=await candidates(text),
    )
