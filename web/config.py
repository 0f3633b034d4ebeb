"""What do the pages and the API need to know of the installation?"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from ingest.budget import Budget
from ingest.letters.filing import FilingMeans
from ingest.source import Accept
from storage.jobs import JobQueue

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class WebConfig:
    """The settings that pages and API depend on.

    *secret_key* signs cookies and forms.  *trusted_proxies* are the networks whose
    X-Forwarded-For is believed when somebody's network address is counted.
    *imap_authorities* is a PEM file that is believed beside the system's when a mailbox is tested.
    """

    staff_url: str
    secret_key: bytes
    data_folder: Path
    capture_domain: str
    smtp_port: int = 2525
    public_url: str = ""
    firm_name: str = "Postbuch"
    country: str = "CH"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Zurich"))
    version: str = ""
    largest_message: int = 50_000_000
    largest_import: int = 100_000_000
    largest_scan: int = 300_000_000
    scans: FilingMeans | None = None
    trusted_proxies: tuple[Network, ...] = ()
    imap_authorities: Path | None = None
    session_idle: timedelta = timedelta(hours=12)
    session_longest: timedelta = timedelta(days=14)

    @property
    def filing_letters(self) -> FilingMeans:
        """By what letters are filed when they are put right by hand."""
        return self.scans or FilingMeans(self.secret_key, (self.firm_name,), self.zone)

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach us by https only."""
        return self.staff_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Health:
    """How the service is: *checks* by name, each with what was found.

    *degraded*: it runs, but something that it depends on does not, and somebody must look.
    """

    ok: bool
    checks: Mapping[str, str | int | float | None] = field(default_factory=dict)
    degraded: bool = False

    @property
    def word(self) -> str:
        """How it is, in one word."""
        return ("degraded" if self.degraded else "ok") if self.ok else "failing"


HealthCheck = Callable[[], Awaitable[Health]]

CONFIG = web.AppKey("config", WebConfig)
ACCEPT = web.AppKey("accept", Accept)
QUEUE = web.AppKey("queue", JobQueue)
BUDGET = web.AppKey("budget", Budget)
HEALTH: web.AppKey[HealthCheck] = web.AppKey("health")
