"""Which program is asking, may it, and how is it told what went wrong?"""

import traceback
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from storage import logins
from storage.connect import StorageUnavailable, unavailable_means_later
from storage.directory_edits import Taken
from storage.listing import WrongCursor
from storage.staff import Staff
from web.api.problem import Problem, wrong_field, wrong_parameter
from web.found import NotFound
from web.guard import API_PREFIX, route_of
from web.rights import MissingRight, Right, may, right_of
from web.session import STAFF

_FIRST_ERROR = 400
_RETRY_SECONDS = 10
_NOTHING = "There is nothing at this address."
_TAKEN = {
    "domain": "This domain is another organisation's already.",
    "value": "This number is another organisation's already.",
    "customer_number": "Another organisation has this customer number.",
    "external_key": "Another row has this key.",
}
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = structlog.get_logger(__name__)


@web.middleware
async def answer_programs(request: web.Request, handler: Next) -> web.StreamResponse:
    """Let in who brings a token and has the right, and tell every problem as one; all below /api/."""
    if not request.path.startswith(API_PREFIX):
        return await handler(request)
    try:
        with unavailable_means_later():
            await _let_in(request)
            return await handler(request)
    except Exception as error:  # noqa: BLE001 - the edge: one broken operation stops nothing else
        return _problem(request, error).response()


async def _let_in(request: web.Request) -> None:
    """Look for the token first: a stranger is not even told which addresses there are."""
    unknown = request.match_info.http_exception
    right = Right.READ if unknown else right_of(request.match_info.handler)
    if right is not Right.PUBLIC:
        request[STAFF] = await _staff_of_token(request)
        if not may(request[STAFF].access, right):
            raise Problem(403, f"{request[STAFF].name} lacks the right to do this: {right}.")
    if unknown:
        raise unknown


async def _staff_of_token(request: web.Request) -> Staff:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise _unauthorised("Send the header “Authorization: Bearer TOKEN”.", "Bearer")
    found = await logins.api_token_of(token.strip())
    if found is None:
        raise _unauthorised(
            "This token is unknown, revoked, or its owner has left.", 'Bearer error="invalid_token"'
        )
    return found.staff


def _unauthorised(detail: str, challenge: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})


def _problem(request: web.Request, error: Exception) -> Problem:
    """Return what a program is told of an error."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, web.HTTPException) and error.status >= _FIRST_ERROR:
        return _problem_of_address(error)
    if known := _problem_of_rows(error):
        return known
    # Where, not what: the message of an error may quote a mail.
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("operation failed", route=route_of(request), error=type(error).__name__, where=where)
    return Problem(500, "This went wrong here, not with you. The log tells where.")


def _problem_of_rows(error: Exception) -> Problem | None:
    match error:
        case NotFound() | MissingRight():
            return Problem(404, _NOTHING)
        case WrongCursor():
            return wrong_parameter("after", "This is no `after` of a page of this list.", status=400)
        case Taken():
            return wrong_field(f"/{error.field}", _TAKEN[error.field], status=409)
        case StorageUnavailable():
            again = {"Retry-After": str(_RETRY_SECONDS)}
            return Problem(503, "The database is away. Try again.", headers=again)
        case _:
            return None


def _problem_of_address(error: web.HTTPException) -> Problem:
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        return Problem(405, f"This address takes {allowed}.", headers={"Allow": allowed})
    if isinstance(error, web.HTTPNotFound):
        return Problem(404, _NOTHING)
    return Problem(error.status, f"{error.reason}.")
