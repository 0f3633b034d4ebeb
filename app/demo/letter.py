"""One mail of the demonstration as bytes: greeting, text, signature, what it answers, attachments."""

import html
import textwrap
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from app.demo.cast import Somebody
from app.demo.files import File

_COLUMNS = 74
_STYLE = "font-family:Georgia,serif;font-size:15px;color:#222;max-width:38em"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who writes or reads: the person, and what stands under their letters."""

    who: Somebody
    firm: str
    phone: str

    @property
    def mailbox(self) -> Address:
        """Display name and address, as a header field holds them."""
        return Address(self.who.name, addr_spec=self.who.address)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is sent: what it says, and what it answers."""

    by: Correspondent
    to: Correspondent
    copies: tuple[Correspondent, ...]
    at: datetime
    subject: str
    message_id: str
    references: tuple[str, ...]
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    quoted: str = ""
    as_html: bool = False
    file: File | None = None

    @property
    def text(self) -> str:
        """The letter as plain text, without what it quotes."""
        return (
            "\n\n".join((self.greeting, *map(_wrapped, self.paragraphs), self.closing))
            + f"\n\n{self._signature}"
        )

    @property
    def _signature(self) -> str:
        return f"-- \n{self.by.who.name}\n{self.by.who.function}\n{self.by.firm}\n{self.by.phone}"

    def octets(self) -> bytes:
        """Return the mail as it is sent."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self.by.mailbox
        mail["To"] = self.to.mailbox
        if self.copies:
            mail["Cc"] = [copy.mailbox for copy in self.copies]
        mail["Subject"] = self.subject
        mail["Date"] = self.at
        mail["Message-ID"] = self.message_id
        if self.references:
            mail["In-Reply-To"] = self.references[-1]
            mail["References"] = " ".join(self.references)
        mail.set_content(self.text + (f"\n\n{self.quoted}" if self.quoted else "") + "\n")
        if self.as_html:
            mail.add_alternative(self._html(), subtype="html")
        if self.file:
            kind, _, subtype = self.file.type.partition("/")
            mail.add_attachment(self.file.octets, maintype=kind, subtype=subtype, filename=self.file.name)
        return mail.as_bytes()

    def _html(self) -> str:
        paragraphs = "".join(
            f"<p>{html.escape(' '.join(text.split()))}</p>"
            for text in (self.greeting, *self.paragraphs, self.closing)
        )
        by = self.by
        signature = "<br>".join(
            html.escape(line) for line in (by.who.name, by.who.function, by.firm, by.phone)
        )
        return (
            f'<html><body style="{_STYLE}"><h2 style="color:#7a4a21">{html.escape(self.subject)}</h2>{paragraphs}'
            f'<hr><p style="color:#777;font-size:13px">{signature}</p></body></html>\n'
        )


def quoted(text: str, introduction: str) -> str:
    """Return *text* as an answer quotes it."""
    body = text.partition("\n\n-- \n")[0]
    return "\n".join([introduction, *(f"> {line}".rstrip() for line in body.splitlines())])


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(paragraph, _COLUMNS)
