"""How long does a page of a list take among many persons?  `python -m benchmarks.lists --persons 1000000`.

Makes a database in SQLite (kept, and used again, where --database names a file), then reads the
first page and one from the middle in every order, and with filters, and prints milliseconds:
by the clock, and of the processor, which others' work does not lengthen.
"""

import argparse
import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from storage import directory, listing
from storage.connect import connected
from storage.correspondents import Party
from storage.listing import Order
from storage.looking_for import Wanted
from storage.schema import migrate
from storage.sort_keys import sort_key

_FAMILY = ("Müller", "Meier", "Schmid", "Keller", "Weber", "Huber", "Schneider", "Favre", "Rossi", "Bianchi")
_GIVEN = ("Anna", "Urs", "Zoë", "Jean-Pierre", "Luca", "Reto", "Ursina", "Marco", "Claire", "Beat")
_ENDS = ("mann", "li", "er", "ini", "ard", "berg", "tal", "hofer", "en", "ova")
_PLACES = ("Zürich", "Bern", "Basel", "Genf", "Lugano", "Chur", "Uster", "Zug", "Thun", "Olten")
_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_BATCH = 20_000
_FAR = 100_000  # rows before the later page
Read = Callable[..., Awaitable[directory.Listed[directory.PersonLine]]]


def fill(path: Path, persons: int) -> None:
    """Write that many persons: half with a place, most with a contact, one in 10,000 with the interest Golf.

    Each has a role at one of a fifth as many organisations: most do purchasing or nothing that is told, one in
    10,000 is an economist, one in twenty has left.
    Indexes and triggers are made anew behind it; what the triggers keep is written as they would.
    """
    random = Random(1)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "PRAGMA synchronous = OFF; PRAGMA cache_size = -300000; PRAGMA temp_store = MEMORY"
        )
        laid_aside = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
            " AND tbl_name IN ('person', 'mark', 'role', 'organisation') AND sql NOT LIKE '%UNIQUE%'"
        ).fetchall()
        for kind, name, _ in laid_aside:
            connection.execute(f'DROP {kind} "{name}"')
        connection.executemany(
            "INSERT INTO organisation (id, name, sort_key, legal_form, industry, interests, language, note, own_fields,"
            " created_at, changed_at) VALUES (?, ?, ?, '', '', '[]', 'de', '', '{}', '2026-01-01', '2026-01-01')",
            ((one, f"Muster {one} AG", sort_key(f"Muster {one} AG")) for one in range(1, persons // 5 + 1)),
        )
        connection.executemany(
            "INSERT INTO role (person_id, organisation_id, function, function_key, until) VALUES (?, ?, ?, ?, ?)",
            (_role(one, persons // 5) for one in range(1, persons + 1)),
        )
        for start in range(1, persons + 1, _BATCH):
            made = list(_persons(range(start, min(start + _BATCH, persons + 1)), random))
            connection.executemany(
                "INSERT INTO person (id, given_name, family_name, sort_key, title, salutation, language, interests,"
                " last_contact, place_key, note, own_fields, created_at, changed_at)"
                " VALUES (?, ?, ?, ?, '', '', ?, ?, ?, ?, '', '{}', '2026-01-01', '2026-01-01')",
                made,
            )
            connection.executemany(
                "INSERT INTO mark (party, key, value, row_id) VALUES ('person', ?, ?, ?)", _marks(made)
            )
            connection.commit()
        for _, _, sql in laid_aside:
            connection.execute(sql)
        connection.commit()


def _persons(ids: range, random: Random) -> Iterator[tuple[Any, ...]]:
    for one in ids:
        given, family = random.choice(_GIVEN), random.choice(_FAMILY) + random.choice(_ENDS) * (one % 3)
        interests = '["Golf"]' if one % 10_000 == 0 else ('["Wein"]' if one % 4 == 0 else "[]")
        contact = _time(random) if random.random() < 0.8 else None
        place = sort_key(random.choice(_PLACES)) if one % 2 else None
        language = random.choice(("de", "fr", "it", ""))
        yield one, given, family, sort_key(family, given), language, interests, contact, place


def _role(person: int, organisations: int) -> tuple[int, int, str, str, str | None]:
    function = (
        "Ökonomin" if person % 10_000 == 7 else ("", "Einkauf", "Einkauf, Leitung")[person * 7919 // 13 % 3]
    )
    until = "2024-12-31" if person % 20 == 0 else None
    return person, person % organisations + 1, function, sort_key(function), until


def _marks(persons: list[tuple[Any, ...]]) -> Iterator[tuple[str, str, int]]:
    for one in persons:
        yield from (("word", word, one[0]) for word in sorted(set(one[3].split())))
        yield from (("interest", interest, one[0]) for interest in json.loads(one[5]))


def _time(random: Random) -> str:
    return str(_BEGAN + timedelta(seconds=random.randrange(200_000_000)))


async def measure(times: int) -> None:
    """Print the median and the 99th percentile of pages."""
    wanted = {
        "": Wanted(), "de": Wanted(language="de"), "Wein": Wanted(interest="Wein"), "Golf": Wanted(interest="Golf"),
        "anna mull": Wanted(text="anna mull"), "ursina favreini": Wanted(text="ursina favreini"),
        "since 2026": Wanted(contact_since=datetime(2026, 1, 1, tzinfo=UTC)), "no role": Wanted(has_role=False),
        "does eink": Wanted(function="eink"), "does ökonom": Wanted(function="ökonom"),
        "left": Wanted(has_left=True), "eink at muster 77": Wanted(function="eink", organisation="muster 77"),
        "at one, today": Wanted(organisation_id=77, has_role=True),
    }  # fmt: skip
    for order in (Order.NAME, Order.LAST_CONTACT, Order.PLACE):
        for name, what in wanted.items():
            read = partial(directory.persons, wanted=what, order=order)
            after = (await listing.page_of(Party.PERSON, what, order, None, _FAR)).after
            await _print(f"{order.value} {name}", read, after, times)


async def _print(name: str, read: Read, after: str | None, times: int) -> None:
    starts: list[tuple[str, str | None]] = [("first", None)]
    if after:
        starts.append((f"after {_FAR}", after))
    for which, start in starts:
        spent, used = [], []
        for _ in range(times):
            begun, worked = time.perf_counter(), time.process_time()
            await read(after=start)
            spent.append((time.perf_counter() - begun) * 1000)
            used.append((time.process_time() - worked) * 1000)
        print(f"{name:32}{which:14}{_told(spent)}   processor {_told(used)}", flush=True)


def _told(spent: list[float]) -> str:
    last = sorted(spent)[max(0, round(len(spent) * 0.99) - 1)]
    return f"median {statistics.median(spent):7.1f} ms  p99 {last:7.1f} ms"


async def main() -> None:
    """Make the database, where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--database", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.database or Path(folder) / "lists.db"
        if not path.exists():
            await migrate(f"sqlite:///{path}")
            begun = time.perf_counter()
            fill(path, asked.persons)
            print(f"{asked.persons} persons written in {time.perf_counter() - begun:.0f} s", flush=True)
        async with connected(f"sqlite:///{path}"):
            await measure(asked.times)


if __name__ == "__main__":
    asyncio.run(main())
