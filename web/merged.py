"""What was merged into whom: shown with the one that stays, to which old links lead."""

from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from storage import unmerging
from storage.correspondents import Party
from web.found import id_in


@dataclass(frozen=True, slots=True)
class MergedLine:
    """An entry that became part of another; *until* is the day until which it can be undone, None if it is past."""

    id: int
    name: str
    at: datetime
    until: datetime | None


async def merged_into(party: Party, row_id: int) -> list[MergedLine]:
    """Return what was merged into an entry, the last first."""
    found = []
    for one in await unmerging.merges_of(party, row_id):
        until = unmerging.undo_until(one)
        names = ("name",) if party is Party.ORGANISATION else ("title", "given_name", "family_name")
        name = " ".join(filter(None, (one.gone[part] for part in names)))
        found.append(MergedLine(one.id, name, one.at, until if until > datetime.now(UTC) else None))
    return found


async def survivor_page(request: web.Request, party: Party) -> web.HTTPFound | None:
    """Return the way to whom an entry was merged into, where an old link names one that is gone."""
    survivor = await unmerging.survivor_of(party, id_in(request, party.value))
    return web.HTTPFound(f"/{party.value}s/{survivor}") if survivor else None


async def standing_for(party: Party, row_id: int) -> int:
    """Return the id of who stands for an entry: its own, or that of the one it was merged into."""
    return await unmerging.survivor_of(party, row_id) or row_id
