"""Scans by command: imported, listed, tried again; and a process that does nothing but read them."""

import asyncio
import json
import signal
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from storage.connect import connected
from storage.scans import Scan, ScanState
from storage.schema import migrate
from tests.ingest.letters.printing import GERMAN, printed
from tests.running import PROGRAM, command, environment

_SECONDS = 200

pytestmark = pytest.mark.timeout(900)  # each command is a process of its own


@pytest.fixture
async def kept(tmp_path: Path) -> Path:
    """A data folder with an empty database."""
    folder = tmp_path / "kept"
    folder.mkdir()
    await migrate(f"sqlite:///{folder / 'postbuch.db'}")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a letter, the same behind a password, and what is no scan."""
    folder = tmp_path / "archive"
    (folder / "2026").mkdir(parents=True)
    letter = printed(GERMAN, folder / "2026" / "letter.pdf")
    writer = PdfWriter(clone_from=PdfReader(letter))
    writer.encrypt("secret")
    writer.write(folder / "locked.pdf")
    (folder / "notes.txt").write_text("no scan")
    return folder


async def test_a_folder_is_imported_read_and_listed(kept: Path, archive: Path) -> None:
    code, output, errors = await command(kept, "import", "scans", str(archive))
    assert (code, errors) == (0, "")
    assert output.startswith("2 scans: 2 new, 0 known already.")
    assert "notes.txt: This is no PDF" in output
    code, output, _ = await command(kept, "scan", "list", "--json")
    locked, letter = sorted(json.loads(output), key=lambda scan: scan["state"], reverse=True)
    assert (letter["state"], letter["pages"], len(letter["letters"])) == ("read", 1, 1)
    assert (locked["state"], locked["problem"]) == ("rejected", "encrypted")
    code, output, _ = await command(kept, "scan", "show", str(letter["id"]))
    assert "pages 1; incoming; entry" in output
    code, output, _ = await command(kept, "import", "scans", str(archive / "2026" / "letter.pdf"))
    assert output.startswith("1 scans: 0 new, 1 known already.")
    code, output, _ = await command(kept, "scan", "retry", str(locked["id"]))
    assert (code, output) == (0, "1 wait anew.\n")
    code, _, errors = await command(kept, "scan", "retry", str(letter["id"]))
    assert code == 1
    assert "neither failed nor were rejected" in errors


async def test_a_process_of_its_own_takes_and_reads_scans(kept: Path, archive: Path) -> None:
    incoming = kept / "incoming"
    incoming.mkdir()
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "serve", "--only", "scans",
        env=environment(kept, scans_incoming=incoming, scans_rest_seconds=0, scans_language="en"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout
        await asyncio.wait_for(process.stdout.readline(), _SECONDS)
        (archive / "locked.pdf").rename(incoming / "locked.pdf")
        rejected = incoming / "rejected"
        async with asyncio.timeout(_SECONDS):
            while not list(rejected.glob("*.txt")):
                await asyncio.sleep(0.1)
        [told] = rejected.glob("*.txt")
        assert "password" in told.read_text()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), _SECONDS) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    async with connected(f"sqlite:///{kept / 'postbuch.db'}"):
        [scan] = await Scan.all()
        assert (scan.state, scan.problem) == (ScanState.REJECTED, "encrypted")
    assert list((incoming / "done").iterdir()) == []
