"""What holds for whoever sets up a mailbox, in the pages and by the API?"""

from urllib.parse import urlsplit

from storage.mailboxes import Encryption, Mailbox, MailboxSetting, SecretKind
from storage.staff import Staff
from web.rights import Right, may

PORTS = {Encryption.TLS: 993, Encryption.STARTTLS: 143, Encryption.NONE: 143}
_USUAL_PORTS = frozenset(PORTS.values())


def may_see(staff: Staff, mailbox: Mailbox) -> bool:
    """Tell whether a mailbox is somebody's own, or theirs to administer."""
    return mailbox.staff_id == staff.id or may(staff.access, Right.ADMINISTER)


def may_use_port(staff: Staff, port: int) -> bool:
    """Tell whether somebody may have us connect to *port*: others than those of IMAP name administrators only.

    Else everybody could have the machine knock at any door of its network.
    """
    return port in _USUAL_PORTS or may(staff.access, Right.ADMINISTER)


def may_use_token_url(staff: Staff, url: str) -> bool:
    """Tell whether somebody may have us fetch tokens at *url*: in clear text for administrators only."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if may(staff.access, Right.ADMINISTER) else {"https"}
    return parts.scheme in schemes and bool(parts.hostname)


def goes_elsewhere(before: Mailbox, setting: MailboxSetting) -> bool:
    """Tell whether a change would give the kept secret to another server, in another name, or less safely.

    Then it must be entered anew: who may change a mailbox shall not learn its password that way.
    """
    return _where(before) != _where(setting)


def _where(one: Mailbox | MailboxSetting) -> tuple[str, int, Encryption, str, SecretKind]:
    return one.host.lower(), one.port, one.tls, one.login, one.secret_kind
