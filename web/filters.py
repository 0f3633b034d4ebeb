"""Which part of a timeline does somebody want to see?  Filters as the address of the page holds them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from history.timeline import Filters
from storage.entries import Direction
from web.config import CONFIG
from web.formats import end_of, start_of
from web.forms import Form, cleaned, text_in

MOST_ENTRIES = 30
_FIELDS = ("kind", "direction", "since", "until", "text")


@dataclass(frozen=True, slots=True)
class ChosenFilters:
    """The filters of a request: *form* shows them, *chosen* is what history is asked for."""

    form: Form
    chosen: Filters
    after: str | None

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return any(self.form.values.get(name) for name in _FIELDS)


def filters_in(request: web.Request) -> ChosenFilters:
    """Return the filters in the address; a day that is none is told and left out."""
    zone = request.app[CONFIG].zone
    form = Form({name: text_in(request, name) for name in _FIELDS})
    direction = form.choice("direction", list(Direction))
    since, until = form.days("since", "until")
    chosen = Filters(
        kind=form.text("kind", most=30) or None,
        direction=Direction(direction) if direction else None,
        since=start_of(since, zone) if since else None,
        until=_over(until, zone),
        text=form.text("text", most=200),
    )
    return ChosenFilters(form, chosen, cleaned(request.query.get("after", "")) or None)


def _over(until: date | None, zone: ZoneInfo) -> datetime | None:
    return end_of(until, zone) if until else None
