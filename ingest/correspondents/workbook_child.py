"""Reads a workbook and prints its rows, one JSON list a line; "end" or what is wrong behind the last.

Started by `workbook_rows` with the file, and the octets of memory and seconds it may take.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook


def main(path: str, memory: int, seconds: int) -> None:
    """Print the rows of a workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for row in _rows(path):
            print(json.dumps(row))
    except (CalamineError, ValueError, OSError):
        print(json.dumps("it is damaged"))
        return
    print(json.dumps("end"))


def _rows(path: str) -> Iterator[list[str]]:
    workbook = CalamineWorkbook.from_path(path)
    headings: list[str] | None = None
    for name in workbook.sheet_names:
        rows = ([_text(cell) for cell in row] for row in workbook.get_sheet_by_name(name).iter_rows())
        first = next((row for row in rows if any(row)), None)
        if first is None:
            continue
        if headings is None:
            headings = first
            yield first
        elif first != headings:
            continue
        yield from rows


def _text(cell: Any) -> str:
    """Return a cell as people read it: a whole number without its point, a day as ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
