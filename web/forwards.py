"""Was a forward read rightly?  Taking it as its sender's own mail, and as the original inside it again."""

from typing import NoReturn

from aiohttp import web

from ingest.again import NoForward, take_as_own_mail
from storage import quarantine
from web.config import CONFIG, QUEUE
from web.found import NotFound, id_in
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()


@routes.post("/entries/{entry}/own-mail")
@allowed(Right.EDIT)
async def own_mail(request: web.Request) -> web.Response:
    """Enter a forward as the mail of who forwarded it."""
    await _take(request, own_mail=True)


@routes.post("/entries/{entry}/original")
@allowed(Right.EDIT)
async def original(request: web.Request) -> web.Response:
    """Enter a forward as the original inside it."""
    await _take(request, own_mail=False)


async def _take(request: web.Request, *, own_mail: bool) -> NoReturn:
    entry_id, by = id_in(request, "entry"), request[STAFF].id
    if not await quarantine.is_visible(entry_id, by):
        raise NotFound
    try:
        entry_id = await take_as_own_mail(
            entry_id,
            own_mail=own_mail,
            by=by,
            queue=request.app[QUEUE],
            country=request.app[CONFIG].country,
        )
    except NoForward as error:
        raise NotFound from error
    raise web.HTTPSeeOther(f"/entries/{entry_id}")
