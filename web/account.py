"""One's own account: name, language, password, addresses and API tokens."""

from aiohttp import web

from storage import capturing, logins, roster
from storage.staff import Staff
from web import password, session
from web.forms import Form, form_of, posted_form
from web.found import NotFound, found, id_in
from web.guessing import TooManyAttempts, begin_attempt, forgive_attempts, network_of
from web.i18n import LANGUAGES, N_
from web.page import page
from web.rights import Right, allowed
from web.session import SESSION, STAFF
from web.welcome import new_password

routes = web.RouteTableDef()


@routes.get("/account")
@allowed(Right.ACCOUNT)
async def show(request: web.Request) -> web.Response:
    """Everything about oneself on one page."""
    return await _account_page(request)


@routes.post("/account")
@allowed(Right.ACCOUNT)
async def describe(request: web.Request) -> web.Response:
    """Change one's name and language."""
    staff, form = request[STAFF], await posted_form(request)
    name = form.text("name", required=True, most=200)
    if not form.ok:
        return await _account_page(request, own=form)
    language = form.choice("language", LANGUAGES, otherwise=staff.language)
    await logins.set_name_and_language(staff.id, name=name, language=language)
    raise web.HTTPSeeOther("/account")


@routes.post("/account/password")
@allowed(Right.ACCOUNT)
async def change_password(request: web.Request) -> web.Response:
    """Change one's password, which ends the other logins."""
    staff, form = request[STAFF], await posted_form(request)
    chosen = new_password(form)
    if form.ok and not await _is_own_password(request, staff, form.values.get("current", "")):
        form.wrong("current", N_("This is not your password."))
    if not form.ok:
        return await _account_page(request, secret=form)
    await roster.set_password(staff.id, await password.hashed(chosen), temporary=False, by=staff.id)
    return await session.begin(request, staff, then="/account")


@routes.post("/account/sessions/end")
@allowed(Right.ACCOUNT)
async def end_others(request: web.Request) -> web.Response:
    """Log out everywhere but here."""
    await logins.close_sessions_of(request[STAFF].id, but=request[SESSION].id)
    raise web.HTTPSeeOther("/account")


@routes.post("/account/addresses/new")
@allowed(Right.ACCOUNT)
async def add_address(request: web.Request) -> web.Response:
    """Add an address from which one writes."""
    staff, form = request[STAFF], await posted_form(request)
    if address := form.email("address"):
        try:
            await roster.add_address(address, by=staff.id, staff_id=staff.id)
        except roster.AddressTaken:
            form.wrong("address", N_("Somebody else here has this address."))
    if not form.ok:
        return await _account_page(request, address=form)
    raise web.HTTPSeeOther("/account#addresses")


@routes.post("/account/addresses/{address}/remove")
@allowed(Right.ACCOUNT)
async def remove_address(request: web.Request) -> web.Response:
    """Take away an address of one's own."""
    own = found(await roster.find(str(request[STAFF].id)))
    address_id = id_in(request, "address")
    if address_id not in {address.id for address in own.addresses}:
        raise NotFound
    await roster.remove_address(address_id, by=request[STAFF].id)
    raise web.HTTPSeeOther("/account#addresses")


@routes.post("/account/tokens/new")
@allowed(Right.ACCOUNT)
async def add_token(request: web.Request) -> web.Response:
    """Make an API token and show it, this once."""
    form = await posted_form(request)
    name = form.text("token_name", required=True, most=200)
    if not form.ok:
        return await _account_page(request, token=form)
    made = await logins.make_api_token(request[STAFF].id, name)
    return page(request, "account/token.html", name=name, made=made)


@routes.post("/account/tokens/{token}/revoke")
@allowed(Right.ACCOUNT)
async def revoke_token(request: web.Request) -> web.Response:
    """Make a token of one's own worthless."""
    await logins.revoke_api_token(id_in(request, "token"), staff_id=request[STAFF].id)
    raise web.HTTPSeeOther("/account#tokens")


async def _is_own_password(request: web.Request, staff: Staff, given: str) -> bool:
    account, network = f"own:{staff.id}", network_of(request)
    try:
        await begin_attempt(account, network)
    except TooManyAttempts:
        return False
    right = await password.matches(given[: password.LONGEST], staff.password_hash)
    if right:
        await forgive_attempts(account, network)
    return right


async def _account_page(
    request: web.Request,
    *,
    own: Form | None = None,
    secret: Form | None = None,
    address: Form | None = None,
    token: Form | None = None,
) -> web.Response:
    staff = request[STAFF]
    wrong = any(form is not None for form in (own, secret, address, token))
    return page(
        request,
        "account/show.html",
        status=422 if wrong else 200,
        own=own or form_of({"name": staff.name, "language": staff.language}),
        secret=secret or Form(),
        address=address or Form(),
        token_form=token or Form(),
        me=found(await roster.find(str(staff.id))),
        capture_addresses=await capturing.list_for(staff.id),
        tokens=await logins.api_tokens_of(staff.id),
    )
