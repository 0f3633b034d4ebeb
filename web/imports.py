"""Importing correspondents: hand in a file, correct what its columns are, see what it would do, let it be done."""

import asyncio
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from ingest.correspondents.columns import Column
from ingest.correspondents.encodings import UnknownEncoding
from ingest.correspondents.guessing import columns_key
from ingest.correspondents.opening import FileKind, Opened, UnreadableFile, open_file
from ingest.correspondents.own_files import own_tag, path_of
from ingest.correspondents.running import opened_for
from ingest.correspondents.said import RawRow
from ingest.correspondents.values import defused, fused
from ingest.correspondents.workbook_rows import UnreadableWorkbook
from ingest.correspondents.writing import ExportKind, written
from storage import imports
from storage.imports import ImportRun, ImportState
from web.config import CONFIG
from web.forms import Form, cleaned, posted_form
from web.found import NotFound, found, id_in
from web.i18n import N_, translations
from web.import_words import COLUMNS, reason_in_words
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF
from web.uploads import Kept, TooLarge, own_form, uploaded

routes = web.RouteTableDef()
_MOST, _SAMPLE_ROWS, _MOST_WRONG_SHOWN, _LONGEST_CELL = 50, 10, 100, 80
UNREADABLE = (UnreadableFile, UnreadableWorkbook, UnknownEncoding, FileNotFoundError)


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of a file: its number, heading, what it is taken for, and some of its cells."""

    number: int
    title: str
    meaning: Column
    cells: list[str]


@routes.get("/imports")
@allowed(Right.ADMINISTER)
async def index(request: web.Request) -> web.Response:
    """The imports of the last time, a form for another one, and the ways to take everything out."""
    return await _list(request, Form())


@routes.post("/imports")
@allowed(Right.ADMINISTER)
@own_form
async def upload(request: web.Request) -> web.Response:
    """Take a file, and go on to its columns."""
    form = Form()
    try:
        kept, name = await uploaded(request)
    except TooLarge:
        form.wrong(
            "file", N_("This file is too large. Import it with the command postbuch import correspondents.")
        )
        return await _list(request, form)
    if kept is None:
        form.wrong("file", N_("Choose a file."))
        return await _list(request, form)
    try:
        run = await entered(request, kept, cleaned(name), {})
    except UNREADABLE as error:
        form.wrong(
            "file",
            N_("This file cannot be read: %(why)s."),
            why=translations(language_of(request)).gettext(str(error)),
        )
        return await _list(request, form)
    raise web.HTTPSeeOther(f"/imports/{run.id}")


@routes.get("/imports/{run}")
@allowed(Right.ADMINISTER)
async def show(request: web.Request) -> web.Response:
    """One import: its columns, how far it is, or what came of it."""
    run = await _run_in(request)
    if run.state is ImportState.NEW:
        return await _columns_page(request, run)
    wrong = await imports.wrong_lines(run.id, most=_MOST_WRONG_SHOWN)
    return page(request, "imports/show.html", run=run, wrong=wrong, shares=progress_of(run), pace=_pace(run))


@routes.post("/imports/{run}/try")
@allowed(Right.ADMINISTER)
async def try_it(request: web.Request) -> web.Response:
    """Let the columns hold, and tell what an import would do."""
    run, form = await _run_in(request), await posted_form(request)
    if run.state is ImportState.NEW:
        meanings = {title: meaning.value for title, meaning in _chosen(run, form).items()}
        await imports.set_up(run.id, meanings, run.options)
        await imports.remember_mapping(columns_key(run.titles), meanings)
        await imports.start(run.id, ImportState.TRYING)
    raise web.HTTPSeeOther(f"/imports/{run.id}")


@routes.post("/imports/{run}/columns")
@allowed(Right.ADMINISTER)
async def correct(request: web.Request) -> web.Response:
    """Go back to the columns."""
    run = await _run_in(request)
    await imports.correct(run.id)
    raise web.HTTPSeeOther(f"/imports/{run.id}")


@routes.post("/imports/{run}/run")
@allowed(Right.ADMINISTER)
async def begin(request: web.Request) -> web.Response:
    """Import what was tried."""
    run = await _run_in(request)
    if run.state is ImportState.TRIED and run.path:
        await imports.start(run.id, ImportState.RUNNING)
    raise web.HTTPSeeOther(f"/imports/{run.id}")


@routes.post("/imports/{run}/remove")
@allowed(Right.ADMINISTER)
async def remove(request: web.Request) -> web.Response:
    """Forget an import and its file; what was imported stays."""
    if name := await imports.remove((await _run_in(request)).id):
        path_of(request.app[CONFIG].data_folder, name).unlink(missing_ok=True)
    raise web.HTTPSeeOther("/imports")


@routes.get("/imports/{run}/wrong-lines")
@allowed(Right.ADMINISTER)
async def wrong_lines(request: web.Request) -> web.StreamResponse:
    """The lines that could not be taken, with the reasons: to be corrected and imported."""
    run = await _run_in(request)
    response = download(f"postbuch-import-{run.id}-wrong.csv", "text/csv")
    await response.prepare(request)
    gettext = translations(language_of(request)).gettext
    await response.write(b"\xef\xbb\xbf" + csv_line([*run.titles, gettext(N_("Reason"))]))
    after = 0
    while lines := await imports.wrong_lines(run.id, after=after):
        for one in lines:
            cells = [*one.cells, *[""] * len(run.titles)][: len(run.titles)]
            reason = f"{one.line}: {reason_in_words(gettext, one.reason, one.parameters)}"
            await response.write(csv_line([*cells, reason]))
        after = lines[-1].id
    return response


@routes.get("/export")
@allowed(Right.ADMINISTER)
async def export(request: web.Request) -> web.StreamResponse:
    """A file with all organisations and persons."""
    wanted = request.query.get("format", "csv")
    if wanted not in set(ExportKind):
        raise NotFound
    return await exported(request, ExportKind(wanted))


async def exported(request: web.Request, kind: ExportKind, *, media_type: str = "") -> web.StreamResponse:
    """Send a file with everything; what breaks off is seen to be broken off."""
    response = download(f"postbuch-contacts.{kind.ending}", media_type or kind.media_type)
    response.enable_chunked_encoding()
    await response.prepare(request)
    try:
        async for piece in written(kind, own_tag(request.app[CONFIG].secret_key)):
            await response.write(piece)
    except BaseException:
        if request.transport:  # else a page about the error would go on as the file
            request.transport.close()
        raise
    return response


def download(name: str, kind: str) -> web.StreamResponse:
    """Return the beginning of an answer that is kept as a file."""
    return web.StreamResponse(
        headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
    )


async def entered(
    request: web.Request, kept: Kept, name: str, options: Mapping[str, Any], *, named: str = "", key: str = ""
) -> ImportRun:
    """Enter an import of a file that was handed in, its columns as guessed or remembered.

    One of UNREADABLE if nothing can be read from it: then the file is gone.
    """
    try:
        opened = await asyncio.to_thread(open_file, kept.path, encoding=options.get("encoding") or None)
        known = await imports.named_mapping(named) if named else await imports.mapping(opened.heading.key)
        opened = opened.mapped(known.meanings if known else {})
        opened = opened.with_key(key) if key else opened
    except UNREADABLE:
        kept.path.unlink(missing_ok=True)
        raise
    country = options.get("country") or request.app[CONFIG].country
    heading = opened.heading
    if named and known is None:
        await imports.remember_mapping(heading.key, heading.as_chosen, name=named)
    run = ImportRun(
        digest=kept.digest,
        name=Path(name.replace("\\", "/")).name[:200],
        path=kept.path.name,
        staff_id=request[STAFF].id,
        titles=list(heading.titles),
        meanings=heading.as_chosen,
        options={**options, "country": country, "shape": heading.shape, "kind": opened.kind.value},
        size=kept.size,
    )
    return await imports.begin(run)


def progress_of(run: ImportRun) -> tuple[int, int] | None:
    """Return how many octets are done of how many; None where that cannot be told, as of a workbook."""
    return (run.octets, run.size) if run.octets and run.size else None


def csv_line(cells: list[str]) -> bytes:
    """Return a line of a file of ours."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow([defused(fused(cell)) for cell in cells])
    return text.getvalue().encode("utf-8", "replace")


async def _list(request: web.Request, form: Form) -> web.Response:
    return page(
        request,
        "imports/list.html",
        status=200 if form.ok else 422,
        form=form,
        runs=await imports.latest(_MOST),
        largest=request.app[CONFIG].largest_import,
        kinds=[kind.value for kind in ExportKind],
    )


async def _columns_page(request: web.Request, run: ImportRun) -> web.Response:
    """Show what the columns are taken for, with ten rows of the file."""
    try:
        opened, rows = await asyncio.to_thread(_opened_with_sample, run, request.app[CONFIG].data_folder)
    except UNREADABLE as error:
        await imports.finish(run.id, ImportState.FAILED, error=str(error))
        raise web.HTTPSeeOther(f"/imports/{run.id}") from None
    return page(
        request,
        "imports/columns.html",
        run=run,
        columns=_shown(opened, rows),
        is_card=opened.kind is FileKind.VCARD,
        meanings=COLUMNS,
        shape=opened.heading.shape,
    )


def _opened_with_sample(run: ImportRun, data_folder: Path) -> tuple[Opened, list[RawRow]]:
    opened = opened_for(run, data_folder)
    return opened, opened.sample(_SAMPLE_ROWS)


def _shown(opened: Opened, rows: list[RawRow]) -> list[ShownColumn]:
    columns = zip(opened.heading.titles, opened.heading.meanings, strict=True)
    shown = []
    for number, (title, meaning) in enumerate(columns):
        cells = [cleaned(row.cells[number])[:_LONGEST_CELL] for row in rows if number < len(row.cells)]
        if opened.kind is not FileKind.VCARD or any(cells):
            shown.append(ShownColumn(number, title, meaning, cells))
    return shown


def _chosen(run: ImportRun, form: Form) -> dict[str, Column]:
    """Return what somebody chose for each column; what the form does not tell stays as it was."""
    chosen = {}
    for number, title in enumerate(run.titles):
        before = run.meanings.get(title, "")
        meaning = form.values.get(f"column{number}", before)
        chosen[title] = Column(meaning if meaning in set(Column) else before)
    return chosen


def _pace(run: ImportRun) -> tuple[int, int | None] | None:
    """Return lines a second, and the minutes that are left where that can be told."""
    done = run.new + run.changed + run.same + run.wrong
    seconds = (datetime.now(UTC) - run.begun_at).total_seconds() if run.begun_at else 0
    if not done or seconds < 1:
        return None
    shares = progress_of(run)
    left = seconds * (shares[1] - shares[0]) / shares[0] if shares else None
    return round(done / seconds), None if left is None else max(1, round(left / 60))


async def _run_in(request: web.Request) -> ImportRun:
    return found(await imports.run_of(id_in(request, "run")))
