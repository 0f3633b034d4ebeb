"""Mailboxes are read from a real IMAP server: what was there, what comes, and nothing twice."""

from storage.entries import Entry, EntryStaff
from storage.messages import Message
from storage.secrets import Seal
from storage.staff import Staff
from tests.ingest.office import Office
from tests.ingest.reading_mailboxes import (
    added,
    captures,
    mail,
    now,
    reading,
    until_filled,
    until_there,
)
from tests.matcher.people import colleague
from tests.servers.dovecot import Dovecot


async def test_inbox_and_sent_are_read_and_what_comes_later_comes_at_once(
    server: Dovecot, seal: Seal, eva: Staff
) -> None:
    server.put("eva", [mail("one"), mail("two")])
    server.put("eva", [mail("three", sender="eva@firm.example", to="anna@muster.example")], "Sent")
    server.put("eva", [mail("spam")], "Junk")
    mailbox = await added(server, seal, staff_id=eva.id)
    async with reading(seal):
        its = await until_filled(mailbox)
        await until_there(3)
        assert (its.filled, its.to_fill, its.state, its.problem) == (3, 3, "running", "")
        server.put("eva", [mail("four")], start=100)
        await until_there(4)
        server.put("eva", [mail("five")], "Sent", start=100)
        await until_there(5)
    its = await now(mailbox)
    assert its.last_mail_at is not None
    assert {(one.source, one.staff_id, one.authenticated) for one in await captures()} == {
        ("imap", eva.id, True)
    }


async def test_the_same_mail_in_two_mailboxes_is_one_entry_with_both(
    server: Dovecot, seal: Seal, office: Office, eva: Staff
) -> None:
    urs = await colleague("urs@firm.example")
    one = mail("offer", to="eva@firm.example, urs@firm.example")
    server.put("eva", [b"Received: from mx by a; Tue, 03 Mar 2026 12:00:01 +0000\r\n" + one])
    server.put("urs", [b"Received: from mx by b; Tue, 03 Mar 2026 12:00:02 +0000\r\n" + one])
    first = await added(server, seal, "eva", staff_id=eva.id)
    second = await added(server, seal, "urs", staff_id=urs.id)
    async with reading(seal):
        await until_filled(first)
        await until_filled(second)
    await office.work()
    assert await Message.all().count() == 2
    entry = await Entry.get()
    captured = await EntryStaff.filter(entry_id=entry.id, part="captured").values_list("staff_id", flat=True)
    assert set(captured) == {eva.id, urs.id}


async def test_what_is_bcc_in_the_sent_folder_takes_part(
    server: Dovecot, seal: Seal, office: Office, eva: Staff
) -> None:
    sent = mail(
        "quiet", sender="eva@firm.example", to="anna@muster.example", more="Bcc: Bea <bea@muster.example>\r\n"
    )
    server.put("eva", [sent], "Sent")
    mailbox = await added(server, seal, staff_id=eva.id)
    async with reading(seal):
        await until_filled(mailbox)
    await office.work()
    entry = await Entry.get().prefetch_related("participants")
    assert {(one.role, one.key) for one in entry.participants} == {
        ("to", "anna@muster.example"),
        ("bcc", "bea@muster.example"),
    }
