"""The ways by which a mail server brings mail: encrypted or not, SMTP or LMTP, umlauts, and again later."""

import asyncio
import ssl
from pathlib import Path

from storage.connect import connected
from storage.entries import Entry, Participant
from storage.messages import Capture, CaptureSource
from storage.schema import migrate
from tests.durability.books import opened
from tests.durability.load import RECIPIENT, SENDER
from tests.end_to_end.senders import certificate, neomutt, swaks
from tests.ingest.speaking import DOMAIN, peer
from tests.running import running
from tests.servers import postfix
from tests.servers.ports import free_port

_HEADERS = {"From": SENDER, "To": RECIPIENT, "Subject": "Offerte"}
_SECONDS = 90


async def _prepared(folder: Path) -> tuple[str, str]:
    """Return the URL of a database that knows Eva and Anna, and Eva's capture address."""
    url = f"sqlite:///{folder / 'postbuch.db'}"
    await migrate(url)
    return url, await opened(url)


async def _until_entered(url: str, number: int) -> list[Entry]:
    async with connected(url), asyncio.timeout(_SECONDS):
        while len(entries := await Entry.all().order_by("id")) < number:
            await asyncio.sleep(0.2)
    return entries


async def test_mail_comes_by_lmtp(tmp_path: Path) -> None:
    url, capture = await _prepared(tmp_path)
    async with running(tmp_path, lmtp_port=0) as service:
        said = await swaks(
            *(service.lmtp_port, "--protocol", "LMTP"), recipient=capture, sender=SENDER, headers=_HEADERS
        )
        assert "LHLO" in said
        await _until_entered(url, 1)
    async with connected(url):
        assert (await Capture.get()).source is CaptureSource.LMTP
        anna = (await Participant.get().select_related("person")).person
    assert anna
    assert anna.name == "Anna Müller"


async def test_mail_comes_encrypted_where_there_is_a_certificate(tmp_path: Path) -> None:
    url, capture = await _prepared(tmp_path)
    made, key = await certificate(tmp_path, DOMAIN, "127.0.0.1")
    async with running(tmp_path, tls_certificate=made, tls_key=key, capture_domain=DOMAIN) as service:
        async with peer(service.smtp_port) as speaking:
            assert (await speaking.say("STARTTLS")).startswith("220 ")
            await speaking.start_tls(ssl.create_default_context(cafile=made))  # it must be for this name
            assert "STARTTLS" not in await speaking.say("EHLO peer.example")
            mail = f"From: {SENDER}\r\nTo: {RECIPIENT}\r\nSubject: Offerte\r\n\r\nx\r\n"
            assert (await speaking.send(mail.encode(), capture)).startswith("250 2.6.0")
        await _until_entered(url, 1)
        await neomutt(
            *(tmp_path, service.smtp_port),
            trusted=made,
            sender=SENDER,
            to=capture,
            subject="Notiz",
            text="Anna ruft zurück\n",
        )
        subjects = [entry.subject for entry in await _until_entered(url, 2)]
    assert subjects == ["Offerte", "Notiz"]


async def test_mail_to_an_address_with_an_umlaut_is_entered_as_it_is_written(tmp_path: Path) -> None:
    url, capture = await _prepared(tmp_path)
    mail = f"From: {SENDER}\r\nTo: Jörg <jörg@mueller.example>\r\nSubject: Grüße\r\n\r\nÜber Nacht\r\n"
    async with running(tmp_path) as service, peer(service.smtp_port) as speaking:
        answer = await speaking.send(mail.encode(), capture, sender="é@firm.example", options=" SMTPUTF8")
        assert answer.startswith("250 2.6.0")
        (entry,) = await _until_entered(url, 1)
    assert (entry.subject, entry.text.strip()) == ("Grüße", "Über Nacht")
    async with connected(url):
        joerg = await Participant.get().select_related("organisation")
    assert (joerg.name, joerg.written) == ("Jörg", "jörg@mueller.example")
    assert joerg.organisation
    assert joerg.organisation.name == "Müller & Söhne AG"


async def test_a_mail_server_keeps_what_comes_while_the_service_is_down(tmp_path: Path) -> None:
    """Postfix offers it again by itself, and what it was given is entered once."""
    url, capture = await _prepared(tmp_path)
    port, subjects = free_port(), ["before", "after"]
    with postfix.smtpd(**{DOMAIN: f"lmtp:inet:127.0.0.1:{port}"}) as relay:
        for count, subject in enumerate(subjects, start=1):
            await swaks(relay, recipient=capture, sender=SENDER, headers=_HEADERS | {"Subject": subject})
            async with running(tmp_path, lmtp_port=port) as service:
                entered = await _until_entered(url, count)
                assert [entry.subject for entry in entered] == subjects[:count]
                await service.kill()
