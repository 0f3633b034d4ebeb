"""Are two persons one?  Their name must fit, and something that is theirs alone beside it."""

from mail.domains import is_shared
from matcher.duplicates.cards import PersonCard
from matcher.duplicates.person_names import Fit, NameFit, name_fit
from matcher.duplicates.places import PlaceFit, best_fit
from matcher.duplicates.verdict import Finding, Likeness, Verdict, verdict
from matcher.duplicates.words import slips

ENOUGH, PLENTY = 9, 13
_FAMILY = {
    Fit.EQUAL: 4,
    Fit.CLOSE: 3,
    Fit.PART: 2,
    Fit.INITIAL: 0,
    Fit.LIKE: 0,
    Fit.UNKNOWN: 0,
    Fit.OTHER: -4,
}
_GIVEN = {
    Fit.EQUAL: 3,
    Fit.SHORT: 2,
    Fit.CLOSE: 2,
    Fit.PART: 0,
    Fit.INITIAL: 0,
    Fit.LIKE: -1,
    Fit.UNKNOWN: -1,
    Fit.OTHER: -6,
}
_PLACES = {
    PlaceFit.EQUAL: Finding(Likeness.ADDRESS, 5),
    PlaceFit.CLOSE: Finding(Likeness.CLOSE_ADDRESS, 4),
    PlaceFit.STREET: Finding(Likeness.PLACE, 2),
    PlaceFit.PLACE: Finding(Likeness.PLACE, 1),
    PlaceFit.MOVED: Finding(Likeness.PLACE, 1),
    PlaceFit.UNKNOWN: None,
    PlaceFit.OTHER: Finding(Likeness.OTHER_ADDRESS, -1),
}
# Born on the same day: more often married, or called by a second name, than a twin.
_GIVEN_OF_SAME_DAY = _GIVEN | {Fit.CLOSE: 3, Fit.SHORT: 3, Fit.LIKE: 0, Fit.UNKNOWN: 0, Fit.OTHER: -2}
_FAMILY_OF_SAME_DAY = _FAMILY | {Fit.CLOSE: 4, Fit.LIKE: 1, Fit.OTHER: -1}
_GENERATION = range(15, 56)  # years: a son has the name of his father, and lives there
_ADDRESS_OF_SAME_DAY = Finding(Likeness.ADDRESS, 6)
_MOST_OF_HOUSEHOLD = 4  # what all who live or work there share


def judge(one: PersonCard, other: PersonCard) -> Verdict:
    """Return whether two persons are one, and why.

    >>> hans = PersonCard(1, "Hans", "Müller", emails=frozenset({"hm@muster.ch"}))
    >>> judge(hans, PersonCard(2, "Mueller", "Dr. Hans", emails=frozenset({"hm@muster.ch"}))).strength.value
    'certain'
    >>> judge(hans, PersonCard(3, "Hans", "Müller")).strength is None
    True
    """
    fit = name_fit((one.given_name, one.family_name), (other.given_name, other.family_name))
    same_day = bool(one.birthday) and one.birthday == other.birthday
    findings = [
        _names(one, other, fit, same_day=same_day),
        _birthday(one.birthday, other.birthday),
        _emails(one, other),
        *_shared(one, other, fit, same_day=same_day),
    ]
    return verdict(findings, enough=ENOUGH, plenty=PLENTY)


def _names(one: PersonCard, other: PersonCard, fit: NameFit, *, same_day: bool) -> Finding:
    given, family = (_GIVEN_OF_SAME_DAY, _FAMILY_OF_SAME_DAY) if same_day else (_GIVEN, _FAMILY)
    return Finding(_kind_of_name(one, other, fit), given[fit.given] + family[fit.family])


def _kind_of_name(one: PersonCard, other: PersonCard, fit: NameFit) -> Likeness:
    if Fit.OTHER in {fit.given, fit.family}:
        return Likeness.OTHER_NAME
    if fit.swapped:
        return Likeness.NAME_ORDER
    worst = min(fit.given, fit.family)
    if worst is Fit.EQUAL:
        same = (one.given_name, one.family_name) == (other.given_name, other.family_name)
        return Likeness.SAME_NAME if same else Likeness.SPELLING
    return {
        Fit.SHORT: Likeness.SHORT_FORM,
        Fit.CLOSE: Likeness.CLOSE_NAME,
        Fit.LIKE: Likeness.CLOSE_NAME,
        Fit.INITIAL: Likeness.INITIAL,
    }.get(worst, Likeness.PART_OF_NAME)


def _birthday(one: str, other: str) -> Finding | None:
    if not one or not other:
        return None
    if one == other:
        return Finding(Likeness.BIRTHDAY, 6)
    swapped = one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]
    if swapped or (len(one) == len(other) and slips(one, other) == 1):
        return Finding(Likeness.CLOSE_BIRTHDAY, 4)
    if _years_apart(one, other) in _GENERATION:
        return Finding(Likeness.OTHER_BIRTHDAY, -9)
    return Finding(Likeness.OTHER_BIRTHDAY, -1 if slips(one, other) == 2 else -2)


def _years_apart(one: str, other: str) -> int:
    years = [int(day[:4]) if day[:4].isdecimal() else 0 for day in (one, other)]
    return abs(years[0] - years[1])


def _emails(one: PersonCard, other: PersonCard) -> Finding | None:
    """A firm seldom gives somebody two addresses at its domain: then it has two of the name."""
    if one.emails & other.emails:
        return Finding(Likeness.EMAIL, 6)
    hosts, its_hosts = ({email.rpartition("@")[2] for email in card.emails} for card in (one, other))
    if any(not is_shared(host) for host in hosts & its_hosts):
        return Finding(Likeness.OTHER_EMAIL, -3)
    return None


def _shared(one: PersonCard, other: PersonCard, fit: NameFit, *, same_day: bool) -> list[Finding]:
    """Return what one shares with a family or an office: little, where nothing says that it is the same person."""
    place = best_fit(one.places, other.places)
    found = [_ADDRESS_OF_SAME_DAY if same_day and place is PlaceFit.EQUAL else _PLACES[place]]
    if one.phones & other.phones:
        found.append(Finding(Likeness.PHONE, 4))
    if one.employers & other.employers:
        found.append(Finding(Likeness.EMPLOYER, 3))
    all_of_it = same_day or fit.swapped or (fit.given > Fit.INITIAL and fit.family > Fit.UNKNOWN)
    left, bounded = _MOST_OF_HOUSEHOLD, []
    for finding in filter(None, found):
        points = finding.points if all_of_it else min(finding.points, left)
        bounded.append(Finding(finding.likeness, points))
        left -= max(points, 0)
    return bounded
