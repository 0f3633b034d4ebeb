"""Who answers in one of our conversations is likely one of those who took part in it."""

from collections.abc import Iterator, Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from matcher.names import named
from matcher.parties import Outsider
from storage.entries import ParticipantRole, Strength
from storage.lookups import KnownOrganisation, KnownPerson, Party, valid_on
from storage.reasons import Reason


async def own_thread(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whom the messages that this one refers to were with, as far as it tells who is who.

    An address that took part before is whom it was taken for then.  A new one, or one that
    nobody could tell, that answers is the person whose name it gives; failing that, somebody of the only
    organisation, if its own domain does not say otherwise.
    """
    parties = [one for one in look_ups.parties_in_thread(case.message) if not _is_over(one, case, look_ups)]
    found: list[Evidence] = []
    for outsider in case.parties.outsiders if parties else ():
        before = [
            one for one in parties if one.key == outsider.key and (one.person_id or one.organisation_id)
        ]
        if before:
            found += _seen_before(outsider, before, look_ups)
        elif outsider.role is ParticipantRole.FROM:
            found += _new_address(outsider, parties, look_ups)
    return found


def _is_over(party: Party, case: Case, look_ups: LookUps) -> bool:
    """Tell whether an address is no longer, or not yet, that of the person it was taken for."""
    times = [
        valid_on(case.day, one.since, one.until)
        for one in look_ups.holders.get(party.key, ())
        if one.person and one.person.id == party.person_id
    ]
    return bool(times) and not any(times)


def _seen_before(outsider: Outsider, before: Sequence[Party], look_ups: LookUps) -> Iterator[Evidence]:
    for party in before:
        person, organisation = _known(party, look_ups)
        correspondent = person or organisation
        if correspondent is None:
            continue
        parameters = {"address": str(outsider.address), "correspondent": correspondent.name}
        strength = Strength.STRONG if person else Strength.WEAK
        # Where a person works may have changed since: their roles tell.
        yield Evidence(
            outsider.key,
            strength,
            Reason.OWN_THREAD,
            parameters,
            person,
            None if person else organisation,
        )


def _new_address(outsider: Outsider, parties: Sequence[Party], look_ups: LookUps) -> Iterator[Evidence]:
    known = [_known(party, look_ups) for party in parties]
    persons = [person for person, _ in known if person]
    organisations = {organisation for _, organisation in known if organisation}
    if person := named(outsider.name, persons):
        parameters = {"address": str(outsider.address), "person": person.name}
        yield Evidence(outsider.key, Strength.STRONG, Reason.NAMED_IN_THREAD, parameters, person)
    elif len(organisations) == 1 and outsider.address.private_domain is None:
        organisation = organisations.pop()
        parameters = {"address": str(outsider.address), "organisation": organisation.name}
        yield Evidence(
            outsider.key,
            Strength.WEAK,
            Reason.THREAD_OF_ORGANISATION,
            parameters,
            organisation=organisation,
        )


def _known(party: Party, look_ups: LookUps) -> tuple[KnownPerson | None, KnownOrganisation | None]:
    person = look_ups.persons.get(party.person_id) if party.person_id else None
    organisation = look_ups.organisations.get(party.organisation_id) if party.organisation_id else None
    return person, organisation
