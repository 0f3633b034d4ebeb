"""Deciding one held entry by the link of a digest: without a login, and for this one decision only.

The page shows and changes nothing, for mail scanners follow every link; the button decides.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from history.digest import Decided, Place, decide, link_of, may_decide, named, places_of
from storage import notices, one_entry
from storage.entries import Entry
from storage.notices import Notice
from web.config import CONFIG
from web.forms import Form, posted_form
from web.found import NotFound
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed

routes = web.RouteTableDef()
_IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a link is for: an entry of a digest, and who was asked; *is_over* if the link has ended."""

    notice: Notice
    place: Place
    entry: Entry | None
    is_over: bool


@routes.get("/decide/{token}")
@allowed(Right.PUBLIC)
async def show(request: web.Request) -> web.Response:
    """What a message is and with whom it may be, with one button."""
    return await _shown(request, await _asked(request), Form())


@routes.post("/decide/{token}")
@allowed(Right.PUBLIC)
async def confirm(request: web.Request) -> web.Response:
    """Decide it, in the name of whom the digest was for."""
    asked, form = await _asked(request), await posted_form(request)
    if asked.is_over or asked.entry is None:
        return await _shown(request, asked, form)
    options = [letter for letter, _ in asked.place.letters]
    choice = form.choice("choice", [*options, _IGNORE])
    if not choice:
        form.wrong("choice", N_("Choose one."))
        return await _shown(request, asked, form)
    letter = None if choice == _IGNORE else choice
    fate = await decide(asked.place, letter, by=asked.notice.staff_id)
    if fate is Decided.UNKNOWN:
        raise NotFound
    return _told(request, "done" if fate is Decided.DONE else "before")


async def _asked(request: web.Request) -> _Asked:
    """Return what the link is for; NotFound if we did not make it, or whom it was for may not decide any more."""
    link = link_of(request.match_info["token"], key=request.app[CONFIG].secret_key)
    notice = await notices.notice(link.notice_id) if link else None
    if link is None or notice is None or not may_decide(notice.staff):
        raise NotFound
    for place in places_of(notice.parameters):
        if place.entry_id == link.entry_id:
            entry = await one_entry.entry(place.entry_id, notice.staff_id)
            return _Asked(notice, place, entry, datetime.now(UTC) > link.until)
    raise NotFound


async def _shown(request: web.Request, asked: _Asked, form: Form) -> web.Response:
    if asked.is_over:
        return _told(request, "over", status=410)
    if asked.entry is None or asked.entry.held_reason is None:
        return _told(request, "before")
    names = await named([asked.place])
    return page(
        request,
        "decide/show.html",
        status=200 if form.ok else 422,
        entry=asked.entry,
        choices=[(letter, names[one]) for letter, one in asked.place.letters if one in names],
        form=form,
        asked=asked.notice.staff,
    )


def _told(request: web.Request, fate: str, *, status: int = 200) -> web.Response:
    return page(request, "decide/told.html", status=status, fate=fate)
