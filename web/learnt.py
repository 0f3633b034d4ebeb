"""What Postbuch has learnt: every decision as what it says, each to be taken back."""

from aiohttp import web

from history import undoing
from history.learnt import learnt
from storage.facts import FactKind
from web.forms import cleaned, text_in
from web.found import NotFound, id_in
from web.held_words import KINDS, taken_back
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50


@routes.get("/learnt")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """All facts, the latest first; of one kind, or of one address or domain."""
    kind, text = text_in(request, "kind"), text_in(request, "q")
    listed = await learnt(
        kind=FactKind(kind) if kind in set(FactKind) else None,
        text=text,
        after=cleaned(request.query.get("after", "")) or None,
        most=_MOST,
    )
    back = text_in(request, "back", most=9)
    said = taken_back(int(back), language_of(request)) if back.isascii() and back.isdigit() else ""
    return page(request, "learnt.html", listed=listed, kinds=KINDS, kind=kind, text=text, said=said)


@routes.post("/learnt/{fact}/take-back")
@allowed(Right.DECIDE)
async def take_back(request: web.Request) -> web.Response:
    """Take a fact back: what it alone settled waits again."""
    try:
        entry_ids = await undoing.take_back(id_in(request, "fact"), by=request[STAFF].id)
    except undoing.NoSuchFact as error:
        raise NotFound from error
    raise web.HTTPSeeOther(f"/learnt?back={len(entry_ids)}" if entry_ids else "/learnt")
