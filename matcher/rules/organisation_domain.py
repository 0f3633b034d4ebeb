"""A stranger who writes from a known organisation's domain, or one below it, belongs to it."""

from collections.abc import Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from storage.entries import Strength
from storage.reasons import Reason


async def organisation_domain(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return the organisation of each outside address's domain; the nearest, as a part of a firm may have its own.

    Free-mail and hosting domains name nobody: `private_domain` gives None for them.
    """
    found = ((outsider, look_ups.organisation_at(outsider)) for outsider in case.parties.outsiders)
    return [
        Evidence(
            outsider.key,
            Strength.STRONG,
            Reason.ORGANISATION_DOMAIN,
            {"domain": known[0], "organisation": known[1].name},
            organisation=known[1],
        )
        for outsider, known in found
        if known
    ]
