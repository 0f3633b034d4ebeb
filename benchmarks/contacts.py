"""How fast are correspondents taken over from a CSV file?  `postbuch import correspondents` against bare inserts.

The reference writes the rows of the same tables with sqlite3 and nothing else, a batch a
transaction: no reading, no looking who is known, no numbers made E.164.  Memory must not grow
with the file: a tenth of it is imported too, and the most that was resident is compared.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.report import print_figure
from benchmarks.watched import watched
from storage.schema import migrate

ROWS = int(os.environ.get("CONTACTS_ROWS", "100000"))
GOAL, MOST_GROWTH = 0.2, 1.25
_BATCH = 500
_HEADER = "Nr;Anrede;Vorname;Nachname;Firma;Funktion;E-Mail;Telefon;Mobil;Strasse;PLZ;Ort;Land;Sprache\n"
_TABLES = {
    "organisation": "id, name, sort_key, legal_form, industry, interests, language, note, own_fields, created_at,"
    " changed_at",
    "person": "id, given_name, family_name, sort_key, title, salutation, language, external_key, interests, note,"
    " own_fields, created_at, changed_at",
    "role": "person_id, organisation_id, function",
    "email_address": "key, written, person_id",
    "phone_number": "key, written, kind, person_id",
    "postal_address": "street, postcode, place, country, person_id",
    "change": "at, subject, subject_id, before, after",
}


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    folder = Path(tempfile.mkdtemp(prefix="postbuch-contacts-"))
    try:
        _, small = _ours(folder, ROWS // 10)
        seconds, resident = _ours(folder, ROWS)
        reference = _reference(folder, ROWS)
    finally:
        shutil.rmtree(folder)
    held = print_figure("contacts", ROWS / seconds, ROWS / reference, "rows/s", GOAL)
    bounded = resident <= small * MOST_GROWTH
    print(
        f"contacts: {resident:.0f} MB resident at most, {small:.0f} MB with {ROWS // 10} rows, "
        f"goal {MOST_GROWTH:g} times: {'holds' if bounded else 'short'}"
    )
    return held and bounded


def _ours(folder: Path, rows: int) -> tuple[float, float]:
    """Return in how many seconds the command has imported a file, and the megabytes it had in memory at most."""
    own, path = folder / f"ours{rows}", folder / f"{rows}.csv"
    own.mkdir()
    with path.open("w") as file:
        file.write(_HEADER)
        file.writelines(_line(number) for number in range(rows))
    asyncio.run(migrate(f"sqlite:///{own / 'postbuch.db'}"))
    seconds, most = watched(own, "import", "correspondents", str(path), "--key", "Nr")
    with sqlite3.connect(own / "postbuch.db") as database:
        assert database.execute("SELECT count(*) FROM person").fetchone()[0] == rows
    return seconds, most


def _reference(folder: Path, rows: int) -> float:
    """Return in how many seconds the same rows are inserted by sqlite3."""
    path = folder / "reference.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    made = [_rows_of(number) for number in range(rows)]
    begun = time.perf_counter()
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        database.execute(f"PRAGMA {pragma}")
    for start in range(0, rows, _BATCH):
        database.execute("BEGIN IMMEDIATE")
        for table, columns in _TABLES.items():
            values = [row for one in made[start : start + _BATCH] for row in one[table]]
            places = ", ".join("?" * (columns.count(",") + 1))
            database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
        database.execute("COMMIT")
    seconds = time.perf_counter() - begun
    database.close()
    return seconds


def _line(number: int) -> str:
    firm = number // 5
    return (
        f"{number};Frau;Anna{number % 977};Müller{number};Firma {firm} AG;Einkauf;anna{number}@firma{firm}.example;"
        f"044 {number % 10_000_000:07d};079 {number % 10_000_000:07d};Bahnhofstrasse {number % 200};8001;Zürich;"
        "Schweiz;Deutsch\n"
    )


def _rows_of(number: int) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of all tables that a line becomes."""
    firm, now, own = number // 5, "2026-01-01 00:00:00+00:00", number + 1
    name, key = f"Firma {firm} AG", f"anna{number}@firma{firm}.example"
    is_first = number % 5 == 0
    firms: list[tuple[object, ...]] = [(firm + 1, name, name.lower(), "", "", "[]", "", "", "{}", now, now)]
    family = f"Müller{number}"
    return {
        "organisation": firms if is_first else [],
        "person": [
            (
                own,
                "Anna",
                family,
                f"muller{number} anna",
                "",
                "Frau",
                "de",
                str(number),
                "[]",
                "",
                "{}",
                now,
                now,
            )
        ],
        "role": [(own, firm + 1, "Einkauf")],
        "email_address": [(key, key, own)],
        "phone_number": [
            (f"+4144{number:07d}", f"044 {number:07d}", "office", own),
            (f"+4179{number:07d}", f"079 {number:07d}", "mobile", own),
        ],
        "postal_address": [(f"Bahnhofstrasse {number % 200}", "8001", "Zürich", "CH", own)],
        "change": [(now, "person", own, "{}", f'{{"given_name":"Anna","family_name":"{family}"}}')],
    }
