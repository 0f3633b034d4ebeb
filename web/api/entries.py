"""Entries of the contact history: list, show, and their files."""

from aiohttp import web
from pydantic import Field, field_validator

from history.timeline import (
    Filters,
    recent,
    timeline_of_organisation,
    timeline_of_person,
    timeline_of_staff,
    timeline_of_thread,
)
from storage import one_entry
from storage.entries import Direction
from web import originals
from web.api.entry_answers import EntryInFull, EntryPage, in_full, page_of
from web.api.fields import Id, Moment, Search
from web.api.operation import Area
from web.api.problem import wrong_parameter
from web.files import file_with_content
from web.forms import cleaned
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("entries", "The contact history: what happened, with whom, and why we think so.")
_ALONG = {
    "organisation": timeline_of_organisation,
    "person": timeline_of_person,
    "staff": timeline_of_staff,
    "thread": timeline_of_thread,
}


class EntrySearch(Search):
    """Which entries: along one organisation, person, staff member or thread, or all there are."""

    organisation: Id | None = Field(
        None, description="id; with it or its persons while they had a role there"
    )
    person: Id | None = Field(None, description="id; wherever they worked")
    staff: Id | None = Field(None, description="id; who wrote, received or captured it")
    thread: Id | None = Field(None, description="id")
    kind: str | None = Field(None, max_length=30)
    direction: Direction | None = None
    since: Moment | None = Field(None, description="not before this time")
    until: Moment | None = Field(None, description="before this time")

    @field_validator("kind")
    @classmethod
    def _printable(cls, kind: str) -> str:
        return cleaned(kind)


@area.operation("GET", "/entries", Right.READ)
async def list_entries(request: web.Request, query: EntrySearch) -> EntryPage:
    """List entries, the newest first; at most one of organisation, person, staff and thread"""
    filters = Filters(
        kind=query.kind, direction=query.direction, since=query.since, until=query.until, text=query.q
    )
    along = [name for name in _ALONG if getattr(query, name) is not None]
    if len(along) > 1:
        raise wrong_parameter(along[1], f"Give this or {along[0]}, not both.")
    if along:
        walk, row_id = _ALONG[along[0]], getattr(query, along[0])
        return page_of(await walk(row_id, filters=filters, after=query.after, most=query.limit))
    return page_of(await recent(filters=filters, after=query.after, most=query.limit))


@area.operation("GET", "/entries/{entry}", Right.READ)
async def show_entry(request: web.Request) -> EntryInFull:
    """Show an entry with its text, participants and why, staff, files and messages"""
    return await in_full(found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id)))


@area.operation("GET", "/entries/{entry}/attachments/{number}", Right.READ, gives="*/*")
async def fetch_attachment(request: web.Request) -> web.StreamResponse:
    """Fetch a file, under its own media type where that is harmless"""
    file, content = await originals.attached_file(request)
    is_dangerous = (await file_with_content(file, content)).is_dangerous
    return originals.handed_out(file, content, only_octets=is_dangerous)
