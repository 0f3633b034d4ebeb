"""Which organisation is meant by a name that may be misspelt, or read wrongly from paper?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.legal_forms import firm_name, form_of, ways_of
from storage import lookups
from storage.lookups import KnownOrganisation
from storage.near_names import NearName, letters_of, nearly_named, slips_allowed
from storage.sort_keys import LONGEST, sort_key

MOST: Final = 5
_MORE: Final = 4  # times as many are looked at: some have another legal form
# What a name may end with where its legal form was not written.
_USUAL_FORMS: Final = tuple(form_of(way) for way in ("ag", "gmbh", "kg", "ev"))


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that is, or *was*, called nearly so; *slips*: letters that differ, swapped ones once."""

    organisation: KnownOrganisation
    slips: int
    was: bool


async def alike(written: str, *, most: int = MOST) -> list[Alike]:
    """Return who has nearly this name, with or without its legal form; who is the most alike first."""
    ways = _ways(written)
    near = await nearly_named(ways)
    slips = _slips(ways, near)
    best: dict[int, tuple[int, bool]] = {}
    for one, count in sorted(zip(near, slips, strict=True), key=lambda pair: pair[1]):
        if count <= slips_allowed(len(one.letters)):
            best.setdefault(one.organisation_id, (count, one.was))
    chosen = dict(list(best.items())[: most * _MORE])
    known = await lookups.organisations(chosen)
    form = firm_name(written[:LONGEST]).form
    found = [Alike(known[row_id], count, was) for row_id, (count, was) in chosen.items() if row_id in known]
    return [one for one in found if _may_have(form, one)][:most]


def _may_have(form: int | None, one: Alike) -> bool:
    """Tell whether the legal form does not speak against it: `Muster AG` is not `Muster GmbH`."""
    its = None if one.was else firm_name(one.organisation.name).form
    return form is None or its is None or form == its


def _ways(written: str) -> list[str]:
    """Return how a table may write the name: as it stands there, without its legal form, with another way of it."""
    name = firm_name(written[:LONGEST])
    forms = (name.form,) if name.form is not None else _USUAL_FORMS
    ended = [name.bare + way for form in forms if form is not None for way in ways_of(form) if " " not in way]
    ways = (letters_of(way) for way in (sort_key(written), name.bare, *ended))
    return list(dict.fromkeys(way for way in ways if way))


def _slips(ways: Collection[str], near: Collection[NearName]) -> list[int]:
    """Return by how many letters each name differs from the way that is the most like it."""
    if not near:
        return []
    names = [one.letters for one in near]
    return [int(least) for least in process.cdist(ways, names, scorer=OSA.distance).min(axis=0)]
