"""As whom is somebody entered who took part?"""

from history.entry import NewParticipant
from matcher.decide import Match
from matcher.parties import Outsider
from storage.entries import Strength


def participant_of(outsider: Outsider, match: Match, *, is_typed: bool) -> NewParticipant:
    """Return an outsider with whom they were taken for; what somebody typed is never certain."""
    certain = match.strength is Strength.CERTAIN
    return NewParticipant(
        role=outsider.role,
        key=outsider.key,
        written=str(outsider.address),
        name=outsider.name,
        reason=match.reason,
        parameters=match.parameters,
        person_id=match.person.id if match.person else None,
        organisation_id=match.organisation.id if match.organisation else None,
        function=match.function,
        strength=Strength.STRONG if certain and is_typed else match.strength,
    )
