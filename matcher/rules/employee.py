"""A new address of a known organisation, or one that its persons share, gives the name of one of them."""

from collections.abc import Iterator, Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from matcher.naming import Fullness, Naming
from matcher.parties import Outsider
from storage.entries import Strength
from storage.lookups import KnownOrganisation
from storage.reasons import Reason


async def employee(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return who of an organisation is named: by display name, else by local part, else by signature.

    At an address that the organisation's persons share, a message of ours names them by its salutation.

    Namesakes are weak evidence each: nobody guesses between them.  So is an initial of somebody
    who has an address there already, and a family or given name alone.
    """
    return [
        each
        for outsider in case.parties.outsiders
        if (found := look_ups.naming(case, outsider))
        for each in _of(outsider, *found, look_ups)
    ]


def _of(outsider: Outsider, naming: Naming, firm: KnownOrganisation, look_ups: LookUps) -> Iterator[Evidence]:
    titled = naming.greeted is not None and naming.greeted.is_titled
    if naming.fullness is Fullness.PART and len(naming.persons) > 1 and not titled:
        return
    sure = len(naming.persons) == 1 and _is_sure(outsider, naming, look_ups)
    reason = Reason.GREETED if naming.greeted else Reason.SIGNED_BY_PERSON
    if not naming.greeted and naming.text in (outsider.name, outsider.address.local_part):
        reason = Reason.NAMED_AT_ORGANISATION
    for person in naming.persons:
        yield Evidence(
            outsider.key,
            Strength.STRONG if sure else Strength.WEAK,
            reason,
            {
                "address": str(outsider.address),
                "organisation": firm.name,
                "person": person.name,
                "name": naming.text,
            },
            person,
            firm,
        )


def _is_sure(outsider: Outsider, naming: Naming, look_ups: LookUps) -> bool:
    if naming.greeted and naming.greeted.is_titled:
        return True  # whoever writes to them knows who works there
    if naming.is_doubtful or naming.fullness is Fullness.PART:
        return False
    if naming.fullness is Fullness.FULL:
        return True
    there = look_ups.reachable_at.get(naming.persons[0].id, ())
    return (outsider.address.private_domain or outsider.address.domain_key) not in there
