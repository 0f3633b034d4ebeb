"""Somebody sees that two entries are one: the other one is chosen from the page of one, and both are merged."""

from aiohttp import web

from storage import directory
from storage.correspondents import Organisation, Party, Person
from storage.duplicates import Pair
from web.choosing import Choices, chosen_organisation, chosen_person
from web.duplicates import Two, make_one, side_by_side
from web.forms import Form, posted_form
from web.found import NotFound, found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed

routes = web.RouteTableDef()
_PATH = "/{owners:organisations|persons}/{owner}/same"


@routes.get(_PATH)
@allowed(Right.EDIT)
async def ask(request: web.Request) -> web.Response:
    """Which entry is the same?"""
    return _form_page(request, await _owner(request), Form(), Choices())


@routes.post(_PATH)
@allowed(Right.EDIT)
async def choose(request: web.Request) -> web.Response:
    """Go on to both side by side; nothing is changed yet."""
    owner, form, choices = await _owner(request), await posted_form(request), Choices()
    other: Organisation | Person | None
    if isinstance(owner, Person):
        other = await chosen_person(form, choices, but=owner.id)
    else:
        other = await chosen_organisation(form, choices, but=owner.id)
    if other and other.id == owner.id:
        form.wrong(_party(request).value, N_("This is the same entry. Choose another one."))
    if other is None or not form.ok:
        return _form_page(request, owner, form, choices)
    raise web.HTTPSeeOther(f"{request.path}/{other.id}")


@routes.get(_PATH + "/{other}")
@allowed(Right.EDIT)
async def show(request: web.Request) -> web.Response:
    """Both side by side, the differences marked."""
    return await side_by_side(request, await _two(request), Form())


@routes.post(_PATH + "/{other}/merge")
@allowed(Right.EDIT)
async def merge(request: web.Request) -> web.Response:
    """Make one of two, with the fields that were chosen."""
    return await make_one(request, await _two(request))


def _party(request: web.Request) -> Party:
    return Party(request.match_info["owners"].removesuffix("s"))


async def _owner(request: web.Request) -> Organisation | Person:
    owner_id = id_in(request, "owner")
    if _party(request) is Party.PERSON:
        return found(await directory.person(owner_id))
    return found(await directory.organisation(owner_id))


async def _two(request: web.Request) -> Two:
    """Return both; if they were found to be alike too, that is decided with them."""
    party, one, other = _party(request), id_in(request, "owner"), id_in(request, "other")
    if one == other:
        raise NotFound
    first, second = sorted((one, other))
    pair = await Pair.get_or_none(party=party, first_id=first, second_id=second)
    return Two(party, one, other, f"/{party.value}s/{one}/same/{other}", pair, by_hand=True)


def _form_page(
    request: web.Request, owner: Organisation | Person, form: Form, choices: Choices
) -> web.Response:
    status = 200 if form.ok else 422
    return page(
        request,
        "duplicates/choose.html",
        status=status,
        party=_party(request).value,
        owner=owner,
        form=form,
        choices=choices,
    )
