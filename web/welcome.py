"""The first login, with a temporary password: who are you, and what is your own password?"""

from aiohttp import web

from mail.address import Address
from storage import capturing, logins, roster
from storage.staff import Staff
from web import password, session
from web.config import CONFIG
from web.forms import Form, form_of, posted_form
from web.i18n import LANGUAGES, N_
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/welcome")
@allowed(Right.ACCOUNT)
async def show(request: web.Request) -> web.Response:
    """The form that somebody new fills in."""
    staff = request[STAFF]
    if not staff.password_is_temporary:
        raise web.HTTPSeeOther("/")
    name = "" if staff.login == roster.FIRST_LOGIN else staff.name
    return await _form_page(request, form_of({"name": name, "language": language_of(request)}))


@routes.post("/welcome")
@allowed(Right.ACCOUNT)
async def settle_in(request: web.Request) -> web.Response:
    """Keep name, address and password, and go on to the capture address."""
    staff, form = request[STAFF], await posted_form(request)
    name = form.text("name", required=True, most=200)
    address = form.email("address") if await _needs_address(staff) else None
    chosen = new_password(form)
    if form.ok and address:
        await _add_address(form, staff, address)
    if not form.ok:
        return await _form_page(request, form)
    language = form.choice("language", LANGUAGES, otherwise=language_of(request))
    await logins.set_name_and_language(staff.id, name=name, language=language)
    await roster.set_password(staff.id, await password.hashed(chosen), temporary=False, by=staff.id)
    if not await capturing.list_for(staff.id):
        await capturing.make_for(staff.id, request.app[CONFIG].capture_domain)
    return await session.begin(request, staff, then="/account/capture")


def new_password(form: Form) -> str:
    """Return the password that a form chooses, typed twice the same."""
    chosen = form.values.get("password", "")
    if len(chosen) < password.SHORTEST:
        form.wrong(
            "password",
            N_("Take at least %(least)s characters. Several words are good."),
            least=password.SHORTEST,
        )
    if len(chosen) > password.LONGEST:
        form.wrong("password", N_("This may have %(most)s characters at most."), most=password.LONGEST)
    if chosen != form.values.get("again", ""):
        form.wrong("again", N_("This is not the same."))
    return chosen


async def _needs_address(staff: Staff) -> bool:
    found = await roster.find(str(staff.id))
    return found is None or not list(found.addresses)


async def _add_address(form: Form, staff: Staff, address: Address) -> None:
    try:
        await roster.add_address(address, by=staff.id, staff_id=staff.id)
    except roster.AddressTaken:
        form.wrong("address", N_("Somebody else here has this address."))


async def _form_page(request: web.Request, form: Form) -> web.Response:
    return page(
        request,
        "welcome.html",
        status=200 if form.ok else 422,
        form=form,
        needs_address=await _needs_address(request[STAFF]),
    )
