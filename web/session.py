"""Who is asking?  The cookie of a browser that is logged in, and proof that a form is ours."""

import hmac
from urllib.parse import urlsplit

from aiohttp import web
from itsdangerous import BadSignature, Signer

from storage.logins import close_session, open_session, session_of
from storage.staff import Session, Staff
from web.config import CONFIG, WebConfig

STAFF = web.RequestKey("staff", Staff)
SESSION = web.RequestKey("session", Session)
FORM_TOKEN = "form_token"  # noqa: S105 - a field's name
_UNSAFE_SITES = frozenset({"cross-site", "same-site"})


async def begin(request: web.Request, staff: Staff, *, then: str) -> web.Response:
    """Log this browser in and send it on to the page *then*.

    Under a new token: one that somebody planted before is worth nothing.
    """
    config = request.app[CONFIG]
    response = await end(request, then=then)
    token = await open_session(staff, longest=config.session_longest)
    response.set_cookie(
        cookie_name(config),
        _signer(config).sign(token).decode(),
        max_age=int(config.session_longest.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=config.secure_cookies,
    )
    return response


async def end(request: web.Request, *, then: str) -> web.Response:
    """Log this browser out and send it on to the page *then*."""
    config = request.app[CONFIG]
    if token := _token(request):
        await close_session(token)
    response = web.Response(status=web.HTTPSeeOther.status_code, headers={"Location": then})
    response.del_cookie(cookie_name(config), httponly=True, samesite="Lax", secure=config.secure_cookies)
    return response


async def session_in(request: web.Request) -> Session | None:
    """Return the session that the cookie names, or None."""
    token = _token(request)
    return await session_of(token, idle=request.app[CONFIG].session_idle) if token else None


def cookie_name(config: WebConfig) -> str:
    """Return the cookie's name; over https one that no other host can set (RFC 6265bis, 4.1.3)."""
    return "__Host-postbuch" if config.secure_cookies else "postbuch"


def form_token(request: web.Request) -> str:
    """Return what a form of this session carries, "" where nobody is logged in."""
    session = request.get(SESSION)
    if session is None:
        return ""
    return hmac.digest(
        request.app[CONFIG].secret_key, f"form:{session.token_digest}".encode(), "sha256"
    ).hex()


def comes_from_us(request: web.Request) -> bool:
    """Tell whether a browser says that a form was sent from one of our own pages."""
    if request.headers.get("Sec-Fetch-Site") in _UNSAFE_SITES:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True  # no browser of today: the form's token must do
    ours = urlsplit(request.app[CONFIG].staff_url)
    return origin == f"{ours.scheme}://{ours.netloc}" or urlsplit(origin).netloc == request.host


async def carries_our_token(request: web.Request) -> bool:
    """Tell whether a form carries the token of its session."""
    posted = (await request.post()).get(FORM_TOKEN, "")
    return isinstance(posted, str) and is_our_token(request, posted)


def is_our_token(request: web.Request, token: str) -> bool:
    """Tell whether *token* is that of the request's session."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), form_token(request).encode())


def _token(request: web.Request) -> str | None:
    config = request.app[CONFIG]
    try:
        return _signer(config).unsign(request.cookies.get(cookie_name(config), "")).decode()
    except BadSignature:
        return None


def _signer(config: WebConfig) -> Signer:
    return Signer(config.secret_key, salt="session")
