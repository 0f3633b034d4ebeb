"""Scan to e-mail: a mail from a scanner is no mail but the scans that it brings."""

from email.message import EmailMessage
from ipaddress import IPv4Network

import pytest

from ingest.addressees import Addressees
from ingest.filing import file_messages
from ingest.letters.from_mail import Scanners
from ingest.sender import Handover, Senders, Trust
from storage import letters
from storage.blobs import digest_of
from storage.entries import Entry
from storage.jobs import FileMessage, TableQueue
from storage.messages import Message
from storage.scans import Scan, ScanSource
from storage.staff import Staff
from tests.ingest.office import SECRET, Office

SCANNERS = Scanners(frozenset({"scanner@firm.example"}))


def mail_from(sender: str, *files: tuple[str, str, bytes]) -> bytes:
    """Return a mail with files: name, subtype of application or image, octets."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Scanner <{sender}>", "capture@postbuch.test", "Scan"
    mail["Message-ID"], mail["Date"] = "<1@scanner.example>", "Tue, 3 Mar 2026 12:00:00 +0100"
    mail.set_content("Scanned.")
    for name, subtype, content in files:
        kind = "image" if subtype in {"tiff", "jpeg"} else "application"
        mail.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    return mail.as_bytes()


async def file_all(office: Office) -> None:
    jobs = [job for job in await office.claim() if isinstance(job.payload, FileMessage)]
    await file_messages(jobs, queue=TableQueue(), secret=SECRET, scanners=SCANNERS)


async def test_each_file_is_a_scan_and_nothing_of_the_mail_is_kept(office: Office, eva: Staff) -> None:
    raw = mail_from(
        "scanner@firm.example",
        ("eins.pdf", "pdf", b"%PDF-1.7 one"),
        ("zwei.tif", "tiff", b"II*\0 two"),
        ("notes.bin", "octet-stream", b"nothing that is read"),
    )
    await office.take(raw, staff=eva.id)
    await file_all(office)
    found = sorted(await letters.scans(most=10, viewer=None), key=lambda scan: scan.name)
    assert [(one.name, one.source, one.staff_id) for one in found] == [
        ("eins.pdf", ScanSource.MAIL, eva.id),
        ("zwei.tif", ScanSource.MAIL, eva.id),
    ]
    assert found[0].digest == digest_of(b"%PDF-1.7 one")
    assert found[0].sender == "scanner@firm.example"
    assert not await Entry.exists()
    assert not await Message.exists()


@pytest.mark.parametrize(
    ("sender", "held_because"),
    [("anna@muster.example", ""), ("scanner@firm.example", "not-authenticated")],
)
async def test_what_is_not_shown_to_be_from_a_scanner_is_a_mail(
    office: Office, eva: Staff, sender: str, held_because: str
) -> None:
    await office.take(
        mail_from(sender, ("a.pdf", "pdf", b"%PDF-1.7")), staff=eva.id, held_because=held_because
    )
    await file_all(office)
    assert not await Scan.exists()
    assert await Entry.all().count() == 1


async def test_a_scanner_that_only_complains_writes_a_mail(office: Office, eva: Staff) -> None:
    await office.take(mail_from("scanner@firm.example"), staff=eva.id)
    await file_all(office)
    assert not await Scan.exists()
    assert await Message.all().count() == 1


@pytest.mark.parametrize(
    ("peer", "author", "believed"),
    [
        ("192.0.2.7", "scanner@firm.example", True),
        ("198.51.100.9", "scanner@firm.example", False),
        ("192.0.2.7", "anna@muster.example", False),
    ],
)
async def test_to_the_common_address_a_scanner_writes_by_way_of_a_server_of_ours(
    peer: str, author: str, *, believed: bool
) -> None:
    trust = Trust(networks=[IPv4Network("192.0.2.0/24")], scanners=SCANNERS.addresses)
    senders = Senders(trust, Addressees())
    handover = Handover(peer, "scanner.firm.example", author)
    assert await senders.scanner_sent(handover, mail_from(author)) is believed
