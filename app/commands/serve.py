"""postbuch serve: the service."""

from typing import Annotated, Literal

import typer

from app.commands.opening import Refused, run
from app.first_start import FirstAdministrator
from app.logs import set_up_logs
from app.presence import AlreadyRunning
from app.serving import PartEnded, Started, serve_only_scans
from app.serving import serve as serve_until_stopped
from app.settings import Settings, read_settings
from app.version import own_version
from app.wiring import CannotStart
from storage.sole import ServedElsewhere


def serve(
    *,
    only: Annotated[
        Literal["scans"] | None,
        typer.Option(help="Only take and read scans, beside a service on another machine (PostgreSQL)."),
    ] = None,
) -> None:
    """Run the service until it is stopped: receives mail by SMTP, files it, shows it.

    Prints where, and the first time the administrator's password.

    Example: POSTBUCH_DATA=/srv/postbuch postbuch serve
    """
    settings = read_settings()
    set_up_logs(settings.log_level)
    try:
        if only:
            run(serve_only_scans(settings, lambda: typer.echo("Scans are read; stop it with Ctrl-C.")))
        else:
            run(serve_until_stopped(settings, lambda started: _tell(settings, started)))
    except (CannotStart, AlreadyRunning, ServedElsewhere, PartEnded) as error:
        raise Refused(str(error)) from None


def _tell(settings: Settings, started: Started) -> None:
    presence = started.presence
    lines = [
        ("Pages", started.staff_url),
        ("SMTP", f"{presence.smtp_host} port {presence.smtp_port}"),
    ]
    if presence.lmtp_port:
        lines.append(("LMTP", f"{settings.lmtp.host} port {presence.lmtp_port}"))
    if started.everybodys_address:
        lines.append(
            ("Capture address", f"{started.everybodys_address}  (staff, by way of your own mail server)")
        )
    if started.first:
        lines += _first_login(started.first)
    lines.append(("Data", str(settings.data_folder)))
    typer.echo(f"Postbuch {own_version()} is running; stop it with Ctrl-C.")
    for name, value in lines:
        typer.echo(f"  {name:<22}{value}")


def _first_login(first: FirstAdministrator) -> list[tuple[str, str]]:
    if first.password is None:
        how = f"as {first.login}, not done yet; `postbuch staff password {first.login}` makes a new password"
        return [("First login", how)]
    return [
        ("Your capture address", f"{first.capture_address}  (the administrator's own: put it into BCC)"),
        ("First login", f"{first.login} with password {first.password}  (not shown again)"),
    ]
