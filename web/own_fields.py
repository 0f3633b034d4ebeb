"""Own fields: which there are, and defining, ordering and archiving them."""

from typing import Any

from aiohttp import web

from storage import own_fields
from storage.correspondents import Party
from storage.own_fields import LONGEST_CHOICE, MOST_CHOICES, OwnField, OwnFieldKind
from web.forms import Form, form_of, posted_form, text_in
from web.found import found, id_in
from web.i18n import N_
from web.names import OWN_FIELD_KINDS, PARTIES
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/own-fields")
@allowed(Right.ADMINISTER)
async def index(request: web.Request) -> web.Response:
    """The own fields of organisations and of persons."""
    fields = await own_fields.all_fields()
    return page(request, "own_fields/list.html", fields=fields, kinds=OWN_FIELD_KINDS)


@routes.get("/own-fields/new")
@allowed(Right.ADMINISTER)
async def new(request: web.Request) -> web.Response:
    """The empty form of a field."""
    party = "person" if text_in(request, "party") == "person" else "organisation"
    return _form_page(request, form_of({"party": party, "kind": "text"}))


@routes.post("/own-fields/new")
@allowed(Right.ADMINISTER)
async def define(request: web.Request) -> web.Response:
    """Define a field."""
    form = await posted_form(request)
    kind = OwnFieldKind(form.choice("kind", list(OwnFieldKind), otherwise=OwnFieldKind.TEXT))
    party = Party(form.choice("party", list(Party), otherwise=Party.ORGANISATION))
    values = _values(form, kind)
    if form.ok:
        try:
            await own_fields.define({**values, "kind": kind, "party": party}, staff_id=request[STAFF].id)
        except own_fields.NameTaken:
            form.wrong("name", N_("Another field is called so."))
    if not form.ok:
        return _form_page(request, form)
    raise web.HTTPSeeOther("/own-fields")


@routes.get("/own-fields/{field}")
@allowed(Right.ADMINISTER)
async def edit(request: web.Request) -> web.Response:
    """The form of a field."""
    one = found(await own_fields.field(id_in(request, "field")))
    return _form_page(request, _known(one), one)


@routes.post("/own-fields/{field}")
@allowed(Right.ADMINISTER)
async def redefine(request: web.Request) -> web.Response:
    """Change or archive a field."""
    one = found(await own_fields.field(id_in(request, "field")))
    form = await posted_form(request)
    values = {**_values(form, one.kind), "archived": form.checked("archived")}
    if form.ok:
        try:
            await own_fields.redefine(one, values, staff_id=request[STAFF].id)
        except own_fields.NameTaken:
            form.wrong("name", N_("Another field is called so."))
    if not form.ok:
        return _form_page(request, form, one)
    raise web.HTTPSeeOther("/own-fields")


@routes.post("/own-fields/{field}/remove")
@allowed(Right.ADMINISTER)
async def remove(request: web.Request) -> web.Response:
    """Take away a field that was defined by mistake, and that nobody has filled in."""
    one = found(await own_fields.field(id_in(request, "field")))
    try:
        await own_fields.remove(one, staff_id=request[STAFF].id)
    except own_fields.FilledIn:
        form = _known(one)
        form.wrong("", N_("It is filled in somewhere: archive it instead, what was filled in stays."))
        return _form_page(request, form, one)
    raise web.HTTPSeeOther("/own-fields")


def _known(one: OwnField) -> Form:
    form = form_of({"name": one.name, "place": one.place, "choices": "\n".join(one.choices)})
    form.values["archived"] = "yes" if one.archived else ""
    return form


def _values(form: Form, kind: OwnFieldKind) -> dict[str, Any]:
    place = form.text("place", most=6) or "0"
    if not (place.isascii() and place.isdigit()):
        form.wrong("place", N_("This is no number."))
        place = "0"
    return {
        "name": form.text("name", required=True, most=100),
        "place": int(place),
        "choices": _choices(form) if kind is OwnFieldKind.CHOICE else [],
    }


def _choices(form: Form) -> list[str]:
    lines = [" ".join(line.split()) for line in form.lines("choices").split("\n")]
    choices = list(dict.fromkeys(filter(None, lines)))
    if not choices:
        form.wrong("choices", N_("Write at least one choice, each on a line of its own."))
    if len(choices) > MOST_CHOICES or any(len(one) > LONGEST_CHOICE for one in choices):
        form.wrong("choices", N_("These may be 200 choices of 100 characters at most."))
    return choices


def _form_page(request: web.Request, form: Form, field: OwnField | None = None) -> web.Response:
    return page(
        request,
        "own_fields/form.html",
        status=200 if form.ok else 422,
        form=form,
        own_field=field,
        kinds=OWN_FIELD_KINDS,
        parties=PARTIES,
    )
