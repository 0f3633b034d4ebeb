"""Those entered twice: pairs that were found, making one of two, and two of one again."""

from collections.abc import Sequence
from datetime import datetime

from aiohttp import web
from pydantic import Field, field_validator

from matcher.duplicates.verdict import Likeness
from matcher.finding import enqueue_search
from matcher.joining import FIELDS, JOINED, Take, joined
from storage import directory, duplicates, merging, unmerging
from storage.connect import transaction
from storage.correspondents import Party
from storage.directory import cursor_of, position
from storage.duplicates import Pair, PairState
from storage.entries import Strength
from storage.merges import Merge
from web.api.fields import Answer, Given, Id, Named, Page, Paging, wrong
from web.api.operation import Area
from web.api.problem import Problem, wrong_field
from web.config import QUEUE
from web.duplicates import lines
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("duplicates", "Those entered twice: pairs that were found, merging, undoing it.")
_REFUSED = {
    "done": "This was undone already.",
    "late": "After 90 days this cannot be undone any more.",
    "gone": "The entry that stayed is not there any more.",
    "later": "Something was merged into the same entry later: undo that first.",
    "taken": "A key or customer number that it had belongs to another entry now.",
}


class Listing(Paging):
    """A page of the pairs of one party."""

    party: Party = Field(Party.PERSON, strict=False)


class Reason(Answer):
    """One likeness of a pair, and its points: above zero for their being one, below against."""

    likeness: Likeness
    points: int


class FoundPair(Answer):
    """Two entries that may be one, the older first."""

    id: int
    party: Party
    first: Named
    second: Named
    strength: Strength
    reasons: Sequence[Reason]
    found_at: datetime


class PairPage(Page):
    """A page of pairs that nobody has decided of."""

    rows: list[FoundPair]


class NewMerge(Given):
    """Which entry stays, and which becomes part of it.

    `take` says for single fields from where they are taken: `survivor`, `gone`, or (note,
    interests) `both`.  What is not named is the survivor's, or where that is empty the other's.
    """

    party: Party = Field(strict=False)
    survivor_id: Id
    gone_id: Id
    take: dict[str, Take] = Field({}, strict=False, max_length=50)

    @field_validator("take")
    @classmethod
    def _known(cls, take: dict[str, Take]) -> dict[str, Take]:
        names = {name for those in FIELDS.values() for name in those}
        for name, side in take.items():
            if name not in names:
                raise wrong(f"{name[:50]!r} is none of the fields: {', '.join(sorted(names))}.")
            if side is Take.BOTH and name not in JOINED:
                raise wrong(f"Of {name} only one can be kept.")
        return take


class MergeDone(Answer):
    """A merge; `undo_until` is when it can be undone at the latest, null if it was."""

    id: int
    party: Party
    survivor_id: int
    gone_id: int
    at: datetime
    undone_at: datetime | None
    undo_until: datetime | None


@area.operation("GET", "/duplicates", Right.READ)
async def list_duplicates(request: web.Request, query: Listing) -> PairPage:
    """List pairs of persons or organisations that are probably one, and that nobody has decided of"""
    after = position(query.after)[1] if query.after else 0
    pairs = await duplicates.open_pairs(query.party, after=after, most=query.limit + 1)
    shown = pairs[: query.limit]
    more = cursor_of("", shown[-1].id) if len(pairs) > query.limit else None
    return PairPage(
        rows=[_found(line.pair, line.names) for line in await lines(query.party, shown)], after=more
    )


@area.operation("POST", "/duplicates/search", Right.EDIT, status=204)
async def search_duplicates(request: web.Request) -> None:
    """Look through what has changed now, not only at night"""
    async with transaction():
        await enqueue_search(request.app[QUEUE])


@area.operation("POST", "/duplicates/{pair}/two", Right.EDIT)
async def are_two(request: web.Request) -> None:
    """Note that a pair are two: it is not proposed again"""
    pair = found(await Pair.get_or_none(id=id_in(request, "pair"), state=PairState.OPEN))
    async with transaction():
        await duplicates.decide(pair.id, PairState.TWO, by=request[STAFF].id)


@area.operation("POST", "/merges", Right.EDIT, status=201, body=NewMerge)
async def merge_two(request: web.Request, body: NewMerge) -> MergeDone:
    """Make one of two persons or organisations; all that belongs to them is kept"""
    read = directory.person if body.party is Party.PERSON else directory.organisation
    survivor, gone = await read(body.survivor_id), await read(body.gone_id)
    if survivor is None:
        raise wrong_field("/survivor_id", "There is none with this id.")
    if gone is None or body.gone_id == body.survivor_id:
        raise wrong_field("/gone_id", "There is no other with this id.")
    first, second = sorted((survivor.id, gone.id))
    pair = await Pair.get_or_none(party=body.party, first_id=first, second_id=second)
    values = joined(body.party, survivor, gone, body.take)
    done = await merging.merge(
        body.party,
        survivor.id,
        gone.id,
        values,
        by=request[STAFF].id,
        pair_id=pair.id if pair else None,
    )
    return _done(done)


@area.operation("GET", "/merges/{merge}", Right.READ)
async def show_merge(request: web.Request) -> MergeDone:
    """Show a merge: which entry stayed, which went, and until when it can be undone"""
    return _done(found(await Merge.get_or_none(id=id_in(request, "merge"))))


@area.operation("POST", "/merges/{merge}/undo", Right.EDIT, problems=[409])
async def undo_merge(request: web.Request) -> MergeDone:
    """Make two of one again, within 90 days; what was added since stays with the one that stayed"""
    merge = found(await Merge.get_or_none(id=id_in(request, "merge")))
    try:
        return _done(await unmerging.undo(merge.id, by=request[STAFF].id))
    except unmerging.CannotBeUndone as refused:
        raise Problem(409, _REFUSED[refused.code]) from None


def _found(pair: Pair, names: tuple[str, str]) -> FoundPair:
    return FoundPair(
        id=pair.id,
        party=pair.party,
        first=Named(id=pair.first_id, name=names[0]),
        second=Named(id=pair.second_id, name=names[1]),
        strength=pair.strength,
        reasons=[Reason(likeness=likeness, points=points) for likeness, points in pair.findings],
        found_at=pair.found_at,
    )


def _done(merge: Merge) -> MergeDone:
    return MergeDone(
        id=merge.id,
        party=merge.party,
        survivor_id=merge.survivor_id,
        gone_id=merge.gone_id,
        at=merge.at,
        undone_at=merge.undone_at,
        undo_until=None if merge.undone_at else unmerging.undo_until(merge),
    )
