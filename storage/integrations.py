"""Web sites that send enquiries: made, revoked, and no request of theirs taken twice."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from storage import audit
from storage.connect import transaction
from storage.enquiries import EnquiryIntegration, EnquirySeen
from storage.secrets import Seal

_TOKEN_OCTETS, _SECRET_OCTETS = 18, 32
SECRET_PREFIX = "pbs_"  # noqa: S105 - what every secret begins with, so that scanners for leaked ones find it
FORGET_AFTER = timedelta(hours=4)  # longer than any form or signature is good for


@dataclass(frozen=True, slots=True)
class NewIntegration:
    """What a web site is called, where its form leads afterwards, and in which language it asks."""

    name: str
    return_to: str
    language: str


async def make(new: NewIntegration, *, seal: Seal, staff_id: int) -> tuple[EnquiryIntegration, str]:
    """Return a new integration, and its secret this once."""
    secret = SECRET_PREFIX + secrets.token_urlsafe(_SECRET_OCTETS)
    async with transaction():
        row = await EnquiryIntegration.create(
            name=new.name,
            return_to=new.return_to,
            language=new.language,
            token=secrets.token_urlsafe(_TOKEN_OCTETS),
            secret=seal.sealed(secret),
            made_by_id=staff_id,
        )
        await audit.record(
            "integration-made", staff_id=staff_id, subject="enquiry_integration", subject_id=row.id
        )
    return row, secret


async def revoke(integration_id: int, *, staff_id: int) -> bool:
    """Take nothing more from a web site; False if it was revoked already."""
    async with transaction():
        valid = EnquiryIntegration.filter(id=integration_id, revoked_at__isnull=True)
        if not await valid.update(revoked_at=datetime.now(UTC)):
            return False
        await audit.record(
            "integration-revoked", staff_id=staff_id, subject="enquiry_integration", subject_id=integration_id
        )
    return True


async def integrations() -> Sequence[EnquiryIntegration]:
    """Return all, those in use first."""
    return await EnquiryIntegration.all().order_by("revoked_at", "id")


async def integration(integration_id: int) -> EnquiryIntegration | None:
    """Return one by its number, or None."""
    return await EnquiryIntegration.get_or_none(id=integration_id)


async def valid_by_token(token: str) -> EnquiryIntegration | None:
    """Return the integration in use that a web site names, or None."""
    if not token or len(token) > 64 or not token.isascii() or not token.isprintable():
        return None
    return await EnquiryIntegration.get_or_none(token=token, revoked_at__isnull=True)


async def take_once(seal: str) -> bool:
    """Note a request by its seal; False if it was here before.  Old ones are forgotten."""
    now = datetime.now(UTC)
    try:
        async with transaction():
            await EnquirySeen.filter(at__lt=now - FORGET_AFTER).delete()
            await EnquirySeen.create(seal=seal, at=now)
    except IntegrityError:
        return False
    return True


async def give_back(seal: str) -> None:
    """Forget a request that could not be kept after all: it may come again."""
    await EnquirySeen.filter(seal=seal).delete()


async def count_received(integration_id: int) -> None:
    """Note that one more enquiry came."""
    one = EnquiryIntegration.filter(id=integration_id)
    await one.update(received=F("received") + 1, last_at=datetime.now(UTC))
