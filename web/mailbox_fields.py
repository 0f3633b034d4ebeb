"""What did somebody fill in about a mailbox?"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.credentials import Password, Token, as_text
from storage.mailboxes import After, Encryption, Mailbox, MailboxSetting, SecretKind
from storage.secrets import Seal
from storage.staff import Staff
from web.forms import Form, form_of
from web.i18n import N_
from web.mailbox_rules import goes_elsewhere, may_use_port, may_use_token_url
from web.providers import Provider, provider_of
from web.rights import Right, may

_HOST = re.compile(r"[\w.:-]+")
_LARGEST_PORT = 65535
_MOST_FOLDERS, _LONGEST_FOLDER, _LONGEST_SECRET = 50, 500, 5000


@dataclass(frozen=True, slots=True)
class Filling:
    """Who fills in the form, and what of an earlier filling is kept meanwhile.

    A secret comes back with a form that has to be filled in again, sealed and marked by *mark* as
    sealed for this very login: a sealed secret from elsewhere is not opened for anybody.
    """

    staff: Staff
    seal: Seal
    mark_key: bytes
    before: Mailbox | None = None

    def kept(self, kind: SecretKind, sealed: str) -> str:
        """Return a sealed secret as a form may carry it."""
        return f"{self._mark(kind, sealed)}.{sealed}"

    def carried(self, form: Form, kind: SecretKind) -> str:
        """Return the sealed secret of this kind that a form carries, "" where it carries none of ours."""
        mark, _, sealed = form.values.get("kept", "").partition(".")
        return sealed if hmac.compare_digest(mark.encode(), self._mark(kind, sealed).encode()) else ""

    def _mark(self, kind: SecretKind, sealed: str) -> str:
        return hmac.digest(self.mark_key, f"{kind}:{sealed}".encode(), "sha256").hex()


def setting_in(form: Form, filling: Filling, present: Sequence[Staff]) -> MailboxSetting:
    """Return what a form sets; where it is not `ok`, something that nobody should use."""
    login = form.text("login", required=True, most=320)
    setting = MailboxSetting(
        name=form.text("name", most=200) or login,
        host=host_in(form, "host"),
        port=_port(form, filling.staff),
        tls=Encryption(form.choice("tls", list(Encryption), otherwise=Encryption.TLS)),
        login=login,
        secret="",
        secret_kind=SecretKind(form.choice("secret_kind", list(SecretKind), otherwise=SecretKind.PASSWORD)),
        staff_id=_owner(form, filling, present),
        folders=_folders(form),
        only_from=form.day("only_from"),
        after=After(form.choice("after", list(After), otherwise=After.LEAVE)),
        after_folder=form.text("after_folder", most=_LONGEST_FOLDER),
    )
    if setting.after is After.MOVE and not setting.after_folder:
        form.wrong("after_folder", N_("This is needed."))
    return replace(setting, secret=_secret(form, filling, setting))


def empty_form(provider: Provider, staff: Staff, *, only_from: date) -> Form:
    """Return the form for a new mailbox at a provider."""
    return form_of(
        {
            "host": provider.host,
            "port": provider.port,
            "tls": provider.tls.value,
            "token_url": provider.token_url,
            "scope": provider.scope,
            "secret_kind": provider.kinds[0].value,
            "login": staff.login if "@" in staff.login else "",
            "owner": staff.id,
            "only_from": only_from,
            "after": After.LEAVE.value,
        }
    )


def filled_form(mailbox: Mailbox) -> Form:
    """Return the form that shows a mailbox, all but its secret."""
    names = ("name", "host", "port", "login", "only_from", "after_folder")
    values = {name: getattr(mailbox, name) for name in names}
    values |= {name: getattr(mailbox, name).value for name in ("tls", "secret_kind", "after")}
    return form_of(values | {"owner": mailbox.staff_id, "folders": "\n".join(mailbox.folders)})


def host_in(form: Form, name: str) -> str:
    """Return the name of a server."""
    host = form.text(name, required=True, most=255)
    if host and not _HOST.fullmatch(host):
        form.wrong(name, N_("This is no name of a server. One looks like imap.muster.ch."))
    return host


def _port(form: Form, staff: Staff) -> int:
    text = form.text("port", required=True, most=5)
    port = int(text) if text.isascii() and text.isdigit() else 0
    if text and not 0 < port <= _LARGEST_PORT:
        form.wrong("port", N_("This is no port. It is 993 nearly everywhere."))
    elif text and not may_use_port(staff, port):
        form.wrong("port", N_("Only administrators may choose another port than 993 and 143."))
    return port


def _owner(form: Form, filling: Filling, present: Sequence[Staff]) -> int | None:
    if not may(filling.staff.access, Right.ADMINISTER):
        return int(filling.staff.id)
    text = form.text("owner", most=18)
    if text in {str(staff.id) for staff in present}:
        return int(text)
    before: int | None = filling.before.staff_id if filling.before else None
    return before if text and text == str(before) else None  # who has left keeps it


def _folders(form: Form) -> list[str]:
    names = [" ".join(line.split()) for line in form.lines("folders").split("\n")]
    named = list(dict.fromkeys(name for name in names if name))
    if len(named) > _MOST_FOLDERS or any(len(name) > _LONGEST_FOLDER for name in named):
        form.wrong("folders", N_("These are too many folders, or too long a name."))
    return named


def _secret(form: Form, filling: Filling, setting: MailboxSetting) -> str:
    """Return the sealed secret: the one typed, the one typed before, or the one there is."""
    typed = _token(form, filling) if setting.secret_kind is SecretKind.XOAUTH2 else _password(form, setting)
    if typed:
        return filling.seal.sealed(as_text(typed))
    if carried := filling.carried(form, setting.secret_kind):
        return carried
    before = filling.before
    if before and not goes_elsewhere(before, setting):
        return before.secret
    field = "refresh_token" if setting.secret_kind is SecretKind.XOAUTH2 else "secret"
    if before:
        form.wrong(field, N_("This goes to another server or login now: enter it again."))
    form.wrong(field, N_("This is needed."))
    return ""


def _password(form: Form, setting: MailboxSetting) -> Password | None:
    typed = form.values.get("secret", "").strip("\r\n")
    if len(typed) > _LONGEST_SECRET:
        form.wrong("secret", N_("This may have %(most)s characters at most."), most=_LONGEST_SECRET)
    if provider_of(setting.host).shows_blanks:
        typed = typed.replace(" ", "")
    return Password(typed) if typed else None


def _token(form: Form, filling: Filling) -> Token | None:
    """Return what is typed of a token, which is all or nothing: parts of it shall not go to another address."""
    most = _LONGEST_SECRET
    secrets = {name: form.text(name, most=most) for name in ("client_id", "client_secret", "refresh_token")}
    if not any(secrets.values()):
        return None
    for name in ("client_id", "refresh_token"):
        form.text(name, required=True, most=most)
    url = form.text("token_url", required=True, most=1000)
    if "TENANT" in url:
        form.wrong("token_url", N_("Put the id of your firm's directory in place of TENANT."))
    if url and not may_use_token_url(filling.staff, url):
        form.wrong("token_url", N_("This is no address for tokens. One begins with https://."))
    return Token(
        token_url=url,
        client_id=secrets["client_id"],
        client_secret=secrets["client_secret"],
        refresh_token=secrets["refresh_token"],
        scope=form.text("scope", most=1000),
    )
