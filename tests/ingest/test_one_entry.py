"""One mail by all its ways, in random order and at once: one entry with all staff on it."""

import asyncio
import random
from collections.abc import Coroutine
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import ArchiveSource, archive_at, owned_by
from ingest.filing import file_messages
from ingest.mbox import Dialect
from ingest.source import CaptureNote, RawMessage
from storage import blobs
from storage.entries import Entry, EntryStaff
from storage.messages import CaptureSource, Message, MessageState
from storage.staff import Staff
from tests.ingest.archives import LARGEST, mbox
from tests.ingest.office import CAME, SECRET, Office, participants
from tests.matcher.people import colleague, letter, person

EVA, URS, ANNA, BEAT = "eva@firm.example", "urs@firm.example", "anna@muster.example", "beat@gmx.example"
TEXT = "Grüezi Frau Müller\n\nFrom here on it gets long: die Offerte vom März gilt noch.\n\nFreundliche Grüsse\nEva\n"
FOOTER = "\n" + "_" * 47 + "\nverein mailing list -- verein@liste.example\n"
WARNING = "ACHTUNG: Diese E-Mail kommt von einem externen Absender.\n\n"
MAILS_A_SEED = 5
Offer = Coroutine[Any, Any, None]


def sent(own_id: str, *, text: str = TEXT, subject: str = "Offerte", **fields: Any) -> bytes:
    """Return the mail as one way brings it."""
    return letter(EVA, f"{ANNA}, {URS}", own_id=own_id, subject=subject, text=text, **fields)


def report(own_id: str) -> bytes:
    """Return what the server's journal says of the mail: who got it, too."""
    told = EmailMessage()
    told["From"], told["To"], told["Subject"] = "journal@firm.example", "x@postbuch.test", "Offerte"
    told["X-MS-Journal-Report"], told["Message-ID"] = "", f"<report.{own_id}>"
    told["Date"] = "Tue, 03 Mar 2026 12:01:00 +0100"
    told.set_content(
        f"Sender: {EVA}\nSubject: Offerte\nMessage-Id: <{own_id}>\nTo: {ANNA}\nTo: {URS}\nBcc: {BEAT}\n"
    )
    inside = EmailMessage()
    for line in sent(own_id).decode().partition("\r\n\r\n")[0].split("\r\n"):
        name, _, value = line.partition(": ")
        inside[name] = value
    inside.set_content(TEXT)
    told.add_attachment(inside)
    return told.as_bytes()


async def offered(office: Office, raw: bytes, staff: Staff | None, source: CaptureSource) -> None:
    """Offer a mail as it comes by one way."""
    note = CaptureNote(source, staff.id if staff else None, None, "", (), "192.0.2.1", authenticated=True)
    await office.accept(RawMessage(raw, blobs.digest_of(raw), len(raw), (note,), CAME))


async def imported(office: Office, folder: Path, own_id: str, staff: Staff) -> None:
    """Import an old mbox, in which a line of the text is quoted, that has the mail."""
    path = folder / f"{own_id}.mbox"
    path.write_bytes(mbox([sent(own_id).replace(b"\r\n", b"\n")], Dialect.MBOXO))

    async def room() -> None:
        return None

    source = ArchiveSource(archive_at(path, largest=LARGEST), owned_by(staff.id), lambda _: None, room)
    await source.run(office.accept)


class Firm:
    """An office of three, into which mail comes at random."""

    def __init__(self, office: Office, folder: Path, staff: list[Staff], chance: random.Random) -> None:
        self.office, self.folder, self.chance = office, folder, chance
        self.eva, self.urs, self.rita = staff

    def ways(self, own_id: str) -> list[Offer]:
        """Return all ways by which one mail comes, and another mail of the same id."""
        office, mailbox = self.office, CaptureSource.UPLOAD
        labelled = sent(own_id, Received="by gmail", X_Gmail_Labels="Wichtig")
        return [
            offered(office, sent(own_id, Received="by relay"), self.eva, CaptureSource.SMTP),
            offered(office, sent(own_id, Received="by relay"), self.eva, CaptureSource.LMTP),
            offered(office, sent(own_id, Bcc=BEAT), self.eva, mailbox),
            offered(office, sent(own_id, Received="by urs"), self.urs, mailbox),
            offered(office, labelled, self.rita, mailbox),
            offered(office, labelled, self.rita, mailbox),
            offered(office, sent(own_id, text=TEXT + FOOTER, subject="[verein] Offerte"), self.rita, mailbox),
            offered(office, sent(own_id, text=WARNING + TEXT, subject="[EXTERN] Offerte"), self.urs, mailbox),
            offered(office, report(own_id), None, CaptureSource.SMTP),
            offered(office, sent(own_id, text="Etwas ganz anderes."), self.urs, CaptureSource.SMTP),
            imported(office, self.folder, own_id, self.rita),
        ]

    async def take(self, offers: list[Offer]) -> None:
        """Take all offers in some order, several at once, while several workers file."""
        self.chance.shuffle(offers)
        while offers:
            number = self.chance.randint(1, 12)
            now, offers = offers[:number], offers[number:]
            await asyncio.gather(*now, *(self.work() for _ in range(self.chance.randint(0, 3))))
        await asyncio.gather(*(self.work() for _ in range(3)))

    async def work(self) -> None:
        """File what waits, a few at a time."""
        while jobs := await self.office.queue.claim(self.chance.randint(1, 9)):
            await file_messages(list(jobs), queue=self.office.queue, secret=SECRET)


@pytest.mark.parametrize("seed", range(6))
async def test_a_mail_by_all_ways_in_random_order_and_at_once_is_one_entry(
    office: Office, tmp_path: Path, seed: int
) -> None:
    for address in (ANNA, BEAT):
        await person(f"Somebody {address[:4]}", address)
    staff = [await colleague(one) for one in (EVA, URS, "rita@firm.example")]
    firm = Firm(office, tmp_path, staff, random.Random(seed))
    ids = [f"{number}.{seed}@x" for number in range(MAILS_A_SEED)]
    await firm.take([offer for own_id in ids for offer in firm.ways(own_id)])

    assert await Entry.all().count() == 2 * len(ids)
    assert {one.state for one in await Message.all()} == {MessageState.FILED}
    for own_id in ids:
        both = set(await Message.filter(message_id=own_id).values_list("entry_id", flat=True))
        other = (await Message.get(digest=blobs.digest_of(sent(own_id, text="Etwas ganz anderes.")))).entry_id
        (entry,) = await Entry.filter(id__in=list(both - {other}))
        captured = await EntryStaff.filter(entry_id=entry.id, part="captured").values_list(
            "staff_id", flat=True
        )
        assert sorted(captured) == [one.id for one in staff]
        assert {(one.key, one.role) for one in await participants(entry)} == {(ANNA, "to"), (BEAT, "bcc")}
        assert (entry.direction, entry.held_reason) == ("outgoing", None)
        assert (entry.subject, entry.text) == ("Offerte", TEXT.strip())
