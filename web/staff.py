"""Who works here: the list, what one of them exchanged with whom, and who may do what."""

from aiohttp import web

from history.timeline import timeline_of_staff
from storage import capturing, roster
from storage.staff import AccessRole, Staff
from web import password
from web.config import CONFIG
from web.filters import MOST_ENTRIES, filters_in
from web.forms import Form, form_of, posted_form
from web.found import NotFound, found, id_in
from web.i18n import LANGUAGES, N_
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/staff")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Who works here and who did."""
    return page(request, "staff/list.html", everybody=await roster.everybody())


@routes.get("/staff/new")
@allowed(Right.ADMINISTER)
async def new(request: web.Request) -> web.Response:
    """The form for somebody new."""
    return _form_page(request, form_of({"language": language_of(request), "access": AccessRole.STAFF.value}))


@routes.post("/staff/new")
@allowed(Right.ADMINISTER)
async def add(request: web.Request) -> web.Response:
    """Add somebody, and show their temporary password this once."""
    form, by = await posted_form(request), request[STAFF].id
    name, address = form.text("name", required=True, most=200), form.email("address")
    if not form.ok or address is None:
        return _form_page(request, form)
    temporary = password.temporary()
    new_staff = roster.NewStaff(
        name=name,
        address=address,
        access=_access(form),
        language=form.choice("language", LANGUAGES, otherwise="de"),
        password_hash=await password.hashed(temporary),
    )
    try:
        staff = await roster.add(new_staff, by=by)
    except roster.AddressTaken:
        form.wrong("address", N_("Somebody else here has this address."))
        return _form_page(request, form)
    await capturing.make_for(staff.id, request.app[CONFIG].capture_domain)
    return page(request, "staff/password.html", somebody=staff, temporary=temporary)


@routes.get("/staff/{staff}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One colleague: addresses, and the entries that they wrote, received or captured."""
    return await _staff_page(request, await _named(request))


@routes.post("/staff/{staff}/access")
@allowed(Right.ADMINISTER)
async def set_access(request: web.Request) -> web.Response:
    """Change what somebody may do."""
    somebody, form = await _named(request), await posted_form(request)
    try:
        await roster.set_access(somebody.id, _access(form), by=request[STAFF].id)
    except roster.LastAdministrator:
        return await _staff_page(request, somebody, problem="last-administrator")
    raise web.HTTPSeeOther(f"/staff/{somebody.id}")


@routes.post("/staff/{staff}/password")
@allowed(Right.ADMINISTER)
async def reset_password(request: web.Request) -> web.Response:
    """Give somebody a temporary password, shown this once."""
    somebody = await _named(request)
    if somebody.left_at is not None:
        raise NotFound
    temporary = password.temporary()
    by = request[STAFF].id
    await roster.set_password(somebody.id, await password.hashed(temporary), temporary=True, by=by)
    return page(request, "staff/password.html", somebody=somebody, temporary=temporary)


@routes.post("/staff/{staff}/leave")
@allowed(Right.ADMINISTER)
async def leave(request: web.Request) -> web.Response:
    """Note that somebody has left: no login, no capture address, the history stays."""
    somebody = await _named(request)
    try:
        await roster.leave(somebody.id, by=request[STAFF].id)
    except roster.LastAdministrator:
        return await _staff_page(request, somebody, problem="last-administrator")
    raise web.HTTPSeeOther(f"/staff/{somebody.id}")


@routes.post("/staff/{staff}/addresses/new")
@allowed(Right.ADMINISTER)
async def add_address(request: web.Request) -> web.Response:
    """Give somebody another address."""
    somebody, form = await _named(request), await posted_form(request)
    if address := form.email("address"):
        try:
            await roster.add_address(address, by=request[STAFF].id, staff_id=somebody.id)
        except roster.AddressTaken:
            form.wrong("address", N_("Somebody else here has this address."))
    if not form.ok:
        return await _staff_page(request, somebody, address=form)
    raise web.HTTPSeeOther(f"/staff/{somebody.id}")


@routes.post("/staff/{staff}/addresses/{address}/remove")
@allowed(Right.ADMINISTER)
async def remove_address(request: web.Request) -> web.Response:
    """Take an address away from somebody."""
    somebody, address_id = await _named(request), id_in(request, "address")
    if address_id not in {address.id for address in somebody.addresses}:
        raise NotFound
    await roster.remove_address(address_id, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/staff/{somebody.id}")


async def _named(request: web.Request) -> Staff:
    return found(await roster.find(str(id_in(request, "staff"))))


def _access(form: Form) -> AccessRole:
    return AccessRole(form.choice("access", list(AccessRole), otherwise=AccessRole.STAFF))


def _form_page(request: web.Request, form: Form) -> web.Response:
    return page(request, "staff/form.html", status=200 if form.ok else 422, form=form)


async def _staff_page(
    request: web.Request, somebody: Staff, *, problem: str = "", address: Form | None = None
) -> web.Response:
    filters = filters_in(request)
    timeline = await timeline_of_staff(
        somebody.id, filters=filters.chosen, after=filters.after, most=MOST_ENTRIES
    )
    return page(
        request,
        "staff/show.html",
        status=409 if problem else 422 if address else 200,
        somebody=somebody,
        problem=problem,
        access_form=form_of({"access": somebody.access.value}),
        address_form=address or Form(),
        filters=filters,
        timeline=timeline,
    )
