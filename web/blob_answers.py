"""How is a blob answered?  A part at a time; what breaks off is seen to be too short."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from aiohttp import web

from ingest.letters.reading import joined
from storage import blobs
from web.config import CONFIG

# What takes long is done two at a time, and nobody else waits for it.
FEW_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pages-of-letters")


async def send_blob(
    request: web.Request, digest: str, size: int, media_type: str, headers: Mapping[str, str] | None = None
) -> web.StreamResponse:
    """Send a blob of *size* octets as a file of a media type; *headers* go before the usual ones."""
    usual = {
        "Content-Type": media_type,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    response = web.StreamResponse(headers=usual | dict(headers or {}))
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


async def send_joined(
    request: web.Request, digests: Sequence[str], headers: Mapping[str, str]
) -> web.StreamResponse:
    """Send the PDFs of pages as one, which lies in the data folder meanwhile: a letter may have hundreds of pages."""
    with tempfile.TemporaryDirectory(dir=request.app[CONFIG].data_folder, prefix="letter-") as name:
        made = await _joined(digests, Path(name))
        response = web.StreamResponse(headers=headers)
        response.content_length = made.stat().st_size
        await response.prepare(request)
        with made.open("rb") as file:
            while octets := await asyncio.to_thread(file.read, blobs.PART_OCTETS):
                await response.write(octets)
    return response


async def _joined(digests: Sequence[str], folder: Path) -> Path:
    files = []
    for number, digest in enumerate(digests, start=1):
        file = folder / f"{number}.pdf"
        with file.open("xb") as target:
            async for octets in blobs.stream(digest):
                await asyncio.to_thread(target.write, octets)
        files.append(file)
    made = folder / "letter.pdf"
    await asyncio.get_running_loop().run_in_executor(FEW_THREADS, joined, files, made)
    return made
