"""One conversation, and putting right what belongs to it."""

from aiohttp import web

from history import threads
from history.timeline import (
    EntryLine,
    Filters,
    ParticipantLine,
    timeline_of_organisation,
    timeline_of_person,
    timeline_of_thread,
)
from storage import quarantine
from web.forms import posted_form, text_in
from web.found import NotFound, id_in
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 100
_MOST_OTHERS = 40


@routes.get("/threads/{thread}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """All entries of a conversation, and other conversations with the same correspondents."""
    thread_id = id_in(request, "thread")
    timeline = await timeline_of_thread(
        thread_id, filters=Filters(), after=text_in(request, "after") or None, most=_MOST
    )
    if not timeline.entries:
        raise NotFound
    return page(
        request,
        "threads/show.html",
        thread_id=thread_id,
        timeline=timeline,
        others=await _others(timeline.entries[0], thread_id),
    )


@routes.post("/threads/{thread}/split")
@allowed(Right.DECIDE)
async def split(request: web.Request) -> web.Response:
    """Let an entry, and what answers it, be a conversation of its own."""
    form = await posted_form(request)
    entry_id = _number(form.values.get("entry", ""))
    if not await quarantine.is_visible(entry_id, request[STAFF].id):
        raise NotFound
    try:
        made = await threads.split(entry_id, by=request[STAFF].id)
    except threads.NoSuchThread as error:
        raise NotFound from error
    raise web.HTTPSeeOther(f"/threads/{made}")


@routes.post("/threads/{thread}/merge")
@allowed(Right.DECIDE)
async def merge(request: web.Request) -> web.Response:
    """Make another conversation part of this one."""
    form, thread_id = await posted_form(request), id_in(request, "thread")
    other = _number(form.values.get("other", ""))
    try:
        await threads.merge(thread_id, other, by=request[STAFF].id)
    except threads.NoSuchThread as error:
        raise NotFound from error
    raise web.HTTPSeeOther(f"/threads/{thread_id}")


async def _others(entry: EntryLine, thread_id: int) -> list[EntryLine]:
    """Return the newest entry of each other conversation with the same correspondents."""
    found: dict[int, EntryLine] = {}
    for participant in entry.participants:
        for other in await _with(participant):
            if other.thread_id not in {None, thread_id}:
                found.setdefault(other.thread_id, other)
    return list(found.values())[:_MOST_OTHERS]


async def _with(participant: ParticipantLine) -> list[EntryLine]:
    every = Filters()
    if participant.person_id:
        return (await timeline_of_person(participant.person_id, filters=every, most=_MOST_OTHERS)).entries
    if participant.organisation_id:
        organisation_id = participant.organisation_id
        return (await timeline_of_organisation(organisation_id, filters=every, most=_MOST_OTHERS)).entries
    return []


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise NotFound
    return int(text)
