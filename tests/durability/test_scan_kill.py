"""A batch of fifty pages: each of its letters is filed once, however often the service is killed while it reads."""

import asyncio
import os
import random
import secrets
from collections import Counter
from html import escape
from pathlib import Path

import pytest
import segno
import weasyprint

from mail.separator import separator_text
from storage.blobs import kept
from storage.connect import connected
from storage.entries import Entry
from storage.scans import Letter, Scan, ScanPage, ScanState
from storage.secret_key import secret_key
from tests.durability.books import opened
from tests.running import running

_LETTERS = 17  # of two pages each; with the sheets between that is fifty
_PAGES = 50
_LONGEST = 0.7
_BEGINNING_SECONDS = 120
_SETTLING_SECONDS = 900

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scans"), pytest.mark.timeout(2400)]


@pytest.mark.parametrize(
    ("database_url", "kills"), [("sqlite", 10), ("postgres", 3)], indirect=["database_url"]
)
async def test_each_letter_of_a_batch_is_filed_once_when_it_is_killed_in_the_middle(
    tmp_path: Path, database_url: str, kills: int
) -> None:
    seed = int(os.environ.get("KILL_SEED", secrets.randbits(32)))
    print(f"KILL_SEED={seed}")
    by, folder = random.Random(seed), tmp_path / "kept"
    folder.mkdir()
    await opened(database_url)
    incoming = folder / "incoming"
    incoming.mkdir()
    pages = await asyncio.to_thread(_batch, incoming / "batch.pdf", secret_key(folder))
    assert pages == _PAGES
    chosen = {"database_url": database_url, "scans_incoming": incoming, "scans_rest_seconds": 0}
    reached: list[int] = []
    for _ in range(kills):
        before = await _pages_kept(database_url)
        async with running(folder, **chosen) as service:
            await _until_more(before, database_url)
            await asyncio.sleep(by.uniform(0, _LONGEST))
            await service.kill()
        reached.append(await _pages_kept(database_url))
    async with running(folder, **chosen) as service:
        await service.settled(seconds=_SETTLING_SECONDS)
        assert await service.stop() == 0
    print(f"pages kept after each kill: {reached}")
    assert reached == sorted(reached)
    assert any(0 < number < pages for number in reached)
    async with connected(database_url):
        [scan] = await Scan.all()
        assert (scan.state, scan.pages, scan.done) == (ScanState.READ, pages, pages)
        subjects = Counter([entry.subject for entry in await Entry.all()])
        assert subjects == Counter([_subject(number) for number in range(_LETTERS)])
        assert await Letter.all().count() == _LETTERS
        sides = await ScanPage.filter(scan_id=scan.id).order_by("number")
        assert [side.number for side in sides] == list(range(1, pages + 1))
        assert [side.number for side in sides if side.letter_id is None] == list(range(3, pages, 3))
        named = {scan.digest, *(side.image for side in sides), *(side.searchable for side in sides)}
        assert await kept(named) == named
    assert [one.name for one in (incoming / "done").iterdir()] == [f"batch-{scan.digest[:8]}.pdf"]


async def _until_more(than: int, database_url: str) -> None:
    """Wait until more pages are kept, or what was filed was all."""
    async with asyncio.timeout(_BEGINNING_SECONDS):
        while than < _PAGES and await _pages_kept(database_url) <= than:
            await asyncio.sleep(0.1)


async def _pages_kept(database_url: str) -> int:
    async with connected(database_url):
        return await ScanPage.all().count()


def _subject(number: int) -> str:
    return f"Angebot Nummer {1000 + number}"


def _batch(target: Path, key: bytes) -> int:
    """Write letters as they would be scanned, with a text layer, and return how many pages that are."""
    sheet = segno.make(separator_text(key=key), error="q").svg_data_uri(scale=8)
    parts: list[str] = []
    for number in range(_LETTERS):
        parts += [f'<img src="{sheet}" style="width: 60mm; margin: 60mm">'] if number else []
        parts.append(_first_page(number))
        parts.append("<p>Zweite Seite mit allen Einzelheiten zum Angebot und den Bedingungen.</p>" * 6)
    pages = "".join(f'<section style="break-after: page">{part}</section>' for part in parts)
    style = "@page { size: A4; margin: 18mm } p { font: 11pt 'DejaVu Sans' } section:last-child { break-after: auto }"
    document = weasyprint.HTML(string=f"<style>{style}</style>{pages}").render()
    document.write_pdf(target)
    return len(document.pages)


def _first_page(number: int) -> str:
    lines = (
        f"Absender {number} AG",
        f"Musterweg {number + 1}",
        "8001 Zürich",
        "",
        "",
        "Postbuch AG",
        "Marktgasse 4",
        "3011 Bern",
        "",
        "Zürich, 2. März 2026",
        "",
        _subject(number),
        "",
        "Sehr geehrte Damen und Herren",
        "Gerne senden wir Ihnen unser Angebot und freuen uns auf Ihre Antwort.",
        "Freundliche Grüsse",
    )
    return "".join(f"<p>{escape(line) or '&nbsp;'}</p>" for line in lines)
