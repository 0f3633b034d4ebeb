"""What is held: list, show with whom it may be, decide."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

from aiohttp import web
from pydantic import Field, field_validator

from history import held
from history.candidates import candidates, open_participant
from history.clues import Hint
from history.timeline import held_entries
from storage import directory, one_entry
from storage.entries import Entry
from web.api.entry_answers import EntryInFull, EntryPage, in_full, page_of, parts_of
from web.api.fields import Given, Id, Named, Paging
from web.api.operation import Area
from web.api.persons import PersonSummary, summary
from web.api.problem import Problem, wrong_field
from web.config import QUEUE
from web.forms import cleaned
from web.found import NotFound, found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("held", "What could not be entered without asking, and waits for a person to decide.")


class CandidateSearch(Given):
    """Whose candidates: of one participant, found by *q*."""

    participant: Id | None = Field(None, description="id; the first who is linked to nobody, if left out")
    q: str = Field("", max_length=200, description="words to look for; what the mail tells, if left out")

    @field_validator("q")
    @classmethod
    def _without_controls(cls, text: str) -> str:
        return cleaned(text).strip()


class Decision(Given):
    """Who a participant is; with *remember* the address is entered as the person's own from now on."""

    participant: Id | None = Field(None, description="id; null where the mail names nobody")
    person: Id
    remember: bool = False


class OrganisationDecision(Given):
    """Whose shared address a participant has; with *remember* it is entered as the organisation's own from now on."""

    participant: Id | None = Field(None, description="id; null where the mail names nobody")
    organisation: Id
    remember: bool = False


class Ignoring(Given):
    """What is not to be asked about any more: a participant's address, or all of its domain."""

    participant: Id
    whole_domain: bool = False


class CandidatePerson(PersonSummary):
    """A person who may be meant, and the codes of what speaks for them."""

    hints: list[Hint]


class CandidateOrganisation(Named):
    """An organisation that may be meant, and the codes of what speaks for it."""

    hints: list[Hint]


class HeldEntry(EntryInFull):
    """A held entry, the participant to decide on, and persons and organisations who may be meant, the best first."""

    participant: int | None
    candidates: list[CandidatePerson]
    organisations: list[CandidateOrganisation]


@area.operation("GET", "/held", Right.READ)
async def list_held(request: web.Request, query: Paging) -> EntryPage:
    """List what waits for a decision, the newest first"""
    return page_of(await held_entries(after=query.after, most=query.limit))


@area.operation("GET", "/held/{entry}", Right.READ)
async def show_held(request: web.Request, query: CandidateSearch) -> HeldEntry:
    """Show a held entry with persons who may be meant"""
    entry = await _held_entry(request)
    participant = open_participant(entry, str(query.participant or ""))
    found = await candidates(entry, participant, query.q)
    return HeldEntry(
        **await parts_of(entry),
        participant=participant.id if participant else None,
        candidates=[
            CandidatePerson(**summary(one.person).model_dump(), hints=list(one.hints))
            for one in found
            if one.person
        ],
        organisations=[
            CandidateOrganisation(id=one.organisation.id, name=one.organisation.name, hints=list(one.hints))
            for one in found
            if one.organisation
        ],
    )


@area.operation("POST", "/held/{entry}/assign", Right.DECIDE, problems=[409])
async def assign_held(request: web.Request, body: Decision) -> EntryInFull:
    """Decide who a participant of a held entry is"""
    if await directory.person(body.person) is None:
        raise wrong_field("/person", "There is none with this id.")
    assign = partial(
        held.assign, participant_id=body.participant, person_id=body.person, remember=body.remember
    )
    return await _decided(request, assign)


@area.operation("POST", "/held/{entry}/assign-organisation", Right.DECIDE, problems=[409])
async def assign_held_organisation(request: web.Request, body: OrganisationDecision) -> EntryInFull:
    """Decide that a participant has a shared address of an organisation"""
    if await directory.organisation(body.organisation) is None:
        raise wrong_field("/organisation", "There is none with this id.")
    assign = partial(
        held.assign_organisation,
        participant_id=body.participant,
        organisation_id=body.organisation,
        remember=body.remember,
    )
    return await _decided(request, assign)


@area.operation("POST", "/held/{entry}/ignore-always", Right.DECIDE, problems=[409])
async def ignore_held_always(request: web.Request, body: Ignoring) -> EntryInFull:
    """Ask about a participant's address, or all of its domain, no more"""
    ignore = partial(held.ignore_always, participant_id=body.participant, whole_domain=body.whole_domain)
    return await _decided(request, ignore)


async def _decided(request: web.Request, decide: Callable[..., Awaitable[object]]) -> EntryInFull:
    """Decide a held entry, and return it as it is then; a Problem where that cannot be."""
    viewer = request[STAFF].id
    entry = found(await one_entry.entry(id_in(request, "entry"), viewer))
    with _told():
        await decide(entry.id, by=viewer, queue=request.app[QUEUE])
    return await in_full(found(await one_entry.entry(entry.id, viewer)))


@contextmanager
def _told() -> Iterator[None]:
    """Say what hinders a decision."""
    try:
        yield
    except held.NotHeld:
        raise Problem(409, "This entry waits no longer, or has no such participant.") from None
    except held.NothingToIgnore:
        raise Problem(409, "There is no address to ignore, or strangers share its domain.") from None


@area.operation("POST", "/held/{entry}/ignore", Right.DECIDE, problems=[409])
async def ignore_held(request: web.Request) -> EntryInFull:
    """Let a held entry go without saying whom it was with"""
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    try:
        await held.ignore(entry.id, by=request[STAFF].id)
    except held.NotHeld:
        raise Problem(409, "This entry waits no longer.") from None
    return await in_full(found(await one_entry.entry(entry.id, request[STAFF].id)))


async def _held_entry(request: web.Request) -> Entry:
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    if entry.held_reason is None:
        raise NotFound
    return entry
