"""The quick way and the long one: nobody at the other end can tell which of them a mail went."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import ingest.smtp
from ingest.body import FIRST_SHARE
from ingest.budget import Budget
from ingest.reception import Limits
from ingest.smtp_session import SmtpSession
from ingest.source import Accepted, RawMessage
from storage.blobs import BlobPart
from storage.connect import transaction
from storage.messages import Capture, Message
from tests.ingest.speaking import DOMAIN, MAIL, SENDER, capture_address, kept, listening, peer

_FROM = f"MAIL FROM:<{SENDER}>\r\n".encode()
_TO = b"RCPT TO:<%a>\r\n"  # %a: the capture address
_BEGIN = b"EHLO peer.example\r\n" + _FROM + _TO + b"DATA\r\n"
_AGAIN = b"NOOP\r\n" + _FROM + _TO + b"DATA\r\nlast\r\n.\r\nQUIT\r\n"
_LINE = b"..%07d\r\n" % 7

CONVERSATIONS = {
    "plain": _BEGIN + MAIL + b".\r\n",
    "no greeting": _FROM + _TO + b"DATA\r\n",
    "small letters": b"ehlo peer\r\nmail from:<eva@firm.example>\r\nrcpt to:<%a>\r\ndata\r\nx\r\n.\r\n",
    "helo": b"HELO peer\r\n" + _FROM + _TO + b"DATA\r\nx\r\n.\r\n",
    "helo with options": b"HELO peer\r\nMAIL FROM:<eva@firm.example> SIZE=5\r\n" + _FROM,
    "options": b"EHLO peer\r\nMAIL FROM:<a@b.example> SIZE=9 BODY=8BITMIME\r\n" + _TO + b"DATA\r\n\xfc\r\n.\r\n",
    "options the other way": b"EHLO peer\r\nMAIL FROM:<a@b.example> BODY=7BIT SIZE=9\r\nRSET\r\n",
    "options nobody knows": b"EHLO peer\r\nMAIL FROM:<a@b.example> X=1\r\nRCPT TO:<%a> NOTIFY=NEVER\r\n",
    "too large, as told": b"EHLO peer\r\nMAIL FROM:<a@b.example> SIZE=2000000\r\n" + _TO,
    "too large": _BEGIN + _LINE * 120_000 + b".\r\n",
    "larger than told": b"EHLO p\r\nMAIL FROM:<a@b.example> SIZE=1\r\n" + _TO + b"DATA\r\n" + _LINE * 7000 + b".\r\n",
    "just beyond the first share": _BEGIN + b"x" * (FIRST_SHARE - 1) + b"\r\n.\r\n",
    "just within the first share": _BEGIN + b"x" * (FIRST_SHARE - 9) + b"\r\n.\r\n",
    "nested": b"EHLO peer\r\n" + _FROM + _FROM + _TO + _TO + b"DATA\r\nx\r\n.\r\n",
    "no sender": b"EHLO peer\r\nMAIL FROM:<>\r\n" + _TO + b"DATA\r\nx\r\n.\r\n",
    "no recipients": b"EHLO peer\r\n" + _TO + _FROM + b"DATA\r\n",
    "more recipients than we take": b"EHLO peer\r\n" + _FROM + _TO * 5 + b"DATA\r\nx\r\n.\r\n",
    "nobody": b"EHLO peer\r\n" + _FROM + f"RCPT TO:<nobody@{DOMAIN}>\r\n".encode() + _TO + b"DATA\r\nx\r\n.\r\n",
    "rset": _BEGIN[: -len(b"DATA\r\n")] + b"RSET\r\nDATA\r\n" + _FROM + _TO + b"DATA x\r\nDATA\r\nx\r\n.\r\n",
    "empty": _BEGIN + b".\r\n",
    "dots": _BEGIN + b"..\r\n...\r\n..x\r\n\r\n..\r\n.\r\n",
    "what pretends to be an end": _BEGIN + b"a\n.\nb\n.\r\nc\r.\r\nd\r\n..\re\r\n.\n\r\r\n.\r\n",
    "bare line feeds": b"EHLO peer\nMAIL FROM:<eva@firm.example>\nRCPT TO:<%a>\nDATA\nx\r\n.\r\n",
    "spaces": b"EHLO peer\r\nMAIL FROM: <eva@firm.example> \r\nRCPT TO: <%a>\r\nDATA \r\nx\r\n.\r\n",
    "nonsense": b"EHLO peer\r\n\r\n\xff\xfe\r\nMAIL\r\nMAIL FROM:<eva>\r\nMAIL FROM:<eva@>\r\nRCPT\r\nFOO BAR\r\n",
    "a long line": b"EHLO peer\r\nMAIL FROM:<" + b"a" * 600 + b"@firm.example>\r\nNOOP " + b"x" * 1100 + b"\r\n",
    "too many errors": b"EHLO peer\r\n" + b"DATA\r\n" * 25,
    "too many commands": b"EHLO peer\r\n" + (_FROM + b"RSET\r\n") * 30,
}  # fmt: skip
WAYS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "in one piece": lambda said: iter([said]),
    "line by line": lambda said: iter(said.splitlines(keepends=True)),
    "octet by octet": lambda said: (bytes([octet]) for octet in said),
}
_LIMITS = Limits(largest_message=1_000_000, most_recipients=3, most_commands=50)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("said", CONVERSATIONS)
async def test_the_quick_way_answers_and_keeps_as_the_long_one(
    database: str, monkeypatch: pytest.MonkeyPatch, said: str, way: str
) -> None:
    octets = (CONVERSATIONS[said] + _AGAIN).replace(b"%a", (await capture_address()).encode())
    if len(octets) > 10_000 and way != "in one piece":
        pieces = [octets[at : at + 999] for at in range(0, len(octets), 999)]
    else:
        pieces = list(WAYS[way](octets))
    quick = await _outcome(pieces)
    async with transaction():
        for rows in (Capture, Message, BlobPart):
            await rows.all().delete()
    monkeypatch.setattr(ingest.smtp, "QuickSession", SmtpSession)
    assert await _outcome(pieces) == quick


async def _outcome(pieces: list[bytes]) -> tuple[bytes, list[bytes], list[Any]]:
    """Return all answers to what is said, the mails that are kept then, and how they came."""
    async with listening(limits=_LIMITS) as source, peer(source.port, greet="") as speaking:
        try:
            for piece in pieces:
                speaking.write(piece)
                await speaking.writer.drain()
                await asyncio.sleep(0)
            answers = await asyncio.wait_for(speaking.reader.read(), 20)
        except ConnectionError:  # hung up on while it went on talking
            answers = b""
        assert source.budget.take_at_once(source.budget.total)
    columns = ("envelope_sender", "envelope_recipients", "source", "peer", "authenticated", "held_because")
    return answers, await kept(), list(await Capture.all().order_by("id").values_list(*columns))


async def test_a_plain_mail_goes_the_quick_way(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(SmtpSession, "_read")  # the long way has to read
    address = await capture_address()
    async with listening() as source, peer(source.port) as speaking:
        await speaking.say(f"MAIL FROM:<{SENDER}>")
        await speaking.say(f"RCPT TO:<{address}>")  # addresses have been read now
        await speaking.say("RSET")
        assert (await speaking.send(MAIL, address)).startswith("250 2.6.0")


async def test_what_comes_before_the_answer_waits_for_it(database: str) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def accept(message: RawMessage) -> Accepted:
        asked.set()
        await let_go.wait()
        return Accepted(1, message.digest, known=False)

    address = await capture_address()
    async with listening(accept) as source, peer(source.port) as speaking:
        await speaking.begin(address)
        speaking.write(MAIL + b".\r\n")
        await asyncio.wait_for(asked.wait(), 20)
        for command in (b"NOOP\r\n", b"RSET\r\nQU", b"IT\r\n"):
            speaking.write(command)
            await asyncio.sleep(0.05)
        assert not speaking.reader._buffer  # type: ignore[attr-defined]
        let_go.set()
        answers = [(await speaking.answer())[:9] for _ in range(4)]
    assert answers == ["250 2.6.0", "250 OK", "250 OK", "221 Bye"]


@pytest.mark.parametrize("said", [b"half a mail", MAIL + b".\r\n"])
async def test_who_leaves_in_the_middle_leaves_nothing_behind(database: str, said: bytes) -> None:
    accepting = asyncio.Event()

    async def accept(message: RawMessage) -> Accepted:
        accepting.set()
        await asyncio.Event().wait()
        raise AssertionError

    address = await capture_address()
    budget = Budget(FIRST_SHARE)
    async with listening(accept, budget=budget) as source:
        async with peer(source.port) as speaking:
            await speaking.begin(address)
            assert not budget.take_at_once(1)
            speaking.write(said)
            if said.endswith(b".\r\n"):
                await asyncio.wait_for(accepting.wait(), 20)
        for _ in range(200):
            await asyncio.sleep(0.01)
            if budget.take_at_once(FIRST_SHARE):
                break
        else:
            pytest.fail("its share of the memory is not given back")
        assert source.on_the_way.number == 0
