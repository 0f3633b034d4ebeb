"""An address is entered for a person or an organisation, and was theirs on that day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mail.address import untagged
from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from matcher.names import named
from matcher.naming import Fullness, by_greeting, by_signature
from matcher.parties import Outsider
from matcher.signs.greeted import greeted_by_us
from storage.entries import Strength
from storage.lookups import Holder, KnownPerson, valid_on
from storage.reasons import Reason


async def exact_address(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whose each outside address is.

    Of several who share one, the display name or the signature tells which; without it each of
    them is weak evidence, and the organisation that has the address is certain.
    """
    return [evidence for outsider in case.parties.outsiders for evidence in _at(outsider, look_ups, case)]


def _at(outsider: Outsider, look_ups: LookUps, case: Case) -> Iterator[Evidence]:
    """Yield whose an address is as it stands; where nobody has it so, whose it is without its tag (RFC 5233)."""
    if known := look_ups.holders.get(outsider.key):
        yield from _of(outsider, known, case, look_ups)
        return
    bare, tag = untagged(outsider.key)
    for one in _of(outsider, look_ups.holders.get(bare, ()), case, look_ups) if tag else ():
        party = one.person or one.organisation
        if party is None or one.strength is not Strength.CERTAIN:
            yield one
            continue
        parameters = {"address": str(outsider.address), "entered": bare, "correspondent": party.name}
        yield replace(one, reason=Reason.PLUS_ADDRESS, parameters=parameters)


def _of(outsider: Outsider, known: Sequence[Holder], case: Case, look_ups: LookUps) -> Iterator[Evidence]:
    holders = [one for one in known if valid_on(case.day, one.since, one.until)]
    if known and not holders:
        names = dict.fromkeys(_name(one) for one in known)
        parameters = {"address": str(outsider.address), "correspondent": ", ".join(names)}
        yield Evidence(outsider.key, Strength.WEAK, Reason.ANOTHER_TIME, parameters)
    for one in holders:
        if one.organisation and not one.person:
            parameters = {"address": str(outsider.address), "organisation": one.organisation.name}
            yield Evidence(
                outsider.key,
                Strength.CERTAIN,
                Reason.ORGANISATION_ADDRESS,
                parameters,
                organisation=one.organisation,
            )
    shared = len({one.person or one.organisation for one in holders}) > 1
    persons = [one for one in holders if one.person]
    chosen = (
        _chosen(outsider, [one.person for one in persons if one.person], case, look_ups) if shared else None
    )
    yield from _persons(outsider, persons, chosen, shared=shared)


def _chosen(
    outsider: Outsider, persons: Sequence[KnownPerson], case: Case, look_ups: LookUps
) -> KnownPerson | None:
    """Return who of several is named by the display name, or where that names nobody by signature or salutation."""
    if by_display := named(outsider.name, persons):
        return by_display
    if greeted := greeted_by_us(case, outsider):
        naming = by_greeting(greeted, persons)
        is_one = (
            naming and len(naming.persons) == 1 and (greeted.is_titled or naming.fullness is Fullness.FULL)
        )
        return naming.persons[0] if naming and is_one else None
    signers = look_ups.signs_of(case).signers if outsider == author_of(case) else ()
    signed = by_signature(signers, persons)
    return signed.persons[0] if signed else None


def _persons(
    outsider: Outsider, holders: Sequence[Holder], chosen: KnownPerson | None, *, shared: bool
) -> Iterator[Evidence]:
    for one in holders:
        if one.person is None:
            continue
        strength, reason = Strength.CERTAIN, Reason.EXACT_ADDRESS
        if shared:
            by_name = one.person == chosen
            strength = Strength.CERTAIN if by_name else Strength.WEAK
            reason = Reason.NAMED_OF_SEVERAL if by_name else Reason.EXACT_ADDRESS
        yield Evidence(
            outsider.key, strength, reason, _parameters(outsider, one.person), one.person, one.organisation
        )


def _parameters(outsider: Outsider, person: KnownPerson) -> dict[str, str]:
    return {"address": str(outsider.address), "person": person.name}


def _name(holder: Holder) -> str:
    party = holder.person or holder.organisation
    return party.name if party else ""
