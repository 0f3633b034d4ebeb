"""Whether a forward was read rightly, and taking it the other way."""

from aiohttp import web

from ingest.again import NoForward, take_as_own_mail
from storage import one_entry
from web.api.entry_answers import EntryInFull, in_full
from web.api.fields import Given
from web.api.operation import Area
from web.api.problem import Problem
from web.config import CONFIG, QUEUE
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("forwards", "What was read from a colleague's forward, and whether that is right.")


class Taken(Given):
    """Whether a forward is its sender's own mail, or stands for the original inside it."""

    own_mail: bool


@area.operation("POST", "/entries/{entry}/forward", Right.EDIT, problems=[409])
async def take_forward(request: web.Request, body: Taken) -> EntryInFull:
    """Enter a forward as its sender's own mail, or as the original inside it; the entry that it is then"""
    entry_id = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id)).id
    try:
        now = await take_as_own_mail(
            entry_id,
            own_mail=body.own_mail,
            by=request[STAFF].id,
            queue=request.app[QUEUE],
            country=request.app[CONFIG].country,
        )
    except NoForward:
        raise Problem(409, "This entry is of no forward that could be taken so.") from None
    return await in_full(found(await one_entry.entry(now, request[STAFF].id)))
