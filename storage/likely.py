"""Who may an open participant be, by what the matcher found?  Kept with its reason, the likeliest first."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from storage.lookups import KnownOrganisation, KnownPerson

PARAMETER: Final = "candidates"
_MOST: Final = 6
_PERSON, _ORGANISATION = "p", "o"


def likely_parameter(candidates: Sequence[KnownPerson | KnownOrganisation]) -> dict[str, str]:
    """Return the parameter of a reason that keeps *candidates*; no sentence shows it.

    >>> likely_parameter([KnownOrganisation(7, "Muster AG")])
    {'candidates': 'o7'}
    """
    marks = [f"{_PERSON if isinstance(one, KnownPerson) else _ORGANISATION}{one.id}" for one in candidates]
    return {PARAMETER: " ".join(marks[:_MOST])} if marks else {}


def likely_ids(parameters: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """Return the persons and the organisations that the parameters of a reason keep."""
    marks = str(parameters.get(PARAMETER, "")).split()
    persons, organisations = (
        [int(mark[1:]) for mark in marks if mark[:1] == kind and mark[1:].isdecimal()]
        for kind in (_PERSON, _ORGANISATION)
    )
    return persons, organisations
