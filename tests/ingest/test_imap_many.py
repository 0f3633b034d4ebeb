"""A mailbox of ten thousand mails, on a server that is restarted in the middle."""

import pytest

from storage.messages import Message
from storage.secrets import Seal
from tests.ingest.reading_mailboxes import added, captures, mail, now, reading, until
from tests.servers.dovecot import Dovecot

_MAILS, _SECONDS = 10_000, 400

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_ten_thousand_mails_are_taken_once_each_with_progress(
    database: str, server: Dovecot, seal: Seal
) -> None:
    server.put("eva", (mail(f"mail-{number}") for number in range(_MAILS)))
    mailbox = await added(server, seal)
    async with reading(seal):
        await _until_there(2000)
        its = await now(mailbox)
        assert 0 < its.filled < its.to_fill == _MAILS
        server.stop()
        server.put("eva", [mail("fresh")], start=_MAILS)
        server.start()
        await _until_there(_MAILS + 1)

        async def is_filled() -> bool:
            its = await now(mailbox)
            return its.filled == its.to_fill == _MAILS

        await until(is_filled, seconds=_SECONDS)
    assert len(await captures()) == await Message.all().count() == _MAILS + 1


async def _until_there(number: int) -> None:
    async def are_there() -> bool:
        return await Message.all().count() >= number

    await until(are_there, seconds=_SECONDS)
