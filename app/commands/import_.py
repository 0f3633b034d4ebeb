"""postbuch import: bring in what was kept elsewhere before."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.commands import import_correspondents, import_scans
from app.commands.opening import Refused, opened, run
from app.importing import NotFiled, Told, import_archive, try_archive
from app.logs import set_up_logs
from app.settings import Settings, read_settings
from ingest.archive import Archive, Step, archive_at
from ingest.found import LeftOut, NoArchive, Why
from ingest.mbox import Dialect
from storage import roster
from storage.staff import Staff

_MOST_NAMES, _MOST_SHOWN = 1000, 10  # of each reason
_INTERRUPTED = 130
_SENTENCES = {
    Why.EMPTY: "nothing in it",
    Why.TOO_LARGE: "larger than smtp.largest_message in the settings",
    Why.NO_HEADER: "no mail: no header field at the beginning",
    Why.DRAFT: "draft: never sent",
    Why.NO_MAIL: "no .eml or .mbox file, and not in a Maildir",
    Why.LINK: "symbolic link: import what it points to",
    Why.UNREADABLE: "cannot be read",
    Why.DAMAGED: "damaged in the zip file",
    Why.ENCRYPTED: "encrypted: unpack it first",
    Why.UNKNOWN_COMPRESSION: "compressed in a way that is not read: unpack it first",
    Why.ARCHIVE_INSIDE: "an archive in an archive is not opened: unpack it first",
}

commands = typer.Typer(
    no_args_is_help=True, help="Bring in what was kept elsewhere before: mail, correspondents."
)


@commands.callback()
def _every_import() -> None:
    """Bring in what was kept elsewhere before."""


@commands.command()
def mail(
    path: Annotated[
        Path, typer.Argument(help="An mbox file, a Maildir, a folder of .eml files, a zip file of these.")
    ],
    *,
    staff: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="Whose archive it is: login, e-mail address or number. Needed if there are several staff.",
        ),
    ] = None,
    dialect: Annotated[
        Dialect | None,
        typer.Option(help="How an mbox tells where a mail ends; else it is guessed from the file."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Import an archive of mail: mbox, Maildir, .eml files, or a zip file of these.

    Each mail is entered once, however often it is imported: after an interruption, run the
    same command again.  It may run beside the service.

    Example: postbuch import mail Sent.mbox --as eva.graf@firm.example
    """
    settings = read_settings()
    set_up_logs("warning")
    report = Report(dry_run=dry_run)
    try:
        archive = archive_at(path, largest=settings.smtp.largest_message, dialect=dialect)
        with _bar(archive, report) as told:
            run(_import(settings, archive, staff, told, dry_run=dry_run))
    except NoArchive as error:
        raise Refused(str(error)) from None
    except NotFiled as error:
        _print(report, as_json=as_json)
        raise Refused(
            f"All is kept, but {error} mails are not filed yet and nothing moves: see `postbuch doctor`."
        ) from None
    except OSError as error:
        _print(report, as_json=as_json)
        raise Refused(f"{path}: {error.strerror or error}; what was taken stays.") from None
    except KeyboardInterrupt:
        _print(report, as_json=as_json)
        typer.echo("Interrupted: what was taken stays; the same command goes on from there.", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    _print(report, as_json=as_json)


commands.command()(import_correspondents.correspondents)
commands.command()(import_scans.scans)


@dataclass(slots=True)
class Report:
    """What became of the mails of an archive.  Of what was left out, only so many names are kept."""

    dry_run: bool
    new: int = 0
    known: int = 0
    numbers: Counter[Why] = field(default_factory=Counter)
    left_out: dict[Why, list[LeftOut]] = field(default_factory=dict)

    @property
    def mails(self) -> int:
        """How many mails were taken, or had been."""
        return self.new + self.known

    def add(self, step: Step) -> None:
        """Count a group."""
        self.new += step.new
        self.known += step.known
        for one in step.left_out:
            self.numbers[one.why] += 1
            named = self.left_out.setdefault(one.why, [])
            if len(named) < _MOST_NAMES:
                named.append(one)


async def _import(
    settings: Settings, archive: Archive, who: str | None, told: Told, *, dry_run: bool
) -> None:
    async with opened(settings):
        owner = await _owner(who)
        if dry_run:
            await try_archive(archive, told)
        else:
            await import_archive(settings, archive, owner.id, told)


async def _owner(who: str | None) -> Staff:
    if who is not None:
        if owner := await roster.find(who):
            return owner
        raise Refused(
            f"{who}: nobody of the staff has this login, address or number (see `postbuch staff list --all`)."
        )
    present = await roster.present()
    if len(present) != 1:
        raise Refused("Say whose archive it is: --as LOGIN (see `postbuch staff list --all`).")
    return present[0]


@contextmanager
def _bar(archive: Archive, report: Report) -> Iterator[Told]:
    """Show how far the import is, on a terminal; yield whom to tell."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[mails]} mails, {task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        bar = bars.add_task(
            "Reading" if report.dry_run else "Importing", total=archive.octets, mails=0, rate=0.0
        )

        def on_step(step: Step) -> None:
            report.add(step)
            rate = report.mails / max(bars.tasks[0].elapsed or 0, 0.001)
            bars.update(bar, advance=step.octets, mails=report.mails, rate=rate)

        def on_all_taken() -> None:
            bars.update(bar, completed=archive.octets, description="Filing the last")

        yield Told(on_step, on_all_taken)


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
        return
    new = "would be new" if report.dry_run else "new"
    typer.echo(f"{report.mails} mails: {report.new} {new}, {report.known} known already.")
    if report.numbers:
        typer.echo(f"{report.numbers.total()} left out:")
    for why, number in report.numbers.most_common():
        typer.echo(f"  {number:>6}  {_SENTENCES[why]}")
        for one in report.left_out[why][:_MOST_SHOWN]:
            typer.echo(f"          {one.name}{f' ({one.detail})' if one.detail else ''}")
        if number > _MOST_SHOWN:
            typer.echo(f"          … and {number - _MOST_SHOWN} more: --json names them")


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "dry_run": report.dry_run,
        "mails": report.mails,
        "new": report.new,
        "known": report.known,
        "left_out": [
            {
                "why": why,
                "reason": _SENTENCES[why],
                "number": number,
                "names": [{"name": one.name, "detail": one.detail} for one in report.left_out[why]],
            }
            for why, number in report.numbers.most_common()
        ],
    }
