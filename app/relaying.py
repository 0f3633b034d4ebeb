"""Who carries what Postbuch writes itself, and what does it say of the installation?"""

from collections.abc import Mapping
from functools import partial

from app.settings import RelaySettings, Settings
from app.wiring import CannotStart
from app.worker import Kind
from mail.address import Address
from outbound.notice import Letterhead, mark_refused, send_notices
from outbound.relay import Relay, Tls
from storage.capturing import EVERYBODYS_LOCAL_PART
from storage.jobs import Payload, SendNotice
from storage.secret_key import secret_key

_WITHOUT_EVERYBODYS = "postbuch"
_GIVEN_UP = "given up after many tries"


def relay_of(settings: Settings) -> Relay | None:
    """Return the relay of the settings, None without one; CannotStart if something about it is wrong."""
    given = settings.relay
    if given.host is None:
        return None
    if given.return_path and Address.parse(given.return_path) is None:
        raise CannotStart(f"relay.return_path: {given.return_path} is no e-mail address")
    return Relay(
        host=given.host,
        port=given.port,
        tls=Tls(given.tls),
        login=given.login,
        password=_password(settings),
        return_path=given.return_path,
        own_name=settings.capture.domain,
    )


def letterhead_of(settings: Settings, *, staff_url: str) -> Letterhead:
    """Return what all notices say; CannotStart if the sender is no address."""
    domain = settings.capture.domain
    everybodys = Address(EVERYBODYS_LOCAL_PART, domain) if settings.capture.for_everybody else None
    sender = everybodys or Address(_WITHOUT_EVERYBODYS, domain)
    if settings.relay.sender:
        written = Address.parse(settings.relay.sender)
        if written is None:
            raise CannotStart(f"relay.sender: {settings.relay.sender} is no e-mail address")
        sender = written
    return Letterhead(
        firm=settings.firm_name,
        sender=sender,
        for_everybody=everybodys,
        staff_url=staff_url.rstrip("/"),
        domain=domain,
        zone=settings.zone,
        key=secret_key(settings.data_folder),
    )


def sending(relay: Relay | None, head: Letterhead) -> Mapping[str, Kind]:
    """Return who does the jobs by which mail of ours goes out."""
    return {SendNotice.kind: Kind(partial(send_notices, relay=relay, head=head), give_up=_refuse)}


async def _refuse(payload: Payload) -> None:
    if isinstance(payload, SendNotice):
        await mark_refused(payload.notice_id, _GIVEN_UP)


def _password(settings: Settings) -> str:
    given: RelaySettings = settings.relay
    path = settings.in_data_folder(given.password_file)
    if given.password is not None and path is not None:
        raise CannotStart("relay.password and relay.password_file: set one of them only")
    if path is not None:
        try:
            password = path.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(f"relay.password_file: {path}: {error}") from None
    else:
        password = given.password.get_secret_value() if given.password else ""
    if bool(given.login) != bool(password):
        raise CannotStart(
            "relay.login and relay.password (or password_file) belong together: set both or none"
        )
    return password
