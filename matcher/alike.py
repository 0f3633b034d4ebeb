"""Which organisation is meant by a name that may be misspelt, or read wrongly from paper?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from matcher.legal_forms import firm_name, ways_of
from storage import lookups
from storage.lookups import KnownOrganisation
from storage.near_names import NearNames, letters_of, nearly_named, slips_allowed
from storage.sort_keys import LONGEST, sort_key

MOST: Final = 5
_MORE: Final = 4  # times as many are looked at: some have another legal form
# What a name may end with where its legal form was not written.
_USUAL_FORMS: Final = ("ag", "gmbh")
_MOST_SLIPS: Final = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that is, or *was*, called nearly so; *slips*: letters that differ, swapped ones once."""

    organisation: KnownOrganisation
    slips: int
    was: bool


async def alike(written: str, *, most: int = MOST) -> list[Alike]:
    """Return who has nearly this name, with or without its legal form; who is the most alike first."""
    ways = _ways(written)
    near = [
        found for was in (False, True) for found in _nearest(ways, await nearly_named(ways, was=was), was=was)
    ]
    best: dict[int, tuple[int, bool]] = {}
    for count, _, row_id, was in sorted(near):
        best.setdefault(row_id, (count, was))
    chosen = dict(list(best.items())[: most * _MORE])
    known = await lookups.organisations(chosen)
    form = firm_name(written[:LONGEST]).form
    found = [Alike(known[row_id], count, was) for row_id, (count, was) in chosen.items() if row_id in known]
    return [one for one in found if _may_have(form, one)][:most]


def _nearest(ways: Sequence[str], names: NearNames, *, was: bool) -> Iterator[tuple[int, float, int, bool]]:
    """Yield by how many letters names differ from a way, how unlike they are otherwise, and whose they are."""
    if not names.letters:
        return
    slips = process.cdist(ways, names.letters, scorer=OSA.distance, score_cutoff=_MOST_SLIPS).min(axis=0)
    for at in (slips <= _MOST_SLIPS).nonzero()[0]:
        letters, count = names.letters[at], int(slips[at])
        if count <= slips_allowed(len(letters)):
            yield count, -fuzz.ratio(ways[0], letters), names.organisation_ids[at], was


def _may_have(form: int | None, one: Alike) -> bool:
    """Tell whether the legal form does not speak against it: `Muster AG` is not `Muster GmbH`."""
    its = None if one.was else firm_name(one.organisation.name).form
    return form is None or its is None or form == its


def _ways(written: str) -> list[str]:
    """Return how a table may write the name: as it stands there, without its legal form, with another way of it."""
    name = firm_name(written[:LONGEST])
    endings = ways_of(name.form) if name.form is not None else _USUAL_FORMS
    ended = [name.bare + way for way in endings if " " not in way]
    ways = (letters_of(way) for way in (sort_key(written), name.bare, *ended))
    return list(dict.fromkeys(way for way in ways if way))
