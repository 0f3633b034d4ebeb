"""What others reach us by: ports, the certificate, the mail domain."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import dns.asyncresolver
import dns.exception
import dns.resolver
from cryptography import x509

from app.checks.finding import Finding, Level
from app.presence import Presence, running
from app.relaying import relay_of
from app.settings import Settings
from app.wiring import CannotStart, tls_context
from outbound.relay import greet

_ANSWER_SECONDS = 5.0
_EXPIRES_SOON = timedelta(days=21)
# Domains that never exist in public: RFC 2606, RFC 6761.
_FOR_TRYING_OUT = (".localhost", ".example", ".test", ".invalid", ".internal", ".lan")


async def network(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is found on the way to us."""
    present = running(settings.data_folder)
    if present is None:
        yield Finding("service", Level.WARN, "is not running on this data folder", "Run `postbuch serve`.")
        for finding in _ports(settings):
            yield finding
    else:
        yield await _pages(present)
        yield await _smtp(present)
    yield certificate(settings)
    yield await _mail_domain(settings)
    yield await relay(settings)


def _ports(settings: Settings) -> list[Finding]:
    wanted = [
        ("web.port", settings.web.host, settings.web.port),
        ("smtp.port", settings.smtp.host, settings.smtp.port),
    ]
    if settings.lmtp.port is not None:
        wanted.append(("lmtp.port", settings.lmtp.host, settings.lmtp.port))
    return [_port(key, host, port) for key, host, port in wanted]


def _port(key: str, host: str, port: int) -> Finding:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return Finding(key, Level.OK, f"{host} port {port} is free")
    except OSError as error:
        if error.errno == errno.EACCES:
            advice = f"Ports below 1024 need a right: see docs/operations.md, or choose another {key}."
        else:
            advice = f"Stop what uses it, or choose another {key}."
        return Finding(key, Level.FAIL, f"{host} port {port}: {error.strerror}", advice)


async def _pages(present: Presence) -> Finding:
    about = "pages"
    timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as browser,
            browser.get(f"{present.web_url}/health") as response,
        ):
            text = await response.text()
    except (aiohttp.ClientError, TimeoutError) as error:
        advice = f"Look at the log of process {present.pid}, and start it anew."
        return Finding(
            about, Level.FAIL, f"{present.web_url} does not answer: {type(error).__name__}", advice
        )
    if response.status == 200:
        return Finding(about, Level.OK, f"{present.web_url} answers that all is well")
    return Finding(
        about, Level.FAIL, f"{present.web_url}/health says {text}", "Look at the log of the service."
    )


async def _smtp(present: Presence) -> Finding:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(present.smtp_host, present.smtp_host)  # noqa: S104 - not bound
    where = f"{host} port {present.smtp_port}"
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(host, present.smtp_port)
            greeting = (await reader.readline()).decode("ascii", "replace").strip()
            writer.write(b"QUIT\r\n")
            await reader.readline()
            writer.close()
    except (OSError, TimeoutError) as error:
        return Finding(
            "SMTP", Level.FAIL, f"{where} does not answer: {error}", "Look at the log of the service."
        )
    if greeting.startswith("220 "):
        return Finding("SMTP", Level.OK, f"{where} answers")
    return Finding(
        "SMTP", Level.WARN, f"{where} says {greeting}", "421 means that it has as many connections as it may."
    )


def certificate(settings: Settings) -> Finding:
    """Return how the certificate is: readable, with its key, and for how long still."""
    about = "certificate"
    try:
        if tls_context(settings) is None:
            return Finding(
                about, Level.OK, "none is set: SMTP in clear text, for a relay on this machine or network"
            )
    except CannotStart as error:
        return Finding(about, Level.FAIL, str(error), "Correct tls.certificate and tls.key.")
    path = settings.in_data_folder(settings.tls.certificate) or Path()
    ends = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    text = f"valid until {ends:%Y-%m-%d}"
    if ends < datetime.now(UTC):
        return Finding(about, Level.FAIL, f"expired on {ends:%Y-%m-%d}", "Renew it, and restart the service.")
    if ends - datetime.now(UTC) < _EXPIRES_SOON:
        return Finding(about, Level.WARN, text, "Renew it, and restart the service.")
    return Finding(about, Level.OK, text)


async def _mail_domain(settings: Settings) -> Finding:
    about, domain = "capture domain", settings.capture.domain
    if f".{domain}".endswith(_FOR_TRYING_OUT):
        return Finding(about, Level.OK, f"{domain} is for trying out and for relays of your own")
    if not settings.capture.check_dns:
        return Finding(about, Level.OK, f"{domain} (DNS is not asked: capture.check_dns is off)")
    try:
        found = await dns.asyncresolver.resolve(domain, "MX", lifetime=_ANSWER_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        advice = "Fine if your own mail server passes it on (docs/operations.md); else give it an MX record."
        return Finding(about, Level.WARN, f"{domain} has no MX record", advice)
    except dns.exception.DNSException as error:
        return Finding(
            about, Level.WARN, f"{domain}: DNS does not answer ({type(error).__name__})", "See the resolver."
        )
    hosts = ", ".join(sorted(str(record.exchange).rstrip(".") for record in found))
    return Finding(about, Level.OK, f"mail for {domain} goes to {hosts}")


async def relay(settings: Settings) -> Finding:
    """Return whether the relay can be reached, up to the login."""
    about = "relay"
    try:
        found = relay_of(settings)
    except CannotStart as error:
        return Finding(about, Level.FAIL, str(error), "Correct the section [relay].")
    if found is None:
        return Finding(about, Level.OK, "none is set: Postbuch writes no mail itself, no digest, no alarm")
    where = f"{found.host} port {found.port}"
    if problem := await greet(found):
        advice = "See relay.host, relay.port, relay.tls and the login in the settings, and the relay's log."
        return Finding(about, Level.FAIL, f"{where}: {problem}", advice)
    return Finding(about, Level.OK, f"{where} takes our mail")
