"""What one captured and does not want to be kept: taken back by hand, above all before others see it."""

from aiohttp import web

from history.taking_back import NotThere, NotYours, may_take_back, take_back_by_hand
from history.timeline import quarantined
from storage import quarantine
from storage.entries import Entry, StaffPart
from storage.forgetting import Parts
from storage.staff import Staff
from web.config import CONFIG, QUEUE
from web.forms import text_in
from web.found import NotFound, id_in
from web.page import page
from web.rights import Right, allowed, may
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50


@routes.get("/quarantine")
@allowed(Right.ACCOUNT)
async def index(request: web.Request) -> web.Response:
    """What one captured and the others do not see yet."""
    after = text_in(request, "after") or None
    listed = await quarantined(request[STAFF].id, after=after, most=_MOST)
    return page(request, "quarantine.html", listed=listed)


@routes.post("/entries/{entry}/take-back")
@allowed(Right.ACCOUNT)
async def take_back(request: web.Request) -> web.Response:
    """Forget a mail, and all that was made of it."""
    try:
        await forget(request, id_in(request, "entry"))
    except NotYours:
        raise web.HTTPForbidden from None
    raise web.HTTPSeeOther("/")


async def forget(request: web.Request, entry_id: int) -> None:
    """Take an entry back in the name of who asks.  NotFound, NotYours."""
    staff = request[STAFF]
    if not await quarantine.is_visible(entry_id, staff.id):
        raise NotFound
    try:
        await take_back_by_hand(
            entry_id,
            staff,
            is_administrator=may(staff.access, Right.ADMINISTER),
            secret=request.app[CONFIG].secret_key,
            queue=request.app[QUEUE],
        )
    except NotThere as error:
        raise NotFound from error


def can_take_back(staff: Staff, entry: Entry) -> bool:
    """Tell whether somebody may take an entry back that is read with its staff and messages."""
    if not list(entry.messages):
        return False
    parts = Parts(_with(entry, StaffPart.AUTHOR), _with(entry, StaffPart.CAPTURED))
    return may(staff.access, Right.ADMINISTER) or may_take_back(staff.id, parts)


def _with(entry: Entry, part: StaffPart) -> frozenset[int]:
    return frozenset(one.staff_id for one in entry.staff_parts if one.part is part)
