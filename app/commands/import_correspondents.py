"""postbuch import correspondents: organisations and persons from a table or vCards."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.commands.opening import Refused, opened, run
from app.importing_correspondents import Asked, OnStep, import_file
from app.logs import set_up_logs
from app.settings import Settings, read_settings
from ingest.correspondents.columns import Column
from ingest.correspondents.encodings import UnknownEncoding
from ingest.correspondents.importing import GoesOnElsewhere
from ingest.correspondents.opening import Opened, UnreadableFile, open_file
from ingest.correspondents.values import defused
from ingest.correspondents.workbook_rows import UnreadableWorkbook
from storage import imports
from storage.imports import ImportRun, Step
from web.import_words import reason_in_words

_INTERRUPTED, _MOST_SHOWN = 130, 20


def correspondents(  # noqa: PLR0913 - each is an option
    path: Annotated[Path, typer.Argument(help="A CSV or XLSX table, or vCards.")],
    *,
    mapping: Annotated[
        str | None,
        typer.Option(help="The name of a mapping of columns: one that is remembered, or a new one."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help="What a column holds where the guess is wrong: 'Kürzel=title'; '' leaves it out."
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="The column with the key by which a correspondent is known again.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="The country of telephone numbers that name none, as CH.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="The file's encoding, where it is not found.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    wrong_lines: Annotated[
        Path | None, typer.Option(help="A file for the lines that cannot be taken, with the reasons.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Import organisations and persons: CSV, XLSX or vCard, also as HubSpot, Salesforce, Outlook and Google write them.

    Whoever is known by key, e-mail address or customer number is corrected, not entered again.
    After an interruption run the same command again: it goes on where it was.

    Example: postbuch import correspondents kontakte.csv --key "Kontakt-Nr" --dry-run
    """
    settings = read_settings()
    set_up_logs("warning")
    with _refusals(path):
        file = open_file(path, encoding=encoding)
        chosen = run(_chosen(settings, file, mapping, _columns(column or [], file), key))
        options = {
            "country": country or settings.country,
            "encoding": encoding or "",
            "key": key or "",
            "mapping": mapping or "",
        }
        asked = Asked(chosen, path, chosen.heading.as_chosen, options)
        with _bar(asked, dry_run=dry_run) as on_step:
            done = run(_import(settings, asked, on_step, dry_run=dry_run, wrong_lines=wrong_lines))
    _print(done, asked, as_json=as_json, dry_run=dry_run)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Say in a sentence what keeps a file from being imported."""
    try:
        yield
    except (UnreadableFile, UnreadableWorkbook) as error:
        raise Refused(f"{path}: {error}") from None
    except GoesOnElsewhere:
        raise Refused(f"{path}: another command or the service is importing this file.") from None
    except UnknownEncoding as error:
        raise Refused(f"--encoding {error}: there is no such encoding") from None
    except OSError as error:
        raise Refused(f"{error.filename or path}: {error.strerror or error}; what was taken stays.") from None
    except KeyboardInterrupt:
        typer.echo("Interrupted: what was taken stays; the same command goes on from there.", err=True)
        raise typer.Exit(_INTERRUPTED) from None


def _columns(given: list[str], file: Opened) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for one in given:
        title, equals, meaning = one.rpartition("=")
        if not equals or meaning not in set(Column):
            names = ", ".join(column.value for column in Column if column)
            raise Refused(f"--column {one}: write TITLE=MEANING, with a meaning out of {names}")
        if title not in file.heading.titles:
            raise Refused(f"--column {one}: there is no column {title}")
        chosen[title] = meaning
    return chosen


async def _chosen(
    settings: Settings, file: Opened, name: str | None, columns: dict[str, str], key: str | None
) -> Opened:
    """Return the file with its columns as guessed, remembered, named and given, the latter before the former."""
    async with opened(settings):
        known = await imports.mapping(file.heading.key)
        named = await imports.named_mapping(name) if name else None
        for meanings in (known.meanings if known else {}, named.meanings if named else {}, columns):
            file = file.mapped(meanings)
        return file.with_key(key) if key else file


async def _import(
    settings: Settings, asked: Asked, on_step: OnStep, *, dry_run: bool, wrong_lines: Path | None
) -> ImportRun:
    async with opened(settings):
        await imports.remember_mapping(
            asked.opened.heading.key, asked.meanings, name=asked.options["mapping"] or None
        )
        done = await import_file(settings, asked, on_step, dry_run=dry_run)
        if wrong_lines is not None:
            await _write_wrong_lines(done, asked.opened.heading.titles, wrong_lines)
        elif done.wrong:
            for line in await imports.wrong_lines(done.id, most=_MOST_SHOWN):
                typer.echo(f"line {line.line}: {_in_words(line.reason, line.parameters)}", err=True)
        return done


async def _write_wrong_lines(done: ImportRun, titles: tuple[str, ...], path: Path) -> None:
    """Write the rows that could not be taken with the same columns and the reason: to be corrected and imported."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*titles, "reason"])
        after = 0
        while lines := await imports.wrong_lines(done.id, after=after):
            for line in lines:
                cells = [*line.cells, *[""] * (len(titles) - len(line.cells))][: len(titles)]
                writer.writerow(
                    [*map(defused, cells), f"{line.line}: {_in_words(line.reason, line.parameters)}"]
                )
            after = lines[-1].id


def _in_words(reason: str, parameters: dict[str, str]) -> str:
    return reason_in_words(str, reason, parameters)


@contextmanager
def _bar(asked: Asked, *, dry_run: bool) -> Iterator[OnStep]:
    """Show how far the import is, on a terminal: rows, rows a second, and the time that is left."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]} rows, {task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        # How far one is in a workbook, its octets do not tell.
        total = asked.opened.octets if asked.opened.kind != "xlsx" else None
        bar = bars.add_task("Reading" if dry_run else "Importing", total=total, rows=0, rate=0.0)
        rows = 0

        def on_step(step: Step) -> None:
            nonlocal rows
            rows += step.rows
            rate = rows / max(bars.tasks[0].elapsed or 0, 0.001)
            bars.update(bar, advance=step.octets, rows=rows, rate=rate)

        yield on_step


def _print(done: ImportRun, asked: Asked, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(done, asked, dry_run=dry_run), ensure_ascii=False, indent=2))
        return
    shape = f" ({asked.opened.heading.shape})" if asked.opened.heading.shape else ""
    would = "would be " if dry_run else ""
    typer.echo(
        f"{asked.path.name}{shape}: {done.new} {would}new, {done.changed} {would}changed, {done.same} the same, "
        f"{done.wrong} wrong."
    )
    if done.moved:
        typer.echo(f"{done.moved} of them {would}with another employer: the role of before ends.")
    if dry_run:
        for line, outcome, name in done.lines[:_MOST_SHOWN]:
            typer.echo(f"  line {line}: {outcome}  {name}")
        for title, meaning in asked.meanings.items():
            typer.echo(f"  {title}: {meaning or '(left out)'}")


def _as_json(done: ImportRun, asked: Asked, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "shape": asked.opened.heading.shape,
        "columns": dict(asked.meanings),
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "moved": done.moved,
        "wrong": done.wrong,
    }
