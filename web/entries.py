"""One entry of the contact history: text, participants and why, staff, thread, attachments."""

from aiohttp import web

from storage import one_entry, quarantine
from web.files import files_of
from web.forms import text_in
from web.found import found, id_in
from web.letter_view import shown_letter
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF
from web.signatures import signature_news
from web.taking_back import can_take_back

routes = web.RouteTableDef()


@routes.get("/entries/{entry}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One entry, the text first; ?view=html frames its HTML."""
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    return page(
        request,
        "entries/show.html",
        entry=entry,
        paper=await shown_letter(entry, request[STAFF].id, sought=text_in(request, "hits")),
        in_quarantine=not quarantine.is_over(entry),
        can_take_back=can_take_back(request[STAFF], entry),
        files=await files_of(entry),
        neighbours=await one_entry.neighbours(entry),
        as_html=request.query.get("view") == "html",
        images=request.query.get("images") == "1",
        signature=await signature_news(request, entry),
    )
