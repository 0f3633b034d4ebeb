"""What do these words find: organisations, persons, entries?"""

from aiohttp import web

from history.timeline import Filters, recent
from storage import directory
from web.filters import MOST_ENTRIES
from web.forms import cleaned, text_in
from web.page import page
from web.rights import Right, allowed

routes = web.RouteTableDef()
_MOST_NAMES = 6


@routes.get("/search")
@allowed(Right.READ)
async def search(request: web.Request) -> web.Response:
    """The best of each kind; entries in pages."""
    text = text_in(request, "q")
    after = cleaned(request.query.get("after", "")) or None
    if not text:
        return page(request, "search.html", text="", organisations=None, persons=None, timeline=None)
    return page(
        request,
        "search.html",
        text=text,
        organisations=await directory.organisations(text=text, most=_MOST_NAMES),
        persons=await directory.persons(text=text, most=_MOST_NAMES),
        timeline=await recent(filters=Filters(text=text), after=after, most=MOST_ENTRIES),
    )
