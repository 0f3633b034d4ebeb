"""How fast does an archive become searchable entries?  `postbuch import` against `notmuch new` on the same Maildir.

Ours is the command as it is run, from its start to its end, with one process to take and file
and one a core to read.  Each round begins anew, the two take turns, and the median counts.
Memory must not grow with the archive: a part of it is imported too, and the most that was
resident is compared.
"""

import asyncio
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks import maildir
from benchmarks.filing import enter_firms, notmuch
from benchmarks.report import print_figure
from benchmarks.watched import watched
from storage.connect import connected
from storage.entries import Entry
from storage.schema import migrate

ROUNDS, MAILS, PART, GOAL = 3, 5000, 1000, 0.8
MOST_GROWTH = 1.25


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    folder = Path(tempfile.mkdtemp(prefix="postbuch-import-"))
    try:
        maildir.write(folder / "mail", MAILS)
        maildir.write(folder / "part", PART)
        octets = sum(path.stat().st_size for path in (folder / "mail" / "cur").iterdir())
        print(f"import: {MAILS} mails, {octets / MAILS / 1000:.0f} kB on average")
        _, small = ours(folder / "part", PART)
        rounds = [(*ours(folder / "mail", MAILS), notmuch(folder)) for _ in range(ROUNDS)]
    finally:
        shutil.rmtree(folder)
    seconds, resident, theirs = (statistics.median(each) for each in zip(*rounds, strict=True))
    held = print_figure("import", MAILS / seconds, MAILS / theirs, "mails/s", GOAL)
    bounded = resident <= small * MOST_GROWTH
    print(
        f"import: {resident:.0f} MB resident at most, {small:.0f} MB with {PART} mails, "
        f"goal {MOST_GROWTH:g} times: {'holds' if bounded else 'short'}"
    )
    return held and bounded


def ours(mails: Path, number: int) -> tuple[float, float]:
    """Return in how many seconds the command has imported a Maildir, and the megabytes it had in memory at most."""
    folder = Path(tempfile.mkdtemp(prefix="postbuch-import-", dir=mails.parent))
    url = f"sqlite:///{folder / 'postbuch.db'}"
    asyncio.run(_prepare(url))
    seconds, most = watched(folder, "import", "mail", str(mails), "--as", "1")
    assert asyncio.run(_entries(url)) == number
    shutil.rmtree(folder)
    return seconds, most


async def _prepare(url: str) -> None:
    await migrate(url)
    async with connected(url):
        await enter_firms()


async def _entries(url: str) -> int:
    async with connected(url):
        return await Entry.all().count()
