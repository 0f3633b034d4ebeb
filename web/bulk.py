"""One change for many organisations or persons: what and how many, then done, and undone."""

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from storage import listing, many
from storage.correspondents import Party
from storage.looking_for import Wanted
from storage.many import Act, Edit
from web.config import QUEUE
from web.forms import Form, posted_form
from web.found import found, id_in
from web.i18n import LANGUAGES, N_
from web.list_filters import ListFilters, list_filters
from web.names import ACT_NAMES
from web.own_values import input_name, value_in
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_ORGANISATIONS, _PERSONS = "/organisations/bulk", "/persons/bulk"
_MOST_CHOSEN = 1000


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which rows are meant: those that are ticked, or all that the filters leave."""

    party: Party
    filters: ListFilters
    ids: tuple[int, ...]
    everything: bool

    @property
    def wanted(self) -> Wanted:
        return self.filters.wanted if self.everything else Wanted(ids=self.ids)


@routes.get(_ORGANISATIONS)
@routes.get(_PERSONS)
@allowed(Right.EDIT)
async def choose(request: web.Request) -> web.Response:
    """How many are meant, and what may be changed."""
    asked = await _asked(request, request.query)
    return await _form_page(request, asked, Form())


@routes.post(_ORGANISATIONS)
@routes.post(_PERSONS)
@allowed(Right.EDIT)
async def change(request: web.Request) -> web.Response:
    """Show what would be changed; when that was seen, change it."""
    posted = await request.post()
    asked, form = await _asked(request, posted), await posted_form(request)
    act = Act(form.choice("act", list(many.ACTS[asked.party]), otherwise=Act.LANGUAGE))
    edit = _edit(form, act, asked.filters)
    expected = await listing.count_of(asked.party, asked.wanted)
    if form.ok and form.values.get("expected") != str(expected):
        form.wrong("", N_("Meanwhile others fit: look at the number again."))
    if edit is None or not form.ok:
        return await _form_page(request, asked, form)
    row = await many.begin(
        asked.party,
        asked.wanted,
        edit,
        expected=expected,
        staff_id=request[STAFF].id,
        queue=request.app[QUEUE],
    )
    raise web.HTTPSeeOther(f"/bulk/{row.id}")


@routes.get("/bulk/{bulk}")
@allowed(Right.EDIT)
async def show(request: web.Request) -> web.Response:
    """What an edit of many has done so far."""
    row = found(await many.bulk_edit(id_in(request, "bulk")))
    return page(request, "bulk/show.html", bulk=row, act=ACT_NAMES[Act(row.change["act"])])


@routes.post("/bulk/{bulk}/undo")
@allowed(Right.EDIT)
async def undo(request: web.Request) -> web.Response:
    """Take it back."""
    row = found(await many.bulk_edit(id_in(request, "bulk")))
    await many.undo(row, queue=request.app[QUEUE])
    raise web.HTTPSeeOther(f"/bulk/{row.id}")


async def _asked(request: web.Request, values: Any) -> _Asked:
    party = Party.PERSON if request.path == _PERSONS else Party.ORGANISATION
    numbers = [text for text in values.getall("id", []) if isinstance(text, str)]
    ids = [int(text) for text in numbers if text.isascii() and text.isdigit() and len(text) < 19]
    filters = await list_filters(request, party, values)
    return _Asked(party, filters, tuple(ids[:_MOST_CHOSEN]), values.get("all") == "1")


def _edit(form: Form, act: Act, filters: ListFilters) -> Edit | None:
    """Return the change that a form asks for; None where something is wrong with it."""
    if act is Act.OWN_FIELD:
        one = next((one for one in filters.own if form.values.get("field") == str(one.id)), None)
        if one is None:
            form.wrong("field", N_("Choose a field."))
            return None
        value = value_in(form, one, "value")
        return Edit(act, value, one.id) if form.ok else None
    if act is Act.LANGUAGE:
        return Edit(act, form.choice("language_to", LANGUAGES))
    if act is Act.OWNER:
        owner = form.choice("owner_to", [str(number) for number, _ in filters.owners])
        return Edit(act, int(owner) if owner else None)
    needed = act is not Act.INDUSTRY
    name = "industry_to" if act is Act.INDUSTRY else "interest_to"
    value = form.text(name, required=needed, most=200)
    return Edit(act, value) if form.ok else None


async def _form_page(request: web.Request, asked: _Asked, form: Form) -> web.Response:
    number = await listing.count_of(asked.party, asked.wanted)
    return page(
        request,
        "bulk/form.html",
        status=200 if form.ok else 422,
        asked=asked,
        kept=asked.filters.kept if asked.everything else {},
        number=number,
        form=replace(form),
        acts=[(act, ACT_NAMES[act]) for act in many.ACTS[asked.party]],
        input_name=input_name,
    )
