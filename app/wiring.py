"""Which function does which job, which sources are there, and what are pages told of the settings?"""

import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from app.settings import AttachmentSettings, Others, Settings, SmtpSettings
from app.version import own_version
from app.worker import Kind
from history.learning import settle_more
from ingest import imap_taking
from ingest.attachments import ReadFiles
from ingest.budget import Budget
from ingest.correspondents.own_files import own_tag
from ingest.correspondents.running import RunImports
from ingest.files.apart import reading_apart
from ingest.files.limits import FileLimits
from ingest.filing import file_messages, mark_failed
from ingest.imap import Means
from ingest.letters.filing import FilingMeans
from ingest.letters.folder import FolderSource, WatchedFolder
from ingest.letters.from_mail import Scanners
from ingest.letters.intake import Intake
from ingest.letters.limits import SCAN_LIMITS, ScanLimits
from ingest.letters.reading import ScanReader
from ingest.letters.rejecting import RejectToFolder
from ingest.letters.work import ReadScans
from ingest.mailboxes import MailboxesSource
from ingest.matching_anew import match_anew
from ingest.names import Names
from ingest.reading import ReadAll, read_in_thread
from ingest.reception import Limits
from ingest.sender import Trust
from ingest.smtp import SmtpSource
from ingest.source import Accept, OnTheWay
from mail.address import Address
from matcher.finding import find_duplicates
from storage import many, scan_reading
from storage.connect import StorageUnavailable, unavailable_means_later
from storage.jobs import (
    BulkWork,
    FileMessage,
    FindDuplicates,
    MatchAnew,
    Payload,
    ReadAttachments,
    ReadScan,
    RunImport,
    SettleFact,
    SweepUp,
    TableQueue,
    left,
    release_claimed,
)
from storage.messages import CaptureSource
from storage.secret_key import secret_key
from storage.secrets import Seal
from storage.sweeping import sweep_up
from web.config import WebConfig

OLDER = -1  # the priority of jobs for mail that is not fresh
MOST_OLDER_WAITING = 2000


class CannotStart(Exception):
    """Something that the settings name is not as it must be; the text names the key."""


def kinds(
    secret: bytes,
    *,
    country: str = "CH",
    read_all: ReadAll = read_in_thread,
    scanners: Scanners | None = None,
) -> Mapping[str, Kind]:
    """Return who does which kind of job by which mail comes in; mails are read by *read_all*.

    *secret* is the installation's: by it mail of our own is known, and what is left out sealed.
    *country* is where telephone numbers are dialled that name none.
    """
    return {
        FileMessage.kind: Kind(
            partial(
                file_messages,
                secret=secret,
                country=country,
                read_all=read_all,
                scanners=scanners or Scanners(),
            ),
            give_up=_file_as_failed,
        ),
        SettleFact.kind: Kind(settle_more),
        SweepUp.kind: Kind(sweep_up),
        MatchAnew.kind: Kind(match_anew),
        BulkWork.kind: Kind(many.work_on),
        FindDuplicates.kind: Kind(find_duplicates),
    }


@asynccontextmanager
async def kinds_apart(settings: Settings) -> AsyncIterator[Mapping[str, Kind]]:
    """Yield who does the jobs that take long and nobody waits for: a worker of their own.

    It may be ended in the middle of one, which is done anew another time.
    """
    async with reading_apart(file_limits(settings.attachments)) as reader:
        try:
            yield {
                ReadAttachments.kind: Kind(ReadFiles(reader)),
                RunImport.kind: Kind(
                    RunImports(settings.data_folder, own_tag(secret_key(settings.data_folder)))
                ),
            }
        finally:
            with suppress(StorageUnavailable):
                await release_claimed([ReadAttachments.kind, RunImport.kind])


@asynccontextmanager
async def kinds_of_scans(settings: Settings) -> AsyncIterator[Mapping[str, Kind]]:
    """Yield who reads scans: a worker of its own, which may be ended in the middle of one; it goes on another time."""
    scans = settings.scans
    limits = ScanLimits(
        octets=int(scans.largest_file),
        pages=scans.most_pages,
        pixels=scans.most_pixels,
        seconds=float(scans.page_seconds),
        memory=int(scans.memory),
        languages=scans.languages or SCAN_LIMITS.languages,
        workers=scans.workers,
    )
    at_hand = settings.data_folder / "scans-at-hand"
    shutil.rmtree(at_hand, ignore_errors=True)  # what a crash has left
    at_hand.mkdir(parents=True, exist_ok=True)
    async with ScanReader(limits) as reader:
        work = ReadScans(reader, filing_means(settings), at_hand, RejectToFolder(scans.language))
        try:
            yield {ReadScan.kind: Kind(work, give_up=_scan_as_failed)}
        finally:
            with suppress(StorageUnavailable):
                await release_claimed([ReadScan.kind])


def filing_means(settings: Settings) -> FilingMeans:
    """Return what letters are filed by."""
    return FilingMeans(
        secret=secret_key(settings.data_folder),
        names=(settings.firm_name, *settings.scans.own_names),
        zone=settings.zone,
        code128=settings.scans.code128,
        patch_t=settings.scans.patch_t,
    )


def intake(settings: Settings, ring: Callable[[], None]) -> Intake:
    """Return what takes scans over; *ring* wakes who reads them."""
    return Intake(TableQueue(), int(settings.scans.largest_file), ring)


def scanners(settings: Settings) -> Scanners:
    """Return whose mails bring scans."""
    return Scanners(_scanner_keys(settings))


def _scanner_keys(settings: Settings) -> frozenset[str]:
    addresses = (Address.parse(one) for one in settings.scans.scanners)
    return frozenset(address.key for address in addresses if address)


def scan_folders(settings: Settings) -> FolderSource | None:
    """Return what takes scans out of the folders that are set; None without any."""
    scans = settings.scans
    named = ((scans.incoming, False), (scans.outgoing, True))
    folders = [
        WatchedFolder(path, is_outgoing)
        for given, is_outgoing in named
        if (path := settings.in_data_folder(given)) is not None
    ]
    if not folders:
        return None
    return FolderSource(folders, scans.poll_seconds, scans.rest_seconds, scans.keep_done, scans.language)


def file_limits(attachments: AttachmentSettings) -> FileLimits:
    """Return how much of an attached file is read."""
    return FileLimits(
        characters=attachments.text_characters,
        names=attachments.listed_names,
        seconds=attachments.seconds,
        memory=attachments.memory,
        files_of_message=attachments.files_of_message,
    )


async def _file_as_failed(payload: Payload) -> None:
    if isinstance(payload, FileMessage):
        await mark_failed(payload.message_id)


async def _scan_as_failed(payload: Payload) -> None:
    if isinstance(payload, ReadScan):
        await scan_reading.set_failed(payload.scan_id)


@dataclass(frozen=True, slots=True)
class Coming:
    """What all sources of the process share: the memory for mails on their way, and how many there are."""

    budget: Budget
    on_the_way: OnTheWay


def sources(settings: Settings, coming: Coming) -> dict[str, SmtpSource]:
    """Return the ways by which mail comes in, SMTP first."""
    listening = partial(
        SmtpSource,
        hostname=settings.capture.domain,
        tls=tls_context(settings),
        limits=_limits(settings.smtp),
        trust=_trust(settings),
        budget=coming.budget,
        on_the_way=coming.on_the_way,
        spool_folder=settings.data_folder,
    )
    found = {"smtp": listening(host=settings.smtp.host, port=settings.smtp.port)}
    if settings.lmtp.port is not None:
        found["lmtp"] = listening(host=settings.lmtp.host, port=settings.lmtp.port, kind=CaptureSource.LMTP)
    return found


def mailboxes(settings: Settings, coming: Coming, accept_older: Accept) -> MailboxesSource:
    """Return what reads the mailboxes that are set; their older mails go to *accept_older*."""
    limits = imap_taking.Limits(coming.budget, settings.imap.largest_message, settings.data_folder)
    means = Means(
        seal=Seal(settings.data_folder),
        limits=limits,
        poll_seconds=settings.imap.poll_seconds,
        authorities=settings.in_data_folder(settings.imap.authorities),
    )
    return MailboxesSource(means=means, accept_older=accept_older, has_room=_has_room)


async def _has_room() -> bool:
    """Tell whether few old mails wait to be filed: fresh ones come first, but must be found among them."""
    with unavailable_means_later():
        return await left(priority=OLDER) < MOST_OLDER_WAITING


def _limits(smtp: SmtpSettings) -> Limits:
    return Limits(
        largest_message=smtp.largest_message,
        most_recipients=smtp.most_recipients,
        most_connections=smtp.most_connections,
        most_connections_per_peer=smtp.most_connections_per_peer,
        most_commands=smtp.most_commands,
        idle_seconds=smtp.idle_seconds,
    )


def _trust(settings: Settings) -> Trust:
    capture = settings.capture
    return Trust(
        networks=capture.trusted_networks,
        authserv_ids=capture.trusted_authserv_ids,
        check_dns=capture.check_dns,
        hold_others=capture.others is Others.HOLD,
        names=Names(capture.name_servers),
        scanners=_scanner_keys(settings),
    )


def web_config(settings: Settings, *, staff_url: str, smtp_port: int) -> WebConfig:
    """Return what pages and API need to know."""
    return WebConfig(
        staff_url=staff_url,
        public_url=settings.public_url or staff_url,
        secret_key=secret_key(settings.data_folder),
        data_folder=settings.data_folder,
        capture_domain=settings.capture.domain,
        smtp_port=smtp_port,
        firm_name=settings.firm_name,
        country=settings.country,
        zone=settings.zone,
        scans=filing_means(settings),
        largest_scan=int(settings.scans.largest_file),
        version=own_version(),
        largest_message=settings.smtp.largest_message,
        largest_import=settings.imports.largest_upload,
        trusted_proxies=settings.web.trusted_proxies,
        imap_authorities=settings.in_data_folder(settings.imap.authorities),
        session_idle=timedelta(hours=settings.web.session_idle_hours),
        session_longest=timedelta(days=settings.web.session_days),
    )


def listening(host: str, port: int, *, key: str) -> socket.socket:
    """Return a socket that listens; CannotStart with the setting *key* if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise CannotStart(
            f"{key}: cannot listen on {host} port {port} ({error.strerror}): "
            "stop what uses it, or choose another in the settings"
        ) from None


def url_of(listener: socket.socket) -> str:
    """Return where a browser on this machine finds what listens."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """Return what STARTTLS is offered with, None without a certificate; CannotStart if it is unusable."""
    certificate = settings.in_data_folder(settings.tls.certificate)
    key = settings.in_data_folder(settings.tls.key)
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise CannotStart("tls.certificate and tls.key belong together: set both or none")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:  # an SSLError is one
        raise CannotStart(
            f"tls.certificate, tls.key: {certificate}, {key}: {error.strerror or error}"
        ) from None
    return context
