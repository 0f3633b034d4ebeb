"""How is a file with correspondents taken over?  Batch by batch, each one transaction with where it stands."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.correspondents.entering import Outcome, enter, wanted_by
from ingest.correspondents.moves import Moves
from ingest.correspondents.opening import Opened
from ingest.correspondents.said import RawRow, SaidRow, WrongRow
from ingest.correspondents.understanding import Reading
from storage import imports
from storage.card_edits import one_import_at_a_time, write
from storage.cards import Card
from storage.connect import transaction
from storage.correspondents import Party
from storage.imports import MOST_LINES_SHOWN, Step, Wrong
from storage.known_cards import Known, look_up
from storage.storable import storable

ROWS_AT_ONCE, OCTETS_AT_ONCE = 500, 4 * 1024 * 1024
_MOST_CELLS, _LONGEST_CELL = 200, 4_000  # kept of a wrong row


@dataclass(frozen=True, slots=True)
class Import:
    """An import: its number, who asked for it, how rows are read, and what tells our own installation.

    *moves* is what it knows of roles, for as long as it runs.
    """

    run_id: int
    staff_id: int | None
    reading: Reading
    own: str
    moves: Moves


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows with what they say; those that are wrong already apart."""

    rows: Sequence[RawRow]
    said: Sequence[tuple[RawRow, SaidRow]]
    wrong: Sequence[Wrong]

    @property
    def octets(self) -> int:
        """How many octets of the file they are."""
        return sum(row.octets for row in self.rows)


class GoesOnElsewhere(Exception):
    """Somebody else is taking the same file over: rows must be taken by one alone."""


class Rows:
    """The rows of a file, read and understood in a thread while those before are written.

    *position* is the last row that was handed out.
    """

    def __init__(self, opened: Opened, reading: Reading, *, after: int = 0) -> None:
        self._rows: Iterator[RawRow] = opened.rows(after)
        self._reading = reading
        self.position = after
        self._ahead: asyncio.Future[_Batch | None] | None = None

    async def next_batch(self) -> _Batch | None:
        """Return the next rows; None at the end.  UnreadableWorkbook, OSError."""
        # Shielded: who is cancelled while waiting must still find when the thread ends.
        batch = await asyncio.shield(self._ahead or self._begun())
        self._ahead = None
        if batch:
            self._begun()
            self.position = batch.rows[-1].at
        return batch

    async def close(self) -> None:
        """Let go of the file, once nobody reads in it any more."""
        if self._ahead is not None:
            await asyncio.wait([self._ahead])
            self._ahead.exception()  # what went wrong ahead concerns nobody now
        self._rows.close()  # type: ignore[attr-defined]

    def _begun(self) -> "asyncio.Future[_Batch | None]":
        self._ahead = asyncio.get_running_loop().run_in_executor(None, self._read, ROWS_AT_ONCE)
        return self._ahead

    def _read(self, most: int) -> _Batch | None:
        rows: list[RawRow] = []
        left = OCTETS_AT_ONCE
        while len(rows) < most and left > 0 and (row := next(self._rows, None)) is not None:
            rows.append(row)
            left -= row.octets or sum(map(len, row.cells))
        if not rows:
            return None
        said: list[tuple[RawRow, SaidRow]] = []
        wrong: list[Wrong] = []
        for row in rows:
            try:
                if one := self._reading.said_by(row):
                    said.append((row, one))
            except WrongRow as error:
                wrong.append(_wrong(row, error))
        return _Batch(rows, said, wrong)


async def take_over(one: Import, rows: Rows) -> Step | None:
    """Take the next rows over, in one transaction with where the import stands; None at the end.

    GoesOnElsewhere if it stands somewhere else by now.
    """
    before = rows.position
    batch = await rows.next_batch()
    if batch is None:
        return None
    async with transaction():
        await one_import_at_a_time()
        if not await imports.stands_at(one.run_id, before):
            raise GoesOnElsewhere(str(one.run_id))
        known = await look_up(wanted_by([said for _, said in batch.said]), own=one.own)
        step = await asyncio.to_thread(_entered, batch, known, one.moves)
        await write(known.cards, staff_id=one.staff_id, source=f"import:{one.run_id}")
        one.moves.note_written(known.cards)
        await imports.note(one.run_id, step)
    return step


class Trial:
    """What rows would come to; nothing is written but that, and what they say is remembered in short numbers."""

    def __init__(self, one: Import) -> None:
        self._one = one
        self._made: set[int] = set()

    async def next_step(self, rows: Rows) -> Step | None:
        """Return what the next rows would come to; None at the end."""
        batch = await rows.next_batch()
        if batch is None:
            return None
        known = await look_up(wanted_by([said for _, said in batch.said]), own=self._one.own)
        step = await asyncio.to_thread(_entered, batch, known, self._one.moves, self._made)
        async with transaction():
            await imports.note(self._one.run_id, step)
        return step


def _entered(batch: _Batch, known: Known, moves: Moves, made: set[int] | None = None) -> Step:
    """Enter rows into the cards; *made* are those whom earlier rows of a trial would have made."""
    counted = dict.fromkeys(Outcome, 0)
    wrong = list(batch.wrong)
    lines: list[tuple[int, str, str]] = []
    moved = 0
    for row, said in batch.said:
        try:
            entered = enter(said, known, moves)
        except WrongRow as error:
            wrong.append(_wrong(row, error))
            continue
        outcome = entered.outcome
        if made is not None and outcome is Outcome.NEW and (name := _name(said)):
            outcome = Outcome.CHANGED if hash(name) in made else outcome
            made.add(hash(name))
        counted[outcome] += 1
        if len(lines) < MOST_LINES_SHOWN:
            lines.append((row.line, outcome.value, storable(_label(said, entered.left), most=200)))
        moved += entered.left is not None
    wrong.sort(key=lambda one: one.line)
    numbers = {name: counted[Outcome(name)] for name in ("new", "changed", "same")}
    return Step(batch.rows[-1].at, batch.octets, **numbers, moved=moved, wrong=wrong, lines=lines)


def _label(said: SaidRow, left: Card | None) -> str:
    """Return whom a row is about, as people say it; from where to where they go who change employer."""
    person = said.person.values if said.person else {}
    firm = said.organisation.values.get("name", "") if said.organisation else ""
    name = " ".join(filter(None, (person.get("given_name", ""), person.get("family_name", ""))))
    if left is not None:
        firm = f"{left.values['name']} \N{RIGHTWARDS ARROW} {firm}"
    return ", ".join(filter(None, (name, firm)))


def _name(said: SaidRow) -> tuple[Party, str] | None:
    """Return by what a row would be known again."""
    if said.person:
        emails = said.person.of("email_address")
        key = said.person.key or (emails[0]["key"] if emails else "")
        return (Party.PERSON, key) if key else None
    assert said.organisation is not None
    values = said.organisation.values
    key = said.organisation.key or values.get("customer_number") or values.get("name", "")
    return (Party.ORGANISATION, key) if key else None


def _wrong(row: RawRow, error: WrongRow) -> Wrong:
    parameters = {name: storable(value) for name, value in error.parameters.items()}
    cells = [storable(cell, most=_LONGEST_CELL) for cell in row.cells[:_MOST_CELLS]]
    return Wrong(row.line, error.reason.value, parameters, cells)
