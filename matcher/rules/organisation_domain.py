"""A stranger who writes from a known organisation's domain belongs to it."""

from collections.abc import Sequence

from matcher.evidence import Case, Evidence
from matcher.look_ups import LookUps
from storage.entries import Strength
from storage.reasons import Reason


async def organisation_domain(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return the organisation of each outside address's domain.

    Free-mail and hosting domains name nobody: `private_domain` gives None for them.
    """
    found: list[Evidence] = []
    for outsider in case.parties.outsiders:
        registrable = outsider.address.private_domain
        if registrable is None:
            continue
        # A part of a firm may have an entry of its own for its subdomain.
        for domain in (outsider.address.domain_key, registrable):
            if organisation := look_ups.domains.get(domain):
                parameters = {"domain": domain, "organisation": organisation.name}
                found.append(
                    Evidence(
                        outsider.key,
                        Strength.STRONG,
                        Reason.ORGANISATION_DOMAIN,
                        parameters,
                        organisation=organisation,
                    )
                )
                break
    return found
