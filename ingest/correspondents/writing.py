"""How are all correspondents written into a file?  CSV, XLSX, vCard or JSON, a piece at a time."""

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

import xlsxwriter

from ingest.correspondents import leaving
from ingest.correspondents.card_text import card_text
from ingest.correspondents.leaving import Cells, Names
from ingest.correspondents.values import defused
from storage.cards import Card
from storage.correspondents import Party

_ROWS_A_PIECE, _PIECE = 500, 256 * 1024
_MOST_ROWS_OF_SHEET = 1_000_000
_LONGEST_CELL = 32_767  # of a workbook


class ExportKind(StrEnum):
    """The kinds of files that are written."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"
    JSON = "json"

    @property
    def ending(self) -> str:
        """How the names of such files end."""
        return "vcf" if self is ExportKind.VCARD else self.value

    @property
    def media_type(self) -> str:
        """What browsers and programs call it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    ExportKind.CSV: "text/csv",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.VCARD: "text/vcard",
    ExportKind.JSON: "application/json",
}


async def written(kind: ExportKind, own: str) -> AsyncIterator[bytes]:
    """Yield a file with everything, piece by piece; *own* tells our installation (see `leaving`)."""
    async for piece in _WAYS[kind](own):
        yield piece


async def _csv(own: str) -> AsyncIterator[bytes]:
    """Write with semicolons and a mark of UTF-8, as spreadsheets of our region expect it."""
    titles = await leaving.titles()
    rows = [titles]
    yield b"\xef\xbb\xbf"
    async for row in leaving.rows(own):
        rows.append([defused(row.get(title, "")) for title in titles])
        if len(rows) >= _ROWS_A_PIECE:
            yield _as_csv(rows)
            rows = []
    yield _as_csv(rows)


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


async def _xlsx(own: str) -> AsyncIterator[bytes]:
    """Write a workbook to the disk row by row, and yield it when it is complete."""
    titles = await leaving.titles()
    with tempfile.TemporaryDirectory(prefix="postbuch-export-") as folder:
        path = Path(folder) / "contacts.xlsx"
        sheets = _Sheets(path, Path(folder), titles)
        rows: list[Cells] = []
        async for row in leaving.rows(own):
            rows.append(row)
            if len(rows) >= _ROWS_A_PIECE:
                await asyncio.to_thread(sheets.add, rows)
                rows = []
        await asyncio.to_thread(sheets.add, rows)
        await asyncio.to_thread(sheets.close)
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece


class _Sheets:
    """A workbook whose sheets are filled one after the other."""

    def __init__(self, path: Path, folder: Path, titles: Sequence[str]) -> None:
        options = {"constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False,
                   "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
        self._book = xlsxwriter.Workbook(str(path), options)
        self._titles = titles
        self._begin_sheet()

    def add(self, rows: Sequence[Cells]) -> None:
        """Write rows."""
        for row in rows:
            if self._row > _MOST_ROWS_OF_SHEET:
                self._begin_sheet()
            for column, title in enumerate(self._titles):
                if cell := row.get(title):
                    self._sheet.write_string(self._row, column, defused(cell)[:_LONGEST_CELL])
            self._row += 1

    def close(self) -> None:
        """Write what is left."""
        self._book.close()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for column, title in enumerate(self._titles):
            self._sheet.write_string(0, column, title)
        self._row = 1


async def _cards(own: str) -> AsyncIterator[bytes]:
    async for cards, names in leaving.batches(own):
        yield "".join(card_text(card, names) for card in cards).encode("utf-8", "replace")


async def _json(own: str) -> AsyncIterator[bytes]:
    party: Party | None = None
    yield b"{"
    async for cards, names in leaving.batches(own):
        pieces = []
        for card in cards:
            if card.party is not party:
                pieces.append(f'{"" if party is None else "],"}\n"{card.party.value}s":[\n')
                party = card.party
            else:
                pieces.append(",\n")
            pieces.append(json.dumps(_as_json(card, names), ensure_ascii=False, default=_plain))
        yield "".join(pieces).encode("utf-8", "replace")
    yield b"]}\n" if party else b"}\n"


def _as_json(card: Card, names: Names) -> dict[str, Any]:
    assert card.id is not None
    values = {**card.values, "key": names.key(card.party, card.id, card.values["external_key"])}
    values["own_fields"] = names.own_values(values["own_fields"])
    for name in ("owner_id", "deputy_id"):
        if name in values:
            values[name.removesuffix("_id")] = names.logins.get(values.pop(name))
    if "parent_id" in values:
        parent = values.pop("parent_id")
        values["parent"] = names.firm_key(parent) if parent else None
    for one in card.belongings:
        told = dict(one.values)
        if one.table == "role":
            number = told.pop("organisation_id")
            told |= {"organisation": names.firm_key(number), "organisation_name": names.firms.get(number, "")}
        values.setdefault(f"{one.table}s", []).append(told)
    return values


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


_WAYS: dict[ExportKind, Callable[[str], AsyncIterator[bytes]]] = {
    ExportKind.CSV: _csv,
    ExportKind.XLSX: _xlsx,
    ExportKind.VCARD: _cards,
    ExportKind.JSON: _json,
}
