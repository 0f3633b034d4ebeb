"""Those entered twice: the list, a pair side by side, making one of two, and two of one again."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from matcher.finding import enqueue_search
from matcher.joining import JOINED, Take, differing, joined
from storage import directory, duplicates, lookups, merging, unmerging
from storage.connect import transaction
from storage.correspondents import Organisation, Party, Person
from storage.duplicates import Pair, PairState
from storage.merges import Merge
from web.config import QUEUE
from web.duplicate_words import FIELD_NAMES, LIKENESS_NAMES, REFUSALS, STRENGTH_NAMES
from web.forms import Form, posted_form
from web.found import NotFound, found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50
_BOTH = "both"


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as the list shows it: two names, each with where they work."""

    pair: Pair
    names: tuple[str, str]
    places: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Two:
    """Two entries that may become one, the one named first on the left; *pair* where they were found to be alike.

    *by_hand*: somebody has chosen them.
    """

    party: Party
    first_id: int
    second_id: int
    path: str
    pair: Pair | None = None
    by_hand: bool = False

    async def rows(self) -> tuple[Any, Any]:
        """Return the two with all that belongs to them."""
        read = directory.person if self.party is Party.PERSON else directory.organisation
        return found(await read(self.first_id)), found(await read(self.second_id))


@routes.get("/duplicates")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Pairs that nobody has decided of."""
    party = _party(request.query.get("party", ""))
    after = request.query.get("after")
    begin = directory.position(after)[1] if after else 0
    pairs = await duplicates.open_pairs(party, after=begin, most=_MOST + 1)
    return page(
        request,
        "duplicates/list.html",
        party=party.value,
        lines=await lines(party, pairs[:_MOST]),
        after=directory.cursor_of("", pairs[_MOST - 1].id) if len(pairs) > _MOST else None,
        counts={one.value: number for one, number in (await duplicates.count_open()).items()},
        searching=request.query.get("searching") == "1",
        **_WORDS,
    )


@routes.post("/duplicates/search")
@allowed(Right.EDIT)
async def search(request: web.Request) -> web.Response:
    """Look for those entered twice now, not only tonight."""
    async with transaction():
        await enqueue_search(request.app[QUEUE])
    party = _party((await posted_form(request)).values.get("party", ""))
    raise web.HTTPSeeOther(f"/duplicates?party={party.value}&searching=1")


@routes.get("/duplicates/{pair}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """A pair side by side, the differences marked."""
    pair = await _pair(request)
    if pair.state is not PairState.OPEN:
        raise web.HTTPSeeOther(f"/{pair.party.value}s/{pair.first_id}")
    return await side_by_side(request, _of_pair(pair), Form())


@routes.post("/duplicates/{pair}/merge")
@allowed(Right.EDIT)
async def merge(request: web.Request) -> web.Response:
    """Make one of two, with the fields that were chosen."""
    return await make_one(request, _of_pair(await _pair(request)))


@routes.post("/duplicates/{pair}/two")
@allowed(Right.EDIT)
async def are_two(request: web.Request) -> web.Response:
    """Note that a pair are two: it is not proposed again."""
    pair = await _pair(request)
    async with transaction():
        await duplicates.decide(pair.id, PairState.TWO, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/duplicates?party={pair.party.value}")


@routes.post("/merges/{merge}/undo")
@allowed(Right.EDIT)
async def undo(request: web.Request) -> web.Response:
    """Make two of one again."""
    done = found(await Merge.get_or_none(id=id_in(request, "merge")))
    try:
        await unmerging.undo(done.id, by=request[STAFF].id)
    except unmerging.CannotBeUndone as refused:
        return page(
            request, "duplicates/refused.html", status=409, merge=done, refusal=REFUSALS[refused.code]
        )
    raise web.HTTPSeeOther(f"/{done.party.value}s/{done.gone_id}")


async def lines(party: Party, pairs: list[Pair]) -> list[PairLine]:
    """Return pairs with what they are called; those of which one is gone are left out."""
    ids = {one for pair in pairs for one in (pair.first_id, pair.second_id)}
    if party is Party.PERSON:
        persons = await lookups.persons(ids)
        known = {
            one.id: (one.name, ", ".join(role.organisation.name for role in one.roles if role.until is None))
            for one in persons.values()
        }
    else:
        known = {one.id: (one.name, "") for one in (await lookups.organisations(ids)).values()}
    return [
        PairLine(pair, (first[0], second[0]), (first[1], second[1]))
        for pair in pairs
        if (first := known.get(pair.first_id)) and (second := known.get(pair.second_id))
    ]


def _party(text: str) -> Party:
    return Party(text) if text in list(Party) else Party.PERSON


async def _pair(request: web.Request) -> Pair:
    return found(await Pair.get_or_none(id=id_in(request, "pair")))


def _of_pair(pair: Pair) -> Two:
    return Two(pair.party, pair.first_id, pair.second_id, f"/duplicates/{pair.id}", pair)


async def make_one(request: web.Request, two: Two) -> web.Response:
    """Make one of two as the form says, and show it; or the form again with what is wrong."""
    form = await posted_form(request)
    stays = form.choice("stays", [str(two.first_id), str(two.second_id)])
    if not stays:
        form.wrong("stays", N_("Choose which one stays."))
        return await side_by_side(request, two, form)
    survivor, gone = await two.rows()
    if stays != str(survivor.id):
        survivor, gone = gone, survivor
    values = joined(two.party, survivor, gone, _taken(form, survivor.id, gone.id))
    pair_id = two.pair.id if two.pair else None
    try:
        await merging.merge(two.party, survivor.id, gone.id, values, by=request[STAFF].id, pair_id=pair_id)
    except merging.NotThere as error:  # somebody else was quicker
        raise NotFound from error
    raise web.HTTPSeeOther(f"/{two.party.value}s/{survivor.id}")


def _taken(form: Form, survivor_id: int, gone_id: int) -> dict[str, Take]:
    """Return which side each field is taken from, as the form says."""
    sides = {str(survivor_id): Take.SURVIVOR, str(gone_id): Take.GONE}
    chosen: dict[str, Take] = {}
    for name, value in form.values.items():
        if value in sides:
            chosen[name] = sides[value]
        elif value == _BOTH and name in JOINED:
            chosen[name] = Take.BOTH
    return {name: take for name, take in chosen.items() if name in FIELD_NAMES}


async def side_by_side(request: web.Request, two: Two, form: Form) -> web.Response:
    """The two with what differs, and the choice of what stays."""
    one, other = await two.rows()
    return page(
        request,
        "duplicates/show.html",
        status=200 if form.ok else 422,
        two=two,
        both=(one, other),
        differing=differing(two.party, one, other),
        shown=[await _shown(row) for row in (one, other)],
        form=form,
        joined=JOINED,
        is_person=two.party is Party.PERSON,
        **_WORDS,
    )


async def _shown(row: Person | Organisation) -> dict[str, str]:
    """Return the fields of a row as text; ids as whom they mean."""
    texts = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        for name in FIELD_NAMES
        if (value := getattr(row, name, None)) is not None
    }
    if isinstance(row, Organisation):
        for name in ("parent", "owner", "deputy"):
            meant = getattr(row, name)
            texts[f"{name}_id"] = meant.name if meant else ""
    return texts


_WORDS: dict[str, Any] = {
    "likenesses": LIKENESS_NAMES,
    "strengths": STRENGTH_NAMES,
    "field_names": FIELD_NAMES,
}
