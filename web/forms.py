"""What did somebody fill in?  Values kept as typed, problems beside their fields."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aiohttp import web

from mail.address import Address
from mail.domains import is_shared
from mail.registered_numbers import registered_number
from web.i18n import N_

_LONGEST_LINE = 300
_LONGEST_TEXT = 20_000


@dataclass(slots=True)
class Form:
    """The fields of one form, by name, and what is wrong with them: a message id and its parameters.

    Reading a wrong value notes the problem and returns something harmless: a page
    reads all fields, and asks for `ok` before it uses any.
    """

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors

    def wrong(self, name: str, sentence: str, **parameters: Any) -> None:
        """Note what is wrong with a field, "" for the form as a whole; the first problem stays."""
        self.errors.setdefault(name, (sentence, parameters))

    def text(self, name: str, *, required: bool = False, most: int = _LONGEST_LINE) -> str:
        """Return one line without the blanks around it."""
        text = " ".join(self.values.get(name, "").split())
        if required and not text:
            self.wrong(name, N_("This is needed."))
        if len(text) > most:
            self.wrong(name, N_("This may have %(most)s characters at most."), most=most)
        return text[:most]

    def lines(self, name: str) -> str:
        """Return a text of several lines."""
        text = self.values.get(name, "").replace("\r\n", "\n").strip()
        if len(text) > _LONGEST_TEXT:
            self.wrong(name, N_("This may have %(most)s characters at most."), most=_LONGEST_TEXT)
        return text[:_LONGEST_TEXT]

    def choice(self, name: str, options: Iterable[str], *, otherwise: str = "") -> str:
        """Return one of *options*."""
        value = self.values.get(name, "")
        return value if value in options else otherwise

    def checked(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return bool(self.values.get(name))

    def day(self, name: str) -> date | None:
        """Return a day, None where the field is empty."""
        text = self.text(name)
        if not text:
            return None
        day = _day(text)
        if day is None:
            self.wrong(name, N_("This is no date. Write it as 31.12.2026 or 2026-12-31."))
        return day

    def days(self, since: str, until: str) -> tuple[date | None, date | None]:
        """Return the days from and until which something holds."""
        first, last = self.day(since), self.day(until)
        if first and last and last < first:
            self.wrong(until, N_("This lies before the first day."))
        return first, last

    def email(self, name: str, *, required: bool = True) -> Address | None:
        """Return an e-mail address."""
        text = self.text(name, required=required, most=320)
        address = Address.parse(text) if text else None
        if text and (address is None or ("." not in address.domain and not address.domain.startswith("["))):
            self.wrong(name, N_("This is no e-mail address. One looks like anna@muster.ch."))
            return None
        return address

    def domain(self, name: str, *, required: bool = True) -> str:
        """Return the registrable domain that one organisation alone uses for its mail."""
        text = self.text(name, required=required, most=255)
        if not text:
            return ""
        host = text.lower().partition("://")[2] or text.lower()
        host = host.partition("/")[0].rpartition("@")[2].partition(":")[0].removeprefix("www.")
        address = Address.parse(f"postmaster@{host}")
        domain = address.private_domain if address else None
        if address and is_shared(address.domain_key):
            self.wrong(name, N_("Anybody can get an address at this domain; it tells no organisation."))
        elif domain is None:
            self.wrong(name, N_("This is no domain of an organisation. One looks like muster.ch."))
        return domain or ""

    def registered_number(self, name: str) -> str:
        """Return an IBAN, UID or VAT number as it is kept."""
        text = self.text(name, required=True, most=60)
        found = registered_number(text) if text else None
        if text and found is None:
            self.wrong(
                name,
                N_(
                    "This is no IBAN, UID or VAT number: compare it digit by digit, its check digits do not fit."
                ),
            )
        return found[1] if found else ""


async def posted_form(request: web.Request) -> Form:
    """Return the form that was sent with *request*."""
    posted = await request.post()
    return Form({name: cleaned(value) for name, value in posted.items() if isinstance(value, str)})


def form_of(values: Mapping[str, Any]) -> Form:
    """Return a form that shows *values*, to be changed."""
    return Form({name: _shown(value) for name, value in values.items()})


def text_in(request: web.Request, name: str, *, most: int = 200) -> str:
    """Return a search word or the like from the address."""
    return cleaned(request.query.get(name, ""))[:most].strip()


def cleaned(text: str) -> str:
    """Return *text* without what no database keeps: NULs, lone surrogates, other control characters."""
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    numbers = text.replace("/", ".").split(".")
    try:
        day, month, year = (int(number) for number in numbers)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
