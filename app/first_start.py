"""What an installation needs before anybody can use it: an administrator and capture addresses."""

import secrets
from dataclasses import dataclass

from app.settings import CaptureSettings
from storage import capturing, roster
from web.password import hashed

_PASSWORD_OCTETS = 12


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who logs in first, and with what; both are told once, when the password is made."""

    login: str
    password: str | None = None
    capture_address: str | None = None


def temporary_password() -> str:
    """Return a password that somebody logs in with once."""
    return secrets.token_urlsafe(_PASSWORD_OCTETS)


async def first_administrator(capture: CaptureSettings) -> FirstAdministrator | None:
    """Add an administrator where there is none yet; None if there is one who has logged in."""
    if await roster.has_administrator():
        first = await roster.find(roster.FIRST_LOGIN)
        return FirstAdministrator(first.login) if first and first.password_is_temporary else None
    password = temporary_password()
    staff = await roster.first_administrator(await hashed(password))
    if staff is None:
        return None
    address = await capturing.make_for(staff.id, capture.domain)
    return FirstAdministrator(staff.login, password, address.key)


async def everybodys_address(capture: CaptureSettings) -> str | None:
    """Return the common capture address, made where it is missing; None if there shall be none."""
    return (await capturing.everybodys(capture.domain)).key if capture.for_everybody else None
