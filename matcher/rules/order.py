"""The rules, in the order in which their reasons are preferred where they agree."""

from collections.abc import Awaitable, Sequence
from typing import Protocol

from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from matcher.rules.customer_number import customer_number
from matcher.rules.employee import employee
from matcher.rules.exact_address import exact_address
from matcher.rules.ignored import ignored
from matcher.rules.letterhead import letterhead
from matcher.rules.organisation_domain import organisation_domain
from matcher.rules.organisation_name import organisation_name
from matcher.rules.own_thread import own_thread
from matcher.rules.phone_number import phone_number
from matcher.rules.registered_number import registered_number
from matcher.rules.reply_code import reply_code


class Rule(Protocol):
    """Reads, never writes, never decides."""

    __name__: str

    def __call__(self, case: Case, look_ups: LookUps, /) -> Awaitable[Sequence[Evidence]]:
        """Return what speaks for the outsiders of a case being somebody."""


RULES: tuple[Rule, ...] = (
    reply_code,
    exact_address,
    letterhead,
    own_thread,
    employee,
    organisation_domain,
    registered_number,
    phone_number,
    customer_number,
    organisation_name,
    ignored,
)
