"""Who really got it?  Journal reports of Exchange and Google: an envelope in text, with the mail attached.

A journal sends one for each mail that passes.  The text names sender and recipients of
the SMTP transaction, those of Bcc and the members of lists too.
"""

import re
from dataclasses import dataclass

from mail.address import Address, Mailbox
from mail.message import Forwarded, ForwardKind, ParsedMessage

_LINE = re.compile(
    r"(?P<name>Sender|On-Behalf-Of|From|Subject|Message-I[dD]|To|Cc|Bcc|Recipients?|Label|Sent\w*)\s*:\s*(?P<value>.*)"
)
_RECIPIENTS = frozenset(("to", "cc", "bcc", "recipient", "recipients"))
_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,256}@[^\s<>,;:\"()]{1,256}")
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class JournalEnvelope:
    """What a journal notes of a transaction; addresses in the order of the report."""

    sender: Address | None
    message_id: str | None
    recipients: tuple[Address, ...]
    blind: frozenset[str]  # keys of those that the report itself calls Bcc


def journal_envelope(text: str) -> JournalEnvelope | None:
    """Return the envelope that the text of a report notes; None if it is none."""
    if "Message-I" not in text[:4_000] or not text.lstrip().startswith(
        ("Sender:", "From:", "Subject:", "Message-I")
    ):
        return None
    noted: dict[str, str] = {}
    recipients: dict[str, Address] = {}
    blind: set[str] = set()
    for line in text.split("\n")[:_MOST_LINES]:
        found = _LINE.match(line.strip())
        if found is None:
            continue
        name = found["name"].lower()
        if name not in _RECIPIENTS:
            noted.setdefault(name, found["value"].strip())
            continue
        # Behind `Expanded:` and `Forwarded:` stands the list or mailbox by which it came.
        for written in _ADDRESS.findall(re.split(r",?\s*(?:Expanded|Forwarded)\s*:", found["value"])[0]):
            if address := Address.parse(written):
                recipients.setdefault(address.key, address)
                blind.update((address.key,) if name == "bcc" else ())
    if not recipients or "message-id" not in noted:
        return None
    sender = _ADDRESS.search(noted.get("sender") or noted.get("from", ""))
    return JournalEnvelope(
        Address.parse(sender[0]) if sender else None,
        noted["message-id"].strip("<> ") or None,
        tuple(recipients.values()),
        frozenset(blind),
    )


def journalled(envelope: JournalEnvelope, original: ParsedMessage) -> Forwarded:
    """Return the mail that was journalled: its own header, and as Bcc who got it and stands in none of its fields."""
    shown = {mailbox.address.key for mailbox in original.to + original.cc if mailbox.address}
    hidden = (
        address
        for address in envelope.recipients
        if address.key not in shown or address.key in envelope.blind
    )
    sender = envelope.sender
    author = original.from_[0] if original.from_ else Mailbox("", sender, str(sender)) if sender else None
    return Forwarded(
        from_=author,
        to=original.to,
        cc=original.cc,
        bcc=tuple(Mailbox("", address, str(address)) for address in hidden),
        date=original.date,
        subject=original.subject,
        text=original.text,
        kind=ForwardKind.JOURNAL,
        attachments=original.attachments,
        attached=original,
    )


def is_of(envelope: JournalEnvelope, original: ParsedMessage, *, declared: bool) -> bool:
    """Tell whether the envelope is that of the attached mail; *declared*: the header calls it a journal's report."""
    return declared or (envelope.message_id is not None and envelope.message_id == original.message_id)
