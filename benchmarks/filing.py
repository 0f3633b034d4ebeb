"""How fast does a stored message become a searchable entry?  Our worker against `notmuch new` on the same mails.

Both find all mails on the disk: ours accepted in its database, notmuch's in a Maildir.
Both end with an index that finds their words; ours has also matched, threaded and
entered them.  Each round begins anew, the two take turns, and the median counts.
"""

import asyncio
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from app.logs import set_up_logs
from app.wiring import kinds
from app.worker import worker_of
from benchmarks import maildir
from benchmarks.report import print_figure
from ingest.accept import accepting
from ingest.source import CaptureNote, RawMessage
from mail.address import Address
from storage import directory_edits, roster
from storage.blobs import digest_of
from storage.connect import connected
from storage.correspondents import EmailAddress, Organisation, OrganisationDomain, Person, Role
from storage.entries import Entry
from storage.jobs import TableQueue, left
from storage.messages import CaptureSource
from storage.schema import migrate

ROUNDS, MAILS, GOAL = 3, 2000, 0.5
_NOTMUCH = "[database]\npath={folder}\n[user]\nname=Eva\nprimary_email=eva@firma.example\n[new]\ntags=inbox\n"


def run() -> bool:
    """Measure, print what came out, and tell whether the goal holds."""
    set_up_logs("warning")
    folder = Path(tempfile.mkdtemp(prefix="postbuch-filing-"))
    try:
        maildir.write(folder / "mail", MAILS)
        octets = sum(path.stat().st_size for path in (folder / "mail" / "cur").iterdir())
        print(f"filing: {MAILS} mails, {octets / MAILS / 1000:.0f} kB on average")
        rounds = [(asyncio.run(ours(folder)), notmuch(folder)) for _ in range(ROUNDS)]
    finally:
        shutil.rmtree(folder)
    seconds, theirs = (statistics.median(each) for each in zip(*rounds, strict=True))
    return print_figure("filing", MAILS / seconds, MAILS / theirs, "mails/s", GOAL)


def notmuch(folder: Path) -> float:
    """Return in how many seconds notmuch has indexed the Maildir."""
    shutil.rmtree(folder / "mail" / ".notmuch", ignore_errors=True)
    config = folder / "notmuch-config"
    config.write_text(_NOTMUCH.format(folder=folder / "mail"), encoding="utf-8")
    begun = time.perf_counter()
    environment = os.environ | {"NOTMUCH_CONFIG": str(config)}
    subprocess.run(["notmuch", "new", "--quiet"], check=True, env=environment)
    return time.perf_counter() - begun


async def ours(folder: Path) -> float:
    """Return in how many seconds the worker has filed the same mails."""
    path = folder / "postbuch.db"
    url = f"sqlite:///{path}"
    await migrate(url)
    try:
        async with connected(url):
            await enter_firms()
            await _accept(path.read_bytes() for path in sorted((folder / "mail" / "cur").iterdir()))
            begun = time.perf_counter()
            await _work()
            seconds = time.perf_counter() - begun
            assert await Entry.all().count() == MAILS
            return seconds
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for each in folder.glob("postbuch.db*"):
        each.unlink()


async def enter_firms() -> None:
    """Enter staff and half of the customers: the other half's mail is held."""
    for name in maildir.STAFF:
        await roster.add(roster.NewStaff(name=name, address=Address(name, maildir.FIRM)), by=None)
    for number in range(60):
        firm = await directory_edits.add(
            Organisation,
            {"name": f"Kunde {number}"},
            staff_id=None,
            belongings=[(OrganisationDomain, {"domain": f"kunde{number}.example"})],
        )
        belongings = [(Role, {"organisation_id": firm.id})]
        address = (EmailAddress, {"written": f"person{number}@kunde{number}.example"})
        await directory_edits.add(
            Person, {"family_name": f"Person {number}"}, staff_id=None, belongings=[*belongings, address]
        )


async def _accept(mails: Iterable[bytes]) -> None:
    note = CaptureNote(CaptureSource.SMTP, 1, None, "", (), "127.0.0.1", authenticated=True)
    async with accepting(TableQueue(), on_accepted=lambda: None) as accept:
        for raw in mails:
            await accept(RawMessage(raw, digest_of(raw), len(raw), (note,), datetime.now(UTC)))


async def _work() -> None:
    """Run a worker until nothing waits."""
    worker = worker_of(kinds(b"k" * 32))
    task = asyncio.create_task(worker.run())
    while await _left():  # noqa: ASYNC110 - nobody tells when the last is done
        await asyncio.sleep(0.05)
    worker.stop()
    await task


async def _left() -> int:
    """Return how many mails are still to be filed; their attachments are read later, at leisure."""
    return await left(priority=0)
