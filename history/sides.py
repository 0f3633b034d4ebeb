"""With whom is something, so that one can tell whether two are with the same?

With organisations; where the organisation of somebody is not known, with that person or address.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.lookups import Party

Correspondent = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class Sides:
    """The outside correspondents of an entry or thread; *employers* has what is known of each."""

    parties: frozenset[Party]
    organisations: frozenset[int]
    employers: dict[Correspondent, set[int]]

    def meet(self, others: "Sides") -> bool:
        """Tell whether somebody stands on both sides, or nobody on either.

        An address whose organisation is not known yet is the same as the one whose is; one
        that was taken for two organisations is not.
        """
        if self.organisations & others.organisations:
            return True
        if not self.employers and not others.employers:
            return True
        both = self.employers.keys() & others.employers.keys()
        return any(not self.employers[one] or not others.employers[one] for one in both)

    def are_the_same(self, others: "Sides") -> bool:
        """Tell whether each one has a part in the others, and the other way round."""
        return _all_meet(self.parties, others) and _all_meet(others.parties, self)

    def __or__(self, others: "Sides") -> "Sides":
        return sides_of(self.parties | others.parties)


def _all_meet(parties: Iterable[Party], others: Sides) -> bool:
    return all(sides_of([one]).meet(others) for one in parties)


def sides_of(parties: Iterable[Party]) -> Sides:
    """Return with whom something is.

    Several who stand in Bcc are not there together: none of them knows of another.
    """
    known = frozenset(parties)
    counted = [one for one in known if not one.hidden]
    if not counted and len({one.organisation_id or one.key for one in known}) == 1:
        counted = list(known)
    employers: dict[Correspondent, set[int]] = {}
    for one in counted:
        for correspondent in correspondents(one):
            employers.setdefault(correspondent, set()).update(
                [one.organisation_id] if one.organisation_id else []
            )
    organisations = frozenset(one.organisation_id for one in counted if one.organisation_id)
    return Sides(known, organisations, employers)


def correspondents(party: Party) -> Iterator[Correspondent]:
    """Yield what tells somebody: their address, and who they are if that is known."""
    if party.key:
        yield "address", party.key
    if party.person_id:
        yield "person", party.person_id
