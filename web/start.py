"""The start page: what was exchanged lately, what waits for a decision, what is wrong."""

from aiohttp import web

from history import held
from history.timeline import Filters, recent
from storage import capturing, directory, jobs, quarantine
from storage.jobs import JobState
from web.config import HEALTH
from web.forms import cleaned
from web.mailboxes import silent_for
from web.page import page
from web.rights import Right, allowed, may
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 20


@routes.get("/")
@allowed(Right.READ)
async def start(request: web.Request) -> web.Response:
    """What one wants to see first in the morning."""
    staff = request[STAFF]
    organisations, persons = await directory.counts()
    valid = [one for one in await capturing.list_for(staff.id) if one.valid_until is None]
    after = cleaned(request.query.get("after", "")) or None
    return page(
        request,
        "start.html",
        timeline=await recent(filters=Filters(), after=after, most=_MOST),
        held=await held.count(),
        quarantined=await quarantine.count_of(staff.id),
        organisations=organisations,
        persons=persons,
        capture_address=valid[0] if valid else None,
        given_up=(await jobs.waiting())[JobState.DEAD],
        silent=await silent_for(staff),
        is_well=not may(staff.access, Right.ADMINISTER) or (await request.app[HEALTH]()).ok,
    )
