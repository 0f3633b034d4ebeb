"""How far is the reading of a scan?  Its pages are written one by one, so that a crash loses one at most."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from mail.letter import Page
from storage.by_hand import inserting, place, stored
from storage.jobs import Claimed, JobQueue
from storage.page_words import packed_lines
from storage.scan_intake import keeping_file
from storage.scans import Scan, ScanPage, ScanState
from storage.statements import Steps
from storage.steps import transacted
from storage.storable import storable

_PAGE = (
    "scan_id", "number", "width", "height", "text", "words", "codes", "text_source", "turned", "skew", "is_blank",
    "is_separator", "dropped", "turned_by_hand", "problem", "image", "image_type", "image_size", "searchable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageFiles:
    """A page that was read: its upright picture with the media type, its searchable PDF, what went wrong."""

    page: Page
    image: Path
    image_type: str
    searchable: Path
    problem: str = ""


async def scan(scan_id: int) -> Scan | None:
    """Return a scan."""
    return await Scan.get_or_none(id=scan_id)


async def begin(scan_id: int) -> int:
    """Note that a scan is being read, and return how many of its pages are read already."""
    await Scan.filter(id=scan_id).update(state=ScanState.READING, problem="", problem_parameters={})
    return await ScanPage.filter(scan_id=scan_id).count()


async def keep_page(scan_id: int, files: PageFiles, *, of: int, job: Claimed, queue: JobQueue) -> None:
    """Write a page that was read, of *of* in all, and let the job go on for another while: one commit."""
    with ExitStack() as stack:
        image = stack.enter_context(files.image.open("rb"))
        searchable = stack.enter_context(files.searchable.open("rb"))
        digests = [file_digest(file, "sha256").hexdigest() for file in (image, searchable)]

        def steps() -> Steps[None]:
            yield inserting("scan_page", _PAGE, [_row(scan_id, files, *digests)])
            yield from keeping_file(digests[0], image)
            yield from keeping_file(digests[1], searchable)
            yield (
                f"UPDATE scan SET done = {place(1)}, pages = {place(2)}, changed_at = {place(3)} WHERE id = {place(4)}",  # noqa: S608 - ours
                [files.page.number, max(of, files.page.number), stored(datetime.now(UTC)), scan_id],
            )
            yield queue.going_on(job)

        await transacted(steps())


async def reject(scan_id: int, problem: str, parameters: Mapping[str, str]) -> None:
    """Note that a file is no scan that can be read, in the caller's transaction."""
    await Scan.filter(id=scan_id).update(
        state=ScanState.REJECTED, problem=problem, problem_parameters=dict(parameters)
    )


async def set_read(scan_id: int, pages: int, *, problem: str = "") -> None:
    """Note that all of a scan is read and filed, in the caller's transaction."""
    await Scan.filter(id=scan_id).update(state=ScanState.READ, pages=pages, done=pages, problem=problem)


async def set_failed(scan_id: int) -> None:
    """Note that a scan could not be read for a reason that is ours; one that is filed stays so."""
    unread = Scan.filter(id=scan_id, state__in=[ScanState.WAITING, ScanState.READING])
    await unread.update(state=ScanState.FAILED)


async def set_waiting(scan_id: int) -> bool:
    """Let a scan that failed or was rejected wait anew, in the caller's transaction; False if it is neither."""
    undone = Scan.filter(id=scan_id, state__in=[ScanState.FAILED, ScanState.REJECTED])
    return bool(await undone.update(state=ScanState.WAITING, problem="", problem_parameters={}))


async def failed() -> list[int]:
    """Return the scans that failed for a reason that is ours."""
    return [one.id for one in await Scan.filter(state=ScanState.FAILED).order_by("id").only("id")]


def _row(scan_id: int, files: PageFiles, image: str, searchable: str) -> tuple[object, ...]:
    page = files.page
    codes = [
        {"symbology": one.symbology, "text": storable(one.text), **asdict(one.box)} for one in page.codes
    ]
    return (
        scan_id,
        page.number,
        page.width,
        page.height,
        storable(page.text),
        packed_lines(page.lines),
        json.dumps(codes),
        page.source.value,
        page.turned,
        page.skew,
        page.is_blank,
        False,
        page.is_blank,
        0,
        files.problem,
        image,
        files.image_type,
        files.image.stat().st_size,
        searchable,
    )
