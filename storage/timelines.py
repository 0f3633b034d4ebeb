"""Which entries does a timeline show, in which order?  One walk along an index, then a few look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mail.reply import split_reply
from storage import quarantine
from storage.by_hand import day, json_value, moment, place, rows_among, stored
from storage.connect import dialect, rows
from storage.entries import Direction, EntryStaff, Participant
from storage.searching import ENTRIES_BY_FILE, search_query

EXCERPT_CHARACTERS = 300
_RAW_EXCERPT = 3 * EXCERPT_CHARACTERS  # blanks and line ends are folded afterwards


class Along(StrEnum):
    """What a timeline goes along; each has an index by time."""

    ORGANISATION = "organisation"
    PERSON = "person"
    STAFF = "staff"
    THREAD = "thread"
    ALL = "all"
    HELD = "held"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a timeline is wanted: of a kind, one way, from *since* to before *until*, with all words of *text*."""

    kind: str | None = None
    direction: Direction | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


Position = tuple[datetime, int]
# The table to walk, its column with the entry, the condition; several participants may share an entry.
_TABLES = {
    Along.ORGANISATION: ("DISTINCT", "participant w", "w.entry_id", "w.organisation_id = {}"),
    Along.PERSON: ("DISTINCT", "participant w", "w.entry_id", "w.person_id = {}"),
    Along.STAFF: ("DISTINCT", "entry_staff w", "w.entry_id", "w.staff_id = {}"),
    Along.THREAD: ("", "entry w", "w.id", "w.thread_id = {}"),
    Along.ALL: ("", "entry w", "w.id", ""),
    # A range, so that the index on the reason is used: few of many entries are held.
    Along.HELD: ("", "entry w", "w.id", "w.held_reason > ''"),
    Along.QUARANTINE: (
        "",
        "entry w",
        "w.id",
        "EXISTS (SELECT 1 FROM entry_staff s WHERE s.entry_id = w.id AND s.staff_id = {} AND s.part = 'captured')",
    ),
}


# In the entry itself, or in a file of it.  The array is made once, and can be looked up in an index.
_FOUND = {
    "sqlite": "e.id IN (SELECT rowid FROM entry_search WHERE entry_search MATCH {} UNION "  # noqa: S608 - ours
    + ENTRIES_BY_FILE["sqlite"]
    + ")",
    "postgres": "(e.search @@ to_tsquery('simple', {}) OR e.id = ANY(ARRAY("
    + ENTRIES_BY_FILE["postgres"]
    + ")))",
}


class _Conditions:
    """The conditions of a query and their values, with the dialect's placeholders."""

    def __init__(self) -> None:
        self.clauses: list[str] = []
        self.values: list[Any] = []

    def add(self, clause: str, *values: Any) -> None:
        """Add a condition with a `{}` for each of its values."""
        first = len(self.values) + 1
        self.clauses.append(clause.format(*(place(first + number) for number in range(len(values)))))
        self.values += [stored(value) for value in values]

    def __str__(self) -> str:
        return " AND ".join(self.clauses) or "1 = 1"


async def walk(
    along: Along,
    row_id: int | None,
    filters: Filters,
    words: Sequence[str],
    after: Position | None,
    most: int,
) -> list[Position]:
    """Return time and id of up to *most* entries, the newest first, from the one after *after* on."""
    distinct, table, entry_id, condition = _TABLES[along]
    conditions = _Conditions()
    if condition:
        conditions.add(condition, *([row_id] if "{}" in condition else []))
    # What is in quarantine stands in no timeline but its own.
    is_hidden = "IN" if along is Along.QUARANTINE else "NOT IN"
    conditions.add(f"{entry_id} {is_hidden} ({quarantine.HIDDEN})", quarantine.now())
    if after:
        # The first part is a range on the index, the second takes equal times apart.
        conditions.add("w.at <= {}", after[0])
        conditions.add(f"(w.at < {{}} OR {entry_id} < {{}})", *after)
    needs_entry = _add_filters(conditions, filters, words)
    join = f"JOIN entry e ON e.id = {entry_id}" if needs_entry else ""
    found = await rows(
        f"SELECT {distinct} w.at AS at, {entry_id} AS id FROM {table} {join} WHERE {conditions}"  # noqa: S608 - ours
        f" ORDER BY w.at DESC, {entry_id} DESC LIMIT {int(most)}",
        conditions.values,
    )
    return [(moment(row["at"]), row["id"]) for row in found]


def _add_filters(conditions: _Conditions, filters: Filters, words: Sequence[str]) -> bool:
    """Add what *filters* ask for, and tell whether that needs the entry's own row."""
    if filters.since:
        conditions.add("w.at >= {}", filters.since)
    if filters.until:
        conditions.add("w.at < {}", filters.until)
    before = len(conditions.clauses)
    if filters.kind:
        conditions.add("e.kind = {}", filters.kind)
    if filters.direction:
        conditions.add("e.direction = {}", filters.direction.value)
    if words:
        query = search_query(words)
        conditions.add(_FOUND[dialect()], query, query)
    return len(conditions.clauses) > before


async def entry_rows(ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return what timelines show of entries themselves; texts shortened to an excerpt."""
    files = "(SELECT COUNT(*) FROM attachment a WHERE a.entry_id = e.id AND NOT a.inline)"
    columns = (
        "e.id, e.kind, e.direction, e.at, e.subject, e.thread_id, e.held_reason, e.held_parameters, e.visible_from,"
        f" e.due_on, substr(e.text, 1, {_RAW_EXCERPT}) AS text, {files} AS attachments,"
        " CASE WHEN e.kind = 'meeting' THEN e.kind_fields END AS kind_fields"
    )
    select = f"SELECT {columns} FROM entry e WHERE {{among}}"  # noqa: S608 - columns of ours
    found = await rows_among(select, "e.id", ids, "bigint")
    for row in found:
        row["at"] = moment(row["at"])
        row["visible_from"] = moment(row["visible_from"]) if row["visible_from"] else None
        row["excerpt"] = _excerpt(row.pop("text"))
        row["due_on"] = day(row["due_on"])
        row["held_parameters"] = json_value(row["held_parameters"])
        row["meeting"] = (json_value(row.pop("kind_fields")) or {}).get("meeting")
    return found


def _excerpt(text: str) -> str:
    """Return how a mail's own words begin, in one line; all of it where it has none."""
    return " ".join((split_reply(text).new or text).split())[:EXCERPT_CHARACTERS]


async def participants(entry_ids: Sequence[int]) -> list[Participant]:
    """Return who took part in entries, with person and organisation, in the order of the messages."""
    found = Participant.filter(entry_id__in=list(entry_ids)).select_related("person", "organisation")
    return await found.order_by("entry_id", "id")


async def staff_parts(entry_ids: Sequence[int]) -> list[EntryStaff]:
    """Return which staff had to do with entries, by name of each."""
    return (
        await EntryStaff.filter(entry_id__in=list(entry_ids))
        .select_related("staff")
        .order_by("entry_id", "id")
    )
