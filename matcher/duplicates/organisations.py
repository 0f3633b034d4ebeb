"""Are two organisations one?  Sisters of a group share telephone, domain and house: their names must fit."""

from itertools import product

from mail.domains import is_shared
from matcher.duplicates.cards import OrganisationCard
from matcher.duplicates.firm_names import FirmFit, firm_fit, firm_words, forms
from matcher.duplicates.places import PlaceFit, best_fit
from matcher.duplicates.verdict import Finding, Likeness, Verdict, verdict

ENOUGH, PLENTY = 9, 12
_LONG = 12  # letters: one of them wrong is a slip
_NAMES = {
    FirmFit.EQUAL: Finding(Likeness.SPELLING, 6),
    FirmFit.SHORT: Finding(Likeness.ABBREVIATION, 5),
    FirmFit.CLOSE: Finding(Likeness.CLOSE_NAME, 4),
    FirmFit.ACRONYM: Finding(Likeness.ACRONYM, 2),
    FirmFit.OTHER: Finding(Likeness.OTHER_NAME, -9),
}
_PLACES = {
    PlaceFit.EQUAL: Finding(Likeness.ADDRESS, 4),
    PlaceFit.CLOSE: Finding(Likeness.CLOSE_ADDRESS, 3),
    PlaceFit.STREET: Finding(Likeness.PLACE, 1),
    PlaceFit.PLACE: Finding(Likeness.PLACE, 2),
    PlaceFit.MOVED: Finding(Likeness.PLACE, 1),
    PlaceFit.UNKNOWN: None,
    PlaceFit.OTHER: Finding(Likeness.OTHER_ADDRESS, -4),
}


def judge(one: OrganisationCard, other: OrganisationCard) -> Verdict:
    """Return whether two organisations are one, and why.

    >>> phones = frozenset({"+41441112233"})
    >>> bau = OrganisationCard(1, ("Müller Bau AG",), phones=phones)
    >>> judge(bau, OrganisationCard(2, ("Mueller Bau",), phones=phones)).strength.value
    'strong'
    >>> judge(bau, OrganisationCard(3, ("Müller Immobilien AG",), phones=phones)).strength is None
    True
    """
    findings = [
        _names(one, other),
        _forms(one, other),
        _domains(one, other),
        _PLACES[best_fit(one.places, other.places)],
        Finding(Likeness.PHONE, 4) if one.phones & other.phones else None,
        Finding(Likeness.EMAIL, 4) if one.emails & other.emails else None,
        Finding(Likeness.RELATED, -9) if one.parent == other.id or other.parent == one.id else None,
    ]
    return verdict(findings, enough=ENOUGH, plenty=PLENTY)


def _names(one: OrganisationCard, other: OrganisationCard) -> Finding:
    """Return how the best of their names fit; one of several words is seldom another firm's too."""
    best = max(product(one.names, other.names), key=lambda pair: firm_fit(*pair))
    fit = firm_fit(*best)
    if fit is FirmFit.CLOSE and min(map(len, best)) >= _LONG:
        return Finding(Likeness.CLOSE_NAME, 5)
    if fit is not FirmFit.EQUAL:
        return _NAMES[fit]
    name, its_name = (written.casefold() for written in best)
    points = _NAMES[fit].points + (len(firm_words(name)) > 1)
    if name == its_name:
        return Finding(Likeness.SAME_NAME, points)
    return Finding(Likeness.LEGAL_FORM if name in its_name or its_name in name else Likeness.SPELLING, points)


def _forms(one: OrganisationCard, other: OrganisationCard) -> Finding | None:
    kinds, its_kinds = (forms(card.names[0], card.legal_form) for card in (one, other))
    return Finding(Likeness.OTHER_LEGAL_FORM, -12) if kinds and its_kinds and not kinds & its_kinds else None


def _domains(one: OrganisationCard, other: OrganisationCard) -> Finding | None:
    own, its = ({domain for domain in card.domains if not is_shared(domain)} for card in (one, other))
    if own & its:
        return Finding(Likeness.DOMAIN, 4)
    if {domain.partition(".")[0] for domain in own} & {domain.partition(".")[0] for domain in its}:
        return Finding(Likeness.DOMAIN_NAME, 3)
    return None
