"""Which function does which job, which sources are there, and what are pages told of the settings?"""

import socket
import ssl
from collections.abc import Mapping
from datetime import timedelta

from ingest.filing import file_messages, mark_failed
from ingest.smtp import SmtpSource

from app.settings import Settings
from app.version import own_version
from app.worker import Kind
from storage.jobs import FileMessage, Payload
from storage.messages import CaptureSource
from storage.secret_key import secret_key
from web.config import WebConfig


class CannotStart(Exception):
    """Something that the settings name is not as it must be; the text names the key."""


def kinds() -> Mapping[str, Kind]:
    """Return who does which kind of job."""
    return {FileMessage.kind: Kind(file_messages, give_up=_file_as_failed)}


async def _file_as_failed(payload: Payload) -> None:
    await mark_failed(payload.message_id)


def sources(settings: Settings) -> dict[str, SmtpSource]:
    """Return the ways by which mail comes in, SMTP first."""
    tls = tls_context(settings)
    found = {"smtp": _smtp(settings, settings.smtp.host, settings.smtp.port, tls, CaptureSource.SMTP)}
    if settings.lmtp.port is not None:
        found["lmtp"] = _smtp(settings, settings.lmtp.host, settings.lmtp.port, tls, CaptureSource.LMTP)
    return found


def _smtp(
    settings: Settings, host: str, port: int, tls: ssl.SSLContext | None, kind: CaptureSource
) -> SmtpSource:
    return SmtpSource(host=host, port=port, tls=tls, kind=kind)


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
        zone=settings.zone,
        version=own_version(),
        largest_message=settings.smtp.largest_message,
        trusted_proxies=settings.web.trusted_proxies,
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
