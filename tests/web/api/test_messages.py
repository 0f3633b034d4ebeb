"""Raw mail by the API: handed in, followed, and given back byte for byte."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO

import pytest
from aiohttp import ClientPayloadError

from ingest.budget import Budget
from ingest.filing import file_messages
from storage.blobs import BlobPart, digest_of
from storage.jobs import TableQueue
from storage.messages import Capture, Message
from storage.staff import AccessRole
from tests.web.api.conftest import NewProgram, Program
from tests.web.correspondence import firm, mail, somebody
from web.api import messages
from web.config import WebConfig

RAW = {"Content-Type": "message/rfc822"}


@pytest.fixture
def web_config(web_config: WebConfig) -> WebConfig:
    """An installation that takes no mail above 3 MB."""
    return replace(web_config, largest_message=3_000_000)


async def _file_all() -> None:
    queue = TableQueue()
    await file_messages(await queue.claim(100), queue=queue, secret=b"k" * 32)


async def test_a_mail_is_handed_in_and_kept_before_the_answer(program: Program):
    raw = mail()
    answer = await program.done("POST", "/messages", status=202, data=raw, headers=RAW)
    assert answer == {"id": answer["id"], "digest": digest_of(raw), "known": False, "state": "accepted"}
    shown = await program.got(f"/messages/{answer['id']}")
    assert (shown["size"], shown["state"], shown["entry_id"]) == (len(raw), "accepted", None)
    (capture,) = shown["captures"]
    assert program.staff
    assert (capture["source"], capture["staff"]["id"]) == ("upload", program.staff.id)
    row = await Capture.get()
    assert (row.authenticated, row.capture_address_id, row.peer) == (True, None, "127.0.0.1")


async def test_what_became_of_a_mail_is_told(program: Program):
    person = await somebody(await firm())
    answer = await program.done("POST", "/messages", status=202, data=mail(), headers=RAW)
    await _file_all()
    shown = await program.got(f"/messages/{answer['id']}")
    assert shown["state"] == "filed"
    entry = await program.got(f"/entries/{shown['entry_id']}")
    assert entry["participants"][0]["person"]["id"] == person.id
    assert entry["messages"][0]["id"] == answer["id"]


async def test_the_defects_of_a_mail_are_told(program: Program):
    answer = await program.done("POST", "/messages", status=202, data=b"no header at all", headers=RAW)
    await _file_all()
    shown = await program.got(f"/messages/{answer['id']}")
    assert shown["state"] == "held"
    assert {"code", "detail"} == shown["defects"][0].keys()


async def test_the_same_bytes_twice_are_one_message(new_program: NewProgram):
    program, other = await new_program(AccessRole.STAFF), await new_program(AccessRole.MARKETER)
    first = await program.done("POST", "/messages", status=202, data=mail(), headers=RAW)
    again = await program.done("POST", "/messages", status=202, data=mail(), headers=RAW)
    assert again == first | {"known": True}
    assert len((await program.got(f"/messages/{first['id']}"))["captures"]) == 1
    theirs = await other.done("POST", "/messages", status=202, data=mail(), headers=RAW)
    assert (theirs["id"], theirs["known"]) == (first["id"], True)
    assert len((await program.got(f"/messages/{first['id']}"))["captures"]) == 2


async def test_a_large_mail_comes_back_byte_for_byte(program: Program, budget: Budget):
    raw = mail() + b"".join(b"%0100d\r\n" % number for number in range(20_000))
    answer = await program.done("POST", "/messages", status=202, data=BytesIO(raw), headers=RAW)
    assert budget.free == budget.total
    response = await program.call("GET", f"/messages/{answer['id']}/raw")
    assert (response.content_type, response.content_length) == ("message/rfc822", len(raw))
    assert await response.read() == raw


async def test_a_mail_that_cannot_be_read_to_its_end_does_not_look_whole(program: Program):
    raw = b"Subject: x\r\n\r\n" + b"x" * 2_500_000
    answer = await program.done("POST", "/messages", status=202, data=BytesIO(raw), headers=RAW)
    await BlobPart.filter(number=1).update(octets=b"broken")
    response = await program.call("GET", f"/messages/{answer['id']}/raw")
    with pytest.raises(ClientPayloadError):
        await response.read()


async def test_a_mail_that_is_too_large_is_refused_as_soon_as_that_is_clear(program: Program, budget: Budget):
    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 100_000

    for body in (BytesIO(b"x" * 3_000_001), without_length()):
        assert (await program.problem("POST", "/messages", data=body, headers=RAW)).status == 413
    assert budget.free == budget.total
    assert await Message.all().count() == 0


async def test_a_mail_waits_for_its_share_of_memory(program: Program, budget: Budget):
    async with budget.share(budget.total):
        waiting = asyncio.create_task(program.done("POST", "/messages", status=202, data=mail(), headers=RAW))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    assert (await waiting)["known"] is False


async def test_who_stops_sending_holds_nothing(
    program: Program, budget: Budget, monkeypatch: pytest.MonkeyPatch
):
    async def stops() -> AsyncIterator[bytes]:
        yield b"Subject: x\r\n"
        await asyncio.sleep(20)

    monkeypatch.setattr(messages, "SILENT_SECONDS", 0.1)
    assert (await program.problem("POST", "/messages", data=stops(), headers=RAW)).status == 408
    assert budget.free == budget.total


async def test_what_is_no_mail_is_refused(program: Program):
    assert (await program.problem("POST", "/messages", data=b"", headers=RAW)).status == 422
    problem = await program.problem("POST", "/messages", json={"subject": "x"})
    assert (problem.status, problem.headers["Accept"]) == (415, "message/rfc822")


async def test_a_message_that_is_not_there_is_not_found(program: Program):
    assert (await program.problem("GET", "/messages/9")).status == 404
    assert (await program.problem("GET", "/messages/9/raw")).status == 404
