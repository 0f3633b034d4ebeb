"""Mailboxes are read from a real IMAP server: what was there, what comes, and from which folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.secrets import Seal
from storage.staff import Staff
from tests.ingest.reading_mailboxes import (
    added,
    captures,
    mail,
    reading,
    until_filled,
    until_there,
)
from tests.servers.dovecot import Dovecot, dovecot


@pytest.fixture
def server() -> Iterator[Dovecot]:
    """A server on which eva and urs have mailboxes."""
    with dovecot() as server:
        server.add_user("eva")
        server.add_user("urs")
        yield server


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    """What seals passwords."""
    return Seal(tmp_path)


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
        assert (its.filled, its.to_fill) == (3, 3)
        server.put("eva", [mail("four")], start=100)
        await until_there(4)
        server.put("eva", [mail("five")], "Sent", start=100)
        await until_there(5)
    assert {(one.source, one.staff_id, one.authenticated) for one in await captures()} == {
        ("imap", eva.id, True)
    }
