"""As whom is somebody entered who took part?"""

from history.entry import NewParticipant
from matcher.decide import Match
from matcher.parties import Outsider
from storage.entries import Strength
from storage.likely import likely_parameter


def participant_of(outsider: Outsider, match: Match, *, is_typed: bool) -> NewParticipant:
    """Return an outsider with whom they were taken for."""
    return NewParticipant(
        role=outsider.role,
        key=outsider.key,
        written=str(outsider.address),
        name=outsider.name,
        reason=match.reason,
        parameters={**match.parameters, **likely_parameter(match.candidates)},
        person_id=match.person.id if match.person else None,
        organisation_id=match.organisation.id if match.organisation else None,
        function=match.function,
        strength=strength_of(match, is_typed=is_typed),
    )


def strength_of(match: Match, *, is_typed: bool) -> Strength | None:
    """Return how sure a match is; by what somebody typed, it is never certain."""
    return Strength.STRONG if is_typed and match.strength is Strength.CERTAIN else match.strength
