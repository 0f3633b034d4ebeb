"""Where is mail sent to be captured?  Secret addresses of staff, and a common one.

A personal address is NAME.TOKEN@domain with a token that nobody guesses: whoever
knows it may write into the contact history in the name of its owner.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from mail.address import Address
from storage.connect import transaction
from storage.sort_keys import sort_key
from storage.staff import CaptureAddress, Staff, StaffAddress

EVERYBODYS_LOCAL_PART = "capture"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"  # relays may change the case
_TOKEN_LENGTH = 26  # 130 bits
_LONGEST_NAME = 64 - 1 - _TOKEN_LENGTH  # octets of a local part: RFC 5321, 4.5.3.1.1
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


class NoSuchStaff(LookupError):
    """Nobody with this number works here."""


@dataclass(frozen=True, slots=True)
class OpenAddress:
    """A capture address that takes mail now; the common one has no *staff_id*.

    *tag* is what stood behind a plus sign where it was written to: NAME+TAG@domain.
    """

    id: int
    key: str
    staff_id: int | None
    tag: str = ""


async def open_addresses() -> dict[str, OpenAddress]:
    """Return all capture addresses that take mail now, by key."""
    found = await _open().values_list("id", "key", "staff_id")
    return {key: OpenAddress(id_, key, staff_id) for id_, key, staff_id in found}


async def capture_addresses_by_key(keys: Iterable[str]) -> dict[str, CaptureAddress]:
    """Return those of *keys* that are or were capture addresses of ours, revoked ones too."""
    return {address.key: address for address in await CaptureAddress.filter(key__in=list(keys))}


async def staff_addresses() -> dict[str, int]:
    """Return who of the present staff writes from which address, by key."""
    owned = StaffAddress.filter(staff_id__isnull=False, staff__left_at__isnull=True)
    return dict(await owned.values_list("key", "staff_id"))


async def list_for(staff_id: int) -> list[CaptureAddress]:
    """Return the addresses of a staff member that take mail now, the newest first."""
    return await _open().filter(staff_id=staff_id).order_by("-id")


async def make_for(staff_id: int, domain: str) -> CaptureAddress:
    """Make a new capture address for a staff member.  NoSuchStaff if there is none."""
    staff = await Staff.get_or_none(id=staff_id, left_at__isnull=True)
    if staff is None:
        raise NoSuchStaff(staff_id)
    async with transaction():
        return await CaptureAddress.create(key=_secret_key(staff, domain), staff_id=staff_id)


async def rotate(staff_id: int, overlap: timedelta) -> CaptureAddress | None:
    """Make a new address in place of all others, which take mail for *overlap* still.

    None if there is no address to replace.
    """
    staff = await Staff.get_or_none(id=staff_id, left_at__isnull=True)
    until = datetime.now(UTC) + overlap
    async with transaction():
        newest = await _open().filter(staff_id=staff_id).order_by("-id").first()
        if staff is None or newest is None:
            return None
        ends_later = Q(valid_until__isnull=True) | Q(valid_until__gt=until)
        await _open().filter(ends_later, staff_id=staff_id).update(valid_until=until)
        domain = newest.key.rpartition("@")[2]
        return await CaptureAddress.create(key=_secret_key(staff, domain), staff_id=staff_id)


async def revoke(address_id: int) -> bool:
    """Take no more mail for an address; False if it took none any more."""
    async with transaction():
        revoked = CaptureAddress.filter(id=address_id, revoked_at__isnull=True)
        return bool(await revoked.update(revoked_at=datetime.now(UTC)))


async def everybodys(domain: str) -> CaptureAddress:
    """Return the capture address of all staff, made if it is missing and opened if it was revoked."""
    key = _key(EVERYBODYS_LOCAL_PART, domain)
    async with transaction():
        address, made = await CaptureAddress.get_or_create(key=key)
        if not made and address.revoked_at is not None:
            await CaptureAddress.filter(id=address.id).update(revoked_at=None)
            address.revoked_at = None
        return address


def _open() -> QuerySet[CaptureAddress]:
    still_valid = Q(valid_until__isnull=True) | Q(valid_until__gt=datetime.now(UTC))
    return CaptureAddress.filter(still_valid, revoked_at__isnull=True)


def _secret_key(staff: Staff, domain: str) -> str:
    name = sort_key(staff.login.partition("@")[0])
    readable = _NOT_IN_NAMES.sub("-", name)[:_LONGEST_NAME].strip("-") or "staff"
    token = "".join(secrets.choice(_BASE32) for _ in range(_TOKEN_LENGTH))
    return _key(f"{readable}.{token}", domain)


def _key(local_part: str, domain: str) -> str:
    return Address(local_part, domain).key
