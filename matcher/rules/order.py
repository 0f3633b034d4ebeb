"""The rules, in the order in which their reasons are preferred where they agree."""

from collections.abc import Awaitable, Callable, Sequence

from matcher.evidence import Case, Evidence
from matcher.look_ups import LookUps
from matcher.rules.exact_address import exact_address
from matcher.rules.ignored import ignored
from matcher.rules.organisation_domain import organisation_domain
from matcher.rules.own_thread import own_thread

# Reads, never writes, never decides.
Rule = Callable[[Case, LookUps], Awaitable[Sequence[Evidence]]]

RULES: tuple[Rule, ...] = (exact_address, own_thread, organisation_domain, ignored)
