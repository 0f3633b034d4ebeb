"""What `accept` promises: durable when it returns, once, and never kept out by others."""

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from ingest.accept import MOST_AT_ONCE, accepting
from ingest.source import Accept, Accepted, CaptureNote, RawMessage
from storage import blobs
from storage.connect import StorageUnavailable, transaction
from storage.jobs import Job, TableQueue
from storage.messages import Capture, CaptureSource, Message

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def note(
    *, staff_id: int | None = None, address: int | None = None, sender: str = "eva@firm.example"
) -> CaptureNote:
    return CaptureNote(
        CaptureSource.SMTP, staff_id, address, sender, ("x@postbuch.test",), "192.0.2.1", False
    )


def message(raw: bytes, *notes: CaptureNote) -> RawMessage:
    return RawMessage(raw, hashlib.sha256(raw).hexdigest(), len(raw), notes or (note(),), NOW)


@pytest.fixture
def rung() -> list[None]:
    return []


@pytest.fixture
async def accept(database: str, rung: list[None]) -> AsyncIterator[Accept]:
    async with accepting(TableQueue(), on_accepted=lambda: rung.append(None)) as accept:
        yield accept


async def test_an_accepted_message_is_kept_with_its_job(accept: Accept, rung: list[None]) -> None:
    raw = b"Subject: umlauts \xfc\x00\r\n\r\n" + b"." * 1000
    accepted = await accept(message(raw))
    assert not accepted.known
    kept = await Message.get(id=accepted.message_id)
    assert (kept.digest, kept.size, kept.accepted_at) == (accepted.digest, len(raw), NOW)
    assert await blobs.read(kept.digest) == raw
    assert [job.payload for job in await Job.all()] == [{"message_id": kept.id}]
    capture = await Capture.get(message_id=kept.id)
    assert capture.envelope_recipients == ["x@postbuch.test"]
    assert (capture.envelope_sender, capture.peer, capture.captured_at) == (
        "eva@firm.example",
        "192.0.2.1",
        NOW,
    )
    assert rung


async def test_the_same_bytes_twice_are_one_message(accept: Accept) -> None:
    first, second = await accept(message(b"x")), await accept(message(b"x"))
    assert (first.known, second.known) == (False, True)
    assert first.message_id == second.message_id
    assert await Message.all().count() == await Capture.all().count() == await Job.all().count() == 1


async def test_the_same_bytes_at_the_same_moment_are_one_message(accept: Accept) -> None:
    accepted = await asyncio.gather(*[accept(message(b"x")) for _ in range(20)])
    assert len({one.message_id for one in accepted}) == 1
    assert await Message.all().count() == await Capture.all().count() == 1


async def test_a_second_way_is_one_more_capture_and_filed_again(accept: Accept) -> None:
    await accept(message(b"x", note(), note(sender="other@firm.example")))
    async with transaction():
        await Job.all().delete()
    upload = CaptureNote(CaptureSource.UPLOAD, None, None, "", (), "", True)
    again = await accept(message(b"x", upload))
    assert again.known
    assert await Capture.all().count() == 2
    assert await Job.all().count() == 1


async def test_many_that_come_together_are_all_kept(accept: Accept, rung: list[None]) -> None:
    raws = [str(number).encode() for number in range(3 * MOST_AT_ONCE)]
    accepted = await asyncio.gather(*[accept(message(raw)) for raw in raws])
    assert [one.digest for one in accepted] == [hashlib.sha256(raw).hexdigest() for raw in raws]
    assert await Message.all().count() == await Job.all().count() == len(raws)
    assert len(rung) < len(raws) / 10  # commits were shared


async def test_a_large_message_is_kept_from_its_file(accept: Accept) -> None:
    raw = bytes(range(256)) * 20_000
    file = io.BytesIO(raw)
    file.seek(17)
    accepted = await accept(
        RawMessage(file, hashlib.sha256(raw).hexdigest(), len(raw), (note(),), NOW),
    )
    assert await blobs.read(accepted.digest) == raw


async def test_one_that_cannot_be_written_keeps_no_other_out(accept: Accept) -> None:
    """Its staff member was removed meanwhile: the key to nobody breaks the transaction."""
    offers = [accept(message(str(number).encode())) for number in range(10)]
    broken = accept(message(b"broken", note(staff_id=4711)))
    *kept, failure = await asyncio.gather(*offers, broken, return_exceptions=True)
    assert isinstance(failure, Exception)
    assert all(isinstance(one, Accepted) for one in kept)
    assert await Message.all().count() == 10


async def test_a_session_that_goes_away_disturbs_nobody(accept: Accept) -> None:
    gone = [asyncio.create_task(_accept(accept, str(number).encode())) for number in range(20)]
    await asyncio.sleep(0)
    for number, task in enumerate(gone):
        if number % 2:
            task.cancel()
    settled = await asyncio.gather(*gone, return_exceptions=True)
    assert all(isinstance(one, Accepted) for one in settled[::2])
    assert not (await _accept(accept, b"and the next")).known


async def test_when_it_ends_what_was_offered_is_kept_and_nothing_more_taken(database: str) -> None:
    async with accepting(TableQueue(), on_accepted=lambda: None) as accept:
        offered = asyncio.create_task(_accept(accept, b"the last one"))
        await asyncio.sleep(0)
    assert (await offered).message_id
    with pytest.raises(StorageUnavailable):
        await accept(message(b"too late"))


async def _accept(accept: Accept, raw: bytes) -> Accepted:
    return await accept(message(raw))
