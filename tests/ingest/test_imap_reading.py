"""How a mailbox is read: what is left alone, where it goes on, what goes first."""

import os
from datetime import date

import pytest

from storage import mailboxes
from storage.mailboxes import MailboxFolder
from storage.secrets import Seal
from tests.ingest.reading_mailboxes import (
    added,
    captures,
    mail,
    now,
    reading,
    until,
    until_filled,
    until_there,
)
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_only_mail_from_a_day_on_is_read_and_no_drafts(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", [mail("old"), mail("new"), mail("draft")])
    place = server.maildir("eva") / "new"
    old, _, draft = sorted(place.iterdir())
    old.rename(server.maildir("eva") / "cur" / f"{old.name}:2,S")
    draft.rename(server.maildir("eva") / "cur" / f"{draft.name}:2,D")
    os.utime(server.maildir("eva") / "cur" / f"{old.name}:2,S", (1_000_000_000, 1_000_000_000))
    mailbox = await added(server, seal, only_from=date(2020, 1, 1))
    async with reading(seal):
        its = await until_filled(mailbox)
    assert its.to_fill == 1
    await until_there(1)


async def test_reading_changes_nothing_in_the_mailbox(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one")])
    before = server.doveadm("fetch", "-u", "eva", "flags uid", "all")
    mailbox = await added(server, seal)
    async with reading(seal):
        await until_filled(mailbox)
        server.put("eva", [mail("two")], start=100)
        await until_there(2)
    after = server.doveadm("fetch", "-u", "eva", "flags uid", "all")
    assert before.splitlines()[0] == "flags: \\Recent"
    assert after.startswith(before)
    assert "Seen" not in after


async def test_a_changed_uidvalidity_enters_nothing_twice(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one"), mail("two")])
    mailbox = await added(server, seal)
    async with reading(seal):
        await until_filled(mailbox)
        before = await MailboxFolder.get(mailbox_id=mailbox.id, name="INBOX")
        server.doveadm("mailbox", "update", "-u", "eva", "--uid-validity", "1234567", "INBOX")

        async def is_read_anew() -> bool:
            folder = await MailboxFolder.get(mailbox_id=mailbox.id, name="INBOX")
            return folder.uid_validity == 1234567 and folder.filled and folder.fetched > before.fetched

        await until(is_read_anew)
        server.put("eva", [mail("three")], start=100)
        await until_there(3)
    assert len(await captures()) == 3


async def test_reading_goes_on_where_it_ended(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one"), mail("two")])
    mailbox = await added(server, seal)
    async with reading(seal):
        await until_filled(mailbox)
    server.put("eva", [mail("three")], start=100)
    async with reading(seal):
        await until_there(3)
    folder = await MailboxFolder.get(mailbox_id=mailbox.id, name="INBOX")
    assert folder.fetched == 3


async def test_fresh_mail_does_not_wait_for_older_mail(database: str, server: Dovecot, seal: Seal) -> None:
    async def never() -> bool:
        return False

    server.put("eva", [mail("one"), mail("two")])
    mailbox = await added(server, seal)
    async with reading(seal, has_room=never):

        async def is_seen() -> bool:
            return (await now(mailbox)).to_fill == 2

        await until(is_seen)
        server.put("eva", [mail("fresh")], start=100)
        await until_there(1)
    assert (await now(mailbox)).filled == 0


async def test_mailboxes_come_and_go_while_it_runs(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one")])
    server.put("urs", [mail("two")])
    async with reading(seal):
        first = await added(server, seal)
        await until_filled(first)
        assert await mailboxes.pause(first.id, by=None)
        second = await added(server, seal, "urs")
        await until_filled(second)
        server.put("eva", [mail("three")], start=100)
        await until_there(2)
        assert (await now(first)).state == "paused"
        assert await mailboxes.resume(first.id, by=None)
        await until_there(3)
        assert await mailboxes.remove(second.id, by=None)
        server.put("urs", [mail("four")], start=100)
        server.put("eva", [mail("five")], start=200)
        await until_there(4)
