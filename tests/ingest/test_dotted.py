"""Where a mail ends, and which dots are its own: however its octets are cut on the way."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dotted import undotted

LIMIT = 32


def dotted(mail: bytes) -> bytes:
    """Return what a peer sends for *mail*, which must end with a line end."""
    return (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"


async def read(sent: bytes, *, piece: int) -> tuple[bytes, bytes]:
    """Return the mail that is read from *sent*, which comes in pieces, and what is left after it."""
    reader = asyncio.StreamReader(limit=LIMIT)

    async def send() -> None:
        for start in range(0, len(sent), piece):
            reader.feed_data(sent[start : start + piece])
            await asyncio.sleep(0)
        reader.feed_eof()

    sending = asyncio.create_task(send())
    mail = b"".join([octets async for octets in undotted(reader)])
    await sending
    return mail, await reader.read()


LINES = st.lists(
    st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"\r\n.", b"a", b"\x00\xff", b"x" * 40]), max_size=30
)


@given(LINES, st.integers(1, 50))
async def test_every_mail_comes_back_as_it_was(parts: list[bytes], piece: int) -> None:
    mail = b"".join(parts)
    mail = mail if not mail or mail.endswith(b"\r\n") else mail + b"\r\n"
    assert await read(dotted(mail) + b"QUIT\r\n", piece=piece) == (mail, b"QUIT\r\n")


@pytest.mark.parametrize(
    "smuggled",
    [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\n.\r", b"\r\n\x00.\r\n", b"\r.\r\n"],
    ids=repr,
)
@pytest.mark.parametrize("piece", [1, 3, 1000])
async def test_nothing_but_a_dot_between_line_ends_ends_a_mail(smuggled: bytes, piece: int) -> None:
    mail = b"a" + smuggled + b"MAIL FROM:<mallory@example.org>\r\n"
    assert await read(dotted(mail), piece=piece) == (mail, b"")
