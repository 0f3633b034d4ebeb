"""Which folders are read, and what becomes of mails in them."""

import pytest

from ingest.imap_session import KEYWORD
from storage.mailboxes import After, MailboxFolder
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
from tests.servers.dovecot import Dovecot, dovecot

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_SENT = '  mailbox "Gesendete" {\n    special_use = \\Sent\n  }\n'
_ALL = '  mailbox "Alle Nachrichten" {\n    special_use = \\All\n    auto = create\n  }\n'


async def test_only_what_was_put_into_a_folder_of_choice_is_read(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", [mail("private")])
    server.put("eva", [mail("work")], "Kunden/M&APw-ller")
    mailbox = await added(server, seal, folders=["Kunden/Müller"])
    async with reading(seal):
        await until_filled(mailbox)
        await until_there(1)
        server.put("eva", [mail("more work")], "Kunden/M&APw-ller", start=100)
        server.put("eva", [mail("more private")], start=100)
        await until_there(2)


async def test_a_folder_with_everything_is_read_instead_of_each_label(database: str, seal: Seal) -> None:
    with dovecot(mailboxes=_ALL) as server:
        server.add_user("eva")
        server.put("eva", [mail("one")])
        server.put("eva", [mail("one"), mail("two")], "Alle Nachrichten")
        mailbox = await added(server, seal)
        async with reading(seal):
            its = await until_filled(mailbox)
        assert [place.name for place in its.places] == ["Alle Nachrichten"]
        await until_there(2)


async def test_a_renamed_folder_is_read_on_under_its_new_name(database: str, seal: Seal) -> None:
    with dovecot(mailboxes=_SENT, auto="no") as server:
        server.add_user("eva")
        server.put("eva", [mail("one"), mail("two")], "Sent")
        mailbox = await added(server, seal)
        async with reading(seal):
            await until_filled(mailbox)
            before = await MailboxFolder.get(mailbox_id=mailbox.id, name="Sent")
            server.doveadm("mailbox", "rename", "-u", "eva", "Sent", "Gesendete")

            async def is_followed() -> bool:
                return await MailboxFolder.filter(id=before.id, name="Gesendete").exists()

            await until(is_followed)
            server.put("eva", [mail("three")], "Gesendete", start=100)
            await until_there(3)
        assert (await MailboxFolder.get(id=before.id)).fetched == 3
        assert len(await captures()) == 3


async def test_a_folder_of_choice_that_is_gone_is_a_problem_that_names_it(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", [mail("one")], "Kunden")
    mailbox = await added(server, seal, folders=["Kunden"])
    async with reading(seal):
        await until_filled(mailbox)
        server.doveadm("mailbox", "rename", "-u", "eva", "Kunden", "Archiv")

        async def is_noticed() -> bool:
            its = await now(mailbox)
            return (its.state, its.problem) == ("failed", "folder_missing")

        await until(is_noticed)
        assert (await now(mailbox)).problem_parameters == {"folder": "Kunden"}
        server.doveadm("mailbox", "rename", "-u", "eva", "Archiv", "Kunden")
        server.put("eva", [mail("two")], "Kunden", start=100)
        await until_there(2)
        assert (await now(mailbox)).problem == ""


async def test_mails_are_moved_once_they_are_captured(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one"), mail("two")])
    server.put("eva", [mail("before")], "Erfasst")
    mailbox = await added(server, seal, folders=["INBOX"], after=After.MOVE, after_folder="Erfasst")
    async with reading(seal):
        await until_filled(mailbox)
        server.put("eva", [mail("three")], start=100)
        await until_there(3)

        async def is_moved() -> bool:
            return _number(server, "Erfasst") == 4

        await until(is_moved)
    assert _number(server, "INBOX") == 0
    assert "Seen" not in server.doveadm("fetch", "-u", "eva", "flags", "mailbox", "Erfasst")


async def test_mails_are_marked_once_they_are_captured(database: str, server: Dovecot, seal: Seal) -> None:
    server.put("eva", [mail("one"), mail("two")])
    mailbox = await added(server, seal, after=After.FLAG)
    async with reading(seal):
        await until_filled(mailbox)
    found = server.doveadm("fetch", "-u", "eva", "flags", "mailbox", "INBOX")
    assert found.count(KEYWORD) == 2
    assert "Seen" not in found


async def test_a_folder_to_move_to_must_be_there(database: str, server: Dovecot, seal: Seal) -> None:
    mailbox = await added(server, seal, after=After.MOVE, after_folder="Nirgends")
    async with reading(seal):

        async def is_noticed() -> bool:
            return (await now(mailbox)).problem == "folder_missing"

        await until(is_noticed)
    assert (await now(mailbox)).problem_parameters == {"folder": "Nirgends"}


def _number(server: Dovecot, folder: str) -> int:
    return int(server.doveadm("mailbox", "status", "-u", "eva", "messages", folder).rpartition("=")[2])


async def test_what_a_mail_was_labelled_in_the_mailbox_is_noted_with_it(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", [mail("work"), mail("private")])
    server.doveadm("flags", "add", "-u", "eva", "Privat $Forwarded", "mailbox", "INBOX", "subject", "private")
    mailbox = await added(server, seal)
    async with reading(seal):
        await until_filled(mailbox)
        await until_there(2)
    assert sorted(one.marks for one in await captures()) == [[], ["Privat"]]
