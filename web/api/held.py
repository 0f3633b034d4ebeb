"""What is held: list, show with whom it may be, decide."""

from aiohttp import web
from pydantic import Field, field_validator

from history import held
from history.candidates import candidates, guess, open_participant
from history.timeline import held_entries
from storage import directory, one_entry
from storage.entries import Entry
from web.api.entry_answers import EntryInFull, EntryPage, in_full, page_of, parts_of
from web.api.fields import Given, Id, Paging
from web.api.operation import Area
from web.api.persons import PersonSummary, summary
from web.api.problem import Problem, wrong_field
from web.forms import cleaned
from web.found import NotFound, found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("held", "What could not be entered without asking, and waits for a person to decide.")


class CandidateSearch(Given):
    """Whose candidates: of one participant, found by *q*."""

    participant: Id | None = Field(None, description="id; the first who is linked to nobody, if left out")
    q: str = Field("", max_length=200, description="words to look for; the name in the mail, if left out")

    @field_validator("q")
    @classmethod
    def _without_controls(cls, text: str) -> str:
        return cleaned(text).strip()


class Decision(Given):
    """Who a participant is; with *remember* the address is entered as the person's own from now on."""

    participant: Id | None = Field(None, description="id; null where the mail names nobody")
    person: Id
    remember: bool = False


class HeldEntry(EntryInFull):
    """A held entry, the participant to decide on, and persons who may be meant."""

    participant: int | None
    candidates: list[PersonSummary]


@area.operation("GET", "/held", Right.READ)
async def list_held(request: web.Request, query: Paging) -> EntryPage:
    """List what waits for a decision, the newest first"""
    return page_of(await held_entries(after=query.after, most=query.limit))


@area.operation("GET", "/held/{entry}", Right.READ)
async def show_held(request: web.Request, query: CandidateSearch) -> HeldEntry:
    """Show a held entry with persons who may be meant"""
    entry = await _held_entry(request)
    participant = open_participant(entry, str(query.participant or ""))
    lines = await candidates(query.q or guess(participant))
    return HeldEntry(
        **await parts_of(entry),
        participant=participant.id if participant else None,
        candidates=[summary(line) for line in lines],
    )


@area.operation("POST", "/held/{entry}/assign", Right.DECIDE, problems=[409])
async def assign_held(request: web.Request, body: Decision) -> EntryInFull:
    """Decide who a participant of a held entry is"""
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    if await directory.person(body.person) is None:
        raise wrong_field("/person", "There is none with this id.")
    try:
        await held.assign(
            entry.id, body.participant, body.person, by=request[STAFF].id, remember=body.remember
        )
    except held.NotHeld:
        raise Problem(409, "This entry waits no longer, or has no such participant.") from None
    return await in_full(found(await one_entry.entry(entry.id, request[STAFF].id)))


@area.operation("POST", "/held/{entry}/ignore", Right.DECIDE, problems=[409])
async def ignore_held(request: web.Request) -> EntryInFull:
    """Let a held entry go without saying whom it was with"""
    entry = found(await one_entry.entry(id_in(request, "entry")))
    try:
        await held.ignore(entry.id, by=request[STAFF].id)
    except held.NotHeld:
        raise Problem(409, "This entry waits no longer.") from None
    return in_full(found(await one_entry.entry(entry.id)))


async def _held_entry(request: web.Request) -> Entry:
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    if entry.held_reason is None:
        raise NotFound
    return entry
