"""Is this request let in, and what keeps a browser from doing what it should not?

Three layers around every page: headers that bind the browser, pages for errors,
and the check of session, right and origin.
"""

import traceback
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import structlog
from aiohttp import web

from storage.connect import StorageUnavailable
from storage.listing import WrongCursor
from web.config import CONFIG
from web.found import NotFound
from web.page import page
from web.rights import Right, is_from_anywhere, may, right_of
from web.session import SESSION, STAFF, carries_our_token, comes_from_us, session_in
from web.uploads import reads_its_form_itself

API_PREFIX = "/api/"
WELCOME = "/welcome"
_FIRST_ERROR = 400
_READING = frozenset({"GET", "HEAD"})
_WITH_TEMPORARY_PASSWORD = frozenset({WELCOME, "/logout"})
_CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with that a browser sends "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, no-store",
}
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = structlog.get_logger(__name__)


async def bind_browser(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on that forbid scripts of others, framing and keeping copies.

    What a page has set itself stays: the view of a mail's HTML binds tighter.
    """
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.app[CONFIG].secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


@web.middleware
async def show_errors(request: web.Request, handler: Next) -> web.StreamResponse:
    """Turn what goes wrong into a page; the API has words of its own for it."""
    if request.path.startswith(API_PREFIX):
        return await handler(request)
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < _FIRST_ERROR:
            raise
        return page(request, "error.html", status=error.status)
    except (NotFound, WrongCursor):
        return page(request, "error.html", status=404)
    except StorageUnavailable:
        return page(request, "error.html", status=503)
    except Exception as error:  # noqa: BLE001 - the edge: one broken page stops nothing else
        # Where, not what: the message of an error may quote a mail.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("page failed", route=route_of(request), error=type(error).__name__, where=where)
        return page(request, "error.html", status=500)


@web.middleware
async def let_in(request: web.Request, handler: Next) -> web.StreamResponse:
    """Let in who is logged in, has the right, and sends a form of ours."""
    if request.path.startswith(API_PREFIX):
        return await handler(request)
    right = _right_needed(request)
    if right is Right.PUBLIC and is_from_anywhere(request.match_info.handler):
        return await handler(request)  # as a stranger, whoever is logged in
    session = await session_in(request)
    if session is not None:
        request[SESSION], request[STAFF] = session, session.staff
    if request.method not in _READING:
        await _require_our_form(request)
    if right is not Right.PUBLIC:
        _require(request, right)
    return await handler(request)


def _right_needed(request: web.Request) -> Right:
    if request.match_info.http_exception is not None:
        return Right.READ  # no such page: not even that is told without login
    return right_of(request.match_info.handler)


def _require(request: web.Request, right: Right) -> None:
    staff = request.get(STAFF)
    if staff is None:
        if request.method in _READING:
            raise web.HTTPSeeOther(f"/login?next={quote(request.path_qs)}")
        raise web.HTTPUnauthorized
    if staff.password_is_temporary and request.path not in _WITH_TEMPORARY_PASSWORD:
        raise web.HTTPSeeOther(WELCOME)
    if not may(staff.access, right):
        raise web.HTTPForbidden


async def _require_our_form(request: web.Request) -> None:
    if not comes_from_us(request):
        raise web.HTTPForbidden
    if reads_its_form_itself(request.match_info.handler):
        return
    if SESSION in request and not await carries_our_token(request):
        raise web.HTTPForbidden


def route_of(request: web.Request) -> str:
    """Return the address that a request is for as logs may tell it: with places instead of ids."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"
