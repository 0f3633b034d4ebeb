"""Which settings are there?  Read once, from a TOML file and the environment.

`POSTBUCH_SMTP_PORT=25` in the environment goes before `port = 25` under `[smtp]` in
the file, and that before the default.  A wrong setting stops the start and names
its key.  The descriptions here are what docs/settings.md says.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ByteSize, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from app.scan_settings import ScanSettings, Section, Words, listed

PREFIX = "POSTBUCH_"
DATA, CONFIG = f"{PREFIX}DATA", f"{PREFIX}CONFIG"
FILE_NAME = "postbuch.toml"
_DEFAULT_FOLDER = "var"


class WrongSettings(ValueError):
    """One or more settings are wrong; the text names each with its key."""


Network = IPv4Network | IPv6Network
Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(listed)]
Weekdays = Annotated[
    tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...], NoDecode, BeforeValidator(listed)
]
Port = Annotated[int, Field(ge=0, le=65535)]
Size = Annotated[ByteSize, Field(gt=0)]
Count = Annotated[int, Field(gt=0)]
LOOPBACK: tuple[Network, ...] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


class Others(StrEnum):
    """What becomes of a mail to the common address whose sender is not shown to be staff."""

    REFUSE = "refuse"
    HOLD = "hold"


class WebSettings(Section):
    """Where pages and API are served."""

    host: str = Field(default="127.0.0.1", description="Network address to listen on; `0.0.0.0` for all.")
    port: Port = Field(default=8025, description="Port; 0 takes any free one.")
    trusted_proxies: Networks = Field(
        default=(), description="Networks of reverse proxies whose `X-Forwarded-For` is believed."
    )
    session_idle_hours: Count = Field(
        default=12, description="Hours without a request after which a login ends."
    )
    session_days: Count = Field(default=14, description="Days after which a login ends in any case.")


class SmtpSettings(Section):
    """Where mail is received by SMTP, and within which limits. The limits hold for LMTP too."""

    host: str = Field(default="127.0.0.1", description="Network address to listen on; `0.0.0.0` for all.")
    port: Port = Field(default=2525, description="Port; 0 takes any free one.")
    largest_message: Size = Field(
        default=ByteSize(50_000_000),
        description="Largest mail, as bytes or like `50MB`; a larger one gets 552.",
    )
    most_recipients: Count = Field(default=100, description="Recipients of one mail.")
    most_connections: Count = Field(default=200, description="Connections at a time.")
    most_connections_per_peer: Count = Field(
        default=50, description="Connections at a time from one network address."
    )
    most_commands: Count = Field(default=1000, description="Commands in a session between two mails.")
    idle_seconds: Count = Field(
        default=300, description="Seconds without a command after which a session ends."
    )
    bytes_in_flight: Size = Field(
        default=ByteSize(64 * 1024 * 1024),
        description="Memory for mails being received, all sessions together; a session waits for its share.",
    )


class LmtpSettings(Section):
    """Where mail is received by LMTP (RFC 2033), say from Postfix or Dovecot. Off without a port."""

    host: str = Field(default="127.0.0.1", description="Network address to listen on.")
    port: Port | None = Field(default=None, description="Port; without one there is no LMTP.")


class ImapSettings(Section):
    """How mailboxes are read. Which ones, staff set in the pages or by `postbuch mailbox`."""

    poll_seconds: Annotated[int, Field(gt=0, le=300)] = Field(
        default=120,
        description="Seconds after which folders are looked at where the server does not tell of new mail "
        "(IDLE), and IDLE is begun anew; at most 300.",
    )
    largest_message: Size = Field(
        default=ByteSize(50_000_000),
        description="Largest mail, as bytes or like `50MB`; a larger one is left out, and counted.",
    )
    authorities: Path | None = Field(
        default=None,
        description="PEM file with certificates of authorities of your own that are believed beside the "
        "system's; relative to the data folder.",
    )
    alarm_minutes: Annotated[int, Field(gt=0, le=12)] = Field(
        default=10, description="Minutes without contact after which a mailbox raises an alarm; at most 12."
    )


class TlsSettings(Section):
    """The certificate for STARTTLS. Without one, SMTP is offered in clear text only."""

    certificate: Path | None = Field(
        default=None, description="PEM file with the certificate and its chain; relative to the data folder."
    )
    key: Path | None = Field(default=None, description="PEM file with its private key.")


class CaptureSettings(Section):
    """To which addresses mail is captured, and from whom."""

    domain: str = Field(default="postbuch.localhost", description="The mail domain of capture addresses.")
    for_everybody: bool = Field(
        default=True,
        description="Whether there is a common address for all staff, beside the personal ones.",
    )
    others: Others = Field(
        default=Others.REFUSE,
        description="What becomes of a mail to the common address whose sender is not shown to be staff: "
        "`refuse` (550 at RCPT) or `hold` for a person to decide.",
    )
    trusted_networks: Networks = Field(
        default=LOOPBACK,
        description="Networks of our own mail servers: what they pass on was written by whom it says.",
    )
    trusted_authserv_ids: Words = Field(
        default=(),
        description="Our own servers whose `Authentication-Results` are believed, by name (RFC 8601).",
    )
    check_dns: bool = Field(
        default=True, description="Whether SPF and DKIM are checked by DNS for mail from elsewhere."
    )
    name_servers: Words = Field(
        default=(),
        description="Name servers asked for that, as `address` or `address:port`; without one, the system's.",
    )


class RelaySettings(Section):
    """The mail server that takes what Postbuch itself writes to staff. Without a host nothing is sent."""

    host: str | None = Field(default=None, description="Its name or network address.")
    port: Port = Field(
        default=587, description="Its port: 587 for STARTTLS, 465 for `tls`, 25 often for none."
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="`starttls`, `tls` from the first octet on, or `none`: in clear text, on this machine.",
    )
    login: str = Field(default="", description="With which name we log in; without one, we do not.")
    password: SecretStr | None = Field(
        default=None, description="The password of that login; better in the environment than in the file."
    )
    password_file: Path | None = Field(
        default=None, description="A file that holds the password instead; relative to the data folder."
    )
    sender: str = Field(
        default="",
        description="The address in From; without one `capture@` (or `postbuch@`) the capture domain.",
    )
    return_path: str = Field(
        default="",
        description="The envelope's sender. Without one it is empty, so that no machine answers; "
        "for a server that refuses that, an address that the login may use.",
    )


class MatchingSettings(Section):
    """What tells whom mail is with."""

    shared_domains: Words = Field(
        default=(),
        description="Domains at which anybody can have an address, beside those that Postbuch knows: nobody is "
        "known by them. A-labels, as `xn--bcher-kva.ch`.",
    )


class DigestSettings(Section):
    """When each staff member is told by mail what is held for them. Needs a relay."""

    enabled: bool = Field(default=True, description="Whether there is a digest.")
    at: time = Field(default=time(7, 30), description="From which time on, in the firm's zone, as `07:30`.")
    weekdays: Weekdays = Field(
        default=("mon", "tue", "wed", "thu", "fri"), description="On which days: of `mon` to `sun`."
    )


class AttachmentSettings(Section):
    """How much of attached files is read for the search. What exceeds a limit is told beside the file."""

    text_characters: Annotated[int, Field(ge=1_000, le=1_000_000)] = Field(
        default=200_000,
        description="Characters kept of the text of one file, up to 1000000; PostgreSQL finds the first 200000.",
    )
    listed_names: Count = Field(default=500, description="Files that are listed of one archive.")
    files_of_message: Count = Field(default=200, description="Files of one mail that are read.")
    seconds: Count = Field(default=20, description="Seconds after which the reading of one file is ended.")
    memory: Annotated[ByteSize, Field(ge=256 * 1024 * 1024)] = Field(
        default=ByteSize(768 * 1024 * 1024),
        description="Memory for reading, at least `256MiB`; a file that needs more is not read to its end.",
    )


class ImportSettings(Section):
    """How files with correspondents are taken over."""

    largest_upload: Size = Field(
        default=ByteSize(100_000_000),
        description="Largest file that pages and API take; `postbuch import correspondents` takes any.",
    )


class Settings(BaseSettings):
    """All settings of one installation."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
        env_ignore_empty=True,
    )

    data_folder: Path = Field(
        default=Path(_DEFAULT_FOLDER),
        description="The folder that holds all that is kept; in the file: `data`.",
    )
    database_url: str = Field(
        default="",
        description="`sqlite:///path` or `postgres://user:password@host:port/name`; "
        "without one, `postbuch.db` in the data folder.",
    )
    auto_migrate: bool = Field(
        default=True,
        description="Whether `serve` brings an older database up to date (SQLite is copied first).",
    )
    staff_url: str = Field(
        default="", description="Where staff reach the pages; without one, as `[web]` listens."
    )
    public_url: str = Field(
        default="", description="Where everybody reaches public pages; without one, `staff_url`."
    )
    firm_name: str = Field(default="Postbuch", description="The firm, as pages and mails call it.")
    country: str = Field(
        default="CH",
        pattern="^[A-Z]{2}$",
        description="The country of telephone numbers without a country code, as `CH` (ISO 3166-1).",
    )
    zone: ZoneInfo = Field(
        default=ZoneInfo("Europe/Zurich"), description="The time zone in which times are shown."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged: `debug`, `info`, `warning` or `error`."
    )
    stop_seconds: Count = Field(
        default=20, description="Seconds that sessions and jobs at hand get to finish when the service stops."
    )
    web: WebSettings = WebSettings()
    smtp: SmtpSettings = SmtpSettings()
    lmtp: LmtpSettings = LmtpSettings()
    imap: ImapSettings = ImapSettings()
    tls: TlsSettings = TlsSettings()
    capture: CaptureSettings = CaptureSettings()
    relay: RelaySettings = RelaySettings()
    digest: DigestSettings = DigestSettings()
    matching: MatchingSettings = MatchingSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    imports: ImportSettings = ImportSettings()
    scans: ScanSettings = ScanSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file, which `read_settings` hands in."""
        return env_settings, init_settings

    @property
    def database(self) -> str:
        """The database's URL, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_folder / 'postbuch.db'}"

    def in_data_folder(self, path: Path | None) -> Path | None:
        """Return *path* with the data folder before it where it is relative."""
        return self.data_folder / path if path else None


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of the environment and the file that it names; WrongSettings if one is wrong."""
    _refuse_unknown(environment)
    folder = environment.get(DATA)
    named = environment.get(CONFIG)
    path = Path(named) if named else Path(folder or _DEFAULT_FOLDER) / FILE_NAME
    written = _read_file(path, must_exist=named is not None)
    written["data_folder"] = Path(folder or written.pop("data", _DEFAULT_FOLDER)).expanduser().absolute()
    written.pop("data", None)
    try:
        return Settings(**written)
    except (ValidationError, SettingsError) as error:
        raise WrongSettings("\n".join(_problems(error))) from None


def described() -> Iterator[tuple[str, str, FieldInfo]]:
    """Yield every setting: its key in the file, its name in the environment, and what it is."""
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            for key, part in section.model_fields.items():
                yield f"{name}.{key}", f"{PREFIX}{name}_{key}".upper(), part
        else:
            key = "data" if name == "data_folder" else name
            yield key, f"{PREFIX}{key}".upper(), field


def _read_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise WrongSettings(f"{CONFIG}: there is no file {path}") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSettings(f"{path}: {error}") from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """A misspelt name would otherwise be a setting that quietly does nothing."""
    known = {name for _, name, _ in described()} | {DATA, CONFIG}
    if unknown := sorted(name for name in environment if name.startswith(PREFIX) and name not in known):
        raise WrongSettings("\n".join(f"{name}: there is no such setting" for name in unknown))


def _problems(error: ValidationError | SettingsError) -> Iterator[str]:
    if isinstance(error, SettingsError):
        yield str(error)
        return
    for problem in error.errors(include_url=False):
        path = [str(part) for part in problem["loc"][:2]]
        name = f"{PREFIX}{'_'.join(path)}".upper()
        yield f"{'.'.join(path)} ({name}): {problem['msg']}, not {problem['input']!r}"
