"""What has Postbuch written to staff by itself, and did it go out?"""

from aiohttp import web

from storage import notices
from storage.staff import AccessRole
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50


@routes.get("/account/notices")
@allowed(Right.ACCOUNT)
async def index(request: web.Request) -> web.Response:
    """One's own; administrators see also what did not reach others."""
    staff = request[STAFF]
    is_administrator = staff.access is AccessRole.ADMINISTRATOR
    return page(
        request,
        "account/notices.html",
        own=await notices.of_staff(staff.id, most=_MOST),
        lost=await notices.not_sent(most=_MOST) if is_administrator else [],
    )
