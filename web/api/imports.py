"""Correspondents from a file, and all of them into one."""

from datetime import datetime

from aiohttp import web
from pydantic import Field

from ingest.correspondents.columns import Column
from ingest.correspondents.writing import ExportKind
from storage import imports
from storage.imports import ImportRun, ImportState
from web.api.fields import Answer, Given, Page
from web.api.operation import Area
from web.api.problem import Problem, wrong_field
from web.config import CONFIG
from web.forms import cleaned
from web.found import found, id_in
from web.import_words import reason_in_words
from web.imports import UNREADABLE, entered, exported
from web.rights import Right
from web.uploads import TooLarge, keep, pieces_of_body

area = Area("imports", "Correspondents from CSV, XLSX and vCard files, and all of them into a file.")
OCTETS = "application/octet-stream"


class HowToImport(Given):
    """How a file is imported."""

    name: str = Field("", max_length=200, description="what the file is called")
    mapping: str = Field(
        "", max_length=100, description="the name of a remembered mapping of columns, or a new one"
    )
    key: str = Field("", max_length=200, description="the column by which a correspondent is known again")
    country: str = Field("", pattern="^([A-Z]{2})?$", description="of telephone numbers that name none")
    encoding: str = Field("", max_length=40, description="the file's encoding, where it is not found")
    dry_run: bool = Field(False, description="only tell what would be done")


class ImportProgress(Answer):
    """How far an import is, and how many rows came to what; `octets` of `size` are done."""

    id: int
    name: str
    state: ImportState
    columns: dict[str, Column]
    size: int
    octets: int
    new: int
    changed: int
    same: int
    moved: int = Field(description="who changes employer, of the changed ones: their role of before ends")
    wrong: int
    error: str
    created_at: datetime
    changed_at: datetime


class WrongLineOfImport(Answer):
    """A row that could not be taken: its line, the code of the reason and the sentence, and its cells."""

    line: int
    reason: str
    sentence: str
    cells: list[str]


class WrongLines(Page):
    """A page of the rows that could not be taken."""

    rows: list[WrongLineOfImport]


class AfterNumber(Given):
    """Where a page of wrong lines begins and how long it is."""

    after: str = Field("0", pattern="^[0-9]{1,18}$", description="`after` of the page before")
    limit: int = Field(50, ge=1, le=200, description="how many rows at most")


class WhichExport(Given):
    """The kind of file."""

    format: ExportKind = Field(ExportKind.CSV, strict=False)


@area.operation("POST", "/imports", Right.ADMINISTER, status=202, takes=OCTETS, problems=[408])
async def add_import(request: web.Request, query: HowToImport) -> ImportProgress:
    """Hand in a CSV, XLSX or vCard file; it is taken over, or tried, soon after"""
    try:
        kept = await keep(request, pieces_of_body(request))
    except TooLarge:
        most = request.app[CONFIG].largest_import
        raise Problem(
            413, f"The file has more than {most} octets, which is the most that is taken."
        ) from None
    except TimeoutError:
        raise Problem(408, "Nothing more came for too long.") from None
    options = {"country": query.country, "encoding": cleaned(query.encoding)}
    key, named = cleaned(query.key), cleaned(query.mapping)
    try:
        run = await entered(request, kept, cleaned(query.name), options, named=named, key=key)
    except UNREADABLE as error:
        raise wrong_field("", f"This file cannot be read: {cleaned(str(error))}.") from None
    await imports.start(run.id, ImportState.TRYING if query.dry_run else ImportState.RUNNING)
    return _progress(found(await imports.run_of(run.id)))


@area.operation("GET", "/imports/{import}", Right.ADMINISTER)
async def show_import(request: web.Request) -> ImportProgress:
    """Tell how far an import is, or what came of it"""
    return _progress(found(await imports.run_of(id_in(request, "import"))))


@area.operation("GET", "/imports/{import}/wrong-lines", Right.ADMINISTER)
async def list_wrong_lines(request: web.Request, query: AfterNumber) -> WrongLines:
    """List the rows of an import that could not be taken, with the reasons"""
    run = found(await imports.run_of(id_in(request, "import")))
    lines = await imports.wrong_lines(run.id, after=int(query.after), most=query.limit + 1)
    rows = [
        WrongLineOfImport(
            line=one.line,
            reason=one.reason,
            sentence=reason_in_words(str, one.reason, one.parameters),
            cells=one.cells,
        )
        for one in lines[: query.limit]
    ]
    more = len(lines) > query.limit
    return WrongLines(rows=rows, after=str(lines[query.limit - 1].id) if more else None)


@area.operation("GET", "/export", Right.ADMINISTER, gives=OCTETS)
async def export(request: web.Request, query: WhichExport) -> web.StreamResponse:
    """Fetch all organisations and persons with everything that belongs to them, as one file"""
    return await exported(request, query.format, media_type=OCTETS)


def _progress(run: ImportRun) -> ImportProgress:
    columns = {title: Column(meaning) for title, meaning in run.meanings.items()}
    told = {name: getattr(run, name) for name in ImportProgress.model_fields if name != "columns"}
    return ImportProgress(columns=columns, **told)
