"""The bytes of messages, by digest, compressed, in parts.

In the database and in the same transaction as the row that names them: one file
to back up.  Parts keep a 25 MB mail from ever being in memory whole.
"""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import BinaryIO

import zstandard
from tortoise import fields
from tortoise.models import Model

PART_OCTETS = 1024 * 1024
_OF_THREAD = threading.local()
_IN_THREAD = 256 * 1024  # octets above which compressing would hold up the event loop


class BlobPart(Model):
    """Up to PART_OCTETS octets of a blob, compressed by zstd (RFC 8878)."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64)
    number = fields.IntField()
    octets = fields.BinaryField()

    class Meta:
        table = "blob_part"
        unique_together = (("digest", "number"),)


class BlobMissing(LookupError):
    """No blob of this digest is kept."""


class BlobDamaged(BlobMissing):
    """What is kept of this blob is not what was kept: a part is lost, or altered."""


def digest_of(raw: bytes) -> str:
    """Return the name of a blob: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def compressed(raw: bytes) -> bytes:
    """Return *raw* as one zstd frame with its size."""
    if not hasattr(_OF_THREAD, "compressor"):
        _OF_THREAD.compressor = zstandard.ZstdCompressor(level=3)  # making one costs more than using it
    octets: bytes = _OF_THREAD.compressor.compress(raw)
    return octets


async def keep(blobs: Iterable[tuple[str, bytes]]) -> None:
    """Write small blobs (digest, raw) in the caller's transaction; those known already stay."""
    parts = [BlobPart(digest=digest, number=0, octets=compressed(raw)) for digest, raw in blobs]
    await BlobPart.bulk_create(parts, ignore_conflicts=True)


def parts_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the parts of the blob that *file* holds from its start, compressed."""
    file.seek(0)
    while raw := file.read(PART_OCTETS):
        yield compressed(raw)


async def read(digest: str) -> bytes:
    """Return a blob whole; BlobMissing if there is none, BlobDamaged if it is not what it was."""
    return b"".join([part async for part in stream(digest)])


async def read_many(digests: Iterable[str]) -> dict[str, bytes]:
    """Return blobs whole, by digest.  For small ones: all are in memory at once."""
    found: dict[str, list[bytes]] = {}
    parts = await BlobPart.filter(digest__in=list(digests)).order_by("digest", "number")
    for part in parts:
        found.setdefault(part.digest, []).append(zstandard.decompress(part.octets))
    return {digest: b"".join(octets) for digest, octets in found.items()}


async def beginnings(digests: Iterable[str]) -> dict[str, bytes]:
    """Return the first PART_OCTETS octets of blobs, by digest."""
    parts = await BlobPart.filter(digest__in=list(digests), number=0)
    return {part.digest: zstandard.decompress(part.octets) for part in parts}


async def kept(digests: Iterable[str]) -> set[str]:
    """Return those of *digests* of which there is a blob."""
    found = await BlobPart.filter(digest__in=list(digests), number=0).only("digest")
    return {part.digest for part in found}


async def stream(digest: str) -> AsyncIterator[bytes]:
    """Yield a blob in order, a part at a time; BlobMissing if there is none.

    BlobDamaged after the last part, if they are not together what was kept.
    """
    number, found = 0, hashlib.sha256()
    while part := await BlobPart.get_or_none(digest=digest, number=number):
        octets = await _decompressed(part.octets)
        found.update(octets)
        yield octets
        number += 1
    if number == 0:
        raise BlobMissing(digest)
    if found.hexdigest() != digest:
        raise BlobDamaged(digest)


async def _decompressed(octets: bytes) -> bytes:
    if len(octets) > _IN_THREAD:
        return await asyncio.to_thread(zstandard.decompress, octets)
    return zstandard.decompress(octets)
