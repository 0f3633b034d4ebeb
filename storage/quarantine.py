"""Which entries are still shown to nobody but those who captured them?

Those whose `visible_from` lies ahead.  It passes by itself: there is nothing to be done
when the time has come.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from tortoise.expressions import Q

from storage.by_hand import place, stored
from storage.connect import rows
from storage.entries import Entry, EntryStaff, StaffPart

# One range of an index, empty without a quarantine; the value is the time now.
HIDDEN = "SELECT q.id FROM entry q WHERE q.visible_from > {}"


async def begin(entry_ids: Collection[int], hours: int) -> None:
    """Show entries to all only in some hours, in the caller's transaction."""
    if hours and entry_ids:
        until = datetime.now(UTC) + timedelta(hours=hours)
        await Entry.filter(id__in=list(entry_ids)).update(visible_from=until)


async def hide_like(entry_id: int, other_id: int | None) -> None:
    """Show an entry to all only when another is, in the caller's transaction."""
    other = await Entry.get_or_none(id=other_id).only("id", "visible_from") if other_id else None
    if other is not None:
        await Entry.filter(id=entry_id).update(visible_from=other.visible_from)


def now() -> object:
    """Return the time now, as a query written by hand compares it."""
    return stored(datetime.now(UTC))


def shown() -> Q:
    """Return the condition that an entry is shown to all."""
    return Q(visible_from__isnull=True) | Q(visible_from__lte=datetime.now(UTC))


def is_over(entry: Entry) -> bool:
    """Tell whether an entry is shown to all."""
    return entry.visible_from is None or entry.visible_from <= datetime.now(UTC)


async def is_visible(entry_id: int, viewer: int | None) -> bool:
    """Tell whether an entry is there and shown to somebody of the staff."""
    entry = await Entry.get_or_none(id=entry_id).only("id", "visible_from")
    if entry is None:
        return False
    return is_over(entry) or await is_captured_by(entry_id, viewer)


async def is_captured_by(entry_id: int, staff_id: int | None) -> bool:
    """Tell whether somebody of the staff captured an entry."""
    captured = EntryStaff.filter(entry_id=entry_id, staff_id=staff_id, part=StaffPart.CAPTURED)
    return staff_id is not None and await captured.exists()


async def count_of(staff_id: int) -> int:
    """Return how many entries that somebody captured are not shown to all yet."""
    # A cross join is done in this order: few are hidden, many were captured.
    found = await rows(
        "SELECT count(*) AS number FROM entry q CROSS JOIN entry_staff s"  # noqa: S608 - ours
        f" WHERE q.visible_from > {place(1)} AND s.entry_id = q.id AND s.staff_id = {place(2)}"
        f" AND s.part = '{StaffPart.CAPTURED}'",
        [now(), staff_id],
    )
    return int(found[0]["number"])
