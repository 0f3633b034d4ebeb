"""Where do people have their mailboxes, and what must be done there first?

A provider fills in the server; its steps are what to do with them before Postbuch can log in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.mailboxes import Encryption, SecretKind
from web.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Whose server it is, where that is, and how one logs in there.

    *token_url* is where a refresh token is exchanged (RFC 6749, 6); TENANT in it stands for the firm's
    directory.  *page* is where the provider makes app passwords; *shows_blanks* if with blanks in them.
    """

    key: str
    name: str
    host: str = ""
    port: int = 993
    tls: Encryption = Encryption.TLS
    kinds: tuple[SecretKind, ...] = (SecretKind.PASSWORD,)
    steps: tuple[str, ...] = ()
    page: str = ""
    token_url: str = ""
    scope: str = ""
    shows_blanks: bool = False


_APP_PASSWORD = N_("Enter the app password below, not your usual password.")
_OWN_PASSWORD = N_("Enter the password of the mailbox below.")
_TWO_FACTORS = N_(
    "If your login there asks for a second factor, make a password for one application in its security settings, "
    "and enter that."
)
_ALLOW_IMAP = N_("Log in there in a browser, and allow POP3 and IMAP in the settings of the mailbox.")
_WHOLE_ADDRESS = N_("The login is your whole address.")
_NOT_SWISSCOM = N_("Enter the e-mail password, not that of the Swisscom login.")
_BOTH = (SecretKind.PASSWORD, SecretKind.XOAUTH2)

_ALL = (
    Provider(
        key="gmail",
        name="Gmail, Google Workspace",
        host="imap.gmail.com",
        kinds=_BOTH,
        steps=(
            N_("Switch on the confirmation in two steps for your Google account: app passwords need it."),
            N_("Make an app password with the name Postbuch."),
            _APP_PASSWORD,
            N_("If your firm's administrator forbids app passwords: choose OAuth 2 below."),
        ),
        page="https://myaccount.google.com/apppasswords",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        shows_blanks=True,
    ),
    Provider(
        key="microsoft",
        name="Microsoft 365, Outlook.com",
        host="outlook.office365.com",
        kinds=(SecretKind.XOAUTH2,),
        steps=(
            N_(
                "Microsoft takes no passwords here, but tokens: the firm's administrator does this once for all."
            ),
            N_("Register an application in Microsoft Entra, with IMAP.AccessAsUser.All and offline_access."),
            N_("Allow IMAP for the mailbox in the Exchange admin centre."),
            N_(
                "Log in once with that application, and enter its id, its secret and the refresh token below."
            ),
        ),
        page="https://entra.microsoft.com/",
        token_url="https://login.microsoftonline.com/TENANT/oauth2/v2.0/token",  # noqa: S106 - an address
        scope="https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    ),
    Provider(key="gmx", name="GMX", host="imap.gmx.net", steps=(_ALLOW_IMAP, _OWN_PASSWORD, _TWO_FACTORS)),
    Provider(
        key="webde", name="WEB.DE", host="imap.web.de", steps=(_ALLOW_IMAP, _OWN_PASSWORD, _TWO_FACTORS)
    ),
    Provider(
        key="bluewin",
        name="Bluewin (Swisscom)",
        host="imaps.bluewin.ch",
        steps=(
            _WHOLE_ADDRESS,
            _NOT_SWISSCOM,
        ),
    ),
    Provider(
        key="infomaniak",
        name="Infomaniak",
        host="mail.infomaniak.com",
        steps=(
            _WHOLE_ADDRESS,
            N_(
                "Make a password for this device in the Infomaniak Manager, under the settings of the address."
            ),
            N_("Enter that password below."),
        ),
    ),
    Provider(
        key="ionos",
        name="IONOS",
        host="imap.ionos.de",
        steps=(_WHOLE_ADDRESS, _OWN_PASSWORD),
    ),
    Provider(
        key="hostpoint",
        name="Hostpoint",
        host="imap.mail.hostpoint.ch",
        steps=(_WHOLE_ADDRESS, _OWN_PASSWORD),
    ),
    Provider(
        key="own",
        name=N_("Another server"),
        kinds=_BOTH,
        steps=(
            N_("Ask whoever runs the server for its name; the port is 993 nearly everywhere."),
            N_("If there are app passwords, make one for Postbuch alone: then it can be revoked alone."),
        ),
    ),
)
PROVIDERS: Mapping[str, Provider] = {provider.key: provider for provider in _ALL}
OTHER = PROVIDERS["own"]


def provider_of(host: str) -> Provider:
    """Return the provider whose server *host* is."""
    return next((provider for provider in _ALL if provider.host and provider.host == host), OTHER)
