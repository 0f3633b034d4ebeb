"""Mailboxes that are read: which there are, how each gets on, paused, resumed, removed.

Everybody sees their own; administrators see all, and those that are shared.
"""

from aiohttp import web

from storage import mailboxes
from storage.mailboxes import Mailbox
from storage.staff import Staff
from web.found import NotFound, found, id_in
from web.mailbox_rules import may_see
from web.mailbox_words import LEFT_OUT
from web.page import page
from web.rights import Right, allowed, may
from web.session import STAFF

routes = web.RouteTableDef()


@routes.get("/mailboxes")
@allowed(Right.ACCOUNT)
async def index(request: web.Request) -> web.Response:
    """The mailboxes that one may see, and how they get on."""
    return page(request, "mailboxes/list.html", mailboxes=await visible_to(request[STAFF]))


@routes.get("/mailboxes/{mailbox}")
@allowed(Right.ACCOUNT)
async def show(request: web.Request) -> web.Response:
    """One mailbox: its state, what is wrong and what to do, its folders."""
    return page(request, "mailboxes/show.html", mailbox=await named(request), left_out=LEFT_OUT)


@routes.post("/mailboxes/{mailbox}/pause")
@allowed(Right.ACCOUNT)
async def pause(request: web.Request) -> web.Response:
    """Read it no more for now."""
    mailbox = await named(request)
    await mailboxes.pause(mailbox.id, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{mailbox.id}")


@routes.post("/mailboxes/{mailbox}/resume")
@allowed(Right.ACCOUNT)
async def resume(request: web.Request) -> web.Response:
    """Read it again, from where it was left."""
    mailbox = await named(request)
    await mailboxes.resume(mailbox.id, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/mailboxes/{mailbox.id}")


@routes.post("/mailboxes/{mailbox}/remove")
@allowed(Right.ACCOUNT)
async def remove(request: web.Request) -> web.Response:
    """Forget it, and its password; what was captured stays."""
    mailbox = await named(request)
    await mailboxes.remove(mailbox.id, by=request[STAFF].id)
    raise web.HTTPSeeOther("/mailboxes")


async def named(request: web.Request) -> Mailbox:
    """Return the mailbox in the path; NotFound for who may not see it: not even that it is there is told."""
    mailbox = found(await mailboxes.one(id_in(request, "mailbox")))
    if not may_see(request[STAFF], mailbox):
        raise NotFound
    return mailbox


async def visible_to(staff: Staff) -> list[Mailbox]:
    """Return the mailboxes that somebody may see."""
    if may(staff.access, Right.ADMINISTER):
        return await mailboxes.everyones()
    return await mailboxes.of_staff(staff.id)


async def silent_for(staff: Staff) -> list[Mailbox]:
    """Return the mailboxes that somebody must be told are silent, the longest silent first."""
    return [mailbox for mailbox in await mailboxes.silent() if may_see(staff, mailbox)]
