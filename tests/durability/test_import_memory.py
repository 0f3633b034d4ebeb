"""A file with correspondents of any size is read in the same memory: IMPORT_MEGABYTES says how large it is here."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from tests.running import PROGRAM, environment

MEGABYTES = int(os.environ.get("IMPORT_MEGABYTES", "200"))
_MOST_MEGABYTES = 250
_LINE = "{number};Anna{number};Müller;anna{number}@firm{number}.example;" + "lorem ipsum " * 8_000 + "\n"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


async def test_memory_does_not_grow_with_the_file(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "postbuch.db").write_bytes(sqlite_template.read_bytes())
    path = tmp_path / "contacts.csv"
    with path.open("w") as file:
        file.write("Nr;Vorname;Nachname;E-Mail;Notiz\n")
        rows = MEGABYTES * 1_000_000 // len(_LINE)
        for number in range(rows):
            file.write(_LINE.format(number=number))
        file.write('broken;"' + "x" * 50_000_000)  # a line without an end
    arguments = ("import", "correspondents", str(path), "--dry-run")
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        *arguments,
        env=environment(tmp_path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    most = 0
    reading = asyncio.ensure_future(process.communicate())
    while not reading.done():
        most = _most_resident(process.pid) or most
        await asyncio.sleep(0.02)
    printed, _ = await reading
    print(f"{path.stat().st_size / 1e6:.0f} MB: at most {most} MB resident")
    assert f"{rows} would be new, 0 would be changed, 0 the same, 1 wrong." in printed.decode()
    assert most < _MOST_MEGABYTES


def _most_resident(pid: int) -> int | None:
    """Return how many megabytes a process had in memory at most; None if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 // 1_000_000 if found else None
