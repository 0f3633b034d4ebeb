"""As whom is a participant entered, once it is known who they are?"""

from datetime import date

from storage.entries import Participant
from storage.lookups import KnownOrganisation, KnownPerson, RoleHeld


def link(participant: Participant, person: KnownPerson, *, on: date) -> None:
    """Let a participant be a person, in the role that they had on a day."""
    role = _role(person, participant, on)
    participant.person_id = person.id
    if role:
        participant.organisation_id = role.organisation.id
    participant.function = role.function if role else ""


def link_to_organisation(participant: Participant, organisation: KnownOrganisation) -> None:
    """Let a participant be an organisation, whoever there it was."""
    participant.person_id, participant.organisation_id = None, organisation.id
    participant.function = ""


def _role(person: KnownPerson, participant: Participant, on: date) -> RoleHeld | None:
    """Return the role in which a person took part: at the organisation known already, or their only one."""
    roles = person.roles_on(on)
    there = [role for role in roles if role.organisation.id == participant.organisation_id]
    if len({role.organisation.id for role in there or roles}) == 1:
        return (there or roles)[-1]
    return None
