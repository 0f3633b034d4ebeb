"""A mail that goes round in circles is refused, one that has come a long way is not."""

import io

import pytest

from ingest.hops import MOST_HOPS, is_looping
from tests.ingest.speaking import MAIL, capture_address, kept, listening, peer

HOP = b"Received: from a.example by b.example;\r\n Wed, 25 Nov 2026 08:00:00 +0000\r\n"


@pytest.mark.parametrize(
    ("header", "looping"),
    [(HOP * MOST_HOPS, False), (HOP * (MOST_HOPS + 1), True), (b"RECEIVED :x\n" * (MOST_HOPS + 1), True),
     (b"X-Received: x\n" * 500, False)],
)  # fmt: skip
def test_received_fields_are_counted(header: bytes, looping: bool) -> None:
    raw = header + b"Subject: x\r\n\r\n" + HOP * 500
    assert is_looping(raw) is looping
    assert is_looping(io.BytesIO(raw)) is looping


@pytest.mark.parametrize("padding", [0, 3_000_000])
async def test_a_mail_that_goes_round_in_circles_is_refused(database: str, padding: int) -> None:
    address = await capture_address()
    async with listening() as source, peer(source.port) as speaking:
        answer = await speaking.send(
            HOP * (MOST_HOPS + 1) + MAIL + (b"x" * 70 + b"\r\n") * (padding // 72), address
        )
        assert answer.startswith("554 5.4.6")
        assert (await speaking.send(HOP * MOST_HOPS + MAIL, address)).startswith("250 2.6.0")
    assert len(await kept()) == 1
