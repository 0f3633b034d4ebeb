"""Who works here, from when to when, and which addresses are theirs.

Every change is noted in the audit log with who made it; the command line is nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from mail.address import Address
from storage import audit, mailboxes
from storage.connect import transaction
from storage.staff import (
    AccessRole,
    ApiToken,
    CaptureAddress,
    Session,
    Staff,
    StaffAddress,
    StaffAddressKind,
    Team,
)

FIRST_LOGIN = "admin"


class AddressTaken(ValueError):
    """Somebody else of the staff, or a team, has this address already."""


class LastAdministrator(ValueError):
    """The firm would be left without anybody who may administer its Postbuch."""


class NameTaken(ValueError):
    """There is a team of this name already."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Who is to be added; `password_hash` is of a temporary password, None lets nobody log in."""

    name: str
    address: Address
    access: AccessRole = AccessRole.STAFF
    language: str = "de"
    team_id: int | None = None
    password_hash: str | None = None


async def has_administrator() -> bool:
    """Tell whether there is somebody who may administer."""
    return await Staff.filter(access=AccessRole.ADMINISTRATOR, left_at__isnull=True).exists()


async def first_administrator(password_hash: str) -> Staff | None:
    """Add the administrator of a new installation; None where there is one already."""
    async with transaction():
        if await has_administrator():
            return None
        staff = await Staff.create(
            name="Administrator",
            login=FIRST_LOGIN,
            password_hash=password_hash,
            password_is_temporary=True,
            access=AccessRole.ADMINISTRATOR,
        )
        await audit.record("first-administrator", staff_id=None, subject="staff", subject_id=staff.id)
        return staff


async def add(new: NewStaff, *, by: int | None) -> Staff:
    """Add a staff member, with the address as login and own address.  AddressTaken if it is in use."""
    try:
        async with transaction():
            staff = await Staff.create(
                name=new.name,
                login=new.address.key,
                password_hash=new.password_hash,
                password_is_temporary=new.password_hash is not None,
                access=new.access,
                language=new.language,
                team_id=new.team_id,
            )
            await _create_address(new.address, StaffAddressKind.OWN, staff_id=staff.id)
            await audit.record("staff-added", staff_id=by, subject="staff", subject_id=staff.id)
            return staff
    except IntegrityError:
        raise AddressTaken(str(new.address)) from None


async def present() -> list[Staff]:
    """Return who works here, by name, with team and addresses."""
    return await _with_all().filter(left_at__isnull=True).order_by("name", "id")


async def everybody() -> list[Staff]:
    """Return who works or worked here, by name, with team and addresses."""
    return await _with_all().order_by("name", "id")


async def find(text: str) -> Staff | None:
    """Return the staff member with this id, login or address; also one who has left."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return await _with_all().get_or_none(id=int(text[:18]))
    address = Address.parse(text)
    key = address.key if address else text.lower()
    if staff := await _with_all().get_or_none(login=key):
        return staff
    owned = await StaffAddress.get_or_none(key=key)
    return await _with_all().get_or_none(id=owned.staff_id) if owned and owned.staff_id else None


async def leave(staff_id: int, *, by: int | None) -> bool:
    """Note that somebody has left: no login, no capture address, no mailbox read.  False if they had left before.

    Their addresses stay theirs, for their mail remains the firm's.  LastAdministrator
    if nobody could administer then.
    """
    now = datetime.now(UTC)
    async with transaction():
        await _require_another_administrator(staff_id)
        if not await Staff.filter(id=staff_id, left_at__isnull=True).update(left_at=now):
            return False
        await CaptureAddress.filter(staff_id=staff_id, revoked_at__isnull=True).update(revoked_at=now)
        await ApiToken.filter(staff_id=staff_id, revoked_at__isnull=True).update(revoked_at=now)
        await Session.filter(staff_id=staff_id).delete()
        await mailboxes.pause_all_of(staff_id)
        await audit.record("staff-left", staff_id=by, subject="staff", subject_id=staff_id)
        return True


async def set_password(staff_id: int, password_hash: str, *, temporary: bool, by: int | None) -> None:
    """Keep a new password and end the logins under the old one."""
    async with transaction():
        await Staff.filter(id=staff_id).update(password_hash=password_hash, password_is_temporary=temporary)
        await Session.filter(staff_id=staff_id).delete()
        await audit.record("password-set", staff_id=by, subject="staff", subject_id=staff_id)


async def set_access(staff_id: int, access: AccessRole, *, by: int | None) -> None:
    """Change what somebody may do.  LastAdministrator if nobody could administer then."""
    async with transaction():
        if access is not AccessRole.ADMINISTRATOR:
            await _require_another_administrator(staff_id)
        await Staff.filter(id=staff_id).update(access=access)
        await audit.record("access-set", staff_id=by, subject="staff", subject_id=staff_id, access=access)


async def add_address(
    address: Address,
    *,
    by: int | None,
    kind: StaffAddressKind = StaffAddressKind.OWN,
    staff_id: int | None = None,
    team_id: int | None = None,
) -> StaffAddress:
    """Give a staff member or a team an address.  AddressTaken if it is in use."""
    try:
        async with transaction():
            added = await _create_address(address, kind, staff_id=staff_id, team_id=team_id)
            await audit.record("address-added", staff_id=by, subject="staff_address", subject_id=added.id)
            return added
    except IntegrityError:
        raise AddressTaken(str(address)) from None


async def remove_address(address_id: int, *, by: int | None) -> bool:
    """Take an address away from whoever has it: mail from it is an outsider's from now on."""
    async with transaction():
        removed = await StaffAddress.filter(id=address_id).delete()
        if removed:
            await audit.record("address-removed", staff_id=by, subject="staff_address", subject_id=address_id)
        return bool(removed)


async def add_team(name: str, *, by: int | None) -> Team:
    """Add a team.  NameTaken if there is one of this name."""
    try:
        async with transaction():
            team = await Team.create(name=name)
            await audit.record("team-added", staff_id=by, subject="team", subject_id=team.id)
            return team
    except IntegrityError:
        raise NameTaken(name) from None


async def teams() -> Sequence[Team]:
    """Return all teams by name, with members and shared mailboxes."""
    return await Team.all().order_by("name").prefetch_related("staff", "addresses")


async def join_team(staff_id: int, team_id: int | None, *, by: int | None) -> None:
    """Put somebody into a team, or into none."""
    async with transaction():
        await Staff.filter(id=staff_id).update(team_id=team_id)
        await audit.record("team-set", staff_id=by, subject="staff", subject_id=staff_id, team=team_id)


async def _require_another_administrator(staff_id: int) -> None:
    administrators = Staff.filter(access=AccessRole.ADMINISTRATOR, left_at__isnull=True)
    if [one.id for one in await administrators.limit(2)] == [staff_id]:
        raise LastAdministrator(LastAdministrator.__doc__)


def _with_all() -> QuerySet[Staff]:
    return Staff.all().select_related("team").prefetch_related("addresses")


async def _create_address(
    address: Address, kind: StaffAddressKind, *, staff_id: int | None = None, team_id: int | None = None
) -> StaffAddress:
    return await StaffAddress.create(
        key=address.key, written=str(address), kind=kind, staff_id=staff_id, team_id=team_id
    )
