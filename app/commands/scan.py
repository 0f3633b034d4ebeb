"""postbuch scan: which scans came in, how far are they, and another try."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.commands.opening import Refused, opened, run
from app.settings import Settings, read_settings
from ingest.letters.refusals import reason_of
from storage import letters, scan_reading
from storage.connect import transaction
from storage.jobs import ReadScan, TableQueue
from storage.scans import Scan, ScanPage, ScanState

commands = typer.Typer(no_args_is_help=True, help="Scanned letters: list, show, retry.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_MOST = 200


@commands.command("list")
def list_scans(
    *,
    state: Annotated[ScanState | None, typer.Option(help="Only those in this state.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the scans that came last, and how far each is.

    Example: postbuch scan list --state rejected
    """
    found = run(_listed(read_settings(), state))
    if as_json:
        typer.echo(json.dumps([_as_json(scan) for scan in found], indent=2, ensure_ascii=False))
        return
    table = Table("Scan", "Received", "File", "Way", "Pages", "Letters", "State")
    for scan in found:
        pages = f"{scan.done}/{scan.pages}" if scan.pages else ""
        received = f"{scan.received_at:%Y-%m-%d %H:%M}"
        letters_of = str(len(list(scan.letters)))
        table.add_row(str(scan.id), received, scan.name, scan.source.value, pages, letters_of, _state(scan))
    Console().print(table if found else "There are no scans.")


@commands.command()
def show(
    scan: Annotated[int, typer.Argument(help="Number of a scan, as `postbuch scan list` shows it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show a scan with its pages and the letters it became.

    Example: postbuch scan show 17
    """
    found, sides = run(_shown(read_settings(), scan))
    if as_json:
        pages = [_side_as_json(side) for side in sides]
        typer.echo(json.dumps(_as_json(found) | {"sides": pages}, indent=2, ensure_ascii=False))
        return
    typer.echo(f"Scan {found.id}: {found.name}, {found.size} octets, {_state(found)}")
    for letter in found.letters:
        numbers = [str(side.number) for side in sides if side.letter_id == letter.id]
        held = f", held: {letter.entry.held_reason}" if letter.entry and letter.entry.held_reason else ""
        typer.echo(
            f"  Letter {letter.id}: pages {', '.join(numbers)}; {letter.direction.value}; "
            f"entry {letter.entry_id}{held}"
        )
    if dropped := [str(side.number) for side in sides if side.letter_id is None]:
        typer.echo(f"  In no letter: pages {', '.join(dropped)}")


@commands.command()
def retry(
    scans: Annotated[
        list[int] | None, typer.Argument(help="Numbers of scans that failed or were rejected.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Read all anew that failed.")] = False,
) -> None:
    """Read scans anew that failed or were rejected; a running service takes them up within a second.

    Example: postbuch scan retry 17
    """
    if bool(scans) == everything:
        raise Refused(
            "Say which scans (`postbuch scan retry 17`), or `postbuch scan retry --all` for all that failed."
        )
    number = run(_retry(read_settings(), scans))
    if scans and number < len(set(scans)):
        raise Refused(f"{number} wait anew; the others neither failed nor were rejected.")
    typer.echo(f"{number} wait anew.")


async def _listed(settings: Settings, state: ScanState | None) -> list[Scan]:
    async with opened(settings):
        return await letters.scans(state=state, most=_MOST, viewer=None)


async def _shown(settings: Settings, scan_id: int) -> tuple[Scan, list[ScanPage]]:
    async with opened(settings):
        found = await letters.scan(scan_id, None)
        if found is None:
            raise Refused(f"{scan_id}: there is no such scan (see `postbuch scan list`).")
        return found, await letters.sides(scan_id)


async def _retry(settings: Settings, ids: list[int] | None) -> int:
    async with opened(settings):
        chosen = ids if ids is not None else await scan_reading.failed()
        number = 0
        for scan_id in dict.fromkeys(chosen):
            async with transaction():
                if await scan_reading.set_waiting(scan_id):
                    await TableQueue().enqueue([ReadScan(scan_id)])
                    number += 1
        return number


def _state(scan: Scan) -> str:
    if not scan.problem:
        return scan.state.value
    return f"{scan.state.value}: {reason_of(scan.problem, scan.problem_parameters, 'en')}"


def _as_json(scan: Scan) -> dict[str, Any]:
    plain = ("id", "name", "digest", "size", "is_outgoing", "pages", "done", "problem")
    return {
        **{name: getattr(scan, name) for name in plain},
        "source": scan.source.value,
        "state": scan.state.value,
        "received_at": scan.received_at.isoformat(),
        "letters": [
            {"id": one.id, "first_page": one.first_page, "entry_id": one.entry_id} for one in scan.letters
        ],
    }


def _side_as_json(side: ScanPage) -> dict[str, Any]:
    plain = ("number", "letter_id", "is_blank", "is_separator", "dropped", "problem")
    return {name: getattr(side, name) for name in plain}
