"""A page that takes too long, or ends its reader, has a problem; the pages after it are read."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest.letters.limits import ScanLimits
from ingest.letters.reading import ReadPage, ScanReader
from mail.letter import TextSource
from tests.ingest.letters.printing import GERMAN, printed, scanned
from tests.ingest.letters.taken import pages_of


def _scan(folder: Path, pages: int) -> Path:
    """Return a TIFF of a letter and white pages."""
    letter = scanned(printed(GERMAN, folder / "letter.pdf"), 100)
    white = [Image.new("L", letter.size, 255)] * (pages - 1)
    letter.save(folder / "scan.tif", save_all=True, append_images=white, dpi=(100, 100))
    return folder / "scan.tif"


async def test_a_page_that_takes_too_long_is_stopped_and_the_rest_is_read(tmp_path: Path) -> None:
    async with ScanReader(ScanLimits(workers=1, seconds=0.3)) as reader:
        pages = await pages_of(reader, _scan(tmp_path, 3))
    assert [page.problem for page in pages] == ["too-long", "", ""]
    assert [page.page.is_blank for page in pages] == [False, True, True]
    assert pages[0].page.source is TextSource.NONE
    with Image.open(pages[0].image) as image:
        assert np.asarray(image).min() < 50  # what could not be read can still be seen


async def test_pages_come_in_order_from_several_workers_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    scan = _scan(tmp_path, 7)
    async with ScanReader(ScanLimits(workers=2)) as reader:
        pages = [
            one async for one in reader.read(scan, tmp_path, told=lambda done, of: told.append((done, of)))
        ]
    assert [page.page.number for page in pages] == [1, 2, 3, 4, 5, 6, 7]
    assert told == [(done, 7) for done in range(8)]
    assert "Grossmüller" in pages[0].page.text


async def test_a_worker_that_is_killed_is_replaced_and_its_page_read_again(tmp_path: Path) -> None:
    async with ScanReader(ScanLimits(workers=1)) as reader:
        reading = asyncio.create_task(pages_of(reader, _scan(tmp_path, 3)))
        assert reader._workers is not None
        (worker,) = reader._workers._all
        while not worker._answers:
            await asyncio.sleep(0.05)
        assert worker._process is not None
        os.kill(worker._process.pid, signal.SIGKILL)
        pages = await reading
    assert [page.problem for page in pages] == ["", "", ""]
    assert "Grossmüller" in pages[0].page.text


async def test_a_reader_without_enough_memory_says_which_page_failed(tmp_path: Path) -> None:
    scan = tmp_path / "large.jpg"
    Image.new("RGB", (9_000, 9_000), "red").save(scan, dpi=(200, 200))
    async with ScanReader(ScanLimits(workers=1, memory=420 * 1024 * 1024)) as reader:
        (page,) = await pages_of(reader, scan)
    assert page.problem == "failed"
    assert page.image.exists()
    assert page.searchable.exists()


async def test_two_scans_are_read_at_a_time_and_one_that_nobody_waits_for_is_given_up(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    async with ScanReader(ScanLimits(workers=2)) as reader:

        async def first(folder: Path) -> ReadPage:
            pages = reader.read(_scan(folder, 4), folder)
            page = await anext(pages)
            await pages.aclose()  # type: ignore[attr-defined]
            return page

        assert [one.page.number for one in await asyncio.gather(*map(first, folders))] == [1, 1]
        assert [one.page.number for one in await pages_of(reader, folders[0] / "scan.tif")] == [1, 2, 3, 4]


@pytest.mark.parametrize("limits", [ScanLimits(workers=1)])
async def test_the_folder_of_the_workers_is_gone_with_the_reader(limits: ScanLimits) -> None:
    async with ScanReader(limits) as reader:
        assert reader._workers is not None
        folder = Path(reader._workers._folder.name)
        assert folder.is_dir()
    assert not folder.exists()


async def test_when_the_service_is_killed_its_workers_end_and_leave_nothing_behind(tmp_path: Path) -> None:
    scan = _scan(tmp_path, 40)
    program = (
        "import asyncio, sys, pathlib\n"
        "from ingest.letters.reading import ScanReader\n"
        "async def main():\n"
        "    async with ScanReader() as reader:\n"
        "        async for page in reader.read(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])):\n"
        "            print(*(worker._process.pid for worker in reader._workers._all if worker._process), flush=True)\n"
        "asyncio.run(main())\n"
    )
    own = tmp_path / "own"
    own.mkdir()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(scan), str(tmp_path),
        stdout=asyncio.subprocess.PIPE, env=os.environ | {"TMPDIR": str(own)},
    )  # fmt: skip
    assert process.stdout is not None
    pids = [int(word) for word in (await process.stdout.readline()).split()]
    assert pids
    process.kill()
    await process.wait()
    async with asyncio.timeout(60):
        while any(Path(f"/proc/{pid}/exe").exists() for pid in pids) or any(own.iterdir()):
            await asyncio.sleep(0.2)
