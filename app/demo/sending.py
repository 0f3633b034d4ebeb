"""The mails of the demonstration, sent as a mail server would: over one kept-open connection."""

import smtplib
import time
from collections.abc import Iterator, Sequence

from app.demo.year import Sent

_ATTEMPTS = 5
_SECONDS = 60


class NotTaken(Exception):
    """The service did not take a mail; the text is its answer."""


def send_all(host: str, port: int, mails: Sequence[Sent]) -> Iterator[Sent]:
    """Send *mails* in order, and yield each when it is taken.  NotTaken after several tries."""
    waiting = list(reversed(mails))
    attempts = 0
    while waiting:
        try:
            with smtplib.SMTP(host, port, timeout=_SECONDS) as server:
                while waiting:
                    _send(server, waiting[-1])
                    attempts = 0
                    yield waiting.pop()
        except (OSError, smtplib.SMTPException) as error:
            attempts += 1
            if attempts == _ATTEMPTS or not _later(error):
                raise NotTaken(f"{host} port {port}: {error}") from error
            time.sleep(attempts)


def _send(server: smtplib.SMTP, mail: Sent) -> None:
    refused = server.sendmail(mail.sender, mail.recipients, mail.octets)
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)


def _later(error: Exception) -> bool:
    """Tell whether the same may be taken later (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    return not isinstance(error, smtplib.SMTPResponseException) or 400 <= error.smtp_code < 500
