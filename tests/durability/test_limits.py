"""What a peer may not do: it is told so, and the service goes on."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from ingest.reception import Limits
from tests.ingest.speaking import MAIL, SENDER, Peer, capture_address, kept, listening, peer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _first_words(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return (await asyncio.wait_for(reader.readline(), 20)).decode()
    finally:
        writer.close()


@pytest.mark.parametrize(
    "limits",
    [Limits(most_connections=3), Limits(most_connections_per_peer=3)],
    ids=["in all", "from one address"],
)
async def test_too_many_connections_are_asked_to_come_later(database: str, limits: Limits) -> None:
    address = await capture_address()
    async with listening(limits=limits) as source:
        async with AsyncExitStack() as stack:
            peers = [await stack.enter_async_context(peer(source.port)) for _ in range(3)]
            for _ in range(50):
                assert (await _first_words(source.port)).startswith("421 4.7.0 ")
            assert (await peers[0].send(MAIL, address)).startswith("250")
        async with asyncio.timeout(20):  # until it has seen that they went
            while not (await _first_words(source.port)).startswith("220 "):
                await asyncio.sleep(0.05)
    assert await kept() == [MAIL]


@pytest.mark.parametrize("before", ["", "EHLO x\r\n", "DATA"])
async def test_who_says_nothing_is_hung_up_on(database: str, before: str) -> None:
    address = await capture_address()
    async with listening(limits=Limits(idle_seconds=1)) as source, peer(source.port, greet="") as speaking:
        if before == "DATA":
            await speaking.say("EHLO x")
            await speaking.begin(address)
            speaking.write(b"Subject: half of a ma")
        else:
            speaking.write(before.encode())
        said = [await speaking.answer(), await speaking.answer(), await speaking.answer()]
        assert [answer[:9] for answer in said if answer.startswith("421")] == ["421 4.4.2"]
        assert said[-1] == ""
        assert await speaking.answer() == ""
    assert await kept() == []


async def test_who_asks_without_end_is_hung_up_on(database: str) -> None:
    address = await capture_address()
    async with listening(limits=Limits(most_commands=20)) as source, peer(source.port) as speaking:
        for _ in range(5):  # mail is what it is for: it counts anew after each
            assert (await speaking.send(MAIL, address)).startswith("250")
            for _ in range(10):
                assert (await speaking.say("NOOP")).startswith("250")
        assert await _until_421(speaking, "NOOP") <= 21
        assert await speaking.answer() == ""


async def test_who_guesses_addresses_is_hung_up_on(database: str) -> None:
    async with listening() as source, peer(source.port) as speaking:
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        assert await _until_421(speaking, "RCPT TO:<guess@postbuch.test>") <= 21


async def _until_421(speaking: Peer, command: str) -> int:
    """Return how many more commands were answered before 421 came."""
    for count in range(100):
        if (await speaking.say(command)).startswith("421 4.7.0 "):
            return count
    raise AssertionError("never hung up on")


async def test_a_mail_that_says_to_be_too_large_is_refused_before_it_comes(database: str) -> None:
    async with listening(limits=Limits(largest_message=10_000)) as source, peer(source.port) as speaking:
        answer = await speaking.say(f"MAIL FROM:<{SENDER}> SIZE=10001")
        assert answer.startswith("552 5.3.4 ")
        assert (await speaking.say(f"MAIL FROM:<{SENDER}> SIZE=10000")).startswith("250")


@pytest.mark.parametrize("size", [10_001, 5_000_000])
async def test_a_mail_that_is_too_large_is_refused_in_the_end(database: str, size: int) -> None:
    address = await capture_address()
    line = b"y" * 98 + b"\r\n"
    async with listening(limits=Limits(largest_message=10_000)) as source, peer(source.port) as speaking:
        largest = line * 100
        too_large = line * (size // 100) + b"x" * (size % 100) + b"\r\n"
        assert (await speaking.send(too_large, address)).startswith("552 5.3.4 ")
        assert (await speaking.send(largest, address, options=" SIZE=10")).startswith("250")
    assert await kept() == [largest]


async def test_more_recipients_than_allowed_come_another_time(database: str) -> None:
    address = await capture_address()
    async with listening(limits=Limits(most_recipients=2)) as source, peer(source.port) as speaking:
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        answers = [await speaking.say(f"RCPT TO:<{address}>") for _ in range(4)]
        assert [answer[:9] for answer in answers][2:] == ["452 4.5.3"] * 2
        assert [answer[:3] for answer in answers][:2] == ["250"] * 2
        assert (await speaking.say("DATA")).startswith("354")
        speaking.write(MAIL + b".\r\n")
        assert (await speaking.answer()).startswith("250 2.6.0")
    assert await kept() == [MAIL]
