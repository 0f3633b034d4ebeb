"""What does the evidence about an address come to?  This person, this organisation, or nobody yet.

Pure.  CERTAIN beats STRONG beats WEAK; two of equal strength are not decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.evidence import Evidence
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson, RoleHeld
from storage.reasons import Reason

_RANKS = {Strength.CERTAIN: 3, Strength.STRONG: 2, Strength.WEAK: 1}
_MOST_LISTED = 3
_NAMED = frozenset({Reason.NAMED_AT_ORGANISATION, Reason.SIGNED_BY_PERSON, Reason.GREETED})


@dataclass(frozen=True, slots=True)
class Match:
    """Whom an address was taken for, and why; with an open reason a person must look, at the *candidates* first."""

    reason: Reason
    parameters: Mapping[str, str]
    person: KnownPerson | None = None
    organisation: KnownOrganisation | None = None
    function: str = ""
    strength: Strength | None = None
    candidates: tuple[KnownPerson | KnownOrganisation, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether it is somebody, and nobody needs to look who."""
        return (self.person is not None or self.organisation is not None) and not self.reason.is_open


def decide(address: str, evidence: Sequence[Evidence], *, on: date) -> Match:
    """Return whom *address* was on a day, by the evidence about it.

    A person needs more than weak evidence.  An organisation may rest on it: the
    entry then stands where somebody will look, marked as a guess.  Hints decide nothing;
    nobody looks at who is ignored.
    """
    match = _decided(address, evidence, on)
    if not match.reason.is_open:
        return match
    for one in evidence:
        if one.reason is Reason.IGNORED_ADDRESS:
            return replace(match, reason=one.reason, parameters=one.parameters)
    return replace(match, candidates=tuple(candidates(evidence)))


def _decided(address: str, evidence: Sequence[Evidence], on: date) -> Match:
    persons = _strongest([one for one in evidence if one.person])
    organisations = _strongest(
        [one for one in evidence if one.organisation and not one.person and not one.reason.is_hint]
    )
    alone = organisations[0] if len(organisations) == 1 else None
    if len(persons) == 1 and persons[0].strength is not Strength.WEAK:
        if not (alone and _outranks(alone, persons[0], on)):
            return _person(persons[0], organisations, on)
    elif len(persons) > 1 and (_are_namesakes(persons) or not (alone and alone.strength is Strength.CERTAIN)):
        return _several(address, persons, alone, on)
    if alone:
        return Match(alone.reason, alone.parameters, organisation=alone.organisation, strength=alone.strength)
    if organisations:
        return Match(Reason.CONFLICTING_EVIDENCE, {"address": address})
    return _nobody(address, evidence)


def _strongest(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the strongest evidence, one for each correspondent that it is for."""
    top = max((_RANKS[one.strength] for one in evidence), default=0)
    by_party: dict[int, Evidence] = {}
    for one in evidence:
        party = one.person or one.organisation
        if party and _RANKS[one.strength] == top:
            by_party.setdefault(party.id, one)
    return list(by_party.values())


def _outranks(organisation: Evidence, person: Evidence, on: date) -> bool:
    """Tell whether evidence for an organisation is stronger than that for a person who is not of it."""
    if _RANKS[organisation.strength] <= _RANKS[person.strength]:
        return False
    return organisation.organisation not in _employers(person, on)


def _employers(evidence: Evidence, on: date) -> list[KnownOrganisation]:
    roles = evidence.person.roles_on(on) if evidence.person else ()
    named = [evidence.organisation] if evidence.organisation else []
    return list(dict.fromkeys([*named, *(role.organisation for role in roles)]))


def _person(found: Evidence, organisations: Sequence[Evidence], on: date) -> Match:
    """Return the match with a person, and with the organisation where they worked on that day."""
    roles = found.person.roles_on(on) if found.person else ()
    role = _role(found, roles, {one.organisation for one in organisations})
    organisation = found.organisation or (role.organisation if role else None)
    if organisation is None and not roles and len(organisations) == 1:
        organisation = organisations[0].organisation
    function = role.function if role else ""
    return Match(found.reason, found.parameters, found.person, organisation, function, found.strength)


def _role(
    found: Evidence, roles: Sequence[RoleHeld], supported: set[KnownOrganisation | None]
) -> RoleHeld | None:
    """Return the role in which a person wrote: their only one, or the one that other evidence supports."""
    if found.organisation:
        roles = [role for role in roles if role.organisation == found.organisation]
    if len({role.organisation for role in roles}) > 1:
        roles = [role for role in roles if role.organisation in supported]
    return roles[-1] if len({role.organisation for role in roles}) == 1 else None


def _several(address: str, persons: Sequence[Evidence], alone: Evidence | None, on: date) -> Match:
    """Return the match with the organisation that all persons in question share; which of them stays open."""
    reason, parameters = _why_open(address, persons)
    shared = [
        employer
        for employer in _employers(persons[0], on)
        if all(employer in _employers(one, on) for one in persons)
    ]
    organisation = shared[0] if len(shared) == 1 else alone.organisation if alone and not shared else None
    strength = persons[0].strength if organisation else None
    return Match(reason, parameters, organisation=organisation, strength=strength)


def _why_open(address: str, persons: Sequence[Evidence]) -> tuple[Reason, dict[str, str]]:
    """Return why persons of equal evidence are not told apart: they share the address, or their name."""
    reasons = {one.reason for one in persons}
    if reasons == {Reason.EXACT_ADDRESS}:
        return Reason.SEVERAL_PERSONS, {"address": address}
    if _are_namesakes(persons):
        names = ", ".join(sorted(one.person.name for one in persons if one.person))
        parameters = {"name": persons[0].parameters.get("name", ""), "correspondents": names}
        return Reason.SEVERAL_OF_THIS_NAME, parameters
    return Reason.CONFLICTING_EVIDENCE, {"address": address}


def _are_namesakes(persons: Sequence[Evidence]) -> bool:
    """Tell whether a message names somebody, and several are called so."""
    return all(one.reason in _NAMED for one in persons)


def _nobody(address: str, evidence: Sequence[Evidence]) -> Match:
    for one in evidence:
        if one.reason.is_open:
            return Match(one.reason, one.parameters)
    if names := dict.fromkeys(one.name for one in candidates(evidence)):
        listed = ", ".join(list(names)[:_MOST_LISTED])
        return Match(Reason.MAY_BE, {"address": address, "correspondents": listed})
    return Match(Reason.UNKNOWN_ADDRESS, {"address": address})


def candidates(evidence: Sequence[Evidence]) -> list[KnownPerson | KnownOrganisation]:
    """Return whom the evidence is for, the likeliest first: the stronger, then persons, then by more evidence."""
    score: dict[tuple[bool, int], tuple[int, int, int]] = {}
    parties: dict[tuple[bool, int], KnownPerson | KnownOrganisation] = {}
    for one in evidence:
        party = one.person or one.organisation
        if party is None:
            continue
        key = one.person is not None, party.id
        parties[key] = party
        best, _, number = score.get(key, (0, 0, 0))
        rank = 0 if one.reason.is_hint else _RANKS[one.strength]
        score[key] = max(best, rank), int(key[0]), number + 1
    return [parties[key] for key in sorted(score, key=lambda key: score[key], reverse=True)]
