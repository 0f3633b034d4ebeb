"""One's own capture addresses: how to use them, make, replace and revoke them."""

from datetime import timedelta

from aiohttp import web

from storage import capturing
from storage.staff import CaptureAddress
from web.config import CONFIG
from web.found import NotFound, id_in
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_OVERLAP = timedelta(days=30)


@routes.get("/account/capture")
@allowed(Right.ACCOUNT)
async def show(request: web.Request) -> web.Response:
    """What a capture address is for, and one's own."""
    addresses = await capturing.list_for(request[STAFF].id)
    valid = [address for address in addresses if address.valid_until is None]
    return page(request, "account/capture.html", address=valid[0] if valid else None, days=_OVERLAP.days)


@routes.post("/account/capture/new")
@allowed(Right.ACCOUNT)
async def make(request: web.Request) -> web.Response:
    """Make a capture address."""
    await capturing.make_for(request[STAFF].id, request.app[CONFIG].capture_domain)
    raise web.HTTPSeeOther("/account/capture")


@routes.post("/account/capture/rotate")
@allowed(Right.ACCOUNT)
async def rotate(request: web.Request) -> web.Response:
    """Make a new one; the old one is accepted for a while still."""
    await capturing.rotate(request[STAFF].id, _OVERLAP)
    raise web.HTTPSeeOther("/account/capture")


@routes.post("/account/capture/{address}/revoke")
@allowed(Right.ACCOUNT)
async def revoke(request: web.Request) -> web.Response:
    """Accept no more mail for one of them."""
    await capturing.revoke((await _own(request)).id)
    raise web.HTTPSeeOther("/account#capture")


@routes.get("/account/capture/{address}.vcf")
@allowed(Right.ACCOUNT)
async def card(request: web.Request) -> web.Response:
    """A capture address as a contact for the address book (RFC 6350)."""
    address = await _own(request)
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Postbuch;;;;",
        "FN:Postbuch",
        f"EMAIL:{address.key}",
        "END:VCARD",
        "",
    )
    return web.Response(
        text="\r\n".join(lines),
        content_type="text/vcard",
        headers={"Content-Disposition": 'attachment; filename="postbuch.vcf"'},
    )


async def _own(request: web.Request) -> CaptureAddress:
    address_id = id_in(request, "address")
    for address in await capturing.list_for(request[STAFF].id):
        if address.id == address_id:
            return address
    raise NotFound
