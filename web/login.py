"""Logging in and out."""

from aiohttp import web

from mail.address import Address
from storage import audit, logins
from web import password, session
from web.guessing import TooManyAttempts, begin_attempt, forgive_attempts, network_of
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/login")
@allowed(Right.PUBLIC)
async def show(request: web.Request) -> web.Response:
    """The form to log in, in the language that one can choose there."""
    if STAFF in request:
        raise web.HTTPSeeOther(_own_path(request.query.get("next", "/")))
    return page(request, "login.html", login="", problem=None)


@routes.post("/login")
@allowed(Right.PUBLIC)
async def log_in(request: web.Request) -> web.Response:
    """Log in, or say that this is not right: never whether it was the name or the password."""
    posted = await request.post()
    login, given = str(posted.get("login", "")), str(posted.get("password", ""))
    account, network = _account(login), network_of(request)
    try:
        await begin_attempt(account, network)
    except TooManyAttempts as error:
        response = page(request, "login.html", status=429, login=login, problem="wait", seconds=error.seconds)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    staff = await logins.staff_by_login(login)
    right = await password.matches(given[: password.LONGEST], staff.password_hash if staff else None)
    if staff is None or not right:
        return page(request, "login.html", status=401, login=login, problem="wrong")
    await forgive_attempts(account, network)
    await audit.record("log-in", staff_id=staff.id)
    return await session.begin(request, staff, then=_own_path(str(posted.get("next", "/"))))


@routes.post("/logout")
@allowed(Right.ACCOUNT)
async def log_out(request: web.Request) -> web.Response:
    """End the session here and in this browser."""
    await audit.record("log-out", staff_id=request[STAFF].id)
    return await session.end(request, then="/login")


def _account(login: str) -> str:
    address = Address.parse(login)
    return (address.key if address else login.strip().lower())[:320].replace("\x00", "")


def _own_path(path: str) -> str:
    """Return *path* if it is one of ours, else the start page: no link leads through us elsewhere."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"
