"""What is entered of a command?  With whom it was as the matcher finds it, held where that is not clear."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from history.entry import Held, NewEntry, NewParticipant, why_held
from history.kinds import EntryKind
from ingest.command_text import Command
from ingest.participants import participant_of
from mail.address import Mailbox
from mail.message import ParsedMessage
from matcher.called import Called, called
from matcher.match import match_all
from storage.entries import Direction, ParticipantRole, Strength
from storage.reasons import Reason

_NOON = time(12)
_AND = re.compile(r"\s*[,;&+/]\s*|\s+(?:und|and|et|ed|e|sowie|with|mit)\s+", re.IGNORECASE)
_MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class Commanded:
    """What is entered, and what was not understood: a *problem*, the *word* it is about, who may be meant."""

    entry: NewEntry
    problem: str = ""
    word: str = ""
    persons: tuple[str, ...] = ()


async def entry_of(command: Command, parsed: ParsedMessage, at: datetime, text: str) -> Commanded:
    """Return what a command enters, not yet with whom of the staff and which files."""
    is_todo = command.kind is EntryKind.TODO
    on = command.day if command.day and not is_todo else at.date()
    entry = NewEntry(
        direction=command.direction,
        at=at if on == at.date() else datetime.combine(on, _NOON, at.tzinfo),
        subject=command.subject,
        text=text.strip(),
        participants=[],
        staff=(),
        kind=command.kind or EntryKind.NOTE,
        due_on=command.day if is_todo else None,
    )
    if command.kind is None:
        return Commanded(_held(entry, Reason.UNKNOWN_COMMAND, command), "tag", command.unclear)
    whom = await _addressed(command, parsed, at) or await _named(command, on)
    entry = replace(entry, participants=whom.participants)
    if command.unclear:
        return Commanded(_held(entry, Reason.NO_DAY, command), "date", command.unclear)
    if not whom.participants:
        return Commanded(_held(entry, Reason.NOBODY_NAMED, command), "nobody")
    return Commanded(entry, whom.problem, whom.word, whom.persons)


@dataclass(frozen=True, slots=True)
class _Whom:
    """With whom it is, and what is not clear about that."""

    participants: tuple[NewParticipant, ...] = ()
    problem: str = ""
    word: str = ""
    persons: tuple[str, ...] = ()


def _held(entry: NewEntry, reason: Reason, command: Command) -> NewEntry:
    return replace(entry, held=Held(reason, {"word": command.unclear}))


async def _addressed(command: Command, parsed: ParsedMessage, at: datetime) -> _Whom | None:
    """Return whom the addresses name, as the matcher finds it for a mail to them; None without any."""
    if not command.addresses:
        return None
    to = tuple(Mailbox("", address, str(address)) for address in command.addresses)
    (matched,) = await match_all([(ParsedMessage(from_=parsed.from_, to=to), at)])
    role = _role(command)
    participants = tuple(
        replace(participant_of(one, matched.matches[one.key], is_typed=True), role=role)
        for one in matched.parties.outsiders
    )
    if participants and why_held(participants):
        return _Whom(participants, "nobody", participants[0].written)
    return _Whom(participants) if participants else None


async def _named(command: Command, on: date) -> _Whom:
    """Return whom the first of the texts names that names somebody."""
    for name in command.names:
        found = await called(name, on=on)
        if not (found.organisation and not found.person) and (each := await _one_by_one(command, name, on)):
            return _Whom(each)
        if found.several:
            several = {"name": name, "correspondents": ", ".join(found.several)}
            who = _participant(command, name, Reason.SEVERAL_OF_THIS_NAME, several)
            return _Whom((who,), "several", name, found.several)
        if found.somebody:
            return _Whom((_linked(command, name, found, on),))
    if not command.names:
        return _Whom()
    name = command.names[0]
    who = _participant(command, name, Reason.NOBODY_OF_THIS_NAME, {"name": name})
    return _Whom((who,), "nobody", name)


async def _one_by_one(command: Command, names: str, on: date) -> tuple[NewParticipant, ...]:
    """Return those whom a list of names names, none if it is no list or one of them is not clear.

    An organisation that stands there to say where somebody works is not named apart.
    """
    parts = [part for part in _AND.split(names) if part.strip()]
    if len(parts) == 1 or len(parts) > _MOST_NAMES:
        return ()
    found = [(part.strip(), await called(part, on=on)) for part in parts]
    if not all(one.person or one.organisation for _, one in found):
        return ()
    employers = {one.organisation for _, one in found if one.person}
    told = {
        (one.person, one.organisation): _linked(command, part, one, on)
        for part, one in found
        if one.person or one.organisation not in employers
    }
    return tuple(told.values()) if len(told) > 1 else ()


def _linked(command: Command, name: str, found: Called, on: date) -> NewParticipant:
    person, organisation = found.person, found.organisation
    correspondent = person.name if person else organisation.name if organisation else ""
    names = {"name": name, "correspondent": correspondent}
    held = [role for role in person.roles_on(on) if role.organisation == organisation] if person else []
    return replace(
        _participant(command, name, Reason.NAMED_BY_COLLEAGUE, names),
        person_id=person.id if person else None,
        organisation_id=organisation.id if organisation else None,
        function=held[-1].function if held else "",
        strength=Strength.STRONG,
    )


def _participant(
    command: Command, name: str, reason: Reason, parameters: Mapping[str, str]
) -> NewParticipant:
    return NewParticipant(
        role=_role(command), key="", written="", name=name, reason=reason, parameters=parameters
    )


def _role(command: Command) -> ParticipantRole:
    return ParticipantRole.FROM if command.direction is Direction.INCOMING else ParticipantRole.TO
