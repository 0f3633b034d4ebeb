"""How does what somebody filled in on a web site read as a mail?  As one from them, to nobody of ours by name.

So it goes the way of mail: kept as it came, matched, held where a person must decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as NamedAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from mail.address import Address
from mail.compose import in_one_line


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What was filled in: who, about what; *facts* are further fields with what stood in them."""

    address: Address
    name: str
    subject: str
    text: str
    facts: Sequence[tuple[str, str]] = ()
    language: str = ""


def composed_enquiry(enquiry: Enquiry, *, message_id: str, at: datetime) -> bytes:
    """Return an enquiry as RFC 5322 and MIME write it; its facts stand in lines below the text."""
    local_part, domain = enquiry.address.local_part, enquiry.address.domain_key
    name = in_one_line(enquiry.name)
    # A local part beyond ASCII stands in a header as it is (RFC 6532), never as an encoded word.
    mail = EmailMessage(policy=SMTP if local_part.isascii() else SMTPUTF8)
    mail["Date"] = format_datetime(at)
    if local_part.isascii():
        mail["From"] = NamedAddress(name, addr_spec=f"{local_part}@{domain}")
    else:
        mail["From"] = NamedAddress(name, local_part, domain)
    mail["To"] = "undisclosed-recipients:;"
    mail["Subject"] = in_one_line(enquiry.subject)
    mail["Message-ID"] = f"<{message_id}>"
    if enquiry.language:
        mail["Content-Language"] = enquiry.language
    facts = "\n".join(f"{in_one_line(name)}: {in_one_line(value)}" for name, value in enquiry.facts)
    mail.set_content(f"{enquiry.text}\n\n{facts}\n" if facts else f"{enquiry.text}\n", cte="quoted-printable")
    return mail.as_bytes()
