"""How is a blob answered?  A part at a time; what breaks off is seen to be too short."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from ingest.letters.reading import joined
from storage import blobs


async def send_blob(request: web.Request, digest: str, size: int, media_type: str) -> web.StreamResponse:
    """Send a blob of *size* octets as a file of a media type."""
    response = web.StreamResponse(
        headers={
            "Content-Type": media_type,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-cache",
        }
    )
    response.content_length = size
    await response.prepare(request)
    try:
        async for octets in blobs.stream(digest):
            await response.write(octets)
    except BaseException:
        if request.transport:  # else a page about the error would go on as the file
            request.transport.close()
        raise
    return response


async def joined_pdf(digests: Sequence[str], folder: Path) -> bytes:
    """Return the PDFs of pages as one; they lie below *folder* meanwhile."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="letter-") as name:
        files = []
        for number, digest in enumerate(digests, start=1):
            file = Path(name) / f"{number}.pdf"
            with file.open("xb") as target:
                async for octets in blobs.stream(digest):
                    await asyncio.to_thread(target.write, octets)
            files.append(file)
        made = Path(name) / "letter.pdf"
        await asyncio.to_thread(joined, files, made)
        return await asyncio.to_thread(made.read_bytes)
