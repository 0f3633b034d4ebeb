"""A mailbox that cannot be read: why is noted, and it is read again as soon as it can be."""

import asyncio
import hashlib
import random

import pytest

from ingest.credentials import Password
from storage import blobs, mailboxes
from storage.mailboxes import Encryption, Mailbox
from storage.messages import Message
from storage.secrets import Seal
from tests.ingest.reading_mailboxes import (
    added,
    captures,
    mail,
    now,
    reading,
    setting_of,
    until,
    until_filled,
    until_there,
)
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ports import free_port

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_NO_IDLE = "protocol imap {\n  imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS\n}\n"


async def until_problem(mailbox: Mailbox, problem: str, state: str) -> Mailbox:
    async def is_so() -> bool:
        its = await now(mailbox)
        return (its.problem, its.state) == (problem, state)

    await until(is_so)
    return await now(mailbox)


async def test_a_wrong_password_is_a_problem_until_it_is_set_right(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", [mail("one")])
    mailbox = await added(server, seal, credentials=Password("wrong"))
    async with reading(seal):
        its = await until_problem(mailbox, "login_refused", "failed")
        assert "failed" in its.problem_parameters["said"]
        assert await mailboxes.change(mailbox.id, setting_of(server, seal), by=None)
        await until_filled(mailbox)
        await until_problem(mailbox, "", "running")
    await until_there(1)


async def test_a_password_of_any_letters_logs_in(database: str, server: Dovecot, seal: Seal) -> None:
    server.add_user("urs", 'Grüezi "€" \\ 7')
    server.put("urs", [mail("one")])
    mailbox = await added(server, seal, "urs", credentials=Password('Grüezi "€" \\ 7'))
    async with reading(seal):
        await until_filled(mailbox)


async def test_a_server_that_is_away_is_tried_again(database: str, seal: Seal, server: Dovecot) -> None:
    server.put("eva", [mail("one")])
    mailbox = await added(server, seal)
    async with reading(seal):
        await until_filled(mailbox)
        server.stop()
        await until_problem(mailbox, "unreachable", "waiting")
        server.put("eva", [mail("two")], start=100)
        server.start()
        await until_problem(mailbox, "", "running")
        await until_there(2)


async def test_a_port_where_nobody_listens_is_unreachable(database: str, seal: Seal, server: Dovecot) -> None:
    mailbox = await added(server, seal, port=free_port())
    async with reading(seal):
        its = await until_problem(mailbox, "unreachable", "waiting")
    assert its.problem_parameters == {"said": "Connection refused"}


async def test_a_server_restarted_in_the_middle_costs_no_mail(
    database: str, server: Dovecot, seal: Seal
) -> None:
    number = 600
    server.put("eva", (mail(f"mail-{count}") for count in range(number)))
    mailbox = await added(server, seal)
    async with reading(seal):
        for count in range(3):

            async def is_begun(least: int = 100 * (count + 1)) -> bool:
                return await Message.all().count() >= least

            await until(is_begun)
            server.stop()
            server.start()
        await until_filled(mailbox)
        await until_there(number)
    assert len(await captures()) == number


async def test_a_server_that_tells_of_nothing_is_looked_at(database: str, seal: Seal) -> None:
    with dovecot(more=_NO_IDLE) as server:
        server.add_user("eva")
        mailbox = await added(server, seal)
        async with reading(seal):
            await until_filled(mailbox)
            server.put("eva", [mail("one")])
            await until_there(1)


async def test_a_mail_of_40_mb_comes_whole_and_a_larger_one_is_counted(
    database: str, server: Dovecot, seal: Seal
) -> None:
    by = random.Random(1)
    large = mail("large") + b"\r\n".join([by.randbytes(30).hex().encode()] * 40_000 * 16)
    assert 39_000_000 < len(large) < 45_000_000
    too_large = mail("too large") + large
    server.put("eva", [mail("one"), large, too_large + large, mail("two")])
    mailbox = await added(server, seal)
    async with reading(seal):
        its = await until_filled(mailbox)
        await until_there(3)
        assert (its.filled, its.to_fill, its.left_out) == (4, 4, {"too_large": 1})
    digest = hashlib.sha256(large).hexdigest()
    message = await Message.get(digest=digest)
    assert (message.size, hashlib.sha256(await blobs.read(digest)).hexdigest()) == (len(large), digest)


@pytest.mark.parametrize("encryption", [Encryption.TLS, Encryption.STARTTLS])
async def test_a_certificate_is_believed_if_its_authority_is(
    database: str, seal: Seal, encryption: Encryption
) -> None:
    with dovecot(tls=True) as server:
        server.add_user("eva")
        server.put("eva", [mail("one")])
        port = server.tls_port if encryption is Encryption.TLS else server.port
        mailbox = await added(server, seal, host="localhost", port=port, tls=encryption)
        async with reading(seal):
            its = await until_problem(mailbox, "certificate", "failed")
            assert "self" in its.problem_parameters["reason"]
        async with reading(seal, authorities=server.certificate):
            await until_filled(mailbox)
            server.put("eva", [mail("two")], start=100)
            await until_there(2)


async def test_a_certificate_for_another_name_is_not_believed(database: str, seal: Seal) -> None:
    with dovecot(tls=True) as server:
        server.add_user("eva")
        mailbox = await added(server, seal, port=server.tls_port, tls=Encryption.TLS)
        async with reading(seal, authorities=server.certificate):
            await until_problem(mailbox, "certificate", "failed")


async def test_a_lost_key_is_a_problem_of_the_login(database: str, server: Dovecot, seal: Seal) -> None:
    mailbox = await added(server, seal)
    (seal.folder / "encryption.keys").unlink()
    async with reading(seal):
        await until_problem(mailbox, "login_refused", "failed")


async def test_two_mailboxes_on_a_server_that_is_restarted_are_both_read_on(
    database: str, server: Dovecot, seal: Seal
) -> None:
    first, second = await added(server, seal), await added(server, seal, "urs")
    async with reading(seal):
        await until_filled(first)
        await until_filled(second)
        server.stop()
        await asyncio.sleep(0.2)
        server.start()
        server.put("eva", [mail("one")])
        server.put("urs", [mail("two")])
        await until_there(2)
