"""Organisations, persons and mail to look at, entered without the matcher."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from mail.parse import parse
from storage import blobs, directory_edits
from storage.correspondents import EmailAddress, Organisation, OrganisationDomain, Person, Role
from storage.entries import (
    Attachment,
    Direction,
    Entry,
    EntryStaff,
    Participant,
    ParticipantRole,
    StaffPart,
    Strength,
    Thread,
)
from storage.messages import Message, MessageState
from storage.staff import Staff

HOSTILE = sorted((Path(__file__).parent.parent / "corpus" / "hostile").glob("*.eml"))
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


async def firm(name: str = "Müller & Söhne AG", domain: str = "mueller.example") -> Organisation:
    """Enter an organisation with its mail domain."""
    return await directory_edits.add(
        Organisation, {"name": name}, staff_id=None, belongings=[(OrganisationDomain, {"domain": domain})]
    )


async def somebody(organisation: Organisation, *names: str, address: str = "anna@mueller.example") -> Person:
    """Enter a person with a role and an address."""
    given, family = names or ("Anna", "Müller")
    return await directory_edits.add(
        Person,
        {"given_name": given, "family_name": family},
        staff_id=None,
        belongings=[
            (Role, {"organisation_id": organisation.id, "function": "Einkauf"}),
            (EmailAddress, {"written": address}),
        ],
    )


def mail(subject: str = "Offerte", *, text: str = "", html: str = "", attachment: bytes = b"") -> bytes:
    """Return a mail as it could come."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "anna@mueller.example", "rita@muster.ch", subject
    message["Date"], message["Message-ID"] = (
        "Tue, 03 Mar 2026 13:00:00 +0100",
        f"<{subject.encode().hex()}@mueller.example>",
    )
    message.set_content(text or "Guten Tag\n\nHier ist die Offerte.\n")
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(
            attachment, maintype="application", subtype="pdf", filename="Offerte für Sie.pdf"
        )
    return message.as_bytes()


async def entered(
    raw: bytes,
    *,
    staff: Staff,
    person: Person | None = None,
    organisation: Organisation | None = None,
    thread: Thread | None = None,
    held: str | None = None,
    at: datetime = NOON,
) -> Entry:
    """Enter a mail from a person, or as held."""
    message, digest = parse(raw), blobs.digest_of(raw)
    author = message.from_[0]
    facts: dict[str, Any] = {"address": author.written, "person": person.name if person else ""}
    await blobs.keep([(digest, raw)])
    entry = await Entry.create(
        direction=Direction.INCOMING,
        at=at,
        subject=message.subject,
        text=message.text,
        thread=thread,
        held_reason=held,
        held_parameters=facts if held else {},
    )
    state = MessageState.HELD if held else MessageState.FILED
    await Message.create(digest=digest, size=len(raw), accepted_at=at, state=state, entry=entry)
    await Participant.create(
        entry=entry,
        at=at,
        role=ParticipantRole.FROM,
        key=author.address.key if author.address else "",
        written=str(author.address or author.written),
        name=author.name,
        person=person,
        organisation=organisation,
        strength=Strength.CERTAIN if person else None,
        reason="exact-address" if person else "unknown-address",
        reason_parameters=facts,
    )
    await EntryStaff.create(entry=entry, staff=staff, part=StaffPart.CAPTURED, at=at)
    for one in message.attachments:
        await Attachment.create(
            entry=entry,
            number=one.number,
            name=one.name,
            type=one.type,
            size=one.size,
            inline=one.inline,
            digest=one.digest,
        )
    return entry
