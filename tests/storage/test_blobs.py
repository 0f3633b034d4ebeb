"""Blobs come back byte for byte, in bounded parts."""

import io
import os
from datetime import UTC, datetime

import pytest

from storage import blobs
from storage.arrivals import Arrival, keeping
from storage.connect import transaction
from storage.steps import transacted

pytestmark = pytest.mark.usefixtures("database")


async def test_a_small_blob_comes_back_as_it_was() -> None:
    raw = b"Gr\xc3\xbc\xc3\x9fe\x00\r\n" * 99
    async with transaction():
        await blobs.keep([(blobs.digest_of(raw), raw)])
    assert await blobs.read(blobs.digest_of(raw)) == raw


async def test_an_empty_blob_is_kept_too() -> None:
    async with transaction():
        await blobs.keep([(blobs.digest_of(b""), b"")])
    assert await blobs.read(blobs.digest_of(b"")) == b""


async def test_a_large_file_is_kept_in_parts_and_streams_back() -> None:
    raw = os.urandom(3 * blobs.PART_OCTETS + 17)
    file = io.BytesIO(raw)
    await transacted(keeping([Arrival(blobs.digest_of(raw), len(raw), file, datetime.now(UTC), ())]))
    parts = [part async for part in blobs.stream(blobs.digest_of(raw))]
    assert [len(part) for part in parts] == [blobs.PART_OCTETS] * 3 + [17]
    assert b"".join(parts) == raw


async def test_keeping_the_same_blob_again_changes_nothing() -> None:
    raw = b"twice"
    for _ in range(2):
        async with transaction():
            await blobs.keep([(blobs.digest_of(raw), raw)])
    assert await blobs.BlobPart.all().count() == 1


async def test_a_blob_that_is_not_kept_is_named() -> None:
    with pytest.raises(blobs.BlobMissing, match="feed"):
        await blobs.read("feed")


async def test_a_blob_of_which_a_part_is_lost_is_not_taken_for_whole() -> None:
    raw = os.urandom(2 * blobs.PART_OCTETS)
    digest = blobs.digest_of(raw)
    await transacted(keeping([Arrival(digest, len(raw), io.BytesIO(raw), datetime.now(UTC), ())]))
    await blobs.BlobPart.filter(digest=digest, number=1).delete()
    with pytest.raises(blobs.BlobDamaged, match=digest):
        await blobs.read(digest)
