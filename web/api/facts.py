"""What was learnt from decisions on held entries: listed, shown, taken back."""

from datetime import date, datetime

from aiohttp import web
from pydantic import Field, field_validator

from history import undoing
from history.learnt import learnt
from storage import facts
from storage.facts import Fact, FactKind
from web.api.fields import Answer, Named, Page, Paging
from web.api.operation import Area
from web.forms import cleaned
from web.found import NotFound, found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("facts", "What was learnt from decisions on held entries; each can be taken back.")


class FactSearch(Paging):
    """A page of facts: of one kind, of an address or domain that begins with *q*."""

    kind: FactKind | None = Field(None, strict=False)
    q: str = Field("", max_length=200, description="how the address begins, or its domain")

    @field_validator("q")
    @classmethod
    def _without_controls(cls, text: str) -> str:
        return cleaned(text).strip()


class FactAnswer(Answer):
    """What a decision says of the address or domain *about*: whose it is since a day, or that it is ignored.

    One that is not *lasting* holds for its *entry* alone; *settled* is how many other entries it decided.
    """

    id: int
    kind: FactKind
    about: str
    person: Named | None
    organisation: Named | None
    since: date
    lasting: bool
    entry: int | None
    settled: int
    decided_by: Named | None
    at: datetime


class FactPage(Page):
    """A page of facts, the latest first."""

    rows: list[FactAnswer]


class WaitAgain(Answer):
    """The entries that wait again."""

    entries: list[int]


@area.operation("GET", "/facts", Right.READ)
async def list_facts(request: web.Request, query: FactSearch) -> FactPage:
    """List what was learnt, the latest first"""
    listed = await learnt(kind=query.kind, text=query.q, after=query.after, most=query.limit)
    return FactPage(rows=[answered(one) for one in listed.facts], after=listed.after)


@area.operation("GET", "/facts/{fact}", Right.READ)
async def show_fact(request: web.Request) -> FactAnswer:
    """Show a fact"""
    return answered(found(await facts.fact(id_in(request, "fact"))))


@area.operation("POST", "/facts/{fact}/take-back", Right.DECIDE)
async def take_back_fact(request: web.Request) -> WaitAgain:
    """Take a fact back: what it alone had settled waits again"""
    try:
        return WaitAgain(entries=await undoing.take_back(id_in(request, "fact"), by=request[STAFF].id))
    except undoing.NoSuchFact as error:
        raise NotFound from error


def answered(one: Fact) -> FactAnswer:
    """Return a fact as it is answered."""
    return FactAnswer(
        id=one.id,
        kind=one.kind,
        about=one.about,
        person=Named.model_validate(one.person) if one.person else None,
        organisation=Named.model_validate(one.organisation) if one.organisation else None,
        since=one.since,
        lasting=one.lasting,
        entry=one.entry_id,
        settled=one.settled,
        decided_by=Named.model_validate(one.staff) if one.staff else None,
        at=one.at,
    )
