"""Scans that somebody hands in by a form: one or many files, each to the disk as it comes, and taken over."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import BodyPartReader, web

from ingest.letters.intake import Intake, NoScan, ScanNote
from ingest.letters.kinds import LOOKED_AT, scan_kind
from ingest.letters.refusal import Refusal
from storage.scan_intake import KeptScan
from storage.scans import ScanSource
from web.config import CONFIG, QUEUE
from web.forms import cleaned
from web.session import FORM_TOKEN, STAFF, is_our_token
from web.uploads import Kept, TooLarge, keep, pieces_of

MOST_FILES = 100
_LONGEST_VALUE = 4096


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that is no scan: its name, and why as a code with its values."""

    name: str
    code: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Handed:
    """What became of the files of a form."""

    taken: list[KeptScan] = field(default_factory=list)
    refused: list[NotTaken] = field(default_factory=list)

    @property
    def new(self) -> list[KeptScan]:
        """Those that were not here before."""
        return [one for one in self.taken if not one.known]


async def handed_in(request: web.Request) -> Handed:
    """Take over the files of a form; HTTPForbidden for a form that is not ours, of which nothing is kept.

    The token stands before the files, and which way the letters went.
    """
    if request.content_type != "multipart/form-data":
        raise web.HTTPForbidden
    reader, handed = await request.multipart(), Handed()
    is_ours = is_outgoing = False
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise web.HTTPForbidden
        if part.name == FORM_TOKEN:
            is_ours = is_our_token(request, await _value(part))
        elif not is_ours:
            raise web.HTTPForbidden
        elif part.name == "direction":
            is_outgoing = await _value(part) == "outgoing"
        elif part.name == "files" and part.filename:
            await _take(request, part, handed, is_outgoing=is_outgoing)
    if not is_ours:
        raise web.HTTPForbidden
    return handed


async def _value(part: BodyPartReader) -> str:
    return (await part.read_chunk(_LONGEST_VALUE)).decode("utf-8", "replace")


async def _take(request: web.Request, part: BodyPartReader, handed: Handed, *, is_outgoing: bool) -> None:
    name = _name_of(part.filename or "")
    if len(handed.taken) + len(handed.refused) >= MOST_FILES:
        handed.refused.append(NotTaken(name, "too-many-files", {"most": str(MOST_FILES)}))
        return
    largest = request.app[CONFIG].largest_scan
    try:
        kept = await keep(request, pieces_of(part), most=largest)
    except TooLarge:
        handed.refused.append(NotTaken(name, Refusal.TOO_LARGE, {"most": str(largest)}))
        return
    note = ScanNote(
        name=name,
        source=ScanSource.UPLOAD,
        received_at=datetime.now(UTC),
        is_outgoing=is_outgoing,
        staff_id=request[STAFF].id,
    )
    try:
        handed.taken.append(await _accepted(request, kept, note))
    except NoScan as error:
        handed.refused.append(NotTaken(name, error.code, error.parameters))
    finally:
        await asyncio.to_thread(kept.path.unlink, missing_ok=True)


async def _accepted(request: web.Request, kept: Kept, note: ScanNote) -> KeptScan:
    with kept.path.open("rb") as file:
        head = await asyncio.to_thread(file.read, LOOKED_AT)
        if head and scan_kind(head) is None:
            raise NoScan(Refusal.UNKNOWN_KIND)
        return await Intake(request.app[QUEUE], request.app[CONFIG].largest_scan)(file, note)


def _name_of(given: str) -> str:
    return cleaned(given).replace("\\", "/").rpartition("/")[2][:200]
