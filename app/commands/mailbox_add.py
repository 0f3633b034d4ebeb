"""postbuch mailbox add: which mailbox is to be read, and how?"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.commands.mailbox_secret import credentials_given
from app.commands.opening import Refused, opened, run
from app.settings import Settings, read_settings
from ingest.credentials import as_text, kind_of
from storage import mailboxes, roster
from storage.mailboxes import After, Encryption, Mailbox, MailboxSetting
from storage.secrets import Seal

_PORTS = {Encryption.TLS: 993, Encryption.STARTTLS: 143, Encryption.NONE: 143}
_ALL = "all"

Login = Annotated[str, typer.Argument(help="The login at the mail server, mostly the e-mail address.")]
Host = Annotated[str, typer.Option(help="The IMAP server, like imap.firm.example.")]
Port = Annotated[int | None, typer.Option(help="Without it 993 for tls, else 143.")]
Encrypted = Annotated[Encryption, typer.Option(help="How the connection is encrypted.")]
Whose = Annotated[
    str | None,
    typer.Option("--as", help="Whose it is: login, e-mail address or number; else whose login LOGIN is."),
]
Shared = Annotated[bool, typer.Option("--shared", help="It is nobody's alone.")]
Name = Annotated[str, typer.Option(help="What it is called in lists; else as the login.")]
Folders = Annotated[
    list[str] | None,
    typer.Option(help="Read only this folder or label; may be repeated. Else Inbox and Sent."),
]
Since = Annotated[
    str,
    typer.Option(
        help="From which day on mail is read, like 2026-01-31, or `all`; else from today, of chosen folders all."
    ),
]
Afterwards = Annotated[
    After, typer.Option(help="What becomes of a mail in the mailbox; only `leave` changes nothing there.")
]
MoveTo = Annotated[str, typer.Option(help="The folder for `--after move`.")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="A file with the password, `-` for standard input; else you are asked.")
]
TokenFile = Annotated[
    Path | None, typer.Option(help="A JSON file with a token of OAuth 2, instead of a password.")
]


def add(  # noqa: PLR0913 - each is an option
    login: Login,
    *,
    host: Host,
    port: Port = None,
    encryption: Encrypted = Encryption.TLS,
    staff: Whose = None,
    shared: Shared = False,
    name: Name = "",
    folder: Folders = None,
    since: Since = "",
    after: Afterwards = After.LEAVE,
    move_to: MoveTo = "",
    password_file: PasswordFile = None,
    token_file: TokenFile = None,
) -> None:
    """Have a mailbox read; the running service begins within seconds.

    The password is asked for, or comes from a file, or from MAILBOX_PASSWORD in the environment.

    Example: postbuch mailbox add eva.graf@firm.example --host imap.firm.example --since 2026-01-01
    """
    if (after is After.MOVE) != bool(move_to):
        raise Refused("--after move and --move-to FOLDER belong together.")
    if shared and staff:
        raise Refused("--shared and --as exclude each other.")
    setting = MailboxSetting(
        name=name or login,
        host=host,
        port=port or _PORTS[encryption],
        tls=encryption,
        login=login,
        secret="",
        folders=tuple(folder or ()),
        only_from=_day(since, is_chosen=bool(folder)),
        after=after,
        after_folder=move_to,
    )
    credentials, settings = credentials_given(password_file, token_file), read_settings()
    kind = kind_of(credentials)
    whose = None if shared else staff or login
    mailbox = run(_add(settings, replace(setting, secret_kind=kind), as_text(credentials), whose))
    typer.echo(
        f"{mailbox.name} is added as number {mailbox.id}; `postbuch mailbox test {mailbox.id}` tries it."
    )


def _day(text: str, *, is_chosen: bool) -> date | None:
    """Return the first day; what staff put into folders of choice is read whole without one."""
    if text == _ALL or (not text and is_chosen):
        return None
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise Refused(f"{text}: write the day like 2026-01-31, or `{_ALL}`.") from None


async def _add(settings: Settings, setting: MailboxSetting, secret: str, who: str | None) -> Mailbox:
    async with opened(settings):
        if who is not None:
            staff = await roster.find(who)
            if staff is None or staff.left_at:
                raise Refused(
                    f"{who}: nobody of the staff has this login or address: say whose mailbox it is with "
                    "--as, or --shared (see `postbuch staff list`)."
                )
            setting = replace(setting, staff_id=staff.id)
        sealed = Seal(settings.data_folder).sealed(secret)
        return await mailboxes.add(replace(setting, secret=sealed), by=None)
